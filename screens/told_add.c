/* SPDX-License-Identifier: ISC */
/*
 * What was told already, outside, with nobody asked before.  Nothing is sent
 * from here: it goes on the record, and a supervisor looks at it within a day.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "referral_words.h"
#include "screens.h"

#include "base/i18n.h"
#include "rules/disclosure.h"
#include "store/told.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* Is it told by a law, an order or a policy? */
static bool
by_rule(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return told_by_rule(form_value(values, "reason"));
}

enum { AT_TO, AT_FOR, AT_WHAT, AT_WHY };
static const struct form_field table[] = {
	[AT_TO] = ASK("recipient", CHOICE, FORM_REQUIRED, N_("Who was told"),
	    N_("One record for each; where several heard it, one after the "
	       "other")),
	[AT_FOR] = ASK("purpose", CHOICE, FORM_REQUIRED, N_("What for"), NULL),
	[AT_WHAT] = ASK("scope", MULTI, FORM_REQUIRED, N_("What was told"),
	    N_("All that they know from us now")),
	[AT_WHY] = ASK(
	    "reason", CHOICE, FORM_REQUIRED, N_("Why with nobody asked"), NULL),
	ASK("on", DATE, 0, N_("On which day"),
	    N_("today, yesterday, -2; empty: just now")),
	ASKS_TIME("on_time", "on"),
	ASK("legal_ref", TEXT, FORM_REQUIRED, N_("Law, order or policy"),
	    N_("A duty by its id, the number of an order; for a threat to "
	       "life the policy"),
	    .max = 160, .show_if = by_rule),
	ASK("words", LONG_TEXT, FORM_REQUIRED, N_("Who told whom, and why"),
	    N_("Facts; and what was done since to keep the person safe"),
	    .max = 2000, .rows = 3),
	ASK("told", YES_NO, FORM_REQUIRED, N_("Does the person know?"),
	    N_("Tell them soon, unless that puts them in danger")),
	ASK("told_why", TEXT, FORM_REQUIRED, N_("Why not"), NULL, .max = 2000,
	    .show_field = "told", .show_value = "no"),
	PART_UID_FIELD,
};

static int
save(struct view *v, struct err *e)
{
	const struct formview *fv = formview_state(v);
	struct act t = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.recipient = formview_get(fv, "recipient"),
		.purpose = formview_get(fv, "purpose"),
		.scope = asks_scope(fv, "scope"),
		.at = asks_happened(fv, "on", "on_time", part_began(v)),
		.reason = formview_get(fv, "reason"),
		.words = formview_get(fv, "words"),
		.legal_ref = formview_get(fv, "legal_ref"),
		.told = formview_get(fv, "told"),
		.told_why = formview_get(fv, "told_why") };

	return told_add(app_session(v), &t, e);
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	const struct society *so = app_society(v);
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));

	(void)r;
	memcpy(f, table, sizeof(table));
	f[AT_TO].options = asks_recipients(v, &f[AT_TO].n_options);
	f[AT_FOR].options = asks_labels(v, &so->purposes, &f[AT_FOR].n_options);
	f[AT_WHAT].options =
	    asks_labels(v, &so->data_scopes, &f[AT_WHAT].n_options);
	f[AT_WHY].options =
	    referral_words(WORDS_TOLD_REASON, &f[AT_WHY].n_options);
	*step = (struct formview_step){
		.title = N_("Told already"), .fields = f, .n = N(table)
	};
	*use = (struct formview_use){
		.steps = step,
		.n_steps = 1,
		.save = save,
		.saved = N_("Recorded. A supervisor looks at it within 24 "
			    "hours."),
	};
	formview_init(v, use, v);
	return formview_resume(v, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_told_add = {
	.name = "told-add",
	.title = N_("Told already"),
	.needs = PERM_REFER,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.form = formview_state,
};
