/* SPDX-License-Identifier: ISC */
/*
 * The lines of help: an action's keys, its name and its whole sentence, which
 * takes as many lines as it needs; headings between them.
 */
#ifndef AMPARO_HELP_ROWS_H
#define AMPARO_HELP_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/action.h"
#include "ui/canvas.h"

struct help_row {
	enum action action; /* ACT_NONE: a heading */
	const char *heading;
};
struct help_rows {
	struct help_row list[ACT_COUNT + 2];
	size_t n, cursor;
	/* When last drawn: the first line shown, and the room there was. */
	int top, height, cols;
};

/* The cursor on the first action. */
void help_rows_first(struct help_rows *);
/* The action under the cursor; ACT_NONE: none. */
enum action help_rows_action(const struct help_rows *);
/* Moves as a list does; false when it is no key for that. */
bool help_rows_key(struct help_rows *, uint32_t code);
/* Changes only what drawing must remember. */
void help_rows_draw(struct help_rows *, struct canvas *);

#endif
