/* SPDX-License-Identifier: ISC */
/* The same forms, line by line. */
#include "ui_kit.h"

#include <stdio.h>

#include "ui/plain.h"

#define TODAY INT64_C(20780) /* Monday, 23 November 2026 */

/* Somebody who types these lines, and everything that was said. */
struct talk {
	const char *const *lines;
	struct buf said;
	bool secret_asked;
};

/* What is in this form when the next line is asked for. */
static const struct form *watched;
static char seen_words[64];
/* What is gone when there is no answer any more: Ctrl-C closed its view. */
static struct form *goes;

static void
say(void *arg, const char *line)
{
	struct talk *t = arg;

	buf_add_str(&t->said, line);
	buf_add_char(&t->said, '\n');
}

static int
ask(void *arg, const char *prompt, bool secret, struct buf *out)
{
	struct talk *t = arg;

	say(arg, prompt);
	t->secret_asked |= secret;
	if (watched != NULL)
		(void)snprintf(seen_words, sizeof(seen_words), "%s",
		    form_get(watched, "words"));
	if (*t->lines == NULL) {
		if (goes != NULL)
			form_done(goes);
		goes = NULL;
		return -1;
	}
	buf_add_str(out, *t->lines++);
	return 0;
}

static const struct choice_option places[] = {
	{ "home", "At home", NULL },
	{ "work", "At work", NULL },
};

/* What is said depends on what was answered. */
static const char *
advice(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "safe", "no") ? "Leave together."
						   : "Sit down.";
}

static const struct form_field fields[] = {
	{ .id = "intro", .type = FORM_INFO, .text = "Read\033[2J this." },
	{ .id = "safe",
	    .type = FORM_YES_NO,
	    .label = "Safe now?",
	    .flags = FORM_REQUIRED,
	    .help = "Look around." },
	{ .id = "advice", .type = FORM_INFO, .text_from = advice },
	{ .id = "why",
	    .type = FORM_TEXT,
	    .label = "Why not",
	    .max = 10,
	    .show_field = "safe",
	    .show_value = "no" },
	{ .id = "where",
	    .type = FORM_MULTI,
	    .label = "Where",
	    .options = places,
	    .n_options = 2 },
	{ .id = "born", .type = FORM_DATE, .label = "Born" },
	{ .id = "words", .type = FORM_LONG_TEXT, .label = "Words" },
	{ .id = "pass", .type = FORM_SECRET, .label = "Pass" },
};

struct row {
	const char *lines[16];
	enum form_result r;
	const char *safe, *why, *where, *born, *words;
};

static const struct row rows[] = {
	{ { "1", "1,2", "2026-11", "a", "b", ".", "s" }, FORM_SAVE, "yes", "",
	    "home,work", "2026-11", "a\nb" },
	/* no: one question more */
	{ { "2", "He is", "", "", "", "" }, FORM_SAVE, "no", "He is", "", "",
	    "" },
	/* back, and another answer */
	{ { "2", "x", "<", "<", "1", "2", "?", "", "" }, FORM_SAVE, "yes", "x",
	    "work", "?", "" },
	/* help, and what fits nothing is asked again */
	{ { "?", "9", "yes please", "1", "3", "1", "31 Feb 2026", "today", "",
	      "" },
	    FORM_SAVE, "yes", "", "home", "2026-11-23", "" },
	/* too long, then literal dots and dashes */
	{ { "2", "longer than ten", "\\.", "", "", "", "" }, FORM_SAVE, "no",
	    ".", "", "", "" },
	{ { "2", "x", "." }, FORM_CANCEL, "no", "x", "", "", "" },
	{ { "2", "x" }, FORM_CANCEL, "no", "x", "", "", "" },
	/* nothing answered: the required one is asked again */
	{ { "", "", "", "", "", "1", "", "", "", "" }, FORM_SAVE, "yes", "", "",
	    "", "" },
	{ { "1", "1", "-" }, FORM_CANCEL, "yes", "", "home", "", "" },
};

static void
forms_are_asked(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct talk t = { .lines = rows[i].lines };
		struct plain_io io = { &t, say, ask };
		struct plain_run run = { .first = true };
		struct form f;

		buf_init(&t.said);
		form_init(&f, fields, COUNT(fields), NULL, TODAY);
		if (plain_run_form(&f, &io, &run) != rows[i].r)
			fail_msg("row %zu ends otherwise:\n%s", i, t.said.data);
		assert_string_equal(form_get(&f, "safe"), rows[i].safe);
		assert_string_equal(form_get(&f, "why"), rows[i].why);
		assert_string_equal(form_get(&f, "where"), rows[i].where);
		assert_string_equal(form_get(&f, "born"), rows[i].born);
		assert_string_equal(form_get(&f, "words"), rows[i].words);
		/* What is read out follows the answer before it. */
		assert_non_null(strstr(t.said.data,
		    strcmp(rows[i].safe, "no") == 0 ? "Leave together."
						    : "Sit down."));
		/* Nothing that is said can steer a terminal. */
		assert_null(strchr(t.said.data, '\033'));
		form_done(&f);
		buf_done(&t.said);
	}
}

static void
says_where_and_help(void **state)
{
	static const char *const lines[] = { "?", NULL };
	struct talk t = { .lines = lines };
	struct plain_io io = { &t, say, ask };
	struct plain_run run = { .first = true };
	struct form f;

	(void)state;
	buf_init(&t.said);
	form_init(&f, fields, COUNT(fields), NULL, TODAY);
	assert_int_equal(plain_run_form(&f, &io, &run), FORM_CANCEL);
	assert_non_null(strstr(
	    t.said.data, "[1 of 5, 1 required left] Safe now? (needed)"));
	assert_non_null(strstr(t.said.data, "  1  Yes\n  2  No\n"));
	assert_non_null(strstr(t.said.data, "Look around."));
	assert_non_null(strstr(t.said.data, ":save saves, a dot leaves"));
	form_done(&f);
	buf_done(&t.said);
}

