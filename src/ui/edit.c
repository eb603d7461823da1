/* SPDX-License-Identifier: ISC */
/* The text, its changes and its keys; lines and drawing are in edit_draw.c. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/edit.h"
#include "ui/edit_impl.h"

/* Bytes [at, at + n) of the old text became m bytes of the new one. */
struct edit_change {
	size_t at, n, m;
	size_t cursor; /* where it was before */
	char *old, *new; /* n and m bytes; NULL when 0 */
};

void
edit_init(struct edit *e, unsigned flags, size_t max)
{
	memset(e, 0, sizeof(*e));
	buf_init(&e->text);
	e->flags = flags;
	e->max = max == 0 || max > EDIT_MAX ? EDIT_MAX : max;
	e->want = -1;
	if (flags & EDIT_SECRET) {
		/* All the room it can ever need, so that it is never copied
		 * to a larger place. */
		char *zeros = xcalloc(1, e->max + 1);

		buf_add(&e->text, zeros, e->max);
		buf_clear(&e->text);
		free(zeros);
	}
}

static void
forget_bytes(char *p, size_t n)
{
	if (p == NULL)
		return;
	wipe(p, n);
	free(p);
}

static void
forget(struct edit_change *c)
{
	forget_bytes(c->old, c->n);
	forget_bytes(c->new, c->m);
}

static void
forget_changes(struct edit *e)
{
	for (size_t i = 0; i < e->n_changes; i++)
		forget(&e->changes[i]);
	free(e->changes);
	e->changes = NULL;
	e->n_changes = e->undone = 0;
	e->typing = false;
}

void
edit_done(struct edit *e)
{
	forget_changes(e);
	free(e->starts);
	e->starts = NULL;
	e->n_starts = e->cap_starts = 0;
	buf_done(&e->text);
}

static int
too_long(const struct edit *e, struct err *err)
{
	return err_set(err, ERR_INPUT,
	    _("This is too long: %zu bytes fit here. What was there is "
	      "unchanged; shorten it first."),
	    e->max);
}

void
edit_clear(struct edit *e)
{
	forget_changes(e);
	buf_clear(&e->text);
	e->at = e->top = 0;
	e->want = -1;
	edit_forget_lines(e);
}

int
edit_set(struct edit *e, const char *s, struct err *err)
{
	struct buf clean;

	buf_init(&clean);
	utf8_clean(&clean, s, strlen(s), (e->flags & EDIT_LINES) != 0, NULL);
	if (clean.len > e->max) {
		buf_done(&clean);
		return too_long(e, err);
	}
	edit_clear(e);
	buf_add(&e->text, clean.data, clean.len);
	buf_done(&clean);
	e->at = e->text.len;
	return 0;
}

const char *
edit_text(const struct edit *e)
{
	return e->text.data;
}

/* --- changes -------------------------------------------------------------- */

static char *
copy(const char *s, size_t n)
{
	char *p;

	if (n == 0)
		return NULL;
	p = xmalloc(n);
	memcpy(p, s, n);
	return p;
}

/* Typing goes on where the last typing ended: one change up to a space. */
static bool
join(struct edit *e, size_t at, size_t n, const char *s, size_t m)
{
	struct edit_change *c;
	char *more;

	if (!e->typing || n > 0 || e->n_changes == 0)
		return false;
	c = &e->changes[e->n_changes - 1];
	if (c->at + c->m != at || (c->m > 0 && c->new[c->m - 1] == ' '))
		return false;
	more = xmalloc(c->m + m);
	if (c->m > 0) {
		memcpy(more, c->new, c->m);
		wipe(c->new, c->m);
	}
	if (m > 0)
		memcpy(more + c->m, s, m);
	free(c->new);
	c->new = more;
	c->m += m;
	return true;
}

static void
remember(struct edit *e, size_t at, size_t n, const char *s, size_t m)
{
	if (e->flags & EDIT_SECRET)
		return;
	while (e->undone > 0) {
		forget(&e->changes[--e->n_changes]);
		e->undone--;
	}
	if (join(e, at, n, s, m))
		return;
	if (e->n_changes == EDIT_UNDO) {
		forget(&e->changes[0]);
		memmove(e->changes, e->changes + 1,
		    (EDIT_UNDO - 1) * sizeof(*e->changes));
		e->n_changes--;
	}
	if (e->changes == NULL)
		e->changes = xcalloc(EDIT_UNDO, sizeof(*e->changes));
	e->changes[e->n_changes++] = (struct edit_change){ .at = at,
		.n = n,
		.m = m,
		.cursor = e->at,
		.old = copy(e->text.data + at, n),
		.new = copy(s, m) };
}

