/* SPDX-License-Identifier: ISC */
/*
 * One thread, one wait, one picture a turn.
 */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/router_inside.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "vault/harden.h"

/* The line is gone: typed words first, then everything that was known. */
static void
hang_up(struct app *app)
{
	router_last_drafts(app->router);
	app_end(app, ENDED_HUNG_UP);
}

static void
signalled(struct app *app, int fd)
{
	int sig;

	while ((sig = signals_next(fd)) != 0) {
		if (sig == SIGHUP || sig == SIGTERM)
			hang_up(app);
		else if (sig == SIGINT)
			router_act(app->router, ACT_CANCEL);
		else
			router_act(app->router, ACT_BLANK);
	}
}

static void
resize(struct app *app)
{
	int rows, cols;

	term_size(app->term, &rows, &cols);
	if (rows != app->canvas.rows || cols != app->canvas.cols)
		canvas_resize(&app->canvas, rows, cols);
}

/* Under "Window too small" nobody sees what a key does: only what hides
 * works, and what a neutral screen does with any key. */
static bool
unseen(const struct app *app, const struct key *k)
{
	const struct view *top = router_top(app->router);

	return term_too_small(app->term) &&
	       !(top != NULL && top->screen->bare) &&
	       !router_hides(app->router, k);
}

/* Handle one key; false when nothing can have changed on the screen. */
static bool
handle(struct app *app, struct timers *t, const struct key *k, int fd)
{
	switch (k->code) {
	case K_NONE:
		return false;
	case K_TIMER:
		return timers_run(app, t);
	case K_SIGNAL:
		signalled(app, fd);
		return true;
	case K_LOST:
		t->lost += k->lost;
		return true;
	case K_HANGUP:
		hang_up(app);
		return false;
	case K_RESIZE:
		resize(app);
		return true;
	default:
		t->last_key = app->boot;
		if (!unseen(app, k))
			router_key(app->router, k);
		return true;
	}
}

/* What takes the next key: a screen, or a question over it. */
struct front {
	const struct view *top;
	enum overlay_kind over;
};

static struct front
front_of(const struct app *app)
{
	struct view *top = router_top(app->router);

	return (struct front){ top,
		top == NULL ? OVER_NONE : slot_of(top)->over.kind };
}

/* Keys that are waiting already are handled before drawing once: a held-down
 * arrow or a slow line never lags behind.  A screen or a question that opens is
 * drawn before its first key, so that none is answered that was never there. */
static bool
take(struct app *app, struct timers *t, int fd)
{
	struct pollfd extra = { .fd = fd, .events = POLLIN };
	int wait = timers_wait(app, t);
	struct front was = front_of(app), is;
	bool draw = false, more = true;

	for (int i = 0; i < 64 && !app->ending; i++) {
		struct key k = { 0 };

		extra.revents = 0;
		term_read(app->term, wait, &extra, 1, &k);
		if (i == 0)
			app_turn(app);
		if (i > 0 && k.code == K_TIMER) {
			more = false;
			break;
		}
		draw |= handle(app, t, &k, fd);
		if (app->entering)
			app_home(app);
		is = front_of(app);
		if (is.top != was.top ||
		    (is.over != was.over && is.over != OVER_NONE)) {
			more = false;
			break;
		}
		wait = 0;
	}
	/* After the last of them: each key takes away what was said before. */
	if (!more && t->lost > 0) {
		router_lost(app->router, t->lost);
		t->lost = 0;
	}
	return draw;
}

void
loop_run(struct app *app, int signal_fd)
{
	struct timers t = { .last_key = app->boot };

	while (!app->ending) {
		/* A statement left open while somebody thinks makes every
		 * commit of all others slower. */
		if (app->session != NULL && !session_idle(app->session))
			die("a statement is open while waiting for a key");
		app->now->ready = true;
		if (take(app, &t, signal_fd) && !app->ending)
			app_paint(app);
	}
}
