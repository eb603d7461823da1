/* SPDX-License-Identifier: ISC */
/* What waits, for whom; what changed; and notes between shifts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/agenda.h"
#include "store/agenda_write.h"
#include "store/bulk.h"
#include "store/followup.h"
#include "store/queue_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "store/task.h"
#include "agenda_kit.h"

static void
a_case_brings_its_tasks(void **state)
{
	struct uid uid = case_of(o.amina, "Nadeesha Alwis");
	int64_t due = clock_now() + 3 * CLOCK_DAY;
	const struct agenda_row *row;
	struct uid promised;
	struct sample until;

	(void)state;
	sample_make(&until, "", "+94 71 000 1111");
	row = find(o.amina, AGENDA_TASKS, &uid, "verify-contact");
	assert_non_null(row);
	/* High risk: after fourteen days. */
	assert_in_range(row->due - clock_now(), 13 * CLOCK_DAY, 15 * CLOCK_DAY);
	assert_int_equal(row->risk, 1);
	/* Or the day until which it was agreed. */
	until.safe.uid = uid_new();
	until.safe.verified_at = clock_now();
	until.safe.expires_at = clock_now() + 2 * CLOCK_DAY;
	OK(contact_put(o.amina, uid, &until.safe, &err));
	row = find(o.amina, AGENDA_TASKS, &uid, "verify-contact");
	assert_non_null(row);
	assert_true(row->due == until.safe.expires_at);
	assert_non_null(find(o.amina, AGENDA_TASKS, &uid, "consent-review"));
	assert_non_null(find(o.amina, AGENDA_TASKS, &uid, "follow-up"));
	promised = plan(o.amina, uid, due, true);
	row = find(o.amina, AGENDA_PROMISED, &uid, "promised");
	assert_non_null(row);
	assert_true(row->due == due);
	assert_true(uid_eq(&row->object, &promised));
	assert_null(find(o.amina, AGENDA_TASKS, &uid, "promised"));
	/* Both are in the month. */
	assert_non_null(find(o.amina, AGENDA_ALL, &uid, "promised"));
	assert_non_null(find(o.amina, AGENDA_ALL, &uid, "follow-up"));
	/* It is nobody else's; a supervisor hands out what is nobody's. */
	assert_null(find(o.sunil, AGENDA_ALL, &uid, "follow-up"));
}

/* In the case itself, which consent; to whom it lets tell stands there alone. */
static void
a_consent_to_talk_about_says_its_kind(void **state)
{
	struct uid uid = case_of(o.amina, "Nadeesha Alwis");
	struct task_lines lines;
	int together = 0;

	(void)state;
	OK(task_list(o.amina, uid, &arena, &lines, &err));
	for (size_t i = 0; i < lines.n; i++) {
		bool review = strcmp(lines.list[i].kind, "consent-review") == 0;

		together += review &&
			    strcmp(lines.list[i].consent, "work_together") == 0;
		assert_true(review || lines.list[i].consent[0] == '\0');
		assert_true(!review || lines.list[i].text[0] == '\0');
	}
	assert_int_equal(together, 1);
}

static void
it_goes_where_the_case_goes(void **state)
{
	struct uid uid = case_of(o.amina, "Kusum Jayasinghe");
	struct uid nobody = { { 0 } };
	const struct agenda_row *row;
	int64_t rev = rev_of(o.amina, uid);

	(void)state;
	OK(case_assign(o.amina, uid, &rev, nobody, &arena, NULL, &err));
	assert_null(find(o.amina, AGENDA_ALL, &uid, "follow-up"));
	row = find(o.sunil, AGENDA_TASKS, &uid, "follow-up");
	assert_non_null(row);
	assert_true(row->nobodys);
	OK(case_assign(o.sunil, uid, &rev, session_user(o.sunil)->uid, &arena,
	    NULL, &err));
	row = find(o.sunil, AGENDA_TASKS, &uid, "follow-up");
	assert_non_null(row);
	assert_false(row->nobodys);
	OK(close_case(o.sunil, uid, &rev, "goals_met", "all done", &err));
	assert_null(find(o.sunil, AGENDA_ALL, &uid, "follow-up"));
	assert_null(find(o.sunil, AGENDA_ALL, &uid, "verify-contact"));
	OK(case_reopen(o.sunil, uid, &rev, "", &err));
	assert_non_null(find(o.sunil, AGENDA_ALL, &uid, "follow-up"));
}

