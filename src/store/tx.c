/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/audit_write.h"
#include "store/session_inside.h"
#include "store/tx.h"

#define ANCHOR_SYNC_MS (5 * CLOCK_SECOND)

static bool
said(const char *reason)
{
	return reason != NULL && reason[strspn(reason, " \t\n")] != '\0';
}

/* --- reads that are already on the record ----------------------------------- */
static void
seen_key(const struct tx_what *w, uint8_t key[16])
{
	static const struct uid none;
	const struct uid *u[] = { w->case_uid, w->about, w->object };
	uint8_t hash[HASH_BYTES];
	struct buf b;

	buf_init(&b);
	buf_add_u8(&b, (uint8_t)w->db);
	buf_add_bytes(&b, w->action, strlen(w->action));
	for (size_t i = 0; i < 3; i++)
		buf_add(&b, u[i] == NULL ? none.b : u[i]->b, sizeof(none.b));
	if (w->reason != NULL)
		buf_add_str(&b, w->reason);
	hash_bytes(b.data, b.len, hash);
	memcpy(key, hash, 16);
	buf_done(&b);
}

/* What a colleague wrote in a case since is new to who looks again: that is a
 * look of its own.  In doubt it is, too. */
static bool
others_wrote(struct session *s, const struct uid *case_uid, int64_t seq)
{
	int64_t yes = 0;

	return db_int(&s->cases,
		   "SELECT EXISTS (SELECT 1 FROM audit WHERE case_uid = ?1 "
		   "AND seq > ?2 AND wrote = 1 AND actor <> ?3)",
		   VALS(v_uid0(case_uid), v_int(seq), v_uid0(&s->user.uid)),
		   &yes, NULL) != 1 ||
	       yes != 0;
}

static struct seen *
find_seen(struct session *s, const struct tx_what *w)
{
	uint8_t key[16];

	seen_key(w, key);
	for (size_t i = 0; i < SEEN_MAX; i++)
		if (s->seen[i].at != 0 &&
		    memcmp(s->seen[i].key, key, sizeof(key)) == 0)
			return &s->seen[i];
	return NULL;
}

static bool
seen_lately(struct session *s, const struct tx_what *w)
{
	const struct seen *e = find_seen(s, w);

	if (e == NULL || clock_boot() - e->at >= SEEN_FOR)
		return false;
	return w->case_uid == NULL || w->db != DB_CASES ||
	       !others_wrote(s, w->case_uid, e->seq);
}

static void
seen_now(struct session *s, const struct tx_what *w, int64_t seq)
{
	struct seen *e = find_seen(s, w);

	if (e == NULL)
		e = &s->seen[s->n_seen++ % SEEN_MAX];
	seen_key(w, e->key);
	e->at = clock_boot();
	e->seq = seq;
}

/* --- facts -------------------------------------------------------------------- */
int
session_case_facts(struct session *s, const struct uid *case_uid,
    struct case_facts *f, struct err *err)
{
	sqlite3_stmt *st = db_query(&s->cases,
	    "SELECT owner, branch, closed_at, sealed, custody_ns <> ?3, EXISTS "
	    "(SELECT 1 "
	    "FROM case_worker w WHERE w.case_uid = c.uid AND w.user_uid = ?2 "
	    "AND w.until_at = 0 AND w.deleted_hlc = 0) "
	    "FROM case_file c WHERE c.uid = ?1 AND c.deleted_hlc = 0",
	    VALS(v_uid0(case_uid), v_uid0(&s->user.uid), v_str(s->ns)), err);
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(&s->cases, st, err);
	if (rc != 1)
		return rc;
	*f = (struct case_facts){
		.owner = col_uid(st, 0),
		.assigned = col_bool(st, 5),
		.open = col_int(st, 2) == 0,
		.sealed = col_bool(st, 3),
		.away = col_bool(st, 4),
	};
	col_copy(st, 1, f->branch, sizeof(f->branch));
	stmt_done(st);
	if (f->open || f->assigned)
		return 1;
	rc = join_leads(s, case_uid, err);
	f->assigned = rc == 1;
	return rc == -1 ? -1 : 1;
}

int
tx_facts(struct tx *tx, const struct uid *case_uid, struct case_facts *f)
{
	return session_case_facts(tx->s, case_uid, f, tx->err);
}

static void
subject_of(const struct tx *tx, struct subject *sub)
{
	session_subject(tx->s, sub);
	sub->reason_given =
	    said(tx->what.reason) ||
	    (tx->what.case_uid != NULL &&
		session_gave_reason(tx->s, tx->what.db, tx->what.case_uid));
	sub->second_agreed = tx->what.second;
}

