/* SPDX-License-Identifier: ISC */
/* The referral mechanism and duties to tell: what comes before what, the dates
 * that run, and that help depends on none of it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "rules/timers.h"
#include "rules/workflow.h"
#include "store/agenda.h"
#include "store/mechanism.h"
#include "office_kit.h"

/* --- rules ------------------------------------------------------------------------- */

#define DAY 20000 /* any day; 0 is "none" */

static const struct mechanism how = { .id = "test",
	.we_may_refer = true,
	.consent_adult = true,
	.consent_child = false,
	.reflection_days = 30,
	.stages = (const struct labelled[]){ { "first", "First", "" } },
	.n_stages = 1 };

static enum mechanism_gap
ask(const struct mechanism_event *before, size_t n, bool child,
    struct mechanism_event e)
{
	return mechanism_check(&how, before, n, child, DAY, &e);
}

#define EVENT(k, c, o_, u)                                         \
	{                                                          \
		.kind = MECHANISM_IS_##k, .code = (c), .on = (o_), \
		.until = (u)                                       \
	}
#define ONE(k, c, o_, u) ((struct mechanism_event)EVENT(k, c, o_, u))

/* Nobody asked is not the same as wanting time. */
static void
harm_05_not_talked_about_is_no_answer(void **state)
{
	const struct mechanism_event e[] = { EVENT(INFORMED, "", DAY, 0),
		EVENT(DECISION, "undecided", DAY, 0) };
	struct mechanism_state s;

	(void)state;
	mechanism_fold(e, 1, &s);
	assert_false(s.decided);
	mechanism_fold(e, 2, &s);
	assert_true(s.decided);
	assert_int_equal(s.decision, MECHANISM_UNDECIDED);
}

static void
explains_before_a_yes_counts(void **state)
{
	const struct mechanism_event told[] = { EVENT(INFORMED, "", DAY, 0),
		EVENT(CONSEQUENCES, "", DAY, 0),
		EVENT(DECISION, "wants", DAY, 0) };

	(void)state;
	assert_int_equal(ask(NULL, 0, false, ONE(DECISION, "wants", DAY, 0)),
	    MECHANISM_GAP_NOT_INFORMED);
	assert_int_equal(ask(told, 1, false, ONE(DECISION, "wants", DAY, 0)),
	    MECHANISM_GAP_NOT_INFORMED);
	assert_int_equal(ask(told, 2, false, ONE(DECISION, "wants", DAY, 0)),
	    MECHANISM_GAP_OK);
	/* A no needs nothing before it. */
	assert_int_equal(ask(NULL, 0, false, ONE(DECISION, "declines", DAY, 0)),
	    MECHANISM_GAP_OK);
	assert_int_equal(ask(NULL, 0, false, ONE(DECISION, "yes", DAY, 0)),
	    MECHANISM_GAP_CODE);
	assert_int_equal(ask(NULL, 0, false, ONE(ADVICE, "", DAY + 1, 0)),
	    MECHANISM_GAP_DAY);
	assert_int_equal(
	    ask(NULL, 0, false, ONE(ADVICE, "", 0, 0)), MECHANISM_GAP_DAY);
	/* Adults by consent alone; children as the country has it. */
	assert_int_equal(ask(told, 2, false, ONE(REFERRED, "we", DAY, 0)),
	    MECHANISM_GAP_NO_CONSENT);
	assert_int_equal(
	    ask(told, 3, false, ONE(REFERRED, "we", DAY, 0)), MECHANISM_GAP_OK);
	assert_int_equal(
	    ask(NULL, 0, true, ONE(REFERRED, "we", DAY, 0)), MECHANISM_GAP_OK);
	assert_int_equal(ask(NULL, 0, false, ONE(REFERRED, "other", DAY, 0)),
	    MECHANISM_GAP_OK);
	assert_int_equal(ask(NULL, 0, false, ONE(STAGE, "second", DAY, 0)),
	    MECHANISM_GAP_CODE);
	assert_int_equal(
	    ask(NULL, 0, false, ONE(STAGE, "first", DAY, 0)), MECHANISM_GAP_OK);
}

