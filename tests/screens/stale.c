/* SPDX-License-Identifier: ISC */
/*
 * Two people at two terminals with one form each: the second to save sees what
 * the first recorded, and chooses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/case.h"

#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/scene.h"

static struct scene scene;

static int
set_up(void **state)
{
	(void)state;
	scene_open(&scene);
	(void)vault_kit_user(&scene.kit, "sumi", ROLE_SUPERVISOR, "branch-1");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scene_close(&scene);
	return 0;
}

/* Two people with one case open. */
struct two {
	struct vt *amina, *sumi;
};

static struct two
both_at(enum scene_case i)
{
	struct two t = { scene_terminal(&scene, "amina", 24, 80, NULL),
		scene_terminal(&scene, "sumi", 24, 80, NULL) };

	scene_jump(&scene, t.amina, i);
	vt_send(t.sumi, "g");
	vt_expect(t.sumi, "Open a case");
	vt_send(t.sumi, scene.codes[i]);
	vt_keys(t.sumi, "Enter");
	day_answer_line(t.sumi, "A colleague's case", "to look in");
	vt_expect(t.sumi, "Wants first");
	return t;
}

static void
both_leave(struct two *t)
{
	vt_close(t->amina);
	vt_close(t->sumi);
}

static void
both_open(struct two *t, const char *key, const char *form)
{
	vt_send(t->amina, key);
	vt_expect(t->amina, form);
	vt_send(t->sumi, key);
	vt_expect(t->sumi, form);
}

static struct case_file
case_now(enum scene_case i)
{
	struct err err = { .kind = ERR_NONE };
	struct case_file file = { .risk = -1 };
	struct arena arena;

	arena_init(&arena);
	OK(case_open(scene.amina, scene.uids[i], "", &arena, &file, &err));
	/* Numbers and flags alone are read of it. */
	arena_done(&arena);
	return file;
}

/* --- how to reach somebody ----------------------------------------------------------- */

#define WHY "He has her phone now."

static const struct day_answer stop[] = {
	{ DAY_TYPE, "Stop all contact", "y" },
	{ DAY_TYPE, "Why contact stops", WHY },
	{ .how = DAY_END },
};
static const struct day_answer lift[] = {
	{ DAY_TYPE, "Stop all contact", "n" },
	{ .how = DAY_END },
};
static const struct day_answer kept[] = {
	{ DAY_TYPE, "Still the number", "y" },
	{ .how = DAY_END },
};
static const struct day_answer checked[] = {
	{ DAY_TYPE, "Was this checked", "y" },
	{ .how = DAY_END },
};

/* The number and the check are asked each time. */
static void
saves_contact(struct vt *vt, const char *then)
{
	vt_keys(vt, "C-s");
	vt_expect(vt, "This is needed before the form can be saved.");
	day_fill(vt, kept);
	vt_keys(vt, "C-s");
	day_expect_focus(vt, "Was this checked");
	day_fill(vt, checked);
	vt_keys(vt, "C-s");
	vt_expect(vt, then);
}

/* Hers was open before; the stop stands, and she is told that a colleague was
 * there. */
static void
harm_02_a_stop_said_meanwhile_stands(void **state)
{
	struct two t = both_at(SCENE_HIGH);

	(void)state;
	both_open(&t, "S", "May we contact the person?");
	vt_keys(t.sumi, "Tab");
	day_fill(t.sumi, stop);
	saves_contact(t.sumi, "Saved.");
	assert_true(case_now(SCENE_HIGH).stop_contact);
	saves_contact(t.amina, "Saved, with what sumi changed meanwhile.");
	vt_expect(t.amina, "STOP: no contact");
	assert_true(case_now(SCENE_HIGH).stop_contact);
	both_leave(&t);
}

/* Both look at a stop: what one writes of it and the other takes away is
 * decided with both in view, also where the words waited in a draft. */
