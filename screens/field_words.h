/* SPDX-License-Identifier: ISC */
/* What a field of a case holds, as people read it; words_field() names it. */
#ifndef AMPARO_SCREENS_FIELD_WORDS_H
#define AMPARO_SCREENS_FIELD_WORDS_H

#include "app/screen.h"

/* Words for a value as history has it (store/case.h); as it is where it is no
 * code.  In the arena or static. */
const char *field_words(
    const struct view *, struct arena *, const char *field, const char *value);

#endif
