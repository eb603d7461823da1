/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/list.h"

#define MARKER 2 /* cells: the mark and a space */
#define MAX_COLUMNS 16
#define DEFAULT_HEIGHT 20 /* until it was drawn once */

static size_t
count(const struct list *l)
{
	return l->source.count(l->source.ctx);
}

static const char *
heading(const struct list *l, size_t i)
{
	return l->source.heading == NULL ? NULL
					 : l->source.heading(l->source.ctx, i);
}

/* The nearest row at or beyond i in a direction that is no heading. */
static bool
land(const struct list *l, size_t i, int way, size_t *row)
{
	size_t n = count(l);

	while (i < n && heading(l, i) != NULL) {
		if (way < 0 && i == 0)
			return false;
		i += (size_t)way;
	}
	if (i >= n)
		return false;
	*row = i;
	return true;
}

static void
note(struct list *l)
{
	if (l->source.key != NULL && l->cursor < count(l))
		l->at = l->source.key(l->source.ctx, l->cursor);
}

/* Put the cursor on or near row i and keep the screen line in step. */
static bool
go(struct list *l, size_t i, int way)
{
	size_t n = count(l), row, before = l->cursor;

	if (n == 0)
		return false;
	if (i >= n)
		i = n - 1;
	if (!land(l, i, way, &row) && !land(l, i, -way, &row))
		return false;
	l->cursor = row;
	l->line += (int)row - (int)before;
	note(l);
	return row != before;
}

void
list_init(struct list *l, const struct list_column *columns, size_t n,
    const struct list_source *source)
{
	struct list_source s = *source; /* which may be the list's own */

	memset(l, 0, sizeof(*l));
	l->columns = columns;
	l->n_columns = n < MAX_COLUMNS ? n : MAX_COLUMNS;
	l->source = s;
	l->height = DEFAULT_HEIGHT;
	(void)go(l, 0, 1);
}

static bool
find(const struct list *l, const struct uid *key, size_t *row)
{
	size_t n = count(l);

	if (l->source.key == NULL || uid_null(key))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct uid u = l->source.key(l->source.ctx, i);

		if (heading(l, i) == NULL && uid_eq(&u, key)) {
			*row = i;
			return true;
		}
	}
	return false;
}

void
list_reload(struct list *l)
{
	int line = l->line;
	size_t row;

	if (find(l, &l->at, &row)) {
		l->cursor = row;
		return;
	}
	(void)go(l, l->cursor, 1);
	/* The row that took its place stands where it stood. */
	l->line = line;
}

bool
list_select(struct list *l, const struct uid *key)
{
	size_t row;

	if (!find(l, key, &row))
		return false;
	(void)go(l, row, 1);
	return true;
}

bool
list_current(const struct list *l, size_t *row)
{
	if (l->cursor >= count(l) || heading(l, l->cursor) != NULL)
		return false;
	*row = l->cursor;
	return true;
}

void
list_remember(struct list *l)
{
	l->kept = l->at;
	l->kept_line = l->line;
}

void
list_return(struct list *l)
{
	if (list_select(l, &l->kept))
		l->line = l->kept_line;
	else
		list_reload(l);
}

/* Read more rows one way; true when there are others now. */
static bool
load(struct list *l, enum list_way way, struct err *e)
{
	if (l->source.load == NULL)
		return false;
	if (l->source.load(l->source.ctx, way, e) <= 0)
		return false;
	list_reload(l);
	return true;
}

static void
step(struct list *l, long by, struct err *e)
{
	int way = by < 0 ? -1 : 1;
	size_t want = by < 0 ? (size_t)-by : (size_t)by;

	/* Rows beyond those in memory are read first, so that a page is a
	 * whole page. */
	if (way > 0 && want >= count(l) - l->cursor)
		(void)load(l, LIST_AFTER, e);
	else if (way < 0 && want > l->cursor)
		(void)load(l, LIST_BEFORE, e);
	if (way < 0)
		(void)go(l, want > l->cursor ? 0 : l->cursor - want, -1);
	else
		(void)go(l, l->cursor + want, 1);
}

static void
page(struct list *l, int way, struct err *e)
{
	int by = l->height > 1 ? l->height - 1 : 1, line = l->line;

	step(l, (long)way * by, e);
	/* A page turns under the cursor. */
	l->line = line;
}

