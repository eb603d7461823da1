/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "rules/consent.h"
#include "rules/names.h"
#include "rules/timers.h"

static const char *const scope_names[DATA_COUNT] = {
#define DATA_NAME_OF(id, name) [DATA_##id] = (name),
	DATA_SCOPES(DATA_NAME_OF)
};
static const char *const decision_names[CONSENT_DECISION_COUNT] = {
#define DECISION_NAME(id, name) [CONSENT_##id] = (name),
	CONSENT_DECISIONS(DECISION_NAME)
};
static const char *const state_names[CONSENT_STATE_COUNT] = {
#define STATE_NAME(id, name) [CONSENT_IS_##id] = (name),
	CONSENT_STATES(STATE_NAME)
};

const char *
data_scope_name(enum data_scope s)
{
	return NAME_OF(scope_names, s);
}

int
data_scope_from_name(const char *name)
{
	return name_find(scope_names, DATA_COUNT, name);
}

unsigned
data_scope_bit(enum data_scope s)
{
	return (unsigned)s < DATA_COUNT ? 1u << s : 0;
}

const char *
consent_decision_name(enum consent_decision d)
{
	return NAME_OF(decision_names, d);
}

int
consent_decision_from_name(const char *name)
{
	return name_find(decision_names, CONSENT_DECISION_COUNT, name);
}

bool
consent_decision_is_yes(enum consent_decision d)
{
	return d == CONSENT_YES || d == CONSENT_PART;
}

bool
consent_is_yes(const char *decision)
{
	int d = consent_decision_from_name(decision);

	return d >= 0 && consent_decision_is_yes((enum consent_decision)d);
}

const char *
consent_state_name(enum consent_state s)
{
	return NAME_OF(state_names, s);
}

static bool
is_release(const struct release *r)
{
	return strcmp(r->kind, "release") == 0;
}

/* The last day it can hold; INT64_MAX: no end by itself. */
static int64_t
last_day(const struct release *r)
{
	int64_t last = INT64_MAX, until = clock_day_of(r->until);

	if (is_release(r))
		last = clock_day_of(r->given_at) + RELEASE_DAYS;
	return r->until != 0 && until < last ? until : last;
}

int64_t
consent_ends(const struct release *r)
{
	int64_t last = last_day(r), end = INT64_MAX;

	if (last != INT64_MAX)
		end = timer_day_end(last);
	return r->met_at != 0 && r->met_at < end ? r->met_at : end;
}

static bool
ended(const struct release *r, int64_t now)
{
	return (r->met_at != 0 && now >= r->met_at) ||
	       clock_day_of(now) > last_day(r);
}

enum consent_state
consent_state(const struct release *r, int64_t now)
{
	switch (r->decision) {
	case CONSENT_WITHDRAWN:
		return CONSENT_IS_WITHDRAWN;
	case CONSENT_NO:
		return CONSENT_IS_REFUSED;
	case CONSENT_NOT_NOW:
		return CONSENT_IS_NOT_NOW;
	case CONSENT_YES:
	case CONSENT_PART:
		break;
	default:
		return CONSENT_IS_NONE;
	}
	if (r->given_at > now)
		return CONSENT_IS_NONE;
	if (r->single_use && r->used_at != 0)
		return CONSENT_IS_USED;
	if (ended(r, now))
		return CONSENT_IS_EXPIRED;
	return CONSENT_IS_GIVEN;
}

static bool
same_key(const struct release *a, const struct release *b)
{
	return strcmp(a->kind, b->kind) == 0 &&
	       strcmp(a->recipient, b->recipient) == 0 &&
	       strcmp(a->purpose, b->purpose) == 0;
}

/* How careful a decision is; the more careful one wins a tie. */
static int
care(const struct release *r)
{
	switch (r->decision) {
	case CONSENT_WITHDRAWN:
		return 4;
	case CONSENT_NO:
		return 3;
	case CONSENT_NOT_NOW:
		return 2;
	case CONSENT_NOT_ASKED:
		return 1;
	default:
		return 0;
	}
}

/* Is r named by another row, or beaten by a withdrawal of the same row? */
static bool
superseded(const struct release *rows, size_t n, const struct release *r)
{
	bool yes = care(r) == 0;

	for (size_t i = 0; i < n; i++) {
		const struct release *o = &rows[i];

		if (o == r)
			continue;
		if (uid_eq(&o->supersedes, &r->uid) && !uid_null(&r->uid))
			return true;
		if (yes && o->decision == CONSENT_WITHDRAWN &&
		    !uid_null(&r->supersedes) && same_key(o, r) &&
		    uid_eq(&o->supersedes, &r->supersedes))
			return true;
	}
	return false;
}

/* A strict order, so that what stands does not hang on the order of rows. */
static bool
later(const struct release *a, const struct release *b)
{
	if (a->given_at != b->given_at)
		return a->given_at > b->given_at;
	if (care(a) != care(b))
		return care(a) > care(b);
	return uid_cmp(&a->uid, &b->uid) > 0;
}

