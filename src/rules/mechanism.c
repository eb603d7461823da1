/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/mechanism.h"
#include "rules/timers.h"

static const char *const decisions[MECHANISM_DECISION_COUNT] = {
#define DECISION_NAME(id, name) [MECHANISM_##id] = (name),
	MECHANISM_DECISIONS(DECISION_NAME)
#undef DECISION_NAME
};
static const char *const kinds[MECHANISM_KIND_COUNT] = {
#define KIND_NAME(id, name) [MECHANISM_IS_##id] = (name),
	MECHANISM_KINDS(KIND_NAME)
#undef KIND_NAME
};
static const char *const whats[REFLECTION_WHAT_COUNT] = {
#define WHAT_NAME(id, name) [REFLECTION_##id] = (name),
	REFLECTION_WHATS(WHAT_NAME)
#undef WHAT_NAME
};

static int
find(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return i;
	}
	return -1;
}

int
mechanism_decision_from_name(const char *name)
{
	return find(decisions, MECHANISM_DECISION_COUNT, name);
}

const char *
mechanism_kind_name(enum mechanism_kind k)
{
	return (unsigned)k < MECHANISM_KIND_COUNT ? kinds[k] : "";
}

int
mechanism_kind_from_name(const char *name)
{
	return find(kinds, MECHANISM_KIND_COUNT, name);
}

bool
mechanism_settles(enum mechanism_kind k)
{
	return k == MECHANISM_IS_EXTENDED || k == MECHANISM_IS_ENDED ||
	       k == MECHANISM_IS_PERMIT_SETTLED || k == MECHANISM_IS_APPEALED;
}

const char *
reflection_what_name(enum reflection_what w)
{
	return (unsigned)w < REFLECTION_WHAT_COUNT ? whats[w] : "";
}

/* --- what stands ---------------------------------------------------------------------- */

static void
fold_reflection(const struct mechanism_event *e, struct mechanism_state *s)
{
	switch (e->kind) {
	case MECHANISM_IS_REFLECTION:
		s->reflection_from = e->on;
		s->reflection_until = e->until;
		s->reflection = e->uid;
		s->extended = s->ended = false;
		break;
	case MECHANISM_IS_EXTENDED:
		s->reflection_until = e->until;
		s->extended = true;
		break;
	default:
		s->ended = true;
		break;
	}
}

static void
drop_appeal(struct mechanism_state *s, size_t at)
{
	s->n_appeals--;
	for (size_t i = at; i < s->n_appeals; i++)
		s->appeals[i] = s->appeals[i + 1];
}

/* Against another decision it runs beside those that run; said of the same
 * day, it puts right what was said of it before. */
static void
add_appeal(
    const struct mechanism_event *e, size_t place, struct mechanism_state *s)
{
	size_t at = 0;

	for (size_t i = s->n_appeals; i > 0; i--)
		if (s->appeals[i - 1].on == e->on)
			drop_appeal(s, i - 1);
	while (at < s->n_appeals && s->appeals[at].until <= e->until)
		at++;
	if (at == MECHANISM_APPEALS)
		return;
	if (s->n_appeals == MECHANISM_APPEALS)
		s->n_appeals--;
	for (size_t i = s->n_appeals; i > at; i--)
		s->appeals[i] = s->appeals[i - 1];
	s->appeals[at] = (struct mechanism_appeal){
		.on = e->on, .until = e->until, .uid = e->uid, .place = place
	};
	s->n_appeals++;
}

/* The earliest of those that were known when it was written down. */
static void
settle_appeal(size_t place, struct mechanism_state *s)
{
	size_t at = 0;

	while (at < s->n_appeals && s->appeals[at].place > place)
		at++;
	if (s->n_appeals > 0)
		drop_appeal(s, at < s->n_appeals ? at : 0);
}

static void
fold_appeal(
    const struct mechanism_event *e, size_t place, struct mechanism_state *s)
{
	if (e->kind == MECHANISM_IS_APPEAL)
		add_appeal(e, place, s);
	else
		settle_appeal(place, s);
	s->appealed = s->n_appeals == 0;
	if (s->n_appeals > 0) {
		s->appeal_until = s->appeals[0].until;
		s->appeal = s->appeals[0].uid;
	}
}

