/* SPDX-License-Identifier: ISC */
/* The identity card as text. */
#ifndef AMPARO_IDENTITY_PAGE_H
#define AMPARO_IDENTITY_PAGE_H

#include "app/screen.h"
#include "store/person.h"
#include "ui/text.h"

#define IDENTITY_PARTS 48
/* Fill in parts (room for IDENTITY_PARTS) and return how many. Names stand
 * alone on their line: a terminal may turn it round. No number is on it. */
size_t identity_page(const struct view *, struct arena *, const struct person *,
    const struct safe_contact *, struct text_part *parts);

#endif
