/* SPDX-License-Identifier: ISC */
/*
 * What says who somebody is stands on a screen for a while: opened with a
 * reason that is kept, hidden by itself, by a key, and when identity.db
 * closes.  A screen embeds one of these and keeps what it shows in an arena
 * of its own, which it wipes when told to hide.
 */
#ifndef AMPARO_SCREENS_REVEAL_H
#define AMPARO_SCREENS_REVEAL_H

#include "app/screen.h"
#include "store/session.h"

struct reveal {
	bool shown;
	int64_t hide_at; /* app_boot() */
	char reason[REASON_SIZE];
	/* What stands there while nothing is shown; NULL: that it is hidden. */
	const char *instead; /* N_() */
};

/* Ask for the reason; the answer comes back with this id. */
void reveal_ask(struct view *, int id, const char *title);
/* Keep the reason that was answered. */
void reveal_reason(struct reveal *, const char *);
/* It is shown from now on, for device.reveal_seconds; again: for as long
 * again. */
void reveal_start(const struct view *, struct reveal *);
/* Time to hide: it is over, or identity.db closed. */
bool reveal_over(const struct view *, const struct reveal *);
/* When to draw again, for screen.wake. */
int64_t reveal_wake(const struct view *, const struct reveal *);
/* Hide now, and close identity.db: for ACT_HIDE. */
void reveal_close(struct view *);
/* The count-down, and *below the rest of the canvas; false: hidden, and the
 * canvas says so. */
bool reveal_draw(const struct view *, const struct reveal *, struct canvas *,
    struct canvas *below);

#endif
