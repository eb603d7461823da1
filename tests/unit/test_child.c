/* SPDX-License-Identifier: ISC */
/* Children and disputed age: rules as tables, and what is kept. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store/child.h"
#include "store/followup.h"
#include "office_kit.h"

/* --- rules ------------------------------------------------------------------------- */

/* A child with a safe guardian, everything said. */
static const struct child_facts safe = { .answered = true,
	.basis = BASIS_STATED,
	.safety_asked = true,
	.guardian = GUARDIAN_SAFE,
	.informed = INFORMED_YES,
	.route = ROUTE_CAREGIVER,
	.assent = ASSENT_YES };

static void
says_what_is_missing(void **state)
{
	struct child_facts f = safe;

	(void)state;
	assert_int_equal(child_check(&f), CHILD_OK);
	f.answered = false;
	assert_int_equal(child_check(&f), CHILD_NO_ANSWER);
	f = safe;
	f.informed = INFORMED_NOT_SAID;
	assert_int_equal(child_check(&f), CHILD_INFORMED);
	f.informed = INFORMED_NO;
	assert_int_equal(child_check(&f), CHILD_INFORMED_WHY);
	f.informed_words = true;
	assert_int_equal(child_check(&f), CHILD_OK);
	f.route = ROUTE_NONE;
	assert_int_equal(child_check(&f), CHILD_ROUTE);
	f = safe;
	f.assent = ASSENT_NOT_SAID;
	assert_int_equal(child_check(&f), CHILD_ASSENT);
	/* Best interests may decide beside a safe guardian, too. */
	f = safe;
	f.route = ROUTE_BEST_INTERESTS;
	assert_int_equal(child_check(&f), CHILD_ROUTE_WHY);
	f.route_words = true;
	assert_int_equal(child_check(&f), CHILD_TRUSTED);
	f.trusted_named = true;
	assert_int_equal(child_check(&f), CHILD_OK);
}

/* Row 7: the guardian may be the harm.  Over every combination there is. */
static void
harm_07_no_guardian_decides_before_the_child_was_asked(void **state)
{
	int complete = 0;

	(void)state;
	for (unsigned bits = 0; bits < 5u * 3 * 3 * 2 * 2 * 2 * 2; bits++) {
		unsigned b = bits;
		struct child_facts f = safe;

		f.guardian = (enum guardian_state)(b % 5);
		b /= 5;
		f.informed = (enum child_informed)(b % 3);
		b /= 3;
		f.route = (enum child_route)(b % 3);
		b /= 3;
		f.safety_asked = b % 2;
		b /= 2;
		f.informed_words = b % 2;
		b /= 2;
		f.route_words = b % 2;
		b /= 2;
		f.trusted_named = b % 2;
		if (child_check(&f) != CHILD_OK)
			continue;
		complete++;
		/* Whatever is accepted holds all of this. */
		if (f.guardian == GUARDIAN_SAFE || f.informed == INFORMED_YES)
			assert_true(f.safety_asked);
		if (f.route == ROUTE_CAREGIVER)
			assert_int_equal(f.guardian, GUARDIAN_SAFE);
		else
			assert_true(f.route_words && f.trusted_named);
		if (f.informed == INFORMED_NO)
			assert_true(f.informed_words);
	}
	assert_true(complete > 10);
}

