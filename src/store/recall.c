/* SPDX-License-Identifier: ISC */
/* What was told and taken back is asked back, and what came of that. */
#include <string.h>

#include "base/i18n.h"
#include "store/referral_inside.h"

static int
put(struct tx *tx, const struct uid *case_uid, const struct recall *r,
    const struct uid *event, const char *kind, const char *words)
{
	return record_insert_once(tx, REC_RECALL, case_uid, event,
	    COLS({ "recall", v_uid0(&r->uid) },
		{ "recipient", v_str(r->recipient) },
		{ "purpose", v_str(r->purpose) }, { "kind", v_str(kind) },
		{ "words", v_str(words) }, { "at", v_int(tx->now) }),
	    5);
}

int
recall_begin(struct tx *tx, const struct uid *case_uid, const char *recipient,
    const char *purpose)
{
	const struct recall r = {
		.uid = uid_new(), .recipient = recipient, .purpose = purpose
	};

	return put(tx, case_uid, &r, &r.uid, recall_step_name(RECALL_DUE),
		   "") == -1
		   ? -1
		   : 0;
}

/* The last step of each, the newest recall first. */
static const char sql_recalls[] =
    "SELECT e.recall, f.recipient, f.purpose, f.at, e.at, e.kind"
    " FROM recall_event e JOIN recall_event f ON f.case_uid = e.case_uid"
    " AND f.uid = e.recall WHERE e.case_uid = ?1 AND NOT EXISTS (SELECT 1"
    " FROM recall_event g WHERE g.case_uid = e.case_uid"
    " AND g.recall = e.recall AND (g.hlc, g.uid) > (e.hlc, e.uid))"
    " ORDER BY f.hlc DESC, f.uid DESC";

int
recalls_load(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct recalls *out)
{
	static const char count[] = "SELECT count(*) FROM recall_event"
				    " WHERE case_uid = ?1 AND kind = 'due'";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	*out = (struct recalls){ .n = 0 };
	if (tx_int(tx, count, VALS(v_uid0(case_uid)), &n) == -1)
		return -1;
	if (n == 0)
		return 0; /* as in most cases, and at every save */
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql_recalls, VALS(v_uid0(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		int step = recall_step_from_name(col_text(st, 5));

		out->list[out->n++] = (struct recall){ .uid = col_uid(st, 0),
			.recipient = col_str(st, 1, a),
			.purpose = col_str(st, 2, a),
			.begun = col_int(st, 3),
			.at = col_int(st, 4),
			/* What this program does not know is not over. */
			.step =
			    step < 0 ? RECALL_DUE : (enum recall_step)step };
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static int
check(const struct recall *r, const char *seen, const char *kind,
    const char *words, struct err *e)
{
	int to = recall_step_from_name(kind);

	if (strcmp(recall_step_name(r->step), seen) != 0)
		return err_set(e, ERR_CONFLICT,
		    _("Somebody else recorded what they answered meanwhile. "
		      "Look at it again."));
	if (to < 0 || !recall_may_become(r->step, (enum recall_step)to))
		return err_set(e, ERR_INPUT,
		    _("That does not follow: they are told first, then they "
		      "answer."));
	if (recall_wants_words((enum recall_step)to) && !said(words))
		return err_set(e, ERR_INPUT,
		    _("Say in a few words who said so, and why."));
	return 0;
}

static int
note(struct tx *tx, const struct uid *case_uid, const struct uid *recall,
    const char *seen, const struct uid *event, const char *kind,
    const char *words, struct arena *a)
{
	static const char again[] =
	    "SELECT 1 FROM recall_event WHERE case_uid = ?1 AND uid = ?2";
	struct recalls all;
	int64_t one;
	int rc = tx_int(tx, again, VALS(v_uid0(case_uid), v_uid0(event)), &one);

	if (rc != 0)
		return rc == 1 ? 0 : -1; /* a retry */
	if (recalls_load(tx, case_uid, a, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const struct recall *r = &all.list[i];

		if (!uid_eq(&r->uid, recall))
			continue;
		if (check(r, seen, kind, words, tx->err) == -1 ||
		    put(tx, case_uid, r, event, kind, words) == -1)
			return -1;
		return case_commit(tx, case_uid);
	}
	return err_set(
	    tx->err, ERR_NOT_FOUND, _("This is not in the case any more."));
}

int
recall_note(struct session *s, struct uid case_uid, struct uid recall,
    const char *seen, struct uid event, const char *kind, const char *words,
    struct err *err)
{
	const struct text_in texts[] = { { &words, N_("Words"), LIMIT_WORDS },
		{ &kind, N_("What"), LIMIT_CODE } };
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 2, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &case_uid,
		    .object = &recall,
		    .action = "recall.note",
		    .wrote = true },
		err) == 0) {
		tx_field(&tx, kind);
		rc = note(
		    &tx, &case_uid, &recall, seen, &event, kind, words, &a);
	}
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}
