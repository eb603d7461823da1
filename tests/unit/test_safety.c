/* SPDX-License-Identifier: ISC */
/* The safety plan in the store. */
#include <string.h>

#include "store/safety.h"
#include "office_kit.h"

static struct conflicts conflicts;

static struct safety_plan
plan_of(struct safety_part *parts, size_t n)
{
	return (struct safety_plan){ .uid = uid_new(),
		.parts = parts,
		.n_parts = n,
		.complete = "no",
		.copy_safe = "no",
		.language = "en",
		.minutes = 20 };
}

static void
every_version_stays(void **state)
{
	struct safety_part parts[] = { { "concern", "the car outside" },
		{ "if_missing", "tell my sister after two days" } };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct safety_plan p = plan_of(parts, 2), read;
	struct case_file f;

	(void)state;
	REFUSED(ERR_NOT_FOUND,
	    safety_plan_open(o.amina, uid, "to begin", 0, &arena, &read, &err));
	OK(safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	OK(safety_plan_add(
	    o.amina, uid, &p, &arena, &conflicts, &err)); /* a retry */
	p.base = p.uid;
	p.uid = uid_new();
	parts[0].words = "the car and the phone";
	OK(safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	OK(safety_plan_open(
	    o.amina, uid, "before the call", 0, &arena, &read, &err));
	assert_int_equal(read.versions, 2);
	assert_int_equal(read.version, 2);
	assert_string_equal(
	    safety_plan_words(&read, "concern"), "the car and the phone");
	assert_string_equal(safety_plan_words(&read, "debt"), "");
	assert_string_equal(read.by, "amina");
	OK(safety_plan_open(
	    o.amina, uid, "before the call", 1, &arena, &read, &err));
	assert_int_equal(read.version, 1);
	assert_string_equal(
	    safety_plan_words(&read, "concern"), "the car outside");
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(f.safety_plan_at != 0);
}

/* Two write at one plan: what one of them said is kept, what both said is
 * asked. */
static void
harm_14_what_a_colleague_wrote_meanwhile_stays(void **state)
{
	struct safety_part first[] = { { "concern", "the car outside" },
		{ "people", "the neighbour" } };
	struct safety_part theirs[] = { { "concern", "the car, every night" },
		{ "people", "the neighbour" }, { "debt", "he says 200" } };
	struct safety_part mine[] = { { "concern", "the car and the phone" },
		{ "signal", "a towel on the balcony" } };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct safety_plan p = plan_of(first, 2), t = plan_of(theirs, 3),
			   m = plan_of(mine, 2), read;

	(void)state;
	OK(safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	t.base = m.base = p.uid;
	OK(safety_plan_add(o.sunil, uid, &t, &arena, &conflicts, &err));
	REFUSED(ERR_CONFLICT,
	    safety_plan_add(o.amina, uid, &m, &arena, &conflicts, &err));
	assert_int_equal(conflicts.n, 2);
	assert_false(conflicts.list[0].settled);
	assert_string_equal(conflicts.list[0].field, "concern");
	assert_string_equal(conflicts.list[0].theirs, "the car, every night");
	assert_string_equal(conflicts.list[0].by, "sunil");
	/* What they alone wrote comes with it. */
	assert_true(conflicts.list[1].settled);
	assert_string_equal(conflicts.list[1].field, "debt");
	assert_true(uid_eq(&conflicts.base, &t.uid));
	/* Theirs was chosen. */
	mine[0].words = theirs[0].words;
	for (int i = 0; i < 2; i++) /* a retry is none */
		OK(safety_plan_add(o.amina, uid, &m, &arena, &conflicts, &err));
	OK(safety_plan_open(
	    o.amina, uid, "before the call", 0, &arena, &read, &err));
	assert_int_equal(read.versions, 3);
	assert_int_equal(read.n_parts, 3);
	assert_string_equal(safety_plan_words(&read, "debt"), "he says 200");
	assert_string_equal(
	    safety_plan_words(&read, "signal"), "a towel on the balcony");
	/* Taken out by me, and not touched by them. */
	assert_string_equal(safety_plan_words(&read, "people"), "");
}

/* Its own reveal: a reason each time, its own permission, on the record. */
static void
harm_12_a_safety_plan_is_opened_on_purpose(void **state)
{
	struct safety_part part = { "concern", "the car outside" };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct session *const never[] = { o.zoya, o.bilal, o.cora, o.audra,
		o.adele, o.stan };
	struct safety_plan p = plan_of(&part, 1), read;

	(void)state;
	OK(safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	REFUSED(ERR_REASON,
	    safety_plan_open(o.amina, uid, "", 0, &arena, &read, &err));
	OK(safety_plan_open(
	    o.sunil, uid, "she did not come", 0, &arena, &read, &err));
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		REFUSED(ERR_DENIED, safety_plan_open(never[i], uid, "curious",
					0, &arena, &read, &err));
		p.uid = uid_new();
		REFUSED(ERR_DENIED, safety_plan_add(never[i], uid, &p, &arena,
					&conflicts, &err));
	}
	assert_int_equal(
	    ask_identity(o.amina,
		"SELECT count(*) FROM audit WHERE action = 'safety.open' "
		"AND outcome = 'done' AND reason = 'she did not come'"),
	    1);
}

/* Not one word of it in the other database, and none in either record. */
static void
harm_19_no_word_of_it_is_outside_its_place(void **state)
{
	static const char marker[] = "vermilion umbrella";
	struct safety_part part = { "where", marker };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct safety_plan p = plan_of(&part, 1);
	struct events events;

	(void)state;
	OK(safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	OK(case_timeline(o.amina, uid, 0, 100, &arena, &events, &err));
	for (size_t i = 0; i < events.n; i++) {
		assert_null(strstr(events.list[i].title, marker));
		assert_null(strstr(events.list[i].text, marker));
	}
	assert_int_equal(ask_cases(o.amina, "SELECT count(*) FROM op WHERE "
					    "instr(new, 'vermilion') > 0"),
	    0);
	assert_int_equal(
	    ask_cases(o.amina, "SELECT count(*) FROM audit WHERE "
			       "instr(fields || reason, 'vermilion') > 0"),
	    0);
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM audit WHERE "
				  "instr(fields || reason, 'vermilion') > 0"),
	    0);
	assert_int_equal(
	    ask_identity(o.amina, "SELECT count(*) FROM safety_part WHERE "
				  "instr(words, 'vermilion') > 0"),
	    1);
}

static void
what_is_wrong_in_it_is_refused(void **state)
{
	struct safety_part parts[] = { { "concern", "x" }, { "concern", "y" } };
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct safety_plan p = plan_of(parts, 0);

	(void)state;
	REFUSED(ERR_INPUT,
	    safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	p.n_parts = 2;
	REFUSED(ERR_INPUT,
	    safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	parts[1] = (struct safety_part){ "address", "y" };
	REFUSED(ERR_INPUT,
	    safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	parts[1] = (struct safety_part){ "where", " " };
	REFUSED(ERR_INPUT,
	    safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	parts[1].words = "to the station";
	p.copy_safe = "maybe";
	REFUSED(ERR_INPUT,
	    safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
	p.copy_safe = "unsure";
	OK(safety_plan_add(o.amina, uid, &p, &arena, &conflicts, &err));
}

static void
every_part_has_its_place(void **state)
{
	(void)state;
	for (int i = 0; i < SAFETY_PART_COUNT; i++) {
		const char *code = safety_part_code((enum safety_part_id)i);

		assert_int_equal(safety_part_from_code(code), i);
		assert_in_range(safety_part_step((enum safety_part_id)i), 0,
		    SAFETY_STEPS - 1);
	}
	assert_int_equal(safety_part_from_code("address"), -1);
	assert_string_equal(safety_part_code(SAFETY_PART_COUNT), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_version_stays),
		T(harm_14_what_a_colleague_wrote_meanwhile_stays),
		T(harm_12_a_safety_plan_is_opened_on_purpose),
		T(harm_19_no_word_of_it_is_outside_its_place),
		T(what_is_wrong_in_it_is_refused),
		T(every_part_has_its_place),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
