/* SPDX-License-Identifier: ISC */
/* Needs, goals, steps and help: codes, what is due, what stands on paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "config/telling.h"
#include "rules/plan.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define DAY CLOCK_DAY
/* Monday 16 November 2026, noon. */
#define T0 (clock_day_start(clock_days(2026, 11, 16)) + 12 * CLOCK_HOUR)

static const struct risk_level risks[] = {
	{ .id = "urgent",
	    .assessment = { 0, SPAN_DAYS },
	    .review = { 72, SPAN_HOURS } },
	{ .id = "high",
	    .assessment = { 72, SPAN_HOURS },
	    .review = { 14, SPAN_DAYS } },
	{ .id = "medium",
	    .assessment = { 5, SPAN_WORKING_DAYS },
	    .review = { 20, SPAN_WORKING_DAYS } },
};
static const struct offer offers[] = { { "cash", OFFER_CASH,
    "Household support" } };
static const struct society society = { .risks = risks,
	.n_risks = 3,
	.weekend = 1u | 1u << 6,
	.offers = offers,
	.n_offers = 1,
	.telling_words = "ජාවාරම\nzwangsarbeit",
	.cover_name = "Community office" };
enum { URGENT, HIGH, MEDIUM };

static int64_t
end_of(int64_t ms)
{
	return clock_day_start(clock_day_of(ms) + 1) - CLOCK_MINUTE;
}

static void
an_assessment_is_due_by_the_level(void **state)
{
	const struct {
		int risk;
		bool working;
		int assessments;
		int64_t due;
	} rows[] = {
		{ URGENT, true, 0, end_of(T0) },
		{ HIGH, true, 0, T0 + 3 * DAY },
		{ MEDIUM, true, 0, end_of(T0 + 7 * DAY) },
		/* Not set counts as the most urgent. */
		{ -1, true, 0, end_of(T0) },
		/* Done, or not wanted by the person. */
		{ HIGH, true, 1, 0 },
		{ HIGH, false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		const struct plan_facts f = { .risk = rows[i].risk,
			.opened_at = T0,
			.working = rows[i].working,
			.assessments = rows[i].assessments };
		struct plan_due due;

		plan_due(&society, &f, &due);
		assert_true(due.assessment == rows[i].due);
		assert_true(due.review == 0 && due.action == 0);
	}
}

static void
a_plan_is_looked_at_again(void **state)
{
	const struct {
		int risk, open;
		int64_t reviewed, agreed, due;
	} rows[] = {
		/* Never gone through: from when the plan began. */
		{ HIGH, 1, 0, 0, end_of(T0 + 14 * DAY) },
		{ HIGH, 1, T0 + DAY, 0, end_of(T0 + 15 * DAY) },
		/* An earlier agreed day counts, a later one does not. */
		{ HIGH, 1, T0, T0 + 5 * DAY, T0 + 5 * DAY },
		{ HIGH, 1, T0, T0 + 50 * DAY, end_of(T0 + 14 * DAY) },
		/* The level rises: sooner, at once if it must be. */
		{ URGENT, 1, T0, T0 + 5 * DAY, T0 + 3 * DAY },
		/* Nothing to do any more. */
		{ HIGH, 0, T0, T0 + 5 * DAY, 0 },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		const struct plan_facts f = { .risk = rows[i].risk,
			.opened_at = T0 - DAY,
			.working = true,
			.assessments = 1,
			.goals = 2,
			.goals_open = rows[i].open,
			.planned_at = T0,
			.reviewed_at = rows[i].reviewed,
			.review_agreed = rows[i].agreed };
		struct plan_due due;

		plan_due(&society, &f, &due);
		if (due.review != rows[i].due)
			fail_msg("row %zu: %lld hours off", i,
			    (long long)((due.review - rows[i].due) /
					CLOCK_HOUR));
	}
}

/* Harm register 4: what is due for help asks nobody's consent. */
static void
harm_04_help_is_due_whatever_was_agreed(void **state)
{
	(void)state;
	for (int working = 0; working < 2; working++)
		for (int risk = -1; risk < 3; risk++) {
			const struct plan_facts f = { .risk = risk,
				.opened_at = T0,
				.working = working == 1,
				.services = 1,
				.service_due = T0 + 2 * DAY,
				.action_due = T0 + 3 * DAY };
			struct plan_due due;

			plan_due(&society, &f, &due);
			assert_true(due.service == T0 + 2 * DAY);
			assert_true(due.action == T0 + 3 * DAY);
		}
}

static void
codes_go_both_ways(void **state)
{
	(void)state;
	for (int i = 0; i < SERVICE_STATE_COUNT; i++)
		assert_int_equal(service_state_from_name(
				     service_state_name((enum service_state)i)),
		    i);
	for (int i = 0; i < GOAL_STATE_COUNT; i++)
		assert_int_equal(
		    goal_state_from_name(goal_state_name((enum goal_state)i)),
		    i);
	for (int i = 0; i < NEED_STATE_COUNT; i++)
		assert_int_equal(
		    need_state_from_name(need_state_name((enum need_state)i)),
		    i);
	assert_int_equal(service_state_from_name("refused"), -1);
	assert_int_equal(goal_state_from_name(""), -1);
	assert_int_equal(agreement_from_name(""), AGREED_NOT_ASKED);
	assert_string_equal(action_who_name(WHO_COUNT), "");
	assert_true(goal_open(GOAL_NEW) && goal_open(GOAL_IN_PROGRESS));
	assert_false(goal_open(GOAL_MET) || goal_open(GOAL_SET_ASIDE));
}

static void
harm_22_paper_has_neutral_words(void **state)
{
	(void)state;
	assert_string_equal(
	    service_paper(&society, "cash"), "Household support");
	/* Never the label, never the id. */
	assert_string_equal(
	    service_paper(&society, "shelter"), "Community office");
	assert_string_equal(
	    service_paper(&society, "no such thing"), "Community office");
}

static void
harm_22_words_that_tell_are_found(void **state)
{
	static const char *const tell[] = { "Trafficking support",
		"anti-TRAFFICKING", "Víctima", "Opferhilfe", "Rescue fund",
		"GBV kit", "ජාවාරම", "Zwangsarbeit", "sexual health" };
	static const char *const fine[] = { "Household support", "Visit",
		"Leaflet", "Family service", "", "උපකාර" };

	(void)state;
	for (size_t i = 0; i < N(tell); i++)
		if (telling_word(&society, tell[i]) == NULL)
			fail_msg("\"%s\" passes", tell[i]);
	for (size_t i = 0; i < N(fine); i++)
		if (telling_word(&society, fine[i]) != NULL)
			fail_msg("\"%s\" does not pass", fine[i]);
	assert_null(telling_word(NULL, "ජාවාරම"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_assessment_is_due_by_the_level),
		cmocka_unit_test(a_plan_is_looked_at_again),
		cmocka_unit_test(harm_04_help_is_due_whatever_was_agreed),
		cmocka_unit_test(codes_go_both_ways),
		cmocka_unit_test(harm_22_paper_has_neutral_words),
		cmocka_unit_test(harm_22_words_that_tell_are_found),
	};

	if (clock_zone("Asia/Colombo") != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
