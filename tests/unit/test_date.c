/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define TODAY INT64_C(20780) /* Monday, 23 November 2026 */

static void
dates_are_read_as_people_write_them(void **state)
{
	static const struct {
		const char *in, *iso, *shown;
	} rows[] = {
		{ "2026-11-23", "2026-11-23", "23 Nov 2026" },
		{ "2026-11-3", "2026-11-03", "3 Nov 2026" },
		{ "2026-11", "2026-11", "Nov 2026" },
		{ "2026", "2026", "2026" },
		{ "23.11.2026", "2026-11-23", "23 Nov 2026" },
		{ "23/11/2026", "2026-11-23", "23 Nov 2026" },
		{ "3/1/2026", "2026-01-03", "3 Jan 2026" },
		{ "11/2026", "2026-11", "Nov 2026" },
		{ "23 Nov 2026", "2026-11-23", "23 Nov 2026" },
		{ "23 NOVEMBER 2026", "2026-11-23", "23 Nov 2026" },
		{ "  1  sept 2024 ", "2024-09-01", "1 Sep 2024" },
		{ "1-Dec-2024", "2024-12-01", "1 Dec 2024" },
		{ "Nov 2026", "2026-11", "Nov 2026" },
		{ "may 1999", "1999-05", "May 1999" },
		{ "29 Feb 2024", "2024-02-29", "29 Feb 2024" },
		{ "29 Feb 2000", "2000-02-29", "29 Feb 2000" },
		{ "٢٣/١١/٢٠٢٦", "2026-11-23", "23 Nov 2026" },
		{ "today", "2026-11-23", "23 Nov 2026" },
		{ "Yesterday", "2026-11-22", "22 Nov 2026" },
		{ "tomorrow", "2026-11-24", "24 Nov 2026" },
		{ "+3", "2026-11-26", "26 Nov 2026" },
		{ "-2", "2026-11-21", "21 Nov 2026" },
		{ "+0", "2026-11-23", "23 Nov 2026" },
		{ "+40", "2027-01-02", "2 Jan 2027" },
		{ "monday", "2026-11-30", "30 Nov 2026" },
		{ "tuesday", "2026-11-24", "24 Nov 2026" },
		{ "Sunday", "2026-11-29", "29 Nov 2026" },
		{ "23 of November 2026", "2026-11-23", "23 Nov 2026" },
		{ "November of 2026", "2026-11", "Nov 2026" },
		{ "unknown", "", "not known" },
		{ "not known", "", "not known" },
		{ "?", "", "not known" },
		{ "", "", "not known" },
		{ "   ", "", "not known" },
	};
	struct fdate d, back;
	char out[24];
	struct err e;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		err_clear(&e);
		if (date_parse(rows[i].in, TODAY, &d, &e) != 0)
			fail_msg("\"%s\": %s", rows[i].in, e.text);
		assert_string_equal(
		    date_iso(&d, out, sizeof(out)), rows[i].iso);
		assert_int_equal(date_from_iso(out, &back), 0);
		assert_memory_equal(&d, &back, sizeof(d));
		assert_string_equal(
		    date_show(&d, out, sizeof(out)), rows[i].shown);
		/* What is shown can be typed. */
		assert_int_equal(date_parse(out, TODAY, &back, &e), 0);
		assert_memory_equal(&d, &back, sizeof(d));
	}
}

static void
what_is_no_date_is_refused(void **state)
{
	static const char *const bad[] = { "29 Feb 2026", "2023-02-29",
		"29 Feb 1900", "31 Apr 2026", "32 Jan 2026", "0 Jan 2026",
		"13/13/2026", "2026-13", "2026-13-01", "2026-00-01", "26",
		"23 Nov 26", "23.11.26", "1899", "2200", "20261123",
		"99999999999999999999", "Nov", "23 Nov", "23 11 2026",
		"2026/11/23", "someday", "next monday", "+", "-", "+99999",
		"+x", "23 Nov 2026 14:00", "1 2 3 4", "--", "23-11-2026",
		"\xff", "+3 days", "today tomorrow", "23 of 11 of 2026",
		"23 of of Nov 2026", "of Nov 2026", "Nov 2026 of", "of today",
		"23 de noviembre de 2026", "hoy", "+23 of Nov 2026",
		"-unknown" };
	struct fdate d;
	struct err e;

	(void)state;
	for (size_t i = 0; i < N(bad); i++) {
		err_clear(&e);
		if (date_parse(bad[i], TODAY, &d, &e) != -1)
			fail_msg("\"%s\" was read as a date", bad[i]);
		assert_int_equal(e.kind, ERR_INPUT);
		assert_true(e.text[0] != '\0');
		assert_int_equal(d.precision, DATE_UNKNOWN);
	}
}

