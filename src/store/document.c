/* SPDX-License-Identifier: ISC */
/* Documents: into the database, and their list. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "store/document_inside.h"

int64_t
document_max(const struct society *society)
{
	int mb = society->device.document_max_mb;

	return (mb == 0 ? DOCUMENT_MAX_MB : mb) * INT64_C(1024) * 1024;
}

void
document_hash_hex(const uint8_t hash[HASH_BYTES], char *out)
{
	for (size_t i = 0; i < HASH_BYTES; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

/* --- where the bytes come from ------------------------------------------------------ */

/* A text, or a file; read twice: once for what it is, once to keep it. */
struct source {
	const char *text; /* NULL: a file */
	int fd;
	size_t len, at; /* of the text */
	const char *name; /* of document.source */
	const char *value; /* that it is, to whoever adds it */
	char piece[DOCUMENT_CHUNK];
};

static int
source_next(struct source *s, const void **piece, size_t *n, struct err *err)
{
	if (s->text == NULL) {
		*piece = s->piece;
		return file_read_some(
		    s->fd, s->piece, sizeof(s->piece), n, err);
	}
	*piece = s->text + s->at;
	*n = s->len - s->at < DOCUMENT_CHUNK ? s->len - s->at : DOCUMENT_CHUNK;
	s->at += *n;
	return 0;
}

static int
source_again(struct source *s, struct err *err)
{
	s->at = 0;
	if (s->text == NULL && lseek(s->fd, 0, SEEK_SET) != 0)
		return err_set(err, ERR_IO,
		    _("The file cannot be read twice. Copy it to this "
		      "machine first."));
	return 0;
}

/* What is found out before anything is written. */
struct found {
	enum document_type type;
	const char *what; /* of an unknown type: what it seems to be */
	int64_t size;
	char hash[DOCUMENT_HASH_SIZE];
};

/* Its last bytes, once all of it was read. */
static int
source_tail(
    struct source *s, int64_t size, char *tail, size_t n, struct err *err)
{
	size_t got = 0;

	while (got < n) {
		ssize_t k = pread(s->fd, tail + got, n - got,
		    (off_t)(size - (int64_t)n) + (off_t)got);

		if (k == -1 && errno == EINTR)
			continue;
		if (k <= 0)
			return err_set(err, ERR_IO,
			    _("The file cannot be read twice. Copy it to this "
			      "machine first."));
		got += (size_t)k;
	}
	return 0;
}

/* Words that were pasted have no bytes of a zip's. */
static int
look_into_zip(struct source *s, const char *head, size_t n_head,
    struct found *f, struct err *err)
{
	size_t n = f->size < DOCUMENT_TAIL ? (size_t)f->size : DOCUMENT_TAIL;
	enum document_zip is = DOCUMENT_ZIP_OTHER;
	char *tail;
	int rc = 0;

	if (s->text == NULL) {
		tail = xmalloc(n);
		rc = source_tail(s, f->size, tail, n, err);
		if (rc == 0)
			is = document_zip(head, n_head, tail, n, f->size);
		wipe(tail, n);
		free(tail);
	}
	if (is != DOCUMENT_ZIP_OFFICE) {
		f->type = DOCUMENT_UNKNOWN;
		f->what = document_zip_words(is);
	}
	return rc;
}

