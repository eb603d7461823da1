/* SPDX-License-Identifier: ISC */
/*
 * The stack of open views and the way of a key through it: overlay, screen's
 * own actions, actions that work everywhere, the screen's key().  Permission
 * is asked here before any act(), and by the store again.
 *
 * What a screen can count on:
 *  - its table's actions come first; act() may give NEXT_PASS for one that
 *    works everywhere and the router does what it always does;
 *  - while typing() only keys that type nothing (Ctrl, function keys, Esc,
 *    Tab) and actions marked ACTF_TYPING are looked up;
 *  - a paste is never an action: it goes to key() while typing() and is
 *    refused with a sentence otherwise;
 *  - refresh() is called on the top view when another session saved, when a
 *    view above it closed, and when the identity vault closed itself;
 *  - "Esc" on a dirty view asks (keep as draft, discard, stay), Ctrl-C keeps
 *    the draft and leaves; a view with nothing typed just closes;
 *  - draft() is called at most 5 s after typing, at lock, hang-up and end.
 *
 * Rows: the top line, then the view's canvas, then one row for messages and
 * one for hints; 80x24 leaves a view 80x21, 40x10 leaves it 40x7.
 */
#ifndef AMPARO_APP_ROUTER_H
#define AMPARO_APP_ROUTER_H

#include "app/screen.h"
#include "store/case.h"

/* A screen by its name; NULL when there is none (or it is not built in). */
const struct screen *app_screen(const struct view *, const char *name);

/*
 * Somebody else changed the same fields: show each as mine and theirs and let
 * the person decide one by one; what is settled is shown as theirs and can still
 * be decided otherwise.  label() gives a field's words (NULL: the field's id),
 * words() those of a value (NULL: as it is); decided() is called once all are decided, theirs[i] for
 * conflicts->list[i]; it saves again, based on conflicts->rev.  Esc goes back
 * with nothing lost and decided() is not called.  The conflicts live in the
 * view's arena.
 */
struct conflict_ask {
	const struct conflicts *conflicts;
	const char *(*label)(const struct view *, const char *field);
	const char *(*words)(
	    struct view *, const char *field, const char *value);
	enum next (*decided)(struct view *, const struct conflicts *,
	    const bool *theirs, struct err *);
};
void app_conflicts(struct view *, const struct conflict_ask *);

/* May this person do this here and now?  The action's permission, and the
 * screen's offers(). */
bool app_offers(const struct view *, enum action);

/* --- for the loop and the screens of the door ----------------------------- */

struct router;
struct app;

struct router *router_new(struct app *);
/* Close every view from the top; wipes.  NULL is allowed. */
void router_free(struct router *);

/* Open a view on top.  -1: it did not open; err says why. */
int router_open(struct router *, const struct route *, struct err *) MUST_USE;
/* Close all views and open this one. */
int router_start(struct router *, const struct route *, struct err *) MUST_USE;
/* The view on top; NULL when there is none. */
struct view *router_top(const struct router *);
size_t router_depth(const struct router *);
/* The i-th view from the bottom. */
struct view *router_at(const struct router *, size_t);

/* A key, a paste or a refusal of one.  Not K_RESIZE, K_TIMER, K_HANGUP. */
void router_key(struct router *, const struct key *);
/* Would this key hide what is there (blank, lock, another person) or paint it
 * again, and do nothing else? */
bool router_hides(const struct router *, const struct key *);
/* Run an action on the top view as if its key was pressed: for help, the
 * command line and plain mode.  Permission is checked. */
void router_act(struct router *, enum action);
/* Draw everything: a canvas of the terminal's size. */
void router_draw(struct router *, struct canvas *);
/* Read again: another session saved (or the identity vault closed). */
void router_refresh(struct router *);
/* Is something put over the top view that waits for an answer? */
bool router_asking(const struct router *);
/* Say one sentence until the next key. */
void router_say(struct router *, const char *text);
/* Bytes came that could be no character: say so where somebody is typing, with
 * what is said already. */
void router_lost(struct router *, size_t n);
/* The sentence on the message line, "" none; forget it. */
const char *router_message(const struct router *);
void router_hush(struct router *);

/* An overlay's question, for plain mode; NULL when there is none. */
const struct ask *router_question(const struct router *);
/* The answer to it: value as in screen->answer(), NULL for no answer. */
void router_answer(struct router *, const char *value);

/* The actions that can be run on the top view now: its own in hint-bar order,
 * then those that work everywhere.  Returns how many (at most max). */
size_t router_actions(const struct router *, enum action *, size_t max);

/*
 * Save the drafts of views that hold typed words and changed since the last
 * time; -1 with the reason when one could not be saved (it stays unsaved and
 * is tried again).
 */
int router_save_drafts(struct router *, struct err *) MUST_USE;
/* The same where nobody is left to be told. */
void router_last_drafts(struct router *);
/* Typed words that no draft holds yet? */
bool router_unsaved(struct router *);

#endif
