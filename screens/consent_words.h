/* SPDX-License-Identifier: ISC */
/* The vocabularies of consent, as options to choose and words to show. */
#ifndef AMPARO_SCREENS_CONSENT_WORDS_H
#define AMPARO_SCREENS_CONSENT_WORDS_H

#include "ui/choice.h"

enum consent_vocabulary {
	WORDS_DECISION,
	WORDS_GIVEN_BY,
	WORDS_FORM,
	WORDS_INTERPRETER,
	WORDS_ALONE,
	WORDS_CHILD,
	WORDS_WITHHELD_WHY,
	WORDS_ASK_AGAIN,
	WORDS_VOCABULARIES
};
const struct choice_option *consent_words(enum consent_vocabulary, size_t *n);
/* Translated; a code that is not in the vocabulary shows as it is. */
const char *consent_words_label(enum consent_vocabulary, const char *code);

#endif
