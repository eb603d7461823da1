/* SPDX-License-Identifier: ISC */
/* Following up: what was tried, what it says of the person, what is next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/workflow.h"
#include "store/case.h"
#include "store/followup.h"
#include "store/person.h"

#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/scene.h"

/* Of SCENE_HIGH, in the identity vault alone. */
#define HIGH_PHONE "+00 000 5550102"

static struct vt *
at_follow_up(enum scene_case i)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	scene_jump(&scene, vt, i);
	vt_send(vt, "f");
	vt_expect(vt, "Reaching the person safely");
	return vt;
}

/* The form, with its first answers: how, and what came of it. */
static void
attempt(struct vt *vt, const char *outcome)
{
	const struct day_answer first[] = {
		{ DAY_TYPE, "How", "1" },
		{ DAY_TYPE, "What happened", outcome },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "Risk level, if it changes");
	vt_expect(vt, "Through somebody they chose");
	day_fill(vt, first);
}

static void
read_file(enum scene_case i, struct arena *arena, struct case_file *file)
{
	struct err err = { .kind = ERR_NONE };

	if (case_open(scene.amina, scene.uids[i], "", arena, file, &err) != 0)
		fail_msg("%s", err.text);
}

/* Who asks us to stop is not called again: not by way of this screen, and not
 * by any other. */
static void
harm_02_asked_not_to_try_again(void **state)
{
	struct vt *vt = at_follow_up(SCENE_URGENT);
	const struct buf *all = vt_stream(vt);
	struct case_file file;
	struct arena arena;

	(void)state;
	attempt(vt, "5");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "Do not contact this person");
	vt_keys(vt, "v");
	vt_expect(vt, "No number is shown.");
	vt_keys(vt, "End v");
	vt_expect(vt, "not to be contacted");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Do not contact this person");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "p");
	day_answer_line(vt, "why do you open it?", "they asked");
	vt_expect(vt, SCENE_NAME);
	vt_expect(vt, "no contact is wanted");
	assert_null(
	    memmem(all->data, all->len, SCENE_PHONE, strlen(SCENE_PHONE)));
	arena_init(&arena);
	read_file(SCENE_URGENT, &arena, &file);
	assert_true(file.stop_contact);
	arena_done(&arena);
	vt_close(vt);
}

/* A promised call, and its worker is ill. */
static void
who_covers_says_why_and_reads_how_first(void **state)
{
	struct vt *vt = scene_terminal(&scene, "ruwan", 24, 80, NULL);
	const struct buf *all = vt_stream(vt);

	(void)state;
	vt_send(vt, "g");
	vt_send(vt, scene.codes[SCENE_HIGH]);
	vt_keys(vt, "Enter");
	day_answer_line(vt, "A colleague's case", "amina is ill");
	vt_expect(vt, "Wants first");
	vt_send(vt, "f");
	vt_expect(vt, "Reaching the person safely");
	vt_send(vt, "v");
	vt_expect(vt, "Why do you reach them");
	day_absent(vt, "identity open");
	vt_send(vt, "Promised for two; amina is ill");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Read this first");
	vt_expect(vt, "May we contact");
	assert_null(
	    memmem(all->data, all->len, HIGH_PHONE, strlen(HIGH_PHONE)));
	vt_keys(vt, "End v");
	vt_expect(vt, HIGH_PHONE);
	/* Who it is stays shut. */
	vt_keys(vt, "x Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "p");
	day_answer_line(vt, "why do you open it?", "to see who");
	vt_expect(vt, "This case is with amina");
	vt_close(vt);
}

/* What was agreed held until yesterday: that is said before anybody calls,
 * with the instruction and on the card; checked with the person it holds until
 * the day they say. */
static void
harm_02_what_was_agreed_ends(void **state)
{
	static const struct day_answer again[] = {
		{ DAY_TYPE, "Was this checked", "y" },
		{ DAY_TYPE, "Until when does this hold?", "+7" },
		{ .how = DAY_END },
	};
	static const struct day_answer kept[] = {
		{ DAY_TYPE, "Still the number", "y" },
		{ .how = DAY_END },
	};
	struct err err = { .kind = ERR_NONE };
	const struct safe_contact over = { .uid = uid_new(),
		.may_contact = "yes",
		.channel = "phone",
		.whose = "a cousin's",
		.who_else = "",
		.safe_times = "Tue",
		.unsafe_times = "",
		.cover_phrase = "",
		.their_word = "",
		.our_word = "",
		.language = "en",
		.caller = "",
		.if_other_answers = "",
		.verified_at = clock_now(),
		.expires_at = clock_now() + 5 * CLOCK_DAY,
		.stop_reason = "" };
	struct case_file file;
	struct arena arena;
	struct vt *vt;

	(void)state;
	if (contact_put(scene.amina, scene.uids[SCENE_HIGH], &over, &err) != 0)
		fail_msg("%s", err.text);
	vt = at_follow_up(SCENE_HIGH);
	vt_expect(vt, "Old agreement: verify before use.");
	vt_keys(vt, "v");
	vt_expect(vt, "held until");
	vt_expect(vt, "verify before use");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Old agreement: verify before use.");
	vt_send(vt, "S");
	day_answer_line(vt, "why do you open it?", "it was agreed anew");
	vt_expect(vt, "May we contact the person?");
	vt_keys(vt, "PgDn PgDn PgDn PgDn");
	day_fill(vt, again);
	vt_keys(vt, "C-s");
	vt_expect(vt, "This is needed before the form can be saved.");
	day_fill(vt, kept);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "Planned, promised, done");
	day_absent(vt, "verify before use");
	vt_keys(vt, "Esc");
	vt_expect(vt, "holds until");
	arena_init(&arena);
	read_file(SCENE_HIGH, &arena, &file);
	assert_true(file.contact_expires_at > over.expires_at);
	arena_done(&arena);
	vt_close(vt);
}

