/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/audit_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "store/user.h"
#include "store/vaultcare.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;
static struct session *amina;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	/* As a configuration would where somebody who holds the identity root
	 * also looks after the vault. */
	kit.society->grants.scope[ROLE_SUPERVISOR][PERM_VAULT_CARE] = SCOPE_ALL;
	(void)vault_kit_case(amina, &session_user(amina)->uid, "branch-1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static size_t
count_bad(struct session *s, const char *says)
{
	struct findings found;
	struct arena a;
	struct err err;
	size_t n;
	bool said = says == NULL;

	arena_init(&a);
	assert_int_equal(vault_verify(s, &a, &found, &err), 0);
	assert_true(found.n > 5);
	for (size_t i = 0; i < found.n; i++)
		said = said || (found.list[i].bad &&
				   strstr(found.list[i].what, says) != NULL);
	if (!said)
		for (size_t i = 0; i < found.n; i++)
			print_error(
			    "%d %s\n", found.list[i].bad, found.list[i].what);
	assert_true(said);
	n = found.bad;
	arena_done(&a);
	return n;
}

static int
init_in(const char *dir, const char *login, const char *word, struct err *err)
{
	char code[ENROL_CODE_SIZE];
	struct secret *p = vault_kit_secret(word), *recovery = NULL;
	int rc = vault_init_make(&(const struct vault_init){ .dir = dir,
				     .society = kit.society,
				     .admin_login = login,
				     .admin_name = "A",
				     .admin_passphrase = p,
				     .supervisor_login = "sunil",
				     .supervisor_name = "S",
				     .branch = "branch-1" },
	    &recovery, code, err);

	assert_int_equal(rc == 0, recovery != NULL);
	secret_free(p);
	secret_free(recovery);
	return rc;
}

static void
made_or_nothing(void **state)
{
	char dir[300], file[320];
	struct err err;
	int fd;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/second", kit.root);
	assert_int_equal(vault_none_yet(dir, &err), 0);
	/* A poor passphrase, a login twice: nothing is left. */
	assert_int_equal(init_in(dir, "adele", "short", &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(access(dir, F_OK), -1);
	assert_int_equal(init_in(dir, "sunil", VAULT_KIT_PASSPHRASE, &err), -1);
	assert_int_equal(access(dir, F_OK), -1);
	/* A directory with something else in it is left alone. */
	assert_int_equal(mkdir(dir, 0700), 0);
	(void)snprintf(file, sizeof(file), "%s/letter.txt", dir);
	fd = open(file, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(init_in(dir, "adele", VAULT_KIT_PASSPHRASE, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(access(file, F_OK), 0);
	assert_int_equal(unlink(file), 0);
	/* What a crash in the middle left is no hindrance. */
	(void)snprintf(file, sizeof(file), "%s/cases.db", dir);
	fd = open(file, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(init_in(dir, "adele", VAULT_KIT_PASSPHRASE, &err), 0);
	/* And a vault is never made over another; that is said at once. */
	assert_int_equal(vault_none_yet(dir, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(init_in(dir, "adele", VAULT_KIT_PASSPHRASE, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	vault_kit_remove(dir);
}

static void
a_sound_vault(void **state)
{
	struct findings found;
	struct arena a;
	struct err err;
	bool not_checked = false;

	(void)state;
	assert_int_equal(count_bad(kit.supervisor, NULL), 0);
	assert_int_equal(count_bad(kit.admin, NULL), 0);
	/* Who does not hold its key is told that identity.db was left out. */
	arena_init(&a);
	assert_int_equal(vault_verify(kit.admin, &a, &found, &err), 0);
	for (size_t i = 0; i < found.n; i++)
		not_checked =
		    not_checked || (found.list[i].unchecked &&
				       strstr(found.list[i].what,
					   "identity.db: not checked") != NULL);
	assert_true(not_checked);
	assert_int_equal(vault_verify(amina, &a, &found, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	arena_done(&a);
}

/* Whoever may not open identity.db still hears when it is not there. */
static void
a_lost_identity_is_bad_for_everybody(void **state)
{
	char file[320], away[330];

	(void)state;
	(void)snprintf(file, sizeof(file), "%s/identity.db", kit.dir);
	(void)snprintf(away, sizeof(away), "%s.away", file);
	assert_int_equal(rename(file, away), 0);
	assert_int_equal(count_bad(kit.admin, "identity.db: it is missing"), 1);
	close(open(file, O_WRONLY | O_CREAT, 0600));
	assert_int_equal(count_bad(kit.admin, "empty or cut short"), 1);
	assert_int_equal(truncate(file, 4096 + 100), 0);
	assert_int_equal(count_bad(kit.admin, "cut short"), 1);
	assert_int_equal(rename(away, file), 0);
	assert_int_equal(count_bad(kit.admin, NULL), 0);
}

/* Changes behind the store's back, each found by its own check. */
static void
faults_are_found(void **state)
{
	static const struct {
		const char *harm, *heal, *says;
	} cases[] = {
		{ "UPDATE tally SET n = n + 1 WHERE what = 1",
		    "UPDATE tally SET n = n - 1 WHERE what = 1", "counters" },
		{ "INSERT INTO queue SELECT zeroblob(16), open, lane, branch, "
		  "rank, due_key, due_day, changed, code, next, stage, flags, "
		  "promised, worker FROM queue LIMIT 1",
		    "DELETE FROM queue WHERE uid = zeroblob(16)",
		    "row in the lists" },
		{ "INSERT INTO contact_alone VALUES ('', "
		  "x'00000000000000000000000000000001', zeroblob(16), 1)",
		    "DELETE FROM contact_alone WHERE "
		    "uid = x'00000000000000000000000000000001'",
		    "contacts without a case" },
		{ "DROP TRIGGER audit_no_update",
		    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit\n"
		    "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
		    "schema" },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		db_unfence(&kit.admin->cases);
		assert_int_equal(
		    db_script(&kit.admin->cases, cases[i].harm, &err), 0);
		db_fence(&kit.admin->cases);
		assert_true(count_bad(kit.admin, cases[i].says) > 0);
		db_unfence(&kit.admin->cases);
		assert_int_equal(
		    db_script(&kit.admin->cases, cases[i].heal, &err), 0);
		db_fence(&kit.admin->cases);
		assert_int_equal(count_bad(kit.admin, NULL), 0);
	}
}

/* How many pages of the file alone the engine's own check finds fault with. */
static int
pages_at_fault(void)
{
	struct db db;
	struct err err;
	sqlite3_stmt *st;
	int n = 0;

	assert_int_equal(db_open_sealed(&db, kit.dir, DB_CASES,
			     kit.admin->keys.case_root, &err),
	    0);
	st = db_query(&db, "PRAGMA cipher_integrity_check", NO_VALS, &err);
	while (db_row(&db, st, &err) == 1)
		n += strstr(col_text(st, 0), "page") != NULL;
	stmt_done(st);
	db_close(&db);
	return n;
}

/* Of cases.db, what becomes of its pages; its structure is as it should be. */
static bool
says(struct session *s, const char *words)
{
	static const char structure[] =
	    "cases.db: the structure finds nothing wrong";
	struct findings found;
	struct arena a;
	struct err err;
	int said = 0;

	arena_init(&a);
	assert_int_equal(vault_verify(s, &a, &found, &err), 0);
	for (size_t i = 0; i < found.n; i++)
		said += strstr(found.list[i].what, words) != NULL ||
			strcmp(found.list[i].what, structure) == 0;
	arena_done(&a);
	return said == 2;
}

/* A checkpoint passes over a new page whose newest state came after a reader
 * began, and writes those after it: the file has a hole which the log fills. */
static void
a_page_kept_in_the_log_is_no_fault(void **state)
{
	static const char *const fill =
	    "CREATE TABLE spare (n INTEGER PRIMARY KEY, x BLOB);"
	    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c "
	    "WHERE n < 40) INSERT INTO spare SELECT n, randomblob(3000) FROM c";
	struct db writer, reader;
	struct err err;

	(void)state;
	assert_int_equal(db_open(&writer, kit.dir, DB_CASES,
			     kit.admin->keys.case_root, false, &err),
	    0);
	assert_int_equal(db_open(&reader, kit.dir, DB_CASES,
			     kit.admin->keys.case_root, false, &err),
	    0);
	assert_int_equal(db_script(&writer, fill, &err), 0);
	assert_int_equal(db_script(&reader, "BEGIN", &err), 0);
	assert_int_equal(
	    db_exec(&reader, "SELECT n FROM spare", NO_VALS, NULL, &err), 0);
	assert_int_equal(
	    db_script(&writer,
		"UPDATE spare SET x = randomblob(3000) WHERE n = 20", &err),
	    0);
	assert_int_equal(db_checkpoint(&writer, false, &err), 0);
	assert_true(pages_at_fault() > 0);
	assert_true(says(kit.admin, "cases.db: the seal of every page cannot"));
	assert_int_equal(db_script(&reader, "COMMIT", &err), 0);
	assert_true(pages_at_fault() > 0);
	assert_true(
	    says(kit.admin, "cases.db: the seal of every page finds no"));
	assert_int_equal(pages_at_fault(), 0);
	assert_int_equal(db_script(&writer, "DROP TABLE spare", &err), 0);
	db_close(&reader);
	db_close(&writer);
	assert_int_equal(count_bad(kit.admin, NULL), 0);
}

static struct uid
lone_person(int64_t made_at)
{
	struct uid uid = uid_new(), safe = uid_new();
	struct err err;
	struct tx tx;

	assert_int_equal(tx_begin(&tx, amina,
			     &(const struct tx_what){ .db = DB_IDENTITY,
				 .perm = PERM_IDENTITY_WRITE,
				 .object = &uid,
				 .action = "person.new",
				 .reason = "intake",
				 .wrote = true },
			     &err),
	    0);
	tx.now = made_at;
	assert_int_equal(record_insert(&tx, REC_PERSON, NULL, &uid,
			     COLS({ "name", v_str("Nobody Real") },
				 { "custody_ns", v_str("generic") })),
	    0);
	assert_int_equal(record_insert(&tx, REC_SAFE_CONTACT, &uid, &safe,
			     COLS({ "case_uid", v_uid0(&uid) },
				 { "may_contact", v_str("yes") },
				 { "number", v_str("000") })),
	    0);
	assert_int_equal(
	    tx_exec(&tx, "INSERT INTO name_key VALUES (1, 'nobody', ?1)",
		VALS(v_uid0(&uid))),
	    0);
	assert_int_equal(tx_commit(&tx), 0);
	tx_abort(&tx);
	session_identity_close(amina);
	return uid;
}

static void
orphans_are_found_and_removed(void **state)
{
	struct uid old = lone_person(clock_now() - CLOCK_HOUR);
	struct uid fresh = lone_person(clock_now());
	struct db *identity;
	size_t removed;
	struct err err;
	int64_t n;

	(void)state;
	assert_int_equal(count_bad(kit.supervisor, "without a case"), 1);
	assert_int_equal(
	    vault_remove_orphans(kit.supervisor, &removed, &err), 0);
	assert_int_equal(removed, 1); /* the fresh one may be under way */
	assert_int_equal(count_bad(kit.supervisor, NULL), 0);
	assert_int_equal(session_identity(kit.supervisor, &identity, &err), 0);
	assert_int_equal(db_int(identity,
			     "SELECT (SELECT count(*) FROM safe_contact WHERE "
			     "person = ?1) + (SELECT count(*) FROM name_key "
			     "WHERE person = ?1) + (SELECT count(*) FROM "
			     "person WHERE uid = ?1 AND name <> '')",
			     VALS(v_uid0(&old)), &n, &err),
	    1);
	assert_int_equal(n, 0);
	assert_int_equal(db_int(identity,
			     "SELECT (deleted_hlc <> 0) FROM person WHERE "
			     "uid = ?1",
			     VALS(v_uid0(&old)), &n, &err),
	    1);
	assert_int_equal(n, 1); /* the tombstone */
	assert_int_equal(db_int(identity,
			     "SELECT count(*) FROM safe_contact WHERE "
			     "person = ?1",
			     VALS(v_uid0(&fresh)), &n, &err),
	    1);
	assert_int_equal(n, 1);
	/* What belongs to somebody who is there cannot be removed. */
	assert_int_equal(
	    db_exec(identity, "DELETE FROM safe_contact WHERE person = ?1",
		VALS(v_uid0(&fresh)), NULL, &err),
	    -1);
	session_identity_close(kit.supervisor);
	assert_int_equal(vault_remove_orphans(kit.admin, &removed, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
}

static int
restore(const char *from, const char *login, const char *word, struct err *err)
{
	struct secret *p = vault_kit_secret(word);
	int rc = vault_restore(from,
	    &(const struct sign_in){ .vault = kit.dir,
		.society = kit.society,
		.login = login,
		.passphrase = p,
		.terminal = "test" },
	    NULL, err);

	secret_free(p);
	return rc;
}

static void
flip(const char *dir, const char *name, off_t at)
{
	char path[400];
	unsigned char c;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(pread(fd, &c, 1, at), 1);
	c ^= 1;
	assert_int_equal(pwrite(fd, &c, 1, at), 1);
	(void)close(fd);
}

/* Any byte of any file of a backup: noticed, and nothing is replaced. */
static void
a_damaged_backup_is_refused(const char *dir)
{
	static const char *const files[] = { "cases.db", "identity.db",
		"keyring", "anchor", "manifest" };
	static const off_t at[] = { 0, 17, 300 };
	struct stat before, after;
	struct err err;

	assert_int_equal(stat(kit.dir, &before), 0);
	for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++)
		for (size_t i = 0; i < 3; i++) {
			off_t where = f == 4 ? at[i] / 5 : at[i];

			flip(dir, files[f], where);
			if (restore(dir, "adele", VAULT_KIT_PASSPHRASE, &err) !=
			    -1)
				fail_msg("%s at %d", files[f], (int)where);
			flip(dir, files[f], where);
		}
	assert_int_equal(stat(kit.dir, &after), 0);
	assert_true(before.st_ino == after.st_ino);
}

static void
backed_up_and_put_back(void **state)
{
	char dir[300], aside[320];
	struct session *s;
	struct err err;
	bool changed;
	int64_t n = 0;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/backup", kit.root);
	assert_int_equal(vault_backup(amina, dir, BACKUP_EVERYBODY, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(access(dir, F_OK), -1);
	/* Not in the vault itself, however deep. */
	(void)snprintf(aside, sizeof(aside), "%s/lock/copy", kit.dir);
	assert_int_equal(
	    vault_backup(kit.admin, aside, BACKUP_EVERYBODY, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(access(aside, F_OK), -1);
	(void)snprintf(aside, sizeof(aside), "%s.before-restore", kit.dir);
	assert_int_equal(
	    vault_backup(kit.admin, dir, BACKUP_EVERYBODY, &err), 0);
	assert_int_equal(
	    vault_backup(kit.admin, dir, BACKUP_EVERYBODY, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	a_damaged_backup_is_refused(dir);
	assert_int_equal(
	    restore(dir, "adele", "some other words here", &err), -1);
	assert_int_equal(err.kind, ERR_AUTH);
	assert_int_equal(restore(dir, "amina", VAULT_KIT_PASSPHRASE, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	/* Work after the backup is not in it, and is kept aside. */
	(void)vault_kit_case(amina, NULL, "branch-1");
	assert_int_equal(restore(dir, "adele", VAULT_KIT_PASSPHRASE, &err), 0);
	assert_int_equal(access(aside, F_OK), 0);
	assert_int_equal(session_look(amina, &changed, &err), -1);
	assert_int_equal(err.kind, ERR_TAMPERED);
	s = vault_kit_sign_in(&kit, "amina", &err);
	assert_non_null(s);
	assert_int_equal(db_int(&s->cases, "SELECT count(*) FROM case_file",
			     NO_VALS, &n, &err),
	    1);
	assert_int_equal(n, 1);
	session_end(s, SESSION_SIGNED_OUT);
	s = vault_kit_sign_in(&kit, "adele", &err);
	assert_non_null(s);
	assert_int_equal(count_bad(s, NULL), 0);
	session_end(s, SESSION_SIGNED_OUT);
	s = vault_kit_sign_in(&kit, "sunil", &err);
	assert_non_null(s);
	assert_int_equal(count_bad(s, NULL), 0);
	session_end(s, SESSION_SIGNED_OUT);
	/* The one that was put aside is in the way of the next. */
	assert_int_equal(restore(dir, "adele", VAULT_KIT_PASSPHRASE, &err), -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	vault_kit_remove(aside);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_or_nothing),
		cmocka_unit_test(a_sound_vault),
		cmocka_unit_test(a_lost_identity_is_bad_for_everybody),
		cmocka_unit_test(faults_are_found),
		cmocka_unit_test(a_page_kept_in_the_log_is_no_fault),
		cmocka_unit_test(orphans_are_found_and_removed),
		cmocka_unit_test(backed_up_and_put_back),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
