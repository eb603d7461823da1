/* SPDX-License-Identifier: ISC */
/* Values and options; keys are in form_key.c, checks and drafts in
 * form_data.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/form_impl.h"

static const struct choice_option yes_no[] = {
	{ "yes", N_("Yes"), NULL },
	{ "no", N_("No"), NULL },
	{ "unknown", N_("Not known"), NULL },
};

enum form_widget
form_widget(enum form_type t)
{
	switch (t) {
	case FORM_CHOICE:
	case FORM_MULTI:
	case FORM_YES_NO:
	case FORM_TRISTATE:
		return WIDGET_CHOICE;
	case FORM_DATE:
		return WIDGET_DATE;
	case FORM_INFO:
	case FORM_HEADING:
		return WIDGET_NONE;
	default:
		return WIDGET_EDIT;
	}
}

bool
form_in_row(enum form_type t)
{
	return t == FORM_YES_NO || t == FORM_TRISTATE;
}

const char *
form_tr(const char *s)
{
	return s == NULL || *s == '\0' ? "" : _(s);
}

const char *
form_words(const struct form *f, size_t i)
{
	const struct form_field *d = &f->fields[i];

	return form_tr(
	    d->text_from == NULL ? d->text : d->text_from(f->ctx, f->values));
}

size_t
form_index(const struct form *f, const char *id)
{
	size_t i = 0;

	while (i < f->n && strcmp(f->fields[i].id, id) != 0)
		i++;
	return i;
}

/* --- values --------------------------------------------------------------- */

const char *
form_value(const struct form_values *v, const char *id)
{
	const struct form *f = v->form;
	size_t i = form_index(f, id);

	if (i == f->n)
		return "";
	/* A secret is never copied out of its editor. */
	if (f->fields[i].type == FORM_SECRET)
		return edit_text(&f->slots[i].edit);
	return f->slots[i].now.data;
}

bool
form_value_is(const struct form_values *v, const char *id, const char *value)
{
	const struct form *f = v->form;
	size_t i = form_index(f, id);
	const char *now = form_value(v, id);

	if (i < f->n && f->fields[i].type == FORM_MULTI)
		return choice_has(now, value);
	return strcmp(now, value) == 0;
}

enum form_type
form_focused(const struct form *f)
{
	return f->focus < f->n ? f->fields[f->focus].type : FORM_HEADING;
}

bool
form_points(const struct form *f)
{
	return f->focus < f->n && f->slots[f->focus].aimed &&
	       f->slots[f->focus].choice.n > 0;
}

const char *
form_how(const struct form *f)
{
	enum form_type t = form_focused(f);

	if (form_in_row(t))
		return _("This is chosen, not typed: Left and Right, then "
			 "Space; or its first letter.");
	if (t == FORM_MULTI)
		return _("These are chosen, not typed: Up and Down, then Space "
			 "for each.");
	if (t == FORM_CHOICE)
		return _("This is chosen, not typed: Up and Down, then Space; "
			 "or some of its words, then Enter.");
	return NULL;
}

bool
form_finds(const struct form *f)
{
	enum form_type t = form_focused(f);

	return (t == FORM_CHOICE || t == FORM_MULTI) &&
	       f->slots[f->focus].choice.n > 0 &&
	       !choice_digits(&f->slots[f->focus].choice);
}

const char *
form_get(const struct form *f, const char *id)
{
	return form_value(f->values, id);
}

bool
form_is(const struct form *f, const char *id, const char *value)
{
	return form_value_is(f->values, id, value);
}

static void
set_buf(struct buf *b, const char *s)
{
	buf_clear(b);
	buf_add_str(b, s);
}

static void
show_value(struct form *f, size_t i, const char *value)
{
	struct form_slot *s = &f->slots[i];

	switch (form_widget(f->fields[i].type)) {
	case WIDGET_EDIT:
		/* Longer than the field allows: shown, and changed only by
		 * being replaced, for what is stored is never cut. */
		if (edit_set(&s->edit, value, NULL) != 0)
			edit_clear(&s->edit);
		break;
	case WIDGET_CHOICE:
		choice_set(&s->choice, value);
		s->aimed = false;
		break;
	case WIDGET_DATE:
		datefield_set(&s->date, value);
		break;
	default:
		return;
	}
	if (f->fields[i].type != FORM_SECRET)
		set_buf(&s->now, value);
	buf_clear(&s->message);
}

void
form_load(struct form *f, const char *id, const char *value)
{
	size_t i = form_index(f, id);

	if (i == f->n)
		return;
	show_value(f, i, value == NULL ? "" : value);
	if (f->fields[i].type != FORM_SECRET)
		set_buf(&f->slots[i].stored, f->slots[i].now.data);
	form_refresh_options(f);
}

void
form_set(struct form *f, const char *id, const char *value)
{
	size_t i = form_index(f, id);

	if (i == f->n)
		return;
	show_value(f, i, value == NULL ? "" : value);
	form_refresh_options(f);
}

void
form_saved(struct form *f)
{
	for (size_t i = 0; i < f->n; i++)
		set_buf(&f->slots[i].stored, f->slots[i].now.data);
}

