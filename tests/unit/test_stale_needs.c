/* SPDX-License-Identifier: ISC */
/* A picture of needs that was begun before a colleague recorded another. */
#include "stale_kit.h"

static struct assessment
needs(struct assessment_item *items, size_t n)
{
	return (struct assessment){ .uid = uid_new(),
		.wants = "to work again",
		.language = "en",
		.interpreter = "none",
		.seen_alone = "yes",
		.items = items,
		.n_items = n };
}

static int
put_needs(struct session *s, struct uid uid, const struct assessment *a)
{
	return assessment_add(s, uid, a, &arena, &seen, &err);
}

static const struct assessment *
needs_now(struct uid uid)
{
	struct assessments all;

	OK(assessment_list(o.amina, uid, &arena, &all, &err));
	return &all.list[0];
}

/* Hers was open when he recorded a danger she knew nothing of. */
static void
harm_14_needs_recorded_meanwhile_stay(void **state)
{
	struct uid uid = case_of(o.amina, "Ruwan Example");
	struct assessment_item before[] = {
		{ "need", "shelter", "some", "a room" },
		{ "strength", "people", "", "an aunt" },
	};
	struct assessment_item his[] = {
		{ "need", "shelter", "urgent", "put out on Friday" },
		{ "risk", "person", "", "a man waits outside" },
	};
	struct assessment_item hers[] = {
		{ "need", "shelter", "some", "a room" },
		{ "strength", "people", "", "an aunt" },
		{ "strength", "own", "", "sews" },
	};
	struct assessment first = needs(before, 2), theirs = needs(his, 2);
	struct assessment mine = needs(hers, 3);
	const struct assessment *now;

	(void)state;
	OK(put_needs(o.amina, uid, &first));
	theirs.base = mine.base = first.uid;
	theirs.seen_alone = "no";
	OK(put_needs(o.sunil, uid, &theirs));
	assert_int_equal(seen.n, 0);
	OK(put_needs(o.amina, uid, &mine));
	told("need.shelter");
	told("words.shelter");
	told("strength.people");
	told("risk.person");
	now = needs_now(uid);
	assert_string_equal(
	    assessment_find(now, "need", "shelter")->state, "urgent");
	assert_string_equal(assessment_find(now, "risk", "person")->words,
	    "a man waits outside");
	assert_string_equal(
	    assessment_find(now, "strength", "own")->words, "sews");
	assert_null(assessment_find(now, "strength", "people"));
	/* How his talk went says nothing of hers. */
	assert_string_equal(now->seen_alone, "yes");
	/* A retry is quiet, also after he went on. */
	OK(put_needs(o.amina, uid, &mine));
	theirs.uid = uid_new();
	theirs.base = mine.uid;
	OK(put_needs(o.sunil, uid, &theirs));
	OK(put_needs(o.amina, uid, &mine));
}

static void
harm_14_needs_that_both_wrote_are_asked(void **state)
{
	struct uid uid = case_of(o.amina, "Tara Example");
	struct assessment_item his[] = { { "need", "shelter", "urgent",
	    "tonight" } };
	struct assessment_item hers[] = { { "need", "shelter", "some",
	    "a room" } };
	struct assessment theirs = needs(his, 1), mine = needs(hers, 1);
	const struct assessment *now;

	(void)state;
	theirs.wants = "to be safe tonight";
	OK(put_needs(o.sunil, uid, &theirs));
	REFUSED(ERR_CONFLICT, put_needs(o.amina, uid, &mine));
	asked("wants", "to work again", "to be safe tonight");
	asked("need.shelter", "some", "urgent");
	asked("words.shelter", "a room", "tonight");
	assert_true(uid_eq(&needs_now(uid)->uid, &theirs.uid));
	/* She saw it and decides. */
	mine.base = seen.base;
	OK(put_needs(o.amina, uid, &mine));
	/* One takes the need away, the other writes about it: both are shown. */
	theirs.uid = uid_new();
	theirs.base = mine.uid;
	theirs.wants = mine.wants;
	his[0] = (struct assessment_item){ "need", "shelter", "some",
		"a room, by Monday" };
	OK(put_needs(o.sunil, uid, &theirs));
	mine.base = mine.uid;
	mine.uid = uid_new();
	mine.n_items = 0;
	REFUSED(ERR_CONFLICT, put_needs(o.amina, uid, &mine));
	asked("need.shelter", "", "some");
	asked("words.shelter", "", "a room, by Monday");
	now = needs_now(uid);
	assert_string_equal(assessment_find(now, "need", "shelter")->words,
	    "a room, by Monday");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		T(harm_14_needs_recorded_meanwhile_stay),
		T(harm_14_needs_that_both_wrote_are_asked),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
