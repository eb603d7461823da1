/* SPDX-License-Identifier: ISC */
/*
 * A refusal that is about one value names it, so that the form goes there: one
 * row for each kind of record that a form saves.
 */
#include "office_kit.h"

#include <string.h>

#include "store/child.h"
#include "store/directory.h"
#include "store/document.h"
#include "store/followup.h"
#include "store/link.h"
#include "store/mechanism.h"
#include "store/plan.h"
#include "store/queue.h"
#include "store/referral.h"
#include "store/request.h"
#include "store/safety.h"
#include "store/service.h"
#include "store/task.h"

static struct uid uid; /* a case of amina's */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- what is handed in, complete but for one value ---------------------------- */
static int
child(const char *field)
{
	struct child_record r = { .uid = uid_new(),
		.case_uid = uid,
		.may_be_child = "yes",
		.age_basis = "stated",
		.age_decided_by = "",
		.safety_asked = true,
		.guardian = "unsafe_to_tell",
		.informed = "no",
		.informed_why = "he beats her",
		.route = "best_interests",
		.route_why = "he beats her",
		.trusted = "her teacher",
		.assent = "yes",
		.child_words = "" };
	struct basis none = { .rev = 0 };
	struct conflicts cf;

	if (strcmp(field, "may_be_child") == 0)
		r.may_be_child = "";
	else if (strcmp(field, "age_basis") == 0) {
		r.may_be_child = "no";
		r.age_basis = "";
	} else if (strcmp(field, "safety_asked") == 0) {
		r.safety_asked = false;
		r.guardian = "safe";
	} else if (strcmp(field, "informed_why") == 0)
		r.informed_why = "";
	else if (strcmp(field, "route") == 0)
		r.route = "";
	else if (strcmp(field, "route_why") == 0)
		r.route_why = "";
	else if (strcmp(field, "trusted") == 0)
		r.trusted = "";
	else if (strcmp(field, "assent") == 0)
		r.assent = "";
	else if (strcmp(field, "review_on") == 0)
		r.assent = "could_not";
	return child_set(o.amina, &none, &r, &arena, &cf, &err);
}

static int
decision(const char *field)
{
	struct best_interests b = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "bid",
		.reason = "where to stay tonight",
		.options = "shelter; aunt",
		.child_view = "wants the aunt",
		.decision = "shelter tonight",
		.accepted = "no",
		.refused_why = "far from school",
		.decided_by = "caseworker and supervisor",
		.outcome = "care",
		.agency = "",
		.decided_on = date_of_day(clock_day_of(clock_now())),
		.review_on = date_of_day(clock_day_of(clock_now()) + 2) };

	if (strcmp(field, "outcome") == 0)
		b.outcome = "";
	else if (strcmp(field, "options") == 0)
		b.options = "";
	else if (strcmp(field, "decided_by") == 0)
		b.decided_by = " ";
	else if (strcmp(field, "refused_why") == 0)
		b.refused_why = "";
	else if (strcmp(field, "could_not_why") == 0) {
		b.accepted = "could_not";
		b.refused_why = "";
	} else if (strcmp(field, "review_on") == 0)
		b.review_on = (struct fdate){ .precision = DATE_UNKNOWN };
	else if (strcmp(field, "decided_on") == 0)
		b.decided_on = b.review_on;
	return best_interests_add(o.amina, &b, &err);
}

static int
attempt(const char *field)
{
	struct attempt t = { .uid = uid_new(),
		.case_uid = uid,
		.channel = "phone",
		.outcome = "came",
		.next_none = "they come on Friday",
		.risk = -1 };

	if (strcmp(field, "outcome") == 0)
		t.outcome = "nothing of the list";
	else if (strcmp(field, "considered") == 0)
		t.lost_contact = true;
	else if (strcmp(field, "due") == 0)
		t.next_none = "";
	else if (strcmp(field, "risk") == 0)
		t.risk = 100;
	else if (strcmp(field, "risk_reason") == 0)
		t.risk = 0;
	return followup_attempt(o.amina, &t, &err);
}

static int
service(const char *field)
{
	struct service s = { .uid = uid_new(),
		.service = "information",
		.state = "given",
		.amount = "",
		.controls = "",
		.sheet = "",
		.words = "" };

	if (strcmp(field, "service") == 0)
		s.service = "a song";
	else if (strcmp(field, "state") == 0)
		s.state = "sung";
	else if (strcmp(field, "words") == 0)
		s.state = "unavailable";
	else if (strcmp(field, "sheet") == 0)
		s.sheet = "none such";
	else if (strcmp(field, "on") == 0)
		s.at = clock_now() + 3 * CLOCK_DAY;
	else if (strcmp(field, "controls") == 0)
		s.controls = "her uncle";
	else if (strcmp(field, "due_on") == 0)
		s.due_on = date_of_day(clock_day_of(clock_now()) + 2);
	return service_add(o.amina, uid, &s, &err);
}