static int
look(struct source *s, int64_t max, struct found *f, struct err *err)
{
	char head[DOCUMENT_HEAD];
	uint8_t hash[HASH_BYTES];
	const void *piece;
	size_t n, n_head = 0;
	struct hash h;
	int rc = -1;

	*f = (struct found){ .type = DOCUMENT_UNKNOWN, .what = "" };
	hash_init(&h);
	while (source_next(s, &piece, &n, err) == 0) {
		if (n == 0) {
			rc = 0;
			break;
		}
		if (f->size == 0) {
			f->type = document_type(piece, n, n < DOCUMENT_CHUNK);
			f->what = document_refused(piece, n);
			n_head = n < sizeof(head) ? n : sizeof(head);
			memcpy(head, piece, n_head);
		} else if (f->type == DOCUMENT_TEXT && memchr(piece, 0, n)) {
			f->type = DOCUMENT_UNKNOWN;
			f->what = document_refused(piece, n);
		}
		f->size += (int64_t)n;
		hash_add(&h, piece, n);
		if (f->size > max) {
			(void)err_set(err, ERR_INPUT,
			    _("The file grew beyond %lld kB while it was "
			      "read. Nothing was kept."),
			    (long long)(max / 1024));
			break;
		}
	}
	hash_end(&h, hash);
	document_hash_hex(hash, f->hash);
	if (rc == 0 && f->type == DOCUMENT_OFFICE)
		rc = look_into_zip(s, head, n_head, f, err);
	wipe(head, sizeof(head));
	return rc;
}

/* --- adding ------------------------------------------------------------------------ */

static int
take(struct arena *a, struct document *d, struct err *e)
{
	static const char *const kinds[] = { "identity", "photo", "contract",
		"pay", "medical", "legal", "letter", "message", "other" };
	const struct text_in texts[] = {
		{ &d->kind, N_("Kind"), LIMIT_CODE },
		{ &d->title, N_("Title"), LIMIT_NAME },
	};

	if (texts_take(a, texts, sizeof(texts) / sizeof(texts[0]), e) == -1)
		return -1;
	if (!is_one_of(d->kind, kinds, sizeof(kinds) / sizeof(kinds[0])))
		return err_set_field(e, "kind",
		    _("Say what kind of document this is, with one of those "
		      "offered."));
	if (!said(d->title))
		return err_set_field(
		    e, "title", _("Give it a title that you will know it by."));
	return 0;
}

static int
check_found(const struct found *f, struct err *e)
{
	if (f->size == 0)
		return err_set(e, ERR_INPUT,
		    _("There is nothing in it; nothing was kept."));
	if (f->type == DOCUMENT_UNKNOWN)
		return err_set(e, ERR_INPUT,
		    _("This is none of what is kept here, but %s. Save it as "
		      "text, PDF, JPEG, PNG, TIFF or an office document "
		      "first."),
		    f->what);
	return 0;
}

static int
check_corrects(
    struct tx *tx, const struct uid *subject, const struct document *d)
{
	static const char sql[] =
	    "SELECT 1 FROM document WHERE person = ?1 AND uid = ?2";
	int64_t one;
	int rc;

	if (uid_null(&d->corrects))
		return 0;
	rc = tx_int(tx, sql, VALS(v_uid(subject), v_uid(&d->corrects)), &one);
	if (rc == 0)
		return err_set(tx->err, ERR_INPUT,
		    _("The document this corrects is not in this case."));
	return rc == -1 ? -1 : 0;
}

static int
put_pieces(struct tx *tx, const struct uid *subject, const struct uid *document,
    struct source *s, char hash_hex[DOCUMENT_HASH_SIZE])
{
	uint8_t hash[HASH_BYTES];
	const void *piece;
	int64_t i = 0;
	struct hash h;
	size_t n;
	int rc = -1;

	hash_init(&h);
	while (source_next(s, &piece, &n, tx->err) == 0) {
		struct uid uid = uid_new();

		if (n == 0) {
			rc = 0;
			break;
		}
		hash_add(&h, piece, n);
		if (record_insert(tx, REC_DOCUMENT_CHUNK, subject, &uid,
			COLS({ "document", v_uid(document) }, { "n", v_int(i) },
			    { "data", v_blob(piece, n) })) == -1)
			break;
		i++;
	}
	hash_end(&h, hash);
	document_hash_hex(hash, hash_hex);
	return rc;
}

