/* SPDX-License-Identifier: ISC */
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

#include "base/date.h"
#include "store/db.h"
#include "store/db_plan.h"
#include "../lib/vault_kit.h"

struct box {
	char dir[64];
	char path[96];
	struct secret *root, *other;
	struct db db;
};

static int
setup(void **state)
{
	struct box *b = calloc(1, sizeof(*b));
	struct err err;

	assert_non_null(b);
	assert_int_equal(vault_init(&err), 0);
	(void)snprintf(b->dir, sizeof(b->dir), "/tmp/amparo-db-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	(void)snprintf(b->path, sizeof(b->path), "%s/cases.db", b->dir);
	b->root = secret_random(KEY_BYTES);
	b->other = secret_random(KEY_BYTES);
	assert_int_equal(
	    db_open(&b->db, b->dir, DB_CASES, b->root, true, &err), 0);
	assert_int_equal(db_script(&b->db,
			     "CREATE TABLE t (a INTEGER, b TEXT, c BLOB);"
			     "CREATE TABLE audit (a INTEGER);"
			     "CREATE TABLE op (a INTEGER);"
			     "CREATE INDEX t_a ON t (a);"
			     "INSERT INTO audit VALUES (1)",
			     &err),
	    0);
	*state = b;
	return 0;
}

static int
teardown(void **state)
{
	struct box *b = *state;

	db_close(&b->db);
	secret_free(b->root);
	secret_free(b->other);
	vault_kit_remove(b->dir);
	free(b);
	return 0;
}

static void
every_setting_is_what_it_must_be(void **state)
{
	static const struct {
		const char *get, *want;
	} cases[] = {
		{ "PRAGMA journal_mode", "wal" },
		{ "PRAGMA synchronous", "2" },
		{ "PRAGMA mmap_size", "0" },
		{ "PRAGMA temp_store", "2" },
		{ "PRAGMA secure_delete", "1" },
		{ "PRAGMA foreign_keys", "1" },
		{ "PRAGMA recursive_triggers", "1" },
		{ "PRAGMA wal_autocheckpoint", "0" },
		{ "PRAGMA cell_size_check", "1" },
		{ "PRAGMA cache_size", "-2048" },
		{ "PRAGMA page_size", "4096" },
		{ "PRAGMA cipher_memory_security", "0" },
		{ "PRAGMA trusted_schema", "0" },
		{ "PRAGMA busy_timeout", "5000" },
		{ "PRAGMA cipher_use_hmac", "1" },
	};
	struct box *b = *state;
	struct err err;
	sqlite3_stmt *st;
	int on = -1;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		st = db_query(&b->db, cases[i].get, NO_VALS, &err);
		assert_non_null(st);
		assert_int_equal(db_row(&b->db, st, &err), 1);
		if (strcmp(col_text(st, 0), cases[i].want) != 0)
			fail_msg("%s is %s", cases[i].get, col_text(st, 0));
		stmt_done(st);
	}
	(void)sqlite3_db_config(
	    b->db.h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, -1, &on);
	assert_int_equal(on, 1);
	(void)sqlite3_db_config(b->db.h, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
	assert_int_equal(on, 1);
	(void)sqlite3_db_config(
	    b->db.h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, -1, &on);
	assert_int_equal(on, 0);
}

/* A second connection that asks for another key gets nothing, and nothing is
 * said on standard error, which would land on somebody's screen. */
static void
a_wrong_key_says_nothing(void **state)
{
	struct box *b = *state;
	struct db db;
	struct err err;
	char said[64];
	int saved, fds[2];
	ssize_t n;

	assert_int_equal(db_checkpoint(&b->db, true, &err), 0);
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	saved = dup(2);
	assert_true(dup2(fds[1], 2) == 2);
	assert_int_equal(
	    db_open(&db, b->dir, DB_CASES, b->other, false, &err), -1);
	assert_true(dup2(saved, 2) == 2);
	(void)close(saved);
	n = read(fds[0], said, sizeof(said));
	assert_int_equal(n, -1);
	(void)close(fds[0]);
	(void)close(fds[1]);
	assert_int_equal(err.kind, ERR_DAMAGED);
	assert_null(db.h);
}

static void
only_our_own_files(void **state)
{
	struct box *b = *state;
	struct db db;
	struct err err;
	char real[128];

	db_close(&b->db);
	assert_int_equal(chmod(b->path, 0640), 0);
	assert_int_equal(
	    db_open(&db, b->dir, DB_CASES, b->root, false, &err), -1);
	assert_int_equal(err.kind, ERR_UNSAFE);
	assert_non_null(strstr(err.text, "could read"));
	assert_int_equal(chmod(b->path, 0600), 0);
	/* Each is told as what it is, where the test may make it. */
	if (geteuid() == 0) {
		assert_int_equal(chown(b->path, 12345, 0), 0);
		assert_int_equal(
		    db_open(&db, b->dir, DB_CASES, b->root, false, &err), -1);
		assert_int_equal(err.kind, ERR_UNSAFE);
		assert_non_null(strstr(err.text, "another user"));
		assert_int_equal(chown(b->path, 0, 0), 0);
	}

	(void)snprintf(real, sizeof(real), "%s/real", b->dir);
	assert_int_equal(rename(b->path, real), 0);
	assert_int_equal(
	    db_open(&db, b->dir, DB_CASES, b->root, false, &err), -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_int_equal(symlink(real, b->path), 0);
	assert_int_equal(
	    db_open(&db, b->dir, DB_CASES, b->root, false, &err), -1);
	assert_int_equal(err.kind, ERR_UNSAFE);
	assert_non_null(strstr(err.text, "is a link"));
	assert_int_equal(unlink(b->path), 0);
	assert_int_equal(rename(real, b->path), 0);
	assert_int_equal(
	    db_open(&db, b->dir, DB_CASES, b->root, false, &err), 0);
	db_close(&db);
}

/* What the ordinary engine would have written. */
static void
plaintext_is_refused(void **state)
{
	struct box *b = *state;
	struct db db;
	struct err err;
	sqlite3 *h = NULL;

	db_close(&b->db);
	assert_int_equal(unlink(b->path), 0);
	assert_int_equal(sqlite3_open(b->path, &h), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(h, "CREATE TABLE t (a)", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(h), SQLITE_OK);
	assert_int_equal(chmod(b->path, 0600), 0);
	assert_int_equal(
	    db_open(&db, b->dir, DB_CASES, b->root, false, &err), -1);
	assert_int_equal(err.kind, ERR_UNSAFE);
}

static void
the_file_is_sealed(void **state)
{
	static const char marker[] = "heron marker in clear";
	struct box *b = *state;
	struct err err;
	char block[65536];
	int64_t size;
	size_t got;

	assert_int_equal(
	    db_exec(&b->db, "INSERT INTO t VALUES (1, ?1, ?2)",
		VALS(v_str(marker), v_blob(marker, 21)), NULL, &err),
	    0);
	assert_int_equal(db_checkpoint(&b->db, true, &err), 0);
	assert_int_equal(db_raw_size(&b->db, &size, &err), 0);
	assert_in_range(size, 4096, sizeof(block));
	assert_int_equal(
	    db_raw(&b->db, 0, block, sizeof(block), &got, &err), 0);
	assert_int_equal(got, size);
	assert_null(memmem(block, got, marker, 21));
	assert_int_not_equal(memcmp(block, "SQLite format 3", 16), 0);
	assert_int_equal(db_raw(&b->db, size, block, 16, &got, &err), 0);
	assert_int_equal(got, 0);
}

static void
the_fence(void **state)
{
	static const char *const never[] = {
		"ATTACH '/tmp/x' AS x",
		"PRAGMA synchronous = OFF",
		"PRAGMA temp_store = FILE",
		"PRAGMA key = 'x'",
		"PRAGMA rekey = 'x'",
		"PRAGMA writable_schema = ON",
		"SELECT load_extension('x')",
		"SELECT sqlcipher_export('main')",
		"CREATE TABLE u (a)",
		"CREATE TEMP TABLE u (a)",
		"DROP TABLE t",
		"ALTER TABLE t ADD COLUMN d",
		"CREATE INDEX i ON t (a)",
		"CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
		"REINDEX",
		"ANALYZE",
		"VACUUM INTO '/tmp/x'",
		"UPDATE audit SET a = 2",
		"DELETE FROM audit",
		"REPLACE INTO sqlite_master VALUES (1, 2, 3, 4, 5)",
		"DELETE FROM op",
	};
	static const char *const still[] = {
		"INSERT INTO t VALUES (1, 'x', NULL)",
		"UPDATE t SET a = 2",
		"SELECT count(*) FROM t",
		"DELETE FROM t",
		"INSERT INTO audit VALUES (2)",
		"PRAGMA data_version",
		"BEGIN",
		"COMMIT",
	};
	struct box *b = *state;
	struct err err;

	db_fence(&b->db);
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		if (db_exec(&b->db, never[i], NO_VALS, NULL, &err) != -1)
			fail_msg("the fence lets through: %s", never[i]);
		assert_null(strstr(err.text, "audit"));
	}
	for (size_t i = 0; i < sizeof(still) / sizeof(still[0]); i++)
		if (db_exec(&b->db, still[i], NO_VALS, NULL, &err) == -1)
			fail_msg("the fence stops: %s", still[i]);
	db_unfence(&b->db);
	assert_int_equal(db_script(&b->db, "DROP TABLE t", &err), 0);
}

static void
what_failures_mean(void **state)
{
	static const struct {
		int rc;
		enum err_kind kind;
	} cases[] = {
		{ SQLITE_BUSY, ERR_BUSY },
		{ SQLITE_BUSY_SNAPSHOT, ERR_BUSY },
		{ SQLITE_LOCKED, ERR_BUSY },
		{ SQLITE_FULL, ERR_FULL },
		{ SQLITE_IOERR, ERR_IO },
		{ SQLITE_IOERR_WRITE, ERR_IO },
		{ SQLITE_IOERR_FSYNC, ERR_IO },
		{ SQLITE_IOERR_NOMEM, ERR_NOMEM },
		{ SQLITE_NOMEM, ERR_NOMEM },
		{ SQLITE_CORRUPT, ERR_DAMAGED },
		{ SQLITE_CORRUPT_INDEX, ERR_DAMAGED },
		{ SQLITE_NOTADB, ERR_DAMAGED },
		{ SQLITE_CONSTRAINT, ERR_IO },
		{ SQLITE_READONLY, ERR_IO },
	};
	struct box *b = *state;
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(db_fail(&b->db, cases[i].rc, &err), -1);
		assert_int_equal(err.kind, cases[i].kind);
		assert_true(strlen(err.text) > 20);
		assert_null(strstr(err.text, "SQL"));
	}
}

static void
values_go_in_and_come_out(void **state)
{
	struct box *b = *state;
	struct uid u = uid_new(), none = { { 0 } };
	sqlite3_stmt *st;
	struct fdate d;
	struct arena a;
	struct err err;
	size_t n;

	arena_init(&a);
	st = db_query(&b->db, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8",
	    VALS(v_int(INT64_MIN), v_str("\xe0\xb6\x85"), v_uid(&u),
		v_uid(&none), v_uid0(&none), v_str(NULL), v_blob("", 0),
		v_str("2026-11")),
	    &err);
	assert_int_equal(db_row(&b->db, st, &err), 1);
	assert_true(col_int(st, 0) == INT64_MIN);
	assert_string_equal(col_str(st, 1, &a), "\xe0\xb6\x85");
	assert_memory_equal(col_uid(st, 2).b, u.b, 16);
	assert_int_equal(sqlite3_column_type(st, 3), SQLITE_NULL);
	assert_non_null(col_bytes(st, 4, 16));
	assert_null(col_bytes(st, 4, 15));
	assert_string_equal(col_text(st, 5), "");
	assert_int_equal(sqlite3_column_type(st, 6), SQLITE_BLOB);
	(void)col_blob(st, 6, &n);
	assert_int_equal(n, 0);
	col_date(st, 7, &d);
	assert_int_equal(d.precision, DATE_MONTH);
	col_date(st, 1, &d);
	assert_int_equal(d.precision, DATE_UNKNOWN);
	assert_int_equal(db_row(&b->db, st, &err), 0);
	assert_true(db_idle(&b->db));
	arena_done(&a);
}

/* One text is prepared once, also when hundreds of others come between. */
static void
statements_are_kept(void **state)
{
	struct box *b = *state;
	sqlite3_stmt *first, *st;
	struct err err;
	char sql[64];

	first = db_query(&b->db, "SELECT 0", NO_VALS, &err);
	for (int i = 1; i <= 300; i++) {
		(void)snprintf(sql, sizeof(sql), "SELECT %d", i);
		st = db_query(&b->db, sql, NO_VALS, &err);
		assert_int_equal(db_row(&b->db, st, &err), 1);
		assert_int_equal(col_int(st, 0), i);
		stmt_done(st);
	}
	assert_ptr_equal(first, db_query(&b->db, "SELECT 0", NO_VALS, &err));
	assert_int_equal(b->db.n >= 301, 1);
	assert_null(
	    db_query(&b->db, "SELECT nothing FROM nowhere", NO_VALS, &err));
}

static void
others_are_noticed(void **state)
{
	struct box *b = *state;
	struct db other;
	struct err err;
	bool changed;

	assert_int_equal(
	    db_open(&other, b->dir, DB_CASES, b->root, false, &err), 0);
	assert_int_equal(db_changed(&b->db, &changed, &err), 0);
	assert_int_equal(
	    db_script(&b->db, "INSERT INTO t VALUES (1, 'own', NULL)", &err),
	    0);
	assert_int_equal(db_changed(&b->db, &changed, &err), 0);
	assert_false(changed);
	assert_int_equal(
	    db_script(&other, "INSERT INTO t VALUES (2, 'x', NULL)", &err), 0);
	assert_int_equal(db_changed(&b->db, &changed, &err), 0);
	assert_true(changed);
	assert_true(db_wal_pages(&other) > 0);
	assert_int_equal(db_checkpoint(&other, true, &err), 0);
	db_close(&other);
	db_close(&other); /* twice is fine */
}

/* Once for so many pages, also while a reader keeps the log from beginning
 * anew: not for each commit from then on. */
static void
a_log_that_goes_on_growing_is_copied_in_turns(void **state)
{
	struct box *b = *state;
	struct db reader;
	struct err err;
	int64_t n;
	int due = 0;

	assert_int_equal(
	    db_open(&reader, b->dir, DB_CASES, b->root, false, &err), 0);
	assert_int_equal(db_script(&reader, "BEGIN", &err), 0);
	assert_int_equal(
	    db_int(&reader, "SELECT count(*) FROM t", NO_VALS, &n, &err), 1);
	while (db_wal_pages(&b->db) <= 3 * CHECKPOINT_PAGES) {
		assert_int_equal(
		    db_script(&b->db,
			"INSERT INTO t VALUES (1, 'x', zeroblob(20000))", &err),
		    0);
		if (!db_checkpoint_due(&b->db))
			continue;
		due++;
		assert_int_equal(db_checkpoint(&b->db, false, &err), 0);
	}
	assert_int_equal(due, 3);
	assert_int_equal(db_script(&reader, "ROLLBACK", &err), 0);
	db_close(&reader);
}

static void
a_walk_through_a_whole_table_is_seen(void **state)
{
	static const struct {
		const char *step, *sql;
		bool walks;
	} cases[] = {
		{ "SCAN contact", "SELECT 1 FROM contact WHERE uid = ?1",
		    true },
		{ "SCAN r", "SELECT 1 FROM handover_read r", true },
		{ "SCAN t USING INDEX t_a", "SELECT a FROM t ORDER BY a",
		    true },
		{ "SEARCH t USING INDEX t_a (a=?)",
		    "SELECT a FROM t WHERE a = ?1", false },
		{ "SCAN t USING INDEX t_a",
		    "SELECT a FROM t ORDER BY a LIMIT ?1", false },
		{ "SCAN t", "SELECT a FROM t WHERE b = ?1 LIMIT 1", true },
		{ "SCAN audit",
		    "SELECT hash FROM audit ORDER BY seq DESC LIMIT 1", false },
		{ "SCAN k", "SELECT 1 FROM colleague k", false },
		{ "SCAN colleague", "SELECT uid FROM colleague", false },
		{ "SCAN a", "SELECT n FROM (SELECT 1 AS n) a", false },
		{ "SCAN (subquery-1)", "SELECT 1 FROM (SELECT 1)", false },
		{ "SCAN 3-ROW VALUES CLAUSE", "VALUES (1), (2), (3)", false },
		{ "SCAN CONSTANT ROW", "SELECT 1", false },
		{ "SCAN queue", PLAN_WHOLE "UPDATE queue SET rank = 1", false },
		{ "USE TEMP B-TREE FOR ORDER BY", "SELECT 1", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (plan_walks(cases[i].sql, cases[i].step) != cases[i].walks)
			fail_msg("%s: %s", cases[i].step, cases[i].sql);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(every_setting_is_what_it_must_be),
		T(a_wrong_key_says_nothing),
		T(only_our_own_files),
		T(plaintext_is_refused),
		T(the_file_is_sealed),
		T(the_fence),
		T(what_failures_mean),
		T(values_go_in_and_come_out),
		T(statements_are_kept),
		T(others_are_noticed),
		T(a_log_that_goes_on_growing_is_copied_in_turns),
		T(a_walk_through_a_whole_table_is_seen),
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
