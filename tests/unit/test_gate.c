/* SPDX-License-Identifier: ISC */
/* What leaves, against the store: no way round the gate, and what a person
 * who takes something back can count on. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "../lib/case_kit.h"
#include "base/clock.h"
#include "store/act.h"
#include "store/case.h"
#include "store/referral.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static int64_t now_ms = INT64_C(1795597200000);

int64_t
clock_now(void)
{
	return now_ms;
}

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
	arena_done(&arena);
	return 0;
}

/* The set of fields with these names. */
static unsigned
fields(const char *a, const char *b)
{
	struct referral_field f;
	unsigned set = 0;

	for (int i = 0; referral_field(i, &f); i++) {
		if (strcmp(f.id, a) == 0 || strcmp(f.id, b) == 0)
			set |= 1u << i;
	}
	return set;
}

static struct referral
referral_of(struct uid case_uid, const char *mode)
{
	return (struct referral){ .uid = uid_new(),
		.case_uid = case_uid,
		.recipient = "legal-partner",
		.purpose = "legal_advice",
		.mode = mode,
		.priority = "emergency",
		.reason = "wants advice about papers",
		.copy_safe = "no",
		.fields = fields("name", "words") };
}

static struct referral
to_police(struct uid case_uid, const char *mode)
{
	struct referral r = referral_of(case_uid, mode);

	r.recipient = "police";
	r.purpose = "protection";
	r.fields = 0;
	return r;
}

static struct referral
look(struct uid case_uid, struct uid referral)
{
	struct referrals all;

	OK(referral_list(o.amina, case_uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.list[i].uid, &referral))
			return all.list[i];
	}
	fail_msg("the referral is not there");
	return (struct referral){ .mode = NULL };
}

static int64_t
disclosures(struct uid case_uid)
{
	return ask_of(o.adele,
	    "SELECT count(*) FROM disclosure WHERE case_uid = ?1", case_uid);
}

static int
send(struct uid uid, const struct referral *r, struct preview *p)
{
	err_clear(&err);
	return referral_send(
	    o.amina, uid, r->uid, uid_new(), "", NULL, &arena, p, &err);
}

static void
second_agrees(struct uid case_uid, unsigned scope)
{
	struct act a = { .uid = uid_new(),
		.case_uid = case_uid,
		.reason = "life",
		.recipient = "police",
		.purpose = "protection",
		.scope = scope,
		.words = "two men wait at the door",
		.legal_ref = "threat-to-life",
		.told = "yes",
		.told_why = "" };

	OK(act_ask(o.amina, &a, &err));
	OK(act_decide(o.sunil, case_uid, a.uid, uid_new(), true, "", &err));
}

/* A call to the police with nothing read out still says that somebody is
 * here: no tick taken away opens the way round the hard stop. */
static void
harm_03_no_way_round_the_hard_stop_with_nothing_ticked(void **state)
{
	static const char *const modes[] = { "warm", "along", "full" };
	/* One act is for one sending. */
	static const enum egress_why whys[] = { EGRESS_NOT_ASKED,
		EGRESS_ACT_USED, EGRESS_EMPTY };
	struct uid uid = case_of(o.amina, "Nethmi Perera");
	struct disclosed_list left;
	struct preview p;

	(void)state;
	for (size_t i = 0; i < N(modes); i++) {
		struct referral r = to_police(uid, modes[i]);

		OK(referral_add(o.amina, &r, &err));
		assert_int_equal(look(uid, r.uid).blocked, whys[i]);
		REFUSED(ERR_INPUT, send(uid, &r, &p));
		assert_int_equal(disclosures(uid), (int)i);
		if (whys[i] == EGRESS_EMPTY)
			continue;
		second_agrees(uid, data_scope_bit(DATA_NEEDS));
		OK(send(uid, &r, &p));
		for (size_t j = 0; j < p.n; j++)
			assert_false(p.list[j].released);
		OK(disclosure_list(o.amina, uid, &arena, &left, &err));
		assert_int_equal(left.n, i + 1);
		assert_string_equal(left.list[0].act, "life");
		assert_int_equal(
		    left.list[0].scope, data_scope_bit(DATA_NEEDS));
	}
	/* The person going there on their own is theirs to decide. */
	{
		struct referral r = to_police(uid, "info");

		OK(referral_add(o.amina, &r, &err));
		OK(send(uid, &r, &p));
		assert_int_equal(disclosures(uid), 2);
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_03_no_way_round_the_hard_stop_with_nothing_ticked),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
