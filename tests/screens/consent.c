/* SPDX-License-Identifier: ISC */
/* The words that are read aloud belong to what is asked, and in which
 * language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/consent.h"
#include "store/consent.h"
#include "store/directory.h"

#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/scene.h"

static void
harm_18_the_text_read_is_the_one_for_what_is_asked(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 50, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	/* Nothing is chosen: there is nothing to read yet. */
	vt_expect_gone(vt, "Read aloud");
	vt_send(vt, "1");
	vt_expect(vt, "(work-together-en, 1)");
	vt_expect_gone(vt, "release-en");
	vt_send(vt, "2");
	vt_expect(vt, "(release-en, 1)");
	vt_expect_gone(vt, "work-together-en");
	/* Without a text of its own: the printed sheet. */
	vt_send(vt, "6");
	vt_expect(vt, "use the printed sheet");
	vt_expect_gone(vt, "release-en");
	vt_close(vt);
}

/* The text that is read aloud promises it: it stands before that text. */
static void
harm_03_who_passes_data_on_is_said_before_it_is_read(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 50, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	vt_send(vt, "2");
	vt_expect(vt, "Read aloud");
	vt_expect_gone(vt, "Say this first");
	vt_keys(vt, "Tab");
	vt_send(vt, "police");
	vt_keys(vt, "Enter");
	vt_expect(vt, "It passes data on to authorities: say so first.");
	vt_expect(vt, "It asks in return: For one time");
	vt_keys(vt, "C-c");
	vt_close(vt);
}

/* What they would see is read with what is known of whoever would see it, as on
 * a referral to them: also where nothing would go. */
static void
harm_10_a_preview_says_whom_it_goes_to(void **state)
{
	const struct directory_entry full = { .uid = uid_new(),
		.recipient = "police",
		.topic = "capacity",
		.value = "full",
		.phone = "",
		.words = "" };
	struct consent c = release_of(scene.uids[SCENE_LOW]);
	struct err err = { .kind = ERR_NONE };
	struct vt *vt;

	(void)state;
	c.recipient = "police";
	OK(consent_add(scene.amina, &c, &err));
	OK(directory_add(scene.amina, &full, &err));
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "p");
	vt_expect(vt, "They would see exactly this");
	vt_expect(vt, "Say this first");
	vt_expect(vt, "It passes data on to authorities: say so");
	vt_expect(vt, "It asks in return: For one time");
	vt_expect(vt, "It is full, as was told");
	vt_close(vt);
}

/* A language without an approved text says so, and the record names the text
 * that was on the screen. */
static void
harm_18_another_language_is_said_and_recorded(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 50, 80, NULL);
	struct consents all;
	struct arena arena;
	struct err err;

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "1"); /* English */
	vt_expect(vt, "(work-together-en, 1)");
	vt_expect_gone(vt, "No text in this language");
	vt_send(vt, "4"); /* Arabic */
	vt_expect(vt, "No text in this language");
	vt_expect(vt, "(work-together-en, 1)");
	vt_keys(vt, "Tab");
	vt_send(vt, "3"); /* not now */
	vt_keys(vt, "Tab");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "2"); /* an independent interpreter */
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	arena_init(&arena);
	assert_int_equal(consent_list(scene.amina, scene.uids[SCENE_LOW], true,
			     &arena, &all, &err),
	    0);
	assert_true(all.n > 0);
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].language, "ar") == 0)
			assert_string_equal(
			    all.list[i].script, "work-together-en:1");
	arena_done(&arena);
	vt_close(vt);
}

