/* SPDX-License-Identifier: ISC */
/* Words about what law asks to be told; translated. */
#ifndef AMPARO_SCREENS_DUTY_WORDS_H
#define AMPARO_SCREENS_DUTY_WORDS_H

#include <stddef.h>

#include "base/arena.h"
#include "config/society.h"
#include "ui/choice.h"

extern const struct choice_option duty_ends[3];

const char *duty_words_end(const char *code);
const char *duty_words_applies(const char *code);
const char *duty_words_to(enum recipient_kind);
/* "24 hours", "3 days", "2 working days"; size >= 32; returns out. */
char *duty_words_span(const struct span *, char *out, size_t size);
/* Every duty of the configuration in a few lines, for the step before the
 * limits of confidentiality are read; "" where there is none. */
const char *duty_words_all(const struct society *, struct arena *);

#endif
