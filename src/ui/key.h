/* SPDX-License-Identifier: ISC */
/*
 * One thing that happened at the terminal: a key, a paste, a new size, the
 * line gone.  Everything above ui/term sees the keyboard as these only.
 */
#ifndef AMPARO_UI_KEY_H
#define AMPARO_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * code is either a Unicode code point (a printable character was typed; text
 * and len then hold the whole grapheme cluster in UTF-8), one of enum key_code,
 * or K_CTRL('x').  For K_PASTE text and len hold what was pasted: valid UTF-8
 * of at most KEY_PASTE_MAX bytes, lines ended by "\n", and lost says how many
 * characters of the paste cannot be shown and are not in it.
 *
 * text is not terminated, belongs to whoever made the key (the terminal keeps
 * it until the next term_read()) and is NULL for named keys.
 */
struct key {
	uint32_t code;
	const char *text;
	size_t len;
	size_t lost; /* of K_PASTE and K_LOST */
};

enum key_code {
	K_NONE = 0,
	K_NAMED = 0x110000, /* one past the last Unicode code point */
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PGUP,
	K_PGDN,
	K_INSERT,
	K_DELETE,
	K_BACKSPACE,
	K_ENTER,
	K_TAB,
	K_BACKTAB,
	K_ESC,
	/* Ctrl with an arrow, as xterm and tmux send it. */
	K_WORD_LEFT,
	K_WORD_RIGHT,
	K_F1,
	K_F2,
	K_F3,
	K_F4,
	K_F5,
	K_F6,
	K_F7,
	K_F8,
	K_F9,
	K_F10,
	K_F11,
	K_F12,
	/* What is no key. */
	K_PASTE, /* bracketed paste, in one piece */
	K_PASTE_BIG, /* a paste over KEY_PASTE_MAX was thrown away: say so */
	K_LOST, /* that many bytes came that are no UTF-8: say so */
	K_RESIZE, /* the window has another size: draw again */
	K_HANGUP, /* the terminal is gone: save the draft and leave */
	K_TIMER, /* the timeout of term_read() passed */
	K_SIGNAL, /* one of the caller's descriptors is ready */
	K_CTRL_BASE = 0x120000
};

/* Ctrl with a lower-case letter or one of \ ] ^ _ (Ctrl-I is K_TAB, Ctrl-M
 * and Ctrl-J are K_ENTER, Ctrl-H is K_BACKSPACE, Ctrl-[ is K_ESC). */
#define K_CTRL(c) ((uint32_t)(K_CTRL_BASE + (c)))

/* 64 KiB: longer than any paper a caseworker pastes, short enough to refuse
 * a whole file on the clipboard by mistake. */
#define KEY_PASTE_MAX ((size_t)64 * 1024)

/* A printable character was typed (and so belongs into a text field). */
bool key_is_text(const struct key *);

/*
 * The name tables and help use: "Up", "PgDn", "Enter", "Esc", "Tab", "S-Tab",
 * "Backspace", "Del", "Space", "F12", "C-c", "C-\", "w", "?".  Writes at most
 * size bytes with NUL (16 are enough) and returns out.
 */
char *key_to_name(uint32_t code, char *out, size_t size);
/* The code of such a name; K_NONE when it names no key. */
uint32_t key_from_name(const char *);

#endif
