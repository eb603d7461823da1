/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "store/record_table.h"
#include "store/schema.h"
#include "vault/crypto.h"

/* The statements are plain SQL, so a plain database in memory will do. */
static void
open_memory(struct db *db, enum vault_db which)
{
	*db = (struct db){ .which = which };
	assert_int_equal(sqlite3_open_v2(":memory:", &db->h,
			     SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL),
	    SQLITE_OK);
}

static void
schema_hash(struct db *db, uint8_t out[HASH_BYTES])
{
	struct hash h;
	struct err err;
	sqlite3_stmt *st;

	hash_init(&h);
	st = db_query(db,
	    "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name",
	    NO_VALS, &err);
	while (db_row(db, st, &err) == 1)
		hash_add(&h, col_text(st, 0), strlen(col_text(st, 0)));
	hash_end(&h, out);
}

static int64_t
ask(struct db *db, const char *sql)
{
	struct err err;
	int64_t n = -1;

	assert_int_not_equal(db_int(db, sql, NO_VALS, &n, &err), -1);
	return n;
}

static void
from_every_earlier_schema(void **state)
{
	uint8_t whole[HASH_BYTES], stepped[HASH_BYTES];
	struct err err;
	struct db db;

	(void)state;
	for (int which = DB_CASES; which <= DB_IDENTITY; which++) {
		open_memory(&db, which);
		assert_int_equal(
		    db_migrate_due(&db, migrations, n_migrations, &err), 1);
		assert_int_equal(
		    db_migrate(&db, migrations, n_migrations, &err), 0);
		schema_hash(&db, whole);
		db_close(&db);
		assert_true(db_schema_version(which) > 0);
		for (size_t k = 0; k <= n_migrations; k++) {
			open_memory(&db, which);
			assert_int_equal(
			    db_migrate(&db, migrations, k, &err), 0);
			assert_int_equal(
			    db_migrate(&db, migrations, n_migrations, &err), 0);
			assert_int_equal(
			    db_migrate_due(&db, migrations, n_migrations, &err),
			    0);
			schema_hash(&db, stepped);
			assert_memory_equal(whole, stepped, HASH_BYTES);
			db_close(&db);
		}
	}
}

/* What a prepared referral would tell is the same after cases-010. */
static void
what_was_prepared_stays(void **state)
{
	static const char rows[] =
	    "INSERT INTO referral (case_uid, uid, ns, origin_node, hlc, rev,"
	    " schema_version, made_at, made_by, changed_at, changed_by,"
	    " recipient, purpose, mode, priority, reason, state_at)"
	    " SELECT zeroblob(16), v, 'x', x'', 1, 1, 1, 1, x'', 1, x'', 'r',"
	    " 'p', 'full', 'urgent', 'why', 1"
	    " FROM (SELECT zeroblob(16) AS v UNION ALL"
	    " SELECT randomblob(16));"
	    "INSERT INTO referral_item (case_uid, uid, ns, origin_node, hlc,"
	    " rev, schema_version, made_at, made_by, referral, field)"
	    " SELECT zeroblob(16), randomblob(16), 'x', x'', 1, 1, 1, 1, x'',"
	    " zeroblob(16), f"
	    " FROM (SELECT 'name' AS f UNION ALL SELECT 'word')";
	struct err err;
	struct db db;
	size_t k = 0;

	(void)state;
	while (strstr(migrations[k].name, "cases-010") == NULL)
		k++;
	open_memory(&db, DB_CASES);
	assert_int_equal(db_migrate(&db, migrations, k, &err), 0);
	assert_int_equal(db_script(&db, rows, &err), 0);
	assert_int_equal(db_migrate(&db, migrations, n_migrations, &err), 0);
	assert_int_equal(ask(&db, "SELECT count(*) FROM referral WHERE uid = "
				  "zeroblob(16) AND fields IN ('name,word', "
				  "'word,name')"),
	    1);
	assert_int_equal(
	    ask(&db, "SELECT count(*) FROM referral WHERE fields = ''"), 1);
	db_close(&db);
}

