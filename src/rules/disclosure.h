/* SPDX-License-Identifier: ISC */
/*
 * May this leave?  egress_check() is the only function in the program that
 * says yes, and it is asked at the moment of sending, inside the transaction
 * that records it: every referral, preview, export, print and file goes
 * through here.  It stands on the live release row (rules/consent.h) and
 * adds who the recipient is, what the country asks, who must have agreed at
 * this age, and, where neither the person nor the law of consent carries it,
 * an override: one dated act, never a right of a role.
 *
 * Sources: consent per recipient, purpose and data with withdrawal at once
 * (GBVIMS; NNEDV on privilege); a hard stop before authorities and everybody
 * who could be the danger; overrides only for the four reasons inter-agency
 * case management knows.  Figures are practice, ours.
 */
#ifndef AMPARO_RULES_DISCLOSURE_H
#define AMPARO_RULES_DISCLOSURE_H

#include "base/arena.h"
#include "rules/consent.h"
#include "rules/timers.h"

#define DATA_ALL ((1u << DATA_COUNT) - 1)

/* --- acts: what a second person agreed to ---------------------------------- */
/*
 * CONSENT: the person said yes and the recipient stands behind the hard stop.
 * The others are overrides: the person did not agree, or was not asked.
 */
#define ACT_REASONS(X)                                                   \
	X(CONSENT, "consent")                                            \
	X(LIFE, "life") /* immediate threat to somebody's life */        \
	X(CHILD, "child") /* child-safeguarding duty */                  \
	X(LAW, "law") /* a duty of the configuration, named by its id */ \
	X(COURT, "court") /* a court order, named by its number */
enum act_reason {
#define ACT_ENUM(id, name) ACT_FOR_##id,
	ACT_REASONS(ACT_ENUM)
#undef ACT_ENUM
	    ACT_REASON_COUNT
};
const char *act_reason_name(enum act_reason);
/* -1 when the name is unknown. */
int act_reason_from_name(const char *);

/* An agreement is for one sending, within so many hours; whoever supervises
 * looks at an override again within so many hours. */
#define ACT_HOURS 24
#define ACT_REVIEW_HOURS 24

struct egress_act {
	struct uid uid;
	enum act_reason reason;
	struct uid consent; /* with CONSENT: the very row it is about */
	const char *recipient, *purpose;
	unsigned scope;
	const char *words; /* why, facts */
	const char *legal_ref; /* of an override: duty id, order number, or,
				  for a life, the policy's id; never blank */
	enum tri_told { TOLD_UNKNOWN, TOLD_YES, TOLD_NO } told;
	const char *told_why; /* why the person was not told */
	struct uid asked_by, agreed_by; /* null: nobody agreed yet */
	bool declined; /* the second person said no */
	int64_t agreed_at, used_at; /* 0: not */
};

/*
 * What was told already, with nobody asked (store/told.h), has the reason of an
 * override or one of these two, which are none: they carry nothing.
 */
#define TOLD_ALONE "alone" /* the person agreed; no second one had looked */
#define TOLD_MISTAKE "mistake" /* it should not have been told */
bool told_reason(const char *name);
/* Does it name the law, order or policy it was told by? */
bool told_by_rule(const char *name);
/* Does this act stand for what was told already?  It waits for nobody's word,
 * and is looked at again. */
bool told_already(const struct egress_act *);

/* What an override may carry: the least that meets its reason. */
unsigned act_scopes(enum act_reason);
/* May it reach this kind of recipient at all? */
bool act_reaches(enum act_reason, enum recipient_kind);
/* When the supervisor must have looked at it again: counted from its use, or
 * from the hour it lapsed unused; 0: nothing to look at. */
int64_t act_review_due(const struct egress_act *);
/* Is there anything to look at yet?  Not before it was used or has lapsed. */
bool act_reviewable(const struct egress_act *, int64_t now);

/* A case goes to another National Society for this purpose alone. */
#define TRANSFER_PURPOSE "case_transfer"

/* --- the gate ---------------------------------------------------------------- */
/* Police, immigration, embassy, employer, family, media: a yes is not enough,
 * a second person looks at every single sending. */
bool egress_hard_stop(enum recipient_kind);

/* What came out, for each kind of data.  Every refusal is one condition that
 * failed, in the order they are asked. */
