/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "agenda_rows.h"
#include "parts.h"
#include "screens.h"
#include "words.h"

#include "base/i18n.h"

enum column { COL_WHEN, COL_CODE, COL_WHAT, COL_RISK };
static const struct list_column columns[] = {
	[COL_WHEN] = { N_("Due"), 10, 11, 0, LIST_LEFT, false, false },
	[COL_CODE] = { N_("Code"), 9, 9, 0, LIST_LEFT, false, true },
	[COL_WHAT] = { N_("What"), 12, 30, 9, LIST_LEFT, true, false },
	[COL_RISK] = { N_("Risk"), 7, 10, 3, LIST_LEFT, false, false },
};

static size_t
row_count(const void *ctx)
{
	return ((const struct agenda_rows *)ctx)->n_shown;
}

static const struct agenda_line *
line_of(const struct agenda_rows *r, size_t row)
{
	return &r->lines[r->shown[row]];
}

static struct uid
row_key(const void *ctx, size_t i)
{
	return line_of(ctx, i)->key;
}

static const char *
row_heading(const void *ctx, size_t i)
{
	const struct agenda_line *l = line_of(ctx, i);

	return l->is == LINE_HEADING ? l->what : NULL;
}

static void
row_cell(const void *ctx, size_t i, size_t column, struct list_cell *cell)
{
	/* The words of a level are made where the list looks for them. */
	struct agenda_rows *r = (struct agenda_rows *)(uintptr_t)ctx;
	const struct agenda_line *l = line_of(r, i);
	const struct society *society = app_society(r->v);

	cell->style = EL_TEXT;
	switch ((enum column)column) {
	case COL_WHEN:
		cell->text = l->when;
		cell->style = l->style;
		break;
	case COL_CODE:
		cell->text = l->code;
		cell->style = EL_CODE;
		break;
	case COL_WHAT:
		cell->text = l->what;
		break;
	case COL_RISK:
		cell->text = "";
		if (l->risk < -1)
			break;
		cell->text = part_risk(
		    society, l->risk, r->risk_cells, r->cell, sizeof(r->cell));
		cell->style = part_risk_style(society, l->risk);
		break;
	}
}

