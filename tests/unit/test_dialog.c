/* SPDX-License-Identifier: ISC */
/* Questions: the default is No, and the record is named. */
#include <stdio.h>

#include "ui_kit.h"
#include "ui/dialog.h"

static const struct choice_option three[] = {
	{ "save", "Save now", NULL },
	{ "draft", "Keep as a draft", NULL },
	{ "drop", "Forget what was typed", NULL },
};

/* The answer to keys; DIALOG_STAY while there is none. */
static enum dialog_result
answer(struct dialog *d, const char *keys)
{
	char name[32];
	enum dialog_result r = DIALOG_STAY;

	while (*keys != '\0' && r == DIALOG_STAY) {
		size_t n = strcspn(keys, " ");
		struct key k;

		memcpy(name, keys, n);
		name[n] = '\0';
		k = kit_key(name);
		r = dialog_key(d, &k);
		keys += n + (keys[n] == ' ');
	}
	return r;
}

static const struct {
	enum dialog_kind kind;
	bool required;
	const char *keys;
	enum dialog_result r;
	const char *value;
} rows[] = {
	{ DIALOG_CONFIRM, false, "Enter", DIALOG_NO, "" },
	{ DIALOG_CONFIRM, false, "Space Enter", DIALOG_NO, "" },
	{ DIALOG_CONFIRM, false, "y", DIALOG_YES, "" },
	{ DIALOG_CONFIRM, false, "Y", DIALOG_YES, "" },
	{ DIALOG_CONFIRM, false, "n", DIALOG_NO, "" },
	{ DIALOG_CONFIRM, false, "Left Enter", DIALOG_YES, "" },
	{ DIALOG_CONFIRM, false, "Left Right Enter", DIALOG_NO, "" },
	{ DIALOG_CONFIRM, false, "x w", DIALOG_STAY, "" },
	{ DIALOG_CONFIRM, false, "Left Esc", DIALOG_NO, "" },
	{ DIALOG_CONFIRM, false, "C-c", DIALOG_NO, "" },
	{ DIALOG_CHOICE, false, "2", DIALOG_YES, "draft" },
	{ DIALOG_CHOICE, false, "Down Down Enter", DIALOG_YES, "drop" },
	{ DIALOG_CHOICE, false, "Esc", DIALOG_NO, "" },
	{ DIALOG_LINE, false, "Enter", DIALOG_YES, "" },
	{ DIALOG_LINE, true, "Enter", DIALOG_STAY, "" },
	{ DIALOG_LINE, true, "Space Enter", DIALOG_STAY, " " },
	{ DIALOG_LINE, true, "Enter o k Enter", DIALOG_YES, "ok" },
	{ DIALOG_LINE, false, "o k Esc", DIALOG_NO, "ok" },
	{ DIALOG_SECRET, true, "p w Enter", DIALOG_YES, "pw" },
	{ DIALOG_MESSAGE, false, "x", DIALOG_STAY, "" },
	{ DIALOG_MESSAGE, false, "Enter", DIALOG_YES, "" },
	{ DIALOG_MESSAGE, false, "Esc", DIALOG_YES, "" },
};

static void
answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct dialog d;

		dialog_init(&d, rows[i].kind, "7KQ-M4X-T", "What it means.");
		d.required = rows[i].required;
		if (rows[i].kind == DIALOG_CHOICE)
			dialog_options(&d, three, COUNT(three));
		assert_int_equal(answer(&d, rows[i].keys), rows[i].r);
		assert_string_equal(dialog_value(&d), rows[i].value);
		dialog_done(&d);
	}
}

/* A paste is never an answer to yes or no. */
static void
paste_confirms_nothing(void **state)
{
	struct key k = kit_paste("y");
	struct dialog d;

	(void)state;
	dialog_init(&d, DIALOG_CONFIRM, "7KQ-M4X-T", NULL);
	assert_int_equal(dialog_key(&d, &k), DIALOG_STAY);
	dialog_done(&d);
}

/* Whatever the size, the record's name and the answers are seen. */
static void
shows_record_and_answers(void **state)
{
	static const int sizes[][2] = { { 10, 40 }, { 24, 80 }, { 50, 132 } };
	static const char text[] =
	    "This blocks every future release to this recipient. What was "
	    "already told stays told: the list of who was told comes next.\n"
	    "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine\nTen";

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		for (int kind = DIALOG_CONFIRM; kind <= DIALOG_MESSAGE;
		     kind++) {
			struct dialog d;
			struct canvas c;

			canvas_init(&c, sizes[i][0], sizes[i][1], true);
			dialog_init(&d, (enum dialog_kind)kind,
			    "Withdraw 7KQ-M4X-T", text);
			if (kind == DIALOG_CHOICE)
				dialog_options(&d, three, COUNT(three));
			dialog_draw(&d, &c);
			kit_shows(&c, "Withdraw 7KQ-M4X-T");
			kit_shows(&c, "This blocks");
			if (kind == DIALOG_CONFIRM)
				kit_shows(&c, "> No (n)");
			if (kind == DIALOG_CHOICE)
				kit_shows(&c, "3 Forget what was typed");
			if (kind == DIALOG_MESSAGE)
				kit_shows(&c, "Enter: close");
			for (int n = 0; n < 30 && kind != DIALOG_CHOICE; n++)
				(void)answer(&d, "Down");
			canvas_clear(&c);
			dialog_draw(&d, &c);
			if (kind != DIALOG_CHOICE)
				kit_shows(&c, "Ten");
			dialog_done(&d);
			canvas_done(&c);
		}
	}
}

