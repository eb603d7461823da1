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

static struct session *sumi;

static int
set_up(void **state)
{
	(void)scene_set_up(state);
	sumi = vault_kit_user(&scene.kit, "sumi", ROLE_SUPERVISOR, "branch-1");
	return 0;
}

/* Two people with one case open. */
struct two {
	struct vt *amina, *sumi;
};

static struct vt *
sumi_at(enum scene_case i)
{
	struct vt *vt = scene_terminal(&scene, "sumi", 24, 80, NULL);

	vt_send(vt, "g");
	vt_expect(vt, "Open a case");
	vt_send(vt, scene.codes[i]);
	vt_keys(vt, "Enter");
	day_answer_line(vt, "A colleague's case", "to look in");
	vt_expect(vt, "Wants first");
	return vt;
}

static struct two
both_at(enum scene_case i)
{
	struct two t = { .amina =
			     scene_terminal(&scene, "amina", 24, 80, NULL) };

	scene_jump(&scene, t.amina, i);
	t.sumi = sumi_at(i);
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

/* --- who somebody is ------------------------------------------------------------ */

static void
at_the_card(struct vt *vt, const char *name)
{
	vt_send(vt, "p");
	vt_expect(vt, "why do you open it?");
	vt_send(vt, "to put it right");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Hides itself");
	vt_send(vt, "e");
	vt_expect(vt, "Other names");
	vt_keys(vt, "Down");
	vt_send(vt, name);
	vt_expect(vt, name);
}

/* A conflict over the form is covered as the form is: both names stand in it.
 * No key but Enter acts under the cover. */
static void
harm_01_a_conflict_over_the_card_covers_itself(void **state)
{
	struct two t = both_at(SCENE_URGENT);

	(void)state;
	at_the_card(t.amina, "Lanternlight");
	at_the_card(t.sumi, "Lampshade");
	vt_keys(t.sumi, "C-s");
	vt_expect(t.sumi, "Saved.");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Changed by sumi");
	vt_expect(t.amina, "Lampshade");
	/* Nobody touches a key. */
	vt_expect_gone(t.amina, "Lampshade");
	vt_expect(t.amina, "Covered: nobody typed");
	vt_send(t.amina, "t");
	vt_keys(t.amina, "C-s");
	assert_true(vt_wait_quiet(t.amina, 200, VT_WAIT_MS));
	assert_true(vt_absent(t.amina, "Lampshade"));
	vt_keys(t.amina, "Enter");
	vt_expect(t.amina, "Lampshade");
	vt_expect(t.amina, "Lanternlight");
	/* Nothing was decided unseen. */
	vt_expect(t.amina, "(1 left)");
	vt_send(t.amina, "m");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Saved");
	both_leave(&t);
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

/* Opened with a reason where none stands. */
static void
opens_contact(struct vt *vt, bool asked)
{
	vt_send(vt, "S");
	if (asked)
		day_answer_line(vt, "why do you open it?", "they rang");
	vt_expect(vt, "May we contact the person?");
}

/* Whoever waited for a colleague finds the form covered by now, or soon: a key
 * that does nothing begins the time anew. */
static void
looks_again(struct vt *vt)
{
	vt_keys(vt, "F10");
	assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
	if (vt_absent(vt, "Covered:"))
		return;
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Covered:");
}

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
	opens_contact(t.amina, true);
	opens_contact(t.sumi, true);
	vt_keys(t.sumi, "Tab");
	day_fill(t.sumi, stop);
	saves_contact(t.sumi, "Saved.");
	assert_true(case_now(SCENE_HIGH).stop_contact);
	looks_again(t.amina);
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
	opens_contact(t.sumi, true);
	vt_keys(t.sumi, "Tab");
	day_fill(t.sumi, stop);
	saves_contact(t.sumi, "Saved.");
	vt_expect(t.amina, "STOP: no contact");
	opens_contact(t.sumi, false);
	opens_contact(t.amina, true);
	vt_keys(t.amina, "Tab Tab");
	day_expect_focus(t.amina, "Why contact stops");
	vt_send(t.amina, " He waits outside.");
	vt_keys(t.amina, "C-c");
	vt_expect(t.amina, "kept as a draft");
	looks_again(t.sumi);
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
	looks_again(t.amina);
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

/* --- what they need ---------------------------------------------------------------------- */

/* An urgent need a colleague recorded is not written over by a form that was
 * opened before, nor by a draft of it. */
static void
harm_14_a_need_recorded_meanwhile_is_asked(void **state)
{
	struct two t = both_at(SCENE_MEDIUM);

	(void)state;
	both_open(&t, "n", "Reads and writes");
	both_open(&t, "a", "What they want");
	vt_keys(t.amina, "C-n");
	vt_expect(t.amina, "Needs: only what");
	vt_send(t.amina, "1");
	vt_keys(t.amina, "C-c");
	vt_expect(t.amina, "kept as a draft");
	vt_keys(t.sumi, "C-n");
	vt_expect(t.sumi, "Needs: only what");
	vt_send(t.sumi, "3");
	vt_keys(t.sumi, "Tab");
	vt_send(t.sumi, "He found the house.");
	vt_keys(t.sumi, "C-s");
	vt_expect(t.sumi, "He found the house.");
	vt_send(t.amina, "D");
	vt_expect(t.amina, "You were writing");
	vt_keys(t.amina, "Enter");
	vt_expect(t.amina, "Needs: only what");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Changed by sumi");
	vt_expect(t.amina, "Safety: in a few words");
	vt_expect(t.amina, "He found the house.");
	vt_send(t.amina, "tt");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Urgent: He found the house.");
	both_leave(&t);
}

/* --- one field of the case ---------------------------------------------------------- */

static const struct day_answer low[] = {
	{ DAY_TYPE, "Risk: what harm", "4" },
	{ DAY_TYPE, "Why", "She moved away." },
	{ .how = DAY_END },
};
static const struct day_answer urgent[] = {
	{ DAY_TYPE, "Risk: what harm", "1" },
	{ DAY_TYPE, "Why", "He came back." },
	{ .how = DAY_END },
};

/* Two levels, and both are shown; the one who came second decides, and it is
 * saved, also out of a draft. */
static void
harm_14_a_risk_is_saved_after_a_colleagues(void **state)
{
	struct two t = both_at(SCENE_MEDIUM);

	(void)state;
	both_open(&t, "r", "Risk: what harm");
	day_fill(t.sumi, low);
	vt_keys(t.sumi, "C-s");
	vt_expect(t.sumi, "The risk is saved");
	day_fill(t.amina, urgent);
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Changed by sumi");
	vt_expect(t.amina, "theirs         Low");
	vt_expect(t.amina, "theirs     She moved away.");
	/* Back to the form: what stands now is said above it. */
	vt_keys(t.amina, "Esc");
	vt_expect(t.amina, "Low since");
	vt_keys(t.amina, "C-c");
	vt_expect(t.amina, "kept as a draft");
	vt_send(t.amina, "D");
	vt_expect(t.amina, "You were writing");
	vt_keys(t.amina, "Enter");
	vt_expect(t.amina, "He came back.");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "Changed by sumi");
	vt_send(t.amina, "mm");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "The risk is saved");
	assert_int_equal(case_now(SCENE_MEDIUM).risk, 0);
	both_leave(&t);
}

