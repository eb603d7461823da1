/* SPDX-License-Identifier: ISC */
/*
 * Pages of the lists.  The rows of a view lie in one or more strands, each a
 * range of one index: a lane or branch, and, by risk, one rank of it.  A page
 * is merged from the heads of the strands; a strand is read only when it could
 * hold the next row, a few rows at a time, so a page costs the same whatever
 * the number of cases.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "rules/workflow.h"
#include "store/queue.h"
#include "store/queue_inside.h"
#include "store/session_inside.h"

#define PAGE_MAX 200
#define FILTER_MOST 2000

#define RISK (1u << QUEUE_BY_RISK)
#define DUE (1u << QUEUE_BY_DUE)
#define CHANGED (1u << QUEUE_BY_CHANGED)

static const unsigned sorts[QUEUE_VIEWS] = {
	[QUEUE_MINE] = RISK | DUE | CHANGED,
	[QUEUE_UNASSIGNED] = RISK | DUE | CHANGED,
	/* By change there would be everything to look through. */
	[QUEUE_OVERDUE] = RISK | DUE,
	[QUEUE_DUE_WEEK] = RISK | DUE,
	[QUEUE_BRANCH] = RISK | DUE | CHANGED,
	[QUEUE_CLOSED] = CHANGED,
};

unsigned
queue_sorts(enum queue_view view)
{
	return view < QUEUE_VIEWS ? sorts[view] : 0;
}

/* Where a row is in an order: compared as a, b, uid. */
struct place {
	int64_t a, b;
	struct uid uid;
};

struct strand {
	const struct strand_key *key;
	int64_t rank; /* by risk: of all its rows */
	struct place from; /* rows after this one are still to be read */
	bool inclusive; /* from itself is still to be read */
	struct queue_row *rows;
	struct place *places;
	size_t n, next; /* read, handed out */
	bool ended;
};

struct scan {
	struct tx *tx;
	struct arena *arena;
	enum queue_view view;
	enum queue_sort sort;
	bool back; /* against the view's order */
	bool down; /* in the index, largest first */
	int64_t due_from, due_to;
	struct strand *strands;
	size_t n, chunk; /* rows a strand reads at a time, at most */
	size_t wanted; /* rows the page has room for, and one to know of */
};

static int
compare(const struct scan *s, const struct place *x, const struct place *y)
{
	int c = x->a != y->a   ? (x->a < y->a ? -1 : 1)
		: x->b != y->b ? (x->b < y->b ? -1 : 1)
			       : uid_cmp(&x->uid, &y->uid);

	return s->down ? -c : c;
}

/* --- one strand --------------------------------------------------------------------- */
static const char shown[] =
    "SELECT uid, code, rank, next, due_key, stage, flags, worker, branch, "
    "lane, %s FROM queue WHERE %s = ?1 AND %s ORDER BY %s LIMIT ?%d";

/* The statement for a strand; its text finds it prepared. */
static void
statement(const struct scan *s, const struct strand *t, struct buf *sql)
{
	const char *col = t->key->by_lane ? "lane" : "branch";
	const char *op = s->down	? (t->inclusive ? "<=" : "<")
			 : t->inclusive ? ">="
					: ">";
	const char *dir = s->down ? " DESC" : "";
	char where[160], order[96];

	switch (s->sort) {
	case QUEUE_BY_CHANGED:
		/* A number, not a value to bind: bound beside an index with
		 * "WHERE open = 1" it would have the statement compiled anew
		 * each time. */
		(void)snprintf(where, sizeof(where),
		    "open = %d AND (changed, uid) %s (?2, ?3)",
		    s->view != QUEUE_CLOSED, op);
		(void)snprintf(
		    order, sizeof(order), "changed%s, uid%s", dir, dir);
		buf_addf(sql, shown, "changed", col, where, order, 4);
		return;
	case QUEUE_BY_RISK:
		(void)snprintf(where, sizeof(where),
		    "open = 1 AND rank = ?2 AND (due_key, uid) %s (?3, ?4) "
		    "AND due_key %s ?5",
		    op, s->down ? ">=" : "<=");
		break;
	default:
		(void)snprintf(where, sizeof(where),
		    "open = 1 AND (due_key, uid) %s (?2, ?3) "
		    "AND due_key %s ?4",
		    op, s->down ? ">=" : "<=");
		break;
	}
	(void)snprintf(order, sizeof(order), "due_key%s, uid%s", dir, dir);
	buf_addf(sql, shown, "0", col, where, order,
	    s->sort == QUEUE_BY_RISK ? 6 : 5);
}

