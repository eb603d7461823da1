/* SPDX-License-Identifier: ISC */
/* What law asks to be told: when it was learned, until when, and what came of
 * it.  Telling goes through the gate; this keeps the time. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "store/case_inside.h"
#include "store/mechanism.h"
#include "store/second_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
take(struct arena *a, struct duty_entry *d, struct err *e)
{
	static const char *const codes[] = { "told", "not_told",
		"does_not_apply" };
	const struct text_in texts[] = {
		{ &d->duty, N_("Duty"), LIMIT_CODE },
		{ &d->code, N_("What came of it"), LIMIT_CODE },
		{ &d->words, N_("Words"), LIMIT_WORDS },
	};
	bool ends = !uid_null(&d->of);

	if (texts_take(a, texts, COUNT(texts), e) == -1)
		return -1;
	if (ends && !is_one_of(d->code, codes, COUNT(codes)))
		return err_set_field(e, "code",
		    _("Say what came of it: told, not told, or it does not "
		      "apply after all."));
	if (!said(d->words))
		return err_set_field(e, "words",
		    ends ? _("Say in a few words who decided it and why.")
			 : _("Say in a few words what was learned: facts, no "
			     "names."));
	return 0;
}

static int
check_trigger(struct tx *tx, struct duty_entry *d)
{
	const struct society *s = tx->s->society;
	const struct duty *duty = society_duty(s, d->duty);
	const struct work_calendar calendar = { .weekend = s->weekend,
		.holidays = s->holidays,
		.n = s->n_holidays };

	if (duty == NULL)
		return err_set_field(tx->err, "duty",
		    _("There is no such duty. Choose one of the list."));
	if (strcmp(duty->applies, "no") == 0)
		return err_set_field(tx->err, "duty",
		    _("This duty does not apply to us, so no time runs. Tell "
		      "your supervisor if you think that it does."));
	if (d->at <= 0 || d->at > tx->now)
		return err_set_field(tx->err, "on",
		    _("Say when it was learned: now or "
		      "before."));
	d->disclosure = (struct uid){ { 0 } };
	d->due = timer_span(&duty->deadline, d->at, &calendar);
	return 0;
}

int64_t
duty_counts_from(int64_t learned)
{
	return clock_day_start(clock_day_of(learned));
}

bool
duty_unclear(const struct society *society, const char *id)
{
	const struct duty *duty = society_duty(society, id);

	return duty == NULL || strcmp(duty->applies, "unclear") == 0;
}

/*
 * What left by it: the one that is named, to such an organisation, on the day it
 * was learned or later.  To whom a duty goes that is not configured any more
 * nobody knows.
 */
static int
check_told(struct tx *tx, const struct duty_entry *d, int64_t since)
{
	static const char sql[] =
	    "SELECT recipient FROM disclosure WHERE case_uid = ?1 AND uid = ?2"
	    " AND at >= ?3 AND deleted_hlc = 0";
	const struct society *society = tx->s->society;
	const struct duty *duty = society_duty(society, d->duty);
	const struct recipient *r = NULL;
	sqlite3_stmt *st = tx_query(tx, sql,
	    VALS(v_uid(&d->case_uid), v_uid0(&d->disclosure),
		v_int(duty_counts_from(since))));
	int rc = st == NULL ? -1 : tx_row(tx, st);

	if (rc == 1) {
		r = society_recipient(society, col_text(st, 0));
		stmt_done(st);
	}
	if (rc == -1)
		return -1;
	return rc == 1 && (duty == NULL || (r != NULL && r->kind == duty->to))
		   ? 0
		   : err_set_field(tx->err, "disclosure",
			 _("Choose what was told to them since then, of what "
			   "stands in K. What is not there: R sends it, and "
			   "what was told already, outside, is recorded in K "
			   "(a)."));
}

/*
 * Only those who decide end a duty without telling, for what is clearly ours no
 * less than for what is not clear; and whoever learned it does not end it
 * alone, where anybody else may.
 */
static int
check_who(struct tx *tx, const struct duty_entry *d, const struct uid *learned)
{
	int others;

	if (strcmp(d->code, "told") == 0)
		return 0;
	if (!session_may(tx->s, PERM_APPROVE) &&
	    !duty_unclear(tx->s->society, d->duty))
		return err_set(tx->err, ERR_DENIED,
		    _("This is ours to tell. That it is not told a supervisor "
		      "decides: ask them now, and add what you know as a note; "
		      "the time runs."));
	if (!session_may(tx->s, PERM_APPROVE))
		return err_set(tx->err, ERR_DENIED,
		    _("Whether this is ours to tell is not clear, and a "
		      "supervisor decides it: it stands under what waits for "
		      "them. Tell them now, and add what you know as a note; "
		      "the time runs."));
	if (!uid_eq(learned, &tx->s->user.uid))
		return 0;
	others = second_somebody_else(
	    tx, &d->case_uid, PERM_APPROVE, PERM_CASE_WRITE, NULL);
	if (others <= 0)
		return others;
	return err_set(tx->err, ERR_SECOND,
	    _("You recorded that it was learned: that it is not told is "
	      "decided "
	      "by somebody else who supervises. Ask them; the time runs."));
}

