/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
#include "rules/access.h"

/* What a permission opens, for the fence. */
enum holds {
	HOLDS_NOTHING, /* codes, dates, levels */
	HOLDS_CONTENT, /* what is written in a case */
	HOLDS_IDENTITY, /* who somebody is */
	HOLDS_HOUSE /* people of the office, vault, configuration */
};

/* When a reason has to be given first. */
enum reason { REASON_NEVER, REASON_NOT_OWN, REASON_ALWAYS };

static const struct rule {
	enum holds holds;
	enum reason reason;
	bool when_closed; /* possible on a closed case too */
	bool reauth; /* the passphrase again */
} rules[PERM_COUNT] = {
	[PERM_NONE] = { .when_closed = true },
	[PERM_QUEUE] = { .when_closed = true },
	[PERM_CASE_READ] = { .holds = HOLDS_CONTENT,
	    .reason = REASON_NOT_OWN,
	    .when_closed = true },
	[PERM_CASE_WRITE] = { .holds = HOLDS_CONTENT },
	/* A person may come back any time, and take consent back any time. */
	[PERM_CONTACT] = { .holds = HOLDS_CONTENT, .when_closed = true },
	[PERM_SEARCH] = { .holds = HOLDS_IDENTITY, .when_closed = true },
	[PERM_IDENTITY_READ] = { .holds = HOLDS_IDENTITY,
	    .reason = REASON_ALWAYS,
	    .when_closed = true },
	[PERM_IDENTITY_WRITE] = { .holds = HOLDS_IDENTITY,
	    .reason = REASON_ALWAYS },
	[PERM_SCREEN] = { .holds = HOLDS_CONTENT },
	[PERM_CONSENT] = { .holds = HOLDS_CONTENT, .when_closed = true },
	[PERM_FOLLOW_UP] = { .holds = HOLDS_CONTENT, .when_closed = true },
	[PERM_DIRECTORY] = { .when_closed = true },
	/* What was prepared or sent goes on being answered after closing. */
	[PERM_REFER] = { .holds = HOLDS_CONTENT, .when_closed = true },
	[PERM_AGREE] = { .holds = HOLDS_CONTENT, .when_closed = true },
	/* Recipients, kinds of data, dates: no words of the case. */
	[PERM_DISCLOSURES] = { .holds = HOLDS_NOTHING, .when_closed = true },
	[PERM_RISK] = { .holds = HOLDS_CONTENT },
	[PERM_PLAN] = { .holds = HOLDS_CONTENT },
	/* Help never waits for a case to be opened again. */
	[PERM_SERVICE] = { .holds = HOLDS_CONTENT, .when_closed = true },
	/* Somebody who goes missing may have a closed case. */
	[PERM_SAFETY_READ] = { .holds = HOLDS_IDENTITY,
	    .reason = REASON_ALWAYS,
	    .when_closed = true },
	[PERM_SAFETY_WRITE] = { .holds = HOLDS_IDENTITY,
	    .reason = REASON_ALWAYS },
	[PERM_ASSIGN] = { .holds = HOLDS_NOTHING },
	[PERM_CLOSE] = { .holds = HOLDS_CONTENT, .when_closed = true },
	/* Whoever is offered a case has no right to it yet: the store looks
	 * whom it was offered to. */
	[PERM_RECEIVE] = { .holds = HOLDS_CONTENT, .when_closed = true },
	[PERM_APPROVE] = { .holds = HOLDS_CONTENT, .when_closed = true },
	[PERM_LINK] = { .holds = HOLDS_CONTENT },
	[PERM_JOIN] = { .holds = HOLDS_CONTENT, .when_closed = true },
	[PERM_HISTORY] = { .holds = HOLDS_CONTENT,
	    .reason = REASON_NOT_OWN,
	    .when_closed = true },
	[PERM_ACCESS_LOG] = { .holds = HOLDS_NOTHING, .when_closed = true },
	[PERM_USER_MANAGE] = { .holds = HOLDS_HOUSE,
	    .when_closed = true,
	    .reauth = true },
	/* Handing the identity root on takes somebody who holds it. */
	[PERM_USER_GRANT] = { .holds = HOLDS_IDENTITY,
	    .when_closed = true,
	    .reauth = true },
	[PERM_VAULT_CARE] = { .holds = HOLDS_HOUSE, .when_closed = true },
	[PERM_CONFIGURE] = { .holds = HOLDS_HOUSE, .when_closed = true },
};

