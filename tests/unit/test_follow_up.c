/* SPDX-License-Identifier: ISC */
/* How soon somebody is heard of again: by what was agreed and by the level. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/agenda.h"
#include "store/followup.h"
#include "store/session_inside.h"
#include "agenda_kit.h"

/* Row 14: somebody whose danger grew is not left waiting for a date that was
 * agreed when it was small. */
static void
harm_14_a_higher_level_brings_the_follow_up_forward(void **state)
{
	struct uid uid = case_of(o.amina, "Sumudu Jayakody");
	struct uid far =
	    plan(o.amina, uid, clock_now() + 60 * CLOCK_DAY, false);
	int64_t rev = rev_of(o.amina, uid), planned, due;
	const struct agenda_row *row =
	    find(o.amina, AGENDA_TASKS, &uid, "follow-up");
	struct followups plans;

	(void)state;
	/* High: within the week, and agreed for three days from now. */
	assert_non_null(row);
	planned = row->due;
	assert_in_range(planned - clock_now(), 2 * CLOCK_DAY, 4 * CLOCK_DAY);
	OK(case_set_risk(o.amina, uid, &rev, 0, "He came to the house.", &arena,
	    NULL, &err));
	row = find(o.amina, AGENDA_TASKS, &uid, "follow-up");
	due = row->due;
	assert_in_range(due - clock_now(), 23 * CLOCK_HOUR, 24 * CLOCK_HOUR);
	OK(followup_list(o.amina, uid, &arena, &plans, &err));
	assert_true(plans.by_level == due);
	assert_true(plans.list[0].due == planned);
	assert_true(plans.list[0].sooner == due);
	assert_true(plans.list[1].sooner == 0);
	/* Lower again: what was agreed counts again, and no later. */
	OK(case_set_risk(
	    o.amina, uid, &rev, 3, "He left the country.", &arena, NULL, &err));
	row = find(o.amina, AGENDA_TASKS, &uid, "follow-up");
	assert_true(row->due == planned);
	assert_false(uid_eq(&row->object, &far));
	OK(followup_list(o.amina, uid, &arena, &plans, &err));
	assert_true(plans.by_level == 0 && plans.list[0].sooner == 0);
}

/* Whoever asked not to be contacted is not made due by a level. */
static void
a_level_never_overrides_a_no_to_contact(void **state)
{
	struct uid uid = case_of(o.amina, "Ruwan Jayakody");
	struct sample no;
	int64_t rev, planned;

	(void)state;
	planned = find(o.amina, AGENDA_TASKS, &uid, "follow-up")->due;
	sample_make(&no, "", "");
	no.safe.uid = uid_new();
	no.safe.may_contact = "no";
	OK(contact_put(o.amina, uid, &no.safe, &err));
	rev = rev_of(o.amina, uid);
	OK(case_set_risk(
	    o.amina, uid, &rev, 0, "Seen near the house.", &arena, NULL, &err));
	assert_true(
	    find(o.amina, AGENDA_TASKS, &uid, "follow-up")->due == planned);
}

/* A yes was said as things were: once the danger is another one it is talked
 * about again, and a new answer ends the asking. */
static void
another_level_asks_about_working_together_anew(void **state)
{
	struct uid uid = case_of(o.amina, "Anula Jayakody");
	int64_t rev = rev_of(o.amina, uid);
	struct sample yes;
	int64_t before =
	    find(o.amina, AGENDA_TASKS, &uid, "consent-review")->due;

	(void)state;
	assert_true(before > clock_now() + 30 * CLOCK_DAY);
	OK(case_set_risk(o.amina, uid, &rev, 0, "He came to the house.", &arena,
	    NULL, &err));
	assert_in_range(
	    find(o.amina, AGENDA_TASKS, &uid, "consent-review")->due -
		clock_now(),
	    23 * CLOCK_HOUR, 25 * CLOCK_HOUR);
	sample_make(&yes, "", "");
	yes.consent.uid = uid_new();
	yes.consent.case_uid = uid;
	OK(consent_add(o.amina, &yes.consent, &err));
	assert_true(find(o.amina, AGENDA_TASKS, &uid, "consent-review")->due >
		    clock_now() + 30 * CLOCK_DAY);
}

/* Row 2: a number nobody ever verified is not one to rely on. */
static void
harm_02_a_number_never_verified_waits_to_be(void **state)
{
	struct uid uid = case_of(o.amina, "Nimal Jayakody");
	struct sample never;

	(void)state;
	sample_make(&never, "", "+94 71 000 1111");
	never.safe.uid = uid_new();
	never.safe.verified_at = 0;
	OK(contact_put(o.amina, uid, &never.safe, &err));
	assert_true(find(o.amina, AGENDA_TASKS, &uid, "verify-contact")->due <=
		    clock_now());
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, each, each_done)
	const struct CMUnitTest tests[] = {
		EACH(harm_14_a_higher_level_brings_the_follow_up_forward),
		EACH(a_level_never_overrides_a_no_to_contact),
		EACH(another_level_asks_about_working_together_anew),
		EACH(harm_02_a_number_never_verified_waits_to_be),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
