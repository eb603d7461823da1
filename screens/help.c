/* SPDX-License-Identifier: ISC */
/*
 * What can be done on the screen below, from the same table that its keys come
 * from; Enter does it.
 */
#include <stdio.h>

#include "app/door.h"
#include "app/keymap.h"
#include "base/i18n.h"
#include "screens.h"
#include "ui/filter.h"
#include "ui/list.h"

enum column { COL_KEYS, COL_NAME, COL_HELP };
static const struct list_column columns[] = {
	[COL_KEYS] = { .title = N_("Key"), .min = 5, .ideal = 8, .mark = true },
	[COL_NAME] = { .title = N_("Name"),
	    .min = 8,
	    .ideal = 13,
	    .priority = 1 },
	[COL_HELP] = { .title = N_("What it does"),
	    .min = 12,
	    .ideal = 40,
	    .priority = 2,
	    .grow = true },
};

struct row {
	enum action action; /* ACT_NONE: a heading */
	const char *heading;
};
struct state {
	enum action all[ACT_COUNT]; /* here first, then everywhere */
	size_t n_all;
	struct row rows[ACT_COUNT + 2];
	size_t n;
	struct list list;
	struct filter filter;
};

static size_t
count(const void *ctx)
{
	return ((const struct state *)ctx)->n;
}

static void
cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct state *s = ctx;
	const struct action_info *info = action_info(s->rows[i].action);

	out->style = c == COL_KEYS ? EL_KEY : EL_TEXT;
	out->text = "";
	if (info == NULL)
		return;
	if (c == COL_KEYS)
		out->text = info->keys[0] == '\0' ? ":" : info->keys;
	else if (c == COL_NAME)
		out->text = info->name;
	else
		out->text = _(info->help);
}

static const char *
heading(const void *ctx, size_t i)
{
	return ((const struct state *)ctx)->rows[i].heading;
}

static bool
wanted(const struct state *s, enum action a)
{
	const struct action_info *info = action_info(a);
	char text[512];

	snprintf(text, sizeof(text), "%s %s %s %s", info->keys, info->name,
	    _(info->hint), _(info->help));
	return filter_match(&s->filter, text);
}

/* The rows of one part with its heading, where the filter leaves any. */
static void
add_part(struct state *s, bool own, const enum action *list, const char *title)
{
	bool titled = false;

	for (size_t i = 0; i < s->n_all; i++) {
		if (keymap_has(list, s->all[i]) != own || !wanted(s, s->all[i]))
			continue;
		if (!titled)
			s->rows[s->n++] = (struct row){ .heading = title };
		titled = true;
		s->rows[s->n++] = (struct row){ .action = s->all[i] };
	}
}

static void
fill(const struct view *v)
{
	struct state *s = v->state;
	const struct view *below = app_below(v);
	const enum action *list = below == NULL ? NULL : below->screen->actions;

	s->n = 0;
	add_part(s, true, list, _("Here"));
	add_part(s, false, list, _("Everywhere"));
	list_reload(&s->list);
}

static int
open_help(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;
	const struct list_source source = {
		.ctx = s, .count = count, .cell = cell, .heading = heading
	};

	(void)r;
	(void)err;
	s->n_all = app_actions(v, s->all, ACT_COUNT);
	filter_init(&s->filter);
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("Nothing here has these words");
	fill(v);
	return 0;
}

static void
draw_help(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	bool filtering = s->filter.typing || filter_active(&s->filter);
	struct canvas list =
	    canvas_view(c, 0, 0, c->rows - (filtering ? 1 : 0), c->cols);

	list_draw(&s->list, &list);
	if (filtering)
		filter_draw(&s->filter, c, c->rows - 1, (long)s->n, -1);
}

static enum next
run(struct view *v)
{
	struct state *s = v->state;
	size_t row;

	if (!list_current(&s->list, &row) || s->rows[row].action == ACT_NONE)
		return NEXT_STAY;
	app_run_below(v, s->rows[row].action);
	return NEXT_BACK;
}

static void
unfilter(struct view *v)
{
	struct state *s = v->state;

	filter_clear(&s->filter);
	s->filter.typing = false;
	fill(v);
	list_return(&s->list);
}

static enum next
act_help(struct view *v, enum action a, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	switch (a) {
	case ACT_OPEN:
		return run(v);
	case ACT_FILTER:
		list_remember(&s->list);
		filter_start(&s->filter);
		return NEXT_STAY;
	case ACT_BACK:
	case ACT_CANCEL:
		if (!s->filter.typing && !filter_active(&s->filter))
			return NEXT_BACK;
		unfilter(v);
		return NEXT_STAY;
	default:
		return NEXT_PASS;
	}
}

static enum next
key_help(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	if (s->filter.typing) {
		switch (filter_key(&s->filter, k)) {
		case FILTER_CHANGED:
			fill(v);
			return NEXT_STAY;
		case FILTER_GONE:
			unfilter(v);
			return NEXT_STAY;
		case FILTER_STAY:
		case FILTER_KEPT:
			return NEXT_STAY;
		case FILTER_PASS:
			break;
		}
	}
	switch (list_key(&s->list, k, err)) {
	case LIST_OPEN:
		return run(v);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

static bool
typing_help(const struct view *v)
{
	return ((const struct state *)v->state)->filter.typing;
}

static void
close_help(struct view *v)
{
	struct state *s = v->state;

	filter_done(&s->filter);
}

static const enum action actions[] = { ACT_OPEN, ACT_FILTER, ACT_BACK,
	ACT_CANCEL, ACT_NONE };

const struct screen screen_help = {
	.name = "help",
	.title = N_("Help"),
	.needs = PERM_NONE,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_help,
	.draw = draw_help,
	.act = act_help,
	.key = key_help,
	.typing = typing_help,
	.close = close_help,
};
