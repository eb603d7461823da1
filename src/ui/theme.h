/* SPDX-License-Identifier: ISC */
/*
 * What a piece of the screen means, and how each theme shows it.  Screens
 * name meanings; no screen names a colour.
 *
 * Rules kept by the tables (and by test_theme): the background is always the
 * terminal's own; blue and white are never used for text (unreadable on dark
 * and on light terminals); whatever a colour says, an attribute or a mark says
 * too, so that mono and NO_COLOR lose nothing (WCAG 2.2, 1.4.1).
 */
#ifndef AMPARO_UI_THEME_H
#define AMPARO_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

enum element {
	EL_TEXT, /* the terminal's own look */
	EL_TITLE, /* top line: where am I */
	EL_WHO, /* top line: who am I */
	EL_STATE, /* top line: how safe is the screen */
	EL_HEADING, /* of a part, of a list's columns */
	EL_LABEL, /* of a field */
	EL_VALUE, /* what a field holds */
	EL_DIM, /* help, explanations, less important */
	EL_CODE, /* a case code */
	EL_MARKER, /* beside the selected row */
	EL_SELECTED, /* the code (or first column) of the selected row */
	EL_FIELD, /* a field that can be typed in */
	EL_FOCUS, /* the field or option the cursor is on */
	EL_CHOSEN, /* an option that is chosen */
	EL_REQUIRED, /* the mark of a required field */
	EL_MATCH, /* what a filter found */
	EL_KEY, /* hint bar: a key */
	EL_HINT, /* hint bar: what it does */
	EL_MESSAGE, /* the message line */
	EL_OK, /* saved, given, safe */
	EL_WARNING, /* due, soon, unsure */
	EL_ERROR, /* refused, not right */
	EL_URGENT, /* danger now */
	EL_LATE, /* overdue: bold, no colour; most rows of a bad week are */
	EL_HIGH, /* risk levels, high to low; marks say it too */
	EL_MEDIUM,
	EL_LOW,
	EL_BORDER, /* boxes and rules */
	EL_DIALOG, /* text over the screen */
	EL_COUNT
};

enum theme_flag { TF_BOLD = 1, TF_DIM = 2, TF_UNDERLINE = 4, TF_REVERSE = 8 };

struct theme_attr {
	int8_t colour; /* ECMA-48 number 0..7, or THEME_DEFAULT */
	uint8_t flags; /* enum theme_flag */
};
#define THEME_DEFAULT (-1)

struct theme {
	const char *name; /* "default", "high-contrast", "mono" */
	struct theme_attr attr[EL_COUNT];
};

/* By name; NULL when there is none of that name.  "" and NULL: default. */
const struct theme *theme_find(const char *name);
/* By name, or mono if no_color (https://no-color.org) or the name is unknown
 * to this version; never NULL. */
const struct theme *theme_pick(const char *name, bool no_color);
/* How an element looks; an element outside the table looks as EL_TEXT. */
const struct theme_attr *theme_attr(const struct theme *, enum element);

#endif
