/* SPDX-License-Identifier: ISC */
/* The day, from far away: the same program over a real ssh line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "day_story.h"

/* Somebody signs in over ssh and meets a person; the line drops while they
 * type, and what was typed waits for them on the next one. */
void
works_over_ssh_and_the_line_drops(void **state)
{
	struct story *s = *state;

	day_ssh_start(&s->day, &s->ssh, day_sanitized());
	s->ruwan = day_ssh_open(&s->ssh);
	day_sign_in(s->ruwan, "ruwan");
	vt_expect(s->ruwan, s->latin);
	vt_send(s->ruwan, "n");
	for (int page = DAY_SAFE; page <= DAY_CONSENT; page++)
		day_page(s->ruwan, page, &day_remote);
	vt_expect(s->ruwan, "What is next");
	day_wait_draft_of(&s->day, s->ruwan, "ruwan", day_remote.name);
	vt_close(s->ruwan);
	s->ruwan = day_ssh_open(&s->ssh);
	day_sign_in(s->ruwan, "ruwan");
	vt_expect(s->ruwan, "You were writing");
	vt_keys(s->ruwan, "Enter");
	vt_expect(s->ruwan, "What is next");
	day_page(s->ruwan, DAY_NEXT, &day_remote);
	vt_keys(s->ruwan, "C-s");
	vt_expect(s->ruwan, "Wants first");
	vt_expect(s->ruwan, day_remote.wants);
	day_read_code(s->ruwan, s->remote);
	day_expect_kept(&s->day, "ruwan", s->remote, &day_remote);
	vt_keys(s->ruwan, "Esc");
	vt_expect(s->ruwan, "Mine 2");
	day_leave(s->ruwan);
	s->ruwan = NULL;
	day_ssh_stop(&s->ssh);
}
