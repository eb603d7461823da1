/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/alone_inside.h"
#include "store/case_timeline_inside.h"

#define PAGE_MAX 200

static const struct uid no_case; /* 16 zero bytes: a contact alone */

/* --- whose ------------------------------------------------------------------------ */

enum lane { LANE_ALL, LANE_BRANCH, LANE_OWN, LANES };

/* As far as reading cases reaches; without a branch only what is one's own. */
static enum lane
lane_of(const struct tx *tx)
{
	const struct session *s = tx->s;
	unsigned scope = session_grants(s)->scope[s->user.role][PERM_CASE_READ];

	if (scope == SCOPE_ALL)
		return LANE_ALL;
	return scope == SCOPE_BRANCH && s->user.branch[0] != '\0' ? LANE_BRANCH
								  : LANE_OWN;
}

static struct val
lane_key(const struct tx *tx)
{
	switch (lane_of(tx)) {
	case LANE_BRANCH:
		return v_str(tx->s->user.branch);
	case LANE_OWN:
		return v_uid(&tx->s->user.uid);
	default:
		return v_int(0);
	}
}

/* May this one be seen, or (PERM_CONTACT) gone on with?  It is nobody's case
 * of the branch in which the person was met. */
static enum verdict
judge(struct tx *tx, enum permission perm, const char *branch,
    const struct uid *by)
{
	struct case_facts f = { .open = true,
		.assigned = uid_eq(by, &tx->s->user.uid) };

	(void)snprintf(f.branch, sizeof(f.branch), "%s", branch);
	return tx_verdict(tx, perm, &f);
}

/* 1 it is there and *v says whether it may be seen; 0; -1. */
static int
look(struct tx *tx, enum permission perm, const struct uid *contact,
    enum verdict *v)
{
	static const char sql[] =
	    "SELECT branch, made_by FROM contact_alone WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(contact)));
	struct uid by;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	by = col_uid(st, 1);
	*v = judge(tx, perm, col_text(st, 0), &by);
	stmt_done(st);
	return 1;
}

/* -1 where it is not there or may not be seen. */
static int
allow(struct tx *tx, enum permission perm, const struct uid *contact)
{
	enum verdict v = DENY;

	switch (look(tx, perm, contact, &v)) {
	case 1:
		return v == ALLOW ? 0 : tx_refuse(tx, v);
	case 0:
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("There is no such contact without a case."));
	default:
		return -1;
	}
}

/* --- the list --------------------------------------------------------------------- */

#define LIST(where)                                                        \
	"SELECT a.uid, t.at, t.channel, coalesce(u.login, ''), t.urgent, " \
	"a.waits, (SELECT c.code FROM contact_step s JOIN case_file c "    \
	"ON c.uid = s.into_case WHERE s.case_uid = zeroblob(16) "          \
	"AND s.contact = a.uid AND s.kind = 'case' LIMIT 1) "              \
	"FROM contact_alone a CROSS JOIN contact t "                       \
	"ON t.case_uid = zeroblob(16) AND t.uid = a.uid "                  \
	"LEFT JOIN colleague u ON u.uid = t.made_by "                      \
	"WHERE " where " AND a.uid < ?2 ORDER BY a.uid DESC LIMIT ?3"

static const char *const lists[LANES][2] = {
	[LANE_ALL] = { LIST("?1 = 0"), LIST("?1 = 0 AND a.waits = 1") },
	[LANE_BRANCH] = { LIST("a.branch = ?1"),
	    LIST("a.branch = ?1 AND a.waits = 1") },
	[LANE_OWN] = { LIST("a.made_by = ?1"),
	    LIST("a.made_by = ?1 AND a.waits = 1") },
};

static void
fill(sqlite3_stmt *st, struct arena *a, struct alone *c)
{
	*c = (struct alone){ .uid = col_uid(st, 0),
		.at = col_int(st, 1),
		.channel = col_str(st, 2, a),
		.by = col_str(st, 3, a),
		.urgent = col_bool(st, 4),
		.waits = col_bool(st, 5),
		.words = "" };
	col_copy(st, 6, c->code, sizeof(c->code));
}

static int
read_page(struct tx *tx, bool waiting, const struct uid *before, size_t n,
    struct arena *a, struct alone_page *out)
{
	struct uid newest;
	sqlite3_stmt *st;
	int rc;

