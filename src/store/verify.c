/* SPDX-License-Identifier: ISC */
/* Is the vault what it should be?  Every answer is one line. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "store/audit_write.h"
#include "store/schema.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/vaultcare.h"
#include "store/verify_inside.h"

#define PAGE_BYTES 4096 /* as SQLCipher 4 writes them */

/* Above this size the page check of SQLCipher reports pages that are whole. */
#define PAGE_CHECK_MOST (INT64_C(4) << 30)
/* The first engine without the race between a commit and a checkpoint. */
#define ENGINE_FIXED 3051003

void
finding_add(struct check *c, bool bad, const char *fmt, ...)
{
	struct finding *more;
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (c->found.n == c->cap) {
		c->cap = c->cap == 0 ? 32 : c->cap * 2;
		more = arena_alloc(c->arena, c->cap, sizeof(*more));
		if (c->found.n > 0)
			memcpy(more, c->found.list, c->found.n * sizeof(*more));
		c->found.list = more;
	}
	c->found.list[c->found.n++] =
	    (struct finding){ .what = arena_str(c->arena, text), .bad = bad };
	c->found.bad += bad;
}

/* --- pages ---------------------------------------------------------------------- */
#define NAMED 5
/* What a check found: how many rows that are not "ok", and the numbers of the
 * first pages they name. */
struct faults {
	int n;
	char pages[NAMED * 12];
};

static void
add_fault(struct faults *f, const char *row)
{
	const char *p = strstr(row, "page ");
	size_t len = strlen(f->pages);
	char *end;
	unsigned long page;

	f->n++;
	if (p == NULL || f->n > NAMED)
		return;
	page = strtoul(p + 5, &end, 10);
	if (end != p + 5)
		(void)snprintf(f->pages + len, sizeof(f->pages) - len, "%s%lu",
		    len > 0 ? ", " : "", page);
}

/* Rows of a check; anything but "ok" is wrong. */
static int
ask_check(struct db *db, const char *pragma, struct faults *f, struct err *err)
{
	sqlite3_stmt *st = db_query(db, pragma, NO_VALS, err);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = db_row(db, st, err)) == 1)
		if (strcmp(col_text(st, 0), "ok") != 0)
			add_fault(f, col_text(st, 0));
	return rc;
}

static int
say_check(struct check *c, enum vault_db which, int rc, const struct faults *f,
    const char *what, const struct err *err)
{
	if (rc == -1)
		finding_add(c, true, "%s: %s", db_file(which), err->text);
	else if (f->n > 0 && f->pages[0] != '\0')
		finding_add(c, true, _("%s: %s finds %d faults (page %s%s)"),
		    db_file(which), what, f->n, f->pages,
		    f->n > NAMED ? ", ..." : "");
	else if (f->n > 0)
		finding_add(c, true, _("%s: %s finds %d faults"),
		    db_file(which), what, f->n);
	else
		finding_add(c, false, _("%s: %s finds nothing wrong"),
		    db_file(which), what);
	return rc == -1 || f->n > 0 ? -1 : 0;
}

/* Also of a database that does not open any more.  A damaged page can make
 * the connection useless, so each check has its own. */
static int
ask_seals(struct check *c, enum vault_db which, const struct secret *root,
    struct faults *f, struct err *err)
{
	struct db db;
	int rc;

	*f = (struct faults){ .n = 0 };
	rc = db_open_sealed(&db, c->s->vault, which, root, err);
	if (rc == 0)
		rc = ask_check(&db, "PRAGMA cipher_integrity_check", f, err);
	db_close(&db);
	return rc;
}

