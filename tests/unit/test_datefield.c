/* SPDX-License-Identifier: ISC */
#include "ui_kit.h"
#include "base/clock.h"
#include "ui/datefield.h"

#define TODAY INT64_C(20780) /* Monday, 23 November 2026 */

static const struct {
	const char *typed, *value, *meaning;
	int rc;
} rows[] = {
	{ "", "", "", 0 },
	{ "   ", "", "", 0 },
	{ "?", "?", "not known", 0 },
	{ "unknown", "?", "not known", 0 },
	{ "2026-11-23", "2026-11-23", "23 Nov 2026 (Mon)", 0 },
	{ "29 feb 2024", "2024-02-29", "29 Feb 2024 (Thu)", 0 },
	{ "nov 2026", "2026-11", "Nov 2026", 0 },
	{ "2001", "2001", "2001", 0 },
	{ "yesterday", "2026-11-22", "22 Nov 2026 (Sun)", 0 },
	{ "+3", "2026-11-26", "26 Nov 2026 (Thu)", 0 },
	/* what cannot be read is kept as it was written */
	{ "31 Feb 2026", "31 Feb 2026", "31 Feb 2026", -1 },
	{ "soon", "soon", "soon", -1 },
};

static void
understands(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct datefield d;
		struct err e = { 0 };
		struct buf value, meaning;

		buf_init(&value);
		buf_init(&meaning);
		datefield_init(&d, TODAY);
		datefield_set(&d, rows[i].typed);
		assert_int_equal(datefield_value(&d, &value, &e), rows[i].rc);
		assert_string_equal(value.data, rows[i].value);
		datefield_show(value.data, &meaning);
		assert_string_equal(meaning.data, rows[i].meaning);
		if (rows[i].rc != 0)
			assert_int_equal(e.kind, ERR_INPUT);
		/* A value put back gives the same value. */
		datefield_set(&d, value.data);
		buf_clear(&meaning);
		assert_int_equal(
		    datefield_value(&d, &meaning, NULL), rows[i].rc);
		assert_string_equal(meaning.data, rows[i].value);
		datefield_done(&d);
		buf_done(&value);
		buf_done(&meaning);
	}
}

static void
a_day_on_or_back(void **state)
{
	static const struct {
		const char *start, *key, *value;
		enum edit_result r;
	} t[] = {
		{ "2026-11-30", "Up", "2026-12-01", EDIT_CHANGED },
		{ "2026-03-01", "Down", "2026-02-28", EDIT_CHANGED },
		{ "today", "Up", "2026-11-24", EDIT_CHANGED },
		{ "2026-11", "Up", "2026-11", EDIT_PASS },
		{ "", "Down", "", EDIT_PASS },
		{ "soon", "Up", "soon", EDIT_PASS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct key k = kit_key(t[i].key);
		struct datefield d;
		struct buf b;

		buf_init(&b);
		datefield_init(&d, TODAY);
		datefield_set(&d, t[i].start);
		assert_int_equal(datefield_key(&d, &k, NULL), t[i].r);
		(void)(datefield_value(&d, &b, NULL) == 0);
		assert_string_equal(b.data, t[i].value);
		datefield_done(&d);
		buf_done(&b);
	}
}

/* What stands in an empty field is of this year, whichever it is. */
static void
the_examples_are_of_today(void **state)
{
	struct datefield d;
	struct canvas c;

	(void)state;
	datefield_init(&d, clock_days(2031, 3, 5));
	canvas_init(&c, 1, 64, true);
	datefield_draw(&d, &c, true);
	kit_shows(&c, "today, monday, 5 Mar 2031, Mar 2031, -3, ?");
	canvas_done(&c);
	datefield_done(&d);
}

static void
shows_as_one_types(void **state)
{
	static const struct {
		const char *typed, *shown;
	} t[] = {
		{ "23 nov 2026", "23 Nov 2026 (Mon)" },
		{ "23 n", "no date yet" },
		{ "?", "not known" },
		{ "", "today, monday, 23 Nov 2026, Nov 2026, -3, ?" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct datefield d;
		struct canvas c;

		datefield_init(&d, TODAY);
		datefield_set(&d, t[i].typed);
		canvas_init(&c, 1, 64, true);
		datefield_draw(&d, &c, true);
		kit_shows(&c, t[i].shown);
		kit_shows(&c, t[i].typed);
		assert_int_equal(c.grid->cursor_col, (int)strlen(t[i].typed));
		canvas_done(&c);
		datefield_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands),
		cmocka_unit_test(a_day_on_or_back),
		cmocka_unit_test(the_examples_are_of_today),
		cmocka_unit_test(shows_as_one_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
