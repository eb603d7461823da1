/* SPDX-License-Identifier: ISC */
#include "store/deadline.h"

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
	    "SELECT kind, code, on_date, until_on FROM mechanism_event"
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
		};
	}
	return rc == -1 ? -1 : 0;
}

struct date {
	int64_t at;
	const char *what;
};

static void
earlier(struct date *d, int64_t at, const char *what)
{
	if (at != 0 && (d->at == 0 || at < d->at))
		*d = (struct date){ .at = at, .what = what };
}

static int
of_mechanisms(struct tx *tx, const struct uid *case_uid, struct date *d)
{
	const struct society *society = tx->s->society;
	struct reflection_task waits[REFLECTION_WHAT_COUNT];
	struct mechanism_event *events;
	struct mechanism_state state;
	struct arena a;
	size_t n;
	int rc = 0;

	arena_init(&a);
	for (size_t i = 0; rc == 0 && i < society->n_mechanisms; i++) {
		rc = mechanism_events(
		    tx, case_uid, society->mechanisms[i].id, &a, &events, &n);
		if (rc == -1)
			break;
		mechanism_fold(events, n, &state);
		if (reflection_due(&state, waits) > 0)
			earlier(d, waits[0].due,
			    reflection_what_name(waits[0].what));
	}
	arena_done(&a);
	return rc;
}

static int
of_duties(struct tx *tx, const struct uid *case_uid, struct date *d)
{
	static const char sql[] =
	    "SELECT coalesce(min(t.due), 0) FROM duty_event t"
	    " WHERE t.case_uid = ?1 AND t.kind = 'trigger' AND t.due > 0"
	    " AND t.deleted_hlc = 0 AND NOT EXISTS (SELECT 1 FROM duty_event o"
	    " WHERE o.case_uid = t.case_uid AND o.of = t.uid)";
	int64_t due = 0;

	if (tx_int(tx, sql, VALS(v_uid(case_uid)), &due) == -1)
		return -1;
	earlier(d, due, DEADLINE_REPORT);
	return 0;
}

int
deadline_refresh(struct tx *tx, const struct uid *case_uid)
{
	struct date d = { .at = 0, .what = "" };

	if (of_mechanisms(tx, case_uid, &d) == -1 ||
	    of_duties(tx, case_uid, &d) == -1)
		return -1;
	return record_set(tx, REC_CASE, NULL, case_uid,
	    COLS({ "deadline_at", v_int(d.at) },
		{ "deadline_what", v_str(d.what) }));
}
