/* SPDX-License-Identifier: ISC */
#include "app/router.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/door.h"
#include "app/router_inside.h"
#include "base/alloc.h"
#include "base/i18n.h"

struct router *
router_new(struct app *app)
{
	struct router *r = xcalloc(1, sizeof(*r));

	r->app = app;
	return r;
}

static void
slot_free(struct slot *s)
{
	struct view *v = &s->view;

	overlay_done(&s->over);
	if (v->screen->close != NULL)
		v->screen->close(v);
	else if (v->screen->form != NULL)
		formview_close(v);
	if (v->state != NULL)
		wipe(v->state, v->screen->state_size);
	free(v->state);
	arena_done(&v->arena);
	buf_done(&s->kept);
	wipe(s, sizeof(*s));
	free(s);
}

void
router_free(struct router *r)
{
	if (r == NULL)
		return;
	while (r->n > 0)
		slot_free(r->slots[--r->n]);
	wipe(r, sizeof(*r));
	free(r);
}

/* --- opening and closing --------------------------------------------------- */

static bool
may(const struct app *app, enum permission p)
{
	if (p == PERM_NONE)
		return true;
	return app->session != NULL && !router_held(app->router) &&
	       session_may(app->session, p);
}

static bool
writes(const struct screen *screen)
{
	return screen->form != NULL || screen->draft != NULL;
}

static int
open_checked(struct router *r, struct slot *s, struct err *err)
{
	struct view *v = &s->view;
	struct alarm alarm;

	if (!may(r->app, v->screen->needs))
		return err_set(
		    err, ERR_DENIED, _("Your role does not open this screen"));
	/* Nobody types what cannot be kept anywhere.  Where only identity.db
	 * is behind, a draft can. */
	if (writes(v->screen) && r->app->session != NULL &&
	    session_alarm(r->app->session, &alarm) && alarm.cases)
		return err_set(err, ERR_TAMPERED,
		    _("Entries of the vault are missing: it is read, and "
		      "nothing is typed into it, until that is decided (F7)."));
	if (v->screen->open == NULL)
		return 0;
	return v->screen->open(v, &v->route, err);
}

/* A lock always opens: behind it is what could not be kept. */
static size_t
most_below(const struct route *route)
{
	return strcmp(route->screen->name, "locked") == 0 ? DEPTH_MAX
							  : DEPTH_MAX - 1;
}

int
router_open(struct router *r, const struct route *route, struct err *err)
{
	struct slot *s;

	if (route->screen == NULL)
		return err_set(
		    err, ERR_NOT_FOUND, _("This screen is not part of amparo"));
	if (r->n > most_below(route))
		return err_set(err, ERR_INPUT,
		    _("Too many screens are open; go back first (Esc)"));
	s = xcalloc(1, sizeof(*s));
	s->view.screen = route->screen;
	s->view.app = r->app;
	s->view.route = *route;
	buf_init(&s->kept);
	arena_init(&s->view.arena);
	s->view.state = xcalloc(1, route->screen->state_size + 1);
	draft_about(r, &s->view);
	s->draft = s->view.route.draft;
	s->drafted = !uid_null(&s->draft);
	/* On the stack while it opens: open() may ask a question. */
	r->slots[r->n++] = s;
	if (open_checked(r, s, err) == 0) {
		draft_offer(r, s);
		return 0;
	}
	r->n--;
	slot_free(s);
	return -1;
}

static void
read_again(struct router *r, struct slot *s)
{
	struct err err = { 0 };

	if (s->view.screen->refresh != NULL &&
	    s->view.screen->refresh(&s->view, &err) < 0)
		router_show_err(r, &err);
}

void
router_close_to(struct router *r, size_t keep)
{
	size_t before = r->n;

	while (r->n > keep && r->n > 1 && !r->slots[r->n - 1]->view.dirty)
		slot_free(r->slots[--r->n]);
	/* Those between are not read: nobody looks at them. */
	if (r->n < before)
		read_again(r, r->slots[r->n - 1]);
}

size_t
router_case_at(const struct router *r, const struct route *route)
{
	size_t n = r->n;

	if (route->then != NULL || route->screen == NULL ||
	    uid_null(&route->case_uid) ||
	    strcmp(route->screen->name, "case") != 0)
		return 0;
	while (n > 0 && (r->slots[n - 1]->view.screen != route->screen ||
			    !uid_eq(&r->slots[n - 1]->view.route.case_uid,
				&route->case_uid)))
		n--;
	return n;
}

static void
close_all(struct router *r)
{
	while (r->n > 0)
		slot_free(r->slots[--r->n]);
}

int
router_start(struct router *r, const struct route *route, struct err *err)
{
	close_all(r);
	return router_open(r, route, err);
}

static void run(struct router *r, struct slot *s, enum action a);

void
router_pop(struct router *r)
{
	enum action a = r->pending;
	struct slot *s;

	if (r->n <= 1)
		return;
	slot_free(r->slots[--r->n]);
	s = r->slots[r->n - 1];
	read_again(r, s);
	r->pending = ACT_NONE;
	if (a != ACT_NONE)
		run(r, s, a);
}

