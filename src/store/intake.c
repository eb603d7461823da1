/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/child.h"
#include "rules/workflow.h"
#include "store/alone_inside.h"
#include "store/intake_inside.h"
#include "store/queue_write.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* Random codes of 31^6 kinds: among a million cases one in nine hundred is
 * taken, so a second draw is rare and a tenth never happens. */
#define CODE_TRIES 20

static const struct uid no_case; /* 16 zero bytes: a contact alone */

const struct uid *
intake_parent(const struct intake *in)
{
	if (in->open_case)
		return &in->case_uid;
	return uid_null(&in->joins) ? &no_case : &in->joins;
}

/* --- identity.db -------------------------------------------------------------------------- */

/*
 * A try that ended between the two databases (killed, the disk full) left its
 * person here and nothing in cases.db.  Whoever goes on may have put right a
 * name or a number meanwhile, and must not be told that it was saved already.
 */
static int
is_unfinished(struct tx *tx, const struct intake *in, bool *unfinished)
{
	/* A try that made no case may be followed by one that does. */
	static const char sql[] = "SELECT 1 FROM contact"
				  " WHERE case_uid IN (?1, ?2) AND uid = ?3";
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(db, sql,
	    VALS(v_uid0(&in->case_uid), v_uid0(&no_case),
		v_uid(&in->contact_uid)),
	    tx->err);
	int rc;

	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 1)
		stmt_done(st);
	*unfinished = rc == 0;
	return 0;
}

int
intake_identity_rows(struct tx *tx, const struct intake_work *w, bool *fresh)
{
	const struct intake *in = &w->in;
	const struct uid *subject =
	    in->person != NULL ? &in->person_uid : &in->case_uid;
	bool unfinished = false;
	int person = 1, safe = 1;

	if (is_unfinished(tx, in, &unfinished) == -1)
		return -1;
	if (in->person != NULL) {
		person = person_insert(tx, &w->person, unfinished);
		if (person == -1)
			return -1;
	}
	if (in->safe_contact != NULL) {
		safe = safe_contact_insert(
		    tx, subject, &in->case_uid, &w->safe, unfinished);
		if (safe == -1)
			return -1;
	}
	/* Not even what the first try left out: it is added in the case. */
	if (!unfinished && (person == 0 || safe == 0))
		return intake_other(tx, w, "");
	*fresh = in->person != NULL && person == 0;
	return person == 1 && safe == 1 ? 1 : 0;
}

int
intake_identity(struct tx *tx, const struct intake_work *w)
{
	bool fresh;
	int rc = intake_identity_rows(tx, w, &fresh);

	if (rc == 0 && w->in.person != NULL)
		rc = person_index(tx, &w->in.person_uid);
	return rc;
}

static int
save_identity(struct session *s, const struct intake_work *w, struct err *err)
{
	struct tx tx;
	int rc;

	if (!w->identity)
		return 0;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .about = &w->in.case_uid,
		    .object = w->in.person == NULL ? NULL : &w->in.person_uid,
		    .action = "intake.person",
		    .reason = "intake",
		    .wrote = true },
		err) == -1)
		return -1;
	rc = intake_identity(&tx, w);
	if (rc == 0)
		rc = tx_commit(&tx);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
	return rc;
}

/* --- cases.db: the contact ------------------------------------------------------------------ */

static int
insert_contact(
    struct tx *tx, const struct uid *parent, const struct intake_work *w)
{
	const struct intake *in = &w->in;
	const struct col cols[] = {
		{ "at", v_int(in->at) },
		{ "channel", v_str(in->channel) },
		{ "place", v_str(in->place) },
		{ "anonymous", v_int(in->anonymous) },
		{ "urgent", v_int(w->urgent) },
		{ "wants", v_str(in->wants) },
		{ "information_given", v_str(in->information_given) },
		{ "number_given", v_str(in->number_given) },
		{ "language", v_str(in->language) },
		{ "interpreter", v_str(in->interpreter) },
		{ "seen_alone", v_str(in->seen_alone) },
		{ "limits_script", v_str(in->limits_script) },
	};

	return record_insert_once(tx, REC_CONTACT, parent, &in->contact_uid,
	    cols, COUNT(cols), COUNT(cols));
}

