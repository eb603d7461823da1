/* SPDX-License-Identifier: ISC */
/* One person under two codes: what was known of them under either counts. */
#include "join_kit.h"

#include <stdlib.h>

#include "store/act.h"
#include "store/agenda.h"
#include "store/child.h"
#include "store/link.h"

/* How the release stands on the page of consents. */
static const char *
state_of(struct uid uid)
{
	struct consents all;

	OK(consent_list(o.amina, uid, false, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.list[i].kind, "release") == 0)
			return all.list[i].state;
	return "none";
}

static void
harm_03_a_no_under_the_other_code_stops_a_sending(void **state)
{
	struct two t = two_codes("Ishara Wickrama");
	struct disclosures told;
	struct uid yes;

	(void)state;
	(void)agrees(o.zoya, t.b, "no");
	(void)agrees(o.amina, t.a, "yes");
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	join(&t, NULL, 0);
	assert_int_equal(gate(o.amina, t.a), EGRESS_REFUSED);
	assert_string_equal(state_of(t.a), "refused");
	assert_int_equal(look(o.amina, t.a).releases_given, 0);
	/* Asked again with both in view, they agree; and take it back under
	 * the code that they know. */
	yes = agrees(o.amina, t.a, "yes");
	assert_false(uid_null(&yes));
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	assert_string_equal(state_of(t.a), "given");
	yes = agrees(o.zoya, t.b, "yes");
	OK(consent_withdraw(
	    o.zoya, t.b, yes, uid_new(), "by telephone", &arena, &told, &err));
	assert_int_equal(gate(o.amina, t.a), EGRESS_WITHDRAWN);
	/* Two people after all: each has said what each has said. */
	part(&t);
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	assert_int_equal(gate(o.zoya, t.b), EGRESS_WITHDRAWN);
}

static void
harm_03_a_yes_under_the_other_code_is_asked_anew(void **state)
{
	struct two t = two_codes("Nadeeka Alwis");

	(void)state;
	(void)agrees(o.zoya, t.b, "yes");
	join(&t, NULL, 0);
	assert_int_equal(gate(o.amina, t.a), EGRESS_NOT_ASKED);
}

/* The code that does not go on sends nothing, by consent or without. */
static void
harm_03_nothing_leaves_from_the_code_that_ended(void **state)
{
	struct two t = two_codes("Lakmini Peris");
	struct referrals all;
	struct act life = { .uid = uid_new(),
		.case_uid = t.b,
		.reason = "life",
		.recipient = LEGAL,
		.purpose = "legal_advice",
		.scope = 1u << DATA_NEEDS,
		.words = "he said he would come tonight",
		.legal_ref = "policy 4",
		.told = "yes",
		.told_why = "" };

	(void)state;
	OK(act_ask(o.zoya, &life, &err));
	(void)agrees(o.zoya, t.b, "yes");
	assert_int_equal(gate(o.zoya, t.b), EGRESS_ALLOWED);
	assert_int_equal(tasks_of(o.zoya, t.b, "act-agree"), 1);
	join(&t, NULL, 0);
	assert_int_equal(gate(o.zoya, t.b), EGRESS_JOINED);
	OK(referral_list(o.zoya, t.b, &arena, &all, &err));
	assert_string_equal(all.end.goes_on, look(o.amina, t.a).code);
	OK(referral_list(o.amina, t.a, &arena, &all, &err));
	assert_int_equal(all.end.at, 0);
	life.uid = uid_new();
	REFUSED(ERR_INPUT, act_ask(o.zoya, &life, &err));
	assert_non_null(strstr(err.text, "another code"));
	assert_int_equal(tasks_of(o.zoya, t.b, "act-agree"), 0);
	part(&t);
	assert_int_equal(tasks_of(o.zoya, t.b, "act-agree"), 1);
	assert_int_equal(gate(o.zoya, t.b), EGRESS_ALLOWED);
}

