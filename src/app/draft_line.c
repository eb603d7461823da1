/* SPDX-License-Identifier: ISC */
/*
 * What is being typed as the answer to a question (ask.keeps), as a draft of
 * its own: the question cannot be put by itself, for it is about what somebody
 * did on the screen before it.  So the words wait, and are back when it is
 * asked again about the same.
 */
#include "store/draft.h"

#include <stdio.h>
#include <string.h>

#include "app/router_inside.h"
#include "base/i18n.h"

/* First byte; a form's draft begins with its version, which is small. */
#define LINE_FORMAT 0xa1

struct line_words {
	uint32_t id, arg;
	struct uid about, record;
	const uint8_t *text;
	size_t len;
	struct uid key; /* null: none, in a draft of before there was one */
};

static int
read_uid(struct reader *r, struct uid *uid)
{
	const uint8_t *p;
	size_t len;

	if (reader_bytes(r, &p, &len) < 0 || len != sizeof(uid->b))
		return -1;
	memcpy(uid->b, p, len);
	return 0;
}

/* -1: it is no line. */
static int
read_line(const struct buf *draft, struct line_words *w)
{
	struct reader r;
	uint8_t format;

	reader_init(&r, draft->data, draft->len);
	if (reader_u8(&r, &format) < 0 || format != LINE_FORMAT ||
	    reader_u32(&r, &w->id) < 0 || read_uid(&r, &w->about) < 0 ||
	    read_uid(&r, &w->record) < 0 || reader_u32(&r, &w->arg) < 0 ||
	    reader_bytes(&r, &w->text, &w->len) < 0)
		return -1;
	if (read_uid(&r, &w->key) < 0)
		w->key = (struct uid){ 0 };
	return 0;
}

bool
draft_is_line(const struct buf *draft)
{
	struct line_words w;

	return read_line(draft, &w) == 0;
}

bool
draft_line_about(const struct buf *draft, struct route *route)
{
	struct line_words w;

	if (read_line(draft, &w) == -1)
		return false;
	route->record = w.record;
	route->arg = (int)w.arg;
	route->draft = (struct uid){ 0 };
	return true;
}

/* The words in the question now; NULL where they are not kept. */
static const char *
words_of(const struct slot *s)
{
	const struct overlay *o = &s->over;

	return o->kind == OVER_ASK && o->ask.kind == ASK_LINE && o->ask.keeps
		   ? dialog_value(&o->dialog)
		   : NULL;
}

static bool
same(const struct buf *b, const char *words)
{
	return b->len == strlen(words) && memcmp(b->data, words, b->len) == 0;
}

bool
draft_line_waits(const struct slot *s)
{
	const struct line_draft *l = &s->over.line;
	const char *words = words_of(s);

	return words != NULL && !same(l->drafted ? &l->kept : &l->base, words);
}

static int
drop(struct router *r, struct line_draft *l, struct err *err)
{
	l->refused = false;
	if (!l->drafted)
		return 0;
	if (draft_drop(r->app->session, l->uid, err) < 0)
		return -1;
	l->drafted = false;
	buf_clear(&l->kept);
	return 0;
}

/*
 * Words that come back may have been saved already, when nothing was left to
 * drop their draft: under their key they are saved once.  Other words under it
 * would be refused, so the key goes with the words, into the draft as well.
 */
struct uid
draft_line_key(struct line_draft *l, const char *words)
{
	if (uid_null(&l->key) || !same(&l->keyed, words)) {
		l->key = uid_new();
		buf_clear(&l->keyed);
		buf_add_str(&l->keyed, words);
	}
	return l->key;
}

static int
save(struct router *r, struct slot *s, const struct ask *ask,
    struct line_draft *l, const char *words, struct err *err)
{
	const struct view *v = &s->view;
	struct draft d = { .screen = v->screen->name,
		.case_uid = v->route.case_uid,
		.changed_at = r->app->turn };
	struct uid key = draft_line_key(l, words);
	struct buf b;
	int rc;

