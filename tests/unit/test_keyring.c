/* SPDX-License-Identifier: ISC */
/* Signing in, and who opens what. */
#include <time.h>

#include "keyring_kit.h"
#include "vault/recovery.h"

static void
a_passphrase_gives_back_the_roots(void **state)
{
	struct fixture *f = *state;
	uint8_t sig[SIGNATURE_BYTES], pk[SIGN_PK_BYTES];
	struct uid worker;
	struct unlocked u;
	struct err e;

	add(f, "amina", &worker, true);
	save(f);
	reload(f);
	assert_int_equal(unlock(f->kr, "amina", PHRASE, NOW, &u), ERR_NONE);
	assert_true(uid_eq(&u.user, &worker));
	assert_true(secret_eq(u.case_root, f->founder.case_root));
	assert_true(secret_eq(u.identity_root, f->founder.identity_root));
	assert_false(secret_eq(u.case_root, u.identity_root));
	assert_false(u.must_set_passphrase);
	sign_bytes(u.sign_key, "event", 5, sig);
	assert_int_equal(keyring_sign_pk(f->kr, &worker, pk, &e), 0);
	assert_true(sign_verify(pk, "event", 5, sig));
	assert_memory_equal(pk, u.sign_pk, sizeof(pk));
	unlocked_done(&u);
	unlocked_done(&u);
	/* Capital letters are the same login. */
	assert_int_equal(try_it(f->kr, "AMINA", PHRASE), ERR_NONE);
}

static void
wrong_ones_get_one_answer(void **state)
{
	struct fixture *f = *state;
	struct secret *p = secret_str("boots under the stair");
	struct unlocked u;
	struct err a, b;

	assert_int_equal(try_it(f->kr, "admin", PHRASE2), ERR_AUTH);
	assert_int_equal(try_it(f->kr, "admin", ""), ERR_AUTH);
	assert_int_equal(try_it(f->kr, "admin", PHRASE " "), ERR_AUTH);
	assert_int_equal(try_it(f->kr, "", PHRASE), ERR_AUTH);
	assert_int_equal(
	    try_it(f->kr, "a-login-that-is-much-longer-than-any-may-be-here",
		PHRASE),
	    ERR_AUTH);
	assert_int_equal(keyring_unlock(f->kr, "admin", p, NOW, &u, &a), -1);
	assert_int_equal(keyring_unlock(f->kr, "nobody", p, NOW, &u, &b), -1);
	assert_string_equal(a.text, b.text);
	assert_int_equal(a.kind, b.kind);
	secret_free(p);
	assert_int_equal(
	    try_it(f->kr, "admin", "\xff\xfe not text"), ERR_INPUT);
	assert_int_equal(
	    try_it(f->kr, "nobody", "\xff\xfe not text"), ERR_INPUT);
}

/* CPU time of one try, ms. */
static double
cost_of(struct keyring *kr, const char *login)
{
	clock_t start = clock();

	assert_int_equal(try_it(kr, login, PHRASE2), ERR_AUTH);
	return (double)(clock() - start) * 1000.0 / CLOCKS_PER_SEC;
}

static void
an_unknown_login_costs_as_much(void **state)
{
	struct fixture *f = *state;
	double known = 1e9, unknown = 1e9;

	/* The least of five, so that a busy machine does not matter. */
	for (int i = 0; i < 5; i++) {
		double k = cost_of(f->kr, "admin");
		double u = cost_of(f->kr, "nobody");

		known = k < known ? k : known;
		unknown = u < unknown ? u : unknown;
	}
	if (unknown < known * 0.6 || unknown > known * 1.6)
		fail_msg("known %.1f ms, unknown %.1f ms", known, unknown);
}

static void
harm_12_an_administrator_never_opens_identity(void **state)
{
	struct fixture *f = *state;
	struct unlocked admin, other;
	struct uid worker, fake;
	char code[ENROL_CODE_SIZE];
	int64_t expires;
	struct secret *p;
	struct err e;

	add(f, "amina", &worker, true);
	save(f);
	reload(f);
	assert_int_equal(unlock(f->kr, "admin", PHRASE, NOW, &admin), ERR_NONE);
	assert_non_null(admin.case_root);
	assert_null(admin.identity_root);
	/* Not by handing on what they do not hold, */
	fake = uid_new();
	p = secret_str(PHRASE);
	assert_int_equal(
	    keyring_add(f->kr, &admin, "second", &fake, true, p, &e), -1);
	assert_int_equal(e.kind, ERR_DENIED);
	assert_int_equal(keyring_enrol(f->kr, &admin, "second", &fake, true,
			     NOW, code, &expires, &e),
	    -1);
	assert_int_equal(e.kind, ERR_DENIED);
	assert_int_equal(
	    keyring_grant_identity(f->kr, &admin, &f->admin, &e), -1);
	assert_int_equal(e.kind, ERR_DENIED);
	assert_int_equal(keyring_reset(f->kr, &admin, &worker, true, NOW, code,
			     &expires, &e),
	    -1);
	assert_int_equal(e.kind, ERR_DENIED);
	/* and not by becoming the colleague: a reset takes it away. */
	assert_int_equal(keyring_reset(f->kr, &admin, &worker, false, NOW, code,
			     &expires, &e),
	    0);
	assert_int_equal(unlock(f->kr, "amina", code, NOW, &other), ERR_NONE);
	assert_null(other.identity_root);
	unlocked_done(&other);
	unlocked_done(&admin);
	secret_free(p);
}

