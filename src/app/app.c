/* SPDX-License-Identifier: ISC */
#include "app/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/config_path.h"
#include "app/door.h"
#include "app/router_inside.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/draft.h"
#include "store/user.h"
#include "store/vaultcare.h"

#define DEMO_PEOPLE_MOST 4096 /* bytes */

void
app_turn(struct app *app)
{
	app->turn = clock_now();
	app->boot = clock_boot();
}

const struct screen *
app_screen(const struct view *v, const char *name)
{
	const struct screen *const *s = v->app->start->screens;

	for (; *s != NULL; s++)
		if (strcmp((*s)->name, name) == 0)
			return *s;
	return NULL;
}

/* --- what screens ask -------------------------------------------------------- */

struct session *
app_session(const struct view *v)
{
	return v->app->session;
}

const struct society *
app_society(const struct view *v)
{
	return v->app->society;
}

int64_t
app_now(const struct view *v)
{
	return v->app->turn;
}

int64_t
app_boot(const struct view *v)
{
	return v->app->boot;
}

struct uid
app_answer_uid(const struct view *v)
{
	return uid_null(&v->app->answer) ? uid_new() : v->app->answer;
}

bool
app_ascii(const struct view *v)
{
	return v->app->ascii;
}

bool
app_by_line(const struct view *v)
{
	return v->app->term == NULL;
}

void
app_say(struct view *v, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	router_say(v->app->router, text);
}

void
app_saved(struct view *v)
{
	struct err err = { 0 };

	if (draft_forget(v->app->router, slot_of(v), &err) < 0)
		router_show_err(v->app->router, &err);
}

void
app_case(struct view *v, const struct uid *uid, const char *code)
{
	v->route.case_uid = *uid;
	snprintf(v->route.code, sizeof(v->route.code), "%s", code);
}

/* --- the configuration -------------------------------------------------------- */

static int
say_problems(struct app *app, const struct problems *p, struct err *err)
{
	struct buf all;

	buf_init(&all);
	config_problems(p, &all);
	buf_add_str(&all,
	    _("The configuration is not right; amparo check shows all of it"));
	snprintf(app->now->text, sizeof(app->now->text), "%s", all.data);
	buf_done(&all);
	return err_set(err, ERR_INPUT, _("The configuration is not right"));
}

int
app_read_society(struct app *app, struct err *err)
{
	struct problems problems = { 0 };
	struct buf path;
	int rc = -1;

	buf_init(&path);
	if (config_path(app->start->vault, app->start->config, &path, err) <
	    0) {
		snprintf(
		    app->now->text, sizeof(app->now->text), "%s", err->text);
		goto out;
	}
	rc = society_read(path.data, &app->society, &problems);
	if (rc < 0)
		rc = say_problems(app, &problems, err);
	else if (clock_zone(app->society->time_zone) < 0)
		router_say(app->router,
		    _("The time zone is unknown here; times show in UTC"));
	problems_done(&problems);
out:
	buf_done(&path);
	return rc;
}

void
app_theme(const struct app *app, const char *own)
{
	bool theirs = own != NULL && *own != '\0' && theme_find(own) != NULL;
	const char *name = theirs ? own : app->society->theme;

	if (app->term != NULL && app->start->theme == NULL)
		term_set_theme(
		    app->term, theme_pick(name, app->start->env->no_color));
}

void
app_language(const struct app *app, const char *own)
{
	const struct app_start *start = app->start;
	const char *house = app->society->language;

	if (start->language != NULL)
		(void)i18n_speak(start->language, NULL);
	else if (own != NULL && i18n_has(own))
		(void)i18n_speak(own, NULL);
	else
		(void)i18n_speak(house, start->env->language);
}

/* --- ending -------------------------------------------------------------------- */

/* Who they are not for: where one needs a reason to be, and where nothing
 * waits for anybody: a lock that hid a session among them. */
static bool
worth_returning(const struct view *v)
{
	enum permission p = v->screen->needs;

	if (v->screen->bare || view_held(v) || p == PERM_IDENTITY_READ)
		return false;
	return strcmp(v->screen->name, "help") != 0 &&
	       strcmp(v->screen->name, "drafts") != 0;
}

/* Where this person is, so that a lock costs them nothing but the
 * passphrase. */
static void
remember_place(struct app *app)
{
	struct handover *now = app->now;

	now->screen[0] = '\0';
	for (size_t i = router_depth(app->router); i-- > 1;) {
		struct view *v = router_at(app->router, i);
		const struct slot *s = slot_of(v);

		if (!worth_returning(v))
			continue;
		snprintf(
		    now->screen, sizeof(now->screen), "%s", v->screen->name);
		memcpy(now->code, v->route.code, sizeof(now->code));
		now->case_uid = v->route.case_uid;
		now->record = v->route.record;
		now->arg = v->route.arg;
		now->draft = s->drafted ? s->draft : (struct uid){ 0 };
		return;
	}
}

