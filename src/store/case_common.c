/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/i18n.h"
#include "base/id.h"
#include "base/utf8.h"
#include "store/audit_write.h"
#include "store/case_inside.h"
#include "store/queue_write.h"

bool
said(const char *s)
{
	return s != NULL && s[strspn(s, " \t\n")] != '\0';
}

bool
is_one_of(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i], s) == 0)
			return true;
	}
	return false;
}

bool
is_tri(const char *s)
{
	static const char *const list[] = { "", "yes", "no", "unsure" };

	return is_one_of(s, list, sizeof(list) / sizeof(list[0]));
}

bool
is_interpreter(const char *s)
{
	static const char *const list[] = { "", "none", "independent",
		"not_independent" };

	return is_one_of(s, list, sizeof(list) / sizeof(list[0]));
}

static int
text_take(struct arena *a, const struct text_in *t, struct err *e)
{
	struct buf b;
	size_t len = *t->text == NULL ? 0 : strlen(*t->text);
	bool lines = t->max >= LIMIT_ANSWER;
	int rc = 0;

	if (len == 0) {
		*t->text = "";
		return 0;
	}
	buf_init(&b);
	utf8_clean(&b, *t->text, len, lines, NULL);
	if (b.len > t->max)
		rc = err_set(e, ERR_INPUT,
		    _("%s: at most %zu bytes fit here and this has %zu. "
		      "Shorten it or put part of it into another note."),
		    _(t->what), t->max, b.len);
	else
		*t->text = arena_strn(a, b.data, b.len);
	buf_done(&b);
	return rc;
}

int
texts_take(struct arena *a, const struct text_in *t, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (text_take(a, &t[i], e) == -1)
			return -1;
	}
	return 0;
}

/* How long a field may be that is changed by name. */
static const struct {
	const char *field, *what;
	size_t max;
} field_limits[] = {
	{ "wants", N_("What the person wants"), LIMIT_WORDS },
	{ "risk_reason", N_("Reason"), LIMIT_WORDS },
	{ "next_none", N_("Reason"), LIMIT_WORDS },
	{ "address", N_("Area"), LIMIT_WORDS },
	{ "words", N_("Words"), LIMIT_WORDS },
	{ "what", N_("What is done"), LIMIT_WORDS },
	{ "outcome", N_("What came of it"), LIMIT_WORDS },
};

static void
field_limit(const char *field, struct text_in *t)
{
	t->what = N_("Field");
	t->max = LIMIT_NAME;
	for (size_t i = 0; i < sizeof(field_limits) / sizeof(field_limits[0]);
	     i++) {
		if (strcmp(field_limits[i].field, field) != 0)
			continue;
		t->what = field_limits[i].what;
		t->max = field_limits[i].max;
	}
}

int
changes_take(struct arena *a, const struct change *in, size_t n,
    const struct change **out, struct err *e)
{
	struct change *list = arena_alloc(a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		struct text_in t = { .text = &list[i].value };

		list[i] = in[i];
		field_limit(in[i].field, &t);
		if (text_take(a, &t, e) == -1)
			return -1;
	}
	*out = list;
	return 0;
}

/* --- rows that can be written twice -------------------------------------------- */