static void
to_end(struct list *l, enum list_way way, struct err *e)
{
	if (l->source.load != NULL && l->source.load(l->source.ctx, way, e) < 0)
		return;
	(void)go(
	    l, way == LIST_FIRST ? 0 : count(l), way == LIST_FIRST ? 1 : -1);
	l->line = way == LIST_FIRST ? 0 : l->height;
}

enum list_result
list_key(struct list *l, const struct key *k, struct err *e)
{
	size_t row;

	switch (k->code) {
	case K_UP:
	case 'k':
		step(l, -1, e);
		return LIST_STAY;
	case K_DOWN:
	case 'j':
		step(l, 1, e);
		return LIST_STAY;
	case K_PGUP:
		page(l, -1, e);
		return LIST_STAY;
	case K_PGDN:
		page(l, 1, e);
		return LIST_STAY;
	case K_HOME:
		to_end(l, LIST_FIRST, e);
		return LIST_STAY;
	case K_END:
	case 'G':
		to_end(l, LIST_LAST, e);
		return LIST_STAY;
	case K_ENTER:
		return list_current(l, &row) ? LIST_OPEN : LIST_STAY;
	default:
		return LIST_PASS;
	}
}

/* --- drawing -------------------------------------------------------------- */

/* The cells min (or ideal) widths take, with one between columns. */
static int
total(const int *width, size_t n)
{
	int sum = 0, shown = 0;

	for (size_t i = 0; i < n; i++) {
		sum += width[i];
		shown += width[i] > 0;
	}
	return sum + (shown > 0 ? shown - 1 : 0);
}

static void
drop_columns(const struct list_column *c, size_t n, int cols, int *width)
{
	while (total(width, n) > cols) {
		size_t worst = n;

		for (size_t i = 0; i < n; i++) {
			if (width[i] > 0 && c[i].priority > 0 &&
			    (worst == n || c[i].priority <= c[worst].priority))
				worst = i;
		}
		if (worst == n)
			break;
		width[worst] = 0;
	}
}

void
list_widths(const struct list_column *c, size_t n, int cols, int *width)
{
	int left;

	for (size_t i = 0; i < n; i++)
		width[i] = c[i].min > 0 ? c[i].min : 1;
	drop_columns(c, n, cols, width);
	left = cols - total(width, n);
	/* Most important first, then what is over to the one that grows. */
	while (left > 0) {
		size_t best = n;
		int need;

		for (size_t i = 0; i < n; i++) {
			if (width[i] == 0 || width[i] >= c[i].ideal)
				continue;
			if (best == n || c[best].priority == c[i].priority)
				best = best == n ? i : best;
			else if (c[best].priority != 0 &&
				 (c[i].priority == 0 ||
				     c[i].priority > c[best].priority))
				best = i;
		}
		if (best == n)
			break;
		need = c[best].ideal - width[best];
		if (need > left)
			need = left;
		width[best] += need;
		left -= need;
	}
	for (size_t i = 0; i < n && left > 0; i++) {
		if (width[i] > 0 && c[i].grow) {
			width[i] += left;
			left = 0;
		}
	}
}

static void
draw_titles(const struct list *l, struct canvas *c, const int *width)
{
	int col = MARKER;

	for (size_t i = 0; i < l->n_columns; i++) {
		const struct list_column *t = &l->columns[i];

		if (width[i] == 0)
			continue;
		if (*t->title != '\0' && t->align == LIST_RIGHT)
			(void)canvas_text_right(
			    c, 0, col, width[i], EL_DIM, _(t->title));
		else if (*t->title != '\0')
			(void)canvas_text(
			    c, 0, col, width[i], EL_DIM, _(t->title));
		col += width[i] + 1;
	}
}

static void
draw_row(
    const struct list *l, struct canvas *c, int row, size_t i, const int *width)
{
	const char *title = heading(l, i);
	bool selected = i == l->cursor && title == NULL;
	int col = MARKER;

	if (title != NULL) {
		(void)canvas_text(c, row, MARKER, -1, EL_HEADING, title);
		return;
	}
	if (selected)
		(void)canvas_text(
		    c, row, 0, 1, EL_MARKER, canvas_mark(c, MARK_SELECTED));
	for (size_t n = 0; n < l->n_columns; n++) {
		struct list_cell cell = { .style = EL_TEXT };

		if (width[n] == 0)
			continue;
		l->source.cell(l->source.ctx, i, n, &cell);
		if (selected && l->columns[n].mark)
			cell.style = EL_SELECTED;
		if (l->columns[n].align == LIST_RIGHT)
			(void)canvas_text_right(
			    c, row, col, width[n], cell.style, cell.text);
		else
			(void)canvas_text(
			    c, row, col, width[n], cell.style, cell.text);
		col += width[n] + 1;
	}
}

