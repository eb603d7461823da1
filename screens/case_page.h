/* SPDX-License-Identifier: ISC */
/*
 * The overview of a case as text: what matters first.  No name, no number, no
 * address stands here, only whether and how carefully somebody may be reached.
 */
#ifndef AMPARO_CASE_PAGE_H
#define AMPARO_CASE_PAGE_H

#include "app/screen.h"
#include "store/case.h"
#include "store/followup.h"
#include "ui/text.h"

struct case_page {
	struct text_part *parts; /* in the arena that was handed in */
	size_t n_main; /* the overview */
	size_t n; /* with what happened lately after it */
};

/* seen and changes: when this person last looked, and what others did since
 * (case_file has them anew at every reading). */
struct case_reading {
	const struct case_file *file;
	const struct followups *plans;
	const struct events *lately;
	int64_t seen;
	int changes;
};
void case_page_make(struct case_page *, const struct view *, struct arena *,
    const struct case_reading *);

#endif
