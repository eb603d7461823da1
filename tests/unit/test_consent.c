/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/consent.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define NOW INT64_C(1795478400000)
#define ALL_DATA ((1u << DATA_COUNT) - 1)

static struct uid
uid(int n)
{
	struct uid u = { { 0 } };

	u.b[15] = (uint8_t)n;
	return u;
}

static struct release
release(int id, enum consent_decision decision, int64_t given_at)
{
	struct release r = { .uid = uid(id),
		.kind = "release",
		.recipient = "legal-aid",
		.purpose = "wage-claim",
		.scope = ALL_DATA,
		.decision = decision,
		.given_at = given_at };

	return r;
}

static void
harm_03_a_row_holds_only_while_it_is_a_yes(void **state)
{
	const int64_t end = NOW + 10 * CLOCK_DAY;
	const struct {
		enum consent_decision decision;
		int64_t given, until, used, now;
		bool once;
		enum consent_state want;
	} rows[] = {
		{ CONSENT_YES, NOW, 0, 0, NOW, false, CONSENT_IS_GIVEN },
		{ CONSENT_PART, NOW, 0, 0, NOW, false, CONSENT_IS_GIVEN },
		{ CONSENT_NO, NOW, 0, 0, NOW, false, CONSENT_IS_REFUSED },
		{ CONSENT_NOT_NOW, NOW, 0, 0, NOW, false, CONSENT_IS_NOT_NOW },
		{ CONSENT_WITHDRAWN, NOW, 0, 0, NOW, false,
		    CONSENT_IS_WITHDRAWN },
		{ CONSENT_NOT_ASKED, NOW, 0, 0, NOW, false, CONSENT_IS_NONE },
		/* Not yet; the last instant; the first after it. */
		{ CONSENT_YES, NOW, 0, 0, NOW - 1, false, CONSENT_IS_NONE },
		{ CONSENT_YES, NOW, end, 0, end + CLOCK_DAY - 1, false,
		    CONSENT_IS_GIVEN },
		{ CONSENT_YES, NOW, end, 0, end + CLOCK_DAY, false,
		    CONSENT_IS_EXPIRED },
		/* Ninety days at most, whatever was written. */
		{ CONSENT_YES, NOW, 0, 0, NOW + 91 * CLOCK_DAY - 1, false,
		    CONSENT_IS_GIVEN },
		{ CONSENT_YES, NOW, 0, 0, NOW + 91 * CLOCK_DAY, false,
		    CONSENT_IS_EXPIRED },
		{ CONSENT_YES, NOW, NOW + 400 * CLOCK_DAY, 0,
		    NOW + 91 * CLOCK_DAY, false, CONSENT_IS_EXPIRED },
		/* For one time. */
		{ CONSENT_YES, NOW, 0, 0, NOW, true, CONSENT_IS_GIVEN },
		{ CONSENT_YES, NOW, 0, NOW, NOW, true, CONSENT_IS_USED },
		{ CONSENT_YES, NOW, 0, NOW, NOW, false, CONSENT_IS_GIVEN },
		/* A withdrawal holds whatever its date. */
		{ CONSENT_WITHDRAWN, NOW + CLOCK_DAY, 0, 0, NOW, false,
		    CONSENT_IS_WITHDRAWN },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct release r = release(1, rows[i].decision, rows[i].given);
		unsigned set;

		r.until = rows[i].until;
		r.used_at = rows[i].used;
		r.single_use = rows[i].once;
		if (consent_state(&r, rows[i].now) != rows[i].want)
			fail_msg("row %zu", i);
		/* Only what is given lets anything go. */
		set = release_scopes(
		    &r, 1, "legal-aid", "wage-claim", rows[i].now);
		assert_int_equal(
		    set, rows[i].want == CONSENT_IS_GIVEN ? ALL_DATA : 0);
	}
}

static bool
allows(const struct release *r, const char *recipient, const char *purpose,
    enum data_scope d, int64_t now)
{
	return (release_scopes(r, 1, recipient, purpose, now) &
		   data_scope_bit(d)) != 0;
}

