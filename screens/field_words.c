/* SPDX-License-Identifier: ISC */
/* What a field of a case holds, as people read it. */
#include "field_words.h"

#include <stdlib.h>
#include <string.h>

#include "parts.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"

/* Kept as a moment, read as a date. */
static bool
is_time(const char *field)
{
	size_t n = strlen(field);

	return strcmp(field, "next_due") == 0 ||
	       (n > 3 && strcmp(field + n - 3, "_at") == 0);
}

/* Words for the codes a field holds. */
const char *
field_words(const struct view *v, struct arena *arena, const char *field,
    const char *value)
{
	const struct society *society = app_society(v);
	char when[24];
	int risk;

	/* Said, for a row with nothing in it reads like one that is not whole. */
	if (value[0] == '\0')
		return strcmp(field, "owner") == 0 ? _("nobody") : _("(empty)");
	if (strcmp(field, "risk") == 0) {
		risk = society_risk(society, value);
		return risk < 0 ? value : society->risks[risk].label;
	}
	if (strcmp(field, "urgent") == 0 || strcmp(field, "stop_contact") == 0)
		return strcmp(value, "1") == 0 ? _("yes") : _("no");
	if (strcmp(field, "sex") == 0)
		return label_of(&society->sexes, value);
	if (strcmp(field, "age_band") == 0)
		return label_of(&society->age_groups, value);
	if (strcmp(field, "language") == 0)
		return part_language(society, value);
	if (strcmp(field, "branch") == 0)
		return label_of(&society->branches, value);
	if (strcmp(field, "may_contact") == 0)
		return words_may_contact(value);
	if (is_time(field))
		return strcmp(value, "0") == 0
			   ? _("(empty)")
			   : arena_str(
				 arena, clock_full(strtoll(value, NULL, 10),
					    when, sizeof(when)));
	return value;
}
