/* SPDX-License-Identifier: ISC */
/*
 * What takes two people, in the real program: an override is asked for,
 * decided by somebody else, carries one sending, and is looked at again within
 * a day; cases that belong together, and who has an interest in one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/month_kit.h"

#define FACTS "Two men wait at the door, one showed a knife."

/* A supervisor at a terminal of their own, so many hours later, with the case
 * open. */
static struct vt *
supervisor_opens(struct month *m, const char *login, int hours)
{
	struct vt *vt;

	day_later(&m->day, hours);
	vt = day_terminal(&m->day, day_fast(), login);
	day_answer_line(vt, "Open a case", NULL);
	vt_send(vt, m->code);
	vt_keys(vt, "Enter");
	day_answer_line(vt, "A colleague's case", "to decide with amina");
	vt_expect(vt, "Wants first");
	return vt;
}

/* --- a second person ------------------------------------------------------------ */

static const struct day_answer override[] = {
	{ DAY_TYPE, "Reason", "2" },
	{ DAY_KEYS, "To whom", "p o l i c e Enter" },
	{ DAY_KEYS, "What for", "p r o t e c t i o n Enter" },
	{ DAY_TYPE, "What would go", "14" },
	{ DAY_TYPE, "The facts it rests on", FACTS },
	{ DAY_TYPE, "Law, order or policy", "Policy 4" },
	{ DAY_TYPE, "Was the person told?", "n" },
	{ .how = DAY_END },
};

static void
asks_a_second_person(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 0, m->code);
	vt = m->amina;
	vt_send(vt, "2");
	vt_expect(vt, "Nobody was asked");
	vt_send(vt, "a");
	vt_expect(vt, "Ask a second person");
	day_fill(vt, override);
	/* Not told, and not why: no. */
	month_refused(vt, "This is needed", FACTS);
	month_keeps(m, vt, "amina", "The facts it rests on", FACTS);
	vt_keys(vt, "C-s");
	day_expect_focus(vt, "Why not");
	vt_send(vt, "They hold her telephone.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Asked.");
	vt_expect(vt, "WAITS");
	vt_expect(vt, "They hold her telephone.");
	assert_int_equal(KEPT(m, m->uid, "release_act WHERE told = 'no'"), 1);
	assert_int_equal(KEPT(m, m->uid, "audit WHERE action = 'act.ask'"), 1);
	/* Who asks does not decide. */
	vt_expect_gone(vt, "agree");
}

/* By her own shift: what waits for her, by code, then all that it rests on. */
static void
somebody_else_decides(void **state)
{
	struct month *m = *state;
	struct vt *vt = day_terminal(&m->day, day_fast(), "sunila");

	vt_send(vt, "T");
	vt_expect(vt, "Waiting for you");
	vt_expect(vt, m->code);
	vt_expect_gone(vt, "knife");
	vt_keys(vt, "Enter");
	day_answer_line(vt, "A colleague's case", "to decide with amina");
	vt_expect(vt, "Second person (2 opens it)");
	vt_send(vt, "2");
	vt_expect(vt, "WAITS");
	vt_expect(vt, FACTS);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Override: immediate threat");
	vt_keys(vt, "Esc");
	vt_expect(vt, "y agree");
	vt_send(vt, "y");
	vt_expect(vt, "agree to one sending");
	vt_expect(vt, "They hold her telephone.");
	vt_send(vt, "y");
	vt_expect(vt, "Agreed: sunila");
	vt_expect_gone(vt, "WAITS");
	assert_int_equal(
	    KEPT(m, m->uid, "release_act_event WHERE kind = 'agreed'"), 1);
	day_leave(vt);
}

/* The same day: one sending goes, and what left says under what. */
static const struct day_answer to_police[] = {
	{ DAY_KEYS, "To whom", "p o l i c e Enter" },
	{ DAY_KEYS, "What for", "p r o t e c t i o n Enter" },
	{ DAY_TYPE, "How", "4" },
	{ DAY_TYPE, "How soon", "1" },
	{ DAY_KEYS, "[x] Wants first", "Tab" },
	{ DAY_KEYS, "A card for the person", "Tab" },
	{ DAY_TYPE, "Why: what the person", "In danger now." },
	{ .how = DAY_END },
};

