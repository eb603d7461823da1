/* SPDX-License-Identifier: ISC */
/* Where the program decides that something may leave. */
#include "rules/disclosure.h"

#include <string.h>

#include "base/clock.h"
#include "rules/names.h"

static const char *const reason_names[ACT_REASON_COUNT] = {
#define ACT_NAME(id, name) [ACT_FOR_##id] = (name),
	ACT_REASONS(ACT_NAME)
};

const char *
act_reason_name(enum act_reason r)
{
	return NAME_OF(reason_names, r);
}

int
act_reason_from_name(const char *name)
{
	return name_find(reason_names, ACT_REASON_COUNT, name);
}

/* --- kinds of recipients -------------------------------------------------------- */

static unsigned
kind_bit(enum recipient_kind k)
{
	return 1u << k;
}

#define AUTHORITIES                                             \
	(1u << RECIPIENT_POLICE | 1u << RECIPIENT_IMMIGRATION | \
	    1u << RECIPIENT_EMBASSY)
#define PRIVATE                                              \
	(1u << RECIPIENT_EMPLOYER | 1u << RECIPIENT_FAMILY | \
	    1u << RECIPIENT_MEDIA)

bool
egress_hard_stop(enum recipient_kind k)
{
	return (kind_bit(k) & (AUTHORITIES | PRIVATE)) != 0;
}

/* --- acts ------------------------------------------------------------------------- */

#define SCOPE(id) (1u << DATA_##id)
/* Where somebody is and what keeps them alive; never what they told. */
#define LEAST (SCOPE(NAME) | SCOPE(CONTACT) | SCOPE(LOCATION) | SCOPE(NEEDS))

/* Whom a reason can reach, and what it can carry there.  No threat and no
 * duty is met by the media; an employer learns only what a court or a law
 * makes us tell; no data goes to statistics. */
static const struct {
	unsigned never, scopes;
	bool reference; /* nothing without a legal reference */
} reasons[ACT_REASON_COUNT] = {
	[ACT_FOR_CONSENT] = { 0, DATA_ALL, false },
	[ACT_FOR_LIFE] = { 1u << RECIPIENT_MEDIA | 1u << RECIPIENT_EMPLOYER,
	    LEAST | SCOPE(HEALTH) | SCOPE(CHILDREN), true },
	[ACT_FOR_CHILD] = { PRIVATE | 1u << RECIPIENT_IMMIGRATION,
	    LEAST | SCOPE(HEALTH) | SCOPE(CHILDREN), true },
	[ACT_FOR_LAW] = { 1u << RECIPIENT_MEDIA, DATA_ALL, true },
	[ACT_FOR_COURT] = { 1u << RECIPIENT_MEDIA, DATA_ALL, true },
};

unsigned
act_scopes(enum act_reason r)
{
	return (unsigned)r < ACT_REASON_COUNT ? reasons[r].scopes : 0;
}

bool
act_reaches(enum act_reason r, enum recipient_kind k)
{
	return (unsigned)r < ACT_REASON_COUNT && k != RECIPIENT_STATISTICS &&
	       (reasons[r].never & kind_bit(k)) == 0;
}

bool
told_reason(const char *name)
{
	return strcmp(name, TOLD_ALONE) == 0 ||
	       strcmp(name, TOLD_MISTAKE) == 0 || told_by_rule(name);
}

bool
told_by_rule(const char *name)
{
	int reason = act_reason_from_name(name);

	return reason >= 0 && reasons[reason].reference;
}

bool
told_already(const struct egress_act *a)
{
	return a->agreed_at == 0 && a->used_at != 0;
}

/* When it was used, or can be no more. */
static int64_t
over_at(const struct egress_act *a)
{
	return a->used_at != 0 ? a->used_at
			       : a->agreed_at + ACT_HOURS * CLOCK_HOUR;
}

int64_t
act_review_due(const struct egress_act *a)
{
	if (told_already(a))
		return over_at(a) + ACT_REVIEW_HOURS * CLOCK_HOUR;
	if (a->reason == ACT_FOR_CONSENT || a->agreed_at == 0 || a->declined)
		return 0;
	return over_at(a) + ACT_REVIEW_HOURS * CLOCK_HOUR;
}

bool
act_reviewable(const struct egress_act *a, int64_t now)
{
	return act_review_due(a) != 0 && now >= over_at(a);
}

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\n")] == '\0';
}

static bool
about(enum rule_ages ages, bool child)
{
	return ages == AGES_ANY || child == (ages == AGES_CHILD);
}

/* A reason by law names one of the country's duties, which must be about this
 * recipient and this person. */
static bool
lawful(const struct egress *e, const struct egress_act *a, bool child)
{
	const struct duty *d;

	if (a->reason != ACT_FOR_LAW)
		return !reasons[a->reason].reference || !blank(a->legal_ref);
	d = blank(a->legal_ref) ? NULL : society_duty(e->society, a->legal_ref);
	return d != NULL && strcmp(d->applies, "yes") == 0 &&
	       d->to == e->recipient->kind && about(d->ages, child);
}

/* Does the act carry this kind of data?  row: the release that stands and
 * allows it; NULL: none does. */