/* What was agreed about calling Kasun: a word, so many attempts. */
static void
agree(const char *proof, int most)
{
	struct err err = { .kind = ERR_NONE };
	const struct safe_contact c = { .uid = uid_new(),
		.may_contact = "yes",
		.channel = "phone",
		.number = HIGH_PHONE,
		.proof_word = proof,
		.their_word = "",
		.max_attempts = most,
		.verified_at = clock_now() };

	if (contact_put(scene.amina, scene.uids[SCENE_HIGH], &c, &err) != 0)
		fail_msg("%s", err.text);
}

/* One call, from the list and back to it; word NULL: not asked for. */
static void
call(struct vt *vt, const char *outcome, const char *word)
{
	const struct day_answer said[] = {
		{ DAY_TYPE, "Was the safe word right?", word },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "Risk level, if it changes");
	day_fill(vt,
	    ((const struct day_answer[]){ { DAY_TYPE, "How", "1" },
		{ DAY_TYPE, "What happened", outcome }, { .how = DAY_END } }));
	if (word == NULL)
		day_absent(vt, "Was the safe word right?");
	else
		day_fill(vt, said);
	vt_keys(vt, "PgDn PgDn");
	day_expect_focus(vt, "No next date: why");
	vt_send(vt, "Comes by on Fridays");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "Planned, promised, done");
}

/* The supervisor finds it where a shift starts, looks, and says why. */
static void
supervisor_looks(void)
{
	static const struct day_answer looked[] = {
		{ DAY_TYPE, "May they be called again?", "1" },
		{ DAY_TYPE, "What was looked at", "Met her at the centre" },
		{ .how = DAY_END },
	};
	struct vt *vt = scene_terminal(&scene, "sunil", 24, 80, NULL);

	vt_send(vt, "T");
	vt_expect(vt, "Safe word: look before a call");
	vt_send(vt, "g");
	vt_expect(vt, "Open a case");
	vt_send(vt, scene.codes[SCENE_HIGH]);
	vt_keys(vt, "Enter");
	day_answer_line(vt, "why do you open it?", "the safe word");
	vt_expect(vt, "HOLD: nobody calls until a supervisor has looked");
	/* From where it says so, too. */
	vt_send(vt, "f");
	vt_expect(vt, "Do not call: the safe word was wrong twice");
	vt_send(vt, "W");
	vt_expect(vt, "May they be called again?");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "W");
	vt_expect(vt, "the safe word was wrong or not said, twice");
	vt_keys(vt, "C-s");
	vt_expect(vt, "This is needed before the form can be saved.");
	day_fill(vt, looked);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "Wants first");
	day_absent(vt, "HOLD");
	vt_close(vt);
}

/* Whoever answers does not know the word, twice: somebody else may have the
 * telephone.  Nobody calls before the supervisor has looked, and why and what
 * to do stands before any number. */
