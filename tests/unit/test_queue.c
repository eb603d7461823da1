/* SPDX-License-Identifier: ISC */
/*
 * The lists against a model: every view and sort offered, for everybody who
 * may see it, forwards and backwards, must be what sorting all cases gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/queue.h"
#include "store/queue_inside.h"
#include "store/queue_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "../lib/vault_kit.h"

#define CASES 420

struct model {
	struct uid uid, owner;
	char code[CODE_SIZE];
	const char *branch;
	int risk;
	int64_t due, changed;
	bool closed;
};

static struct vault_kit kit;
static struct session *amina, *bilal, *all, *own;
static struct model model[CASES];
static int64_t now;

static void
add(struct tx *tx, size_t i, const struct uid *owners, size_t n_owners)
{
	static const char *const branches[] = { "branch-1", "branch-2",
		"headquarters" };
	struct model *m = &model[i];
	uint64_t r = i * 2654435761u;

	*m = (struct model){ .uid = uid_new(),
		.risk = (int)(r % 5) - 1,
		.branch = branches[(r >> 8) % 3],
		.closed = r % 7 == 0 };
	if ((r >> 4) % 4 != 0)
		m->owner = owners[(r >> 12) % n_owners];
	/* Some on one instant, some on none, some around now. */
	m->due = r % 11 == 0 ? 0
		 : r % 11 == 1
		     ? now + CLOCK_DAY
		     : now + ((int64_t)(r % 41) - 20) * CLOCK_DAY / 2 +
			   (int64_t)(r % 97) * CLOCK_MINUTE;
	code_new(m->code);
	assert_int_equal(
	    record_insert(tx, REC_CASE, NULL, &m->uid,
		COLS({ "code", v_str(m->code) }, { "owner", v_uid(&m->owner) },
		    { "branch", v_str(m->branch) },
		    { "opened_at", v_int(now - 90 * CLOCK_DAY) },
		    { "risk",
			v_str(m->risk < 0 ? ""
					  : kit.society->risks[m->risk].id) },
		    { "next_none", v_str("agreed") },
		    { "closed_at", v_int(m->closed ? now : 0) },
		    { "custody_ns", v_str("generic") })),
	    0);
	assert_int_equal(queue_refresh(tx, &m->uid), 0);
	/* What is due is worked out by rules that have their own tests; here
	 * it is only to be in order. */
	m->changed = now - (int64_t)(r % 50) * CLOCK_HOUR;
	assert_int_equal(
	    tx_exec(tx,
		"UPDATE queue SET due_key = ?2, due_day = ?3, changed = ?4, "
		"next = 'follow-up', flags = ?5 WHERE uid = ?1",
		VALS(v_uid0(&m->uid),
		    v_int(m->due == 0 ? QUEUE_DUE_NONE : m->due),
		    m->due == 0 ? v_null() : v_int(clock_day_of(m->due)),
		    v_int(m->changed), v_int((int64_t)(i % 4)))),
	    0);
}

