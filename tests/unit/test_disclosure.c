/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/disclosure.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define NOW INT64_C(1795478400000)
#define KINDS (RECIPIENT_STATISTICS + 1)

static const struct duty duties[] = {
	{ .id = "child-law",
	    .to = RECIPIENT_PROTECTION,
	    .ages = AGES_CHILD,
	    .applies = "yes" },
	{ .id = "police-law",
	    .to = RECIPIENT_POLICE,
	    .ages = AGES_ANY,
	    .applies = "yes" },
	{ .id = "unclear-law",
	    .to = RECIPIENT_POLICE,
	    .ages = AGES_ANY,
	    .applies = "unclear" },
};
static const struct release_rule rules[] = {
	{ .id = "no-employer",
	    .to = RECIPIENT_EMPLOYER,
	    .ages = AGES_ANY,
	    .limit = LIMIT_NEVER },
	{ .id = "nrm-second",
	    .to = RECIPIENT_NRM,
	    .ages = AGES_CHILD,
	    .limit = LIMIT_SECOND },
};
static const struct society society = { .duties = duties,
	.n_duties = N(duties),
	.release_rules = rules,
	.n_release_rules = N(rules) };

static struct uid
uid(int n)
{
	struct uid u = { { 0 } };

	u.b[15] = (uint8_t)n;
	return u;
}

/* Everything one question hangs on; the table runs over all of it. */
struct world {
	struct recipient to;
	struct release rows[2];
	struct egress_act act;
	struct egress e;
};

/* What the person said: every state a row can be in. */
enum said {
	SAID_NOTHING,
	SAID_YES,
	SAID_NO,
	SAID_NOT_NOW,
	SAID_WITHDRAWN,
	SAID_ENDED,
	SAID_USED,
	SAID_LATER, /* dated after now */
	SAID_OTHER, /* yes to another recipient */
	SAID_OTHER_PURPOSE,
	SAID_COUNT
};
enum aged { ADULT, CHILD_COMPLETE, CHILD_ALONE, AGE_UNKNOWN, GREW_UP, AGED };
/* Acts: none, or one of each way it can be. */
enum acted {
	ACT_NONE_YET,
	ACT_GOOD,
	ACT_UNDECIDED,
	ACT_NO,
	ACT_BY_SELF,
	ACT_STALE,
	ACT_DONE,
	ACT_WORDLESS,
	ACT_UNTOLD,
	ACT_UNNAMED, /* no law, order or policy */
	ACT_ELSEWHERE, /* for another recipient */
	ACTED
};

static void
set_said(struct world *w, enum said said)
{
	struct release *r = &w->rows[0];

	*r = (struct release){ .uid = uid(1),
		.kind = "release",
		.recipient = "them",
		.purpose = "help",
		.scope = DATA_ALL,
		.decision = CONSENT_YES,
		.given_at = NOW - CLOCK_DAY,
		.given_by = "person" };
	w->e.rows = w->rows;
	w->e.n_rows = said == SAID_NOTHING ? 0 : 1;
	if (said == SAID_NO)
		r->decision = CONSENT_NO;
	else if (said == SAID_NOT_NOW)
		r->decision = CONSENT_NOT_NOW;
	else if (said == SAID_ENDED)
		r->until = NOW - CLOCK_HOUR;
	else if (said == SAID_USED)
		r->single_use = true, r->used_at = NOW - 1;
	else if (said == SAID_LATER)
		r->given_at = NOW + 1;
	else if (said == SAID_OTHER)
		r->recipient = "others";
	else if (said == SAID_OTHER_PURPOSE)
		r->purpose = "more";
	else if (said == SAID_WITHDRAWN) {
		w->rows[1] = *r;
		w->rows[1].uid = uid(2);
		w->rows[1].supersedes = uid(1);
		w->rows[1].decision = CONSENT_WITHDRAWN;
		w->e.n_rows = 2;
	}
}

