/* SPDX-License-Identifier: ISC */
/*
 * The anchor: the last audit event of each database, kept outside it, under a
 * key.  SQLCipher accepts an older copy of a page, of the file or of its log
 * without a word; the anchor is what notices.
 *
 * The file `anchor` holds two alternating 128-byte records for each chain,
 * sealed, so that the file tells nothing without a key; a write goes over the
 * older one, so a torn write leaves the other.  Written
 * after each commit, under LOCK_WRITERS, so the database is never behind it:
 * one that is has lost its tail or was put back.  The chain of cases.db is
 * keyed from the case root, that of identity.db from the identity root
 * (SUBKEY_ANCHOR of each).
 */
#ifndef AMPARO_VAULT_ANCHOR_H
#define AMPARO_VAULT_ANCHOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"
#include "vault/crypto.h"
#include "vault/keyring.h"

#define ANCHOR_FILE "anchor"
#define ANCHOR_RECORD 128

struct anchor {
	struct uid vault;
	uint64_t generation; /* of the keyring when it was written */
	enum vault_db chain;
	uint64_t seq; /* of the last audit event; 0: none yet */
	uint8_t head[HASH_BYTES];
	int64_t time; /* UTC ms */
};

/* One chain's place in the file; opened once per session. */
struct anchor_file {
	int fd; /* -1 when closed */
	enum vault_db chain;
	struct uid vault;
	struct secret *key, *mac_key; /* own; the second for version 1 */
};

/*
 * Open (create: make, for a new vault).  root is the root of that chain's
 * database.  ERR_NOT_FOUND: no file, which for a vault that has one is itself
 * tampering; ERR_UNSAFE, ERR_IO, ERR_FULL.
 */
int anchor_open(int dirfd, enum vault_db chain, const struct uid *vault,
    const struct secret *root, bool create, struct anchor_file *,
    struct err *) MUST_USE;
void anchor_close(struct anchor_file *);

/*
 * The newest valid record.  ERR_NOT_FOUND when both are still blank (a new
 * vault); ERR_TAMPERED when there is something and none of it is valid.
 */
int anchor_read(
    const struct anchor_file *, struct anchor *, struct err *) MUST_USE;

/*
 * Write over the older record (vault and chain are filled in).  sync also
 * waits for the disk: every few seconds is enough, for an anchor behind its
 * database is the normal state after a crash.  ERR_TAMPERED when the file
 * already holds a later seq, or another event of the same; ERR_IO, ERR_FULL.
 */
int anchor_write(const struct anchor_file *, const struct anchor *, bool sync,
    struct err *) MUST_USE;

/*
 * The same over whatever is there, and on disk: somebody decided to go on from
 * a database that is behind its anchor, or whose anchor is broken.  That
 * decision is an event, and a is it.  ERR_IO, ERR_FULL.
 */
int anchor_reset(
    const struct anchor_file *, const struct anchor *, struct err *) MUST_USE;

/*
 * Does the database go on from the anchor?  seq is the database's last event;
 * head_there the head it has at a->seq (NULL: it has no such event), kr_gen
 * the keyring's generation.  ERR_TAMPERED: the database is behind (a lost
 * tail, or an older copy put back), has another history, or the keyring is
 * older than the anchor.  A database that is ahead is normal after a crash.
 */
int anchor_check(const struct anchor *, uint64_t seq, const uint8_t *head_there,
    uint64_t kr_gen, struct err *) MUST_USE;

/* One record as bytes, and back; the parser alone, for tests and fuzzing.
 * Never the same bytes twice.  -1: not a record of this vault, chain and
 * key. */
void anchor_encode(const struct anchor *, const struct secret *key,
    uint8_t out[ANCHOR_RECORD]);
int anchor_decode(const uint8_t in[ANCHOR_RECORD], const struct secret *key,
    const struct uid *vault, enum vault_db chain, struct anchor *) MUST_USE;
/* The same for a record of version 1, with its MAC's key. */
int anchor_decode_1(const uint8_t in[ANCHOR_RECORD],
    const struct secret *mac_key, const struct uid *vault, enum vault_db chain,
    struct anchor *) MUST_USE;

#endif