static void
counts_down_a_reflection_period(void **state)
{
	struct reflection_task t[REFLECTION_WHAT_COUNT];
	struct mechanism_event e[4] = { EVENT(REFLECTION, "", DAY, DAY + 30),
		EVENT(ADVICE, "", DAY + 10, 0) };
	struct mechanism_state s;

	(void)state;
	mechanism_fold(e, 1, &s);
	assert_int_equal(reflection_due(&s, t), 3);
	assert_int_equal(t[0].what, REFLECTION_FIRST);
	assert_int_equal(t[0].due, timer_day_end(DAY + 16));
	assert_int_equal(t[1].what, REFLECTION_SECOND);
	assert_int_equal(t[1].due, timer_day_end(DAY + 23));
	assert_int_equal(t[2].what, REFLECTION_END);
	assert_int_equal(t[2].due, timer_day_end(DAY + 30));
	/* Advice too early settles nothing; on the day it does. */
	mechanism_fold(e, 2, &s);
	assert_int_equal(reflection_due(&s, t), 3);
	e[1].on = DAY + 16;
	mechanism_fold(e, 2, &s);
	assert_int_equal(reflection_due(&s, t), 2);
	e[1].on = DAY + 23;
	mechanism_fold(e, 2, &s);
	assert_int_equal(reflection_due(&s, t), 1);
	assert_int_equal(t[0].what, REFLECTION_END);
	/* Extended: the dates move with the end, and advice is due anew. */
	e[2] = ONE(EXTENDED, "", DAY + 25, DAY + 60);
	mechanism_fold(e, 3, &s);
	assert_int_equal(reflection_due(&s, t), 3);
	assert_int_equal(t[0].due, timer_day_end(DAY + 46));
	e[3] = ONE(ENDED, "", DAY + 50, 0);
	mechanism_fold(e, 4, &s);
	assert_int_equal(reflection_due(&s, t), 0);
	/* A short one has its first task on its first day. */
	e[0] = ONE(REFLECTION, "", DAY, DAY + 10);
	mechanism_fold(e, 1, &s);
	assert_int_equal(reflection_due(&s, t), 3);
	assert_int_equal(t[0].due, timer_day_end(DAY));
	/* Who declined has no period to be reminded of; an appeal runs on. */
	e[0] = ONE(REFLECTION, "", DAY, DAY + 30);
	e[1] = ONE(APPEAL, "", DAY, DAY + 5);
	e[2] = ONE(DECISION, "declines", DAY, 0);
	mechanism_fold(e, 3, &s);
	assert_int_equal(reflection_due(&s, t), 1);
	assert_int_equal(t[0].what, REFLECTION_APPEAL);
	e[3] = ONE(APPEALED, "", DAY, 0);
	mechanism_fold(e, 4, &s);
	assert_int_equal(reflection_due(&s, t), 0);
}

static void
an_end_comes_after_its_beginning(void **state)
{
	const struct mechanism_event runs[] = { EVENT(
	    REFLECTION, "", DAY - 10, DAY + 20) };

	(void)state;
	assert_int_equal(ask(NULL, 0, false, ONE(REFLECTION, "", DAY, DAY - 1)),
	    MECHANISM_GAP_UNTIL);
	assert_int_equal(ask(NULL, 0, false, ONE(EXTENDED, "", DAY, DAY + 40)),
	    MECHANISM_GAP_NOT_RUNNING);
	assert_int_equal(ask(runs, 1, false, ONE(EXTENDED, "", DAY, DAY + 20)),
	    MECHANISM_GAP_UNTIL);
	assert_int_equal(ask(runs, 1, false, ONE(EXTENDED, "", DAY, DAY + 21)),
	    MECHANISM_GAP_OK);
	assert_int_equal(ask(NULL, 0, false, ONE(ENDED, "", DAY, 0)),
	    MECHANISM_GAP_NOT_RUNNING);
	assert_int_equal(ask(NULL, 0, false, ONE(APPEALED, "", DAY, 0)),
	    MECHANISM_GAP_NOT_RUNNING);
}

