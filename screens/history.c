/* SPDX-License-Identifier: ISC */
/* Who changed what, from what to what, in a case's own fields. */
#include "field_words.h"
#include "reading.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/case.h"

static const struct list_column columns[] = {
	{ N_("When"), 6, 11, 0, LIST_LEFT, false, true },
	{ N_("By"), 6, 10, 4, LIST_LEFT, false, false },
	{ N_("Field"), 8, 16, 9, LIST_LEFT, false, false },
	{ N_("Before"), 8, 18, 3, LIST_LEFT, false, false },
	{ N_("After"), 8, 18, 8, LIST_LEFT, true, false },
};

static int
open_history(struct view *v, const struct route *r, struct err *err)
{
	struct reading *reading = v->state;
	struct arena *arena = &reading->arena;
	struct field_changes changes;
	char when[24];

	reading_init(v, columns, sizeof(columns) / sizeof(columns[0]),
	    N_("No field of this case was changed yet."));
	if (case_history(app_session(v), r->case_uid, arena, &changes, err) !=
	    0)
		return -1;
	for (size_t i = 0; i < changes.n; i++) {
		const struct field_change *c = &changes.list[i];
		const char *before = field_words(v, arena, c->field, c->before);
		const char *after = field_words(v, arena, c->field, c->after);
		struct reading_row row = {
			.cells = { arena_str(
				       arena, clock_short(c->at, app_now(v),
						  when, sizeof(when))),
			    c->by, words_field(c->field), before, after }
		};

		row.title = words_field(c->field);
		row.full = arena_printf(arena,
		    _("%s, %s\n\nBefore:\n%s\n\nAfter:\n%s"),
		    clock_full(c->at, when, sizeof(when)), c->by, before,
		    after);
		reading_add(v, &row);
	}
	list_reload(&reading->list);
	return 0;
}

const struct screen screen_history = {
	.name = "history",
	.title = N_("History"),
	.needs = PERM_HISTORY,
	.state_size = sizeof(struct reading),
	.actions = reading_actions,
	.open = open_history,
	.draw = reading_draw,
	.act = reading_act,
	.key = reading_key,
	.typing = reading_typing,
	.answer = reading_answer,
	.close = reading_close,
};