/* -1: it is no file, or not there. */
static int64_t
file_size(const struct check *c, const char *file)
{
	struct stat st;

	return fstatat(c->s->dirfd, file, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		       S_ISREG(st.st_mode)
		   ? (int64_t)st.st_size
		   : -1;
}

static bool
log_waits(const struct check *c, enum vault_db which)
{
	static const char *const logs[] = {
		[DB_CASES] = DB_FILE_CASES "-wal",
		[DB_IDENTITY] = DB_FILE_IDENTITY "-wal",
	};

	return file_size(c, logs[which]) > 0;
}

/*
 * The check reads the file alone, and a file with a log beside it need not be
 * whole: a checkpoint leaves out a page whose newest state a reader kept back,
 * and writes the ones after it.  So what is found counts once the log is back
 * in the file and nobody can commit.  Where that may not or cannot be, 1: it
 * stays open.
 */
static int
ask_settled(struct check *c, struct db *db, const struct secret *root,
    struct faults *f, struct err *err)
{
	bool settled;
	int rc = 0;

	if (session_only_looks(c->s) || session_doubt(c->s, db->which) != NULL)
		return log_waits(c, db->which);
	if (lock_acquire(&c->s->writers, LOCK_WAIT_MS, err) == -1)
		return 1;
	settled = db_checkpoint(db, true, err) == 0;
	if (settled)
		rc = ask_seals(c, db->which, root, f, err);
	lock_release(&c->s->writers);
	return settled ? rc : 1;
}

/* The database is open as db, or NULL where it does not open. */
static int
check_seals(struct check *c, enum vault_db which, struct db *db,
    const struct secret *root)
{
	struct faults f = { .n = 0 };
	struct err err;
	int rc;

	if (file_size(c, db_file(which)) > PAGE_CHECK_MOST) {
		finding_add(c, false,
		    _("%s: too large for the seal of every page to be "
		      "checked; its structure is"),
		    db_file(which));
		return 0;
	}
	rc = ask_seals(c, which, root, &f, &err);
	if (rc == 0 && f.n > 0 && db != NULL)
		rc = ask_settled(c, db, root, &f, &err);
	if (rc == 1) {
		finding_add(c, false,
		    _("%s: the seal of every page cannot be checked while "
		      "changes wait in its log; its structure is"),
		    db_file(which));
		c->found.list[c->found.n - 1].unchecked = true;
		return 0;
	}
	return say_check(c, which, rc, &f, _("the seal of every page"), &err);
}

static void
check_pages(struct check *c, struct db *own, const struct secret *root)
{
	enum vault_db which = own->which;
	struct faults f = { .n = 0 };
	struct err err;
	struct db db;
	int rc;

	if (check_seals(c, which, own, root) == -1)
		return;
	rc = db_open(&db, c->s->vault, which, root, false, &err);
	if (rc == 0)
		rc = ask_check(&db, "PRAGMA integrity_check", &f, &err);
	db_close(&db);
	(void)say_check(c, which, rc, &f, _("the structure"), &err);
}

/* --- schema --------------------------------------------------------------------- */
static void
hash_schema(struct db *db, uint8_t out[HASH_BYTES])
{
	sqlite3_stmt *st;
	struct hash h;

	hash_init(&h);
	st = db_query(db,
	    "SELECT type || ' ' || name || ' ' || coalesce(sql, '') "
	    "FROM sqlite_master ORDER BY type, name",
	    NO_VALS, NULL);
	while (st != NULL && db_row(db, st, NULL) == 1)
		hash_add(&h, col_text(st, 0), strlen(col_text(st, 0)) + 1);
	hash_end(&h, out);
}

/* The same migrations run into an empty database in memory. */
static void
check_schema(struct check *c, struct db *db)
{
	uint8_t here[HASH_BYTES], want[HASH_BYTES];
	struct db fresh = { .which = db->which };
	struct err err;

	if (sqlite3_open_v2(":memory:", &fresh.h,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY |
		    SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK ||
	    db_migrate(&fresh, migrations, n_migrations, &err) == -1) {
		finding_add(c, true, _("%s: the schema cannot be compared"),
		    db_file(db->which));
		db_close(&fresh);
		return;
	}
	hash_schema(&fresh, want);
	hash_schema(db, here);
	db_close(&fresh);
	if (memcmp(here, want, sizeof(here)) == 0)
		finding_add(c, false, _("%s: schema %d, as it should be"),
		    db_file(db->which), db_schema_version(db->which));
	else
		finding_add(c, true,
		    _("%s: the schema is not the one of this program"),
		    db_file(db->which));
}

/* --- chains ---------------------------------------------------------------------- */
static const char *
fault_words(enum audit_fault f)
{
	switch (f) {
	case AUDIT_GOOD:
		break;
	case AUDIT_GAP:
		return _("a number is missing: something was taken out");
	case AUDIT_PREV:
		return _("it does not follow from the one before");
	case AUDIT_HASH:
		return _("its content was changed");
	case AUDIT_KEY:
		return _("its key is unknown or somebody else's");
	case AUDIT_SIGNATURE:
		return _("it was not signed by the person it names");
	case AUDIT_KEY_TIME:
		return _("its key was not in force");
	}
	return "";
}

/* Whose keys sign is in cases.db: without it a chain is its links. */
static int
walk_chain(struct check *c, struct db *db, struct audit_finding *f,
    bool *linked_only, struct err *err)
{
	struct db *keys = &c->s->cases;

	*linked_only = false;
	if (keys->h != NULL && audit_verify(db, keys, f, err) == 0)
		return 0;
	if (keys == db)
		return -1;
	*linked_only = true;
	return audit_verify(db, NULL, f, err);
}

static void
check_chain(struct check *c, struct db *db)
{
	struct audit_finding f;
	struct err err;
	bool linked_only;

	if (walk_chain(c, db, &f, &linked_only, &err) == -1)
		finding_add(c, true, "%s: %s", db_file(db->which), err.text);
	else if (f.fault != AUDIT_GOOD)
		finding_add(c, true,
		    _("%s: the record breaks at event %llu: %s"),
		    db_file(db->which), (unsigned long long)f.seq,
		    fault_words(f.fault));
	else if (linked_only)
		finding_add(c, false,
		    _("%s: %llu events, each linked; who signed them cannot "
		      "be told without cases.db"),
		    db_file(db->which), (unsigned long long)f.checked);
	else
		finding_add(c, false,
		    _("%s: %llu events, each signed and linked"),
		    db_file(db->which), (unsigned long long)f.checked);
}

static void
check_anchor(struct check *c, struct db *db)
{
	struct err err;
	int rc = lock_acquire(&c->s->writers, LOCK_WAIT_MS, &err);

	if (rc == 0) {
		rc = session_check_anchor(c->s, db, &err);
		lock_release(&c->s->writers);
	}
	if (rc == -1)
		finding_add(c, true, "%s: %s", db_file(db->which), err.text);
	else
		finding_add(c, false, _("%s: goes on from its anchor"),
		    db_file(db->which));
}

static void
check_database(struct check *c, struct db *db, const struct secret *root)
{
	check_pages(c, db, root);
	check_schema(c, db);
	check_chain(c, db);
	check_written(c, db);
	check_anchor(c, db);
}

/* What can be said of one that does not open: how it is, page by page, and
 * how far it once went. */
static void
check_ruin(struct check *c, enum vault_db which, const struct secret *root,
    const struct err *why)
{
	struct anchor a = { .seq = 0 };
	struct anchor_file f;
	struct err err;
	int rc;

	finding_add(c, true, "%s: %s", db_file(which), why->text);
	(void)check_seals(c, which, NULL, root);
	rc = anchor_open(
	    c->s->dirfd, which, &c->s->vault_uid, root, false, &f, &err);
	if (rc == 0)
		rc = anchor_read(&f, &a, &err);
	anchor_close(&f);
	if (rc == -1)
		finding_add(c, true, "%s: %s", db_file(which), err.text);
	else
		finding_add(c, false,
		    _("%s: its anchor knows it up to event %llu; a backup that "
		      "ends there has everything"),
		    db_file(which), (unsigned long long)a.seq);
}

/* --- the keyring ------------------------------------------------------------------ */
/* 1: this slot's key is the newest one on record for its person, 0: not. */
static int
key_on_record(struct check *c, const struct slot_info *slot, struct err *err)
{
	sqlite3_stmt *st = db_query(&c->s->cases,
	    "SELECT pk FROM sign_key WHERE user_uid = ?1 "
	    "ORDER BY from_seq DESC LIMIT 1",
	    VALS(v_uid0(&slot->user)), err);
	const void *pk;
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(&c->s->cases, st, err);
	if (rc != 1)
		return rc == 0 ? 1 : -1; /* has not signed in yet */
	pk = col_bytes(st, 0, SIGN_PK_BYTES);
	rc = pk != NULL && memcmp(pk, slot->sign_pk, SIGN_PK_BYTES) == 0;
	stmt_done(st);
	return rc;
}

static void
check_slot(struct check *c, const struct slot_info *slot)
{
	struct err err = { .kind = ERR_NONE };
	int64_t there = 0;
	int rc = db_int(&c->s->cases, "SELECT 1 FROM colleague WHERE uid = ?1",
	    VALS(v_uid0(&slot->user)), &there, &err);

	if (rc == 0)
		finding_add(c, true,
		    _("keyring: a place belongs to nobody; adding a person "
		      "removes it"));
	else if (rc == 1 && slot->type == SLOT_PASSPHRASE && !slot->disabled)
		rc = key_on_record(c, slot, &err) == 0 ? 2 : rc;
	if (rc == 2)
		finding_add(c, true,
		    _("keyring: somebody's signing key is not the one on "
		      "record"));
	else if (rc == -1)
		finding_add(c, true, "keyring: %s", err.text);
}

static void
check_keyring(struct check *c)
{
	struct slot_info slot;
	struct keyring *kr;
	struct err err;

	if (session_keyring_begin(c->s, &kr, &err) == -1) {
		finding_add(c, true, "keyring: %s", err.text);
		return;
	}
	if (c->s->cases.h != NULL &&
	    session_compare_keyring(c->s, kr, &err) == -1)
		finding_add(c, true, "keyring: %s", err.text);
	else
		finding_add(c, false, _("keyring: generation %llu, %zu places"),
		    (unsigned long long)keyring_generation(kr),
		    keyring_count(kr));
	for (size_t i = 0; i < keyring_count(kr); i++) {
		keyring_slot(kr, i, &slot);
		if (slot.type != SLOT_RECOVERY && c->s->cases.h != NULL)
			check_slot(c, &slot);
	}
	session_keyring_end(c->s, kr);
}

static void
check_engine(struct check *c)
{
	sqlite3_stmt *st =
	    db_query(&c->s->cases, "PRAGMA cipher_version", NO_VALS, NULL);

	if (st != NULL && db_row(&c->s->cases, st, NULL) == 1) {
		finding_add(c, false, _("engine: SQLCipher %s, SQLite %s%s"),
		    col_text(st, 0), sqlite3_libversion(),
		    sqlite3_libversion_number() < ENGINE_FIXED
			? _(" (one lock around commits and checkpoints keeps "
			    "its known race out)")
			: "");
		stmt_done(st);
	}
	if (!secret_can_lock())
		finding_add(c, false,
		    _("memory: keys may be swapped out here; raise the limit "
		      "on locked memory"));
}

/* Where nothing may be written, the asking is not on the record either. */
static int
may_verify(struct session *s, struct err *err)
{
	struct tx tx;
	int rc;

	if (s->looks)
		return s->unknown || session_may(s, PERM_VAULT_CARE)
			   ? 0
			   : access_err(DENY, err);
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){
		.perm = PERM_VAULT_CARE, .action = "vault.verify" },
	    err);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	/* Put back under this session, which learned it by this: it looks on
	 * as it would have, had it been so when it came in. */
	if (rc == -1 && err->kind == ERR_TAMPERED &&
	    session_doubt(s, DB_CASES) != NULL) {
		s->looks = true;
		rc = 0;
	}
	return rc;
}

