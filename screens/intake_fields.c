/* SPDX-License-Identifier: ISC */
#include "intake_fields.h"

#include "asks.h"
#include "child_words.h"

#include <stdio.h>

#include "intake_options.h"
#include "parts.h"
#include "rules/workflow.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* A field and where its options or words come from. */
struct row {
	struct form_field field;
	enum intake_with with;
};
#define F(i, w, t, fl, l, h, ...)         \
	{                                 \
		{ .id = i,                \
			.type = FORM_##t, \
			.flags = fl,      \
			.label = l,       \
			.help = h,        \
			##__VA_ARGS__ },  \
		    w                     \
	}

/* --- when fields show ------------------------------------------------------ */

#define TRIAGE_ID 8
static const char *
triage_id(char out[TRIAGE_ID], size_t i)
{
	(void)snprintf(out, TRIAGE_ID, "tri.%02u", (unsigned)(i + 1) % 100);
	return out;
}

static bool
sign_of(void *ctx, size_t i)
{
	const struct view *v = ctx;

	char id[TRIAGE_ID];

	return formview_is(v->state, triage_id(id, i), "clear_sign");
}
#define SIGN(i)                                                           \
	static bool sign_##i(void *ctx, const struct form_values *values) \
	{                                                                 \
		(void)values;                                             \
		return sign_of(ctx, i);                                   \
	}
SIGN(0)
SIGN(1)
SIGN(2)
SIGN(3)
SIGN(4)
SIGN(5)
#undef SIGN

static bool
sign_of_health(void *ctx, const struct form_values *values)
{
	(void)values;
	return sign_of(ctx, 2) || sign_of(ctx, 3);
}

static const char *
either(const struct formview *fv, const char *first, const char *then)
{
	const char *answer = formview_get(fv, first);

	return answer[0] != '\0' ? answer : formview_get(fv, then);
}

const char *
intake_language(const struct formview *fv)
{
	return either(fv, "language", "language_now");
}

const char *
intake_interpreter(const struct formview *fv)
{
	return either(fv, "interpreter", "interpreter_now");
}

/* A consent says in which language it was asked, and who interpreted. */
static bool
no_language(void *ctx, const struct form_values *values)
{
	(void)values;
	return formview_get(((const struct view *)ctx)->state, "language")[0] ==
	       '\0';
}

static bool
no_interpreter(void *ctx, const struct form_values *values)
{
	(void)values;
	return formview_get(
		   ((const struct view *)ctx)->state, "interpreter")[0] == '\0';
}

/* What is read aloud in the language they chose. */
#define ALOUD(name, kind)                                                     \
	static const char *name##_aloud(                                      \
	    void *ctx, const struct form_values *values)                      \
	{                                                                     \
		const struct view *v = ctx;                                   \
                                                                              \
		(void)values;                                                 \
		return asks_script_words(v, kind, intake_language(v->state)); \
	}                                                                     \
	static bool name##_foreign(                                           \
	    void *ctx, const struct form_values *values)                      \
	{                                                                     \
		const struct view *v = ctx;                                   \
                                                                              \
		(void)values;                                                 \
		return asks_script_foreign(                                   \
		    v, kind, intake_language(v->state));                      \
	}
ALOUD(limits, "limits")
ALOUD(consent, "work_together")
#undef ALOUD

static bool
may_write(void *ctx, const struct form_values *values)
{
	const struct view *v = ctx;

	(void)values;
	return intake_may_write(v->state);
}

/* Somebody is waited for on some day, or it is known why nobody is. */
static bool
no_date(void *ctx, const struct form_values *values)
{
	return may_write(ctx, values) &&
	       !form_value_is(values, "keep", "contact") &&
	       form_value_is(values, "due", "");
}

/* A guardian speaks: only who is known to be safe can. */
static bool
guardian_gave(void *ctx, const struct form_values *values)
{
	return asks_agreed(ctx, values) &&
	       (form_value_is(values, "given_by", "guardian") ||
		   form_value_is(values, "given_by", "both") ||
		   form_value_is(values, "given_by", "assent"));
}

bool
intake_urgent(const struct formview *fv)
{
	enum answer_state a[TRIAGE_PROMPTS];
	char id[TRIAGE_ID];

	for (size_t i = 0; i < TRIAGE_PROMPTS; i++) {
		int s =
		    answer_state_from_name(formview_get(fv, triage_id(id, i)));

		a[i] = s < 0 ? ANSWER_NOT_RAISED : (enum answer_state)s;
	}
	return triage_urgent(a);
}

