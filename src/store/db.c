/* SPDX-License-Identifier: ISC */
/* Opening, closing, fencing; what the engine's failures mean. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/db.h"
#include "vault/crypto.h"

/* Set, then read back and compared.  Order matters: the log is silenced and
 * temporary things kept in memory before the key is used. */
static const struct {
	const char *set, *get, *want;
} before_key[] = {
	/* Only readers and recovery wait here: writers have a lock. */
	{ "PRAGMA busy_timeout = 5000", "PRAGMA busy_timeout", "5000" },
	/* 4.6 knows no level but NONE for a file; 4.7 knows the level. */
	{ "PRAGMA cipher_log_level = NONE", NULL, NULL },
	{ "PRAGMA cipher_log = '/dev/null'", NULL, NULL },
	/* The engine answers at all; without it the file would be plaintext. */
	{ NULL, "PRAGMA cipher_version", "" },
	{ "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2" },
}, after_key[] = {
	{ NULL, "SELECT count(*) FROM sqlite_master", "" },
	{ "PRAGMA cipher_memory_security = OFF",
	    "PRAGMA cipher_memory_security", "0" },
	{ "PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0" },
	{ "PRAGMA journal_mode = wal", "PRAGMA journal_mode", "wal" },
	{ "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2" },
	{ "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1" },
	{ "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1" },
	{ "PRAGMA recursive_triggers = ON", "PRAGMA recursive_triggers", "1" },
	{ "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
	{ "PRAGMA cache_size = -2048", "PRAGMA cache_size", "-2048" },
	{ "PRAGMA wal_autocheckpoint = 0", "PRAGMA wal_autocheckpoint", "0" },
	{ "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2" },
};

static const struct {
	int op, want;
} switches[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
};

const char *
db_file(enum vault_db which)
{
	return which == DB_CASES ? DB_FILE_CASES : DB_FILE_IDENTITY;
}

static int
damaged(struct err *err)
{
	return err_set(err, ERR_DAMAGED,
	    _("A database of this vault is damaged or does not belong to it. "
	      "Do not enter anything; ask whoever looks after this vault to "
	      "keep its files aside and restore the newest backup."));
}

static enum err_kind
kind_of(struct db *db, int rc)
{
	int e = db->h == NULL ? 0 : sqlite3_system_errno(db->h);

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return ERR_BUSY;
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_NOMEM:
		return ERR_NOMEM;
	case SQLITE_IOERR:
		if (rc == SQLITE_IOERR_NOMEM)
			return ERR_NOMEM;
		/* A quota and a limit on file size are a full disk too. */
		return file_err_kind(e) == ERR_FULL ? ERR_FULL : ERR_IO;
	case SQLITE_CANTOPEN:
		return file_err_kind(e) == ERR_FULL ? ERR_FULL : ERR_IO;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return ERR_DAMAGED;
	case SQLITE_AUTH:
		return db->events_only ? ERR_TAMPERED : ERR_IO;
	default:
		return ERR_IO;
	}
}

int
db_fail(struct db *db, int rc, struct err *err)
{
	enum err_kind kind = kind_of(db, rc);

	/* Numbers only: the engine's own sentence quotes statements. */
	log_line("%s: engine code %d, system error %d", db_file(db->which), rc,
	    db->h == NULL ? 0 : sqlite3_system_errno(db->h));
	switch (kind) {
	case ERR_BUSY:
		return err_set(err, kind,
		    _("Another person is saving. Try again in a moment."));
	case ERR_FULL:
		return err_set(err, kind, _("This is not done. %s"),
		    file_full((rc & 0xff) == SQLITE_FULL
				  ? ENOSPC
				  : sqlite3_system_errno(db->h)));
	case ERR_NOMEM:
		return err_set(err, kind,
		    _("This machine has no memory left. Close other programs "
		      "and try again."));
	case ERR_DAMAGED:
		return damaged(err);
	case ERR_TAMPERED:
		return err_set(err, kind,
		    _("Entries of this vault are missing: it can be read, and "
		      "nothing is written until a supervisor decides."));
	default:
		return err_set(err, ERR_IO,
		    _("This machine could not read or write the vault (code "
		      "%d). Try again; if it stays so, tell whoever looks "
		      "after it."),
		    rc);
	}
}

