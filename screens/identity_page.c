/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "identity_page.h"
#include "parts.h"
#include "reach.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "config/society.h"

#define LABEL 18 /* cells of the left column */

struct card {
	struct text_part *parts;
	size_t n;
};

static void
add(struct card *c, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0' || c->n == IDENTITY_PARTS)
		return;
	c->parts[c->n++] = (struct text_part){ .style = EL_VALUE,
		.indent = 1,
		.label = label,
		.label_width = LABEL,
		.text = text };
}

static void
add_alone(struct card *c, const char *label, const char *text)
{
	if (text[0] == '\0' || c->n + 2 > IDENTITY_PARTS)
		return;
	c->parts[c->n++] =
	    (struct text_part){ .style = EL_LABEL, .indent = 1, .text = label };
	c->parts[c->n++] =
	    (struct text_part){ .style = EL_VALUE, .indent = 1, .text = text };
}

static const char *
basis_words(const char *code)
{
	static const struct choice_option words[] = {
		{ "document", N_("from a document"), NULL },
		{ "stated", N_("as said"), NULL },
		{ "estimated", N_("estimated"), NULL },
		{ "disputed", N_("disputed"), NULL },
	};

	return words_label(words, sizeof(words) / sizeof(words[0]), code);
}

/* "Sinhala, Tamil" of "si,ta". */
static const char *
language_words(
    const struct society *society, struct arena *arena, const char *ids)
{
	const char *words = "";

	for (size_t i = 0; i < society->n_languages; i++)
		if (choice_has(ids, society->languages[i].id))
			words = arena_printf(arena, "%s%s%s", words,
			    words[0] != '\0' ? ", " : "",
			    society->languages[i].label);
	return words[0] != '\0' ? words : ids;
}

static void
add_contact(struct card *c, const struct view *v, struct arena *arena,
    const struct safe_contact *sc)
{
	c->parts[c->n++] = (struct text_part){ .style = EL_HEADING,
		.text = _("Safe contact") };
	if (sc->stop)
		add(c, _("STOP"),
		    sc->stop_reason[0] != '\0'
			? sc->stop_reason
			: _("no contact, by no way and for nothing"));
	if (sc->held[0] != '\0')
		add(c, _("HOLD"), words_held(sc->held));
	add(c, _("May contact"), words_may_contact(sc->may_contact));
	add(c, _("Way"), society_way(app_society(v), sc->channel));
	add(c, _("Safe times"), sc->safe_times);
	add(c, _("Never"), sc->unsafe_times);
	if (sc->proof_word[0] != '\0' || sc->their_word[0] != '\0')
		add(c, _("Safe word"), _("agreed: v shows it"));
	add(c, _("Try at most"),
	    reach_tries(arena, sc->unanswered, sc->max_attempts));
	add(c, _("Verified"),
	    reach_verified(
		v, arena, sc->verified_at, sc->expires_at, sc->stale));
	add(c, _("Number"),
	    sc->stop || strcmp(sc->may_contact, "no") == 0
		? _("not shown: no contact is wanted")
	    : sc->held[0] != '\0' ? _("not shown: a supervisor looks first")
	    : sc->spent		  ? _("not shown: tried as often as was agreed")
				  : _("v shows it, after how to use it"));
}

size_t
identity_page(const struct view *v, struct arena *arena, const struct person *p,
    const struct safe_contact *sc, struct text_part *parts)
{
	const struct society *society = app_society(v);
	struct card c = { .parts = parts };
	char born[16];

	add_alone(&c, _("Name"), p->name);
	add_alone(&c, _("Other names"), p->other_names);
	if (p->birth.precision != DATE_UNKNOWN)
		add(&c, _("Born"),
		    arena_printf(arena, "%s (%s)",
			date_show(&p->birth, born, sizeof(born)),
			basis_words(p->birth_basis)));
	if (p->sex[0] != '\0')
		add(&c, _("Sex"), label_of(&society->sexes, p->sex));
	add(&c, _("Languages"), language_words(society, arena, p->languages));
	add(&c, _("Country"), p->country);
	add_alone(&c, _("Area"), p->address);
	add(&c, _("Document"), p->document);
	if (sc->may_contact != NULL && sc->may_contact[0] != '\0')
		add_contact(&c, v, arena, sc);
	else
		add(&c, _("Safe contact"), _("not asked yet: S records it"));
	return c.n;
}
