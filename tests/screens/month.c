/* SPDX-License-Identifier: ISC */
/*
 * A case through its whole life, in the real program on real terminals: needs,
 * plan, safety plan, help; a consent taken back after a referral was prepared;
 * a child with an unsafe guardian; a service that says no; Today; a closing
 * that a supervisor sends back; opening again.  The tests are one story over a
 * month: each goes on where the one before ended.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/month_kit.h"

/* --- the first day ------------------------------------------------------------- */

static const struct day_answer wants[] = {
	{ DAY_TYPE, "What they want", "A door that locks, and my own wages." },
	{ DAY_TYPE, "What they can and know", "Sews, and reads contracts." },
	{ DAY_TYPE, "People they trust", "An aunt in the next town." },
	{ .how = DAY_END },
};
static const struct day_answer needs[] = {
	{ DAY_TYPE, "Safety", "3" },
	{ DAY_TYPE, "in a few words", "He has the key." },
	{ DAY_TYPE, "Shelter", "2" },
	{ .how = DAY_END },
};
static const struct day_answer risks[] = {
	{ DAY_TYPE, "What they fear themselves", "That he comes at night." },
	{ DAY_KEYS, "What I see", "Tab" },
	{ DAY_KEYS, "For children and family", "Tab" },
	{ DAY_TYPE, "Language", "1" },
	{ DAY_TYPE, "Interpreter", "1" },
	{ DAY_TYPE, "Were they alone", "1" },
	{ .how = DAY_END },
};

static void
says_what_they_need_and_have(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 0, m->code);
	vt = m->amina;
	vt_send(vt, "n");
	vt_expect(vt, "Needs and strengths");
	vt_send(vt, "a");
	vt_expect(vt, "What they want and have");
	day_fill(vt, wants);
	vt_keys(vt, "C-n");
	vt_expect(vt, "only what you talked about");
	day_fill(vt, needs);
	vt_keys(vt, "C-n");
	vt_expect(vt, "Risks, as they see them");
	month_save(vt, risks, "earlier ones stay");
	vt_expect(vt, "Sews, and reads contracts.");
	vt_expect(vt, "He has the key.");
	assert_int_equal(KEPT(m, m->uid,
			     "assessment_item WHERE (topic, state) IN "
			     "(VALUES ('safety', 'urgent'), "
			     "('shelter', 'some'), ('own', ''), "
			     "('people', ''), ('person', ''))"),
	    5);
	/* What was not talked about is no "none". */
	assert_int_equal(KEPT(m, m->uid, "assessment_item WHERE 1"), 5);
}

static const struct day_answer goal[] = {
	{ DAY_TYPE, "What they want to reach", "Sleep without fear." },
	{ DAY_KEYS, "Area of life", "s a f e t y Enter" },
	{ DAY_TYPE, "By when", "+10" },
	{ DAY_TYPE, "Did you agree", "1" },
	{ .how = DAY_END },
};
static const struct day_answer step[] = {
	{ DAY_TYPE, "What is done", "Ask for a room with a lock." },
	{ DAY_TYPE, "Who does it", "1" },
	{ DAY_TYPE, "Who exactly", "amina" },
	{ DAY_TYPE, "By when", "+3" },
	{ DAY_TYPE, "Did the person agree", "1" },
	{ .how = DAY_END },
};
static const struct day_answer review[] = {
	{ DAY_TYPE, "Do they agree to the plan", "1" },
	{ DAY_TYPE, "What they say about it", "First the lock." },
	{ DAY_TYPE, "Would a copy be safe", "2" },
	{ .how = DAY_END },
};

static void
plans_in_their_words(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_send(vt, "P");
	vt_expect(vt, "No goal yet");
	vt_send(vt, "a");
	vt_expect(vt, "What they want to reach");
	month_save(vt, goal, "Goal, and steps");
	vt_expect(vt, "Sleep without fear.");
	vt_send(vt, "b");
	vt_expect(vt, "What is done");
	month_save(vt, step, "Goal, and steps");
	vt_expect(vt, "Ask for a room");
	vt_send(vt, "v");
	vt_expect(vt, "Do they agree to the plan");
	month_save(vt, review, "Goal, and steps");
	assert_int_equal(KEPT(m, m->uid, "goal WHERE domain = 'safety'"), 1);
	assert_int_equal(
	    KEPT(m, m->uid, "plan_action WHERE who_words = 'amina'"), 1);
	assert_int_equal(KEPT(m, m->uid,
			     "plan_review WHERE agreed = 'yes' "
			     "AND copy_safe = 'no' AND copy_given = 0"),
	    1);
	/* Whether a copy is safe is not what a narrow window cuts off. */
	vt_resize(vt, 10, 40);
	vt_expect(vt, "safe to keep");
	vt_resize(vt, 24, 80);
	vt_expect(vt, "no copy is safe to keep");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Wants first");
}