/* An organisation marked under one code is marked for the person. */
static void
harm_12_a_mark_under_the_other_code_holds(void **state)
{
	struct two t = two_codes("Sewwandi Mendis");
	struct conflict_mark m = { .uid = uid_new(),
		.case_uid = t.b,
		.who = "provider",
		.code = LEGAL,
		.reason = "its director is the employer's brother" };
	struct links l;

	(void)state;
	OK(conflict_mark_add(o.sunil, &m, &err));
	(void)agrees(o.amina, t.a, "yes");
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	join(&t, NULL, 0);
	assert_int_equal(gate(o.amina, t.a), EGRESS_CONFLICT);
	/* Seen by who may link, and lifted for this case alone. */
	OK(links_open(o.sunil, t.a, "to look", &arena, &l, &err));
	assert_int_equal(l.n_marks, 1);
	OK(conflict_mark_lift(
	    o.sunil, t.a, m.uid, uid_new(), "he left the board", &err));
	OK(links_open(o.sunil, t.a, "to look", &arena, &l, &err));
	assert_int_equal(l.n_marks, 0);
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	part(&t);
	(void)agrees(o.zoya, t.b, "yes");
	assert_int_equal(gate(o.zoya, t.b), EGRESS_CONFLICT);
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
}

/* --- stop ---------------------------------------------------------------------------- */
static struct attempt
stop_said(struct uid uid)
{
	return (struct attempt){ .uid = uid_new(),
		.case_uid = uid,
		.at = clock_now(),
		.channel = "phone",
		.outcome = "do_not_try_again",
		.safe = "yes",
		.words = "",
		.agreed = "",
		.new_risks = "",
		.risk = -1,
		.risk_reason = "",
		.lost_considered = "",
		.next_none = "asked to be left alone" };
}

/* Row 2: asked to be left alone under one code, nobody calls under the other. */
static void
harm_02_a_stop_under_either_code_stops_both(void **state)
{
	struct two t = two_codes("Rashmi Senanayake");
	struct attempt stop = stop_said(t.b);

	(void)state;
	OK(followup_attempt(o.zoya, &stop, &err));
	assert_false(look(o.amina, t.a).stop_contact);
	join(&t, NULL, 0);
	assert_true(look(o.amina, t.a).stop_contact);
	/* Apart again it was the other's word, not theirs. */
	part(&t);
	assert_false(look(o.amina, t.a).stop_contact);
	assert_true(look(o.zoya, t.b).stop_contact);
}

static void
harm_02_a_stop_said_since_stays(void **state)
{
	struct two t = two_codes("Dulani Cooray");
	struct attempt stop;

	(void)state;
	join(&t, NULL, 0);
	stop = stop_said(t.b);
	OK(followup_attempt(o.zoya, &stop, &err));
	assert_true(look(o.amina, t.a).stop_contact);
	stop = stop_said(t.a);
	OK(followup_attempt(o.amina, &stop, &err));
	part(&t);
	assert_true(look(o.amina, t.a).stop_contact);
}

/* --- who may be a child --------------------------------------------------------------- */
static const struct request_line no_child[] = { { "may_be_child", "take",
    "" } },
				 child_stays[] = { { "may_be_child", "keep",
				     "" } };

static struct child_record
child_of(struct uid uid, const char *guardian)
{
	return (struct child_record){ .uid = uid_new(),
		.case_uid = uid,
		.may_be_child = "yes",
		.age_basis = "stated",
		.age_decided_by = "",
		.safety_asked = true,
		.guardian = guardian,
		.informed = strcmp(guardian, "safe") == 0 ? "yes" : "no",
		.informed_why = "the child asked us not to",
		.route = strcmp(guardian, "safe") == 0 ? "caregiver"
						       : "best_interests",
		.route_why = "may be part of it",
		.trusted = "a teacher",
		.assent = "yes",
		.child_words = "" };
}

