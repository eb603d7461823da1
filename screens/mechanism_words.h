/* SPDX-License-Identifier: ISC */
/* Words about the referral mechanism, for the screens about it; translated. */
#ifndef AMPARO_SCREENS_MECHANISM_WORDS_H
#define AMPARO_SCREENS_MECHANISM_WORDS_H

#include "store/mechanism.h"
#include "ui/choice.h"

extern const struct choice_option mechanism_decisions[4];
extern const struct choice_option mechanism_kinds[MECHANISM_KIND_COUNT];

const char *mechanism_words_decision(enum mechanism_decision);
const char *mechanism_words_wait(enum reflection_what);
const char *mechanism_words_verified(const char *code);
/* One entry as a line: what, the answer, until when. */
const char *mechanism_words_entry(
    struct arena *, const struct mechanism *, const struct mechanism_entry *);

#endif
