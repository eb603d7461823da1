/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/workflow.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define DAY0 (clock_day_start(20780) + 9 * CLOCK_HOUR)

static void
a_stage_is_derived(void **state)
{
	static const struct {
		struct stage_facts f;
		enum stage stage;
	} rows[] = {
		{ { .contacts = 0 }, STAGE_NEW },
		{ { .contacts = 1 }, STAGE_CONTACT },
		{ { .contacts = 1, .work_together = CONSENT_NO },
		    STAGE_CONTACT },
		{ { .contacts = 1, .work_together = CONSENT_NOT_NOW },
		    STAGE_CONTACT },
		{ { .contacts = 1, .work_together = CONSENT_YES },
		    STAGE_ENGAGED },
		{ { .contacts = 1, .work_together = CONSENT_PART },
		    STAGE_ENGAGED },
		{ { .contacts = 1, .anonymous = true }, STAGE_ENGAGED },
		{ { .work_together = CONSENT_YES, .screenings = 1 },
		    STAGE_SCREENED },
		/* Follow-up needs no screening. */
		{ { .work_together = CONSENT_YES, .follow_ups = 1 },
		    STAGE_FOLLOW_UP },
		{ { .screenings = 3, .follow_ups = 2 }, STAGE_FOLLOW_UP },
		/* The furthest step that is recorded. */
		{ { .screenings = 1, .assessments = 1 }, STAGE_ASSESSED },
		{ { .assessments = 1, .goals = 2 }, STAGE_PLANNED },
		{ { .goals = 1, .services = 1 }, STAGE_SERVICES },
		{ { .services = 4, .referrals = 1 }, STAGE_REFERRED },
		/* Help needs no assessment and no plan. */
		{ { .contacts = 1, .services = 1 }, STAGE_SERVICES },
		{ { .contacts = 1, .services = 1, .work_together = CONSENT_NO },
		    STAGE_SERVICES },
		/* Followed up before it, and after it. */
		{ { .goals = 1, .follow_ups = 3 }, STAGE_PLANNED },
		{ { .goals = 1, .follow_ups = 3, .followed_since = true },
		    STAGE_FOLLOW_UP },
		{ { .goals = 1, .followed_since = true }, STAGE_PLANNED },
		{ { .referrals = 1,
		      .follow_ups = 1,
		      .followed_since = true,
		      .lost_contact = true },
		    STAGE_LOST },
		{ { .follow_ups = 2, .lost_contact = true }, STAGE_LOST },
		{ { .lost_contact = true, .closed = true }, STAGE_CLOSED },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		assert_int_equal(case_stage(&rows[i].f), rows[i].stage);
}

static void
urgent_is_a_clear_sign_among_the_first_six(void **state)
{
	(void)state;
	for (int prompt = 0; prompt < TRIAGE_PROMPTS; prompt++) {
		for (int a = 0; a < ANSWER_STATE_COUNT; a++) {
			enum answer_state answers[TRIAGE_PROMPTS] = {
				ANSWER_NOT_RAISED
			};

			answers[prompt] = (enum answer_state)a;
			assert_int_equal(triage_urgent(answers),
			    a == ANSWER_CLEAR_SIGN && prompt < 6);
		}
	}
}

static void
the_urgent_path_comes_before_every_other_step(void **state)
{
	(void)state;
	for (int bits = 0; bits < 64; bits++) {
		struct intake_facts f = { .triage_done = bits & 1,
			.limits_read = (bits & 2) != 0,
			.anonymous = (bits & 4) != 0,
			.open_case = (bits & 8) != 0,
			.work_together =
			    bits & 16 ? CONSENT_YES : CONSENT_NOT_ASKED,
			.searched = (bits & 32) != 0 };

		f.triage[2] = ANSWER_CLEAR_SIGN;
		assert_int_equal(intake_next(&f), INTAKE_URGENT);
		for (int s = INTAKE_WANTS; s < INTAKE_STEPS; s++)
			assert_false(intake_open(&f, (enum intake_step)s));
		assert_true(intake_open(&f, INTAKE_TRIAGE));
		assert_true(intake_open(&f, INTAKE_URGENT));
		f.triage[2] = ANSWER_SOME_SIGN;
		assert_false(intake_open(&f, INTAKE_URGENT));
		assert_int_equal(intake_open(&f, INTAKE_WANTS), f.triage_done);
	}
}

static void
intake_goes_in_order(void **state)
{
	struct intake_facts f = { .open_case = true };

	(void)state;
	assert_int_equal(intake_next(&f), INTAKE_TRIAGE);
	f.triage_done = true;
	assert_int_equal(intake_next(&f), INTAKE_WANTS);
	f.wants_done = true;
	assert_int_equal(intake_next(&f), INTAKE_SAFE_CONTACT);
	f.safe_contact_done = true;
	assert_int_equal(intake_next(&f), INTAKE_INFORM);
	f.informed = true;
	assert_int_equal(intake_next(&f), INTAKE_SEARCH);
	f.searched = true;
	assert_int_equal(intake_next(&f), INTAKE_LIMITS);
	assert_false(intake_open(&f, INTAKE_CONSENT));
	assert_false(intake_open(&f, INTAKE_NARRATIVE));
	f.limits_read = true;
	assert_int_equal(intake_next(&f), INTAKE_CONSENT);
	assert_false(intake_open(&f, INTAKE_NARRATIVE));
	f.work_together = CONSENT_YES;
	assert_true(intake_open(&f, INTAKE_NARRATIVE));
	assert_int_equal(intake_next(&f), INTAKE_STEPS);
	/* Somebody who stays anonymous is not looked up. */
	f.anonymous = true;
	assert_false(intake_open(&f, INTAKE_SEARCH));
	assert_true(intake_open(&f, INTAKE_NARRATIVE));
	f.limits_read = false;
	assert_false(intake_open(&f, INTAKE_NARRATIVE));
	assert_false(intake_open(&f, INTAKE_STEPS));
}

/* Ten minutes with somebody waiting outside: complete without a case. */
static void
harm_21_a_contact_alone_is_complete(void **state)
{
	struct intake_facts f = { .triage_done = true,
		.wants_done = true,
		.safe_contact_done = true,
		.informed = true };

	(void)state;
	assert_int_equal(intake_next(&f), INTAKE_STEPS);
	f.anonymous = true;
	assert_int_equal(intake_next(&f), INTAKE_STEPS);
}

/* Every decision about consent: what helps at once is as open as before, and
 * nothing keeps asking after a no. */
static void
harm_04_a_no_closes_no_help(void **state)
{
	static const enum intake_step help[] = { INTAKE_TRIAGE, INTAKE_WANTS,
		INTAKE_SAFE_CONTACT, INTAKE_INFORM, INTAKE_LIMITS };

	(void)state;
	for (int d = 0; d < CONSENT_DECISION_COUNT; d++) {
		struct intake_facts f = { .triage_done = true,
			.wants_done = true,
			.safe_contact_done = true,
			.informed = true,
			.searched = true,
			.open_case = true,
			.limits_read = true,
			.work_together = (enum consent_decision)d };

		for (size_t i = 0; i < N(help); i++)
			assert_true(intake_open(&f, help[i]));
		if (d == CONSENT_NO || d == CONSENT_NOT_NOW ||
		    d == CONSENT_WITHDRAWN)
			assert_int_equal(intake_next(&f), INTAKE_STEPS);
	}
}

/* Services take what is wanted and what there is; the rest of a case cannot
 * even be handed in.  The size of the facts says so too. */
static void
harm_04_services_take_no_consent_and_no_screening(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct service_facts), 3 * sizeof(bool));
	for (int bits = 0; bits < 8; bits++) {
		struct service_facts f = { .offered_here = bits & 1,
			.suspended = (bits & 2) != 0,
			.declined = (bits & 4) != 0 };

		assert_int_equal(service_open(&f), bits == 1);
	}
}

