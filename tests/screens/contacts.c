/* SPDX-License-Identifier: ISC */
/* Whoever has no case is found again; whoever has one is met in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/scene.h"

#define ASIDE "asked aside; she waits with the nurse"

static struct err err;

/* Met by amina, nothing kept but the contact; danger. */
static void
met_alone(void)
{
	char code[CODE_SIZE];
	struct sample s;

	sample_make(&s, "", "");
	s.in.open_case = false;
	s.in.anonymous = true;
	s.in.person = NULL;
	s.in.safe_contact = NULL;
	s.in.work_together = NULL;
	s.in.next = NULL;
	s.triage[1] = (struct triage_answer){ "tri.02", "clear_sign", ASIDE };
	OK(intake_save(scene.amina, &s.in, code, &err));
}

static int64_t
count(const char *sql, enum scene_case which)
{
	return ask_of(scene.amina, sql, scene.uids[which]);
}

/* --- without a case -------------------------------------------------------- */

static void
the_next_shift_sees_it_and_says_what_was_done(void **state)
{
	struct vt *vt;

	(void)state;
	met_alone();
	vt = scene_terminal(&scene, "ruwan", 24, 80, NULL);
	vt_expect(vt, "1 urgent contact without a case waits: U");
	vt_send(vt, "T");
	vt_expect(vt, "Urgent, no case (U) 1");
	vt_send(vt, "U");
	vt_expect(vt, "Urgent steps wait 1");
	vt_expect(vt, "amina");
	/* No word of it stands in the list. */
	day_absent(vt, "nurse");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Wants first: a safe place tonight");
	vt_expect(vt, "Somebody who controls them: clear sign");
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Wants first");
	vt_send(vt, "d");
	vt_expect(vt, "Urgent steps done");
	vt_send(vt, "She sleeps at the shelter");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Urgent steps wait 0");
	vt_keys(vt, "Tab");
	vt_expect(vt, "done");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Done by ruwan");
	vt_expect(vt, "She sleeps at the shelter");
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Done by ruwan");
	vt_send(vt, "U");
	vt_expect_gone(vt, "Urgent, no case");
	vt_close(vt);
}

static void
fits_a_small_terminal(void **state)
{
	struct vt *vt;

	(void)state;
	met_alone();
	vt = scene_terminal(&scene, "ruwan", 10, 40, NULL);
	vt_expect(vt, "1 urgent contact without a case waits");
	vt_send(vt, ":contacts");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Urgent steps wait 1");
	vt_keys(vt, "Enter");
	vt_expect(vt, "a safe place tonight");
	vt_close(vt);
}

/* The same person is here again and wants a case now. */
static void
goes_along_into_the_case_they_want_later(void **state)
{
	static const struct day_person now = { .wants = "A lawyer",
		.name = "Farida Newcombe" };
	char code[CODE_SIZE], part[32];
	struct vt *vt;

	(void)state;
	met_alone();
	vt = scene_terminal(&scene, "ruwan", 24, 80, NULL);
	vt_send(vt, "U");
	vt_expect(vt, "Urgent steps wait 1");
	vt_send(vt, "o");
	vt_expect(vt, "goes with this one into a case");
	for (int page = 0; page < DAY_PAGES; page++)
		day_page(vt, page, &now);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Wants first");
	day_read_code(vt, code);
	vt_send(vt, "t");
	vt_expect(vt, "Contact, urgent");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Urgent steps wait 0");
	vt_keys(vt, "Tab");
	snprintf(part, sizeof(part), "part of %s", code);
	vt_expect(vt, part);
	vt_close(vt);
}

/* --- somebody comes back --------------------------------------------------- */

static const struct day_answer keep_name[] = {
	{ DAY_KEYS, "Information given", "Space Space Tab" },
	{ DAY_TYPE, "One useful number", "1" },
	{ DAY_TYPE, "What would they like us to", "3" },
	{ .how = DAY_END },
};
static const struct day_person again = { .wants = "To sleep elsewhere",
	.number = "+00 000 5550199",
	.cover = "Ask for the cook",
	.name = SCENE_NAME,
	.phone = "+00 000 5550198",
	.urgent = true };

