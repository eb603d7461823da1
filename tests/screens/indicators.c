/* SPDX-License-Identifier: ISC */
/* Indicators: what is noticed, one key an answer, in the program itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/screening.h"

#include "../lib/day_kit.h"
#include "../lib/scene.h"

static const struct day_answer first_catalogue[] = {
	{ DAY_TYPE, "Catalogue", "1" },
	{ .how = DAY_END },
};

static const struct day_answer second_catalogue[] = {
	{ DAY_TYPE, "Catalogue", "2" },
	{ DAY_TYPE, "List", "1" },
	{ .how = DAY_END },
};

/* Alone: a new snapshot of that catalogue is open. */
static void
through_the_gate(struct vt *vt, const struct day_answer *catalogue)
{
	static const struct day_answer gate[] = {
		{ DAY_TYPE, "Is the person alone", "y" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ DAY_TYPE, "Safe to talk here", "y" },
		{ DAY_TYPE, "Is there time", "y" },
		{ DAY_TYPE, "Limits of confidential", "y" },
		{ DAY_TYPE, "Language spoken", "1" },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "Before indicators");
	day_fill(vt, gate);
	day_fill(vt, catalogue);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "Before indicators");
}

static void
new_snapshot(struct vt *vt)
{
	through_the_gate(vt, first_catalogue);
	vt_expect(vt, "0 of 11 looked at");
}

static struct vt *
at_indicators(int rows, int cols)
{
	struct vt *vt = scene_terminal(&scene, "amina", rows, cols, NULL);

	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "i");
	vt_expect(vt, "a add");
	return vt;
}

/* The required sentence stands where it is decided, too: over the one at the
 * bottom of the screen. */
static void
absence_is_said_twice(struct vt *vt)
{
	static const char words[] = "The absence of indicators";
	const char *first = strstr(vt_whole_text(vt), words);

	assert_non_null(first);
	assert_non_null(strstr(first + 1, words));
}

static void
finish(struct vt *vt, const char *outcome, const char *wants)
{
	vt_send(vt, "F");
	vt_expect(vt, "How the conversation ended");
	absence_is_said_twice(vt);
	vt_send(vt, outcome);
	day_answer_line(vt, "What does the person want?", wants);
	vt_expect(vt, "Saved.");
}

/* --- what it looks like ------------------------------------------------------ */

static void
test_looks(void **state)
{
	static const struct {
		const char *golden;
		int rows, cols;
	} looks[] = {
		{ "indicators-80x24", 24, 80 },
		{ "indicators-40x10", 10, 40 },
		{ "indicators-132x50", 50, 132 },
	};

	struct vt *vt = at_indicators(24, 80);

	(void)state;
	new_snapshot(vt);
	vt_send(vt, "3214");
	vt_expect(vt, "4 of 11 looked at");
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		vt_resize(vt, looks[i].rows, looks[i].cols);
		assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS));
		scene_golden(vt, looks[i].golden);
	}
	vt_close(vt);
}

/* Not alone: no catalogue opens, and that is saved, said, and read again. */
static void
harm_21_what_the_gate_closed_is_saved_and_read(void **state)
{
	static const struct day_answer not_alone[] = {
		{ DAY_TYPE, "Is the person alone", "n" },
		{ DAY_TYPE, "Interpreter", "3" },
		{ DAY_TYPE, "Safe to talk here", "n" },
		{ DAY_TYPE, "Is there time", "y" },
		{ DAY_TYPE, "Limits of confidential", "y" },
		{ DAY_TYPE, "What does the person", "To be asked alone" },
		{ .how = DAY_END },
	};
	struct vt *vt = at_indicators(24, 80);

	(void)state;
	vt_send(vt, "a");
	vt_expect(vt, "Before indicators");
	day_fill(vt, not_alone);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved: not able to assess.");
	vt_keys(vt, "Enter");
	vt_expect(vt, "No catalogue was opened");
	vt_expect(vt, "Interpreter: a companion helped");
	vt_expect(vt, "To be asked alone");
	vt_close(vt);
}

/* --- answers ----------------------------------------------------------------- */

/* Each sign says at once where it comes from; nothing is filled in unseen. */
static void
test_a_sign_shows_its_source(void **state)
{
	struct vt *vt = at_indicators(24, 80);

	(void)state;
	new_snapshot(vt);
	vt_expect(vt, "0 not raised  1 no sign  2 some sign");
	vt_send(vt, "3");
	day_expect_focus(vt, "Deception");
	assert_non_null(strstr(vt_row(vt, 5), "CLEAR sign said"));
	vt_keys(vt, "Up o");
	vt_expect(vt, "Where it comes from");
	vt_send(vt, "3");
	vt_expect(vt, "CLEAR sign others");
	vt_keys(vt, "Down");
	vt_send(vt, "1");
	vt_expect(vt, "no sign           Deception");
	vt_close(vt);
}

/* What was left unfinished is offered where it belongs, and nowhere else: not
 * over a finished snapshot, not in another catalogue. */
static void
test_a_draft_is_offered_where_it_belongs(void **state)
{
	struct vt *vt = at_indicators(24, 80);

	(void)state;
	new_snapshot(vt);
	vt_send(vt, "3");
	finish(vt, "2", "To call home");
	new_snapshot(vt);
	vt_send(vt, "44");
	vt_expect(vt, "2 of 11 looked at");
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft");
	vt_keys(vt, "Enter");
	vt_expect(vt, "wants: To call home");
	assert_true(vt_absent(vt, "You were writing this"));
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "wants: To call home");
	through_the_gate(vt, second_catalogue);
	vt_expect(vt, "looked at");
	assert_true(vt_absent(vt, "You were writing this"));
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "looked at");
	through_the_gate(vt, first_catalogue);
	vt_expect(vt, "You were writing this");
	vt_keys(vt, "Enter");
	vt_expect(vt, "2 of 11 looked at");
	vt_close(vt);
}

