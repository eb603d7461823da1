/* SPDX-License-Identifier: ISC */
/* What a session holds: for the store alone. */
#ifndef AMPARO_STORE_SESSION_INSIDE_H
#define AMPARO_STORE_SESSION_INSIDE_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/clock.h"
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
	int64_t seq; /* of its event */
};
/* Cases a reason was given for, by database. */
#define REASON_MAX 64
#define REASON_FOR (60 * CLOCK_MINUTE)
struct reason_for {
	struct uid case_uid;
	enum vault_db db;
	int64_t at; /* clock_boot(); 0 empty */
};
/* How long a passphrase that was just given counts as just given. */
#define AUTH_FOR (5 * CLOCK_MINUTE)
/* Cases whose contact instruction was read in this session. */
#define INSTRUCTED_MAX 64
struct instructed {
	struct uid case_uid, record;
};

#define UNDROPPED_MAX 16

/* Why a database is not written to until somebody decides. */
enum doubt {
	DOUBT_NONE,
	DOUBT_BEHIND, /* its anchor knows an event that it has not */
	DOUBT_ANCHOR, /* the anchor is broken or gone */
	DOUBT_KEYRING, /* the keyring is older than the database */
	DOUBT_DATABASE /* it cannot be read */
};
struct doubtful {
	enum doubt why;
	struct err err; /* what is said of it */
	/* DOUBT_BEHIND: the anchor's event, the last one that was there when
	 * this was first found, and when that one was (UTC ms). */
	uint64_t had, ends;
	int64_t until;
	uint8_t head[HASH_BYTES]; /* of the anchor's event */
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
	struct uid purpose_case; /* session_set_purpose() */
	char purpose[REASON_SIZE];
	int64_t purpose_until; /* clock_boot() */
	int64_t auth_until; /* clock_boot(): passphrase given just now */
	struct uid uid, node, vault_uid, sign_key;
	char terminal[32], ns[32];
	char source[256]; /* what the throttle counts by */
	dev_t dev; /* of the vault's directory, to notice another */
	ino_t ino;
	uint64_t hlc;
	uint64_t keyring_gen;
	uint64_t start_seq; /* newest event when this person came in */
	uint8_t start_head[HASH_BYTES];
	int64_t last_at; /* sign-in before this one; 0 none */
	struct seen seen[SEEN_MAX];
	size_t n_seen; /* ring */
	struct reason_for reasons[REASON_MAX];
	size_t n_reasons; /* ring */
	struct instructed instructed[INSTRUCTED_MAX];
	size_t n_instructed; /* ring */
	/* Drafts that could not be dropped yet: offered to nobody, dropped with
	 * the next that is written. */
	struct uid undropped[UNDROPPED_MAX];
	size_t n_undropped; /* the oldest goes where there are more */
	bool behind; /* lists do not follow the configuration yet */
	bool examine; /* comes in although a database is doubtful */
	bool looks; /* and so only looks: session_only_looks() */
	bool reads_on; /* comes in to read a database that is behind */
	bool decided; /* somebody decided meanwhile: sign in again */
	struct doubtful doubt[2]; /* by enum vault_db */
	bool unknown; /* whose row could not be read */
	bool deciding; /* what is written now makes the anchor right again */
#ifdef AMPARO_TEST
	int fault; /* an engine code that the next commit fails with */
#endif
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

/* *reason NULL: the one that stands for this case, or ERR_PURPOSE.  Without
 * words: ERR_REASON. */
int session_purpose(struct session *, const struct uid *case_uid,
    const char **reason, struct err *) MUST_USE;
bool session_holds_identity(const struct session *);
/* session_identity_close() for who holds LOCK_WRITERS. */
void session_identity_leave(struct session *);
void session_mark_reason(
    struct session *, enum vault_db, const struct uid *case_uid);
bool session_gave_reason(
    const struct session *, enum vault_db, const struct uid *case_uid);

/* The person's row as it is now: role, branch, disabled, and the keyring's
 * generation.  ERR_DENIED: the row is gone. */
int session_refresh(struct session *, struct err *) MUST_USE;
/* Is the vault's directory still the one that was opened?  ERR_TAMPERED. */
int session_still_here(struct session *, struct err *) MUST_USE;
/* Test builds fail here when told to; else 0. */
int session_fault(struct session *, struct db *, struct err *) MUST_USE;

/*
 * A change of the keyring: begin takes LOCK_KEYRING and reads the file anew,
 * save writes it and its generation into the caller's open transaction of
 * cases.db (so the database never names a keyring that is not there), end
 * frees and releases.  LOCK_KEYRING comes before LOCK_WRITERS, always.
 */
int session_keyring_begin(
    struct session *, struct keyring **, struct err *) MUST_USE;
struct tx;
int session_keyring_save(struct tx *, struct keyring *) MUST_USE;
void session_keyring_end(struct session *, struct keyring *);

/*
 * Steps of session_start(), shared with making and restoring a vault.  A
 * session with its directory, keys and society set: open cases.db, run what
 * migrations are missing, compare keyring and anchor.
 */
struct session *session_new(const char *vault, const struct society *,
    const char *terminal, struct err *) MUST_USE;
int session_open_cases(struct session *, bool create, struct err *) MUST_USE;
/* Is the keyring's file the one that cases.db remembers?  The caller holds
 * LOCK_KEYRING.  ERR_TAMPERED. */
int session_compare_keyring(
    struct session *, const struct keyring *, struct err *) MUST_USE;
/* Does a database go on from its anchor?  The caller holds LOCK_WRITERS.
 * ERR_TAMPERED; where it is behind, its doubt says so. */
int session_check_anchor(struct session *, struct db *, struct err *) MUST_USE;
/*
 * behind.c.  The rest of session_check_anchor() once the anchor is read; then,
 * where a database is behind and this session reads on: what the log holds is
 * put aside, where the database ended is noted in it, and from there on it
 * takes events alone.  The caller holds LOCK_WRITERS.  -1 with *err as it was,
 * or why not.
 */
int session_compare_anchor(struct session *, struct db *, const struct anchor *,
    uint64_t seq, struct err *) MUST_USE;
int session_read_on(
    struct session *, struct db *, bool old_schema, struct err *) MUST_USE;
/* The alarm, on the record of that database; 0 where there is none. */
int session_record_behind(
    struct session *, enum vault_db, struct err *) MUST_USE;
/* Somebody decided, or put a newer copy back: then only a new sign-in goes on
 * from there. */
void session_see_decision(struct session *);
/* The database was put back while it was open. */
void session_fell_behind(
    struct session *, enum vault_db, const struct err *why);
/* The keyring's generation that cases.db remembers; 0 none. */
int session_known_generation(
    struct session *, uint64_t *, struct err *) MUST_USE;
/* What stands in the way of writing to a database; NULL: nothing. */
const struct doubtful *session_doubt(const struct session *, enum vault_db);
/* What a database's schema lacks, and the fence; with LOCK_WRITERS held. */
int session_bring_up(struct db *, struct err *) MUST_USE;
/* A reason with how far the anchor knew the database and how far that went,
 * for whoever reads the record later. */
int session_doubt_reason(struct session *, struct db *, const char *why,
    struct buf *, struct err *) MUST_USE;
/* The rest of opening cases.db, after a decision; with LOCK_WRITERS held. */
int session_settle(struct session *, struct err *) MUST_USE;
/* A new anchor file where it is gone; then its place in it. */
int session_anchor_again(
    struct session *, enum vault_db, struct err *) MUST_USE;
/* The event of a sign-in (its action, right and reason), the key, the
 * configuration; then it is open. */
struct tx_what;
int session_record_start(struct session *, const struct tx_what *,
    const struct keyring *, struct err *) MUST_USE;
/* Close and wipe without an event. */
void session_drop(struct session *);

/* Is this the other code of somebody whose case I have?  1, 0, -1.  What is
 * read from both has to be readable to whoever works with the person. */
int join_leads(
    struct session *, const struct uid *case_uid, struct err *) MUST_USE;

/* Facts of a case outside or inside a transaction of cases.db: 1, 0, -1. */
int session_case_facts(struct session *, const struct uid *case_uid,
    struct case_facts *, struct err *) MUST_USE;

#endif
