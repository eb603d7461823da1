/* SPDX-License-Identifier: ISC */
/*
 * Editing a line or a page of text, without a terminal.
 *
 * The cursor moves by grapheme clusters; Backspace takes a whole cluster.
 * What goes in passes utf8_clean(), so a text can always be shown.  Undo
 * covers the last EDIT_UNDO changes, typing counted by the word.  Nothing is
 * ever cut off silently: what does not fit is refused with a sentence and the
 * text stays as it was.
 */
#ifndef AMPARO_UI_EDIT_H
#define AMPARO_UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "ui/canvas.h"
#include "ui/key.h"

enum edit_flag {
	EDIT_LINES = 1, /* Enter starts a line; else one line only */
	EDIT_SECRET = 2 /* shown as dots, no undo, memory never moves */
};

#define EDIT_UNDO 200 /* changes kept */
/* No text is longer: a note of 1 MiB is about 200 printed pages. */
#define EDIT_MAX ((size_t)1024 * 1024)

struct edit_change;
struct edit {
	struct buf text;
	size_t at; /* cursor: byte offset, always between clusters */
	size_t max; /* bytes */
	unsigned flags;
	int want; /* column Up and Down try to keep; -1: where it is */
	bool typing; /* the last change was typing: the next may join it */
	/* Where the lines of the wrapped text start, for the last width. */
	size_t *starts;
	size_t n_starts, cap_starts;
	int cols; /* 0: not known */
	size_t top; /* first line shown (or first byte, in a single line) */
	int height; /* rows when last drawn; for PgDn */
	struct edit_change *changes;
	size_t n_changes, undone; /* the last `undone` can be done again */
};

/* max in bytes; 0 or more than EDIT_MAX reads as EDIT_MAX. */
void edit_init(struct edit *, unsigned flags, size_t max);
void edit_done(struct edit *); /* wipes */
/* Replace all text, forget undo, cursor at the end.  What is longer than max
 * is refused (ERR_INPUT) and the old text stays. */
int edit_set(struct edit *, const char *, struct err *) MUST_USE;
/* Always terminated; good until the next change. */
const char *edit_text(const struct edit *);
void edit_clear(struct edit *); /* wiped, undo too */

enum edit_result {
	EDIT_PASS, /* not a key of editors here (Tab, Enter in a line, Esc) */
	EDIT_MOVED, /* the cursor moved, or there was nothing to do */
	EDIT_CHANGED, /* err may say that something could not be shown */
	EDIT_REFUSED /* does not fit; err says how much does */
};
/*
 * Typed text, paste, arrows, Ctrl-arrows, Home/End (C-a, C-e), PgUp/PgDn,
 * Backspace, Delete (C-d), C-w word before, C-k to the end of line, C-u to its
 * start, C-z undo, C-y redo, Enter in EDIT_LINES.  In one line a pasted "\n"
 * becomes a space.  Up on the first and Down on the last line give EDIT_PASS.
 */
enum edit_result edit_key(struct edit *, const struct key *, struct err *);
/* Insert at the cursor, as typed. */
int edit_insert(struct edit *, const char *, size_t, struct err *) MUST_USE;
bool edit_undo(struct edit *); /* false: nothing to undo */
bool edit_redo(struct edit *);

/* Lines the text takes in that many columns; at least 1. */
size_t edit_rows(struct edit *, int cols);
/* Line and cell of the cursor in that many columns. */
void edit_cursor(struct edit *, int cols, size_t *line, int *cell);

/*
 * Draw on the whole canvas, scrolled so that the cursor is seen; with focus
 * the hardware cursor goes there.  Remembers the scroll position only.
 */
void edit_draw(struct edit *, struct canvas *, enum element, bool focus);

#endif
