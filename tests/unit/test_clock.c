/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define START INT64_C(1795478400000) /* 2026-11-24 00:00 UTC */

static void
days_go_there_and_back(void **state)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int64_t want = clock_days(1599, 12, 31);
	int weekday = -1;
	struct civil c;

	(void)state;
	assert_int_equal(clock_days(1970, 1, 1), 0);
	assert_int_equal(clock_days(2000, 3, 1), 11017);
	assert_int_equal(clock_days(2026, 11, 23), 20780);
	for (int y = 1600; y <= 2400; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

		for (int m = 1; m <= 12; m++) {
			int last = length[m - 1] + (m == 2 && leap);

			for (int d = 1; d <= last; d++) {
				want++;
				assert_int_equal(clock_days(y, m, d), want);
				clock_from_days(want, &c);
				assert_int_equal(c.year, y);
				assert_int_equal(c.month, m);
				assert_int_equal(c.day, d);
				if (weekday >= 0)
					assert_int_equal(
					    c.weekday, (weekday + 1) % 7);
				weekday = c.weekday;
			}
		}
	}
	clock_from_days(20780, &c);
	assert_int_equal(c.weekday, 1); /* a Monday */
}

static void
the_test_clock_starts_where_it_is_told(void **state)
{
	int64_t a = clock_now(), b;

	(void)state;
	assert_true(a >= START && a < START + CLOCK_MINUTE);
	b = clock_now();
	assert_true(b >= a);
	a = clock_boot();
	assert_true(a > 0 && clock_boot() >= a);
}

static void
zones_are_known_by_name(void **state)
{
	static const char *const bad[] = { "", "Nowhere/Town", "/etc/passwd",
		"../../../etc/passwd", ":UTC", "Asia", "Asia/Colombo\nx" };
	struct civil c;

	(void)state;
	for (size_t i = 0; i < N(bad); i++) {
		assert_int_equal(clock_zone(bad[i]), -1);
		clock_civil(START, &c);
		assert_int_equal(c.hour, 0);
	}
	assert_int_equal(clock_zone("UTC"), 0);
	assert_int_equal(clock_zone("Asia/Colombo"), 0);
	clock_civil(START, &c);
	assert_int_equal(c.hour, 5);
	assert_int_equal(c.minute, 30);
	assert_int_equal(c.weekday, 2);
	assert_true(clock_ms(&c) == START);
	clock_civil(-1, &c);
	assert_int_equal(c.year, 1970);
	assert_int_equal(c.hour, 5);
	assert_int_equal(c.second, 59);
}

/* Every day starts, in zones that skip hours at midnight or a whole day. */
static void
a_local_day_starts_once(void **state)
{
	static const char *const zones[] = { "UTC", "Asia/Colombo",
		"Asia/Karachi", "Europe/Amsterdam", "Europe/London",
		"Asia/Beirut", "Africa/Cairo", "America/Havana", "Pacific/Apia",
		"America/St_Johns", "Asia/Kathmandu" };

	(void)state;
	for (size_t i = 0; i < N(zones); i++) {
		assert_int_equal(clock_zone(zones[i]), 0);
		for (int64_t d = clock_days(2008, 1, 1);
		     d < clock_days(2012, 3, 1); d += i < 5 ? 7 : 1) {
			int64_t t = clock_day_start(d);

			/* Apia had no 30 December 2011. */
			if (i == 8 && d == clock_days(2011, 12, 30))
				continue;
			assert_int_equal(clock_day_of(t), d);
			assert_true(clock_day_of(t - 1) < d);
		}
	}
	assert_int_equal(clock_zone("Asia/Beirut"), 0);
	/* 27 March 2022 began at 01:00 there. */
	{
		struct civil c;

		clock_civil(clock_day_start(clock_days(2022, 3, 27)), &c);
		assert_int_equal(c.hour, 1);
		assert_int_equal(c.day, 27);
	}
}

static void
times_are_written_short_and_full(void **state)
{
	static const struct {
		int y, m, d, hh, mm;
		const char *text;
	} rows[] = {
		{ 2026, 11, 24, 14, 2, "14:02" },
		{ 2026, 11, 24, 0, 0, "00:00" },
		{ 2026, 11, 25, 9, 5, "Wed 09:05" },
		{ 2026, 11, 23, 23, 59, "Mon 23:59" },
		{ 2026, 11, 30, 9, 5, "Mon 09:05" },
		{ 2026, 12, 1, 9, 5, "1 Dec" },
		{ 2026, 11, 17, 9, 5, "17 Nov" },
		{ 2026, 1, 2, 9, 5, "2 Jan" },
		{ 2027, 11, 23, 9, 5, "23 Nov" },
		{ 2027, 11, 24, 9, 5, "24 Nov 2027" },
		{ 2024, 12, 12, 9, 5, "12 Dec 2024" },
	};
	char out[24], tiny[5];

	(void)state;
	assert_int_equal(clock_zone("Asia/Colombo"), 0);
	for (size_t i = 0; i < N(rows); i++) {
		struct civil c = { .year = rows[i].y,
			.month = rows[i].m,
			.day = rows[i].d,
			.hour = rows[i].hh,
			.minute = rows[i].mm };
		int64_t ms = clock_ms(&c);

		assert_string_equal(
		    clock_short(ms, START + 6 * CLOCK_HOUR, out, sizeof(out)),
		    rows[i].text);
	}
	assert_string_equal(
	    clock_full(START, out, sizeof(out)), "24 Nov 2026 05:30");
	assert_string_equal(clock_full(START, tiny, sizeof(tiny)), "24 N");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_go_there_and_back),
		cmocka_unit_test(the_test_clock_starts_where_it_is_told),
		cmocka_unit_test(zones_are_known_by_name),
		cmocka_unit_test(a_local_day_starts_once),
		cmocka_unit_test(times_are_written_short_and_full),
	};

	(void)setenv("AMPARO_NOW", "1795478400000", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
