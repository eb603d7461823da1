/* SPDX-License-Identifier: ISC */
/* Assessments and plans in the store. */
#include <string.h>

#include "base/clock.h"
#include "rules/closing.h"
#include "rules/timers.h"
#include "store/task.h"
#include "store/assessment.h"
#include "store/plan.h"
#include "store/service.h"
#include "office_kit.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct fdate
in_days(int days)
{
	struct fdate d = { .precision = DATE_DAY };
	struct civil c;

	clock_civil(clock_now() + days * CLOCK_DAY, &c);
	d.year = (int16_t)c.year;
	d.month = (int8_t)c.month;
	d.day = (int8_t)c.day;
	return d;
}

static struct uid
goal_of(struct uid case_uid, const char *words)
{
	const struct goal g = { .uid = uid_new(),
		.words = words,
		.domain = "shelter",
		.agreed = "yes" };

	OK(goal_add(o.amina, case_uid, &g, &err));
	return g.uid;
}

static struct case_file
opened(struct uid case_uid)
{
	struct case_file f;

	OK(case_open(o.amina, case_uid, NULL, &arena, &f, &err));
	return f;
}

/* --- assessments ----------------------------------------------------------- */

static struct assessment
picture(struct assessment_item *items, size_t n)
{
	return (struct assessment){ .uid = uid_new(),
		.wants = "a room with a door that locks",
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.items = items,
		.n_items = n };
}

static void
an_assessment_is_a_dated_picture(void **state)
{
	struct assessment_item items[] = {
		{ "strength", "own", "", "speaks three languages" },
		{ "need", "shelter", "urgent", "until Friday" },
		{ "risk", "person", "", "the man who waits outside" },
	};
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct assessment a = picture(items, N(items));
	struct assessments all;
	struct case_file f;

	(void)state;
	OK(assessment_put(o.amina, uid, &a, &err));
	OK(assessment_put(o.amina, uid, &a, &err)); /* a retry is no copy */
	a.uid = uid_new();
	a.wants = "to call home";
	a.n_items = 1;
	OK(assessment_put(o.amina, uid, &a, &err));
	OK(assessment_list(o.amina, uid, &arena, &all, &err));
	assert_int_equal(all.n, 2);
	assert_string_equal(all.list[0].wants, "to call home");
	assert_int_equal(all.list[0].n_items, 1);
	assert_int_equal(all.list[1].n_items, 3);
	assert_string_equal(
	    assessment_find(&all.list[1], "need", "shelter")->state, "urgent");
	/* What was not talked about is not there, and is not "none". */
	assert_null(assessment_find(&all.list[1], "need", "family"));
	f = opened(uid);
	assert_int_equal(f.n_strengths, 1);
	assert_string_equal(f.strengths[0], "speaks three languages");
	assert_string_equal(f.stage, "assessed");
}

