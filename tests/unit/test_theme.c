/* SPDX-License-Identifier: ISC */
#include "ui_kit.h"
#include "ui/theme.h"

static const char *const names[] = { "default", "high-contrast", "mono" };

static void
found_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		assert_string_equal(theme_find(names[i])->name, names[i]);
	assert_string_equal(theme_find(NULL)->name, "default");
	assert_string_equal(theme_find("")->name, "default");
	assert_null(theme_find("solarized"));
	assert_string_equal(theme_pick("solarized", false)->name, "mono");
	assert_string_equal(theme_pick("default", true)->name, "mono");
	assert_string_equal(
	    theme_pick("high-contrast", true)->name, "high-contrast");
}

/* Blue and white are unreadable on half of all terminals, black on the other
 * half, yellow and cyan on light ones. */
static void
readable_everywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct theme *t = theme_find(names[i]);

		for (int e = 0; e < EL_COUNT; e++) {
			int8_t c = theme_attr(t, (enum element)e)->colour;

			assert_true(
			    c == THEME_DEFAULT || c == 1 || c == 2 || c == 5);
		}
	}
}

static void
no_color_has_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct theme *t = theme_pick(names[i], true);

		for (int e = 0; e < EL_COUNT; e++)
			assert_int_equal(theme_attr(t, (enum element)e)->colour,
			    THEME_DEFAULT);
	}
}

/* What one must not miss stands out without a colour, too. */
static void
not_by_colour_alone(void **state)
{
	static const enum element loud[] = { EL_ERROR, EL_URGENT, EL_STATE,
		EL_SELECTED, EL_FOCUS, EL_REQUIRED };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct theme *t = theme_find(names[i]);

		for (size_t e = 0; e < COUNT(loud); e++)
			assert_int_not_equal(theme_attr(t, loud[e])->flags, 0);
		/* A field one can type in is seen as one. */
		assert_int_not_equal(theme_attr(t, EL_FIELD)->flags, 0);
	}
}

static void
outside_is_plain(void **state)
{
	const struct theme *t = theme_find("default");

	(void)state;
	assert_ptr_equal(theme_attr(t, EL_COUNT), theme_attr(t, EL_TEXT));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_by_name),
		cmocka_unit_test(readable_everywhere),
		cmocka_unit_test(no_color_has_none),
		cmocka_unit_test(not_by_colour_alone),
		cmocka_unit_test(outside_is_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
