/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/record.h"
#include "store/session_inside.h"
#include "store/user.h"
#include "store/user_write.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static bool
find(const char *login, struct user *out, struct arena *a)
{
	struct users list;
	struct err err;

	assert_int_equal(user_list(kit.admin, a, &list, &err), 0);
	for (size_t i = 0; i < list.n; i++)
		if (strcmp(list.list[i].login, login) == 0) {
			*out = list.list[i];
			return true;
		}
	return false;
}

static struct session *
enter(
    const char *login, const char *word, const char *new_word, struct err *err)
{
	struct secret *p = vault_kit_secret(word);
	struct secret *q = new_word == NULL ? NULL : vault_kit_secret(new_word);
	struct session *s = NULL;
	int rc = session_start(&(const struct sign_in){ .vault = kit.dir,
				   .society = kit.society,
				   .login = login,
				   .passphrase = p,
				   .new_passphrase = q },
	    &s, err);

	secret_free(p);
	secret_free(q);
	return rc == 0 ? s : NULL;
}

static void
added_by_code(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct session *s;
	struct db *db;
	struct user u;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	assert_int_equal(user_add(kit.admin, "Amina.K", "Amina K.",
			     ROLE_CASEWORKER, "branch-1", code, &err),
	    0);
	assert_true(find("amina.k", &u, &a));
	assert_string_equal(u.name, "Amina K.");
	assert_string_equal(u.branch, "branch-1");
	assert_int_equal(u.role, ROLE_CASEWORKER);
	assert_true(u.pending);
	assert_true(u.worker_code[0] != '\0');
	assert_int_equal(u.last_sign_in, 0);
	/* Added by somebody who does not hold it: granted later. */
	assert_false(u.has_identity);
	s = enter("amina.k", code, "seven goats on a green hill", &err);
	assert_non_null(s);
	assert_false(session_user(s)->has_identity);
	assert_true(user_waits_for_key(session_user(s)));
	/* It is the key, and not the role. */
	assert_int_equal(session_identity(s, &db, &err), -1);
	assert_non_null(strstr(err.text, "amparo user grant amina.k"));
	session_end(s, SESSION_SIGNED_OUT);
	assert_int_equal(
	    user_grant_identity(kit.supervisor, "amina.k", &err), 0);
	s = enter("amina.k", "seven goats on a green hill", NULL, &err);
	assert_non_null(s);
	assert_true(session_user(s)->has_identity);
	session_end(s, SESSION_SIGNED_OUT);
	arena_done(&a);
}

