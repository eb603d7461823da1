/* SPDX-License-Identifier: ISC */
/*
 * What others set, in the real program over a month: the person's decision
 * about the referral mechanism, a reflection period that counts down and asks
 * for legal advice two weeks and one before its end; and a duty to tell.  Help
 * waits for none of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/month_kit.h"

#define SAID "She wants a lawyer first."

/* --- the mechanism ---------------------------------------------------------------- */

static void
fill(struct vt *vt, const struct day_answer *a, const char *then)
{
	day_fill(vt, a);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "What is there to record?");
	vt_expect(vt, then);
}

static void
record(struct vt *vt, const struct day_answer *a, const char *then)
{
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	fill(vt, a, then);
}

static void
record_beside_it(struct vt *vt, const struct day_answer *a, const char *then)
{
	vt_send(vt, "a");
	vt_expect(vt, "You were writing this");
	vt_send(vt, "2");
	vt_expect_gone(vt, "You were writing this");
	fill(vt, a, then);
}

static const struct day_answer told[] = {
	{ DAY_KEYS, "What is there to record?", "w h a t Space i t Enter" },
	{ DAY_TYPE, "On which day", "today" },
	{ .how = DAY_END },
};
static const struct day_answer follows[] = {
	{ DAY_KEYS, "What is there to record?", "f o l l o w s Enter" },
	{ DAY_TYPE, "On which day", "today" },
	{ .how = DAY_END },
};
static const struct day_answer wants[] = {
	{ DAY_KEYS, "What is there to record?", "p e r s o n Enter" },
	{ DAY_TYPE, "The person", "2" },
	{ DAY_TYPE, "On which day", "today" },
	{ DAY_TYPE, "Words", SAID },
	{ .how = DAY_END },
};
static const struct day_answer reflection[] = {
	{ DAY_KEYS, "What is there to record?", "b e g a n Enter" },
	{ DAY_TYPE, "On which day", "today" },
	{ .how = DAY_END },
};
static const struct day_answer advice[] = {
	{ DAY_KEYS, "What is there to record?", "a d v i c e Enter" },
	{ DAY_TYPE, "On which day", "today" },
	{ .how = DAY_END },
};

/* A yes counts once it was explained what follows from it. */
static void
explains_before_they_decide(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 0, m->code);
	vt = m->amina;
	vt_send(vt, "G");
	vt_expect(vt, "goes on as it is, whatever they decide");
	vt_expect(vt, "They           not talked about yet");
	vt_expect(vt, "nothing yet");
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	day_fill(vt, wants);
	month_refused(vt, "Explain first", SAID);
	month_keeps(m, vt, "amina", "On which day", SAID);
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft (D)");
	/* Offered each time, and left waiting until it can be saved. */
	record_beside_it(vt, told, "not yet what follows");
	record_beside_it(vt, follows, "what follows from a yes and a no");
	/* The words that waited are saved as they are. */
	vt_send(vt, "D");
	vt_expect(vt, "You were writing");
	vt_keys(vt, "Enter");
	vt_expect(vt, SAID);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "On which day");
	vt_expect(vt, "Wants it");
	assert_int_equal(
	    KEPT(m, m->uid, "audit WHERE action = 'mechanism.add'"), 3);
}

/* Thirty days, by the country; what waits shows where work begins. */
static void
counts_down(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	record(vt, reflection, "30 days left");
	vt_expect(vt, "legal advice, two weeks before");
	vt_expect(vt, "legal advice, a week before");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_expect(vt, "Deadline");
	/* The day is said once. */
	day_absent(vt, "(G) (");
	/* Each of the three days waits by itself. */
	assert_int_equal(KEPT(m, m->uid,
			     "agenda WHERE kind IN ('advice-14', 'advice-7', "
			     "'reflection-end')"),
	    3);
}

/* An appeal or a period that runs is said to who closes over it. */
static void
says_what_runs_before_it_closes(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_send(vt, "X");
	vt_expect(vt, "Still running: legal advice");
	vt_keys(vt, "C-c");
	vt_expect(vt, "Wants first");
}