/* Row 11: nobody becomes an adult by an estimate. */
static void
harm_11_doubt_makes_a_child(void **state)
{
	static const struct {
		enum age_basis basis;
		bool decided;
		enum child_gap gap;
	} all[] = {
		{ BASIS_UNKNOWN, false, CHILD_BASIS },
		{ BASIS_UNKNOWN, true, CHILD_BASIS },
		{ BASIS_DOCUMENT, false, CHILD_OK },
		{ BASIS_STATED, false, CHILD_OK },
		{ BASIS_ESTIMATED, false, CHILD_NOT_DECIDED },
		{ BASIS_DISPUTED, false, CHILD_NOT_DECIDED },
		{ BASIS_ESTIMATED, true, CHILD_OK },
		{ BASIS_DISPUTED, true, CHILD_OK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct child_facts f = { .answered = true,
			.adult = true,
			.basis = all[i].basis,
			.age_decided = all[i].decided };

		assert_int_equal(child_check(&f), all[i].gap);
	}
	assert_int_equal(age_basis_from_name("disputed"), BASIS_DISPUTED);
	assert_int_equal(age_basis_from_name("guessed"), -1);
}

static void
harm_11_coming_of_age_by_date(void **state)
{
	static const struct {
		const char *birth, *today,
		    *from; /* from "": none, "-": they are */
	} all[] = {
		{ "2010-05-17", "2026-11-25", "2028-06-01" },
		{ "2008-11-26", "2026-11-25", "2026-12-01" },
		{ "2008-12-01", "2026-11-25", "2026-12-01" },
		{ "2008-12-02", "2026-11-25", "2027-01-01" },
		/* On the day itself they are. */
		{ "2008-11-25", "2026-11-25", "-" },
		{ "1990-01-01", "2026-11-25", "-" },
		/* Born 29 February: 1 March in other years. */
		{ "2012-02-29", "2026-11-25", "2030-03-01" },
		{ "2012-02-28", "2026-11-25", "2030-03-01" },
		{ "2008-02-29", "2026-02-28", "2026-03-01" },
		{ "2008-02-29", "2026-03-01", "-" },
		/* A month or a year: a child on each day it can be. */
		{ "2010-05", "2026-11-25", "2028-06-01" },
		{ "2009", "2026-11-25", "2028-01-01" },
		{ "2008", "2026-11-25", "2027-01-01" },
		{ "2008", "2026-12-31", "-" },
		/* Nobody knows. */
		{ "", "2026-11-25", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct fdate birth, today, from;
		int64_t got, f, l;

		assert_int_equal(date_from_iso(all[i].today, &today), 0);
		assert_int_equal(date_range(&today, &f, &l), 0);
		if (date_from_iso(all[i].birth, &birth) == -1)
			birth = (struct fdate){ .precision = DATE_UNKNOWN };
		got = child_of_age_from(&birth, 18, f);
		if (strlen(all[i].from) < 2) {
			if (got != (all[i].from[0] == '-' ? CHILD_OF_AGE : 0))
				fail_msg("%s at %s: %lld", all[i].birth,
				    all[i].today, (long long)got);
			continue;
		}
		assert_int_equal(date_from_iso(all[i].from, &from), 0);
		assert_int_equal(date_range(&from, &f, &l), 0);
		if (got != clock_day_start(f))
			fail_msg("%s at %s: day %lld, wanted %lld",
			    all[i].birth, all[i].today,
			    (long long)clock_day_of(got), (long long)f);
	}
}

/* --- the store ------------------------------------------------------------------------- */

static struct child_file
file(struct uid case_uid)
{
	struct child_file f;

	OK(child_open(o.amina, case_uid, &arena, &f, &err));
	return f;
}

static void
keeps_what_was_said_about_a_child(void **state)
{
	struct uid c = case_of(o.amina, "Amal Example");
	struct child_record r = child_record_of(c);
	struct child_file f = file(c);

	(void)state;
	assert_false(f.recorded);
	OK(child_put(o.amina, &r, &err));
	OK(child_put(o.amina, &r, &err)); /* a retry */
	f = file(c);
	assert_true(f.recorded);
	assert_string_equal(f.may_be_child, "yes");
	assert_string_equal(f.record.child_words, "wants her aunt to know");
	assert_string_equal(f.record.by, "amina");
	assert_true(f.who.as_child);
	assert_true(f.who.must & MUST_BEST_INTERESTS);
	assert_false(f.who.must & MUST_CAREGIVER);
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM child_record"
			     " WHERE case_uid = ?1",
			     c),
	    1);
	/* The newest stands, the earlier stays. */
	r.uid = uid_new();
	r.guardian = "unavailable";
	OK(child_put(o.sunil, &r, &err));
	assert_string_equal(file(c).record.guardian, "unavailable");
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM child_record"
			     " WHERE case_uid = ?1",
			     c),
	    2);
}

static void
refuses_half_a_record(void **state)
{
	struct uid c = case_of(o.amina, "Huda Example");
	struct child_record r = child_record_of(c);

	(void)state;
	r.route = "caregiver";
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "best interests"));
	r = child_record_of(c);
	r.informed = "yes";
	r.informed_why = "";
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	r = child_record_of(c);
	r.guardian = "safe";
	r.safety_asked = false;
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "alone"));
	r = child_record_of(c);
	r.assent = "maybe";
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	r = child_record_of(c);
	REFUSED(ERR_DENIED, child_put(o.zoya, &r, &err));
	REFUSED(ERR_DENIED, child_put(o.audra, &r, &err));
	assert_false(file(c).recorded);
}

