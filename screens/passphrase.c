/* SPDX-License-Identifier: ISC */
/* Change one's own passphrase: the old one, then a new one twice. */
#include "app/newpass.h"
#include "app/router.h"
#include "app/secretline.h"
#include "base/i18n.h"
#include "config/society.h"
#include "screens.h"

struct state {
	struct secret *old;
	struct newpass fresh;
	bool choosing; /* the old one is typed */
};

static int
open_passphrase(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	(void)err;
	s->old = secret_new(PASSPHRASE_MAX);
	newpass_init(&s->fresh);
	return 0;
}

static void
draw_passphrase(const struct view *v, struct canvas *c)
{
	const struct state *s = v->state;

	canvas_text(c, 0, 0, -1, EL_HEADING, _("Change your passphrase"));
	secretline_draw(
	    c, 1, 0, _("The one you have now"), s->old, !s->choosing);
	if (s->choosing)
		newpass_draw(c, 2, &s->fresh);
}

static void
start_over(struct state *s)
{
	secret_clear(s->old);
	newpass_restart(&s->fresh);
	s->choosing = false;
}

static enum next
change(struct view *v, struct err *err)
{
	struct state *s = v->state;
	int rc = session_change_passphrase(
	    app_session(v), s->old, s->fresh.first, err);

	start_over(s);
	if (rc < 0)
		return NEXT_STAY;
	app_say(v, _("Your passphrase is changed."));
	return NEXT_BACK;
}

/* A slip in the old one is told before a new one is made up and typed twice. */
static void
check_old(struct view *v, struct state *s, struct err *err)
{
	s->choosing = session_reauth(app_session(v), s->old, err) == 0;
	if (!s->choosing)
		start_over(s);
}

static enum next
key_passphrase(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;
	const struct society *society = app_society(v);
	const struct user *u = session_user(app_session(v));
	const char *known[] = { u->login, u->name, u->branch, society->name,
		society->short_name };

	if (s->choosing) {
		if (newpass_key(&s->fresh, k, known, 5, err) == NEWPASS_DONE)
			return change(v, err);
		return NEXT_STAY;
	}
	if (secretline_key(s->old, k) == SECRETLINE_DONE &&
	    secret_len(s->old) > 0)
		check_old(v, s, err);
	return NEXT_STAY;
}

static enum next
act_passphrase(struct view *v, enum action a, struct err *err)
{
	struct state *s = v->state;

	(void)a;
	(void)err;
	newpass_offer(&s->fresh);
	return NEXT_STAY;
}

static bool
offers_passphrase(const struct view *v, enum action a)
{
	const struct state *s = v->state;

	(void)a;
	return s->choosing;
}

static bool
always(const struct view *v)
{
	(void)v;
	return true;
}

static void
close_passphrase(struct view *v)
{
	struct state *s = v->state;

	secret_free(s->old);
	newpass_done(&s->fresh);
}

static const enum action actions[] = { ACT_PHRASE, ACT_NONE };

const struct screen screen_passphrase = {
	.name = "passphrase",
	.title = N_("Passphrase"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_passphrase,
	.draw = draw_passphrase,
	.act = act_passphrase,
	.key = key_passphrase,
	.typing = always,
	.hidden = always,
	.offers = offers_passphrase,
	.close = close_passphrase,
};