static void
a_story_waits_for_consent(void **state)
{
	(void)state;
	for (int d = 0; d < CONSENT_DECISION_COUNT; d++) {
		assert_int_equal(
		    workflow_narrative_open((enum consent_decision)d, false),
		    d == CONSENT_YES || d == CONSENT_PART);
		assert_true(
		    workflow_narrative_open((enum consent_decision)d, true));
	}
}

/* Only with everything known to be right does a catalogue open; a companion
 * never interprets. */
static void
harm_07_the_gate_wants_the_person_alone(void **state)
{
	int open = 0;

	(void)state;
	for (int n = 0; n < 81 * 4; n++) {
		struct alone_facts f = { (enum tri)(n % 3),
			(enum tri)(n / 3 % 3), (enum tri)(n / 9 % 3),
			(enum tri)(n / 27 % 3), (enum interpreter)(n / 81) };
		unsigned want = 0, gate = screening_gate(&f);

		if (f.alone != TRI_YES)
			want |= ALONE_NOT_ALONE;
		if (f.safe != TRI_YES)
			want |= ALONE_NOT_SAFE;
		if (f.time != TRI_YES)
			want |= ALONE_NO_TIME;
		if (f.limits_explained != TRI_YES)
			want |= ALONE_NO_LIMITS;
		if (f.interpreter == INTERPRETER_UNKNOWN ||
		    f.interpreter == INTERPRETER_COMPANION)
			want |= ALONE_INTERPRETER;
		assert_int_equal(gate, want);
		open += gate == 0;
		/* Behind the gate there is one outcome, in front all. */
		for (int o = 0; o < OUTCOME_COUNT; o++)
			assert_int_equal(screening_outcome_open(
					     (enum screening_outcome)o, gate),
			    gate == 0 || o == OUTCOME_NOT_ABLE_TO_ASSESS);
	}
	assert_int_equal(open, 2);
	assert_false(screening_outcome_open(OUTCOME_COUNT, 0));
}

