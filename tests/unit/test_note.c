/* SPDX-License-Identifier: ISC */
/* Notes: whose each fact is, putting right by addition, two people at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "office_kit.h"

static struct note
a_note(struct uid case_uid, const char *text)
{
	return (struct note){ .uid = uid_new(),
		.case_uid = case_uid,
		.kind = "fact",
		.text = text };
}

/* What the timeline says of a note; fails where it is not there. */
static struct event
shown(struct uid case_uid, struct uid note)
{
	struct events all = { .n = 0 };

	OK(case_timeline(o.amina, case_uid, 0, 0, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.list[i].uid, &note))
			return all.list[i];
	}
	fail_msg("the note is not in the timeline");
	return (struct event){ .at = 0 };
}

#define HAS(text_, words) assert_non_null(strstr((text_), (words)))
#define HAS_NOT(text_, words) assert_null(strstr((text_), (words)))

static void
every_fact_says_whose_it_is(void **state)
{
	struct uid c = case_of(o.amina, "Noor Example");
	struct note n = a_note(c, "Home visit, agreed before.");
	struct event e;

	(void)state;
	n.fact[NOTE_SAID] = "wants the papers back";
	n.fact[NOTE_SAW] = "a second telephone on the table";
	n.fact[NOTE_OTHER_SAID] = "the landlord says that all is paid";
	n.fact[NOTE_VIEW] = "seems less afraid than last week";
	n.present = "person,interpreter";
	OK(note_add(o.amina, &n, &err));
	e = shown(c, n.uid);
	HAS(e.text, "Home visit, agreed before.");
	HAS(e.text, "The person said: wants the papers back");
	HAS(e.text, "Seen or heard: a second telephone");
	HAS(e.text, "Somebody else said: the landlord");
	HAS(e.text, "Worker's view: seems less afraid");
	HAS(e.text, "Present: the person, an interpreter");
	assert_false(e.account);
	/* Again, as after a lost line: nothing is there twice. */
	OK(note_add(o.amina, &n, &err));
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM note_fact"
			     " WHERE case_uid = ?1",
			     c),
	    6);
	/* The same key with other facts is not swallowed. */
	n.fact[NOTE_SAW] = "nobody came";
	REFUSED(ERR_CONFLICT, note_add(o.amina, &n, &err));
}

static void
refuses_what_is_no_note(void **state)
{
	struct uid c = case_of(o.amina, "Rosa Example");
	struct note n = a_note(c, "x");
	char *big = arena_alloc(&arena, 4002, 1);

	(void)state;
	n.present = "person,Mr Example";
	REFUSED(ERR_INPUT, note_add(o.amina, &n, &err));
	HAS(err.text, "name");
	n.present = "person";
	n.kind = "guess";
	REFUSED(ERR_INPUT, note_add(o.amina, &n, &err));
	n.kind = "view";
	memset(big, 'a', 4001);
	n.fact[NOTE_VIEW] = big;
	REFUSED(ERR_INPUT, note_add(o.amina, &n, &err));
	HAS(err.text, "4000");
	n.fact[NOTE_VIEW] = "";
	OK(note_add(o.amina, &n, &err));
}

static void
puts_right_by_addition(void **state)
{
	struct uid c = case_of(o.amina, "Devi Example");
	struct note first = a_note(c, "Came on Monday."), right, strange;
	struct event e;

	(void)state;
	OK(note_add(o.amina, &first, &err));
	HAS_NOT(shown(c, first.uid).title, "corrected later");
	right = a_note(c, "It was Tuesday.");
	right.corrects = first.uid;
	OK(note_add(o.amina, &right, &err));
	e = shown(c, first.uid);
	HAS(e.title, "corrected later");
	HAS(e.text, "Came on Monday.");
	HAS(e.text, "It was Tuesday.");
	e = shown(c, right.uid);
	HAS(e.title, "corrects an earlier one");
	HAS(e.text, "It was Tuesday.");
	HAS(e.text, "Came on Monday.");
	/* A note of another case cannot be put right from here. */
	strange = a_note(case_of(o.amina, "Other Example"), "Elsewhere.");
	OK(note_add(o.amina, &strange, &err));
	right = a_note(c, "No.");
	right.corrects = strange.uid;
	REFUSED(ERR_INPUT, note_add(o.amina, &right, &err));
	/* And nothing that stands is ever changed. */
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM note WHERE case_uid = ?1"
			     " AND text = 'Came on Monday.'",
			     c),
	    1);
}

static void
two_people_add_at_once(void **state)
{
	struct uid c = case_of(o.amina, "Hawa Example");
	struct note first = a_note(c, "Did not come; reason unknown."), a, b;
	struct event e;

	(void)state;
	OK(note_add(o.amina, &first, &err));
	a = a_note(c, "Came an hour later.");
	b = a_note(c, "Waited in the yard, afraid to come in.");
	a.corrects = b.corrects = first.uid;
	OK(note_add(o.amina, &a, &err));
	OK(note_add(o.sunil, &b, &err));
	e = shown(c, first.uid);
	HAS(e.text, "Came an hour later.");
	HAS(e.text, "Waited in the yard");
	HAS(e.text, "by amina");
	HAS(e.text, "by sunil");
}

/* A warning comes before a note that shows an account, its own or not. */
static void
harm_17_an_account_is_announced_wherever_it_shows(void **state)
{
	struct uid c = case_of(o.amina, "Lan Example");
	struct note story = a_note(c, "What happened at the house."), right;

	(void)state;
	story.account = true;
	OK(note_add(o.amina, &story, &err));
	right = a_note(c, "The second week, not the first.");
	right.corrects = story.uid;
	OK(note_add(o.amina, &right, &err));
	assert_true(shown(c, story.uid).account);
	assert_true(shown(c, right.uid).account);
	HAS_NOT(shown(c, right.uid).title, "house");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) T(f)
		TEST(every_fact_says_whose_it_is),
		TEST(refuses_what_is_no_note),
		TEST(puts_right_by_addition),
		TEST(two_people_add_at_once),
		TEST(harm_17_an_account_is_announced_wherever_it_shows),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
