/* SPDX-License-Identifier: ISC */
/* Every passphrase is lost: the recovery key lets two people in again. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "../lib/vault_kit.h"
#include "store/session_inside.h"
#include "store/user.h"
#include "vault/recovery.h"

#define OLD "seven grey herons over the lagoon"
#define NEW "a green kettle under nine bridges"

static struct vault_kit kit; /* for its society and its directory */
static char dir[300];
static struct secret *key; /* of the vault in dir */
static struct recovered last; /* what the last recover() found */

static struct session *
sign_in(
    const char *login, const char *word, const char *new_word, struct err *err)
{
	struct secret *p = vault_kit_secret(word);
	struct secret *q = new_word == NULL ? NULL : vault_kit_secret(new_word);
	struct session *s = NULL;
	int rc = session_start(&(const struct sign_in){ .vault = dir,
				   .society = kit.society,
				   .login = login,
				   .passphrase = p,
				   .new_passphrase = q,
				   .terminal = "test",
				   .source = "kit" },
	    &s, err);

	secret_free(p);
	secret_free(q);
	return rc == 0 ? s : NULL;
}

static void
must_sign_in(
    const char *login, const char *word, const char *new_word, bool identity)
{
	struct err err;
	struct session *s = sign_in(login, word, new_word, &err);

	if (s == NULL)
		fail_msg("%s: %s", login, err.text);
	assert_int_equal(session_holds_identity(s), identity);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
must_be_refused(const char *login, const char *word)
{
	struct err err;

	assert_null(sign_in(login, word, NULL, &err));
	assert_int_equal(err.kind, ERR_AUTH);
}

static int
open_kit(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	return 0;
}

static int
close_kit(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

/* A vault with an administrator, a supervisor and a caseworker. */
static int
setup(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct secret *p;
	struct session *s;
	struct err err;

	(void)state;
	p = vault_kit_secret(OLD);
	(void)snprintf(dir, sizeof(dir), "%s/lost", kit.root);
	assert_int_equal(vault_init_make(&(const struct vault_init){ .dir = dir,
					     .society = kit.society,
					     .admin_login = "adele",
					     .admin_name = "A",
					     .admin_passphrase = p,
					     .supervisor_login = "sunil",
					     .supervisor_name = "S",
					     .branch = "branch-1" },
			     &key, code, &err),
	    0);
	secret_free(p);
	must_sign_in("sunil", code, OLD, true);
	s = sign_in("adele", OLD, NULL, &err);
	assert_non_null(s);
	assert_int_equal(user_add(s, "amina", "Amina", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    0);
	session_end(s, SESSION_SIGNED_OUT);
	must_sign_in("amina", code, OLD, false);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	secret_free(key);
	key = NULL;
	vault_kit_remove(dir);
	return 0;
}

static int
recover(const char *admin, const char *supervisor, const char *word,
    struct secret *with, struct secret *fresh, char code[ENROL_CODE_SIZE],
    struct err *err)
{
	struct secret *p = vault_kit_secret(word);
	struct recovered done;
	int rc = vault_recover(&(const struct vault_recover){ .dir = dir,
				   .society = kit.society,
				   .key = with,
				   .new_key = fresh,
				   .admin_login = admin,
				   .admin_name = "A second",
				   .admin_passphrase = p,
				   .supervisor_login = supervisor,
				   .supervisor_name = "S second",
				   .branch = "branch-1" },
	    code, &done, err);

	assert_int_equal(done.renewed, rc == 0);
	last = done;
	if (rc == -1)
		assert_int_equal(code[0], '\0');
	secret_free(p);
	return rc;
}

static void
nothing_is_wrong(const char *login, const char *word)
{
	struct findings found;
	struct arena a;
	struct err err;
	struct session *s = sign_in(login, word, NULL, &err);

	assert_non_null(s);
	arena_init(&a);
	if (vault_verify(s, &a, &found, &err) == -1)
		fail_msg("verify: %s", err.text);
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].bad)
			fail_msg("%s", found.list[i].what);
	arena_done(&a);
	session_end(s, SESSION_SIGNED_OUT);
}

/* On paper, in parts, and back: as somebody would on that day. */
static struct secret *
from_paper(const struct secret *k, int a, int b)
{
	struct secret *part[SHARES], *got[2], *text, *back = NULL;
	const int which[] = { a, b };
	struct err err;

	share_split(k, part);
	for (int i = 0; i < 2; i++) {
		text = recovery_text(part[which[i]]);
		assert_int_equal(recovery_parse(text, &got[i], &err), 0);
		secret_free(text);
	}
	assert_int_equal(share_join(got[0], got[1], &back, &err), 0);
	for (int i = 0; i < SHARES; i++)
		secret_free(part[i]);
	secret_free(got[0]);
	secret_free(got[1]);
	return back;
}

static void
the_same_people_come_back(void **state)
{
	struct secret *fresh = secret_random(RECOVERY_BYTES);
	struct secret *with = from_paper(key, 2, 0);
	char code[ENROL_CODE_SIZE];
	struct err err;
	int64_t n = 0;
	struct session *s;

	(void)state;
	assert_int_equal(vault_recovery_check(dir, with, &err), 0);
	assert_int_equal(
	    recover("adele", "SUNIL", NEW, with, fresh, code, &err), 0);
	assert_false(last.alone);
	must_be_refused("adele", OLD);
	must_be_refused("sunil", OLD);
	must_sign_in("adele", NEW, NULL, false);
	must_sign_in("sunil", code, NEW, true);
	must_sign_in("amina", OLD, NULL, false);
	nothing_is_wrong("sunil", NEW);
	/* It is on the record, and nobody is there twice. */
	s = sign_in("adele", NEW, NULL, &err);
	assert_non_null(s);
	assert_int_equal(db_int(&s->cases,
			     "SELECT count(*) FROM audit WHERE action = "
			     "'vault.recover'",
			     NO_VALS, &n, &err),
	    1);
	assert_int_equal(n, 1);
	assert_int_equal(db_int(&s->cases, "SELECT count(*) FROM colleague",
			     NO_VALS, &n, &err),
	    1);
	assert_int_equal(n, 3);
	session_end(s, SESSION_SIGNED_OUT);
	/* The parts that were brought together are used up. */
	assert_int_equal(vault_recovery_check(dir, key, &err), -1);
	assert_int_equal(err.kind, ERR_AUTH);
	assert_int_equal(vault_recovery_check(dir, fresh, &err), 0);
	secret_free(with);
	secret_free(fresh);
}

static void
others_come_in_their_place(void **state)
{
	struct secret *fresh = secret_random(RECOVERY_BYTES);
	char code[ENROL_CODE_SIZE];
	struct err err;
	struct session *s;

	(void)state;
	/* The supervisor of old had been disabled. */
	s = sign_in("adele", OLD, NULL, &err);
	assert_non_null(s);
	assert_int_equal(user_disable(s, "sunil", true, &err), 0);
	session_end(s, SESSION_SIGNED_OUT);
	must_be_refused("sunil", OLD);
	assert_int_equal(
	    recover("adaeze", "sunil", NEW, key, fresh, code, &err), 0);
	must_sign_in("adaeze", NEW, NULL, false);
	must_sign_in("sunil", code, NEW, true);
	must_sign_in("adele", OLD, NULL, false);
	nothing_is_wrong("adaeze", NEW);
	secret_free(fresh);
}

static void
what_is_refused_changes_nothing(void **state)
{
	struct secret *fresh = secret_random(RECOVERY_BYTES);
	struct secret *wrong = secret_random(RECOVERY_BYTES);
	char code[ENROL_CODE_SIZE];
	struct err err;

	(void)state;
	assert_int_equal(
	    recover("adele", "sunil", NEW, wrong, fresh, code, &err), -1);
	assert_int_equal(err.kind, ERR_AUTH);
	/* Not the role that is asked for. */
	assert_int_equal(
	    recover("amina", "sunil", NEW, key, fresh, code, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(
	    recover("adele", "amina", NEW, key, fresh, code, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	/* One person twice. */
	assert_int_equal(
	    recover("nadia", "nadia", NEW, key, fresh, code, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(
	    recover("adele", "x", NEW, key, fresh, code, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(
	    recover("adele", "sunil", "short", key, fresh, code, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	must_sign_in("adele", OLD, NULL, false);
	must_sign_in("sunil", OLD, NULL, true);
	assert_int_equal(vault_recovery_check(dir, key, &err), 0);
	nothing_is_wrong("sunil", OLD);
	secret_free(fresh);
	secret_free(wrong);
}

/* --- a vault that lets nobody in -------------------------------------------------- */
static void
copy_file(const char *from, const char *to)
{
	char a[400], b[400], block[65536];
	ssize_t n;
	int in, out;

	(void)snprintf(a, sizeof(a), "%s/%s", dir, from);
	(void)snprintf(b, sizeof(b), "%s/%s", dir, to);
	in = open(a, O_RDONLY);
	out = open(b, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, block, sizeof(block))) > 0)
		assert_int_equal(write(out, block, (size_t)n), n);
	assert_int_equal(close(in) + close(out), 0);
}

/* What the event says, where it is the newest of its kind. */
static void
reason_says(const char *login, const char *word, const char *says)
{
	struct session *s;
	struct err err;
	int64_t n = 0;

	s = sign_in(login, word, NULL, &err);
	assert_non_null(s);
	assert_int_equal(
	    db_int(&s->cases,
		"SELECT count(*) FROM audit WHERE action = 'vault.recover' "
		"AND instr(reason, ?1) > 0",
		VALS(v_str(says)), &n, &err),
	    1);
	assert_int_equal(n, 1);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
enrol(const char *login, enum role role)
{
	char code[ENROL_CODE_SIZE];
	struct session *s;
	struct err err;

	s = sign_in("sunil", OLD, NULL, &err);
	assert_non_null(s);
	session_end(s, SESSION_SIGNED_OUT);
	s = sign_in("adele", OLD, NULL, &err);
	assert_non_null(s);
	assert_int_equal(
	    user_add(s, login, login, role, "branch-1", code, &err), 0);
	session_end(s, SESSION_SIGNED_OUT);
	must_sign_in(login, code, OLD, false);
}

static void
new_passphrase(const char *login)
{
	struct secret *p = vault_kit_secret(OLD), *q = vault_kit_secret(NEW);
	struct session *s;
	struct err err;

	s = sign_in(login, OLD, NULL, &err);
	assert_non_null(s);
	assert_int_equal(session_change_passphrase(s, p, q, &err), 0);
	session_end(s, SESSION_SIGNED_OUT);
	secret_free(p);
	secret_free(q);
}

/* An old keyring brings old passphrases and people who left back: whoever has
 * the recovery key goes on with it, and they stay out. */
static void
harm_14_an_old_keyring_is_gone_on_with(void **state)
{
	struct secret *fresh = secret_random(RECOVERY_BYTES);
	char code[ENROL_CODE_SIZE];
	struct session *s;
	struct err err;

	(void)state;
	enrol("bandu", ROLE_CASEWORKER);
	enrol("chitra", ROLE_CASEWORKER);
	copy_file("keyring", "keyring.older");
	new_passphrase("amina");
	s = sign_in("adele", OLD, NULL, &err);
	assert_non_null(s);
	assert_int_equal(user_disable(s, "bandu", false, &err), 0);
	session_end(s, SESSION_SIGNED_OUT);
	copy_file("keyring", "keyring.newer");
	copy_file("keyring.older", "keyring");
	assert_null(sign_in("chitra", OLD, NULL, &err));
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_non_null(strstr(err.text, "amparo recover"));
	if (recover("adele", "sunil", NEW, key, fresh, code, &err) == -1)
		fail_msg("%s", err.text);
	assert_true(last.old_keyring);
	assert_int_equal(last.shut_out, 2);
	/* The one it stood in for is not good any more either. */
	copy_file("keyring", "keyring.now");
	copy_file("keyring.newer", "keyring");
	assert_null(sign_in("chitra", OLD, NULL, &err));
	assert_int_equal(err.kind, ERR_TAMPERED);
	copy_file("keyring.now", "keyring");
	must_sign_in("adele", NEW, NULL, false);
	must_sign_in("sunil", code, NEW, true);
	must_sign_in("chitra", OLD, NULL, false);
	must_be_refused("amina", OLD);
	must_be_refused("amina", NEW);
	must_be_refused("bandu", OLD);
	reason_says("adele", NEW, "with an old keyring");
	nothing_is_wrong("sunil", NEW);
	/* A new code is the way back. */
	s = sign_in("adele", NEW, NULL, &err);
	assert_non_null(s);
	assert_int_equal(user_reset(s, "amina", code, &err), 0);
	session_end(s, SESSION_SIGNED_OUT);
	must_sign_in("amina", code, OLD, false);
	/* And the old one is not good a second time. */
	copy_file("keyring.older", "keyring");
	assert_null(sign_in("chitra", OLD, NULL, &err));
	assert_int_equal(err.kind, ERR_TAMPERED);
	secret_free(fresh);
}

static void
a_lost_anchor_is_gone_on_with(void **state)
{
	struct secret *fresh = secret_random(RECOVERY_BYTES);
	char code[ENROL_CODE_SIZE], path[400];
	struct err err;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/anchor", dir);
	assert_int_equal(unlink(path), 0);
	assert_null(sign_in("adele", OLD, NULL, &err));
	assert_int_equal(err.kind, ERR_TAMPERED);
	if (recover("adele", "sunil", NEW, key, fresh, code, &err) == -1)
		fail_msg("%s", err.text);
	assert_true(last.behind);
	assert_false(last.old_keyring);
	assert_int_equal(last.shut_out, 0);
	must_sign_in("adele", NEW, NULL, false);
	must_sign_in("sunil", code, NEW, true);
	must_sign_in("amina", OLD, NULL, false);
	reason_says("adele", NEW, "the anchor could not be read");
	secret_free(fresh);
}

static int
put_back(const char *copy, const char *at, const struct secret *with,
    struct err *err)
{
	struct secret *p = vault_kit_secret(OLD);
	const struct sign_in in = { .vault = at,
		.society = kit.society,
		.login = "adele",
		.passphrase = p,
		.terminal = "test" };
	int rc = vault_restore(copy, &in, with, err);

	secret_free(p);
	return rc;
}

/* Row 13: a copy that is kept elsewhere holds nobody whose passphrase could be
 * guessed; it opens with the recovery key, and everybody comes in anew. */
static void
harm_13_a_copy_without_people_opens_with_the_recovery_key(void **state)
{
	struct secret *fresh = secret_random(RECOVERY_BYTES),
		      *wrong = secret_random(RECOVERY_BYTES);
	char copy[320], was[300], code[ENROL_CODE_SIZE];
	struct session *s;
	struct err err;

	(void)state;
	(void)snprintf(was, sizeof(was), "%s", dir);
	(void)snprintf(copy, sizeof(copy), "%s/copy", kit.root);
	s = sign_in("adele", OLD, NULL, &err);
	assert_int_equal(vault_backup(s, copy, BACKUP_RECOVERY_ONLY, &err), 0);
	session_end(s, SESSION_SIGNED_OUT);
	(void)snprintf(dir, sizeof(dir), "%s/elsewhere", kit.root);
	assert_int_equal(put_back(copy, dir, NULL, &err), -1);
	assert_int_equal(err.kind, ERR_AUTH);
	assert_int_equal(put_back(copy, dir, wrong, &err), -1);
	assert_int_equal(err.kind, ERR_AUTH);
	assert_int_equal(access(dir, F_OK), -1);
	if (put_back(copy, dir, key, &err) == -1)
		fail_msg("%s", err.text);
	must_be_refused("adele", OLD);
	if (recover("adele", "sunil", NEW, key, fresh, code, &err) == -1)
		fail_msg("%s", err.text);
	/* Nothing is wrong with it: there is just nobody else in it. */
	assert_true(last.alone);
	assert_false(last.old_keyring || last.behind);
	must_sign_in("adele", NEW, NULL, false);
	must_sign_in("sunil", code, NEW, true);
	must_be_refused("amina", OLD);
	s = sign_in("adele", NEW, NULL, &err);
	assert_int_equal(user_disable(s, "amina", false, &err), 0);
	assert_int_equal(user_enable(s, "amina", &err), 0);
	assert_int_equal(user_reset(s, "amina", code, &err), 0);
	session_end(s, SESSION_SIGNED_OUT);
	must_sign_in("amina", code, NEW, false);
	nothing_is_wrong("adele", NEW);
	vault_kit_remove(copy);
	vault_kit_remove(was);
	secret_free(fresh);
	secret_free(wrong);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(the_same_people_come_back),
		CASE(others_come_in_their_place),
		CASE(what_is_refused_changes_nothing),
		CASE(harm_14_an_old_keyring_is_gone_on_with),
		CASE(a_lost_anchor_is_gone_on_with),
		CASE(harm_13_a_copy_without_people_opens_with_the_recovery_key),
	};

	return cmocka_run_group_tests(tests, open_kit, close_kit);
}
