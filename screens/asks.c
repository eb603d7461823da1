/* SPDX-License-Identifier: ISC */
#include "asks.h"

#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "listing_words.h"
#include "parts.h"

#include "rules/consent.h"
#include "rules/timers.h"

const struct choice_option *
asks_labels(struct view *v, const struct labels *l, size_t *n)
{
	*n = l->n;
	return part_options(&v->arena, l);
}

const struct choice_option *
asks_recipients(struct view *v, size_t *n)
{
	const struct society *so = app_society(v);
	struct choice_option *to =
	    arena_alloc(&v->arena, so->n_recipients + 1, sizeof(*to));

	for (size_t i = 0; i < so->n_recipients; i++)
		to[i] = (struct choice_option){ so->recipients[i].id,
			so->recipients[i].name,
			so->recipients[i].conditions[0] == '\0'
			    ? NULL
			    : so->recipients[i].conditions };
	*n = so->n_recipients;
	return to;
}

const struct choice_option *
asks_languages(struct view *v, size_t *n)
{
	const struct society *s = app_society(v);
	struct choice_option *o =
	    arena_alloc(&v->arena, s->n_languages + 1, sizeof(*o));

	for (size_t i = 0; i < s->n_languages; i++)
		o[i] = (struct choice_option){ s->languages[i].id,
			s->languages[i].label, NULL };
	*n = s->n_languages;
	return o;
}

const struct choice_option *
asks_risks(struct view *v, size_t *n)
{
	const struct society *s = app_society(v);
	struct choice_option *o =
	    arena_alloc(&v->arena, s->n_risks + 1, sizeof(*o));

	for (size_t i = 0; i < s->n_risks; i++)
		o[i] = (struct choice_option){ s->risks[i].id,
			s->risks[i].label, s->risks[i].meaning };
	*n = s->n_risks;
	return o;
}

const struct script *
asks_script(const struct view *v, const char *kind, const char *language)
{
	const struct society *s = app_society(v);
	const struct script *sc = society_script(s, kind, language);

	for (size_t i = 0; i < s->n_languages && sc == NULL; i++)
		sc = society_script(s, kind, s->languages[i].id);
	return sc;
}

const char *
asks_script_words(const struct view *v, const char *kind, const char *language)
{
	const struct script *sc = asks_script(v, kind, language);

	return sc == NULL || sc->aloud[0] == '\0'
		   ? N_("No approved text on screen: use the printed sheet "
			"of this branch.")
		   : sc->aloud;
}

bool
asks_script_foreign(
    const struct view *v, const char *kind, const char *language)
{
	const struct script *sc = asks_script(v, kind, language);

	return language[0] != '\0' && sc != NULL && sc->aloud[0] != '\0' &&
	       strcmp(sc->language, language) != 0;
}

const char *
asks_script_record(struct view *v, const char *kind, const char *language)
{
	const struct script *sc = asks_script(v, kind, language);

	return sc == NULL
		   ? "sheet"
		   : arena_printf(&v->arena, "%s:%s", sc->id, sc->version);
}

bool
asks_agreed(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return consent_is_yes(form_value(values, "decision"));
}

bool
asks_refused(void *ctx, const struct form_values *values)
{
	return form_value(values, "decision")[0] != '\0' &&
	       !asks_agreed(ctx, values);
}

bool
asks_not_own(void *ctx, const struct form_values *values)
{
	return asks_agreed(ctx, values) &&
	       (form_value_is(values, "given_by", "best_interests") ||
		   form_value_is(values, "given_by", "other"));
}

struct fdate
asks_date(const struct formview *fv, const char *id)
{
	struct fdate d;

	if (date_from_iso(formview_get(fv, id), &d) == -1)
		d = (struct fdate){ .precision = DATE_UNKNOWN };
	return d;
}

int
asks_check_time(void *ctx, const struct form_values *values, const char *value,
    struct err *err)
{
	(void)ctx;
	(void)values;
	return date_minutes(value) == -1
		   ? err_set(err, ERR_INPUT,
			 _("Write the time as hours and minutes, like 14:30"))
		   : 0;
}

int64_t
asks_due(const char *date, const char *time)
{
	struct fdate d;
	struct civil at;
	int64_t by;
	int minutes = date_minutes(time);

	if (date_from_iso(date, &d) == -1)
		return 0;
	by = timer_by(&d);
	if (minutes == -1 || by == 0)
		return by;
	/* By the clock on the wall, on days that change it, too. */
	clock_civil(by, &at);
	at.hour = minutes / 60;
	at.minute = minutes % 60;
	return clock_ms(&at);
}

int64_t
asks_happened(
    const struct formview *fv, const char *day, const char *time, int64_t now)
{
	const char *hour = formview_get(fv, time);
	int64_t at = asks_due(formview_get(fv, day), hour);

	return at == 0 || (at > now && hour[0] == '\0') ? now : at;
}

unsigned
asks_scope(const struct formview *fv, const char *id)
{
	const char *list = formview_get(fv, id);
	unsigned scope = 0;

	for (int i = 0; i < DATA_COUNT; i++)
		if (choice_has(list, data_scope_name((enum data_scope)i)))
			scope |= data_scope_bit((enum data_scope)i);
	return scope;
}

const char *
asks_say_first(void *ctx, const struct form_values *values)
{
	struct view *v = ctx;

	return listing_say_first(v,
	    society_recipient(app_society(v), form_value(values, "recipient")));
}

bool
asks_has_first(void *ctx, const struct form_values *values)
{
	return asks_say_first(ctx, values)[0] != '\0';
}

const char *
asks_coming(void *ctx, const struct form_values *values)
{
	struct view *v = ctx;

	return listing_coming(v,
	    society_recipient(app_society(v), form_value(values, "recipient")));
}

bool
asks_has_coming(void *ctx, const struct form_values *values)
{
	return asks_coming(ctx, values)[0] != '\0';
}
