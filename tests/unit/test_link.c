/* SPDX-License-Identifier: ISC */
/* Links, people met together, interests: who sees them, and who heeds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/act.h"
#include "store/agenda.h"
#include "store/link.h"
#include "store/session_inside.h"
#include "store/task.h"
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
	struct findings found;

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
	/* What two records say was written is found by who checks. */
	OK(vault_verify(o.sunil, &arena, &found, &err));
	assert_int_equal(found.bad, 0);
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

static bool
tells(struct uid c, const char *title, const char *text)
{
	struct events all;

	OK(case_timeline(o.amina, c, 0, 50, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (strncmp(all.list[i].title, title, strlen(title)) == 0 &&
		    strcmp(all.list[i].text, text) == 0)
			return true;
	return false;
}

/* A wrong code put somebody among people they never met. */
static void
who_was_not_there_is_taken_out(void **state)
{
	static const char logged[] =
	    "SELECT count(*) FROM audit WHERE case_uid = ?1 AND wrote = 1"
	    " AND action = 'group.leave' AND reason = 'the code was misread'";
	struct uid a = case_of(o.amina, "Four Example"),
		   b = case_of(o.amina, "Five Example"), leave = uid_new();
	const struct group_event g = { .uid = uid_new(),
		.on = { 2026, 11, 21, DATE_DAY },
		.area = "the harbour",
		.words = "" };
	const char *why = "the code was misread", *code = code_of(o.amina, a);
	struct findings found;

	(void)state;
	OK(group_add(o.sunil, a, &g, &err));
	OK(group_join(o.sunil, b, uid_new(), code, "was there", &err));
	assert_true(
	    tells(b, "Met together with others: 21 Nov 2026", "was there"));
	REFUSED(ERR_INPUT, group_leave(o.sunil, b, g.uid, leave, " ", &err));
	REFUSED(ERR_DENIED, group_leave(o.amina, b, g.uid, leave, why, &err));
	REFUSED(ERR_DENIED, group_leave(sumi, b, g.uid, leave, why, &err));
	REFUSED(ERR_NOT_FOUND,
	    group_leave(o.sunil, b, uid_new(), leave, why, &err));
	OK(group_leave(o.sunil, b, g.uid, leave, why, &err));
	/* A retry, or a colleague who did it too. */
	OK(group_leave(o.sunil, b, g.uid, leave, why, &err));
	OK(group_leave(o.sunil, b, g.uid, uid_new(), why, &err));
	assert_int_equal(seen(o.sunil, b).n_groups, 0);
	assert_int_equal(seen(o.sunil, a).n_groups, 1);
	assert_int_equal(seen(o.sunil, a).groups[0].n_codes, 0);
	/* The occasion that they were in stays told, and who took them out. */
	assert_int_equal(ask_of(o.amina, logged, b), 1);
	assert_true(tells(b, "Taken out of an occasion: 21 Nov 2026", why));
	assert_true(
	    tells(b, "Met together with others: 21 Nov 2026", "was there"));
	assert_false(tells(a, "Taken out of an occasion", why));
	OK(vault_verify(o.sunil, &arena, &found, &err));
	assert_int_equal(found.bad, 0);
	/* And in again, where that was the mistake. */
	OK(group_join(
	    o.sunil, b, uid_new(), code, "was there after all", &err));
	assert_int_equal(seen(o.sunil, b).n_groups, 1);
	assert_int_equal(seen(o.sunil, a).groups[0].n_codes, 1);
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
	REFUSED(ERR_INPUT, case_assign(o.sunil, c, &rev,
			       session_user(o.zoya)->uid, &arena, NULL, &err));
	assert_non_null(strstr(err.text, "marked"));
	/* Neither a caseworker nor who is marked sees the mark. */
	assert_int_equal(seen(o.amina, c).n_marks, 0);
	l = seen(o.sunil, c);
	assert_int_equal(l.n_marks, 1);
	assert_string_equal(l.marks[0].code, "zoya");
	OK(conflict_mark_lift(
	    o.sunil, c, m.uid, uid_new(), "was another person", &err));
	assert_int_equal(seen(o.sunil, c).n_marks, 0);
	OK(case_assign(
	    o.sunil, c, &rev, session_user(o.zoya)->uid, &arena, NULL, &err));
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

/* --- nobody is told that they are marked ---------------------------------------- */
static size_t
changes_seen(struct session *s)
{
	struct agenda_changes c;

	OK(agenda_changes(s, &arena, &c, &err));
	return c.n;
}

static bool
waits(struct session *s, const struct uid *object, const char *kind)
{
	struct agenda_page page;

	OK(agenda_page(
	    s, AGENDA_DECIDE, 0, INT64_MAX, NULL, 200, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		if (uid_eq(&page.rows[i].object, object))
			return strcmp(page.rows[i].kind, kind) == 0;
	return false;
}

static bool
decides(struct session *s, const struct uid *object)
{
	return waits(s, object, "find-worker");
}

static bool
listed(struct session *s, struct uid c)
{
	struct task_lines all;

	OK(task_list(s, c, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].kind, "find-worker") == 0)
			return true;
	return false;
}

static bool
logged(struct session *s, struct uid c)
{
	struct access_log log;

	session_set_purpose(s, &c, "who was here");
	OK(case_access_log(s, c, 100, &arena, &log, &err));
	for (size_t i = 0; i < log.n; i++)
		if (strcmp(log.list[i].action, "conflict.mark") == 0)
			return true;
	return false;
}

/* Row 12: the worker whom a mark is about learns of it nowhere; whoever made it
 * is asked to find somebody else. */
static void
harm_12_a_marked_worker_is_not_told(void **state)
{
	struct uid c = case_of(o.zoya, "Imesha Example");
	struct conflict_mark m = a_mark(c, "staff", "zoya");
	struct case_file f;
	size_t before;

	(void)state;
	OK(agenda_seen(o.zoya, &err));
	(void)code_of(o.zoya, c);
	before = changes_seen(o.zoya);
	OK(conflict_mark_add(o.sunil, &m, &err));
	assert_int_equal(changes_seen(o.zoya), before);
	OK(case_open(o.zoya, c, "", &arena, &f, &err));
	assert_int_equal(f.changes_since, 0);
	assert_false(listed(o.zoya, c));
	assert_false(decides(o.zoya, &m.uid));
	assert_int_equal(seen(o.zoya, c).n_marks, 0);
	/* Whoever marked them has it to do, until somebody else has the case. */
	assert_true(decides(o.sunil, &m.uid));
	OK(case_open(o.sunil, c, "to hand it on", &arena, &f, &err));
	assert_true(listed(o.sunil, c));
	OK(case_assign(o.sunil, c, &f.rev, session_user(o.amina)->uid, &arena,
	    NULL, &err));
	assert_false(decides(o.sunil, &m.uid));
	OK(case_open(o.sunil, c, "to hand it on", &arena, &f, &err));
	REFUSED(ERR_INPUT, case_assign(o.sunil, c, &f.rev,
			       session_user(o.zoya)->uid, &arena, NULL, &err));
}

/* Nor whoever offers them a case, where marks are not theirs to see. */
static void
harm_12_an_offer_tells_no_mark(void **state)
{
	struct uid c = case_of(o.amina, "Yasodha Example");
	struct conflict_mark m = a_mark(c, "staff", "zoya");
	struct request r = { .uid = uid_new(),
		.case_uid = c,
		.to_user = session_user(o.zoya)->uid,
		.reason = "speaks the language" };

	(void)state;
	OK(conflict_mark_add(o.sunil, &m, &err));
	REFUSED(ERR_INPUT, transfer_ask(o.amina, &r, &err));
	assert_null(strstr(err.text, "mark"));
}

/* Offered to them before they were marked: it waits for those who decide, and
 * they read no reason of it. */
static void
harm_12_who_is_marked_since_is_offered_nothing(void **state)
{
	struct uid c = case_of(o.amina, "Ruwani Example");
	struct conflict_mark m = a_mark(c, "staff", "zoya");
	struct request got, r = { .uid = uid_new(),
		.case_uid = c,
		.to_user = session_user(o.zoya)->uid,
		.reason = "speaks the language" };

	(void)state;
	OK(transfer_ask(o.amina, &r, &err));
	assert_true(waits(o.zoya, &r.uid, "transfer"));
	OK(request_open(o.zoya, c, r.uid, &arena, &got, &err));
	OK(conflict_mark_add(o.sunil, &m, &err));
	assert_false(waits(o.zoya, &r.uid, "transfer"));
	assert_int_equal(
	    request_open(o.zoya, c, r.uid, &arena, &got, &err), -1);
	assert_true(waits(o.sunil, &r.uid, "transfer"));
	OK(request_answer(o.sunil, c, r.uid, ANSWER_TAKE_BACK, "", 0, 0, &err));
	assert_false(waits(o.sunil, &r.uid, "transfer"));
}

/* Their own word is no secret; a mark taken away leaves nothing to do. */
static void
a_mark_of_oneself_waits_for_who_decides(void **state)
{
	struct uid c = case_of(o.sunil, "Anoma Example");
	struct conflict_mark m = a_mark(c, "staff", "sunil");

	(void)state;
	OK(conflict_mark_add(o.sunil, &m, &err));
	assert_true(decides(o.sunil, &m.uid));
	OK(conflict_mark_lift(o.sunil, c, m.uid, uid_new(), "a mistake", &err));
	assert_false(decides(o.sunil, &m.uid));
}

/* A marked supervisor is no second person, neither for a sending nor for a
 * closing, and is told no reason. */
static void
harm_12_a_marked_colleague_is_no_second_person(void **state)
{
	struct session *head =
	    vault_kit_user(&o.kit, "harini", ROLE_SUPERVISOR, "branch-1");
	struct uid c = case_of(o.amina, "Madhavi Example");
	struct conflict_mark m = a_mark(c, "staff", "harini");
	struct act t = { .uid = uid_new(),
		.case_uid = c,
		.reason = "life",
		.recipient = "police",
		.purpose = "protection",
		.scope = data_scope_bit(DATA_NEEDS),
		.words = "two men wait at the door",
		.legal_ref = "threat-to-life",
		.told = "yes",
		.told_why = "" };
	struct closing_sample closing;
	struct request got;
	struct case_file f;
	bool closed;

	(void)state;
	o.kit.society->closing.approval = true;
	OK(conflict_mark_add(o.sunil, &m, &err));
	OK(act_ask(o.amina, &t, &err));
	REFUSED(ERR_SECOND,
	    act_decide(head, c, t.uid, uid_new(), true, "yes", &err));
	assert_null(strstr(err.text, "mark"));
	assert_null(strstr(err.text, "interest"));
	OK(case_open(o.amina, c, "", &arena, &f, &err));
	closing_make(&closing, c, "goals_met", "content with it");
	closing.r.lines = closing.lines;
	OK(case_close(o.amina, &f.rev, &closing.r, &closed, &err));
	(void)code_of(head, c);
	OK(request_open(head, c, closing.r.uid, &arena, &got, &err));
	assert_false(got.may_answer);
	REFUSED(ERR_DENIED, request_answer(head, c, closing.r.uid,
				ANSWER_ACCEPT, "", got.rev, 0, &err));
	assert_false(logged(head, c));
	assert_true(logged(o.sunil, c));
	OK(act_decide(o.sunil, c, t.uid, uid_new(), true, "yes", &err));
	o.kit.society->closing.approval = false;
}

/* Nobody's yes is interpreted by whoever has an interest in it. */
static void
harm_12_a_marked_interpreter_interprets_no_yes(void **state)
{
	struct uid c = case_of(o.amina, "Sewmini Example");
	struct conflict_mark m = a_mark(c, "interpreter", "I7");
	struct consent yes = release_of(c);

	(void)state;
	OK(conflict_mark_add(o.sunil, &m, &err));
	yes.interpreter = "independent";
	yes.interpreter_code = "i7 ";
	REFUSED(ERR_INPUT, consent_add(o.amina, &yes, &err));
	assert_null(strstr(err.text, "mark"));
	assert_null(strstr(err.text, "interest"));
	yes.interpreter_code = "I8";
	OK(consent_add(o.amina, &yes, &err));
	/* A no is respected whoever passes it on. */
	yes.uid = uid_new();
	yes.given_at = clock_now();
	yes.decision = "no";
	yes.interpreter_code = "I7";
	OK(consent_add(o.amina, &yes, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, each, each_done)
		TEST(links_two_cases_both_ways),
		TEST(people_met_together),
		TEST(who_was_not_there_is_taken_out),
		TEST(a_marked_colleague_is_not_given_the_case),
		TEST(nothing_goes_to_a_marked_organisation),
		TEST(harm_20_there_is_no_register_of_people),
		TEST(harm_12_a_marked_worker_is_not_told),
		TEST(harm_12_an_offer_tells_no_mark),
		TEST(harm_12_who_is_marked_since_is_offered_nothing),
		TEST(a_mark_of_oneself_waits_for_who_decides),
		TEST(harm_12_a_marked_colleague_is_no_second_person),
		TEST(harm_12_a_marked_interpreter_interprets_no_yes),
		TEST(harm_12_a_link_is_seen_by_who_may_open_both),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