/* Row 11: joining makes nobody an adult, whichever code said "no". */
static void
harm_11_joining_makes_no_child_an_adult(void **state)
{
	struct two t = two_codes("Amaya Lokuge");
	struct child_record child = child_of(t.a, "concern");
	struct request r = request_of(&t, no_child, 1);
	struct change no = { "may_be_child", "no" };
	int64_t rev;

	(void)state;
	OK(child_put(o.amina, &child, &err));
	set(o.zoya, t.b, "may_be_child", "no");
	REFUSED(ERR_INPUT, join_ask(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "child"));
	/* The other way round: it is this one that says no. */
	r = (struct request){ .uid = uid_new(),
		.case_uid = t.b,
		.other = t.a,
		.reason = "the same paper",
		.lines = child_stays,
		.n_lines = 1 };
	REFUSED(ERR_INPUT, join_ask(o.zoya, &r, &err));
	r.lines = no_child;
	r.uid = uid_new();
	OK(join_ask(o.zoya, &r, &err));
	OK(request_answer(o.sunil, t.b, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	assert_string_equal(look(o.zoya, t.b).may_be_child, "yes");
	/* Nor is it cleared past the record under the other code. */
	rev = look(o.zoya, t.b).rev;
	REFUSED(ERR_INPUT,
	    case_change(o.zoya, t.b, &rev, &no, 1, &arena, NULL, &err));
	/* A record that knows of both says so, with where it is known from. */
	child = child_of(t.b, "safe");
	child.may_be_child = "no";
	child.age_basis = "document";
	OK(child_put(o.zoya, &child, &err));
	assert_string_equal(look(o.zoya, t.b).may_be_child, "no");
}

/* Said between the asking and the agreeing. */
static void
harm_11_a_child_known_meanwhile_stops_the_join(void **state)
{
	struct two t = two_codes("Minoli Peiris");
	struct request r;

	(void)state;
	set(o.amina, t.a, "may_be_child", "no");
	set(o.zoya, t.b, "may_be_child", "no");
	r = request_of(&t, NULL, 0);
	OK(join_ask(o.amina, &r, &err));
	set(o.zoya, t.b, "may_be_child", "unsure");
	REFUSED(ERR_INPUT, request_agree(o.sunil, t.a, r.uid, &err));
	assert_false(look(o.zoya, t.b).closed);
}

static void
born(struct session *s, struct uid uid, const char *day)
{
	const struct change birth = { "birth", day };
	struct safe_contact contact;
	struct person p;

	OK(person_open(s, uid, "to write it down", &arena, &p, &contact, &err));
	OK(person_change(s, uid, &p.rev, &birth, 1, &arena, NULL, &err));
}

/* One code's date of birth makes no adult of whom the other's has as a child. */
static void
harm_11_a_child_by_either_date_of_birth_is_one(void **state)
{
	static const struct {
		const char *mine, *theirs;
		bool first_lasts; /* of age by the first's date */
	} rows[] = {
		{ "2010-03-12", "2010-06-20", false },
		{ "2010-06-20", "2010-03-12", true },
		{ "2001-01-05", "2010-06-20", false },
		{ "2010-06-20", "", true },
	};
	static const char sql[] =
	    "SELECT of_age_from FROM case_file WHERE uid = ?1";

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct two t = two_codes("Hiruni Peiris");
		int64_t mine, theirs;

		born(o.amina, t.a, rows[i].mine);
		if (rows[i].theirs[0] != '\0')
			born(o.zoya, t.b, rows[i].theirs);
		mine = ask_of(o.sunil, sql, t.a);
		theirs = ask_of(o.sunil, sql, t.b);
		assert_true(mine != theirs);
		join(&t, NULL, 0);
		assert_int_equal(ask_of(o.sunil, sql, t.a),
		    rows[i].first_lasts ? mine : theirs);
		part(&t);
		assert_int_equal(ask_of(o.sunil, sql, t.a), mine);
	}
}

/* Taken from the other, then said of this one: parting takes it from nobody. */
static void
harm_11_what_was_said_anew_stays_when_they_part(void **state)
{
	static const struct request_line take[] = {
		{ "may_be_child", "take", "" }, { "risk", "take", "" }
	};
	struct two t = two_codes("Nethmi Silva"), u = two_codes("Senuri Silva");
	struct child_record child = child_of(t.a, "concern");
	struct conflicts cf;
	int64_t rev;

	(void)state;
	set(o.amina, t.a, "may_be_child", "no");
	set(o.zoya, t.b, "may_be_child", "yes");
	rev = look(o.amina, t.a).rev;
	OK(case_set_risk(
	    o.amina, t.a, &rev, 3, "a place to be", &arena, &cf, &err));
	rev = look(o.zoya, t.b).rev;
	OK(case_set_risk(
	    o.zoya, t.b, &rev, 0, "they are looked for", &arena, &cf, &err));
	join(&t, take, 2);
	assert_string_equal(look(o.amina, t.a).may_be_child, "yes");
	assert_int_equal(look(o.amina, t.a).risk, 0);
	OK(child_put(o.amina, &child, &err));
	rev = look(o.amina, t.a).rev;
	OK(case_set_risk(
	    o.amina, t.a, &rev, 0, "seen at the door", &arena, &cf, &err));
	part(&t);
	assert_string_equal(look(o.amina, t.a).may_be_child, "yes");
	assert_int_equal(look(o.amina, t.a).risk, 0);
	/* Where nobody said anything of it, it goes back. */
	set(o.amina, u.a, "may_be_child", "no");
	set(o.zoya, u.b, "may_be_child", "yes");
	join(&u, take, 1);
	part(&u);
	assert_string_equal(look(o.amina, u.a).may_be_child, "no");
}

static void
harm_11_an_adults_age_band_is_not_taken_over_a_childs(void **state)
{
	static const struct request_line take = { "age_band", "take", "" };
	struct two t = two_codes("Hiruni Bandara");
	struct request r = request_of(&t, &take, 1);

	(void)state;
	set(o.amina, t.a, "age_band", "12-14");
	set(o.zoya, t.b, "age_band", "18-29");
	REFUSED(ERR_INPUT, join_ask(o.amina, &r, &err));
	assert_non_null(strstr(err.text, "age band"));
}

/* Row 7: a guardian found unsafe under one code agrees under none. */
static void
harm_07_an_unsafe_guardian_of_the_other_code(void **state)
{
	struct two t = two_codes("Kavindi Jayasinghe");
	struct child_record mine = child_of(t.a, "safe"),
			    theirs = child_of(t.b, "concern");
	struct consent c = release_of(t.a);

	(void)state;
	set(o.amina, t.a, "age_band", "15-17");
	set(o.zoya, t.b, "age_band", "15-17");
	OK(child_put(o.amina, &mine, &err));
	OK(child_put(o.zoya, &theirs, &err));
	c.given_by = "both";
	OK(consent_add(o.amina, &c, &err));
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
	join(&t, NULL, 0);
	assert_int_equal(gate(o.amina, t.a), EGRESS_AGE);
	c.uid = uid_new();
	c.given_at = clock_now();
	REFUSED(ERR_INPUT, consent_add(o.amina, &c, &err));
	assert_non_null(strstr(err.text, "(b)"));
	part(&t);
	assert_int_equal(gate(o.amina, t.a), EGRESS_ALLOWED);
}

/* --- what goes on ------------------------------------------------------------------------ */
static void
whoever_goes_on_reads_both_and_brings_over(void **state)
{
	struct two t = two_codes("Oshadi Ranasinghe");
	struct case_file f;
	int64_t rev;

	(void)state;
	REFUSED(ERR_REASON, case_open(o.amina, t.b, "", &arena, &f, &err));
	join(&t, NULL, 0);
	OK(case_open(o.amina, t.b, "", &arena, &f, &err));
	assert_int_equal(tasks_of(o.amina, t.a, "task"), 1);
	/* It is not opened beside the one that goes on. */
	rev = f.rev;
	REFUSED(
	    ERR_CONFLICT, case_reopen(o.sunil, t.b, &rev, "came back", &err));
	part(&t);
	assert_int_equal(tasks_of(o.amina, t.a, "task"), 0);
	REFUSED(ERR_REASON, case_open(o.amina, t.b, "", &arena, &f, &err));
}

static bool
promised(struct session *s, struct uid c)
{
	struct agenda_page page;

	OK(agenda_page(
	    s, AGENDA_PROMISED, 0, INT64_MAX, NULL, 200, &arena, &page, &err));
	for (size_t i = 0; i < page.n; i++)
		if (uid_eq(&page.rows[i].case_uid, &c))
			return true;
	return false;
}

/* Row 14: what was promised under the other code is kept by whoever works with
 * the person now. */
static void
harm_14_a_promise_under_the_other_code_is_kept(void **state)
{
	struct two t = two_codes("Piumi Herath");
	struct followup_plan plan = plan_in(2);
	struct case_file f;

	(void)state;
	plan.promised = true;
	OK(followup_plan_add(o.zoya, t.b, &plan, &err));
	assert_true(promised(o.zoya, t.b));
	join(&t, NULL, 0);
	assert_true(promised(o.amina, t.b));
	assert_false(promised(o.zoya, t.b));
	f = look(o.sunil, t.a);
	OK(case_assign(o.sunil, t.a, &f.rev, session_user(o.sunil)->uid, &arena,
	    NULL, &err));
	assert_true(promised(o.sunil, t.b));
	assert_false(promised(o.amina, t.b));
	part(&t);
	assert_true(promised(o.zoya, t.b));
}

/* Whoever agrees must have a right to both, when they agree. */
static void
harm_08_who_joins_may_look_into_both(void **state)
{
	struct two t = two_codes("Lasanthi Silva");
	struct request r = request_of(&t, NULL, 0);
	struct request away = { .uid = uid_new(),
		.case_uid = t.b,
		.to_user = session_user(o.bilal)->uid,
		.reason = "moved there" };

	(void)state;
	OK(join_ask(o.amina, &r, &err));
	OK(transfer_ask(o.zoya, &away, &err));
	OK(request_answer(
	    o.bilal, t.b, away.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	REFUSED(ERR_DENIED,
	    request_answer(o.sunil, t.a, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	assert_false(look(o.bilal, t.b).closed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_03_a_no_under_the_other_code_stops_a_sending),
		T(harm_03_a_yes_under_the_other_code_is_asked_anew),
		T(harm_03_nothing_leaves_from_the_code_that_ended),
		T(harm_12_a_mark_under_the_other_code_holds),
		T(harm_02_a_stop_under_either_code_stops_both),
		T(harm_02_a_stop_said_since_stays),
		T(harm_11_joining_makes_no_child_an_adult),
		T(harm_11_a_child_known_meanwhile_stops_the_join),
		T(harm_11_a_child_by_either_date_of_birth_is_one),
		T(harm_11_what_was_said_anew_stays_when_they_part),
		T(harm_11_an_adults_age_band_is_not_taken_over_a_childs),
		T(harm_07_an_unsafe_guardian_of_the_other_code),
		T(harm_14_a_promise_under_the_other_code_is_kept),
		T(whoever_goes_on_reads_both_and_brings_over),
		T(harm_08_who_joins_may_look_into_both),
	};

	/* 2026-11-24 */
	assert_int_equal(setenv("AMPARO_NOW", "1795478400000", 1), 0);
	return cmocka_run_group_tests(tests, setup, teardown);
}
