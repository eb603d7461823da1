/* SPDX-License-Identifier: ISC */
/* What line.c and line_read.c share: the interface line by line. */
#ifndef AMPARO_APP_LINE_INSIDE_H
#define AMPARO_APP_LINE_INSIDE_H

#include "app/app.h"
#include "app/router_inside.h"
#include "ui/plain.h"

struct line {
	struct app *app;
	int signal_fd;
	struct timers timers;
	struct buf in; /* bytes of lines that are not read yet */
	struct buf shown; /* what was said last, to say only what is new */
	const struct view *ended; /* the form that was gone through; or NULL */
	bool told; /* how forms are answered was said */
	bool cut; /* more of a line came than there is room for */
	struct buf label; /* what is asked for where somebody types */
	bool away; /* the last read ended for another view: ask nothing more */
};

/* One line out, with its end. */
void line_say(void *line, const char *text);
/* One line in, without its end; -1 when the session ends or another view has
 * come up meanwhile (line->away). */
int line_ask(void *line, const char *prompt, bool secret, struct buf *out);
/* What stands on the message line, as a line of its own. */
void line_message(struct line *);

#endif
