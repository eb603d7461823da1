/* SPDX-License-Identifier: ISC */
/* The words that are read aloud belong to what is asked, and in which
 * language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/consent.h"

#include "../lib/day_kit.h"
#include "../lib/scene.h"

static struct scene scene;

static int
set_up(void **state)
{
	(void)state;
	scene_open(&scene);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scene_close(&scene);
	return 0;
}

static void
harm_18_the_text_read_is_the_one_for_what_is_asked(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 50, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	/* Nothing is chosen: there is nothing to read yet. */
	vt_expect_gone(vt, "Read aloud");
	vt_send(vt, "1");
	vt_expect(vt, "(work-together-en, 1)");
	vt_expect_gone(vt, "release-en");
	vt_send(vt, "2");
	vt_expect(vt, "(release-en, 1)");
	vt_expect_gone(vt, "work-together-en");
	/* Without a text of its own: the printed sheet. */
	vt_send(vt, "6");
	vt_expect(vt, "use the printed sheet");
	vt_expect_gone(vt, "release-en");
	vt_close(vt);
}

/* A language without an approved text says so, and the record names the text
 * that was on the screen. */
static void
harm_18_another_language_is_said_and_recorded(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 50, 80, NULL);
	struct consents all;
	struct arena arena;
	struct err err;

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "1"); /* English */
	vt_expect(vt, "(work-together-en, 1)");
	vt_expect_gone(vt, "No text in this language");
	vt_send(vt, "4"); /* Arabic */
	vt_expect(vt, "No text in this language");
	vt_expect(vt, "(work-together-en, 1)");
	vt_keys(vt, "Tab");
	vt_send(vt, "3"); /* not now */
	vt_keys(vt, "Tab");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "2"); /* an independent interpreter */
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	arena_init(&arena);
	assert_int_equal(consent_list(scene.amina, scene.uids[SCENE_LOW], true,
			     &arena, &all, &err),
	    0);
	assert_true(all.n > 0);
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].language, "ar") == 0)
			assert_string_equal(
			    all.list[i].script, "work-together-en:1");
	arena_done(&arena);
	vt_close(vt);
}

/* A no says whether it may be asked again: nobody is asked at every visit. */
static void
harm_04_a_no_says_whether_to_ask_again(void **state)
{
	static const struct day_answer no[] = {
		{ DAY_TYPE, "Consent to", "2" },
		{ DAY_KEYS, "To whom", "l e g a l Enter" },
		{ DAY_KEYS, "What for", "w a g e Enter" },
		{ DAY_TYPE, "Which data", "1" },
		{ DAY_TYPE, "Language it was", "1" },
		{ DAY_TYPE, "What did they say?", "4" },
		{ DAY_TYPE, "May we ask again?", "2" },
		{ DAY_KEYS, "What must not be told", "Tab" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ .how = DAY_END },
	};
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	day_fill(vt, no);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	/* The cursor stays where it was: a key must not hit another row. */
	day_expect_focus(vt, "Working together");
	vt_keys(vt, "Up");
	day_expect_focus(vt, "NO");
	vt_expect(vt, "do not ask again");
	vt_close(vt);
}

/* Working together stands in the list, too: how it was given, until when, and
 * it ends like every other consent. */
static void
harm_03_working_together_can_end(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "c");
	vt_expect(vt, "until 2 Feb");
	vt_expect(vt, "English, work-together-en:1");
	day_expect_focus(vt, "Working together");
	vt_send(vt, "w");
	day_answer_line(vt, "withdraw this consent now", "by phone");
	vt_expect(vt, "blocked from now on");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Work together    WITHDRAWN");
	vt_close(vt);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(harm_18_the_text_read_is_the_one_for_what_is_asked),
		TEST(harm_18_another_language_is_said_and_recorded),
		TEST(harm_04_a_no_says_whether_to_ask_again),
		TEST(harm_03_working_together_can_end),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
