/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "reading.h"

#include "base/i18n.h"

enum { ASK_ACCOUNT = 1, ASK_READ };

/* --- rows ----------------------------------------------------------------- */

static size_t
row_count(const void *ctx)
{
	return ((const struct reading *)ctx)->n_shown;
}

static void
row_cell(const void *ctx, size_t i, size_t column, struct list_cell *cell)
{
	const struct reading *r = ctx;

	cell->text = r->rows[r->shown[i]].cells[column];
	cell->style = column == 0 ? EL_DIM : EL_TEXT;
}

static bool
matches(const struct reading *r, const struct reading_row *row)
{
	struct buf line;
	bool yes;

	if (!filter_active(&r->filter))
		return true;
	buf_init(&line);
	for (size_t i = 0; i < READING_COLUMNS; i++) {
		if (row->cells[i] == NULL)
			continue;
		buf_add_str(&line, row->cells[i]);
		buf_add_char(&line, ' ');
	}
	yes = filter_match(&r->filter, line.data);
	buf_done(&line);
	return yes;
}

static void
narrow(struct reading *r)
{
	r->n_shown = 0;
	r->list.empty = filter_active(&r->filter)
			    ? N_("Nothing here matches; Esc shows all.")
			    : r->empty;
	for (size_t i = 0; i < r->n; i++)
		if (matches(r, &r->rows[i]))
			r->shown[r->n_shown++] = i;
	list_reload(&r->list);
}

static int
row_load(void *ctx, enum list_way way, struct err *err)
{
	struct reading *r = ctx;

	if (r->more == NULL || way == LIST_BEFORE || way == LIST_FIRST)
		return 0;
	return r->more(r->v, err);
}

void
reading_init(struct view *v, const struct list_column *columns, size_t n,
    const char *empty)
{
	struct reading *r = v->state;
	const struct list_source source = {
		.ctx = r, .count = row_count, .cell = row_cell, .load = row_load
	};

	r->v = v;
	arena_init(&r->arena);
	filter_init(&r->filter);
	list_init(&r->list, columns, n, &source);
	r->list.empty = r->empty = empty;
}

void
reading_reset(struct view *v)
{
	struct reading *r = v->state;

	arena_reset(&r->arena);
	r->rows = NULL;
	r->shown = NULL;
	r->n = r->cap = r->n_shown = 0;
}

void
reading_add(struct view *v, const struct reading_row *row)
{
	struct reading *r = v->state;

	if (r->n == r->cap) {
		size_t cap = r->cap == 0 ? 64 : 2 * r->cap;
		struct reading_row *rows =
		    arena_alloc(&r->arena, cap, sizeof(*rows));
		size_t *shown = arena_alloc(&r->arena, cap, sizeof(*shown));

		for (size_t i = 0; i < r->n; i++)
			rows[i] = r->rows[i];
		for (size_t i = 0; i < r->n_shown; i++)
			shown[i] = r->shown[i];
		r->rows = rows;
		r->shown = shown;
		r->cap = cap;
	}
	r->rows[r->n] = *row;
	if (matches(r, row))
		r->shown[r->n_shown++] = r->n;
	r->n++;
}

/* --- one row in full ------------------------------------------------------ */

static const struct reading_row *
current(const struct reading *r)
{
	size_t at;

	return list_current(&r->list, &at) ? &r->rows[r->shown[at]] : NULL;
}

const struct reading_row *
reading_current(const struct view *v)
{
	return current(v->state);
}

static void
show(struct view *v, const struct reading_row *row)
{
	const struct ask ask = { .kind = ASK_TEXT,
		.id = ASK_READ,
		.title = row->title,
		.text = row->full };

	app_ask(v, &ask);
}

/* An account is hard to read, too: nobody meets one without choosing to. */
static enum next
open_row(struct view *v)
{
	const struct reading_row *row = current(v->state);
	const struct ask warn = { .kind = ASK_CONFIRM,
		.id = ASK_ACCOUNT,
		.title = N_("This note holds an account"),
		.text = N_("Somebody's account of what happened to them. "
			   "Read it now?") };

	if (row == NULL)
		return NEXT_STAY;
	if (row->full == NULL || row->full[0] == '\0')
		app_say(v, _("There is nothing more to read in this line."));
	else if (row->account)
		app_ask(v, &warn);
	else
		show(v, row);
	return NEXT_STAY;
}

enum next
reading_answer(struct view *v, int id, const char *value, struct err *err)
{
	const struct reading_row *row = current(v->state);

	(void)err;
	if (id == ASK_ACCOUNT && value[0] != '\0' && row != NULL)
		show(v, row);
	return NEXT_STAY;
}

/* --- keys ----------------------------------------------------------------- */

static void
widen(struct reading *r)
{
	filter_clear(&r->filter);
	r->filter.typing = false;
	narrow(r);
	list_return(&r->list);
}

enum next
reading_act(struct view *v, enum action action, struct err *err)
{
	struct reading *r = v->state;
	bool narrowed = filter_active(&r->filter) || r->filter.typing;

	(void)err;
	switch (action) {
	case ACT_OPEN:
		return open_row(v);
	case ACT_FILTER:
		if (!narrowed)
			list_remember(&r->list);
		filter_start(&r->filter);
		return NEXT_STAY;
	case ACT_BACK:
	case ACT_CANCEL:
		if (!narrowed)
			return NEXT_PASS;
		widen(r);
		return NEXT_STAY;
	default:
		return NEXT_PASS;
	}
}

enum next
reading_key(struct view *v, const struct key *key, struct err *err)
{
	struct reading *r = v->state;

	if (r->filter.typing) {
		switch (filter_key(&r->filter, key)) {
		case FILTER_CHANGED:
			narrow(r);
			return NEXT_STAY;
		case FILTER_GONE:
			widen(r);
			return NEXT_STAY;
		case FILTER_STAY:
		case FILTER_KEPT:
			return NEXT_STAY;
		case FILTER_PASS:
			break;
		}
	}
	switch (list_key(&r->list, key, err)) {
	case LIST_OPEN:
		return open_row(v);
	case LIST_STAY:
		return NEXT_STAY;
	case LIST_PASS:
		break;
	}
	return NEXT_PASS;
}

bool
reading_typing(const struct view *v)
{
	return ((const struct reading *)v->state)->filter.typing;
}

void
reading_draw(const struct view *v, struct canvas *c)
{
	struct reading *r = v->state;
	struct canvas rest = *c;
	bool narrowed = filter_active(&r->filter) || r->filter.typing;

	if (narrowed)
		rest = canvas_view(c, 1, 0, c->rows - 1, c->cols);
	list_draw(&r->list, &rest);
	if (narrowed)
		filter_draw(&r->filter, c, 0, (long)r->n_shown, (long)r->n);
}

void
reading_close(struct view *v)
{
	struct reading *r = v->state;

	if (r->v == NULL)
		return; /* it did not open */
	filter_done(&r->filter);
	arena_done(&r->arena);
}

const enum action reading_actions[] = { ACT_OPEN, ACT_FILTER, ACT_BACK,
	ACT_CANCEL, ACT_NONE };
