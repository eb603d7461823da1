/* SPDX-License-Identifier: ISC */
/* Assessments, the plan and help, as the timeline tells them. */
#include "base/i18n.h"
#include "store/case_timeline_inside.h"

static const char sql_assessment[] =
    "SELECT u.login, t.wants FROM assessment t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_assessment(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "assessment";
	e->title = _("Needs and strengths talked about");
	e->text = col_str(st, 1, r->arena);
}

static const char sql_goal[] = "SELECT u.login, t.words FROM goal t"
			       " LEFT JOIN colleague u ON u.uid = t.made_by"
			       " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_goal(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "plan";
	e->title = timeline_with(r->arena, _("Goal"), col_text(st, 1));
}

static const char sql_progress[] =
    "SELECT u.login, g.words, t.state, t.words FROM goal_progress t"
    " LEFT JOIN goal g ON g.case_uid = t.case_uid AND g.uid = t.goal"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_progress(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "plan";
	e->title = timeline_with(
	    r->arena, word_goal_state(col_text(st, 2)), col_text(st, 1));
	e->text = col_str(st, 3, r->arena);
}

static const char sql_plan_review[] =
    "SELECT u.login, t.agreed, t.words FROM plan_review t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_plan_review(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "plan";
	e->title =
	    timeline_with(r->arena, _("Plan gone through together, agreed"),
		word_decision(col_text(st, 1)));
	e->text = col_str(st, 2, r->arena);
}

static const char sql_service[] =
    "SELECT u.login, t.at, t.service, t.state, t.amount, t.words,"
    " t.corrects IS NOT NULL FROM service t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_service(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "service";
	e->title = timeline_with(r->arena,
	    label_of(&r->society->services, col_text(st, 2)),
	    timeline_and(r->arena, word_service_state(col_text(st, 3)),
		col_text(st, 4)));
	if (col_bool(st, 6))
		e->title = timeline_in(
		    r->arena, e->title, _("corrects an earlier entry"));
	e->text = col_str(st, 5, r->arena);
	timeline_happened(e, col_int(st, 1));
}

const struct timeline_part timeline_assessment = { sql_assessment,
	fill_assessment };
const struct timeline_part timeline_goal = { sql_goal, fill_goal };
const struct timeline_part timeline_progress = { sql_progress, fill_progress };
const struct timeline_part timeline_plan_review = { sql_plan_review,
	fill_plan_review };
const struct timeline_part timeline_service = { sql_service, fill_service };