static int
plan(const char *field)
{
	const bool what = strcmp(field, "what") == 0;
	struct goal g = { .uid = uid_new(),
		.words = what ? "a room of her own" : "",
		.domain = "",
		.agreed = "" };
	struct plan_action a = { .uid = uid_new(),
		.goal = g.uid,
		.what = "",
		.who = "worker",
		.who_words = "",
		.agreed = "" };

	if (goal_add(o.amina, uid, &g, &err) != 0)
		return -1;
	return plan_action_add(o.amina, uid, &a, &err);
}

static int
review(const char *field)
{
	struct plan_review r = { .uid = uid_new(),
		.agreed = "yes",
		.copy_safe = "no",
		.words = "" };

	if (strcmp(field, "agreed") == 0)
		r.agreed = "";
	else if (strcmp(field, "copy_given") == 0)
		r.copy_given = true;
	else
		r.review_on = date_of_day(clock_day_of(clock_now()) + 90 * 366);
	return plan_review_add(o.amina, uid, &r, &err);
}

static int
referral(const char *field)
{
	struct referral r = { .uid = uid_new(),
		.case_uid = uid,
		.recipient = "legal-partner",
		.purpose = "legal_advice",
		.mode = "full",
		.priority = "urgent",
		.reason = "wants to know what she is owed",
		.copy_safe = "no" };
	const struct {
		const char *field, **value;
	} of[] = { { "recipient", &r.recipient }, { "purpose", &r.purpose },
		{ "mode", &r.mode }, { "priority", &r.priority },
		{ "reason", &r.reason } };

	for (size_t i = 0; i < COUNT(of); i++)
		if (strcmp(field, of[i].field) == 0)
			*of[i].value = "";
	if (strcmp(field, "fields") == 0) {
		r.mode = "info";
		r.fields = 1;
	}
	return referral_add(o.amina, &r, &err);
}

static int
note(const char *field)
{
	struct note n = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "fact",
		.text = "came by bus",
		.present = "" };

	if (strcmp(field, "kind") == 0)
		n.kind = "rumour";
	else if (strcmp(field, "text") == 0)
		n.text = " ";
	else
		n.present = "her uncle";
	return note_add(o.amina, &n, &err);
}

static int
task(const char *field)
{
	struct task_note t = { .uid = uid_new(),
		.case_uid = uid,
		.text = strcmp(field, "text") == 0 ? "" : "bring her papers",
		.due = strcmp(field, "due") == 0 ? 0 : clock_now() };

	if (strcmp(field, "whose") == 0)
		t.for_user = uid_new();
	return task_add(o.amina, &t, &err);
}

static int
tied(const char *field)
{
	struct case_file f;

	if (case_open(o.sunil, uid, "to link them", &arena, &f, &err) != 0)
		return -1;
	return link_add(o.sunil, uid, uid_new(), "AAA-AAA-B",
	    strcmp(field, "reason") == 0 ? "" : "two sisters", &err);
}

static int
met(const char *field)
{
	struct group_event g = { .uid = uid_new(),
		.on = date_of_day(clock_day_of(clock_now())),
		.area = strcmp(field, "area") == 0 ? "" : "the harbour",
		.words = "" };
	struct case_file f;

	if (case_open(o.sunil, uid, "to link them", &arena, &f, &err) != 0)
		return -1;
	if (strcmp(field, "on") == 0)
		g.on = (struct fdate){ .precision = DATE_UNKNOWN };
	return group_add(o.sunil, uid, &g, &err);
}

static int
organisation(const char *field)
{
	struct directory_entry d = { .uid = uid_new(),
		.recipient = "legal-partner",
		.topic = "status",
		.value = "suspended",
		.phone = "",
		.words = "closed its doors" };

	if (strcmp(field, "words") == 0)
		d.words = "";
	else if (strcmp(field, "phone") == 0)
		d.phone = "ask Mary";
	else
		d.value = "on the moon";
	return directory_add(o.amina, &d, &err);
}

