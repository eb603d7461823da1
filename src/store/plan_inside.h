/* SPDX-License-Identifier: ISC */
/* What of a plan other records of a case need: for the store alone. */
#ifndef AMPARO_STORE_PLAN_INSIDE_H
#define AMPARO_STORE_PLAN_INSIDE_H

#include "store/case_inside.h"
#include "store/plan.h"

/*
 * What was recorded, counted and dated, as rules/plan.h wants it; risk,
 * opened_at and working are the caller's to fill in.  For whoever works out
 * what is due: the queue's row, tasks.
 */
int plan_facts_read(
    struct tx *, const struct uid *case_uid, struct plan_facts *) MUST_USE;

/* Every step and every planned help that waits, in no order. */
typedef void plan_wait(void *ctx, const struct uid *record, int64_t due);
int plan_each_step(
    struct tx *, const struct uid *case_uid, plan_wait *, void *ctx) MUST_USE;
int plan_each_service(
    struct tx *, const struct uid *case_uid, plan_wait *, void *ctx) MUST_USE;

/* plan_facts_read() all by itself: what is due now by the plan of a case. */
int plan_due_read(
    struct tx *, const struct uid *case_uid, struct plan_due *) MUST_USE;

/* The goals of a case as they are now. */
int goals_read(struct tx *, const struct uid *case_uid, struct arena *,
    struct goal **, size_t *n) MUST_USE;

/* Strengths, goals and help into an overview. */
int case_plan_read(struct tx *, const struct uid *case_uid, struct arena *,
    struct case_file *) MUST_USE;

#endif
