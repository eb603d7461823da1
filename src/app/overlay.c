/* SPDX-License-Identifier: ISC */
/* Questions, conflicts and the ":" line over a view. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/router_inside.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

static const enum dialog_kind kinds[] = {
	[ASK_CONFIRM] = DIALOG_CONFIRM,
	[ASK_CHOICE] = DIALOG_CHOICE,
	[ASK_LINE] = DIALOG_LINE,
	[ASK_TEXT] = DIALOG_MESSAGE,
};

static void
line_done(struct line_draft *l)
{
	buf_done(&l->base);
	buf_done(&l->kept);
	buf_done(&l->keyed);
}

void
overlay_done(struct overlay *o)
{
	switch (o->kind) {
	case OVER_NONE:
		break;
	case OVER_CONFLICT:
		free(o->fields);
		break;
	case OVER_COMMAND:
		cmdline_done(&o->command);
		free(o->names);
		break;
	case OVER_ASK:
	case OVER_JUMP:
	case OVER_LEAVE:
	case OVER_DRAFT:
	case OVER_QUIT:
	case OVER_TOLD:
		dialog_done(&o->dialog);
		line_done(&o->line);
		arena_done(&o->words);
		break;
	}
	wipe(o, sizeof(*o));
}

/* --- questions -------------------------------------------------------------- */

static const char *
own(struct arena *arena, const char *s)
{
	return s == NULL ? NULL : arena_str(arena, s);
}

void
overlay_ask(struct slot *s, enum overlay_kind kind, const struct ask *ask)
{
	struct overlay *o = &s->over;
	struct choice_option *options;
	struct err err = { 0 };

	overlay_done(o);
	o->kind = kind;
	o->ask = *ask;
	arena_init(&o->words);
	o->ask.title = own(&o->words, ask->title);
	o->ask.text = own(&o->words, ask->text);
	o->ask.initial = NULL;
	o->ask.choices = NULL;
	dialog_init(&o->dialog, kinds[ask->kind],
	    o->ask.title == NULL ? NULL : _(o->ask.title),
	    o->ask.text == NULL ? NULL : _(o->ask.text));
	o->dialog.required = ask->required;
	buf_init(&o->line.base);
	buf_init(&o->line.kept);
	buf_init(&o->line.keyed);
	if (ask->kind == ASK_CHOICE) {
		options = arena_alloc(
		    &o->words, ask->n_choices + 1, sizeof(*options));
		for (size_t i = 0; i < ask->n_choices; i++)
			options[i] = (struct choice_option){
				own(&o->words, ask->choices[i].value),
				own(&o->words, ask->choices[i].label),
				own(&o->words, ask->choices[i].help)
			};
		dialog_options(&o->dialog, options, ask->n_choices);
	}
	if (ask->initial == NULL)
		return;
	buf_add_str(&o->line.base, ask->initial);
	/* What does not fit in a line is not offered. */
	if (ask->kind == ASK_LINE &&
	    edit_set(&o->dialog.edit, ask->initial, &err) < 0)
		edit_clear(&o->dialog.edit);
	if (ask->kind == ASK_CHOICE)
		choice_set(&o->dialog.choice, ask->initial);
}

void
app_ask(struct view *v, const struct ask *ask)
{
	overlay_ask(slot_of(v), OVER_ASK, ask);
	draft_line_offer(v->app->router, slot_of(v));
}

/* value NULL: no answer was given, and nothing is left. */
static void
leave(struct router *r, struct slot *s, const char *value)
{
	struct err err = { 0 };
	size_t keep = r->back_to;
	int rc = 0;

	r->back_to = 0;
	if (value == NULL)
		return;
	if (strcmp(value, "discard") == 0)
		rc = draft_forget(r, s, &err);
	else if (strcmp(value, "keep") == 0)
		rc = draft_keep(r, s, &err);
	else
		return;
	if (rc < 0) {
		router_show_err(r, &err);
		return;
	}
	s->view.dirty = false;
	if (keep > 0)
		everywhere_back_to(r, keep);
	else
		router_pop(r);
}

static void
go_on(struct router *r, struct slot *s, const char *value)
{
	if (value == NULL || strcmp(value, "on") != 0)
		return;
	s->view.go = s->view.route;
	s->view.go.draft = s->waiting;
	router_apply(r, s, NEXT_REPLACE, NULL);
}

/* What the machine could not keep now is not typed again: the line is back
 * with its words, below it says why. */
