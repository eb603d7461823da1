/* SPDX-License-Identifier: ISC */
/*
 * Who may do what: one pure function over a table.  Deny is the default; the
 * configuration grants (role x permission -> scope), and a fence in the code
 * takes away what no configuration may give.
 *
 * The store asks with facts read in the same transaction (OWASP ASVS 5.0
 * 8.3.2, 15.4.2); everybody else asks only to grey things out.
 */
#ifndef AMPARO_RULES_ACCESS_H
#define AMPARO_RULES_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "config/grants.h"
#include "config/permission.h"

/* Anything but ALLOW means: not now.  ALLOW is not 0, so that zeroed memory
 * never allows. */
enum verdict {
	DENY,
	ALLOW,
	NEED_REASON, /* allowed once subject.reason_given */
	NEED_SECOND, /* allowed once subject.second_agreed */
	NEED_REAUTH /* allowed once subject.reauth_fresh */
};

/* Who asks. */
struct subject {
	struct uid user;
	enum role role;
	char branch[33];
	bool disabled; /* nothing at all any more */
	bool reauth_fresh; /* gave the own passphrase again just now */
	bool reason_given; /* said why, for this case or this opening */
	bool second_agreed; /* a second person agreed to exactly this */
};

/* What case it is about. */
struct case_facts {
	struct uid owner; /* null: nobody's yet */
	bool assigned; /* the subject works on it beside its owner */
	char branch[33];
	bool open; /* false: closed */
	bool sealed; /* only for those who work on it */
	bool away; /* another National Society has it: as if closed here */
};

/*
 * May subject do this?  facts NULL: about no case, or "about any case?".
 *
 * In order: a disabled person nothing; the fence; the configured scope (an
 * own case is one the subject owns or works on; no branch equals an empty
 * one); a sealed case not one's own needs a second person; a closed case
 * takes only what must still be possible (reading, recording a contact,
 * consent and its withdrawal, follow-up, closing and reopening, the logs);
 * reading a case that is somebody else's needs a reason, opening identity
 * always does (CPMS and GBV guidance: access by assignment and with a reason);
 * managing people needs the passphrase again.
 */
enum verdict authz(const struct grants *, const struct subject *,
    enum permission, const struct case_facts *) MUST_USE;

/*
 * By which right would subject learn how to reach this person?  That of the
 * identity card where it reaches the case; else that of following up, for
 * whoever covers for a colleague: a call that was promised and is not made can
 * lose somebody, and one without the instruction can hurt them.  Then a reason
 * is needed for this case (the caller sees to it), and the card stays shut.
 * The right is for authz() to decide upon.
 */
enum permission access_reach(const struct grants *, const struct subject *,
    const struct case_facts *) MUST_USE;

/* Which roles may receive the identity root: caseworker and supervisor. */
bool role_may_hold_identity(enum role);

/*
 * True when no configuration may give this permission to this role: identity
 * to any but caseworkers and supervisors; what is written in a case to
 * administrators, auditors and statistics; people, vault and configuration to
 * statistics.
 */
bool access_fenced(enum role, enum permission);

/* -1 when the configuration grants this role something behind the fence (a
 * problem to report; authz() denies it all the same), or a scope that does
 * not exist; 0 otherwise. */
int access_check_grants(
    const struct grants *, enum role, enum permission) MUST_USE;

/* What to tell the person: ERR_NONE, ERR_DENIED, ERR_REASON, ERR_SECOND or
 * ERR_AUTH with its sentence; returns 0 for ALLOW, -1 otherwise. */
int access_err(enum verdict, struct err *) MUST_USE;

#endif
