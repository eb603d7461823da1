/* SPDX-License-Identifier: ISC */
/*
 * Records that are written whole, each in place of the one before: three
 * ways between what the form was filled from, what stands now, and what was
 * typed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/case_inside.h"
#include "store/record.h"
#include "store/record_table.h"
#include "store/session_inside.h"

struct merge {
	struct tx *tx;
	const struct rec_table *t;
	const struct uid *parent;
	struct col *c; /* mine; merged in place */
	size_t n;
	const struct merge_rule *rules;
	struct arena *a;
};

/* A record as it stands. */
struct snap {
	bool there;
	struct uid uid;
	int64_t hlc, at;
	const char *by; /* login */
	const char **text; /* by place in merge.c */
};

/* The newest that fits: 0, also where there is none; -1. */
static int
snap_read(struct merge *m, const char *which, const struct val *v, size_t n_v,
    struct snap *out)
{
	struct uid by;
	sqlite3_stmt *st;
	struct buf sql;
	int rc;

	*out = (struct snap){ .by = "",
		.text = arena_alloc(m->a, m->n + 1, sizeof(*out->text)) };
	for (size_t i = 0; i < m->n; i++)
		out->text[i] = "";
	buf_init(&sql);
	buf_add_str(&sql, "SELECT uid, hlc, made_at, made_by");
	for (size_t i = 0; i < m->n; i++)
		buf_addf(&sql, ", CAST(%s AS TEXT)", m->c[i].name);
	buf_addf(&sql,
	    " FROM %s WHERE %s = ?1 AND deleted_hlc = 0 AND %s"
	    " ORDER BY hlc DESC, uid DESC LIMIT 1",
	    m->t->name, m->t->parent, which);
	st = tx_query(m->tx, sql.data, v, n_v);
	buf_done(&sql);
	if (st == NULL)
		return -1;
	rc = tx_row(m->tx, st);
	if (rc != 1)
		return rc;
	out->there = true;
	out->uid = col_uid(st, 0);
	out->hlc = col_int(st, 1);
	out->at = col_int(st, 2);
	by = col_uid(st, 3);
	for (size_t i = 0; i < m->n; i++)
		out->text[i] = col_str(st, (int)i + 4, m->a);
	stmt_done(st);
	return colleague_login(m->tx, &by, m->a, &out->by);
}

static const struct merge_rule *
rule_of(const struct merge *m, const char *name)
{
	static const struct merge_rule plain = { NULL, MERGE_ASK, NULL };

	for (const struct merge_rule *r = m->rules; r->name != NULL; r++)
		if (strcmp(r->name, name) == 0)
			return r;
	return &plain;
}

static bool
keeps_safe(const struct merge_rule *r, const char *value)
{
	size_t len = strlen(value);

	for (const char *p = r->safe; len > 0 && p != NULL && *p != '\0';) {
		size_t word = strcspn(p, " ");

		if (word == len && strncmp(p, value, len) == 0)
			return true;
		p += word + (p[word] == ' ');
	}
	return false;
}

static bool
same(const struct rec_field *f, const char *x, const char *y)
{
	if (f->type == REC_INT || f->type == REC_BOOL) {
		x = x[0] == '\0' ? "0" : x;
		y = y[0] == '\0' ? "0" : y;
	}
	return strcmp(x, y) == 0;
}

static struct val
val_of(const struct rec_field *f, const char *text)
{
	if (f->type == REC_INT || f->type == REC_BOOL)
		return v_int(strtoll(text, NULL, 10));
	return v_str(text);
}

/* One column, where mine is not what stands.  *one is filled in where it is to
 * be seen: 1; 0 not; it is asked unless it is settled. */
static int
merge_one(struct merge *m, size_t i, const char *base, const char *theirs,
    struct conflict *one)
{
	const struct rec_field *f = rec_field(m->t, m->c[i].name);
	const struct merge_rule *r = rule_of(m, f->name);
	const char *mine = record_text(&m->c[i].v, m->a);
	bool i_did = !same(f, mine, base), they_did = !same(f, theirs, base);
	const char *wins = i_did ? mine : theirs;
	const char *loses = i_did ? theirs : mine;

	if (r->how == MERGE_OWN || same(f, mine, theirs))
		return 0;
	one->field = f->name;
	one->mine = mine;
	one->theirs = theirs;
	one->settled = false;
	if (r->how == MERGE_ASK &&
	    ((i_did && they_did) ||
		(keeps_safe(r, loses) && !keeps_safe(r, wins))))
		return 1;
	if (i_did)
		return 0;
	m->c[i].v = val_of(f, theirs);
	one->settled = true;
	return r->how == MERGE_ASK;
}

void
record_list_conflicts(struct conflicts *c, const struct conflict *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!all[i].settled)
			c->list[c->n++] = all[i];
	for (size_t i = 0; i < n; i++)
		if (all[i].settled)
			c->list[c->n++] = all[i];
}

static int
merge_all(struct merge *m, const struct snap *base, const struct snap *theirs,
    const struct conflict *of_case, struct conflicts *out)
{
	struct conflict *all = arena_alloc(m->a, m->n + 1, sizeof(*all));
	bool asked = false, newer = !uid_eq(&base->uid, &theirs->uid);
	size_t n = 0;

	*out = (struct conflicts){ .base = theirs->uid,
		.list = arena_alloc(m->a, m->n + 1, sizeof(*out->list)) };
	for (size_t i = 0; i < m->n; i++) {
		bool case_says = of_case != NULL &&
				 strcmp(of_case->field, m->c[i].name) == 0;
		const char *says =
		    case_says ? of_case->theirs : theirs->text[i];

		/* Nobody said anything since. */
		if (!case_says && !newer)
			continue;
		all[n] = (struct conflict){ .by = case_says ? of_case->by
							    : theirs->by,
			.at = case_says ? of_case->at : theirs->at };
		if (merge_one(m, i, base->text[i], says, &all[n]) == 1)
			asked |= !all[n++].settled;
	}
	record_list_conflicts(out, all, n);
	return asked ? record_in_conflict(m->tx->err) : 0;
}

int
record_based(struct tx *tx, enum record_table table, const struct uid *parent,
    const struct uid *uid, const struct uid *base,
    const struct conflict *of_case, const struct merge_rule *rules,
    struct col *c, size_t n, struct arena *a, struct conflicts *out)
{
	struct merge m = { tx, &rec_tables[table], parent, c, n, rules, a };
	struct snap own, before, now;

	/* Of a retry: what it was added to then. */
	if (snap_read(&m, "uid = ?2", VALS(v_uid0(parent), v_uid0(uid)),
		&own) == -1 ||
	    snap_read(&m, "hlc < ?2",
		VALS(v_uid0(parent), v_int(own.there ? own.hlc : INT64_MAX)),
		&now) == -1 ||
	    snap_read(&m, "uid = ?2", VALS(v_uid0(parent), v_uid0(base)),
		&before) == -1)
		return -1;
	if (of_case != NULL && own.there && of_case->at > own.at)
		of_case = NULL;
	*out = (struct conflicts){ .base = now.uid };
	if ((!uid_eq(&now.uid, base) || of_case != NULL) &&
	    merge_all(&m, &before, &now, of_case, out) == -1)
		return -1;
	return record_insert_once(tx, table, parent, uid, c, n, n);
}