static void
free_tasks_are_done_once(void **state)
{
	struct uid uid = case_of(o.amina, "Padma Herath");
	const struct task_note t = { .uid = uid_new(),
		.case_uid = uid,
		.text = "ask the clinic about the appointment",
		.due = clock_now() + CLOCK_DAY };
	struct task_note bad = t, theirs = t;
	struct task_lines lines;
	bool seen = false;

	(void)state;
	bad.text = " ";
	REFUSED(ERR_INPUT, task_add(o.amina, &bad, &err));
	bad.text = t.text;
	bad.due = 0;
	REFUSED(ERR_INPUT, task_add(o.amina, &bad, &err));
	OK(task_add(o.amina, &t, &err));
	OK(task_add(o.amina, &t, &err)); /* a retry is no second one */
	OK(task_list(o.amina, uid, &arena, &lines, &err));
	for (size_t i = 0; i < lines.n; i++) {
		if (!uid_eq(&lines.list[i].object, &t.uid))
			continue;
		assert_false(seen);
		seen = true;
		assert_string_equal(lines.list[i].kind, "task");
		assert_string_equal(lines.list[i].text, t.text);
		assert_string_equal(lines.list[i].by, "amina");
	}
	assert_true(seen);
	/* One for a colleague is on the colleague's list. */
	theirs.uid = uid_new();
	theirs.for_user = session_user(o.sunil)->uid;
	OK(task_add(o.amina, &theirs, &err));
	assert_non_null(find(o.sunil, AGENDA_TASKS, &uid, "task"));
	OK(task_done(o.amina, uid, t.uid, "asked", &err));
	(void)rev_of(o.sunil, uid); /* he says why he looks, once */
	assert_null(find(o.amina, AGENDA_TASKS, &uid, "task"));
	REFUSED(ERR_CONFLICT, task_done(o.sunil, uid, t.uid, "", &err));
	assert_non_null(strstr(err.text, "amina"));
	OK(task_done(o.sunil, uid, theirs.uid, "", &err));
	assert_null(find(o.sunil, AGENDA_TASKS, &uid, "task"));
	/* Whoever may not open the case gives no tasks in it. */
	theirs.uid = uid_new();
	REFUSED(ERR_DENIED, task_add(o.bilal, &theirs, &err));
}

static void
pages_are_one_order(void **state)
{
	struct uid uid = case_of(o.amina, "Chandra Weera");
	int64_t base = clock_now() + 100 * CLOCK_DAY;
	struct agenda_page whole, page;
	struct agenda_mark mark = { .set = false };
	size_t at = 0;

	(void)state;
	for (int i = 0; i < 23; i++)
		(void)plan(
		    o.amina, uid, base + (i * 7 % 11) * CLOCK_HOUR, i % 5 == 0);
	OK(agenda_page(o.amina, AGENDA_ALL, base, base + 20 * CLOCK_HOUR, NULL,
	    200, &arena, &whole, &err));
	assert_int_equal(whole.n, 23);
	do {
		OK(agenda_page(o.amina, AGENDA_ALL, base,
		    base + 20 * CLOCK_HOUR, &mark, 4, &arena, &page, &err));
		for (size_t i = 0; i < page.n; i++, at++) {
			assert_true(uid_eq(
			    &page.rows[i].object, &whole.rows[at].object));
			assert_true(at == 0 || whole.rows[at - 1].due <=
						   whole.rows[at].due);
		}
		mark = page.last;
	} while (page.more);
	assert_int_equal(at, 23);
	REFUSED(ERR_INPUT, agenda_page(o.amina, AGENDA_ALL, 0, 1, NULL, 201,
			       &arena, &page, &err));
}