	if (uid_null(&l->uid))
		l->uid = uid_new();
	d.uid = l->uid;
	memcpy(d.code, v->route.code, sizeof(d.code));
	buf_init(&b);
	buf_add_u8(&b, LINE_FORMAT);
	buf_add_u32(&b, (uint32_t)ask->id);
	buf_add_bytes(&b, ask->about.b, sizeof(ask->about.b));
	buf_add_bytes(&b, v->route.record.b, sizeof(v->route.record.b));
	buf_add_u32(&b, (uint32_t)v->route.arg);
	buf_add_bytes(&b, words, strlen(words));
	buf_add_bytes(&b, key.b, sizeof(key.b));
	rc = draft_save(r->app->session, &d, b.data, b.len, err);
	buf_done(&b);
	l->refused = rc < 0;
	if (rc < 0)
		return -1;
	l->drafted = true;
	buf_clear(&l->kept);
	buf_add_str(&l->kept, words);
	return 0;
}

int
draft_line_keep(struct router *r, struct slot *s, struct err *err)
{
	struct line_draft *l = &s->over.line;
	const char *words = words_of(s);

	if (words == NULL || r->app->session == NULL)
		return 0;
	if (words[0] == '\0' || same(&l->base, words))
		return drop(r, l, err);
	if (l->drafted && same(&l->kept, words))
		return 0;
	return save(r, s, &s->over.ask, l, words, err);
}

int
draft_line_left(struct router *r, struct slot *s)
{
	struct err err = { 0 };

	if (draft_line_keep(r, s, &err) < 0) {
		router_show_err(r, &err);
		/* An emptied line may go, whatever became of its draft. */
		return s->over.line.refused ? -1 : 0;
	}
	if (s->over.line.drafted)
		router_say(r, _("What was typed is kept as a draft (D)"));
	return 0;
}

void
draft_line_answered(struct router *r, struct slot *s, const struct ask *ask,
    struct line_draft *l, const char *words, struct err *err)
{
	struct err why = { 0 };

	if (!ask->keeps || r->app->session == NULL)
		return;
	if (err->kind == ERR_NONE) {
		/* What cannot be dropped now is dropped later. */
		(void)drop(r, l, &why);
	} else if (words[0] != '\0' && save(r, s, ask, l, words, &why) == 0) {
		struct err said = *err;

		(void)err_set(err, said.kind, "%s %s", said.text,
		    _("What you typed is kept as a draft."));
	}
}

/* Are these the words of an answer to this question, about the same? */
static bool
answers(const struct slot *s, const struct buf *draft, struct line_words *w)
{
	const struct ask *ask = &s->over.ask;

	return read_line(draft, w) == 0 && w->id == (uint32_t)ask->id &&
	       uid_eq(&w->about, &ask->about) &&
	       uid_eq(&w->record, &s->view.route.record);
}

static void
put_back(struct slot *s, const struct draft *d, const struct line_words *w)
{
	struct line_draft *l = &s->over.line;

	buf_clear(&l->kept);
	buf_add(&l->kept, w->text, w->len);
	if (edit_set(&s->over.dialog.edit, l->kept.data, NULL) < 0) {
		buf_clear(&l->kept);
		return;
	}
	l->uid = d->uid;
	l->key = uid_null(&w->key) ? d->uid : w->key;
	buf_clear(&l->keyed);
	buf_add_str(&l->keyed, l->kept.data);
	l->drafted = true;
	(void)snprintf(s->over.dialog.message, sizeof(s->over.dialog.message),
	    "%s", _("You typed this before; it was not sent."));
}

void
draft_line_offer(struct router *r, struct slot *s)
{
	const struct view *v = &s->view;
	struct drafts all = { 0 };
	struct line_words w;
	struct buf draft;

	if (words_of(s) == NULL || r->app->session == NULL ||
	    draft_list(r->app->session, &s->view.arena, &all, NULL) < 0)
		return;
	buf_init(&draft);
	for (size_t i = 0; i < all.n; i++) {
		const struct draft *d = &all.list[i];

		buf_clear(&draft);
		if (strcmp(d->screen, v->screen->name) != 0 ||
		    !uid_eq(&d->case_uid, &v->route.case_uid) ||
		    draft_load(r->app->session, d->uid, &draft, NULL) < 0 ||
		    !answers(s, &draft, &w))
			continue;
		put_back(s, d, &w);
		break;
	}
	buf_done(&draft);
}
