/* SPDX-License-Identifier: ISC */
/* The actions that work on every screen. */
#include <stdio.h>
#include <string.h>

#include "app/router_inside.h"
#include "base/i18n.h"
#include "store/queue.h"

static const struct ask_choice leave_choices[] = {
	{ "keep", N_("Keep as a draft"), N_("Go on with it later (D)") },
	{ "discard", N_("Discard what was typed"), NULL },
	{ "stay", N_("Stay here"), NULL },
};
static const struct ask leave_ask = {
	.kind = ASK_CHOICE,
	.title = N_("Not saved yet"),
	.text = N_("There are typed words here that are not saved."),
	.choices = leave_choices,
	.n_choices = sizeof(leave_choices) / sizeof(leave_choices[0]),
	/* Esc may have been a slip in the middle of a sentence. */
	.required = true,
};
static const struct ask jump_ask = {
	.kind = ASK_LINE,
	.title = N_("Open a case"),
	.text = N_("Its code, with or without dashes; the last character "
		   "catches mistyped ones."),
	.required = true,
};

/* A line that was typed at a list that is not there: its letters are no keys
 * of this screen. */
static const struct ask no_list = {
	.kind = ASK_TEXT,
	.title = N_("Nothing to filter here"),
	.text = N_("This screen has no list that typing narrows; what is "
		   "typed here goes nowhere."),
	.required = true,
};

static void
back(struct router *r, struct slot *s)
{
	if (r->n > 1 && s->view.dirty)
		overlay_ask(s, OVER_LEAVE, &leave_ask);
	else if (r->n > 1)
		router_pop(r);
	else if (r->app->session != NULL)
		router_say(r, _("This is the first screen; Q signs out"));
}

void
everywhere_back_to(struct router *r, size_t keep)
{
	router_close_to(r, keep);
	r->back_to = r->n > keep ? keep : 0;
	if (r->back_to > 0)
		overlay_ask(r->slots[r->n - 1], OVER_LEAVE, &leave_ask);
}

/* Leave a form at once; nothing typed is lost. */
static void
cancel(struct router *r, struct slot *s)
{
	struct err err = { 0 };
	bool kept;

	if (!s->view.dirty) {
		back(r, s);
		return;
	}
	if (draft_keep(r, s, &err) < 0) {
		router_show_err(r, &err);
		return;
	}
	if (r->n == 1)
		return;
	kept = s->drafted;
	s->view.dirty = false;
	router_pop(r);
	if (kept)
		router_say(r, _("What was typed is kept as a draft (D)"));
}

/* Open a screen by name, or close it when it is the one that shows: the key
 * that opened help closes it.  One that is about where one is has the case of
 * that; a list of its own has none. */
static void
toggle(struct router *r, struct slot *s, const char *name, bool here)
{
	struct err err = { 0 };
	struct route route = { .screen = app_screen(&s->view, name) };

	if (strcmp(s->view.screen->name, name) == 0) {
		back(r, s);
		return;
	}
	if (here) {
		route.case_uid = s->view.route.case_uid;
		memcpy(route.code, s->view.route.code, sizeof(route.code));
	}
	if (router_open(r, &route, &err) < 0)
		router_show_err(r, &err);
}

static bool
is_home(const struct view *v)
{
	return strcmp(v->screen->name, "today") == 0 ||
	       strcmp(v->screen->name, "queue") == 0;
}

/* Today and the cases: one key from the one to the other, and back to where
 * the cursor was. */
static void
home(struct router *r, struct slot *s, enum action a)
{
	const char *name = a == ACT_TODAY ? "today" : "queue";
	const char *other = a == ACT_TODAY ? "queue" : "today";
	bool here = strcmp(s->view.screen->name, name) == 0;

	if (here && r->n == 1)
		toggle(r, s, other, false);
	else if (!here && r->n > 1 && is_home(&s->view) &&
		 strcmp(r->slots[r->n - 2]->view.screen->name, name) == 0)
		router_swap(r);
	else
		toggle(r, s, name, false);
}

int
everywhere_jump(struct router *r, const char *code, struct err *err)
{
	struct view *v = router_top(r);
	struct route route = { .screen = app_screen(v, "case") };
	size_t at;

	if (queue_jump(r->app->session, code, &route.case_uid, err) < 0 ||
	    code_parse(code, route.code) < 0)
		return -1;
	at = router_case_at(r, &route);
	if (at == 0)
		return router_open(r, &route, err);
	if (at == r->n)
		app_say(v, _("%s is open here already."), route.code);
	everywhere_back_to(r, at);
	return 0;
}

/* What a key is for in a case; ACT_NONE: nothing this person may do. */
static enum action
in_a_case(const struct router *r, uint32_t code)
{
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const struct action_info *info = action_info((enum action)a);

		if ((info->flags & ACTF_CASE) &&
		    keymap_uses((enum action)a, code) &&
		    session_may(r->app->session, info->needs))
			return (enum action)a;
	}
	return ACT_NONE;
}

