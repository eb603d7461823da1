/* SPDX-License-Identifier: ISC */
/* A shift: what it starts from, tasks, the month, notes to the next one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/directory.h"
#include "store/case.h"
#include "store/referral.h"
#include "store/task.h"
#include "store/user.h"

#include "base/clock.h"
#include "store/session_inside.h"

#include "../lib/case_kit.h"
#include "../lib/scene.h"

static struct vt *
today(const char *who, int rows, int cols)
{
	struct vt *vt = scene_terminal(&scene, who, rows, cols, NULL);

	vt_send(vt, "T");
	vt_expect(vt, "Today");
	return vt;
}

/* One key from anywhere, the case one Enter away, and back. */
static void
today_from_everywhere(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "T");
	vt_expect(vt, "Follow-up");
	vt_expect(vt, scene.codes[SCENE_URGENT]);
	/* Somebody stands at the door: one key, from where a shift starts. */
	vt_send(vt, "n");
	vt_expect(vt, "How did they come to us?");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "How did they come to us?");
	vt_send(vt, "T"); /* the same key goes back */
	vt_expect(vt, "Wants first");
	vt_close(vt);
}

/* What a shift starts from, unless its society or its person say otherwise;
 * one key to the cases and back, to the row one was on. */
static void
a_shift_starts_from_today(void **state)
{
	struct err err = { 0 };
	struct vt *vt;

	(void)state;
	assert_int_equal(user_choose(scene.amina, "", "", "", &err), 0);
	vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	vt_expect(vt, "Today");
	vt_expect(vt, "C cases");
	vt_send(vt, "C");
	vt_expect(vt, "Mine");
	vt_send(vt, "jj");
	vt_expect(vt, "▌ !   Medium");
	vt_send(vt, "T");
	vt_expect_gone(vt, "Mine");
	vt_send(vt, "C");
	vt_expect(vt, "▌ !   Medium");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Promised");
	vt_keys(vt, "Esc");
	vt_expect(vt, "This is the first screen");
	/* A case from here goes back here. */
	vt_keys(vt, "Enter");
	vt_expect(vt, "Today › ");
	vt_close(vt);
	vault_kit_begin_with_cases(&scene.kit);
}

static void
at_every_size(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 10, 40 }, { 50, 132 } };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct vt *vt = today("amina", sizes[i][0], sizes[i][1]);

		vt_expect(vt, "Follow-up");
		vt_send(vt, "m");
		vt_expect(vt, "Month");
		vt_expect(vt, "Mon");
		vt_expect(vt, " due");
		vt_keys(vt, "Enter");
		vt_expect(vt, "Day");
		vt_keys(vt, "Esc");
		vt_expect_gone(vt, "Day");
		vt_close(vt);
	}
}

/* Row 1: whoever looks over a shoulder reads codes; the words of a note wait
 * behind Enter. */
static void
harm_01_a_note_waits_for_the_next_shift(void **state)
{
	static const char words[] = "may come by at nine";
	struct vt *vt = today("amina", 24, 80);

	(void)state;
	vt_send(vt, "w");
	vt_expect(vt, "What they have to know");
	vt_send(vt, scene.codes[SCENE_URGENT]);
	vt_keys(vt, "Tab");
	vt_send(vt, words);
	vt_keys(vt, "C-s");
	vt_expect(vt, "the next shift sees it");
	vt_close(vt);
	vt = today("sunil", 24, 80);
	vt_expect(vt, "From the last shift");
	vt_expect(vt, "Note from amina");
	assert_true(vt_absent(vt, words));
	vt_keys(vt, "Enter");
	vt_expect(vt, words);
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "Note from amina");
	vt_send(vt, "T");
	vt_send(vt, "T"); /* read once is read */
	vt_expect(vt, "Today");
	assert_true(vt_absent(vt, "Note from amina"));
	vt_close(vt);
}

static void
a_task_is_noted_and_done(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "y");
	vt_expect(vt, "Yet to do");
	vt_expect(vt, "Follow-up");
	vt_send(vt, "+");
	vt_expect(vt, "What is to be done");
	vt_send(vt, "ring the clinic");
	vt_keys(vt, "Tab");
	vt_send(vt, "+1");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Yet to do");
	vt_expect(vt, "ring the clinic");
	vt_send(vt, "/ring");
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, "Follow-up");
	vt_send(vt, "d");
	vt_expect(vt, "what came of it?");
	vt_send(vt, "they ring back");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Done.");
	vt_expect_gone(vt, "ring the clinic");
	vt_close(vt);
}

