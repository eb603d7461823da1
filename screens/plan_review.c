/* SPDX-License-Identifier: ISC */
/*
 * The plan was gone through with the person: whether they agree, whether a
 * copy is safe to keep, when to look again.
 */
#include "asks.h"
#include "parts.h"
#include "plan_words.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/plan.h"

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("agreed", CHOICE, FORM_REQUIRED, N_("Do they agree to the plan?"),
	    N_("Read it to them, goal by goal. \"Not now\" and \"no\" are "
	       "good answers; help goes on."),
	    .options = plan_agreements, .n_options = PLAN_AGREEMENTS),
	ASK("words", LONG_TEXT, 0, N_("What they say about it"), NULL,
	    .max = 4000, .rows = 3),
	ASK("copy_safe", CHOICE, FORM_REQUIRED,
	    N_("Would a copy be safe to keep on them?"),
	    N_("Who looks through their things, their phone, their room? "
	       "Paper that is found can bring harm."),
	    .options = plan_tris, .n_options = PLAN_TRIS),
	ASK("copy_given", YES_NO, 0, N_("Did they take one?"), NULL,
	    .show_field = "copy_safe", .show_value = "yes"),
	ASK("review_on", DATE, 0, N_("Look at it together again by"),
	    N_("Empty: by the time of the risk level. A day earlier than that "
	       "counts, a later one does not.")),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct plan_review r = { .uid = part_uid(v),
		.agreed = formview_get(fv, "agreed"),
		.copy_safe = formview_get(fv, "copy_safe"),
		.copy_given = formview_is(fv, "copy_given", "yes"),
		.words = formview_get(fv, "words") };

	(void)date_from_iso(formview_get(fv, "review_on"), &r.review_on);
	return plan_review_add(app_session(v), v->route.case_uid, &r, err);
}

static const struct formview_step step = { N_("Going through the plan"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open_review(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_plan_review = {
	.name = "plan-review",
	.title = N_("Going through the plan"),
	.needs = PERM_PLAN,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open_review,
	.key = part_uid_key,
	.form = formview_state,
};
