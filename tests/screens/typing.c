/* SPDX-License-Identifier: ISC */
/*
 * What a tired hand and a strange terminal do to a form: nothing that is left
 * out, cut or refused goes without a word, and nothing typed is lost.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/day_kit.h"
#include "../lib/scene.h"

/* amina in the note field of a new note. */
static struct vt *
at_a_note(enum scene_case i)
{
	struct vt *vt = scene_at(&scene, i);

	vt_send(vt, "a");
	vt_expect(vt, "A note");
	vt_keys(vt, "Tab Tab");
	day_expect_focus(vt, "Note");
	return vt;
}

static void
what_cannot_be_shown_is_said(void **state)
{
	struct vt *vt = at_a_note(SCENE_LOW);

	(void)state;
	vt_paste(vt, "one\033[31m\xff\xfe two");
	vt_expect(vt, "3 characters that cannot be shown were left out");
	vt_expect(vt, "one[31m two");
	/* Once: the next key takes it away. */
	vt_send(vt, "x");
	vt_expect(vt, "twox");
	assert_true(vt_absent(vt, "left out"));
	/* A terminal of another time sends Latin-1, letter by letter. */
	vt_send(vt, " Jos\xe9 came");
	vt_expect(vt, "1 byte of what came was left out");
	vt_expect(vt, "twox Jos came");
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft");
	vt_close(vt);
}

static void
too_much_is_said_and_nothing_is_cut(void **state)
{
	struct vt *vt = at_a_note(SCENE_MEDIUM);
	char big[65001];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	vt_paste(vt, big);
	vt_expect(vt, "xxxxxxxxxxxxxxxxxxxx");
	big[10000] = '\0';
	vt_paste(vt, big);
	vt_expect(vt, "too long: 65536 bytes fit here. What was there is");
	/* What is chosen takes no words, and says so. */
	vt_keys(vt, "Tab");
	day_expect_focus(vt, "Who was there?");
	vt_paste(vt, "An interpreter");
	vt_expect(vt, "Nothing was pasted: this is chosen, not typed.");
	/* Nor is how it is chosen left to guessing. */
	vt_keys(vt, "F1");
	vt_expect(vt, "Up and Down, then Space");
	vt_close(vt);
}

/* Esc was a slip: whoever types on answers nothing. */
static void
a_slip_throws_nothing_away(void **state)
{
	static const char *const on[] = { "h\r", "is 2 rooms\r", "2 rooms\r",
		"what\r" };
	struct vt *vt = at_a_note(SCENE_URGENT);

	(void)state;
	vt_send(vt, "A long note that matters");
	for (size_t i = 0; i < sizeof(on) / sizeof(on[0]); i++) {
		vt_keys(vt, "Esc");
		vt_expect(vt, "Not saved yet");
		vt_send(vt, on[i]);
		vt_keys(vt, "Esc");
		vt_expect_gone(vt, "Not saved yet");
		vt_expect(vt, "A long note that matters");
	}
	vt_keys(vt, "Esc");
	vt_expect(vt, "Not saved yet");
	vt_keys(vt, "2 Enter");
	vt_expect_gone(vt, "A long note that matters");
	vt_close(vt);
}

/* On the smallest window one sees what one is writing, not its last line. */
static void
a_long_text_has_the_room_of_a_small_window(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 10, 40, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_HIGH);
	vt_send(vt, "a");
	vt_expect(vt, "What it is");
	vt_keys(vt, "Tab Tab");
	vt_expect(vt, "* Note");
	/* What helps is there until the first word. */
	vt_expect(vt, "Facts: who saw");
	vt_send(vt, "one\rtwo\rthree\rfour\rfive");
	vt_expect(vt, "five");
	vt_expect(vt, "one");
	vt_expect(vt, "two");
	vt_expect(vt, "three");
	vt_expect(vt, "four");
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft");
	vt_close(vt);
}

static struct vt *
at_withdrawing(struct vt *vt)
{
	vt_send(vt, "c");
	vt_expect(vt, "Work together");
	vt_send(vt, "w");
	vt_expect(vt, "How did they tell us?");
	return vt;
}

/* The line is lost in the middle of an answer: it is back in the question, and
 * gone once it was given. */
static void
harm_14_a_lost_line_in_a_question_keeps_the_answer(void **state)
{
	struct vt *vt = at_withdrawing(scene_at(&scene, SCENE_HIGH));
	int status;

	(void)state;
	vt_send(vt, "By telephone, to a colleague");
	vt_expect(vt, "to a colleague");
	vt_kill(vt, SIGHUP);
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
	vt_close(vt);

	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	vt_expect(vt, "You were writing");
	vt_expect(vt, " Consent  ");
	scene_jump(&scene, vt, SCENE_HIGH);
	(void)at_withdrawing(vt);
	vt_expect(vt, "By telephone, to a colleague");
	vt_expect(vt, "You typed this before; it was not sent.");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Withdrawn");
	vt_keys(vt, "Enter D");
	vt_expect(vt, "You were writing");
	assert_true(vt_absent(vt, " Consent  "));
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_shown_is_said),
		cmocka_unit_test(too_much_is_said_and_nothing_is_cut),
		cmocka_unit_test(a_slip_throws_nothing_away),
		cmocka_unit_test(a_long_text_has_the_room_of_a_small_window),
		cmocka_unit_test(
		    harm_14_a_lost_line_in_a_question_keeps_the_answer),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, scene_set_up, scene_tear_down);
}
