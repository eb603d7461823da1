/* SPDX-License-Identifier: ISC */
#include "screening_look.h"

#include <string.h>

#include "ui/wrap.h"

/* Below the list: the answer, the words, a note, and about absence. */
#define ITEM_TALL 5

const struct list_column screening_columns[SCREENING_COLUMNS] = {
	{ .title = N_("Now"), .min = 6, .ideal = 6, .mark = true },
	{ .title = N_("Before"), .min = 6, .ideal = 6, .priority = 2 },
	{ .title = N_("Source"), .min = 6, .ideal = 7, .priority = 1 },
	{ .title = N_("Indicator"), .min = 20, .ideal = 60, .grow = true },
};

static const char *
source_short(const char *code)
{
	static const char *const table[][2] = { { "person", N_("said") },
		{ "worker_saw", N_("seen") }, { "third_party", N_("others") },
		{ "document", N_("paper") } };

	for (size_t i = 0; i < 4; i++)
		if (strcmp(table[i][0], code) == 0)
			return _(table[i][1]);
	return "";
}

size_t
screening_count(const void *ctx)
{
	const struct screening_state *s = ctx;

	return s->n_lines;
}

const char *
screening_heading(const void *ctx, size_t i)
{
	const struct screening_state *s = ctx;

	return s->lines[i].group;
}

void
screening_cell(const void *ctx, size_t i, size_t c, struct list_cell *out)
{
	const struct screening_state *s = ctx;
	const struct screening_item *it = &s->items[s->lines[i].item];

	out->style = EL_TEXT;
	switch (c) {
	case 0:
		out->text = screening_answer_short(it->state);
		break;
	case 1:
		out->text =
		    s->compare ? screening_answer_short(it->before) : "";
		break;
	case 2:
		out->text = it->note[0] != '\0' && it->source[0] == '\0'
				? "*"
				: source_short(it->source);
		break;
	default:
		out->text = it->indicator->text;
	}
}

static const char *
how_words(enum elicit e)
{
	switch (e) {
	case ELICIT_OBSERVE:
		return _("notice");
	case ELICIT_LISTEN:
		return _("listen, do not ask");
	case ELICIT_MAY_ASK:
		return _("may ask, alone");
	case ELICIT_NEVER_ASK:
		break;
	}
	return _("never ask");
}

/* The words of an indicator in full, or what of them these rows hold. */
static void
draw_words(struct canvas *c, int row, int rows, const char *text)
{
	size_t len = strlen(text), at = 0;

	for (int i = 0; i < rows && at < len; i++) {
		struct wrap_line w =
		    wrap_next(text + at, len - at, c->cols - 2);

		if (i == rows - 1) /* the rest, cut with an ellipsis */
			w.len = len - at;
		while (w.len > 0 && text[at + w.len - 1] == ' ')
			w.len--;
		canvas_textn(c, row + i, 1, -1, EL_DIM, text + at, w.len);
		at += w.next;
	}
}

static void
draw_item(const struct view *v, struct canvas *c)
{
	struct screening_state *s = v->state;
	const struct screening_item *it = screening_state_current(s);
	bool tall = c->rows >= ITEM_TALL;

	if (it != NULL) {
		const struct indicator *in = it->indicator;

		canvas_printf(c, 0, 1, -1, EL_LABEL, "%s · %s%s%s",
		    screening_answer(it->state), how_words(in->elicit),
		    in->caution[0] != '\0' ? " · " : "", in->caution);
		if (tall || it->note[0] == '\0')
			draw_words(c, 1, tall ? 2 : 1, in->text);
		if (it->note[0] != '\0')
			canvas_printf(c, tall ? 3 : 1, 1, -1, EL_VALUE,
			    "\"%s\"", it->note);
	}
	if (c->rows > 1)
		canvas_text(
		    c, c->rows - 1, 1, -1, EL_DIM, app_society(v)->absence);
}

void
screening_draw(const struct view *v, struct canvas *c)
{
	struct screening_state *s = v->state;
	int below = c->rows >= 18 ? ITEM_TALL : c->rows > 10 ? 3 : 1;
	struct canvas rows = canvas_view(c, 1, 0, c->rows - 1 - below, c->cols);
	struct canvas item = canvas_view(c, c->rows - below, 0, below, c->cols);

	if (filter_active(&s->filter) || s->filter.typing)
		filter_draw(&s->filter, c, 0, (long)s->n_lines, (long)s->n);
	else if (s->read_only)
		canvas_text(c, 0, 1, -1, EL_TEXT, s->head);
	else
		canvas_printf(c, 0, 1, -1, EL_TEXT,
		    _("%s · %zu of %zu looked "
		      "at · F finishes"),
		    s->catalogue->title, screening_state_looked(s), s->n);
	list_draw(&s->list, &rows);
	draw_item(v, &item);
}
