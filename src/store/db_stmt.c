/* SPDX-License-Identifier: ISC */
/* Statements, what is bound to them, what comes out of them. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/date.h"
#include "store/db.h"
#include "store/db_plan.h"

struct val
v_null(void)
{
	return (struct val){ .type = VAL_NULL };
}

struct val
v_int(int64_t i)
{
	return (struct val){ .type = VAL_INT, .i = i };
}

struct val
v_str(const char *s)
{
	if (s == NULL)
		s = "";
	return v_strn(s, strlen(s));
}

struct val
v_strn(const char *s, size_t n)
{
	return (struct val){ .type = VAL_TEXT, .p = s, .n = n };
}

struct val
v_blob(const void *p, size_t n)
{
	return (struct val){ .type = VAL_BLOB, .p = p, .n = n };
}

struct val
v_uid(const struct uid *u)
{
	return u == NULL || uid_null(u) ? v_null() : v_blob(u->b, sizeof(u->b));
}

struct val
v_uid0(const struct uid *u)
{
	return v_blob(u->b, sizeof(u->b));
}

/* FNV-1a: the texts are our own, so nobody can choose collisions. */
static uint64_t
key_of(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h;
}

static struct db_stmt *
place_of(struct db *db, const char *sql, uint64_t key)
{
	size_t i = (size_t)key & (db->cap - 1);

	while (db->stmts[i].st != NULL &&
	       (db->stmts[i].key != key || strcmp(db->stmts[i].sql, sql) != 0))
		i = (i + 1) & (db->cap - 1);
	return &db->stmts[i];
}

static void
grow(struct db *db)
{
	struct db_stmt *old = db->stmts;
	size_t cap = db->cap;

	db->cap = cap == 0 ? 64 : cap * 2;
	db->stmts = xcalloc(db->cap, sizeof(*db->stmts));
	for (size_t i = 0; i < cap; i++)
		if (old[i].st != NULL)
			*place_of(db, old[i].sql, old[i].key) = old[i];
	free(old);
}

static sqlite3_stmt *
prepared(struct db *db, const char *sql, struct err *err)
{
	uint64_t key = key_of(sql);
	struct db_stmt *s;
	sqlite3_stmt *st = NULL;
	int rc;

	if (db->h == NULL)
		die("a closed database was asked");
	if (db->n * 2 >= db->cap)
		grow(db);
	s = place_of(db, sql, key);
	if (s->st != NULL)
		return s->st;
#ifdef AMPARO_TEST
	db_plan_check(db, sql);
#endif
	rc = sqlite3_prepare_v3(
	    db->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
	if (rc != SQLITE_OK || st == NULL) {
		(void)db_fail(db, rc, err);
		return NULL;
	}
	*s = (struct db_stmt){ .sql = xstrdup(sql), .key = key, .st = st };
	db->n++;
	return st;
}

static int
bind(sqlite3_stmt *st, int i, const struct val *v)
{
	switch (v->type) {
	case VAL_INT:
		return sqlite3_bind_int64(st, i, v->i);
	case VAL_TEXT:
		return sqlite3_bind_text64(
		    st, i, v->p, v->n, SQLITE_STATIC, SQLITE_UTF8);
	case VAL_BLOB:
		/* A NULL pointer would bind NULL, not an empty blob. */
		return sqlite3_bind_blob64(
		    st, i, v->n == 0 ? "" : v->p, v->n, SQLITE_STATIC);
	case VAL_NULL:
		break;
	}
	return sqlite3_bind_null(st, i);
}

sqlite3_stmt *
db_query(struct db *db, const char *sql, const struct val *v, size_t n,
    struct err *err)
{
	sqlite3_stmt *st = prepared(db, sql, err);
	int rc = SQLITE_OK;

	if (st == NULL)
		return NULL;
	if (sqlite3_stmt_busy(st))
		die("a statement is used inside itself");
	if ((size_t)sqlite3_bind_parameter_count(st) != n)
		die("a statement has %d places for %zu values",
		    sqlite3_bind_parameter_count(st), n);
	for (size_t i = 0; i < n && rc == SQLITE_OK; i++)
		rc = bind(st, (int)i + 1, &v[i]);
	if (rc == SQLITE_OK)
		return st;
	stmt_done(st);
	(void)db_fail(db, rc, err);
	return NULL;
}

int
db_row(struct db *db, sqlite3_stmt *st, struct err *err)
{
	int rc = sqlite3_step(st);

	if (rc == SQLITE_ROW)
		return 1;
	stmt_done(st);
	return rc == SQLITE_DONE ? 0 : db_fail(db, rc, err);
}

int
db_exec(struct db *db, const char *sql, const struct val *v, size_t n,
    int *changes, struct err *err)
{
	sqlite3_stmt *st = db_query(db, sql, v, n, err);
	int rc;

	if (st == NULL)
		return -1;
	do
		rc = db_row(db, st, err);
	while (rc == 1);
	if (rc == 0 && changes != NULL)
		*changes = sqlite3_changes(db->h);
	return rc;
}

int
db_int(struct db *db, const char *sql, const struct val *v, size_t n,
    int64_t *out, struct err *err)
{
	sqlite3_stmt *st = db_query(db, sql, v, n, err);
	int rc;

	if (st == NULL)
		return -1;
	rc = db_row(db, st, err);
	if (rc == 1) {
		*out = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return rc;
}

int
db_script(struct db *db, const char *sql, struct err *err)
{
	int rc = sqlite3_exec(db->h, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_fail(db, rc, err);
}

void
stmt_done(sqlite3_stmt *st)
{
	/* The failure, if there was one, was told by the step. */
	(void)sqlite3_reset(st);
	(void)sqlite3_clear_bindings(st);
}

int64_t
col_int(sqlite3_stmt *st, int i)
{
	return sqlite3_column_int64(st, i);
}

bool
col_bool(sqlite3_stmt *st, int i)
{
	return sqlite3_column_int64(st, i) != 0;
}

const char *
col_text(sqlite3_stmt *st, int i)
{
	const char *s = (const char *)sqlite3_column_text(st, i);

	/* An empty word in the place of a right or a rule would be a wrong
	 * one. */
	if (s == NULL && sqlite3_errcode(sqlite3_db_handle(st)) == SQLITE_NOMEM)
		die("no memory for a column");
	return s == NULL ? "" : s;
}

const char *
col_str(sqlite3_stmt *st, int i, struct arena *a)
{
	return arena_str(a, col_text(st, i));
}

void
col_copy(sqlite3_stmt *st, int i, char *out, size_t size)
{
	const char *s = col_text(st, i);
	size_t n = strnlen(s, size - 1);

	memcpy(out, s, n);
	out[n] = '\0';
}

const void *
col_blob(sqlite3_stmt *st, int i, size_t *n)
{
	const void *p = sqlite3_column_blob(st, i);

	*n = p == NULL ? 0 : (size_t)sqlite3_column_bytes(st, i);
	return p;
}

const void *
col_bytes(sqlite3_stmt *st, int i, size_t n)
{
	size_t got;
	const void *p = col_blob(st, i, &got);

	return got == n ? p : NULL;
}

struct uid
col_uid(sqlite3_stmt *st, int i)
{
	const void *p = col_bytes(st, i, sizeof(struct uid));
	struct uid u = { { 0 } };

	if (p != NULL)
		memcpy(&u, p, sizeof(u));
	return u;
}

void
col_date(sqlite3_stmt *st, int i, struct fdate *d)
{
	if (date_from_iso(col_text(st, i), d) == -1)
		*d = (struct fdate){ .precision = DATE_UNKNOWN };
}