/* 0 kept; 1 it was kept before; -1. */
static int
put(struct tx *tx, const struct uid *subject, const struct document *d,
    const struct found *f, struct source *s)
{
	char on[12], hash[DOCUMENT_HASH_SIZE];
	const struct col cols[] = {
		{ "case_uid", v_uid(&d->case_uid) },
		{ "corrects", v_uid(&d->corrects) },
		{ "kind", v_str(d->kind) },
		{ "title", v_str(d->title) },
		{ "on_date", v_str(date_iso(&d->on, on, sizeof(on))) },
		{ "type", v_str(document_type_name(f->type)) },
		{ "source", v_str(s->name) },
		{ "size", v_int(f->size) },
		{ "hash", v_str(f->hash) },
	};
	size_t n = sizeof(cols) / sizeof(cols[0]);
	int rc =
	    record_insert_once(tx, REC_DOCUMENT, subject, &d->uid, cols, n, n);

	if (rc != 0)
		return rc;
	if (put_pieces(tx, subject, &d->uid, s, hash) == -1)
		return -1;
	if (strcmp(hash, f->hash) != 0)
		return err_set(tx->err, ERR_INPUT,
		    _("The file changed while it was read, so nothing was "
		      "kept. Wait until it is complete and try again."));
	return 0;
}

static int
add(struct session *s, const struct document *in, struct source *from,
    int64_t max, struct err *err)
{
	struct document d = *in;
	struct case_subject subject;
	struct tx tx = { .open = false };
	struct found found;
	struct arena a;
	int rc = -1;

	arena_init(&a);
	/* The slow part comes before the writers' lock. */
	if (take(&a, &d, err) == -1)
		goto done;
	if (look(from, max, &found, err) == -1 ||
	    check_found(&found, err) == -1 || source_again(from, err) == -1) {
		err_field_as(err, "", from->value);
		goto done;
	}
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .case_uid = &d.case_uid,
		    .object = &d.uid,
		    .action = "document.add",
		    .reason = "to add a document",
		    .wrote = true },
		err) == -1)
		goto done;
	if (case_subject(&tx, &d.case_uid, &subject) == 0 &&
	    check_corrects(&tx, &subject.subject, &d) == 0)
		rc = put(&tx, &subject.subject, &d, &found, from);
	if (rc == 0)
		rc = tx_commit(&tx);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

int
document_add_text(struct session *s, const struct document *d, const char *text,
    struct err *err)
{
	struct source *from = xcalloc(1, sizeof(*from));
	struct buf clean;
	int rc = -1;

	buf_init(&clean);
	utf8_clean(&clean, text, strlen(text), true, NULL);
	*from = (struct source){ .text = clean.data,
		.len = clean.len,
		.fd = -1,
		.name = "pasted",
		.value = "words" };
	if (clean.len > DOCUMENT_PASTE_MAX)
		(void)err_set_field(err, "words",
		    _("At most %d kB can be pasted and this has %zu kB. Add "
		      "it in parts."),
		    DOCUMENT_PASTE_MAX / 1024, clean.len / 1024 + 1);
	else
		rc = add(s, d, from, document_max(s->society), err);
	buf_done(&clean);
	wipe(from, sizeof(*from));
	free(from);
	return rc;
}

int
document_add_path(struct session *s, const struct document *d, const char *path,
    struct err *err)
{
	struct source *from;
	int64_t max = document_max(s->society), size;
	int fd, rc;

	if (!s->society->device.document_paths)
		return err_set(err, ERR_DENIED,
		    _("On this terminal no files are read from the machine. "
		      "Paste the words instead, or ask your supervisor where "
		      "papers are scanned in."));
	if (file_open_named(path, max, s->vault, &fd, &size, err) == -1) {
		err_field_as(err, "", "path");
		return -1;
	}
	from = xcalloc(1, sizeof(*from));
	from->fd = fd;
	from->name = from->value = "path";
	rc = add(s, d, from, max, err);
	(void)close(fd);
	wipe(from, sizeof(*from));
	free(from);
	return rc;
}

