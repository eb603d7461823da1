/* SPDX-License-Identifier: ISC */
/*
 * A vault of which older copies are put back, or whose files are harmed, and
 * who looks into it, decides, and is well again.
 */
#ifndef AMPARO_TESTS_DOUBT_KIT_H
#define AMPARO_TESTS_DOUBT_KIT_H
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "store/draft.h"
#include "store/session_inside.h"
#include "store/user.h"
#include "../lib/case_kit.h"

#define WHY "the disk lost them; all were told"

static struct vault_kit kit, now; /* nobody is in the first */
static char old[300];
static struct uid kamala; /* her case is in every copy */

static inline void
path_of(char out[600], const char *dir, const char *name)
{
	(void)snprintf(out, 600, "%s/%s", dir, name);
}

static inline void
copy_over(const char *name)
{
	char from[600], to[600], block[65536];
	ssize_t n;
	int in, out;

	path_of(from, old, name);
	path_of(to, now.dir, name);
	in = open(from, O_RDONLY);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, block, sizeof(block))) > 0)
		assert_int_equal(write(out, block, (size_t)n), n);
	assert_int_equal(close(in) + close(out), 0);
}

/* Every byte of every file but the sign-in delays, which count on, and the
 * locks, which are empty. */
static struct hash all;
static inline int
hash_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	static uint8_t block[65536];
	ssize_t n;
	int fd;

	(void)st;
	if (type != FTW_F || strcmp(path + ftw->base, "throttle") == 0 ||
	    strstr(path, "-shm") != NULL || strstr(path, "/lock/") != NULL)
		return 0;
	/* The engine makes an empty log when it looks. */
	if (strstr(path, "-wal") != NULL && st->st_size == 0)
		return 0;
	hash_add(&all, path, strlen(path));
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	while ((n = read(fd, block, sizeof(block))) > 0)
		hash_add(&all, block, (size_t)n);
	return close(fd);
}

static inline void
hash_vault(uint8_t out[HASH_BYTES])
{
	hash_init(&all);
	assert_int_equal(nftw(now.dir, hash_one, 16, FTW_PHYS), 0);
	hash_end(&all, out);
}

static inline struct session *
examine(const char *login, struct err *err)
{
	struct secret *p = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct session *s = NULL;
	int rc;

	err_clear(err);
	rc = session_start(&(const struct sign_in){ .vault = now.dir,
			       .society = kit.society,
			       .login = login,
			       .passphrase = p,
			       .terminal = "test",
			       .source = "kit",
			       .to_verify = true },
	    &s, err);
	secret_free(p);
	assert_int_equal(rc == 0, s != NULL);
	return s;
}

/* How much is bad; each of says[] must be among what is said. */
static inline size_t
verify(const char *login, const char *const *says)
{
	struct findings found;
	struct session *s;
	struct arena a;
	struct err err;
	bool said;

	s = examine(login, &err);
	if (s == NULL)
		fail_msg("%s: %s", login, err.text);
	arena_init(&a);
	OK(vault_verify(s, &a, &found, &err));
	for (; *says != NULL; says++) {
		said = false;
		for (size_t i = 0; i < found.n; i++)
			said =
			    said || strstr(found.list[i].what, *says) != NULL;
		if (said)
			continue;
		for (size_t i = 0; i < found.n; i++)
			print_error(
			    "%d %s\n", found.list[i].bad, found.list[i].what);
		fail_msg("\"%s\" is not said", *says);
	}
	arena_done(&a);
	session_end(s, SESSION_SIGNED_OUT);
	return found.bad;
}

static const char *const nothing[] = { NULL };

static inline void
refused(const char *login, enum err_kind kind, const char *says)
{
	struct err err;

	err_clear(&err);
	assert_null(vault_kit_sign_in(&now, login, &err));
	if (err.kind != kind || strstr(err.text, says) == NULL)
		fail_msg("%s: \"%s\" (%d)", login, err.text, (int)err.kind);
}

static inline struct session *
come_in(const char *login)
{
	struct session *s;
	struct err err;

	s = vault_kit_sign_in(&now, login, &err);
	if (s == NULL)
		fail_msg("%s: %s", login, err.text);
	return s;
}

static inline struct accepted
decide(const char *login)
{
	struct accepted done, none;
	struct session *s;
	struct err err;

	s = examine(login, &err);
	assert_non_null(s);
	if (vault_accept(s, WHY, &done, &err) == -1)
		fail_msg("%s: %s", login, err.text);
	/* What was decided is decided. */
	assert_int_equal(vault_accept(s, WHY, &none, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	session_end(s, SESSION_SIGNED_OUT);
	return done;
}

/* Everybody is back, can work, and all of it is sound. */
static inline void
all_is_well(void)
{
	static const char *const logins[] = { "amina", "sunil", "adele" };
	struct session *s;
	struct err err;
	struct db *db;

	for (size_t i = 0; i < 3; i++) {
		s = vault_kit_sign_in(&now, logins[i], &err);
		if (s == NULL)
			fail_msg("%s: %s", logins[i], err.text);
		if (i < 2)
			OK(session_identity(s, &db, &err));
		if (i == 0)
			(void)case_of(s, "Ruth Lanternfield");
		session_end(s, SESSION_SIGNED_OUT);
	}
	assert_int_equal(verify("sunil", nothing), 0);
}

static inline int64_t
decisions(const char *sql)
{
	struct session *s;
	struct err err;
	int64_t n;

	s = vault_kit_sign_in(&now, "sunil", &err);
	assert_non_null(s);
	n = ask_cases(s, sql);
	session_end(s, SESSION_SIGNED_OUT);
	return n;
}

static inline void
work_on(void)
{
	struct session *s;
	struct err err;

	vault_kit_copy(now.dir, old);
	s = vault_kit_sign_in(&now, "amina", &err);
	assert_non_null(s);
	(void)case_of(s, "Ruth Lanternfield");
	session_end(s, SESSION_SIGNED_OUT);
}

static inline void
work_on_here(int cases)
{
	struct session *s = come_in("amina");

	while (cases-- > 0)
		(void)case_of(s, "Ruth Lanternfield");
	session_end(s, SESSION_SIGNED_OUT);
}

/* --- the vault --------------------------------------------------------------- */
static inline int
each(void **state)
{
	(void)state;
	vault_kit_copy(kit.dir, now.dir);
	return 0;
}

static inline int
after_each(void **state)
{
	(void)state;
	vault_kit_remove(now.dir);
	vault_kit_remove(old);
	return 0;
}

static inline int
setup(void **state)
{
	struct session *amina;

	(void)state;
	vault_kit_open(&kit);
	kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] = SCOPE_ALL;
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	kamala = case_of(amina, "Kamala Lanternfield");
	vault_kit_end(&kit, &amina);
	vault_kit_end(&kit, &(struct session *){ kit.admin });
	vault_kit_end(&kit, &(struct session *){ kit.supervisor });
	now = kit;
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/now", kit.root);
	(void)snprintf(old, sizeof(old), "%.200s/old", kit.root);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

#endif
