/* SPDX-License-Identifier: ISC */
/* The SSH key that came in, and whose it is. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "../lib/vault_kit.h"
#include "store/user.h"
#include "vault/crypto.h"
#include "vault/harden.h"

/* Made with ssh-keygen for this test alone; fingerprints as ssh-keygen -lf. */
#define ED_LETTERS \
	"AAAAC3NzaC1lZDI1NTE5AAAAIN2a6lCoeVj1mU9BQERICUdN6JrBRu2xHNGk70LIdFR+"
#define ED_PUB "ssh-ed25519 " ED_LETTERS
#define ED_PRINT "SHA256:a90iK/2vS/Wnabw4hN8gRfl0PgfLZ65ENrHBRRxmnJA"
#define EC_PUB                                                              \
	"ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyN" \
	"TYAAABBBCjRbLCHik10dmZngK+DSFC/rV2eOx9jTrEwzorWc/ZAuO1PaMDUKVj/bD" \
	"5Q1ZYO/dVH2+cQqB6gg7TgpFpa89Y="
#define EC_PRINT "SHA256:kfGtjRvesu/Necdkb632XL5A2h//aOo3YWyliLuMgkQ"

static struct vault_kit kit;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	(void)vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	(void)vault_kit_user(&kit, "nimal", ROLE_CASEWORKER, "branch-1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static void
fingerprints(void **state)
{
	static const char *const good[][2] = { { ED_PUB, ED_PRINT },
		{ ED_PUB " a laptop\n", ED_PRINT }, { EC_PUB, EC_PRINT },
		{ EC_PUB "\r\n", EC_PRINT }, { ED_PRINT, ED_PRINT },
		{ ED_PRINT " a laptop (ED25519)", ED_PRINT } };
	static const char *const bad[] = { "", " ", "ssh-ed25519",
		"ssh-ed25519 ", ED_LETTERS, "ssh-rsa " ED_LETTERS,
		"ssh-ed25519 AAAA", "ssh-ed25519 " ED_LETTERS "!",
		"ssh-ed25519 \"" ED_LETTERS, "SHA256:", "SHA256:abc",
		ED_PRINT "A", "MD5:00:11", "-----BEGIN OPENSSH PRIVATE KEY" };
	char out[SSH_FINGERPRINT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(ssh_fingerprint(good[i][0], out, sizeof(out)));
		assert_string_equal(out, good[i][1]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (ssh_fingerprint(bad[i], out, sizeof(out)))
			fail_msg("\"%s\" is %s", bad[i], out);
	assert_false(ssh_fingerprint(ED_PUB, out, sizeof(out) - 1));
}

/* What harden_environment() makes of a file that sshd wrote so. */
static void
says(const char *text, mode_t mode, const char *want)
{
	char path[300];
	int status;
	pid_t pid;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/auth", kit.root);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct environment env;
		struct err err;

		(void)setenv("SSH_USER_AUTH", path, 1);
		_exit(harden_environment(&env, &err) == 0 &&
			      strcmp(env.ssh_key, want) == 0
			  ? 0
			  : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (status != 0)
		fail_msg("of \"%s\" not \"%s\"", text, want);
}

static void
sshd_says_which(void **state)
{
	(void)state;
	says("publickey " ED_PUB "\n", 0600, ED_PRINT);
	says("hostbased x\npublickey " EC_PUB "\n", 0600, EC_PRINT);
	says("password\n", 0600, "");
	says("", 0600, "");
	says("publickey ", 0600, "");
	says("publickey nonsense\n", 0600, "");
	says("keyboard-interactive publickey " ED_PUB, 0600, "");
	/* Somebody else could have written it, or read it. */
	says("publickey " ED_PUB "\n", 0620, "");
	says("publickey " ED_PUB "\n", 0644, "");
}

static int
enter(const char *login, const char *word, const char *key)
{
	struct secret *p = vault_kit_secret(word);
	struct session *s = NULL;
	struct err err = { .kind = ERR_NONE };
	int rc = session_start(&(const struct sign_in){ .vault = kit.dir,
				   .society = kit.society,
				   .login = login,
				   .passphrase = p,
				   .terminal = "ssh",
				   .ssh_key = key,
				   .source = login },
	    &s, &err);

	assert_int_equal(rc == 0, err.kind == ERR_NONE);
	session_end(s, SESSION_SIGNED_OUT);
	secret_free(p);
	return (int)err.kind;
}

#define RIGHT VAULT_KIT_PASSPHRASE

static void
each_signs_in_with_their_own(void **state)
{
	struct err err;

	(void)state;
	/* Nobody has one on record. */
	assert_int_equal(enter("amina", RIGHT, ED_PRINT), ERR_NONE);
	assert_int_equal(enter("amina", RIGHT, ""), ERR_NONE);
	assert_int_equal(
	    user_set_ssh_key(kit.admin, "amina", ED_PUB " laptop", &err), 0);
	assert_int_equal(enter("amina", RIGHT, ED_PRINT), ERR_NONE);
	/* Another key, or none that sshd told of. */
	assert_int_equal(enter("amina", RIGHT, EC_PRINT), ERR_AUTH);
	assert_int_equal(enter("amina", RIGHT, ""), ERR_AUTH);
	/* Hers opens nothing of his, passphrase or not. */
	assert_int_equal(enter("nimal", RIGHT, ED_PRINT), ERR_AUTH);
	assert_int_equal(enter("nimal", RIGHT, EC_PRINT), ERR_NONE);
	/* At a terminal of the house no key is asked for. */
	assert_int_equal(enter("amina", RIGHT, NULL), ERR_NONE);
	/* The key alone is nothing. */
	assert_int_equal(
	    enter("amina", "some other words here", ED_PRINT), ERR_AUTH);
	/* One key, one person. */
	assert_int_equal(
	    user_set_ssh_key(kit.admin, "nimal", ED_PRINT, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(
	    user_set_ssh_key(kit.admin, "AMINA", ED_PRINT, &err), 0);
	assert_int_equal(
	    user_set_ssh_key(kit.admin, "nimal", "my key", &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(
	    user_set_ssh_key(kit.supervisor, "amina", "-", &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	/* Lost, and taken off the record. */
	assert_int_equal(user_set_ssh_key(kit.admin, "amina", "-", &err), 0);
	assert_int_equal(enter("amina", RIGHT, EC_PRINT), ERR_NONE);
	assert_int_equal(enter("nimal", RIGHT, ED_PRINT), ERR_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingerprints),
		cmocka_unit_test(sshd_says_which),
		cmocka_unit_test(each_signs_in_with_their_own),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