static void
harm_02_a_wrong_word_twice(void **state)
{
	struct vt *vt, *small;
	const struct buf *all;

	(void)state;
	agree("moth", 0);
	vt = at_follow_up(SCENE_HIGH);
	all = vt_stream(vt);
	call(vt, "1", "2");
	day_absent(vt, "Do not call");
	call(vt, "2", "2");
	vt_expect(vt, "Do not call: the safe word was wrong twice");
	vt_keys(vt, "v");
	vt_expect(vt, "HOLD: do not call");
	vt_expect(vt, "No number is shown.");
	vt_keys(vt, "End v");
	vt_expect(vt, "Your supervisor looks first");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "HOLD: nobody calls until a supervisor has looked");
	/* Not for who made the calls to take down. */
	vt_send(vt, "W");
	vt_send(vt, "M");
	vt_expect(vt, "What to do");
	day_absent(vt, "Resolve:");
	vt_keys(vt, "Esc");
	assert_null(
	    memmem(all->data, all->len, HIGH_PHONE, strlen(HIGH_PHONE)));
	small = scene_terminal(&scene, "amina", 10, 40, NULL);
	scene_jump(&scene, small, SCENE_HIGH);
	vt_send(small, "f");
	vt_expect(small, "Do not call: the safe word was");
	vt_expect(small, "looks first (W)");
	vt_close(small);
	supervisor_looks();
	vt_send(vt, "f");
	vt_expect(vt, "v shows how the person may be reached");
	vt_keys(vt, "v");
	vt_expect(vt, "They say: it is me");
	vt_keys(vt, "End v");
	vt_expect(vt, HIGH_PHONE);
	vt_close(vt);
}

/* As often as was agreed, and no more. */
static void
harm_02_tried_as_often_as_was_agreed(void **state)
{
	struct vt *vt;

	(void)state;
	agree("", 2);
	vt = at_follow_up(SCENE_HIGH);
	call(vt, "4", NULL);
	vt_expect(vt, "1 of 2 attempts without an answer; next: 1 more");
	vt_keys(vt, "v");
	vt_expect(vt, "2 times; 1 without an answer so far");
	vt_keys(vt, "Esc");
	call(vt, "3", NULL);
	vt_expect(vt, "Do not call: 2 of 2 attempts had no answer");
	vt_expect(vt, "Phone");
	vt_keys(vt, "v");
	vt_expect(vt, "2 without an answer: no more");
	vt_keys(vt, "End v");
	vt_expect(vt, "tried as often as was agreed");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "2 without an answer: no more");
	vt_close(vt);
}

/* Silence is a risk of harm: it is not saved without a thought for what may
 * have happened, it closes nothing, and it stands in the timeline. */
static void
test_lost_contact_is_a_risk(void **state)
{
	static const struct day_answer lost[] = {
		{ DAY_KEYS, "Risk level, if it", "Tab" },
		{ DAY_TYPE, "Safe at the moment?", "3" },
		{ DAY_TYPE, "What was said or seen", "Third try, no answer" },
		{ DAY_KEYS, "What was agreed", "Tab" },
		{ DAY_KEYS, "New risks", "Tab" },
		{ DAY_TYPE, "Has contact been lost?", "y" },
		{ .how = DAY_END },
	};
	static const struct day_answer next[] = {
		{ DAY_TYPE, "What may have happened",
		    "Moved by the agent? Told the supervisor" },
		{ DAY_TYPE, "Next: which day?", "tomorrow" },
		{ .how = DAY_END },
	};
	struct vt *vt = at_follow_up(SCENE_HIGH);
	struct case_file file;
	struct arena arena;

	(void)state;
	attempt(vt, "4");
	day_fill(vt, lost);
	vt_keys(vt, "C-s");
	vt_expect(vt, "This is needed before the form can be saved.");
	day_fill(vt, next);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_send(vt, "t");
	vt_expect(vt, "Lost contact: No answer");
	vt_keys(vt, "Esc");
	arena_init(&arena);
	read_file(SCENE_HIGH, &arena, &file);
	assert_false(file.closed);
	arena_done(&arena);
	vt_close(vt);
}

