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

enum { ASK_SEND = 1, ASK_OUTCOME, ASK_WORDS };

/* Would just what was looked through go now?  Any colleague's save asks. */
static bool
still_shown(struct view *v, const struct referral_page *s)
{
	const struct preview *was = &s->preview;
	struct preview is;
	struct err e;

	if (referral_preview(app_session(v), v->route.case_uid, v->route.record,
		&v->arena, &is, &e) == -1 ||
	    is.n != was->n || strcmp(is.why, was->why) != 0)
		return false;
	for (size_t i = 0; i < is.n; i++)
		if (is.list[i].released != was->list[i].released ||
		    strcmp(is.list[i].value, was->list[i].value) != 0)
			return false;
	return true;
}

static int
refresh(struct view *v, struct err *e)
{
	struct referral_page *s = v->state;
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
	/* What was shown may not be what would go any more: look again. */
	s->looked = s->looked && still_shown(v, s);
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

	if (referral_send(app_session(v), v->route.case_uid, v->route.record,
		uid_new(), "", &v->arena, &s->preview, e) == -1)
		return NEXT_STAY;
	s->sent = true;
	referral_page_make(v, s);
	app_say(v, "%s", _("Recorded as sent."));
	return NEXT_STAY;
}

static enum next
outcome(struct view *v)
{
	struct referral_page *s = v->state;
	const struct choice_option *all;
	struct ask_choice *fit;
	size_t n, k = 0;

	all = referral_words(WORDS_OUTCOME, &n);
	fit = arena_alloc(&v->arena, n, sizeof(*fit));
	for (size_t i = 0; i < n; i++) {
		int to = referral_state_from_name(all[i].value);
		bool over = referral_over(s->r.state);

		if (to >= 0 ? referral_may_become(
				  s->r.state, (enum referral_state)to)
		    : strcmp(all[i].value, "settled") == 0
			? referral_find_another(s->r.state) && !s->r.settled
			: !over && s->r.state != REFERRAL_IS_PREPARED)
			fit[k++] = (struct ask_choice){ all[i].value,
				all[i].label, all[i].help };
	}
	app_ask(v, &(struct ask){ .kind = ASK_CHOICE,
		       .id = ASK_OUTCOME,
		       .title = _("What came of it?"),
		       .choices = fit,
		       .n_choices = k });
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
		app_ask(v,
		    &(struct ask){ .kind = ASK_LINE,
			.id = ASK_WORDS,
			.title = referral_words_label(WORDS_OUTCOME, value),
			.text = _("In a few words; may be empty where nothing "
				  "more is to be said."),
			.initial = "" });
	}
	if (id == ASK_WORDS &&
	    referral_note(app_session(v), v->route.case_uid, v->route.record,
		s->r.state, uid_new(), s->outcome, value, e) == 0)
		(void)refresh(v, e);
	return NEXT_STAY;
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	struct referral_page *s = v->state;
	enum next next = part_go_on(v, ACT_CASE);

	switch (a) {
	case ACT_SEND:
		return send(v, e);
	case ACT_PREVIEW:
		return look(v, e);
	case ACT_OUTCOME:
		return outcome(v);
	case ACT_ADD:
		v->go.screen = &screen_referral;
		v->go.record = s->r.uid;
		return next;
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
	case ACT_OUTCOME:
		return !s->sent && (!referral_over(s->r.state) ||
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

static const enum action actions[] = { ACT_SEND, ACT_PREVIEW, ACT_OUTCOME,
	ACT_ADD, ACT_ACTS, ACT_CONSENT, ACT_NONE };

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
