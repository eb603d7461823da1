/* SPDX-License-Identifier: ISC */
/* Is the vault what it should be?  Every answer is one line. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/audit_write.h"
#include "store/schema.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/vaultcare.h"
#include "store/verify_inside.h"

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
/* Rows of a check; anything but "ok" is wrong.  A damaged page can make the
 * connection useless, so each check has its own. */
static int
run_check(struct check *c, const struct secret *root, enum vault_db which,
    const char *pragma, const char *what)
{
	sqlite3_stmt *st;
	struct err err;
	struct db db;
	int rc, wrong = 0;

	if (db_open(&db, c->s->vault, which, root, false, &err) == -1) {
		finding_add(c, true, "%s: %s", db_file(which), err.text);
		return -1;
	}
	st = db_query(&db, pragma, NO_VALS, &err);
	if (st == NULL) {
		rc = -1;
	} else {
		while ((rc = db_row(&db, st, &err)) == 1)
			wrong += strcmp(col_text(st, 0), "ok") != 0;
	}
	db_close(&db);
	if (rc == -1)
		finding_add(c, true, "%s: %s", db_file(which), err.text);
	else if (wrong > 0)
		finding_add(c, true, _("%s: %s finds %d faults"),
		    db_file(which), what, wrong);
	else
		finding_add(c, false, _("%s: %s finds nothing wrong"),
		    db_file(which), what);
	return rc == -1 || wrong > 0 ? -1 : 0;
}

static void
check_pages(struct check *c, struct db *db, const struct secret *root)
{
	enum vault_db which = db->which;
	int64_t size = 0;

	if (db_raw_size(db, &size, NULL) == -1 || size > PAGE_CHECK_MOST)
		finding_add(c, false,
		    _("%s: too large for the seal of every page to be "
		      "checked; its structure is"),
		    db_file(which));
	else if (run_check(c, root, which, "PRAGMA cipher_integrity_check",
		     _("the seal of every page")) == -1)
		return;
	(void)run_check(
	    c, root, which, "PRAGMA integrity_check", _("the structure"));
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

static void
check_chain(struct check *c, struct db *db)
{
	struct audit_finding f;
	struct err err;

	if (audit_verify(db, &c->s->cases, &f, &err) == -1)
		finding_add(c, true, "%s: %s", db_file(db->which), err.text);
	else if (f.fault != AUDIT_GOOD)
		finding_add(c, true,
		    _("%s: the record breaks at event %llu: %s"),
		    db_file(db->which), (unsigned long long)f.seq,
		    fault_words(f.fault));
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
	if (session_compare_keyring(c->s, kr, &err) == -1)
		finding_add(c, true, "keyring: %s", err.text);
	else
		finding_add(c, false, _("keyring: generation %llu, %zu places"),
		    (unsigned long long)keyring_generation(kr),
		    keyring_count(kr));
	for (size_t i = 0; i < keyring_count(kr); i++) {
		keyring_slot(kr, i, &slot);
		if (slot.type != SLOT_RECOVERY)
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

int
vault_verify(
    struct session *s, struct arena *a, struct findings *out, struct err *err)
{
	struct check c = { .s = s, .arena = a };
	struct db *identity;
	struct tx tx;
	int rc;

	/* Asked for, and where nothing may be written not recorded. */
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_VAULT_CARE,
		.action = s->looks ? NULL : "vault.verify",
		.again_ok = s->looks },
	    err);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == -1)
		return -1;
	if (s->looks) {
		finding_add(&c, false,
		    _("this check is not on the record: while the keyring or "
		      "the anchor does not fit, nothing is written"));
		c.found.list[c.found.n - 1].unchecked = true;
	}
	check_engine(&c);
	check_keyring(&c);
	check_database(&c, &s->cases, s->keys.case_root);
	check_counts(&c);
	if (!session_holds_identity(s)) {
		finding_add(&c, false,
		    _("%s: not checked; somebody who holds the key to who "
		      "people are must do it"),
		    DB_FILE_IDENTITY);
		c.found.list[c.found.n - 1].unchecked = true;
	} else if (session_identity(s, &identity, err) == -1) {
		finding_add(&c, true, "%s: %s", DB_FILE_IDENTITY, err->text);
	} else {
		check_database(&c, identity, s->keys.identity_root);
		check_orphans(&c, identity);
	}
	*out = c.found;
	return 0;
}