void
everywhere_not_here(struct router *r, struct slot *s, const struct key *k)
{
	enum action a = ACT_NONE;
	char name[16], text[256];

	if (r->app->session == NULL || s->view.screen->bare)
		return;
	/* Arrows at an end and keys of other programs say nothing. */
	if (!key_is_text(k) && (k->code < K_F1 || k->code > K_F12))
		return;
	if (keymap_uses(ACT_FILTER, k->code)) {
		overlay_ask(s, OVER_TOLD, &no_list);
		return;
	}
	key_to_name(k->code, name, sizeof(name));
	a = in_a_case(r, k->code);
	if (a != ACT_NONE && s->view.route.code[0] == '\0')
		snprintf(text, sizeof(text),
		    _("%s (%s) works inside a case: open one first."), name,
		    _(action_info(a)->hint));
	else if (a != ACT_NONE && strcmp(s->view.screen->name, "case") != 0)
		snprintf(text, sizeof(text),
		    _("%s (%s) works on the case itself: Esc goes back."), name,
		    _(action_info(a)->hint));
	else
		snprintf(text, sizeof(text),
		    _("%s does nothing here; ? shows what can be done."), name);
	router_say(r, text);
	r->astray = true;
}

/* Sign out, switch, quit: only once every draft is safe. */
static void
end_safely(struct router *r, enum ended why)
{
	struct err err = { 0 };

	if (r->app->session != NULL && router_save_drafts(r, &err) < 0)
		router_show_err(r, &err);
	else
		app_end(r->app, why);
}

void
everywhere_quit(struct router *r)
{
	end_safely(r, ENDED_LEFT);
}

/* What a slip of the finger would take away: typed words are kept and drafts
 * wait, but the way back is a whole passphrase. */
static const char *
what_is_open(struct router *r, struct slot *s)
{
	struct buf b;
	size_t drafts = app_drafts(r->app);
	const char *code = "", *text;
	size_t typed = 0;

	buf_init(&b);
	/* A sentence typed where nothing is: its Q was no goodbye. */
	if (r->strayed)
		buf_add_str(&b, _("The key before it did nothing here. "));
	for (size_t i = 0; i < r->n; i++) {
		const struct view *v = &r->slots[i]->view;

		typed += v->dirty && r->slots[i]->drafted;
		if (v->route.code[0] != '\0')
			code = v->route.code;
	}
	if (code[0] != '\0')
		buf_addf(&b, _("%s is open. "), code);
	if (typed > 0)
		buf_add_str(&b, _("What you are typing is kept as a draft. "));
	/* Those are not counted once more. */
	drafts -= typed < drafts ? typed : drafts;
	if (drafts > 0)
		buf_addf(&b,
		    ngettext("%zu draft of yours waits. ",
			"%zu drafts of yours wait. ", drafts),
		    drafts);
	if (b.len > 0)
		buf_add_str(&b, _("Coming back takes your passphrase."));
	text = arena_str(&s->view.arena, b.data);
	buf_done(&b);
	return text;
}

/* With nothing open it is the end of a shift, and nobody asks twice. */
static void
quit(struct router *r, struct slot *s)
{
	struct ask ask = { .kind = ASK_CONFIRM,
		.title = N_("Sign out and leave?") };
	struct err err = { 0 };

	/* First: the question says that they are kept. */
	if (r->app->session != NULL && router_save_drafts(r, &err) < 0) {
		router_show_err(r, &err);
		return;
	}
	if (r->app->session != NULL && !router_held(r))
		ask.text = what_is_open(r, s);
	if (ask.text == NULL || *ask.text == '\0')
		everywhere_quit(r);
	else
		overlay_ask(s, OVER_QUIT, &ask);
}

static void
hide(struct router *r, struct slot *s, enum action a)
{
	struct app *app = r->app;

	if (a == ACT_BLANK) {
		if (!s->view.screen->bare)
			toggle(r, s, "blank", true);
		return;
	}
	if (app->session == NULL)
		return; /* the door is locked already */
	if (a == ACT_LOCK)
		app_lock(app, ENDED_LOCKED);
	else
		end_safely(r, ENDED_SWITCHED);
}

void
everywhere_act(struct router *r, struct slot *s, enum action a)
{
	bool in = r->app->session != NULL && !router_held(r);

	if (view_held(&s->view) && (a == ACT_BACK || a == ACT_CANCEL))
		return; /* a lock is not stepped back from */
	switch (a) {
	case ACT_BACK:
		back(r, s);
		break;
	case ACT_CANCEL:
		cancel(r, s);
		break;
	case ACT_BLANK:
	case ACT_LOCK:
	case ACT_SWITCH:
		hide(r, s, a);
		break;
	case ACT_SIGN_OUT:
		end_safely(r, ENDED_SIGNED_OUT);
		break;
	case ACT_QUIT:
		quit(r, s);
		break;
	case ACT_COMMAND:
		overlay_command(r, s);
		break;
	case ACT_REDRAW:
		r->app->repaint = true;
		break;
	case ACT_JUMP:
		overlay_ask(s, OVER_JUMP, &jump_ask);
		break;
	case ACT_HELP:
	case ACT_NUMBERS:
	case ACT_ALARM:
		toggle(r, s, action_info(a)->name, true);
		break;
	case ACT_TODAY:
	case ACT_QUEUE:
		if (in)
			home(r, s, a);
		break;
	case ACT_CHOICES:
	case ACT_CONTACTS:
	case ACT_FIND:
	case ACT_DIRECTORY:
	case ACT_DRAFTS:
	case ACT_PASSPHRASE:
		if (in)
			toggle(r, s, action_info(a)->name, false);
		break;
	default:
		break;
	}
}