void
agenda_rows_init(struct view *v, const char *empty,
    int (*load)(void *, enum list_way, struct err *))
{
	struct agenda_rows *r = v->state;
	const struct list_source source = { .ctx = r,
		.count = row_count,
		.cell = row_cell,
		.key = row_key,
		.load = load,
		.heading = row_heading };

	r->v = v;
	arena_init(&r->arena);
	filter_init(&r->filter);
	list_init(
	    &r->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	r->list.empty = r->empty = empty;
}

void
agenda_rows_close(struct view *v)
{
	struct agenda_rows *r = v->state;

	if (r->v == NULL)
		return; /* it did not open */
	filter_done(&r->filter);
	arena_done(&r->arena);
}

void
agenda_rows_reset(struct agenda_rows *r)
{
	arena_reset(&r->arena);
	r->lines = NULL;
	r->shown = NULL;
	r->n = r->cap = r->n_shown = r->held = 0;
}

static struct agenda_line *
next_line(struct agenda_rows *r)
{
	struct agenda_line *more;
	size_t *shown;

	if (r->n == r->cap) {
		r->cap = r->cap == 0 ? 64 : 2 * r->cap;
		more = arena_alloc(&r->arena, r->cap, sizeof(*more));
		shown = arena_alloc(&r->arena, r->cap, sizeof(*shown));
		for (size_t i = 0; i < r->n; i++)
			more[i] = r->lines[i];
		for (size_t i = 0; i < r->n_shown; i++)
			shown[i] = r->shown[i];
		r->lines = more;
		r->shown = shown;
	}
	return &r->lines[r->n++];
}

/* One key for what a line is about, the same when it is read again. */
static struct uid
key_of(const struct agenda_line *l)
{
	struct uid key = l->case_uid;
	size_t n = strlen(l->kind);

	for (size_t i = 0; i < sizeof(key.b); i++)
		key.b[i] ^= l->object.b[i];
	for (size_t i = 0; i < n; i++)
		key.b[i % sizeof(key.b)] =
		    (uint8_t)(key.b[i % sizeof(key.b)] * 31 +
			      (uint8_t)l->kind[i]);
	key.b[0] ^= (uint8_t)(l->is + 1);
	return key;
}

void
agenda_rows_add(struct agenda_rows *r, const struct agenda_line *in)
{
	struct agenda_line *l = next_line(r);

	*l = *in;
	l->when = arena_str(&r->arena, in->when == NULL ? "" : in->when);
	l->what = arena_str(&r->arena, in->what == NULL ? "" : in->what);
	l->kind = arena_str(&r->arena, in->kind == NULL ? "" : in->kind);
	l->full = arena_str(&r->arena, in->full == NULL ? "" : in->full);
	l->key = key_of(l);
	agenda_rows_show(r, r->n - 1);
}

void
agenda_rows_heading(struct agenda_rows *r, const char *text)
{
	agenda_rows_add(
	    r, &(const struct agenda_line){
		   .is = LINE_HEADING, .what = text, .kind = text });
}

void
agenda_rows_task(struct agenda_rows *r, const struct agenda_row *row)
{
	struct agenda_line l = { .is = LINE_TASK,
		.case_uid = row->case_uid,
		.object = row->object,
		.kind = row->kind,
		.risk = row->risk };
	char due[24];

	snprintf(l.code, sizeof(l.code), "%s", row->code);
	l.when = part_due(row->due, app_now(r->v), due, sizeof(due), &l.style);
	l.what = words_task(row->kind);
	if (row->nobodys)
		l.what = arena_printf(
		    &r->arena, _("%s (no worker yet)"), words_task(row->kind));
	agenda_rows_add(r, &l);
}

const struct agenda_line *
agenda_rows_current(const struct agenda_rows *r)
{
	size_t at;

	return list_current(&r->list, &at) ? line_of(r, at) : NULL;
}

void
agenda_rows_turn(struct agenda_rows *r, int step)
{
	size_t heads = 0, here = 0, to, at;

	for (size_t i = 0; i < r->n_shown; i++) {
		if (line_of(r, i)->is != LINE_HEADING)
			continue;
		heads++;
		if (list_current(&r->list, &at) && i < at)
			here = heads;
	}
	if (heads == 0)
		return;
	to = here + (step > 0 ? 1 : heads - 1);
	to = (to - 1) % heads + 1;
	for (size_t i = 0; i + 1 < r->n_shown; i++)
		if (line_of(r, i)->is == LINE_HEADING && --to == 0) {
			(void)list_select(&r->list, &line_of(r, i + 1)->key);
			return;
		}
}

void
agenda_rows_draw(struct agenda_rows *r, struct canvas *c)
{
	int widths[sizeof(columns) / sizeof(columns[0])];

	list_widths(columns, r->list.n_columns, c->cols - 2, widths);
	r->risk_cells = widths[COL_RISK];
	list_draw(&r->list, c);
}

enum next
agenda_rows_act(struct view *v, const struct agenda_line *l, enum action action)
{
	if (l == NULL || l->is == LINE_HEADING || uid_null(&l->case_uid))
		return NEXT_PASS;
	return part_go(v, action, &l->case_uid, l->code);
}

/* Why it was taken away stands with the organisation. */
static enum next
open_organisation(struct view *v, const char *id)
{
	const struct recipient *org = society_recipient(app_society(v), id);

	if (org == NULL)
		return NEXT_STAY;
	v->go = (struct route){ .screen = &screen_organisation,
		.arg = (int)(org - app_society(v)->recipients) };
	return NEXT_GO;
}

enum next
agenda_rows_open(struct view *v, const struct agenda_line *l)
{
	if (l->is == LINE_LIFTED)
		return open_organisation(v, l->kind);
	bool asked = strcmp(l->kind, "transfer") == 0 ||
		     strcmp(l->kind, "closure") == 0 ||
		     strcmp(l->kind, "join") == 0;
	enum next next = agenda_rows_act(v, l, asked ? ACT_REQUEST : ACT_CASE);

	if (asked && next == NEXT_GO)
		v->go.record = l->object;
	return next;
}

bool
agenda_rows_offers(const struct agenda_rows *r, enum action action)
{
	const struct agenda_line *l = agenda_rows_current(r);

	if (action == ACT_OPEN)
		return l != NULL;
	if ((action_info(action)->flags & ACTF_CASE) == 0)
		return true;
	return l != NULL && !uid_null(&l->case_uid);
}

const char *
agenda_rows_why_not(const struct view *v, enum action action)
{
	(void)v;
	return action == ACT_OPEN ||
		       (action_info(action)->flags & ACTF_CASE) != 0
		   ? _("There is no case under the cursor.")
		   : NULL;
}
