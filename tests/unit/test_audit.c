/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/audit_write.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;
static struct session *amina;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static struct audit_event
sample(void)
{
	return (struct audit_event){
		.seq = 7,
		.at = 1,
		.hlc = 2,
		.role = "caseworker",
		.terminal = "tty1",
		.action = "case.open",
		.outcome = "done",
		.fields = "a,b",
		.reason = "why",
		.detail = "d",
		.detail_len = 1,
	};
}

/* Whatever is different in an event makes another hash, also where two parts
 * put together would read the same. */
static void
everything_is_in_the_hash(void **state)
{
	struct audit_event e[19];
	uint8_t hash[20][HASH_BYTES];
	size_t n = 0;

	(void)state;
	e[n] = sample();
	e[n++].seq = 8;
	e[n] = sample();
	e[n++].at = 2;
	e[n] = sample();
	e[n++].hlc = 3;
	e[n] = sample();
	e[n++].session.b[15] = 1;
	e[n] = sample();
	e[n++].actor.b[0] = 1;
	e[n] = sample();
	e[n++].sign_key.b[0] = 1;
	e[n] = sample();
	e[n++].role = "auditor";
	e[n] = sample();
	e[n++].terminal = "tty2";
	e[n] = sample();
	e[n++].action = "case.opens";
	e[n] = sample();
	e[n++].outcome = "denied";
	e[n] = sample();
	e[n++].wrote = true;
	e[n] = sample();
	e[n++].case_uid.b[3] = 9;
	e[n] = sample();
	e[n++].object.b[3] = 9;
	e[n] = sample();
	e[n++].fields = "a,bw";
	e[n] = sample();
	e[n++].reason = "hy";
	e[n] = sample();
	e[n++].detail = "e";
	e[n] = sample();
	e[n++].prev[31] = 1;
	/* "a,b" + "why" against "a,bw" + "hy". */
	e[n] = sample();
	e[n].fields = "a,bw";
	e[n++].reason = "hy";
	e[n] = sample();
	e[n++].detail_len = 0;
	for (size_t i = 0; i < n; i++)
		audit_hash(DB_CASES, &e[i], hash[i]);
	e[0] = sample();
	audit_hash(DB_CASES, &e[0], hash[n]);
	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j < i; j++)
			if (memcmp(hash[i], hash[j], HASH_BYTES) == 0)
				fail_msg("%zu and %zu are the same", i, j);
	audit_hash(DB_IDENTITY, &e[0], hash[0]);
	assert_memory_not_equal(hash[0], hash[n], HASH_BYTES);
	audit_hash(DB_CASES, &e[0], hash[0]);
	assert_memory_equal(hash[0], hash[n], HASH_BYTES);
}

static void
head_and_hashes(void **state)
{
	uint8_t head[HASH_BYTES], at[HASH_BYTES];
	uint64_t seq, hlc;
	struct err err;

	(void)state;
	assert_int_equal(audit_head(&amina->cases, &seq, head, &hlc, &err), 0);
	assert_true(seq > 3 && hlc > 0);
	assert_int_equal(audit_hash_at(&amina->cases, seq, at, &err), 1);
	assert_memory_equal(head, at, HASH_BYTES);
	assert_int_equal(audit_hash_at(&amina->cases, seq + 1, at, &err), 0);
	assert_int_equal(audit_hash_at(&amina->cases, 0, at, &err), 0);
}

/* A chain of several people and sessions verifies, in both databases. */
static void
a_true_chain_verifies(void **state)
{
	struct audit_finding f;
	uint64_t seq, hlc;
	uint8_t head[HASH_BYTES];
	struct err err;
	struct session *s;
	struct db *identity;

	(void)state;
	for (int i = 0; i < 3; i++) {
		s = vault_kit_sign_in(&kit, "amina", &err);
		assert_non_null(s);
		session_end(s, SESSION_SIGNED_OUT);
	}
	assert_int_equal(
	    audit_head(&kit.admin->cases, &seq, head, &hlc, &err), 0);
	assert_int_equal(
	    audit_verify(&kit.admin->cases, &kit.admin->cases, &f, &err), 0);
	assert_int_equal(f.fault, AUDIT_GOOD);
	assert_int_equal(f.checked, seq);
	assert_int_equal(session_identity(amina, &identity, &err), 0);
	assert_int_equal(audit_verify(identity, &amina->cases, &f, &err), 0);
	assert_int_equal(f.fault, AUDIT_GOOD);
	assert_true(f.checked >= 1);
	session_identity_close(amina);
}

/* The fence and the triggers: not even by mistake. */
static void
nobody_changes_it_by_mistake(void **state)
{
	static const char *const tries[] = {
		"UPDATE audit SET action = 'x'",
		"DELETE FROM audit WHERE seq = 1",
		"REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		assert_int_equal(
		    db_exec(&amina->cases, tries[i], NO_VALS, NULL, &err), -1);
		db_unfence(&amina->cases);
		assert_int_equal(db_script(&amina->cases, tries[i], &err), -1);
		db_fence(&amina->cases);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_in_the_hash),
		cmocka_unit_test(head_and_hashes),
		cmocka_unit_test(a_true_chain_verifies),
		cmocka_unit_test(nobody_changes_it_by_mistake),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
