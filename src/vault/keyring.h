/* SPDX-License-Identifier: ISC */
/*
 * The keyring: who may open this vault, and how far.
 *
 *   passphrase --Argon2id--> key --XChaCha20-Poly1305--> this person's own
 *   X25519 and Ed25519 secret keys --sealed box--> the case root and, for
 *   roles that need to know who people are, the identity root
 *
 * Because the roots are sealed to public keys, an administrator can enrol,
 * reset and rotate without anybody's passphrase and without ever holding the
 * identity root; only somebody who holds that root can hand it on.
 *
 * The file `keyring` is fixed-size little-endian: a 256-byte header, a
 * 1,024-byte place for each person and one for the recovery key, noise in the
 * places up to a round number, and a trailer
 * of two hashes: BLAKE2b-256 over everything before it ("is this torn?",
 * checked before any passphrase is typed) and a MAC under SUBKEY_KEYRING of
 * the case root (checked once a slot opened).  keyring.c has the offsets.
 * Caps are checked before any key is derived from anything.
 *
 * Functions that change a keyring change it in memory.  To change the file:
 * take LOCK_KEYRING, keyring_load(), keyring_verify() with one's case root,
 * change, keyring_save(), write generation and MAC into the database, release.
 */
#ifndef AMPARO_VAULT_KEYRING_H
#define AMPARO_VAULT_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/id.h"
#include "vault/crypto.h"
#include "vault/passphrase.h"
#include "vault/secret.h"

#define KEYRING_FILE "keyring"
#define KEYRING_PREV "keyring.prev"
#define KEYRING_SLOTS 1000 /* most slots, and so most people, less one */

/* A one-time code lives 72 hours (OWASP ASVS 5.0 6.4.1: short-lived). */
#define ENROL_TTL (72 * CLOCK_HOUR)

/*
 * Cost of Argon2id (RFC 9106), stored in each slot.  The default is RFC
 * 9106's second recommendation in passes and memory, with one lane, as
 * libsodium has it.  A slot outside the caps is ERR_DAMAGED before it can
 * cost anything; the floor is OWASP ASVS 5.0, appendix C.
 */
struct kdf_cost {
	uint32_t passes;
	uint32_t mib;
};
#define KDF_PASSES 3
#define KDF_MIB 64
#define KDF_PASSES_MIN 1
#define KDF_PASSES_MAX 20
#define KDF_MIB_MIN 46
#define KDF_MIB_MAX 1024

enum slot_type {
	SLOT_PASSPHRASE = 1,
	SLOT_PENDING = 2, /* a one-time code, not used yet */
	SLOT_RECOVERY = 3
};

/* The two databases; each has its own root. */
enum vault_db { DB_CASES, DB_IDENTITY };

struct keyring;

/* What signing in gives: everything this person may hold. */
struct unlocked {
	struct uid user; /* null for the recovery key */
	struct secret *case_root;
	struct secret *identity_root; /* NULL when the role has none */
	struct secret *sign_key;
	struct secret *box_key;
	uint8_t sign_pk[SIGN_PK_BYTES];
	uint8_t box_pk[BOX_PK_BYTES];
	bool must_set_passphrase; /* came in with a one-time code */
};
/* Wipe and free all; fine on a zeroed or already done struct. */
void unlocked_done(struct unlocked *);

/* What may be known of a slot without any key. */
struct slot_info {
	struct uid user;
	enum slot_type type;
	bool disabled;
	bool identity; /* holds the identity root */
	int64_t expires; /* ms; pending slots only, else 0 */
	struct kdf_cost cost;
	uint8_t sign_pk[SIGN_PK_BYTES];
	uint8_t box_pk[BOX_PK_BYTES];
};

/* Two to 32 of a-z, 0-9, dot, dash and underscore, the first a letter.
 * Capital letters are the same login. */
#define LOGIN_MAX 32
bool login_valid(const char *);

/*
 * A new vault's keyring, in memory: fresh roots, no people, and the recovery
 * slot.  dir is the vault's directory (0700, ERR_UNSAFE otherwise) and has no
 * keyring yet (ERR_CONFLICT).  *recovery gets the recovery key (32 bytes, for
 * recovery_text() or share_split()); it is nowhere else.  *founder holds both roots, so that the
 * first people can be added; then unlocked_done() it.
 */