static void
ask_again(struct router *r, struct slot *s, struct ask *ask, const char *words,
    struct line_draft *line, enum err_kind why)
{
	if (ask->kind != ASK_LINE || words[0] == '\0' ||
	    (why != ERR_BUSY && why != ERR_FULL && why != ERR_IO) ||
	    r->n == 0 || r->slots[r->n - 1] != s || s->over.kind != OVER_NONE)
		return;
	ask->initial = words;
	overlay_ask(s, OVER_ASK, ask);
	/* As typed words, whatever stood there at first. */
	buf_clear(&s->over.line.base);
	line_done(&s->over.line);
	s->over.line = *line;
	*line = (struct line_draft){ 0 };
}

/* value NULL: no answer was given. */
void
overlay_answer(struct router *r, struct slot *s, const char *value)
{
	enum overlay_kind kind = s->over.kind;
	struct ask ask = s->over.ask;
	struct line_draft line;
	struct err err = { 0 };
	struct arena words;
	char *copy;

	if (value == NULL && kind == OVER_ASK && draft_line_left(r, s) < 0)
		return;
	if (value == NULL && ask.kind == ASK_CONFIRM && kind == OVER_ASK)
		value = "";
	copy = value == NULL ? NULL : xstrdup(value);
	line = s->over.line;
	words = s->over.words;
	s->over.line = (struct line_draft){ 0 };
	arena_init(&s->over.words);
	overlay_done(&s->over);
	if (kind == OVER_DRAFT)
		go_on(r, s, copy);
	if (kind == OVER_LEAVE)
		leave(r, s, copy);
	if (copy == NULL) {
		line_done(&line);
		arena_done(&words);
		return;
	}
	if (kind == OVER_QUIT) {
		everywhere_quit(r);
	} else if (kind == OVER_JUMP) {
		if (everywhere_jump(r, copy, &err) < 0)
			router_show_err(r, &err);
	} else if (kind == OVER_ASK && s->view.screen->answer != NULL) {
		enum next next;
		enum err_kind why;

		r->app->answer = draft_line_key(&line, copy);
		next = s->view.screen->answer(&s->view, ask.id, copy, &err);
		r->app->answer = (struct uid){ 0 };
		why = err.kind;
		draft_line_answered(r, s, &ask, &line, copy, &err);
		router_apply(r, s, next, &err);
		ask_again(r, s, &ask, copy, &line, why);
	}
	line_done(&line);
	arena_done(&words);
	wipe(copy, strlen(copy));
	free(copy);
}

static void
ask_key(struct router *r, struct slot *s, const struct key *k)
{
	struct dialog *d = &s->over.dialog;
	const char *value;

	switch (dialog_key(d, k)) {
	case DIALOG_STAY:
		return;
	case DIALOG_NO:
		overlay_answer(r, s, NULL);
		return;
	case DIALOG_YES:
		value = dialog_value(d);
		if (s->over.ask.kind == ASK_CONFIRM)
			value = "yes";
		else if (s->over.ask.kind == ASK_TEXT)
			value = "";
		overlay_answer(r, s, value);
		return;
	}
}

const struct ask *
router_question(const struct router *r)
{
	const struct overlay *o;

	if (r->n == 0)
		return NULL;
	o = &r->slots[r->n - 1]->over;
	return o->kind == OVER_NONE || o->kind == OVER_CONFLICT ||
		       o->kind == OVER_COMMAND
		   ? NULL
		   : &o->ask;
}

bool
router_asking(const struct router *r)
{
	enum overlay_kind kind =
	    r->n == 0 ? OVER_NONE : r->slots[r->n - 1]->over.kind;

	return kind != OVER_NONE && kind != OVER_COMMAND;
}

void
router_answer(struct router *r, const char *value)
{
	if (router_question(r) != NULL)
		overlay_answer(r, r->slots[r->n - 1], value);
}

/* --- conflicts ---------------------------------------------------------------- */

static struct conflict_field
side_by_side(
    struct view *v, const struct conflict_ask *ask, const struct conflict *c)
{
	struct conflict_field f = { .label = c->field,
		.mine = c->mine,
		.theirs = c->theirs,
		.decided = c->settled,
		.take_theirs = c->settled };

	if (ask->label != NULL)
		f.label = ask->label(v, c->field);
	if (ask->words != NULL) {
		f.mine = ask->words(v, c->field, c->mine);
		f.theirs = ask->words(v, c->field, c->theirs);
	}
	return f;
}

