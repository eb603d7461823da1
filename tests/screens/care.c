/* SPDX-License-Identifier: ISC */
/*
 * Plan, help and children in the real program: how far a goal is, going
 * through the plan, help that was given, declined or not to be had, and
 * somebody who turns out to be a child.  One story.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/month_kit.h"

/* --- how far it is ------------------------------------------------------------------ */

#define GOAL "A room with a lock."

static const struct day_answer goal[] = {
	{ DAY_TYPE, "What they want to reach", GOAL },
	{ DAY_KEYS, "Area of life", "s h e l t e r Enter" },
	{ DAY_TYPE, "By when", "+10" },
	{ DAY_TYPE, "Did you agree", "1" },
	{ .how = DAY_END },
};

static void
plans_a_goal(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 0, m->code);
	vt = m->amina;
	vt_send(vt, "P");
	vt_expect(vt, "No goal yet");
	vt_send(vt, "a");
	vt_expect(vt, "What they want to reach");
	day_fill(vt, goal);
	month_keeps(m, vt, "amina", "Area of life", GOAL);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "Area of life");
	vt_expect(vt, GOAL);
	vt_keys(vt, "Home");
	vt_send(vt, "f");
	vt_expect(vt, "How far is this goal?");
	vt_send(vt, "3");
	/* It is the person who sets it aside: in their words. */
	vt_expect(vt, "What did the person say?");
	vt_keys(vt, "Enter");
	vt_expect(vt, "What did the person say?");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "What did the person say?");
	assert_int_equal(KEPT(m, m->uid, "goal_progress WHERE 1"), 0);
	vt_send(vt, "f");
	vt_expect(vt, "How far is this goal?");
	vt_send(vt, "1");
	day_answer_line(vt, "In a few words", "Two landlords were asked.");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "in progress");
	assert_int_equal(
	    KEPT(m, m->uid, "goal_progress WHERE state = 'in_progress'"), 1);
}

/* --- going through it ------------------------------------------------------------------ */

static const struct day_answer together[] = {
	{ DAY_TYPE, "Do they agree to the plan", "1" },
	{ DAY_TYPE, "What they say about it", "First the lock." },
	{ DAY_TYPE, "Would a copy be safe", "1" },
	{ DAY_TYPE, "Did they take one?", "y" },
	{ DAY_TYPE, "Look at it together", "+5" },
	{ .how = DAY_END },
};

static void
goes_through_it(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_send(vt, "v");
	vt_expect(vt, "Do they agree to the plan");
	day_fill(vt, together);
	month_keeps(m, vt, "amina", "Do they agree", "First the lock.");
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "Do they agree");
	vt_expect_gone(vt, "Not gone through together yet");
	assert_int_equal(
	    KEPT(m, m->uid, "plan_review WHERE copy_given = 1"), 1);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* --- help --------------------------------------------------------------------------------- */

static void
add_help(struct vt *vt, const char *which, const char *stands)
{
	const struct day_answer form[] = {
		{ DAY_KEYS, "Which help", which },
		{ DAY_TYPE, "How it stands", stands },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "Which help");
	day_fill(vt, form);
}

static const struct day_answer sheet[] = {
	{ DAY_KEYS, "Which day was it", "Tab" },
	{ DAY_KEYS, "How much", "Tab" },
	{ DAY_TYPE, "Which goal of the plan", "1" },
	{ DAY_KEYS, "Which sheet", "r i g h t s Enter" },
	{ .how = DAY_END },
};

static const struct day_answer gap[] = {
	{ DAY_KEYS, "Which day was it", "Tab" },
	{ DAY_TYPE, "How much", "one night" },
	{ DAY_KEYS, "Which goal of the plan", "Tab" },
	{ .how = DAY_END },
};

