/* SPDX-License-Identifier: ISC */
/* The rows of a plan as its screen shows them: each goal, then its steps. */
#ifndef AMPARO_PLAN_ROWS_H
#define AMPARO_PLAN_ROWS_H

#include "app/screen.h"
#include "store/plan.h"
#include "ui/list.h"

/* arg of a route to screen_plan_action: record is the goal of a new step. */
#define PLAN_ACTION_NEW 1

struct plan_row {
	const struct goal *goal;
	const struct plan_action *action; /* NULL: the row of the goal itself */
	const char *cells[4];
	enum element styles[4];
	const char *detail; /* what no column has */
};
struct plan_rows {
	struct arena arena; /* all of it; the caller's to init and free */
	struct plan plan;
	struct plan_row *list;
	size_t n;
	const char *together; /* how the plan as a whole stands */
	enum element style;
};

/* Read anew; on failure what was read before stays. */
int plan_rows_read(struct view *, struct plan_rows *, struct err *) MUST_USE;

/* For struct list_source. */
size_t plan_rows_count(const void *);
void plan_rows_cell(const void *, size_t row, size_t col, struct list_cell *);
struct uid plan_rows_key(const void *, size_t row);

#endif
