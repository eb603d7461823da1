/* SPDX-License-Identifier: ISC */
/*
 * Throw-away vaults for tests: a private directory under /tmp (or where
 * vault_kit_at() says), people of any role signed in.  A failure of the kit
 * itself fails the test at once.
 *
 *	struct vault_kit k;
 *	vault_kit_open(&k);
 *	struct session *s = vault_kit_user(&k, "amina", ROLE_CASEWORKER,
 *	    "branch-1");
 *	...
 *	vault_kit_close(&k);		ends all sessions, removes the files
 *
 * The passphrase of everybody is VAULT_KIT_PASSPHRASE.
 */
#ifndef AMPARO_TESTS_VAULT_KIT_H
#define AMPARO_TESTS_VAULT_KIT_H

#include "store/session.h"
#include "store/vaultcare.h"

#define VAULT_KIT_PASSPHRASE "seven grey herons over the lagoon"
#define VAULT_KIT_USERS 16

struct vault_kit {
	char root[256]; /* private directory, removed at the end */
	char dir[280]; /* the vault in it */
	struct society *society; /* config/societies/generic.cfg */
	struct session *admin, *supervisor; /* "adele", "sunil", branch-1 */
	struct session *users[VAULT_KIT_USERS];
	size_t n;
};

/* A new vault; admin and supervisor are signed in. */
void vault_kit_open(struct vault_kit *);
/* The same under parent instead of /tmp (a small or fast file system). */
void vault_kit_open_at(struct vault_kit *, const char *parent);
void vault_kit_close(struct vault_kit *);
/* In another process: somebody else's vault, to sign in to.  Nobody is signed
 * in, and the caller frees the society alone. */
void vault_kit_join(struct vault_kit *, const char *dir);

/* Add somebody and sign them in; the kit ends the session. */
struct session *vault_kit_user(
    struct vault_kit *, const char *login, enum role, const char *branch);
/* Everybody so far chose to begin with the list of cases, not with Today. */
void vault_kit_begin_with_cases(struct vault_kit *);
/* Sign in once more (another terminal, the next morning); the caller ends
 * it.  NULL and *err when it is refused. */
struct session *vault_kit_sign_in(
    struct vault_kit *, const char *login, struct err *);
/* End one of the kit's sessions now; *s becomes NULL. */
void vault_kit_end(struct vault_kit *, struct session **s);
/* As kill -9 ends it: nothing is recorded, the logs stay. */
void vault_kit_kill(struct vault_kit *, struct session **s);

/* A bare case (no intake behind it), made by s; owner NULL: nobody's yet. */
struct uid vault_kit_case(
    struct session *s, const struct uid *owner, const char *branch);

/* A secret of a string; the caller frees it. */
struct secret *vault_kit_secret(const char *);

/* Remove a directory and all in it. */
void vault_kit_remove(const char *dir);
/* Copy the vault's files (not lock/) to another directory, which is made. */
void vault_kit_copy(const char *from, const char *to);

#endif
