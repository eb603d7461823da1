/* SPDX-License-Identifier: ISC */
#include "help_rows.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/key.h"
#include "ui/wrap.h"

#define MARK 2 /* the mark of the cursor */
#define KEYS 9 /* cells of the keys, and a space */
#define NAME 14
#define WIDE 60 /* columns from which the words stand beside the name */
#define INDENT 4 /* of the words below it */

static bool
is_heading(const struct help_row *r)
{
	return r->action == ACT_NONE && r->words == NULL;
}

/* To the next row that is no heading; from the cursor, or with it. */
static bool
step(struct help_rows *s, int way, bool with)
{
	size_t i = s->cursor;

	if (!with)
		i += (size_t)way;
	for (; i < s->n; i += (size_t)way) {
		if (!is_heading(&s->list[i])) {
			s->cursor = i;
			return true;
		}
	}
	return false;
}

void
help_rows_first(struct help_rows *s)
{
	s->cursor = 0;
	(void)step(s, 1, true);
}

enum action
help_rows_action(const struct help_rows *s)
{
	return s->cursor < s->n ? s->list[s->cursor].action : ACT_NONE;
}

/* --- drawing: every sentence whole ------------------------------------------- */

static const char *
words(const struct help_row *r)
{
	if (r->action != ACT_NONE)
		return _(action_info(r->action)->help);
	return r->words != NULL ? r->words : r->heading;
}

static int
words_col(const struct help_row *r, int cols)
{
	if (r->action == ACT_NONE)
		return r->words != NULL ? MARK : 0;
	return cols >= WIDE ? MARK + KEYS + NAME : INDENT;
}

static int
row_lines(const struct help_row *r, int cols)
{
	/* The last column is for the marks that there is more. */
	int room = cols - words_col(r, cols) - 1;
	int lines = (int)wrap_count(words(r), strlen(words(r)), room);

	return r->action == ACT_NONE || cols >= WIDE ? lines : 1 + lines;
}

static int
line_of(const struct help_rows *s, size_t row)
{
	int line = 0;

	for (size_t i = 0; i < row; i++)
		line += row_lines(&s->list[i], s->cols);
	return line;
}

static void
draw_row(const struct help_rows *s, size_t i, struct canvas *c)
{
	const struct help_row *r = &s->list[i];
	const struct action_info *info = action_info(r->action);
	int col = words_col(r, c->cols), row = 0;
	bool here = i == s->cursor;

	if (here) {
		canvas_text(
		    c, 0, 0, 1, EL_MARKER, canvas_mark(c, MARK_SELECTED));
		canvas_cursor(c, 0, MARK);
	}
	if (info != NULL) {
		row = c->cols >= WIDE ? 0 : 1;
		canvas_text(c, 0, MARK, KEYS - 1, here ? EL_FOCUS : EL_KEY,
		    info->keys[0] == '\0' ? ":" : info->keys);
		canvas_text(c, 0, MARK + KEYS, -1, EL_TEXT, info->name);
	}
	canvas_wrap(c, row, col, c->cols - col - 1, c->rows - row,
	    is_heading(r) ? EL_HEADING : EL_TEXT, words(r));
}

/* Where the row under the cursor begins, its heading with it, and ends. */
static void
bounds(const struct help_rows *s, int *first, int *last)
{
	size_t i = s->cursor;

	*last = *first = line_of(s, i);
	if (i < s->n)
		*last += row_lines(&s->list[i], s->cols);
	if (i > 0 && is_heading(&s->list[i - 1]))
		*first -= row_lines(&s->list[i - 1], s->cols);
}

/* That row in sight; what is higher than the window stays where it was read. */
static void
scroll(struct help_rows *s)
{
	int first, last, low, high;

	bounds(s, &first, &last);
	low = last - s->height < first ? last - s->height : first;
	high = last - s->height > first ? last - s->height : first;
	if (s->top < low)
		s->top = low;
	if (s->top > high)
		s->top = high;
}

void
help_rows_draw(struct help_rows *s, struct canvas *c)
{
	int line;

	s->cols = c->cols;
	s->height = c->rows > 0 ? c->rows : 1;
	scroll(s);
	line = -s->top;
	for (size_t i = 0; i < s->n; i++) {
		int lines = row_lines(&s->list[i], c->cols);
		struct canvas v, aside;

		if (line >= 0 && line < c->rows) {
			v = canvas_view(c, line, 0, lines, c->cols);
			draw_row(s, i, &v);
		} else if (line < 0 && line + lines > 0) {
			canvas_init(&aside, lines, c->cols, c->grid->ascii);
			draw_row(s, i, &aside);
			canvas_copy(c, 0, &aside, -line, lines + line);
			canvas_done(&aside);
		}
		line += lines;
	}
	if (s->top > 0)
		canvas_text(c, 0, c->cols - 1, 1, EL_DIM,
		    canvas_mark(c, MARK_MORE_ABOVE));
	if (line > c->rows)
		canvas_text(c, c->rows - 1, c->cols - 1, 1, EL_DIM,
		    canvas_mark(c, MARK_MORE_BELOW));
	if (s->n == 0)
		canvas_text(
		    c, 0, MARK, -1, EL_DIM, _("Nothing here has these words"));
}

/* --- keys -------------------------------------------------------------------- */

/* Through a row that is higher than the window, to its end: true when it moved
 * by that many lines, or as many as there are. */
static bool
read_on(struct help_rows *s, int way, int lines)
{
	int first, last, left;

	if (s->height <= 0)
		return false;
	scroll(s); /* a key may come before the picture of the last one */
	bounds(s, &first, &last);
	left = way > 0 ? last - s->height - s->top : s->top - first;
	if (left <= 0)
		return false;
	s->top += way * (lines < left ? lines : left);
	return true;
}

/* As many lines as the window has, at least one row. */
static void
page(struct help_rows *s, int way)
{
	int from = line_of(s, s->cursor);

	if (read_on(s, way, s->height > 1 ? s->height - 1 : 1))
		return;
	while (step(s, way, false) &&
	       way * (line_of(s, s->cursor) - from) < s->height - 1)
		;
}

bool
help_rows_key(struct help_rows *s, uint32_t code)
{
	switch (code) {
	case K_UP:
	case 'k':
		if (!read_on(s, -1, 1))
			(void)step(s, -1, false);
		return true;
	case K_DOWN:
	case 'j':
		if (!read_on(s, 1, 1))
			(void)step(s, 1, false);
		return true;
	case K_PGUP:
	case K_PGDN:
		page(s, code == K_PGUP ? -1 : 1);
		return true;
	case K_HOME:
		s->cursor = 0;
		(void)step(s, 1, true);
		return true;
	case K_END:
	case 'G':
		s->cursor = s->n > 0 ? s->n - 1 : 0;
		return true;
	default:
		return false;
	}
}
