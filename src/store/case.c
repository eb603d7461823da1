/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/recall.h"
#include "store/child_inside.h"
#include "store/plan_inside.h"
#include "store/link_inside.h"
#include "store/queue_write.h"
#include "store/referral_inside.h"
#include "store/request_inside.h"

/* --- opening -------------------------------------------------------------------- */

static const char sql_case[] =
    "SELECT c.uid, c.person, c.rev, c.code, c.owner, u.login, c.branch,"
    " c.risk, c.risk_first, c.risk_reason, r.login, c.risk_at, c.language,"
    " c.sex, c.age_band, c.may_be_child, c.wants, c.urgent, c.opened_at,"
    " c.closed_at, c.changed_at, c.may_contact, c.stop_contact,"
    " c.contact_verified_at, c.safety_plan_at, c.contact_expires_at,"
    " c.closed_reason, iif(c.custody_ns = ?2, '', c.custody_ns),"
    " c.of_age_from"
    " FROM case_file c LEFT JOIN colleague u ON u.uid = c.owner"
    " LEFT JOIN colleague r ON r.uid = c.risk_by WHERE c.uid = ?1";

static void
fill_case(const struct society *society, sqlite3_stmt *st, struct arena *a,
    int64_t now, struct case_file *f)
{
	f->uid = col_uid(st, 0);
	f->person = col_uid(st, 1);
	f->anonymous = uid_null(&f->person);
	f->rev = col_int(st, 2);
	(void)code_parse(col_text(st, 3), f->code);
	f->owner = col_uid(st, 4);
	f->owner_login = col_str(st, 5, a);
	f->branch = col_str(st, 6, a);
	f->risk = society_risk(society, col_text(st, 7));
	f->risk_first = society_risk(society, col_text(st, 8));
	f->risk_reason = col_str(st, 9, a);
	f->risk_by = col_str(st, 10, a);
	f->risk_at = col_int(st, 11);
	f->language = col_str(st, 12, a);
	f->sex = col_str(st, 13, a);
	f->age_band = col_str(st, 14, a);
	f->may_be_child = col_str(st, 15, a);
	f->wants = col_str(st, 16, a);
	f->urgent = col_bool(st, 17);
	f->opened_at = col_int(st, 18);
	f->closed_at = col_int(st, 19);
	f->closed = f->closed_at != 0;
	f->changed_at = col_int(st, 20);
	f->may_contact = col_str(st, 21, a);
	f->stop_contact = col_bool(st, 22);
	f->contact_verified_at = col_int(st, 23);
	f->safety_plan_at = col_int(st, 24);
	f->contact_expires_at = col_int(st, 25);
	f->closed_reason = col_str(st, 26, a);
	f->custody = col_str(st, 27, a);
	f->may_be_one =
	    strcmp(f->may_be_child, "yes") == 0 ||
	    strcmp(f->may_be_child, "unsure") == 0 ||
	    child_by_birth(col_int(st, 28), f->closed ? f->closed_at : now);
}

static int
read_case(
    struct tx *tx, const struct uid *uid, struct arena *a, struct case_file *f)
{
	sqlite3_stmt *st =
	    tx_query(tx, sql_case, VALS(v_uid(uid), v_str(tx->s->ns)));
	int rc;

	if (st == NULL)
		return -1;
	if ((rc = tx_row(tx, st)) != 1)
		return case_missing(tx, rc);
	fill_case(tx->s->society, st, a, tx->now, f);
	stmt_done(st);
	return 0;
}

