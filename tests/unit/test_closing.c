/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/closing.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const struct labelled reasons[] = {
	{ "goals_met", "Done", "" },
	{ "lost_contact", "Lost", "" },
	{ "lost_interest", "Wants no more of it", "" },
	{ CLOSING_TRANSFERRED, "Transferred", "" },
	{ "duplicate", "Duplicate", "" },
};
static const struct society society = {
	.reasons_closed = { reasons, N(reasons) },
	.closing = { .lost_days = 21 },
};
static const struct society once = {
	.reasons_closed = { reasons, N(reasons) },
	.closing = { .lost_attempts = 1 },
};
static const struct society unset = {
	.reasons_closed = { reasons, N(reasons) },
};

static struct closing_facts
complete(const char *reason)
{
	struct closing_facts f = { .reason = reason,
		.ends.attempts_failed = 3,
		.ends.safety_plan_at = 10 * CLOCK_DAY,
		.now = 100 * CLOCK_DAY,
		.ends.last_contact = 50 * CLOCK_DAY };

	for (int l = 0; l < CLOSING_LINE_COUNT; l++) {
		f.answer[l] = "yes";
		f.words[l] = "in words";
	}
	return f;
}

static enum closing_problem
check(const struct closing_facts *f)
{
	enum closing_line l;

	return closing_check(&society, f, &l);
}

/* A society's own reason that begins alike asks for no line of lost contact: the
 * form shows none. */
static void
only_lost_contact_is_lost(void **state)
{
	struct closing_facts f = complete("lost_interest");

	(void)state;
	assert_true(closing_is_lost(CLOSING_LOST));
	assert_false(closing_is_lost("lost_interest"));
	assert_false(closing_is_lost("lost"));
	for (int l = CLOSING_ALWAYS; l < CLOSING_LINE_COUNT; l++)
		f.answer[l] = f.words[l] = "";
	f.ends.attempts_failed = 0;
	assert_int_equal(check(&f), CLOSING_OK);
}

static void
every_line_is_answered_and_explained(void **state)
{
	static const char *const not_yes[] = { "no", "not_possible" };
	enum closing_line at;

	(void)state;
	for (int l = 0; l < CLOSING_ALWAYS; l++) {
		struct closing_facts f = complete("goals_met");

		f.words[l] = "";
		assert_int_equal(check(&f), CLOSING_OK);
		f.answer[l] = "";
		assert_int_equal(
		    closing_check(&society, &f, &at), CLOSING_UNANSWERED);
		assert_int_equal(at, l);
		f.answer[l] = NULL;
		assert_int_equal(check(&f), CLOSING_UNANSWERED);
		f.answer[l] = "perhaps";
		assert_int_equal(check(&f), CLOSING_UNANSWERED);
		for (size_t i = 0; i < N(not_yes); i++) {
			f.answer[l] = not_yes[i];
			f.words[l] = " \n";
			assert_int_equal(closing_check(&society, &f, &at),
			    CLOSING_UNEXPLAINED);
			assert_int_equal(at, l);
			/* A no with its explanation closes all the same: the
			 * list makes people think, it judges nobody. */
			f.words[l] = "she will ask again";
			assert_int_equal(check(&f), CLOSING_OK);
		}
	}
}

static void
no_contact_is_a_time_without(void **state)
{
	struct closing_facts f = complete("goals_met");

	(void)state;
	f.answer[CLOSING_NEEDS] = "no_contact";
	assert_int_equal(check(&f), CLOSING_OK);
	f.ends.last_contact = f.now - 21 * CLOCK_DAY + 1;
	assert_int_equal(check(&f), CLOSING_TOO_SOON);
	f.ends.last_contact = f.now - 21 * CLOCK_DAY;
	assert_int_equal(check(&f), CLOSING_OK);
	/* Said of another line it is no answer. */
	f.answer[CLOSING_PLAN] = "no_contact";
	assert_int_equal(check(&f), CLOSING_UNANSWERED);
}

