/* SPDX-License-Identifier: ISC */
#include "listing_words.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "parts.h"

const char *
listing_coming(struct view *v, const struct recipient *r)
{
	const char *t = "";

	if (r == NULL)
		return t;
	const struct {
		const char *label, *words;
	} lines[] = {
		{ _("For whom"), r->eligible },
		{ _("Languages"), listing_languages(v, r) },
		{ _("Hours"), r->hours },
		{ _("Access"), r->access },
	};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (lines[i].words[0] != '\0')
			t = arena_printf(&v->arena, "%s%s%s: %s", t,
			    t[0] == '\0' ? "" : "\n", lines[i].label,
			    lines[i].words);
	return t;
}

const char *
listing_day(struct view *v, int64_t day)
{
	struct fdate d = date_of_day(day);
	char out[16];

	return arena_str(&v->arena, date_show(&d, out, sizeof(out)));
}

static const char *
ago(struct view *v, int64_t days)
{
	if (days <= 0)
		return _("today");
	if (days < 60)
		return arena_printf(&v->arena,
		    ngettext("%d day", "%d days", (unsigned long)days),
		    (int)days);
	return arena_printf(&v->arena,
	    ngettext("%d month", "%d months", (unsigned long)(days / 30)),
	    (int)(days / 30));
}

const char *
listing_age(struct view *v, const struct listing *l, enum element *style)
{
	int64_t days = clock_day_of(app_now(v)) - l->verified_on;

	*style = EL_TEXT;
	if (recipient_private(l->org)) {
		*style = EL_DIM;
		return "–";
	}
	if (l->verified_on == 0) {
		*style = EL_URGENT;
		return l->wrong ? _("WRONG NUMBER") : _("NEVER");
	}
	if (l->fresh == FRESH)
		return ago(v, days);
	*style = l->fresh == STALE ? EL_URGENT : EL_WARNING;
	return arena_printf(&v->arena, "%s %s",
	    l->fresh == STALE ? _("LOCKED") : _("CALL"), ago(v, days));
}

const char *
listing_state(const struct listing *l, enum element *style)
{
	*style = l->harmed_at != 0 ? EL_URGENT : EL_WARNING;
	if (l->suspended)
		return _("SUSPENDED");
	if (l->harmed_at != 0)
		return _("HARM TOLD");
	if (l->conflict)
		return _("CONFLICT");
	if (strcmp(l->capacity, "full") == 0)
		return _("FULL");
	*style = EL_TEXT;
	if (strcmp(l->capacity, "few") == 0)
		return _("few places");
	return strcmp(l->capacity, "free") == 0 ? _("free") : "";
}

const char *
listing_harm(struct view *v, int64_t at, const char *by)
{
	return arena_printf(&v->arena,
	    _("Somebody who was sent there was harmed or afraid (%s). Ask %s "
	      "before anybody goes."),
	    listing_day(v, clock_day_of(at)), by);
}

const char *
listing_passes_on(const struct recipient *r)
{
	if (strcmp(r->shares_with_authorities, "no") == 0)
		return NULL;
	return strcmp(r->shares_with_authorities, "yes") == 0
		   ? _("It passes data on to authorities: say so first.")
		   : _("It is not known whether it passes data on to "
		       "authorities: say so first.");
}

const char *
listing_say_first(struct view *v, const struct recipient *r)
{
	const char *on = r == NULL ? NULL : listing_passes_on(r);

	if (r == NULL)
		return "";
	if (r->conditions[0] == '\0')
		return on == NULL ? "" : on;
	return arena_printf(&v->arena, "%s%s%s: %s", on == NULL ? "" : on,
	    on == NULL ? "" : "\n", _("It asks in return"), r->conditions);
}

const struct choice_option *
listing_options(struct view *v, const struct listings *all)
{
	struct choice_option *to =
	    arena_alloc(&v->arena, all->n + 1, sizeof(*to));
	enum element style;

	for (size_t i = 0; i < all->n; i++) {
		const struct listing *l = &all->list[i];

		to[i] = (struct choice_option){ l->org->id, l->org->name,
			arena_printf(&v->arena, "%s %s. %s%s%s", _("Checked:"),
			    listing_age(v, l, &style), listing_state(l, &style),
			    l->org->conditions[0] == '\0' ? "" : " ",
			    l->org->conditions) };
	}
	return to;
}

static const char *
join(struct view *v, const char *all, const char *one)
{
	return arena_printf(
	    &v->arena, "%s%s%s", all, all[0] == '\0' ? "" : ", ", one);
}

const char *
listing_services(struct view *v, const struct recipient *r)
{
	const struct society *so = app_society(v);
	const char *t = "";

	for (size_t i = 0; i < r->n_services; i++)
		t = join(v, t, label_of(&so->services, r->services[i]));
	/* What it may be told for says it where nothing else does. */
	for (size_t i = 0; r->n_services == 0 && i < r->n_purposes; i++)
		t = join(v, t, label_of(&so->purposes, r->purposes[i]));
	return t;
}

const char *
listing_languages(struct view *v, const struct recipient *r)
{
	const char *t = "";

	for (size_t i = 0; i < r->n_languages; i++)
		t = join(v, t, part_language(app_society(v), r->languages[i]));
	return t;
}
