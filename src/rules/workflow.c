/* SPDX-License-Identifier: ISC */
#include "base/clock.h"
#include "rules/names.h"
#include "rules/workflow.h"

static const char *const stage_names[STAGE_COUNT] = {
#define STAGE_NAME(id, name) [STAGE_##id] = (name),
	STAGES(STAGE_NAME)
};
static const char *const answer_names[ANSWER_STATE_COUNT] = {
#define ANSWER_NAME(id, name) [ANSWER_##id] = (name),
	ANSWER_STATES(ANSWER_NAME)
};
static const char *const outcome_names[OUTCOME_COUNT] = {
#define OUTCOME_NAME(id, name) [OUTCOME_##id] = (name),
	SCREENING_OUTCOMES(OUTCOME_NAME)
};
static const char *const next_names[NEXT_ACTION_COUNT] = {
#define NEXT_NAME(id, name) [NEXT_##id] = (name),
	NEXT_ACTIONS(NEXT_NAME)
};

const char *
stage_name(enum stage s)
{
	return NAME_OF(stage_names, s);
}

int
stage_from_name(const char *name)
{
	return name_find(stage_names, STAGE_COUNT, name);
}

const char *
answer_state_name(enum answer_state s)
{
	return NAME_OF(answer_names, s);
}

int
answer_state_from_name(const char *name)
{
	return name_find(answer_names, ANSWER_STATE_COUNT, name);
}

const char *
screening_outcome_name(enum screening_outcome o)
{
	return NAME_OF(outcome_names, o);
}

int
screening_outcome_from_name(const char *name)
{
	return name_find(outcome_names, OUTCOME_COUNT, name);
}

const char *
next_action_name(enum next_action a)
{
	return NAME_OF(next_names, a);
}

int
next_action_from_name(const char *name)
{
	return name_find(next_names, NEXT_ACTION_COUNT, name);
}

enum stage
case_stage(const struct stage_facts *f)
{
	if (f->closed)
		return STAGE_CLOSED;
	if (f->lost_contact)
		return STAGE_LOST;
	if (f->follow_ups > 0 && f->followed_since)
		return STAGE_FOLLOW_UP;
	if (f->referrals > 0)
		return STAGE_REFERRED;
	if (f->services > 0)
		return STAGE_SERVICES;
	if (f->goals > 0)
		return STAGE_PLANNED;
	if (f->assessments > 0)
		return STAGE_ASSESSED;
	if (f->follow_ups > 0)
		return STAGE_FOLLOW_UP;
	if (f->screenings > 0)
		return STAGE_SCREENED;
	if (workflow_narrative_open(f->work_together, f->anonymous))
		return STAGE_ENGAGED;
	return f->contacts > 0 ? STAGE_CONTACT : STAGE_NEW;
}

int
triage_prompt(const char *id)
{
	char name[16];

	for (int i = 0; i < TRIAGE_PROMPTS; i++) {
		(void)snprintf(name, sizeof(name), "tri.%02d", i + 1);
		if (strcmp(name, id) == 0)
			return i;
	}
	return -1;
}

bool
triage_urgent(const enum answer_state answers[TRIAGE_PROMPTS])
{
	for (int i = 0; i < TRIAGE_URGENT; i++) {
		if (answers[i] == ANSWER_CLEAR_SIGN)
			return true;
	}
	return false;
}

bool
workflow_narrative_open(enum consent_decision work_together, bool anonymous)
{
	return anonymous || consent_decision_is_yes(work_together);
}

bool
intake_open(const struct intake_facts *f, enum intake_step step)
{
	bool urgent = triage_urgent(f->triage);

	if (step == INTAKE_TRIAGE)
		return true;
	/* Not even the rest of the triage comes before it. */
	if (step == INTAKE_URGENT)
		return urgent;
	if (!f->triage_done || (urgent && !f->urgent_done))
		return false;
	switch (step) {
	case INTAKE_WANTS:
	case INTAKE_SAFE_CONTACT:
	case INTAKE_INFORM:
	case INTAKE_LIMITS:
		return true;
	case INTAKE_CONSENT:
		return f->limits_read;
	case INTAKE_SEARCH:
		return !f->anonymous;
	case INTAKE_NARRATIVE:
		/* Before a story is heard its hearer's duties are known. */
		return f->limits_read &&
		       workflow_narrative_open(f->work_together, f->anonymous);
	default:
		return false;
	}
}