/* Up to the question which of the codes it is. */
static void
meet(struct vt *vt)
{
	vt_send(vt, "n");
	day_page(vt, DAY_SAFE, &again);
	day_page(vt, DAY_URGENT, &again);
	day_page(vt, DAY_WANTS, &again);
	vt_expect(vt, ": Information");
	day_fill(vt, keep_name);
	vt_keys(vt, "C-n");
	day_page(vt, DAY_PERSON, &again);
	vt_expect(vt, "Perhaps known here already");
	vt_send(vt, scene.codes[SCENE_URGENT]);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Add this contact to that case");
}

static void
whoever_comes_back_is_met_in_their_case(void **state)
{
	static const char met[] =
	    "SELECT count(*) FROM contact WHERE case_uid = ?1";
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	int64_t cases =
	    ask_cases(scene.amina, "SELECT count(*) FROM case_file");
	int64_t before = count(met, SCENE_URGENT);

	(void)state;
	meet(vt);
	vt_send(vt, "1");
	vt_expect(vt, "How do you know that it is the same person?");
	vt_send(vt, "She said our word");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Saved in their case.");
	vt_expect(vt, scene.codes[SCENE_URGENT]);
	vt_expect(vt, "Moved to the back room, door locked");
	assert_int_equal(count(met, SCENE_URGENT), before + 1);
	assert_int_equal(
	    ask_cases(scene.amina, "SELECT count(*) FROM case_file"), cases);
	/* What was typed of them is offered, and nothing is written over. */
	vt_send(vt, "D");
	vt_expect(vt, "Safe contact");
	vt_expect(vt, "Edit");
	vt_close(vt);
}

static void
changes_wait_until_somebody_looks(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	meet(vt);
	vt_send(vt, "1");
	vt_expect(vt, "How do you know");
	vt_send(vt, "She said our word");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Saved in their case.");
	vt_send(vt, "D");
	vt_expect(vt, "Safe contact");
	/* Both were left in one moment: either is on top. */
	vt_keys(vt, "Enter");
	day_answer_line(vt, "why do you open it?", "what she said today");
	vt_expect(vt, "+00 000 55501");
	vt_keys(vt, "C-c");
	vt_expect_gone(vt, "+00 000 55501");
	vt_keys(vt, "Down Enter");
	vt_expect(vt, "+00 000 55501");
	vt_close(vt);
}

static void
they_are_asked_anew_where_that_is_chosen(void **state)
{
	static const char asked[] =
	    "SELECT count(*) FROM consent WHERE case_uid = ?1"
	    " AND kind = 'work_together' AND decision = 'not_now'";
	struct day_person unsure = again;
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	unsure.decision = '3';
	meet(vt);
	vt_send(vt, "2");
	vt_expect(vt, "How do you know");
	vt_send(vt, "She said our word");
	vt_keys(vt, "Enter");
	vt_expect(vt, ": Consent");
	day_page(vt, DAY_CONSENT, &unsure);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved in their case.");
	assert_int_equal(count(asked, SCENE_URGENT), 1);
	vt_close(vt);
}

/* The name was mistyped: what is chosen for one name is not for another. */
static void
another_name_is_searched_for_anew(void **state)
{
	static const char met[] =
	    "SELECT count(*) FROM contact WHERE case_uid = ?1";
	int64_t before = count(met, SCENE_URGENT);
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	meet(vt);
	vt_send(vt, "4");
	vt_expect(vt, ": Consent");
	vt_close(vt);
	assert_int_equal(count(met, SCENE_URGENT), before);
}

/* --- a way to be reached --------------------------------------------------- */

static void
harm_21_says_that_a_way_to_be_reached_is_not_kept(void **state)
{
	static const struct day_answer alone[] = {
		{ DAY_KEYS, "Information given", "Space Space Tab" },
		{ DAY_TYPE, "One useful number", "1" },
		{ DAY_TYPE, "What would they like us to", "1" },
		{ .how = DAY_END },
	};
	int64_t before = ask_cases(scene.amina, "SELECT count(*) FROM contact");
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_send(vt, "n");
	day_page(vt, DAY_SAFE, &again);
	day_page(vt, DAY_URGENT, &again);
	day_page(vt, DAY_WANTS, &again);
	vt_expect(vt, ": Information");
	day_fill(vt, alone);
	vt_keys(vt, "C-s");
	vt_expect(vt, "How to reach them is not kept");
	assert_int_equal(
	    ask_cases(scene.amina, "SELECT count(*) FROM contact"), before);
	vt_send(vt, "1");
	vt_expect(vt, ": Consent");
	vt_keys(vt, "C-p");
	vt_expect(vt, "a case without a name");
	/* No: the contact alone after all. */
	vt_send(vt, "1");
	vt_keys(vt, "C-s");
	vt_expect(vt, "How to reach them is not kept");
	vt_send(vt, "2");
	vt_expect(vt, "Saved: the contact alone, no name and no case.");
	vt_close(vt);
}