static void
refused(void **state)
{
	static const struct {
		const char *login, *name, *branch;
		enum err_kind kind;
	} cases[] = {
		{ "x", "X", "branch-1", ERR_INPUT },
		{ "1x", "X", "branch-1", ERR_INPUT },
		{ "x y", "X", "branch-1", ERR_INPUT },
		{ "xy", "", "branch-1", ERR_INPUT },
		{ "xy", "X", "no-such-branch", ERR_INPUT },
		/* A name is shown on terminals, and a line of a list. */
		{ "xy", "E\x1b[31mred", "branch-1", ERR_INPUT },
		{ "xy", "X\nroot\tRoot", "branch-1", ERR_INPUT },
		{ "xy", "X\tadministrator", "branch-1", ERR_INPUT },
		{ "xy", "X\xe2\x80\xaeY", "branch-1", ERR_INPUT },
		{ "xy", "X\xff", "branch-1", ERR_INPUT },
		{ "SUNIL", "X", "branch-1", ERR_CONFLICT },
	};
	char code[ENROL_CODE_SIZE];
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    user_add(kit.admin, cases[i].login, cases[i].name,
			ROLE_CASEWORKER, cases[i].branch, code, &err),
		    -1);
		assert_int_equal(err.kind, cases[i].kind);
	}
	assert_int_equal(user_add(kit.supervisor, "friend", "Friend",
			     ROLE_SUPERVISOR, "branch-1", code, &err),
	    -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(user_disable(kit.admin, "nobody", false, &err), -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	/* Nobody shuts themselves out or lifts themselves up. */
	assert_int_equal(user_disable(kit.admin, "adele", false, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(user_set_role(kit.admin, "adele", ROLE_SUPERVISOR,
			     "branch-1", &err),
	    -1);
	assert_int_equal(err.kind, ERR_INPUT);
}

/* What makes people takes a passphrase given just now. */
static void
the_passphrase_again(void **state)
{
	struct secret *right = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct secret *wrong = vault_kit_secret("not these words, surely");
	char code[ENROL_CODE_SIZE];
	struct err err;

	(void)state;
	kit.admin->auth_until = 0; /* five minutes on */
	assert_int_equal(user_add(kit.admin, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    -1);
	assert_int_equal(err.kind, ERR_AUTH);
	assert_int_equal(session_reauth(kit.admin, wrong, &err), -1);
	assert_int_equal(user_add(kit.admin, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    -1);
	assert_int_equal(session_reauth(kit.admin, right, &err), 0);
	assert_int_equal(user_add(kit.admin, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    0);
	secret_free(right);
	secret_free(wrong);
}

static void
roles_and_the_root(void **state)
{
	struct session *s =
	    vault_kit_user(&kit, "bilal", ROLE_CASEWORKER, "branch-1");
	struct user u;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	assert_true(session_user(s)->has_identity);
	assert_int_equal(user_set_role(kit.admin, "bilal", ROLE_SUPERVISOR,
			     "branch-2", &err),
	    0);
	assert_true(find("bilal", &u, &a));
	assert_int_equal(u.role, ROLE_SUPERVISOR);
	assert_string_equal(u.branch, "branch-2");
	assert_true(u.has_identity);
	/* A role behind the fence loses the root at once. */
	assert_int_equal(
	    user_set_role(kit.admin, "bilal", ROLE_AUDITOR, "branch-2", &err),
	    0);
	assert_true(find("bilal", &u, &a));
	assert_false(u.has_identity);
	assert_int_equal(
	    user_grant_identity(kit.supervisor, "bilal", &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(user_grant_identity(kit.admin, "bilal", &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	vault_kit_end(&kit, &s);
	s = vault_kit_sign_in(&kit, "bilal", &err);
	assert_non_null(s);
	assert_false(session_user(s)->has_identity);
	session_end(s, SESSION_SIGNED_OUT);
	arena_done(&a);
}

static void
out_and_in_again(void **state)
{
	struct session *s =
	    vault_kit_user(&kit, "chitra", ROLE_CASEWORKER, "branch-1");
	char code[ENROL_CODE_SIZE];
	struct user u;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	assert_int_equal(user_disable(kit.admin, "chitra", false, &err), 0);
	assert_null(vault_kit_sign_in(&kit, "chitra", &err));
	assert_int_equal(user_reset(kit.admin, "chitra", code, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(user_enable(kit.admin, "chitra", &err), 0);
	/* Enabled, but nothing opens the old place. */
	assert_null(vault_kit_sign_in(&kit, "chitra", &err));
	assert_int_equal(user_reset(kit.supervisor, "chitra", code, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(user_reset(kit.admin, "chitra", code, &err), 0);
	assert_true(find("chitra", &u, &a));
	assert_true(u.pending);
	assert_false(u.disabled);
	vault_kit_end(&kit, &s);
	s = enter("chitra", code, "eleven carts on the old road", &err);
	assert_non_null(s);
	session_end(s, SESSION_SIGNED_OUT);
	arena_done(&a);
}

/* One administrator alone cannot take the root from everybody. */
static void
harm_14_the_last_who_can_grant_stays(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct session *s, *boss;
	struct user u;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	s = vault_kit_user(&kit, "nadir", ROLE_CASEWORKER, "branch-1");
	assert_int_equal(user_disable(kit.admin, "sunil", false, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_non_null(strstr(err.text, "sunil is the last"));
	assert_non_null(strstr(err.text, "amparo recover"));
	assert_int_equal(user_reset(kit.admin, "sunil", code, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(user_set_role(kit.admin, "sunil", ROLE_CASEWORKER,
			     "branch-1", &err),
	    -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_true(find("sunil", &u, &a));
	assert_true(u.has_identity && !u.disabled && !u.pending);
	/* Another branch takes nothing; nor does any of it from others. */
	assert_int_equal(user_set_role(kit.admin, "sunil", ROLE_SUPERVISOR,
			     "branch-1", &err),
	    0);
	assert_int_equal(user_reset(kit.admin, "nadir", code, &err), 0);
	/* A code that nobody used is no second one. */
	boss = vault_kit_user(&kit, "boss", ROLE_SUPERVISOR, "branch-1");
	assert_int_equal(user_reset(kit.admin, "boss", code, &err), 0);
	assert_int_equal(user_disable(kit.admin, "sunil", false, &err), -1);
	/* With a second one, either may go; then that one is the last. */
	vault_kit_user(&kit, "chief", ROLE_SUPERVISOR, "branch-1");
	assert_int_equal(user_disable(kit.admin, "sunil", false, &err), 0);
	assert_int_equal(user_disable(kit.admin, "chief", false, &err), -1);
	/* Where they must be kept out now. */
	assert_int_equal(user_disable(kit.admin, "chief", true, &err), 0);
	vault_kit_end(&kit, &boss);
	vault_kit_end(&kit, &s);
	arena_done(&a);
}

/* A crash between the keyring and the database leaves a place that is
 * nobody's; adding the person again clears it. */
static void
added_after_a_crash(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct keyring *kr;
	struct session *s;
	struct err err;

	(void)state;
	kit.admin->fault = SQLITE_FULL;
	assert_int_equal(user_add(kit.admin, "dora", "Dora", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    -1);
	assert_int_equal(err.kind, ERR_FULL);
	assert_int_equal(keyring_load(kit.dir, &kr, &err), 0);
	assert_true(keyring_has_login(kr, "dora")); /* the file was first */
	keyring_free(kr);
	assert_int_equal(user_add(kit.admin, "dora", "Dora", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    0);
	s = enter("dora", code, "thirteen oars and a drum", &err);
	assert_non_null(s);
	session_end(s, SESSION_SIGNED_OUT);
}

/* What one wants on one's own screens needs no right and nobody else. */
static void
own_choices(void **state)
{
	struct session *s =
	    vault_kit_user(&kit, "willow", ROLE_CASEWORKER, "branch-1");
	struct err err = { 0 };
	int64_t n = 0;

	(void)state;
	assert_string_equal(session_user(s)->start, "");
	assert_int_equal(user_choose(s, "en", "mono", "cases", &err), 0);
	assert_string_equal(session_user(s)->language, "en");
	assert_string_equal(session_user(s)->theme, "mono");
	assert_string_equal(session_user(s)->start, "cases");
	assert_int_equal(user_choose(s, "xx", "", "", &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_string_equal(session_user(s)->theme, "mono");
	/* The next session has it; nobody else does; it is on the record. */
	vault_kit_end(&kit, &s);
	s = vault_kit_sign_in(&kit, "willow", &err);
	assert_non_null(s);
	assert_string_equal(session_user(s)->theme, "mono");
	session_end(s, SESSION_SIGNED_OUT);
	assert_string_equal(session_user(kit.supervisor)->theme, "");
	assert_int_equal(db_int(&kit.admin->cases,
			     "SELECT count(*) FROM audit "
			     "WHERE action = 'user.choose' AND "
			     "outcome = 'done' AND object = actor",
			     NO_VALS, &n, &err),
	    1);
	assert_int_equal(n, 1);
}

/* Every change of people is an event that says which fields. */
static void
on_the_record(void **state)
{
	static const char *const actions[] = { "user.add", "user.role",
		"user.disable", "user.enable", "user.reset",
		"user.grant-identity" };
	struct err err;
	int64_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		n = 0;
		assert_int_equal(
		    db_int(&kit.admin->cases,
			"SELECT count(*) FROM audit WHERE action = ?1 "
			"AND outcome = 'done' AND object IS NOT NULL",
			VALS(v_str(actions[i])), &n, &err),
		    1);
		if (n == 0)
			fail_msg("no event %s", actions[i]);
	}
	assert_int_equal(db_int(&kit.admin->cases,
			     "SELECT count(*) FROM op WHERE tbl = 'colleague' "
			     "AND field = 'role' AND new = 'auditor'",
			     NO_VALS, &n, &err),
	    1);
	assert_int_equal(n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(added_by_code),
		cmocka_unit_test(refused),
		cmocka_unit_test(the_passphrase_again),
		cmocka_unit_test(roles_and_the_root),
		cmocka_unit_test(out_and_in_again),
		cmocka_unit_test(added_after_a_crash),
		cmocka_unit_test(own_choices),
		cmocka_unit_test(on_the_record),
		/* Last: it shuts the supervisor out. */
		cmocka_unit_test(harm_14_the_last_who_can_grant_stays),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
