/* SPDX-License-Identifier: ISC */
/*
 * The national referral mechanism, as far as it touches one person: what they
 * decided, what was explained, and the dates that run.  Help never depends on
 * any of it (service_open() in rules/workflow.h does not take it).
 *
 * Sources: Council of Europe Convention, art. 13 (a recovery and reflection
 * period of at least 30 days; days and stages come from the configuration);
 * practice of first responders: an adult goes in by informed consent alone.
 */
#ifndef AMPARO_RULES_MECHANISM_H
#define AMPARO_RULES_MECHANISM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/id.h"
#include "config/society.h"

#define MECHANISM_DECISIONS(X)                                                 \
	X(UNDECIDED, "undecided") /* also: nobody asked; both are all right */ \
	X(WANTS, "wants")                                                      \
	X(DECLINES, "declines")                                                \
	X(WITHDRAWN, "withdrawn")
enum mechanism_decision {
#define MECHANISM_DECISION_ENUM(id, name) MECHANISM_##id,
	MECHANISM_DECISIONS(MECHANISM_DECISION_ENUM)
#undef MECHANISM_DECISION_ENUM
	    MECHANISM_DECISION_COUNT
};
int mechanism_decision_from_name(const char *); /* -1: none */

#define MECHANISM_KINDS(X)                                              \
	X(DECISION, "decision")                                         \
	X(INFORMED, "informed") /* what it is, neutrally */             \
	X(CONSEQUENCES, "consequences") /* what follows, either way */  \
	X(ADVICE, "advice") /* legal advice was had */                  \
	X(REFERRED, "referred")                                         \
	X(STAGE, "stage")                                               \
	X(REFLECTION, "reflection") /* begins; until its end */         \
	X(EXTENDED, "extended") /* until a later end */                 \
	X(ENDED, "ended") /* earlier, or looked at when over */         \
	X(PERMIT, "permit") /* residence; until its end */              \
	X(PERMIT_SETTLED, "permit_settled") /* renewal asked, or not */ \
	X(APPEAL, "appeal") /* until the last day to appeal */          \
	X(APPEALED, "appealed") /* or decided not to; settles one */
enum mechanism_kind {
#define MECHANISM_KIND_ENUM(id, name) MECHANISM_IS_##id,
	MECHANISM_KINDS(MECHANISM_KIND_ENUM)
#undef MECHANISM_KIND_ENUM
	    MECHANISM_KIND_COUNT
};
const char *mechanism_kind_name(enum mechanism_kind);
int mechanism_kind_from_name(const char *); /* -1: none */
/* Does it settle a date that runs on after a case is closed? */
bool mechanism_settles(enum mechanism_kind);

/* One thing that was recorded; days are local day numbers, 0 none. */
struct mechanism_event {
	enum mechanism_kind kind;
	const char *code;
	int64_t on, until;
	struct uid uid; /* the record; a rule only hands it on */
};
/* So many last days to appeal are kept apart; of more, the earliest ones. */
#define MECHANISM_APPEALS 4
/*
 * What all of them say: by the day each was on, those of one day in the order
 * they are handed in (the order they were recorded).  What is written down
 * late does not undo what was later.
 */
struct mechanism_state {
	enum mechanism_decision decision;
	bool decided; /* one was recorded, "undecided" too */
	bool informed, consequences;
	int64_t advice_on; /* the latest */
	int64_t referred_on;
	bool referred_by_us;
	const char *stage; /* code; "" none */
	int64_t stage_on;
	int64_t reflection_from, reflection_until; /* 0: none */
	bool extended, ended;
	int64_t permit_until, appeal_until;
	bool permit_settled, appealed;
	struct uid reflection, permit, appeal; /* the records that began them */
	/* Each decision has its own last day to appeal; those that run, the
	 * earliest first.  Above is the first of them, or the last settled. */
	struct mechanism_appeal {
		int64_t on, until;
		struct uid uid;
		size_t place; /* in the order they are handed in */
	} appeals[MECHANISM_APPEALS];
	size_t n_appeals;
};
void mechanism_fold(
    const struct mechanism_event *, size_t n, struct mechanism_state *);

/* Legal advice is due so many days before the end of reflection. */
#define REFLECTION_FIRST_DAYS 14
#define REFLECTION_SECOND_DAYS 7

#define REFLECTION_WHATS(X)                                         \
	X(NONE, "")                                                 \
	X(FIRST, "advice-14") /* advice, 14 days before the end */  \
	X(SECOND, "advice-7") /* again, 7 days before */            \
	X(END, "reflection-end") /* over: what do they want now? */ \
	X(APPEAL, "appeal") /* the last day */                      \
	X(PERMIT, "permit-end") /* residence: the last day */
enum reflection_what {
#define REFLECTION_ENUM(id, name) REFLECTION_##id,
	REFLECTION_WHATS(REFLECTION_ENUM)
#undef REFLECTION_ENUM
	    REFLECTION_WHAT_COUNT
};
const char *reflection_what_name(enum reflection_what);

struct reflection_task {
	enum reflection_what what;
	int64_t due; /* 23:59 of that day, UTC ms */
	struct uid of; /* the record it comes from */
};
/*
 * What waits in a reflection period, at an appeal and at the end of a
 * residence permit, each for itself, earliest first; at most
 * REFLECTION_WHAT_COUNT are written and the number comes back.  Advice had on
 * or after the day a task fell due settles it; the end waits until it is
 * recorded that it ended or was extended.  Of a person who declined or took
 * their decision back, only an appeal and a permit still run.
 */
size_t reflection_due(const struct mechanism_state *,
    struct reflection_task out[REFLECTION_WHAT_COUNT]);

/* May this be recorded next?  Each refusal is one thing that comes before. */
#define MECHANISM_GAPS(X)                                                  \
	X(OK)                                                              \
	X(CODE) /* a decision or a stage that is not one */                \
	X(DAY) /* no day, or one to come */                                \
	X(NOT_INFORMED) /* a yes before anything was explained */          \
	X(NO_CONSENT) /* referred by us, and the person did not want it */ \
	X(NOT_OURS) /* others refer here, not us */                        \
	X(UNTIL) /* no end, or one before its beginning */                 \
	X(NOT_RUNNING) /* extended or ended, and none ran on that day */
enum mechanism_gap {
#define MECHANISM_GAP_ENUM(id) MECHANISM_GAP_##id,
	MECHANISM_GAPS(MECHANISM_GAP_ENUM)
#undef MECHANISM_GAP_ENUM
	    MECHANISM_GAP_COUNT
};
/* By all that was recorded before, as mechanism_fold() takes it; a referral by
 * us by what stood on its day.  child: the person is, or may be, one; today is a
 * local day number. */
enum mechanism_gap mechanism_check(const struct mechanism *,
    const struct mechanism_event *before, size_t n, bool child, int64_t today,
    const struct mechanism_event *);

#endif
