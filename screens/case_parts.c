/* SPDX-License-Identifier: ISC */
/*
 * Every part of a case with its letter, for who does not know them yet: the
 * letter, or Enter on its line, goes there.  What cannot be done now is not
 * listed.
 */
#include "app/door.h"
#include "app/keymap.h"
#include "app/router.h"
#include "base/i18n.h"
#include "screens.h"
#include "ui/list.h"

static const enum action actions[] = { ACT_OPEN,
#define WAY(action, screen, arg) ACT_##action,
#include "case_ways.def"
#undef WAY
	ACT_NONE };
#define HELP_ROWS 2
#define PARTS_MAX (sizeof(actions) / sizeof(actions[0]))

enum column { COL_KEY, COL_NAME, COL_HELP };
static const struct list_column columns[] = {
	[COL_KEY] = { .title = N_("Key"), .min = 3, .ideal = 4, .mark = true },
	[COL_NAME] = { .title = N_("Part"), .min = 12, .ideal = 14 },
	[COL_HELP] = { .title = N_("What it is for"),
	    .min = 16,
	    .ideal = 40,
	    .priority = 1,
	    .grow = true },
};

struct state {
	enum action rows[PARTS_MAX];
	size_t n;
	char key[16];
	struct list list;
};

static size_t
count(const void *ctx)
{
	return ((const struct state *)ctx)->n;
}

static void
cell(const void *ctx, size_t i, size_t column, struct list_cell *out)
{
	/* The name of a key is made where the list looks for it. */
	struct state *s = (struct state *)(uintptr_t)ctx;
	const struct action_info *info = action_info(s->rows[i]);

	out->style = column == COL_KEY ? EL_KEY : EL_TEXT;
	if (column == COL_KEY)
		out->text =
		    keymap_show(s->rows[i], false, s->key, sizeof(s->key));
	else
		out->text = column == COL_NAME ? _(info->hint) : _(info->help);
}

static int
open_parts(struct view *v, const struct route *r, struct err *err)
{
	const struct list_source source = {
		.ctx = v->state, .count = count, .cell = cell
	};
	const struct view *below = app_below(v);
	struct state *s = v->state;

	(void)r;
	(void)err;
	for (size_t i = 1; below != NULL && actions[i] != ACT_NONE; i++)
		if (app_offers(below, actions[i]))
			s->rows[s->n++] = actions[i];
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nothing of this case is open to your role.");
	return 0;
}

static enum next
go(struct view *v, enum action action)
{
	app_run_below(v, action);
	return NEXT_BACK;
}

static bool
offers(const struct view *v, enum action action)
{
	const struct view *below = app_below(v);

	return action == ACT_OPEN ||
	       (below != NULL && app_offers(below, action));
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	const struct state *s = v->state;
	size_t row;

	(void)err;
	if (action != ACT_OPEN)
		return go(v, action);
	return list_current(&s->list, &row) ? go(v, s->rows[row]) : NEXT_STAY;
}

static const char *
why_not(const struct view *v, enum action action)
{
	const struct view *below = app_below(v);

	return below == NULL || below->screen->why_not == NULL
		   ? NULL
		   : below->screen->why_not(below, action);
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	return list_key(&s->list, k, err) == LIST_PASS ? NEXT_PASS : NEXT_STAY;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	/* The whole sentence of the line, which the list may cut. */
	int help = c->rows >= HELP_ROWS + 3 ? HELP_ROWS : 0;
	struct canvas above = canvas_view(c, 0, 0, c->rows - help, c->cols);
	size_t row;

	list_draw(&s->list, &above);
	if (help > 0 && list_current(&s->list, &row))
		(void)canvas_wrap(c, c->rows - help, 2, -1, help, EL_DIM,
		    _(action_info(s->rows[row])->help));
}

const struct screen screen_case_parts = {
	.name = "case-parts",
	.title = N_("All parts"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_parts,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.why_not = why_not,
};
