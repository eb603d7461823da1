/* SPDX-License-Identifier: ISC */
/* What the screen a shift starts from holds, and reading it. */
#ifndef AMPARO_TODAY_STATE_H
#define AMPARO_TODAY_STATE_H

#include "agenda_rows.h"

#include "store/alone.h"

struct today_state {
	struct agenda_rows rows; /* first: agenda_rows.h */
	struct agenda_sums sums;
	struct agenda_mark last; /* of the tasks that were read */
	int64_t week_end;
	int part; /* heading that was written last, 0 none */
	bool more;
	size_t notes, changes;
	struct alone_count alone; /* urgent contacts without a case that wait */
};
/* Everything anew; on failure the list is empty and err says why. */
int today_read(struct view *, struct err *);
/* More tasks at the end of the list: its load(). */
int today_load(void *, enum list_way, struct err *);

#endif
