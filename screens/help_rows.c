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

/* To the next row that can be run; from the cursor, or with it. */
static bool
step(struct help_rows *s, int way, bool with)
{
	size_t i = s->cursor;

	if (!with)
		i += (size_t)way;
	for (; i < s->n; i += (size_t)way) {
		if (s->list[i].action != ACT_NONE) {
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
	return _(action_info(r->action)->help);
}

static int
words_col(int cols)
{
	return cols >= WIDE ? MARK + KEYS + NAME : INDENT;
}

static int
row_lines(const struct help_row *r, int cols)
{
	/* The last column is for the marks that there is more. */
	int room = cols - words_col(cols) - 1, lines;

	if (r->action == ACT_NONE)
		return 1;
	lines = (int)wrap_count(words(r), strlen(words(r)), room);
	return cols >= WIDE ? lines : 1 + lines;
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
	int col = words_col(c->cols), row = c->cols >= WIDE ? 0 : 1;
	bool here = i == s->cursor;

	if (info == NULL) {
		canvas_text(c, 0, 0, -1, EL_HEADING, r->heading);
		return;
	}
	if (here) {
		canvas_text(
		    c, 0, 0, 1, EL_MARKER, canvas_mark(c, MARK_SELECTED));
		canvas_cursor(c, 0, MARK);
	}
	canvas_text(c, 0, MARK, KEYS - 1, here ? EL_FOCUS : EL_KEY,
	    info->keys[0] == '\0' ? ":" : info->keys);
	canvas_text(c, 0, MARK + KEYS, -1, EL_TEXT, info->name);
	canvas_wrap(
	    c, row, col, c->cols - col - 1, c->rows - row, EL_TEXT, words(r));
}

/* The row under the cursor in sight, with the heading above it. */
static void
scroll(struct help_rows *s)
{
	size_t i = s->cursor;
	int first = line_of(s, i), last;

	last = first + (i < s->n ? row_lines(&s->list[i], s->cols) : 1);
	if (i > 0 && s->list[i - 1].action == ACT_NONE)
		first--;
	if (s->top + s->height < last)
		s->top = last - s->height;
	if (s->top > first)
		s->top = first;
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

/* As many lines as the window has, at least one row. */
static void
page(struct help_rows *s, int way)
{
	int from = line_of(s, s->cursor);

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
		(void)step(s, -1, false);
		return true;
	case K_DOWN:
	case 'j':
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
