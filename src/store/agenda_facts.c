/* SPDX-License-Identifier: ISC */
/*
 * What the records of a case make due.  Each reader takes one kind of record
 * and says what waits; when it is due is for rules/tasks.
 */
#include <string.h>

#include "store/agenda_write.h"
#include "store/mechanism.h"
#include "store/link_inside.h"
#include "store/request_inside.h"

static int
free_tasks(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT uid, due, for_user FROM task WHERE case_uid = ?1 "
	    "AND done_at = 0 AND deleted_hlc = 0",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		struct task_fact fact = { .kind = TASK_FREE,
			.object = col_uid(st, 0),
			.at = col_int(st, 1),
			.user = col_uid(st, 2) };

		if (!uid_null(&fact.user))
			fact.to = TO_USER;
		task_fact_add(f, &fact);
	}
	return rc;
}

/* A number that may be used has to be right; one that may not, need not. */
static int
contact(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT contact_verified_at, contact_expires_at, opened_at "
	    "FROM case_file "
	    "WHERE uid = ?1 AND stop_contact = 0 "
	    "AND may_contact IN ('yes', 'only_if')",
	    VALS(v_uid0(uid)));
	struct task_fact fact = { .kind = TASK_VERIFY_CONTACT };
	int64_t opened;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	fact.at = col_int(st, 0);
	fact.ends = col_int(st, 1);
	opened = col_int(st, 2);
	stmt_done(st);
	/* Agreed and never verified: at once, before anybody relies on it. */
	if (fact.at == 0)
		fact.at = fact.ends = opened;
	task_fact_add(f, &fact);
	return 0;
}

/* Due as it stands there: what, and up to which task. */
static int
due_rows(struct tx *tx, const struct uid *uid, enum task_kind kind,
    const char *sql, struct task_facts *f)
{
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid0(uid)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		task_fact_add(f, &(const struct task_fact){ .kind = kind,
				     .object = col_uid(st, 0),
				     .at = col_int(st, 1) });
	return rc;
}

/* The newest record of a child says when to look again; a best-interests
 * decision until another one was made. */
static int
children(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	static const char of_age[] =
	    "SELECT NULL, of_age_from FROM case_file WHERE uid = ?1"
	    " AND of_age_from > 0";
	static const char record[] =
	    "SELECT uid, review_at FROM (SELECT uid, review_at FROM"
	    " child_record WHERE case_uid = ?1 AND deleted_hlc = 0"
	    " ORDER BY hlc DESC, uid DESC LIMIT 1) WHERE review_at > 0";
	static const char decision[] =
	    "SELECT uid, review_at FROM (SELECT uid, review_at FROM"
	    " best_interests WHERE case_uid = ?1 AND deleted_hlc = 0"
	    " ORDER BY hlc DESC, uid DESC LIMIT 1) WHERE review_at > 0";

	if (due_rows(tx, uid, TASK_OF_AGE, of_age, f) == -1 ||
	    due_rows(tx, uid, TASK_REVIEW, record, f) == -1)
		return -1;
	return due_rows(tx, uid, TASK_REVIEW, decision, f);
}

/*
 * One colleague answers it; who was marked since as having an interest in the
 * case is not asked: those who decide take the offer back.
 */
static int
whom_to_ask(struct tx *tx, const struct uid *uid, struct task_fact *fact)
{
	int marked = conflict_marked_user(tx, uid, &fact->user);

	fact->to = marked == 0 ? TO_USER : TO_DECIDE;
	return marked == -1 ? -1 : 0;
}