/* The line is lost in the middle of it; the next sign-in goes on there. */
static void
test_a_lost_line_loses_no_answer(void **state)
{
	struct vt *vt = at_indicators(24, 80);

	(void)state;
	new_snapshot(vt);
	vt_send(vt, "44");
	vt_expect(vt, "2 of 11 looked at");
	vt_close(vt);
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	vt_expect(vt, "You were writing");
	vt_keys(vt, "Enter");
	vt_expect(vt, "2 of 11 looked at");
	vt_close(vt);
}

/* Words stand beside an answer, and are never dropped without a word. */
static void
test_words_are_not_lost(void **state)
{
	struct vt *vt = at_indicators(24, 80);
	struct err err = { .kind = ERR_NONE };
	struct screenings all;
	struct screening one;
	struct arena arena;

	(void)state;
	new_snapshot(vt);
	vt_keys(vt, "Enter");
	vt_expect(vt, "answer first, 1 to 5");
	vt_send(vt, "5");
	vt_keys(vt, "Up Enter");
	day_answer_line(vt, "A few factual words", "Said: at the harbour");
	vt_expect(vt, "\"Said: at the harbour\"");
	vt_send(vt, "0");
	vt_expect(vt, "There are words beside this line");
	finish(vt, "2", "To call home");
	arena_init(&arena);
	assert_int_equal(screening_list(scene.amina, scene.uids[SCENE_URGENT],
			     &arena, &all, &err),
	    0);
	assert_int_equal(all.n, 1);
	assert_int_equal(screening_open(scene.amina, scene.uids[SCENE_URGENT],
			     all.list[0].uid, &arena, &one, &err),
	    0);
	assert_int_equal(one.n_answers, 1);
	assert_string_equal(one.answers[0].state, "unclear");
	assert_string_equal(one.answers[0].source, "");
	assert_string_equal(one.answers[0].note, "Said: at the harbour");
	arena_done(&arena);
	vt_close(vt);
}

/* A filter counts what it shows, and Esc gives the list back before it leaves
 * anything. */
static void
test_a_filter_comes_back(void **state)
{
	struct vt *vt = at_indicators(24, 80);

	(void)state;
	new_snapshot(vt);
	vt_send(vt, "222");
	day_expect_focus(vt, "Isolation");
	vt_send(vt, "/");
	vt_send(vt, "debt");
	vt_expect(vt, "1/11");
	vt_expect_gone(vt, "Isolation");
	vt_keys(vt, "Esc");
	vt_expect(vt, "3 of 11 looked at");
	day_expect_focus(vt, "Isolation");
	vt_send(vt, "/");
	vt_send(vt, "debt");
	vt_keys(vt, "Enter");
	vt_send(vt, "3");
	vt_keys(vt, "Esc");
	vt_expect(vt, "4 of 11 looked at");
	day_absent(vt, "Not saved yet");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Not saved yet");
	vt_close(vt);
}

/* The snapshot before stands beside this one, and is never changed by it. */
static void
test_side_by_side(void **state)
{
	struct vt *vt = at_indicators(24, 80);

	(void)state;
	new_snapshot(vt);
	vt_send(vt, "=");
	vt_expect(vt, "There is no snapshot before this one.");
	vt_send(vt, "24");
	finish(vt, "2", "To sleep");
	new_snapshot(vt);
	vt_send(vt, "3");
	day_absent(vt, "Before");
	vt_send(vt, "=");
	vt_expect(vt, "Now        Before     Source");
	vt_expect(vt, "CLEAR sign some sign  said");
	vt_expect(vt, "·          rather not");
	finish(vt, "3", "Her passport");
	vt_expect(vt, "Concern: offer a link");
	vt_keys(vt, "Down Enter");
	vt_expect(vt, "wants: To sleep");
	vt_expect(vt, "some sign  said");
	day_absent(vt, "Before");
	day_absent(vt, "CLEAR");
	vt_close(vt);
}

/* On the smallest window the sentence is still a whole one. */
static void
absence_is_said_to_its_end(void **state)
{
	struct vt *vt = at_indicators(10, 40);

	(void)state;
	vt_expect(vt, "The absence of indicators does not");
	vt_expect(vt, "mean the absence of exploitation.");
	vt_close(vt);
}

/* Nothing adds up and nothing judges, whatever was answered. */
static void
harm_06_no_total_and_no_verdict(void **state)
{
	static const char *const never[] = { "otal", "core", "%", "victim",
		"raffick" };
	struct vt *vt = at_indicators(24, 80);
	const struct buf *all;

	(void)state;
	new_snapshot(vt);
	vt_send(vt, "33333333333");
	vt_expect(vt, "11 of 11 looked at");
	vt_expect(vt, "The absence of indicators does not mean");
	finish(vt, "3", "Wages");
	vt_keys(vt, "Enter");
	vt_expect(vt, "wants: Wages");
	vt_expect(vt, "The absence of indicators does not mean");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Space all parts");
	vt_expect(vt, "The absence of indicators does not mean");
	all = vt_stream(vt);
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_null(
		    memmem(all->data, all->len, never[i], strlen(never[i])));
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_looks),
		TEST(harm_21_what_the_gate_closed_is_saved_and_read),
		TEST(test_a_sign_shows_its_source),
		TEST(test_a_draft_is_offered_where_it_belongs),
		TEST(test_a_lost_line_loses_no_answer),
		TEST(test_words_are_not_lost),
		TEST(test_a_filter_comes_back),
		TEST(test_side_by_side),
		TEST(absence_is_said_to_its_end),
		TEST(harm_06_no_total_and_no_verdict),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
