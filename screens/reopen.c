/* SPDX-License-Identifier: ISC */
/*
 * Open a closed case again, or take back one that another society took over:
 * one key and one question, whose default is no.  Why is said where words
 * belong, in a note or at the next follow-up.
 */
#include "parts.h"
#include "screens.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/text.h"

enum { ASK_OPEN = 1 };

struct reopen_state {
	struct case_file file;
	struct text_part parts[1];
	struct text_view text; /* what is there, behind the question */
};

static void
ask(struct view *v)
{
	const struct reopen_state *s = v->state;
	const struct ask open = { .kind = ASK_CONFIRM,
		.id = ASK_OPEN,
		.title =
		    arena_printf(&v->arena, _("Open %s again"), s->file.code),
		.text =
		    s->file.closed
			? _("With the same code and everything in it. Open it?")
			: _("Another National Society has it: it is ours "
			    "again, with the same code and everything in "
			    "it. Take it back?") };

	app_ask(v, &open);
}

static void
show(struct view *v)
{
	struct reopen_state *s = v->state;
	char day[24] = "";
	size_t n = 0;

	if (s->file.closed) {
		(void)clock_short(
		    s->file.closed_at, app_now(v), day, sizeof(day));
		s->parts[n++] = (struct text_part){ .style = EL_TITLE,
			.text = arena_printf(&v->arena, _("Closed %s: %s"), day,
			    label_of(&app_society(v)->reasons_closed,
				s->file.closed_reason)) };
	}
	text_init(&s->text, s->parts, n);
}

static int
open_reopen(struct view *v, const struct route *r, struct err *err)
{
	struct reopen_state *s = v->state;

	if (case_open(
		app_session(v), r->case_uid, "", &v->arena, &s->file, err) != 0)
		return -1;
	if (!s->file.closed && s->file.custody[0] == '\0')
		return err_set(err, ERR_CONFLICT,
		    _("This case is open: somebody has opened it again "
		      "already. The timeline (t) says who."));
	app_case(v, &r->case_uid, s->file.code);
	show(v);
	ask(v);
	return 0;
}

/* There is nothing else to do here: back, with what came of it said there. */
static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct reopen_state *s = v->state;

	if (id != ASK_OPEN || value[0] == '\0')
		return NEXT_BACK;
	if (case_reopen(
		app_session(v), v->route.case_uid, &s->file.rev, "", err) == 0)
		app_say(v, "%s",
		    _("It is open again. A note (n) or a follow-up (f) can say "
		      "why."));
	return NEXT_BACK;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct reopen_state *s = v->state;

	text_draw(&s->text, c);
}

static const enum action actions[] = { ACT_NONE };

const struct screen screen_reopen = {
	.name = "reopen",
	.title = N_("Open again"),
	.needs = PERM_CLOSE,
	.state_size = sizeof(struct reopen_state),
	.actions = actions,
	.open = open_reopen,
	.draw = draw,
	.answer = answer,
};
