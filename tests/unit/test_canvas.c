/* SPDX-License-Identifier: ISC */
/* What reaches the terminal, cell by cell. */
#include "ui_kit.h"
#include "base/utf8.h"
#include "ui/wrap.h"

#define FFFD "\xef\xbf\xbd"
#define DOTS "\xe2\x80\xa6"
#define SINHALA "\xe0\xb7\x81\xe0\xb7\x8a\xe2\x80\x8d\xe0\xb6\xbb\xe0\xb7\x93"
#define ALI "\xd8\xb9\xd9\x84\xd9\x8a"
#define HAN "\xe4\xb8\xad"

static const struct {
	const char *in;
	int cells;
	const char *out;
	int used;
} texts[] = {
	{ "hello", 10, "hello", 5 },
	{ "hello", 5, "hello", 5 },
	{ "hello", 4, "hel" DOTS, 4 },
	{ "hello", 1, DOTS, 1 },
	{ "hello", 0, "", 0 },
	{ "", 5, "", 0 },
	/* control bytes, C1, invalid bytes, bidi overrides, zero width */
	{ "a\033[2Jb", 20, "a" FFFD "[2Jb", 6 },
	{ "a\007b\177c", 20, "a" FFFD "b" FFFD "c", 5 },
	{ "a\xc2\x9b"
	  "2Jb",
	    20, "a" FFFD "2Jb", 5 },
	{ "a\xff\xfe"
	  "b",
	    20, "a" FFFD FFFD "b", 4 },
	{ "a\xe2\x80\xae"
	  "b",
	    20, "a" FFFD "b", 3 },
	{ "a\xe2\x81\xa6"
	  "b",
	    20, "a" FFFD "b", 3 },
	{ "a\xe2\x80\x8b"
	  "b",
	    20, "a" FFFD "b", 3 },
	{ "a\nb\tc", 20, "a b c", 5 },
	/* wide, combining, joined, right to left in logical order */
	{ HAN HAN, 4, HAN HAN, 4 },
	{ HAN HAN, 3, HAN DOTS, 3 },
	{ HAN HAN, 2, DOTS, 1 },
	{ "e\xcc\x81"
	  "a",
	    2,
	    "e\xcc\x81"
	    "a",
	    2 },
	{ SINHALA "x", 8, SINHALA "x", 3 },
	{ ALI, 8, ALI, 3 },
	{ "\xcc\x81"
	  "a",
	    5, FFFD "a", 2 },
};

static void
text_in_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct canvas c;
		struct buf b;

		canvas_init(&c, 1, 30, false);
		assert_int_equal(
		    canvas_text(&c, 0, 0, texts[i].cells, EL_TEXT, texts[i].in),
		    texts[i].used);
		buf_init(&b);
		canvas_to_text(&c, &b);
		buf_splice(&b, b.len - 1, 1, NULL, 0);
		assert_string_equal(b.data, texts[i].out);
		buf_done(&b);
		canvas_done(&c);
	}
}

static void
at_the_edge(void **state)
{
	struct canvas c;
	char *s;

	(void)state;
	canvas_init(&c, 2, 3, false);
	/* A wide character that would be half shown gives way. */
	(void)canvas_text(&c, 0, 0, -1, EL_TEXT, "ab" HAN);
	s = kit_screen(&c);
	assert_string_equal(s, "ab" DOTS "\n\n");
	free(s);
	/* Outside is nowhere. */
	assert_int_equal(canvas_text(&c, 2, 0, -1, EL_TEXT, "x"), 0);
	assert_int_equal(canvas_text(&c, -1, 0, -1, EL_TEXT, "x"), 0);
	assert_int_equal(canvas_text(&c, 0, 3, -1, EL_TEXT, "x"), 0);
	assert_int_equal(canvas_text(&c, 0, -1, -1, EL_TEXT, "x"), 0);
	canvas_box(&c, -5, -5, 100, 100, "big");
	canvas_fill(&c, 5, 5, 5, 5, EL_DIM);
	canvas_hline(&c, 9, 9, 50, EL_BORDER);
	canvas_cursor(&c, 99, -3);
	assert_int_equal(c.grid->cursor_row, 1);
	assert_int_equal(c.grid->cursor_col, 0);
	assert_null(canvas_at(&c, 2, 0));
	canvas_done(&c);
}

