/* SPDX-License-Identifier: ISC */
#include "ui_kit.h"
#include "ui/filter.h"

static const struct {
	const char *typed, *text;
	bool found;
} rows[] = {
	{ "", "anything", true },
	{ "safe", "Safety call", true },
	{ "call safe", "Safety call", true }, /* words in any order */
	{ "safe plan", "Safety call", false },
	{ "jose", "Jos\xc3\xa9 M.", true },
	{ "JOS\xc3\x89", "jose", true },
	{ "jose\xcc\x81", "Jos\xc3\xa9", true }, /* typed decomposed */
	{ "\xd8\xa7\xd8\xad\xd9\x85\xd8\xaf",
	    "\xd8\xa3\xd8\xad\xd9\x85\xd8\xaf", true }, /* alef forms */
	{ "7kq", "7KQ-M4X-T", true },
	{ "7kq-m4x", "7KQ-M4X-T", true },
	{ "...", "no letters: no filter", true },
	{ "x", "", false },
};

static void
matches(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct key k = kit_paste(rows[i].typed);
		struct filter f;

		filter_init(&f);
		filter_start(&f);
		(void)filter_key(&f, &k);
		if (filter_match(&f, rows[i].text) != rows[i].found)
			fail_msg("%s in %s", rows[i].typed, rows[i].text);
		filter_done(&f);
	}
}

static void
words_are_looked_for_one_by_one(void **state)
{
	struct key k = kit_paste("Legal  AID kandy");
	struct filter f;

	(void)state;
	filter_init(&f);
	assert_false(filter_has_word(&f, 0));
	filter_start(&f);
	(void)filter_key(&f, &k);
	assert_true(filter_has_word(&f, 2));
	assert_false(filter_has_word(&f, 3));
	assert_true(filter_word_in(&f, 1, "First aid"));
	assert_false(filter_word_in(&f, 2, "First aid"));
	assert_false(filter_word_in(&f, 3, "First aid"));
	filter_done(&f);
}

static enum filter_result
press_filter(struct filter *f, const char *name)
{
	struct key k = kit_key(name);

	return filter_key(f, &k);
}

static void
keeps_and_restores(void **state)
{
	struct filter f;

	(void)state;
	filter_init(&f);
	assert_false(filter_active(&f));
	filter_start(&f);
	assert_int_equal(press_filter(&f, "a"), FILTER_CHANGED);
	assert_int_equal(press_filter(&f, "Down"), FILTER_PASS);
	assert_int_equal(press_filter(&f, "PgDn"), FILTER_PASS);
	assert_int_equal(press_filter(&f, "F1"), FILTER_PASS);
	/* A space more looks for nothing else: the list is left alone. */
	assert_int_equal(press_filter(&f, "Space"), FILTER_STAY);
	assert_int_equal(press_filter(&f, "Left"), FILTER_STAY);
	assert_int_equal(press_filter(&f, "Enter"), FILTER_KEPT);
	assert_true(filter_active(&f));
	assert_false(f.typing);
	assert_true(filter_match(&f, "Galle"));
	assert_false(filter_match(&f, "6"));
	filter_start(&f);
	assert_int_equal(press_filter(&f, "Esc"), FILTER_GONE);
	assert_false(filter_active(&f));
	assert_false(f.typing);
	filter_start(&f);
	assert_int_equal(press_filter(&f, "Enter"), FILTER_GONE);
	filter_start(&f);
	assert_int_equal(press_filter(&f, "x"), FILTER_CHANGED);
	assert_int_equal(press_filter(&f, "Backspace"), FILTER_CHANGED);
	assert_int_equal(press_filter(&f, "Backspace"), FILTER_GONE);
	filter_done(&f);
}

static void
says_how_many(void **state)
{
	struct filter f;
	struct canvas c;

	(void)state;
	filter_init(&f);
	filter_start(&f);
	(void)press_filter(&f, "a");
	canvas_init(&c, 2, 40, true);
	filter_draw(&f, &c, 1, 12, 1000);
	kit_shows(&c, "/ a");
	kit_shows(&c, "12/1000");
	assert_int_equal(c.grid->cursor_row, 1);
	assert_int_equal(c.grid->cursor_col, 3);
	canvas_clear(&c);
	filter_draw(&f, &c, 1, 12, -1);
	kit_shows_not(&c, "12/");
	canvas_resize(&c, 1, 5);
	filter_draw(&f, &c, 0, 12, 1000);
	canvas_done(&c);
	filter_done(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches),
		cmocka_unit_test(words_are_looked_for_one_by_one),
		cmocka_unit_test(keeps_and_restores),
		cmocka_unit_test(says_how_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
