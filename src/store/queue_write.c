/* SPDX-License-Identifier: ISC */
/* Where a case stands, and its row in the lists. */
#include <string.h>

#include "rules/timers.h"
#include "store/plan_inside.h"
#include "store/queue_inside.h"
#include "store/queue_known.h"
#include "store/queue_write.h"
#include "store/request_inside.h"
#include "store/session_inside.h"

void
known_task(
    struct known *k, enum next_action a, const struct uid *object, int64_t due)
{
	int kind = task_from_name(next_action_name(a));
	struct task_fact fact = { .kind = kind == -1 ? TASK_FOLLOW_UP
						     : (enum task_kind)kind,
		.at = due,
		.to = a == NEXT_ACT_REVIEW || a == NEXT_ACT_AGREE ? TO_DECIDE
								  : TO_WORKER };

	if (object != NULL)
		fact.object = *object;
	task_fact_add(k->tasks, &fact);
}

void
known_due(struct known *k, enum next_action a, int64_t due)
{
	if (due != 0 && (k->next.due[a] == 0 || due < k->next.due[a]))
		k->next.due[a] = due;
}

static int
read_case(struct tx *tx, const struct uid *uid, struct known *k)
{
	struct task_facts *tasks = k->tasks;
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT code, branch, owner, closed_at, urgent, person IS NULL, "
	    "risk, opened_at, risk_at, next, next_due, next_none <> '', "
	    "stop_contact <> 0 OR may_contact = 'no', "
	    "stop_contact = 0 AND may_contact IN ('yes', 'only_if'), "
	    "safety_plan_at, closed_reason IN (?2, 'duplicate') "
	    "FROM case_file WHERE uid = ?1 AND deleted_hlc = 0",
	    VALS(v_uid0(uid), v_str(CLOSING_TRANSFERRED)));
	int rc, action;

	if (st == NULL)
		return -1;
	rc = tx_row(tx, st);
	if (rc != 1)
		return rc;
	*k = (struct known){
		.owner = col_uid(st, 2),
		.closed = col_int(st, 3) != 0,
		.urgent = col_bool(st, 4),
		.anonymous = col_bool(st, 5),
		.risk = society_risk(tx->s->society, col_text(st, 6)),
		.opened_at = col_int(st, 7),
		.risk_at = col_int(st, 8),
		.tasks = tasks,
	};
	col_copy(st, 0, k->code, sizeof(k->code));
	col_copy(st, 1, k->branch, sizeof(k->branch));
	k->next.none_agreed = col_bool(st, 11);
	action = next_action_from_name(col_text(st, 9));
	if (action > NEXT_NONE) {
		known_due(k, (enum next_action)action, col_int(st, 10));
		known_task(k, (enum next_action)action, NULL, col_int(st, 10));
	}
	k->no_contact = col_bool(st, 12);
	k->out.ends.may_contact = col_bool(st, 13);
	k->out.ends.safety_plan_at = col_int(st, 14);
	k->goes_on_elsewhere = k->closed && col_bool(st, 15);
	stmt_done(st);
	return 1;
}

static int
read_plans(struct tx *tx, const struct uid *uid, struct known *k)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT what, due, promised, uid FROM followup_plan "
	    "WHERE case_uid = ?1 AND state = 'open' AND deleted_hlc = 0",
	    VALS(v_uid0(uid)));
	enum next_action action;
	struct uid plan;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		plan = col_uid(st, 3);
		action = next_of_plan(next_action_from_name(col_text(st, 0)),
		    col_bool(st, 2), k->closed && k->no_contact);
		k->plans_open++;
		k->out.ends.promises += col_bool(st, 2);
		if (action == NEXT_NONE)
			continue;
		known_due(k, action, col_int(st, 1));
		known_task(k, action, &plan, col_int(st, 1));
		if (action != NEXT_FOLLOW_UP ||
		    (k->follow_up_due != 0 &&
			k->follow_up_due <= col_int(st, 1)))
			continue;
		k->follow_up = plan;
		k->follow_up_due = col_int(st, 1);
	}
	return rc;
}

/* Outcomes after which somebody was in touch with the person; whoever did not
 * know the safe word is not known to be them. */
static bool
reached(const char *outcome, const char *word)
{
	return (strcmp(outcome, "reached_safe") == 0 &&
		   strcmp(word, "no") != 0) ||
	       strcmp(outcome, "came") == 0;
}

