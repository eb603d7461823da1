/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/mechanism.h"
#include "rules/tasks.h"
#include "rules/workflow.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define WEEKEND (1u | 1u << 6)

static const struct risk_level risks[] = {
	{ .id = "high", .urgent_or_high = true },
	{ .id = "low" },
};
enum { HIGH, LOW };
/* Monday 30 November is a holiday. */
static struct holiday holidays[1];
static struct society society = { .risks = risks,
	.n_risks = 2,
	.weekend = WEEKEND,
	.holidays = holidays,
	.n_holidays = 1 };

static int64_t
at(int month, int day, int hour, int minute)
{
	struct civil c = { .year = 2026,
		.month = month,
		.day = day,
		.hour = hour,
		.minute = minute };

	return clock_ms(&c);
}

static int
setup(void **state)
{
	(void)state;
	holidays[0].day = clock_days(2026, 11, 30);
	return clock_zone("UTC");
}

static void
every_kind_is_due_as_its_record_says(void **state)
{
	/* Friday afternoon. */
	const int64_t from = at(11, 27, 15, 0);
	const struct {
		enum task_kind kind;
		int risk;
		int64_t due;
	} rows[] = {
		/* A moment stays the moment it is. */
		{ TASK_PROMISED, LOW, from },
		{ TASK_FOLLOW_UP, HIGH, from },
		{ TASK_CONSENT_REVIEW, LOW, from },
		{ TASK_APPEAL, LOW, from },
		{ TASK_OF_AGE, LOW, from },
		{ TASK_REFERRAL_ANSWER, LOW, from },
		{ TASK_ACT_REVIEW, LOW, from },
		{ TASK_FREE, -1, from },
		/* Decisions: a day where it presses, else a working day; the
		 * weekend and the holiday do not count. */
		{ TASK_CLOSURE, HIGH, at(11, 28, 15, 0) },
		{ TASK_CLOSURE, -1, at(11, 28, 15, 0) },
		{ TASK_CLOSURE, LOW, at(12, 1, 23, 59) },
		{ TASK_TRANSFER, HIGH, at(11, 28, 15, 0) },
		{ TASK_TRANSFER, LOW, at(12, 1, 23, 59) },
		{ TASK_JOIN, LOW, at(12, 1, 23, 59) },
		{ TASK_SAFE_WORD, HIGH, at(11, 28, 15, 0) },
		{ TASK_SAFE_WORD, LOW, at(12, 1, 23, 59) },
		/* The age at which a number is stale. */
		{ TASK_VERIFY_CONTACT, HIGH, at(12, 11, 15, 0) },
		{ TASK_VERIFY_CONTACT, -1, at(12, 11, 15, 0) },
		{ TASK_VERIFY_CONTACT, LOW, at(12, 27, 15, 0) },
	};
	const struct task_case low = { .risk = LOW };
	struct task_fact ends = { .kind = TASK_VERIFY_CONTACT, .at = from };
	struct task t;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		const struct task_case c = { .risk = rows[i].risk };
		const struct task_fact f = { .kind = rows[i].kind, .at = from };

		assert_int_equal(tasks_make(&society, &c, &f, 1, &t), 1);
		assert_int_equal(t.kind, rows[i].kind);
		if (t.due != rows[i].due)
			fail_msg("row %zu (%s): due %lld, not %lld", i,
			    task_name(t.kind), (long long)t.due,
			    (long long)rows[i].due);
		assert_int_equal(t.promised, t.kind == TASK_PROMISED);
	}
	/* Or the end that was agreed, where that is earlier. */
	ends.ends = at(12, 5, 17, 0);
	assert_int_equal(tasks_make(&society, &low, &ends, 1, &t), 1);
	assert_true(t.due == at(12, 5, 17, 0));
	ends.ends = at(12, 28, 17, 0);
	assert_int_equal(tasks_make(&society, &low, &ends, 1, &t), 1);
	assert_true(t.due == at(12, 27, 15, 0));
}

