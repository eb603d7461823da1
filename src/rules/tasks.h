/* SPDX-License-Identifier: ISC */
/*
 * What waits to be done in a case, by when, and for whom: worked out from
 * facts, never typed (the free ones are facts, too).  A list of tasks names
 * the kind and the case's code and nothing else, so that it can stand on a
 * screen in an office (field guide 3.2).
 */
#ifndef AMPARO_RULES_TASKS_H
#define AMPARO_RULES_TASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/id.h"
#include "config/society.h"

/*
 * name, does a closed case still wait for it?, and what "at" of its fact is:
 *   WHEN    the moment it is due
 *   SINCE   the moment it counts from; the rule adds the time allowed
 * Kinds that are a next_action (rules/workflow.h) have its name, those that
 * a mechanism sets the one of rules/mechanism.h.
 */
#define TASKS(X)                                                              \
	X(TRANSFER, "transfer", true, SINCE) /* offered: take it or not */    \
	X(CLOSURE, "closure", false, SINCE) /* wants a second person */       \
	X(JOIN, "join", true, SINCE) /* two codes, one person? */             \
	X(FIND_WORKER, "find-worker", false, SINCE) /* has an interest */     \
	X(SAFE_WORD, "safe-word", true, SINCE) /* nobody calls till then */   \
	X(DUTY_DECIDE, "duty-decide", true, WHEN) /* ours, or not? */         \
	X(PROMISED, "promised", true, WHEN)                                   \
	X(URGENT, "urgent", false, WHEN)                                      \
	X(TELL_RECIPIENTS, "tell-recipients", true, WHEN)                     \
	X(ACT_REVIEW, "act-review", true, WHEN) /* left without consent */    \
	X(ACT_AGREE, "act-agree", true, WHEN) /* wants a second person */     \
	X(FIRST_RESPONSE, "first-response", false, WHEN)                      \
	X(RISK_AGAIN, "risk-again", false, WHEN) /* harm was told of */       \
	X(LOST_CONTACT, "lost-contact", false, WHEN)                          \
	X(FOLLOW_UP, "follow-up", false, WHEN)                                \
	X(ASSESSMENT, "assessment", false, WHEN)                              \
	X(PLAN, "plan", false, WHEN) /* what was agreed to be done */         \
	X(SERVICE, "service", true, WHEN) /* help that was planned */         \
	X(REVIEW, "review", false, WHEN)                                      \
	X(CONSENT_REVIEW, "consent-review", false, WHEN)                      \
	X(VERIFY_CONTACT, "verify-contact", false, SINCE) /* last verified */ \
	X(REFERRAL_SEND, "referral-send", true, WHEN)                         \
	X(REFERRAL_ANSWER, "referral-answer", true, WHEN)                     \
	X(REFERRAL_ATTENDED, "referral-attended", true, WHEN)                 \
	X(REFERRAL_FEEDBACK, "referral-feedback", true, WHEN)                 \
	X(REFERRAL_OTHER, "referral-other", true, WHEN) /* another way */     \
	X(REFERRAL_STUCK, "referral-stuck", true, WHEN) /* chased in vain */  \
	X(ADVICE_FIRST, "advice-14", false, WHEN) /* legal advice */          \
	X(ADVICE_SECOND, "advice-7", false, WHEN)                             \
	X(REFLECTION_END, "reflection-end", true, WHEN)                       \
	X(APPEAL, "appeal", true, WHEN) /* the last day to */                 \
	X(PERMIT_END, "permit-end", true, WHEN) /* residence */               \
	X(REPORT, "report", true, WHEN) /* a duty by law; outlives a case */  \
	X(OF_AGE, "of-age", false, WHEN) /* consent is their own then */      \
	X(AGREE_NEXT, "agree-next", false, WHEN)                              \
	X(FREE, "task", true, WHEN) /* typed by somebody */
enum task_kind {
#define TASK_ENUM(id, name, closed, at) TASK_##id,
	TASKS(TASK_ENUM)
#undef TASK_ENUM
	    TASK_COUNT
};
const char *task_name(enum task_kind);
int task_from_name(const char *); /* -1: none */

/* Whom a task waits for. */
enum task_to {
	TO_WORKER, /* whoever has the case; nobody: its branch */
	TO_USER, /* one colleague, named in the fact */
	TO_DECIDE /* those who approve in a branch: the case's, or another */
};

struct task_fact {
	enum task_kind kind;
	struct uid object; /* the record behind it; null: the case itself */
	int64_t at; /* UTC ms; 0: nothing waits, the fact is passed over */
	int64_t ends; /* of VERIFY_CONTACT: when the agreement does; 0 never */
	enum task_to to;
	struct uid user; /* of TO_USER */
	const char *branch; /* of TO_DECIDE; NULL: the case's own */
};
struct task_case {
	bool closed;
	int risk; /* index into society->risks; -1 not set */
};
struct task {
	enum task_kind kind;
	struct uid object;
	int64_t due; /* UTC ms */
	bool promised; /* the person was told so */
	enum task_to to;
	struct uid user;
	const char *branch; /* as in the fact */
};

/* A decision about an urgent or high case is made within a day. */
#define TASK_DECIDE_HOURS 24

/*
 * The tasks of one case, in the order they are due.  out has room for n; the
 * number written comes back.  Of two facts with one kind and object the
 * earlier counts.  For a decision the time allowed is a day on urgent and high
 * cases (and on cases without a level), else the end of the next working day;
 * for a contact to be verified it is that of contact_verify_by()
 * (rules/timers.h).
 */
size_t tasks_make(const struct society *, const struct task_case *,
    const struct task_fact *, size_t n, struct task *out);

/*
 * What tasks_make() makes of one fact of every kind, at every level, open and
 * closed, in words: where they differ, tasks that were kept are old.
 */
void tasks_ways(const struct society *, struct buf *);

#endif
