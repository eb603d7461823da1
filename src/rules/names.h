/* SPDX-License-Identifier: ISC */
/* Codes of enums, as they are stored and configured; for this room alone. */
#ifndef AMPARO_RULES_NAMES_H
#define AMPARO_RULES_NAMES_H

#include <stddef.h>
#include <string.h>

/* The name at i of an array of names; "" past its end. */
#define NAME_OF(names, i) \
	((size_t)(i) < sizeof(names) / sizeof((names)[0]) ? (names)[i] : "")

/* Where a name is in an array; -1 when it is not. */
static inline int
name_find(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return i;
	}
	return -1;
}

#endif