static int
count_log(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct db *db = arg;
	int wrote = 0, highest;

	(void)name;
	(void)sqlite3_db_status(
	    h, SQLITE_DBSTATUS_CACHE_WRITE, &wrote, &highest, 1);
	db->wal_pages = pages;
	db->wal_before = pages > wrote ? pages - wrote : 0;
	return SQLITE_OK;
}

static int
unsafe_engine(const char *which, struct err *err)
{
	return err_set(err, ERR_UNSAFE,
	    _("The database engine does not keep to \"%s\", so the vault "
	      "stays closed. Ask whoever looks after this machine to install "
	      "amparo with its own SQLCipher library."),
	    which);
}

/* Run set; then get must answer want ("": any row with something in it). */
static int
step(struct db *db, const char *set, const char *get, const char *want,
    struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *got;
	int rc;

	if (set != NULL) {
		rc = sqlite3_exec(db->h, set, NULL, NULL, NULL);
		if (rc != SQLITE_OK && get != NULL)
			return db_fail(db, rc, err);
	}
	if (get == NULL)
		return 0;
	rc = sqlite3_prepare_v2(db->h, get, -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
		(void)sqlite3_finalize(st);
		return db_fail(db, rc, err);
	}
	got =
	    rc == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
	if (got != NULL && got[0] != '\0' &&
	    (want[0] == '\0' || strcmp(got, want) == 0))
		rc = 0;
	else if (sqlite3_errcode(db->h) == SQLITE_NOMEM)
		rc = db_fail(db, SQLITE_NOMEM, err);
	else
		rc = unsafe_engine(get, err);
	(void)sqlite3_finalize(st);
	return rc;
}

static int
use_key(struct db *db, const struct secret *root, struct err *err)
{
	struct secret *key = kdf_derive(root, SUBKEY_DATABASE), *hex = NULL;
	int rc;

	vault_hex64(key, &hex);
	rc = sqlite3_key(db->h, secret_open(hex), (int)secret_len(hex));
	secret_close(hex);
	secret_free(hex);
	secret_free(key);
	return rc == SQLITE_OK ? 0 : db_fail(db, rc, err);
}

static int
ritual(struct db *db, const struct secret *root, struct err *err)
{
	size_t i;
	int on;

	for (i = 0; i < sizeof(before_key) / sizeof(before_key[0]); i++)
		if (step(db, before_key[i].set, before_key[i].get,
			before_key[i].want, err) == -1)
			return -1;
	if (use_key(db, root, err) == -1)
		return -1;
	for (i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		if (sqlite3_db_config(db->h, switches[i].op, switches[i].want,
			&on) != SQLITE_OK ||
		    on != switches[i].want)
			return unsafe_engine("DBCONFIG", err);
	}
	for (i = 0; i < sizeof(after_key) / sizeof(after_key[0]); i++)
		if (step(db, after_key[i].set, after_key[i].get,
			after_key[i].want, err) == -1)
			return -1;
	(void)sqlite3_limit(db->h, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_limit(db->h, SQLITE_LIMIT_LENGTH, 8 << 20);
	(void)sqlite3_wal_hook(db->h, count_log, db);
	if (db_guard(db) == -1)
		return unsafe_engine("authorizer", err);
	return 0;
}

/* A link, somebody else's file, or one that others may touch is refused
 * before the engine sees it. */
static int
check_file(const char *path, struct err *err)
{
	struct err why;

	if (file_check(path, &why) == 0)
		return 0;
	if (why.kind == ERR_UNSAFE)
		return err_set(err, why.kind, "%s", why.text);
	return err_set(err, why.kind,
	    _("A database of this vault cannot be reached: %s. Do not make "
	      "another one; ask whoever looks after this vault to restore a "
	      "backup."),
	    file_why(errno));
}

/* The database, and what the engine keeps beside it while it is in use. */
static int
check_files(const char *path, bool create, struct err *err)
{
	static const char *const ends[] = { "-wal", "-shm" };
	struct buf beside;
	struct stat st;
	int fd, rc;

	/* Made here, so that its mode does not depend on anybody's umask; the
	 * engine gives the log the mode of the database. */
	if (create && (fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			   0600)) != -1)
		(void)close(fd);
	rc = check_file(path, err);
	/* An empty file is a new database to the engine, which would throw
	 * away the log beside it. */
	if (rc == 0 && !create && stat(path, &st) == 0 && st.st_size == 0)
		return damaged(err);
	buf_init(&beside);
	for (size_t i = 0; rc == 0 && i < 2; i++) {
		struct err none = { .kind = ERR_NONE };

		buf_clear(&beside);
		buf_addf(&beside, "%s%s", path, ends[i]);
		rc = check_file(beside.data, &none);
		if (rc == -1 && none.kind == ERR_NOT_FOUND)
			rc = 0;
		else if (rc == -1)
			(void)err_set(err, none.kind, "%s", none.text);
	}
	buf_done(&beside);
	return rc;
}

