/* SPDX-License-Identifier: ISC */
/* Search before create: who is found, what a card shows, what is recorded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/match.h"
#include "store/bulk.h"
#include "store/session_inside.h"
#include "../lib/case_kit.h"

static struct office o;
static struct arena arena;
static struct err err;

static struct uid
add(struct session *s, const char *name, const char *other, const char *phone,
    struct fdate birth)
{
	char code[CODE_SIZE];
	struct sample one;

	sample_make(&one, name, phone);
	one.person.other_names = other;
	one.person.birth = birth;
	OK(intake_save(s, &one.in, code, &err));
	return one.in.case_uid;
}

static struct uid nimal, sinhala, tamil, arabic, elsewhere;
static const struct fdate may94 = { 1994, 5, 17, DATE_DAY };

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	nimal = add(o.amina, "Nimal Kumara Perera", "Podi Nimal",
	    "+94 77 123 4567", may94);
	sinhala = add(o.amina, "චමරි සිල්වා", "", "+94 71 765 4321", may94);
	tamil = add(o.amina, "செல்வி கந்தசாமி", "", "+94 72 111 2222", may94);
	arabic = add(o.amina, "محمد عبد الرحمن", "", "+92 300 5556666", may94);
	elsewhere =
	    add(o.bilal, "Yasmin Ibrahim", "", "+94 75 333 4444", may94);
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
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	assert_true(session_idle(o.amina));
	arena_done(&arena);
	return 0;
}

static struct person_cards
find(struct session *s, const char *name, const char *phone)
{
	const struct person_query q = { .name = name, .phone = phone };
	struct person_cards c = { .n = 0 };

	OK(person_search(s, &q, 10, &arena, &c, &err));
	return c;
}

/* --- who is found ----------------------------------------------------------------------- */

