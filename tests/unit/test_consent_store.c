/* SPDX-License-Identifier: ISC */
/* Consent as it is kept: recorded, standing, withdrawn. */
#include "consent_kit.h"
#include "store/child.h"

/* --- recording --- */
static void
keeps_everything_that_was_said(void **state)
{
	struct consent c = release_of(uid), r = { .kind = NULL };
	struct consents all;

	(void)state;
	c.withheld = "the village";
	c.withheld_why = "fear_of_harm";
	c.evidence = "paper 12";
	c.interpreter = "independent";
	c.interpreter_code = "I-7";
	c.witness_code = "W-2";
	OK(consent_add(o.amina, &c, &err));
	all = list(false);
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.list[i].uid, &c.uid))
			r = all.list[i];
	}
	assert_string_equal(r.kind, "release");
	assert_string_equal(r.recipient, "legal-partner");
	assert_string_equal(r.purpose, "legal_advice");
	assert_int_equal(r.scope, c.scope);
	assert_string_equal(r.withheld, "the village");
	assert_string_equal(r.decision, "yes");
	assert_string_equal(r.given_by, "person");
	assert_string_equal(r.form, "verbal_witnessed");
	assert_string_equal(r.interpreter_code, "I-7");
	assert_string_equal(r.seen_alone, "yes");
	assert_true(r.understood);
	assert_string_equal(r.by, "amina");
	assert_string_equal(r.state, "given");
	/* Ninety days, by configuration and by rule. */
	assert_true(clock_day_of(r.until) == clock_day_of(r.given_at) + 90);
	assert_false(r.single_use);
	/* That limits were read is in the history of the case, not a consent
	 * somebody could withdraw. */
	for (size_t i = 0; i < all.n; i++)
		assert_string_not_equal(all.list[i].kind, "limits");
}

static void
authorities_get_it_once(void **state)
{
	static const struct {
		const char *to, *why;
		bool once;
	} to[] = {
		{ "police", "protection", true },
		{ "mechanism", "mechanism", true },
		{ "shelter-partner", "shelter", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(to) / sizeof(to[0]); i++) {
		struct consent c = release_of(uid);

		c.recipient = to[i].to;
		c.purpose = to[i].why;
		OK(consent_add(o.amina, &c, &err));
		assert_int_equal(
		    ask_of(o.amina,
			"SELECT single_use FROM consent WHERE uid = ?1", c.uid),
		    to[i].once);
		disclose(&c);
		assert_string_equal(
		    state_of(c.uid), to[i].once ? "used" : "given");
	}
}

static void
a_second_try_is_quiet(void **state)
{
	struct consent c = release_of(uid);

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	c.given_at += 5000; /* saved again a little later */
	OK(consent_add(o.amina, &c, &err));
	assert_int_equal(
	    ask_of(
		o.amina, "SELECT count(*) FROM consent WHERE uid = ?1", c.uid),
	    1);
	c.scope |= data_scope_bit(DATA_HEALTH);
	REFUSED(ERR_CONFLICT, consent_add(o.amina, &c, &err));
}

/* --- refusing -------------------------------------------------------------------------------- */

static void
harm_18_only_an_approved_text_is_read(void **state)
{
	struct society *society = o.kit.society;
	struct consent c = release_of(uid);
	char code[CODE_SIZE];
	struct sample s;
	struct script *scripts;
	const struct script *kept = society->scripts;

	(void)state;
	scripts = arena_alloc(&arena, society->n_scripts, sizeof(*scripts));
	memcpy(scripts, kept, society->n_scripts * sizeof(*scripts));
	for (size_t i = 0; i < society->n_scripts; i++)
		scripts[i].approved = false;
	society->scripts = scripts;
	sample_make(&s, "Read Wrong", "");
	s.consent.script = "sheet";
	if (consent_add(o.amina, &c, &err) != -1 || err.kind != ERR_INPUT)
		fail_msg("a text nobody approved was taken");
	if (intake_save(o.amina, &s.in, code, &err) != -1 ||
	    err.kind != ERR_INPUT)
		fail_msg("limits nobody approved were taken");
	society->scripts = kept;
	OK(consent_add(o.amina, &c, &err));
	/* The printed sheet is always possible. */
	c = release_of(uid);
	c.script = "sheet";
	OK(consent_add(o.amina, &c, &err));
}

/* A guardian's yes counts only once somebody said that involving them is
 * safe; where it is not, best interests with a reason (harm register 7). */
static void
harm_07_guardian_is_asked_about_first(void **state)
{
	static const struct {
		const char *guardian, *given_by, *why;
		bool fine;
	} ways[] = {
		{ "", "both", "", false },
		{ "concern", "both", "", false },
		{ "unsafe_to_tell", "both", "", false },
		{ "safe", "both", "", true },
		{ "safe", "person", "", false },
		{ "safe", "guardian", "", false },
		{ "unsafe_to_tell", "best_interests", "", false },
		{ "unsafe_to_tell", "best_interests", "aunt and child agree",
		    true },
		{ "unavailable", "best_interests", "child and trusted teacher",
		    true },
		{ "perhaps", "both", "", false },
	};
	int64_t rev =
	    ask_of(o.amina, "SELECT rev FROM case_file WHERE uid = ?1", uid);

	(void)state;
	OK(case_change(o.amina, uid, &rev,
	    (const struct change[]){
		{ "age_band", "15-17" }, { "may_be_child", "yes" } },
	    2, &arena, NULL, &err));
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct consent c = release_of(uid);
		int rc;

		c.guardian = ways[i].guardian;
		c.given_by = ways[i].given_by;
		c.given_by_why = ways[i].why;
		err_clear(&err);
		rc = consent_add(o.amina, &c, &err);
		if ((rc == 0) != ways[i].fine)
			fail_msg("%s %s: %s", c.guardian, c.given_by, err.text);
	}
}