static void
a_newer_vault_is_left_alone(void **state)
{
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct migration more[64];
	struct err err;
	struct db db;

	(void)state;
	assert_true(n_migrations < 63);
	memcpy(more, migrations, n_migrations * sizeof(more[0]));
	more[n_migrations] =
	    (struct migration){ "cases-999-later", "CREATE TABLE later (a);" };
	open_memory(&db, DB_CASES);
	assert_int_equal(db_migrate(&db, more, n_migrations + 1, &err), 0);
	schema_hash(&db, before);
	assert_int_equal(
	    db_migrate_due(&db, migrations, n_migrations, &err), -1);
	assert_int_equal(err.kind, ERR_VERSION);
	assert_int_equal(db_migrate(&db, migrations, n_migrations, &err), -1);
	assert_int_equal(err.kind, ERR_VERSION);
	schema_hash(&db, after);
	assert_memory_equal(before, after, HASH_BYTES);
	db_close(&db);
}

static void
an_edited_migration_is_noticed(void **state)
{
	struct migration edited[64];
	struct err err;
	struct db db;

	(void)state;
	memcpy(edited, migrations, n_migrations * sizeof(edited[0]));
	open_memory(&db, DB_CASES);
	assert_int_equal(db_migrate(&db, migrations, n_migrations, &err), 0);
	edited[0].sql = "CREATE TABLE meta (name TEXT);";
	assert_int_equal(db_migrate(&db, edited, n_migrations, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	db_close(&db);
}

/* Half of one is none of it, and the next start does it whole. */
static void
a_broken_one_leaves_nothing(void **state)
{
	struct migration more[64];
	struct err err;
	struct db db;

	(void)state;
	memcpy(more, migrations, n_migrations * sizeof(more[0]));
	more[n_migrations] = (struct migration){ "cases-998-breaks",
		"CREATE TABLE first (a); CREATE TABLE first (a);" };
	open_memory(&db, DB_CASES);
	assert_int_equal(db_migrate(&db, more, n_migrations + 1, &err), -1);
	assert_int_equal(ask(&db, "SELECT count(*) FROM sqlite_master "
				  "WHERE name = 'first'"),
	    0);
	assert_int_equal(
	    ask(&db, "SELECT count(*) FROM meta WHERE name LIKE '%breaks'"), 0);
	more[n_migrations].sql = "CREATE TABLE first (a);";
	assert_int_equal(db_migrate(&db, more, n_migrations + 1, &err), 0);
	assert_int_equal(ask(&db, "SELECT count(*) FROM first"), 0);
	db_close(&db);
}

/* What every row carries, so that sites can exchange rows later. */
static const char *const carried[] = { "uid", "ns", "origin_node", "hlc", "rev",
	"schema_version", "deleted_hlc", "made_at", "made_by" };
static const char *const changed[] = { "changed_at", "changed_by" };

static bool
has_column(struct db *db, const char *table, const char *column, char type[32])
{
	sqlite3_stmt *st;
	struct err err;
	int rc;

	st = db_query(db,
	    "SELECT type FROM pragma_table_info(?1) WHERE name = ?2",
	    VALS(v_str(table), v_str(column)), &err);
	rc = db_row(db, st, &err);
	assert_int_not_equal(rc, -1);
	if (rc == 1) {
		(void)snprintf(type, 32, "%s", col_text(st, 0));
		stmt_done(st);
	}
	return rc == 1;
}

static void
check_columns(struct db *db, const struct rec_table *t)
{
	static const char *const types[] = { [REC_TEXT] = "TEXT",
		[REC_INT] = "INTEGER",
		[REC_BOOL] = "INTEGER",
		[REC_UID] = "BLOB",
		[REC_BYTES] = "BLOB" };
	char type[32];
	struct err err;
	int64_t n = 0, known = 0;

	for (const struct rec_field *f = t->fields; f->name != NULL; f++) {
		known++;
		if (!has_column(db, t->name, f->name, type))
			fail_msg("%s has no %s", t->name, f->name);
		assert_string_equal(type, types[f->type]);
		/* Nobody edits what only the program may set. */
		assert_false(f->editable && t->append_only);
	}
	for (size_t i = 0; i < sizeof(carried) / sizeof(carried[0]); i++)
		if (!has_column(db, t->name, carried[i], type))
			fail_msg("%s lacks %s", t->name, carried[i]);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
		    has_column(db, t->name, changed[i], type), !t->append_only);
	known += (int64_t)(sizeof(carried) / sizeof(carried[0])) +
		 (t->append_only ? 0 : 2) + (t->parent == NULL ? 0 : 1);
	assert_int_equal(
	    db_int(db, "SELECT count(*) FROM pragma_table_info(?1)",
		VALS(v_str(t->name)), &n, &err),
	    1);
	if (n != known)
		fail_msg(
		    "%s: %d columns, %d known", t->name, (int)n, (int)known);
}

/* Keyed by what they belong to, without a hidden row number. */
static void
check_key(struct db *db, const struct rec_table *t)
{
	struct err err;
	sqlite3_stmt *st;

	st = db_query(db, "SELECT name FROM pragma_table_info(?1) WHERE pk = 1",
	    VALS(v_str(t->name)), &err);
	assert_int_equal(db_row(db, st, &err), 1);
	assert_string_equal(
	    col_text(st, 0), t->parent == NULL ? "uid" : t->parent);
	stmt_done(st);
	st = db_query(db, "SELECT sql FROM sqlite_master WHERE name = ?1",
	    VALS(v_str(t->name)), &err);
	assert_int_equal(db_row(db, st, &err), 1);
	assert_non_null(strstr(col_text(st, 0), "WITHOUT ROWID"));
	assert_null(strstr(col_text(st, 0), "UNIQUE"));
	assert_null(strstr(col_text(st, 0), "REFERENCES"));
	assert_null(strstr(col_text(st, 0), "AUTOINCREMENT"));
	stmt_done(st);
}

static void
check_append_only(struct db *db, const char *table)
{
	static const char *const kinds[] = { "update", "delete" };
	struct err err;
	int64_t n;

	for (size_t i = 0; i < 2; i++) {
		n = 0;
		assert_int_equal(
		    db_int(db,
			"SELECT count(*) FROM sqlite_master WHERE type = "
			"'trigger' AND tbl_name = ?1 AND name = ?1 || '_no_' "
			"|| ?2 "
			"AND sql LIKE '%RAISE(ABORT%'",
			VALS(v_str(table), v_str(kinds[i])), &n, &err),
		    1);
		if (n != 1)
			fail_msg("%s can %s", table, kinds[i]);
	}
}

static void
tables_are_as_the_program_knows_them(void **state)
{
	struct err err;
	struct db db[2];

	(void)state;
	for (int which = DB_CASES; which <= DB_IDENTITY; which++) {
		open_memory(&db[which], which);
		assert_int_equal(
		    db_migrate(&db[which], migrations, n_migrations, &err), 0);
		check_append_only(&db[which], "audit");
		check_append_only(&db[which], "op");
	}
	check_append_only(&db[DB_CASES], "sign_key");
	for (int i = 0; i < REC_TABLES; i++) {
		const struct rec_table *t = &rec_tables[i];

		assert_non_null(t->name);
		check_columns(&db[t->db], t);
		check_key(&db[t->db], t);
		if (t->append_only)
			check_append_only(&db[t->db], t->name);
	}
	db_close(&db[DB_CASES]);
	db_close(&db[DB_IDENTITY]);
}

/* The tables that exchange between sites will need are there, and empty. */
static void
exchange_is_prepared(void **state)
{
	static const char *const tables[] = { "outbox", "inbox_state",
		"quarantine", "conflict", "node" };
	struct err err;
	struct db db;
	char sql[64];

	(void)state;
	open_memory(&db, DB_CASES);
	assert_int_equal(db_migrate(&db, migrations, n_migrations, &err), 0);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		(void)snprintf(
		    sql, sizeof(sql), "SELECT count(*) FROM %s", tables[i]);
		assert_int_equal(ask(&db, sql), 0);
	}
	db_close(&db);
}

