/* SPDX-License-Identifier: ISC */
/* Counters against rows, one database against the other. */
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/queue_write.h"
#include "store/record_table.h"
#include "store/session_inside.h"
#include "store/tx.h"
#include "store/verify_inside.h"

/* Somebody may be between the two writes of an intake right now. */
#define ORPHAN_AGE (10 * CLOCK_MINUTE)
#define PART 200

static const struct {
	const char *what, *sql;
} sums[] = {
	{ N_("cases without a row in the lists, or the other way round"),
	    "SELECT (SELECT count(*) FROM case_file c WHERE deleted_hlc = 0 "
	    "AND NOT EXISTS (SELECT 1 FROM queue q WHERE q.uid = c.uid)) + "
	    "(SELECT count(*) FROM queue q WHERE NOT EXISTS "
	    "(SELECT 1 FROM case_file c WHERE c.uid = q.uid "
	    "AND c.deleted_hlc = 0))" },
	{ N_("counters that differ from what they count"),
	    "SELECT count(*) FROM (SELECT lane, what, day, sum(n) AS n FROM ("
	    "SELECT lane, CASE open WHEN 1 THEN 1 ELSE 2 END AS what, "
	    "0 AS day, count(*) AS n FROM queue GROUP BY 1, 2 UNION ALL "
	    "SELECT CAST('b:' || branch AS BLOB), "
	    "CASE open WHEN 1 THEN 1 ELSE 2 END, 0, count(*) FROM queue "
	    "GROUP BY 1, 2 UNION ALL "
	    "SELECT lane, 3, due_day, count(*) FROM queue WHERE open = 1 "
	    "AND due_day IS NOT NULL GROUP BY 1, 3 UNION ALL "
	    "SELECT CAST('b:' || branch AS BLOB), 3, due_day, count(*) "
	    "FROM queue WHERE open = 1 AND due_day IS NOT NULL "
	    "GROUP BY 1, 3 UNION ALL "
	    "SELECT lane, 4, due_key / 60000, count(*) FROM queue "
	    "WHERE open = 1 AND due_day IS NOT NULL GROUP BY 1, 3 UNION ALL "
	    "SELECT CAST('b:' || branch AS BLOB), 4, due_key / 60000, "
	    "count(*) FROM queue WHERE open = 1 AND due_day IS NOT NULL "
	    "GROUP BY 1, 3 UNION ALL "
	    "SELECT lane, what, day, -n FROM tally) "
	    "GROUP BY lane, what, day HAVING sum(n) <> 0)" },
	{ N_("counters of waiting tasks that differ from what they count"),
	    "SELECT count(*) FROM (SELECT lane, promised, day, sum(n) AS n "
	    "FROM (SELECT lane, promised, due_day AS day, count(*) AS n "
	    "FROM agenda GROUP BY 1, 2, 3 UNION ALL "
	    "SELECT lane, promised, day, -n FROM agenda_tally) "
	    "GROUP BY lane, promised, day HAVING sum(n) <> 0)" },
	{ N_("contacts without a case that their list does not have as they "
	     "are"),
	    "SELECT (SELECT count(*) FROM contact c "
	    "WHERE case_uid = zeroblob(16) AND NOT EXISTS "
	    "(SELECT 1 FROM contact_alone a WHERE a.uid = c.uid "
	    "AND a.waits = (c.urgent <> 0 AND NOT EXISTS "
	    "(SELECT 1 FROM contact_step s WHERE s.case_uid = zeroblob(16) "
	    "AND s.contact = c.uid)))) + "
	    "(SELECT count(*) FROM contact_alone a WHERE NOT EXISTS "
	    "(SELECT 1 FROM contact c WHERE c.case_uid = zeroblob(16) "
	    "AND c.uid = a.uid))" },
	{ N_("waiting tasks of cases that are not there"),
	    "SELECT count(*) FROM (SELECT DISTINCT case_uid FROM agenda) a "
	    "WHERE NOT EXISTS (SELECT 1 FROM case_file c "
	    "WHERE c.uid = a.case_uid AND c.deleted_hlc = 0)" },
};

