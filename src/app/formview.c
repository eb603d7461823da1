/* SPDX-License-Identifier: ISC */
#include "app/formview_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/draft.h"

/* First byte of a form's draft.  From 2 on it says what it is about, from 3 on
 * the record it is based on. */
#define DRAFT_FORMAT 3

struct formview *
formview_state(struct view *v)
{
	return v->state;
}

struct formview *
formview_of(const struct view *v)
{
	/* form() hands out the view's own state, which drawing may change
	 * where widgets remember how far they are scrolled. */
	return v->screen->form((struct view *)v);
}

struct formview *
formview_init(struct view *v, const struct formview_use *use, void *ctx)
{
	struct formview *fv = formview_of(v);
	int64_t today = clock_day_of(app_now(v));

	fv->use = use;
	fv->then = NEXT_BACK;
	fv->forms = xcalloc(use->n_steps, sizeof(*fv->forms));
	for (size_t i = 0; i < use->n_steps; i++)
		form_init(&fv->forms[i], use->steps[i].fields, use->steps[i].n,
		    ctx, today);
	return fv;
}

void
formview_close(struct view *v)
{
	struct formview *fv = formview_of(v);

	if (fv == NULL || fv->forms == NULL)
		return; /* open() failed before it made them */
	for (size_t i = 0; i < fv->use->n_steps; i++)
		form_done(&fv->forms[i]);
	free(fv->forms);
	fv->forms = NULL;
}

/* --- values -------------------------------------------------------------------- */

const struct form_field *
formview_find(const struct formview *fv, const char *id, size_t *step)
{
	for (size_t i = 0; i < fv->use->n_steps; i++) {
		const struct formview_step *s = &fv->use->steps[i];

		for (size_t j = 0; j < s->n; j++)
			if (s->fields[j].id != NULL &&
			    strcmp(s->fields[j].id, id) == 0) {
				*step = i;
				return &s->fields[j];
			}
	}
	return NULL;
}

void
formview_load(struct formview *fv, const char *id, const char *value)
{
	size_t step;

	if (formview_find(fv, id, &step) != NULL)
		form_load(&fv->forms[step], id, value);
}

void
formview_set(struct formview *fv, const char *id, const char *value)
{
	size_t step;

	if (formview_find(fv, id, &step) != NULL)
		form_set(&fv->forms[step], id, value);
}

const char *
formview_get(const struct formview *fv, const char *id)
{
	size_t step;

	if (formview_find(fv, id, &step) == NULL ||
	    !form_counts(&fv->forms[step], id))
		return "";
	return form_get(&fv->forms[step], id);
}

bool
formview_is(const struct formview *fv, const char *id, const char *value)
{
	size_t step;

	return formview_find(fv, id, &step) != NULL &&
	       form_counts(&fv->forms[step], id) &&
	       form_is(&fv->forms[step], id, value);
}

static bool
step_shown(const struct view *v, const struct formview *fv, size_t i)
{
	const struct formview_step *s = &fv->use->steps[i];

	return s->shown == NULL || s->shown(v);
}

bool
formview_shown(const struct formview *fv, const char *id)
{
	size_t step;

	return formview_find(fv, id, &step) != NULL &&
	       form_shown(&fv->forms[step], id);
}

struct form *
formview_form(struct formview *fv)
{
	return &fv->forms[fv->step];
}

const char *
formview_label(const struct view *v, const char *id)
{
	size_t step;
	const struct form_field *f = formview_find(formview_of(v), id, &step);

	return f == NULL ? id : _(f->label);
}

size_t
formview_changes(struct view *v, const struct change **out)
{
	struct formview *fv = formview_of(v);
	struct change *list;
	size_t n = 0, max = 0;

	for (size_t i = 0; i < fv->use->n_steps; i++)
		max += fv->use->steps[i].n;
	list = arena_alloc(&v->arena, max + 1, sizeof(*list));
	for (size_t i = 0; i < fv->use->n_steps; i++) {
		struct form_change c;
		size_t at = 0;

		if (!step_shown(v, fv, i))
			continue;
		while (form_next_change(&fv->forms[i], &at, &c))
			if (c.shown)
				list[n++] =
				    (struct change){ .field = c.field->id,
					    .value = c.new_value };
	}
	*out = list;
	return n;
}

