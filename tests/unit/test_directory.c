/* SPDX-License-Identifier: ISC */
/* Organisations as they are lived with: calls, marks, and what they stop. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "../lib/case_kit.h"
#include "store/consent.h"
#include "store/agenda.h"
#include "store/directory.h"

#define MORNING INT64_C(1795597200000) /* 25 November 2026, 9:00 UTC */

/* The clock of this program: days and months go by as a test says. */
static int64_t now_ms;

int64_t
clock_now(void)
{
	return now_ms;
}

static struct office o;
static struct arena arena;
static struct err err;

static int
setup(void **state)
{
	(void)state;
	now_ms = MORNING;
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
	now_ms = MORNING;
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
add(struct session *s, const char *recipient, const char *topic,
    const char *value, const char *words)
{
	const struct directory_entry d = { .uid = uid_new(),
		.recipient = recipient,
		.topic = topic,
		.value = value,
		.phone = "",
		.words = words };

	OK(directory_add(s, &d, &err));
}

static struct listing
look(const char *recipient)
{
	struct listings all;

	OK(directory_list(o.amina, &arena, &all, &err));
	assert_int_equal(all.n, session_society(o.amina)->n_recipients);
	for (size_t i = 0; i < all.n; i++) {
		if (strcmp(all.list[i].org->id, recipient) == 0)
			return all.list[i];
	}
	fail_msg("no %s", recipient);
	return (struct listing){ .org = NULL };
}

static void
at(int year, int month, int day, int hour)
{
	now_ms =
	    clock_day_start(clock_days(year, month, day)) + hour * CLOCK_HOUR;
}

/* By the clock: warned after 90 days, locked after 180, until somebody calls;
 * a wrong number locks at once, no answer changes nothing. */
static void
harm_10_a_call_makes_a_number_fresh(void **state)
{
	static const struct {
		int year, month, day, hour;
		const char *topic, *value;
		enum freshness want;
	} rows[] = {
		/* The configuration says the 23rd. */
		{ 2026, 11, 20, 9, NULL, NULL, STALE },
		{ 2026, 11, 25, 9, NULL, NULL, FRESH },
		{ 2027, 3, 1, 9, NULL, NULL, RECHECK },
		{ 2027, 3, 1, 10, "tried", "no_answer", RECHECK },
		{ 2027, 6, 1, 9, NULL, NULL, STALE },
		{ 2027, 6, 1, 10, "tried", "no_answer", STALE },
		{ 2027, 6, 2, 9, "call", "answered", FRESH },
		{ 2027, 6, 2, 11, "tried", "no_answer", FRESH },
		{ 2027, 9, 2, 9, NULL, NULL, RECHECK },
		{ 2027, 9, 3, 9, "call", "wrong_number", STALE },
		{ 2027, 9, 3, 10, "tried", "no_answer", STALE },
		{ 2027, 9, 4, 9, "call", "answered", FRESH },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		at(rows[i].year, rows[i].month, rows[i].day, rows[i].hour);
		if (rows[i].topic != NULL)
			add(o.amina, "health-partner", rows[i].topic,
			    rows[i].value, "");
		if (look("health-partner").fresh != rows[i].want)
			fail_msg("row %zu", i);
		/* Nobody's office: no call to make. */
		assert_int_equal(look("family").fresh, FRESH);
	}
}

/* Between warning and lock it says since when, and of places when it was told. */
static void
harm_10_a_number_that_ages_says_since_when(void **state)
{
	static const struct {
		int year, month, day;
		const char *topic, *value, *old, *places;
	} rows[] = {
		/* The configuration says the 23rd. */
		{ 2026, 11, 25, NULL, NULL, NULL, NULL },
		{ 2027, 2, 20, NULL, NULL, NULL, NULL },
		{ 2027, 2, 22, "capacity", "few", "23 Nov, 91 days", "few" },
		{ 2027, 3, 10, NULL, NULL, "23 Nov, 107 days", "22 Feb" },
		{ 2027, 5, 22, NULL, NULL, "23 Nov, 180 days", "22 Feb" },
		{ 2027, 5, 23, NULL, NULL, NULL, "22 Feb" }, /* locked */
		{ 2027, 5, 24, "call", "answered", NULL, "22 Feb" },
		{ 2027, 5, 25, "capacity", "full", NULL, "full" },
		{ 2027, 7, 25, NULL, NULL, NULL, "25 May" },
		{ 2027, 7, 26, "capacity", "free", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *heed;
		bool old, places;

		at(rows[i].year, rows[i].month, rows[i].day, 9);
		if (rows[i].topic != NULL)
			add(o.amina, "shelter-partner", rows[i].topic,
			    rows[i].value, "");
		heed = look("shelter-partner").heed;
		old = strstr(heed, "verified") != NULL;
		places = strstr(heed, "told") != NULL;
		if (old != (rows[i].old != NULL) ||
		    places != (rows[i].places != NULL) ||
		    (old && strstr(heed, rows[i].old) == NULL) ||
		    (places && strstr(heed, rows[i].places) == NULL))
			fail_msg("row %zu: %s", i, heed);
		assert_string_equal(look("family").heed, "");
	}
}

/* What the person agreed to does not go to an organisation nobody called. */
static void
harm_10_nothing_goes_to_a_stale_listing(void **state)
{
	struct uid uid = case_of(o.amina, "Nadeesha Silva");
	struct consent c = release_of(uid);
	struct preview p;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	assert_string_equal(p.why, "");
	add(o.zoya, "legal-partner", "call", "wrong_number", "");
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	/* It says what happened, not that nobody called. */
	assert_non_null(strstr(p.why, "the number was wrong"));
	assert_non_null(strstr(p.why, "organisation (")); /* since when */
	assert_null(strstr(p.why, "half a year"));
	assert_non_null(strstr(p.why, "record the call"));
	for (size_t i = 0; i < p.n; i++)
		assert_false(p.list[i].released);
	add(o.zoya, "legal-partner", "call", "answered", "new desk");
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	assert_string_equal(p.why, "");
	/* Long after that call it says when that was. */
	now_ms += 200 * CLOCK_DAY;
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	assert_non_null(strstr(p.why, "200 days ago"));
}

static void
a_mark_stops_and_says_why(void **state)
{
	struct uid uid = case_of(o.amina, "Kumari Perera");
	struct consent c = release_of(uid);
	struct directory_entry d = { .uid = uid_new(),
		.recipient = "legal-partner",
		.topic = "status",
		.value = "suspended",
		.phone = "",
		.words = " " };
	struct directory_history h;
	struct preview p;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	REFUSED(ERR_INPUT, directory_add(o.amina, &d, &err));
	d.words = "asks for a fee now";
	OK(directory_add(o.amina, &d, &err));
	/* A retry is no second fact. */
	OK(directory_add(o.amina, &d, &err));
	assert_true(look("legal-partner").suspended);
	assert_string_equal(look("legal-partner").why, "asks for a fee now");
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	assert_non_null(strstr(p.why, "not safe or not running"));
	at(2026, 11, 25, 10);
	/* Nor does it go again without a word. */
	d.uid = uid_new();
	d.value = "active";
	d.words = "";
	REFUSED(ERR_INPUT, directory_add(o.amina, &d, &err));
	add(o.amina, "legal-partner", "status", "active", "the fee is gone");
	add(o.amina, "legal-partner", "conflict", "yes", "runs the agency");
	assert_false(look("legal-partner").suspended);
	assert_true(look("legal-partner").conflict);
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	assert_non_null(strstr(p.why, "interest of its own"));
	at(2026, 11, 25, 11);
	add(o.amina, "legal-partner", "conflict", "no", "another of that name");
	add(o.amina, "legal-partner", "capacity", "full", "");
	assert_string_equal(look("legal-partner").capacity, "full");
	OK(consent_preview(o.amina, uid, c.uid, &arena, &p, &err));
	assert_string_equal(p.why, "");
	OK(directory_history(o.amina, "legal-partner", 50, &arena, &h, &err));
	assert_true(h.n >= 5);
	assert_string_equal(h.list[0].by, "amina");
}

/* Others rely on a mark: who put it takes it away, or who agrees to sendings. */
static void
a_colleague_takes_no_mark_away(void **state)
{
	static const struct {
		const char *topic, *on, *off;
	} rows[] = { { "status", "suspended", "active" },
		{ "conflict", "yes", "no" } };
	struct directory_entry d = {
		.recipient = "legal-partner", .phone = "", .words = "it is over"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		now_ms += CLOCK_HOUR;
		add(o.sunil, d.recipient, rows[i].topic, rows[i].on, "a fee");
		now_ms += CLOCK_HOUR;
		d.uid = uid_new();
		d.topic = rows[i].topic;
		d.value = rows[i].off;
		REFUSED(ERR_DENIED, directory_add(o.amina, &d, &err));
		assert_non_null(strstr(err.text, "a supervisor"));
		/* Nor by a mark of one's own on top of it. */
		add(o.amina, d.recipient, rows[i].topic, rows[i].on, "I saw");
		now_ms += CLOCK_HOUR;
		d.uid = uid_new();
		REFUSED(ERR_DENIED, directory_add(o.zoya, &d, &err));
		REFUSED(ERR_DENIED, directory_add(o.amina, &d, &err));
		add(o.sunil, d.recipient, rows[i].topic, rows[i].off, "asked");
		now_ms += CLOCK_HOUR;
		add(o.amina, d.recipient, rows[i].topic, rows[i].on, "again");
		now_ms += CLOCK_HOUR;
		REFUSED(ERR_DENIED, directory_add(o.zoya, &d, &err));
		add(o.amina, d.recipient, rows[i].topic, rows[i].off, "gone");
		/* Nothing to take away: anybody says that all is well. */
		now_ms += CLOCK_HOUR;
		add(o.zoya, d.recipient, rows[i].topic, rows[i].off, "well");
	}
	assert_false(look("legal-partner").suspended);
	assert_false(look("legal-partner").conflict);
}

static size_t
lifted(struct session *s, const char *by)
{
	struct agenda_changes c;

	OK(agenda_changes(s, &arena, &c, &err));
	for (size_t i = 0; i < c.n_lifted; i++) {
		assert_string_equal(c.lifted[i].org->id, "police");
		assert_string_equal(c.lifted[i].by, by);
	}
	return c.n_lifted;
}

/* Whoever set a mark hears that it is gone, until they say they saw it. */
static void
who_set_a_mark_hears_that_it_was_taken_away(void **state)
{
	(void)state;
	now_ms += CLOCK_HOUR;
	add(o.amina, "police", "status", "suspended", "asks for papers");
	add(o.amina, "police", "conflict", "yes", "his brother");
	assert_int_equal(lifted(o.amina, ""), 0);
	now_ms += CLOCK_HOUR;
	add(o.sunil, "police", "status", "active", "talked to them");
	assert_int_equal(lifted(o.amina, "sunil"), 1);
	/* Of both it is one line; nobody else set one, nor did who took it. */
	add(o.sunil, "police", "conflict", "no", "it is another one");
	assert_int_equal(lifted(o.amina, "sunil"), 1);
	assert_int_equal(lifted(o.zoya, ""), 0);
	assert_int_equal(lifted(o.sunil, ""), 0);
	now_ms += CLOCK_HOUR;
	OK(agenda_seen(o.amina, &err));
	assert_int_equal(lifted(o.amina, ""), 0);
	/* What somebody took away before mine is not mine, and what I set
	 * again I know of. */
	now_ms += CLOCK_HOUR;
	add(o.sunil, "police", "status", "active", "still well");
	assert_int_equal(lifted(o.amina, ""), 0);
	add(o.amina, "police", "status", "suspended", "papers again");
	now_ms += CLOCK_HOUR;
	add(o.sunil, "police", "status", "active", "talked to them");
	assert_int_equal(lifted(o.amina, "sunil"), 1);
	now_ms += CLOCK_HOUR;
	add(o.amina, "police", "status", "suspended", "no");
	assert_int_equal(lifted(o.amina, ""), 0);
	now_ms += CLOCK_HOUR;
	add(o.amina, "police", "status", "active", "now they are");
}

static void
what_cannot_be_recorded(void **state)
{
	static const struct {
		const char *recipient, *topic, *value, *phone;
	} rows[] = {
		{ "nobody", "call", "answered", "" },
		{ "police", "called", "answered", "" },
		{ "police", "call", "perhaps", "" },
		{ "police", "tried", "answered", "" },
		{ "police", "call", "answered", "ask at the desk" },
		{ "police", "capacity", "many", "" },
	};
	struct directory_entry d = { .words = "" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		d.uid = uid_new();
		d.recipient = rows[i].recipient;
		d.topic = rows[i].topic;
		d.value = rows[i].value;
		d.phone = rows[i].phone;
		REFUSED(ERR_INPUT, directory_add(o.amina, &d, &err));
	}
	/* No role sees it but those who are given it. */
	{
		struct listings all;

		REFUSED(
		    ERR_DENIED, directory_list(o.adele, &arena, &all, &err));
		REFUSED(ERR_DENIED, directory_list(o.stan, &arena, &all, &err));
		d.recipient = "police";
		d.topic = "call";
		d.value = "answered";
		d.phone = "";
		REFUSED(ERR_DENIED, directory_add(o.audra, &d, &err));
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_10_a_call_makes_a_number_fresh),
		T(harm_10_nothing_goes_to_a_stale_listing),
		T(a_mark_stops_and_says_why),
		T(a_colleague_takes_no_mark_away),
		T(who_set_a_mark_hears_that_it_was_taken_away),
		T(what_cannot_be_recorded),
		T(harm_10_a_number_that_ages_says_since_when),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