void
app_end(struct app *app, enum ended why)
{
	if (app->session != NULL)
		remember_place(app);
	app->now->ended = why;
	app->ending = true;
}

void
app_paint(struct app *app)
{
	if (app->term == NULL)
		return;
	router_draw(app->router, &app->canvas);
	if (app->repaint)
		term_repaint(app->term, &app->canvas);
	else
		term_paint(app->term, &app->canvas);
	app->repaint = false;
}

void
app_lock(struct app *app, enum ended why)
{
	struct view *top = router_top(app->router);
	struct route locked = { .screen = app_screen(top, "locked") };
	struct err err = { 0 };

	/* Hidden first: sealing a draft may have to wait for others. */
	if (app->term != NULL) {
		canvas_clear(&app->canvas);
		term_paint(app->term, &app->canvas);
	}
	if (router_save_drafts(app->router, &err) == 0) {
		app_end(app, why);
		return;
	}
	locked.arg = APP_HELD;
	if (!router_held(app->router) &&
	    router_open(app->router, &locked, &err) < 0)
		app_end(app, why);
}

/* --- the door -------------------------------------------------------------------- */

const struct handover *
app_before(const struct view *v)
{
	return v->app->before;
}

const char *
app_offered_login(const struct view *v)
{
	const char *login = v->app->start->login;

	return login == NULL ? "" : login;
}

void
app_demo_people(const struct view *v, struct buf *out)
{
	struct buf path;

	buf_init(&path);
	buf_addf(&path, "%s/" VAULT_DEMO_FILE, v->app->start->vault);
	/* Not there, or not as demo leaves it: nobody is offered. */
	if (file_read(path.data, DEMO_PEOPLE_MOST, true, out, NULL) != 0)
		buf_clear(out);
	buf_done(&path);
}

bool
app_held(const struct view *v)
{
	return v->app->session != NULL;
}

void
app_show(struct view *v)
{
	app_paint(v->app);
}

void
app_leave(struct view *v, enum ended why)
{
	app_end(v->app, why);
}

/* As whoever signed in wants it. */
static void
own_choices(struct app *app)
{
	const struct user *u = session_user(app->session);

	app_language(app, u->language);
	app_theme(app, u->theme);
	app->repaint = true;
}

void
app_chose(struct view *v)
{
	own_choices(v->app);
}

/* The record says which kind of terminal, the throttle counts by where a
 * guesser would sit. */
static const char *
terminal_kind(const struct environment *env)
{
	const char *slash;

	if (env->ssh_client[0] != '\0')
		return "ssh";
	slash = strrchr(env->tty, '/');
	if (slash != NULL)
		return slash + 1;
	return env->tty[0] == '\0' ? "unknown" : env->tty;
}

static const char *
guess_source(const struct environment *env)
{
	if (env->ssh_key[0] != '\0')
		return env->ssh_key;
	if (env->ssh_client[0] != '\0')
		return env->ssh_client;
	return env->tty[0] == '\0' ? "unknown" : env->tty;
}

/* in: who, and with what; the rest is of this terminal. */
static int
come_in(struct app *app, struct sign_in *in, struct err *err)
{
	struct session *session = NULL;

	if (app->society == NULL)
		return err_set(err, ERR_INPUT, _("amparo is still starting"));
	in->vault = app->start->vault;
	in->society = app->society;
	in->terminal = terminal_kind(app->start->env);
	in->ssh_key = harden_ssh_key(app->start->env);
	in->source = guess_source(app->start->env);
	if (session_start(in, &session, err) < 0)
		return -1;
	/* Held: the passphrase was right, which is all that was asked. */
	if (app->session != NULL)
		session_end(session, SESSION_SIGNED_OUT);
	else
		app->session = session;
	own_choices(app);
	/* Who to offer if this session ends without a word. */
	snprintf(app->now->login, sizeof(app->now->login), "%s",
	    session_user(app->session)->login);
	return 0;
}

int
app_sign_in(struct view *v, const char *login, const struct secret *passphrase,
    const struct secret *new_passphrase, struct err *err)
{
	struct sign_in in = { .login = login,
		.passphrase = passphrase,
		.new_passphrase = new_passphrase };

	return come_in(v->app, &in, err);
}

int
app_unlock(struct view *v, const char *login, const struct secret *passphrase,
    struct err *err)
{
	struct sign_in in = {
		.login = login, .login_known = true, .passphrase = passphrase
	};

	return come_in(v->app, &in, err);
}

enum next
app_enter(struct view *v)
{
	/* At the end of the turn: the view that asks is closed by it. */
	v->app->entering = true;
	return NEXT_STAY;
}

static const struct screen *
named(const struct app *app, const char *name)
{
	return app_screen(router_top(app->router), name);
}

