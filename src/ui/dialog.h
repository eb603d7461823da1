/* SPDX-License-Identifier: ISC */
/*
 * Questions over the screen.  A confirmation names the record and its default
 * is No: Enter alone never destroys.
 */
#ifndef AMPARO_UI_DIALOG_H
#define AMPARO_UI_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "ui/canvas.h"
#include "ui/choice.h"
#include "ui/edit.h"
#include "ui/key.h"

enum dialog_kind {
	DIALOG_CONFIRM, /* y or n; Enter takes the one marked, first No */
	DIALOG_CHOICE, /* one of the options */
	DIALOG_LINE, /* one line of text */
	DIALOG_SECRET, /* the same, not shown */
	DIALOG_MESSAGE /* to be read; Enter, Space, Esc or q closes */
};

struct dialog {
	enum dialog_kind kind;
	const char *title; /* names the record: "Withdraw 7KQ-M4X-T" */
	const char *text; /* what it means; wrapped; scrolls when long */
	/* LINE: an empty line is no answer; CHOICE: its choice is strict (set
	 * before dialog_options()); MESSAGE: only Enter and Esc close it */
	bool required;
	bool yes; /* CONFIRM: Yes is marked */
	struct choice choice;
	struct edit edit;
	int top, page; /* of the text, when last drawn */
	bool more; /* text below */
	char message[256]; /* why the last Enter was no answer */
};

/* title and text (may be NULL) are kept, not copied. */
void dialog_init(
    struct dialog *, enum dialog_kind, const char *title, const char *text);
/* For CHOICE. */
void dialog_options(struct dialog *, const struct choice_option *, size_t n);
void dialog_done(struct dialog *); /* wipes */

enum dialog_result {
	DIALOG_STAY,
	DIALOG_YES, /* confirmed, chosen, entered, read */
	DIALOG_NO /* No, Esc or C-c */
};
enum dialog_result dialog_key(struct dialog *, const struct key *);
/* The option's value, the line, or "" . */
const char *dialog_value(const struct dialog *);
/* A box in the middle of the canvas, as large as it needs to be. */
void dialog_draw(struct dialog *, struct canvas *);

/* --- two people changed one record --------------------------------------- */

struct conflict_field {
	const char *label; /* N_() */
	const char *was; /* when this form was opened; may be NULL */
	const char *mine, *theirs;
	bool take_theirs; /* the decision; starts as given */
	bool decided; /* fields only one side changed start decided */
};
/* On the screen; store/case.h has the conflict itself. */
struct conflict_view {
	const char *title; /* "Changed by amina at 14:02" */
	struct conflict_field *fields; /* the caller's; changed by keys */
	size_t n;
	size_t cursor;
	size_t top;
	int line, page; /* of the field at the cursor: first that is seen, and
			   how many at once */
};

void conflict_init(struct conflict_view *, const char *title,
    struct conflict_field *, size_t n);
/* Arrows move, and the page keys in words that are longer than the window; m or Left takes mine, t or Right theirs; C-s or Enter on the
 * last one finishes once every field is decided (DIALOG_YES); Esc or C-c goes
 * back to the form with nothing lost (DIALOG_NO). */
enum dialog_result conflict_key(struct conflict_view *, const struct key *);
size_t conflict_left(const struct conflict_view *); /* undecided fields */
void conflict_draw(struct conflict_view *, struct canvas *);

#endif
