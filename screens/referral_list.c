/* SPDX-License-Identifier: ISC */
/* The referrals of a case: where each stands, and who has to ask whom. */
#include <string.h>

#include "parts.h"
#include "referral_words.h"
#include "screens.h"

#include "base/i18n.h"
#include "ui/list.h"

struct row {
	const char *cell[5], *asked;
	enum element style[5];
};
struct state {
	struct referrals all;
	struct row *rows;
	struct list list;
	bool adding; /* one is being prepared above */
	struct uid newest; /* there was before */
};

static const struct list_column columns[] = {
	{ .title = N_("To"),
	    .min = 12,
	    .ideal = 24,
	    .mark = true,
	    .grow = true },
	{ .title = N_("For"), .min = 8, .ideal = 16, .priority = 1 },
	{ .title = N_("How"), .min = 8, .ideal = 14, .priority = 2 },
	{ .title = N_("State"), .min = 9, .ideal = 12 },
	{ .title = N_("Due"), .min = 10, .ideal = 10, .priority = 3 },
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
	out->style = s->rows[i].style[c];
}

static struct uid
key_of(const void *ctx, size_t i)
{
	return ((const struct state *)ctx)->all.list[i].uid;
}

static void
fill(struct view *v, const struct referral *r, struct row *row)
{
	char due[24] = "";

	for (size_t i = 0; i < 5; i++)
		row->style[i] = EL_TEXT;
	row->cell[0] = referral_to_words(v, r->recipient);
	row->cell[1] = label_of(&app_society(v)->purposes, r->purpose);
	row->cell[2] = referral_words_label(WORDS_MODE, r->mode);
	row->cell[3] = referral_state_words(r, &row->style[3]);
	part_due(r->wait.due, app_now(v), due, sizeof(due), &row->style[4]);
	row->cell[4] = arena_str(&v->arena, due);
	row->asked = referral_asked_words(v, r);
}

/* The one that was made last. */
static struct uid
newest(const struct state *s)
{
	struct uid uid = { { 0 } };

	for (size_t i = 0; i < s->all.n; i++)
		if (memcmp(&s->all.list[i].uid, &uid, sizeof(uid)) > 0)
			uid = s->all.list[i].uid;
	return uid;
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;
	struct uid last;

	if (referral_list(
		app_session(v), v->route.case_uid, &v->arena, &s->all, e) == -1)
		return -1;
	s->rows = arena_alloc(&v->arena, s->all.n + 1, sizeof(*s->rows));
	for (size_t i = 0; i < s->all.n; i++)
		fill(v, &s->all.list[i], &s->rows[i]);
	list_reload(&s->list);
	/* Whoever prepared one comes back to it. */
	last = newest(s);
	if (s->adding && !uid_eq(&last, &s->newest)) {
		(void)list_select(&s->list, &last);
		s->adding = false;
	}
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
	s->list.empty = N_("No referral yet. a prepares one; information "
			   "alone needs no consent.");
	return refresh(v, e);
}

static const struct referral *
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
	/* Why it is refused now, and what could be done instead, in full. */
	int under = c->rows >= 14 ? 4 : 3;
	struct canvas rows = canvas_view(c, 0, 0, c->rows - under, c->cols);
	struct canvas why =
	    canvas_view(c, c->rows - under, 0, under - 1, c->cols);
	const struct referral *r;
	size_t row;

	list_draw(&s->list, &rows);
	if (!list_current(&s->list, &row))
		return;
	r = &s->all.list[row];
	if (r->blocked != EGRESS_ALLOWED)
		(void)canvas_foot(&why, why.rows, EL_WARNING, r->blocked_words);
	else if (r->wait.ask != REFERRAL_ASK_NOTHING)
		canvas_printf(&why, why.rows - 1, 1, -1, EL_TEXT, "%s %s%s%s",
		    _("Next:"), referral_ask_words(r->wait.ask),
		    r->chases > 0 ? "; " : "", s->rows[row].asked);
	canvas_text(c, c->rows - 1, 1, -1, EL_DIM, r->reason);
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	const struct referral *r = current(v);
	struct state *s = v->state;

	(void)e;
	switch (a) {
	case ACT_ADD:
		s->newest = newest(s);
		s->adding = true;
		return part_go_to(v, &screen_referral, NULL);
	case ACT_OPEN:
		return r == NULL
			   ? NEXT_STAY
			   : part_go_to(v, &screen_referral_state, &r->uid);
	default:
		return part_go_on(v, a);
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

static bool
offers(const struct view *v, enum action a)
{
	if (a == ACT_ADD)
		return session_may(app_session(v), PERM_REFER);
	return a != ACT_OPEN || current(v) != NULL;
}

static const enum action actions[] = { ACT_OPEN, ACT_ADD, ACT_CONSENT, ACT_ACTS,
	ACT_DISCLOSURES, ACT_NONE };

const struct screen screen_referral_list = {
	.name = "referral_list",
	.title = N_("Referrals"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
};
