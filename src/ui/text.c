/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
#include "ui/text.h"
#include "ui/wrap.h"

/* In a narrow window the words need the room: a label has two fifths at most,
 * and goes on below itself. */
static int
label_cells(const struct text_part *p, int cols)
{
	int most = cols * 2 / 5;

	return p->label_width < most ? p->label_width : most;
}

/* Where a part's words begin and how many cells they have. */
static int
words_at(const struct text_part *p, int cols)
{
	return p->indent + (p->label != NULL ? label_cells(p, cols) + 1 : 0);
}

static int
words_cells(const struct text_part *p, int cols)
{
	int cells = cols - words_at(p, cols);

	return cells > 1 ? cells : 1;
}

static bool
apart(const struct text_part *parts, size_t i)
{
	return i > 0 && parts[i].style == EL_HEADING;
}

static size_t
part_rows(const struct text_part *parts, size_t i, int cols)
{
	const struct text_part *p = &parts[i];
	const char *s = p->text == NULL ? "" : p->text;
	size_t rows = wrap_count(s, strlen(s), words_cells(p, cols));
	size_t label = 0;

	if (p->label != NULL && label_cells(p, cols) > 0)
		label = wrap_count(
		    p->label, strlen(p->label), label_cells(p, cols));
	return (label > rows ? label : rows) + apart(parts, i);
}

size_t
text_rows(const struct text_part *parts, size_t n, int cols)
{
	size_t rows = 0;

	for (size_t i = 0; i < n; i++)
		rows += part_rows(parts, i, cols);
	return rows;
}

void
text_init(struct text_view *t, const struct text_part *parts, size_t n)
{
	*t = (struct text_view){ .parts = parts, .n = n };
}

void
text_replace(struct text_view *t, const struct text_part *parts, size_t n)
{
	t->parts = parts;
	t->n = n;
}

/* The furthest first line. */
static size_t
last_top(const struct text_view *t)
{
	return t->lines > (size_t)t->height ? t->lines - (size_t)t->height : 0;
}

static void
scroll(struct text_view *t, long by)
{
	size_t last = last_top(t);

	if (by < 0)
		t->top = (size_t)-by > t->top ? 0 : t->top - (size_t)-by;
	else
		t->top += (size_t)by;
	if (t->top > last)
		t->top = last;
}

bool
text_key(struct text_view *t, const struct key *k)
{
	int page = t->height > 1 ? t->height - 1 : 1;

	switch (k->code) {
	case K_UP:
	case 'k':
		scroll(t, -1);
		return true;
	case K_DOWN:
	case 'j':
		scroll(t, 1);
		return true;
	case K_PGUP:
		scroll(t, -page);
		return true;
	case K_PGDN:
	case ' ':
		scroll(t, page);
		return true;
	case K_HOME:
		t->top = 0;
		return true;
	case K_END:
	case 'G':
		t->top = last_top(t);
		return true;
	default:
		return false;
	}
}

bool
text_at_end(const struct text_view *t)
{
	return t->height > 0 && t->top >= last_top(t);
}

/* Lines in a column, the first of which would be at row, which may be above. */
static void
draw_lines(struct canvas *c, long row, int col, int cells, enum element style,
    const char *s)
{
	size_t len = strlen(s), at = 0;

	while (at < len && row < c->rows) {
		struct wrap_line w = wrap_next(s + at, len - at, cells);
		size_t n = w.len;

		while (n > 0 && s[at + n - 1] == ' ')
			n--;
		if (row >= 0)
			(void)canvas_textn(
			    c, (int)row, col, cells, style, s + at, n);
		at += w.next;
		row++;
	}
}

static void
draw_part(const struct text_part *p, struct canvas *c, long row)
{
	int cells = label_cells(p, c->cols);

	if (p->label != NULL && cells > 0)
		draw_lines(c, row, p->indent, cells, EL_LABEL, p->label);
	draw_lines(c, row, words_at(p, c->cols), words_cells(p, c->cols),
	    p->style, p->text == NULL ? "" : p->text);
}

void
text_draw(struct text_view *t, struct canvas *c)
{
	long row;

	t->height = c->rows > 0 ? c->rows : 1;
	t->lines = text_rows(t->parts, t->n, c->cols - 1);
	if (t->top > last_top(t))
		t->top = last_top(t);
	row = -(long)t->top;
	for (size_t i = 0; i < t->n && row < c->rows; i++) {
		long rows = (long)part_rows(t->parts, i, c->cols - 1);
		struct canvas v = canvas_view(c, 0, 0, c->rows, c->cols - 1);

		if (row + rows > 0)
			draw_part(&t->parts[i], &v, row + apart(t->parts, i));
		row += rows;
	}
	if (t->top > 0)
		(void)canvas_text(c, 0, c->cols - 1, 1, EL_DIM,
		    canvas_mark(c, MARK_MORE_ABOVE));
	if (!text_at_end(t))
		(void)canvas_text(c, c->rows - 1, c->cols - 1, 1, EL_DIM,
		    canvas_mark(c, MARK_MORE_BELOW));
	canvas_cursor(c, 0, 0);
}