static const struct day_answer worries[] = {
	{ DAY_TYPE, "What worries them most", "The nights." },
	{ .how = DAY_END },
};
static const struct day_answer missing[] = {
	{ DAY_TYPE, "If they go missing", "Tell my aunt after two days." },
	{ DAY_TYPE, "Would a copy be safe", "2" },
	{ DAY_TYPE, "Is it finished", "y" },
	{ DAY_TYPE, "How many minutes", "20" },
	{ .how = DAY_END },
};

/* Opened with a reason, in the identity vault, nothing of it on the case. */
static void
keeps_safe_in_their_words(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_send(vt, "Y");
	day_answer_line(vt, "The safety plan", "to write it with her");
	vt_send(vt, "a");
	vt_expect(vt, "What worries them, and what they have");
	day_fill(vt, worries);
	for (int i = 0; i < 4; i++)
		vt_keys(vt, "C-n");
	month_save(vt, missing, "Saved as a new version");
	/* Read back at once: no second reason for what was just written. */
	vt_expect(vt, "version 1 of 1");
	vt_expect(vt, "Tell my aunt after two days.");
	vt_send(vt, "x");
	vt_expect(vt, "Hidden.");
	vt_expect_gone(vt, "my aunt");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	day_absent(vt, "my aunt");
	assert_int_equal(
	    KEPT_APART(m, m->uid, "safety_plan WHERE complete = 'yes'"), 1);
}

static const struct day_answer kit[] = {
	{ DAY_KEYS, "Which help", "f o o d Enter" },
	{ DAY_TYPE, "How it stands", "1" },
	{ DAY_KEYS, "Which day was it", "Tab" },
	{ DAY_TYPE, "How much", "one door lock" },
	{ DAY_TYPE, "Who controls", "1" },
	{ .how = DAY_END },
};

/* Nothing was agreed to be told to anybody, and help is given. */
static void
helps_without_any_release(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	assert_int_equal(KEPT(m, m->uid, "consent WHERE kind = 'release'"), 0);
	vt_send(vt, "s");
	vt_expect(vt, "none of it needs a consent");
	vt_send(vt, "a");
	vt_expect(vt, "Which help");
	month_save(vt, kit, "one door lock");
	vt_expect(vt, "given");
	assert_int_equal(KEPT(m, m->uid, "service WHERE state = 'given'"), 1);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* --- the third day: prepared, and then taken back --------------------------------- */

/* Enough of a name, typed. */
#define LEGAL "l e g a l Enter"
#define LABOUR "l a b o u r Enter"
#define WAGES "w a g e Enter"
#define REASON "Wages of the last three months."

static const struct day_answer release[] = {
	{ DAY_TYPE, "Consent to", "2" },
	{ DAY_KEYS, "To whom", NULL },
	{ DAY_KEYS, "What for", NULL },
	{ DAY_TYPE, "Which data", "14" },
	{ DAY_TYPE, "Language it was", "1" },
	{ DAY_KEYS, "Read aloud", "Tab" },
	{ DAY_TYPE, "What did they say?", "1" },
	{ DAY_KEYS, "What must not be told", "Tab" },
	{ DAY_TYPE, "Told back in their own", "y" },
	{ DAY_TYPE, "Who gave it", "1" },
	{ DAY_TYPE, "How it was given", "1" },
	{ DAY_KEYS, "Paper file number", "Tab" },
	{ DAY_TYPE, "Interpreter", "1" },
	{ DAY_TYPE, "Witness's code", "w4" },
	{ DAY_TYPE, "Seen alone?", "1" },
	{ .how = DAY_END },
};
static const struct day_answer referral[] = {
	{ DAY_KEYS, "To whom", NULL },
	{ DAY_KEYS, "What for", NULL },
	{ DAY_TYPE, "How", "4" },
	{ DAY_TYPE, "How soon", "2" },
	{ DAY_KEYS, "[x] Wants first", "Tab" },
	{ DAY_TYPE, "A card for the person", "1" },
	{ DAY_TYPE, "Why: what the person", REASON },
	{ .how = DAY_END },
};

/* From the case: a release to somebody, for something; back on the case. */
static void
agree(struct vt *vt, const char *to, const char *what_for)
{
	struct day_answer a[sizeof(release) / sizeof(release[0])];

	memcpy(a, release, sizeof(a));
	a[1].words = to;
	a[2].words = what_for;
	vt_send(vt, "c");
	vt_expect(vt, "Working together");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	month_save(vt, a, "Releases");
	vt_expect(vt, "given");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* From the form of a referral to its page, with what they would see. */
static void
prepare(struct vt *vt, const char *to, const char *what_for)
{
	struct day_answer a[sizeof(referral) / sizeof(referral[0])];

	memcpy(a, referral, sizeof(a));
	a[0].words = to;
	a[1].words = what_for;
	vt_send(vt, "a");
	vt_expect(vt, "Prepare a referral");
	month_save(vt, a, "Nothing was sent: look first");
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	vt_expect(vt, REASON);
	day_absent(vt, MONTH_NAME);
}

static void
harm_03_a_prepared_sending_is_blocked(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 2, m->code);
	vt = m->amina;
	agree(vt, LEGAL, LEGAL);
	vt_send(vt, "R");
	vt_expect(vt, "Referrals");
	prepare(vt, LEGAL, LEGAL);
	/* She telephones: not now. */
	vt_send(vt, "c");
	vt_expect(vt, "Releases");
	vt_keys(vt, "Home");
	vt_expect(vt, "release-en:1");
	vt_send(vt, "w");
	day_answer_line(vt, "withdraw this consent now", "by telephone");
	vt_expect(vt, "Nobody had been told");
	vt_keys(vt, "Enter");
	vt_expect(vt, "WITHDRAWN");
	vt_keys(vt, "Esc");
	vt_expect(vt, "The person took it back, amina");
	vt_send(vt, "s");
	vt_expect(vt, "not possible here now");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "K");
	vt_expect(vt, "Nothing of this case was told");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	assert_int_equal(
	    KEPT(m, m->uid, "referral WHERE state = 'withdrawn'"), 1);
	assert_int_equal(KEPT(m, m->uid, "disclosure WHERE 1"), 0);
	day_verify(&m->day);
}