static int
check_end(struct tx *tx, struct arena *a, struct duty_entry *d)
{
	static const char sql[] =
	    "SELECT EXISTS (SELECT 1 FROM duty_event o WHERE"
	    " o.case_uid = t.case_uid AND o.of = t.uid AND o.uid <> ?3),"
	    " t.at, t.duty, t.made_by"
	    " FROM duty_event t WHERE t.case_uid = ?1 AND t.uid = ?2"
	    " AND t.kind = 'trigger'";
	struct uid learned = { { 0 } };
	int64_t since = 0;
	bool ended = false;
	sqlite3_stmt *st = tx_query(
	    tx, sql, VALS(v_uid(&d->case_uid), v_uid(&d->of), v_uid(&d->uid)));
	int rc = st == NULL ? -1 : tx_row(tx, st);

	if (rc == 1) {
		ended = col_bool(st, 0);
		since = col_int(st, 1);
		d->duty = col_str(st, 2, a);
		learned = col_uid(st, 3);
		stmt_done(st);
	}
	if (rc == -1)
		return -1;
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("There is no such duty in this case."));
	if (ended)
		return err_set(tx->err, ERR_CONFLICT,
		    _("Somebody recorded already what came of it. Look at "
		      "that first."));
	if (d->at > tx->now)
		return err_set_field(
		    tx->err, "on", _("Say when it ended: now or before."));
	d->due = 0;
	if (strcmp(d->code, "told") != 0)
		d->disclosure = (struct uid){ { 0 } };
	if (check_who(tx, d, &learned) == -1)
		return -1;
	return strcmp(d->code, "told") == 0 ? check_told(tx, d, since) : 0;
}

static int
insert(struct tx *tx, const struct duty_entry *d)
{
	const struct col cols[] = {
		{ "duty", v_str(d->duty) },
		{ "kind", v_str(uid_null(&d->of) ? "trigger" : "done") },
		{ "of", v_uid(&d->of) },
		{ "code", v_str(uid_null(&d->of) ? "" : d->code) },
		{ "at", v_int(d->at) },
		{ "due", v_int(d->due) },
		{ "words", v_str(d->words) },
		{ "disclosure", v_uid(&d->disclosure) },
	};

	return record_insert_once(tx, REC_DUTY, &d->case_uid, &d->uid, cols,
	    COUNT(cols), COUNT(cols));
}

int
duty_add(struct session *s, const struct duty_entry *in, struct err *err)
{
	struct duty_entry d = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &d, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &d.case_uid,
		    .object = &d.uid,
		    .action = "duty.add",
		    .settles = !uid_null(&d.of),
		    .wrote = true },
		err) == -1)
		goto done;
	if ((uid_null(&d.of) ? check_trigger(&tx, &d)
			     : check_end(&tx, &a, &d)) == 0)
		rc = insert(&tx, &d);
	rc = case_commit_once(&tx, &d.case_uid, rc);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

static int
read_list(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct duty_file *out)
{
	static const char count[] =
	    "SELECT count(*) FROM duty_event WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT d.uid, d.duty, d.of, d.code, d.at, d.due, d.words,"
	    " d.made_at, u.login, EXISTS (SELECT 1 FROM duty_event o WHERE"
	    " o.case_uid = d.case_uid AND o.of = d.uid), d.disclosure,"
	    " coalesce(l.recipient, ''), coalesce(l.at, 0) FROM duty_event d"
	    " LEFT JOIN colleague u ON u.uid = d.made_by"
	    " LEFT JOIN disclosure l ON l.case_uid = d.case_uid"
	    " AND l.uid = d.disclosure"
	    " WHERE d.case_uid = ?1 AND d.deleted_hlc = 0"
	    " ORDER BY d.hlc DESC, d.uid DESC";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(case_uid)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n)
		out->list[out->n++] = (struct duty_entry){
			.uid = col_uid(st, 0),
			.case_uid = *case_uid,
			.duty = col_str(st, 1, a),
			.of = col_uid(st, 2),
			.code = col_str(st, 3, a),
			.at = col_int(st, 4),
			.due = col_int(st, 5),
			.words = col_str(st, 6, a),
			.made_at = col_int(st, 7),
			.by = col_str(st, 8, a),
			.done = col_bool(st, 9),
			.disclosure = col_uid(st, 10),
			.recipient = col_str(st, 11, a),
			.told_at = col_int(st, 12),
		};
	return rc == -1 ? -1 : 0;
}

int
duty_open(struct session *s, struct uid case_uid, struct arena *arena,
    struct duty_file *out, struct err *err)
{
	struct duty_file found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "duty.open", err) == -1)
		return -1;
	found.closed = !tx.facts.open;
	if (read_list(&tx, &case_uid, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
