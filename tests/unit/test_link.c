/* SPDX-License-Identifier: ISC */
/* Links, people met together, interests: who sees them, and who heeds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/link.h"
#include "store/session_inside.h"
#include "../lib/case_kit.h"

static struct office o;
static struct arena arena;
static struct err err;
static struct session *sumi; /* supervisor of branch-2 */

static int
setup(void **state)
{
	(void)state;
	office_open(&o);
	sumi = vault_kit_user(&o.kit, "sumi", ROLE_SUPERVISOR, "branch-2");
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
	assert_true(session_idle(o.sunil));
	arena_done(&arena);
	return 0;
}

static const char *
code_of(struct session *s, struct uid c)
{
	struct case_file f;

	OK(case_open(s, c, "to link it", &arena, &f, &err));
	return arena_str(&arena, f.code);
}

static struct links
seen(struct session *s, struct uid c)
{
	struct links l = { .n = 0 };

	OK(links_open(s, c, "to look", &arena, &l, &err));
	return l;
}

static void
links_two_cases_both_ways(void **state)
{
	struct uid a = case_of(o.amina, "Elin Example"),
		   b = case_of(o.amina, "Tove Example"), link = uid_new();
	const char *code = code_of(o.amina, b);

	(void)state;
	REFUSED(
	    ERR_DENIED, link_add(o.amina, a, link, code, "same house", &err));
	REFUSED(ERR_INPUT, link_add(o.sunil, a, link, code, " ", &err));
	REFUSED(ERR_INPUT,
	    link_add(o.sunil, a, link, "7KQ-M4X-A", "same house", &err));
	REFUSED(ERR_INPUT,
	    link_add(o.sunil, a, link, code_of(o.amina, a), "same", &err));
	OK(link_add(o.sunil, a, link, code, "same house", &err));
	OK(link_add(o.sunil, a, link, code, "same house", &err));
	OK(link_add(o.sunil, b, uid_new(), code_of(o.amina, a), "too", &err));
	assert_int_equal(seen(o.amina, a).n, 1);
	assert_string_equal(seen(o.amina, a).list[0].code, code);
	assert_int_equal(seen(o.amina, b).n, 1);
	/* Both records say that they were written to. */
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM audit WHERE case_uid = ?1"
			     " AND action = 'link.add' AND wrote = 1"
			     " AND outcome = 'done'",
			     b),
	    1);
	OK(link_end(o.sunil, b, link, "a mistake", &err));
	assert_int_equal(seen(o.amina, a).n, 0);
	assert_int_equal(seen(o.amina, b).n, 0);
	OK(link_end(o.sunil, b, link, "a mistake", &err));
	REFUSED(
	    ERR_NOT_FOUND, link_end(o.sunil, a, uid_new(), "no such", &err));
}

/* Row 12: a link shows a case to nobody who may not open that case. */
static void
harm_12_a_link_is_seen_by_who_may_open_both(void **state)
{
	struct uid here = case_of(o.amina, "Nur Example"),
		   there = case_of(o.bilal, "Far Example");
	struct uid beside = case_of(o.amina, "Near Example");
	const char *far = code_of(o.bilal, there);
	struct links l = { .n = 0 };
	char hex[33];

	(void)state;
	/* Not even that the other case is there is told. */
	REFUSED(ERR_NOT_FOUND,
	    link_add(o.sunil, here, uid_new(), far, "same agent", &err));
	REFUSED(ERR_NOT_FOUND,
	    group_join(o.sunil, here, uid_new(), far, "same day", &err));
	OK(link_add(o.sunil, here, uid_new(), code_of(o.amina, beside),
	    "same agent", &err));
	assert_int_equal(seen(o.amina, here).n, 1);
	assert_int_equal(seen(o.sunil, here).n, 1);
	/* The other case goes to another branch: here the link is gone, and
	 * whoever may open only the other sees none either. */
	uid_hex(&beside, hex);
	db_unfence(&o.amina->cases);
	assert_int_equal(
	    sqlite3_exec(o.amina->cases.h,
		arena_printf(&arena,
		    "UPDATE case_file SET branch = 'branch-2', owner = NULL"
		    " WHERE uid = x'%s'",
		    hex),
		NULL, NULL, NULL),
	    SQLITE_OK);
	db_fence(&o.amina->cases);
	assert_int_equal(seen(o.amina, here).n, 0);
	assert_int_equal(seen(o.sunil, here).n, 0);
	assert_int_equal(seen(sumi, beside).n, 0);
	assert_int_equal(seen(o.bilal, beside).n, 0);
	REFUSED(ERR_REASON, links_open(o.cora, here, "", &arena, &l, &err));
	REFUSED(ERR_DENIED, links_open(o.adele, here, "", &arena, &l, &err));
}

