/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/clock.h"
#include "store/session_inside.h"

#include "bench_bare.h"

#define PAGE 51 /* fifty, and one to know that there are more */
#define COLUMNS                                                          \
	"uid, code, rank, next, due_key, stage, flags, worker, branch, " \
	"lane, "

/* Step through, looking at every column. */
static size_t
drain(struct db *db, const char *sql, const struct val *v, size_t n)
{
	volatile size_t seen = 0;
	size_t rows = 0;
	sqlite3_stmt *st;
	struct err err;
	int rc;

	st = db_query(db, sql, v, n, &err);
	if (st == NULL)
		bench_fail("%s: %s", sql, err.text);
	while ((rc = db_row(db, st, &err)) == 1) {
		for (int i = 0; i < sqlite3_column_count(st); i++)
			seen += (size_t)sqlite3_column_bytes(st, i);
		rows++;
	}
	bench_must(rc, &err, sql);
	return rows;
}

static void
run(struct db *db, const char *sql, const struct val *v, size_t n)
{
	struct err err;

	bench_must(db_exec(db, sql, v, n, NULL, &err), &err, sql);
}

/* --- lists ------------------------------------------------------------------------- */
/* By risk within due times the first level that has rows is the floor: the
 * index has no order across levels there. */
static const char *const lane_sql[QUEUE_SORTS] = {
	[QUEUE_BY_RISK] = "SELECT " COLUMNS "0 FROM queue WHERE lane = ?1 "
			  "AND open = 1 ORDER BY rank, due_key, uid LIMIT ?2",
	[QUEUE_BY_DUE] = "SELECT " COLUMNS "0 FROM queue WHERE lane = ?1 "
			 "AND open = 1 ORDER BY due_key, uid LIMIT ?2",
	[QUEUE_BY_CHANGED] =
	    "SELECT " COLUMNS "changed FROM queue WHERE lane = ?1 "
	    "AND open = 1 ORDER BY changed DESC, uid DESC LIMIT ?2",
};
static const char *const branch_sql[QUEUE_SORTS] = {
	[QUEUE_BY_RISK] = "SELECT " COLUMNS "0 FROM queue WHERE branch = ?1 "
			  "AND open = 1 ORDER BY rank, due_key, uid LIMIT ?2",
	[QUEUE_BY_DUE] = "SELECT " COLUMNS "0 FROM queue WHERE branch = ?1 "
			 "AND open = 1 ORDER BY due_key, uid LIMIT ?2",
	[QUEUE_BY_CHANGED] =
	    "SELECT " COLUMNS "changed FROM queue WHERE branch = ?1 "
	    "AND open = 1 ORDER BY changed DESC, uid DESC LIMIT ?2",
};
static const char due_rank[] =
    "SELECT " COLUMNS "0 FROM queue WHERE branch = ?1 AND open = 1 "
    "AND rank = 0 AND due_key >= ?3 AND due_key <= ?4 "
    "ORDER BY due_key, uid LIMIT ?2";
static const char due_any[] =
    "SELECT " COLUMNS "0 FROM queue WHERE branch = ?1 AND open = 1 "
    "AND due_key >= ?3 AND due_key <= ?4 ORDER BY due_key, uid LIMIT ?2";
static const char closed_sql[] =
    "SELECT " COLUMNS "changed FROM queue WHERE branch = ?1 AND open = 0 "
    "ORDER BY changed DESC, uid DESC LIMIT ?2";

size_t
bare_queue(struct db *db, enum queue_view view, enum queue_sort sort,
    const struct user *u, int64_t now)
{
	const int64_t week = 7 * CLOCK_DAY;
	const struct val branch = v_str(u->branch), page = v_int(PAGE);
	char lane[2 + BRANCH_SIZE] = "u:";
	size_t n;

	run(db, "BEGIN", NO_VALS);
	switch (view) {
	case QUEUE_MINE:
		n = drain(db, lane_sql[sort], VALS(v_uid0(&u->uid), page));
		break;
	case QUEUE_UNASSIGNED:
		memcpy(lane + 2, u->branch, sizeof(u->branch));
		n = drain(
		    db, lane_sql[sort], VALS(v_blob(lane, strlen(lane)), page));
		break;
	case QUEUE_OVERDUE:
	case QUEUE_DUE_WEEK:
		n = drain(db, sort == QUEUE_BY_RISK ? due_rank : due_any,
		    VALS(branch, page,
			v_int(view == QUEUE_OVERDUE ? INT64_MIN : now),
			v_int(view == QUEUE_OVERDUE ? now : now + week)));
		break;
	case QUEUE_CLOSED:
		n = drain(db, closed_sql, VALS(branch, page));
		break;
	default:
		n = drain(db, branch_sql[sort], VALS(branch, page));
		break;
	}
	run(db, "COMMIT", NO_VALS);
	return n;
}