/* To the legal service, for wages; not saved yet. */
static void
fill_in_a_no(struct vt *vt)
{
	static const struct day_answer no[] = {
		{ DAY_TYPE, "Consent to", "2" },
		{ DAY_KEYS, "To whom", "l e g a l Enter" },
		{ DAY_KEYS, "What for", "w a g e Enter" },
		{ DAY_TYPE, "Which data", "1" },
		{ DAY_TYPE, "Language it was", "1" },
		{ DAY_KEYS, "Read aloud", "Tab" },
		{ DAY_TYPE, "What did they say?", "4" },
		{ DAY_TYPE, "May we ask again?", "2" },
		{ DAY_TYPE, "What must not be told", "the village" },
		{ DAY_KEYS, "Why it is held back", "Tab" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ .how = DAY_END },
	};

	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	day_fill(vt, no);
	/* What is held back is held back for a reason. */
	vt_keys(vt, "C-s");
	day_expect_focus(vt, "Why it is held back");
	vt_send(vt, "1");
}

/* What only the record knows to be missing is where it is asked. */
static void
a_refused_consent_goes_to_its_field(void **state)
{
	static const struct day_answer yes[] = {
		{ DAY_TYPE, "Consent to", "2" },
		{ DAY_KEYS, "To whom", "l e g a l Enter" },
		{ DAY_KEYS, "What for", "w a g e Enter" },
		{ DAY_KEYS, "Which data", "Tab" },
		{ DAY_TYPE, "Language it was", "1" },
		{ DAY_KEYS, "Read aloud", "Tab" },
		{ DAY_TYPE, "What did they say?", "1" },
		{ DAY_KEYS, "What must not be told", "Tab" },
		{ DAY_TYPE, "Told back", "y" },
		{ DAY_TYPE, "Who gave it", "1" },
		{ DAY_TYPE, "How it was given", "1" },
		{ DAY_KEYS, "Paper file number", "Tab" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ .how = DAY_END },
	};
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "› Consent");
	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	day_fill(vt, yes);
	vt_keys(vt, "C-s");
	vt_expect(vt, "! Tick what may be told");
	day_expect_focus(vt, "Which data");
	vt_send(vt, "1");
	vt_expect_gone(vt, "! Tick what may be told");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_close(vt);
}

/* A no says whether it may be asked again: nobody is asked at every visit. */
static void
harm_04_a_no_says_whether_to_ask_again(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	fill_in_a_no(vt);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	/* The cursor stays where it was: a key must not hit another row. */
	day_expect_focus(vt, "Working together");
	vt_keys(vt, "Up");
	day_expect_focus(vt, "NO");
	vt_expect(vt, "do not ask again");
	vt_expect(vt, "Withheld: the village (");
	vt_close(vt);
}

/* A colleague records a yes while a no is written down: whoever saves the no
 * says which was the last word, and a no stands then. */
static void
harm_03_the_last_word_is_asked_for(void **state)
{
	struct consent yes = release_of(scene.uids[SCENE_MEDIUM]);
	struct err err = { .kind = ERR_NONE };
	char now[48];
	const char *const env[] = { now, NULL };
	struct vt *vt;

	(void)state;
	/* The same clock for both, but for the time a program takes to start. */
	(void)snprintf(
	    now, sizeof(now), "AMPARO_NOW=%lld", (long long)clock_now());
	vt = scene_terminal(&scene, "amina", 24, 80, env);
	scene_jump(&scene, vt, SCENE_MEDIUM);
	fill_in_a_no(vt);
	yes.purpose = "wage_claim";
	yes.given_at = clock_now();
	if (consent_add(scene.amina, &yes, &err) != 0)
		fail_msg("%s", err.text);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Which was said last?");
	vt_expect(vt, "amina recorded meanwhile");
	vt_keys(vt, "Enter"); /* not sure: nothing is written */
	vt_expect_gone(vt, "Which was said last?");
	assert_true(vt_wait_quiet(vt, 2000, VT_WAIT_MS));
	vt_keys(vt, "C-s");
	vt_expect(vt, "Which was said last?");
	vt_send(vt, "y");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "NO");
	vt_close(vt);
	assert_int_equal(ask_of(scene.amina,
			     "SELECT count(*) FROM consent WHERE case_uid = ?1 "
			     "AND purpose = 'wage_claim' AND decision = 'no'",
			     yes.case_uid),
	    1);
}

