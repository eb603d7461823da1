/* SPDX-License-Identifier: ISC */
#include "screening_look.h"

#include <string.h>

#include "ui/wrap.h"

/* Below the list: the answer, the words, a note, and about absence. */
#define ITEM_TALL 5
/* From here on there is room for the keys above the list. */
#define KEYS_TALL 14
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum column { COL_NOW, COL_BEFORE, COL_SOURCE, COL_INDICATOR };
#define COLUMN_NOW                                                       \
	{                                                                \
		.title = N_("Now"), .min = 10, .ideal = 10, .mark = true \
	}
#define COLUMN_SOURCE                                                      \
	{                                                                  \
		.title = N_("Source"), .min = 6, .ideal = 7, .priority = 1 \
	}
#define COLUMN_INDICATOR                                                       \
	{                                                                      \
		.title = N_("Indicator"), .min = 20, .ideal = 60, .grow = true \
	}
/* The column of the snapshot before takes its room only when it is asked
 * for. */
static const struct list_column alone[] = { COLUMN_NOW, COLUMN_SOURCE,
	COLUMN_INDICATOR };
static const struct list_column beside[] = { COLUMN_NOW,
	{ .title = N_("Before"), .min = 10, .ideal = 10, .priority = 2 },
	COLUMN_SOURCE, COLUMN_INDICATOR };

void
screening_set_columns(struct screening_state *s)
{
	s->list.columns = s->compare ? beside : alone;
	s->list.n_columns = s->compare ? COUNT(beside) : COUNT(alone);
}

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

/* No record yet: where the indicator stands in the catalogue, from one. */
struct uid
screening_key(const void *ctx, size_t i)
{
	const struct screening_state *s = ctx;
	const struct screening_line *line = &s->lines[i];
	struct uid key = { { 0 } };
	size_t n = line->group == NULL ? line->item + 1 : 0;

	memcpy(key.b, &n, sizeof(n));
	return key;
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
	switch ((enum column)(c > COL_NOW && !s->compare ? c + 1 : c)) {
	case COL_NOW:
		out->text = screening_answer_short(it->state);
		break;
	case COL_BEFORE:
		out->text = screening_answer_short(it->before);
		break;
	case COL_SOURCE:
		out->text = it->note[0] != '\0' && it->source[0] == '\0'
				? "*"
				: source_short(it->source);
		break;
	case COL_INDICATOR:
		out->text = it->indicator->text;
		break;
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

/* "0 not raised  1 no sign ...": one key an answer. */
static void
draw_keys(struct canvas *c, int row)
{
	int col = 1;

	for (int i = 0; i < ANSWER_STATE_COUNT; i++) {
		const char *words = i == ANSWER_NOT_RAISED
					? screening_answer(i)
					: screening_answer_short(i);

		col += canvas_printf(c, row, col, -1, EL_KEY, "%d", i) + 1;
		col += canvas_text(c, row, col, -1, EL_DIM, words) + 2;
	}
}

void
screening_draw(const struct view *v, struct canvas *c)
{
	struct screening_state *s = v->state;
	bool keys = !s->read_only && c->rows >= KEYS_TALL;
	int top = keys ? 2 : 1;
	int below = c->rows >= 18 ? ITEM_TALL : c->rows > 10 ? 3 : 1;
	struct canvas rows =
	    canvas_view(c, top, 0, c->rows - top - below, c->cols);
	struct canvas item = canvas_view(c, c->rows - below, 0, below, c->cols);

	if (filter_active(&s->filter) || s->filter.typing)
		filter_draw(&s->filter, c, 0, (long)s->n_found, (long)s->n);
	else if (s->read_only)
		canvas_text(c, 0, 1, -1, EL_TEXT, s->head);
	else
		canvas_printf(c, 0, 1, -1, EL_TEXT,
		    _("%zu of %zu looked at · F finishes · %s"),
		    screening_state_looked(s), s->n, s->catalogue->title);
	if (keys)
		draw_keys(c, 1);
	list_draw(&s->list, &rows);
	draw_item(v, &item);
}
