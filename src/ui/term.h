/* SPDX-License-Identifier: ISC */
/*
 * The terminal: keys in, one picture out a turn.  The only room's door to
 * curses, which draws and compares; reading is ui/input.
 *
 * No mouse (it takes copying away), no title, no queries, no clear(): a key
 * costs only what changed.  The alternate screen is used where there is one,
 * and the cursor is always visible.
 */
#ifndef AMPARO_UI_TERM_H
#define AMPARO_UI_TERM_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "ui/canvas.h"
#include "ui/key.h"
#include "ui/theme.h"

struct term;

struct term_options {
	int in, out; /* descriptors of the terminal; kept by the caller */
	const char *type; /* TERM, from the allow-list; NULL reads as vt100 */
	const struct theme *theme;
	/* Milliseconds to wait for the rest of an escape sequence: 25..50, a
	 * larger one only for bad lines; 0 gives TERM_ESC_MS. */
	int esc_ms;
	bool ascii; /* borders and marks in ASCII in any case */
};
#define TERM_ESC_MS 25

/* The smallest window the program works in. */
#define TERM_MIN_ROWS 10
#define TERM_MIN_COLS 40

/*
 * Take the terminal: raw mode, alternate screen, bracketed paste.  A type the
 * terminal database does not know is tried as xterm-256color and then vt100.
 * Sets LC_CTYPE: if it is not UTF-8, C.UTF-8 is tried, and if that is missing
 * the canvas is ASCII.  Changes no signal's disposition, except that SIGWINCH
 * gets a handler that does nothing if it had none (so that a resize wakes
 * term_read()); SIGWINCH is blocked outside of term_read().
 * NULL with ERR_IO when in or out is no terminal or nothing works.
 */
struct term *term_open(const struct term_options *, struct err *) MUST_USE;
/* Give the terminal back as it was found.  NULL is allowed. */
void term_close(struct term *);

/* One sentence about what had to be put up with (unknown TERM, no UTF-8), to
 * be shown once; NULL when nothing. */
const char *term_notice(const struct term *);
/* True when only ASCII can be shown (or was asked for). */
bool term_ascii(const struct term *);
void term_size(const struct term *, int *rows, int *cols);
/* The window is smaller than 40x10; term_paint() then shows that in place of
 * the canvas; keys still arrive, and the caller leaves them alone. */
bool term_too_small(const struct term *);
void term_set_theme(struct term *, const struct theme *);

/*
 * Wait for something and say what: a key, K_PASTE, K_PASTE_BIG, K_RESIZE (the
 * new size is in term_size()), K_TIMER after timeout_ms (negative: wait for
 * ever, 0: do not wait), K_SIGNAL when one of the caller's n descriptors is
 * ready (look at revents), K_HANGUP at the end of file, EIO, POLLHUP or any
 * other error of the terminal.  After K_HANGUP every call gives K_HANGUP at
 * once: a caller that goes on would spin, so it must leave.
 * The key's text is good until the next call.
 */
void term_read(struct term *, int timeout_ms, struct pollfd *extra, size_t n,
    struct key *);

/* Show a canvas: only what changed is sent, in one write. */
void term_paint(struct term *, const struct canvas *);
/* Forget what is on the screen and send everything again (Ctrl-R). */
void term_repaint(struct term *, const struct canvas *);

/*
 * What whoever outlives this process writes to leave nothing behind: leaves
 * bracketed paste and the alternate screen, resets attributes, erases the
 * screen and then the scroll-back, for many terminals (tmux, screen, VTE) move
 * a screen that is erased into it.  On the Linux console (TERM=linux) the full
 * reset goes out after it.  Constants, so that the keeper needs no curses.
 */
#define TERM_WIPE "\033[?2004l\033[?1049l\033[?25h\033[0m\033[H\033[2J\033[3J"
#define TERM_WIPE_LINUX "\033c"

#endif