static void
counts_are_what_the_lists_hold(void **state)
{
	int64_t now = clock_now(), today = clock_day_of(now), days[42], sum = 0;
	int64_t first = clock_day_start(today - 10);
	struct agenda_sums sums;
	struct agenda_page page;

	(void)state;
	OK(agenda_sums(o.amina, &sums, &err));
	OK(agenda_page(
	    o.amina, AGENDA_TASKS, 0, now, NULL, 200, &arena, &page, &err));
	assert_int_equal(sums.overdue, page.n);
	OK(agenda_page(o.amina, AGENDA_TASKS, now, clock_day_start(today + 1),
	    NULL, 200, &arena, &page, &err));
	assert_int_equal(sums.today, page.n);
	OK(agenda_page(o.amina, AGENDA_TASKS, clock_day_start(today + 1),
	    now + 7 * CLOCK_DAY, NULL, 200, &arena, &page, &err));
	assert_int_equal(sums.week, page.n);
	OK(agenda_days(o.amina, today - 10, 42, days, &err));
	for (int i = 0; i < 42; i++)
		sum += days[i];
	OK(agenda_page(o.amina, AGENDA_ALL, first, clock_day_start(today + 32),
	    NULL, 200, &arena, &page, &err));
	assert_int_equal(sum, page.n);
	assert_true(sum > 0);
	REFUSED(ERR_INPUT, agenda_days(o.amina, 0, 63, days, &err));
}

/* Steps due at the end of this day; of the first lane there is. */
static void
add_today(int64_t n)
{
	static const char sql[] =
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < ?1) INSERT INTO agenda (case_uid, kind, object, lane,"
	    " promised, due, due_day, rank, code) SELECT randomblob(16),"
	    " 'review', zeroblob(16), (SELECT lane FROM queue WHERE"
	    " open = 1 AND uid = ?4), 0, ?2, ?3, 0, 'many' FROM n";
	struct uid uid = case_of(o.amina, "Menaka Perera");
	int64_t today = clock_day_of(clock_now());

	OK(db_exec(&o.amina->cases, sql,
	    VALS(v_int(n), v_int(clock_day_start(today + 1) - 1), v_int(today),
		v_uid0(&uid)),
	    NULL, &err));
}

/* What was not counted to its end says so. */
static void
a_count_that_was_cut_says_so(void **state)
{
	struct agenda_sums before, sums;

	(void)state;
	OK(agenda_sums(o.amina, &before, &err));
	assert_false(before.today_more);
	add_today(1000 - before.today);
	OK(agenda_sums(o.amina, &sums, &err));
	assert_int_equal(sums.today, 1000);
	assert_false(sums.today_more);
	add_today(1);
	OK(agenda_sums(o.amina, &sums, &err));
	assert_int_equal(sums.today, 1000);
	assert_true(sums.today_more);
	assert_false(sums.overdue_more || sums.week_more);
	OK(db_exec(&o.amina->cases, "DELETE FROM agenda WHERE code = 'many'",
	    NO_VALS, NULL, &err));
}

/* A page is read from the index alone, whatever the number of cases. */
static void
no_statement_sorts_or_scans(void **state)
{
	sqlite3_stmt *st = NULL, *how;
	struct buf sql;
	int seen = 0;

	(void)state;
	(void)all_of(o.amina, AGENDA_ALL);
	buf_init(&sql);
	while ((st = sqlite3_next_stmt(o.amina->cases.h, st)) != NULL) {
		if (strstr(sqlite3_sql(st), "FROM agenda WHERE lane") == NULL)
			continue;
		buf_clear(&sql);
		buf_addf(&sql, "EXPLAIN QUERY PLAN %s", sqlite3_sql(st));
		assert_int_equal(sqlite3_prepare_v2(o.amina->cases.h, sql.data,
				     -1, &how, NULL),
		    SQLITE_OK);
		while (sqlite3_step(how) == SQLITE_ROW) {
			const char *text =
			    (const char *)sqlite3_column_text(how, 3);

			if (strstr(text, "CO-ROUTINE") != NULL ||
			    strstr(text, "SCAN (subquery") != NULL)
				continue; /* of what the index gave */
			if (strstr(text, "SEARCH agenda USING COVERING INDEX "
					 "agenda_lane") == NULL)
				fail_msg("%s: %s", sqlite3_sql(st), text);
			seen++;
		}
		(void)sqlite3_finalize(how);
	}
	assert_true(seen >= 2);
	buf_done(&sql);
}

