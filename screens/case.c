/* SPDX-License-Identifier: ISC */
/*
 * A case: what matters first, and the way to everything else.  Who the person
 * is stands on its own card.
 */
#include "case_page.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"

#define WIDE 110 /* columns from which the timeline stands beside */
#define EVENTS 40

struct case_state {
	bool readable; /* false: a reason is asked for first */
	struct arena arena; /* what was read */
	struct case_file file;
	struct followups plans;
	struct events lately;
	struct case_page page;
	int64_t seen; /* as of the first reading of this view */
	/* What others wrote since then: up to my last look that is on the
	 * record, and since that one. */
	int before, lately_changed;
	int64_t mark; /* of that look */
	bool looked; /* seen is set */
	/* One text in two forms: with and without what happened lately. */
	struct text_view narrow, wide, side;
};
enum { ASK_REASON = 1 };

/* The right pane: the newest first, one line each. */
static void
make_side(struct case_state *s)
{
	struct text_part *parts =
	    arena_alloc(&s->arena, s->lately.n + 2, sizeof(*parts));
	const struct text_part *late = s->page.parts + s->page.n_main;
	size_t n = s->page.n - s->page.n_main;

	for (size_t i = 0; i < n; i++)
		parts[i] = late[i];
	text_replace(&s->side, parts, n);
}

/*
 * Not every reading is put on the record again: the store counts from the last
 * one that was, so its number is taken as it is until that look moves on.
 */
static void
count_changes(struct case_state *s, const struct case_file *f)
{
	if (!s->looked) {
		s->looked = true;
		s->seen = f->last_seen_by_me;
	} else if (f->last_seen_by_me != s->mark) {
		s->before += s->lately_changed;
	}
	s->mark = f->last_seen_by_me;
	s->lately_changed = f->changes_since;
}

static int
read_case(struct view *v, const char *reason, struct err *err)
{
	struct case_state *s = v->state;
	struct session *session = app_session(v);
	struct case_state fresh = { .readable = true };
	struct case_reading reading;

	arena_init(&fresh.arena);
	if (case_open(session, v->route.case_uid, reason, &fresh.arena,
		&fresh.file, err) != 0 ||
	    followup_list(session, v->route.case_uid, &fresh.arena,
		&fresh.plans, err) != 0 ||
	    case_timeline(session, v->route.case_uid, 0, EVENTS, &fresh.arena,
		&fresh.lately, err) != 0) {
		arena_done(&fresh.arena);
		return -1;
	}
	count_changes(s, &fresh.file);
	reading = (struct case_reading){ .file = &fresh.file,
		.plans = &fresh.plans,
		.lately = &fresh.lately,
		.seen = s->seen,
		.changes = s->before + s->lately_changed };
	case_page_make(&fresh.page, v, &fresh.arena, &reading);
	arena_done(&s->arena);
	s->readable = true;
	s->arena = fresh.arena;
	s->file = fresh.file;
	s->plans = fresh.plans;
	s->lately = fresh.lately;
	s->page = fresh.page;
	text_replace(&s->narrow, s->page.parts, s->page.n);
	text_replace(&s->wide, s->page.parts, s->page.n_main);
	make_side(s);
	app_case(v, &v->route.case_uid, s->file.code);
	return 0;
}

/* A colleague's case opens with a reason; it stands in the record of who
 * looked. */
static void
ask_reason(struct view *v)
{
	const struct ask ask = { .kind = ASK_LINE,
		.id = ASK_REASON,
		.title = N_("A colleague's case"),
		.text = N_("In a few words, why do you open it? Your reason "
			   "is kept with your name in the record of who "
			   "looked."),
		.required = true };

	app_ask(v, &ask);
}

