/* SPDX-License-Identifier: ISC */
/*
 * Reaching a person safely: the instruction first, the number after it, both
 * in an arena of their own that is wiped when their time is over.
 */
#ifndef AMPARO_SCREENS_REACH_H
#define AMPARO_SCREENS_REACH_H

#include "app/screen.h"
#include "store/person.h"
#include "ui/text.h"

struct reach {
	struct arena arena;
	struct text_view text; /* the instruction */
	const char *number; /* NULL: not asked for yet */
	int64_t shown_at; /* app_boot(); 0: nothing is shown */
};

void reach_init(struct reach *);
void reach_done(struct reach *);
/* Show the instruction; asked again while it is shown and was read to its end,
 * the number. */
void reach_ask(struct view *, struct reach *, struct err *);
/* Whoever covers for a colleague is asked why: for answer() of a screen that
 * has this id among its questions. */
#define REACH_ASK_REASON 90
void reach_answer(
    struct view *, struct reach *, int id, const char *value, struct err *);
/* Is something shown, for device.reveal_seconds from the last asking? */
bool reach_shown(const struct view *, const struct reach *);
/* When it hides itself, on the clock of app_boot(); 0: nothing is shown. */
int64_t reach_until(const struct view *, const struct reach *);
void reach_hide(struct reach *);
/* Forget what is no longer shown, or when identity.db closed. */
void reach_refresh(const struct view *, struct reach *);
void reach_draw(const struct view *, struct reach *, struct canvas *);

/* How often at most, and how often it was tried: "3 times; 2 without an answer
 * so far"; "" where nothing was agreed. */
const char *reach_tries(struct arena *, int unanswered, int most);
/*
 * When a way to reach somebody was verified and until when it holds, with
 * "verify before use" where it is stale: "4 Nov, holds until 2 Dec".
 */
const char *reach_verified(const struct view *, struct arena *,
    int64_t verified, int64_t expires, bool stale);

#endif
