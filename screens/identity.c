/* SPDX-License-Identifier: ISC */
/*
 * Who the person is: opened on purpose, with a reason, and hidden again by
 * itself.  The number never stands here before the safe-contact instruction
 * was read.
 */
#include "identity_page.h"
#include "parts.h"
#include "reach.h"
#include "reveal.h"
#include "screens.h"

#include "base/i18n.h"

struct identity_state {
	struct reveal reveal;
	bool again; /* a form above may have changed it */
	struct arena arena; /* all that says who somebody is */
	struct person person;
	struct safe_contact contact;
	struct reach reach; /* the instruction, then the number */
	struct text_view text;
};
enum { ASK_REASON = 1 };

static void
hide(struct identity_state *s)
{
	text_replace(&s->text, NULL, 0);
	arena_reset(&s->arena);
	s->person = (struct person){ 0 };
	s->contact = (struct safe_contact){ 0 };
	reach_hide(&s->reach);
	s->reveal.shown = s->again = false;
}

static void
make_page(struct view *v)
{
	struct identity_state *s = v->state;
	struct text_part *parts =
	    arena_alloc(&s->arena, IDENTITY_PARTS, sizeof(*parts));
	size_t n = identity_page(v, &s->arena, &s->person, &s->contact, parts);

	text_replace(&s->text, parts, n);
}

static int
show(struct view *v, struct err *err)
{
	struct identity_state *s = v->state;

	hide(s);
	if (person_open(app_session(v), v->route.case_uid, s->reveal.reason,
		&s->arena, &s->person, &s->contact, err) != 0) {
		hide(s);
		return -1;
	}
	/* Numbers come from contact_number() alone. */
	s->contact.number = "";
	s->person.phone = "";
	s->reveal.shown = true;
	make_page(v);
	return 0;
}

static void
ask_reason(struct view *v)
{
	reveal_ask(v, ASK_REASON, N_("Who the person is"));
}

static int
open_identity(struct view *v, const struct route *r, struct err *err)
{
	struct identity_state *s = v->state;

	(void)r;
	(void)err;
	arena_init(&s->arena);
	reach_init(&s->reach);
	text_init(&s->text, NULL, 0);
	ask_reason(v);
	return 0;
}

static void
close_identity(struct view *v)
{
	struct identity_state *s = v->state;

	reach_done(&s->reach);
	arena_done(&s->arena);
}

static int
refresh(struct view *v, struct err *err)
{
	struct identity_state *s = v->state;

	if (!s->reveal.shown)
		return 0;
	if (reveal_over(v, &s->reveal)) {
		hide(s);
		return 0;
	}
	return s->again ? show(v, err) : 0;
}

static int64_t
wake(const struct view *v)
{
	const struct identity_state *s = v->state;

	return reveal_wake(v, &s->reveal);
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct identity_state *s = v->state;

	if (id != ASK_REASON)
		return NEXT_STAY;
	reveal_reason(&s->reveal, value);
	if (show(v, err) == 0)
		reveal_start(v, &s->reveal);
	return NEXT_STAY;
}

/* --- keys ----------------------------------------------------------------- */

static bool
offers(const struct view *v, enum action action)
{
	const struct identity_state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		return !s->reveal.shown;
	case ACT_SHOW_NUMBER:
	case ACT_EDIT:
	case ACT_HIDE:
		return s->reveal.shown;
	default:
		return true;
	}
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	struct identity_state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		ask_reason(v);
		return NEXT_STAY;
	case ACT_SHOW_NUMBER:
		reach_ask(v, &s->reach, err);
		reveal_start(v, &s->reveal);
		return NEXT_STAY;
	case ACT_BACK:
		if (!reach_shown(v, &s->reach))
			return NEXT_PASS;
		reach_hide(&s->reach);
		return NEXT_STAY;
	case ACT_HIDE:
		hide(s);
		reveal_close(v);
		return NEXT_STAY;
	case ACT_EDIT:
		s->again = true;
		return part_go_to(v, &screen_person_edit, NULL);
	case ACT_SAFE_CONTACT:
		s->again = true;
		return part_go_on(v, action);
	default:
		return NEXT_PASS;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct identity_state *s = v->state;

	(void)err;
	if (reach_shown(v, &s->reach))
		return text_key(&s->reach.text, k) ? NEXT_STAY : NEXT_PASS;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct identity_state *s = v->state;
	struct canvas below;

	if (!reveal_draw(v, &s->reveal, c, &below))
		return;
	if (reach_shown(v, &s->reach))
		reach_draw(v, &s->reach, &below);
	else
		text_draw(&s->text, &below);
}

static const enum action actions[] = { ACT_OPEN, ACT_HIDE, ACT_SHOW_NUMBER,
	ACT_SAFE_CONTACT, ACT_EDIT, ACT_BACK, ACT_NONE };

const struct screen screen_identity = {
	.name = "identity",
	.title = N_("Person"),
	.needs = PERM_IDENTITY_READ,
	.state_size = sizeof(struct identity_state),
	.actions = actions,
	.open = open_identity,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.wake = wake,
	.answer = answer,
	.close = close_identity,
};
