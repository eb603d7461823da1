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

/* What the order in words says: no right, stop, not agreed: never; then what
 * holds it, then how often it was tried; then the instruction; then the age;
 * only then the number. */
static enum contact_verdict
in_words(const struct safe_contact_facts *f, enum verdict v, bool old)
{
	if (v != ALLOW || f->stop_contact || f->may_contact == MAY_CONTACT_NO ||
	    f->may_contact == MAY_CONTACT_NOT_ASKED)
		return CONTACT_NEVER;
	if (f->held)
		return CONTACT_HELD;
	if (f->spent)
		return CONTACT_SPENT;
	if (!f->instruction_shown)
		return CONTACT_SHOW_INSTRUCTION_FIRST;
	return old && !f->warning_shown ? CONTACT_VERIFY_FIRST : CONTACT_SHOW;
}

/* One agreement, every right, every age, everything that was or was not read
 * and tried; how often the number was shown. */
static int
each_way(enum may_contact may, enum verdict v, size_t t)
{
	int shown = 0;

	for (int bits = 0; bits < 64; bits++) {
		struct safe_contact_facts f = { .may_contact = may,
			.stop_contact = bits & 1,
			.instruction_shown = (bits & 2) != 0,
			.warning_shown = (bits & 4) != 0,
			.held = (bits & 16) != 0,
			.spent = (bits & 32) != 0,
			.age = { .verified_at = verified[t],
			    .urgent_or_high = (bits & 8) != 0 } };
		/* 0, 1: never, later than now; 4 and on: over 14 days; 6:
		 * over 30. */
		bool old = t < 2 || t == 6 || (f.age.urgent_or_high && t >= 4);
		enum contact_verdict got = contact_verdict(&f, v, NOW);

		assert_int_equal(got, in_words(&f, v, old));
		shown += got == CONTACT_SHOW;
	}
	return shown;
}

static void
harm_02_the_number_comes_last(void **state)
{
	int shown = 0;

	(void)state;
	for (int may = 0; may < MAY_CONTACT_COUNT; may++)
		for (int v = 0; v <= NEED_REAUTH; v++)
			for (size_t t = 0; t < N(verified); t++)
				shown += each_way(
				    (enum may_contact)may, (enum verdict)v, t);
	assert_true(shown > 0);
}

/* --- what came of trying --------------------------------------------------- */

/* One letter an attempt, the newest first. */
static void
try_of(char c, struct contact_try *t)
{
	static const struct {
		char c;
		const char *outcome;
		enum word_check word;
	} all[] = {
		{ 'n', "no_answer", WORD_NONE },
		{ 'o', "other_answered", WORD_NONE },
		{ 's', "reached_safe", WORD_NONE }, /* no word agreed */
		{ 'S', "reached_safe", WORD_RIGHT },
		{ 'W', "reached_safe", WORD_WRONG },
		{ 'D', "reached_safe", WORD_DANGER },
		{ 't', "reached_could_not_talk", WORD_NONE },
		{ 'T', "reached_could_not_talk", WORD_RIGHT },
		{ 'w', "reached_could_not_talk", WORD_WRONG },
		{ 'd', "reached_could_not_talk", WORD_DANGER },
		{ 'x', "do_not_try_again", WORD_WRONG },
		{ 'c', "came", WORD_NONE },
		{ 'a', "did_not_come", WORD_NONE },
	};

	for (size_t i = 0; i < N(all); i++)
		if (all[i].c == c) {
			t->outcome = all[i].outcome;
			t->word = all[i].word;
			return;
		}
	fail_msg("no attempt '%c'", c);
}

/* The first was a minute ago, each of the others a minute before the next. */
static struct contact_tries
count_of(const char *tries, int since, int looked)
{
	struct contact_try list[16];
	struct contact_tries out;
	size_t n = 0;

	for (; tries[n] != '\0'; n++) {
		try_of(tries[n], &list[n]);
		list[n].at = list[n].made_at =
		    NOW - (int64_t)(n + 1) * CLOCK_MINUTE;
	}
	contact_count(list, n, since == 0 ? 0 : NOW - since * CLOCK_MINUTE,
	    looked == 0 ? 0 : NOW - looked * CLOCK_MINUTE, &out);
	return out;
}

/* Where the word is asked for: whenever somebody spoke, whatever they said. */
static void
harm_02_the_word_is_of_who_spoke(void **state)
{
	(void)state;
	assert_true(contact_spoken("reached_safe"));
	assert_true(contact_spoken("reached_could_not_talk"));
	assert_true(contact_spoken("do_not_try_again"));
	assert_false(contact_spoken("no_answer"));
	assert_false(contact_spoken("other_answered"));
	assert_false(contact_spoken("came"));
	assert_false(contact_spoken(""));
}

