/* SPDX-License-Identifier: ISC */
/* Between edit.c and edit_draw.c only. */
#ifndef AMPARO_UI_EDIT_IMPL_H
#define AMPARO_UI_EDIT_IMPL_H

#include "ui/edit.h"

/* n bytes at `at` became m: only the paragraph they are in is wrapped anew, so
 * that a key in a note of a megabyte does not wrap a megabyte. */
void edit_lines_changed(struct edit *, size_t at, size_t n, size_t m);
void edit_forget_lines(struct edit *);
/* Move the cursor by lines as they are wrapped; false when it is on the first
 * or last one already. */
bool edit_line_move(struct edit *, int by);

#endif
