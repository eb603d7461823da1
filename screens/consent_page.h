/* SPDX-License-Identifier: ISC */
/* One consent in full: how it was asked, who gave it and why, who was there. */
#ifndef AMPARO_SCREENS_CONSENT_PAGE_H
#define AMPARO_SCREENS_CONSENT_PAGE_H

#include "consent_rows.h"

/* Put it over the view, to be read; the answer comes back with this id. */
void consent_page(struct view *, const struct consent_row *, int id);

/* After a withdrawal: who was told before, and is to hear of it; in the view's
 * arena. */
const char *consent_told_words(struct view *, const struct disclosures *);

#endif
