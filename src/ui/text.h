/* SPDX-License-Identifier: ISC */
/*
 * Text to be read: wrapped, scrolled, with headings.  For scripts, timelines
 * and help.
 */
#ifndef AMPARO_UI_TEXT_H
#define AMPARO_UI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/key.h"

struct text_part {
	enum element style; /* EL_HEADING gets an empty line before it */
	int indent; /* cells */
	const char *label; /* a left column before the text, or NULL */
	int label_width; /* cells of that column, at most two fifths of the
			    window; a longer label is wrapped */
	const char *text; /* "\n" starts a line */
};

struct text_view {
	const struct text_part *parts; /* kept, not copied */
	size_t n;
	size_t top; /* first line shown */
	/* From the last drawing, for moving: */
	size_t lines; /* in all */
	int height;
};

void text_init(struct text_view *, const struct text_part *, size_t n);
/* The parts changed; keeps the place as far as it can. */
void text_replace(struct text_view *, const struct text_part *, size_t n);
/* Up, Down, j, k, PgUp, PgDn, Space, Home, End; false: not mine. */
bool text_key(struct text_view *, const struct key *);
/* Lines the parts take in that many columns. */
size_t text_rows(const struct text_part *, size_t n, int cols);
/* The last line was shown when last drawn: it can be said to be read. */
bool text_at_end(const struct text_view *);
/* Draw on the whole canvas; remembers the number of lines and the height. */
void text_draw(struct text_view *, struct canvas *);

#endif
