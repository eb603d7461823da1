/* SPDX-License-Identifier: ISC */
/*
 * One referral: exactly what they would see, sending it, and what came of it.
 * Sending takes two steps: the first shows, the second sends what was shown.
 */
#include <stdio.h>
#include <string.h>

#include "parts.h"
#include "referral_page.h"
#include "screens.h"

#include "base/i18n.h"

enum { ASK_SEND = 1, ASK_OUTCOME, ASK_WORDS, ASK_CARD };

/*
 * Would just what was looked through go now?  Putting it together opens
 * identity.db and is an event on the record, so it is done where something of
 * this case changed, and not whenever anybody saves anything.
 */
static bool
still_shown(struct view *v, struct referral_page *s, const struct referral *was,
    int64_t stamp)
{
	struct preview is;
	struct err e;

	if (s->r.rev == was->rev && s->r.blocked == was->blocked &&
	    s->r.harmed_at == was->harmed_at &&
	    strcmp(s->r.heed, was->heed) == 0 && s->stamp == stamp)
		return true;
	return referral_preview(app_session(v), v->route.case_uid,
		   v->route.record, &v->arena, &is, &e) == 0 &&
	       preview_same(&is, &s->preview);
}

static int
refresh(struct view *v, struct err *e)
{
	struct referral_page *s = v->state;
	struct referral was = s->r;
	int64_t stamp = s->stamp;
	struct referrals all;
	bool found = false;

	if (s->sent)
		return 0; /* what is to be handed over stays */
	if (referral_list(
		app_session(v), v->route.case_uid, &v->arena, &all, e) == -1 ||
	    referral_history(app_session(v), v->route.case_uid, v->route.record,
		&v->arena, &s->past, e) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		if (!uid_eq(&all.list[i].uid, &v->route.record))
			continue;
		s->r = all.list[i];
		found = true;
	}
	if (!found)
		return err_set(
		    e, ERR_NOT_FOUND, _("This referral is not in the case."));
	s->stamp = all.stamp;
	s->end = all.end;
	/* What was shown may not be what would go any more: look again. */
	s->looked = s->looked && still_shown(v, s, &was, stamp);
	referral_page_make(v, s);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct referral_page *s = v->state;

	(void)r;
	text_init(&s->text, NULL, 0);
	return refresh(v, e);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct referral_page *s = v->state;

	text_draw(&s->text, c);
}

/* --- acting ----------------------------------------------------------------------- */

static enum next
look(struct view *v, struct err *e)
{
	struct referral_page *s = v->state;

	if (referral_preview(app_session(v), v->route.case_uid, v->route.record,
		&v->arena, &s->preview, e) == -1)
		return NEXT_STAY;
	s->looked = true;
	referral_page_make(v, s);
	if (s->r.state == REFERRAL_IS_PREPARED && s->preview.why[0] == '\0')
		app_say(v, "%s", _("Look through it; s sends it."));
	return NEXT_STAY;
}

static enum next
send(struct view *v, struct err *e)
{
	struct referral_page *s = v->state;

	if (!s->looked)
		return look(v, e);
	if (s->preview.why[0] != '\0') {
		(void)err_set(e, ERR_INPUT, "%s", s->preview.why);
		return NEXT_STAY;
	}
	app_ask(v,
	    &(struct ask){ .kind = ASK_CONFIRM,
		.id = ASK_SEND,
		.title = arena_printf(&v->arena, "%s: %s", v->route.code,
		    _("send this referral")),
		.text = _("Exactly what is shown goes to them, and is on the "
			  "list of what left. Send it?") });
	return NEXT_STAY;
}

static enum next
sent(struct view *v, struct err *e)
{
	struct referral_page *s = v->state;
	struct preview out;
	struct err again;

	if (referral_send(app_session(v), v->route.case_uid, v->route.record,
		uid_new(), "", &s->preview, &v->arena, &out, e) == -1) {
		if (e->kind == ERR_CONFLICT) {
			s->looked = false;
			(void)refresh(v, &again);
		}
		return NEXT_STAY;
	}
	s->preview = out;
	s->sent = true;
	referral_page_make(v, s);
	app_say(v, "%s", _("Recorded as sent."));
	return NEXT_STAY;
}

