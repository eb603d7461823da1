/* SPDX-License-Identifier: ISC */
#include "intake_record.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "asks.h"
#include "intake_fields.h"
#include "intake_known.h"
#include "parts.h"
#include "rules/workflow.h"
#include "store/intake.h"

/* Keys of the records of one intake: the base, with another last byte. */
enum {
	ID_CONTACT,
	ID_CASE,
	ID_PERSON,
	ID_CONSENT,
	ID_LIMITS,
	ID_FOLLOWUP,
	ID_SAFE,
	ID_NOTE
};

static struct uid
id_of(struct uid base, int which)
{
	base.b[15] = (uint8_t)((base.b[15] & 0xf0) | which);
	return base;
}

/* --- saving ------------------------------------------------------------------ */

static size_t
read_triage(struct view *v, const struct formview *fv,
    struct triage_answer out[TRIAGE_PROMPTS])
{
	char id[8], done[9];
	size_t n = 0;

	for (unsigned i = 1; i <= TRIAGE_PROMPTS; i++) {
		const char *state;

		snprintf(id, sizeof(id), "tri.%02u", i % 100);
		snprintf(done, sizeof(done), "done.%02u", i % 100);
		state = formview_get(fv, id);
		out[n++] = (struct triage_answer){ arena_str(&v->arena, id),
			state[0] == '\0' ? "not_raised" : state,
			formview_get(fv, done) };
	}
	return n;
}

static bool
has_safe_contact(const struct formview *fv)
{
	return formview_get(fv, "may_contact")[0] != '\0';
}

static void
fill_safe_contact(struct view *v, const struct formview *fv, struct uid base,
    struct safe_contact *c)
{
	*c = (struct safe_contact){ .uid = id_of(base, ID_SAFE),
		.person = id_of(base, ID_PERSON),
		.may_contact = formview_get(fv, "may_contact"),
		.channel = formview_get(fv, "contact_channel"),
		.number = formview_get(fv, "contact_number"),
		.whose = formview_get(fv, "whose"),
		.who_else = "",
		.safe_times = formview_get(fv, "safe_times"),
		.unsafe_times = "",
		.say_red_cross = formview_is(fv, "say_us", "yes"),
		.cover_phrase = formview_get(fv, "cover"),
		.their_word = "",
		.our_word = "",
		.language = intake_language(fv),
		.caller = "",
		.if_other_answers = "",
		.verified_at = part_began(v),
		.stop = false,
		.stop_reason = "" };
}

/* Called safe by whom the child was not asked about alone is not known. */
static const char *
guardian_of(const struct formview *fv)
{
	return formview_is(fv, "guardian_asked", "yes")
		   ? formview_get(fv, "guardian")
		   : "";
}

static void
fill_consent(struct view *v, const struct formview *fv, struct uid base,
    struct consent *c)
{
	*c = (struct consent){ .uid = id_of(base, ID_CONSENT),
		.case_uid = id_of(base, ID_CASE),
		.kind = "work_together",
		.recipient = "",
		.purpose = "",
		.withheld = "",
		.withheld_why = "",
		.decision = formview_get(fv, "decision"),
		.ask_again = formview_get(fv, "ask_again"),
		.given_by = formview_get(fv, "given_by"),
		.given_by_why = formview_get(fv, "given_by_why"),
		.guardian = guardian_of(fv),
		.form = formview_get(fv, "form"),
		.evidence = "",
		.language = intake_language(fv),
		.script =
		    asks_script_record(v, "work_together", intake_language(fv)),
		.interpreter = intake_interpreter(fv),
		.interpreter_code = "",
		.witness_code = "",
		.seen_alone = formview_get(fv, "seen_alone"),
		.understood = formview_is(fv, "understood", "yes"),
		.given_at = part_began(v),
		.withdrawn_how = "" };
}

