/* SPDX-License-Identifier: ISC */
#include "store/told.h"

#include <string.h>

#include "base/i18n.h"
#include "rules/disclosure.h"
#include "store/case_inside.h"
#include "store/referral.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
take(struct arena *a, struct told *t, struct err *e)
{
	const struct text_in texts[] = {
		{ &t->reason, N_("Reason"), LIMIT_CODE },
		{ &t->recipient, N_("Organisation"), LIMIT_CODE },
		{ &t->purpose, N_("What for"), LIMIT_CODE },
		{ &t->words, N_("Facts"), LIMIT_WORDS },
		{ &t->legal_ref, N_("Law or order"), LIMIT_NAME },
		{ &t->told, N_("Told"), LIMIT_CODE },
		{ &t->told_why, N_("Why not told"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

static int
check(const struct society *society, const struct told *t, int64_t now,
    struct err *e)
{
	bool knows = strcmp(t->told, "yes") == 0;

	if (society_recipient(society, t->recipient) == NULL)
		return err_set(
		    e, ERR_INPUT, _("Choose who was told, from the list."));
	if (!label_known(&society->purposes, t->purpose))
		return err_set(e, ERR_INPUT,
		    _("Choose what it was told for, from the list."));
	if (t->scope == 0 || (t->scope & ~DATA_ALL) != 0)
		return err_set(e, ERR_INPUT,
		    _("Tick what was told: all that they know from us now."));
	if (t->at <= 0 || t->at > now)
		return err_set(
		    e, ERR_INPUT, _("Say when it was told: now or before."));
	if (!told_reason(t->reason))
		return err_set(e, ERR_INPUT,
		    _("Choose why it was told with nobody asked."));
	if (!said(t->words))
		return err_set(e, ERR_INPUT,
		    _("Say in a few words who told whom, and why."));
	if (told_by_rule(t->reason) && !said(t->legal_ref))
		return err_set(e, ERR_INPUT,
		    _("Name the law, the order or the policy it was told "
		      "by."));
	if (!knows && strcmp(t->told, "no") != 0)
		return err_set(
		    e, ERR_INPUT, _("Say whether the person knows of it."));
	if (!knows && !said(t->told_why))
		return err_set(
		    e, ERR_INPUT, _("Say why the person does not know."));
	return 0;
}

static int
put(struct tx *tx, const struct told *t)
{
	struct uid left = t->uid;
	int rc = record_insert_once(tx, REC_ACT, &t->case_uid, &t->uid,
	    COLS({ "reason", v_str(t->reason) },
		{ "recipient", v_str(t->recipient) },
		{ "purpose", v_str(t->purpose) }, { "scope", v_int(t->scope) },
		{ "words", v_str(t->words) },
		{ "legal_ref", v_str(t->legal_ref) },
		{ "told", v_str(t->told) }, { "told_why", v_str(t->told_why) }),
	    8);

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
told_add(struct session *s, const struct told *in, struct err *err)
{
	struct tx tx = { .open = false };
	struct told t = *in;
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &t, err) == 0 &&
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