/* Nor by writing into the keyring what is not for them. */
static void
harm_12_a_copied_box_opens_nothing(void **state)
{
	struct fixture *f = *state;
	struct unlocked admin;
	struct uid worker;
	struct secret *root;
	struct slot *mine, *theirs;
	struct err e;

	add(f, "amina", &worker, true);
	save(f);
	assert_int_equal(unlock(f->kr, "admin", PHRASE, NOW, &admin), ERR_NONE);
	/* A colleague's box copied into their own slot, */
	mine = slot_of_user(f->kr, &f->admin);
	theirs = slot_of_user(f->kr, &worker);
	memcpy(mine->root[DB_IDENTITY], theirs->root[DB_IDENTITY], SEALED_ROOT);
	mine->flags |= FLAG_IDENTITY;
	assert_int_equal(
	    slot_open_root(f->kr, mine, DB_IDENTITY, admin.box_key, &root, &e),
	    -1);
	assert_null(root);
	/* or the case root passed off as the other. */
	memcpy(mine->root[DB_IDENTITY], mine->root[DB_CASES], SEALED_ROOT);
	assert_int_equal(
	    slot_open_root(f->kr, mine, DB_IDENTITY, admin.box_key, &root, &e),
	    -1);
	assert_int_equal(
	    slot_seal_root(f->kr, mine, DB_IDENTITY, admin.case_root, &e), 0);
	assert_int_equal(
	    slot_open_root(f->kr, mine, DB_IDENTITY, admin.box_key, &root, &e),
	    -1);
	assert_int_equal(e.kind, ERR_TAMPERED);
	unlocked_done(&admin);
}

