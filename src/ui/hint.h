/* SPDX-License-Identifier: ISC */
/*
 * The bottom line: what can be done now.  When it does not fit, hints are
 * dropped whole, never cut; the help hint is the last to go.
 */
#ifndef AMPARO_UI_HINT_H
#define AMPARO_UI_HINT_H

#include <stddef.h>

#include "ui/canvas.h"

struct hint {
	const char *key; /* "Enter", "w" */
	const char *label; /* N_("withdraw") */
	int priority; /* the lowest goes first; of equals the later one */
};
#define HINT_LAST 1000 /* the priority of "? help"; shown at the right edge */

/* Draw on a row; returns how many were drawn. */
size_t hint_draw(struct canvas *, int row, const struct hint *, size_t n);

#endif