static void
finds_across_spellings_orders_and_scripts(void **state)
{
	const struct {
		const char *name, *phone;
		const struct uid *who; /* first in the list */
		unsigned why;
	} cases[] = {
		{ "Nimal Kumara Perera", "", &nimal, MATCH_WHY_NAME },
		{ "Perera Nimal", "", &nimal, 0 },
		{ "nimal  PERERA", "", &nimal, 0 },
		{ "Nimaal Pereira", "", &nimal, 0 },
		{ "Kumara", "", &nimal, 0 },
		{ "Podi Nimal", "", &nimal, MATCH_WHY_NAME },
		{ "", "0771234567", &nimal, MATCH_WHY_PHONE },
		{ "", "+94 (77) 123-4567", &nimal, MATCH_WHY_PHONE },
		{ "Chamari Silva", "", &sinhala, 0 },
		{ "චමරි", "", &sinhala, 0 },
		{ "Selvi Kandasamy", "", &tamil, 0 },
		{ "கந்தசாமி செல்வி", "", &tamil, 0 },
		{ "Mohammed Abdul Rahman", "", &arabic, 0 },
		{ "محمد", "", &arabic, 0 },
		{ "Yasmeen Ebrahim", "", &elsewhere, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct person_cards c =
		    find(o.amina, cases[i].name, cases[i].phone);

		if (c.n == 0 || !uid_eq(&c.list[0].case_uid, cases[i].who))
			fail_msg("%s %s: %zu cards", cases[i].name,
			    cases[i].phone, c.n);
		assert_true(c.list[0].score > 0 && c.list[0].score <= 100);
		assert_true((c.list[0].why & cases[i].why) == cases[i].why);
		for (size_t k = 1; k < c.n; k++)
			assert_true(c.list[k - 1].score >= c.list[k].score);
	}
}

static void
strangers_are_not_found(void **state)
{
	(void)state;
	assert_int_equal(find(o.amina, "Wolfgang Schmidt", "").n, 0);
	assert_int_equal(find(o.amina, "", "+49 30 000000").n, 0);
}

static void
the_number_agreed_on_finds_too(void **state)
{
	char code[CODE_SIZE];
	struct sample s;
	struct person_cards c;

	(void)state;
	sample_make(&s, "Quiet Caller", "");
	s.safe.number = "+94 78 909 0909";
	OK(intake_save(o.amina, &s.in, code, &err));
	c = find(o.amina, "", "078 909 0909");
	assert_int_equal(c.n, 1);
	assert_true(uid_eq(&c.list[0].case_uid, &s.in.case_uid));
	assert_true(c.list[0].why & MATCH_WHY_PHONE);
}

static void
harm_08_same_first_name_is_a_hint(void **state)
{
	struct uid one, two;
	const struct fdate other = { 1961, 0, 0, DATE_YEAR };
	struct person_query q = {
		.name = "Rajini Thomas", .phone = "", .birth = may94
	};
	struct person_cards c;

	(void)state;
	one = add(o.amina, "Rajini Thomas", "", "", may94);
	two = add(o.amina, "Rajini Thomas", "", "", other);
	/* Two people of one name stay two people: nothing is merged, and the
	 * date of birth that fits comes first. */
	OK(person_search(o.amina, &q, 10, &arena, &c, &err));
	assert_true(c.n >= 2);
	assert_true(uid_eq(&c.list[0].case_uid, &one));
	assert_true(c.list[0].why & MATCH_WHY_BIRTH);
	assert_true(uid_eq(&c.list[1].case_uid, &two));
	assert_true(c.list[1].why & MATCH_WHY_BIRTH_DIFFERS);
	assert_true(c.list[0].score > c.list[1].score);
	assert_string_not_equal(c.list[0].code, c.list[1].code);
}

/* --- what a card shows -------------------------------------------------------------------- */

static void
a_card_is_limited(void **state)
{
	struct person_cards c = find(o.amina, "Yasmin Ibrahim", "");
	int64_t rev;

	(void)state;
	assert_true(c.n >= 1);
	assert_int_equal(strlen(c.list[0].code), CODE_SIZE - 1);
	assert_string_equal(c.list[0].branch, "branch-2");
	assert_string_equal(c.list[0].worker, "bilal");
	assert_string_equal(c.list[0].age_band, "25 to 39");
	assert_string_equal(c.list[0].sex, "Woman or girl");
	assert_false(c.list[0].may_open);
	assert_false(c.list[0].closed);
	/* Its own worker may; a closed one says so. */
	c = find(o.bilal, "Yasmin Ibrahim", "");
	assert_true(c.list[0].may_open);
	rev = ask_of(
	    o.bilal, "SELECT rev FROM case_file WHERE uid = ?1", elsewhere);
	OK(close_case(o.bilal, elsewhere, &rev, "moved", "", &err));
	c = find(o.bilal, "Yasmin Ibrahim", "");
	assert_true(c.list[0].closed);
	assert_true(c.list[0].may_open);
	OK(case_reopen(o.bilal, elsewhere, &rev, "", &err));
}

static void
a_sealed_case_says_only_whom_to_ask(void **state)
{
	struct person_cards c;

	(void)state;
	OK(db_exec(&o.bilal->cases,
	    "UPDATE case_file SET sealed = 1 WHERE uid = ?1",
	    VALS(v_uid(&elsewhere)), NULL, &err));
	c = find(o.amina, "Yasmin Ibrahim", "");
	assert_true(c.n >= 1);
	assert_string_equal(c.list[0].age_band, "");
	assert_string_equal(c.list[0].sex, "");
	assert_string_equal(c.list[0].worker, "bilal");
	c = find(o.bilal, "Yasmin Ibrahim", "");
	assert_string_equal(c.list[0].sex, "Woman or girl");
	OK(db_exec(&o.bilal->cases,
	    "UPDATE case_file SET sealed = 0 WHERE uid = ?1",
	    VALS(v_uid(&elsewhere)), NULL, &err));
}

static void
no_more_cards_than_wanted(void **state)
{
	const struct person_query q = { .name = "Perera", .phone = "" };
	struct person_cards c;

	(void)state;
	for (int i = 0; i < 5; i++)
		(void)case_of(o.amina, "Perera");
	OK(person_search(o.amina, &q, 3, &arena, &c, &err));
	assert_int_equal(c.n, 3);
}

/* --- what is recorded ---------------------------------------------------------------------- */

static void
harm_19_search_is_recorded_as_a_hash(void **state)
{
	static const char same[] =
	    "SELECT count(DISTINCT detail) FROM (SELECT detail FROM audit "
	    "WHERE action = 'person.search' ORDER BY seq DESC LIMIT 3)";
	int64_t before = ask_identity(o.amina,
	    "SELECT count(*) FROM audit WHERE action = 'person.search'");

	(void)state;
	(void)find(o.amina, "Quokka Searched", "077 000 1234");
	(void)find(o.amina, "  quokka   SEARCHED ", "+94 77 000 1234");
	(void)find(o.amina, "Quokka Searched", "0770001234");
	assert_int_equal(ask_identity(o.amina, "SELECT count(*) FROM audit "
					       "WHERE action = "
					       "'person.search'"),
	    before + 3);
	/* The same folded words have the same hash; its length says nothing. */
	assert_int_equal(ask_identity(o.amina, same), 1);
	(void)find(o.amina, "Quokka Other", "");
	assert_int_equal(ask_identity(o.amina, same), 2);
	assert_int_equal(
	    ask_identity(o.amina,
		"SELECT count(*) FROM audit WHERE length(detail) <> 32 "
		"AND action = 'person.search'"),
	    0);
	assert_int_equal(
	    ask_identity(o.amina,
		"SELECT count(*) FROM audit WHERE instr(lower(fields || reason "
		"|| coalesce(CAST(detail AS TEXT), '')), 'quokka') > 0"),
	    0);
}

static void
a_search_that_cannot_be_recorded_finds_nothing(void **state)
{
	const struct person_query q = { .name = "Nimal Perera", .phone = "" };
	struct person_cards c = { .n = 77 };

	(void)state;
	o.amina->fault = SQLITE_FULL;
	REFUSED(ERR_FULL, person_search(o.amina, &q, 5, &arena, &c, &err));
	assert_int_equal(c.n, 77);
}

static void
refuses_an_empty_question(void **state)
{
	struct person_query q = { .name = " ", .phone = NULL, .birth = may94 };
	struct person_cards c;

	(void)state;
	REFUSED(ERR_INPUT, person_search(o.amina, &q, 5, &arena, &c, &err));
	/* Not a number, not a name: nobody, and no error. */
	q.name = "!?";
	OK(person_search(o.amina, &q, 5, &arena, &c, &err));
	assert_int_equal(c.n, 0);
	q.name = "12";
	OK(person_search(o.amina, &q, 5, &arena, &c, &err));
}

/* Many bearers of each word, one of both: only the pair finds them. */
static void
finds_one_among_thousands_of_namesakes(void **state)
{
	enum { MANY = 1200 };
	struct sample *many = arena_alloc(&arena, MANY, sizeof(*many));
	const struct intake **in = arena_alloc(&arena, MANY, sizeof(*in));
	struct uid one;
	struct person_cards c;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		char *name = arena_alloc(&arena, 40, 1);

		(void)snprintf(name, 40, "%s %c%c%ctar",
		    i % 2 ? "Sunethra" : "Bandula", 'a' + i % 26,
		    "bdgklmnprst"[i / 26 % 11], 'a' + i / 286 % 26);
		sample_make(&many[i], name, "");
		in[i] = &many[i].in;
	}
	OK(bulk_intake(o.amina, in, MANY, &err));
	one = add(o.amina, "Bandula Sunethra", "", "", may94);
	c = find(o.amina, "Sunethra Bandula", "");
	assert_true(c.n >= 1);
	assert_true(uid_eq(&c.list[0].case_uid, &one));
}

#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(finds_across_spellings_orders_and_scripts),
		T(strangers_are_not_found),
		T(the_number_agreed_on_finds_too),
		T(harm_08_same_first_name_is_a_hint),
		T(a_card_is_limited),
		T(a_sealed_case_says_only_whom_to_ask),
		T(no_more_cards_than_wanted),
		T(harm_19_search_is_recorded_as_a_hash),
		T(a_search_that_cannot_be_recorded_finds_nothing),
		T(refuses_an_empty_question),
		T(finds_one_among_thousands_of_namesakes),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