static void
tiny_window(void **state)
{
	struct dialog d;
	struct canvas c;

	(void)state;
	for (int rows_ = 1; rows_ < 6; rows_++) {
		canvas_init(&c, rows_, 20, false);
		dialog_init(&d, DIALOG_CHOICE, "T", "Some words to read.");
		dialog_options(&d, three, COUNT(three));
		dialog_draw(&d, &c);
		dialog_done(&d);
		canvas_done(&c);
	}
}

/* --- two people changed one record ---------------------------------------- */

static enum dialog_result
press_conflict(struct conflict_view *c, const char *name)
{
	struct key k = kit_key(name);

	return conflict_key(c, &k);
}

static void
each_field_is_decided(void **state)
{
	struct conflict_field f[] = {
		{ "Name to use", "N", "Nimali", "Nimal", false, false },
		{ "Next date", NULL, "24 Nov", "25 Nov", false, false },
		{ "Note", "", "mine", "", false, true },
	};
	struct conflict_view v;
	struct canvas c;

	(void)state;
	conflict_init(&v, "Changed by amina at 14:02", f, COUNT(f));
	assert_int_equal(conflict_left(&v), 2);
	/* Nothing is taken by saving too early. */
	assert_int_equal(press_conflict(&v, "C-s"), DIALOG_STAY);
	assert_int_equal(press_conflict(&v, "m"), DIALOG_STAY);
	assert_int_equal(press_conflict(&v, "t"), DIALOG_STAY);
	assert_int_equal(conflict_left(&v), 0);
	assert_false(f[0].take_theirs);
	assert_true(f[1].take_theirs);
	assert_false(f[2].take_theirs);
	canvas_init(&c, 24, 80, true);
	conflict_draw(&v, &c);
	kit_shows(&c, "Changed by amina at 14:02");
	kit_shows(&c, "* mine");
	kit_shows(&c, "Nimal");
	kit_shows(&c, "(empty)");
	kit_shows(&c, "was: N");
	assert_int_equal(press_conflict(&v, "Enter"), DIALOG_YES);
	assert_int_equal(press_conflict(&v, "C-s"), DIALOG_YES);
	assert_int_equal(press_conflict(&v, "Esc"), DIALOG_NO);
	canvas_done(&c);
}

/* Nobody chooses between words that cannot be read to their end. */
static void
both_sides_can_be_read_whole(void **state)
{
	struct conflict_field f[] = {
		{ "First", NULL, "a", "b", false, true },
		{ "Note", NULL,
		    "She will wait at the bakery every Tuesday until the bell "
		    "rings, and leave by the yard. MINE",
		    "He was seen at the bakery on Monday and on Tuesday, and "
		    "asked for her by name at the counter. THEIRS",
		    false, false },
	};
	static const int sizes[][2] = { { 24, 80 }, { 9, 40 } };
	struct conflict_view v;
	struct canvas c;

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		bool mine = false, theirs = false;

		conflict_init(&v, "Changed by amina at 14:02", f, COUNT(f));
		canvas_init(&c, sizes[i][0], sizes[i][1], true);
		for (int page = 0; page < 4; page++) {
			conflict_draw(&v, &c);
			kit_shows(&c, "Note");
			mine |= kit_has(&c, "MINE");
			theirs |= kit_has(&c, "THEIRS");
			(void)press_conflict(&v, "PgDn");
		}
		assert_true(mine && theirs);
		for (int page = 0; page < 9; page++) {
			(void)press_conflict(&v, "PgUp");
			conflict_draw(&v, &c);
		}
		kit_shows(&c, "She will");
		canvas_done(&c);
	}
}

/* In a small window, too, and wherever it stands in the list. */
static void
an_option_under_the_cursor_is_whole(void **state)
{
	static const int sizes[][2] = { { 7, 40 }, { 8, 24 }, { 21, 80 } };
	struct choice_option many[12];
	char labels[COUNT(many)][128], end[16];

	(void)state;
	for (size_t i = 0; i < COUNT(many); i++) {
		(void)snprintf(labels[i], sizeof(labels[i]),
		    i % 3 == 1 ? "Harmed or afraid there, or so it seems to "
				 "them. End %c"
			       : "End %c",
		    (int)('A' + i));
		many[i] = (struct choice_option){ "v", labels[i], NULL };
	}
	for (size_t z = 0; z < COUNT(sizes); z++) {
		struct dialog d;

		dialog_init(&d, DIALOG_CHOICE, "What came of it?", NULL);
		dialog_options(&d, many, COUNT(many));
		for (size_t i = 0; i < 2 * COUNT(many); i++) {
			struct canvas c;

			canvas_init(&c, sizes[z][0], sizes[z][1], true);
			dialog_draw(&d, &c);
			kit_shows(&c, "> o");
			(void)snprintf(end, sizeof(end), "End %c",
			    (int)('A' + d.choice.cursor));
			kit_shows(&c, end);
			canvas_done(&c);
			(void)answer(&d, i < COUNT(many) ? "Down" : "Up");
		}
		assert_int_equal(d.choice.cursor, 0);
		dialog_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),
		cmocka_unit_test(paste_confirms_nothing),
		cmocka_unit_test(shows_record_and_answers),
		cmocka_unit_test(tiny_window),
		cmocka_unit_test(each_field_is_decided),
		cmocka_unit_test(both_sides_can_be_read_whole),
		cmocka_unit_test(an_option_under_the_cursor_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
