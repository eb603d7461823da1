/* SPDX-License-Identifier: ISC */
/* From keys to actions, typing and not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/keymap.h"

static const enum action list[] = { ACT_OPEN, ACT_NOTE, ACT_NEXT_TAB,
	ACT_NONE };
static const enum action form[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

static const struct {
	const char *key;
	const enum action *own;
	bool typing;
	enum action want;
} cases[] = {
	/* A list: its own keys, then those that work everywhere. */
	{ "Enter", list, false, ACT_OPEN },
	{ "a", list, false, ACT_NOTE },
	{ "Tab", list, false, ACT_NEXT_TAB },
	{ "?", list, false, ACT_HELP },
	{ "F1", list, false, ACT_HELP },
	{ "q", list, false, ACT_BACK },
	{ "Esc", list, false, ACT_BACK },
	{ ":", list, false, ACT_COMMAND },
	{ "C-l", list, false, ACT_LOCK },
	{ "C-\\", list, false, ACT_BLANK },
	/* Of another screen, or of nobody. */
	{ "w", list, false, ACT_NONE },
	{ "z", list, false, ACT_NONE },
	{ "Down", list, false, ACT_NONE },
	/* Typing: letters are letters. */
	{ "a", list, true, ACT_NONE },
	{ "?", list, true, ACT_NONE },
	{ "q", list, true, ACT_NONE },
	{ ":", list, true, ACT_NONE },
	{ "Enter", list, true, ACT_NONE },
	{ "Space", list, true, ACT_NONE },
	{ "D", list, true, ACT_NONE },
	{ "Q", list, true, ACT_NONE },
	/* Keys that type nothing still act. */
	{ "F1", list, true, ACT_HELP },
	{ "Esc", list, true, ACT_BACK },
	{ "C-c", form, true, ACT_CANCEL },
	{ "C-l", form, true, ACT_LOCK },
	{ "F12", form, true, ACT_BLANK },
	{ "F9", form, true, ACT_SWITCH },
	{ "C-s", form, true, ACT_SAVE },
	{ "C-z", form, true, ACT_UNDO },
	/* Tab moves in a form, unless the screen's table has it. */
	{ "Tab", form, true, ACT_NONE },
	{ "Tab", list, true, ACT_NEXT_TAB },
	{ "Backspace", form, true, ACT_NONE },
	{ "C-w", form, true, ACT_NONE },
	/* A screen without a table. */
	{ "Enter", NULL, false, ACT_NONE },
	{ "F1", NULL, false, ACT_HELP },
};

static void
keys_find_actions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct key k = { .code = key_from_name(cases[i].key) };
		enum action got =
		    keymap_find(cases[i].own, &k, cases[i].typing);

		assert_int_not_equal(k.code, K_NONE);
		if (got != cases[i].want)
			fail_msg("%s%s: %s, not %s", cases[i].key,
			    cases[i].typing ? " while typing" : "",
			    got == ACT_NONE ? "nothing"
					    : action_info(got)->name,
			    cases[i].want == ACT_NONE
				? "nothing"
				: action_info(cases[i].want)->name);
	}
}

/* What is no key is no action, whatever the table says. */
static void
pastes_and_timers_are_no_action(void **state)
{
	static const uint32_t codes[] = { K_NONE, K_PASTE, K_PASTE_BIG,
		K_RESIZE, K_HANGUP, K_TIMER, K_SIGNAL };

	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct key k = { .code = codes[i] };

		assert_int_equal(keymap_find(list, &k, false), ACT_NONE);
		assert_int_equal(keymap_find(list, &k, true), ACT_NONE);
	}
}

static void
hints_show_a_key_that_works_now(void **state)
{
	char out[16];

	(void)state;
	assert_string_equal(
	    keymap_show(ACT_HELP, false, out, sizeof(out)), "?");
	assert_string_equal(
	    keymap_show(ACT_HELP, true, out, sizeof(out)), "F1");
	assert_string_equal(
	    keymap_show(ACT_BACK, true, out, sizeof(out)), "Esc");
	assert_string_equal(
	    keymap_show(ACT_SAVE, true, out, sizeof(out)), "C-s");
	assert_string_equal(keymap_show(ACT_NOTE, true, out, sizeof(out)), "");
	assert_string_equal(
	    keymap_show(ACT_SIGN_OUT, false, out, sizeof(out)), "");
	assert_string_equal(keymap_show(ACT_NONE, false, out, sizeof(out)), "");
}

/* Whatever is shown as a key is found as that action again. */
static void
shown_keys_are_true(void **state)
{
	char out[16];

	(void)state;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++)
		for (int typing = 0; typing < 2; typing++) {
			const enum action own[] = { (enum action)a, ACT_NONE };
			struct key k;

			keymap_show((enum action)a, typing, out, sizeof(out));
			if (out[0] == '\0')
				continue;
			k = (struct key){ .code = key_from_name(out) };
			assert_int_equal(keymap_find(own, &k, typing), a);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_find_actions),
		cmocka_unit_test(pastes_and_timers_are_no_action),
		cmocka_unit_test(hints_show_a_key_that_works_now),
		cmocka_unit_test(shown_keys_are_true),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
