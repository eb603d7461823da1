/* SPDX-License-Identifier: ISC */
/* Consents as the consent screen lists them. */
#ifndef AMPARO_SCREENS_CONSENT_ROWS_H
#define AMPARO_SCREENS_CONSENT_ROWS_H

#include "app/screen.h"
#include "store/consent.h"
#include "ui/list.h"

struct consent_row {
	const struct consent *consent;
	const char *cell[5]; /* to, for, what, until, state */
	const char *detail; /* when, how, by whom, by which text */
	const char *withheld; /* what must not be told, and why; "" nothing */
};
struct consent_rows {
	struct consents all;
	struct consent_row *rows; /* working together last; with history
				     everything, newest first */
	size_t n;
	const struct consent *together; /* as it stands; NULL: not asked */
	const char *together_words; /* when, how, language */
};

/* Read anew, into the view's arena; history: also what is replaced.  On failure
 * what was read before stays. */
int consent_rows_read(
    struct view *, bool history, struct consent_rows *, struct err *) MUST_USE;
/* For struct list_source; ctx is the rows. */
size_t consent_rows_count(const void *ctx);
void consent_rows_cell(const void *ctx, size_t i, size_t c, struct list_cell *);
struct uid consent_rows_key(const void *ctx, size_t i);
/* NULL: not listed (any more). */
const struct consent *consent_rows_find(
    const struct consent_rows *, const struct uid *);
/* "Legal Aid, Legal advice": to whom, and for what; in the view's arena. */
const char *consent_rows_name(struct view *, const struct consent_row *);

/* "given", "NO", ..., "ASK ANEW" where the age there is now asks for another
 * yes: a no stands out without colour. */
const char *consent_rows_state(const struct consent *);
enum element consent_rows_style(const struct consent *);
/* A yes that stands can be taken back, and so can one that was used up or ran
 * out: whoever was told under it has to hear so. */
bool consent_rows_can_end(const struct consent *);
#endif