static const struct {
	const char *table, *parent, *key;
} once[REC_TABLES] = {
	[REC_CASE] = { "case_file", NULL, "uid" },
	[REC_PLAN] = { "followup_plan", "case_uid", "uid" },
	[REC_FLAG] = { "flag", "case_uid", "uid" },
	[REC_TASK] = { "task", "case_uid", "uid" },
	[REC_HANDOVER] = { "handover", NULL, "uid" },
	[REC_REQUEST] = { "request", "case_uid", "uid" },
	[REC_CONTACT] = { "contact", "case_uid", "uid" },
	[REC_SCREENING] = { "screening", "case_uid", "uid" },
	[REC_CONSENT] = { "consent", "case_uid", "uid" },
	[REC_REFERRAL] = { "referral", "case_uid", "uid" },
	[REC_REFERRAL_EVENT] = { "referral_event", "case_uid", "uid" },
	[REC_ACT] = { "release_act", "case_uid", "uid" },
	[REC_ACT_EVENT] = { "release_act_event", "case_uid", "uid" },
	[REC_RECALL] = { "recall_event", "case_uid", "uid" },
	[REC_ATTEMPT] = { "attempt", "case_uid", "uid" },
	[REC_CHILD] = { "child_record", "case_uid", "uid" },
	[REC_BEST_INTERESTS] = { "best_interests", "case_uid", "uid" },
	[REC_MECHANISM] = { "mechanism_event", "case_uid", "uid" },
	[REC_DUTY] = { "duty_event", "case_uid", "uid" },
	[REC_CONFLICT_MARK] = { "conflict_mark", "case_uid", "uid" },
	[REC_NOTE] = { "note", "case_uid", "uid" },
	[REC_DIRECTORY] = { "directory_log", NULL, "uid" },
	[REC_PERSON] = { "person", NULL, "uid" },
	[REC_SAFE_CONTACT] = { "safe_contact", "person", "uid" },
	[REC_DOCUMENT] = { "document", "person", "uid" },
	[REC_GOAL] = { "goal", "case_uid", "uid" },
	[REC_PLAN_ACTION] = { "plan_action", "case_uid", "uid" },
	[REC_ASSESSMENT] = { "assessment", "case_uid", "uid" },
	[REC_GOAL_PROGRESS] = { "goal_progress", "case_uid", "uid" },
	[REC_PLAN_REVIEW] = { "plan_review", "case_uid", "uid" },
	[REC_SERVICE] = { "service", "case_uid", "uid" },
	[REC_SAFETY_PLAN] = { "safety_plan", "person", "uid" },
};

/* 1: the row that is there says the same; 0: it does not. */
static int
same_row(struct tx *tx, enum record_table t, const struct uid *parent,
    const struct uid *uid, const struct col *cols, size_t n)
{
	struct val v[64];
	struct buf sql;
	size_t k = 0;
	int64_t one;
	int rc = -1;

	buf_init(&sql);
	buf_addf(
	    &sql, "SELECT 1 FROM %s WHERE %s = ?1", once[t].table, once[t].key);
	v[k++] = v_blob(uid->b, sizeof(uid->b));
	if (once[t].parent != NULL) {
		buf_addf(&sql, " AND %s = ?2", once[t].parent);
		v[k++] = v_uid0(parent);
	}
	for (size_t i = 0; i < n && k < sizeof(v) / sizeof(v[0]); i++) {
		buf_addf(&sql, " AND %s IS ?%zu", cols[i].name, k + 1);
		v[k++] = cols[i].v;
	}
	rc = tx_int(tx, sql.data, v, k, &one);
	buf_done(&sql);
	return rc;
}

int
record_insert_once(struct tx *tx, enum record_table t, const struct uid *parent,
    const struct uid *uid, const struct col *cols, size_t n, size_t same)
{
	int rc = record_insert(tx, t, parent, uid, cols, n);

	if (rc != 1)
		return rc;
	rc = same_row(tx, t, parent, uid, cols, same);
	if (rc == 0)
		return err_set(tx->err, ERR_CONFLICT,
		    _("This was saved already, with other words. Open it "
		      "again and look before saving."));
	return rc;
}

int
case_missing(struct tx *tx, int rc)
{
	if (rc == -1)
		return -1;
	return err_set(tx->err, ERR_NOT_FOUND, _("There is no such case."));
}

int
case_rev(struct tx *tx, const struct uid *case_uid, int64_t *rev)
{
	static const char sql[] = "SELECT rev FROM case_file WHERE uid = ?1";
	int rc = tx_int(tx, sql, VALS(v_uid(case_uid)), rev);

	return rc == 1 ? 0 : case_missing(tx, rc);
}

int
case_read_begin(struct tx *tx, struct session *s, const struct uid *case_uid,
    const char *action, struct err *err)
{
	return tx_begin(tx, s,
	    &(const struct tx_what){ .db = DB_CASES,
		.perm = PERM_CASE_READ,
		.case_uid = case_uid,
		.action = action,
		.again_ok = true },
	    err);
}

int
case_commit(struct tx *tx, const struct uid *case_uid)
{
	if (queue_refresh(tx, case_uid) == -1)
		return -1;
	return tx_commit(tx);
}

int
case_commit_once(struct tx *tx, const struct uid *case_uid, int inserted)
{
	if (inserted == 0)
		return case_commit(tx, case_uid);
	return inserted == 1 ? 0 : -1;
}