/* Plaintext would begin with these 16 bytes. */
static int
check_sealed(struct db *db, struct err *err)
{
	static const char plain[16] = "SQLite format 3";
	char first[16];
	size_t got;

	if (db_raw(db, 0, first, sizeof(first), &got, err) == -1)
		return -1;
	if (got == sizeof(first) && memcmp(first, plain, sizeof(plain)) == 0)
		return err_set(err, ERR_UNSAFE,
		    _("A database of this vault is not encrypted. Do not use "
		      "it; tell whoever looks after this vault."));
	return 0;
}

static int
open_once(struct db *db, const char *path, bool create,
    const struct secret *root, struct err *err)
{
	int rc, flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
			SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;

	if (create)
		flags |= SQLITE_OPEN_CREATE;
	rc = sqlite3_open_v2(path, &db->h, flags, NULL);
	if (rc != SQLITE_OK)
		return db_fail(db, rc, err);
	if (check_sealed(db, err) == -1 || ritual(db, root, err) == -1 ||
	    check_sealed(db, err) == -1)
		return -1;
	/* Prepared now: a rollback must not want memory when there is none. */
	return db_query(db, "ROLLBACK", NO_VALS, err) == NULL ? -1 : 0;
}

int
db_open(struct db *db, const char *dir, enum vault_db which,
    const struct secret *root, bool create, struct err *err)
{
	struct err first = { .kind = ERR_NONE };
	struct buf path;
	int rc = -1;

	*db = (struct db){ .which = which };
	buf_init(&path);
	buf_addf(&path, "%s/%s", dir, db_file(which));
	if (file_check_local(dir, err) == -1 ||
	    check_files(path.data, create, err) == -1)
		goto out;
	rc = open_once(db, path.data, create, root, &first);
	/*
	 * Where the machine could not read the first bytes the engine goes on
	 * with a key made of nothing and calls the file broken.  "Damaged" is
	 * believed the second time.
	 */
	if (rc == -1 && first.kind == ERR_DAMAGED) {
		db_close(db);
		rc = open_once(db, path.data, create, root, &first);
	}
	if (rc == -1) {
		(void)err_set(err, first.kind, "%s", first.text);
		db_close(db);
	}
out:
	buf_done(&path);
	return rc;
}

int
db_open_sealed(struct db *db, const char *dir, enum vault_db which,
    const struct secret *root, struct err *err)
{
	struct buf path;
	int rc;

	*db = (struct db){ .which = which };
	buf_init(&path);
	buf_addf(&path, "%s/%s", dir, db_file(which));
	rc = check_files(path.data, false, err);
	if (rc == 0) {
		rc = sqlite3_open_v2(path.data, &db->h,
		    SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX |
			SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
		    NULL);
		rc = rc == SQLITE_OK ? 0 : db_fail(db, rc, err);
	}
	for (size_t i = 0;
	     rc == 0 && i < sizeof(before_key) / sizeof(before_key[0]); i++)
		rc = step(db, before_key[i].set, before_key[i].get,
		    before_key[i].want, err);
	if (rc == 0)
		rc = use_key(db, root, err);
	if (rc == -1)
		db_close(db);
	buf_done(&path);
	return rc;
}

