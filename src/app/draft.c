/* SPDX-License-Identifier: ISC */
/* Typed words on their way into the encrypted draft. */
#include "store/draft.h"

#include <stdio.h>
#include <string.h>

#include "app/router_inside.h"
#include "base/clock.h"
#include "base/i18n.h"

static void
serialise(const struct view *v, struct buf *out)
{
	if (v->screen->draft != NULL)
		v->screen->draft(v, out);
	else if (v->screen->form != NULL)
		formview_draft(v, out);
}

static bool
same(const struct slot *s, const struct buf *now)
{
	return s->drafted && s->kept.len == now->len &&
	       memcmp(s->kept.data, now->data, now->len) == 0;
}

static int
save(struct slot *s, const struct buf *now, struct err *err)
{
	const struct view *v = &s->view;
	struct draft d = { .screen = v->screen->name,
		.case_uid = v->route.case_uid,
		.changed_at = v->app->turn };

	if (uid_null(&s->draft))
		s->draft = uid_new();
	d.uid = s->draft;
	memcpy(d.code, v->route.code, sizeof(d.code));
	return draft_save(v->app->session, &d, now->data, now->len, err);
}

bool
draft_refused(const struct router *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->slots[i]->refused || r->slots[i]->over.line.refused)
			return true;
	return false;
}

/* After a crash the next session tells from it what became of the words. */
static void
set_refused(struct router *r, struct slot *s, bool refused)
{
	s->refused = refused;
	r->app->now->unkept = draft_refused(r);
}

/* What happened, and what it means for the words: only here is it known. */
static int
not_kept(struct err *err)
{
	struct err why = *err;

	return err_set(err, why.kind, "%s %s", why.text,
	    _("What you typed is not kept as a draft yet: leave this open, it "
	      "is tried again."));
}

/* The draft that was kept is none any more. */
static int
drop(struct router *r, struct slot *s, struct err *err)
{
	if (!s->drafted)
		return 0;
	if (draft_drop(r->app->session, s->draft, err) < 0)
		return -1;
	s->drafted = false;
	/* What is typed from here on is another draft. */
	s->draft = (struct uid){ 0 };
	buf_clear(&s->kept);
	return 0;
}

static int
keep_view(struct router *r, struct slot *s, struct err *err)
{
	struct buf now;
	int rc = 0;

	if (r->app->session == NULL || !s->view.dirty) {
		s->touched = false;
		set_refused(r, s, false);
		return 0;
	}
	buf_init(&now);
	serialise(&s->view, &now);
	/* All of it was taken back again: nothing of it is kept either. */
	if (now.len == 0)
		rc = drop(r, s, err);
	if (now.len == 0 || same(s, &now)) {
		s->touched = false;
		set_refused(r, s, false);
		goto out;
	}
	if (save(s, &now, err) < 0) {
		s->touched = true; /* to be tried again */
		set_refused(r, s, true);
		rc = not_kept(err);
		goto out;
	}
	s->drafted = true;
	s->touched = false;
	set_refused(r, s, false);
	buf_clear(&s->kept);
	buf_add(&s->kept, now.data, now.len);
out:
	buf_done(&now);
	return rc;
}

int
draft_keep(struct router *r, struct slot *s, struct err *err)
{
	struct err line = { 0 };
	int rc = keep_view(r, s, err);

	if (draft_line_keep(r, s, &line) < 0) {
		*err = line;
		rc = not_kept(err);
	}
	r->app->now->unkept = draft_refused(r);
	return rc;
}

void
draft_said(struct router *r, struct slot *s, const struct err *said)
{
	struct err err = *said, why = { 0 };
	char text[sizeof(r->message)];

	if (said->kind != ERR_FULL || !s->view.dirty) {
		router_show_err(r, said);
	} else if (draft_keep(r, s, &why) < 0) {
		(void)not_kept(&err);
		router_show_err(r, &err);
	} else if (!s->drafted) {
		router_show_err(r, said);
	} else {
		snprintf(text, sizeof(text), "%s %s", said->text,
		    _("What you typed is kept as a draft."));
		router_say(r, text);
	}
}

