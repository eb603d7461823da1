/* SPDX-License-Identifier: ISC */
/* What is known of a case while its standing is worked out: for queue_*.c that
 * read its records. */
#ifndef AMPARO_STORE_QUEUE_KNOWN_H
#define AMPARO_STORE_QUEUE_KNOWN_H

#include "rules/workflow.h"
#include "store/agenda_write.h"
#include "store/queue_write.h"
#include "store/tx.h"

struct known {
	char code[CODE_SIZE], branch[BRANCH_SIZE];
	struct uid owner;
	struct uid lead; /* does what waits: the owner, but of a joined case */
	bool closed, urgent, anonymous;
	int risk; /* index, -1 not set */
	int64_t opened_at, risk_at, last_contact, last_attempt;
	int64_t last_tried; /* newest attempt, whatever came of it */
	int64_t last_step; /* newest referral, assessment, goal, help */
	int plans_open;
	struct uid follow_up; /* the earliest open one that was planned */
	int64_t follow_up_due; /* 0: none */
	bool no_contact; /* they asked us not to */
	bool goes_on_elsewhere; /* closed: others took it on, or another code */
	int mechanism_events, duty_events;
	struct uid working; /* consent to working together that stands */
	struct next_facts next;
	struct stage_facts stage;
	struct standing out;
	struct task_facts *tasks; /* NULL: nobody asked what is due */
};

/* The earliest of each next action counts; due 0: nothing waits. */
void known_due(struct known *, enum next_action, int64_t due);
/* What is due, for the list of tasks; object: the record behind it, or NULL.
 * What a second person decides waits for those who decide. */
void known_task(
    struct known *, enum next_action, const struct uid *object, int64_t due);

/* The first thing to ask of every referral that is not over. */
int known_referrals(
    struct tx *, const struct uid *case_uid, struct known *) MUST_USE;
/* What was taken back and has to be asked back of who was told. */
int known_recalls(
    struct tx *, const struct uid *case_uid, struct known *) MUST_USE;
/* What a second person was asked and has not decided, and overrides that
 * nobody looked at again. */
int known_acts(
    struct tx *, const struct uid *case_uid, struct known *) MUST_USE;
/* Every date of a mechanism and of a duty by law. */
int known_deadlines(
    struct tx *, const struct uid *case_uid, struct known *) MUST_USE;
/* Working together is talked about anew after what changes it. */
int known_consent_again(
    struct tx *, const struct uid *case_uid, struct known *) MUST_USE;
/* Assessment, review, and every step and planned help of the plan. */
int known_plan(
    struct tx *, const struct uid *case_uid, struct known *) MUST_USE;

#endif
