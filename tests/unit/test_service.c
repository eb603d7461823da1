/* SPDX-License-Identifier: ISC */
/* Help in the store: it depends on nothing but need. */
#include <string.h>

#include "base/clock.h"
#include "config/telling.h"
#include "rules/workflow.h"
#include "store/plan.h"
#include "store/screening.h"
#include "store/service.h"
#include "office_kit.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static struct fdate
in_days(int days)
{
	struct fdate d = { .precision = DATE_DAY };
	struct civil c;

	clock_civil(clock_now() + days * CLOCK_DAY, &c);
	d.year = (int16_t)c.year;
	d.month = (int8_t)c.month;
	d.day = (int8_t)c.day;
	return d;
}

static struct uid
goal_of(struct uid case_uid, const char *words)
{
	const struct goal g = { .uid = uid_new(),
		.words = words,
		.domain = "shelter",
		.agreed = "yes" };

	OK(goal_add(o.amina, case_uid, &g, &err));
	return g.uid;
}

static struct case_file
opened(struct uid case_uid)
{
	struct case_file f;

	OK(case_open(o.amina, case_uid, NULL, &arena, &f, &err));
	return f;
}

/* --- help ------------------------------------------------------------------- */

static void
help_that_was_planned_is_followed(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct service s = { .uid = uid_new(),
		.service = "material",
		.state = "planned",
		.due_on = in_days(1),
		.words = "" };
	struct service done = { .uid = uid_new(),
		.service = "material",
		.state = "given",
		.amount = "1 kit",
		.controls = "other" };
	struct services all;

	(void)state;
	OK(service_add(o.amina, uid, &s, &err));
	OK(service_add(o.amina, uid, &s, &err));
	assert_string_equal(opened(uid).next, "service");
	assert_int_equal(opened(uid).services_planned, 1);
	done.follows = s.uid;
	OK(service_add(o.amina, uid, &done, &err));
	assert_string_equal(opened(uid).next, "follow-up");
	assert_string_equal(opened(uid).stage, "services");
	OK(service_list(o.amina, uid, &arena, &all, &err));
	assert_int_equal(all.n, 2);
	assert_string_equal(all.list[0].state, "given");
	assert_true(all.list[1].followed);
	assert_int_equal(opened(uid).services_planned, 0);
	/* A mistake is put right by another entry. */
	s = (struct service){ .uid = uid_new(),
		.corrects = done.uid,
		.service = "material",
		.state = "given",
		.amount = "2 kits" };
	OK(service_add(o.amina, uid, &s, &err));
	OK(service_list(o.amina, uid, &arena, &all, &err));
	assert_int_equal(all.n, 3);
	assert_int_equal(opened(uid).services_given, 1);
}

static void
help_that_is_wrong_is_refused(void **state)
{
	struct uid uid = case_of(o.amina, "Ishara Fernando");
	struct service s = {
		.uid = uid_new(), .service = "no-such-help", .state = "given"
	};

	(void)state;
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	s.service = "pfa";
	s.state = "refused";
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	s.state = "unavailable";
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	s.state = "given";
	s.sheet = "no-such-sheet";
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	s.sheet = "";
	s.controls = "her husband";
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	s.controls = "";
	s.at = clock_now() + 2 * CLOCK_DAY;
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	s.at = 0;
	s.due_on = in_days(3);
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	s.due_on = (struct fdate){ 0 };
	s.follows = uid_new();
	REFUSED(ERR_NOT_FOUND, service_add(o.amina, uid, &s, &err));
	s.follows = (struct uid){ { 0 } };
	s.service = "cash";
	REFUSED(ERR_INPUT, service_add(o.amina, uid, &s, &err));
	assert_non_null(strstr(err.text, "Ask who controls"));
	s.state = "planned";
	OK(service_add(o.amina, uid, &s, &err));
	s.uid = uid_new();
	s.state = "given";
	s.controls = "unknown";
	OK(service_add(o.amina, uid, &s, &err));
}

/* Every way a case can stand that must make no difference to help. */
enum stand {
	AS_OPENED, /* working together agreed */
	TOGETHER_NO,
	RELEASES_REFUSED,
	RELEASE_WITHDRAWN,
	SCREENED_NO_CONCERN,
	SCREENED_NOT_ABLE,
	NO_CONTACT, /* stop contact, lost */
	PLANNED_ALREADY,
	CLOSED,
	ANONYMOUS,
	STANDS
};

static void
say_no(struct uid uid, const char *kind, const char *decision)
{
	struct consent c = release_of(uid);

	c.kind = kind;
	c.decision = decision;
	c.ask_again = "no";
	if (strcmp(kind, "work_together") == 0) {
		c.recipient = c.purpose = "";
		c.scope = 0;
		c.script = "work-together-en:1";
	}
	OK(consent_add(o.amina, &c, &err));
}

static void
screen(struct uid uid, const char *outcome, bool alone)
{
	const struct screening s = { .uid = uid_new(),
		.case_uid = uid,
		.catalogue = alone ? "ilo12" : "",
		.list = "",
		.language = "en",
		.interpreter = "none",
		.seen_alone = alone ? "yes" : "no",
		.gate_open = alone,
		.outcome = outcome,
		.wants = "to be left alone",
		.note = "" };

	OK(screening_add(o.amina, &s, &err));
}

static void
end(struct uid uid)
{
	int64_t rev = opened(uid).rev;

	OK(close_case(o.amina, uid, &rev, "own_wish", "they said so", &err));
}