/*
 * A part of a colleague's case was asked for, and the store wants a reason
 * first: the case asks for it and goes on to that part.  What says who somebody
 * is asks for its own, on a screen in front of it.
 */
static int
open_asking(struct router *r, const struct slot *s, const struct route *route,
    struct err *err)
{
	struct route first = *route;

	if (router_open(r, route, err) == 0)
		return 0;
	first.screen =
	    app_screen(&s->view, err->kind == ERR_PURPOSE ? "opening" : "case");
	if ((err->kind != ERR_REASON && err->kind != ERR_PURPOSE) ||
	    uid_null(&route->case_uid) || first.screen == NULL ||
	    first.screen == route->screen)
		return -1;
	first.then = route->screen;
	err_clear(err);
	return router_open(r, &first, err);
}

/* A case that is open below is gone back to; from a form that holds typed
 * words it is only looked at, on top. */
static bool
went_back(struct router *r, const struct slot *s, const struct route *route)
{
	size_t at = s->view.dirty ? 0 : router_case_at(r, route);

	if (at == 0)
		return false;
	everywhere_back_to(r, at);
	return true;
}

void
router_swap(struct router *r)
{
	struct slot *top;

	if (r->n < 2)
		return;
	top = r->slots[r->n - 1];
	r->slots[r->n - 1] = r->slots[r->n - 2];
	r->slots[r->n - 2] = top;
	read_again(r, r->slots[r->n - 1]);
}

/* A view closes with typed words in it: they stay as a draft. */
static void
close_view(struct router *r, struct slot *s)
{
	struct err err = { 0 };

	if (s->view.dirty && draft_keep(r, s, &err) < 0)
		router_show_err(r, &err);
	else
		router_pop(r);
}

void
router_apply(
    struct router *r, struct slot *s, enum next next, const struct err *said)
{
	struct route go = s->view.go;
	struct err err = { 0 };

	/* What was typed just now is no older than this key. */
	if (s->view.dirty)
		s->touched = true;
	if (said != NULL)
		draft_said(r, s, said);
	switch (next) {
	case NEXT_STAY:
	case NEXT_PASS:
		break;
	case NEXT_BACK:
		close_view(r, s);
		break;
	case NEXT_GO:
		if (!went_back(r, s, &go) && open_asking(r, s, &go, &err) < 0)
			router_show_err(r, &err);
		break;
	case NEXT_REPLACE:
		if (went_back(r, s, &go))
			break;
		/* Opened first: a view that does not open leaves this one. */
		if (open_asking(r, s, &go, &err) < 0) {
			router_show_err(r, &err);
			break;
		}
		if (s->view.dirty && draft_keep(r, s, &err) < 0) {
			/* It stays below: nowhere else are its words. */
			router_show_err(r, &err);
			break;
		}
		r->slots[r->n - 2] = r->slots[r->n - 1];
		r->n--;
		slot_free(s);
		break;
	}
}

/* --- what a view is like now ------------------------------------------------ */

bool
view_typing(const struct view *v)
{
	if (v->screen->typing != NULL)
		return v->screen->typing(v);
	return v->screen->form != NULL;
}

bool
view_offers(const struct view *v, enum action a)
{
	const struct action_info *info = action_info(a);

	char alarm[ALARM_SIZE];

	if (info == NULL || !may(v->app, info->needs))
		return false;
	if (a == ACT_ALARM && !router_alarm(v->app->router, 0, alarm))
		return false;
	if (v->screen->offers != NULL && keymap_has(v->screen->actions, a))
		return v->screen->offers(v, a);
	return true;
}

bool
app_offers(const struct view *v, enum action a)
{
	return view_offers(v, a);
}

struct view *
router_top(const struct router *r)
{
	return r->n == 0 ? NULL : &r->slots[r->n - 1]->view;
}

bool
view_held(const struct view *v)
{
	return v->app->session != NULL && v->route.arg == APP_HELD &&
	       strcmp(v->screen->name, "locked") == 0;
}

bool
router_held(const struct router *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (view_held(&r->slots[i]->view))
			return true;
	return false;
}

size_t
router_depth(const struct router *r)
{
	return r->n;
}

struct view *
router_at(const struct router *r, size_t i)
{
	return i < r->n ? &r->slots[i]->view : NULL;
}

size_t
view_actions(const struct view *v, enum action *out, size_t max)
{
	const enum action *own = v->screen->actions;
	size_t n = 0;

	for (; own != NULL && *own != ACT_NONE; own++)
		if (n < max && view_offers(v, *own))
			out[n++] = *own;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++)
		if (n < max && (action_info(a)->flags & ACTF_EVERYWHERE) &&
		    !keymap_has(v->screen->actions, a) && view_offers(v, a))
			out[n++] = (enum action)a;
	return n;
}

size_t
router_actions(const struct router *r, enum action *out, size_t max)
{
	const struct view *v = router_top(r);

	return v == NULL ? 0 : view_actions(v, out, max);
}

/* --- a key's way ------------------------------------------------------------ */