/* What is written down late does not undo what was later. */
static void
folds_by_the_day_it_was(void **state)
{
	/* In the order they were typed. */
	const struct {
		struct mechanism_event e[4];
		size_t n;
		enum mechanism_decision decision;
		const char *stage;
		int64_t from, until; /* of reflection */
		bool ended;
	} rows[] = {
		{ { EVENT(DECISION, "withdrawn", DAY - 2, 0),
		      EVENT(DECISION, "wants", DAY - 11, 0) },
		    2, MECHANISM_WITHDRAWN, "", 0, 0, false },
		/* On one day the last said stands. */
		{ { EVENT(DECISION, "withdrawn", DAY, 0),
		      EVENT(DECISION, "wants", DAY, 0) },
		    2, MECHANISM_WANTS, "", 0, 0, false },
		{ { EVENT(STAGE, "second", DAY - 1, 0),
		      EVENT(STAGE, "first", DAY - 9, 0),
		      EVENT(STAGE, "zeroth", DAY - 20, 0) },
		    3, MECHANISM_UNDECIDED, "second", 0, 0, false },
		/* An older period, with its end, beside the one that runs. */
		{ { EVENT(REFLECTION, "", DAY - 5, DAY + 40),
		      EVENT(REFLECTION, "", DAY - 90, DAY - 60),
		      EVENT(ENDED, "", DAY - 60, 0) },
		    3, MECHANISM_UNDECIDED, "", DAY - 5, DAY + 40, false },
		{ { EVENT(REFLECTION, "", DAY - 20, DAY + 10),
		      EVENT(ENDED, "", DAY - 1, 0),
		      EVENT(EXTENDED, "", DAY - 3, DAY + 30) },
		    3, MECHANISM_UNDECIDED, "", DAY - 20, DAY + 30, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct mechanism_state s;

		mechanism_fold(rows[i].e, rows[i].n, &s);
		assert_int_equal(s.decision, rows[i].decision);
		assert_string_equal(s.stage, rows[i].stage);
		assert_int_equal(s.reflection_from, rows[i].from);
		assert_int_equal(s.reflection_until, rows[i].until);
		assert_int_equal(s.ended, rows[i].ended);
	}
}

/* The end of an older period can be told late; of none before it began. */
static void
ends_what_ran_on_that_day(void **state)
{
	const struct mechanism_event e[] = {
		EVENT(REFLECTION, "", DAY - 5, DAY + 40),
		EVENT(REFLECTION, "", DAY - 90, DAY - 60),
		EVENT(APPEAL, "", DAY - 5, DAY + 9),
	};

	(void)state;
	assert_int_equal(
	    ask(e, 3, false, ONE(ENDED, "", DAY - 60, 0)), MECHANISM_GAP_OK);
	assert_int_equal(ask(e, 3, false, ONE(ENDED, "", DAY - 91, 0)),
	    MECHANISM_GAP_NOT_RUNNING);
	assert_int_equal(ask(e, 3, false, ONE(APPEALED, "", DAY - 6, 0)),
	    MECHANISM_GAP_NOT_RUNNING);
	assert_int_equal(
	    ask(e, 3, false, ONE(APPEALED, "", DAY, 0)), MECHANISM_GAP_OK);
}

/* --- the store ------------------------------------------------------------------------ */

static struct fdate
days_ago(int n)
{
	struct civil c;

	clock_from_days(clock_day_of(clock_now()) - n, &c);
	return (struct fdate){ (int16_t)c.year, (int8_t)c.month, (int8_t)c.day,
		DATE_DAY };
}

static struct mechanism_entry
an_entry(struct uid c, const char *kind, const char *code, int ago)
{
	return (struct mechanism_entry){ .uid = uid_new(),
		.case_uid = c,
		.mechanism = "national",
		.kind = kind,
		.code = code,
		.on = days_ago(ago),
		.words = "" };
}

static struct mechanism_file
file(struct uid c)
{
	struct mechanism_file f;

	OK(mechanism_open(o.amina, c, "national", &arena, &f, &err));
	return f;
}

static struct case_file
overview(struct uid c)
{
	struct case_file f;

	OK(case_open(o.amina, c, NULL, &arena, &f, &err));
	return f;
}

static void
keeps_the_period_with_the_days_of_the_law(void **state)
{
	struct uid c = case_of(o.amina, "Mira Example");
	struct mechanism_entry e = an_entry(c, "reflection", "", 20);
	int64_t today = clock_day_of(clock_now());
	struct mechanism_file f;

	(void)state;
	assert_int_equal(overview(c).deadline_at, 0);
	OK(mechanism_add(o.amina, &e, &err));
	OK(mechanism_add(o.amina, &e, &err)); /* a retry */
	f = file(c);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.state.reflection_until, today + 10);
	assert_int_equal(overview(c).deadline_at, timer_day_end(today - 4));
	assert_string_equal(overview(c).deadline_what, "advice-14");
	assert_int_equal(overview(c).deadlines, 3);
	assert_int_equal(tasks_of(o.amina, c, "advice-14"), 1);
	assert_int_equal(tasks_of(o.amina, c, "advice-7"), 1);
	assert_int_equal(tasks_of(o.amina, c, "reflection-end"), 1);
	e = an_entry(c, "advice", "", 0);
	OK(mechanism_add(o.amina, &e, &err));
	assert_string_equal(overview(c).deadline_what, "advice-7");
	e = an_entry(c, "ended", "", 0);
	OK(mechanism_add(o.sunil, &e, &err));
	assert_int_equal(overview(c).deadline_at, 0);
	assert_int_equal(tasks_of(o.amina, c, "reflection-end"), 0);
	e.uid = uid_new();
	e.mechanism = "elsewhere";
	REFUSED(ERR_INPUT, mechanism_add(o.amina, &e, &err));
	e = an_entry(c, "referred", "we", 0);
	REFUSED(ERR_INPUT, mechanism_add(o.amina, &e, &err));
	assert_non_null(strstr(err.text, "does not refer"));
	e = an_entry(c, "informed", "", 0);
	REFUSED(ERR_DENIED, mechanism_add(o.zoya, &e, &err));
}