void
formview_note(struct view *v)
{
	const struct formview *fv = formview_of(v);

	v->dirty = false;
	for (size_t i = 0; i < fv->use->n_steps; i++)
		v->dirty |= form_dirty(&fv->forms[i]);
}

/* --- drafts -------------------------------------------------------------------- */

void
formview_draft(const struct view *v, struct buf *out)
{
	const struct formview *fv = formview_of(v);
	struct buf one;

	if (!v->dirty)
		return;
	buf_add_u8(out, DRAFT_FORMAT);
	buf_add_u64(out, (uint64_t)fv->rev);
	buf_add_bytes(out, fv->base.b, sizeof(fv->base.b));
	buf_add_u32(out, (uint32_t)fv->step);
	buf_add_u32(out, (uint32_t)fv->use->n_steps);
	buf_init(&one);
	for (size_t i = 0; i < fv->use->n_steps; i++) {
		buf_clear(&one);
		if (fv->whole)
			form_draft_write_all(&fv->forms[i], &one);
		else
			form_draft_write(&fv->forms[i], &one);
		buf_add_bytes(out, one.data, one.len);
	}
	buf_done(&one);
	/* What it is about: an entry put right, a plan, a kind. */
	buf_add_bytes(out, v->route.record.b, sizeof(v->route.record.b));
	buf_add_u32(out, (uint32_t)v->route.arg);
}

struct draft_head {
	uint8_t format;
	uint64_t rev;
	struct uid base;
	uint32_t step, n; /* forms that follow */
};

/* Which record it is based on; one that does not say is based on none, so that
 * nothing is written over unasked. */
static int
read_base(struct reader *r, struct draft_head *h)
{
	const uint8_t *p;
	size_t len;

	if (h->format < 3)
		return 0;
	if (reader_bytes(r, &p, &len) < 0 || len != sizeof(h->base.b))
		return -1;
	memcpy(h->base.b, p, len);
	return 0;
}

/* The reader then stands behind it. */
static int
read_head(struct reader *r, struct draft_head *h)
{
	return reader_u8(r, &h->format) < 0 || h->format < 1 ||
		       h->format > DRAFT_FORMAT || reader_u64(r, &h->rev) < 0 ||
		       read_base(r, h) < 0 || reader_u32(r, &h->step) < 0 ||
		       reader_u32(r, &h->n) < 0
		   ? -1
		   : 0;
}

/* Behind the forms: what it is about.  The first format did not say. */
static int
read_about(struct reader *r, const struct draft_head *h, struct route *route)
{
	const uint8_t *p;
	uint32_t arg;
	size_t len;

	if (h->format == 1)
		return 0;
	if (reader_bytes(r, &p, &len) < 0 || reader_u32(r, &arg) < 0 ||
	    len != sizeof(route->record.b))
		return -1;
	memcpy(route->record.b, p, len);
	route->arg = (int)arg;
	return 0;
}

void
formview_draft_about(const struct buf *from, struct route *route)
{
	struct draft_head h = { .format = 0 };
	struct reader r;
	const uint8_t *p;
	size_t len;

	reader_init(&r, from->data, from->len);
	if (read_head(&r, &h) == -1)
		return;
	for (uint32_t i = 0; i < h.n; i++)
		if (reader_bytes(&r, &p, &len) < 0)
			return;
	/* Where it is torn the form says so. */
	(void)read_about(&r, &h, route);
}

static int
unreadable(struct err *err)
{
	return err_set(
	    err, ERR_DAMAGED, _("This draft cannot be read any more"));
}

/* Based on no version yet. */
#define HANDED_ON UINT64_MAX

void
formview_hand_on(const struct form_value *values, size_t n, struct buf *out)
{
	static const struct uid nothing; /* it is about */
	struct buf one;

	buf_add_u8(out, DRAFT_FORMAT);
	buf_add_u64(out, HANDED_ON);
	buf_add_bytes(out, nothing.b, sizeof(nothing.b));
	buf_add_u32(out, 0);
	buf_add_u32(out, 1);
	buf_init(&one);
	form_draft_values(values, n, &one);
	buf_add_bytes(out, one.data, one.len);
	buf_done(&one);
	buf_add_bytes(out, nothing.b, sizeof(nothing.b));
	buf_add_u32(out, 0);
}

