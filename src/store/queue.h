/* SPDX-License-Identifier: ISC */
/*
 * Queues of cases, by code alone: no name, no narrative.  Pages by keyset from
 * a covering table, badges from counters, so both cost the same at ten
 * thousand and at a million cases.
 */
#ifndef AMPARO_STORE_QUEUE_H
#define AMPARO_STORE_QUEUE_H

#include "store/session.h"

enum queue_view {
	QUEUE_MINE,
	QUEUE_UNASSIGNED, /* of my branch (of all with SCOPE_ALL) */
	QUEUE_OVERDUE, /* next action before now; own or branch by permission */
	QUEUE_DUE_WEEK, /* due within seven days from now */
	QUEUE_BRANCH, /* every open case of my branch */
	QUEUE_CLOSED,
	QUEUE_VIEWS
};
enum queue_sort {
	QUEUE_BY_RISK, /* highest risk first, then earliest due */
	QUEUE_BY_DUE,
	QUEUE_BY_CHANGED, /* latest change first */
	QUEUE_SORTS
};
/* Which sorts a view offers, as bits 1 << QUEUE_BY_...; the first set bit in
 * enum order is the default. */
unsigned queue_sorts(enum queue_view);

struct queue_row {
	struct uid uid;
	char code[CODE_SIZE];
	int risk; /* index into society->risks; -1 not set */
	const char *next; /* code of the next action (rules/workflow.h) */
	int64_t due; /* UTC ms; 0 none */
	const char *stage; /* code (rules/workflow.h) */
	int flags; /* open flags on the case */
	struct uid owner; /* null: unassigned */
	const char *worker; /* login of the owner, "" */
	const char *branch;
	int64_t changed;
};
/* Where a page starts; what it holds is this room's business.  All zero: from
 * the beginning. */
struct queue_mark {
	int64_t a, b;
	struct uid uid;
	bool set;
};
struct queue_page {
	struct queue_row *rows;
	size_t n;
	struct queue_mark first, last; /* to go on from */
	bool more_before, more_after;
};
/*
 * Which rows stay.  What a row says is for whoever shows it (labels, dates and
 * levels have their words there), so it also decides what a typed word finds.
 */
struct queue_sieve {
	bool (*keeps)(const void *ctx, const struct queue_row *);
	const void *ctx;
};
/*
 * At most n (<= 200) rows after mark (before it when backwards), in order.
 * A sieve (may be NULL) narrows them; at most 2,000 rows are then looked at,
 * and *cut says whether that limit was met.
 */
int queue_page(struct session *, enum queue_view, enum queue_sort,
    const struct queue_mark *, bool backwards, size_t n,
    const struct queue_sieve *, struct arena *, struct queue_page *, bool *cut,
    struct err *) MUST_USE;

/* Live counts for the badges, one for each view; -1 where not allowed. */
int queue_counts(
    struct session *, int64_t counts[QUEUE_VIEWS], struct err *) MUST_USE;

/* A case by its code as typed; the check character is verified first
 * (ERR_INPUT), then the right to open it (ERR_DENIED), else ERR_NOT_FOUND. */
int queue_jump(
    struct session *, const char *code, struct uid *, struct err *) MUST_USE;

#endif
