/* SPDX-License-Identifier: ISC */
/* One attempt to reach somebody, with everything that follows from it. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/case_inside.h"
#include "store/contact_now.h"
#include "store/followup.h"
#include "store/request_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What an outcome means for the plan it belongs to. */
static const struct outcome {
	const char *id;
	bool met; /* the plan is done; else it was missed */
	bool stop; /* never again, until the person says otherwise */
} outcomes[] = {
	{ "reached_safe", true, false },
	{ "reached_could_not_talk", false, false },
	{ "other_answered", false, false },
	{ "no_answer", false, false },
	{ "do_not_try_again", true, true },
	{ "came", true, false },
	{ "did_not_come", false, false },
};

/* The outcome of that id; one without an id where there is none. */
static struct outcome
outcome_of(const char *id)
{
	for (size_t i = 0; i < COUNT(outcomes); i++) {
		if (strcmp(outcomes[i].id, id) == 0)
			return outcomes[i];
	}
	return (struct outcome){ .id = NULL };
}

/* --- checking --------------------------------------------------------------------------- */

static int
take(struct arena *a, struct attempt *t, struct err *e)
{
	const struct text_in texts[] = {
		{ &t->channel, N_("How"), LIMIT_CODE },
		{ &t->outcome, N_("What happened"), LIMIT_CODE },
		{ &t->safe, N_("Safe"), LIMIT_CODE },
		{ &t->word, N_("Safe word"), LIMIT_CODE },
		{ &t->words, N_("Words"), LIMIT_WORDS },
		{ &t->agreed, N_("Agreed"), LIMIT_WORDS },
		{ &t->new_risks, N_("New risks"), LIMIT_WORDS },
		{ &t->risk_reason, N_("Reason"), LIMIT_WORDS },
		{ &t->lost_considered, N_("Considered"), LIMIT_WORDS },
		{ &t->next_none, N_("Why nothing is planned"), LIMIT_WORDS },
	};
	struct followup_plan *next;

	if (texts_take(a, texts, COUNT(texts), e) == -1)
		return -1;
	if (t->next == NULL)
		return 0;
	next = arena_alloc(a, 1, sizeof(*next));
	*next = *t->next;
	t->next = next;
	return plan_take(a, next, e);
}

static int
check(const struct society *society, struct attempt *t, struct err *e)
{
	const struct outcome o = outcome_of(t->outcome);
	int64_t now = clock_now();

	if (o.id == NULL)
		return err_set_field(e, "outcome",
		    _("Say what happened: choose from the list."));
	if (!is_tri(t->safe))
		return err_set_field(
		    e, "safe", _("Safe: choose yes, no or unsure."));
	if (word_check_from_name(t->word) < 0)
		return err_set_field(
		    e, "word", _("Safe word: choose from the list."));
	if (t->at == 0)
		t->at = now;
	if (t->at > now + CLOCK_HOUR)
		return err_set(e, ERR_INPUT,
		    _("This is still to come. Give the day it happened."));
	if (t->lost_contact && !said(t->lost_considered))
		return err_set_field(e, "considered",
		    _("Lost contact can mean harm: write what was considered "
		      "and who was told."));
	if (t->next == NULL && !said(t->next_none) && !o.stop)
		return err_set_field(e, "due",
		    _("Agree on what is next and when, or say why nothing "
		      "is."));
	if (t->risk < 0)
		return 0;
	if ((size_t)t->risk >= society->n_risks)
		return err_set_field(
		    e, "risk", _("Choose one of the risk levels of the list."));
	if (!said(t->risk_reason))
		return err_set_field(e, "risk_reason",
		    _("Say in a few words why: the level is your judgement, "
		      "and others rely on it."));
	return 0;
}

/* --- writing ---------------------------------------------------------------------------- */

static int
insert(struct tx *tx, const struct attempt *t)
{
	const struct society *society = tx->s->society;
	const struct col cols[] = {
		{ "plan", v_uid(&t->plan) },
		{ "channel", v_str(t->channel) },
		{ "outcome", v_str(t->outcome) },
		{ "safe", v_str(t->safe) },
		{ "words", v_str(t->words) },
		{ "agreed", v_str(t->agreed) },
		{ "new_risks", v_str(t->new_risks) },
		{ "risk",
		    v_str(t->risk < 0 ? "" : society->risks[t->risk].id) },
		{ "risk_reason", v_str(t->risk < 0 ? "" : t->risk_reason) },
		{ "lost_contact", v_int(t->lost_contact) },
		{ "lost_considered",
		    v_str(t->lost_contact ? t->lost_considered : "") },
		{ "next_plan", v_uid(t->next == NULL ? NULL : &t->next->uid) },
		{ "next_none", v_str(t->next == NULL ? t->next_none : "") },
		{ "word_ok", v_str(t->word) },
		{ "at", v_int(t->at) },
	};

	return record_insert_once(tx, REC_ATTEMPT, &t->case_uid, &t->uid, cols,
	    COUNT(cols), COUNT(cols) - 1);
}