/* "Not raised" is its own answer, comes first, and survives the way to the
 * record and back; nothing turns it into another. */
static void
harm_05_not_raised_is_not_no(void **state)
{
	enum answer_state zeroed[TRIAGE_PROMPTS] = { 0 };

	(void)state;
	assert_int_equal(ANSWER_STATE_COUNT, 6);
	for (int i = 0; i < TRIAGE_PROMPTS; i++)
		assert_int_equal(zeroed[i], ANSWER_NOT_RAISED);
	for (int a = 0; a < ANSWER_STATE_COUNT; a++) {
		const char *name = answer_state_name((enum answer_state)a);

		assert_int_equal(answer_state_from_name(name), a);
		assert_string_not_equal(name, "no");
		assert_string_not_equal(name, "");
	}
	assert_int_equal(answer_state_from_name("no"), -1);
	assert_int_equal(answer_state_from_name("yes"), -1);
	assert_int_equal(answer_state_from_name(""), -1);
}

/* No outcome says that somebody is or is not anything. */
static void
harm_06_no_outcome_is_a_verdict(void **state)
{
	static const char *const never[] = { "victim", "positive", "negative",
		"confirmed", "score", "is_" };

	(void)state;
	for (int o = 0; o < OUTCOME_COUNT; o++) {
		const char *name =
		    screening_outcome_name((enum screening_outcome)o);

		assert_int_equal(screening_outcome_from_name(name), o);
		for (size_t i = 0; i < N(never); i++)
			assert_null(strstr(name, never[i]));
	}
}

static void
codes_are_the_ones_stored(void **state)
{
	(void)state;
	for (int i = 0; i < STAGE_COUNT; i++)
		assert_int_equal(stage_from_name(stage_name((enum stage)i)), i);
	for (int i = 0; i < NEXT_ACTION_COUNT; i++)
		assert_int_equal(next_action_from_name(
				     next_action_name((enum next_action)i)),
		    i);
	assert_string_equal(stage_name(STAGE_COUNT), "");
	assert_int_equal(stage_from_name("open"), -1);
}

