/* SPDX-License-Identifier: ISC */
/* What left, to whom, and under what. */
#include <string.h>

#include "store/referral_inside.h"

/* The recall this went into: of the same to the same, begun after it. */
static void
asked_back(const struct recalls *all, struct disclosed *d)
{
	d->step = "";
	for (size_t i = 0; i < all->n; i++) {
		const struct recall *r = &all->list[i];

		if (strcmp(r->recipient, d->recipient) != 0 ||
		    strcmp(r->purpose, d->purpose) != 0 || r->begun < d->at)
			continue;
		d->recall = r->uid;
		d->step = recall_step_name(r->step);
		d->step_at = r->at;
		d->step_due = recall_due(r->step, r->at);
	}
}

static int
read_left(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct disclosed_list *out)
{
	static const char count[] =
	    "SELECT count(*) FROM disclosure WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT d.recipient, d.purpose, d.how, u.login, d.scope, d.at,"
	    " d.consent, coalesce(a.reason, ''), d.uid FROM disclosure d"
	    " LEFT JOIN colleague u ON u.uid = d.made_by"
	    " LEFT JOIN release_act a ON a.case_uid = d.case_uid"
	    " AND a.uid = d.act WHERE d.case_uid = ?1 AND d.deleted_hlc = 0"
	    " ORDER BY d.at DESC, d.uid DESC";
	struct recalls all;
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid0(case_uid)), &n) == -1 ||
	    recalls_load(tx, case_uid, a, &all) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql, VALS(v_uid0(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		struct disclosed *d = &out->list[out->n++];
		struct uid consent = col_uid(st, 6);

		d->uid = col_uid(st, 8);
		d->recipient = col_str(st, 0, a);
		d->purpose = col_str(st, 1, a);
		d->how = col_str(st, 2, a);
		d->by = col_str(st, 3, a);
		d->scope = (unsigned)col_int(st, 4);
		d->at = col_int(st, 5);
		d->consent = !uid_null(&consent);
		d->act = col_str(st, 7, a);
		asked_back(&all, d);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

int
disclosure_list(struct session *s, struct uid case_uid, struct arena *a,
    struct disclosed_list *out, struct err *err)
{
	struct disclosed_list found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_DISCLOSURES,
		    .case_uid = &case_uid,
		    .action = "disclosure.list",
		    .again_ok = true },
		err) == -1)
		return -1;
	if (read_left(&tx, &case_uid, a, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
