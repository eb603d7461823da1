/* SPDX-License-Identifier: ISC */
/* The vocabularies of referrals and of second persons: options and words. */
#ifndef AMPARO_SCREENS_REFERRAL_WORDS_H
#define AMPARO_SCREENS_REFERRAL_WORDS_H

#include "app/screen.h"
#include "store/referral.h"
#include "ui/choice.h"
#include "ui/theme.h"

/* Route of the form: the record is changed, not replaced by another way. */
enum { REFERRAL_NEW, REFERRAL_EDIT };

enum referral_vocabulary {
	WORDS_MODE,
	WORDS_PRIORITY,
	WORDS_OUTCOME, /* what came of it: states, "chased", "settled" */
	WORDS_COPY,
	WORDS_EVENT, /* what else happened to one */
	WORDS_ACT_REASON,
	WORDS_TOLD_REASON, /* why something was told with nobody asked */
	WORDS_REFERRAL_VOCABULARIES
};
const struct choice_option *referral_words(enum referral_vocabulary, size_t *n);
/* Translated; a code that is not in the vocabulary shows as it is. */
const char *referral_words_label(enum referral_vocabulary, const char *code);

/* "prepared", "sent", "NOT YET: ..." and how pressing it is. */
const char *referral_state_words(const struct referral *, enum element *style);
/* What can come of it from where it is. */
const struct ask_choice *referral_outcomes(
    struct view *, const struct referral *, size_t *n);
/* Which words are wanted with one of them: of whom, who sees them. */
const char *referral_words_asked(const char *outcome);
/* What happened, whichever of the two it is of. */
const char *referral_event_words(const char *kind);
/* "asked again 2 times, no answer"; "" when nobody had to. */
const char *referral_asked_words(struct view *, const struct referral *);
/* What somebody has to do: "send it", "ask for an answer"; "". */
const char *referral_ask_words(enum referral_ask);
/* "Name, Needs" of a set of kinds of data. */
const char *referral_scope_words(struct view *, unsigned scope);
/* Of what left: by whose word, and how, with why where nobody agreed. */
const char *referral_under_words(const struct disclosed *);
const char *referral_how_words(struct view *, const struct disclosed *);
/* The organisation's name; the id where it is not configured any more. */
const char *referral_to_words(const struct view *, const char *recipient);

#endif