/* --- searching ------------------------------------------------------------- */

static void
finds_a_person_by_name_and_by_number(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_send(vt, ":find");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Find a person");
	vt_send(vt, SCENE_NAME);
	vt_keys(vt, "Enter");
	vt_expect(vt, scene.codes[SCENE_URGENT]);
	vt_expect_gone(vt, "telephone number. Only");
	day_absent(vt, SCENE_NAME);
	vt_send(vt, "s");
	vt_expect(vt, "telephone number. Only");
	vt_send(vt, SCENE_PHONE);
	vt_keys(vt, "Enter");
	vt_expect(vt, scene.codes[SCENE_URGENT]);
	vt_expect_gone(vt, "telephone number. Only");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Wants first");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "Wants first");
	vt_send(vt, "s");
	vt_expect(vt, "telephone number. Only");
	vt_send(vt, "Zzyzx Quorumbleton");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Nobody like that is known here.");
	vt_close(vt);
}

/* Somebody known elsewhere is a code and whom to ask: Enter opens nothing. */
static void
harm_12_whom_others_know_is_not_opened(void **state)
{
	struct session *bilal =
	    vault_kit_user(&scene.kit, "bilal", ROLE_CASEWORKER, "branch-2");
	struct vt *vt;

	(void)state;
	(void)case_of(bilal, "Oshadi Farfield");
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	vt_keys(vt, "F4");
	vt_expect(vt, "telephone number. Only");
	vt_send(vt, "Oshadi Farfield");
	vt_keys(vt, "Enter");
	vt_expect(vt, "ask them");
	vt_expect(vt, "bilal");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Not yours: ask the worker named");
	day_absent(vt, "Farfield");
	vt_close(vt);
}

/* "After all, no case": what was written for one is not kept, and what is
 * agreed next, on a page that is gone, does not stand in the way. */
static void
harm_04_a_case_is_not_wanted_after_all(void **state)
{
	static const struct day_person first = { .wants = "To sleep",
		.name = "Theodora Ashgrove",
		.agreed = "A call",
		.note = "Came with a cousin" };
	struct vt *vt;

	(void)state;
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	vt_send(vt, "n");
	for (int page = 0; page < DAY_PAGES; page++)
		day_page(vt, page, &first);
	vt_keys(vt, "C-p C-p C-p");
	vt_expect(vt, "Information given");
	vt_send(vt, "1");
	vt_expect(vt, "of 3: Information");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved: the contact alone, no name and no case.");
	assert_int_equal(ask_of(scene.amina,
			     "SELECT count(*) FROM contact"
			     " WHERE wants = 'To sleep' AND ?1 IS NOT NULL",
			     scene.uids[0]),
	    1);
	assert_int_equal(ask_of(scene.amina,
			     "SELECT count(*) FROM note"
			     " WHERE text LIKE '%cousin%' AND ?1 IS NOT NULL",
			     scene.uids[0]),
	    0);
	vt_close(vt);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_next_shift_sees_it_and_says_what_was_done),
		TEST(fits_a_small_terminal),
		TEST(goes_along_into_the_case_they_want_later),
		TEST(whoever_comes_back_is_met_in_their_case),
		TEST(changes_wait_until_somebody_looks),
		TEST(they_are_asked_anew_where_that_is_chosen),
		TEST(another_name_is_searched_for_anew),
		TEST(harm_21_says_that_a_way_to_be_reached_is_not_kept),
		TEST(harm_04_a_case_is_not_wanted_after_all),
		TEST(finds_a_person_by_name_and_by_number),
		TEST(harm_12_whom_others_know_is_not_opened),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