static enum next
view_act(struct view *v, enum action a, struct err *err)
{
	if (v->screen->act != NULL)
		return v->screen->act(v, a, err);
	return v->screen->form != NULL ? formview_act(v, a, err) : NEXT_PASS;
}

static enum next
view_key(struct view *v, const struct key *k, struct err *err)
{
	if (v->screen->key != NULL)
		return v->screen->key(v, k, err);
	return v->screen->form != NULL ? formview_key(v, k, err) : NEXT_PASS;
}

static const char *
why_not(const struct view *v, enum action a)
{
	const char *why = NULL;

	if (v->screen->why_not != NULL && keymap_has(v->screen->actions, a))
		why = v->screen->why_not(v, a);
	return why != NULL ? why : _("This is not possible here now");
}

static void
run(struct router *r, struct slot *s, enum action a)
{
	struct view *v = &s->view;
	const struct action_info *info = action_info(a);
	struct err err = { 0 };

	/* A blank screen answers its own keys and no command. */
	if (info == NULL || v->screen->bare)
		return;
	if (!may(r->app, info->needs)) {
		router_say(r, _("Your role does not allow this"));
		return;
	}
	if (!view_offers(v, a)) {
		router_say(r, why_not(v, a));
		return;
	}
	if (keymap_has(v->screen->actions, a)) {
		enum next next = view_act(v, a, &err);

		if (next != NEXT_PASS || !(info->flags & ACTF_EVERYWHERE)) {
			router_apply(r, s, next, &err);
			return;
		}
	}
	if (info->flags & ACTF_EVERYWHERE)
		everywhere_act(r, s, a);
	else
		router_say(r, _("This is not possible here now"));
}

void
router_act(struct router *r, enum action a)
{
	router_hush(r);
	if (r->n > 0)
		run(r, r->slots[r->n - 1], a);
}

/* Hiding the screen works over a question, too. */
static bool
over_everything(enum action a)
{
	return a == ACT_BLANK || a == ACT_LOCK || a == ACT_SWITCH ||
	       a == ACT_REDRAW;
}

bool
router_hides(const struct router *r, const struct key *k)
{
	const struct view *v = router_top(r);

	return v != NULL && !v->screen->bare && k->code != K_PASTE &&
	       over_everything(keymap_find(v->screen->actions, k, true));
}

static void
typed(struct router *r, struct slot *s, const struct key *k)
{
	struct err err = { 0 };
	bool typing = view_typing(&s->view);
	enum next next = view_key(&s->view, k, &err);

	router_apply(r, s, next, &err);
	if (next == NEXT_PASS && err.kind == ERR_NONE && !typing)
		everywhere_not_here(r, s, k);
}

void
router_key(struct router *r, const struct key *k)
{
	struct slot *s;
	enum action a;
	bool typing;

	if (r->n == 0)
		return;
	router_hush(r);
	r->strayed = r->astray;
	r->astray = false;
	s = r->slots[r->n - 1];
	if (k->code == K_PASTE_BIG) {
		router_say(r,
		    _("That is more than 64 kB; nothing was pasted. Paste it "
		      "in parts"));
		return;
	}
	typing = s->over.kind != OVER_NONE || view_typing(&s->view);
	if (k->code == K_PASTE && !typing && !s->view.screen->bare) {
		router_say(r, _("Pasting works inside a field only"));
		return;
	}
	a = k->code == K_PASTE || s->view.screen->bare
		? ACT_NONE
		: keymap_find(s->view.screen->actions, k, typing);
	if (s->over.kind != OVER_NONE && !over_everything(a))
		overlay_key(r, s, k);
	else if (a != ACT_NONE)
		run(r, s, a);
	else
		typed(r, s, k);
}

void
router_refresh(struct router *r)
{
	if (r->n > 0)
		read_again(r, r->slots[r->n - 1]);
}

/* --- the message line -------------------------------------------------------- */

void
router_say(struct router *r, const char *text)
{
	snprintf(r->message, sizeof(r->message), "%s", text);
}

void
router_lost(struct router *r, size_t n)
{
	char said[sizeof(r->message)];
	struct slot *s;

	if (r->n == 0)
		return;
	s = r->slots[r->n - 1];
	if (s->over.kind == OVER_NONE && !view_typing(&s->view))
		return;
	(void)snprintf(said, sizeof(said), "%s", r->message);
	(void)snprintf(r->message, sizeof(r->message),
	    ngettext("%zu byte of what came was left out: this terminal does "
		     "not send UTF-8. Read what is there now. %s",
		"%zu bytes of what came were left out: this terminal does "
		"not send UTF-8. Read what is there now. %s",
		n),
	    n, said);
	for (size_t end = strlen(r->message);
	     end > 0 && r->message[end - 1] == ' ';)
		r->message[--end] = '\0';
}

void
router_show_err(struct router *r, const struct err *err)
{
	if (err->kind != ERR_NONE && err->kind != ERR_CANCELLED)
		router_say(r, err->text);
}

const char *
router_message(const struct router *r)
{
	return r->message;
}

void
router_hush(struct router *r)
{
	r->message[0] = '\0';
}
