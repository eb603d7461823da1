/* SPDX-License-Identifier: ISC */
/*
 * What a screen is: data and a few functions.  A screen file exports one
 * `const struct screen` and nothing else; its state is one zeroed struct that
 * the router makes, and everything it reads lives in its view's arena, which
 * is wiped when the view closes or the session locks.
 *
 * A screen never sees SQL, a file or the terminal: it calls store functions,
 * draws on a canvas and answers actions and keys.
 */
#ifndef AMPARO_APP_SCREEN_H
#define AMPARO_APP_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "app/action.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/id.h"
#include "store/session.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct app;
struct formview;
struct screen;

/* Where to go: a screen and what it is about. */
struct route {
	const struct screen *screen;
	struct uid case_uid; /* null: none */
	char code[CODE_SIZE]; /* of that case, for the breadcrumb */
	struct uid record; /* a record of the case; null: none */
	struct uid draft; /* a draft to go on with; null: none */
	int arg; /* the screen's own (a view, a tab, a step) */
	/* What was asked for, where this one had to be opened first. */
	const struct screen *then;
};

struct view {
	const struct screen *screen;
	struct app *app;
	struct route route;
	struct arena arena;
	void *state; /* state_size zeroed bytes, wiped at close */
	struct route go; /* filled in before returning NEXT_GO */
	bool dirty; /* holds typed words that are not saved */
};

enum next {
	NEXT_STAY, /* redraw */
	NEXT_PASS, /* not mine: let the router try */
	NEXT_BACK, /* close this view */
	NEXT_GO, /* open view->go on top */
	NEXT_REPLACE /* close this view and open view->go */
};

struct screen {
	const char *name; /* "consent": route, test, draft and log name */
	const char *title; /* N_("Consent"): the breadcrumb */
	enum permission needs;
	size_t state_size;
	/* What can be done here, in hint-bar order, ended by ACT_NONE. */
	const enum action *actions;

	/* Read what is to be shown. -1: the view does not open, err is shown
	 * on the one below. */
	int (*open)(struct view *, const struct route *, struct err *);
	/* Pure: no I/O, no query, no clock but app_now(). */
	void (*draw)(const struct view *, struct canvas *);
	/* An action of this screen's table was asked for.  With err->kind set
	 * its text is shown on the message line. */
	enum next (*act)(struct view *, enum action, struct err *);
	/* A key that is no action here (typing in a form, moving in a list).
	 * May be NULL. */
	enum next (*key)(struct view *, const struct key *, struct err *);
	/* True while keys are typed text, so that letters are not actions:
	 * only keys with Ctrl, function keys, Esc and Tab are then looked up.
	 * May be NULL (never). */
	bool (*typing)(const struct view *);
	/* False greys an action out here and now.  May be NULL. */
	bool (*offers)(const struct view *, enum action);
	/* Why offers() said no, in a sentence (translated, static or of the
	 * view's arena), and what to do; NULL: nothing to add.  May be NULL. */
	const char *(*why_not)(const struct view *, enum action);
	/* Another session saved: read again, keep the selection.  May be NULL
	 * (a form keeps what it was based on; the save finds conflicts). */
	int (*refresh)(struct view *, struct err *);
	/* When refresh() is wanted next by itself, on the clock of app_boot();
	 * 0: not.  For what hides itself.  May be NULL. */
	int64_t (*wake)(const struct view *);
	/*
	 * For what covers itself when nobody types: is it covered?  What shows
	 * its words over it (a conflict) is covered then, too.  A key that is
	 * meant for that is handed in: the time begins anew, and where it was
	 * covered Enter ends that and no other key acts.  May be NULL.
	 */
	bool (*covered)(struct view *, const struct key *);
	/* The answer to app_ask() with that id: "yes" or "" of a confirmation,
	 * the value or the line, "" of a text that was read.  value is good
	 * during the call.  May be NULL where the screen never asks. */
	enum next (*answer)(
	    struct view *, int id, const char *value, struct err *);
	/* Append what was typed, for the encrypted draft; nothing when there
	 * is nothing worth keeping.  May be NULL. */
	void (*draft)(const struct view *, struct buf *);
	/* Is that draft of this screen and case about what is open here, so
	 * that it is offered to be gone on with?  For a screen with its own
	 * draft(); NULL: never offered, it waits in the list of drafts. */
	bool (*goes_on)(const struct view *, const struct buf *draft);
	/* Forget secrets and free what is not in the arena; also called after
	 * an open() that failed.  May be NULL. */
	void (*close)(struct view *);
	/*
	 * The form this view is about (app/formview.h), or NULL.  Where a
	 * screen has one, the functions it leaves NULL (draw, act, key,
	 * typing, draft, close) are the form's.  May be NULL.
	 */
	struct formview *(*form)(struct view *);
	/* True while what is typed must not be echoed (--plain).  May be NULL
	 * (never). */
	bool (*hidden)(const struct view *);
	/* Draws the whole terminal: no top line, no hints; every key goes to
	 * key() and no action works. */
	bool bare;
};

/* --- what a screen may ask of the program around it ---------------------- */

struct session *app_session(const struct view *);
const struct society *app_society(const struct view *);
int64_t app_now(const struct view *); /* one instant a turn */
int64_t app_boot(const struct view *); /* the same, ms that never jump */
/* Draw in ASCII only (borders, ellipsis). */
bool app_ascii(const struct view *);
/* Spoken line by line (--plain, a dumb terminal): nothing is drawn, so nothing to cover. */
bool app_by_line(const struct view *);

enum ask_kind {
	ASK_CONFIRM, /* yes or no; no is the default */
	ASK_CHOICE, /* one of choices */
	ASK_LINE, /* one line of text */
	ASK_TEXT /* only to be read; any key */
};
struct ask_choice {
	const char *value, *label, *help;
};
struct ask {
	enum ask_kind kind;
	int id; /* comes back in answer() */
	const char *title; /* names the record: "Withdraw 7KQ-M4X-T" */
	const char *text; /* what it means, in a sentence or a page */
	const struct ask_choice *choices;
	size_t n_choices;
	const char *initial;
	/* LINE: an empty line is not an answer.  Where somebody may be typing on:
	 * CHOICE: only Enter answers, after a digit or an arrow (choice.h,
	 * strict); TEXT: only Enter and Esc close it. */
	bool required;
	/* LINE: the words are casework: kept as a draft while they are typed
	 * and where they are not taken, and back when the same is asked again
	 * of this screen, its record and what it is about. */
	bool keeps;
	struct uid about; /* a row of the screen; null: none */
};
/* In answer(): the key of the record that it makes.  The same words given once
 * more, from a draft that was left, come with the same key. */
struct uid app_answer_uid(const struct view *);
/* Put a question over the view; strings live in the view's arena or are
 * static.  The answer comes through screen->answer(); Esc and Ctrl-C give "no"
 * and no answer for the others. */
void app_ask(struct view *, const struct ask *);
/* One sentence on the message line until the next key; "Saved." and the like. */
void app_say(struct view *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The typed words are saved (drop the draft) or to be forgotten. */
void app_saved(struct view *);
/* The case this view is about became known (a new code): for the breadcrumb
 * and the draft list. */
void app_case(struct view *, const struct uid *, const char *code);

#endif
