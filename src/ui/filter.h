/* SPDX-License-Identifier: ISC */
/*
 * Filter as you type ("/").  Matching folds case, accents and letter variants
 * (utf8_fold), and every word typed must be found.  What is typed here is case
 * data: it is wiped and goes nowhere.
 */
#ifndef AMPARO_UI_FILTER_H
#define AMPARO_UI_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "ui/canvas.h"
#include "ui/edit.h"
#include "ui/key.h"

struct filter {
	struct edit edit;
	struct buf folded; /* of what is typed */
	bool typing; /* the prompt has the keys */
};

void filter_init(struct filter *);
void filter_done(struct filter *);

/* "/" was pressed: call list_remember() and give keys to filter_key(). */
void filter_start(struct filter *);

enum filter_result {
	FILTER_PASS, /* a key for the list below: arrows, PgUp, PgDn */
	FILTER_STAY,
	FILTER_CHANGED, /* narrow the list again, then list_reload() */
	FILTER_KEPT, /* Enter: the list stays narrowed */
	FILTER_GONE /* Esc, C-c: show all rows, then list_return() */
};
enum filter_result filter_key(struct filter *, const struct key *);
void filter_clear(struct filter *);

/* Something is typed: the list is narrowed. */
bool filter_active(const struct filter *);
/* Does a text hold every word?  Without a filter: yes. */
bool filter_match(const struct filter *, const char *text);

/* The i-th word that is typed, folded: false where there are no more; and does a
 * text hold it?  For a list in which a word may mean what no row says. */
bool filter_has_word(const struct filter *, size_t i);
bool filter_word_in(const struct filter *, size_t i, const char *text);

/* One row: "/ words   12/1000".  total < 0: how many there are is not known. */
void filter_draw(
    struct filter *, struct canvas *, int row, long shown, long total);

#endif