/* "Complete" is no matter of opinion where goals or referrals are open. */
static void
a_plan_is_complete_when_nothing_is_open(void **state)
{
	struct closing_facts f = complete("goals_met");
	enum closing_line at;

	(void)state;
	f.ends.goals = 1;
	assert_int_equal(closing_check(&society, &f, &at), CLOSING_STILL_OPEN);
	assert_int_equal(at, CLOSING_PLAN);
	f.answer[CLOSING_PLAN] = "no";
	assert_int_equal(check(&f), CLOSING_OK);
	f = complete("goals_met");
	f.ends.referrals = 2;
	assert_int_equal(check(&f), CLOSING_STILL_OPEN);
	/* A date that runs is as open as they are. */
	f.ends.referrals = 0;
	f.ends.n_dates = 1;
	assert_int_equal(closing_check(&society, &f, &at), CLOSING_STILL_OPEN);
	assert_int_equal(at, CLOSING_PLAN);
	f.answer[CLOSING_PLAN] = "no";
	assert_int_equal(check(&f), CLOSING_OK);
	/* What is only planned ends with it; a promise is let go in words. */
	f.ends.n_dates = 0;
	f.ends.follow_ups = 1;
	f.answer[CLOSING_PLAN] = "yes";
	assert_int_equal(check(&f), CLOSING_OK);
	f.ends.promises = 1;
	assert_int_equal(closing_check(&society, &f, &at), CLOSING_STILL_OPEN);
	assert_int_equal(at, CLOSING_PLAN);
	f.answer[CLOSING_PLAN] = "no";
	assert_int_equal(check(&f), CLOSING_OK);
	f.words[CLOSING_PLAN] = "";
	assert_int_equal(check(&f), CLOSING_UNEXPLAINED);
	f.answer[CLOSING_PLAN] = "yes";
	/* It goes on with whoever took the case on. */
	f.reason = CLOSING_TRANSFERRED;
	f.taken_on = true;
	assert_int_equal(check(&f), CLOSING_OK);
	/* A yes that was taken back meanwhile is more to talk about. */
	f.ends.taken_back = true;
	assert_int_equal(check(&f), CLOSING_TAKEN_BACK);
}

/* Nobody goes through a safety plan that was never written. */
static void
a_safety_plan_is_reviewed_where_there_is_one(void **state)
{
	struct closing_facts f = complete("goals_met");
	enum closing_line at = CLOSING_NEEDS;

	(void)state;
	f.answer[CLOSING_SAFETY] = CLOSING_NONE_NEEDED;
	assert_int_equal(
	    closing_check(&society, &f, &at), CLOSING_HAS_SAFETY_PLAN);
	assert_int_equal(at, CLOSING_SAFETY);
	f.ends.safety_plan_at = 0;
	assert_int_equal(check(&f), CLOSING_OK);
	f.words[CLOSING_SAFETY] = " ";
	assert_int_equal(closing_check(&society, &f, &at), CLOSING_UNEXPLAINED);
	assert_int_equal(at, CLOSING_SAFETY);
	f.words[CLOSING_SAFETY] = "nobody threatens her";
	f.answer[CLOSING_SAFETY] = "yes";
	assert_int_equal(
	    closing_check(&society, &f, &at), CLOSING_NO_SAFETY_PLAN);
	assert_int_equal(at, CLOSING_SAFETY);
	/* Wherever the case goes. */
	f.reason = CLOSING_TRANSFERRED;
	f.taken_on = true;
	assert_int_equal(check(&f), CLOSING_NO_SAFETY_PLAN);
	f.answer[CLOSING_SAFETY] = "no";
	assert_int_equal(check(&f), CLOSING_OK);
	/* Of another line it is no answer. */
	f = complete("goals_met");
	f.answer[CLOSING_PLAN] = CLOSING_NONE_NEEDED;
	assert_int_equal(check(&f), CLOSING_UNANSWERED);
}

/* Row 14 and field guide 3.6: losing touch is a risk event.  It cannot be
 * chosen without an attempt, before its time, or without thinking of harm. */
