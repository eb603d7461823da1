/* SPDX-License-Identifier: ISC */
/* Who looked at a case and who wrote in it, from both chains of the record. */
#include "reading.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/case.h"

#define NEWEST 500 /* what lies further back is for amparo verify */

static const struct list_column columns[] = {
	{ N_("When"), 6, 11, 0, LIST_LEFT, false, true },
	{ N_("Who"), 6, 10, 9, LIST_LEFT, false, false },
	{ N_("Role"), 8, 12, 2, LIST_LEFT, false, false },
	{ N_("Did"), 10, 18, 8, LIST_LEFT, false, false },
	{ N_("Reason"), 8, 20, 4, LIST_LEFT, true, false },
	{ N_("At"), 4, 8, 1, LIST_LEFT, false, false },
};

static int
open_access(struct view *v, const struct route *r, struct err *err)
{
	struct reading *reading = v->state;
	struct arena *arena = &reading->arena;
	struct access_log log;
	char when[24];

	reading_init(v, columns, sizeof(columns) / sizeof(columns[0]),
	    N_("Nobody has opened this case yet."));
	if (case_access_log(
		app_session(v), r->case_uid, NEWEST, arena, &log, err) != 0)
		return -1;
	for (size_t i = 0; i < log.n; i++) {
		const struct access *a = &log.list[i];
		struct reading_row row = {
			.cells = { arena_str(
				       arena, clock_short(a->at, app_now(v),
						  when, sizeof(when))),
			    a->by, _(a->role), words_action(arena, a->action),
			    a->reason, a->terminal }
		};

		row.title = row.cells[3];
		row.full = arena_printf(arena,
		    _("%s\n%s, %s, at %s\n\nReason: %s\nFields: %s"),
		    clock_full(a->at, when, sizeof(when)), a->by, _(a->role),
		    a->terminal, a->reason[0] ? a->reason : "-",
		    a->fields[0] ? a->fields : "-");
		reading_add(v, &row);
	}
	list_reload(&reading->list);
	return 0;
}

const struct screen screen_access = {
	.name = "access",
	.title = N_("Who looked"),
	.needs = PERM_ACCESS_LOG,
	.state_size = sizeof(struct reading),
	.actions = reading_actions,
	.open = open_access,
	.draw = reading_draw,
	.act = reading_act,
	.key = reading_key,
	.typing = reading_typing,
	.answer = reading_answer,
	.close = reading_close,
};