static void
set_age(struct world *w, enum aged aged)
{
	struct release *r = &w->rows[0];

	w->e.age = (struct consent_age){ .least = 30, .most = 30 };
	if (aged == CHILD_COMPLETE || aged == CHILD_ALONE)
		w->e.age.least = w->e.age.most = 13;
	if (aged == AGE_UNKNOWN)
		w->e.age.least = w->e.age.most = -1;
	if (aged == CHILD_COMPLETE) {
		r->given_by = "assent";
		r->guardian = GUARDIAN_SAFE;
	}
	/* The guardian agreed once; now it is the person's own to say. */
	if (aged == GREW_UP) {
		r->given_by = "guardian";
		r->guardian = GUARDIAN_SAFE;
	}
}

static void
set_act(struct world *w, enum act_reason reason, enum acted acted)
{
	struct egress_act *a = &w->act;

	*a = (struct egress_act){ .uid = uid(9),
		.reason = reason,
		.consent = uid(1),
		.recipient = acted == ACT_ELSEWHERE ? "others" : "them",
		.purpose = "help",
		.scope = DATA_ALL,
		.words = acted == ACT_WORDLESS ? " " : "what was seen",
		.legal_ref = reason == ACT_FOR_LAW ? "police-law" : "ref",
		.told = acted == ACT_UNTOLD ? TOLD_NO : TOLD_YES,
		.told_why = "",
		.asked_by = uid(50),
		.agreed_by = uid(51),
		.agreed_at = NOW - CLOCK_HOUR };
	w->e.acts = a;
	w->e.n_acts = acted == ACT_NONE_YET ? 0 : 1;
	if (acted == ACT_UNNAMED)
		a->legal_ref = "";
	else if (acted == ACT_UNDECIDED)
		a->agreed_by = uid(0), a->agreed_at = 0;
	else if (acted == ACT_NO)
		a->declined = true;
	else if (acted == ACT_BY_SELF)
		a->agreed_by = uid(50);
	else if (acted == ACT_STALE)
		a->agreed_at = NOW - ACT_HOURS * CLOCK_HOUR;
	else if (acted == ACT_DONE)
		a->used_at = NOW - 1;
}

static void
set_world(struct world *w, enum recipient_kind kind, enum said said,
    enum aged aged, enum act_reason reason, enum acted acted)
{
	memset(w, 0, sizeof(*w));
	w->to = (struct recipient){ .id = "them", .kind = kind };
	w->e = (struct egress){ .society = &society,
		.recipient = &w->to,
		.purpose = "help",
		.wanted = DATA_ALL,
		.listing = FRESH,
		.now = NOW };
	set_said(w, said);
	set_age(w, aged);
	set_act(w, reason, acted);
}

/* The whole table is in test_egress_table.c; here is one thing at a time. */

static bool
kind_is_stop(enum recipient_kind k)
{
	return k == RECIPIENT_POLICE || k == RECIPIENT_IMMIGRATION ||
	       k == RECIPIENT_EMBASSY || k == RECIPIENT_EMPLOYER ||
	       k == RECIPIENT_FAMILY || k == RECIPIENT_MEDIA;
}

/* Only what was asked for, and only what the person agreed to. */
static void
harm_03_the_set_is_what_was_asked_and_agreed(void **state)
{
	struct egress_verdict v;
	struct world w;

	(void)state;
	for (unsigned wanted = 0; wanted <= DATA_ALL; wanted += 7) {
		for (unsigned given = 0; given <= DATA_ALL; given += 5) {
			set_world(&w, RECIPIENT_LEGAL, SAID_YES, ADULT,
			    ACT_FOR_LIFE, ACT_NONE_YET);
			w.e.wanted = wanted;
			w.rows[0].scope = given;
			egress_check(&w.e, &v);
			assert_int_equal(v.allowed, wanted & given);
			assert_int_equal(egress_first(&v, wanted),
			    (wanted & ~given) == 0 ? EGRESS_ALLOWED
						   : EGRESS_NOT_IN_IT);
		}
	}
}

