/* SPDX-License-Identifier: ISC */
/* How a queue looks: its tabs, columns and cells. */
#ifndef AMPARO_QUEUE_LOOK_H
#define AMPARO_QUEUE_LOOK_H

#include "app/screen.h"
#include "store/queue.h"
#include "ui/list.h"

struct queue_tab {
	enum queue_view view;
	const char *label, *empty; /* N_() */
	const char *reading; /* the same for who meets nobody; NULL: that */
};
/* In the order of the tab line. */
extern const struct queue_tab queue_tabs[QUEUE_VIEWS];

extern const struct list_column queue_columns[];
/* Whose case it is goes without saying in one's own view. */
size_t queue_columns_of(enum queue_view);

#define QUEUE_CELL 64
/* The words of a cell; out holds QUEUE_CELL bytes.  risk_cells: the width of
 * the first column. */
void queue_cell(const struct view *, const struct queue_row *, size_t column,
    int risk_cells, char *out, struct list_cell *);

/* The tab line: views this person has (counts >= 0) with their counts, the
 * open one marked; when it does not fit, the tabs around the open one. */
void queue_draw_tabs(struct canvas *, const int64_t counts[QUEUE_VIEWS],
    enum queue_view, enum queue_sort);
const char *queue_sort_name(enum queue_sort);

#endif
