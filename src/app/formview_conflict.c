/* SPDX-License-Identifier: ISC */
/* What a save comes back with: what somebody else saved since the form was
 * opened, and what the store refuses. */
#include <string.h>

#include "app/formview_inside.h"

struct basis
formview_basis(const struct formview *fv)
{
	return (struct basis){ .base = fv->base, .rev = fv->rev };
}

static const char *
label(const struct view *v, const char *field)
{
	return formview_label(v, field);
}

static const char *
words(struct view *v, const char *field, const char *value)
{
	struct formview *fv = formview_of(v);
	const char *out;
	struct buf b;
	size_t step;

	if (formview_find(fv, field, &step) == NULL)
		return value;
	buf_init(&b);
	form_show(&fv->forms[step], field, value, &b);
	out = arena_strn(&v->arena, b.data, b.len);
	buf_done(&b);
	return out;
}

static enum next
decided(struct view *v, const struct conflicts *c, const bool *theirs,
    struct err *err)
{
	struct formview *fv = formview_of(v);

	for (size_t i = 0; i < c->n; i++)
		if (theirs[i]) {
			/* What they wrote is what is stored now. */
			formview_load(fv, c->list[i].field, c->list[i].theirs);
		}
	fv->rev = c->rev;
	fv->base = c->base;
	formview_note(v);
	return formview_save(v, err);
}

/* As the store keeps a yes or a no, and as forms do. */
static const char *
answer(const char *value)
{
	return strcmp(value, "1") == 0	 ? "yes"
	       : strcmp(value, "0") == 0 ? "no"
					 : value;
}

void
formview_ask_conflicts(struct view *v, struct err *err)
{
	struct formview *fv = formview_of(v);
	const struct conflict_ask ask = { .conflicts = &fv->conflicts,
		.label = label,
		.words = words,
		.decided = decided };

	for (size_t i = 0; i < fv->conflicts.n; i++) {
		struct conflict *c = &fv->conflicts.list[i];
		const struct form_field *f;
		size_t step;

		f = formview_find(fv, c->field, &step);
		if (f == NULL || f->type != FORM_YES_NO)
			continue;
		c->mine = answer(c->mine);
		c->theirs = answer(c->theirs);
	}
	err_clear(err);
	app_conflicts(v, &ask);
}

void
formview_go_to_refused(struct view *v, const struct err *err)
{
	struct formview *fv = formview_of(v);
	const struct formview_step *s;
	const char *id = err->field;
	size_t step;

	if (id[0] == '\0' || formview_find(fv, id, &step) == NULL)
		return;
	s = &fv->use->steps[step];
	if ((s->shown != NULL && !s->shown(v)) ||
	    !form_focus(&fv->forms[step], id))
		return;
	formview_goto(v, step);
	(void)form_focus(&fv->forms[step], id);
	form_message(&fv->forms[step], id, err->text);
}
