/* SPDX-License-Identifier: ISC */
/* Children, as somebody at the keyboard works with them; and whom a mark of an
 * interest is about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "store/consent.h"
#include "store/link.h"
#include "store/person.h"
#include "store/session_inside.h"

#include "../lib/case_kit.h"
#include "../lib/day_kit.h"
#include "../lib/scene.h"

static struct arena arena;
static struct err err;

static int
set_up(void **state)
{
	(void)scene_set_up(state);
	arena_init(&arena);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	scene_close(&scene);
	return 0;
}

static void
set(enum scene_case i, const char *field, const char *value)
{
	struct uid uid = scene.uids[i];
	struct case_file f;

	assert_int_equal(case_open(scene.amina, uid, "", &arena, &f, &err), 0);
	assert_int_equal(
	    case_change(scene.amina, uid, &f.rev,
		&(const struct change){ field, value }, 1, &arena, NULL, &err),
	    0);
}

static int64_t
ask_db(const struct scene *sc, const char *sql)
{
	int64_t n = 0;

	assert_int_equal(db_int(&sc->amina->cases, sql, NO_VALS, &n, &err), 1);
	return n;
}

/* --- a guardian who is safe -------------------------------------------------------- */
/* The child was asked alone first, and says so. */
static void
record_safe_guardian(struct vt *vt)
{
	static const struct day_answer record[] = {
		{ DAY_TYPE, "Is or may be a child?", "1" },
		{ DAY_TYPE, "Known from", "2" },
		{ DAY_KEYS, "Decided by whom", "Tab" },
		{ DAY_TYPE, "Was the child asked alone?", "y" },
		{ DAY_TYPE, "The guardian is", "1" },
		{ DAY_TYPE, "Was the guardian told?", "y" },
		{ DAY_KEYS, "Why, or why not", "Tab" },
		{ DAY_TYPE, "Who agrees for the child?", "1" },
		{ DAY_TYPE, "The child", "1" },
		{ .how = DAY_END },
	};

	vt_send(vt, "b");
	vt_expect(vt, "Ask the child alone first");
	vt_send(vt, "e");
	vt_expect(vt, "Is or may be a child?");
	day_fill(vt, record);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Safe: the child says so");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
}

/* A release to the legal service; giver is a digit of "Who gave it". */
static void
ask_for_release(struct vt *vt, const char *giver)
{
	const struct day_answer yes[] = {
		{ DAY_TYPE, "Consent to", "2" },
		{ DAY_KEYS, "To whom", "l e g a l Enter" },
		{ DAY_KEYS, "What for", "w a g e Enter" },
		{ DAY_KEYS, "Which data", "Down Down Down Space Tab" },
		{ DAY_TYPE, "Language it was", "1" },
		{ DAY_KEYS, "Read aloud", "Tab" },
		{ DAY_TYPE, "What did they say?", "1" },
		{ DAY_KEYS, "What must not be told", "Tab" },
		{ DAY_TYPE, "Told back", "y" },
		{ DAY_TYPE, "Who gave it", giver },
		{ DAY_TYPE, "How it was given", "2" },
		{ DAY_KEYS, "Paper file", "Tab" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ .how = DAY_END },
	};

	vt_send(vt, "a");
	vt_expect(vt, "Ask, and record");
	day_fill(vt, yes);
	vt_keys(vt, "C-s");
}

static const char *
newest_guardian(struct uid uid, const char *given_by)
{
	struct consents all;

	assert_int_equal(
	    consent_list(scene.amina, uid, true, &arena, &all, &err), 0);
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].kind, "release") == 0 &&
		    strcmp(all.list[i].given_by, given_by) == 0)
			return all.list[i].guardian;
	return "none";
}

/* Row 7: in every age band a guardian who is safe by the child's own word can
 * agree, with what the child has to say at that age; and none can before. */
