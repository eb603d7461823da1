/* SPDX-License-Identifier: ISC */
/* Who has an interest in a case: "do not assign, do not refer". */
#include <string.h>

#include "base/i18n.h"
#include "store/link_inside.h"
#include "store/request_inside.h"

static int
mark_insert(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    const struct uid *lifts, const struct conflict_mark *m)
{
	const struct col cols[] = {
		{ "lifts", v_uid(lifts) },
		{ "who", v_str(m->who) },
		{ "code", v_str(m->code) },
		{ "reason", v_str(m->reason) },
	};

	return record_insert_once(
	    tx, REC_CONFLICT_MARK, case_uid, uid, cols, 4, 4);
}

/* A login becomes the colleague's uid; an organisation must be in the list. */
static int
check_who(struct tx *tx, struct arena *a, struct conflict_mark *m)
{
	static const char sql[] = "SELECT uid FROM colleague WHERE login = ?1"
				  " AND deleted_hlc = 0";
	struct uid uid;
	sqlite3_stmt *st;
	char hex[33];
	int rc;

	if (strcmp(m->who, "provider") == 0)
		return society_recipient(tx->s->society, m->code) != NULL
			   ? 0
			   : err_set_field(tx->err, "code",
				 _("There is no such organisation in the list. "
				   "Choose one of it."));
	if (strcmp(m->who, "staff") != 0)
		return 0;
	st = tx_query(tx, sql, VALS(v_str(m->code)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set_field(tx->err, "code",
		    _("There is no colleague with this sign-in name. Look how "
		      "they write it when they sign in."));
	uid = col_uid(st, 0);
	stmt_done(st);
	uid_hex(&uid, hex);
	m->code = arena_str(a, hex);
	return 0;
}

static int
take(struct arena *a, struct conflict_mark *m, struct err *e)
{
	static const char *const whos[] = { "staff", "interpreter",
		"provider" };
	const struct text_in texts[] = {
		{ &m->who, N_("Who"), LIMIT_CODE },
		{ &m->code, N_("Code"), LIMIT_CODE },
		{ &m->reason, N_("Reason"), LIMIT_WORDS },
	};

	if (texts_take(a, texts, 3, e) == -1)
		return -1;
	if (!is_one_of(m->who, whos, sizeof(whos) / sizeof(whos[0])) ||
	    !said(m->code))
		return err_set_field(e, "code",
		    _("Say whom it is about: a colleague by sign-in name, an "
		      "interpreter by code, or an organisation."));
	if (!said(m->reason))
		return err_set_field(e, "reason",
		    _("Say in a few words which interest it is: facts, no "
		      "accusation."));
	return 0;
}

static int
begin(struct tx *tx, struct session *s, const struct uid *case_uid,
    const struct uid *object, const char *action, struct err *err)
{
	return tx_begin(tx, s,
	    &(const struct tx_what){ .db = DB_CASES,
		.perm = PERM_LINK,
		.case_uid = case_uid,
		.object = object,
		.action = action,
		.wrote = true },
	    err);
}

int
conflict_mark_add(
    struct session *s, const struct conflict_mark *in, struct err *err)
{
	static const struct uid none;
	struct conflict_mark m = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &m, err) == -1 ||
	    begin(&tx, s, &m.case_uid, &m.uid, "conflict.mark", err) == -1)
		goto done;
	if (check_who(&tx, &a, &m) == 0)
		rc = mark_insert(&tx, &m.case_uid, &m.uid, &none, &m);
	rc = case_commit_once(&tx, &m.case_uid, rc);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

int
conflict_mark_lift(struct session *s, struct uid case_uid, struct uid mark,
    struct uid uid, const char *reason, struct err *err)
{
	static const char sql[] =
	    "SELECT who, code FROM conflict_mark WHERE case_uid IN (?1, ?3)"
	    " AND uid = ?2 AND lifts IS NULL";
	struct conflict_mark m = { .reason = reason };
	const struct text_in t = { &m.reason, N_("Reason"), LIMIT_WORDS };
	struct tx tx = { .open = false };
	struct uid other;
	struct joined j;
	struct arena a;
	sqlite3_stmt *st;
	int rc = -1;

	if (!said(reason))
		return err_set_field(err, "reason",
		    _("Say in a few words why it is no longer needed."));
	arena_init(&a);
	if (texts_take(&a, &t, 1, err) == -1 ||
	    begin(&tx, s, &case_uid, &mark, "conflict.lift", err) == -1)
		goto done;
	/* One of another code of the person is lifted here, for this case. */
	if ((rc = join_find(&tx, &case_uid, &j, NULL)) == -1)
		goto out;
	other = rc == 1 && j.stays ? j.other : case_uid;
	rc = -1;
	st = tx_query(
	    &tx, sql, VALS(v_uid(&case_uid), v_uid(&mark), v_uid(&other)));
	if (st == NULL || (rc = tx_row(&tx, st)) == -1)
		goto out;
	if (rc == 0) {
		rc = err_set(
		    err, ERR_NOT_FOUND, _("There is no such mark here."));
		goto out;
	}
	m.who = col_str(st, 0, &a);
	m.code = col_str(st, 1, &a);
	stmt_done(st);
	rc = mark_insert(&tx, &case_uid, &uid, &mark, &m);
	rc = case_commit_once(&tx, &case_uid, rc);
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
