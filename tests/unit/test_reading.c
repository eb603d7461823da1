/* SPDX-License-Identifier: ISC */
/* What is only read: the top line, the hint bar, texts. */
#include "ui_kit.h"
#include "ui/header.h"
#include "ui/hint.h"
#include "ui/text.h"

static const struct hint hints[] = {
	{ "Enter", "open", 9 },
	{ "n", "new contact", 8 },
	{ "f", "follow-up", 7 },
	{ "c", "consent", 6 },
	{ "?", "help", HINT_LAST },
};

static const struct {
	int cols;
	const char *line;
} bars[] = {
	{ 80, " Enter open  n new contact  f follow-up  c consent              "
	      "         ? help\n" },
	{ 50, " Enter open  n new contact  f follow-up    ? help\n" },
	{ 40, " Enter open  n new contact       ? help\n" },
	{ 25, " Enter open       ? help\n" },
	{ 12, "     ? help\n" },
	{ 7, " ? help\n" },
	{ 6, "\n" },
};

static void
help_is_dropped_last(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bars); i++) {
		struct canvas c;
		char *s;

		canvas_init(&c, 1, bars[i].cols, true);
		(void)hint_draw(&c, 0, hints, COUNT(hints));
		s = kit_screen(&c);
		assert_string_equal(s, bars[i].line);
		free(s);
		canvas_done(&c);
	}
}

static const char *const crumbs[] = { "Cases", "7KQ-M4X-T", "Consent" };

static const struct {
	int cols;
	const char *state, *line;
} tops[] = {
	{ 70, NULL,
	    " Cases > 7KQ-M4X-T > Consent              amina . caseworker . "
	    "Colombo\n" },
	{ 55, NULL,
	    " Cases > 7KQ-M4X-T > Consent         amina . caseworker\n" },
	{ 40, NULL, " Cases > 7KQ-M4X-T > Consent       amina\n" },
	{ 50, "name shown",
	    " Cases > 7KQ-M4X-T > Consent     name shown  amina\n" },
	{ 30, NULL, NULL },
	{ 23, "name shown", NULL },
};

static void
top_line_degrades(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(tops); i++) {
		struct header h = { crumbs, 3, "amina", "caseworker", "Colombo",
			tops[i].state, NULL };
		struct canvas c;

		canvas_init(&c, 1, tops[i].cols, true);
		header_draw(&c, 0, &h);
		kit_shows(&c, "Consent");
		if (tops[i].state != NULL)
			kit_shows(&c, tops[i].state);
		if (tops[i].line != NULL) {
			char *s = kit_screen(&c);

			assert_string_equal(s, tops[i].line);
			free(s);
		}
		canvas_done(&c);
	}
}

/* Whose case it is stays longest: before who looks, and the way to it. */
static void
harm_12_the_code_is_never_left_out(void **state)
{
	static const char *const deep[] = { "Today", "Cases", "7KQ-M4X-T",
		"Consent", "What they would see" };
	static const struct {
		int cols;
		size_t n;
		const char *state, *line;
	} rows[] = {
		{ 40, 4, "identity open",
		    " … 7KQ-M4X-T › Consent     identity open\n" },
		{ 60, 5, "identity open",
		    " … 7KQ-M4X-T … What they would see      identity open  "
		    "amina\n" },
		{ 40, 5, "identity open",
		    " … 7KQ-M4X-T … What they … identity open\n" },
		{ 40, 5, NULL, " … 7KQ-M4X-T … What they would see\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct header h = { deep, rows[i].n, "amina", "caseworker",
			"Colombo", rows[i].state, "7KQ-M4X-T" };
		struct canvas c;
		char *s;

		canvas_init(&c, 1, rows[i].cols, false);
		header_draw(&c, 0, &h);
		s = kit_screen(&c);
		assert_string_equal(s, rows[i].line);
		free(s);
		canvas_done(&c);
	}
}

