/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/contact_rule.h"

#define NOW INT64_C(1795478400000)
#define N(a) (sizeof(a) / sizeof((a)[0]))

static const int64_t verified[] = { 0, NOW + 1, NOW, NOW - 14 * CLOCK_DAY,
	NOW - 14 * CLOCK_DAY - 1, NOW - 30 * CLOCK_DAY,
	NOW - 30 * CLOCK_DAY - 1 };

/* Every combination, against the order in words: no right, stop, not agreed:
 * never; then the instruction; then the age; only then the number. */
static void
harm_02_the_number_comes_last(void **state)
{
	int shown = 0;

	(void)state;
	for (int may = 0; may < MAY_CONTACT_COUNT; may++)
		for (int v = 0; v <= NEED_REAUTH; v++)
			for (size_t t = 0; t < N(verified); t++)
				for (int bits = 0; bits < 16; bits++) {
					struct safe_contact_facts f = {
						.may_contact =
						    (enum may_contact)may,
						.stop_contact = bits & 1,
						.instruction_shown =
						    (bits & 2) != 0,
						.warning_shown =
						    (bits & 4) != 0,
						.age = { .verified_at =
							     verified[t],
						    .urgent_or_high =
							(bits & 8) != 0 },
					};
					enum contact_verdict
					    got = contact_verdict(
						&f, (enum verdict)v, NOW),
					    want = CONTACT_SHOW;
					/* 0, 1: never, later than now; 4 and on: over 14 days; 6:
		 * over 30. */
					bool old =
					    t < 2 || t == 6 ||
					    (f.age.urgent_or_high && t >= 4);

					if (v != ALLOW || f.stop_contact ||
					    may == MAY_CONTACT_NO ||
					    may == MAY_CONTACT_NOT_ASKED)
						want = CONTACT_NEVER;
					else if (!f.instruction_shown)
						want =
						    CONTACT_SHOW_INSTRUCTION_FIRST;
					else if (old && !f.warning_shown)
						want = CONTACT_VERIFY_FIRST;
					assert_int_equal(got, want);
					if (got == CONTACT_SHOW)
						shown++;
				}
	assert_true(shown > 0);
}

static void
harm_02_a_stop_cannot_be_passed(void **state)
{
	(void)state;
	for (int may = 0; may < MAY_CONTACT_COUNT; may++) {
		struct safe_contact_facts f = {
			.may_contact = (enum may_contact)may,
			.stop_contact = true,
			.instruction_shown = true,
			.warning_shown = true,
			.age = { .verified_at = NOW },
		};

		assert_int_equal(
		    contact_verdict(&f, ALLOW, NOW), CONTACT_NEVER);
	}
}

/* Verified a minute ago, and what was agreed is over: it is old all the same,
 * and the instruction still comes first. */
static void
harm_02_an_agreement_ends(void **state)
{
	struct safe_contact_facts f = { .may_contact = MAY_CONTACT_YES,
		.age = {
		    .verified_at = NOW - CLOCK_MINUTE, .expires_at = NOW } };

	(void)state;
	assert_int_equal(
	    contact_verdict(&f, ALLOW, NOW), CONTACT_SHOW_INSTRUCTION_FIRST);
	f.instruction_shown = true;
	assert_int_equal(contact_verdict(&f, ALLOW, NOW), CONTACT_VERIFY_FIRST);
	assert_int_equal(contact_verdict(&f, ALLOW, NOW - 1), CONTACT_SHOW);
	f.warning_shown = true;
	assert_int_equal(contact_verdict(&f, ALLOW, NOW), CONTACT_SHOW);
}

static void
harm_02_zeroed_facts_show_nothing(void **state)
{
	struct safe_contact_facts f = { 0 };

	(void)state;
	assert_int_equal(contact_verdict(&f, ALLOW, NOW), CONTACT_NEVER);
	assert_int_equal(contact_verdict(&f, DENY, NOW), CONTACT_NEVER);
}

static void
codes_and_roles(void **state)
{
	(void)state;
	for (int m = 0; m < MAY_CONTACT_COUNT; m++)
		assert_int_equal(may_contact_from_name(
				     may_contact_name((enum may_contact)m)),
		    m);
	assert_int_equal(may_contact_from_name("maybe"), -1);
	for (int r = 0; r < ROLE_COUNT; r++)
		assert_int_equal(contact_role((enum role)r),
		    r == ROLE_CASEWORKER || r == ROLE_SUPERVISOR);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_02_the_number_comes_last),
		cmocka_unit_test(harm_02_a_stop_cannot_be_passed),
		cmocka_unit_test(harm_02_an_agreement_ends),
		cmocka_unit_test(harm_02_zeroed_facts_show_nothing),
		cmocka_unit_test(codes_and_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
