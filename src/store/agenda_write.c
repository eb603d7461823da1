/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/clock.h"
#include "store/agenda_write.h"
#include "store/queue_inside.h"
#include "store/queue_write.h"
#include "vault/crypto.h"

#define BATCH 300
#define META_AGENDA "agenda" /* the ways of counting that every row follows */
#define META_AGENDA_AT "agenda:at" /* ways, and how far the rows follow them */

void
task_fact_add(struct task_facts *f, const struct task_fact *fact)
{
	struct task_fact *more;

	if (f == NULL)
		return;
	if (f->n == f->cap) {
		f->cap = f->cap == 0 ? 16 : 2 * f->cap;
		more = arena_alloc(f->arena, f->cap, sizeof(*more));
		for (size_t i = 0; i < f->n; i++)
			more[i] = f->list[i];
		f->list = more;
	}
	f->list[f->n++] = *fact;
}

/* --- whom it waits for ---------------------------------------------------------- */
struct val
agenda_lane_branch(const char *branch, struct buf *b)
{
	buf_clear(b);
	buf_addf(b, "s:%s", branch);
	return v_blob(b->data, b->len);
}

struct val
agenda_lane_user(const struct uid *user, struct buf *b)
{
	buf_clear(b);
	buf_add_str(b, "w:");
	buf_add(b, user->b, sizeof(user->b));
	return v_blob(b->data, b->len);
}

struct val
agenda_lane(const struct agenda_case *c, const struct task *t, struct buf *b)
{
	switch (t->to) {
	case TO_DECIDE:
		return agenda_lane_branch(
		    t->branch == NULL ? c->branch : t->branch, b);
	case TO_USER:
		/* What one decides stands apart from what one does. */
		if (t->kind != TASK_FREE)
			return agenda_lane_user(&t->user, b);
		return queue_lane(&t->user, c->branch, b);
	case TO_WORKER:
		break;
	}
	return queue_lane(c->owner, c->branch, b);
}

/* --- rows ---------------------------------------------------------------------- */
struct wanted {
	struct task *list;
	bool *there;
	size_t n;
};

static int64_t
rank_of(const struct agenda_case *c)
{
	return c->is.risk < 0 ? QUEUE_RANK_NONE : c->is.risk;
}

static void
want(struct tx *tx, const struct agenda_case *c, const struct task_facts *f,
    struct wanted *w)
{
	w->list = arena_alloc(f->arena, f->n + 1, sizeof(*w->list));
	w->there = arena_alloc(f->arena, f->n + 1, sizeof(*w->there));
	w->n = tasks_make(tx->s->society, &c->is, f->list, f->n, w->list);
}

/* Does a row say what the task does?  (The key is the same already.) */
static bool
same(sqlite3_stmt *st, const struct agenda_case *c, const struct task *t,
    struct buf *lane)
{
	struct val v = agenda_lane(c, t, lane);
	size_t n;
	const void *p = col_blob(st, 2, &n);

	return n == v.n && memcmp(p, v.p, n) == 0 &&
	       col_bool(st, 3) == t->promised && col_int(st, 4) == t->due &&
	       col_int(st, 5) == rank_of(c) &&
	       strcmp(col_text(st, 6), c->code) == 0;
}

/*
 * Go through the rows that are there: those that stay are marked in w, the
 * keys of the others come back in the arena.
 */
struct stale {
	const char *kind;
	struct uid object;
};

static int
look_through(struct tx *tx, const struct agenda_case *c, struct arena *a,
    struct wanted *w, struct stale **stale, size_t *n_stale)
{
	static const char count[] =
	    "SELECT count(*) FROM agenda WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT kind, object, lane, promised, due, rank, code FROM agenda "
	    "WHERE case_uid = ?1";
	int64_t n = 0;
	sqlite3_stmt *st;
	struct buf lane;
	int rc = -1;

	*n_stale = 0;
	if (tx_int(tx, count, VALS(v_uid0(c->uid)), &n) == -1)
		return -1;
	*stale = arena_alloc(a, (size_t)n + 1, sizeof(**stale));
	st = tx_query(tx, sql, VALS(v_uid0(c->uid)));
	if (st == NULL)
		return -1;
	buf_init(&lane);
	while ((rc = tx_row(tx, st)) == 1) {
		struct uid object = col_uid(st, 1);
		size_t i = 0;

		while (i < w->n && (strcmp(task_name(w->list[i].kind),
					col_text(st, 0)) != 0 ||
				       !uid_eq(&w->list[i].object, &object)))
			i++;
		if (i < w->n && same(st, c, &w->list[i], &lane)) {
			w->there[i] = true;
			continue;
		}
		(*stale)[(*n_stale)++] =
		    (struct stale){ col_str(st, 0, a), object };
	}
	buf_done(&lane);
	return rc;
}

static int
insert(struct tx *tx, const struct agenda_case *c, const struct task *t)
{
	struct buf lane;
	int rc;

	buf_init(&lane);
	rc = tx_exec(tx,
	    "INSERT INTO agenda (case_uid, kind, object, lane, promised, due, "
	    "due_day, rank, code) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	    VALS(v_uid0(c->uid), v_str(task_name(t->kind)), v_uid0(&t->object),
		agenda_lane(c, t, &lane), v_int(t->promised), v_int(t->due),
		v_int(clock_day_of(t->due)), v_int(rank_of(c)),
		v_str(c->code)));
	buf_done(&lane);
	return rc;
}

