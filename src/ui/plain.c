/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/form_impl.h"
#include "ui/plain.h"

/* What a line at a prompt asked for. */
enum answer {
	ANSWER_NEXT,
	ANSWER_BACK,
	ANSWER_AGAIN,
	ANSWER_LEAVE,
	ANSWER_SAVE
};

void
plain_text(const struct plain_io *io, const char *text)
{
	struct buf b;
	char *line, *next;

	buf_init(&b);
	utf8_safe(&b, text, strlen(text), true);
	for (line = b.data; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		io->say(io->arg, line);
	}
	buf_done(&b);
}

/* The digits of a line as an option's number from 1; 0 when it is none. */
static size_t
numbered(const char *s, size_t n)
{
	char *end;
	unsigned long v;

	if (*s < '0' || *s > '9')
		return 0;
	v = strtoul(s, &end, 10);
	return *end == '\0' && v >= 1 && v <= n ? (size_t)v : 0;
}

static void
say_options(const struct plain_io *io, const struct choice_option *options,
    size_t n, const char *chosen)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&b);
		buf_addf(&b, "  %zu  %s", i + 1, _(options[i].label));
		if (chosen != NULL && choice_has(chosen, options[i].value))
			buf_addf(&b, "  (%s)", _("chosen"));
		plain_text(io, b.data);
	}
	buf_done(&b);
}

bool
plain_leaves(const char *line)
{
	return strcmp(line, ".") == 0 || strcmp(line, "Esc") == 0;
}

int
plain_menu(const struct plain_io *io, const char *title,
    const struct choice_option *options, size_t n)
{
	struct buf line;
	int picked = -1;

	buf_init(&line);
	plain_text(io, title);
	say_options(io, options, n, NULL);
	for (;;) {
		size_t i;

		buf_clear(&line);
		if (io->ask(io->arg, _("Number, or . to leave: "), false,
			&line) != 0 ||
		    plain_leaves(line.data))
			break;
		i = numbered(line.data, n);
		if (i > 0) {
			picked = (int)i - 1;
			break;
		}
		io->say(io->arg, _("That is none of the numbers."));
	}
	buf_done(&line);
	return picked;
}

bool
plain_confirm(const struct plain_io *io, const char *question)
{
	struct buf line;
	bool yes;

	buf_init(&line);
	plain_text(io, question);
	yes = io->ask(io->arg, _("Type yes to do it, anything else not to: "),
		  false, &line) == 0 &&
	      utf8_same(line.data, _("yes"));
	buf_done(&line);
	return yes;
}

/* --- forms ---------------------------------------------------------------- */

/* "1,3" or "1 3" as values; false when a number fits nothing. */
static bool
read_numbers(
    const struct choice *c, bool several, const char *s, struct buf *out)
{
	bool any = false;

	while (*s != '\0') {
		char *end;
		unsigned long v;

		s += strspn(s, ", ");
		if (*s == '\0')
			break;
		v = strtoul(s, &end, 10);
		if (end == s || v < 1 || v > c->n || (any && !several) ||
		    (*end != '\0' && *end != ' ' && *end != ','))
			return false;
		if (any)
			buf_add_char(out, ',');
		buf_add_str(out, c->options[v - 1].value);
		any = true;
		s = end;
	}
	return any;
}

/* Each line is in the form before the next is asked for, and so in the draft;
 * what does not fit is said when all is there. */
static void
note_lines(struct form *f, size_t i, const struct buf *value)
{
	const char *s = value->data + (value->data[0] == '\\');

	if (strlen(s) > f->slots[i].edit.max)
		return;
	form_set(f, f->fields[i].id, s);
	(void)form_sync(f, i);
}

/* leaves: ended by the key that sentences name for it, also over these words. */
static int
read_lines(struct form *f, const struct plain_io *io, size_t i,
    struct buf *value, bool *leaves)
{
	struct buf line;
	int rc;

	buf_init(&line);
	for (;;) {
		note_lines(f, i, value);
		buf_clear(&line);
		rc = io->ask(io->arg, "", false, &line);
		*leaves = rc == 0 && strcmp(line.data, ".") != 0 &&
			  plain_leaves(line.data);
		if (rc != 0 || *leaves || strcmp(line.data, ".") == 0)
			break;
		if (value->len > 0)
			buf_add_char(value, '\n');
		buf_add(value, line.data, line.len);
	}
	buf_done(&line);
	return rc;
}

