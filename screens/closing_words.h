/* SPDX-License-Identifier: ISC */
/* What stands beside the checklist of a closing, for who asks and who agrees. */
#ifndef AMPARO_CLOSING_WORDS_H
#define AMPARO_CLOSING_WORDS_H

#include "app/formview.h"
#include "rules/closing.h"
#include "store/request.h"

/* The dates that run, what is not finished, of when the safety plan is and since when there was no
 * contact: sentences, in the arena. */
const char *closing_words_ends(
    const struct view *, struct arena *, const struct open_ends *);

/* Who took the case on elsewhere, the last of them, in the view's arena; ""
 * nobody.  -1 where the referrals cannot be read. */
int closing_words_taken_on(
    struct view *, const struct case_file *, const char **by, struct err *);

/* One line of the checklist as the form has it; the texts are the form's. */
void closing_words_line(
    const struct formview *, enum closing_line, struct request_line *out);

/*
 * The case changed since its form was filled from it, and err says so: asks,
 * with the question's id, whether to go on, and shows what changed, to what, by
 * whom, when: a closing decides about everything in the case.  1: asked, and
 * *file is the case, and the request's seen what others wrote, as they stand; -1:
 * it was refused for another reason.
 */
int closing_words_changed(
    struct view *, int id, struct case_file *, struct request *, struct err *);

#endif
