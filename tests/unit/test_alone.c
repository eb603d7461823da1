/* SPDX-License-Identifier: ISC */
/* Contacts without a case: found, gone on with; and people who come back. */
#include "intake_kit.h"
#include "store/alone.h"

#define ASIDE "asked aside; she waits with the nurse"

/* Nothing kept but the contact; danger: a clear sign of it. */
static void
alone_make(struct sample *s, bool danger)
{
	sample_make(s, "", "");
	s->in.open_case = false;
	s->in.anonymous = true;
	s->in.person = NULL;
	s->in.safe_contact = NULL;
	s->in.work_together = NULL;
	s->in.next = NULL;
	s->in.limits_script = "";
	if (danger)
		s->triage[1] =
		    (struct triage_answer){ "tri.02", "clear_sign", ASIDE };
}

static struct uid
alone_of(struct session *who, bool danger)
{
	struct sample s;

	alone_make(&s, danger);
	OK(intake_save(who, &s.in, code, &err));
	return s.in.contact_uid;
}

static int64_t
waiting(struct session *who)
{
	struct alone_count n = { .n = -1 };

	OK(alone_waiting(who, &n, &err));
	assert_false(n.more);
	return n.n;
}

/* One contact of the list of this person; NULL where it is not in it. */
static const struct alone *
listed(struct session *who, bool only_waiting, struct uid contact)
{
	struct alone_page page;

	OK(alone_list(who, only_waiting, NULL, 200, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		if (uid_eq(&page.list[i].uid, &contact))
			return &page.list[i];
	return NULL;
}

/* --- without a case -------------------------------------------------------------------- */

static void
the_next_shift_finds_the_danger_and_what_was_done(void **state)
{
	int64_t before = waiting(o.zoya);
	struct uid contact = alone_of(o.amina, true);
	const struct alone *c;
	struct alone one;

	(void)state;
	assert_int_equal(waiting(o.zoya), before + 1);
	c = listed(o.zoya, true, contact);
	assert_non_null(c);
	assert_true(c->waits && c->urgent);
	assert_string_equal(c->by, "amina");
	assert_string_equal(c->code, "");
	OK(alone_open(o.zoya, contact, &arena, &one, &err));
	assert_non_null(strstr(
	    one.words, "Somebody who controls them: clear sign. " ASIDE));
	assert_non_null(strstr(one.words, "Wants first: a safe place tonight"));
	assert_non_null(strstr(one.words, "Information given: "));
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM audit /* the whole table */ "
			     "WHERE action = 'contact.open' "
			     "AND object = ?1",
			     contact),
	    1);
}

static void
what_is_not_urgent_does_not_wait(void **state)
{
	int64_t before = waiting(o.zoya);
	struct uid contact = alone_of(o.amina, false);

	(void)state;
	assert_int_equal(waiting(o.zoya), before);
	assert_null(listed(o.zoya, true, contact));
	assert_non_null(listed(o.zoya, false, contact));
}

static void
is_for_the_branch_that_met_them(void **state)
{
	int64_t theirs = waiting(o.bilal);
	struct uid contact = alone_of(o.amina, true);
	struct alone one;

	(void)state;
	assert_int_equal(waiting(o.bilal), theirs);
	assert_null(listed(o.bilal, false, contact));
	REFUSED(ERR_DENIED, alone_open(o.bilal, contact, &arena, &one, &err));
	REFUSED(ERR_DENIED,
	    alone_done(o.bilal, uid_new(), contact, "nothing", &err));
	/* Who reads everywhere finds it; and does nothing about it. */
	assert_non_null(listed(o.cora, true, contact));
	REFUSED(ERR_DENIED,
	    alone_done(o.cora, uid_new(), contact, "nothing", &err));
	REFUSED(
	    ERR_NOT_FOUND, alone_open(o.amina, uid_new(), &arena, &one, &err));
}

/* Whoever belongs to no branch sees their own: no branch is not one that they
 * share with all the others of none. */
static void
harm_12_no_branch_is_no_branch_in_common(void **state)
{
	struct session *one =
	    vault_kit_user(&o.kit, "odd", ROLE_CASEWORKER, "");
	struct session *two =
	    vault_kit_user(&o.kit, "even", ROLE_CASEWORKER, "");
	struct uid contact = alone_of(one, true);

	(void)state;
	assert_non_null(listed(one, true, contact));
	assert_null(listed(two, true, contact));
	assert_int_equal(waiting(two), 0);
}

static void
is_done_once_somebody_says_what(void **state)
{
	struct uid contact = alone_of(o.amina, true), step = uid_new();
	int64_t before = waiting(o.amina);
	struct alone one;

	(void)state;
	REFUSED(ERR_INPUT, alone_done(o.zoya, step, contact, "  ", &err));
	OK(alone_done(o.zoya, step, contact, "brought to the clinic", &err));
	/* The line went away in between. */
	OK(alone_done(o.zoya, step, contact, "brought to the clinic", &err));
	assert_int_equal(waiting(o.amina), before - 1);
	assert_null(listed(o.amina, true, contact));
	OK(alone_open(o.amina, contact, &arena, &one, &err));
	assert_false(one.waits);
	assert_true(one.urgent);
	assert_non_null(strstr(one.words, "Done by zoya"));
	assert_non_null(strstr(one.words, ": brought to the clinic"));
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM contact_step "
			     "WHERE case_uid = zeroblob(16) AND contact = ?1",
			     contact),
	    1);
}

