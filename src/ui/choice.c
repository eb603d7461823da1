/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/id.h"
#include "base/utf8.h"
#include "ui/choice.h"
#include "ui/wrap.h"

#define DIGITS 10 /* options that a digit can pick; 0 is the tenth */

/* A list of case codes is narrowed by typing one, whatever it begins with: a
 * digit that picked would open somebody else's case.  "CODE: value" is a list
 * of values. */
bool
choice_digits(const struct choice *c)
{
	char code[CODE_SIZE], start[CODE_SIZE];

	for (size_t i = 0; i < c->n && c->n <= DIGITS; i++) {
		const char *label = c->options[i].label;

		(void)snprintf(
		    start, sizeof(start), "%.*s", CODE_SIZE - 1, label);
		if (strlen(start) == CODE_SIZE - 1 && start[3] == '-' &&
		    start[7] == '-' && label[CODE_SIZE - 1] != ':' &&
		    code_parse(start, code) == 0)
			return false;
	}
	return c->n <= DIGITS;
}

void
choice_init(struct choice *c, const struct choice_option *options, size_t n,
    bool several)
{
	memset(c, 0, sizeof(*c));
	c->options = options;
	c->n = n;
	c->several = several;
	buf_init(&c->value);
	buf_init(&c->typed);
}

void
choice_done(struct choice *c)
{
	buf_done(&c->value);
	buf_done(&c->typed);
}

const char *
choice_value(const struct choice *c)
{
	return c->value.data;
}

/* The next value of a list from *p; false at its end. */
static bool
next_value(const char **p, const char **value, size_t *len)
{
	while (**p == ',')
		(*p)++;
	if (**p == '\0')
		return false;
	*value = *p;
	*len = strcspn(*p, ",");
	*p += *len;
	return true;
}

static bool
same(const char *a, size_t len, const char *b)
{
	return strlen(b) == len && memcmp(a, b, len) == 0;
}

bool
choice_has(const char *list, const char *value)
{
	const char *v;
	size_t len;

	while (next_value(&list, &v, &len)) {
		if (same(v, len, value))
			return true;
	}
	return false;
}

void
choice_labels(const struct choice_option *options, size_t n, const char *list,
    struct buf *out)
{
	const char *v;
	bool first = true;
	size_t len;

	while (next_value(&list, &v, &len)) {
		size_t i = 0;

		if (!first)
			buf_add_str(out, ", ");
		first = false;
		while (i < n && !same(v, len, options[i].value))
			i++;
		if (i < n)
			buf_add_str(out, _(options[i].label));
		else
			buf_add(out, v, len);
	}
}

void
choice_untype(struct choice *c)
{
	buf_clear(&c->typed);
	c->astray = false;
	c->struck = 0;
}

void
choice_set(struct choice *c, const char *value)
{
	buf_clear(&c->value);
	buf_add_str(&c->value, value);
	choice_untype(c);
	c->cursor = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (choice_has(value, c->options[i].value)) {
			c->cursor = i;
			return;
		}
	}
}

/* What was typed stands in the label, accents and case aside. */
static bool
matches(const struct choice *c, size_t i)
{
	struct buf label, typed;
	bool found;

	if (c->typed.len == 0)
		return true;
	buf_init(&label);
	buf_init(&typed);
	utf8_fold(
	    &label, _(c->options[i].label), strlen(_(c->options[i].label)));
	utf8_fold(&typed, c->typed.data, c->typed.len);
	found = strstr(label.data, typed.data) != NULL;
	buf_done(&label);
	buf_done(&typed);
	return found;
}

static void
toggle(struct choice *c, size_t i)
{
	struct buf b;
	const char *p = c->value.data, *v, *value = c->options[i].value;
	bool on = !choice_has(p, value);
	size_t len;

	buf_init(&b);
	/* In the order in which they were chosen: the first is often what the
	 * person named first. */
	while (next_value(&p, &v, &len)) {
		if (same(v, len, value))
			continue;
		if (b.len > 0)
			buf_add_char(&b, ',');
		buf_add(&b, v, len);
	}
	if (on) {
		if (b.len > 0)
			buf_add_char(&b, ',');
		buf_add_str(&b, value);
	}
	buf_clear(&c->value);
	buf_add(&c->value, b.data, b.len);
	buf_done(&b);
}

static enum choice_result
pick(struct choice *c, size_t i)
{
	c->cursor = i;
	choice_untype(c);
	if (c->several) {
		toggle(c, i);
		return CHOICE_CHANGED;
	}
	buf_clear(&c->value);
	buf_add_str(&c->value, c->options[i].value);
	return CHOICE_DONE;
}

