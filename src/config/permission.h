/* SPDX-License-Identifier: ISC */
/*
 * What people may be allowed to do, and the roles that may be allowed it.
 * A National Society's configuration fills the matrix (role x permission ->
 * scope); rules/access decides with it.  One row here is everything a new
 * permission needs: the name is what configuration files write.
 */
#ifndef AMPARO_CONFIG_PERMISSION_H
#define AMPARO_CONFIG_PERMISSION_H

#define ROLES(X)                          \
	X(CASEWORKER, "caseworker")       \
	X(SUPERVISOR, "supervisor")       \
	X(COORDINATOR, "coordinator")     \
	X(AUDITOR, "auditor")             \
	X(ADMINISTRATOR, "administrator") \
	X(STATISTICS, "statistics")

enum role {
#define ROLE_ENUM(id, name) ROLE_##id,
	ROLES(ROLE_ENUM)
#undef ROLE_ENUM
	    ROLE_COUNT
};

#define PERMISSIONS(X)                                                 \
	X(NONE, "none") /* what anybody signed in may do */            \
	X(QUEUE, "queue") /* see a list of cases by code */            \
	X(CASE_READ, "case-read") /* open a case */                    \
	X(CASE_WRITE, "case-write") /* notes, flags, what is agreed */ \
	X(CONTACT, "contact") /* record a contact, open a case */      \
	X(SEARCH, "search") /* look for a person before making one */  \
	X(IDENTITY_READ,                                               \
	    "identity-read") /* who the person is, how to reach */     \
	X(IDENTITY_WRITE, "identity-write")                            \
	X(SCREEN, "screen") /* record indicators */                    \
	X(CONSENT, "consent") /* record consent and withdrawal */      \
	X(FOLLOW_UP, "follow-up")                                      \
	X(DIRECTORY, "directory") /* organisations, and log a call */  \
	X(REFER, "refer") /* prepare and send a referral */            \
	X(AGREE, "agree") /* second person to what leaves; review */   \
	X(DISCLOSURES, "disclosures") /* see what left, to whom */     \
	X(RISK, "risk") /* set a risk level, with its reason */        \
	X(PLAN, "plan") /* assessments, goals, steps, reviews */       \
	X(SERVICE, "service") /* help given, planned, declined */      \
	X(SAFETY_READ, "safety-read") /* the safety plan */            \
	X(SAFETY_WRITE, "safety-write")                                \
	X(ASSIGN, "assign") /* give a case to a worker */              \
	X(CLOSE, "close") /* close and reopen */                       \
	X(RECEIVE, "receive") /* take a case that is offered */        \
	X(APPROVE, "approve") /* agree to what a colleague asks for */ \
	X(LINK, "link") /* cases that belong together; interests */    \
	X(JOIN, "join") /* two codes of one person; and apart again */ \
	X(HISTORY, "history") /* who changed what */                   \
	X(ACCESS_LOG, "access-log") /* who looked */                   \
	X(USER_MANAGE, "user-manage") /* add, disable, reset people */ \
	X(USER_GRANT, "user-grant") /* hand the identity root on */    \
	X(VAULT_CARE, "vault-care") /* verify, back up, restore */     \
	X(CONFIGURE, "configure")

enum permission {
#define PERM_ENUM(id, name) PERM_##id,
	PERMISSIONS(PERM_ENUM)
#undef PERM_ENUM
	    PERM_COUNT
};

/* How far a permission reaches. */
enum scope {
	SCOPE_NOBODY,
	SCOPE_OWN, /* cases assigned to this person */
	SCOPE_BRANCH, /* cases of this person's branch, and their own */
	SCOPE_ALL
};

const char *role_name(enum role);
const char *permission_name(enum permission);
/* -1 when the name is unknown. */
int role_from_name(const char *);
int permission_from_name(const char *);

#endif
