/* SPDX-License-Identifier: ISC */
/* What an intake refuses, and why. */
#include "intake_kit.h"

static void
no_triage(struct sample *s)
{
	s->in.n_triage = 0;
}
static void
unknown_prompt(struct sample *s)
{
	s->triage[0].id = "tri.11";
}
static void
prompt_twice(struct sample *s)
{
	s->triage[1].id = "tri.01";
}
static void
unknown_answer(struct sample *s)
{
	s->triage[0].state = "yes";
}
static void
danger_without_action(struct sample *s)
{
	s->triage[0].state = "clear_sign";
}
static void
no_limits(struct sample *s)
{
	s->in.limits_script = "";
}
static void
no_consent(struct sample *s)
{
	s->in.work_together = NULL;
}
static void
consent_no(struct sample *s)
{
	s->consent.decision = "no";
}
static void
nothing_next(struct sample *s)
{
	s->in.next = NULL;
	s->in.next_none = " ";
}
static void
story_before_consent(struct sample *s)
{
	s->in.open_case = false;
	s->in.person = NULL;
	s->in.safe_contact = NULL;
	s->in.next = NULL;
	s->in.work_together = NULL;
	s->in.note = "they told everything";
}
static void
other_consent(struct sample *s)
{
	s->consent.kind = "statistics";
}
static void
nobody(struct sample *s)
{
	s->in.person = NULL;
}
static void
anonymous_with_name(struct sample *s)
{
	s->in.anonymous = true;
}
static void
person_without_case(struct sample *s)
{
	s->in.open_case = false;
}
static void
risk_without_reason(struct sample *s)
{
	s->in.risk_reason = "\n ";
}
static void
risk_unknown(struct sample *s)
{
	s->in.risk = 40;
}
static void
from_tomorrow(struct sample *s)
{
	s->in.at += CLOCK_DAY;
}
static void
channel_unknown(struct sample *s)
{
	s->in.channel = "telepathy";
}
static void
due_never(struct sample *s)
{
	s->next.due = 0;
}
static void
next_unknown(struct sample *s)
{
	s->next.what = "wait";
}
static void
contact_unknown(struct sample *s)
{
	s->safe.may_contact = "";
}
static void
basis_unknown(struct sample *s)
{
	s->person.birth_basis = "x-ray";
}
static void
name_too_long(struct sample *s)
{
	static char big[202];

	memset(big, 'n', 201);
	s->person.name = big;
}

/* Age: who has to agree. */
static void
child_alone(struct sample *s)
{
	s->person.birth = (struct fdate){ 2013, 0, 0, DATE_YEAR };
	s->in.may_be_child = "yes";
	s->in.age_band = "12-14";
}
static void
unsure_alone(struct sample *s)
{
	s->person.birth = (struct fdate){ 0 };
	s->in.age_band = "";
	s->in.may_be_child = "unsure";
}
static void
guardian_not_asked_about(struct sample *s)
{
	child_alone(s);
	s->consent.given_by = "assent";
}

static const struct {
	const char *name;
	void (*break_it)(struct sample *);
	const char *says; /* part of the sentence */
} broken[] = {
	{ "no triage", no_triage, "safety" },
	{ "a prompt that is none", unknown_prompt, "list" },
	{ "one prompt twice", prompt_twice, "list" },
	{ "an answer that is none", unknown_answer, "list" },
	{ "danger, nothing done", danger_without_action, "done at once" },
	{ "limits not read", no_limits, "limits" },
	{ "consent not asked", no_consent, "work together" },
	{ "consent refused", consent_no, "contact alone" },
	{ "neither a next date nor why", nothing_next, "what is next" },
	{ "a story before consent", story_before_consent, "story" },
	{ "another kind of consent", other_consent, "work together" },
	{ "nobody, and not anonymous", nobody, "anonymous" },
	{ "anonymous with a name", anonymous_with_name, "anonymous" },
	{ "a person without a case", person_without_case, "case" },
	{ "risk without reason", risk_without_reason, "why" },
	{ "risk that is none", risk_unknown, "risk" },
	{ "a contact still to come", from_tomorrow, "still to come" },
	{ "a channel that is none", channel_unknown, "list" },
	{ "a plan without a day", due_never, "day" },
	{ "a plan that is none", next_unknown, "next" },
	{ "may be contacted: not said", contact_unknown, "contacted" },
	{ "a birth known from nothing", basis_unknown, "birth" },
	{ "a name of 201 bytes", name_too_long, "200" },
	{ "a child alone", child_alone, "guardian" },
	{ "perhaps a child, alone", unsure_alone, "guardian" },
	{ "a guardian nobody asked about", guardian_not_asked_about, "safe" },
};

static void
refuses_what_breaks_the_order(void **state)
{
	int64_t before = contacts(), who = people();

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		struct sample s;

		sample_make(&s, "Nimal Perera", "");
		broken[i].break_it(&s);
		err_clear(&err);
		if (intake_save(o.amina, &s.in, code, &err) != -1 ||
		    err.kind != ERR_INPUT ||
		    strstr(err.text, broken[i].says) == NULL)
			fail_msg("%s: \"%s\" (%d)", broken[i].name, err.text,
			    err.kind);
	}
	assert_int_equal(contacts(), before);
	assert_int_equal(people(), who);
}
int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(refuses_what_breaks_the_order),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
