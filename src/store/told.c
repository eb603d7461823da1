/* SPDX-License-Identifier: ISC */
#include "store/told.h"

#include <string.h>

#include "base/i18n.h"
#include "rules/disclosure.h"
#include "store/act_inside.h"
#include "store/referral.h"

static int
check(const struct society *society, const struct act *t, int64_t now,
    struct err *e)
{
	bool knows = strcmp(t->told, "yes") == 0;

	if (society_recipient(society, t->recipient) == NULL)
		return err_set_field(
		    e, "recipient", _("Choose who was told, from the list."));
	if (!label_known(&society->purposes, t->purpose))
		return err_set_field(e, "purpose",
		    _("Choose what it was told for, from the list."));
	if (t->scope == 0 || (t->scope & ~DATA_ALL) != 0)
		return err_set_field(e, "scope",
		    _("Tick what was told: all that they know from us now."));
	if (t->at <= 0 || t->at > now)
		return err_set_field(
		    e, "on", _("Say when it was told: now or before."));
	if (!told_reason(t->reason))
		return err_set_field(e, "reason",
		    _("Choose why it was told with nobody asked."));
	if (!said(t->words))
		return err_set_field(e, "words",
		    _("Say in a few words who told whom, and why."));
	if (told_by_rule(t->reason) && !said(t->legal_ref))
		return err_set_field(e, "legal_ref",
		    _("Name the law, the order or the policy it was told "
		      "by."));
	if (!knows && strcmp(t->told, "no") != 0)
		return err_set_field(
		    e, "told", _("Say whether the person knows of it."));
	if (!knows && !said(t->told_why))
		return err_set_field(
		    e, "told_why", _("Say why the person does not know."));
	return 0;
}

static int
put(struct tx *tx, const struct act *t)
{
	struct uid left = t->uid;
	int rc = act_put(tx, t, NULL);

	if (rc != 0)
		return rc;
	/* One of each: what left bears the name of its override, turned. */
	left.b[15] ^= 1;
	return record_insert(tx, REC_DISCLOSURE, &t->case_uid, &left,
	    COLS({ "consent", v_uid0(&(struct uid){ { 0 } }) },
		{ "act", v_uid(&t->uid) }, { "at", v_int(t->at) },
		{ "recipient", v_str(t->recipient) },
		{ "purpose", v_str(t->purpose) }, { "scope", v_int(t->scope) },
		{ "how", v_str(DISCLOSED_ALREADY) }));
}

int
told_add(struct session *s, const struct act *in, struct err *err)
{
	struct tx tx = { .open = false };
	struct act t = *in;
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (act_take(&a, &t, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &t.case_uid,
		    .object = &t.uid,
		    .action = "disclosure.told",
		    .settles = true,
		    .wrote = true },
		err) == 0) {
		if (check(s->society, &t, tx.now, err) == 0)
			rc = put(&tx, &t);
		rc = case_commit_once(&tx, &t.case_uid, rc);
		tx_abort(&tx);
	}
	arena_done(&a);
	return rc;
}
