/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/referral.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define NOW INT64_C(1795478400000)

static void
names_come_back(void **state)
{
	(void)state;
	for (int i = 0; i < REFERRAL_STATE_COUNT; i++)
		assert_int_equal(referral_state_from_name(referral_state_name(
				     (enum referral_state)i)),
		    i);
	for (int i = 0; i < REFERRAL_MODE_COUNT; i++)
		assert_int_equal(referral_mode_from_name(
				     referral_mode_name((enum referral_mode)i)),
		    i);
	for (int i = 0; i < REFERRAL_PRIORITY_COUNT; i++)
		assert_int_equal(
		    referral_priority_from_name(
			referral_priority_name((enum referral_priority)i)),
		    i);
	assert_int_equal(referral_state_from_name("lost"), -1);
	assert_string_equal(referral_state_name(REFERRAL_STATE_COUNT), "");
}

/* What is put down of a referral where it is, and what is asked for with it. */
static void
events_fit_where_it_is(void **state)
{
	static const struct {
		enum referral_event event;
		enum referral_state state;
		bool went, settled, fits;
	} rows[] = {
		{ REFERRAL_CHASED, REFERRAL_IS_PREPARED, false, false, false },
		{ REFERRAL_CHASED, REFERRAL_IS_SENT, true, false, true },
		{ REFERRAL_CHASED, REFERRAL_IS_COMPLETED, true, false, false },
		{ REFERRAL_SETTLED, REFERRAL_IS_SENT, true, false, false },
		{ REFERRAL_SETTLED, REFERRAL_IS_REFUSED, true, false, true },
		{ REFERRAL_SETTLED, REFERRAL_IS_REFUSED, true, true, false },
		{ REFERRAL_HARM, REFERRAL_IS_PREPARED, false, false, false },
		{ REFERRAL_HARM, REFERRAL_IS_SENT, true, false, true },
		{ REFERRAL_HARM, REFERRAL_IS_COMPLETED, true, true, true },
		{ REFERRAL_HARM, REFERRAL_IS_DECLINED, false, false, false },
		{ REFERRAL_COPY, REFERRAL_IS_PREPARED, false, false, true },
		{ REFERRAL_NO_COPY, REFERRAL_IS_COMPLETED, true, true, true },
		{ REFERRAL_EVENT_COUNT, REFERRAL_IS_SENT, true, true, false },
	};
	static const struct {
		const char *kind;
		bool needed;
	} words[] = { { "harm", true }, { "chased", false },
		{ "settled", false }, { "refused", true }, { "partial", true },
		{ "no_safe_service", true }, { "no_answer", false },
		{ "completed", false }, { "nothing", false } };

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		assert_int_equal(
		    referral_event_fits(rows[i].event, rows[i].state,
			rows[i].went, rows[i].settled),
		    rows[i].fits);
	for (size_t i = 0; i < N(words); i++)
		assert_int_equal(
		    referral_needs_words(words[i].kind), words[i].needed);
	for (int i = 0; i < REFERRAL_EVENT_COUNT; i++) {
		const char *name =
		    referral_event_rule((enum referral_event)i)->name;

		assert_int_equal(referral_event_from_name(name), i);
		assert_int_equal(referral_state_from_name(name), -1);
	}
	assert_int_equal(referral_event_from_name("lost"), -1);
	assert_null(referral_event_rule(REFERRAL_EVENT_COUNT));
}

