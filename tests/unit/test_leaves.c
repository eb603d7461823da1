/* SPDX-License-Identifier: ISC */
/* What leaves, in what words; and what is asked back of those who were told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "../lib/case_kit.h"
#include "base/clock.h"
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

static int
send(struct uid uid, const struct referral *r, struct preview *p)
{
	err_clear(&err);
	return referral_send(
	    o.amina, uid, r->uid, uid_new(), "", NULL, &arena, p, &err);
}

static struct preview
preview(struct uid uid, const struct referral *r)
{
	struct preview p;

	OK(referral_preview(o.amina, uid, r->uid, &arena, &p, &err));
	return p;
}

/* A word that says why somebody is helped is pointed out before it goes; where
 * money is paid it does not go. */
static void
harm_22_no_telling_word_on_a_payment(void **state)
{
	struct uid uid = case_of(o.amina, "Chamari Costa");
	struct consent c = release_of(uid), pay = release_of(uid);
	struct referral r = referral_of(uid, "full"),
			cash = referral_of(uid, "full"),
			plain = referral_of(uid, "full");
	struct preview p;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	r.reason = "wages; she was a Victim of somebody";
	OK(referral_add(o.amina, &r, &err));
	p = preview(uid, &r);
	assert_string_equal(p.why, "");
	assert_non_null(strstr(p.warn, "\"Why\": \"victim\""));
	OK(send(uid, &r, &p));
	pay.purpose = "cash";
	OK(consent_add(o.amina, &pay, &err));
	cash.purpose = plain.purpose = "cash";
	cash.reason = "rent for a survivor";
	OK(referral_add(o.amina, &cash, &err));
	p = preview(uid, &cash);
	assert_non_null(strstr(p.why, "survivor"));
	assert_non_null(strstr(p.why, "Money is paid here"));
	REFUSED(ERR_INPUT, send(uid, &cash, &p));
	assert_non_null(strstr(err.text, "Nothing was sent"));
	plain.reason = "rent for a month";
	OK(referral_add(o.amina, &plain, &err));
	p = preview(uid, &plain);
	assert_string_equal(p.why, "");
	assert_string_equal(p.warn, "");
	OK(send(uid, &plain, &p));
	assert_int_equal(ask_of(o.adele,
			     "SELECT count(*) FROM disclosure WHERE case_uid = "
			     "?1",
			     uid),
	    2);
}

/* What does not go is not looked through. */
static void
only_what_goes_is_warned_of(void **state)
{
	struct uid uid = case_of(o.amina, "Victimia Costa");
	struct consent c = release_of(uid);
	struct referral r = referral_of(uid, "full");

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	r.fields = fields("words", "words");
	OK(referral_add(o.amina, &r, &err));
	assert_string_equal(preview(uid, &r).warn, "");
}

#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_22_no_telling_word_on_a_payment),
		T(only_what_goes_is_warned_of),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
