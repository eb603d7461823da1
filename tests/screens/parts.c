/* SPDX-License-Identifier: ISC */
/* From a case to every part of it in at most two keys, on any terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "app/action.h"
#include "app/keymap.h"

#include "../../screens/screens.h"
#include "../lib/scene.h"

static const struct way {
	enum action action;
	const struct screen *screen;
} ways[] = {
#define WAY(action, name, arg) { ACT_##action, &screen_##name },
#include "../../screens/case_ways.def"
#undef WAY
};

/* Not here and now: no flag is set, it is not closed, and who looked is for
 * supervisors. */
static bool
offered(enum action a)
{
	return a != ACT_UNFLAG && a != ACT_REOPEN && a != ACT_ACCESS_LOG &&
	       a != ACT_LOOK;
}

static void
back_to_the_case(struct vt *vt)
{
	for (int i = 0; i < 4 && !vt_has(vt, "Space all parts"); i++) {
		vt_keys(vt, "Esc");
		assert_true(vt_wait_quiet(vt, 150, VT_WAIT_MS));
	}
	vt_expect(vt, "Space all parts");
}

static void
go_everywhere(int rows, int cols)
{
	struct vt *vt = scene_terminal(&scene, "amina", rows, cols, NULL);
	char key[16], title[64];

	scene_jump(&scene, vt, SCENE_LOW);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (!offered(ways[i].action))
			continue;
		vt_send(vt, " ");
		vt_expect(vt, "All parts");
		vt_send(
		    vt, keymap_show(ways[i].action, false, key, sizeof(key)));
		/* What says who somebody is asks why first. */
		if (ways[i].action == ACT_SAFE_CONTACT) {
			vt_expect(vt, "why do you open it?");
			vt_send(vt, "a walk");
			vt_keys(vt, "Enter");
		}
		snprintf(title, sizeof(title), "%.10s", ways[i].screen->title);
		if (!vt_wait_row(vt, 0, title, VT_WAIT_MS))
			fail_msg("%s does not open %s", key, title);
		back_to_the_case(vt);
	}
	vt_close(vt);
}

static void
every_part_is_two_keys_from_the_case(void **state)
{
	(void)state;
	go_everywhere(24, 80);
	go_everywhere(10, 40);
}

/* What a part of the case begins, by its second key; with a reason between them
 * where it says who somebody is. */
static const struct begun {
	const char *part, *key;
	const struct screen *screen;
	bool asks;
} begun[] = {
	{ "f", "a", &screen_attempt, false },
	{ "c", "a", &screen_consent_add, false },
	{ "i", "a", &screen_screening_gate, false },
	{ "n", "a", &screen_assessment_add, false },
	{ "P", "a", &screen_goal, false },
	{ "s", "a", &screen_service_add, false },
	{ "R", "a", &screen_referral, false },
	{ "b", "e", &screen_child_edit, false },
	{ "b", "a", &screen_best_interests, false },
	{ "G", "a", &screen_mechanism_add, false },
	{ "J", "a", &screen_duty_add, false },
	{ "2", "a", &screen_act_add, false },
	{ "y", "+", &screen_task_add, false },
	{ "p", "e", &screen_person_edit, true },
	{ "d", "a", &screen_document_add, true },
	{ "Y", "a", &screen_safety_add, true },
	{ "F3", "a", &screen_organisation_add, false },
	{ "F3", "Enter", &screen_organisation, false },
};

static void
begin_everything(int rows, int cols)
{
	struct vt *vt = scene_terminal(&scene, "amina", rows, cols, NULL);
	char title[64];

	scene_jump(&scene, vt, SCENE_LOW);
	for (size_t i = 0; i < sizeof(begun) / sizeof(begun[0]); i++) {
		vt_keys(vt, begun[i].part);
		if (begun[i].asks) {
			vt_expect(vt, "Enter go on");
			vt_send(vt, "a walk");
			vt_keys(vt, "Enter");
		}
		vt_expect(vt, "? help");
		vt_expect_gone(vt, "Space all parts");
		vt_keys(vt, begun[i].key);
		snprintf(title, sizeof(title), "%.10s", begun[i].screen->title);
		if (!vt_wait_row(vt, 0, title, VT_WAIT_MS))
			fail_msg("%s %s does not open %s:\n%s", begun[i].part,
			    begun[i].key, title, vt_screen_text(vt));
		back_to_the_case(vt);
	}
	vt_close(vt);
}

static void
what_a_part_begins_is_two_keys_from_the_case(void **state)
{
	(void)state;
	begin_everything(24, 80);
	begin_everything(10, 40);
}

/* The first line is where the cursor is; Enter does what its letter does. */
static void
enter_goes_where_the_cursor_is(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 10, 40, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, " ");
	vt_expect(vt, "All parts");
	vt_expect(vt, "f    follow-up");
	/* The list cuts the sentence; it stands whole below. */
	vt_expect(vt, "happened and what is next");
	vt_keys(vt, "Down Enter");
	vt_expect(vt, "› Consent");
	/* What is left is the case, not the list. */
	vt_keys(vt, "Esc");
	vt_expect(vt, "Space all parts");
	vt_close(vt);
}

/* What cannot be done is not offered: nothing is flagged, nothing closed. */
static void
only_what_can_be_done_is_listed(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 50, 132, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, " ");
	vt_expect(vt, "Close the case");
	assert_true(vt_absent(vt, "Resolve a flag"));
	assert_true(vt_absent(vt, "Open a closed case"));
	vt_close(vt);
}

/* And the key that would says why not. */
static void
what_cannot_be_done_says_why(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 10, 40, NULL);

	(void)state;
	vt_send(vt, "O");
	vt_expect(vt, "O opens a closed case again");
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "M");
	vt_expect(vt, "No flag stands on this case; m sets one.");
	vt_send(vt, "O");
	vt_expect(vt, "This case is not closed.");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Space lists every part");
	vt_send(vt, " ");
	vt_expect(vt, "All parts");
	vt_send(vt, "M");
	vt_expect(vt, "No flag stands on this case; m sets one.");
	vt_close(vt);
}

/* Two of them were one line twice. */
static void
a_consent_to_talk_about_says_which(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 10, 40, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "y/consent\r");
	vt_expect(vt, "Consent review: W");
	/* The list cuts it; it stands whole below, with where it is done. */
	vt_expect(vt, "Consent review: Working together");
	vt_expect(vt, "Enter: consent (c)");
	vt_close(vt);
}

/* A small window cuts the words under a field; help begins with all of them. */
static void
the_words_of_a_field_are_read_whole(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 10, 40, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "a");
	vt_expect(vt, "What it is");
	vt_keys(vt, "Tab");
	vt_expect(vt, "Write as little as helps; what…");
	vt_keys(vt, "F1");
	vt_expect(vt, "is written can be asked for by a");
	vt_expect(vt, "court.");
	vt_expect(vt, "happened?");
	/* Enter on words does nothing; below them, and how it is answered, are
	 * the keys. */
	vt_keys(vt, "Enter Down");
	vt_expect(vt, "Right, then Space; or its first");
	vt_keys(vt, "Down");
	vt_expect(vt, "Save this form");
	vt_keys(vt, "F1");
	vt_expect(vt, "Write as little as helps; what…");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_part_is_two_keys_from_the_case),
		TEST(what_a_part_begins_is_two_keys_from_the_case),
		TEST(enter_goes_where_the_cursor_is),
		TEST(only_what_can_be_done_is_listed),
		TEST(what_cannot_be_done_says_why),
		TEST(a_consent_to_talk_about_says_which),
		TEST(the_words_of_a_field_are_read_whole),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
