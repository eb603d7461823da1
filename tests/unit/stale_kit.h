/* SPDX-License-Identifier: ISC */
/*
 * On top of office_kit.h: what a form that was opened before a colleague
 * (sunil) saved meets.  Store functions fill in seen.
 */
#ifndef AMPARO_TESTS_STALE_KIT_H
#define AMPARO_TESTS_STALE_KIT_H

#include <string.h>

#include "office_kit.h"

static struct conflicts seen;

static inline const struct conflict *
listed(const char *field)
{
	for (size_t i = 0; i < seen.n; i++)
		if (strcmp(seen.list[i].field, field) == 0)
			return &seen.list[i];
	return NULL;
}

/* Asked, with these words of both, said by sunil. */
static inline void
asked(const char *field, const char *mine, const char *theirs)
{
	const struct conflict *c = listed(field);

	if (c == NULL || c->settled) {
		fail_msg("%s is not asked", field);
		return;
	}
	assert_string_equal(c->mine, mine);
	assert_string_equal(c->theirs, theirs);
	assert_string_equal(c->by, "sunil");
	assert_true(c->at > 0);
}

/* Taken as sunil said it, and to be seen. */
static inline void
told(const char *field)
{
	const struct conflict *c = listed(field);

	if (c == NULL || !c->settled || strcmp(c->by, "sunil") != 0)
		fail_msg("%s is not told", field);
}

#endif
