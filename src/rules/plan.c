/* SPDX-License-Identifier: ISC */
#include "rules/names.h"
#include "rules/plan.h"
#include "rules/timers.h"

#define NAME(id, name) name,
static const char *const need_names[] = { NEED_STATES(NAME) };
static const char *const strength_names[] = { STRENGTHS(NAME) };
static const char *const view_names[] = { RISK_VIEWS(NAME) };
static const char *const goal_names[] = { GOAL_STATES(NAME) };
static const char *const who_names[] = { ACTION_WHOS(NAME) };
static const char *const action_names[] = { ACTION_STATES(NAME) };
static const char *const agreement_names[] = { AGREEMENTS(NAME) };
static const char *const service_names[] = { SERVICE_STATES(NAME) };

/* A code of an enum and back. */
#define CODES(function, type, names, count)           \
	const char *function##_name(type x)           \
	{                                             \
		return NAME_OF(names, x);             \
	}                                             \
	int function##_from_name(const char *name)    \
	{                                             \
		return name_find(names, count, name); \
	}
CODES(need_state, enum need_state, need_names, NEED_STATE_COUNT)
CODES(strength, enum strength, strength_names, STRENGTH_COUNT)
CODES(risk_view, enum risk_view, view_names, RISK_VIEW_COUNT)
CODES(goal_state, enum goal_state, goal_names, GOAL_STATE_COUNT)
CODES(action_who, enum action_who, who_names, WHO_COUNT)
CODES(action_state, enum action_state, action_names, ACTION_STATE_COUNT)
CODES(agreement, enum agreement, agreement_names, AGREEMENT_COUNT)
CODES(service_state, enum service_state, service_names, SERVICE_STATE_COUNT)

bool
goal_open(enum goal_state s)
{
	return s == GOAL_NEW || s == GOAL_IN_PROGRESS;
}

const char *
service_paper(const struct society *s, const char *service)
{
	const struct offer *o = society_offer(s, service);

	return o == NULL ? s->cover_name : o->paper;
}

/* The sooner of two, 0 meaning never. */
static int64_t
sooner(int64_t a, int64_t b)
{
	if (a == 0 || b == 0)
		return a + b;
	return a < b ? a : b;
}

void
plan_due(const struct society *society, const struct plan_facts *f,
    struct plan_due *out)
{
	int64_t since;

	*out = (struct plan_due){ .action = f->action_due,
		.service = f->service_due };
	if (f->working && f->assessments == 0)
		out->assessment =
		    timer_due(society, f->risk, TIMER_ASSESSMENT, f->opened_at);
	if (f->goals_open == 0)
		return;
	since = f->reviewed_at != 0 ? f->reviewed_at : f->planned_at;
	out->review = sooner(
	    f->review_agreed, timer_due(society, f->risk, TIMER_REVIEW, since));
}