static enum next
outcome(struct view *v)
{
	struct referral_page *s = v->state;
	struct ask a = { .kind = ASK_CHOICE,
		.id = ASK_OUTCOME,
		.title = _("What came of it?") };

	a.choices = referral_outcomes(v, &s->r, &a.n_choices);
	app_ask(v, &a);
	return NEXT_STAY;
}

static enum next
card(struct view *v)
{
	static const struct ask_choice held[] = {
		{ "copy", N_("Safe, and handed over: exactly this"), NULL },
		{ "no_copy", N_("Not safe, or not wanted: nothing on paper"),
		    NULL },
	};
	struct referral_page *s = v->state;

	app_ask(v, &(struct ask){ .kind = ASK_CHOICE,
		       .id = ASK_CARD,
		       .title = _("A card for the person"),
		       .text = referral_page_card(v, &s->r),
		       .choices = held,
		       .n_choices = sizeof(held) / sizeof(held[0]) });
	return NEXT_STAY;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct referral_page *s = v->state;

	if (id == ASK_SEND)
		return value[0] == '\0' ? NEXT_STAY : sent(v, e);
	if (id == ASK_OUTCOME && value[0] != '\0') {
		(void)snprintf(s->outcome, sizeof(s->outcome), "%s", value);
		app_ask(
		    v, &(struct ask){ .kind = ASK_LINE,
			   .id = ASK_WORDS,
			   .title = referral_words_label(WORDS_OUTCOME, value),
			   .text = referral_words_asked(value),
			   .initial = "",
			   .keeps = true });
	}
	if ((id == ASK_WORDS || (id == ASK_CARD && value[0] != '\0')) &&
	    referral_note(app_session(v), v->route.case_uid, v->route.record,
		s->r.state, app_answer_uid(v),
		id == ASK_CARD ? value : s->outcome,
		id == ASK_CARD ? "" : value, e) == 0)
		(void)refresh(v, e);
	return NEXT_STAY;
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	struct referral_page *s = v->state;

	switch (a) {
	case ACT_SEND:
		return send(v, e);
	case ACT_PREVIEW:
		return look(v, e);
	case ACT_OUTCOME:
		return outcome(v);
	case ACT_CARD:
		return card(v);
	case ACT_EDIT:
		(void)part_go_to(v, &screen_referral, &s->r.uid);
		v->go.arg = REFERRAL_EDIT;
		return NEXT_GO;
	case ACT_ADD:
		return part_go_to(v, &screen_referral, &s->r.uid);
	default:
		return part_go_on(v, a);
	}
}

static bool
offers(const struct view *v, enum action a)
{
	const struct referral_page *s = v->state;
	bool prepared = s->r.state == REFERRAL_IS_PREPARED;

	switch (a) {
	case ACT_SEND:
	case ACT_PREVIEW:
		return prepared && !s->sent;
	case ACT_EDIT:
		return prepared && !s->sent;
	case ACT_CARD:
		return !s->sent;
	case ACT_CLOSE_CASE:
		return s->r.mode != NULL && !s->sent &&
		       referral_taken_on(
			   (enum referral_mode)referral_mode_from_name(
			       s->r.mode),
			   s->r.state);
	case ACT_OUTCOME:
		/* That somebody was harmed there is told long after, too. */
		return !s->sent && (!referral_over(s->r.state) || s->r.went ||
				       (referral_find_another(s->r.state) &&
					   !s->r.settled));
	case ACT_ADD:
		return referral_find_another(s->r.state) && !s->r.settled;
	default:
		return true;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct referral_page *s = v->state;

	(void)e;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

static const enum action actions[] = { ACT_SEND, ACT_PREVIEW, ACT_EDIT,
	ACT_OUTCOME, ACT_ADD, ACT_CLOSE_CASE, ACT_CARD, ACT_ACTS, ACT_CONSENT,
	ACT_NONE };

const struct screen screen_referral_state = {
	.name = "referral_state",
	.title = N_("Referral"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct referral_page),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.answer = answer,
};
