/* SPDX-License-Identifier: ISC */
/* A case, its person and what is done with it, in the program itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/case.h"
#include "store/mechanism.h"
#include "store/plan.h"

#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/scene.h"

static void
read_file(enum scene_case i, struct arena *arena, struct case_file *file)
{
	struct err err = { .kind = ERR_NONE };

	if (case_open(scene.amina, scene.uids[i], "", arena, file, &err) != 0)
		fail_msg("%s", err.text);
}

/* --- what it looks like --------------------------------------------------- */

static void
test_looks(void **state)
{
	static const struct {
		const char *golden, *term;
		int rows, cols;
	} looks[] = {
		{ "case-80x24", "TERM=xterm-256color", 24, 80 },
		{ "case-40x10", "TERM=xterm-256color", 10, 40 },
		{ "case-132x50", "TERM=xterm-256color", 50, 132 },
		{ "case-linux", "TERM=linux", 24, 80 },
		{ "case-vt100", "TERM=vt100", 24, 80 },
		{ "case-no-color", "NO_COLOR=1", 24, 80 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		const char *const env[] = { looks[i].term, NULL };
		struct vt *vt = scene_terminal(
		    &scene, "amina", looks[i].rows, looks[i].cols, env);

		scene_jump(&scene, vt, SCENE_URGENT);
		scene_golden(vt, looks[i].golden);
		vt_close(vt);
	}
}

/* --- harm register 1 ------------------------------------------------------ */

static void
harm_01_a_case_shows_the_code_alone(void **state)
{
	static const char *const never[] = { "Lanternfield", "Nilani",
		"5550101", "raffick" };
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	vt_send(vt, "t");
	vt_expect(vt, "Timeline");
	vt_keys(vt, "Esc");
	vt_send(vt, "h");
	vt_expect(vt, "History");
	vt_keys(vt, "Esc");
	vt_send(vt, "r");
	vt_expect(vt, "Risk: what harm");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_false(vt_ever(vt, never[i]));
	vt_close(vt);
}

/* --- writing -------------------------------------------------------------- */

static void
test_a_note_and_an_account(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_URGENT);

	(void)state;
	vt_send(vt, "a");
	vt_expect(vt, "What it is");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "n");
	vt_keys(vt, "Tab");
	vt_send(vt, "Went along to the clinic.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "The note is saved.");
	vt_send(vt, "a");
	vt_expect(vt, "What it is");
	vt_send(vt, "2");
	vt_keys(vt, "Tab");
	vt_send(vt, "y");
	vt_expect(vt, "hard to write down, too");
	vt_keys(vt, "Tab");
	vt_send(vt, "y");
	vt_keys(vt, "Tab");
	vt_send(vt, "Words of an account.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "The note is saved.");
	vt_send(vt, "t");
	vt_expect(vt, "This note holds an account.");
	assert_true(vt_absent(vt, "Words of an account."));
	vt_keys(vt, "Enter");
	vt_expect(vt, "Read it now?");
	assert_true(vt_absent(vt, "Words of an account."));
	vt_send(vt, "y");
	vt_expect(vt, "Words of an account.");
	vt_keys(vt, "Esc");
	/* Put right by another note, and both are read together. */
	vt_keys(vt, "Down");
	vt_send(vt, "+");
	vt_expect(vt, "Puts an earlier note right");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "n");
	vt_keys(vt, "Tab");
	vt_send(vt, "It was the other clinic.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "The note is saved.");
	vt_keys(vt, "Home");
	vt_keys(vt, "Enter");
	vt_expect(vt, "It was the other clinic.");
	vt_expect(vt, "Went along to the clinic.");
	vt_close(vt);
}

static void
test_risk_keeps_its_reason_and_the_first_level(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_LOW);
	struct case_file file;
	struct arena arena;

	(void)state;
	vt_send(vt, "r");
	vt_expect(vt, "Now:");
	vt_send(vt, "1");
	vt_keys(vt, "C-s"); /* a level without a reason is not saved */
	vt_expect(vt, "Risk: what harm");
	vt_keys(vt, "Tab");
	vt_send(vt, "Was followed home.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "!!! Urgent");
	vt_expect(vt, "at first Low");
	vt_expect(vt, "Was followed home.");
	arena_init(&arena);
	read_file(SCENE_LOW, &arena, &file);
	assert_int_equal(file.risk, 0);
	assert_int_equal(file.risk_first, 3);
	assert_string_equal(file.risk_reason, "Was followed home.");
	arena_done(&arena);
	vt_close(vt);
}

static void
test_flags(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_HIGH);

	(void)state;
	vt_send(vt, "m");
	vt_expect(vt, "Set a new flag");
	vt_keys(vt, "Tab");
	vt_send(vt, "Interpreter knows the agent");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Flags");
	vt_expect(vt, "Interpreter knows the agent (amina)");
	vt_send(vt, "M");
	vt_expect(vt, "Resolve: Interpreter");
	vt_send(vt, "2");
	vt_keys(vt, "Tab");
	vt_send(vt, "Another interpreter now");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect_gone(vt, "Interpreter knows");
	vt_close(vt);
}

