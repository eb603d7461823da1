/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/canvas.h"
#include "ui/wrap.h"

#define SIZE_MAX_CELLS 1000
#define REPLACEMENT "\xef\xbf\xbd"

static const char *const marks[][2] = {
	[MARK_SELECTED] = { "\xe2\x96\x8c", ">" },
	[MARK_CHOSEN] = { "\xe2\x97\x8f", "*" },
	[MARK_OPEN] = { "\xe2\x97\x8b", "o" },
	[MARK_TICKED] = { "[x]", "[x]" },
	[MARK_UNTICKED] = { "[ ]", "[ ]" },
	[MARK_CRUMB] = { "\xe2\x80\xba", ">" },
	[MARK_DOT] = { "\xc2\xb7", "." },
	[MARK_MORE_ABOVE] = { "\xe2\x86\x91", "^" },
	[MARK_MORE_BOTH] = { "\xe2\x86\x95", "|" },
	[MARK_MORE_BELOW] = { "\xe2\x86\x93", "v" },
	[MARK_ELLIPSIS] = { "\xe2\x80\xa6", ">" },
};

static void
blank(struct canvas_cell *cell, enum element style)
{
	wipe(cell->text, sizeof(cell->text));
	cell->text[0] = ' ';
	cell->len = cell->width = 1;
	cell->style = (uint8_t)style;
}

static int
clamp(int n, int least, int most)
{
	return n < least ? least : n > most ? most : n;
}

void
canvas_init(struct canvas *c, int rows, int cols, bool ascii)
{
	struct canvas_grid *g = xcalloc(1, sizeof(*g));

	g->ascii = ascii;
	*c = (struct canvas){ .grid = g };
	canvas_resize(c, rows, cols);
}

static void
free_cells(struct canvas_grid *g)
{
	if (g->cells != NULL)
		wipe(g->cells,
		    (size_t)g->rows * (size_t)g->cols * sizeof(*g->cells));
	free(g->cells);
	g->cells = NULL;
}

void
canvas_resize(struct canvas *c, int rows, int cols)
{
	struct canvas_grid *g = c->grid;

	free_cells(g);
	c->rows = g->rows = clamp(rows, 1, SIZE_MAX_CELLS);
	c->cols = g->cols = clamp(cols, 1, SIZE_MAX_CELLS);
	g->cells = xcalloc(
	    (size_t)g->rows * (size_t)g->cols, sizeof(struct canvas_cell));
	canvas_clear(c);
}

void
canvas_done(struct canvas *c)
{
	if (c->grid == NULL)
		return;
	free_cells(c->grid);
	free(c->grid);
	c->grid = NULL;
}

void
canvas_clear(struct canvas *c)
{
	canvas_fill(c, 0, 0, c->rows, c->cols, EL_TEXT);
	canvas_cursor(c, 0, 0);
}

struct canvas
canvas_view(const struct canvas *c, int row, int col, int rows, int cols)
{
	struct canvas v = { .grid = c->grid };

	if (row < 0) {
		rows += row;
		row = 0;
	}
	if (col < 0) {
		cols += col;
		col = 0;
	}
	v.row = c->row + (row > c->rows ? c->rows : row);
	v.col = c->col + (col > c->cols ? c->cols : col);
	v.rows = clamp(rows, 0, row > c->rows ? 0 : c->rows - row);
	v.cols = clamp(cols, 0, col > c->cols ? 0 : c->cols - col);
	return v;
}

static struct canvas_cell *
cell_at(const struct canvas *c, int row, int col)
{
	if (row < 0 || col < 0 || row >= c->rows || col >= c->cols)
		return NULL;
	return &c->grid->cells[(size_t)(c->row + row) * (size_t)c->grid->cols +
			       (size_t)(c->col + col)];
}

const struct canvas_cell *
canvas_at(const struct canvas *c, int row, int col)
{
	return cell_at(c, row, col);
}

/* Half a wide character must not stay when the other half is written over;
 * that half may stand outside of a view. */
