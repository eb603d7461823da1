/* SPDX-License-Identifier: ISC */
/*
 * May a number be shown?  A call at the wrong time can get a person hurt, so
 * the agreed instruction always comes first and "stop" cannot be passed; and a
 * call too many can, so what came of the earlier ones decides, too.
 */
#ifndef AMPARO_RULES_CONTACT_RULE_H
#define AMPARO_RULES_CONTACT_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/access.h"
#include "rules/timers.h"

#define MAY_CONTACTS(X)       \
	X(NOT_ASKED, "")      \
	X(YES, "yes")         \
	X(ONLY_IF, "only_if") \
	X(NO, "no")
enum may_contact {
#define MAY_CONTACT_ENUM(id, name) MAY_CONTACT_##id,
	MAY_CONTACTS(MAY_CONTACT_ENUM)
#undef MAY_CONTACT_ENUM
	    MAY_CONTACT_COUNT
};
const char *may_contact_name(enum may_contact);
int may_contact_from_name(const char *);

/* --- what came of trying ---------------------------------------------------- */
/* The safe word at one attempt.  Not said counts as wrong: whoever answered
 * was not known to be the person. */
#define WORD_CHECKS(X)                                  \
	X(NONE, "") /* none agreed, or nobody to ask */ \
	X(RIGHT, "yes")                                 \
	X(WRONG, "no")                                  \
	X(DANGER, "danger") /* the one for "I cannot talk" */
enum word_check {
#define WORD_ENUM(id, name) WORD_##id,
	WORD_CHECKS(WORD_ENUM)
#undef WORD_ENUM
	    WORD_CHECK_COUNT
};
const char *word_check_name(enum word_check);
int word_check_from_name(const char *); /* -1: none */

/* What a case knows of the words that were agreed, as bits. */
#define CONTACT_WORD_PROOF 1u /* that it is them, and they can talk */
#define CONTACT_WORD_DANGER 2u /* that they cannot */

/* Was somebody spoken to who could have said a word?  By the outcome of an
 * attempt (its code). */
bool contact_spoken(const char *outcome);

struct contact_try {
	int64_t at; /* when it was, UTC ms */
	int64_t made_at; /* when it was recorded */
	const char *outcome; /* as contact_spoken() */
	enum word_check word;
};
struct contact_tries {
	int unanswered; /* nobody answered, or somebody else did */
	int wrong; /* words in a row, with none right between them */
	bool danger; /* their word for it was said */
};
/*
 * Count n attempts, the newest first.  Unanswered ones count back to the last
 * one at which they answered (a wrong word is not them), and not before since:
 * when they came, or the agreement was verified with them.  Words count back
 * to the last right one among those recorded after looked: when a colleague
 * last looked at it.  Meeting them in person proves nothing about a telephone.
 */
void contact_count(const struct contact_try *, size_t n, int64_t since,
    int64_t looked, struct contact_tries *);

/* So many wrong words in a row (field guide 3.4), or one that says danger:
 * nobody calls until whoever approves has looked. */
#define CONTACT_WRONG_MOST 2
#define CONTACT_HOLDS(X) \
	X(NOT, "")       \
	X(WORD, "word")  \
	X(DANGER, "danger")
enum contact_hold {
#define HOLD_ENUM(id, name) CONTACT_HOLD_##id,
	CONTACT_HOLDS(HOLD_ENUM)
#undef HOLD_ENUM
	    CONTACT_HOLD_COUNT
};
const char *contact_hold_name(enum contact_hold);
int contact_hold_from_name(const char *); /* -1: none */
enum contact_hold contact_hold(const struct contact_tries *);
/* Was it tried as often as was agreed?  most 0: nothing was. */
bool contact_spent(const struct contact_tries *, int most);

/* --- may it be shown? -------------------------------------------------------- */
struct safe_contact_facts {
	enum may_contact may_contact;
	bool stop_contact;
	bool held; /* a hold that nobody has looked at yet */
	bool spent; /* contact_spent() */
	bool instruction_shown; /* in this session, of this record */
	bool warning_shown; /* "verify before use" was read and answered */
	struct contact_age age;
};

enum contact_verdict {
	CONTACT_NEVER,
	CONTACT_HELD, /* a supervisor looks first */
	CONTACT_SPENT, /* tried as often as was agreed: wait for them */
	CONTACT_SHOW_INSTRUCTION_FIRST,
	CONTACT_VERIFY_FIRST, /* say that it is old; then it may be shown */
	CONTACT_SHOW
};

/*
 * identity is what authz() says about PERM_IDENTITY_READ for this person and
 * case: anything but ALLOW is CONTACT_NEVER.  So are a stop, a "no", and a
 * record where nobody asked.  Then a hold, then the number of attempts; then
 * the instruction, every time; then, when contact_stale() (timers.h), the
 * warning.
 */
enum contact_verdict contact_verdict(
    const struct safe_contact_facts *, enum verdict identity, int64_t now);

/* Who may: the worker of the case and whoever covers, never by a list, a
 * print or a role without identity. */
bool contact_role(enum role);

#endif
