/* SPDX-License-Identifier: ISC */
/* What is best for a child: the options, the child's own view, the decision.
 * Never changed; a later one names the one it corrects. */
#include "asks.h"
#include "child_words.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/child.h"

static bool
not_all(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "accepted", "no") ||
	       form_value_is(values, "accepted", "part");
}

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("kind", CHOICE, FORM_REQUIRED, N_("What it is"), NULL,
	    .options = child_kinds, .n_options = 2),
	ASK("reason", LONG_TEXT, FORM_REQUIRED, N_("Why now"), NULL,
	    .max = 4000, .rows = 2),
	ASK("options", LONG_TEXT, FORM_REQUIRED, N_("Options considered"),
	    N_("Each with what speaks for and against it."), .max = 4000,
	    .rows = 3),
	ASK("child_view", LONG_TEXT, FORM_REQUIRED, N_("The child's own view"),
	    N_("In the child's words; where they could not be asked what they "
	       "said before, or that nobody knows."),
	    .max = 4000, .rows = 2),
	ASK("decision", LONG_TEXT, FORM_REQUIRED, N_("Decision"), NULL,
	    .max = 4000, .rows = 2),
	ASK("outcome", CHOICE, FORM_REQUIRED, N_("What it comes to"), NULL,
	    .options = child_outcomes,
	    .n_options = sizeof(child_outcomes) / sizeof(*child_outcomes),
	    .show_field = "kind", .show_value = "bid"),
	ASK("accepted", CHOICE, FORM_REQUIRED, N_("The child"), NULL,
	    .options = child_accepted, .n_options = 5),
	ASK("refused_why", LONG_TEXT, FORM_REQUIRED, N_("Why not all of it"),
	    N_("In the child's words."), .max = 4000, .rows = 2,
	    .show_if = not_all),
	ASK("could_not_why", LONG_TEXT, FORM_REQUIRED,
	    N_("Why they could not be asked"), NULL, .max = 4000, .rows = 2,
	    .show_field = "accepted", .show_value = "could_not"),
	ASK("decided_by", TEXT, FORM_REQUIRED, N_("Decided by"),
	    N_("Who sat together, by what they are; no names."), .max = 200),
	ASK("decided_on", DATE, FORM_REQUIRED, N_("Decided on"), NULL),
	ASK("agency", TEXT, 0, N_("Who carries it out"),
	    N_("By what they are; empty: we do."), .max = 200),
	ASK("carried_out_on", DATE, 0, N_("From when"), NULL),
	ASK("review_on", DATE, 0, N_("Look again on"),
	    N_("Needed where the child does not accept all of it or could "
	       "not be asked.")),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct best_interests b = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.corrects = v->route.record,
		.kind = formview_get(fv, "kind"),
		.reason = formview_get(fv, "reason"),
		.options = formview_get(fv, "options"),
		.child_view = formview_get(fv, "child_view"),
		.decision = formview_get(fv, "decision"),
		.accepted = formview_get(fv, "accepted"),
		.refused_why = formview_shown(fv, "refused_why")
				   ? formview_get(fv, "refused_why")
				   : formview_get(fv, "could_not_why"),
		.decided_by = formview_get(fv, "decided_by"),
		.outcome = formview_get(fv, "outcome"),
		.agency = formview_get(fv, "agency"),
		.carried_out_on = asks_date(fv, "carried_out_on"),
		.decided_on = asks_date(fv, "decided_on"),
		.review_on = asks_date(fv, "review_on") };

	return best_interests_add(app_session(v), &b, err);
}

static const struct formview_step step = { N_("Best interests"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("Saved. It is not changed any more; a later one can "
		    "correct it."),
};

static int
open_form(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_best_interests = {
	.name = "best-interests",
	.title = N_("Best interests"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open_form,
	.key = part_uid_key,
	.form = formview_state,
};
