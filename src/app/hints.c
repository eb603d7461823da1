/* SPDX-License-Identifier: ISC */
/*
 * The bottom line: what can be pressed now.  Over a question, a filter or the
 * ":" line those are not the screen's keys.
 */
#include <string.h>

#include "app/router_inside.h"
#include "base/i18n.h"
#include "ui/hint.h"

#define HINTS_MAX 40
#define KEY_ROOM 16
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct bar {
	struct hint hints[HINTS_MAX];
	char keys[HINTS_MAX][KEY_ROOM];
	size_t n;
};

/* What a question takes: a key, and the word for it, most needed first. */
struct pressed {
	const char *key, *label; /* N_() */
};
static const struct pressed confirm[] = { { N_("y"), N_("yes") },
	{ N_("n"), N_("no") }, { "Esc", N_("no, back") },
	{ "Down", N_("more words") } };
static const struct pressed choice[] = { { "Enter", N_("choose") },
	{ "Down", N_("next") }, { "Esc", N_("leave it") },
	{ "1-9", N_("choose at once") }, { "PgDn", N_("more words") } };
/* Where somebody may still be typing. */
static const struct pressed strict[] = { { "Enter", N_("choose") },
	{ "Down", N_("next") }, { "Esc", N_("leave it") },
	{ "PgDn", N_("more words") } };
/* Where no digit chooses: typing some of a label leaves the few that have it. */
static const struct pressed finding[] = { { "Enter", N_("choose") },
	{ N_("a-z"), N_("find") }, { "Esc", N_("leave it") },
	{ "Down", N_("next") }, { "PgDn", N_("more words") } };
static const struct pressed one_line[] = { { "Enter", N_("go on") },
	{ "Esc", N_("leave it") }, { "C-u", N_("empty the line") },
	{ "PgDn", N_("more words") } };
static const struct pressed reading[] = { { "Enter", N_("close") },
	{ "Down", N_("more words") } };
static const struct pressed conflict[] = { { "m", N_("mine") },
	{ "t", N_("theirs") }, { "Down", N_("next") }, { "C-s", N_("save") },
	{ "Esc", N_("back to the form") } };
static const struct pressed command[] = { { "Enter", N_("run") },
	{ "Tab", N_("complete") }, { "Esc", N_("leave it") } };
static const struct pressed filter[] = { { "Enter", N_("keep") },
	{ "Esc", N_("show all") }, { "Down", N_("next") } };

static void
add(struct bar *b, const char *key, const char *label)
{
	struct hint *h = &b->hints[b->n];

	if (b->n == HINTS_MAX - 1 || *key == '\0')
		return;
	(void)strncpy(b->keys[b->n], key, KEY_ROOM - 1);
	h->key = b->keys[b->n];
	h->label = label;
	h->priority = HINTS_MAX - (int)b->n;
	b->n++;
}

static void
add_all(struct bar *b, const struct pressed *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(b, _(list[i].key), list[i].label);
}

static void
question(struct bar *b, const struct dialog *d)
{
	/* "More words" comes last, and only where there are some. */
	size_t more = d->more ? 0 : 1;

	switch (d->kind) {
	case DIALOG_CONFIRM:
		add_all(b, confirm, COUNT(confirm) - more);
		break;
	case DIALOG_CHOICE:
		if (d->choice.strict)
			add_all(b, strict, COUNT(strict) - more);
		else if (choice_digits(&d->choice))
			add_all(b, choice, COUNT(choice) - more);
		else
			add_all(b, finding, COUNT(finding) - more);
		break;
	case DIALOG_LINE:
	case DIALOG_SECRET:
		add_all(b, one_line, COUNT(one_line) - more);
		break;
	case DIALOG_MESSAGE:
		add_all(b, reading, COUNT(reading) - more);
		break;
	}
}

/* Over the view; false when nothing is. */
static bool
over(struct bar *b, const struct overlay *o)
{
	switch (o->kind) {
	case OVER_NONE:
		return false;
	case OVER_COMMAND:
		add_all(b, command, COUNT(command));
		break;
	case OVER_CONFLICT:
		add_all(b, conflict, COUNT(conflict));
		break;
	case OVER_ASK:
	case OVER_JUMP:
	case OVER_LEAVE:
	case OVER_DRAFT:
	case OVER_QUIT:
	case OVER_TOLD:
		question(b, &o->dialog);
		break;
	}
	/* Whoever looks over a shoulder is not asked to wait for an answer. */
	add(b, "F12", action_info(ACT_BLANK)->hint);
	return true;
}

/* What the field with the cursor takes besides typing. */
static void
field(struct bar *b, const struct view *v)
{
	struct form *f = formview_form(v->screen->form((struct view *)v));

	switch (form_focused(f)) {
	case FORM_CHOICE:
		/* Enter chooses the one that was found. */
		if (form_finds(f))
			add_all(b, finding + 1, 1);
		if (form_points(f))
			add(b, "Space", N_("choose"));
		else
			add(b, "Down", N_("to the answers"));
		break;
	case FORM_MULTI:
		add(b, "Space", N_("choose"));
		if (form_finds(f))
			add_all(b, finding + 1, 1);
		break;
	case FORM_YES_NO:
	case FORM_TRISTATE:
		if (form_points(f)) {
			add(b, "Space", N_("choose"));
			add(b, "Right", N_("next"));
		} else {
			add(b, "Right", N_("to the answers"));
		}
		break;
	case FORM_DATE:
		add(b, "Up", N_("a day later"));
		break;
	case FORM_INFO:
		add(b, "Down", N_("read on"));
		break;
	default:
		break;
	}
	add(b, "Tab", N_("next field"));
}

/* An action with the key that does it now. */
static void
action(struct bar *b, enum action a, bool typing)
{
	char key[KEY_ROOM];

	add(b, keymap_show(a, typing, key, sizeof(key)), action_info(a)->hint);
}

static void
own(struct bar *b, const struct view *v, bool typing)
{
	const enum action *a = v->screen->actions;

	for (; a != NULL && *a != ACT_NONE; a++)
		if (!(action_info(*a)->flags & ACTF_HIDDEN) &&
		    view_offers(v, *a))
			action(b, *a, typing);
}

/* Over nothing: what the screen takes, most needed first. */
static void
screen(struct bar *b, const struct router *r, const struct view *v)
{
	bool typing = view_typing(v);
	/* A screen that is no form and can be filtered is typed in only while
	 * it is. */
	bool filtering = typing && keymap_has(v->screen->actions, ACT_FILTER);

	if (filtering)
		add_all(b, filter, COUNT(filter));
	else if (typing && v->screen->form == NULL) /* a passphrase */
		add(b, "Enter", N_("go on"));
	own(b, v, typing);
	if (v->screen->form != NULL)
		field(b, v);
	/* The way back is the same everywhere, and has the room that is left;
	 * of a screen with nothing to do it is all there is. */
	if (r->n > 1 && !filtering && !view_held(v))
		action(b, ACT_BACK, typing);
	keymap_show(ACT_HELP, typing, b->keys[b->n], KEY_ROOM);
	b->hints[b->n] = (struct hint){ .key = b->keys[b->n],
		.label = action_info(ACT_HELP)->hint,
		.priority = HINT_LAST };
	b->n++;
}

void
hints_draw(const struct router *r, struct canvas *all)
{
	struct slot *s = r->slots[r->n - 1];
	struct bar b = { .n = 0 };

	if (overlay_covered(s, NULL) || !over(&b, &s->over))
		screen(&b, r, &s->view);
	hint_draw(all, all->rows - 1, b.hints, b.n);
}
