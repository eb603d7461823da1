/* SPDX-License-Identifier: ISC */
/* An office and a referral in it, for the tests of referrals. */
#ifndef AMPARO_TESTS_REFERRAL_KIT_H
#define AMPARO_TESTS_REFERRAL_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/case_kit.h"
#include "store/referral.h"

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
	o.kit.society->closing.approval = false;
	arena_done(&arena);
	return 0;
}

static unsigned
fields(const char *a, const char *b)
{
	struct referral_field f;
	unsigned set = 0;

	for (int i = 0; referral_field(i, &f); i++)
		if (strcmp(f.id, a) == 0 || strcmp(f.id, b) == 0)
			set |= 1u << i;
	return set;
}

static struct referral
referral_of(struct uid case_uid)
{
	return (struct referral){ .uid = uid_new(),
		.case_uid = case_uid,
		.recipient = "legal-partner",
		.purpose = "legal_advice",
		.mode = "full",
		.priority = "urgent",
		.reason = "wants advice about papers",
		.asked = "an hour of advice",
		.restrictions = "only on Tuesdays",
		.copy_safe = "no",
		.fields = fields("name", "words") };
}

static struct uid
ready(const char *name, struct consent *c, struct referral *r)
{
	struct uid uid = case_of(o.amina, name);

	*c = release_of(uid);
	*r = referral_of(uid);
	OK(consent_add(o.amina, c, &err));
	OK(referral_add(o.amina, r, &err));
	return uid;
}

static struct referral
look(struct uid case_uid, struct uid referral)
{
	struct referrals all;

	OK(referral_list(o.amina, case_uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &referral))
			return all.list[i];
	fail_msg("the referral is not there");
	return (struct referral){ .mode = NULL };
}

#define EACH(f) cmocka_unit_test_setup_teardown(f, each, each_done)

#endif
