/* SPDX-License-Identifier: ISC */
/*
 * What curses would send although nobody needs it: for src/ui/term alone, of
 * the screen that newterm() made last and nothing was shown on yet.
 */
#ifndef AMPARO_UI_TERM_SPARE_H
#define AMPARO_UI_TERM_SPARE_H

#include <stdio.h>

/*
 * Shorten curses's own copy of the terminal's entry.  xterm's switches back
 * from the line-drawing set with every change of attributes: three bytes of
 * ten, and that set is never used here; one that does not look exactly so is
 * left alone.  And the palette, which nobody changes, is not set back.
 */
void term_spare_strings(void);

/*
 * Until it has come back once from endwin(), curses 6.4 ends every cursor
 * movement with a write of its own (_nc_mvcur): some fifty for a page, each a
 * packet on a remote line.  So it leaves now; what it has to say so far goes
 * nowhere, and the first paint says it again.  `out` is the stream newterm()
 * was given.  Where that cannot be done nothing changes.
 */
void term_spare_writes(FILE *out);

#endif
