/* SPDX-License-Identifier: ISC */
#include "referral_words.h"

#include <string.h>

#include "base/i18n.h"
#include "rules/disclosure.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct choice_option modes[] = {
	{ "info", N_("Information: they go themselves"),
	    N_("Nothing is told to anybody; needs no consent") },
	{ "warm", N_("A call with the person present"), NULL },
	{ "along", N_("One of us goes along"), NULL },
	{ "full", N_("Full referral"), NULL },
	{ "transfer", N_("Transfer of the case"),
	    N_("Has a consent of its own, for taking the case over") },
	{ "advice", N_("Ask their advice, about nobody"),
	    N_("No name, no place, nothing of the case") },
};
static const struct choice_option priorities[] = {
	{ "emergency", N_("Emergency: within 24 hours"),
	    N_("By phone; an answer within the hour") },
	{ "urgent", N_("Urgent: within 72 hours"), NULL },
	{ "normal", N_("Normal: within two weeks"), NULL },
};
static const struct choice_option outcomes[] = {
	{ "acknowledged", N_("They got it"), NULL },
	{ "waitlisted", N_("On a waiting list"),
	    N_("Asked about again; help in between is ours to find") },
	{ "accepted", N_("They take it on"), NULL },
	{ "attended", N_("The person was there"), NULL },
	{ "feedback", N_("We heard how it went"),
	    N_("Was it given, respectful, safe? Ask the person too") },
	{ "harm", N_("They were harmed or afraid there"),
	    N_("A flag here, and a warning where others would send people") },
	{ "completed", N_("It is complete"), NULL },
	{ "partial", N_("Given in part"),
	    N_("Say what is missing; find the rest elsewhere") },
	{ "chased", N_("Asked again, no answer yet"),
	    N_("Counted; after the second time another way is looked for") },
	{ "no_answer", N_("They do not answer"),
	    N_("After you asked again; find another") },
	{ "refused", N_("They say no"), N_("Say why; find another") },
	{ "unavailable", N_("No room, or closed"),
	    N_("Say why; find another") },
	{ "no_safe_service", N_("There is no safe service"),
	    N_("Say why; it counts as an unmet need") },
	{ "declined", N_("The person declined, for now"),
	    N_("Respected; our help goes on") },
	{ "disengaged", N_("The person did not go on with it"),
	    N_("Their choice; the next follow-up asks how they are") },
	{ "withdrawn", N_("The person took it back"),
	    N_("Their consent to this ends with it; who was told will be "
	       "told") },
	{ "settled", N_("Another way was found, or none is wanted"), NULL },
};
/* Events that are no outcome. */
static const struct choice_option events[] = {
	{ "prepared", N_("Prepared"), NULL },
	{ "changed", N_("Changed before it went"), NULL },
	{ "sent", N_("Sent"), NULL },
	{ "copy", N_("A card was handed over: they say it is safe"), NULL },
	{ "no_copy", N_("No card: not safe, or not wanted"), NULL },
};
static const struct choice_option copies[] = {
	{ "no", N_("not safe, or not wanted"),
	    N_("Nothing on paper for the person") },
	{ "yes", N_("safe: a neutral card with the reference"), NULL },
};
static const struct choice_option reasons[] = {
	{ "consent",
	    N_("The person agreed; the recipient needs a second "
	       "person"),
	    NULL },
	{ "life", N_("Override: immediate threat to somebody's life"), NULL },
	{ "child", N_("Override: duty to keep a child safe"),
	    N_("The rule or policy it rests on") },
	{ "law", N_("Override: a duty of law"),
	    N_("Name it by its id in the configuration") },
	{ "court", N_("Override: a court order"), N_("Its number and date") },
};
static const struct choice_option told[] = {
	{ "life", N_("There was an immediate threat to somebody's life"),
	    NULL },
	{ "child", N_("A duty to keep a child safe"), NULL },
	{ "law", N_("A duty of law"), NULL },
	{ "court", N_("A court order"), NULL },
	{ TOLD_ALONE, N_("The person agreed; no second person had looked"),
	    N_("Behind the hard stop a second person looks first") },
	{ TOLD_MISTAKE, N_("It should not have been told"),
	    N_("By a slip, or by somebody who did not know. Better said than "
	       "hidden: now it can be made less bad.") },
};

static const struct {
	const struct choice_option *list;
	size_t n;
} all[WORDS_REFERRAL_VOCABULARIES] = {
	[WORDS_MODE] = { modes, N(modes) },
	[WORDS_PRIORITY] = { priorities, N(priorities) },
	[WORDS_OUTCOME] = { outcomes, N(outcomes) },
	[WORDS_COPY] = { copies, N(copies) },
	[WORDS_EVENT] = { events, N(events) },
	[WORDS_ACT_REASON] = { reasons, N(reasons) },
	[WORDS_TOLD_REASON] = { told, N(told) },
};

const struct choice_option *
referral_words(enum referral_vocabulary v, size_t *n)
{
	*n = all[v].n;
	return all[v].list;
}

const char *
referral_words_label(enum referral_vocabulary v, const char *code)
{
	for (size_t i = 0; i < all[v].n; i++)
		if (strcmp(all[v].list[i].value, code) == 0)
			return _(all[v].list[i].label);
	return code;
}

