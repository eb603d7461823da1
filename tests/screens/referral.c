/* SPDX-License-Identifier: ISC */
/*
 * A referral in the real program: what would be seen before it goes, what was
 * handed over, what left; and one that was prepared when the consent was
 * taken back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/case.h"
#include "store/consent.h"
#include "store/directory.h"

#include "../lib/case_kit.h"
#include "../lib/scene.h"

static struct uid
agree_to(enum scene_case at, const char *purpose)
{
	struct consent c = release_of(scene.uids[at]);
	struct err err;

	c.purpose = purpose;
	OK(consent_add(scene.amina, &c, &err));
	/* The scene plays before the configuration was looked at. */
	organisation_called(scene.amina, "legal-partner");
	return c.uid;
}

static struct uid
agree(enum scene_case at)
{
	return agree_to(at, "legal_advice");
}

/* From the list: a full referral for legal advice, or what else it is. */
static void
prepare_as(struct vt *vt, const char *purpose, const char *mode,
    const char *label, const char *reason)
{
	vt_send(vt, "a");
	vt_expect(vt, "To whom");
	vt_send(vt, "Legal aid");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Legal aid service");
	vt_send(vt, purpose);
	vt_keys(vt, "Enter");
	vt_send(vt, mode);
	vt_keys(vt, "Enter");
	vt_expect(vt, label);
	vt_send(vt, "Urgent");
	vt_keys(vt, "Enter");
	vt_expect(vt, "[x] Wants first");
	vt_keys(vt, "Enter Tab");
	vt_send(vt, reason);
	vt_expect(vt, reason);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Nothing was sent: look first");
}

/* From the case: R, then one for advice. */
static void
prepare(struct vt *vt)
{
	vt_send(vt, "R");
	vt_expect(vt, "State");
	prepare_as(vt, "Legal adv", "Full ref", "Full referral",
	    "wants advice about papers");
}

static void
look_and_send(struct vt *vt)
{
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	vt_send(vt, "s");
	vt_expect(vt, "Send it?");
	vt_send(vt, "y");
	vt_expect(vt, "Hand over exactly this");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Due");
}

/* What came of it, without words. */
static void
came_of_it(struct vt *vt, const char *label)
{
	vt_send(vt, "o");
	vt_expect(vt, "What came of it?");
	vt_send(vt, label);
	vt_keys(vt, "Enter");
	vt_expect(vt, "In a few words");
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "In a few words");
}

#define LOOKS "SELECT count(*) FROM audit WHERE action = 'referral.preview'"

static void
seen_before_it_goes(void **state)
{
	struct err err;
	struct vt *vt;
	int64_t looks;

	(void)state;
	agree(SCENE_LOW);
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_LOW);
	prepare(vt);
	vt_expect(vt, "send it (");
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	vt_expect(vt, "wants advice about papers");
	assert_true(vt_absent(vt, SCENE_NAME));
	/* What a colleague saves elsewhere changes nothing that was seen, and
	 * nobody's name is read again for it. */
	looks = ask_cases(scene.amina, LOOKS);
	if (flag_set(scene.amina, scene.uids[SCENE_HIGH], uid_new(),
		"ask at the door", NULL, &err) == -1)
		fail_msg("%s", err.text);
	assert_true(vt_wait_quiet(vt, 2500, VT_WAIT_MS));
	assert_int_equal(ask_cases(scene.amina, LOOKS), looks);
	vt_send(vt, "s");
	vt_expect(vt, "Send it?");
	vt_send(vt, "y");
	vt_expect(vt, "Hand over exactly this");
	vt_keys(vt, "Esc");
	vt_expect(vt, "ask for an answer");
	vt_expect(vt, "sent");
	vt_send(vt, "K");
	vt_expect(vt, "Under");
	vt_expect(vt, "consent");
	vt_expect(vt, "Legal aid service");
	vt_close(vt);
}

/* Nobody agreed to it: nothing tells whoever reads it to send it next. */
static void
harm_03_what_is_blocked_is_not_sent_next(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	prepare(vt);
	vt_expect(vt, "BLOCKED");
	assert_true(vt_absent(vt, "send it"));
	vt_keys(vt, "Esc");
	vt_expect(vt, "Due");
	assert_true(vt_absent(vt, "send it"));
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	assert_true(vt_absent(vt, "send it"));
	vt_close(vt);
}

static void
harm_03_taken_back_after_it_was_prepared(void **state)
{
	struct uid consent = agree(SCENE_MEDIUM);
	struct disclosures told;
	struct arena arena;
	struct err err;
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_MEDIUM);
	prepare(vt);
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	arena_init(&arena);
	if (consent_withdraw(scene.amina, scene.uids[SCENE_MEDIUM], consent,
		uid_new(), "by telephone", &arena, &told, &err) == -1)
		fail_msg("%s", err.text);
	arena_done(&arena);
	/* The other terminal sees it by itself, and cannot send any more. */
	vt_expect(vt, "taken back");
	vt_send(vt, "s");
	vt_expect_gone(vt, "Send it?");
	vt_keys(vt, "Esc");
	vt_send(vt, "K");
	vt_expect(vt, "Nothing of this case was told");
	vt_close(vt);
}

