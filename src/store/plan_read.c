/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/workflow.h"
#include "store/plan_inside.h"

static int
count_of(struct tx *tx, const char *sql, const struct uid *case_uid, size_t *n)
{
	int64_t many = 0;

	if (tx_int(tx, sql, VALS(v_uid(case_uid)), &many) == -1)
		return -1;
	*n = (size_t)many;
	return 0;
}

int
goals_read(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct goal **out, size_t *n)
{
	static const char count[] = "SELECT count(*) FROM goal"
				    " WHERE case_uid = ?1 AND deleted_hlc = 0";
	/* The newest progress by the logical clock: a laptop's may be wrong. */
	static const char sql[] =
	    "SELECT g.uid, g.rev, g.words, g.domain, g.agreed, g.target_on,"
	    " g.made_at, coalesce(p.state, 'new'), p.words, p.at FROM goal g"
	    " LEFT JOIN goal_progress p ON p.case_uid = ?1 AND p.goal = g.uid"
	    " AND p.uid = (SELECT x.uid FROM goal_progress x"
	    " WHERE x.case_uid = ?1 AND x.goal = g.uid AND x.deleted_hlc = 0"
	    " ORDER BY x.hlc DESC, x.uid DESC LIMIT 1)"
	    " WHERE g.case_uid = ?1 AND g.deleted_hlc = 0"
	    " ORDER BY coalesce(p.state, 'new') IN ('met', 'set_aside'),"
	    " g.made_at, g.uid";
	sqlite3_stmt *st;
	size_t max, k = 0;
	struct goal *list;
	int rc;

	if (count_of(tx, count, case_uid, &max) == -1)
		return -1;
	list = arena_alloc(a, max + 1, sizeof(*list));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && k < max) {
		struct goal *g = &list[k++];

		g->uid = col_uid(st, 0);
		g->rev = col_int(st, 1);
		g->words = col_str(st, 2, a);
		g->domain = col_str(st, 3, a);
		g->agreed = col_str(st, 4, a);
		col_date(st, 5, &g->target);
		g->made_at = col_int(st, 6);
		g->state = col_str(st, 7, a);
		g->progress = col_str(st, 8, a);
		g->progress_at = col_int(st, 9);
	}
	stmt_done(st);
	*out = list;
	*n = k;
	return rc == -1 ? -1 : 0;
}

static void
fill_action(sqlite3_stmt *st, struct arena *a, struct plan_action *p)
{
	p->uid = col_uid(st, 0);
	p->goal = col_uid(st, 1);
	p->rev = col_int(st, 2);
	p->what = col_str(st, 3, a);
	p->who = col_str(st, 4, a);
	p->who_words = col_str(st, 5, a);
	p->due = col_int(st, 6);
	col_date(st, 7, &p->due_on);
	p->agreed = col_str(st, 8, a);
	p->state = col_str(st, 9, a);
	p->outcome = col_str(st, 10, a);
	p->done_at = col_int(st, 11);
}

static int
actions_read(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct plan *out)
{
	static const char count[] = "SELECT count(*) FROM plan_action"
				    " WHERE case_uid = ?1 AND deleted_hlc = 0";
	static const char sql[] =
	    "SELECT uid, goal, rev, what, who, who_words, due, due_on,"
	    " agreed, state, outcome, done_at FROM plan_action"
	    " WHERE case_uid = ?1 AND deleted_hlc = 0"
	    " ORDER BY state <> 'open', due = 0, due, made_at, uid";
	struct plan_action *all;
	sqlite3_stmt *st;
	size_t max, n = 0;
	int rc;

	if (count_of(tx, count, case_uid, &max) == -1)
		return -1;
	all = arena_alloc(a, max + 1, sizeof(*all));
	out->actions = arena_alloc(a, max + 1, sizeof(*out->actions));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && n < max)
		fill_action(st, a, &all[n++]);
	stmt_done(st);
	/* Goal by goal, in the order of the goals. */
	for (size_t g = 0; g < out->n_goals; g++)
		for (size_t i = 0; i < n; i++)
			if (uid_eq(&all[i].goal, &out->goals[g].uid))
				out->actions[out->n_actions++] = all[i];
	return rc == -1 ? -1 : 0;
}

static int
review_read(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct plan_review *r)
{
	static const char sql[] =
	    "SELECT r.uid, r.at, r.agreed, r.copy_safe, r.copy_given, r.words,"
	    " r.review_at, r.review_on, u.login FROM plan_review r"
	    " LEFT JOIN colleague u ON u.uid = r.made_by"
	    " WHERE r.case_uid = ?1 AND r.deleted_hlc = 0"
	    " ORDER BY r.hlc DESC, r.uid DESC LIMIT 1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	int rc;

	*r = (struct plan_review){
		.agreed = "", .copy_safe = "", .words = "", .by = ""
	};
	if (st == NULL)
		return -1;
	rc = tx_row(tx, st);
	if (rc != 1)
		return rc;
	r->uid = col_uid(st, 0);
	r->at = col_int(st, 1);
	r->agreed = col_str(st, 2, a);
	r->copy_safe = col_str(st, 3, a);
	r->copy_given = col_bool(st, 4);
	r->words = col_str(st, 5, a);
	r->review_at = col_int(st, 6);
	col_date(st, 7, &r->review_on);
	r->by = col_str(st, 8, a);
	stmt_done(st);
	return 0;
}

int
plan_due_read(struct tx *tx, const struct uid *case_uid, struct plan_due *out)
{
	static const char sql[] =
	    "SELECT risk, opened_at, person IS NULL FROM case_file"
	    " WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	struct plan_facts f = { .risk = -1 };
	struct consent_rows all;
	const struct release *w;
	struct arena a;
	bool anonymous;
	int rc = -1;

	*out = (struct plan_due){ 0 };
	if (st == NULL || tx_row(tx, st) != 1)
		return -1;
	f.risk = society_risk(tx->s->society, col_text(st, 0));
	f.opened_at = col_int(st, 1);
	anonymous = col_bool(st, 2);
	stmt_done(st);
	arena_init(&a);
	if (consent_rows_load(tx, case_uid, &a, &all) == 0 &&
	    plan_facts_read(tx, case_uid, &f) == 0) {
		w = consent_working(&all, &a);
		f.working = workflow_narrative_open(
		    w == NULL ? CONSENT_NOT_ASKED : w->decision, anonymous);
		plan_due(tx->s->society, &f, out);
		rc = 0;
	}
	arena_done(&a);
	return rc;
}

int
plan_open(struct session *s, struct uid case_uid, struct arena *arena,
    struct plan *out, struct err *err)
{
	struct plan p = { .n_goals = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "plan.open", err) == -1)
		return -1;
	if (goals_read(&tx, &case_uid, arena, &p.goals, &p.n_goals) == 0 &&
	    actions_read(&tx, &case_uid, arena, &p) == 0 &&
	    review_read(&tx, &case_uid, arena, &p.review) == 0 &&
	    plan_due_read(&tx, &case_uid, &p.due) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = p;
	tx_abort(&tx);
	return rc;
}
