/* SPDX-License-Identifier: ISC */
/* Who the person is: the card, its form and the number, in the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/scene.h"

#include "store/safety.h"

static void
open_card(struct vt *vt)
{
	vt_send(vt, "p");
	vt_expect(vt, "why do you open it?");
	vt_keys(vt, "Enter"); /* nothing is no reason */
	assert_false(vt_ever(vt, SCENE_NAME));
	vt_send(vt, "they asked to correct their name");
	vt_keys(vt, "Enter");
	vt_expect(vt, SCENE_NAME);
}

static void
harm_01_the_card_hides_itself(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	open_card(vt);
	vt_expect(vt, "Hides itself in 5 s");
	/* Nobody touches a key. */
	vt_expect_gone(vt, SCENE_NAME);
	vt_expect(vt, "Hidden.");
	vt_close(vt);
}

static void
harm_01_one_key_hides_the_card(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	open_card(vt);
	vt_send(vt, "x");
	vt_expect(vt, "Hidden.");
	vt_expect_gone(vt, SCENE_NAME);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	assert_true(vt_absent(vt, SCENE_NAME));
	vt_close(vt);
}

/* The form that puts it right covers itself as the card does; what was typed
 * is under the cover, and no key types or saves unseen. */
static void
harm_01_the_form_of_the_card_covers_itself(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	open_card(vt);
	vt_send(vt, "e");
	vt_expect(vt, "Who the person is");
	vt_keys(vt, "Down");
	vt_send(vt, "Lani");
	vt_expect(vt, "Lani");
	/* Nobody touches a key. */
	vt_expect_gone(vt, SCENE_NAME);
	vt_expect(vt, "Covered: nobody typed");
	vt_send(vt, "zz");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Enter shows it again");
	assert_true(vt_absent(vt, SCENE_NAME));
	vt_keys(vt, "Enter");
	vt_expect(vt, SCENE_NAME);
	vt_expect(vt, "Lani");
	assert_true(vt_absent(vt, "Lanizz"));
	/* A key gives the whole time again. */
	vt_send(vt, "ya");
	vt_expect(vt, "Laniya");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_close(vt);
}

/* What was printed line by line stays there: nobody is told otherwise, and it
 * is said before anything is printed.  Listed words are commands. */
static void
harm_01_line_mode_says_that_the_card_stays(void **state)
{
	static const char *const dumb[] = { "TERM=dumb", NULL };
	struct vt *vt = scene_terminal(&scene, "amina", 40, 80, dumb);
	char line[32];

	(void)state;
	vt_send(vt, "\n");
	snprintf(line, sizeof(line), ":%s\n", scene.codes[SCENE_LOW]);
	vt_send(vt, line);
	vt_expect(vt, "Wants first");
	vt_send(vt, "yet to do\n");
	vt_expect(vt, "Yet to do");
	vt_expect(vt, "Number, name or ?:");
	vt_send(vt, ".\nperson\n");
	vt_expect(vt, "why do you open it?");
	vt_expect(vt, "What it prints stays on");
	vt_send(vt, "they asked\n");
	vt_expect(vt, "This stays on the screen");
	vt_send(vt, "number\n");
	vt_expect(vt, "v again prints the number, and it stays");
	vt_send(vt, "hide\n");
	vt_expect(vt, "What was printed is still above");
	assert_false(vt_ever(vt, "Hides itself"));
	assert_false(vt_ever(vt, "Hidden."));
	vt_close(vt);
}

/* Its record of how to reach the person is opened as the card is: with a
 * reason, on the record, covered by itself. */
static void
harm_01_safe_contact_opens_with_a_reason(void **state)
{
	static const char kept[] =
	    "SELECT count(*) FROM audit WHERE action = 'contact.instruction' "
	    "AND reason = 'they said stop'";
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	vt_send(vt, "S");
	vt_expect(vt, "Safe contact");
	vt_expect(vt, "why do you open it?");
	vt_keys(vt, "Enter");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Hidden. Enter opens it");
	assert_false(vt_ever(vt, "Still the number"));
	vt_keys(vt, "Enter");
	day_answer_line(vt, "why do you open it?", "they said stop");
	vt_expect(vt, "Still the number");
	assert_int_equal(ask_identity(scene.amina, kept), 1);
	/* Nobody touches a key. */
	vt_expect(vt, "Covered: nobody typed");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Still the number");
	/* Said once: it holds while who they are stands open. */
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "S");
	vt_expect(vt, "Still the number");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	open_card(vt);
	vt_send(vt, "x");
	vt_expect(vt, "Hidden.");
	vt_send(vt, "S");
	vt_expect(vt, "why do you open it?");
	vt_close(vt);
}

