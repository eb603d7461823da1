/* SPDX-License-Identifier: ISC */
/* The timeline of a case whose records say as little as they may. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "office_kit.h"
#include "store/followup.h"

/* Every table the timeline tells of. */
static const char *const tables[] = { "contact", "consent", "disclosure",
	"screening", "followup_plan", "attempt", "note", "risk_history", "flag",
	"case_event", "child_record", "best_interests", "mechanism_event",
	"duty_event", "assessment", "goal", "goal_progress", "plan_review",
	"service", "referral_event", "release_act", "release_act_event",
	"request", "request_answer", "recall_event" };
#define TABLES (sizeof(tables) / sizeof(tables[0]))

/* A row of this table with nothing in it: no words, and each yes or no as it
 * is told to be; but who wrote it. */
static void
add_bare(struct uid case_uid, const char *table, int yes, int64_t at)
{
	struct uid uid = uid_new();
	struct buf names, values;
	sqlite3_stmt *st;
	char sql[128];

	buf_init(&names);
	buf_init(&values);
	snprintf(sql, sizeof(sql), "PRAGMA table_info(%s)", table);
	o.amina->cases.fenced = false; /* a session cannot ask this */
	st = db_query(&o.amina->cases, sql, NO_VALS, &err);
	assert_non_null(st);
	while (db_row(&o.amina->cases, st, &err) == 1) {
		const char *name = col_text(st, 1), *type = col_text(st, 2);
		const char *value = strcmp(type, "TEXT") == 0	   ? "''"
				    : strcmp(type, "INTEGER") == 0 ? "?3"
								   : "NULL";

		if (strcmp(name, "case_uid") == 0)
			value = "?1";
		else if (strcmp(name, "uid") == 0)
			value = "?2";
		else if (strcmp(name, "made_by") == 0 ||
			 strcmp(name, "resolved_by") == 0)
			value = "(SELECT uid FROM colleague"
				" WHERE login = 'amina')";
		else if (strcmp(name, "made_at") == 0 ||
			 strcmp(name, "resolved_at") == 0)
			value = "?4";
		else if (strcmp(name, "recipient") == 0 &&
			 strcmp(table, "consent") != 0)
			value = "'police'"; /* nothing goes to nobody */
		else if (strcmp(name, "deleted_hlc") == 0)
			value = "0";
		else if (strcmp(type, "BLOB") == 0 && col_int(st, 3) != 0)
			value = "randomblob(16)";
		buf_addf(&names, "%s%s", names.len > 0 ? ", " : "", name);
		buf_addf(&values, "%s%s", values.len > 0 ? ", " : "", value);
	}
	stmt_done(st);
	o.amina->cases.fenced = true;
	buf_splice(&names, 0, 0, "(", 1);
	buf_addf(&names, ") VALUES (%s)", values.data);
	snprintf(sql, sizeof(sql), "INSERT INTO %s ", table);
	buf_splice(&names, 0, 0, sql, strlen(sql));
	if (db_exec(&o.amina->cases, names.data,
		VALS(v_uid(&case_uid), v_uid(&uid), v_int(yes), v_int(at)),
		NULL, &err) != 0)
		fail_msg("%s: %s", names.data, err.text);
	buf_done(&names);
	buf_done(&values);
}

/* A mark that waits for words which never come. */
static bool
waits(const char *s)
{
	size_t len = strlen(s);
	char last = len > 0 ? s[len - 1] : '.';

	return strstr(s, "()") != NULL || strstr(s, "( ") != NULL ||
	       strstr(s, "  ") != NULL || strstr(s, " ,") != NULL ||
	       strstr(s, ": ,") != NULL || strstr(s, ": (") != NULL ||
	       strchr(" :,(", last) != NULL ||
	       strchr(" :,(\n", len > 0 ? s[0] : '.') != NULL;
}

static void
no_mark_waits_for_words_that_never_come(void **state)
{
	struct uid c = case_of(o.amina, "Moorva Example");
	int64_t at = ask_cases(o.amina, "SELECT max(made_at) FROM contact");
	struct events events;
	size_t bare = 0;

	(void)state;
	for (size_t i = 0; i < 2 * TABLES; i++)
		add_bare(c, tables[i / 2], i % 2, at + 1 + (int64_t)i);
	OK(case_timeline(o.amina, c, 0, 200, &arena, &events, &err));
	for (size_t i = 0; i < events.n; i++) {
		const struct event *e = &events.list[i];

		bare += e->at > at;
		if (waits(e->title))
			fail_msg("%s: \"%s\"", e->kind, e->title);
		if (e->text[0] != '\0' && waits(e->text))
			fail_msg("%s: \"%s\"", e->kind, e->text);
	}
	/* All of them are told, or the table is not of the timeline. */
	assert_true(bare >= 2 * TABLES);
}

/* As a caseworker may save it: reached, and not a word how. */
static void
a_follow_up_without_a_way_has_no_brackets(void **state)
{
	struct uid c = case_of(o.amina, "Tarveli Example");
	struct attempt a = { .uid = uid_new(),
		.case_uid = c,
		.at = clock_now(),
		.outcome = "reached_safe",
		.channel = "",
		.safe = "yes",
		.risk = -1,
		.next_none = "They asked to call us themselves." };
	struct events events;

	(void)state;
	OK(followup_attempt(o.amina, &a, &err));
	OK(case_timeline(o.amina, c, 0, 1, &arena, &events, &err));
	assert_string_equal(events.list[0].kind, "follow-up");
	assert_string_equal(
	    events.list[0].title, "Follow-up: Reached, safe to talk");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_mark_waits_for_words_that_never_come),
		T(a_follow_up_without_a_way_has_no_brackets),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
