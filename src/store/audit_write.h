/* SPDX-License-Identifier: ISC */
/*
 * The record of reads and writes: one chain in each database.
 *
 * An event's canonical form is every column in order, integers as u64, text
 * and bytes with a u32 length in front, both little-endian, after the label
 * "amparo-audit-1" and the number of the chain; hash = BLAKE2b-256(previous
 * hash, form); sig = Ed25519(hash) by the actor.  Fields are names, never
 * values (OWASP ASVS 5.0 16.2.5).
 */
#ifndef AMPARO_STORE_AUDIT_WRITE_H
#define AMPARO_STORE_AUDIT_WRITE_H

#include "base/buf.h"
#include "store/db.h"
#include "vault/crypto.h"

struct session;

struct audit_event {
	uint64_t seq; /* from 1 */
	int64_t at;
	uint64_t hlc; /* logical time of everything in its transaction */
	struct uid session, actor, sign_key;
	const char *role, *terminal, *action;
	const char *outcome; /* "done", "denied" */
	bool wrote;
	struct uid case_uid, object; /* null: none */
	const char *fields, *reason; /* "" none */
	const void *detail;
	size_t detail_len;
	uint8_t prev[HASH_BYTES], hash[HASH_BYTES], sig[SIGNATURE_BYTES];
};

/* In the order of a canonical form. */
#define AUDIT_COLUMNS                                                \
	"seq, at, hlc, session, actor, sign_key, role, terminal, "   \
	"action, outcome, wrote, case_uid, object, fields, reason, " \
	"detail, prev_hash, hash, sig"

/* The first event's prev. */
extern const uint8_t audit_genesis[HASH_BYTES];

/* hash = over prev and the canonical form. */
void audit_hash(
    enum vault_db chain, const struct audit_event *, uint8_t out[HASH_BYTES]);

/*
 * Append inside an open transaction: fills in seq, at where it is 0, session,
 * actor, key, role, terminal, prev, hash and sig.  The caller commits and
 * anchors.
 */
int audit_append(
    struct session *, struct db *, struct audit_event *, struct err *) MUST_USE;

/* The newest event; seq 0 and the genesis hash when there is none. */
int audit_head(struct db *, uint64_t *seq, uint8_t hash[HASH_BYTES],
    uint64_t *hlc, struct err *) MUST_USE;
/* The hash of event seq: 1 there, 0 not, -1. */
int audit_hash_at(
    struct db *, uint64_t seq, uint8_t hash[HASH_BYTES], struct err *) MUST_USE;

/* What is wrong with a chain, at the first event that shows it. */
enum audit_fault {
	AUDIT_GOOD,
	AUDIT_GAP, /* a number is missing: an event was taken out */
	AUDIT_PREV, /* it does not follow from the one before it */
	AUDIT_HASH, /* its content was changed */
	AUDIT_KEY, /* its key is unknown or another person's */
	AUDIT_SIGNATURE, /* it was not signed by that key */
	AUDIT_KEY_TIME /* the key was not yet, or no longer, theirs */
};
struct audit_finding {
	enum audit_fault fault;
	uint64_t seq; /* where */
	uint64_t checked; /* events looked at */
};
/*
 * Walk a chain from its beginning.  keys is cases.db, where the public keys
 * are; NULL: the links alone are looked at.  0 also when something is wrong: *finding says what; -1 only when
 * it could not be read.
 */
int audit_verify(struct db *chain, struct db *keys, struct audit_finding *,
    struct err *) MUST_USE;

#endif
