/* SPDX-License-Identifier: ISC */
/* Forms: what shows, what is needed, what is wrong, and nothing lost. */
#include "form_kit.h"

static void
harm_05_going_past_answers_nothing(void **state)
{
	static const char *const ways[] = { "Tab", "Enter", "PgDn" };
	struct form f;

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		start(&f);
		for (int n = 0; n < 40; n++)
			(void)press_one(&f, ways[i]);
		for (size_t j = 0; j < f.n; j++) {
			const char *v = form_get(&f, fields[j].id);

			/* Enter writes lines where lines are written. */
			assert_int_equal(v[strspn(v, "\n")], '\0');
			if (strcmp(fields[j].id, "words") != 0)
				assert_string_equal(v, "");
		}
		form_done(&f);
	}
}

/* Words that were meant for another field answer no question on their way;
 * "yes" and "no" in full do. */
static void
harm_05_words_answer_no_question(void **state)
{
	static const struct {
		const char *keys, *value;
	} t[] = {
		{ "S i n h a l a Space a n y", "" },
		{ "a n n", "" },
		{ "y e s", "yes" },
		{ "N o", "no" },
		{ "y e s Space n o", "yes" },
		{ "x n Left n", "no" },
		{ "x Tab S-Tab y", "yes" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct form f;

		start(&f);
		assert_true(form_focus(&f, "safe"));
		kit_press(t[i].keys, press_form, &f);
		if (strcmp(form_get(&f, "safe"), t[i].value) != 0)
			fail_msg("%s: \"%s\"", t[i].keys, form_get(&f, "safe"));
		form_done(&f);
	}
}

/* One rule for every field that is chosen: arrows point, Space or Enter
 * chooses; what only points answers nothing. */
static void
arrows_point_and_space_or_enter_chooses(void **state)
{
	static const struct {
		const char *field, *keys, *value;
		bool points;
	} t[] = {
		{ "safe", "Right", "", true },
		{ "safe", "Right Right", "", true },
		{ "safe", "Right Space", "yes", true },
		{ "safe", "Right Right Space", "no", true },
		{ "safe", "Right Right Enter S-Tab", "no", true },
		{ "safe", "Right Tab S-Tab", "", false },
		{ "where", "Down Tab S-Tab", "", false },
		{ "where", "Down Space", "home", true },
		{ "where", "Down Enter S-Tab", "home", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct form f;

		start(&f);
		assert_true(form_focus(&f, t[i].field));
		assert_false(form_points(&f));
		kit_press(t[i].keys, press_form, &f);
		if (strcmp(form_get(&f, t[i].field), t[i].value) != 0 ||
		    form_points(&f) != t[i].points)
			fail_msg(
			    "%s: \"%s\"", t[i].keys, form_get(&f, t[i].field));
		form_done(&f);
	}
}

/* What a letter too many says is how it is answered. */
static void
a_letter_too_many_says_how_to_answer(void **state)
{
	struct key x = kit_key("x");
	struct err e = { 0 };
	struct form f;

	(void)state;
	start(&f);
	assert_true(form_focus(&f, "safe"));
	(void)form_key(&f, &x, &e);
	assert_string_equal(e.text, form_how(&f));
	assert_non_null(strstr(e.text, "Left and Right, then Space"));
	assert_true(form_focus(&f, "where"));
	assert_non_null(strstr(form_how(&f), "Up and Down, then Space"));
	assert_true(form_focus(&f, "name"));
	assert_null(form_how(&f));
	form_done(&f);
}

static void
shows_what_applies(void **state)
{
	static const struct {
		const char *safe, *where, *name, *why;
		bool extra_on;
		bool why_shown, why2_shown, away, extra;
	} t[] = {
		{ "", "", "", "", true, false, false, false, false },
		{ "no", "", "", "", true, true, false, false, false },
		{ "no", "", "", "x", true, true, true, false, false },
		/* what hangs on a hidden question is hidden with it */
		{ "yes", "", "", "x", true, false, false, false, false },
		{ "", "home", "", "", true, false, false, false, false },
		{ "", "work", "", "", true, false, false, true, false },
		{ "", "", "A", "", true, false, false, false, true },
		{ "", "", "A", "", false, false, false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct form f;

		start(&f);
		extra_on = t[i].extra_on;
		form_set(&f, "safe", t[i].safe);
		form_set(&f, "where", t[i].where);
		form_set(&f, "name", t[i].name);
		form_set(&f, "why", t[i].why);
		assert_int_equal(form_shown(&f, "why"), t[i].why_shown);
		assert_int_equal(form_shown(&f, "why2"), t[i].why2_shown);
		assert_int_equal(form_shown(&f, "away"), t[i].away);
		assert_int_equal(form_shown(&f, "extra"), t[i].extra);
		assert_false(form_shown(&f, "nothing of that name"));
		extra_on = true;
		form_done(&f);
	}
}

/* A hidden answer is kept, not checked, and marked as hidden. */
static void
hidden_is_kept(void **state)
{
	struct form_change c;
	struct form f;
	size_t at = 0, hidden = 0;

	(void)state;
	start(&f);
	form_set(&f, "safe", "no");
	form_set(&f, "why", "He is here.");
	form_set(&f, "safe", "yes");
	form_set(&f, "where", "home");
	assert_int_equal(form_check(&f, NULL), 0);
	assert_string_equal(form_get(&f, "why"), "He is here.");
	while (form_next_change(&f, &at, &c))
		hidden += !c.shown;
	assert_int_equal(hidden, 1);
	form_set(&f, "safe", "no");
	assert_true(form_shown(&f, "why"));
	assert_string_equal(form_get(&f, "why"), "He is here.");
	form_done(&f);
}

static const struct {
	const char *id, *value;
	bool fine;
} checks[] = {
	{ "name", "Nimali", true },
	{ "name", AYSHA, true },
	{ "name", "R2", false },
	{ "born", "2026-11-23", true },
	{ "born", "2026-11", true },
	{ "born", "?", true },
	{ "born", "31 Feb 2026", false },
	{ "born", "soon", false },
	{ "phone", "+94 71 234-56 78", true },
	{ "phone", "119", true },
	{ "phone", "12", false },
	{ "phone", "ask Nimali", false },
	{ "age", "0", true },
	{ "age", "120", true },
	{ "age", "121", false },
	{ "age", "-1", false },
	{ "age", "12x", false },
	{ "age", "99999999999999999999", false },
	{ "code", "XXX-XXX-X", false },
};

static void
checks_each_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(checks); i++) {
		struct err e = { 0 };
		struct form f;
		int rc;

		start(&f);
		form_set(&f, "safe", "yes");
		form_set(&f, "where", "home");
		form_set(&f, checks[i].id, checks[i].value);
		rc = form_check(&f, &e);
		if ((rc == 0) != checks[i].fine)
			fail_msg("%s = %s", checks[i].id, checks[i].value);
		if (rc != 0) {
			assert_true(strlen(e.text) > 5);
			assert_string_equal(fields[f.focus].id, checks[i].id);
		}
		/* Right or wrong, what was typed is still there. */
		assert_string_equal(
		    form_get(&f, checks[i].id), checks[i].value);
		form_done(&f);
	}
}

static void
codes_become_canonical(void **state)
{
	char code[CODE_SIZE], typed[CODE_SIZE];
	struct form f;

	(void)state;
	code_new(code);
	for (size_t i = 0; i < sizeof(code); i++)
		typed[i] = code[i] >= 'A' && code[i] <= 'Z'
			       ? (char)(code[i] + 32)
			       : code[i];
	start(&f);
	form_set(&f, "safe", "yes");
	form_set(&f, "where", "home");
	form_set(&f, "code", typed);
	assert_int_equal(form_check(&f, NULL), 0);
	assert_string_equal(form_get(&f, "code"), code);
	form_done(&f);
}

static void
required(void **state)
{
	struct err e = { 0 };
	char where[96];
	struct form f;

	(void)state;
	start(&f);
	assert_int_equal(form_required_left(&f), 2);
	assert_string_equal(
	    form_where(&f, where, sizeof(where)), "1 of 11, 2 required left");
	assert_int_equal(form_check(&f, &e), -1);
	assert_string_equal(fields[f.focus].id, "safe");
	form_set(&f, "safe", "no"); /* one more is needed now */
	assert_int_equal(form_required_left(&f), 2);
	form_set(&f, "why", "   "); /* spaces are no answer */
	assert_int_equal(form_required_left(&f), 2);
	form_set(&f, "why", "x");
	form_set(&f, "where", "home");
	assert_int_equal(form_required_left(&f), 0);
	assert_int_equal(form_check(&f, &e), 0);
	form_done(&f);
}

static void
typing_through(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	/* y answers and stays; Enter goes on. */
	kit_press("y Enter", press_form, &f);
	assert_string_equal(form_get(&f, "safe"), "yes");
	assert_string_equal(fields[f.focus].id, "name");
	kit_press("N i m a l i Enter", press_form, &f);
	assert_string_equal(form_get(&f, "name"), "Nimali");
	kit_press("2 Enter", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "work");
	kit_press("Down Space Down Space Enter", press_form, &f);
	assert_string_equal(form_get(&f, "wants"), "home,work");
	assert_string_equal(fields[f.focus].id, "away");
	kit_press("S-Tab Del Tab Enter Tab", press_form, &f);
	assert_string_equal(form_get(&f, "wants"), "");
	assert_string_equal(fields[f.focus].id, "born");
	kit_press("y e s t e r d a y", press_form, &f);
	assert_string_equal(form_get(&f, "born"), "2026-11-22");
	kit_press("C-u ? Enter", press_form, &f);
	assert_string_equal(form_get(&f, "born"), "?");
	kit_press("Tab Tab Tab a Enter b", press_form, &f);
	assert_string_equal(form_get(&f, "words"), "a\nb");
	kit_press("C-z", press_form, &f);
	assert_string_equal(form_get(&f, "words"), "a\n");
	/* over the read-only field to the secret */
	kit_press("Tab p w", press_form, &f);
	assert_string_equal(form_get(&f, "pass"), "pw");
	assert_int_equal(press_one(&f, "Enter"), FORM_MOVED);
	assert_int_equal(press_one(&f, "Enter"), FORM_END);
	form_done(&f);
}

/* Of several answers Space ticks at once, of one it only shows where it is. */
static void
space_ticks_one_of_several(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	kit_press("Tab Tab Space", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "");
	kit_press("Space Tab Space Down Space", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "home");
	assert_string_equal(form_get(&f, "wants"), "home,work");
	kit_press("Up Space", press_form, &f);
	assert_string_equal(form_get(&f, "wants"), "work");
	form_done(&f);
}

/* Letters that leave one option name it; others are forgotten on leaving. */
static void
typed_letters_end_with_the_field(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	kit_press("Tab Tab e l s", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "");
	assert_int_equal(press_one(&f, "Tab"), FORM_CHANGED);
	assert_string_equal(form_get(&f, "where"), "other");
	assert_int_equal(press_one(&f, "S-Tab"), FORM_MOVED);
	kit_press("a t", press_form, &f);
	assert_int_equal(press_one(&f, "Tab"), FORM_MOVED);
	assert_string_equal(form_get(&f, "where"), "other");
	/* Nothing narrows the list now: a digit picks again. */
	kit_press("S-Tab 1", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "home");
	form_done(&f);
}

static void
leaving(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	kit_press("Tab N", press_form, &f);
	assert_int_equal(press_one(&f, "C-c"), FORM_CANCEL);
	assert_string_equal(form_get(&f, "name"), "N");
	assert_int_equal(press_one(&f, "C-s"), FORM_SAVE);
	assert_int_equal(press_one(&f, "Esc"), FORM_CANCEL);
	/* While a label is being typed, Esc leaves only that. */
	kit_press("Tab e l", press_form, &f);
	assert_int_equal(press_one(&f, "Esc"), FORM_STAY);
	assert_int_equal(press_one(&f, "~"), FORM_STAY); /* in no label */
	assert_int_equal(press_one(&f, "Esc"), FORM_STAY);
	assert_int_equal(press_one(&f, "Esc"), FORM_CANCEL);
	assert_true(form_dirty(&f));
	assert_int_equal(press_one(&f, "F5"), FORM_PASS);
	form_done(&f);
}

static void
options_follow_answers(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	form_set(&f, "safe", "no");
	assert_true(form_focus(&f, "dyn"));
	kit_press("3", press_form, &f);
	assert_string_equal(form_get(&f, "dyn"), "");
	form_set(&f, "safe", "yes");
	kit_press("3", press_form, &f);
	assert_string_equal(form_get(&f, "dyn"), "other");
	/* An answer that is not offered any more is still the answer. */
	form_set(&f, "safe", "no");
	assert_string_equal(form_get(&f, "dyn"), "other");
	form_done(&f);
}
/* What a picture may have no room for, another screen shows whole. */
static void
help_is_whole(void **state)
{
	static const struct choice_option long_one[] = {
		{ "a", "A label of more than half a narrow window",
		    "What it means." },
		{ "b", "Short", NULL },
	};
	static const struct form_field two[] = {
		{ .id = "one",
		    .type = FORM_CHOICE,
		    .label = "Where",
		    .help = "Ask it when nobody else hears.",
		    .options = long_one,
		    .n_options = 2 },
		{ .id = "two", .type = FORM_TEXT, .label = "Name" },
	};
	struct form f;
	struct buf b;
	struct canvas c;
	struct err e = { 0 };
	struct key down = kit_key("Down"), tab = kit_key("Tab");

	(void)state;
	buf_init(&b);
	canvas_init(&c, 7, 40, true);
	form_init(&f, two, 2, NULL, TODAY);
	form_draw(&f, &c, NULL);
	assert_string_equal(form_help(&f, &b), "Where");
	assert_string_equal(b.data, "Ask it when nobody else hears.");
	(void)form_key(&f, &down, &e);
	buf_clear(&b);
	(void)form_help(&f, &b);
	assert_string_equal(b.data,
	    "Ask it when nobody else hears.\n"
	    "A label of more than half a narrow window: What it means.");
	(void)form_key(&f, &down, &e);
	buf_clear(&b);
	(void)form_help(&f, &b);
	assert_string_equal(b.data, "Ask it when nobody else hears.");
	(void)form_key(&f, &tab, &e);
	buf_clear(&b);
	assert_string_equal(form_help(&f, &b), "Name");
	assert_int_equal(b.len, 0);
	form_done(&f);
	canvas_done(&c);
	buf_done(&b);
}

/* Where no digit chooses, the screen says that typing finds. */
static void
long_lists_are_found_in(void **state)
{
	static const struct choice_option many[11] = { { "a", "A", NULL },
		{ "b", "B", NULL }, { "c", "C", NULL }, { "d", "D", NULL },
		{ "e", "E", NULL }, { "f", "F", NULL }, { "g", "G", NULL },
		{ "h", "H", NULL }, { "i", "I", NULL }, { "j", "J", NULL },
		{ "k", "K", NULL } };
	static const struct form_field three[] = {
		{ .id = "long",
		    .type = FORM_CHOICE,
		    .options = many,
		    .n_options = 11 },
		{ .id = "ten",
		    .type = FORM_MULTI,
		    .options = many,
		    .n_options = 10 },
		{ .id = "text", .type = FORM_TEXT },
	};
	struct form f;

	(void)state;
	form_init(&f, three, 3, NULL, TODAY);
	assert_true(form_finds(&f));
	assert_true(form_focus(&f, "ten"));
	assert_false(form_finds(&f));
	assert_true(form_focus(&f, "text"));
	assert_false(form_finds(&f));
	form_done(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_05_words_answer_no_question),
		cmocka_unit_test(arrows_point_and_space_or_enter_chooses),
		cmocka_unit_test(a_letter_too_many_says_how_to_answer),
		cmocka_unit_test(harm_05_going_past_answers_nothing),
		cmocka_unit_test(shows_what_applies),
		cmocka_unit_test(hidden_is_kept),
		cmocka_unit_test(checks_each_field),
		cmocka_unit_test(codes_become_canonical),
		cmocka_unit_test(required),
		cmocka_unit_test(typing_through),
		cmocka_unit_test(space_ticks_one_of_several),
		cmocka_unit_test(typed_letters_end_with_the_field),
		cmocka_unit_test(leaving),
		cmocka_unit_test(options_follow_answers),
		cmocka_unit_test(help_is_whole),
		cmocka_unit_test(long_lists_are_found_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
