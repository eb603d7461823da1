/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "ui/header.h"

static int
cells(const struct buf *b)
{
	return utf8_width(b->data, b->len);
}

static bool
given(const char *s)
{
	return s != NULL && *s != '\0';
}

/* Where the code is, the last time it is; n_crumbs: nowhere. */
static size_t
code_at(const struct header *h)
{
	size_t at = h->n_crumbs;

	for (size_t i = 0; given(h->code) && i < h->n_crumbs; i++)
		if (strcmp(h->crumbs[i], h->code) == 0)
			at = i;
	return at;
}

/* Crumbs from the first-th on, and the code before them; a mark says where some
 * are missing. */
static void
crumbs(const struct canvas *c, const struct header *h, size_t first,
    struct buf *out)
{
	size_t code = code_at(h);

	buf_clear(out);
	if (first > 0)
		buf_addf(out, "%s ", canvas_mark(c, MARK_ELLIPSIS));
	if (code < first)
		buf_addf(out, "%s %s ", h->crumbs[code],
		    canvas_mark(
			c, code + 1 < first ? MARK_ELLIPSIS : MARK_CRUMB));
	for (size_t i = first; i < h->n_crumbs; i++) {
		if (i > first)
			buf_addf(out, " %s ", canvas_mark(c, MARK_CRUMB));
		buf_add_str(out, h->crumbs[i]);
	}
}

/* level 0: user, role, branch; 1: without the branch; 2: the user alone. */
static void
who(const struct canvas *c, const struct header *h, int level, struct buf *out)
{
	const char *const parts[] = { h->user, level < 2 ? h->role : NULL,
		level < 1 ? h->branch : NULL };

	buf_clear(out);
	for (size_t i = 0; i < 3; i++) {
		if (!given(parts[i]))
			continue;
		if (out->len > 0)
			buf_addf(out, " %s ", canvas_mark(c, MARK_DOT));
		buf_add_str(out, parts[i]);
	}
}

void
header_draw(struct canvas *c, int row, const struct header *h)
{
	int state =
	    given(h->state) ? utf8_width(h->state, strlen(h->state)) + 2 : 0;
	struct buf left, right;
	size_t first = 0;
	int level = 0, col;

	buf_init(&left);
	buf_init(&right);
	crumbs(c, h, 0, &left);
	who(c, h, 0, &right);
	while (1 + cells(&left) + 2 + cells(&right) + state > c->cols) {
		if (level < 2)
			who(c, h, ++level, &right);
		else if (first + 1 < h->n_crumbs)
			crumbs(c, h, ++first, &left);
		else if (right.len > 0)
			buf_clear(&right);
		else
			break;
	}
	canvas_fill(c, row, 0, 1, c->cols, EL_TITLE);
	col = right.len > 0
		  ? canvas_text_right(c, row, 0, c->cols, EL_WHO, right.data)
		  : c->cols;
	if (state > 0)
		col = canvas_text_right(c, row, 0,
		    col - (right.len > 0 ? 2 : 0), EL_STATE, h->state);
	(void)canvas_text(c, row, 1, col - 2, EL_TITLE, left.data);
	buf_done(&left);
	buf_done(&right);
}