static void
mend(const struct canvas *c, int row, int col)
{
	struct canvas_grid *g = c->grid;
	int r = c->row + row, x = c->col + col;
	struct canvas_cell *line = &g->cells[(size_t)r * (size_t)g->cols];

	if (line[x].width == 0 && x > 0)
		blank(&line[x - 1], (enum element)line[x - 1].style);
	if (line[x].width == 2 && x + 1 < g->cols)
		blank(&line[x + 1], (enum element)line[x + 1].style);
}

/* Put one cluster of known width; the caller made sure that it fits. */
static void
put(struct canvas *c, int row, int col, enum element style, const char *s,
    size_t n, int width)
{
	struct canvas_cell *cell = cell_at(c, row, col);

	if (cell == NULL)
		return;
	mend(c, row, col);
	blank(cell, style);
	if (n > CANVAS_TEXT) {
		s = REPLACEMENT;
		n = sizeof(REPLACEMENT) - 1;
	}
	memcpy(cell->text, s, n);
	cell->text[n] = '\0';
	cell->len = (uint8_t)n;
	cell->width = (uint8_t)width;
	if (width == 2) {
		struct canvas_cell *right = cell_at(c, row, col + 1);

		if (right == NULL) {
			blank(cell, style);
			return;
		}
		mend(c, row, col + 1);
		cell->width = 2;
		blank(right, style);
		right->text[0] = '\0';
		right->len = right->width = 0;
	}
}

const char *
canvas_mark(const struct canvas *c, enum canvas_mark m)
{
	return marks[m][c->grid->ascii ? 1 : 0];
}

static bool
plain_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] < ' ' || s[i] > '~')
			return false;
	}
	return true;
}

static int
cells_wide(const char *s, size_t len)
{
	int sum = 0, w;

	while (len > 0) {
		size_t n = wrap_grapheme(s, len, &w);

		sum += w;
		s += n;
		len -= n;
	}
	return sum;
}

/* Draw safe text that fits. */
static int
lay(struct canvas *c, int row, int col, int cells, enum element style,
    const char *s, size_t len)
{
	int used = 0, w;

	while (len > 0) {
		size_t n = wrap_grapheme(s, len, &w);

		if (used + w > cells)
			break;
		if (w > 0)
			put(c, row, col + used, style, s, n, w);
		used += w;
		s += n;
		len -= n;
	}
	return used;
}

static int
text_safe(struct canvas *c, int row, int col, int cells, enum element style,
    const char *s, size_t len)
{
	int room = c->cols - col, used;

	if (cells < 0 || cells > room)
		cells = room;
	if (cells <= 0 || row < 0 || row >= c->rows || col < 0)
		return 0;
	/* A text of more bytes may still fit, one of fewer always does. */
	if (len <= (size_t)cells && plain_ascii(s, len))
		return lay(c, row, col, cells, style, s, len);
	/* Only as much as could be seen is measured. */
	if (cells_wide(s, len) <= cells)
		return lay(c, row, col, cells, style, s, len);
	used = lay(c, row, col, cells - 1, style, s, len);
	put(c, row, col + used, style, canvas_mark(c, MARK_ELLIPSIS),
	    strlen(canvas_mark(c, MARK_ELLIPSIS)), 1);
	return used + 1;
}

/* As much of a long text as a row could show, so that a note of a megabyte is
 * not made safe to show its first line. */
static size_t
seen(size_t len)
{
	const size_t most = (size_t)SIZE_MAX_CELLS * CANVAS_TEXT;

	return len < most ? len : most;
}

static void
make_safe(const struct canvas *c, struct buf *b, const char *s, size_t len,
    bool keep_lines)
{
	struct buf one, safe;
	const char *p, *next;

	buf_init(&one);
	buf_init(&safe);
	buf_add(&one, s, len);
	for (size_t i = 0; i < one.len && !keep_lines; i++) {
		if (one.data[i] == '\n' || one.data[i] == '\t')
			one.data[i] = ' ';
	}
	utf8_safe(&safe, one.data, one.len, keep_lines);
	if (!c->grid->ascii) {
		buf_add(b, safe.data, safe.len);
	} else {
		for (p = safe.data; (next = strstr(p, REPLACEMENT)) != NULL;
		     p = next + sizeof(REPLACEMENT) - 1) {
			buf_add(b, p, (size_t)(next - p));
			buf_add_char(b, '?');
		}
		buf_add_str(b, p);
	}
	buf_done(&one);
	buf_done(&safe);
}

