/* SPDX-License-Identifier: ISC */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/queue_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/user.h"
#include "store/user_write.h"

#include "vault_kit.h"

/* Cheapest the caps allow: the tests are not about the cost of guessing. */
static const struct kdf_cost cheap = { .passes = KDF_PASSES_MIN,
	.mib = KDF_MIB_MIN };

static void
must(int rc, const struct err *err, const char *what)
{
	if (rc == -1)
		fail_msg("vault kit, %s: %s (%d)", what, err->text, err->kind);
}

struct secret *
vault_kit_secret(const char *s)
{
	return secret_of(s, strlen(s));
}

void
vault_kit_remove(const char *dir)
{
	char path[1024];
	struct dirent *e;
	DIR *d = opendir(dir);

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (unlink(path) == -1 && (errno == EISDIR || errno == EPERM))
			vault_kit_remove(path);
	}
	if (d != NULL)
		(void)closedir(d);
	(void)rmdir(dir);
}

static void
copy_file(const char *from, const char *to)
{
	char block[65536];
	ssize_t n;
	int in = open(from, O_RDONLY), out;

	assert_true(in >= 0);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(out >= 0);
	while ((n = read(in, block, sizeof(block))) > 0)
		assert_int_equal(write(out, block, (size_t)n), n);
	assert_int_equal(n, 0);
	(void)close(in);
	assert_int_equal(close(out), 0);
}

void
vault_kit_copy(const char *from, const char *to)
{
	char a[1024], b[1024];
	struct dirent *e;
	struct stat st;
	DIR *d = opendir(from);

	assert_non_null(d);
	assert_true(mkdir(to, 0700) == 0 || errno == EEXIST);
	while ((e = readdir(d)) != NULL) {
		(void)snprintf(a, sizeof(a), "%s/%s", from, e->d_name);
		(void)snprintf(b, sizeof(b), "%s/%s", to, e->d_name);
		if (stat(a, &st) == 0 && S_ISREG(st.st_mode))
			copy_file(a, b);
	}
	(void)closedir(d);
}

static struct society *
read_society(void)
{
	const char *source = getenv("AMPARO_SOURCE");
	struct problems problems = { .n = 0 };
	struct society *society = NULL;
	char path[1024];

	(void)snprintf(path, sizeof(path), "%s/config/societies/generic.cfg",
	    source == NULL ? "." : source);
	if (society_read(path, &society, &problems) == -1) {
		for (size_t i = 0; i < problems.n; i++)
			print_error("%s:%d: %s\n", problems.list[i].file,
			    problems.list[i].line, problems.list[i].text);
		fail_msg("vault kit: %s cannot be read", path);
	}
	problems_done(&problems);
	return society;
}

