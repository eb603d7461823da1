/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/timers.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

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

/* Common inter-agency practice, as a society might set it. */
static const struct risk_level risks[] = {
	{ .id = "urgent",
	    .follow_up = { 24, SPAN_HOURS },
	    .review = { 72, SPAN_HOURS } },
	{ .id = "high",
	    .first_response = { 24, SPAN_HOURS },
	    .assessment = { 3, SPAN_DAYS },
	    .follow_up = { 168, SPAN_HOURS },
	    .review = { 336, SPAN_HOURS } },
	{ .id = "medium",
	    .first_response = { 3, SPAN_WORKING_DAYS },
	    .assessment = { 5, SPAN_WORKING_DAYS },
	    .follow_up = { 10, SPAN_WORKING_DAYS },
	    .review = { 20, SPAN_WORKING_DAYS } },
};
enum { URGENT, HIGH, MEDIUM };

static void
due_times_follow_the_calendar(void **state)
{
	/* Tuesday 24 and Wednesday 25 November off; Saturday and Sunday. */
	const struct holiday holidays[] = { { .day = clock_days(2026, 11, 25),
						.name = "b" },
		{ .day = clock_days(2026, 11, 24), .name = "a" },
		{ .day = clock_days(2026, 12, 25), .name = "c" } };
	const struct society s = { .risks = risks,
		.n_risks = 3,
		.weekend = 1u | 1u << 6,
		.holidays = holidays,
		.n_holidays = 3 };
	const struct {
		int risk;
		enum timer timer;
		int64_t from, due;
	} rows[] = {
		{ URGENT, TIMER_FIRST_RESPONSE, at(11, 21, 3, 0),
		    at(11, 21, 3, 0) },
		{ URGENT, TIMER_FOLLOW_UP, at(11, 21, 3, 0), at(11, 22, 3, 0) },
		{ HIGH, TIMER_FIRST_RESPONSE, at(11, 20, 22, 0),
		    at(11, 21, 22, 0) },
		{ HIGH, TIMER_ASSESSMENT, at(11, 20, 22, 0),
		    at(11, 23, 23, 59) },
		{ HIGH, TIMER_REVIEW, at(11, 20, 22, 0), at(12, 4, 22, 0) },
		/* Monday: Thursday, Friday, Monday. */
		{ MEDIUM, TIMER_FIRST_RESPONSE, at(11, 23, 10, 0),
		    at(11, 30, 23, 59) },
		/* Saturday counts from the next working day, Monday. */
		{ MEDIUM, TIMER_FIRST_RESPONSE, at(11, 21, 10, 0),
		    at(11, 30, 23, 59) },
		{ MEDIUM, TIMER_ASSESSMENT, at(11, 27, 18, 0),
		    at(12, 4, 23, 59) },
		{ MEDIUM, TIMER_FOLLOW_UP, at(12, 14, 0, 0),
		    at(12, 29, 23, 59) },
		/* Not set: as the most urgent. */
		{ -1, TIMER_FOLLOW_UP, at(11, 21, 3, 0), at(11, 22, 3, 0) },
		{ 9, TIMER_FOLLOW_UP, at(11, 21, 3, 0), at(11, 22, 3, 0) },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		int64_t due =
		    timer_due(&s, rows[i].risk, rows[i].timer, rows[i].from);

		if (due != rows[i].due)
			fail_msg("row %zu: %lld hours off", i,
			    (long long)((due - rows[i].due) / CLOCK_HOUR));
	}
}

