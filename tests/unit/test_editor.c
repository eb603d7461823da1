/* SPDX-License-Identifier: ISC */
/* Writing: by clusters, with undo, wrapped, limited, never cut. */
#include "ui_kit.h"
#include "ui/edit.h"
#include "ui/wrap.h"

#define SRI "\xe0\xb7\x81\xe0\xb7\x8a\xe2\x80\x8d\xe0\xb6\xbb\xe0\xb7\x93"
#define HAN "\xe4\xb8\xad"

static void
press_edit(void *arg, const struct key *k)
{
	(void)edit_key(arg, k, NULL);
}

static const struct {
	unsigned flags;
	const char *start, *keys, *text;
	size_t at;
} steps[] = {
	{ 0, "", "a b c", "abc", 3 },
	{ 0, "", "a Space b", "a b", 3 },
	{ 0, "abc", "Left X", "abXc", 3 },
	{ 0, "abc", "Home X", "Xabc", 1 },
	{ 0, "abc", "Home Right Del", "ac", 1 },
	{ 0, "abc", "Backspace Backspace", "a", 1 },
	{ 0, "abc", "Home Backspace Left", "abc", 0 },
	{ 0, "abc", "Del Right", "abc", 3 },
	{ 0, "abc", "C-a C-k", "", 0 },
	{ 0, "abc", "Left C-u", "c", 0 },
	{ 0, "one two", "C-w", "one ", 4 },
	{ 0, "one two  ", "C-w", "one ", 4 },
	{ 0, "one two", "C-Left C-Left X", "Xone two", 1 },
	{ 0, "one two", "Home C-Right X", "one Xtwo", 5 },
	/* a cluster goes as a whole */
	{ 0, "e\xcc\x81", "Backspace", "", 0 },
	{ 0, "x" SRI, "Backspace Backspace", "x", 1 },
	{ 0, HAN HAN, "Left Backspace", HAN, 0 },
	/* undo: typing by the word, the rest one by one */
	{ 0, "", "a b Space c d C-z", "ab ", 3 },
	{ 0, "", "a b Space c d C-z C-z", "", 0 },
	{ 0, "", "a b Space c d C-z C-z C-y", "ab ", 3 },
	{ 0, "", "a b C-z C-y C-y", "ab", 2 },
	{ 0, "one two", "C-w C-z", "one two", 7 },
	{ 0, "one", "Backspace Backspace C-z", "on", 2 },
	{ 0, "", "a b Left c C-z", "ab", 1 },
	{ 0, "", "a C-z b C-y", "b", 1 },
	{ 0, "abc", "C-z", "abc", 3 },
	/* lines */
	{ EDIT_LINES, "", "a Enter b", "a\nb", 3 },
	{ EDIT_LINES, "ab\ncd", "Home X", "ab\nXcd", 4 },
	{ EDIT_LINES, "ab\ncd", "Up X", "abX\ncd", 3 },
	{ EDIT_LINES, "abcd\nx\nefgh", "Up Up X", "abcdX\nx\nefgh", 5 },
	{ EDIT_LINES, "ab\ncd", "Up C-k", "abcd", 2 },
	{ EDIT_LINES, "ab\ncd", "Home Backspace", "abcd", 2 },
	{ EDIT_LINES, "a", "Enter C-z", "a", 1 },
	{ 0, "ab", "Enter", "ab", 2 },
};

static void
keys_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct edit e;

		edit_init(&e, steps[i].flags, 0);
		assert_int_equal(edit_set(&e, steps[i].start, NULL), 0);
		kit_press(steps[i].keys, press_edit, &e);
		assert_string_equal(edit_text(&e), steps[i].text);
		if (e.at != steps[i].at)
			fail_msg("row %zu: cursor at %zu", i, e.at);
		edit_done(&e);
	}
}