/* Row 4: whatever somebody decides about the mechanism, help is the same. */
static void
harm_04_declining_the_mechanism_costs_no_help(void **state)
{
	static const char *const decisions[] = { "", "undecided", "wants",
		"declines", "withdrawn" };
	const struct service_facts facts = { .offered_here = true };

	(void)state;
	for (size_t i = 0; i < sizeof(decisions) / sizeof(decisions[0]); i++) {
		struct uid c = case_of(o.amina, "Somebody Example");
		struct followup_plan plan = plan_in(2);
		struct note n = { .uid = uid_new(),
			.case_uid = c,
			.kind = "fact",
			.text = "Went along to the clinic." };
		struct consent yes = release_of(c);
		struct mechanism_entry e;
		const char *next = overview(c).next;

		for (int k = 0; decisions[i][0] != '\0' && k < 3; k++) {
			static const char *const kinds[] = { "informed",
				"consequences", "decision" };

			e = an_entry(
			    c, kinds[k], k == 2 ? decisions[i] : "", 0);
			OK(mechanism_add(o.amina, &e, &err));
		}
		assert_string_equal(overview(c).next, next);
		OK(followup_plan_add(o.amina, c, &plan, &err));
		OK(note_add(o.amina, &n, &err));
		OK(consent_add(o.amina, &yes, &err));
		assert_true(service_open(&facts));
		assert_false(overview(c).closed);
	}
}

