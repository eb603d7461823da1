/* SPDX-License-Identifier: ISC */
#include "app/secretline.h"

#include "base/i18n.h"
#include "base/utf8.h"

static void
backspace(struct secret *s)
{
	size_t len = secret_len(s);
	const char *bytes;

	if (len == 0)
		return;
	bytes = (const char *)secret_open(s);
	len -= utf8_grapheme_before(bytes, len, len);
	secret_close(s);
	secret_pop(s, len);
}

static enum secretline_result
add(struct secret *s, const struct key *k)
{
	size_t len = k->len;

	/* The line end of a paste is no part of a passphrase and is no Enter
	 * either. */
	while (len > 0 && k->text[len - 1] == '\n')
		len--;
	return secret_append(s, k->text, len) ? SECRETLINE_STAY
					      : SECRETLINE_FULL;
}

enum secretline_result
secretline_key(struct secret *s, const struct key *k)
{
	switch (k->code) {
	case K_ENTER:
		return SECRETLINE_DONE;
	case K_BACKSPACE:
		backspace(s);
		return SECRETLINE_STAY;
	case K_CTRL('u'):
		secret_clear(s);
		return SECRETLINE_STAY;
	case K_PASTE:
		return add(s, k);
	default:
		return key_is_text(k) ? add(s, k) : SECRETLINE_PASS;
	}
}

void
secretline_draw(struct canvas *c, int row, int col, const char *label,
    const struct secret *s, bool focus)
{
	int used = canvas_text(c, row, col, -1, EL_LABEL, label);

	col += used + 2;
	if (s != NULL && secret_len(s) > 0)
		col += 1 + canvas_text(
			       c, row, col, -1, EL_DIM, _("(typed, hidden)"));
	if (focus)
		canvas_cursor(c, row, col);
}
