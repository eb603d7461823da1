/* SPDX-License-Identifier: ISC */
/* What a plan makes due in a case, and how far the case is by it. */
#include "store/plan_inside.h"
#include "store/queue_known.h"
#include "store/session_inside.h"

/* What the plan is looked at by, as a whole. */
static void
due_at(struct known *k, enum next_action a, int64_t due)
{
	known_due(k, a, due);
	known_task(k, a, NULL, due);
}

struct to_do {
	struct known *k;
	enum next_action action;
};

static void
one_wait(void *ctx, const struct uid *record, int64_t due)
{
	const struct to_do *t = ctx;

	known_due(t->k, t->action, due);
	known_task(t->k, t->action, record, due);
}

int
known_plan(struct tx *tx, const struct uid *uid, struct known *k)
{
	struct plan_facts f = { .risk = k->risk,
		.opened_at = k->opened_at,
		.working = workflow_narrative_open(
		    k->stage.work_together, k->anonymous) };
	struct to_do steps = { k, NEXT_PLAN_STEP }, help = { k, NEXT_SERVICE };
	struct plan_due due;

	if (plan_facts_read(tx, uid, &f) == -1 ||
	    (f.action_due != 0 &&
		plan_each_step(tx, uid, one_wait, &steps) == -1) ||
	    (f.service_due != 0 &&
		plan_each_service(tx, uid, one_wait, &help) == -1))
		return -1;
	plan_due(tx->s->society, &f, &due);
	due_at(k, NEXT_ASSESSMENT, due.assessment);
	due_at(k, NEXT_REVIEW, due.review);
	k->out.ends.goals = f.goals_open;
	k->stage.assessments = f.assessments;
	k->stage.goals = f.goals;
	k->stage.services = f.services;
	if (f.last_at > k->last_step)
		k->last_step = f.last_at;
	k->stage.followed_since = k->last_attempt > k->last_step;
	return 0;
}