/* Heard of again in time, whatever was planned. */
static void
harm_14_a_level_says_when_to_follow_up(void **state)
{
	const struct society s = { .risks = risks, .n_risks = 3 };
	/* Monday; Tuesday; the week after. */
	const int64_t mon = at(11, 16, 9, 0), tue = at(11, 17, 9, 0);
	const struct {
		struct follow_up_facts f;
		int64_t due;
	} rows[] = {
		{ { .risk = URGENT, .contact_at = mon }, tue },
		{ { .risk = -1, .contact_at = mon }, tue },
		/* The level was there before. */
		{ { .risk = URGENT,
		      .risk_at = mon - CLOCK_DAY,
		      .contact_at = mon },
		    tue },
		/* It rose later: due from then on, not before. */
		{ { .risk = URGENT,
		      .risk_at = mon + 9 * CLOCK_DAY,
		      .contact_at = mon },
		    mon + 9 * CLOCK_DAY },
		/* An attempt had a next date agreed: the time runs anew. */
		{ { .risk = URGENT, .contact_at = mon, .tried_at = tue },
		    tue + CLOCK_DAY },
		/* Nobody was met yet: that is the first response's. */
		{ { .risk = URGENT, .risk_at = mon }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		if (timer_follow_up(&s, &rows[i].f) != rows[i].due)
			fail_msg("row %zu", i);
}

static void
working_days_are_a_societys_own(void **state)
{
	const struct work_calendar friday = { .weekend = 1u << 5 };
	const struct work_calendar every = { .weekend = 0x7f };
	const struct work_calendar none = { .weekend = 0 };
	const struct span today = { 0, SPAN_WORKING_DAYS };

	(void)state;
	assert_false(work_day(&friday, clock_days(2026, 11, 27)));
	assert_true(work_day(&friday, clock_days(2026, 11, 28)));
	/* A week of nothing but weekend would wait for ever. */
	assert_true(work_day(&every, clock_days(2026, 11, 28)));
	assert_true(work_day(&none, clock_days(2026, 11, 29)));
	assert_true(timer_span(&today, at(11, 27, 9, 0), &friday) ==
		    at(11, 28, 23, 59));
	assert_true(timer_span(&today, at(11, 26, 9, 0), &friday) ==
		    at(11, 26, 23, 59));
}

static void
due_in_amsterdam(const struct society *s)
{
	const struct {
		int risk;
		enum timer timer;
		int64_t from, due;
	} rows[] = {
		/* 24 hours are 24 hours: an hour earlier on the clock. */
		{ HIGH, TIMER_FIRST_RESPONSE, at(10, 24, 22, 0),
		    at(10, 25, 21, 0) },
		{ URGENT, TIMER_REVIEW, at(10, 23, 12, 0), at(10, 26, 11, 0) },
		/* Days end when the day ends, however long it was. */
		{ HIGH, TIMER_ASSESSMENT, at(10, 22, 9, 0),
		    at(10, 25, 23, 59) },
		{ MEDIUM, TIMER_FIRST_RESPONSE, at(10, 23, 9, 0),
		    at(10, 28, 23, 59) },
		{ MEDIUM, TIMER_REVIEW, at(10, 1, 9, 0), at(10, 29, 23, 59) },
	};

	for (size_t i = 0; i < N(rows); i++) {
		int64_t due =
		    timer_due(s, rows[i].risk, rows[i].timer, rows[i].from);

		if (due != rows[i].due)
			fail_msg("row %zu: %lld minutes off", i,
			    (long long)((due - rows[i].due) / CLOCK_MINUTE));
	}
}

/* The clocks go back on 25 October 2026 and forward on 28 March 2027. */
static void
hours_run_on_and_days_end_at_night_when_clocks_change(void **state)
{
	const struct society s = {
		.risks = risks, .n_risks = 3, .weekend = 1u | 1u << 6
	};
	const struct civil spring = {
		.year = 2027, .month = 3, .day = 27, .hour = 22
	};
	const struct fdate day = { 2026, 10, 25, DATE_DAY };
	const struct fdate unknown = { .precision = DATE_UNKNOWN };
	struct civil c;

	(void)state;
	assert_int_equal(clock_zone("Europe/Amsterdam"), 0);
	due_in_amsterdam(&s);
	clock_civil(timer_by(&day), &c);
	assert_int_equal(c.day, 25);
	assert_int_equal(c.hour * 100 + c.minute, 2359);
	assert_true(timer_by(&unknown) == 0);
	clock_civil(
	    timer_due(&s, HIGH, TIMER_FIRST_RESPONSE, clock_ms(&spring)), &c);
	assert_int_equal(c.day, 28);
	assert_int_equal(c.hour, 23); /* 22:00 and the hour that was lost */
	assert_int_equal(clock_zone("Asia/Colombo"), 0);
}

static void
overdue_is_after_the_instant(void **state)
{
	const int64_t due = at(11, 23, 14, 0);

	(void)state;
	assert_false(timer_overdue(due, due - 1));
	assert_false(timer_overdue(due, due));
	assert_true(timer_overdue(due, due + 1));
	assert_false(timer_overdue(0, due));
	assert_int_equal(timer_days(due, at(11, 23, 0, 0)), 0);
	assert_int_equal(timer_days(due, at(11, 23, 23, 59)), 0);
	assert_int_equal(timer_days(due, at(11, 24, 0, 0)), -1);
	assert_int_equal(timer_days(due, at(11, 21, 23, 59)), 2);
}

static void
a_promise_comes_first(void **state)
{
	const int64_t monday = at(11, 23, 17, 0), morning = at(11, 23, 9, 0),
		      tuesday = at(11, 24, 9, 0);
	const struct {
		int64_t promised, planned, next;
		bool promise;
	} rows[] = {
		{ 0, 0, 0, false },
		{ monday, 0, monday, true },
		{ 0, monday, monday, false },
		{ monday, morning, monday, true },
		{ morning, monday, morning, true },
		{ monday, tuesday, monday, true },
		{ tuesday, monday, monday, false },
	};
	bool promise;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		assert_true(timer_next(rows[i].promised, rows[i].planned,
				&promise) == rows[i].next);
		assert_int_equal(promise, rows[i].promise);
		(void)timer_next(rows[i].promised, rows[i].planned, NULL);
	}
}

static void
harm_02_old_contact_details_are_stale(void **state)
{
	const int64_t now = at(11, 23, 9, 0);
	const struct {
		int64_t verified, expires;
		bool high, stale;
		int64_t by;
	} rows[] = {
		{ 0, 0, false, true, 0 },
		{ 0, 0, true, true, 0 },
		{ 0, now + 1, true, true, now + 1 },
		{ now + 1, 0, false, true, now + 1 + 30 * CLOCK_DAY },
		{ now, 0, true, false, now + 14 * CLOCK_DAY },
		{ now - 14 * CLOCK_DAY, 0, true, false, now },
		{ now - 14 * CLOCK_DAY - 1, 0, true, true, now - 1 },
		{ now - 14 * CLOCK_DAY - 1, 0, false, false,
		    now + 16 * CLOCK_DAY - 1 },
		{ now - 30 * CLOCK_DAY, 0, false, false, now },
		{ now - 30 * CLOCK_DAY - 1, 0, false, true, now - 1 },
		/* An end that was agreed, before and after the age. */
		{ now - CLOCK_DAY, now + 1, true, false, now + 1 },
		{ now - CLOCK_DAY, now - 1, true, false, now - 1 },
		{ now - 2 * CLOCK_DAY, now - CLOCK_DAY, false, true,
		    now - CLOCK_DAY },
		{ now - 15 * CLOCK_DAY, now + CLOCK_DAY, true, true,
		    now - CLOCK_DAY },
		{ now, now + 60 * CLOCK_DAY, false, false,
		    now + 30 * CLOCK_DAY },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		const struct contact_age age = { rows[i].verified,
			rows[i].expires, rows[i].high };

		assert_int_equal(contact_stale(&age, now), rows[i].stale);
		assert_true(contact_verify_by(&age) == rows[i].by);
	}
}

static void
harm_10_an_old_number_is_not_relied_on(void **state)
{
	static const struct {
		int64_t verified, recheck;
		enum freshness fresh;
	} rows[] = {
		{ 1000, 0, FRESH },
		{ 1000, 1001, FRESH },
		{ 1000, 1000, RECHECK },
		{ 910, 0, FRESH },
		{ 909, 0, RECHECK },
		{ 820, 0, RECHECK },
		{ 819, 0, STALE },
		{ 819, 2000, STALE },
		{ 0, 0, STALE },
		{ 1001, 0, STALE },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		assert_int_equal(
		    timer_freshness(rows[i].verified, rows[i].recheck, 1000),
		    rows[i].fresh);
}

static void
harm_11_coming_of_age_is_a_day(void **state)
{
	static const struct {
		const char *birth;
		int y1, m1, d1, y2, m2, d2;
	} rows[] = {
		{ "2008-11-23", 2026, 11, 23, 2026, 11, 23 },
		{ "2008-02-29", 2026, 3, 1, 2026, 3, 1 },
		{ "2006-02-29", 0, 0, 0, 0, 0, 0 },
		{ "2008-02", 2026, 2, 1, 2026, 3, 1 },
		{ "2008", 2026, 1, 1, 2026, 12, 31 },
	};
	int64_t first, last;
	struct fdate d;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		if (rows[i].y1 == 0) {
			assert_int_equal(date_from_iso(rows[i].birth, &d), -1);
			continue;
		}
		assert_int_equal(date_from_iso(rows[i].birth, &d), 0);
		assert_int_equal(timer_of_age(&d, 18, &first, &last), 0);
		assert_int_equal(
		    first, clock_days(rows[i].y1, rows[i].m1, rows[i].d1));
		assert_int_equal(
		    last, clock_days(rows[i].y2, rows[i].m2, rows[i].d2));
	}
	assert_int_equal(date_from_iso("", &d), 0);
	assert_int_equal(timer_of_age(&d, 18, &first, &last), -1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(due_times_follow_the_calendar),
		cmocka_unit_test(harm_14_a_level_says_when_to_follow_up),
		cmocka_unit_test(working_days_are_a_societys_own),
		cmocka_unit_test(
		    hours_run_on_and_days_end_at_night_when_clocks_change),
		cmocka_unit_test(overdue_is_after_the_instant),
		cmocka_unit_test(a_promise_comes_first),
		cmocka_unit_test(harm_02_old_contact_details_are_stale),
		cmocka_unit_test(harm_10_an_old_number_is_not_relied_on),
		cmocka_unit_test(harm_11_coming_of_age_is_a_day),
	};

	if (clock_zone("Asia/Colombo") != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