static enum choice_result
step(struct choice *c, int way)
{
	size_t i = c->cursor;

	for (;;) {
		if (way < 0 && i == 0)
			return CHOICE_PASS;
		i += (size_t)way;
		if (i >= c->n)
			return CHOICE_PASS;
		if (matches(c, i)) {
			c->cursor = i;
			return CHOICE_MOVED;
		}
	}
}

/* The cursor on an option that matches; the nearest from where it is. */
static void
narrow(struct choice *c)
{
	if (c->n == 0 || matches(c, c->cursor))
		return;
	if (step(c, 1) == CHOICE_PASS)
		(void)step(c, -1);
}

/* One digit alone goes to its option; more is a text. */
static enum choice_result
typed_on(struct choice *c, const struct key *k)
{
	size_t i = k->code == '0' ? DIGITS - 1 : k->code - '1';

	if (c->struck++ == 0 && k->code >= '0' && k->code <= '9' && i < c->n)
		c->cursor = i;
	else
		c->astray = true;
	return CHOICE_MOVED;
}

static enum choice_result
typed(struct choice *c, const struct key *k)
{
	size_t len = c->typed.len;
	bool any = false;

	if (c->strict)
		return typed_on(c, k);
	if (k->code >= '0' && k->code <= '9' && len == 0 && !c->astray &&
	    choice_digits(c)) {
		size_t i = k->code == '0' ? DIGITS - 1 : k->code - '1';

		return i < c->n ? pick(c, i) : CHOICE_MOVED;
	}
	buf_add(&c->typed, k->text, k->len);
	for (size_t i = 0; i < c->n && !any; i++)
		any = matches(c, i);
	if (!any) {
		/* What matches nothing is not taken. */
		buf_splice(&c->typed, len, c->typed.len - len, NULL, 0);
		/* A digit was to pick what has no number, or is not there. */
		if (k->code < '0' || k->code > '9')
			c->astray = true;
		return CHOICE_MOVED;
	}
	narrow(c);
	return CHOICE_MOVED;
}

/* Where several can be ticked it ticks the one that was found; else it goes on
 * with what is typed.  A choice of one is made with Enter alone: a sentence that
 * was meant for another field begins with a word, too. */
static enum choice_result
space(struct choice *c, const struct key *k)
{
	return c->several && !c->strict && !c->astray && choice_rows(c) == 1
		   ? pick(c, c->cursor)
		   : typed(c, k);
}

static enum choice_result
enter(struct choice *c)
{
	bool astray = c->astray;

	if (!c->several && !astray)
		return pick(c, c->cursor);
	/* The end of a sentence chooses nothing. */
	choice_untype(c);
	if (c->strict)
		c->cursor = 0;
	return astray ? CHOICE_MOVED : CHOICE_DONE;
}

enum choice_result
choice_key(struct choice *c, const struct key *k)
{
	size_t at;

	if (c->n == 0)
		return CHOICE_PASS;
	switch (k->code) {
	case K_UP:
	case K_DOWN:
		c->astray = false;
		c->struck = 0;
		return step(c, k->code == K_UP ? -1 : 1);
	case K_BACKSPACE:
		c->astray = false;
		c->struck = 0;
		if (c->typed.len == 0)
			return CHOICE_PASS;
		at = utf8_grapheme_before(
		    c->typed.data, c->typed.len, c->typed.len);
		buf_splice(&c->typed, at, c->typed.len - at, NULL, 0);
		return CHOICE_MOVED;
	case K_DELETE:
		if (c->value.len == 0)
			return CHOICE_MOVED;
		buf_clear(&c->value);
		return CHOICE_CHANGED;
	case ' ':
		/* While a label is being typed, a space is part of it. */
		if (c->typed.len == 0 && !c->astray && !c->strict)
			return pick(c, c->cursor);
		return space(c, k);
	case K_ENTER:
		return enter(c);
	default:
		return key_is_text(k) && k->text != NULL ? typed(c, k)
							 : CHOICE_PASS;
	}
}

bool
choice_take(struct choice *c)
{
	size_t i = 0;

	if (c->typed.len == 0 || c->astray || choice_rows(c) != 1)
		return false;
	while (!matches(c, i))
		i++;
	if (!choice_has(c->value.data, c->options[i].value))
		(void)pick(c, i);
	return true;
}

size_t
choice_rows(const struct choice *c)
{
	size_t rows = 0;

	for (size_t i = 0; i < c->n; i++)
		rows += matches(c, i);
	return rows;
}

