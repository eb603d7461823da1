/* SPDX-License-Identifier: ISC */
/*
 * What leaves, for the tests of it: an office, a clock that stands, and a
 * referral to the legal service.
 */
#ifndef AMPARO_TESTS_LEAVES_KIT_H
#define AMPARO_TESTS_LEAVES_KIT_H

#include <string.h>

#include "office_kit.h"
#include "base/clock.h"
#include "store/referral.h"

static int64_t now_ms = INT64_C(1795597200000);

int64_t
clock_now(void)
{
	return now_ms;
}

/* The set of fields with these names. */
static inline unsigned
fields(const char *a, const char *b)
{
	struct referral_field f;
	unsigned set = 0;

	for (int i = 0; referral_field(i, &f); i++) {
		if (strcmp(f.id, a) == 0 || strcmp(f.id, b) == 0)
			set |= 1u << i;
	}
	return set;
}

static inline struct referral
referral_of(struct uid case_uid, const char *mode)
{
	return (struct referral){ .uid = uid_new(),
		.case_uid = case_uid,
		.recipient = "legal-partner",
		.purpose = "legal_advice",
		.mode = mode,
		.priority = "emergency",
		.reason = "wants advice about papers",
		.copy_safe = "no",
		.fields = fields("name", "words") };
}

#endif
