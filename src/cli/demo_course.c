/* SPDX-License-Identifier: ISC */
#include "cli/demo_course.h"

#include <string.h>

#include "base/clock.h"
#include "rules/closing.h"
#include "rules/workflow.h"
#include "store/assessment.h"
#include "store/directory.h"
#include "store/followup.h"
#include "store/link.h"
#include "store/plan.h"
#include "store/referral.h"
#include "store/request.h"
#include "store/safety.h"
#include "store/service.h"
#include "store/task.h"

struct turn {
	const struct demo_course *c;
	const struct intake *in;
	struct arena arena;
	struct err *e;
};
typedef int step_fn(struct turn *);

static struct fdate
days_ahead(int n)
{
	return date_of_day(clock_day_of(clock_now()) + n);
}

static const char *
language(const struct turn *t)
{
	return t->c->society->languages[0].id;
}

/* --- assessment, plan ------------------------------------------------------------- */
static int
assess(struct turn *t)
{
	const struct society *so = t->c->society;
	struct assessment_item items[] = {
		{ "strength", "own", "", "Mends clothes, and is known for it" },
		{ "strength", "people", "", "An aunt who can be trusted" },
		{ "risk", "person", "",
		    "\"They know the road to my village\"" },
		{ "need", so->domains.list[0].id, "some", "" },
		{ "need", so->domains.list[so->domains.n / 2].id, "not_now",
		    "" },
	};
	const struct assessment one = { .uid = uid_new(),
		.wants = t->in->wants,
		.language = language(t),
		.interpreter = "none",
		.seen_alone = "yes",
		.items = items,
		.n_items = so->domains.n > 1 ? 5 : 4 };

	struct conflicts none;

	return assessment_add(
	    t->c->worker, t->in->case_uid, &one, &t->arena, &none, t->e);
}

static int
plan_of(struct turn *t, const char *state, const char *words)
{
	const struct goal goal = { .uid = uid_new(),
		.words = "A room of one's own before the rains",
		.domain = t->c->society->domains.list[0].id,
		.agreed = "yes",
		.target = days_ahead(60) };
	const struct plan_action ours = { .uid = uid_new(),
		.goal = goal.uid,
		.what = "Ask two landlords whom the branch knows",
		.who = "worker",
		.who_words = "",
		.due_on = days_ahead(5),
		.agreed = "yes",
		.state = "",
		.outcome = "" };
	const struct goal_progress progress = { .uid = uid_new(),
		.goal = goal.uid,
		.state = state,
		.words = words };
	const struct plan_review review = { .uid = uid_new(),
		.agreed = "yes",
		.copy_safe = "no",
		.words = "Wants to keep it in mind, not in the bag",
		.review_on = days_ahead(21) };
	struct session *s = t->c->worker;
	struct uid uid = t->in->case_uid;

	if (goal_add(s, uid, &goal, t->e) == -1 ||
	    (strcmp(state, "met") != 0 &&
		plan_action_add(s, uid, &ours, t->e) == -1) ||
	    goal_progress_add(s, uid, &progress, t->e) == -1)
		return -1;
	return plan_review_add(s, uid, &review, t->e);
}

static int
plan(struct turn *t)
{
	return plan_of(t, "in_progress", "Saw one room; too near the road");
}

static int
plan_met(struct turn *t)
{
	return plan_of(t, "met", "Moved in; has the only key");
}

/* --- help --------------------------------------------------------------------------- */
static int
help(
    struct turn *t, enum offer_kind kind, const char *state, const char *amount)
{
	const struct society *so = t->c->society;
	const struct offer *offer = NULL;
	const struct sheet *sheet = so->n_sheets > 0 ? &so->sheets[0] : NULL;
	bool sheets = kind == OFFER_INFORMATION;
	struct service one = { .uid = uid_new(),
		.state = state,
		.amount = amount,
		.controls = kind == OFFER_CASH ? "person" : "",
		.sheet = sheets && sheet != NULL ? sheet->id : "",
		.sheet_language =
		    sheets && sheet != NULL ? sheet->language : "",
		.sheet_version = sheets && sheet != NULL ? sheet->version : "",
		.words = "" };

	for (size_t i = 0; i < so->n_offers; i++)
		if (so->offers[i].kind == kind && offer == NULL)
			offer = &so->offers[i];
	if (offer == NULL || (sheets && sheet == NULL))
		return 0;
	one.service = offer->service;
	if (strcmp(state, "planned") == 0)
		one.due_on = days_ahead(2);
	return service_add(t->c->worker, t->in->case_uid, &one, t->e);
}

static int
goods(struct turn *t)
{
	return help(t, OFFER_MATERIAL, "given", "1 kit");
}

static int
cash(struct turn *t)
{
	return help(t, OFFER_CASH, "planned", "Bus fares for a month");
}

