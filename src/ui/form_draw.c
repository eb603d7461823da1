/* SPDX-License-Identifier: ISC */
/*
 * Drawing a form.  Fields are measured, then those that can be seen are drawn;
 * one that is cut by the top edge is drawn aside and copied.  Heights do not
 * depend on where a field stands, so nothing jumps while one moves.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/form_impl.h"
#include "ui/wrap.h"

#define GUTTER 3 /* the focus mark and the required mark */
#define SIDE_BY_SIDE 60 /* columns from which labels stand beside values */
#define LABEL_MOST 30
#define INDENT 2 /* of values below their labels */
#define SMALL 10 /* rows of fields; with fewer, room is what is short */
#define OPTIONS_MOST 12 /* rows of a list of options */

struct layout {
	int head, help; /* rows above and below the part that scrolls */
	int cols, height; /* of that part */
	int label, value; /* widths */
	bool beside;
};

struct measure {
	int label, value, message; /* rows */
	int total;
};

static int
rows_of(const char *s, int cols)
{
	return *s == '\0' ? 0 : (int)wrap_count(s, strlen(s), cols);
}

static int
at_most(int n, int most)
{
	return n > most ? most : n;
}

static int
at_least(int n, int least)
{
	return n < least ? least : n;
}

static struct layout
lay_out(int cols, int height)
{
	struct layout l = { .cols = cols, .height = height };

	l.beside = cols >= SIDE_BY_SIDE;
	/* Narrow, a label may end at the marks that there is more. */
	l.label = l.beside ? at_most(cols / 3, LABEL_MOST) : cols - GUTTER - 1;
	l.value =
	    l.beside ? cols - GUTTER - l.label - 1 : cols - GUTTER - INDENT;
	l.label = at_least(l.label, 1);
	l.value = at_least(l.value, 1);
	return l;
}

void
form_show(
    const struct form *f, const char *id, const char *value, struct buf *b)
{
	size_t i = form_index(f, id);
	const struct choice *c;

	if (i == f->n) {
		buf_add_str(b, value);
		return;
	}
	c = &f->slots[i].choice;
	switch (form_widget(f->fields[i].type)) {
	case WIDGET_CHOICE:
		choice_labels(c->options, c->n, value, b);
		break;
	case WIDGET_DATE:
		datefield_show(value, b);
		break;
	default:
		buf_add_str(b, value);
	}
}

/* What a field without the cursor shows. */
static void
shown_value(const struct form *f, size_t i, struct buf *b)
{
	form_show(f, f->fields[i].id, f->slots[i].now.data, b);
}

static int
long_rows(const struct form *f, size_t i, const struct layout *l)
{
	int least = f->fields[i].rows > 0 ? f->fields[i].rows : 3;
	int rows = (int)edit_rows(&f->slots[i].edit, l->value);
	int label =
	    l->beside ? 0 : rows_of(form_tr(f->fields[i].label), l->label);
	/* In a small window what is being written has all of it. */
	int most = at_least(
	    l->height >= SMALL
		? l->height - 3
		: l->height - label - (f->slots[i].message.len > 0 ? 2 : 0),
	    1);

	if (i != f->focus)
		return at_most(at_least(at_most(rows, least), 1), most);
	return at_most(at_least(rows, least), most);
}

static int
options_rows(const struct form *f, size_t i, const struct layout *l)
{
	const struct choice *c = &f->slots[i].choice;
	int label = rows_of(form_tr(f->fields[i].label), l->label);
	int rows = (int)choice_rows(c);
	/* In a small window the question and its options have all of it. */
	int most = at_least(l->height - (l->beside ? 1 : label) -
				(f->slots[i].message.len > 0 ? 2 : 0),
	    1);

	rows = at_most(rows, OPTIONS_MOST) + (c->typed.len > 0);
	return at_least(at_most(rows, most), 1);
}

static int
value_rows(const struct form *f, size_t i, const struct layout *l)
{
	struct buf b;
	int rows;

	switch (f->fields[i].type) {
	case FORM_LONG_TEXT:
		return long_rows(f, i, l);
	case FORM_CHOICE:
	case FORM_MULTI:
		if (i == f->focus)
			return options_rows(f, i, l);
		buf_init(&b);
		shown_value(f, i, &b);
		rows = at_most(at_least(rows_of(b.data, l->value), 1), 3);
		buf_done(&b);
		return rows;
	default:
		return 1;
	}
}