bool
intake_may_write(const struct formview *fv)
{
	int d = consent_decision_from_name(formview_get(fv, "decision"));

	return workflow_narrative_open(
	    d < 0 ? CONSENT_NOT_ASKED : (enum consent_decision)d,
	    formview_is(fv, "keep", "anonymous"));
}

/* --- the pages ------------------------------------------------------------- */

/* Ten prompts, always first, not counted: for the worker, not read aloud. */
static const struct row safe[] = {
	F("channel", WITH_CHANNELS, CHOICE, 0, N_("How did they come to us?"),
	    NULL),
	F("tri.01", WITH_SIX, CHOICE, 0,
	    N_("In danger now, or on leaving here? Is anyone expecting them "
	       "back?"),
	    NULL),
	F("tri.02", WITH_SIX, CHOICE, 0,
	    N_("Somebody controlling nearby, on the phone, or who brought "
	       "them?"),
	    NULL),
	F("tri.03", WITH_SIX, CHOICE, 0,
	    N_("Urgent health: injury, bleeding, pregnancy, withdrawal, "
	       "medicine?"),
	    NULL),
	F("tri.04", WITH_SIX, CHOICE, 0,
	    N_("Recent sexual violence? Offer care now; do not ask for the "
	       "story"),
	    NULL),
	F("tri.05", WITH_SIX, CHOICE, 0,
	    N_("Thoughts of ending their life, self-harm, or severe distress?"),
	    NULL),
	F("tri.06", WITH_SIX, CHOICE, 0,
	    N_("Under 18, or may be? A child left with somebody controlling?"),
	    NULL),
	F("tri.07", WITH_SIX, CHOICE, 0,
	    N_("Somewhere safe to sleep tonight; food, clothes, medicine, "
	       "phone?"),
	    NULL),
	F("tri.08", WITH_SIX, CHOICE, 0,
	    N_("Any deadline: removal, court, visa, flight, debt?"), NULL),
	F("tri.09", WITH_SIX, CHOICE, 0,
	    N_("Can we reach them safely, how and when; or must we not at "
	       "all?"),
	    NULL),
	F("tri.10", WITH_SIX, CHOICE, 0,
	    N_("Do they know what they want help with first?"), NULL),
};
static const struct row urgent[] = {
	F("windows", WITH_WINDOWS, INFO, 0, N_("Care that must not wait"), NULL,
	    .show_if = sign_of_health),
	F("done.01", WITH_NONE, TEXT, FORM_REQUIRED,
	    N_("Danger: what was done, or chosen not to"),
	    N_("What was done at once; or: offered, chose not to now"),
	    .max = 1000, .show_if = sign_0),
	F("done.02", WITH_NONE, TEXT, FORM_REQUIRED,
	    N_("Controlling person: what was done"),
	    N_("What was done at once; or: offered, chose not to now"),
	    .max = 1000, .show_if = sign_1),
	F("done.03", WITH_NONE, TEXT, FORM_REQUIRED,
	    N_("Health: what was offered and done"),
	    N_("What was done at once; or: offered, chose not to now"),
	    .max = 1000, .show_if = sign_2),
	F("done.04", WITH_NONE, TEXT, FORM_REQUIRED,
	    N_("Care offered (a decision about police is never needed first)"),
	    N_("What was done at once; or: offered, chose not to now"),
	    .max = 1000, .show_if = sign_3),
	F("done.05", WITH_NONE, TEXT, FORM_REQUIRED,
	    N_("Distress: who stays with them, who was called"),
	    N_("What was done at once; or: offered, chose not to now"),
	    .max = 1000, .show_if = sign_4),
	F("done.06", WITH_NONE, TEXT, FORM_REQUIRED,
	    N_("Child: who was told, what is agreed"),
	    N_("What was done at once; or: offered, chose not to now"),
	    .max = 1000, .show_if = sign_5),
	F("number", WITH_NUMBERS, CHOICE, 0, N_("Number given or called"),
	    NULL),
};
static const struct row wants[] = {
	F("wants", WITH_NONE, TEXT, 0, N_("What do they want first?"),
	    N_("Their words, one line"), .max = PART_WANTS_MAX),
	F("language", WITH_LANGUAGES, CHOICE, 0,
	    N_("Language they like to speak"), NULL),
	F("interpreter", WITH_INTERPRETER, CHOICE, 0, N_("Interpreter"), NULL),
	F("seen_alone", WITH_ALONE, CHOICE, 0, N_("Seen alone?"), NULL),
	F("may_contact", WITH_MAY_CONTACT, CHOICE, 0,
	    N_("May we contact them?"), NULL),
	F("contact_channel", WITH_WAYS, CHOICE, 0, N_("How"), NULL,
	    .show_field = "may_contact", .show_value = "!no"),
	F("contact_number", WITH_NONE, PHONE, FORM_PII, N_("Number or handle"),
	    NULL, .max = 200, .show_field = "may_contact", .show_value = "!no"),
	F("whose", WITH_NONE, TEXT, FORM_PII,
	    N_("Whose phone; who else may answer or see it"), NULL, .max = 400,
	    .show_field = "may_contact", .show_value = "!no"),
	F("safe_times", WITH_NONE, TEXT, 0,
	    N_("Safe days and times; times never to call"), NULL, .max = 400,
	    .show_field = "may_contact", .show_value = "!no"),
	F("say_us", WITH_NONE, YES_NO, 0, N_("May we say who is calling?"),
	    NULL, .show_field = "may_contact", .show_value = "!no"),
	F("cover", WITH_NONE, TEXT, FORM_PII,
	    N_("What to say if somebody else answers"), NULL, .max = 400,
	    .show_field = "may_contact", .show_value = "!no"),
};
static const struct row inform[] = {
	F("informed", WITH_INFORMATION, MULTI, 0, N_("Information given"),
	    NULL),
	F("number_given", WITH_NUMBERS, CHOICE, 0,
	    N_("One useful number given"),
	    N_("Ask first whether it is safe to carry it")),
	F("keep", WITH_KEEP, CHOICE, FORM_REQUIRED,
	    N_("What would they like us to keep?"),
	    N_("Anonymous is fine. Help is the same.")),
};
#define KEPT(i, m) F(i, WITH_NONE, TEXT, FORM_HIDDEN, "", NULL, .max = m)
static const struct row person[] = {
	F("why_search", WITH_NONE, INFO, 0, N_("Search before create"), NULL,
	    .text = N_("The next step looks for people we may know already. "
		       "Nothing is shown but a code and whom to ask.")),
	F("name", WITH_NONE, TEXT, FORM_PII | FORM_REQUIRED,
	    N_("Name, as they say it, in any script"), NULL, .max = 200),
	F("other_names", WITH_NONE, TEXT, FORM_PII,
	    N_("Other names or spellings"), NULL, .max = 200),
	F("birth", WITH_NONE, DATE, FORM_PII,
	    N_("Date of birth, as far as known"), NULL),
	F("phone", WITH_NONE, PHONE, FORM_PII,
	    N_("Phone, only to find them again"),
	    N_("Not for calling: the safe-contact rule says how to reach them"),
	    .max = 200),
	/* Somebody known: their case, its code, how it is known, the words
	 * that were searched for, and whether they are asked anew. */
	KEPT("joins", 40),
	KEPT("joins_code", 16),
	KEPT("joins_why", 1000),
	KEPT("joins_for", 500),
	KEPT("joins_asks", 4),
	{ PART_ABOUT_FIELD, WITH_NONE },
};
static const struct row consent[] = {
	F("language_now", WITH_LANGUAGES, CHOICE, FORM_REQUIRED,
	    N_("Language this is asked in"), NULL, .show_if = no_language),
	F("interpreter_now", WITH_INTERPRETER, CHOICE, FORM_REQUIRED,
	    N_("Interpreter"), NULL, .show_if = no_interpreter),
	F("limits_foreign", WITH_NONE, INFO, 0, N_("In another language"), NULL,
	    .text = ASKS_FOREIGN, .show_if = limits_foreign),
	F("limits_text", WITH_NONE, INFO, 0,
	    N_("Read aloud: limits of confidentiality"), NULL,
	    .text_from = limits_aloud),
	F("limits_law", WITH_DUTIES, INFO, 0,
	    N_("And what law here asks to be told"), NULL),
	F("limits_read", WITH_NONE, YES_NO, FORM_REQUIRED,
	    N_("Read and explained?"), NULL),
	F("may_be_child", WITH_CHILD, CHOICE, FORM_REQUIRED,
	    N_("Adult or child?"), NULL),
	F("consent_foreign", WITH_NONE, INFO, 0, N_("In another language"),
	    NULL, .text = ASKS_FOREIGN, .show_if = consent_foreign),
	F("consent_text", WITH_NONE, INFO, 0,
	    N_("Read aloud: working together"), NULL,
	    .text_from = consent_aloud),
	F("decision", WITH_DECISION, CHOICE, FORM_REQUIRED,
	    N_("Do they want us to do this with them?"), NULL),
	F("understood", WITH_NONE, YES_NO, 0,
	    N_("Told back in their own words?"), NULL, .show_if = asks_agreed),
	F("given_by", WITH_GIVEN_BY, CHOICE, FORM_REQUIRED, N_("Who gave it"),
	    NULL, .show_if = asks_agreed),
	F("given_by_why", WITH_NONE, TEXT, FORM_REQUIRED,
	    N_("Who decided, and why"), NULL, .max = 1000,
	    .show_if = asks_not_own),
	F("guardian_first", WITH_NONE, INFO, 0, "", NULL,
	    .text = CHILD_ASK_FIRST, .show_if = guardian_gave),
	F("guardian_asked", WITH_NONE, YES_NO, FORM_REQUIRED,
	    N_("Was the child asked alone?"), NULL, .show_if = guardian_gave),
	F("guardian", WITH_GUARDIAN, CHOICE, FORM_REQUIRED,
	    N_("The guardian is"), NULL, .show_if = guardian_gave),
	F("form", WITH_FORM, CHOICE, FORM_REQUIRED, N_("How it was given"),
	    NULL, .show_if = asks_agreed),
	F("ask_again", WITH_NONE, YES_NO, 0,
	    N_("May we ask again another time?"), NULL,
	    .show_if = asks_refused),
};
static const struct row next[] = {
	F("sex", WITH_SEXES, CHOICE, 0, N_("Sex or gender"), NULL,
	    .show_if = may_write),
	F("age_band", WITH_AGES, CHOICE, 0, N_("Age, roughly"), NULL,
	    .show_if = may_write),
	F("risk", WITH_RISKS, CHOICE, FORM_REQUIRED,
	    N_("Risk: harm if nothing is done"),
	    N_("Your judgement and theirs; believe their own view of their "
	       "danger")),
	F("risk_reason", WITH_NONE, TEXT, FORM_REQUIRED, N_("Why this level"),
	    NULL, .max = 1000),
	F("due", WITH_NONE, DATE, 0, N_("Next: which day?"),
	    N_("today, tomorrow, friday, +3; empty: no date agreed")),
	{ ASKS_TIME("due_time", "due"), WITH_NONE },
	F("promised", WITH_NONE, YES_NO, 0, N_("Did we promise it?"), NULL,
	    .show_field = "due"),
	F("next_words", WITH_NONE, TEXT, 0, N_("What is agreed"), NULL,
	    .max = 1000, .show_field = "due"),
	F("next_none", WITH_NONE, TEXT, FORM_REQUIRED, N_("No date: why"),
	    N_("A next date, or why there is none"), .max = 1000,
	    .show_if = no_date),
	F("note", WITH_NONE, LONG_TEXT, 0,
	    N_("Note: facts needed to help, as said or seen"),
	    N_("\"Said\", \"appeared\"; no story, no verdict"), .max = 65536,
	    .rows = 4, .show_if = may_write),
	{ PART_UID_FIELD, WITH_NONE },
};

