/* SPDX-License-Identifier: ISC */
/*
 * A referral from being prepared to what came of it, and when somebody has to
 * ask.  States match reality: a person declines, a service says no or has no
 * room, nowhere is safe; each of these ends the referral and none ends help.
 *
 * Priorities are those of the inter-agency referral form (24 h, 72 h, two
 * weeks); the times for an answer, attendance and feedback are practice, ours.
 */
#ifndef AMPARO_RULES_REFERRAL_H
#define AMPARO_RULES_REFERRAL_H

#include <stdbool.h>
#include <stdint.h>

#include "config/society.h"

#define REFERRAL_MODES(X)                                                  \
	X(INFO, "info") /* the person goes themselves; nothing leaves */   \
	X(WARM, "warm") /* a call with the person present */               \
	X(ALONG, "along") /* somebody goes with them */                    \
	X(FULL, "full")                                                    \
	X(TRANSFER, "transfer") /* the case moves; a consent of its own */ \
	X(ADVICE, "advice") /* asked about nobody: no identity */
enum referral_mode {
#define MODE_ENUM(id, name) REFERRAL_##id,
	REFERRAL_MODES(MODE_ENUM)
#undef MODE_ENUM
	    REFERRAL_MODE_COUNT
};
const char *referral_mode_name(enum referral_mode);
int referral_mode_from_name(const char *); /* -1 unknown */
/* True where nothing of the case is ever sent: information and advice. */
bool referral_mode_silent(enum referral_mode);

enum referral_priority {
	REFERRAL_EMERGENCY, /* 24 h; answered within the hour, by phone */
	REFERRAL_URGENT, /* 72 h */
	REFERRAL_NORMAL, /* two weeks */
	REFERRAL_PRIORITY_COUNT
};
const char *referral_priority_name(enum referral_priority);
int referral_priority_from_name(const char *);

#define REFERRAL_STATES(X)                                           \
	X(PREPARED, "prepared")                                      \
	X(SENT, "sent") /* with INFO: told; with ALONG: gone */      \
	X(ACKNOWLEDGED, "acknowledged")                              \
	X(WAITLISTED, "waitlisted") /* wanted there, no room yet */  \
	X(ACCEPTED, "accepted")                                      \
	X(ATTENDED, "attended")                                      \
	X(FEEDBACK, "feedback")                                      \
	X(PARTIAL, "partial") /* given in part; find the rest */     \
	X(COMPLETED, "completed")                                    \
	X(DECLINED, "declined") /* by the person, for now */         \
	X(DISENGAGED, "disengaged") /* they did not go on with it */ \
	X(WITHDRAWN, "withdrawn") /* the person took it back */      \
	X(NO_SAFE, "no_safe_service")                                \
	X(UNAVAILABLE, "unavailable")                                \
	X(REFUSED, "refused") /* by the service; find another */     \
	X(NO_ANSWER, "no_answer") /* asked again, and nothing came */
enum referral_state {
#define STATE_ENUM(id, name) REFERRAL_IS_##id,
	REFERRAL_STATES(STATE_ENUM)
#undef STATE_ENUM
	    REFERRAL_STATE_COUNT
};
const char *referral_state_name(enum referral_state);
int referral_state_from_name(const char *);
/* May it go from one to the other?  From a waiting list to itself: asked again,
 * still on it. */
bool referral_may_become(enum referral_state, enum referral_state);
/* Nothing more comes of it. */
bool referral_over(enum referral_state);
/* It ended without all of the help, so another way has to be found. */
bool referral_find_another(enum referral_state);
/*
 * A transfer that was taken on: from then on the case is with whoever said
 * so.  Until then it stays here, with everything that is due in it.
 */
bool referral_taken_on(enum referral_mode, enum referral_state);

/* What else is put down of a referral than the state it comes to. */
enum referral_event {
	REFERRAL_CHASED, /* asked again, no answer yet */
	REFERRAL_SETTLED, /* another way was found, or none is wanted */
	REFERRAL_COPY, /* a card was handed over; the person said it is safe */
	REFERRAL_NO_COPY,
	REFERRAL_HARM, /* the person was harmed or afraid there */
	REFERRAL_EVENT_COUNT
};
struct referral_event_rule {
	const char *name;
	bool words; /* needed, as the person told it */
	bool flag; /* on the case, for whoever opens it next */
	/* What whoever would send somebody there next sees of it in the
	 * directory (topic and value of store/directory.h); NULL: nothing. */
	const char *topic, *value;
};
/* NULL past the last. */
const struct referral_event_rule *referral_event_rule(enum referral_event);
int referral_event_from_name(const char *); /* -1 unknown */
/*
 * May it be put down of a referral that is there?  went: somebody was sent by
 * it.  settled: as in referral_due().  Harm may be told long after it is over.
 */
bool referral_event_fits(
    enum referral_event, enum referral_state, bool went, bool settled);
/*
 * Are words needed with what came of it, a state or an event?  Where a service
 * said no or nothing safe was there others look for another way by them.
 */
bool referral_needs_words(const char *kind);

/*
 * May an organisation's name stand on a card that the person carries?  Not
 * where it is not safe to name aloud, tells why somebody goes there, is
 * nobody's office, or is one of those behind the hard stop.
 */
bool referral_card_names(const struct society *, const struct recipient *);

/*
 * Is money paid there or for this?  Then what is sent ends on lists of payees
 * and in the words of payments, which others read.  recipient NULL: none.
 */
bool referral_pays(
    const struct society *, const struct recipient *, const char *purpose);

/* What somebody has to do next, and by when. */
enum referral_ask {
	REFERRAL_ASK_NOTHING,
	REFERRAL_ASK_SEND,
	REFERRAL_ASK_ANSWER, /* did they get it, do they take it? */
	REFERRAL_ASK_ATTENDED, /* of the person, safely */
	REFERRAL_ASK_FEEDBACK, /* of both: was it given, respectful, safe? */
	REFERRAL_ASK_OTHER /* with the supervisor: another way */
};
struct referral_wait {
	enum referral_ask ask;
	int64_t due; /* UTC ms; 0 with REFERRAL_ASK_NOTHING */
	bool chased; /* REFERRAL_CHASES times without an answer: those who
		decide in the branch are asked, too */
};
/* After so many chases without an answer another way is looked for. */
#define REFERRAL_CHASES 2
/*
 * since: when it came into this state, or was last chased.  settled: another
 * way was found, or the person wants none.
 */
struct referral_wait referral_due(enum referral_state, enum referral_mode,
    enum referral_priority, int64_t since, int chases, bool settled);

#endif