int
canvas_textn(struct canvas *c, int row, int col, int cells, enum element style,
    const char *s, size_t len)
{
	struct buf b;
	int used;

	if (s == NULL || len == 0)
		return 0;
	len = seen(len);
	if (plain_ascii(s, len))
		return text_safe(c, row, col, cells, style, s, len);
	buf_init(&b);
	make_safe(c, &b, s, len, false);
	used = text_safe(c, row, col, cells, style, b.data, b.len);
	buf_done(&b);
	return used;
}

int
canvas_text(struct canvas *c, int row, int col, int cells, enum element style,
    const char *s)
{
	return s == NULL
		   ? 0
		   : canvas_textn(c, row, col, cells, style, s, strlen(s));
}

int
canvas_printf(struct canvas *c, int row, int col, int cells, enum element style,
    const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	int used;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	used = canvas_text(c, row, col, cells, style, text);
	wipe(text, sizeof(text));
	return used;
}

/* Where text of some width begins in cells from col: share 1 of 1 is right,
 * 1 of 2 the middle. */
static int
begin(struct canvas *c, int col, int *cells, const char *s, int share)
{
	int room = c->cols - col, w;

	if (*cells < 0 || *cells > room)
		*cells = room;
	w = s == NULL ? 0 : cells_wide(s, seen(strlen(s)));
	return w >= *cells ? col : col + (*cells - w) / share;
}

int
canvas_text_right(struct canvas *c, int row, int col, int cells,
    enum element style, const char *s)
{
	int at = begin(c, col, &cells, s, 1);

	(void)canvas_text(c, row, at, cells - (at - col), style, s);
	return at;
}

int
canvas_text_centre(struct canvas *c, int row, int col, int cells,
    enum element style, const char *s)
{
	int at = begin(c, col, &cells, s, 2);

	(void)canvas_text(c, row, at, cells - (at - col), style, s);
	return at;
}

int
canvas_wrap(struct canvas *c, int row, int col, int cells, int rows,
    enum element style, const char *s)
{
	struct buf b;
	size_t at = 0;
	int used = 0;

	if (cells < 0 || cells > c->cols - col)
		cells = c->cols - col;
	if (s == NULL || *s == '\0' || cells <= 0 || rows <= 0)
		return 0;
	buf_init(&b);
	make_safe(c, &b, s, strlen(s), true);
	while (at < b.len && used < rows) {
		struct wrap_line w = wrap_next(b.data + at, b.len - at, cells);
		bool cut = used + 1 == rows && at + w.next < b.len;
		size_t len = w.len;

		while (len > 0 && b.data[at + len - 1] == ' ')
			len--;
		if (cut) {
			/* The ellipsis says that there is more. */
			int n = lay(c, row + used, col, cells - 1, style,
			    b.data + at, len);

			put(c, row + used, col + n, style,
			    canvas_mark(c, MARK_ELLIPSIS),
			    strlen(canvas_mark(c, MARK_ELLIPSIS)), 1);
		} else
			(void)lay(
			    c, row + used, col, cells, style, b.data + at, len);
		at += w.next;
		used++;
	}
	buf_done(&b);
	return used;
}

int
canvas_foot(struct canvas *c, int rows, enum element style, const char *s)
{
	size_t n = *s == '\0' ? 0 : wrap_count(s, strlen(s), c->cols - 2);
	int used = n > (size_t)rows ? rows : (int)n;

	return canvas_wrap(c, c->rows - used, 1, c->cols - 2, used, style, s);
}

void
canvas_fill(
    struct canvas *c, int row, int col, int rows, int cols, enum element style)
{
	struct canvas v = canvas_view(c, row, col, rows, cols);

	for (int r = 0; r < v.rows; r++) {
		for (int x = 0; x < v.cols; x++) {
			if (x == 0 || x == v.cols - 1)
				mend(&v, r, x);
			blank(cell_at(&v, r, x), style);
		}
	}
}

void
canvas_style(struct canvas *c, int row, int col, int cells, enum element style)
{
	struct canvas_cell *cell;

	if (cells < 0)
		cells = c->cols - col;
	for (int i = 0; i < cells; i++) {
		cell = cell_at(c, row, col + i);
		if (cell != NULL)
			cell->style = (uint8_t)style;
	}
}