static const struct text_part parts[] = {
	{ EL_HEADING, 0, NULL, 0, "Limits" },
	{ EL_TEXT, 2, NULL, 0,
	    "What you say stays with us, but for two things." },
	{ EL_HEADING, 0, NULL, 0, "Keys" },
	{ EL_TEXT, 0, "Enter", 8, "open what the cursor is on" },
};

static void
text_is_laid_out(void **state)
{
	struct text_view t;
	struct canvas c;
	char *s;

	(void)state;
	text_init(&t, parts, COUNT(parts));
	canvas_init(&c, 8, 31, true);
	text_draw(&t, &c);
	s = kit_screen(&c);
	assert_string_equal(s, "Limits\n"
			       "  What you say stays with us,\n"
			       "  but for two things.\n"
			       "\n"
			       "Keys\n"
			       "Enter    open what the cursor\n"
			       "         is on\n\n");
	free(s);
	assert_true(text_at_end(&t));
	canvas_done(&c);
}

/* A label is never cut: what it names would be guessed. */
static void
a_long_label_goes_on_below(void **state)
{
	static const struct text_part all[] = {
		{ EL_VALUE, 1, "If somebody else answers", 14, "say it is a" },
		{ EL_TEXT, 1, "Then", 14, "next" },
	};
	struct text_view t;
	struct canvas c;
	char *s;

	(void)state;
	text_init(&t, all, COUNT(all));
	assert_int_equal(text_rows(all, COUNT(all), 40), 3);
	canvas_init(&c, 4, 40, true);
	text_draw(&t, &c);
	s = kit_screen(&c);
	assert_string_equal(s, " If somebody    say it is a\n"
			       " else answers\n"
			       " Then           next\n\n");
	free(s);
	canvas_done(&c);
}

/* In a narrow window the words have the room, and in a wide one the labels. */
static void
a_label_leaves_room_for_the_words(void **state)
{
	static const struct text_part one[] = { { EL_VALUE, 0,
	    "What they asked us", 22, "to call her sister first of all" } };
	static const struct {
		int cols;
		size_t rows;
	} rows[] = { { 20, 4 }, { 39, 2 }, { 79, 1 } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(
		    text_rows(one, COUNT(one), rows[i].cols), rows[i].rows);
}

static void
text_scrolls(void **state)
{
	static const struct {
		const char *key;
		size_t top;
	} t[] = { { "Down", 1 }, { "PgDn", 3 }, { "PgDn", 4 }, { "Down", 4 },
		{ "Up", 3 }, { "Home", 0 }, { "Up", 0 }, { "End", 4 },
		{ "PgUp", 2 }, { "Space", 4 } };
	struct text_view v;
	struct canvas c;

	(void)state;
	text_init(&v, parts, COUNT(parts));
	canvas_init(&c, 3, 31, true);
	text_draw(&v, &c);
	assert_false(text_at_end(&v));
	for (size_t i = 0; i < COUNT(t); i++) {
		struct key k = kit_key(t[i].key);

		assert_true(text_key(&v, &k));
		assert_int_equal(v.top, t[i].top);
		canvas_clear(&c);
		text_draw(&v, &c);
		assert_int_equal(text_at_end(&v), t[i].top == 4);
	}
	struct key k = kit_key("x");

	assert_false(text_key(&v, &k));
	/* Wider: fewer lines, and still not past the end. */
	canvas_resize(&c, 5, 80);
	text_draw(&v, &c);
	assert_true(v.top + 5 <= v.lines || v.top == 0);
	canvas_done(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_is_dropped_last),
		cmocka_unit_test(top_line_degrades),
		cmocka_unit_test(harm_12_the_code_is_never_left_out),
		cmocka_unit_test(text_is_laid_out),
		cmocka_unit_test(a_long_label_goes_on_below),
		cmocka_unit_test(a_label_leaves_room_for_the_words),
		cmocka_unit_test(text_scrolls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