const struct ask_choice *
referral_outcomes(struct view *v, const struct referral *r, size_t *n)
{
	struct ask_choice *fit =
	    arena_alloc(&v->arena, N(outcomes), sizeof(*fit));

	*n = 0;
	for (size_t i = 0; i < N(outcomes); i++) {
		const struct choice_option *o = &outcomes[i];
		int to = referral_state_from_name(o->value);
		int event = referral_event_from_name(o->value);

		if (to == REFERRAL_IS_NO_ANSWER && r->chases == 0)
			continue;
		if (to >= 0
			? referral_may_become(r->state, (enum referral_state)to)
			: referral_event_fits((enum referral_event)event,
			      r->state, r->went, r->settled))
			fit[(*n)++] =
			    (struct ask_choice){ o->value, o->label, o->help };
	}
	return fit;
}

const char *
referral_words_asked(const char *outcome)
{
	if (!referral_needs_words(outcome))
		return _("In a few words; may be empty where nothing more is "
			 "to be said.");
	if (referral_event_from_name(outcome) >= 0)
		return _("What they told you, in their words: it stays in this "
			 "case. Others see only that you know more.");
	return _("Say why: others look for another way by it, and gaps can be "
		 "shown to who could close them.");
}

const char *
referral_event_words(const char *kind)
{
	const char *words = referral_words_label(WORDS_EVENT, kind);

	return words != kind ? words
			     : referral_words_label(WORDS_OUTCOME, kind);
}

const char *
referral_asked_words(struct view *v, const struct referral *r)
{
	if (r->chases == 0)
		return "";
	return arena_printf(&v->arena,
	    ngettext("asked again once, no answer",
		"asked again %d times, no answer", (unsigned long)r->chases),
	    r->chases);
}

const char *
referral_state_words(const struct referral *r, enum element *style)
{
	static const struct {
		const char *words;
		enum element style;
	} table[REFERRAL_STATE_COUNT] = {
		[REFERRAL_IS_PREPARED] = { N_("prepared"), EL_TEXT },
		[REFERRAL_IS_SENT] = { N_("sent"), EL_TEXT },
		[REFERRAL_IS_ACKNOWLEDGED] = { N_("they got it"), EL_TEXT },
		[REFERRAL_IS_WAITLISTED] = { N_("waiting list"), EL_TEXT },
		[REFERRAL_IS_ACCEPTED] = { N_("accepted"), EL_OK },
		[REFERRAL_IS_ATTENDED] = { N_("was there"), EL_OK },
		[REFERRAL_IS_FEEDBACK] = { N_("heard back"), EL_OK },
		[REFERRAL_IS_PARTIAL] = { N_("in part"), EL_WARNING },
		[REFERRAL_IS_COMPLETED] = { N_("complete"), EL_DIM },
		[REFERRAL_IS_DECLINED] = { N_("declined"), EL_DIM },
		[REFERRAL_IS_DISENGAGED] = { N_("stayed away"), EL_DIM },
		[REFERRAL_IS_WITHDRAWN] = { N_("taken back"), EL_DIM },
		[REFERRAL_IS_NO_SAFE] = { N_("none safe"), EL_WARNING },
		[REFERRAL_IS_UNAVAILABLE] = { N_("no room"), EL_WARNING },
		[REFERRAL_IS_REFUSED] = { N_("they said no"), EL_WARNING },
		[REFERRAL_IS_NO_ANSWER] = { N_("no answer"), EL_WARNING },
	};

	*style = EL_WARNING;
	if (r->blocked != EGRESS_ALLOWED)
		return _("BLOCKED");
	if ((unsigned)r->state >= REFERRAL_STATE_COUNT)
		return "";
	*style = table[r->state].style;
	return _(table[r->state].words);
}

const char *
referral_ask_words(enum referral_ask ask)
{
	switch (ask) {
	case REFERRAL_ASK_SEND:
		return _("send it");
	case REFERRAL_ASK_ANSWER:
		return _("ask for an answer");
	case REFERRAL_ASK_ATTENDED:
		return _("ask the person whether they got there");
	case REFERRAL_ASK_FEEDBACK:
		return _("ask both how it went");
	case REFERRAL_ASK_OTHER:
		return _("find another way, with your supervisor");
	case REFERRAL_ASK_NOTHING:
		break;
	}
	return "";
}

const char *
referral_scope_words(struct view *v, unsigned scope)
{
	const char *t = "";

	for (int i = 0; i < DATA_COUNT; i++) {
		if ((scope & data_scope_bit((enum data_scope)i)) == 0)
			continue;
		t = arena_printf(&v->arena, "%s%s%s", t,
		    t[0] == '\0' ? "" : ", ",
		    label_of(&app_society(v)->data_scopes,
			data_scope_name((enum data_scope)i)));
	}
	return t[0] == '\0' ? _("nothing") : t;
}

const char *
referral_to_words(const struct view *v, const char *recipient)
{
	const struct recipient *r =
	    society_recipient(app_society(v), recipient);

	return r == NULL ? recipient : r->name;
}

static bool
already(const struct disclosed *d)
{
	return strcmp(d->how, DISCLOSED_ALREADY) == 0;
}

const char *
referral_under_words(const struct disclosed *d)
{
	if (d->consent)
		return d->act[0] == '\0' ? _("consent")
					 : _("consent and second");
	if (already(d))
		return _("ALREADY");
	if (d->act[0] != '\0')
		return _("OVERRIDE");
	if (strcmp(d->how, referral_mode_name(REFERRAL_ADVICE)) == 0)
		return _("about nobody");
	/* The person was there and spoke for themselves. */
	return _("with the person");
}

const char *
referral_how_words(struct view *v, const struct disclosed *d)
{
	const char *how = already(d) ? _("told already, with nobody asked")
				     : referral_words_label(WORDS_MODE, d->how);

	if (d->act[0] == '\0')
		return how;
	return arena_printf(&v->arena, "%s · %s", how,
	    referral_words_label(
		already(d) ? WORDS_TOLD_REASON : WORDS_ACT_REASON, d->act));
}
