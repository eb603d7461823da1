/* SPDX-License-Identifier: ISC */
/* Forms: drafts, and what is seen of a form. */
#include "form_kit.h"

static void
changes_only(void **state)
{
	struct form_change c;
	struct form f;
	size_t at = 0;

	(void)state;
	start(&f);
	form_load(&f, "name", "Old");
	form_load(&f, "phone", "119");
	form_load(&f, "nobody", "x");
	assert_false(form_dirty(&f));
	form_set(&f, "name", "New");
	form_set(&f, "pass", "secret");
	assert_true(form_dirty(&f));
	assert_true(form_next_change(&f, &at, &c));
	assert_string_equal(c.field->id, "name");
	assert_string_equal(c.old_value, "Old");
	assert_string_equal(c.new_value, "New");
	assert_false(form_next_change(&f, &at, &c));
	form_set(&f, "name", "Old");
	assert_false(form_dirty(&f));
	form_set(&f, "name", "New");
	form_saved(&f);
	assert_false(form_dirty(&f));
	form_done(&f);
}

/* --- drafts --------------------------------------------------------------- */

static void
fill(struct form *f)
{
	form_load(f, "phone", "119");
	form_set(f, "safe", "no");
	form_set(f, "name", AYSHA);
	form_set(f, "why", "line one");
	form_set(f, "born", "not a date yet");
	form_set(f, "words", "a\nb\n" AYSHA);
	form_set(f, "pass", "do not keep this");
	assert_true(form_focus(f, "words"));
}

static void
draft_comes_back(void **state)
{
	struct form a, b;
	struct buf draft;

	(void)state;
	start(&a);
	fill(&a);
	buf_init(&draft);
	form_draft_write(&a, &draft);
	assert_null(memmem(draft.data, draft.len, "do not keep", 11));
	start(&b);
	form_load(&b, "phone", "118"); /* changed meanwhile: stays */
	assert_int_equal(form_draft_read(&b, draft.data, draft.len, NULL), 0);
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (strcmp(fields[i].id, "pass") == 0)
			assert_string_equal(form_get(&b, "pass"), "");
		else if (strcmp(fields[i].id, "phone") == 0)
			assert_string_equal(form_get(&b, "phone"), "118");
		else
			assert_string_equal(form_get(&b, fields[i].id),
			    form_get(&a, fields[i].id));
	}
	assert_string_equal(fields[b.focus].id, "words");
	assert_true(form_dirty(&b));
	form_done(&a);
	form_done(&b);
	buf_done(&draft);
}

/* Every truncation, and every byte changed: an error or a good form, never
 * half of one. */
static void
damaged_drafts(void **state)
{
	struct buf draft;
	struct form a, b;
	struct err e;

	(void)state;
	start(&a);
	fill(&a);
	buf_init(&draft);
	form_draft_write(&a, &draft);
	for (size_t n = 0; n < draft.len; n++) {
		start(&b);
		err_clear(&e);
		assert_int_equal(form_draft_read(&b, draft.data, n, &e), -1);
		assert_int_equal(e.kind, ERR_DAMAGED);
		assert_false(form_dirty(&b));
		form_done(&b);
	}
	for (size_t n = 0; n < draft.len; n++) {
		char was = draft.data[n];

		draft.data[n] = (char)(was ^ 0x81);
		start(&b);
		if (form_draft_read(&b, draft.data, draft.len, &e) != 0)
			assert_false(form_dirty(&b));
		for (size_t i = 0; i < COUNT(fields); i++) {
			const char *v = form_get(&b, fields[i].id);

			assert_true(utf8_valid(v, strlen(v)));
		}
		form_done(&b);
		draft.data[n] = was;
	}
	draft.data[1] = 9;
	start(&b);
	assert_int_equal(form_draft_read(&b, draft.data, draft.len, &e), -1);
	assert_int_equal(e.kind, ERR_VERSION);
	form_done(&b);
	form_done(&a);
	buf_done(&draft);
}

