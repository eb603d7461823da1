/* SPDX-License-Identifier: ISC */
#include "rules/referral.h"

#include <string.h>

#include "base/clock.h"
#include "config/telling.h"
#include "rules/disclosure.h"
#include "rules/names.h"

static const char *const modes[REFERRAL_MODE_COUNT] = {
#define MODE_NAME(id, name) [REFERRAL_##id] = (name),
	REFERRAL_MODES(MODE_NAME)
};
static const char *const states[REFERRAL_STATE_COUNT] = {
#define STATE_NAME(id, name) [REFERRAL_IS_##id] = (name),
	REFERRAL_STATES(STATE_NAME)
};
static const char *const priorities[REFERRAL_PRIORITY_COUNT] = {
	[REFERRAL_EMERGENCY] = "emergency",
	[REFERRAL_URGENT] = "urgent",
	[REFERRAL_NORMAL] = "normal",
};

const char *
referral_mode_name(enum referral_mode m)
{
	return NAME_OF(modes, m);
}

int
referral_mode_from_name(const char *name)
{
	return name_find(modes, REFERRAL_MODE_COUNT, name);
}

bool
referral_mode_silent(enum referral_mode m)
{
	return m == REFERRAL_INFO || m == REFERRAL_ADVICE;
}

const char *
referral_priority_name(enum referral_priority p)
{
	return NAME_OF(priorities, p);
}

int
referral_priority_from_name(const char *name)
{
	return name_find(priorities, REFERRAL_PRIORITY_COUNT, name);
}

const char *
referral_state_name(enum referral_state s)
{
	return NAME_OF(states, s);
}

int
referral_state_from_name(const char *name)
{
	return name_find(states, REFERRAL_STATE_COUNT, name);
}

#define TO(id) (1u << REFERRAL_IS_##id)
/* The person can say no at any point, and a service can fall away. */
#define ENDS (TO(DECLINED) | TO(WITHDRAWN) | TO(NO_SAFE) | TO(UNAVAILABLE))
/* And, once somebody is there to say it, refuse; or the person stays away. */
#define SENT_ENDS (ENDS | TO(REFUSED) | TO(DISENGAGED))
static const unsigned next_states[REFERRAL_STATE_COUNT] = {
	[REFERRAL_IS_PREPARED] = TO(SENT) | ENDS,
	[REFERRAL_IS_SENT] = TO(ACKNOWLEDGED) | TO(WAITLISTED) | TO(ACCEPTED) |
			     TO(ATTENDED) | TO(PARTIAL) | TO(COMPLETED) |
			     TO(NO_ANSWER) | SENT_ENDS,
	[REFERRAL_IS_ACKNOWLEDGED] = TO(WAITLISTED) | TO(ACCEPTED) |
				     TO(ATTENDED) | TO(NO_ANSWER) | SENT_ENDS,
	[REFERRAL_IS_WAITLISTED] = TO(WAITLISTED) | TO(ACCEPTED) |
				   TO(ATTENDED) | TO(NO_ANSWER) | SENT_ENDS,
	[REFERRAL_IS_ACCEPTED] = TO(ATTENDED) | SENT_ENDS,
	[REFERRAL_IS_ATTENDED] =
	    TO(FEEDBACK) | TO(PARTIAL) | TO(COMPLETED) | SENT_ENDS,
	[REFERRAL_IS_FEEDBACK] = TO(PARTIAL) | TO(COMPLETED) | SENT_ENDS,
};

bool
referral_may_become(enum referral_state from, enum referral_state to)
{
	return (unsigned)from < REFERRAL_STATE_COUNT &&
	       (unsigned)to < REFERRAL_STATE_COUNT &&
	       (next_states[from] & (1u << to)) != 0;
}

bool
referral_over(enum referral_state s)
{
	return (unsigned)s >= REFERRAL_STATE_COUNT || next_states[s] == 0;
}

bool
referral_find_another(enum referral_state s)
{
	return s == REFERRAL_IS_NO_SAFE || s == REFERRAL_IS_UNAVAILABLE ||
	       s == REFERRAL_IS_REFUSED || s == REFERRAL_IS_NO_ANSWER ||
	       s == REFERRAL_IS_PARTIAL;
}

bool
referral_taken_on(enum referral_mode m, enum referral_state s)
{
	return m == REFERRAL_TRANSFER && s >= REFERRAL_IS_ACCEPTED &&
	       s <= REFERRAL_IS_COMPLETED;
}