static int
read_attempts(struct tx *tx, const struct uid *uid, struct known *k)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT at, outcome, lost_contact, made_at, word_ok FROM attempt "
	    "WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "ORDER BY at DESC, uid DESC",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		if (k->stage.follow_ups++ == 0)
			k->last_tried = col_int(st, 0);
		if (col_int(st, 3) > k->last_attempt)
			k->last_attempt = col_int(st, 3);
		if (k->last_contact != 0)
			continue;
		if (reached(col_text(st, 1), col_text(st, 4))) {
			k->last_contact = col_int(st, 0);
			continue;
		}
		k->out.ends.attempts_failed++;
		if (col_bool(st, 2) && !k->out.lost_contact) {
			k->out.lost_contact = true;
			known_due(k, NEXT_LOST_CONTACT, col_int(st, 0));
			known_task(k, NEXT_LOST_CONTACT, NULL, col_int(st, 0));
		}
	}
	return rc;
}

static int
read_counts(struct tx *tx, const struct uid *uid, struct known *k)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT (SELECT count(*) FROM contact WHERE case_uid = ?1), "
	    "(SELECT max(at) FROM contact WHERE case_uid = ?1), "
	    "(SELECT count(*) FROM screening WHERE case_uid = ?1), "
	    "(SELECT count(*) FROM flag WHERE case_uid = ?1 "
	    "AND resolved_at = 0 AND deleted_hlc = 0), "
	    "(SELECT count(*) FROM mechanism_event WHERE case_uid = ?1), "
	    "(SELECT count(*) FROM duty_event WHERE case_uid = ?1)",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 1) {
		k->stage.contacts = (int)col_int(st, 0);
		if (col_int(st, 1) > k->last_contact)
			k->last_contact = col_int(st, 1);
		k->stage.screenings = (int)col_int(st, 2);
		k->out.flags = (int)col_int(st, 3);
		k->mechanism_events = (int)col_int(st, 4);
		k->duty_events = (int)col_int(st, 5);
		stmt_done(st);
	}
	return 0;
}

static void
read_consent(sqlite3_stmt *st, struct release *r, struct arena *a)
{
	int decision = consent_decision_from_name(col_text(st, 5));

	*r = (struct release){
		.uid = col_uid(st, 0),
		.supersedes = col_uid(st, 1),
		.kind = col_str(st, 2, a),
		.recipient = col_str(st, 3, a),
		.purpose = col_str(st, 4, a),
		.decision = decision == -1 ? CONSENT_NOT_ASKED
					   : (enum consent_decision)decision,
		.given_at = col_int(st, 6),
		.until = col_int(st, 7),
		.single_use = col_bool(st, 9),
		.met_at = col_int(st, 10),
	};
}

/* When what stands has to be talked about again. */
static void
consent_due(struct known *k, const struct release *r, int64_t review)
{
	int64_t ends = consent_ends(r);

	/* Nothing is asked about what is done. */
	if (!consent_decision_is_yes(r->decision) || r->met_at != 0)
		return;
	if (review == 0 && !r->single_use && ends != INT64_MAX)
		review = ends - RELEASE_HEADS_UP_DAYS * CLOCK_DAY;
	known_due(k, NEXT_CONSENT_REVIEW, review);
	known_task(k, NEXT_CONSENT_REVIEW, &r->uid, review);
}

static void
weigh_consents(struct known *k, const struct release *rows,
    const int64_t *review, size_t n, const struct release **standing)
{
	size_t m = consent_effective(rows, n, standing);

	for (size_t i = 0; i < m; i++) {
		consent_due(k, standing[i], review[standing[i] - rows]);
		if (strcmp(standing[i]->kind, "work_together") != 0)
			continue;
		k->stage.work_together = standing[i]->decision;
		k->working = standing[i]->uid;
	}
}

static int
read_consents(struct tx *tx, const struct uid *uid, struct known *k)
{
	const struct release **standing;
	struct release *rows;
	int64_t *review, count = 0;
	sqlite3_stmt *st;
	struct arena a;
	size_t n = 0;
	int rc = -1;

	arena_init(&a);
	if (tx_int(tx,
		"SELECT count(*) FROM consent WHERE case_uid = ?1 "
		"AND kind <> 'limits'",
		VALS(v_uid0(uid)), &count) == -1)
		goto out;
	rows = arena_alloc(&a, (size_t)count + 1, sizeof(*rows));
	review = arena_alloc(&a, (size_t)count + 1, sizeof(*review));
	standing = arena_alloc(&a, (size_t)count + 1, sizeof(const void *));
	st = tx_query(tx,
	    "SELECT uid, supersedes, kind, recipient, purpose, decision, "
	    "given_at, until_at, review_at, single_use, " SQL_MET
	    " FROM consent c WHERE case_uid = ?1 AND kind <> 'limits'",
	    VALS(v_uid0(uid)));
	if (st == NULL)
		goto out;
	while ((rc = tx_row(tx, st)) == 1) {
		review[n] = col_int(st, 8);
		read_consent(st, &rows[n++], &a);
	}
	if (rc == 0)
		weigh_consents(k, rows, review, n, standing);
out:
	arena_done(&a);
	return rc;
}

