/* SPDX-License-Identifier: ISC */
/*
 * What comes next for a case, and what may be opened when.  Nothing here is a
 * verdict about a person, and nothing here adds anything up.
 */
#ifndef AMPARO_RULES_WORKFLOW_H
#define AMPARO_RULES_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/consent.h"

/* --- where a case stands: derived, never set ------------------------------ */
#define STAGES(X)                 \
	X(NEW, "new")             \
	X(CONTACT, "contact")     \
	X(ENGAGED, "engaged")     \
	X(SCREENED, "screened")   \
	X(ASSESSED, "assessed")   \
	X(PLANNED, "plan")        \
	X(SERVICES, "services")   \
	X(REFERRED, "referred")   \
	X(FOLLOW_UP, "follow-up") \
	X(LOST, "lost-contact")   \
	X(CLOSED, "closed")
enum stage {
#define STAGE_ENUM(id, name) STAGE_##id,
	STAGES(STAGE_ENUM)
#undef STAGE_ENUM
	    STAGE_COUNT
};
const char *stage_name(enum stage);
int stage_from_name(const char *);

struct stage_facts {
	bool closed;
	bool lost_contact; /* recorded, and not reached since */
	bool anonymous;
	enum consent_decision work_together;
	int contacts, screenings, follow_ups; /* how many are recorded */
	int assessments, goals, services, referrals;
	/* Followed up after the newest of these four. */
	bool followed_since;
};
/*
 * The furthest step of casework that is recorded: contact, agreement, screening
 * (never needed for what comes after), assessment, plan, help, referral.  Once
 * the person was followed up after the last of these it is "follow-up", until
 * the next of them.
 */
enum stage case_stage(const struct stage_facts *);

/* --- answers: six states, never yes and no -------------------------------- */
#define ANSWER_STATES(X)                                                   \
	X(NOT_RAISED, "not_raised") /* the default; never counted as no */ \
	X(NOT_SEEN, "not_seen")                                            \
	X(SOME_SIGN, "some_sign")                                          \
	X(CLEAR_SIGN, "clear_sign")                                        \
	X(PREFERS_NOT_SAY, "prefers_not_say")                              \
	X(UNCLEAR, "unclear")
enum answer_state {
#define ANSWER_ENUM(id, name) ANSWER_##id,
	ANSWER_STATES(ANSWER_ENUM)
#undef ANSWER_ENUM
	    ANSWER_STATE_COUNT
};
const char *answer_state_name(enum answer_state);
int answer_state_from_name(const char *);

/* --- intake ---------------------------------------------------------------- */
#define TRIAGE_PROMPTS 10
#define TRIAGE_URGENT 6 /* the first six open the urgent path */

/* The place (from 0) of a prompt by its id, "tri.01" to "tri.10"; -1: none. */
int triage_prompt(const char *id);

/* A clear sign in any of the first six. */
bool triage_urgent(const enum answer_state answers[TRIAGE_PROMPTS]);

enum intake_step {
	INTAKE_TRIAGE, /* always first, always open */
	INTAKE_URGENT, /* only when triage says so */
	INTAKE_WANTS, /* what the person wants first */
	INTAKE_SAFE_CONTACT,
	INTAKE_INFORM, /* information given: complete without a case */
	INTAKE_SEARCH, /* before anybody is made */
	INTAKE_LIMITS, /* limits of confidentiality, read aloud */
	INTAKE_CONSENT, /* working together */
	INTAKE_NARRATIVE,
	INTAKE_STEPS
};
struct intake_facts {
	enum answer_state triage[TRIAGE_PROMPTS];
	bool triage_done; /* looked at, whatever the answers */
	bool urgent_done; /* every urgent action done or declined */
	bool wants_done, safe_contact_done, informed;
	bool open_case; /* the person wants us to go on with them */
	bool anonymous;
	bool searched; /* looked for under the name they gave */
	bool limits_read;
	enum consent_decision work_together;
};
/*
 * May this step be opened?  Triage first; once there is a clear sign among its
 * first six, the urgent path before any other step; limits read before
 * consent; consent (or an anonymous contact) before narrative; no search for
 * somebody who stays anonymous.  What helps at once (wants, safe contact,
 * information) never waits for consent.
 */
bool intake_open(const struct intake_facts *, enum intake_step);
/* The first step that is open and not done; INTAKE_STEPS when the path is
 * complete.  Without open_case it is complete once information was given, and
 * after a no to working together there is nothing more to ask either. */
enum intake_step intake_next(const struct intake_facts *);

/* May anything be written about the person's story?  Only after a yes (or
 * part) to working together, or for an anonymous contact. */
bool workflow_narrative_open(enum consent_decision, bool anonymous);

