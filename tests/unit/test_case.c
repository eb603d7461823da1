/* SPDX-License-Identifier: ISC */
/* A case: opening, changing, handing on, closing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/session_inside.h"
#include "office_kit.h"

static struct case_file
read_case(struct session *s, struct uid uid)
{
	struct case_file f;

	OK(case_open(s, uid, "to look after it", &arena, &f, &err));
	return f;
}

static int
change_one(struct session *s, struct uid uid, int64_t *rev, const char *field,
    const char *value, struct conflicts *c)
{
	return case_change(s, uid, rev,
	    (const struct change[]){ { field, value } }, 1, &arena, c, &err);
}

/* --- opening ------------------------------------------------------------------------------ */

static void
opens_what_intake_wrote(void **state)
{
	struct uid uid = case_of(o.amina, "Sitha Perera");
	struct case_file f;

	(void)state;
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_true(uid_eq(&f.uid, &uid));
	assert_int_equal(strlen(f.code), CODE_SIZE - 1);
	assert_false(uid_null(&f.person));
	assert_false(f.anonymous);
	assert_string_equal(f.owner_login, "amina");
	assert_string_equal(f.branch, "branch-1");
	assert_int_equal(f.risk, 1);
	assert_int_equal(f.risk_first, 1);
	assert_string_equal(f.risk_reason, "threats by telephone");
	assert_string_equal(f.risk_by, "amina");
	assert_string_equal(f.sex, "f");
	assert_string_equal(f.age_band, "25-39");
	assert_string_equal(f.may_be_child, "no");
	assert_string_equal(f.wants, "a safe place tonight");
	assert_false(f.urgent);
	assert_false(f.closed);
	assert_string_equal(f.may_contact, "only_if");
	assert_false(f.stop_contact);
	assert_true(f.contact_verified_at > 0);
	assert_string_equal(f.work_together, "yes");
	assert_true(f.work_together_until > f.work_together_at);
	assert_int_equal(f.screenings, 0);
	assert_string_equal(f.screening_outcome, "");
	assert_string_equal(f.stage, "engaged");
	assert_string_equal(f.next, "follow-up");
	assert_string_equal(f.promised, "");
	assert_int_equal(f.n_flags, 0);
	assert_true(f.last_seen_by_me == 0);
}

static void
says_what_changed_since(void **state)
{
	struct uid uid = case_of(o.amina, "Ruwani Silva");
	struct case_file f = read_case(o.sunil, uid);
	int64_t rev = f.rev;

	(void)state;
	assert_true(f.last_seen_by_me == 0);
	assert_int_equal(f.changes_since, 0);
	OK(change_one(o.amina, uid, &rev, "wants", "a doctor", NULL));
	OK(change_one(o.amina, uid, &rev, "wants", "a doctor first", NULL));
	f = read_case(o.sunil, uid);
	assert_true(f.last_seen_by_me > 0);
	assert_int_equal(f.changes_since, 2);
	/* One's own changes are no news. */
	f = read_case(o.amina, uid);
	assert_int_equal(f.changes_since, 0);
}

static void
not_found(void **state)
{
	struct case_file f;

	(void)state;
	REFUSED(ERR_NOT_FOUND,
	    case_open(o.amina, uid_new(), NULL, &arena, &f, &err));
}

/* --- changing ------------------------------------------------------------------------------- */