/* A timer of the case itself. */
static void
timer_at(struct known *k, enum next_action a, int64_t due)
{
	known_due(k, a, due);
	known_task(k, a, NULL, due);
}

/*
 * What was planned may be too late for the level of risk: then the follow-up
 * is due by the level.  Where somebody asked us not to be in touch, or nothing
 * was planned ("agree-next" is due at once then), the level adds nothing.
 */
static void
follow_up_by_level(const struct society *soc, struct known *k)
{
	struct follow_up_facts f = { .risk = k->risk,
		.risk_at = k->risk_at,
		.contact_at = k->last_contact,
		.tried_at = k->last_tried };
	int64_t due;

	if (k->plans_open == 0 || k->no_contact)
		return;
	due = timer_follow_up(soc, &f);
	if (due == 0 || (k->follow_up_due != 0 && k->follow_up_due <= due))
		return;
	if (!k->closed) {
		k->out.by_level = due;
		k->out.sooner_plan = k->follow_up;
	}
	known_due(k, NEXT_FOLLOW_UP, due);
	known_task(k, NEXT_FOLLOW_UP, &k->follow_up, due);
}

static void
add_timers(const struct society *soc, struct known *k)
{
	int64_t since = k->opened_at;

	if (k->urgent)
		timer_at(k, NEXT_URGENT, k->opened_at);
	if (k->stage.contacts == 0 && k->stage.follow_ups == 0)
		timer_at(k, NEXT_FIRST_RESPONSE,
		    timer_due(
			soc, k->risk, TIMER_FIRST_RESPONSE, k->opened_at));
	if (k->risk_at > since)
		since = k->risk_at;
	if (k->last_contact > since)
		since = k->last_contact;
	k->next.since = since;
	follow_up_by_level(soc, k);
	/* A review does not stand in for a next step that nobody agreed; a
	 * plan has its own. */
	if (k->stage.goals == 0 && (k->plans_open > 0 || k->next.none_agreed))
		timer_at(k, NEXT_REVIEW,
		    timer_due(soc, k->risk, TIMER_REVIEW, since));
}

static int
learn(struct tx *tx, const struct uid *uid, struct known *k)
{
	int rc = read_case(tx, uid, k);

	if (rc != 1)
		return rc;
	if (read_plans(tx, uid, k) == -1 || read_attempts(tx, uid, k) == -1 ||
	    read_counts(tx, uid, k) == -1 || read_consents(tx, uid, k) == -1 ||
	    known_referrals(tx, uid, k) == -1 || known_acts(tx, uid, k) == -1 ||
	    known_recalls(tx, uid, k) == -1 ||
	    known_consent_again(tx, uid, k) == -1 ||
	    known_deadlines(tx, uid, k) == -1 || known_plan(tx, uid, k) == -1)
		return -1;
	add_timers(tx->s->society, k);
	k->next.closed = k->stage.closed = k->closed;
	k->stage.lost_contact = k->out.lost_contact;
	k->stage.anonymous = k->anonymous;
	k->out.ends.follow_ups = k->plans_open;
	k->out.ends.last_contact =
	    k->last_contact != 0 ? k->last_contact : k->opened_at;
	k->out.stage = case_stage(&k->stage);
	k->out.next = case_next(&k->next);
	k->out.promised = k->out.next.action == NEXT_PROMISED;
	if (k->out.next.action == NEXT_AGREE_NEXT)
		known_task(k, NEXT_AGREE_NEXT, NULL, k->out.next.due);
	return 1;
}

int
case_standing(struct tx *tx, const struct uid *uid, struct standing *out)
{
	struct known k = { .tasks = NULL };
	int rc = learn(tx, uid, &k);

	if (rc == 1)
		*out = k.out;
	return rc;
}

/* --- the row -------------------------------------------------------------------- */
struct val
queue_lane(const struct uid *owner, const char *branch, struct buf *b)
{
	buf_clear(b);
	if (owner != NULL && !uid_null(owner))
		buf_add(b, owner->b, sizeof(owner->b));
	else
		buf_addf(b, "u:%s", branch);
	return v_blob(b->data, b->len);
}