/* Each condition by itself, and that its refusal says so. */
static void
a_refusal_names_its_condition(void **state)
{
	static const struct {
		enum recipient_kind kind;
		enum said said;
		enum aged aged;
		enum act_reason reason;
		enum acted acted;
		enum egress_why want;
	} rows[] = {
		{ RECIPIENT_LEGAL, SAID_NOTHING, ADULT, 0, 0,
		    EGRESS_NOT_ASKED },
		{ RECIPIENT_LEGAL, SAID_NO, ADULT, 0, 0, EGRESS_REFUSED },
		{ RECIPIENT_LEGAL, SAID_NOT_NOW, ADULT, 0, 0, EGRESS_NOT_NOW },
		{ RECIPIENT_LEGAL, SAID_WITHDRAWN, ADULT, 0, 0,
		    EGRESS_WITHDRAWN },
		{ RECIPIENT_LEGAL, SAID_ENDED, ADULT, 0, 0, EGRESS_ENDED },
		{ RECIPIENT_LEGAL, SAID_USED, ADULT, 0, 0, EGRESS_USED },
		{ RECIPIENT_LEGAL, SAID_LATER, ADULT, 0, 0, EGRESS_NOT_ASKED },
		{ RECIPIENT_LEGAL, SAID_OTHER, ADULT, 0, 0, EGRESS_NOT_ASKED },
		{ RECIPIENT_LEGAL, SAID_OTHER_PURPOSE, ADULT, 0, 0,
		    EGRESS_NOT_ASKED },
		{ RECIPIENT_LEGAL, SAID_YES, CHILD_ALONE, 0, 0, EGRESS_AGE },
		{ RECIPIENT_LEGAL, SAID_YES, GREW_UP, 0, 0, EGRESS_AGE },
		{ RECIPIENT_POLICE, SAID_YES, ADULT, 0, 0, EGRESS_STOP },
		{ RECIPIENT_EMPLOYER, SAID_YES, ADULT, 0, 0, EGRESS_COUNTRY },
		{ RECIPIENT_STATISTICS, SAID_YES, ADULT, 0, 0,
		    EGRESS_COUNTS_ONLY },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_UNDECIDED,
		    EGRESS_ACT_OPEN },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_NO,
		    EGRESS_ACT_DECLINED },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_BY_SELF,
		    EGRESS_ACT_SELF },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_STALE,
		    EGRESS_ACT_OLD },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_DONE,
		    EGRESS_ACT_USED },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_WORDLESS,
		    EGRESS_ACT_NO_WORDS },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_UNTOLD,
		    EGRESS_ACT_NOT_TOLD },
		{ RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_ELSEWHERE,
		    EGRESS_REFUSED },
		{ RECIPIENT_MEDIA, SAID_NO, ADULT, ACT_FOR_COURT, ACT_GOOD,
		    EGRESS_ACT_NOT_THEM },
		{ RECIPIENT_LEGAL, SAID_NO, ADULT, ACT_FOR_LAW, ACT_GOOD,
		    EGRESS_ACT_NO_LAW },
	};
	struct egress_verdict v;
	struct world w;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		set_world(&w, rows[i].kind, rows[i].said, rows[i].aged,
		    rows[i].reason, rows[i].acted);
		egress_check(&w.e, &v);
		if (v.why[DATA_NAME] != rows[i].want)
			fail_msg("row %zu: %s", i,
			    egress_why_name(v.why[DATA_NAME]));
	}
}

