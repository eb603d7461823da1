/* SPDX-License-Identifier: ISC */
/*
 * The vault as a whole: made, checked, copied, put back.
 */
#ifndef AMPARO_STORE_VAULTCARE_H
#define AMPARO_STORE_VAULTCARE_H

#include <stdio.h>

#include "store/session.h"
#include "vault/passphrase.h"

/* The vault's file that names its configuration: one line, an absolute path. */
#define VAULT_SOCIETY_FILE "society"
/* Only amparo demo writes this one: the passphrases of its fictional people, a
 * line "login\tpassphrase\trole" each, for the sign-in screen.  No backup
 * holds it. */
#define VAULT_DEMO_FILE "demo-people"

/*
 * Make a vault in dir (made with mode 0700; must be empty or not there): two
 * roots, both databases with every migration, keyring, anchor, throttle, the
 * first administrator with their own passphrase, and a one-time code for the
 * first supervisor, who gets the identity root (an administrator never holds
 * it).  *recovery gets the recovery key (vault/recovery.h has its words,
 * vault/share.h its parts), shown once and then freed by the caller.  A failure
 * leaves nothing.
 */
struct vault_init {
	const char *dir;
	const struct society *society;
	/* Absolute path of the society's file, which the vault then names in
	 * its own file VAULT_SOCIETY_FILE; NULL: it names none. */
	const char *config;
	const char *admin_login, *admin_name;
	const struct secret *admin_passphrase;
	const char *supervisor_login, *supervisor_name, *branch;
	/* Asked before the keyring is written, which makes a vault of it: is
	 * the recovery key in somebody's hand?  -1 takes everything away again;
	 * killed meanwhile, what is there is no vault, and the next one is made
	 * in its place.  NULL: nobody is asked. */
	int (*confirm)(void *arg, const struct secret *recovery, struct err *);
	/* What comes next, with the recovery key, once it is made and nobody is
	 * in it: -1 takes it away again.  NULL: nothing. */
	int (*finish)(void *arg, const struct secret *recovery, struct err *);
	void *arg; /* its own */
	/* Passphrases cost what this machine can bear (kdf_calibrate()), not
	 * the least that is allowed. */
	bool calibrate;
};
/* Asked before anybody is: ERR_CONFLICT where there is a vault already. */
int vault_none_yet(const char *dir, struct err *) MUST_USE;
int vault_init_make(const struct vault_init *, struct secret **recovery,
    char supervisor_code[ENROL_CODE_SIZE], struct err *) MUST_USE;

/*
 * Everybody lost their passphrase: with the recovery key an administrator
 * (who chooses a passphrase now) and a supervisor (who gets a one-time code
 * and the identity root) are let in again: the colleagues of these logins and
 * roles, enabled, or new ones.  All others keep what they have.  new_key, 32
 * random bytes that are on paper already, takes the recovery key's place.
 * The event "vault.recover" is signed by the administrator.  ERR_AUTH: not
 * this vault's key; ERR_CONFLICT: a login is somebody else's.
 *
 * A keyring that is older than its database, or a database behind its anchor,
 * keeps everybody else out; whoever holds the recovery key goes on with it.
 * That is what the event's reason then says, and those whose place in an old
 * keyring is not what it was since (disabled, another key, a passphrase
 * changed) are shut out until they are given a one-time code.
 */
struct vault_recover {
	const char *dir;
	const struct society *society;
	const struct secret *key, *new_key;
	const char *admin_login, *admin_name;
	const struct secret *admin_passphrase;
	const char *supervisor_login, *supervisor_name, *branch;
};
struct recovered {
	/* Which recovery key holds afterwards, also when -1 comes after the
	 * keyring was written: then recover once more. */
	bool renewed;
	bool old_keyring, behind; /* what was found, and gone on with */
	size_t shut_out;
	bool alone; /* nobody but the recovery key had a place in the keyring */
};
int vault_recover(const struct vault_recover *,
    char supervisor_code[ENROL_CODE_SIZE], struct recovered *,
    struct err *) MUST_USE;
