/* SPDX-License-Identifier: ISC */
/* Something to be done in a case, noted down by hand. */
#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/task.h"

static const struct choice_option whose[] = {
	{ "worker", N_("Whoever works on the case"),
	    N_("Goes along when the case gets another worker.") },
	{ "me", N_("Me"), N_("Stays mine, whoever has the case.") },
};

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("text", LONG_TEXT, FORM_REQUIRED, N_("What is to be done"),
	    N_("Short, without names. Lists show the code alone."),
	    .max = TASK_MAX, .rows = 3),
	ASK("due", DATE, FORM_REQUIRED, N_("By when"),
	    N_("A day, such as +3 or friday.")),
	ASKS_TIME("due_time", "due"),
	ASK("whose", CHOICE, FORM_REQUIRED, N_("Who does it"), NULL,
	    .options = whose, .n_options = sizeof(whose) / sizeof(*whose)),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct task_note t = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.text = formview_get(fv, "text"),
		.due = asks_due(
		    formview_get(fv, "due"), formview_get(fv, "due_time")) };

	if (formview_is(fv, "whose", "me"))
		t.for_user = session_user(app_session(v))->uid;
	return task_add(app_session(v), &t, err);
}

static const struct formview_step step = { N_("Task"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open_task_add(struct view *v, const struct route *r, struct err *err)
{
	struct formview *fv = formview_init(v, &use, v);

	(void)r;
	formview_load(fv, "whose", "worker");
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_task_add = {
	.name = "task",
	.title = N_("Task"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open_task_add,
	.key = part_uid_key,
	.form = formview_state,
};