static int
read_draft(struct formview *fv, const struct buf *from, struct err *err)
{
	struct draft_head h = { .format = 0 };
	struct route about;
	struct reader r;

	reader_init(&r, from->data, from->len);
	if (read_head(&r, &h) == -1)
		return unreadable(err);
	for (uint32_t i = 0; i < h.n; i++) {
		const uint8_t *p;
		size_t len;

		if (reader_bytes(&r, &p, &len) < 0)
			return unreadable(err);
		/* A form of a later version may have fewer steps. */
		if (i < fv->use->n_steps &&
		    form_draft_read(&fv->forms[i], p, len, err) < 0)
			return -1;
	}
	if (read_about(&r, &h, &about) == -1)
		return unreadable(err);
	/* Based on what it was based on: the save finds what others changed
	 * meanwhile. */
	if (h.rev != HANDED_ON) {
		fv->rev = (int64_t)h.rev;
		fv->base = h.base;
	}
	fv->step = h.step < fv->use->n_steps ? h.step : 0;
	fv->furthest = fv->step;
	return 0;
}

int
formview_resume(struct view *v, struct err *err)
{
	struct formview *fv = formview_of(v);
	struct buf draft;
	int rc = 0;

	if (uid_null(&v->route.draft))
		return 0;
	buf_init(&draft);
	rc = draft_load(app_session(v), v->route.draft, &draft, err);
	if (rc == 0)
		rc = read_draft(fv, &draft, err);
	buf_done(&draft);
	if (rc == 0)
		formview_note(v);
	return rc;
}

/* --- steps ---------------------------------------------------------------------- */

/* What earlier steps say decides which fields show: the cursor starts on the
 * first of them, wherever the form thought that was when it was made. */
static void
focus_first(struct formview *fv)
{
	const struct formview_step *s = &fv->use->steps[fv->step];

	for (size_t i = 0; i < s->n; i++)
		if (s->fields[i].type != FORM_INFO &&
		    s->fields[i].type != FORM_HEADING &&
		    form_focus(&fv->forms[fv->step], s->fields[i].id))
			return;
}

void
formview_goto(struct view *v, size_t step)
{
	struct formview *fv = formview_of(v);

	if (step >= fv->use->n_steps)
		return;
	form_in_place(&fv->forms[step], formview_form(fv));
	fv->step = step;
	if (step > fv->furthest) {
		fv->furthest = step;
		focus_first(fv);
	}
}

/* The next shown step in a direction; the same one when there is none. */
static size_t
neighbour(const struct view *v, const struct formview *fv, int way)
{
	size_t i = fv->step;

	while (way > 0 ? i + 1 < fv->use->n_steps : i > 0) {
		i = way > 0 ? i + 1 : i - 1;
		if (step_shown(v, fv, i))
			return i;
	}
	return fv->step;
}

void
formview_go_on(struct view *v)
{
	formview_goto(v, neighbour(v, formview_of(v), 1));
}

bool
formview_last_step(const struct view *v)
{
	const struct formview *fv = formview_of(v);

	return neighbour(v, fv, 1) == fv->step;
}

bool
formview_first_step(const struct view *v)
{
	const struct formview *fv = formview_of(v);

	return neighbour(v, fv, -1) == fv->step;
}

static enum next
next_step(struct view *v, struct err *err)
{
	struct formview *fv = formview_of(v);
	size_t to = neighbour(v, fv, 1);
	int rc = 0;

	if (form_check(formview_form(fv), err) < 0)
		return NEXT_STAY;
	if (to == fv->step) {
		app_say(v, _("This is the last step; Ctrl-S saves"));
		return NEXT_STAY;
	}
	v->go = (struct route){ 0 };
	if (fv->use->leave != NULL)
		rc = fv->use->leave(v, fv->step, err);
	if (rc == 0)
		formview_goto(v, to);
	else if (rc < 0)
		formview_go_to_refused(v, err);
	return v->go.screen != NULL ? NEXT_GO : NEXT_STAY;
}