bool
form_sync(struct form *f, size_t i)
{
	struct form_slot *s = &f->slots[i];
	struct buf b;
	bool changed;

	if (f->fields[i].type == FORM_SECRET)
		return true;
	buf_init(&b);
	switch (form_widget(f->fields[i].type)) {
	case WIDGET_EDIT:
		buf_add(&b, s->edit.text.data, s->edit.text.len);
		break;
	case WIDGET_CHOICE:
		buf_add_str(&b, choice_value(&s->choice));
		break;
	case WIDGET_DATE:
		/* Words that are no date yet are kept as they are. */
		(void)(datefield_value(&s->date, &b, NULL) == 0);
		break;
	default:
		break;
	}
	changed =
	    b.len != s->now.len || memcmp(b.data, s->now.data, b.len) != 0;
	if (changed) {
		buf_clear(&s->now);
		buf_add(&s->now, b.data, b.len);
	}
	buf_done(&b);
	return changed;
}

void
form_refresh_options(struct form *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct form_field *d = &f->fields[i];
		struct choice *c = &f->slots[i].choice;

		if (d->options_from == NULL)
			continue;
		c->n = d->options_from(f->ctx, f->values, &c->options);
		if (c->cursor >= c->n)
			c->cursor = 0;
	}
}

/* --- life ----------------------------------------------------------------- */

static size_t
max_of(const struct form_field *d)
{
	if (d->max > 0)
		return d->max;
	return d->type == FORM_LONG_TEXT ? 65536
	       : d->type == FORM_SECRET	 ? 256
					 : 1000;
}

static void
init_slot(struct form *f, size_t i)
{
	const struct form_field *d = &f->fields[i];
	struct form_slot *s = &f->slots[i];

	if (form_index(f, d->id) != i)
		die("two fields of a form are called %s", d->id);
	buf_init(&s->now);
	buf_init(&s->stored);
	buf_init(&s->message);
	edit_init(&s->edit,
	    d->type == FORM_LONG_TEXT ? EDIT_LINES
	    : d->type == FORM_SECRET  ? EDIT_SECRET
				      : 0,
	    max_of(d));
	datefield_init(&s->date, f->today);
	if (form_in_row(d->type))
		choice_init(&s->choice, yes_no,
		    d->type == FORM_TRISTATE ? 3 : 2, false);
	else
		choice_init(&s->choice, d->options, d->n_options,
		    d->type == FORM_MULTI);
}

void
form_init(struct form *f, const struct form_field *fields, size_t n, void *ctx,
    int64_t today)
{
	memset(f, 0, sizeof(*f));
	f->fields = fields;
	f->n = n;
	f->ctx = ctx;
	f->today = today;
	f->values = xcalloc(1, sizeof(*f->values));
	f->values->form = f;
	f->slots = xcalloc(n, sizeof(*f->slots));
	for (size_t i = 0; i < n; i++)
		init_slot(f, i);
	form_refresh_options(f);
	while (f->focus < n && !form_answerable(f, f->focus))
		f->focus++;
}

void
form_done(struct form *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct form_slot *s = &f->slots[i];

		edit_done(&s->edit);
		choice_done(&s->choice);
		datefield_done(&s->date);
		buf_done(&s->now);
		buf_done(&s->stored);
		buf_done(&s->message);
	}
	free(f->slots);
	free(f->values);
	memset(f, 0, sizeof(*f));
}

/* --- what is shown -------------------------------------------------------- */

static bool
shown_within(const struct form *f, size_t i, size_t depth)
{
	const struct form_field *d = &f->fields[i];

	if (d->show_field != NULL && depth < f->n) {
		size_t of = form_index(f, d->show_field);
		const char *want = d->show_value;
		bool answered = of < f->n && form_answered(f, of);

		/* What hangs on a hidden question is hidden with it. */
		if (!answered || !shown_within(f, of, depth + 1))
			return false;
		if (want != NULL && *want == '!') {
			if (form_is(f, d->show_field, want + 1))
				return false;
		} else if (want != NULL && !form_is(f, d->show_field, want))
			return false;
	}
	return d->show_if == NULL || d->show_if(f->ctx, f->values);
}

bool
form_is_shown(const struct form *f, size_t i)
{
	return i < f->n && !(f->fields[i].flags & FORM_HIDDEN) &&
	       shown_within(f, i, 0);
}

bool
form_shown(const struct form *f, const char *id)
{
	return form_is_shown(f, form_index(f, id));
}

bool
form_counts(const struct form *f, const char *id)
{
	size_t i = form_index(f, id);

	return form_is_shown(f, i) ||
	       (i < f->n && (f->fields[i].flags & FORM_HIDDEN));
}

bool
form_answerable(const struct form *f, size_t i)
{
	return form_widget(f->fields[i].type) != WIDGET_NONE &&
	       !(f->fields[i].flags & FORM_READ_ONLY) && form_is_shown(f, i);
}

bool
form_answered(const struct form *f, size_t i)
{
	const char *v = form_value(f->values, f->fields[i].id);

	return v[strspn(v, " \n")] != '\0';
}

size_t
form_required_left(const struct form *f)
{
	size_t left = 0;

	for (size_t i = 0; i < f->n; i++) {
		if ((f->fields[i].flags & FORM_REQUIRED) &&
		    form_answerable(f, i) && !form_answered(f, i))
			left++;
	}
	return left;
}

char *
form_where(const struct form *f, char *out, size_t size)
{
	size_t at = 0, all = 0, left = form_required_left(f);

	for (size_t i = 0; i < f->n; i++) {
		if (!form_answerable(f, i))
			continue;
		all++;
		if (i <= f->focus)
			at = all;
	}
	if (left > 0)
		(void)snprintf(out, size,
		    ngettext("%zu of %zu, %zu required left",
			"%zu of %zu, %zu required left", left),
		    at, all, left);
	else
		(void)snprintf(out, size, _("%zu of %zu"), at, all);
	return out;
}