/* Row 7 again: what the record says holds for every consent. */
static void
harm_07_an_unsafe_guardian_agrees_to_nothing(void **state)
{
	struct uid c = case_of(o.amina, "Sumi Example");
	struct child_record r = child_record_of(c);
	struct consent yes = release_of(c);

	(void)state;
	OK(child_put(o.amina, &r, &err));
	yes.guardian = "safe"; /* somebody forgot */
	yes.given_by = "both";
	REFUSED(ERR_INPUT, consent_add(o.amina, &yes, &err));
	assert_non_null(strstr(err.text, "may not be safe"));
	yes.given_by = "guardian";
	REFUSED(ERR_INPUT, consent_add(o.amina, &yes, &err));
	yes.guardian = "concern";
	yes.given_by = "best_interests";
	yes.given_by_why = "the guardian may be part of it";
	OK(consent_add(o.amina, &yes, &err));
	/* A no needs nobody's leave. */
	yes = release_of(c);
	yes.decision = "no";
	yes.given_by = "guardian";
	OK(consent_add(o.amina, &yes, &err));
}

static void
harm_11_an_adult_is_made_in_one_place_with_a_basis(void **state)
{
	struct uid c = case_of(o.amina, "Deng Example");
	struct child_record r = child_record_of(c);
	const struct change no = { "may_be_child", "no" };
	struct case_file f;
	int64_t rev;

	(void)state;
	OK(child_put(o.amina, &r, &err));
	OK(case_open(o.amina, c, NULL, &arena, &f, &err));
	rev = f.rev;
	REFUSED(ERR_INPUT,
	    case_change(o.amina, c, &rev, &no, 1, &arena, NULL, &err));
	r.uid = uid_new();
	r.may_be_child = "no";
	r.age_basis = "disputed";
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "competent authority"));
	r.age_decided_by = "children's court, 3 November";
	OK(child_put(o.amina, &r, &err));
	assert_false(file(c).who.as_child);
}

/* Nobody tried, cannot say, and could not be asked are three things: the last
 * is tried again on a day. */
static void
a_child_that_could_not_be_asked_is_asked_again(void **state)
{
	struct uid c = case_of(o.amina, "Ama Example");
	struct child_record r = child_record_of(c);
	int64_t before;

	(void)state;
	r.assent = "could_not";
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "could not be asked"));
	before = tasks_of(o.amina, c, "review");
	r.review_on = date_of_day(clock_day_of(clock_now()) + 3);
	OK(child_put(o.amina, &r, &err));
	assert_string_equal(file(c).record.assent, "could_not");
	assert_int_equal(tasks_of(o.amina, c, "review"), before + 1);
}

/* Born so many years ago, in the month so many months after this one: the
 * year and month alone. */
static struct change
born_ago(int years, int months)
{
	struct civil c;
	int month;

	clock_civil(clock_now(), &c);
	month = c.month - 1 + months + 12;
	years++;
	return (struct change){ "birth",
		arena_printf(&arena, "%04d-%02d", c.year - years + month / 12,
		    month % 12 + 1) };
}

/* Who agrees goes by the age on the card, also where no band was noted. */
static void
harm_11_a_childs_band_follows_from_the_date_of_birth(void **state)
{
	static const struct {
		int years, months; /* as born_ago() */
		int age;
		const char *by; /* with a safe guardian: who agrees */
		const char *not_by;
	} rows[] = {
		{ 3, -1, 3, "guardian", "person" },
		{ 8, -1, 8, "assent", "guardian" },
		{ 13, -1, 13, "assent", "guardian" },
		{ 16, -1, 16, "both", "assent" },
	};
	struct uid c = case_of(o.amina, "Lila Example");
	struct child_record r = child_record_of(c);
	struct safe_contact contact;
	struct change birth;
	struct consent yes;
	struct person p;
	int64_t rev;

	(void)state;
	r.guardian = "safe";
	r.informed = "yes";
	r.route = "caregiver";
	OK(child_put(o.amina, &r, &err));
	OK(person_open(
	    o.amina, c, "to write it down", &arena, &p, &contact, &err));
	rev = p.rev;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		birth = born_ago(rows[i].years, rows[i].months);
		OK(person_change(
		    o.amina, c, &rev, &birth, 1, &arena, NULL, &err));
		assert_int_equal(file(c).age.least, rows[i].age);
		yes = release_of(c);
		yes.guardian = "safe";
		yes.given_by = rows[i].not_by;
		REFUSED(ERR_INPUT, consent_add(o.amina, &yes, &err));
		yes.given_by = rows[i].by;
		OK(consent_add(o.amina, &yes, &err));
	}
}