static int
open_case(struct view *v, const struct route *r, struct err *err)
{
	struct case_state *s = v->state;

	(void)r;
	arena_init(&s->arena);
	text_init(&s->narrow, NULL, 0);
	text_init(&s->wide, NULL, 0);
	text_init(&s->side, NULL, 0);
	if (read_case(v, "", err) == 0)
		return 0;
	if (err->kind != ERR_REASON)
		return -1;
	err_clear(err);
	ask_reason(v);
	return 0;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *err)
{
	struct route then = v->route;

	if (id != ASK_REASON || read_case(v, value, err) != 0 ||
	    then.then == NULL)
		return NEXT_STAY;
	v->route.then = NULL;
	then.screen = then.then;
	then.then = NULL;
	v->go = then;
	return NEXT_GO;
}

static void
close_case(struct view *v)
{
	struct case_state *s = v->state;

	arena_done(&s->arena);
}

static int
refresh(struct view *v, struct err *err)
{
	struct case_state *s = v->state;

	return s->readable ? read_case(v, "", err) : 0;
}

static bool
offers(const struct view *v, enum action action)
{
	const struct case_state *s = v->state;

	if (!s->readable)
		return action == ACT_OPEN;
	switch (action) {
	case ACT_OPEN:
		return false;
	case ACT_IDENTITY:
		return !uid_null(&s->file.person);
	case ACT_UNFLAG:
		return s->file.n_flags > 0;
	case ACT_LOOK:
		return s->plans.held[0] != '\0';
	case ACT_CLOSE_CASE:
		return !s->file.closed;
	case ACT_REOPEN:
		return s->file.closed || s->file.custody[0] != '\0';
	default:
		return true;
	}
}

static const char *
why_not(const struct view *v, enum action action)
{
	const struct case_state *s = v->state;

	if (!s->readable)
		return _("This is a colleague's case: Enter opens it, with a "
			 "reason.");
	switch (action) {
	case ACT_OPEN:
		return _("Space lists every part of this case.");
	case ACT_UNFLAG:
		return _("No flag stands on this case; m sets one.");
	case ACT_LOOK:
		return _("No wrong safe word waits to be looked at.");
	case ACT_CLOSE_CASE:
		return _("This case is closed already; O opens it again.");
	case ACT_REOPEN:
		return _("This case is not closed.");
	default:
		return NULL;
	}
}

static enum next
act(struct view *v, enum action action, struct err *err)
{
	if (action == ACT_REFRESH) {
		(void)refresh(v, err);
		return NEXT_STAY;
	}
	if (action == ACT_OPEN) {
		ask_reason(v);
		return NEXT_STAY;
	}
	return part_go_on(v, action);
}

static enum next
key(struct view *v, const struct key *k, struct err *err)
{
	struct case_state *s = v->state;
	bool narrow = text_key(&s->narrow, k);
	bool wide = text_key(&s->wide, k);

	(void)err;
	return narrow || wide ? NEXT_STAY : NEXT_PASS;
}

static void
draw(const struct view *v, struct canvas *c)
{
	struct case_state *s = v->state;
	struct canvas left, right;
	int split = c->cols * 3 / 5;

	if (!s->readable) {
		(void)canvas_wrap(c, 1, 2, c->cols - 4, c->rows - 1, EL_TEXT,
		    _("This is a colleague's case. Enter opens it, with a "
		      "reason; Esc goes back."));
		return;
	}
	if (c->cols < WIDE) {
		text_draw(&s->narrow, c);
		return;
	}
	left = canvas_view(c, 0, 0, c->rows, split);
	right = canvas_view(c, 0, split + 1, c->rows, c->cols - split - 1);
	text_draw(&s->side, &right);
	text_draw(&s->wide, &left); /* last: the cursor belongs here */
}

static const enum action actions[] = { ACT_OPEN, ACT_PARTS,
#define WAY(action, screen, arg) ACT_##action,
#include "case_ways.def"
#undef WAY
	ACT_REFRESH, ACT_NONE };

const struct screen screen_case = {
	.name = "case",
	.title = N_("Case"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct case_state),
	.actions = actions,
	.open = open_case,
	.draw = draw,
	.act = act,
	.key = key,
	.offers = offers,
	.why_not = why_not,
	.refresh = refresh,
	.answer = answer,
	.close = close_case,
};