static void
harm_03_recipient_purpose_and_data_must_all_fit(void **state)
{
	struct release r = release(1, CONSENT_YES, NOW);

	(void)state;
	for (unsigned set = 0; set <= ALL_DATA; set++) {
		r.scope = set;
		for (int s = 0; s < DATA_COUNT; s++) {
			enum data_scope d = (enum data_scope)s;
			bool in = set >> s & 1;

			assert_int_equal(
			    allows(&r, "legal-aid", "wage-claim", d, NOW), in);
			assert_false(
			    allows(&r, "police", "wage-claim", d, NOW));
			assert_false(
			    allows(&r, "legal-aid", "shelter", d, NOW));
			assert_false(
			    allows(&r, "Legal-aid", "wage-claim", d, NOW));
		}
		assert_false(
		    allows(&r, "legal-aid", "wage-claim", DATA_COUNT, NOW));
		assert_int_equal(
		    release_scopes(&r, 1, "legal-aid", "wage-claim", NOW), set);
	}
	/* Nobody in particular, nothing in particular, another kind. */
	r.recipient = "";
	assert_false(allows(&r, "", "wage-claim", DATA_NAME, NOW));
	r.recipient = "legal-aid";
	r.purpose = "";
	assert_false(allows(&r, "legal-aid", "", DATA_NAME, NOW));
	r.purpose = "wage-claim";
	r.kind = "work_together";
	assert_false(allows(&r, "legal-aid", "wage-claim", DATA_NAME, NOW));
	assert_int_equal(release_scopes(NULL, 0, "legal-aid", "x", NOW), 0);
}

