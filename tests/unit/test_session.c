/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/audit_write.h"
#include "store/session_inside.h"
#include "store/user.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	(void)vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static int64_t
ask(struct session *s, const char *sql)
{
	struct err err;
	int64_t n = -1;

	assert_int_not_equal(db_int(&s->cases, sql, NO_VALS, &n, &err), -1);
	return n;
}

static int
try_sign_in(const char *login, const char *word, const char *new_word,
    const char *source, struct err *err)
{
	struct secret *p = vault_kit_secret(word);
	struct secret *q = new_word == NULL ? NULL : vault_kit_secret(new_word);
	struct session *s = NULL;
	int rc;

	rc = session_start(&(const struct sign_in){ .vault = kit.dir,
			       .society = kit.society,
			       .login = login,
			       .passphrase = p,
			       .new_passphrase = q,
			       .terminal = "tty1",
			       .source = source },
	    &s, err);
	secret_free(p);
	secret_free(q);
	session_end(s, SESSION_SIGNED_OUT);
	return rc;
}

static void
sign_in_is_on_the_record(void **state)
{
	struct err err;
	struct session *s = vault_kit_sign_in(&kit, "amina", &err);
	char words[64];
	int64_t at, event;

	(void)state;
	assert_non_null(s);
	assert_string_equal(session_user(s)->login, "amina");
	assert_int_equal(session_user(s)->role, ROLE_CASEWORKER);
	assert_true(session_user(s)->has_identity);
	session_last(s, &at, &event, words);
	assert_true(at > 0 && event > 0);
	assert_int_equal(strlen(words), 17); /* three words of five */
	assert_int_equal(ask(s, "SELECT count(*) FROM audit WHERE action = "
				"'session.start' AND terminal = 'test' AND "
				"seq = (SELECT max(seq) FROM audit)"),
	    1);
	session_end(s, SESSION_LOCKED);
	assert_int_equal(
	    ask(kit.admin, "SELECT count(*) FROM audit WHERE action = "
			   "'session.end' AND reason = 'locked' AND seq = "
			   "(SELECT max(seq) FROM audit)"),
	    1);
}

static void
refusals(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(try_sign_in("amina", "not the right words at all",
			     NULL, "refusals", &err),
	    -1);
	assert_int_equal(err.kind, ERR_AUTH);
	/* Nobody of that name: the same words. */
	assert_int_equal(
	    try_sign_in("nobody", VAULT_KIT_PASSPHRASE, NULL, "refusals", &err),
	    -1);
	assert_int_equal(err.kind, ERR_AUTH);
	/* The third try from one place has to wait, also with what is right. */
	assert_int_equal(try_sign_in("amina", "wrong words once again", NULL,
			     "refusals", &err),
	    -1);
	assert_int_equal(try_sign_in("amina", "wrong words for the third", NULL,
			     "refusals", &err),
	    -1);
	assert_int_equal(
	    try_sign_in("amina", VAULT_KIT_PASSPHRASE, NULL, "refusals", &err),
	    -1);
	assert_int_equal(err.kind, ERR_WAIT);
	/* ... and not from another. */
	assert_int_equal(
	    try_sign_in("amina", VAULT_KIT_PASSPHRASE, NULL, "elsewhere", &err),
	    0);
}

static void
no_vault_there(void **state)
{
	char dir[300];
	struct secret *p = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct session *s;
	struct err err;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/none", kit.root);
	assert_int_equal(session_start(&(const struct sign_in){ .vault = dir,
					   .society = kit.society,
					   .login = "amina",
					   .passphrase = p },
			     &s, &err),
	    -1);
	assert_null(s);
	secret_free(p);
}

