/* SPDX-License-Identifier: ISC */
/*
 * Behind the hard stop, in the real program: a call to the police is stopped
 * with nothing ticked, and whoever is the second person sees what they agree
 * to on every screen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "rules/consent.h"
#include "store/act.h"
#include "store/directory.h"
#include "store/referral.h"

#include "../lib/case_kit.h"
#include "../lib/scene.h"

static int
set_up(void **state)
{
	(void)scene_set_up(state);
	/* The scene plays before the configuration was looked at. */
	organisation_called(scene.amina, "police");
	return 0;
}

/* Every tick taken away, and no consent: the call itself tells them. */
static void
harm_03_a_warm_call_to_the_police(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "R");
	vt_expect(vt, "State");
	vt_send(vt, "a");
	vt_expect(vt, "To whom");
	vt_send(vt, "Police");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Police");
	vt_send(vt, "Protection of a person");
	vt_keys(vt, "Enter");
	vt_send(vt, "A call");
	vt_keys(vt, "Enter");
	vt_expect(vt, "A call with the person present");
	vt_send(vt, "Emergency");
	vt_keys(vt, "Enter");
	vt_expect(vt, "[x] Wants first");
	vt_keys(vt, "Enter Tab");
	vt_send(vt, "in danger now");
	vt_expect(vt, "in danger now");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Nothing was sent: look first");
	vt_send(vt, "s");
	vt_expect(vt, "was not asked about this recipient");
	vt_send(vt, "s");
	vt_expect_gone(vt, "Send it?");
	vt_keys(vt, "Esc");
	vt_send(vt, "K");
	vt_expect(vt, "Nothing of this case was told");
	vt_close(vt);
	assert_int_equal(
	    ask_cases(scene.amina, "SELECT count(*) FROM disclosure"), 0);
}

static void
open_with_reason(struct vt *vt, enum scene_case at)
{
	vt_send(vt, ":");
	vt_send(vt, scene.codes[at]);
	vt_keys(vt, "Enter");
	vt_expect(vt, "why do you open it");
	vt_send(vt, "to decide");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Contact");
}

static void
agree_on(int rows, int cols)
{
	struct vt *vt = scene_terminal(&scene, "sunil", rows, cols, NULL);

	open_with_reason(vt, SCENE_MEDIUM);
	vt_send(vt, "2");
	vt_expect(vt, "WAITS");
	vt_send(vt, "y");
	vt_expect(vt, "agree to one sending");
	vt_expect(vt, "Police");
	vt_expect(vt, "The person was NOT ASKED.");
	vt_expect(vt, "Override: immediate threat");
	vt_send(vt, "n");
	vt_expect_gone(vt, "agree to one sending");
	vt_close(vt);
}

static void
harm_03_what_is_agreed_to_is_on_the_screen(void **state)
{
	const struct act a = { .uid = uid_new(),
		.case_uid = scene.uids[SCENE_MEDIUM],
		.reason = "life",
		.recipient = "police",
		.purpose = "protection",
		.scope =
		    data_scope_bit(DATA_LOCATION) | data_scope_bit(DATA_NEEDS),
		.words = "Two men wait at the door of the hostel since the "
			 "morning; one of them showed a knife to her sister.",
		.legal_ref = "policy 4",
		.told = "yes",
		.told_why = "" };
	struct err err;

	(void)state;
	OK(act_ask(scene.amina, &a, &err));
	agree_on(24, 80);
	agree_on(10, 40);
}

/* Sent, and taken back: as colleagues did it. */
static void
sent_and_taken_back(struct uid case_uid)
{
	const struct directory_entry call = { .uid = uid_new(),
		.recipient = "legal-partner",
		.topic = "call",
		.value = "answered",
		.phone = "",
		.words = "" };
	struct consent c = release_of(case_uid);
	struct referral r = { .uid = uid_new(),
		.case_uid = case_uid,
		.recipient = c.recipient,
		.purpose = c.purpose,
		.mode = "warm",
		.priority = "normal",
		.reason = "wants advice",
		.copy_safe = "" };
	struct disclosures told;
	struct preview p;
	struct arena a;
	struct err err;

	arena_init(&a);
	OK(directory_add(scene.amina, &call, &err));
	OK(consent_add(scene.amina, &c, &err));
	OK(referral_add(scene.amina, &r, &err));
	OK(referral_send(
	    scene.amina, case_uid, r.uid, uid_new(), "", NULL, &a, &p, &err));
	OK(consent_withdraw(
	    scene.amina, case_uid, c.uid, uid_new(), "", &a, &told, &err));
	arena_done(&a);
}

