/* SPDX-License-Identifier: ISC */
/*
 * Inside of the keyring, for src/vault and its tests alone.
 *
 * The file, little endian, every byte accounted for.
 *
 *   header    0 magic "AMPKEYS1"   8 version u32     12 places u32
 *            16 vault id[16]      32 generation u64  40 root generation u64
 *            48 cases id[16]      64 identity id[16]
 *            80 cases salt[16]    96 identity salt[16]
 *           112 check of the case root[32]  144 of the identity root[32]
 *           176 passes u32       180 MiB u32        184 noise[72]
 *               (what the next passphrase costs, and one of a login that is
 *               not there: an answer takes as long either way)
 *   place     0 tag[32]: the hash of the login
 *            32 outer lid[128]  160 inner lid[128]
 *           288 salt[16]        304 commitment[32]
 *           336 signing key[32] 368 box key[32]
 *           400 sealed bundle[296]: X25519 secret[32], Ed25519 seed[32],
 *               zero[192]
 *           696 sealed case root[112]  808 sealed identity root[112]
 *           920 noise[104]
 *   lid       0 slot id[16]      16 user id[16]
 *            32 type u32          36 flags u32
 *            40 passes u32        44 MiB u32         48 expires i64
 *            56 key of the outer lid[32]; sealed: nonce, text, tag
 *   trailer   0 BLAKE2b-256 of all before it
 *            32 MAC under SUBKEY_KEYRING of the case root, of the same bytes
 *
 * Whoever has the file alone learns nothing of who is in it.  Whoever comes
 * in opens the outer lid of their own place with the login they type;
 * whoever is in opens every inner lid with the case root.  What is not there
 * (the tag of the recovery key, an identity root that a role does not have,
 * places up to the next PLACES) is noise that looks the same, so neither the
 * number of people, nor who has a one-time code, is shut out or may see who
 * people are, can be read off it.  A place whose inner lid does not open
 * under a MAC that holds is nobody's.
 *
 * Version 1, which is read and never written, has no lids and no noise: slots
 * in the clear, zeros from 176 on in the header, and
 *
 *             0 slot id[16]       16 user id[16]     32 login hash[32]
 *            64 type u32          68 flags u32
 *            72 passes u32        76 MiB u32         80 salt[16]
 *            96 expires i64      104 commitment[32]
 *           136 signing key[32]  168 box key[32]    200 sealed bundle[296]
 *           496 sealed case root[112]  608 sealed identity root[112]
 *           720 reserved[304]
 *
 * with zeros for what is not there.  The logins of its people are not known
 * to who writes it anew: until they choose another passphrase the key of
 * their outer lid is made from their tag.
 *
 * Slot 0 is the recovery key's and the only one of its type.
 */
#ifndef AMPARO_VAULT_KEYRING_IMPL_H
#define AMPARO_VAULT_KEYRING_IMPL_H

#include "base/buf.h"
#include "vault/keyring.h"

#define KEYRING_MAGIC "AMPKEYS1"
#define KEYRING_VERSION 2
#define HEADER_SIZE 256
#define SLOT_SIZE 1024
#define TRAILER_SIZE (2 * HASH_BYTES)
#define KEYRING_MAX \
	(HEADER_SIZE + (size_t)KEYRING_SLOTS * SLOT_SIZE + TRAILER_SIZE)

#define BUNDLE 256
#define SEALED_BUNDLE (BUNDLE + SEAL_EXTRA)
/* A root and the hash of what it is and whom it is for. */
#define ROOT_BOX (KEY_BYTES + HASH_BYTES)
#define SEALED_ROOT (ROOT_BOX + BOX_EXTRA)
#define LID 88
#define SEALED_LID (LID + SEAL_EXTRA)
#define PLACES 16 /* the file has room for a multiple of so many */
enum { LID_OUTER, LID_INNER };

#define FLAG_DISABLED 1u
#define FLAG_IDENTITY 2u

struct slot {
	struct uid id;
	struct uid user;
	uint8_t login[HASH_BYTES];
	uint32_t type;
	uint32_t flags;
	struct kdf_cost cost; /* zero for the recovery slot: no derivation */
	uint8_t salt[16];
	int64_t expires;
	uint8_t commitment[HASH_BYTES];
	uint8_t sign_pk[SIGN_PK_BYTES];
	uint8_t box_pk[BOX_PK_BYTES];
	uint8_t bundle[SEALED_BUNDLE];
	uint8_t root[2][SEALED_ROOT]; /* by enum vault_db */
	uint8_t lid_key[KEY_BYTES]; /* of the outer lid */
	/* Still under its lids: id, user, type, flags, cost, expires and
	 * lid_key are not known yet. */
	bool closed;
	uint8_t lid[2][SEALED_LID];
};