/* Stories of two or three rows, and what stands in the end. */
static void
harm_03_the_latest_word_stands(void **state)
{
	const int64_t a = NOW - 3 * CLOCK_DAY, b = NOW - 2 * CLOCK_DAY,
		      c = NOW - CLOCK_DAY;
	const struct {
		struct {
			enum consent_decision decision;
			int64_t at;
			int supersedes;
		} row[3];
		bool goes;
	} rows[] = {
		{ { { CONSENT_YES, a, 0 } }, true },
		{ { { CONSENT_YES, a, 0 }, { CONSENT_WITHDRAWN, b, 1 } },
		    false },
		{ { { CONSENT_YES, a, 0 }, { CONSENT_WITHDRAWN, b, 0 } },
		    false },
		{ { { CONSENT_NO, a, 0 }, { CONSENT_YES, b, 0 } }, true },
		{ { { CONSENT_YES, a, 0 }, { CONSENT_WITHDRAWN, b, 1 },
		      { CONSENT_YES, c, 2 } },
		    true },
		{ { { CONSENT_YES, b, 0 }, { CONSENT_NO, a, 0 } }, true },
		/* At one instant the careful one wins. */
		{ { { CONSENT_YES, a, 0 }, { CONSENT_NO, a, 0 } }, false },
		{ { { CONSENT_YES, a, 0 }, { CONSENT_WITHDRAWN, a, 0 } },
		    false },
		{ { { CONSENT_YES, a, 0 }, { CONSENT_NOT_NOW, a, 0 } }, false },
		/* A row that another one names is gone, also a later one. */
		{ { { CONSENT_YES, c, 0 }, { CONSENT_NO, a, 1 } }, false },
		/* Two offices answered the same row without knowing of each
		 * other: the withdrawal stands, though the yes is later. */
		{ { { CONSENT_YES, a, 0 }, { CONSENT_WITHDRAWN, b, 1 },
		      { CONSENT_YES, c, 1 } },
		    false },
		/* Rows naming each other: nothing stands. */
		{ { { CONSENT_YES, a, 2 }, { CONSENT_YES, b, 1 } }, false },
	};
	static const int orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
		{ 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		for (size_t o = 0; o < N(orders); o++) {
			const struct release *out[3];
			struct release list[3];
			size_t n = 0, m, standing = 0;

			/* Whatever order the rows come in. */
			for (int k = 0; k < 3; k++) {
				int j = orders[o][k];

				if (rows[i].row[j].decision ==
				    CONSENT_NOT_ASKED)
					continue;
				list[n] = release(j + 1,
				    rows[i].row[j].decision, rows[i].row[j].at);
				list[n++].supersedes =
				    uid(rows[i].row[j].supersedes);
			}
			if ((release_scopes(list, n, "legal-aid", "wage-claim",
				 NOW) != 0) != rows[i].goes)
				fail_msg("row %zu, order %zu", i, o);
			/* The two ways to find what stands agree. */
			m = consent_effective(list, n, out);
			assert_true(m <= 1);
			for (size_t k = 0; k < n; k++) {
				bool replaced =
				    consent_state_among(list, n, &list[k],
					NOW) == CONSENT_IS_REPLACED;

				standing += !replaced;
				assert_int_equal(
				    !replaced, m == 1 && out[0] == &list[k]);
			}
			assert_int_equal(standing, m);
		}
}

static void
harm_03_each_recipient_and_purpose_by_itself(void **state)
{
	struct release list[4] = { release(1, CONSENT_YES, NOW - 4),
		release(2, CONSENT_YES, NOW - 3),
		release(3, CONSENT_YES, NOW - 2),
		release(4, CONSENT_WITHDRAWN, NOW - 1) };
	const struct release *out[4];

	(void)state;
	list[0].scope = 1u << DATA_NAME;
	list[1].recipient = "shelter";
	list[1].scope = 1u << DATA_NEEDS;
	list[2].purpose = "court";
	list[2].scope = 1u << DATA_HEALTH;
	list[3].purpose = "court";
	list[3].supersedes = uid(3);
	assert_int_equal(consent_effective(list, 4, out), 3);
	assert_int_equal(
	    release_scopes(list, 4, "legal-aid", "wage-claim", NOW),
	    1u << DATA_NAME);
	assert_int_equal(release_scopes(list, 4, "shelter", "wage-claim", NOW),
	    1u << DATA_NEEDS);
	assert_int_equal(release_scopes(list, 4, "legal-aid", "court", NOW), 0);
	assert_int_equal(release_scopes(list, 4, "police", "court", NOW), 0);
}

static void
other_kinds_hold_without_a_recipient(void **state)
{
	struct release r = release(1, CONSENT_YES, NOW - 200 * CLOCK_DAY);

	(void)state;
	r.kind = "statistics";
	r.recipient = r.purpose = "";
	assert_true(consent_holds(&r, 1, "statistics", NOW));
	assert_false(consent_holds(&r, 1, "media", NOW));
	r.decision = CONSENT_NO;
	assert_false(consent_holds(&r, 1, "statistics", NOW));
	assert_false(consent_holds(NULL, 0, "statistics", NOW));
}

static void
a_refusal_is_respected(void **state)
{
	static const struct {
		enum consent_decision decision;
		enum ask_again ask;
		int64_t from;
		bool may;
	} rows[] = {
		{ CONSENT_NO, ASK_AGAIN_NO, 0, false },
		{ CONSENT_NO, ASK_AGAIN_YES, 0, true },
		{ CONSENT_NO, ASK_AGAIN_FROM, NOW, true },
		{ CONSENT_NO, ASK_AGAIN_FROM, NOW + 1, false },
		{ CONSENT_NOT_NOW, ASK_AGAIN_NO, 0, false },
		{ CONSENT_NOT_NOW, ASK_AGAIN_FROM, NOW - 1, true },
		{ CONSENT_WITHDRAWN, ASK_AGAIN_NO, 0, false },
		{ CONSENT_WITHDRAWN, ASK_AGAIN_YES, 0, true },
		{ CONSENT_YES, ASK_AGAIN_NO, 0, true },
		{ CONSENT_NOT_ASKED, ASK_AGAIN_NO, 0, true },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct release r = release(1, rows[i].decision, NOW);

		r.ask = rows[i].ask;
		r.ask_from = rows[i].from;
		assert_int_equal(consent_may_ask_again(&r, NOW), rows[i].may);
	}
}

/* A date is read as the whole day, of the place where it is read: said in the
 * morning, it still holds on the evening of its last day, and on the screen
 * that is the day which is said. */
static void
a_yes_holds_all_of_its_last_day(void **state)
{
	static const char *const zones[] = { "Asia/Colombo", "Europe/Amsterdam",
		"America/Bogota" };

	(void)state;
	for (size_t i = 0; i < N(zones); i++) {
		struct civil c = { .year = 2026,
			.month = 8,
			.day = 3,
			.hour = 9,
			.minute = 14 };
		struct release r;
		int64_t next;

		assert_int_equal(clock_zone(zones[i]), 0);
		r = release(1, CONSENT_YES, clock_ms(&c));
		/* Over the end of summer time, where there is one. */
		next = clock_day_start(clock_days(2026, 11, 1) + 1);
		assert_int_equal(consent_state(&r, next - 1), CONSENT_IS_GIVEN);
		assert_int_equal(consent_state(&r, next), CONSENT_IS_EXPIRED);
		assert_true(
		    clock_day_of(consent_ends(&r)) == clock_days(2026, 11, 1));
		/* A day that was said, at whatever minute it was kept. */
		c = (struct civil){
			.year = 2026, .month = 8, .day = 20, .hour = 9
		};
		r.until = clock_ms(&c);
		next = clock_day_start(clock_days(2026, 8, 21));
		assert_int_equal(
		    release_scopes(&r, 1, "legal-aid", "wage-claim", next - 1),
		    ALL_DATA);
		assert_int_equal(
		    release_scopes(&r, 1, "legal-aid", "wage-claim", next), 0);
		/* What is met is over at once. */
		r.met_at = next - CLOCK_HOUR;
		assert_int_equal(
		    consent_state(&r, r.met_at), CONSENT_IS_EXPIRED);
		assert_true(consent_ends(&r) == r.met_at);
	}
	assert_int_equal(clock_zone("UTC"), 0);
}

static void
a_yes_about_to_end_is_reviewed(void **state)
{
	struct release r = release(1, CONSENT_YES, NOW);

	(void)state;
	assert_false(consent_review_due(&r, NOW + 76 * CLOCK_DAY - 1));
	assert_true(consent_review_due(&r, NOW + 76 * CLOCK_DAY));
	assert_false(consent_review_due(&r, NOW + 91 * CLOCK_DAY));
	r.kind = "work_together";
	assert_false(consent_review_due(&r, NOW + 76 * CLOCK_DAY));
	assert_true(consent_ends(&r) == INT64_MAX);
}

static void
authorities_get_a_yes_for_one_time(void **state)
{
	(void)state;
	for (int k = RECIPIENT_MOVEMENT; k <= RECIPIENT_STATISTICS; k++)
		assert_int_equal(consent_single_use((enum recipient_kind)k),
		    k == RECIPIENT_NRM || k == RECIPIENT_POLICE ||
			k == RECIPIENT_IMMIGRATION || k == RECIPIENT_EMBASSY);
}

static void
codes_are_the_ones_stored(void **state)
{
	(void)state;
	for (int i = 0; i < DATA_COUNT; i++)
		assert_int_equal(
		    data_scope_from_name(data_scope_name((enum data_scope)i)),
		    i);
	for (int i = 0; i < CONSENT_DECISION_COUNT; i++)
		assert_int_equal(
		    consent_decision_from_name(
			consent_decision_name((enum consent_decision)i)),
		    i);
	assert_int_equal(data_scope_from_name("everything"), -1);
	assert_string_equal(data_scope_name(DATA_COUNT), "");
	assert_string_equal(consent_state_name(CONSENT_IS_USED), "used");
	assert_int_equal(consent_decision_from_name("part"), CONSENT_PART);
	assert_int_equal(data_scope_bit(DATA_COUNT), 0);
}

/* One person, two codes: the more careful word of both counts until the
 * person is asked again. */
static void
harm_03_a_no_under_another_code_is_heard(void **state)
{
	enum { JOINED = 100, NOW_ = 200 };
	static const struct {
		enum consent_decision mine, theirs;
		int64_t mine_at, theirs_at;
		char stands; /* mine, theirs, neither */
		unsigned scope;
	} rows[] = {
		{ CONSENT_YES, CONSENT_NOT_ASKED, 50, 0, 'm', 7 },
		/* A no there holds against an earlier and a later yes here. */
		{ CONSENT_YES, CONSENT_NO, 50, 60, 't', 0 },
		{ CONSENT_YES, CONSENT_NO, 60, 50, 't', 0 },
		{ CONSENT_YES, CONSENT_WITHDRAWN, 60, 50, 't', 0 },
		{ CONSENT_PART, CONSENT_NOT_NOW, 60, 50, 't', 0 },
		/* Asked again with both in view. */
		{ CONSENT_YES, CONSENT_NO, 100, 50, 'm', 7 },
		{ CONSENT_YES, CONSENT_YES, 150, 50, 'm', 7 },
		/* And taken back after that, under the other code. */
		{ CONSENT_YES, CONSENT_WITHDRAWN, 150, 160, 't', 0 },
		{ CONSENT_YES, CONSENT_WITHDRAWN, 150, 150, 't', 0 },
		/* A yes there makes none here, and what both allow is less. */
		{ CONSENT_NO, CONSENT_YES, 50, 60, 'm', 7 },
		{ CONSENT_NOT_ASKED, CONSENT_YES, 0, 60, '0', 7 },
		{ CONSENT_NOT_ASKED, CONSENT_NO, 0, 60, 't', 0 },
		{ CONSENT_YES, CONSENT_PART, 60, 50, 'm', 2 },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct release m = { .kind = "release",
			.recipient = "r",
			.purpose = "p",
			.scope = 7,
			.decision = rows[i].mine,
			.given_at = rows[i].mine_at };
		struct release t = m;
		const struct release *got;
		unsigned scope = 7;

		t.scope = 10;
		t.decision = rows[i].theirs;
		t.given_at = rows[i].theirs_at;
		got =
		    release_joined(m.decision == CONSENT_NOT_ASKED ? NULL : &m,
			&t, JOINED, NOW_, &scope);
		if (got != (rows[i].stands == 'm'      ? &m
			       : rows[i].stands == 't' ? &t
						       : NULL) ||
		    scope != rows[i].scope)
			fail_msg("row %zu: %u", i, scope);
	}
}

#define CARE MUST_CAREGIVER
#define BEST MUST_BEST_INTERESTS

static void
harm_11_who_must_agree(void **state)
{
	static const struct {
		int least, most;
		bool may_be_child;
		unsigned safe, not_safe;
		bool child;
	} rows[] = {
		{ 0, 0, false, CARE, BEST, true },
		{ 5, 5, false, CARE, BEST, true },
		{ 6, 6, false, CARE | MUST_ASSENT, BEST | MUST_ASSENT, true },
		{ 11, 11, true, CARE | MUST_ASSENT, BEST | MUST_ASSENT, true },
		{ 12, 12, false, CARE | MUST_ASSENT, BEST | MUST_ASSENT, true },
		{ 14, 14, false, CARE | MUST_ASSENT, BEST | MUST_ASSENT, true },
		{ 15, 15, false, CARE | MUST_OWN, BEST | MUST_OWN, true },
		{ 17, 17, false, CARE | MUST_OWN, BEST | MUST_OWN, true },
		{ 18, 18, false, MUST_OWN, MUST_OWN, false },
		{ 60, 61, false, MUST_OWN, MUST_OWN, false },
		/* Not known, or over the limit only perhaps: a child. */
		{ -1, -1, false, CARE | MUST_OWN, BEST | MUST_OWN, true },
		{ -1, -1, true, CARE | MUST_OWN, BEST | MUST_OWN, true },
		{ 17, 18, false, CARE | MUST_OWN, BEST | MUST_OWN, true },
		{ 14, 19, false, CARE | MUST_ASSENT, BEST | MUST_ASSENT, true },
		{ 18, 19, true, CARE | MUST_OWN, BEST | MUST_OWN, true },
		{ 25, 25, true, CARE | MUST_OWN, BEST | MUST_OWN, true },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		for (int g = GUARDIAN_UNKNOWN; g <= GUARDIAN_UNSAFE_TO_TELL;
		     g++) {
			struct consent_age age = { rows[i].least, rows[i].most,
				rows[i].may_be_child, (enum guardian_state)g,
				false };
			struct consent_who w = consent_who(NULL, 0, &age);
			struct consent_who then;

			/* Perhaps of age since: nobody in their place. */
			age.grown = true;
			then = consent_who(NULL, 0, &age);
			assert_int_equal(then.must, MUST_THEMSELVES);
			assert_int_equal(then.as_child, w.as_child);
			if (w.must != (g == GUARDIAN_SAFE ? rows[i].safe
							  : rows[i].not_safe) ||
			    w.as_child != rows[i].child)
				fail_msg(
				    "row %zu, guardian %d: %u", i, g, w.must);
		}
}

static void
bands_are_a_societys_own(void **state)
{
	static const struct society_age_band bands[] = { { 0, AGE_CAREGIVER },
		{ 16, AGE_OWN } };
	struct consent_age age = { 16, 16, false, GUARDIAN_SAFE, false };

	(void)state;
	assert_int_equal(consent_who(bands, 2, &age).must, MUST_OWN);
	age.least = 15;
	assert_int_equal(consent_who(bands, 2, &age).must, MUST_CAREGIVER);
	age.least = age.most = -1;
	assert_true(consent_who(bands, 2, &age).as_child);
}

/* The guardian may be the exploiter: a guardian's yes is never enough where
 * nobody knows that the guardian is safe, and the other route has a reason. */
static void
harm_07_a_guardian_alone_is_not_enough(void **state)
{
	static const struct {
		int age;
		enum guardian_state guardian;
		const char *given_by, *why;
		unsigned missing;
	} rows[] = {
		{ 4, GUARDIAN_SAFE, "guardian", "", 0 },
		{ 4, GUARDIAN_CONCERN, "guardian", "", BEST },
		{ 4, GUARDIAN_UNKNOWN, "guardian", "", BEST },
		{ 4, GUARDIAN_CONCERN, "guardian", "she insists", BEST },
		{ 4, GUARDIAN_CONCERN, "best_interests", "", BEST },
		{ 4, GUARDIAN_CONCERN, "best_interests", " \n", BEST },
		{ 4, GUARDIAN_CONCERN, "best_interests", "authority asked", 0 },
		{ 4, GUARDIAN_UNSAFE_TO_TELL, "other", "court order", 0 },
		{ 4, GUARDIAN_UNSAFE_TO_TELL, "other", NULL, BEST },
		{ 8, GUARDIAN_SAFE, "guardian", "", MUST_ASSENT },
		{ 8, GUARDIAN_SAFE, "assent", "", 0 },
		{ 8, GUARDIAN_SAFE, "both", "", 0 },
		{ 8, GUARDIAN_CONCERN, "assent", "", BEST },
		{ 16, GUARDIAN_SAFE, "person", "", CARE },
		{ 16, GUARDIAN_SAFE, "guardian", "", MUST_OWN },
		{ 16, GUARDIAN_SAFE, "both", "", 0 },
		{ 16, GUARDIAN_CONCERN, "both", "", BEST },
		{ 16, GUARDIAN_CONCERN, "best_interests", "aunt present", 0 },
		{ 30, GUARDIAN_UNKNOWN, "person", "", 0 },
		{ 30, GUARDIAN_SAFE, "guardian", "", MUST_OWN },
		{ 30, GUARDIAN_SAFE, "other", "husband says so", MUST_OWN },
		{ 30, GUARDIAN_CONCERN, "best_interests", "afraid", MUST_OWN },
		{ 13, GUARDIAN_SAFE, "best_interests", "x",
		    MUST_ASSENT | CARE },
		{ 30, GUARDIAN_SAFE, "", "", MUST_OWN },
		{ 30, GUARDIAN_SAFE, "nobody", "x", MUST_OWN },
	};
	static const struct {
		const char *given_by;
		bool enough;
	} grown[] = { { "person", true }, { "both", true },
		{ "guardian", false }, { "assent", false },
		{ "best_interests", false }, { "other", false } };

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		struct consent_age age = { rows[i].age, rows[i].age, false,
			rows[i].guardian, false };
		struct consent_who w = consent_who(consent_bands, 5, &age);

		if (consent_missing(&w, rows[i].given_by, rows[i].why) !=
		    rows[i].missing)
			fail_msg("row %zu", i);
	}
	for (size_t i = 0; i < N(grown); i++) {
		struct consent_age age = { 15, 17, true, GUARDIAN_SAFE, true };
		struct consent_who w = consent_who(consent_bands, 5, &age);

		assert_int_equal(
		    consent_missing(&w, grown[i].given_by, "a reason") == 0,
		    grown[i].enough);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_03_a_row_holds_only_while_it_is_a_yes),
		cmocka_unit_test(
		    harm_03_recipient_purpose_and_data_must_all_fit),
		cmocka_unit_test(harm_03_the_latest_word_stands),
		cmocka_unit_test(a_yes_holds_all_of_its_last_day),
		cmocka_unit_test(harm_03_each_recipient_and_purpose_by_itself),
		cmocka_unit_test(other_kinds_hold_without_a_recipient),
		cmocka_unit_test(a_refusal_is_respected),
		cmocka_unit_test(a_yes_about_to_end_is_reviewed),
		cmocka_unit_test(authorities_get_a_yes_for_one_time),
		cmocka_unit_test(codes_are_the_ones_stored),
		cmocka_unit_test(harm_03_a_no_under_another_code_is_heard),
		cmocka_unit_test(harm_11_who_must_agree),
		cmocka_unit_test(bands_are_a_societys_own),
		cmocka_unit_test(harm_07_a_guardian_alone_is_not_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