/* After the last field of the last step it asks, and goes to any question. */
static void
the_end_is_asked(void **state)
{
	static const struct {
		const char *lines[16];
		enum form_result r;
		bool save;
		const char *why;
	} t[] = {
		{ { "1", "", "", "", "", "" }, FORM_SAVE, false, "" },
		{ { "1", "", "", "", "", "." }, FORM_CANCEL, false, "" },
		{ { "2", "x", "", "", "", "", "9", "2", "y", "", "", "", "",
		      ":save" },
		    FORM_SAVE, false, "y" },
		{ { "2", "z", "", "", "", "", "<", "s", "" }, FORM_SAVE, false,
		    "z" },
		{ { "2", "z", ":save" }, FORM_SAVE, true, "z" },
		/* What is needed is said, and asked. */
		{ { ":save", "2", ":save" }, FORM_SAVE, true, "" },
		{ { "<" }, FORM_MOVED, false, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct talk talk = { .lines = t[i].lines };
		struct plain_io io = { &talk, say, ask };
		struct plain_run run = { .last = true };
		struct form f;

		buf_init(&talk.said);
		form_init(&f, fields, COUNT(fields), NULL, TODAY);
		if (plain_run_form(&f, &io, &run) != t[i].r)
			fail_msg("%zu ends otherwise:\n%s", i, talk.said.data);
		assert_int_equal(run.save, t[i].save);
		assert_string_equal(form_get(&f, "why"), t[i].why);
		form_done(&f);
		buf_done(&talk.said);
	}
}

/* A long text is in the form line by line, so that a lost line loses no more
 * than the one that was being typed. */
static void
harm_14_long_words_are_kept_by_the_line(void **state)
{
	static const char *const lines[] = { "1", "", "", "one", "two", NULL };
	struct talk t = { .lines = lines };
	struct plain_io io = { &t, say, ask };
	struct plain_run run = { .first = true };
	struct form f;

	(void)state;
	buf_init(&t.said);
	form_init(&f, fields, COUNT(fields), NULL, TODAY);
	watched = &f;
	assert_int_equal(plain_run_form(&f, &io, &run), FORM_CANCEL);
	watched = NULL;
	assert_string_equal(seen_words, "one\ntwo");
	form_done(&f);
	buf_done(&t.said);
}

/* "Esc keeps what is typed", sentences say, also where lines are typed. */
static void
esc_in_a_long_text_leaves_with_it(void **state)
{
	static const char *const lines[] = { "1", "", "", "one", "two", "Esc",
		"three", NULL };
	struct talk t = { .lines = lines };
	struct plain_io io = { &t, say, ask };
	struct plain_run run = { .first = true };
	struct form f;

	(void)state;
	buf_init(&t.said);
	form_init(&f, fields, COUNT(fields), NULL, TODAY);
	assert_int_equal(plain_run_form(&f, &io, &run), FORM_CANCEL);
	assert_string_equal(form_get(&f, "words"), "one\ntwo");
	form_done(&f);
	buf_done(&t.said);
}

/* At any question the line may go, and the form with its view. */
static void
a_form_that_goes_is_left_alone(void **state)
{
	static const char *const lines[][6] = { { NULL }, { "1", NULL },
		{ "1", "", NULL }, { "1", "", "", NULL },
		{ "1", "", "", "a", NULL }, { "1", "", "", "", NULL },
		{ "1", "", "", "", "", NULL } };

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct talk t = { .lines = lines[i] };
		struct plain_io io = { &t, say, ask };
		struct plain_run run = { .first = true, .last = true };
		struct form f;

		buf_init(&t.said);
		form_init(&f, fields, COUNT(fields), NULL, TODAY);
		goes = &f;
		assert_int_equal(plain_run_form(&f, &io, &run), FORM_CANCEL);
		assert_null(goes);
		buf_done(&t.said);
	}
}

static void
menus_and_confirmations(void **state)
{
	static const struct {
		const char *line;
		int picked;
		bool yes;
	} t[] = { { "1", 0, false }, { "2", 1, false }, { ".", -1, false },
		{ "", -1, false }, { "yes", -1, true }, { "YES", -1, true },
		{ "y\xc3\xa9s", -1, true }, { "y", -1, false },
		{ "3", -1, false }, { "1x", -1, false } };

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		const char *lines[] = { t[i].line, NULL };
		struct talk talk = { .lines = lines };
		struct plain_io io = { &talk, say, ask };

		buf_init(&talk.said);
		assert_int_equal(
		    plain_menu(&io, "Where", places, 2), t[i].picked);
		talk.lines = lines;
		assert_int_equal(
		    plain_confirm(&io, "Withdraw 7KQ-M4X-T?"), t[i].yes);
		buf_done(&talk.said);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_are_asked),
		cmocka_unit_test(says_where_and_help),
		cmocka_unit_test(the_end_is_asked),
		cmocka_unit_test(a_form_that_goes_is_left_alone),
		cmocka_unit_test(harm_14_long_words_are_kept_by_the_line),
		cmocka_unit_test(esc_in_a_long_text_leaves_with_it),
		cmocka_unit_test(menus_and_confirmations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
