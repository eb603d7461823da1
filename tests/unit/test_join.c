/* SPDX-License-Identifier: ISC */
/* One person under two codes: what was known of them under either counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/act.h"
#include "store/child.h"
#include "store/link.h"
#include "store/referral.h"
#include "store/request_inside.h"
#include "../lib/case_kit.h"

#define LEGAL "legal-partner"

static struct office o;
static struct arena arena;
static struct err err;

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	return 0;
}

static int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	assert_true(session_idle(o.amina));
	assert_true(session_idle(o.zoya));
	assert_true(session_idle(o.sunil));
	arena_done(&arena);
	return 0;
}

/* --- two codes ------------------------------------------------------------------- */
/* a is amina's and goes on; b is zoya's. */
struct two {
	struct uid a, b;
};

static struct two
two_codes(const char *name)
{
	return (struct two){ .a = case_of(o.amina, name),
		.b = case_of(o.zoya, name) };
}

static struct case_file
look(struct session *s, struct uid uid)
{
	struct case_file f;

	OK(case_open(s, uid, "to look after it", &arena, &f, &err));
	return f;
}

static struct request
request_of(const struct two *t, const struct request_line *lines, size_t n)
{
	return (struct request){ .uid = uid_new(),
		.case_uid = t->a,
		.other = t->b,
		.reason = "the same paper was shown to both",
		.lines = lines,
		.n_lines = n };
}

/* Every line but those given keeps what the first has. */
static void
join(const struct two *t, const struct request_line *lines, size_t n)
{
	struct request r = request_of(t, lines, n);

	OK(join_ask(o.amina, &r, &err));
	OK(request_answer(o.sunil, t->a, r.uid, ANSWER_ACCEPT, "", 0, &err));
	assert_true(look(o.sunil, t->b).closed);
}

static void
part(const struct two *t)
{
	OK(join_part(o.sunil, t->a, "two sisters", &err));
	assert_false(look(o.zoya, t->b).closed);
}

static void
set(struct session *s, struct uid uid, const char *field, const char *value)
{
	int64_t rev = look(s, uid).rev;

	OK(case_change(s, uid, &rev, &(const struct change){ field, value }, 1,
	    &arena, NULL, &err));
}

static struct uid
agrees(struct session *s, struct uid uid, const char *decision)
{
	struct consent c = release_of(uid);

	c.decision = decision;
	c.given_at = 0;
	OK(consent_add(s, &c, &err));
	return c.uid;
}

/* --- what leaves ------------------------------------------------------------------ */
/* What stands in the way of a referral to the legal service now. */
static enum egress_why
gate(struct session *s, struct uid uid)
{
	struct referral r = { .uid = uid_new(),
		.case_uid = uid,
		.recipient = LEGAL,
		.purpose = "legal_advice",
		.mode = "full",
		.priority = "urgent",
		.reason = "wants to know what she is owed",
		.asked = "",
		.given = "",
		.restrictions = "",
		.risks = "",
		.tell_back = "",
		.copy_safe = "" };
	struct referral_field f;
	struct referrals all;

	for (int i = 0; referral_field(i, &f); i++)
		if (strcmp(f.id, "wants") == 0)
			r.fields |= 1u << i;
	OK(referral_add(s, &r, &err));
	OK(referral_list(s, uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &r.uid))
			return all.list[i].blocked;
	fail();
	return EGRESS_WHY_COUNT;
}

static void
harm_03_a_no_under_the_other_code_stops_a_sending(void **state)
{
	struct two t = two_codes("Ishara Wickrama");
	struct disclosures told;
	struct uid yes;

	(void)state;
	(void)agrees(o.zoya, t.b, "no");
	(void)agrees(o.amina, t.a, "yes");
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	join(&t, NULL, 0);
	assert_int_equal(gate(o.amina, t.a), EGRESS_REFUSED);
	/* Asked again with both in view, they agree; and take it back under
	 * the code that they know. */
	yes = agrees(o.amina, t.a, "yes");
	assert_false(uid_null(&yes));
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	yes = agrees(o.zoya, t.b, "yes");
	OK(consent_withdraw(
	    o.zoya, t.b, yes, uid_new(), "by telephone", &arena, &told, &err));
	assert_int_equal(gate(o.amina, t.a), EGRESS_WITHDRAWN);
	/* Two people after all: each has said what each has said. */
	part(&t);
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	assert_int_equal(gate(o.zoya, t.b), EGRESS_WITHDRAWN);
}