static void
fold_one(
    const struct mechanism_event *e, size_t place, struct mechanism_state *s)
{
	int decision;

	switch (e->kind) {
	case MECHANISM_IS_DECISION:
		decision = mechanism_decision_from_name(e->code);
		if (decision >= 0) {
			s->decision = (enum mechanism_decision)decision;
			s->decided = true;
		}
		break;
	case MECHANISM_IS_INFORMED:
		s->informed = true;
		break;
	case MECHANISM_IS_CONSEQUENCES:
		s->consequences = true;
		break;
	case MECHANISM_IS_ADVICE:
		if (e->on > s->advice_on)
			s->advice_on = e->on;
		break;
	case MECHANISM_IS_REFERRED:
		s->referred_on = e->on;
		s->referred_by_us = strcmp(e->code, "we") == 0;
		break;
	case MECHANISM_IS_STAGE:
		s->stage = e->code;
		s->stage_on = e->on;
		break;
	case MECHANISM_IS_PERMIT:
		s->permit_until = e->until;
		s->permit = e->uid;
		s->permit_settled = false;
		break;
	case MECHANISM_IS_PERMIT_SETTLED:
		s->permit_settled = true;
		break;
	case MECHANISM_IS_APPEAL:
	case MECHANISM_IS_APPEALED:
		fold_appeal(e, place, s);
		break;
	case MECHANISM_IS_REFLECTION:
	case MECHANISM_IS_EXTENDED:
	case MECHANISM_IS_ENDED:
		fold_reflection(e, s);
		break;
	case MECHANISM_KIND_COUNT:
		break;
	}
}

/* The place of the event that comes after the one at *at by day, on one day by
 * place; n: none.  *at is n before the first. */
static size_t
next_by_day(const struct mechanism_event *list, size_t n, size_t at)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++) {
		if (at < n && (list[i].on < list[at].on ||
				  (list[i].on == list[at].on && i <= at)))
			continue;
		if (best == n || list[i].on < list[best].on)
			best = i;
	}
	return best;
}

/* What stood at the end of a day. */
static void
fold_to(const struct mechanism_event *list, size_t n, int64_t day,
    struct mechanism_state *out)
{
	*out = (struct mechanism_state){ .stage = "" };
	for (size_t i = next_by_day(list, n, n); i < n && list[i].on <= day;
	     i = next_by_day(list, n, i))
		fold_one(&list[i], i, out);
}

void
mechanism_fold(
    const struct mechanism_event *list, size_t n, struct mechanism_state *out)
{
	fold_to(list, n, INT64_MAX, out);
}

/* --- what waits ----------------------------------------------------------------------- */

static bool
running(const struct mechanism_state *s)
{
	return s->reflection_until != 0 && !s->ended;
}

static void
add(struct reflection_task *out, size_t *n, enum reflection_what what,
    int64_t day, const struct uid *of)
{
	struct reflection_task one = {
		.what = what, .due = timer_day_end(day), .of = *of
	};
	size_t i = *n;

	for (; i > 0 && out[i - 1].due > one.due; i--)
		out[i] = out[i - 1];
	out[i] = one;
	(*n)++;
}

size_t
reflection_due(const struct mechanism_state *s,
    struct reflection_task out[REFLECTION_WHAT_COUNT])
{
	bool out_of_it = s->decision == MECHANISM_DECLINES ||
			 s->decision == MECHANISM_WITHDRAWN;
	int64_t first = s->reflection_until - REFLECTION_FIRST_DAYS;
	int64_t second = s->reflection_until - REFLECTION_SECOND_DAYS;
	size_t n = 0;

	if (running(s) && !out_of_it) {
		/* A short period has its first task on its first day. */
		if (first < s->reflection_from)
			first = s->reflection_from;
		if (second < s->reflection_from)
			second = s->reflection_from;
		if (s->advice_on < first)
			add(out, &n, REFLECTION_FIRST, first, &s->reflection);
		if (s->advice_on < second && second > first)
			add(out, &n, REFLECTION_SECOND, second, &s->reflection);
		add(out, &n, REFLECTION_END, s->reflection_until,
		    &s->reflection);
	}
	if (s->appeal_until != 0 && !s->appealed)
		add(out, &n, REFLECTION_APPEAL, s->appeal_until, &s->appeal);
	if (s->permit_until != 0 && !s->permit_settled)
		add(out, &n, REFLECTION_PERMIT, s->permit_until, &s->permit);
	return n;
}