static struct measure
measure(const struct form *f, size_t i, const struct layout *l)
{
	const struct form_field *d = &f->fields[i];
	struct measure m = { 0 };

	if (!form_is_shown(f, i))
		return m;
	m.label = rows_of(form_tr(d->label), l->label);
	switch (d->type) {
	case FORM_HEADING:
		m.total = i == 0 ? 1 : 2;
		return m;
	case FORM_INFO:
		m.label = rows_of(form_tr(d->label), l->cols - GUTTER);
		m.value = rows_of(form_words(f, i), l->cols - GUTTER);
		m.total = m.label + m.value;
		return m;
	default:
		break;
	}
	m.value = value_rows(f, i, l);
	if (f->slots[i].message.len > 0)
		m.message = rows_of(
		    f->slots[i].message.data, at_least(l->value - 2, 1));
	m.total = l->beside ? at_least(m.label, m.value + m.message)
			    : m.label + m.value + m.message;
	return m;
}

/* --- one field ------------------------------------------------------------ */

static void
draw_row_choice(struct form_slot *s, struct canvas *c, bool focus)
{
	const struct choice *ch = &s->choice;
	int col = 0;

	for (size_t i = 0; i < ch->n; i++) {
		bool on = choice_has(ch->value.data, ch->options[i].value);
		bool here = focus && s->aimed && i == ch->cursor;
		enum element style = here ? EL_FOCUS : on ? EL_CHOSEN : EL_TEXT;

		if (here || (focus && i == 0))
			canvas_cursor(c, 0, col);
		col += canvas_text(c, 0, col, -1, style,
		    canvas_mark(c, on ? MARK_CHOSEN : MARK_OPEN));
		col += 1 + canvas_text(c, 0, col + 1, -1, style,
			       _(ch->options[i].label));
		col += 2;
	}
}

static void
draw_options(struct form_slot *s, struct canvas *c)
{
	choice_draw(&s->choice, c, s->aimed);
	if (!s->aimed)
		canvas_cursor(c, 0, 2);
}

static void
draw_value(struct form *f, size_t i, struct canvas *c, bool focus)
{
	const struct form_field *d = &f->fields[i];
	struct form_slot *s = &f->slots[i];
	enum element style = d->flags & FORM_READ_ONLY ? EL_VALUE : EL_FIELD;
	struct buf b;

	if (form_in_row(d->type)) {
		draw_row_choice(s, c, focus);
		return;
	}
	if (focus && form_widget(d->type) == WIDGET_CHOICE) {
		draw_options(s, c);
		return;
	}
	if (focus && d->type == FORM_DATE) {
		datefield_draw(&s->date, c, true);
		return;
	}
	if (form_widget(d->type) == WIDGET_EDIT &&
	    !(d->flags & FORM_READ_ONLY)) {
		edit_draw(&s->edit, c, style, focus);
		return;
	}
	buf_init(&b);
	shown_value(f, i, &b);
	if (b.len > 0)
		(void)canvas_wrap(c, 0, 0, -1, c->rows, EL_VALUE, b.data);
	else
		(void)canvas_text(c, 0, 0, 1, EL_DIM, canvas_mark(c, MARK_DOT));
	buf_done(&b);
}

static void
draw_info(struct form *f, size_t i, struct canvas *c)
{
	int row = canvas_wrap(
	    c, 0, GUTTER, -1, c->rows, EL_TITLE, form_tr(f->fields[i].label));

	(void)canvas_wrap(
	    c, row, GUTTER, -1, c->rows - row, EL_TEXT, form_words(f, i));
	if (i == f->focus)
		canvas_cursor(c, f->slots[i].scroll, 0);
}

/* Draw a whole field on a canvas of just its height. */
static void
draw_field(struct form *f, size_t i, struct canvas *c, const struct layout *l,
    const struct measure *m)
{
	const struct form_field *d = &f->fields[i];
	bool focus = i == f->focus;
	int row = l->beside ? 0 : m->label;
	int col = GUTTER + (l->beside ? l->label + 1 : INDENT);
	struct canvas v = canvas_view(c, row, col, m->value, l->value);

	if (focus)
		(void)canvas_text(
		    c, 0, 0, 1, EL_MARKER, canvas_mark(c, MARK_SELECTED));
	if (d->type == FORM_HEADING) {
		canvas_rule(c, c->rows - 1, form_tr(d->label));
		return;
	}
	if (d->type == FORM_INFO) {
		draw_info(f, i, c);
		return;
	}
	if (d->flags & FORM_REQUIRED)
		(void)canvas_text(c, 0, 1, 1, EL_REQUIRED, "*");
	(void)canvas_wrap(c, 0, GUTTER, l->label, m->label,
	    focus ? EL_FOCUS : EL_LABEL, form_tr(d->label));
	if (m->message > 0) {
		(void)canvas_text(c, row + m->value, col, 1, EL_ERROR, "!");
		(void)canvas_wrap(c, row + m->value, col + 2, l->value - 2,
		    m->message, EL_ERROR, f->slots[i].message.data);
	}
	draw_value(f, i, &v, focus);
}