static void
repeat(struct canvas *c, int row, int col, int cells, enum element style,
    const char *s)
{
	for (int i = 0; i < cells; i++)
		put(c, row, col + i, style, s, strlen(s), 1);
}

void
canvas_hline(struct canvas *c, int row, int col, int cells, enum element style)
{
	if (c->grid->accessible)
		return;
	if (cells < 0)
		cells = c->cols - col;
	repeat(
	    c, row, col, cells, style, c->grid->ascii ? "-" : "\xe2\x94\x80");
}

void
canvas_rule(struct canvas *c, int row, const char *title)
{
	int used;

	canvas_hline(c, row, 1, -1, EL_BORDER);
	if (title == NULL || *title == '\0')
		return;
	used = canvas_text(c, row, 3, c->cols - 4, EL_TITLE, title);
	put(c, row, 2, EL_BORDER, " ", 1, 1);
	put(c, row, 3 + used, EL_BORDER, " ", 1, 1);
}

void
canvas_box(
    struct canvas *c, int row, int col, int rows, int cols, const char *title)
{
	static const char *const lines[] = { "\xe2\x94\x80", "\xe2\x94\x82",
		"\xe2\x94\x8c", "\xe2\x94\x90", "\xe2\x94\x94",
		"\xe2\x94\x98" };
	static const char *const plain[] = { "-", "|", "+", "+", "+", "+" };
	const char *const *l = c->grid->ascii ? plain : lines;
	int bottom = row + rows - 1, right = col + cols - 1, used;

	canvas_fill(c, row, col, rows, cols, EL_DIALOG);
	if (rows < 2 || cols < 2)
		return;
	if (!c->grid->accessible) {
		repeat(c, row, col, cols, EL_BORDER, l[0]);
		repeat(c, bottom, col, cols, EL_BORDER, l[0]);
		for (int r = row; r <= bottom; r++) {
			put(c, r, col, EL_BORDER, l[1], strlen(l[1]), 1);
			put(c, r, right, EL_BORDER, l[1], strlen(l[1]), 1);
		}
		put(c, row, col, EL_BORDER, l[2], strlen(l[2]), 1);
		put(c, row, right, EL_BORDER, l[3], strlen(l[3]), 1);
		put(c, bottom, col, EL_BORDER, l[4], strlen(l[4]), 1);
		put(c, bottom, right, EL_BORDER, l[5], strlen(l[5]), 1);
	}
	if (title == NULL || *title == '\0' || cols < 6)
		return;
	used = canvas_text(c, row, col + 2, cols - 4, EL_TITLE, title);
	put(c, row, col + 1, EL_BORDER, " ", 1, 1);
	put(c, row, col + 2 + used, EL_BORDER, " ", 1, 1);
}

void
canvas_cursor(struct canvas *c, int row, int col)
{
	struct canvas_grid *g = c->grid;

	g->cursor_row =
	    clamp(c->row + clamp(row, 0, c->rows - 1), 0, g->rows - 1);
	g->cursor_col =
	    clamp(c->col + clamp(col, 0, c->cols - 1), 0, g->cols - 1);
}

void
canvas_copy(
    struct canvas *dst, int row, const struct canvas *src, int from, int rows)
{
	int cols = dst->cols < src->cols ? dst->cols : src->cols;

	for (int r = 0; r < rows; r++) {
		for (int x = 0; x < cols; x++) {
			const struct canvas_cell *a = cell_at(src, from + r, x);
			struct canvas_cell *b = cell_at(dst, row + r, x);

			if (a != NULL && b != NULL)
				*b = *a;
		}
	}
}

void
canvas_to_text(const struct canvas *c, struct buf *out)
{
	for (int r = 0; r < c->rows; r++) {
		size_t end = out->len;

		for (int x = 0; x < c->cols; x++) {
			const struct canvas_cell *cell = cell_at(c, r, x);

			if (cell == NULL)
				continue;
			buf_add(out, cell->text, cell->len);
			if (cell->len != 1 || cell->text[0] != ' ')
				end = out->len;
		}
		buf_splice(out, end, out->len - end, NULL, 0);
		buf_add_char(out, '\n');
	}
}