struct keyring {
	char *dir; /* NULL: no file behind it */
	int dirfd; /* -1 */
	struct kdf_cost cost; /* of what is set from now on */
	struct uid vault;
	uint64_t generation;
	uint64_t root_generation;
	struct uid db_id[2];
	uint8_t db_salt[2][16];
	uint8_t root_check[2][HASH_BYTES];
	struct slot *slots;
	size_t n;
	struct buf raw; /* the file as loaded or saved; empty: never saved */
};

/* --- keyring_format.c --- */
struct keyring *keyring_new(void);
/* Header and places; the trailer is keyring_save()'s. */
void keyring_encode(
    const struct keyring *, const struct secret *case_root, struct buf *);
/* Is what an open slot says within the caps, and does it make sense? */
bool slot_sane(const struct slot *, bool recovery);
/* What of a slot its owner's key binds together: all that is public in it and
 * cannot change without that key. */
void slot_aad(const struct keyring *, const struct slot *, struct buf *);
int keyring_damaged(struct err *, const char *how);
/* What to do about it, after what is said: looks for the one before. -1. */
int keyring_advise(const char *dir, struct err *);

/* --- keyring_lid.c --- */
/* Whose slot it is: login hash and key of the outer lid. */
void slot_set_login(const struct keyring *, struct slot *, const char *login);
/* The same for one of version 1, whose login nobody knows. */
void slot_set_tag_key(const struct keyring *, struct slot *);
/* A closed slot under its outer lid; "" for the recovery key's.  ERR_TAMPERED:
 * it does not open, or does not make sense. */
int slot_lift(const struct keyring *, struct slot *, const char *login,
    struct err *) MUST_USE;
/* Every slot under its inner lid; places of nobody go.  ERR_DAMAGED. */
int keyring_lift(
    struct keyring *, const struct secret *case_root, struct err *) MUST_USE;
/* One place of the file, with the key that keyring_inner_key() gives. */
void slot_encode(const struct keyring *, const struct slot *,
    const struct secret *inner, struct buf *);
struct secret *keyring_inner_key(const struct secret *case_root);

/* --- keyring_slot.c --- */
struct slot *slot_of_user(const struct keyring *, const struct uid *);
struct slot *slot_of_login(const struct keyring *, const char *login);
/*
 * Give a slot fresh key pairs behind `key` (a passphrase, a code or the
 * recovery key, by slot->type) and seal the roots to them; identity may be
 * NULL.  id, user, login, type and expires are set already.  *wrap, if wrap
 * is not NULL, gets the wrapping key (the caller frees it), so that opening the
 * slot at once costs no second derivation.
 */
int slot_make(const struct keyring *, struct slot *, const struct secret *key,
    const struct secret *case_root, const struct secret *identity,
    struct secret **wrap, struct err *) MUST_USE;
/* The wrapping key of a slot: Argon2id behind the gate, or a hash for the
 * recovery slot.  *out is the caller's. */
int slot_wrap_key(const struct keyring *, const struct slot *,
    const struct secret *key, struct secret **out, struct err *) MUST_USE;
/* Does this wrapping key belong to the slot?  Constant time. */
bool slot_matches(const struct slot *, const struct secret *wrap);
/* Decrypt (wrapping key known to match) into out's keys and roots. */
int slot_open(const struct keyring *, const struct slot *,
    const struct secret *wrap, struct unlocked *out, struct err *) MUST_USE;
/* Encrypt the two secret keys of `me` anew under a wrapping key. */
void slot_wrap(const struct keyring *, struct slot *, const struct secret *wrap,
    const struct unlocked *me);
int slot_seal_root(const struct keyring *, struct slot *, enum vault_db,
    const struct secret *root, struct err *) MUST_USE;
/* The root sealed to the holder of box_key. */
int slot_open_root(const struct keyring *, const struct slot *, enum vault_db,
    const struct secret *box_key, struct secret **root, struct err *) MUST_USE;
void root_check(const struct keyring *, enum vault_db,
    const struct secret *root, uint8_t out[HASH_BYTES]);

/* --- kdf.c --- */
/*
 * Argon2id (RFC 9106, version 1.3, one lane) to 32 bytes.  dirfd is the
 * vault's for the gate, -1 for none.  ERR_BUSY, ERR_NOMEM.
 */
int kdf_argon2id(int dirfd, struct kdf_cost, const uint8_t salt[16],
    const struct secret *pass, struct secret **out, struct err *) MUST_USE;

#endif
