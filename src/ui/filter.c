/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/filter.h"

#define FILTER_BYTES 120

void
filter_init(struct filter *f)
{
	memset(f, 0, sizeof(*f));
	edit_init(&f->edit, 0, FILTER_BYTES);
	buf_init(&f->folded);
}

void
filter_done(struct filter *f)
{
	edit_done(&f->edit);
	buf_done(&f->folded);
}

void
filter_start(struct filter *f)
{
	f->typing = true;
}

void
filter_clear(struct filter *f)
{
	edit_clear(&f->edit);
	buf_clear(&f->folded);
	f->typing = false;
}

bool
filter_active(const struct filter *f)
{
	return f->folded.len > 0;
}

/* True when what is looked for changed: an accent more may change nothing. */
static bool
fold(struct filter *f)
{
	struct buf b;
	bool changed;

	buf_init(&b);
	utf8_fold(&b, f->edit.text.data, f->edit.text.len);
	changed = b.len != f->folded.len ||
		  memcmp(b.data, f->folded.data, b.len) != 0;
	buf_clear(&f->folded);
	buf_add(&f->folded, b.data, b.len);
	buf_done(&b);
	return changed;
}

enum filter_result
filter_key(struct filter *f, const struct key *k)
{
	switch (k->code) {
	case K_ESC:
	case K_CTRL('c'):
		filter_clear(f);
		return FILTER_GONE;
	case K_ENTER:
		f->typing = false;
		return filter_active(f) ? FILTER_KEPT : FILTER_GONE;
	case K_BACKSPACE:
		if (f->edit.text.len == 0) {
			filter_clear(f);
			return FILTER_GONE;
		}
		break;
	case K_UP:
	case K_DOWN:
	case K_PGUP:
	case K_PGDN:
		return FILTER_PASS;
	default:
		break;
	}
	if (edit_key(&f->edit, k, NULL) == EDIT_PASS)
		return FILTER_PASS;
	return fold(f) ? FILTER_CHANGED : FILTER_STAY;
}

/* Where the i-th word begins, and its length; NULL: there are no more. */
static const char *
word_at(const struct filter *f, size_t i, size_t *len)
{
	const char *p = f->folded.len == 0 ? "" : f->folded.data;

	for (; *p != '\0'; i--) {
		*len = strcspn(p, " ");
		if (i == 0)
			return p;
		p += *len + (p[*len] == ' ');
	}
	return NULL;
}

bool
filter_has_word(const struct filter *f, size_t i)
{
	size_t len;

	return word_at(f, i, &len) != NULL;
}

static bool
holds(const struct filter *f, size_t i, const char *folded)
{
	size_t len = 0;
	const char *p = word_at(f, i, &len);
	struct buf word;
	bool in;

	if (p == NULL)
		return false;
	buf_init(&word);
	buf_add(&word, p, len);
	in = strstr(folded, word.data) != NULL;
	buf_done(&word);
	return in;
}

bool
filter_word_in(const struct filter *f, size_t i, const char *text)
{
	struct buf b;
	bool in;

	buf_init(&b);
	utf8_fold(&b, text, strlen(text));
	in = holds(f, i, b.data);
	buf_done(&b);
	return in;
}

bool
filter_match(const struct filter *f, const char *text)
{
	struct buf b;
	bool all = true;

	if (f->folded.len == 0)
		return true;
	buf_init(&b);
	utf8_fold(&b, text, strlen(text));
	for (size_t i = 0; all && filter_has_word(f, i); i++)
		all = holds(f, i, b.data);
	buf_done(&b);
	return all;
}

void
filter_draw(struct filter *f, struct canvas *c, int row, long shown, long total)
{
	char count[48];
	struct canvas line;
	int right;

	if (total >= 0)
		(void)snprintf(count, sizeof(count), "%ld/%ld", shown, total);
	else
		(void)snprintf(count, sizeof(count), "%ld", shown);
	right = canvas_text_right(c, row, 0, c->cols - 1, EL_DIM, count);
	(void)canvas_text(c, row, 0, 1, EL_KEY, "/");
	line = canvas_view(c, row, 2, 1, right - 3);
	edit_draw(&f->edit, &line, f->typing ? EL_FIELD : EL_MATCH, f->typing);
}