/* Nor is the safety plan read by way of writing it. */
static void
harm_12_the_plan_is_not_read_by_writing_it(void **state)
{
	struct safety_part part = { "concern", "the car outside" };
	const struct safety_plan plan = { .uid = uid_new(),
		.parts = &part,
		.n_parts = 1,
		.complete = "",
		.copy_safe = "",
		.language = "" };
	struct conflicts conflicts;
	struct arena arena;
	struct err err;
	struct vt *vt;

	(void)state;
	arena_init(&arena);
	assert_int_equal(safety_plan_add(scene.amina, scene.uids[SCENE_URGENT],
			     &plan, &arena, &conflicts, &err),
	    0);
	arena_done(&arena);
	vt = scene_at(&scene, SCENE_URGENT);
	vt_send(vt, "Y");
	vt_expect(vt, "why do you open it?");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Hidden.");
	vt_send(vt, "a");
	day_answer_line(vt, "why do you open it?", "she moved");
	vt_expect(vt, "the car outside");
	vt_expect(vt, "Covered: nobody typed");
	assert_true(vt_absent(vt, "the car outside"));
	vt_close(vt);
}

/* Spoken line by line nothing stands there to be covered: whoever thinks for
 * longer saves all the same. */
static void
the_form_of_the_card_waits_in_line_mode(void **state)
{
	static const char *const dumb[] = { "TERM=dumb", NULL };
	struct vt *vt = scene_terminal(&scene, "amina", 40, 80, dumb);
	char line[32];

	(void)state;
	vt_send(vt, "\n");
	snprintf(line, sizeof(line), ":%s\n", scene.codes[SCENE_LOW]);
	vt_send(vt, line);
	vt_expect(vt, "Wants first");
	vt_send(vt, ":identity\n");
	vt_expect(vt, "why do you open it?");
	vt_send(vt, "they asked\nedit\n");
	vt_expect(vt, "[1 of 10]");
	/* Longer than what is shown for 5 s. */
	assert_false(vt_wait_text(vt, "overed", 6000));
	vt_send(vt, "\nLani\n:save\n");
	vt_expect(vt, "Saved.");
	vt_close(vt);
}

/* --- harm register 2 ------------------------------------------------------ */

static void
harm_02_the_number_comes_after_the_instruction(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	open_card(vt);
	vt_expect(vt, "v shows it");
	assert_false(vt_ever(vt, SCENE_PHONE));
	vt_send(vt, "v");
	vt_expect(vt, "Reaching the person safely");
	vt_expect(vt, "Tue and Thu, 14 to 16");
	assert_false(vt_ever(vt, SCENE_PHONE));
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "Reaching the person safely");
	assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
	assert_false(vt_ever(vt, SCENE_PHONE));
	vt_send(vt, "v");
	vt_expect(vt, "Reaching the person safely");
	vt_send(vt, "v");
	vt_expect(vt, SCENE_PHONE);
	vt_close(vt);
}

static void
harm_02_no_contact_has_no_number(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_MEDIUM);

	(void)state;
	vt_expect(vt, "No: do not contact");
	vt_send(vt, "p");
	vt_send(vt, "they asked");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Imara Lanternfield");
	vt_expect(vt, "no contact is wanted");
	vt_send(vt, "v");
	vt_expect(vt, "No number is shown.");
	vt_send(vt, "v");
	vt_expect(vt, "not to be contacted");
	assert_false(vt_ever(vt, "555"));
	vt_close(vt);
}

/* What stands below the edge of a small window was not read. */
static void
harm_02_the_instruction_is_read_to_its_end(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 10, 40, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "p");
	vt_expect(vt, "why do you open it?");
	vt_send(vt, "they asked");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Hides itself");
	vt_send(vt, "v");
	vt_expect(vt, "May we contact");
	vt_send(vt, "v");
	vt_expect(vt, "Read to its end first");
	assert_false(vt_ever(vt, SCENE_PHONE));
	vt_keys(vt, "End");
	vt_expect(vt, "Last verified");
	vt_send(vt, "v");
	vt_expect(vt, SCENE_PHONE);
	vt_close(vt);
}

/* Changing the person shows no number either. */
static void
harm_02_editing_shows_no_number(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	open_card(vt);
	vt_send(vt, "e");
	vt_expect(vt, "New number");
	vt_expect(vt, SCENE_NAME);
	vt_keys(vt, "Esc");
	vt_send(vt, "S");
	vt_expect(vt, "Still the number");
	assert_false(vt_ever(vt, SCENE_PHONE));
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(harm_01_the_card_hides_itself),
		TEST(harm_01_one_key_hides_the_card),
		TEST(harm_01_the_form_of_the_card_covers_itself),
		TEST(harm_01_line_mode_says_that_the_card_stays),
		TEST(harm_01_safe_contact_opens_with_a_reason),
		TEST(harm_12_the_plan_is_not_read_by_writing_it),
		TEST(the_form_of_the_card_waits_in_line_mode),
		TEST(harm_02_the_number_comes_after_the_instruction),
		TEST(harm_02_no_contact_has_no_number),
		TEST(harm_02_the_instruction_is_read_to_its_end),
		TEST(harm_02_editing_shows_no_number),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
