/* SPDX-License-Identifier: ISC */
/* Taking a yes back: at once, by any way, without a reason. */
#include <string.h>

#include "base/i18n.h"
#include "store/case_inside.h"
#include "store/referral_inside.h"

static const struct consent *
find(const struct consent_rows *all, const struct uid *uid)
{
	for (size_t i = 0; i < all->n; i++) {
		if (uid_eq(&all->list[i].uid, uid))
			return &all->list[i];
	}
	return NULL;
}

/*
 * Everything this recipient was told for this purpose, under this row and under
 * those it renewed, and was not asked back by an earlier withdrawal than
 * new_uid: whoever answered is not asked again for the same.
 */
static int
read_told(struct tx *tx, const struct consent *c, const struct uid *new_uid,
    struct arena *a, struct disclosures *out)
{
	static const char count[] =
	    "SELECT count(*) FROM disclosure WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT d.recipient, d.purpose, d.scope, d.at, u.login"
	    " FROM disclosure d LEFT JOIN colleague u ON u.uid = d.made_by"
	    " WHERE d.case_uid = ?1 AND d.deleted_hlc = 0 AND (d.consent = ?2"
	    " OR (d.recipient = ?3 AND d.purpose = ?4))"
	    " AND NOT EXISTS (SELECT 1 FROM recall_event f"
	    " WHERE f.case_uid = d.case_uid AND f.kind = 'due'"
	    " AND f.recipient = d.recipient AND f.purpose = d.purpose"
	    " AND f.at >= d.at AND f.at < coalesce((SELECT w.made_at"
	    " FROM consent w WHERE w.case_uid = ?1 AND w.uid = ?5), ?6))"
	    " ORDER BY d.at DESC, d.uid";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(&c->case_uid)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql,
	    VALS(v_uid(&c->case_uid), v_uid(&c->uid), v_str(c->recipient),
		v_str(c->purpose), v_uid(new_uid), v_int(tx->now)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		struct disclosure *d = &out->list[out->n++];

		d->recipient = col_str(st, 0, a);
		d->purpose = col_str(st, 1, a);
		d->scope = (unsigned)col_int(st, 2);
		d->at = col_int(st, 3);
		d->by = col_str(st, 4, a);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static int
insert(struct tx *tx, const struct consent *c, const struct uid *new_uid,
    const char *how)
{
	struct consent w = *c;

	w.uid = *new_uid;
	w.supersedes = c->uid;
	w.decision = "withdrawn";
	w.ask_again = w.given_by = w.given_by_why = w.guardian = "";
	w.form = w.evidence = w.script = w.interpreter_code = "";
	w.interpreter = w.witness_code = w.seen_alone = "";
	w.understood = false;
	w.withdrawn_how = how;
	w.given_at = tx->now;
	w.until = w.review_at = 0;
	return consent_insert(tx, &c->case_uid, &w);
}

static int
end(struct tx *tx, const struct consent *c, const struct uid *new_uid,
    const char *how, struct arena *a, struct disclosures *told)
{
	if (read_told(tx, c, new_uid, a, told) == -1)
		return -1;
	switch (insert(tx, c, new_uid, how)) {
	case 0:
		break;
	case 1:
		return 1;
	default:
		return -1;
	}
	/* What was prepared under it is over as well, in the same breath. */
	if (referral_withdraw_prepared(
		tx, &c->case_uid, c->recipient, c->purpose) == -1)
		return -1;
	/* Those who were told have to hear it; that cannot wait. */
	return told->n > 0
		   ? recall_begin(tx, &c->case_uid, c->recipient, c->purpose)
		   : 0;
}

/* Two heard it and both write it down: the second finds the first, and those
 * who were told are told once. */
static int
not_yet(struct tx *tx, const struct consent_rows *all, const struct consent *c,
    const struct uid *new_uid)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct consent *w = &all->list[i];

		if (strcmp(w->kind, c->kind) != 0 ||
		    strcmp(w->recipient, c->recipient) != 0 ||
		    strcmp(w->purpose, c->purpose) != 0)
			continue;
		if (strcmp(w->decision, "withdrawn") != 0 ||
		    uid_eq(&w->uid, new_uid))
			return 0;
		return err_set(tx->err, ERR_CONFLICT,
		    _("%s has recorded already that the person took this back. "
		      "It holds from then on; nothing more is needed."),
		    w->by);
	}
	return 0;
}

static int
withdraw(struct tx *tx, const struct consent_rows *all, const struct consent *c,
    const struct uid *new_uid, const char *how, struct arena *a,
    struct disclosures *told)
{
	int rc;

	if (c == NULL)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This consent is not in the case."));
	if (!consent_is_yes(c->decision))
		return err_set(tx->err, ERR_INPUT,
		    _("There is nothing to withdraw: this was not a yes."));
	if (not_yet(tx, all, c, new_uid) == -1)
		return -1;
	rc = end(tx, c, new_uid, how, a, told);
	return rc == 0 ? case_commit(tx, &c->case_uid) : rc;
}

/* The yes that stands to this recipient for this purpose, used or ended as it
 * may be; NULL: none. */
static const struct consent *
standing_yes(const struct consent_rows *all, const char *recipient,
    const char *purpose, int64_t now)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct consent *c = &all->list[i];

		if (strcmp(c->kind, "release") == 0 &&
		    strcmp(c->recipient, recipient) == 0 &&
		    strcmp(c->purpose, purpose) == 0 &&
		    consent_is_yes(c->decision) &&
		    consent_state_among(all->rows, all->n, &all->rows[i],
			now) != CONSENT_IS_REPLACED)
			return c;
	}
	return NULL;
}

int
consent_take_back(struct tx *tx, const struct uid *case_uid,
    const char *recipient, const char *purpose, const char *how,
    struct arena *a)
{
	const struct consent none = { .case_uid = *case_uid,
		.recipient = recipient,
		.purpose = purpose };
	struct disclosures told = { .n = 0 };
	struct uid uid = uid_new();
	struct consent_rows all;
	const struct consent *c;

	if (consent_rows_load(tx, case_uid, a, &all) == -1)
		return -1;
	c = standing_yes(&all, recipient, purpose, tx->now);
	if (c != NULL)
		return end(tx, c, &uid, how, a, &told);
	/* It went under an override: there is no yes to end, and whoever was
	 * told hears it all the same. */
	if (read_told(tx, &none, &uid, a, &told) == -1)
		return -1;
	return told.n > 0 ? recall_begin(tx, case_uid, recipient, purpose) : 0;
}

int
consent_withdraw(struct session *s, struct uid case_uid, struct uid consent,
    struct uid new_uid, const char *how, struct arena *arena,
    struct disclosures *out, struct err *err)
{
	const struct text_in texts[] = { { &how, N_("How it was withdrawn"),
	    LIMIT_WORDS } };
	struct disclosures told = { .n = 0 };
	struct consent_rows all;
	struct tx tx;
	int rc = -1;

	if (texts_take(arena, texts, 1, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CONSENT,
		    .case_uid = &case_uid,
		    .object = &consent,
		    .action = "consent.withdraw",
		    .wrote = true },
		err) == -1)
		return -1;
	if (consent_rows_load(&tx, &case_uid, arena, &all) == 0)
		rc = withdraw(&tx, &all, find(&all, &consent), &new_uid, how,
		    arena, &told);
	if (rc == 1)
		rc = 0; /* a retry */
	if (rc == 0)
		*out = told;
	tx_abort(&tx);
	return rc;
}