static int
close_plan(struct tx *tx, const struct attempt *t)
{
	static const char sql[] =
	    "SELECT state = 'open' FROM followup_plan"
	    " WHERE case_uid = ?1 AND uid = ?2 AND deleted_hlc = 0";
	const char *state = outcome_of(t->outcome).met ? "done" : "missed";
	int64_t open = 0;

	if (uid_null(&t->plan))
		return 0;
	switch (tx_int(
	    tx, sql, VALS(v_uid(&t->case_uid), v_uid(&t->plan)), &open)) {
	case 1:
		break;
	case 0:
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This plan is not in the case any more."));
	default:
		return -1;
	}
	/* Two people tried: the first one closed the plan, both attempts are
	 * on the record. */
	if (!open)
		return 0;
	return record_set(tx, REC_PLAN, &t->case_uid, &t->plan,
	    COLS({ "state", v_str(state) }, { "done_at", v_int(tx->now) },
		{ "attempt", v_uid(&t->uid) }));
}

static int
change_risk(struct tx *tx, const struct attempt *t, struct arena *a)
{
	enum verdict v;
	const char *was, *reason, *risk;

	if (t->risk < 0)
		return 0;
	v = tx_verdict(tx, PERM_RISK, &tx->facts);
	if (v != ALLOW)
		return tx_refuse(tx, v);
	risk = tx->s->society->risks[t->risk].id;
	if (risk_now(tx, &t->case_uid, a, &was, &reason) == -1)
		return -1;
	if (strcmp(was, risk) == 0 && strcmp(reason, t->risk_reason) == 0)
		return 0;
	if (record_set(tx, REC_CASE, NULL, &t->case_uid,
		COLS({ "risk", v_str(risk) },
		    { "risk_reason", v_str(t->risk_reason) })) == -1)
		return -1;
	return risk_note(tx, &t->case_uid, risk, was, t->risk_reason);
}

static int
what_is_next(struct tx *tx, const struct attempt *t)
{
	if (outcome_of(t->outcome).stop &&
	    (record_set(tx, REC_CASE, NULL, &t->case_uid,
		 COLS({ "stop_contact", v_int(1) })) == -1 ||
		join_stop(tx, &t->case_uid) == -1))
		return -1;
	if (t->next != NULL)
		return plan_insert(tx, &t->case_uid, t->next) == -1 ? -1 : 0;
	return record_set(tx, REC_CASE, NULL, &t->case_uid,
	    COLS({ "next_none",
		v_str(said(t->next_none) ? t->next_none : "stop_contact") }));
}

/* Where a word was agreed, a call without it is not one with the person. */
static int
asked_for_word(struct tx *tx, const struct attempt *t)
{
	struct contact_now now;

	if (t->word[0] != '\0' || !contact_spoken(t->outcome))
		return 0;
	if (contact_now_read(tx, &t->case_uid, &now) == -1)
		return -1;
	if ((now.words & CONTACT_WORD_PROOF) == 0)
		return 0;
	return err_set_field(tx->err, "word",
	    _("A safe word is agreed: say whether it was right. Not said "
	      "counts as wrong: it may have been somebody else."));
}

/* Nobody calls again before a colleague looked, where the rule says so. */
static int
hold(struct tx *tx, const struct attempt *t)
{
	struct contact_now now;
	enum contact_hold h;

	if (strcmp(t->word, word_check_name(WORD_WRONG)) != 0 &&
	    strcmp(t->word, word_check_name(WORD_DANGER)) != 0)
		return 0;
	if (contact_now_read(tx, &t->case_uid, &now) == -1)
		return -1;
	h = contact_hold(&now.tries);
	if (h == CONTACT_HOLD_NOT || now.held != CONTACT_HOLD_NOT)
		return 0;
	return flag_hold(tx, &t->case_uid, contact_hold_name(h));
}

int
followup_attempt(struct session *s, const struct attempt *in, struct err *err)
{
	struct attempt t = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &t, err) == -1 ||
	    check(session_society(s), &t, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_FOLLOW_UP,
		    .case_uid = &t.case_uid,
		    .object = &t.uid,
		    .action = "followup.attempt",
		    .wrote = true },
		err) == -1)
		goto done;
	switch (asked_for_word(&tx, &t) == -1 ? -1 : insert(&tx, &t)) {
	case 0:
		if (close_plan(&tx, &t) == 0 && change_risk(&tx, &t, &a) == 0 &&
		    what_is_next(&tx, &t) == 0 && hold(&tx, &t) == 0)
			rc = case_commit(&tx, &t.case_uid);
		break;
	case 1:
		rc = 0;
		break;
	default:
		break;
	}
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
