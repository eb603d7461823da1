/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/key.h"

static const struct {
	uint32_t code;
	const char *name;
} names[] = {
	{ K_UP, "Up" },
	{ K_DOWN, "Down" },
	{ K_LEFT, "Left" },
	{ K_RIGHT, "Right" },
	{ K_HOME, "Home" },
	{ K_END, "End" },
	{ K_PGUP, "PgUp" },
	{ K_PGDN, "PgDn" },
	{ K_INSERT, "Ins" },
	{ K_DELETE, "Del" },
	{ K_BACKSPACE, "Backspace" },
	{ K_ENTER, "Enter" },
	{ K_TAB, "Tab" },
	{ K_BACKTAB, "S-Tab" },
	{ K_ESC, "Esc" },
	{ K_WORD_LEFT, "C-Left" },
	{ K_WORD_RIGHT, "C-Right" },
	{ K_F1, "F1" },
	{ K_F2, "F2" },
	{ K_F3, "F3" },
	{ K_F4, "F4" },
	{ K_F5, "F5" },
	{ K_F6, "F6" },
	{ K_F7, "F7" },
	{ K_F8, "F8" },
	{ K_F9, "F9" },
	{ K_F10, "F10" },
	{ K_F11, "F11" },
	{ K_F12, "F12" },
	{ K_PASTE, "Paste" },
	{ ' ', "Space" },
	/* Other ways to write them. */
	{ K_DELETE, "Delete" },
	{ K_INSERT, "Insert" },
	/* What a terminal cannot tell apart. */
	{ K_TAB, "C-i" },
	{ K_ENTER, "C-m" },
	{ K_ENTER, "C-j" },
	{ K_BACKSPACE, "C-h" },
	{ K_ESC, "C-[" },
};

#define N_NAMES (sizeof(names) / sizeof(names[0]))

bool
key_is_text(const struct key *k)
{
	return k->code >= ' ' && k->code < K_NAMED;
}

char *
key_to_name(uint32_t code, char *out, size_t size)
{
	char utf8[5] = "";

	for (size_t i = 0; i < N_NAMES; i++) {
		if (names[i].code == code) {
			(void)snprintf(out, size, "%s", names[i].name);
			return out;
		}
	}
	if (code > K_CTRL_BASE && code < K_CTRL_BASE + 0x80) {
		(void)snprintf(
		    out, size, "C-%c", (char)(code - (uint32_t)K_CTRL_BASE));
		return out;
	}
	if (code > ' ' && code < K_NAMED)
		utf8[utf8_encode(code, utf8)] = '\0';
	(void)snprintf(out, size, "%s", utf8);
	return out;
}

uint32_t
key_from_name(const char *name)
{
	size_t len = strlen(name);
	uint32_t cp;

	/* Every key pressed asks this of every action: most names are one
	 * letter, and no letter stands in the table. */
	for (size_t i = 0; len > 1 && i < N_NAMES; i++) {
		if (names[i].name[0] == name[0] &&
		    strcmp(names[i].name, name) == 0)
			return names[i].code;
	}
	if (len == 3 && strncmp(name, "C-", 2) == 0) {
		char c = name[2];

		if ((c >= 'a' && c <= 'z') || strchr("\\]^_@", c) != NULL)
			return K_CTRL((unsigned char)c);
		return K_NONE;
	}
	if (len == 0 || !utf8_valid(name, len) ||
	    utf8_decode(name, len, &cp) != len || cp <= ' ' || cp == 0x7f)
		return K_NONE;
	return cp;
}
