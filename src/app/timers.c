/* SPDX-License-Identifier: ISC */
/* What happens by itself: drafts, the idle lock, looking for others' work. */
#include <limits.h>
#include <string.h>

#include "app/app.h"
#include "app/router_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/draft.h"

static void
sooner(int64_t *at, int64_t then)
{
	if (then != 0 && (*at == 0 || then < *at))
		*at = then;
}

/* When the screen locks by itself; 0 never: nobody is signed in. */
static int64_t
lock_at(const struct app *app, const struct timers *t)
{
	int seconds =
	    app->society == NULL ? 0 : app->society->device.lock_seconds;

	if (seconds <= 0)
		return 0;
	return t->last_key + seconds * CLOCK_SECOND;
}

/* When a locked terminal forgets who locked it and is anybody's; 0 never. */
static int64_t
forget_at(const struct app *app, const struct timers *t)
{
	const struct view *v = router_top(app->router);
	int minutes =
	    app->society == NULL ? 0 : app->society->device.sign_out_minutes;

	if (app->session != NULL || v == NULL || minutes <= 0 ||
	    strcmp(v->screen->name, "locked") != 0)
		return 0;
	return t->last_key + minutes * CLOCK_MINUTE;
}

/* When the top view wants to be read again by itself; 0 never. */
static int64_t
wake_at(const struct app *app)
{
	const struct view *v = router_top(app->router);

	if (v == NULL || v->screen->wake == NULL)
		return 0;
	return v->screen->wake(v);
}

int
timers_wait(struct app *app, struct timers *t)
{
	int64_t at = 0, wait;

	if (!router_unsaved(app->router))
		t->draft_at = 0;
	else if (t->draft_at == 0)
		t->draft_at = app->boot + DRAFT_EVERY;
	sooner(&at, t->draft_at);
	if (app->session != NULL) {
		if (t->look_at == 0)
			t->look_at = app->boot + LOOK_EVERY;
		sooner(&at, t->look_at);
		sooner(&at, lock_at(app, t));
		t->wake_at = wake_at(app);
		sooner(&at, t->wake_at);
	} else if (router_top(app->router) != NULL &&
		   router_top(app->router)->dirty) {
		/* A passphrase half typed does not stay for the next person. */
		sooner(&at, lock_at(app, t));
	}
	sooner(&at, forget_at(app, t));
	if (at == 0)
		return -1;
	wait = at - clock_boot();
	if (wait < 0)
		return 0;
	return wait > INT_MAX ? INT_MAX : (int)wait;
}

static bool
keep_drafts(struct app *app, struct timers *t)
{
	bool failed = draft_refused(app->router);
	struct err err = { 0 };

	if (router_save_drafts(app->router, &err) == 0) {
		t->draft_at = 0;
		if (failed)
			router_say(app->router,
			    _("What you typed is kept as a draft again"));
		return failed;
	}
	t->draft_at = app->boot + DRAFT_EVERY;
	/* A lock says it itself, and has no room to say it twice; line by
	 * line it would be read aloud every few seconds. */
	if (!router_held(app->router) && !(failed && app->term == NULL))
		router_say(app->router, err.text);
	return true;
}

/* Look at the database; true when something changed on the screen. */
static bool
look(struct app *app, struct timers *t)
{
	bool changed = false, open, open_changed;
	struct err err = { 0 };
	int left;

	t->look_at = app->boot + LOOK_EVERY;
	if (session_look(app->session, &changed, &err) < 0) {
		if (err.kind == ERR_DENIED) {
			/* Kept where it can be: the person may be let in
			 * again. */
			router_last_drafts(app->router);
			app_end(app, ENDED_DISABLED);
		}
		return false; /* busy: the next look is soon */
	}
	if (draft_settle(app->session, &err) < 0)
		err_clear(&err); /* the next look tries again */
	/* Between keys, so that nobody waits for it; a failure (somebody is
	 * saving) is tried again at the next look. */
	if (session_behind(app->session) &&
	    session_catch_up(app->session, 0, &err) == 0 &&
	    !session_behind(app->session))
		changed = true;
	open = session_identity_open(app->session, &left);
	open_changed = t->identity_open && !open;
	changed |= open_changed;
	t->identity_open = open;
	/* What a question is about stays where it is until it is answered: the
	 * answer must not go to the row that took its place. */
	if (changed && !open_changed && router_asking(app->router)) {
		t->changed = true;
		return false;
	}
	changed |= t->changed;
	if (changed) {
		t->changed = false;
		router_refresh(app->router);
	}
	return changed;
}

static bool
due(int64_t at, const struct app *app)
{
	return at != 0 && !app->ending && app->boot >= at;
}

/* Nobody has touched a key for as long as this place allows. */
static bool
idle(struct app *app, struct timers *t)
{
	t->last_key = app->boot;
	if (app->session == NULL)
		router_refresh(app->router);
	else if (!router_held(app->router))
		app_lock(app, ENDED_IDLE);
	else
		return false;
	return true;
}

bool
timers_run(struct app *app, struct timers *t)
{
	bool draw = false;

	if (due(forget_at(app, t), app))
		app_end(app, ENDED_SIGNED_OUT);
	if (due(t->draft_at, app)) {
		draw = keep_drafts(app, t);
		if (router_held(app->router) && !draft_refused(app->router))
			app_end(app, ENDED_LOCKED);
	}
	if (due(lock_at(app, t), app))
		draw |= idle(app, t);
	if (app->session != NULL && due(t->wake_at, app)) {
		t->wake_at = 0;
		router_refresh(app->router);
		draw = true;
	}
	if (app->session != NULL && due(t->look_at, app))
		draw |= look(app, t);
	return draw;
}
