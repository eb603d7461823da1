/* SPDX-License-Identifier: ISC */
/*
 * What the queue holds: the open view, its rows, the narrowed rows of a
 * filter, and the list over whichever shows.
 */
#ifndef AMPARO_QUEUE_STATE_H
#define AMPARO_QUEUE_STATE_H

#include "queue_look.h"
#include "queue_rows.h"

#include "store/alone.h"
#include "ui/filter.h"

struct queue_state {
	const struct view *v; /* for the list's callbacks */
	enum queue_view view;
	enum queue_sort sort;
	int64_t counts[QUEUE_VIEWS];
	struct alone_count alone; /* urgent contacts without a case that wait */
	struct queue_rows all; /* the view's rows */
	struct queue_rows narrowed; /* what the filter leaves of them */
	bool stale; /* others saved while narrowed: read all again after */
	struct list list;
	struct filter filter;
	struct queue_sieve sieve; /* the filter, for the narrowed rows */
	int risk_cells; /* width of the risk column as last drawn */
	char *cell; /* the words of the cell asked for last */
};

/* The rows that show: all, or those the filter left. */
const struct queue_rows *queue_rows_of(const struct queue_state *);
/* The row under the cursor; NULL when there is none. */
const struct queue_row *queue_view_current(const struct queue_state *);

int queue_view_open(struct view *, const struct route *, struct err *);
void queue_view_close(struct view *);
/* Counts and rows as they are now; the cursor stays on its case. */
int queue_view_refresh(struct view *, struct err *);

/* Open a view from its first row; a filter is forgotten. */
int queue_view_read(
    struct view *, enum queue_view, enum queue_sort, struct err *) MUST_USE;
/* The next sort a view offers; from the last one, its usual one. */
enum queue_sort queue_next_sort(enum queue_view, enum queue_sort);
#define QUEUE_USUAL_SORT(view) queue_next_sort(view, QUEUE_SORTS - 1)

/* Words were typed into the filter: read what matches. */
void queue_view_narrow(struct queue_state *, struct err *);
/* The filter goes: rows and cursor are as they were before it. */
void queue_view_widen(struct queue_state *, struct err *);

#endif