static void
replace(struct edit *e, size_t at, size_t n, const char *s, size_t m)
{
	buf_splice(&e->text, at, n, s, m);
	edit_lines_changed(e, at, n, m);
	e->want = -1;
}

static void
change(struct edit *e, size_t at, size_t n, const char *s, size_t m)
{
	remember(e, at, n, s, m);
	replace(e, at, n, s, m);
	e->at = at + m;
}

bool
edit_undo(struct edit *e)
{
	struct edit_change *c;

	if (e->undone == e->n_changes)
		return false;
	c = &e->changes[e->n_changes - ++e->undone];
	replace(e, c->at, c->m, c->old, c->n);
	e->at = c->cursor;
	e->typing = false;
	return true;
}

bool
edit_redo(struct edit *e)
{
	struct edit_change *c;

	if (e->undone == 0)
		return false;
	c = &e->changes[e->n_changes - e->undone--];
	replace(e, c->at, c->n, c->new, c->m);
	e->at = c->at + c->m;
	e->typing = false;
	return true;
}

/* The cursor never stands inside a cluster: what was put before a mark has
 * taken it. */
static void
settle(struct edit *e)
{
	size_t start, end;

	if (e->at == 0 || e->at >= e->text.len ||
	    (unsigned char)e->text.data[e->at] < 0x80)
		return;
	start = utf8_grapheme_before(e->text.data, e->text.len, e->at);
	end = start + utf8_grapheme(e->text.data + start, e->text.len - start);
	if (end > e->at)
		e->at = end;
}

/* *lost: what of it cannot be shown. */
static int
put(struct edit *e, const char *s, size_t n, size_t *lost, struct err *err)
{
	size_t at = e->at, start = at, len;
	struct buf joined, b;
	int rc = 0;

	/*
	 * A mark typed after its letter becomes one character with it (NFC),
	 * as it does when both are pasted at once: the letter is cleaned again
	 * together with what comes.
	 */
	if (at > 0 && n > 0 && (unsigned char)s[0] >= 0x80)
		start = utf8_grapheme_before(e->text.data, at, at);
	len = at - start;
	buf_init(&joined);
	buf_init(&b);
	buf_add(&joined, e->text.data + start, len);
	buf_add(&joined, s, n);
	utf8_clean(
	    &b, joined.data, joined.len, (e->flags & EDIT_LINES) != 0, lost);
	if (b.len > e->max - (e->text.len - len))
		rc = too_long(e, err);
	else if (b.len >= len && memcmp(b.data, joined.data, len) == 0) {
		if (b.len > len)
			change(e, at, 0, b.data + len, b.len - len);
	} else
		change(e, start, len, b.data, b.len);
	settle(e);
	buf_done(&joined);
	buf_done(&b);
	return rc;
}

int
edit_insert(struct edit *e, const char *s, size_t n, struct err *err)
{
	return put(e, s, n, NULL, err);
}

/* --- keys ----------------------------------------------------------------- */

static size_t
before(const struct edit *e, size_t at)
{
	return at == 0 ? 0
		       : utf8_grapheme_before(e->text.data, e->text.len, at);
}

static size_t
after(const struct edit *e, size_t at)
{
	return at + utf8_grapheme(e->text.data + at, e->text.len - at);
}

static bool
space_at(const struct edit *e, size_t at)
{
	return e->text.data[at] == ' ' || e->text.data[at] == '\n';
}

static size_t
word_before(const struct edit *e)
{
	size_t at = e->at;

	/* A secret shows no words, and none may be found out. */
	if (e->flags & EDIT_SECRET)
		return 0;
	while (at > 0 && space_at(e, at - 1))
		at--;
	while (at > 0 && !space_at(e, at - 1))
		at--;
	return at;
}

static size_t
word_after(const struct edit *e)
{
	size_t at = e->at;

	if (e->flags & EDIT_SECRET)
		return e->text.len;
	while (at < e->text.len && !space_at(e, at))
		at++;
	while (at < e->text.len && space_at(e, at))
		at++;
	return at;
}