static int
setup(void **state)
{
	struct uid owners[3];
	struct err err;
	struct tx tx;

	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	bilal = vault_kit_user(&kit, "bilal", ROLE_CASEWORKER, "branch-2");
	all = vault_kit_user(&kit, "chitra", ROLE_COORDINATOR, "headquarters");
	/* As a configuration would that lets statistics see own cases. */
	own = vault_kit_user(&kit, "dora", ROLE_STATISTICS, "branch-1");
	kit.society->grants.scope[ROLE_STATISTICS][PERM_QUEUE] = SCOPE_OWN;
	owners[0] = session_user(amina)->uid;
	owners[1] = session_user(bilal)->uid;
	owners[2] = session_user(own)->uid;
	now = clock_now();
	assert_int_equal(tx_begin(&tx, amina,
			     &(const struct tx_what){ .perm = PERM_CONTACT,
				 .action = "test.fill",
				 .wrote = true },
			     &err),
	    0);
	for (size_t i = 0; i < CASES; i++)
		add(&tx, i, owners, 3);
	assert_int_equal(tx_commit(&tx), 0);
	tx_abort(&tx);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static bool
belongs(const struct session *s, enum queue_view view, const struct model *m)
{
	const struct user *u = session_user(s);
	enum scope scope =
	    (enum scope)kit.society->grants.scope[u->role][PERM_QUEUE];
	bool mine = uid_eq(&m->owner, &u->uid);
	bool near =
	    scope == SCOPE_ALL ||
	    (scope == SCOPE_BRANCH && strcmp(m->branch, u->branch) == 0) ||
	    (scope == SCOPE_OWN && mine);

	switch (view) {
	case QUEUE_MINE:
		return mine && !m->closed;
	case QUEUE_UNASSIGNED:
		return near && uid_null(&m->owner) && !m->closed;
	case QUEUE_OVERDUE:
		return near && !m->closed && m->due != 0 && m->due < now;
	case QUEUE_DUE_WEEK:
		return near && !m->closed && m->due >= now &&
		       m->due < now + 7 * CLOCK_DAY;
	case QUEUE_BRANCH:
		return near && !m->closed;
	case QUEUE_CLOSED:
		return near && m->closed;
	default:
		return false;
	}
}

static enum queue_sort comparing;

static int
by_sort(const void *x, const void *y)
{
	const struct model *a = *(const struct model *const *)x;
	const struct model *b = *(const struct model *const *)y;
	int64_t ra = a->risk < 0 ? 99 : a->risk,
		rb = b->risk < 0 ? 99 : b->risk;
	int64_t da = a->due == 0 ? INT64_MAX : a->due;
	int64_t db = b->due == 0 ? INT64_MAX : b->due;

	if (comparing == QUEUE_BY_CHANGED) {
		if (a->changed != b->changed)
			return a->changed > b->changed ? -1 : 1;
		return uid_cmp(&b->uid, &a->uid);
	}
	if (comparing == QUEUE_BY_RISK && ra != rb)
		return ra < rb ? -1 : 1;
	if (da != db)
		return da < db ? -1 : 1;
	return uid_cmp(&a->uid, &b->uid);
}

static size_t
expect(const struct session *s, enum queue_view view, enum queue_sort sort,
    const struct model **out)
{
	size_t n = 0;

	for (size_t i = 0; i < CASES; i++)
		if (belongs(s, view, &model[i]))
			out[n++] = &model[i];
	comparing = sort;
	qsort(out, n, sizeof(*out), by_sort);
	return n;
}

static void
same_row(const struct queue_row *r, const struct model *m, enum queue_sort sort)
{
	assert_memory_equal(&r->uid, &m->uid, 16);
	assert_string_equal(r->code, m->code);
	assert_string_equal(r->branch, m->branch);
	assert_memory_equal(&r->owner, &m->owner, 16);
	assert_int_equal(r->risk, m->risk);
	assert_true(r->due == m->due);
	assert_int_equal(r->worker[0] == '\0', uid_null(&m->owner));
	if (sort == QUEUE_BY_CHANGED)
		assert_true(r->changed == m->changed);
}

/* All pages of a view one way, and back again. */
static void
walk(struct session *s, enum queue_view view, enum queue_sort sort, size_t size)
{
	const struct model *want[CASES];
	size_t n = expect(s, view, sort, want), at = 0;
	struct queue_mark mark = { .set = false };
	struct queue_page page;
	struct arena a;
	struct err err;
	bool cut;

	arena_init(&a);
	do {
		assert_int_equal(queue_page(s, view, sort, &mark, false, size,
				     NULL, &a, &page, &cut, &err),
		    0);
		assert_true(session_idle(s));
		assert_int_equal(page.more_before, at > 0);
		for (size_t i = 0; i < page.n; i++)
			same_row(&page.rows[i], want[at + i], sort);
		at += page.n;
		assert_int_equal(page.more_after, at < n);
		mark = page.last;
	} while (page.more_after);
	assert_int_equal(at, n);
	at -= page.n;
	while (at > 0) {
		mark = page.first;
		assert_int_equal(queue_page(s, view, sort, &mark, true, size,
				     NULL, &a, &page, &cut, &err),
		    0);
		assert_true(page.n > 0 && page.n <= at);
		assert_true(page.more_after);
		at -= page.n;
		for (size_t i = 0; i < page.n; i++)
			same_row(&page.rows[i], want[at + i], sort);
		assert_int_equal(page.more_before, at > 0);
	}
	arena_done(&a);
}

static void
every_page_is_the_model(void **state)
{
	static const size_t sizes[] = { 1, 7, 50, 200 };
	struct session *const who[] = { amina, bilal, kit.supervisor, all,
		own };

	(void)state;
	for (size_t w = 0; w < sizeof(who) / sizeof(who[0]); w++)
		for (int v = 0; v < QUEUE_VIEWS; v++)
			for (int o = 0; o < QUEUE_SORTS; o++)
				for (size_t z = w == 0 ? 0 : 1; z < 4; z++) {
					if ((queue_sorts(v) & (1u << o)) == 0)
						continue;
					if (who[w] == own &&
					    (v == QUEUE_UNASSIGNED ||
						v == QUEUE_BRANCH))
						continue;
					walk(who[w], v, o, sizes[z]);
				}
}

static void
counts_are_the_model(void **state)
{
	struct session *const who[] = { amina, bilal, kit.supervisor, all,
		own };
	const struct model *want[CASES];
	int64_t counts[QUEUE_VIEWS];
	struct err err;

	(void)state;
	for (size_t w = 0; w < sizeof(who) / sizeof(who[0]); w++) {
		assert_int_equal(queue_counts(who[w], counts, &err), 0);
		for (int v = 0; v < QUEUE_VIEWS; v++) {
			int64_t n =
			    (int64_t)expect(who[w], v, QUEUE_BY_DUE, want);

			if (who[w] == own &&
			    (v == QUEUE_UNASSIGNED || v == QUEUE_BRANCH))
				n = -1;
			if (counts[v] != n)
				fail_msg("person %zu view %d: %d, not %d", w, v,
				    (int)counts[v], (int)n);
		}
	}
}

static void
who_may_not(void **state)
{
	int64_t counts[QUEUE_VIEWS];
	struct queue_page page;
	struct arena a;
	struct err err;
	bool cut;

	(void)state;
	arena_init(&a);
	assert_int_equal(queue_page(kit.admin, QUEUE_MINE, QUEUE_BY_RISK, NULL,
			     false, 50, NULL, &a, &page, &cut, &err),
	    -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(queue_counts(kit.admin, counts, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(queue_page(own, QUEUE_BRANCH, QUEUE_BY_RISK, NULL,
			     false, 50, NULL, &a, &page, &cut, &err),
	    -1);
	assert_int_equal(err.kind, ERR_DENIED);
	assert_int_equal(queue_page(amina, QUEUE_CLOSED, QUEUE_BY_RISK, NULL,
			     false, 50, NULL, &a, &page, &cut, &err),
	    -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(queue_page(amina, QUEUE_MINE, QUEUE_BY_RISK, NULL,
			     false, 201, NULL, &a, &page, &cut, &err),
	    -1);
	assert_int_equal(err.kind, ERR_INPUT);
	arena_done(&a);
}

static bool
of_worker(const void *ctx, const struct queue_row *row)
{
	return strcmp(row->worker, ctx) == 0;
}

/* A sieve narrows the pages, whichever way they are read. */
static void
sieves(void **state)
{
	const struct queue_sieve of_bilal = { of_worker, "bilal" };
	const struct queue_sieve of_nobody = { of_worker, "no such worker" };
	const struct model *want[CASES];
	size_t n = expect(kit.supervisor, QUEUE_BRANCH, QUEUE_BY_RISK, want);
	size_t at = 0, seen = 0;
	struct queue_page page;
	struct arena a;
	struct err err;
	bool cut;

	(void)state;
	arena_init(&a);
	for (struct queue_mark mark = { .set = false };; mark = page.last) {
		assert_int_equal(
		    queue_page(kit.supervisor, QUEUE_BRANCH, QUEUE_BY_RISK,
			&mark, false, 2, &of_bilal, &a, &page, &cut, &err),
		    0);
		assert_false(cut);
		for (size_t k = 0; k < page.n; k++, at++, seen++) {
			assert_string_equal(page.rows[k].worker, "bilal");
			while (at < n &&
			       !uid_eq(&want[at]->uid, &page.rows[k].uid))
				at++;
			assert_true(at < n); /* in the view's order */
		}
		if (!page.more_after)
			break;
	}
	assert_true(seen > 2 && seen < n);
	assert_int_equal(
	    queue_page(kit.supervisor, QUEUE_BRANCH, QUEUE_BY_RISK, NULL, false,
		50, &of_nobody, &a, &page, &cut, &err),
	    0);
	assert_int_equal(page.n, 0);
	arena_done(&a);
}

static void
jumps(void **state)
{
	const struct model *mine = NULL, *far = NULL;
	struct uid uid;
	struct err err;
	char typed[CODE_SIZE];

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		if (uid_eq(&model[i].owner, &session_user(amina)->uid))
			mine = &model[i];
		else if (strcmp(model[i].branch, "branch-2") == 0)
			far = &model[i];
	}
	assert_true(mine != NULL && far != NULL);
	assert_int_equal(queue_jump(amina, mine->code, &uid, &err), 0);
	assert_memory_equal(&uid, &mine->uid, 16);
	/* Another's case in the branch: opening it will ask why. */
	(void)snprintf(typed, sizeof(typed), "%s", mine->code);
	assert_int_equal(queue_jump(kit.supervisor, typed, &uid, &err),
	    strcmp(mine->branch, "branch-1") == 0 ? 0 : -1);
	/* And nothing is said of it where nothing opens. */
	if (strcmp(mine->branch, "branch-1") == 0)
		assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(queue_jump(amina, far->code, &uid, &err), -1);
	assert_int_equal(err.kind, ERR_DENIED);
	typed[0] = typed[0] == 'A' ? 'B' : 'A'; /* one wrong character */
	assert_int_equal(queue_jump(amina, typed, &uid, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	code_new(typed);
	assert_int_equal(queue_jump(amina, typed, &uid, &err), -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
}

/* A page is read from an index alone and touches a handful of pages. */
static void
pages_come_from_the_index_alone(void **state)
{
	struct queue_page page;
	int misses, high;
	struct arena a;
	struct err err;
	bool cut;

	(void)state;
	arena_init(&a);
	for (int v = 0; v < QUEUE_VIEWS; v++)
		for (int o = 0; o < QUEUE_SORTS; o++) {
			if ((queue_sorts(v) & (1u << o)) == 0)
				continue;
			assert_int_equal(queue_page(amina, v, o, NULL, false,
					     50, NULL, &a, &page, &cut, &err),
			    0);
			(void)sqlite3_db_release_memory(amina->cases.h);
			(void)sqlite3_db_status(amina->cases.h,
			    SQLITE_DBSTATUS_CACHE_MISS, &misses, &high, 1);
			assert_int_equal(queue_page(amina, v, o, NULL, false,
					     50, NULL, &a, &page, &cut, &err),
			    0);
			(void)sqlite3_db_status(amina->cases.h,
			    SQLITE_DBSTATUS_CACHE_MISS, &misses, &high, 0);
			if (misses > 12)
				fail_msg(
				    "view %d sort %d: %d pages", v, o, misses);
		}
	arena_done(&a);
}

static void
no_statement_sorts_or_scans(void **state)
{
	struct err err;
	sqlite3_stmt *st = NULL, *plan;
	struct buf sql;
	int seen = 0;

	(void)state;
	buf_init(&sql);
	while ((st = sqlite3_next_stmt(amina->cases.h, st)) != NULL) {
		if (strstr(sqlite3_sql(st), "FROM queue WHERE") == NULL ||
		    strstr(sqlite3_sql(st), "ORDER BY") == NULL)
			continue;
		buf_clear(&sql);
		buf_addf(&sql, "EXPLAIN QUERY PLAN %s", sqlite3_sql(st));
		assert_int_equal(sqlite3_prepare_v2(
				     amina->cases.h, sql.data, -1, &plan, NULL),
		    SQLITE_OK);
		while (sqlite3_step(plan) == SQLITE_ROW) {
			const char *how =
			    (const char *)sqlite3_column_text(plan, 3);

			if (strstr(how, "USING COVERING INDEX") == NULL)
				fail_msg("%s: %s", sqlite3_sql(st), how);
			seen++;
		}
		(void)sqlite3_finalize(plan);
	}
	assert_true(seen >= 8);
	buf_done(&sql);
	(void)err;
}

/* What the lists show follows a change of the case in the same transaction.
 */
static void
rows_follow_their_case(void **state)
{
	struct uid uid = vault_kit_case(amina, NULL, "branch-1");
	struct change c = { "risk", "urgent" };
	int64_t before[QUEUE_VIEWS], after[QUEUE_VIEWS], rev = 1, rank = -1;
	struct arena a;
	struct err err;
	struct tx tx;

	(void)state;
	arena_init(&a);
	assert_int_equal(queue_counts(amina, before, &err), 0);
	assert_int_equal(tx_begin(&tx, kit.supervisor,
			     &(const struct tx_what){ .perm = PERM_CASE_WRITE,
				 .case_uid = &uid,
				 .action = "case.change",
				 .wrote = true },
			     &err),
	    0);
	assert_int_equal(
	    record_update(&tx, REC_CASE, NULL, &uid, &rev, &c, 1, &a, NULL), 0);
	assert_int_equal(
	    record_set(&tx, REC_CASE, NULL, &uid,
		COLS({ "owner", v_uid(&session_user(amina)->uid) })),
	    0);
	assert_int_equal(queue_refresh(&tx, &uid), 0);
	assert_int_equal(tx_commit(&tx), 0);
	tx_abort(&tx);
	assert_int_equal(queue_counts(amina, after, &err), 0);
	assert_int_equal(after[QUEUE_MINE], before[QUEUE_MINE] + 1);
	assert_int_equal(after[QUEUE_UNASSIGNED], before[QUEUE_UNASSIGNED] - 1);
	assert_int_equal(after[QUEUE_BRANCH], before[QUEUE_BRANCH]);
	assert_int_equal(
	    db_int(&amina->cases, "SELECT rank FROM queue WHERE uid = ?1",
		VALS(v_uid0(&uid)), &rank, &err),
	    1);
	assert_int_equal(rank, 0);
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_is_the_model),
		cmocka_unit_test(counts_are_the_model),
		cmocka_unit_test(who_may_not),
		cmocka_unit_test(sieves),
		cmocka_unit_test(jumps),
		cmocka_unit_test(pages_come_from_the_index_alone),
		cmocka_unit_test(no_statement_sorts_or_scans),
		cmocka_unit_test(rows_follow_their_case),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
