/* SPDX-License-Identifier: ISC */
/* Dates that a law or a mechanism sets: each waits for itself. */
#include "store/deadline.h"
#include "store/queue_known.h"

static int64_t
day_of(sqlite3_stmt *st, int i, bool last)
{
	struct fdate d;
	int64_t from, to;

	col_date(st, i, &d);
	if (date_range(&d, &from, &to) == -1)
		return 0;
	return last ? to : from;
}

int
mechanism_events(struct tx *tx, const struct uid *case_uid,
    const char *mechanism, struct arena *a, struct mechanism_event **out,
    size_t *n)
{
	static const char count[] =
	    "SELECT count(*) FROM mechanism_event WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT kind, code, on_date, until_on, uid FROM mechanism_event"
	    " WHERE case_uid = ?1 AND mechanism = ?2 AND deleted_hlc = 0"
	    " ORDER BY hlc, uid";
	sqlite3_stmt *st;
	int64_t max = 0;
	int rc, kind;

	*n = 0;
	if (tx_int(tx, count, VALS(v_uid(case_uid)), &max) == -1)
		return -1;
	*out = arena_alloc(a, (size_t)max + 1, sizeof(**out));
	st = tx_query(tx, sql, VALS(v_uid(case_uid), v_str(mechanism)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && *n < (size_t)max) {
		kind = mechanism_kind_from_name(col_text(st, 0));
		if (kind < 0)
			continue;
		(*out)[(*n)++] = (struct mechanism_event){
			.kind = (enum mechanism_kind)kind,
			.code = col_str(st, 1, a),
			.on = day_of(st, 2, false),
			.until = day_of(st, 3, true),
			.uid = col_uid(st, 4),
		};
	}
	return rc == -1 ? -1 : 0;
}

/* The earliest are said beside a closing. */
static void
keep_date(struct open_ends *e, enum task_kind what, int64_t due)
{
	int i = e->n_dates;

	if (i == OPEN_DATES_MAX && e->dates[i - 1].at <= due)
		return;
	if (i == OPEN_DATES_MAX)
		i--;
	else
		e->n_dates++;
	for (; i > 0 && e->dates[i - 1].at > due; i--)
		e->dates[i] = e->dates[i - 1];
	e->dates[i] = (struct open_date){ what, due };
}

/* Of a closed case what binds us ourselves is left, and what the person would
 * lose for good: the talk about advice was with an open one, and what others
 * took on goes on there. */
static bool
still_runs(const struct known *k, enum task_kind kind)
{
	if (!k->closed || kind == TASK_REPORT)
		return true;
	return !k->goes_on_elsewhere && kind != TASK_ADVICE_FIRST &&
	       kind != TASK_ADVICE_SECOND;
}

/* One date that runs: the case's next step if it is the first, and a task of
 * its own in any case. */
static void
runs(struct known *k, enum task_kind kind, const struct uid *of, int64_t due)
{
	if (!still_runs(k, kind))
		return;
	keep_date(&k->out.ends, kind, due);
	if (k->out.deadlines++ == 0 || due < k->out.deadline_at) {
		k->out.deadline_at = due;
		k->out.deadline_what = kind;
	}
	known_due(k, NEXT_DEADLINE, due);
	task_fact_add(k->tasks, &(const struct task_fact){
				    .kind = kind, .object = *of, .at = due });
}

static int
of_mechanisms(struct tx *tx, const struct uid *case_uid, struct known *k)
{
	const struct society *society = tx->s->society;
	struct reflection_task waits[REFLECTION_WHAT_COUNT];
	struct mechanism_event *events;
	struct mechanism_state state;
	struct arena a;
	size_t n, due;
	int rc = 0;

	arena_init(&a);
	for (size_t i = 0; rc == 0 && i < society->n_mechanisms; i++) {
		rc = mechanism_events(
		    tx, case_uid, society->mechanisms[i].id, &a, &events, &n);
		if (rc == -1)
			break;
		mechanism_fold(events, n, &state);
		due = reflection_due(&state, waits);
		for (size_t w = 0; w < due; w++)
			runs(k,
			    (enum task_kind)task_from_name(
				reflection_what_name(waits[w].what)),
			    &waits[w].of, waits[w].due);
	}
	arena_done(&a);
	return rc;
}

static int
of_duties(struct tx *tx, const struct uid *case_uid, struct known *k)
{
	static const char sql[] =
	    "SELECT t.uid, t.due FROM duty_event t"
	    " WHERE t.case_uid = ?1 AND t.kind = 'trigger' AND t.due > 0"
	    " AND t.deleted_hlc = 0 AND NOT EXISTS (SELECT 1 FROM duty_event o"
	    " WHERE o.case_uid = t.case_uid AND o.of = t.uid)";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	struct uid trigger;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		trigger = col_uid(st, 0);
		runs(k, TASK_REPORT, &trigger, col_int(st, 1));
	}
	return rc;
}

int
known_deadlines(struct tx *tx, const struct uid *case_uid, struct known *k)
{
	if (k->mechanism_events > 0 && of_mechanisms(tx, case_uid, k) == -1)
		return -1;
	return k->duty_events > 0 ? of_duties(tx, case_uid, k) : 0;
}
