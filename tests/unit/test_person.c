/* SPDX-License-Identifier: ISC */
/* Who somebody is, and how to reach them without harm. */
#include <string.h>

#include "base/clock.h"
#include "store/link.h"
#include "office_kit.h"

static struct person
card(struct session *s, struct uid uid)
{
	struct safe_contact c;
	struct person p;

	OK(person_open(s, uid, "to check", &arena, &p, &c, &err));
	return p;
}

static int
instruction(struct session *s, struct uid uid)
{
	struct safe_contact c;

	return contact_instruction(s, uid, &arena, &c, &err);
}

static int
number(struct session *s, struct uid uid, const char **out)
{
	*out = NULL;
	return contact_number(s, uid, &arena, out, &err);
}

static struct safe_contact
another(void)
{
	struct sample s;

	sample_make(&s, "", "+94 71 000 1111");
	s.safe.uid = uid_new();
	return s.safe;
}

/* --- the number ----------------------------------------------------------------------------- */

static void
harm_02_number_needs_instruction(void **state)
{
	struct uid uid = case_of(o.amina, "Malini Fonseka");
	struct uid second = case_of(o.amina, "Malini Fonseka");
	struct safe_contact c = another();
	const char *n;
	struct person p;
	struct safe_contact read;

	(void)state;
	REFUSED(ERR_DENIED, number(o.amina, uid, &n));
	assert_null(n);
	/* No other way to it: not by the card, not by its telephone. */
	OK(person_open(o.amina, uid, "to call", &arena, &p, &read, &err));
	assert_string_equal(read.number, "");
	assert_string_equal(p.phone, "");
	OK(contact_instruction(o.amina, uid, &arena, &read, &err));
	assert_string_equal(read.number, "");
	assert_string_equal(read.safe_times, "weekdays 9 to 11");
	assert_string_equal(read.by, "amina");
	OK(number(o.amina, uid, &n));
	assert_string_equal(n, "+94 77 123 4567");
	assert_string_equal(card(o.amina, uid).phone, "+94 77 123 4567");
	/* Read for one case, in one session. */
	REFUSED(ERR_DENIED, number(o.amina, second, &n));
	REFUSED(ERR_DENIED, number(o.sunil, uid, &n));
	/* A new record is read anew. */
	OK(contact_put(o.sunil, uid, &c, &err));
	REFUSED(ERR_DENIED, number(o.amina, uid, &n));
	OK(instruction(o.amina, uid));
	OK(number(o.amina, uid, &n));
	assert_string_equal(n, "+94 71 000 1111");
}

/* Amina is ill: the promised call is made by zoya, who says why and reads how
 * first; who the person is stays shut. */
static void
who_covers_reaches_them_with_a_reason(void **state)
{
	struct uid uid = case_of(o.amina, "Nayana Abeysekera");
	struct safe_contact c;
	const char *phone;
	struct person p;
	int left;

	(void)state;
	session_identity_close(o.zoya);
	REFUSED(ERR_REASON, instruction(o.zoya, uid));
	/* Nothing was opened only to be refused. */
	assert_false(session_identity_open(o.zoya, &left));
	REFUSED(ERR_REASON, number(o.zoya, uid, &phone));
	REFUSED(ERR_REASON,
	    contact_instruction_for(o.zoya, uid, " ", &arena, &c, &err));
	OK(contact_instruction_for(
	    o.zoya, uid, "amina is ill; promised for ten", &arena, &c, &err));
	assert_string_equal(c.their_word, "heron");
	assert_string_equal(c.number, "");
	OK(number(o.zoya, uid, &phone));
	assert_non_null(strstr(phone, "77 123 4567"));
	assert_int_equal(
	    ask_identity(o.zoya, "SELECT count(*) FROM audit WHERE action = "
				 "'contact.instruction' AND reason = "
				 "'amina is ill; promised for ten'"),
	    1);
	REFUSED(ERR_DENIED,
	    person_open(o.zoya, uid, "to see who", &arena, &p, &c, &err));
	REFUSED(ERR_DENIED, contact_instruction_for(
				o.bilal, uid, "to cover", &arena, &c, &err));
	REFUSED(ERR_DENIED,
	    contact_instruction_for(o.cora, uid, "to cover", &arena, &c, &err));
}