/* Triggers hold also against the statements people forget. */
static void
appended_facts_stay(void **state)
{
	static const char *const tries[] = {
		"UPDATE op SET new = 'x'",
		"DELETE FROM op",
		"REPLACE INTO op SELECT * FROM op",
	};
	struct err err;
	struct db db;

	(void)state;
	open_memory(&db, DB_CASES);
	assert_int_equal(db_migrate(&db, migrations, n_migrations, &err), 0);
	assert_int_equal(db_script(&db,
			     "PRAGMA recursive_triggers = ON;"
			     "INSERT INTO op VALUES (x'01', x'02', "
			     "zeroblob(16), 'n', x'03', 1, 2, 1, 0, x'03', "
			     "'note', 'text', '', 'y', x'04', 5)",
			     &err),
	    0);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		assert_int_equal(db_script(&db, tries[i], &err), -1);
	assert_int_equal(
	    ask(&db, "SELECT count(*) FROM op WHERE new = 'y'"), 1);
	db_close(&db);
}

/* Counters follow every way a row can change. */
static void
counters_follow_rows(void **state)
{
	static const struct {
		const char *sql;
		int open_lane, closed_lane, open_branch, due_lane, due_branch;
	} steps[] = {
		{ "INSERT INTO queue VALUES (zeroblob(16), 1, x'aa', 'B', 0, "
		  "500, 3, 1, 'c', '', '', 0, 0, '')",
		    1, 0, 1, 1, 1 },
		{ "UPDATE queue SET due_day = NULL", 1, 0, 1, 0, 0 },
		{ "UPDATE queue SET due_day = 3", 1, 0, 1, 1, 1 },
		{ "UPDATE queue SET lane = x'bb'", 0, 0, 1, 0, 1 },
		{ "UPDATE queue SET lane = x'aa'", 1, 0, 1, 1, 1 },
		{ "UPDATE queue SET open = 0", 0, 1, 0, 0, 0 },
		{ "UPDATE queue SET branch = 'C'", 0, 1, 0, 0, 0 },
		{ "UPDATE queue SET open = 1, branch = 'B'", 1, 0, 1, 1, 1 },
		{ "UPDATE queue SET changed = 9, due_day = 3", 1, 0, 1, 1, 1 },
		{ "DELETE FROM queue", 0, 0, 0, 0, 0 },
	};
	struct err err;
	struct db db;

	(void)state;
	open_memory(&db, DB_CASES);
	assert_int_equal(db_migrate(&db, migrations, n_migrations, &err), 0);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
#define SUM(w) "SELECT coalesce(sum(n), 0) FROM tally WHERE " w
		assert_int_equal(db_script(&db, steps[i].sql, &err), 0);
		assert_int_equal(ask(&db, SUM("lane = x'aa' AND what = 1")),
		    steps[i].open_lane);
		assert_int_equal(ask(&db, SUM("lane = x'aa' AND what = 2")),
		    steps[i].closed_lane);
		assert_int_equal(
		    ask(&db, SUM("lane = CAST('b:B' AS BLOB) AND what = 1")),
		    steps[i].open_branch);
		assert_int_equal(
		    ask(&db, SUM("lane = x'aa' AND what = 3 AND day = 3")),
		    steps[i].due_lane);
		assert_int_equal(
		    ask(&db, SUM("lane = CAST('b:B' AS BLOB) AND what "
				 "= 3 AND day = 3")),
		    steps[i].due_branch);
		/* By the minute there are as many as by the day. */
		assert_int_equal(ask(&db, SUM("lane = x'aa' AND what = 4")),
		    ask(&db, SUM("lane = x'aa' AND what = 3")));
		assert_int_equal(
		    ask(&db, SUM("lane = CAST('b:B' AS BLOB) AND what = 4")),
		    ask(&db, SUM("lane = CAST('b:B' AS BLOB) AND what = 3")));
		assert_int_equal(
		    ask(&db, "SELECT count(*) FROM tally WHERE n < 0"), 0);
#undef SUM
	}
	db_close(&db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_every_earlier_schema),
		cmocka_unit_test(what_was_prepared_stays),
		cmocka_unit_test(a_newer_vault_is_left_alone),
		cmocka_unit_test(an_edited_migration_is_noticed),
		cmocka_unit_test(a_broken_one_leaves_nothing),
		cmocka_unit_test(tables_are_as_the_program_knows_them),
		cmocka_unit_test(exchange_is_prepared),
		cmocka_unit_test(appended_facts_stay),
		cmocka_unit_test(counters_follow_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
