/* SPDX-License-Identifier: ISC */
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

enum contact_verdict
contact_verdict(
    const struct safe_contact_facts *f, enum verdict identity, int64_t now)
{
	if (identity != ALLOW || f->stop_contact)
		return CONTACT_NEVER;
	if (f->may_contact != MAY_CONTACT_YES &&
	    f->may_contact != MAY_CONTACT_ONLY_IF)
		return CONTACT_NEVER;
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