/* Not by whoever the person has to fear. */
static void
harm_12_an_interest_is_no_cover(void **state)
{
	struct uid uid = case_of(o.amina, "Menaka Rajapaksha");
	const struct conflict_mark m = { .uid = uid_new(),
		.case_uid = uid,
		.who = "staff",
		.code = "zoya",
		.reason = "a cousin of the employer" };
	struct safe_contact c;

	(void)state;
	OK(conflict_mark_add(o.sunil, &m, &err));
	REFUSED(ERR_DENIED,
	    contact_instruction_for(o.zoya, uid, "to cover", &arena, &c, &err));
	assert_null(strstr(err.text, "cousin"));
}

static void
harm_02_stop_cannot_be_passed(void **state)
{
	struct uid uid = case_of(o.amina, "Renuka Alwis");
	struct safe_contact c = another(), read;
	struct attempt t = { .uid = uid_new(),
		.case_uid = uid,
		.channel = "phone",
		.outcome = "do_not_try_again",
		.risk = -1 };
	struct case_file f;
	const char *n;

	(void)state;
	OK(instruction(o.amina, uid));
	OK(number(o.amina, uid, &n));
	/* Said on the telephone: it holds from that moment. */
	OK(followup_attempt(o.amina, &t, &err));
	REFUSED(ERR_DENIED, number(o.amina, uid, &n));
	OK(contact_instruction(o.amina, uid, &arena, &read, &err));
	assert_true(read.stop);
	REFUSED(ERR_DENIED, number(o.amina, uid, &n));
	assert_string_equal(card(o.amina, uid).phone, "");
	/* Only a new agreement opens it again. */
	OK(contact_put(o.amina, uid, &c, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_false(f.stop_contact);
	OK(instruction(o.amina, uid));
	OK(number(o.amina, uid, &n));
	/* By the record itself: stop, then no. */
	c = another();
	c.stop = true;
	c.stop_reason = "asked for it";
	OK(contact_put(o.amina, uid, &c, &err));
	OK(instruction(o.amina, uid));
	REFUSED(ERR_DENIED, number(o.amina, uid, &n));
	c = another();
	c.may_contact = "no";
	OK(contact_put(o.amina, uid, &c, &err));
	OK(instruction(o.amina, uid));
	REFUSED(ERR_DENIED, number(o.amina, uid, &n));
	assert_null(n);
}

/* Agreed until a day: kept under both keys, old from the day after on, and due
 * by then; the instruction comes first all the same. */
static void
harm_02_an_agreement_holds_until(void **state)
{
	struct uid uid = case_of(o.amina, "Chandra Alwis");
	struct safe_contact c = another(), read;
	struct followups plans;
	struct case_file f;
	const char *n;

	(void)state;
	c.verified_at = clock_now() - 2 * CLOCK_DAY;
	c.expires_at = c.verified_at - CLOCK_DAY;
	REFUSED(ERR_INPUT, contact_put(o.amina, uid, &c, &err));
	c.expires_at = clock_now() + CLOCK_DAY;
	OK(contact_put(o.amina, uid, &c, &err));
	OK(contact_instruction(o.amina, uid, &arena, &read, &err));
	assert_true(read.expires_at == c.expires_at);
	assert_false(read.stale);
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(f.contact_expires_at == c.expires_at);
	OK(followup_list(o.amina, uid, &arena, &plans, &err));
	assert_false(plans.stale);
	c.uid = uid_new();
	c.expires_at = clock_now() - CLOCK_DAY;
	OK(contact_put(o.amina, uid, &c, &err));
	OK(followup_list(o.amina, uid, &arena, &plans, &err));
	assert_true(plans.stale);
	REFUSED(ERR_DENIED, number(o.amina, uid, &n));
	OK(contact_instruction(o.amina, uid, &arena, &read, &err));
	assert_true(read.stale);
	OK(number(o.amina, uid, &n));
	/* A new record without an end has none. */
	c.uid = uid_new();
	c.expires_at = 0;
	OK(contact_put(o.amina, uid, &c, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(f.contact_expires_at == 0);
}

static void
nobody_asked_is_not_a_yes(void **state)
{
	char code[CODE_SIZE];
	struct sample s;
	const char *n;

	(void)state;
	sample_make(&s, "Not Asked", "+94 77 444 3333");
	s.in.safe_contact = NULL;
	OK(intake_save(o.amina, &s.in, code, &err));
	REFUSED(ERR_NOT_FOUND, instruction(o.amina, s.in.case_uid));
	REFUSED(ERR_NOT_FOUND, number(o.amina, s.in.case_uid, &n));
	assert_string_equal(card(o.amina, s.in.case_uid).phone, "");
}

/* --- the record of how to reach ---------------------------------------------------------------- */

static void
a_new_record_replaces(void **state)
{
	struct uid uid = case_of(o.amina, "Shanthi Rodrigo");
	struct safe_contact c = another(), read;
	struct case_file f;
	const char *n;

	(void)state;
	c.may_contact = "yes";
	c.number = NULL; /* as it is */
	c.safe_times = "sundays";
	OK(contact_put(o.amina, uid, &c, &err));
	OK(contact_instruction(o.amina, uid, &arena, &read, &err));
	assert_string_equal(read.safe_times, "sundays");
	OK(number(o.amina, uid, &n));
	assert_string_equal(n, "+94 77 123 4567");
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_string_equal(f.may_contact, "yes");
	/* A retry, quiet; the same key with other words, not. */
	OK(contact_put(o.amina, uid, &c, &err));
	c.safe_times = "never";
	REFUSED(ERR_CONFLICT, contact_put(o.amina, uid, &c, &err));
}

static void
a_retry_writes_the_summary_that_a_crash_left_out(void **state)
{
	struct uid uid = case_of(o.amina, "Indrani Cooray");
	struct safe_contact c = another(), later = another();
	struct case_file f;

	(void)state;
	c.may_contact = "no";
	OK(contact_put(o.amina, uid, &c, &err));
	OK(db_exec(&o.amina->cases,
	    "UPDATE case_file SET may_contact = 'yes' WHERE uid = ?1",
	    VALS(v_uid(&uid)), NULL, &err));
	OK(contact_put(o.amina, uid, &c, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_string_equal(f.may_contact, "no");
	/* A late retry does not undo what came after it. */
	later.may_contact = "only_if";
	OK(contact_put(o.sunil, uid, &later, &err));
	OK(contact_put(o.amina, uid, &c, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_string_equal(f.may_contact, "only_if");
}

static void
safe_contact_refuses(void **state)
{
	struct uid uid = case_of(o.amina, "Kanthi Peiris");
	struct safe_contact c = another();

	(void)state;
	c.may_contact = "maybe";
	REFUSED(ERR_INPUT, contact_put(o.amina, uid, &c, &err));
	c = another();
	c.max_attempts = -1;
	REFUSED(ERR_INPUT, contact_put(o.amina, uid, &c, &err));
	c = another();
	REFUSED(ERR_DENIED, contact_put(o.zoya, uid, &c, &err));
	REFUSED(ERR_NOT_FOUND, contact_put(o.amina, uid_new(), &c, &err));
	o.amina->fault = SQLITE_FULL;
	REFUSED(ERR_FULL, contact_put(o.amina, uid, &c, &err));
	OK(contact_put(o.amina, uid, &c, &err));
}

/* --- who it is ------------------------------------------------------------------------------------ */

static void
changes_a_person_and_finds_them_by_the_new_name(void **state)
{
	struct uid uid = case_of(o.amina, "Oldname Samarasinghe");
	struct person_query q = { .name = "Newname Samarasinghe", .phone = "" };
	struct person_cards found;
	int64_t rev = card(o.amina, uid).rev;

	(void)state;
	OK(person_change(o.amina, uid, &rev,
	    (const struct change[]){
		{ "name", "Newname Samarasinghe" }, { "birth", "1990-02" } },
	    2, &arena, NULL, &err));
	assert_string_equal(card(o.amina, uid).name, "Newname Samarasinghe");
	assert_int_equal(card(o.amina, uid).birth.precision, DATE_MONTH);
	assert_int_equal(card(o.amina, uid).rev, rev);
	OK(person_search(o.amina, &q, 5, &arena, &found, &err));
	assert_true(found.n >= 1);
	assert_true(uid_eq(&found.list[0].case_uid, &uid));
	q.name = "Oldname";
	OK(person_search(o.amina, &q, 5, &arena, &found, &err));
	assert_int_equal(found.n, 0);
}

static void
a_year_of_birth_is_a_key_with_each_sound(void **state)
{
	static const char born[] = "SELECT count(*) FROM name_key k JOIN "
				   "person p ON p.uid = k.person WHERE "
				   "p.name = 'Onename Twoname' AND k.kind = 9 "
				   "AND k.text LIKE '% 1987'";
	static const char sounds[] = "SELECT count(*) FROM name_key k JOIN "
				     "person p ON p.uid = k.person WHERE "
				     "p.name = 'Onename Twoname' "
				     "AND k.kind = 1";
	struct uid uid = case_of(o.amina, "Onename Twoname");
	int64_t rev = card(o.amina, uid).rev;

	(void)state;
	assert_int_equal(ask_identity(o.amina, born), 0);
	OK(person_change(o.amina, uid, &rev,
	    (const struct change[]){ { "birth", "1987-02" } }, 1, &arena, NULL,
	    &err));
	assert_true(ask_identity(o.amina, sounds) > 1);
	assert_int_equal(
	    ask_identity(o.amina, born), ask_identity(o.amina, sounds));
	OK(person_change(o.amina, uid, &rev,
	    (const struct change[]){ { "birth", "" } }, 1, &arena, NULL, &err));
	assert_int_equal(ask_identity(o.amina, born), 0);
}

static void
two_people_change_one_person(void **state)
{
	struct uid uid = case_of(o.amina, "Conflict Weerasinghe");
	int64_t mine = card(o.amina, uid).rev, theirs = mine;
	struct conflicts c = { .n = 0 };

	(void)state;
	OK(person_change(o.sunil, uid, &theirs,
	    (const struct change[]){ { "country", "LK" } }, 1, &arena, NULL,
	    &err));
	OK(person_change(o.amina, uid, &mine,
	    (const struct change[]){ { "address", "by the market" } }, 1,
	    &arena, &c, &err));
	REFUSED(ERR_CONFLICT,
	    person_change(o.amina, uid, &theirs,
		(const struct change[]){ { "address", "elsewhere" } }, 1,
		&arena, &c, &err));
	assert_int_equal(c.n, 1);
	assert_string_equal(c.list[0].field, "address");
	assert_string_equal(c.list[0].theirs, "by the market");
	assert_string_equal(c.list[0].mine, "elsewhere");
	assert_string_equal(c.list[0].by, "amina");
	assert_string_equal(card(o.amina, uid).country, "LK");
}

static void
person_change_refuses(void **state)
{
	struct uid uid = case_of(o.amina, "Careful Ranasinghe");
	int64_t rev = card(o.amina, uid).rev;
	char *big = arena_alloc(&arena, 202, 1);

	(void)state;
	memset(big, 'n', 201);
	REFUSED(ERR_INPUT, person_change(o.amina, uid, &rev,
			       (const struct change[]){ { "name", big } }, 1,
			       &arena, NULL, &err));
	REFUSED(
	    ERR_INPUT, person_change(o.amina, uid, &rev,
			   (const struct change[]){ { "birth", "1990-02-30" } },
			   1, &arena, NULL, &err));
	REFUSED(ERR_INPUT, person_change(o.amina, uid, &rev,
			       (const struct change[]){ { "uid", "x" } }, 1,
			       &arena, NULL, &err));
	o.amina->fault = SQLITE_IOERR;
	REFUSED(ERR_IO, person_change(o.amina, uid, &rev,
			    (const struct change[]){ { "name", "Other" } }, 1,
			    &arena, NULL, &err));
	assert_string_equal(card(o.amina, uid).name, "Careful Ranasinghe");
}

static void
the_card_is_on_the_record_before_it_is_shown(void **state)
{
	struct uid uid = case_of(o.amina, "Recorded Silva");
	struct person p = { .name = NULL };
	struct safe_contact c;

	(void)state;
	o.amina->fault = SQLITE_FULL;
	REFUSED(ERR_FULL,
	    person_open(o.amina, uid, "to read it back", &arena, &p, &c, &err));
	assert_null(p.name);
	REFUSED(
	    ERR_PURPOSE, person_open(o.amina, uid, NULL, &arena, &p, &c, &err));
	OK(person_open(o.amina, uid, "to read it back", &arena, &p, &c, &err));
	/* Every opening again. */
	OK(person_open(o.amina, uid, "to read it back", &arena, &p, &c, &err));
	assert_int_equal(ask_identity(o.amina,
			     "SELECT count(*) FROM audit WHERE action = "
			     "'person.open' AND reason = 'to read it back' AND "
			     "fields = 'identity'"),
	    2);
}

/* Said once it holds for this case alone, and no longer than identity.db
 * stays open. */
static void
a_reason_holds_while_it_stands_open(void **state)
{
	static const char kept[] =
	    "SELECT count(*) FROM audit WHERE reason = 'she rang: stop' AND "
	    "action IN ('person.open', 'contact.instruction')";
	struct uid uid = case_of(o.amina, "Said Once");
	struct uid other = case_of(o.amina, "Another One");
	char long_one[1000];
	struct safe_contact c;
	struct person p;

	(void)state;
	session_identity_close(o.amina);
	/* All of it, as long as a line can be: a word cut in a letter's middle
	 * would stand in the record for good. */
	for (size_t i = 0; i + 2 < sizeof(long_one); i += 2)
		memcpy(&long_one[i], "\xc3\xa9", 3);
	session_set_purpose(o.amina, &uid, long_one);
	OK(contact_open(o.amina, uid, &arena, &c, &err));
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM audit WHERE "
				  "length(reason) = 499 AND action = "
				  "'contact.instruction'"),
	    1);
	session_identity_close(o.amina);
	REFUSED(ERR_PURPOSE, contact_open(o.amina, uid, &arena, &c, &err));
	OK(person_open(o.amina, uid, "she rang: stop", &arena, &p, &c, &err));
	OK(contact_open(o.amina, uid, &arena, &c, &err));
	OK(person_open(o.amina, uid, NULL, &arena, &p, &c, &err));
	assert_int_equal(ask_identity(o.amina, kept), 3);
	assert_string_equal(c.number, "");
	REFUSED(ERR_PURPOSE, contact_open(o.amina, other, &arena, &c, &err));
	REFUSED(
	    ERR_REASON, person_open(o.amina, uid, " ", &arena, &p, &c, &err));
	session_identity_close(o.amina);
	REFUSED(ERR_PURPOSE, contact_open(o.amina, uid, &arena, &c, &err));
	REFUSED(
	    ERR_PURPOSE, person_open(o.amina, uid, NULL, &arena, &p, &c, &err));
}

static bool
has(const struct access_log *l, const char *by, const char *action)
{
	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->list[i].by, by) == 0 &&
		    strcmp(l->list[i].action, action) == 0)
			return true;
	}
	return false;
}

static void
who_looked_comes_from_both_chains(void **state)
{
	struct uid uid = case_of(o.amina, "Looked At");
	struct access_log l;
	struct case_file f;

	(void)state;
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	(void)card(o.amina, uid);
	assert_int_equal(
	    case_open(o.bilal, uid, "curious", &arena, &f, &err), -1);
	/* identity.db opens for it: with a reason, which is in its event. */
	session_identity_close(o.sunil);
	REFUSED(
	    ERR_PURPOSE, case_access_log(o.sunil, uid, 50, &arena, &l, &err));
	session_set_purpose(o.sunil, &uid, "monthly look");
	OK(case_access_log(o.sunil, uid, 50, &arena, &l, &err));
	assert_int_equal(
	    ask_cases(o.sunil, "SELECT count(*) FROM audit WHERE action = "
			       "'case.access-log' AND reason = 'monthly look'"),
	    1);
	assert_true(has(&l, "amina", "intake.save"));
	assert_true(has(&l, "amina", "case.open"));
	assert_true(has(&l, "amina", "person.open"));
	assert_true(has(&l, "bilal", "case.open (refused)"));
	for (size_t i = 1; i < l.n; i++)
		assert_true(l.list[i - 1].at >= l.list[i].at);
	/* Who never holds the identity root sees the other chain. */
	session_identity_close(o.sunil);
	OK(case_access_log(o.audra, uid, 50, &arena, &l, &err));
	assert_true(has(&l, "amina", "case.open"));
	assert_false(has(&l, "amina", "person.open"));
	session_set_purpose(o.sunil, &uid, "monthly look");
	OK(case_access_log(o.sunil, uid, 2, &arena, &l, &err));
	assert_int_equal(l.n, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_02_number_needs_instruction),
		T(who_covers_reaches_them_with_a_reason),
		T(harm_12_an_interest_is_no_cover),
		T(harm_02_stop_cannot_be_passed),
		T(harm_02_an_agreement_holds_until),
		T(nobody_asked_is_not_a_yes),
		T(a_new_record_replaces),
		T(a_retry_writes_the_summary_that_a_crash_left_out),
		T(safe_contact_refuses),
		T(changes_a_person_and_finds_them_by_the_new_name),
		T(a_year_of_birth_is_a_key_with_each_sound),
		T(two_people_change_one_person),
		T(person_change_refuses),
		T(the_card_is_on_the_record_before_it_is_shown),
		T(a_reason_holds_while_it_stands_open),
		T(who_looked_comes_from_both_chains),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