/* --- a case --------------------------------------------------------------------------- */
size_t
bare_case(struct db *db, const struct uid *uid)
{
	static const char *const parts[] = {
		"SELECT * FROM case_file WHERE uid = ?1",
		"SELECT * FROM contact WHERE case_uid = ?1",
		"SELECT * FROM triage WHERE case_uid = ?1",
		"SELECT * FROM consent WHERE case_uid = ?1",
		"SELECT * FROM screening WHERE case_uid = ?1",
		"SELECT * FROM followup_plan WHERE case_uid = ?1",
		"SELECT * FROM attempt WHERE case_uid = ?1",
		"SELECT * FROM note WHERE case_uid = ?1",
		"SELECT * FROM flag WHERE case_uid = ?1",
		"SELECT * FROM risk_history WHERE case_uid = ?1",
		"SELECT * FROM case_event WHERE case_uid = ?1",
		"SELECT seq, at, actor, action FROM audit WHERE case_uid = ?1 "
		"ORDER BY seq DESC LIMIT 50",
	};
	size_t n = 0;

	run(db, "BEGIN", NO_VALS);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		n += drain(db, parts[i], VALS(v_uid0(uid)));
	run(db, "COMMIT", NO_VALS);
	return n;
}

size_t
bare_key(struct db *db, int kind, const char *text)
{
	return drain(db,
	    "SELECT person FROM name_key WHERE kind = ?1 AND text = ?2 "
	    "LIMIT 50",
	    VALS(v_int(kind), v_str(text)));
}

struct uid
bare_any_case(struct db *db, const struct uid *owner, uint64_t *dice)
{
	struct uid first = { { 0 } }, at = { { 0 } };
	int64_t low = 0, high = 0;
	sqlite3_stmt *st;
	struct err err;

	/* The key begins with 48 bits of time (RFC 9562, 5.7). */
	for (int i = 0; i < 2; i++) {
		st = db_query(db,
		    i == 0 ? "SELECT uid FROM case_file ORDER BY uid LIMIT 1"
			   : "SELECT uid FROM case_file ORDER BY uid DESC "
			     "LIMIT 1",
		    NO_VALS, &err);
		if (st == NULL || db_row(db, st, &err) != 1)
			bench_fail("there are no cases");
		first = col_uid(st, 0);
		stmt_done(st);
		for (int k = 0; k < 6; k++)
			*(i == 0 ? &low : &high) =
			    *(i == 0 ? &low : &high) << 8 | first.b[k];
	}
	low += (int64_t)bench_roll(dice, (uint64_t)(high - low) + 1);
	for (int k = 5; k >= 0; k--, low >>= 8)
		at.b[k] = (uint8_t)low;
	for (int k = 6; k < 16; k++)
		at.b[k] = (uint8_t)bench_roll(dice, 256);
	for (int i = 0; i < 2; i++) {
		st = db_query(db,
		    i == 0 ? "SELECT uid FROM case_file WHERE uid >= ?1 "
			     "AND owner = ?2 ORDER BY uid LIMIT 1"
			   : "SELECT uid FROM case_file WHERE uid < ?1 "
			     "AND owner = ?2 ORDER BY uid DESC LIMIT 1",
		    VALS(v_uid0(&at), v_uid0(owner)), &err);
		if (st == NULL)
			bench_fail("%s", err.text);
		if (db_row(db, st, &err) != 1)
			continue;
		at = col_uid(st, 0);
		stmt_done(st);
		return at;
	}
	bench_fail("somebody has no case at all");
}

/* --- commits ----------------------------------------------------------------------------- */
#define LOG_PAGES 250 /* as the store: a longer log is copied back */

void
bare_commit(struct session *s, struct db *db, enum bare_commit what,
    const struct uid *uid)
{
	static const char event[400] = "an event of about this size";
	struct err err;

	bench_must(lock_acquire(&s->writers, LOCK_WAIT_MS, &err), &err, "lock");
	run(db, "BEGIN IMMEDIATE", NO_VALS);
	/* The tail of the record, and a place of the case in its index. */
	run(db,
	    "INSERT INTO outbox (stream, n, op) SELECT x'00', "
	    "coalesce((SELECT max(n) FROM outbox WHERE stream = x'00'), 0) "
	    "+ 1, ?1",
	    VALS(v_blob(event, sizeof(event))));
	run(db, "UPDATE case_file SET changed_at = changed_at WHERE uid = ?1",
	    VALS(v_uid0(uid)));
	if (what == BARE_NOTE) {
		run(db,
		    "UPDATE followup_plan SET rev = rev WHERE case_uid = ?1",
		    VALS(v_uid0(uid)));
		run(db, "UPDATE queue SET changed = ?2 WHERE uid = ?1",
		    VALS(v_uid0(uid), v_int(clock_now())));
	}
	run(db, "COMMIT", NO_VALS);
	if (db_wal_pages(db) > LOG_PAGES)
		bench_must(db_checkpoint(db, false, &err), &err, "checkpoint");
	lock_release(&s->writers);
}

void
bare_tidy(struct session *s, struct db *db)
{
	struct err err;

	bench_must(lock_acquire(&s->writers, LOCK_WAIT_MS, &err), &err, "lock");
	run(db, "DELETE FROM outbox WHERE stream = x'00'", NO_VALS);
	lock_release(&s->writers);
}