static int
read_flags(
    struct tx *tx, const struct uid *uid, struct arena *a, struct case_file *f)
{
	static const char count[] = "SELECT count(*) FROM flag"
				    " WHERE case_uid = ?1 AND resolved_at = 0"
				    " AND deleted_hlc = 0";
	static const char sql[] =
	    "SELECT f.uid, f.text, f.until_on, u.login, f.made_at, f.kind"
	    " FROM flag f"
	    " LEFT JOIN colleague u ON u.uid = f.made_by"
	    " WHERE f.case_uid = ?1 AND f.resolved_at = 0"
	    " AND f.deleted_hlc = 0 ORDER BY f.made_at, f.uid";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(uid)), &n) == -1)
		return -1;
	f->flags = arena_alloc(a, (size_t)n + 1, sizeof(*f->flags));
	st = tx_query(tx, sql, VALS(v_uid(uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && f->n_flags < (size_t)n) {
		struct flag *flag = &f->flags[f->n_flags++];

		flag->uid = col_uid(st, 0);
		flag->kind = col_str(st, 5, a);
		flag->text = word_flag(flag->kind, col_str(st, 1, a));
		col_date(st, 2, &flag->until);
		flag->by = col_str(st, 3, a);
		flag->at = col_int(st, 4);
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static int
read_screened(
    struct tx *tx, const struct uid *uid, struct arena *a, struct case_file *f)
{
	static const char sql[] =
	    "SELECT at, outcome FROM screening WHERE case_uid = ?1"
	    " AND deleted_hlc = 0 ORDER BY at DESC, uid DESC";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(uid)));
	int rc;

	if (st == NULL)
		return -1;
	f->screening_outcome = "";
	while ((rc = tx_row(tx, st)) == 1) {
		if (f->screenings++ != 0)
			continue;
		f->screened_at = col_int(st, 0);
		f->screening_outcome = col_str(st, 1, a);
	}
	return rc;
}

/* Decisions as they stand; never a hindrance to anything. */
static void
count_release(enum consent_state state, bool theirs, struct case_file *f)
{
	switch (state) {
	case CONSENT_IS_GIVEN:
		f->releases_given += !theirs;
		f->releases_anew += theirs;
		break;
	case CONSENT_IS_REFUSED:
	case CONSENT_IS_NOT_NOW:
		f->releases_refused++;
		break;
	case CONSENT_IS_EXPIRED:
	case CONSENT_IS_USED:
	case CONSENT_IS_WITHDRAWN:
		f->releases_ended++;
		break;
	default:
		break;
	}
}

/* Of two codes the more careful word; a yes of the other alone is none yet. */
static void
set_together(const struct release *w, struct case_file *f)
{
	int64_t ends = consent_ends(w);

	f->work_together = consent_decision_name(w->decision);
	f->work_together_at = w->given_at;
	f->work_together_until = ends == INT64_MAX ? 0 : ends;
}

static int
read_consents(
    struct tx *tx, const struct uid *uid, struct arena *a, struct case_file *f)
{
	const struct release *w, *counts, *their;
	struct consent_other other;
	struct consent_rows all;
	enum consent_state state;
	unsigned scope;

	if (consent_rows_load(tx, uid, a, &all) == -1 ||
	    consent_other_load(tx, uid, a, &other) == -1)
		return -1;
	f->work_together = "";
	w = consent_working(&all, a);
	for (size_t i = 0; i < all.n; i++) {
		state = consent_state_now(
		    &all, &other, i, tx->now, &counts, &scope);
		if (&all.rows[i] == w)
			set_together(counts, f);
		if (strcmp(all.list[i].kind, "release") == 0)
			count_release(state, false, f);
	}
	for (size_t i = 0; i < other.rows.n; i++) {
		their = &other.rows.rows[i];
		if (!consent_of_other(&all, &other, i))
			continue;
		if (strcmp(their->kind, "release") == 0)
			count_release(consent_state(their, tx->now), true, f);
		else if (strcmp(their->kind, "work_together") == 0 &&
			 !consent_decision_is_yes(their->decision))
			set_together(their, f);
	}
	return 0;
}

/*
 * When this person last opened it, and what others wrote since; a mark of an
 * interest is not told to whom it may be about.  Among the
 * newest five hundred events: further back it makes no difference to anybody.
 */
static int
read_since(struct tx *tx, const struct uid *uid, struct case_file *f)
{
	static const char seen[] =
	    "SELECT seq, at FROM (SELECT seq, at, actor, action, outcome"
	    " FROM audit WHERE case_uid = ?1 ORDER BY seq DESC LIMIT 500)"
	    " WHERE actor = ?2 AND action = 'case.open' AND outcome = 'done'"
	    " ORDER BY seq DESC LIMIT 1";
	static const char changes[] =
	    "SELECT count(*) FROM (SELECT seq, actor, action, wrote, outcome"
	    " FROM audit WHERE case_uid = ?1 AND seq > ?3"
	    " ORDER BY seq DESC LIMIT 500)"
	    " WHERE actor <> ?2 AND wrote = 1 AND outcome = 'done'"
	    " AND action NOT LIKE 'conflict.%'";
	const struct uid *me = &tx->s->user.uid;
	sqlite3_stmt *st = tx_query(tx, seen, VALS(v_uid(uid), v_uid(me)));
	int64_t seq = 0, n = 0;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	seq = col_int(st, 0);
	f->last_seen_by_me = col_int(st, 1);
	stmt_done(st);
	if (tx_int(tx, changes, VALS(v_uid(uid), v_uid(me), v_int(seq)), &n) ==
	    -1)
		return -1;
	f->changes_since = (int)n;
	return 0;
}

static int
read_standing(struct tx *tx, const struct uid *uid, struct case_file *f)
{
	struct standing now;
	int rc = case_standing(tx, uid, &now);

	if (rc != 1)
		return case_missing(tx, rc);
	f->stage = stage_name(now.stage);
	f->next = next_action_name(now.next.action);
	f->next_due = now.next.due;
	f->promised = now.promised ? "promised" : "";
	f->deadline_at = now.deadline_at;
	f->deadline_what =
	    now.deadlines == 0 ? "" : task_name(now.deadline_what);
	f->deadlines = now.deadlines;
	f->ends = now.ends;
	return 0;
}

static int
read_recalls(
    struct tx *tx, const struct uid *uid, struct arena *a, struct case_file *f)
{
	struct recalls all;

	if (recalls_load(tx, uid, a, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++)
		f->to_recall +=
		    recall_due(all.list[i].step, all.list[i].at) != 0;
	return 0;
}

int
case_open(struct session *s, struct uid uid, const char *reason,
    struct arena *arena, struct case_file *out, struct err *err)
{
	struct case_file f = {
		.risk = -1, .risk_first = -1, .urgent_signs = ""
	};
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_READ,
		    .case_uid = &uid,
		    .action = "case.open",
		    .reason = reason,
		    .again_ok = true },
		err) == -1)
		return -1;
	if (read_case(&tx, &uid, arena, &f) == -1 ||
	    read_flags(&tx, &uid, arena, &f) == -1 ||
	    read_screened(&tx, &uid, arena, &f) == -1 ||
	    read_consents(&tx, &uid, arena, &f) == -1 ||
	    read_recalls(&tx, &uid, arena, &f) == -1 ||
	    case_plan_read(&tx, &uid, arena, &f) == -1 ||
	    case_asked(&tx, &uid, arena, &f) == -1 ||
	    (f.urgent && case_signs(&tx, &uid, arena, &f.urgent_signs) == -1) ||
	    read_since(&tx, &uid, &f) == -1 ||
	    read_standing(&tx, &uid, &f) == -1)
		goto out;
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = f;
out:
	tx_abort(&tx);
	return rc;
}