static void
people_met_together(void **state)
{
	struct uid a = case_of(o.amina, "One Example"),
		   b = case_of(o.amina, "Two Example"),
		   c = case_of(o.amina, "Three Example");
	struct group_event g = { .uid = uid_new(),
		.on = { 2026, 11, 20, DATE_DAY },
		.area = "",
		.words = "thirty people at one farm" };
	struct links l;

	(void)state;
	REFUSED(ERR_INPUT, group_add(o.sunil, a, &g, &err));
	g.area = "northern district";
	REFUSED(ERR_DENIED, group_add(o.amina, a, &g, &err));
	OK(group_add(o.sunil, a, &g, &err));
	OK(group_add(o.sunil, a, &g, &err));
	REFUSED(ERR_NOT_FOUND,
	    group_join(o.sunil, b, uid_new(), code_of(o.amina, c), "x", &err));
	OK(group_join(
	    o.sunil, b, uid_new(), code_of(o.amina, a), "was there", &err));
	l = seen(o.amina, a);
	assert_int_equal(l.n_groups, 1);
	assert_int_equal(l.groups[0].n_codes, 1);
	assert_string_equal(l.groups[0].codes[0], code_of(o.amina, b));
	assert_int_equal(seen(o.amina, c).n_groups, 0);
}

/* --- interests --------------------------------------------------------------------------- */

static struct conflict_mark
a_mark(struct uid c, const char *who, const char *code)
{
	return (struct conflict_mark){ .uid = uid_new(),
		.case_uid = c,
		.who = who,
		.code = code,
		.reason = "related to the employer" };
}

static void
a_marked_colleague_is_not_given_the_case(void **state)
{
	struct uid c = case_of(o.amina, "Kin Example");
	struct conflict_mark m = a_mark(c, "staff", "zoya");
	struct case_file f;
	struct links l;
	int64_t rev;

	(void)state;
	REFUSED(ERR_DENIED, conflict_mark_add(o.amina, &m, &err));
	OK(conflict_mark_add(o.sunil, &m, &err));
	OK(conflict_mark_add(o.sunil, &m, &err));
	OK(case_open(o.sunil, c, "to assign", &arena, &f, &err));
	rev = f.rev;
	REFUSED(ERR_INPUT,
	    case_assign(o.sunil, c, &rev, session_user(o.zoya)->uid, &err));
	assert_non_null(strstr(err.text, "marked"));
	/* Neither a caseworker nor who is marked sees the mark. */
	assert_int_equal(seen(o.amina, c).n_marks, 0);
	l = seen(o.sunil, c);
	assert_int_equal(l.n_marks, 1);
	assert_string_equal(l.marks[0].code, "zoya");
	OK(conflict_mark_lift(
	    o.sunil, c, m.uid, uid_new(), "was another person", &err));
	assert_int_equal(seen(o.sunil, c).n_marks, 0);
	OK(case_assign(o.sunil, c, &rev, session_user(o.zoya)->uid, &err));
	m = a_mark(c, "staff", "nobody");
	REFUSED(ERR_INPUT, conflict_mark_add(o.sunil, &m, &err));
	m = a_mark(c, "exploiter", "x");
	REFUSED(ERR_INPUT, conflict_mark_add(o.sunil, &m, &err));
	m = a_mark(c, "interpreter", "I-7");
	m.reason = "";
	REFUSED(ERR_INPUT, conflict_mark_add(o.sunil, &m, &err));
	REFUSED(ERR_NOT_FOUND, conflict_mark_lift(o.sunil, c, uid_new(),
				   uid_new(), "no such", &err));
}

static void
nothing_goes_to_a_marked_organisation(void **state)
{
	struct uid c = case_of(o.amina, "Ola Example");
	struct consent yes = release_of(c);
	struct conflict_mark m = a_mark(c, "provider", "legal-partner");
	struct preview p = { .n = 0 };

	(void)state;
	OK(consent_add(o.amina, &yes, &err));
	OK(consent_preview(o.amina, c, yes.uid, &arena, &p, &err));
	assert_string_equal(p.why, "");
	OK(conflict_mark_add(o.sunil, &m, &err));
	OK(consent_preview(o.amina, c, yes.uid, &arena, &p, &err));
	assert_string_not_equal(p.why, "");
	for (size_t i = 0; i < p.n; i++)
		assert_false(p.list[i].released);
	m = a_mark(c, "provider", "no-such");
	REFUSED(ERR_INPUT, conflict_mark_add(o.sunil, &m, &err));
}

/* Row 20, and field guide 3.8: no column of cases.db names who exploits, and
 * none says for ever what somebody is. */
static void
harm_20_there_is_no_register_of_people(void **state)
{
	static const char *const none[] = { "%exploit%", "%perpetr%",
		"%offend%", "%victim%", "%traffick%" };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		const char *sql = arena_printf(&arena,
		    "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
		    " AND sql LIKE '%s'",
		    none[i]);

		assert_int_equal(ask_cases(o.amina, sql), 0);
		assert_int_equal(ask_identity(o.amina, sql), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, each, each_done)
		TEST(links_two_cases_both_ways),
		TEST(people_met_together),
		TEST(a_marked_colleague_is_not_given_the_case),
		TEST(nothing_goes_to_a_marked_organisation),
		TEST(harm_20_there_is_no_register_of_people),
		TEST(harm_12_a_link_is_seen_by_who_may_open_both),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