static void
test_take_a_case_that_is_nobodys(void **state)
{
	struct vt *vt = scene_terminal(&scene, "sunil", 24, 80, NULL);
	struct err err = { .kind = ERR_NONE };
	struct case_file file;
	struct arena arena;

	(void)state;
	scene_jump(&scene, vt, SCENE_FREE);
	vt_expect(vt, "no worker yet");
	vt_send(vt, "A");
	vt_expect(vt, "I take it myself");
	vt_send(vt, "1");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect_gone(vt, "no worker yet");
	arena_init(&arena);
	assert_int_equal(case_open(scene.kit.supervisor, scene.uids[SCENE_FREE],
			     "", &arena, &file, &err),
	    0);
	assert_string_equal(file.owner_login, "sunil");
	arena_done(&arena);
	vt_close(vt);
}

/* --- closing -------------------------------------------------------------- */

/* The first of each answer, down the checklist. */
static void
answer_checklist(struct vt *vt)
{
	for (int i = 0; i < 6; i++) {
		vt_send(vt, "1");
		vt_keys(vt, "Tab");
	}
}

/* Asked by one, agreed to by another; opened again with one key. */
static void
test_close_and_open_again(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_LOW), *second;

	(void)state;
	vt_send(vt, "X");
	vt_expect(vt, "Why the case closes");
	vt_expect(vt, "Open: goals 0, referrals 0, planned follow-ups 1.");
	vt_expect(vt, "No safety plan was ever");
	vt_send(vt, "planned");
	vt_keys(vt, "Enter");
	answer_checklist(vt);
	vt_expect(vt, "Ask after them once?");
	vt_send(vt, "n");
	vt_keys(vt, "Tab");
	vt_send(vt, "Papers are there; content with it.");
	/* Nobody went through a plan that nobody wrote. */
	vt_expect(vt, "content with it.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "none was ever written");
	/* It is at that line. */
	vt_send(vt, "4");
	vt_expect(vt, "None was needed");
	vt_keys(vt, "Tab");
	vt_send(vt, "Nobody looks for her.");
	vt_expect(vt, "Nobody looks for her.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "amina asked to close this case");
	second = scene_terminal(&scene, "sunil", 24, 80, NULL);
	vt_send(second, "T");
	vt_expect(second, "Waiting for you");
	vt_expect(second, "Closing: your agreement");
	vt_keys(second, "Enter");
	vt_expect(second, "Needs met");
	vt_expect(second, "content with it");
	vt_expect(second, "goals 0, referrals 0, planned follow-ups 1.");
	vt_expect(second, "safety plan was ever written");
	vt_expect(second, "none was needed: Nobody looks for her.");
	vt_send(second, "a");
	vt_expect(second, "It is done at once");
	vt_send(second, "y");
	vt_expect(second, "Agreed, and done.");
	vt_expect_gone(second, "Closing: your agreement");
	vt_close(second);
	vt_expect(vt, "O opens it again");
	vt_expect(vt, "Kept: who they are until");
	/* It is the first thing said, where ten rows are all there is. */
	second = scene_terminal(&scene, "amina", 10, 40, NULL);
	scene_jump(&scene, second, SCENE_LOW);
	vt_expect(second, "Case         Closed ");
	vt_close(second);
	vt_send(vt, "O");
	vt_expect(vt, "With the same code");
	vt_send(vt, "y");
	vt_expect(vt, "It is open again.");
	vt_expect_gone(vt, "O opens it again");
	assert_true(vt_has(vt, scene.codes[SCENE_LOW]));
	vt_close(vt);
}

/* What comes while a second person reads is read, too, before they agree. */
static void
harm_14_nobody_agrees_to_what_came_meanwhile(void **state)
{
	struct uid uid = scene.uids[SCENE_LOW];
	struct note note = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "said",
		.text = "They are afraid to go home." };
	struct err err = { .kind = ERR_NONE };
	struct closing_sample c;
	struct conflicts cf;
	struct case_file file;
	struct arena arena;
	struct vt *vt;
	bool closed;
	int64_t rev = ask_of(
	    scene.amina, "SELECT rev FROM case_file WHERE uid = ?1", uid);

	(void)state;
	arena_init(&arena);
	closing_make(&c, uid, "goals_met", "done");
	scene.kit.society->closing.approval = true;
	OK(case_close(scene.amina, &rev, &c.r, &closed, &err));
	assert_false(closed);
	vt = scene_terminal(&scene, "sunil", 24, 80, NULL);
	vt_send(vt, "T");
	vt_expect(vt, "Closing: your agreement");
	vt_keys(vt, "Enter");
	vt_expect(vt, "a agrees");
	vt_expect(vt, "Low");
	day_absent(vt, "Since then");
	vt_send(vt, "a");
	vt_expect(vt, "It is done at once");
	OK(case_set_risk(scene.amina, uid, &rev, 0, "A man waits outside.",
	    &arena, &cf, &err));
	vt_expect(vt, "amina: set the risk");
	vt_expect(vt, "Urgent");
	vt_send(vt, "y");
	vt_expect(vt, "came since then");
	vt_send(vt, "a");
	vt_expect(vt, "It is done at once");
	OK(note_add(scene.amina, &note, &err));
	vt_expect(vt, "amina: added a note");
	vt_send(vt, "y");
	vt_expect(vt, "came since then");
	read_file(SCENE_LOW, &arena, &file);
	assert_false(file.closed);
	arena_done(&arena);
	/* With all of it in view it is theirs to decide. */
	vt_send(vt, "a");
	vt_expect(vt, "It is done at once");
	vt_send(vt, "y");
	vt_expect(vt, "Agreed, and done.");
	vt_close(vt);
}

