/* SPDX-License-Identifier: ISC */
/*
 * Wrapped lines and drawing.  starts[] holds where each line begins for the
 * width last asked for; a change wraps only its own paragraph again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "ui/edit_impl.h"
#include "ui/wrap.h"

#define DEFAULT_COLS 80 /* until it was drawn once */
#define DOT "\xe2\x80\xa2"

void
edit_forget_lines(struct edit *e)
{
	e->n_starts = 0;
	e->cols = 0;
}

static void
room_for(struct edit *e, size_t n)
{
	size_t cap = e->cap_starts == 0 ? 16 : e->cap_starts;

	while (cap < n)
		cap *= 2;
	if (cap == e->cap_starts)
		return;
	e->starts = xreallocarray(e->starts, cap, sizeof(*e->starts));
	e->cap_starts = cap;
}

/* Append the starts of the lines of [at, end); an empty range has one line. */
static void
wrap_range(struct edit *e, size_t at, size_t end)
{
	const char *s = e->text.data;

	for (;;) {
		struct wrap_line w;

		room_for(e, e->n_starts + 1);
		e->starts[e->n_starts++] = at;
		if (at >= end)
			return;
		w = wrap_next(s + at, end - at, e->cols);
		at += w.next;
		if (at >= end && s[end - 1] != '\n')
			return;
	}
}

static void
wrap_all(struct edit *e, int cols)
{
	if (cols < 1)
		cols = 1;
	if (e->cols == cols && e->n_starts > 0)
		return;
	e->cols = cols;
	e->n_starts = 0;
	wrap_range(e, 0, e->text.len);
}

/* The last line that starts at or before at. */
static size_t
line_of(const struct edit *e, size_t at)
{
	size_t low = 0, high = e->n_starts;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (e->starts[mid] <= at)
			low = mid;
		else
			high = mid;
	}
	return low;
}

void
edit_lines_changed(struct edit *e, size_t at, size_t n, size_t m)
{
	const char *s = e->text.data, *nl;
	size_t from, to, first, last, old_n = e->n_starts, kept, *tail = NULL;

	if (e->n_starts == 0 || e->cols == 0)
		return;
	/* The paragraph, in the text as it is now. */
	for (from = at; from > 0 && s[from - 1] != '\n'; from--)
		;
	nl = memchr(s + at + m, '\n', e->text.len - at - m);
	to = nl == NULL ? e->text.len : (size_t)(nl - s);
	/* Lines of it in the text as it was: before it nothing moved, what
	 * begins after its "\n" moves by m - n. */
	first = line_of(e, from);
	for (last = first; last < old_n && e->starts[last] <= to + n - m;
	     last++)
		;
	kept = old_n - last;
	if (kept > 0) {
		tail = xcalloc(kept, sizeof(*tail));
		memcpy(tail, e->starts + last, kept * sizeof(*tail));
	}
	e->n_starts = first;
	wrap_range(e, from, to);
	room_for(e, e->n_starts + kept);
	for (size_t i = 0; i < kept; i++)
		e->starts[e->n_starts++] = tail[i] + m - n;
	free(tail);
}

size_t
edit_rows(struct edit *e, int cols)
{
	wrap_all(e, cols);
	return e->n_starts;
}

static size_t
line_end(const struct edit *e, size_t line)
{
	size_t end;

	if (line + 1 >= e->n_starts)
		return e->text.len;
	end = e->starts[line + 1];
	return end > 0 && e->text.data[end - 1] == '\n' ? end - 1 : end;
}

static int
width_of(const struct edit *e, size_t from, size_t to)
{
	int sum = 0, w;

	while (from < to) {
		from += wrap_grapheme(e->text.data + from, to - from, &w);
		sum += w;
	}
	return sum;
}

void
edit_cursor(struct edit *e, int cols, size_t *line, int *cell)
{
	wrap_all(e, cols);
	*line = line_of(e, e->at);
	*cell = width_of(e, e->starts[*line], e->at);
	/* Spaces may hang over the edge; the cursor does not. */
	if (*cell >= cols && cols > 0)
		*cell = cols - 1;
}

bool
edit_line_move(struct edit *e, int by)
{
	size_t line, at, end;
	int cell, used = 0, w;

	if (!(e->flags & EDIT_LINES))
		return false;
	edit_cursor(e, e->cols > 0 ? e->cols : DEFAULT_COLS, &line, &cell);
	if (by == 0)
		by = 1;
	if ((by < 0 && line == 0) || (by > 0 && line + 1 >= e->n_starts))
		return false;
	if (by < 0)
		line = (size_t)-by > line ? 0 : line - (size_t)-by;
	else
		line = line + (size_t)by >= e->n_starts ? e->n_starts - 1
							: line + (size_t)by;
	if (e->want >= 0)
		cell = e->want;
	at = e->starts[line];
	end = line_end(e, line);
	while (at < end) {
		size_t n = wrap_grapheme(e->text.data + at, end - at, &w);

		/* The end of a wrapped line is the start of the next. */
		if (used + w > cell ||
		    (at + n == end && line + 1 < e->n_starts &&
			e->starts[line + 1] == end))
			break;
		used += w;
		at += n;
	}
	e->at = at;
	e->want = cell;
	return true;
}

