/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "listing_words.h"

#include "base/i18n.h"

const char *
listing_where(const struct recipient *r)
{
	return recipient_countrywide(r) ? _("whole country") : r->area;
}

const char *
listing_serves(struct view *v, const struct recipient *r)
{
	const char *t = recipient_countrywide(r) ? _("whole country") : "";

	for (size_t i = 0; i < r->n_serves; i++) {
		const struct locality *p =
		    society_place(app_society(v), r->serves[i]);

		if (p != NULL)
			t = arena_printf(&v->arena, "%s%s%s", t,
			    t[0] != '\0' ? ", " : "", p->label);
	}
	return t;
}

/* Who helps in a town, and who asks for what lies around it. */
static bool
serves(const struct society *s, const struct recipient *r, const char *place)
{
	for (size_t i = 0; i < r->n_serves; i++) {
		if (society_place_in(s, place, r->serves[i]) ||
		    society_place_in(s, r->serves[i], place))
			return true;
	}
	return false;
}

const char *
listing_places(struct view *v, const struct recipient *r)
{
	const struct society *s = app_society(v);
	bool all = recipient_countrywide(r);
	const char *t = "";

	for (size_t i = 0; i < s->n_places; i++)
		if (all || serves(s, r, s->places[i].id))
			t = arena_printf(&v->arena, "%s %s %s", t,
			    s->places[i].label, s->places[i].also);
	for (size_t i = 0; all && i < s->branches.n; i++)
		t = arena_printf(
		    &v->arena, "%s %s", t, s->branches.list[i].label);
	return t;
}

const char *
listing_spoken(struct view *v, const struct recipient *r)
{
	const struct society *so = app_society(v);
	const char *t = listing_languages(v, r);

	for (size_t i = 0; i < r->n_languages; i++)
		for (size_t j = 0; j < so->n_languages; j++)
			if (strcmp(so->languages[j].id, r->languages[i]) == 0)
				t = arena_printf(&v->arena, "%s %s", t,
				    so->languages[j].also);
	return t;
}

const char *
listing_codes(struct view *v, const struct recipient *r)
{
	const char *t = r->id;

	for (size_t i = 0; i < r->n_services; i++)
		t = arena_printf(&v->arena, "%s %s", t, r->services[i]);
	for (size_t i = 0; i < r->n_purposes; i++)
		t = arena_printf(&v->arena, "%s %s %s", t, r->purposes[i],
		    label_of(&app_society(v)->purposes, r->purposes[i]));
	return t;
}
