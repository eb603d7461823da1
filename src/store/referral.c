/* SPDX-License-Identifier: ISC */
/* What a referral is, where it stands, and what has to be done about it. */
#include <string.h>

#include "base/i18n.h"
#include "store/referral_inside.h"

/* --- what can be sent --------------------------------------------------------------- */

/* The least that helps: what is wanted, in which language. */
#define USUAL (1u << FIELD_WANTS | 1u << FIELD_LANGUAGE | 1u << FIELD_WORDS)

bool
referral_field(int n, struct referral_field *f)
{
	if (n < 0 || n > FIELD_WORDS)
		return false;
	*f = (struct referral_field){ .usual = (USUAL >> n & 1) != 0 };
	if (n == FIELD_WORDS) {
		f->id = "words";
		f->label = _("What this referral says");
		f->scope = DATA_NEEDS;
		return true;
	}
	f->id = compose_field_name(n);
	f->label = compose_field_label(n);
	f->scope = compose_field_scope(n);
	return true;
}

unsigned
referral_scopes(const struct referral *r)
{
	unsigned scopes = compose_scopes(r->fields & FIELDS_ALL);

	if ((r->fields >> FIELD_WORDS & 1) != 0)
		scopes |= data_scope_bit(DATA_NEEDS);
	return scopes;
}

unsigned
referral_shows(const struct referral *r, const struct egress *e)
{
	unsigned scopes = referral_scopes(r);

	return referral_mode_silent(
		   (enum referral_mode)referral_mode_from_name(r->mode))
		   ? scopes
		   : scopes | egress_presence(e);
}

enum egress_why
referral_gate(
    const struct referral *r, const struct egress *in, struct egress_verdict *v)
{
	struct egress e = *in;
	enum egress_why why;
	int mode = referral_mode_from_name(r->mode);

	*v = (struct egress_verdict){ .allowed = 0 };
	if (mode == REFERRAL_ADVICE)
		return egress_without_identity(&e);
	/* Also where nothing is told the person is sent somewhere. */
	why = egress_place(&e);
	if (why != EGRESS_ALLOWED || mode == REFERRAL_INFO)
		return why;
	if (referral_scopes(r) == 0 &&
	    (mode == REFERRAL_FULL || mode == REFERRAL_TRANSFER))
		return EGRESS_EMPTY;
	/* A call to the police says that somebody is here, whatever is read
	 * out. */
	e.wanted = referral_shows(r, &e);
	if (e.wanted == 0)
		return EGRESS_ALLOWED;
	egress_check(&e, v);
	return egress_first(v, e.wanted);
}

unsigned
referral_fields(const char *names)
{
	struct referral_field f;
	unsigned set = 0;

	for (int i = 0; referral_field(i, &f); i++) {
		size_t len = strlen(f.id);

		for (const char *p = names; *p != '\0';) {
			size_t n = strcspn(p, ",");

			if (n == len && strncmp(p, f.id, n) == 0)
				set |= 1u << i;
			p += n + (p[n] == ',');
		}
	}
	return set;
}

const char *
referral_fields_text(unsigned set, struct arena *a)
{
	struct referral_field f;
	const char *names = "";

	for (int i = 0; referral_field(i, &f); i++)
		if ((set >> i & 1) != 0)
			names = arena_printf(a, "%s%s%s", names,
			    names[0] == '\0' ? "" : ",", f.id);
	return names;
}

/* --- reading -------------------------------------------------------------------------- */

static const char sql_read[] =
    "SELECT r.uid, r.replaces, r.recipient, r.purpose, r.mode, r.priority,"
    " r.reason, r.asked, r.given, r.restrictions, r.risks, r.tell_back,"
    " r.copy_safe, r.state, r.state_at, r.made_at, r.chases, r.settled,"
    " u.login, r.rev, r.fields, (SELECT k.login FROM referral_event e"
    " LEFT JOIN colleague k ON k.uid = e.made_by"
    " WHERE e.case_uid = r.case_uid AND e.referral = r.uid"
    " ORDER BY e.hlc DESC, e.uid DESC LIMIT 1), r.access,"
    " EXISTS (SELECT 1 FROM referral_event s WHERE s.case_uid = r.case_uid"
    " AND s.referral = r.uid AND s.kind = 'sent')"
    " FROM referral r LEFT JOIN colleague u ON u.uid = r.made_by"
    " WHERE r.case_uid = ?1 AND (?2 IS NULL OR r.uid = ?2)"
    " AND r.deleted_hlc = 0 ORDER BY r.made_at DESC, r.uid DESC";

static void
fill(sqlite3_stmt *st, struct arena *a, struct referral *r)
{
	int state = referral_state_from_name(col_text(st, 13));
	int mode, priority;

	*r = (struct referral){ .uid = col_uid(st, 0),
		.replaces = col_uid(st, 1),
		.recipient = col_str(st, 2, a),
		.purpose = col_str(st, 3, a),
		.mode = col_str(st, 4, a),
		.priority = col_str(st, 5, a),
		.reason = col_str(st, 6, a),
		.asked = col_str(st, 7, a),
		.given = col_str(st, 8, a),
		.restrictions = col_str(st, 9, a),
		.risks = col_str(st, 10, a),
		.tell_back = col_str(st, 11, a),
		.copy_safe = col_str(st, 12, a),
		/* What this program does not know is not sent by it. */
		.state = state < 0 ? REFERRAL_IS_COMPLETED
				   : (enum referral_state)state,
		.state_at = col_int(st, 14),
		.made_at = col_int(st, 15),
		.chases = (int)col_int(st, 16),
		.settled = col_bool(st, 17),
		.by = col_str(st, 18, a),
		.rev = col_int(st, 19),
		.fields = referral_fields(col_text(st, 20)),
		.last_by = col_str(st, 21, a),
		.access = col_str(st, 22, a),
		.went = col_bool(st, 23),
		.harm_by = "",
		.heed = "",
		.blocked = EGRESS_ALLOWED,
		.blocked_words = "" };
	mode = referral_mode_from_name(r->mode);
	priority = referral_priority_from_name(r->priority);
	r->wait = referral_due(r->state,
	    mode < 0 ? REFERRAL_FULL : (enum referral_mode)mode,
	    priority < 0 ? REFERRAL_EMERGENCY
			 : (enum referral_priority)priority,
	    r->state_at, r->chases, r->settled);
}