static void
pages_go_back_in_time(void **state)
{
	struct uid last = { { 0 } };
	struct alone_page page = { .more = true };
	size_t seen = 0, all;

	(void)state;
	for (int i = 0; i < 5; i++)
		(void)alone_of(o.amina, i % 2 == 0);
	OK(alone_list(o.amina, false, NULL, 200, &arena, &page, &err));
	all = page.n;
	assert_true(all >= 5 && !page.more);
	for (page.more = true; page.more; seen += page.n) {
		OK(alone_list(o.amina, false, seen == 0 ? NULL : &last, 2,
		    &arena, &page, &err));
		for (size_t i = 0; i < page.n; i++) {
			if (seen + i > 0)
				assert_true(
				    uid_cmp(&page.list[i].uid, &last) < 0);
			last = page.list[i].uid;
		}
	}
	assert_int_equal(seen, all);
}

/* --- into a case ----------------------------------------------------------------------- */

static void
goes_into_the_case_that_is_made_later(void **state)
{
	struct uid contact = alone_of(o.amina, true);
	const struct alone *c;
	struct events events;
	struct sample s;
	int met = 0;

	(void)state;
	sample_make(&s, "Ishara Ratnayake", "");
	s.in.earlier = contact;
	OK(intake_save(o.zoya, &s.in, code, &err));
	OK(case_timeline(
	    o.zoya, s.in.case_uid, INT64_MAX, 50, &arena, &events, &err));
	for (size_t i = 0; i < events.n; i++) {
		const struct event *e = &events.list[i];

		if (strcmp(e->kind, "contact") != 0)
			continue;
		met++;
		if (strstr(e->text, ASIDE) != NULL)
			assert_string_equal(e->by, "amina");
	}
	assert_int_equal(met, 2);
	c = listed(o.amina, false, contact);
	assert_non_null(c);
	assert_false(c->waits);
	assert_string_equal(c->code, code);
	/* A second try is the same; another case is not. */
	OK(intake_save(o.zoya, &s.in, code, &err));
	sample_renew(&s);
	REFUSED(ERR_INPUT, intake_save(o.zoya, &s.in, code, &err));
	assert_non_null(strstr(err.text, c->code));
}

static void
stays_where_no_case_comes_of_it(void **state)
{
	struct uid contact = alone_of(o.amina, true);
	struct sample s;

	(void)state;
	alone_make(&s, false);
	s.in.earlier = contact;
	OK(intake_save(o.zoya, &s.in, code, &err));
	assert_non_null(listed(o.amina, true, contact));
}

static void
another_branch_takes_nothing_into_its_case(void **state)
{
	struct uid contact = alone_of(o.amina, true);
	struct sample s;

	(void)state;
	sample_make(&s, "Roshan Gunasekara", "");
	s.in.earlier = contact;
	REFUSED(ERR_DENIED, intake_save(o.bilal, &s.in, code, &err));
	assert_int_equal(
	    ask_of(o.amina, "SELECT count(*) FROM case_file WHERE uid = ?1",
		s.in.case_uid),
	    0);
	assert_non_null(listed(o.amina, true, contact));
}

/* --- somebody comes back --------------------------------------------------------------- */

/* Zoya meets somebody who has this case. */
static void
back_make(struct sample *s, struct uid known)
{
	alone_make(s, true);
	s->in.anonymous = false;
	s->in.joins = known;
	s->in.join_reason = "knows the code and our word";
	s->in.limits_script = "limits-en:1";
	s->consent.decision = "not_now";
	s->in.work_together = &s->consent;
}

static void
who_comes_back_is_met_in_their_case(void **state)
{
	struct uid known = case_of(o.amina, "Dilani Herath");
	int64_t who = people(), met = contacts(), cases;
	struct case_file f;
	char first[CODE_SIZE];
	struct sample s;

	(void)state;
	cases = ask_cases(o.amina, "SELECT count(*) FROM case_file");
	back_make(&s, known);
	OK(intake_save(o.zoya, &s.in, first, &err));
	OK(case_open(o.amina, known, NULL, &arena, &f, &err));
	assert_string_equal(first, f.code);
	assert_true(f.urgent);
	assert_non_null(strstr(f.urgent_signs, ASIDE));
	assert_int_equal(people(), who);
	assert_int_equal(
	    ask_cases(o.amina, "SELECT count(*) FROM case_file"), cases);
	assert_int_equal(
	    ask_of(o.amina, "SELECT count(*) FROM contact WHERE case_uid = ?1",
		known),
	    2);
	assert_int_equal(
	    ask_of(o.amina,
		"SELECT count(*) FROM consent WHERE case_uid = ?1 AND "
		"kind = 'work_together' AND decision = 'not_now'",
		known),
	    1);
	assert_int_equal(
	    ask_of(o.amina,
		"SELECT count(*) FROM audit /* the whole table */ "
		"WHERE action = 'intake.join' "
		"AND case_uid = ?1 AND reason = 'knows the code and our word'",
		known),
	    1);
	/* A second try is the same. */
	OK(intake_save(o.zoya, &s.in, code, &err));
	assert_string_equal(code, first);
	assert_int_equal(contacts(), met + 1);
	s.in.wants = "something else";
	REFUSED(ERR_CONFLICT, intake_save(o.zoya, &s.in, code, &err));
}