/* Lost contact asks what may have happened before it closes anything. */
static void
harm_14_lost_contact_is_no_tidy_end(void **state)
{
	struct vt *vt = scene_at(&scene, SCENE_LOW);
	struct case_file file;
	struct arena arena;

	(void)state;
	vt_send(vt, "X");
	vt_expect(vt, "Why the case closes");
	vt_send(vt, "lost");
	vt_keys(vt, "Enter");
	vt_expect(vt, "What may have happened");
	vt_expect(vt, "if they go missing");
	vt_expect(vt, "Who was told, and when?");
	vt_keys(vt, "C-s"); /* not without it */
	vt_expect(vt, "needed before");
	vt_send(vt, "May have been moved on.");
	vt_keys(vt, "Tab");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "The supervisor, today.");
	vt_keys(vt, "Tab");
	answer_checklist(vt);
	vt_send(vt, "No answer.");
	vt_keys(vt, "C-s"); /* and not without having tried */
	vt_expect(vt, "Nobody has tried to reach them");
	arena_init(&arena);
	read_file(SCENE_LOW, &arena, &file);
	assert_false(file.closed);
	assert_string_equal(file.asked, "");
	arena_done(&arena);
	vt_close(vt);
}

/* The last day to appeal runs on over a closing, and is settled there. */
static void
harm_15_a_right_is_settled_on_a_closed_case(void **state)
{
	static const struct day_answer appealed[] = {
		{ DAY_TYPE, "What is there to record?", "4" },
		{ DAY_TYPE, "On which day", "today" },
		{ .how = DAY_END },
	};
	struct uid uid = scene.uids[SCENE_LOW];
	struct mechanism_entry e = { .uid = uid_new(),
		.case_uid = uid,
		.mechanism = scene.kit.society->mechanisms[0].id,
		.kind = "appeal",
		.code = "",
		.on = { 2026, 10, 1, DATE_DAY },
		.until = { 2027, 3, 20, DATE_DAY },
		.words = "" };
	struct closing_sample c;
	struct err err = { .kind = ERR_NONE };
	struct vt *vt;
	int64_t rev;
	bool closed;

	(void)state;
	OK(mechanism_add(scene.amina, &e, &err));
	closing_make(&c, uid, "goals_met", "done");
	for (size_t i = 0; i < c.r.n_lines; i++)
		if (strcmp(c.lines[i].item, "plan") == 0) {
			c.lines[i].answer = "no";
			c.lines[i].words = "the appeal runs";
		}
	rev = ask_of(
	    scene.amina, "SELECT rev FROM case_file WHERE uid = ?1", uid);
	scene.kit.society->closing.approval = false;
	OK(case_close(scene.amina, &rev, &c.r, &closed, &err));
	vt = scene_at(&scene, SCENE_LOW);
	vt_expect(vt, "O opens it again");
	vt_send(vt, "G");
	vt_expect(vt, "Waiting");
	vt_send(vt, "a");
	vt_expect(vt, "What is there to record?");
	day_absent(vt, "We explained");
	day_fill(vt, appealed);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect_gone(vt, "Waiting");
	vt_close(vt);
}

/* --- two people ----------------------------------------------------------- */