static void
say_dates(int64_t today, const struct plain_io *io)
{
	struct date_examples as;
	struct buf b;

	date_examples(today, &as);
	buf_init(&b);
	buf_addf(&b,
	    _("A date: today, monday, %s, %s, -3; ? when nobody knows."),
	    as.day, as.month);
	plain_text(io, b.data);
	buf_done(&b);
}

static void
say_field(struct form *f, const struct plain_io *io, size_t i)
{
	const struct form_field *d = &f->fields[i];
	const struct form_slot *s = &f->slots[i];
	char where[96];
	struct buf b;

	buf_init(&b);
	f->focus = i;
	buf_addf(&b, "[%s] %s%s", form_where(f, where, sizeof(where)),
	    form_tr(d->label), d->flags & FORM_REQUIRED ? _(" (needed)") : "");
	plain_text(io, b.data);
	buf_clear(&b);
	if (form_widget(d->type) == WIDGET_CHOICE)
		say_options(io, s->choice.options, s->choice.n, s->now.data);
	else if (d->type == FORM_DATE)
		datefield_show(s->now.data, &b);
	else if (d->type != FORM_SECRET)
		buf_add(&b, s->now.data, s->now.len);
	if (d->type == FORM_LONG_TEXT)
		io->say(io->arg, _("End with a line that holds only a dot; Esc "
				   "ends it and leaves."));
	if (d->type == FORM_MULTI)
		io->say(io->arg, _("Several numbers like 1,3."));
	if (d->type == FORM_DATE)
		say_dates(f->today, io);
	if (b.len > 0) {
		struct buf now;

		buf_init(&now);
		buf_addf(&now, _("Now: %s"), b.data);
		plain_text(io, now.data);
		buf_done(&now);
	}
	buf_done(&b);
}

const char *
plain_how(void)
{
	return _("An empty line keeps what is there, - empties it, < goes one "
		 "back, ? says more, :save saves, a dot leaves and keeps a "
		 "draft.");
}

/* The help, what each option means, and how to answer. */
static void
say_more(const struct form *f, const struct plain_io *io, size_t i)
{
	const struct form_field *d = &f->fields[i];
	const struct choice *c = &f->slots[i].choice;
	struct buf b;

	buf_init(&b);
	if (d->help != NULL)
		plain_text(io, form_tr(d->help));
	for (size_t j = 0; form_widget(d->type) == WIDGET_CHOICE && j < c->n;
	     j++) {
		if (c->options[j].help == NULL)
			continue;
		buf_clear(&b);
		buf_addf(&b, "  %zu  %s: %s", j + 1, _(c->options[j].label),
		    form_tr(c->options[j].help));
		plain_text(io, b.data);
	}
	plain_text(io, plain_how());
	buf_done(&b);
}

/* Put a line into a field; false, having said why, when it does not fit. */
static bool
take(struct form *f, const struct plain_io *io, size_t i, const char *line)
{
	const struct form_field *d = &f->fields[i];
	struct form_slot *s = &f->slots[i];
	struct err e = { 0 };
	struct buf value;
	bool fits = true;

	buf_init(&value);
	if (form_widget(d->type) == WIDGET_CHOICE) {
		fits = read_numbers(
		    &s->choice, d->type == FORM_MULTI, line, &value);
		if (!fits)
			io->say(io->arg, _("Give the number of an answer."));
	} else
		buf_add_str(&value, line);
	if (fits && value.len > s->edit.max) {
		fits = false;
		io->say(io->arg, _("This is too long; shorten it."));
	}
	if (fits) {
		form_set(f, d->id, value.data);
		(void)form_sync(f, i);
		fits = form_check_field(f, i, false, &e) == 0;
		if (!fits)
			plain_text(io, e.text);
	}
	buf_done(&value);
	return fits;
}