static void
harm_04_help_waits_for_nothing(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_send(vt, "s");
	vt_expect(vt, "none of it needs a consent");
	/* Which sheet, in which language and version, for which goal. */
	add_help(vt, "a c c u r a t e Enter", "1");
	day_fill(vt, sheet);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "How it stands");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Sheet: Your rights");
	vt_expect(vt, "version 1");
	vt_expect(vt, "For the goal: " GOAL);
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "For the goal");
	/* They do not want it now: their choice, and no reason is asked for. */
	add_help(vt, "l e g a l Enter", "3");
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "How it stands");
	vt_expect(vt, "not wanted now");
	/* A gap says why. */
	add_help(vt, "g o i n g Enter", "4");
	day_fill(vt, gap);
	month_refused(vt, "Write why it could not be had", "one night");
	month_keeps(m, vt, "amina", "How it stands", "one night");
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft");
	assert_int_equal(KEPT(m, m->uid, "service WHERE 1"), 2);
	/* Opened again the form asks; whoever begins anew loses nothing. */
	vt_send(vt, "a");
	vt_expect(vt, "You were writing this");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "You were writing this");
	vt_expect(vt, "Which help");
	vt_expect_gone(vt, "one night");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "Which help");
	vt_send(vt, "a");
	vt_expect(vt, "Go on with it");
	vt_keys(vt, "Enter");
	vt_expect(vt, "one night");
	vt_keys(vt, "Tab Tab Tab Tab Tab");
	day_expect_focus(vt, "In a few words");
	vt_send(vt, "Nobody was free.");
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "How it stands");
	vt_expect(vt, "not to be had");
	assert_int_equal(KEPT(m, m->uid,
			     "service WHERE state IN ('given', 'declined', "
			     "'unavailable')"),
	    3);
	assert_int_equal(
	    KEPT(m, m->uid, "audit WHERE action = 'service.add'"), 3);
	assert_int_equal(day_drafts(&m->day, "amina"), 0);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* --- who may be a child ----------------------------------------------------------------------- */

#define TOLD_WHY "The child asked us to; a teacher stays with them."

static const struct day_answer unsure[] = {
	{ DAY_TYPE, "Is or may be a child", "2" },
	{ DAY_TYPE, "Known from", "4" },
	{ DAY_KEYS, "Decided by whom", "Tab" },
	{ DAY_TYPE, "Was the child asked alone", "y" },
	{ DAY_TYPE, "The guardian is", "2" },
	{ DAY_TYPE, "Was the guardian told", "y" },
	{ DAY_KEYS, "Why, or why not", "Tab" },
	{ DAY_TYPE, "Who agrees for the child", "2" },
	{ DAY_TYPE, "Why this way", "The uncle may be part of it." },
	{ DAY_TYPE, "Trusted adult or service", "a teacher" },
	{ DAY_TYPE, "The child", "2" },
	{ .how = DAY_END },
};

/* Written down as an adult; then there is doubt, and doubt makes a child. */
static void
harm_11_doubt_makes_a_child(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_send(vt, "b");
	vt_expect(vt, "an adult");
	vt_expect_gone(vt, "Guardian");
	vt_send(vt, "e");
	vt_expect(vt, "Is or may be a child");
	day_fill(vt, unsure);
	/* Told, though not safe: what keeps the child safe now? */
	month_refused(vt, "what keeps the", "a teacher");
	month_keeps(m, vt, "amina", "The guardian is", "a teacher");
	/* It went to the answer it is about, and is there again. */
	day_expect_focus(vt, "Why, or why not");
	vt_send(vt, TOLD_WHY);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved; the earlier record");
	vt_expect(vt, "a child, until somebody who may decide");
	vt_expect(vt, "Not sure");
	vt_expect(vt, TOLD_WHY);
	vt_expect(vt, "Does not agree");
	assert_int_equal(KEPT(m, m->uid,
			     "child_record WHERE may_be_child = 'unsure' "
			     "AND informed = 'yes' AND assent = 'no'"),
	    1);
	assert_int_equal(
	    KEPT(m, m->uid, "audit WHERE action = 'child.set'"), 1);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* --- a small window ---------------------------------------------------------------- */

static void
fits_a_small_window(void **state)
{
	struct month *m = *state;
	struct vt *vt = day_start(&m->day, day_fast(), 10, 40, NULL);

	day_sign_in(vt, "amina");
	day_jump(vt, m->code);
	vt_send(vt, "P");
	vt_expect(vt, GOAL);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Contact");
	vt_send(vt, "s");
	vt_expect(vt, "not to be had");
	vt_send(vt, "a");
	vt_expect(vt, "Which help");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Contact");
	vt_send(vt, "b");
	vt_expect(vt, "Work as with");
	vt_send(vt, "e");
	vt_expect(vt, "Is or may be a child");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Contact");
	day_leave(vt);
	day_verify(&m->day);
}

#define STEPS(X)                          \
	X(plans_a_goal)                   \
	X(goes_through_it)                \
	X(harm_04_help_waits_for_nothing) \
	X(harm_11_doubt_makes_a_child)    \
	X(fits_a_small_window)
#define DEFINE(name) DAY_STEP(name)
STEPS(DEFINE)

#define TOLD(name) DAY_TOLD(name),
int
main(void)
{
	static const struct CMUnitTest tests[] = { STEPS(TOLD) };

	day_clock();
	return cmocka_run_group_tests(tests, month_open, month_close);
}
