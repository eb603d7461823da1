/* SPDX-License-Identifier: ISC */
/* Links as one person may see them; and marks of an interest. */
#include <string.h>

#include "base/i18n.h"
#include "store/link_inside.h"
#include "store/request_inside.h"

/* Visible: the other case may be opened by who asks, with a reason at most. */
static int
visible(struct tx *tx, const struct uid *other)
{
	struct case_facts facts;
	enum verdict v;
	int rc = tx_facts(tx, other, &facts);

	if (rc != 1)
		return rc;
	v = tx_verdict(tx, PERM_CASE_READ, &facts);
	return v == ALLOW || v == NEED_REASON;
}

static int
code_of(struct tx *tx, const struct uid *case_uid, char code[CODE_SIZE])
{
	static const char sql[] = "SELECT code FROM case_file WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	(void)code_parse(col_text(st, 0), code);
	stmt_done(st);
	return 1;
}

static int
count_of(struct tx *tx, const char *sql, const struct uid *case_uid, size_t *n)
{
	int64_t count = 0;

	if (tx_int(tx, sql, VALS(v_uid(case_uid)), &count) == -1)
		return -1;
	*n = (size_t)count;
	return 0;
}

/* --- links ----------------------------------------------------------------------------- */

static int
read_links(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct links *out)
{
	static const char count[] =
	    "SELECT count(*) FROM case_link WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT l.link, l.other, l.reason, u.login, l.made_at"
	    " FROM case_link l LEFT JOIN colleague u ON u.uid = l.made_by"
	    " WHERE l.case_uid = ?1 AND l.kind = 'link' AND NOT EXISTS"
	    " (SELECT 1 FROM case_link x WHERE x.case_uid = l.case_uid"
	    " AND x.link = l.link AND x.kind = 'unlink')"
	    " ORDER BY l.hlc DESC, l.uid DESC";
	struct case_link *all;
	sqlite3_stmt *st;
	size_t max, n = 0;
	int rc;

	if (count_of(tx, count, case_uid, &max) == -1)
		return -1;
	all = arena_alloc(a, max + 1, sizeof(*all));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && n < max)
		all[n++] = (struct case_link){ .link = col_uid(st, 0),
			.other = col_uid(st, 1),
			.reason = col_str(st, 2, a),
			.by = col_str(st, 3, a),
			.at = col_int(st, 4) };
	out->list = all;
	for (size_t i = 0; rc != -1 && i < n; i++) {
		rc = visible(tx, &all[i].other);
		if (rc == 1)
			rc = code_of(tx, &all[i].other, all[i].code);
		if (rc == 1)
			out->list[out->n++] = all[i];
	}
	return rc == -1 ? -1 : 0;
}

/* --- occasions ---------------------------------------------------------------------------- */

static int
read_codes(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct group_event *g)
{
	static const char count[] =
	    "SELECT count(*) FROM group_member WHERE event = ?1";
	static const char sql[] =
	    "SELECT DISTINCT m.case_uid FROM group_member m WHERE m.event = ?1"
	    " AND m.case_uid <> ?2 AND" MEMBER_STANDS " ORDER BY m.case_uid";
	struct uid *others;
	char code[CODE_SIZE];
	sqlite3_stmt *st;
	size_t max, n = 0;
	int rc;

	if (count_of(tx, count, &g->uid, &max) == -1)
		return -1;
	others = arena_alloc(a, max + 1, sizeof(*others));
	g->codes = arena_alloc(a, max + 1, sizeof(*g->codes));
	st = tx_query(tx, sql, VALS(v_uid(&g->uid), v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && n < max)
		others[n++] = col_uid(st, 0);
	for (size_t i = 0; rc != -1 && i < n; i++) {
		rc = visible(tx, &others[i]);
		if (rc == 1)
			rc = code_of(tx, &others[i], code);
		if (rc == 1)
			g->codes[g->n_codes++] = arena_str(a, code);
	}
	return rc == -1 ? -1 : 0;
}

static int
read_groups(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct links *out)
{
	static const char count[] =
	    "SELECT count(*) FROM group_member WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT g.uid, g.on_date, g.area, g.words, u.login"
	    " FROM group_member m JOIN group_event g ON g.uid = m.event"
	    " LEFT JOIN colleague u ON u.uid = g.made_by"
	    " WHERE m.case_uid = ?1 AND" MEMBER_STANDS
	    " ORDER BY m.hlc DESC, m.uid DESC";
	sqlite3_stmt *st;
	size_t max;
	int rc;

	if (count_of(tx, count, case_uid, &max) == -1)
		return -1;
	out->groups = arena_alloc(a, max + 1, sizeof(*out->groups));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n_groups < max) {
		struct group_event *g = &out->groups[out->n_groups++];

		*g = (struct group_event){ .uid = col_uid(st, 0),
			.area = col_str(st, 2, a),
			.words = col_str(st, 3, a),
			.by = col_str(st, 4, a) };
		col_date(st, 1, &g->on);
	}
	for (size_t i = 0; rc != -1 && i < out->n_groups; i++)
		rc = read_codes(tx, case_uid, a, &out->groups[i]);
	return rc == -1 ? -1 : 0;
}