static enum egress_why
act_carries(const struct egress *e, const struct egress_act *a, bool child,
    const struct release *row, enum data_scope s)
{
	int64_t end = a->agreed_at + ACT_HOURS * CLOCK_HOUR;

	if ((unsigned)a->reason >= ACT_REASON_COUNT ||
	    !act_reaches(a->reason, e->recipient->kind))
		return EGRESS_ACT_NOT_THEM;
	if (a->declined)
		return EGRESS_ACT_DECLINED;
	if (blank(a->words))
		return EGRESS_ACT_NO_WORDS;
	if (!lawful(e, a, child))
		return EGRESS_ACT_NO_LAW;
	if (a->reason != ACT_FOR_CONSENT && a->told != TOLD_YES &&
	    (a->told != TOLD_NO || blank(a->told_why)))
		return EGRESS_ACT_NOT_TOLD;
	if (uid_null(&a->agreed_by) || a->agreed_at == 0 ||
	    a->agreed_at > e->now)
		return EGRESS_ACT_OPEN;
	if (uid_eq(&a->agreed_by, &a->asked_by))
		return EGRESS_ACT_SELF;
	if (a->used_at != 0)
		return EGRESS_ACT_USED;
	if (e->now >= end)
		return EGRESS_ACT_OLD;
	/* An agreement to a yes falls with that yes. */
	if (a->reason == ACT_FOR_CONSENT &&
	    (row == NULL || !uid_eq(&a->consent, &row->uid)))
		return EGRESS_ACT_OTHER_ROW;
	if ((a->scope & act_scopes(a->reason) & data_scope_bit(s)) == 0)
		return EGRESS_ACT_TOO_MUCH;
	return EGRESS_ALLOWED;
}

/* The act of this recipient and purpose that carries it; else what is wrong
 * with the newest one that asked for this data, EGRESS_NOT_ASKED_FOR when none
 * did.  An act for a yes does not stand in for one; one sending uses up one
 * act, so what another kind of data goes by already is the only choice. */
static enum egress_why
find_act(const struct egress *e, bool child, const struct release *row,
    enum data_scope s, struct uid *out)
{
	enum egress_why why, found = EGRESS_NOT_ASKED_FOR;

	for (size_t i = 0; i < e->n_acts; i++) {
		const struct egress_act *a = &e->acts[i];

		if (strcmp(a->recipient, e->recipient->id) != 0 ||
		    strcmp(a->purpose, e->purpose) != 0 ||
		    (a->scope & data_scope_bit(s)) == 0 ||
		    (!uid_null(out) && !uid_eq(out, &a->uid)) ||
		    (row == NULL && a->reason == ACT_FOR_CONSENT) ||
		    told_already(a))
			continue;
		why = act_carries(e, a, child, row, s);
		if (why == EGRESS_ALLOWED) {
			*out = a->uid;
			return why;
		}
		found = why;
	}
	return found;
}

/* --- what the person said --------------------------------------------------------- */

static enum egress_why
state_why(enum consent_state s)
{
	switch (s) {
	case CONSENT_IS_GIVEN:
		return EGRESS_NOT_IN_IT;
	case CONSENT_IS_REFUSED:
		return EGRESS_REFUSED;
	case CONSENT_IS_NOT_NOW:
		return EGRESS_NOT_NOW;
	case CONSENT_IS_EXPIRED:
		return EGRESS_ENDED;
	case CONSENT_IS_USED:
		return EGRESS_USED;
	case CONSENT_IS_WITHDRAWN:
		return EGRESS_WITHDRAWN;
	default:
		return EGRESS_NOT_ASKED;
	}
}

static const struct release_rule *
country_rule(const struct egress *e, bool child, enum release_limit limit)
{
	for (size_t i = 0; i < e->society->n_release_rules; i++) {
		const struct release_rule *r = &e->society->release_rules[i];

		if (r->to == e->recipient->kind && r->limit == limit &&
		    about(r->ages, child))
			return r;
	}
	return NULL;
}

/* --- the gate ------------------------------------------------------------------------ */

/* What stops everything, whatever anybody agreed to. */
static enum egress_why
closed(const struct egress *e)
{
	if (e->recipient == NULL || blank(e->purpose))
		return EGRESS_NO_RECIPIENT;
	if (e->joined_away)
		return EGRESS_JOINED;
	if (e->recipient->kind == RECIPIENT_STATISTICS)
		return EGRESS_COUNTS_ONLY;
	if (e->suspended)
		return EGRESS_SUSPENDED;
	if (e->conflict)
		return EGRESS_CONFLICT;
	/* A number nobody called for half a year may ring anywhere. */
	if (e->listing == STALE)
		return e->wrong_number ? EGRESS_WRONG_NUMBER : EGRESS_UNCHECKED;
	return EGRESS_ALLOWED;
}

/* Nothing of a case that others took over goes from here: what the person
 * takes back is said there. */
static enum egress_why
shut_now(const struct egress *e)
{
	enum egress_why shut = closed(e);

	return shut == EGRESS_ALLOWED && e->away ? EGRESS_AWAY : shut;
}

