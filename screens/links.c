/* SPDX-License-Identifier: ISC */
/*
 * What belongs together: linked cases, occasions at which people were met, and
 * who has an interest in this case.  Only what may be opened is shown.
 */
#include "parts.h"
#include "screens.h"
#include "text_page.h"
#include "words.h"

#include "base/i18n.h"
#include "store/link.h"

struct state {
	struct text_page page;
	struct links links;
};

static void
add_links(struct state *s)
{
	text_page_heading(&s->page, _("Linked cases"));
	if (s->links.n == 0)
		text_page_add(&s->page, EL_DIM, "",
		    _("None that you may open. Nothing is ever linked by "
		      "itself."));
	for (size_t i = 0; i < s->links.n; i++)
		text_page_add(&s->page, EL_TEXT, s->links.list[i].code,
		    arena_printf(&s->page.arena, "%s (%s)",
			s->links.list[i].reason, s->links.list[i].by));
}

static void
add_group(struct state *s, const struct group_event *g)
{
	const char *codes = "";
	char on[16];

	text_page_add(&s->page, EL_TEXT,
	    arena_str(&s->page.arena, date_show(&g->on, on, sizeof(on))),
	    arena_printf(&s->page.arena, "%s%s%s (%s)", g->area,
		g->words[0] != '\0' ? ": " : "", g->words, g->by));
	for (size_t i = 0; i < g->n_codes; i++)
		codes = arena_printf(&s->page.arena, "%s%s%s", codes,
		    i > 0 ? ", " : "", g->codes[i]);
	text_page_add(&s->page, EL_TEXT, "", codes);
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
	text_page_heading(&s->page, _("An interest in this case"));
	for (size_t i = 0; i < s->links.n_marks; i++) {
		const struct conflict_mark *m = &s->links.marks[i];

		text_page_add(&s->page, EL_WARNING,
		    words_label(whos, 3, m->who),
		    arena_printf(&s->page.arena, "%s: %s (%s)", m->code,
			m->reason, m->by));
	}
}

static int
refresh(struct view *v, struct err *err)
{
	struct state *s = v->state;

	text_page_clear(&s->page);
	s->links = (struct links){ .n = 0 };
	if (links_open(app_session(v), v->route.case_uid, "", &s->page.arena,
		&s->links, err) != 0)
		return -1;
	add_links(s);
	text_page_heading(&s->page, _("Met together"));
	if (s->links.n_groups == 0)
		text_page_add(&s->page, EL_DIM, "",
		    _("Nothing recorded. In a group, see each person alone: "
		      "somebody among them may report to the one they fear."));
	for (size_t i = 0; i < s->links.n_groups; i++)
		add_group(s, &s->links.groups[i]);
	add_marks(s);
	text_page_show(&s->page);
	return 0;
}

static int
open_links(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	text_page_init(v);
	return refresh(v, err);
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
	return action == ACT_LINK_ADD ? part_go_to(v, &screen_link_add, NULL)
				      : part_go_on(v, action);
}

static const enum action actions[] = { ACT_LINK_ADD, ACT_NONE };

const struct screen screen_links = {
	.name = "links",
	.title = N_("Links"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_links,
	.draw = text_page_draw,
	.act = act,
	.key = text_page_key,
	.offers = offers,
	.refresh = refresh,
	.close = text_page_close,
};