static void
a_code_wants_a_passphrase(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct users users;
	struct arena a;
	struct err err;

	(void)state;
	assert_int_equal(user_add(kit.admin, "kamal", "Kamal", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    0);
	assert_int_equal(try_sign_in("kamal", code, NULL, "code", &err), -1);
	assert_int_equal(err.kind, ERR_REASON);
	/* It is still good, and a poor passphrase does not use it up. */
	assert_int_equal(
	    try_sign_in("kamal", code, "kamal kamal kamal", "code", &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(try_sign_in("kamal", code,
			     "twelve boats on a slow river", "code", &err),
	    0);
	/* Once. */
	assert_int_equal(try_sign_in("kamal", code,
			     "another boat on the river now", "again", &err),
	    -1);
	assert_int_equal(err.kind, ERR_AUTH);
	assert_int_equal(try_sign_in("KAMAL", "twelve boats on a slow river",
			     NULL, "other", &err),
	    0);
	arena_init(&a);
	assert_int_equal(user_list(kit.admin, &a, &users, &err), 0);
	for (size_t i = 0; i < users.n; i++)
		if (strcmp(users.list[i].login, "kamal") == 0)
			assert_false(users.list[i].pending);
	arena_done(&a);
}

static void
passphrase_changes(void **state)
{
	struct secret *old = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct secret *wrong = vault_kit_secret("these are not the old ones");
	struct secret *poor = vault_kit_secret("amina amina amina");
	struct secret *good = vault_kit_secret("fourteen lamps by the harbour");
	struct err err;
	struct session *s =
	    vault_kit_user(&kit, "ruwan", ROLE_CASEWORKER, "branch-1");

	(void)state;
	assert_int_equal(session_change_passphrase(s, wrong, good, &err), -1);
	assert_int_equal(err.kind, ERR_AUTH);
	assert_int_equal(session_change_passphrase(s, old, poor, &err), 0 - 1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(session_change_passphrase(s, old, good, &err), 0);
	vault_kit_end(&kit, &s);
	assert_null(vault_kit_sign_in(&kit, "ruwan", &err));
	assert_int_equal(try_sign_in("ruwan", "fourteen lamps by the harbour",
			     NULL, "new", &err),
	    0);
	secret_free(old);
	secret_free(wrong);
	secret_free(poor);
	secret_free(good);
}

static void
looking_is_cheap_and_sees_others(void **state)
{
	struct err err;
	bool changed;
	struct session *s = vault_kit_sign_in(&kit, "amina", &err), *t;

	(void)state;
	assert_non_null(s);
	assert_int_equal(session_look(s, &changed, &err), 0);
	assert_int_equal(session_look(s, &changed, &err), 0);
	assert_false(changed);
	t = vault_kit_sign_in(&kit, "amina", &err);
	assert_non_null(t);
	assert_int_equal(session_look(s, &changed, &err), 0);
	assert_true(changed);
	assert_int_equal(session_look(s, &changed, &err), 0);
	assert_false(changed);
	assert_true(session_idle(s));
	session_end(t, SESSION_HUNG_UP);
	session_end(s, SESSION_SIGNED_OUT);
}

/* Disabled: the next look ends it, and so does the next act. */
static void
disabled_at_once(void **state)
{
	struct session *s =
	    vault_kit_user(&kit, "nadia", ROLE_CASEWORKER, "branch-1");
	struct users users;
	struct arena a;
	struct err err;
	bool changed;

	(void)state;
	assert_int_equal(session_look(s, &changed, &err), 0);
	assert_int_equal(user_disable(kit.admin, "nadia", false, &err), 0);
	arena_init(&a);
	assert_int_equal(user_list(s, &a, &users, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	arena_done(&a);
	assert_int_equal(session_look(s, &changed, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_null(vault_kit_sign_in(&kit, "nadia", &err));
	assert_int_equal(err.kind, ERR_AUTH);
}

static void
identity_opens_on_purpose_and_closes(void **state)
{
	struct err err;
	struct session *s = vault_kit_sign_in(&kit, "amina", &err);
	struct db *db;
	bool changed;
	int left;

	(void)state;
	assert_non_null(s);
	assert_false(session_identity_open(s, &left));
	assert_int_equal(session_identity(s, &db, &err), 0);
	assert_true(session_identity_open(s, &left));
	assert_int_equal(left, kit.society->device.identity_close_seconds);
	assert_int_equal(session_look(s, &changed, &err), 0);
	assert_true(session_identity_open(s, &left));
	s->identity_until = clock_boot(); /* its time is over */
	assert_int_equal(session_look(s, &changed, &err), 0);
	assert_false(session_identity_open(s, &left));
	session_end(s, SESSION_SIGNED_OUT);
	/* An administrator never holds its root. */
	assert_int_equal(session_identity(kit.admin, &db, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_false(session_user(kit.admin)->has_identity);
}

static void
idle_means_idle(void **state)
{
	struct session *s = kit.admin;
	sqlite3_stmt *st;
	struct err err;

	(void)state;
	assert_true(session_idle(s));
	st = db_query(&s->cases, "SELECT seq FROM audit", NO_VALS, &err);
	assert_int_equal(db_row(&s->cases, st, &err), 1);
	assert_false(session_idle(s));
	stmt_done(st);
	assert_true(session_idle(s));
	assert_int_equal(db_exec(&s->cases, "BEGIN", NO_VALS, NULL, &err), 0);
	assert_true(session_idle(s)); /* deferred: nothing is held yet */
	assert_int_equal(ask(s, "SELECT count(*) FROM meta") > 0, 1);
	assert_false(session_idle(s));
	assert_int_equal(db_exec(&s->cases, "COMMIT", NO_VALS, NULL, &err), 0);
	assert_true(session_idle(s));
}

static void
what_roles_may(void **state)
{
	(void)state;
	assert_true(session_may(kit.admin, PERM_USER_MANAGE));
	assert_false(session_may(kit.admin, PERM_CASE_READ));
	assert_true(session_may(kit.supervisor, PERM_CASE_READ));
	assert_false(session_may(kit.supervisor, PERM_USER_MANAGE));
}

/* A configuration that changed is an event of its own, once. */
static void
configuration_is_on_the_record(void **state)
{
	static const char sql[] =
	    "SELECT count(*) FROM audit WHERE action = 'config.changed'";
	int64_t before = ask(kit.admin, sql);
	const void *was = kit.society->source;
	char other[] = "something else";
	struct err err;

	(void)state;
	assert_int_equal(before, 1);
	kit.society->source = other;
	kit.society->source_len = sizeof(other);
	for (int i = 0; i < 2; i++)
		assert_int_equal(try_sign_in("amina", VAULT_KIT_PASSPHRASE,
				     NULL, "config", &err),
		    0);
	assert_int_equal(ask(kit.admin, sql), before + 1);
	kit.society->source = was;
}

/* The vault was moved away under a session: nothing is written any more. */
static void
another_vault_in_its_place(void **state)
{
	char aside[300];
	struct err err;
	struct session *s = vault_kit_sign_in(&kit, "amina", &err);
	struct users users;
	struct arena a;
	bool changed;

	(void)state;
	assert_non_null(s);
	(void)snprintf(aside, sizeof(aside), "%s/aside", kit.root);
	assert_int_equal(rename(kit.dir, aside), 0);
	vault_kit_copy(aside, kit.dir);
	arena_init(&a);
	assert_int_equal(user_list(s, &a, &users, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_int_equal(session_look(s, &changed, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	arena_done(&a);
	vault_kit_remove(kit.dir);
	assert_int_equal(rename(aside, kit.dir), 0);
	session_end(s, SESSION_SIGNED_OUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sign_in_is_on_the_record),
		cmocka_unit_test(refusals),
		cmocka_unit_test(no_vault_there),
		cmocka_unit_test(a_code_wants_a_passphrase),
		cmocka_unit_test(passphrase_changes),
		cmocka_unit_test(looking_is_cheap_and_sees_others),
		cmocka_unit_test(disabled_at_once),
		cmocka_unit_test(identity_opens_on_purpose_and_closes),
		cmocka_unit_test(idle_means_idle),
		cmocka_unit_test(what_roles_may),
		cmocka_unit_test(configuration_is_on_the_record),
		cmocka_unit_test(another_vault_in_its_place),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