static void
an_assessment_that_is_wrong_says_so(void **state)
{
	struct assessment_item item = { "need", "shelter", "some", "" };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct assessment a = picture(&item, 1);
	const struct assessment_item wrong[] = {
		{ "need", "no-such-domain", "some", "" },
		{ "need", "shelter", "yes", "" },
		{ "need", "shelter", "", "" },
		{ "strength", "own", "some", "" },
		{ "risk", "stranger", "", "" },
		{ "score", "own", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < N(wrong); i++) {
		item = wrong[i];
		REFUSED(ERR_INPUT, assessment_put(o.amina, uid, &a, &err));
	}
	item = (struct assessment_item){ "need", "shelter", "some", "" };
	a.wants = "  ";
	REFUSED(ERR_INPUT, assessment_put(o.amina, uid, &a, &err));
	a.wants = "a room";
	OK(assessment_put(o.amina, uid, &a, &err));
	/* The same key with other words is not the same. */
	a.wants = "a house";
	REFUSED(ERR_CONFLICT, assessment_put(o.amina, uid, &a, &err));
}

/* --- plans ----------------------------------------------------------------- */

static void
a_plan_grows_and_is_kept(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct uid first = goal_of(uid, "a place of my own");
	struct uid second = goal_of(uid, "my wages");
	struct plan_action a = { .uid = uid_new(),
		.goal = second,
		.what = "write to the employer's office",
		.who = "worker",
		.who_words = "W-1",
		.due_on = in_days(2),
		.agreed = "yes" };
	struct goal_progress p = { .uid = uid_new(),
		.goal = first,
		.state = "met",
		.words = "moved in" };
	struct plan plan;
	struct case_file f;
	int64_t rev;

	(void)state;
	OK(plan_action_add(o.amina, uid, &a, &err));
	OK(plan_action_add(o.amina, uid, &a, &err));
	OK(goal_progress_add(o.amina, uid, &p, &err));
	OK(plan_open(o.amina, uid, &arena, &plan, &err));
	assert_int_equal(plan.n_goals, 2);
	/* What is still to do stands first. */
	assert_string_equal(plan.goals[0].words, "my wages");
	assert_string_equal(plan.goals[1].state, "met");
	assert_string_equal(plan.goals[1].progress, "moved in");
	assert_int_equal(plan.n_actions, 1);
	assert_true(plan.due.action == plan.actions[0].due);
	f = opened(uid);
	assert_string_equal(f.stage, "plan");
	assert_string_equal(f.next, "plan");
	assert_int_equal(f.n_goals, 2);
	/* Done: nothing of it is due any more. */
	rev = plan.actions[0].rev;
	OK(plan_action_change(o.amina, uid, a.uid, &rev,
	    (const struct change[]){
		{ "state", "done" }, { "outcome", "sent" } },
	    2, &arena, NULL, &err));
	OK(plan_open(o.amina, uid, &arena, &plan, &err));
	assert_true(plan.due.action == 0);
	assert_true(plan.actions[0].done_at != 0);
	assert_string_equal(opened(uid).next, "follow-up");
}

/* Row 14: of two steps and two kinds of help none hides behind another. */
static void
harm_14_every_step_and_every_help_waits_for_itself(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct uid goal = goal_of(uid, "my wages");
	struct plan_action a = { .uid = uid_new(),
		.goal = goal,
		.what = "write to the office",
		.who = "worker",
		.who_words = "",
		.due_on = in_days(2),
		.agreed = "yes" };
	struct service s = { .uid = uid_new(),
		.service = "pfa",
		.state = "planned",
		.due_on = in_days(1) };
	const struct uid first = s.uid;
	struct task_lines lines;
	bool said = false;

	(void)state;
	OK(plan_action_add(o.amina, uid, &a, &err));
	a.uid = uid_new();
	a.what = "go to the hearing";
	a.due_on = in_days(4);
	OK(plan_action_add(o.amina, uid, &a, &err));
	OK(service_add(o.amina, uid, &s, &err));
	s.uid = uid_new();
	s.service = "cash";
	s.due_on = in_days(3);
	OK(service_add(o.amina, uid, &s, &err));
	assert_int_equal(tasks_of(o.amina, uid, "plan"), 2);
	assert_int_equal(tasks_of(o.amina, uid, "service"), 2);
	/* In the case itself a step says which one it is. */
	OK(task_list(o.amina, uid, &arena, &lines, &err));
	for (size_t i = 0; i < lines.n; i++)
		said = said || (uid_eq(&lines.list[i].object, &a.uid) &&
				   strcmp(lines.list[i].text,
				       "go to the hearing") == 0);
	assert_true(said);
	s = (struct service){ .uid = uid_new(),
		.follows = first,
		.service = "pfa",
		.state = "given" };
	OK(service_add(o.amina, uid, &s, &err));
	assert_int_equal(tasks_of(o.amina, uid, "service"), 1);
}

static void
a_goal_set_aside_has_no_steps_waiting(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct uid goal = goal_of(uid, "to go home");
	const struct plan_action a = { .uid = uid_new(),
		.goal = goal,
		.what = "ask about papers",
		.who = "person",
		.who_words = "",
		.due_on = in_days(1),
		.agreed = "" };
	struct goal_progress p = { .uid = uid_new(),
		.goal = goal,
		.state = "set_aside",
		.words = "" };
	struct plan plan;

	(void)state;
	OK(plan_action_add(o.amina, uid, &a, &err));
	/* It is the person's decision: what did they say? */
	REFUSED(ERR_INPUT, goal_progress_add(o.amina, uid, &p, &err));
	p.words = "not now, she said";
	OK(goal_progress_add(o.amina, uid, &p, &err));
	OK(plan_open(o.amina, uid, &arena, &plan, &err));
	assert_true(plan.due.action == 0 && plan.due.review == 0);
	/* And taken up again. */
	p.uid = uid_new();
	p.state = "in_progress";
	OK(goal_progress_add(o.amina, uid, &p, &err));
	OK(plan_open(o.amina, uid, &arena, &plan, &err));
	assert_true(plan.due.action != 0 && plan.due.review != 0);
}

static void
two_people_change_one_goal(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct uid goal = goal_of(uid, "a room");
	const struct change mine = { "words", "a room in town" };
	const struct change theirs = { "words", "a house" };
	const struct change other = { "agreed", "part" };
	struct conflicts c = { 0 };
	struct field_changes changes;
	struct case_file f;
	int64_t a = 1, b = 1, d = 1;

	(void)state;
	OK(case_open(o.sunil, uid, "review", &arena, &f, &err));
	OK(goal_change(o.amina, uid, goal, &a, &mine, 1, &arena, &c, &err));
	OK(goal_change(o.sunil, uid, goal, &d, &other, 1, &arena, &c, &err));
	REFUSED(ERR_CONFLICT,
	    goal_change(o.sunil, uid, goal, &b, &theirs, 1, &arena, &c, &err));
	assert_int_equal(c.n, 1);
	assert_string_equal(c.list[0].theirs, "a room in town");
	b = c.rev;
	OK(goal_change(o.sunil, uid, goal, &b, &theirs, 1, &arena, &c, &err));
	OK(case_history(o.amina, uid, &arena, &changes, &err));
	assert_string_equal(changes.list[0].after, "a house");
	assert_string_equal(changes.list[0].before, "a room in town");
}

static void
what_is_wrong_in_a_plan_is_refused(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct uid other = case_of(o.amina, "Dilini Jayasuriya");
	struct uid goal = goal_of(uid, "a room");
	struct goal g = { .uid = uid_new(), .words = " ", .domain = "" };
	struct plan_action a = { .uid = uid_new(),
		.goal = goal,
		.what = "",
		.who = "worker",
		.agreed = "" };
	struct plan_review r = { .uid = uid_new(),
		.agreed = "yes",
		.copy_safe = "unsure",
		.copy_given = true };
	int64_t rev = 1;

	(void)state;
	REFUSED(ERR_INPUT, goal_add(o.amina, uid, &g, &err));
	g.words = "a room";
	g.domain = "nowhere";
	REFUSED(ERR_INPUT, goal_add(o.amina, uid, &g, &err));
	REFUSED(ERR_INPUT, plan_action_add(o.amina, uid, &a, &err));
	a.what = "ask";
	a.who = "police";
	REFUSED(ERR_INPUT, plan_action_add(o.amina, uid, &a, &err));
	a.who = "worker";
	/* A goal of another case is not this one's. */
	REFUSED(ERR_NOT_FOUND, plan_action_add(o.amina, other, &a, &err));
	REFUSED(
	    ERR_INPUT, goal_change(o.amina, uid, goal, &rev,
			   (const struct change[]){ { "target_on", "soon" } },
			   1, &arena, NULL, &err));
	/* No copy that may be found. */
	REFUSED(ERR_INPUT, plan_review_add(o.amina, uid, &r, &err));
	r.copy_safe = "yes";
	OK(plan_review_add(o.amina, uid, &r, &err));
	r.uid = uid_new();
	r.agreed = "";
	REFUSED(ERR_INPUT, plan_review_add(o.amina, uid, &r, &err));
}

static void
what_happened_is_never_rewritten(void **state)
{
	static const char *const tries[] = {
		"UPDATE assessment SET wants = ''",
		"DELETE FROM assessment",
		"UPDATE assessment_item SET words = ''",
		"DELETE FROM goal",
		"DELETE FROM plan_action",
		"UPDATE goal_progress SET state = 'met'",
		"UPDATE plan_review SET agreed = 'yes'",
		"UPDATE service SET state = 'given'",
		"DELETE FROM service",
	};
	struct assessment_item item = { "need", "shelter", "some", "" };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct assessment a = picture(&item, 1);
	struct uid goal = goal_of(uid, "a room");
	const struct plan_action step = { .uid = uid_new(),
		.goal = goal,
		.what = "ask",
		.who = "worker",
		.agreed = "" };
	const struct goal_progress p = {
		.uid = uid_new(), .goal = goal, .state = "in_progress"
	};
	const struct plan_review r = {
		.uid = uid_new(), .agreed = "yes", .copy_safe = "no"
	};
	const struct service s = {
		.uid = uid_new(), .service = "pfa", .state = "given"
	};

	(void)state;
	OK(assessment_put(o.amina, uid, &a, &err));
	OK(plan_action_add(o.amina, uid, &step, &err));
	OK(goal_progress_add(o.amina, uid, &p, &err));
	OK(plan_review_add(o.amina, uid, &r, &err));
	OK(service_add(o.amina, uid, &s, &err));
	for (size_t i = 0; i < N(tries); i++)
		if (db_exec(&o.amina->cases, tries[i], NO_VALS, NULL, &err) !=
		    -1)
			fail_msg("%s is possible", tries[i]);
}

static void
the_timeline_tells_of_them(void **state)
{
	struct assessment_item item = { "need", "shelter", "some", "" };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct assessment a = picture(&item, 1);
	struct uid goal = goal_of(uid, "a room");
	const struct goal_progress p = {
		.uid = uid_new(), .goal = goal, .state = "met"
	};
	const struct service s = { .uid = uid_new(),
		.service = "cash",
		.state = "given",
		.controls = "unknown",
		.amount = "LKR 8,000" };
	int assessments = 0, plans = 0, services = 0;
	struct events e;

	(void)state;
	OK(assessment_put(o.amina, uid, &a, &err));
	OK(goal_progress_add(o.amina, uid, &p, &err));
	OK(service_add(o.amina, uid, &s, &err));
	OK(case_timeline(o.amina, uid, 0, 100, &arena, &e, &err));
	for (size_t i = 0; i < e.n; i++) {
		assessments += strcmp(e.list[i].kind, "assessment") == 0;
		plans += strcmp(e.list[i].kind, "plan") == 0;
		if (strcmp(e.list[i].kind, "service") != 0)
			continue;
		services++;
		assert_string_equal(
		    e.list[i].title, "Cash help: given, LKR 8,000");
	}
	assert_int_equal(assessments, 1);
	assert_int_equal(plans, 2);
	assert_int_equal(services, 1);
}

/* Which line the record speaks against, and what of it is open. */
static void
an_open_goal_is_no_complete_plan(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Gunawardena");
	const struct goal g = { .uid = uid_new(),
		.words = "Her wages",
		.domain = "legal",
		.agreed = "yes" };
	struct closing_sample c;
	struct case_file f;
	bool closed;
	int64_t rev;

	(void)state;
	OK(goal_add(o.amina, uid, &g, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	rev = f.rev;
	closing_make(&c, uid, "goals_met", "all is done");
	REFUSED(ERR_INPUT, case_close(o.amina, &rev, &c.r, &closed, &err));
	assert_non_null(
	    strstr(err.text, "Plan complete: still open: goals: 1"));
	c.lines[CLOSING_PLAN].answer = "no";
	OK(case_close(o.amina, &rev, &c.r, &closed, &err));
}

/* The person waits for what they were told we would do. */
static void
harm_14_a_promise_is_not_closed_over(void **state)
{
	struct uid uid = case_of(o.amina, "Sanduni Example");
	const struct followup_plan plan = { .uid = uid_new(),
		.what = "follow-up",
		.words = "",
		.due = clock_now() + 2 * CLOCK_DAY,
		.promised = true };
	struct closing_sample c;
	struct case_file f;
	bool closed;

	(void)state;
	OK(followup_plan_add(o.amina, uid, &plan, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "all is done");
	REFUSED(ERR_INPUT, case_close(o.amina, &f.rev, &c.r, &closed, &err));
	assert_non_null(strstr(err.text, "promised calls: 1"));
	closing_plan_is(&c, "no");
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
}

/* What was agreed for a day has no time of day. */
static void
a_day_is_shown_as_a_day(void **state)
{
	struct uid uid = case_of(o.amina, "Menaka Example");
	struct followup_plan day = plan_in(2), hour = plan_in(2);
	int64_t n = clock_day_of(clock_now()) + 2;
	int days = 0, hours = 0;
	struct events e;

	(void)state;
	day.due = timer_day_end(n);
	hour.due = clock_day_start(n) + 14 * CLOCK_HOUR;
	OK(followup_plan_add(o.amina, uid, &day, &err));
	OK(followup_plan_add(o.amina, uid, &hour, &err));
	OK(case_timeline(o.amina, uid, 0, 100, &arena, &e, &err));
	for (size_t i = 0; i < e.n; i++) {
		if (strcmp(e.list[i].kind, "follow-up") != 0)
			continue;
		assert_null(strstr(e.list[i].title, "23:59"));
		hours += strstr(e.list[i].title, " 14:00: ") != NULL;
		days++;
	}
	assert_true(days > hours);
	assert_int_equal(hours, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_assessment_is_a_dated_picture),
		T(an_assessment_that_is_wrong_says_so),
		T(a_plan_grows_and_is_kept),
		T(harm_14_every_step_and_every_help_waits_for_itself),
		T(a_goal_set_aside_has_no_steps_waiting),
		T(two_people_change_one_goal),
		T(what_is_wrong_in_a_plan_is_refused),
		T(what_happened_is_never_rewritten),
		T(the_timeline_tells_of_them),
		T(an_open_goal_is_no_complete_plan),
		T(harm_14_a_promise_is_not_closed_over),
		T(a_day_is_shown_as_a_day),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
