/* SPDX-License-Identifier: ISC */
/* The referral mechanism and duties to tell in the store: the dates that run,
 * and that help depends on none of it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "rules/closing.h"
#include "rules/timers.h"
#include "rules/workflow.h"
#include "store/agenda.h"
#include "store/mechanism.h"
#include "office_kit.h"

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

/* Duties of this case that wait for this person to decide. */
static int
waiting_for(struct session *s, struct uid c)
{
	struct agenda_page page;
	int n = 0;

	OK(agenda_page(
	    s, AGENDA_DECIDE, 0, INT64_MAX, NULL, 50, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		n += uid_eq(&page.rows[i].case_uid, &c) &&
		     strcmp(page.rows[i].kind, "duty-decide") == 0;
	return n;
}

/* Row 15: a duty is neither missed nor told by accident. */
static void
harm_15_a_duty_runs_until_somebody_says_what_came_of_it(void **state)
{
	struct uid c = case_of(o.amina, "Kavi Example");
	struct duty_entry t = duty_learned(c), done;
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
	/* Whether it is ours is not clear: that waits for those who decide,
	 * and no two keys of a caseworker stop its time. */
	assert_string_equal(duty->applies, "unclear");
	assert_int_equal(waiting_for(o.sunil, c), 1);
	assert_int_equal(waiting_for(o.amina, c), 0);
	REFUSED(ERR_DENIED, duty_add(o.amina, &done, &err));
	assert_non_null(strstr(err.text, "a supervisor"));
	done.code = "does_not_apply";
	REFUSED(ERR_DENIED, duty_add(o.amina, &done, &err));
	assert_int_equal(overview(c).deadline_at, due);
	OK(duty_add(o.sunil, &done, &err));
	assert_int_equal(waiting_for(o.sunil, c), 0);
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
	struct duty_entry t = duty_learned(c), done;
	struct closing_sample closing;
	int64_t rev, report;
	bool closed;

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
	done = duty_learned(c);
	OK(duty_add(o.amina, &done, &err));
	assert_int_equal(tasks_of(o.amina, c, "report"), 2);
	done.of = done.uid;
	done.uid = uid_new();
	done.code = "does_not_apply";
	OK(duty_add(o.sunil, &done, &err));
	/* What binds us ourselves outlives the case, and the rights of the
	 * person do; the talks about advice were with an open one. */
	rev = overview(c).rev;
	closing_make(&closing, c, "goals_met", "");
	closing_plan_is(&closing, "no");
	OK(case_close(o.amina, &rev, &closing.r, &closed, &err));
	assert_int_equal(due_of(o.amina, c, "report"), report);
	assert_int_equal(due_of(o.amina, c, "advice-7"), 0);
	assert_int_equal(
	    due_of(o.amina, c, "reflection-end"), timer_day_end(today + 10));
	assert_int_equal(overview(c).deadlines, 2);
}

/* Row 15: what a person would lose for good is said before a case is closed,
 * and waits on after it, as what binds us ourselves does. */
static void
harm_15_no_right_is_lost_by_a_closing(void **state)
{
	static const struct {
		const char *kind, *task;
		bool stays;
	} rows[] = { { "reflection", "reflection-end", true },
		{ "reflection", "advice-7", false },
		{ "appeal", "appeal", true },
		{ "permit", "permit-end", true } };
	int64_t rev;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct uid c = case_of(o.amina, "Lakmal Example");
		struct mechanism_entry e = an_entry(c, rows[i].kind, "", 1);
		struct closing_sample closing;
		struct open_ends ends;
		bool closed;

		e.until = days_ago(-30);
		OK(mechanism_add(o.amina, &e, &err));
		ends = overview(c).ends;
		assert_int_equal(ends.n_dates, overview(c).deadlines);
		assert_int_equal(ends.dates[0].at, overview(c).deadline_at);
		for (int k = 1; k < ends.n_dates; k++)
			assert_true(ends.dates[k - 1].at <= ends.dates[k].at);
		rev = overview(c).rev;
		closing_make(&closing, c, "goals_met", "done");
		REFUSED(ERR_INPUT,
		    case_close(o.amina, &rev, &closing.r, &closed, &err));
		assert_non_null(strstr(err.text, "law"));
		closing_plan_is(&closing, "no");
		OK(case_close(o.amina, &rev, &closing.r, &closed, &err));
		assert_true(closed);
		assert_int_equal(
		    tasks_of(o.amina, c, rows[i].task), rows[i].stays);
		assert_string_equal(overview(c).next, "deadline");
		assert_int_equal(
		    due_of(o.amina, c, rows[i].task) != 0, rows[i].stays);
		/* Whoever opens it again settles it. */
		OK(case_reopen(o.amina, c, &rev, "", &err));
		assert_int_equal(tasks_of(o.amina, c, rows[i].task), 1);
	}
}

/* Who may not write in it open does not settle it closed. */
static void
settles(struct uid c, const struct mechanism_entry *e, const char *task)
{
	assert_int_equal(tasks_of(o.amina, c, task), 1);
	REFUSED(ERR_DENIED, mechanism_add(o.adele, e, &err));
	OK(mechanism_add(o.amina, e, &err));
	OK(mechanism_add(o.amina, e, &err)); /* a retry */
	assert_int_equal(tasks_of(o.amina, c, task), 0);
	assert_true(overview(c).closed);
}

/* Row 15: what runs on over a closing is settled there, and nothing else is
 * written in a closed case by it. */
static void
harm_15_a_right_is_settled_on_a_closed_case(void **state)
{
	static const struct {
		const char *begins, *task, *ends;
	} rows[] = { { "reflection", "reflection-end", "ended" },
		{ "appeal", "appeal", "appealed" },
		{ "permit", "permit-end", "permit_settled" } };
	int64_t rev;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct uid c = case_of(o.amina, "Nimali Example");
		struct mechanism_entry e = an_entry(c, rows[i].begins, "", 1);
		struct duty_entry duty = duty_learned(c), done;
		struct closing_sample closing;
		bool closed;

		e.until = days_ago(-30);
		OK(mechanism_add(o.amina, &e, &err));
		OK(duty_add(o.amina, &duty, &err));
		rev = overview(c).rev;
		closing_make(&closing, c, "goals_met", "done");
		closing_plan_is(&closing, "no");
		OK(case_close(o.amina, &rev, &closing.r, &closed, &err));
		assert_true(file(c).closed);
		e.uid = uid_new();
		REFUSED(ERR_DENIED, mechanism_add(o.amina, &e, &err));
		assert_non_null(strstr(err.text, "O opens it again"));
		e = an_entry(c, rows[i].ends, "", 0);
		settles(c, &e, rows[i].task);
		/* So is what binds us. */
		done = duty;
		done.uid = uid_new();
		REFUSED(ERR_DENIED, duty_add(o.amina, &done, &err));
		assert_int_equal(tasks_of(o.amina, c, "report"), 1);
		done.of = duty.uid;
		done.code = "not_told";
		OK(duty_add(o.sunil, &done, &err));
		assert_int_equal(tasks_of(o.amina, c, "report"), 0);
		assert_string_equal(overview(c).next, "");
	}
}

static void
a_failed_commit_starts_no_time(void **state)
{
	struct uid c = case_of(o.amina, "Pia Example");
	struct duty_entry t = duty_learned(c);
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
		TEST(keeps_the_period_with_the_days_of_the_law),
		TEST(harm_04_declining_the_mechanism_costs_no_help),
		TEST(harm_15_a_duty_runs_until_somebody_says_what_came_of_it),
		TEST(harm_15_every_date_that_runs_is_a_task_of_its_own),
		TEST(harm_15_no_right_is_lost_by_a_closing),
		TEST(harm_15_a_right_is_settled_on_a_closed_case),
		TEST(a_failed_commit_starts_no_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
