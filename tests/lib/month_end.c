/* SPDX-License-Identifier: ISC */
/* A closing that a supervisor sends back, the closing, and opening again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "month_kit.h"

/* --- closing, and what a supervisor says to it --------------------------------------------- */

#define SENT_BACK "Go through her safety plan with her first."

static const struct day_answer closing[] = {
	{ DAY_KEYS, "What was planned", "p l a n n e d Enter" },
	{ DAY_TYPE, "Needs met?", "1" },
	{ DAY_TYPE, "Safety plan reviewed?", "2" },
	{ DAY_TYPE, "How it is", "Not yet." },
	{ DAY_TYPE, "Plan complete?", "2" }, /* a goal is open */
	{ DAY_TYPE, "How it is", "Hers from here on." },
	{ DAY_TYPE, "Do both agree", "1" },
	{ DAY_TYPE, "Told they can come back?", "1" },
	{ DAY_TYPE, "Feedback offered?", "1" },
	{ DAY_TYPE, "Ask after them once?", "y" },
	{ DAY_TYPE, "In a few words", "She has a lock and her wages." },
	{ .how = DAY_END },
};

/* The supervisor at a terminal, with what was asked on it. */
static struct vt *
sunila_reads(struct month *m, const char *asked)
{
	struct vt *vt = day_terminal(&m->day, day_fast(), "sunila");

	vt_send(vt, "T");
	vt_expect(vt, "Waiting for you");
	vt_expect(vt, m->code);
	vt_keys(vt, "Enter");
	vt_expect(vt, asked);
	return vt;
}

void
a_supervisor_sends_the_closing_back(void **state)
{
	struct month *m = *state;
	struct vt *vt, *sunila;

	month_sit_down(m, 8, m->code);
	vt = m->amina;
	vt_send(vt, "X");
	vt_expect(vt, "Why the case closes");
	month_save(vt, closing, "it closes when a colleague");
	vt_expect(vt, "amina asked to close this case");
	sunila = sunila_reads(m, "Not yet.");
	vt_send(sunila, "r");
	day_answer_line(sunila, "why not?", SENT_BACK);
	vt_expect(sunila, "Your answer is kept");
	day_leave(sunila);
	vt_expect_gone(vt, "amina asked to close this case");
	vt_send(vt, "u");
	vt_expect(vt, "not now (sunila");
	vt_expect(vt, "safety plan with her first.");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	assert_int_equal(KEPT(m, m->uid,
			     "request_answer WHERE answer = "
			     "'refused'"),
	    1);
	assert_int_equal(
	    KEPT(m, m->uid, "case_event WHERE kind = 'closed'"), 0);
}

/* --- mended, closed, and opened again ------------------------------------------------------- */

static const struct day_answer reviewed[] = {
	{ DAY_KEYS, "If they go missing", "Tab" },
	{ DAY_KEYS, "2 no", "Tab" },
	{ DAY_TYPE, "Is it finished", "y" },
	{ .how = DAY_END },
};

void
closes_after_mending(void **state)
{
	struct month *m = *state;
	struct day_answer again[sizeof(closing) / sizeof(closing[0])];
	struct vt *vt, *sunila;
	size_t n = 0;

	month_sit_down(m, 1, m->code);
	vt = m->amina;
	vt_send(vt, "Y");
	day_answer_line(vt, "The safety plan", "to go through it");
	vt_expect(vt, "version 1 of 1");
	vt_send(vt, "a");
	vt_expect(vt, "What worries them, and what they have");
	for (int i = 0; i < 4; i++)
		vt_keys(vt, "C-n");
	month_save(vt, reviewed, "version 2 of 2");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	/* What was not yet is done now, and needs no words. */
	for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++) {
		if (closing[i].how != DAY_END &&
		    strcmp(closing[i].words, "Not yet.") == 0)
			continue;
		again[n] = closing[i];
		if (again[n].how != DAY_END &&
		    strcmp(again[n].label, "Safety plan reviewed?") == 0)
			again[n].words = "1";
		n++;
	}
	vt_send(vt, "X");
	vt_expect(vt, "Why the case closes");
	month_save(vt, again, "it closes when a colleague");
	sunila = sunila_reads(m, "She has a lock");
	vt_expect(sunila, "Ask after them once");
	vt_send(sunila, "a");
	vt_expect(sunila, "It is done at once");
	vt_send(sunila, "y");
	vt_expect(sunila, "Agreed, and done.");
	day_leave(sunila);
	vt_expect(vt, "What was planned is done");
	assert_int_equal(
	    KEPT(m, m->uid, "case_event WHERE kind = 'closed'"), 1);
	/* Somebody will ask after her once, as she was told. */
	assert_int_equal(KEPT(m, m->uid,
			     "followup_plan WHERE promised = 1 AND words LIKE "
			     "'The one check%'"),
	    1);
	day_verify(&m->day);
}

/* She came back: one key and one yes, the same code and all that is in it. */
void
opens_again_with_one_key(void **state)
{
	struct month *m = *state;
	struct vt *vt;

	month_sit_down(m, 9, m->code);
	vt = m->amina;
	vt_expect(vt, "O opens it again");
	vt_send(vt, "O");
	vt_expect(vt, "Open it?");
	/* Enter alone changes nothing. */
	vt_keys(vt, "Enter");
	vt_expect(vt, "O opens it again");
	vt_send(vt, "O");
	vt_expect(vt, "Open it?");
	vt_send(vt, "y");
	vt_expect(vt, "It is open again.");
	vt_expect(vt, "Wants first");
	vt_expect_gone(vt, "O opens it again");
	vt_expect(vt, m->code);
	vt_expect(vt, "Sleep without fear.");
	assert_int_equal(
	    KEPT(m, m->uid, "case_event WHERE kind = 'reopened'"), 1);
	assert_int_equal(KEPT(m, m->uid, "goal WHERE 1"), 1);
	assert_int_equal(
	    KEPT_APART(m, m->uid, "safety_plan WHERE complete = 'yes'"), 2);
	day_leave(vt);
	m->amina = NULL;
	day_verify(&m->day);
}