/* --- all of them ---------------------------------------------------------- */

static int
head_rows(const struct form *f)
{
	return f->rows >= 4 ? 1 : 0;
}

/* The option that is pointed at; NULL: none is. */
static const struct choice_option *
pointed_at(const struct form *f)
{
	const struct form_slot *s;

	if (f->focus >= f->n ||
	    form_widget(f->fields[f->focus].type) != WIDGET_CHOICE)
		return NULL;
	s = &f->slots[f->focus];
	return s->aimed && s->choice.cursor < s->choice.n
		   ? &s->choice.options[s->choice.cursor]
		   : NULL;
}

/* Does the list cut the label of an option? */
static bool
is_cut(const struct form *f, const struct choice_option *o)
{
	const char *label = form_tr(o->label);

	return utf8_width(label, strlen(label)) > f->cols / 2;
}

static void
add_option(struct buf *b, const struct choice_option *o, bool label)
{
	if (label)
		buf_addf(
		    b, "%s%s", form_tr(o->label), o->help != NULL ? ": " : "");
	buf_add_str(b, form_tr(o->help));
}

/* An option that is pointed at: what it means, and its whole label where the
 * list cuts it. */
static void
help_words(const struct form *f, struct buf *b)
{
	const struct choice_option *o = pointed_at(f);

	if (o != NULL && (o->help != NULL || is_cut(f, o)))
		add_option(b, o, is_cut(f, o));
	else if (f->focus < f->n)
		buf_add_str(b, form_tr(f->fields[f->focus].help));
}

const char *
form_help(const struct form *f, struct buf *b)
{
	const struct choice_option *o = pointed_at(f);

	if (f->focus >= f->n)
		return "";
	buf_add_str(b, form_tr(f->fields[f->focus].help));
	if (o != NULL && (o->help != NULL || is_cut(f, o))) {
		buf_add_str(b, b->len > 0 ? "\n" : "");
		add_option(b, o, true);
	}
	return form_tr(f->fields[f->focus].label);
}

static int
help_rows(const struct form *f, const char *words)
{
	if (f->rows >= 20)
		return 2;
	/* Read before the first word, or with F1. */
	if (f->rows < SMALL && f->focus < f->n &&
	    f->fields[f->focus].type == FORM_LONG_TEXT &&
	    f->slots[f->focus].now.len > 0)
		return 0;
	return f->rows < 7
		   ? 0
		   : at_least(at_most(rows_of(words, f->cols - GUTTER), 2), 1);
}

/* How all of it lies while this field has the cursor, and its help. */
static struct layout
lay_out_all(const struct form *f, struct buf *words)
{
	struct layout l;
	int head = head_rows(f), help;

	buf_clear(words);
	help_words(f, words);
	help = help_rows(f, words->data);
	l = lay_out(f->cols, f->rows - head - help);
	l.head = head;
	l.help = help;
	return l;
}

/* The line a field begins on. */
static int
line_of(const struct form *f, size_t i, const struct layout *l)
{
	int line = 0;

	for (size_t j = 0; j < i; j++)
		line += measure(f, j, l).total;
	return line;
}

/* A text to read aloud is read from its beginning: where the words before a
 * question do not fit beside it, they come first, once. */
static void
words_first(struct form *f, const struct layout *l)
{
	size_t first = f->focus, unread = f->n;
	bool fits;

	if (f->focus >= f->n ||
	    form_widget(f->fields[f->focus].type) == WIDGET_NONE)
		return;
	while (
	    first > 0 && form_widget(f->fields[first - 1].type) == WIDGET_NONE)
		first--;
	fits = line_of(f, f->focus + 1, l) - line_of(f, first, l) <= l->height;
	for (size_t i = first; i < f->focus; i++) {
		if (f->fields[i].type != FORM_INFO || !form_is_shown(f, i) ||
		    f->slots[i].read == form_words(f, i))
			continue;
		if (fits || unread == f->n)
			f->slots[i].read = form_words(f, i);
		if (unread == f->n)
			unread = i;
	}
	if (!fits && unread < f->n)
		f->focus = unread;
}

