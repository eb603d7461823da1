/* SPDX-License-Identifier: ISC */
/* Opening the databases of a session, and what is compared before it counts. */
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "store/audit_write.h"
#include "store/agenda_write.h"
#include "store/queue_write.h"
#include "store/schema.h"
#include "store/session_inside.h"
#include "store/tx.h"

#define META_GENERATION "keyring.generation"
#define META_MAC "keyring.mac"
#define META_CONFIG "config.hash"
#define META_NODE "node"
#define CATCH_UP_MS 1000 /* of somebody who waits at the door */

static int
rolled_back(struct err *err)
{
	return err_set(err, ERR_TAMPERED,
	    _("The vault's keyring is older than its database: somebody put "
	      "an old copy back. Put the newest one back; where there is "
	      "none, amparo recover goes on with this one. Ask whoever looks "
	      "after this vault."));
}

/*
 * The caller holds LOCK_KEYRING, under which file and database change
 * together.  A file ahead of the database is a crash between the two; that
 * both were put back together is for the anchor to notice.
 */
int
session_known_generation(struct session *s, uint64_t *known, struct err *err)
{
	uint8_t gen[8];
	size_t n = 0;
	int rc = db_meta(&s->cases, META_GENERATION, gen, sizeof(gen), &n, err);

	*known = 0;
	if (rc == 1)
		*known = n == sizeof(gen) ? bytes_get(gen, 8) : UINT64_MAX;
	return rc == -1 ? -1 : 0;
}

int
session_compare_keyring(
    struct session *s, const struct keyring *kr, struct err *err)
{
	uint8_t mac[HASH_BYTES], here[HASH_BYTES];
	size_t n = 0;
	uint64_t db;

	if (session_known_generation(s, &db, err) == -1)
		return -1;
	if (db == 0)
		return 0; /* a vault that is being made */
	s->keyring_gen = keyring_generation(kr);
	if (s->keyring_gen < db)
		return rolled_back(err);
	if (s->keyring_gen > db)
		return 0;
	keyring_mac(kr, here);
	if (db_meta(&s->cases, META_MAC, mac, sizeof(mac), &n, err) == -1)
		return -1;
	if (n != sizeof(mac) || !bytes_eq(mac, here, sizeof(mac)))
		return rolled_back(err);
	return 0;
}

static int
anchor_missing(struct err *err)
{
	return err_set(err, ERR_TAMPERED,
	    _("The vault's anchor file is missing. Nothing is shown or "
	      "written until that is decided: ask your supervisor to run "
	      "amparo verify."));
}

int
session_check_anchor(struct session *s, struct db *db, struct err *err)
{
	struct anchor_file *f = &s->anchor[db->which];
	uint8_t head[HASH_BYTES];
	uint64_t seq, hlc;
	struct anchor a;

	if (f->fd == -1)
		return anchor_missing(err);
	if (audit_head(db, &seq, head, &hlc, err) == -1)
		return -1;
	if (db->which == DB_CASES) {
		s->start_seq = seq;
		memcpy(s->start_head, head, sizeof(head));
	}
	s->hlc = hlc > s->hlc ? hlc : s->hlc;
	if (anchor_read(f, &a, err) == -1) {
		if (err->kind != ERR_NOT_FOUND || seq == 0)
			return err->kind == ERR_NOT_FOUND ? 0 : -1;
		/* Blank beside a database with events: not the one it had. */
		return err_set(err, ERR_TAMPERED,
		    _("The vault's anchor file is not the one that belongs to "
		      "it. Nothing is shown or written until that is decided: "
		      "ask your supervisor to run amparo verify."));
	}
	return session_compare_anchor(s, db, &a, seq, err);
}

/*
 * The vault remembers whose it is.  Another society's configuration would
 * hand out its rights, branches and words here.
 */
static int
check_society(struct session *s, struct err *err)
{
	sqlite3_stmt *st = db_query(&s->cases,
	    "SELECT ns FROM node WHERE uid = ?1", VALS(v_uid0(&s->node)), err);
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(&s->cases, st, err);
	if (rc != 1)
		return rc;
	if (strcmp(col_text(st, 0), s->ns) != 0)
		rc = err_set(err, ERR_INPUT,
		    _("This vault belongs to \"%s\", and the configuration in "
		      "use is that of \"%s\". Leave --config out, or name the "
		      "right one."),
		    col_text(st, 0), s->ns);
	else
		rc = 0;
	stmt_done(st);
	return rc;
}

