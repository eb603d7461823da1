/* SPDX-License-Identifier: ISC */
/* Checks, changes and drafts. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/id.h"
#include "base/utf8.h"
#include "ui/form_impl.h"

#define DRAFT_MAGIC 0xd5
#define DRAFT_VERSION 1
#define DRAFT_MOST 4096 /* fields; no form has as many */
#define PHONE_DIGITS 3 /* the shortest emergency numbers */

static int
check_phone(const char *v, struct err *e)
{
	size_t digits = 0;

	for (const char *p = v; *p != '\0'; p++) {
		if (*p >= '0' && *p <= '9')
			digits++;
		else if (strchr("+-()/. #*", *p) == NULL)
			return err_set(e, ERR_INPUT,
			    _("A phone number has digits, spaces and + - ( ) "
			      "/ only. Write other words in a note."));
	}
	if (digits < PHONE_DIGITS)
		return err_set(
		    e, ERR_INPUT, _("This is too short for a phone number."));
	return 0;
}

static int
check_code(struct form_slot *s, struct err *e)
{
	char code[CODE_SIZE];

	if (code_parse(s->now.data, code) != 0)
		return err_set(e, ERR_INPUT,
		    _("This is no case code, or a character is wrong. Check "
		      "it against the paper; it looks like 7KQ-M4X-T."));
	if (edit_set(&s->edit, code, e) != 0)
		return -1;
	buf_clear(&s->now);
	buf_add_str(&s->now, code);
	return 0;
}

static int
check_number(const struct form_field *d, const char *v, struct err *e)
{
	char *end;
	long long n;

	errno = 0;
	n = strtoll(v, &end, 10);
	if (errno != 0 || *end != '\0' || end == v)
		return err_set(e, ERR_INPUT, _("Write a whole number."));
	if ((d->least != 0 || d->most != 0) && (n < d->least || n > d->most))
		return err_set(e, ERR_INPUT,
		    _("Write a number from %lld to %lld."), (long long)d->least,
		    (long long)d->most);
	return 0;
}

static int
check_value(struct form *f, size_t i, struct err *e)
{
	const struct form_field *d = &f->fields[i];
	struct form_slot *s = &f->slots[i];
	struct buf unused;
	int rc = 0;

	switch (d->type) {
	case FORM_DATE:
		buf_init(&unused);
		rc = datefield_value(&s->date, &unused, e);
		buf_done(&unused);
		break;
	case FORM_PHONE:
		rc = check_phone(s->now.data, e);
		break;
	case FORM_CODE:
		rc = check_code(s, e);
		break;
	case FORM_NUMBER:
		rc = check_number(d, s->now.data, e);
		break;
	default:
		break;
	}
	if (rc == 0 && d->check != NULL)
		rc = d->check(
		    f->ctx, f->values, form_value(f->values, d->id), e);
	return rc;
}

int
form_check_field(struct form *f, size_t i, bool all, struct err *e)
{
	struct buf *message = &f->slots[i].message;
	struct err own;
	int rc = 0;

	if (!form_answerable(f, i))
		return 0;
	err_clear(&own);
	if (form_answered(f, i))
		rc = check_value(f, i, &own);
	else if (all && (f->fields[i].flags & FORM_REQUIRED))
		rc = err_set(&own, ERR_INPUT,
		    _("This is needed before the form can be saved."));
	buf_clear(message);
	if (rc != 0) {
		buf_add_str(message, own.text);
		if (e != NULL)
			*e = own;
	}
	return rc;
}

int
form_check(struct form *f, struct err *e)
{
	size_t first = f->n;

	for (size_t i = 0; i < f->n; i++) {
		if (form_check_field(f, i, true, first == f->n ? e : NULL) !=
			0 &&
		    first == f->n)
			first = i;
	}
	if (first == f->n)
		return 0;
	f->focus = first;
	return -1;
}

void
form_message(struct form *f, const char *id, const char *text)
{
	size_t i = form_index(f, id);

	if (i == f->n)
		return;
	buf_clear(&f->slots[i].message);
	if (text != NULL)
		buf_add_str(&f->slots[i].message, text);
}

/* --- changes -------------------------------------------------------------- */

static bool
differs(const struct form *f, size_t i)
{
	const struct form_slot *s = &f->slots[i];

	return f->fields[i].type != FORM_SECRET &&
	       (s->now.len != s->stored.len ||
		   memcmp(s->now.data, s->stored.data, s->now.len) != 0);
}

bool
form_dirty(const struct form *f)
{
	for (size_t i = 0; i < f->n; i++) {
		if (differs(f, i))
			return true;
	}
	return false;
}

