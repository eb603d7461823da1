/* SPDX-License-Identifier: ISC */
/* The ":" line: every action by its name, completed with Tab, and cases by
 * their code. */
#ifndef AMPARO_UI_CMDLINE_H
#define AMPARO_UI_CMDLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/edit.h"
#include "ui/key.h"

struct cmdline_name {
	const char *name;
	const char *help; /* N_() */
	const char *also; /* runs and completes it, too; NULL: nothing */
};

struct cmdline {
	struct edit edit;
	/* The names this person may use here, in any order; the caller's. */
	const struct cmdline_name *names;
	size_t n;
	bool codes; /* a case code is a command, too */
	char stem[64]; /* what was typed before the first Tab */
	size_t turn; /* how many Tabs since */
	char message[160]; /* why Enter did nothing */
};

void cmdline_init(struct cmdline *, const struct cmdline_name *, size_t n);
void cmdline_done(struct cmdline *);

enum cmdline_result { CMDLINE_STAY, CMDLINE_RUN, CMDLINE_CANCEL };
/* Tab and S-Tab go through the names that begin as typed; Enter runs a name,
 * or the only one that begins so, or a code whose check character is right;
 * Esc, C-c or Backspace in an empty line leaves. */
enum cmdline_result cmdline_key(struct cmdline *, const struct key *);
/* The name to run, from the table; the rest of the line (after a space) in
 * *rest, "" when none.  NULL when a code is to be opened: *rest is the code as
 * it was typed.  Only after CMDLINE_RUN. */
const char *cmdline_command(const struct cmdline *, const char **rest);
/* The line at the bottom row of the canvas, and above it what could follow or
 * why Enter did nothing. */
void cmdline_draw(struct cmdline *, struct canvas *);

#endif
