/* SPDX-License-Identifier: ISC */
/*
 * What keeps the list of waiting tasks in step with a case: for the store
 * alone.  queue_refresh() calls it; a record that makes something due brings
 * one reader of its facts and one row in agenda_facts.c.
 */
#ifndef AMPARO_STORE_AGENDA_WRITE_H
#define AMPARO_STORE_AGENDA_WRITE_H

#include "rules/tasks.h"
#include "store/session_inside.h"
#include "store/tx.h"

/* Facts of one case while they are gathered; branch texts live in arena. */
struct task_facts {
	struct arena *arena;
	struct task_fact *list;
	size_t n, cap;
};
void task_fact_add(struct task_facts *, const struct task_fact *);

/* What the rows of a case's tasks are written with. */
struct agenda_case {
	const struct uid *uid, *owner;
	const char *branch, *code;
	struct task_case is;
};

/* Add what records of their own make due: free tasks, contact to verify,
 * what waits for somebody's decision. */
int agenda_facts(
    struct tx *, const struct uid *case_uid, struct task_facts *) MUST_USE;
/* Make the rows of a case what the facts say; those that stay are left. */
int agenda_write(struct tx *, const struct agenda_case *,
    const struct task_facts *) MUST_USE;
/* How many rows of a case are not what the facts say: for verify; -1. */
int agenda_compare(struct tx *, const struct agenda_case *,
    const struct task_facts *) MUST_USE;

/* The lane of a task, in b. */
struct val agenda_lane(
    const struct agenda_case *, const struct task *, struct buf *b);
/* The lane of those who decide in a branch ("s:"), and of what one person
 * decides ("w:"). */
struct val agenda_lane_branch(const char *branch, struct buf *b);
struct val agenda_lane_user(const struct uid *user, struct buf *b);

/*
 * Write every case's rows anew where this vault has none yet or the times
 * allowed were configured differently: a few hundred cases a transaction, for
 * at least one and for most_ms milliseconds.  *more: some are still as they
 * were; any session goes on from where the last one came to.
 */
int agenda_catch_up(
    struct session *, int64_t most_ms, bool *more, struct err *) MUST_USE;

#endif
