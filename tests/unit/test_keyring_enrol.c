/* SPDX-License-Identifier: ISC */
/* One-time codes, resets, leaving. */

#include "keyring_kit.h"

/* The whole of enrolment, with the identity root arriving in between. */
static void
a_code_makes_a_person(void **state)
{
	struct fixture *f = *state;
	struct secret *p = secret_str(PHRASE2), *weak = secret_str("short");
	struct secret *own = secret_str("amina amina2026 password");
	struct unlocked u, again;
	struct uid worker = uid_new();
	char code[ENROL_CODE_SIZE];
	uint8_t old_pk[SIGN_PK_BYTES];
	int64_t expires;
	struct err e;

	assert_int_equal(keyring_enrol(f->kr, &f->founder, "amina", &worker,
			     false, NOW, code, &expires, &e),
	    0);
	assert_int_equal(expires, NOW + INT64_C(72) * 3600 * 1000);
	save(f);
	reload(f);
	assert_int_equal(try_it(f->kr, "amina", PHRASE2), ERR_AUTH);
	/* Typed as people type. */
	for (size_t i = 0; code[i] != '\0'; i++) {
		if (code[i] == '-')
			code[i] = ' ';
		else if (i % 3 == 0)
			code[i] = (char)(code[i] - 'a' + 'A');
	}
	assert_int_equal(unlock(f->kr, "amina", code, NOW, &u), ERR_NONE);
	assert_true(u.must_set_passphrase);
	assert_null(u.identity_root);
	memcpy(old_pk, u.sign_pk, sizeof(old_pk));
	/* Two terminals with the same code. */
	assert_int_equal(unlock(f->kr, "amina", code, NOW, &again), ERR_NONE);
	assert_int_equal(
	    keyring_grant_identity(f->kr, &f->founder, &worker, &e), 0);
	assert_int_equal(keyring_activate(f->kr, &u, "amina", weak, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_int_equal(keyring_activate(f->kr, &u, "amina", own, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_int_equal(keyring_activate(f->kr, &u, "amina", p, &e), 0);
	assert_false(u.must_set_passphrase);
	assert_non_null(u.identity_root);
	assert_memory_not_equal(old_pk, u.sign_pk, sizeof(old_pk));
	save(f);
	reload(f);
	/* Once: neither the code nor what it opened works again. */
	assert_int_equal(try_it(f->kr, "amina", code), ERR_AUTH);
	assert_int_equal(keyring_activate(f->kr, &again, "amina", p, &e), -1);
	assert_int_equal(e.kind, ERR_AUTH);
	assert_int_equal(try_it(f->kr, "amina", PHRASE2), ERR_NONE);
	unlocked_done(&u);
	unlocked_done(&again);
	secret_free(p);
	secret_free(weak);
	secret_free(own);
}

static void
a_code_expires(void **state)
{
	struct fixture *f = *state;
	struct uid worker = uid_new();
	char code[ENROL_CODE_SIZE];
	struct unlocked u;
	struct secret *p;
	int64_t expires;
	struct err e;

	assert_int_equal(keyring_enrol(f->kr, &f->founder, "amina", &worker,
			     true, NOW, code, &expires, &e),
	    0);
	save(f);
	assert_int_equal(
	    unlock(f->kr, "amina", code, expires - 1, &u), ERR_NONE);
	assert_non_null(u.identity_root);
	unlocked_done(&u);
	p = secret_str(code);
	assert_int_equal(
	    keyring_unlock(f->kr, "amina", p, expires, &u, &e), -1);
	assert_int_equal(e.kind, ERR_AUTH);
	assert_non_null(strstr(e.text, "no longer valid"));
	secret_free(p);
	/* A wrong code hears nothing of that. */
	p = secret_str("lusab-babad");
	assert_int_equal(
	    keyring_unlock(f->kr, "amina", p, expires, &u, &e), -1);
	assert_null(strstr(e.text, "no longer valid"));
	secret_free(p);
	/* The date is under the code's own key: later is not longer. */
	slot_of_user(f->kr, &worker)->expires += ENROL_TTL;
	assert_int_equal(unlock(f->kr, "amina", code, NOW, &u), ERR_TAMPERED);
}

/* Signed in with a code that is replaced before the passphrase is chosen. */
static void
a_replaced_code_sets_no_passphrase(void **state)
{
	struct fixture *f = *state;
	struct secret *p = secret_str(PHRASE2);
	char code[ENROL_CODE_SIZE], newer[ENROL_CODE_SIZE];
	struct uid worker = uid_new();
	struct unlocked u;
	int64_t expires;
	struct err e;

	assert_int_equal(keyring_enrol(f->kr, &f->founder, "amina", &worker,
			     true, NOW, code, &expires, &e),
	    0);
	save(f);
	assert_int_equal(unlock(f->kr, "amina", code, NOW, &u), ERR_NONE);
	assert_int_equal(keyring_reset(f->kr, &f->founder, &worker, true, NOW,
			     newer, &expires, &e),
	    0);
	save(f);
	assert_int_equal(keyring_activate(f->kr, &u, "amina", p, &e), -1);
	assert_int_equal(e.kind, ERR_AUTH);
	assert_true(u.must_set_passphrase);
	assert_int_equal(try_it(f->kr, "amina", code), ERR_AUTH);
	assert_int_equal(try_it(f->kr, "amina", newer), ERR_NONE);
	/* Somebody with a code has no passphrase to change. */
	assert_int_equal(
	    keyring_change_passphrase(f->kr, &u, "amina", p, p, &e), -1);
	assert_int_equal(e.kind, ERR_AUTH);
	unlocked_done(&u);
	secret_free(p);
}

static void
a_reset_ends_the_old_passphrase(void **state)
{
	struct fixture *f = *state;
	char code[ENROL_CODE_SIZE];
	struct uid worker, nobody = uid_new();
	uint8_t pk[2][SIGN_PK_BYTES];
	int64_t expires;
	struct err e;

	add(f, "amina", &worker, true);
	assert_int_equal(keyring_sign_pk(f->kr, &worker, pk[0], &e), 0);
	assert_int_equal(keyring_reset(f->kr, &f->founder, &worker, true, NOW,
			     code, &expires, &e),
	    0);
	save(f);
	assert_int_equal(try_it(f->kr, "amina", PHRASE), ERR_AUTH);
	assert_int_equal(try_it(f->kr, "amina", code), ERR_NONE);
	assert_int_equal(keyring_sign_pk(f->kr, &worker, pk[1], &e), 0);
	assert_memory_not_equal(pk[0], pk[1], SIGN_PK_BYTES);
	assert_int_equal(keyring_reset(f->kr, &f->founder, &nobody, true, NOW,
			     code, &expires, &e),
	    -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void
disabled_means_nothing_opens(void **state)
{
	struct fixture *f = *state;
	static const uint8_t zero[SEALED_ROOT];
	char code[ENROL_CODE_SIZE];
	struct unlocked before;
	struct slot_info info;
	struct secret *root;
	struct uid worker;
	int64_t expires;
	struct slot *s;
	struct err e;

	add(f, "amina", &worker, true);
	save(f);
	assert_int_equal(
	    unlock(f->kr, "amina", PHRASE, NOW, &before), ERR_NONE);
	assert_int_equal(keyring_disable(f->kr, &worker, &e), 0);
	save(f);
	reload(f);
	assert_int_equal(try_it(f->kr, "amina", PHRASE), ERR_AUTH);
	assert_int_equal(keyring_find(f->kr, &worker, &info, &e), 0);
	assert_true(info.disabled);
	assert_false(info.identity);
	assert_true(keyring_has_login(f->kr, "amina"));
	/* Not even with the secret key that was in memory before. */
	s = slot_of_user(f->kr, &worker);
	assert_memory_equal(s->root[DB_IDENTITY], zero, SEALED_ROOT);
	assert_int_equal(
	    slot_open_root(f->kr, s, DB_CASES, before.box_key, &root, &e), -1);
	assert_int_equal(
	    keyring_grant_identity(f->kr, &f->founder, &worker, &e), -1);
	/* Clearing the flag in the file brings nothing back. */
	s->flags = 0;
	assert_int_equal(try_it(f->kr, "amina", PHRASE), ERR_AUTH);
	s->flags = FLAG_DISABLED;
	assert_int_equal(keyring_reset(f->kr, &f->founder, &worker, false, NOW,
			     code, &expires, &e),
	    0);
	save(f);
	assert_int_equal(try_it(f->kr, "amina", code), ERR_NONE);
	unlocked_done(&before);
}

static void
removed_means_gone(void **state)
{
	struct fixture *f = *state;
	struct uid a, b, null = { { 0 } };
	struct slot_info info;
	struct err e;

	add(f, "amina", &a, true);
	add(f, "bandara", &b, true);
	assert_int_equal(keyring_count(f->kr), 4);
	assert_int_equal(keyring_remove(f->kr, &a, &e), 0);
	assert_int_equal(keyring_count(f->kr), 3);
	save(f);
	reload(f);
	assert_int_equal(try_it(f->kr, "amina", PHRASE), ERR_AUTH);
	assert_int_equal(try_it(f->kr, "bandara", PHRASE), ERR_NONE);
	assert_int_equal(keyring_find(f->kr, &a, &info, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_int_equal(keyring_remove(f->kr, &a, &e), -1);
	/* The recovery slot belongs to nobody and cannot be taken out. */
	assert_int_equal(keyring_remove(f->kr, &null, &e), -1);
	assert_int_equal(keyring_disable(f->kr, &null, &e), -1);
}

static void
logins_and_policy_are_checked(void **state)
{
	static const struct {
		const char *login;
		bool ok;
	} cases[] = { { "amina", true }, { "Amina.Perera-2_x", true },
		{ "ab", true }, { "a", false }, { "", false }, { "1ab", false },
		{ "amina perera", false }, { "am\xc3\xa9", false },
		{ ".amina", false }, { "amina/..", false }, { "a\n", false },
		{ "abcdefghijklmnopqrstuvwxyzabcdef", true },
		{ "abcdefghijklmnopqrstuvwxyzabcdefg", false } };
	struct fixture *f = *state;
	struct secret *p = secret_str(PHRASE), *weak = secret_str("short");
	struct uid user = uid_new();
	struct err e;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(login_valid(cases[i].login), cases[i].ok);
	assert_int_equal(
	    keyring_add(f->kr, &f->founder, "1ab", &user, false, p, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_int_equal(
	    keyring_add(f->kr, &f->founder, "amina", &user, false, weak, &e),
	    -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_int_equal(
	    keyring_add(f->kr, &f->founder, "ADMIN", &user, false, p, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(
	    keyring_add(f->kr, &f->founder, "other", &f->admin, false, p, &e),
	    -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(keyring_count(f->kr), 2);
	secret_free(p);
	secret_free(weak);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_code_makes_a_person),
		CASE(a_code_expires),
		CASE(a_replaced_code_sets_no_passphrase),
		CASE(a_reset_ends_the_old_passphrase),
		CASE(disabled_means_nothing_opens),
		CASE(removed_means_gone),
		CASE(logins_and_policy_are_checked),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
