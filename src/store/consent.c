/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/case_inside.h"
#include "store/child_inside.h"
#include "store/link_inside.h"
#include "store/request_inside.h"

/* --- reading -------------------------------------------------------------------------------- */

static const char sql_rows[] =
    "SELECT c.uid, c.supersedes, c.kind, c.recipient, c.purpose, c.scope,"
    " c.withheld, c.withheld_why, c.decision, c.ask_again, c.given_by,"
    " c.given_by_why, c.guardian, c.form, c.evidence, c.language, c.script,"
    " c.interpreter, c.interpreter_code, c.witness_code, c.seen_alone,"
    " c.understood, c.given_at, c.until_at, c.review_at, c.withdrawn_how,"
    " c.single_use, c.made_at, u.login, (SELECT min(d.at) FROM disclosure d"
    " WHERE d.case_uid = c.case_uid AND d.consent = c.uid),"
    " " SQL_MET " FROM consent c LEFT JOIN colleague u ON u.uid = c.made_by"
    " WHERE c.case_uid = ?1 AND c.deleted_hlc = 0"
    " AND (?2 = 1 OR c.kind <> 'limits')"
    " ORDER BY c.given_at DESC, c.made_at DESC, c.uid DESC";

static void
fill_consent(sqlite3_stmt *st, struct arena *a, struct consent *c)
{
	c->uid = col_uid(st, 0);
	c->supersedes = col_uid(st, 1);
	c->kind = col_str(st, 2, a);
	c->recipient = col_str(st, 3, a);
	c->purpose = col_str(st, 4, a);
	c->scope = (unsigned)col_int(st, 5);
	c->withheld = col_str(st, 6, a);
	c->withheld_why = col_str(st, 7, a);
	c->decision = col_str(st, 8, a);
	c->ask_again = col_str(st, 9, a);
	c->given_by = col_str(st, 10, a);
	c->given_by_why = col_str(st, 11, a);
	c->guardian = col_str(st, 12, a);
	c->form = col_str(st, 13, a);
	c->evidence = col_str(st, 14, a);
	c->language = col_str(st, 15, a);
	c->script = col_str(st, 16, a);
	c->interpreter = col_str(st, 17, a);
	c->interpreter_code = col_str(st, 18, a);
	c->witness_code = col_str(st, 19, a);
	c->seen_alone = col_str(st, 20, a);
	c->understood = col_bool(st, 21);
	c->given_at = col_int(st, 22);
	c->until = col_int(st, 23);
	c->review_at = col_int(st, 24);
	c->withdrawn_how = col_str(st, 25, a);
	c->single_use = col_bool(st, 26);
	c->at = col_int(st, 27);
	c->by = col_str(st, 28, a);
	c->state = c->other_code = "";
}

static void
fill_release(const struct consent *c, int64_t used_at, struct release *r)
{
	int decision = consent_decision_from_name(c->decision);
	struct fdate d;
	int64_t last;

	*r = (struct release){
		.uid = c->uid,
		.supersedes = c->supersedes,
		.kind = c->kind,
		.recipient = c->recipient,
		.purpose = c->purpose,
		.scope = c->scope,
		/* What this program does not know allows nothing. */
		.decision =
		    decision < 0 ? CONSENT_NO : (enum consent_decision)decision,
		.given_at = c->given_at,
		.until = c->until,
		.single_use = c->single_use,
		.used_at = used_at,
		.ask = ASK_AGAIN_NO,
		.given_by = c->given_by,
		.given_by_why = c->given_by_why,
		.guardian = guardian_from_name(c->guardian),
	};
	if (strcmp(c->ask_again, "yes") == 0)
		r->ask = ASK_AGAIN_YES;
	else if (c->ask_again[0] != '\0' &&
		 date_from_iso(c->ask_again, &d) == 0 &&
		 date_range(&d, &r->ask_from, &last) == 0) {
		r->ask = ASK_AGAIN_FROM;
		r->ask_from = clock_day_start(r->ask_from);
	}
}

