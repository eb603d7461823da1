/* SPDX-License-Identifier: ISC */
/*
 * The same screens line by line, for screen readers and terminals that can do
 * nothing else: forms as prompts, everything else as its text, once, and a
 * numbered list of what can be done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/line_inside.h"
#include "base/i18n.h"
#include "base/utf8.h"

/* A picture tall enough that nothing scrolls out of it, as wide as speech
 * likes lines to be. */
#define TALL 200
#define WIDE 78

/* --- saying what a view shows -------------------------------------------------- */

static void
say_crumbs(struct line *l, struct buf *out)
{
	const char *list[CRUMBS_MAX];
	size_t n = router_crumbs(l->app->router, list);
	char alarm[ALARM_SIZE];

	buf_add_str(out, "-- amparo");
	for (size_t i = 0; i < n; i++)
		buf_addf(out, ", %s", list[i]);
	buf_add_char(out, '\n');
	if (router_alarm(l->app->router, WIDE, alarm))
		buf_addf(out, "%s\n", alarm);
}

static void
say_actions(struct line *l, struct buf *out)
{
	enum action list[ACT_COUNT];
	size_t n = router_actions(l->app->router, list, ACT_COUNT);

	for (size_t i = 0; i < n; i++)
		if (!(action_info(list[i])->flags & ACTF_HIDDEN))
			buf_addf(out, "%s%zu %s", i == 0 ? "" : ", ", i + 1,
			    _(action_info(list[i])->hint));
	buf_add_char(out, '\n');
}

/* The label on the row with the cursor: what is asked for where somebody types
 * into a picture. */
static void
asked_for(const struct canvas *c, struct buf *out)
{
	const struct canvas row = canvas_view(
	    (struct canvas *)c, c->grid->cursor_row, 0, 1, c->grid->cursor_col);

	canvas_to_text(&row, out);
	while (out->len > 0 && strchr(" \n", out->data[out->len - 1]) != NULL)
		buf_splice(out, out->len - 1, 1, "", 0);
}

/* What stands at the foot of a picture this tall is far below the rest: of many
 * empty lines one is enough. */
static void
close_up(struct buf *text)
{
	size_t to = 0;

	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] != '\n' || to < 2 ||
		    text->data[to - 1] != '\n' || text->data[to - 2] != '\n')
			text->data[to++] = text->data[i];
	buf_splice(text, to, text->len - to, "", 0);
}

/* The view as text, without the empty lines at its end. */
static void
picture(const struct view *v, struct buf *out, struct buf *label)
{
	struct canvas c;

	canvas_init(&c, TALL, WIDE, true);
	c.grid->accessible = true;
	if (v->screen->draw != NULL)
		v->screen->draw(v, &c);
	canvas_to_text(&c, out);
	close_up(out);
	asked_for(&c, label);
	canvas_done(&c);
	while (out->len > 1 && out->data[out->len - 2] == '\n')
		buf_splice(out, out->len - 1, 1, "", 0);
}

/* How many lines stand in the same place in both. */
static size_t
same_lines(const char *a, const char *b, size_t *all)
{
	size_t same = 0;

	for (*all = 0; *a != '\0'; (*all)++) {
		size_t la = strcspn(a, "\n"), lb = strcspn(b, "\n");

		same += la == lb && memcmp(a, b, la) == 0 && *b != '\0';
		a += la + (a[la] != '\0');
		b += lb + (b[lb] != '\0');
	}
	return same;
}

/* Lines that differ from what stood there before. */
static void
say_new(const struct plain_io *io, const char *now, const char *before)
{
	struct buf line;

	buf_init(&line);
	while (*now != '\0') {
		size_t ln = strcspn(now, "\n"), lb = strcspn(before, "\n");

		if (ln != lb || memcmp(now, before, ln) != 0) {
			buf_clear(&line);
			buf_add(&line, now, ln);
			plain_text(io, line.data);
		}
		now += ln + (now[ln] != '\0');
		before += lb + (before[lb] != '\0');
	}
	buf_done(&line);
}