/* The next cases after *at: how many, -1. */
static int
some_cases(struct tx *tx, struct uid *at, struct uid *list, int cap)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT uid FROM case_file WHERE uid > ?1 AND deleted_hlc = 0 "
	    "ORDER BY uid LIMIT ?2",
	    VALS(v_uid0(at), v_int(cap)));
	int n = 0, rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		list[n++] = col_uid(st, 0);
	if (n > 0)
		*at = list[n - 1];
	return rc == -1 ? -1 : n;
}

/* What waits in each case, worked out again and held against its rows; in
 * parts, so that nobody who saves waits for it. */
static int
tasks_differ(struct session *s, int64_t *differ, struct err *err)
{
	struct uid at = { { 0 } }, list[PART];
	struct tx tx;
	int n = PART, d, rc = 0;

	*differ = 0;
	while (rc == 0 && n == PART) {
		rc = tx_begin(&tx, s,
		    &(const struct tx_what){
			.perm = PERM_NONE, .again_ok = true },
		    err);
		n = rc == 0 ? some_cases(&tx, &at, list, PART) : -1;
		for (int i = 0; i < n && rc == 0; i++) {
			d = queue_tasks_differ(&tx, &list[i]);
			*differ += d > 0;
			rc = d == -1 ? -1 : 0;
		}
		if (rc == 0)
			rc = n == -1 ? -1 : tx_commit(&tx);
		tx_abort(&tx);
	}
	return rc;
}

static void
check_tasks(struct check *c)
{
	struct err err;
	int64_t n;

	if (tasks_differ(c->s, &n, &err) == -1)
		finding_add(c, true, "%s: %s", DB_FILE_CASES, err.text);
	else
		finding_add(c, n != 0, "%s: %s: %lld", DB_FILE_CASES,
		    _("cases whose waiting tasks are not what their records "
		      "say"),
		    (long long)n);
}

void
check_counts(struct check *c)
{
	struct err err;
	int64_t n;

	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
		n = 0;
		if (db_int(&c->s->cases, sums[i].sql, NO_VALS, &n, &err) == -1)
			finding_add(c, true, "%s: %s", DB_FILE_CASES, err.text);
		else
			finding_add(c, n != 0, "%s: %s: %lld", DB_FILE_CASES,
			    _(sums[i].what), (long long)n);
	}
	check_tasks(c);
}

/* One column of every table of records, or of those that never change, one
 * below the other. */
static void
add_column(
    struct buf *sql, enum vault_db which, const char *column, bool append_only)
{
	const char *between = "";

	for (size_t i = 0; i < REC_TABLES; i++) {
		const struct rec_table *t = &rec_tables[i];

		if (t->db != which || (append_only && !t->append_only))
			continue;
		buf_addf(sql, "%sSELECT %s FROM %s", between, column, t->name);
		between = " UNION ALL ";
	}
}

/* An event that wrote about a case names its record, or left its logical time
 * in a record or in a change of one. */
static void
lost_records(struct buf *sql, enum vault_db which)
{
	buf_add_str(sql,
	    "SELECT count(*) FROM audit WHERE wrote = 1 AND outcome = 'done' "
	    "AND case_uid IS NOT NULL AND hlc NOT IN (SELECT hlc FROM op "
	    "UNION ALL ");
	add_column(sql, which, "hlc", false);
	buf_add_str(sql, ") AND coalesce(object, case_uid) NOT IN (");
	add_column(sql, which, "uid", false);
	buf_add_str(sql, ")");
}

/* An event says how many rows it made that never change; whoever was removed
 * as left over took theirs along, and so did a document that was removed. */
