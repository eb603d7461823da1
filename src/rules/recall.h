/* SPDX-License-Identifier: ISC */
/*
 * What was told and then taken back is asked back: whoever was told hears of
 * it at once, is asked to delete it or to give it back, and what they answer is
 * on the record (field guide 2.3 and 2.5).  What left stays on the list of what
 * left.
 */
#ifndef AMPARO_RULES_RECALL_H
#define AMPARO_RULES_RECALL_H

#include <stdbool.h>
#include <stdint.h>

#define RECALL_STEPS(X)                                           \
	X(DUE, "due") /* nobody told them yet */                  \
	X(ASKED_DELETE, "asked_delete")                           \
	X(ASKED_RETURN, "asked_return") /* papers, most of all */ \
	X(SILENT, "no_answer") /* asked again, and nothing */     \
	X(NOTHING, "nothing_there") /* they hold nothing of it */ \
	X(DELETED, "deleted")                                     \
	X(RETURNED, "returned")                                   \
	X(KEPT, "kept") /* they keep it; why is in the words */
enum recall_step {
#define RECALL_ENUM(id, name) RECALL_##id,
	RECALL_STEPS(RECALL_ENUM)
#undef RECALL_ENUM
	    RECALL_STEP_COUNT
};
const char *recall_step_name(enum recall_step);
int recall_step_from_name(const char *); /* -1 unknown */
/* May it follow? */
bool recall_may_become(enum recall_step, enum recall_step);
/* Has to be said why. */
bool recall_wants_words(enum recall_step);
/* By when the next step: at once, or an answer within two weeks (practice,
 * ours); 0: it is over.  since: when it came to this step. */
#define RECALL_ANSWER_DAYS 14
int64_t recall_due(enum recall_step, int64_t since);

#endif