/* --- ask alone -------------------------------------------------------------- */
enum tri { TRI_UNKNOWN, TRI_NO, TRI_YES };
enum interpreter {
	INTERPRETER_UNKNOWN,
	INTERPRETER_NONE, /* not needed */
	INTERPRETER_INDEPENDENT,
	INTERPRETER_COMPANION /* came with the person, or not independent */
};
struct alone_facts {
	enum tri alone, safe, time, limits_explained;
	enum interpreter interpreter;
};
/* What is missing, as bits; 0: a catalogue may be opened. */
#define ALONE_NOT_ALONE 1u
#define ALONE_INTERPRETER 2u
#define ALONE_NOT_SAFE 4u
#define ALONE_NO_TIME 8u
#define ALONE_NO_LIMITS 16u
unsigned screening_gate(const struct alone_facts *);

/* How a conversation about indicators ends.  Never "is" or "is not". */
#define SCREENING_OUTCOMES(X)                               \
	X(NO_CONCERN_NOW, "no_concern_now")                 \
	X(KEEP_TALKING, "keep_talking")                     \
	X(CONCERN_OFFER_LINK, "concern_offer_link")         \
	X(URGENT_SAFETY, "urgent_safety")                   \
	X(PERSON_SAYS_NO_FOR_NOW, "person_says_no_for_now") \
	X(NOT_ABLE_TO_ASSESS, "not_able_to_assess")
enum screening_outcome {
#define OUTCOME_ENUM(id, name) OUTCOME_##id,
	SCREENING_OUTCOMES(OUTCOME_ENUM)
#undef OUTCOME_ENUM
	    OUTCOME_COUNT
};
const char *screening_outcome_name(enum screening_outcome);
int screening_outcome_from_name(const char *);
/* Behind a closed gate only "not able to assess" can be recorded. */
bool screening_outcome_open(enum screening_outcome, unsigned gate);

/* --- help ------------------------------------------------------------------- */
/*
 * May this service be offered?  It takes what the person wants and what there
 * is, and nothing else: no consent, no screening, no papers, no cooperation.
 */
struct service_facts {
	bool offered_here; /* this branch has it, or knows who does */
	bool suspended; /* not safe or not running at present */
	bool declined; /* by the person, for now */
};
bool service_open(const struct service_facts *);

/* --- the queue -------------------------------------------------------------- */
#define NEXT_ACTIONS(X)                                                    \
	X(NONE, "")                                                        \
	X(URGENT, "urgent") /* urgent path not finished */                 \
	X(PROMISED, "promised") /* what the person was told we would do */ \
	X(TELL_RECIPIENTS, "tell-recipients") /* consent was withdrawn */  \
	X(ACT_REVIEW, "act-review") /* an override, within a day */        \
	X(ACT_AGREE, "act-agree") /* a second person is asked */           \
	X(FIRST_RESPONSE, "first-response")                                \
	X(RISK_AGAIN, "risk-again") /* harm was told of */                 \
	X(REFERRAL_SEND, "referral-send")                                  \
	X(REFERRAL_ANSWER, "referral-answer")                              \
	X(REFERRAL_ATTENDED, "referral-attended")                          \
	X(REFERRAL_FEEDBACK, "referral-feedback")                          \
	X(REFERRAL_OTHER, "referral-other") /* find another way */         \
	X(DEADLINE, "deadline") /* set by a law or a mechanism */          \
	X(FOLLOW_UP, "follow-up")                                          \
	X(LOST_CONTACT, "lost-contact") /* think of harm; never tidy */    \
	X(ASSESSMENT, "assessment")                                        \
	X(PLAN_STEP, "plan") /* what was agreed in the plan */             \
	X(SERVICE, "service") /* help that was planned */                  \
	X(REVIEW, "review")                                                \
	X(CONSENT_REVIEW, "consent-review")                                \
	X(AGREE_NEXT, "agree-next") /* nothing planned, no reason given */
enum next_action {
#define NEXT_ENUM(id, name) NEXT_##id,
	NEXT_ACTIONS(NEXT_ENUM)
#undef NEXT_ENUM
	    NEXT_ACTION_COUNT
};
const char *next_action_name(enum next_action);
int next_action_from_name(const char *);

/*
 * What a plan makes wait: a promise is kept as one, a name that is not known
 * or not planned (-1, "none", "agree-next") is a follow-up.  left_alone: the
 * case is closed and the person does not want to be contacted; then no talk
 * waits, promised or not: NEXT_NONE.
 */
enum next_action next_of_plan(int what, bool promised, bool left_alone);

struct next_facts {
	bool closed;
	bool none_agreed; /* no next date, with a recorded reason */
	int64_t due[NEXT_ACTION_COUNT]; /* UTC ms; 0: not waiting.  The slots
		of NONE and AGREE_NEXT are not read */
	int64_t since; /* last contact, or when the case was opened */
};
struct next_step {
	enum next_action action;
	int64_t due; /* 0 with NEXT_NONE */
};
/*
 * The one line of the queue: an unfinished urgent path first; then what is due
 * earliest by local day; on one day what was promised first, then in the order
 * above.  A closed case waits for nothing but what was promised, the
 * telling of recipients, the review of an override and a date that a law or a
 * mechanism set.  Nothing planned: "agree-next", due since.
 */
struct next_step case_next(const struct next_facts *);

#endif
