/* SPDX-License-Identifier: ISC */
/*
 * A vault that lets nobody in: its last entries are missing, its anchor is
 * broken or gone, a database does not open.  Whoever looks after it sees what
 * there is, nothing is written before somebody decides, and the decision is
 * on the record.
 */
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

#include "store/session_inside.h"
#include "store/user.h"
#include "../lib/case_kit.h"

#define WHY "the disk lost them; all were told"

static struct vault_kit kit, now; /* nobody is in the first */
static char old[300];

static void
path_of(char out[600], const char *dir, const char *name)
{
	(void)snprintf(out, 600, "%s/%s", dir, name);
}

static void
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
static int
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

static void
hash_vault(uint8_t out[HASH_BYTES])
{
	hash_init(&all);
	assert_int_equal(nftw(now.dir, hash_one, 16, FTW_PHYS), 0);
	hash_end(&all, out);
}

static struct session *
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
static size_t
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

static void
refused(const char *login, enum err_kind kind, const char *says)
{
	struct err err;

	err_clear(&err);
	assert_null(vault_kit_sign_in(&now, login, &err));
	if (err.kind != kind || strstr(err.text, says) == NULL)
		fail_msg("%s: \"%s\" (%d)", login, err.text, (int)err.kind);
}

static struct accepted
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
static void
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

static int64_t
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

/* --- the last entries are missing --------------------------------------------------- */
static void
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

