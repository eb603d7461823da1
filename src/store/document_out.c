/* SPDX-License-Identifier: ISC */
/* Documents: read, handed out, removed. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "store/document_inside.h"
#include "store/egress_inside.h"

/* --- every piece of one ------------------------------------------------------------- */

static int
tampered(struct err *err)
{
	return err_set(err, ERR_TAMPERED,
	    _("This document is not what was kept: it is not shown. Tell who "
	      "looks after this vault; \"amparo verify\" says more."));
}

int
document_walk(struct tx *tx, const struct uid *subject,
    const struct document *d, document_each *each, void *ctx)
{
	static const char sql[] =
	    "SELECT n, data FROM document_chunk WHERE person = ?1"
	    " AND document = ?2 ORDER BY n";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(subject), v_uid(&d->uid)));
	char hex[DOCUMENT_HASH_SIZE];
	uint8_t hash[HASH_BYTES];
	int64_t i = 0, size = 0;
	const void *data;
	struct hash h;
	bool more = true;
	size_t n;
	int rc, said_stop = 0;

	if (st == NULL)
		return -1;
	hash_init(&h);
	while ((rc = tx_row(tx, st)) == 1) {
		data = col_blob(st, 1, &n);
		if (col_int(st, 0) != i++)
			break;
		hash_add(&h, data, n);
		size += (int64_t)n;
		if (more)
			said_stop = each(ctx, data, n, tx->err);
		if (said_stop == -1)
			break;
		more = said_stop == 0;
	}
	stmt_done(st);
	hash_end(&h, hash);
	document_hash_hex(hash, hex);
	if (rc == -1 || said_stop == -1)
		return -1;
	if (rc == 1 || size != d->size || strcmp(hex, d->hash) != 0)
		return tampered(tx->err);
	return 0;
}

/* --- its words ------------------------------------------------------------------------ */

/* At most DOCUMENT_SHOWN_MAX bytes of it. */
static int
add_shown(void *ctx, const void *p, size_t n, struct err *err)
{
	struct buf *b = ctx;
	size_t left = DOCUMENT_SHOWN_MAX - b->len;

	(void)err;
	buf_add(b, p, n < left ? n : left);
	return n >= left;
}

int
document_text(struct session *s, struct uid case_uid, struct uid uid,
    const char *reason, struct arena *arena, const char **text, bool *more,
    struct err *err)
{
	struct case_subject subject;
	struct document d;
	struct buf b;
	struct tx tx;
	int rc = -1;

	if (!said(reason))
		return access_err(NEED_REASON, err);
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = &case_uid,
		    .object = &uid,
		    .action = "document.open",
		    .reason = reason },
		err) == -1)
		return -1;
	buf_init(&b);
	if (case_subject(&tx, &case_uid, &subject) == -1 ||
	    document_find(&tx, &subject.subject, &uid, arena, &d) == -1)
		goto out;
	if (strcmp(d.type, document_type_name(DOCUMENT_TEXT)) != 0) {
		(void)err_set(err, ERR_INPUT,
		    _("This is a picture or a made-up page; a terminal shows "
		      "words only, and no other program is ever started. It "
		      "can be handed out (E) where the person agreed."));
		goto out;
	}
	tx_field(&tx, "document");
	if (document_walk(&tx, &subject.subject, &d, add_shown, &b) == 0)
		rc = tx_commit(&tx);
	if (rc == 0) {
		*text = arena_strn(arena, b.data, b.len);
		*more = d.size > DOCUMENT_SHOWN_MAX;
	}
out:
	tx_abort(&tx);
	buf_done(&b);
	return rc;
}

/* --- removing --------------------------------------------------------------------------- */

static int
bury(struct tx *tx, const struct uid *subject, const struct uid *uid,
    const char *why)
{
	static const char tomb[] =
	    "UPDATE document SET deleted_hlc = ?3, hlc = ?3, rev = rev + 1,"
	    " title = '', kind = 'other', on_date = '', removed_at = ?4,"
	    " removed_by = ?5, removed_why = ?6"
	    " WHERE person = ?1 AND uid = ?2";
	static const char empty[] =
	    "DELETE FROM document_chunk WHERE person = ?1 AND document = ?2";

	if (tx_exec(tx, tomb,
		VALS(v_uid(subject), v_uid(uid), v_int((int64_t)tx->hlc),
		    v_int(tx->now), v_uid(&tx->s->user.uid), v_str(why))) == -1)
		return -1;
	return tx_exec(tx, empty, VALS(v_uid(subject), v_uid(uid)));
}