/* Enter goes where a line is done, and Esc back to the list. */
static void
what_waits_opens_where_it_is_done(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_URGENT);
	vt_send(vt, "y");
	vt_expect(vt, "Yet to do");
	vt_expect(vt, "Follow-up");
	vt_send(vt, "/Follow");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Enter: follow-up (f)");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Planned, promised, done");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Enter: follow-up (f)");
	vt_close(vt);
}

static void
mark(struct session *s, const char *value, const char *words)
{
	const struct directory_entry d = { .uid = uid_new(),
		.recipient = "legal-partner",
		.topic = "status",
		.value = value,
		.phone = "",
		.words = words };
	struct err err = { .kind = ERR_NONE };

	if (directory_add(s, &d, &err) != 0)
		fail_msg("%s", err.text);
}

/* What a colleague wrote shows until it was looked at, also where it took away
 * a mark on an organisation. */
static void
what_others_changed(void **state)
{
	const struct note n = { .uid = uid_new(),
		.case_uid = scene.uids[SCENE_OTHER],
		.kind = "fact",
		.text = "the landlord telephoned" };
	struct err err = { .kind = ERR_NONE };
	struct vt *vt;

	(void)state;
	if (note_add(scene.kit.supervisor, &n, &err) != 0)
		fail_msg("%s", err.text);
	mark(scene.ruwan, "suspended", "asks for a fee");
	mark(scene.kit.supervisor, "active", "the fee is gone");
	vt = today("ruwan", 24, 80);
	vt_expect(vt, "Changed by others since you looked");
	vt_expect(vt, "sunil took away your mark: Legal");
	vt_send(vt, "/your mark\r");
	vt_keys(vt, "Enter");
	vt_expect(vt, "What was learned");
	vt_expect(vt, "the fee is gone");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "sunil: added a note");
	assert_true(vt_absent(vt, "landlord"));
	vt_send(vt, "x");
	vt_expect(vt, "Seen.");
	vt_expect_gone(vt, "sunil: added a note");
	vt_expect_gone(vt, "your mark");
	vt_close(vt);
}

/* --- what one colleague asks of another ---------------------------------- */
static struct vt *
at_case(void)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	scene_jump(&scene, vt, SCENE_HIGH);
	return vt;
}

/* Offered, looked at without a right to the case, refused, taken. */
static void
a_case_is_handed_over(void **state)
{
	struct vt *vt = at_case(), *second;

	(void)state;
	vt_send(vt, "H");
	vt_expect(vt, "To whom");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "ruwan");
	vt_keys(vt, "Enter");
	vt_send(vt, "Speaks her language.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "amina offered this case to ruwan");
	second = scene_terminal(&scene, "ruwan", 24, 80, NULL);
	vt_send(second, "T");
	vt_expect(second, "A case is offered");
	vt_keys(second, "Enter");
	vt_expect(second, "Speaks her language.");
	vt_send(second, "r");
	vt_expect(second, "why not?");
	vt_send(second, "I know the family.");
	vt_keys(second, "Enter");
	vt_expect(second, "Your answer is kept");
	vt_close(second);
	vt_expect_gone(vt, "no answer yet");
	vt_send(vt, "u");
	vt_expect(vt, "I know the family.");
	vt_close(vt);
}

/* Taken over while whoever offered it is taking it back: they read what the other
 * did, on a page that stays whole. */
static void
harm_08_an_offer_taken_while_it_is_taken_back(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL), *second;

	(void)state;
	scene_jump(&scene, vt, SCENE_MEDIUM);
	vt_send(vt, "H");
	vt_expect(vt, "To whom");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "ruwan");
	vt_keys(vt, "Enter");
	vt_send(vt, "Lives near her.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "amina offered this case to ruwan");
	vt_send(vt, "u");
	vt_expect(vt, "Lives near her.");
	vt_send(vt, "w");
	vt_expect(vt, "is taken back; nothing else");
	second = scene_terminal(&scene, "ruwan", 24, 80, NULL);
	vt_send(second, "T");
	vt_expect(second, "A case is offered");
	vt_keys(second, "Enter");
	vt_expect(second, "Lives near her.");
	vt_send(second, "a");
	vt_expect(second, "It is done at once");
	vt_send(second, "y");
	vt_expect(second, "Agreed, and done.");
	vt_close(second);
	vt_send(vt, "y");
	vt_expect(vt, "ruwan took it over (");
	vt_expect(vt, "Lives near her.");
	vt_expect(vt, "agreed (ruwan, ");
	vt_close(vt);
}

