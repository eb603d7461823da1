/* SPDX-License-Identifier: ISC */
/* Two people changed one record: field by field, mine or theirs. */
#include <string.h>

#include "base/i18n.h"
#include "ui/dialog.h"

#define BLOCK 4 /* rows of a field: label, mine, theirs, empty */

void
conflict_init(struct conflict_view *c, const char *title,
    struct conflict_field *fields, size_t n)
{
	*c = (struct conflict_view){ .title = title, .fields = fields, .n = n };
	while (c->cursor + 1 < n && fields[c->cursor].decided)
		c->cursor++;
}

size_t
conflict_left(const struct conflict_view *c)
{
	size_t left = 0;

	for (size_t i = 0; i < c->n; i++)
		left += !c->fields[i].decided;
	return left;
}

static void
step(struct conflict_view *c, int way)
{
	if (way < 0 && c->cursor > 0)
		c->cursor--;
	else if (way > 0 && c->cursor + 1 < c->n)
		c->cursor++;
}

static enum dialog_result
decide(struct conflict_view *c, bool theirs)
{
	if (c->cursor < c->n) {
		c->fields[c->cursor].take_theirs = theirs;
		c->fields[c->cursor].decided = true;
		step(c, 1);
	}
	return DIALOG_STAY;
}

enum dialog_result
conflict_key(struct conflict_view *c, const struct key *k)
{
	switch (k->code) {
	case K_UP:
	case K_BACKTAB:
	case 'k':
		step(c, -1);
		return DIALOG_STAY;
	case K_DOWN:
	case K_TAB:
	case 'j':
		step(c, 1);
		return DIALOG_STAY;
	case 'm':
	case K_LEFT:
		return decide(c, false);
	case 't':
	case K_RIGHT:
		return decide(c, true);
	case K_ENTER:
		if (c->cursor + 1 < c->n) {
			step(c, 1);
			return DIALOG_STAY;
		}
		return conflict_left(c) == 0 ? DIALOG_YES : DIALOG_STAY;
	case K_CTRL('s'):
		return conflict_left(c) == 0 ? DIALOG_YES : DIALOG_STAY;
	case K_ESC:
	case K_CTRL('c'):
		return DIALOG_NO;
	default:
		return DIALOG_STAY;
	}
}

static void
draw_side(
    struct canvas *c, int row, bool taken, const char *name, const char *value)
{
	const char *mark = canvas_mark(c, taken ? MARK_CHOSEN : MARK_OPEN);
	enum element style = taken ? EL_CHOSEN : EL_TEXT;
	int col = 3;

	col += canvas_text(c, row, col, 1, style, mark) + 1;
	(void)canvas_text(c, row, col, 10, style, name);
	if (value == NULL || *value == '\0')
		(void)canvas_text(c, row, col + 11, -1, EL_DIM, _("(empty)"));
	else
		(void)canvas_text(c, row, col + 11, -1, style, value);
}

static void
draw_block(const struct conflict_view *c, struct canvas *v, int row, size_t i)
{
	const struct conflict_field *f = &c->fields[i];
	bool here = i == c->cursor;
	int col;

	if (here) {
		(void)canvas_text(
		    v, row, 0, 1, EL_MARKER, canvas_mark(v, MARK_SELECTED));
		canvas_cursor(v, row, 0);
	}
	col = 2 + canvas_text(
		      v, row, 2, -1, here ? EL_FOCUS : EL_LABEL, _(f->label));
	if (f->was != NULL && *f->was != '\0') {
		col += 2 + canvas_text(v, row, col + 2, -1, EL_DIM, _("was:"));
		(void)canvas_text(v, row, col + 1, -1, EL_DIM, f->was);
	}
	draw_side(
	    v, row + 1, f->decided && !f->take_theirs, _("mine"), f->mine);
	draw_side(
	    v, row + 2, f->decided && f->take_theirs, _("theirs"), f->theirs);
}

void
conflict_draw(struct conflict_view *c, struct canvas *v)
{
	struct canvas body = canvas_view(v, 2, 0, v->rows - 3, v->cols);
	size_t fit = body.rows >= BLOCK ? (size_t)body.rows / BLOCK : 1;
	size_t left = conflict_left(c);

	if (c->cursor < c->top)
		c->top = c->cursor;
	if (c->cursor >= c->top + fit)
		c->top = c->cursor - fit + 1;
	/* Nothing of the form shows between the two sides. */
	canvas_clear(v);
	(void)canvas_text(v, 0, 1, -1, EL_TITLE, c->title);
	for (size_t i = c->top; i < c->n && i < c->top + fit + 1; i++)
		draw_block(c, &body, (int)(i - c->top) * BLOCK, i);
	if (left > 0)
		(void)canvas_printf(v, v->rows - 1, 1, -1, EL_HINT,
		    _("m mine  t theirs  Esc back to the form  (%zu left)"),
		    left);
	else
		(void)canvas_text(v, v->rows - 1, 1, -1, EL_HINT,
		    _("C-s save  m mine  t theirs  Esc back to the form"));
}
