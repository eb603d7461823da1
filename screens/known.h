/* SPDX-License-Identifier: ISC */
/* Somebody who is perhaps known here: a code, and whom to ask; never a name. */
#ifndef AMPARO_SCREENS_KNOWN_H
#define AMPARO_SCREENS_KNOWN_H

#include "app/screen.h"
#include "store/person.h"

/* Branch, worker, age; in the arena. */
const char *known_words(struct arena *, const struct person_card *);

#endif
