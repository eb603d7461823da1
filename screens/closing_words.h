/* SPDX-License-Identifier: ISC */
/* What stands beside the checklist of a closing, for who asks and who agrees. */
#ifndef AMPARO_CLOSING_WORDS_H
#define AMPARO_CLOSING_WORDS_H

#include "app/screen.h"
#include "rules/closing.h"
#include "store/case.h"

/* What is not finished, of when the safety plan is and since when there was no
 * contact: sentences, in the arena. */
const char *closing_words_ends(
    const struct view *, struct arena *, const struct open_ends *);

/* Who took the case on elsewhere, the last of them, in the view's arena; ""
 * nobody.  -1 where the referrals cannot be read. */
int closing_words_taken_on(
    struct view *, const struct case_file *, const char **by, struct err *);

#endif