/* One kind of data.  allowed: what the row that stands lets go. */
static enum egress_why
decide(const struct egress *e, bool child, const struct release *row,
    unsigned allowed, enum data_scope s, struct egress_verdict *v)
{
	bool yes = row != NULL && (allowed & data_scope_bit(s)) != 0;
	bool age = yes && consent_of_age(e->society->age_bands,
			      e->society->n_age_bands, &e->age, row);
	const struct release_rule *never = country_rule(e, child, LIMIT_NEVER);
	enum egress_why why, act;

	if (never != NULL)
		why = EGRESS_COUNTRY;
	else if (!yes)
		why = row == NULL ? EGRESS_NOT_ASKED
				  : state_why(consent_state(row, e->now));
	else if (!age)
		why = EGRESS_AGE;
	else if (egress_hard_stop(e->recipient->kind) ||
		 country_rule(e, child, LIMIT_SECOND) != NULL)
		why = EGRESS_STOP;
	else {
		v->consent = row->uid;
		return EGRESS_ALLOWED;
	}
	if (why == EGRESS_COUNTRY)
		v->rule = never;
	act = find_act(e, child, why == EGRESS_STOP ? row : NULL, s, &v->act);
	if (act != EGRESS_ALLOWED)
		return act == EGRESS_NOT_ASKED_FOR ? why : act;
	if (why == EGRESS_STOP)
		v->consent = row->uid;
	return EGRESS_ALLOWED;
}

static bool
is_child(const struct egress *e)
{
	return consent_who(
	    e->society->age_bands, e->society->n_age_bands, &e->age)
	    .as_child;
}

/* Every kind of data that is wanted; v->act: the only act to go by, null: the
 * oldest that carries the first of it. */
static void
decide_all(const struct egress *e, const struct release *row, unsigned allowed,
    struct egress_verdict *v)
{
	bool child = is_child(e);

	v->allowed = 0;
	for (int i = 0; i < DATA_COUNT; i++) {
		enum data_scope s = (enum data_scope)i;

		if ((e->wanted & data_scope_bit(s)) == 0)
			continue;
		v->why[i] = decide(e, child, row, allowed, s, v);
		if (v->why[i] == EGRESS_ALLOWED)
			v->allowed |= data_scope_bit(s);
	}
}

/* One act that was agreed to for less does not hold up another that carries all
 * of it: an emergency waits for nobody. */
static void
other_act(const struct egress *e, const struct release *row, unsigned allowed,
    struct egress_verdict *v)
{
	for (size_t i = 0; i < e->n_acts; i++) {
		struct egress_verdict by = { .act = e->acts[i].uid,
			.stands = v->stands };

		decide_all(e, row, allowed, &by);
		if (by.allowed == e->wanted) {
			*v = by;
			return;
		}
	}
}

static void
shut_all(const struct egress *e, enum egress_why shut, struct egress_verdict *v)
{
	for (int i = 0; i < DATA_COUNT; i++)
		if ((e->wanted & data_scope_bit((enum data_scope)i)) != 0)
			v->why[i] = shut;
}

void
egress_check(const struct egress *e, struct egress_verdict *v)
{
	enum egress_why shut = shut_now(e);
	const struct release *row;
	unsigned allowed;

	*v = (struct egress_verdict){ .allowed = 0 };
	if (shut != EGRESS_ALLOWED) {
		shut_all(e, shut, v);
		return;
	}
	row =
	    release_standing(e->rows, e->n_rows, e->recipient->id, e->purpose);
	allowed = release_scopes(
	    e->rows, e->n_rows, e->recipient->id, e->purpose, e->now);
	row = release_joined(row,
	    release_standing(
		e->theirs, e->n_theirs, e->recipient->id, e->purpose),
	    e->joined_at, e->now, &allowed);
	if (row != NULL)
		v->stands = row->uid;
	decide_all(e, row, allowed, v);
	if (v->allowed != e->wanted && !uid_null(&v->act))
		other_act(e, row, allowed, v);
}

enum egress_why
egress_first(const struct egress_verdict *v, unsigned wanted)
{
	for (int i = 0; i < DATA_COUNT; i++) {
		if ((wanted & data_scope_bit((enum data_scope)i)) != 0 &&
		    v->why[i] != EGRESS_ALLOWED)
			return v->why[i];
	}
	return EGRESS_ALLOWED;
}

enum egress_why
egress_place(const struct egress *e)
{
	return closed(e);
}

unsigned
egress_presence(const struct egress *e)
{
	bool child;

	if (e->recipient == NULL)
		return 0;
	child = is_child(e);
	if (egress_hard_stop(e->recipient->kind) ||
	    country_rule(e, child, LIMIT_NEVER) != NULL ||
	    country_rule(e, child, LIMIT_SECOND) != NULL)
		return data_scope_bit(DATA_NEEDS);
	return 0;
}

enum egress_why
egress_without_identity(const struct egress *e)
{
	enum egress_why shut = shut_now(e);

	if (shut != EGRESS_ALLOWED)
		return shut;
	return egress_hard_stop(e->recipient->kind) ? EGRESS_STOP_ASKING
						    : EGRESS_ALLOWED;
}