int keyring_create(const char *dir, struct keyring **, struct secret **recovery,
    struct unlocked *founder, struct err *) MUST_USE;

/*
 * ERR_NOT_FOUND; ERR_UNSAFE for an owner or mode that lets others in;
 * ERR_VERSION when made by a newer amparo; ERR_DAMAGED otherwise.  The text
 * says what to put there: keyring.prev, where that is whole, or a backup's.
 */
int keyring_load(const char *dir, struct keyring **, struct err *) MUST_USE;
void keyring_free(struct keyring *);

/* The parser alone, for tests and fuzzing; no file behind it, so such a
 * keyring cannot be saved. */
int keyring_parse(
    const void *, size_t, struct keyring **, struct err *) MUST_USE;

/*
 * Does the whole file carry the MAC of this case root?  keyring_unlock()
 * asks this too; ask it again after each keyring_load(): before it, nothing is
 * known of who is in the keyring but whether a login is.  ERR_TAMPERED.
 */
int keyring_verify(
    struct keyring *, const struct secret *case_root, struct err *) MUST_USE;

/*
 * Generation + 1, MAC, and the file replaced in one step, the old one kept as
 * keyring.prev.  The caller holds LOCK_KEYRING.  ERR_CONFLICT when the file
 * is no longer the one that was loaded; ERR_FULL, ERR_IO: the old file stands.
 */
int keyring_save(
    struct keyring *, const struct secret *case_root, struct err *) MUST_USE;

/*
 * A keyring with the recovery key's slot alone, into dirfd, for a copy that is
 * kept elsewhere: whoever steals it has no passphrase to guess.  It is the
 * generation after this one, which a database takes as a save that a crash cut
 * short; kr and its file stay as they are.  ERR_FULL, ERR_IO.
 */
int keyring_write_alone(const struct keyring *, const struct secret *case_root,
    int dirfd, struct err *) MUST_USE;

/* What passphrases set from now on will cost, kept in the file; KDF_PASSES and
 * KDF_MIB where nobody said otherwise.  ERR_INPUT outside the caps. */
int keyring_set_cost(struct keyring *, struct kdf_cost, struct err *) MUST_USE;

/*
 * The cost for a new vault on this machine: KDF_PASSES over as many of 256,
 * 128 or KDF_MIB as take at most a second here and an eighth of its memory,
 * for several people sign in at once (RFC 9106 section 4; the figures are the
 * project's).  Takes as long as one passphrase.  kdf_choose() is the choice
 * alone: ms is the time of one over KDF_MIB, ram in MiB.
 */
struct kdf_cost kdf_calibrate(void);
struct kdf_cost kdf_choose(int64_t ms, uint64_t ram);

/* What the database's meta table keeps to notice an older keyring put back:
 * file == database is normal, file == database + 1 a crash in between. */
uint64_t keyring_generation(const struct keyring *);
/* An older one is made the newest, on purpose: the next save is later than
 * `known`, which a database or an anchor has seen. */
void keyring_pass(struct keyring *, uint64_t known);
void keyring_mac(const struct keyring *, uint8_t out[HASH_BYTES]);
struct uid keyring_vault(const struct keyring *);

/* A database's id and its SQLCipher salt (its first 16 bytes, kept here so
 * that a damaged first page can be repaired; zero until set). */
void keyring_db(
    const struct keyring *, enum vault_db, struct uid *id, uint8_t salt[16]);
void keyring_set_salt(struct keyring *, enum vault_db, const uint8_t salt[16]);

/* Slots by number, 0 .. keyring_count()-1, recovery included. */
size_t keyring_count(const struct keyring *);
void keyring_slot(const struct keyring *, size_t, struct slot_info *);
/* The slot of a person: ERR_NOT_FOUND. */
int keyring_find(const struct keyring *, const struct uid *user,
    struct slot_info *, struct err *) MUST_USE;
bool keyring_has_login(const struct keyring *, const char *login);
/* The key that verifies this person's signatures today.  Older ones are the
 * store's to keep: a reset makes a new pair.  ERR_NOT_FOUND. */
int keyring_sign_pk(const struct keyring *, const struct uid *user,
    uint8_t pk[SIGN_PK_BYTES], struct err *) MUST_USE;
