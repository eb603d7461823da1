/* SPDX-License-Identifier: ISC */
/* What others did in somebody's cases, from the record of reads and writes. */
#include <string.h>

#include "base/clock.h"
#include "store/agenda.h"
#include "store/session_inside.h"
#include "store/tx.h"

#define CASES_MOST 60 /* looked at */
#define SHOWN_MOST 30
#define ACTS_MOST 100
#define BACK_DAYS 30

/* Somebody's own mark: the event up to which all was seen, and when. */
static int
read_mark(struct tx *tx, int64_t *seq, int64_t *at)
{
	sqlite3_stmt *st =
	    tx_query(tx, "SELECT seq, at FROM looked WHERE user_uid = ?1",
		VALS(v_uid0(&tx->s->user.uid)));
	int rc;

	*seq = *at = 0;
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 1) {
		*seq = col_int(st, 0);
		*at = col_int(st, 1);
		stmt_done(st);
	}
	return 0;
}

/* My cases that changed after then, open ones and those somebody closed. */
static int
my_cases(struct tx *tx, int64_t after, struct agenda_change *list, size_t *n)
{
	/* Numbers, not values to bind: see statement() of queue.c. */
	static const char *const sql[] = {
		"SELECT uid, code FROM queue WHERE lane = ?1 AND open = 0 "
		"AND changed > ?2 ORDER BY changed DESC, uid DESC LIMIT ?3",
		"SELECT uid, code FROM queue WHERE lane = ?1 AND open = 1 "
		"AND changed > ?2 ORDER BY changed DESC, uid DESC LIMIT ?3",
	};
	sqlite3_stmt *st;
	int rc = 0;

	*n = 0;
	for (int open = 1; open >= 0 && rc == 0; open--) {
		st = tx_query(tx, sql[open],
		    VALS(v_uid0(&tx->s->user.uid), v_int(after),
			v_int(CASES_MOST)));
		if (st == NULL)
			return -1;
		while ((rc = tx_row(tx, st)) == 1) {
			struct agenda_change *c = &list[(*n)++];

			*c = (struct agenda_change){ .case_uid =
							 col_uid(st, 0) };
			col_copy(st, 1, c->code, sizeof(c->code));
		}
	}
	return rc;
}