enum verdict
tx_verdict(
    const struct tx *tx, enum permission perm, const struct case_facts *f)
{
	struct subject sub;

	subject_of(tx, &sub);
	return authz(session_grants(tx->s), &sub, perm, f);
}

/* --- beginning ------------------------------------------------------------------ */
static void
unlock(struct tx *tx)
{
	if (tx->locked)
		lock_release(&tx->s->writers);
	tx->locked = false;
}

/* Until somebody decides, nothing is written but events, and those only by who
 * came in to read; what needs no event is read. */
static int
check_doubt(struct tx *tx)
{
	const struct doubtful *d =
	    session_doubt(tx->s, tx->s->looks ? DB_IDENTITY : tx->db->which);

	if (d == NULL || tx->quiet || tx->s->deciding)
		return 0;
	if (tx->s->reads_on && tx->what.action != NULL && !tx->what.wrote)
		return 0;
	return err_set(tx->err, d->err.kind, "%s", d->err.text);
}

static int
begin(struct tx *tx)
{
	if (check_doubt(tx) == -1)
		return -1;
	if (!tx->quiet) {
		if (lock_acquire(&tx->s->writers, LOCK_WAIT_MS, tx->err) == -1)
			return -1;
		tx->locked = true;
	}
	/* A rollback that failed is made up for before anything begins. */
	if (session_still_here(tx->s, tx->err) == -1 ||
	    (sqlite3_get_autocommit(tx->db->h) == 0 &&
		db_exec(tx->db, "ROLLBACK", NO_VALS, NULL, tx->err) == -1) ||
	    db_exec(tx->db, tx->quiet ? "BEGIN" : "BEGIN IMMEDIATE", NO_VALS,
		NULL, tx->err) == -1) {
		unlock(tx);
		return -1;
	}
	tx->open = true;
	return 0;
}

static void
stop(struct tx *tx)
{
	/* After a full disk the engine has rolled back by itself. */
	if (tx->open && sqlite3_get_autocommit(tx->db->h) == 0 &&
	    db_exec(tx->db, "ROLLBACK", NO_VALS, NULL, NULL) == -1)
		log_line("a rollback failed; closing will do it");
	tx->open = false;
	unlock(tx);
}

/* A refused attempt has its own event, in cases.db, which everybody holds. */
static void
record_refusal(struct tx *tx)
{
	struct tx note = {
		.s = tx->s,
		.db = &tx->s->cases,
		.what = {
			.db = DB_CASES,
			.case_uid = tx->what.case_uid,
			.about = tx->what.about,
			.object = tx->what.object,
			.action = tx->what.action,
			.reason = tx->what.reason,
		},
		.refused = true,
	};
	struct err err = { .kind = ERR_NONE };

	note.err = &err;
	note.now = tx->now;
	buf_init(&note.fields);
	/* Before the sign-in is recorded there is no key to sign with. */
	if (uid_null(&tx->s->sign_key) || begin(&note) == -1 ||
	    tx_commit(&note) == -1)
		log_line("a refused attempt could not be recorded");
	tx_abort(&note);
}

/* Another National Society has it: say who, and how it comes back. */
static int
refuse_away(struct tx *tx, const char *custody)
{
	const struct recipient *to = society_recipient(tx->s->society, custody);

	return err_set(tx->err, ERR_DENIED,
	    _("%s has this case now: what is done is written there. If the "
	      "person came back to you, O takes it back."),
	    to == NULL ? custody : to->name);
}

/* A colleague or another branch has it: whom to ask. */
static int
refuse_not_mine(struct tx *tx, const char *login, const char *branch)
{
	const char *where = label_of(&tx->s->society->branches, branch);
	const char *typed =
	    tx->what.wrote ? _("What you typed is not lost.") : "";

	if (login[0] == '\0')
		return err_set(tx->err, ERR_DENIED,
		    _("No worker has this case yet (%s): ask your supervisor. "
		      "%s"),
		    where, typed);
	return err_set(tx->err, ERR_DENIED,
	    _("This case is with %s (%s): ask there, or your supervisor. %s"),
	    login, where, typed);
}

/* Would they be allowed to, had nobody else the case?  Then who has it; of a
 * sealed one that, too, is only for those who work on it. */
