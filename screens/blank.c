/* SPDX-License-Identifier: ISC */
/*
 * A neutral screen: nothing on it says what this program is about.  Any key
 * brings the work back within BLANK_FREE; later the passphrase is asked, for
 * whoever presses the key may be somebody else.
 */
#include "app/door.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "screens.h"

/* Long enough for a person who only passes by, too short to leave the desk. */
#define BLANK_FREE (15 * CLOCK_SECOND)

struct state {
	int64_t since;
};

static int
open_blank(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	(void)err;
	s->since = app_boot(v);
	return 0;
}

static void
draw_blank(const struct view *v, struct canvas *c)
{
	(void)v;
	canvas_text_centre(c, c->rows / 2, 0, c->cols, EL_DIM,
	    _("Display idle. Press any key."));
	canvas_cursor(c, c->rows - 1, 0);
}

static enum next
key_blank(struct view *v, const struct key *k, struct err *err)
{
	const struct state *s = v->state;

	(void)k;
	(void)err;
	if (app_session(v) != NULL && app_boot(v) - s->since > BLANK_FREE)
		app_run_below(v, ACT_LOCK);
	return NEXT_BACK;
}

const struct screen screen_blank = {
	.name = "blank",
	.title = "",
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.open = open_blank,
	.draw = draw_blank,
	.key = key_blank,
	.bare = true,
};