static void
who_comes_back_says_yes_as_their_case_knows_them(void **state)
{
	struct uid known;
	struct sample s, child;

	(void)state;
	sample_make(&child, "Sanduni Silva", "");
	child.in.may_be_child = "yes";
	child.in.age_band = "";
	child.consent.decision = "not_now";
	child.in.anonymous = true;
	child.in.person = NULL;
	OK(intake_save(o.amina, &child.in, code, &err));
	known = child.in.case_uid;
	back_make(&s, known);
	s.consent.decision = "yes";
	/* Who alone may not say yes there says none here. */
	REFUSED(ERR_INPUT, intake_save(o.amina, &s.in, code, &err));
	assert_int_equal(
	    ask_of(o.amina, "SELECT count(*) FROM contact WHERE case_uid = ?1",
		known),
	    1);
}

static void
a_closed_case_takes_who_comes_back(void **state)
{
	struct uid known = case_of(o.amina, "Lakmini Bandara");
	struct case_file f;
	struct sample s;

	(void)state;
	OK(case_open(o.amina, known, NULL, &arena, &f, &err));
	OK(close_case(o.amina, known, &f.rev, "goals_met", "", &err));
	back_make(&s, known);
	OK(intake_save(o.zoya, &s.in, code, &err));
	assert_string_equal(code, f.code);
}

static void
joins_nothing_by_mistake(void **state)
{
	struct uid known = case_of(o.amina, "Tharindu Jayasuriya");
	struct sample s;

	(void)state;
	back_make(&s, known);
	s.in.join_reason = " ";
	REFUSED(ERR_INPUT, intake_save(o.zoya, &s.in, code, &err));
	back_make(&s, known);
	s.in.open_case = true;
	REFUSED(ERR_INPUT, intake_save(o.zoya, &s.in, code, &err));
	back_make(&s, known);
	s.in.note = "said: the agent is back";
	REFUSED(ERR_INPUT, intake_save(o.zoya, &s.in, code, &err));
	back_make(&s, known);
	REFUSED(ERR_DENIED, intake_save(o.bilal, &s.in, code, &err));
	back_make(&s, uid_new());
	REFUSED(ERR_NOT_FOUND, intake_save(o.zoya, &s.in, code, &err));
	assert_int_equal(
	    ask_of(o.amina, "SELECT count(*) FROM contact WHERE case_uid = ?1",
		known),
	    1);
}

/* Counted as far as a thousand: where there are more, it says so. */
static void
more_than_are_counted_says_so(void **state)
{
	static const char add[] =
	    "WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i"
	    " WHERE n < 1001) INSERT INTO contact_alone"
	    " SELECT 'branch-1', randomblob(16), zeroblob(16), 1 FROM i";
	static const char drop[] =
	    "DELETE FROM contact_alone WHERE made_by = zeroblob(16)";
	struct alone_count n;
	sqlite3 *h = o.sunil->cases.h;

	(void)state;
	assert_int_equal(sqlite3_exec(h, add, NULL, NULL, NULL), SQLITE_OK);
	OK(alone_waiting(o.sunil, &n, &err));
	assert_int_equal(n.n, ALONE_COUNTED);
	assert_true(n.more);
	assert_int_equal(sqlite3_exec(h, drop, NULL, NULL, NULL), SQLITE_OK);
	OK(alone_waiting(o.sunil, &n, &err));
	assert_false(n.more);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_next_shift_finds_the_danger_and_what_was_done),
		T(what_is_not_urgent_does_not_wait),
		T(is_for_the_branch_that_met_them),
		T(harm_12_no_branch_is_no_branch_in_common),
		T(is_done_once_somebody_says_what),
		T(pages_go_back_in_time),
		T(goes_into_the_case_that_is_made_later),
		T(stays_where_no_case_comes_of_it),
		T(another_branch_takes_nothing_into_its_case),
		T(who_comes_back_is_met_in_their_case),
		T(who_comes_back_says_yes_as_their_case_knows_them),
		T(a_closed_case_takes_who_comes_back),
		T(joins_nothing_by_mistake),
		T(more_than_are_counted_says_so),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