/* A moved cursor is two lines, not the whole list read aloud again. */
static void
say_view(struct line *l, struct view *v, bool actions)
{
	struct plain_io io = { .arg = l, .say = line_say };
	struct buf all;
	size_t n, same;

	buf_init(&all);
	if (!v->screen->bare)
		say_crumbs(l, &all);
	buf_clear(&l->label);
	picture(v, &all, &l->label);
	if (actions)
		say_actions(l, &all);
	same = same_lines(all.data, l->shown.data, &n);
	if (same * 2 > n)
		say_new(&io, all.data, l->shown.data);
	else
		plain_text(&io, all.data);
	buf_clear(&l->shown);
	buf_add(&l->shown, all.data, all.len);
	buf_done(&all);
}

/* --- commands ---------------------------------------------------------------- */

static void
press(struct line *l, uint32_t code, int times)
{
	struct key k = { .code = code };

	while (times-- > 0 && !l->app->ending)
		router_key(l->app->router, &k);
}

/* "r 5": the cursor on the fifth row; lists have no other idea of a number. */
static bool
to_row(struct line *l, const char *s)
{
	char *end;
	long row;

	if (*s != 'r')
		return false;
	row = strtol(s + 1, &end, 10);
	if (end == s + 1 || *end != '\0' || row < 1 || row > TALL)
		return false;
	press(l, K_HOME, 1);
	press(l, K_DOWN, (int)row - 1);
	return true;
}

static bool
by_number(struct line *l, const char *s)
{
	enum action list[ACT_COUNT];
	size_t n = router_actions(l->app->router, list, ACT_COUNT);
	char *end;
	long i = strtol(s, &end, 10);

	if (end == s || *end != '\0' || i < 1 || (size_t)i > n)
		return false;
	router_act(l->app->router, list[i - 1]);
	return true;
}

static bool
by_name(struct line *l, const char *s)
{
	struct router *r = l->app->router;
	struct err err = { 0 };
	enum action list[ACT_COUNT];
	enum action a =
	    action_meant(list, router_actions(r, list, ACT_COUNT), s);

	s += *s == ':';
	if (a != ACT_NONE) {
		router_act(r, a);
		return true;
	}
	if (strncmp(s, "jump ", 5) == 0)
		s += 5;
	else if (!code_meant(s))
		return false;
	if (!app_offers(router_top(r), ACT_JUMP))
		return false;
	if (everywhere_jump(r, s, &err) < 0)
		router_show_err(r, &err);
	return true;
}

/* Sentences name keys ("Tab shows the next view"): the name of one does here
 * what the key does. */
static bool
by_key(struct line *l, const char *s)
{
	uint32_t code = strlen(s) > 1 ? key_from_name(s) : K_NONE;

	if (code == K_NONE || code == K_PASTE)
		return false;
	press(l, code, 1);
	return true;
}

static void
say_help(struct line *l)
{
	enum action list[ACT_COUNT];
	size_t n = router_actions(l->app->router, list, ACT_COUNT);
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&b);
		buf_addf(&b, "%zu %s: %s", i + 1, action_info(list[i])->name,
		    _(action_info(list[i])->help));
		line_say(l, b.data);
	}
	buf_done(&b);
	line_say(l, _("r and a number: to that row. A dot: one step back. "
		      "The name of a key, such as Tab or PgDn: that key. "
		      "An empty line: read the screen again."));
}

/* Typed text goes to the view as keys, then Enter. */
static void
type(struct line *l, const struct buf *text)
{
	struct key k;
	size_t at = 0;

	while (at < text->len && !l->app->ending) {
		size_t len = utf8_grapheme(text->data + at, text->len - at);

		k = (struct key){ .text = text->data + at, .len = len };
		(void)utf8_decode(k.text, len, &k.code);
		router_key(l->app->router, &k);
		at += len;
	}
	press(l, K_ENTER, 1);
}

static void
command(struct line *l, const struct buf *text)
{
	const char *s = text->data;

	if (*s == '\0')
		buf_clear(&l->shown);
	else if (strcmp(s, "?") == 0)
		say_help(l);
	else if (strcmp(s, ".") == 0)
		router_act(l->app->router, ACT_BACK);
	else if (to_row(l, s) || by_number(l, s) || by_name(l, s) ||
		 by_key(l, s))
		return;
	else if (utf8_grapheme(s, text->len) == text->len) {
		struct key k = { .text = s, .len = text->len };

		(void)utf8_decode(s, text->len, &k.code);
		router_key(l->app->router, &k);
	} else {
		line_say(l, _("Not understood; ? says what can be done."));
	}
}

