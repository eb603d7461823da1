/* SPDX-License-Identifier: ISC */
/* What was told already, outside: on the record, looked at again, no gate. */

#include "leaves_kit.h"
#include "store/told.h"

static struct act
told_of(struct uid case_uid, const char *reason)
{
	return (struct act){ .uid = uid_new(),
		.case_uid = case_uid,
		.recipient = "police",
		.purpose = "protection",
		.scope = data_scope_bit(DATA_NAME) | data_scope_bit(DATA_NEEDS),
		.at = now_ms - 6 * CLOCK_HOUR,
		.reason = reason,
		.words = "two men at the door at night; the post was called",
		.legal_ref = "threat-to-life",
		.told = "no",
		.told_why = "they were asleep in the hospital" };
}

static struct act
look(struct session *s, struct uid case_uid)
{
	struct case_file f;
	struct acts all;

	OK(case_open(s, case_uid, "to look at it", &arena, &f, &err));
	OK(act_list(s, case_uid, &arena, &all, &err));
	assert_int_equal(all.n, 1);
	return all.list[0];
}

/* Everything of it is there, once, and a supervisor looks at it within a day of
 * its being recorded. */
static void
harm_03_what_was_told_already_is_on_the_record(void **state)
{
	struct uid uid = case_of(o.amina, "Asha Example");
	struct act t = told_of(uid, "life");
	struct disclosed_list left;
	struct events line;
	struct act a;
	bool said = false;

	(void)state;
	OK(told_add(o.amina, &t, &err));
	OK(told_add(o.amina, &t, &err)); /* a retry */
	OK(disclosure_list(o.amina, uid, &arena, &left, &err));
	assert_int_equal(left.n, 1);
	assert_int_equal(left.list[0].at, t.at);
	assert_int_equal(left.list[0].scope, t.scope);
	assert_string_equal(left.list[0].how, DISCLOSED_ALREADY);
	assert_string_equal(left.list[0].act, "life");
	assert_false(left.list[0].consent);
	a = look(o.amina, uid);
	assert_true(a.already);
	assert_true(a.mine);
	assert_false(a.reviewable);
	assert_int_equal(a.review_due, now_ms + ACT_REVIEW_HOURS * CLOCK_HOUR);
	assert_string_equal(a.told_why, t.told_why);
	/* It waits for nobody's agreement, and for somebody's look. */
	assert_int_equal(tasks_of(o.adele, uid, "act-agree"), 0);
	assert_int_equal(tasks_of(o.adele, uid, "act-review"), 1);
	assert_int_equal(ask_of(o.adele,
			     "SELECT due FROM agenda WHERE case_uid = ?1 AND "
			     "kind = 'act-review'",
			     uid),
	    a.review_due);
	REFUSED(ERR_INPUT,
	    act_decide(o.sunil, uid, a.uid, uid_new(), true, "", &err));
	assert_non_null(strstr(err.text, "told already"));
	REFUSED(ERR_DENIED,
	    act_review(o.amina, uid, a.uid, uid_new(), "right", &err));
	assert_true(look(o.sunil, uid).reviewable);
	REFUSED(
	    ERR_INPUT, act_review(o.sunil, uid, a.uid, uid_new(), " ", &err));
	OK(act_review(o.sunil, uid, a.uid, uid_new(), "it was right", &err));
	assert_int_equal(tasks_of(o.adele, uid, "act-review"), 0);
	assert_int_equal(look(o.sunil, uid).review_due, 0);
	OK(case_timeline(o.amina, uid, 0, 50, &arena, &line, &err));
	for (size_t i = 0; i < line.n; i++)
		said |= strstr(line.list[i].title, "Told already") != NULL;
	assert_true(said);
}

/* Whatever it says, nothing goes by it: neither what it names nor anything of
 * the same to the same. */
static void
harm_03_nothing_is_sent_by_what_was_told(void **state)
{
	static const char *const all[] = { "life", "child", "law", "court",
		TOLD_ALONE, TOLD_MISTAKE };

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct uid uid = case_of(o.amina, "Binu Example");
		struct act t = told_of(uid, all[i]);
		struct referral r = referral_of(uid, "warm");
		struct preview p;

		t.legal_ref = "mandatory-child";
		OK(told_add(o.amina, &t, &err));
		r.recipient = t.recipient;
		r.purpose = t.purpose;
		OK(referral_add(o.amina, &r, &err));
		err_clear(&err);
		assert_int_equal(referral_send(o.amina, uid, r.uid, uid_new(),
				     "", NULL, &arena, &p, &err),
		    -1);
		/* What is in the way is what was before: nobody asked. */
		assert_non_null(strstr(err.text, "was not asked"));
	}
}

static void
what_is_missing_is_said(void **state)
{
	static const char *const says[] = { "who was told", "told for",
		"what was told", "when it was told", "when it was told",
		"with nobody asked", "who told whom", "Name the law",
		"person knows", "does not know" };
	struct uid uid = case_of(o.amina, "Chathu Example");
	struct act t = told_of(uid, "life");

	(void)state;
	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++) {
		struct act bad = t;

		switch (i) {
		case 0:
			bad.recipient = "no-such";
			break;
		case 1:
			bad.purpose = "no-such";
			break;
		case 2:
			bad.scope = 0;
			break;
		case 3:
			bad.at = 0;
			break;
		case 4:
			bad.at = now_ms + 1;
			break;
		case 5:
			bad.reason = "consent";
			break;
		case 6:
			bad.words = " ";
			break;
		case 7:
			bad.legal_ref = "";
			break;
		case 8:
			bad.told = "";
			break;
		default:
			bad.told_why = " ";
			break;
		}
		REFUSED(ERR_INPUT, told_add(o.amina, &bad, &err));
		if (strstr(err.text, says[i]) == NULL)
			fail_msg("%zu: %s", i, err.text);
	}
	REFUSED(ERR_DENIED, told_add(o.bilal, &t, &err));
	/* Neither half of it is there. */
	assert_int_equal(tasks_of(o.adele, uid, "act-review"), 0);
	o.amina->fault = SQLITE_FULL;
	REFUSED(ERR_FULL, told_add(o.amina, &t, &err));
	{
		struct disclosed_list left;
		struct acts all;

		OK(disclosure_list(o.amina, uid, &arena, &left, &err));
		OK(act_list(o.amina, uid, &arena, &all, &err));
		assert_int_equal(left.n + all.n, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_03_what_was_told_already_is_on_the_record),
		T(harm_03_nothing_is_sent_by_what_was_told),
		T(what_is_missing_is_said),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