static const struct day_answer nobody[] = {
	{ DAY_TYPE, "Who works on this case", "5" },
	{ .how = DAY_END },
};
static const struct day_answer myself[] = {
	{ DAY_TYPE, "Who works on this case", "1" },
	{ .how = DAY_END },
};

static void
two_who_assign_see_each_other(void **state)
{
	struct vt *one = sumi_at(SCENE_LOW), *other = sumi_at(SCENE_LOW);

	(void)state;
	vt_send(one, "A");
	vt_expect(one, "Who works on this case");
	vt_send(other, "A");
	vt_expect(other, "Who works on this case");
	vt_expect(one, "5 Nobody for now");
	day_fill(one, nobody);
	vt_keys(one, "C-s");
	vt_expect(one, "Saved.");
	day_fill(other, myself);
	vt_keys(other, "C-s");
	vt_expect(other, "mine       I take it myself");
	vt_expect(other, "theirs     Nobody for now");
	vt_send(other, "m");
	vt_keys(other, "C-s");
	vt_expect(other, "Saved.");
	assert_int_equal(ask_of(scene.amina,
			     "SELECT count(*) FROM case_file c JOIN colleague u"
			     " ON u.uid = c.owner WHERE c.uid = ?1"
			     " AND u.login = 'sumi'",
			     scene.uids[SCENE_LOW]),
	    1);
	/* Whom it was with in between is said, too. */
	vt_send(one, "h");
	vt_expect(one, "History");
	vt_expect(one, "amina              nobody");
	vt_expect(one, "nobody             sumi");
	vt_close(one);
	vt_close(other);
}

