/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "ui/wrap.h"
#include "ui/wrapped.h"

#define BYTES_PER_CELL 28 /* more in one cell is no writing */

int
wrapped_lines(const char *text, int cols)
{
	return *text == '\0' ? 0 : (int)wrap_count(text, strlen(text), cols);
}

bool
wrapped_draw(struct canvas *c, int skip, enum element style, const char *text)
{
	bool more = wrapped_lines(text, c->cols) > skip + c->rows;
	size_t len = strlen(text), at = 0, most = (size_t)c->cols;

	most *= BYTES_PER_CELL;
	for (int i = 0; at < len && i < skip + c->rows; i++) {
		struct wrap_line w = wrap_next(text + at, len - at, c->cols);
		size_t n = w.len;

		/* Spaces that hang over the edge are not worth an ellipsis. */
		while (n > 0 && text[at + n - 1] == ' ')
			n--;
		if (i >= skip)
			(void)canvas_textn(c, i - skip, 0, -1, style, text + at,
			    n > most ? most : n);
		at += w.next;
	}
	if (more && c->rows > 0)
		(void)canvas_text(c, c->rows - 1, c->cols - 1, 1, EL_DIM,
		    canvas_mark(c, MARK_MORE_BELOW));
	return more;
}
