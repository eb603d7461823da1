/* SPDX-License-Identifier: ISC */
/*
 * Each file of a vault broken in every plain way: nobody gets in on what is
 * left of it, the sentence says what to do, and with the file as it was
 * everybody is back with everything.
 */
#include <fcntl.h>
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

#include "store/session_inside.h"
#include "../lib/case_kit.h"

static struct vault_kit kit, broken; /* the second is the copy in use */

/* --- breaking ------------------------------------------------------------------ */
static void
emptied(const char *path)
{
	assert_int_equal(truncate(path, 0), 0);
}

static void
halved(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, st.st_size / 2), 0);
}

static void
one_short(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, st.st_size - 1), 0);
}

static void
overwrite(const char *path, off_t at, size_t n)
{
	unsigned char noise[512];
	int fd = open(path, O_RDWR);

	assert_true(fd >= 0 && n <= sizeof(noise));
	for (size_t i = 0; i < n; i++)
		noise[i] = (unsigned char)random();
	assert_int_equal(pwrite(fd, noise, n, at), n);
	assert_int_equal(close(fd), 0);
}

static void
begun_with_noise(const char *path)
{
	overwrite(path, 0, 64);
}

static void
noise_all_over(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	for (off_t at = 0; at + 512 <= st.st_size || at == 0; at += 512)
		overwrite(
		    path, at, st.st_size < 512 ? (size_t)st.st_size : 512);
}

static void
gone(const char *path)
{
	assert_int_equal(unlink(path), 0);
}

static void
open_to_all(const char *path)
{
	assert_int_equal(chmod(path, 0666), 0);
}

static void
made_a_link(const char *path)
{
	char other[600];

	(void)snprintf(other, sizeof(other), "%s.elsewhere", path);
	assert_int_equal(rename(path, other), 0);
	assert_int_equal(symlink(other, path), 0);
}

static void
given_away(const char *path)
{
	if (geteuid() == 0)
		assert_int_equal(chown(path, 65534, 65534), 0);
}

static const struct {
	const char *name;
	void (*harm)(const char *path);
} harms[] = {
	{ "emptied", emptied },
	{ "halved", halved },
	{ "one byte short", one_short },
	{ "begun with noise", begun_with_noise },
	{ "noise all over", noise_all_over },
	{ "gone", gone },
	{ "open to all", open_to_all },
	{ "a link", made_a_link },
	{ "somebody else's", given_away },
};
#define HARMS (sizeof(harms) / sizeof(harms[0]))

#define DMG ERR_DAMAGED
#define TMP ERR_TAMPERED
#define UNS ERR_UNSAFE
#define NOT ERR_NOT_FOUND
/* What whoever comes in is told, in the order of harms[]; 0: they come in.  A
 * broken count of wrong passphrases begins anew; of an anchor's two records
 * one is enough. */
static const struct {
	const char *name;
	enum err_kind kinds[HARMS];
} files[] = {
	{ "keyring", { DMG, DMG, DMG, DMG, DMG, NOT, UNS, UNS, UNS } },
	{ "anchor", { TMP, TMP, TMP, 0, TMP, TMP, UNS, UNS, UNS } },
	{ "throttle", { 0, 0, 0, 0, 0, 0, UNS, UNS, UNS } },
	{ "cases.db", { DMG, DMG, DMG, DMG, DMG, NOT, UNS, UNS, UNS } },
	{ "identity.db", { DMG, DMG, DMG, DMG, DMG, NOT, UNS, UNS, UNS } },
	{ "cases.db-wal", { TMP, TMP, TMP, TMP, TMP, TMP, UNS, UNS, UNS } },
	{ "identity.db-wal", { TMP, TMP, TMP, TMP, TMP, TMP, UNS, UNS, UNS } },
};

static void
check_sentence(const char *file, const char *how, const struct err *err)
{
	static const char *const never[] = { "SQL", "sqlite", "errno", "%",
		"malformed", "(null)", "symbolic", "No such file" };
	static const char *const todo[] = { "ask", "Ask", "call", "tell",
		"Tell", "chmod", "Put", "make it belong", "restore",
		"looks after this machine has" };
	bool says = false;

	for (size_t i = 0; i < sizeof(todo) / sizeof(todo[0]); i++)
		says = says || strstr(err->text, todo[i]) != NULL;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		says = says && strstr(err->text, never[i]) == NULL;
	if (!says)
		fail_msg(
		    "%s %s: \"%s\" says not what to do", file, how, err->text);
}