/* --- what comes before what --------------------------------------------------------------- */

static bool
known_stage(const struct mechanism *m, const char *code)
{
	for (size_t i = 0; i < m->n_stages; i++) {
		if (strcmp(m->stages[i].id, code) == 0)
			return true;
	}
	return false;
}

static enum mechanism_gap
check_decision(const struct mechanism_state *s, const struct mechanism_event *e)
{
	int decision = mechanism_decision_from_name(e->code);

	if (decision < 0)
		return MECHANISM_GAP_CODE;
	/* A no, or not yet, needs nothing before it. */
	if (decision == MECHANISM_WANTS && (!s->informed || !s->consequences))
		return MECHANISM_GAP_NOT_INFORMED;
	return MECHANISM_GAP_OK;
}

static enum mechanism_gap
check_referred(const struct mechanism *m, const struct mechanism_state *s,
    bool child, const struct mechanism_event *e)
{
	bool consent = child ? m->consent_child : m->consent_adult;

	if (strcmp(e->code, "other") == 0)
		return MECHANISM_GAP_OK;
	if (strcmp(e->code, "we") != 0)
		return MECHANISM_GAP_CODE;
	if (!m->we_may_refer)
		return MECHANISM_GAP_NOT_OURS;
	if (consent && s->decision != MECHANISM_WANTS)
		return MECHANISM_GAP_NO_CONSENT;
	return MECHANISM_GAP_OK;
}

/* Only what ran on that day can have been ended or extended on it. */
static enum mechanism_gap
check_running(
    const struct mechanism_state *then, const struct mechanism_event *e)
{
	bool runs;

	switch (e->kind) {
	case MECHANISM_IS_PERMIT_SETTLED:
		runs = then->permit_until != 0 && !then->permit_settled;
		break;
	case MECHANISM_IS_APPEALED:
		runs = then->appeal_until != 0 && !then->appealed;
		break;
	default:
		runs = running(then);
		break;
	}
	if (!runs)
		return MECHANISM_GAP_NOT_RUNNING;
	return e->kind == MECHANISM_IS_EXTENDED &&
		       e->until <= then->reflection_until
		   ? MECHANISM_GAP_UNTIL
		   : MECHANISM_GAP_OK;
}

enum mechanism_gap
mechanism_check(const struct mechanism *m, const struct mechanism_event *list,
    size_t n, bool child, int64_t today, const struct mechanism_event *e)
{
	struct mechanism_state s, then;

	if (e->on == 0 || e->on > today)
		return MECHANISM_GAP_DAY;
	mechanism_fold(list, n, &s);
	fold_to(list, n, e->on, &then);
	switch (e->kind) {
	case MECHANISM_IS_DECISION:
		return check_decision(&s, e);
	case MECHANISM_IS_REFERRED:
		return check_referred(m, &then, child, e);
	case MECHANISM_IS_STAGE:
		return known_stage(m, e->code) ? MECHANISM_GAP_OK
					       : MECHANISM_GAP_CODE;
	case MECHANISM_IS_REFLECTION:
	case MECHANISM_IS_PERMIT:
	case MECHANISM_IS_APPEAL:
		return e->until < e->on ? MECHANISM_GAP_UNTIL
					: MECHANISM_GAP_OK;
	case MECHANISM_IS_EXTENDED:
	case MECHANISM_IS_ENDED:
	case MECHANISM_IS_PERMIT_SETTLED:
	case MECHANISM_IS_APPEALED:
		return check_running(&then, e);
	case MECHANISM_IS_INFORMED:
	case MECHANISM_IS_CONSEQUENCES:
	case MECHANISM_IS_ADVICE:
	case MECHANISM_KIND_COUNT:
		break;
	}
	return MECHANISM_GAP_OK;
}