int
agenda_write(
    struct tx *tx, const struct agenda_case *c, const struct task_facts *f)
{
	struct stale *stale;
	struct wanted w;
	size_t n;

	want(tx, c, f, &w);
	if (look_through(tx, c, f->arena, &w, &stale, &n) == -1)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (tx_exec(tx,
			"DELETE FROM agenda WHERE case_uid = ?1 AND kind = ?2 "
			"AND object = ?3",
			VALS(v_uid0(c->uid), v_str(stale[i].kind),
			    v_uid0(&stale[i].object))) == -1)
			return -1;
	for (size_t i = 0; i < w.n; i++)
		if (!w.there[i] && insert(tx, c, &w.list[i]) == -1)
			return -1;
	return 0;
}

int
agenda_compare(
    struct tx *tx, const struct agenda_case *c, const struct task_facts *f)
{
	struct stale *stale;
	struct wanted w;
	size_t n;

	want(tx, c, f, &w);
	if (look_through(tx, c, f->arena, &w, &stale, &n) == -1)
		return -1;
	for (size_t i = 0; i < w.n; i++)
		n += !w.there[i];
	return (int)n;
}

/* --- all of them, anew ---------------------------------------------------------- */
/*
 * What the rows depend on beside the records: a change of it makes them old.
 * The kinds of tasks and what is made of their facts are asked of the rules;
 * the number in front stands for which facts the store gathers.
 */
static void
ways_of_counting(const struct society *s, uint8_t out[HASH_BYTES])
{
	struct buf b;

	buf_init(&b);
	buf_addf(&b, "6 %u", s->weekend);
	for (size_t i = 0; i < s->n_holidays; i++)
		buf_addf(&b, " %lld", (long long)s->holidays[i].day);
	for (size_t i = 0; i < s->n_risks; i++) {
		const struct risk_level *r = &s->risks[i];
		const struct span *spans[] = { &r->first_response,
			&r->assessment, &r->follow_up, &r->review };

		buf_addf(&b, "\n%s %d", r->id, r->urgent_or_high);
		for (size_t k = 0; k < sizeof(spans) / sizeof(spans[0]); k++)
			buf_addf(&b, " %d %d", spans[k]->amount,
			    (int)spans[k]->unit);
	}
	tasks_ways(s, &b);
	hash_bytes(b.data, b.len, out);
	buf_done(&b);
}

/* The next cases after *at; *at becomes the last one, *n how many. */
static int
some_cases(struct tx *tx, struct uid *at, struct uid *list, size_t *n)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT uid FROM case_file WHERE uid > ?1 AND deleted_hlc = 0 "
	    "ORDER BY uid LIMIT ?2",
	    VALS(v_uid0(at), v_int(BATCH)));
	int rc;

	*n = 0;
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		list[(*n)++] = col_uid(st, 0);
	if (*n > 0)
		*at = list[*n - 1];
	return rc;
}

/* How far somebody, perhaps another session, has come with these ways. */
static int
begun(struct tx *tx, const uint8_t ways[HASH_BYTES], struct uid *at)
{
	uint8_t kept[HASH_BYTES + sizeof(at->b)];
	size_t n = 0;

	*at = (struct uid){ { 0 } };
	if (db_meta(tx->db, META_AGENDA_AT, kept, sizeof(kept), &n, tx->err) ==
	    -1)
		return -1;
	if (n == sizeof(kept) && bytes_eq(kept, ways, HASH_BYTES))
		memcpy(at->b, kept + HASH_BYTES, sizeof(at->b));
	return 0;
}

static int
keep_place(struct tx *tx, const uint8_t ways[HASH_BYTES], const struct uid *at)
{
	uint8_t kept[HASH_BYTES + sizeof(at->b)];

	memcpy(kept, ways, HASH_BYTES);
	memcpy(kept + HASH_BYTES, at->b, sizeof(at->b));
	return db_meta_set(tx->db, META_AGENDA_AT, kept, sizeof(kept), tx->err);
}

static int
one_batch(struct session *s, const uint8_t ways[HASH_BYTES], bool *more,
    struct err *err)
{
	struct uid list[BATCH], at;
	struct tx tx;
	size_t n = 0;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){
		.perm = PERM_NONE, .action = "agenda.fill", .wrote = true },
	    err);

	if (rc == 0)
		rc = begun(&tx, ways, &at);
	if (rc == 0)
		rc = some_cases(&tx, &at, list, &n);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = queue_refresh(&tx, &list[i]) == -1 ? -1 : 0;
	*more = n == BATCH;
	if (rc == 0)
		rc = *more ? keep_place(&tx, ways, &at)
			   : db_meta_set(
				 tx.db, META_AGENDA, ways, HASH_BYTES, tx.err);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

int
agenda_catch_up(struct session *s, int64_t most_ms, bool *more, struct err *err)
{
	uint8_t was[HASH_BYTES], now[HASH_BYTES];
	int64_t until = clock_boot() + most_ms;
	size_t n = 0;

	ways_of_counting(s->society, now);
	if (db_meta(&s->cases, META_AGENDA, was, sizeof(was), &n, err) == -1)
		return -1;
	*more = n != sizeof(was) || !bytes_eq(was, now, sizeof(now));
	while (*more) {
		if (one_batch(s, now, more, err) == -1)
			return -1;
		if (clock_boot() >= until)
			break;
	}
	return 0;
}
