/* SPDX-License-Identifier: ISC */
/* The table of actions, and every screen's use of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/action.h"
#include "app/keymap.h"
#include "screens.h"

static void
every_row_is_whole(void **state)
{
	(void)state;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const struct action_info *i = action_info((enum action)a);

		assert_non_null(i);
		assert_non_null(i->name);
		assert_true(i->name[0] != '\0');
		assert_true(strlen(i->hint) > 0 && strlen(i->hint) <= 20);
		/* A sentence: it begins large and says more than the hint. */
		assert_true(i->help[0] >= 'A' && i->help[0] <= 'Z');
		assert_true(strlen(i->help) > strlen(i->hint));
		assert_in_range(i->needs, 0, PERM_COUNT - 1);
	}
	assert_null(action_info(ACT_NONE));
	assert_null(action_info(ACT_COUNT));
}

static void
names_are_unique_and_found(void **state)
{
	(void)state;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const char *name = action_info((enum action)a)->name;

		/* The first of that name is this one: no other has it. */
		assert_int_equal(action_from_name(name), a);
		assert_null(strchr(name, ' '));
	}
	assert_int_equal(action_from_name("password"), ACT_PASSPHRASE);
	assert_int_equal(action_from_name(""), ACT_NONE);
	assert_int_equal(action_from_name("no-such-action"), ACT_NONE);
}

static void
every_key_can_be_pressed(void **state)
{
	(void)state;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const char *keys = action_info((enum action)a)->keys;
		size_t n = keys[0] == '\0' ? 0 : 1;

		for (const char *p = keys; *p != '\0'; p++)
			n += *p == ' ';
		for (size_t i = 0; i < n; i++)
			if (keymap_key((enum action)a, i) == K_NONE)
				fail_msg("%s: key %zu of \"%s\" is no key",
				    action_info((enum action)a)->name, i, keys);
		assert_int_equal(keymap_key((enum action)a, n), K_NONE);
	}
}

static bool
share_key(enum action a, enum action b)
{
	uint32_t k;

	for (size_t i = 0; (k = keymap_key(a, i)) != K_NONE; i++)
		for (size_t j = 0; keymap_key(b, j) != K_NONE; j++)
			if (keymap_key(b, j) == k)
				return true;
	return false;
}

static void
no_screen_has_two_actions_on_one_key(void **state)
{
	(void)state;
	for (size_t s = 0; screens[s] != NULL; s++) {
		const enum action *list = screens[s]->actions;

		for (size_t i = 0; list != NULL && list[i] != ACT_NONE; i++)
			for (size_t j = i + 1; list[j] != ACT_NONE; j++)
				if (share_key(list[i], list[j]))
					fail_msg("%s: %s and %s share a key",
					    screens[s]->name,
					    action_info(list[i])->name,
					    action_info(list[j])->name);
	}
}

/* Typed in line mode, each word that may be listed on a screen, and each name
 * that help lists there, does what it is listed for. */
static void
every_listed_word_means_its_action(void **state)
{
	(void)state;
	for (size_t s = 0; screens[s] != NULL; s++) {
		enum action list[ACT_COUNT];
		const enum action *own = screens[s]->actions;
		size_t n = 0, shown;

		while (own != NULL && own[n] != ACT_NONE) {
			list[n] = own[n];
			n++;
		}
		for (int a = ACT_NONE + 1; a < ACT_COUNT; a++)
			if ((action_info(a)->flags & ACTF_EVERYWHERE) &&
			    !keymap_has(own, (enum action)a))
				list[n++] = (enum action)a;
		for (shown = 0; shown < n; shown++) {
			const struct action_info *i = action_info(list[shown]);

			if (action_meant(list, n, i->hint) != list[shown])
				fail_msg("%s: \"%s\" is not %s",
				    screens[s]->name, i->hint, i->name);
			if (action_meant(list, n, i->name) != list[shown])
				fail_msg("%s: \"%s\" is another",
				    screens[s]->name, i->name);
		}
	}
}

static void
words_are_taken_as_people_type_them(void **state)
{
	static const enum action list[] = { ACT_SHOW_ALL, ACT_TASKS };

	(void)state;
	assert_int_equal(action_meant(list, 2, "Yet to do"), ACT_TASKS);
	assert_int_equal(action_meant(list, 2, "tasks"), ACT_TASKS);
	assert_int_equal(action_meant(list, 2, ":tasks"), ACT_TASKS);
	/* What is listed here goes before a name from elsewhere. */
	assert_int_equal(action_meant(list, 2, "history"), ACT_SHOW_ALL);
	assert_int_equal(action_meant(list, 2, ":history"), ACT_HISTORY);
	assert_int_equal(action_meant(list, 2, "sign out"), ACT_SIGN_OUT);
	assert_int_equal(action_meant(list, 2, "password"), ACT_PASSPHRASE);
	assert_int_equal(action_meant(list, 2, ""), ACT_NONE);
	assert_int_equal(action_meant(list, 2, "-"), ACT_NONE);
	assert_int_equal(action_meant(list, 2, "no such"), ACT_NONE);
}

/* What hides the screen must not be taken by a screen for something else. */
static void
harm_01_no_screen_takes_the_keys_that_hide(void **state)
{
	static const enum action hiding[] = { ACT_BLANK, ACT_LOCK, ACT_SWITCH };

	(void)state;
	for (size_t s = 0; screens[s] != NULL; s++) {
		const enum action *list = screens[s]->actions;

		for (size_t i = 0; list != NULL && list[i] != ACT_NONE; i++)
			for (size_t h = 0; h < 3; h++)
				if (list[i] != hiding[h] &&
				    share_key(list[i], hiding[h]))
					fail_msg("%s: %s hides %s",
					    screens[s]->name,
					    action_info(list[i])->name,
					    action_info(hiding[h])->name);
	}
}

static void
everywhere_actions_share_no_key(void **state)
{
	(void)state;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++)
		for (int b = a + 1; b < ACT_COUNT; b++) {
			unsigned both = action_info((enum action)a)->flags &
					action_info((enum action)b)->flags;

			if (both & ACTF_EVERYWHERE)
				assert_false(
				    share_key((enum action)a, (enum action)b));
		}
}

/* Names are in drafts: two screens of one name would open each other's. */
static void
screens_are_whole(void **state)
{
	(void)state;
	for (size_t s = 0; screens[s] != NULL; s++) {
		const struct screen *one = screens[s];

		assert_true(one->name[0] != '\0' && strlen(one->name) < 32);
		assert_non_null(one->title);
		assert_true(one->draw != NULL || one->form != NULL);
		for (size_t t = s + 1; screens[t] != NULL; t++)
			assert_string_not_equal(one->name, screens[t]->name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(names_are_unique_and_found),
		cmocka_unit_test(every_key_can_be_pressed),
		cmocka_unit_test(no_screen_has_two_actions_on_one_key),
		cmocka_unit_test(harm_01_no_screen_takes_the_keys_that_hide),
		cmocka_unit_test(everywhere_actions_share_no_key),
		cmocka_unit_test(every_listed_word_means_its_action),
		cmocka_unit_test(words_are_taken_as_people_type_them),
		cmocka_unit_test(screens_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
