/* SPDX-License-Identifier: ISC */
/* What goes on once a case is closed. */
#include "leaves_kit.h"
#include "rules/closing.h"
#include "store/followup.h"

static void
may_contact(struct uid uid, const char *answer)
{
	char sql[128];

	(void)snprintf(sql, sizeof(sql),
	    "UPDATE case_file SET may_contact = '%s' WHERE uid = ?1 "
	    "RETURNING 1",
	    answer);
	assert_int_equal(ask_of(o.adele, sql, uid), 1);
}

/* Promised talks that the lists show of closed cases. */
static int64_t
waits(void)
{
	return ask_cases(o.adele,
	    "SELECT count(*) FROM agenda a JOIN case_file c ON c.uid = "
	    "a.case_uid WHERE c.closed_at <> 0 AND a.promised = 1");
}

/* An attempt that nothing was planned for, or at that plan. */
static struct attempt
attempt_at(struct uid uid, struct uid plan, const char *outcome)
{
	return (struct attempt){ .uid = uid_new(),
		.case_uid = uid,
		.plan = plan,
		.at = clock_now(),
		.channel = "phone",
		.outcome = outcome,
		.safe = "yes",
		.word = "",
		.words = "is well",
		.agreed = "nothing more",
		.new_risks = "",
		.risk = -1,
		.risk_reason = "",
		.lost_considered = "",
		.next_none = "as they wish" };
}

/* Closed, with the one check agreed. */
static void
close_with_check(struct uid uid, struct closing_sample *c, struct case_file *f)
{
	bool closed;

	o.kit.society->closing.approval = false;
	OK(case_open(o.amina, uid, "", &arena, f, &err));
	closing_make(c, uid, "goals_met", "all done");
	c->lines[c->r.n_lines++] =
	    (struct request_line){ CLOSING_CHECK_LINE, "yes", "" };
	/* Not of somebody who wants to be left alone, or was never asked. */
	may_contact(uid, "");
	REFUSED(ERR_INPUT, case_close(o.amina, &f->rev, &c->r, &closed, &err));
	may_contact(uid, "no");
	REFUSED(ERR_INPUT, case_close(o.amina, &f->rev, &c->r, &closed, &err));
	may_contact(uid, "yes");
	OK(case_close(o.amina, &f->rev, &c->r, &closed, &err));
	assert_true(closed);
}

/* What the person was promised is due on a closed case, too, and done there. */
static void
one_check_comes_after_a_closing(void **state)
{
	struct uid uid = case_of(o.amina, "Sanduni Jayawardena");
	struct closing_sample c;
	struct followups all;
	struct attempt a;
	struct case_file f;

	(void)state;
	close_with_check(uid, &c, &f);
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
	assert_int_equal(waits(), 1);
	a = attempt_at(uid, all.list[0].uid, "reached_safe");
	OK(followup_attempt(o.amina, &a, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_true(f.closed);
	assert_string_equal(f.promised, "");
}

/* Who says on the telephone that nobody is to call again is left alone: the
 * talk that was promised leaves the lists with it. */
static void
who_wants_to_be_left_alone_is(void **state)
{
	struct uid uid = case_of(o.amina, "Tharindu Wickrama");
	struct closing_sample c;
	struct case_file f;
	struct attempt a;

	(void)state;
	close_with_check(uid, &c, &f);
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_string_equal(f.next, "promised");
	assert_int_equal(waits(), 1);
	a = attempt_at(uid, (struct uid){ 0 }, "do_not_try_again");
	OK(followup_attempt(o.amina, &a, &err));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_true(f.stop_contact);
	assert_string_equal(f.next, "");
	assert_int_equal(waits(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    one_check_comes_after_a_closing, each, each_done),
		cmocka_unit_test_setup_teardown(
		    who_wants_to_be_left_alone_is, each, each_done),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