static void
block(struct referral *r, const struct egress *e, struct arena *a)
{
	struct egress_verdict v;

	r->harmed_at = e->harmed_at;
	r->harm_by = e->recipient == NULL ? "" : e->harm_by;
	r->heed = e->recipient == NULL ? "" : e->heed;
	r->blocked = referral_gate(r, e, &v);
	if (r->blocked != EGRESS_ALLOWED)
		r->blocked_words = egress_says(e, r->blocked, a);
}

int
referral_read(struct tx *tx, const struct uid *case_uid,
    const struct uid *referral, struct arena *a, struct referral *r)
{
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(
	    db, sql_read, VALS(v_uid0(case_uid), v_uid0(referral)), tx->err);
	int rc;

	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This referral is not in the case."));
	fill(st, a, r);
	stmt_done(st);
	r->case_uid = *case_uid;
	return 0;
}

/* What has to be done comes first, by when; then what is over. */
static void
sort_list(struct referral *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct referral r = list[i];
		int64_t due = r.wait.due == 0 ? INT64_MAX : r.wait.due;
		size_t j = i;

		for (; j > 0; j--) {
			int64_t d = list[j - 1].wait.due;

			if ((d == 0 ? INT64_MAX : d) <= due)
				break;
			list[j] = list[j - 1];
		}
		list[j] = r;
	}
}

/* Everything of cases.db that a referral may tell, as one number that only
 * grows: what compose.c reads, but for the referral itself and the gate. */
static int
read_stamp(struct tx *tx, const struct uid *case_uid, int64_t *stamp)
{
	static const char sql[] =
	    "SELECT hlc + (SELECT count(*) FROM note n WHERE n.case_uid = ?1)"
	    " + (SELECT count(*) FROM contact t WHERE t.case_uid = ?1)"
	    " + (SELECT count(*) FROM child_record r WHERE r.case_uid = ?1)"
	    " FROM case_file WHERE uid = ?1";

	return tx_int(tx, sql, VALS(v_uid0(case_uid)), stamp) == -1 ? -1 : 0;
}

static int
read_all(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct referrals *out)
{
	static const char count[] =
	    "SELECT count(*) FROM referral WHERE case_uid = ?1";
	struct egress e;
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid0(case_uid)), &n) == -1 ||
	    read_stamp(tx, case_uid, &out->stamp) == -1 ||
	    case_end_read(tx, case_uid, a, &out->end) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql_read, VALS(v_uid0(case_uid), v_null()));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		fill(st, a, &out->list[out->n]);
		out->list[out->n++].case_uid = *case_uid;
	}
	stmt_done(st);
	for (size_t i = 0; rc != -1 && i < out->n; i++) {
		struct referral *r = &out->list[i];

		if (r->state != REFERRAL_IS_PREPARED)
			continue;
		rc = egress_load(tx, case_uid, r->recipient, r->purpose, a, &e);
		if (rc == 0)
			block(r, &e, a);
	}
	sort_list(out->list, out->n);
	return rc == -1 ? -1 : 0;
}

int
referral_list(struct session *s, struct uid case_uid, struct arena *a,
    struct referrals *out, struct err *err)
{
	struct referrals found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "referral.list", err) == -1)
		return -1;
	if (read_all(&tx, &case_uid, a, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}

int
referral_history(struct session *s, struct uid case_uid, struct uid referral,
    struct arena *a, struct referral_history *out, struct err *err)
{
	static const char count[] = "SELECT count(*) FROM referral_event"
				    " WHERE case_uid = ?1 AND referral = ?2";
	static const char sql[] =
	    "SELECT e.kind, e.words, u.login, e.at FROM referral_event e"
	    " LEFT JOIN colleague u ON u.uid = e.made_by"
	    " WHERE e.case_uid = ?1 AND e.referral = ?2 ORDER BY e.hlc, e.uid";
	struct referral_history found = { .n = 0 };
	sqlite3_stmt *st = NULL;
	int64_t n = 0;
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_READ,
		    .case_uid = &case_uid,
		    .object = &referral,
		    .action = "referral.history",
		    .again_ok = true },
		err) == -1)
		return -1;
	if (tx_int(&tx, count, VALS(v_uid0(&case_uid), v_uid0(&referral)),
		&n) != -1)
		st = tx_query(
		    &tx, sql, VALS(v_uid0(&case_uid), v_uid0(&referral)));
	found.list = arena_alloc(a, (size_t)n + 1, sizeof(*found.list));
	while (
	    st != NULL && (rc = tx_row(&tx, st)) == 1 && found.n < (size_t)n) {
		struct referral_past *p = &found.list[found.n++];

		p->kind = col_str(st, 0, a);
		p->words = col_str(st, 1, a);
		p->by = col_str(st, 2, a);
		p->at = col_int(st, 3);
	}
	if (st != NULL && rc != -1) {
		stmt_done(st);
		rc = tx_commit(&tx);
	}
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