static int
worker_of(struct tx *tx, const struct uid *owner, char out[LOGIN_SIZE])
{
	sqlite3_stmt *st;
	int rc;

	out[0] = '\0';
	if (uid_null(owner))
		return 0;
	st = tx_query(tx, "SELECT login FROM colleague WHERE uid = ?1",
	    VALS(v_uid0(owner)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 1) {
		col_copy(st, 0, out, LOGIN_SIZE);
		stmt_done(st);
	}
	return 0;
}

int
queue_touch(struct tx *tx, const struct uid *uid)
{
	return tx_exec(tx, "UPDATE queue SET changed = ?2 WHERE uid = ?1",
	    VALS(v_uid0(uid), v_int(tx->now)));
}

#define ROW_COLUMNS                                                        \
	"uid, changed, open, lane, branch, rank, due_key, due_day, code, " \
	"next, stage, flags, promised, worker"

/* 1: what the lists show is there already, 0: not, -1. */
static int
same_row(struct tx *tx, const struct val *v)
{
	int64_t there = 0;

	/* The plus keeps the engine from compiling this anew at each save: see
	 * statement() of queue.c. */
	return tx_int(tx,
	    "SELECT 1 FROM queue WHERE uid = ?1 AND +open = ?2 AND lane = ?3 "
	    "AND branch = ?4 AND rank = ?5 AND due_key = ?6 "
	    "AND due_day IS ?7 AND code = ?8 AND next = ?9 AND stage = ?10 "
	    "AND flags = ?11 AND promised = ?12 AND worker = ?13",
	    v, 13, &there);
}

static int
write_row(struct tx *tx, const struct uid *uid, const struct known *k)
{
	int64_t due = k->out.next.due;
	char worker[LOGIN_SIZE];
	struct buf lane;
	int rc;

	if (worker_of(tx, &k->owner, worker) == -1)
		return -1;
	buf_init(&lane);
	const struct val v[] = { v_uid0(uid), v_int(!k->closed),
		queue_lane(&k->owner, k->branch, &lane), v_str(k->branch),
		v_int(k->risk < 0 ? QUEUE_RANK_NONE : k->risk),
		v_int(due == 0 ? QUEUE_DUE_NONE : due),
		due == 0 ? v_null() : v_int(clock_day_of(due)), v_str(k->code),
		v_str(next_action_name(k->out.next.action)),
		v_str(stage_name(k->out.stage)), v_int(k->out.flags),
		v_int(k->out.promised), v_str(worker), v_int(tx->now) };

	rc = same_row(tx, v);
	if (rc == 1)
		rc = queue_touch(tx, uid);
	else if (rc == 0)
		rc = tx_exec(tx,
		    "INSERT INTO queue (" ROW_COLUMNS ") VALUES (?1, ?14, ?2, "
		    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
		    "ON CONFLICT (uid) DO UPDATE SET open = excluded.open, "
		    "lane = excluded.lane, branch = excluded.branch, "
		    "rank = excluded.rank, due_key = excluded.due_key, "
		    "due_day = excluded.due_day, code = excluded.code, "
		    "next = excluded.next, stage = excluded.stage, "
		    "flags = excluded.flags, promised = excluded.promised, "
		    "worker = excluded.worker, changed = excluded.changed",
		    v, 14);
	buf_done(&lane);
	return rc;
}

/* Who does what waits in a closed case: where it goes on under another code of
 * the person, whoever has that one. */
static int
lead_of(struct tx *tx, const struct uid *uid, struct uid *lead)
{
	struct joined j;
	sqlite3_stmt *st;
	int rc = join_find(tx, uid, &j, NULL);

	if (rc != 1 || j.stays)
		return rc;
	st = tx_query(tx, "SELECT owner FROM case_file WHERE uid = ?1",
	    VALS(v_uid0(&j.other)));
	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return st == NULL ? -1 : rc;
	*lead = col_uid(st, 0);
	stmt_done(st);
	return 1;
}

/* What waits in this case, as the list of tasks wants it: 1, 0, -1. */
static int
learn_tasks(struct tx *tx, const struct uid *uid, struct known *k,
    struct agenda_case *c)
{
	int rc = learn(tx, uid, k);

	if (rc != 1)
		return rc;
	k->lead = k->owner;
	if (k->closed && lead_of(tx, uid, &k->lead) == -1)
		return -1;
	*c = (struct agenda_case){ .uid = uid,
		.owner = &k->lead,
		.branch = k->branch,
		.code = k->code,
		.is = { .closed = k->closed, .risk = k->risk } };
	return agenda_facts(tx, uid, k->tasks) == -1 ? -1 : 1;
}

int
queue_refresh(struct tx *tx, const struct uid *uid)
{
	struct arena a;
	struct task_facts facts = { .arena = &a };
	struct known k = { .tasks = &facts };
	struct agenda_case c;
	int rc;

	arena_init(&a);
	rc = learn_tasks(tx, uid, &k, &c);
	if (rc == 1)
		rc = write_row(tx, uid, &k) == -1
			 ? -1
			 : agenda_write(tx, &c, &facts);
	arena_done(&a);
	return rc;
}

int
queue_tasks_differ(struct tx *tx, const struct uid *uid)
{
	struct arena a;
	struct task_facts facts = { .arena = &a };
	struct known k = { .tasks = &facts };
	struct agenda_case c;
	int rc;

	arena_init(&a);
	rc = learn_tasks(tx, uid, &k, &c);
	if (rc == 1)
		rc = agenda_compare(tx, &c, &facts);
	arena_done(&a);
	return rc;
}