/* Neither a date nor a reason: it is said, and nothing typed is gone. */
static void
test_a_next_date_or_a_reason(void **state)
{
	static const struct day_answer words[] = {
		{ DAY_KEYS, "Said the word for danger?", "Tab" },
		{ DAY_KEYS, "Risk level, if it", "Tab" },
		{ DAY_TYPE, "Safe at the moment?", "1" },
		{ DAY_TYPE, "What was said or seen", "Said: is at work" },
		{ .how = DAY_END },
	};
	struct vt *vt = at_follow_up(SCENE_HIGH);

	(void)state;
	attempt(vt, "1");
	day_fill(vt, words);
	vt_keys(vt, "C-s");
	vt_expect(vt, "This is needed");
	/* The cursor goes where it is said. */
	day_expect_focus(vt, "No next date: why");
	vt_keys(vt, "PgUp PgUp");
	vt_expect(vt, "Said: is at work");
	vt_keys(vt, "PgDn PgDn");
	day_expect_focus(vt, "No next date: why");
	vt_send(vt, "Comes by on Fridays");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "Reached, safe");
	vt_close(vt);
}

/* What an answer given later hides was not said: it is not saved. */
static void
what_is_hidden_again_was_not_said(void **state)
{
	static const struct day_answer before[] = {
		{ DAY_KEYS, "Said the word for danger?", "Tab" },
		{ DAY_KEYS, "Risk level, if it", "Tab" },
		{ DAY_TYPE, "Safe at the moment?", "1" },
		{ DAY_KEYS, "What was said or seen", "Tab" },
		{ DAY_KEYS, "What was agreed", "Tab" },
		{ DAY_KEYS, "New risks", "Tab" },
		{ DAY_TYPE, "Has contact been lost?", "y" },
		{ DAY_TYPE, "What may have happened", "Perhaps sold on" },
		{ DAY_KEYS, "Next: which day?", "Tab" },
		{ .how = DAY_END },
	};
	static const struct day_answer after[] = {
		{ DAY_TYPE, "Has contact been lost?", "n" },
		{ DAY_TYPE, "Next: which day?", "tomorrow" },
		{ .how = DAY_END },
	};
	struct vt *vt = at_follow_up(SCENE_HIGH);
	const struct buf *all = vt_stream(vt);
	size_t saved;

	(void)state;
	attempt(vt, "1");
	day_fill(vt, before);
	day_expect_focus(vt, "No next date: why");
	vt_send(vt, "Nobody is free");
	vt_keys(vt, "S-Tab S-Tab S-Tab");
	day_fill(vt, after);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
	saved = all->len;
	vt_send(vt, "t");
	vt_expect(vt, "Planned for");
	vt_expect(vt, "Reached, safe");
	vt_keys(vt, "Enter");
	assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
	assert_null(
	    memmem(all->data + saved, all->len - saved, "Nobody is", 9));
	assert_null(
	    memmem(all->data + saved, all->len - saved, "Perhaps s", 9));
	vt_close(vt);
}

/* A promise is for an hour, and says so before its day as well. */
static void
the_hour_of_a_promise_is_shown(void **state)
{
	const int64_t day = clock_day_of(clock_now()) + 14;
	const struct followup_plan plan = { .uid = uid_new(),
		.what = next_action_name(NEXT_FOLLOW_UP),
		.words = "ring about the sewing",
		.promised = true,
		.due = clock_day_start(day) + 15 * CLOCK_HOUR };
	struct err err = { .kind = ERR_NONE };
	struct vt *vt;

	(void)state;
	if (followup_plan_add(
		scene.amina, scene.uids[SCENE_LOW], &plan, &err) != 0)
		fail_msg("%s", err.text);
	vt = at_follow_up(SCENE_LOW);
	vt_expect(vt, " 15:00 ");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_expect(vt, " 15:00 ");
	vt_close(vt);
}

/* How long something is overdue is never cut off. */
static void
overdue_says_for_how_long(void **state)
{
	struct vt *vt = at_follow_up(SCENE_URGENT);

	(void)state;
	vt_expect(vt, "overdue 11 ");
	/* On a small screen the words go first, then the state. */
	vt_resize(vt, 10, 40);
	vt_expect_gone(vt, "Agreed");
	vt_expect(vt, "overdue 11");
	vt_resize(vt, 24, 80);
	vt_expect(vt, "Agreed");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "y");
	vt_expect(vt, "Yet to do");
	vt_expect(vt, "overdue 11 ");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(harm_02_asked_not_to_try_again),
		TEST(who_covers_says_why_and_reads_how_first),
		TEST(harm_02_what_was_agreed_ends),
		TEST(harm_02_a_wrong_word_twice),
		TEST(harm_02_tried_as_often_as_was_agreed),
		TEST(test_lost_contact_is_a_risk),
		TEST(test_a_next_date_or_a_reason),
		TEST(what_is_hidden_again_was_not_said),
		TEST(the_hour_of_a_promise_is_shown),
		TEST(overdue_says_for_how_long),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