static size_t
line_start(const struct edit *e)
{
	size_t at = e->at;

	while (at > 0 && e->text.data[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(const struct edit *e)
{
	const char *nl =
	    memchr(e->text.data + e->at, '\n', e->text.len - e->at);

	return nl == NULL ? e->text.len : (size_t)(nl - e->text.data);
}

static enum edit_result
move_to(struct edit *e, size_t at)
{
	e->at = at;
	e->want = -1;
	return EDIT_MOVED;
}

static enum edit_result
cut(struct edit *e, size_t from, size_t to)
{
	if (from == to)
		return EDIT_MOVED;
	change(e, from, to - from, NULL, 0);
	return EDIT_CHANGED;
}

static enum edit_result
insert(struct edit *e, const struct key *k, struct err *err)
{
	size_t lost = 0;

	/* Each word typed is one step of undo. */
	e->typing = k->code != K_PASTE && e->typing;
	if (put(e, k->text, k->len, &lost, err) != 0)
		return EDIT_REFUSED;
	lost += k->lost;
	if (lost > 0)
		(void)err_set(err, ERR_INPUT,
		    ngettext("%zu character that cannot be shown was left "
			     "out; read what is there now.",
			"%zu characters that cannot be shown were left out; "
			"read what is there now.",
			lost),
		    lost);
	e->typing = k->code != K_PASTE;
	return EDIT_CHANGED;
}

static enum edit_result
motion_key(struct edit *e, uint32_t code)
{
	switch (code) {
	case K_LEFT:
		return move_to(e, before(e, e->at));
	case K_RIGHT:
		return move_to(e, after(e, e->at));
	case K_WORD_LEFT:
		return move_to(e, word_before(e));
	case K_WORD_RIGHT:
		return move_to(e, word_after(e));
	case K_HOME:
	case K_CTRL('a'):
		return move_to(e, line_start(e));
	case K_END:
	case K_CTRL('e'):
		return move_to(e, line_end(e));
	case K_UP:
		return edit_line_move(e, -1) ? EDIT_MOVED : EDIT_PASS;
	case K_DOWN:
		return edit_line_move(e, 1) ? EDIT_MOVED : EDIT_PASS;
	case K_PGUP:
		return edit_line_move(e, -e->height) ? EDIT_MOVED : EDIT_PASS;
	case K_PGDN:
		return edit_line_move(e, e->height) ? EDIT_MOVED : EDIT_PASS;
	default:
		return EDIT_PASS;
	}
}

static enum edit_result
change_key(struct edit *e, uint32_t code)
{
	switch (code) {
	case K_BACKSPACE:
		return cut(e, before(e, e->at), e->at);
	case K_DELETE:
	case K_CTRL('d'):
		return cut(e, e->at, after(e, e->at));
	case K_CTRL('w'):
		return cut(e, word_before(e), e->at);
	case K_CTRL('u'):
		return cut(e, line_start(e), e->at);
	case K_CTRL('k'):
		/* At the end of a line, the line's end itself. */
		if (e->at < e->text.len && e->text.data[e->at] == '\n')
			return cut(e, e->at, e->at + 1);
		return cut(e, e->at, line_end(e));
	case K_CTRL('z'):
		return edit_undo(e) ? EDIT_CHANGED : EDIT_MOVED;
	case K_CTRL('y'):
		return edit_redo(e) ? EDIT_CHANGED : EDIT_MOVED;
	default:
		return EDIT_PASS;
	}
}

enum edit_result
edit_key(struct edit *e, const struct key *k, struct err *err)
{
	static const struct key newline = {
		.code = ' ', .text = "\n", .len = 1
	};
	enum edit_result r;

	if ((key_is_text(k) || k->code == K_PASTE) && k->text != NULL)
		return insert(e, k, err);
	if (k->code == K_ENTER && (e->flags & EDIT_LINES)) {
		e->typing = false;
		r = insert(e, &newline, err);
		e->typing = false;
		return r;
	}
	r = motion_key(e, k->code);
	if (r == EDIT_PASS)
		r = change_key(e, k->code);
	if (r != EDIT_PASS)
		e->typing = false;
	return r;
}