static enum canvas_mark
mark_of(const struct choice *c, bool on)
{
	if (c->several)
		return on ? MARK_TICKED : MARK_UNTICKED;
	return on ? MARK_CHOSEN : MARK_OPEN;
}

/* Rows of an option while the cursor is on it. */
static int
option_rows(const struct choice *c, const struct canvas *v, size_t i, int cols)
{
	const char *mark = canvas_mark(v, mark_of(c, false));
	const char *label = _(c->options[i].label);
	int room = cols - 3 - utf8_width(mark, strlen(mark)) -
		   (choice_digits(c) ? 2 : 0);

	if (!c->whole)
		return 1;
	return (int)wrap_count(label, strlen(label), room > 1 ? room : 1);
}

int
choice_height(const struct choice *c, const struct canvas *v, int cols)
{
	int most = 1;

	for (size_t i = 0; c->whole && i < c->n; i++) {
		int rows = matches(c, i) ? option_rows(c, v, i, cols) : 1;

		most = rows > most ? rows : most;
	}
	return (int)choice_rows(c) + most - 1;
}

/* cols: cells a row has, without those of the marks at the edge; rows: of the
 * option under the cursor. */
static void
draw_option(const struct choice *c, struct canvas *v, int row, int rows,
    int cols, size_t i, bool focus)
{
	bool on = choice_has(c->value.data, c->options[i].value);
	enum element style = focus && i == c->cursor ? EL_FOCUS
			     : on		     ? EL_CHOSEN
						     : EL_TEXT;
	char digit[2] = "";
	int col;

	if (choice_digits(c))
		digit[0] = (char)(i == DIGITS - 1 ? '0' : '1' + i);
	if (focus && i == c->cursor)
		(void)canvas_text(
		    v, row, 0, 1, EL_MARKER, canvas_mark(v, MARK_SELECTED));
	col = 2 +
	      canvas_text(v, row, 2, 3, style, canvas_mark(v, mark_of(c, on)));
	if (*digit != '\0')
		col += 1 + canvas_text(v, row, col + 1, 1, EL_DIM, digit);
	if (rows > 1)
		(void)canvas_wrap(v, row, col + 1, cols - col - 1, rows, style,
		    _(c->options[i].label));
	else
		(void)canvas_text(v, row, col + 1, cols - col - 1, style,
		    _(c->options[i].label));
}

/* There are more options than fit. */
static void
draw_marks(const struct choice *c, struct canvas *v, int height, int rows)
{
	if (c->top > 0)
		(void)canvas_text(v, 0, v->cols - 1, 1, EL_DIM,
		    canvas_mark(v, MARK_MORE_ABOVE));
	if ((int)c->top + height < rows)
		(void)canvas_text(v, height - 1, v->cols - 1, 1, EL_DIM,
		    canvas_mark(v, MARK_MORE_BELOW));
}

/* The cursor's option, so many rows high, in sight; of all rows. */
static void
scroll(struct choice *c, int height, int high, int rows)
{
	int at = 0, top = (int)c->top;

	for (size_t i = 0; i < c->cursor; i++)
		at += matches(c, i);
	if (top > at)
		top = at;
	if (height > 0 && at + high > top + height)
		top = at + high - height;
	if (top + height > rows)
		top = rows > height ? rows - height : 0;
	c->top = (size_t)top;
}

void
choice_draw(struct choice *c, struct canvas *v, bool focus)
{
	int row = 0, height = v->rows, cols = v->cols, high = 1, rows;
	size_t place = 0;

	if (c->typed.len > 0 && height > 1) {
		(void)canvas_printf(v, --height, 2, -1, EL_MATCH, "%s%s",
		    c->typed.data, c->astray ? " ?" : "");
		if (focus)
			canvas_cursor(v, height,
			    2 + utf8_width(c->typed.data, c->typed.len));
	}
	if (choice_height(c, v, cols) > height)
		cols -= 2; /* for the marks */
	if (focus && c->cursor < c->n)
		high = option_rows(c, v, c->cursor, cols);
	if (high > height && height > 0)
		high = height;
	rows = (int)choice_rows(c) + high - 1;
	scroll(c, height, high, rows);
	if (height > 0 && rows > height)
		draw_marks(c, v, height, rows);
	for (size_t i = 0; i < c->n && row < height; i++) {
		bool here = focus && i == c->cursor;

		if (!matches(c, i) || place++ < c->top)
			continue;
		draw_option(c, v, row, here ? high : 1, cols, i, focus);
		if (here && c->typed.len == 0)
			canvas_cursor(v, row, 2);
		row += here ? high : 1;
	}
}