void
draft_about(struct router *r, struct view *v)
{
	struct err err = { 0 };
	struct buf draft;

	if (uid_null(&v->route.draft) || r->app->session == NULL)
		return;
	buf_init(&draft);
	/* What is wrong with it the screen says when it takes it up. */
	if (draft_load(r->app->session, v->route.draft, &draft, &err) < 0)
		;
	else if (draft_line_about(&draft, &v->route))
		router_say(r,
		    _("You were typing an answer here. Ask for it again: your "
		      "words are there."));
	else if (v->screen->form != NULL && v->screen->draft == NULL)
		formview_draft_about(&draft, &v->route);
	buf_done(&draft);
}

/* Is a view on the stack the one it was typed in? */
static bool
open_already(const struct router *r, struct uid draft)
{
	for (size_t i = 0; i < r->n; i++)
		if (uid_eq(&r->slots[i]->draft, &draft))
			return true;
	return false;
}

/* A form goes on with what is about the same record and kind. */
static bool
form_goes_on(const struct view *v, const struct buf *draft)
{
	struct route about = { .arg = v->route.arg };

	formview_draft_about(draft, &about);
	return uid_eq(&about.record, &v->route.record) &&
	       about.arg == v->route.arg;
}

static bool
goes_on(struct router *r, const struct view *v, struct uid uid)
{
	bool (*asked)(const struct view *, const struct buf *) =
	    v->screen->draft != NULL ? v->screen->goes_on : form_goes_on;
	struct err err = { 0 };
	struct buf draft;
	bool same;

	if (asked == NULL)
		return false;
	buf_init(&draft);
	same = draft_load(r->app->session, uid, &draft, &err) == 0 &&
	       !draft_is_line(&draft) && asked(v, &draft);
	buf_done(&draft);
	return same;
}

static const struct draft *
waiting(struct router *r, const struct view *v, const struct drafts *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct draft *d = &all->list[i];

		if (strcmp(d->screen, v->screen->name) == 0 &&
		    uid_eq(&d->case_uid, &v->route.case_uid) &&
		    !open_already(r, d->uid) && goes_on(r, v, d->uid))
			return d;
	}
	return NULL;
}

void
draft_offer(struct router *r, struct slot *s)
{
	static const struct ask_choice choices[] = {
		{ "on", N_("Go on with it"), NULL },
		{ "new", N_("Begin anew; it stays under D"), NULL },
		{ "on", N_("Go on with it"), NULL },
	};
	struct view *v = &s->view;
	/* Without a case it can be about somebody else: whoever answers from
	 * habit begins anew, and nothing is lost. */
	bool anybody = uid_null(&v->route.case_uid);
	struct ask ask = { .kind = ASK_CHOICE,
		.title = N_("A draft of this waits"),
		.choices = choices + anybody,
		.n_choices = 2,
		.initial = anybody ? "new" : "on" };
	struct drafts all = { 0 };
	struct err err = { 0 };
	const struct draft *d;
	char when[24];

	if ((v->screen->form == NULL && v->screen->draft == NULL) ||
	    r->app->session == NULL || !uid_null(&v->route.draft) || v->dirty ||
	    s->over.kind != OVER_NONE)
		return;
	/* Where they cannot be read the list of drafts says why. */
	if (draft_list(r->app->session, &v->arena, &all, &err) < 0 ||
	    (d = waiting(r, v, &all)) == NULL)
		return;
	s->waiting = d->uid;
	(void)clock_short(d->changed_at, r->app->turn, when, sizeof(when));
	ask.text = arena_printf(&v->arena,
	    _("You were writing this and have not saved it: %s."), when);
	overlay_ask(s, OVER_DRAFT, &ask);
}

int
draft_forget(struct router *r, struct slot *s, struct err *err)
{
	s->view.dirty = false;
	s->touched = false;
	set_refused(r, s, false);
	return r->app->session == NULL ? 0 : drop(r, s, err);
}

int
router_save_drafts(struct router *r, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct err one = { 0 };

		if (draft_keep(r, r->slots[i], &one) == 0)
			continue;
		*err = one;
		rc = -1;
	}
	return rc;
}

void
router_last_drafts(struct router *r)
{
	struct err err = { 0 };

	if (router_save_drafts(r, &err) < 0)
		err_clear(&err);
}

bool
router_unsaved(struct router *r)
{
	for (size_t i = 0; i < r->n; i++)
		if ((r->slots[i]->touched && r->slots[i]->view.dirty) ||
		    draft_line_waits(r->slots[i]))
			return true;
	return false;
}
