/* SPDX-License-Identifier: ISC */
/*
 * Asking a second person: to carry a yes behind the hard stop, or to override
 * for one sending.  Every field is part of the act; none can be left to a role.
 */
#include "act_form.h"
#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/act.h"

static bool
by_consent(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "reason", "consent");
}

static bool
not_told(void *ctx, const struct form_values *values)
{
	return act_form_by_rule(ctx, values) &&
	       form_value_is(values, "told", "no");
}

static const struct form_field table[] = {
	ASK("reason", CHOICE, FORM_REQUIRED, N_("Reason"), NULL),
	ASK("recipient", CHOICE, FORM_REQUIRED, N_("To whom"), NULL),
	ASK("purpose", CHOICE, FORM_REQUIRED, N_("What for"), NULL),
	ASK("scope", MULTI, FORM_REQUIRED, N_("What would go"),
	    N_("The least that meets the reason")),
	ASK("words", TEXT, FORM_REQUIRED, N_("The facts it rests on"), NULL,
	    .max = 2000),
	ACT_FORM_LAW,
	ASK("asked_for", TEXT, 0, N_("Law or order"),
	    N_("What they ask for it by, if anything"), .max = 160,
	    .show_if = by_consent),
	ASK("told", YES_NO, FORM_REQUIRED, N_("Was the person told?"),
	    N_("Tell them first, unless that puts them in danger"),
	    .show_if = act_form_by_rule),
	ASK("told_why", TEXT, FORM_REQUIRED, N_("Why not"), NULL, .max = 2000,
	    .show_if = not_told),
	PART_UID_FIELD,
};

static int
save(struct view *v, struct err *e)
{
	struct act a = act_form_read(v);

	if (a.legal_ref[0] == '\0')
		a.legal_ref = formview_get(formview_state(v), "asked_for");
	return act_ask(app_session(v), &a, e);
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	static const struct formview_use use = { .save = save,
		.saved = N_("Asked. Your supervisor sees it in the queue.") };

	(void)r;
	return act_form_open(v, table, sizeof(table) / sizeof(table[0]),
	    WORDS_ACT_REASON, &use, e);
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
