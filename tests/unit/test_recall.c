/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/recall.h"

#define NOW INT64_C(1795478400000)

/* A row: from; a column: to, in the order of the header. */
static const char may[RECALL_STEP_COUNT][RECALL_STEP_COUNT + 1] = {
	[RECALL_DUE] = ".xx.x...",
	[RECALL_ASKED_DELETE] = "...xxxxx",
	[RECALL_ASKED_RETURN] = "...xxxxx",
	/* Whoever says nothing is asked again, and may still answer. */
	[RECALL_SILENT] = "...xxxxx",
	[RECALL_NOTHING] = "........",
	[RECALL_DELETED] = "........",
	[RECALL_RETURNED] = "........",
	[RECALL_KEPT] = "........",
};

static void
they_are_told_before_they_answer(void **state)
{
	(void)state;
	for (int from = 0; from < RECALL_STEP_COUNT; from++)
		for (int to = 0; to < RECALL_STEP_COUNT; to++)
			if (recall_may_become((enum recall_step)from,
				(enum recall_step)to) != (may[from][to] == 'x'))
				fail_msg("%s to %s",
				    recall_step_name((enum recall_step)from),
				    recall_step_name((enum recall_step)to));
	assert_false(recall_may_become(RECALL_STEP_COUNT, RECALL_KEPT));
	assert_false(recall_may_become(RECALL_DUE, RECALL_STEP_COUNT));
}

static void
what_stays_with_them_is_explained(void **state)
{
	(void)state;
	for (int i = 0; i < RECALL_STEP_COUNT; i++) {
		enum recall_step s = (enum recall_step)i;

		assert_int_equal(recall_wants_words(s),
		    s == RECALL_KEPT || s == RECALL_NOTHING);
		assert_int_equal(recall_step_from_name(recall_step_name(s)), i);
	}
	assert_int_equal(recall_step_from_name("sold"), -1);
}

/* To be told at once; an answer in two weeks; then it is over. */
static void
somebody_asks_until_they_answer(void **state)
{
	const int64_t answer = NOW + 14 * CLOCK_DAY;

	(void)state;
	assert_int_equal(recall_due(RECALL_DUE, NOW), NOW);
	assert_int_equal(recall_due(RECALL_ASKED_DELETE, NOW), answer);
	assert_int_equal(recall_due(RECALL_ASKED_RETURN, NOW), answer);
	assert_int_equal(recall_due(RECALL_SILENT, NOW), answer);
	assert_int_equal(recall_due(RECALL_NOTHING, NOW), 0);
	assert_int_equal(recall_due(RECALL_DELETED, NOW), 0);
	assert_int_equal(recall_due(RECALL_RETURNED, NOW), 0);
	assert_int_equal(recall_due(RECALL_KEPT, NOW), 0);
	assert_int_equal(recall_due(RECALL_STEP_COUNT, NOW), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_told_before_they_answer),
		cmocka_unit_test(what_stays_with_them_is_explained),
		cmocka_unit_test(somebody_asks_until_they_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
