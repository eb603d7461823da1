/* SPDX-License-Identifier: ISC */
/* Events of the timeline: what is recorded about children. */
#include <string.h>

#include "base/i18n.h"
#include "store/case_timeline_inside.h"

static const char *
child_words(const char *may_be_child)
{
	if (strcmp(may_be_child, "no") == 0)
		return _("is of age");
	return strcmp(may_be_child, "yes") == 0 ? _("is a child")
						: _("may be a child");
}

static void
fill_child(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "child";
	e->title = timeline_with(r->arena, _("Age and guardian"),
	    col_bool(st, 3) ? _("came of age, consents gone through")
			    : child_words(col_text(st, 1)));
	e->text = col_str(st, 2, r->arena);
}
const struct timeline_part timeline_child = {
	"SELECT u.login, t.may_be_child, t.child_words, t.of_age_reviewed"
	" FROM child_record t LEFT JOIN colleague u ON u.uid = t.made_by"
	" WHERE t.case_uid = ?1 AND t.uid = ?2",
	fill_child,
};

static void
fill_best_interests(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "child";
	e->title = timeline_with(r->arena,
	    strcmp(col_text(st, 1), "bid") == 0 ? _("Best interests determined")
						: _("Best interests assessed"),
	    col_text(st, 2));
	e->text = arena_printf(r->arena, "%s\n%s: %s", col_text(st, 3),
	    _("The child's own view"), col_text(st, 4));
}
const struct timeline_part timeline_best_interests = {
	"SELECT u.login, t.kind, t.decision, t.reason, t.child_view"
	" FROM best_interests t LEFT JOIN colleague u ON u.uid = t.made_by"
	" WHERE t.case_uid = ?1 AND t.uid = ?2",
	fill_best_interests,
};