/* A later table without a field reads the rest. */
static void
draft_of_another_table(void **state)
{
	static const struct form_field fewer[] = {
		{ .id = "name", .type = FORM_TEXT, .label = "Name" },
		{ .id = "new", .type = FORM_TEXT, .label = "New" },
	};
	struct form a, b;
	struct buf draft;

	(void)state;
	start(&a);
	fill(&a);
	buf_init(&draft);
	form_draft_write(&a, &draft);
	form_init(&b, fewer, COUNT(fewer), NULL, TODAY);
	assert_int_equal(form_draft_read(&b, draft.data, draft.len, NULL), 0);
	assert_string_equal(form_get(&b, "name"), AYSHA);
	assert_string_equal(form_get(&b, "new"), "");
	form_done(&a);
	form_done(&b);
	buf_done(&draft);
}

/* --- drawing -------------------------------------------------------------- */

static void
focus_is_always_seen(void **state)
{
	static const int sizes[][2] = { { 5, 20 }, { 10, 40 }, { 24, 80 },
		{ 50, 132 } };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct canvas c;
		struct form f;
		size_t last;

		start(&f);
		fill(&f);
		assert_true(form_focus(&f, "safe"));
		canvas_init(&c, sizes[i][0], sizes[i][1], true);
		do {
			last = f.focus;
			canvas_clear(&c);
			form_draw(&f, &c, "Contact");
			/* The mark of the focus is on the screen, and the
			 * cursor not above it. */
			kit_shows(&c, ">");
			assert_true(c.grid->cursor_row > 0);
			(void)press_one(&f, "Tab");
		} while (f.focus != last);
		form_done(&f);
		canvas_done(&c);
	}
}

static void
looks_like_this(void **state)
{
	struct canvas c;
	struct form f;
	char *s;

	(void)state;
	start(&f);
	canvas_init(&c, 12, 64, true);
	kit_press("y Tab R 2 Tab Down", press_form, &f);
	form_draw(&f, &c, "Contact");
	s = kit_screen(&c);
	assert_string_equal(s,
	    " Contact                                3 of 12, 1 required left\n"
	    "   Read this first.\n"
	    " * Safe now?             * Yes  o No\n"
	    "   Name                  R2\n"
	    "                         ! No digits here.\n"
	    ">* Where                 > o 1 At home\n"
	    "                           o 2 At work\n"
	    "                           o 3 Elsewhere\n"
	    "   Wants                 .\n"
	    "   Extra\n"
	    "   Born                  .                                     v\n"
	    "\n");
	free(s);
	assert_int_equal(c.grid->cursor_row, 5);
	form_done(&f);
	canvas_done(&c);
}

/* A page of words to read, on a small window: all of it can be reached. */
static void
long_words_scroll(void **state)
{
	static const char text[] = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
				   "eight\nnine\nten\neleven\ntwelve\nlast";
	const struct form_field page[] = {
		{ .id = "name", .type = FORM_TEXT, .label = "Name" },
		{ .id = "read", .type = FORM_INFO, .text = text },
		{ .id = "more", .type = FORM_TEXT, .label = "More" },
	};
	struct canvas c;
	struct form f;

	(void)state;
	form_init(&f, page, COUNT(page), NULL, TODAY);
	canvas_init(&c, 8, 40, true);
	form_draw(&f, &c, "T");
	for (int i = 0; i < 12 && f.focus < 2; i++) {
		(void)press_one(&f, "Down");
		canvas_clear(&c);
		form_draw(&f, &c, "T");
		if (i == 0)
			kit_shows(&c, "one");
		if (i == 7)
			kit_shows(&c, "last");
	}
	assert_int_equal(f.focus, 2);
	kit_shows(&c, "More");
	form_done(&f);
	canvas_done(&c);
}

static void
then(struct form *f, struct canvas *c, const char *key, size_t focus,
    const char *shows)
{
	kit_press(key, press_form, f);
	canvas_clear(c);
	form_draw(f, c, "T");
	assert_int_equal(f->focus, focus);
	kit_shows(c, shows);
}

/* What is to be read aloud comes before its question where both do not fit,
 * once; and a letter typed meanwhile is no answer to what was not seen. */