static void
what_is_no_date_is_said_with_examples_of_today(void **state)
{
	struct fdate d;
	struct err e;

	(void)state;
	assert_int_equal(
	    date_parse("someday", clock_days(2031, 3, 5), &d, &e), -1);
	assert_string_equal(e.text,
	    "This is not a date. Write 5 Mar 2031, 2031-03-05, Mar 2031, 2031, "
	    "today, +3 or monday, or leave it empty if not known.");
}

/* English stays beside the interface's language; no word of one is another
 * day in the other. */
static void
dates_are_read_in_spanish(void **state)
{
	static const struct {
		const char *in, *iso;
	} rows[] = {
		{ "23 de noviembre de 2026", "2026-11-23" },
		{ "23 DE NOVIEMBRE DEL 2026", "2026-11-23" },
		{ "23 noviembre 2026", "2026-11-23" },
		{ "23 de nov. de 2026", "2026-11-23" },
		{ "noviembre de 2026", "2026-11" },
		{ "3 mar 2026", "2026-03-03" },
		{ "hoy", "2026-11-23" },
		{ "Ayer", "2026-11-22" },
		{ "mañana", "2026-11-24" },
		{ "manana", "2026-11-24" },
		{ "lunes", "2026-11-30" },
		{ "martes", "2026-11-24" },
		{ "miercoles", "2026-11-25" },
		{ "jueves", "2026-11-26" },
		{ "viernes", "2026-11-27" },
		{ "sábado", "2026-11-28" },
		{ "domingo", "2026-11-29" },
		{ "no se sabe", "" },
		{ "No se  sabe", "" },
		{ "se desconoce", "" },
		{ "today", "2026-11-23" },
		{ "monday", "2026-11-30" },
		{ "23 of November 2026", "2026-11-23" },
		{ "not known", "" },
	};
	static const char *const bad[] = { "23 de 11 de 2026",
		"23 de noviembre", "de noviembre de 2026", "mar", "lun",
		"23 de de noviembre 2026", "noviembre de", "sabe",
		"no se sabe 2026", "pasado mañana", "el lunes" };
	struct fdate d;
	struct err e;
	char out[24];

	(void)state;
	assert_string_equal(i18n_speak("es", NULL), "es");
	for (size_t i = 0; i < N(rows); i++) {
		err_clear(&e);
		if (date_parse(rows[i].in, TODAY, &d, &e) != 0)
			fail_msg("\"%s\": %s", rows[i].in, e.text);
		assert_string_equal(
		    date_iso(&d, out, sizeof(out)), rows[i].iso);
	}
	for (size_t i = 0; i < N(bad); i++)
		if (date_parse(bad[i], TODAY, &d, &e) != -1)
			fail_msg("\"%s\" was read as a date", bad[i]);
	(void)i18n_speak("en", NULL);
}

/* What is shown in Spanish can be typed, and each name of a month is one. */
static void
what_is_shown_in_spanish_can_be_typed(void **state)
{
	static const char *const months[] = { "enero", "febrero", "marzo",
		"abril", "mayo", "junio", "julio", "agosto", "septiembre",
		"octubre", "noviembre", "diciembre" };
	struct fdate d, back;
	char text[64];

	(void)state;
	assert_string_equal(i18n_speak("es", NULL), "es");
	for (int m = 0; m < 12; m++) {
		(void)snprintf(
		    text, sizeof(text), "1 de %s de 2026", months[m]);
		assert_int_equal(date_parse(text, TODAY, &d, NULL), 0);
		assert_int_equal(d.month, m + 1);
		assert_int_equal(date_parse(date_show(&d, text, sizeof(text)),
				     TODAY, &back, NULL),
		    0);
		assert_memory_equal(&d, &back, sizeof(d));
	}
	d = (struct fdate){ .precision = DATE_UNKNOWN };
	assert_int_equal(
	    date_parse(date_show(&d, text, sizeof(text)), TODAY, &back, NULL),
	    0);
	assert_int_equal(back.precision, DATE_UNKNOWN);
	(void)i18n_speak("en", NULL);
}

static void
only_what_was_written_is_read_back(void **state)
{
	static const char *const bad[] = { "2026-1-1", "2026-11-", "26-11-23",
		"2026-11-31", "2026-00", "2026-01-00", "1000", "2026/11/23",
		"2026-11-23 ", " 2026", "x", "20x6" };
	struct fdate d;

	(void)state;
	for (size_t i = 0; i < N(bad); i++)
		assert_int_equal(date_from_iso(bad[i], &d), -1);
}

