/* SPDX-License-Identifier: ISC */
#include "cover.h"

#include "base/clock.h"
#include "base/i18n.h"

static void
uncover(struct view *v)
{
	struct covered_form *s = v->state;

	s->covered = false;
	s->cover_at =
	    app_boot(v) + app_society(v)->device.reveal_seconds * CLOCK_SECOND;
}

void
cover_start(struct view *v,
    enum next (*key)(struct view *, const struct key *, struct err *))
{
	struct covered_form *s = v->state;

	s->key = key;
	uncover(v);
}

/* A key moves the time before anything is drawn; only waiting ends it. */
int
cover_refresh(struct view *v, struct err *err)
{
	struct covered_form *s = v->state;

	(void)err;
	if (app_boot(v) >= s->cover_at && !app_by_line(v))
		s->covered = true;
	return 0;
}

int64_t
cover_wake(const struct view *v)
{
	const struct covered_form *s = v->state;

	return s->covered || app_by_line(v) ? 0 : s->cover_at;
}

bool
cover_offers(const struct view *v, enum action action)
{
	const struct covered_form *s = v->state;

	(void)action;
	return !s->covered;
}

const char *
cover_why_not(const struct view *v, enum action action)
{
	(void)v;
	(void)action;
	return _("The form is covered; Enter shows it again");
}

enum next
cover_act(struct view *v, enum action action, struct err *err)
{
	uncover(v);
	return formview_act(v, action, err);
}

/* Of the form, and of a conflict over it. */
bool
cover_covered(struct view *v, const struct key *k)
{
	const struct covered_form *s = v->state;
	bool was = s->covered;

	if (k != NULL && (!was || k->code == K_ENTER))
		uncover(v);
	return was;
}

enum next
cover_key(struct view *v, const struct key *k, struct err *err)
{
	const struct covered_form *s = v->state;

	return cover_covered(v, k) ? NEXT_STAY : s->key(v, k, err);
}

void
cover_draw(const struct view *v, struct canvas *c)
{
	const struct covered_form *s = v->state;

	if (!s->covered)
		formview_draw(v, c);
	else
		(void)canvas_wrap(c, 1, 2, c->cols - 4, c->rows - 1, EL_TEXT,
		    _("Covered: nobody typed for a while. What you typed is "
		      "kept. Look who can see this screen; Enter shows it "
		      "again, Esc goes back."));
}
