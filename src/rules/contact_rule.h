/* SPDX-License-Identifier: ISC */
/*
 * May a number be shown?  A call at the wrong time can get a person hurt, so
 * the agreed instruction always comes first and "stop" cannot be passed.
 */
#ifndef AMPARO_RULES_CONTACT_RULE_H
#define AMPARO_RULES_CONTACT_RULE_H

#include <stdbool.h>
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

struct safe_contact_facts {
	enum may_contact may_contact;
	bool stop_contact;
	bool instruction_shown; /* in this session, of this record */
	bool warning_shown; /* "verify before use" was read and answered */
	struct contact_age age;
};

enum contact_verdict {
	CONTACT_NEVER,
	CONTACT_SHOW_INSTRUCTION_FIRST,
	CONTACT_VERIFY_FIRST, /* say that it is old; then it may be shown */
	CONTACT_SHOW
};

/*
 * identity is what authz() says about PERM_IDENTITY_READ for this person and
 * case: anything but ALLOW is CONTACT_NEVER.  So are a stop, a "no", and a
 * record where nobody asked.  Then the instruction, every time; then, when
 * contact_stale() (timers.h), the warning.
 */
enum contact_verdict contact_verdict(
    const struct safe_contact_facts *, enum verdict identity, int64_t now);

/* Who may: the worker of the case and whoever covers, never by a list, a
 * print or a role without identity. */
bool contact_role(enum role);

#endif