/* What stops everything, also what was agreed to in full. */
static void
harm_10_nothing_goes_where_nobody_called(void **state)
{
	struct egress_verdict v;
	struct world w;

	(void)state;
	for (int k = 0; k < KINDS - 1; k++) {
		set_world(&w, (enum recipient_kind)k, SAID_YES, ADULT,
		    ACT_FOR_LIFE, ACT_GOOD);
		w.e.listing = STALE;
		egress_check(&w.e, &v);
		assert_int_equal(v.allowed, 0);
		assert_int_equal(v.why[DATA_NEEDS], EGRESS_UNCHECKED);
		assert_int_equal(
		    egress_without_identity(&w.e), EGRESS_UNCHECKED);
		/* The call was made, and nobody there was meant. */
		w.e.wrong_number = true;
		egress_check(&w.e, &v);
		assert_int_equal(v.allowed, 0);
		assert_int_equal(v.why[DATA_NEEDS], EGRESS_WRONG_NUMBER);
		/* Due for another look is a warning, no more. */
		w.e.listing = RECHECK;
		egress_check(&w.e, &v);
		assert_int_equal(v.allowed != 0,
		    k != RECIPIENT_EMPLOYER && k != RECIPIENT_MEDIA);
		w.e.suspended = true;
		egress_check(&w.e, &v);
		assert_int_equal(v.allowed, 0);
		assert_int_equal(v.why[DATA_NEEDS], EGRESS_SUSPENDED);
		w.e.suspended = false;
		w.e.conflict = true;
		egress_check(&w.e, &v);
		assert_int_equal(v.allowed, 0);
		assert_int_equal(v.why[DATA_NEEDS], EGRESS_CONFLICT);
	}
	set_world(&w, RECIPIENT_LEGAL, SAID_YES, ADULT, 0, ACT_NONE_YET);
	w.e.recipient = NULL;
	egress_check(&w.e, &v);
	assert_int_equal(v.allowed, 0);
	set_world(&w, RECIPIENT_LEGAL, SAID_YES, ADULT, 0, ACT_NONE_YET);
	w.e.purpose = "";
	egress_check(&w.e, &v);
	assert_int_equal(v.allowed, 0);
}

/* An agreement to a yes falls with that yes; law must be a law. */
static void
an_act_is_for_what_it_names(void **state)
{
	struct egress_verdict v;
	struct world w;

	(void)state;
	set_world(
	    &w, RECIPIENT_POLICE, SAID_YES, ADULT, ACT_FOR_CONSENT, ACT_GOOD);
	egress_check(&w.e, &v);
	assert_int_equal(v.allowed, DATA_ALL);
	assert_true(uid_eq(&v.consent, &w.rows[0].uid));
	assert_true(uid_eq(&v.act, &w.act.uid));
	w.act.consent = uid(7);
	egress_check(&w.e, &v);
	assert_int_equal(v.why[DATA_NAME], EGRESS_ACT_OTHER_ROW);
	/* It never stands in for the yes itself, and is not why it is no. */
	set_world(
	    &w, RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_CONSENT, ACT_GOOD);
	egress_check(&w.e, &v);
	assert_int_equal(v.allowed, 0);
	assert_int_equal(v.why[DATA_NAME], EGRESS_REFUSED);
	/* Agreed to after now, on a clock that went back: not yet. */
	set_world(&w, RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_GOOD);
	w.act.agreed_at = NOW + 1;
	egress_check(&w.e, &v);
	assert_int_equal(v.why[DATA_NAME], EGRESS_ACT_OPEN);
	/* The child's law is not about an adult, and not for the police. */
	for (size_t i = 0; i < N(duties); i++) {
		set_world(&w, duties[i].to, SAID_NO, CHILD_ALONE, ACT_FOR_LAW,
		    ACT_GOOD);
		w.act.legal_ref = duties[i].id;
		egress_check(&w.e, &v);
		assert_int_equal(v.allowed != 0, i < 2);
		set_age(&w, ADULT);
		egress_check(&w.e, &v);
		assert_int_equal(v.allowed != 0, i == 1);
	}
	/* Only what the act names, at most what the reason needs. */
	set_world(&w, RECIPIENT_HEALTH, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_GOOD);
	w.act.scope =
	    data_scope_bit(DATA_HEALTH) | data_scope_bit(DATA_ACCOUNT);
	egress_check(&w.e, &v);
	assert_int_equal(v.allowed, data_scope_bit(DATA_HEALTH));
	assert_int_equal(v.why[DATA_ACCOUNT], EGRESS_ACT_TOO_MUCH);
	assert_int_equal(v.why[DATA_NAME], EGRESS_REFUSED);
}

/* A guardian who agreed, and was found unsafe since, carries nothing; one who
 * was not asked about anew is who they were. */