/* What the child's record says of a guardian stands in every consent, so that
 * a safe one can agree in every age band, and an unsafe one in none. */
static void
harm_07_a_safe_guardian_agrees_by_the_childs_record(void **state)
{
	static const struct {
		const char *band, *given_by;
	} ways[] = { { "0-5", "guardian" }, { "6-11", "assent" },
		{ "12-14", "assent" }, { "15-17", "both" } };
	struct child_record r = { .case_uid = uid,
		.may_be_child = "yes",
		.age_basis = "stated",
		.age_decided_by = "",
		.safety_asked = true,
		.guardian = "safe",
		.informed = "yes",
		.informed_why = "",
		.route = "caregiver",
		.route_why = "",
		.trusted = "",
		.assent = "yes",
		.child_words = "" };
	int64_t rev;

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct consent c = release_of(uid);

		rev = ask_of(
		    o.amina, "SELECT rev FROM case_file WHERE uid = ?1", uid);
		OK(case_change(o.amina, uid, &rev,
		    &(const struct change){ "age_band", ways[i].band }, 1,
		    &arena, NULL, &err));
		c.given_by = ways[i].given_by;
		if (i == 0) {
			REFUSED(ERR_INPUT, consent_add(o.amina, &c, &err));
			assert_non_null(strstr(err.text, "(b"));
		}
		r.uid = uid_new();
		OK(child_put(o.amina, &r, &err));
		/* From 15 on the young person agrees, not the guardian alone. */
		if (strcmp(ways[i].given_by, "both") == 0) {
			c.given_by = "assent";
			REFUSED(ERR_INPUT, consent_add(o.amina, &c, &err));
			assert_non_null(strstr(err.text, "that both did"));
			c.given_by = ways[i].given_by;
		}
		OK(consent_add(o.amina, &c, &err));
	}
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM consent WHERE case_uid = ?1"
			     " AND kind = 'release' AND guardian = 'safe'",
			     uid),
	    4);
}