int
db_cache(struct db *db, bool wide, struct err *err)
{
	bool fenced = db->fenced;
	int rc;

	db_unfence(db);
	rc = db_script(db,
	    wide ? "PRAGMA cache_size = -131072" : "PRAGMA cache_size = -2048",
	    err);
	if (fenced)
		db_fence(db);
	return rc;
}

void
db_close(struct db *db)
{
	for (size_t i = 0; i < db->cap; i++) {
		(void)sqlite3_finalize(db->stmts[i].st);
		free(db->stmts[i].sql);
	}
	free(db->stmts);
	if (db->h != NULL && sqlite3_close(db->h) != SQLITE_OK)
		die("a database connection does not close");
	*db = (struct db){ .which = db->which };
}

void
db_leave(struct db *db)
{
	/* The engine asks for the whole file to itself, and where somebody
	 * else has it open leaves everything as it is. */
	if (db->h != NULL)
		(void)sqlite3_db_config(
		    db->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	db_close(db);
}

bool
db_idle(const struct db *db)
{
	sqlite3_stmt *st = NULL;

	if (db->h == NULL)
		return true;
	if (sqlite3_txn_state(db->h, NULL) != SQLITE_TXN_NONE)
		return false;
	while ((st = sqlite3_next_stmt(db->h, st)) != NULL)
		if (sqlite3_stmt_busy(st))
			return false;
	return true;
}

int
db_changed(struct db *db, bool *changed, struct err *err)
{
	int64_t v = 0;

	if (db_int(db, "PRAGMA data_version", NO_VALS, &v, err) == -1)
		return -1;
	*changed = db->data_version != 0 && v != db->data_version;
	db->data_version = v;
	return 0;
}

int
db_wal_pages(const struct db *db)
{
	return db->wal_pages;
}

bool
db_checkpoint_due(const struct db *db)
{
	return db->wal_pages / CHECKPOINT_PAGES !=
	       db->wal_before / CHECKPOINT_PAGES;
}

int
db_checkpoint(struct db *db, bool full, struct err *err)
{
	int rc = sqlite3_wal_checkpoint_v2(db->h, "main",
	    full ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, NULL,
	    NULL);

	if (rc == SQLITE_OK || (!full && (rc & 0xff) == SQLITE_BUSY))
		return 0;
	return db_fail(db, rc, err);
}

static int
raw_file(struct db *db, sqlite3_file **f, struct err *err)
{
	int rc =
	    sqlite3_file_control(db->h, "main", SQLITE_FCNTL_FILE_POINTER, f);

	if (rc != SQLITE_OK || *f == NULL || (*f)->pMethods == NULL)
		return db_fail(db, rc == SQLITE_OK ? SQLITE_IOERR : rc, err);
	return 0;
}

int
db_raw_size(struct db *db, int64_t *size, struct err *err)
{
	sqlite3_file *f = NULL;
	sqlite3_int64 n = 0;
	int rc;

	if (raw_file(db, &f, err) == -1)
		return -1;
	rc = f->pMethods->xFileSize(f, &n);
	*size = n;
	return rc == SQLITE_OK ? 0 : db_fail(db, rc, err);
}

int
db_raw(struct db *db, int64_t offset, void *p, size_t n, size_t *got,
    struct err *err)
{
	sqlite3_file *f = NULL;
	int64_t size;
	int rc;

	*got = 0;
	if (db_raw_size(db, &size, err) == -1 || raw_file(db, &f, err) == -1)
		return -1;
	if (offset >= size)
		return 0;
	if ((int64_t)n > size - offset)
		n = (size_t)(size - offset);
	rc = f->pMethods->xRead(f, p, (int)n, offset);
	if (rc != SQLITE_OK)
		return db_fail(db, rc, err);
	*got = n;
	return 0;
}