static void
nothing_can_be_written(const char *login)
{
	char code[ENROL_CODE_SIZE];
	struct session *s;
	struct err err;
	size_t n;

	s = examine(login, &err);
	assert_non_null(s);
	assert_int_equal(user_add(s, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_int_equal(vault_remove_orphans(s, &n, &err), -1);
	assert_int_equal(
	    vault_backup(s, "/nowhere", BACKUP_EVERYBODY, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
harm_14_a_lost_tail_is_decided_on(void **state)
{
	static const char *const says[] = { "cases.db: The vault's last",
		"cases.db: the seal of every page finds nothing wrong",
		"each signed and linked",
		"identity.db: goes on from its anchor", "keyring: generation",
		NULL };
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct accepted done;
	struct session *s;
	struct err err;

	(void)state;
	work_on();
	copy_over("cases.db");
	hash_vault(before);
	refused("amina", ERR_TAMPERED, "entries are missing");
	refused("sunil", ERR_TAMPERED, "amparo verify");
	/* A look does not need a decision; a caseworker has no look. */
	assert_null(examine("amina", &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(verify("sunil", says), 1);
	assert_int_equal(verify("adele", nothing), 1);
	nothing_can_be_written("sunil");
	s = examine("sunil", &err);
	assert_int_equal(vault_accept(s, "  ", &done, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	session_end(s, SESSION_SIGNED_OUT);
	hash_vault(after);
	assert_memory_equal(before, after, sizeof(before));
	refused("sunil", ERR_TAMPERED, "entries are missing");
	s = examine("sunil", &err);
	assert_true(vault_waits_for_decision(s));
	session_end(s, SESSION_SIGNED_OUT);
	done = decide("sunil");
	assert_true(done.cases > 0);
	assert_int_equal(done.identity, 0);
	assert_int_equal(decisions("SELECT count(*) FROM audit a JOIN "
				   "colleague c ON c.uid = a.actor WHERE "
				   "a.action = 'vault.accept' AND c.login = "
				   "'sunil' AND a.reason LIKE '" WHY
				   " (the anchor knew event %'"),
	    1);
	all_is_well();
}

/* Bit rot at the end of a log is lost commits to the engine, without a word.
 * The log is evidence: nobody's look copies what is left of it back. */
static void
a_cut_log_stays_until_it_is_decided(void **state)
{
	static const char *const logs[] = { "cases.db-wal", "identity.db-wal" };
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct accepted done;
	struct session *s;
	struct stat st;
	char path[600];
	struct err err;

	(void)state;
	s = vault_kit_sign_in(&now, "amina", &err);
	assert_non_null(s);
	(void)case_of(s, "Ruth Lanternfield");
	session_drop(s);
	for (size_t i = 0; i < 2; i++) {
		path_of(path, now.dir, logs[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_true(st.st_size > 4200);
		assert_int_equal(truncate(path, st.st_size - 4200), 0);
	}
	hash_vault(before);
	refused("amina", ERR_TAMPERED, "entries are missing");
	assert_true(verify("sunil", nothing) >= 2);
	assert_true(verify("adele", nothing) >= 1);
	hash_vault(after);
	assert_memory_equal(before, after, sizeof(before));
	done = decide("sunil");
	assert_true(done.cases > 0 && done.identity > 0);
	s = vault_kit_sign_in(&now, "sunil", &err);
	assert_non_null(s);
	session_end(s, SESSION_SIGNED_OUT);
}

static void
a_lost_tail_of_identity_is_decided_on(void **state)
{
	static const char *const says[] = { "identity.db: The vault's last",
		"cases.db: goes on from its anchor", NULL };
	struct accepted done;
	struct session *s;
	struct err err;
	struct db *db;

	(void)state;
	work_on();
	copy_over("identity.db");
	/* Who does not need it comes in; whoever opens it is told. */
	s = vault_kit_sign_in(&now, "amina", &err);
	assert_non_null(s);
	assert_int_equal(session_identity(s, &db, &err), -1);
	assert_non_null(strstr(err.text, "entries are missing"));
	session_end(s, SESSION_SIGNED_OUT);
	assert_true(verify("sunil", says) >= 1);
	/* The administrator cannot see it, so cannot decide it. */
	s = examine("adele", &err);
	assert_non_null(s);
	assert_int_equal(vault_accept(s, WHY, &done, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	session_end(s, SESSION_SIGNED_OUT);
	done = decide("sunil");
	assert_int_equal(done.cases, 0);
	assert_true(done.identity > 0);
	s = vault_kit_sign_in(&now, "sunil", &err);
	assert_non_null(s);
	assert_int_equal(ask_identity(s, "SELECT count(*) FROM audit WHERE "
					 "action = 'vault.accept'"),
	    1);
	session_end(s, SESSION_SIGNED_OUT);
}

/* --- the anchor ------------------------------------------------------------------------ */
static void
harm_anchor(int how)
{
	uint8_t bytes[512];
	char path[600];
	int fd;

	path_of(path, now.dir, "anchor");
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	memset(bytes, how == 0 ? 0 : 0x5a, sizeof(bytes));
	if (how < 2)
		assert_int_equal(pwrite(fd, bytes, 512, 0), 512);
	else
		assert_int_equal(ftruncate(fd, how == 2 ? 0 : 300), 0);
	(void)close(fd);
	if (how == 4)
		assert_int_equal(unlink(path), 0);
}

static void
harm_14_a_broken_anchor_is_decided_on(void **state)
{
	static const char *const says[] = { "cases.db: The vault's anchor",
		"identity.db: The vault's anchor", NULL };
	struct accepted done;

	(void)state;
	for (int how = 0; how <= 4; how++) {
		harm_anchor(how);
		refused("amina", ERR_TAMPERED, "amparo verify");
		assert_int_equal(verify("sunil", says), 2);
		nothing_can_be_written("sunil");
		done = decide("sunil");
		assert_true(done.cases > 0 && done.identity > 0);
		all_is_well();
	}
}

/* Each chain is for who holds its key. */
static void
an_administrator_decides_on_cases_alone(void **state)
{
	struct accepted done;
	struct session *s;
	struct err err;
	struct db *db;

	(void)state;
	harm_anchor(4);
	done = decide("adele");
	assert_true(done.cases > 0);
	assert_int_equal(done.identity, 0);
	s = vault_kit_sign_in(&now, "sunil", &err);
	assert_non_null(s);
	assert_int_equal(session_identity(s, &db, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	session_end(s, SESSION_SIGNED_OUT);
	done = decide("sunil");
	assert_int_equal(done.cases, 0);
	assert_true(done.identity > 0);
	all_is_well();
}

static void
an_old_keyring_is_not_decided_on_here(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct accepted done;
	struct session *s;
	struct err err;

	(void)state;
	vault_kit_copy(now.dir, old);
	s = vault_kit_sign_in(&now, "adele", &err);
	assert_non_null(s);
	OK(user_add(
	    s, "later", "Later", ROLE_CASEWORKER, "branch-1", code, &err));
	session_end(s, SESSION_SIGNED_OUT);
	copy_over("keyring");
	refused("sunil", ERR_TAMPERED, "amparo recover");
	assert_true(
	    verify("sunil", (const char *const[]){
				"keyring: The vault's keyring", NULL }) >= 1);
	s = examine("sunil", &err);
	assert_non_null(s);
	assert_false(vault_waits_for_decision(s));
	assert_int_equal(vault_accept(s, WHY, &done, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	assert_non_null(strstr(err.text, "amparo recover"));
	session_end(s, SESSION_SIGNED_OUT);
}

/* --- a damaged database ------------------------------------------------------------------ */
static void
overwrite(const char *name, off_t at, size_t n)
{
	char path[600];
	int fd;

	path_of(path, now.dir, name);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(pwrite(fd, "\x5a", 1, at + (off_t)i), 1);
	(void)close(fd);
}

static void
harm_14_a_damaged_database_stops_no_check(void **state)
{
	static const char *const first[] = { "cases.db: A database of this",
		"cases.db: the seal of every page finds 1 faults (page 1)",
		"cases.db: its anchor knows it up to event", "keyring: gen",
		"identity.db: the seal of every page finds nothing wrong",
		"identity.db: the structure finds nothing wrong",
		"each linked; who signed", "identity.db: goes on from its",
		"identity.db: what was recorded as written is there", NULL };
	static const char *const middle[] = {
		"cases.db: the seal of every page finds 2 faults (page 4, 6)",
		"identity.db: the seal of every page finds nothing wrong", NULL
	};
	static const char *const gone[] = { "cases.db: A database of this",
		"identity.db: the seal of every page finds nothing wrong",
		NULL };
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct accepted done;
	struct session *s;
	char path[600];
	struct err err;

	(void)state;
	overwrite("cases.db", 4096 * 3 + 90, 40);
	overwrite("cases.db", 4096 * 5 + 90, 40);
	assert_true(verify("sunil", middle) >= 1);
	overwrite("cases.db", 30, 4000);
	hash_vault(before);
	refused("sunil", ERR_DAMAGED, "restore the newest backup");
	assert_true(verify("sunil", (const char *const[]){
					"faults (page 1, 4, 6)", NULL }) >= 2);
	s = examine("sunil", &err);
	assert_non_null(s);
	assert_int_equal(vault_accept(s, WHY, &done, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	session_end(s, SESSION_SIGNED_OUT);
	hash_vault(after);
	assert_memory_equal(before, after, sizeof(before));
	/* The first page alone. */
	vault_kit_remove(now.dir);
	vault_kit_copy(kit.dir, now.dir);
	overwrite("cases.db", 30, 4000);
	assert_true(verify("sunil", first) >= 2);
	path_of(path, now.dir, "cases.db");
	assert_int_equal(truncate(path, 0), 0);
	assert_true(verify("sunil", gone) >= 1);
	assert_int_equal(unlink(path), 0);
	assert_true(verify("sunil", gone) >= 1);
	/* The keys are not in it: a passphrase is still asked for. */
	refused("nobody", ERR_AUTH, "do not go together");
}

static void
a_damaged_identity_stops_no_check(void **state)
{
	static const char *const says[] = { "cases.db: goes on from its anchor",
		"identity.db: A database of this",
		"identity.db: the seal of every page finds 1 faults (page 1)",
		"identity.db: its anchor knows it up to event", NULL };

	(void)state;
	overwrite("identity.db", 30, 4000);
	assert_int_equal(verify("sunil", says), 2);
}

/* --- the vault --------------------------------------------------------------- */
static int
each(void **state)
{
	(void)state;
	vault_kit_copy(kit.dir, now.dir);
	return 0;
}

static int
after_each(void **state)
{
	(void)state;
	vault_kit_remove(now.dir);
	vault_kit_remove(old);
	return 0;
}

static int
setup(void **state)
{
	struct session *amina;

	(void)state;
	vault_kit_open(&kit);
	kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] = SCOPE_ALL;
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	(void)case_of(amina, "Kamala Lanternfield");
	vault_kit_end(&kit, &amina);
	vault_kit_end(&kit, &(struct session *){ kit.admin });
	vault_kit_end(&kit, &(struct session *){ kit.supervisor });
	now = kit;
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/now", kit.root);
	(void)snprintf(old, sizeof(old), "%.200s/old", kit.root);
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
#define CASE(f) cmocka_unit_test_setup_teardown(f, each, after_each)
	const struct CMUnitTest tests[] = {
		CASE(harm_14_a_lost_tail_is_decided_on),
		CASE(a_cut_log_stays_until_it_is_decided),
		CASE(a_lost_tail_of_identity_is_decided_on),
		CASE(harm_14_a_broken_anchor_is_decided_on),
		CASE(an_administrator_decides_on_cases_alone),
		CASE(an_old_keyring_is_not_decided_on_here),
		CASE(harm_14_a_damaged_database_stops_no_check),
		CASE(a_damaged_identity_stops_no_check),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