/* What her shift starts from, so many days on. */
static void
today_says(struct month *m, int days, const char *left)
{
	struct vt *vt;

	month_sit_down(m, days, m->code);
	vt = m->amina;
	vt_send(vt, "T");
	vt_expect(vt, "Legal deadline");
	vt_expect(vt, m->code);
	/* By kind alone. */
	vt_expect_gone(vt, "advice");
	vt_send(vt, "T");
	vt_expect(vt, "Wants first");
	vt_expect(vt, "Deadline");
	/* In the case it says which. */
	vt_send(vt, "y");
	vt_expect(vt, "(G)");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "G");
	vt_expect(vt, left);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

static void
asks_for_advice_in_time(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	today_says(m, 16, "14 days left");
	vt = m->amina;
	vt_send(vt, "G");
	vt_expect(vt, "two weeks before");
	record(vt, advice, "Wants it");
	vt_expect_gone(vt, "two weeks before");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	today_says(m, 7, "7 days left");
	today_says(m, 7, "0 days left");
	vt_send(m->amina, "G");
	vt_expect(m->amina, "what do they want");
	vt_keys(m->amina, "Esc");
	vt_expect(m->amina, "Wants first");
}

/* --- a duty to tell ----------------------------------------------------------------- */

#define LEARNED "A child in the house, said the person."

static const struct day_answer learned[] = {
	{ DAY_TYPE, "What is there to record?", "1" },
	{ DAY_TYPE, "Which duty", "1" },
	{ .how = DAY_END },
};
static const struct day_answer came_of_it[] = {
	{ DAY_TYPE, "What is there to record?", "2" },
	{ DAY_TYPE, "Which one", "1" },
	{ DAY_TYPE, "What came of it", "2" },
	{ DAY_TYPE, "Words", "The supervisor decided: not ours." },
	{ .how = DAY_END },
};

static void
harm_15_a_duty_runs_until_it_is_settled(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina, *boss;

	vt_send(vt, "J");
	vt_expect(vt, "Nothing that law asks to be told was recorded");
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	/* Nothing runs yet that something could have come of. */
	vt_expect_gone(vt, "2 What came of it");
	day_fill(vt, learned);
	month_refused(vt, "This is needed", "Words");
	day_expect_focus(vt, "Words");
	vt_send(vt, LEARNED);
	month_keeps(m, vt, "amina", "Which duty", LEARNED);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "What is there to record?");
	vt_expect(vt, LEARNED);
	/* Within a day of Thursday. */
	vt_expect(vt, " Fri            A child is at risk");
	vt_expect(vt, "Within");
	/* Not ours to tell: a supervisor's word, and it waits for them. */
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	day_fill(vt, came_of_it);
	month_refused(vt, "a supervisor decides it", "not ours.");
	boss = day_terminal(&m->day, day_fast(), "sunila");
	vt_send(boss, "T");
	vt_expect(boss, "Waiting for you");
	vt_expect(boss, "A duty to tell: is it ours?");
	vt_keys(boss, "Enter");
	day_answer_line(boss, "why do you open it", "a duty to tell");
	vt_expect(boss, "Wants first");
	vt_send(boss, "J");
	vt_expect(boss, LEARNED);
	record(boss, came_of_it, "Settled");
	vt_close(boss);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Discard what was typed");
	vt_keys(vt, "2 Enter F5");
	vt_expect(vt, "Settled");
	vt_expect(vt, "The supervisor decided: not ours.");
	assert_int_equal(KEPT(m, m->uid, "disclosure WHERE 1"), 0);
	assert_int_equal(KEPT(m, m->uid, "audit WHERE action = 'duty.add'"), 2);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* A child hurt in the night: the authority was called before anybody sat down
 * here.  That is said as it was, and the duty is told by it. */
