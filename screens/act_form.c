/* SPDX-License-Identifier: ISC */
#include "act_form.h"

#include <string.h>

#include "asks.h"
#include "parts.h"

bool
act_form_by_rule(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return told_by_rule(form_value(values, "reason"));
}

struct act
act_form_read(struct view *v)
{
	const struct formview *fv = formview_state(v);

	return (struct act){ .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.reason = formview_get(fv, "reason"),
		.recipient = formview_get(fv, "recipient"),
		.purpose = formview_get(fv, "purpose"),
		.scope = asks_scope(fv, "scope"),
		.words = formview_get(fv, "words"),
		.legal_ref = formview_get(fv, "legal_ref"),
		.told = formview_get(fv, "told"),
		.told_why = formview_get(fv, "told_why") };
}

/* The options of a field that has its list from here. */
static void
fill(struct view *v, struct form_field *f, enum referral_vocabulary reasons)
{
	const struct society *so = app_society(v);

	if (strcmp(f->id, "reason") == 0)
		f->options = referral_words(reasons, &f->n_options);
	else if (strcmp(f->id, "recipient") == 0)
		f->options = asks_recipients(v, &f->n_options);
	else if (strcmp(f->id, "purpose") == 0)
		f->options = asks_labels(v, &so->purposes, &f->n_options);
	else if (strcmp(f->id, "scope") == 0)
		f->options = asks_labels(v, &so->data_scopes, &f->n_options);
}

int
act_form_open(struct view *v, const struct form_field *fields, size_t n,
    enum referral_vocabulary reasons, const struct formview_use *form,
    struct err *e)
{
	struct form_field *f = arena_alloc(&v->arena, n, sizeof(*f));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));

	memcpy(f, fields, n * sizeof(*f));
	for (size_t i = 0; i < n; i++)
		fill(v, &f[i], reasons);
	*step = (struct formview_step){
		.title = v->screen->title, .fields = f, .n = n
	};
	*use = *form;
	use->steps = step;
	use->n_steps = 1;
	formview_init(v, use, v);
	return formview_resume(v, e);
}
