/* SPDX-License-Identifier: ISC */
/*
 * Locked: who locked, and their passphrase.  Somebody else may sign in.  The
 * process that knew something has ended, unless a draft could not be kept: then
 * it stays hidden behind this screen until it can (app_held()).
 */
#include <string.h>

#include "app/door.h"
#include "app/secretline.h"
#include "base/i18n.h"
#include "screens.h"

struct state {
	struct secret *passphrase;
	bool working;
};

static const char *
who(const struct view *v)
{
	if (app_held(v))
		return session_user(app_session(v))->login;
	return app_before(v) == NULL ? "" : app_before(v)->login;
}

static int
open_locked(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	(void)err;
	s->passphrase = secret_new(PASSPHRASE_MAX);
	return 0;
}

static void
draw_locked(const struct view *v, struct canvas *c)
{
	const struct state *s = v->state;
	const struct handover *before = app_before(v);
	bool idle = before != NULL && before->ended == ENDED_IDLE;
	int row = c->rows > 12 ? 2 : 0;

	canvas_printf(c, row++, 0, -1, EL_HEADING,
	    idle && !app_held(v) ? _("%s: locked after a while without a key")
				 : _("Locked by %s"),
	    who(v));
	if (app_held(v))
		row += canvas_wrap(c, row, 0, c->cols, 3, EL_WARNING,
		    _("What was typed could not be kept as a draft yet (is "
		      "the disk full?); it waits here and is tried again."));
	else
		row += canvas_wrap(c, row, 0, c->cols, 2, EL_TEXT,
		    _("What was typed is kept. Tab: somebody else signs in."));
	if (c->rows > 12)
		row++;
	secretline_draw(c, row, 0, _("Passphrase"), s->passphrase, true);
	if (s->working)
		canvas_text(c, row + 2, 0, -1, EL_MESSAGE, _("Unlocking..."));
}

static enum next
attempt(struct view *v, struct err *err)
{
	struct state *s = v->state;
	bool held = app_held(v);
	int rc;

	if (secret_len(s->passphrase) == 0)
		return NEXT_STAY;
	s->working = true;
	app_show(v);
	rc = app_unlock(v, who(v), s->passphrase, err);
	s->working = false;
	secret_clear(s->passphrase);
	v->dirty = false;
	if (rc < 0)
		return NEXT_STAY;
	return held ? NEXT_BACK : app_enter(v);
}

static enum next
someone_else(struct view *v, struct err *err)
{
	if (app_held(v)) {
		(void)err_set(err, ERR_FULL,
		    _("Nobody else can sign in here until the typed words of "
		      "%s are kept; make room on the disk"),
		    who(v));
		return NEXT_STAY;
	}
	v->go = (struct route){ .screen = &screen_signin };
	return NEXT_REPLACE;
}

static enum next
key_locked(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	if (k->code == K_TAB)
		return someone_else(v, err);
	switch (secretline_key(s->passphrase, k)) {
	case SECRETLINE_DONE:
		return attempt(v, err);
	case SECRETLINE_FULL:
		(void)err_set(err, ERR_INPUT,
		    _("A passphrase has at most %d bytes"), PASSPHRASE_MAX);
		break;
	case SECRETLINE_PASS:
	case SECRETLINE_STAY:
		break;
	}
	v->dirty = secret_len(s->passphrase) > 0;
	return NEXT_STAY;
}

static int
refresh_locked(struct view *v, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	secret_clear(s->passphrase);
	v->dirty = false;
	return 0;
}

static enum next
act_locked(struct view *v, enum action a, struct err *err)
{
	if (a == ACT_SWITCH)
		return someone_else(v, err);
	(void)refresh_locked(v, err);
	return NEXT_STAY;
}

static bool
always(const struct view *v)
{
	(void)v;
	return true;
}

static void
close_locked(struct view *v)
{
	struct state *s = v->state;

	secret_free(s->passphrase);
}

/* A lock is not stepped back from: Esc and Ctrl-C only clear what was typed. */
static const enum action actions[] = { ACT_SWITCH, ACT_BACK, ACT_CANCEL,
	ACT_NONE };

const struct screen screen_locked = {
	.name = "locked",
	.title = N_("Locked"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_locked,
	.draw = draw_locked,
	.act = act_locked,
	.key = key_locked,
	.typing = always,
	.hidden = always,
	.refresh = refresh_locked,
	.close = close_locked,
};