/* --- what needs an answer -------------------------------------------------------- */

/* The answer, unless the line went away while it was being given: then the
 * question waits. */
static void
answer(struct line *l, const char *value)
{
	if (!l->app->ending && !l->away)
		router_answer(l->app->router, value);
}

/* What stands in it already is said; an empty line keeps that. */
static void
ask_line(struct line *l, struct plain_io *io, const char *title,
    const struct ask *ask)
{
	const struct slot *s = l->app->router->slots[l->app->router->n - 1];
	struct buf line, now;

	buf_init(&line);
	buf_init(&now);
	buf_add_str(&now, dialog_value(&s->over.dialog));
	plain_text(io, title);
	if (now.len > 0) {
		plain_text(io, s->over.dialog.message);
		buf_addf(&line, _("Now: %s"), now.data);
		plain_text(io, line.data);
		line_say(
		    l, _("An empty line keeps it, - empties it, . leaves."));
		buf_clear(&line);
	}
	if (line_ask(l, "> ", false, &line) < 0 || plain_leaves(line.data) ||
	    (line.len == 0 && now.len == 0 && ask->required))
		answer(l, NULL);
	else if (line.len == 0)
		answer(l, now.data);
	else
		answer(l, strcmp(line.data, "-") == 0 ? "" : line.data);
	buf_done(&now);
	buf_done(&line);
}

static void
question(struct line *l, const struct ask *ask)
{
	struct plain_io io = { .arg = l, .say = line_say, .ask = line_ask };
	struct router *r = l->app->router;
	struct choice *c = &r->slots[r->n - 1]->over.dialog.choice;
	const char *title = ask->title == NULL ? "" : _(ask->title);
	struct buf line;
	int i;

	if (ask->text != NULL)
		plain_text(&io, _(ask->text));
	buf_init(&line);
	switch (ask->kind) {
	case ASK_CONFIRM:
		answer(l, plain_confirm(&io, title) ? "yes" : NULL);
		break;
	case ASK_CHOICE:
		i = plain_menu(&io, title, c->options, c->n);
		answer(l, i < 0 ? NULL : c->options[i].value);
		break;
	case ASK_LINE:
		ask_line(l, &io, title, ask);
		break;
	case ASK_TEXT:
		plain_text(&io, title);
		answer(l, "");
		break;
	}
	buf_done(&line);
}

static void
said_of(struct plain_io *io, const struct conflict_field *f)
{
	struct buf b;

	buf_init(&b);
	buf_addf(&b, "%s: %s", f->label,
	    f->theirs[0] == '\0' ? _("(empty)") : f->theirs);
	plain_text(io, b.data);
	buf_done(&b);
}

static void
conflicts(struct line *l, struct slot *s)
{
	struct plain_io io = { .arg = l, .say = line_say, .ask = line_ask };
	struct key save = { .code = K_CTRL('s') };
	struct overlay *o = &s->over;

	plain_text(&io, o->conflict.title);
	for (size_t i = 0; i < o->conflict.n; i++) {
		struct conflict_field *f = &o->fields[i];
		const struct choice_option sides[] = {
			{ .value = "mine", .label = f->mine },
			{ .value = "theirs", .label = f->theirs },
		};
		int side;

		/* Theirs alone: to be heard, not asked. */
		if (f->decided) {
			said_of(&io, f);
			continue;
		}
		side = plain_menu(&io, f->label, sides, 2);
		if (l->app->ending || l->away)
			return;
		if (side < 0)
			break;
		f->take_theirs = side == 1;
		f->decided = true;
	}
	if (conflict_left(&o->conflict) > 0)
		overlay_done(o);
	else
		overlay_key(l->app->router, s, &save);
}

