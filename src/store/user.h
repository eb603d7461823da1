/* SPDX-License-Identifier: ISC */
/* Colleagues: who works here, in which role and branch. */
#ifndef AMPARO_STORE_USER_H
#define AMPARO_STORE_USER_H

#include "store/session.h"
#include "vault/passphrase.h"

struct users {
	struct user *list; /* by login */
	size_t n;
};
/* Anybody who is signed in; with those who are disabled. */
int user_list(
    struct session *, struct arena *, struct users *, struct err *) MUST_USE;
/*
 * What changes a colleague is PERM_USER_MANAGE, handing over the identity root
 * PERM_USER_GRANT.  Nobody changes their own place: ERR_INPUT, as for a login,
 * a name or a branch that cannot be.  ERR_NOT_FOUND: nobody has this login.
 */
/* May they hold the key to who people are, and nobody handed it on yet? */
bool user_waits_for_key(const struct user *);
/* Add a colleague; code gets the one-time code to hand over (72 h).  A role
 * that needs the identity root gets it only from somebody who holds it. */
int user_add(struct session *, const char *login, const char *name, enum role,
    const char *branch, char code[ENROL_CODE_SIZE], struct err *) MUST_USE;
/*
 * Whoever is the last that can hand on the identity root keeps it: ERR_INPUT
 * from what would take it (another role, disabling, a new code), which says
 * what comes first.
 */
/* A role that may not hold the identity root loses it. */
int user_set_role(struct session *, const char *login, enum role,
    const char *branch, struct err *) MUST_USE;
/* Takes effect at once: their sessions end at the next look.  last_too: also
 * the last who can hand the root on, where they must be kept out now. */
int user_disable(
    struct session *, const char *login, bool last_too, struct err *) MUST_USE;
/* The way back after user_disable(); nothing opens their place in the keyring
 * before user_reset() gave them a new code. */
int user_enable(struct session *, const char *login, struct err *) MUST_USE;
/* A forgotten passphrase: a new one-time code. */
int user_reset(struct session *, const char *login, char code[ENROL_CODE_SIZE],
    struct err *) MUST_USE;
/* The SSH key this person alone signs in with over SSH: its fingerprint or the
 * public key itself; "-" for none.  ERR_INPUT, ERR_CONFLICT: another's. */
int user_set_ssh_key(struct session *, const char *login, const char *key,
    struct err *) MUST_USE;
/* The language their interface speaks ("es"); "-": the society's.  ERR_INPUT:
 * there is no such translation. */
int user_set_language(struct session *, const char *login, const char *code,
    struct err *) MUST_USE;
/* What this person wants on their own screens: language as above, a theme's
 * name, "today" or "cases" to begin with; "" for what the society says.  Theirs
 * alone to choose, on the record like any change.  ERR_INPUT: there is no such
 * translation. */
int user_choose(struct session *, const char *language, const char *theme,
    const char *start, struct err *) MUST_USE;
/* Hand the identity root to a colleague whose role may hold it. */
int user_grant_identity(
    struct session *, const char *login, struct err *) MUST_USE;

/* Could somebody be called so, before anything is asked further?  NULL: not
 * said yet.  ERR_INPUT says what of it is not right. */
int user_check_words(const struct society *, const char *login,
    const char *name, const char *branch, struct err *) MUST_USE;

#endif
