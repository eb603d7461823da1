/* SPDX-License-Identifier: ISC */
#include "cli/demo_fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "cli/demo_course.h"
#include "cli/demo_people.h"
#include "rules/consent.h"
#include "rules/workflow.h"
#include "store/bulk.h"
#include "store/intake.h"
#include "store/screening.h"

/* So many are made one by one; the rest of a large vault in batches. */
#define ONE_BY_ONE 500
#define BATCH 20000

struct one {
	char name[96], phone[24];
	struct person person;
	struct safe_contact safe;
	struct consent consent;
	struct followup_plan plan;
	struct triage_answer triage[2];
	struct intake in;
};

static struct fdate
birth(struct dice *d)
{
	return (struct fdate){ .year = (int16_t)(1970 + dice_roll(d, 36)),
		.month = (int8_t)(1 + dice_roll(d, 12)),
		.day = (int8_t)(1 + dice_roll(d, 28)),
		.precision = DATE_DAY };
}

/* From ten days ago to three weeks ahead, in office hours. */
static int64_t
due(struct dice *d, int64_t now)
{
	int64_t day = clock_day_of(now) - 10 + dice_roll(d, 31);

	return clock_day_start(day) + (9 + dice_roll(d, 8)) * CLOCK_HOUR;
}

/* Few are urgent, most are not. */
static int
risk(struct dice *d, const struct society *so)
{
	static const int likely[10] = { 0, 1, 1, 2, 2, 2, 2, 3, 3, 3 };
	int r = likely[dice_roll(d, 10)];

	return r < (int)so->n_risks ? r : (int)so->n_risks - 1;
}

static void
fill_person(struct dice *d, const struct society *so, struct one *o)
{
	static const enum demo_script scripts[] = { DEMO_LATIN, DEMO_LATIN,
		DEMO_SINHALA, DEMO_SINHALA, DEMO_TAMIL, DEMO_ARABIC };
	bool words;

	demo_name(d, scripts[dice_roll(d, 6)], o->name, sizeof(o->name));
	demo_phone(d, o->phone, sizeof(o->phone));
	o->person = (struct person){ .uid = o->in.person_uid,
		.name = o->name,
		.other_names = "",
		.birth = birth(d),
		.birth_basis = "stated",
		.sex = so->sexes.list[dice_roll(d, (uint32_t)so->sexes.n)].id,
		.languages = so->languages[0].id,
		.country = "",
		.phone = o->phone,
		.address = "",
		.document = "" };
	words = dice_roll(d, 4) == 0;
	o->safe = (struct safe_contact){ .uid = o->in.safe_contact_uid,
		.person = o->in.person_uid,
		.may_contact = words ? "only_if" : "yes",
		.channel = "phone",
		.number = o->phone,
		.whose = "own phone",
		.who_else = "",
		.safe_times = "weekdays 9 to 11",
		.unsafe_times = "evenings",
		.cover_phrase = "The library calls about a book",
		.proof_word = words ? "the blue edition" : "",
		.their_word = words ? "the second volume" : "",
		.our_word = words ? "the reading room" : "",
		.language = so->languages[0].id,
		.caller = "",
		.if_other_answers = "Ask for the book back and end the call",
		.max_attempts = words ? 3 : 0,
		.verified_at = o->in.at,
		.stop_reason = "" };
}

static void
fill_consent(const struct society *so, struct one *o)
{
	o->consent = (struct consent){ .uid = o->in.consent_uid,
		.case_uid = o->in.case_uid,
		.kind = "work_together",
		.recipient = "",
		.purpose = "",
		.withheld = "",
		.withheld_why = "",
		.decision = "yes",
		.ask_again = "",
		.given_by = "person",
		.given_by_why = "",
		.form = "verbal_witnessed",
		.evidence = "",
		.language = so->languages[so->n_languages - 1].id,
		.script = "sheet",
		.interpreter = "none",
		.interpreter_code = "",
		.witness_code = "",
		.seen_alone = "yes",
		.understood = true,
		.given_at = o->in.at,
		.withdrawn_how = "" };
}

static void
fill_intake(
    struct dice *d, const struct society *so, int64_t now, struct one *o)
{
	*o = (struct one){ .in = { .contact_uid = uid_new(),
			       .case_uid = uid_new(),
			       .person_uid = uid_new(),
			       .consent_uid = uid_new(),
			       .limits_uid = uid_new(),
			       .followup_uid = uid_new(),
			       .safe_contact_uid = uid_new(),
			       .note_uid = uid_new(),
			       .channel = "walk_in",
			       .place = "",
			       .at = now,
			       .wants = demo_want(d),
			       .information_given = "",
			       .number_given = "",
			       .language = so->languages[0].id,
			       .interpreter = "none",
			       .seen_alone = "yes",
			       .limits_script = "sheet",
			       .open_case = true,
			       .sex = "",
			       .age_band = "",
			       .may_be_child = "no",
			       .risk = risk(d, so),
			       .risk_reason = "First impression; to be looked "
					      "at again with the person",
			       .next_none = "",
			       .note = demo_note(d) } };
	o->in.urgent = o->in.risk == 0 && dice_roll(d, 2) == 0;
	o->triage[0] = (struct triage_answer){
		"tri.01", o->in.urgent ? "clear_sign" : "not_seen",
		o->in.urgent ? "Stayed with the person; safe place found" : ""
	};
	o->triage[1] = (struct triage_answer){ "tri.07", "some_sign", "" };
	o->in.triage = o->triage;
	o->in.n_triage = 2;
	fill_person(d, so, o);
	fill_consent(so, o);
	o->plan = (struct followup_plan){ .uid = o->in.followup_uid,
		.what = next_action_name(NEXT_FOLLOW_UP),
		.words = "Call as agreed",
		.due = due(d, now),
		.promised = dice_roll(d, 5) == 0 };
	o->in.sex = o->person.sex;
	o->in.person = &o->person;
	o->in.safe_contact = &o->safe;
	o->in.work_together = &o->consent;
	o->in.next = &o->plan;
	o->in.assign_to_me = dice_roll(d, 6) != 0;
}