/* Working together stands in the list, too: how it was given, until when, and
 * it ends like every other consent. */
static void
harm_03_working_together_can_end(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "c");
	vt_expect(vt, "until 2 Feb");
	vt_expect(vt, "English, work-together-en:1");
	day_expect_focus(vt, "Working together");
	vt_send(vt, "w");
	/* Which one, before anybody answers. */
	vt_expect(vt, "│ Working together ");
	day_answer_line(vt, "withdraw this consent now", "by phone");
	vt_expect(vt, "blocked from now on");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Work together    WITHDRAWN");
	vt_close(vt);
}

/* A yes that ran out was acted on while it held: it can be taken back, so that
 * whoever was told hears of it; how it was said shows before anything else. */
static void
harm_03_what_ran_out_can_be_taken_back(void **state)
{
	struct consent c = release_of(scene.uids[SCENE_LOW]);
	struct err err = { .kind = ERR_NONE };
	struct vt *vt;

	(void)state;
	c.withheld = "the village";
	c.withheld_why = "fear_of_harm";
	c.given_at = clock_now() - 100 * CLOCK_DAY;
	if (consent_add(scene.amina, &c, &err) != 0)
		fail_msg("%s", err.text);
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "Withheld: the village");
	vt_send(vt, "w");
	vt_expect(vt, "│ Legal aid service");
	vt_expect(vt, ", Legal advice ");
	day_answer_line(vt, "withdraw this consent now", "in a letter");
	vt_expect(vt, "blocked from now on");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Withdrawn: in a letter");
	vt_expect_gone(vt, "blocked from now on");
	day_absent(vt, "English · interpreter:");
	vt_send(vt, "w");
	vt_expect(vt, "There is nothing to withdraw");
	vt_close(vt);
}

/* A slow line brings many keys at once: they go where they would have gone one
 * by one, and stop at the words that have to be read. */
static void
keys_in_one_go_find_their_fields(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "ca1\t1\t\t");
	day_expect_focus(vt, "What did they say?");
	vt_close(vt);
}

/* A talk that comes back begins with what is new. */
static void
asked_anew_it_says_what_changed(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	struct case_file f;
	struct arena arena;
	struct err err;

	(void)state;
	arena_init(&arena);
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	vt_expect(vt, "Releases");
	assert_true(vt_absent(vt, "new since"));
	assert_int_equal(
	    case_open(scene.amina, scene.uids[SCENE_LOW], "", &arena, &f, &err),
	    0);
	assert_int_equal(case_set_risk(scene.amina, scene.uids[SCENE_LOW],
			     &f.rev, 0, "a car waits", &arena, NULL, &err),
	    0);
	arena_done(&arena);
	vt_expect(vt, "new since: another level of");
	vt_send(vt, "r");
	vt_expect(vt, "Since you talked");
	vt_expect(vt, "another level of risk");
	vt_expect(vt, "Read aloud");
	vt_close(vt);
}

/* So does a release that ran out; and whatever is another thing than then says
 * so where it is asked. */
