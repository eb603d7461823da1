/* SPDX-License-Identifier: ISC */
/*
 * A form that shows who somebody is or how they stay safe: when nobody types
 * for device.reveal_seconds it is covered, as the card hides.  What was typed
 * stays under the cover, and nothing is typed or saved unseen.
 *
 * Its state begins with a struct covered_form, its open() ends with
 * cover_start(), and COVERED_FORM goes among the members of its struct screen.
 */
#ifndef AMPARO_SCREENS_COVER_H
#define AMPARO_SCREENS_COVER_H

#include "app/formview.h"

struct covered_form {
	struct formview form;
	int64_t cover_at; /* app_boot(); a key moves it */
	bool covered;
	enum next (*key)(struct view *, const struct key *, struct err *);
};

/* key: the form's own, where nothing is covered. */
void cover_start(struct view *,
    enum next (*key)(struct view *, const struct key *, struct err *));

int cover_refresh(struct view *, struct err *);
int64_t cover_wake(const struct view *);
bool cover_offers(const struct view *, enum action);
const char *cover_why_not(const struct view *, enum action);
enum next cover_act(struct view *, enum action, struct err *);
bool cover_covered(struct view *, const struct key *);
enum next cover_key(struct view *, const struct key *, struct err *);
void cover_draw(const struct view *, struct canvas *);

#define COVERED_FORM                                                        \
	.form = formview_state, .draw = cover_draw, .act = cover_act,       \
	.key = cover_key, .offers = cover_offers, .why_not = cover_why_not, \
	.covered = cover_covered, .refresh = cover_refresh, .wake = cover_wake

#endif