static void
changes_and_keeps_history(void **state)
{
	struct uid uid = case_of(o.amina, "Nadeesha Gunawardena");
	struct case_file f = read_case(o.amina, uid);
	const struct change both[] = { { "language", "fr" },
		{ "may_be_child", "unsure" } };
	struct field_changes h;
	int64_t rev = f.rev;

	(void)state;
	OK(case_change(o.amina, uid, &rev, both, 2, &arena, NULL, &err));
	assert_int_equal(rev, f.rev + 1);
	f = read_case(o.amina, uid);
	assert_int_equal(f.rev, rev);
	assert_string_equal(f.language, "fr");
	assert_string_equal(f.may_be_child, "unsure");
	OK(case_history(o.amina, uid, &arena, &h, &err));
	assert_int_equal(h.n, 2);
	for (size_t i = 0; i < h.n; i++) {
		assert_string_equal(h.list[i].by, "amina");
		if (strcmp(h.list[i].field, "language") != 0)
			continue;
		assert_string_equal(h.list[i].before, "en");
		assert_string_equal(h.list[i].after, "fr");
	}
	/* The same once more is no change. */
	OK(case_change(o.amina, uid, &rev, both, 2, &arena, NULL, &err));
	OK(case_history(o.amina, uid, &arena, &h, &err));
	assert_int_equal(h.n, 2);
}

static void
merges_other_fields_and_shows_conflicts(void **state)
{
	struct uid uid = case_of(o.amina, "Tharushi Silva");
	int64_t mine = read_case(o.amina, uid).rev, theirs_rev = mine;
	const struct change many[] = { { "language", "ar" },
		{ "wants", "go home" }, { "sex", "x" } };
	struct conflicts c = { .n = 0 };
	struct case_file f;

	(void)state;
	OK(change_one(o.sunil, uid, &theirs_rev, "language", "es", NULL));
	OK(change_one(o.sunil, uid, &theirs_rev, "wants", "a lawyer", NULL));
	/* Another field: both stay. */
	OK(change_one(o.amina, uid, &mine, "sex", "u", &c));
	assert_int_equal(c.n, 0);
	/* The same fields: nothing is written, each is shown. */
	mine = theirs_rev - 2;
	REFUSED(ERR_CONFLICT,
	    case_change(o.amina, uid, &mine, many, 3, &arena, &c, &err));
	assert_int_equal(mine, theirs_rev - 2);
	assert_true(c.n >= 2);
	for (size_t i = 0; i < c.n; i++) {
		if (strcmp(c.list[i].field, "sex") == 0)
			continue;
		assert_string_equal(c.list[i].by, "sunil");
		if (strcmp(c.list[i].field, "language") == 0) {
			assert_string_equal(c.list[i].mine, "ar");
			assert_string_equal(c.list[i].theirs, "es");
		} else {
			assert_string_equal(c.list[i].field, "wants");
			assert_string_equal(c.list[i].mine, "go home");
			assert_string_equal(c.list[i].theirs, "a lawyer");
		}
	}
	f = read_case(o.amina, uid);
	assert_string_equal(f.language, "es");
	assert_string_equal(f.sex, "u");
	/* Decided: based on the version that was shown. */
	mine = c.rev;
	OK(case_change(o.amina, uid, &mine, many, 3, &arena, &c, &err));
	f = read_case(o.amina, uid);
	assert_string_equal(f.language, "ar");
	assert_string_equal(f.wants, "go home");
}

static void
refuses_what_does_not_fit(void **state)
{
	static const struct {
		const char *field, *value;
		enum err_kind kind;
	} bad[] = {
		{ "code", "7KQ-M4X-T", ERR_INPUT },
		{ "person", "", ERR_INPUT },
		{ "closed_at", "1", ERR_INPUT },
		{ "risk_first", "low", ERR_DENIED },
		{ "no_such", "x", ERR_INPUT },
		{ "risk", "terrible", ERR_INPUT },
		{ "risk_reason", " ", ERR_INPUT },
		{ "urgent", "perhaps", ERR_INPUT },
		{ "may_be_child", "perhaps", ERR_INPUT },
		{ "owner", "amina", ERR_INPUT },
		{ "owner", "00112233445566778899aabbccddeeff", ERR_INPUT },
		{ "next_due", "soon", ERR_INPUT },
	};
	struct uid uid = case_of(o.amina, "Anjali Nadarajah");
	int64_t rev = read_case(o.amina, uid).rev, was = rev;
	char *big = arena_alloc(&arena, 4100, 1);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err_clear(&err);
		assert_int_equal(change_one(o.amina, uid, &rev, bad[i].field,
				     bad[i].value, NULL),
		    -1);
		if (err.kind != bad[i].kind && err.kind != ERR_INPUT)
			fail_msg("%s: %d %s", bad[i].field, err.kind, err.text);
	}
	memset(big, 'a', 4001);
	REFUSED(ERR_INPUT, change_one(o.amina, uid, &rev, "wants", big, NULL));
	assert_non_null(strstr(err.text, "4000"));
	big[4000] = '\0';
	OK(change_one(o.amina, uid, &rev, "wants", big, NULL));
	assert_int_equal(rev, was + 1);
}

