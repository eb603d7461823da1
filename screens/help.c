/* SPDX-License-Identifier: ISC */
/*
 * What the field with the cursor asks for, whole; and what can be done on the
 * screen below, from the same table that its keys come from: Enter does it.
 */
#include <stdio.h>

#include "app/door.h"
#include "app/formview.h"
#include "app/keymap.h"
#include "base/i18n.h"
#include "help_rows.h"
#include "screens.h"
#include "ui/filter.h"

struct state {
	enum action all[ACT_COUNT]; /* here first, then everywhere */
	size_t n_all;
	const char *label, *words; /* of the field; in the view's arena */
	const char *how; /* it is answered where it is chosen; or NULL */
	struct help_rows rows;
	size_t kept; /* the cursor before the filter */
	struct filter filter;
};

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
	struct help_rows *r = &s->rows;
	bool titled = false;

	for (size_t i = 0; i < s->n_all; i++) {
		if (keymap_has(list, s->all[i]) != own || !wanted(s, s->all[i]))
			continue;
		if (!titled)
			r->list[r->n++] = (struct help_row){ .heading = title };
		titled = true;
		r->list[r->n++] = (struct help_row){ .action = s->all[i] };
	}
}

/* The words of the field, which the form has room for only in part. */
static void
add_words(struct state *s)
{
	struct help_rows *r = &s->rows;

	bool words = s->words != NULL && filter_match(&s->filter, s->words);
	bool how = s->how != NULL && filter_match(&s->filter, s->how);

	if (words || how)
		r->list[r->n++] = (struct help_row){ .heading = s->label };
	if (words)
		r->list[r->n++] = (struct help_row){ .words = s->words };
	if (how)
		r->list[r->n++] = (struct help_row){ .words = s->how };
}

static void
fill(const struct view *v)
{
	struct state *s = v->state;
	const struct view *below = app_below(v);
	const enum action *list = below == NULL ? NULL : below->screen->actions;

	s->rows.n = 0;
	add_words(s);
	add_part(s, true, list, _("Here"));
	add_part(s, false, list, _("Everywhere"));
	help_rows_first(&s->rows);
}

static void
read_field(struct view *v)
{
	struct state *s = v->state;
	const struct view *below = app_below(v);
	const struct form *f;
	struct buf words;

	if (below == NULL || below->screen->form == NULL)
		return;
	f = formview_form(below->screen->form((struct view *)below));
	buf_init(&words);
	s->label = arena_str(&v->arena, form_help(f, &words));
	if (words.len > 0)
		s->words = arena_str(&v->arena, words.data);
	s->how = form_how(f);
	buf_done(&words);
	/* It is as large as this one will be. */
	s->rows.height = f->rows;
	s->rows.cols = f->cols;
}

static int
open_help(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	(void)err;
	s->n_all = app_actions(v, s->all, ACT_COUNT);
	filter_init(&s->filter);
	read_field(v);
	fill(v);
	return 0;
}

static void
draw_help(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;
	bool filtering = s->filter.typing || filter_active(&s->filter);
	struct canvas rows =
	    canvas_view(c, 0, 0, c->rows - (filtering ? 1 : 0), c->cols);

	help_rows_draw(&s->rows, &rows);
	if (filtering)
		filter_draw(&s->filter, c, c->rows - 1, (long)s->rows.n, -1);
}

static enum next
run(struct view *v)
{
	struct state *s = v->state;
	enum action a = help_rows_action(&s->rows);

	if (a == ACT_NONE)
		return NEXT_STAY;
	app_run_below(v, a);
	return NEXT_BACK;
}

static void
unfilter(struct view *v)
{
	struct state *s = v->state;

	filter_clear(&s->filter);
	s->filter.typing = false;
	fill(v);
	s->rows.cursor = s->kept; /* all rows are back */
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
		s->kept = s->rows.cursor;
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

	(void)err;
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
	if (k->code == K_ENTER)
		return run(v);
	return help_rows_key(&s->rows, k->code) ? NEXT_STAY : NEXT_PASS;
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
