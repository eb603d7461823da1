/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "store/queue_inside.h"
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
/* Where the rows of a view lie, and what bounds them. */
struct range {
	const char *col; /* lane or branch */
	char key[2 + BRANCH_SIZE]; /* of a lane: the uid, or "u:" and branch */
	size_t key_len;
	bool open;
	int64_t due_from, due_to;
};

static struct range
range_of(enum queue_view view, const struct user *u, int64_t now)
{
	struct range r = { .col = "branch",
		.open = view != QUEUE_CLOSED,
		.due_from = INT64_MIN,
		.due_to = INT64_MAX };

	if (view == QUEUE_OVERDUE) {
		r.due_to = now - 1;
	} else if (view == QUEUE_DUE_WEEK) {
		r.due_from = now;
		r.due_to = now + 7 * CLOCK_DAY - 1;
	}
	if (view == QUEUE_MINE) {
		r.col = "lane";
		r.key_len = sizeof(u->uid);
		memcpy(r.key, &u->uid, r.key_len);
	} else {
		r.col = view == QUEUE_UNASSIGNED ? "lane" : "branch";
		r.key_len = (size_t)snprintf(r.key, sizeof(r.key), "%s%s",
		    view == QUEUE_UNASSIGNED ? "u:" : "", u->branch);
	}
	return r;
}

static struct val
range_key(const struct range *r)
{
	return strcmp(r->col, "lane") == 0 ? v_blob(r->key, r->key_len)
					   : v_strn(r->key, r->key_len);
}

/* Of one rank, by risk: the index has no order across ranks where due times are
 * bounded. */
static size_t
part(struct db *db, const struct range *r, enum queue_sort sort, int64_t rank,
    int64_t at, const struct uid *uid, size_t most)
{
	const char *what = sort == QUEUE_BY_CHANGED ? "changed" : "due_key";
	const char *down = sort == QUEUE_BY_CHANGED ? " DESC" : "";
	char sql[512];

	(void)snprintf(sql, sizeof(sql),
	    "SELECT " COLUMNS "%s FROM queue WHERE %s = ?1 AND open = %d "
	    "AND (%s, uid) %s (?2, ?3)%s%s ORDER BY %s%s, uid%s LIMIT ?4",
	    sort == QUEUE_BY_CHANGED ? "changed" : "0", r->col, r->open, what,
	    sort == QUEUE_BY_CHANGED ? "<" : ">",
	    sort == QUEUE_BY_CHANGED ? "" : " AND due_key <= ?5",
	    sort == QUEUE_BY_RISK ? " AND rank = ?6" : "", what, down, down);
	return drain(db, sql,
	    (const struct val[]){ range_key(r), v_int(at), v_uid0(uid),
		v_int((int64_t)most), v_int(r->due_to), v_int(rank) },
	    sort == QUEUE_BY_CHANGED ? 4
	    : sort == QUEUE_BY_RISK  ? 6
				     : 5);
}

/* By risk a page that one rank does not fill goes on in the next. */
static size_t
page(struct db *db, const struct range *r, enum queue_sort sort,
    const struct queue_mark *m, int64_t ranks)
{
	static const struct uid first;
	int64_t rank = m->set && sort == QUEUE_BY_RISK ? m->a : 0;
	int64_t at = sort == QUEUE_BY_RISK ? m->b : m->a;
	size_t n;

	if (!m->set)
		at = sort == QUEUE_BY_CHANGED ? INT64_MAX : r->due_from;
	n = part(db, r, sort, rank, at, &m->uid, PAGE);
	while (sort == QUEUE_BY_RISK && n < PAGE && rank != QUEUE_RANK_NONE) {
		rank = rank + 1 < ranks ? rank + 1 : QUEUE_RANK_NONE;
		n += part(db, r, sort, rank, r->due_from, &first, PAGE - n);
	}
	return n;
}

size_t
bare_queue(struct db *db, enum queue_view view, enum queue_sort sort,
    const struct user *u, int64_t now, const struct queue_mark *mark,
    int64_t ranks)
{
	struct range r = range_of(view, u, now);
	size_t n;

	run(db, "BEGIN", NO_VALS);
	n = page(db, &r, sort, mark, ranks);
	run(db, "COMMIT", NO_VALS);
	return n;
}

bool
bare_deep(struct db *db, enum queue_view view, enum queue_sort sort,
    const struct user *u, int64_t now, uint64_t *dice, struct queue_mark *mark)
{
	struct range r = range_of(view, u, now);
	struct uid at = bare_any_case(db, &u->uid, dice);
	int64_t rank, due, changed;
	sqlite3_stmt *st;
	struct err err;
	char sql[256];

	(void)snprintf(sql, sizeof(sql),
	    "SELECT rank, due_key, changed, uid FROM queue WHERE uid > ?1 "
	    "AND open = %d AND %s = ?2 AND due_key >= ?3 AND due_key <= ?4 "
	    "LIMIT 1",
	    r.open, r.col);
	st = db_query(db, sql,
	    VALS(
		v_uid0(&at), range_key(&r), v_int(r.due_from), v_int(r.due_to)),
	    &err);
	if (st == NULL || db_row(db, st, &err) != 1)
		return false;
	rank = col_int(st, 0);
	due = col_int(st, 1);
	changed = col_int(st, 2);
	*mark = (struct queue_mark){ .uid = col_uid(st, 3), .set = true };
	mark->a = sort == QUEUE_BY_RISK	 ? rank
		  : sort == QUEUE_BY_DUE ? due
					 : changed;
	mark->b = sort == QUEUE_BY_RISK ? due : 0;
	stmt_done(st);
	return true;
}

