/* SPDX-License-Identifier: ISC */
/* Who must agree, by age and by who the guardian is. */
#include <string.h>

#include "rules/consent.h"
#include "rules/names.h"

const struct society_age_band consent_bands[5] = {
	{ 0, AGE_CAREGIVER },
	{ 6, AGE_WILLING },
	{ 12, AGE_ASSENT },
	{ 15, AGE_OWN_CAREGIVER },
	{ 18, AGE_OWN },
};

static const char *const guardians[] = {
	[GUARDIAN_UNKNOWN] = "",
	[GUARDIAN_SAFE] = "safe",
	[GUARDIAN_CONCERN] = "concern",
	[GUARDIAN_UNAVAILABLE] = "unavailable",
	[GUARDIAN_UNSAFE_TO_TELL] = "unsafe_to_tell",
};

enum guardian_state
guardian_from_name(const char *name)
{
	int i = name_find(
	    guardians, (int)(sizeof(guardians) / sizeof(guardians[0])), name);

	return i < 0 ? GUARDIAN_UNKNOWN : (enum guardian_state)i;
}

static const unsigned band_must[] = {
	[AGE_CAREGIVER] = MUST_CAREGIVER,
	[AGE_WILLING] = MUST_CAREGIVER | MUST_ASSENT,
	[AGE_ASSENT] = MUST_CAREGIVER | MUST_ASSENT,
	[AGE_OWN_CAREGIVER] = MUST_OWN | MUST_CAREGIVER,
	[AGE_OWN] = MUST_OWN,
};

static size_t
band_of(const struct society_age_band *bands, size_t n, int age)
{
	size_t i = n - 1;

	while (i > 0 && age < bands[i].from)
		i--;
	return i;
}

struct consent_who
consent_who(const struct society_age_band *bands, size_t n,
    const struct consent_age *age)
{
	struct consent_who w = { .as_child = true };
	size_t oldest_child, i;

	if (n == 0) {
		bands = consent_bands;
		n = sizeof(consent_bands) / sizeof(consent_bands[0]);
	}
	oldest_child = n > 1 ? n - 2 : 0;
	/* By the youngest age possible: a range over a limit stays below. */
	i = age->least < 0 ? oldest_child : band_of(bands, n, age->least);
	if (age->may_be_child && i > oldest_child)
		i = oldest_child;
	w.rule = bands[i].rule;
	w.as_child = w.rule != AGE_OWN;
	w.must = band_must[w.rule];
	/* Asking the caregiver may be what gets the child hurt. */
	if ((w.must & MUST_CAREGIVER) && age->guardian != GUARDIAN_SAFE)
		w.must = (w.must & ~MUST_CAREGIVER) | MUST_BEST_INTERESTS;
	if (age->grown)
		w.must = MUST_THEMSELVES;
	return w;
}

static const struct {
	const char *given_by;
	unsigned covers;
	bool reason; /* nothing is covered without one */
} givers[] = {
	{ "person", MUST_OWN | MUST_ASSENT | MUST_THEMSELVES, false },
	{ "guardian", MUST_CAREGIVER, false },
	{ "both", MUST_OWN | MUST_ASSENT | MUST_CAREGIVER | MUST_THEMSELVES,
	    false },
	{ "assent", MUST_ASSENT | MUST_CAREGIVER, false },
	{ "best_interests", MUST_OWN | MUST_ASSENT | MUST_BEST_INTERESTS,
	    true },
	/* Somebody else, by law or by court: takes the place of a caregiver,
	 * never of the person. */
	{ "other", MUST_CAREGIVER | MUST_BEST_INTERESTS, true },
};

unsigned
consent_missing(
    const struct consent_who *who, const char *given_by, const char *why)
{
	bool reason = why != NULL && why[strspn(why, " \t\n")] != '\0';

	for (size_t i = 0; i < sizeof(givers) / sizeof(givers[0]); i++) {
		if (strcmp(givers[i].given_by, given_by) != 0)
			continue;
		if (givers[i].reason && !reason)
			return who->must;
		/* A route around a guardian, not around the person. */
		if ((givers[i].covers & MUST_BEST_INTERESTS) &&
		    !(who->must & MUST_BEST_INTERESTS))
			return who->must & ~(givers[i].covers & MUST_CAREGIVER);
		return who->must & ~givers[i].covers;
	}
	return who->must;
}

bool
consent_of_age(const struct society_age_band *bands, size_t n,
    const struct consent_age *now, const struct release *r)
{
	struct consent_age age = *now;
	struct consent_who who;

	if (r == NULL)
		return false;
	if (age.guardian != GUARDIAN_CONCERN &&
	    age.guardian != GUARDIAN_UNSAFE_TO_TELL)
		age.guardian = r->guardian;
	who = consent_who(bands, n, &age);
	return consent_missing(&who, r->given_by == NULL ? "" : r->given_by,
		   r->given_by_why) == 0;
}