static void
harm_03_a_yes_under_the_other_code_is_asked_anew(void **state)
{
	struct two t = two_codes("Nadeeka Alwis");

	(void)state;
	(void)agrees(o.zoya, t.b, "yes");
	join(&t, NULL, 0);
	assert_int_equal(gate(o.amina, t.a), EGRESS_NOT_ASKED);
}

/* The code that does not go on sends nothing, by consent or without. */
static void
harm_03_nothing_leaves_from_the_code_that_ended(void **state)
{
	struct two t = two_codes("Lakmini Peris");
	struct act life = { .uid = uid_new(),
		.case_uid = t.b,
		.reason = "life",
		.recipient = LEGAL,
		.purpose = "legal_advice",
		.scope = 1u << DATA_NEEDS,
		.words = "he said he would come tonight",
		.legal_ref = "policy 4",
		.told = "yes",
		.told_why = "" };

	(void)state;
	(void)agrees(o.zoya, t.b, "yes");
	assert_int_equal(gate(o.zoya, t.b), EGRESS_ALLOWED);
	join(&t, NULL, 0);
	assert_int_equal(gate(o.zoya, t.b), EGRESS_JOINED);
	REFUSED(ERR_INPUT, act_ask(o.zoya, &life, &err));
	assert_non_null(strstr(err.text, "another code"));
	part(&t);
	assert_int_equal(gate(o.zoya, t.b), EGRESS_ALLOWED);
}

/* --- coming of age ---------------------------------------------------------------- */
/* What a guardian agreed to ends with the month the child may be of age. */
static void
harm_11_a_guardians_yes_ends_at_eighteen(void **state)
{
	struct uid uid = case_of(o.amina, "Tharushi Ekanayake");
	struct change birth = { "birth", "2008-11-30" };
	struct consent c = release_of(uid);
	struct safe_contact contact;
	struct person p;

	(void)state;
	set(o.amina, uid, "age_band", "15-17");
	set(o.amina, uid, "may_be_child", "yes");
	c.given_by = "best_interests";
	c.given_by_why = "her aunt and she want it";
	OK(consent_add(o.amina, &c, &err));
	assert_int_equal(gate(o.amina, uid), EGRESS_ALLOWED);
	OK(person_open(
	    o.amina, uid, "to write it down", &arena, &p, &contact, &err));
	OK(person_change(o.amina, uid, &p.rev, &birth, 1, &arena, NULL, &err));
	assert_int_equal(gate(o.amina, uid), EGRESS_AGE);
	/* Nobody in their place any more; their own word carries it. */
	c.uid = uid_new();
	REFUSED(ERR_INPUT, consent_add(o.amina, &c, &err));
	c.given_by = "person";
	c.given_by_why = "";
	OK(consent_add(o.amina, &c, &err));
	assert_int_equal(gate(o.amina, uid), EGRESS_ALLOWED);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, each, each_done)
	const struct CMUnitTest tests[] = {
		EACH(harm_03_a_no_under_the_other_code_stops_a_sending),
		EACH(harm_03_a_yes_under_the_other_code_is_asked_anew),
		EACH(harm_03_nothing_leaves_from_the_code_that_ended),
		EACH(harm_11_a_guardians_yes_ends_at_eighteen),
	};

	/* 2026-11-24 */
	assert_int_equal(setenv("AMPARO_NOW", "1795478400000", 1), 0);
	return cmocka_run_group_tests(tests, setup, teardown);
}