static void
test_two_people_change_one_field(void **state)
{
	const struct change theirs = { "wants", "A lawyer first." };
	struct vt *vt = scene_at(&scene, SCENE_URGENT);
	struct err err = { .kind = ERR_NONE };
	struct conflicts conflicts;
	struct case_file file;
	struct arena arena;

	(void)state;
	vt_send(vt, "e");
	vt_expect(vt, "What the person wants");
	vt_keys(vt, "C-u");
	vt_send(vt, "Her mother first.");
	arena_init(&arena);
	read_file(SCENE_URGENT, &arena, &file);
	assert_int_equal(case_change(scene.amina, scene.uids[SCENE_URGENT],
			     &file.rev, &theirs, 1, &arena, &conflicts, &err),
	    0);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Changed by amina");
	vt_expect(vt, "A lawyer first.");
	vt_expect(vt, "Her mother first.");
	vt_send(vt, "m");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Wants first  Her mother first.");
	read_file(SCENE_URGENT, &arena, &file);
	assert_string_equal(file.wants, "Her mother first.");
	arena_done(&arena);
	vt_close(vt);
}

/* A colleague's case opens with a reason, which stays in the record. */
static void
test_a_colleagues_case_wants_a_reason(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_send(vt, "g");
	vt_send(vt, scene.codes[SCENE_OTHER]);
	vt_keys(vt, "Enter");
	vt_expect(vt, "A colleague's case");
	assert_false(vt_ever(vt, "To call home."));
	vt_send(vt, "covering for ruwan");
	vt_keys(vt, "Enter");
	vt_expect(vt, "To call home.");
	vt_close(vt);
}

/* From the list, too, and then it goes on to what was asked for. */
static void
test_a_part_of_a_colleagues_case_asks_first(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_expect(vt, "amina");
	for (int i = 0; i < 8 && !vt_has(vt, scene.codes[SCENE_OTHER]); i++) {
		vt_keys(vt, "Tab");
		assert_true(vt_wait_quiet(vt, 100, 5000));
	}
	vt_send(vt, "/");
	vt_send(vt, scene.codes[SCENE_OTHER]);
	vt_keys(vt, "Enter");
	vt_expect(vt, "1/");
	vt_send(vt, "c");
	vt_expect(vt, "A colleague's case");
	vt_send(vt, "covering for ruwan");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Work together");
	vt_keys(vt, "Esc");
	vt_expect(vt, "To call home.");
	vt_send(vt, "c");
	vt_expect(vt, "Work together");
	vt_close(vt);
}

/* What a colleague put down of a step while it was asked about stays. */
static void
test_two_people_end_one_step(void **state)
{
	struct uid uid = scene.uids[SCENE_LOW];
	const struct goal g = { .uid = uid_new(),
		.words = "A card of her own",
		.domain = "papers",
		.agreed = "yes" };
	const struct plan_action a = { .uid = uid_new(),
		.goal = g.uid,
		.what = "Ask at the office",
		.who = "worker",
		.who_words = "",
		.agreed = "yes" };
	const struct change done[] = { { "state", "done" },
		{ "outcome", "The card is there." } };
	struct err err = { .kind = ERR_NONE };
	struct conflicts cf;
	struct arena arena;
	struct vt *vt;
	int64_t rev;

	(void)state;
	OK(goal_add(scene.amina, uid, &g, &err));
	OK(plan_action_add(scene.amina, uid, &a, &err));
	rev = ask_of(
	    scene.amina, "SELECT rev FROM plan_action WHERE uid = ?1", a.uid);
	vt = scene_at(&scene, SCENE_LOW);
	vt_send(vt, "P");
	vt_expect(vt, "Ask at the office");
	vt_keys(vt, "Down");
	vt_send(vt, "f");
	vt_expect(vt, "How far is this step?");
	vt_send(vt, "3");
	vt_expect(vt, "What came of it?");
	arena_init(&arena);
	OK(plan_action_change(
	    scene.amina, uid, a.uid, &rev, done, 2, &arena, &cf, &err));
	arena_done(&arena);
	vt_expect(vt, "The card is there."); /* read again beneath it */
	vt_send(vt, "Not wanted.");
	vt_keys(vt, "Enter");
	vt_expect(vt, "changed the same field meanwhile");
	assert_int_equal(ask_of(scene.amina,
			     "SELECT count(*) FROM plan_action WHERE uid = ?1"
			     " AND state = 'done'",
			     a.uid),
	    1);
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_looks),
		TEST(harm_01_a_case_shows_the_code_alone),
		TEST(test_a_note_and_an_account),
		TEST(test_risk_keeps_its_reason_and_the_first_level),
		TEST(test_flags),
		TEST(test_take_a_case_that_is_nobodys),
		TEST(test_close_and_open_again),
		TEST(harm_14_nobody_agrees_to_what_came_meanwhile),
		TEST(harm_14_lost_contact_is_no_tidy_end),
		TEST(harm_15_a_right_is_settled_on_a_closed_case),
		TEST(test_two_people_change_one_field),
		TEST(test_two_people_end_one_step),
		TEST(test_a_colleagues_case_wants_a_reason),
		TEST(test_a_part_of_a_colleagues_case_asks_first),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