static int
insert_triage(
    struct tx *tx, const struct uid *parent, const struct intake_work *w)
{
	for (size_t i = 0; i < w->in.n_triage; i++) {
		const struct triage_answer *t = &w->triage[i];
		struct uid uid = uid_new();

		if (record_insert(tx, REC_TRIAGE, parent, &uid,
			COLS({ "contact", v_uid(&w->in.contact_uid) },
			    { "item", v_str(t->id) },
			    { "state", v_str(t->state) },
			    { "action", v_str(t->action) })) == -1)
			return -1;
	}
	return 0;
}

static int
insert_limits(
    struct tx *tx, const struct uid *parent, const struct intake_work *w)
{
	const struct intake *in = &w->in;
	const struct consent c = { .uid = in->limits_uid,
		.kind = "limits",
		.recipient = "",
		.purpose = "",
		.withheld = "",
		.withheld_why = "",
		.decision = "yes",
		.ask_again = "",
		.given_by = "",
		.given_by_why = "",
		.guardian = "",
		.form = "",
		.evidence = "",
		.language = in->language,
		.script = in->limits_script,
		.interpreter = in->interpreter,
		.interpreter_code = "",
		.witness_code = "",
		.seen_alone = in->seen_alone,
		.withdrawn_how = "",
		.given_at = in->at };

	if (!said(in->limits_script))
		return 0;
	return consent_insert(tx, parent, &c) == -1 ? -1 : 0;
}

/* --- cases.db: the case ---------------------------------------------------------------------- */

static int
fresh_code(struct tx *tx, char code[CODE_SIZE])
{
	static const char sql[] = "SELECT 1 FROM case_file WHERE code = ?1";
	int64_t one;

	for (int i = 0; i < CODE_TRIES; i++) {
		code_new(code);
		switch (tx_int(tx, sql, VALS(v_str(code)), &one)) {
		case 0:
			return 0;
		case 1:
			break;
		default:
			return -1;
		}
	}
	return err_set(tx->err, ERR_BUSY,
	    _("No free case code was found. Try to save again."));
}

static int
insert_case(
    struct tx *tx, const struct intake_work *w, const char code[CODE_SIZE])
{
	const struct intake *in = &w->in;
	const struct society *society = tx->s->society;
	const char *risk = in->risk < 0 ? "" : society->risks[in->risk].id;
	int64_t of_age = in->person == NULL
			     ? 0
			     : child_of_age_from(&w->person.birth,
				   society->child_age, clock_day_of(tx->now));
	const struct uid *me = &tx->s->user.uid;
	const struct col cols[] = {
		{ "code", v_str(code) },
		{ "person",
		    v_uid(in->person == NULL ? NULL : &in->person_uid) },
		{ "owner", v_uid(in->assign_to_me ? me : NULL) },
		{ "branch", v_str(tx->s->user.branch) },
		{ "opened_at", v_int(in->at) },
		{ "urgent", v_int(w->urgent) },
		{ "risk", v_str(risk) },
		{ "risk_first", v_str(risk) },
		{ "risk_reason", v_str(in->risk < 0 ? "" : in->risk_reason) },
		{ "risk_by", v_uid(in->risk < 0 ? NULL : me) },
		{ "risk_at", v_int(in->risk < 0 ? 0 : tx->now) },
		{ "language", v_str(in->language) },
		{ "sex", v_str(in->sex) },
		{ "age_band", v_str(in->age_band) },
		{ "may_be_child", v_str(in->may_be_child) },
		{ "of_age_from", v_int(of_age) },
		{ "wants", v_str(in->wants) },
		{ "next_none", v_str(in->next == NULL ? in->next_none : "") },
		{ "may_contact",
		    v_str(
			in->safe_contact == NULL ? "" : w->safe.may_contact) },
		{ "stop_contact",
		    v_int(in->safe_contact != NULL && w->safe.stop) },
		{ "contact_verified_at",
		    v_int(in->safe_contact == NULL ? 0 : w->safe.verified_at) },
		{ "contact_expires_at",
		    v_int(in->safe_contact == NULL ? 0 : w->safe.expires_at) },
		{ "contact_word", v_int(in->safe_contact == NULL
					    ? 0
					    : safe_contact_words(&w->safe)) },
		{ "contact_max_attempts",
		    v_int(
			in->safe_contact == NULL ? 0 : w->safe.max_attempts) },
		{ "custody_ns", v_str(tx->s->ns) },
	};

	return record_insert(
	    tx, REC_CASE, NULL, &in->case_uid, cols, COUNT(cols));
}

