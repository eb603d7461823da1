/* SPDX-License-Identifier: ISC */
/* Movement and keys of forms. */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/form_impl.h"

#define PAGE 5 /* fields PgUp and PgDn move by */

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
	s->words = false;
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
	form_settle(f);
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

/* Of a word its first letter may answer, as in "yes"; of words that are meant
 * for another field no letter answers because it comes by. */
static bool
is_words(struct form_slot *s, const struct key *k)
{
	if (!key_is_text(k))
		s->words = false;
	return s->words;
}

static enum form_result
not_typed(struct form *f, struct err *e)
{
	f->slots[f->focus].words = true;
	(void)err_set(e, ERR_INPUT, "%s", form_how(f));
	return FORM_STAY;
}

static enum form_result
row_key(struct form *f, struct form_slot *s, const struct key *k, struct err *e)
{
	struct key step = { .code = k->code == K_LEFT ? K_UP : K_DOWN };
	bool words = is_words(s, k);

	if (k->code == K_LEFT || k->code == K_RIGHT) {
		if (s->aimed)
			(void)choice_key(&s->choice, &step);
		s->aimed = true;
		return FORM_STAY;
	}
	if (words)
		return not_typed(f, e);
	if (letter_answers(&s->choice, k))
		return changed(f);
	if (k->code == K_UP || k->code == K_DOWN)
		return onwards(f, k->code);
	if (key_is_text(k) && k->code != ' ' &&
	    !(k->code >= '1' && k->code <= '9'))
		return not_typed(f, e);
	return FORM_PASS;
}

static enum form_result
choice_field_key(struct form *f, const struct key *k, struct err *e)
{
	struct form_slot *s = &f->slots[f->focus];
	enum form_result r;

	if (form_in_row(f->fields[f->focus].type)) {
		r = row_key(f, s, k, e);
		if (r != FORM_PASS)
			return r;
	}
	if (!s->aimed && k->code == K_DOWN && s->choice.n > 0) {
		s->aimed = true;
		return FORM_STAY;
	}
	if (!s->aimed && (k->code == K_UP || k->code == K_ENTER))
		return onwards(f, k->code);
	/* Of one answer, Space first shows where it is; a tick can be taken
	 * back, so that of several it ticks at once. */
	if (!s->aimed && k->code == ' ' && s->choice.typed.len == 0) {
		s->aimed = true;
		if (!s->choice.several)
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

/* Words for a field that takes none are not lost without a word. */
static enum form_result
not_pasted(struct err *e)
{
	(void)err_set(
	    e, ERR_INPUT, _("Nothing was pasted: this is chosen, not typed."));
	return FORM_STAY;
}

/* What is typed over words to read is meant for the field after them; it is
 * no answer to a question that was not yet seen. */
static enum form_result
typed_over_words(struct form *f, const struct key *k, struct err *e)
{
	if (!move_by(f, 1, 1, false))
		return FORM_STAY;
	if (form_widget(f->fields[f->focus].type) == WIDGET_EDIT)
		(void)edit_field_key(f, k, e);
	else if (k->code == K_PASTE)
		(void)not_pasted(e);
	return FORM_MOVED;
}

static enum form_result
info_key(struct form *f, const struct key *k, struct err *e)
{
	struct form_slot *s = &f->slots[f->focus];
	bool down = k->code == K_DOWN || k->code == K_PGDN;
	bool up = k->code == K_UP || k->code == K_PGUP;
	/* One line of the page before stays, to read on from. */
	int by = k->code == K_PGDN || k->code == K_PGUP ? s->page - 1 : 1;

	if (down && s->below)
		s->scroll += by > 1 ? by : 1;
	else if (up && s->scroll > 0)
		s->scroll = s->scroll > by ? s->scroll - by : 0;
	else if (key_is_text(k) || k->code == K_PASTE)
		return typed_over_words(f, k, e);
	else
		return onwards(f, down ? K_DOWN : up ? K_UP : k->code);
	return FORM_STAY;
}

static enum form_result
any_key(struct form *f, const struct key *k, struct err *e)
{
	struct choice *choice;

	if (f->focus >= f->n)
		return k->code == K_CTRL('s') ? FORM_SAVE
		       : k->code == K_ESC || k->code == K_CTRL('c')
			   ? FORM_CANCEL
			   : FORM_PASS;
	choice = &f->slots[f->focus].choice;
	switch (k->code) {
	case K_CTRL('s'):
		return FORM_SAVE;
	case K_CTRL('c'):
		return FORM_CANCEL;
	case K_ESC:
		if (choice->typed.len == 0 && !choice->astray)
			return FORM_CANCEL;
		choice_untype(choice);
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
		return k->code == K_PASTE ? not_pasted(e)
					  : choice_field_key(f, k, e);
	case WIDGET_NONE:
		return info_key(f, k, e);
	default:
		return edit_field_key(f, k, e);
	}
}

/* Letters that left one option are its name; others were a search that is
 * over: they must not narrow the list when somebody comes back. */
static enum form_result
left(struct form *f, size_t from, enum form_result r)
{
	struct form_slot *s = &f->slots[from];

	if (s->choice.typed.len == 0 && !s->choice.astray)
		return r;
	if (choice_take(&s->choice) && form_sync(f, from)) {
		buf_clear(&s->message);
		form_refresh_options(f);
		r = FORM_CHANGED;
	}
	choice_untype(&s->choice);
	return r;
}

enum form_result
form_key(struct form *f, const struct key *k, struct err *e)
{
	size_t from = f->focus;
	enum form_result r = any_key(f, k, e);

	r = from < f->n && f->focus != from ? left(f, from, r) : r;
	form_settle(f);
	return r;
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
	form_settle(f);
	return done;
}