static void
harm_07_a_guardian_found_unsafe_since(void **state)
{
	static const struct {
		enum guardian_state now;
		enum egress_why why;
	} rows[] = {
		{ GUARDIAN_SAFE, EGRESS_ALLOWED },
		{ GUARDIAN_UNKNOWN, EGRESS_ALLOWED },
		{ GUARDIAN_UNAVAILABLE, EGRESS_ALLOWED },
		{ GUARDIAN_CONCERN, EGRESS_AGE },
		{ GUARDIAN_UNSAFE_TO_TELL, EGRESS_AGE },
	};
	struct egress_verdict v;
	struct world w;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		set_world(&w, RECIPIENT_LEGAL, SAID_YES, CHILD_COMPLETE,
		    ACT_FOR_LIFE, ACT_NONE_YET);
		w.e.age.guardian = rows[i].now;
		egress_check(&w.e, &v);
		if (v.why[DATA_NAME] != rows[i].why)
			fail_msg("row %zu: %s", i,
			    egress_why_name(v.why[DATA_NAME]));
	}
}

/* That somebody is here at all is told where the country stops it, too, though
 * nothing is read out: never, or with a second person. */
static void
harm_03_being_here_is_told_where_the_country_stops_it(void **state)
{
	static const enum release_limit limits[] = { LIMIT_NEVER,
		LIMIT_SECOND };
	struct release_rule rule = {
		.id = "clinic", .to = RECIPIENT_HEALTH, .ages = AGES_ANY
	};
	struct society own = society;
	struct world w;

	(void)state;
	set_world(&w, RECIPIENT_HEALTH, SAID_YES, ADULT, 0, ACT_NONE_YET);
	assert_int_equal(egress_presence(&w.e), 0);
	own.release_rules = &rule;
	own.n_release_rules = 1;
	w.e.society = &own;
	for (size_t i = 0; i < N(limits); i++) {
		rule.limit = limits[i];
		assert_int_equal(
		    egress_presence(&w.e), data_scope_bit(DATA_NEEDS));
	}
	rule.to = RECIPIENT_LEGAL;
	assert_int_equal(egress_presence(&w.e), 0);
}

/* One sending uses up one act: a second one does not add to it. */
static void
one_act_a_sending(void **state)
{
	struct egress_act acts[2];
	struct egress_verdict v;
	struct world w;

	(void)state;
	set_world(&w, RECIPIENT_HEALTH, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_GOOD);
	acts[0] = w.act;
	acts[1] = w.act;
	acts[1].uid = uid(10);
	acts[0].scope = data_scope_bit(DATA_NAME);
	acts[1].scope = data_scope_bit(DATA_HEALTH);
	w.e.acts = acts;
	w.e.n_acts = 2;
	egress_check(&w.e, &v);
	assert_int_equal(v.allowed, data_scope_bit(DATA_NAME));
	assert_true(uid_eq(&v.act, &acts[0].uid));
	/* One that was agreed to for less holds up none that carries all. */
	acts[1].scope |= acts[0].scope;
	w.e.wanted = acts[1].scope;
	egress_check(&w.e, &v);
	assert_int_equal(v.allowed, w.e.wanted);
	assert_true(uid_eq(&v.act, &acts[1].uid));
	/* An old act that was used does not hide a new one. */
	acts[0].used_at = NOW - 1;
	acts[1].scope = w.e.wanted = DATA_ALL;
	egress_check(&w.e, &v);
	assert_true((v.allowed & data_scope_bit(DATA_NAME)) != 0);
	assert_true(uid_eq(&v.act, &acts[1].uid));
}

