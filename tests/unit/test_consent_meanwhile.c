/* SPDX-License-Identifier: ISC */
/* Two who speak with one person: which word is the last, and who was asked
 * back. */
#include "consent_kit.h"

static int64_t now_ms = INT64_C(1795597200000);

int64_t
clock_now(void)
{
	return now_ms;
}

/* One begins to ask, another asks and records meanwhile: whoever saves last is
 * told, and what the person said last stands, a no above all. */
static void
harm_03_a_no_is_not_lost_to_a_yes_meanwhile(void **state)
{
	struct consent no = release_of(uid), yes = release_of(uid);
	struct disclosures told;
	struct uid row = uid_new();

	(void)state;
	no.decision = "no";
	no.given_by = "person";
	now_ms += CLOCK_MINUTE;
	yes.given_at = now_ms;
	OK(consent_add(o.sunil, &yes, &err));
	now_ms += CLOCK_MINUTE;
	assert_int_equal(consent_add(o.amina, &no, &err), 1);
	assert_non_null(strstr(err.text, "sunil recorded meanwhile"));
	assert_non_null(strstr(err.text, "yes"));
	assert_string_equal(state_of(yes.uid), "given");
	no.given_at = now_ms;
	OK(consent_add(o.amina, &no, &err));
	assert_string_equal(state_of(no.uid), "refused");
	assert_string_equal(state_of(yes.uid), "replaced");
	/* A retry is none, whatever came after it. */
	now_ms += CLOCK_MINUTE;
	yes.uid = uid_new();
	yes.given_at = now_ms;
	OK(consent_add(o.sunil, &yes, &err));
	OK(consent_add(o.amina, &no, &err));
	assert_string_equal(state_of(yes.uid), "given");
	/* Asked anew while the person takes it back with a colleague: the yes
	 * holds only if it was said after that. */
	no = release_of(uid);
	no.supersedes = yes.uid;
	no.given_at = now_ms;
	now_ms += CLOCK_MINUTE;
	OK(consent_withdraw(
	    o.sunil, uid, yes.uid, row, "by phone", &arena, &told, &err));
	now_ms += CLOCK_MINUTE;
	assert_int_equal(consent_add(o.amina, &no, &err), 1);
	assert_non_null(strstr(err.text, "withdrawn"));
	assert_string_equal(state_of(row), "withdrawn");
	no.given_at = now_ms;
	OK(consent_add(o.amina, &no, &err));
	assert_string_equal(state_of(no.uid), "given");
	/* About something else, nobody is asked. */
	no = release_of(uid);
	no.purpose = "cash";
	no.given_at = yes.given_at;
	OK(consent_add(o.amina, &no, &err));
}

/* Who was asked back is asked back once; what was told since, too. */
static void
nobody_is_asked_back_twice(void **state)
{
	struct consent c = release_of(uid);
	struct disclosures told;

	(void)state;
	for (size_t again = 0; again < 3; again++) {
		c.uid = uid_new();
		c.given_at = now_ms;
		OK(consent_add(o.amina, &c, &err));
		if (again != 1)
			disclose(&c);
		now_ms += CLOCK_MINUTE;
		OK(consent_withdraw(o.sunil, uid, c.uid, uid_new(), "by phone",
		    &arena, &told, &err));
		assert_int_equal(told.n, again != 1);
		now_ms += CLOCK_MINUTE;
		assert_int_equal(ask_of(o.amina,
				     "SELECT count(*) FROM recall_event WHERE "
				     "case_uid = ?1 AND kind = 'due'",
				     uid),
		    again == 2 ? 2 : 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_03_a_no_is_not_lost_to_a_yes_meanwhile),
		T(nobody_is_asked_back_twice),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
