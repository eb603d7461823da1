/* SPDX-License-Identifier: ISC */
/*
 * A yes to working together was said as things were then.  After another level
 * of risk, another record of a child and their guardian, another interpreter,
 * or another worker by transfer it is talked about again, with the next
 * follow-up at the latest (field guide 2.5).  It goes on standing; a new
 * decision ends the asking.
 */
#include <string.h>

#include "rules/timers.h"
#include "store/case_inside.h"
#include "store/queue_known.h"
#include "store/session_inside.h"

int
consent_changes(struct tx *tx, const struct uid *uid, const struct uid *consent,
    int64_t changed[CONSENT_CHANGES])
{
	/* what: enum consent_change */
	static const char sql[] =
	    "SELECT e.what, min(e.at) FROM consent c, "
	    "(SELECT 0 AS what, risk_at AS at, NULL AS who, NULL AS code "
	    "FROM case_file WHERE uid = ?1 "
	    "UNION ALL SELECT 1, made_at, NULL, NULL FROM child_record "
	    "WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT 2, made_at, interpreter, NULL FROM assessment "
	    "WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT 2, made_at, interpreter, NULL FROM screening "
	    "WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT 2, made_at, interpreter, interpreter_code "
	    "FROM consent WHERE case_uid = ?1 AND deleted_hlc = 0 "
	    "UNION ALL SELECT 3, a.made_at, NULL, NULL FROM request_answer a "
	    "JOIN request r ON r.case_uid = a.case_uid AND r.uid = a.request "
	    "WHERE a.case_uid = ?1 AND a.answer = 'accepted' "
	    "AND r.kind = 'transfer') e "
	    "WHERE c.case_uid = ?1 AND c.uid = ?2 AND e.at > c.made_at "
	    "AND (e.who IS NULL OR e.who NOT IN ('', 'none', c.interpreter) "
	    "OR e.code NOT IN ('', c.interpreter_code)) GROUP BY e.what";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid0(uid), v_uid(consent)));
	int rc;

	memset(changed, 0, CONSENT_CHANGES * sizeof(*changed));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		changed[col_int(st, 0)] = col_int(st, 1);
	return rc;
}

int
known_consent_again(struct tx *tx, const struct uid *uid, struct known *k)
{
	int64_t changed[CONSENT_CHANGES], first = INT64_MAX, due;

	if (uid_null(&k->working) ||
	    !workflow_narrative_open(k->stage.work_together, false))
		return 0;
	if (consent_changes(tx, uid, &k->working, changed) == -1)
		return -1;
	for (int i = 0; i < CONSENT_CHANGES; i++)
		if (changed[i] != 0 && changed[i] < first)
			first = changed[i];
	if (first == INT64_MAX)
		return 0;
	due = timer_due(tx->s->society, k->risk, TIMER_FOLLOW_UP, first);
	known_due(k, NEXT_CONSENT_REVIEW, due);
	known_task(k, NEXT_CONSENT_REVIEW, &k->working, due);
	return 0;
}
