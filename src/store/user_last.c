/* SPDX-License-Identifier: ISC */
/* The last who can hand on the identity root. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "store/session_inside.h"
#include "store/user_write.h"

/* May this role hand the root on, once it has it? */
static bool
may_grant(const struct session *s, const char *name)
{
	int role = role_from_name(name);
	struct subject sub = { .reauth_fresh = true };

	if (role == -1 || !role_may_hold_identity((enum role)role))
		return false;
	sub.role = (enum role)role;
	return authz(session_grants(s), &sub, PERM_USER_GRANT, NULL) == ALLOW;
}

/* Does their own passphrase open it?  A one-time code may never be used. */
static bool
holds(const struct keyring *kr, const struct uid *who)
{
	struct slot_info slot;

	return keyring_find(kr, who, &slot, NULL) == 0 && slot.identity &&
	       !slot.disabled && slot.type == SLOT_PASSPHRASE;
}

int
user_not_last(struct session *s, struct tx *tx, const struct keyring *kr,
    const struct user *u, struct err *err)
{
	sqlite3_stmt *st;
	bool other = false;
	int got;

	if (u->disabled || !may_grant(s, role_name(u->role)) ||
	    !holds(kr, &u->uid))
		return 0;
	st = tx_query(tx,
	    "SELECT uid, role FROM colleague WHERE deleted_hlc = 0 "
	    "AND disabled = 0 AND uid <> ?1",
	    VALS(v_uid0(&u->uid)));
	if (st == NULL)
		return -1;
	while ((got = tx_row(tx, st)) == 1) {
		struct uid uid = col_uid(st, 0);

		other |= may_grant(s, col_text(st, 1)) && holds(kr, &uid);
	}
	if (got == -1)
		return -1;
	if (other)
		return 0;
	return err_set(err, ERR_INPUT,
	    _("%s is the last who can hand on the key to who people are. "
	      "First let another supervisor have it (amparo user grant) and "
	      "sign in; where that cannot be, amparo recover brings it back."),
	    u->login);
}