static void
rights_and_failures(void **state)
{
	struct consent c = release_of(uid);
	struct disclosures told;

	(void)state;
	REFUSED(ERR_DENIED, consent_add(o.zoya, &c, &err));
	REFUSED(ERR_DENIED, consent_add(o.bilal, &c, &err));
	REFUSED(ERR_DENIED, consent_add(o.adele, &c, &err));
	o.amina->fault = SQLITE_BUSY;
	REFUSED(ERR_BUSY, consent_add(o.amina, &c, &err));
	assert_string_equal(state_of(c.uid), "gone");
	OK(consent_add(o.amina, &c, &err));
	REFUSED(ERR_DENIED, consent_withdraw(o.bilal, uid, c.uid, uid_new(), "",
				&arena, &told, &err));
	o.amina->fault = SQLITE_IOERR;
	REFUSED(ERR_IO, consent_withdraw(o.amina, uid, c.uid, uid_new(), "",
			    &arena, &told, &err));
	assert_string_equal(state_of(c.uid), "given");
}

/* --- withdrawing ------------------------------------------------------------------------------ */

static void
harm_03_withdrawn_blocks_at_once(void **state)
{
	struct consent c = release_of(uid);
	struct uid row = uid_new();
	struct disclosures told;
	struct case_file f;
	struct preview p;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	disclose(&c);
	p = preview(c.uid);
	assert_string_equal(p.why, "");
	assert_true(released(&p) >= 3);
	assert_true(sends(&p, "Savithri Gamage"));
	OK(consent_withdraw(
	    o.amina, uid, c.uid, row, "by telephone", &arena, &told, &err));
	assert_int_equal(told.n, 1);
	assert_string_equal(told.list[0].recipient, "legal-partner");
	assert_string_equal(told.list[0].by, "amina");
	assert_int_equal(told.list[0].scope, c.scope);
	/* From the same moment. */
	p = preview(c.uid);
	assert_int_equal(released(&p), 0);
	assert_false(sends(&p, "Savithri"));
	assert_string_not_equal(p.why, "");
	p = preview(row);
	assert_int_equal(released(&p), 0);
	assert_string_equal(state_of(c.uid), "replaced");
	assert_string_equal(state_of(row), "withdrawn");
	/* Whoever was told has to hear it: that is next. */
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_string_equal(f.next, "tell-recipients");
	assert_int_equal(f.releases_given, 0);
	assert_int_equal(f.releases_ended, 1);
	/* Once more is the same. */
	OK(consent_withdraw(
	    o.amina, uid, c.uid, row, "by telephone", &arena, &told, &err));
	assert_int_equal(told.n, 1);
	assert_int_equal(ask_of(o.amina,
			     "SELECT count(*) FROM recall_event WHERE "
			     "case_uid = ?1 AND kind = 'due'",
			     uid),
	    1);
}

static void
withdrawing_works_on_a_closed_case(void **state)
{
	struct consent c = release_of(uid);
	struct disclosures told;
	int64_t rev;

	(void)state;
	OK(consent_add(o.amina, &c, &err));
	rev = ask_of(o.amina, "SELECT rev FROM case_file WHERE uid = ?1", uid);
	OK(close_case(o.amina, uid, &rev, "own_wish", "", &err));
	OK(consent_withdraw(
	    o.amina, uid, c.uid, uid_new(), "", &arena, &told, &err));
	assert_int_equal(told.n, 0);
	assert_int_equal(preview(c.uid).why[0] != '\0', 1);
}

static void
there_is_something_to_withdraw(void **state)
{
	struct consent c = release_of(uid);
	struct disclosures told;

	(void)state;
	c.decision = "no";
	OK(consent_add(o.amina, &c, &err));
	REFUSED(ERR_INPUT, consent_withdraw(o.amina, uid, c.uid, uid_new(), "",
			       &arena, &told, &err));
	REFUSED(ERR_NOT_FOUND, consent_withdraw(o.amina, uid, uid_new(),
				   uid_new(), "", &arena, &told, &err));
	/* Another row's key is not taken over. */
	c = release_of(uid);
	OK(consent_add(o.amina, &c, &err));
	REFUSED(ERR_CONFLICT, consent_withdraw(o.amina, uid, c.uid, c.uid, "",
				  &arena, &told, &err));
	assert_string_equal(state_of(c.uid), "given");
}