static bool
verified(const char *what)
{
	struct findings f;

	OK(vault_verify(o.kit.admin, &arena, &f, &err));
	for (size_t i = 0; i < f.n; i++)
		if (strstr(f.list[i].what, what) != NULL)
			return !f.list[i].bad;
	fail_msg("verify says nothing about %s", what);
	return false;
}

static void
spoil(const char *sql)
{
	struct tx tx;

	assert_int_equal(
	    tx_begin(&tx, o.amina,
		&(const struct tx_what){
		    .perm = PERM_QUEUE, .action = "test.spoil", .wrote = true },
		&err),
	    0);
	assert_int_equal(tx_exec(&tx, sql, NO_VALS), 0);
	assert_int_equal(tx_commit(&tx), 0);
	tx_abort(&tx);
}

static void
verify_holds_rows_against_records(void **state)
{
	static const char rows[] = "waiting tasks are not what";
	static const char counts[] = "counters of waiting tasks";
	struct uid uid = case_of(o.amina, "Mala Ranasinghe");
	struct tx tx;

	(void)state;
	assert_true(verified(rows));
	assert_true(verified(counts));
	spoil("DELETE FROM agenda WHERE kind = 'verify-contact' AND case_uid "
	      "= (SELECT max(uid) FROM case_file)");
	assert_false(verified(rows));
	assert_true(verified(counts));
	assert_int_equal(
	    tx_begin(&tx, o.amina,
		&(const struct tx_what){
		    .perm = PERM_QUEUE, .action = "test.mend", .wrote = true },
		&err),
	    0);
	assert_int_equal(queue_refresh(&tx, &uid), 0);
	assert_int_equal(tx_commit(&tx), 0);
	tx_abort(&tx);
	assert_true(verified(rows));
	spoil("UPDATE agenda_tally SET n = n + 1 WHERE day = (SELECT max(day) "
	      "FROM agenda_tally)");
	assert_false(verified(counts));
	spoil("UPDATE agenda_tally SET n = n - 1 WHERE day = (SELECT max(day) "
	      "FROM agenda_tally)");
	assert_true(verified(counts));
}

/* A vault from before there were tasks has them after the next sign-in. */
static void
an_older_vault_is_filled_at_sign_in(void **state)
{
	struct uid uid = case_of(o.amina, "Geetha Fonseka");
	struct session *again;

	(void)state;
	spoil("DELETE FROM agenda");
	spoil("DELETE FROM meta WHERE name = 'agenda'");
	assert_null(find(o.amina, AGENDA_TASKS, &uid, "follow-up"));
	again = vault_kit_sign_in(&o.kit, "amina", &err);
	assert_non_null(again);
	assert_non_null(find(again, AGENDA_TASKS, &uid, "follow-up"));
	session_end(again, SESSION_SIGNED_OUT);
	assert_true(verified("counters of waiting tasks"));
}