static void
cleans_text_on_the_way_in(void **state)
{
	struct uid uid = case_of(o.amina, "Meena Rajan");
	int64_t rev = read_case(o.amina, uid).rev;

	(void)state;
	/* Escape, a bidi override, a C1 control, a decomposed e-acute. */
	OK(change_one(o.amina, uid, &rev, "wants",
	    "go \033[2Jhome\xe2\x80\xae now\xc2\x9b e\xcc\x81t\xc3\xa9", NULL));
	assert_string_equal(
	    read_case(o.amina, uid).wants, "go [2Jhome now \xc3\xa9t\xc3\xa9");
}

/* --- worker and risk ------------------------------------------------------------------------- */

static void
hands_a_case_on(void **state)
{
	struct uid uid = case_of(o.amina, "Chamari Dias");
	int64_t rev = read_case(o.amina, uid).rev;
	struct case_file f;

	(void)state;
	OK(case_assign(
	    o.sunil, uid, &rev, session_user(o.zoya)->uid, &arena, NULL, &err));
	f = read_case(o.zoya, uid);
	assert_string_equal(f.owner_login, "zoya");
	assert_int_equal(f.rev, rev);
	REFUSED(
	    ERR_DENIED, change_one(o.amina, uid, &rev, "language", "fr", NULL));
	/* Whose it is, and that the words stay. */
	assert_non_null(strstr(err.text, "with zoya"));
	assert_non_null(strstr(err.text, "not lost"));
	REFUSED(
	    ERR_DENIED, change_one(o.adele, uid, &rev, "language", "fr", NULL));
	assert_null(strstr(err.text, "zoya"));
	/* Of a sealed one, that is not said either. */
	OK(db_exec(&o.sunil->cases,
	    "UPDATE case_file SET sealed = 1 WHERE uid = ?1",
	    VALS(v_uid0(&uid)), NULL, &err));
	REFUSED(
	    ERR_DENIED, change_one(o.bilal, uid, &rev, "language", "fr", NULL));
	assert_null(strstr(err.text, "zoya"));
	OK(db_exec(&o.sunil->cases,
	    "UPDATE case_file SET sealed = 0 WHERE uid = ?1",
	    VALS(v_uid0(&uid)), NULL, &err));
	REFUSED(
	    ERR_DENIED, change_one(o.bilal, uid, &rev, "language", "fr", NULL));
	assert_non_null(strstr(err.text, "with zoya"));
	OK(case_assign(
	    o.sunil, uid, &rev, (struct uid){ { 0 } }, &arena, NULL, &err));
	REFUSED(
	    ERR_DENIED, change_one(o.bilal, uid, &rev, "language", "fr", NULL));
	assert_non_null(strstr(err.text, "No worker has this case"));
	assert_string_equal(read_case(o.sunil, uid).owner_login, "");
	/* Not to somebody who could not open it, nor to nobody known. */
	REFUSED(ERR_INPUT, case_assign(o.sunil, uid, &rev,
			       session_user(o.adele)->uid, &arena, NULL, &err));
	REFUSED(ERR_INPUT, case_assign(o.sunil, uid, &rev,
			       session_user(o.audra)->uid, &arena, NULL, &err));
	REFUSED(ERR_INPUT,
	    case_assign(o.sunil, uid, &rev, uid_new(), &arena, NULL, &err));
	assert_string_equal(read_case(o.sunil, uid).owner_login, "");
}