/* --- the fourth day: a child --------------------------------------------------------- */

static const struct day_answer guardian[] = {
	{ DAY_TYPE, "Is or may be a child", "1" },
	{ DAY_TYPE, "Known from", "2" },
	{ DAY_KEYS, "Decided by whom", "Tab" },
	{ DAY_TYPE, "Was the child asked alone", "y" },
	{ DAY_TYPE, "The guardian is", "4" },
	{ DAY_TYPE, "Was the guardian told", "n" },
	{ DAY_TYPE, "Why, or why not", "He is owed money for him." },
	{ DAY_TYPE, "Who agrees for the child", "1" },
	{ DAY_TYPE, "The child", "1" },
	{ .how = DAY_END },
};
static const struct day_answer best_way[] = {
	{ DAY_TYPE, "Who agrees for the child", "2" },
	{ DAY_TYPE, "Why this way", "The uncle may be part of it." },
	{ DAY_TYPE, "Trusted adult or service", "a teacher" },
	{ .how = DAY_END },
};
static const struct day_answer best[] = {
	{ DAY_TYPE, "What it is", "1" },
	{ DAY_TYPE, "Why now", "Before anybody is told." },
	{ DAY_TYPE, "Options considered", "Stay; go to the teacher." },
	{ DAY_TYPE, "The child's own view", "I want to stay at school." },
	{ DAY_TYPE, "Decision", "Stays with the teacher." },
	{ DAY_TYPE, "The child", "1" },
	{ DAY_TYPE, "Decided by", "worker and teacher" },
	{ DAY_TYPE, "Decided on", "today" },
	{ .how = DAY_END },
};

/* No guardian who is not safe agrees for a child; the form says what to do. */
static void
goes_by_best_interests(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 1, m->child_code);
	vt = m->amina;
	vt_send(vt, "b");
	vt_expect(vt, "Guardian");
	vt_expect(vt, "not asked yet");
	vt_send(vt, "e");
	vt_expect(vt, "Is or may be a child");
	month_save(vt, guardian, "cannot agree for the child");
	/* It stands at that answer. */
	month_save(vt, best_way, "Saved; the earlier record");
	vt_expect(vt, "a teacher");
	vt_send(vt, "a");
	vt_expect(vt, "Options considered");
	month_save(vt, best, "It is not changed any more");
	vt_expect(vt, "Stays with the teacher.");
	assert_int_equal(KEPT(m, m->child,
			     "child_record WHERE guardian = 'unsafe_to_tell' "
			     "AND informed = 'no' AND route = 'best_interests' "
			     "AND safety_asked = 1"),
	    1);
	assert_int_equal(
	    KEPT(m, m->child, "best_interests WHERE kind = 'bia'"), 1);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* --- a week later: a service says no, and another one is found ------------------------- */