#define EGRESS_WHYS(X)                                                     \
	X(NOT_ASKED_FOR) /* not part of this sending */                    \
	X(ALLOWED)                                                         \
	X(NO_RECIPIENT) /* nobody of the directory, or no purpose */       \
	X(JOINED) /* this case goes on under another code */               \
	X(COUNTS_ONLY) /* statistics: never a person's data */             \
	X(AWAY) /* another National Society has the case */                \
	X(EMPTY) /* a whole referral with nothing in it */                 \
	X(SUSPENDED) /* the organisation is not safe or not running */     \
	X(CONFLICT) /* and this one has an interest in the matter */       \
	X(WRONG_NUMBER) /* somebody called and reached somebody else */    \
	X(UNCHECKED) /* nobody verified it for half a year */              \
	X(COUNTRY) /* a rule of the country */                             \
	X(NOT_ASKED) /* nobody asked the person */                         \
	X(REFUSED)                                                         \
	X(NOT_NOW)                                                         \
	X(WITHDRAWN)                                                       \
	X(ENDED)                                                           \
	X(USED)                                                            \
	X(NOT_IN_IT) /* the person agreed, not to this */                  \
	X(AGE) /* somebody else must agree too, or in their place */       \
	X(STOP) /* hard stop: no second person agreed to this sending */   \
	X(STOP_ASKING) /* hard stop: a question about nobody, too */       \
	/* An act is there and does not carry it. */                       \
	X(ACT_OPEN) /* nobody decided yet */                               \
	X(ACT_DECLINED)                                                    \
	X(ACT_SELF) /* who asks cannot agree */                            \
	X(ACT_OLD)                                                         \
	X(ACT_USED)                                                        \
	X(ACT_OTHER_ROW) /* agreed to an earlier decision of the person */ \
	X(ACT_NO_WORDS)                                                    \
	X(ACT_NO_LAW) /* no duty of this country, order, policy named */   \
	X(ACT_NOT_TOLD) /* neither told the person nor why not */          \
	X(ACT_NOT_THEM) /* this reason does not reach this recipient */    \
	X(ACT_TOO_MUCH) /* more than the reason needs */
enum egress_why {
#define EGRESS_ENUM(id) EGRESS_##id,
	EGRESS_WHYS(EGRESS_ENUM)
#undef EGRESS_ENUM
	    EGRESS_WHY_COUNT
};
/* Translated: which condition failed, and what can be done instead. */
const char *egress_why_words(enum egress_why);
const char *egress_instead_words(enum egress_why);
struct egress;
/* Both in one, in the arena, with since when a number is stale where e (may be
 * NULL) knows it. */
const char *egress_says(
    const struct egress *e, enum egress_why, struct arena *);
/* Which condition failed, as egress_says() begins. */
const char *egress_cause(
    const struct egress *e, enum egress_why, struct arena *);
/* A code for records and tests: "WITHDRAWN". */
const char *egress_why_name(enum egress_why);

/* Everything it is decided by; the caller reads it in its transaction. */
struct egress {
	const struct society *society; /* age bands, duties, country rules */
	const struct recipient *recipient; /* NULL: none of the directory */
	const char *purpose;
	unsigned wanted; /* set of enum data_scope */
	/* The organisation as it stands now. */
	bool suspended, conflict;
	bool away; /* another National Society has the case: it sends */
	enum freshness listing;
	bool wrong_number; /* it is stale because the number was wrong */
	/* UTC ms: when it was verified, or found wrong; 0 never. */
	int64_t checked_at;
	/* What was told of it, for whoever sends: decides nothing by itself.
	 * As in struct listing. */
	int64_t harmed_at;
	const char *harm_by;
	const char *heed;
	const struct release *rows; /* all of the case */
	size_t n_rows;
	const struct egress_act *acts; /* all of the case, oldest first */
	size_t n_acts;
	/* Its guardian counts where it is known now to be unsafe: else the
	 * row's, as it was known when it was given. */
	struct consent_age age;
	int64_t now;
	/* Two codes of one person: this one does not go on (nothing leaves
	 * from it); or it does, and these are the rows of the other. */
	bool joined_away;
	const struct release *theirs;
	size_t n_theirs;
	int64_t joined_at;
};
struct egress_verdict {
	unsigned allowed; /* set of what may go now */
	enum egress_why why[DATA_COUNT];
	struct uid consent; /* row relied on; null: none */
	struct uid act; /* act relied on; null: none */
	struct uid stands; /* the person's decision, whatever it says */
	const struct release_rule *rule; /* with COUNTRY; else NULL */
};
/* What is not allowed is refused: a zeroed verdict allows nothing. */
void egress_check(const struct egress *, struct egress_verdict *);
/* The refusal to show first: the condition that failed for the first kind of
 * data wanted; EGRESS_ALLOWED when all that was wanted may go. */
enum egress_why egress_first(const struct egress_verdict *, unsigned wanted);

/* May anybody be sent there, or told of it?  Not where it is suspended, has an
 * interest of its own, or nobody called for half a year. */
enum egress_why egress_place(const struct egress *);

/*
 * What somebody learns there by a call or a visit alone, with nothing of the
 * record told.  Behind the hard stop, and where a rule of the country limits
 * what goes, that a person is here and needs something: DATA_NEEDS, which
 * egress_check() then has to let go.  Elsewhere 0: the person speaks for
 * themselves.
 */
unsigned egress_presence(const struct egress *);

/*
 * May this organisation be told something about nobody: its advice asked,
 * without a name, a place, or anything from the record?  Needs no consent;
 * behind the hard stop even the question shows that somebody is here.
 */
enum egress_why egress_without_identity(const struct egress *);

#endif