static sqlite3_stmt *
query(const struct scan *s, const struct strand *t, size_t most)
{
	const struct strand_key *k = t->key;
	int64_t end = s->down ? s->due_from : s->due_to;
	struct val key = k->by_lane ? v_blob(k->key, k->key_len)
				    : v_strn(k->key, k->key_len);
	struct val v[6] = { key };
	size_t n = 1;
	sqlite3_stmt *st;
	struct buf sql;

	if (s->sort == QUEUE_BY_RISK)
		v[n++] = v_int(t->rank);
	v[n++] = v_int(s->sort == QUEUE_BY_RISK ? t->from.b : t->from.a);
	v[n++] = v_uid0(&t->from.uid);
	if (s->sort != QUEUE_BY_CHANGED)
		v[n++] = v_int(end);
	v[n++] = v_int((int64_t)most);
	buf_init(&sql);
	statement(s, t, &sql);
	st = tx_query(s->tx, sql.data, v, n);
	buf_done(&sql);
	return st;
}

static void
take_row(const struct scan *s, struct strand *t, sqlite3_stmt *st)
{
	struct queue_row *r = &t->rows[t->n];
	struct place *p = &t->places[t->n++];
	int64_t rank = col_int(st, 2), due = col_int(st, 4);

	*r = (struct queue_row){
		.uid = col_uid(st, 0),
		.risk = rank == QUEUE_RANK_NONE ? -1 : (int)rank,
		.next = col_str(st, 3, s->arena),
		.due = due == QUEUE_DUE_NONE ? 0 : due,
		.stage = col_str(st, 5, s->arena),
		.flags = (int)col_int(st, 6),
		.worker = col_str(st, 7, s->arena),
		.branch = col_str(st, 8, s->arena),
		.owner = col_uid(st, 9), /* "u:..." is no uid: nobody */
		.changed = col_int(st, 10),
	};
	col_copy(st, 1, r->code, sizeof(r->code));
	/* A lane is an owner only where there is one. */
	if (r->worker[0] == '\0')
		r->owner = (struct uid){ { 0 } };
	p->uid = r->uid;
	p->a = s->sort == QUEUE_BY_RISK	 ? rank
	       : s->sort == QUEUE_BY_DUE ? due
					 : r->changed;
	p->b = s->sort == QUEUE_BY_RISK ? due : 0;
}

static int
fill(struct scan *s, struct strand *t)
{
	/* The next rank of a page that is nearly full has a few rows to give. */
	size_t most = s->wanted < s->chunk ? s->wanted : s->chunk;
	sqlite3_stmt *st = query(s, t, most);
	int rc;

	if (st == NULL)
		return -1;
	t->n = t->next = 0;
	t->rows = arena_alloc(s->arena, most, sizeof(*t->rows));
	t->places = arena_alloc(s->arena, most, sizeof(*t->places));
	while ((rc = tx_row(s->tx, st)) == 1)
		take_row(s, t, st);
	if (rc == -1)
		return -1;
	t->ended = t->n < most;
	t->inclusive = false;
	if (t->n > 0)
		t->from = t->places[t->n - 1];
	return 0;
}

/* --- the merge --------------------------------------------------------------------- */
/* The strand with the next row: *out, NULL at the end. */
static int
next_strand(struct scan *s, struct strand **out)
{
	struct strand *best, *t;
	const struct place *p, *q;

	for (;;) {
		best = NULL;
		for (size_t i = 0; i < s->n; i++) {
			t = &s->strands[i];
			if (t->next == t->n && t->ended)
				continue;
			/* One that was not read yet is as near as it can be. */
			p = t->next < t->n ? &t->places[t->next] : &t->from;
			q = best == NULL	   ? NULL
			    : best->next < best->n ? &best->places[best->next]
						   : &best->from;
			if (q == NULL || compare(s, p, q) < 0 ||
			    (compare(s, p, q) == 0 && t->next == t->n))
				best = t;
		}
		*out = best;
		if (best == NULL || best->next < best->n)
			return 0;
		if (fill(s, best) == -1)
			return -1;
	}
}

