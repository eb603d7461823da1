/* SPDX-License-Identifier: ISC */
/*
 * Forms are tables of fields; one engine draws them, moves in them, checks,
 * says where one is, finds what changed, and keeps drafts.  ui/plain.h runs
 * the same table as numbered prompts.
 *
 * Values are strings: text as typed; CHOICE the option's value; MULTI values
 * separated by ","; DATE "2026-11-23", "2026-11", "2026", "?" (nobody knows);
 * YES_NO "yes" or "no"; TRISTATE also "unknown"; CODE in canonical form;
 * NUMBER decimal.  "" always means: not answered.  No answer is ever filled in
 * by the engine.
 */
#ifndef AMPARO_UI_FORM_H
#define AMPARO_UI_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "ui/canvas.h"
#include "ui/choice.h"
#include "ui/key.h"

enum form_type {
	FORM_TEXT,
	FORM_LONG_TEXT, /* several lines */
	FORM_CHOICE,
	FORM_MULTI,
	FORM_DATE,
	FORM_YES_NO,
	FORM_TRISTATE, /* yes, no, not known */
	FORM_PHONE,
	FORM_CODE, /* a case code; the check character is verified */
	FORM_NUMBER,
	FORM_SECRET, /* never in drafts or changes */
	FORM_INFO, /* words to read, no value */
	FORM_HEADING /* a rule with the label in it, no value */
};

enum form_flag {
	FORM_REQUIRED = 1,
	FORM_PII = 2, /* says who someone is: lives in the identity vault */
	FORM_READ_ONLY = 4,
	FORM_HIDDEN = 8 /* not shown: what the program keeps for itself */
};

struct form_field;
struct form;

/* The values of a form, by field id. */
struct form_values;
/* "" when there is no such field or no answer.  Good until it changes. */
const char *form_value(const struct form_values *, const char *id);
/* Is the answer this value; for MULTI: is it among them? */
bool form_value_is(
    const struct form_values *, const char *id, const char *value);

struct form_field {
	const char *id; /* unique in the form; stable: it names drafts */
	enum form_type type;
	unsigned flags;
	const char *label; /* N_() */
	const char *help; /* N_(); what to ask, and how; may be NULL */
	const char *text; /* N_(): FORM_INFO: the words */
	/* Or from the program, as the answers are now; it stays good as long
	 * as the form.  May be NULL. */
	const char *(*text_from)(void *ctx, const struct form_values *);
	const struct choice_option *options; /* CHOICE, MULTI */
	size_t n_options;
	/* Or from the program, asked at every key; may be NULL. */
	size_t (*options_from)(void *ctx, const struct form_values *,
	    const struct choice_option **);
	size_t max; /* bytes; 0: 1000, LONG_TEXT 65536, SECRET 256 */
	int rows; /* LONG_TEXT: lines shown without focus; 0: 3 */
	int64_t least, most; /* NUMBER: both 0 for any */
	/* Shown only when that field has that value; show_value NULL: any
	 * answer; "!x": answered, and not x. */
	const char *show_field, *show_value;
	/* And only when this says so; may be NULL. */
	bool (*show_if)(void *ctx, const struct form_values *);
	/* Is a non-empty value right?  Return -1 and say what is expected.
	 * Called for shown fields only; may be NULL. */
	int (*check)(
	    void *ctx, const struct form_values *, const char *, struct err *);
};

struct form_slot; /* a field's widget and values */
struct form {
	const struct form_field *fields; /* kept, not copied */
	size_t n;
	void *ctx; /* for the callbacks */
	int64_t today; /* local day number, for dates */
	struct form_values *values;
	struct form_slot *slots;
	size_t focus; /* field with the cursor; n when there is none */
	int top; /* first line shown */
	int rows, cols; /* as last drawn; 0 not yet */
};

/* The cursor is on the first field that can be answered.  Dies when two fields
 * have one id: that is a broken table. */
void form_init(struct form *, const struct form_field *, size_t n, void *ctx,
    int64_t today);
void form_done(struct form *); /* wipes */

/* The kind of the field with the cursor; FORM_HEADING when there is none. */
enum form_type form_focused(const struct form *);
/* Is one of its options pointed at, so that Space chooses it? */
bool form_points(const struct form *);
/* How what it asks is answered where that is chosen, one rule for all of them:
 * arrows point, Space or Enter chooses; translated, NULL where one types. */
