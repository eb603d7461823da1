/* SPDX-License-Identifier: ISC */
/*
 * Rows with versions.  Columns are named by the caller but only those of the
 * tables in record.c ever reach a statement; everything every row carries
 * (ns, node, clock, version, who, when) is filled in here.
 */
#ifndef AMPARO_STORE_RECORD_H
#define AMPARO_STORE_RECORD_H

#include "store/case.h"
#include "store/tx.h"

enum record_table {
	/* cases.db, changed by record_update() */
	REC_CASE,
	REC_PLAN,
	REC_FLAG,
	REC_CASE_WORKER,
	REC_USER,
	REC_TASK,
	REC_GOAL,
	REC_PLAN_ACTION,
	/* cases.db, append-only */
	REC_HANDOVER,
	REC_REQUEST,
	REC_REQUEST_LINE,
	REC_REQUEST_ANSWER,
	REC_CASE_EVENT,
	REC_CONTACT,
	REC_TRIAGE,
	REC_CONTACT_STEP, /* of a contact without a case */
	REC_SCREENING,
	REC_ANSWER,
	REC_CONSENT,
	REC_DISCLOSURE,
	REC_DIRECTORY,
	REC_REFERRAL, /* its state is set by its events */
	REC_REFERRAL_ITEM,
	REC_REFERRAL_EVENT,
	REC_ACT,
	REC_ACT_EVENT,
	REC_RECALL,
	REC_ATTEMPT,
	REC_NOTE,
	REC_NOTE_FACT,
	REC_RISK,
	REC_CHILD,
	REC_BEST_INTERESTS,
	REC_LINK,
	REC_GROUP,
	REC_GROUP_MEMBER,
	REC_CONFLICT_MARK,
	REC_MECHANISM,
	REC_DUTY,
	REC_ASSESSMENT,
	REC_ASSESSMENT_ITEM,
	REC_GOAL_PROGRESS,
	REC_PLAN_REVIEW,
	REC_SERVICE,
	/* identity.db */
	REC_PERSON, /* changed by record_update() */
	REC_SAFE_CONTACT, /* append-only, as what follows */
	REC_DOCUMENT, /* but for its tombstone */
	REC_DOCUMENT_CHUNK,
	REC_SAFETY_PLAN,
	REC_SAFETY_PART,
	REC_TABLES
};

/* A column and its value. */
struct col {
	const char *name;
	struct val v;
};
/* COLS({ "text", v_str(t) }, { "kind", v_str(k) }) */
#define COLS(...)                            \
	(const struct col[]){ __VA_ARGS__ }, \
	    sizeof((const struct col[]){ __VA_ARGS__ }) / sizeof(struct col)

/*
 * Add a row.  parent is the case (or person) it belongs to, NULL for REC_CASE,
 * REC_PERSON, REC_USER and REC_HANDOVER; columns not given have the schema's defaults.
 * 0: added; 1: a row with this key is already there (a retry) and nothing was
 * changed; -1.  An unknown column is die().
 */
int record_insert(struct tx *, enum record_table, const struct uid *parent,
    const struct uid *uid, const struct col *, size_t n) MUST_USE;

/*
 * Change fields of a row.  *rev is the version the editor saw; fields that
 * have the wanted value already cost nothing; the others are written with one
 * op row each (old, new, the version they were based on).  When the row is at
 * a later version, fields that nobody else changed since are merged in; if one
 * of them was changed to something else, nothing is written: ERR_CONFLICT,
 * and *conflicts (may be NULL) lists each in the arena.  *rev becomes the new
 * version.  Field names are collected for the event.
 *
 * Values are text, as people typed them; integers in decimal, uids in hex,
 * booleans "0" and "1".  A name that is not a changeable field of this table,
 * or a value that does not fit it: ERR_INPUT.  ERR_NOT_FOUND.
 */
int record_update(struct tx *, enum record_table, const struct uid *parent,
    const struct uid *uid, int64_t *rev, const struct change *, size_t n,
    struct arena *, struct conflicts *) MUST_USE;

/*
 * The same for columns the program changes itself (a plan done, a contact
 * summary): based on whatever version there is, with op rows, never a
 * conflict.
 */
int record_set(struct tx *, enum record_table, const struct uid *parent,
    const struct uid *uid, const struct col *, size_t n) MUST_USE;

/* --- records written whole, each in place of the one before ------------------ */

/* What record_based() does with a column other than asking where both changed
 * it. */
struct merge_rule {
	const char *name; /* NULL ends a list */
	enum merge_how {
		MERGE_ASK,
		MERGE_QUIET, /* of two changes mine stands, unasked */
		MERGE_OWN /* is never taken from another record */
	} how;
	/* Values, separated by spaces, that keep somebody safe: where one side
	 * says one of them it does not give way unasked. */
	const char *safe;
};

/*
 * Add a record of an append-only table to what stands there, without writing
 * over what a colleague recorded since: base is the record that c was filled
 * from (null: there was none).  Where a later one stands, what only one of
 * them changed is taken from who changed it, and c has the merged values; a
 * field that both changed is asked: nothing is written, ERR_CONFLICT.  Either
 * way *conflicts (in the arena) lists what they changed, what is asked first,
 * and its base is the record that stands.
 *
 * of_case: what the case itself says now of one of the columns, for a record
 * that others change as well by the case (record_case_since()); NULL: nothing.
 * It counts as later than the record.
 *
 * 0: added; 1: it was there already and says the same (a retry); -1.
 */
int record_based(struct tx *, enum record_table, const struct uid *parent,
    const struct uid *uid, const struct uid *base,
    const struct conflict *of_case, const struct merge_rule *, struct col *c,
    size_t n, struct arena *, struct conflicts *) MUST_USE;

/* Was this field of the case changed after version rev, by whom, to what: 1, 0
 * no, -1.  Reads cases.db in a transaction of either database. */
int record_case_since(struct tx *, const struct uid *case_uid,
    const char *field, int64_t rev, struct arena *, struct conflict *) MUST_USE;

/* Into a list that has room for n more: what is asked comes first, for it is
 * what the eye has to find. */
void record_list_conflicts(
    struct conflicts *, const struct conflict *all, size_t n);
/* ERR_CONFLICT, and its sentence. */
int record_in_conflict(struct err *);
/* A value as records compare it. */
const char *record_text(const struct val *, struct arena *);

#endif
