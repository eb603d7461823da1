/* SPDX-License-Identifier: ISC */
/* What referrals and second persons make due in a case. */
#include "rules/disclosure.h"
#include "rules/referral.h"
#include "store/referral_inside.h"
#include "store/queue_known.h"
#include "store/request_inside.h"

/* Due in the list of cases, and a task of its own. */
static void
waits(struct known *k, enum next_action a, struct uid record, int64_t due)
{
	known_due(k, a, due);
	known_task(k, a, &record, due);
}

/* Asked for an answer in vain: whoever decides in the branch looks at it with
 * the worker. */
static void
stuck(struct known *k, struct uid record, int64_t due)
{
	task_fact_add(
	    k->tasks, &(const struct task_fact){ .kind = TASK_REFERRAL_STUCK,
			  .object = record,
			  .at = due,
			  .to = TO_DECIDE });
}

/* The first thing to ask of every referral that is not over. */
int
known_referrals(struct tx *tx, const struct uid *uid, struct known *k)
{
	static const enum next_action actions[] = {
		[REFERRAL_ASK_SEND] = NEXT_REFERRAL_SEND,
		[REFERRAL_ASK_ANSWER] = NEXT_REFERRAL_ANSWER,
		[REFERRAL_ASK_ATTENDED] = NEXT_REFERRAL_ATTENDED,
		[REFERRAL_ASK_FEEDBACK] = NEXT_REFERRAL_FEEDBACK,
		[REFERRAL_ASK_OTHER] = NEXT_REFERRAL_OTHER,
	};
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT state, mode, priority, state_at, chases, settled, uid, "
	    "(SELECT max(e.made_at) FROM referral_event e "
	    "WHERE e.case_uid = r.case_uid AND e.referral = r.uid "
	    "AND e.kind = 'harm') "
	    "FROM referral r WHERE case_uid = ?1 AND deleted_hlc = 0",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		enum referral_state state =
		    (enum referral_state)referral_state_from_name(
			col_text(st, 0));
		struct referral_wait w = referral_due(state,
		    (enum referral_mode)referral_mode_from_name(
			col_text(st, 1)),
		    (enum referral_priority)referral_priority_from_name(
			col_text(st, 2)),
		    col_int(st, 3), (int)col_int(st, 4), col_bool(st, 5));

		/* A level that was set before harm was told of says little. */
		if (col_int(st, 7) > k->risk_at)
			waits(
			    k, NEXT_RISK_AGAIN, col_uid(st, 6), col_int(st, 7));
		k->out.ends.referrals += !referral_over(state);
		if (w.ask != REFERRAL_ASK_NOTHING)
			waits(k, actions[w.ask], col_uid(st, 6), w.due);
		if (w.chased)
			stuck(k, col_uid(st, 6), w.due);
		/* One that left and was not turned back. */
		if (state < REFERRAL_IS_SENT || state > REFERRAL_IS_COMPLETED)
			continue;
		k->stage.referrals++;
		if (col_int(st, 3) > k->last_step)
			k->last_step = col_int(st, 3);
	}
	return rc;
}

/* 1: it goes on under another code, and sends nothing any more; 0; -1. */
static int
joined_away(struct tx *tx, const struct uid *uid, const struct known *k)
{
	struct joined j;
	int rc = k->closed ? join_find(tx, uid, &j, NULL) : 0;

	return rc == 1 ? !j.stays : rc;
}

/* What a second person was asked and has not decided, and overrides that
 * nobody looked at again. */
int
known_acts(struct tx *tx, const struct uid *uid, struct known *k)
{
	int away = joined_away(tx, uid, k);
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT a.reason, a.made_at, (SELECT min(e.at) "
	    "FROM release_act_event e WHERE e.case_uid = a.case_uid "
	    "AND e.act = a.uid AND e.kind = 'agreed'), "
	    "EXISTS (SELECT 1 FROM release_act_event e "
	    "WHERE e.case_uid = a.case_uid AND e.act = a.uid "
	    "AND e.kind IN ('declined', 'reviewed')), a.uid, "
	    "(SELECT min(d.made_at) FROM disclosure d "
	    "WHERE d.case_uid = a.case_uid AND d.act = a.uid) "
	    "FROM release_act a "
	    "WHERE a.case_uid = ?1 AND a.deleted_hlc = 0",
	    VALS(v_uid0(uid)));
	struct egress_act act;
	int rc, reason;

	if (st == NULL || away == -1)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		reason = act_reason_from_name(col_text(st, 0));
		act = (struct egress_act){
			.reason =
			    reason < 0 ? ACT_FOR_LIFE : (enum act_reason)reason,
			.agreed_at = col_int(st, 2),
			.used_at = col_int(st, 5),
		};
		if (col_bool(st, 3) ||
		    (away == 1 && act.agreed_at == 0 && act.used_at == 0))
			continue;
		if (act.agreed_at == 0 && act.used_at == 0)
			waits(
			    k, NEXT_ACT_AGREE, col_uid(st, 4), col_int(st, 1));
		else
			waits(k, NEXT_ACT_REVIEW, col_uid(st, 4),
			    act_review_due(&act));
	}
	return rc;
}

/* What was taken back and was not asked back, or not answered. */
int
known_recalls(struct tx *tx, const struct uid *uid, struct known *k)
{
	struct recalls all;
	struct arena a;
	int rc;

	arena_init(&a);
	rc = recalls_load(tx, uid, &a, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		const struct recall *r = &all.list[i];

		if (recall_due(r->step, r->at) != 0)
			waits(k, NEXT_TELL_RECIPIENTS, r->uid,
			    recall_due(r->step, r->at));
	}
	arena_done(&a);
	return rc;
}