/* A stale number says since when, as far as it is known. */
static void
a_stale_number_says_since_when(void **state)
{
	const int64_t day = clock_day_start(20500); /* 16 February 2026 */
	struct egress e = { .now = day + 200 * CLOCK_DAY, .checked_at = day };
	struct arena a;
	const char *s;

	(void)state;
	arena_init(&a);
	s = egress_says(&e, EGRESS_UNCHECKED, &a);
	assert_non_null(strstr(s, "since 16 Feb, 200 days ago."));
	assert_non_null(strstr(s, "Call it, record the call"));
	s = egress_says(&e, EGRESS_WRONG_NUMBER, &a);
	assert_non_null(strstr(s, "(16 Feb) and the number was wrong."));
	e.checked_at = 0;
	s = egress_says(&e, EGRESS_UNCHECKED, &a);
	assert_non_null(strstr(s, "Nobody has ever verified"));
	assert_non_null(
	    strstr(egress_says(NULL, EGRESS_UNCHECKED, &a), "for half a year"));
	assert_string_equal(egress_says(&e, EGRESS_REFUSED, &a),
	    "The person said no. Respect it: give information only; our help "
	    "goes on.");
	assert_string_equal(
	    egress_says(NULL, EGRESS_ALLOWED, &a), "It may go.");
	arena_done(&a);
}

static void
every_refusal_says_what_to_do(void **state)
{
	(void)state;
	for (int w = 0; w < EGRESS_WHY_COUNT; w++) {
		assert_true(strlen(egress_why_words((enum egress_why)w)) > 5);
		if (w > EGRESS_ALLOWED)
			assert_true(strlen(egress_instead_words(
					(enum egress_why)w)) > 10);
	}
	assert_string_equal(egress_why_words(EGRESS_WHY_COUNT), "");
	assert_string_equal(egress_why_name(EGRESS_WITHDRAWN), "WITHDRAWN");
	for (int r = 0; r < ACT_REASON_COUNT; r++)
		assert_int_equal(
		    act_reason_from_name(act_reason_name((enum act_reason)r)),
		    r);
	assert_int_equal(act_reason_from_name("role"), -1);
}

static void
advice_about_nobody(void **state)
{
	struct world w;

	(void)state;
	for (int k = 0; k < KINDS; k++) {
		set_world(&w, (enum recipient_kind)k, SAID_NO, ADULT, 0,
		    ACT_NONE_YET);
		assert_int_equal(
		    egress_without_identity(&w.e) == EGRESS_ALLOWED,
		    !kind_is_stop((enum recipient_kind)k) &&
			k != RECIPIENT_STATISTICS);
	}
}

static void
overrides_are_looked_at_again(void **state)
{
	struct world w;

	(void)state;
	set_world(&w, RECIPIENT_POLICE, SAID_NO, ADULT, ACT_FOR_LIFE, ACT_GOOD);
	/* From its use on; unused, from the hour it lapsed. */
	assert_int_equal(
	    act_review_due(&w.act), w.act.agreed_at + 48 * CLOCK_HOUR);
	assert_false(act_reviewable(&w.act, NOW));
	assert_false(
	    act_reviewable(&w.act, w.act.agreed_at + 24 * CLOCK_HOUR - 1));
	assert_true(act_reviewable(&w.act, w.act.agreed_at + 24 * CLOCK_HOUR));
	w.act.used_at = NOW;
	assert_int_equal(act_review_due(&w.act), NOW + 24 * CLOCK_HOUR);
	assert_true(act_reviewable(&w.act, NOW));
	w.act.declined = true;
	assert_int_equal(act_review_due(&w.act), 0);
	set_act(&w, ACT_FOR_CONSENT, ACT_GOOD);
	assert_int_equal(act_review_due(&w.act), 0);
	set_act(&w, ACT_FOR_LIFE, ACT_UNDECIDED);
	assert_int_equal(act_review_due(&w.act), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_03_the_set_is_what_was_asked_and_agreed),
		cmocka_unit_test(a_refusal_names_its_condition),
		cmocka_unit_test(harm_10_nothing_goes_where_nobody_called),
		cmocka_unit_test(an_act_is_for_what_it_names),
		cmocka_unit_test(harm_07_a_guardian_found_unsafe_since),
		cmocka_unit_test(
		    harm_03_being_here_is_told_where_the_country_stops_it),
		cmocka_unit_test(one_act_a_sending),
		cmocka_unit_test(a_stale_number_says_since_when),
		cmocka_unit_test(every_refusal_says_what_to_do),
		cmocka_unit_test(advice_about_nobody),
		cmocka_unit_test(overrides_are_looked_at_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