/* What Ctrl-S and Ctrl-N do, also where the hints do not list them. */
static void
form_act(struct router *r, struct view *v, enum action a)
{
	struct err err = { 0 };
	enum next next;

	if (keymap_has(v->screen->actions, a)) {
		router_act(r, a);
		return;
	}
	next = formview_act(v, a, &err);
	router_apply(r, slot_of(v), next, &err);
}

/* A form's open step as prompts; then the next step, or saving. */
static void
run_form(struct line *l, struct view *v)
{
	struct plain_io io = { .arg = l, .say = line_say, .ask = line_ask };
	struct router *r = l->app->router;
	struct formview *fv = v->screen->form(v);
	struct plain_run run = { .first = formview_first_step(v) };
	enum form_result result;
	char title[160];
	struct buf crumbs;

	buf_init(&crumbs);
	say_crumbs(l, &crumbs);
	plain_text(&io, crumbs.data);
	buf_done(&crumbs);
	formview_title(v, title, sizeof(title));
	if (title[0] != '\0')
		plain_text(&io, title);
	run.last = formview_last_step(v);
	run.at_end = l->ended == v && run.last;
	if (!run.at_end)
		plain_text(&io,
		    l->told ? _("? says how to answer, to save and to leave.")
			    : plain_how());
	l->told = true;
	l->ended = NULL;
	result = plain_run_form(formview_form(fv), &io, &run);
	if (l->app->ending || l->away)
		return;
	formview_note(v);
	if (result == FORM_CANCEL)
		router_act(r, ACT_CANCEL);
	else if (result == FORM_MOVED)
		form_act(r, v, ACT_PREVIOUS_STEP);
	else
		form_act(r, v, run.save || run.last ? ACT_SAVE : ACT_NEXT_STEP);
	/* Not saved: what is wrong is said, and then not all asked again. */
	if (router_top(r) == v && result == FORM_SAVE && run.at_end)
		l->ended = v;
}

/* A view that takes typed words (the door, a filter). */
static void
typing(struct line *l, struct view *v)
{
	bool hidden = v->screen->hidden != NULL && v->screen->hidden(v);
	struct buf text, prompt;

	buf_init(&text);
	buf_init(&prompt);
	buf_addf(&prompt, "%s%s", l->label.data, l->label.len > 0 ? " " : "");
	buf_add_str(&prompt, hidden ? _("(not shown) ") : "> ");
	if (line_ask(l, prompt.data, hidden, &text) == 0) {
		uint32_t code = key_from_name(text.data);

		/* No passphrase is so short, and no name is written so. */
		if (code == K_TAB || code == K_ESC)
			press(l, code, 1);
		else if (text.data[0] == ':' &&
			 action_from_name(text.data + 1) != ACT_NONE)
			router_act(
			    l->app->router, action_from_name(text.data + 1));
		else
			type(l, &text);
	}
	buf_done(&prompt);
	buf_done(&text);
}

static void
turn(struct line *l)
{
	struct router *r = l->app->router;
	struct slot *s = r->slots[r->n - 1];
	struct view *v = &s->view;
	struct buf text;

	line_message(l);
	if (router_question(r) != NULL) {
		question(l, router_question(r));
	} else if (s->over.kind == OVER_CONFLICT) {
		conflicts(l, s);
	} else if (v->screen->form != NULL) {
		run_form(l, v);
	} else if (v->screen->bare) {
		line_say(l, TERM_WIPE);
		say_view(l, v, false);
		buf_init(&text);
		if (line_ask(l, "", true, &text) == 0)
			press(l, K_ENTER, 1);
		buf_done(&text);
	} else if (view_typing(v)) {
		say_view(l, v, false);
		typing(l, v);
	} else {
		say_view(l, v, true);
		buf_init(&text);
		if (line_ask(l, _("Number, name or ?: "), false, &text) == 0)
			command(l, &text);
		buf_done(&text);
	}
}

void
line_run(struct app *app, int signal_fd)
{
	struct line l = { .app = app,
		.signal_fd = signal_fd,
		.timers = { .last_key = app->boot } };

	buf_init(&l.in);
	buf_init(&l.shown);
	buf_init(&l.label);
	while (!app->ending) {
		turn(&l);
		if (app->entering)
			app_home(app);
	}
	buf_done(&l.in);
	buf_done(&l.shown);
	buf_done(&l.label);
}