/* Does this recovery key open the vault, both roots?  Changes nothing. */
int vault_recovery_check(
    const char *dir, const struct secret *key, struct err *) MUST_USE;

/* One line of findings each; found counts what is wrong. */
struct finding {
	const char *what; /* plain sentence; codes and numbers only */
	bool bad;
	bool unchecked; /* nobody looked: this person may not */
};
struct findings {
	struct finding *list;
	size_t n, bad;
};
/*
 * Pages (cipher_integrity_check, quick_check), schema, both chains with every
 * signature, anchors, keyring generation, orphans between the two files, the
 * engine's version.  identity.db is checked where the session holds its root;
 * otherwise a finding says that it was not.  In a session that only looks
 * (session.h) everything that can still be looked at is, also beside a
 * database that does not open, and nothing is written.
 */
int vault_verify(
    struct session *, struct arena *, struct findings *, struct err *) MUST_USE;
/*
 * Go on from what is there, where a database is behind its anchor or that is
 * broken or gone: the decision of somebody who may look after the vault, who
 * examined it.  The event "vault.accept", with the reason and with how far
 * the anchor and the database went, is signed by them and is the first thing
 * written; the anchor begins anew from it.  identity.db too where it is in
 * doubt and the session holds its root.  ERR_CONFLICT: nothing is in doubt;
 * ERR_INPUT: no reason; ERR_DENIED; ERR_TAMPERED or ERR_DAMAGED: it is the
 * keyring or a whole database, which another command makes good.  A session
 * that read on (session_alarm()) is like any other afterwards.
 */
struct accepted {
	uint64_t cases, identity; /* the events; 0: not in doubt */
};
int vault_accept(struct session *, const char *why, struct accepted *,
    struct err *) MUST_USE;
/* Would it help, as far as this session has looked? */
bool vault_waits_for_decision(const struct session *);
/* Remove what a crash between the two databases left in identity.db. */
int vault_remove_orphans(
    struct session *, size_t *removed, struct err *) MUST_USE;

/*
 * A consistent encrypted copy: both databases, keyring and anchor, taken
 * under the writers' lock after a checkpoint, with a manifest of every file's
 * hash under a key of the case root.  dir must be empty or not there.  The
 * copy is opened and checked before this returns; a failure leaves nothing.
 *
 * Copies leave the house.  So amparo backup takes the recovery key's place in
 * the keyring alone: whoever steals it has nothing to guess.  With everybody's
 * it can be put back with the passphrases people know, and guessed at as the
 * vault can, at the cost of Argon2id for each guess: keep it as you keep the
 * vault.  identity.db is copied as it lies, with its log, where this
 * person does not hold its root.
 */
enum backup_keyring {
	BACKUP_EVERYBODY,
	/* The recovery key's place alone: nothing in the copy can be guessed,
	 * and vault_restore() needs that key; people get one-time codes after
	 * vault_recover(). */
	BACKUP_RECOVERY_ONLY
};
int vault_backup(struct session *, const char *dir, enum backup_keyring,
    struct err *) MUST_USE;
/*
 * Put a backup in the place of in->vault: checks the manifest, signs in to a
 * copy with this person's passphrase (who must be allowed to look after the
 * vault), checks its pages and its chain, and only then lets it take the
 * place; the vault that was there stays beside it as "NAME.before-restore".
 * The directory above must be writable.  Sessions that are open notice and
 * end.  ERR_TAMPERED or ERR_DAMAGED: the backup is not whole; nothing was
 * changed.
 *
 * With the recovery key (NULL: by passphrase) nobody signs in, so the event is
 * that of vault_recover(), which lets people in again.
 */
int vault_restore(const char *from, const struct sign_in *,
    const struct secret *recovery, struct err *) MUST_USE;

#endif