/* What they agreed to under the code that ends is no yes under the other; and
 * they take it back where it was said. */
static void
asks_anew(struct vt *vt)
{
	vt_expect(vt, "1 agreed under");
	vt_send(vt, "c");
	vt_expect(vt, "ASK ANEW");
	vt_expect(vt, "as said under");
	vt_send(vt, "w");
	vt_expect(vt, "How did they tell");
	vt_send(vt, "by telephone");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Nobody had been told");
	vt_keys(vt, "Esc");
	vt_expect(vt, "WITHDRAWN");
	vt_keys(vt, "Esc");
	vt_expect(vt, "0 agreed, 0 not agreed, 1 ended");
}

/* A referral that was prepared under the code that ended says so. */
static void
says_it_ended(struct vt *vt)
{
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "R");
	vt_expect(vt, "State");
	vt_keys(vt, "Enter");
	vt_expect(vt, "This code ended");
	vt_expect(vt, "goes on as");
	scene_jump(&scene, vt, SCENE_HIGH);
}

/* Row 8: asked for field by field, agreed to by another, and apart again. */
static void
harm_08_join_and_apart(void **state)
{
	struct consent yes = release_of(scene.uids[SCENE_LOW]);
	const struct referral sheet = { .uid = uid_new(),
		.case_uid = scene.uids[SCENE_LOW],
		.recipient = yes.recipient,
		.purpose = yes.purpose,
		.mode = "info",
		.priority = "normal",
		.reason = "wants advice",
		.asked = "",
		.given = "",
		.restrictions = "",
		.risks = "",
		.tell_back = "",
		.copy_safe = "" };
	struct err err = { .kind = ERR_NONE };
	struct vt *vt = at_case(), *second;

	(void)state;
	OK(consent_add(scene.amina, &yes, &err));
	OK(referral_add(scene.amina, &sheet, &err));
	vt_send(vt, "=");
	vt_expect(vt, "The other case of this");
	vt_send(vt, scene.codes[SCENE_LOW]);
	vt_keys(vt, "Tab");
	vt_send(vt, "The same paper was shown.");
	vt_keys(vt, "C-n");
	vt_expect(vt, "What holds");
	vt_expect(vt, "High"); /* both values with their codes */
	vt_expect(vt, "Low");
	vt_send(vt, "2"); /* the other's risk, their own for the rest */
	for (int i = 0; i < 5; i++) {
		vt_keys(vt, "Tab");
		vt_send(vt, "1");
	}
	/* Left half-way, and gone on with from the drafts: at this step. */
	vt_keys(vt, "C-c");
	vt_expect(vt, "kept as a draft");
	vt_send(vt, "D");
	vt_expect(vt, "Enter goes on");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Two codes, one person");
	vt_keys(vt, "C-s");
	vt_expect(vt, "amina asked to join it");
	/* One question at a time. */
	vt_send(vt, "=");
	vt_expect(vt, "waits for an answer: u shows it");
	second = scene_terminal(&scene, "sunil", 24, 80, NULL);
	vt_send(second, "T");
	vt_expect(second, "One person, two codes?");
	vt_keys(second, "Enter");
	vt_expect(second, "The same paper was shown.");
	vt_send(second, "a");
	vt_expect(second, "It is done at once");
	vt_send(second, "y");
	vt_expect(second, "Agreed, and done.");
	vt_close(second);
	vt_expect(vt, "takes them apart");
	vt_expect(vt, scene.codes[SCENE_LOW]);
	vt_expect(vt, "Low  since");
	asks_anew(vt);
	says_it_ended(vt);
	/* What waits in the case is no reason to leave two people one. */
	vt_send(vt, "H");
	vt_expect(vt, "To whom");
	vt_send(vt, "1");
	vt_keys(vt, "Tab");
	vt_send(vt, "ruwan");
	vt_keys(vt, "Enter");
	vt_send(vt, "Speaks her language.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "amina offered this case to ruwan");
	vt_send(vt, "=");
	vt_expect(vt, "Why these are two people");
	vt_send(vt, "Two cousins.");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect_gone(vt, "takes them apart");
	vt_expect(vt, "High  since");
	vt_close(vt);
}

/* As every list is; Esc brings the rest and the counts back. */
static void
today_is_narrowed_while_typing(void **state)
{
	struct vt *vt = today("amina", 10, 40);

	(void)state;
	vt_expect(vt, "Overdue ");
	/* And a key with nothing to do says why. */
	vt_send(vt, "x");
	vt_expect(vt, "Nothing was changed by others since");
	vt_send(vt, "/follow");
	vt_expect(vt, "/ follow");
	vt_expect_gone(vt, "Promised");
	vt_expect(vt, "Follow-up");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Enter open");
	assert_true(vt_absent(vt, "Promised"));
	vt_keys(vt, "Esc");
	vt_expect(vt, "Promised 1");
	assert_true(vt_absent(vt, "/ follow"));
	vt_send(vt, "m");
	vt_expect(vt, " due");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Day");
	vt_send(vt, "/zz");
	vt_expect(vt, "Nothing here matches");
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, "Nothing here matches");
	vt_close(vt);
}