static const struct day_answer learned_before[] = {
	{ DAY_TYPE, "What is there to record?", "1" },
	{ DAY_TYPE, "Which duty", "1" },
	{ DAY_TYPE, "When was it learned?", "yesterday" },
	{ DAY_TYPE, "At what time?", "20:00" },
	{ DAY_TYPE, "Words", "Hurt by the uncle, said the person." },
	{ .how = DAY_END },
};
static const struct day_answer it_was_told[] = {
	{ DAY_TYPE, "What is there to record?", "2" },
	{ DAY_TYPE, "Which one", "1" },
	{ DAY_TYPE, "What came of it", "1" },
	{ .how = DAY_END },
};
static const struct day_answer chosen[] = {
	{ DAY_TYPE, "What was told", "1" },
	{ DAY_TYPE, "Words", "Told as soon as it was heard." },
	{ .how = DAY_END },
};
static const struct day_answer by_telephone[] = {
	{ DAY_KEYS, "Who was told", "c h i l d Space p r o Enter" },
	{ DAY_KEYS, "What for", "c h i l d Enter" },
	{ DAY_KEYS, "What was told", "Space Tab" },
	{ DAY_TYPE, "Why with nobody asked", "2" },
	{ DAY_TYPE, "On which day", "yesterday" },
	{ DAY_TYPE, "At what time?", "21:30" },
	{ DAY_TYPE, "Law, order or policy", "child-at-risk" },
	{ DAY_TYPE, "Who told whom, and why", "Amina called at half past." },
	{ DAY_TYPE, "Does the person know?", "y" },
	{ .how = DAY_END },
};

static void
harm_15_told_by_telephone_last_night(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina, *boss;

	vt_send(vt, "J");
	vt_expect(vt, "Duties to tell");
	record(vt, learned_before, "Hurt by the uncle");
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	day_fill(vt, it_was_told);
	vt_expect(vt, "outside, is recorded in K (a)");
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft (D)");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "K");
	vt_expect(vt, "What left");
	vt_send(vt, "a");
	vt_expect(vt, "Who was told");
	day_fill(vt, by_telephone);
	vt_keys(vt, "C-s");
	vt_expect(vt, "ALREADY");
	vt_expect(vt, "A duty to keep a child safe");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "J");
	vt_expect(vt, "Hurt by the uncle");
	vt_send(vt, "a");
	vt_expect(vt, "You were writing this");
	vt_send(vt, "1");
	vt_expect(vt, "It was told");
	vt_keys(vt, "S-Tab");
	day_fill(vt, chosen);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "What is there to record?");
	vt_expect(vt, "It was told");
	vt_expect(vt, "Child protection authority");
	vt_keys(vt, "Esc");
	/* A supervisor looks at it, and it waits for nobody's yes. */
	boss = day_terminal(&m->day, day_fast(), "sunila");
	vt_send(boss, "T");
	vt_expect(boss, "Waiting for you");
	vt_expect(boss, "Override: look at it again");
	vt_send(boss, "g");
	vt_send(boss, m->code);
	vt_keys(boss, "Enter");
	day_answer_line(boss, "why do you open it", "an override");
	vt_expect(boss, "Wants first");
	vt_send(boss, "2");
	vt_expect(boss, "REVIEW: told");
	vt_close(boss);
	assert_int_equal(KEPT(m, m->uid,
			     "duty_event WHERE code = 'told' AND disclosure IN "
			     "(SELECT uid FROM disclosure)"),
	    1);
}

/* --- a small window ------------------------------------------------------------------ */

static void
fits_a_small_window(void **state)
{
	struct month *m = *state;
	struct vt *vt = day_start(&m->day, day_fast(), 10, 40, NULL);

	day_sign_in(vt, "amina");
	day_jump(vt, m->code);
	vt_send(vt, "G");
	vt_expect(vt, "goes on as it is");
	vt_expect(vt, "a add");
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Contact");
	vt_send(vt, "J");
	vt_expect(vt, "It was told");
	day_leave(vt);
	day_verify(&m->day);
}

#define STEPS(X)                                   \
	X(explains_before_they_decide)             \
	X(counts_down)                             \
	X(says_what_runs_before_it_closes)         \
	X(asks_for_advice_in_time)                 \
	X(harm_15_a_duty_runs_until_it_is_settled) \
	X(harm_15_told_by_telephone_last_night)    \
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