/* What is missing of the schema, and the fence. */
int
session_bring_up(struct db *db, struct err *err)
{
	int due = db_migrate_due(db, migrations, n_migrations, err), rc = due;

	if (due == 1) {
		db_unfence(db);
		rc = db_migrate(db, migrations, n_migrations, err);
	}
	db_fence(db);
	return rc == -1 ? -1 : 0;
}

int
session_settle(struct session *s, struct err *err)
{
	size_t n;

	if (session_bring_up(&s->cases, err) == -1 ||
	    db_meta(&s->cases, META_NODE, s->node.b, sizeof(s->node.b), &n,
		err) == -1)
		return -1;
	return check_society(s, err);
}

/* With both locks held.  Nothing is written, the schema neither, before it is
 * known that this is the database that was here last. */
static int
prepare(struct session *s, const struct keyring *kr, struct err *err)
{
	enum doubt *why = &s->doubt[DB_CASES].why;
	int due = db_migrate_due(&s->cases, migrations, n_migrations, err);

	if (due == -1)
		return -1;
	*why = DOUBT_KEYRING;
	if (session_compare_keyring(s, kr, err) == -1)
		return -1;
	*why = DOUBT_ANCHOR;
	if (session_check_anchor(s, &s->cases, err) == -1) {
		if (session_read_on(s, &s->cases, due == 1, err) == -1)
			return -1;
	} else {
		*why = DOUBT_NONE;
	}
	return session_settle(s, err);
}

const struct doubtful *
session_doubt(const struct session *s, enum vault_db which)
{
	/* Whatever is wrong with cases.db is wrong with all. */
	if (s->doubt[DB_CASES].why != DOUBT_NONE)
		return &s->doubt[DB_CASES];
	return s->doubt[which].why == DOUBT_NONE ? NULL : &s->doubt[which];
}

/* A vault has an anchor from its first day. */
static int
open_anchor(struct session *s, enum vault_db which, const struct secret *root,
    bool create, struct err *err)
{
	if (anchor_open(s->dirfd, which, &s->vault_uid, root, create,
		&s->anchor[which], err) == 0)
		return 0;
	if (err->kind != ERR_NOT_FOUND)
		return -1;
	/* Whoever examines is told when it is asked for. */
	return s->examine ? 0 : anchor_missing(err);
}

int
session_anchor_again(struct session *s, enum vault_db which, struct err *err)
{
	if (s->anchor[which].fd != -1)
		return 0;
	return anchor_open(s->dirfd, which, &s->vault_uid,
	    which == DB_CASES ? s->keys.case_root : s->keys.identity_root, true,
	    &s->anchor[which], err);
}

int
session_open_cases(struct session *s, bool create, struct err *err)
{
	struct keyring *kr;
	int rc = -1;

	if (open_anchor(s, DB_CASES, s->keys.case_root, create, err) == -1 ||
	    db_open(&s->cases, s->vault, DB_CASES, s->keys.case_root, create,
		err) == -1)
		return -1;
	/* A vault that is being made has no keyring file yet. */
	if (create)
		return db_migrate(&s->cases, migrations, n_migrations, err);
	if (session_keyring_begin(s, &kr, err) == -1)
		return -1;
	if (lock_acquire(&s->writers, LOCK_WAIT_MS, err) == 0) {
		rc = prepare(s, kr, err);
		lock_release(&s->writers);
	}
	session_keyring_end(s, kr);
	return rc;
}

/*
 * People may have been added since this person signed in; the database, which
 * this session reads under the same key, has the generation of today.
 */
static int
learn_generation(struct session *s, struct err *err)
{
	uint64_t known;

	if (s->cases.h == NULL)
		return 0;
	if (session_known_generation(s, &known, err) == -1)
		return -1;
	if (known > s->keyring_gen)
		s->keyring_gen = known;
	return 0;
}

