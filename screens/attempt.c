/* SPDX-License-Identifier: ISC */
/*
 * What happened when somebody was to be reached, what was agreed, and what is
 * next.  "No answer" is an outcome like any other; silence is a risk, never a
 * tidy end.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "rules/contact_rule.h"
#include "rules/workflow.h"
#include "store/followup.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct choice_option safe_options[] = {
	{ "yes", N_("yes, they said so"), NULL },
	{ "no", N_("no"), N_("Think of the risk level above") },
	{ "unsure", N_("could not tell"), NULL },
};

struct attempt_state {
	struct formview form; /* first: formview_state() */
	struct followups plans;
	const struct choice_option *words;
	size_t n_words;
};

/* Somebody spoke, and there is a word by which to know who. */
static bool
asks_word(void *ctx, const struct form_values *values)
{
	const struct attempt_state *s = ((const struct view *)ctx)->state;

	return s->plans.words != 0 &&
	       contact_spoken(form_value(values, "outcome"));
}

/* Nothing is planned: somebody says why, but for who wants no more of it. */
static bool
asks_none(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value(values, "due")[0] == '\0' &&
	       !form_value_is(values, "outcome", "do_not_try_again");
}

static size_t
words(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct attempt_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->words;
	return s->n_words;
}

/* What can be said of the words that are agreed. */
static void
ask_words(struct attempt_state *s, struct form_field *f)
{
	static const struct choice_option all[] = {
		{ "yes", N_("yes: it is them, and they can talk"), NULL },
		{ "no", N_("no: wrong, or not said"),
		    N_("Perhaps somebody else spoke, or they were watched") },
		{ "danger", N_("they said their word for danger"),
		    N_("Nobody calls again until a supervisor has looked") },
	};

	s->words = all;
	s->n_words = N(all);
	if ((s->plans.words & CONTACT_WORD_DANGER) == 0)
		s->n_words--;
	if ((s->plans.words & CONTACT_WORD_PROOF) != 0) {
		f->flags |= FORM_REQUIRED;
		return;
	}
	s->words = &all[N(all) - 1];
	s->n_words = 1;
	f->label = N_("Said the word for danger?");
	f->help = N_("Empty: they did not");
}

/* Fields whose options are configured come first in the table. */
enum { AT_CHANNEL, AT_OUTCOME, AT_WORD, AT_RISK };
static const struct form_field table[] = {
	[AT_CHANNEL] = ASK("channel", CHOICE, 0, N_("How"), NULL),
	[AT_OUTCOME] = ASK("outcome", CHOICE, FORM_REQUIRED,
	    N_("What happened"), N_("\"Did not come\" means: reason unknown")),
	[AT_WORD] = ASK("word", CHOICE, 0, N_("Was the safe word right?"),
	    N_("Wrong twice, a supervisor looks before anybody calls"),
	    .options_from = words, .show_if = asks_word),
	[AT_RISK] = ASK("risk", CHOICE, 0, N_("Risk level, if it changes"),
	    N_("Empty: stays as it is")),
	ASK("risk_reason", TEXT, FORM_REQUIRED, N_("Why this level"), NULL,
	    .max = 1000, .show_field = "risk"),
	ASK("safe", CHOICE, 0, N_("Safe at the moment?"), NULL,
	    .options = safe_options, .n_options = N(safe_options)),
	ASK("words", LONG_TEXT, 0, N_("What was said or seen"),
	    N_("Short facts: \"said\", \"appeared\""), .max = 4000),
	ASK("agreed", TEXT, 0, N_("What was agreed"), NULL, .max = 4000),
	ASK("new_risks", TEXT, 0, N_("New risks"), NULL, .max = 4000),
	ASK("lost", YES_NO, 0, N_("Has contact been lost?"),
	    N_("Lost contact is a risk of harm, not an end")),
	ASK("considered", TEXT, FORM_REQUIRED,
	    N_("What may have happened; what is done now"),
	    N_("Think of harm first, and of what they asked for if missing"),
	    .max = 4000, .show_field = "lost", .show_value = "yes"),
	ASK("due", DATE, 0, N_("Next: which day?"),
	    N_("today, tomorrow, friday, +3; empty: say why below")),
	ASKS_TIME("due_time", "due"),
	ASK("promised", YES_NO, 0, N_("Did we promise it?"), NULL,
	    .show_field = "due"),
	ASK("next_words", TEXT, 0, N_("What will be done"), NULL, .max = 1000,
	    .show_field = "due"),
	ASK("next_none", TEXT, FORM_REQUIRED, N_("No next date: why"), NULL,
	    .max = 1000, .show_if = asks_none),
	PART_UID_FIELD,
};

static int
save(struct view *v, struct err *e)
{
	const struct formview *fv = formview_state(v);
	struct uid base = part_uid(v);
	struct followup_plan next = { .uid = base,
		.what = next_action_name(NEXT_FOLLOW_UP),
		.words = formview_get(fv, "next_words") };
	struct attempt a = { .uid = base,
		.case_uid = v->route.case_uid,
		.plan = v->route.record,
		.at = part_began(v),
		.channel = formview_get(fv, "channel"),
		.outcome = formview_get(fv, "outcome"),
		.safe = formview_get(fv, "safe"),
		.word = formview_get(fv, "word"),
		.words = formview_get(fv, "words"),
		.agreed = formview_get(fv, "agreed"),
		.new_risks = formview_get(fv, "new_risks"),
		.risk = society_risk(app_society(v), formview_get(fv, "risk")),
		.risk_reason = formview_get(fv, "risk_reason"),
		.lost_contact = formview_is(fv, "lost", "yes"),
		.lost_considered = formview_get(fv, "considered"),
		.next_none = formview_get(fv, "next_none") };

	next.uid.b[15] ^= 1;
	next.due =
	    asks_due(formview_get(fv, "due"), formview_get(fv, "due_time"));
	next.promised = formview_is(fv, "promised", "yes");
	if (next.due != 0)
		a.next = &next;
	return followup_attempt(app_session(v), &a, e);
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	const struct society *so = app_society(v);
	struct attempt_state *s = v->state;
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));

	if (followup_list(
		app_session(v), r->case_uid, &v->arena, &s->plans, e) == -1)
		return -1;
	memcpy(f, table, sizeof(table));
	ask_words(s, &f[AT_WORD]);
	f[AT_CHANNEL].options =
	    asks_labels(v, society_ways(so), &f[AT_CHANNEL].n_options);
	f[AT_OUTCOME].options =
	    asks_labels(v, &so->contact_outcomes, &f[AT_OUTCOME].n_options);
	f[AT_RISK].options = asks_risks(v, &f[AT_RISK].n_options);
	*step = (struct formview_step){
		.title = N_("What happened"), .fields = f, .n = N(table)
	};
	*use =
	    (struct formview_use){ .steps = step, .n_steps = 1, .save = save };
	formview_init(v, use, v);
	return formview_resume(v, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_attempt = {
	.name = "attempt",
	.title = N_("What happened"),
	.needs = PERM_FOLLOW_UP,
	.state_size = sizeof(struct attempt_state),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.form = formview_state,
};
