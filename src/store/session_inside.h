/* SPDX-License-Identifier: ISC */
/* What a session holds: for the store alone. */
#ifndef AMPARO_STORE_SESSION_INSIDE_H
#define AMPARO_STORE_SESSION_INSIDE_H

#include "rules/access.h"
#include "store/db.h"
#include "store/session.h"
#include "vault/anchor.h"
#include "vault/keyring.h"
#include "vault/lock.h"

/* Reads recorded in the last minutes, so that moving between the parts of an
 * open case is one event and not fifty. */
#define SEEN_MAX 128
#define SEEN_FOR (5 * CLOCK_MINUTE)
struct seen {
	uint8_t key[16]; /* of action, case, object and reason */
	int64_t at; /* clock_boot() */
};
/* Cases whose contact instruction was read in this session. */
#define INSTRUCTED_MAX 64
struct instructed {
	struct uid case_uid, record;
};

struct session {
	struct arena arena; /* of the strings in user */
	struct user user;
	const struct society *society;
	char *vault;
	int dirfd;
	struct unlocked keys;
	struct db cases, identity; /* identity closed until needed */
	struct vault_lock writers, keyring;
	struct anchor_file anchor[2]; /* by enum vault_db */
	int64_t anchor_synced; /* clock_boot() of the last one that waited */
	int64_t identity_until; /* clock_boot() */
	int64_t auth_until; /* clock_boot(): passphrase given just now */
	struct uid uid, node, vault_uid, sign_key;
	char terminal[32], ns[32];
	uint64_t hlc;
	uint64_t keyring_gen;
	int64_t last_at; /* sign-in before this one; 0 none */
	struct seen seen[SEEN_MAX];
	size_t n_seen; /* ring */
	struct instructed instructed[INSTRUCTED_MAX];
	size_t n_instructed; /* ring */
};

/* Who asks, as rules/access wants it. */
void session_subject(const struct session *, struct subject *);
const struct grants *session_grants(const struct session *);

/* identity.db, opened if it is closed; its time starts anew.  ERR_DENIED for
 * a person who does not hold the identity root. */
int session_identity(struct session *, struct db **, struct err *) MUST_USE;

/*
 * contact_instruction() says so after it was shown; contact_number() asks.
 * record is the safe-contact record that was shown: a newer one must be read
 * first.  Harm register 2.
 */
void session_mark_instructed(
    struct session *, const struct uid *case_uid, const struct uid *record);
bool session_was_instructed(const struct session *, const struct uid *case_uid,
    const struct uid *record);

/* Facts of a case outside or inside a transaction of cases.db: 1, 0, -1. */
int session_case_facts(struct session *, const struct uid *case_uid,
    struct case_facts *, struct err *) MUST_USE;

#endif
