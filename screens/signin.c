/* SPDX-License-Identifier: ISC */
/*
 * Sign-in: login, passphrase.  A one-time code in place of the passphrase
 * leads to choosing one.
 */
#include "app/door.h"
#include "app/newpass.h"
#include "app/secretline.h"
#include "base/i18n.h"
#include "screens.h"
#include "signin_demo.h"
#include "ui/edit.h"

enum part { PART_LOGIN, PART_PASSPHRASE, PART_NEW };

struct state {
	enum part part;
	struct edit login;
	struct secret *passphrase; /* or the one-time code */
	struct newpass fresh;
	struct buf demo; /* "" but in a demo vault */
	bool working;
};

static int
open_signin(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	const struct handover *before = app_before(v);
	const char *login = app_offered_login(v);

	(void)r;
	edit_init(&s->login, 0, LOGIN_SIZE - 1);
	s->passphrase = secret_new(PASSPHRASE_MAX);
	newpass_init(&s->fresh);
	buf_init(&s->demo);
	app_demo_people(v, &s->demo);
	if (before != NULL && before->ended == ENDED_CRASHED)
		login = before->login;
	if (login[0] == '\0')
		return 0;
	s->part = PART_PASSPHRASE;
	return edit_set(&s->login, login, err);
}

/* Why this screen shows, where that needs words. */
static const char *
note(const struct view *v)
{
	const struct handover *before = app_before(v);

	if (before == NULL)
		return NULL;
	switch (before->ended) {
	case ENDED_CRASHED:
		if (before->unkept)
			return _("The session ended unexpectedly; the words "
				 "typed last could not be kept as a draft.");
		return _("The session ended unexpectedly; what you typed up to "
			 "a few seconds before is kept as a draft.");
	case ENDED_SWITCHED:
		return _("Somebody else can sign in now; drafts wait for "
			 "whoever wrote them.");
	case ENDED_DISABLED:
		return _("This sign-in was closed. Please talk to your "
			 "supervisor.");
	default:
		return NULL;
	}
}

static void
draw_signin(const struct view *v, struct canvas *c)
{
	const struct state *s = v->state;
	const struct society *society = app_society(v);
	struct edit *login = &((struct state *)v->state)->login;
	int row = c->rows > 12 ? 2 : 0;
	struct canvas field;

	if (society != NULL)
		canvas_text(c, row, 0, -1, EL_HEADING, society->name);
	row++;
	if (note(v) != NULL)
		row += canvas_wrap(c, row, 0, c->cols, 3, EL_WARNING, note(v));
	if (c->rows > 12)
		row++;
	if (s->part == PART_NEW) {
		canvas_text(c, row, 0, -1, EL_LABEL,
		    _("Your one-time code is right. Choose a passphrase:"));
		newpass_draw(c, row + 1, &s->fresh);
		row += 5;
	} else {
		int used = canvas_text(c, row, 0, -1, EL_LABEL, _("Login"));

		field = canvas_view(c, row++, used + 2, 1, LOGIN_SIZE);
		edit_draw(login, &field, EL_FIELD, s->part == PART_LOGIN);
		secretline_draw(c, row++, 0, _("Passphrase"), s->passphrase,
		    s->part == PART_PASSPHRASE);
	}
	canvas_text(c, row + 1, 0, -1, s->working ? EL_MESSAGE : EL_DIM,
	    s->working ? _("Unlocking...") : _("Ctrl-C leaves"));
	signin_demo_draw(c, row + (c->rows > 12 ? 3 : 2), &s->demo);
}

static enum next
attempt(struct view *v, const struct secret *fresh, struct err *err)
{
	struct state *s = v->state;
	int rc;

	s->working = true;
	app_show(v);
	rc = app_sign_in(v, edit_text(&s->login), s->passphrase, fresh, err);
	s->working = false;
	if (rc == 0)
		return app_enter(v);
	if (err->kind == ERR_REASON) {
		/* The code was right; now a passphrase of their own. */
		err_clear(err);
		s->part = PART_NEW;
		newpass_restart(&s->fresh);
		return NEXT_STAY;
	}
	if (s->part == PART_NEW) {
		newpass_restart(&s->fresh);
		return NEXT_STAY;
	}
	secret_clear(s->passphrase);
	return NEXT_STAY;
}

