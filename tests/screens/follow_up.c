/* SPDX-License-Identifier: ISC */
/* Following up: what was tried, what it says of the person, what is next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/case.h"
#include "store/person.h"

#include "../lib/day_kit.h"
#include "../lib/scene.h"

static struct scene scene;

static int
set_up(void **state)
{
	(void)state;
	scene_open(&scene);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scene_close(&scene);
	return 0;
}

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
		{ DAY_TYPE, "How", "2" },
		{ DAY_TYPE, "What happened", outcome },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "Risk level, if it changes");
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
	if (safe_contact_set(
		scene.amina, scene.uids[SCENE_HIGH], &over, &err) != 0)
		fail_msg("%s", err.text);
	vt = at_follow_up(SCENE_HIGH);
	vt_expect(vt, "Old agreement: verify before use.");
	vt_keys(vt, "v");
	vt_expect(vt, "held until");
	vt_expect(vt, "verify before use");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Old agreement: verify before use.");
	vt_send(vt, "S");
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
	vt_expect(vt, "Agree on what is next and when, or say why nothing");
	vt_expect(vt, "Said: is at work");
	vt_keys(vt, "PgDn PgDn");
	day_expect_focus(vt, "No next date: why");
	vt_send(vt, "Comes by on Fridays");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "Reached, safe");
	vt_close(vt);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(harm_02_asked_not_to_try_again),
		TEST(harm_02_what_was_agreed_ends),
		TEST(test_lost_contact_is_a_risk),
		TEST(test_a_next_date_or_a_reason),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
