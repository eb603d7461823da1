/* SPDX-License-Identifier: ISC */
/* Events of the timeline: children, the referral mechanism, duties to tell. */
#include <string.h>

#include "base/clock.h"
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
	static const char *const labels[] = { N_("The child's own view"),
		N_("Who carries it out") };
	int64_t first, last, written = clock_day_of(e->at);
	struct fdate on;

	e->kind = "child";
	e->title = timeline_with(r->arena,
	    strcmp(col_text(st, 1), "bid") == 0 ? _("Best interests determined")
						: _("Best interests assessed"),
	    col_text(st, 2));
	e->text = col_str(st, 3, r->arena);
	for (size_t i = 0; i < 2; i++)
		if (said(col_text(st, 4 + (int)i)))
			e->text = arena_printf(r->arena, "%s%s%s: %s", e->text,
			    said(e->text) ? "\n" : "", _(labels[i]),
			    col_text(st, 4 + (int)i));
	if (date_from_iso(col_text(st, 6), &on) == 0 &&
	    date_range(&on, &first, &last) == 0 &&
	    (last < written || first > written))
		e->on = on;
}
const struct timeline_part timeline_best_interests = {
	"SELECT u.login, t.kind, t.decision, t.reason, t.child_view, t.agency,"
	" t.decided_on FROM best_interests t LEFT JOIN colleague u ON u.uid = "
	"t.made_by"
	" WHERE t.case_uid = ?1 AND t.uid = ?2",
	fill_best_interests,
};

static const char *
mechanism_words(const char *kind, const char *code)
{
	static const struct {
		const char *kind, *code, *words; /* N_() */
	} all[] = {
		{ "informed", "", N_("explained what it is") },
		{ "consequences", "", N_("explained what follows") },
		{ "decision", "undecided", N_("the person wants time") },
		{ "decision", "wants", N_("the person wants it") },
		{ "decision", "declines", N_("not now, said the person") },
		{ "decision", "withdrawn", N_("the person took it back") },
		{ "advice", "", N_("legal advice") },
		{ "referred", "we", N_("referred by us") },
		{ "referred", "other", N_("referred by somebody else") },
		{ "reflection", "", N_("reflection period began") },
		{ "extended", "", N_("reflection period extended") },
		{ "ended", "", N_("reflection period is over") },
		{ "permit", "", N_("residence permit") },
		{ "appeal", "", N_("a date to appeal by") },
		{ "appealed", "", N_("appealed, or decided not to") },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (strcmp(all[i].kind, kind) == 0 &&
		    (all[i].code[0] == '\0' || strcmp(all[i].code, code) == 0))
			return _(all[i].words);
	}
	return code;
}

static void
fill_mechanism(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	const struct mechanism *m =
	    society_mechanism(r->society, col_text(st, 1));
	const char *words = mechanism_words(col_text(st, 2), col_text(st, 3));

	if (m != NULL && strcmp(col_text(st, 2), "stage") == 0) {
		const struct labels stages = { m->stages, m->n_stages };

		words = label_of(&stages, col_text(st, 3));
	}
	e->kind = "mechanism";
	e->title = timeline_with(
	    r->arena, m != NULL ? m->label : _("Mechanism"), words);
	e->text = col_str(st, 4, r->arena);
}
const struct timeline_part timeline_mechanism = {
	"SELECT u.login, t.mechanism, t.kind, t.code, t.words"
	" FROM mechanism_event t LEFT JOIN colleague u ON u.uid = t.made_by"
	" WHERE t.case_uid = ?1 AND t.uid = ?2",
	fill_mechanism,
};

static void
fill_duty(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	const struct duty *d = society_duty(r->society, col_text(st, 1));
	const char *code = col_text(st, 2);

	e->kind = "duty";
	e->title = timeline_with(r->arena,
	    code[0] == '\0'		    ? _("A duty to tell")
	    : strcmp(code, "told") == 0	    ? _("Told as law asks")
	    : strcmp(code, "not_told") == 0 ? _("Not told")
					    : _("No duty after all"),
	    d != NULL ? d->trigger : col_text(st, 1));
	e->text = col_str(st, 3, r->arena);
	timeline_happened(e, col_int(st, 4));
}
const struct timeline_part timeline_duty = {
	"SELECT u.login, t.duty, t.code, t.words, t.at FROM duty_event t"
	" LEFT JOIN colleague u ON u.uid = t.made_by"
	" WHERE t.case_uid = ?1 AND t.uid = ?2",
	fill_duty,
};