static void
harm_07_a_safe_guardian_agrees_at_the_keyboard(void **state)
{
	static const struct {
		const char *band, *giver, *given_by;
	} bands[] = { { "0-5", "3", "guardian" }, { "6-11", "4", "assent" },
		{ "12-14", "4", "assent" }, { "15-17", "2", "both" } };
	struct uid uid = scene.uids[SCENE_LOW];
	char now[48];
	const char *const env[] = { now, NULL };
	struct vt *vt;

	(void)state;
	for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++) {
		set(SCENE_LOW, "age_band", bands[i].band);
		/* Each an hour after the one before. */
		(void)snprintf(now, sizeof(now), "AMPARO_NOW=%lld",
		    (long long)(SCENE_NOW_MS + (int64_t)i * CLOCK_HOUR));
		vt = scene_terminal(&scene, "amina", 24, 80, env);
		scene_jump(&scene, vt, SCENE_LOW);
		if (i == 0) {
			/* Nobody asked the child about the guardian yet. */
			vt_send(vt, "c");
			vt_expect(vt, "› Consent");
			ask_for_release(vt, bands[i].giver);
			vt_expect(vt, "Say first whether it is safe");
			vt_keys(vt, "Esc");
			vt_expect(vt, "Discard what was typed");
			vt_keys(vt, "2 Enter");
			vt_expect_gone(vt, "Ask, and record");
			vt_keys(vt, "Esc");
			vt_expect(vt, "Wants first");
			record_safe_guardian(vt);
		}
		vt_send(vt, "c");
		vt_expect(vt, "› Consent");
		ask_for_release(vt, bands[i].giver);
		vt_expect(vt, "Saved.");
		vt_close(vt);
		assert_string_equal(
		    newest_guardian(uid, bands[i].given_by), "safe");
	}
}

/* The same when the person is met: no case is there yet to hold a record. */
static void
harm_07_a_safe_guardian_at_the_first_meeting(void **state)
{
	static const struct day_person p = { .wants = "school again",
		.name = "Kavindu Rillwood",
		.birth = "",
		.agreed = "come on Friday",
		.note = "" };
	static const struct day_answer asked[] = {
		{ DAY_TYPE, "Language this is asked in", "1" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ DAY_TYPE, "Read and explained?", "y" },
		{ DAY_TYPE, "Adult or child?", "2" },
		{ DAY_TYPE, "Do they want us to do this", "1" },
		{ DAY_TYPE, "Told back in their own", "y" },
		{ DAY_TYPE, "Who gave it", "2" },
		{ DAY_TYPE, "Was the child asked alone?", "n" },
		{ DAY_TYPE, "The guardian is", "1" },
		{ DAY_TYPE, "How it was given", "1" },
		{ .how = DAY_END },
	};
	struct vt *vt = scene_terminal(&scene, "amina", 40, 100, NULL);

	(void)state;
	vt_expect(vt, "new contact");
	vt_send(vt, "n");
	for (int page = 0; page < DAY_CONSENT; page++)
		day_page(vt, page, &p);
	day_fill(vt, asked);
	vt_keys(vt, "C-n");
	day_page(vt, DAY_NEXT, &p);
	vt_keys(vt, "C-s");
	/* Called safe by whom the child was not asked about alone. */
	vt_expect(vt, "Say first whether it is safe");
	/* Back on the page where it was said. */
	day_expect_focus(vt, "2 the person and a guardian");
	vt_keys(vt, "Tab");
	day_expect_focus(vt, "Was the child asked alone?");
	vt_send(vt, "y");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_close(vt);
	assert_int_equal(
	    ask_db(&scene, "SELECT count(*) FROM consent WHERE kind = "
			   "'work_together' AND given_by = 'both' AND "
			   "guardian = 'safe' AND language = 'en' AND "
			   "interpreter = 'none'"),
	    1);
}

/* Who decided in whose place is asked of a yes alone: after a no that box was
 * left behind, required, and nothing could be saved without a reason. */
static void
a_no_asks_nobody_for_a_reason(void **state)
{
	static const struct day_person p = {
		.wants = "a bed", .name = "Ishara Penwhistle", .birth = ""
	};
	static const struct day_answer asked[] = {
		{ DAY_TYPE, "Language this is asked in", "1" },
		{ DAY_TYPE, "Interpreter", "1" },
		{ DAY_TYPE, "Read and explained?", "y" },
		{ DAY_TYPE, "Adult or child?", "1" },
		{ DAY_TYPE, "Do they want us to do this", "1" },
		{ DAY_TYPE, "Told back in their own", "y" },
		{ DAY_TYPE, "Who gave it", "6" },
		{ .how = DAY_END },
	};
	struct vt *vt = scene_terminal(&scene, "amina", 40, 100, NULL);

	(void)state;
	vt_expect(vt, "new contact");
	vt_send(vt, "n");
	for (int page = 0; page < DAY_CONSENT; page++)
		day_page(vt, page, &p);
	day_fill(vt, asked);
	day_expect_focus(vt, "Who decided, and why");
	vt_keys(vt, "S-Tab S-Tab S-Tab");
	day_expect_focus(vt, "Do they want us to do this");
	vt_send(vt, "4");
	vt_expect(vt, "May we ask again");
	vt_expect_gone(vt, "Who decided, and why");
	vt_close(vt);
}

