/* SPDX-License-Identifier: ISC */
/*
 * What colleagues asked of each other about a case, as the timeline tells it:
 * also where the answer was not now, or it was taken back.
 */
#include <string.h>

#include "base/i18n.h"
#include "store/case_timeline_inside.h"

static const char sql_request[] =
    "SELECT u.login, t.kind, t.reason, t.words, t.to_branch, t.to_ns,"
    " k.login, c.code FROM request t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " LEFT JOIN colleague k ON k.uid = t.to_user"
    " LEFT JOIN case_file c ON c.uid = t.other"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_request(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	const struct society *s = r->society;
	const char *kind = col_text(st, 1);
	const char *to = col_text(st, 4)[0] != '\0'
			     ? label_of(&s->branches, col_text(st, 4))
			 : col_text(st, 5)[0] != '\0' ? col_text(st, 5)
						      : col_text(st, 6);

	e->kind = "asked";
	e->text = col_str(st, 2, r->arena);
	if (strcmp(kind, "closure") == 0) {
		e->title = timeline_with(r->arena, _("Asked to close"),
		    label_of(&s->reasons_closed, col_text(st, 2)));
		e->text = col_str(st, 3, r->arena);
	} else if (strcmp(kind, "transfer") == 0)
		e->title = timeline_with(r->arena, _("Offered to"), to);
	else
		e->title = timeline_with(
		    r->arena, _("Asked to join with"), col_text(st, 7));
}

static const char sql_answer[] =
    "SELECT u.login, t.answer, t.words, q.kind FROM request_answer t"
    " LEFT JOIN request q ON q.case_uid = t.case_uid AND q.uid = t.request"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_answer(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	bool back = strcmp(col_text(st, 1), "withdrawn") == 0;

	e->kind = "asked";
	e->text = col_str(st, 2, r->arena);
	if (strcmp(col_text(st, 3), "closure") == 0)
		e->title = back ? _("Asking to close was taken back")
				: _("Closing was sent back: not now");
	else
		e->title = back ? _("What was asked was taken back")
				: _("Answered: not now");
}

const struct timeline_part timeline_request = { sql_request, fill_request };
const struct timeline_part timeline_answer = { sql_answer, fill_answer };

/* --- people met together --------------------------------------------------- */

static void
fill_occasion(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	struct fdate on;
	char day[16];
	const char *when;

	col_date(st, 1, &on);
	when = arena_printf(r->arena, "%s, %s",
	    date_show(&on, day, sizeof(day)), col_text(st, 2));
	e->kind = "note";
	e->title = timeline_with(r->arena,
	    col_bool(st, 3) ? _("Taken out of an occasion")
			    : _("Met together with others"),
	    when);
	e->text = col_str(st, 4, r->arena);
}

const struct timeline_part timeline_occasion = {
	"SELECT u.login, g.on_date, g.area, t.leaves IS NOT NULL, t.reason"
	" FROM group_member t JOIN group_event g ON g.uid = t.event"
	" LEFT JOIN colleague u ON u.uid = t.made_by"
	" WHERE t.case_uid = ?1 AND t.uid = ?2",
	fill_occasion
};