/* --- changing ---------------------------------------------------------------------- */

static const char *
changed_to(const struct change *list, size_t n, const char *field)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].field, field) == 0)
			return list[i].value;
	}
	return NULL;
}

/* A field of its own permission is not reached by the general one. */
static enum permission
needs(const char *field)
{
	if (strcmp(field, "owner") == 0 || strcmp(field, "branch") == 0)
		return PERM_ASSIGN;
	if (strncmp(field, "risk", 4) == 0)
		return PERM_RISK;
	return PERM_CASE_WRITE;
}

static int
may_change(struct tx *tx, const struct change *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enum verdict v =
		    tx_verdict(tx, needs(list[i].field), &tx->facts);

		if (v != ALLOW)
			return tx_refuse(tx, v);
	}
	return 0;
}

/* Would this colleague be able to open the case once it is theirs? */
int
case_owner_fits(struct tx *tx, const struct uid *owner)
{
	static const char sql[] =
	    "SELECT role, branch, disabled FROM colleague WHERE uid = ?1"
	    " AND deleted_hlc = 0";
	struct subject them = { .user = *owner };
	struct case_facts theirs = tx->facts;
	sqlite3_stmt *st;
	int role, rc;

	if (uid_null(owner))
		return 0;
	st = tx_query(tx, sql, VALS(v_uid(owner)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set_field(tx->err, "owner",
		    _("There is no such colleague. Choose another."));
	role = role_from_name(col_text(st, 0));
	strncpy(them.branch, col_text(st, 1), sizeof(them.branch) - 1);
	them.disabled = col_bool(st, 2);
	stmt_done(st);
	theirs.owner = *owner;
	theirs.sealed = false;
	/* A colleague with an interest in the case is not given it. */
	rc = tx->what.case_uid == NULL
		 ? 0
		 : conflict_marked_user(tx, tx->what.case_uid, owner);
	if (rc == -1)
		return -1;
	/* Who may not see marks learns of none: it may be their own. */
	if (rc == 1 && !conflict_shown(tx, tx->what.case_uid))
		role = -1;
	else if (rc == 1)
		return err_set_field(tx->err, "owner",
		    _("This colleague is marked not to be given this case. "
		      "Choose somebody else; your supervisor knows why."));
	if (role >= 0) {
		them.role = (enum role)role;
		if (authz(session_grants(tx->s), &them, PERM_CASE_READ,
			&theirs) == ALLOW)
			return 0;
	}
	return err_set_field(tx->err, "owner",
	    _("This colleague may not open the case. Choose somebody who may "
	      "work on it."));
}

/* What else has to be written when these fields change. */
static int
note_changes(struct tx *tx, const struct uid *uid, const struct change *list,
    size_t n, const char *risk_was, const char *reason_was)
{
	const char *risk = changed_to(list, n, "risk");
	const char *reason = changed_to(list, n, "risk_reason");
	const char *owner = changed_to(list, n, "owner");
	char was[33] = "", is[33] = "";
	struct uid to;

	if (risk != NULL || reason != NULL) {
		risk = risk != NULL ? risk : risk_was;
		reason = reason != NULL ? reason : reason_was;
		if ((strcmp(risk, risk_was) != 0 ||
			strcmp(reason, reason_was) != 0) &&
		    risk_note(tx, uid, risk, risk_was, reason) == -1)
			return -1;
	}
	if (owner == NULL)
		return 0;
	if (uid_from_hex(owner, &to) == -1)
		to = (struct uid){ { 0 } };
	if (uid_eq(&to, &tx->facts.owner))
		return 0;
	if (!uid_null(&to))
		uid_hex(&to, is);
	if (!uid_null(&tx->facts.owner))
		uid_hex(&tx->facts.owner, was);
	if (case_event_add(tx, uid, "assign", was, is, "", "") == -1)
		return -1;
	return join_follow(tx, uid);
}

static int
check_changes(struct tx *tx, const struct uid *uid, const struct change *list,
    size_t n, const char *reason_was)
{
	const struct society *society = tx->s->society;
	const char *risk = changed_to(list, n, "risk");
	const char *reason = changed_to(list, n, "risk_reason");
	const char *owner = changed_to(list, n, "owner");
	const char *child = changed_to(list, n, "may_be_child");
	struct uid to = { { 0 } };

	if (risk != NULL && risk[0] != '\0' && society_risk(society, risk) < 0)
		return err_set_field(tx->err, "risk",
		    _("Choose one of the risk levels of the list."));
	if ((risk != NULL || reason != NULL) &&
	    !said(reason != NULL ? reason : reason_was))
		return err_set_field(tx->err, "reason",
		    _("Say in a few words why: the level is your judgement, "
		      "and others rely on it."));
	if (child != NULL && !is_tri(child))
		return err_set_field(tx->err, "may_be_child",
		    _("May be a child: choose yes, no or unsure."));
	if (child != NULL && strcmp(child, "yes") != 0 &&
	    child_may_clear(tx, uid) == -1)
		return -1;
	if (child != NULL && strcmp(child, "no") == 0 &&
	    child_no_by_birth(tx, uid, NULL) == -1)
		return -1;
	if (owner == NULL || owner[0] == '\0')
		return 0;
	if (uid_from_hex(owner, &to) == -1)
		return err_set_field(tx->err, "owner",
		    _("There is no such colleague. Choose another."));
	return case_owner_fits(tx, &to);
}

static int
change(struct session *s, const struct uid *uid, int64_t *rev,
    const struct tx_what *what, const struct change *in, size_t n,
    struct arena *arena, struct conflicts *conflicts, struct err *err)
{
	const struct change *list;
	const char *risk_was, *reason_was;
	int64_t now = *rev;
	struct tx tx;
	int rc = -1;

	if (changes_take(arena, in, n, &list, err) == -1 ||
	    tx_begin(&tx, s, what, err) == -1)
		return -1;
	if (may_change(&tx, list, n) == -1 ||
	    risk_now(&tx, uid, arena, &risk_was, &reason_was) == -1 ||
	    check_changes(&tx, uid, list, n, reason_was) == -1 ||
	    record_update(&tx, REC_CASE, NULL, uid, &now, list, n, arena,
		conflicts) == -1 ||
	    note_changes(&tx, uid, list, n, risk_was, reason_was) == -1 ||
	    case_rev(&tx, uid, &now) == -1)
		goto out;
	rc = case_commit(&tx, uid);
	if (rc == 0)
		*rev = now;
out:
	tx_abort(&tx);
	return rc;
}

int
case_change(struct session *s, struct uid uid, int64_t *rev,
    const struct change *list, size_t n, struct arena *arena,
    struct conflicts *conflicts, struct err *err)
{
	const struct tx_what what = { .db = DB_CASES,
		.perm = n > 0 ? needs(list[0].field) : PERM_CASE_WRITE,
		.case_uid = &uid,
		.action = "case.change",
		.wrote = true };

	return change(s, &uid, rev, &what, list, n, arena, conflicts, err);
}

int
case_assign(struct session *s, struct uid uid, int64_t *rev, struct uid owner,
    struct arena *arena, struct conflicts *conflicts, struct err *err)
{
	const struct tx_what what = { .db = DB_CASES,
		.perm = PERM_ASSIGN,
		.case_uid = &uid,
		.object = uid_null(&owner) ? NULL : &owner,
		.action = "case.assign",
		.wrote = true };
	char hex[33] = "";

	if (!uid_null(&owner))
		uid_hex(&owner, hex);
	return change(s, &uid, rev, &what,
	    (const struct change[]){ { "owner", hex } }, 1, arena, conflicts,
	    err);
}

int
case_set_risk(struct session *s, struct uid uid, int64_t *rev, int risk,
    const char *reason, struct arena *arena, struct conflicts *conflicts,
    struct err *err)
{
	const struct society *society = session_society(s);
	const struct tx_what what = { .db = DB_CASES,
		.perm = PERM_RISK,
		.case_uid = &uid,
		.action = "case.risk",
		.wrote = true };

	if (risk < 0 || (size_t)risk >= society->n_risks)
		return err_set_field(err, "risk",
		    _("Choose one of the risk levels of the list."));
	return change(s, &uid, rev, &what,
	    (const struct change[]){ { "risk", society->risks[risk].id },
		{ "risk_reason", reason } },
	    2, arena, conflicts, err);
}
