/* SPDX-License-Identifier: ISC */
/* Words and options about children, for the screens about them.  Words are
 * translated; a code that is none stands as it is, "" as what nobody said. */
#ifndef AMPARO_SCREENS_CHILD_WORDS_H
#define AMPARO_SCREENS_CHILD_WORDS_H

#include "base/arena.h"
#include "ui/choice.h"

extern const struct choice_option child_tris[3], child_bases[4],
    child_guardians[4], child_routes[2], child_assents[5], child_accepted[5],
    child_kinds[2], child_outcomes[7];

/* Before anything about a guardian. */
#define CHILD_ASK_FIRST                                                    \
	N_("Ask the child first, alone: who looks after you? Do you feel " \
	   "safe with them? Would you be safe if they knew that you are "  \
	   "here?")

const char *child_words_tri(const char *);
const char *child_words_basis(const char *);
const char *child_words_guardian(const char *);
const char *child_words_informed(const char *);
const char *child_words_route(const char *);
const char *child_words_assent(const char *);
const char *child_words_accepted(const char *);
const char *child_words_best_interests(const char *kind);
const char *child_words_outcome(const char *);
/* A sum of MUST_... (rules/consent.h) as a line. */
const char *child_words_must(struct arena *, unsigned must);

#endif