/* --- a page --------------------------------------------------------------------- */
static struct place
first_place(const struct scan *s, int64_t rank)
{
	int64_t edge = s->down ? s->due_to : s->due_from;
	struct place p = { .a = edge };

	if (s->sort == QUEUE_BY_RISK) {
		p.a = rank;
		p.b = edge;
	} else if (s->sort == QUEUE_BY_CHANGED) {
		p.a = s->down ? INT64_MAX : INT64_MIN;
	}
	if (s->down)
		memset(p.uid.b, 0xff, sizeof(p.uid.b));
	return p;
}

static void
make_strands(struct scan *s, const struct strand_keys *keys,
    const struct queue_mark *mark)
{
	size_t ranks =
	    s->sort == QUEUE_BY_RISK ? s->tx->s->society->n_risks + 1 : 1;
	struct place at = { mark->a, mark->b, mark->uid };
	struct strand *t;

	s->strands =
	    arena_alloc(s->arena, keys->n * ranks + 1, sizeof(*s->strands));
	for (size_t i = 0; i < keys->n * ranks; i++) {
		t = &s->strands[s->n];
		t->key = &keys->list[i / ranks];
		t->rank = i % ranks == ranks - 1 ? QUEUE_RANK_NONE
						 : (int64_t)(i % ranks);
		t->from = first_place(s, t->rank);
		t->inclusive = true;
		if (!mark->set || compare(s, &at, &t->from) < 0) {
			s->n++;
			continue;
		}
		/* Behind the mark altogether, or begins after it. */
		if (s->sort == QUEUE_BY_RISK && t->rank != mark->a)
			continue;
		t->from = at;
		t->inclusive = false;
		s->n++;
	}
	/* Ranks of one key follow each other; keys are mixed. */
	s->chunk = s->chunk / (keys->n == 0 ? 1 : keys->n) + 1;
}

static int
start(struct scan *s, const struct queue_mark *mark, size_t n)
{
	struct strand_keys keys;

	s->n = 0;
	s->down = (s->sort == QUEUE_BY_CHANGED) != s->back;
	s->chunk = n;
	queue_bounds(s->view, s->tx->now, &s->due_from, &s->due_to);
	if (queue_strands(s->tx, s->view, s->arena, &keys) == -1)
		return -1;
	make_strands(s, &keys, mark);
	return 0;
}

/* Up to n rows in the scan's direction; *more: there is another one. */
static int
collect(struct scan *s, const struct queue_sieve *w, size_t n,
    struct queue_row *rows, struct place *places, size_t *got, bool *more,
    bool *cut)
{
	struct strand *t;
	size_t looked = 0;

	*got = 0;
	*more = false;
	for (;;) {
		/* How many rows it takes to find what a filter keeps cannot be
		 * told. */
		s->wanted = w == NULL ? n - *got + 1 : s->chunk;
		if (next_strand(s, &t) == -1)
			return -1;
		if (t == NULL)
			return 0;
		if (w != NULL && ++looked > FILTER_MOST) {
			*cut = true;
			return 0;
		}
		if (w == NULL || w->keeps(w->ctx, &t->rows[t->next])) {
			if (*got == n) {
				*more = true;
				return 0;
			}
			rows[*got] = t->rows[t->next];
			places[(*got)++] = t->places[t->next];
		}
		t->next++;
	}
}

static void
set_mark(struct queue_mark *m, const struct place *p)
{
	*m = (struct queue_mark){
		.a = p->a, .b = p->b, .uid = p->uid, .set = true
	};
}

static void
reverse(struct queue_row *rows, struct place *places, size_t n)
{
	for (size_t i = 0, j = n; i + 1 < j; i++) {
		struct queue_row r = rows[i];
		struct place p = places[i];

		rows[i] = rows[--j];
		rows[j] = r;
		places[i] = places[j];
		places[j] = p;
	}
}

