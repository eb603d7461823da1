/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "reveal.h"

#include "base/clock.h"
#include "base/i18n.h"

/* The count-down moves in steps: a line that changes every second draws eyes,
 * and bytes. */
#define STEP (5 * CLOCK_SECOND)

void
reveal_ask(struct view *v, int id, const char *title)
{
	static const char once[] =
	    N_("In a few words, why do you open it? Look who can see this "
	       "screen first. Your reason is kept in the record of who "
	       "looked.");
	/* What was printed line by line cannot be taken back. */
	static const char stays[] =
	    N_("In a few words, why do you open it? What it prints stays on "
	       "the screen, and above it where one scrolls back; it does not "
	       "hide itself: look who can see or hear it first. Your reason "
	       "is kept in the record of who looked. An empty line: do not "
	       "open it.");
	const struct ask ask = { .kind = ASK_LINE,
		.id = id,
		.title = title,
		.text = app_by_line(v) ? stays : once,
		.required = true };

	app_ask(v, &ask);
}

void
reveal_reason(struct reveal *r, const char *reason)
{
	snprintf(r->reason, sizeof(r->reason), "%s", reason);
}

void
reveal_start(const struct view *v, struct reveal *r)
{
	r->shown = true;
	r->hide_at =
	    app_boot(v) + app_society(v)->device.reveal_seconds * CLOCK_SECOND;
}

bool
reveal_over(const struct view *v, const struct reveal *r)
{
	int left;

	return app_boot(v) >= r->hide_at ||
	       !session_identity_open(app_session(v), &left);
}

int64_t
reveal_wake(const struct view *v, const struct reveal *r)
{
	int64_t left = r->hide_at - app_boot(v);

	if (!r->shown)
		return 0;
	return left <= STEP ? r->hide_at
			    : r->hide_at - (left - 1) / STEP * STEP;
}

void
reveal_close(struct view *v)
{
	session_identity_close(app_session(v));
	app_say(
	    v, app_by_line(v)
		   ? _("Closed. What was printed is still above: :blank wipes "
		       "it where the terminal can.")
		   : _("Hidden."));
}

bool
reveal_draw(const struct view *v, const struct reveal *r, struct canvas *c,
    struct canvas *below)
{
	int64_t left = r->hide_at - app_boot(v);

	if (!r->shown || left <= 0) {
		(void)canvas_wrap(c, 1, 2, c->cols - 4, c->rows - 1, EL_TEXT,
		    r->instead != NULL ? _(r->instead)
		    : app_by_line(v)
			? _("Not open. open prints it, with a reason; a dot "
			    "goes back.")
			: _("Hidden. Enter opens it, with a reason; Esc goes "
			    "back."));
		return false;
	}
	if (app_by_line(v)) {
		int used =
		    canvas_wrap(c, 0, 1, c->cols - 2, c->rows - 1, EL_WARNING,
			_("This stays on the screen: :blank wipes it where the "
			  "terminal can."));

		*below = canvas_view(c, used, 0, c->rows - used, c->cols);
		return true;
	}
	(void)canvas_printf(c, 0, 1, -1, EL_WARNING,
	    _("Hides itself in %d s; x hides it now"),
	    (int)((left + STEP - 1) / STEP * STEP / CLOCK_SECOND));
	*below = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	return true;
}