/* Sign in, and look at who somebody is: every file is asked. */
static enum err_kind
come_in(struct err *err, int64_t *cases)
{
	struct alarm alarm;
	struct session *s;
	struct db *db;

	err_clear(err);
	s = vault_kit_sign_in(&broken, "sunil", err);
	if (s == NULL)
		return err->kind;
	if (session_identity(s, &db, err) == 0) {
		err_clear(err);
		/* Read, with the alarm. */
		if (session_alarm(s, &alarm))
			*err = session_doubt(s, DB_IDENTITY)->err;
	}
	if (err->kind == ERR_NONE) {
		*cases = ask_cases(s, "SELECT count(*) FROM case_file") +
			 ask_identity(s, "SELECT count(*) FROM person");
	}
	session_drop(s);
	return err->kind;
}

static void
heal(const char *name)
{
	char from[600], to[600], block[65536];
	int in, out;
	ssize_t n;

	(void)snprintf(from, sizeof(from), "%s/%s", kit.dir, name);
	(void)snprintf(to, sizeof(to), "%s/%s", broken.dir, name);
	(void)unlink(to);
	in = open(from, O_RDONLY);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, block, sizeof(block))) > 0)
		assert_int_equal(write(out, block, (size_t)n), n);
	assert_int_equal(close(in) + close(out), 0);
}

static void
break_one(size_t f, size_t h)
{
	const char *name = files[f].name, *how = harms[h].name;
	enum err_kind kind, want = files[f].kinds[h];
	int64_t cases = 0;
	char path[600];
	struct err err;

	if (harms[h].harm == given_away && geteuid() != 0)
		return;
	vault_kit_copy(kit.dir, broken.dir);
	(void)snprintf(path, sizeof(path), "%s/%s", broken.dir, name);
	harms[h].harm(path);
	kind = come_in(&err, &cases);
	/* A last page that is in the log as well is not missed. */
	if (kind == ERR_NONE && want == DMG && harms[h].harm == one_short)
		want = ERR_NONE;
	if (kind != want)
		fail_msg("%s %s: \"%s\" (%d), wanted %d", name, how, err.text,
		    (int)kind, (int)want);
	if (kind != ERR_NONE) {
		check_sentence(name, how, &err);
		/* Trying changed nothing beside it. */
		heal(name);
		if (come_in(&err, &cases) != ERR_NONE)
			fail_msg("%s %s, healed: \"%s\"", name, how, err.text);
	}
	assert_int_equal(cases, 2);
	vault_kit_remove(broken.dir);
}

static void
harm_14_every_file_broken_in_every_way(void **state)
{
	(void)state;
	for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++)
		for (size_t h = 0; h < HARMS; h++)
			break_one(f, h);
}

/* One migration more than this program knows, in either database. */
static void
a_vault_of_a_newer_version_is_left_alone(void **state)
{
	static const char *const marks[] = { "migration:cases-999-later",
		"migration:identity-999-later" };
	enum err_kind kind;
	struct session *s;
	int64_t cases = 0;
	struct err err;
	struct db *db;

	(void)state;
	for (int which = 0; which < 2; which++) {
		vault_kit_copy(kit.dir, broken.dir);
		s = vault_kit_sign_in(&broken, "sunil", &err);
		assert_non_null(s);
		OK(session_identity(s, &db, &err));
		if (which == 0)
			db = &s->cases;
		OK(db_meta_set(db, marks[which], "x", 1, &err));
		session_drop(s);
		kind = come_in(&err, &cases);
		assert_int_equal(kind, ERR_VERSION);
		assert_int_equal(cases, 0);
		assert_non_null(strstr(err.text, "newer amparo"));
		check_sentence("newer", "version", &err);
		vault_kit_remove(broken.dir);
	}
}

static int
setup(void **state)
{
	struct session *amina;

	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	(void)case_of(amina, "Kamala Lanternfield");
	vault_kit_end(&kit, &(struct session *){ kit.admin });
	vault_kit_end(&kit, &(struct session *){ kit.supervisor });
	/* Whoever leaves last takes the logs along; these are to be broken. */
	vault_kit_kill(&kit, &amina);
	broken = kit;
	(void)snprintf(
	    broken.dir, sizeof(broken.dir), "%.200s/broken", kit.root);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_14_every_file_broken_in_every_way),
		cmocka_unit_test(a_vault_of_a_newer_version_is_left_alone),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
