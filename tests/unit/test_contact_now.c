/* SPDX-License-Identifier: ISC */
/* The safe word and the number of attempts: what a call too many could do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/agenda.h"
#include "store/followup.h"
#include "store/session_inside.h"
#include "office_kit.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define PHONE "+94 71 000 1111"

/* An agreement with the person, now: these words, so many attempts. */
static void
agree(struct session *s, struct uid uid, const char *proof, const char *danger,
    int most)
{
	struct sample sample;

	sample_make(&sample, "", PHONE);
	sample.safe.uid = uid_new();
	sample.safe.proof_word = proof;
	sample.safe.their_word = danger;
	sample.safe.max_attempts = most;
	sample.safe.verified_at = clock_now();
	OK(contact_put(s, uid, &sample.safe, &err));
}

static struct uid
agreed(const char *name, const char *proof, const char *danger, int most)
{
	struct uid uid = case_of(o.amina, name);

	agree(o.amina, uid, proof, danger, most);
	return uid;
}

static struct attempt
tried(struct uid uid, const char *outcome, const char *word)
{
	return (struct attempt){ .uid = uid_new(),
		.case_uid = uid,
		.channel = "phone",
		.outcome = outcome,
		.word = word,
		.next_none = "they come on Friday",
		.risk = -1 };
}

static void
call(struct uid uid, const char *outcome, const char *word)
{
	const struct attempt t = tried(uid, outcome, word);

	OK(followup_attempt(o.amina, &t, &err));
}

/* The instruction is read, as the screen does; then the number. */
static int
number(struct session *s, struct uid uid)
{
	struct safe_contact c;
	const char *n = NULL;
	int rc;

	OK(contact_instruction(s, uid, &arena, &c, &err));
	rc = contact_number(s, uid, &arena, &n, &err);
	assert_int_equal(rc == 0, n != NULL);
	return rc;
}

static struct followups
list(struct session *s, struct uid uid)
{
	struct followups f;

	OK(followup_list(s, uid, &arena, &f, &err));
	return f;
}

static int64_t
flags_of(struct uid uid)
{
	return ask_of(o.sunil,
	    "SELECT count(*) FROM flag WHERE case_uid = ?1"
	    " AND resolved_at = 0",
	    uid);
}

static int64_t
attempts_of(struct uid uid)
{
	return ask_of(
	    o.sunil, "SELECT count(*) FROM attempt WHERE case_uid = ?1", uid);
}

