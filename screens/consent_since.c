/* SPDX-License-Identifier: ISC */
#include "consent_since.h"

#include <string.h>

#include "asks.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "rules/consent.h"

const char *
consent_since_again(struct view *v, const struct consents *all)
{
	static const char *const words[CONSENT_CHANGES] = {
		[CONSENT_NEW_RISK] = N_("another level of risk"),
		[CONSENT_NEW_CHILD] = N_("what is known of the child"),
		[CONSENT_NEW_INTERPRETER] = N_("another interpreter"),
		[CONSENT_NEW_WORKER] = N_("another worker"),
	};
	const char *list = "";
	char day[24];

	for (int i = 0; i < CONSENT_CHANGES; i++)
		if (all->changed[i] != 0)
			list = arena_printf(&v->arena, "%s%s%s (%s)", list,
			    list[0] == '\0' ? "" : ", ", _(words[i]),
			    clock_short(
				all->changed[i], app_now(v), day, sizeof(day)));
	return list[0] == '\0'
		   ? ""
		   : arena_printf(&v->arena,
			 _("Talk about it again; new since: %s."), list);
}

static const char *
ended(struct view *v, const struct consent *was)
{
	char day[24];

	if (strcmp(was->state, "expired") == 0)
		return arena_printf(&v->arena, _("Their yes ended on %s."),
		    clock_short(was->until, app_now(v), day, sizeof(day)));
	if (strcmp(was->state, "used") == 0)
		return _("Their yes was for one time, and was used.");
	if (strcmp(was->state, "withdrawn") == 0)
		return _("They took their yes back. Ask only where they want "
			 "to talk about it again.");
	if (was->ask_anew)
		return _("At the age there is now it is not only, or not any "
			 "more, for whoever said it then to say.");
	return "";
}

const char *
consent_since_words(
    struct view *v, const struct consents *all, const struct consent *was)
{
	const char *end = ended(v, was), *again = "";

	if (strcmp(was->kind, "work_together") == 0)
		again = consent_since_again(v, all);
	return arena_printf(&v->arena, "%s%s%s", end,
	    end[0] == '\0' || again[0] == '\0' ? "" : " ", again);
}

bool
consent_since_text(const struct view *v, const struct consent *was,
    const char *kind, const char *language)
{
	const struct script *now = asks_script(v, kind, language);
	size_t n;

	if (now == NULL || was->script[0] == '\0' ||
	    strcmp(was->script, "sheet") == 0)
		return false;
	n = strlen(now->id);
	return strncmp(was->script, now->id, n) != 0 || was->script[n] != ':' ||
	       strcmp(was->script + n + 1, now->version) != 0;
}

static bool
differs(const struct form_values *values, const char *id, const char *then)
{
	const char *now = form_value(values, id);

	return now[0] != '\0' && strcmp(now, then) != 0;
}

bool
consent_since_key(const struct consent *was, const struct form_values *values)
{
	const char *list = form_value(values, "scope");

	for (int i = 0; i < DATA_COUNT; i++)
		if ((was->scope & data_scope_bit((enum data_scope)i)) == 0 &&
		    choice_has(list, data_scope_name((enum data_scope)i)))
			return true;
	return differs(values, "recipient", was->recipient) ||
	       differs(values, "purpose", was->purpose);
}

bool
consent_since_interpreter(
    const struct consent *was, const struct form_values *values)
{
	if (form_value_is(values, "interpreter", "none"))
		return false;
	return differs(values, "interpreter", was->interpreter) ||
	       (form_value_is(values, "interpreter", "independent") &&
		   differs(values, "interpreter_code", was->interpreter_code));
}
