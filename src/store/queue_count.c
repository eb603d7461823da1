/* SPDX-License-Identifier: ISC */
/* Which lists somebody may see, where their rows are, and how many. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/queue.h"
#include "store/queue_inside.h"
#include "store/session_inside.h"

static int
denied(struct err *err)
{
	return err_set(
	    err, ERR_DENIED, _("Your role does not show this list."));
}

static enum scope
scope_of(const struct tx *tx)
{
	const struct session *s = tx->s;

	return (enum scope)session_grants(s)->scope[s->user.role][PERM_QUEUE];
}

static void
add_lane(struct strand_keys *k, struct arena *a, const void *p, size_t n)
{
	k->list[k->n++] = (struct strand_key){
		.by_lane = true,
		.key = arena_strn(a, p, n),
		.key_len = n,
		.tally = arena_strn(a, p, n),
		.tally_len = n,
	};
}

/* lane is "b:" or "u:" and the branch. */
static void
add_branch(struct strand_keys *k, struct arena *a, const char *lane, size_t n)
{
	if (lane[0] == 'u') {
		add_lane(k, a, lane, n);
		return;
	}
	k->list[k->n++] = (struct strand_key){
		.key = arena_strn(a, lane + 2, n - 2),
		.key_len = n - 2,
		.tally = arena_strn(a, lane, n),
		.tally_len = n,
	};
}

/*
 * Every branch that has, or had, a row: one step in the counters for each,
 * so a branch that is no longer configured is not lost from sight.
 */
static int
every_branch(struct tx *tx, char prefix, struct arena *a, struct strand_keys *k)
{
	char at[2 + BRANCH_SIZE] = { prefix, ':' };
	const char end[2] = { prefix, ':' + 1 };
	size_t cap = 0, len = 2, n;
	struct strand_key *more;
	sqlite3_stmt *st;
	const void *p;
	int rc;

	for (;;) {
		st = tx_query(tx,
		    "SELECT lane FROM tally WHERE lane > ?1 AND lane < ?2 "
		    "ORDER BY lane LIMIT 1",
		    VALS(v_blob(at, len), v_blob(end, 2)));
		if (st == NULL || (rc = tx_row(tx, st)) == -1)
			return -1;
		if (rc == 0)
			return 0;
		if (k->n == cap) {
			cap = cap == 0 ? 16 : cap * 2;
			more = arena_alloc(a, cap, sizeof(*more));
			if (k->n > 0)
				memcpy(more, k->list, k->n * sizeof(*more));
			k->list = more;
		}
		p = col_blob(st, 0, &n);
		len = n < sizeof(at) ? n : sizeof(at);
		memcpy(at, p, len);
		add_branch(k, a, p, n);
		stmt_done(st);
	}
}

static int
branch_strands(
    struct tx *tx, char prefix, struct arena *a, struct strand_keys *k)
{
	const char *branch = tx->s->user.branch;
	char *lane;

	if (scope_of(tx) == SCOPE_ALL)
		return every_branch(tx, prefix, a, k);
	if (scope_of(tx) != SCOPE_BRANCH || branch[0] == '\0')
		return denied(tx->err);
	k->list = arena_alloc(a, 1, sizeof(*k->list));
	lane = arena_printf(a, "%c:%s", prefix, branch);
	add_branch(k, a, lane, strlen(lane));
	return 0;
}

int
queue_strands(
    struct tx *tx, enum queue_view view, struct arena *a, struct strand_keys *k)
{
	const struct uid *me = &tx->s->user.uid;

	*k = (struct strand_keys){ .n = 0 };
	switch (view) {
	case QUEUE_UNASSIGNED:
		return branch_strands(tx, 'u', a, k);
	case QUEUE_BRANCH:
		return branch_strands(tx, 'b', a, k);
	case QUEUE_OVERDUE:
	case QUEUE_DUE_WEEK:
	case QUEUE_CLOSED:
		if (scope_of(tx) != SCOPE_OWN)
			return branch_strands(tx, 'b', a, k);
		break;
	default:
		break;
	}
	if (scope_of(tx) == SCOPE_NOBODY)
		return denied(tx->err);
	k->list = arena_alloc(a, 1, sizeof(*k->list));
	add_lane(k, a, me->b, sizeof(me->b));
	return 0;
}

void
queue_bounds(enum queue_view view, int64_t now, int64_t *from, int64_t *to)
{
	*from = INT64_MIN;
	*to = INT64_MAX;
	if (view == QUEUE_OVERDUE) {
		*to = now - 1;
	} else if (view == QUEUE_DUE_WEEK) {
		*from = now;
		*to = now + QUEUE_WEEK_DAYS * CLOCK_DAY - 1;
	}
}

