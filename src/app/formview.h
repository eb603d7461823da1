/* SPDX-License-Identifier: ISC */
/*
 * What every form screen embeds: fields in one or several steps, movement,
 * checks, drafts, conflicts, saving.  A form screen is its tables, an open()
 * that loads values, and a save callback:
 *
 *	static int
 *	open_note(struct view *v, const struct route *r, struct err *err)
 *	{
 *		struct formview *fv = formview_init(v, &use, v->state);
 *		formview_load(fv, "kind", "fact");
 *		return formview_resume(v, err);
 *	}
 *	const struct screen screen_note = {
 *		.name = "note", ...
 *		.state_size = sizeof(struct formview),
 *		.form = formview_state,
 *		.open = open_note,
 *	};
 *
 * draw, act, key, typing, draft and close are the form's where the screen
 * leaves them NULL; a screen that has its own calls formview_...() for the
 * rest.  Its actions should list ACT_SAVE, ACT_UNDO and, with several steps,
 * ACT_NEXT_STEP and ACT_PREVIOUS_STEP.  amparo --plain runs the same tables as
 * prompts.
 */
#ifndef AMPARO_APP_FORMVIEW_H
#define AMPARO_APP_FORMVIEW_H

#include "app/router.h"
#include "app/screen.h"
#include "store/case.h"
#include "ui/form.h"

struct formview_step {
	const char *title; /* N_(); of a single step: the form's title */
	const struct form_field *fields; /* ids unique in the whole form */
	size_t n;
	/* False leaves the step out for now.  May be NULL. */
	bool (*shown)(const struct view *);
};

struct formview_use {
	const struct formview_step *steps;
	size_t n_steps;
	/*
	 * Before the next step opens (every field of this one was checked).
	 * 0: go on; 1: not yet, a question was asked or view->go was set (call
	 * formview_go_on() later); -1: stay, err says why.  May be NULL.
	 */
	int (*leave)(struct view *, size_t step, struct err *);
	/*
	 * Store what was typed (every shown field was checked).  0: it is
	 * saved: the draft is dropped, saved is said and formview_then() done.
	 * 1: not yet, a question was asked; answer() calls formview_save().
	 * -1: err says why; everything typed stays, and where err names a
	 * field of this id (err->field) the cursor goes there, with the
	 * sentence beside it.  With ERR_CONFLICT and
	 * conflicts filled, the fields are shown side by side and this is
	 * called again with what was decided; with 0, what others changed
	 * since was taken, and that is said.  Conflicts name fields by their
	 * ids and are in the view's arena; a yes or no may be "1" or "0".
	 */
	int (*save)(struct view *, struct err *);
	const char *saved; /* N_(); NULL: "Saved." */
};

struct formview {
	const struct formview_use *use;
	struct form *forms; /* one a step */
	size_t step;
	size_t furthest; /* step that was reached */
	/* The version the typed values are based on; save() hands &rev to the
	 * store, and a decided conflict moves it. */
	int64_t rev;
	/* Of a record that is written whole each time: so it is, and the one
	 * the form was filled from, null none.  A draft of it is whole as well:
	 * what was seen in it and left counts as said. */
	bool whole;
	struct uid base;
	struct conflicts conflicts; /* filled by save() */
	enum next then; /* after a save: NEXT_BACK unless open() says else */
	/* Translated, set by save() where what was done depends: said in place
	 * of use->saved. */
	const char *said;
};

/* For .form where the screen's state begins with a struct formview. */
struct formview *formview_state(struct view *);

/* Make the forms, empty; ctx goes to the fields' callbacks. */
struct formview *formview_init(
    struct view *, const struct formview_use *, void *ctx);
/* Put a stored value into whichever step has the field. */
void formview_load(struct formview *, const char *id, const char *value);
/* As if typed: the form is dirty then. */
void formview_set(struct formview *, const char *id, const char *value);
/* Last thing in open(): goes on with the draft the route names.  -1 when it
 * cannot be read (ERR_DAMAGED and the like). */
int formview_resume(struct view *, struct err *) MUST_USE;

/*
 * An answer by field id, and whether it is that one.  A field that is hidden
 * keeps what was typed, should it be shown again, but has no answer: "".  What
 * the program keeps (FORM_HIDDEN) is never shown and always read.
 */
const char *formview_get(const struct formview *, const char *id);
bool formview_is(const struct formview *, const char *id, const char *value);
/* Is it asked, as the other answers are now? */
bool formview_shown(const struct formview *, const char *id);
/* The form of the step that is open. */
struct form *formview_form(struct formview *);
/*
 * The changed fields that are shown, for case_change() and person_change();
 * in the view's arena, good until the next key.
 */
size_t formview_changes(struct view *, const struct change **);
/* A field's words, by id; for conflicts and lists of changes. */
const char *formview_label(const struct view *, const char *id);
/* What the form is based on, for the store. */
struct basis formview_basis(const struct formview *);

/* Open a step by number: checks nothing. */
void formview_goto(struct view *, size_t step);
/* A draft for another form of one step: there it is based on what is stored
 * when it goes on. */
void formview_hand_on(const struct form_value *, size_t n, struct buf *out);
/* What leave() held back: open the next step. */
void formview_go_on(struct view *);
/* Check and save as ACT_SAVE does; also from answer(). */
enum next formview_save(struct view *, struct err *);

/* The form's own, for screens that have some of these themselves. */
void formview_draw(const struct view *, struct canvas *);
enum next formview_act(struct view *, enum action, struct err *);
enum next formview_key(struct view *, const struct key *, struct err *);
bool formview_typing(const struct view *); /* true */
void formview_draft(const struct view *, struct buf *);
/* The record and arg of the route that a draft was begun with; as they are
 * where it does not say. */
void formview_draft_about(const struct buf *, struct route *);
void formview_close(struct view *);

/* For line mode: the form was filled in past formview_key(); and whether the
 * open step is the last one shown. */
void formview_note(struct view *);
bool formview_last_step(const struct view *);
bool formview_first_step(const struct view *);
/* "Step 2 of 5: Safe contact", of the shown steps; "" where it has no name. */
void formview_title(const struct view *, char *out, size_t size);

#endif
