/* SPDX-License-Identifier: ISC */
/*
 * What an intake needs before it is written, in the order of the field: first
 * safety, then what helps at once, and only then, with consent, the person.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/workflow.h"
#include "store/intake_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- texts ------------------------------------------------------------------------------ */

static int
take_texts(struct arena *a, struct intake *in, struct err *e)
{
	const struct text_in texts[] = {
		{ &in->channel, N_("How they came to us"), LIMIT_CODE },
		{ &in->place, N_("Place"), LIMIT_NAME },
		{ &in->wants, N_("What the person wants"), LIMIT_WORDS },
		{ &in->information_given, N_("Information given"),
		    LIMIT_WORDS },
		{ &in->number_given, N_("Number given"), LIMIT_CODE },
		{ &in->language, N_("Language"), LIMIT_CODE },
		{ &in->interpreter, N_("Interpreter"), LIMIT_CODE },
		{ &in->seen_alone, N_("Seen alone"), LIMIT_CODE },
		{ &in->limits_script, N_("Text that was read"), LIMIT_NAME },
		{ &in->sex, N_("Sex"), LIMIT_CODE },
		{ &in->age_band, N_("Age"), LIMIT_CODE },
		{ &in->may_be_child, N_("May be a child"), LIMIT_CODE },
		{ &in->risk_reason, N_("Reason"), LIMIT_WORDS },
		{ &in->next_none, N_("Why nothing is planned"), LIMIT_WORDS },
		{ &in->note, N_("Note"), NOTE_MAX },
		{ &in->join_reason, N_("Reason"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

static int
take_triage(struct arena *a, struct intake_work *w, struct err *e)
{
	const struct intake *in = &w->in;

	if (in->n_triage > TRIAGE_PROMPTS)
		return err_set(
		    e, ERR_INPUT, _("These are more answers than prompts."));
	w->triage = arena_alloc(a, in->n_triage + 1, sizeof(*w->triage));
	for (size_t i = 0; i < in->n_triage; i++) {
		const struct text_in parts[] = {
			{ &w->triage[i].id, N_("Prompt"), LIMIT_CODE },
			{ &w->triage[i].state, N_("Answer"), LIMIT_CODE },
			{ &w->triage[i].action, N_("What was done"),
			    LIMIT_ANSWER },
		};

		w->triage[i] = in->triage[i];
		if (texts_take(a, parts, COUNT(parts), e) == -1)
			return -1;
	}
	w->in.triage = w->triage;
	return 0;
}

/* The note lives on in the intake's uid; what it says was cleaned with it. */
static int
take_note(struct arena *a, struct intake_work *w, struct err *e)
{
	if (!said(w->in.note))
		return 0;
	w->note = (struct note){
		.uid = w->in.note_uid, .kind = "said", .text = w->in.note
	};
	if (w->in.open_case)
		w->note.case_uid = w->in.case_uid;
	return note_take(a, &w->note, e);
}

static int
take_parts(struct arena *a, struct intake_work *w, struct err *e)
{
	struct intake *in = &w->in;

	if (in->person != NULL) {
		w->person = *in->person;
		w->person.uid = in->person_uid;
		in->person = &w->person;
		if (person_take(a, &w->person, e) == -1)
			return -1;
	}
	if (in->safe_contact != NULL) {
		w->safe = *in->safe_contact;
		w->safe.uid = in->safe_contact_uid;
		in->safe_contact = &w->safe;
		if (w->safe.number == NULL)
			w->safe.number = "";
		if (safe_contact_take(a, &w->safe, e) == -1)
			return -1;
	}
	if (in->work_together != NULL) {
		w->consent = *in->work_together;
		w->consent.uid = in->consent_uid;
		in->work_together = &w->consent;
		if (consent_take(a, &w->consent, e) == -1)
			return -1;
	}
	if (in->next != NULL) {
		w->next = *in->next;
		w->next.uid = in->followup_uid;
		in->next = &w->next;
		if (plan_take(a, &w->next, e) == -1)
			return -1;
	}
	w->identity = in->person != NULL || in->safe_contact != NULL;
	return take_note(a, w, e);
}

/* --- triage ----------------------------------------------------------------------------- */

static int
check_triage(struct intake_work *w, enum answer_state states[TRIAGE_PROMPTS],
    struct err *e)
{
	unsigned seen = 0;

	for (int i = 0; i < TRIAGE_PROMPTS; i++)
		states[i] = ANSWER_NOT_RAISED;
	for (size_t k = 0; k < w->in.n_triage; k++) {
		const struct triage_answer *t = &w->triage[k];
		int i = triage_prompt(t->id);
		int state = answer_state_from_name(t->state);

		if (i == -1 || state < 0 || (seen & (1u << i)))
			return err_set_field(e, t->id,
			    _("One of the first answers is not in its list. "
			      "Choose again."));
		seen |= 1u << i;
		states[i] = (enum answer_state)state;
		if (i < TRIAGE_URGENT && state == ANSWER_CLEAR_SIGN &&
		    !said(t->action))
			return err_set_field(e, t->id,
			    _("There is a clear sign of danger: write what was "
			      "done at once, or that the person did not want "
			      "it."));
	}
	if (seen == 0)
		return err_set_field(e, "tri.01",
		    _("Begin with safety: look at the ten prompts first."));
	w->urgent = triage_urgent(states);
	return 0;
}

/* --- order ------------------------------------------------------------------------------ */

static int
check_order(const struct intake_work *w,
    const enum answer_state states[TRIAGE_PROMPTS], struct err *e)
{
	const struct intake *in = &w->in;
	int decision = in->work_together == NULL
			   ? CONSENT_NOT_ASKED
			   : consent_decision_from_name(w->consent.decision);
	struct intake_facts f = {
		.triage_done = true,
		.urgent_done = true,
		.wants_done = said(in->wants),
		.safe_contact_done = in->safe_contact != NULL,
		.informed = said(in->information_given),
		.open_case = in->open_case,
		.anonymous = in->anonymous,
		.searched = true,
		.limits_read = said(in->limits_script),
		.work_together = decision < 0 ? CONSENT_NOT_ASKED
					      : (enum consent_decision)decision,
	};

	memcpy(f.triage, states, sizeof(f.triage));
	if ((in->open_case || in->work_together != NULL) &&
	    !intake_open(&f, INTAKE_CONSENT))
		return err_set_field(e, "limits_read",
		    _("Read the limits of confidentiality first: the person "
		      "then knows what they agree to."));
	if (said(in->note) && !intake_open(&f, INTAKE_NARRATIVE))
		return err_set_field(e, "note",
		    _("Nothing is written about the person's story before they "
		      "agree to work together. Ask them first, or empty "
		      "this."));
	if (!in->open_case)
		return 0;
	if (in->work_together == NULL)
		return err_set_field(e, "decision",
		    _("Ask whether the person wants to work together before "
		      "a case is opened."));
	if (!workflow_narrative_open(f.work_together, in->anonymous))
		return err_set(e, ERR_INPUT,
		    _("The person does not want to work together for now: "
		      "keep the contact alone. Help and information go on."));
	return 0;
}

/* Somebody who came back has a case: a second one is never made. */
static int
check_join(const struct intake *in, struct err *e)
{
	if (uid_null(&in->joins))
		return 0;
	if (in->open_case || in->anonymous || said(in->note))
		return err_set(e, ERR_INPUT,
		    _("This contact goes into a case that is there: nothing "
		      "else is made. Write notes in that case."));
	if (!said(in->join_reason))
		return err_set(e, ERR_INPUT,
		    _("Say how you know that it is the same person."));
	return 0;
}

/* What belongs together. */
static int
check_whole(const struct intake *in, struct err *e)
{
	if (in->person != NULL && (in->anonymous || !in->open_case))
		return err_set(e, ERR_INPUT,
		    _("Nobody is recorded for an anonymous contact or one "
		      "without a case."));
	if (in->safe_contact != NULL && !in->open_case)
		return err_set(e, ERR_INPUT,
		    _("How to reach somebody is kept with a case alone."));
	if (in->open_case && !in->anonymous && in->person == NULL)
		return err_set_field(e, "name",
		    _("Write how the person wants to be called, or make this "
		      "an anonymous case."));
	if (in->open_case && in->next == NULL && !said(in->next_none))
		return err_set_field(e, "due",
		    _("Agree on what is next and when, or say why nothing "
		      "is."));
	if (in->next != NULL && !in->open_case)
		return err_set(e, ERR_INPUT,
		    _("What is next is planned in a case alone."));
	return 0;
}

static bool
known(const struct labels *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->list[i].id, id) == 0)
			return true;
	}
	return id[0] == '\0';
}

static int
check_codes(const struct society *society, const struct intake *in, int64_t now,
    struct err *e)
{
	if (!known(&society->channels, in->channel) ||
	    !known(&society->sexes, in->sex) ||
	    !known(&society->age_groups, in->age_band) ||
	    !is_interpreter(in->interpreter) || !is_tri(in->seen_alone) ||
	    !is_tri(in->may_be_child))
		return err_set(e, ERR_INPUT,
		    _("One of the answers is not in its list. Choose again."));
	if (in->at <= 0 || in->at > now + CLOCK_HOUR)
		return err_set(e, ERR_INPUT,
		    _("The contact began at a time still to come."));
	if (in->risk >= 0 && (size_t)in->risk >= society->n_risks)
		return err_set_field(
		    e, "risk", _("Choose one of the risk levels of the list."));
	if (in->risk >= 0 && !said(in->risk_reason))
		return err_set_field(e, "risk_reason",
		    _("Say in a few words why: the level is your judgement, "
		      "and others rely on it."));
	return 0;
}

int
intake_take(const struct society *society, struct arena *a, int64_t now,
    const struct intake *in, struct intake_work *w, struct err *e)
{
	enum answer_state states[TRIAGE_PROMPTS];
	struct consent_person p;

	*w = (struct intake_work){ .in = *in };
	if (take_texts(a, &w->in, e) == -1 || take_triage(a, w, e) == -1 ||
	    check_triage(w, states, e) == -1 || take_parts(a, w, e) == -1 ||
	    check_order(w, states, e) == -1 || check_whole(&w->in, e) == -1 ||
	    check_join(&w->in, e) == -1 ||
	    check_codes(society, &w->in, now, e) == -1 ||
	    script_check(society, w->in.limits_script, e) == -1)
		return -1;
	if (w->in.work_together == NULL)
		return 0;
	if (strcmp(w->consent.kind, "work_together") != 0)
		return err_set(e, ERR_INPUT,
		    _("An intake records the consent to work together; other "
		      "decisions have their own screen."));
	/* Who came back: by what their case says, when it is written. */
	if (!uid_null(&w->in.joins))
		return 0;
	p = (struct consent_person){
		.birth = w->in.person == NULL ? NULL : &w->person.birth,
		.age_band = w->in.age_band,
		.may_be_child = w->in.may_be_child,
	};
	return consent_check(society, &p, now, &w->consent, e);
}
