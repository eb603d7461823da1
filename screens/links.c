/* SPDX-License-Identifier: ISC */
/*
 * What belongs together: linked cases, occasions at which people were met, and
 * who has an interest in this case.  Only what may be opened is shown.
 */
#include <string.h>

#include "parts.h"
#include "screens.h"
#include "words.h"

#include "base/i18n.h"
#include "store/link.h"
#include "ui/text.h"

#define LABEL 14

struct state {
	struct arena arena;
	struct links links;
	struct text_part *parts;
	size_t n;
	struct text_view text;
};

static void
add(struct state *s, enum element style, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	s->parts[s->n++] = (struct text_part){ .style = style,
		.indent = 1,
		/* What is not there has the whole line. */
		.label = style == EL_DIM && label[0] == '\0' ? NULL : label,
		.label_width = LABEL,
		.text = text };
}

static void
heading(struct state *s, const char *text)
{
	s->parts[s->n++] =
	    (struct text_part){ .style = EL_HEADING, .text = text };
}

static void
add_links(struct state *s)
{
	heading(s, _("Linked cases"));
	if (s->links.n == 0)
		add(s, EL_DIM, "",
		    _("None that you may open. Nothing is ever linked by "
		      "itself."));
	for (size_t i = 0; i < s->links.n; i++)
		add(s, EL_TEXT, s->links.list[i].code,
		    arena_printf(&s->arena, "%s (%s)", s->links.list[i].reason,
			s->links.list[i].by));
}

static void
add_group(struct state *s, const struct group_event *g)
{
	const char *codes = "";
	char on[16];

	add(s, EL_TEXT, arena_str(&s->arena, date_show(&g->on, on, sizeof(on))),
	    arena_printf(&s->arena, "%s%s%s (%s)", g->area,
		g->words[0] != '\0' ? ": " : "", g->words, g->by));
	for (size_t i = 0; i < g->n_codes; i++)
		codes = arena_printf(
		    &s->arena, "%s%s%s", codes, i > 0 ? ", " : "", g->codes[i]);
	add(s, EL_TEXT, "", codes);
}

static void
add_marks(struct state *s)
{
	static const struct choice_option whos[] = {
		{ "staff", N_("Do not assign"), NULL },
		{ "interpreter", N_("Do not ask"), NULL },
		{ "provider", N_("Do not refer"), NULL },
	};

	if (s->links.n_marks == 0)
		return;
	heading(s, _("An interest in this case"));
	for (size_t i = 0; i < s->links.n_marks; i++) {
		const struct conflict_mark *m = &s->links.marks[i];

		add(s, EL_WARNING, words_label(whos, 3, m->who),
		    arena_printf(
			&s->arena, "%s: %s (%s)", m->code, m->reason, m->by));
	}
}

static int
refresh(struct view *v, struct err *err)
{
	struct state *s = v->state;

	text_replace(&s->text, NULL, 0);
	arena_reset(&s->arena);
	s->n = 0;
	s->links = (struct links){ .n = 0 };
	if (links_open(app_session(v), v->route.case_uid, "", &s->arena,
		&s->links, err) != 0)
		return -1;
	s->parts = arena_alloc(&s->arena,
	    8 + s->links.n + 2 * s->links.n_groups + s->links.n_marks,
	    sizeof(*s->parts));
	add_links(s);
	heading(s, _("Met together"));
	if (s->links.n_groups == 0)
		add(s, EL_DIM, "",
		    _("Nothing recorded. In a group, see each person alone: "
		      "somebody among them may report to the one they fear."));
	for (size_t i = 0; i < s->links.n_groups; i++)
		add_group(s, &s->links.groups[i]);
	add_marks(s);
	text_replace(&s->text, s->parts, s->n);
	return 0;
}

static int
open_links(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	(void)r;
	arena_init(&s->arena);
	text_init(&s->text, NULL, 0);
	return refresh(v, err);
}

static void
close_links(struct view *v)
{
	struct state *s = v->state;

	arena_done(&s->arena);
}

static bool
offers(const struct view *v, enum action action)
{
	return action != ACT_LINK_ADD || session_may(app_session(v), PERM_LINK);
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	(void)err;
	if (action != ACT_LINK_ADD)
		return part_go_on(v, action);
	v->go = (struct route){ .screen = &screen_link_add,
		.case_uid = v->route.case_uid };
	memcpy(v->go.code, v->route.code, sizeof(v->go.code));
	return NEXT_GO;
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct state *s = v->state;

	(void)err;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;

	text_draw(&s->text, c);
}

static const enum action actions[] = { ACT_LINK_ADD, ACT_NONE };

const struct screen screen_links = {
	.name = "links",
	.title = N_("Links"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_links,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.refresh = refresh,
	.close = close_links,
};
