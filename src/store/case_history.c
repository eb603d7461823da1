/* SPDX-License-Identifier: ISC */
/* Who changed what, and who looked. */
#include <string.h>

#include "base/i18n.h"
#include "store/case_inside.h"
#include "store/link_inside.h"

#define HISTORY_MAX 1000

/* What the program writes beside a field that people change. */
static const char *const beside[] = { "risk_by", "risk_at", "risk_first",
	"attempt", "done_at", "due", "resolved_by", "resolved_at",
	"of_age_from", "deadline_at", "deadline_what", "state_at",
	"custody_seq" };

/* The login for a uid in hex, so that a worker is read as one. */
static const char *
worker(struct tx *tx, const char *hex, struct arena *arena)
{
	static const char sql[] = "SELECT login FROM colleague WHERE uid = ?1";
	const char *login = hex;
	sqlite3_stmt *st;
	struct uid uid;

	if (hex[0] == '\0' || uid_from_hex(hex, &uid) == -1)
		return hex;
	st = tx_query(tx, sql, VALS(v_uid(&uid)));
	if (st == NULL)
		return hex;
	if (tx_row(tx, st) == 1)
		login = col_str(st, 0, arena);
	stmt_done(st);
	return login;
}

static int
read_changes(struct tx *tx, const struct uid *uid, struct arena *arena,
    struct field_changes *out)
{
	static const char sql[] =
	    "SELECT o.at, u.login, o.field, o.old, o.new,"
	    " iif(o.row_uid = ?1, o.rev, 0) FROM op o"
	    " LEFT JOIN colleague u ON u.uid = o.by WHERE o.subject = ?1"
	    " ORDER BY o.at DESC, o.hlc DESC, o.uid DESC LIMIT ?2";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(uid), v_int(HISTORY_MAX)));
	int rc;

	if (st == NULL)
		return -1;
	out->list = arena_alloc(arena, HISTORY_MAX, sizeof(*out->list));
	while ((rc = tx_row(tx, st)) == 1 && out->n < HISTORY_MAX) {
		struct field_change *c = &out->list[out->n];

		if (is_one_of(col_text(st, 2), beside,
			sizeof(beside) / sizeof(beside[0])))
			continue;
		c->at = col_int(st, 0);
		c->by = col_str(st, 1, arena);
		c->field = col_str(st, 2, arena);
		c->before = col_str(st, 3, arena);
		c->after = col_str(st, 4, arena);
		c->rev = col_int(st, 5);
		out->n++;
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

int
case_history(struct session *s, struct uid uid, struct arena *arena,
    struct field_changes *out, struct err *err)
{
	struct field_changes found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_HISTORY,
		    .case_uid = &uid,
		    .action = "case.history",
		    .again_ok = true },
		err) == -1)
		return -1;
	if (read_changes(&tx, &uid, arena, &found) == -1)
		goto out;
	for (size_t i = 0; i < found.n; i++) {
		struct field_change *c = &found.list[i];

		if (strcmp(c->field, "owner") != 0)
			continue;
		c->before = worker(&tx, c->before, arena);
		c->after = worker(&tx, c->after, arena);
	}
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
out:
	tx_abort(&tx);
	return rc;
}

/* --- who looked ------------------------------------------------------------------- */

struct looks {
	struct access *list;
	struct uid *actors; /* of each; logins are in cases.db alone */
	size_t n;
};

static int
read_chain(struct db *db, const struct uid *uid, size_t n, bool marks,
    struct arena *a, struct looks *out, struct err *err)
{
	static const char sql[] =
	    "SELECT at, actor, role, terminal, action, fields, reason, outcome"
	    " FROM audit WHERE case_uid = ?1"
	    " AND (?3 OR action NOT LIKE 'conflict.%')"
	    " ORDER BY seq DESC LIMIT ?2";
	sqlite3_stmt *st = db_query(
	    db, sql, VALS(v_uid(uid), v_int((int64_t)n), v_int(marks)), err);
	int rc;

	if (st == NULL)
		return -1;
	out->list = arena_alloc(a, n + 1, sizeof(*out->list));
	out->actors = arena_alloc(a, n + 1, sizeof(*out->actors));
	while ((rc = db_row(db, st, err)) == 1 && out->n < n) {
		struct access *l = &out->list[out->n];
		bool denied = strcmp(col_text(st, 7), "denied") == 0;

		l->at = col_int(st, 0);
		l->by = "";
		l->role = col_str(st, 2, a);
		l->terminal = col_str(st, 3, a);
		l->action =
		    denied ? arena_printf(a, _("%s (refused)"), col_text(st, 4))
			   : col_str(st, 4, a);
		l->fields = col_str(st, 5, a);
		l->reason = col_str(st, 6, a);
		out->actors[out->n++] = col_uid(st, 1);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static void
name_actors(struct tx *tx, struct looks *l, struct arena *a)
{
	char hex[33];

	for (size_t i = 0; i < l->n; i++) {
		if (i > 0 && uid_eq(&l->actors[i], &l->actors[i - 1])) {
			l->list[i].by = l->list[i - 1].by;
			continue;
		}
		uid_hex(&l->actors[i], hex);
		l->list[i].by = worker(tx, arena_str(a, hex), a);
	}
}

/* Two lists, each newest first, into one of at most n. */
static void
merge(const struct looks *x, const struct looks *y, size_t n, struct arena *a,
    struct access_log *out)
{
	size_t i = 0, j = 0;

	out->list = arena_alloc(a, n + 1, sizeof(*out->list));
	while (out->n < n && (i < x->n || j < y->n)) {
		bool first =
		    j == y->n || (i < x->n && x->list[i].at >= y->list[j].at);

		out->list[out->n++] = first ? x->list[i++] : y->list[j++];
	}
}

int
case_access_log(struct session *s, struct uid uid, size_t n,
    struct arena *arena, struct access_log *out, struct err *err)
{
	struct looks cases = { .n = 0 }, identity = { .n = 0 };
	struct access_log found = { .n = 0 };
	bool both =
	    session_may(s, PERM_ACCESS_LOG) && session_holds_identity(s);
	struct db *db = NULL;
	const char *reason = NULL;
	struct tx tx;
	int marked, rc = -1;

	if (n == 0 || n > HISTORY_MAX)
		n = HISTORY_MAX;
	/* Who may not hold the identity root reads the other chain alone, and
	 * nothing is opened for it. */
	if (both && session_purpose(s, &uid, &reason, err) == -1)
		return -1;
	if (both && session_identity(s, &db, err) == -1)
		return -1;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_ACCESS_LOG,
		    .case_uid = &uid,
		    .action = "case.access-log",
		    .reason = reason,
		    .again_ok = true },
		err) == -1)
		return -1;
	/* Whoever is marked is not shown that they are. */
	marked = conflict_marked_user(&tx, &uid, &s->user.uid);
	if (marked == -1 ||
	    read_chain(&s->cases, &uid, n, !marked, arena, &cases, err) == -1)
		goto out;
	if (db != NULL &&
	    read_chain(db, &uid, n, !marked, arena, &identity, err) == -1)
		goto out;
	name_actors(&tx, &cases, arena);
	name_actors(&tx, &identity, arena);
	merge(&cases, &identity, n, arena, &found);
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
out:
	tx_abort(&tx);
	return rc;
}
