/* SPDX-License-Identifier: ISC */
/* A draft that is saved a second time: the same words, or others? */
#include <string.h>

#include "base/i18n.h"
#include "store/intake_inside.h"

int
intake_other(struct tx *tx, const struct intake_work *w, const char *code)
{
	if (code[0] == '\0')
		return err_set(tx->err, ERR_CONFLICT,
		    w->in.open_case
			? _("This contact was saved already, without a case. "
			    "Begin a new contact to open one.")
			: _("This contact was saved already, with other words. "
			    "Begin a new one with what is missing, then drop "
			    "this draft."));
	return err_set(tx->err, ERR_CONFLICT,
	    _("This was saved already as %s, with other words. Open that case "
	      "and write there what is missing, then drop this draft."),
	    code);
}

int
intake_code(struct tx *tx, const struct intake_work *w, char code[CODE_SIZE])
{
	static const char sql[] = "SELECT code FROM case_file WHERE uid = ?1";
	sqlite3_stmt *st;
	int rc;

	code[0] = '\0';
	if (uid_null(intake_parent(&w->in)))
		return 1;
	st = tx_query(tx, sql, VALS(v_uid(intake_parent(&w->in))));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 1) {
		(void)code_parse(col_text(st, 0), code);
		stmt_done(st);
	}
	return 1;
}

/* The rest answer 1: nothing new, 0: something is, -1. */

static int
same_triage(
    struct tx *tx, const struct uid *parent, const struct intake_work *w)
{
	static const char sql[] =
	    "SELECT 1 FROM triage WHERE case_uid = ?1 AND contact = ?2"
	    " AND item = ?3 AND state = ?4 AND action = ?5";
	int64_t one;
	int rc = 1;

	for (size_t i = 0; i < w->in.n_triage && rc == 1; i++) {
		const struct triage_answer *t = &w->triage[i];

		rc = tx_int(tx, sql,
		    VALS(v_uid(parent), v_uid(&w->in.contact_uid), v_str(t->id),
			v_str(t->state), v_str(t->action)),
		    &one);
	}
	return rc;
}

static int
same_risk(struct tx *tx, const struct intake_work *w)
{
	static const char sql[] = "SELECT 1 FROM risk_history WHERE "
				  "case_uid = ?1 AND risk = ?2 AND reason = ?3";
	const struct intake *in = &w->in;
	int64_t one;

	if (in->risk < 0)
		return 1;
	return tx_int(tx, sql,
	    VALS(v_uid(&in->case_uid),
		v_str(tx->s->society->risks[in->risk].id),
		v_str(in->risk_reason)),
	    &one);
}

/* Somebody may have changed these since: then it is looked at as well. */
static int
same_case(struct tx *tx, const struct intake_work *w)
{
	static const char sql[] =
	    "SELECT 1 FROM case_file WHERE uid = ?1 AND sex = ?2"
	    " AND age_band = ?3 AND may_be_child = ?4"
	    " AND (?5 = '' OR next_none = ?5)";
	const struct intake *in = &w->in;
	int64_t one;

	return tx_int(tx, sql,
	    VALS(v_uid(&in->case_uid), v_str(in->sex), v_str(in->age_band),
		v_str(in->may_be_child),
		v_str(in->next == NULL ? in->next_none : "")),
	    &one);
}

/* These have keys of their own and compare themselves. */
static int
same_parts(struct tx *tx, const struct uid *parent, const struct intake_work *w)
{
	int rc = intake_consent(tx, w);
	if (rc == 1 && said(w->in.note))
		rc = note_insert(tx, &w->note);
	if (rc == 1 && w->in.open_case && w->in.next != NULL)
		rc = plan_insert(tx, parent, &w->next);
	return rc;
}

int
intake_again(struct tx *tx, const struct intake_work *w, char code[CODE_SIZE])
{
	const struct uid *parent = intake_parent(&w->in);
	int rc = intake_code(tx, w, code);

	if (rc == 1 && w->in.open_case && code[0] == '\0')
		rc = 0;
	if (rc == 1)
		rc = same_triage(tx, parent, w);
	if (rc == 1 && w->in.open_case)
		rc = same_risk(tx, w);
	if (rc == 1 && w->in.open_case)
		rc = same_case(tx, w);
	if (rc == 1)
		rc = same_parts(tx, parent, w);
	return rc == 0 ? intake_other(tx, w, code) : rc;
}
