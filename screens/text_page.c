/* SPDX-License-Identifier: ISC */
#include "text_page.h"

#include <string.h>

#define LABEL 14

void
text_page_init(struct view *v)
{
	struct text_page *p = v->state;

	arena_init(&p->arena);
	text_init(&p->text, NULL, 0);
}

void
text_page_clear(struct text_page *p)
{
	text_replace(&p->text, NULL, 0);
	arena_reset(&p->arena);
	p->parts = NULL;
	p->n = p->cap = 0;
}

void
text_page_put(struct text_page *p, const struct text_part *part)
{
	if (p->n == p->cap) {
		size_t cap = p->cap == 0 ? 32 : 2 * p->cap;
		struct text_part *more =
		    arena_alloc(&p->arena, cap, sizeof(*more));

		if (p->n > 0)
			memcpy(more, p->parts, p->n * sizeof(*more));
		p->parts = more;
		p->cap = cap;
	}
	p->parts[p->n] = *part;
	if (part->label != NULL)
		p->parts[p->n].label = arena_str(&p->arena, part->label);
	p->parts[p->n++].text = arena_str(&p->arena, part->text);
}

void
text_page_heading(struct text_page *p, const char *text)
{
	text_page_put(
	    p, &(const struct text_part){ .style = EL_HEADING, .text = text });
}

void
text_page_add(struct text_page *p, enum element style, const char *label,
    const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	text_page_put(
	    p, &(const struct text_part){ .style = style,
		   .indent = 1,
		   .label = style == EL_DIM && label[0] == '\0' ? NULL : label,
		   .label_width = LABEL,
		   .text = text });
}

void
text_page_show(struct text_page *p)
{
	text_replace(&p->text, p->parts, p->n);
}

void
text_page_draw(const struct view *v, struct canvas *c)
{
	struct text_page *p = v->state;

	text_draw(&p->text, c);
}

enum next
text_page_key(struct view *v, const struct key *k, struct err *err)
{
	struct text_page *p = v->state;

	(void)err;
	return text_key(&p->text, k) ? NEXT_STAY : NEXT_PASS;
}

void
text_page_close(struct view *v)
{
	struct text_page *p = v->state;

	arena_done(&p->arena);
}
