/* SPDX-License-Identifier: ISC */
/* Notes to the next shift of a branch: appended, read, never changed. */
#include <string.h>

#include "base/i18n.h"
#include "store/case_inside.h"
#include "store/task.h"

#define LOOKED_AT 500

int
handover_add(struct session *s, struct uid uid, struct uid case_uid,
    const char *text, struct err *err)
{
	const struct text_in texts[] = {
		{ &text, N_("Hand-over"), HANDOVER_MAX },
	};
	bool about = !uid_null(&case_uid);
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == -1)
		goto done;
	if (!said(text)) {
		rc = err_set_field(
		    err, "text", _("Write what the next shift has to know."));
		goto done;
	}
	if (tx_begin(&tx, s,
		&(const struct tx_what){
		    .perm = about ? PERM_CASE_WRITE : PERM_CASE_READ,
		    .case_uid = about ? &case_uid : NULL,
		    .object = &uid,
		    .action = "handover.add",
		    .wrote = true },
		err) == -1)
		goto done;
	const struct col cols[] = {
		{ "branch", v_str(s->user.branch) },
		{ "case_uid", v_uid(&case_uid) },
		{ "text", v_str(text) },
	};
	rc = record_insert_once(&tx, REC_HANDOVER, NULL, &uid, cols, 3, 3);
	if (rc == 0)
		rc = tx_commit(&tx);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* A note about a case is for those who may open it, with a reason or not. */
static int
may_read(struct tx *tx, const struct uid *case_uid)
{
	struct case_facts facts;
	enum verdict v;
	int rc;

	if (uid_null(case_uid))
		return 1;
	rc = tx_facts(tx, case_uid, &facts);
	if (rc != 1)
		return rc;
	v = tx_verdict(tx, PERM_CASE_READ, &facts);
	return v == ALLOW || v == NEED_REASON;
}

static void
fill(sqlite3_stmt *st, struct handover *h, struct arena *a)
{
	*h = (struct handover){ .uid = col_uid(st, 0),
		.case_uid = col_uid(st, 1),
		.text = col_str(st, 3, a),
		.by = col_str(st, 4, a),
		.at = col_int(st, 5),
		.read = col_bool(st, 6),
		.readers = (int)col_int(st, 7) };
	col_copy(st, 2, h->code, sizeof(h->code));
}

static int
read_list(struct tx *tx, bool unread_only, size_t n, struct arena *a,
    struct handovers *out)
{
	static const char sql[] =
	    "SELECT h.uid, h.case_uid, coalesce(c.code, ''), h.text, "
	    "coalesce(m.login, ''), h.made_at, h.made_by = ?2 OR EXISTS "
	    "(SELECT 1 FROM handover_read r WHERE r.user_uid = ?2 "
	    "AND r.uid = h.uid), (SELECT count(*) FROM colleague k "
	    "WHERE k.branch = h.branch AND EXISTS (SELECT 1 FROM handover_read "
	    "r WHERE r.user_uid = k.uid AND r.uid = h.uid)) FROM handover h "
	    "LEFT JOIN case_file c ON c.uid = h.case_uid "
	    "LEFT JOIN colleague m ON m.uid = h.made_by "
	    "WHERE h.branch = ?1 ORDER BY h.made_at DESC, h.uid DESC LIMIT ?3";
	struct handover *list = arena_alloc(a, LOOKED_AT, sizeof(*list));
	sqlite3_stmt *st = tx_query(tx, sql,
	    VALS(v_str(tx->s->user.branch), v_uid0(&tx->s->user.uid),
		v_int(LOOKED_AT)));
	size_t found = 0;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		fill(st, &list[found++], a);
	for (size_t i = 0; i < found && rc == 0; i++) {
		if (unread_only && list[i].read)
			continue;
		switch (may_read(tx, &list[i].case_uid)) {
		case -1:
			return -1;
		case 0:
			continue;
		default:
			break;
		}
		out->more = out->n == n;
		if (out->more)
			break;
		list[out->n++] = list[i];
	}
	out->list = list;
	return rc;
}

int
handover_list(struct session *s, bool unread_only, size_t n, struct arena *a,
    struct handovers *out, struct err *err)
{
	struct handovers found = { .n = 0 };
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_CASE_READ,
		.action = "handover.list",
		.again_ok = true },
	    err);

	if (rc == 0)
		rc = read_list(&tx, unread_only, n, a, &found);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = found;
	return rc;
}

int
handover_mark(
    struct session *s, const struct uid *list, size_t n, struct err *err)
{
	struct tx tx;
	int rc;

	if (n == 0)
		return 0;
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_CASE_READ,
		.object = &list[0],
		.action = "handover.read",
		.wrote = true },
	    err);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = tx_exec(&tx,
		    "INSERT INTO handover_read (user_uid, uid, at) "
		    "SELECT ?1, uid, ?3 FROM handover WHERE uid = ?2 "
		    "AND branch = ?4 ON CONFLICT DO NOTHING",
		    VALS(v_uid0(&s->user.uid), v_uid0(&list[i]), v_int(tx.now),
			v_str(s->user.branch)));
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}
