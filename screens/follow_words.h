/* SPDX-License-Identifier: ISC */
/* What to know before somebody is called, from what came of it so far. */
#ifndef AMPARO_SCREENS_FOLLOW_WORDS_H
#define AMPARO_SCREENS_FOLLOW_WORDS_H

#include "app/screen.h"
#include "store/followup.h"

struct follow_words {
	const char *forbidden; /* why nobody is called now, and what to do
				  instead; NULL: they may be */
	const char *warn[2]; /* what to know before a call, a line each */
	size_t n_warn;
	const char *warn_all; /* both, for where there is little room */
};
/* Translated; in the arena. */
void follow_words(
    struct arena *, const struct followups *, struct follow_words *);

/* "Follow-up, Phone"; "Phone" alone where nothing was planned. */
const char *follow_what(struct view *, const struct followup *);

#endif
