/* SPDX-License-Identifier: ISC */
/* The snapshots of a case, newest first; each stays as it was made. */
#include "base/clock.h"
#include "base/i18n.h"
#include "consent_words.h"
#include "parts.h"
#include "screens.h"
#include "store/screening.h"
#include "ui/list.h"

struct state {
	struct screenings all;
	const char *const *days;
	const struct labels *outcomes;
	struct list list;
};

static const struct list_column columns[] = {
	{ .title = N_("When"), .min = 6, .ideal = 12, .mark = true },
	{ .title = N_("Catalogue"), .min = 6, .ideal = 14, .priority = 2 },
	{ .title = N_("How it ended"), .min = 12, .ideal = 28 },
	{ .title = N_("What the person wants"),
	    .min = 10,
	    .ideal = 30,
	    .priority = 1,
	    .grow = true },
};

static size_t
count(const void *ctx)
{
	const struct state *s = ctx;

	return s->all.n;
}

static struct uid
key_of(const void *ctx, size_t i)
{
	const struct state *s = ctx;

	return s->all.list[i].uid;
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct state *s = ctx;
	const struct screening *sc = &s->all.list[i];

	out->style = EL_TEXT;
	switch (c) {
	case 0:
		out->text = s->days[i];
		break;
	case 1:
		out->text = sc->catalogue;
		break;
	case 2:
		out->text = label_of(s->outcomes, sc->outcome);
		break;
	default:
		out->text = sc->wants;
	}
}

static int
read_all(struct view *v, struct err *e)
{
	struct state *s = v->state;
	const char **days;
	char day[24];

	if (screening_list(
		app_session(v), v->route.case_uid, &v->arena, &s->all, e) == -1)
		return -1;
	days = arena_alloc(&v->arena, s->all.n + 1, sizeof(*days));
	for (size_t i = 0; i < s->all.n; i++)
		days[i] =
		    arena_str(&v->arena, clock_short(s->all.list[i].at,
					     app_now(v), day, sizeof(day)));
	s->days = days;
	s->outcomes = &app_society(v)->outcomes;
	return 0;
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;

	if (read_all(v, e) == -1)
		return -1;
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
	if (read_all(v, e) == -1)
		return -1;
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("No snapshot yet. a makes one; help does not "
			   "depend on it.");
	return 0;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	int foot = canvas_foot(c, c->rows / 2, EL_DIM, app_society(v)->absence);
	struct canvas rows = canvas_view(c, 0, 0, c->rows - foot, c->cols);

	list_draw(&s->list, &rows);
}

/* The gate stayed closed: there are no answers, this is all of it. */
static void
show_closed(struct view *v, const struct screening *sc)
{
	char when[24];

	app_ask(
	    v, &(struct ask){ .kind = ASK_TEXT,
		   .title = label_of(&app_society(v)->outcomes, sc->outcome),
		   .text = arena_printf(&v->arena,
		       "%s, %s\n%s %s\n%s: %s\n%s %s\n\n%s",
		       clock_full(sc->at, when, sizeof(when)), sc->by,
		       _("Seen alone?"),
		       consent_words_label(WORDS_ALONE, sc->seen_alone),
		       _("Interpreter"),
		       consent_words_label(WORDS_INTERPRETER, sc->interpreter),
		       _("What does the person want?"), sc->wants,
		       _("No catalogue was opened. a tries again when it is "
			 "safe and there is time.")) });
}

static enum next
open_current(struct view *v)
{
	struct state *s = v->state;
	size_t row;

	if (!list_current(&s->list, &row))
		return NEXT_STAY;
	if (s->all.list[row].catalogue[0] == '\0') {
		show_closed(v, &s->all.list[row]);
		return NEXT_STAY;
	}
	return part_go_to(v, &screen_screening, &s->all.list[row].uid);
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	(void)e;
	switch (a) {
	case ACT_ADD:
		return part_go_to(v, &screen_screening_gate, NULL);
	case ACT_OPEN:
		return open_current(v);
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
		return open_current(v);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static const enum action actions[] = { ACT_ADD, ACT_OPEN, ACT_FOLLOW_UP,
	ACT_CONSENT, ACT_NONE };

const struct screen screen_screening_list = {
	.name = "screening_list",
	.title = N_("Indicators"),
	.needs = PERM_SCREEN,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.refresh = refresh,
};