size_t
consent_effective(
    const struct release *rows, size_t n, const struct release **out)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		const struct release *r = &rows[i];
		size_t j;

		if (superseded(rows, n, r))
			continue;
		for (j = 0; j < count; j++) {
			if (same_key(out[j], r))
				break;
		}
		if (j == count)
			out[count++] = r;
		else if (later(r, out[j]))
			out[j] = r;
	}
	return count;
}

static bool
stands(const struct release *rows, size_t n, const struct release *r)
{
	if (superseded(rows, n, r))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct release *o = &rows[i];

		if (o != r && same_key(o, r) && later(o, r) &&
		    !superseded(rows, n, o))
			return false;
	}
	return true;
}

enum consent_state
consent_state_among(const struct release *rows, size_t n,
    const struct release *row, int64_t now)
{
	return stands(rows, n, row) ? consent_state(row, now)
				    : CONSENT_IS_REPLACED;
}

const struct release *
release_standing(const struct release *rows, size_t n, const char *recipient,
    const char *purpose)
{
	/* Nobody in particular is nobody: a release names who and what for. */
	if (recipient[0] == '\0' || purpose[0] == '\0')
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const struct release *r = &rows[i];

		if (is_release(r) && strcmp(r->recipient, recipient) == 0 &&
		    strcmp(r->purpose, purpose) == 0 && stands(rows, n, r))
			return r;
	}
	return NULL;
}

unsigned
release_scopes(const struct release *rows, size_t n, const char *recipient,
    const char *purpose, int64_t now)
{
	const struct release *r = release_standing(rows, n, recipient, purpose);

	if (r == NULL || consent_state(r, now) != CONSENT_IS_GIVEN)
		return 0;
	return r->scope & ((1u << DATA_COUNT) - 1);
}

const struct release *
release_joined(const struct release *mine, const struct release *theirs,
    int64_t joined_at, int64_t now, unsigned *scope)
{
	/* Asked again with both codes in view: that is what counts. */
	bool anew = mine != NULL && mine->given_at >= joined_at;
	bool mine_yes = mine != NULL && consent_decision_is_yes(mine->decision);

	if (theirs == NULL || theirs->decision == CONSENT_NOT_ASKED)
		return mine;
	if (consent_decision_is_yes(theirs->decision)) {
		if (mine_yes && !anew &&
		    consent_state(theirs, now) == CONSENT_IS_GIVEN)
			*scope &= theirs->scope;
		return mine;
	}
	if (mine == NULL || later(theirs, mine) || (!anew && mine_yes)) {
		*scope = 0;
		return theirs;
	}
	return mine;
}

/* What stands of the same; NULL: nothing was said. */
static const struct release *
standing_same(const struct release *rows, size_t n, const struct release *like)
{
	for (size_t i = 0; i < n; i++)
		if (same_key(&rows[i], like) && stands(rows, n, &rows[i]))
			return &rows[i];
	return NULL;
}

const struct release *
consent_counts(const struct release *rows, size_t n, const struct release *row,
    const struct release *theirs, size_t n_theirs, int64_t joined_at,
    int64_t now, unsigned *scope)
{
	*scope = row->scope;
	if (!stands(rows, n, row))
		return row;
	return release_joined(
	    row, standing_same(theirs, n_theirs, row), joined_at, now, scope);
}

bool
consent_only_theirs(const struct release *rows, size_t n,
    const struct release *theirs, size_t n_theirs, const struct release *row)
{
	const struct release *mine = standing_same(rows, n, row);

	return row->decision != CONSENT_NOT_ASKED &&
	       (mine == NULL || mine->decision == CONSENT_NOT_ASKED) &&
	       stands(theirs, n_theirs, row);
}

bool
consent_holds(
    const struct release *rows, size_t n, const char *kind, int64_t now)
{
	for (size_t i = 0; i < n; i++) {
		const struct release *r = &rows[i];

		if (strcmp(r->kind, kind) == 0 && r->recipient[0] == '\0' &&
		    stands(rows, n, r) &&
		    consent_state(r, now) == CONSENT_IS_GIVEN)
			return true;
	}
	return false;
}

bool
consent_may_ask_again(const struct release *r, int64_t now)
{
	switch (r->decision) {
	case CONSENT_NO:
	case CONSENT_NOT_NOW:
	case CONSENT_WITHDRAWN:
		break;
	default:
		return true;
	}
	switch (r->ask) {
	case ASK_AGAIN_YES:
		return true;
	case ASK_AGAIN_FROM:
		return now >= r->ask_from;
	case ASK_AGAIN_NO:
		break;
	}
	return false;
}

bool
consent_review_due(const struct release *r, int64_t now)
{
	int64_t last = last_day(r);

	return consent_state(r, now) == CONSENT_IS_GIVEN && last != INT64_MAX &&
	       clock_day_of(now) >= last - RELEASE_HEADS_UP_DAYS;
}

bool
consent_single_use(enum recipient_kind kind)
{
	switch (kind) {
	case RECIPIENT_NRM:
	case RECIPIENT_POLICE:
	case RECIPIENT_IMMIGRATION:
	case RECIPIENT_EMBASSY:
		return true;
	default:
		return false;
	}
}