bool
form_next_change(const struct form *f, size_t *at, struct form_change *c)
{
	for (; *at < f->n; (*at)++) {
		size_t i = *at;

		if (!differs(f, i))
			continue;
		*c = (struct form_change){ .field = &f->fields[i],
			.old_value = f->slots[i].stored.data,
			.new_value = f->slots[i].now.data,
			.shown = form_is_shown(f, i) };
		(*at)++;
		return true;
	}
	return false;
}

/* --- drafts --------------------------------------------------------------- */

static bool
drafted(const struct form *f, size_t i, bool all)
{
	const struct form_field *field = &f->fields[i];

	return differs(f, i) ||
	       (all && form_widget(field->type) != WIDGET_NONE &&
		   field->type != FORM_SECRET);
}

static void
draft_write(const struct form *f, bool all, struct buf *out)
{
	uint32_t n = 0;
	const char *focus = f->focus < f->n ? f->fields[f->focus].id : "";

	for (size_t i = 0; i < f->n; i++)
		n += drafted(f, i, all);
	buf_add_u8(out, DRAFT_MAGIC);
	buf_add_u8(out, DRAFT_VERSION);
	buf_add_bytes(out, focus, strlen(focus));
	buf_add_u32(out, n);
	for (size_t i = 0; i < f->n; i++) {
		if (!drafted(f, i, all))
			continue;
		buf_add_bytes(out, f->fields[i].id, strlen(f->fields[i].id));
		buf_add_bytes(out, f->slots[i].now.data, f->slots[i].now.len);
	}
}

void
form_draft_write(const struct form *f, struct buf *out)
{
	draft_write(f, false, out);
}

void
form_draft_write_all(const struct form *f, struct buf *out)
{
	draft_write(f, true, out);
}

void
form_draft_values(const struct form_value *values, size_t n, struct buf *out)
{
	uint32_t said = 0;

	for (size_t i = 0; i < n; i++)
		said += values[i].value[0] != '\0';
	buf_add_u8(out, DRAFT_MAGIC);
	buf_add_u8(out, DRAFT_VERSION);
	buf_add_bytes(out, "", 0);
	buf_add_u32(out, said);
	for (size_t i = 0; i < n; i++) {
		const struct form_value *v = &values[i];

		if (v->value[0] == '\0')
			continue;
		buf_add_bytes(out, v->id, strlen(v->id));
		buf_add_bytes(out, v->value, strlen(v->value));
	}
}

/* A string of a draft as C text: valid, without NUL. */
static int
read_text(struct reader *r, struct buf *out)
{
	const uint8_t *p;
	size_t n;

	buf_clear(out);
	if (reader_bytes(r, &p, &n) != 0)
		return -1;
	if (n > 0 &&
	    (memchr(p, 0, n) != NULL || !utf8_valid((const char *)p, n)))
		return -1;
	buf_add(out, p, n);
	return 0;
}

/* One pass over the values; with f they are set, without only checked. */
static int
read_values(struct reader *r, struct form *f)
{
	struct buf id, value;
	uint32_t n;
	int rc = -1;

	buf_init(&id);
	buf_init(&value);
	if (reader_u32(r, &n) != 0 || n > DRAFT_MOST)
		goto out;
	while (n-- > 0) {
		size_t i;

		if (read_text(r, &id) != 0 || read_text(r, &value) != 0)
			goto out;
		if (f == NULL)
			continue;
		i = form_index(f, id.data);
		if (i < f->n && f->fields[i].type != FORM_SECRET)
			form_set(f, id.data, value.data);
	}
	rc = r->left == 0 ? 0 : -1;
out:
	buf_done(&id);
	buf_done(&value);
	return rc;
}

int
form_draft_read(struct form *f, const void *p, size_t n, struct err *e)
{
	struct reader r, values;
	uint8_t magic = 0, version = 0;
	struct buf focus;
	int rc = -1;

	buf_init(&focus);
	reader_init(&r, p, n);
	if (reader_u8(&r, &magic) == 0 && magic == DRAFT_MAGIC &&
	    reader_u8(&r, &version) == 0 && version > DRAFT_VERSION) {
		rc = err_set(e, ERR_VERSION,
		    _("This draft was written by a newer amparo. Open it "
		      "there."));
		goto out;
	}
	if (version != DRAFT_VERSION || read_text(&r, &focus) != 0)
		goto damaged;
	values = r;
	if (read_values(&values, NULL) != 0)
		goto damaged;
	rc = read_values(&r, f);
	(void)form_focus(f, focus.data);
	goto out;
damaged:
	rc = err_set(e, ERR_DAMAGED,
	    _("This draft cannot be read: some of it is missing."));
out:
	buf_done(&focus);
	return rc;
}
