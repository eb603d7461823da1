/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "ui/dialog.h"
#include "ui/wrapped.h"

#define LINE_BYTES 1000
#define SECRET_BYTES 256
#define BOX_COLS 64 /* a width one reads without losing the line */

void
dialog_init(struct dialog *d, enum dialog_kind kind, const char *title,
    const char *text)
{
	memset(d, 0, sizeof(*d));
	d->kind = kind;
	d->title = title;
	d->text = text == NULL ? "" : text;
	choice_init(&d->choice, NULL, 0, false);
	if (kind == DIALOG_SECRET)
		edit_init(&d->edit, EDIT_SECRET, SECRET_BYTES);
	else
		edit_init(&d->edit, 0, LINE_BYTES);
}

void
dialog_options(struct dialog *d, const struct choice_option *options, size_t n)
{
	choice_done(&d->choice);
	choice_init(&d->choice, options, n, false);
	d->choice.whole = true;
	d->choice.strict = d->required;
}

void
dialog_done(struct dialog *d)
{
	choice_done(&d->choice);
	edit_done(&d->edit);
	wipe(d->message, sizeof(d->message));
}

const char *
dialog_value(const struct dialog *d)
{
	switch (d->kind) {
	case DIALOG_CHOICE:
		return choice_value(&d->choice);
	case DIALOG_LINE:
	case DIALOG_SECRET:
		return edit_text(&d->edit);
	default:
		return "";
	}
}

/* Moves the text; false when it is not a key for that. */
static bool
scroll(struct dialog *d, uint32_t code)
{
	int by = code == K_PGDN	  ? d->page
		 : code == K_PGUP ? -d->page
		 : code == K_DOWN ? 1
		 : code == K_UP	  ? -1
				  : 0;

	if (by == 0)
		return false;
	if (by < 0 || d->more)
		d->top += by;
	if (d->top < 0)
		d->top = 0;
	return true;
}

static enum dialog_result
confirm_key(struct dialog *d, const struct key *k)
{
	struct buf yes, no, typed;
	enum dialog_result r = DIALOG_STAY;

	switch (k->code) {
	case K_LEFT:
	case K_RIGHT:
	case K_TAB:
	case K_BACKTAB:
		d->yes = !d->yes;
		return DIALOG_STAY;
	case K_ENTER:
		return d->yes ? DIALOG_YES : DIALOG_NO;
	default:
		if (scroll(d, k->code) || !key_is_text(k) || k->text == NULL)
			return DIALOG_STAY;
	}
	buf_init(&yes);
	buf_init(&no);
	buf_init(&typed);
	/* The letters are those of the words on the screen. */
	buf_add_str(&yes, _("y"));
	buf_add_str(&no, _("n"));
	buf_add(&typed, k->text, k->len);
	if (strcasecmp(typed.data, yes.data) == 0)
		r = DIALOG_YES;
	else if (strcasecmp(typed.data, no.data) == 0)
		r = DIALOG_NO;
	buf_done(&yes);
	buf_done(&no);
	buf_done(&typed);
	return r;
}

static enum dialog_result
line_key(struct dialog *d, const struct key *k)
{
	const char *s = edit_text(&d->edit);
	struct err e = { 0 };

	if (k->code == K_ENTER) {
		if (!d->required || s[strspn(s, " ")] != '\0')
			return DIALOG_YES;
		(void)snprintf(d->message, sizeof(d->message), "%s",
		    _("Some words are needed here."));
		return DIALOG_STAY;
	}
	d->message[0] = '\0';
	if (edit_key(&d->edit, k, &e) == EDIT_PASS)
		(void)scroll(d, k->code);
	if (e.kind != ERR_NONE)
		(void)snprintf(d->message, sizeof(d->message), "%s", e.text);
	return DIALOG_STAY;
}

