/* SPDX-License-Identifier: ISC */
/*
 * A grid of cells in memory that screens draw on.  No terminal, no curses:
 * drawing is pure, so a screen can be drawn on resize, on unlock and in tests.
 *
 * Rows and columns count from 0.  Whatever falls outside is cut off, so no
 * caller needs to check sizes.  Text is kept in logical order: a terminal that
 * knows right-to-left script reorders by itself, and two who reorder make
 * nonsense; put such text last on its line.
 */
#ifndef AMPARO_UI_CANVAS_H
#define AMPARO_UI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "ui/theme.h"

/* 28 bytes hold a letter with the four marks utf8_safe() leaves on it, and
 * joiners; a longer cluster is shown as U+FFFD. */
#define CANVAS_TEXT 28

struct canvas_cell {
	char text[CANVAS_TEXT + 1]; /* a cluster; " " when empty */
	uint8_t len;
	uint8_t width; /* 1 or 2; 0: the right half of a wide one */
	uint8_t style; /* enum element */
};

/* What a canvas and all views of it share. */
struct canvas_grid {
	struct canvas_cell *cells; /* rows * cols */
	int rows, cols;
	int cursor_row, cursor_col;
	bool ascii; /* borders, marks and the ellipsis in ASCII */
	bool accessible; /* no drawn borders at all (screen readers) */
};

/* A canvas, or a window on a part of one. */
struct canvas {
	struct canvas_grid *grid;
	int row, col; /* where it stands in the grid */
	int rows, cols;
};

/* A grid of its own, filled with blanks, cursor at 0,0; rows and cols are at
 * least 1 and at most 1000. */
void canvas_init(struct canvas *, int rows, int cols, bool ascii);
/* Another size; everything on it is gone. */
void canvas_resize(struct canvas *, int rows, int cols);
/* Wipe and free; for the canvas that canvas_init() made, not for views. */
void canvas_done(struct canvas *);
/* Blank everything this canvas (or view) covers and wipe what was there. */
void canvas_clear(struct canvas *);

/*
 * A part of a canvas, cut to what is there; drawing on it draws on the parent.
 * Rows or cols below 1 give a view on nothing.  Nothing to free.
 */
struct canvas canvas_view(
    const struct canvas *, int row, int col, int rows, int cols);

/*
 * Text from row, col rightwards in at most cells cells (negative: up to the
 * right edge).  Everything passes utf8_safe(): control bytes, invalid UTF-8
 * and bidi overrides show as U+FFFD ("?" in ASCII) and cannot steer the
 * terminal; "\n" and tabs show as a space.  What does not fit ends in an
 * ellipsis (">" in ASCII); clusters are never split, a wide character never
 * half shown.  Returns the cells used.  NULL text draws nothing.
 */
int canvas_text(struct canvas *, int row, int col, int cells, enum element,
    const char *text);
/* The same for len bytes. */
int canvas_textn(struct canvas *, int row, int col, int cells, enum element,
    const char *text, size_t len);
/* printf to a canvas; cut after 1023 bytes. */
int canvas_printf(struct canvas *, int row, int col, int cells, enum element,
    const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* Against the right edge of the cells from col; returns the first column. */
int canvas_text_right(struct canvas *, int row, int col, int cells,
    enum element, const char *text);
/* In the middle of cells from col; returns the first column. */
int canvas_text_centre(struct canvas *, int row, int col, int cells,
    enum element, const char *text);
/* Word-wrapped from row downwards in at most rows rows; "\n" starts a line.
 * What does not fit ends in an ellipsis.  Returns the rows used. */
int canvas_wrap(struct canvas *, int row, int col, int cells, int rows,
    enum element, const char *text);

/* Word-wrapped at the very bottom, in at most rows rows; returns how many. */
int canvas_foot(struct canvas *, int rows, enum element, const char *text);

/* Blank a rectangle in a style. */
void canvas_fill(
    struct canvas *, int row, int col, int rows, int cols, enum element);
/* Give cells another style and leave their text. */
void canvas_style(struct canvas *, int row, int col, int cells, enum element);
/* A rule of cells cells; and with words in it: "─ Releases ─────". */
void canvas_hline(struct canvas *, int row, int col, int cells, enum element);
void canvas_rule(struct canvas *, int row, const char *title);
/* A box; its inside is blanked.  title may be NULL. */
void canvas_box(
    struct canvas *, int row, int col, int rows, int cols, const char *title);

/* Where the hardware cursor goes: on what has the focus, always, for screen
 * readers and magnifiers follow it.  Positions outside are moved inside. */
void canvas_cursor(struct canvas *, int row, int col);

/* Copy whole rows [from, from + rows) of src to dst at row, as far as both
 * reach; for parts that are higher than what can be seen of them. */
void canvas_copy(
    struct canvas *dst, int row, const struct canvas *src, int from, int rows);

/* A cell, or NULL outside. */
const struct canvas_cell *canvas_at(const struct canvas *, int row, int col);

/* Marks, with what stands for them in ASCII. */
enum canvas_mark {
	MARK_SELECTED, /* beside the selected row; ">" */
	MARK_CHOSEN, /* one of several answers, given; "*" */
	MARK_OPEN, /* not given; "o" */
	MARK_TICKED, /* "[x]" in both */
	MARK_UNTICKED, /* "[ ]" in both */
	MARK_CRUMB, /* between breadcrumbs; ">" */
	MARK_DOT, /* nothing here; "." */
	MARK_MORE_ABOVE, /* "^" */
	MARK_MORE_BOTH, /* "|" */
	MARK_MORE_BELOW, /* "v" */
	MARK_ELLIPSIS /* ">" */
};
const char *canvas_mark(const struct canvas *, enum canvas_mark);

/* For tests: one line a row, without trailing spaces, each ended by "\n"; the
 * right half of a wide character is left out. */
void canvas_to_text(const struct canvas *, struct buf *);

#endif