static int
other_event(
    struct tx *tx, const struct uid *other, const char *fields, bool wrote)
{
	struct audit_event e = { .at = tx->now,
		.hlc = tx->hlc,
		.action = tx->what.action,
		.outcome = "done",
		.wrote = wrote,
		.fields = fields,
		.reason = tx->what.reason == NULL ? "" : tx->what.reason,
		.case_uid = *other };

	if (audit_append(tx->s, tx->db, &e, tx->err) == -1)
		return -1;
	tx->hlc = hlc_next(tx->s->hlc, tx->now);
	tx->s->hlc = tx->hlc;
	return 0;
}

int
case_wrote_other(struct tx *tx, const struct uid *other, const char *fields)
{
	return other_event(tx, other, fields, true);
}

int
case_read_other(struct tx *tx, const struct uid *other, const char *fields)
{
	return tx->quiet ? 0 : other_event(tx, other, fields, false);
}

int
case_event_add(struct tx *tx, const struct uid *case_uid, const char *kind,
    const char *before, const char *after, const char *reason,
    const char *words)
{
	struct uid uid = uid_new();

	return record_insert(tx, REC_CASE_EVENT, case_uid, &uid,
		   COLS({ "kind", v_str(kind) }, { "at", v_int(tx->now) },
		       { "before", v_str(before) }, { "after", v_str(after) },
		       { "reason", v_str(reason) },
		       { "words", v_str(words) })) == -1
		   ? -1
		   : 0;
}

int
case_custody(struct tx *tx, const struct uid *case_uid, const char *to,
    const char *reason, const char *words)
{
	static const char sql[] =
	    "SELECT custody_ns, custody_seq FROM case_file WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid0(case_uid)));
	char from[64];
	int64_t seq;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : case_missing(tx, rc);
	col_copy(st, 0, from, sizeof(from));
	seq = col_int(st, 1);
	stmt_done(st);
	if (case_event_add(tx, case_uid, "custody", from, to, reason, words) ==
	    -1)
		return -1;
	return record_set(tx, REC_CASE, NULL, case_uid,
	    COLS({ "custody_ns", v_str(to) },
		{ "custody_seq", v_int(seq + 1) }));
}

int
colleague_login(
    struct tx *tx, const struct uid *user, struct arena *a, const char **login)
{
	static const char sql[] = "SELECT login FROM colleague WHERE uid = ?1";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st;
	int rc;

	*login = "";
	if (uid_null(user))
		return 0;
	st = db_query(db, sql, VALS(v_uid(user)), tx->err);
	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 1)
		*login = col_str(st, 0, a);
	stmt_done(st);
	return 0;
}

/* --- risk ------------------------------------------------------------------------ */

int
risk_now(struct tx *tx, const struct uid *case_uid, struct arena *arena,
    const char **risk, const char **reason)
{
	static const char sql[] =
	    "SELECT risk, risk_reason FROM case_file WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	int rc;

	if (st == NULL)
		return -1;
	*risk = *reason = "";
	if ((rc = tx_row(tx, st)) != 1)
		return case_missing(tx, rc);
	*risk = col_str(st, 0, arena);
	*reason = col_str(st, 1, arena);
	stmt_done(st);
	return 0;
}

int
risk_note(struct tx *tx, const struct uid *case_uid, const char *risk,
    const char *before, const char *reason)
{
	static const char sql[] =
	    "SELECT 1 FROM case_file WHERE uid = ?1 AND risk_first <> ''";
	struct uid uid = uid_new();
	const struct col set[] = {
		{ "risk_by", v_uid(&tx->s->user.uid) },
		{ "risk_at", v_int(tx->now) },
		{ "risk_first", v_str(before[0] != '\0' ? before : risk) },
	};
	int64_t one;
	int first;

	if (record_insert(tx, REC_RISK, case_uid, &uid,
		COLS({ "at", v_int(tx->now) }, { "risk", v_str(risk) },
		    { "before", v_str(before) },
		    { "reason", v_str(reason) })) == -1)
		return -1;
	/* The level somebody saw first stays what it was. */
	first = tx_int(tx, sql, VALS(v_uid(case_uid)), &one);
	if (first == -1)
		return -1;
	return record_set(tx, REC_CASE, NULL, case_uid, set, first ? 2 : 3);
}
