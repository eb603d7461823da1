/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "ui_kit.h"
#include "base/id.h"
#include "ui/choice.h"

static const struct choice_option fruit[] = {
	{ "apple", "Apple", NULL },
	{ "banana", "Banana", NULL },
	{ "acai",
	    "A\xc3\xa7"
	    "a\xc3\xad",
	    NULL },
	{ "2nd", "Second apple", NULL },
};

static void
press_choice(void *arg, const struct key *k)
{
	(void)choice_key(arg, k);
}

static const struct {
	bool several;
	const char *start, *keys, *value;
} steps[] = {
	{ false, "", "Enter", "apple" },
	{ false, "", "Down Enter", "banana" },
	{ false, "", "Down Down Down Down Enter", "2nd" },
	{ false, "banana", "Up Space", "apple" },
	{ false, "", "3", "acai" },
	{ false, "", "9", "" },
	{ false, "", "b Enter", "banana" },
	{ false, "", "a c a i Enter", "acai" }, /* accents do not matter */
	{ false, "", "B A N Enter", "banana" },
	/* What matches nothing is not taken, and is no answer: a sentence meant
	 * for another field chooses nothing at its end. */
	{ false, "", "z Enter", "" },
	{ false, "", "z Enter Enter", "apple" },
	{ false, "", "b z Enter", "" },
	{ false, "", "b z Backspace b a n Enter", "banana" },
	{ false, "", "z Space 3", "" },
	{ false, "", "z Down Enter", "banana" },
	{ true, "", "z Enter Space", "apple" },
	{ true, "", "0 Space", "apple" }, /* no number of any */
	{ false, "", "b Backspace Down Enter", "acai" },
	{ false, "", "s e c o n d Space a Enter", "2nd" },
	{ false, "apple", "Del", "" },
	{ true, "", "Enter", "" },
	{ true, "", "Space Down Space", "apple,banana" },
	{ true, "apple,banana", "1", "banana" },
	{ true, "banana", "1", "banana,apple" }, /* the order of choosing */
	{ true, "", "2 2", "" },
	/* Found by typing, and ticked: where one alone is found. */
	{ true, "", "b a n Space", "banana" },
	{ true, "banana", "b a n Space", "" },
	{ true, "", "a p p Space", "" },
	{ true, "", "s e c o n d Space a Space", "2nd" },
	{ true, "", "b z Space", "" },
	{ false, "", "b a n Space", "" },
	/* an answer that is no option any more is still an answer */
	{ true, "gone,apple", "2", "gone,apple,banana" },
};

static void
chooses(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct choice c;

		choice_init(&c, fruit, COUNT(fruit), steps[i].several);
		choice_set(&c, steps[i].start);
		kit_press(steps[i].keys, press_choice, &c);
		assert_string_equal(choice_value(&c), steps[i].value);
		choice_done(&c);
	}
}

/* A question that came up while somebody typed: only Enter answers, after one
 * digit or an arrow. */
static const struct {
	const char *keys, *value;
} typed_on[] = {
	{ "Enter", "apple" },
	{ "2", "" },
	{ "2 Enter", "banana" },
	{ "Down Enter", "banana" },
	{ "b", "" },
	{ "b Enter", "" }, /* it would have found banana */
	{ "2 Space r o o m s Enter", "" },
	{ "2 Space Enter Enter", "apple" }, /* back at the first */
	{ "1 2 Enter", "" },
	{ "9 Enter", "" },
	{ "Space Enter", "" },
	{ "x Down Enter", "banana" },
	{ "x Backspace 2 Enter", "banana" },
};

static void
typing_on_chooses_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(typed_on); i++) {
		struct choice c;

		choice_init(&c, fruit, COUNT(fruit), false);
		c.strict = true;
		kit_press(typed_on[i].keys, press_choice, &c);
		if (strcmp(choice_value(&c), typed_on[i].value) != 0)
			fail_msg("%s: %s", typed_on[i].keys, choice_value(&c));
		choice_done(&c);
	}
}

/* Ten have a digit each; eleven are narrowed by what they are called. */
static void
the_tenth_is_0(void **state)
{
	static const struct choice_option many[] = { { "a", "Ash", NULL },
		{ "b", "Birch", NULL }, { "c", "Cedar", NULL },
		{ "d", "Dogwood", NULL }, { "e", "Elm", NULL },
		{ "f", "Fir", NULL }, { "g", "Ginkgo", NULL },
		{ "h", "Hazel", NULL }, { "i", "Ironwood", NULL },
		{ "j", "Juniper", NULL }, { "k", "Kapok", NULL } };
	struct canvas view;
	struct choice c;
	char *s;

	(void)state;
	choice_init(&c, many, 10, false);
	kit_press("0", press_choice, &c);
	assert_string_equal(choice_value(&c), "j");
	kit_press("9", press_choice, &c);
	assert_string_equal(choice_value(&c), "i");
	canvas_init(&view, 10, 20, true);
	choice_draw(&c, &view, true);
	s = kit_screen(&view);
	assert_non_null(strstr(s, "9 Ironwood"));
	assert_non_null(strstr(s, "0 Juniper"));
	free(s);
	canvas_done(&view);
	choice_done(&c);
	choice_init(&c, many, 11, false);
	kit_press("0", press_choice, &c);
	assert_string_equal(choice_value(&c), "");
	choice_done(&c);
}