/* Until it goes it can be changed; and whoever looked through it looks again
 * when something else would go. */
static void
changed_until_it_goes(void **state)
{
	struct change wants = { "wants", "her papers, before Friday" };
	struct case_file file;
	struct arena arena;
	struct err err;
	struct vt *vt;

	(void)state;
	agree(SCENE_HIGH);
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_HIGH);
	prepare(vt);
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	vt_send(vt, "e");
	vt_expect(vt, "Change what was prepared");
	vt_keys(vt, "Enter Tab");
	vt_send(vt, "Normal");
	vt_keys(vt, "Enter C-s");
	vt_expect(vt, "within two weeks");
	/* They would see the same, so it was looked through. */
	vt_expect(vt, "They would see exactly this");
	arena_init(&arena);
	if (case_open(scene.amina, scene.uids[SCENE_HIGH], NULL, &arena, &file,
		&err) == -1 ||
	    case_change(scene.amina, scene.uids[SCENE_HIGH], &file.rev, &wants,
		1, &arena, NULL, &err) == -1)
		fail_msg("%s", err.text);
	arena_done(&arena);
	vt_expect_gone(vt, "They would see exactly this");
	vt_expect(vt, "Changed before it went");
	look_and_send(vt);
	/* The next one is prepared, sent, and under the cursor. */
	prepare_as(
	    vt, "Legal adv", "Full ref", "Full referral", "wants another hour");
	look_and_send(vt);
	vt_expect(vt, "wants another hour");
	/* Nobody answers: counted, then given up for another way. */
	vt_keys(vt, "Enter");
	vt_expect(vt, "What happened");
	came_of_it(vt, "Asked again");
	vt_expect(vt, "asked again once, no answer");
	came_of_it(vt, "Asked again");
	vt_expect(vt, "asked again 2 times, no answer");
	vt_expect(vt, "find another way");
	came_of_it(vt, "They do not");
	vt_expect(vt, "no answer; asked again 2 times");
	/* That somebody was harmed there is told after it is over, and
	 * said before the next one goes. */
	vt_send(vt, "o");
	vt_expect(vt, "What came of it?");
	vt_send(vt, "They were harmed");
	vt_keys(vt, "Enter");
	vt_expect(vt, "it stays in this case");
	vt_send(vt, "was asked for money");
	vt_keys(vt, "Enter");
	vt_expect(vt, "afraid there, amina: was asked");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Due");
	prepare_as(
	    vt, "Legal adv", "Full ref", "Full referral", "wants the papers");
	vt_expect(vt, "before anybody goes");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Due");
	vt_keys(vt, "Down Enter");
	vt_expect(vt, "What happened");
	/* A card for the person: the code and no name. */
	vt_send(vt, "w");
	vt_expect(vt, "Community service");
	vt_expect(vt, scene.codes[SCENE_HIGH]);
	vt_send(vt, "2");
	vt_keys(vt, "Enter");
	vt_expect(vt, "No card: not safe");
	vt_close(vt);
}

/* A case that moves is with us until they say that they have it. */
static void
harm_14_with_us_until_it_is_taken(void **state)
{
	/* A minute on: this one is newer than what was prepared there before. */
	static const char *const on[] = {
		"AMPARO_NOW=1794823260000", /* 2026-11-16 10:01 UTC */
		NULL,
	};
	struct vt *vt;

	(void)state;
	agree_to(SCENE_URGENT, "case_transfer");
	vt = scene_terminal(&scene, "amina", 24, 80, on);
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "R");
	vt_expect(vt, "State");
	prepare_as(vt, "Taking", "Transfer", "Transfer of the case",
	    "wants to stay near the court");
	vt_expect(vt, "due in it stay");
	look_and_send(vt);
	vt_keys(vt, "Enter");
	vt_expect(vt, "due in it stay");
	came_of_it(vt, "They take");
	vt_expect(vt, "They have taken the case on");
	vt_send(vt, "X");
	vt_expect(vt, "has taken this case on");
	vt_expect(vt, "Handed to another service");
	vt_close(vt);
}

/* Found by need, and how old the number is. */
static void
harm_10_the_directory_says_how_old_a_number_is(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_keys(vt, "F3");
	vt_expect(vt, "need, language, place");
	vt_send(vt, "/");
	vt_send(vt, "shelter");
	vt_expect(vt, "1/");
	vt_keys(vt, "Enter");
	vt_send(vt, "a");
	vt_expect(vt, "What was learned");
	vt_send(vt, "Called, the number");
	vt_keys(vt, "Enter C-s");
	vt_expect(vt, "WRONG");
	vt_close(vt);
}

/* A town that stands nowhere is served by who serves the whole country, which
 * the row says; what else was typed still counts. */
