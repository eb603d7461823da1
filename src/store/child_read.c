/* SPDX-License-Identifier: ISC */
/* Children: what stands, for the screen and for other records. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/child_inside.h"
#include "store/request_inside.h"

int
child_read(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct child_record *r)
{
	static const char sql[] =
	    "SELECT r.uid, r.may_be_child, r.age_basis, r.age_decided_by,"
	    " r.safety_asked, r.guardian, r.informed, r.informed_why, r.route,"
	    " r.route_why, r.trusted, r.assent, r.child_words,"
	    " r.of_age_reviewed, r.review_on, r.made_at, u.login"
	    " FROM child_record r LEFT JOIN colleague u ON u.uid = r.made_by"
	    " WHERE r.case_uid = ?1 AND r.deleted_hlc = 0"
	    " ORDER BY r.hlc DESC, r.uid DESC LIMIT 1";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(db, sql, VALS(v_uid(case_uid)), tx->err);
	int rc;

	if (st == NULL || (rc = db_row(db, st, tx->err)) != 1)
		return st == NULL ? -1 : rc;
	*r = (struct child_record){ .uid = col_uid(st, 0),
		.case_uid = *case_uid,
		.may_be_child = col_str(st, 1, a),
		.age_basis = col_str(st, 2, a),
		.age_decided_by = col_str(st, 3, a),
		.safety_asked = col_bool(st, 4),
		.guardian = col_str(st, 5, a),
		.informed = col_str(st, 6, a),
		.informed_why = col_str(st, 7, a),
		.route = col_str(st, 8, a),
		.route_why = col_str(st, 9, a),
		.trusted = col_str(st, 10, a),
		.assent = col_str(st, 11, a),
		.child_words = col_str(st, 12, a),
		.of_age_reviewed = col_bool(st, 13),
		.at = col_int(st, 15),
		.by = col_str(st, 16, a) };
	col_date(st, 14, &r->review_on);
	stmt_done(st);
	return 1;
}

#define NO_RECORD                                  \
	{                                          \
		.may_be_child = "", .guardian = "" \
	}

/* What stands of one person: of this case, and of another code of theirs
 * unless this one was written with both in view.  How many, -1. */
static int
both_read(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct child_record r[2])
{
	struct joined j;
	int n = child_read(tx, case_uid, a, &r[0]);
	int rc = n == -1 ? -1 : join_find(tx, case_uid, &j, NULL);

	if (rc != 1 || (n == 1 && r[0].at >= j.at))
		return rc == -1 ? -1 : n;
	rc = child_read(tx, &j.other, a, &r[n]);
	return rc == -1 ? -1 : n + rc;
}

/* How careful one has to be. */
static int
care(enum guardian_state g)
{
	static const int of[] = { [GUARDIAN_SAFE] = 0,
		[GUARDIAN_UNKNOWN] = 1,
		[GUARDIAN_UNAVAILABLE] = 2,
		[GUARDIAN_CONCERN] = 3,
		[GUARDIAN_UNSAFE_TO_TELL] = 4 };

	return of[g];
}

int
child_guardian(struct tx *tx, const struct uid *case_uid, struct arena *a,
    const char **code)
{
	struct child_record r[2] = { NO_RECORD, NO_RECORD };
	int n = both_read(tx, case_uid, a, r);

	*code = "";
	for (int i = 0; i < n; i++)
		if (i == 0 || care(guardian_from_name(r[i].guardian)) >
				  care(guardian_from_name(*code)))
			*code = r[i].guardian;
	return n == -1 ? -1 : 0;
}

int
child_guardian_may(struct tx *tx, const struct uid *case_uid,
    const char *given_by, struct err *err)
{
	static const char *const theirs[] = { "guardian", "both", "assent" };
	const char *code = "";
	enum guardian_state g;
	struct arena a;
	int rc;

	if (!is_one_of(given_by, theirs, sizeof(theirs) / sizeof(theirs[0])))
		return 0;
	arena_init(&a);
	rc = child_guardian(tx, case_uid, &a, &code);
	g = guardian_from_name(code);
	arena_done(&a);
	if (rc == -1)
		return -1;
	if (g != GUARDIAN_CONCERN && g != GUARDIAN_UNSAFE_TO_TELL)
		return 0;
	return err_set_field(err, "given_by",
	    _("The child's record (b) says that this guardian may not be "
	      "safe: they cannot agree for the child, and asking them can "
	      "harm. Decide by best interests and say why."));
}

