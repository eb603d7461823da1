/* SPDX-License-Identifier: ISC */
/*
 * The vault as a whole: made, checked, copied, put back.
 */
#ifndef AMPARO_STORE_VAULTCARE_H
#define AMPARO_STORE_VAULTCARE_H

#include <stdio.h>

#include "store/session.h"
#include "vault/passphrase.h"

/*
 * Make a vault in dir (made with mode 0700; must be empty or not there): two
 * roots, both databases with every migration, keyring, anchor, throttle, the
 * first administrator with their own passphrase, and a one-time code for the
 * first supervisor, who gets the identity root (an administrator never holds
 * it).  *recovery gets the recovery key as printed (vault/recovery.h), shown
 * once and then freed by the caller.  A failure leaves nothing.
 */
struct vault_init {
	const char *dir;
	const struct society *society;
	const char *admin_login, *admin_name;
	const struct secret *admin_passphrase;
	const char *supervisor_login, *supervisor_name, *branch;
};
int vault_init_make(const struct vault_init *, struct secret **recovery,
    char supervisor_code[ENROL_CODE_SIZE], struct err *) MUST_USE;

/* One line of findings each; found counts what is wrong. */
struct finding {
	const char *what; /* plain sentence; codes and numbers only */
	bool bad;
};
struct findings {
	struct finding *list;
	size_t n, bad;
};
/*
 * Pages (cipher_integrity_check, quick_check), schema, both chains with every
 * signature, anchors, keyring generation, orphans between the two files, the
 * engine's version.  identity.db is checked where the session holds its root;
 * otherwise a finding says that it was not.
 */
int vault_verify(
    struct session *, struct arena *, struct findings *, struct err *) MUST_USE;
/* Remove what a crash between the two databases left in identity.db. */
int vault_remove_orphans(
    struct session *, size_t *removed, struct err *) MUST_USE;

/* A consistent encrypted copy under the writers' lock, after a checkpoint;
 * dir must be empty or not there.  The copy is checked before this returns. */
int vault_backup(struct session *, const char *dir, struct err *) MUST_USE;
/* Checks the copy with this person's passphrase before anything is replaced;
 * the vault that was there stays beside it as "NAME.before-restore". */
int vault_restore(
    const char *from, const struct sign_in *, struct err *) MUST_USE;

#endif
