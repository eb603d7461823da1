/* SPDX-License-Identifier: ISC */
/* What left this case: when, to whom, which kinds of data, under what. */
#include "referral_words.h"
#include "screens.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/list.h"

#include <string.h>

struct row {
	const char *cell[5];
};
struct state {
	struct disclosed_list all;
	struct row *rows;
	struct list list;
};

static const struct list_column columns[] = {
	{ .title = N_("When"), .min = 6, .ideal = 8 },
	{ .title = N_("To"), .min = 12, .ideal = 30, .mark = true },
	{ .title = N_("What"), .min = 8, .ideal = 20, .grow = true },
	{ .title = N_("Under"), .min = 9, .ideal = 14, .priority = 2 },
	{ .title = N_("By"), .min = 5, .ideal = 8, .priority = 1 },
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
	out->style = c == 3 && !s->all.list[i].consent ? EL_WARNING : EL_TEXT;
}

static const char *
under(const struct disclosed *d)
{
	if (d->consent)
		return d->act[0] == '\0' ? _("consent")
					 : _("consent and second");
	if (d->act[0] != '\0')
		return _("OVERRIDE");
	if (strcmp(d->how, referral_mode_name(REFERRAL_ADVICE)) == 0)
		return _("about nobody");
	/* The person was there and spoke for themselves. */
	return _("with the person");
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;

	if (disclosure_list(
		app_session(v), v->route.case_uid, &v->arena, &s->all, e) == -1)
		return -1;
	s->rows = arena_alloc(&v->arena, s->all.n + 1, sizeof(*s->rows));
	for (size_t i = 0; i < s->all.n; i++) {
		const struct disclosed *d = &s->all.list[i];
		struct row *r = &s->rows[i];
		char day[24];

		r->cell[0] = arena_str(&v->arena,
		    clock_short(d->at, app_now(v), day, sizeof(day)));
		r->cell[1] = referral_to_words(v, d->recipient);
		r->cell[2] = referral_scope_words(v, d->scope);
		r->cell[3] = under(d);
		r->cell[4] = d->by;
	}
	list_reload(&s->list);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;
	struct list_source source = { .ctx = s, .count = count, .cell = cell };

	(void)r;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nothing of this case was told to anybody.");
	return refresh(v, e);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	struct canvas rows = canvas_view(c, 0, 0, c->rows - 1, c->cols);
	size_t at;

	list_draw(&s->list, &rows);
	if (!list_current(&s->list, &at))
		return;
	canvas_printf(c, c->rows - 1, 1, -1, EL_DIM, "%s: %s · %s%s%s",
	    _("For"),
	    label_of(&app_society(v)->purposes, s->all.list[at].purpose),
	    referral_words_label(WORDS_MODE, s->all.list[at].how),
	    s->all.list[at].act[0] == '\0' ? "" : " · ",
	    s->all.list[at].act[0] == '\0'
		? ""
		: referral_words_label(WORDS_ACT_REASON, s->all.list[at].act));
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	(void)v;
	(void)a;
	(void)e;
	return NEXT_PASS;
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	return list_key(&s->list, k, e) == LIST_PASS ? NEXT_PASS : NEXT_STAY;
}

static const enum action actions[] = { ACT_BACK, ACT_NONE };

const struct screen screen_disclosures = {
	.name = "disclosures",
	.title = N_("What left"),
	.needs = PERM_DISCLOSURES,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.refresh = refresh,
};