/* --- the list ------------------------------------------------------------------------ */

static const char columns[] =
    "SELECT uid, case_uid, corrects, kind, title, on_date, type, size, hash,"
    " made_at, made_by, removed_at, removed_by, removed_why,"
    " EXISTS (SELECT 1 FROM document l WHERE l.person = d.person"
    " AND l.corrects = d.uid) FROM document d WHERE person = ?1";

static void
read_row(sqlite3_stmt *st, struct arena *a, struct document *d,
    struct uid *made_by, struct uid *removed_by)
{
	*d = (struct document){ .uid = col_uid(st, 0),
		.case_uid = col_uid(st, 1),
		.corrects = col_uid(st, 2),
		.kind = col_str(st, 3, a),
		.title = col_str(st, 4, a),
		.type = col_str(st, 6, a),
		.size = col_int(st, 7),
		.hash = col_str(st, 8, a),
		.at = col_int(st, 9),
		.by = "",
		.removed_by = "",
		.removed_at = col_int(st, 11),
		.removed_why = col_str(st, 13, a),
		.corrected = col_bool(st, 14) };
	col_date(st, 5, &d->on);
	d->removed = d->removed_at != 0;
	*made_by = col_uid(st, 10);
	*removed_by = col_uid(st, 12);
}

static int
read_list(struct tx *tx, const struct uid *subject, struct arena *a,
    struct documents *out)
{
	static const char count[] =
	    "SELECT count(*) FROM document WHERE person = ?1";
	struct uid *who;
	sqlite3_stmt *st;
	int64_t n = 0;
	struct buf sql;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(subject)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	who = arena_alloc(a, 2 * (size_t)n + 2, sizeof(*who));
	buf_init(&sql);
	buf_addf(&sql, "%s ORDER BY made_at DESC, uid DESC", columns);
	st = tx_query(tx, sql.data, VALS(v_uid(subject)));
	buf_done(&sql);
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		read_row(st, a, &out->list[out->n], &who[2 * out->n],
		    &who[2 * out->n + 1]);
		out->n++;
	}
	if (rc == -1)
		return -1;
	for (size_t i = 0; i < out->n; i++) {
		if (colleague_login(tx, &who[2 * i], a, &out->list[i].by) ==
			-1 ||
		    colleague_login(
			tx, &who[2 * i + 1], a, &out->list[i].removed_by) == -1)
			return -1;
	}
	return 0;
}

int
document_list(struct session *s, struct uid case_uid, const char *reason,
    struct arena *arena, struct documents *out, struct err *err)
{
	struct documents found = { .n = 0 };
	struct case_subject subject;
	struct tx tx;
	int rc = -1;

	if (session_purpose(s, &case_uid, &reason, err) == -1)
		return -1;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = &case_uid,
		    .action = "document.list",
		    .reason = reason },
		err) == -1)
		return -1;
	if (case_subject(&tx, &case_uid, &subject) == 0 &&
	    read_list(&tx, &subject.subject, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0) {
		session_set_purpose(s, &case_uid, reason);
		*out = found;
	}
	tx_abort(&tx);
	return rc;
}

int
document_find(struct tx *tx, const struct uid *subject,
    const struct uid *document, struct arena *a, struct document *d)
{
	struct uid by, removed_by;
	sqlite3_stmt *st;
	struct buf sql;
	int rc;

	buf_init(&sql);
	buf_addf(&sql, "%s AND uid = ?2", columns);
	st = tx_query(tx, sql.data, VALS(v_uid(subject), v_uid(document)));
	buf_done(&sql);
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("There is no such document in this case."));
	read_row(st, a, d, &by, &removed_by);
	stmt_done(st);
	if (d->removed)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This document was removed; only who removed it and why "
		      "is still here."));
	return 0;
}
