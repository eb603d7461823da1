/* SPDX-License-Identifier: ISC */
/* Linking cases, and people who were met together. */
#include <string.h>

#include "base/i18n.h"
#include "store/link_inside.h"

#define REASON "to keep linked cases"

static int
no_other(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND,
	    _("There is no case with this code that you may link. Check the "
	      "code, or ask your supervisor."));
}

/* Both ways must be open: to read it and to link it. */
static bool
may_link(const struct tx *tx, const struct case_facts *f)
{
	return tx_verdict(tx, PERM_CASE_READ, f) == ALLOW &&
	       tx_verdict(tx, PERM_LINK, f) == ALLOW;
}

/* The other case by its code, where this person may open and link both. */
static int
other_case(
    struct tx *tx, const struct uid *mine, const char *typed, struct uid *other)
{
	static const char sql[] =
	    "SELECT uid FROM case_file WHERE code = ?1 AND deleted_hlc = 0";
	struct case_facts facts;
	char code[CODE_SIZE];
	sqlite3_stmt *st;
	int rc;

	if (code_parse(typed, code) == -1)
		return err_set_field(tx->err, "code",
		    _("This is no case code: a sign is wrong or two are "
		      "swapped. Look at it again."));
	st = tx_query(tx, sql, VALS(v_str(code)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return no_other(tx->err);
	*other = col_uid(st, 0);
	stmt_done(st);
	if (uid_eq(other, mine))
		return err_set_field(tx->err, "code",
		    _("This is the case itself. Give the code of the "
		      "other."));
	if (tx_facts(tx, other, &facts) != 1 || !may_link(tx, &facts) ||
	    !may_link(tx, &tx->facts))
		return no_other(tx->err);
	return 0;
}

static int
link_row(struct tx *tx, const struct uid *a, const struct uid *b,
    const struct uid *link, const char *kind, const char *reason)
{
	struct uid uid = uid_new();

	return record_insert(tx, REC_LINK, a, &uid,
		   COLS({ "link", v_uid(link) }, { "other", v_uid(b) },
		       { "kind", v_str(kind) }, { "reason", v_str(reason) })) ==
		       -1
		   ? -1
		   : 0;
}

static int
both_rows(struct tx *tx, const struct uid *a, const struct uid *b,
    const struct uid *link, const char *kind, const char *reason)
{
	if (case_wrote_other(tx, b, "link") == -1 ||
	    link_row(tx, a, b, link, kind, reason) == -1 ||
	    link_row(tx, b, a, link, kind, reason) == -1)
		return -1;
	return case_commit(tx, a);
}

static int
begin_why(struct tx *tx, struct session *s, const struct uid *case_uid,
    const struct uid *object, const char *action, const char *reason,
    struct err *err)
{
	return tx_begin(tx, s,
	    &(const struct tx_what){ .db = DB_CASES,
		.perm = PERM_LINK,
		.case_uid = case_uid,
		.object = object,
		.action = action,
		.reason = reason,
		.wrote = true },
	    err);
}

static int
begin(struct tx *tx, struct session *s, const struct uid *case_uid,
    const struct uid *object, const char *action, struct err *err)
{
	return begin_why(tx, s, case_uid, object, action, REASON, err);
}

static int
take_reason(struct arena *a, const char **reason, struct err *e)
{
	const struct text_in t = { reason, N_("Reason"), LIMIT_WORDS };

	if (!said(*reason))
		return err_set_field(e, "reason",
		    _("Say in a few words why these belong together: facts, "
		      "no names."));
	return texts_take(a, &t, 1, e);
}

/* 1: this link stands between the two already. */
static int
stands(struct tx *tx, const struct uid *a, const struct uid *b)
{
	static const char sql[] =
	    "SELECT 1 FROM case_link l WHERE l.case_uid = ?1 AND l.other = ?2"
	    " AND l.kind = 'link' AND NOT EXISTS (SELECT 1 FROM case_link u"
	    " WHERE u.case_uid = l.case_uid AND u.link = l.link"
	    " AND u.kind = 'unlink')";
	int64_t one;

	return tx_int(tx, sql, VALS(v_uid(a), v_uid(b)), &one);
}

int
link_add(struct session *s, struct uid case_uid, struct uid link,
    const char *code, const char *reason, struct err *err)
{
	struct uid other;
	struct arena a;
	struct tx tx = { .open = false };
	int rc = -1;

	arena_init(&a);
	if (take_reason(&a, &reason, err) == -1 ||
	    begin(&tx, s, &case_uid, &link, "link.add", err) == -1)
		goto done;
	if (other_case(&tx, &case_uid, code, &other) == 0)
		rc = stands(&tx, &case_uid, &other);
	if (rc == 0)
		rc = both_rows(&tx, &case_uid, &other, &link, "link", reason);
	else if (rc == 1) /* two people, or a retry: both wanted it */
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

int
link_end(struct session *s, struct uid case_uid, struct uid link,
    const char *reason, struct err *err)
{
	static const char sql[] = "SELECT other FROM case_link WHERE"
				  " case_uid = ?1 AND link = ?2"
				  " AND kind = 'link'";
	struct case_facts facts;
	struct uid other = { { 0 } };
	struct arena a;
	struct tx tx = { .open = false };
	sqlite3_stmt *st;
	int rc = -1;

	arena_init(&a);
	if (take_reason(&a, &reason, err) == -1 ||
	    begin(&tx, s, &case_uid, &link, "link.end", err) == -1)
		goto done;
	st = tx_query(&tx, sql, VALS(v_uid(&case_uid), v_uid(&link)));
	if (st == NULL || (rc = tx_row(&tx, st)) == -1)
		goto out;
	if (rc == 1) {
		other = col_uid(st, 0);
		stmt_done(st);
	}
	if (rc == 0 || tx_facts(&tx, &other, &facts) != 1 ||
	    !may_link(&tx, &facts)) {
		rc = no_other(err);
		goto out;
	}
	rc = stands(&tx, &case_uid, &other);
	if (rc == 1)
		rc = both_rows(&tx, &case_uid, &other, &link, "unlink", reason);
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- people who were met together ---------------------------------------------------------- */

static int
member_add(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    const struct uid *event, const char *reason)
{
	return record_insert(tx, REC_GROUP_MEMBER, case_uid, uid,
	    COLS({ "event", v_uid(event) }, { "reason", v_str(reason) }));
}

int
group_add(struct session *s, struct uid case_uid, const struct group_event *in,
    struct err *err)
{
	struct group_event g = *in;
	const struct text_in texts[] = {
		{ &g.area, N_("Area"), LIMIT_NAME },
		{ &g.words, N_("Words"), LIMIT_WORDS },
	};
	struct uid member = uid_new();
	char on[12];
	struct arena a;
	struct tx tx = { .open = false };
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 2, err) == -1)
		goto done;
	if (!said(g.area) || g.on.precision == DATE_UNKNOWN) {
		(void)err_set_field(err, said(g.area) ? "on" : "area",
		    _("Say on which day, and roughly where: an area, no "
		      "address."));
		goto done;
	}
	if (begin(&tx, s, &case_uid, &g.uid, "group.add", err) == -1)
		goto done;
	rc = record_insert(&tx, REC_GROUP, NULL, &g.uid,
	    COLS({ "on_date", v_str(date_iso(&g.on, on, sizeof(on))) },
		{ "area", v_str(g.area) }, { "words", v_str(g.words) }));
	if (rc == 0 && member_add(&tx, &case_uid, &member, &g.uid, "") == -1)
		rc = -1;
	rc = case_commit_once(&tx, &case_uid, rc);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* The newest occasion of the other that this case is not in: 1, 0, -1. */
static int
event_of(struct tx *tx, const struct uid *mine, const struct uid *other,
    struct uid *event)
{
	static const char sql[] =
	    "SELECT o.event FROM (SELECT m.event, m.hlc, m.uid"
	    " FROM group_member m WHERE m.case_uid = ?1 AND" MEMBER_STANDS
	    ") o WHERE NOT EXISTS (SELECT 1 FROM group_member m WHERE"
	    " m.case_uid = ?2 AND m.event = o.event AND" MEMBER_STANDS
	    ") ORDER BY o.hlc DESC, o.uid DESC LIMIT 1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(other), v_uid(mine)));
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	*event = col_uid(st, 0);
	stmt_done(st);
	return 1;
}

int
group_join(struct session *s, struct uid case_uid, struct uid member,
    const char *code, const char *reason, struct err *err)
{
	struct uid other, event;
	struct arena a;
	struct tx tx = { .open = false };
	int rc = -1;

	arena_init(&a);
	if (take_reason(&a, &reason, err) == -1 ||
	    begin(&tx, s, &case_uid, &member, "group.join", err) == -1)
		goto done;
	if (other_case(&tx, &case_uid, code, &other) == -1)
		goto out;
	rc = event_of(&tx, &case_uid, &other, &event);
	if (rc == 0)
		rc = err_set(err, ERR_NOT_FOUND,
		    _("That case is in no occasion that this one is not in "
		      "already. Record the occasion there first."));
	else if (rc == 1 && (rc = member_add(
				 &tx, &case_uid, &member, &event, reason)) == 0)
		rc = case_commit(&tx, &case_uid);
	else if (rc == 1)
		rc = 0;
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* The row that has this case in the occasion: 1; 0 it is out, -1. */
static int
member_of(struct tx *tx, const struct uid *case_uid, const struct uid *event,
    struct uid *out)
{
	static const char sql[] =
	    "SELECT m.uid FROM group_member m WHERE m.case_uid = ?1"
	    " AND m.event = ?2 AND" MEMBER_STANDS " LIMIT 1";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(case_uid), v_uid(event)));
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	*out = col_uid(st, 0);
	stmt_done(st);
	return 1;
}

/* Was it ever in? */
static int
was_member(struct tx *tx, const struct uid *case_uid, const struct uid *event)
{
	static const char sql[] = "SELECT 1 FROM group_member"
				  " WHERE case_uid = ?1 AND event = ?2 LIMIT 1";
	int64_t one;
	int rc = tx_int(tx, sql, VALS(v_uid(case_uid), v_uid(event)), &one);

	return rc != 0 ? rc
		       : err_set(tx->err, ERR_NOT_FOUND,
			     _("This case is in no such occasion."));
}

/* Two who put it in at once made two rows: both go. */
static int
leave_all(struct tx *tx, const struct uid *case_uid, const struct uid *event,
    struct uid leave, const char *reason)
{
	struct uid member;
	int rc;

	while ((rc = member_of(tx, case_uid, event, &member)) == 1) {
		if (record_insert(tx, REC_GROUP_MEMBER, case_uid, &leave,
			COLS({ "event", v_uid(event) },
			    { "leaves", v_uid(&member) },
			    { "reason", v_str(reason) })) == -1)
			return -1;
		leave = uid_new();
	}
	return rc == -1 ? -1 : case_commit(tx, case_uid);
}

int
group_leave(struct session *s, struct uid case_uid, struct uid event,
    struct uid leave, const char *reason, struct err *err)
{
	const struct text_in text = { &reason, N_("Reason"), LIMIT_WORDS };
	struct uid member;
	struct arena a;
	struct tx tx = { .open = false };
	int rc = -1;

	arena_init(&a);
	if (!said(reason)) {
		(void)err_set_field(err, "reason",
		    _("Say in a few words why this person is taken out: "
		      "facts, no names."));
		goto done;
	}
	if (texts_take(&a, &text, 1, err) == -1 ||
	    begin_why(&tx, s, &case_uid, &leave, "group.leave", reason, err) ==
		-1)
		goto done;
	rc = member_of(&tx, &case_uid, &event, &member);
	if (rc == 1)
		rc = leave_all(&tx, &case_uid, &event, leave, reason);
	else if (rc == 0)
		rc = was_member(&tx, &case_uid, &event) == -1 ? -1 : 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