static bool
step_done(const struct intake_facts *f, enum intake_step step)
{
	switch (step) {
	case INTAKE_TRIAGE:
		return f->triage_done;
	case INTAKE_URGENT:
		return f->urgent_done;
	case INTAKE_WANTS:
		return f->wants_done;
	case INTAKE_SAFE_CONTACT:
		return f->safe_contact_done;
	case INTAKE_INFORM:
		return f->informed;
	case INTAKE_LIMITS:
		return f->limits_read;
	case INTAKE_CONSENT:
		return f->anonymous || f->work_together != CONSENT_NOT_ASKED;
	case INTAKE_SEARCH:
		return f->searched;
	default:
		/* A story is never asked for; nothing waits for one. */
		return true;
	}
}

enum intake_step
intake_next(const struct intake_facts *f)
{
	/* Under way, the urgent path goes before what is left of triage. */
	if (intake_open(f, INTAKE_URGENT) && !f->urgent_done)
		return INTAKE_URGENT;
	for (int s = INTAKE_TRIAGE; s < INTAKE_STEPS; s++) {
		if (s == INTAKE_SEARCH && !f->open_case)
			break;
		if (intake_open(f, (enum intake_step)s) &&
		    !step_done(f, (enum intake_step)s))
			return (enum intake_step)s;
	}
	return INTAKE_STEPS;
}

unsigned
screening_gate(const struct alone_facts *f)
{
	unsigned missing = 0;

	/* Not known is not yes. */
	if (f->alone != TRI_YES)
		missing |= ALONE_NOT_ALONE;
	if (f->interpreter != INTERPRETER_NONE &&
	    f->interpreter != INTERPRETER_INDEPENDENT)
		missing |= ALONE_INTERPRETER;
	if (f->safe != TRI_YES)
		missing |= ALONE_NOT_SAFE;
	if (f->time != TRI_YES)
		missing |= ALONE_NO_TIME;
	if (f->limits_explained != TRI_YES)
		missing |= ALONE_NO_LIMITS;
	return missing;
}

bool
screening_outcome_open(enum screening_outcome o, unsigned gate)
{
	return (unsigned)o < OUTCOME_COUNT &&
	       (gate == 0 || o == OUTCOME_NOT_ABLE_TO_ASSESS);
}

bool
service_open(const struct service_facts *f)
{
	return f->offered_here && !f->suspended && !f->declined;
}

enum next_action
next_of_plan(int what, bool promised, bool left_alone)
{
	bool talk = what <= NEXT_NONE || what == NEXT_AGREE_NEXT ||
		    what == NEXT_FOLLOW_UP;

	if (talk && left_alone)
		return NEXT_NONE;
	if (promised)
		return NEXT_PROMISED;
	return talk ? NEXT_FOLLOW_UP : (enum next_action)what;
}

/* Does a come before b? */
static bool
sooner(enum next_action a, int64_t a_due, enum next_action b, int64_t b_due)
{
	int64_t a_day = clock_day_of(a_due), b_day = clock_day_of(b_due);

	if (a_day != b_day)
		return a_day < b_day;
	/* The enum is in the order of one day. */
	return a < b;
}

struct next_step
case_next(const struct next_facts *f)
{
	struct next_step best = { .action = NEXT_NONE };

	if (!f->closed && f->due[NEXT_URGENT] != 0)
		return (struct next_step){ NEXT_URGENT, f->due[NEXT_URGENT] };
	for (int a = NEXT_PROMISED; a < NEXT_AGREE_NEXT; a++) {
		enum next_action action = (enum next_action)a;

		if (f->due[a] == 0 ||
		    (f->closed && action != NEXT_PROMISED &&
			action != NEXT_TELL_RECIPIENTS &&
			action != NEXT_DEADLINE && action != NEXT_ACT_REVIEW))
			continue;
		if (best.action == NEXT_NONE ||
		    sooner(action, f->due[a], best.action, best.due)) {
			best.action = action;
			best.due = f->due[a];
		}
	}
	if (best.action == NEXT_NONE && !f->closed && !f->none_agreed) {
		best.action = NEXT_AGREE_NEXT;
		best.due = f->since;
	}
	return best;
}