/* Where they were before a lock, if it was this person. */
static bool
go_back(const struct app *app, struct route *go)
{
	const struct handover *b = app->before;
	const struct user *u = session_user(app->session);

	if (b == NULL || b->screen[0] == '\0' ||
	    (b->ended != ENDED_LOCKED && b->ended != ENDED_IDLE) ||
	    strcmp(b->login, u->login) != 0)
		return false;
	*go = (struct route){ .screen = named(app, b->screen),
		.case_uid = b->case_uid,
		.record = b->record,
		.draft = b->draft,
		.arg = b->arg };
	memcpy(go->code, b->code, sizeof(go->code));
	return go->screen != NULL;
}

size_t
app_drafts(const struct app *app)
{
	struct drafts drafts = { 0 };
	struct err err = { 0 };
	struct arena arena;

	arena_init(&arena);
	if (draft_list(app->session, &arena, &drafts, &err) < 0)
		router_show_err(app->router, &err);
	arena_done(&arena);
	return drafts.n;
}

/* What the last sign-in was, so that a stranger's is noticed, and the newest
 * event, so that a vault put back to an older state is. */
/* Of the key to who people are: one's own is not there yet, or a colleague
 * waits for what this person can hand on. */
static void
add_keys(struct app *app, char *text, size_t size)
{
	const struct user *me = session_user(app->session);
	size_t len = strlen(text);
	struct users users = { 0 };
	struct arena arena;
	struct err err = { 0 };

	if (user_waits_for_key(me))
		(void)snprintf(text + len, size - len,
		    _(" You have no key to names yet: a supervisor runs "
		      "\"amparo user grant %s\"."),
		    me->login);
	if (!me->has_identity || !session_may(app->session, PERM_USER_GRANT))
		return;
	arena_init(&arena);
	if (user_list(app->session, &arena, &users, &err) == -1)
		users.n = 0;
	for (size_t i = 0; i < users.n; i++) {
		if (!user_waits_for_key(&users.list[i]))
			continue;
		(void)snprintf(text + len, size - len,
		    _(" %s has no key to names yet: \"amparo user grant "
		      "%s\"."),
		    users.list[i].login, users.list[i].login);
		break;
	}
	arena_done(&arena);
}

static void
greet(struct app *app)
{
	char words[64], when[24], text[512];
	int64_t at, event;

	session_last(app->session, &at, &event, words);
	if (at == 0)
		snprintf(text, sizeof(text),
		    _("Welcome. This is your first session; event %lld, %s."),
		    (long long)event, words);
	else
		snprintf(text, sizeof(text),
		    _("Your last session: %s; event %lld, %s."),
		    clock_full(at, when, sizeof(when)), (long long)event,
		    words);
	if (session_behind(app->session))
		snprintf(text, sizeof(text), "%s",
		    _("The configuration changed: the lists are counted anew "
		      "and may be old for some minutes."));
	add_keys(app, text, sizeof(text));
	router_say(app->router, text);
}

/* What a session begins with: as the person chose, else as the society says. */
static const char *
first_screen(const struct app *app)
{
	const struct user *u = session_user(app->session);
	bool cases = society_starts_with_cases(app->society, u->role);

	if (u->start[0] != '\0')
		cases = strcmp(u->start, "cases") == 0;
	return cases ? "queue" : "today";
}

void
app_home(struct app *app)
{
	struct route home = { .screen = named(app, first_screen(app)) };
	struct route numbers = { .screen = named(app, "numbers") };
	struct route go = { .screen = named(app, "drafts") };
	bool on = go_back(app, &go) || app_drafts(app) > 0;
	struct err err = { 0 };
	struct alarm alarm;

	app->entering = false;
	if (!session_alarm(app->session, &alarm)) {
		greet(app);
	} else {
		go = (struct route){ .screen = named(app, "alarm") };
		on = true;
	}
	/* A role without a queue (administrators care for the vault with the
	 * commands) still gets a first screen. */
	if (router_start(app->router, &home, &err) < 0) {
		if (err.kind == ERR_DENIED)
			(void)err_set(&err, ERR_DENIED,
			    _("Your role has no cases here; its work is done "
			      "with commands: amparo --help lists them."));
		router_show_err(app->router, &err);
		if (router_start(app->router, &numbers, &err) < 0)
			app_end(app, ENDED_SIGNED_OUT);
	}
	if (on && router_open(app->router, &go, &err) < 0)
		router_show_err(app->router, &err);
}

/* --- help ----------------------------------------------------------------------- */

const struct view *
app_below(const struct view *v)
{
	const struct router *r = v->app->router;

	for (size_t i = 1; i < r->n; i++)
		if (&r->slots[i]->view == v)
			return &r->slots[i - 1]->view;
	return NULL;
}

size_t
app_actions(const struct view *v, enum action *out, size_t max)
{
	const struct view *below = app_below(v);

	return below == NULL ? 0 : view_actions(below, out, max);
}

void
app_run_below(struct view *v, enum action a)
{
	v->app->router->pending = a;
}