/* A date of birth that is found later holds, whatever was answered before. */
static void
harm_11_nobody_is_an_adult_against_their_date_of_birth(void **state)
{
	struct uid c = case_of(o.amina, "Ravi Example");
	const struct change no = { "may_be_child", "no" };
	struct child_record r = child_record_of(c);
	struct consent yes = release_of(c);
	struct change birth = born_ago(14, 0);
	struct safe_contact contact;
	struct case_file f;
	struct person p;
	int64_t rev;

	(void)state;
	OK(case_open(o.amina, c, NULL, &arena, &f, &err));
	rev = f.rev;
	OK(case_change(o.amina, c, &rev, &no, 1, &arena, NULL, &err));
	assert_false(file(c).who.as_child);
	OK(person_open(
	    o.amina, c, "to write it down", &arena, &p, &contact, &err));
	rev = p.rev;
	OK(person_change(o.amina, c, &rev, &birth, 1, &arena, NULL, &err));
	assert_true(file(c).who.as_child);
	OK(case_open(o.amina, c, NULL, &arena, &f, &err));
	assert_true(f.may_be_one);
	yes.given_by = "person";
	REFUSED(ERR_INPUT, consent_add(o.amina, &yes, &err));
	/* Neither in the case nor in the child's record without more. */
	rev = f.rev;
	REFUSED(ERR_INPUT,
	    case_change(o.amina, c, &rev, &no, 1, &arena, NULL, &err));
	r.may_be_child = "no";
	r.age_basis = "document";
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "date of birth on the card"));
	/* Four years too early for a birthday that was gone through. */
	r.of_age_reviewed = true;
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
	r.of_age_reviewed = false;
	r.age_decided_by = "children's court, 3 November";
	OK(child_put(o.amina, &r, &err));
	assert_false(file(c).who.as_child);
	assert_int_equal(file(c).of_age_from, CHILD_OF_AGE);
	OK(case_open(o.amina, c, NULL, &arena, &f, &err));
	assert_false(f.may_be_one);
}

static void
waits_for_the_month_they_come_of_age(void **state)
{
	static const char count[] =
	    "SELECT count(*) FROM agenda WHERE case_uid = ?1"
	    " AND kind = 'of-age'";
	struct uid c = case_of(o.amina, "Jon Example");
	struct child_record r = child_record_of(c);
	struct safe_contact contact;
	struct change birth = { "birth", "2010-05-17" };
	struct person p;
	struct fdate first;
	int64_t rev, f, l;

	(void)state;
	OK(person_open(
	    o.amina, c, "to write it down", &arena, &p, &contact, &err));
	rev = p.rev;
	OK(person_change(o.amina, c, &rev, &birth, 1, &arena, NULL, &err));
	assert_int_equal(date_from_iso("2028-06-01", &first), 0);
	assert_int_equal(date_range(&first, &f, &l), 0);
	assert_int_equal(file(c).of_age_from, clock_day_start(f));
	/* The day is nowhere in cases.db: only the month. */
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM op WHERE subject = ?1"
			     " AND (new LIKE '%2010%' OR old LIKE '%2010%')",
			     c),
	    0);
	birth.value = "";
	OK(person_change(o.amina, c, &rev, &birth, 1, &arena, NULL, &err));
	assert_int_equal(file(c).of_age_from, 0);
	birth.value = "2009";
	OK(person_change(o.amina, c, &rev, &birth, 1, &arena, NULL, &err));
	assert_true(file(c).of_age_from > 0);
	assert_int_equal(ask_of(o.amina, count, c), 1);
	/* Gone through with them: nothing waits any more. */
	birth = born_ago(18, 0);
	OK(person_change(o.amina, c, &rev, &birth, 1, &arena, NULL, &err));
	assert_true(file(c).of_age_from > clock_now());
	r.may_be_child = "no";
	r.age_basis = "document";
	r.of_age_reviewed = true;
	OK(child_put(o.amina, &r, &err));
	assert_int_equal(file(c).of_age_from, CHILD_OF_AGE);
	assert_int_equal(ask_of(o.amina, count, c), 0);
	/* By the date on the card they were already: that is no day that waits,
	 * and not the same as no date. */
	birth.value = "1990";
	OK(person_change(o.amina, c, &rev, &birth, 1, &arena, NULL, &err));
	assert_int_equal(file(c).of_age_from, CHILD_OF_AGE);
	assert_false(file(c).age.grown);
	assert_int_equal(ask_of(o.amina, count, c), 0);
	r.uid = uid_new();
	r.may_be_child = "yes";
	REFUSED(ERR_INPUT, child_put(o.amina, &r, &err));
}

