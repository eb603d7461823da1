/* SPDX-License-Identifier: ISC */
/* Closing and reopening: a case keeps its code and everything in it. */
#include <string.h>

#include "base/i18n.h"
#include "store/case_inside.h"

struct closing {
	const char *action, *kind, *reason, *words;
	bool close;
};

/* 1: it stands that way already (a retry); 0: go on; -1. */
static int
check(
    struct tx *tx, const struct uid *uid, const struct closing *c, int64_t *rev)
{
	static const char sql[] =
	    "SELECT rev, closed_at, closed_reason FROM case_file"
	    " WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(uid)));
	bool same;
	int64_t now;
	int rc;

	if (st == NULL)
		return -1;
	if ((rc = tx_row(tx, st)) != 1)
		return case_missing(tx, rc);
	now = col_int(st, 0);
	same = (col_int(st, 1) != 0) == c->close &&
	       strcmp(col_text(st, 2), c->reason) == 0;
	stmt_done(st);
	if (same) {
		*rev = now;
		return 1;
	}
	/* Closing decides about everything in the case, so it is decided with
	 * everything in view; opening again harms nobody. */
	if (c->close && now != *rev)
		return err_set(tx->err, ERR_CONFLICT,
		    _("Somebody changed this case since you read it. Look at "
		      "it again, then close it."));
	return 0;
}

static int
write(struct tx *tx, const struct uid *uid, const struct closing *c)
{
	if (case_event_add(tx, uid, c->kind, "", "", c->reason, c->words) == -1)
		return -1;
	return record_set(tx, REC_CASE, NULL, uid,
	    COLS({ "closed_at", v_int(c->close ? tx->now : 0) },
		{ "closed_reason", v_str(c->reason) },
		{ "closed_words", v_str(c->words) }));
}

static int
change(struct session *s, const struct uid *uid, int64_t *rev,
    const struct closing *c, struct err *err)
{
	int64_t now = *rev;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CLOSE,
		    .case_uid = uid,
		    .action = c->action,
		    .wrote = true },
		err) == -1)
		return -1;
	switch (check(&tx, uid, c, &now)) {
	case 1:
		*rev = now;
		rc = 0;
		goto out;
	case 0:
		break;
	default:
		goto out;
	}
	if (write(&tx, uid, c) == -1 || case_rev(&tx, uid, &now) == -1)
		goto out;
	rc = case_commit(&tx, uid);
	if (rc == 0)
		*rev = now;
out:
	tx_abort(&tx);
	return rc;
}

static bool
known_reason(const struct society *society, const char *reason)
{
	for (size_t i = 0; i < society->reasons_closed.n; i++) {
		if (strcmp(society->reasons_closed.list[i].id, reason) == 0)
			return true;
	}
	return false;
}

int
case_close(struct session *s, struct uid uid, int64_t *rev, const char *reason,
    const char *words, struct err *err)
{
	struct closing c = { .action = "case.close",
		.kind = "closed",
		.reason = reason,
		.words = words,
		.close = true };
	const struct text_in texts[] = {
		{ &c.words, N_("Words"), LIMIT_WORDS },
	};
	struct arena a;
	int rc = -1;

	if (!known_reason(session_society(s), reason))
		return err_set(err, ERR_INPUT,
		    _("Choose one of the reasons of the list."));
	/* A person who cannot be found may have been harmed. */
	if (strncmp(reason, "lost", 4) == 0 && !said(words))
		return err_set(err, ERR_INPUT,
		    _("Lost contact can mean harm: write what was considered "
		      "and who was told before closing."));
	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == 0)
		rc = change(s, &uid, rev, &c, err);
	arena_done(&a);
	return rc;
}

int
case_reopen(struct session *s, struct uid uid, int64_t *rev, const char *words,
    struct err *err)
{
	struct closing c = { .action = "case.reopen",
		.kind = "reopened",
		.reason = "",
		.words = words };
	const struct text_in texts[] = {
		{ &c.words, N_("Words"), LIMIT_WORDS },
	};
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == 0)
		rc = change(s, &uid, rev, &c, err);
	arena_done(&a);
	return rc;
}
