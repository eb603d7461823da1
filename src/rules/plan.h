/* SPDX-License-Identifier: ISC */
/*
 * Needs, goals, steps and help: the codes they are recorded with, and when
 * they are due.  Nothing here takes a consent to share, a screening, papers or
 * cooperation: help does not depend on them.
 */
#ifndef AMPARO_RULES_PLAN_H
#define AMPARO_RULES_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/society.h"

/* --- assessment ----------------------------------------------------------- */
/* A need, by domain of the configuration.  What was not talked about has no
 * row and is never counted as "none". */
#define NEED_STATES(X)                                   \
	X(NONE, "none") /* talked about: fine for now */ \
	X(SOME, "some")                                  \
	X(URGENT, "urgent")                              \
	X(NOT_NOW, "not_now") /* the person does not want it now */
enum need_state {
#define NEED_ENUM(id, name) NEED_##id,
	NEED_STATES(NEED_ENUM)
#undef NEED_ENUM
	    NEED_STATE_COUNT
};
const char *need_state_name(enum need_state);
int need_state_from_name(const char *);

/* Strengths: what somebody has to build on. */
#define STRENGTHS(X)        \
	X(OWN, "own")       \
	X(PEOPLE, "people") \
	X(MEANS, "means")   \
	X(COMMUNITY, "community")
enum strength {
#define STRENGTH_ENUM(id, name) STRENGTH_##id,
	STRENGTHS(STRENGTH_ENUM)
#undef STRENGTH_ENUM
	    STRENGTH_COUNT
};
const char *strength_name(enum strength);
int strength_from_name(const char *);

/* Risks: the person's own view comes first (WHO 2003, principle 7). */
#define RISK_VIEWS(X)       \
	X(PERSON, "person") \
	X(WORKER, "worker") \
	X(FAMILY, "family") /* children, dependants, family elsewhere */
enum risk_view {
#define RISK_VIEW_ENUM(id, name) RISK_VIEW_##id,
	RISK_VIEWS(RISK_VIEW_ENUM)
#undef RISK_VIEW_ENUM
	    RISK_VIEW_COUNT
};
const char *risk_view_name(enum risk_view);
int risk_view_from_name(const char *);

/* --- goals and steps ------------------------------------------------------- */
#define GOAL_STATES(X)                           \
	X(NEW, "new") /* nothing recorded yet */ \
	X(IN_PROGRESS, "in_progress")            \
	X(MET, "met")                            \
	X(SET_ASIDE, "set_aside") /* by the person */
enum goal_state {
#define GOAL_ENUM(id, name) GOAL_##id,
	GOAL_STATES(GOAL_ENUM)
#undef GOAL_ENUM
	    GOAL_STATE_COUNT
};
const char *goal_state_name(enum goal_state);
int goal_state_from_name(const char *);
/* Is there still something to do for it? */
bool goal_open(enum goal_state);

#define ACTION_WHOS(X)      \
	X(WORKER, "worker") \
	X(PERSON, "person") \
	X(ORGANISATION, "organisation")
enum action_who {
#define WHO_ENUM(id, name) WHO_##id,
	ACTION_WHOS(WHO_ENUM)
#undef WHO_ENUM
	    WHO_COUNT
};
const char *action_who_name(enum action_who);
int action_who_from_name(const char *);

#define ACTION_STATES(X) \
	X(OPEN, "open")  \
	X(DONE, "done")  \
	X(DROPPED, "dropped") /* not wanted or not needed any more */
enum action_state {
#define ACTION_STATE_ENUM(id, name) ACTION_##id,
	ACTION_STATES(ACTION_STATE_ENUM)
#undef ACTION_STATE_ENUM
	    ACTION_STATE_COUNT
};
const char *action_state_name(enum action_state);
int action_state_from_name(const char *);

/* Agreed with the person, or a copy safe to hold: "" not asked yet. */
#define AGREEMENTS(X)         \
	X(NOT_ASKED, "")      \
	X(YES, "yes")         \
	X(PART, "part")       \
	X(NOT_NOW, "not_now") \
	X(NO, "no")
enum agreement {
#define AGREED_ENUM(id, name) AGREED_##id,
	AGREEMENTS(AGREED_ENUM)
#undef AGREED_ENUM
	    AGREEMENT_COUNT
};
const char *agreement_name(enum agreement);
int agreement_from_name(const char *);

/* --- help ------------------------------------------------------------------- */
#define SERVICE_STATES(X)                                    \
	X(GIVEN, "given")                                    \
	X(PLANNED, "planned")                                \
	X(DECLINED, "declined") /* by the person, for now */ \
	X(UNAVAILABLE, "unavailable") /* an unmet need, worth counting */
enum service_state {
#define SERVICE_ENUM(id, name) SERVICE_##id,
	SERVICE_STATES(SERVICE_ENUM)
#undef SERVICE_ENUM
	    SERVICE_STATE_COUNT
};
const char *service_state_name(enum service_state);
int service_state_from_name(const char *);

/*
 * The words for a service on anything that leaves or can be found: payment
 * lists, receipts, distribution sheets, cards.  Those of the configuration;
 * for a service that has none its cover name, which says nothing.  Never the
 * label people choose it by.
 */
const char *service_paper(const struct society *, const char *service);

/* --- when ------------------------------------------------------------------- */
/* What was recorded, as far as it makes something due.  Times are UTC ms, 0:
 * none. */
struct plan_facts {
	int risk; /* index into society->risks; -1 not set */
	int64_t opened_at;
	bool working; /* working together was agreed, or nobody is recorded */
	int assessments, goals, goals_open, services;
	int64_t planned_at; /* the oldest goal */
	int64_t reviewed_at; /* plan last gone through together */
	int64_t review_agreed; /* when they agreed to look again */
	int64_t action_due; /* earliest open step */
	int64_t service_due; /* earliest planned service */
	int64_t last_at; /* the newest assessment, goal or service */
};
struct plan_due {
	int64_t assessment, review, action, service; /* 0: nothing is due */
};
/*
 * The assessment is due by the level's time from the opening of the case,
 * until there is one; only for somebody who wants us to work with them.  A
 * plan with open goals is looked at again on the agreed day, or by the level's
 * longest time between reviews if that is sooner: where the level rises that
 * can be at once.  Steps and planned services are due when that was agreed.
 */
void plan_due(
    const struct society *, const struct plan_facts *, struct plan_due *);

#endif
