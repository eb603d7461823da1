/* SPDX-License-Identifier: ISC */
/* Duties to tell: when they were learned, what left by them, who ends them. */

#include <string.h>

#include "office_kit.h"
#include "rules/disclosure.h"
#include "store/referral.h"
#include "store/told.h"

/* When it has to be told; 0: nothing has to. */
static int64_t
report_due(struct uid c)
{
	return ask_of(o.amina,
	    "SELECT coalesce(min(due), 0) FROM agenda WHERE case_uid = ?1"
	    " AND kind = 'report'",
	    c);
}

static void
refuses_a_trigger_that_is_none(void **state)
{
	struct uid c = case_of(o.amina, "Oma Example");
	struct duty_entry t = duty_learned(c);
	struct duty *duty = (struct duty *)(uintptr_t)&o.kit.society->duties[0];
	const char *was = duty->applies;

	(void)state;
	t.duty = "no-such";
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	t = duty_learned(c);
	t.words = "";
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	t = duty_learned(c);
	t.at = clock_now() + CLOCK_DAY;
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	t = duty_learned(c);
	duty->applies = "no";
	REFUSED(ERR_INPUT, duty_add(o.amina, &t, &err));
	duty->applies = was;
	REFUSED(ERR_DENIED, duty_add(o.bilal, &t, &err));
	assert_int_equal(report_due(c), 0);
}

/* What left, told already, to that kind of recipient: its uid. */
static struct uid
left_to(struct uid c, const char *recipient, int64_t at)
{
	const struct act t = { .uid = uid_new(),
		.case_uid = c,
		.recipient = recipient,
		.purpose = "protection",
		.scope = data_scope_bit(DATA_NEEDS),
		.at = at,
		.reason = TOLD_ALONE,
		.words = "called in the evening",
		.legal_ref = "",
		.told = "yes",
		.told_why = "" };
	struct disclosed_list left;

	OK(told_add(o.amina, &t, &err));
	OK(disclosure_list(o.amina, c, &arena, &left, &err));
	for (size_t i = 0; i < left.n; i++)
		if (strcmp(left.list[i].recipient, recipient) == 0 &&
		    left.list[i].at == at)
			return left.list[i].uid;
	fail_msg("it did not leave");
	return (struct uid){ { 0 } };
}

/* The first configured recipient that a duty is told to, and one it is not. */
static const char *
recipient_for(const struct duty *duty, bool right)
{
	const struct society *s = o.kit.society;

	for (size_t i = 0; i < s->n_recipients; i++)
		if ((s->recipients[i].kind == duty->to) == right &&
		    s->recipients[i].kind != RECIPIENT_STATISTICS)
			return s->recipients[i].id;
	fail_msg("no such recipient is configured");
	return "";
}

/* Row 15: "told" names what left by it: in this case, to them, since then. */
static void
harm_15_told_names_what_left(void **state)
{
	struct uid c = case_of(o.amina, "Lasan Example");
	struct uid other = case_of(o.amina, "Mala Example");
	struct duty_entry t = duty_learned(c), done;
	const struct duty *duty = &o.kit.society->duties[0];
	const char *them = recipient_for(duty, true);
	struct duty_file f;
	struct uid wrong[4];
	int64_t when = clock_now() - CLOCK_DAY;

	(void)state;
	/* Learned two days ago: the time runs from then. */
	t.at = clock_now() - 2 * CLOCK_DAY;
	OK(duty_add(o.amina, &t, &err));
	assert_true(report_due(c) < clock_now() + CLOCK_DAY);
	wrong[0] = (struct uid){ { 0 } };
	wrong[1] = left_to(other, them, clock_now() - CLOCK_DAY);
	wrong[2] = left_to(c, recipient_for(duty, false), clock_now());
	/* The day before it was learned; that day's morning would do. */
	wrong[3] = left_to(
	    c, them, clock_day_start(clock_day_of(t.at)) - CLOCK_MINUTE);
	done = t;
	done.uid = uid_new();
	done.of = t.uid;
	done.code = "told";
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		done.disclosure = wrong[i];
		REFUSED(ERR_INPUT, duty_add(o.amina, &done, &err));
		assert_non_null(strstr(err.text, "Choose what was told"));
	}
	/* Told a day after it was learned, and recorded here only now. */
	done.disclosure = left_to(c, them, when);
	OK(duty_add(o.amina, &done, &err));
	OK(duty_open(o.amina, c, &arena, &f, &err));
	assert_string_equal(f.list[0].recipient, them);
	assert_int_equal(f.list[0].told_at, when);
	assert_int_equal(report_due(c), 0);
}

/* What is clearly ours is not put down by one caseworker, either; and nothing
 * ended tomorrow. */