static void
passes_on(void **state)
{
	static const struct {
		unsigned flags;
		const char *key;
		enum edit_result r;
	} t[] = {
		{ 0, "Enter", EDIT_PASS },
		{ 0, "Tab", EDIT_PASS },
		{ 0, "Esc", EDIT_PASS },
		{ 0, "Up", EDIT_PASS },
		{ 0, "F1", EDIT_PASS },
		{ 0, "C-s", EDIT_PASS },
		{ EDIT_LINES, "Up", EDIT_PASS },
		{ EDIT_LINES, "Down", EDIT_PASS },
		{ EDIT_LINES, "Enter", EDIT_CHANGED },
		{ 0, "Left", EDIT_MOVED },
		{ 0, "x", EDIT_CHANGED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct key k = kit_key(t[i].key);
		struct edit e;

		edit_init(&e, t[i].flags, 0);
		assert_int_equal(edit_key(&e, &k, NULL), t[i].r);
		edit_done(&e);
	}
}

/* A mark typed after its letter becomes one character with it, and one undo
 * takes it away again. */
static void
marks_join(void **state)
{
	struct key mark = { .code = 0x301, .text = "\xcc\x81", .len = 2 };
	struct edit e;

	(void)state;
	edit_init(&e, 0, 0);
	assert_int_equal(edit_set(&e, "xey", NULL), 0);
	e.at = 2;
	assert_int_equal(edit_key(&e, &mark, NULL), EDIT_CHANGED);
	assert_string_equal(edit_text(&e), "x\xc3\xa9y");
	assert_int_equal(e.at, 3);
	assert_true(edit_undo(&e));
	assert_string_equal(edit_text(&e), "xey");
	assert_true(edit_redo(&e));
	assert_string_equal(edit_text(&e), "x\xc3\xa9y");
	edit_done(&e);
}

/* What could steer a terminal or hide text never gets in. */
static void
cleans(void **state)
{
	static const struct {
		unsigned flags;
		const char *in, *text;
	} t[] = {
		{ 0, "a\033[31mb", "a[31mb" },
		{ 0,
		    "a\xe2\x80\xae"
		    "b",
		    "ab" },
		{ 0, "a\r\nb\nc", "a b c" },
		{ EDIT_LINES, "a\r\nb\rc", "a\nb\nc" },
		{ EDIT_LINES, "a\xff\xc3", "a" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct key k = kit_paste(t[i].in);
		struct edit e;

		edit_init(&e, t[i].flags, 0);
		(void)edit_key(&e, &k, NULL);
		assert_string_equal(edit_text(&e), t[i].text);
		edit_done(&e);
	}
}

/* What is left out of a paste or of typing is said with its number, once, and
 * the rest is there; what nobody can miss is not counted. */
static void
says_what_is_left_out(void **state)
{
	static const struct {
		struct key key;
		const char *text, *said;
	} t[] = {
		{ { K_PASTE,
		      "a\xe2\x80\x8b"
		      "b",
		      5, 0 },
		    "ab", "1 character that" },
		{ { K_PASTE, "ab", 2, 3 }, "ab", "3 characters that" },
		{ { K_PASTE,
		      "a\xe2\x80\xae"
		      "b",
		      5, 2 },
		    "ab", "3 characters" },
		{ { K_PASTE, "", 0, 2 }, "", "2 characters" },
		{ { 0x200b, "\xe2\x80\x8b", 3, 0 }, "", "1 character" },
		{ { K_PASTE, "\xe2\x9d\xa4\xef\xb8\x8f", 6, 0 }, "\xe2\x9d\xa4",
		    "" },
		{ { K_PASTE, "a\r\nb", 4, 0 }, "a b", "" },
		{ { 'x', "x", 1, 0 }, "x", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct key x = kit_key("Right");
		struct err err = { 0 };
		struct edit e;

		edit_init(&e, 0, 0);
		assert_int_equal(edit_key(&e, &t[i].key, &err), EDIT_CHANGED);
		assert_string_equal(edit_text(&e), t[i].text);
		if (strncmp(err.text, t[i].said, strlen(t[i].said)) != 0 ||
		    (t[i].said[0] == '\0') != (err.kind == ERR_NONE))
			fail_msg("%zu: \"%s\"", i, err.text);
		err = (struct err){ 0 };
		(void)edit_key(&e, &x, &err);
		assert_int_equal(err.kind, ERR_NONE);
		edit_done(&e);
	}
}

/* What does not fit is refused whole: then nothing was left out of it. */
static void
says_the_limit_only(void **state)
{
	struct key k = { K_PASTE, "abcdef", 6, 3 };
	struct err err = { 0 };
	struct edit e;

	(void)state;
	edit_init(&e, 0, 5);
	assert_int_equal(edit_key(&e, &k, &err), EDIT_REFUSED);
	assert_non_null(strstr(err.text, "too long: 5 bytes"));
	assert_null(strstr(err.text, "left out"));
	assert_string_equal(edit_text(&e), "");
	edit_done(&e);
}

static char *
repeated(const char *s, size_t n)
{
	struct buf b;

	buf_init(&b);
	while (b.len < n)
		buf_add_str(&b, s);
	return buf_detach(&b);
}

/* 10 kB with lines in one piece, and one undo takes all of it back. */
static void
pastes_much(void **state)
{
	char *text = repeated("A line of a letter, " HAN " and more.\n", 10240);
	struct key k = kit_paste(text);
	struct edit e;
	size_t line;
	int cell;

	(void)state;
	edit_init(&e, EDIT_LINES, 65536);
	assert_int_equal(edit_set(&e, "before", NULL), 0);
	assert_int_equal(edit_key(&e, &k, NULL), EDIT_CHANGED);
	assert_int_equal(e.text.len, strlen(text) + 6);
	edit_cursor(&e, 80, &line, &cell);
	assert_int_equal(line + 1, edit_rows(&e, 80));
	assert_true(edit_undo(&e));
	assert_string_equal(edit_text(&e), "before");
	edit_done(&e);
	free(text);
}

static void
refuses_too_much(void **state)
{
	static const size_t limits[] = { 10, 1000, EDIT_MAX };

	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++) {
		char *text = repeated("x", limits[i]);
		struct err err = { 0 };
		struct key k = kit_key("y");
		struct edit e;

		edit_init(&e, EDIT_LINES, limits[i]);
		assert_int_equal(edit_set(&e, text, NULL), 0);
		assert_int_equal(edit_key(&e, &k, &err), EDIT_REFUSED);
		assert_int_equal(err.kind, ERR_INPUT);
		assert_int_equal(e.text.len, limits[i]);
		assert_string_equal(edit_text(&e), text);
		k = kit_key("Backspace");
		assert_int_equal(edit_key(&e, &k, NULL), EDIT_CHANGED);
		k = kit_paste("yz");
		assert_int_equal(edit_key(&e, &k, &err), EDIT_REFUSED);
		k = kit_key("y");
		assert_int_equal(edit_key(&e, &k, NULL), EDIT_CHANGED);
		/* A whole text that does not fit leaves the old one. */
		free(text);
		text = repeated("z", limits[i] + 1);
		assert_int_equal(edit_set(&e, text, &err), -1);
		assert_int_equal(edit_text(&e)[0], 'x');
		edit_done(&e);
		free(text);
	}
}

static void
undo_is_bounded(void **state)
{
	struct key x = kit_key("x"), b = kit_key("Left");
	struct edit e;
	size_t undone = 0;

	(void)state;
	edit_init(&e, 0, 0);
	for (int i = 0; i < EDIT_UNDO * 3; i++) {
		(void)edit_key(&e, &x, NULL);
		(void)edit_key(&e, &b, NULL);
	}
	while (edit_undo(&e))
		undone++;
	assert_int_equal(undone, EDIT_UNDO);
	assert_int_equal(e.text.len, EDIT_UNDO * 2);
	edit_done(&e);
}

/* The cached lines are what wrapping all anew gives, after any edit. */
static void
lines_stay_right(void **state)
{
	static const char *const keys[] = { "a", "Space", "Enter", "Backspace",
		"Del", "Up", "Down", "Left", "Right", "Home", "End", "C-w",
		"C-k", "C-u", "C-z", "C-y" };
	uint32_t seed = 7;
	struct edit e;

	(void)state;
	edit_init(&e, EDIT_LINES, 2000);
	for (int i = 0; i < 4000; i++) {
		struct key k, p = kit_paste("word " HAN "\nlonger line ");
		size_t at = 0, line = 0;
		int cols = i % 500 < 250 ? 7 : 12;

		seed = seed * 1103515245U + 12345U;
		k = kit_key(keys[(seed >> 16) % COUNT(keys)]);
		(void)edit_key(&e, (seed >> 8) % 11 == 0 ? &p : &k, NULL);
		assert_true(e.at <= e.text.len);
		assert_int_equal(edit_rows(&e, cols),
		    wrap_count(e.text.data, e.text.len, cols));
		while (at < e.text.len && line < e.n_starts) {
			assert_int_equal(e.starts[line++], at);
			at += wrap_next(e.text.data + at, e.text.len - at, cols)
				  .next;
		}
	}
	edit_done(&e);
}

/* A key in a note of a megabyte must not take as long as the note. */
static void
large_note(void **state)
{
	char *text = repeated("Words of a long note, line by line.\n", 1000000);
	struct key k = kit_key("x");
	struct edit e;
	size_t line;
	int cell;

	(void)state;
	edit_init(&e, EDIT_LINES, EDIT_MAX);
	assert_int_equal(edit_set(&e, text, NULL), 0);
	(void)edit_rows(&e, 40);
	e.at = e.text.len / 2;
	for (int i = 0; i < 200; i++) {
		assert_int_equal(edit_key(&e, &k, NULL), EDIT_CHANGED);
		edit_cursor(&e, 40, &line, &cell);
	}
	assert_int_equal(
	    edit_rows(&e, 40), wrap_count(e.text.data, e.text.len, 40));
	edit_done(&e);
	free(text);
}

static const struct {
	unsigned flags;
	const char *text;
	size_t at;
	int rows, cols;
	const char *screen;
	int row, col;
} drawings[] = {
	{ 0, "abc", 3, 1, 8, "abc\n", 0, 3 },
	{ 0, "abcdefghij", 10, 1, 8, ">efghij\n", 0, 7 },
	{ 0, "abcdefghij", 0, 1, 8, "abcdefg>\n", 0, 0 },
	{ 0, "abcdefghijkl", 8, 1, 8, ">defghi>\n", 0, 6 },
	{ 0, HAN HAN HAN, 9, 1, 6, "> " HAN "\n", 0, 4 },
	{ EDIT_LINES, "one two three", 13, 3, 7, "one two\nthree\n\n", 1, 5 },
	{ EDIT_LINES, "a\nb\nc\nd", 7, 2, 7, "c\nd\n", 1, 1 },
	{ EDIT_LINES, "a\nb\nc\nd", 0, 2, 7, "a\nb\n", 0, 0 },
	{ EDIT_LINES, "ab\n", 3, 2, 7, "ab\n\n", 1, 0 },
	{ EDIT_LINES, "seven c", 7, 2, 7, "seven c\n\n", 0, 6 },
	{ EDIT_SECRET, "pass", 4, 1, 8, "****\n", 0, 4 },
	{ EDIT_SECRET, "passphrase", 10, 1, 8, "*******\n", 0, 7 },
};

static void
draws(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(drawings); i++) {
		struct canvas c;
		struct edit e;
		char *s;

		canvas_init(&c, drawings[i].rows, drawings[i].cols, true);
		edit_init(&e, drawings[i].flags, 100);
		assert_int_equal(edit_set(&e, drawings[i].text, NULL), 0);
		e.at = drawings[i].at;
		edit_draw(&e, &c, EL_FIELD, true);
		s = kit_screen(&c);
		assert_string_equal(s, drawings[i].screen);
		free(s);
		assert_int_equal(c.grid->cursor_row, drawings[i].row);
		assert_int_equal(c.grid->cursor_col, drawings[i].col);
		edit_done(&e);
		canvas_done(&c);
	}
}

/* A rule that is longer than its field, wherever the cursor was in it: neither
 * its "never" nor its "not" goes without a mark. */
static void
harm_02_what_is_out_of_sight_is_marked(void **state)
{
	static const char rule[] = "never call before noon, he is not away";
	struct canvas c;
	struct edit e;
	char *s;

	(void)state;
	canvas_init(&c, 1, 20, true);
	edit_init(&e, 0, 100);
	assert_int_equal(edit_set(&e, rule, NULL), 0);
	for (e.at = 0; e.at <= sizeof(rule) - 1; e.at++) {
		canvas_fill(&c, 0, 0, 1, 20, EL_FIELD);
		edit_draw(&e, &c, EL_FIELD, true);
		s = kit_screen(&c);
		assert_true(s[0] == '>' || s[0] == 'n');
		assert_true(s[19] == '>' || strstr(s, "away") != NULL);
		/* Nor is the letter that is typed at. */
		if (e.at < sizeof(rule) - 1)
			assert_true(s[c.grid->cursor_col] == rule[e.at]);
		free(s);
	}
	edit_draw(&e, &c, EL_FIELD, false);
	s = kit_screen(&c);
	assert_string_equal(s, "never call before n>\n");
	free(s);
	edit_done(&e);
	canvas_done(&c);
}

/* A passphrase's memory never moves, is never in undo, and is wiped. */
static void
secrets(void **state)
{
	struct key k = kit_key("x"), u = kit_key("C-z");
	struct edit e;
	const char *where;

	(void)state;
	edit_init(&e, EDIT_SECRET, 256);
	where = e.text.data;
	for (int i = 0; i < 256; i++)
		assert_int_equal(edit_key(&e, &k, NULL), EDIT_CHANGED);
	assert_int_equal(edit_key(&e, &k, NULL), EDIT_REFUSED);
	assert_ptr_equal(e.text.data, where);
	assert_int_equal(edit_key(&e, &u, NULL), EDIT_MOVED);
	assert_int_equal(e.text.len, 256);
	edit_clear(&e);
	for (int i = 0; i < 256; i++)
		assert_int_equal(where[i], 0);
	edit_done(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_do),
		cmocka_unit_test(passes_on),
		cmocka_unit_test(marks_join),
		cmocka_unit_test(cleans),
		cmocka_unit_test(says_what_is_left_out),
		cmocka_unit_test(says_the_limit_only),
		cmocka_unit_test(pastes_much),
		cmocka_unit_test(refuses_too_much),
		cmocka_unit_test(undo_is_bounded),
		cmocka_unit_test(lines_stay_right),
		cmocka_unit_test(large_note),
		cmocka_unit_test(draws),
		cmocka_unit_test(harm_02_what_is_out_of_sight_is_marked),
		cmocka_unit_test(secrets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