static int
insert_children(struct tx *tx, const struct intake_work *w)
{
	const struct intake *in = &w->in;
	const struct uid *uid = &in->case_uid;
	struct uid risk = uid_new();

	if (case_event_add(tx, uid, "opened", "", "", "", "") == -1)
		return -1;
	if (in->risk >= 0 &&
	    record_insert(tx, REC_RISK, uid, &risk,
		COLS({ "at", v_int(tx->now) },
		    { "risk", v_str(tx->s->society->risks[in->risk].id) },
		    { "reason", v_str(in->risk_reason) })) == -1)
		return -1;
	if (in->next != NULL && plan_insert(tx, uid, &w->next) == -1)
		return -1;
	return 0;
}

int
intake_consent(struct tx *tx, const struct intake_work *w)
{
	const struct uid *parent = intake_parent(&w->in);
	struct consent c = w->consent;
	struct arena a;
	int rc;

	if (w->in.work_together == NULL)
		return 1;
	if (uid_null(&w->in.joins))
		return consent_insert(tx, parent, &c);
	arena_init(&a);
	rc = consent_write(tx, parent, &a, &c);
	arena_done(&a);
	return rc;
}

/* The case they came back to: danger now shows in every list. */
static int
join_case(struct tx *tx, const struct intake_work *w, char code[CODE_SIZE])
{
	if (w->urgent && record_set(tx, REC_CASE, NULL, &w->in.joins,
			     COLS({ "urgent", v_int(1) })) == -1)
		return -1;
	return intake_code(tx, w, code) == -1 ? -1 : 0;
}

/* What was kept without a case before goes with it. */
static int
take_earlier(struct tx *tx, const struct intake *in)
{
	if (uid_null(&in->earlier) || uid_null(intake_parent(in)))
		return 0;
	return alone_into(tx, &in->earlier, intake_parent(in)) == -1 ? -1 : 0;
}

int
intake_case_rows(
    struct tx *tx, const struct intake_work *w, char code[CODE_SIZE])
{
	const struct intake *in = &w->in;
	const struct uid *parent = intake_parent(in);

	code[0] = '\0';
	switch (insert_contact(tx, parent, w)) {
	case 0:
		break;
	case 1:
		return intake_again(tx, w, code);
	default:
		return -1;
	}
	if (insert_triage(tx, parent, w) == -1 ||
	    insert_limits(tx, parent, w) == -1 || intake_consent(tx, w) == -1 ||
	    (said(w->in.note) && note_insert(tx, &w->note) == -1) ||
	    take_earlier(tx, in) == -1)
		return -1;
	if (!in->open_case)
		return uid_null(&in->joins) ? 0 : join_case(tx, w, code);
	if (fresh_code(tx, code) == -1 || insert_case(tx, w, code) == -1 ||
	    insert_children(tx, w) == -1)
		return -1;
	return 0;
}

int
intake_case(struct tx *tx, const struct intake_work *w, char code[CODE_SIZE])
{
	int rc = intake_case_rows(tx, w, code);

	if (rc == 0 && !uid_null(intake_parent(&w->in)) &&
	    queue_refresh(tx, intake_parent(&w->in)) == -1)
		return -1;
	return rc;
}

static int
begin(
    struct tx *tx, struct session *s, const struct intake *in, struct err *err)
{
	bool joins = !uid_null(&in->joins);

	return tx_begin(tx, s,
	    &(const struct tx_what){ .db = DB_CASES,
		.perm = PERM_CONTACT,
		.case_uid = joins ? &in->joins : NULL,
		.about = in->open_case ? &in->case_uid : NULL,
		.object = &in->contact_uid,
		.action = joins ? "intake.join" : "intake.save",
		.reason = joins ? in->join_reason : NULL,
		.wrote = true },
	    err);
}

int
intake_save(struct session *s, const struct intake *in, char code[CODE_SIZE],
    struct err *err)
{
	struct tx tx = { .open = false };
	struct intake_work w;
	bool other = false; /* than a first try said */
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (intake_take(session_society(s), &a, clock_now(), in, &w, err) == -1)
		goto done;
	if (save_identity(s, &w, err) == -1) {
		if (err->kind != ERR_CONFLICT)
			goto done;
		other = true;
	}
	if (begin(&tx, s, &w.in, err) == -1)
		goto done;
	rc = other ? -1 : intake_case(&tx, &w, code);
	if (rc == 0)
		rc = tx_commit(&tx);
	else if (rc == 1)
		rc = 0;
	else if (err->kind == ERR_CONFLICT && intake_code(&tx, &w, code) == 1)
		rc = intake_other(&tx, &w, code);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
