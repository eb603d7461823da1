/* SPDX-License-Identifier: ISC */
#include "store/task.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/tasks.h"
#include "store/case_inside.h"
#include "store/link_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TASK_YEARS 20

static int
task_take(struct arena *a, struct task_note *t, struct err *err)
{
	const struct text_in texts[] = {
		{ &t->text, N_("What is to be done"), TASK_MAX },
	};

	if (texts_take(a, texts, COUNT(texts), err) == -1)
		return -1;
	if (!said(t->text))
		return err_set_field(
		    err, "text", _("Say in a few words what is to be done."));
	if (t->due <= 0 || t->due > clock_now() + TASK_YEARS * 366 * CLOCK_DAY)
		return err_set_field(err, "due",
		    _("Give the day it is due, such as +7 or friday."));
	return 0;
}

/* May the colleague whom it is given to see the case at all? */
static int
colleague_fits(struct tx *tx, const struct uid *user)
{
	int rc = uid_null(user) ? 0 : case_owner_fits(tx, user);

	if (rc == -1)
		err_field_as(tx->err, "owner", "whose");
	return rc;
}

int
task_add(struct session *s, const struct task_note *in, struct err *err)
{
	struct task_note t = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (task_take(&a, &t, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &t.case_uid,
		    .object = &t.uid,
		    .action = "task.add",
		    .wrote = true },
		err) == -1)
		goto done;
	const struct col cols[] = {
		{ "text", v_str(t.text) },
		{ "due", v_int(t.due) },
		{ "for_user", v_uid(&t.for_user) },
	};
	if (colleague_fits(&tx, &t.for_user) == 0)
		rc = record_insert_once(&tx, REC_TASK, &t.case_uid, &t.uid,
		    cols, COUNT(cols), COUNT(cols));
	rc = case_commit_once(&tx, &t.case_uid, rc);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- one case's list ------------------------------------------------------------- */
static int
read_lines(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct task_lines *out)
{
	static const char sql[] =
	    "SELECT g.kind, g.object, g.due, "
	    "coalesce(t.text, x.what, p.words, ''), "
	    "coalesce(f.login, ''), coalesce(m.login, ''), "
	    "coalesce(c.kind, '') FROM agenda g "
	    "LEFT JOIN task t ON t.case_uid = g.case_uid AND t.uid = g.object "
	    "AND g.kind = 'task' LEFT JOIN colleague f ON f.uid = t.for_user "
	    "LEFT JOIN plan_action x ON x.case_uid = g.case_uid "
	    "AND x.uid = g.object AND g.kind = 'plan' "
	    "LEFT JOIN followup_plan p ON p.case_uid = g.case_uid "
	    "AND p.uid = g.object "
	    "LEFT JOIN consent c ON c.case_uid = g.case_uid "
	    "AND c.uid = g.object AND g.kind = 'consent-review' "
	    "LEFT JOIN colleague m ON m.uid = t.made_by "
	    "WHERE g.case_uid = ?1 AND (?2 OR g.kind <> 'find-worker') "
	    "ORDER BY g.due, g.kind, g.object";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, "SELECT count(*) FROM agenda WHERE case_uid = ?1",
		VALS(v_uid0(case_uid)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql,
	    VALS(v_uid0(case_uid), v_int(conflict_shown(tx, case_uid))));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		struct task_line *t = &out->list[out->n++];

		t->kind = col_str(st, 0, a);
		t->object = col_uid(st, 1);
		t->due = col_int(st, 2);
		t->text = col_str(st, 3, a);
		t->to = col_str(st, 4, a);
		t->by = col_str(st, 5, a);
		t->consent = col_str(st, 6, a);
	}
	return rc;
}

int
task_list(struct session *s, struct uid case_uid, struct arena *a,
    struct task_lines *out, struct err *err)
{
	struct task_lines found = { .n = 0 };
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_CASE_READ,
		.case_uid = &case_uid,
		.action = "task.list",
		.again_ok = true },
	    err);

	if (rc == 0)
		rc = read_lines(&tx, &case_uid, a, &found);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = found;
	return rc;
}

/* --- done ------------------------------------------------------------------------- */
/* Is it still to be done, and by whom?  *mine: it was given to this person. */
static int
still_open(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    bool *mine)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT t.done_at, t.for_user, d.login FROM task t "
	    "LEFT JOIN colleague d ON d.uid = t.done_by "
	    "WHERE t.case_uid = ?1 AND t.uid = ?2 AND t.deleted_hlc = 0",
	    VALS(v_uid0(case_uid), v_uid0(uid)));
	struct uid to;
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set(
		    tx->err, ERR_NOT_FOUND, _("There is no such task here."));
	to = col_uid(st, 1);
	*mine = uid_eq(&to, &tx->s->user.uid);
	rc = 0;
	if (col_int(st, 0) != 0)
		rc = err_set(tx->err, ERR_CONFLICT,
		    _("%s has done this already."), col_text(st, 2));
	stmt_done(st);
	return rc;
}

int
task_done(struct session *s, struct uid case_uid, struct uid uid,
    const char *words, struct err *err)
{
	struct tx tx = { .open = false };
	const struct text_in texts[] = { { &words, N_("Words"), TASK_MAX } };
	struct arena a;
	bool mine = false;
	int rc = -1;

	arena_init(&a);
	/* Who may read the case may say that their own task is done. */
	if (texts_take(&a, texts, 1, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_CASE_READ,
		    .case_uid = &case_uid,
		    .object = &uid,
		    .action = "task.done",
		    .wrote = true },
		err) == -1)
		goto done;
	if (still_open(&tx, &case_uid, &uid, &mine) == -1)
		goto out;
	if (!mine && tx_verdict(&tx, PERM_CASE_WRITE, &tx.facts) != ALLOW) {
		rc = tx_refuse(&tx, DENY);
		goto out;
	}
	rc = record_set(&tx, REC_TASK, &case_uid, &uid,
	    COLS({ "done_at", v_int(tx.now) },
		{ "done_by", v_uid(&s->user.uid) },
		{ "done_words", v_str(words) }));
	if (rc == 0)
		rc = case_commit(&tx, &case_uid);
out:
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