static void
results(void **state)
{
	static const struct {
		bool several;
		const char *key;
		enum choice_result r;
	} t[] = {
		{ false, "Up", CHOICE_PASS },
		{ false, "Down", CHOICE_MOVED },
		{ false, "Enter", CHOICE_DONE },
		{ false, "Space", CHOICE_DONE },
		{ false, "1", CHOICE_DONE },
		{ true, "Space", CHOICE_CHANGED },
		{ true, "Enter", CHOICE_DONE },
		{ true, "Tab", CHOICE_PASS },
		{ false, "Backspace", CHOICE_PASS },
		{ false, "Esc", CHOICE_PASS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct key k = kit_key(t[i].key);
		struct choice c;

		choice_init(&c, fruit, COUNT(fruit), t[i].several);
		assert_int_equal(choice_key(&c, &k), t[i].r);
		choice_done(&c);
		/* Nothing to choose from: every key is somebody else's. */
		choice_init(&c, NULL, 0, t[i].several);
		assert_int_equal(choice_key(&c, &k), CHOICE_PASS);
		choice_done(&c);
	}
}

static void
narrows(void **state)
{
	struct choice c;

	(void)state;
	choice_init(&c, fruit, COUNT(fruit), false);
	assert_int_equal(choice_rows(&c), 4);
	kit_press("a p", press_choice, &c);
	assert_int_equal(choice_rows(&c), 2);
	kit_press("Backspace Backspace", press_choice, &c);
	assert_int_equal(choice_rows(&c), 4);
	choice_done(&c);
}

/* Leaving a list takes the one option that typing left over, never what a
 * sentence happened to leave. */
static void
harm_05_a_sentence_is_no_answer(void **state)
{
	struct choice c;

	(void)state;
	choice_init(&c, fruit, COUNT(fruit), false);
	kit_press("b a n", press_choice, &c);
	assert_true(choice_take(&c));
	assert_string_equal(choice_value(&c), "banana");
	choice_set(&c, "");
	kit_press("b a k", press_choice, &c);
	assert_int_equal(choice_rows(&c), 1);
	assert_false(choice_take(&c));
	assert_string_equal(choice_value(&c), "");
	kit_press("Backspace a n", press_choice, &c);
	assert_true(choice_take(&c));
	choice_done(&c);
}

static void
draws(void **state)
{
	struct choice c;
	struct canvas v;
	char *s;

	(void)state;
	choice_init(&c, fruit, COUNT(fruit), false);
	choice_set(&c, "2nd");
	canvas_init(&v, 3, 20, true);
	choice_draw(&c, &v, true);
	s = kit_screen(&v);
	assert_string_equal(s, "  o 2 Banana       ^\n  o 3 A\xc3\xa7"
			       "a\xc3\xad\n> * 4 Second apple\n");
	free(s);
	assert_int_equal(v.grid->cursor_row, 2);
	kit_press("Up Up Up", press_choice, &c);
	canvas_clear(&v);
	choice_draw(&c, &v, true);
	kit_shows(&v, "> o 1 Apple\n");
	/* What does not fit is marked, below as above; a label stops before. */
	canvas_resize(&v, 2, 13);
	canvas_clear(&v);
	choice_set(&c, "2nd");
	kit_press("Up", press_choice, &c);
	choice_draw(&c, &v, true);
	kit_shows(&v, "  o 2 Bana> ^\n> o 3 A\xc3\xa7"
		      "a\xc3\xad  v\n");
	canvas_resize(&v, 4, 20);
	canvas_clear(&v);
	choice_draw(&c, &v, true);
	kit_shows_not(&v, "^");
	canvas_done(&v);
	choice_done(&c);
}

static void
lists_of_values(void **state)
{
	static const struct {
		const char *list, *value;
		bool has;
	} t[] = {
		{ "a,b", "a", true },
		{ "a,b", "b", true },
		{ "ab", "a", false },
		{ "", "a", false },
		{ "a", "", false },
		{ "a,,b", "b", true },
	};
	struct buf b;

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++)
		assert_int_equal(choice_has(t[i].list, t[i].value), t[i].has);
	buf_init(&b);
	choice_labels(fruit, COUNT(fruit), "2nd,gone,apple", &b);
	assert_string_equal(b.data, "Second apple, gone, Apple");
	buf_done(&b);
}

/* A code that begins with a digit is typed, not an option picked by it. */
static void
harm_08_a_typed_code_picks_no_other_case(void **state)
{
	char mine[CODE_SIZE], other[CODE_SIZE], keys[32];
	struct choice_option cases[] = { { "new", "none of these", NULL },
		{ "other", other, NULL }, { "mine", mine, NULL } };
	struct choice c;

	(void)state;
	do
		code_new(mine);
	while (mine[0] != '2');
	do
		code_new(other);
	while (memcmp(other, mine, 3) == 0);
	choice_init(&c, cases, COUNT(cases), false);
	(void)snprintf(
	    keys, sizeof(keys), "%c %c %c Enter", mine[0], mine[1], mine[2]);
	kit_press(keys, press_choice, &c);
	assert_string_equal(choice_value(&c), "mine");
	choice_done(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chooses),
		cmocka_unit_test(typing_on_chooses_nothing),
		cmocka_unit_test(the_tenth_is_0),
		cmocka_unit_test(harm_08_a_typed_code_picks_no_other_case),
		cmocka_unit_test(results),
		cmocka_unit_test(narrows),
		cmocka_unit_test(harm_05_a_sentence_is_no_answer),
		cmocka_unit_test(draws),
		cmocka_unit_test(lists_of_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