/* What a colleague asked and nobody answered yet. */
static int
requests(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT r.uid, r.kind, r.to_user, r.to_branch, r.made_at "
	    "FROM request r WHERE r.case_uid = ?1 AND NOT EXISTS (SELECT 1 "
	    "FROM request_answer a WHERE a.case_uid = r.case_uid "
	    "AND a.request = r.uid)",
	    VALS(v_uid0(uid)));
	int rc, kind;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		struct task_fact fact = { .object = col_uid(st, 0),
			.user = col_uid(st, 2),
			.at = col_int(st, 4),
			.to = TO_DECIDE };

		kind = task_from_name(col_text(st, 1));
		if (kind == -1)
			continue;
		fact.kind = (enum task_kind)kind;
		if (!uid_null(&fact.user) && whom_to_ask(tx, uid, &fact) == -1)
			return -1;
		if (uid_null(&fact.user) && col_text(st, 3)[0] != '\0')
			fact.branch = col_str(st, 3, f->arena);
		task_fact_add(f, &fact);
	}
	return rc;
}

/* Whoever has the case was marked as having an interest in it: the colleague who
 * marked them finds somebody else; the case's own worker is not told. */
static int
marked_owner(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	static const char sql[] =
	    "SELECT m.uid, m.made_at, m.made_by, c.owner, k.disabled "
	    "FROM case_file c JOIN conflict_mark m "
	    "ON m.case_uid IN (c.uid, ?2) AND m.who = 'staff' "
	    "AND m.code = lower(hex(c.owner)) AND m.lifts IS NULL "
	    "AND m.deleted_hlc = 0 LEFT JOIN colleague k ON k.uid = m.made_by "
	    "WHERE c.uid = ?1 AND NOT EXISTS (SELECT 1 FROM conflict_mark x "
	    "WHERE x.case_uid IN (m.case_uid, c.uid) AND x.lifts = m.uid)";
	struct joined j;
	int rc = join_find(tx, uid, &j, NULL);
	sqlite3_stmt *st;
	struct uid owner;

	if (rc == -1)
		return -1;
	st = tx_query(
	    tx, sql, VALS(v_uid0(uid), v_uid0(rc == 1 ? &j.other : uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		struct task_fact fact = { .kind = TASK_FIND_WORKER,
			.object = col_uid(st, 0),
			.at = col_int(st, 1),
			.user = col_uid(st, 2),
			.to = TO_USER };

		owner = col_uid(st, 3);
		/* Their own word, or somebody who is gone: those who decide. */
		if (uid_eq(&fact.user, &owner) || col_bool(st, 4))
			fact.to = TO_DECIDE;
		task_fact_add(f, &fact);
	}
	return rc;
}

/* Contact that is held back until whoever approves has looked. */
static int
held(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT uid, made_at FROM flag WHERE case_uid = ?1 "
	    "AND kind <> '' AND resolved_at = 0 AND deleted_hlc = 0",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		task_fact_add(
		    f, &(const struct task_fact){ .kind = TASK_SAFE_WORD,
			   .object = col_uid(st, 0),
			   .at = col_int(st, 1),
			   .to = TO_DECIDE });
	return rc;
}

/* Something was learned that law may ask to be told, and whether it is ours to
 * tell is not clear: the time runs, and those who decide have to know. */
static int
unclear_duties(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT t.uid, t.due, t.duty FROM duty_event t "
	    "WHERE t.case_uid = ?1 AND t.kind = 'trigger' AND t.due > 0 "
	    "AND t.deleted_hlc = 0 AND NOT EXISTS (SELECT 1 FROM duty_event o "
	    "WHERE o.case_uid = t.case_uid AND o.of = t.uid)",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		if (duty_unclear(tx->s->society, col_text(st, 2)))
			task_fact_add(f,
			    &(const struct task_fact){ .kind = TASK_DUTY_DECIDE,
				.object = col_uid(st, 0),
				.at = col_int(st, 1),
				.to = TO_DECIDE });
	return rc;
}

typedef int reader(struct tx *, const struct uid *, struct task_facts *);
static reader *const readers[] = {
	free_tasks,
	contact,
	children,
	requests,
	marked_owner,
	held,
	unclear_duties,
};

int
agenda_facts(struct tx *tx, const struct uid *uid, struct task_facts *f)
{
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (readers[i](tx, uid, f) == -1)
			return -1;
	return 0;
}