/* Back from the newest event until I looked myself. */
static int
look_back(struct tx *tx, int64_t seen, struct agenda_change *c, struct arena *a)
{
	static const char sql[] =
	    "SELECT u.at, u.actor, u.action, u.wrote, k.login FROM audit u "
	    "LEFT JOIN colleague k ON k.uid = u.actor "
	    "WHERE u.case_uid = ?1 AND u.seq > ?2 AND u.outcome = 'done' "
	    /* Whoever is marked is not told so; links has it for the rest. */
	    "AND u.action NOT LIKE 'conflict.%' "
	    "ORDER BY u.seq DESC LIMIT ?3";
	const struct uid *me = &tx->s->user.uid;
	sqlite3_stmt *st = tx_query(
	    tx, sql, VALS(v_uid0(&c->case_uid), v_int(seen), v_int(ACTS_MOST)));
	struct uid actor;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		actor = col_uid(st, 1);
		if (uid_eq(&actor, me) &&
		    strcmp(col_text(st, 2), "case.open") == 0)
			break;
		if (uid_eq(&actor, me) || !col_bool(st, 3))
			continue;
		if (c->n++ == 0) {
			c->at = col_int(st, 0);
			c->action = col_str(st, 2, a);
			c->by = col_str(st, 4, a);
		}
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static void
keep(struct agenda_changes *out, const struct agenda_change *c)
{
	size_t at = out->n;

	if (c->n == 0 || (at == SHOWN_MOST && out->list[at - 1].at >= c->at))
		return;
	if (at == SHOWN_MOST)
		at--;
	else
		out->n++;
	for (; at > 0 && out->list[at - 1].at < c->at; at--)
		out->list[at] = out->list[at - 1];
	out->list[at] = *c;
}

/* One line for an organisation, of the newest, which comes first. */
static void
keep_lifted(struct agenda_changes *out, const struct agenda_lifted *l)
{
	for (size_t i = 0; i < out->n_lifted; i++)
		if (out->lifted[i].org == l->org)
			return;
	if (l->org != NULL)
		out->lifted[out->n_lifted++] = *l;
}

/*
 * What took a mark away, by somebody else, where mine stood since the one before
 * it and I said nothing after it; harm that was told of goes with "active".
 */
static int
lifted(
    struct tx *tx, int64_t after, struct arena *a, struct agenda_changes *out)
{
	static const char sql[] =
	    "SELECT l.recipient, l.at, k.login FROM directory_log l"
	    " LEFT JOIN colleague k ON k.uid = l.made_by"
	    " WHERE ((topic = 'status' AND value = 'active')"
	    " OR (topic = 'conflict' AND value = 'no')) AND l.at > ?2"
	    " AND l.made_by <> ?1 AND l.deleted_hlc = 0"
	    " AND EXISTS (SELECT 1 FROM directory_log m"
	    " WHERE m.recipient = l.recipient AND m.topic IN"
	    " (l.topic, iif(l.topic = 'status', 'harm', l.topic))"
	    " AND (m.topic <> l.topic OR m.value <> l.value)"
	    " AND m.made_by = ?1 AND m.deleted_hlc = 0 AND m.hlc < l.hlc"
	    " AND m.hlc > (SELECT coalesce(max(p.hlc), 0) FROM directory_log p"
	    " WHERE p.recipient = l.recipient AND p.topic = l.topic"
	    " AND p.value = l.value AND p.deleted_hlc = 0 AND p.hlc < l.hlc))"
	    " AND NOT EXISTS (SELECT 1 FROM directory_log g"
	    " WHERE g.recipient = l.recipient AND g.topic IN"
	    " (l.topic, iif(l.topic = 'status', 'harm', l.topic))"
	    " AND g.made_by = ?1 AND g.deleted_hlc = 0 AND g.hlc > l.hlc)"
	    " ORDER BY l.hlc DESC";
	const struct society *society = session_society(tx->s);
	sqlite3_stmt *st;
	int rc;

	if (!session_may(tx->s, PERM_DIRECTORY))
		return 0;
	out->lifted =
	    arena_alloc(a, society->n_recipients + 1, sizeof(*out->lifted));
	st = tx_query(tx, sql, VALS(v_uid0(&tx->s->user.uid), v_int(after)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		keep_lifted(
		    out, &(const struct agenda_lifted){
			     .org = society_recipient(society, col_text(st, 0)),
			     .at = col_int(st, 1),
			     .by = col_str(st, 2, a) });
	return rc == -1 ? -1 : 0;
}

static int
gather(struct tx *tx, struct arena *a, struct agenda_changes *out)
{
	struct agenda_change mine[2 * CASES_MOST];
	int64_t seq, at, oldest = tx->now - BACK_DAYS * CLOCK_DAY;
	size_t n;

	if (read_mark(tx, &seq, &at) == -1 ||
	    lifted(tx, at > oldest ? at : oldest, a, out) == -1 ||
	    my_cases(tx, at > oldest ? at : oldest, mine, &n) == -1)
		return -1;
	out->list = arena_alloc(a, SHOWN_MOST, sizeof(*out->list));
	for (size_t i = 0; i < n; i++) {
		if (look_back(tx, seq, &mine[i], a) == -1)
			return -1;
		keep(out, &mine[i]);
	}
	return 0;
}

int
agenda_changes(struct session *s, struct arena *a, struct agenda_changes *out,
    struct err *err)
{
	struct agenda_changes found = { .n = 0 };
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_QUEUE,
		.action = "agenda.changes",
		.again_ok = true },
	    err);

	if (rc == 0)
		rc = gather(&tx, a, &found);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = found;
	return rc;
}

int
agenda_seen(struct session *s, struct err *err)
{
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){
		.perm = PERM_QUEUE, .action = "agenda.seen", .wrote = true },
	    err);

	if (rc == 0)
		rc = tx_exec(&tx,
		    "INSERT INTO looked (user_uid, at, seq) SELECT ?1, ?2, "
		    "coalesce(max(seq), 0) FROM audit WHERE true "
		    "ON CONFLICT (user_uid) DO UPDATE SET at = excluded.at, "
		    "seq = excluded.seq",
		    VALS(v_uid0(&s->user.uid), v_int(tx.now)));
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}
