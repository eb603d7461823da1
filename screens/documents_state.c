/* SPDX-License-Identifier: ISC */
/* The rows, the words and the way out of the screen of documents. */
#include <string.h>

#include "document_words.h"
#include "documents_inside.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/consent.h"

static const struct list_column columns[] = {
	{ .title = N_("Title"),
	    .min = 22,
	    .ideal = 34,
	    .mark = true,
	    .grow = true },
	{ .title = N_("Kind"), .min = 8, .ideal = 16, .priority = 1 },
	{ .title = N_("Size"), .min = 7, .ideal = 8, .priority = 3 },
	{ .title = N_("Added"), .min = 6, .ideal = 11, .priority = 2 },
};

const struct document *
documents_current(const struct view *v)
{
	const struct documents_state *s = v->state;
	size_t row;

	return s->reveal.shown && list_current(&s->list, &row)
		   ? &s->docs.list[row]
		   : NULL;
}

/* --- rows ----------------------------------------------------------------- */

static size_t
count(const void *ctx)
{
	const struct documents_state *s = ((const struct view *)ctx)->state;

	return s->docs.n;
}

static void
cell(const void *ctx, size_t i, size_t column, struct list_cell *out)
{
	const struct view *v = ctx;
	/* The words of a cell are made where the list looks for them. */
	struct documents_state *s = v->state;
	const struct document *d = &s->docs.list[i];

	out->style = d->removed || d->corrected ? EL_DIM : EL_TEXT;
	out->text = s->cell;
	switch (column) {
	case 0:
		if (d->removed)
			out->text = _("(removed)");
		else
			out->text = d->title;
		break;
	case 1:
		out->text = d->removed ? "" : document_kind_words(d->kind);
		break;
	case 2:
		document_size_words(d->size, s->cell, sizeof(s->cell));
		break;
	default:
		clock_short(d->at, app_now(v), s->cell, sizeof(s->cell));
		break;
	}
}

int
documents_load(struct view *v, struct err *err)
{
	struct documents_state *s = v->state;

	arena_reset(&s->arena);
	s->docs = (struct documents){ .n = 0 };
	if (document_list(app_session(v), v->route.case_uid, s->reveal.reason,
		&s->arena, &s->docs, err) != 0)
		return -1;
	list_reload(&s->list);
	return 0;
}

void
documents_stop_reading(struct documents_state *s)
{
	text_replace(&s->text, NULL, 0);
	arena_reset(&s->words);
	s->reading = false;
}

/* --- reading --------------------------------------------------------------- */

void
documents_read(struct view *v, struct err *err)
{
	struct documents_state *s = v->state;
	const struct document *d = documents_current(v);
	const char *text;
	bool more;

	if (d == NULL)
		return;
	if (d->removed) {
		app_say(
		    v, _("Removed by %s: %s"), d->removed_by, d->removed_why);
		return;
	}
	documents_stop_reading(s);
	if (document_text(app_session(v), v->route.case_uid, d->uid,
		s->reveal.reason, &s->words, &text, &more, err) != 0)
		return;
	s->part[0] =
	    (struct text_part){ .style = EL_VALUE, .indent = 1, .text = text };
	s->part[1] = (struct text_part){ .style = EL_WARNING,
		.indent = 1,
		.text = _("It is longer; only the first 256 kB are shown.") };
	text_replace(&s->text, s->part, more ? 2 : 1);
	s->text.top = 0;
	s->reading = true;
}

/* --- handing out ------------------------------------------------------------ */

void
documents_ask_consent(struct view *v, struct err *err)
{
	const struct society *society = app_society(v);
	struct consents all = { .n = 0 };
	struct ask_choice *choices;
	struct documents_state *s = v->state;
	size_t n = 0;
	char hex[33];

	if (consent_list(app_session(v), v->route.case_uid, false, &s->arena,
		&all, err) != 0)
		return;
	choices = arena_alloc(&v->arena, all.n + 1, sizeof(*choices));
	for (size_t i = 0; i < all.n; i++) {
		const struct consent *c = &all.list[i];
		const struct recipient *r =
		    society_recipient(society, c->recipient);

		if (strcmp(c->state, "given") != 0 || r == NULL ||
		    !uid_eq(&c->case_uid, &v->route.case_uid))
			continue;
		uid_hex(&c->uid, hex);
		choices[n++] = (struct ask_choice){
			.value = arena_str(&v->arena, hex),
			.label = arena_printf(&v->arena, "%s: %s", r->name,
			    label_of(&society->purposes, c->purpose)),
		};
	}
	if (n == 0) {
		(void)err_set(err, ERR_DENIED,
		    _("The person agreed to no recipient. Ask them first: c "
		      "on the case records it."));
		return;
	}
	app_ask(v, &(const struct ask){ .kind = ASK_CHOICE,
		       .id = ASK_CONSENT_ROW,
		       .title = N_("To whom does it go?"),
		       .text = N_("Only what the person agreed to leaves, and "
				  "it is recorded."),
		       .choices = choices,
		       .n_choices = n });
}

void
documents_hand_out(struct view *v, const char *path, struct err *err)
{
	struct documents_state *s = v->state;
	const struct document *d = documents_current(v);

	if (d == NULL) {
		app_say(v, _("It was hidden meanwhile: nothing was handed "
			     "out. Enter opens the list again."));
		return;
	}
	if (document_extract(app_session(v), v->route.case_uid, d->uid,
		s->consent, path, err) != 0)
		return;
	app_say(v, _("Handed out and recorded. The file is not encrypted any "
		     "more: look after it."));
}

void
documents_init(struct view *v)
{
	const struct list_source source = {
		.ctx = v, .count = count, .cell = cell
	};
	struct documents_state *s = v->state;

	arena_init(&s->arena);
	arena_init(&s->words);
	text_init(&s->text, NULL, 0);
	list_init(
	    &s->list, columns, sizeof(columns) / sizeof(columns[0]), &source);
	s->list.empty = N_("No document is kept. Keep only what is needed to "
			   "help: a adds one.");
}