static int
handing(const char *field)
{
	const struct request r = { .uid = uid_new(),
		.case_uid = uid,
		.to_branch = strcmp(field, "branch") == 0 ? "nowhere" : "",
		.to_ns = "",
		.to_user = strcmp(field, "reason") == 0
			       ? session_user(o.sunil)->uid
			   : strcmp(field, "user") == 0 ? uid_new()
							: (struct uid){ { 0 } },
		.reason = strcmp(field, "reason") == 0 ? "" : "she moved" };

	return transfer_ask(o.amina, &r, &err);
}

static int
closing(const char *field)
{
	struct closing_sample c;
	struct case_file f;
	bool closed;

	if (case_open(o.amina, uid, "", &arena, &f, &err) != 0)
		return -1;
	closing_make(&c, uid, "goals_met", "all is done");
	if (strcmp(field, "reason") == 0)
		c.r.reason = "tired of it";
	for (int l = 0; l < CLOSING_ALWAYS; l++) {
		char words[CLOSING_WORDS_SIZE];

		if (strcmp(field, closing_line_name(l)) == 0)
			c.lines[l].answer = "";
		if (strcmp(field, closing_line_words(l, words)) == 0) {
			c.lines[l].answer = "no";
			c.lines[l].words = "";
		}
	}
	return case_close(o.amina, &f.rev, &c.r, &closed, &err);
}

static int
level(const char *field)
{
	struct conflicts cf;
	struct case_file f;

	if (case_open(o.amina, uid, "", &arena, &f, &err) != 0)
		return -1;
	return case_set_risk(o.amina, uid, &f.rev,
	    strcmp(field, "risk") == 0 ? 77 : 1,
	    strcmp(field, "reason") == 0 ? "" : "seen at the door", &arena, &cf,
	    &err);
}

static int
paper(const char *field)
{
	struct document d = { .uid = uid_new(),
		.case_uid = uid,
		.kind = strcmp(field, "kind") == 0 ? "song" : "letter",
		.title = strcmp(field, "title") == 0 ? "" : "her contract" };

	return document_add_text(o.amina, &d, "", &err);
}

static int
scanned(const char *field)
{
	struct document d = { .uid = uid_new(),
		.case_uid = uid,
		.kind = "letter",
		.title = "her contract" };

	(void)field;
	return document_add_path(o.amina, &d, "contract.pdf", &err);
}

static int
system_of_the_state(const char *field)
{
	const int64_t today = clock_day_of(clock_now());
	const bool code = strcmp(field, "code") == 0;
	struct mechanism_entry m = { .uid = uid_new(),
		.case_uid = uid,
		.mechanism = "national",
		.kind = code ? "decision" : "permit",
		.code = code ? "wants" : "",
		.words = "",
		.on = date_of_day(today),
		.until = date_of_day(today + 30) };

	if (strcmp(field, "kind") == 0)
		m.kind = "song";
	else if (strcmp(field, "on") == 0)
		m.on = date_of_day(today + 2);
	else if (strcmp(field, "until") == 0)
		m.until = date_of_day(today - 2);
	return mechanism_add(o.amina, &m, &err);
}

static int
interest(const char *field)
{
	struct conflict_mark m = { .uid = uid_new(),
		.case_uid = uid,
		.who = "staff",
		.code = strcmp(field, "code") == 0 ? "nobody" : "amina",
		.reason = strcmp(field, "reason") == 0 ? "" : "his cousin" };
	struct case_file f;

	if (case_open(o.sunil, uid, "to mark it", &arena, &f, &err) != 0)
		return -1;
	return conflict_mark_add(o.sunil, &m, &err);
}

static int
keeping_safe(const char *field)
{
	struct safety_plan p = { .uid = uid_new(),
		.complete = "",
		.copy_safe = "",
		.language = "" };
	struct conflicts cf;

	(void)field;
	return safety_plan_add(o.amina, uid, &p, &arena, &cf, &err);
}

static int
how_far(const char *field)
{
	struct goal g = { .uid = uid_new(),
		.words = "a room of her own",
		.domain = "",
		.agreed = "" };
	struct goal_progress p = { .uid = uid_new(),
		.goal = g.uid,
		.state = strcmp(field, "state") == 0 ? "sung" : "set_aside",
		.words = "" };

	if (goal_add(o.amina, uid, &g, &err) != 0)
		return -1;
	return goal_progress_add(o.amina, uid, &p, &err);
}

static int
flagged(const char *field)
{
	if (strcmp(field, "text") == 0)
		return flag_set(o.amina, uid, uid_new(), " ", NULL, &err);
	return flag_resolve(o.amina, uid, uid_new(), "", &err);
}