/* A batch's worth and more: whoever comes goes on where the last one was. */
static void
many_cases_are_counted_anew_in_turns(void **state)
{
	enum { MANY = 700 };
	static struct sample samples[MANY];
	const struct intake *in[MANY];
	struct session *own = vault_kit_sign_in(&o.kit, "amina", &err);
	int64_t before, rows;
	bool more;

	(void)state;
	assert_non_null(own);
	for (int i = 0; i < MANY; i++) {
		sample_make(&samples[i], "Nirmala Gamage", "");
		in[i] = &samples[i].in;
	}
	OK(bulk_intake(own, in, MANY, &err));
	assert_false(session_behind(own));
	before = ask_cases(own, "SELECT count(*) FROM agenda");
	spoil("DELETE FROM agenda");
	spoil("DELETE FROM meta WHERE name = 'agenda'");
	OK(agenda_catch_up(own, 0, &more, &err));
	assert_true(more);
	rows = ask_cases(own, "SELECT count(*) FROM agenda");
	assert_true(rows > 0 && rows < before);
	/* Somebody else does not begin again. */
	OK(agenda_catch_up(o.sunil, 0, &more, &err));
	assert_true(more);
	assert_true(ask_cases(own, "SELECT count(*) FROM agenda") > rows);
	OK(agenda_catch_up(own, 60000, &more, &err));
	assert_false(more);
	assert_int_equal(ask_cases(own, "SELECT count(*) FROM agenda"), before);
	OK(agenda_catch_up(o.sunil, 0, &more, &err));
	assert_false(more);
	assert_true(verified("counters of waiting tasks"));
	session_end(own, SESSION_SIGNED_OUT);
}

/* --- what others did --------------------------------------------------------- */
static const struct agenda_change *
changed(struct session *s, const struct uid *uid)
{
	struct agenda_changes c;

	OK(agenda_changes(s, &arena, &c, &err));
	for (size_t i = 0; i < c.n; i++)
		if (uid_eq(&c.list[i].case_uid, uid))
			return &c.list[i];
	return NULL;
}

static void
note(struct session *s, struct uid uid)
{
	const struct note n = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "fact",
		.text = "came by" };

	OK(note_add(s, &n, &err));
}

static void
what_changed_since_i_looked(void **state)
{
	struct uid uid = case_of(o.amina, "Anoma Dias");
	const struct agenda_change *c;
	struct case_file f;

	(void)state;
	OK(agenda_seen(o.amina, &err));
	assert_null(changed(o.amina, &uid));
	note(o.amina, uid); /* one's own is no news */
	assert_null(changed(o.amina, &uid));
	note(o.sunil, uid);
	note(o.sunil, uid);
	c = changed(o.amina, &uid);
	assert_non_null(c);
	assert_int_equal(c->n, 2);
	assert_string_equal(c->by, "sunil");
	assert_string_equal(c->action, "note.add");
	/* It stays over a sign-in and goes when the case is opened ... */
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_null(changed(o.amina, &uid));
	/* also when that is the second look in five minutes, ... */
	note(o.sunil, uid);
	assert_non_null(changed(o.amina, &uid));
	OK(case_open(o.amina, uid, "", &arena, &f, &err));
	assert_null(changed(o.amina, &uid));
	/* ... or when all was seen. */
	note(o.sunil, uid);
	assert_non_null(changed(o.amina, &uid));
	OK(agenda_seen(o.amina, &err));
	assert_null(changed(o.amina, &uid));
	assert_null(changed(o.sunil, &uid));
}

/* Not only that something was agreed to, but what. */
static void
an_answer_is_named_by_what_was_asked(void **state)
{
	static const struct {
		enum request_answer answer;
		const char *action;
	} rows[] = {
		{ ANSWER_REFUSE, "closure.refuse" },
		{ ANSWER_ACCEPT, "closure.agree" },
	};
	struct uid uid = case_of(o.amina, "Ruvini Jayawardena");
	struct closing_sample c;
	struct request got;
	struct case_file f;
	bool closed;

	(void)state;
	o.kit.society->closing.approval = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		OK(case_open(o.amina, uid, "", &arena, &f, &err));
		closing_make(&c, uid, "goals_met", "all done");
		c.r.lines = c.lines;
		OK(case_close(o.amina, &f.rev, &c.r, &closed, &err));
		OK(request_open(o.sunil, uid, c.r.uid, &arena, &got, &err));
		OK(request_answer(o.sunil, uid, c.r.uid, rows[i].answer, "seen",
		    got.rev, 0, &err));
		assert_string_equal(
		    changed(o.amina, &uid)->action, rows[i].action);
	}
}