static int
information(struct turn *t)
{
	return help(t, OFFER_INFORMATION, "given", "");
}

/* --- to others ------------------------------------------------------------------------ */
/* Somebody of the directory who is no authority and may be told for something
 * else than statistics or a transfer. */
static const struct recipient *
service_near(const struct society *so)
{
	static const enum recipient_kind kinds[] = { RECIPIENT_LEGAL,
		RECIPIENT_HEALTH, RECIPIENT_SHELTER };

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		for (size_t i = 0; i < so->n_recipients; i++)
			if (so->recipients[i].kind == kinds[k] &&
			    so->recipients[i].n_purposes > 0)
				return &so->recipients[i];
	return NULL;
}

/* With the person's yes for just what it tells; to: how far it went. */
static int
refer(struct turn *t, enum referral_state to)
{
	const struct recipient *r = service_near(t->c->society);
	struct consent yes = *t->in->work_together;
	struct referral one = { .uid = uid_new(),
		.case_uid = t->in->case_uid,
		.mode = "warm",
		.priority = "normal",
		.reason = "Asked to talk with somebody who knows the law",
		.asked = "A first talk, with a woman",
		.given = "",
		.restrictions = "",
		.risks = "",
		.tell_back = "Whether a day was found",
		.copy_safe = "no" };
	struct session *s = t->c->worker;
	struct referral_field f;
	struct preview p;

	if (r == NULL)
		return 0;
	one.recipient = r->id;
	one.purpose = r->purposes[0];
	yes.uid = uid_new();
	yes.kind = "release";
	yes.recipient = r->id;
	yes.purpose = r->purposes[0];
	for (int i = 0; referral_field(i, &f); i++)
		if (f.usual) {
			one.fields |= 1u << i;
			yes.scope |= data_scope_bit(f.scope);
		}
	if (consent_add(s, &yes, t->e) != 0 ||
	    referral_add(s, &one, t->e) == -1 || to == REFERRAL_IS_PREPARED)
		return to == REFERRAL_IS_PREPARED ? 0 : -1;
	if (referral_send(s, one.case_uid, one.uid, uid_new(), "", NULL,
		&t->arena, &p, t->e) == -1)
		return -1;
	return to == REFERRAL_IS_SENT
		   ? 0
		   : referral_note(s, one.case_uid, one.uid, REFERRAL_IS_SENT,
			 uid_new(), referral_state_name(to),
			 "They call back on Monday", t->e);
}

static int
refer_prepared(struct turn *t)
{
	return refer(t, REFERRAL_IS_PREPARED);
}

static int
refer_sent(struct turn *t)
{
	return refer(t, REFERRAL_IS_SENT);
}

static int
refer_answered(struct turn *t)
{
	return refer(t, REFERRAL_IS_ACKNOWLEDGED);
}

/* --- safety, following up, tasks --------------------------------------------------------- */
static int
safety(struct turn *t)
{
	struct safety_part parts[] = {
		{ "concern", "That the man with the blue van comes back" },
		{ "people", "The neighbour with the green gate" },
		{ "signal", "A towel over the balcony" },
		{ "if_missing",
		    "Tell my aunt on the third day, nobody before her" },
	};
	const struct safety_plan plan_now = { .uid = uid_new(),
		.parts = parts,
		.n_parts = sizeof(parts) / sizeof(parts[0]),
		.complete = "no",
		.copy_safe = "no",
		.language = language(t),
		.minutes = 25 };

	struct conflicts none;
	struct arena a;
	int rc;

	arena_init(&a);
	rc = safety_plan_add(
	    t->c->worker, t->in->case_uid, &plan_now, &a, &none, t->e);
	arena_done(&a);
	return rc;
}

static int
no_answer(struct turn *t)
{
	const struct followup_plan next = { .uid = uid_new(),
		.what = next_action_name(NEXT_FOLLOW_UP),
		.words = "Try once more in the morning",
		.due = clock_now() + CLOCK_DAY };
	const struct attempt a = { .uid = uid_new(),
		.case_uid = t->in->case_uid,
		.plan = t->in->followup_uid,
		.at = clock_now(),
		.channel = "phone",
		.outcome = "no_answer",
		.safe = "",
		.word = "",
		.words = "Rang nine times",
		.agreed = "",
		.new_risks = "",
		.risk = -1,
		.risk_reason = "",
		.lost_considered = "",
		.next = &next,
		.next_none = "" };

	return followup_attempt(t->c->worker, &a, t->e);
}

static int
note(struct turn *t)
{
	const struct note n = { .uid = uid_new(),
		.case_uid = t->in->case_uid,
		.kind = "fact",
		.text = "Came with a neighbour, who waited outside.",
		.fact = { [NOTE_SAID] = "The papers are with the employer.",
		    [NOTE_SAW] = "Looked at the door whenever it opened." },
		.present = "person" };

	return note_add(t->c->worker, &n, t->e);
}

