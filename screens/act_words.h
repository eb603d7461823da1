/* SPDX-License-Identifier: ISC */
/* What a second person is asked, in words. */
#ifndef AMPARO_SCREENS_ACT_WORDS_H
#define AMPARO_SCREENS_ACT_WORDS_H

#include "app/screen.h"
#include "store/act.h"

/* What the person said to this recipient and purpose. */
const char *act_person_words(const struct act *);
/* Why it was asked, or told with nobody asked. */
const char *act_reason_words(const struct act *);
/* Whether they were told of it; "" where that is no question. */
const char *act_told_words(const struct act *);
/* All of it, what matters most first, in the arena of the view. */
const char *act_about(struct view *, const struct act *);

#endif
