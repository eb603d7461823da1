/* SPDX-License-Identifier: ISC */
/* Flags, which somebody sets for colleagues and somebody takes down. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "store/case_inside.h"
#include "store/followup.h"
#include "store/request_inside.h"

int
flag_hold(struct tx *tx, const struct uid *case_uid, const char *kind)
{
	const struct uid uid = uid_new();

	return record_insert(tx, REC_FLAG, case_uid, &uid,
	    COLS({ "kind", v_str(kind) }, { "text", v_str("") }));
}

int
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
		return err_set_field(
		    err, "text", _("Say in a few words what to watch for."));
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
	rc = case_commit_once(&tx, &case_uid, rc);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* 1: it is down already; 0: it stands; -1.  held: one that nobody but who
 * approves takes down; the other way round nothing is asked. */
static int
flag_down(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    bool *held)
{
	static const char sql[] = "SELECT resolved_at, kind <> '' FROM flag"
				  " WHERE case_uid = ?1 AND uid = ?2"
				  " AND deleted_hlc = 0";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid), v_uid(uid)));
	bool down;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("There is no such flag on this case."));
	down = col_int(st, 0) != 0;
	*held = col_bool(st, 1);
	stmt_done(st);
	return down;
}

static int
take_down(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    const char *reason)
{
	return record_set(tx, REC_FLAG, case_uid, uid,
	    COLS({ "resolved_at", v_int(tx->now) },
		{ "resolved_by", v_uid(&tx->s->user.uid) },
		{ "resolved_reason", v_str(reason) }));
}

/* One way down for each: what colleagues set is resolved, what holds contact
 * back is looked at, and the person may be found not to be contacted at all. */
enum way_down { RESOLVED, LOOKED_AT, LOOKED_AT_AND_STOP };

static int
resolve(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    enum way_down way, const char *reason)
{
	bool looked = way != RESOLVED, held = false;
	int down = flag_down(tx, case_uid, uid, &held);

	/* Two people took it down: that is what both wanted. */
	if (down != 0)
		return down == 1 ? 0 : -1;
	if (held && !looked &&
	    tx_verdict(tx, PERM_APPROVE, &tx->facts) != ALLOW)
		return tx_refuse(tx, DENY);
	if (held && !looked)
		return err_set(tx->err, ERR_DENIED,
		    _("Nobody calls until whoever approves has looked at it: "
		      "this flag comes down that way (W)."));
	if (!held && looked)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("Nothing holds contact back in this case."));
	if (take_down(tx, case_uid, uid, reason) == -1)
		return -1;
	if (way == LOOKED_AT_AND_STOP &&
	    (record_set(tx, REC_CASE, NULL, case_uid,
		 COLS({ "stop_contact", v_int(1) })) == -1 ||
		join_stop(tx, case_uid) == -1))
		return -1;
	return case_commit(tx, case_uid);
}

/* missing: what is said to whoever gives no reason. */
static int
answer_flag(struct session *s, const struct tx_what *what, enum way_down way,
    const char *reason, const char *missing, struct err *err)
{
	const struct text_in texts[] = { { &reason, N_("Reason"),
	    LIMIT_WORDS } };
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	if (!said(reason))
		return err_set_field(err, "reason", "%s", missing);
	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == 0 &&
	    tx_begin(&tx, s, what, err) == 0)
		rc = resolve(&tx, what->case_uid, what->object, way, reason);
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}

int
flag_resolve(struct session *s, struct uid case_uid, struct uid uid,
    const char *reason, struct err *err)
{
	const struct tx_what what = { .db = DB_CASES,
		.perm = PERM_CASE_WRITE,
		.case_uid = &case_uid,
		.object = &uid,
		.action = "flag.resolve",
		.wrote = true };

	return answer_flag(s, &what, RESOLVED, reason,
	    _("Say in a few words why it is no longer needed."), err);
}

int
contact_looked(struct session *s, struct uid case_uid, struct uid flag,
    bool stop, const char *reason, struct err *err)
{
	const struct tx_what what = { .db = DB_CASES,
		.perm = PERM_APPROVE,
		.case_uid = &case_uid,
		.object = &flag,
		.action = "contact.looked",
		.wrote = true };

	return answer_flag(s, &what, stop ? LOOKED_AT_AND_STOP : LOOKED_AT,
	    reason, _("Say in a few words what you looked at and with whom."),
	    err);
}