/* since and looked: so many minutes ago; 0: never. */
static void
harm_02_a_word_that_is_wrong_twice_holds(void **state)
{
	static const struct {
		const char *tries;
		int looked;
		enum contact_hold hold;
	} rows[] = {
		{ "", 0, CONTACT_HOLD_NOT },
		{ "S", 0, CONTACT_HOLD_NOT },
		{ "W", 0, CONTACT_HOLD_NOT },
		{ "WW", 0, CONTACT_HOLD_WORD },
		{ "Ww", 0, CONTACT_HOLD_WORD },
		{ "wx", 0, CONTACT_HOLD_WORD },
		{ "xW", 0, CONTACT_HOLD_WORD },
		/* A right one between them, and before both. */
		{ "WSW", 0, CONTACT_HOLD_NOT },
		{ "WTW", 0, CONTACT_HOLD_NOT },
		{ "SWW", 0, CONTACT_HOLD_NOT },
		{ "WWS", 0, CONTACT_HOLD_WORD },
		/* Nobody there, or a visit, proves nothing about the words. */
		{ "WnW", 0, CONTACT_HOLD_WORD },
		{ "WoaW", 0, CONTACT_HOLD_WORD },
		{ "WcW", 0, CONTACT_HOLD_WORD },
		{ "nnnnn", 0, CONTACT_HOLD_NOT },
		/* Danger is one too many. */
		{ "d", 0, CONTACT_HOLD_DANGER },
		{ "nD", 0, CONTACT_HOLD_DANGER },
		{ "DWW", 0, CONTACT_HOLD_DANGER },
		{ "Sd", 0, CONTACT_HOLD_NOT },
		/* Looked at after the older of them, after both, before. */
		{ "WW", 2, CONTACT_HOLD_NOT },
		{ "WW", 1, CONTACT_HOLD_NOT },
		{ "WWW", 3, CONTACT_HOLD_WORD },
		{ "WW", 3, CONTACT_HOLD_WORD },
		{ "d", 1, CONTACT_HOLD_NOT },
		{ "dn", 2, CONTACT_HOLD_DANGER },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct contact_tries t =
		    count_of(rows[i].tries, 0, rows[i].looked);

		if (contact_hold(&t) != rows[i].hold)
			fail_msg("\"%s\", looked %d: %s", rows[i].tries,
			    rows[i].looked,
			    contact_hold_name(contact_hold(&t)));
	}
}

static void
harm_02_attempts_are_counted_and_end(void **state)
{
	static const struct {
		const char *tries;
		int since, unanswered;
	} rows[] = {
		{ "", 0, 0 },
		{ "n", 0, 1 },
		{ "nno", 0, 3 },
		/* They answered, or came; not coming is no call. */
		{ "snn", 0, 0 },
		{ "nSn", 0, 1 },
		{ "ntn", 0, 1 },
		{ "nTn", 0, 1 },
		{ "ncn", 0, 1 },
		{ "nan", 0, 2 },
		/* Whoever did not know the word is not them; who said the one
		 * for danger is, and does not count as a call to no end. */
		{ "nWn", 0, 3 },
		{ "nwn", 0, 3 },
		{ "ndn", 0, 2 },
		/* Since they came, or it was verified with them. */
		{ "nnn", 3, 2 },
		{ "nnn", 1, 0 },
		{ "nnn", 9, 3 },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct contact_tries t =
		    count_of(rows[i].tries, rows[i].since, 0);
		int n = rows[i].unanswered;

		if (t.unanswered != n)
			fail_msg("\"%s\", since %d: %d, not %d", rows[i].tries,
			    rows[i].since, t.unanswered, n);
		/* Where no number was agreed it never ends by itself. */
		assert_false(contact_spent(&t, 0));
		assert_false(contact_spent(&t, n + 1));
		if (n > 0)
			assert_true(contact_spent(&t, n));
		if (n > 1)
			assert_true(contact_spent(&t, n - 1));
	}
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
		.age = { .verified_at = NOW - CLOCK_MINUTE,
		    .expires_at = NOW - CLOCK_HOUR } };

	(void)state;
	assert_int_equal(
	    contact_verdict(&f, ALLOW, NOW), CONTACT_SHOW_INSTRUCTION_FIRST);
	f.instruction_shown = true;
	assert_int_equal(contact_verdict(&f, ALLOW, NOW), CONTACT_VERIFY_FIRST);
	assert_int_equal(
	    contact_verdict(&f, ALLOW, NOW - CLOCK_MINUTE), CONTACT_SHOW);
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
	for (int w = 0; w < WORD_CHECK_COUNT; w++)
		assert_int_equal(
		    word_check_from_name(word_check_name((enum word_check)w)),
		    w);
	assert_int_equal(word_check_from_name("maybe"), -1);
	for (int h = 0; h < CONTACT_HOLD_COUNT; h++)
		assert_int_equal(contact_hold_from_name(
				     contact_hold_name((enum contact_hold)h)),
		    h);
	assert_int_equal(contact_hold_from_name("maybe"), -1);
	for (int r = 0; r < ROLE_COUNT; r++)
		assert_int_equal(contact_role((enum role)r),
		    r == ROLE_CASEWORKER || r == ROLE_SUPERVISOR);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_02_the_number_comes_last),
		cmocka_unit_test(harm_02_the_word_is_of_who_spoke),
		cmocka_unit_test(harm_02_a_word_that_is_wrong_twice_holds),
		cmocka_unit_test(harm_02_attempts_are_counted_and_end),
		cmocka_unit_test(harm_02_a_stop_cannot_be_passed),
		cmocka_unit_test(harm_02_an_agreement_ends),
		cmocka_unit_test(harm_02_zeroed_facts_show_nothing),
		cmocka_unit_test(codes_and_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
