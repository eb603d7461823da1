/* SPDX-License-Identifier: ISC */
/*
 * One or several of a list of options, with type-ahead: typing narrows the
 * list (accents and case do not matter), Backspace widens it again, a digit
 * picks directly while there are at most ten (0 is the tenth, and none is a
 * case code, which may begin with one).  Nothing is chosen until somebody
 * chooses: a default answer nobody gave is worse than none.
 */
#ifndef AMPARO_UI_CHOICE_H
#define AMPARO_UI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct choice_option {
	const char *value; /* stored; without "," */
	const char *label; /* N_() */
	const char *help; /* N_(), may be NULL */
};

struct choice {
	const struct choice_option *options; /* kept, not copied */
	size_t n;
	bool several;
	bool whole; /* the option under the cursor has the rows it needs */
	/* Somebody may be typing on, without having seen that there is a
	 * question: a digit or an arrow goes to an option and Enter takes it;
	 * any other text is no answer, nor is the Enter that ends it, which
	 * goes back to the first option. */
	bool strict;
	struct buf value; /* chosen values, separated by "," */
	struct buf typed; /* type-ahead */
	bool astray; /* something typed since stands in no label */
	size_t struck; /* strict: keys of text since the last other one */
	size_t cursor; /* option under the cursor */
	size_t top; /* first shown, when last drawn */
};

void choice_init(
    struct choice *, const struct choice_option *, size_t n, bool several);
void choice_done(struct choice *);
/* Values not among the options are kept: an option a later configuration
 * dropped is still what was answered. */
void choice_set(struct choice *, const char *value);
const char *choice_value(const struct choice *);

enum choice_result {
	CHOICE_PASS, /* not a key of choices; also Up/Down past the ends */
	CHOICE_MOVED,
	CHOICE_CHANGED, /* several: toggled by Space or a digit */
	CHOICE_DONE /* one: chosen by Enter, Space or a digit; several: Enter */
};
enum choice_result choice_key(struct choice *, const struct key *);

/* Choose the only option that what was typed leaves; false: none or several,
 * or some of what was typed stands in no label: then it was a sentence meant
 * for another field, and no answer. */
bool choice_take(struct choice *);
/* What was typed is forgotten; every option shows again. */
void choice_untype(struct choice *);

/* Does a digit pick an option?  If not, typing some of a label finds it. */
bool choice_digits(const struct choice *);
/* Options that what was typed leaves, each of them a row. */
size_t choice_rows(const struct choice *);
/* Rows choice_draw() would use on a canvas of that width with no limit to its
 * height, whichever option the cursor is on. */
int choice_height(const struct choice *, const struct canvas *, int cols);
/* One option a row, with whole the one under the cursor in as many as its label
 * needs; scrolled so that the cursor is seen; with focus the hardware cursor
 * goes there.  Remembers the scroll position only. */
void choice_draw(struct choice *, struct canvas *, bool focus);

/* Is one of the values in a list separated by ","? */
bool choice_has(const char *list, const char *value);
/* The labels of the chosen values, separated by ", "; unknown values show as
 * they are. */
void choice_labels(
    const struct choice_option *, size_t n, const char *list, struct buf *out);

#endif
