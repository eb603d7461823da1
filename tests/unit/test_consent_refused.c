/* SPDX-License-Identifier: ISC */
/* What is no consent. */
#include "consent_kit.h"

static void
bad_kind(struct consent *c)
{
	c->kind = "media";
}
static void
limits_kind(struct consent *c)
{
	c->kind = "limits";
}
static void
no_recipient(struct consent *c)
{
	c->recipient = "";
}
static void
free_recipient(struct consent *c)
{
	c->recipient = "my cousin the lawyer";
}
static void
no_purpose(struct consent *c)
{
	c->purpose = "";
}
static void
no_scope(struct consent *c)
{
	c->scope = 0;
}
static void
wide_scope(struct consent *c)
{
	c->scope = 1u << DATA_COUNT;
}
static void
withdrawn(struct consent *c)
{
	c->decision = "withdrawn";
}
static void
no_decision(struct consent *c)
{
	c->decision = "";
}
static void
no_form(struct consent *c)
{
	c->form = "";
}
static void
no_giver(struct consent *c)
{
	c->given_by = "";
}
static void
husband(struct consent *c)
{
	c->given_by = "other";
	c->given_by_why = "her husband said so";
}
static void
companion(struct consent *c)
{
	c->interpreter = "not_independent";
}
static void
companion_for_work(struct consent *c)
{
	c->kind = "work_together";
	c->recipient = c->purpose = "";
	c->interpreter = "not_independent";
}
static void
tomorrow(struct consent *c)
{
	c->given_at += 2 * CLOCK_DAY;
}
static void
backwards(struct consent *c)
{
	c->until = c->given_at - CLOCK_DAY;
}
static void
ask_sometime(struct consent *c)
{
	c->ask_again = "sometime";
}
static void
replaces_nothing(struct consent *c)
{
	c->supersedes = uid_new();
}
static void
withheld_unsaid(struct consent *c)
{
	c->withheld = "the village";
	c->withheld_why = "";
}
static void
withheld_somehow(struct consent *c)
{
	c->withheld = "the village";
	c->withheld_why = "because";
}
static void
recipient_for_work(struct consent *c)
{
	c->kind = "work_together";
}

static const struct {
	const char *name;
	void (*break_it)(struct consent *);
	const char *says;
} broken[] = {
	{ "a kind that is none", bad_kind, "kinds" },
	{ "limits are no consent", limits_kind, "kinds" },
	{ "no recipient", no_recipient, "recipient" },
	{ "a recipient in free words", free_recipient, "recipient" },
	{ "no purpose", no_purpose, "what for" },
	{ "nothing ticked", no_scope, "ticked" },
	{ "a scope that is none", wide_scope, "Tick" },
	{ "withdrawn from the start", withdrawn, "said" },
	{ "no decision", no_decision, "said" },
	{ "given in no way", no_form, "how" },
	{ "given by nobody", no_giver, "Only the person" },
	{ "given by somebody else", husband, "Only the person" },
	{ "a yes through a companion", companion, "independent" },
	{ "working together through a companion", companion_for_work,
	    "independent" },
	{ "said tomorrow", tomorrow, "still to come" },
	{ "over before it began", backwards, "before it begins" },
	{ "ask again: sometime", ask_sometime, "ask again" },
	{ "replaces what is not there", replaces_nothing, "not in this" },
	{ "held back without a reason", withheld_unsaid, "why it is held" },
	{ "held back for no reason of the list", withheld_somehow,
	    "from the list" },
	{ "working together with a recipient", recipient_for_work,
	    "no recipient" },
};

static void
harm_07_refuses_what_is_no_consent(void **state)
{
	int64_t before = ask_cases(o.amina, "SELECT count(*) FROM consent");

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		struct consent c = release_of(uid);

		broken[i].break_it(&c);
		err_clear(&err);
		if (consent_add(o.amina, &c, &err) != -1 ||
		    err.kind != ERR_INPUT ||
		    strstr(err.text, broken[i].says) == NULL)
			fail_msg("%s: \"%s\" (%d)", broken[i].name, err.text,
			    err.kind);
		/* It says of which value, for the form to go there. */
		if (err.field[0] == '\0' && broken[i].break_it != tomorrow &&
		    broken[i].break_it != replaces_nothing)
			fail_msg("%s: no field", broken[i].name);
	}
	assert_int_equal(
	    ask_cases(o.amina, "SELECT count(*) FROM consent"), before);
	/* A no needs none of it: neither form nor tick nor interpreter. */
	struct consent no = release_of(uid);

	no.decision = "no";
	no.form = no.given_by = "";
	no.scope = 0;
	no.interpreter = "not_independent";
	no.ask_again = "2027-01";
	OK(consent_add(o.amina, &no, &err));
	assert_string_equal(state_of(no.uid), "refused");
}
int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(harm_07_refuses_what_is_no_consent),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
