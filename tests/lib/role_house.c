/* SPDX-License-Identifier: ISC */
/* Colleagues and the vault as a whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "store/user.h"
#include "store/vaultcare.h"

#include "role_kit.h"

static const char *
newcomer(struct role_stage *st)
{
	char code[ENROL_CODE_SIZE];

	if (st->newcomer == NULL) {
		st->newcomer = "newcomer";
		FIRST(user_add(st->o.adele, st->newcomer, "Somebody New",
		    ROLE_CASEWORKER, "branch-1", code, &e_));
	}
	return st->newcomer;
}

ACT(do_user_list)
{
	struct users all;

	return user_list(s, &st->arena, &all, e);
}

ACT(do_user_add)
{
	char code[ENROL_CODE_SIZE];

	return user_add(s, arena_printf(&st->arena, "new%d", st->n++),
	    "Somebody New", ROLE_COORDINATOR, "branch-1", code, e);
}

ACT(do_user_set_role)
{
	return user_set_role(s, newcomer(st), ROLE_CASEWORKER, "branch-1", e);
}

ACT(do_user_disable)
{
	return user_disable(s, newcomer(st), false, e);
}

ACT(do_user_enable)
{
	const char *login = newcomer(st);

	FIRST(user_disable(st->o.adele, login, false, &e_));
	return user_enable(s, login, e);
}

ACT(do_user_reset)
{
	char code[ENROL_CODE_SIZE];

	return user_reset(s, newcomer(st), code, e);
}

ACT(do_user_set_ssh_key)
{
	return user_set_ssh_key(s, newcomer(st), "-", e);
}

ACT(do_user_set_language)
{
	return user_set_language(s, newcomer(st), "-", e);
}

ACT(do_user_grant_identity)
{
	return user_grant_identity(s, newcomer(st), e);
}

ACT(do_vault_verify)
{
	struct findings f;

	return vault_verify(s, &st->arena, &f, e);
}

/* Nothing is in doubt here: whoever may decide is told so. */
ACT(do_vault_accept)
{
	struct accepted far;
	int rc = vault_accept(s, "looked at all of it", &far, e);

	(void)st;
	if (rc == -1 && e->kind == ERR_CONFLICT) {
		err_clear(e);
		rc = 0;
	}
	return rc;
}

ACT(do_vault_remove_orphans)
{
	size_t removed;

	(void)st;
	return vault_remove_orphans(s, &removed, e);
}

ACT(do_vault_backup)
{
	return vault_backup(s,
	    arena_printf(&st->arena, "%s/copy-%d", st->o.kit.root, st->n++),
	    BACKUP_EVERYBODY, e);
}

#define MANAGES "-------Y-"
#define CARES "---YY--Y-"

static const struct role_row rows[] = {
	/*                   amina zoya bilal sunil sumi cora audra adele stan */
	ROW(user_list, "YYYYYYYYY"),
	ROW(user_add, MANAGES),
	ROW(user_set_role, MANAGES),
	ROW(user_reset, MANAGES),
	ROW(user_set_ssh_key, MANAGES),
	ROW(user_set_language, MANAGES),
	ROW(user_grant_identity, "---YY----"),
	ROW(user_disable, MANAGES),
	ROW(user_enable, MANAGES),
	ROW(vault_verify, CARES),
	ROW(vault_accept, CARES),
	ROW(vault_remove_orphans, "---YY----"),
	ROW(vault_backup, CARES),
};

const struct role_rows role_house = { rows, sizeof(rows) / sizeof(rows[0]) };
