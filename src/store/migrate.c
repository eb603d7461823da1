/* SPDX-License-Identifier: ISC */
/* Bringing a database from any earlier schema to this program's. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/db.h"
#include "store/schema.h"
#include "vault/crypto.h"

#define DONE_PREFIX "migration:"
#define NAME_SIZE 96

static const char *
prefix_of(enum vault_db which)
{
	return which == DB_CASES ? "cases-" : "identity-";
}

static bool
belongs(const struct migration *m, enum vault_db which)
{
	const char *p = prefix_of(which);

	return strncmp(m->name, p, strlen(p)) == 0;
}

int
db_schema_version(enum vault_db which)
{
	int n = 0;

	for (size_t i = 0; i < n_migrations; i++)
		n += belongs(&migrations[i], which);
	return n;
}

int
db_meta(struct db *db, const char *name, void *out, size_t cap, size_t *n,
    struct err *err)
{
	sqlite3_stmt *st = db_query(db,
	    "SELECT value FROM meta WHERE name = ?1", VALS(v_str(name)), err);
	const void *p;
	size_t len;
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(db, st, err);
	if (rc != 1)
		return rc;
	p = col_blob(st, 0, &len);
	*n = len < cap ? len : cap;
	if (*n > 0)
		memcpy(out, p, *n);
	stmt_done(st);
	return 1;
}

int
db_meta_set(
    struct db *db, const char *name, const void *p, size_t n, struct err *err)
{
	return db_exec(db,
	    "INSERT INTO meta (name, value) VALUES (?1, ?2) "
	    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	    VALS(v_str(name), v_blob(p, n)), NULL, err);
}

static int
has_meta(struct db *db, struct err *err)
{
	int64_t n = 0;

	if (db_int(db,
		"SELECT count(*) FROM sqlite_master "
		"WHERE type = 'table' AND name = 'meta'",
		NO_VALS, &n, err) == -1)
		return -1;
	return n > 0;
}

static void
hash_of(const struct migration *m, uint8_t out[HASH_BYTES])
{
	hash_bytes(m->sql, strlen(m->sql), out);
}

/* 1: it ran, 0: not yet, -1: it ran in another form, or cannot be read. */
static int
ran(struct db *db, const struct migration *m, struct err *err)
{
	uint8_t want[HASH_BYTES], got[HASH_BYTES];
	char name[NAME_SIZE];
	size_t n = 0;
	int rc;

	(void)snprintf(name, sizeof(name), DONE_PREFIX "%s", m->name);
	rc = db_meta(db, name, got, sizeof(got), &n, err);
	if (rc != 1)
		return rc;
	hash_of(m, want);
	if (n != sizeof(got) || !bytes_eq(got, want, sizeof(want)))
		return err_set(err, ERR_DAMAGED,
		    _("This vault was made by another edition of amparo than "
		      "this one. Use the one it was made with, or restore a "
		      "backup."));
	return 1;
}

static int
known(
    enum vault_db which, const char *name, const struct migration *m, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (belongs(&m[i], which) && strcmp(m[i].name, name) == 0)
			return 1;
	return 0;
}

/* Everything that ran must be one of ours. */
static int
check_known(struct db *db, const struct migration *m, size_t n, struct err *err)
{
	sqlite3_stmt *st =
	    db_query(db, "SELECT name FROM meta WHERE name >= ?1 AND name < ?2",
		VALS(v_str(DONE_PREFIX), v_str("migration;")), err);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = db_row(db, st, err)) == 1) {
		if (known(
			db->which, col_text(st, 0) + strlen(DONE_PREFIX), m, n))
			continue;
		stmt_done(st);
		return err_set(err, ERR_VERSION,
		    _("This vault was last used by a newer amparo than this "
		      "one. Ask whoever looks after this machine to update "
		      "amparo."));
	}
	return rc;
}

int
db_migrate_due(
    struct db *db, const struct migration *m, size_t n, struct err *err)
{
	int rc = has_meta(db, err);

	if (rc != 1)
		return rc == 0 ? 1 : -1;
	if (check_known(db, m, n, err) == -1)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!belongs(&m[i], db->which))
			continue;
		rc = ran(db, &m[i], err);
		if (rc != 1)
			return rc == 0 ? 1 : -1;
	}
	return 0;
}

static int
run_one(struct db *db, const struct migration *m, struct err *err)
{
	uint8_t hash[HASH_BYTES];
	char name[NAME_SIZE];

	hash_of(m, hash);
	(void)snprintf(name, sizeof(name), DONE_PREFIX "%s", m->name);
	if (db_script(db, "BEGIN IMMEDIATE", err) == -1)
		return -1;
	if (db_script(db, m->sql, err) == 0 &&
	    db_meta_set(db, name, hash, sizeof(hash), err) == 0 &&
	    db_script(db, "COMMIT", err) == 0)
		return 0;
	/* Nothing to do about a rollback that fails: closing does it too. */
	(void)sqlite3_exec(db->h, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

int
db_migrate(struct db *db, const struct migration *m, size_t n, struct err *err)
{
	int rc = has_meta(db, err);
	bool fenced = db->fenced;

	if (rc == -1 || (rc == 1 && check_known(db, m, n, err) == -1))
		return -1;
	rc = db_cache(db, true, err);
	db_unfence(db);
	for (size_t i = 0; i < n && rc == 0; i++) {
		if (!belongs(&m[i], db->which))
			continue;
		rc = has_meta(db, err);
		if (rc == 1)
			rc = ran(db, &m[i], err);
		if (rc == 0)
			rc = run_one(db, &m[i], err);
		else if (rc == 1)
			rc = 0;
	}
	if (fenced)
		db_fence(db);
	return rc == -1 ? -1 : db_cache(db, false, err);
}