static void
keeps_the_first_risk_and_every_reason(void **state)
{
	struct uid uid = case_of(o.amina, "Selvi Kandasamy");
	int64_t rev = read_case(o.amina, uid).rev;
	struct case_file f;

	(void)state;
	OK(case_set_risk(
	    o.amina, uid, &rev, 0, "seen near the house", &arena, NULL, &err));
	OK(case_set_risk(
	    o.amina, uid, &rev, 2, "moved away", &arena, NULL, &err));
	/* A retry is no second judgement. */
	OK(case_set_risk(
	    o.amina, uid, &rev, 2, "moved away", &arena, NULL, &err));
	f = read_case(o.amina, uid);
	assert_int_equal(f.risk, 2);
	assert_int_equal(f.risk_first, 1);
	assert_string_equal(f.risk_reason, "moved away");
	assert_int_equal(f.rev, rev);
	assert_int_equal(
	    ask_of(o.amina,
		"SELECT count(*) FROM risk_history WHERE case_uid = ?1", uid),
	    3);
	REFUSED(ERR_INPUT,
	    case_set_risk(o.amina, uid, &rev, 1, "  ", &arena, NULL, &err));
	REFUSED(ERR_INPUT,
	    case_set_risk(o.amina, uid, &rev, -1, "x", &arena, NULL, &err));
	REFUSED(ERR_INPUT,
	    case_set_risk(o.amina, uid, &rev, 99, "x", &arena, NULL, &err));
}

static void
an_unset_risk_gets_its_first(void **state)
{
	struct uid uid;
	char code[CODE_SIZE];
	struct sample one;
	int64_t rev;

	(void)state;
	sample_make(&one, "Priya Selvam", "");
	one.in.risk = -1;
	one.in.risk_reason = "";
	OK(intake_save(o.amina, &one.in, code, &err));
	uid = one.in.case_uid;
	assert_int_equal(read_case(o.amina, uid).risk, -1);
	assert_int_equal(read_case(o.amina, uid).risk_first, -1);
	rev = read_case(o.amina, uid).rev;
	OK(case_set_risk(o.amina, uid, &rev, 3, "calm", &arena, NULL, &err));
	OK(case_set_risk(
	    o.amina, uid, &rev, 2, "less calm", &arena, NULL, &err));
	assert_int_equal(read_case(o.amina, uid).risk_first, 3);
}

/* --- closing ---------------------------------------------------------------------------------- */

static void
closes_and_opens_again(void **state)
{
	struct uid uid = case_of(o.amina, "Lakshmi Pillai");
	int64_t rev = read_case(o.amina, uid).rev, old = rev;
	struct closing_sample c;
	struct case_file f;
	bool closed;

	(void)state;
	REFUSED(ERR_INPUT, close_case(o.amina, uid, &rev, "bored", "", &err));
	REFUSED(ERR_INPUT,
	    close_case(o.amina, uid, &rev, "lost_contact", " ", &err));
	OK(change_one(o.sunil, uid, &rev, "language", "fr", NULL));
	REFUSED(ERR_CONFLICT,
	    close_case(o.amina, uid, &old, "goals_met", "", &err));
	closing_make(&c, uid, "goals_met", "all done");
	OK(case_close(o.amina, &rev, &c.r, &closed, &err));
	assert_true(closed);
	f = read_case(o.amina, uid);
	assert_true(f.closed);
	assert_string_equal(f.stage, "closed");
	assert_int_equal(f.rev, rev);
	/* A retry, and what a closed case does not take. */
	closed = false;
	OK(case_close(o.amina, &rev, &c.r, &closed, &err));
	assert_true(closed);
	REFUSED(ERR_CONFLICT,
	    close_case(o.amina, uid, &rev, "own_wish", "again", &err));
	REFUSED(
	    ERR_DENIED, change_one(o.amina, uid, &rev, "language", "es", NULL));
	OK(case_reopen(o.amina, uid, &rev, "", &err));
	OK(case_reopen(o.amina, uid, &rev, "", &err));
	REFUSED(ERR_CONFLICT, case_reopen(o.sunil, uid, &rev, "", &err));
	assert_non_null(strstr(err.text, "amina has opened"));
	f = read_case(o.amina, uid);
	assert_false(f.closed);
	assert_string_not_equal(f.stage, "closed");
	assert_int_equal(
	    ask_of(o.amina,
		"SELECT count(*) FROM case_event WHERE case_uid = ?1 "
		"AND kind IN ('closed', 'reopened')",
		uid),
	    2);
}