/* --- counting ------------------------------------------------------------------- */
/* Whole days, or minutes, from the counters: first <= day <= last. */
static int
count_days(struct tx *tx, const struct strand_key *k, enum tally_what what,
    int64_t first, int64_t last, int64_t *sum)
{
	int64_t n = 0;

	if (first > last)
		return 0;
	if (tx_int(tx,
		"SELECT coalesce(sum(n), 0) FROM tally WHERE lane = ?1 "
		"AND what = ?2 AND day >= ?3 AND day <= ?4",
		VALS(v_blob(k->tally, k->tally_len), v_int(what), v_int(first),
		    v_int(last)),
		&n) == -1)
		return -1;
	*sum += n;
	return 0;
}

/* Rows due within a part of a minute, from the index. */
static int
count_rows(struct tx *tx, const struct strand_key *k, int64_t from, int64_t to,
    int64_t *sum)
{
	static const char by_lane[] =
	    "SELECT count(*) FROM queue WHERE open = 1 AND lane = ?1 "
	    "AND due_key >= ?2 AND due_key <= ?3";
	static const char by_branch[] =
	    "SELECT count(*) FROM queue WHERE open = 1 AND branch = ?1 "
	    "AND due_key >= ?2 AND due_key <= ?3";
	int64_t n = 0;

	if (from > to)
		return 0;
	if (tx_int(tx, k->by_lane ? by_lane : by_branch,
		VALS(k->by_lane ? v_blob(k->key, k->key_len)
				: v_strn(k->key, k->key_len),
		    v_int(from), v_int(to)),
		&n) == -1)
		return -1;
	*sum += n;
	return 0;
}

/* A part of a day: whole minutes from the counters, what is left from the
 * index; a day may have more rows than a list will ever be read to. */
static int
count_part(struct tx *tx, const struct strand_key *k, int64_t from, int64_t to,
    int64_t *sum)
{
	int64_t first = (from + CLOCK_MINUTE - 1) / CLOCK_MINUTE;
	int64_t end = (to + 1) / CLOCK_MINUTE;

	if (from > to || first >= end)
		return count_rows(tx, k, from, to, sum);
	if (count_rows(tx, k, from, first * CLOCK_MINUTE - 1, sum) == -1 ||
	    count_days(tx, k, TALLY_MINUTE, first, end - 1, sum) == -1)
		return -1;
	return count_rows(tx, k, end * CLOCK_MINUTE, to, sum);
}

static int
count_strand(struct tx *tx, enum queue_view view, const struct strand_key *k,
    int64_t *sum)
{
	int64_t now = tx->now, today = clock_day_of(now), from, to, last;

	switch (view) {
	case QUEUE_OVERDUE:
		if (count_days(tx, k, TALLY_DUE, INT64_MIN, today - 1, sum) ==
		    -1)
			return -1;
		return count_part(tx, k, clock_day_start(today), now - 1, sum);
	case QUEUE_DUE_WEEK:
		queue_bounds(view, now, &from, &to);
		last = clock_day_of(to);
		if (count_part(tx, k, now, clock_day_start(today + 1) - 1,
			sum) == -1 ||
		    count_days(tx, k, TALLY_DUE, today + 1, last - 1, sum) ==
			-1)
			return -1;
		return count_part(tx, k, clock_day_start(last), to, sum);
	case QUEUE_CLOSED:
		return count_days(tx, k, TALLY_CLOSED, 0, 0, sum);
	default:
		return count_days(tx, k, TALLY_OPEN, 0, 0, sum);
	}
}

static int
count_view(struct tx *tx, enum queue_view view, int64_t *out)
{
	struct strand_keys keys;
	struct arena a;
	int rc = 0;

	arena_init(&a);
	*out = 0;
	if (queue_strands(tx, view, &a, &keys) == -1) {
		rc = tx->err->kind == ERR_DENIED ? 0 : -1;
		*out = -1;
		keys.n = 0;
	}
	for (size_t i = 0; i < keys.n && rc == 0; i++)
		rc = count_strand(tx, view, &keys.list[i], out);
	arena_done(&a);
	return rc;
}

int
queue_counts(struct session *s, int64_t counts[QUEUE_VIEWS], struct err *err)
{
	int64_t here[QUEUE_VIEWS];
	struct tx tx;
	int rc;

	/* Numbers about nobody: no event. */
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_QUEUE, .again_ok = true },
	    err);
	for (int v = 0; v < QUEUE_VIEWS && rc == 0; v++)
		rc = count_view(&tx, (enum queue_view)v, &here[v]);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		memcpy(counts, here, sizeof(here));
	return rc;
}
