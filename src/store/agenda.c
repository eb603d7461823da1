/* SPDX-License-Identifier: ISC */
/* Reading what waits.  A page is merged from a few ranges of one index. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/agenda.h"
#include "store/agenda_write.h"
#include "store/queue_inside.h"

#define PAGE_MAX 200
#define DAYS_MAX 62
#define PART_MOST 1000 /* counted row by row */
#define WEEK (7 * CLOCK_DAY)

struct strand {
	struct val lane; /* in the arena */
	bool promised, nobodys;
	struct agenda_row *rows;
	size_t n, next;
};
struct strands {
	struct strand *list;
	size_t n, cap;
};

/* --- which ------------------------------------------------------------------------ */
static enum scope
scope_of(const struct tx *tx, enum permission perm)
{
	const struct session *s = tx->s;

	if (access_fenced(s->user.role, perm))
		return SCOPE_NOBODY;
	return (enum scope)session_grants(s)->scope[s->user.role][perm];
}

static void
add(struct strands *all, struct arena *a, struct val lane, bool promised,
    bool nobodys)
{
	if (all->n == all->cap)
		return;
	all->list[all->n++] = (struct strand){
		.lane = v_blob(arena_strn(a, lane.p, lane.n), lane.n),
		.promised = promised,
		.nobodys = nobodys,
	};
}

/* One for each branch this permission reaches. */
static void
add_branches(const struct tx *tx, enum permission perm, bool decide,
    bool promised, struct strands *all, struct arena *a, struct buf *b)
{
	const struct labels *branches = &tx->s->society->branches;
	enum scope scope = scope_of(tx, perm);

	for (size_t i = 0; i < branches->n; i++) {
		const char *branch = branches->list[i].id;

		if (scope != SCOPE_ALL &&
		    (scope != SCOPE_BRANCH ||
			strcmp(branch, tx->s->user.branch) != 0))
			continue;
		add(all, a,
		    decide ? agenda_lane_branch(branch, b)
			   : queue_lane(NULL, branch, b),
		    promised, !decide);
	}
}

static void
make_strands(const struct tx *tx, enum agenda_part part, struct strands *all,
    struct arena *a)
{
	const struct uid *me = &tx->s->user.uid;
	struct buf b;

	buf_init(&b);
	*all = (struct strands){ .cap = 2 * tx->s->society->branches.n + 4 };
	all->list = arena_alloc(a, all->cap, sizeof(*all->list));
	if (part == AGENDA_DECIDE) {
		add(all, a, agenda_lane_user(me, &b), false, false);
		add_branches(tx, PERM_APPROVE, true, false, all, a, &b);
	}
	if (part == AGENDA_PROMISED || part == AGENDA_ALL) {
		add(all, a, queue_lane(me, "", &b), true, false);
		add_branches(tx, PERM_ASSIGN, false, true, all, a, &b);
	}
	if (part == AGENDA_TASKS || part == AGENDA_ALL) {
		add(all, a, queue_lane(me, "", &b), false, false);
		add_branches(tx, PERM_ASSIGN, false, false, all, a, &b);
	}
	buf_done(&b);
}

/* --- a page ---------------------------------------------------------------------- */
static int
fill(struct tx *tx, struct strand *t, const struct agenda_mark *m,
    int64_t until, size_t n, struct arena *a)
{
	static const char sql[] =
	    "SELECT due, case_uid, kind, object, rank, code FROM agenda "
	    "WHERE lane = ?1 AND promised = ?2 "
	    "AND (due, case_uid, kind, object) > (?3, ?4, ?5, ?6) "
	    "AND due < ?7 ORDER BY due, case_uid, kind, object LIMIT ?8";
	sqlite3_stmt *st = tx_query(tx, sql,
	    VALS(t->lane, v_int(t->promised), v_int(m->due),
		v_uid0(&m->case_uid), v_str(m->kind), v_uid0(&m->object),
		v_int(until), v_int((int64_t)n)));
	int rc;

	if (st == NULL)
		return -1;
	t->rows = arena_alloc(a, n, sizeof(*t->rows));
	while ((rc = tx_row(tx, st)) == 1) {
		struct agenda_row *r = &t->rows[t->n++];
		int64_t rank = col_int(st, 4);

		*r = (struct agenda_row){
			.due = col_int(st, 0),
			.case_uid = col_uid(st, 1),
			.kind = col_str(st, 2, a),
			.object = col_uid(st, 3),
			.risk = rank == QUEUE_RANK_NONE ? -1 : (int)rank,
			.nobodys = t->nobodys,
		};
		col_copy(st, 5, r->code, sizeof(r->code));
	}
	return rc;
}

static bool
comes_before(const struct agenda_row *a, const struct agenda_row *b)
{
	int c;

	if (a->due != b->due)
		return a->due < b->due;
	c = uid_cmp(&a->case_uid, &b->case_uid);
	if (c == 0)
		c = strcmp(a->kind, b->kind);
	return c != 0 ? c < 0 : uid_cmp(&a->object, &b->object) < 0;
}

static void
merge(struct strands *all, size_t n, struct agenda_page *page)
{
	struct strand *best;

	for (;;) {
		best = NULL;
		for (size_t i = 0; i < all->n; i++) {
			struct strand *t = &all->list[i];

			if (t->next < t->n &&
			    (best == NULL || comes_before(&t->rows[t->next],
						 &best->rows[best->next])))
				best = t;
		}
		if (best == NULL)
			return;
		if (page->n == n) {
			page->more = true;
			return;
		}
		page->rows[page->n++] = best->rows[best->next++];
	}
}

