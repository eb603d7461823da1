/* SPDX-License-Identifier: ISC */
/*
 * Asking a second person: to carry a yes behind the hard stop, or to override
 * for one sending.  Every field is part of the act; none can be left to a role.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "referral_words.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/act.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_override(void *ctx, const struct form_values *values)
{
	const char *reason = form_value(values, "reason");

	(void)ctx;
	return reason[0] != '\0' && strcmp(reason, "consent") != 0;
}

static bool
by_consent(void *ctx, const struct form_values *values)
{
	return form_value_is(values, "reason", "consent") &&
	       !is_override(ctx, values);
}

static bool
not_told(void *ctx, const struct form_values *values)
{
	return is_override(ctx, values) && form_value_is(values, "told", "no");
}

enum { AT_REASON, AT_TO, AT_FOR, AT_WHAT };
static const struct form_field table[] = {
	[AT_REASON] = ASK("reason", CHOICE, FORM_REQUIRED, N_("Reason"), NULL),
	[AT_TO] = ASK("recipient", CHOICE, FORM_REQUIRED, N_("To whom"), NULL),
	[AT_FOR] = ASK("purpose", CHOICE, FORM_REQUIRED, N_("What for"), NULL),
	[AT_WHAT] = ASK("scope", MULTI, FORM_REQUIRED, N_("What would go"),
	    N_("The least that meets the reason")),
	ASK("words", TEXT, FORM_REQUIRED, N_("The facts it rests on"), NULL,
	    .max = 2000),
	ASK("law", TEXT, FORM_REQUIRED, N_("Law, order or policy"),
	    N_("A duty by its id, the number of an order; for a threat to "
	       "life the policy"),
	    .max = 160, .show_if = is_override),
	ASK("asked_for", TEXT, 0, N_("Law or order"),
	    N_("What they ask for it by, if anything"), .max = 160,
	    .show_if = by_consent),
	ASK("told", YES_NO, FORM_REQUIRED, N_("Was the person told?"),
	    N_("Tell them first, unless that puts them in danger"),
	    .show_if = is_override),
	ASK("told_why", TEXT, FORM_REQUIRED, N_("Why not"), NULL, .max = 2000,
	    .show_if = not_told),
	PART_UID_FIELD,
};

static int
save(struct view *v, struct err *e)
{
	const struct formview *fv = formview_state(v);
	struct act a = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.reason = formview_get(fv, "reason"),
		.recipient = formview_get(fv, "recipient"),
		.purpose = formview_get(fv, "purpose"),
		.scope = asks_scope(fv, "scope"),
		.words = formview_get(fv, "words"),
		.legal_ref = formview_get(
		    fv, formview_shown(fv, "law") ? "law" : "asked_for"),
		.told = formview_get(fv, "told"),
		.told_why = formview_get(fv, "told_why") };

	return act_ask(app_session(v), &a, e);
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
	f[AT_REASON].options =
	    referral_words(WORDS_ACT_REASON, &f[AT_REASON].n_options);
	f[AT_TO].options = asks_recipients(v, &f[AT_TO].n_options);
	f[AT_FOR].options = asks_labels(v, &so->purposes, &f[AT_FOR].n_options);
	f[AT_WHAT].options =
	    asks_labels(v, &so->data_scopes, &f[AT_WHAT].n_options);
	*step = (struct formview_step){
		.title = N_("Ask a second person"), .fields = f, .n = N(table)
	};
	*use = (struct formview_use){
		.steps = step,
		.n_steps = 1,
		.save = save,
		.saved = N_("Asked. Your supervisor sees it in the queue."),
	};
	formview_init(v, use, v);
	return formview_resume(v, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_act_add = {
	.name = "act_add",
	.title = N_("Ask a second person"),
	.needs = PERM_REFER,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.form = formview_state,
};
