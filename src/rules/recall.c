/* SPDX-License-Identifier: ISC */
#include "rules/recall.h"

#include "base/clock.h"
#include "rules/names.h"

static const char *const steps[RECALL_STEP_COUNT] = {
#define RECALL_NAME(id, name) [RECALL_##id] = (name),
	RECALL_STEPS(RECALL_NAME)
};

const char *
recall_step_name(enum recall_step s)
{
	return NAME_OF(steps, s);
}

int
recall_step_from_name(const char *name)
{
	return name_find(steps, RECALL_STEP_COUNT, name);
}

#define TO(id) (1u << RECALL_##id)
#define ANSWERS \
	(TO(SILENT) | TO(NOTHING) | TO(DELETED) | TO(RETURNED) | TO(KEPT))
static const unsigned after[RECALL_STEP_COUNT] = {
	[RECALL_DUE] = TO(ASKED_DELETE) | TO(ASKED_RETURN) | TO(NOTHING),
	[RECALL_ASKED_DELETE] = ANSWERS,
	[RECALL_ASKED_RETURN] = ANSWERS,
	[RECALL_SILENT] = ANSWERS,
};

bool
recall_may_become(enum recall_step from, enum recall_step to)
{
	return (unsigned)from < RECALL_STEP_COUNT &&
	       (unsigned)to < RECALL_STEP_COUNT &&
	       (after[from] & 1u << to) != 0;
}

bool
recall_wants_words(enum recall_step s)
{
	return s == RECALL_KEPT || s == RECALL_NOTHING;
}

int64_t
recall_due(enum recall_step s, int64_t since)
{
	if ((unsigned)s >= RECALL_STEP_COUNT || after[s] == 0)
		return 0;
	return s == RECALL_DUE ? since : since + RECALL_ANSWER_DAYS * CLOCK_DAY;
}