/* Writing over half of a wide character leaves no other half behind. */
static void
wide_halves(void **state)
{
	static const struct {
		int col;
		const char *out;
	} t[] = { { 0, "x " HAN "\n" }, { 1, " x" HAN "\n" }, { 2, HAN "x\n" },
		{ 3, HAN " x\n" } };

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct canvas c;
		char *s;

		canvas_init(&c, 1, 8, false);
		(void)canvas_text(&c, 0, 0, -1, EL_TEXT, HAN HAN);
		(void)canvas_text(&c, 0, t[i].col, 1, EL_TEXT, "x");
		s = kit_screen(&c);
		assert_string_equal(s, t[i].out);
		free(s);
		for (int x = 0; x + 1 < 8; x++) {
			const struct canvas_cell *a = canvas_at(&c, 0, x);
			const struct canvas_cell *b = canvas_at(&c, 0, x + 1);

			assert_int_equal(a->width == 2, b->width == 0);
		}
		canvas_done(&c);
	}
}

static void
ascii_only(void **state)
{
	struct canvas c;
	char *s;

	(void)state;
	canvas_init(&c, 4, 12, true);
	canvas_box(&c, 0, 0, 3, 12, "T");
	(void)canvas_text(&c, 1, 1, 5, EL_TEXT, "long words");
	(void)canvas_text(&c, 3, 0, -1, EL_TEXT, "a\033b");
	s = kit_screen(&c);
	assert_string_equal(
	    s, "+ T -------+\n|long>     |\n+----------+\na?b\n");
	free(s);
	for (int m = MARK_SELECTED; m <= MARK_ELLIPSIS; m++) {
		const char *mark = canvas_mark(&c, (enum canvas_mark)m);

		for (; *mark != '\0'; mark++)
			assert_true(*mark >= ' ' && *mark <= '~');
	}
	canvas_done(&c);
}

static void
views_cut(void **state)
{
	struct canvas c, v, w;
	char *s;

	(void)state;
	canvas_init(&c, 4, 10, false);
	v = canvas_view(&c, 1, 2, 2, 5);
	(void)canvas_text(&v, 0, 0, -1, EL_TEXT, "abcdefgh");
	w = canvas_view(&v, 1, -2, 9, 4);
	assert_int_equal(w.cols, 2);
	assert_int_equal(w.rows, 1);
	(void)canvas_text(&w, 0, 0, -1, EL_TEXT, "xyz");
	s = kit_screen(&c);
	assert_string_equal(s, "\n  abcd" DOTS "\n  x" DOTS "\n\n");
	free(s);
	canvas_cursor(&v, 1, 3);
	assert_int_equal(c.grid->cursor_row, 2);
	assert_int_equal(c.grid->cursor_col, 5);
	w = canvas_view(&c, 50, 50, 5, 5);
	assert_int_equal(w.rows, 0);
	(void)canvas_text(&w, 0, 0, -1, EL_TEXT, "nowhere");
	canvas_clear(&w);
	canvas_done(&c);
}

static void
right_and_middle(void **state)
{
	struct canvas c;
	char *s;

	(void)state;
	canvas_init(&c, 3, 10, false);
	assert_int_equal(canvas_text_right(&c, 0, 0, -1, EL_TEXT, "abc"), 7);
	assert_int_equal(canvas_text_centre(&c, 1, 0, -1, EL_TEXT, "ab"), 4);
	assert_int_equal(
	    canvas_text_right(&c, 2, 0, 5, EL_TEXT, "abcdefgh"), 0);
	s = kit_screen(&c);
	assert_string_equal(s, "       abc\n    ab\nabcd" DOTS "\n");
	free(s);
	canvas_done(&c);
}

static const struct {
	const char *in;
	int cells, rows;
	const char *out;
	int used;
} wraps[] = {
	{ "one two three", 7, 5, "one two\nthree\n", 2 },
	{ "one two three", 7, 1, "one tw" DOTS "\n", 1 },
	{ "abcdefghij", 4, 5, "abcd\nefgh\nij\n", 3 },
	{ "a\n\nb", 4, 5, "a\n\nb\n", 3 },
	{ HAN HAN HAN, 5, 5, HAN HAN "\n" HAN "\n", 2 },
	{ "", 4, 5, "", 0 },
};