/* Is there anything on the other side of where the page began? */
static int
anything_behind(const struct scan *s, const struct queue_sieve *w,
    const struct place *edge, bool *found)
{
	struct scan back = *s;
	struct queue_mark mark;
	bool cut = false;
	size_t got;

	set_mark(&mark, edge);
	back.back = !s->back;
	if (start(&back, &mark, 1) == -1 ||
	    collect(&back, w, 0, NULL, NULL, &got, found, &cut) == -1)
		return -1;
	return 0;
}

static int
read_page(struct scan *s, const struct queue_mark *mark, size_t n,
    const struct queue_sieve *w, struct queue_page *page, bool *cut)
{
	static const struct queue_mark none;
	struct place *places = arena_alloc(s->arena, n + 1, sizeof(*places));
	bool ahead = false, behind = false;

	if (mark == NULL)
		mark = &none;
	page->rows = arena_alloc(s->arena, n + 1, sizeof(*page->rows));
	if (start(s, mark, n + 1) == -1 ||
	    collect(s, w, n, page->rows, places, &page->n, &ahead, cut) == -1)
		return -1;
	if (page->n == 0) {
		page->first = page->last = *mark;
		behind = mark->set;
	} else if (mark->set &&
		   anything_behind(s, w, &places[0], &behind) == -1) {
		return -1;
	}
	if (s->back)
		reverse(page->rows, places, page->n);
	if (page->n > 0) {
		set_mark(&page->first, &places[0]);
		set_mark(&page->last, &places[page->n - 1]);
	}
	page->more_after = s->back ? behind : ahead;
	page->more_before = s->back ? ahead : behind;
	return 0;
}

int
queue_page(struct session *s, enum queue_view view, enum queue_sort sort,
    const struct queue_mark *mark, bool backwards, size_t n,
    const struct queue_sieve *sieve, struct arena *a, struct queue_page *out,
    bool *cut, struct err *err)
{
	static const char *const actions[QUEUE_VIEWS] = { "queue.mine",
		"queue.unassigned", "queue.overdue", "queue.due-week",
		"queue.branch", "queue.closed" };
	struct queue_page page = { .n = 0 };
	bool cut_here = false;
	struct scan scan;
	struct tx tx;
	int rc = -1;

	if (view >= QUEUE_VIEWS || (sorts[view] & (1u << sort)) == 0 ||
	    n == 0 || n > PAGE_MAX)
		return err_set(
		    err, ERR_INPUT, _("This list is not sorted that way."));
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_QUEUE,
		    .action = actions[view],
		    .again_ok = true },
		err) == -1)
		goto out;
	scan = (struct scan){
		.tx = &tx,
		.arena = a,
		.view = view,
		.sort = sort,
		.back = backwards,
	};
	if (read_page(&scan, mark, n, sieve, &page, &cut_here) == 0 &&
	    tx_commit(&tx) == 0) {
		*out = page;
		*cut = cut_here;
		rc = 0;
	}
out:
	tx_abort(&tx);
	return rc;
}

int
queue_jump(
    struct session *s, const char *typed, struct uid *out, struct err *err)
{
	char code[CODE_SIZE];
	sqlite3_stmt *st;
	struct uid uid;
	struct tx tx;
	int rc;

	if (code_parse(typed, code) == -1)
		return err_set_field(err, "code",
		    _("That is not a case code: a character is wrong or two "
		      "are swapped. Codes look like 7KQ-M4X-T."));
	st = db_query(&s->cases,
	    "SELECT uid FROM case_file WHERE code = ?1 AND deleted_hlc = 0 "
	    "ORDER BY uid LIMIT 1",
	    VALS(v_str(code)), err);
	if (st == NULL || (rc = db_row(&s->cases, st, err)) == -1)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("No case here has this code. Look at it again, or ask "
		      "who gave it to you."));
	uid = col_uid(st, 0);
	stmt_done(st);
	rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_CASE_READ,
		.case_uid = &uid,
		.action = "queue.jump",
		.again_ok = true },
	    err);
	if (rc == 0)
		rc = tx_commit(&tx);
	else if (err->kind == ERR_REASON || err->kind == ERR_SECOND) {
		err_clear(err); /* opening it will ask */
		rc = 0;
	}
	tx_abort(&tx);
	if (rc == 0)
		*out = uid;
	return rc;
}
