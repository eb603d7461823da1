/* SPDX-License-Identifier: ISC */
#include "store/second_inside.h"

#include "store/link_inside.h"

int
second_somebody_else(struct tx *tx, const struct uid *case_uid,
    enum permission perm, enum permission also, const struct uid *act)
{
	static const char sql[] =
	    "SELECT uid, role, branch FROM colleague WHERE disabled = 0"
	    " AND deleted_hlc = 0 AND uid <> ?3 AND uid NOT IN (SELECT made_by"
	    " FROM release_act WHERE case_uid = ?1 AND uid = ?2)";
	struct case_facts f = tx->facts;
	sqlite3_stmt *st = tx_query(tx, sql,
	    VALS(v_uid0(case_uid), v_uid(act), v_uid0(&tx->s->user.uid)));
	bool found = false;
	int rc, marked = 0;

	f.sealed = f.assigned = false;
	f.open |= tx->what.settles;
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1) {
		struct subject them = { .user = col_uid(st, 0) };
		int role = role_from_name(col_text(st, 1));

		col_copy(st, 2, them.branch, sizeof(them.branch));
		them.role = (enum role)role;
		if (found || role < 0 ||
		    authz(session_grants(tx->s), &them, perm, &f) != ALLOW ||
		    (also != PERM_NONE &&
			authz(session_grants(tx->s), &them, also, &f) != ALLOW))
			continue;
		/* Nor is whoever has an interest in the case a second one. */
		marked = conflict_marked_user(tx, case_uid, &them.user);
		found = marked == 0;
		if (marked == -1)
			break;
	}
	stmt_done(st);
	return rc == -1 || marked == -1 ? -1 : found;
}