/* --- drawing -------------------------------------------------------------- */

static void
draw_lines(struct edit *e, struct canvas *c, enum element style, bool focus)
{
	size_t line;
	int cell;

	edit_cursor(e, c->cols, &line, &cell);
	e->height = c->rows;
	if (line < e->top)
		e->top = line;
	if (line >= e->top + (size_t)c->rows)
		e->top = line - (size_t)c->rows + 1;
	if (e->top + (size_t)c->rows > e->n_starts)
		e->top = e->n_starts > (size_t)c->rows
			     ? e->n_starts - (size_t)c->rows
			     : 0;
	for (int r = 0; r < c->rows; r++) {
		size_t i = e->top + (size_t)r;

		canvas_fill(c, r, 0, 1, c->cols, style);
		if (i < e->n_starts) {
			size_t from = e->starts[i], to = line_end(e, i);

			while (to > from && e->text.data[to - 1] == ' ')
				to--;
			(void)canvas_textn(
			    c, r, 0, -1, style, e->text.data + from, to - from);
		}
	}
	if (focus)
		canvas_cursor(c, (int)(line - e->top), cell);
}

static void
draw_secret(struct edit *e, struct canvas *c, enum element style, bool focus)
{
	int col = 0, w;
	const char *dot = c->grid->ascii ? "*" : DOT;

	for (size_t at = 0; at < e->text.len && col < c->cols - 1; col++) {
		at += wrap_grapheme(e->text.data + at, e->text.len - at, &w);
		(void)canvas_text(c, 0, col, 1, style, dot);
	}
	if (focus)
		canvas_cursor(c, 0, col);
}

/* What must be seen from the cursor on: the letter under it, and the mark that
 * more follows; a caret past the last letter needs a cell, too. */
static int
cells_at(const struct edit *e)
{
	size_t n;
	int w;

	if (e->at >= e->text.len)
		return 1;
	n = wrap_grapheme(e->text.data + e->at, e->text.len - e->at, &w);
	return w + (e->at + n < e->text.len ? 1 : 0);
}

/* Scrolled by clusters so that the cursor is seen. */
static void
scroll_line(struct edit *e, int cols)
{
	int w, need = cells_at(e);

	if (e->top >= e->at || e->top > e->text.len)
		e->top = e->at == 0 ? 0
				    : utf8_grapheme_before(
					  e->text.data, e->text.len, e->at);
	while (e->top < e->at && width_of(e, e->top, e->at) + need > cols)
		e->top += wrap_grapheme(
		    e->text.data + e->top, e->text.len - e->top, &w);
	/* Room on the right is used before something is hidden on the left. */
	while (e->top > 0) {
		size_t back =
		    utf8_grapheme_before(e->text.data, e->text.len, e->top);

		if (width_of(e, back, e->text.len) >= cols)
			break;
		e->top = back;
	}
}

/*
 * One line.  A mark says on which side there is more, since a "never" that is
 * out of sight turns what is left around; where the cursor is elsewhere it is
 * read from its beginning.
 */
static void
draw_line(struct edit *e, struct canvas *c, enum element style, bool focus)
{
	size_t from = 0;
	int w;

	if (focus) {
		scroll_line(e, c->cols);
		from = e->top;
		canvas_cursor(c, 0, width_of(e, from, e->at));
	}
	(void)canvas_textn(
	    c, 0, 0, -1, style, e->text.data + from, e->text.len - from);
	if (from == 0)
		return;
	(void)wrap_grapheme(e->text.data + from, e->text.len - from, &w);
	canvas_fill(c, 0, 0, 1, w, style);
	(void)canvas_text(c, 0, 0, 1, style, canvas_mark(c, MARK_ELLIPSIS));
}

void
edit_draw(struct edit *e, struct canvas *c, enum element style, bool focus)
{
	if (c->rows < 1 || c->cols < 1)
		return;
	if (e->flags & EDIT_LINES) {
		draw_lines(e, c, style, focus);
		return;
	}
	canvas_fill(c, 0, 0, 1, c->cols, style);
	if (e->flags & EDIT_SECRET)
		draw_secret(e, c, style, focus);
	else
		draw_line(e, c, style, focus);
}
