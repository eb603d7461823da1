/* SPDX-License-Identifier: ISC */
/*
 * One connection to one of the two databases: opened by a ritual that is
 * checked step by step, statements prepared once and kept, engine errors
 * turned into sentences.  Nothing outside this room sees any of it.
 *
 * Most functions of this room work through tx.h and need from here only the
 * values (v_...) and the columns (col_...).
 */
#ifndef AMPARO_STORE_DB_H
#define AMPARO_STORE_DB_H

/* The engine's header shows sqlite3_key() only to those who say they have it. */
#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/id.h"
#include "vault/keyring.h" /* enum vault_db */
#include "vault/secret.h"

#define DB_FILE_CASES "cases.db"
#define DB_FILE_IDENTITY "identity.db"

/* A prepared statement, found again by its text. */
struct db_stmt {
	char *sql;
	uint64_t key; /* of the text */
	sqlite3_stmt *st;
};

struct db {
	sqlite3 *h; /* NULL: closed */
	enum vault_db which;
	struct db_stmt *stmts; /* open addressing, cap a power of two */
	size_t n, cap;
	bool fenced;
	bool events_only; /* db_events_only() */
	int wal_pages; /* in the log, as of this connection's last commit */
	int wal_before; /* and before that commit */
	int64_t data_version; /* as of the last db_changed() */
};

const char *db_file(enum vault_db);

/*
 * Open dir/cases.db or dir/identity.db with the root it belongs to: never
 * creates unless create.  In this order, each read back and required:
 * the file is not plaintext; SQLCipher answers; the key opens it; WAL,
 * synchronous FULL, no mapping, temporary things in memory, secure_delete,
 * foreign_keys, recursive_triggers, no automatic checkpoint, none on close,
 * defensive, no trusted schema, a 2 MiB cache.  After db_fence() statements
 * can no longer attach, change the schema, set a pragma, or change the record
 * of reads and writes.
 *
 * ERR_NOT_FOUND; ERR_DAMAGED: it does not open with this key, or is not what
 * it should be; ERR_UNSAFE: a file system where locks do not hold, or an
 * engine that would write plaintext; ERR_IO; ERR_BUSY.
 */
int db_open(struct db *, const char *dir, enum vault_db,
    const struct secret *root, bool create, struct err *) MUST_USE;
/*
 * The file and its key without a look at what is in it, for
 * cipher_integrity_check alone: also where no page can be read any more.
 */
int db_open_sealed(struct db *, const char *dir, enum vault_db,
    const struct secret *root, struct err *) MUST_USE;
/* From here on the engine asks what is fenced, also of what was prepared
 * before; -1: it does not.  Part of db_open(). */
int db_guard(struct db *) MUST_USE;
void db_fence(struct db *);
/* From now on rows are added to the record of reads and writes and to its keys
 * alone, and nothing is changed; or that is over. */
void db_events_only(struct db *, bool on);
/* Also lifts the fence for migrations; db_fence() puts it back. */
void db_unfence(struct db *);
/* wide: 128 MiB of pages for one great work (filling, migrating), so that a
 * page of an index is decrypted and encrypted once and not once a row; then
 * give it back.  Not within a transaction that has changed something. */
int db_cache(struct db *, bool wide, struct err *) MUST_USE;
/* Fine on a zeroed or closed struct. */
void db_close(struct db *);
/*
 * The same; and whoever is the last to leave takes the log and the engine's
 * index of it along, so that a vault at rest is its sealed files alone (the
 * index holds page numbers, in the clear).  The caller holds LOCK_WRITERS:
 * the engine copies the log back, which is a checkpoint.
 */
void db_leave(struct db *);

/* True: no transaction and no unfinished statement. */
bool db_idle(const struct db *);
/* True when another connection committed since this was last asked. */
int db_changed(struct db *, bool *changed, struct err *) MUST_USE;
/* Pages in the write-ahead log as of the last commit of this connection. */
int db_wal_pages(const struct db *);
/*
 * Did the last commit of this connection fill the log to another
 * CHECKPOINT_PAGES (a megabyte: it kept commits shortest in measurements)?  While somebody reads the log cannot begin anew and goes
 * on growing: a checkpoint for each commit from then on would cost two flushes
 * of the disk a commit, with everybody else waiting.
 */
#define CHECKPOINT_PAGES 250
bool db_checkpoint_due(const struct db *);
/* Raw, encrypted bytes of the database file through the connection's own
 * handle: opening the file a second time and closing it would drop the
 * engine's locks ("How To Corrupt", 2.2).  *got is less than n at the end. */