/* --- duties ---------------------------------------------------------------------------- */

static struct duty_entry
a_trigger(struct uid c)
{
	return (struct duty_entry){ .uid = uid_new(),
		.case_uid = c,
		.duty = o.kit.society->duties[0].id,
		.code = "",
		.at = clock_now() - CLOCK_HOUR,
		.words = "a child in the house, said the person" };
}

/* Row 15: a duty is neither missed nor told by accident. */
static void
harm_15_a_duty_runs_until_somebody_says_what_came_of_it(void **state)
{
	struct uid c = case_of(o.amina, "Kavi Example");
	struct duty_entry t = a_trigger(c), done;
	const struct duty *duty = &o.kit.society->duties[0];
	struct duty_file f;
	int64_t due;

	(void)state;
	due = timer_span(&duty->deadline, t.at,
	    &(const struct work_calendar){ .weekend = o.kit.society->weekend,
		.holidays = o.kit.society->holidays,
		.n = o.kit.society->n_holidays });
	OK(duty_add(o.amina, &t, &err));
	OK(duty_add(o.amina, &t, &err)); /* a retry */
	assert_string_equal(overview(c).deadline_what, "report");
	assert_int_equal(overview(c).deadline_at, due);
	/* Recording it tells nobody. */
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM disclosure"
			     " WHERE case_uid = ?1",
			     c),
	    0);
	done = t;
	done.uid = uid_new();
	done.of = t.uid;
	done.code = "";
	REFUSED(ERR_INPUT, duty_add(o.amina, &done, &err));
	done.code = "not_told";
	done.words = " ";
	REFUSED(ERR_INPUT, duty_add(o.amina, &done, &err));
	done.words = "counsel: it does not bind us here";
	OK(duty_add(o.sunil, &done, &err));
	assert_int_equal(overview(c).deadline_at, 0);
	/* Two people at once: the second sees that it was said. */
	done.uid = uid_new();
	done.code = "told";
	REFUSED(ERR_CONFLICT, duty_add(o.amina, &done, &err));
	OK(duty_open(o.amina, c, &arena, &f, &err));
	assert_int_equal(f.n, 2);
	assert_true(f.list[1].done);
	done.of = uid_new();
	REFUSED(ERR_NOT_FOUND, duty_add(o.amina, &done, &err));
}

