/* SPDX-License-Identifier: ISC */
/* Exactly what this recipient would see if something were sent now. */
#include "listing_words.h"
#include "screens.h"

#include "store/consent.h"
#include "ui/text.h"

struct state {
	struct preview preview;
	struct text_part *parts;
	struct text_view text;
};

static size_t
put(struct text_part *p, enum element style, const char *label,
    const char *text)
{
	*p = (struct text_part){ .style = style,
		.label = label,
		.label_width = label == NULL ? 0 : 22,
		.text = text };
	return 1;
}

static size_t
put_fields(const struct preview *all, bool released, struct text_part *p)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct preview_field *f = &all->list[i];

		if (f->released == released)
			n += put(&p[n], released ? EL_VALUE : EL_DIM, f->label,
			    released ? f->value : _("not sent"));
	}
	if (n == 0)
		n = put(p, EL_DIM, NULL, _("Nothing."));
	return n;
}

/* What is said of whoever would see it, as on a referral to them. */
static size_t
put_whom(struct view *v, const struct preview *p, struct text_part *parts)
{
	const char *first = listing_say_first(
	    v, society_recipient(app_society(v), p->recipient));
	size_t n = 0;

	if (p->harmed_at != 0)
		n += put(&parts[n], EL_URGENT, NULL,
		    listing_harm(v, p->harmed_at, p->harm_by));
	if (first[0] != '\0')
		n += put(&parts[n], EL_WARNING, _("Say this first"), first);
	if (p->heed[0] != '\0')
		n += put(&parts[n], EL_WARNING, NULL, p->heed);
	return n;
}

static int
refresh(struct view *v, struct err *e)
{
	struct state *s = v->state;
	size_t n = 0;

	if (consent_preview(app_session(v), v->route.case_uid, v->route.record,
		&v->arena, &s->preview, e) == -1)
		return -1;
	s->parts = arena_alloc(&v->arena, s->preview.n + 10, sizeof(*s->parts));
	n += put_whom(v, &s->preview, s->parts);
	if (s->preview.why[0] != '\0')
		n += put(&s->parts[n], EL_WARNING, NULL, s->preview.why);
	if (s->preview.warn[0] != '\0')
		n += put(&s->parts[n], EL_WARNING, NULL, s->preview.warn);
	n += put(
	    &s->parts[n], EL_HEADING, NULL, _("They would see exactly this"));
	n += put_fields(&s->preview, true, &s->parts[n]);
	n += put(&s->parts[n], EL_HEADING, NULL, _("They would not see"));
	n += put_fields(&s->preview, false, &s->parts[n]);
	text_replace(&s->text, s->parts, n);
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	struct state *s = v->state;

	(void)r;
	text_init(&s->text, NULL, 0);
	return refresh(v, e);
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct state *s = v->state;

	text_draw(&s->text, c);
}

static enum next
act(struct view *v, enum action a, struct err *e)
{
	(void)v;
	(void)a;
	(void)e;
	return NEXT_PASS;
}

static enum next
key(struct view *v, const struct key *k, struct err *e)
{
	struct state *s = v->state;

	(void)e;
	return text_key(&s->text, k) ? NEXT_STAY : NEXT_PASS;
}

static const enum action actions[] = { ACT_BACK, ACT_NONE };

const struct screen screen_preview = {
	.name = "preview",
	.title = N_("What they would see"),
	.needs = PERM_CONSENT,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open,
	.draw = draw,
	.act = act,
	.key = key,
};
