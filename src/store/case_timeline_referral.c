/* SPDX-License-Identifier: ISC */
/* Referrals and acts of a second person, as the timeline tells them: to whom
 * and what came of it, never what was sent. */
#include "base/i18n.h"
#include "store/case_timeline_inside.h"
#include "store/referral.h"

static const char *
to_whom(const struct reading *r, const char *what, const char *recipient)
{
	return timeline_with(
	    r->arena, what, word_recipient(r->society, recipient));
}

static const char sql_referral[] =
    "SELECT u.login, t.at, f.recipient, t.kind,"
    " CASE t.kind WHEN 'prepared' THEN f.reason ELSE t.words END"
    " FROM referral_event t"
    " LEFT JOIN referral f ON f.case_uid = t.case_uid AND f.uid = t.referral"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_referral(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "referral";
	e->title = to_whom(r, word_referral(col_text(st, 3)), col_text(st, 2));
	e->text = col_str(st, 4, r->arena);
	timeline_happened(e, col_int(st, 1));
}

static const char sql_act[] =
    "SELECT u.login, t.recipient, t.words, EXISTS (SELECT 1 FROM disclosure d"
    " WHERE d.case_uid = t.case_uid AND d.act = t.uid"
    " AND d.how = '" DISCLOSED_ALREADY "') FROM release_act t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_act(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "act";
	e->title = to_whom(r,
	    col_bool(st, 3) ? _("A supervisor has to look at what was told")
			    : _("A second person was asked"),
	    col_text(st, 1));
	e->text = col_str(st, 2, r->arena);
}

static const char sql_act_event[] =
    "SELECT u.login, f.recipient, t.kind, t.words FROM release_act_event t"
    " LEFT JOIN release_act f ON f.case_uid = t.case_uid AND f.uid = t.act"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_act_event(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "act";
	e->title = to_whom(r, word_act(col_text(st, 2)), col_text(st, 1));
	e->text = col_str(st, 3, r->arena);
}

const struct timeline_part timeline_referral = { sql_referral, fill_referral };
const struct timeline_part timeline_act = { sql_act, fill_act };
const struct timeline_part timeline_act_event = { sql_act_event,
	fill_act_event };

static const char sql_recall[] =
    "SELECT u.login, t.at, t.recipient, t.kind, t.words FROM recall_event t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_recall(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "referral";
	e->title = to_whom(r, word_recall(col_text(st, 3)), col_text(st, 2));
	e->text = col_str(st, 4, r->arena);
	timeline_happened(e, col_int(st, 1));
}

const struct timeline_part timeline_recall = { sql_recall, fill_recall };