void
app_conflicts(struct view *v, const struct conflict_ask *ask)
{
	struct overlay *o = &slot_of(v)->over;
	const struct conflicts *c = ask->conflicts;
	char when[24] = "";

	overlay_done(o);
	if (c->n == 0)
		return;
	o->kind = OVER_CONFLICT;
	o->conflict_ask = *ask;
	o->fields = xcalloc(c->n, sizeof(*o->fields));
	for (size_t i = 0; i < c->n; i++)
		o->fields[i] = side_by_side(v, ask, &c->list[i]);
	clock_short(c->list[0].at, app_now(v), when, sizeof(when));
	conflict_init(&o->conflict,
	    arena_printf(
		&v->arena, _("Changed by %s at %s"), c->list[0].by, when),
	    o->fields, c->n);
}

static void
conflict_decided(struct router *r, struct slot *s)
{
	struct conflict_ask ask = s->over.conflict_ask;
	bool *theirs = xcalloc(ask.conflicts->n, sizeof(*theirs));
	struct err err = { 0 };
	enum next next;

	for (size_t i = 0; i < ask.conflicts->n; i++)
		theirs[i] = s->over.fields[i].take_theirs;
	overlay_done(&s->over);
	next = ask.decided(&s->view, ask.conflicts, theirs, &err);
	free(theirs);
	router_apply(r, s, next, &err);
}

/* --- the ":" line -------------------------------------------------------------- */

void
overlay_command(struct router *r, struct slot *s)
{
	struct overlay *o = &s->over;
	enum action list[ACT_COUNT];
	size_t n = router_actions(r, list, ACT_COUNT);

	overlay_done(o);
	o->kind = OVER_COMMAND;
	o->names = xcalloc(n + 1, sizeof(*o->names));
	for (size_t i = 0; i < n; i++) {
		o->names[i].name = action_info(list[i])->name;
		o->names[i].also = action_info(list[i])->also;
		o->names[i].help = action_info(list[i])->help;
	}
	cmdline_init(&o->command, o->names, n);
	o->command.codes = view_offers(&s->view, ACT_JUMP);
}

static void
command_key(struct router *r, struct slot *s, const struct key *k)
{
	enum cmdline_result result = cmdline_key(&s->over.command, k);
	const char *name, *rest = "";
	struct err err = { 0 };
	enum action a;
	char word[32];

	if (result == CMDLINE_STAY)
		return;
	name = result == CMDLINE_RUN ? cmdline_command(&s->over.command, &rest)
				     : NULL;
	a = name != NULL	    ? action_from_name(name)
	    : result == CMDLINE_RUN ? ACT_JUMP
				    : ACT_NONE;
	snprintf(word, sizeof(word), "%s", rest == NULL ? "" : rest);
	overlay_done(&s->over);
	if (a == ACT_JUMP && word[0] != '\0') {
		if (everywhere_jump(r, word, &err) < 0)
			router_show_err(r, &err);
	} else if (a != ACT_NONE) {
		router_act(r, a);
	}
}

/* --- all of them ---------------------------------------------------------------- */

void
overlay_key(struct router *r, struct slot *s, const struct key *k)
{
	if (s->over.kind == OVER_COMMAND) {
		command_key(r, s, k);
	} else if (overlay_covered(s, k) && k->code != K_ESC &&
		   k->code != K_CTRL('c')) {
		return;
	} else if (s->over.kind == OVER_CONFLICT) {
		enum dialog_result result = conflict_key(&s->over.conflict, k);

		if (result == DIALOG_YES)
			conflict_decided(r, s);
		else if (result == DIALOG_NO)
			overlay_done(&s->over);
	} else {
		ask_key(r, s, k);
	}
}

bool
overlay_covered(struct slot *s, const struct key *k)
{
	return s->over.kind == OVER_CONFLICT &&
	       s->view.screen->covered != NULL &&
	       s->view.screen->covered(&s->view, k);
}

void
overlay_draw(struct overlay *o, struct canvas *body, struct canvas *all)
{
	/* The hints stay below the ":" line. */
	struct canvas low = canvas_view(all, 1, 0, all->rows - 2, all->cols);

	switch (o->kind) {
	case OVER_NONE:
		break;
	case OVER_COMMAND:
		cmdline_draw(&o->command, &low);
		break;
	case OVER_CONFLICT:
		conflict_draw(&o->conflict, body);
		break;
	case OVER_ASK:
	case OVER_JUMP:
	case OVER_LEAVE:
	case OVER_DRAFT:
	case OVER_QUIT:
	case OVER_TOLD:
		dialog_draw(&o->dialog, body);
		break;
	}
}
