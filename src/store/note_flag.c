/* SPDX-License-Identifier: ISC */
/* Notes, which are never edited, and flags, which somebody takes down. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "rules/workflow.h"
#include "store/case_inside.h"

/* --- notes ------------------------------------------------------------------------ */

int
note_take(struct arena *a, struct note *n, struct err *e)
{
	static const char *const kinds[] = { "fact", "said", "observed", "plan",
		"other" };
	const struct text_in texts[] = {
		{ &n->kind, N_("Kind"), LIMIT_CODE },
		{ &n->text, N_("Note"), NOTE_MAX },
	};

	if (texts_take(a, texts, sizeof(texts) / sizeof(texts[0]), e) == -1)
		return -1;
	if (!is_one_of(n->kind, kinds, sizeof(kinds) / sizeof(kinds[0])))
		return err_set(e, ERR_INPUT,
		    _("Say what kind of note this is: a fact, what was said, "
		      "what was seen, a plan or something else."));
	if (!said(n->text))
		return err_set(
		    e, ERR_INPUT, _("The note is empty. Write something."));
	return 0;
}

int
note_insert(struct tx *tx, const struct note *n)
{
	const struct col cols[] = {
		{ "corrects", v_uid(&n->corrects) },
		{ "kind", v_str(n->kind) },
		{ "text", v_str(n->text) },
		{ "account", v_int(n->account) },
	};
	size_t k = sizeof(cols) / sizeof(cols[0]);

	return record_insert_once(
	    tx, REC_NOTE, &n->case_uid, &n->uid, cols, k, k);
}

static int
check_corrects(struct tx *tx, const struct note *n)
{
	static const char sql[] =
	    "SELECT 1 FROM note WHERE case_uid = ?1 AND uid = ?2";
	int64_t one;
	int rc;

	if (uid_null(&n->corrects))
		return 0;
	rc = tx_int(
	    tx, sql, VALS(v_uid(&n->case_uid), v_uid(&n->corrects)), &one);
	if (rc == 0)
		return err_set(tx->err, ERR_INPUT,
		    _("The note this corrects is not in this case."));
	return rc == -1 ? -1 : 0;
}

/*
 * A note that helps is always possible.  An account of what somebody lived
 * through is theirs: it is written only after they agreed to work together,
 * or where nobody is recorded (consent comes before the story).
 */
static int
check_account(struct tx *tx, const struct note *n, struct arena *a)
{
	static const char sql[] =
	    "SELECT person IS NULL FROM case_file WHERE uid = ?1";
	struct consent_rows all;
	const struct release *w;
	int64_t anonymous = 0;

	if (!n->account)
		return 0;
	if (tx_int(tx, sql, VALS(v_uid(&n->case_uid)), &anonymous) == -1 ||
	    consent_rows_load(tx, &n->case_uid, false, a, &all) == -1)
		return -1;
	w = consent_working(&all, a);
	if (workflow_narrative_open(
		w == NULL ? CONSENT_NOT_ASKED : w->decision, anonymous == 1))
		return 0;
	return err_set(tx->err, ERR_INPUT,
	    _("The person has not agreed to work together, so no account is "
	      "written down. A short note of what helps is all right."));
}

int
note_add(struct session *s, const struct note *in, struct err *err)
{
	struct note n = *in;
	struct arena a;
	struct tx tx = { .open = false };
	int rc = -1;

	arena_init(&a);
	if (note_take(&a, &n, err) == -1)
		goto done;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &n.case_uid,
		    .object = &n.uid,
		    .action = "note.add",
		    .wrote = true },
		err) == -1)
		goto done;
	if (check_corrects(&tx, &n) == -1 || check_account(&tx, &n, &a) == -1)
		goto out;
	rc = note_insert(&tx, &n);
	if (rc == 0)
		rc = case_commit(&tx, &n.case_uid);
	else if (rc == 1)
		rc = 0;
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- flags ------------------------------------------------------------------------- */

static int
flag_insert(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    const char *text, const char *until)
{
	const struct col cols[] = {
		{ "text", v_str(text) },
		{ "until_on", v_str(until) },
	};

	return record_insert_once(tx, REC_FLAG, case_uid, uid, cols, 2, 2);
}

int
flag_set(struct session *s, struct uid case_uid, struct uid uid,
    const char *text, const struct fdate *until, struct err *err)
{
	const struct text_in texts[] = { { &text, N_("Flag"), LIMIT_WORDS } };
	char iso[12] = "";
	struct arena a;
	struct tx tx;
	int rc = -1;

	if (!said(text))
		return err_set(
		    err, ERR_INPUT, _("Say in a few words what to watch for."));
	if (until != NULL)
		date_iso(until, iso, sizeof(iso));
	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &case_uid,
		    .object = &uid,
		    .action = "flag.set",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = flag_insert(&tx, &case_uid, &uid, text, iso);
	if (rc == 0)
		rc = case_commit(&tx, &case_uid);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* 1: it is down already; 0: it stands; -1. */
static int
flag_down(struct tx *tx, const struct uid *case_uid, const struct uid *uid)
{
	static const char sql[] = "SELECT resolved_at FROM flag"
				  " WHERE case_uid = ?1 AND uid = ?2"
				  " AND deleted_hlc = 0";
	int64_t at = 0;

	switch (tx_int(tx, sql, VALS(v_uid(case_uid), v_uid(uid)), &at)) {
	case 1:
		return at != 0;
	case 0:
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("There is no such flag on this case."));
	default:
		return -1;
	}
}

int
flag_resolve(struct session *s, struct uid case_uid, struct uid uid,
    const char *reason, struct err *err)
{
	const struct text_in texts[] = { { &reason, N_("Reason"),
	    LIMIT_WORDS } };
	struct arena a;
	struct tx tx;
	int rc = -1;

	if (!said(reason))
		return err_set(err, ERR_INPUT,
		    _("Say in a few words why it is no longer needed."));
	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &case_uid,
		    .object = &uid,
		    .action = "flag.resolve",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = flag_down(&tx, &case_uid, &uid);
	if (rc == 0)
		rc = record_set(&tx, REC_FLAG, &case_uid, &uid,
		    COLS({ "resolved_at", v_int(tx.now) },
			{ "resolved_by", v_uid(&s->user.uid) },
			{ "resolved_reason", v_str(reason) }));
	else if (rc == 1) {
		/* Two people took it down: that is what both wanted. */
		rc = 0;
		goto out;
	}
	if (rc == 0)
		rc = case_commit(&tx, &case_uid);
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
