/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "store/record.h"
#include "store/record_table.h"
#include "store/session_inside.h"

/* What every row begins with, after its key. */
#define HOUSE "ns, origin_node, hlc, rev, schema_version, made_at, made_by"

const struct rec_field *
rec_field(const struct rec_table *t, const char *name)
{
	for (const struct rec_field *f = t->fields; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

static const struct rec_field *
field_or_die(const struct rec_table *t, const char *name)
{
	const struct rec_field *f = rec_field(t, name);

	if (f == NULL)
		die("%s has no column %s", t->name, name);
	return f;
}

/* --- adding --------------------------------------------------------------------- */
static void
insert_text(struct buf *sql, const struct rec_table *t, bool parent,
    const struct col *c, size_t n)
{
	size_t values = 8 + (parent ? 1 : 0) + (t->append_only ? 0 : 2) + n;

	/* No formatting: this runs for every row, and most of all in bulk. */
	buf_add_str(sql, "INSERT INTO ");
	buf_add_str(sql, t->name);
	buf_add_str(sql, " (");
	if (parent) {
		buf_add_str(sql, t->parent);
		buf_add_str(sql, ", ");
	}
	buf_add_str(sql, "uid, " HOUSE);
	if (!t->append_only)
		buf_add_str(sql, ", changed_at, changed_by");
	for (size_t i = 0; i < n; i++) {
		buf_add_str(sql, ", ");
		buf_add_str(sql, field_or_die(t, c[i].name)->name);
	}
	buf_add_str(sql, ") VALUES (?");
	for (size_t i = 1; i < values; i++)
		buf_add_str(sql, ", ?");
	buf_add_str(sql, ") ON CONFLICT DO NOTHING");
}

int
record_insert(struct tx *tx, enum record_table table, const struct uid *parent,
    const struct uid *uid, const struct col *c, size_t n)
{
	const struct rec_table *t = &rec_tables[table];
	struct val v[REC_FIELDS_MAX + 11];
	struct buf sql;
	size_t k = 0;
	int rc, changes = 0;

	if (t->db != tx->db->which || n > REC_FIELDS_MAX ||
	    (parent != NULL) != (t->parent != NULL))
		die("a row of %s does not belong here", t->name);
	if (parent != NULL)
		v[k++] = v_uid0(parent);
	v[k++] = v_uid0(uid);
	v[k++] = v_str(tx->s->ns);
	v[k++] = v_uid0(&tx->s->node);
	v[k++] = v_int((int64_t)tx->hlc);
	v[k++] = v_int(1);
	v[k++] = v_int(db_schema_version(t->db));
	v[k++] = v_int(tx->now);
	v[k++] = v_uid0(&tx->s->user.uid);
	if (!t->append_only) {
		v[k++] = v_int(tx->now);
		v[k++] = v_uid0(&tx->s->user.uid);
	}
	for (size_t i = 0; i < n; i++)
		v[k++] = c[i].v;
	buf_init(&sql);
	insert_text(&sql, t, parent != NULL, c, n);
	rc = db_exec(tx->db, sql.data, v, k, &changes, tx->err);
	buf_done(&sql);
	if (rc == -1)
		return -1;
	for (size_t i = 0; i < n; i++)
		tx_field(tx, c[i].name);
	tx->rows += t->append_only && changes != 0;
	return changes == 0 ? 1 : 0;
}

/* --- changing --------------------------------------------------------------------- */
/* A row as it is, its values as text. */
struct row {
	int64_t rev;
	uint64_t hlc;
	struct uid node;
	const char *text[REC_FIELDS_MAX]; /* by place in the table's fields */
};

/* One field that will be written. */
struct edit {
	const struct rec_field *f;
	const char *before, *after; /* as text */
	struct val v;
	struct uid uid; /* what v points at, for a uid */
};

static const char *
as_text(sqlite3_stmt *st, int i, const struct rec_field *f, struct arena *a)
{
	struct uid u;
	char hex[33];

	switch (f->type) {
	case REC_UID:
		u = col_uid(st, i);
		if (uid_null(&u))
			return "";
		uid_hex(&u, hex);
		return arena_str(a, hex);
	case REC_INT:
	case REC_BOOL:
		return arena_printf(a, "%" PRId64, col_int(st, i));
	case REC_BYTES:
		return "";
	case REC_TEXT:
		break;
	}
	return col_str(st, i, a);
}

static void
where_key(struct buf *sql, const struct rec_table *t, int first)
{
	if (t->parent != NULL)
		buf_addf(sql, " WHERE uid = ?%d AND %s = ?%d", first, t->parent,
		    first + 1);
	else
		buf_addf(sql, " WHERE uid = ?%d", first);
}

/* 1 there, 0 not, -1. */
static int
read_row(struct tx *tx, const struct rec_table *t, const struct uid *parent,
    const struct uid *uid, struct arena *a, struct row *row)
{
	const struct val key[] = { v_uid0(uid),
		parent == NULL ? v_null() : v_uid0(parent) };
	sqlite3_stmt *st;
	struct buf sql;
	int rc;

	buf_init(&sql);
	buf_add_str(&sql, "SELECT rev, hlc, origin_node");
	for (const struct rec_field *f = t->fields; f->name != NULL; f++)
		buf_addf(&sql, ", %s", f->name);
	buf_addf(&sql, " FROM %s", t->name);
	where_key(&sql, t, 1);
	buf_add_str(&sql, " AND deleted_hlc = 0");
	st = tx_query(tx, sql.data, key, t->parent == NULL ? 1 : 2);
	buf_done(&sql);
	if (st == NULL)
		return -1;
	rc = tx_row(tx, st);
	if (rc != 1)
		return rc;
	row->rev = col_int(st, 0);
	row->hlc = (uint64_t)col_int(st, 1);
	row->node = col_uid(st, 2);
	for (int i = 0; t->fields[i].name != NULL; i++)
		row->text[i] = as_text(st, i + 3, &t->fields[i], a);
	stmt_done(st);
	return 1;
}

/* The value of a text, as the column wants it. */
static int
as_value(struct edit *e, struct err *err)
{
	const char *s = e->after;
	char *end;
	int64_t n;

	switch (e->f->type) {
	case REC_TEXT:
		e->v = v_str(s);
		return 0;
	case REC_UID:
		if (s[0] == '\0') {
			e->v = v_null();
			return 0;
		}
		if (uid_from_hex(s, &e->uid) == -1)
			break;
		e->v = v_uid0(&e->uid);
		return 0;
	case REC_BYTES:
		break;
	case REC_INT:
	case REC_BOOL:
		errno = 0;
		n = strtoll(s, &end, 10);
		if (errno != 0 || *end != '\0' ||
		    (e->f->type == REC_BOOL && n != 0 && n != 1))
			break;
		e->v = v_int(n);
		return 0;
	}
	return err_set_field(err, e->f->name,
	    _("\"%s\" cannot be saved with this value. Choose one of those "
	      "offered."),
	    e->f->name);
}

static const char *
norm(const struct rec_field *f, const char *s)
{
	if (s == NULL)
		s = "";
	return f->type != REC_TEXT && f->type != REC_UID && s[0] == '\0' ? "0"
									 : s;
}

/* The version that a field was at when the editor saw it at rev base. */
static int
base_of(struct tx *tx, const struct uid *subject, const struct uid *uid,
    const struct row *row, int64_t base, uint64_t *hlc, struct uid *node)
{
	sqlite3_stmt *st;
	int rc;

	*hlc = row->hlc;
	*node = row->node;
	if (base >= row->rev)
		return 0;
	*hlc = 0;
	st = tx_query(tx,
	    "SELECT hlc, node FROM op WHERE subject = ?1 AND row_uid = ?2 "
	    "AND rev <= ?3 ORDER BY rev DESC, hlc DESC LIMIT 1",
	    VALS(v_uid0(subject), v_uid0(uid), v_int(base)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0; /* the version it was made at */
	*hlc = (uint64_t)col_int(st, 0);
	*node = col_uid(st, 1);
	stmt_done(st);
	return 0;
}

/* Who changed this field after base, last: 1, 0 nobody, -1. */
static int
changed_since(struct tx *tx, struct db *db, const struct uid *subject,
    const struct uid *uid, const char *field, int64_t base, struct arena *a,
    struct conflict *c)
{
	struct uid by;
	sqlite3_stmt *st;
	int rc;

	st = db_query(db,
	    "SELECT new, by, at FROM op WHERE subject = ?1 AND row_uid = ?2 "
	    "AND rev > ?3 AND field = ?4 ORDER BY rev DESC, hlc DESC LIMIT 1",
	    VALS(v_uid0(subject), v_uid0(uid), v_int(base), v_str(field)),
	    tx->err);
	if (st == NULL)
		return -1;
	rc = db_row(db, st, tx->err);
	if (rc != 1)
		return rc;
	*c = (struct conflict){ .field = field, .theirs = col_str(st, 0, a) };
	by = col_uid(st, 1);
	c->at = col_int(st, 2);
	stmt_done(st);
	/* Colleagues are in cases.db, also when this is about a person. */
	st = db_query(&tx->s->cases,
	    "SELECT login FROM colleague WHERE uid = ?1", VALS(v_uid0(&by)),
	    tx->err);
	if (st == NULL || (rc = db_row(&tx->s->cases, st, tx->err)) == -1)
		return -1;
	c->by = rc == 1 ? col_str(st, 0, a) : "";
	if (rc == 1)
		stmt_done(st);
	return 1;
}

int
record_case_since(struct tx *tx, const struct uid *case_uid, const char *field,
    int64_t rev, struct arena *a, struct conflict *out)
{
	return changed_since(
	    tx, &tx->s->cases, case_uid, case_uid, field, rev, a, out);
}

static int
write_row(struct tx *tx, const struct rec_table *t, const struct uid *parent,
    const struct uid *uid, int64_t rev, const struct edit *e, size_t n)
{
	struct val v[REC_FIELDS_MAX + 6];
	struct buf sql;
	size_t k = 0;
	int rc;

	buf_init(&sql);
	buf_addf(&sql,
	    "UPDATE %s SET rev = ?1, hlc = ?2, changed_at = ?3, "
	    "changed_by = ?4",
	    t->name);
	v[k++] = v_int(rev);
	v[k++] = v_int((int64_t)tx->hlc);
	v[k++] = v_int(tx->now);
	v[k++] = v_uid0(&tx->s->user.uid);
	for (size_t i = 0; i < n; i++) {
		if (e[i].f == NULL)
			die("a change of no field");
		v[k++] = e[i].v;
		buf_addf(&sql, ", %s = ?%zu", e[i].f->name, k);
	}
	where_key(&sql, t, (int)k + 1);
	v[k++] = v_uid0(uid);
	if (t->parent != NULL)
		v[k++] = v_uid0(parent);
	rc = tx_exec(tx, sql.data, v, k);
	buf_done(&sql);
	return rc;
}

static int
write_ops(struct tx *tx, const struct rec_table *t, const struct uid *subject,
    const struct uid *uid, const struct row *row, int64_t base,
    const struct edit *e, size_t n)
{
	struct uid op, node;
	uint64_t hlc;

	if (base_of(tx, subject, uid, row, base, &hlc, &node) == -1)
		return -1;
	for (size_t i = 0; i < n; i++) {
		op = uid_new();
		if (tx_exec(tx,
			"INSERT INTO op (subject, row_uid, uid, ns, node, hlc, "
			"rev, base_rev, base_hlc, base_node, tbl, field, old, "
			"new, by, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
			"?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
			VALS(v_uid0(subject), v_uid0(uid), v_uid0(&op),
			    v_str(tx->s->ns), v_uid0(&tx->s->node),
			    v_int((int64_t)tx->hlc), v_int(row->rev + 1),
			    v_int(base), v_int((int64_t)hlc), v_uid0(&node),
			    v_str(t->name), v_str(e[i].f->name),
			    v_str(e[i].before), v_str(e[i].after),
			    v_uid0(&tx->s->user.uid), v_int(tx->now))) == -1)
			return -1;
		tx->rows++;
		tx_field(tx, e[i].f->name);
	}
	return 0;
}

static int
not_found(struct err *err)
{
	return err_set(err, ERR_NOT_FOUND,
	    _("What you are changing is not there any more."));
}

int
record_in_conflict(struct err *err)
{
	return err_set(err, ERR_CONFLICT,
	    _("Somebody else changed the same field meanwhile. Look at both "
	      "and choose; nothing of yours is lost."));
}

/* Which of the changes are still to be written, and which clash. */
static int
plan_edits(struct tx *tx, const struct rec_table *t, const struct uid *subject,
    const struct uid *uid, const struct row *row, int64_t base,
    const struct change *c, size_t n, struct arena *a, struct edit *edits,
    struct conflicts *clash)
{
	const struct rec_field *f;
	struct conflict one;
	size_t k = 0;
	int rc;

	for (size_t i = 0; i < n; i++) {
		f = rec_field(t, c[i].field);
		if (f == NULL || !f->editable)
			return err_set(tx->err, ERR_INPUT,
			    _("\"%s\" is not a field that can be changed."),
			    c[i].field);
		edits[k] = (struct edit){
			.f = f,
			.before = row->text[f - t->fields],
			.after = norm(f, c[i].value),
		};
		if (as_value(&edits[k], tx->err) == -1)
			return -1;
		if (strcmp(edits[k].before, edits[k].after) == 0)
			continue;
		rc = base >= row->rev ? 0
				      : changed_since(tx, tx->db, subject, uid,
					    f->name, base, a, &one);
		if (rc == -1)
			return -1;
		if (rc == 1) {
			one.mine = arena_str(a, c[i].value);
			clash->list[clash->n++] = one;
			continue;
		}
		k++;
	}
	return (int)k;
}

int
record_update(struct tx *tx, enum record_table table, const struct uid *parent,
    const struct uid *uid, int64_t *rev, const struct change *c, size_t n,
    struct arena *a, struct conflicts *conflicts)
{
	const struct rec_table *t = &rec_tables[table];
	const struct uid *subject = parent == NULL ? uid : parent;
	struct edit edits[REC_FIELDS_MAX] = { 0 };
	struct conflicts clash = { .n = 0 };
	struct row row;
	int rc;

	if (t->append_only || t->db != tx->db->which || n > REC_FIELDS_MAX)
		die("a row of %s is not changed here", t->name);
	rc = read_row(tx, t, parent, uid, a, &row);
	if (rc != 1)
		return rc == 0 ? not_found(tx->err) : -1;
	clash.list = arena_alloc(a, n + 1, sizeof(*clash.list));
	rc =
	    plan_edits(tx, t, subject, uid, &row, *rev, c, n, a, edits, &clash);
	if (rc == -1)
		return -1;
	if (clash.n > 0) {
		clash.rev = row.rev;
		if (conflicts != NULL)
			*conflicts = clash;
		return record_in_conflict(tx->err);
	}
	if (rc > 0 && (write_row(tx, t, parent, uid, row.rev + 1, edits,
			   (size_t)rc) == -1 ||
			  write_ops(tx, t, subject, uid, &row, *rev, edits,
			      (size_t)rc) == -1))
		return -1;
	*rev = row.rev + (rc > 0 ? 1 : 0);
	return 0;
}

/* --- what the program changes itself ------------------------------------------- */
const char *
record_text(const struct val *v, struct arena *a)
{
	struct uid u;
	char hex[33];

	switch (v->type) {
	case VAL_INT:
		return arena_printf(a, "%" PRId64, v->i);
	case VAL_TEXT:
		return arena_strn(a, v->p, v->n);
	case VAL_BLOB:
		if (v->n != sizeof(u))
			die("only uids are blobs here");
		memcpy(&u, v->p, sizeof(u));
		uid_hex(&u, hex);
		return arena_str(a, hex);
	case VAL_NULL:
		break;
	}
	return "";
}

int
record_set(struct tx *tx, enum record_table table, const struct uid *parent,
    const struct uid *uid, const struct col *c, size_t n)
{
	const struct rec_table *t = &rec_tables[table];
	const struct uid *subject = parent == NULL ? uid : parent;
	struct edit edits[REC_FIELDS_MAX] = { 0 };
	const struct rec_field *f;
	struct arena a;
	struct row row;
	size_t k = 0;
	int rc;

	if (t->append_only || t->db != tx->db->which || n > REC_FIELDS_MAX)
		die("a row of %s is not changed here", t->name);
	arena_init(&a);
	rc = read_row(tx, t, parent, uid, &a, &row);
	for (size_t i = 0; rc == 1 && i < n; i++) {
		f = field_or_die(t, c[i].name);
		edits[k] = (struct edit){
			.f = f,
			.before = row.text[f - t->fields],
			.after = norm(f, record_text(&c[i].v, &a)),
			.v = c[i].v,
		};
		if (strcmp(edits[k].before, edits[k].after) != 0)
			k++;
	}
	if (rc == 0)
		rc = not_found(tx->err);
	else if (rc == 1)
		rc = k == 0 || (write_row(tx, t, parent, uid, row.rev + 1,
				    edits, k) == 0 &&
				   write_ops(tx, t, subject, uid, &row, row.rev,
				       edits, k) == 0)
			 ? 0
			 : -1;
	arena_done(&a);
	return rc;
}