static void
a_release_says_what_is_not_as_before(void **state)
{
	struct consent c = release_of(scene.uids[SCENE_MEDIUM]);
	struct vt *vt = scene_terminal(&scene, "amina", 60, 80, NULL);
	struct consents all;
	struct arena arena;
	size_t stand = 0;
	struct err err;

	(void)state;
	c.script = "work-together-en:1";
	c.purpose = "legal_advice";
	c.interpreter = "independent";
	c.interpreter_code = "INT-9";
	c.given_at = clock_now() - 100 * CLOCK_DAY;
	OK(consent_add(scene.amina, &c, &err));
	scene_jump(&scene, vt, SCENE_MEDIUM);
	vt_send(vt, "c");
	vt_expect(vt, "ENDED");
	vt_send(vt, "r");
	vt_expect(vt, "Their yes ended on");
	vt_expect(vt, "another text than was read to them");
	day_absent(vt, "were not asked about this before");
	day_expect_focus(vt, "Consent to");
	vt_keys(vt, "Tab Tab");
	vt_expect(vt, "● Legal advice");
	vt_send(vt, "Wages");
	vt_keys(vt, "Enter");
	vt_expect(vt, "were not asked about this before");
	vt_keys(vt, "Tab Tab");
	vt_send(vt, "3"); /* not now */
	vt_keys(vt, "Tab");
	vt_send(vt, "1");
	vt_keys(vt, "Tab Tab");
	vt_send(vt, "2"); /* an independent interpreter */
	vt_keys(vt, "Tab");
	vt_send(vt, "INT-7");
	vt_expect(vt, "Not the interpreter of then");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_close(vt);
	/* It took the place of nothing: what was said of the other stands. */
	arena_init(&arena);
	OK(consent_list(
	    scene.amina, scene.uids[SCENE_MEDIUM], false, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		stand += uid_eq(&all.list[i].uid, &c.uid) ||
			 strcmp(all.list[i].purpose, "wage_claim") == 0;
	assert_int_equal(stand, 2);
	arena_done(&arena);
}

/* Who decided in whose place and why, the paper, who was there: Enter. */
static void
all_of_a_consent_is_read_back(void **state)
{
	const struct consent c = { .uid = uid_new(),
		.case_uid = scene.uids[SCENE_LOW],
		.kind = "work_together",
		.recipient = "",
		.purpose = "",
		.withheld = "",
		.withheld_why = "",
		.decision = "yes",
		.ask_again = "",
		.given_by = "best_interests",
		.given_by_why = "Panel of the 12th: her uncle is not safe",
		.guardian = "concern",
		.form = "verbal_witnessed",
		.evidence = "sheet 14",
		.language = "en",
		.script = "work-together-en:1",
		.interpreter = "independent",
		.interpreter_code = "INT-7",
		.witness_code = "W-3",
		.seen_alone = "unsure",
		.understood = true,
		.given_at = clock_now(),
		.withdrawn_how = "" };
	const struct change child = { .field = "may_be_child", .value = "yes" };
	struct err err = { .kind = ERR_NONE };
	struct conflicts conflicts;
	struct case_file f;
	struct arena arena;
	struct vt *vt;

	(void)state;
	arena_init(&arena);
	if (case_open(scene.amina, c.case_uid, "", &arena, &f, &err) != 0 ||
	    case_change(scene.amina, c.case_uid, &f.rev, &child, 1, &arena,
		&conflicts, &err) != 0 ||
	    consent_add(scene.amina, &c, &err) != 0)
		fail_msg("%s", err.text);
	arena_done(&arena);
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "c");
	day_expect_focus(vt, "Working together");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Panel of the 12th: her uncle is not");
	vt_expect(vt, "Guardian: ");
	vt_expect(vt, "Paper: sheet 14");
	vt_expect(vt, "Witness: W-3");
	vt_expect(vt, "Told back in their own words: yes");
	vt_expect(vt, "(INT-7)");
	vt_expect(vt, "Seen alone: ");
	vt_expect(vt, "Text that was read: work-together-en:1");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(harm_18_the_text_read_is_the_one_for_what_is_asked),
		TEST(harm_18_another_language_is_said_and_recorded),
		TEST(a_refused_consent_goes_to_its_field),
		TEST(harm_04_a_no_says_whether_to_ask_again),
		TEST(harm_03_the_last_word_is_asked_for),
		TEST(harm_03_who_passes_data_on_is_said_before_it_is_read),
		TEST(harm_10_a_preview_says_whom_it_goes_to),
		TEST(harm_03_working_together_can_end),
		TEST(harm_03_what_ran_out_can_be_taken_back),
		TEST(keys_in_one_go_find_their_fields),
		TEST(asked_anew_it_says_what_changed),
		TEST(a_release_says_what_is_not_as_before),
		TEST(all_of_a_consent_is_read_back),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
