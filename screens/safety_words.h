/* SPDX-License-Identifier: ISC */
/* Words for the parts of a safety plan, in the order of rules/safety.h. */
#ifndef AMPARO_SAFETY_WORDS_H
#define AMPARO_SAFETY_WORDS_H

#include "rules/safety.h"
#include "ui/choice.h"

/* value is the part's code; label and help are N_(). */
extern const struct choice_option safety_words[SAFETY_PART_COUNT];
/* Titles of the steps it is talked through in; N_(). */
extern const char *const safety_steps[SAFETY_STEPS];

#endif