static void
a_supervisor_hands_the_identity_root_on(void **state)
{
	struct fixture *f = *state;
	struct unlocked sup, u;
	struct uid supervisor, worker;
	struct slot_info info;
	struct err e;

	add(f, "sunil", &supervisor, true);
	add(f, "amina", &worker, false);
	save(f);
	reload(f);
	assert_int_equal(unlock(f->kr, "sunil", PHRASE, NOW, &sup), ERR_NONE);
	assert_int_equal(keyring_grant_identity(f->kr, &sup, &worker, &e), 0);
	save(f);
	reload(f);
	assert_int_equal(unlock(f->kr, "amina", PHRASE, NOW, &u), ERR_NONE);
	assert_non_null(u.identity_root);
	assert_true(secret_eq(u.identity_root, f->founder.identity_root));
	unlocked_done(&u);
	assert_int_equal(keyring_revoke_identity(f->kr, &worker, &e), 0);
	save(f);
	reload(f);
	assert_int_equal(keyring_find(f->kr, &worker, &info, &e), 0);
	assert_false(info.identity);
	assert_int_equal(unlock(f->kr, "amina", PHRASE, NOW, &u), ERR_NONE);
	assert_null(u.identity_root);
	unlocked_done(&u);
	unlocked_done(&sup);
	worker = uid_new();
	assert_int_equal(
	    keyring_grant_identity(f->kr, &f->founder, &worker, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void
changing_a_passphrase_touches_one_slot(void **state)
{
	struct fixture *f = *state;
	struct secret *old = secret_str(PHRASE), *new_one = secret_str(PHRASE2);
	struct secret *weak = secret_str("123456789012345");
	struct kdf_cost more = { .passes = 2, .mib = 46 };
	struct slot before, other;
	struct slot_info info;
	struct unlocked u, now;
	struct uid worker;
	struct err e;

	add(f, "amina", &worker, true);
	save(f);
	assert_int_equal(unlock(f->kr, "amina", PHRASE, NOW, &u), ERR_NONE);
	before = *slot_of_user(f->kr, &worker);
	other = *slot_of_user(f->kr, &f->admin);
	assert_int_equal(
	    keyring_change_passphrase(f->kr, &u, "amina", new_one, new_one, &e),
	    -1);
	assert_int_equal(e.kind, ERR_AUTH);
	assert_int_equal(
	    keyring_change_passphrase(f->kr, &u, "amina", old, weak, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_memory_equal(
	    &before, slot_of_user(f->kr, &worker), sizeof(before));
	assert_int_equal(keyring_set_cost(f->kr, more, &e), 0);
	assert_int_equal(
	    keyring_change_passphrase(f->kr, &u, "amina", old, new_one, &e), 0);
	assert_memory_equal(
	    &other, slot_of_user(f->kr, &f->admin), sizeof(other));
	save(f);
	reload(f);
	assert_int_equal(try_it(f->kr, "amina", PHRASE), ERR_AUTH);
	assert_int_equal(unlock(f->kr, "amina", PHRASE2, NOW, &now), ERR_NONE);
	assert_true(secret_eq(now.sign_key, u.sign_key));
	assert_true(secret_eq(now.box_key, u.box_key));
	assert_true(secret_eq(now.identity_root, u.identity_root));
	assert_int_equal(keyring_find(f->kr, &worker, &info, &e), 0);
	assert_int_equal(info.cost.passes, 2);
	/* It is never made cheaper again. */
	assert_int_equal(keyring_set_cost(f->kr, kit_cheap(), &e), 0);
	assert_int_equal(
	    keyring_change_passphrase(f->kr, &now, "amina", new_one, old, &e),
	    0);
	assert_int_equal(keyring_find(f->kr, &worker, &info, &e), 0);
	assert_int_equal(info.cost.passes, 2);
	unlocked_done(&u);
	unlocked_done(&now);
	secret_free(old);
	secret_free(new_one);
	secret_free(weak);
}

static void
the_recovery_key_opens_both_roots(void **state)
{
	struct fixture *f = *state;
	struct secret *fresh = secret_random(RECOVERY_BYTES);
	char code[ENROL_CODE_SIZE];
	struct unlocked u, back;
	int64_t expires;
	struct err e;

	assert_int_equal(
	    keyring_unlock_recovery(f->kr, f->recovery, &u, &e), 0);
	assert_true(uid_null(&u.user));
	assert_true(secret_eq(u.case_root, f->founder.case_root));
	assert_true(secret_eq(u.identity_root, f->founder.identity_root));
	/* It can let somebody in again. */
	assert_int_equal(
	    keyring_reset(f->kr, &u, &f->admin, true, NOW, code, &expires, &e),
	    0);
	save(f);
	assert_int_equal(unlock(f->kr, "admin", code, NOW, &back), ERR_NONE);
	assert_non_null(back.identity_root);
	unlocked_done(&back);
	unlocked_done(&u);
	/* Another 32 bytes are not it; put in its place, they alone are. */
	assert_int_equal(keyring_unlock_recovery(f->kr, fresh, &u, &e), -1);
	assert_int_equal(e.kind, ERR_AUTH);
	assert_int_equal(
	    keyring_renew_recovery(f->kr, &f->founder, fresh, &e), 0);
	save(f);
	assert_int_equal(
	    keyring_unlock_recovery(f->kr, f->recovery, &u, &e), -1);
	assert_int_equal(e.kind, ERR_AUTH);
	assert_int_equal(keyring_unlock_recovery(f->kr, fresh, &u, &e), 0);
	assert_true(secret_eq(u.identity_root, f->founder.identity_root));
	/* Who does not hold both roots cannot make one. */
	secret_free(u.identity_root);
	u.identity_root = NULL;
	assert_int_equal(keyring_renew_recovery(f->kr, &u, fresh, &e), -1);
	assert_int_equal(e.kind, ERR_DENIED);
	unlocked_done(&u);
	secret_free(fresh);
}

/* What the next passphrase costs is the file's, so that who comes later is as
 * safe, and a login that is not there takes as long. */
static void
the_cost_stays_with_the_vault(void **state)
{
	struct fixture *f = *state;
	const struct kdf_cost more = { .passes = 2, .mib = 47 };
	struct slot_info info;
	struct uid worker;
	struct err e;

	assert_int_equal(keyring_set_cost(f->kr, more, &e), 0);
	save(f);
	reload(f);
	assert_int_equal(f->kr->cost.passes, 2);
	assert_int_equal(f->kr->cost.mib, 47);
	add(f, "amina", &worker, false);
	assert_int_equal(keyring_find(f->kr, &worker, &info, &e), 0);
	assert_int_equal(info.cost.passes, 2);
	assert_int_equal(info.cost.mib, 47);
}

static void
a_passphrase_costs_what_the_machine_bears(void **state)
{
	static const struct {
		int64_t ms;
		uint64_t ram;
		uint32_t mib;
	} rows[] = {
		{ 100, 8192, 256 },
		{ 250, 8192, 256 },
		{ 251, 8192, 128 },
		{ 500, 8192, 128 },
		{ 501, 8192, 64 },
		{ 9000, 8192, 64 },
		{ 0, 2048, 256 },
		{ 0, 2047, 128 },
		{ 0, 1023, 64 },
		{ 0, 1, 64 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct kdf_cost c = kdf_choose(rows[i].ms, rows[i].ram);

		assert_int_equal(c.passes, KDF_PASSES);
		assert_int_equal(c.mib, rows[i].mib);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_passphrase_gives_back_the_roots),
		CASE(wrong_ones_get_one_answer),
		CASE(an_unknown_login_costs_as_much),
		CASE(harm_12_an_administrator_never_opens_identity),
		CASE(harm_12_a_copied_box_opens_nothing),
		CASE(a_supervisor_hands_the_identity_root_on),
		CASE(changing_a_passphrase_touches_one_slot),
		CASE(the_recovery_key_opens_both_roots),
		CASE(the_cost_stays_with_the_vault),
		CASE(a_passphrase_costs_what_the_machine_bears),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