static void
a_date_is_a_range_of_days(void **state)
{
	static const struct {
		const char *iso;
		int y1, m1, d1, y2, m2, d2;
	} rows[] = {
		{ "2026-11-23", 2026, 11, 23, 2026, 11, 23 },
		{ "2024-02", 2024, 2, 1, 2024, 2, 29 },
		{ "2023-02", 2023, 2, 1, 2023, 2, 28 },
		{ "2024", 2024, 1, 1, 2024, 12, 31 },
	};
	int64_t first, last;
	struct fdate d;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		assert_int_equal(date_from_iso(rows[i].iso, &d), 0);
		assert_int_equal(date_range(&d, &first, &last), 0);
		assert_int_equal(
		    first, clock_days(rows[i].y1, rows[i].m1, rows[i].d1));
		assert_int_equal(
		    last, clock_days(rows[i].y2, rows[i].m2, rows[i].d2));
	}
	assert_int_equal(date_from_iso("", &d), 0);
	assert_int_equal(date_range(&d, &first, &last), -1);
}

static void
harm_11_ages_are_exact_at_their_edges(void **state)
{
	static const struct {
		const char *birth;
		int y, m, d, least, most;
	} rows[] = {
		{ "2008-11-23", 2026, 11, 22, 17, 17 },
		{ "2008-11-23", 2026, 11, 23, 18, 18 },
		/* Born on a leap day: of age on 1 March, not before. */
		{ "2008-02-29", 2026, 2, 28, 17, 17 },
		{ "2008-02-29", 2026, 3, 1, 18, 18 },
		{ "2008-02-29", 2024, 2, 28, 15, 15 },
		{ "2008-02-29", 2024, 2, 29, 16, 16 },
		/* Less precise: both ends. */
		{ "2008-11", 2026, 11, 1, 17, 18 },
		{ "2008-11", 2026, 11, 30, 18, 18 },
		{ "2008-11", 2026, 10, 31, 17, 17 },
		{ "2008", 2026, 1, 1, 17, 18 },
		{ "2008", 2026, 12, 30, 17, 18 },
		{ "2008", 2026, 12, 31, 18, 18 },
		{ "2026", 2026, 11, 23, 0, 0 },
		{ "2026-11-23", 2026, 11, 23, 0, 0 },
		{ "1950", 2026, 11, 23, 75, 76 },
	};
	struct fdate d;
	int least, most;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		assert_int_equal(date_from_iso(rows[i].birth, &d), 0);
		assert_int_equal(
		    date_age(&d, clock_days(rows[i].y, rows[i].m, rows[i].d),
			&least, &most),
		    0);
		if (least != rows[i].least || most != rows[i].most)
			fail_msg("row %zu: %d to %d", i, least, most);
	}
	/* Unknown is unknown, and nobody is born tomorrow. */
	assert_int_equal(date_from_iso("", &d), 0);
	assert_int_equal(date_age(&d, TODAY, &least, &most), -1);
	assert_int_equal(date_from_iso("2026-11-24", &d), 0);
	assert_int_equal(date_age(&d, TODAY, &least, &most), -1);
}

static void
a_day_by_its_number(void **state)
{
	static const char *const days[] = { "1970-01-01", "2024-02-29",
		"2026-12-31", "1900-03-01" };
	int64_t first, last;
	struct fdate d;
	char out[12];

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		assert_int_equal(date_from_iso(days[i], &d), 0);
		assert_int_equal(date_range(&d, &first, &last), 0);
		d = date_of_day(first);
		assert_string_equal(date_iso(&d, out, sizeof(out)), days[i]);
	}
}

static void
a_time_of_day(void **state)
{
	static const struct {
		const char *said;
		int minutes;
	} rows[] = {
		{ "14:30", 14 * 60 + 30 },
		{ "9:05", 9 * 60 + 5 },
		{ "09.05", 9 * 60 + 5 },
		{ "9h05", 9 * 60 + 5 },
		{ "0930", 9 * 60 + 30 },
		{ "00:00", 0 },
		{ "23:59", 23 * 60 + 59 },
		{ "24:00", -1 },
		{ "12:60", -1 },
		{ "12:5", -1 },
		{ "12:345", -1 },
		{ "12", -1 },
		{ "123", -1 },
		{ "12345", -1 },
		{ "12:", -1 },
		{ ":30", -1 },
		{ "-1:30", -1 },
		{ "noon", -1 },
		{ "", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (date_minutes(rows[i].said) != rows[i].minutes)
			fail_msg(
			    "%s: %d", rows[i].said, date_minutes(rows[i].said));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_as_people_write_them),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(
		    what_is_no_date_is_said_with_examples_of_today),
		cmocka_unit_test(dates_are_read_in_spanish),
		cmocka_unit_test(what_is_shown_in_spanish_can_be_typed),
		cmocka_unit_test(only_what_was_written_is_read_back),
		cmocka_unit_test(a_date_is_a_range_of_days),
		cmocka_unit_test(harm_11_ages_are_exact_at_their_edges),
		cmocka_unit_test(a_day_by_its_number),
		cmocka_unit_test(a_time_of_day),
	};

	i18n_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