/* --- failures --------------------------------------------------------------------------------- */

static void
a_failed_commit_changes_nothing(void **state)
{
	static const struct {
		int code;
		enum err_kind kind;
	} faults[] = { { SQLITE_BUSY, ERR_BUSY }, { SQLITE_FULL, ERR_FULL },
		{ SQLITE_IOERR, ERR_IO } };
	struct uid uid = case_of(o.amina, "Roshan Mendis");
	struct case_file f = read_case(o.amina, uid), g = { .rev = -1 };
	int64_t rev = f.rev;

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		o.amina->fault = faults[i].code;
		REFUSED(faults[i].kind,
		    change_one(o.amina, uid, &rev, "language", "fr", NULL));
		assert_int_equal(rev, f.rev);
		o.amina->fault = faults[i].code;
		REFUSED(faults[i].kind,
		    close_case(o.amina, uid, &rev, "goals_met", "", &err));
		o.amina->fault = faults[i].code;
		REFUSED(faults[i].kind, case_set_risk(o.amina, uid, &rev, 0,
					    "x", &arena, NULL, &err));
		assert_int_equal(rev, f.rev);
	}
	/* A read whose event cannot be written shows nothing. */
	o.sunil->fault = SQLITE_FULL;
	REFUSED(ERR_FULL, case_open(o.sunil, uid, "review", &arena, &g, &err));
	assert_int_equal(g.rev, -1);
	g = read_case(o.amina, uid);
	assert_int_equal(g.rev, f.rev);
	assert_string_equal(g.language, "en");
	OK(change_one(o.amina, uid, &rev, "language", "fr", NULL));
}

/* There is nowhere to put a label on a person or a case (harm register 20):
 * what is noticed is dated, attributed and can be looked at again. */
static void
harm_20_no_label(void **state)
{
	static const char *const never[] = { "victim", "label", "status",
		"verdict", "score", "trafficked", "identified" };
	char sql[256];

	(void)state;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		(void)snprintf(sql, sizeof(sql),
		    "SELECT count(*) FROM sqlite_schema "
		    "WHERE lower(sql) LIKE '%%' || char(9) || '%s%%'",
		    never[i]);
		assert_int_equal(ask_cases(o.amina, sql), 0);
		assert_int_equal(ask_identity(o.amina, sql), 0);
	}
	/* The question itself finds columns that are there. */
	assert_int_equal(
	    ask_cases(o.amina, "SELECT count(*) FROM sqlite_schema WHERE "
			       "lower(sql) LIKE '%' || char(9) || 'outcome%' "
			       "AND name = 'screening'"),
	    1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(opens_what_intake_wrote),
		T(says_what_changed_since),
		T(not_found),
		T(changes_and_keeps_history),
		T(merges_other_fields_and_shows_conflicts),
		T(refuses_what_does_not_fit),
		T(cleans_text_on_the_way_in),
		T(hands_a_case_on),
		T(keeps_the_first_risk_and_every_reason),
		T(an_unset_risk_gets_its_first),
		T(closes_and_opens_again),
		T(a_failed_commit_changes_nothing),
		T(harm_20_no_label),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