static void
wraps_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wraps); i++) {
		struct canvas c;
		struct canvas v;
		char *s;

		canvas_init(&c, 5, 20, false);
		assert_int_equal(canvas_wrap(&c, 0, 0, wraps[i].cells,
				     wraps[i].rows, EL_TEXT, wraps[i].in),
		    wraps[i].used);
		v = canvas_view(&c, 0, 0, wraps[i].used, 20);
		s = kit_screen(&v);
		assert_string_equal(s, wraps[i].out);
		free(s);
		canvas_done(&c);
	}
}

/* As many rows as it takes, at the very bottom. */
static void
stands_at_the_foot(void **state)
{
	struct canvas c;
	char *s;

	(void)state;
	canvas_init(&c, 4, 12, false);
	assert_int_equal(canvas_foot(&c, 2, EL_TEXT, "one two three"), 2);
	s = kit_screen(&c);
	assert_string_equal(s, "\n\n one two\n three\n");
	free(s);
	canvas_clear(&c);
	assert_int_equal(canvas_foot(&c, 1, EL_TEXT, "one two three"), 1);
	s = kit_screen(&c);
	assert_string_equal(s, "\n\n\n one two…\n");
	free(s);
	assert_int_equal(canvas_foot(&c, 2, EL_TEXT, ""), 0);
	canvas_done(&c);
}

/* Lines together are the text again, whatever the width. */
static void
wrap_loses_nothing(void **state)
{
	static const char text[] = "Words, a longword, " HAN HAN " and\n\n"
				   "  spaces   " SINHALA " end \n";

	(void)state;
	for (int cols = 1; cols < 40; cols++) {
		size_t at = 0, lines = 0, len = sizeof(text) - 1;

		while (at < len) {
			struct wrap_line w =
			    wrap_next(text + at, len - at, cols);

			assert_true(w.next > 0);
			assert_true(w.next == w.len || w.next == w.len + 1);
			at += w.next;
			lines++;
		}
		assert_int_equal(at, len);
		/* It ends in "\n": one empty line more. */
		assert_int_equal(wrap_count(text, len, cols), lines + 1);
	}
	assert_int_equal(wrap_count("", 0, 5), 1);
	assert_int_equal(wrap_next("", 0, 5).next, 0);
}

static void
clear_forgets(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 2, 20, false);
	(void)canvas_text(&c, 0, 0, -1, EL_TEXT, "secret");
	canvas_clear(&c);
	for (int x = 0; x < 20; x++) {
		const struct canvas_cell *cell = canvas_at(&c, 0, x);

		assert_string_equal(cell->text, " ");
		for (size_t i = 1; i < sizeof(cell->text); i++)
			assert_int_equal(cell->text[i], 0);
	}
	canvas_done(&c);
}

static void
every_size(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 5, 20 }, { 10, 40 },
		{ 24, 80 }, { 50, 132 } };
	struct canvas c;

	(void)state;
	canvas_init(&c, 24, 80, false);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		canvas_resize(&c, sizes[i][0], sizes[i][1]);
		assert_int_equal(c.rows, sizes[i][0]);
		assert_int_equal(c.cols, sizes[i][1]);
		canvas_rule(&c, 0, "A title that is longer than small ones");
		canvas_box(&c, 0, 0, c.rows, c.cols, "Title " HAN);
		(void)canvas_wrap(&c, 0, 0, -1, c.rows, EL_TEXT,
		    "Many words, " SINHALA " " ALI " " HAN);
	}
	canvas_done(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_in_cells),
		cmocka_unit_test(at_the_edge),
		cmocka_unit_test(wide_halves),
		cmocka_unit_test(ascii_only),
		cmocka_unit_test(views_cut),
		cmocka_unit_test(right_and_middle),
		cmocka_unit_test(wraps_words),
		cmocka_unit_test(stands_at_the_foot),
		cmocka_unit_test(wrap_loses_nothing),
		cmocka_unit_test(clear_forgets),
		cmocka_unit_test(every_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