/* --- hand-over --------------------------------------------------------------- */
static size_t
unread(struct session *s)
{
	struct handovers h;

	OK(handover_list(s, true, 50, &arena, &h, &err));
	return h.n;
}

static void
a_note_waits_for_the_next_shift(void **state)
{
	struct uid uid = case_of(o.amina, "Rohini Peiris");
	struct uid first = uid_new(), second = uid_new(), none = { { 0 } };
	struct handovers h;
	struct tx tx;

	(void)state;
	REFUSED(ERR_INPUT, handover_add(o.amina, first, none, "  ", &err));
	OK(handover_add(o.amina, first, none, "the lift is broken", &err));
	OK(handover_add(o.amina, first, none, "the lift is broken", &err));
	OK(handover_add(o.amina, second, uid, "will call at nine", &err));
	assert_int_equal(unread(o.amina), 0); /* she wrote them */
	assert_int_equal(unread(o.sunil), 2);
	assert_int_equal(unread(o.bilal), 0); /* another branch */
	OK(handover_mark(o.sunil, &second, 1, &err));
	OK(handover_mark(o.sunil, &second, 1, &err));
	assert_int_equal(unread(o.sunil), 1);
	OK(handover_list(o.amina, false, 50, &arena, &h, &err));
	assert_int_equal(h.n, 2);
	assert_true(uid_eq(&h.list[0].uid, &second));
	assert_int_equal(strlen(h.list[0].code), CODE_SIZE - 1);
	assert_int_equal(h.list[0].readers, 1);
	assert_int_equal(h.list[1].readers, 0);
	/* Never changed: the database itself says no. */
	assert_int_equal(
	    tx_begin(&tx, o.amina,
		&(const struct tx_what){
		    .perm = PERM_QUEUE, .action = "test.spoil", .wrote = true },
		&err),
	    0);
	assert_int_equal(
	    tx_exec(&tx, "UPDATE handover SET text = 'x'", NO_VALS), -1);
	tx_abort(&tx);
	/* In a sealed case nobody but its workers reads along. */
	OK(handover_add(o.amina, uid_new(), uid, "sealed now", &err));
	spoil("UPDATE case_file SET sealed = 1 WHERE uid = (SELECT max(uid) "
	      "FROM case_file)");
	OK(handover_list(o.sunil, false, 50, &arena, &h, &err));
	assert_int_equal(h.n, 1);
	OK(handover_list(o.amina, false, 50, &arena, &h, &err));
	assert_int_equal(h.n, 3);
}

/* Row 1: whoever looks at the list over a shoulder reads codes. */
static void
harm_01_lists_hold_no_words_of_a_case(void **state)
{
	sqlite3_stmt *st;

	(void)state;
	st = db_query(&o.amina->cases,
	    "SELECT count(*) FROM agenda WHERE kind || code LIKE '% %'",
	    NO_VALS, &err);
	assert_non_null(st);
	assert_int_equal(db_row(&o.amina->cases, st, &err), 1);
	assert_int_equal(col_int(st, 0), 0);
	stmt_done(st);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, each, each_done)
	const struct CMUnitTest tests[] = {
		EACH(a_case_brings_its_tasks),
		EACH(a_consent_to_talk_about_says_its_kind),
		EACH(it_goes_where_the_case_goes),
		EACH(free_tasks_are_done_once),
		EACH(pages_are_one_order),
		EACH(counts_are_what_the_lists_hold),
		EACH(a_count_that_was_cut_says_so),
		EACH(no_statement_sorts_or_scans),
		EACH(verify_holds_rows_against_records),
		EACH(an_older_vault_is_filled_at_sign_in),
		EACH(many_cases_are_counted_anew_in_turns),
		EACH(what_changed_since_i_looked),
		EACH(an_answer_is_named_by_what_was_asked),
		EACH(a_note_waits_for_the_next_shift),
		EACH(harm_01_lists_hold_no_words_of_a_case),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
