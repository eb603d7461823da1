/* SPDX-License-Identifier: ISC */
/* Two people changed one record: field by field, mine or theirs. */
#include <string.h>

#include "base/i18n.h"
#include "ui/dialog.h"
#include "ui/wrapped.h"

#define BLOCK 4 /* rows of a field: label, mine, theirs, empty */
#define VALUE 16 /* column of the words */

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
	c->line = 0;
	if (way < 0 && c->cursor > 0)
		c->cursor--;
	else if (way > 0 && c->cursor + 1 < c->n)
		c->cursor++;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
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
	case K_PGDN:
		c->line += c->page;
		return DIALOG_STAY;
	case K_PGUP:
		c->line -= least(c->line, c->page);
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

/* One side in the rows of c, from line skip on: does more follow? */
static bool
draw_side(
    struct canvas *c, int skip, bool taken, const char *name, const char *value)
{
	const char *mark = canvas_mark(c, taken ? MARK_CHOSEN : MARK_OPEN);
	enum element style = taken ? EL_CHOSEN : EL_TEXT;
	struct canvas words =
	    canvas_view(c, 0, VALUE, c->rows, c->cols - VALUE);
	int col = 3;

	col += canvas_text(c, 0, col, 1, style, mark) + 1;
	(void)canvas_text(c, 0, col, 10, style, name);
	if (value != NULL && *value != '\0')
		return wrapped_draw(&words, skip, style, value);
	(void)canvas_text(&words, 0, 0, -1, EL_DIM, _("(empty)"));
	return false;
}

/* Rows of the words of one side. */
static int
side_rows(const char *value, int cols)
{
	int n = value == NULL ? 0 : wrapped_lines(value, cols - VALUE);

	return n < 1 ? 1 : n;
}

/* The field at the cursor shows as much of both sides as there is room for;
 * every other one row of each.  The rows of mine and of theirs. */
static void
share(const struct conflict_view *c, const struct canvas *v, size_t i,
    int rows[2])
{
	const struct conflict_field *f = &c->fields[i];
	int room = v->rows - 1, mine, theirs;

	rows[0] = rows[1] = 1;
	if (i != c->cursor || room < 2)
		return;
	mine = side_rows(f->mine, v->cols);
	theirs = side_rows(f->theirs, v->cols);
	rows[0] =
	    least(mine, theirs < room / 2 ? room - theirs : room - room / 2);
	rows[1] = least(theirs, room - rows[0]);
}

static void
draw_label(const struct conflict_field *f, struct canvas *v, int row, bool here)
{
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
}

/* Rows it took, with the empty one; *more: words of the field at the cursor
 * follow below what is seen. */
static int
draw_block(
    struct conflict_view *c, struct canvas *v, int row, size_t i, bool *more)
{
	const struct conflict_field *f = &c->fields[i];
	int rows[2], line = i == c->cursor ? c->line : 0;
	struct canvas side;
	bool below;

	share(c, v, i, rows);
	draw_label(f, v, row, i == c->cursor);
	side = canvas_view(v, row + 1, 0, rows[0], v->cols);
	below = draw_side(
	    &side, line, f->decided && !f->take_theirs, _("mine"), f->mine);
	side = canvas_view(v, row + 1 + rows[0], 0, rows[1], v->cols);
	below |= draw_side(
	    &side, line, f->decided && f->take_theirs, _("theirs"), f->theirs);
	if (i == c->cursor) {
		*more = below;
		c->page = least(rows[0], rows[1]);
	}
	return rows[0] + rows[1] + 2;
}

/* From which field on, so that the one at the cursor is seen whole. */
static void
place(struct conflict_view *c, const struct canvas *v)
{
	int rows[2];

	share(c, v, c->cursor, rows);
	if (c->cursor < c->top)
		c->top = c->cursor;
	while (
	    c->top < c->cursor &&
	    (int)(c->cursor - c->top) * BLOCK + rows[0] + rows[1] + 1 > v->rows)
		c->top++;
	/* Not past the last line of the longer side. */
	while (c->line > 0 &&
	       c->line >= side_rows(c->fields[c->cursor].mine, v->cols) &&
	       c->line >= side_rows(c->fields[c->cursor].theirs, v->cols))
		c->line--;
}

void
conflict_draw(struct conflict_view *c, struct canvas *v)
{
	struct canvas body = canvas_view(v, 2, 0, v->rows - 3, v->cols);
	size_t left = conflict_left(c);
	bool more = false;
	int row = 0;

	/* Nothing of the form shows between the two sides. */
	canvas_clear(v);
	(void)canvas_text(v, 0, 1, -1, EL_TITLE, c->title);
	if (c->n > 0)
		place(c, &body);
	for (size_t i = c->top; i < c->n && row < body.rows; i++)
		row += draw_block(c, &body, row, i, &more);
	if (more)
		(void)canvas_text(v, v->rows - 1, 1, -1, EL_HINT,
		    _("PgDn more  m mine  t theirs  Esc back to the form"));
	else if (left > 0)
		(void)canvas_printf(v, v->rows - 1, 1, -1, EL_HINT,
		    _("m mine  t theirs  Esc back to the form  (%zu left)"),
		    left);
	else
		(void)canvas_text(v, v->rows - 1, 1, -1, EL_HINT,
		    _("C-s save  m mine  t theirs  Esc back to the form"));
}
