/* SPDX-License-Identifier: ISC */
/* One session from fork to end: terminal, first picture, configuration, loop. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/door.h"
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

	if (app->router != NULL)
		router_last_drafts(app->router);
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
		.theme = theme_pick(app->start->theme, env->no_color),
		.ascii = app->start->ascii };
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

/* One line, byte by byte so that not a byte more is taken; false when there
 * is none (a session before this one has read it). */
static bool
read_passphrase(int fd, struct secret *out)
{
	uint8_t c;
	bool fits = true;
	ssize_t n;

	while ((n = read(fd, &c, 1)) == 1 && c != '\n')
		fits = secret_append(out, &c, 1) && fits;
	wipe(&c, sizeof(c));
	return n >= 0 && fits && secret_len(out) > 0;
}

/* Signed in by whoever started the program (--passphrase-fd); what does not
 * come right is said on the sign-in screen, where it can be typed. */
static void
sign_in_at_start(struct app *app)
{
	struct secret *pass = secret_new(PASSPHRASE_MAX);
	struct err err = { 0 };

	if (read_passphrase(app->start->passphrase_fd, pass)) {
		if (app_sign_in(router_top(app->router), app->start->login,
			pass, NULL, &err) == 0)
			app_home(app);
		else
			router_show_err(app->router, &err);
	}
	secret_free(pass);
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
	app_language(app, NULL);
	app_theme(app, NULL);
	if (app->start->passphrase_fd >= 0)
		sign_in_at_start(app);
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
