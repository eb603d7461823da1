/* SPDX-License-Identifier: ISC */
/* A colleague's row, for making a vault and for user_add(). */
#ifndef AMPARO_STORE_USER_WRITE_H
#define AMPARO_STORE_USER_WRITE_H

#include "config/permission.h"
#include "store/tx.h"

/* Adds the row with a fresh worker code; the keyring is the caller's. */
int user_insert(struct tx *, const struct uid *, const char *login,
    const char *name, enum role, const char *branch) MUST_USE;

/* The colleague of a login, in any case of its letters: 1, 0, -1. */
int user_find(struct db *, const char *login, struct user *, struct arena *,
    struct err *) MUST_USE;
/* May somebody be added so?  ERR_INPUT says what of it is not right. */
int user_check_new(struct session *, const char *login, const char *name,
    const char *branch, struct err *) MUST_USE;
/* One line that can be shown as it is: it stands in lists and on terminals. */
bool can_be_shown(const char *);
/* Somebody else, too, signs in with the identity root and may hand it on, or
 * this one does not; else ERR_INPUT says what follows and what comes first. */
int user_not_last(struct session *, struct tx *, const struct keyring *,
    const struct user *, struct err *) MUST_USE;

#endif