/* --- saving ---------------------------------------------------------------------- */

/* Every shown step is right; else the first one that is not opens. */
static int
check_all(struct view *v, struct formview *fv, struct err *err)
{
	for (size_t i = 0; i < fv->use->n_steps; i++) {
		if (!step_shown(v, fv, i) ||
		    form_check(&fv->forms[i], err) == 0)
			continue;
		formview_goto(v, i);
		return -1;
	}
	return 0;
}

enum next
formview_save(struct view *v, struct err *err)
{
	struct formview *fv = formview_of(v);
	int rc;

	if (check_all(v, fv, err) < 0)
		return NEXT_STAY;
	fv->conflicts = (struct conflicts){ 0 };
	rc = fv->use->save(v, err);
	if (rc < 0 && err->kind == ERR_CONFLICT && fv->conflicts.n > 0)
		formview_ask_conflicts(v, err);
	if (rc < 0)
		formview_go_to_refused(v, err);
	if (rc != 0)
		return NEXT_STAY;
	for (size_t i = 0; i < fv->use->n_steps; i++)
		form_saved(&fv->forms[i]);
	app_saved(v);
	if (fv->conflicts.n > 0)
		app_say(v, _("Saved, with what %s changed meanwhile."),
		    fv->conflicts.list[0].by);
	else
		app_say(v, "%s",
		    fv->said != NULL	     ? fv->said
		    : fv->use->saved == NULL ? _("Saved.")
					     : _(fv->use->saved));
	return fv->then;
}

/* --- keys ------------------------------------------------------------------------ */

bool
formview_typing(const struct view *v)
{
	(void)v;
	return true;
}

enum next
formview_act(struct view *v, enum action a, struct err *err)
{
	struct formview *fv = formview_of(v);

	switch (a) {
	case ACT_SAVE:
		return formview_save(v, err);
	case ACT_UNDO:
		if (!form_undo(formview_form(fv)))
			app_say(v, _("Nothing to undo in this field"));
		formview_note(v);
		return NEXT_STAY;
	case ACT_NEXT_STEP:
		return next_step(v, err);
	case ACT_PREVIOUS_STEP:
		formview_goto(v, neighbour(v, fv, -1));
		return NEXT_STAY;
	default:
		return NEXT_PASS;
	}
}

/* Enter after the last field: the next step, or how to save. */
static enum next
at_end(struct view *v, struct formview *fv, struct err *err)
{
	if (neighbour(v, fv, 1) != fv->step)
		return next_step(v, err);
	app_say(v, _("This is the last field; Ctrl-S saves"));
	return NEXT_STAY;
}

enum next
formview_key(struct view *v, const struct key *k, struct err *err)
{
	struct formview *fv = formview_of(v);
	enum form_result result = form_key(formview_form(fv), k, err);

	formview_note(v);
	switch (result) {
	case FORM_PASS:
		return NEXT_PASS;
	case FORM_STAY:
	case FORM_MOVED:
	case FORM_CHANGED:
		return NEXT_STAY;
	case FORM_END:
		return at_end(v, fv, err);
	case FORM_SAVE:
		return formview_save(v, err);
	case FORM_CANCEL:
		return NEXT_PASS; /* Esc and Ctrl-C are the router's */
	}
	return NEXT_STAY;
}

void
formview_title(const struct view *v, char *out, size_t size)
{
	const struct formview *fv = formview_of(v);
	const char *title = fv->use->steps[fv->step].title;
	size_t at = 0, all = 0;

	for (size_t i = 0; i < fv->use->n_steps; i++) {
		if (!step_shown(v, fv, i))
			continue;
		all++;
		at += i <= fv->step;
	}
	if (fv->use->n_steps == 1)
		snprintf(out, size, "%s", title == NULL ? "" : _(title));
	else
		snprintf(out, size, _("Step %zu of %zu: %s"), at, all,
		    title == NULL ? "" : _(title));
}

void
formview_draw(const struct view *v, struct canvas *c)
{
	struct formview *fv = formview_of(v);
	char title[160];

	formview_title(v, title, sizeof(title));
	form_draw(formview_form(fv), c, title[0] == '\0' ? NULL : title);
}
