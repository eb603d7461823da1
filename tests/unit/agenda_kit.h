/* SPDX-License-Identifier: ISC */
/* What waits, for the tests of it: an office, and how to find a row. */
#ifndef AMPARO_TESTS_AGENDA_KIT_H
#define AMPARO_TESTS_AGENDA_KIT_H

#include <string.h>

#include "base/clock.h"
#include "store/agenda.h"
#include "store/followup.h"
#include "office_kit.h"

#define YEARS (400 * CLOCK_DAY)

/* Everything in a part for somebody; and whether a kind of a case is in it. */
static inline struct agenda_page
all_of(struct session *s, enum agenda_part part)
{
	struct agenda_page page;

	OK(agenda_page(
	    s, part, 0, clock_now() + YEARS, NULL, 200, &arena, &page, &err));
	assert_false(page.more);
	return page;
}

static inline const struct agenda_row *
find(struct session *s, enum agenda_part part, const struct uid *uid,
    const char *kind)
{
	struct agenda_page page = all_of(s, part);

	for (size_t i = 0; i < page.n; i++)
		if (uid_eq(&page.rows[i].case_uid, uid) &&
		    strcmp(page.rows[i].kind, kind) == 0)
			return &page.rows[i];
	return NULL;
}

static inline int64_t
rev_of(struct session *s, struct uid uid)
{
	struct case_file f;

	OK(case_open(s, uid, "to look", &arena, &f, &err));
	return f.rev;
}

static inline struct uid
plan(struct session *s, struct uid uid, int64_t due, bool promised)
{
	const struct followup_plan p = { .uid = uid_new(),
		.what = "follow-up",
		.words = "",
		.due = due,
		.promised = promised };

	OK(followup_plan_add(s, uid, &p, &err));
	return p.uid;
}

#endif