static enum answer
ask_field(struct form *f, const struct plain_io *io, size_t i)
{
	const struct form_field *d = &f->fields[i];
	enum answer r = ANSWER_NEXT;
	bool leaves = false;
	struct buf line;

	say_field(f, io, i);
	buf_init(&line);
	if (io->ask(io->arg, "> ", d->type == FORM_SECRET, &line) != 0)
		r = ANSWER_LEAVE;
	else if (d->type == FORM_SECRET && line.len > 0)
		r = take(f, io, i, line.data) ? ANSWER_NEXT : ANSWER_AGAIN;
	else if (line.len == 0)
		r = ANSWER_NEXT;
	else if (plain_leaves(line.data))
		r = ANSWER_LEAVE;
	else if (strcmp(line.data, "<") == 0)
		r = ANSWER_BACK;
	else if (strcmp(line.data, ":save") == 0)
		r = ANSWER_SAVE;
	else if (strcmp(line.data, "-") == 0)
		form_set(f, d->id, "");
	else if (strcmp(line.data, "?") == 0 && d->type != FORM_DATE) {
		say_more(f, io, i);
		r = ANSWER_AGAIN;
	} else {
		/* Where there is no answer the form may be gone, too. */
		if (d->type == FORM_LONG_TEXT &&
		    read_lines(f, io, i, &line, &leaves) != 0)
			r = ANSWER_LEAVE;
		else if (!take(f, io, i, line.data + (line.data[0] == '\\')))
			r = ANSWER_AGAIN;
		else if (leaves)
			r = ANSWER_LEAVE;
	}
	buf_done(&line);
	return r;
}

static size_t
before(const struct form *f, size_t i)
{
	for (size_t j = i; j-- > 0;) {
		if (form_answerable(f, j))
			return j;
	}
	return i;
}

/* The question with that number, as they are counted; f->n: none. */
static size_t
by_number(const struct form *f, const char *s)
{
	char *end;
	unsigned long n = strtoul(s, &end, 10);

	if (*s < '0' || *s > '9' || *end != '\0')
		return f->n;
	for (size_t i = 0; i < f->n; i++)
		if (form_answerable(f, i) && --n == 0)
			return i;
	return f->n;
}

/* All was asked: nothing is saved by answering the last question. */
static enum answer
ask_end(struct form *f, const struct plain_io *io, size_t *at)
{
	enum answer r = ANSWER_AGAIN;
	struct buf line;

	buf_init(&line);
	while (r == ANSWER_AGAIN) {
		buf_clear(&line);
		if (io->ask(io->arg,
			_("All was asked. Enter saves, < goes back, a number "
			  "to that question, a dot leaves it as a draft: "),
			false, &line) != 0 ||
		    plain_leaves(line.data))
			r = ANSWER_LEAVE;
		else if (line.len == 0 || strcmp(line.data, ":save") == 0)
			r = ANSWER_SAVE;
		else if (strcmp(line.data, "<") == 0) {
			*at = before(f, f->n);
			r = ANSWER_BACK;
		} else if (by_number(f, line.data) < f->n) {
			*at = by_number(f, line.data);
			r = ANSWER_BACK;
		} else
			io->say(io->arg, _("That is none of these."));
	}
	buf_done(&line);
	return r;
}

static enum form_result
ask_all(struct form *f, const struct plain_io *io, size_t from,
    struct plain_run *run)
{
	size_t back;

	for (size_t i = from; i < f->n || run->last;) {
		if (i >= f->n) {
			switch (ask_end(f, io, &i)) {
			case ANSWER_LEAVE:
				return FORM_CANCEL;
			case ANSWER_SAVE:
				run->at_end = true;
				return FORM_SAVE;
			default:
				continue;
			}
		}
		if (!form_answerable(f, i)) {
			if (form_is_shown(f, i) &&
			    form_widget(f->fields[i].type) == WIDGET_NONE) {
				plain_text(io, form_tr(f->fields[i].label));
				plain_text(io, form_words(f, i));
			}
			i++;
			continue;
		}
		switch (ask_field(f, io, i)) {
		case ANSWER_LEAVE:
			return FORM_CANCEL;
		case ANSWER_BACK:
			back = before(f, i);
			if (back == i && !run->first)
				return FORM_MOVED;
			i = back;
			break;
		case ANSWER_SAVE:
			run->save = true;
			return FORM_SAVE;
		case ANSWER_NEXT:
			i++;
			break;
		default:
			break;
		}
	}
	return FORM_SAVE;
}

/* Where what is wrong was said already: there; else from its first field. */
static size_t
begin(const struct form *f, const struct plain_run *run)
{
	for (size_t i = 0; i < f->n; i++)
		if (form_answerable(f, i) && f->slots[i].message.len > 0)
			return i;
	return run->at_end ? f->n : 0;
}

enum form_result
plain_run_form(struct form *f, const struct plain_io *io, struct plain_run *run)
{
	size_t from = begin(f, run);

	for (;;) {
		struct err e = { 0 };
		enum form_result r;

		run->at_end = run->save = false;
		r = ask_all(f, io, from, run);
		if (r != FORM_SAVE || form_check(f, &e) == 0)
			return r;
		/* Back to the first field that is not right. */
		plain_text(io, e.text);
		from = f->focus;
	}
}