/* A day of 23 and one of 25 hours: a day's grace stays a day on the clock. */
static void
times_hold_where_the_clock_changes(void **state)
{
	const struct task_case high = { .risk = HIGH }, low = { .risk = LOW };
	struct task_fact f = { .kind = TASK_CLOSURE };
	struct civil c;
	struct task t;

	(void)state;
	if (clock_zone("Europe/Amsterdam") == -1) {
		print_message("no time zones on this machine\n");
		skip();
	}
	/* 28 March 2026 is a Saturday; the clock goes on an hour that night. */
	f.at = at(3, 28, 12, 0);
	assert_int_equal(tasks_make(&society, &high, &f, 1, &t), 1);
	assert_int_equal(t.due - f.at, 24 * CLOCK_HOUR);
	clock_civil(t.due, &c);
	assert_int_equal(c.hour, 13);
	/* In working days it is the end of the day, whatever its length. */
	f.at = at(3, 27, 12, 0);
	assert_int_equal(tasks_make(&society, &low, &f, 1, &t), 1);
	assert_int_equal(t.due, at(3, 30, 23, 59));
	/* And back: 25 October 2026. */
	f.at = at(10, 23, 12, 0);
	assert_int_equal(tasks_make(&society, &low, &f, 1, &t), 1);
	assert_int_equal(t.due, at(10, 26, 23, 59));
	assert_int_equal(clock_zone("UTC"), 0);
}

/* What nobody may lose sight of stays when a case is closed; the rest ends. */
static void
a_closed_case_waits_for_what_was_promised(void **state)
{
	static const enum task_kind stay[] = { TASK_TRANSFER, TASK_JOIN,
		TASK_PROMISED, TASK_TELL_RECIPIENTS, TASK_ACT_REVIEW,
		TASK_ACT_AGREE, TASK_SERVICE, TASK_REFERRAL_SEND,
		TASK_REFERRAL_ANSWER, TASK_REFERRAL_ATTENDED,
		TASK_REFERRAL_FEEDBACK, TASK_REFERRAL_OTHER,
		TASK_REFERRAL_STUCK, TASK_REPORT, TASK_DUTY_DECIDE, TASK_FREE,
		TASK_SAFE_WORD, TASK_REFLECTION_END, TASK_APPEAL,
		TASK_PERMIT_END };
	const struct task_case closed = { .closed = true, .risk = LOW };

	(void)state;
	for (int k = 0; k < TASK_COUNT; k++) {
		const struct task_fact f = { .kind = (enum task_kind)k,
			.at = at(11, 2, 9, 0) };
		bool wanted = false;
		struct task t;

		for (size_t i = 0; i < N(stay); i++)
			wanted = wanted || stay[i] == f.kind;
		assert_int_equal(
		    tasks_make(&society, &closed, &f, 1, &t), wanted);
	}
}

static void
in_order_and_each_once(void **state)
{
	const struct uid a = { { 1 } }, b = { { 2 } };
	const struct task_fact facts[] = {
		{ .kind = TASK_REVIEW, .at = at(12, 3, 9, 0) },
		{ .kind = TASK_FREE, .object = b, .at = at(12, 2, 9, 0) },
		{ .kind = TASK_FOLLOW_UP, .object = a, .at = at(12, 9, 9, 0) },
		{ .kind = TASK_FREE, .object = a, .at = at(12, 2, 9, 0) },
		/* Nothing waits. */
		{ .kind = TASK_URGENT, .at = 0 },
		/* One plan, said twice: the earlier day counts. */
		{ .kind = TASK_FOLLOW_UP, .object = a, .at = at(12, 1, 9, 0) },
		{ .kind = TASK_REVIEW, .at = at(12, 8, 9, 0) },
		/* Another plan of the same kind is another task. */
		{ .kind = TASK_FOLLOW_UP, .object = b, .at = at(12, 4, 9, 0) },
	};
	const struct task_case c = { .risk = LOW };
	struct task t[N(facts)];

	(void)state;
	assert_int_equal(tasks_make(&society, &c, facts, N(facts), t), 5);
	assert_int_equal(t[0].kind, TASK_FOLLOW_UP);
	assert_int_equal(t[0].due, at(12, 1, 9, 0));
	assert_int_equal(t[1].kind, TASK_FREE);
	assert_true(uid_eq(&t[1].object, &a));
	assert_true(uid_eq(&t[2].object, &b));
	assert_int_equal(t[3].kind, TASK_REVIEW);
	assert_int_equal(t[3].due, at(12, 3, 9, 0));
	assert_int_equal(t[4].kind, TASK_FOLLOW_UP);
}