	memset(newest.b, 0xff, sizeof(newest.b));
	out->list = arena_alloc(a, n + 1, sizeof(*out->list));
	st = tx_query(tx, lists[lane_of(tx)][waiting],
	    VALS(lane_key(tx), v_uid(before != NULL ? before : &newest),
		v_int((int64_t)n + 1)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		out->more = out->n == n;
		if (!out->more)
			fill(st, a, &out->list[out->n++]);
	}
	return rc;
}

int
alone_list(struct session *s, bool waiting, const struct uid *before, size_t n,
    struct arena *arena, struct alone_page *out, struct err *err)
{
	struct alone_page found = { .n = 0 };
	struct tx tx;
	int rc;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_CASE_READ,
		    .action = "contact.list",
		    .again_ok = true },
		err) == -1)
		return -1;
	rc = read_page(
	    &tx, waiting, before, n > PAGE_MAX ? PAGE_MAX : n, arena, &found);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = found;
	return rc;
}

#define COUNT(where)                                                       \
	"SELECT count(*) FROM (SELECT 1 FROM contact_alone a WHERE " where \
	" AND a.waits = 1 LIMIT ?2)"

int
alone_waiting(struct session *s, struct alone_count *out, struct err *err)
{
	static const char *const counts[LANES] = {
		[LANE_ALL] = COUNT("?1 = 0"),
		[LANE_BRANCH] = COUNT("a.branch = ?1"),
		[LANE_OWN] = COUNT("a.made_by = ?1"),
	};
	int64_t found = 0;
	struct tx tx;
	int rc;

	*out = (struct alone_count){ .n = 0 };
	/* A number alone, about nobody: as the counts of the lists. */
	if (tx_begin(&tx, s,
		&(const struct tx_what){
		    .perm = PERM_CASE_READ, .again_ok = true },
		err) == -1)
		return -1;
	rc = tx_int(&tx, counts[lane_of(&tx)],
	    VALS(lane_key(&tx), v_int(ALONE_COUNTED + 1)), &found);
	if (rc != -1)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0) {
		out->more = found > ALONE_COUNTED;
		out->n = out->more ? ALONE_COUNTED : found;
	}
	return rc;
}

/* --- one of them ------------------------------------------------------------------ */

/* What was done about it since, oldest first. */
static int
add_steps(struct tx *tx, const struct uid *contact, struct buf *b)
{
	static const char sql[] =
	    "SELECT s.kind, s.words, s.made_at, coalesce(u.login, '')"
	    " FROM contact_step s LEFT JOIN colleague u ON u.uid = s.made_by"
	    " WHERE s.case_uid = ?1 AND s.contact = ?2 ORDER BY s.uid";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid0(&no_case), v_uid(contact)));
	char when[24];
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		clock_full(col_int(st, 2), when, sizeof(when));
		if (strcmp(col_text(st, 0), "case") == 0)
			buf_addf(b, _("\nPart of a case since %s (%s)"), when,
			    col_text(st, 3));
		else
			buf_addf(b, _("\nDone by %s, %s: %s"), col_text(st, 3),
			    when, col_text(st, 1));
	}
	return rc;
}

static int
read_one(
    struct tx *tx, const struct uid *contact, struct arena *a, struct alone *c)
{
	static const char sql[] =
	    "SELECT t.uid, t.at, t.channel, coalesce(u.login, ''), t.urgent,"
	    " a.waits, (SELECT c.code FROM contact_step s JOIN case_file c"
	    " ON c.uid = s.into_case WHERE s.case_uid = zeroblob(16)"
	    " AND s.contact = t.uid AND s.kind = 'case' LIMIT 1),"
	    " " TIMELINE_CONTACT_WORDS " FROM contact t"
	    " JOIN contact_alone a ON a.uid = t.uid"
	    " LEFT JOIN colleague u ON u.uid = t.made_by"
	    " WHERE t.case_uid = ?1 AND t.uid = ?2";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid0(&no_case), v_uid(contact)));
	struct buf b;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	fill(st, a, c);
	buf_init(&b);
	buf_add_str(&b, timeline_contact_words(tx->s->society, a, st, 7));
	stmt_done(st);
	rc = add_steps(tx, contact, &b);
	c->words = arena_strn(a, b.data, b.len);
	buf_done(&b);
	return rc == -1 ? -1 : 1;
}

