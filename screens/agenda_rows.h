/* SPDX-License-Identifier: ISC */
/*
 * A list of what waits, by code and kind alone, with headings between its
 * parts: for the screen a shift starts from and for one day of the month.
 */
#ifndef AMPARO_AGENDA_ROWS_H
#define AMPARO_AGENDA_ROWS_H

#include "app/screen.h"
#include "store/agenda.h"
#include "ui/filter.h"
#include "ui/list.h"

enum agenda_line_is {
	LINE_HEADING,
	LINE_TASK,
	LINE_CHANGE, /* others wrote in a case of mine */
	LINE_LIFTED, /* and took away a mark of mine; kind: the organisation */
	LINE_NOTE /* from the last shift */
};
struct agenda_line {
	enum agenda_line_is is;
	struct uid key, case_uid, object;
	char code[CODE_SIZE];
	const char *when, *what; /* in the arena, or words */
	const char *kind; /* code of a task; "" */
	const char *full; /* text of a note */
	enum element style; /* of when */
	int risk; /* -1 not set; -2: not of this line */
};

/* For screens whose state begins with it. */
struct agenda_rows {
	struct view *v;
	struct arena arena;
	struct agenda_line *lines;
	size_t n, cap;
	size_t *shown; /* the lines that the filter leaves, in their order */
	size_t n_shown;
	size_t held; /* a heading with nothing below it yet, and one; 0: none */
	struct filter filter;
	bool more; /* it was not held against all there are */
	struct list list;
	const char *empty; /* of the list while nothing is typed */
	int risk_cells;
	char cell[48];
};

void agenda_rows_init(struct view *, const char *empty,
    int (*load)(void *, enum list_way, struct err *));
void agenda_rows_close(struct view *);
/* Forget all lines; what is typed in the filter stays. */
void agenda_rows_reset(struct agenda_rows *);
void agenda_rows_heading(struct agenda_rows *, const char *text);
void agenda_rows_task(struct agenda_rows *, const struct agenda_row *);
/* Any other line; its texts are copied, its key is made. */
void agenda_rows_add(struct agenda_rows *, const struct agenda_line *);
/* The line under the cursor; NULL: none. */
const struct agenda_line *agenda_rows_current(const struct agenda_rows *);
/* To the first line of the next (-1: previous) part. */
void agenda_rows_turn(struct agenda_rows *, int step);
void agenda_rows_draw(struct agenda_rows *, struct canvas *);

/* --- agenda_narrow.c: the filter, which looks at what a row shows ---------- */
/* After a line was added: is it shown? */
void agenda_rows_show(struct agenda_rows *, size_t line);
/* After all were: the cursor finds its line again.  With a filter more are read
 * first, until it leaves enough or there are no more; -1 where that fails. */
int agenda_rows_settle(struct agenda_rows *, struct err *) MUST_USE;
/* As list_key(), and what is typed while it is. */
enum list_result agenda_rows_key(
    struct agenda_rows *, const struct key *, struct err *);
/* ACT_FILTER, ACT_BACK and ACT_CANCEL; NEXT_PASS: there is nothing to widen. */
enum next agenda_rows_narrow(struct agenda_rows *, enum action);
bool agenda_rows_typing(const struct view *);
/* Its row in place of the first one; false: there is none. */
bool agenda_rows_draw_filter(struct agenda_rows *, struct canvas *);

/* Where Enter on a task leads: to what it asks for, or to its case. */
enum next agenda_rows_open(struct view *, const struct agenda_line *);
/* An action about the case under the cursor; NEXT_PASS where it is none. */
enum next agenda_rows_act(
    struct view *, const struct agenda_line *, enum action);
/* Is there a case under the cursor for this action? */
bool agenda_rows_offers(const struct agenda_rows *, enum action);
/* For .why_not of a screen whose state begins with a struct agenda_rows. */
const char *agenda_rows_why_not(const struct view *, enum action);

#endif