static void
the_next_step_is_the_right_one(void **state)
{
	const int64_t d = DAY0, h = CLOCK_HOUR, day = CLOCK_DAY;
	const struct {
		struct next_facts f;
		enum next_action action;
		int64_t due;
	} rows[] = {
		{ { .since = d }, NEXT_AGREE_NEXT, d },
		{ { .since = d, .none_agreed = true }, NEXT_NONE, 0 },
		{ { .since = d, .closed = true }, NEXT_NONE, 0 },
		{ { .due = { [NEXT_FOLLOW_UP] = d } }, NEXT_FOLLOW_UP, d },
		/* Earliest by day. */
		{ { .due = { [NEXT_FOLLOW_UP] = d + day, [NEXT_REVIEW] = d } },
		    NEXT_REVIEW, d },
		/* The promise first on one day, also when it is later. */
		{ { .due = { [NEXT_FOLLOW_UP] = d, [NEXT_PROMISED] = d + h } },
		    NEXT_PROMISED, d + h },
		{ { .due = { [NEXT_FOLLOW_UP] = d,
			[NEXT_PROMISED] = d + day } },
		    NEXT_FOLLOW_UP, d },
		/* Unfinished urgent work before all. */
		{ { .due = { [NEXT_URGENT] = d + day, [NEXT_PROMISED] = d } },
		    NEXT_URGENT, d + day },
		/* Withdrawn consent: tell them before the day's routine. */
		{ { .due = { [NEXT_TELL_RECIPIENTS] = d + h,
			[NEXT_FOLLOW_UP] = d } },
		    NEXT_TELL_RECIPIENTS, d + h },
		/* Closed: only what was promised or must be told. */
		{ { .closed = true,
		      .due = { [NEXT_FOLLOW_UP] = d, [NEXT_URGENT] = d } },
		    NEXT_NONE, 0 },
		{ { .closed = true,
		      .due = { [NEXT_FOLLOW_UP] = d,
			  [NEXT_PROMISED] = d + day } },
		    NEXT_PROMISED, d + day },
		{ { .closed = true, .due = { [NEXT_TELL_RECIPIENTS] = d } },
		    NEXT_TELL_RECIPIENTS, d },
		{ { .closed = true, .due = { [NEXT_ACT_REVIEW] = d } },
		    NEXT_ACT_REVIEW, d },
		/* Nor does a right end with a case. */
		{ { .closed = true,
		      .due = { [NEXT_FOLLOW_UP] = d,
			  [NEXT_DEADLINE] = d + h } },
		    NEXT_DEADLINE, d + h },
		/* Lost contact waits like work, not like an end. */
		{ { .due = { [NEXT_LOST_CONTACT] = d } }, NEXT_LOST_CONTACT,
		    d },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct next_step s = case_next(&rows[i].f);

		if (s.action != rows[i].action || s.due != rows[i].due)
			fail_msg("row %zu: %s", i, next_action_name(s.action));
	}
}

static void
a_plan_waits_unless_they_are_left_alone(void **state)
{
	static const struct {
		int what;
		bool promised;
		enum next_action next, alone;
	} rows[] = {
		{ NEXT_FOLLOW_UP, false, NEXT_FOLLOW_UP, NEXT_NONE },
		{ NEXT_FOLLOW_UP, true, NEXT_PROMISED, NEXT_NONE },
		/* What is not known is a talk. */
		{ -1, false, NEXT_FOLLOW_UP, NEXT_NONE },
		{ NEXT_NONE, true, NEXT_PROMISED, NEXT_NONE },
		{ NEXT_AGREE_NEXT, false, NEXT_FOLLOW_UP, NEXT_NONE },
		/* What is done without them is done all the same. */
		{ NEXT_REVIEW, false, NEXT_REVIEW, NEXT_REVIEW },
		{ NEXT_REVIEW, true, NEXT_PROMISED, NEXT_PROMISED },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		assert_int_equal(
		    next_of_plan(rows[i].what, rows[i].promised, false),
		    rows[i].next);
		assert_int_equal(
		    next_of_plan(rows[i].what, rows[i].promised, true),
		    rows[i].alone);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stage_is_derived),
		cmocka_unit_test(a_plan_waits_unless_they_are_left_alone),
		cmocka_unit_test(urgent_is_a_clear_sign_among_the_first_six),
		cmocka_unit_test(the_urgent_path_comes_before_every_other_step),
		cmocka_unit_test(intake_goes_in_order),
		cmocka_unit_test(harm_21_a_contact_alone_is_complete),
		cmocka_unit_test(harm_04_a_no_closes_no_help),
		cmocka_unit_test(
		    harm_04_services_take_no_consent_and_no_screening),
		cmocka_unit_test(a_story_waits_for_consent),
		cmocka_unit_test(harm_07_the_gate_wants_the_person_alone),
		cmocka_unit_test(harm_05_not_raised_is_not_no),
		cmocka_unit_test(harm_06_no_outcome_is_a_verdict),
		cmocka_unit_test(codes_are_the_ones_stored),
		cmocka_unit_test(the_next_step_is_the_right_one),
	};

	if (clock_zone("Asia/Colombo") != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
