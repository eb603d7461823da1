/* SPDX-License-Identifier: ISC */
/* The one function that keeps what lists show in step with a case. */
#ifndef AMPARO_STORE_QUEUE_WRITE_H
#define AMPARO_STORE_QUEUE_WRITE_H

#include "rules/closing.h"
#include "rules/tasks.h"
#include "rules/workflow.h"
#include "store/tx.h"

/* Where a case stands and what comes next, derived from its records. */
struct standing {
	enum stage stage;
	struct next_step next;
	bool promised; /* the next step was promised to the person */
	int flags; /* open ones */
	bool lost_contact;
	int64_t by_level; /* a follow-up earlier than any that was planned: the
		level of risk asks for it; 0: none */
	struct uid sooner_plan; /* the one it comes before, or null */
	/* The first date that a law or a mechanism set, and how many run. */
	int64_t deadline_at; /* 0: none */
	enum task_kind deadline_what;
	int deadlines;
	struct open_ends ends;
};
/* Read it in the caller's transaction of cases.db: 1, 0 no such case, -1. */
int case_standing(
    struct tx *, const struct uid *case_uid, struct standing *) MUST_USE;

/*
 * Call at the end of every write to a case or to anything in it: reads the
 * case, its plans, attempts, flags and consents, and writes its queue row;
 * triggers keep the counts.  A row that would not change is not written.  The
 * rows of its waiting tasks are written with it (agenda_write.h).
 */
int queue_refresh(struct tx *, const struct uid *case_uid) MUST_USE;
/* How many of a case's waiting tasks (agenda_write.h) are not what its records
 * say: 0 in a sound vault; -1. */
int queue_tasks_differ(struct tx *, const struct uid *case_uid) MUST_USE;
/* Enough after a write that changes neither what is due nor where the case
 * stands (a note): only the time of the last change. */
int queue_touch(struct tx *, const struct uid *case_uid) MUST_USE;

/* The configuration changed: rank every row anew if the list of risks did. */
int queue_risks_changed(struct tx *) MUST_USE;

#endif
