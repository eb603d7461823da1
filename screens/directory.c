/* SPDX-License-Identifier: ISC */
/*
 * The directory: who can help, found by need, language and place, and how old
 * what we know of them is.
 */
#include <string.h>

#include "listing_words.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "ui/filter.h"
#include "ui/list.h"

struct row {
	const struct listing *l;
	const char *cell[5];
	enum element style[5];
	const char *face; /* what a search looks through */
};
struct state {
	struct listings all;
	struct row *rows, **shown;
	size_t n_shown;
	struct list list;
	struct filter filter;
	/* Words that nobody has, a bit each: a town that is not listed. */
	uint64_t elsewhere;
};

static const struct list_column columns[] = {
	{ .title = N_("Organisation"), .min = 14, .ideal = 26, .mark = true },
	{ .title = N_("Offers"),
	    .min = 10,
	    .ideal = 22,
	    .priority = 3,
	    .grow = true },
	{ .title = N_("Where"), .min = 13, .ideal = 14, .priority = 2 },
	{ .title = N_("Checked"), .min = 14, .ideal = 18 },
	{ .title = N_("State"), .min = 9, .ideal = 10, .priority = 1 },
};

static size_t
count(const void *ctx)
{
	return ((const struct state *)ctx)->n_shown;
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct state *s = ctx;

	out->text = s->shown[i]->cell[c];
	out->style = s->shown[i]->style[c];
}

/* --- rows ------------------------------------------------------------------------ */

static void
fill(struct view *v, const struct listing *l, struct row *r)
{
	const struct recipient *org = l->org;

	*r = (struct row){ .l = l };
	for (size_t c = 0; c < 5; c++)
		r->style[c] = EL_TEXT;
	r->cell[0] = org->name;
	r->cell[1] = listing_services(v, org);
	r->cell[2] = listing_where(org);
	r->cell[3] = listing_age(v, l, &r->style[3]);
	r->cell[4] = listing_state(l, &r->style[4]);
	r->face = arena_printf(&v->arena, "%s %s %s %s %s %s %s %s %s",
	    listing_codes(v, org), org->name, r->cell[1],
	    listing_spoken(v, org), org->area, r->cell[2],
	    listing_places(v, org), org->eligible, r->cell[4]);
}

/* Does nobody have that word? */
static bool
nobodys(const struct state *s, size_t word)
{
	for (size_t i = 0; i < s->all.n; i++)
		if (filter_word_in(&s->filter, word, s->rows[i].face))
			return false;
	return true;
}

#define WORDS 64 /* more of them are looked for as they stand */
static uint64_t
word_bit(size_t word)
{
	return word < WORDS ? UINT64_C(1) << word : 0;
}

/* Whoever serves the whole country serves a town that stands nowhere, too: they
 * are found by the other words alone. */
static bool
found(const struct state *s, const struct row *r)
{
	if (s->elsewhere == 0)
		return filter_match(&s->filter, r->face);
	for (size_t i = 0; filter_has_word(&s->filter, i); i++)
		if ((s->elsewhere & word_bit(i)) == 0 &&
		    !filter_word_in(&s->filter, i, r->face))
			return false;
	return recipient_countrywide(r->l->org);
}

static void
narrow(struct state *s)
{
	s->elsewhere = 0;
	for (size_t i = 0; filter_has_word(&s->filter, i); i++)
		s->elsewhere |= nobodys(s, i) ? word_bit(i) : 0;
	s->n_shown = 0;
	for (size_t i = 0; i < s->all.n; i++) {
		if (found(s, &s->rows[i]))
			s->shown[s->n_shown++] = &s->rows[i];
	}
	list_reload(&s->list);
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;

	if (directory_list(app_session(v), &v->arena, &s->all, e) == -1)
		return -1;
	s->rows = arena_alloc(&v->arena, s->all.n + 1, sizeof(*s->rows));
	s->shown = arena_alloc(&v->arena, s->all.n + 1, sizeof(*s->shown));
	for (size_t i = 0; i < s->all.n; i++)
		fill(v, &s->all.list[i], &s->rows[i]);
	narrow(s);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;
	struct list_source source = { .ctx = s, .count = count, .cell = cell };

	(void)r;
	filter_init(&s->filter);
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nobody like that stands in the directory.");
	return refresh(v, e);
}

static void
close(struct view *v)
{
	struct state *s = v->state;

	filter_done(&s->filter);
}

static const struct listing *
current(const struct view *v)
{
	const struct state *s = v->state;
	size_t row;

	return list_current(&s->list, &row) ? s->shown[row]->l : NULL;
}

/* --- drawing ---------------------------------------------------------------------- */

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	int under = c->rows >= 14 ? 2 : 1;
	struct canvas rows = canvas_view(c, 1, 0, c->rows - 1 - under, c->cols);
	const struct listing *l = current(v);

	if (s->filter.typing || filter_active(&s->filter))
		filter_draw(&s->filter, c, 0, (long)s->n_shown, (long)s->all.n);
	else
		canvas_text(c, 0, 1, -1, EL_DIM,
		    _("/ then words: need, language, place"));
	list_draw(&s->list, &rows);
	if (s->elsewhere != 0 && s->n_shown > 0)
		(void)canvas_foot(c, under, EL_WARNING,
		    _("Not listed: whole-country services."));
	else if (l != NULL && l->org->conditions[0] != '\0')
		(void)canvas_foot(c, under, EL_DIM, l->org->conditions);
}

/* --- acting ------------------------------------------------------------------------ */

static enum next
go(struct view *v, const struct screen *screen)
{
	const struct listing *l = current(v);

	if (l == NULL)
		return NEXT_STAY;
	v->go = (struct route){ .screen = screen,
		.arg = (int)(l->org - app_society(v)->recipients) };
	return NEXT_GO;
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	struct state *s = v->state;

	(void)e;
	switch (a) {
	case ACT_OPEN:
		return go(v, &screen_organisation);
	case ACT_LOG_CALL:
		return go(v, &screen_organisation_add);
	case ACT_FILTER:
		list_remember(&s->list);
		filter_start(&s->filter);
		return NEXT_STAY;
	default:
		return NEXT_PASS;
	}
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	if (s->filter.typing) {
		switch (filter_key(&s->filter, k)) {
		case FILTER_CHANGED:
			narrow(s);
			return NEXT_STAY;
		case FILTER_GONE:
			narrow(s);
			list_return(&s->list);
			return NEXT_STAY;
		case FILTER_STAY:
		case FILTER_KEPT:
			return NEXT_STAY;
		case FILTER_PASS:
			break;
		}
	}
	switch (list_key(&s->list, k, e)) {
	case LIST_OPEN:
		return go(v, &screen_organisation);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static bool
typing(const struct view *v)
{
	return ((const struct state *)v->state)->filter.typing;
}

static bool
offers(const struct view *v, enum action a)
{
	return a == ACT_FILTER || current(v) != NULL;
}

static const enum action actions[] = { ACT_OPEN, ACT_LOG_CALL, ACT_FILTER,
	ACT_NUMBERS, ACT_NONE };

const struct screen screen_directory = {
	.name = "directory",
	.title = N_("Directory"),
	.needs = PERM_DIRECTORY,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
	.typing = typing,
	.offers = offers,
	.refresh = refresh,
	.close = close,
};
