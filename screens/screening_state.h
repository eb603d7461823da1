/* SPDX-License-Identifier: ISC */
/*
 * A snapshot being made, or one being read: every indicator of a catalogue
 * with what was noticed or heard.  Nothing here counts signs.
 */
#ifndef AMPARO_SCREENS_SCREENING_STATE_H
#define AMPARO_SCREENS_SCREENING_STATE_H

#include "app/screen.h"
#include "config/catalogue.h"
#include "rules/workflow.h"
#include "store/screening.h"
#include "ui/filter.h"
#include "ui/list.h"

/* The gate's answers and the choice of catalogue, as they travel in
 * route.arg from the gate to the snapshot. */
struct screening_choice {
	unsigned catalogue; /* index into society->catalogues, 0..63 */
	unsigned list; /* 0 none, else 1 + enum weight_list */
	unsigned language; /* 1 + index into society->languages; 0 not said */
	bool independent; /* an independent interpreter helped */
};
int screening_pack(const struct screening_choice *);
struct screening_choice screening_unpack(int arg);

struct screening_item {
	const struct indicator *indicator;
	enum answer_state state, before; /* before: in the snapshot before */
	const char *source; /* code, "" */
	const char *note;
};
/* A line of the list: an indicator, or the title of a group. */
struct screening_line {
	const char *group; /* NULL: an indicator */
	size_t item;
};
struct screening_state {
	struct screening_choice choice;
	const struct catalogue *catalogue;
	struct screening_item *items;
	size_t n;
	struct screening_line *lines;
	size_t n_lines, n_found; /* with the titles, and without */
	struct list list;
	struct filter filter;
	bool compare, has_before, read_only;
	struct uid uid; /* of the snapshot, made with the first answer */
	const char *outcome; /* chosen, waiting for what the person wants */
	const char *head; /* read only: when, by whom, outcome, wants */
};

/* A new snapshot, a draft to go on with, or route.record to be read. */
int screening_state_open(struct view *, struct screening_state *,
    const struct route *, struct err *);
/* Lines again: the filter changed. */
void screening_state_narrow(struct screening_state *);
/* The item under the cursor; NULL on none. */
struct screening_item *screening_state_current(struct screening_state *);
/* How many were looked at, of how many. */
size_t screening_state_looked(const struct screening_state *);

void screening_state_draft(const struct view *, struct buf *);
/* Is it a snapshot of this catalogue that was not finished?  Never on a
 * recorded one, which only is read. */
bool screening_state_goes_on(const struct view *, const struct buf *draft);
int screening_state_save(
    struct view *, struct screening_state *, const char *wants, struct err *);

/* Words for an answer: long, and in at most ten cells. */
const char *screening_answer(enum answer_state);
const char *screening_answer_short(enum answer_state);

#endif