/* Keep the focused field in sight, and above it the words that belong to it. */
static void
scroll(struct form *f, const struct layout *l)
{
	int first, last, total = line_of(f, f->n, l);
	size_t i = f->focus;

	if (i < f->n) {
		first = line_of(f, i, l);
		last = first + measure(f, i, l).total;
		if (last - first > l->height) {
			/* Only words to read are higher than the screen. */
			int most = last - first - l->height;
			struct form_slot *s = &f->slots[i];

			s->scroll = at_most(s->scroll, most);
			s->below = s->scroll < most;
			s->page = l->height;
			f->top = first + s->scroll;
			return;
		}
		f->slots[i].below = false;
		f->slots[i].scroll = 0;
		while (i > 0 &&
		       form_widget(f->fields[i - 1].type) == WIDGET_NONE &&
		       last - line_of(f, i - 1, l) <= l->height)
			i--;
		first = line_of(f, i, l);
		if (f->top > first)
			f->top = first;
		if (f->top < last - l->height)
			f->top = last - l->height;
	}
	f->top = at_least(at_most(f->top, total - l->height), 0);
}

/* Returns how it lies then; words: the help of the field with the cursor. */
static struct layout
settle(struct form *f, struct buf *words)
{
	struct layout l = lay_out_all(f, words);
	size_t was = f->focus;

	if (f->rows <= 0)
		return l;
	words_first(f, &l);
	if (f->focus != was)
		l = lay_out_all(f, words);
	if (l.height > 0)
		scroll(f, &l);
	return l;
}

void
form_settle(struct form *f)
{
	struct buf words;

	if (f->rows <= 0)
		return;
	buf_init(&words);
	(void)settle(f, &words);
	buf_done(&words);
}

void
form_in_place(struct form *f, const struct form *before)
{
	f->rows = before->rows;
	f->cols = before->cols;
	form_settle(f);
}

static void
draw_cut(struct form *f, size_t i, struct canvas *c, const struct layout *l,
    const struct measure *m, int row)
{
	struct canvas aside;

	canvas_init(&aside, m->total, l->cols, c->grid->ascii);
	aside.grid->accessible = c->grid->accessible;
	draw_field(f, i, &aside, l, m);
	canvas_copy(c, 0, &aside, -row, m->total + row);
	if (i == f->focus)
		canvas_cursor(
		    c, aside.grid->cursor_row + row, aside.grid->cursor_col);
	canvas_done(&aside);
}

static void
draw_fields(struct form *f, struct canvas *c, const struct layout *l)
{
	int row = -f->top, total = 0;

	for (size_t i = 0; i < f->n; i++) {
		struct measure m = measure(f, i, l);
		struct canvas v;

		total += m.total;
		if (m.total > 0 && row < 0 && row + m.total > 0)
			draw_cut(f, i, c, l, &m, row);
		else if (m.total > 0 && row >= 0 && row < c->rows) {
			/* Cut at the bottom is what a canvas does anyway. */
			v = canvas_view(c, row, 0, m.total, c->cols);
			draw_field(f, i, &v, l, &m);
		}
		row += m.total;
	}
	if (f->top > 0)
		(void)canvas_text(c, 0, c->cols - 1, 1, EL_DIM,
		    canvas_mark(c, MARK_MORE_ABOVE));
	if (total - f->top > c->rows)
		(void)canvas_text(c, c->rows - 1, c->cols - 1, 1, EL_DIM,
		    canvas_mark(c, MARK_MORE_BELOW));
}

void
form_draw(struct form *f, struct canvas *c, const char *title)
{
	struct layout l;
	struct canvas v;
	struct buf words;
	char where[96];
	int col;

	f->rows = c->rows;
	f->cols = c->cols;
	buf_init(&words);
	l = settle(f, &words);
	v = canvas_view(c, l.head, 0, l.height, c->cols);
	if (l.head > 0) {
		col = canvas_text_right(
		    c, 0, 0, -1, EL_DIM, form_where(f, where, sizeof(where)));
		if (title != NULL)
			(void)canvas_text(c, 0, 1, col - 2, EL_TITLE, title);
	}
	canvas_cursor(c, 0, 0);
	if (l.help > 0)
		(void)canvas_wrap(c, c->rows - l.help, GUTTER, -1, l.help,
		    EL_DIM, words.data);
	buf_done(&words);
	if (v.rows > 0)
		draw_fields(f, &v, &l);
}