static void
harm_10_who_serves_a_place_is_found(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_keys(vt, "F3");
	vt_expect(vt, "need, language, place");
	vt_expect(vt, "Legal");
	vt_send(vt, "/");
	vt_send(vt, "nowhereville");
	vt_expect(vt, "Not listed: whole-country services.");
	vt_expect(vt, "whole country");
	assert_true(vt_absent(vt, "Nobody like that"));
	vt_send(vt, " police");
	vt_expect(vt, " 1/");
	vt_expect(vt, "Police");
	vt_expect(vt, "Not listed: whole-country services.");
	/* A branch's town is known: nothing has to be guessed. */
	vt_keys(vt, "C-u");
	vt_send(vt, "second branch police");
	vt_expect(vt, " 1/");
	vt_expect(vt, "whole country");
	vt_expect_gone(vt, "Not listed: whole-country services.");
	vt_close(vt);
}

/* Said where somebody is sent: in the form, on the page, before it goes. */
static void
harm_10_a_number_that_ages_warns_where_it_is_used(void **state)
{
	static const char *const later[] = {
		"AMPARO_NOW=1804669200000", /* 2027-03-10 09:00 UTC */
		NULL,
	};
	static const struct {
		int rows, cols;
		enum scene_case at;
	} sizes[] = { { 24, 80, SCENE_URGENT }, { 10, 40, SCENE_MEDIUM } };
	const struct directory_entry full = { .uid = uid_new(),
		.recipient = "legal-partner",
		.topic = "capacity",
		.value = "full",
		.phone = "",
		.words = "" };
	struct err err;
	struct vt *vt;

	(void)state;
	OK(directory_add(scene.amina, &full, &err));
	for (size_t i = 0; i < 2; i++) {
		vt = scene_terminal(
		    &scene, "amina", sizes[i].rows, sizes[i].cols, later);
		scene_jump(&scene, vt, sizes[i].at);
		vt_send(vt, "R");
		vt_expect(vt, "State");
		vt_send(vt, "a");
		vt_expect(vt, "To whom");
		vt_send(vt, "Legal aid");
		vt_keys(vt, "Enter");
		vt_expect(vt, "since 23 Nov");
		vt_expect(vt, "107 days");
		vt_expect(vt, "told 4 Nov");
		vt_keys(vt, "C-c");
		vt_close(vt);
	}
	vt = scene_terminal(&scene, "amina", 24, 80, later);
	scene_jump(&scene, vt, SCENE_LOW);
	prepare(vt);
	vt_expect(vt, "107 days");
	vt_expect(vt, "told 4 Nov");
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	vt_expect(vt, "107 days");
	vt_keys(vt, "F3");
	vt_expect(vt, "CALL 3 months");
	vt_close(vt);
}

/* Whoever sends somebody there reads what to tell them first: choosing, on the
 * page, and before it goes; that nobody knows is said too. */
static void
harm_10_who_passes_data_on_is_said_first(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_HIGH);
	prepare(vt);
	vt_expect(vt, "It is not known whether it passes data on");
	vt_send(vt, "s");
	vt_expect(vt, "They would see exactly this");
	vt_expect(vt, "It is not known whether it passes data on");
	vt_close(vt);
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_HIGH);
	vt_send(vt, "R");
	vt_expect(vt, "State");
	vt_send(vt, "a");
	vt_expect(vt, "To whom");
	vt_expect_gone(vt, "Say this first");
	vt_send(vt, "Police");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Say this first");
	vt_expect(vt, "It passes data on to authorities: say so");
	vt_expect(vt, "It asks in return: For one time; only where");
	vt_keys(vt, "C-c");
	vt_close(vt);
}

/* Beside what the person needs stands what there is, of whoever was chosen. */
static void
how_one_comes_there_is_said(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 40, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "R");
	vt_expect(vt, "Referrals");
	vt_send(vt, "a");
	vt_expect(vt, "To whom");
	vt_expect_gone(vt, "How one comes there");
	vt_send(vt, "Legal aid");
	vt_keys(vt, "Enter");
	vt_keys(vt, "Tab");
	vt_send(vt, "Full ref");
	vt_keys(vt, "Enter");
	vt_expect(vt, "How one comes there");
	vt_expect(vt, "Languages: ");
	vt_keys(vt, "C-c");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seen_before_it_goes),
		cmocka_unit_test(harm_03_what_is_blocked_is_not_sent_next),
		cmocka_unit_test(harm_03_taken_back_after_it_was_prepared),
		cmocka_unit_test(changed_until_it_goes),
		cmocka_unit_test(harm_14_with_us_until_it_is_taken),
		cmocka_unit_test(
		    harm_10_the_directory_says_how_old_a_number_is),
		cmocka_unit_test(harm_10_who_serves_a_place_is_found),
		cmocka_unit_test(
		    harm_10_a_number_that_ages_warns_where_it_is_used),
		cmocka_unit_test(harm_10_who_passes_data_on_is_said_first),
		cmocka_unit_test(how_one_comes_there_is_said),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, scene_set_up, scene_tear_down);
}
