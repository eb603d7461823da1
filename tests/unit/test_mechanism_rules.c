/* SPDX-License-Identifier: ISC */
/* The referral mechanism by rule: what comes before what, what stands, when
 * something is due. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "rules/mechanism.h"
#include "rules/timers.h"

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

static int64_t
appeal_by(const struct mechanism_event *e, size_t n)
{
	struct reflection_task t[REFLECTION_WHAT_COUNT];
	struct mechanism_state s;

	mechanism_fold(e, n, &s);
	return reflection_due(&s, t) == 0 ? 0 : t[0].due;
}

/* Two decisions, two last days: the second hides the first no more than what
 * came of the first settles the second, whichever was written down late. */
static void
each_decision_has_its_last_day_to_appeal(void **state)
{
	const struct mechanism_event two[] = {
		EVENT(APPEAL, "", DAY - 20, DAY + 2),
		EVENT(APPEAL, "", DAY - 10, DAY + 9),
		EVENT(APPEALED, "", DAY - 1, 0),
		EVENT(APPEALED, "", DAY, 0),
	};
	const struct mechanism_event late[] = {
		EVENT(APPEAL, "", DAY - 20, DAY + 9),
		EVENT(APPEALED, "", DAY - 1, 0),
		EVENT(APPEAL, "", DAY - 10, DAY + 2),
	};
	const struct mechanism_event right[] = {
		EVENT(APPEAL, "", DAY - 20, DAY + 2),
		EVENT(APPEAL, "", DAY - 20, DAY + 4),
		EVENT(APPEALED, "", DAY, 0),
	};

	(void)state;
	assert_int_equal(appeal_by(two, 2), timer_day_end(DAY + 2));
	assert_int_equal(appeal_by(two, 3), timer_day_end(DAY + 9));
	assert_int_equal(appeal_by(two, 4), 0);
	assert_int_equal(appeal_by(late, 3), timer_day_end(DAY + 2));
	/* Of the same day: what was said of it was put right. */
	assert_int_equal(appeal_by(right, 2), timer_day_end(DAY + 4));
	assert_int_equal(appeal_by(right, 3), 0);
}

/* Written down late, after the person took it back, it was right all the same;
 * before they wanted it, it was not, whatever they want since. */
static void
refers_who_wanted_it_on_that_day(void **state)
{
	const struct mechanism_event e[] = {
		EVENT(INFORMED, "", DAY - 9, 0),
		EVENT(CONSEQUENCES, "", DAY - 9, 0),
		EVENT(DECISION, "wants", DAY - 6, 0),
		EVENT(DECISION, "withdrawn", DAY - 2, 0),
	};

	(void)state;
	assert_int_equal(ask(e, 4, false, ONE(REFERRED, "we", DAY - 4, 0)),
	    MECHANISM_GAP_OK);
	assert_int_equal(ask(e, 4, false, ONE(REFERRED, "we", DAY, 0)),
	    MECHANISM_GAP_NO_CONSENT);
	assert_int_equal(ask(e, 3, false, ONE(REFERRED, "we", DAY - 8, 0)),
	    MECHANISM_GAP_NO_CONSENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_05_not_talked_about_is_no_answer),
		cmocka_unit_test(explains_before_a_yes_counts),
		cmocka_unit_test(counts_down_a_reflection_period),
		cmocka_unit_test(an_end_comes_after_its_beginning),
		cmocka_unit_test(folds_by_the_day_it_was),
		cmocka_unit_test(ends_what_ran_on_that_day),
		cmocka_unit_test(each_decision_has_its_last_day_to_appeal),
		cmocka_unit_test(refers_who_wanted_it_on_that_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