static int
refuse_denied(struct tx *tx)
{
	static const char sql[] =
	    "SELECT c.custody_ns, coalesce(k.login, ''), c.branch "
	    "FROM case_file c LEFT JOIN colleague k ON k.uid = c.owner "
	    "WHERE c.uid = ?1";
	struct case_facts here = tx->facts, mine = tx->facts;
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st;
	int rc;

	here.away = false;
	mine.assigned = true;
	if (tx->what.case_uid == NULL || tx->facts.sealed ||
	    (tx_verdict(tx, tx->what.perm, &here) == DENY &&
		tx_verdict(tx, tx->what.perm, &mine) == DENY))
		return access_err(DENY, tx->err);
	st = db_query(db, sql, VALS(v_uid0(tx->what.case_uid)), tx->err);
	if (st == NULL || db_row(db, st, tx->err) != 1)
		return -1;
	rc = tx->facts.away
		 ? refuse_away(tx, col_text(st, 0))
		 : refuse_not_mine(tx, col_text(st, 1), col_text(st, 2));
	stmt_done(st);
	return rc;
}

int
tx_refuse(struct tx *tx, enum verdict v)
{
	if (v == DENY) {
		stop(tx);
		record_refusal(tx);
		return refuse_denied(tx);
	}
	return access_err(v, tx->err);
}

int
tx_closed(struct tx *tx, const struct uid *case_uid, enum err_kind kind)
{
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(db,
	    "SELECT k.login, e.reason FROM case_event e LEFT JOIN colleague k "
	    "ON k.uid = e.made_by WHERE e.case_uid = ?1 AND e.kind = 'closed' "
	    "ORDER BY e.hlc DESC LIMIT 1",
	    VALS(v_uid0(case_uid)), tx->err);
	int rc;

	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 0) /* joined with another */
		return err_set(
		    tx->err, kind, _("This case is closed. O opens it again."));
	rc = err_set(tx->err, kind,
	    _("%s has closed this case (%s). O opens it again."),
	    col_text(st, 0),
	    label_of(&tx->s->society->reasons_closed, col_text(st, 1)));
	stmt_done(st);
	return rc;
}

/* Would they be allowed to, were it open? */
static bool
only_closed(const struct tx *tx, const struct case_facts *f)
{
	struct case_facts open;

	if (f == NULL || f->open)
		return false;
	open = *f;
	open.open = true;
	open.away = false; /* opening it takes it back */
	return tx_verdict(tx, tx->what.perm, &open) != DENY;
}

static int
refuse(struct tx *tx, enum verdict v, const struct case_facts *f)
{
	if (v != DENY || !only_closed(tx, f))
		return tx_refuse(tx, v);
	(void)tx_closed(tx, tx->what.case_uid, ERR_DENIED);
	stop(tx);
	record_refusal(tx);
	return -1;
}

static int
may(struct tx *tx)
{
	const struct case_facts *f = NULL;
	struct case_facts facts;
	enum verdict v;
	int rc;

	if (session_refresh(tx->s, tx->err) == -1)
		return -1;
	if (tx->what.case_uid != NULL) {
		rc = tx_facts(tx, tx->what.case_uid, &tx->facts);
		if (rc == 0)
			return err_set(tx->err, ERR_NOT_FOUND,
			    _("There is no such case here."));
		if (rc == -1)
			return -1;
		facts = tx->facts;
		facts.open |= tx->what.settles;
		f = &facts;
	}
	v = tx_verdict(tx, tx->what.perm, f);
	return v == ALLOW ? 0 : refuse(tx, v, f);
}

static int
logical_time(struct tx *tx)
{
	uint8_t hash[HASH_BYTES];
	uint64_t seq, last;

	if (tx->quiet)
		return 0;
	if (audit_head(tx->db, &seq, hash, &last, tx->err) == -1)
		return -1;
	tx->hlc = hlc_next(last > tx->s->hlc ? last : tx->s->hlc, tx->now);
	tx->s->hlc = tx->hlc;
	return 0;
}

int
tx_begin(struct tx *tx, struct session *s, const struct tx_what *what,
    struct err *err)
{
	*tx = (struct tx){
		.s = s,
		.err = err,
		.what = *what,
		.db = &s->cases,
		.now = clock_now(),
	};
	buf_init(&tx->fields);
	if (what->again_ok && what->wrote)
		die("a write is always recorded");
	if (what->db == DB_IDENTITY &&
	    session_identity(s, &tx->db, err) == -1) {
		if (!session_holds_identity(s))
			record_refusal(tx);
		goto fail;
	}
	tx->quiet =
	    what->again_ok && (what->action == NULL || seen_lately(s, what));
	if (begin(tx) == -1 || may(tx) == -1 || logical_time(tx) == -1)
		goto fail;
	return 0;
fail:
	tx_abort(tx);
	return -1;
}

/* --- work -------------------------------------------------------------------------- */
void
tx_field(struct tx *tx, const char *name)
{
	size_t n = strlen(name);
	const char *p = tx->fields.data;

	while ((p = strstr(p, name)) != NULL) {
		if ((p == tx->fields.data || p[-1] == ',') &&
		    (p[n] == ',' || p[n] == '\0'))
			return;
		p += n;
	}
	if (tx->fields.len > 0)
		buf_add_char(&tx->fields, ',');
	buf_add_str(&tx->fields, name);
}

