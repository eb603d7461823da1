/* SPDX-License-Identifier: ISC */
/* Preparing referrals and following them. */
#include <string.h>

#include "base/i18n.h"
#include "store/referral_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

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

/* --- reading -------------------------------------------------------------------------- */

static const char sql_read[] =
    "SELECT r.uid, r.replaces, r.recipient, r.purpose, r.mode, r.priority,"
    " r.reason, r.asked, r.given, r.restrictions, r.risks, r.tell_back,"
    " r.copy_safe, r.state, r.state_at, r.made_at, r.chases, r.settled,"
    " u.login FROM referral r LEFT JOIN colleague u ON u.uid = r.made_by"
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
		.blocked = EGRESS_ALLOWED };
	mode = referral_mode_from_name(r->mode);
	priority = referral_priority_from_name(r->priority);
	r->wait = referral_due(r->state,
	    mode < 0 ? REFERRAL_FULL : (enum referral_mode)mode,
	    priority < 0 ? REFERRAL_EMERGENCY
			 : (enum referral_priority)priority,
	    r->state_at, r->chases, r->settled);
}

static int
read_fields(struct tx *tx, const struct uid *case_uid, struct referral *r)
{
	static const char sql[] = "SELECT field FROM referral_item"
				  " WHERE case_uid = ?1 AND referral = ?2";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st =
	    db_query(db, sql, VALS(v_uid0(case_uid), v_uid0(&r->uid)), tx->err);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = db_row(db, st, tx->err)) == 1) {
		int f = strcmp(col_text(st, 0), "words") == 0
			    ? FIELD_WORDS
			    : compose_field_from_name(col_text(st, 0));

		if (f >= 0)
			r->fields |= 1u << f;
	}
	return rc;
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
	return read_fields(tx, case_uid, r);
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

static int
read_all(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct referrals *out)
{
	static const char count[] =
	    "SELECT count(*) FROM referral WHERE case_uid = ?1";
	struct egress_verdict v;
	struct egress e;
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid0(case_uid)), &n) == -1)
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

		rc = read_fields(tx, case_uid, r);
		if (rc == -1 || r->state != REFERRAL_IS_PREPARED)
			continue;
		rc = egress_load(tx, case_uid, r->recipient, r->purpose, a, &e);
		if (rc == 0)
			r->blocked = referral_gate(r, &e, &v);
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

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_READ,
		    .case_uid = &case_uid,
		    .action = "referral.list",
		    .again_ok = true },
		err) == -1)
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

/* --- preparing -------------------------------------------------------------------------- */

static int
take(struct arena *a, struct referral *r, struct err *e)
{
	const struct text_in texts[] = {
		{ &r->recipient, N_("Organisation"), LIMIT_CODE },
		{ &r->purpose, N_("What for"), LIMIT_CODE },
		{ &r->mode, N_("How"), LIMIT_CODE },
		{ &r->priority, N_("How soon"), LIMIT_CODE },
		{ &r->reason, N_("Why"), LIMIT_WORDS },
		{ &r->asked, N_("Asked for"), LIMIT_WORDS },
		{ &r->given, N_("Done already"), LIMIT_WORDS },
		{ &r->restrictions, N_("Restrictions"), LIMIT_WORDS },
		{ &r->risks, N_("Risks"), LIMIT_WORDS },
		{ &r->tell_back, N_("What may be told back"), LIMIT_WORDS },
		{ &r->copy_safe, N_("Copy"), LIMIT_CODE },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

static bool
known_purpose(const struct society *society, const char *id)
{
	for (size_t i = 0; i < society->purposes.n; i++) {
		if (strcmp(society->purposes.list[i].id, id) == 0)
			return true;
	}
	return false;
}

static int
check(const struct society *society, const struct referral *r, struct err *e)
{
	int mode = referral_mode_from_name(r->mode);

	if (society_recipient(society, r->recipient) == NULL)
		return err_set(e, ERR_INPUT,
		    _("Choose the organisation from the directory."));
	if (!known_purpose(society, r->purpose))
		return err_set(e, ERR_INPUT,
		    _("Choose what for: one of the purposes of the list."));
	if (mode < 0 || referral_priority_from_name(r->priority) < 0)
		return err_set(e, ERR_INPUT,
		    _("Say how the person gets there, and how soon it has to "
		      "be."));
	if (!said(r->reason))
		return err_set(e, ERR_INPUT,
		    _("Say in a few words why: what the person wants from "
		      "them."));
	if (referral_mode_silent((enum referral_mode)mode) && r->fields != 0)
		return err_set(e, ERR_INPUT,
		    _("Nothing of the case goes with this way: take the ticks "
		      "away, or choose another way."));
	if (mode == REFERRAL_TRANSFER &&
	    strcmp(r->purpose, "case_transfer") != 0)
		return err_set(e, ERR_INPUT,
		    _("Moving the case has a consent of its own: choose the "
		      "purpose \"case_transfer\", and ask for that."));
	return 0;
}

static int
insert_items(struct tx *tx, const struct referral *r)
{
	struct referral_field f;

	for (int i = 0; referral_field(i, &f); i++) {
		struct uid uid = uid_new();

		if ((r->fields >> i & 1) != 0 &&
		    record_insert(tx, REC_REFERRAL_ITEM, &r->case_uid, &uid,
			COLS({ "referral", v_uid(&r->uid) },
			    { "field", v_str(f.id) })) == -1)
			return -1;
	}
	return 0;
}

static int
insert(struct tx *tx, const struct referral *r)
{
	const struct col cols[] = {
		{ "replaces", v_uid(&r->replaces) },
		{ "recipient", v_str(r->recipient) },
		{ "purpose", v_str(r->purpose) },
		{ "mode", v_str(r->mode) },
		{ "priority", v_str(r->priority) },
		{ "reason", v_str(r->reason) },
		{ "asked", v_str(r->asked) },
		{ "given", v_str(r->given) },
		{ "restrictions", v_str(r->restrictions) },
		{ "risks", v_str(r->risks) },
		{ "tell_back", v_str(r->tell_back) },
		{ "copy_safe", v_str(r->copy_safe) },
		{ "state_at", v_int(tx->now) },
	};
	struct uid event = uid_new();
	int rc = record_insert_once(tx, REC_REFERRAL, &r->case_uid, &r->uid,
	    cols, COUNT(cols), COUNT(cols) - 1);

	if (rc != 0)
		return rc;
	if (insert_items(tx, r) == -1 ||
	    record_insert(tx, REC_REFERRAL_EVENT, &r->case_uid, &event,
		COLS({ "referral", v_uid(&r->uid) }, { "at", v_int(tx->now) },
		    { "kind", v_str("prepared") })) == -1)
		return -1;
	return 0;
}

/* The one that came to nothing has found its other way. */
static int
settle_replaced(struct tx *tx, const struct referral *r, struct arena *a)
{
	struct referral old;
	struct uid event = uid_new();

	if (uid_null(&r->replaces))
		return 0;
	if (referral_read(tx, &r->case_uid, &r->replaces, a, &old) == -1)
		return -1;
	return referral_move(tx, &old, &event, "settled", "", NULL) == -1 ? -1
									  : 0;
}

int
referral_add(struct session *s, const struct referral *in, struct err *err)
{
	struct referral r = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &r, err) == -1 ||
	    check(session_society(s), &r, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &r.case_uid,
		    .object = &r.uid,
		    .action = "referral.add",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = insert(&tx, &r);
	if (rc == 0 && (rc = settle_replaced(&tx, &r, &a)) == 0)
		rc = case_commit(&tx, &r.case_uid);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