/* --- marks --------------------------------------------------------------------------------- */

static const char standing[] =
    " m.lifts IS NULL AND m.deleted_hlc = 0 AND NOT EXISTS (SELECT 1 FROM"
    " conflict_mark x WHERE x.case_uid IN (m.case_uid, ?1)"
    " AND x.lifts = m.uid)";

int
conflict_marked(struct tx *tx, const struct uid *case_uid, const char *who,
    const char *code)
{
	struct joined j;
	int64_t one;
	struct buf sql;
	int rc;

	buf_init(&sql);
	buf_addf(&sql,
	    "SELECT 1 FROM conflict_mark m WHERE m.case_uid IN (?1, ?4)"
	    " AND m.who = ?2 AND trim(m.code) = trim(?3) COLLATE NOCASE"
	    " AND%s LIMIT 1",
	    standing);
	rc = join_find(tx, case_uid, &j, NULL);
	if (rc != -1)
		rc = db_int(&tx->s->cases, sql.data,
		    VALS(v_uid(case_uid), v_str(who), v_str(code),
			v_uid(rc == 1 ? &j.other : case_uid)),
		    &one, tx->err);
	buf_done(&sql);
	return rc;
}

int
conflict_marked_user(
    struct tx *tx, const struct uid *case_uid, const struct uid *user)
{
	char hex[33];

	uid_hex(user, hex);
	return conflict_marked(tx, case_uid, "staff", hex);
}

bool
conflict_shown(struct tx *tx, const struct uid *case_uid)
{
	return tx_verdict(tx, PERM_LINK, &tx->facts) == ALLOW &&
	       conflict_marked_user(tx, case_uid, &tx->s->user.uid) == 0;
}

static int
read_marks(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct links *out)
{
	static const char count[] =
	    "SELECT count(*) FROM conflict_mark WHERE case_uid = ?1";
	const struct uid *other = case_uid;
	struct joined j;
	struct buf sql;
	sqlite3_stmt *st;
	size_t max, more;
	int rc;

	/* Who may not link does not see who is marked; nobody sees their own
	 * mark. */
	if (tx_verdict(tx, PERM_LINK, &tx->facts) != ALLOW)
		return 0;
	if ((rc = join_find(tx, case_uid, &j, NULL)) == -1)
		return -1;
	if (rc == 1 && j.stays)
		other = &j.other;
	if (count_of(tx, count, case_uid, &max) == -1 ||
	    count_of(tx, count, other, &more) == -1)
		return -1;
	max += more;
	out->marks = arena_alloc(a, max + 1, sizeof(*out->marks));
	buf_init(&sql);
	buf_addf(&sql,
	    "SELECT m.uid, m.who, coalesce(s.login, m.code), m.reason,"
	    " u.login, m.made_at FROM conflict_mark m"
	    " LEFT JOIN colleague u ON u.uid = m.made_by"
	    " LEFT JOIN colleague s ON m.who = 'staff'"
	    " AND lower(hex(s.uid)) = m.code WHERE m.case_uid IN (?1, ?3)"
	    " AND (m.who <> 'staff' OR m.code <> lower(hex(?2))) AND%s"
	    " ORDER BY m.hlc DESC, m.uid DESC",
	    standing);
	st = tx_query(tx, sql.data,
	    VALS(v_uid(case_uid), v_uid(&tx->s->user.uid), v_uid(other)));
	buf_done(&sql);
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n_marks < max)
		out->marks[out->n_marks++] =
		    (struct conflict_mark){ .uid = col_uid(st, 0),
			    .case_uid = *case_uid,
			    .who = col_str(st, 1, a),
			    .code = col_str(st, 2, a),
			    .reason = col_str(st, 3, a),
			    .by = col_str(st, 4, a),
			    .at = col_int(st, 5) };
	return rc == -1 ? -1 : 0;
}

int
links_open(struct session *s, struct uid case_uid, const char *reason,
    struct arena *arena, struct links *out, struct err *err)
{
	struct links found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_READ,
		    .case_uid = &case_uid,
		    .action = "link.open",
		    .reason = reason,
		    .again_ok = true },
		err) == -1)
		return -1;
	if (read_links(&tx, &case_uid, arena, &found) == 0 &&
	    read_groups(&tx, &case_uid, arena, &found) == 0 &&
	    read_marks(&tx, &case_uid, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