static void
asked_back(int rows, int cols, const char *was, const char *choose,
    const char *words, const char *then)
{
	struct vt *vt = scene_terminal(&scene, "amina", rows, cols, NULL);

	scene_jump(&scene, vt, SCENE_HIGH);
	vt_send(vt, "K");
	vt_expect(vt, was);
	vt_send(vt, "o");
	vt_expect(vt, choose);
	vt_send(vt, choose);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Whom did you speak");
	vt_send(vt, words);
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Whom did you speak");
	vt_expect(vt, then);
	vt_close(vt);
}

static void
harm_03_what_was_told_is_asked_back(void **state)
{
	(void)state;
	sent_and_taken_back(scene.uids[SCENE_HIGH]);
	asked_back(24, 80, "TAKEN BACK", "Told, and asked to delete",
	    "by telephone", "asked to delete it");
	asked_back(10, 40, "asked to d", "They deleted", "by letter",
	    "They deleted it");
	assert_int_equal(
	    ask_cases(scene.amina, "SELECT count(*) FROM agenda WHERE kind = "
				   "'tell-recipients'"),
	    0);
}

/* Offered, taken, read here and written there, taken back. */
static void
harm_03_a_case_goes_to_another_society(void **state)
{
	const struct directory_entry call = { .uid = uid_new(),
		.recipient = "another-society",
		.topic = "call",
		.value = "answered",
		.phone = "",
		.words = "" };
	struct consent c = release_of(scene.uids[SCENE_URGENT]);
	struct vt *vt, *second;
	struct err err;

	(void)state;
	c.recipient = "another-society";
	c.purpose = TRANSFER_PURPOSE;
	OK(directory_add(scene.amina, &call, &err));
	OK(consent_add(scene.amina, &c, &err));
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "H");
	vt_expect(vt, "To whom");
	vt_send(vt, "3");
	vt_expect(vt, "Which National Society");
	vt_keys(vt, "Tab");
	vt_send(vt, "Another");
	vt_keys(vt, "Enter");
	vt_send(vt, "moves to her sister there");
	vt_expect(vt, "moves to her sister there");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Offered");
	second = scene_terminal(&scene, "sunil", 24, 80, NULL);
	open_with_reason(second, SCENE_URGENT);
	vt_send(second, "u");
	vt_expect(second, "offered to Another National");
	/* It is not sunil who agrees: their word is put down, once it came. */
	vt_expect(second, "waits for theirs");
	vt_send(second, "a");
	vt_expect(second, "Only once they said so");
	vt_send(second, "y");
	vt_expect(second, "Agreed, and done.");
	vt_close(second);
	vt_expect(vt, "Not ours now");
	vt_send(vt, "K");
	vt_expect(vt, "What left");
	vt_expect(vt, "Taking the case over");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "What left");
	vt_expect(vt, "O takes it back");
	vt_send(vt, "O");
	vt_expect(vt, "Take it back?");
	/* Two at once: the slower one is told who was faster. */
	second = scene_terminal(&scene, "sunil", 24, 80, NULL);
	open_with_reason(second, SCENE_URGENT);
	vt_send(second, "O");
	vt_expect(second, "Take it back?");
	vt_send(second, "y");
	vt_expect(second, "It is open again.");
	vt_close(second);
	vt_send(vt, "y");
	vt_expect(vt, "sunil has opened this case again");
	vt_expect(vt, "Lately");
	vt_expect_gone(vt, "Not ours now");
	vt_close(vt);
}

/* What a second person has to decide shows, whatever is due before it. */
static void
a_decision_is_not_hidden(void **state)
{
	const struct act asked = { .uid = uid_new(),
		.case_uid = scene.uids[SCENE_URGENT],
		.reason = "life",
		.recipient = "police",
		.purpose = "protection",
		.scope = data_scope_bit(DATA_NEEDS),
		.words = "he said he would come tonight",
		.legal_ref = "policy 4",
		.told = "yes",
		.told_why = "" };
	const struct change urgent = { .field = "urgent", .value = "1" };
	struct err err = { .kind = ERR_NONE };
	struct arena a;
	struct case_file f;
	struct vt *vt;

	(void)state;
	arena_init(&a);
	OK(case_open(scene.amina, asked.case_uid, NULL, &a, &f, &err));
	OK(case_change(
	    scene.amina, asked.case_uid, &f.rev, &urgent, 1, &a, NULL, &err));
	arena_done(&a);
	OK(act_ask(scene.amina, &asked, &err));
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_expect(vt, "Next");
	vt_expect(vt, "A second person is asked to agree");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_03_a_warm_call_to_the_police),
		cmocka_unit_test(harm_03_what_is_agreed_to_is_on_the_screen),
		cmocka_unit_test(harm_03_what_was_told_is_asked_back),
		cmocka_unit_test(harm_03_a_case_goes_to_another_society),
		cmocka_unit_test(a_decision_is_not_hidden),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, set_up, scene_tear_down);
}