/* --- best interests ------------------------------------------------------------------------ */

static void
keeps_best_interests_with_the_childs_view(void **state)
{
	const int64_t today = clock_day_of(clock_now());
	struct uid c = case_of(o.amina, "Ana Example");
	struct best_interests b = { .uid = uid_new(),
		.case_uid = c,
		.kind = "bia",
		.reason = "where to stay tonight",
		.options = "shelter; aunt; stays where she is",
		.child_view = "wants the aunt",
		.decision = "shelter tonight, aunt once she was seen",
		.accepted = "no",
		.decided_by = "caseworker and supervisor",
		.decided_on = date_of_day(today) };
	struct child_file f;

	(void)state;
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	assert_non_null(strstr(err.text, "does not accept"));
	b.refused_why = "says the shelter is far from school";
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	assert_non_null(strstr(err.text, "again"));
	b.review_on = date_of_day(today + 3);
	OK(best_interests_add(o.amina, &b, &err));
	OK(best_interests_add(o.amina, &b, &err));
	f = file(c);
	assert_int_equal(f.n_decisions, 1);
	assert_string_equal(f.decisions[0].child_view, "wants the aunt");
	/* What a panel determined is one of those others act on. */
	b.uid = uid_new();
	b.kind = "bid";
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	b.outcome = "victim";
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	assert_non_null(strstr(err.text, "comes to"));
	b.outcome = "family";
	b.agency = "probation service of the district";
	b.carried_out_on = date_of_day(today + 7);
	OK(best_interests_add(o.amina, &b, &err));
	f = file(c);
	assert_string_equal(f.decisions[0].outcome, "family");
	assert_string_equal(f.decisions[0].agency, b.agency);
	assert_memory_equal(&f.decisions[0].carried_out_on, &b.carried_out_on,
	    sizeof(b.carried_out_on));
	b.kind = "bia";
	b.uid = uid_new();
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	assert_non_null(strstr(err.text, "An assessment comes to nothing"));
	b.outcome = "";
	b.uid = f.decisions[0].uid;
	/* Nobody decided it tomorrow, or looks again before it was. */
	b.decided_on = date_of_day(today + 1);
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	assert_non_null(strstr(err.text, "still to come"));
	b.decided_on = date_of_day(today);
	b.review_on = date_of_day(today - 1);
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	assert_non_null(strstr(err.text, "later day"));
	b.review_on = date_of_day(today);
	/* Who could not be asked is asked again, and it is said why not. */
	b.uid = uid_new();
	b.accepted = "could_not";
	b.refused_why = "";
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	b.refused_why = "the interpreter did not come";
	b.review_on = (struct fdate){ .precision = DATE_UNKNOWN };
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	assert_non_null(strstr(err.text, "look again"));
	b.review_on = date_of_day(today);
	OK(best_interests_add(o.amina, &b, &err));
	assert_string_equal(file(c).decisions[0].accepted, "could_not");
	/* Append-only: a correction names the old. */
	b.corrects = b.uid;
	b.uid = uid_new();
	b.accepted = "yes";
	OK(best_interests_add(o.sunil, &b, &err));
	assert_int_equal(file(c).n_decisions, 4);
	b.uid = uid_new();
	b.corrects = uid_new();
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
	b.corrects = (struct uid){ { 0 } };
	b.child_view = " ";
	REFUSED(ERR_INPUT, best_interests_add(o.amina, &b, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, each, each_done)
		TEST(says_what_is_missing),
		TEST(a_child_that_could_not_be_asked_is_asked_again),
		TEST(harm_07_no_guardian_decides_before_the_child_was_asked),
		TEST(harm_11_doubt_makes_a_child),
		TEST(harm_11_coming_of_age_by_date),
		TEST(keeps_what_was_said_about_a_child),
		TEST(refuses_half_a_record),
		TEST(harm_07_an_unsafe_guardian_agrees_to_nothing),
		TEST(harm_11_an_adult_is_made_in_one_place_with_a_basis),
		TEST(harm_11_nobody_is_an_adult_against_their_date_of_birth),
		TEST(harm_11_a_childs_band_follows_from_the_date_of_birth),
		TEST(waits_for_the_month_they_come_of_age),
		TEST(keeps_best_interests_with_the_childs_view),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
