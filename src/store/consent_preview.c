/* SPDX-License-Identifier: ISC */
/* What a recipient would see now, by one decision of the person. */
#include <string.h>

#include "base/i18n.h"
#include "store/compose_inside.h"
#include "store/egress_inside.h"

/* --- what may leave ------------------------------------------------------------------- */

/* Why nothing would go: the first condition that failed, and what to do. */
static const char *
why_not(struct composing *p, const struct release *r, const struct egress *e,
    const struct egress_verdict *v)
{
	enum egress_why why;

	if (strcmp(r->kind, "release") != 0)
		return _("This kind of consent lets nothing leave.");
	why = egress_first(v, r->scope == 0 ? DATA_ALL : r->scope);
	return arena_printf(p->arena, "%s %s", _("Nothing would be sent."),
	    egress_says(e, why, p->arena));
}

/* What has to be known of whoever would see it, as a referral says it. */
static void
set_listing(const struct egress *e, struct preview *out)
{
	if (e->recipient == NULL)
		return;
	out->recipient = e->recipient->id;
	out->harmed_at = e->harmed_at;
	out->harm_by = e->harm_by;
	out->heed = e->heed;
}

static int
read_allowed(struct tx *tx, const struct uid *consent, struct composing *p,
    struct preview *out)
{
	const struct release *r = NULL;
	struct egress_verdict v = { .allowed = 0 };
	struct consent_rows all;
	const struct egress *asked = NULL;
	struct egress e;

	if (consent_rows_load(tx, &p->case_uid, p->arena, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.rows[i].uid, consent))
			r = &all.rows[i];
	}
	if (r == NULL)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This consent is not in the case."));
	if (strcmp(r->kind, "release") == 0) {
		if (egress_load(tx, &p->case_uid, r->recipient, r->purpose,
			p->arena, &e) == -1)
			return -1;
		egress_check(&e, &v);
		p->allowed = v.allowed;
		asked = &e;
		set_listing(&e, out);
	}
	if (p->allowed == 0)
		out->why = why_not(p, r, asked, &v);
	return 0;
}

static int
from_cases(struct composing *p, const struct uid *consent, struct preview *out,
    struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, p->s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_READ,
		    .case_uid = &p->case_uid,
		    .object = consent,
		    .action = "consent.preview" },
		err) == -1)
		return -1;
	if (read_allowed(&tx, consent, p, out) == 0 &&
	    compose_from_cases(&tx, p) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

static int
from_identity(struct composing *p, const struct uid *consent, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (!compose_needs_identity(p))
		return 0;
	if (tx_begin(&tx, p->s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = &p->case_uid,
		    .object = consent,
		    .action = "consent.preview",
		    .reason = "to see what a recipient would see" },
		err) == -1)
		return -1;
	if (compose_from_identity(&tx, p) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	return rc;
}

int
consent_preview(struct session *s, struct uid case_uid, struct uid consent,
    struct arena *arena, struct preview *out, struct err *err)
{
	struct preview found = { .why = "",
		.warn = "",
		.harm_by = "",
		.heed = "",
		.recipient = "" };
	struct composing p = { .s = s,
		.case_uid = case_uid,
		.arena = arena,
		.fields = FIELDS_ALL };

	if (from_cases(&p, &consent, &found, err) == -1 ||
	    from_identity(&p, &consent, err) == -1)
		return -1;
	compose_list(&p, &found);
	found.warn = compose_telling(session_society(s), &found, arena);
	*out = found;
	return 0;
}