int
alone_open(struct session *s, struct uid contact, struct arena *arena,
    struct alone *out, struct err *err)
{
	struct alone c;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_CASE_READ,
		    .object = &contact,
		    .action = "contact.open",
		    .again_ok = true },
		err) == -1)
		return -1;
	if (allow(&tx, PERM_CASE_READ, &contact) == 0 &&
	    read_one(&tx, &contact, arena, &c) == 1)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = c;
	return rc;
}

int
alone_done(struct session *s, struct uid step, struct uid contact,
    const char *words, struct err *err)
{
	const struct text_in texts[] = {
		{ &words, N_("What was done"), LIMIT_ANSWER },
	};
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, 1, err) == -1)
		goto done;
	if (!said(words)) {
		err_set(err, ERR_INPUT,
		    _("Write what was done, or that the person did not want "
		      "it."));
		goto done;
	}
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_CONTACT,
		    .object = &contact,
		    .action = "contact.done",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = allow(&tx, PERM_CONTACT, &contact);
	if (rc == 0)
		rc = record_insert(&tx, REC_CONTACT_STEP, &no_case, &step,
		    COLS({ "contact", v_uid(&contact) },
			{ "kind", v_str("done") }, { "words", v_str(words) }));
	if (rc == 0)
		rc = tx_commit(&tx);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- into a case ------------------------------------------------------------------ */

/* As it was written and by whom; on this clock from now on. */
static int
copy(struct tx *tx, const struct uid *contact, const struct uid *case_uid)
{
#define KEPT "rev, schema_version, deleted_hlc, made_at, made_by"
	static const char *const sql[] = {
		"INSERT OR IGNORE INTO contact (case_uid, uid, ns, origin_node,"
		" hlc, " KEPT ", at, on_date, corrects, channel, place,"
		" anonymous, urgent, wants, information_given, number_given,"
		" language, interpreter, seen_alone, limits_script, code_lists)"
		" SELECT ?2, uid, ?3, ?4, ?5, " KEPT ", at, on_date, corrects,"
		" channel, place, anonymous, urgent, wants, information_given,"
		" number_given, language, interpreter, seen_alone,"
		" limits_script, code_lists FROM contact"
		" WHERE case_uid = zeroblob(16) AND uid = ?1",
		"INSERT OR IGNORE INTO triage (case_uid, uid, ns, origin_node,"
		" hlc, " KEPT ", contact, item, state, action)"
		" SELECT ?2, uid, ?3, ?4, ?5, " KEPT ", contact, item, state,"
		" action FROM triage"
		" WHERE case_uid = zeroblob(16) AND contact = ?1",
	};
#undef KEPT

	for (size_t i = 0; i < 2; i++) {
		int changes = 0;

		if (db_exec(tx->db, sql[i],
			VALS(v_uid(contact), v_uid(case_uid), v_str(tx->s->ns),
			    v_uid0(&tx->s->node), v_int((int64_t)tx->hlc)),
			&changes, tx->err) == -1)
			return -1;
		tx->rows += changes;
	}
	return 0;
}

/* 1: part of this case already, 0: of none; -1: of another. */
static int
part_of(struct tx *tx, const struct uid *contact, const struct uid *case_uid)
{
	static const char sql[] =
	    "SELECT s.into_case, c.code FROM contact_step s"
	    " LEFT JOIN case_file c ON c.uid = s.into_case"
	    " WHERE s.case_uid = ?1 AND s.contact = ?2 AND s.kind = 'case'"
	    " LIMIT 1";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid0(&no_case), v_uid(contact)));
	char code[CODE_SIZE];
	struct uid into;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	into = col_uid(st, 0);
	col_copy(st, 1, code, sizeof(code));
	stmt_done(st);
	if (uid_eq(&into, case_uid))
		return 1;
	return err_set(tx->err, ERR_INPUT,
	    _("That contact is part of %s already. Go on in that case."), code);
}

int
alone_into(struct tx *tx, const struct uid *contact, const struct uid *case_uid)
{
	struct uid step = uid_new();
	int rc = part_of(tx, contact, case_uid);

	if (rc != 0)
		return rc;
	if (allow(tx, PERM_CONTACT, contact) == -1 ||
	    copy(tx, contact, case_uid) == -1)
		return -1;
	return record_insert(tx, REC_CONTACT_STEP, &no_case, &step,
	    COLS({ "contact", v_uid(contact) }, { "kind", v_str("case") },
		{ "into_case", v_uid(case_uid) }));
}
