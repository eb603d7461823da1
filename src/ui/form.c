/* SPDX-License-Identifier: ISC */
/* Values, movement and keys; checks and drafts are in form_data.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/form_impl.h"

#define PAGE 5 /* fields PgUp and PgDn move by */

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
	return i < f->n && shown_within(f, i, 0);
}

bool
form_shown(const struct form *f, const char *id)
{
	return form_is_shown(f, form_index(f, id));
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
		(void)snprintf(out, size, _("%zu of %zu, %zu required left"),
		    at, all, left);
	else
		(void)snprintf(out, size, _("%zu of %zu"), at, all);
	return out;
}

/* --- movement ------------------------------------------------------------- */

static bool
stops_at(const struct form *f, size_t i, bool reading)
{
	return form_answerable(f, i) ||
	       (reading && f->fields[i].type == FORM_INFO &&
		   form_is_shown(f, i));
}

/* The next field in a direction, or the present one. */
static size_t
neighbour(const struct form *f, size_t from, int way, bool reading)
{
	size_t i = from;

	for (;;) {
		if (way < 0 && i == 0)
			return from;
		i += (size_t)way;
		if (i >= f->n)
			return from;
		if (stops_at(f, i, reading))
			return i;
	}
}

static void
arrive(struct form *f, size_t i)
{
	struct form_slot *s;

	f->focus = i;
	if (i >= f->n)
		return;
	s = &f->slots[i];
	s->scroll = 0;
	s->aimed = s->choice.value.len > 0;
}

static bool
move_by(struct form *f, int way, int times, bool reading)
{
	size_t to = f->focus;

	if (f->focus >= f->n)
		return false;
	while (times-- > 0)
		to = neighbour(f, to, way, reading);
	/* What is wrong shows beside it; it does not hold anybody back. */
	(void)form_check_field(f, f->focus, false, NULL);
	if (to == f->focus)
		return false;
	arrive(f, to);
	return true;
}

bool
form_focus(struct form *f, const char *id)
{
	size_t i = form_index(f, id);

	if (i == f->n || !stops_at(f, i, true))
		return false;
	arrive(f, i);
	return true;
}

/* --- keys ----------------------------------------------------------------- */

/* A letter answers at once where the labels stand in a row; of "No" and "Not
 * known" the first is meant. */
static bool
letter_answers(struct choice *c, const struct key *k)
{
	struct buf typed, label;
	bool found = false;

	if (!key_is_text(k) || k->text == NULL)
		return false;
	buf_init(&typed);
	buf_init(&label);
	utf8_fold(&typed, k->text, k->len);
	for (size_t i = 0; i < c->n && typed.len > 0 && !found; i++) {
		const char *s = _(c->options[i].label);

		buf_clear(&label);
		utf8_fold(&label, s, strlen(s));
		found = strncmp(label.data, typed.data, typed.len) == 0;
		if (found)
			choice_set(c, c->options[i].value);
	}
	buf_done(&typed);
	buf_done(&label);
	return found;
}

static enum form_result
changed(struct form *f)
{
	f->slots[f->focus].aimed = true;
	if (!form_sync(f, f->focus))
		return FORM_STAY;
	buf_clear(&f->slots[f->focus].message);
	form_refresh_options(f);
	return FORM_CHANGED;
}

/* Up, Down and Enter where the field has no use for them. */
static enum form_result
onwards(struct form *f, uint32_t code)
{
	bool moved;

	switch (code) {
	case K_UP:
		return move_by(f, -1, 1, true) ? FORM_MOVED : FORM_STAY;
	case K_DOWN:
		return move_by(f, 1, 1, true) ? FORM_MOVED : FORM_STAY;
	case K_ENTER:
		moved = move_by(f, 1, 1, false);
		return moved ? FORM_MOVED : FORM_END;
	case K_PGUP:
	case K_PGDN:
		return move_by(f, code == K_PGUP ? -1 : 1, PAGE, false)
			   ? FORM_MOVED
			   : FORM_STAY;
	default:
		return FORM_PASS;
	}
}