/* A count stands whole or not at all, and the lightest goes. */
static void
counts_are_whole(void **state)
{
	struct uid none = { { 0 } };
	struct err err = { 0 };
	struct vt *vt;

	(void)state;
	assert_int_equal(handover_add(scene.ruwan, uid_new(), none,
			     "The side door sticks.", &err),
	    0);
	vt = today("amina", 24, 80);
	vt_expect(vt, "Notes 1");
	vt_expect(vt, "Week ");
	vt_resize(vt, 10, 40);
	assert_true(vt_wait_row(vt, 1, "Promised 1", VT_WAIT_MS));
	assert_non_null(strstr(vt_whole_text(vt), "Overdue "));
	assert_null(strstr(vt_row(vt, 1), "Week"));
	assert_null(strstr(vt_row(vt, 1), "…"));
	vt_close(vt);
}

/* More than are counted one by one: at least so many. */
static void
a_count_that_was_cut_has_a_plus(void **state)
{
	static const char sql[] =
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 1001) INSERT INTO agenda (case_uid, kind, object, lane,"
	    " promised, due, due_day, rank, code) SELECT randomblob(16),"
	    " 'review', zeroblob(16), (SELECT lane FROM queue WHERE"
	    " open = 1 AND uid = ?1), 0, ?2, ?3, 0, 'many' FROM n";
	int64_t day = clock_day_of(SCENE_NOW_MS);
	struct err err = { 0 };
	struct vt *vt;

	(void)state;
	if (db_exec(&scene.amina->cases, sql,
		VALS(v_uid0(&scene.uids[SCENE_URGENT]),
		    v_int(clock_day_start(day + 1) - 1), v_int(day)),
		NULL, &err) != 0)
		fail_msg("%s", err.text);
	vt = today("amina", 24, 80);
	vt_expect(vt, "Today 1000+");
	vt_close(vt);
}

int
main(void)
{
	scene_clock();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shift_starts_from_today),
		cmocka_unit_test(today_from_everywhere),
		cmocka_unit_test(at_every_size),
		cmocka_unit_test(today_is_narrowed_while_typing),
		cmocka_unit_test(harm_01_a_note_waits_for_the_next_shift),
		cmocka_unit_test(a_task_is_noted_and_done),
		cmocka_unit_test(what_waits_opens_where_it_is_done),
		cmocka_unit_test(what_others_changed),
		cmocka_unit_test(a_case_is_handed_over),
		cmocka_unit_test(harm_08_an_offer_taken_while_it_is_taken_back),
		cmocka_unit_test(harm_08_join_and_apart),
		cmocka_unit_test(counts_are_whole),
		cmocka_unit_test(a_count_that_was_cut_has_a_plus),
	};

	return cmocka_run_group_tests(tests, scene_set_up, scene_tear_down);
}
