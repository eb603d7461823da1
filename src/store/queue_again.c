/* SPDX-License-Identifier: ISC */
/*
 * A yes to working together was said as things were then.  After another level
 * of risk, another record of a child and their guardian, another interpreter,
 * or another worker by transfer it is talked about again, with the next
 * follow-up at the latest (field guide 2.5).  It goes on standing; a new
 * decision ends the asking.
 */
#include "rules/timers.h"
#include "store/queue_known.h"
#include "store/session_inside.h"

int
known_consent_again(struct tx *tx, const struct uid *uid, struct known *k)
{
	static const char sql[] =
	    "SELECT coalesce(min(e.at), 0) FROM consent c, "
	    "(SELECT risk_at AS at, NULL AS who, NULL AS code FROM case_file "
	    "WHERE uid = ?1 "
	    "UNION ALL SELECT made_at, NULL, NULL FROM child_record "
	    "WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT made_at, interpreter, NULL FROM assessment "
	    "WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT made_at, interpreter, NULL FROM screening "
	    "WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT made_at, interpreter, interpreter_code "
	    "FROM consent WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT a.made_at, NULL, NULL FROM request_answer a "
	    "JOIN request r ON r.case_uid = a.case_uid AND r.uid = a.request "
	    "WHERE a.case_uid = ?1 AND a.answer = 'accepted' "
	    "AND r.kind = 'transfer') e "
	    "WHERE c.case_uid = ?1 AND c.uid = ?2 AND e.at > c.made_at "
	    "AND (e.who IS NULL OR e.who NOT IN ('', 'none', c.interpreter) "
	    "OR e.code NOT IN ('', c.interpreter_code))";
	int64_t changed = 0, due;

	if (uid_null(&k->working) ||
	    !workflow_narrative_open(k->stage.work_together, false))
		return 0;
	if (tx_int(tx, sql, VALS(v_uid(uid), v_uid(&k->working)), &changed) ==
	    -1)
		return -1;
	if (changed == 0)
		return 0;
	due = timer_due(tx->s->society, k->risk, TIMER_FOLLOW_UP, changed);
	known_due(k, NEXT_CONSENT_REVIEW, due);
	known_task(k, NEXT_CONSENT_REVIEW, &k->working, due);
	return 0;
}
