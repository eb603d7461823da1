/* SPDX-License-Identifier: ISC */
/* Another configuration: the rows' ranks are places in its list of risks. */
#include <string.h>

#include "store/db_plan.h"
#include "store/queue_inside.h"
#include "store/queue_write.h"
#include "store/session_inside.h"

int
queue_risks_changed(struct tx *tx)
{
	const struct society *soc = tx->s->society;
	char was[1024] = "";
	struct buf now;
	size_t n = 0;
	int rc = -1;

	buf_init(&now);
	for (size_t i = 0; i < soc->n_risks; i++)
		buf_addf(&now, "%s ", soc->risks[i].id);
	if (db_meta(tx->db, "risks", was, sizeof(was), &n, tx->err) == -1)
		goto out;
	if (n == now.len && memcmp(was, now.data, n) == 0) {
		rc = 0;
		goto out;
	}
	if (tx_exec(tx, PLAN_WHOLE "UPDATE queue SET rank = ?1",
		VALS(v_int(QUEUE_RANK_NONE))) == -1)
		goto out;
	for (size_t i = 0; i < soc->n_risks; i++)
		if (tx_exec(tx,
			PLAN_WHOLE
			"UPDATE queue SET rank = ?1 WHERE uid IN "
			"(SELECT uid FROM case_file WHERE risk = ?2)",
			VALS(v_int((int64_t)i), v_str(soc->risks[i].id))) == -1)
			goto out;
	rc = db_meta_set(tx->db, "risks", now.data, now.len, tx->err);
out:
	buf_done(&now);
	return rc;
}
