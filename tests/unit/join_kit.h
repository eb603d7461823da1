/* SPDX-License-Identifier: ISC */
/* On top of office_kit.h: one person under two codes, joined and parted, and
 * what the gate says of a sending to the legal service. */
#ifndef AMPARO_TESTS_JOIN_KIT_H
#define AMPARO_TESTS_JOIN_KIT_H

#include <string.h>

#include "base/clock.h"
#include "store/referral.h"
#include "store/request_inside.h"
#include "office_kit.h"

#define LEGAL "legal-partner"

/* --- two codes ------------------------------------------------------------------- */
/* a is amina's and goes on; b is zoya's. */
struct two {
	struct uid a, b;
};

static inline struct two
two_codes(const char *name)
{
	return (struct two){ .a = case_of(o.amina, name),
		.b = case_of(o.zoya, name) };
}

static inline struct case_file
look(struct session *s, struct uid uid)
{
	struct case_file f;

	OK(case_open(s, uid, "to look after it", &arena, &f, &err));
	return f;
}

static inline struct request
request_of(const struct two *t, const struct request_line *lines, size_t n)
{
	return (struct request){ .uid = uid_new(),
		.case_uid = t->a,
		.other = t->b,
		.reason = "the same paper was shown to both",
		.lines = lines,
		.n_lines = n };
}

/* Every line but those given keeps what the first has. */
static inline void
join(const struct two *t, const struct request_line *lines, size_t n)
{
	struct request r = request_of(t, lines, n);

	OK(join_ask(o.amina, &r, &err));
	OK(request_answer(o.sunil, t->a, r.uid, ANSWER_ACCEPT, "", 0, 0, &err));
	assert_true(look(o.sunil, t->b).closed);
}

static inline void
part(const struct two *t)
{
	OK(join_part(o.sunil, t->a, "two sisters", &err));
	assert_false(look(o.zoya, t->b).closed);
}

static inline void
set(struct session *s, struct uid uid, const char *field, const char *value)
{
	int64_t rev = look(s, uid).rev;

	OK(case_change(s, uid, &rev, &(const struct change){ field, value }, 1,
	    &arena, NULL, &err));
}

static inline struct uid
agrees(struct session *s, struct uid uid, const char *decision)
{
	struct consent c = release_of(uid);

	c.decision = decision;
	c.given_at = 0;
	OK(consent_add(s, &c, &err));
	return c.uid;
}

/* --- what leaves ------------------------------------------------------------------ */
/* What stands in the way of a referral to the legal service now. */
static inline enum egress_why
gate(struct session *s, struct uid uid)
{
	struct referral r = { .uid = uid_new(),
		.case_uid = uid,
		.recipient = LEGAL,
		.purpose = "legal_advice",
		.mode = "full",
		.priority = "urgent",
		.reason = "wants to know what she is owed",
		.asked = "",
		.given = "",
		.restrictions = "",
		.risks = "",
		.tell_back = "",
		.copy_safe = "" };
	struct referral_field f;
	struct referrals all;

	for (int i = 0; referral_field(i, &f); i++)
		if (strcmp(f.id, "wants") == 0)
			r.fields |= 1u << i;
	OK(referral_add(s, &r, &err));
	OK(referral_list(s, uid, &arena, &all, &err));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &r.uid))
			return all.list[i].blocked;
	fail();
	return EGRESS_WHY_COUNT;
}

#endif
