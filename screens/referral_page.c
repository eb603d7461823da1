/* SPDX-License-Identifier: ISC */
#include "referral_page.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "listing_words.h"
#include "parts.h"

static void
put(struct referral_page *s, enum element style, const char *label,
    const char *text)
{
	if (text[0] == '\0')
		return;
	s->parts[s->n++] = (struct text_part){ .style = style,
		.label = label,
		.label_width = label == NULL ? 0 : 20,
		.text = text };
}

/* With whom the case is.  Said on every transfer, so that nobody takes it for
 * gone while nobody has it. */
static void
put_custody(struct referral_page *s)
{
	const struct referral *r = &s->r;

	if (strcmp(r->mode, referral_mode_name(REFERRAL_TRANSFER)) != 0)
		return;
	if (referral_taken_on(REFERRAL_TRANSFER, r->state))
		put(s, EL_OK, NULL,
		    _("They have taken the case on. Ask the person whether "
		      "they got there; then X closes it here as handed over, "
		      "agreed."));
	else if (!referral_over(r->state))
		put(s, EL_WARNING, NULL,
		    _("Until they say that they take it on, the case and all "
		      "that is due in it stay with us."));
	else
		put(s, EL_WARNING, NULL,
		    _("Nobody took the case on: it is with us."));
}

/* What the person has to know of whoever will be told. */
static void
put_first(struct view *v, struct referral_page *s)
{
	put(s, EL_WARNING, _("Say this first"),
	    listing_say_first(
		v, society_recipient(app_society(v), s->r.recipient)));
}

static void
put_head(struct view *v, struct referral_page *s)
{
	const struct referral *r = &s->r;
	enum element style;
	const char *state = referral_state_words(r, &style);
	char due[24] = "";

	put(s, EL_VALUE, _("To"), referral_to_words(v, r->recipient));
	put(s, EL_VALUE, _("For"),
	    label_of(&app_society(v)->purposes, r->purpose));
	put(s, EL_VALUE, _("How"),
	    arena_printf(&v->arena, "%s · %s",
		referral_words_label(WORDS_MODE, r->mode),
		referral_words_label(WORDS_PRIORITY, r->priority)));
	put(s, style, _("State"),
	    r->chases == 0 ? state
			   : arena_printf(&v->arena, "%s; %s", state,
				 referral_asked_words(v, r)));
	part_due(r->wait.due, app_now(v), due, sizeof(due), &style);
	/* What is blocked is not sent next, whatever day it is due. */
	if (r->wait.ask != REFERRAL_ASK_NOTHING &&
	    (r->wait.ask != REFERRAL_ASK_SEND || r->blocked == EGRESS_ALLOWED))
		put(s, style, _("Next"),
		    arena_printf(&v->arena, "%s (%s)",
			referral_ask_words(r->wait.ask), due));
	if (r->harmed_at != 0)
		put(s, EL_URGENT, NULL,
		    listing_harm(v, r->harmed_at, r->harm_by));
	put(s, EL_WARNING, _("Case"), part_ended(v, &v->arena, &s->end));
	put_custody(s);
	if (!s->looked && !referral_over(r->state))
		put_first(v, s);
	put(s, EL_VALUE, _("Why"), r->reason);
	put(s, EL_WARNING, _("Contact only so"), r->restrictions);
	put(s, EL_VALUE, _("Card"),
	    referral_words_label(WORDS_COPY, r->copy_safe));
	if (!s->looked) {
		put(s, EL_WARNING, NULL, r->heed);
		if (r->blocked != EGRESS_ALLOWED)
			put(s, EL_WARNING, NULL, r->blocked_words);
	}
}

static void
put_preview(struct view *v, struct referral_page *s)
{
	size_t gone = 0;

	/* Ours to say and to heed, and nothing of what they would see. */
	if (!s->sent) {
		put_first(v, s);
		put(s, EL_WARNING, NULL, s->preview.heed);
	}
	put(s, EL_HEADING, NULL,
	    s->sent ? _("Hand over exactly this, now; it is kept nowhere")
		    : _("They would see exactly this"));
	put(s, EL_WARNING, NULL, s->preview.why);
	if (s->preview.why[0] == '\0')
		put(s, EL_WARNING, NULL, s->preview.warn);
	for (size_t i = 0; i < s->preview.n; i++) {
		if (!s->preview.list[i].released)
			continue;
		put(s, EL_VALUE, s->preview.list[i].label,
		    s->preview.list[i].value);
		gone++;
	}
	if (gone == 0)
		put(s, EL_DIM, NULL, _("Nothing of this case."));
	put(s, EL_HEADING, NULL, _("They would not see"));
	for (size_t i = 0; i < s->preview.n; i++)
		if (!s->preview.list[i].released)
			put(s, EL_DIM, s->preview.list[i].label, _("not sent"));
	put(s, EL_DIM, NULL,
	    _("Never: indicators, risk, flags, notes, the safety plan, what "
	      "could be held against the person."));
}

static void
put_past(struct view *v, struct referral_page *s)
{
	put(s, EL_HEADING, NULL, _("What happened"));
	for (size_t i = 0; i < s->past.n; i++) {
		const struct referral_past *p = &s->past.list[i];
		char day[24];

		put(s, EL_TEXT,
		    arena_str(&v->arena,
			clock_short(p->at, app_now(v), day, sizeof(day))),
		    arena_printf(&v->arena, "%s, %s%s%s",
			referral_event_words(p->kind), p->by,
			p->words[0] == '\0' ? "" : ": ", p->words));
	}
}

const char *
referral_page_card(struct view *v, const struct referral *r)
{
	const struct society *society = app_society(v);
	const struct recipient *to = society_recipient(society, r->recipient);

	return arena_printf(&v->arena, "%s\n%s %s%s%s\n\n%s",
	    society->cover_name, _("Reference"), v->route.code,
	    referral_card_names(society, to) ? "\n" : "",
	    referral_card_names(society, to) ? to->name : "",
	    _("Just this by hand, no more: no name, no reason. Ask first "
	      "whether anybody could find it on them."));
}

void
referral_page_make(struct view *v, struct referral_page *s)
{
	s->n = 0;
	s->parts = arena_alloc(
	    &v->arena, 25 + s->preview.n + s->past.n, sizeof(*s->parts));
	if (!s->sent)
		put_head(v, s);
	if (s->looked || s->sent)
		put_preview(v, s);
	if (!s->sent)
		put_past(v, s);
	text_replace(&s->text, s->parts, s->n);
}