/* Does it wait for the one who asks to decide? */
static bool
waits_for(struct session *s, struct uid uid)
{
	struct agenda_page page;

	OK(agenda_page(s, AGENDA_DECIDE, 0, clock_now() + 30 * CLOCK_DAY, NULL,
	    200, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		if (uid_eq(&page.rows[i].case_uid, &uid) &&
		    strcmp(page.rows[i].kind, "safe-word") == 0)
			return true;
	return false;
}

/* --- the safe word ------------------------------------------------------------------- */

static void
harm_02_a_word_that_is_wrong_twice_stops_calls(void **state)
{
	struct uid uid = agreed("Chandrika Peiris", "moth", "heron", 0);
	struct safe_contact c;
	struct attempt t;
	struct person p;

	(void)state;
	OK(number(o.amina, uid));
	call(uid, "reached_safe", "no");
	OK(number(o.amina, uid));
	assert_int_equal(flags_of(uid), 0);
	/* Nor was it contact, for closing and for what is due next. */
	assert_int_equal(list(o.amina, uid).failed_in_a_row, 1);
	assert_false(waits_for(o.sunil, uid));
	t = tried(uid, "reached_could_not_talk", "no");
	OK(followup_attempt(o.amina, &t, &err));
	/* The number is nowhere, for nobody. */
	REFUSED(ERR_DENIED, number(o.amina, uid));
	REFUSED(ERR_DENIED, number(o.sunil, uid));
	OK(person_open(o.amina, uid, "to look", &arena, &p, &c, &err));
	assert_string_equal(p.phone, "");
	assert_string_equal(c.number, "");
	assert_string_equal(c.held, "word");
	assert_string_equal(list(o.amina, uid).held, "word");
	/* Whoever approves in the branch has it to decide; others do not. */
	assert_int_equal(tasks_of(o.amina, uid, "safe-word"), 1);
	assert_true(waits_for(o.sunil, uid));
	assert_false(waits_for(o.zoya, uid));
	assert_false(waits_for(o.amina, uid));
	/* Saved again after a crash, tried once more: one flag. */
	OK(followup_attempt(o.amina, &t, &err));
	call(uid, "reached_safe", "no");
	assert_int_equal(flags_of(uid), 1);
	/* A right word now is perhaps said under pressure, and a new agreement
	 * perhaps made so: neither takes it down. */
	call(uid, "reached_safe", "yes");
	agree(o.amina, uid, "finch", "", 0);
	REFUSED(ERR_DENIED, number(o.amina, uid));
	assert_int_equal(attempts_of(uid), 4);
}

/* Not said is not nothing: it has to be answered where one is agreed. */
static void
harm_02_the_word_is_asked_for_where_one_is_agreed(void **state)
{
	static const char *const spoken[] = { "reached_safe",
		"reached_could_not_talk", "do_not_try_again" };
	static const char *const others[] = { "no_answer", "other_answered",
		"came", "did_not_come" };
	struct uid with = agreed("Dilani Perera", "moth", "", 0);
	struct uid danger = agreed("Erandi Perera", "", "heron", 0);
	struct uid none = agreed("Fathima Perera", "", "", 0);
	struct attempt t;

	(void)state;
	for (size_t i = 0; i < N(spoken); i++) {
		t = tried(with, spoken[i], "");
		REFUSED(ERR_INPUT, followup_attempt(o.amina, &t, &err));
	}
	t = tried(with, "reached_safe", "perhaps");
	REFUSED(ERR_INPUT, followup_attempt(o.amina, &t, &err));
	assert_int_equal(attempts_of(with), 0);
	for (size_t i = 0; i < N(others); i++)
		call(with, others[i], "");
	call(with, "reached_safe", "yes");
	call(danger, "reached_safe", "");
	call(none, "reached_safe", "");
	/* cases.db knows that there are words, and not one of them. */
	assert_int_equal(
	    ask_of(o.sunil, "SELECT contact_word FROM case_file WHERE uid = ?1",
		with),
	    1);
	assert_int_equal(
	    ask_of(o.sunil, "SELECT contact_word FROM case_file WHERE uid = ?1",
		danger),
	    2);
	assert_int_equal(list(o.amina, none).words, 0);
	/* So are they when they come with the first contact. */
	assert_int_equal(
	    list(o.amina, case_of(o.amina, "Ganga Perera")).words, 2);
}

static void
harm_02_danger_stops_calls_at_once(void **state)
{
	struct uid uid = agreed("Harini Silva", "", "heron", 0);
	struct case_file f;

	(void)state;
	call(uid, "reached_could_not_talk", "danger");
	REFUSED(ERR_DENIED, number(o.amina, uid));
	assert_string_equal(list(o.amina, uid).held, "danger");
	assert_true(waits_for(o.sunil, uid));
	/* Decided: nobody calls.  It holds until something new is agreed. */
	OK(contact_looked(o.sunil, uid, list(o.amina, uid).held_flag, true,
	    "spoke with the shelter", &err));
	assert_false(waits_for(o.sunil, uid));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(f.stop_contact);
	assert_int_equal(f.n_flags, 0);
	REFUSED(ERR_DENIED, number(o.amina, uid));
	agree(o.amina, uid, "finch", "heron", 0);
	OK(number(o.amina, uid));
}

/* --- who looks ------------------------------------------------------------------------ */

static void
harm_12_only_who_approves_lets_calls_go_on(void **state)
{
	struct session *const others[] = { o.amina, o.zoya, o.bilal, o.audra,
		o.adele, o.stan };
	struct uid uid = agreed("Inoka Silva", "moth", "", 0);
	struct uid plain = uid_new(), flag;
	struct case_file f;

	(void)state;
	call(uid, "reached_safe", "no");
	call(uid, "reached_safe", "no");
	flag = list(o.amina, uid).held_flag;
	for (size_t i = 0; i < N(others); i++)
		REFUSED(ERR_DENIED, contact_looked(others[i], uid, flag, false,
					"all is well", &err));
	/* The way of other flags is closed, whoever asks. */
	REFUSED(ERR_DENIED, flag_resolve(o.amina, uid, flag, "done", &err));
	REFUSED(ERR_DENIED, flag_resolve(o.sunil, uid, flag, "done", &err));
	REFUSED(
	    ERR_INPUT, contact_looked(o.sunil, uid, flag, false, " ", &err));
	OK(flag_set(o.amina, uid, plain, "new boots", NULL, &err));
	REFUSED(ERR_NOT_FOUND,
	    contact_looked(o.sunil, uid, plain, false, "looked", &err));
	assert_int_equal(flags_of(uid), 2);
	o.sunil->fault = SQLITE_FULL;
	REFUSED(
	    ERR_FULL, contact_looked(o.sunil, uid, flag, true, "looked", &err));
	REFUSED(ERR_DENIED, number(o.amina, uid));
	OK(contact_looked(o.sunil, uid, flag, false, "met her", &err));
	/* A second colleague, a moment later. */
	OK(contact_looked(o.cora, uid, flag, true, "met her", &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_false(f.stop_contact);
	OK(number(o.amina, uid));
	assert_int_equal(tasks_of(o.amina, uid, "safe-word"), 0);
	/* Counted anew from then on. */
	call(uid, "reached_safe", "no");
	OK(number(o.amina, uid));
	call(uid, "reached_safe", "no");
	REFUSED(ERR_DENIED, number(o.amina, uid));
}

/* The attempt and what follows from it are one act. */
static void
nothing_is_half_done(void **state)
{
	struct uid uid = agreed("Jeewa Silva", "moth", "", 0);
	struct attempt t;

	(void)state;
	call(uid, "reached_safe", "no");
	t = tried(uid, "reached_safe", "no");
	o.amina->fault = SQLITE_FULL;
	REFUSED(ERR_FULL, followup_attempt(o.amina, &t, &err));
	assert_int_equal(attempts_of(uid), 1);
	assert_int_equal(flags_of(uid), 0);
	OK(followup_attempt(o.amina, &t, &err));
	assert_int_equal(flags_of(uid), 1);
}

/* A closed case is looked at, too. */
static void
it_is_looked_at_after_closing(void **state)
{
	struct uid uid = agreed("Kumari Silva", "moth", "heron", 0);
	struct case_file f;

	(void)state;
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	OK(close_case(o.amina, uid, &f.rev, "goals_met", "", &err));
	call(uid, "reached_could_not_talk", "danger");
	assert_true(waits_for(o.sunil, uid));
	OK(contact_looked(
	    o.sunil, uid, list(o.amina, uid).held_flag, false, "looked", &err));
	assert_false(waits_for(o.sunil, uid));
}

/* One person under two codes: what holds under one holds under the other. */
static void
harm_02_another_code_is_no_way_round(void **state)
{
	struct uid uid = agreed("Olga Silva", "moth", "", 0);
	struct uid other = agreed("Olga Silva", "moth", "", 0);
	const struct request r = { .uid = uid_new(),
		.case_uid = uid,
		.other = other,
		.reason = "the same paper was shown to both" };
	struct followups f;
	struct case_file file;

	(void)state;
	call(other, "reached_safe", "no");
	call(other, "reached_safe", "no");
	OK(number(o.amina, uid));
	OK(join_ask(o.amina, &r, &err));
	OK(request_answer(o.sunil, uid, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	REFUSED(ERR_DENIED, number(o.amina, uid));
	f = list(o.amina, uid);
	assert_string_equal(f.held, "word");
	assert_true(uid_eq(&f.held_case, &other));
	/* One flag is enough, and looking once, too. */
	call(uid, "reached_safe", "no");
	call(uid, "reached_safe", "no");
	assert_int_equal(flags_of(uid), 0);
	OK(contact_looked(o.sunil, f.held_case, f.held_flag, true,
	    "somebody else has the telephone", &err));
	assert_string_equal(list(o.amina, uid).held, "");
	OK(case_open(o.amina, uid, NULL, &arena, &file, &err));
	assert_true(file.stop_contact);
	REFUSED(ERR_DENIED, number(o.amina, uid));
}

/* --- how often ------------------------------------------------------------------------ */

static void
harm_02_tried_as_often_as_was_agreed(void **state)
{
	struct uid uid = agreed("Lalani Silva", "", "", 2);
	struct safe_contact c;
	struct person p;

	(void)state;
	call(uid, "no_answer", "");
	assert_int_equal(list(o.amina, uid).unanswered, 1);
	assert_int_equal(list(o.amina, uid).most, 2);
	assert_false(list(o.amina, uid).spent);
	OK(number(o.amina, uid));
	call(uid, "other_answered", "");
	assert_true(list(o.amina, uid).spent);
	REFUSED(ERR_DENIED, number(o.amina, uid));
	OK(person_open(o.amina, uid, "to look", &arena, &p, &c, &err));
	assert_string_equal(p.phone, "");
	assert_true(c.spent);
	assert_int_equal(c.unanswered, 2);
	/* It is nobody's to decide: they come, or it is agreed anew. */
	assert_int_equal(flags_of(uid), 0);
	call(uid, "came", "");
	assert_int_equal(list(o.amina, uid).unanswered, 0);
	OK(number(o.amina, uid));
	call(uid, "no_answer", "");
	call(uid, "no_answer", "");
	REFUSED(ERR_DENIED, number(o.amina, uid));
	agree(o.amina, uid, "", "", 3);
	assert_int_equal(list(o.amina, uid).unanswered, 0);
	OK(number(o.amina, uid));
}

static void
every_attempt_is_listed_once(void **state)
{
	struct uid uid = agreed("Mangala Silva", "", "", 0);
	struct followup_plan plan = plan_in(1);
	struct attempt t;
	struct followups f;
	size_t n = 0;

	(void)state;
	OK(followup_plan_add(o.amina, uid, &plan, &err));
	call(uid, "no_answer", "");
	t = tried(uid, "no_answer", "");
	t.plan = plan.uid;
	OK(followup_attempt(o.amina, &t, &err));
	t = tried(uid, "other_answered", "");
	t.plan = plan.uid;
	OK(followup_attempt(o.amina, &t, &err));
	f = list(o.amina, uid);
	for (size_t i = 0; i < f.n; i++) {
		if (f.list[i].outcome[0] == '\0')
			continue;
		n++;
		assert_string_equal(f.list[i].channel, "phone");
		assert_string_equal(f.list[i].by, "amina");
		assert_true(f.list[i].done_at > 0);
	}
	assert_int_equal(n, 3);
}

/* What was heard decides about the next hour, not what came of the call. */
static void
not_safe_at_the_moment_is_read_back(void **state)
{
	static const struct {
		const char *safe, *words;
	} t[] = {
		{ "no", "NOT safe at the moment" },
		{ "yes", "Safe at the moment: yes" },
		{ "unsure", "Safe at the moment: could not tell" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct uid uid = case_of(o.amina, "Somebody Heard");
		struct attempt a = tried(uid, "reached_safe", "");
		const struct event *found = NULL;
		struct events all;

		a.safe = t[i].safe;
		OK(followup_attempt(o.amina, &a, &err));
		OK(case_timeline(o.amina, uid, 0, 50, &arena, &all, &err));
		for (size_t k = 0; k < all.n; k++)
			if (strstr(all.list[k].text, t[i].words) != NULL)
				found = &all.list[k];
		assert_non_null(found);
		assert_string_equal(found->kind, "follow-up");
	}
}

#define TEST(f) T(f)
int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(harm_02_a_word_that_is_wrong_twice_stops_calls),
		TEST(harm_02_the_word_is_asked_for_where_one_is_agreed),
		TEST(harm_02_danger_stops_calls_at_once),
		TEST(harm_12_only_who_approves_lets_calls_go_on),
		TEST(nothing_is_half_done),
		TEST(it_is_looked_at_after_closing),
		TEST(harm_02_another_code_is_no_way_round),
		TEST(harm_02_tried_as_often_as_was_agreed),
		TEST(every_attempt_is_listed_once),
		TEST(not_safe_at_the_moment_is_read_back),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