/* --- a closing ------------------------------------------------------------------------ */

static const struct day_answer closing[] = {
	{ DAY_TYPE, "Why the case closes", "2" },
	{ DAY_TYPE, "Needs met?", "1" },
	{ DAY_TYPE, "Safety plan reviewed?", "2" },
	{ DAY_TYPE, "How it is", "She is away already." },
	{ DAY_TYPE, "Plan complete?", "1" },
	{ DAY_TYPE, "Do both agree", "1" },
	{ DAY_TYPE, "Told they can come back?", "1" },
	{ DAY_TYPE, "Feedback offered?", "1" },
	{ DAY_KEYS, "Ask after them once?", "Tab" },
	{ DAY_TYPE, "In a few words", "She asked for it." },
	{ .how = DAY_END },
};

static void
a_colleague_notes(enum scene_case i, const char *text)
{
	const struct note n = { .uid = uid_new(),
		.case_uid = scene.uids[i],
		.kind = "fact",
		.text = text };
	struct case_file file;
	struct arena arena;
	struct err err;
	char now[24];

	(void)snprintf(now, sizeof(now), "%lld",
	    (long long)(SCENE_NOW_MS + 5 * CLOCK_MINUTE));
	(void)setenv("AMPARO_NOW", now, 1);
	arena_init(&arena);
	OK(case_open(sumi, n.case_uid, "to look in", &arena, &file, &err));
	OK(note_add(sumi, &n, &err));
	arena_done(&arena);
}

/* A colleague found danger since the form was opened: that is read, and then
 * it closes or does not. */
static void
harm_14_a_closing_goes_on_from_what_a_colleague_found(void **state)
{
	struct two t = both_at(SCENE_LOW);

	(void)state;
	vt_send(t.amina, "X");
	vt_expect(t.amina, "Why the case closes");
	vt_send(t.sumi, "r");
	vt_expect(t.sumi, "Risk: what harm");
	day_fill(t.sumi, urgent);
	vt_keys(t.sumi, "C-s");
	vt_expect(t.sumi, "The risk is saved");
	day_fill(t.amina, closing);
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "The case changed since you read it");
	vt_expect(t.amina, "He came back. (sumi, ");
	vt_send(t.amina, "n");
	vt_expect_gone(t.amina, "changed since you read it");
	vt_expect(t.amina, "She asked for it.");
	/* A note changes no field of the case. */
	a_colleague_notes(SCENE_LOW, "He called her sister.");
	vt_keys(t.amina, "C-s");
	vt_expect(t.amina, "added a note (");
	vt_expect(t.amina, "all the same?");
	vt_send(t.amina, "y");
	vt_expect_gone(t.amina, "Why the case closes");
	vt_expect(t.amina, "Asked");
	both_leave(&t);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, scene_tear_down)
int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_01_a_conflict_over_the_card_covers_itself),
		T(harm_02_a_stop_said_meanwhile_stands),
		T(harm_02_a_stop_is_not_taken_away_unseen),
		T(harm_11_a_child_said_meanwhile_stays_a_child),
		T(harm_14_words_of_a_safety_plan_stay),
		T(harm_14_a_need_recorded_meanwhile_is_asked),
		T(harm_14_a_risk_is_saved_after_a_colleagues),
		T(two_who_assign_see_each_other),
		T(harm_14_a_closing_goes_on_from_what_a_colleague_found),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