static void
it_carries_one_sending(void **state)
{
	struct month *m = *state;
	struct vt *vt = m->amina;

	vt_expect(vt, "Agreed: sunila");
	vt_send(vt, "R");
	vt_expect(vt, "Referrals");
	vt_send(vt, "a");
	vt_expect(vt, "Prepare a referral");
	month_save(vt, to_police, "Nothing was sent: look first");
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	vt_send(vt, "s");
	vt_expect(vt, "Send it?");
	vt_send(vt, "y");
	vt_expect(vt, "Hand over exactly this");
	vt_keys(vt, "Esc");
	vt_expect(vt, "State");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "K");
	vt_expect(vt, "Police");
	vt_expect(vt, "Override");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	assert_int_equal(
	    KEPT(m, m->uid, "disclosure WHERE act IS NOT NULL"), 1);
}

static void
it_is_looked_at_again(void **state)
{
	struct month *m = *state;
	struct vt *vt = supervisor_opens(m, "sunil", 20);

	vt_send(vt, "T");
	vt_expect(vt, "Override: look at it again");
	vt_send(vt, "T");
	vt_expect(vt, "Wants first");
	vt_send(vt, "2");
	vt_expect(vt, "REVIEW");
	vt_send(vt, "v");
	day_answer_line(vt, "was it right?", "It was; she is safe.");
	vt_expect(vt, "Looked at again: sunil It was; she is safe.");
	assert_int_equal(
	    KEPT(m, m->uid, "release_act_event WHERE kind = 'reviewed'"), 1);
	assert_int_equal(
	    KEPT(m, m->uid, "audit WHERE action = 'act.decide'"), 2);
	day_leave(vt);
}

/* --- what belongs together -------------------------------------------------------- */

static const struct day_answer why[] = {
	{ DAY_TYPE, "Why", "The same farm." },
	{ .how = DAY_END },
};

static void
link_form(struct vt *vt, const char *code)
{
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	/* What is not there is not offered to be taken away. */
	vt_expect_gone(vt, "Take a link away");
	vt_expect_gone(vt, "Take a mark");
	day_expect_focus(vt, "What is there to record?");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	day_expect_focus(vt, "Code of the other case");
	vt_send(vt, code);
	vt_keys(vt, "Tab");
	day_fill(vt, why);
}

static void
a_supervisor_links_two_cases(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 0, m->code);
	vt = m->amina;
	vt_send(vt, "L");
	vt_expect(vt, "None that you may open");
	vt_expect_gone(vt, "a add or take away");
	vt = supervisor_opens(m, "sunila", 0);
	vt_send(vt, "L");
	vt_expect(vt, "None that you may open");
	link_form(vt, m->code);
	month_refused(vt, "This is the case itself", "The same farm.");
	month_keeps(
	    m, vt, "sunila", "Code of the other case", "The same farm.");
	vt_keys(vt, "S-Tab S-Tab S-Tab");
	vt_keys(vt, "Tab");
	day_expect_focus(vt, "Code of the other case");
	vt_keys(vt, "C-u");
	vt_send(vt, m->child_code);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "What is there to record?");
	vt_expect(vt, m->child_code);
	vt_expect(vt, "The same farm. (sunila)");
	day_leave(vt);
	/* Both are hers: she sees it, from either side. */
	vt_expect(m->amina, m->child_code);
	day_jump(m->amina, m->child_code);
	vt_send(m->amina, "L");
	vt_expect(m->amina, "The same farm. (sunila)");
	vt_expect(m->amina, m->code);
}

/* A wrong code is put right: the occasion is written down, then she was not
 * there after all; the timeline tells both. */
