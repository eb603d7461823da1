/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "parts.h"
#include "plan_rows.h"
#include "plan_words.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"

enum { COL_WHAT, COL_WHO, COL_BY, COL_STATE };

/* "a, b" of what there is to say. */
static const char *
joined(struct arena *arena, const char *const *words, size_t n)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		if (words[i][0] != '\0')
			all = arena_printf(arena, "%s%s%s", all,
			    all[0] != '\0' ? "  " : "", words[i]);
	return all;
}

static const char *
agreed_words(struct arena *arena, const char *agreed)
{
	if (agreed[0] == '\0')
		return _("Not asked yet whether they agree.");
	return arena_printf(arena, _("Agreed: %s."),
	    words_label(plan_agreements, PLAN_AGREEMENTS, agreed));
}

static void
goal_row(const struct view *v, struct plan_rows *r, const struct goal *g)
{
	struct plan_row *row = &r->list[r->n++];
	enum goal_state state = (enum goal_state)goal_state_from_name(g->state);
	char day[24], when[24];
	const char *parts[3];

	row->goal = g;
	row->cells[COL_WHAT] = g->words;
	row->cells[COL_WHO] = "";
	row->cells[COL_BY] =
	    g->target.precision == DATE_UNKNOWN
		? ""
		: arena_str(&r->arena, date_show(&g->target, day, sizeof(day)));
	row->cells[COL_STATE] =
	    words_label(plan_goal_states, PLAN_GOAL_STATES, g->state);
	for (size_t i = 0; i < 4; i++)
		row->styles[i] = goal_open(state) ? EL_VALUE : EL_DIM;
	parts[0] = g->domain[0] == '\0'
		       ? ""
		       : label_of(&app_society(v)->domains, g->domain);
	parts[1] = agreed_words(&r->arena, g->agreed);
	parts[2] = g->progress[0] == '\0'
		       ? ""
		       : arena_printf(&r->arena, "%s: %s",
			     clock_short(g->progress_at, app_now(v), when,
				 sizeof(when)),
			     g->progress);
	row->detail = joined(&r->arena, parts, 3);
}

static void
action_row(const struct view *v, struct plan_rows *r, const struct goal *g,
    const struct plan_action *a)
{
	struct plan_row *row = &r->list[r->n++];
	bool open = strcmp(a->state, "open") == 0;
	enum element style = EL_DIM;
	char day[24] = "";
	const char *parts[3];

	row->goal = g;
	row->action = a;
	row->cells[COL_WHAT] = arena_printf(&r->arena, "  %s", a->what);
	row->cells[COL_WHO] = a->who_words[0] != '\0'
				  ? a->who_words
				  : words_label(plan_whos, PLAN_WHOS, a->who);
	if (open)
		part_due(a->due, app_now(v), day, sizeof(day), &style);
	else if (a->done_at != 0)
		clock_short(a->done_at, app_now(v), day, sizeof(day));
	row->cells[COL_BY] = arena_str(&r->arena, day);
	row->cells[COL_STATE] =
	    words_label(plan_action_states, PLAN_ACTION_STATES, a->state);
	for (size_t i = 0; i < 4; i++)
		row->styles[i] = open ? EL_TEXT : EL_DIM;
	row->styles[COL_BY] = style;
	parts[0] = words_label(plan_whos, PLAN_WHOS, a->who);
	parts[1] = agreed_words(&r->arena, a->agreed);
	parts[2] = a->outcome;
	row->detail = joined(&r->arena, parts, 3);
}

/* "Agreed: yes, 14 Nov, amina. Copy: not safe to keep. Review by 12 Dec." */
static void
whole_plan(const struct view *v, struct plan_rows *r)
{
	const struct plan_review *review = &r->plan.review;
	char when[24], by[24];
	const char *copy;
	enum element style;

	part_due(r->plan.due.review, app_now(v), by, sizeof(by), &style);
	r->style = style == EL_URGENT ? EL_URGENT : EL_WARNING;
	if (r->plan.n_goals == 0) {
		r->style = EL_DIM;
		r->together = _("Nothing is planned yet.");
		return;
	}
	if (review->at == 0) {
		r->together = _("Not gone through together yet: v records it.");
		return;
	}
	copy = strcmp(review->copy_safe, "yes") != 0
		   ? _("no copy is safe to keep")
	       : review->copy_given ? _("they keep a copy")
				    : _("a copy would be safe to keep");
	if (style != EL_URGENT && strcmp(review->agreed, "yes") == 0)
		r->style = EL_OK;
	r->together = arena_printf(&r->arena, _("Agreed: %s, %s, %s; %s%s%s"),
	    words_label(plan_agreements, PLAN_AGREEMENTS, review->agreed),
	    clock_short(review->at, app_now(v), when, sizeof(when)), review->by,
	    copy, by[0] != '\0' ? _("; review: ") : "", by);
}

int
plan_rows_read(struct view *v, struct plan_rows *r, struct err *err)
{
	struct plan_rows fresh = { .n = 0 };
	const struct plan *p = &fresh.plan;

	arena_init(&fresh.arena);
	if (plan_open(app_session(v), v->route.case_uid, &fresh.arena,
		&fresh.plan, err) != 0) {
		arena_done(&fresh.arena);
		return -1;
	}
	fresh.list = arena_alloc(
	    &fresh.arena, p->n_goals + p->n_actions + 1, sizeof(*fresh.list));
	for (size_t g = 0; g < p->n_goals; g++) {
		goal_row(v, &fresh, &p->goals[g]);
		for (size_t i = 0; i < p->n_actions; i++)
			if (uid_eq(&p->actions[i].goal, &p->goals[g].uid))
				action_row(
				    v, &fresh, &p->goals[g], &p->actions[i]);
	}
	whole_plan(v, &fresh);
	arena_done(&r->arena);
	*r = fresh;
	return 0;
}

size_t
plan_rows_count(const void *ctx)
{
	return ((const struct plan_rows *)ctx)->n;
}

void
plan_rows_cell(const void *ctx, size_t row, size_t col, struct list_cell *cell)
{
	const struct plan_row *r = &((const struct plan_rows *)ctx)->list[row];

	cell->text = r->cells[col];
	cell->style = r->styles[col];
}

struct uid
plan_rows_key(const void *ctx, size_t row)
{
	const struct plan_row *r = &((const struct plan_rows *)ctx)->list[row];

	return r->action == NULL ? r->goal->uid : r->action->uid;
}
