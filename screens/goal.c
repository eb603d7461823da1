/* SPDX-License-Identifier: ISC */
/* A goal in the person's words: a new one, or a change of one. */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "plan_words.h"
#include "screens.h"
#include "words.h"

#include "base/i18n.h"
#include "store/plan.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

enum { AT_WORDS, AT_DOMAIN };
static const struct form_field table[] = {
	[AT_WORDS] = ASK("words", LONG_TEXT, FORM_REQUIRED,
	    N_("What they want to reach"),
	    N_("In their own words; theirs, not what we think is best."),
	    .max = 4000, .rows = 3),
	[AT_DOMAIN] = ASK("domain", CHOICE, 0, N_("Area of life"), NULL),
	ASK("target_on", DATE, 0, N_("By when would they like it?"),
	    N_("A day, a month or a year; empty: no day was said.")),
	ASK("agreed", CHOICE, 0, N_("Did you agree on it together?"), NULL,
	    .options = plan_agreements, .n_options = PLAN_AGREEMENTS),
	PART_UID_FIELD,
	PART_ABOUT_FIELD,
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct goal g = { .words = formview_get(fv, "words"),
		.domain = formview_get(fv, "domain"),
		.agreed = formview_get(fv, "agreed") };
	const struct change *list;
	size_t n;

	if (!uid_null(&v->route.record)) {
		n = formview_changes(v, &list);
		return goal_change(app_session(v), v->route.case_uid,
		    v->route.record, &fv->rev, list, n, &v->arena,
		    &fv->conflicts, err);
	}
	g.uid = part_uid(v);
	(void)date_from_iso(formview_get(fv, "target_on"), &g.target);
	return goal_add(app_session(v), v->route.case_uid, &g, err);
}

/* The goal of the route as it is now. */
static int
load(struct view *v, struct formview *fv, struct err *err)
{
	struct plan plan;
	char iso[12];

	if (plan_open(
		app_session(v), v->route.case_uid, &v->arena, &plan, err) != 0)
		return -1;
	for (size_t i = 0; i < plan.n_goals; i++) {
		const struct goal *g = &plan.goals[i];

		if (!uid_eq(&g->uid, &v->route.record))
			continue;
		fv->rev = g->rev;
		formview_load(fv, "words", g->words);
		formview_load(fv, "domain", g->domain);
		formview_load(fv, "agreed", g->agreed);
		formview_load(
		    fv, "target_on", date_iso(&g->target, iso, sizeof(iso)));
		return 0;
	}
	return err_set(
	    err, ERR_NOT_FOUND, _("This goal is not in the plan any more."));
}

static int
open_goal(struct view *v, const struct route *r, struct err *err)
{
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));

	(void)r;
	memcpy(f, table, sizeof(table));
	f[AT_DOMAIN].options =
	    asks_labels(v, &app_society(v)->domains, &f[AT_DOMAIN].n_options);
	*step = (struct formview_step){
		.title = N_("A goal"), .fields = f, .n = N(table)
	};
	*use =
	    (struct formview_use){ .steps = step, .n_steps = 1, .save = save };
	(void)formview_init(v, use, v);
	return part_about_resume(v, load, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_goal = {
	.name = "goal",
	.title = N_("Goal"),
	.needs = PERM_PLAN,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open_goal,
	.key = part_uid_key,
	.form = formview_state,
};