/* What a panel determined, and who does what it comes to. */
static void
a_determination_at_the_keyboard(void **state)
{
	static const struct day_answer said[] = {
		{ DAY_TYPE, "What it is", "2" },
		{ DAY_TYPE, "Why now", "no parent can be found" },
		{ DAY_TYPE, "Options considered", "the aunt; foster care" },
		{ DAY_TYPE, "The child's own view", "wants the aunt" },
		{ DAY_TYPE, "Decision", "to live with the aunt" },
		{ DAY_TYPE, "What it comes to", "3" },
		{ DAY_TYPE, "The child", "1" },
		{ DAY_TYPE, "Decided by", "a panel of three" },
		{ DAY_TYPE, "Decided on", "12.11.2026" },
		{ DAY_TYPE, "Who carries it out", "the probation service" },
		{ .how = DAY_END },
	};
	struct vt *vt;

	(void)state;
	set(SCENE_LOW, "may_be_child", "yes");
	vt = scene_terminal(&scene, "amina", 40, 80, NULL);
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "b");
	vt_expect(vt, "No assessment yet");
	vt_send(vt, "a");
	vt_expect(vt, "What it is");
	day_fill(vt, said);
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_expect(vt, "With their family again");
	vt_expect(vt, "the probation service");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_send(vt, "t");
	vt_expect(vt, "Best interests determined: to live with the");
	vt_keys(vt, "Enter");
	vt_expect(vt, "child, 16 Nov 2026");
	vt_expect(vt, "to live with the aunt (12 Nov");
	vt_expect(vt, "Who carries it out: the probation service");
	vt_close(vt);
}

static struct session *
supervisor(void)
{
	return vault_kit_user(&scene.kit, "sumi", ROLE_SUPERVISOR, "branch-1");
}

/* --- two places, one truth -------------------------------------------------------------- */

static void
born(const char *date)
{
	const struct change birth = { "birth", date };
	struct safe_contact contact;
	struct person p;
	int64_t rev;

	OK(person_open(scene.amina, scene.uids[SCENE_LOW], "to write it down",
	    &arena, &p, &contact, &err));
	rev = p.rev;
	OK(person_change(scene.amina, scene.uids[SCENE_LOW], &rev, &birth, 1,
	    &arena, NULL, &err));
}

/* The page cannot read the card, and never says that nothing stands on it. */
static void
harm_11_the_page_does_not_deny_the_card(void **state)
{
	static const struct {
		const char *born, *says;
	} rows[] = {
		{ "1999", "is of age by the date of birth" },
		{ "", "no day is noted here" },
		{ "2012-05-17", "when Jun 2030 begins" },
	};

	(void)state;
	set(SCENE_LOW, "may_be_child", "unsure");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct vt *vt;

		born(rows[i].born);
		vt = scene_terminal(&scene, "amina", 24, 80, NULL);
		scene_jump(&scene, vt, SCENE_LOW);
		vt_send(vt, "b");
		vt_expect(vt, "Comes of age");
		vt_expect(vt, rows[i].says);
		vt_expect(vt, "(p");
		day_absent(vt, "no date of birth");
		vt_close(vt);
	}
}

/* --- two codes ------------------------------------------------------------------------- */
/* Row 11: "no child" is not taken over a child's record, and whoever is to agree
 * sees what both say. */
