/* SPDX-License-Identifier: ISC */
/* What the overview of a case shows of strengths, goals, help and decisions. */
#include "rules/tasks.h"
#include "store/plan_inside.h"

static int
read_strengths(
    struct tx *tx, const struct uid *uid, struct arena *a, struct case_file *f)
{
	static const char newest[] =
	    "SELECT uid, at FROM assessment WHERE case_uid = ?1"
	    " AND deleted_hlc = 0 ORDER BY hlc DESC, uid DESC LIMIT 1";
	static const char sql[] =
	    "SELECT words FROM assessment_item WHERE case_uid = ?1"
	    " AND assessment = ?2 AND kind = 'strength' ORDER BY topic";
	sqlite3_stmt *st = tx_query(tx, newest, VALS(v_uid(uid)));
	struct uid last;
	int rc;

	f->strengths = arena_alloc(a, STRENGTH_COUNT, sizeof(*f->strengths));
	if (st == NULL)
		return -1;
	rc = tx_row(tx, st);
	if (rc != 1)
		return rc;
	last = col_uid(st, 0);
	f->assessed_at = col_int(st, 1);
	stmt_done(st);
	st = tx_query(tx, sql, VALS(v_uid(uid), v_uid(&last)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && f->n_strengths < STRENGTH_COUNT)
		f->strengths[f->n_strengths++] = col_str(st, 0, a);
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static int
read_services(struct tx *tx, const struct uid *uid, struct case_file *f)
{
	static const char sql[] =
	    "SELECT sum(state = 'given'), sum(state = 'planned' AND NOT EXISTS"
	    " (SELECT 1 FROM service n WHERE n.case_uid = ?1"
	    " AND n.follows = s.uid)) FROM service s WHERE s.case_uid = ?1"
	    " AND s.deleted_hlc = 0 AND NOT EXISTS"
	    " (SELECT 1 FROM service n WHERE n.case_uid = ?1"
	    " AND n.corrects = s.uid)";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(uid)));

	if (st == NULL || tx_row(tx, st) != 1)
		return -1;
	f->services_given = (int)col_int(st, 0);
	f->services_planned = (int)col_int(st, 1);
	stmt_done(st);
	return 0;
}

/* What somebody else has to decide, whatever comes next here. */
static int
read_decisions(struct tx *tx, const struct uid *uid, struct case_file *f)
{
	static const char sql[] = "SELECT DISTINCT kind FROM agenda"
				  " WHERE case_uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(uid)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		int kind = task_from_name(col_text(st, 0));

		f->to_agree |= kind == TASK_ACT_AGREE;
		f->to_review |= kind == TASK_ACT_REVIEW;
		f->to_find_way |= kind == TASK_REFERRAL_STUCK;
	}
	return rc;
}

int
case_plan_read(
    struct tx *tx, const struct uid *uid, struct arena *a, struct case_file *f)
{
	struct goal *goals;

	if (read_strengths(tx, uid, a, f) == -1 ||
	    goals_read(tx, uid, a, &goals, &f->n_goals) == -1 ||
	    read_services(tx, uid, f) == -1 || read_decisions(tx, uid, f) == -1)
		return -1;
	f->goals = arena_alloc(a, f->n_goals + 1, sizeof(*f->goals));
	for (size_t i = 0; i < f->n_goals; i++) {
		f->goals[i].words = goals[i].words;
		f->goals[i].state = goals[i].state;
	}
	return 0;
}
