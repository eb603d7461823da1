/* SPDX-License-Identifier: ISC */
/*
 * A list that is only read: rows of words with a filter, and one row in full
 * on Enter.  The timeline, the history and the record of who looked are such
 * lists; each brings its columns and its rows.
 */
#ifndef AMPARO_READING_H
#define AMPARO_READING_H

#include "app/screen.h"
#include "ui/filter.h"
#include "ui/list.h"

#define READING_COLUMNS 6
struct reading_row {
	const char *cells[READING_COLUMNS];
	const char *title, *full; /* shown on Enter; full "" or NULL: nothing */
	bool account; /* full holds an account: warn before it opens */
	struct uid record; /* behind it; the screen's own use */
};

struct reading {
	struct view *v;
	struct arena arena; /* everything below lives here */
	struct reading_row *rows;
	size_t n, cap;
	size_t *shown; /* indices of the rows the filter leaves */
	size_t n_shown;
	const char *empty; /* N_(): said where there is nothing */
	struct list list;
	struct filter filter;
	/*
	 * Read more and reading_add() it; 1: there was more, 0: no more, -1.
	 * NULL: all is here.
	 */
	int (*more)(struct view *, struct err *);
};

/* For screens whose state begins with a struct reading: view->state. */
void reading_init(
    struct view *, const struct list_column *, size_t n, const char *empty);
/* Forget all rows; what follows is read anew and the cursor's number stays. */
void reading_reset(struct view *);
/* The row under the cursor; NULL where there is none. */
const struct reading_row *reading_current(const struct view *);
/* One more row, at the end. */
void reading_add(struct view *, const struct reading_row *);

/* The screen's functions. */
void reading_draw(const struct view *, struct canvas *);
enum next reading_act(struct view *, enum action, struct err *);
enum next reading_key(struct view *, const struct key *, struct err *);
bool reading_typing(const struct view *);
enum next reading_answer(
    struct view *, int id, const char *value, struct err *);
void reading_close(struct view *);
extern const enum action reading_actions[];

#endif