/* What can be told of it without its key: that there is a file, of whole
 * pages. */
static bool
looks_whole(const struct check *c, const char *file)
{
	int64_t size = file_size(c, file);

	return size > 0 && size % PAGE_BYTES == 0;
}

static void
check_identity(struct check *c)
{
	struct session *s = c->s;
	struct db *identity;
	struct err err;

	if (!session_holds_identity(s) && !looks_whole(c, DB_FILE_IDENTITY)) {
		finding_add(c, true,
		    _("%s: it is missing, empty or cut short; a backup brings "
		      "it back"),
		    DB_FILE_IDENTITY);
		return;
	}
	if (!session_holds_identity(s)) {
		finding_add(c, false,
		    _("%s: not checked; somebody who holds the key to who "
		      "people are must do it"),
		    DB_FILE_IDENTITY);
		c->found.list[c->found.n - 1].unchecked = true;
		return;
	}
	if (session_identity(s, &identity, &err) == -1) {
		check_ruin(c, DB_IDENTITY, s->keys.identity_root, &err);
		return;
	}
	check_database(c, identity, s->keys.identity_root);
	if (s->cases.h != NULL)
		check_orphans(c, identity);
}

int
vault_verify(
    struct session *s, struct arena *a, struct findings *out, struct err *err)
{
	struct check c = { .s = s, .arena = a };

	if (may_verify(s, err) == -1)
		return -1;
	if (s->looks) {
		finding_add(&c, false,
		    _("this check is not on the record: nothing is written "
		      "to this vault as it is"));
		c.found.list[c.found.n - 1].unchecked = true;
	}
	if (s->cases.h != NULL)
		check_engine(&c);
	check_keyring(&c);
	if (s->cases.h == NULL) {
		check_ruin(
		    &c, DB_CASES, s->keys.case_root, &s->doubt[DB_CASES].err);
	} else {
		check_database(&c, &s->cases, s->keys.case_root);
		check_counts(&c);
	}
	check_identity(&c);
	*out = c.found;
	return 0;
}