/* With LOCK_WRITERS held. */
static int
prepare_identity(struct session *s, struct err *err)
{
	struct doubtful *d = &s->doubt[DB_IDENTITY];
	int due = db_migrate_due(&s->identity, migrations, n_migrations, err);

	if (due == -1 || learn_generation(s, err) == -1)
		return -1;
	*d = (struct doubtful){ .why = DOUBT_ANCHOR };
	if (session_check_anchor(s, &s->identity, err) == 0) {
		*d = (struct doubtful){ .why = DOUBT_NONE };
	} else if (s->examine && err->kind == ERR_TAMPERED) {
		d->err = *err;
	} else if (session_read_on(s, &s->identity, due == 1, err) == -1) {
		*d = (struct doubtful){ .why = DOUBT_NONE };
		return -1;
	}
	if (session_doubt(s, DB_IDENTITY) == NULL)
		return session_bring_up(&s->identity, err);
	db_fence(&s->identity);
	return 0;
}

static int
open_identity(struct session *s, struct err *err)
{
	int rc = -1;

	if (open_anchor(s, DB_IDENTITY, s->keys.identity_root, false, err) ==
		-1 ||
	    db_open(&s->identity, s->vault, DB_IDENTITY, s->keys.identity_root,
		false, err) == -1 ||
	    lock_acquire(&s->writers, LOCK_WAIT_MS, err) == -1)
		goto out;
	rc = prepare_identity(s, err);
	lock_release(&s->writers);
	if (rc == 0) {
		s->identity_until = clock_boot() + CLOCK_MINUTE;
		rc = session_record_behind(s, DB_IDENTITY, err);
	}
out:
	if (rc == -1)
		session_identity_close(s);
	return rc;
}

int
session_identity(struct session *s, struct db **db, struct err *err)
{
	int64_t seconds = s->society->device.identity_close_seconds;

	if (!session_holds_identity(s))
		return role_may_hold_identity(s->user.role)
			   ? err_set(err, ERR_DENIED,
				 _("The key to who people are was not handed "
				   "on to you yet. A supervisor does that: "
				   "amparo user grant %s. Then sign in again."),
				 s->user.login)
			   : err_set(err, ERR_DENIED,
				 _("Your role does not open who people are. "
				   "Ask the worker of the case."));
	if (s->identity.h == NULL && open_identity(s, err) == -1)
		return -1;
	s->identity_until = clock_boot() + seconds * CLOCK_SECOND;
	if (s->purpose_until != 0)
		s->purpose_until = s->identity_until;
	*db = &s->identity;
	return 0;
}

void
session_identity_leave(struct session *s)
{
	db_leave(&s->identity);
	anchor_close(&s->anchor[DB_IDENTITY]);
	s->identity_until = s->purpose_until = 0;
	wipe(s->purpose, sizeof(s->purpose));
}

void
session_identity_close(struct session *s)
{
	/* A log whose end may be lost is evidence: it stays. */
	bool locked = s->identity.h != NULL && !s->looks &&
		      session_doubt(s, DB_IDENTITY) == NULL &&
		      lock_acquire(&s->writers, LOCK_WAIT_MS, NULL) == 0;

	/* Whoever comes and goes next makes up for it. */
	if (!locked)
		db_close(&s->identity);
	session_identity_leave(s);
	if (locked)
		lock_release(&s->writers);
}

/* --- the keyring beside the database ------------------------------------------- */
int
session_keyring_begin(struct session *s, struct keyring **kr, struct err *err)
{
	*kr = NULL;
	if (lock_acquire(&s->keyring, LOCK_WAIT_MS, err) == -1)
		return -1;
	if (keyring_load(s->vault, kr, err) == 0 &&
	    keyring_verify(*kr, s->keys.case_root, err) == 0)
		return 0;
	session_keyring_end(s, *kr);
	*kr = NULL;
	return -1;
}

void
session_keyring_end(struct session *s, struct keyring *kr)
{
	keyring_free(kr);
	lock_release(&s->keyring);
}

static int
note_generation(struct tx *tx, const struct keyring *kr)
{
	uint8_t gen[8], mac[HASH_BYTES];

	bytes_put(gen, keyring_generation(kr), 8);
	keyring_mac(kr, mac);
	tx->s->keyring_gen = keyring_generation(kr);
	if (db_meta_set(tx->db, META_GENERATION, gen, sizeof(gen), tx->err) ==
	    -1)
		return -1;
	return db_meta_set(tx->db, META_MAC, mac, sizeof(mac), tx->err);
}

int
session_keyring_save(struct tx *tx, struct keyring *kr)
{
	if (keyring_save(kr, tx->s->keys.case_root, tx->err) == -1)
		return -1;
	return note_generation(tx, kr);
}

