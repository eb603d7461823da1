/* SPDX-License-Identifier: ISC */
/*
 * Colours are few on purpose: red, green, magenta read on dark and on light
 * terminals; yellow and cyan vanish on light ones, blue on dark ones.
 */
#include <string.h>

#include "ui/theme.h"

enum { RED = 1, GREEN = 2, MAGENTA = 5, PLAIN = THEME_DEFAULT };

static const struct theme themes[] = {
	{ .name = "default",
	    .attr = {
		[EL_TEXT] = { PLAIN, 0 },
		[EL_TITLE] = { PLAIN, TF_BOLD },
		[EL_WHO] = { PLAIN, 0 },
		[EL_STATE] = { MAGENTA, TF_BOLD },
		[EL_HEADING] = { PLAIN, TF_UNDERLINE },
		[EL_LABEL] = { PLAIN, 0 },
		[EL_VALUE] = { PLAIN, 0 },
		[EL_DIM] = { PLAIN, TF_DIM },
		[EL_CODE] = { PLAIN, 0 },
		[EL_MARKER] = { PLAIN, 0 },
		[EL_SELECTED] = { PLAIN, TF_BOLD },
		[EL_FIELD] = { PLAIN, TF_UNDERLINE },
		[EL_FOCUS] = { PLAIN, TF_BOLD },
		[EL_CHOSEN] = { PLAIN, TF_BOLD },
		[EL_REQUIRED] = { MAGENTA, TF_BOLD },
		[EL_MATCH] = { PLAIN, TF_UNDERLINE },
		[EL_KEY] = { PLAIN, TF_BOLD },
		[EL_HINT] = { PLAIN, 0 },
		[EL_MESSAGE] = { PLAIN, TF_BOLD },
		[EL_OK] = { GREEN, 0 },
		[EL_WARNING] = { MAGENTA, 0 },
		[EL_ERROR] = { RED, TF_BOLD },
		[EL_URGENT] = { RED, TF_BOLD },
		[EL_LATE] = { PLAIN, TF_BOLD },
		[EL_HIGH] = { RED, 0 },
		[EL_MEDIUM] = { PLAIN, 0 },
		[EL_LOW] = { PLAIN, 0 },
		[EL_BORDER] = { PLAIN, 0 },
		[EL_DIALOG] = { PLAIN, 0 },
	    } },
	{ .name = "high-contrast",
	    .attr = {
		[EL_TEXT] = { PLAIN, 0 },
		[EL_TITLE] = { PLAIN, TF_BOLD },
		[EL_WHO] = { PLAIN, TF_BOLD },
		[EL_STATE] = { PLAIN, TF_BOLD | TF_REVERSE },
		[EL_HEADING] = { PLAIN, TF_BOLD | TF_UNDERLINE },
		[EL_LABEL] = { PLAIN, 0 },
		[EL_VALUE] = { PLAIN, TF_BOLD },
		[EL_DIM] = { PLAIN, 0 },
		[EL_CODE] = { PLAIN, 0 },
		[EL_MARKER] = { PLAIN, TF_BOLD },
		[EL_SELECTED] = { PLAIN, TF_REVERSE },
		[EL_FIELD] = { PLAIN, TF_UNDERLINE },
		[EL_FOCUS] = { PLAIN, TF_REVERSE },
		[EL_CHOSEN] = { PLAIN, TF_BOLD },
		[EL_REQUIRED] = { PLAIN, TF_BOLD },
		[EL_MATCH] = { PLAIN, TF_BOLD | TF_UNDERLINE },
		[EL_KEY] = { PLAIN, TF_REVERSE },
		[EL_HINT] = { PLAIN, 0 },
		[EL_MESSAGE] = { PLAIN, TF_BOLD },
		[EL_OK] = { PLAIN, TF_BOLD },
		[EL_WARNING] = { PLAIN, TF_BOLD },
		[EL_ERROR] = { PLAIN, TF_BOLD | TF_REVERSE },
		[EL_URGENT] = { PLAIN, TF_BOLD | TF_REVERSE },
		[EL_LATE] = { PLAIN, TF_BOLD | TF_REVERSE },
		[EL_HIGH] = { PLAIN, TF_BOLD },
		[EL_MEDIUM] = { PLAIN, 0 },
		[EL_LOW] = { PLAIN, 0 },
		[EL_BORDER] = { PLAIN, TF_BOLD },
		[EL_DIALOG] = { PLAIN, TF_BOLD },
	    } },
	{ .name = "mono",
	    .attr = {
		[EL_TEXT] = { PLAIN, 0 },
		[EL_TITLE] = { PLAIN, TF_BOLD },
		[EL_WHO] = { PLAIN, 0 },
		[EL_STATE] = { PLAIN, TF_BOLD },
		[EL_HEADING] = { PLAIN, TF_UNDERLINE },
		[EL_LABEL] = { PLAIN, 0 },
		[EL_VALUE] = { PLAIN, 0 },
		[EL_DIM] = { PLAIN, 0 },
		[EL_CODE] = { PLAIN, 0 },
		[EL_MARKER] = { PLAIN, 0 },
		[EL_SELECTED] = { PLAIN, TF_BOLD },
		[EL_FIELD] = { PLAIN, TF_UNDERLINE },
		[EL_FOCUS] = { PLAIN, TF_BOLD },
		[EL_CHOSEN] = { PLAIN, TF_BOLD },
		[EL_REQUIRED] = { PLAIN, TF_BOLD },
		[EL_MATCH] = { PLAIN, TF_UNDERLINE },
		[EL_KEY] = { PLAIN, TF_BOLD },
		[EL_HINT] = { PLAIN, 0 },
		[EL_MESSAGE] = { PLAIN, TF_BOLD },
		[EL_OK] = { PLAIN, 0 },
		[EL_WARNING] = { PLAIN, TF_BOLD },
		[EL_ERROR] = { PLAIN, TF_BOLD },
		[EL_URGENT] = { PLAIN, TF_BOLD },
		[EL_LATE] = { PLAIN, TF_BOLD },
		[EL_HIGH] = { PLAIN, TF_BOLD },
		[EL_MEDIUM] = { PLAIN, 0 },
		[EL_LOW] = { PLAIN, 0 },
		[EL_BORDER] = { PLAIN, 0 },
		[EL_DIALOG] = { PLAIN, 0 },
	    } },
};

#define N_THEMES (sizeof(themes) / sizeof(themes[0]))

const struct theme *
theme_find(const char *name)
{
	if (name == NULL || *name == '\0')
		return &themes[0];
	for (size_t i = 0; i < N_THEMES; i++) {
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	}
	return NULL;
}

const struct theme *
theme_pick(const char *name, bool no_color)
{
	const struct theme *t = theme_find(name);

	/* High contrast has no colour either: what was asked for stays. */
	if (no_color && t != NULL && strcmp(t->name, "high-contrast") == 0)
		return t;
	if (no_color || t == NULL)
		return theme_find("mono");
	return t;
}

const struct theme_attr *
theme_attr(const struct theme *t, enum element e)
{
	if ((unsigned)e >= EL_COUNT)
		e = EL_TEXT;
	return &t->attr[e];
}
