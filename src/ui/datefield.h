/* SPDX-License-Identifier: ISC */
/*
 * A date as people give it: typed freely ("12.3.", "nov 2026", "yesterday",
 * "?"), with what was understood shown live beside it: "23 Nov 2026 (Mon)".
 */
#ifndef AMPARO_UI_DATEFIELD_H
#define AMPARO_UI_DATEFIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "ui/edit.h"

struct datefield {
	struct edit edit;
	int64_t today; /* local day number (clock_day_of) */
};

void datefield_init(struct datefield *, int64_t today);
void datefield_done(struct datefield *);
/* From a value: ISO as date_iso() writes it, "?" for known to be unknown, ""
 * for nothing entered, or words that could not be read. */
void datefield_set(struct datefield *, const char *value);
/*
 * The value: ISO of its precision, "?" when it was said that nobody knows, ""
 * when nothing is entered.  When the words cannot be read, -1 with the reason
 * and the words as they are, so that a draft keeps them.
 */
int datefield_value(
    const struct datefield *, struct buf *out, struct err *) MUST_USE;
/* Up and Down go one day later and earlier once a day is entered, else as
 * edit_key(). */
enum edit_result datefield_key(
    struct datefield *, const struct key *, struct err *);
/* One row: the words and what they mean. */
void datefield_draw(struct datefield *, struct canvas *, bool focus);
/* What a value means, for reading: "23 Nov 2026 (Mon)", "Nov 2026", "not
 * known", "" for nothing. */
void datefield_show(const char *value, struct buf *out);

#endif