static void
renewed_and_expired(void **state)
{
	struct consent c = release_of(uid), again;
	struct consents all;

	(void)state;
	c.given_at = clock_now() - 91 * CLOCK_DAY;
	c.until = clock_now() + 400 * CLOCK_DAY; /* wished for */
	OK(consent_add(o.amina, &c, &err));
	assert_string_equal(state_of(c.uid), "expired");
	assert_string_not_equal(preview(c.uid).why, "");
	/* Said after that was recorded. */
	again = release_of(uid);
	again.supersedes = c.uid;
	OK(consent_add(o.amina, &again, &err));
	assert_string_equal(state_of(c.uid), "replaced");
	assert_string_equal(state_of(again.uid), "given");
	all = list(false);
	for (size_t i = 0; i < all.n; i++)
		assert_false(uid_eq(&all.list[i].uid, &c.uid));
	/* Newest first. */
	all = list(true);
	assert_true(all.n >= 3);
	for (size_t i = 1; i < all.n; i++)
		assert_true(all.list[i - 1].given_at >= all.list[i].given_at);
}

/* Refusal costs nothing (harm register 4): with every consent a no, a worker
 * can still do everything that helps. */
static void
harm_04_refusal_costs_nothing(void **state)
{
	static const char *const to[] = { "police", "mechanism",
		"legal-partner", "shelter-partner", "health-partner" };
	static const char *const why[] = { "protection", "mechanism",
		"legal_advice", "shelter", "health" };
	struct disclosures told;
	struct consents all = list(false);
	const struct followup_plan plan = plan_in(1);
	const struct note n = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "fact",
		.text = "bed found for tonight" };
	struct attempt t = { .uid = uid_new(),
		.case_uid = uid,
		.plan = plan.uid,
		.channel = "walk_in",
		.outcome = "came",
		.agreed = "food, a bed, the clinic",
		.risk = 0,
		.risk_reason = "hides",
		.next_none = "will come by" };
	struct case_file f;
	struct sample s;

	(void)state;
	for (size_t i = 0; i < sizeof(to) / sizeof(to[0]); i++) {
		struct consent c = release_of(uid);

		c.recipient = to[i];
		c.purpose = why[i];
		c.decision = i % 2 ? "no" : "not_now";
		OK(consent_add(o.amina, &c, &err));
	}
	OK(consent_withdraw(o.amina, uid, all.list[0].uid, uid_new(),
	    "does not want a file", &arena, &told, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_string_equal(f.work_together, "withdrawn");
	assert_int_equal(f.releases_given, 0);
	assert_int_equal(f.releases_refused, 5);
	OK(followup_plan_add(o.amina, uid, &plan, &err));
	OK(note_add(o.amina, &n, &err));
	OK(flag_set(o.amina, uid, uid_new(), "needs shoes", NULL, &err));
	OK(followup_attempt(o.amina, &t, &err));
	sample_make(&s, "", "");
	s.safe.uid = uid_new();
	OK(contact_put(o.amina, uid, &s.safe, &err));
	OK(case_open(o.amina, uid, NULL, &arena, &f, &err));
	assert_int_equal(f.risk, 0);
	assert_int_equal(f.n_flags, 1);
	assert_false(f.closed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(keeps_everything_that_was_said),
		T(authorities_get_it_once),
		T(a_second_try_is_quiet),
		T(harm_18_only_an_approved_text_is_read),
		T(harm_07_guardian_is_asked_about_first),
		T(harm_07_a_safe_guardian_agrees_by_the_childs_record),
		T(rights_and_failures),
		T(harm_03_withdrawn_blocks_at_once),
		T(withdrawing_works_on_a_closed_case),
		T(there_is_something_to_withdraw),
		T(renewed_and_expired),
		T(harm_04_refusal_costs_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