int db_raw(struct db *, int64_t offset, void *, size_t n, size_t *got,
    struct err *) MUST_USE;
int db_raw_size(struct db *, int64_t *, struct err *) MUST_USE;
/* Copy the log into the file; full also empties it.  The caller holds
 * LOCK_WRITERS.  A reader in the way is not an error unless full. */
int db_checkpoint(struct db *, bool full, struct err *) MUST_USE;

/* What the engine says of a failure, as a kind and a sentence; returns -1. */
int db_fail(struct db *, int rc, struct err *);

/* --- values ----------------------------------------------------------------- */
enum val_type { VAL_NULL, VAL_INT, VAL_TEXT, VAL_BLOB };
struct val {
	enum val_type type;
	int64_t i;
	const void *p;
	size_t n;
};
/* Pointers must stay good until the statement was reset. */
struct val v_null(void);
struct val v_int(int64_t);
struct val v_str(const char *); /* NULL is "" */
struct val v_strn(const char *, size_t);
struct val v_blob(const void *, size_t);
struct val v_uid(const struct uid *); /* NULL or the null uid: SQL NULL */
struct val v_uid0(const struct uid *); /* the null uid as 16 zero bytes */

/* VALS(v_int(3), v_str("x")) is the two arguments "values, how many". */
#define VALS(...)                            \
	(const struct val[]){ __VA_ARGS__ }, \
	    sizeof((const struct val[]){ __VA_ARGS__ }) / sizeof(struct val)
#define NO_VALS NULL, 0

/* --- statements --------------------------------------------------------------- */
/*
 * The statement of this text, prepared once, reset, with ?1, ?2, ... bound.
 * NULL: *err says why.  It stays this connection's; call stmt_done() (or let
 * stmt_row() answer 0) before the transaction ends.
 */
sqlite3_stmt *db_query(struct db *, const char *sql, const struct val *,
    size_t n, struct err *) MUST_USE;
/* 1: a row, 0: no more (and reset), -1: failed (and reset). */
int db_row(struct db *, sqlite3_stmt *, struct err *) MUST_USE;
/* Run to the end; *changes (may be NULL) gets how many rows it changed. */
int db_exec(struct db *, const char *sql, const struct val *, size_t n,
    int *changes, struct err *) MUST_USE;
/* A first column of a first row: 1 there, 0 no row, -1 failed. */
int db_int(struct db *, const char *sql, const struct val *, size_t n,
    int64_t *out, struct err *) MUST_USE;
/*
 * Run what is missing of migrations[], each in a transaction of its own, and
 * note it in meta.  The caller holds LOCK_WRITERS.  ERR_VERSION: this database
 * has a migration that this program does not know; nothing is changed then.
 * ERR_DAMAGED: one that ran is not the one this program has.
 */
struct migration;
int db_migrate(
    struct db *, const struct migration *, size_t n, struct err *) MUST_USE;
/* Is one missing, or unknown?  1 something to do, 0 nothing, -1. */
int db_migrate_due(
    struct db *, const struct migration *, size_t n, struct err *) MUST_USE;
/* How many of migrations[] belong to a database: its rows' schema_version. */
int db_schema_version(enum vault_db);
/* A value of meta: 1 there (at most cap bytes, *n of them), 0 not, -1. */
int db_meta(struct db *, const char *name, void *out, size_t cap, size_t *n,
    struct err *) MUST_USE;
int db_meta_set(struct db *, const char *name, const void *, size_t n,
    struct err *) MUST_USE;
/* Several statements in one text, for migrations. */
int db_script(struct db *, const char *sql, struct err *) MUST_USE;
void stmt_done(sqlite3_stmt *);

/* --- columns, from 0 ------------------------------------------------------------ */
int64_t col_int(sqlite3_stmt *, int);
bool col_bool(sqlite3_stmt *, int);
/* Copied; SQL NULL is "".  An embedded NUL ends it. */
const char *col_str(sqlite3_stmt *, int, struct arena *);
/* In place, good until the next row; never NULL. */
const char *col_text(sqlite3_stmt *, int);
/* Into out, as many bytes of it as fit, with an end. */
void col_copy(sqlite3_stmt *, int, char *out, size_t size);
/* Anything but 16 bytes is the null uid. */
struct uid col_uid(sqlite3_stmt *, int);
/* In place; NULL when not exactly n bytes. */
const void *col_bytes(sqlite3_stmt *, int, size_t n);
/* In place, any length. */
const void *col_blob(sqlite3_stmt *, int, size_t *n);
/* An ISO date of any precision; unknown where it is not one. */
struct fdate;
void col_date(sqlite3_stmt *, int, struct fdate *);

#endif
