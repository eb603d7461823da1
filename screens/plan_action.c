/* SPDX-License-Identifier: ISC */
/* A step towards a goal: who does what by when. */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "plan_rows.h"
#include "plan_words.h"
#include "screens.h"

#include "base/i18n.h"

static const struct form_field fields[] = {
	ASK("what", LONG_TEXT, FORM_REQUIRED, N_("What is done"), NULL,
	    .max = 4000, .rows = 2),
	ASK("who", CHOICE, FORM_REQUIRED, N_("Who does it"),
	    N_("As little as possible by the person alone, and nothing they "
	       "did not say yes to."),
	    .options = plan_whos, .n_options = PLAN_WHOS),
	ASK("who_words", TEXT, 0, N_("Who exactly"),
	    N_("A worker's code, a service; never a name from the person's "
	       "life."),
	    .max = 200, .show_field = "who", .show_value = "!person"),
	ASK("due_on", DATE, 0, N_("By when"),
	    N_("today, friday, +7; empty: no day was agreed.")),
	ASK("agreed", CHOICE, 0, N_("Did the person agree to it?"), NULL,
	    .options = plan_agreements, .n_options = PLAN_AGREEMENTS),
	PART_UID_FIELD,
	PART_ABOUT_FIELD,
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct plan_action a = { .goal = v->route.record,
		.what = formview_get(fv, "what"),
		.who = formview_get(fv, "who"),
		.who_words = formview_get(fv, "who_words"),
		.agreed = formview_get(fv, "agreed") };
	const struct change *list;
	size_t n;

	if (v->route.arg != PLAN_ACTION_NEW) {
		n = formview_changes(v, &list);
		return plan_action_change(app_session(v), v->route.case_uid,
		    v->route.record, &fv->rev, list, n, &v->arena,
		    &fv->conflicts, err);
	}
	a.uid = part_uid(v);
	(void)date_from_iso(formview_get(fv, "due_on"), &a.due_on);
	return plan_action_add(app_session(v), v->route.case_uid, &a, err);
}

static const struct formview_step step = { N_("A step"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
load(struct view *v, struct formview *fv, struct err *err)
{
	struct plan plan;
	char iso[12];

	if (v->route.arg == PLAN_ACTION_NEW)
		return 0; /* the record is its goal */
	if (plan_open(
		app_session(v), v->route.case_uid, &v->arena, &plan, err) != 0)
		return -1;
	for (size_t i = 0; i < plan.n_actions; i++) {
		const struct plan_action *a = &plan.actions[i];

		if (!uid_eq(&a->uid, &v->route.record))
			continue;
		fv->rev = a->rev;
		formview_load(fv, "what", a->what);
		formview_load(fv, "who", a->who);
		formview_load(fv, "who_words", a->who_words);
		formview_load(fv, "agreed", a->agreed);
		formview_load(
		    fv, "due_on", date_iso(&a->due_on, iso, sizeof(iso)));
		return 0;
	}
	return err_set(
	    err, ERR_NOT_FOUND, _("This step is not in the plan any more."));
}

static int
open_action(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	(void)formview_init(v, &use, v);
	return part_about_resume(v, load, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_plan_action = {
	.name = "plan-action",
	.title = N_("Step"),
	.needs = PERM_PLAN,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open_action,
	.key = part_uid_key,
	.form = formview_state,
};