static void
harm_15_a_clear_duty_is_no_caseworkers_to_end(void **state)
{
	static const char *const codes[] = { "not_told", "does_not_apply" };
	struct uid c = case_of(o.amina, "Malith Example");
	struct duty_entry t = duty_learned(c), done;
	struct duty *duty = (struct duty *)(uintptr_t)&o.kit.society->duties[0];
	const char *was = duty->applies;

	(void)state;
	duty->applies = "yes";
	OK(duty_add(o.amina, &t, &err));
	done = t;
	done.of = t.uid;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		done.uid = uid_new();
		done.code = codes[i];
		REFUSED(ERR_DENIED, duty_add(o.amina, &done, &err));
		assert_non_null(strstr(err.text, "ours to tell"));
	}
	assert_true(report_due(c) != 0);
	done.at = clock_now() + CLOCK_DAY;
	REFUSED(ERR_INPUT, duty_add(o.sunil, &done, &err));
	done.at = t.at;
	OK(duty_add(o.sunil, &done, &err));
	assert_int_equal(report_due(c), 0);
	duty->applies = was;
}

/* A duty that is not configured any more still wants to know what was told. */
static void
harm_15_an_unknown_duty_is_told_by_something(void **state)
{
	struct uid c = case_of(o.amina, "Nuwan Example");
	struct duty_entry t = duty_learned(c), done;
	struct duty *duty = (struct duty *)(uintptr_t)&o.kit.society->duties[0];
	const char *was = duty->id;

	(void)state;
	OK(duty_add(o.amina, &t, &err));
	done = t;
	done.uid = uid_new();
	done.of = t.uid;
	done.code = "told";
	duty->id = "another";
	REFUSED(ERR_INPUT, duty_add(o.amina, &done, &err));
	done.disclosure = left_to(c, recipient_for(duty, true), clock_now());
	OK(duty_add(o.amina, &done, &err));
	duty->id = was;
}

/* Whoever recorded it does not end it untold alone, where somebody else may. */
static void
harm_15_two_people_decide_that_it_is_not_told(void **state)
{
	struct uid c = case_of(o.amina, "Oshan Example");
	struct duty_entry t, done;
	struct session *sara = NULL;
	struct closing_sample closing;
	struct case_file f;
	bool closed;

	(void)state;
	/* At first nobody else supervises here; a coordinator records nothing
	 * in a case. */
	for (int others = 0; others < 2; others++) {
		t = duty_learned(c);
		OK(duty_add(o.sunil, &t, &err));
		done = t;
		done.uid = uid_new();
		done.of = t.uid;
		done.code = others == 0 ? "does_not_apply" : "not_told";
		if (others == 0) {
			OK(duty_add(o.sunil, &done, &err));
			assert_int_equal(report_due(c), 0);
			sara = vault_kit_user(
			    &o.kit, "sara", ROLE_SUPERVISOR, "branch-1");
			continue;
		}
		/* Also of a closed case. */
		OK(case_open(o.sunil, c, "to close it", &arena, &f, &err));
		closing_make(&closing, c, "goals_met", "done");
		closing_plan_is(&closing, "no");
		OK(case_close(o.sunil, &f.rev, &closing.r, &closed, &err));
		assert_true(closed);
		REFUSED(ERR_SECOND, duty_add(o.sunil, &done, &err));
		assert_non_null(strstr(err.text, "else who supervises"));
		assert_true(report_due(c) != 0);
		REFUSED(ERR_DENIED, duty_add(o.cora, &done, &err));
		OK(duty_add(sara, &done, &err));
		assert_int_equal(report_due(c), 0);
	}
}

/* "We referred" is no word alone: something left to whoever runs it. */
static void
harm_03_a_referral_of_ours_stands_in_what_left(void **state)
{
	struct uid c = case_of(o.amina, "Ravi Example");
	struct mechanism *m = (struct mechanism *)(uintptr_t)society_mechanism(
	    o.kit.society, "national");
	const struct duty runs = { .to = RECIPIENT_NRM };
	const bool may = m->we_may_refer;
	struct mechanism_entry e = { .case_uid = c,
		.mechanism = "national",
		.on = date_of_day(clock_day_of(clock_now())),
		.words = "" };
	static const struct {
		const char *kind, *code;
	} before[] = { { "informed", "" }, { "consequences", "" },
		{ "decision", "wants" } };

	(void)state;
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		e.uid = uid_new();
		e.kind = before[i].kind;
		e.code = before[i].code;
		OK(mechanism_add(o.amina, &e, &err));
	}
	m->we_may_refer = true;
	e.uid = uid_new();
	e.kind = "referred";
	e.code = "we";
	REFUSED(ERR_INPUT, mechanism_add(o.amina, &e, &err));
	(void)left_to(c, recipient_for(&runs, false), clock_now());
	REFUSED(ERR_INPUT, mechanism_add(o.amina, &e, &err));
	assert_non_null(strstr(err.text, "stands in K"));
	(void)left_to(c, recipient_for(&runs, true), clock_now());
	e.on = date_of_day(clock_day_of(clock_now()) - 1);
	REFUSED(ERR_INPUT, mechanism_add(o.amina, &e, &err));
	e.on = date_of_day(clock_day_of(clock_now()));
	OK(mechanism_add(o.amina, &e, &err));
	m->we_may_refer = may;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(refuses_a_trigger_that_is_none),
		T(harm_15_told_names_what_left),
		T(harm_15_a_clear_duty_is_no_caseworkers_to_end),
		T(harm_15_an_unknown_duty_is_told_by_something),
		T(harm_03_a_referral_of_ours_stands_in_what_left),
		/* Adds to the office: last. */
		T(harm_15_two_people_decide_that_it_is_not_told),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
