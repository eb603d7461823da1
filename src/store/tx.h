/* SPDX-License-Identifier: ISC */
/*
 * One transaction of one person, and the only way to any record:
 *
 *   the writers' lock -> BEGIN IMMEDIATE -> the facts of the case -> may this
 *   person? -> the work -> the signed event -> COMMIT -> the anchor ->
 *   a checkpoint when the log is long -> the lock released
 *
 * A read goes the same way: what cannot be recorded is not shown, so a
 * function fills its results only after tx_commit() said 0.  Whoever holds
 * the writers' lock is the only one who can commit to either database; so for
 * identity.db the facts and the right, read from cases.db under it, still
 * hold when the commit returns.
 *
 *	struct tx tx;
 *
 *	if (tx_begin(&tx, s, &(const struct tx_what){ ... }, err) == -1)
 *		return -1;
 *	if (tx_exec(&tx, sql, VALS(v_uid(&u), v_str(t))) == -1)
 *		goto out;
 *	tx_field(&tx, "note");
 *	rc = tx_commit(&tx);
 *   out:
 *	tx_abort(&tx);		(always: it also frees)
 *	return rc;
 */
#ifndef AMPARO_STORE_TX_H
#define AMPARO_STORE_TX_H

#include "base/buf.h"
#include "rules/access.h"
#include "store/db.h"
#include "store/session.h"

struct tx_what {
	enum vault_db db; /* DB_IDENTITY opens identity.db if it is closed */
	enum permission perm; /* PERM_NONE: anybody signed in */
	const struct uid *case_uid; /* its facts decide (must exist) */
	const struct uid *about; /* recorded as the event's case where
				    case_uid is NULL: a case to be made */
	const struct uid *object; /* the record itself; may be NULL */
	const char *action; /* "case.open": a static string.  NULL, for what
				is not about anybody (a draft, a count): no event,
				and with again_ok no lock */
	/* Words; NULL where none was given.  One that was recorded for a case
	 * stands for an hour in this session, separately for each database:
	 * what case_open() was told serves its timeline, never the identity. */
	const char *reason;
	bool second; /* a second person agreed (rules/access.h) */
	/* This settles what goes on running after a closing: may whoever might
	 * if the case were open. */
	bool settles;
	bool wrote; /* this changes something */
	/*
	 * A read that this session recorded within the last five minutes with
	 * the same action, case, object and reason is not recorded again and
	 * takes no lock, unless a colleague wrote in the case meanwhile.  Never together with wrote.
	 */
	bool again_ok;
};

struct tx {
	struct session *s;
	struct db *db;
	struct err *err;
	struct tx_what what;
	int64_t now; /* UTC ms: the time of everything in it */
	uint64_t hlc; /* and its logical time */
	struct case_facts facts; /* where case_uid was given */
	struct buf fields; /* names, comma separated */
	const void *detail; /* bytes for the event */
	size_t detail_len;
	/* Rows it made that never change.  Where nothing else is its detail,
	 * the event says how many: an older page in the place of a newer one
	 * is missed by that (verify). */
	int rows;
	char rows_said[12];
	bool open; /* in the engine */
	bool quiet; /* a read that is already on the record */
	bool locked; /* holds the writers' lock */
	bool refused; /* its event says so */
	int64_t seq; /* of the event, after tx_commit() */
};

/*
 * Begin.  ERR_NOT_FOUND: no such case; ERR_DENIED: may not, and the attempt
 * is on the record in cases.db; ERR_REASON, ERR_SECOND, ERR_AUTH as
 * access_err(); ERR_BUSY after LOCK_WAIT_MS; ERR_FULL, ERR_IO, ERR_DAMAGED.
 * After a failure there is nothing to abort.  err is used until the end.
 */
int tx_begin(struct tx *, struct session *, const struct tx_what *,
    struct err *) MUST_USE;

/* Name a field that is read or written, for the event (each once). */
void tx_field(struct tx *, const char *name);
/* A few bytes for the event: a hash of search words, of a key.  They must
 * stay good until the commit. */
void tx_detail(struct tx *, const void *, size_t);

/* Append the event, sign, commit, anchor.  On failure everything is rolled
 * back and the transaction is over. */
int tx_commit(struct tx *) MUST_USE;
/* Roll back where tx_commit() was not reached, and free.  Fine after a failed
 * tx_begin() too. */
void tx_abort(struct tx *);

/*
 * Refuse after all, where only the record itself says who may: what
 * access_err() says of the verdict, and where that is DENY everything is rolled
 * back and the attempt is on the record.  Always -1; then nothing but
 * tx_abort().
 */
int tx_refuse(struct tx *, enum verdict) MUST_USE;

/* As db_query() and the rest, with the transaction's own err. */
sqlite3_stmt *tx_query(
    struct tx *, const char *sql, const struct val *, size_t) MUST_USE;
int tx_row(struct tx *, sqlite3_stmt *) MUST_USE;
int tx_exec(struct tx *, const char *sql, const struct val *, size_t) MUST_USE;
/* 1 there, 0 no row, -1. */
int tx_int(struct tx *, const char *sql, const struct val *, size_t,
    int64_t *out) MUST_USE;

/* Says who closed this case and why, as an error of that kind; -1. */
int tx_closed(struct tx *, const struct uid *case_uid, enum err_kind);

/*
 * Facts of another case, and what authz() says about it for this person with
 * what the transaction was given: for lists that show whether a case may be
 * opened.  tx_facts(): 1 found, 0 no such case, -1.  Works in a transaction
 * of either database.
 */
int tx_facts(
    struct tx *, const struct uid *case_uid, struct case_facts *) MUST_USE;
enum verdict tx_verdict(
    const struct tx *, enum permission, const struct case_facts *);

#endif