static const struct referral_event_rule events[REFERRAL_EVENT_COUNT] = {
	[REFERRAL_CHASED] = { .name = "chased",
	    .topic = "tried",
	    .value = "no_answer" },
	[REFERRAL_SETTLED] = { .name = "settled" },
	[REFERRAL_COPY] = { .name = "copy" },
	[REFERRAL_NO_COPY] = { .name = "no_copy" },
	[REFERRAL_HARM] = { .name = "harm",
	    .words = true,
	    .flag = true,
	    .topic = "harm",
	    .value = "told" },
};

const struct referral_event_rule *
referral_event_rule(enum referral_event e)
{
	return (unsigned)e < REFERRAL_EVENT_COUNT ? &events[e] : NULL;
}

int
referral_event_from_name(const char *name)
{
	for (int i = 0; i < REFERRAL_EVENT_COUNT; i++)
		if (strcmp(events[i].name, name) == 0)
			return i;
	return -1;
}

bool
referral_event_fits(
    enum referral_event e, enum referral_state s, bool went, bool settled)
{
	switch (e) {
	case REFERRAL_CHASED:
		return !referral_over(s) && s != REFERRAL_IS_PREPARED;
	case REFERRAL_SETTLED:
		return referral_find_another(s) && !settled;
	case REFERRAL_HARM:
		return went;
	case REFERRAL_COPY:
	case REFERRAL_NO_COPY:
		return true;
	case REFERRAL_EVENT_COUNT:
		break;
	}
	return false;
}

bool
referral_needs_words(const char *kind)
{
	int event = referral_event_from_name(kind);
	int to = referral_state_from_name(kind);

	if (event >= 0)
		return events[event].words;
	/* What was asked in vain says why by itself. */
	return to >= 0 && to != REFERRAL_IS_NO_ANSWER &&
	       referral_find_another((enum referral_state)to);
}

bool
referral_card_names(const struct society *s, const struct recipient *r)
{
	return r != NULL && r->safe_to_name && !recipient_private(r) &&
	       !egress_hard_stop(r->kind) && r->kind != RECIPIENT_NRM &&
	       telling_word(s, r->name) == NULL;
}

bool
referral_pays(
    const struct society *s, const struct recipient *r, const char *purpose)
{
	if (society_pays(s, purpose))
		return true;
	for (size_t i = 0; r != NULL && i < r->n_services; i++)
		if (society_pays(s, r->services[i]))
			return true;
	return false;
}

static const int64_t send_within[REFERRAL_PRIORITY_COUNT] = {
	[REFERRAL_EMERGENCY] = CLOCK_DAY,
	[REFERRAL_URGENT] = 3 * CLOCK_DAY,
	[REFERRAL_NORMAL] = 14 * CLOCK_DAY,
};

static struct referral_wait
waits_for(enum referral_ask ask, int64_t due)
{
	return (struct referral_wait){ .ask = ask, .due = due };
}

static struct referral_wait
answer_due(int64_t due, int chases)
{
	struct referral_wait w = waits_for(REFERRAL_ASK_ANSWER, due);

	w.chased = chases >= REFERRAL_CHASES;
	if (w.chased)
		w.ask = REFERRAL_ASK_OTHER;
	return w;
}

struct referral_wait
referral_due(enum referral_state s, enum referral_mode m,
    enum referral_priority p, int64_t since, int chases, bool settled)
{
	struct referral_wait none = { .ask = REFERRAL_ASK_NOTHING };
	bool now;

	if ((unsigned)p >= REFERRAL_PRIORITY_COUNT)
		p = REFERRAL_EMERGENCY;
	now = p == REFERRAL_EMERGENCY;
	/* Nobody there knows of the person: only they can tell. */
	if (m == REFERRAL_INFO && s >= REFERRAL_IS_SENT &&
	    s < REFERRAL_IS_ACCEPTED)
		return waits_for(REFERRAL_ASK_FEEDBACK, since + 14 * CLOCK_DAY);
	switch (s) {
	case REFERRAL_IS_PREPARED:
		return waits_for(REFERRAL_ASK_SEND, since + send_within[p]);
	case REFERRAL_IS_SENT:
		return answer_due(
		    since + (now ? CLOCK_HOUR : CLOCK_DAY), chases);
	case REFERRAL_IS_ACKNOWLEDGED:
		return answer_due(
		    since + (now ? CLOCK_HOUR : 3 * CLOCK_DAY), chases);
	case REFERRAL_IS_WAITLISTED:
		return answer_due(since + send_within[p], chases);
	case REFERRAL_IS_ACCEPTED:
		return waits_for(REFERRAL_ASK_ATTENDED, since + 3 * CLOCK_DAY);
	case REFERRAL_IS_ATTENDED:
		return waits_for(REFERRAL_ASK_FEEDBACK, since + 14 * CLOCK_DAY);
	default:
		break;
	}
	if (!settled && referral_find_another(s))
		return waits_for(REFERRAL_ASK_OTHER, since);
	return none;
}
