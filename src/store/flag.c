/* SPDX-License-Identifier: ISC */
/* Flags, which somebody sets for colleagues and somebody takes down. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "store/case_inside.h"

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
