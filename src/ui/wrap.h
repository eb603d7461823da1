/* SPDX-License-Identifier: ISC */
/*
 * Breaking text into lines by cells.  Breaks after spaces, else between
 * grapheme clusters; "\n" always ends a line; lines keep their spaces, so that
 * all lines together are the text again.
 */
#ifndef AMPARO_UI_WRAP_H
#define AMPARO_UI_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct wrap_line {
	size_t len; /* bytes to show, without the "\n" */
	size_t next; /* bytes to go on by: len, or len + 1 at a "\n" */
	bool hard; /* ended by "\n" or by the end of the text */
};
/*
 * The first line of s in that many cells (at least 1; a wide character in one
 * cell stands on a line alone).  Trailing spaces may hang over the edge.  At
 * the end of the text len and next are 0.
 */
struct wrap_line wrap_next(const char *s, size_t len, int cols);
/* How many lines the text takes; at least 1.  A text that ends in "\n" has an
 * empty last line. */
size_t wrap_count(const char *s, size_t len, int cols);

/* utf8_grapheme() and utf8_grapheme_width() with a short way for ASCII. */
size_t wrap_grapheme(const char *s, size_t len, int *width);

#endif