void
bare_counts(struct db *db, const struct user *u, int64_t now)
{
	static const char one[] = "SELECT n FROM tally WHERE lane = ?1 "
				  "AND what = ?2 AND day = 0";
	static const char days[] =
	    "SELECT sum(n) FROM tally WHERE lane = ?1 AND what = 3 "
	    "AND day >= ?2 AND day <= ?3";
	int64_t today = clock_day_of(now);
	char free_lane[2 + BRANCH_SIZE], branch[2 + BRANCH_SIZE];
	struct val b, f;

	f = v_blob(free_lane,
	    (size_t)snprintf(free_lane, sizeof(free_lane), "u:%s", u->branch));
	b = v_blob(branch,
	    (size_t)snprintf(branch, sizeof(branch), "b:%s", u->branch));
	run(db, "BEGIN", NO_VALS);
	(void)drain(db, one, VALS(v_uid0(&u->uid), v_int(1)));
	(void)drain(db, one, VALS(f, v_int(1)));
	(void)drain(db, days, VALS(b, v_int(INT64_MIN), v_int(today)));
	(void)drain(db, days, VALS(b, v_int(today), v_int(today + 7)));
	(void)drain(db, one, VALS(b, v_int(1)));
	(void)drain(db, one, VALS(b, v_int(2)));
	run(db, "COMMIT", NO_VALS);
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

void
bare_today(struct db *db, const struct user *u)
{
	static const char rows[] =
	    "SELECT due, case_uid, kind, object, rank, code FROM agenda "
	    "WHERE lane = ?1 AND promised = ?2 ORDER BY due, case_uid LIMIT 51";

	run(db, "BEGIN", NO_VALS);
	for (int promised = 0; promised < 2; promised++)
		(void)drain(db, rows, VALS(v_uid0(&u->uid), v_int(promised)));
	(void)drain(db,
	    "SELECT promised, day, n FROM agenda_tally WHERE lane = ?1",
	    VALS(v_uid0(&u->uid)));
	run(db, "COMMIT", NO_VALS);
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
bare_first_case(struct db *db, const struct uid *owner)
{
	struct uid first = { { 0 } };
	sqlite3_stmt *st;
	struct err err;

	st = db_query(db,
	    "SELECT uid FROM case_file WHERE owner = ?1 AND closed_at = 0 "
	    "ORDER BY uid LIMIT 1",
	    VALS(v_uid0(owner)), &err);
	if (st == NULL || db_row(db, st, &err) != 1)
		bench_fail("somebody has no case at all");
	first = col_uid(st, 0);
	stmt_done(st);
	return first;
}

struct uid
bare_any_case(struct db *db, const struct uid *owner, uint64_t *dice)
{
	/* By what is due, which lies evenly; what changed last is what this
	 * bench itself has just written to, over and over. */
	static const char span[] =
	    "SELECT (SELECT due_key FROM queue INDEXED BY queue_lane_due "
	    "WHERE lane = ?1 AND open = 1 ORDER BY due_key LIMIT 1), "
	    "(SELECT due_key FROM queue INDEXED BY queue_lane_due "
	    "WHERE lane = ?1 AND open = 1 AND due_key < ?2 "
	    "ORDER BY due_key DESC LIMIT 1)";
	static const char near[] =
	    "SELECT uid FROM queue INDEXED BY queue_lane_due "
	    "WHERE lane = ?1 AND open = 1 AND due_key >= ?2 "
	    "ORDER BY due_key, uid LIMIT 1";
	int64_t low, high, at;
	struct val lane = v_blob(owner->b, sizeof(owner->b));
	sqlite3_stmt *st;
	struct uid uid;
	struct err err;

	/* By an index: whoever looks through a million cases for one of theirs
	 * measures that. */
	st = db_query(db, span, VALS(lane, v_int(QUEUE_DUE_NONE)), &err);
	if (st == NULL || db_row(db, st, &err) != 1)
		bench_fail("%s", err.text);
	low = col_int(st, 0);
	high = col_int(st, 1);
	stmt_done(st);
	if (high == 0)
		bench_fail("somebody has no case at all");
	at = low + (int64_t)bench_roll(dice, (uint64_t)(high - low) + 1);
	st = db_query(db, near, VALS(lane, v_int(at)), &err);
	if (st == NULL || db_row(db, st, &err) != 1)
		bench_fail("%s", err.text);
	uid = col_uid(st, 0);
	stmt_done(st);
	return uid;
}

/* --- commits ----------------------------------------------------------------------------- */

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
	run(db,
	    "UPDATE case_file SET changed_at = changed_at + 1 WHERE uid = ?1",
	    VALS(v_uid0(uid)));
	if (what == BARE_NOTE) {
		run(db,
		    "UPDATE followup_plan SET changed_at = changed_at + 1 "
		    "WHERE case_uid = ?1",
		    VALS(v_uid0(uid)));
		run(db, "UPDATE queue SET changed = ?2 WHERE uid = ?1",
		    VALS(v_uid0(uid), v_int(clock_now())));
	}
	run(db, "COMMIT", NO_VALS);
	if (db_checkpoint_due(db))
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
