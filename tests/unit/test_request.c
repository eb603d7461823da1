/* SPDX-License-Identifier: ISC */
/* What one colleague asks of another: hand over, close, join; and races. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/agenda.h"
#include "rules/closing.h"
#include "store/followup.h"
#include "store/queue.h"
#include "store/request_inside.h"
#include "../lib/case_kit.h"

static struct office o;
static struct arena arena;
static struct err err;

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	return 0;
}

static int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	o.kit.society->closing.approval = true;
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	assert_true(session_idle(o.amina));
	assert_true(session_idle(o.sunil));
	assert_true(session_idle(o.bilal));
	arena_done(&arena);
	return 0;
}

static struct case_file
look(struct session *s, struct uid uid)
{
	struct case_file f;

	OK(case_open(s, uid, "to look after it", &arena, &f, &err));
	return f;
}

static struct request
offer(struct uid uid, struct session *to)
{
	return (struct request){ .uid = uid_new(),
		.case_uid = uid,
		.to_user =
		    to == NULL ? (struct uid){ { 0 } } : session_user(to)->uid,
		.reason = "speaks the person's language" };
}

static bool
waits(struct session *s, const struct uid *object)
{
	struct agenda_page page;

	OK(agenda_page(
	    s, AGENDA_DECIDE, 0, INT64_MAX, NULL, 200, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		if (uid_eq(&page.rows[i].object, object))
			return true;
	return false;
}

/* --- handing over -------------------------------------------------------------- */
static void
a_case_is_offered_and_taken(void **state)
{
	struct uid uid = case_of(o.amina, "Sithara Bandara");
	struct request r = offer(uid, o.bilal), got;
	struct case_file f;

	(void)state;
	OK(transfer_ask(o.amina, &r, &err));
	OK(transfer_ask(o.amina, &r, &err)); /* a retry */
	f = look(o.amina, uid);
	assert_string_equal(f.owner_login, "amina"); /* until it is taken */
	assert_string_equal(f.asked, "transfer");
	assert_string_equal(f.asked_by, "amina");
	assert_true(waits(o.bilal, &r.uid));
	assert_false(waits(o.zoya, &r.uid));
	/* Nobody but bilal may answer; he sees it without a right to the
	 * case. */
	OK(request_open(o.bilal, uid, r.uid, &arena, &got, &err));
	assert_true(got.may_answer);
	assert_false(got.may_take_back);
	assert_string_equal(got.code, f.code);
	OK(request_open(o.amina, uid, r.uid, &arena, &got, &err));
	assert_false(got.may_answer);
	assert_true(got.may_take_back);
	REFUSED(
	    ERR_DENIED, case_open(o.bilal, uid, "to look", &arena, &f, &err));
	REFUSED(ERR_DENIED,
	    request_answer(o.zoya, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	REFUSED(ERR_DENIED,
	    request_answer(o.amina, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	OK(request_answer(o.bilal, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	f = look(o.bilal, uid);
	assert_string_equal(f.owner_login, "bilal");
	assert_string_equal(f.branch, "branch-2");
	assert_string_equal(f.asked, "");
	assert_false(waits(o.bilal, &r.uid));
	REFUSED(
	    ERR_DENIED, case_open(o.amina, uid, "to look", &arena, &f, &err));
}

static void
a_refusal_says_why_and_changes_nothing(void **state)
{
	struct uid uid = case_of(o.amina, "Dilani Rodrigo");
	struct request r = offer(uid, o.zoya), got;

	(void)state;
	OK(transfer_ask(o.amina, &r, &err));
	REFUSED(ERR_INPUT,
	    request_answer(o.zoya, uid, r.uid, ANSWER_REFUSE, " ", 0, 0, &err));
	OK(request_answer(o.zoya, uid, r.uid, ANSWER_REFUSE,
	    "I know the family", 0, 0, &err));
	OK(request_open(o.amina, uid, r.uid, &arena, &got, &err));
	assert_string_equal(got.answer, "refused");
	assert_string_equal(got.answered_by, "zoya");
	assert_string_equal(got.answer_words, "I know the family");
	assert_string_equal(look(o.amina, uid).owner_login, "amina");
	/* Then it can be offered to somebody else, and taken back. */
	r = offer(uid, o.sunil);
	OK(transfer_ask(o.amina, &r, &err));
	REFUSED(ERR_DENIED, request_answer(o.bilal, uid, r.uid,
				ANSWER_TAKE_BACK, "", 0, 0, &err));
	OK(request_answer(
	    o.amina, uid, r.uid, ANSWER_TAKE_BACK, "", 0, 0, &err));
	REFUSED(ERR_CONFLICT,
	    request_answer(o.sunil, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	assert_string_equal(look(o.amina, uid).owner_login, "amina");
}

static void
an_offer_names_somebody_who_fits(void **state)
{
	struct uid uid = case_of(o.amina, "Manel Gunaratne");
	struct request r = offer(uid, NULL);

	(void)state;
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r.to_branch = "no-such-branch";
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r.to_branch = "branch-1"; /* it is there */
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r = offer(uid, o.audra); /* an auditor works on no case */
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r = offer(uid, o.amina);
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r = offer(uid, o.zoya);
	r.reason = "";
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r.reason = "x";
	r.to_branch = "branch-2"; /* to two at once */
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	r.to_branch = "";
	REFUSED(ERR_DENIED, transfer_ask(o.bilal, &r, &err));
	assert_string_equal(look(o.amina, uid).asked, "");
}

static void
a_branch_takes_it_for_whoever_is_free(void **state)
{
	struct session *head =
	    vault_kit_user(&o.kit, "harini", ROLE_SUPERVISOR, "branch-2");
	struct uid uid = case_of(o.amina, "Iresha Karuna");
	struct request r = offer(uid, NULL);
	struct case_file f;

	(void)state;
	r.to_branch = "branch-2";
	OK(transfer_ask(o.amina, &r, &err));
	assert_true(waits(head, &r.uid));
	assert_false(waits(o.sunil, &r.uid));
	assert_false(waits(o.bilal, &r.uid)); /* decides nothing there */
	REFUSED(ERR_DENIED,
	    request_answer(o.bilal, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	REFUSED(ERR_DENIED,
	    request_answer(o.sunil, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	OK(request_answer(head, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	f = look(head, uid);
	assert_string_equal(f.branch, "branch-2");
	assert_true(uid_null(&f.owner));
}

/* --- closing with a second person ------------------------------------------------ */
static struct closing_sample
ask_closing(struct uid uid)
{
	int64_t rev = look(o.amina, uid).rev;
	struct closing_sample c;
	bool closed = true;

	closing_make(&c, uid, "goals_met", "content with it");
	c.r.lines = c.lines;
	OK(case_close(o.amina, &rev, &c.r, &closed, &err));
	assert_false(closed);
	return c;
}

static void
a_closing_waits_for_a_second_person(void **state)
{
	struct uid uid = case_of(o.amina, "Ruvini Jayawardena");
	struct closing_sample c = ask_closing(uid);
	struct request got;
	struct case_file f = look(o.amina, uid);

	(void)state;
	assert_false(f.closed);
	assert_string_equal(f.asked, "closure");
	assert_true(waits(o.sunil, &c.r.uid));
	assert_false(waits(o.bilal, &c.r.uid));
	/* Not the one who asks, not one who may not. */
	REFUSED(ERR_SECOND, request_answer(o.amina, uid, c.r.uid, ANSWER_ACCEPT,
				"", f.rev, 0, &err));
	REFUSED(ERR_DENIED, request_answer(o.zoya, uid, c.r.uid, ANSWER_ACCEPT,
				"", f.rev, 0, &err));
	OK(request_open(o.sunil, uid, c.r.uid, &arena, &got, &err));
	assert_true(got.may_answer);
	assert_int_equal(got.n_lines, c.r.n_lines);
	assert_string_equal(got.lines[0].item, "needs");
	/* A rejection with its reason; then again, and agreed. */
	OK(request_answer(o.sunil, uid, c.r.uid, ANSWER_REFUSE,
	    "the safety plan is of last year", 0, 0, &err));
	assert_false(look(o.amina, uid).closed);
	c = ask_closing(uid);
	OK(request_open(o.sunil, uid, c.r.uid, &arena, &got, &err));
	OK(request_answer(
	    o.sunil, uid, c.r.uid, ANSWER_ACCEPT, "", got.rev, 0, &err));
	f = look(o.amina, uid);
	assert_true(f.closed);
	assert_string_equal(f.closed_reason, "goals_met");
	OK(case_reopen(o.amina, uid, &f.rev, "came back", &err));
	assert_false(look(o.amina, uid).closed);
}

/* A supervisor's own closing needs somebody else, too. */
static void
nobody_agrees_with_themselves(void **state)
{
	struct uid uid = case_of(o.sunil, "Upeksha Nanayakkara");
	int64_t rev = look(o.sunil, uid).rev;
	struct closing_sample c;
	bool closed;

	(void)state;
	closing_make(&c, uid, "goals_met", "x");
	OK(case_close(o.sunil, &rev, &c.r, &closed, &err));
	assert_false(closed);
	REFUSED(ERR_SECOND, request_answer(o.sunil, uid, c.r.uid, ANSWER_ACCEPT,
				"", rev, 0, &err));
	OK(request_answer(
	    o.cora, uid, c.r.uid, ANSWER_ACCEPT, "", rev, 0, &err));
	assert_true(look(o.sunil, uid).closed);
}

/* An open question about closing holds up no help. */
static void
harm_04_a_closing_that_waits_delays_nothing(void **state)
{
	struct uid uid = case_of(o.amina, "Nirmala Soysa");
	struct consent c = release_of(uid);
	const struct followup_plan p = plan_in(1);

	(void)state;
	(void)ask_closing(uid);
	OK(consent_add(o.amina, &c, &err));
	OK(followup_plan_add(o.amina, uid, &p, &err));
}

static void
lost_contact_needs_time_and_an_attempt(void **state)
{
	struct uid uid = case_of(o.amina, "Chamari Fernando");
	int64_t rev = look(o.amina, uid).rev;
	struct closing_sample c;
	bool closed;

	(void)state;
	closing_make(&c, uid, "lost_contact", "nobody answers");
	REFUSED(ERR_INPUT, case_close(o.amina, &rev, &c.r, &closed, &err));
	assert_non_null(strstr(err.text, "safe way"));
	closing_make(&c, uid, "duplicate", "the same as another");
	REFUSED(ERR_INPUT, case_close(o.amina, &rev, &c.r, &closed, &err));
	closing_make(&c, uid, "goals_met", "x");
	c.r.lines = c.lines;
	c.lines[2].answer = "";
	REFUSED(ERR_INPUT, case_close(o.amina, &rev, &c.r, &closed, &err));
	assert_string_equal(look(o.amina, uid).asked, "");
}

/* Row 14: "no contact" was true when it was asked for; since then they came.
 * Whoever agrees does not close over that. */
static void
harm_14_no_contact_is_looked_at_again_when_it_is_agreed(void **state)
{
	struct attempt came = { .uid = uid_new(),
		.channel = "phone",
		.outcome = "came",
		.next_none = "they come on Friday",
		.risk = -1 };
	char code[CODE_SIZE];
	struct closing_sample c;
	struct sample old;
	bool closed = false;
	int64_t rev;

	(void)state;
	sample_make(&old, "Nirosha Fernando", "+94 77 123 4567");
	old.in.at = clock_now() - 60 * CLOCK_DAY;
	OK(intake_save(o.amina, &old.in, code, &err));
	came.case_uid = old.in.case_uid;
	closing_make(&c, came.case_uid, "goals_met", "nobody answers");
	c.r.lines = c.lines;
	c.lines[CLOSING_NEEDS].answer = "no_contact";
	rev = look(o.amina, came.case_uid).rev;
	OK(case_close(o.amina, &rev, &c.r, &closed, &err));
	assert_false(closed);
	OK(followup_attempt(o.amina, &came, &err));
	REFUSED(
	    ERR_INPUT, request_agree(o.sunil, came.case_uid, c.r.uid, &err));
	assert_non_null(strstr(err.text, "There was contact"));
	assert_false(look(o.sunil, came.case_uid).closed);
}

/* --- two at once ------------------------------------------------------------------ */
static void
two_people_see_each_others_act(void **state)
{
	struct uid uid = case_of(o.amina, "Vasuki Ramesh");
	struct request r = offer(uid, o.zoya), other = offer(uid, o.sunil);
	struct closing_sample c;
	int64_t rev;
	bool closed;

	(void)state;
	/* Offered twice at once: the second learns of the first. */
	OK(transfer_ask(o.amina, &r, &err));
	REFUSED(ERR_CONFLICT, transfer_ask(o.sunil, &other, &err));
	assert_non_null(strstr(err.text, "amina"));
	/* Closing while it is offered. */
	rev = look(o.amina, uid).rev;
	closing_make(&c, uid, "goals_met", "x");
	REFUSED(ERR_CONFLICT, case_close(o.amina, &rev, &c.r, &closed, &err));
	/* Given away meanwhile: taking it would be taking it from bilal. */
	OK(case_assign(o.sunil, uid, &rev, session_user(o.sunil)->uid, &arena,
	    NULL, &err));
	REFUSED(ERR_CONFLICT,
	    request_answer(o.zoya, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	assert_string_equal(look(o.sunil, uid).owner_login, "sunil");
	assert_string_equal(look(o.sunil, uid).asked, "transfer");
	OK(request_answer(
	    o.sunil, uid, r.uid, ANSWER_TAKE_BACK, "", 0, 0, &err));
	/* Answered twice at once. */
	r = offer(uid, o.zoya);
	OK(transfer_ask(o.sunil, &r, &err));
	OK(request_answer(o.zoya, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	REFUSED(ERR_CONFLICT, request_answer(o.sunil, uid, r.uid,
				  ANSWER_TAKE_BACK, "", 0, 0, &err));
	assert_non_null(strstr(err.text, "zoya"));
	assert_string_equal(look(o.zoya, uid).owner_login, "zoya");
}

static void
a_case_that_changed_is_looked_at_again(void **state)
{
	struct uid uid = case_of(o.amina, "Yamuna Abeysekera");
	struct closing_sample c = ask_closing(uid);
	struct change wants = { "wants", "a lawyer after all" };
	struct request got;
	int64_t rev;

	(void)state;
	OK(request_open(o.sunil, uid, c.r.uid, &arena, &got, &err));
	rev = got.rev;
	OK(case_change(o.amina, uid, &rev, &wants, 1, &arena, NULL, &err));
	REFUSED(ERR_CONFLICT, request_answer(o.sunil, uid, c.r.uid,
				  ANSWER_ACCEPT, "", got.rev, 0, &err));
	/* Nothing is half done: it still waits, and is open. */
	assert_string_equal(look(o.amina, uid).asked, "closure");
	assert_false(look(o.amina, uid).closed);
}

/* A disk that fills in the middle: neither the answer nor what it does. */
static void
a_failed_commit_leaves_neither_half(void **state)
{
	static const int codes[] = { SQLITE_BUSY, SQLITE_FULL, SQLITE_IOERR };
	struct uid uid = case_of(o.amina, "Hasini Dharma");
	struct request r = offer(uid, o.zoya);

	(void)state;
	OK(transfer_ask(o.amina, &r, &err));
	for (size_t i = 0; i < 3; i++) {
		o.zoya->fault = codes[i];
		assert_int_equal(request_answer(o.zoya, uid, r.uid,
				     ANSWER_ACCEPT, "", 0, 0, &err),
		    -1);
		assert_string_equal(look(o.amina, uid).owner_login, "amina");
		assert_string_equal(look(o.amina, uid).asked, "transfer");
	}
	OK(request_answer(o.zoya, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
}

/* --- one person, two codes ---------------------------------------------------------- */
struct two {
	struct uid a, b;
	struct case_file fa, fb;
	struct request r;
	struct request_line lines[2];
};

static void
two_codes(struct two *t, const char *name)
{
	struct change language = { "language", "fr" };
	struct change wants = { "wants", "news of a sister" };
	int64_t rev;

	t->a = case_of(o.amina, name);
	t->b = case_of(o.zoya, name);
	rev = look(o.zoya, t->b).rev;
	OK(case_change(o.zoya, t->b, &rev, &language, 1, &arena, NULL, &err));
	OK(case_change(o.zoya, t->b, &rev, &wants, 1, &arena, NULL, &err));
	t->fa = look(o.amina, t->a);
	t->fb = look(o.zoya, t->b);
	t->lines[0] = (struct request_line){ "language", "take", "" };
	t->lines[1] = (struct request_line){ "wants", "keep", "" };
	t->r = (struct request){ .uid = uid_new(),
		.case_uid = t->a,
		.other = t->b,
		.reason = "the same paper was shown to both",
		.lines = t->lines,
		.n_lines = 2 };
}

/* Row 8: never by itself, never by one, field by field, and apart again. */
static void
harm_08_two_people_join_and_part(void **state)
{
	struct two t;
	struct request seen;
	struct case_file f;
	struct uid found;
	int64_t rev;

	(void)state;
	two_codes(&t, "Thushari Opatha");
	OK(join_compare(o.amina, t.a, t.b, &arena, &seen, &err));
	assert_int_equal(seen.n_lines, 2);
	assert_string_equal(seen.lines[0].item, "language");
	assert_string_equal(seen.lines[0].words, "fr");
	OK(join_ask(o.amina, &t.r, &err));
	/* One alone joins nothing. */
	REFUSED(ERR_SECOND, request_answer(o.amina, t.a, t.r.uid, ANSWER_ACCEPT,
				"", 0, 0, &err));
	assert_false(look(o.zoya, t.b).closed);
	assert_string_equal(look(o.amina, t.a).language, t.fa.language);
	OK(request_answer(
	    o.sunil, t.a, t.r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	f = look(o.amina, t.a);
	assert_string_equal(f.language, "fr"); /* taken */
	assert_string_equal(f.wants, t.fa.wants); /* kept */
	assert_true(uid_eq(&f.joined, &t.b));
	assert_true(f.joined_stays);
	/* Both codes go on being found, with everything in them. */
	OK(queue_jump(o.zoya, t.fb.code, &found, &err));
	assert_true(uid_eq(&found, &t.b));
	f = look(o.zoya, t.b);
	assert_true(f.closed);
	assert_string_equal(f.closed_reason, "duplicate");
	assert_string_equal(f.wants, "news of a sister");
	assert_string_equal(f.joined_code, t.fa.code);
	assert_false(f.joined_stays);
	OK(queue_jump(o.amina, t.fa.code, &found, &err));
	assert_true(uid_eq(&found, &t.a));
	/* Apart again: what was taken goes back, what changed since stays. */
	rev = look(o.amina, t.a).rev;
	OK(case_change(o.amina, t.a, &rev,
	    &(const struct change){ "wants", "a doctor" }, 1, &arena, NULL,
	    &err));
	REFUSED(ERR_INPUT, join_part(o.sunil, t.a, " ", &err));
	OK(join_part(o.sunil, t.b, "two sisters", &err));
	f = look(o.amina, t.a);
	assert_string_equal(f.language, t.fa.language);
	assert_string_equal(f.wants, "a doctor");
	assert_true(uid_null(&f.joined));
	f = look(o.zoya, t.b);
	assert_false(f.closed);
	assert_string_equal(f.language, "fr");
	assert_true(uid_null(&f.joined));
	REFUSED(ERR_NOT_FOUND, join_part(o.sunil, t.a, "again", &err));
}

/* What somebody changed after the joining is the newer word. */
static void
harm_08_a_newer_word_is_not_taken_back(void **state)
{
	struct two t;
	int64_t rev;

	(void)state;
	two_codes(&t, "Buddhika Silva");
	OK(join_ask(o.amina, &t.r, &err));
	OK(request_answer(
	    o.sunil, t.a, t.r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	rev = look(o.amina, t.a).rev;
	OK(case_change(o.amina, t.a, &rev,
	    &(const struct change){ "language", "es" }, 1, &arena, NULL, &err));
	OK(join_part(o.amina, t.a, "two people", &err));
	assert_string_equal(look(o.amina, t.a).language, "es");
}

static void
harm_08_what_cannot_be_joined(void **state)
{
	struct two t, u;
	struct uid far = case_of(o.bilal, "Somewhere Else");

	(void)state;
	two_codes(&t, "Indrani Perera");
	two_codes(&u, "Indrani Pereira");
	t.r.other = t.a;
	REFUSED(ERR_INPUT, join_ask(o.amina, &t.r, &err));
	t.r.other = (struct uid){ { 0 } };
	REFUSED(ERR_INPUT, join_ask(o.amina, &t.r, &err));
	t.r.other = far; /* another branch's: no right to it */
	REFUSED(ERR_DENIED, join_ask(o.amina, &t.r, &err));
	t.r.other = t.b;
	t.r.reason = "";
	REFUSED(ERR_INPUT, join_ask(o.amina, &t.r, &err));
	t.r.reason = "x";
	t.lines[0].item = "owner"; /* not a field of the person */
	REFUSED(ERR_INPUT, join_ask(o.amina, &t.r, &err));
	t.lines[0].item = "language";
	/* Two joins with one case at once: the second finds the first. */
	OK(join_ask(o.amina, &t.r, &err));
	u.r.other = t.b;
	REFUSED(ERR_CONFLICT, join_ask(o.amina, &u.r, &err));
	/* Nor is it asked about what is joined already, from either side. */
	OK(request_answer(
	    o.sunil, t.a, t.r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	REFUSED(ERR_CONFLICT, join_ask(o.amina, &u.r, &err));
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, each, each_done)
	const struct CMUnitTest tests[] = {
		EACH(a_case_is_offered_and_taken),
		EACH(a_refusal_says_why_and_changes_nothing),
		EACH(an_offer_names_somebody_who_fits),
		EACH(a_branch_takes_it_for_whoever_is_free),
		EACH(a_closing_waits_for_a_second_person),
		EACH(nobody_agrees_with_themselves),
		EACH(harm_04_a_closing_that_waits_delays_nothing),
		EACH(lost_contact_needs_time_and_an_attempt),
		EACH(harm_14_no_contact_is_looked_at_again_when_it_is_agreed),
		EACH(two_people_see_each_others_act),
		EACH(a_case_that_changed_is_looked_at_again),
		EACH(a_failed_commit_leaves_neither_half),
		EACH(harm_08_two_people_join_and_part),
		EACH(harm_08_a_newer_word_is_not_taken_back),
		EACH(harm_08_what_cannot_be_joined),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