static int
assigned(const char *field)
{
	struct case_file f;
	struct conflicts cf;

	(void)field;
	if (case_open(o.sunil, uid, "to give it", &arena, &f, &err) != 0)
		return -1;
	return case_assign(o.sunil, uid, &f.rev, uid_new(), &arena, &cf, &err);
}

static int
one_person(const char *field)
{
	struct request r = { .uid = uid_new(), .case_uid = uid, .reason = "" };

	if (strcmp(field, "reason") == 0)
		r.other = case_of(o.amina, "Hasini Sample");
	return join_ask(o.sunil, &r, &err);
}

static int
two_people(const char *field)
{
	(void)field;
	return join_part(o.sunil, uid, " ", &err);
}

static int
jump(const char *field)
{
	struct uid found;

	(void)field;
	return queue_jump(o.amina, "AAA-AAA-B", &found, &err);
}

static int
on_the_case(const char *field)
{
	struct case_file f;
	struct conflicts cf;

	if (case_open(o.amina, uid, "", &arena, &f, &err) != 0)
		return -1;
	return case_change(o.amina, uid, &f.rev,
	    &(const struct change){ field, "a song" }, 1, &arena, &cf, &err);
}

/* A bare statement leaves somebody standing: it says what to do as well, after
 * it or as its first word. */
static bool
says_what_to_do(const char *text)
{
	static const char *const first[] = { "Say ", "Choose ", "Write ",
		"Give ", "Tick ", "Ask ", "Agree ", "Name " };

	for (size_t i = 0; i < COUNT(first); i++)
		if (strncmp(text, first[i], strlen(first[i])) == 0)
			return true;
	return strstr(text, ". ") != NULL || strpbrk(text, ":;") != NULL;
}

/* ------------------------------------------------------------------------------- */
static void
a_refusal_names_the_value_it_is_about(void **state)
{
	static const struct {
		const char *what;
		int (*save)(const char *field);
		const char *fields[12];
	} rows[] = {
		{ "child", child,
		    { "may_be_child", "age_basis", "safety_asked",
			"informed_why", "route", "route_why", "trusted",
			"assent", "review_on" } },
		{ "best interests", decision,
		    { "outcome", "options", "decided_by", "refused_why",
			"could_not_why", "review_on", "decided_on" } },
		{ "attempt", attempt,
		    { "outcome", "considered", "due", "risk", "risk_reason" } },
		{ "service", service,
		    { "service", "state", "words", "sheet", "on", "due_on",
			"controls" } },
		{ "plan", plan, { "words", "what" } },
		{ "review", review, { "agreed", "copy_given", "review_on" } },
		{ "referral", referral,
		    { "recipient", "purpose", "mode", "priority", "reason",
			"fields" } },
		{ "note", note, { "kind", "text", "present" } },
		{ "task", task, { "text", "due", "whose" } },
		{ "link", tied, { "code", "reason" } },
		{ "occasion", met, { "area", "on" } },
		{ "organisation", organisation, { "words", "phone", "fact" } },
		{ "transfer", handing, { "whom", "branch", "reason", "user" } },
		{ "closing", closing,
		    { "reason", "needs", "safety-plan", "plan", "agreed_words",
			"told_words", "feedback" } },
		{ "risk", level, { "risk", "reason" } },
		{ "document", paper, { "kind", "title", "words" } },
		{ "file", scanned, { "path" } },
		{ "mechanism", system_of_the_state,
		    { "kind", "code", "on", "until" } },
		{ "interest", interest, { "code", "reason" } },
		{ "safety plan", keeping_safe, { "concern" } },
		{ "progress", how_far, { "state", "words" } },
		{ "flag", flagged, { "text", "reason" } },
		{ "assign", assigned, { "owner" } },
		{ "join", one_person, { "code", "reason" } },
		{ "part", two_people, { "reason" } },
		{ "jump", jump, { "code" } },
		{ "case", on_the_case, { "urgent" } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t k = 0; rows[i].fields[k] != NULL; k++) {
			const char *field = rows[i].fields[k];

			uid = case_of(o.amina, "Hasini Example");
			err_clear(&err);
			if (rows[i].save(field) != -1)
				fail_msg("%s without %s was saved",
				    rows[i].what, field);
			if (err.kind != ERR_INPUT ||
			    strcmp(err.field, field) != 0)
				fail_msg("%s, %s: \"%s\" names %s",
				    rows[i].what, field, err.text, err.field);
			if (!says_what_to_do(err.text))
				fail_msg("%s, %s: \"%s\" and what now?",
				    rows[i].what, field, err.text);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_refusal_names_the_value_it_is_about),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