static void
words_are_read_from_their_beginning(void **state)
{
	static const char text[] = "one\ntwo\nthree\nfour\nfive\nsix\nlast";
	const struct form_field page[] = {
		{ .id = "read", .type = FORM_INFO, .text = text },
		{ .id = "yes", .type = FORM_YES_NO, .label = "They agree" },
		{ .id = "too", .type = FORM_INFO, .text = text },
		{ .id = "name", .type = FORM_TEXT, .label = "Name" },
	};
	struct canvas c;
	struct form f;

	(void)state;
	form_init(&f, page, COUNT(page), NULL, TODAY);
	canvas_init(&c, 8, 40, true);
	form_draw(&f, &c, "T");
	assert_int_equal(f.focus, 0);
	kit_shows(&c, "one");
	then(&f, &c, "y", 1, "They agree");
	assert_string_equal(form_get(&f, "yes"), "");
	then(&f, &c, "y", 1, "They agree");
	assert_string_equal(form_get(&f, "yes"), "yes");
	then(&f, &c, "Tab", 2, "one");
	then(&f, &c, "PgDn", 2, "last");
	then(&f, &c, "PgUp", 2, "one");
	then(&f, &c, "A", 3, "A");
	assert_string_equal(form_get(&f, "name"), "A");
	/* Read once, they hold nobody back. */
	then(&f, &c, "S-Tab", 1, "They agree");
	then(&f, &c, "Tab", 3, "Name");
	form_done(&f);
	/* Where there is room for both the question has the cursor. */
	canvas_done(&c);
	canvas_init(&c, 24, 80, true);
	form_init(&f, page, COUNT(page), NULL, TODAY);
	form_draw(&f, &c, "T");
	assert_int_equal(f.focus, 1);
	form_done(&f);
	canvas_done(&c);
}

static void
same_key(struct form *f, const char *key, struct canvas *c)
{
	kit_press(key, press_form, f);
	if (c == NULL)
		return;
	canvas_clear(c);
	form_draw(f, c, "T");
}

/* A slow line or a quick hand: keys that come before the picture do what they
 * do one by one. */
static void
keys_typed_ahead_are_the_same_keys(void **state)
{
	static const char text[] = "one\ntwo\nthree\nfour\nfive\nsix\nlast";
	static const char *const keys[] = { "Tab", "Tab", "S-Tab", "Down", "Up",
		"PgDn", "PgUp", "Enter", "Space", "y", "n", "1", "a" };
	const struct form_field page[] = {
		{ .id = "read", .type = FORM_INFO, .text = text },
		{ .id = "yes", .type = FORM_YES_NO, .label = "They agree" },
		{ .id = "too", .type = FORM_INFO, .text = text },
		{ .id = "more", .type = FORM_INFO, .text = "more\nyet" },
		{ .id = "name", .type = FORM_TEXT, .label = "Name" },
		{ .id = "also", .type = FORM_YES_NO, .label = "Also" },
	};
	struct canvas c;
	struct form slow, quick;

	(void)state;
	canvas_init(&c, 8, 40, true);
	srandom(7);
	for (int round = 0; round < 300; round++) {
		form_init(&slow, page, COUNT(page), NULL, TODAY);
		form_init(&quick, page, COUNT(page), NULL, TODAY);
		form_draw(&slow, &c, "T");
		form_draw(&quick, &c, "T");
		for (int i = 0; i < 12; i++) {
			const char *key = keys[(size_t)random() % COUNT(keys)];

			same_key(&slow, key, &c);
			same_key(&quick, key, NULL);
			assert_int_equal(slow.focus, quick.focus);
		}
		form_draw(&quick, &c, "T");
		assert_int_equal(slow.top, quick.top);
		assert_string_equal(
		    form_get(&slow, "yes"), form_get(&quick, "yes"));
		assert_string_equal(
		    form_get(&slow, "name"), form_get(&quick, "name"));
		form_done(&slow);
		form_done(&quick);
	}
	canvas_done(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_only),
		cmocka_unit_test(draft_comes_back),
		cmocka_unit_test(damaged_drafts),
		cmocka_unit_test(draft_of_another_table),
		cmocka_unit_test(focus_is_always_seen),
		cmocka_unit_test(looks_like_this),
		cmocka_unit_test(long_words_scroll),
		cmocka_unit_test(words_are_read_from_their_beginning),
		cmocka_unit_test(keys_typed_ahead_are_the_same_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
