/* SPDX-License-Identifier: ISC */
/* Second persons and overrides: dated acts, never a right of a role. */

#include <string.h>

#include "office_kit.h"
#include "base/clock.h"
#include "store/act.h"
#include "store/case.h"
#include "store/link.h"
#include "store/referral.h"

static int64_t now_ms = INT64_C(1795597200000);

int64_t
clock_now(void)
{
	return now_ms;
}

#define NAME_NEEDS (data_scope_bit(DATA_NAME) | data_scope_bit(DATA_NEEDS))

static struct act
act_of(struct uid case_uid, const char *reason)
{
	return (struct act){ .uid = uid_new(),
		.case_uid = case_uid,
		.reason = reason,
		.recipient = "police",
		.purpose = "protection",
		.scope = NAME_NEEDS,
		.words = "two men wait at the door, one showed a knife",
		.legal_ref = "threat-to-life",
		.told = "yes",
		.told_why = "" };
}

static struct referral
to_police(struct uid case_uid)
{
	struct referral r = { .uid = uid_new(),
		.case_uid = case_uid,
		.recipient = "police",
		.purpose = "protection",
		.mode = "full",
		.priority = "emergency",
		.reason = "in danger now",
		.asked = "",
		.given = "",
		.restrictions = "",
		.risks = "",
		.tell_back = "",
		.copy_safe = "" };
	struct referral_field f;

	for (int i = 0; referral_field(i, &f); i++)
		if (strcmp(f.id, "name") == 0 || strcmp(f.id, "words") == 0)
			r.fields |= 1u << i;
	return r;
}

static int
send(struct uid case_uid, struct uid referral)
{
	struct preview p;

	err_clear(&err);
	return referral_send(
	    o.amina, case_uid, referral, uid_new(), "", NULL, &arena, &p, &err);
}

static struct act
see(struct session *s, struct uid case_uid, struct uid act)
{
	struct case_file f;
	struct acts all;

	OK(case_open(s, case_uid, "to look at it again", &arena, &f, &err));
	OK(act_list(s, case_uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.list[i].uid, &act))
			return all.list[i];
	}
	fail_msg("the act is not there");
	return (struct act){ .reason = NULL };
}

static struct act
look(struct uid case_uid, struct uid act)
{
	return see(o.amina, case_uid, act);
}

static void
a_yes_needs_a_second_person(void **state)
{
	struct uid uid = case_of(o.amina, "Nadeesha Silva");
	struct consent c = release_of(uid);
	struct act a = act_of(uid, "consent");
	struct referral r = to_police(uid);
	struct disclosed_list left;
	struct uid event = uid_new();

	(void)state;
	OK(referral_add(o.amina, &r, &err));
	/* No yes to carry yet. */
	REFUSED(ERR_INPUT, act_ask(o.amina, &a, &err));
	c.recipient = "police";
	c.purpose = "protection";
	OK(consent_add(o.amina, &c, &err));
	OK(act_ask(o.amina, &a, &err));
	OK(act_ask(o.amina, &a, &err));
	assert_int_equal(send(uid, r.uid), -1);
	assert_non_null(strstr(err.text, "has not decided"));
	assert_int_equal(tasks_of(o.adele, uid, "act-agree"), 1);
	/* Not oneself, not whoever has no say, not twice. */
	REFUSED(ERR_DENIED,
	    act_decide(o.amina, uid, a.uid, uid_new(), true, "", &err));
	REFUSED(ERR_DENIED,
	    act_decide(o.cora, uid, a.uid, uid_new(), true, "", &err));
	OK(act_decide(o.sunil, uid, a.uid, event, true, "", &err));
	OK(act_decide(o.sunil, uid, a.uid, event, true, "", &err));
	assert_int_equal(tasks_of(o.adele, uid, "act-agree"), 0);
	REFUSED(ERR_CONFLICT,
	    act_decide(o.sunil, uid, a.uid, uid_new(), false, "no", &err));
	assert_int_equal(send(uid, r.uid), 0);
	OK(disclosure_list(o.amina, uid, &arena, &left, &err));
	assert_int_equal(left.n, 1);
	assert_string_equal(left.list[0].act, "consent");
	assert_true(left.list[0].consent);
	/* A yes needs no review; it was for one time. */
	assert_int_equal(look(uid, a.uid).review_due, 0);
	r = to_police(uid);
	OK(referral_add(o.amina, &r, &err));
	assert_int_equal(send(uid, r.uid), -1);
	assert_non_null(strstr(err.text, "one time and has been used"));
}

/* What the page of the case says that somebody has to decide. */
static void
waits_on_the_page(struct uid uid, bool agree, bool review)
{
	struct case_file f;

	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_int_equal(f.to_agree, agree);
	assert_int_equal(f.to_review, review);
	assert_false(f.to_find_way);
}