/* --- the sign-in ------------------------------------------------------------------ */
/* Which of this person's public keys signs from now on; a new one is noted
 * with the event that uses it first. */
static int
own_sign_key(struct tx *tx, uint8_t pk_hash[HASH_BYTES])
{
	struct session *s = tx->s;
	const struct uid *u = &s->user.uid;
	uint8_t head[HASH_BYTES];
	uint64_t seq, hlc;
	sqlite3_stmt *st;
	const void *pk;
	int rc;

	st = tx_query(tx,
	    "SELECT uid, pk FROM sign_key WHERE user_uid = ?1 "
	    "ORDER BY from_seq DESC LIMIT 1",
	    VALS(v_uid0(u)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 1) {
		s->sign_key = col_uid(st, 0);
		pk = col_bytes(st, 1, SIGN_PK_BYTES);
		rc = pk != NULL && bytes_eq(pk, s->keys.sign_pk, SIGN_PK_BYTES);
		stmt_done(st);
		if (rc == 1)
			return 0;
	}
	s->sign_key = uid_new();
	hash_bytes(s->keys.sign_pk, SIGN_PK_BYTES, pk_hash);
	tx_detail(tx, pk_hash, HASH_BYTES);
	tx_field(tx, "sign_key");
	if (audit_head(tx->db, &seq, head, &hlc, tx->err) == -1)
		return -1;
	return tx_exec(tx,
	    "INSERT INTO sign_key (uid, user_uid, pk, from_seq, at) "
	    "VALUES (?1, ?2, ?3, ?4, ?5)",
	    VALS(v_uid0(&s->sign_key), v_uid0(u),
		v_blob(s->keys.sign_pk, SIGN_PK_BYTES), v_int((int64_t)seq + 1),
		v_int(tx->now)));
}

/* Another configuration than last time is an event of its own. */
static int
note_config(struct session *s, struct err *err)
{
	uint8_t was[HASH_BYTES], now[HASH_BYTES];
	struct tx tx;
	size_t n = 0;
	int rc = -1;

	hash_bytes(s->society->source, s->society->source_len, now);
	if (db_meta(&s->cases, META_CONFIG, was, sizeof(was), &n, err) == -1)
		return -1;
	if (n == sizeof(was) && bytes_eq(was, now, sizeof(now)))
		return 0;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_NONE,
		    .action = "config.changed",
		    .wrote = true },
		err) == -1)
		goto out;
	tx_detail(&tx, now, sizeof(now));
	if (queue_risks_changed(&tx) == -1 ||
	    db_meta_set(tx.db, META_CONFIG, now, sizeof(now), err) == -1)
		goto out;
	rc = tx_commit(&tx);
out:
	tx_abort(&tx);
	return rc;
}

static int
note_sign_in(struct tx *tx, const struct keyring *kr)
{
	if (note_generation(tx, kr) == -1 ||
	    tx_exec(tx, "UPDATE colleague SET last_sign_in = ?2 WHERE uid = ?1",
		VALS(v_uid0(&tx->s->user.uid), v_int(tx->now))) == -1)
		return -1;
	tx->s->user.last_sign_in = tx->now;
	return 0;
}

int
session_record_start(struct session *s, const struct tx_what *how,
    const struct keyring *kr, struct err *err)
{
	uint8_t pk_hash[HASH_BYTES];
	struct tx_what what = *how;
	struct tx tx;
	int rc = -1;

	s->user.uid = s->keys.user;
	what.object = &s->keys.user;
	/* Behind its anchor the database takes the event, and the key that
	 * signs it, alone. */
	what.wrote = s->deciding || session_doubt(s, DB_CASES) == NULL;
	if (tx_begin(&tx, s, &what, err) == -1)
		goto out;
	s->last_at = s->user.last_sign_in;
	if (own_sign_key(&tx, pk_hash) == -1 ||
	    (what.wrote && note_sign_in(&tx, kr) == -1))
		goto out;
	rc = tx_commit(&tx);
out:
	tx_abort(&tx);
	if (rc == -1)
		return -1;
	if (!what.wrote)
		return session_record_behind(s, DB_CASES, err);
	if (note_config(s, err) == -1)
		return -1;
	return agenda_catch_up(s, CATCH_UP_MS, &s->behind, err);
}