static int
begin(struct tx *tx, struct session *s, const char *action, struct err *err)
{
	return tx_begin(tx, s,
	    &(const struct tx_what){
		.perm = PERM_QUEUE, .action = action, .again_ok = true },
	    err);
}

int
agenda_page(struct session *s, enum agenda_part part, int64_t from,
    int64_t until, const struct agenda_mark *mark, size_t n, struct arena *a,
    struct agenda_page *out, struct err *err)
{
	struct agenda_mark start = { .due = from };
	struct agenda_page page = { .n = 0 };
	struct strands all;
	struct tx tx;
	int rc = -1;

	if (n == 0 || n > PAGE_MAX)
		return err_set(
		    err, ERR_INPUT, _("A list is read in smaller pages."));
	if (mark != NULL && mark->set)
		start = *mark;
	if (begin(&tx, s, "agenda.read", err) == -1)
		goto out;
	make_strands(&tx, part, &all, a);
	rc = 0;
	for (size_t i = 0; i < all.n && rc == 0; i++)
		rc = fill(&tx, &all.list[i], &start, until, n + 1, a);
	if (rc == 0) {
		page.rows = arena_alloc(a, n, sizeof(*page.rows));
		merge(&all, n, &page);
		rc = tx_commit(&tx);
	}
out:
	tx_abort(&tx);
	if (rc != 0)
		return -1;
	page.last = start;
	if (page.n > 0) {
		const struct agenda_row *r = &page.rows[page.n - 1];

		page.last = (struct agenda_mark){ .due = r->due,
			.case_uid = r->case_uid,
			.object = r->object,
			.set = true };
		(void)snprintf(
		    page.last.kind, sizeof(page.last.kind), "%s", r->kind);
	}
	*out = page;
	return 0;
}

/* --- counts ------------------------------------------------------------------------ */
/* Whole days from the counters, first <= day <= last. */
static int
count_days(struct tx *tx, const struct strands *all, int64_t first,
    int64_t last, int64_t *sum)
{
	int64_t n;

	for (size_t i = 0; i < all->n && first <= last; i++) {
		n = 0;
		if (tx_int(tx,
			"SELECT coalesce(sum(n), 0) FROM agenda_tally WHERE "
			"lane = ?1 AND promised = ?2 AND day >= ?3 "
			"AND day <= ?4",
			VALS(all->list[i].lane, v_int(all->list[i].promised),
			    v_int(first), v_int(last)),
			&n) == -1)
			return -1;
		*sum += n;
	}
	return 0;
}

/* Part of a day from the index: from <= due < until; *more: not all of it. */
static int
count_part(struct tx *tx, const struct strands *all, int64_t from,
    int64_t until, int64_t *sum, bool *more)
{
	int64_t n;

	for (size_t i = 0; i < all->n; i++) {
		n = 0;
		if (tx_int(tx,
			"SELECT count(*) FROM (SELECT 1 FROM agenda WHERE "
			"lane = ?1 AND promised = ?2 AND due >= ?3 "
			"AND due < ?4 LIMIT ?5)",
			VALS(all->list[i].lane, v_int(all->list[i].promised),
			    v_int(from), v_int(until), v_int(PART_MOST + 1)),
			&n) == -1)
			return -1;
		*more |= n > PART_MOST;
		*sum += n > PART_MOST ? PART_MOST : n;
	}
	return 0;
}

static int
add_up(struct tx *tx, struct arena *a, struct agenda_sums *sums)
{
	int64_t now = tx->now, today = clock_day_of(now);
	int64_t last = clock_day_of(now + WEEK);
	struct strands tasks, promised, decide;

	make_strands(tx, AGENDA_TASKS, &tasks, a);
	make_strands(tx, AGENDA_PROMISED, &promised, a);
	make_strands(tx, AGENDA_DECIDE, &decide, a);
	if (count_days(tx, &decide, INT64_MIN, INT64_MAX, &sums->decide) ==
		-1 ||
	    count_days(tx, &promised, INT64_MIN, today, &sums->promised) ==
		-1 ||
	    count_days(tx, &tasks, INT64_MIN, today - 1, &sums->overdue) ==
		-1 ||
	    count_part(tx, &tasks, clock_day_start(today), now, &sums->overdue,
		&sums->overdue_more) == -1 ||
	    count_part(tx, &tasks, now, clock_day_start(today + 1),
		&sums->today, &sums->today_more) == -1 ||
	    count_days(tx, &tasks, today + 1, last - 1, &sums->week) == -1)
		return -1;
	return count_part(tx, &tasks, clock_day_start(last), now + WEEK,
	    &sums->week, &sums->week_more);
}

int
agenda_sums(struct session *s, struct agenda_sums *out, struct err *err)
{
	struct agenda_sums sums = { .decide = 0 };
	struct arena a;
	struct tx tx;
	int rc;

	arena_init(&a);
	/* Numbers about nobody: no event. */
	rc = begin(&tx, s, NULL, err);
	if (rc == 0)
		rc = add_up(&tx, &a, &sums);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	arena_done(&a);
	if (rc == 0)
		*out = sums;
	return rc;
}

int
agenda_days(struct session *s, int64_t first, size_t n, int64_t *counts,
    struct err *err)
{
	struct strands all;
	struct arena a;
	struct tx tx;
	int rc;

	if (n > DAYS_MAX)
		return err_set(err, ERR_INPUT, _("Choose fewer days."));
	memset(counts, 0, n * sizeof(*counts));
	arena_init(&a);
	rc = begin(&tx, s, NULL, err);
	if (rc == 0)
		make_strands(&tx, AGENDA_ALL, &all, &a);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = count_days(&tx, &all, first + (int64_t)i,
		    first + (int64_t)i, &counts[i]);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}
