/* SPDX-License-Identifier: ISC */
/*
 * Before what says who somebody is: why it is opened, asked as the person's
 * card asks it.  It is kept for what is opened from there on, and the screen
 * that was asked for takes the place of this one.
 */
#include "reveal.h"
#include "screens.h"

#include "base/i18n.h"

struct state {
	struct reveal reveal; /* never shown: nothing stands here */
};
enum { ASK_REASON = 1 };

static void
ask(struct view *v)
{
	reveal_ask(v, ASK_REASON, v->route.then->title);
}

static int
open_opening(struct view *v, const struct route *r, struct err *err)
{
	if (r->then == NULL)
		return err_set(
		    err, ERR_NOT_FOUND, _("There is nothing here to open."));
	ask(v);
	return 0;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	if (id != ASK_REASON || value[0] == '\0')
		return NEXT_STAY;
	reveal_reason(&s->reveal, value);
	session_set_purpose(
	    app_session(v), &v->route.case_uid, s->reveal.reason);
	v->go = v->route;
	v->go.screen = v->route.then;
	v->go.then = NULL;
	return NEXT_REPLACE;
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	(void)err;
	if (action != ACT_OPEN)
		return NEXT_PASS;
	ask(v);
	return NEXT_STAY;
}

static void
draw(const struct view *v, struct canvas *c)
{
	const struct state *s = v->state;
	struct canvas below;

	(void)reveal_draw(v, &s->reveal, c, &below);
}

static const enum action actions[] = { ACT_OPEN, ACT_NONE };

const struct screen screen_opening = {
	.name = "opening",
	.title = N_("Reason"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_opening,
	.draw = draw,
	.act = act,
	.answer = answer,
};