int
document_remove(struct session *s, struct uid case_uid, struct uid uid,
    const char *why, struct err *err)
{
	const struct text_in texts[] = { { &why, N_("Reason"), LIMIT_WORDS } };
	struct case_subject subject;
	struct document d;
	struct arena a;
	struct tx tx;
	int rc = -1;

	if (!said(why))
		return err_set(err, ERR_INPUT,
		    _("Say in a few words why it is removed; that stays."));
	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .case_uid = &case_uid,
		    .object = &uid,
		    .action = "document.remove",
		    .reason = "to remove a document",
		    .wrote = true },
		err) == -1)
		goto done;
	if (case_subject(&tx, &case_uid, &subject) == 0 &&
	    document_find(&tx, &subject.subject, &uid, &a, &d) == 0 &&
	    bury(&tx, &subject.subject, &uid, why) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- handing out ------------------------------------------------------------------------ */

/* What leaves, to whom, and on which row it relies. */
struct leaving {
	const char *recipient, *purpose;
	struct uid relied, act; /* null: none */
};

/* May documents go to whom this row names, now? */
static int
check_out(struct tx *tx, const struct uid *case_uid, const struct uid *consent,
    struct arena *a, struct leaving *out)
{
	unsigned documents = data_scope_bit(DATA_DOCUMENTS);
	const struct consent *c = NULL;
	struct egress_verdict v;
	struct consent_rows all;
	struct egress e;

	if (consent_rows_load(tx, case_uid, a, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.list[i].uid, consent))
			c = &all.list[i];
	}
	if (c == NULL)
		return err_set(tx->err, ERR_DENIED, "%s",
		    egress_says(NULL, EGRESS_NOT_ASKED, a));
	if (egress_load(tx, case_uid, c->recipient, c->purpose, a, &e) == -1)
		return -1;
	e.wanted = documents;
	egress_check(&e, &v);
	if (v.allowed & documents) {
		*out = (struct leaving){ .recipient = c->recipient,
			.purpose = c->purpose,
			.relied = v.consent,
			.act = v.act };
		return 0;
	}
	return err_set(tx->err, ERR_DENIED, "%s",
	    egress_says(&e, egress_first(&v, documents), a));
}

/* The gate, and what left through it, on the record before it leaves. */
static int
disclose(struct session *s, const struct uid *case_uid,
    const struct uid *consent, struct err *err)
{
	struct leaving out = { .recipient = "", .purpose = "" };
	struct uid uid = uid_new();
	struct arena a;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CONSENT,
		    .case_uid = case_uid,
		    .object = &uid,
		    .action = "document.disclose",
		    .wrote = true },
		err) == -1)
		return -1;
	arena_init(&a);
	if (check_out(&tx, case_uid, consent, &a, &out) == 0 &&
	    record_insert(&tx, REC_DISCLOSURE, case_uid, &uid,
		COLS({ "consent", v_uid0(&out.relied) },
		    { "act", v_uid(&out.act) }, { "at", v_int(tx.now) },
		    { "recipient", v_str(out.recipient) },
		    { "purpose", v_str(out.purpose) },
		    { "scope", v_int((int64_t)data_scope_bit(DATA_DOCUMENTS)) },
		    { "how", v_str("document") })) == 0)
		rc = case_commit(&tx, case_uid);
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}

static int
write_piece(void *ctx, const void *p, size_t n, struct err *err)
{
	return file_write_all(*(const int *)ctx, p, n, err);
}

/* Find it, and with an fd (-1: none) write it there, piece by piece. */
static int
find_out(struct session *s, const struct uid *case_uid, const struct uid *uid,
    const char *action, int fd, struct err *err)
{
	struct case_subject subject;
	struct document d;
	struct arena a;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = case_uid,
		    .object = uid,
		    .action = action,
		    .reason = "to hand it out with consent" },
		err) == -1)
		return -1;
	arena_init(&a);
	if (fd != -1)
		tx_field(&tx, "document");
	if (case_subject(&tx, case_uid, &subject) == 0 &&
	    document_find(&tx, &subject.subject, uid, &a, &d) == 0 &&
	    (fd == -1 || document_walk(
			     &tx, &subject.subject, &d, write_piece, &fd) == 0))
		rc = tx_commit(&tx);
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}

/* Is it there at all?  Asked before the record says that it left. */
static int
is_there(struct session *s, const struct uid *case_uid, const struct uid *uid,
    struct err *err)
{
	return find_out(s, case_uid, uid, "document.look", -1, err);
}

static int
write_out(struct session *s, const struct uid *case_uid, const struct uid *uid,
    int fd, struct err *err)
{
	if (find_out(s, case_uid, uid, "document.extract", fd, err) == -1)
		return -1;
	return fsync(fd) == 0
		   ? 0
		   : err_set(err, ERR_IO,
			 _("The file could not be written to the disk."));
}

int
document_extract(struct session *s, struct uid case_uid, struct uid uid,
    struct uid consent, const char *path, struct err *err)
{
	struct err why = { .kind = ERR_NONE };
	int fd, rc = -1;

	if (!s->society->device.document_paths)
		return err_set(err, ERR_DENIED,
		    _("On this terminal no files are written to the machine. "
		      "Ask your supervisor where documents are handed "
		      "out."));
	if (is_there(s, &case_uid, &uid, err) == -1 ||
	    file_make_named(path, s->vault, &fd, err) == -1)
		return -1;
	if (disclose(s, &case_uid, &consent, err) == 0) {
		rc = write_out(s, &case_uid, &uid, fd, &why);
		if (rc == -1)
			(void)err_set(err, why.kind,
			    _("%s Nothing is at that path. The record says "
			      "that it was handed out: add a note that it was "
			      "not."),
			    why.text);
	}
	(void)close(fd);
	if (rc == -1)
		(void)unlink(path);
	return rc;
}
