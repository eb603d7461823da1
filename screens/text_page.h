/* SPDX-License-Identifier: ISC */
/*
 * A page of words, read from the top: headings, and lines with a label to
 * their left.  For screens whose state begins with a struct text_page; each
 * brings what is read.
 */
#ifndef AMPARO_SCREENS_TEXT_PAGE_H
#define AMPARO_SCREENS_TEXT_PAGE_H

#include "app/screen.h"
#include "ui/text.h"
#include "ui/theme.h"

struct text_page {
	struct arena arena; /* the parts, and what they point to */
	struct text_part *parts;
	size_t n, cap;
	struct text_view text;
};

/* In the screen's open(), before anything is read. */
void text_page_init(struct view *);
/* Wipe all that was read, to read it anew; the place in it is kept. */
void text_page_clear(struct text_page *);
/* One more part; its words are copied. */
void text_page_put(struct text_page *, const struct text_part *);
void text_page_heading(struct text_page *, const char *text);
/* A line with a label; none where text is NULL or "".  EL_DIM under the label
 * "" says what is not there, and has the whole line. */
void text_page_add(
    struct text_page *, enum element, const char *label, const char *text);
/* Show what was put. */
void text_page_show(struct text_page *);

/* The screen's functions. */
void text_page_draw(const struct view *, struct canvas *);
enum next text_page_key(struct view *, const struct key *, struct err *);
void text_page_close(struct view *);

#endif