static enum form_result
row_key(struct form *f, struct form_slot *s, const struct key *k)
{
	struct key step = { .code = k->code == K_LEFT ? K_UP : K_DOWN };

	if (k->code == K_LEFT || k->code == K_RIGHT) {
		if (s->aimed)
			(void)choice_key(&s->choice, &step);
		s->aimed = true;
		return FORM_STAY;
	}
	if (letter_answers(&s->choice, k))
		return changed(f);
	if (k->code == K_UP || k->code == K_DOWN)
		return onwards(f, k->code);
	if (key_is_text(k) && k->code != ' ' &&
	    !(k->code >= '1' && k->code <= '9'))
		return FORM_STAY;
	return FORM_PASS;
}

static enum form_result
choice_field_key(struct form *f, const struct key *k)
{
	struct form_slot *s = &f->slots[f->focus];
	enum form_result r;

	if (form_in_row(f->fields[f->focus].type)) {
		r = row_key(f, s, k);
		if (r != FORM_PASS)
			return r;
	}
	if (!s->aimed && k->code == K_DOWN && s->choice.n > 0) {
		s->aimed = true;
		return FORM_STAY;
	}
	if (!s->aimed && (k->code == K_UP || k->code == K_ENTER))
		return onwards(f, k->code);
	if (!s->aimed && k->code == ' ' && s->choice.typed.len == 0) {
		s->aimed = true;
		return FORM_STAY;
	}
	switch (choice_key(&s->choice, k)) {
	case CHOICE_PASS:
		return onwards(f, k->code);
	case CHOICE_MOVED:
		s->aimed = true;
		return FORM_STAY;
	case CHOICE_DONE:
		r = changed(f);
		/* Enter goes on; a digit or Space lets one see what it did. */
		if (k->code != K_ENTER || move_by(f, 1, 1, false))
			return r == FORM_STAY ? FORM_MOVED : r;
		return r == FORM_STAY ? FORM_END : r;
	default:
		return changed(f);
	}
}

static enum form_result
edit_field_key(struct form *f, const struct key *k, struct err *e)
{
	struct form_slot *s = &f->slots[f->focus];
	enum edit_result r = f->fields[f->focus].type == FORM_DATE
				 ? datefield_key(&s->date, k, e)
				 : edit_key(&s->edit, k, e);

	switch (r) {
	case EDIT_PASS:
		return onwards(f, k->code);
	case EDIT_CHANGED:
		return changed(f);
	default:
		return FORM_STAY;
	}
}

static enum form_result
info_key(struct form *f, const struct key *k)
{
	struct form_slot *s = &f->slots[f->focus];

	if (k->code == K_DOWN && s->below) {
		s->scroll++;
		return FORM_STAY;
	}
	if (k->code == K_UP && s->scroll > 0) {
		s->scroll--;
		return FORM_STAY;
	}
	return onwards(f, k->code);
}

enum form_result
form_key(struct form *f, const struct key *k, struct err *e)
{
	struct buf *typed;

	if (f->focus >= f->n)
		return k->code == K_CTRL('s') ? FORM_SAVE
		       : k->code == K_ESC || k->code == K_CTRL('c')
			   ? FORM_CANCEL
			   : FORM_PASS;
	typed = &f->slots[f->focus].choice.typed;
	switch (k->code) {
	case K_CTRL('s'):
		return FORM_SAVE;
	case K_CTRL('c'):
		return FORM_CANCEL;
	case K_ESC:
		if (typed->len == 0)
			return FORM_CANCEL;
		buf_clear(typed);
		return FORM_STAY;
	case K_TAB:
		return move_by(f, 1, 1, false) ? FORM_MOVED : FORM_STAY;
	case K_BACKTAB:
		return move_by(f, -1, 1, false) ? FORM_MOVED : FORM_STAY;
	default:
		break;
	}
	switch (form_widget(f->fields[f->focus].type)) {
	case WIDGET_CHOICE:
		return choice_field_key(f, k);
	case WIDGET_NONE:
		return info_key(f, k);
	default:
		return edit_field_key(f, k, e);
	}
}

bool
form_undo(struct form *f)
{
	struct form_slot *s;
	bool done;

	if (f->focus >= f->n)
		return false;
	s = &f->slots[f->focus];
	switch (form_widget(f->fields[f->focus].type)) {
	case WIDGET_EDIT:
		done = edit_undo(&s->edit);
		break;
	case WIDGET_DATE:
		done = edit_undo(&s->date.edit);
		break;
	default:
		return false;
	}
	(void)form_sync(f, f->focus);
	form_refresh_options(f);
	return done;
}