static const struct {
	const char *title;
	const struct row *rows;
	size_t n;
} pages[INTAKE_PAGES] = {
	[PAGE_SAFE] = { N_("Safe now"), safe, N(safe) },
	[PAGE_URGENT] = { N_("At once"), urgent, N(urgent) },
	[PAGE_WANTS] = { N_("What they want"), wants, N(wants) },
	[PAGE_INFORM] = { N_("Information"), inform, N(inform) },
	[PAGE_PERSON] = { N_("Known here?"), person, N(person) },
	[PAGE_CONSENT] = { N_("Consent"), consent, N(consent) },
	[PAGE_NEXT] = { N_("What is next"), next, N(next) },
};

const struct formview_step *
intake_pages(
    struct view *v, bool (*const shown[INTAKE_PAGES])(const struct view *))
{
	struct formview_step *s =
	    arena_alloc(&v->arena, INTAKE_PAGES, sizeof(*s));

	for (size_t i = 0; i < INTAKE_PAGES; i++) {
		struct form_field *f =
		    arena_alloc(&v->arena, pages[i].n, sizeof(*f));

		for (size_t j = 0; j < pages[i].n; j++) {
			f[j] = pages[i].rows[j].field;
			intake_fill(v, pages[i].rows[j].with, &f[j]);
		}
		s[i] = (struct formview_step){ .title = pages[i].title,
			.fields = f,
			.n = pages[i].n,
			.shown = shown[i] };
	}
	return s;
}