static void
lost_rows(struct buf *sql, enum vault_db which)
{
	buf_add_str(sql, "WITH made(hlc) AS (SELECT hlc FROM op UNION ALL ");
	add_column(sql, which, "hlc", true);
	buf_add_str(sql,
	    "), each AS (SELECT hlc, count(*) AS n FROM made GROUP BY hlc) "
	    "SELECT count(*) FROM audit a LEFT JOIN each e ON e.hlc = a.hlc "
	    "WHERE a.wrote = 1 AND length(a.detail) BETWEEN 1 AND 10 AND "
	    "coalesce(e.n, 0) < CAST(CAST(a.detail AS TEXT) AS INTEGER)");
	if (which == DB_IDENTITY)
		buf_add_str(sql,
		    " AND NOT EXISTS (SELECT 1 FROM person p WHERE "
		    "p.uid = a.object AND p.deleted_hlc <> 0) "
		    "AND NOT EXISTS (SELECT 1 FROM document d WHERE "
		    "d.uid = a.object AND d.deleted_hlc <> 0)");
}

/* A record is never older than its newest change. */
static void
old_records(struct buf *sql, enum vault_db which)
{
	const char *between = "SELECT ";

	buf_add_str(sql,
	    "WITH newest(uid, rev) AS (SELECT row_uid, max(rev) FROM op "
	    "GROUP BY row_uid) ");
	for (size_t i = 0; i < REC_TABLES; i++) {
		const struct rec_table *t = &rec_tables[i];

		if (t->db != which || t->append_only)
			continue;
		buf_addf(sql,
		    "%s(SELECT count(*) FROM %s t JOIN newest n ON n.uid = "
		    "t.uid WHERE t.rev < n.rev)",
		    between, t->name);
		between = " + ";
	}
}

/* A row remembers the newest time that somebody came in; clocks may have gone
 * back since the one before. */
static void
old_sign_ins(struct buf *sql, enum vault_db which)
{
	buf_add_str(sql,
	    which == DB_IDENTITY
		? "SELECT 0"
		: "SELECT count(*) FROM colleague c JOIN (SELECT actor, at, "
		  "max(seq) FROM audit WHERE action IN ('session.start', "
		  "'vault.init', 'vault.recover', "
		  "'vault.accept') AND wrote = 1 "
		  "GROUP BY actor) a ON a.actor = c.uid "
		  "WHERE c.last_sign_in <> a.at");
}

/*
 * An older page in the place of a newer one opens without a word, and what it
 * held since is gone; the events that wrote it are not.
 */
void
check_written(struct check *c, struct db *db)
{
	static void (*const ask[])(struct buf *, enum vault_db) = {
		lost_records, lost_rows, old_records, old_sign_ins
	};
	int64_t n, all = 0;
	struct err err;
	struct buf sql;
	int rc = 0;

	for (size_t i = 0; rc != -1 && i < sizeof(ask) / sizeof(ask[0]); i++) {
		buf_init(&sql);
		ask[i](&sql, db->which);
		n = 0;
		rc = db_int(db, sql.data, NO_VALS, &n, &err);
		buf_done(&sql);
		all += n;
	}
	if (rc == -1)
		finding_add(c, true, "%s: %s", db_file(db->which), err.text);
	else if (all > 0)
		finding_add(c, true,
		    _("%s: %lld times what was recorded as written is not "
		      "there, or older; an older copy may have been put "
		      "back"),
		    db_file(db->which), (long long)all);
	else
		finding_add(c, false,
		    _("%s: what was recorded as written is there"),
		    db_file(db->which));
}

/* Is there a case of this person?  1, 0, -1. */
static int
has_case(struct session *s, const struct uid *person, struct err *err)
{
	int64_t there = 0;

	return db_int(&s->cases, "SELECT 1 FROM case_file WHERE person = ?1",
	    VALS(v_uid0(person)), &there, err);
}

/*
 * People whom no case points at: what a crash between the two writes of an
 * intake leaves, for identity.db is written first.  At most cap of them; *n
 * counts all.
 */