/* When a kind of task of this case is due on somebody's list; 0: it is not. */
static int64_t
due_of(struct session *s, struct uid c, const char *kind)
{
	struct agenda_page page;

	OK(agenda_page(s, AGENDA_ALL, 0, clock_now() + 400 * CLOCK_DAY, NULL,
	    200, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		if (uid_eq(&page.rows[i].case_uid, &c) &&
		    strcmp(page.rows[i].kind, kind) == 0)
			return page.rows[i].due;
	return 0;
}

/* Row 15: of two dates at once neither hides the other; each goes when it is
 * over, and only then. */
static void
harm_15_every_date_that_runs_is_a_task_of_its_own(void **state)
{
	struct uid c = case_of(o.amina, "Sahan Example");
	int64_t today = clock_day_of(clock_now());
	struct mechanism_entry reflection = an_entry(c, "reflection", "", 20),
			       appeal = an_entry(c, "appeal", "", 1),
			       permit = an_entry(c, "permit", "", 1), e;
	struct duty_entry t = a_trigger(c), done;
	int64_t rev, report;

	(void)state;
	appeal.until = days_ago(-2);
	permit.until = days_ago(-4);
	OK(mechanism_add(o.amina, &reflection, &err));
	OK(mechanism_add(o.amina, &appeal, &err));
	OK(mechanism_add(o.amina, &permit, &err));
	OK(duty_add(o.amina, &t, &err));
	assert_int_equal(overview(c).deadlines, 6);
	assert_int_equal(
	    due_of(o.amina, c, "advice-14"), timer_day_end(today - 4));
	assert_int_equal(
	    due_of(o.amina, c, "advice-7"), timer_day_end(today + 3));
	assert_int_equal(
	    due_of(o.amina, c, "reflection-end"), timer_day_end(today + 10));
	assert_int_equal(
	    due_of(o.amina, c, "appeal"), timer_day_end(today + 2));
	assert_int_equal(
	    due_of(o.amina, c, "permit-end"), timer_day_end(today + 4));
	report = due_of(o.amina, c, "report");
	assert_true(report > 0);
	assert_string_equal(overview(c).deadline_what, "advice-14");
	/* One is over; the others run on. */
	e = an_entry(c, "appealed", "", 0);
	OK(mechanism_add(o.amina, &e, &err));
	e = an_entry(c, "permit_settled", "", 0);
	OK(mechanism_add(o.amina, &e, &err));
	e.uid = uid_new();
	REFUSED(ERR_INPUT, mechanism_add(o.amina, &e, &err));
	assert_int_equal(due_of(o.amina, c, "appeal"), 0);
	assert_int_equal(due_of(o.amina, c, "permit-end"), 0);
	assert_int_equal(overview(c).deadlines, 4);
	/* A second duty is not the first one. */
	done = a_trigger(c);
	OK(duty_add(o.amina, &done, &err));
	assert_int_equal(tasks_of(o.amina, c, "report"), 2);
	done.of = done.uid;
	done.uid = uid_new();
	done.code = "told";
	OK(duty_add(o.amina, &done, &err));
	/* What binds us ourselves outlives the case; nothing else does. */
	rev = overview(c).rev;
	OK(close_case(o.amina, c, &rev, "goals_met", "", &err));
	assert_int_equal(due_of(o.amina, c, "report"), report);
	assert_int_equal(due_of(o.amina, c, "reflection-end"), 0);
	assert_int_equal(overview(c).deadlines, 1);
}

static void
refuses_a_trigger_that_is_none(void **state)
{
	struct uid c = case_of(o.amina, "Oma Example");
	struct duty_entry t = a_trigger(c);
	struct duty *duty = (struct duty *)(uintptr_t)&o.kit.society->duties[0];
	const char *was = duty->applies;

	(void)state;
	t.duty = "no-such";
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	t = a_trigger(c);
	t.words = "";
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	t = a_trigger(c);
	t.at = clock_now() + CLOCK_DAY;
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	t = a_trigger(c);
	duty->applies = "no";
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	duty->applies = was;
	REFUSED(ERR_DENIED, duty_add(o.bilal, &t, &err));
	assert_int_equal(overview(c).deadline_at, 0);
}

static void
a_failed_commit_starts_no_time(void **state)
{
	struct uid c = case_of(o.amina, "Pia Example");
	struct duty_entry t = a_trigger(c);
	struct mechanism_entry e = an_entry(c, "reflection", "", 1);

	(void)state;
	o.amina->fault = SQLITE_FULL;
	REFUSED(ERR_FULL, duty_add(o.amina, &t, &err));
	o.amina->fault = SQLITE_IOERR;
	REFUSED(ERR_IO, mechanism_add(o.amina, &e, &err));
	assert_int_equal(overview(c).deadline_at, 0);
	assert_int_equal(file(c).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, each, each_done)
		TEST(harm_05_not_talked_about_is_no_answer),
		TEST(explains_before_a_yes_counts),
		TEST(counts_down_a_reflection_period),
		TEST(an_end_comes_after_its_beginning),
		TEST(folds_by_the_day_it_was),
		TEST(ends_what_ran_on_that_day),
		TEST(keeps_the_period_with_the_days_of_the_law),
		TEST(harm_04_declining_the_mechanism_costs_no_help),
		TEST(harm_15_a_duty_runs_until_somebody_says_what_came_of_it),
		TEST(harm_15_every_date_that_runs_is_a_task_of_its_own),
		TEST(refuses_a_trigger_that_is_none),
		TEST(a_failed_commit_starts_no_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
