/* SPDX-License-Identifier: ISC */
/*
 * What cannot be saved as it is, on the smallest screen: the cursor is in the
 * field that the refusal is about and the sentence stands below it, whichever
 * form it is and however far down it was saved from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/case.h"

#include "../lib/day_kit.h"
#include "../lib/scene.h"

struct form {
	const char *way; /* keys from the case to the form */
	struct day_answer answers[12];
	const char *focus; /* on the line with the cursor */
	const char *sentence; /* its first words */
};

static const struct form forms[] = {
	{ "+",
	    { { DAY_TYPE, "What is to be done", "call her" },
		{ DAY_TYPE, "By when", "+9999" } },
	    "+9999", "! Give the day it is due" },
	{ "s a",
	    { { DAY_KEYS, "Which help", "a c c u Enter" },
		{ DAY_TYPE, "How it stands", "1" },
		{ DAY_TYPE, "Which day was it?", "+3" } },
	    "+3", "! This happened" },
	{ "b a",
	    { { DAY_TYPE, "What it is", "1" },
		{ DAY_TYPE, "Why now", "no parent can be found" },
		{ DAY_TYPE, "Options considered", "the aunt" },
		{ DAY_TYPE, "The child's own view", "the aunt" },
		{ DAY_TYPE, "Decision", "the aunt" },
		{ DAY_TYPE, "The child", "1" },
		{ DAY_TYPE, "Decided by", "both of us" },
		{ DAY_TYPE, "Decided on", "+3" } },
	    "+3", "! This was decided" },
	{ "G a",
	    { { DAY_KEYS, "What is there to record?", "d e c i d e d Enter" },
		{ DAY_TYPE, "The person", "2" },
		{ DAY_TYPE, "On which day", "today" } },
	    "Wants it", "! Explain first what the" },
	{ "G a",
	    { { DAY_KEYS, "What is there to record?", "p e r m i t Enter" },
		{ DAY_TYPE, "On which day", "+2" } },
	    "+2", "! Say on which day it was" },
	/* Nothing on any page: it is said on the first. */
	{ "Y s e e Enter a C-n C-n", { { .how = DAY_END } }, "",
	    "! Write down at least" },
};

/* Filled in at a desk, saved on the smallest screen. */
static void
harm_13_a_refusal_is_seen_where_it_is_answered(void **state)
{
	struct vt *vt;

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const struct form *f = &forms[i];

		vt = scene_terminal(&scene, "amina", 24, 80, NULL);
		/* Where no draft of the form before waits. */
		scene_jump(&scene, vt, i % 2 == 0 ? SCENE_LOW : SCENE_MEDIUM);
		vt_keys(vt, f->way);
		day_fill(vt, f->answers);
		vt_resize(vt, 10, 40);
		vt_keys(vt, "C-s");
		vt_expect(vt, f->sentence);
		day_expect_focus(vt, f->focus);
		vt_close(vt);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    harm_13_a_refusal_is_seen_where_it_is_answered),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, scene_set_up, scene_tear_down);
}
