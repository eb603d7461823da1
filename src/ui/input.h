/* SPDX-License-Identifier: ISC */
/*
 * Bytes from a terminal into keys, without a terminal.
 *
 * Written here rather than left to curses because of what curses lets
 * through: an escape sequence it does not know arrives as Esc and a row of
 * letters, and every letter is an action.  Here an unknown sequence is
 * swallowed whole, a paste is one event, and a character split over two reads
 * is put together.  Knows what xterm, screen, tmux, the Linux console, vt100,
 * vt220 and rxvt send (ECMA-48 5.4 for the shape of control sequences).
 */
#ifndef AMPARO_UI_INPUT_H
#define AMPARO_UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "ui/key.h"

struct input {
	struct buf pending; /* bytes read and not yet keys */
	size_t at; /* of pending, already used */
	struct buf paste; /* what stands between the paste brackets */
	bool pasting, paste_big;
	size_t lost; /* bytes dropped since the last key */
	bool late; /* an Esc was given out because nothing followed in time */
	char text[64]; /* of the last typed character */
};

void input_init(struct input *);
void input_done(struct input *); /* wipes */
void input_feed(struct input *, const void *, size_t);
/*
 * The next key: true and fills key, or false when there is none (or only the
 * beginning of one).  timed_out: the bytes that would complete a beginning did
 * not come in time, so a lone Esc is the Esc key.  Bytes that are no valid
 * UTF-8 are dropped, and K_LOST says how many once other bytes come or none.
 */
bool input_next(struct input *, bool timed_out, struct key *);
/* A beginning is waiting: ask again with timed_out after the Esc delay. */
bool input_waiting(const struct input *);

#endif