static int
rows_load(struct tx *tx, const struct uid *case_uid, bool limits,
    struct arena *a, struct consent_rows *out)
{
	static const char count[] =
	    "SELECT count(*) FROM consent WHERE case_uid = ?1";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	*out = (struct consent_rows){ .n = 0 };
	if (tx_int(tx, count, VALS(v_uid0(case_uid)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	out->rows = arena_alloc(a, (size_t)n + 1, sizeof(*out->rows));
	st = tx_query(tx, sql_rows, VALS(v_uid0(case_uid), v_int(limits)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n) {
		struct consent *c = &out->list[out->n];

		c->case_uid = *case_uid;
		fill_consent(st, a, c);
		fill_release(c, col_int(st, 29), &out->rows[out->n]);
		out->rows[out->n].met_at = col_int(st, 30);
		out->n++;
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

int
consent_rows_load(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct consent_rows *out)
{
	return rows_load(tx, case_uid, false, a, out);
}

int
consent_rows_load_all(struct tx *tx, const struct uid *case_uid,
    struct arena *a, struct consent_rows *out)
{
	return rows_load(tx, case_uid, true, a, out);
}

int
consent_other_load(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct consent_other *out)
{
	struct joined j;
	int rc = join_find(tx, case_uid, &j, NULL);

	*out = (struct consent_other){ .at = 0 };
	if (rc != 1 || !j.stays)
		return rc == -1 ? -1 : 0;
	out->at = j.at;
	memcpy(out->code, j.code, sizeof(out->code));
	return consent_rows_load(tx, &j.other, a, &out->rows);
}

enum consent_state
consent_state_now(const struct consent_rows *all,
    const struct consent_other *other, size_t i, int64_t now,
    const struct release **counts, unsigned *scope)
{
	const struct release *row = &all->rows[i];

	*counts = consent_counts(all->rows, all->n, row, other->rows.rows,
	    other->rows.n, other->at, now, scope);
	return *counts != row
		   ? consent_state(*counts, now)
		   : consent_state_among(all->rows, all->n, row, now);
}

bool
consent_of_other(
    const struct consent_rows *all, const struct consent_other *other, size_t i)
{
	return consent_only_theirs(all->rows, all->n, other->rows.rows,
	    other->rows.n, &other->rows.rows[i]);
}

const struct release *
consent_working(const struct consent_rows *all, struct arena *a)
{
	const struct release **out = arena_alloc(a, all->n + 1, sizeof(*out));
	size_t n = consent_effective(all->rows, all->n, out);

	for (size_t i = 0; i < n; i++) {
		if (strcmp(out[i]->kind, "work_together") == 0)
			return out[i];
	}
	return NULL;
}

int
consent_age_now(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct consent_age *age)
{
	struct consent_person person;
	const char *guardian = "";

	if (consent_person_read(tx, case_uid, a, &person) == -1 ||
	    child_guardian(tx, case_uid, a, &guardian) == -1)
		return -1;
	consent_age_of(tx->s->society, &person, tx->now, age);
	age->guardian = guardian_from_name(guardian);
	return 0;
}

/* What consent_list() works with. */
struct listing_now {
	const struct society *society;
	const struct consent_age *age;
	const struct consent_rows *all;
	const struct consent_other *other;
	const char *code; /* the other one */
	int64_t now;
};

/* The end that counts, not the one that was wished for. */
static void
set_end(const struct release *r, struct consent *c)
{
	int64_t ends = consent_ends(r);

	if (consent_is_yes(c->decision))
		c->until = ends == INT64_MAX ? 0 : ends;
}

static enum consent_state
list_mine(const struct listing_now *l, size_t i)
{
	const struct release *row = &l->all->rows[i], *counts;
	struct consent *c = &l->all->list[i];
	unsigned scope;
	enum consent_state state =
	    consent_state_now(l->all, l->other, i, l->now, &counts, &scope);

	c->state = consent_state_name(state);
	c->ask_anew = state == CONSENT_IS_GIVEN && counts == row &&
		      !consent_of_age(l->society->age_bands,
			  l->society->n_age_bands, l->age, row);
	/* Of two yeses what both let go. */
	if (counts != row || scope != row->scope)
		c->other_code = l->code;
	if (counts == row)
		c->scope = scope;
	set_end(row, c);
	return state;
}

/* What was said under the other code alone. */
static void
list_theirs(const struct listing_now *l, size_t i, struct consent *out)
{
	const struct release *row = &l->other->rows.rows[i];

	*out = l->other->rows.list[i];
	out->state = consent_state_name(consent_state(row, l->now));
	out->ask_anew = consent_decision_is_yes(row->decision);
	out->other_code = l->code;
	set_end(row, out);
}

static void
list_all(const struct listing_now *l, bool history, struct arena *a,
    struct consents *out)
{
	size_t n = l->all->n + l->other->rows.n;

	out->list = arena_alloc(a, n + 1, sizeof(*out->list));
	for (size_t i = 0; i < l->all->n; i++)
		if (list_mine(l, i) != CONSENT_IS_REPLACED || history)
			out->list[out->n++] = l->all->list[i];
	for (size_t i = 0; i < l->other->rows.n; i++)
		if (consent_of_other(l->all, l->other, i))
			list_theirs(l, i, &out->list[out->n++]);
}

int
consent_list(struct session *s, struct uid case_uid, bool history,
    struct arena *arena, struct consents *out, struct err *err)
{
	struct consents found = { .n = 0 };
	struct consent_other other;
	const struct release *working;
	struct consent_rows all;
	struct consent_age age;
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "consent.list", err) == -1)
		return -1;
	if (consent_rows_load(&tx, &case_uid, arena, &all) == -1 ||
	    consent_other_load(&tx, &case_uid, arena, &other) == -1 ||
	    consent_age_now(&tx, &case_uid, arena, &age) == -1)
		goto out;
	working = consent_working(&all, arena);
	if (working != NULL && consent_decision_is_yes(working->decision) &&
	    consent_changes(&tx, &case_uid, &working->uid, found.changed) == -1)
		goto out;
	list_all(&(const struct listing_now){ .society = s->society,
		     .age = &age,
		     .all = &all,
		     .other = &other,
		     .code = arena_str(arena, other.code),
		     .now = tx.now },
	    history, arena, &found);
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
out:
	tx_abort(&tx);
	return rc;
}

/* --- adding --------------------------------------------------------------------------------- */

int
consent_insert(
    struct tx *tx, const struct uid *case_uid, const struct consent *c)
{
	const struct col cols[] = {
		{ "kind", v_str(c->kind) },
		{ "recipient", v_str(c->recipient) },
		{ "purpose", v_str(c->purpose) },
		{ "scope", v_int(c->scope) },
		{ "withheld", v_str(c->withheld) },
		{ "withheld_why", v_str(c->withheld_why) },
		{ "decision", v_str(c->decision) },
		{ "ask_again", v_str(c->ask_again) },
		{ "given_by", v_str(c->given_by) },
		{ "given_by_why", v_str(c->given_by_why) },
		{ "guardian", v_str(c->guardian) },
		{ "form", v_str(c->form) },
		{ "evidence", v_str(c->evidence) },
		{ "language", v_str(c->language) },
		{ "script", v_str(c->script) },
		{ "interpreter", v_str(c->interpreter) },
		{ "interpreter_code", v_str(c->interpreter_code) },
		{ "witness_code", v_str(c->witness_code) },
		{ "seen_alone", v_str(c->seen_alone) },
		{ "understood", v_int(c->understood) },
		{ "withdrawn_how", v_str(c->withdrawn_how) },
		/* A form that was filled in once more can say another moment,
		 * and come after another decision. */
		{ "supersedes", v_uid(&c->supersedes) },
		{ "single_use", v_int(c->single_use) },
		{ "given_at", v_int(c->given_at) },
		{ "until_at", v_int(c->until) },
		{ "review_at", v_int(c->review_at) },
	};
	size_t n = sizeof(cols) / sizeof(cols[0]);

	return record_insert_once(
	    tx, REC_CONSENT, case_uid, &c->uid, cols, n, n - 5);
}

int
consent_person_read(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct consent_person *p)
{
	static const char sql[] =
	    "SELECT age_band, may_be_child, of_age_from FROM case_file"
	    " WHERE uid = ?1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	int rc;

	if (st == NULL)
		return -1;
	if ((rc = tx_row(tx, st)) != 1)
		return case_missing(tx, rc);
	p->age_band = col_str(st, 0, a);
	p->may_be_child = col_str(st, 1, a);
	p->of_age_from = col_int(st, 2);
	p->birth = NULL;
	stmt_done(st);
	return 0;
}

static int
check_supersedes(struct tx *tx, const struct consent *c)
{
	static const char sql[] =
	    "SELECT 1 FROM consent WHERE case_uid = ?1 AND uid = ?2";
	int64_t one;

	if (uid_null(&c->supersedes))
		return 0;
	switch (tx_int(
	    tx, sql, VALS(v_uid(&c->case_uid), v_uid(&c->supersedes)), &one)) {
	case 1:
		return 0;
	case 0:
		return err_set(tx->err, ERR_INPUT,
		    _("The decision this replaces is not in this case."));
	default:
		return -1;
	}
}

/* A yes through somebody with an interest in the case is none; what the
 * interest is is not for the room the person sits in. */
static int
interpreter_may(
    struct tx *tx, const struct uid *case_uid, const struct consent *c)
{
	int rc;

	if (!consent_is_yes(c->decision) || !said(c->interpreter_code))
		return 0;
	rc = conflict_marked(tx, case_uid, "interpreter", c->interpreter_code);
	if (rc != 1)
		return rc;
	return err_set_field(tx->err, "interpreter_code",
	    _("This interpreter does not work in this case. Ask again with "
	      "another one; until then record \"not now\"."));
}

int
consent_write(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct consent *c)
{
	struct consent_person p = { .birth = NULL };

	c->case_uid = *case_uid;
	/* What the child's record says of the guardian goes into the row:
	 * nobody is asked the same twice. */
	if (consent_person_read(tx, case_uid, a, &p) == -1 ||
	    (c->guardian[0] == '\0' &&
		child_guardian(tx, case_uid, a, &c->guardian) == -1) ||
	    (consent_is_yes(c->decision) &&
		child_guardian_may(tx, case_uid, c->given_by, tx->err) == -1) ||
	    consent_check(tx->s->society, &p, tx->now, c, tx->err) == -1 ||
	    interpreter_may(tx, case_uid, c) == -1 ||
	    check_supersedes(tx, c) == -1)
		return -1;
	return consent_insert(tx, case_uid, c);
}

static bool
same_question(const struct consent *a, const struct consent *b)
{
	return strcmp(a->kind, b->kind) == 0 &&
	       strcmp(a->recipient, b->recipient) == 0 &&
	       strcmp(a->purpose, b->purpose) == 0;
}

/*
 * What was recorded last of the same question.  1: that was after this was
 * said, and whoever saves has not seen it.  Else this comes after it, also after
 * a withdrawal of what it renews: two that replace the same row are taken for
 * written without knowing of each other (rules/consent.h).
 */
static int
come_after(struct tx *tx, struct arena *a, struct consent *c)
{
	const struct consent *last = NULL;
	struct consent_rows all;

	if (consent_rows_load_all(tx, &c->case_uid, a, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const struct consent *o = &all.list[i];

		if (uid_eq(&o->uid, &c->uid))
			return 0; /* a retry */
		if (same_question(o, c) && (last == NULL || o->at > last->at))
			last = o;
	}
	if (last == NULL)
		return 0;
	if (c->given_at != 0 && last->at > c->given_at) {
		(void)err_set(tx->err, ERR_CONFLICT,
		    _("%s recorded meanwhile what the person said about this: "
		      "%s."),
		    last->by, word_decision(last->decision));
		return 1;
	}
	if (!uid_null(&c->supersedes))
		c->supersedes = last->uid;
	return 0;
}

int
consent_add(struct session *s, const struct consent *in, struct err *err)
{
	struct consent c = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (consent_take(&a, &c, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CONSENT,
		    .case_uid = &c.case_uid,
		    .object = &c.uid,
		    .action = "consent.add",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = come_after(&tx, &a, &c);
	if (rc == 0 && (rc = consent_write(&tx, &in->case_uid, &a, &c)) != -1)
		rc = rc == 0 ? case_commit(&tx, &c.case_uid) : 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