static void
names_are_those_of_the_next_step(void **state)
{
	(void)state;
	for (int k = 0; k < TASK_COUNT; k++)
		assert_int_equal(
		    task_from_name(task_name((enum task_kind)k)), k);
	assert_int_equal(task_from_name("nothing"), -1);
	for (int a = NEXT_NONE + 1; a < NEXT_ACTION_COUNT; a++)
		/* A date of a law is a task under a name of its own. */
		if (a != NEXT_DEADLINE &&
		    task_from_name(next_action_name((enum next_action)a)) == -1)
			fail_msg("no task is called %s",
			    next_action_name((enum next_action)a));
	for (int w = REFLECTION_NONE + 1; w < REFLECTION_WHAT_COUNT; w++)
		if (task_from_name(
			reflection_what_name((enum reflection_what)w)) == -1)
			fail_msg("no task is called %s",
			    reflection_what_name((enum reflection_what)w));
}

/* Row 14: lost data is a lost person: nothing of a fact gets lost on its way
 * to a task, whoever it waits for. */
static void
harm_14_every_fact_that_waits_is_a_task(void **state)
{
	const struct task_case c = { .risk = HIGH };
	struct task_fact f = {
		.at = at(11, 2, 9, 0), .to = TO_DECIDE, .branch = "b"
	};
	struct task t;

	(void)state;
	for (int k = 0; k < TASK_COUNT; k++) {
		f.kind = (enum task_kind)k;
		f.object.b[0] = (uint8_t)k;
		assert_int_equal(tasks_make(&society, &c, &f, 1, &t), 1);
		assert_true(t.due >= f.at);
		assert_int_equal(t.to, TO_DECIDE);
		assert_string_equal(t.branch, "b");
		assert_true(uid_eq(&t.object, &f.object));
	}
}

/* How often a line stands in the ways of making tasks. */
static int
ways_with(const char *line)
{
	struct buf b;
	int n = 0;

	buf_init(&b);
	tasks_ways(&society, &b);
	for (const char *p = b.data; (p = strstr(p, line)) != NULL; p++)
		n++;
	buf_done(&b);
	return n;
}

static void
the_ways_tell_of_every_kind_and_its_rule(void **state)
{
	(void)state;
	for (int k = 0; k < TASK_COUNT; k++) {
		char line[64];

		(void)snprintf(
		    line, sizeof(line), "%s ", task_name((enum task_kind)k));
		/* Three levels, open and closed, two ends. */
		assert_true(ways_with(line) >= 12);
	}
	/* A closed case does not wait for it; what was promised it does. */
	assert_int_equal(ways_with("follow-up -\n"), 6);
	assert_int_equal(ways_with("promised 0 1\n"), 12);
	/* A day on a high case and one without a level. */
	assert_int_equal(ways_with("transfer 86400000 0\n"), 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_due_as_its_record_says),
		cmocka_unit_test(times_hold_where_the_clock_changes),
		cmocka_unit_test(a_closed_case_waits_for_what_was_promised),
		cmocka_unit_test(in_order_and_each_once),
		cmocka_unit_test(names_are_those_of_the_next_step),
		cmocka_unit_test(harm_14_every_fact_that_waits_is_a_task),
		cmocka_unit_test(the_ways_tell_of_every_kind_and_its_rule),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
