/* SPDX-License-Identifier: ISC */
/* Every role and everything that can be done to a case, through the store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "store/directory.h"
#include "store/referral.h"
#include "store/plan.h"
#include "store/service.h"
#include "store/session_inside.h"
#include "../lib/case_kit.h"

static struct office o;
static struct arena arena;
static struct err err;

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	return 0;
}

static int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	assert_true(session_idle(o.amina));
	assert_true(session_idle(o.sunil));
	arena_done(&arena);
	return 0;
}

static int
change_one(struct session *s, struct uid uid, int64_t *rev, const char *field,
    const char *value, struct conflicts *c)
{
	return case_change(s, uid, rev,
	    (const struct change[]){ { field, value } }, 1, &arena, c, &err);
}

/* --- who may ------------------------------------------------------------------------------ */

enum who { AMINA, ZOYA, BILAL, SUNIL, CORA, AUDRA, ADELE, STAN, WHO };
static struct session *
session_of(enum who w)
{
	struct session *const all[] = { o.amina, o.zoya, o.bilal, o.sunil,
		o.cora, o.audra, o.adele, o.stan };

	return all[w];
}

static struct uid theirs; /* a case of amina's */
static int64_t rev_now;

static int
do_open(struct session *s)
{
	struct case_file f;

	return case_open(s, theirs, NULL, &arena, &f, &err);
}

static int
do_open_reason(struct session *s)
{
	struct case_file f;

	return case_open(s, theirs, "on call", &arena, &f, &err);
}

static int
do_change(struct session *s)
{
	return change_one(s, theirs, &rev_now, "language", "fr", NULL);
}

static int
do_assign(struct session *s)
{
	return case_assign(
	    s, theirs, &rev_now, session_user(o.amina)->uid, &err);
}

static int
do_risk(struct session *s)
{
	return case_set_risk(s, theirs, &rev_now, 1, "as before", &err);
}

static int
do_history(struct session *s)
{
	struct field_changes c;

	return case_history(s, theirs, &arena, &c, &err);
}

static int
do_access(struct session *s)
{
	struct access_log l;

	return case_access_log(s, theirs, 10, &arena, &l, &err);
}

static int
do_note(struct session *s)
{
	const struct note n = { .uid = uid_new(),
		.case_uid = theirs,
		.kind = "fact",
		.text = "came by" };

	return note_add(s, &n, &err);
}

static int
do_flag(struct session *s)
{
	return flag_set(s, theirs, uid_new(), "watch the door", NULL, &err);
}

static int
do_plan(struct session *s)
{
	const struct followup_plan p = plan_in(2);

	return followup_plan_add(s, theirs, &p, &err);
}

static int
do_consent(struct session *s)
{
	const struct consent c = release_of(theirs);

	return consent_add(s, &c, &err);
}

static int
do_identity(struct session *s)
{
	struct safe_contact c;
	struct person p;

	return person_open(s, theirs, "to call", &arena, &p, &c, &err);
}

static int
do_instruction(struct session *s)
{
	struct safe_contact c;

	return contact_instruction(s, theirs, &arena, &c, &err);
}

static int
do_person(struct session *s)
{
	int64_t rev = 1;

	return person_change(s, theirs, &rev,
	    (const struct change[]){ { "country", "LK" } }, 1, &arena, NULL,
	    &err);
}

static int
do_refer(struct session *s)
{
	const struct referral r = { .uid = uid_new(),
		.case_uid = theirs,
		.recipient = "legal-partner",
		.purpose = "legal_advice",
		.mode = "info",
		.priority = "normal",
		.reason = "wants to go there",
		.asked = "",
		.given = "",
		.restrictions = "",
		.risks = "",
		.tell_back = "",
		.copy_safe = "" };

	return referral_add(s, &r, &err);
}

static int
do_disclosures(struct session *s)
{
	struct disclosed_list l;

	return disclosure_list(s, theirs, &arena, &l, &err);
}

static int
do_directory(struct session *s)
{
	struct listings l;

	return directory_list(s, &arena, &l, &err);
}

static int
do_search(struct session *s)
{
	const struct person_query q = { .name = "Ishara", .phone = "" };
	struct person_cards c;

	return person_search(s, &q, 5, &arena, &c, &err);
}

static int
do_goal(struct session *s)
{
	const struct goal g = { .uid = uid_new(), .words = "a room" };

	return goal_add(s, theirs, &g, &err);
}

static int
do_service(struct session *s)
{
	const struct service one = {
		.uid = uid_new(), .service = "pfa", .state = "given"
	};

	return service_add(s, theirs, &one, &err);
}

static int
do_services(struct session *s)
{
	struct services all;

	return service_list(s, theirs, &arena, &all, &err);
}

static int
do_intake(struct session *s)
{
	char code[CODE_SIZE];
	struct sample one;

	sample_make(&one, "Nobody Real", "");
	return intake_save(s, &one.in, code, &err);
}

