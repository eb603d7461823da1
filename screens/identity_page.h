/* SPDX-License-Identifier: ISC */
/* The identity card and the safe-contact instruction as text. */
#ifndef AMPARO_IDENTITY_PAGE_H
#define AMPARO_IDENTITY_PAGE_H

#include "app/screen.h"
#include "store/person.h"
#include "ui/text.h"

#define IDENTITY_PARTS 48
/* Fill in parts (room for IDENTITY_PARTS) and return how many.  Names stand
 * alone on their line: a terminal may turn it round.  number NULL: not asked
 * for yet. */
size_t identity_page(const struct view *, struct arena *, const struct person *,
    const struct safe_contact *, const char *number, struct text_part *parts);

/* How to reach somebody as agreed, without the number, as a page to read; in
 * the arena. */
const char *identity_instruction(
    const struct view *, struct arena *, const struct safe_contact *);

#endif
