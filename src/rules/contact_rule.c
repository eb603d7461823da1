/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "rules/contact_rule.h"
#include "rules/names.h"

static const char *const may_names[MAY_CONTACT_COUNT] = {
#define MAY_NAME(id, name) [MAY_CONTACT_##id] = (name),
	MAY_CONTACTS(MAY_NAME)
};

const char *
may_contact_name(enum may_contact m)
{
	return NAME_OF(may_names, m);
}

int
may_contact_from_name(const char *name)
{
	return name_find(may_names, MAY_CONTACT_COUNT, name);
}

/* --- what came of trying ---------------------------------------------------- */

static const char *const word_names[WORD_CHECK_COUNT] = {
#define WORD_NAME(id, name) [WORD_##id] = (name),
	WORD_CHECKS(WORD_NAME)
};
static const char *const hold_names[CONTACT_HOLD_COUNT] = {
#define HOLD_NAME(id, name) [CONTACT_HOLD_##id] = (name),
	CONTACT_HOLDS(HOLD_NAME)
};

const char *
word_check_name(enum word_check w)
{
	return NAME_OF(word_names, w);
}

int
word_check_from_name(const char *name)
{
	return name_find(word_names, WORD_CHECK_COUNT, name);
}

const char *
contact_hold_name(enum contact_hold h)
{
	return NAME_OF(hold_names, h);
}

int
contact_hold_from_name(const char *name)
{
	return name_find(hold_names, CONTACT_HOLD_COUNT, name);
}

static bool
is_one(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], s) == 0)
			return true;
	return false;
}
#define IS_ONE(s, list) is_one(s, list, sizeof(list) / sizeof((list)[0]))

bool
contact_spoken(const char *outcome)
{
	/* "Never call again" is what somebody else would say, too. */
	static const char *const spoken[] = { "reached_safe",
		"reached_could_not_talk", "do_not_try_again" };

	return IS_ONE(outcome, spoken);
}

static bool
answered(const struct contact_try *t)
{
	if (strcmp(t->outcome, "came") == 0)
		return true;
	return contact_spoken(t->outcome) &&
	       (t->word == WORD_NONE || t->word == WORD_RIGHT);
}

static bool
unanswered(const struct contact_try *t)
{
	static const char *const nobody[] = { "no_answer", "other_answered" };

	return IS_ONE(t->outcome, nobody) || t->word == WORD_WRONG;
}

void
contact_count(const struct contact_try *t, size_t n, int64_t since,
    int64_t looked, struct contact_tries *out)
{
	bool counts = true, asks = true;

	*out = (struct contact_tries){ .unanswered = 0 };
	for (size_t i = 0; i < n; i++) {
		if (answered(&t[i]) || t[i].at <= since)
			counts = false;
		out->unanswered += counts && unanswered(&t[i]);
		if (t[i].word == WORD_RIGHT)
			asks = false;
		if (!asks || t[i].made_at <= looked)
			continue;
		out->wrong += t[i].word == WORD_WRONG;
		out->danger |= t[i].word == WORD_DANGER;
	}
}

enum contact_hold
contact_hold(const struct contact_tries *t)
{
	if (t->danger)
		return CONTACT_HOLD_DANGER;
	return t->wrong >= CONTACT_WRONG_MOST ? CONTACT_HOLD_WORD
					      : CONTACT_HOLD_NOT;
}

bool
contact_spent(const struct contact_tries *t, int most)
{
	return most > 0 && t->unanswered >= most;
}

/* --- may it be shown? -------------------------------------------------------- */

enum contact_verdict
contact_verdict(
    const struct safe_contact_facts *f, enum verdict identity, int64_t now)
{
	if (identity != ALLOW || f->stop_contact)
		return CONTACT_NEVER;
	if (f->may_contact != MAY_CONTACT_YES &&
	    f->may_contact != MAY_CONTACT_ONLY_IF)
		return CONTACT_NEVER;
	if (f->held)
		return CONTACT_HELD;
	if (f->spent)
		return CONTACT_SPENT;
	if (!f->instruction_shown)
		return CONTACT_SHOW_INSTRUCTION_FIRST;
	if (contact_stale(&f->age, now) && !f->warning_shown)
		return CONTACT_VERIFY_FIRST;
	return CONTACT_SHOW;
}

bool
contact_role(enum role role)
{
	return role_may_hold_identity(role);
}