static int
task(struct turn *t)
{
	const struct task_note n = { .uid = uid_new(),
		.case_uid = t->in->case_uid,
		.text = "Bring the clinic's opening hours",
		.due = clock_now() + 6 * CLOCK_HOUR };

	return task_add(t->c->worker, &n, t->e);
}

static int
occasion(struct turn *t)
{
	const struct group_event met = { .uid = uid_new(),
		.on = days_ahead(-3),
		.area = "near the harbour",
		.words = "Met together at the clinic's open day" };

	return group_add(t->c->decides, t->in->case_uid, &met, t->e);
}

/* --- with a second person ------------------------------------------------------------------ */
static int
ask_to_close(struct turn *t, struct request *r)
{
	struct request_line *lines =
	    arena_alloc(&t->arena, CLOSING_ALWAYS, sizeof(*lines));
	struct case_file file;
	struct session *s = t->c->worker;
	int64_t rev;
	bool closed;

	*r = (struct request){ .uid = uid_new(),
		.case_uid = t->in->case_uid,
		.reason = t->c->society->reasons_closed.list[0].id,
		.words = "Said that there is nothing more to do for now",
		.lines = lines,
		.n_lines = CLOSING_ALWAYS };
	if (case_open(s, r->case_uid, "", &t->arena, &file, t->e) == -1)
		return -1;
	for (int l = 0; l < CLOSING_ALWAYS; l++)
		lines[l] = (struct request_line){ closing_line_name(
						      (enum closing_line)l),
			l == CLOSING_SAFETY && file.safety_plan_at == 0
			    ? CLOSING_NONE_NEEDED
			/* A call may be promised. */
			: l == CLOSING_PLAN ? "no"
					    : "yes",
			"Talked through" };
	rev = file.rev;
	return case_close(s, &rev, r, &closed, t->e) == -1 ? -1 : closed;
}

static int
closing_waits(struct turn *t)
{
	struct request r;

	return ask_to_close(t, &r) == -1 ? -1 : 0;
}

static int
closed(struct turn *t)
{
	struct request r, asked;
	struct session *s = t->c->decides;
	int rc = ask_to_close(t, &r);

	if (rc != 0)
		return rc == 1 ? 0 : -1;
	if (request_open(s, r.case_uid, r.uid, &t->arena, &asked, t->e) == -1)
		return -1;
	return request_answer(s, r.case_uid, r.uid, ANSWER_ACCEPT, "",
	    asked.rev, asked.seen, t->e);
}

static int
offered(struct turn *t)
{
	const struct request r = { .uid = uid_new(),
		.case_uid = t->in->case_uid,
		.kind = REQUEST_TRANSFER,
		.to_user = t->c->colleague == NULL
			       ? (struct uid){ { 0 } }
			       : session_user(t->c->colleague)->uid,
		.reason = "Away next week; the person knows and agrees",
		.words = "" };

	return t->c->colleague == NULL ? 0
				       : transfer_ask(t->c->worker, &r, t->e);
}

/* --- courses ---------------------------------------------------------------------------------- */
static step_fn *const courses[DEMO_COURSES][5] = {
	{ assess, plan, goods, refer_answered },
	{ assess, information, note },
	{ assess, plan_met, goods, closed },
	{ assess, plan, safety, cash },
	{ no_answer },
	{ assess, plan, refer_prepared },
	{ NULL }, /* only met so far */
	{ assess, plan_met, closing_waits },
	{ assess, offered, task },
	{ assess, occasion, refer_sent },
};

int
demo_course(const struct demo_course *c, const struct intake *in,
    unsigned number, struct err *e)
{
	step_fn *const *steps = courses[number % DEMO_COURSES];
	struct turn t = { .c = c, .in = in, .e = e };
	int rc = 0;

	arena_init(&t.arena);
	for (size_t i = 0; rc == 0 && i < 5 && steps[i] != NULL; i++)
		rc = steps[i](&t);
	arena_done(&t.arena);
	return rc;
}

int
demo_office(const struct society *so, struct session *worker, struct err *e)
{
	const struct recipient *r = service_near(so);
	struct directory_entry call = { .uid = uid_new(),
		.topic = "call",
		.value = "answered",
		.phone = "",
		.words = "They take people without papers" };
	struct uid none = { { 0 } };

	/* Before anything is sent there; its number is in the configuration. */
	call.recipient = r == NULL ? "" : r->id;
	if (r != NULL && directory_add(worker, &call, e) == -1)
		return -1;
	call.uid = uid_new();
	call.topic = "capacity";
	call.value = "few";
	call.words = "";
	if (r != NULL && directory_add(worker, &call, e) == -1)
		return -1;
	return handover_add(worker, uid_new(), none,
	    "The room with the window is being painted: talk in the small one",
	    e);
}