static void
an_override_is_one_dated_act(void **state)
{
	struct uid uid = case_of(o.amina, "Kumari Perera");
	struct act a = act_of(uid, "life"), by_self = act_of(uid, "life");
	struct referral r = to_police(uid);
	struct disclosed_list left;

	(void)state;
	OK(referral_add(o.amina, &r, &err));
	assert_int_equal(send(uid, r.uid), -1);
	/* A supervisor who asks is not the second person. */
	OK(act_ask(o.sunil, &by_self, &err));
	REFUSED(ERR_INPUT,
	    act_decide(o.sunil, uid, by_self.uid, uid_new(), true, "", &err));
	assert_int_equal(send(uid, r.uid), -1);
	waits_on_the_page(uid, true, false);
	OK(act_ask(o.amina, &a, &err));
	OK(act_decide(o.sunil, uid, a.uid, uid_new(), true, "", &err));
	assert_string_equal(look(uid, a.uid).person, "");
	/* Nothing has gone: there is nothing to look at again. */
	assert_false(see(o.sunil, uid, a.uid).reviewable);
	REFUSED(ERR_INPUT,
	    act_review(o.sunil, uid, a.uid, uid_new(), "fine", &err));
	assert_non_null(strstr(err.text, "was not used"));
	now_ms += CLOCK_HOUR;
	assert_int_equal(send(uid, r.uid), 0);
	OK(disclosure_list(o.amina, uid, &arena, &left, &err));
	assert_int_equal(look(uid, a.uid).review_due,
	    now_ms + ACT_REVIEW_HOURS * CLOCK_HOUR);
	assert_string_equal(left.list[0].act, "life");
	assert_false(left.list[0].consent);
	/* For one sending. */
	r = to_police(uid);
	OK(referral_add(o.amina, &r, &err));
	assert_int_equal(send(uid, r.uid), -1);
	assert_non_null(strstr(err.text, "one sending"));
	/* Looked at again, with words, once. */
	REFUSED(
	    ERR_INPUT, act_review(o.sunil, uid, a.uid, uid_new(), " ", &err));
	REFUSED(ERR_DENIED,
	    act_review(o.amina, uid, a.uid, uid_new(), "right", &err));
	assert_true(see(o.sunil, uid, a.uid).reviewable); /* nobody else is */
	waits_on_the_page(uid, true, true);
	OK(act_review(
	    o.sunil, uid, a.uid, uid_new(), "right: she is safe", &err));
	waits_on_the_page(uid, true, false);
	REFUSED(ERR_CONFLICT,
	    act_review(o.sunil, uid, a.uid, uid_new(), "again", &err));
	assert_int_equal(look(uid, a.uid).review_due, 0);
}

/* Who agreed does not look at their own work where anybody else could; what
 * lapsed unused is looked at as well. */
static void
somebody_else_looks_at_it_again(void **state)
{
	struct uid uid = case_of(o.amina, "Piumi Perera");
	struct act a = act_of(uid, "life"), late = act_of(uid, "life"),
		   third = act_of(uid, "life");
	const struct conflict_mark mark = { .uid = uid_new(),
		.case_uid = uid,
		.who = "staff",
		.code = "sara",
		.reason = "their neighbour" };
	struct referral r = to_police(uid);
	struct session *far =
	    vault_kit_user(&o.kit, "faiz", ROLE_SUPERVISOR, "branch-2");
	struct consent c = release_of(uid);
	struct session *sara;

	(void)state;
	c.recipient = "police";
	c.purpose = "protection";
	c.decision = "no";
	c.ask_again = "no";
	OK(consent_add(o.amina, &c, &err));
	OK(referral_add(o.amina, &r, &err));
	OK(act_ask(o.amina, &a, &err));
	assert_string_equal(see(o.sunil, uid, a.uid).person, "refused");
	OK(act_decide(o.sunil, uid, a.uid, uid_new(), true, "", &err));
	assert_int_equal(send(uid, r.uid), 0);
	/* Whoever supervises elsewhere has no say here. */
	assert_true(see(o.sunil, uid, a.uid).reviewable);
	REFUSED(
	    ERR_DENIED, act_review(far, uid, a.uid, uid_new(), "right", &err));
	sara = vault_kit_user(&o.kit, "sara", ROLE_SUPERVISOR, "branch-1");
	assert_false(see(o.sunil, uid, a.uid).reviewable);
	REFUSED(ERR_INPUT,
	    act_review(o.sunil, uid, a.uid, uid_new(), "right", &err));
	assert_non_null(strstr(err.text, "somebody else looks"));
	assert_true(see(sara, uid, a.uid).reviewable);
	OK(act_review(sara, uid, a.uid, uid_new(), "right", &err));
	OK(act_ask(o.amina, &late, &err));
	OK(act_decide(o.sunil, uid, late.uid, uid_new(), true, "", &err));
	assert_false(see(sara, uid, late.uid).reviewable);
	now_ms += ACT_HOURS * CLOCK_HOUR;
	assert_true(see(sara, uid, late.uid).reviewable);
	OK(act_review(sara, uid, late.uid, uid_new(), "not needed", &err));
	/* Whoever has an interest in the case is nobody else. */
	OK(act_ask(o.amina, &third, &err));
	OK(act_decide(o.sunil, uid, third.uid, uid_new(), true, "", &err));
	OK(conflict_mark_add(o.sunil, &mark, &err));
	now_ms += ACT_HOURS * CLOCK_HOUR;
	assert_true(see(o.sunil, uid, third.uid).reviewable);
	OK(act_review(o.sunil, uid, third.uid, uid_new(), "looked", &err));
}