void
tx_detail(struct tx *tx, const void *p, size_t n)
{
	tx->detail = p;
	tx->detail_len = n;
}

sqlite3_stmt *
tx_query(struct tx *tx, const char *sql, const struct val *v, size_t n)
{
	return db_query(tx->db, sql, v, n, tx->err);
}

int
tx_row(struct tx *tx, sqlite3_stmt *st)
{
	return db_row(tx->db, st, tx->err);
}

int
tx_exec(struct tx *tx, const char *sql, const struct val *v, size_t n)
{
	return db_exec(tx->db, sql, v, n, NULL, tx->err);
}

int
tx_int(
    struct tx *tx, const char *sql, const struct val *v, size_t n, int64_t *out)
{
	return db_int(tx->db, sql, v, n, out, tx->err);
}

/* --- ending ------------------------------------------------------------------------- */
static int
append(struct tx *tx, struct audit_event *e)
{
	const struct uid *c = tx->what.case_uid;

	if (c == NULL)
		c = tx->what.about;
	if (tx->detail == NULL && tx->rows > 0) {
		(void)snprintf(
		    tx->rows_said, sizeof(tx->rows_said), "%d", tx->rows);
		tx_detail(tx, tx->rows_said, strlen(tx->rows_said));
	}
	*e = (struct audit_event){
		.at = tx->now,
		.hlc = tx->hlc,
		.action = tx->what.action,
		.outcome = tx->refused ? "denied" : "done",
		.wrote = tx->what.wrote,
		.fields = tx->fields.data,
		.reason = tx->what.reason == NULL ? "" : tx->what.reason,
		.detail = tx->detail,
		.detail_len = tx->detail_len,
	};
	if (c != NULL)
		e->case_uid = *c;
	if (tx->what.object != NULL)
		e->object = *tx->what.object;
	return audit_append(tx->s, tx->db, e, tx->err);
}

/*
 * What is committed stays committed, so a full disk here is only told to the
 * operator: an anchor behind its database is normal.  An anchor ahead of it
 * is not: the database was put back under us.
 */
static int
anchor_here(struct tx *tx, const struct audit_event *e)
{
	struct session *s = tx->s;
	int64_t boot = clock_boot();
	bool sync = boot - s->anchor_synced > ANCHOR_SYNC_MS;
	struct anchor a = {
		.generation = s->keyring_gen,
		.seq = e->seq,
		.time = e->at,
	};
	struct err err;

	memcpy(a.head, e->hash, HASH_BYTES);
	if (s->deciding)
		return anchor_reset(&s->anchor[tx->db->which], &a, tx->err);
	/* It stays where it is: that is the alarm. */
	if (s->doubt[tx->db->which].why != DOUBT_NONE)
		return 0;
	if (anchor_write(&s->anchor[tx->db->which], &a, sync, &err) == 0) {
		if (sync)
			s->anchor_synced = boot;
		return 0;
	}
	if (err.kind != ERR_TAMPERED) {
		log_line("the anchor could not be written: kind %d", err.kind);
		return 0;
	}
	session_fell_behind(s, tx->db->which, &err);
	return err_set(tx->err, ERR_TAMPERED, "%s", err.text);
}

int
tx_commit(struct tx *tx)
{
	struct audit_event e = { .seq = 0 };
	bool event = !tx->quiet && tx->what.action != NULL;
	int rc = -1;

	if (!tx->open)
		die("a transaction that is over was committed");
	if (event && append(tx, &e) == -1)
		goto out;
	if (session_fault(tx->s, tx->db, tx->err) == -1 ||
	    db_exec(tx->db, "COMMIT", NO_VALS, NULL, tx->err) == -1)
		goto out;
	tx->open = false;
	rc = 0;
	if (event) {
		tx->seq = (int64_t)e.seq;
		rc = anchor_here(tx, &e);
	}
	if (rc == 0 && event && tx->what.again_ok)
		seen_now(tx->s, &tx->what, tx->seq);
	if (rc == 0 && event && !tx->refused && tx->what.case_uid != NULL &&
	    said(tx->what.reason))
		session_mark_reason(tx->s, tx->what.db, tx->what.case_uid);
	if (tx->locked && session_doubt(tx->s, tx->db->which) == NULL &&
	    db_checkpoint_due(tx->db) &&
	    db_checkpoint(tx->db, false, NULL) == -1)
		log_line("a checkpoint failed; a later commit tries again");
out:
	stop(tx);
	return rc;
}

void
tx_abort(struct tx *tx)
{
	stop(tx);
	buf_done(&tx->fields);
}