static void
who_was_not_there_is_taken_out(void **state)
{
	static const struct day_answer met[] = {
		{ DAY_TYPE, "On which day", "today" },
		{ DAY_TYPE, "Where, roughly", "the harbour" },
		{ .how = DAY_END },
	};
	static const struct day_answer not_there[] = {
		{ DAY_TYPE, "Which occasion", "1" },
		{ DAY_TYPE, "Why", "The code was misread." },
		{ .how = DAY_END },
	};
	struct month *m = *state;
	struct vt *vt = supervisor_opens(m, "sunila", 0);

	vt_send(vt, "L");
	vt_expect(vt, "a add or take away");
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	vt_expect_gone(vt, "was not there: take out");
	vt_send(vt, "2");
	vt_keys(vt, "Tab");
	day_fill(vt, met);
	vt_keys(vt, "C-s");
	vt_expect(vt, "the harbour (sunila)");
	vt_send(vt, "a");
	vt_expect(vt, "was not there: take out");
	/* Behind what links, joins and marks, and taking a link away. */
	vt_send(vt, "8");
	vt_keys(vt, "Tab");
	day_fill(vt, not_there);
	vt_keys(vt, "C-s");
	vt_expect_gone(vt, "the harbour (sunila)");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "t");
	vt_expect(vt, "Taken out of an occasion");
	vt_expect(vt, "Met together with others");
	day_leave(vt);
}

/* The other case goes to another branch: here nobody sees any more that there
 * is one. */
static void
harm_12_a_link_is_seen_by_who_may_open_both(void **state)
{
	struct month *m = *state;
	struct err err = { .kind = ERR_NONE };
	struct session *bilal =
	    vault_kit_user(&m->day.kit, "bilal", ROLE_CASEWORKER, "branch-2");
	struct session *amina = vault_kit_sign_in(&m->day.kit, "amina", &err);
	const struct request r = { .uid = uid_new(),
		.case_uid = m->child,
		.to_user = session_user(bilal)->uid,
		.reason = "the child lives there" };

	assert_non_null(amina);
	OK(transfer_ask(amina, &r, &err));
	OK(request_answer(
	    bilal, m->child, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	session_end(amina, SESSION_SIGNED_OUT);
	month_sit_down(m, 0, m->code);
	vt_send(m->amina, "L");
	vt_expect(m->amina, "None that you may open");
	vt_expect_gone(m->amina, m->child_code);
	vt_expect_gone(m->amina, "The same farm.");
}

static const struct day_answer interest[] = {
	{ DAY_TYPE, "What is there to record?", "4" },
	{ DAY_TYPE, "Colleague's sign-in name", "ruwan" },
	{ DAY_TYPE, "Why", "Related to the employer." },
	{ .how = DAY_END },
};

static void
who_has_an_interest_is_kept_away(void **state)
{
	struct month *m = *state;
	struct vt *vt = supervisor_opens(m, "sunila", 0);

	vt_send(vt, "L");
	vt_expect(vt, "Linked cases");
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	day_fill(vt, interest);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Do not assign");
	vt_expect(vt, "ruwan: Related to the employer. (sunila)");
	assert_int_equal(
	    KEPT(m, m->uid, "audit WHERE action = 'conflict.mark'"), 1);
	/* Neither who works on the case nor who is marked sees it. */
	vt_expect_gone(m->amina, "ruwan");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "A");
	vt_expect(vt, "Who works on this case");
	vt_send(vt, "3");
	vt_keys(vt, "C-s");
	vt_expect(vt, "This colleague is marked not to be given");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Keep as a draft");
	vt_keys(vt, "2 Enter");
	vt_expect(vt, "Wants first");
	day_leave(vt);
}

/* --- a small window --------------------------------------------------------------- */

static void
fits_a_small_window(void **state)
{
	struct month *m = *state;
	struct vt *vt = day_start(&m->day, day_fast(), 10, 40, NULL);

	day_sign_in(vt, "amina");
	day_jump(vt, m->code);
	vt_send(vt, "2");
	vt_expect(vt, "Police");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Override");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Contact");
	vt_send(vt, "L");
	vt_expect(vt, "ever linked by itself");
	day_leave(vt);
	day_verify(&m->day);
}

#define STEPS(X)                                       \
	X(asks_a_second_person)                        \
	X(somebody_else_decides)                       \
	X(it_carries_one_sending)                      \
	X(it_is_looked_at_again)                       \
	X(a_supervisor_links_two_cases)                \
	X(who_was_not_there_is_taken_out)              \
	X(harm_12_a_link_is_seen_by_who_may_open_both) \
	X(who_has_an_interest_is_kept_away)            \
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