static void
harm_02_a_stop_is_not_taken_away_unseen(void **state)
{
	struct two t = both_at(SCENE_HIGH);

	(void)state;
	vt_send(t.sumi, "S");
	vt_expect(t.sumi, "May we contact the person?");
	vt_keys(t.sumi, "Tab");
	day_fill(t.sumi, stop);
	saves_contact(t.sumi, "Saved.");
	vt_expect(t.amina, "STOP: no contact");
	both_open(&t, "S", "May we contact the person?");
	vt_keys(t.amina, "Tab Tab");
	day_expect_focus(t.amina, "Why contact stops");
	vt_send(t.amina, " He waits outside.");
	vt_keys(t.amina, "C-c");
	vt_expect(t.amina, "kept as a draft");
	vt_keys(t.sumi, "Tab");
	day_fill(t.sumi, lift);
	saves_contact(t.sumi, "Saved.");
	assert_false(case_now(SCENE_HIGH).stop_contact);
	vt_send(t.amina, "D");
	vt_expect(t.amina, "You were writing");
	vt_keys(t.amina, "Enter");
	vt_expect(t.amina, "He waits outside.");
	saves_contact(t.amina, "Changed by sumi");
	vt_expect(t.amina, "theirs     No");
	/* The form does not show through. */
	day_absent(t.amina, "Safe days");
	vt_send(t.amina, "mm");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "STOP: no contact");
	assert_true(case_now(SCENE_HIGH).stop_contact);
	both_leave(&t);
}

/* --- a child ----------------------------------------------------------------------- */

static const struct day_answer is_child[] = {
	{ DAY_TYPE, "Is or may be a child?", "1" },
	{ DAY_TYPE, "Known from", "2" },
	{ DAY_KEYS, "Decided by whom", "Tab" },
	{ DAY_TYPE, "Was the child asked alone?", "y" },
	{ DAY_TYPE, "The guardian is", "2" },
	{ DAY_TYPE, "Was the guardian told?", "n" },
	{ DAY_TYPE, "Why, or why not", "He sold her papers." },
	{ DAY_TYPE, "Who agrees for the child?", "2" },
	{ DAY_TYPE, "Why this way", "He may be part of it." },
	{ DAY_TYPE, "Trusted adult", "the school's nurse" },
	{ DAY_TYPE, "The child", "1" },
	{ .how = DAY_END },
};
static const struct day_answer is_adult[] = {
	{ DAY_TYPE, "Is or may be a child?", "3" },
	{ DAY_TYPE, "Known from", "1" },
	{ .how = DAY_END },
};

/* Both forms were opened when nothing was recorded. */
static void
harm_11_a_child_said_meanwhile_stays_a_child(void **state)
{
	struct two t = both_at(SCENE_MEDIUM);

	(void)state;
	both_open(&t, "b", "Work as with   an adult");
	both_open(&t, "e", "Is or may be a child?");
	day_fill(t.sumi, is_child);
	vt_keys(t.sumi, "C-s");
	vt_expect(t.sumi, "Work as with   a child");
	day_fill(t.amina, is_adult);
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Changed by sumi");
	vt_expect(t.amina, "mine       No, an adult");
	vt_expect(t.amina, "theirs     Yes");
	vt_send(t.amina, "tt");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Work as with   a child");
	vt_expect(t.amina, "best interests");
	both_leave(&t);
}

/* --- what keeps them safe -------------------------------------------------------------- */

static void
opens_a_safety_plan(struct vt *vt, const char *worry)
{
	const struct day_answer words[] = {
		{ DAY_TYPE, "What worries them most", worry },
		{ .how = DAY_END }
	};

	vt_send(vt, "Y");
	day_answer_line(vt, "The safety plan", "to write it with her");
	vt_send(vt, "a");
	vt_expect(vt, "What worries them, and what they have");
	day_fill(vt, words);
}

/* Her words do not fall out of the plan because his form knew nothing of them. */
static void
harm_14_words_of_a_safety_plan_stay(void **state)
{
	static const struct day_answer people[] = {
		{ DAY_KEYS, "What they have to build", "Tab" },
		{ DAY_TYPE, "People who help", "the neighbour" },
		{ .how = DAY_END }
	};
	struct two t = both_at(SCENE_HIGH);

	(void)state;
	opens_a_safety_plan(t.amina, "the blue van");
	opens_a_safety_plan(t.sumi, "her cousin");
	day_fill(t.sumi, people);
	vt_keys(t.sumi, "C-s");
	vt_expect(t.sumi, "version 1 of 1");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Changed by sumi");
	vt_expect(t.amina, "her cousin");
	vt_send(t.amina, "m");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "version 2 of 2");
	vt_expect(t.amina, "the blue van");
	vt_expect(t.amina, "the neighbour");
	both_leave(&t);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_02_a_stop_said_meanwhile_stands),
		T(harm_02_a_stop_is_not_taken_away_unseen),
		T(harm_11_a_child_said_meanwhile_stays_a_child),
		T(harm_14_words_of_a_safety_plan_stay),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