/* What came of the referral that is shown. */
static void
comes_of(struct vt *vt, const char *label, const char *words)
{
	vt_send(vt, "o");
	vt_expect(vt, "What came of it?");
	vt_send(vt, label);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Enter go on");
	vt_send(vt, words);
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Enter go on");
}

static void
send_it(struct vt *vt)
{
	vt_send(vt, "s");
	vt_expect(vt, "Send it?");
	vt_send(vt, "y");
	vt_expect(vt, "Hand over exactly this");
	vt_keys(vt, "Esc");
	vt_expect(vt, "State");
}

static void
a_service_says_no_and_another_is_found(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 5, m->code);
	vt = m->amina;
	agree(vt, LEGAL, WAGES);
	agree(vt, LABOUR, WAGES);
	vt_send(vt, "R");
	vt_expect(vt, "taken back");
	prepare(vt, LEGAL, WAGES);
	send_it(vt);
	vt_keys(vt, "Home");
	vt_expect(vt, "ask for an answer");
	month_sit_down(m, 4, m->code);
	vt = m->amina;
	vt_send(vt, "R");
	vt_expect(vt, "ask for an answer");
	vt_keys(vt, "Home Enter");
	vt_expect(vt, "What happened");
	comes_of(vt, "They say no", "No lawyer for wages.");
	vt_expect(vt, "they said no");
	vt_expect(vt, "find another way, with your supervisor");
	prepare(vt, LABOUR, WAGES);
	send_it(vt);
	/* The first is over by that, without a word more. */
	vt_expect(vt, "Another way was found");
	vt_expect_gone(vt, "find another way");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Labour inspection");
	vt_keys(vt, "Home");
	vt_expect(vt, "ask for an answer");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	assert_int_equal(KEPT(m, m->uid,
			     "referral WHERE replaces IS NOT NULL "
			     "AND state = 'sent'"),
	    1);
	assert_int_equal(KEPT(m, m->uid, "disclosure WHERE 1"), 2);
	day_verify(&m->day);
}

/* --- Today, and a task ------------------------------------------------------------------ */

static const struct day_answer task[] = {
	{ DAY_TYPE, "What is to be done", "ring about the lock" },
	{ DAY_TYPE, "By when", "+1" },
	{ .how = DAY_END },
};

static void
today_says_what_waits(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_send(vt, "y");
	vt_expect(vt, "Yet to do");
	vt_send(vt, "+");
	vt_expect(vt, "What is to be done");
	month_save(vt, task, "ring about the lock");
	month_sit_down(m, 1, m->code);
	vt = m->amina;
	vt_send(vt, "T");
	vt_expect(vt, "Overdue");
	vt_expect(vt, "Plan: a step is due");
	vt_expect(vt, "Referral: answer");
	vt_expect(vt, "today");
	vt_expect(vt, m->child_code);
	/* Codes and kinds alone, whoever looks over a shoulder. */
	day_absent(vt, "the lock");
	vt_send(vt, "T");
	vt_expect(vt, "Wants first");
	vt_send(vt, "y");
	vt_expect(vt, "Yet to do");
	vt_send(vt, "/ring");
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Follow-up");
	vt_send(vt, "d");
	day_answer_line(vt, "what came of it?", "they come on Friday");
	vt_expect(vt, "Done.");
	vt_expect_gone(vt, "ring about the lock");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Wants first");
	assert_int_equal(KEPT(m, m->uid, "task WHERE done_at > 0"), 1);
	assert_int_equal(KEPT(m, m->uid, "agenda WHERE kind = 'task'"), 0);
}

/* --- the story ----------------------------------------------------------------- */

#define STEPS(X)                                  \
	X(says_what_they_need_and_have)           \
	X(plans_in_their_words)                   \
	X(keeps_safe_in_their_words)              \
	X(helps_without_any_release)              \
	X(harm_03_a_prepared_sending_is_blocked)  \
	X(goes_by_best_interests)                 \
	X(a_service_says_no_and_another_is_found) \
	X(today_says_what_waits)                  \
	X(a_supervisor_sends_the_closing_back)    \
	X(closes_after_mending)                   \
	X(opens_again_with_one_key)
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