static int
find_orphans(struct session *s, struct db *identity, struct uid *list,
    size_t cap, size_t *n, struct err *err)
{
	sqlite3_stmt *st = db_query(identity,
	    "SELECT uid FROM person WHERE deleted_hlc = 0 AND made_at < ?1",
	    VALS(v_int(clock_now() - ORPHAN_AGE)), err);
	struct uid person;
	int rc, there;

	*n = 0;
	if (st == NULL)
		return -1;
	while ((rc = db_row(identity, st, err)) == 1) {
		person = col_uid(st, 0);
		there = has_case(s, &person, err);
		if (there == -1) {
			stmt_done(st);
			return -1;
		}
		if (there == 0 && (*n)++ < cap)
			list[*n - 1] = person;
	}
	return rc;
}

static int
count_lost(
    struct session *s, struct db *identity, int64_t *lost, struct err *err)
{
	sqlite3_stmt *st = db_query(&s->cases,
	    "SELECT person FROM case_file WHERE person IS NOT NULL "
	    "AND deleted_hlc = 0",
	    NO_VALS, err);
	struct uid person;
	int64_t there;
	int rc, got;

	*lost = 0;
	if (st == NULL)
		return -1;
	while ((rc = db_row(&s->cases, st, err)) == 1) {
		person = col_uid(st, 0);
		got = db_int(identity, "SELECT 1 FROM person WHERE uid = ?1",
		    VALS(v_uid0(&person)), &there, err);
		if (got == -1) {
			stmt_done(st);
			return -1;
		}
		*lost += got == 0;
	}
	return rc;
}

void
check_orphans(struct check *c, struct db *identity)
{
	struct uid none;
	struct err err;
	int64_t lost;
	size_t n;

	if (find_orphans(c->s, identity, &none, 0, &n, &err) == -1 ||
	    count_lost(c->s, identity, &lost, &err) == -1) {
		finding_add(c, true, "%s: %s", DB_FILE_IDENTITY, err.text);
		return;
	}
	if (n > 0)
		finding_add(c, true,
		    _("%s: %zu people without a case, left by an interrupted "
		      "intake; they can be removed"),
		    DB_FILE_IDENTITY, n);
	if (lost > 0)
		finding_add(c, true,
		    _("%s: %lld cases point at people who are not there"),
		    DB_FILE_CASES, (long long)lost);
	if (n == 0 && lost == 0)
		finding_add(c, false, _("both databases name the same people"));
}

/* A tombstone stays, so that a late copy does not bring the person back. */
static int
remove_person(struct tx *tx, const struct uid *person)
{
	if (tx_exec(tx, "DELETE FROM name_key WHERE person = ?1",
		VALS(v_uid0(person))) == -1)
		return -1;
	if (tx_exec(tx,
		"UPDATE person SET deleted_hlc = ?2, hlc = ?2, rev = rev + 1, "
		"changed_at = ?3, changed_by = ?4, name = '', other_names = "
		"'', "
		"birth = '', birth_basis = '', sex = '', languages = '', "
		"country = '', phone = '', address = '', document = '' "
		"WHERE uid = ?1",
		VALS(v_uid0(person), v_int((int64_t)tx->hlc), v_int(tx->now),
		    v_uid0(&tx->s->user.uid))) == -1)
		return -1;
	return tx_exec(tx, "DELETE FROM safe_contact WHERE person = ?1",
	    VALS(v_uid0(person)));
}

int
vault_remove_orphans(struct session *s, size_t *removed, struct err *err)
{
	struct uid list[256];
	size_t n = 0, all = 0;
	struct tx tx;
	int rc;

	*removed = 0;
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .db = DB_IDENTITY,
		.perm = PERM_VAULT_CARE,
		.action = "vault.remove-orphans",
		.wrote = true },
	    err);
	if (rc == 0)
		rc = find_orphans(
		    s, tx.db, list, sizeof(list) / sizeof(list[0]), &all, err);
	if (rc == 0)
		n = all < sizeof(list) / sizeof(list[0])
			? all
			: sizeof(list) / sizeof(list[0]);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = remove_person(&tx, &list[i]);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*removed = n;
	return rc;
}
