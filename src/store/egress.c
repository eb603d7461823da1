/* SPDX-License-Identifier: ISC */
#include "store/egress_inside.h"

#include <string.h>

#include "base/clock.h"
#include "store/child_inside.h"
#include "store/directory_inside.h"
#include "store/link_inside.h"
#include "store/request_inside.h"

/* --- acts ------------------------------------------------------------------------- */

static const char sql_acts[] =
    "SELECT a.uid, a.reason, a.consent, a.recipient, a.purpose, a.scope,"
    " a.words, a.legal_ref, a.told, a.told_why, a.made_by,"
    " e.kind, e.made_by, e.at, (SELECT min(d.at) FROM disclosure d"
    " WHERE d.case_uid = a.case_uid AND d.act = a.uid)"
    " FROM release_act a LEFT JOIN release_act_event e"
    " ON e.case_uid = a.case_uid AND e.act = a.uid"
    " AND e.kind IN ('agreed', 'declined') AND e.uid ="
    " (SELECT f.uid FROM release_act_event f WHERE f.case_uid = a.case_uid"
    " AND f.act = a.uid AND f.kind IN ('agreed', 'declined')"
    " ORDER BY f.hlc LIMIT 1)"
    " WHERE a.case_uid = ?1 AND a.deleted_hlc = 0 ORDER BY a.hlc, a.uid";

static void
fill_act(sqlite3_stmt *st, struct arena *a, struct egress_act *act)
{
	int reason = act_reason_from_name(col_text(st, 1));
	const char *told = col_text(st, 8);

	*act = (struct egress_act){ .uid = col_uid(st, 0),
		/* A reason this program does not know carries nothing. */
		.reason =
		    reason < 0 ? ACT_REASON_COUNT : (enum act_reason)reason,
		.consent = col_uid(st, 2),
		.recipient = col_str(st, 3, a),
		.purpose = col_str(st, 4, a),
		.scope = (unsigned)col_int(st, 5),
		.words = col_str(st, 6, a),
		.legal_ref = col_str(st, 7, a),
		.told = strcmp(told, "yes") == 0  ? TOLD_YES
			: strcmp(told, "no") == 0 ? TOLD_NO
						  : TOLD_UNKNOWN,
		.told_why = col_str(st, 9, a),
		.asked_by = col_uid(st, 10),
		.declined = strcmp(col_text(st, 11), "declined") == 0,
		.agreed_by = col_uid(st, 12),
		.agreed_at = col_int(st, 13),
		.used_at = col_int(st, 14) };
}

int
acts_load(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct egress_act **out, size_t *n)
{
	static const char count[] =
	    "SELECT count(*) FROM release_act WHERE case_uid = ?1";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st;
	int64_t most = 0;
	int rc;

	*n = 0;
	if (db_int(db, count, VALS(v_uid0(case_uid)), &most, tx->err) == -1)
		return -1;
	*out = arena_alloc(a, (size_t)most + 1, sizeof(**out));
	if (most == 0)
		return 0;
	st = db_query(db, sql_acts, VALS(v_uid0(case_uid)), tx->err);
	if (st == NULL)
		return -1;
	while ((rc = db_row(db, st, tx->err)) == 1 && *n < (size_t)most)
		fill_act(st, a, &(*out)[(*n)++]);
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

/* --- everything ------------------------------------------------------------------- */

/* Another code of the same person: what was decided there counts here. */
static int
load_joined(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct egress *e)
{
	struct consent_rows theirs;
	struct joined j;
	int rc = join_find(tx, case_uid, &j, NULL);

	if (rc != 1)
		return rc;
	e->joined_away = !j.stays;
	if (consent_rows_load(tx, &j.other, a, &theirs) == -1)
		return -1;
	e->theirs = theirs.rows;
	e->n_theirs = theirs.n;
	e->joined_at = j.at;
	return 0;
}

int
egress_load(struct tx *tx, const struct uid *case_uid, const char *recipient,
    const char *purpose, struct arena *a, struct egress *e)
{
	const struct society *society = tx->s->society;
	struct tx look = *tx; /* reads cases.db, whichever tx is of */
	struct consent_rows all;
	struct egress_act *acts;
	struct listing listing;
	int64_t away = 0;
	size_t n_acts;
	int rc;

	look.db = &tx->s->cases;
	if (consent_rows_load(&look, case_uid, a, &all) == -1 ||
	    acts_load(tx, case_uid, a, &acts, &n_acts) == -1 ||
	    db_int(look.db,
		"SELECT custody_ns <> ?2 FROM case_file WHERE uid = ?1",
		VALS(v_uid0(case_uid), v_str(tx->s->ns)), &away, tx->err) == -1)
		return -1;
	*e = (struct egress){ .society = society,
		.recipient = society_recipient(society, recipient),
		.purpose = purpose,
		.wanted = DATA_ALL,
		.rows = all.rows,
		.n_rows = all.n,
		.acts = acts,
		.n_acts = n_acts,
		.now = tx->now };
	if (consent_age_now(&look, case_uid, a, &e->age) == -1 ||
	    load_joined(&look, case_uid, a, e) == -1)
		return -1;
	if (e->recipient == NULL)
		return 0;
	if (listing_read(tx, e->recipient, a, &listing) == -1)
		return -1;
	e->listing = listing.fresh;
	e->wrong_number = listing.wrong;
	if (listing.wrong)
		e->checked_at = listing.called_at;
	else if (listing.verified_on != 0)
		e->checked_at = clock_day_start(listing.verified_on);
	e->suspended = listing.suspended;
	e->harmed_at = listing.harmed_at;
	e->harm_by = listing.harm_by;
	e->heed = listing.heed;
	e->away = away != 0;
	rc = conflict_marked(tx, case_uid, "provider", e->recipient->id);
	e->conflict = listing.conflict || rc == 1;
	return rc == -1 ? -1 : 0;
}
