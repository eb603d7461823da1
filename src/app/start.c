/* SPDX-License-Identifier: ISC */
/* One session from fork to end: terminal, first picture, configuration, loop. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/router_inside.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

/* A broken invariant: what can still be saved is, and the terminal is given
 * back before anybody speaks. */
static void
dying(void *arg)
{
	struct app *app = arg;
	struct err err = { 0 };

	if (app->router != NULL && router_save_drafts(app->router, &err) < 0)
		app->router->draft_failed = true;
	term_close(app->term);
	app->term = NULL;
}

static const char *
first_screen(const struct handover *before)
{
	if (before != NULL &&
	    (before->ended == ENDED_LOCKED || before->ended == ENDED_IDLE))
		return "locked";
	return "signin";
}

static const struct screen *
find(const struct app *app, const char *name)
{
	const struct screen *const *s = app->start->screens;

	while (*s != NULL && strcmp((*s)->name, name) != 0)
		s++;
	return *s;
}

static int
open_terminal(struct app *app, struct err *err)
{
	const struct environment *env = app->start->env;
	struct term_options options = { .in = STDIN_FILENO,
		.out = STDOUT_FILENO,
		.type = env->term,
		.theme = theme_pick("", env->no_color) };
	int rows, cols;

	app->term = term_open(&options, err);
	if (app->term == NULL)
		return -1;
	app->ascii = term_ascii(app->term);
	term_size(app->term, &rows, &cols);
	canvas_init(&app->canvas, rows, cols, app->ascii);
	if (term_notice(app->term) != NULL)
		router_say(app->router, term_notice(app->term));
	return 0;
}

static int
fail(struct app *app, const struct err *err)
{
	if (app->now->text[0] == '\0')
		snprintf(
		    app->now->text, sizeof(app->now->text), "%s", err->text);
	app->now->ended = ENDED_FAILED;
	return -1;
}

/* The first picture comes before anything that takes time. */
static int
begin(struct app *app, struct err *err)
{
	struct route route = { .screen = find(app, first_screen(app->before)) };

	if (!app->start->plain && open_terminal(app, err) < 0)
		return fail(app, err);
	if (router_start(app->router, &route, err) < 0)
		return fail(app, err);
	app_paint(app);
	if (app_read_society(app, err) < 0)
		return fail(app, err);
	if (app->term != NULL && !app->start->env->no_color)
		term_set_theme(
		    app->term, theme_pick(app->society->theme, false));
	app_paint(app);
	return 0;
}

/* Nothing is left on the screen while the vault closes. */
static void
finish(struct app *app)
{
	router_free(app->router);
	app->router = NULL;
	if (app->term == NULL || app->now->ended == ENDED_HUNG_UP)
		return;
	canvas_clear(&app->canvas);
	term_paint(app->term, &app->canvas);
}

void
app_session_run(void *arg, const struct handover *before, struct handover *now)
{
	struct app app = { .start = arg, .before = before, .now = now };
	struct err err = { 0 };
	int fd = signals_open(&err);

	app_turn(&app);
	app.router = router_new(&app);
	die_hook(dying, &app);
	if (fd < 0) {
		fail(&app, &err);
	} else if (begin(&app, &err) == 0) {
		if (app.start->plain)
			line_run(&app, fd);
		else
			loop_run(&app, fd);
	}
	finish(&app);
	session_end(
	    app.session, now->ended == ENDED_LOCKED || now->ended == ENDED_IDLE
			     ? SESSION_LOCKED
			 : now->ended == ENDED_HUNG_UP ? SESSION_HUNG_UP
						       : SESSION_SIGNED_OUT);
	society_free(app.society);
	if (app.term != NULL)
		canvas_done(&app.canvas);
	term_close(app.term);
	app.term = NULL;
	if (fd >= 0)
		close(fd);
}
