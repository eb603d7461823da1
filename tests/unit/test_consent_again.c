/* SPDX-License-Identifier: ISC */
/* What brings the talk about working together back before its time. */
#include "leaves_kit.h"
#include "store/assessment.h"
#include "store/case.h"
#include "store/child.h"
#include "store/person.h"
#include "store/request.h"

/* In how many ms the first talk about a consent of the case is due. */
static int64_t
talk_due(struct uid uid)
{
	return ask_of(o.adele,
		   "SELECT min(due) FROM agenda WHERE case_uid = ?1 "
		   "AND kind = 'consent-review'",
		   uid) -
	       now_ms;
}

static void
another_interpreter(struct uid uid)
{
	struct assessment a = { .uid = uid_new(),
		.wants = "to call home",
		.language = "",
		.interpreter = "none",
		.seen_alone = "yes" };

	/* Without one nobody new hears it. */
	OK(assessment_put(o.amina, uid, &a, &err));
	assert_true(talk_due(uid) > 30 * CLOCK_DAY);
	a.uid = uid_new();
	a.interpreter = "independent";
	OK(assessment_put(o.amina, uid, &a, &err));
}

static void
an_interpreter_by_code(struct uid uid)
{
	struct consent c = release_of(uid);

	OK(consent_add(o.amina, &c, &err));
	assert_true(talk_due(uid) > 30 * CLOCK_DAY);
	c = release_of(uid);
	c.interpreter_code = "INT-9";
	OK(consent_add(o.amina, &c, &err));
}

static void
a_childs_record(struct uid uid)
{
	const struct child_record r = child_record_of(uid);

	OK(child_put(o.amina, &r, &err));
}

static void
another_worker(struct uid uid)
{
	const struct request r = { .uid = uid_new(),
		.case_uid = uid,
		.kind = REQUEST_TRANSFER,
		.to_user = session_user(o.zoya)->uid,
		.to_branch = "",
		.to_ns = "",
		.reason = "speaks the language",
		.words = "" };
	struct request asked;

	OK(transfer_ask(o.amina, &r, &err));
	OK(request_open(o.zoya, uid, r.uid, &arena, &asked, &err));
	OK(request_answer(
	    o.zoya, uid, r.uid, ANSWER_ACCEPT, "", asked.rev, 0, &err));
}

static void
another_risk(struct uid uid)
{
	struct case_file f;

	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	OK(case_set_risk(o.amina, uid, &f.rev, f.risk == 0 ? 1 : 0,
	    "seen again", &arena, NULL, &err));
}

/* Whoever asks anew sees what is new, and nothing else. */
static void
only_changed(struct session *s, struct uid uid, int want)
{
	struct consents all;

	OK(consent_list(s, uid, false, &arena, &all, &err));
	for (int i = 0; i < CONSENT_CHANGES; i++)
		assert_int_equal(all.changed[i], i == want ? now_ms : 0);
}

static void
what_changes_a_yes_asks_about_it_anew(void **state)
{
	static const struct {
		const char *name;
		void (*change)(struct uid);
		enum consent_change what;
	} t[] = { { "Ishani Jayakody", another_interpreter,
		      CONSENT_NEW_INTERPRETER },
		{ "Harsha Jayakody", an_interpreter_by_code,
		    CONSENT_NEW_INTERPRETER },
		{ "Pasan Jayakody", a_childs_record, CONSENT_NEW_CHILD },
		{ "Nuwan Jayakody", another_risk, CONSENT_NEW_RISK },
		{ "Malka Jayakody", another_worker, CONSENT_NEW_WORKER } };

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct uid uid = case_of(o.amina, t[i].name);

		assert_true(talk_due(uid) > 30 * CLOCK_DAY);
		only_changed(o.amina, uid, -1);
		now_ms += CLOCK_HOUR;
		t[i].change(uid);
		assert_in_range(talk_due(uid), 0, 8 * CLOCK_DAY);
		only_changed(t[i].what == CONSENT_NEW_WORKER ? o.zoya : o.amina,
		    uid, (int)t[i].what);
	}
}

/* What stands in the way of a referral to the legal service now. */
static enum egress_why
gate(struct uid uid)
{
	const struct referral r = referral_of(uid, "full");
	struct referrals all;

	OK(referral_add(o.amina, &r, &err));
	OK(referral_list(o.amina, uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &r.uid))
			return all.list[i].blocked;
	fail();
	return EGRESS_WHY_COUNT;
}

/* --- coming of age ---------------------------------------------------------------- */
/* What a guardian agreed to ends with the month the child may be of age. */
static void
harm_11_a_guardians_yes_ends_at_eighteen(void **state)
{
	struct uid uid = case_of(o.amina, "Tharushi Ekanayake");
	struct change birth = { "birth", "2008-11-30" };
	const struct change minor[] = { { "age_band", "15-17" },
		{ "may_be_child", "yes" } };
	struct consent c = release_of(uid);
	struct safe_contact contact;
	struct person p;
	struct case_file f;

	(void)state;
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	OK(case_change(o.amina, uid, &f.rev, minor, 2, &arena, NULL, &err));
	c.given_by = "best_interests";
	c.given_by_why = "her aunt and she want it";
	OK(consent_add(o.amina, &c, &err));
	assert_int_equal(gate(uid), EGRESS_ALLOWED);
	assert_false(release_asks_anew(o.amina, uid));
	OK(person_open(
	    o.amina, uid, "to write it down", &arena, &p, &contact, &err));
	OK(person_change(o.amina, uid, &p.rev, &birth, 1, &arena, NULL, &err));
	/* A few days short of it they are a child, and are asked as one. */
	assert_int_equal(gate(uid), EGRESS_ALLOWED);
	assert_false(release_asks_anew(o.amina, uid));
	now_ms += 9 * CLOCK_DAY; /* 4 December */
	assert_int_equal(gate(uid), EGRESS_AGE);
	/* The list says so, too: no "given" that lets nothing go. */
	assert_true(release_asks_anew(o.amina, uid));
	/* Nobody in their place any more; their own word carries it. */
	c.uid = uid_new();
	c.given_at = now_ms;
	REFUSED(ERR_INPUT, consent_add(o.amina, &c, &err));
	c.given_by = "person";
	c.given_by_why = "";
	OK(consent_add(o.amina, &c, &err));
	assert_int_equal(gate(uid), EGRESS_ALLOWED);
	assert_false(release_asks_anew(o.amina, uid));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_changes_a_yes_asks_about_it_anew, each, each_done),
		cmocka_unit_test_setup_teardown(
		    harm_11_a_guardians_yes_ends_at_eighteen, each, each_done),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
