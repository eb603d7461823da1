/* SPDX-License-Identifier: ISC */
#include "plan_goals.h"

#include "plan_words.h"
#include "words.h"

#include "store/plan.h"

static bool
read_plan(struct view *v, struct plan *plan)
{
	struct err err = { .kind = ERR_NONE };

	return plan_open(app_session(v), v->route.case_uid, &v->arena, plan,
		   &err) == 0;
}

size_t
plan_goal_options(struct view *v, const struct choice_option **out)
{
	struct choice_option *list;
	struct plan plan;
	char hex[33];

	if (!read_plan(v, &plan))
		return 0;
	list = arena_alloc(&v->arena, plan.n_goals + 1, sizeof(*list));
	for (size_t i = 0; i < plan.n_goals; i++) {
		const struct goal *g = &plan.goals[i];

		uid_hex(&g->uid, hex);
		list[i] =
		    (struct choice_option){ .value = arena_str(&v->arena, hex),
			    .label = g->words,
			    .help = words_label(
				plan_goal_states, PLAN_GOAL_STATES, g->state) };
	}
	*out = list;
	return plan.n_goals;
}

const char *
plan_goal_words(struct view *v, const struct uid *goal)
{
	struct plan plan;

	if (uid_null(goal) || !read_plan(v, &plan))
		return NULL;
	for (size_t i = 0; i < plan.n_goals; i++)
		if (uid_eq(&plan.goals[i].uid, goal))
			return plan.goals[i].words;
	return NULL;
}
