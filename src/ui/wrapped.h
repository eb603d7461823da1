/* SPDX-License-Identifier: ISC */
/* A text in as many lines as a canvas is wide for. */
#ifndef AMPARO_UI_WRAPPED_H
#define AMPARO_UI_WRAPPED_H

#include "ui/canvas.h"

/* How many lines the text takes in that many cells; "" takes none. */
int wrapped_lines(const char *text, int cols);
/* Fill the canvas from line skip (from 0) on; a mark in the last cell says that
 * more follows below, which is what comes back. */
bool wrapped_draw(
    struct canvas *, int skip, enum element style, const char *text);

#endif