/* The role matrix through the store: what is asked, and what each gets.
 * Y: done, R: asked for a reason first, -: refused. */
static const struct {
	int (*act)(struct session *);
	const char *name, *want; /* in the order of enum who */
} matrix[] = {
	/*                         amina zoya bilal sunil cora audra adele stan */
	{ do_open, "open", "YR-RR---" },
	{ do_history, "history", "Y--RR---" },
	{ do_open_reason, "open with a reason", "YY-YY---" },
	{ do_change, "change", "Y--Y----" },
	{ do_assign, "assign", "Y--YY---" },
	{ do_risk, "risk", "Y--Y----" },
	{ do_access, "who looked", "---YYY--" },
	{ do_note, "note", "Y--Y----" },
	{ do_flag, "flag", "Y--Y----" },
	{ do_plan, "plan", "YY-Y----" },
	{ do_goal, "goal", "Y--Y----" },
	{ do_service, "service", "YY-Y----" },
	{ do_services, "read services", "YY-YY---" },
	{ do_consent, "consent", "Y--Y----" },
	{ do_identity, "identity", "Y--Y----" },
	{ do_refer, "refer", "Y--Y----" },
	{ do_disclosures, "what left", "Y--YYY--" },
	{ do_directory, "directory", "YYYYY---" },
	{ do_instruction, "instruction", "Y--Y----" },
	{ do_person, "change a person", "Y--Y----" },
	{ do_search, "search", "YYYY----" },
	{ do_intake, "intake", "YYYY----" },
};

static const char count_denied[] =
    "SELECT count(*) FROM audit WHERE outcome = 'denied'";

static void
harm_12_curious_colleague(void **state)
{
	(void)state;
	theirs = case_of(o.amina, "Ishara Fernando");
	for (size_t i = 0; i < sizeof(matrix) / sizeof(matrix[0]); i++) {
		for (int w = 0; w < WHO; w++) {
			struct session *s = session_of((enum who)w);
			int64_t before = ask_cases(o.adele, count_denied);
			char got;

			err_clear(&err);
			rev_now = ask_of(o.adele,
			    "SELECT rev FROM case_file WHERE uid = ?1", theirs);
			if (matrix[i].act(s) == 0)
				got = 'Y';
			else if (err.kind == ERR_REASON)
				got = 'R';
			else if (err.kind == ERR_DENIED)
				got = '-';
			else
				got = '?';
			if (got != matrix[i].want[w])
				fail_msg("%s by %s: %c, wanted %c (%s)",
				    matrix[i].name, session_user(s)->login, got,
				    matrix[i].want[w], err.text);
			/* Whoever was refused is on the record. */
			assert_int_equal(
			    ask_cases(o.adele, count_denied) - before,
			    got == '-');
		}
	}
}

static void
a_reason_opens_the_parts_but_not_identity(void **state)
{
	struct uid uid = case_of(o.amina, "Dilini Jayasuriya");
	struct safe_contact c;
	struct events events;
	struct case_file f;
	struct person p;

	(void)state;
	REFUSED(ERR_REASON,
	    case_timeline(o.sunil, uid, 0, 10, &arena, &events, &err));
	REFUSED(ERR_REASON, case_open(o.sunil, uid, " \t", &arena, &f, &err));
	OK(case_open(o.sunil, uid, "weekly review", &arena, &f, &err));
	OK(case_timeline(o.sunil, uid, 0, 10, &arena, &events, &err));
	REFUSED(
	    ERR_REASON, person_open(o.sunil, uid, "", &arena, &p, &c, &err));
	assert_int_equal(
	    ask_of(o.adele,
		"SELECT count(*) FROM audit WHERE case_uid = ?1 "
		"AND action = 'case.open' AND reason = 'weekly review'",
		uid),
	    1);
}

static void
nobodys_case_needs_no_reason_to_be_taken(void **state)
{
	struct case_file f;
	char code[CODE_SIZE];
	struct sample one;
	int64_t rev;

	(void)state;
	sample_make(&one, "Kumari Bandara", "");
	one.in.assign_to_me = false;
	OK(intake_save(o.amina, &one.in, code, &err));
	OK(case_open(o.zoya, one.in.case_uid, NULL, &arena, &f, &err));
	assert_true(uid_null(&f.owner));
	assert_string_equal(f.owner_login, "");
	rev = f.rev;
	OK(case_assign(
	    o.sunil, one.in.case_uid, &rev, session_user(o.zoya)->uid, &err));
	OK(case_open(o.zoya, one.in.case_uid, NULL, &arena, &f, &err));
	assert_string_equal(f.owner_login, "zoya");
}

#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_12_curious_colleague),
		T(a_reason_opens_the_parts_but_not_identity),
		T(nobodys_case_needs_no_reason_to_be_taken),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