static void
harm_14_lost_contact_is_no_tidy_end(void **state)
{
	static const enum closing_line asked[] = { CLOSING_LOST_HARM,
		CLOSING_LOST_MISSING, CLOSING_LOST_TOLD };
	struct closing_facts f = complete("lost_contact");
	enum closing_line at;

	(void)state;
	assert_int_equal(check(&f), CLOSING_OK);
	f.ends.attempts_failed = 0;
	assert_int_equal(check(&f), CLOSING_NO_ATTEMPT);
	/* Once or twice is not often enough, where nothing else is set. */
	f.ends.attempts_failed = CLOSING_LOST_ATTEMPTS - 1;
	assert_int_equal(check(&f), CLOSING_NO_ATTEMPT);
	f.ends.attempts_failed++;
	assert_int_equal(check(&f), CLOSING_OK);
	f.ends.attempts_failed = 1;
	assert_int_equal(closing_check(&once, &f, &at), CLOSING_OK);
	assert_int_equal(closing_lost_attempts(&once), 1);
	f.ends.attempts_failed = 3;
	f.ends.last_contact = f.now - 20 * CLOCK_DAY;
	assert_int_equal(check(&f), CLOSING_TOO_SOON);
	for (size_t i = 0; i < N(asked); i++) {
		f = complete("lost_contact");
		f.answer[asked[i]] = "";
		assert_int_equal(
		    closing_check(&society, &f, &at), CLOSING_UNANSWERED);
		assert_int_equal(at, asked[i]);
	}
	f = complete("lost_contact");
	f.words[CLOSING_LOST_HARM] = "";
	assert_int_equal(check(&f), CLOSING_UNEXPLAINED);
	f = complete("lost_contact");
	f.words[CLOSING_LOST_TOLD] = "";
	assert_int_equal(check(&f), CLOSING_UNEXPLAINED);
	f = complete("lost_contact");
	f.answer[CLOSING_LOST_MISSING] = "not_possible";
	f.words[CLOSING_LOST_MISSING] = "";
	assert_int_equal(check(&f), CLOSING_UNEXPLAINED);
	/* What was never written nobody has read, whatever they could do. */
	f = complete("lost_contact");
	f.ends.safety_plan_at = 0;
	f.answer[CLOSING_SAFETY] = "no";
	f.words[CLOSING_SAFETY] = "she was gone before";
	for (int i = 0; i < 2; i++) {
		f.answer[CLOSING_LOST_MISSING] =
		    i == 0 ? "yes" : "not_possible";
		f.words[CLOSING_LOST_MISSING] = "told her aunt";
		assert_int_equal(
		    closing_check(&society, &f, &at), CLOSING_NOTHING_READ);
		assert_int_equal(at, CLOSING_LOST_MISSING);
	}
	f.answer[CLOSING_LOST_MISSING] = "no";
	assert_int_equal(check(&f), CLOSING_OK);
	f = complete("lost_contact");
	f.answer[CLOSING_LOST_MISSING] = "not_possible";
	f.words[CLOSING_LOST_MISSING] = "";
	/* Of another reason none of it is asked. */
	f.reason = "goals_met";
	assert_int_equal(check(&f), CLOSING_OK);
}

static void
harm_08_a_duplicate_is_joined_not_closed(void **state)
{
	struct closing_facts f = complete("duplicate");

	(void)state;
	assert_int_equal(check(&f), CLOSING_BY_JOIN);
	f.reason = "bored";
	assert_int_equal(check(&f), CLOSING_NO_REASON);
}

static int64_t
day(int y, int m, int d)
{
	return clock_days(y, m, d);
}

