/* SPDX-License-Identifier: ISC */
/*
 * Who the person is: opened on purpose, with a reason, and hidden again by
 * itself.  The number never stands here before the safe-contact instruction
 * was read.
 */
#include <stdio.h>
#include <string.h>

#include "identity_page.h"
#include "parts.h"
#include "reach.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"

struct identity_state {
	bool shown, again; /* again: a form above may have changed it */
	int64_t hide_at; /* app_boot() */
	struct arena arena; /* all that says who somebody is */
	struct person person;
	struct safe_contact contact;
	struct reach reach; /* the instruction, then the number */
	struct text_view text;
	char reason[256];
};
enum { ASK_REASON = 1 };

/* The count-down moves in steps: a line that changes every second draws eyes,
 * and bytes. */
#define STEP (5 * CLOCK_SECOND)

static void
hide(struct identity_state *s)
{
	text_replace(&s->text, NULL, 0);
	arena_reset(&s->arena);
	s->person = (struct person){ 0 };
	s->contact = (struct safe_contact){ 0 };
	reach_hide(&s->reach);
	s->shown = s->again = false;
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
	if (person_open(app_session(v), v->route.case_uid, s->reason, &s->arena,
		&s->person, &s->contact, err) != 0) {
		hide(s);
		return -1;
	}
	/* Numbers come from contact_number() alone. */
	s->contact.number = "";
	s->person.phone = "";
	s->shown = true;
	make_page(v);
	return 0;
}

static void
start_clock(struct view *v)
{
	struct identity_state *s = v->state;

	s->hide_at =
	    app_boot(v) + app_society(v)->device.reveal_seconds * CLOCK_SECOND;
}

static void
ask_reason(struct view *v)
{
	const struct ask ask = { .kind = ASK_LINE,
		.id = ASK_REASON,
		.title = N_("Who the person is"),
		.text = N_("In a few words, why do you open it? Look who can "
			   "see this screen first. Your reason is kept in "
			   "the record of who looked."),
		.required = true };

	app_ask(v, &ask);
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
	int left;

	if (!s->shown)
		return 0;
	if (app_boot(v) >= s->hide_at ||
	    !session_identity_open(app_session(v), &left)) {
		hide(s);
		return 0;
	}
	return s->again ? show(v, err) : 0;
}

static int64_t
wake(const struct view *v)
{
	const struct identity_state *s = v->state;
	int64_t left = s->hide_at - app_boot(v);

	if (!s->shown)
		return 0;
	return left <= STEP ? s->hide_at
			    : s->hide_at - (left - 1) / STEP * STEP;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct identity_state *s = v->state;

	if (id != ASK_REASON)
		return NEXT_STAY;
	snprintf(s->reason, sizeof(s->reason), "%s", value);
	if (show(v, err) == 0)
		start_clock(v);
	return NEXT_STAY;
}

/* --- keys ----------------------------------------------------------------- */

static bool
offers(const struct view *v, enum action action)
{
	const struct identity_state *s = v->state;

	switch (action) {
	case ACT_OPEN:
		return !s->shown;
	case ACT_SHOW_NUMBER:
	case ACT_EDIT:
	case ACT_HIDE:
		return s->shown;
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
		start_clock(v);
		return NEXT_STAY;
	case ACT_BACK:
		if (!reach_shown(v, &s->reach))
			return NEXT_PASS;
		reach_hide(&s->reach);
		return NEXT_STAY;
	case ACT_HIDE:
		hide(s);
		session_identity_close(app_session(v));
		app_say(v, _("Hidden."));
		return NEXT_STAY;
	case ACT_EDIT:
		s->again = true;
		v->go = (struct route){ .screen = &screen_person_edit,
			.case_uid = v->route.case_uid };
		memcpy(v->go.code, v->route.code, sizeof(v->go.code));
		return NEXT_GO;
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
	struct canvas below = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	int64_t left = s->hide_at - app_boot(v);

	if (!s->shown || left <= 0) {
		(void)canvas_wrap(c, 1, 2, c->cols - 4, c->rows - 1, EL_TEXT,
		    _("Hidden. Enter opens it again, with a reason; Esc goes "
		      "back."));
		return;
	}
	(void)canvas_printf(c, 0, 1, -1, EL_WARNING,
	    _("Hides itself in %d s; x hides it now"),
	    (int)((left + STEP - 1) / STEP * STEP / CLOCK_SECOND));
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