/* Whatever is not over, the person can end: no later than anybody asks. */
static void
harm_04_the_person_can_always_say_no(void **state)
{
	(void)state;
	for (int i = 0; i < REFERRAL_STATE_COUNT; i++) {
		enum referral_state s = (enum referral_state)i;

		if (referral_over(s)) {
			for (int j = 0; j < REFERRAL_STATE_COUNT; j++)
				assert_false(referral_may_become(
				    s, (enum referral_state)j));
			continue;
		}
		assert_true(referral_may_become(s, REFERRAL_IS_DECLINED));
		assert_true(referral_may_become(s, REFERRAL_IS_WITHDRAWN));
		assert_true(referral_may_become(s, REFERRAL_IS_NO_SAFE));
		/* Still on the list is something to put down. */
		assert_int_equal(
		    referral_may_become(s, s), s == REFERRAL_IS_WAITLISTED);
		/* Staying away is no answer to what was never sent. */
		assert_int_equal(referral_may_become(s, REFERRAL_IS_DISENGAGED),
		    s != REFERRAL_IS_PREPARED);
	}
	/* Those who were sent somebody can say no until it is over. */
	for (int i = REFERRAL_IS_SENT; i < REFERRAL_STATE_COUNT; i++)
		if (!referral_over((enum referral_state)i))
			assert_true(referral_may_become(
			    (enum referral_state)i, REFERRAL_IS_REFUSED));
	/* Nothing is answered that was not sent, nothing sent twice. */
	assert_false(
	    referral_may_become(REFERRAL_IS_PREPARED, REFERRAL_IS_ACCEPTED));
	for (int i = 1; i < REFERRAL_STATE_COUNT; i++)
		assert_false(referral_may_become(
		    (enum referral_state)i, REFERRAL_IS_SENT));
}

/* A case is with others when they said that they take it on: a place on their
 * list is none. */
static void
a_waiting_list_takes_no_case_on(void **state)
{
	(void)state;
	for (int m = 0; m < REFERRAL_MODE_COUNT; m++)
		for (int i = 0; i < REFERRAL_STATE_COUNT; i++) {
			enum referral_state s = (enum referral_state)i;
			bool taken = s == REFERRAL_IS_ACCEPTED ||
				     s == REFERRAL_IS_ATTENDED ||
				     s == REFERRAL_IS_FEEDBACK ||
				     s == REFERRAL_IS_PARTIAL ||
				     s == REFERRAL_IS_COMPLETED;

			assert_int_equal(
			    referral_taken_on((enum referral_mode)m, s),
			    m == REFERRAL_TRANSFER && taken);
		}
}