/* A release for some, a snapshot for some, a flag for a few. */
static int
fill_more(struct session *s, struct dice *d, const struct society *so,
    const struct one *o, struct err *e)
{
	struct consent c = o->consent;
	struct answer a = {
		.state = "some_sign", .source = "person", .note = ""
	};
	struct uid flag = uid_new();
	struct fdate none = { 0 };

	c.uid = uid_new();
	c.kind = "release";
	c.recipient =
	    so->recipients[dice_roll(d, (uint32_t)so->n_recipients)].id;
	c.purpose = so->purposes.list[0].id;
	c.scope = data_scope_bit(DATA_NEEDS) | data_scope_bit(DATA_CONTACT);
	c.decision = dice_roll(d, 3) == 0 ? "not_now" : "yes";
	c.ask_again = strcmp(c.decision, "yes") == 0 ? "" : "yes";
	if (dice_roll(d, 3) == 0 && consent_add(s, &c, e) != 0)
		return -1;
	if (dice_roll(d, 8) == 0 &&
	    flag_set(s, o->in.case_uid, flag, "Papers arrive this week", &none,
		e) == -1)
		return -1;
	if (so->n_catalogues == 0 || dice_roll(d, 3) != 0)
		return 0;
	a.item = so->catalogues[0]->items[0].id;
	return screening_add(s,
	    &(struct screening){ .uid = uid_new(),
		.case_uid = o->in.case_uid,
		.catalogue = so->catalogues[0]->id,
		.list = "",
		.language = so->languages[0].id,
		.interpreter = "none",
		.seen_alone = "yes",
		.gate_open = true,
		.outcome = "keep_talking",
		.wants = o->in.wants,
		.note = "",
		.answers = &a,
		.n_answers = 1 },
	    e);
}

static int
fill_batch(struct session *s, struct dice *d, const struct society *so,
    int64_t now, size_t n, struct err *e)
{
	struct one *o = xcalloc(n, sizeof(*o));
	const struct intake **in = xcalloc(n, sizeof(*in));
	int rc;

	for (size_t i = 0; i < n; i++) {
		fill_intake(d, so, now, &o[i]);
		in[i] = &o[i].in;
	}
	rc = bulk_intake(s, in, n, e);
	free(in);
	free(o);
	return rc;
}

/* Who else is in the worker's branch. */
static const struct demo_worker *
another(const struct demo_worker *w, const struct demo_worker *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (&all[i] != w && strcmp(session_user(all[i].worker)->branch,
					session_user(w->worker)->branch) == 0)
			return &all[i];
	return NULL;
}

/* One by one, as people would. */
static int
fill_one(const struct society *so, const struct demo_worker *all, size_t n_all,
    struct dice *d, int64_t now, unsigned *courses, struct err *e)
{
	const struct demo_worker *w = &all[dice_roll(d, (uint32_t)n_all)];
	const struct demo_worker *beside = another(w, all, n_all);
	const struct demo_course course = { .society = so,
		.worker = w->worker,
		.decides = w->decides,
		.colleague = beside == NULL ? NULL : beside->worker };
	char code[CODE_SIZE];
	struct one o;

	fill_intake(d, so, now, &o);
	if (intake_save(w->worker, &o.in, code, e) == -1)
		return -1;
	/* What is nobody's yet is nobody's to go on with. */
	if (!o.in.assign_to_me)
		return 0;
	if (fill_more(w->worker, d, so, &o, e) == -1)
		return -1;
	return demo_course(&course, &o.in, (*courses)++, e);
}

int
demo_fill(const struct society *so, const struct demo_worker *workers,
    size_t n_workers, uint64_t n, uint64_t seed, struct err *e)
{
	struct dice d;
	int64_t now = clock_now();
	uint64_t done = 0;
	unsigned courses = 0;

	dice_init(&d, seed);
	if (n > 0 && demo_office(so, workers[0].worker, e) == -1)
		return -1;
	for (; done < n && done < ONE_BY_ONE; done++)
		if (fill_one(so, workers, n_workers, &d, now, &courses, e) ==
		    -1)
			return -1;
	while (done < n) {
		size_t batch = n - done < BATCH ? (size_t)(n - done) : BATCH;

		if (fill_batch(
			workers[dice_roll(&d, (uint32_t)n_workers)].worker, &d,
			so, now, batch, e) == -1)
			return -1;
		done += batch;
	}
	return 0;
}