static void
fill_person(const struct formview *fv, struct uid base, struct person *p)
{
	*p = (struct person){ .uid = id_of(base, ID_PERSON),
		.name = formview_get(fv, "name"),
		.other_names = formview_get(fv, "other_names"),
		.birth_basis = "stated",
		.sex = formview_get(fv, "sex"),
		.languages = intake_language(fv),
		.country = "",
		.phone = formview_get(fv, "phone"),
		.address = "",
		.document = "" };
	(void)date_from_iso(formview_get(fv, "birth"), &p->birth);
}

static void
fill_contact(struct view *v, const struct formview *fv, struct uid base,
    struct intake *in)
{
	in->contact_uid = id_of(base, ID_CONTACT);
	in->case_uid = id_of(base, ID_CASE);
	in->person_uid = id_of(base, ID_PERSON);
	in->consent_uid = id_of(base, ID_CONSENT);
	in->limits_uid = id_of(base, ID_LIMITS);
	in->followup_uid = id_of(base, ID_FOLLOWUP);
	in->safe_contact_uid = id_of(base, ID_SAFE);
	in->note_uid = id_of(base, ID_NOTE);
	in->channel = formview_get(fv, "channel");
	in->place = "";
	in->urgent = intake_urgent(fv);
	in->wants = formview_get(fv, "wants");
	in->information_given = formview_get(fv, "informed");
	in->number_given = formview_get(fv, "number_given");
	if (in->number_given[0] == '\0' && in->urgent)
		in->number_given = formview_get(fv, "number");
	in->language = intake_language(fv);
	in->interpreter = intake_interpreter(fv);
	in->seen_alone = formview_get(fv, "seen_alone");
	in->limits_script =
	    formview_is(fv, "limits_read", "yes")
		? asks_script_record(v, "limits", intake_language(fv))
		: "";
	in->sex = formview_get(fv, "sex");
	in->age_band = formview_get(fv, "age_band");
	in->may_be_child = formview_get(fv, "may_be_child");
	in->risk = in->open_case
		       ? society_risk(app_society(v), formview_get(fv, "risk"))
		       : -1;
	in->risk_reason = formview_get(fv, "risk_reason");
	in->next_none = formview_get(fv, "next_none");
	/* Written for a case that they do not want after all: nothing of it
	 * is kept. */
	in->note = in->open_case ? formview_get(fv, "note") : "";
}

int
intake_record(struct view *v, const struct formview *fv, struct uid *case_uid,
    char code[CODE_SIZE], struct err *e)
{
	bool wanted = !formview_is(fv, "keep", "contact");
	bool named = formview_is(fv, "keep", "case");
	struct uid base = part_uid(v);
	struct triage_answer triage[TRIAGE_PROMPTS];
	struct person person;
	struct safe_contact safe;
	struct consent consent;
	struct followup_plan next = { .uid = id_of(base, ID_FOLLOWUP),
		.what = next_action_name(NEXT_FOLLOW_UP),
		.words = formview_get(fv, "next_words"),
		.promised = formview_is(fv, "promised", "yes") };
	struct intake in = { .at = part_began(v),
		.triage = triage,
		.open_case = wanted && intake_may_write(fv),
		.anonymous = !named,
		.assign_to_me = true };

	fill_contact(v, fv, base, &in);
	*case_uid = in.case_uid;
	in.n_triage = read_triage(v, fv, triage);
	fill_person(fv, base, &person);
	fill_safe_contact(v, fv, base, &safe);
	fill_consent(v, fv, base, &consent);
	in.earlier = v->route.record;
	if (intake_known(fv, &in.joins)) {
		in.open_case = in.anonymous = false;
		in.join_reason = formview_get(fv, "joins_why");
		wanted = formview_is(fv, "joins_asks", "yes");
		in.note = "";
		*case_uid = in.joins;
	}
	if (in.open_case && named)
		in.person = &person;
	if (in.open_case && has_safe_contact(fv))
		in.safe_contact = &safe;
	if (wanted)
		in.work_together = &consent;
	next.due =
	    asks_due(formview_get(fv, "due"), formview_get(fv, "due_time"));
	if (in.open_case && next.due != 0)
		in.next = &next;
	return intake_save(app_session(v), &in, code, e);
}
