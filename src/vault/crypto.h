/* SPDX-License-Identifier: ISC */
/*
 * The few pieces of cryptography the rest of the program needs, in its own
 * words; libsodium stays behind this door.
 *
 *  hashing     BLAKE2b-256 (RFC 7693), plain and keyed
 *  signing     Ed25519 (RFC 8032)
 *  sealing     XChaCha20-Poly1305 with associated data
 *  key pairs   X25519 sealed boxes: anybody may seal, the holder opens
 *  derivation  crypto_kdf (keyed BLAKE2b), one number per use
 *
 * Functions without a result cannot fail; a broken invariant is die().
 */
#ifndef AMPARO_VAULT_CRYPTO_H
#define AMPARO_VAULT_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "vault/secret.h"

#define KEY_BYTES 32
#define HASH_BYTES 32
#define SIGN_PK_BYTES 32
#define SIGNATURE_BYTES 64
#define BOX_PK_BYTES 32
/* What sealing adds: nonce (24) and tag (16); an ephemeral key (32), tag. */
#define SEAL_EXTRA 40
#define BOX_EXTRA 48

/* BLAKE2b-256 of n bytes. */
void hash_bytes(const void *, size_t n, uint8_t out[HASH_BYTES]);

/* The same in pieces; hash_init_keyed() starts a keyed one (a MAC). */
struct hash {
	_Alignas(64) unsigned char state[384];
};
void hash_init(struct hash *);
void hash_init_keyed(struct hash *, const struct secret *key);
void hash_add(struct hash *, const void *, size_t n);
/* Also wipes the state. */
void hash_end(struct hash *, uint8_t out[HASH_BYTES]);

/*
 * Keyed BLAKE2b-256: MACs, and hashes that nobody without the key can guess
 * back (a search term in the audit record, key SUBKEY_SEARCH).
 */
void hash_keyed(
    const struct secret *key, const void *, size_t n, uint8_t out[HASH_BYTES]);
/* The same under a key that is public (a vault's id): separates two vaults,
 * hides nothing.  1 <= key_len <= 64. */
void hash_salted(const void *key, size_t key_len, const void *, size_t n,
    uint8_t out[HASH_BYTES]);

/* Are n bytes the same?  Time depends on n alone. */
bool bytes_eq(const void *, const void *, size_t n);

/*
 * A fresh Ed25519 pair; *key (64 bytes) is the caller's to secret_free().
 * sign_seeded() makes the pair of a 32-byte seed, which is what is stored.
 */
void sign_pair(uint8_t pk[SIGN_PK_BYTES], struct secret **key);
void sign_seeded(
    const struct secret *seed, uint8_t pk[SIGN_PK_BYTES], struct secret **key);
void sign_bytes(const struct secret *key, const void *, size_t n,
    uint8_t sig[SIGNATURE_BYTES]);
bool sign_verify(const uint8_t pk[SIGN_PK_BYTES], const void *, size_t n,
    const uint8_t sig[SIGNATURE_BYTES]) MUST_USE;

/*
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) under a 32-byte key, with a
 * random nonce in front: out holds n + SEAL_EXTRA bytes.  aad is bound to the
 * text but not stored.  seal_open() writes n - SEAL_EXTRA bytes; ERR_TAMPERED
 * when anything at all does not match, and out is then zeroed.  In and out
 * must not overlap.
 */
void seal(const struct secret *key, const void *aad, size_t aad_len,
    const void *, size_t n, uint8_t *out);
int seal_open(const struct secret *key, const void *aad, size_t aad_len,
    const void *, size_t n, uint8_t *out, struct err *) MUST_USE;

/* A fresh X25519 pair; *key (32 bytes) is the caller's. */
void box_pair(uint8_t pk[BOX_PK_BYTES], struct secret **key);
/* The public key of a secret one. */
void box_public(const struct secret *key, uint8_t pk[BOX_PK_BYTES]);
/* Sealed box: out holds n + BOX_EXTRA bytes.  ERR_DAMAGED: pk is no key. */
int box_seal(const uint8_t pk[BOX_PK_BYTES], const void *, size_t n,
    uint8_t *out, struct err *) MUST_USE;
/* Writes n - BOX_EXTRA bytes; ERR_TAMPERED as in seal_open(). */
int box_open(const struct secret *key, const void *, size_t n, uint8_t *out,
    struct err *) MUST_USE;

/*
 * What each subkey of a root is for.  The case root and the identity root
 * have the same list; a number is never given a second meaning.
 */
enum subkey {
	SUBKEY_DATABASE = 1, /* the SQLCipher key of this root's database */
	SUBKEY_KEYRING = 2, /* MAC and lids of the keyring (case root only) */
	SUBKEY_ANCHOR_1 = 3, /* MAC of its anchor records of version 1 */
	SUBKEY_BACKUP = 4, /* MAC of a backup's manifest */
	SUBKEY_SEARCH = 5, /* hash of search terms in the audit record */
	SUBKEY_DRAFT = 6, /* sealing of drafts */
	SUBKEY_ANCHOR = 7 /* sealing of this database's anchor records */
};
/* A 32-byte subkey; the caller frees it.  root has 32 bytes. */
struct secret *kdf_derive(const struct secret *root, enum subkey)
    __attribute__((returns_nonnull));

/*
 * The key as SQLCipher takes it without deriving anything itself:
 * x'<64 hex digits>', 67 bytes.  *out is the caller's.
 */
#define VAULT_HEX64 67
void vault_hex64(const struct secret *key, struct secret **out);

/*
 * The fingerprint of an SSH public key ("ssh-ed25519 AAAA... comment") as
 * ssh-keygen -l prints it: "SHA256:" and 43 letters.  False when it is no key
 * or does not fit.  A fingerprint in place of the key is taken as it is.
 */
#define SSH_FINGERPRINT_SIZE 51
bool ssh_fingerprint(const char *key, char *out, size_t size) MUST_USE;

#endif