static enum next
key_login(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	if (k->code == K_ENTER || k->code == K_TAB || k->code == K_DOWN) {
		if (edit_text(&s->login)[0] != '\0')
			s->part = PART_PASSPHRASE;
		return NEXT_STAY;
	}
	(void)edit_key(&s->login, k, err);
	return NEXT_STAY;
}

static enum next
key_passphrase(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	if (k->code == K_BACKTAB || k->code == K_UP || k->code == K_TAB) {
		s->part = PART_LOGIN;
		return NEXT_STAY;
	}
	switch (secretline_key(s->passphrase, k)) {
	case SECRETLINE_DONE:
		if (secret_len(s->passphrase) > 0)
			return attempt(v, NULL, err);
		return NEXT_STAY;
	case SECRETLINE_FULL:
		(void)err_set(err, ERR_INPUT,
		    _("A passphrase has at most %d bytes"), PASSPHRASE_MAX);
		return NEXT_STAY;
	default:
		return NEXT_STAY;
	}
}

static enum next
key_new(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;
	const struct society *society = app_society(v);
	const char *known[] = { edit_text(&s->login), society->name,
		society->short_name };

	if (newpass_key(&s->fresh, k, known, 3, err) == NEWPASS_DONE)
		return attempt(v, s->fresh.first, err);
	return NEXT_STAY;
}

static enum next
key_signin(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;
	enum next next;

	if (s->part == PART_LOGIN)
		next = key_login(v, k, err);
	else if (s->part == PART_PASSPHRASE)
		next = key_passphrase(v, k, err);
	else
		next = key_new(v, k, err);
	/* Dirty means: something secret is typed; it goes when nobody goes on
	 * (refresh). */
	v->dirty =
	    secret_len(s->passphrase) > 0 || secret_len(s->fresh.first) > 0;
	return next;
}

static void
start_over(struct view *v)
{
	struct state *s = v->state;

	secret_clear(s->passphrase);
	newpass_restart(&s->fresh);
	edit_clear(&s->login);
	s->part = PART_LOGIN;
	v->dirty = false;
}

/* Nobody went on typing: half a passphrase does not stay for the next. */
static int
refresh_signin(struct view *v, struct err *err)
{
	(void)err;
	start_over(v);
	return 0;
}

static enum next
act_signin(struct view *v, enum action a, struct err *err)
{
	struct state *s = v->state;

	bool empty = !v->dirty && edit_text(&s->login)[0] == '\0';

	if (a == ACT_PHRASE)
		newpass_offer(&s->fresh);
	else if (a == ACT_CANCEL && empty)
		app_leave(v, ENDED_LEFT);
	else if (a == ACT_CANCEL || a == ACT_BACK)
		start_over(v);
	(void)err;
	return NEXT_STAY;
}

static bool
offers_signin(const struct view *v, enum action a)
{
	const struct state *s = v->state;

	return a != ACT_PHRASE || s->part == PART_NEW;
}

static bool
typing_signin(const struct view *v)
{
	(void)v;
	return true;
}

static bool
hidden_signin(const struct view *v)
{
	const struct state *s = v->state;

	return s->part != PART_LOGIN;
}

static void
close_signin(struct view *v)
{
	struct state *s = v->state;

	edit_done(&s->login);
	secret_free(s->passphrase);
	newpass_done(&s->fresh);
	buf_done(&s->demo);
}

static const enum action actions[] = { ACT_PHRASE, ACT_BACK, ACT_CANCEL,
	ACT_NONE };

const struct screen screen_signin = {
	.name = "signin",
	.title = N_("Sign in"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_signin,
	.draw = draw_signin,
	.act = act_signin,
	.key = key_signin,
	.typing = typing_signin,
	.hidden = hidden_signin,
	.offers = offers_signin,
	.refresh = refresh_signin,
	.close = close_signin,
};