const char *form_how(const struct form *);
/* Has it options of which typing finds one, and no digit chooses? */
bool form_finds(const struct form *);
const char *form_get(const struct form *, const char *id);
bool form_is(const struct form *, const char *id, const char *value);
/* The value as stored: what changes are measured against.  Unknown ids are
 * ignored; NULL reads as "". */
void form_load(struct form *, const char *id, const char *value);
/* The value as if typed (a change). */
void form_set(struct form *, const char *id, const char *value);
/* What is typed now is what is stored: after a save. */
void form_saved(struct form *);

enum form_result {
	FORM_PASS, /* not a key of forms */
	FORM_STAY, /* handled; err may say why something was refused */
	FORM_MOVED, /* another field has the cursor */
	FORM_CHANGED, /* a value changed */
	FORM_END, /* Enter on the last field: the screen may offer to save */
	FORM_SAVE, /* C-s */
	FORM_CANCEL /* C-c or Esc: leave; what was typed stays a draft */
};
/*
 * Tab and S-Tab move between fields, arrows too where the field has no use
 * for them, Enter goes on (in LONG_TEXT it starts a line), PgUp and PgDn move
 * by five fields.  Leaving a field checks it and shows what is wrong beside it.
 */
enum form_result form_key(struct form *, const struct key *, struct err *);
/* Undo in the field with the cursor; false: nothing to undo. */
bool form_undo(struct form *);
/* Put the cursor on a field; false when it is not shown. */
bool form_focus(struct form *, const char *id);

/* Everything there is to say of the field with the cursor, translated: its
 * help, and of an option that is pointed at its label and what it means.  A
 * picture may have no room for all of it.  Appends nothing where there is
 * none; returns the field's label, "" where there is no field. */
const char *form_help(const struct form *, struct buf *);

/* A value of this field in words: an option's label, a day as people read it;
 * as it is where there is no such field. */
void form_show(
    const struct form *, const char *id, const char *value, struct buf *out);

/* Is the field shown now?  (show_field, show_value and show_if.) */
bool form_shown(const struct form *, const char *id);
/* Is its value an answer: shown, or of the program's own (FORM_HIDDEN)? */
bool form_counts(const struct form *, const char *id);
/*
 * Check every shown field; -1 with the first problem's sentence, the cursor on
 * that field, and each field's own message beside it.
 */
int form_check(struct form *, struct err *) MUST_USE;
/* Set (or with NULL remove) a message beside a field: the store refused it. */
void form_message(struct form *, const char *id, const char *text);

/* "3 of 12, 2 required left"; returns out.  size >= 64. */
char *form_where(const struct form *, char *out, size_t size);
/* Shown required fields without an answer. */
size_t form_required_left(const struct form *);

/* Anything typed that is not stored? */
bool form_dirty(const struct form *);
struct form_change {
	const struct form_field *field;
	const char *old_value, *new_value;
	bool shown; /* hidden fields keep what was typed: do not store it */
};
/* The next changed field from *at (start with 0); false when there are no
 * more.  SECRET, INFO and HEADING never appear. */
bool form_next_change(const struct form *, size_t *at, struct form_change *);

/*
 * Drafts: every typed value that differs from what is stored, and the field
 * with the cursor.  Versioned; fields a later table dropped are ignored.
 * Loading damaged bytes returns -1 (ERR_DAMAGED) and changes nothing.
 */
void form_draft_write(const struct form *, struct buf *);
/* Also what nobody typed: for a form that is read beside what others save
 * until it goes on. */
void form_draft_write_all(const struct form *, struct buf *);
/* The same of values alone, for a form that is not open; empty ones are left
 * out. */
struct form_value {
	const char *id, *value;
};
void form_draft_values(const struct form_value *, size_t n, struct buf *);
int form_draft_read(struct form *, const void *, size_t, struct err *) MUST_USE;

/*
 * Draw on the whole canvas: title (may be NULL) with where-am-I, fields, and
 * the focused field's help at the bottom; the hardware cursor is on the focused
 * field.  Remembers the size, the scroll position, and which words could be
 * read: from a field whose words before it do not fit and were not read yet the
 * cursor goes to the words.  Keys go by the size of the last picture, so that
 * keys typed ahead do what the same keys do one by one.
 */
void form_draw(struct form *, struct canvas *, const char *title);
/* Its keys as if it had been drawn where another was: for the next step of a
 * long form. */
void form_in_place(struct form *, const struct form *before);

#endif