/* Whatever goes there says that the person is known here: what does not cover
 * that could carry nothing. */
static void
an_act_covers_that_they_are_known(void **state)
{
	struct uid uid = case_of(o.amina, "Tharindu Silva");
	struct act a = act_of(uid, "life");

	(void)state;
	a.scope = data_scope_bit(DATA_LOCATION);
	REFUSED(ERR_INPUT, act_ask(o.amina, &a, &err));
	assert_non_null(strstr(err.text, "known to us"));
	assert_non_null(strstr(err.text, label_of(&o.kit.society->data_scopes,
					     data_scope_name(DATA_NEEDS))));
	a.scope |= data_scope_bit(DATA_NEEDS);
	OK(act_ask(o.amina, &a, &err));
}

static void
what_was_agreed_to_grows_old(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct act a = act_of(uid, "life");
	struct referral r = to_police(uid);

	(void)state;
	OK(referral_add(o.amina, &r, &err));
	OK(act_ask(o.amina, &a, &err));
	OK(act_decide(o.sunil, uid, a.uid, uid_new(), true, "", &err));
	now_ms += ACT_HOURS * CLOCK_HOUR;
	assert_int_equal(send(uid, r.uid), -1);
	assert_non_null(strstr(err.text, "more than a day old"));
	assert_int_equal(
	    ask_of(o.adele,
		"SELECT count(*) FROM disclosure WHERE case_uid = ?1", uid),
	    0);
}

static void
what_cannot_be_asked(void **state)
{
	static const struct {
		const char *reason, *recipient, *words, *legal, *told, *says;
		unsigned scope;
	} rows[] = {
		{ "role", "police", "w", "", "yes", "reason", 2 },
		{ "life", "police", " ", "policy-4", "yes",
		    "no reason in words", 2 },
		{ "life", "police", "w", "policy-4", "",
		    "neither that the person", 2 },
		{ "life", "police", "w", "policy-4", "no",
		    "neither that the person", 2 },
		{ "life", "media", "w", "policy-4", "yes", "never reaches", 2 },
		{ "life", "police", "w", "policy-4", "yes", "Tick", 0 },
		{ "life", "police", "w", "policy-4", "yes",
		    "more than this reason", 1u << DATA_ACCOUNT },
		{ "law", "child-protection", "w", "child-at-risk", "yes",
		    "No duty of this country", 2 },
		/* No override without its law, order or policy. */
		{ "life", "police", "w", " ", "yes", "No duty", 2 },
		{ "court", "police", "w", "", "yes", "No duty", 2 },
		{ "child", "police", "w", "", "yes", "No duty", 2 },
		{ "life", "nowhere", "w", "policy-4", "yes", "No organisation",
		    2 },
	};
	struct uid uid = case_of(o.amina, "Hasini Bandara");

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct act a = act_of(uid, rows[i].reason);

		a.recipient = rows[i].recipient;
		a.words = rows[i].words;
		a.legal_ref = rows[i].legal;
		a.told = rows[i].told;
		a.scope = rows[i].scope;
		REFUSED(ERR_INPUT, act_ask(o.amina, &a, &err));
		if (strstr(err.text, rows[i].says) == NULL)
			fail_msg("row %zu: %s", i, err.text);
	}
	{
		struct consent c = release_of(uid);
		struct act a = act_of(uid, "life");

		OK(consent_add(o.amina, &c, &err));
		a.recipient = "legal-partner";
		a.purpose = "legal_advice";
		REFUSED(ERR_INPUT, act_ask(o.amina, &a, &err));
		assert_non_null(strstr(err.text, "Nobody has to agree"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_yes_needs_a_second_person),
		T(an_override_is_one_dated_act),
		T(what_cannot_be_asked),
		/* Adds to the office: last. */
		T(what_was_agreed_to_grows_old),
		T(somebody_else_looks_at_it_again),
		T(an_act_covers_that_they_are_known),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
