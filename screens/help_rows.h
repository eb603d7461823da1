/* SPDX-License-Identifier: ISC */
/*
 * The lines of help: an action's keys, its name and its whole sentence, which
 * takes as many lines as it needs; headings and words to read between them.
 */
#ifndef AMPARO_HELP_ROWS_H
#define AMPARO_HELP_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/action.h"
#include "ui/canvas.h"

struct help_row {
	enum action action; /* ACT_NONE: a heading, or words */
	const char *heading; /* or NULL */
	const char *words; /* to read: the cursor stops there; or NULL */
};
struct help_rows {
	struct help_row
	    list[ACT_COUNT + 5]; /* two parts, a heading and words */
	size_t n, cursor;
	/* When last drawn: the first line shown, and the room there was; 0: not
	 * yet, and not known. */
	int top, height, cols;
};

/* The cursor on the first row that is no heading. */
void help_rows_first(struct help_rows *);
/* The action under the cursor; ACT_NONE: none. */
enum action help_rows_action(const struct help_rows *);
/* Moves as a list does, and through what is higher than the window; false when
 * it is no key for that. */
bool help_rows_key(struct help_rows *, uint32_t code);
/* Changes only what drawing must remember. */
void help_rows_draw(struct help_rows *, struct canvas *);

#endif
