/* SPDX-License-Identifier: ISC */
/* Typed words on their way into the encrypted draft. */
#include "store/draft.h"

#include <string.h>

#include "app/router_inside.h"
#include "base/i18n.h"

static int
serialise(const struct view *v, struct buf *out)
{
	if (v->screen->draft != NULL)
		return v->screen->draft(v, out);
	return v->screen->form != NULL ? formview_draft(v, out) : 0;
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

int
draft_keep(struct router *r, struct slot *s, struct err *err)
{
	struct buf now;
	int rc = 0;

	buf_init(&now);
	if (r->app->session == NULL || !s->view.dirty ||
	    serialise(&s->view, &now) == 0 || same(s, &now)) {
		s->touched = false;
		goto out;
	}
	if (save(s, &now, err) < 0) {
		s->touched = true; /* to be tried again */
		rc = -1;
		goto out;
	}
	s->drafted = true;
	s->touched = false;
	buf_clear(&s->kept);
	buf_add(&s->kept, now.data, now.len);
out:
	buf_done(&now);
	return rc;
}

void
draft_about(struct router *r, struct view *v)
{
	struct err err = { 0 };
	struct buf draft;

	if (uid_null(&v->route.draft) || v->screen->form == NULL ||
	    v->screen->draft != NULL || r->app->session == NULL)
		return;
	buf_init(&draft);
	/* What is wrong with it the form says when it takes it up. */
	if (draft_load(r->app->session, v->route.draft, &draft, &err) == 0)
		formview_draft_about(&draft, &v->route);
	buf_done(&draft);
}

int
draft_forget(struct router *r, struct slot *s, struct err *err)
{
	s->view.dirty = false;
	s->touched = false;
	if (!s->drafted || r->app->session == NULL)
		return 0;
	if (draft_drop(r->app->session, s->draft, err) < 0)
		return -1;
	s->drafted = false;
	/* What is typed from here on is another draft. */
	s->draft = (struct uid){ 0 };
	buf_clear(&s->kept);
	return 0;
}

int
router_save_drafts(struct router *r, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct err one = { 0 };

		if (draft_keep(r, r->slots[i], &one) == 0)
			continue;
		rc = err_set(err, one.kind,
		    _("What you typed is not kept as a draft yet: %s"),
		    one.text);
	}
	r->draft_failed = rc < 0;
	return rc;
}

bool
router_unsaved(struct router *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->slots[i]->touched && r->slots[i]->view.dirty)
			return true;
	return false;
}