/* "": nobody asked. */
static void
share_is(struct uid uid, const char *decision)
{
	bool taken_back = strcmp(decision, "withdrawn") == 0;
	struct consent c = release_of(uid);
	struct disclosures told;

	if (!taken_back && strcmp(decision, "yes") != 0) {
		if (decision[0] != '\0')
			say_no(uid, "release", decision);
		return;
	}
	OK(consent_add(o.amina, &c, &err));
	if (taken_back)
		OK(consent_withdraw(o.amina, uid, c.uid, uid_new(), "said so",
		    &arena, &told, &err));
}

static struct uid
standing(enum stand how)
{
	struct uid uid;
	struct sample one;
	char code[CODE_SIZE];

	if (how == ANONYMOUS) {
		sample_make(&one, "", "");
		one.in.anonymous = true;
		one.in.person = NULL;
		one.in.safe_contact = NULL;
		one.consent.decision = "not_now";
		OK(intake_save(o.amina, &one.in, code, &err));
		return one.in.case_uid;
	}
	uid = case_of(o.amina, "Ishara Fernando");
	switch (how) {
	case TOGETHER_NO:
		say_no(uid, "work_together", "no");
		break;
	case RELEASES_REFUSED:
		share_is(uid, "no");
		break;
	case RELEASE_WITHDRAWN:
		share_is(uid, "withdrawn");
		break;
	case SCREENED_NO_CONCERN:
		screen(uid, "no_concern_now", true);
		break;
	case SCREENED_NOT_ABLE:
		screen(uid, "not_able_to_assess", false);
		break;
	case NO_CONTACT:
		OK(followup_attempt(o.amina,
		    &(const struct attempt){ .uid = uid_new(),
			.case_uid = uid,
			.channel = "phone",
			.outcome = "do_not_try_again",
			.safe = "",
			.risk = -1,
			.lost_contact = true,
			.lost_considered = "asked us not to" },
		    &err));
		break;
	case PLANNED_ALREADY:
		(void)goal_of(uid, "a room");
		break;
	case CLOSED:
		end(uid);
		break;
	default:
		break;
	}
	return uid;
}

/*
 * The same help, whatever was agreed, answered, recorded or closed before:
 * every service of the configuration in every state, each time.
 */
static void
harm_04_help_depends_on_nothing(void **state)
{
	const struct society *society = session_society(o.amina);

	(void)state;
	for (int how = 0; how < STANDS; how++) {
		struct uid uid = standing((enum stand)how);
		struct services all;

		for (size_t i = 0; i < society->services.n; i++)
			for (int st = 0; st < SERVICE_STATE_COUNT; st++) {
				const struct service s = { .uid = uid_new(),
					.service = society->services.list[i].id,
					.state = service_state_name(
					    (enum service_state)st),
					.controls = "unknown",
					.words = "none near here" };

				if (service_add(o.amina, uid, &s, &err) != 0)
					fail_msg("case %d, %s %s: %s", how,
					    s.service, s.state, err.text);
			}
		OK(service_list(o.amina, uid, &arena, &all, &err));
		assert_int_equal(
		    all.n, society->services.n * SERVICE_STATE_COUNT);
	}
}

/* What was answered about sharing, with what was recorded of indicators and
 * where the case stands: all of it with all of it. */
static void
harm_04_help_depends_on_no_two_things(void **state)
{
	static const char *const shares[] = { "", "no", "not_now", "part",
		"yes", "withdrawn" };
	const struct society *society = session_society(o.amina);
	enum { ENGAGED, PLANNED, ENDED, PLACES };
	int n = 0;

	(void)state;
	for (int share = 0; share < (int)N(shares); share++)
		for (int out = -1; out < OUTCOME_COUNT; out++)
			for (int place = 0; place < PLACES; place++, n++) {
				struct uid uid = case_of(o.amina, "Ishara");
				const struct service s = { .uid = uid_new(),
					.service =
					    society->services
						.list[(size_t)n %
						      society->services.n]
						.id,
					.state = service_state_name(
					    (enum service_state)(
						n % SERVICE_STATE_COUNT)),
					.controls = "unknown",
					.words = "none near here" };

				share_is(uid, shares[share]);
				if (out >= 0)
					screen(uid,
					    screening_outcome_name(
						(enum screening_outcome)out),
					    out != OUTCOME_NOT_ABLE_TO_ASSESS);
				if (place == PLANNED)
					(void)goal_of(uid, "a room");
				if (place == ENDED)
					end(uid);
				if (service_add(o.amina, uid, &s, &err) != 0)
					fail_msg("share '%s', outcome %d, "
						 "place %d: %s",
					    shares[share], out, place,
					    err.text);
			}
}

/* What stands on a payment or a distribution list tells nothing: of every
 * service of this configuration, in the society's languages. */
static void
harm_22_no_label_on_paper_tells(void **state)
{
	const struct society *s = session_society(o.amina);

	(void)state;
	assert_true(s->n_offers >= 6);
	for (size_t i = 0; i < s->services.n; i++) {
		const char *paper = service_paper(s, s->services.list[i].id);

		assert_true(paper[0] != '\0');
		assert_null(telling_word(s, paper));
		assert_null(strcasestr(paper, "cash"));
	}
	for (int kind = OFFER_HEALTH; kind <= OFFER_INFORMATION; kind++) {
		bool found = false;

		for (size_t i = 0; i < s->n_offers; i++)
			found = found || (int)s->offers[i].kind == kind;
		if (!found)
			fail_msg("nothing of kind %d is offered", kind);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(help_that_was_planned_is_followed),
		T(help_that_is_wrong_is_refused),
		T(harm_04_help_depends_on_nothing),
		T(harm_04_help_depends_on_no_two_things),
		T(harm_22_no_label_on_paper_tells),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