/* BLAKE2b of the login under the vault's id: no names in files. */
void keyring_login_hash(
    const struct keyring *, const char *login, uint8_t out[HASH_BYTES]);

/*
 * Sign in with a passphrase or a one-time code.  Unknown login, wrong
 * passphrase and a disabled person cost the same time and get the same
 * ERR_AUTH.  A right code past its time (now, UTC ms) is ERR_AUTH with its own
 * words.  ERR_TAMPERED when the slot or the file does not match its keys.
 * ERR_BUSY when too many people sign in at once: at most max(2, cores)
 * derivations run on one machine, through lock/kdf-N, so that a whole office
 * at nine o'clock does not need its number times 64 MiB.  Charge the throttle
 * before calling.
 */
int keyring_unlock(struct keyring *, const char *login,
    const struct secret *passphrase, int64_t now, struct unlocked *out,
    struct err *) MUST_USE;

/* With the recovery key (32 bytes: recovery_parse(), share_join()); both roots
 * and no person.  ERR_AUTH when it is not this vault's. */
int keyring_unlock_recovery(struct keyring *, const struct secret *key,
    struct unlocked *out, struct err *) MUST_USE;
/* Another recovery key (32 random bytes) in place of the one there is: the
 * old one, and every part of it, opens nothing from the next save on.  `by`
 * holds both roots (ERR_DENIED). */
int keyring_renew_recovery(struct keyring *, const struct unlocked *by,
    const struct secret *key, struct err *) MUST_USE;

/*
 * Add a person who is here and chooses a passphrase now (the first
 * administrator).  Checks the policy of passphrase.h with the login as a
 * forbidden word.  give_identity needs a `by` that holds the identity root
 * (ERR_DENIED).  ERR_CONFLICT: login or user taken; ERR_FULL: 1,000 slots.
 */
int keyring_add(struct keyring *, const struct unlocked *by, const char *login,
    const struct uid *user, bool give_identity, const struct secret *passphrase,
    struct err *) MUST_USE;

/*
 * Add a person by one-time code: code_out (ENROL_CODE_SIZE bytes; the caller
 * shows it once and wipes it) opens the slot once, until *expires.
 */
int keyring_enrol(struct keyring *, const struct unlocked *by,
    const char *login, const struct uid *user, bool give_identity, int64_t now,
    char code_out[ENROL_CODE_SIZE], int64_t *expires, struct err *) MUST_USE;

/*
 * The first passphrase: `me` came from keyring_unlock() with a code.  Makes
 * fresh key pairs, reseals what the code gave, uses the code up, and renews
 * `me` (user stays, keys change).  ERR_AUTH when the code has been used or
 * replaced meanwhile, ERR_INPUT for the policy.
 */
int keyring_activate(struct keyring *, struct unlocked *me, const char *login,
    const struct secret *passphrase, struct err *) MUST_USE;

/*
 * Own slot only, with the passphrase of today; key pairs stay, the cost is
 * raised to today's.  ERR_AUTH, ERR_INPUT for the policy.
 */
int keyring_change_passphrase(struct keyring *, const struct unlocked *me,
    const char *login, const struct secret *old, const struct secret *new_one,
    struct err *) MUST_USE;

/* Hand the identity root on (`by` holds it, else ERR_DENIED) or take it back
 * for every sign-in from now on.  ERR_NOT_FOUND. */
int keyring_grant_identity(struct keyring *, const struct unlocked *by,
    const struct uid *user, struct err *) MUST_USE;
int keyring_revoke_identity(
    struct keyring *, const struct uid *user, struct err *) MUST_USE;

/* A new one-time code for a person who is in the keyring, enabled or not;
 * the old passphrase and both sealed roots are gone at once. */
int keyring_reset(struct keyring *, const struct unlocked *by,
    const struct uid *user, bool give_identity, int64_t now,
    char code_out[ENROL_CODE_SIZE], int64_t *expires, struct err *) MUST_USE;

/* Nothing opens the slot any more (bundle and sealed roots are overwritten);
 * login and public keys stay.  keyring_reset() is the way back. */
int keyring_disable(
    struct keyring *, const struct uid *user, struct err *) MUST_USE;
/* Take the slot out. */
int keyring_remove(
    struct keyring *, const struct uid *user, struct err *) MUST_USE;

#endif