static void
harm_11_a_join_at_the_keyboard(void **state)
{
	const struct day_answer which[] = {
		{ DAY_TYPE, "The other case", scene.codes[SCENE_MEDIUM] },
		{ DAY_TYPE, "Why it is one person", "the same paper" },
		{ .how = DAY_END },
	};
	static const struct day_answer holds[] = {
		{ DAY_TYPE, "Risk", "1" },
		{ DAY_TYPE, "May be a child", "2" },
		{ DAY_KEYS, "Wants first", "1" },
		{ .how = DAY_END },
	};
	struct vt *vt;

	(void)state;
	set(SCENE_LOW, "may_be_child", "yes");
	set(SCENE_MEDIUM, "may_be_child", "no");
	vt = scene_terminal(&scene, "amina", 30, 80, NULL);
	scene_jump(&scene, vt, SCENE_LOW);
	vt_send(vt, "=");
	vt_expect(vt, "The other case");
	day_fill(vt, which);
	vt_keys(vt, "C-n");
	vt_expect(vt, "the more careful one counts");
	day_fill(vt, holds);
	vt_keys(vt, "C-s");
	vt_expect(vt, "! By one of the two");
	/* The cursor is where it is answered. */
	day_expect_focus(vt, "No, an adult");
	vt_send(vt, "1");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Saved.");
	vt_close(vt);
	assert_non_null(supervisor());
	vt = scene_terminal(&scene, "sumi", 30, 80, NULL);
	vt_send(vt, "g");
	vt_send(vt, scene.codes[SCENE_LOW]);
	vt_keys(vt, "Enter");
	day_answer_line(vt, "A colleague's case", "to agree");
	vt_expect(vt, "Wants first");
	vt_send(vt, "u");
	vt_expect(vt, "says Yes");
	vt_expect(vt, "says No, an adult");
	vt_expect(vt, "the more careful one counts");
	vt_send(vt, "a");
	vt_expect(vt, "It is done at once");
	vt_send(vt, "y");
	vt_expect(vt, "Agreed, and done.");
	/* What ended goes on under the other code: it is kept with that. */
	vt_send(vt, "g");
	vt_send(vt, scene.codes[SCENE_MEDIUM]);
	vt_keys(vt, "Enter");
	day_answer_line(vt, "A colleague's case", "to look once more");
	vt_expect(vt, "Goes on as");
	vt_expect(vt, "Closed");
	day_absent(vt, "Kept: ");
	vt_close(vt);
}

/* --- an interest ------------------------------------------------------------------------ */
/* Row 12: the worker whom a mark is about finds it neither on Today nor on the
 * case, however often they look. */
static void
harm_12_today_hides_a_mark(void **state)
{
	struct session *sumi = supervisor();
	struct conflict_mark m = { .uid = uid_new(),
		.case_uid = scene.uids[SCENE_LOW],
		.who = "staff",
		.code = "amina",
		.reason = "a cousin of the employer" };
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	scene_jump(&scene, vt, SCENE_LOW);
	vt_expect(vt, "Wants first");
	assert_int_equal(conflict_mark_add(sumi, &m, &err), 0);
	vt_keys(vt, "F5");
	vt_send(vt, "T");
	vt_expect(vt, "Today");
	day_absent(vt, "interest");
	day_absent(vt, "sumi");
	day_absent(vt, "another worker");
	vt_send(vt, "T");
	vt_expect(vt, "Wants first");
	day_absent(vt, "by others since");
	vt_close(vt);
	/* Whoever marked them finds what is to be done. */
	vt = scene_terminal(&scene, "sumi", 24, 80, NULL);
	vt_send(vt, "T");
	vt_expect(vt, "Find another worker");
	vt_expect(vt, scene.codes[SCENE_LOW]);
	vt_close(vt);
}

/* One act of a colleague is one change, however often the case is read. */
static void
a_change_is_counted_once(void **state)
{
	struct session *sumi = supervisor();
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	struct case_file f;
	const char *wants[] = { "a lawyer", "a lawyer, soon" };

	(void)state;
	assert_int_equal(
	    case_open(scene.amina, scene.uids[SCENE_LOW], "", &arena, &f, &err),
	    0);
	scene_jump(&scene, vt, SCENE_LOW);
	vt_expect(vt, "Wants first");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(case_open(sumi, scene.uids[SCENE_LOW],
				     "to help", &arena, &f, &err),
		    0);
		assert_int_equal(
		    case_change(sumi, scene.uids[SCENE_LOW], &f.rev,
			&(const struct change){ "wants", wants[i] }, 1, &arena,
			NULL, &err),
		    0);
		for (int k = 0; k < 4; k++) {
			vt_keys(vt, "F5");
			vt_expect(vt, wants[i]);
			vt_pump(vt);
		}
		vt_expect(vt,
		    i == 0 ? "; 1 change by others" : "; 2 changes by others");
	}
	vt_close(vt);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_07_a_safe_guardian_agrees_at_the_keyboard),
		T(harm_07_a_safe_guardian_at_the_first_meeting),
		T(a_no_asks_nobody_for_a_reason),
		T(a_determination_at_the_keyboard),
		T(harm_11_the_page_does_not_deny_the_card),
		T(harm_11_a_join_at_the_keyboard),
		T(harm_12_today_hides_a_mark),
		T(a_change_is_counted_once),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
