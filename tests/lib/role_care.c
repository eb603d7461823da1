/* SPDX-License-Identifier: ISC */
/* Needs, plan, help, following up, indicators, children, what others set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/assessment.h"
#include "store/child.h"
#include "store/mechanism.h"
#include "store/person.h"
#include "store/plan.h"
#include "store/screening.h"
#include "store/service.h"

#include "role_kit.h"

/* --- how to reach them ---------------------------------------------------------------- */
ACT(do_contact_open)
{
	struct safe_contact c;

	session_set_purpose(s, &st->theirs, "amina is ill today");
	return contact_open(s, st->theirs, &st->arena, &c, e);
}

/* --- needs and plan ------------------------------------------------------------------- */
ACT(do_assessment_add)
{
	struct assessment_item item = { "need", "shelter", "some", "" };
	const struct assessment a = { .uid = uid_new(),
		.wants = "a room",
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.items = &item,
		.n_items = 1 };

	return assessment_put(s, st->theirs, &a, e);
}

ACT(do_assessment_list)
{
	struct assessments all;

	return assessment_list(s, st->theirs, &st->arena, &all, e);
}

ACT(do_plan_open)
{
	struct plan p;

	return plan_open(s, st->theirs, &st->arena, &p, e);
}

static int
goal_by(
    struct role_stage *st, struct session *s, struct uid *uid, struct err *e)
{
	const struct goal g = { .uid = uid_new(),
		.words = "a room",
		.domain = "shelter",
		.agreed = "yes" };

	*uid = g.uid;
	return goal_add(s, st->theirs, &g, e);
}

ACT(do_goal_add)
{
	struct uid uid;

	return goal_by(st, s, &uid, e);
}

static struct uid
goal_of(struct role_stage *st)
{
	struct uid uid;

	FIRST(goal_by(st, st->o.amina, &uid, &e_));
	return uid;
}

static int
step_by(struct role_stage *st, struct session *s, struct uid goal,
    struct uid *uid, struct err *e)
{
	const struct plan_action a = { .uid = uid_new(),
		.goal = goal,
		.what = "write a letter",
		.who = "worker",
		.who_words = "",
		.agreed = "yes" };

	*uid = a.uid;
	return plan_action_add(s, st->theirs, &a, e);
}

ACT(do_plan_action_add)
{
	struct uid uid;

	return step_by(st, s, goal_of(st), &uid, e);
}

ACT(do_goal_progress_add)
{
	const struct goal_progress p = { .uid = uid_new(),
		.goal = goal_of(st),
		.state = "met",
		.words = "moved in" };

	return goal_progress_add(s, st->theirs, &p, e);
}

ACT(do_plan_review_add)
{
	const struct plan_review r = { .uid = uid_new(),
		.agreed = "yes",
		.copy_safe = "no",
		.words = "as it is" };

	(void)goal_of(st);
	return plan_review_add(s, st->theirs, &r, e);
}

ACT(do_goal_change)
{
	const struct change c = { "words", "a room of my own" };
	struct uid goal = goal_of(st);
	int64_t rev = 1;

	return goal_change(
	    s, st->theirs, goal, &rev, &c, 1, &st->arena, NULL, e);
}

ACT(do_plan_action_change)
{
	const struct change c = { "state", "done" };
	struct uid goal = goal_of(st), step;
	int64_t rev = 1;

	FIRST(step_by(st, st->o.amina, goal, &step, &e_));
	return plan_action_change(
	    s, st->theirs, step, &rev, &c, 1, &st->arena, NULL, e);
}

/* --- help, following up ----------------------------------------------------------------- */
ACT(do_service_add)
{
	const struct service one = {
		.uid = uid_new(), .service = "pfa", .state = "given"
	};

	return service_add(s, st->theirs, &one, e);
}

ACT(do_service_list)
{
	struct services all;

	return service_list(s, st->theirs, &st->arena, &all, e);
}

ACT(do_followup_list)
{
	struct followups all;

	return followup_list(s, st->theirs, &st->arena, &all, e);
}

ACT(do_followup_plan_add)
{
	const struct followup_plan p = plan_in(2);

	return followup_plan_add(s, st->theirs, &p, e);
}

ACT(do_followup_attempt)
{
	const struct attempt a = { .uid = uid_new(),
		.case_uid = st->theirs,
		.at = clock_now(),
		.channel = "phone",
		.outcome = "no_answer",
		.safe = "",
		.words = "",
		.agreed = "",
		.new_risks = "",
		.risk = -1,
		.risk_reason = "",
		.lost_considered = "",
		.next_none = "she comes by on Monday" };

	return followup_attempt(s, &a, e);
}

