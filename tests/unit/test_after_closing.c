/* SPDX-License-Identifier: ISC */
/* What goes on once a case is closed. */
#include "leaves_kit.h"
#include "rules/closing.h"
#include "store/followup.h"

/* What the person was promised is due on a closed case, too, and done there. */
static void
one_check_comes_after_a_closing(void **state)
{
	struct uid uid = case_of(o.amina, "Sanduni Jayawardena");
	struct closing_sample c;
	struct followups all;
	struct attempt a;
	struct case_file f;
	bool closed;

	(void)state;
	o.kit.society->closing.approval = false;
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	closing_make(&c, uid, "goals_met", "all done");
	c.lines[c.r.n_lines++] =
	    (struct request_line){ CLOSING_CHECK_LINE, "yes", "" };
	/* Not of somebody who wants to be left alone. */
	(void)ask_of(o.adele,
	    "UPDATE case_file SET may_contact = 'no' WHERE uid = ?1 "
	    "RETURNING 1",
	    uid);
	REFUSED(ERR_INPUT, case_close(o.amina, &f.rev, &c.r, &closed, &err));
	(void)ask_of(o.adele,
	    "UPDATE case_file SET may_contact = 'yes' WHERE uid = ?1 "
	    "RETURNING 1",
	    uid);
	OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
	assert_true(closed);
	OK(followup_list(o.amina, uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (all.list[i].due > clock_now() + 80 * CLOCK_DAY) {
			all.list[0] = all.list[i];
			all.n = 1;
		}
	assert_int_equal(all.n, 1);
	assert_true(all.list[0].promised);
	assert_in_range(
	    all.list[0].due - clock_now(), 85 * CLOCK_DAY, 95 * CLOCK_DAY);
	assert_int_equal(
	    ask_cases(o.adele,
		"SELECT count(*) FROM agenda a JOIN case_file c ON c.uid = "
		"a.case_uid WHERE c.closed_at <> 0 AND a.promised = 1"),
	    1);
	a = (struct attempt){ .uid = uid_new(),
		.case_uid = uid,
		.plan = all.list[0].uid,
		.at = clock_now(),
		.channel = "phone",
		.outcome = "reached_safe",
		.safe = "yes",
		.word = "",
		.words = "is well",
		.agreed = "nothing more",
		.new_risks = "",
		.risk = -1,
		.risk_reason = "",
		.lost_considered = "",
		.next_none = "the one check after the closing" };
	OK(followup_attempt(o.amina, &a, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_true(f.closed);
	assert_string_equal(f.promised, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    one_check_comes_after_a_closing, each, each_done),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