/* --- read aloud ------------------------------------------------------------ */

static bool
is_cut(const struct list *l, size_t i, const int *width)
{
	for (size_t n = 0; n < l->n_columns; n++) {
		struct list_cell cell = { .style = EL_TEXT };

		if (width[n] == 0)
			continue;
		l->source.cell(l->source.ctx, i, n, &cell);
		if (cell.text != NULL &&
		    utf8_width(cell.text, strlen(cell.text)) > width[n])
			return true;
	}
	return false;
}

/* A row that its columns would cut, whole: nobody who hears it can widen the
 * window.  Returns the rows it takes. */
static int
draw_whole(const struct list *l, struct canvas *c, int row, size_t i)
{
	struct buf b;
	int rows;

	buf_init(&b);
	for (size_t n = 0; n < l->n_columns; n++) {
		struct list_cell cell = { .style = EL_TEXT };

		l->source.cell(l->source.ctx, i, n, &cell);
		if (cell.text == NULL || cell.text[0] == '\0')
			continue;
		buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", cell.text);
	}
	if (i == l->cursor)
		(void)canvas_text(
		    c, row, 0, 1, EL_MARKER, canvas_mark(c, MARK_SELECTED));
	rows = canvas_wrap(c, row, MARKER, -1, c->rows - row, EL_TEXT, b.data);
	buf_done(&b);
	return rows < 1 ? 1 : rows;
}

static void
draw_aloud(
    const struct list *l, struct canvas *c, int row, size_t i, const int *width)
{
	for (size_t n = count(l); i < n && row < c->rows; i++) {
		if (i == l->cursor)
			canvas_cursor(c, row, 0);
		if (heading(l, i) == NULL && is_cut(l, i, width))
			row += draw_whole(l, c, row, i);
		else
			draw_row(l, c, row++, i, width);
	}
}

/* The line the cursor stands on when n rows are shown in height lines. */
static int
fit_line(const struct list *l, size_t n)
{
	int line = l->line, below = (int)(n - l->cursor) - 1;

	if (line >= l->height)
		line = l->height - 1;
	if (line < 0)
		line = 0;
	/* No empty lines at the bottom while there are rows above. */
	if (line + below < l->height - 1)
		line = l->height - 1 - below;
	if ((size_t)line > l->cursor)
		line = (int)l->cursor;
	/* The heading just above the first row is seen with it. */
	if (line == 0 && l->cursor > 0 && l->height > 1 &&
	    heading(l, l->cursor - 1) != NULL)
		line = 1;
	return line;
}

/* That there is more than is seen: before the titles, above the marker. */
static void
draw_more(struct canvas *c, bool above, bool below)
{
	enum canvas_mark mark = above && below ? MARK_MORE_BOTH
				: above	       ? MARK_MORE_ABOVE
					       : MARK_MORE_BELOW;

	if (above || below)
		(void)canvas_text(c, 0, 0, 1, EL_DIM, canvas_mark(c, mark));
}

void
list_draw(struct list *l, struct canvas *c)
{
	size_t n = count(l), top;
	int width[MAX_COLUMNS] = { 0 }, first = l->no_titles ? 0 : 1;

	list_widths(l->columns, l->n_columns, c->cols - MARKER, width);
	if (first)
		draw_titles(l, c, width);
	l->height = c->rows - first > 0 ? c->rows - first : 1;
	/* Rows may take more than one line each. */
	if (c->grid->accessible)
		l->height = l->height / 3 + 1;
	if (n == 0) {
		if (l->empty != NULL)
			(void)canvas_wrap(c, first, MARKER, -1, c->rows - first,
			    EL_DIM, _(l->empty));
		canvas_cursor(c, first, 0);
		return;
	}
	if (l->cursor >= n)
		l->cursor = n - 1;
	l->line = fit_line(l, n);
	top = l->cursor - (size_t)l->line;
	if (c->grid->accessible) {
		draw_aloud(l, c, first, top, width);
		if (first)
			draw_more(c, top > 0, top + (size_t)c->rows - 1 < n);
		return;
	}
	for (int r = 0; r < l->height && top + (size_t)r < n; r++)
		draw_row(l, c, first + r, top + (size_t)r, width);
	if (first)
		draw_more(c, top > 0, top + (size_t)l->height < n);
	canvas_cursor(c, first + l->line, 0);
}