/* What a role can never be given, whatever a configuration says. */
static const struct fence {
	bool content, identity, house;
} fences[ROLE_COUNT] = {
	[ROLE_CASEWORKER] = { .content = false },
	[ROLE_SUPERVISOR] = { .content = false },
	[ROLE_COORDINATOR] = { .identity = true },
	[ROLE_AUDITOR] = { .content = true, .identity = true },
	[ROLE_ADMINISTRATOR] = { .content = true, .identity = true },
	[ROLE_STATISTICS] = { .content = true,
	    .identity = true,
	    .house = true },
};

static bool
known(enum role role, enum permission p)
{
	return (unsigned)role < ROLE_COUNT && (unsigned)p < PERM_COUNT;
}

bool
access_fenced(enum role role, enum permission p)
{
	const struct fence *f;

	if (!known(role, p))
		return true;
	f = &fences[role];
	switch (rules[p].holds) {
	case HOLDS_CONTENT:
		return f->content;
	case HOLDS_IDENTITY:
		return f->identity;
	case HOLDS_HOUSE:
		return f->house;
	case HOLDS_NOTHING:
		break;
	}
	return false;
}

bool
role_may_hold_identity(enum role role)
{
	return (unsigned)role < ROLE_COUNT && !fences[role].identity;
}

int
access_check_grants(const struct grants *g, enum role role, enum permission p)
{
	unsigned scope;

	if (!known(role, p))
		return -1;
	scope = g->scope[role][p];
	if (scope > SCOPE_ALL)
		return -1;
	return scope != SCOPE_NOBODY && access_fenced(role, p) ? -1 : 0;
}

static bool
own_case(const struct subject *s, const struct case_facts *f)
{
	if (f->assigned)
		return true;
	return !uid_null(&f->owner) && uid_eq(&f->owner, &s->user);
}

static bool
in_scope(enum scope scope, const struct subject *s, const struct case_facts *f)
{
	switch (scope) {
	case SCOPE_ALL:
		return true;
	case SCOPE_BRANCH:
		if (own_case(s, f))
			return true;
		return s->branch[0] != '\0' &&
		       strncmp(s->branch, f->branch, sizeof(s->branch)) == 0;
	case SCOPE_OWN:
		return own_case(s, f);
	case SCOPE_NOBODY:
		break;
	}
	return false;
}

static bool
wants_reason(
    const struct rule *r, const struct subject *s, const struct case_facts *f)
{
	if (r->reason == REASON_ALWAYS)
		return true;
	/* What is nobody's yet has to be looked at to be taken on. */
	return r->reason == REASON_NOT_OWN && !own_case(s, f) &&
	       !uid_null(&f->owner);
}

enum verdict
authz(const struct grants *g, const struct subject *s, enum permission p,
    const struct case_facts *f)
{
	const struct rule *r;
	enum scope scope;

	if (!known(s->role, p) || s->disabled || access_fenced(s->role, p))
		return DENY;
	r = &rules[p];
	/* What anybody signed in may do is in no matrix; it is no case's. */
	if (p == PERM_NONE)
		return f == NULL ? ALLOW : DENY;
	scope = g->scope[s->role][p];
	if (scope == SCOPE_NOBODY || scope > SCOPE_ALL)
		return DENY;
	if (f != NULL) {
		if (!in_scope(scope, s, f) ||
		    ((!f->open || f->away) && !r->when_closed))
			return DENY;
		if (f->sealed && !own_case(s, f) && !s->second_agreed)
			return NEED_SECOND;
		if (wants_reason(r, s, f) && !s->reason_given)
			return NEED_REASON;
	}
	if (r->reauth && !s->reauth_fresh)
		return NEED_REAUTH;
	return ALLOW;
}

enum permission
access_reach(
    const struct grants *g, const struct subject *s, const struct case_facts *f)
{
	if (authz(g, s, PERM_IDENTITY_READ, f) != DENY ||
	    !role_may_hold_identity(s->role) ||
	    authz(g, s, PERM_FOLLOW_UP, f) == DENY)
		return PERM_IDENTITY_READ;
	return PERM_FOLLOW_UP;
}

int
access_err(enum verdict v, struct err *e)
{
	switch (v) {
	case ALLOW:
		err_clear(e);
		return 0;
	case NEED_REASON:
		return err_set(e, ERR_REASON,
		    _("Say in a few words why you need this; it is recorded "
		      "with your name."));
	case NEED_SECOND:
		return err_set(e, ERR_SECOND,
		    _("This case is sealed. Ask a second person to agree."));
	case NEED_REAUTH:
		return err_set(e, ERR_AUTH,
		    _("Give your own passphrase again to do this."));
	case DENY:
		break;
	}
	return err_set(e, ERR_DENIED,
	    _("Your role does not allow this here. Ask your supervisor if you "
	      "need it."));
}