enum dialog_result
dialog_key(struct dialog *d, const struct key *k)
{
	if (k->code == K_ESC || k->code == K_CTRL('c'))
		return d->kind == DIALOG_MESSAGE ? DIALOG_YES : DIALOG_NO;
	switch (d->kind) {
	case DIALOG_CONFIRM:
		return confirm_key(d, k);
	case DIALOG_CHOICE:
		if (choice_key(&d->choice, k) == CHOICE_DONE)
			return DIALOG_YES;
		if (k->code == K_PGUP || k->code == K_PGDN)
			(void)scroll(d, k->code);
		return DIALOG_STAY;
	case DIALOG_LINE:
	case DIALOG_SECRET:
		return line_key(d, k);
	default:
		break;
	}
	if (scroll(d, k->code))
		return DIALOG_STAY;
	if (k->code == K_ENTER)
		return DIALOG_YES;
	return !d->required && (k->code == ' ' || k->code == 'q') ? DIALOG_YES
								  : DIALOG_STAY;
}

/* --- drawing -------------------------------------------------------------- */

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Rows below the text: a blank one, answers and the message. */
static int
foot_rows(const struct dialog *d, const struct canvas *c, int inner)
{
	switch (d->kind) {
	case DIALOG_CHOICE:
		return choice_height(&d->choice, c, inner) +
		       (d->choice.typed.len > 0) + 1;
	case DIALOG_LINE:
	case DIALOG_SECRET:
		return 2 + (d->message[0] != '\0'
				   ? wrapped_lines(d->message, inner)
				   : 0);
	default:
		return 2;
	}
}

static void
draw_text(struct dialog *d, struct canvas *c)
{
	int lines = wrapped_lines(d->text, c->cols);

	d->page = c->rows > 1 ? c->rows - 1 : 1;
	if (d->top > lines - c->rows)
		d->top = lines > c->rows ? lines - c->rows : 0;
	d->more = wrapped_draw(c, d->top, EL_DIALOG, d->text);
}

static void
draw_confirm(const struct dialog *d, struct canvas *c, int row)
{
	const char *mark = canvas_mark(c, MARK_SELECTED);
	int col = 2, yes_col, no_col;

	yes_col = col;
	col += canvas_text(
	    c, row, col, -1, d->yes ? EL_FOCUS : EL_TEXT, _("Yes (y)"));
	no_col = col + 4;
	(void)canvas_text(
	    c, row, no_col, -1, d->yes ? EL_TEXT : EL_FOCUS, _("No (n)"));
	col = d->yes ? yes_col : no_col;
	(void)canvas_text(c, row, col - 2, 1, EL_MARKER, mark);
	canvas_cursor(c, row, col);
}

static void
draw_foot(struct dialog *d, struct canvas *c, int gap)
{
	struct canvas v = canvas_view(c, gap, 0, c->rows - gap, c->cols);
	struct canvas line;

	switch (d->kind) {
	case DIALOG_CONFIRM:
		draw_confirm(d, &v, 0);
		break;
	case DIALOG_CHOICE:
		choice_draw(&d->choice, &v, true);
		break;
	case DIALOG_LINE:
	case DIALOG_SECRET:
		line = canvas_view(&v, 0, 0, 1, v.cols);
		(void)canvas_wrap(
		    &v, 1, 0, -1, v.rows - 1, EL_ERROR, d->message);
		edit_draw(&d->edit, &line, EL_FIELD, true);
		break;
	default:
		(void)canvas_text(&v, 0, 0, -1, EL_DIM,
		    d->more ? _("Down: more   Enter: close")
			    : _("Enter: close"));
		canvas_cursor(&v, 0, 0);
	}
}

void
dialog_draw(struct dialog *d, struct canvas *c)
{
	int cols = least(c->cols, BOX_COLS), inner = cols - 4;
	int foot, text, rows, gap = 1;
	struct canvas box, v;

	if (inner < 1)
		inner = 1;
	foot = foot_rows(d, c, inner);
	text = wrapped_lines(d->text, inner);
	/* The answers are always seen; the text scrolls above them, and has the
	 * blank row between them where it is short of rows. */
	if (text + foot + 2 > c->rows) {
		gap = 0;
		foot--;
	}
	rows = least(c->rows, text + foot + 2);
	foot = least(foot, rows - 2 - (text > 0));
	box = canvas_view(
	    c, (c->rows - rows) / 2, (c->cols - cols) / 2, rows, cols);
	canvas_box(&box, 0, 0, rows, cols, d->title);
	v = canvas_view(&box, 1, 2, rows - 2 - foot, inner);
	draw_text(d, &v);
	v = canvas_view(&box, 1 + v.rows, 2, foot, inner);
	draw_foot(d, &v, gap);
}