static struct session *
sign_in(struct vault_kit *k, const char *login, const char *word,
    const char *new_word, struct err *err)
{
	struct secret *p = vault_kit_secret(word);
	struct secret *q = new_word == NULL ? NULL : vault_kit_secret(new_word);
	struct session *s = NULL;
	int rc;

	rc = session_start(&(const struct sign_in){ .vault = k->dir,
			       .society = k->society,
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

void
vault_kit_begin_with_cases(struct vault_kit *k)
{
	struct err err = { 0 };

	if (user_choose(k->supervisor, "", "", "cases", &err) != 0)
		fail_msg("vault kit: %s", err.text);
	for (size_t i = 0; i < k->n; i++)
		if (user_choose(k->users[i], "", "", "cases", &err) != 0)
			fail_msg("vault kit: %s", err.text);
}

struct session *
vault_kit_sign_in(struct vault_kit *k, const char *login, struct err *err)
{
	return sign_in(k, login, VAULT_KIT_PASSPHRASE, NULL, err);
}

void
vault_kit_open_at(struct vault_kit *k, const char *parent)
{
	char code[ENROL_CODE_SIZE];
	struct secret *p, *recovery = NULL;
	struct err err = { .kind = ERR_NONE };

	*k = (struct vault_kit){ .n = 0 };
	must(vault_init(&err), &err, "crypto");
	(void)snprintf(
	    k->root, sizeof(k->root), "%s/amparo-kit-XXXXXX", parent);
	assert_non_null(mkdtemp(k->root));
	(void)snprintf(k->dir, sizeof(k->dir), "%s/vault", k->root);
	k->society = read_society();
	p = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	must(vault_init_make(&(const struct vault_init){ .dir = k->dir,
				 .society = k->society,
				 .admin_login = "adele",
				 .admin_name = "Adele",
				 .admin_passphrase = p,
				 .supervisor_login = "sunil",
				 .supervisor_name = "Sunil",
				 .branch = "branch-1" },
		 &recovery, code, &err),
	    &err, "init");
	secret_free(p);
	secret_free(recovery);
	k->admin = vault_kit_sign_in(k, "adele", &err);
	must(k->admin == NULL ? -1 : 0, &err, "administrator");
	k->supervisor = sign_in(k, "sunil", code, VAULT_KIT_PASSPHRASE, &err);
	must(k->supervisor == NULL ? -1 : 0, &err, "supervisor");
}

void
vault_kit_open(struct vault_kit *k)
{
	vault_kit_open_at(k, "/tmp");
}

void
vault_kit_join(struct vault_kit *k, const char *dir)
{
	struct err err = { .kind = ERR_NONE };

	*k = (struct vault_kit){ .n = 0 };
	must(vault_init(&err), &err, "crypto");
	(void)snprintf(k->dir, sizeof(k->dir), "%s", dir);
	k->society = read_society();
}

/* In one step where the program takes two (a code, a first passphrase): the
 * administrator adds, with the supervisor's roots. */
static void
add(struct vault_kit *k, const char *login, enum role role, const char *branch)
{
	struct secret *p = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct session *s = k->admin;
	struct uid uid = uid_new();
	struct keyring *kr;
	struct err err;
	struct tx tx;

	must(session_keyring_begin(s, &kr, &err), &err, "keyring");
	must(keyring_set_cost(kr, cheap, &err), &err, "cost");
	must(tx_begin(&tx, s,
		 &(const struct tx_what){ .perm = PERM_NONE,
		     .object = &uid,
		     .action = "user.add",
		     .wrote = true },
		 &err),
	    &err, "begin");
	must(user_insert(&tx, &uid, login, login, role, branch), &err, "row");
	must(keyring_add(kr, &k->supervisor->keys, login, &uid,
		 role_may_hold_identity(role), p, &err),
	    &err, "slot");
	must(session_keyring_save(&tx, kr), &err, "save");
	must(tx_commit(&tx), &err, "commit");
	tx_abort(&tx);
	session_keyring_end(s, kr);
	secret_free(p);
}

struct session *
vault_kit_user(
    struct vault_kit *k, const char *login, enum role role, const char *branch)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s;

	assert_true(k->n < VAULT_KIT_USERS);
	add(k, login, role, branch);
	s = vault_kit_sign_in(k, login, &err);
	must(s == NULL ? -1 : 0, &err, login);
	k->users[k->n++] = s;
	return s;
}

struct uid
vault_kit_case(struct session *s, const struct uid *owner, const char *branch)
{
	struct uid uid = uid_new();
	char code[CODE_SIZE];
	struct err err;
	struct tx tx;

	code_new(code);
	must(tx_begin(&tx, s,
		 &(const struct tx_what){ .perm = PERM_CONTACT,
		     .about = &uid,
		     .action = "case.new",
		     .wrote = true },
		 &err),
	    &err, "case");
	must(
	    record_insert(&tx, REC_CASE, NULL, &uid,
		COLS({ "code", v_str(code) }, { "owner", v_uid(owner) },
		    { "branch", v_str(branch) }, { "opened_at", v_int(tx.now) },
		    { "custody_ns", v_str("generic") })),
	    &err, "case row");
	must(queue_refresh(&tx, &uid), &err, "queue");
	must(tx_commit(&tx), &err, "case commit");
	tx_abort(&tx);
	return uid;
}

static void
forget(struct vault_kit *k, const struct session *s)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->users[i] == s)
			k->users[i] = NULL;
	if (k->admin == s)
		k->admin = NULL;
	if (k->supervisor == s)
		k->supervisor = NULL;
}

void
vault_kit_end(struct vault_kit *k, struct session **s)
{
	forget(k, *s);
	session_end(*s, SESSION_SIGNED_OUT);
	*s = NULL;
}

void
vault_kit_kill(struct vault_kit *k, struct session **s)
{
	forget(k, *s);
	session_drop(*s);
	*s = NULL;
}

void
vault_kit_close(struct vault_kit *k)
{
	for (size_t i = 0; i < k->n; i++)
		session_end(k->users[i], SESSION_SIGNED_OUT);
	session_end(k->admin, SESSION_SIGNED_OUT);
	session_end(k->supervisor, SESSION_SIGNED_OUT);
	society_free(k->society);
	vault_kit_remove(k->root);
	*k = (struct vault_kit){ .n = 0 };
}