/* They said their word for danger: who lets calls go on? */
ACT(do_contact_looked)
{
	const struct attempt a = { .uid = uid_new(),
		.case_uid = st->theirs,
		.channel = "phone",
		.outcome = "reached_could_not_talk",
		.word = "danger",
		.next_none = "the supervisor looks first",
		.risk = -1 };
	struct followups f;

	FIRST(followup_attempt(st->o.amina, &a, &e_));
	FIRST(followup_list(st->o.amina, st->theirs, &st->arena, &f, &e_));
	return contact_looked(s, st->theirs, f.held_flag, false, "met her", e);
}

/* --- what was noticed --------------------------------------------------------------------- */
static int
screening_by(
    struct role_stage *st, struct session *s, struct uid *uid, struct err *e)
{
	const struct screening one = { .uid = uid_new(),
		.case_uid = st->theirs,
		.catalogue = "ilo12",
		.list = "",
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.gate_open = true,
		.outcome = "keep_talking",
		.wants = "to be left alone",
		.note = "" };

	*uid = one.uid;
	return screening_add(s, &one, e);
}

ACT(do_screening_add)
{
	struct uid uid;

	return screening_by(st, s, &uid, e);
}

ACT(do_screening_list)
{
	struct screenings all;

	return screening_list(s, st->theirs, &st->arena, &all, e);
}

ACT(do_screening_open)
{
	struct screening one;
	struct uid uid;

	FIRST(screening_by(st, st->o.amina, &uid, &e_));
	return screening_open(s, st->theirs, uid, &st->arena, &one, e);
}

/* --- children ------------------------------------------------------------------------------ */
ACT(do_child_open)
{
	struct child_file f;

	return child_open(s, st->theirs, &st->arena, &f, e);
}

ACT(do_child_set)
{
	const struct child_record r = { .uid = uid_new(),
		.case_uid = st->theirs,
		.may_be_child = "yes",
		.age_basis = "stated",
		.safety_asked = true,
		.guardian = "concern",
		.informed = "no",
		.informed_why = "the child asked us not to",
		.route = "best_interests",
		.route_why = "the guardian may be part of it",
		.trusted = "child-protection officer",
		.assent = "yes",
		.child_words = "" };

	return child_put(s, &r, e);
}

ACT(do_best_interests_add)
{
	const struct best_interests b = { .uid = uid_new(),
		.case_uid = st->theirs,
		.kind = "bia",
		.reason = "where to stay tonight",
		.options = "shelter; aunt",
		.child_view = "wants the aunt",
		.decision = "the aunt",
		.accepted = "yes",
		.decided_by = "caseworker and supervisor",
		.decided_on = { 2026, 11, 24, DATE_DAY } };

	return best_interests_add(s, &b, e);
}

/* --- what others set -------------------------------------------------------------------------- */
ACT(do_mechanism_open)
{
	struct mechanism_file f;

	return mechanism_open(s, st->theirs, "national", &st->arena, &f, e);
}

ACT(do_mechanism_add)
{
	const struct mechanism_entry m = { .uid = uid_new(),
		.case_uid = st->theirs,
		.mechanism = "national",
		.kind = "informed",
		.code = "",
		.on = { 2026, 11, 20, DATE_DAY },
		.words = "" };

	return mechanism_add(s, &m, e);
}

ACT(do_duty_open)
{
	struct duty_file f;

	return duty_open(s, st->theirs, &st->arena, &f, e);
}

ACT(do_duty_add)
{
	const struct duty_entry d = { .uid = uid_new(),
		.case_uid = st->theirs,
		.duty = st->o.kit.society->duties[0].id,
		.code = "",
		.at = clock_now() - CLOCK_HOUR,
		.words = "a child in the house" };

	return duty_add(s, &d, e);
}

/* Help and following up are anybody's of the branch. */
#define NEAR "YY-Y-----"

static const struct role_row rows[] = {
	/*                   amina zoya bilal sunil sumi cora audra adele stan */
	ROW(assessment_add, OWN),
	ROW(assessment_list, READS),
	ROW(plan_open, READS),
	ROW(goal_add, OWN),
	ROW(plan_action_add, OWN),
	ROW(goal_progress_add, OWN),
	ROW(plan_review_add, OWN),
	ROW(goal_change, OWN),
	ROW(plan_action_change, OWN),
	ROW(service_add, NEAR),
	ROW(service_list, READS),
	ROW(followup_list, READS),
	ROW(followup_plan_add, NEAR),
	ROW(followup_attempt, NEAR),
	ROW(contact_open, "YY-Y-----"),
	ROW(contact_looked, "---Y-Y---"),
	ROW(screening_add, OWN),
	ROW(screening_list, READS),
	ROW(screening_open, READS),
	ROW(child_open, READS),
	ROW(child_set, OWN),
	ROW(best_interests_add, OWN),
	ROW(mechanism_open, READS),
	ROW(mechanism_add, OWN),
	ROW(duty_open, READS),
	ROW(duty_add, OWN),
};

const struct role_rows role_care = { rows, sizeof(rows) / sizeof(rows[0]) };