int
child_may_clear(struct tx *tx, const struct uid *case_uid)
{
	struct child_record r[2] = { NO_RECORD, NO_RECORD };
	struct arena a;
	bool clear = true;
	int n;

	arena_init(&a);
	n = both_read(tx, case_uid, &a, r);
	for (int i = 0; i < n; i++)
		clear = clear && strcmp(r[i].may_be_child, "no") == 0;
	arena_done(&a);
	if (n == -1)
		return -1;
	if (clear)
		return 0;
	return err_set_field(tx->err, "may_be_child",
	    _("The child's record says otherwise. Change it there (b), with "
	      "where it is known from."));
}

int
child_no_by_birth(struct tx *tx, const struct uid *case_uid, int64_t *from)
{
	int64_t of_age = 0;

	if (tx_int(tx, "SELECT of_age_from FROM case_file WHERE uid = ?1",
		VALS(v_uid0(case_uid)), &of_age) == -1)
		return -1;
	if (from != NULL)
		*from = of_age;
	if (!child_by_birth(of_age, tx->now))
		return 0;
	return err_set_field(tx->err, "may_be_child",
	    _("By the date of birth on the card (p) this is a child, or may "
	      "still be one. Put the date right there; or write here (b) who "
	      "decided the age, and when; or, once the birthday was, go "
	      "through every consent with them first."));
}

int
child_birth_changed(struct session *s, const struct uid *case_uid,
    const struct fdate *birth, struct err *err)
{
	struct tx tx;
	int64_t from;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_IDENTITY_WRITE,
		    .case_uid = case_uid,
		    .action = "child.of-age",
		    .reason = "to change it",
		    .wrote = true },
		err) == -1)
		return -1;
	from = child_of_age_from(
	    birth, s->society->child_age, clock_day_of(tx.now));
	if (record_set(&tx, REC_CASE, NULL, case_uid,
		COLS({ "of_age_from", v_int(from) })) == 0)
		rc = case_commit(&tx, case_uid);
	tx_abort(&tx);
	return rc;
}

/* --- the screen ------------------------------------------------------------------------ */

static int
read_decisions(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct child_file *out)
{
	static const char count[] =
	    "SELECT count(*) FROM best_interests WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT b.uid, b.corrects, b.kind, b.reason, b.options,"
	    " b.child_view, b.decision, b.accepted, b.refused_why,"
	    " b.decided_by, b.decided_on, b.review_on, b.made_at, u.login,"
	    " b.outcome, b.agency, b.carried_out_on"
	    " FROM best_interests b LEFT JOIN colleague u ON u.uid = b.made_by"
	    " WHERE b.case_uid = ?1 AND b.deleted_hlc = 0"
	    " ORDER BY b.hlc DESC, b.uid DESC";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(case_uid)), &n) == -1)
		return -1;
	out->decisions = arena_alloc(a, (size_t)n + 1, sizeof(*out->decisions));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n_decisions < (size_t)n) {
		struct best_interests *b = &out->decisions[out->n_decisions++];

		*b = (struct best_interests){ .uid = col_uid(st, 0),
			.case_uid = *case_uid,
			.corrects = col_uid(st, 1),
			.kind = col_str(st, 2, a),
			.reason = col_str(st, 3, a),
			.options = col_str(st, 4, a),
			.child_view = col_str(st, 5, a),
			.decision = col_str(st, 6, a),
			.accepted = col_str(st, 7, a),
			.refused_why = col_str(st, 8, a),
			.decided_by = col_str(st, 9, a),
			.at = col_int(st, 12),
			.by = col_str(st, 13, a),
			.outcome = col_str(st, 14, a),
			.agency = col_str(st, 15, a) };
		col_date(st, 16, &b->carried_out_on);
		col_date(st, 10, &b->decided_on);
		col_date(st, 11, &b->review_on);
	}
	return rc == -1 ? -1 : 0;
}

static int
read_file(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct child_file *out)
{
	const struct society *society = tx->s->society;
	const char *guardian = "";
	struct consent_person p;
	int rc = child_read(tx, case_uid, a, &out->record);

	if (rc == -1 || case_rev(tx, case_uid, &out->rev) == -1 ||
	    consent_person_read(tx, case_uid, a, &p) == -1)
		return -1;
	out->of_age_from = p.of_age_from;
	out->recorded = rc == 1;
	out->may_be_child = p.may_be_child;
	consent_age_of(society, &p, tx->now, &out->age);
	if (child_guardian(tx, case_uid, a, &guardian) == -1)
		return -1;
	out->age.guardian = guardian_from_name(guardian);
	out->who =
	    consent_who(society->age_bands, society->n_age_bands, &out->age);
	return read_decisions(tx, case_uid, a, out);
}

int
child_open(struct session *s, struct uid case_uid, struct arena *arena,
    struct child_file *out, struct err *err)
{
	struct child_file found = { .n_decisions = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "child.open", err) == -1)
		return -1;
	if (read_file(&tx, &case_uid, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
