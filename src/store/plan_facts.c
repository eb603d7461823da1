/* SPDX-License-Identifier: ISC */
/* What a plan makes due.  Most cases have none yet: the first statement tells,
 * and the others are left out. */
#include "store/plan_inside.h"

/* The state of a goal is that of its newest progress. */
#define GOAL_STATE(goal)                                          \
	"coalesce((SELECT p.state FROM goal_progress p "          \
	"WHERE p.case_uid = ?1 AND p.goal = " goal                \
	" AND p.deleted_hlc = 0 ORDER BY p.hlc DESC, p.uid DESC " \
	"LIMIT 1), 'new') IN ('new', 'in_progress')"

/* Steps that wait, and help that was planned and neither came nor was put
 * right. */
#define OPEN_STEPS                                                  \
	"FROM plan_action x WHERE x.case_uid = ?1 "                 \
	"AND x.state = 'open' AND x.due > 0 AND x.deleted_hlc = 0 " \
	"AND " GOAL_STATE("x.goal")
#define OPEN_HELP                                                        \
	"FROM service s WHERE s.case_uid = ?1 "                          \
	"AND s.state = 'planned' AND s.due > 0 AND s.deleted_hlc = 0 "   \
	"AND NOT EXISTS (SELECT 1 FROM service n WHERE n.case_uid = ?1 " \
	"AND (n.follows = s.uid OR n.corrects = s.uid))"

static const char sql_counts[] =
    "SELECT a.n, g.n, s.n, g.first, max(coalesce(a.last, 0), "
    "coalesce(g.last, 0), coalesce(s.last, 0)), s.planned FROM "
    "(SELECT count(*) AS n, max(made_at) AS last FROM assessment "
    "WHERE case_uid = ?1 AND deleted_hlc = 0) a, "
    "(SELECT count(*) AS n, max(made_at) AS last, min(made_at) AS first "
    "FROM goal WHERE case_uid = ?1 AND deleted_hlc = 0) g, "
    "(SELECT count(*) AS n, max(made_at) AS last, "
    "sum(state = 'planned' AND due > 0) AS planned FROM service "
    "WHERE case_uid = ?1 AND state IN ('given', 'planned') "
    "AND deleted_hlc = 0) s";

static const char sql_goals[] =
    "SELECT (SELECT count(*) FROM goal g WHERE g.case_uid = ?1 "
    "AND g.deleted_hlc = 0 AND " GOAL_STATE(
	"g.uid") "), "
		 "(SELECT min(x.due) " OPEN_STEPS ")";

static const char sql_review[] =
    "SELECT at, review_at FROM plan_review WHERE case_uid = ?1 "
    "AND deleted_hlc = 0 ORDER BY hlc DESC, uid DESC LIMIT 1";

static const char sql_service[] = "SELECT min(s.due) " OPEN_HELP;

static int
read_goals(struct tx *tx, const struct uid *case_uid, struct plan_facts *f)
{
	sqlite3_stmt *st = tx_query(tx, sql_goals, VALS(v_uid(case_uid)));
	int rc;

	if (st == NULL || tx_row(tx, st) != 1)
		return -1;
	f->goals_open = (int)col_int(st, 0);
	f->action_due = col_int(st, 1);
	stmt_done(st);
	st = tx_query(tx, sql_review, VALS(v_uid(case_uid)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 1) {
		f->reviewed_at = col_int(st, 0);
		f->review_agreed = col_int(st, 1);
		stmt_done(st);
	}
	return 0;
}

int
plan_facts_read(struct tx *tx, const struct uid *case_uid, struct plan_facts *f)
{
	sqlite3_stmt *st = tx_query(tx, sql_counts, VALS(v_uid(case_uid)));
	int64_t planned;

	if (st == NULL || tx_row(tx, st) != 1)
		return -1;
	f->assessments = (int)col_int(st, 0);
	f->goals = (int)col_int(st, 1);
	f->services = (int)col_int(st, 2);
	f->planned_at = col_int(st, 3);
	f->last_at = col_int(st, 4);
	planned = col_int(st, 5);
	stmt_done(st);
	if (f->goals > 0 && read_goals(tx, case_uid, f) == -1)
		return -1;
	if (planned > 0 && tx_int(tx, sql_service, VALS(v_uid(case_uid)),
			       &f->service_due) == -1)
		return -1;
	return 0;
}

static int
each(struct tx *tx, const char *sql, const struct uid *case_uid,
    plan_wait *found, void *ctx)
{
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	struct uid record;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		record = col_uid(st, 0);
		found(ctx, &record, col_int(st, 1));
	}
	return rc;
}

int
plan_each_step(
    struct tx *tx, const struct uid *case_uid, plan_wait *found, void *ctx)
{
	return each(
	    tx, "SELECT x.uid, x.due " OPEN_STEPS, case_uid, found, ctx);
}

int
plan_each_service(
    struct tx *tx, const struct uid *case_uid, plan_wait *found, void *ctx)
{
	return each(tx, "SELECT s.uid, s.due " OPEN_HELP, case_uid, found, ctx);
}
