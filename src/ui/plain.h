/* SPDX-License-Identifier: ISC */
/*
 * A form as numbered prompts, one line at a time: for screen readers and
 * terminals that can do nothing else (amparo --plain).  The same table, the
 * same checks and the same values as ui/form.
 */
#ifndef AMPARO_UI_PLAIN_H
#define AMPARO_UI_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "ui/form.h"

struct plain_io {
	void *arg;
	/* One line to read, without "\n"; already safe for a terminal. */
	void (*say)(void *arg, const char *line);
	/* Show a prompt and read a line into out, without echo when secret.
	 * -1 at the end of input: then the form may be gone. */
	int (*ask)(void *arg, const char *prompt, bool secret, struct buf *out);
};

/* How a form is gone through. */
struct plain_run {
	bool first, last; /* of its steps */
	bool at_end; /* it was gone through: ask what to do, not all again */
	bool save; /* out: save all of it now, whatever step this is */
};
/*
 * Ask every shown field in turn.  At a prompt: an empty line keeps what is
 * there, "-" empties it, "<" goes one back, "?" reads the help (in a date it
 * means that nobody knows), "." or "Esc" leaves (what was answered stays in the
 * form, for the draft), ":save" goes to the end; a line that begins with "\" is
 * taken literally after it.  Choices are answered by number, several as "1,3".
 * LONG_TEXT is read until a line "." or "Esc", and is in the form line by line.  Where
 * a field has a message it begins there.  After the last field of the last step
 * it asks before it saves.
 * Returns FORM_SAVE, FORM_CANCEL (also at the end of input), FORM_MOVED: back
 * to the step before.
 */
enum form_result plain_run_form(
    struct form *, const struct plain_io *, struct plain_run *);
/* What can be typed at a question, in a sentence. */
const char *plain_how(void);

/* A numbered menu.  Returns the index, or -1 for none (".", end of input). */
int plain_menu(const struct plain_io *, const char *title,
    const struct choice_option *, size_t n);
/* Is it the answer that leaves: a dot, or the key that sentences name? */
bool plain_leaves(const char *line);
/* A question whose default is No. */
bool plain_confirm(const struct plain_io *, const char *question);
/* Text of several lines, said line by line through utf8_safe(). */
void plain_text(const struct plain_io *, const char *text);

#endif
