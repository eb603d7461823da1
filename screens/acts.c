/* SPDX-License-Identifier: ISC */
/*
 * Second persons: what was asked of them, what they decided, and overrides
 * that have to be looked at again within a day.
 */
#include "act_words.h"
#include "parts.h"
#include "referral_words.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/act.h"
#include "ui/list.h"

#include <string.h>

struct row {
	const char *cell[4];
	enum element style;
};
struct state {
	struct acts all;
	struct row *rows;
	struct list list;
};
enum { ASK_AGREE = 1, ASK_DECLINE, ASK_REVIEW, ASK_READ };

static const struct list_column columns[] = {
	{ .title = N_("To"), .min = 12, .ideal = 22, .mark = true },
	{ .title = N_("Reason"), .min = 10, .ideal = 24, .grow = true },
	{ .title = N_("Asked by"), .min = 6, .ideal = 9, .priority = 1 },
	{ .title = N_("State"), .min = 9, .ideal = 16 },
};

static size_t
count(const void *ctx)
{
	return ((const struct state *)ctx)->all.n;
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct state *s = ctx;

	out->text = s->rows[i].cell[c];
	out->style = c == 3 ? s->rows[i].style : EL_TEXT;
}

static struct uid
key_of(const void *ctx, size_t i)
{
	return ((const struct state *)ctx)->all.list[i].uid;
}

static const char *
stands(const struct act *a, int64_t now, enum element *style)
{
	*style = EL_WARNING;
	if (a->already && a->review_due != 0)
		return _("REVIEW: told");
	if (a->already) {
		*style = EL_TEXT;
		return _("told, reviewed");
	}
	if (a->decision[0] == '\0')
		return _("WAITS");
	if (strcmp(a->decision, "declined") == 0)
		return _("declined");
	if (a->review_due != 0 &&
	    (a->used_at != 0 || now >= a->decided_at + ACT_HOURS * CLOCK_HOUR))
		return a->used_at != 0 ? _("REVIEW") : _("REVIEW, unused");
	*style = EL_TEXT;
	if (a->used_at != 0)
		return a->reviewed_at != 0 ? _("used, reviewed") : _("used");
	*style = EL_OK;
	return _("agreed");
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;

	if (act_list(
		app_session(v), v->route.case_uid, &v->arena, &s->all, e) == -1)
		return -1;
	s->rows = arena_alloc(&v->arena, s->all.n + 1, sizeof(*s->rows));
	for (size_t i = 0; i < s->all.n; i++) {
		const struct act *a = &s->all.list[i];
		struct row *r = &s->rows[i];

		r->cell[0] = referral_to_words(v, a->recipient);
		r->cell[1] = act_reason_words(a);
		r->cell[2] = a->by;
		r->cell[3] = stands(a, app_now(v), &r->style);
	}
	list_reload(&s->list);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;
	struct list_source source = {
		.ctx = s, .count = count, .cell = cell, .key = key_of
	};

	(void)r;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nobody was asked. No role can send past the "
			   "person; a second person can agree to one act.");
	return refresh(v, e);
}

static const struct act *
current(const struct view *v)
{
	const struct state *s = v->state;
	size_t row;

	return list_current(&s->list, &row) ? &s->all.list[row] : NULL;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	int below = c->rows > 14 ? 9 : 3;
	struct canvas rows = canvas_view(c, 0, 0, c->rows - below, c->cols);
	struct canvas d = canvas_view(c, c->rows - below, 0, below, c->cols);
	const struct act *a = current(v);
	int at = 1;

	list_draw(&s->list, &rows);
	if (a == NULL)
		return;
	canvas_printf(&d, 0, 1, -1, EL_VALUE, "%s", act_person_words(a));
	at += canvas_wrap(
	    &d, at, 1, d.cols - 2, below > 3 ? 3 : 2, EL_TEXT, a->words);
	if (a->legal_ref[0] != '\0')
		canvas_printf(&d, at++, 1, -1, EL_TEXT, "%s: %s",
		    _("Law, order or policy"), a->legal_ref);
	if (a->told[0] != '\0')
		canvas_printf(&d, at++, 1, -1, EL_TEXT, "%s %s",
		    act_told_words(a), a->told_why);
	if (a->decided_by[0] != '\0')
		canvas_printf(&d, at++, 1, -1, EL_TEXT, "%s: %s %s",
		    strcmp(a->decision, "agreed") == 0 ? _("Agreed")
						       : _("Declined"),
		    a->decided_by, a->decided_words);
	if (a->reviewed_by[0] != '\0')
		canvas_printf(&d, at, 1, -1, EL_TEXT, "%s: %s %s",
		    _("Looked at again"), a->reviewed_by, a->review);
}

/* --- acting --------------------------------------------------------------------- */

static void
ask(struct view *v, int id, enum ask_kind kind, const char *title)
{
	const struct act *a = current(v);

	if (a == NULL)
		return;
	app_ask(v, &(struct ask){ .kind = kind,
		       .id = id,
		       .title = arena_printf(
			   &v->arena, "%s: %s", v->route.code, title),
		       .text = act_about(v, a),
		       .initial = "",
		       .required = true,
		       .keeps = kind == ASK_LINE,
		       .about = a->uid });
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	(void)e;
	switch (a) {
	case ACT_OPEN:
		ask(v, ASK_READ, ASK_TEXT, _("second person"));
		return NEXT_STAY;
	case ACT_ADD:
		return part_go_to(v, &screen_act_add, NULL);
	case ACT_AGREE:
		ask(v, ASK_AGREE, ASK_CONFIRM, _("agree to one sending"));
		return NEXT_STAY;
	case ACT_DECLINE:
		ask(v, ASK_DECLINE, ASK_LINE, _("decline; say why"));
		return NEXT_STAY;
	case ACT_REVIEW:
		ask(v, ASK_REVIEW, ASK_LINE, _("was it right? what follows?"));
		return NEXT_STAY;
	default:
		return part_go_on(v, a);
	}
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	const struct act *a = current(v);
	struct session *s = app_session(v);
	int rc;

	if (a == NULL || value[0] == '\0' || id == ASK_READ)
		return NEXT_STAY;
	if (id == ASK_REVIEW)
		rc = act_review(
		    s, v->route.case_uid, a->uid, app_answer_uid(v), value, e);
	else
		rc = act_decide(s, v->route.case_uid, a->uid, app_answer_uid(v),
		    id == ASK_AGREE, id == ASK_AGREE ? "" : value, e);
	if (rc == 0)
		(void)refresh(v, e);
	return NEXT_STAY;
}

static bool
offers(const struct view *v, enum action action)
{
	const struct act *a = current(v);

	switch (action) {
	case ACT_OPEN:
		return a != NULL;
	case ACT_AGREE:
	case ACT_DECLINE:
		return a != NULL && !a->mine && !a->already &&
		       a->decision[0] == '\0';
	case ACT_REVIEW:
		return a != NULL && a->reviewable;
	case ACT_ADD:
		return session_may(app_session(v), PERM_REFER);
	default:
		return true;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	switch (list_key(&s->list, k, e)) {
	case LIST_OPEN:
		return act(v, ACT_OPEN, e);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static const enum action actions[] = { ACT_OPEN, ACT_ADD, ACT_AGREE,
	ACT_DECLINE, ACT_REVIEW, ACT_REFERRALS, ACT_NONE };

const struct screen screen_acts = {
	.name = "acts",
	.title = N_("Second person"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.answer = answer,
};