static void
somebody_asks_in_time(void **state)
{
	static const struct {
		enum referral_state state;
		enum referral_mode mode;
		enum referral_priority priority;
		int chases;
		bool settled;
		enum referral_ask ask;
		int64_t after;
	} rows[] = {
		{ REFERRAL_IS_PREPARED, REFERRAL_FULL, REFERRAL_EMERGENCY, 0,
		    false, REFERRAL_ASK_SEND, CLOCK_DAY },
		{ REFERRAL_IS_PREPARED, REFERRAL_FULL, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_SEND, 3 * CLOCK_DAY },
		{ REFERRAL_IS_PREPARED, REFERRAL_FULL, REFERRAL_NORMAL, 0,
		    false, REFERRAL_ASK_SEND, 14 * CLOCK_DAY },
		{ REFERRAL_IS_SENT, REFERRAL_FULL, REFERRAL_EMERGENCY, 0, false,
		    REFERRAL_ASK_ANSWER, CLOCK_HOUR },
		{ REFERRAL_IS_SENT, REFERRAL_FULL, REFERRAL_NORMAL, 0, false,
		    REFERRAL_ASK_ANSWER, CLOCK_DAY },
		{ REFERRAL_IS_SENT, REFERRAL_FULL, REFERRAL_NORMAL, 1, false,
		    REFERRAL_ASK_ANSWER, CLOCK_DAY },
		{ REFERRAL_IS_SENT, REFERRAL_FULL, REFERRAL_NORMAL, 2, false,
		    REFERRAL_ASK_OTHER, CLOCK_DAY },
		{ REFERRAL_IS_SENT, REFERRAL_INFO, REFERRAL_EMERGENCY, 0, false,
		    REFERRAL_ASK_FEEDBACK, 14 * CLOCK_DAY },
		/* Nobody there was told of the person, whatever they say. */
		{ REFERRAL_IS_ACKNOWLEDGED, REFERRAL_INFO, REFERRAL_NORMAL, 2,
		    false, REFERRAL_ASK_FEEDBACK, 14 * CLOCK_DAY },
		{ REFERRAL_IS_WAITLISTED, REFERRAL_INFO, REFERRAL_EMERGENCY, 0,
		    false, REFERRAL_ASK_FEEDBACK, 14 * CLOCK_DAY },
		{ REFERRAL_IS_ACKNOWLEDGED, REFERRAL_FULL, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_ANSWER, 3 * CLOCK_DAY },
		{ REFERRAL_IS_WAITLISTED, REFERRAL_FULL, REFERRAL_EMERGENCY, 0,
		    false, REFERRAL_ASK_ANSWER, CLOCK_DAY },
		{ REFERRAL_IS_WAITLISTED, REFERRAL_FULL, REFERRAL_NORMAL, 1,
		    false, REFERRAL_ASK_ANSWER, 14 * CLOCK_DAY },
		{ REFERRAL_IS_WAITLISTED, REFERRAL_FULL, REFERRAL_NORMAL, 2,
		    false, REFERRAL_ASK_OTHER, 14 * CLOCK_DAY },
		{ REFERRAL_IS_PARTIAL, REFERRAL_FULL, REFERRAL_NORMAL, 0, false,
		    REFERRAL_ASK_OTHER, 0 },
		{ REFERRAL_IS_PARTIAL, REFERRAL_FULL, REFERRAL_NORMAL, 0, true,
		    REFERRAL_ASK_NOTHING, -NOW },
		{ REFERRAL_IS_DISENGAGED, REFERRAL_FULL, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_NOTHING, -NOW },
		{ REFERRAL_IS_ACCEPTED, REFERRAL_ALONG, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_ATTENDED, 3 * CLOCK_DAY },
		{ REFERRAL_IS_ATTENDED, REFERRAL_FULL, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_FEEDBACK, 14 * CLOCK_DAY },
		{ REFERRAL_IS_REFUSED, REFERRAL_FULL, REFERRAL_URGENT, 0, false,
		    REFERRAL_ASK_OTHER, 0 },
		{ REFERRAL_IS_REFUSED, REFERRAL_FULL, REFERRAL_URGENT, 0, true,
		    REFERRAL_ASK_NOTHING, -NOW },
		{ REFERRAL_IS_NO_SAFE, REFERRAL_FULL, REFERRAL_URGENT, 0, false,
		    REFERRAL_ASK_OTHER, 0 },
		{ REFERRAL_IS_DECLINED, REFERRAL_FULL, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_NOTHING, -NOW },
		{ REFERRAL_IS_WITHDRAWN, REFERRAL_FULL, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_NOTHING, -NOW },
		{ REFERRAL_IS_COMPLETED, REFERRAL_FULL, REFERRAL_URGENT, 0,
		    false, REFERRAL_ASK_NOTHING, -NOW },
		/* What this program does not know is asked about soonest. */
		{ REFERRAL_IS_PREPARED, REFERRAL_FULL,
		    (enum referral_priority) - 1, 0, false, REFERRAL_ASK_SEND,
		    CLOCK_DAY },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct referral_wait w =
		    referral_due(rows[i].state, rows[i].mode, rows[i].priority,
			NOW, rows[i].chases, rows[i].settled);

		if (w.ask != rows[i].ask || w.due != NOW + rows[i].after)
			fail_msg("row %zu", i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_come_back),
		cmocka_unit_test(events_fit_where_it_is),
		cmocka_unit_test(harm_04_the_person_can_always_say_no),
		cmocka_unit_test(a_waiting_list_takes_no_case_on),
		cmocka_unit_test(somebody_asks_in_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