static void
kept_so_long_and_a_child_longer(void **state)
{
	const struct society own = { .retention = { .identity_months = 1,
					 .file_months = 60,
					 .child_until_age = 21 } };
	const struct fdate exact = { 2012, 2, 29, DATE_DAY };
	const struct fdate year = { 2012, 0, 0, DATE_YEAR };
	const struct fdate none = { .precision = DATE_UNKNOWN };
	int64_t closed = clock_day_start(day(2026, 1, 31)) + CLOCK_HOUR;
	int64_t identity, file;

	(void)state;
	assert_int_equal(clock_zone("UTC"), 0);
	retention_days(&unset, closed, false, NULL, &identity, &file);
	assert_int_equal(identity, day(2027, 1, 31));
	assert_int_equal(file, day(2032, 1, 31));
	/* A month on from the 31st is the last of February. */
	retention_days(&own, closed, false, &exact, &identity, &file);
	assert_int_equal(identity, day(2026, 2, 28));
	assert_int_equal(file, day(2031, 1, 31));
	/* December is a month, too. */
	retention_days(&unset, clock_day_start(day(2026, 12, 15)), false, NULL,
	    &identity, &file);
	assert_int_equal(identity, day(2027, 12, 15));
	retention_days(&own, clock_day_start(day(2026, 11, 30)), false, NULL,
	    &identity, &file);
	assert_int_equal(identity, day(2026, 12, 30));
	/* A child, until an age; the 29th of February comes in March. */
	retention_days(&own, closed, true, &exact, &identity, &file);
	assert_int_equal(identity, day(2033, 3, 1));
	assert_int_equal(file, day(2033, 3, 1));
	/* By the latest day of birth there can be. */
	retention_days(&own, closed, true, &year, &identity, &file);
	assert_int_equal(identity, day(2033, 12, 31));
	/* Not known: not by itself. */
	retention_days(&own, closed, true, &none, &identity, &file);
	assert_int_equal(identity, 0);
	assert_int_equal(file, 0);
	retention_days(&own, closed, true, NULL, &identity, &file);
	assert_int_equal(file, 0);
	/* Never shorter than an adult's. */
	retention_days(&own, clock_day_start(day(2031, 6, 1)), true, &exact,
	    &identity, &file);
	assert_int_equal(file, day(2036, 6, 1));
	assert_int_equal(retention_child_age(&unset), RETENTION_CHILD_AGE);
	assert_int_equal(closing_lost_days(&unset), CLOSING_LOST_DAYS);
}

/* Once, some months on, and not where it would be nobody's or no good. */
static void
one_check_after_a_closing(void **state)
{
	static const struct {
		const char *reason;
		bool fits;
	} rows[] = { { "goals_met", true }, { "own_wish", true },
		{ "moved", true }, { "returned", true },
		{ "lost_contact", false }, { "transferred", false },
		{ "death", false } };
	const struct open_ends may = { .may_contact = true }, not = { 0 };
	struct closing_facts f = complete("goals_met");
	const struct society half = { .closing = { .check_months = 6 } };
	int64_t closed = clock_day_start(day(2026, 11, 30)) + CLOCK_HOUR;

	(void)state;
	assert_int_equal(clock_zone("UTC"), 0);
	assert_int_equal(closing_check_day(&unset, closed), day(2027, 2, 28));
	assert_int_equal(closing_check_day(&half, closed), day(2027, 5, 30));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
		    closing_check_fits(rows[i].reason, &may), rows[i].fits);
		assert_false(closing_check_fits(rows[i].reason, &not ));
	}
	/* Nor can it be asked for where it does not fit. */
	f.check_after = true;
	assert_int_equal(check(&f), CLOSING_NO_CHECK);
	f.ends.may_contact = true;
	assert_int_equal(check(&f), CLOSING_OK);
	f.reason = "lost_contact";
	assert_int_equal(check(&f), CLOSING_NO_CHECK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_is_answered_and_explained),
		cmocka_unit_test(only_lost_contact_is_lost),
		cmocka_unit_test(no_contact_is_a_time_without),
		cmocka_unit_test(a_plan_is_complete_when_nothing_is_open),
		cmocka_unit_test(a_safety_plan_is_reviewed_where_there_is_one),
		cmocka_unit_test(harm_14_lost_contact_is_no_tidy_end),
		cmocka_unit_test(harm_08_a_duplicate_is_joined_not_closed),
		cmocka_unit_test(kept_so_long_and_a_child_longer),
		cmocka_unit_test(one_check_after_a_closing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
