/* SPDX-License-Identifier: ISC */
/* Preparing referrals, and changing what was prepared. */
#include <string.h>

#include "base/i18n.h"
#include "store/referral_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
take(struct arena *a, struct referral *r, struct err *e)
{
	const struct text_in texts[] = {
		{ &r->recipient, N_("Organisation"), LIMIT_CODE },
		{ &r->purpose, N_("What for"), LIMIT_CODE },
		{ &r->mode, N_("How"), LIMIT_CODE },
		{ &r->priority, N_("How soon"), LIMIT_CODE },
		{ &r->reason, N_("Why"), LIMIT_WORDS },
		{ &r->asked, N_("Asked for"), LIMIT_WORDS },
		{ &r->given, N_("Done already"), LIMIT_WORDS },
		{ &r->access, N_("Access"), LIMIT_WORDS },
		{ &r->restrictions, N_("Restrictions"), LIMIT_WORDS },
		{ &r->risks, N_("Risks"), LIMIT_WORDS },
		{ &r->tell_back, N_("What may be told back"), LIMIT_WORDS },
		{ &r->copy_safe, N_("Copy"), LIMIT_CODE },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

static int
check(const struct society *society, const struct referral *r, struct err *e)
{
	int mode = referral_mode_from_name(r->mode);

	if (society_recipient(society, r->recipient) == NULL)
		return err_set_field(e, "recipient",
		    _("Choose the organisation from the directory."));
	if (!label_known(&society->purposes, r->purpose))
		return err_set_field(e, "purpose",
		    _("Choose what for: one of the purposes of the list."));
	if (mode < 0 || referral_priority_from_name(r->priority) < 0)
		return err_set_field(e, mode < 0 ? "mode" : "priority",
		    _("Say how the person gets there, and how soon it has to "
		      "be."));
	if (!said(r->reason))
		return err_set_field(e, "reason",
		    _("Say in a few words why: what the person wants from "
		      "them."));
	if (referral_mode_silent((enum referral_mode)mode) && r->fields != 0)
		return err_set_field(e, "fields",
		    _("Nothing of the case goes with this way: take the ticks "
		      "away, or choose another way."));
	if (mode == REFERRAL_TRANSFER &&
	    strcmp(r->purpose, TRANSFER_PURPOSE) != 0)
		return err_set_field(e, "purpose",
		    _("Moving the case has a consent of its own: choose the "
		      "purpose \"%s\", and ask for that."),
		    label_of(&society->purposes, TRANSFER_PURPOSE));
	return 0;
}

static int
insert(struct tx *tx, const struct referral *r, struct arena *a)
{
	const struct col cols[] = {
		{ "replaces", v_uid(&r->replaces) },
		{ "recipient", v_str(r->recipient) },
		{ "purpose", v_str(r->purpose) },
		{ "mode", v_str(r->mode) },
		{ "priority", v_str(r->priority) },
		{ "reason", v_str(r->reason) },
		{ "asked", v_str(r->asked) },
		{ "given", v_str(r->given) },
		{ "access", v_str(r->access) },
		{ "restrictions", v_str(r->restrictions) },
		{ "risks", v_str(r->risks) },
		{ "tell_back", v_str(r->tell_back) },
		{ "copy_safe", v_str(r->copy_safe) },
		{ "fields", v_str(referral_fields_text(r->fields, a)) },
		{ "state_at", v_int(tx->now) },
	};
	struct uid event = uid_new();
	int rc = record_insert_once(tx, REC_REFERRAL, &r->case_uid, &r->uid,
	    cols, COUNT(cols), COUNT(cols) - 1);

	if (rc != 0)
		return rc;
	return record_insert(tx, REC_REFERRAL_EVENT, &r->case_uid, &event,
		   COLS({ "referral", v_uid(&r->uid) },
		       { "at", v_int(tx->now) },
		       { "kind", v_str("prepared") })) == -1
		   ? -1
		   : 0;
}

/* The one that came to nothing has found its other way. */
static int
settle_replaced(struct tx *tx, const struct referral *r, struct arena *a)
{
	struct referral old;
	struct uid event = uid_new();

	if (uid_null(&r->replaces))
		return 0;
	if (referral_read(tx, &r->case_uid, &r->replaces, a, &old) == -1)
		return -1;
	return referral_move(tx, &old, &event, "settled", "", NULL) == -1 ? -1
									  : 0;
}

int
referral_add(struct session *s, const struct referral *in, struct err *err)
{
	struct referral r = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &r, err) == -1 ||
	    check(session_society(s), &r, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &r.case_uid,
		    .object = &r.uid,
		    .action = "referral.add",
		    .wrote = true },
		err) == -1)
		goto done;
	rc = insert(&tx, &r, &a);
	if (rc == 0 && (rc = settle_replaced(&tx, &r, &a)) == 0)
		rc = case_commit(&tx, &r.case_uid);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}

/* --- changing --------------------------------------------------------------------------- */

/* A list of fields as it is kept. */
static const struct change *
in_order(const struct change *list, size_t n, struct arena *a)
{
	struct change *out = arena_alloc(a, n + 1, sizeof(*out));

	for (size_t i = 0; i < n; i++) {
		out[i] = list[i];
		if (strcmp(list[i].field, "fields") == 0)
			out[i].value = referral_fields_text(
			    referral_fields(list[i].value), a);
	}
	return out;
}

/* What would go is what was asked for at last: it has to fit together with
 * what a colleague changed meanwhile, too. */
static int
change(struct tx *tx, const struct uid *case_uid, const struct uid *referral,
    int64_t *rev, const struct change *list, size_t n, struct arena *a,
    struct conflicts *conflicts)
{
	struct uid event = uid_new();
	struct referral r;
	int64_t was;

	if (referral_read(tx, case_uid, referral, a, &r) == -1 ||
	    referral_must_be(&r, REFERRAL_IS_PREPARED,
		_("Nothing was changed now."), tx->err) == -1)
		return -1;
	was = r.rev;
	if (record_update(tx, REC_REFERRAL, case_uid, referral, rev,
		in_order(list, n, a), n, a, conflicts) == -1)
		return -1;
	if (*rev == was)
		return 0;
	if (referral_read(tx, case_uid, referral, a, &r) == -1 ||
	    check(tx->s->society, &r, tx->err) == -1)
		return -1;
	return record_insert(tx, REC_REFERRAL_EVENT, case_uid, &event,
		   COLS({ "referral", v_uid(referral) },
		       { "at", v_int(tx->now) },
		       { "kind", v_str("changed") })) == -1
		   ? -1
		   : 0;
}

int
referral_change(struct session *s, struct uid case_uid, struct uid referral,
    int64_t *rev, const struct change *list, size_t n, struct arena *a,
    struct conflicts *conflicts, struct err *err)
{
	struct conflicts found = { .n = 0 };
	int64_t now = *rev;
	struct tx tx;
	int rc = -1;

	if (changes_take(a, list, n, &list, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_REFER,
		    .case_uid = &case_uid,
		    .object = &referral,
		    .action = "referral.change",
		    .wrote = true },
		err) == -1)
		return -1;
	if (change(&tx, &case_uid, &referral, &now, list, n, a, &found) == 0)
		rc = case_commit(&tx, &case_uid);
	if (rc == 0)
		*rev = now;
	if (conflicts != NULL)
		*conflicts = found;
	tx_abort(&tx);
	return rc;
}
