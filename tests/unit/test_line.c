/* SPDX-License-Identifier: ISC */
/*
 * Line mode: the same screens for a screen reader.  Lines go in through a
 * pipe, what is said is read back from a file.
 */
#include "ui_kit.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/app.h"
#include "app/formview.h"
#include "app/router_inside.h"
#include "base/alloc.h"
#include "fake_store.h"

static struct seen {
	int saved, acted, answered, refuse;
	char text[128], typed[128], value[32];
	bool typing, hidden;
	int cursor;
} seen;

/* --- a list, a form ------------------------------------------------------------------- */

static const struct choice_option kinds[] = { { "fact", "A fact", NULL },
	{ "said", "What was said", NULL } };
static const struct form_field fields[] = {
	{ .id = "kind",
	    .type = FORM_CHOICE,
	    .label = "Kind",
	    .flags = FORM_REQUIRED,
	    .options = kinds,
	    .n_options = 2 },
	{ .id = "text", .type = FORM_TEXT, .label = "Words" },
};

static int
save(struct view *v, struct err *err)
{
	if (seen.refuse-- > 0)
		return err_set(err, ERR_BUSY, "Somebody saves.");
	seen.saved++;
	snprintf(seen.text, sizeof(seen.text), "%s/%s",
	    formview_get(formview_state(v), "kind"),
	    formview_get(formview_state(v), "text"));
	return 0;
}

static const struct formview_step step = {
	.title = "A note", .fields = fields, .n = 2
};
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open_note(struct view *v, const struct route *r, struct err *err)
{
	(void)r;
	(void)formview_init(v, &use, v->state);
	return formview_resume(v, err);
}

static const enum action note_actions[] = { ACT_SAVE, ACT_NONE };
static const struct screen note = { .name = "note",
	.title = "Note",
	.actions = note_actions,
	.state_size = sizeof(struct formview),
	.form = formview_state,
	.open = open_note };

static void
draw_list(const struct view *v, struct canvas *c)
{
	(void)v;
	for (int i = 0; i < 9; i++)
		canvas_printf(c, i, 0, -1, EL_TEXT, "%s row %d",
		    i == seen.cursor ? ">" : " ", i + 1);
	canvas_text(c, c->rows - 1, 0, -1, EL_TEXT, "the foot");
	canvas_text(c, 20, 0, -1, EL_LABEL, "Pass");
	canvas_cursor(c, 20, 6);
}

static enum next
act_list(struct view *v, enum action a, struct err *err)
{
	const struct ask ask = { .kind = ASK_CONFIRM, .title = "Really?" };

	(void)err;
	seen.acted++;
	if (a == ACT_RISK)
		app_ask(v, &ask);
	if (a != ACT_NOTE)
		return NEXT_STAY;
	v->go = (struct route){ .screen = &note, .code = "7KQ-M4X-T" };
	return NEXT_GO;
}

static enum next
key_list(struct view *v, const struct key *k, struct err *err)
{
	size_t len = strlen(seen.typed);

	(void)v;
	(void)err;
	if (k->code == K_HOME)
		seen.cursor = 0;
	else if (k->code == K_DOWN)
		seen.cursor++;
	else if (k->code == K_ENTER)
		snprintf(seen.typed + len, sizeof(seen.typed) - len, "!");
	else if (k->code == K_TAB)
		snprintf(seen.typed + len, sizeof(seen.typed) - len, "->");
	else
		snprintf(seen.typed + len, sizeof(seen.typed) - len, "%.*s",
		    (int)k->len, k->text);
	return NEXT_STAY;
}

static enum next
answer_list(struct view *v, int id, const char *value, struct err *err)
{
	(void)v;
	(void)id;
	(void)err;
	seen.answered++;
	snprintf(seen.value, sizeof(seen.value), "%s", value);
	return NEXT_STAY;
}

static bool
typing_list(const struct view *v)
{
	(void)v;
	return seen.typing;
}

static bool
hidden_list(const struct view *v)
{
	(void)v;
	return seen.hidden;
}

static const enum action list_actions[] = { ACT_OPEN, ACT_NOTE, ACT_RISK,
	ACT_NONE };
static const struct screen list = { .name = "queue",
	.title = "Cases",
	.actions = list_actions,
	.draw = draw_list,
	.act = act_list,
	.key = key_list,
	.answer = answer_list,
	.typing = typing_list,
	.hidden = hidden_list };
static const struct screen *const all_screens[] = { &list, &note, NULL };

/* --- lines in, lines out ------------------------------------------------------------------ */

struct world {
	struct app app;
	struct app_start start;
	struct handover now;
	struct session session;
	int in, out, out_file; /* what standard input and output were */
	struct buf said;
};

static int
setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct route home = { .screen = &list };
	struct err err = { 0 };

	fake_reset();
	memset(&seen, 0, sizeof(seen));
	w->start.screens = all_screens;
	w->start.plain = true;
	w->app = (struct app){
		.start = &w->start, .now = &w->now, .session = &w->session
	};
	app_turn(&w->app);
	w->app.router = router_new(&w->app);
	buf_init(&w->said);
	*state = w;
	return router_start(w->app.router, &home, &err);
}

static int
teardown(void **state)
{
	struct world *w = *state;

	router_free(w->app.router);
	buf_done(&w->said);
	buf_done(&fake.text);
	free(w);
	return 0;
}

/* Run line mode over these lines; the end of them is the end of the line. */
static const char *
run(struct world *w, const char *lines)
{
	char bytes[4096];
	int in[2], fd = memfd_create("said", 0), none;
	ssize_t n;

	assert_int_equal(pipe(in), 0);
	(void)fcntl(in[1], F_SETPIPE_SZ, 1 << 18);
	none = eventfd(0, EFD_NONBLOCK); /* no signal ever */
	assert_int_equal(
	    write(in[1], lines, strlen(lines)), (ssize_t)strlen(lines));
	close(in[1]);
	fflush(stdout);
	w->in = dup(STDIN_FILENO);
	w->out = dup(STDOUT_FILENO);
	dup2(in[0], STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	line_run(&w->app, none);
	dup2(w->in, STDIN_FILENO);
	dup2(w->out, STDOUT_FILENO);
	lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		buf_add(&w->said, bytes, (size_t)n);
	close(fd);
	close(in[0]);
	close(none);
	close(w->in);
	close(w->out);
	return w->said.data;
}

static void
says(const char *said, const char *text)
{
	if (strstr(said, text) == NULL)
		fail_msg("no \"%s\" in:\n%s", text, said);
}

static size_t
times(const char *said, const char *text)
{
	size_t n = 0;

	while ((said = strstr(said, text)) != NULL) {
		n++;
		said += strlen(text);
	}
	return n;
}

/* --- tests ------------------------------------------------------------------------------ */

/* No word is broken by the edge of the terminal. */
static void
long_lines_break_at_words(void **state)
{
	struct world *w = *state;
	const char *said = run(w, "?\n");

	for (const char *s = said; *s != '\0';) {
		size_t n = strcspn(s, "\n");

		if (n > 80) /* and no space hangs over it */
			fail_msg("%.*s", (int)n, s);
		s += n + (s[n] != '\0');
	}
	says(said, "r and a number: to that row. A dot: one step back. The "
		   "name of a key, such as\nTab or PgDn: that key. An empty "
		   "line: read the screen again.");
}

static void
the_end_of_the_line_is_a_hang_up(void **state)
{
	struct world *w = *state;
	const char *said = run(w, "");

	assert_int_equal(w->now.ended, ENDED_HUNG_UP);
	says(said, "row 1");
	says(said, "2 note");
	/* A screen reader reads no two hundred empty lines. */
	says(said, "the foot");
	assert_null(strstr(said, "\n\n\n"));
}

static void
commands_by_number_name_and_key(void **state)
{
	struct world *w = *state;

	(void)run(w, "1\nopen\n:open\n");
	assert_int_equal(seen.acted, 3);
}

/* Sentences name keys; their names do what the keys do. */
static void
the_name_of_a_key_is_that_key(void **state)
{
	struct world *w = *state;
	const char *said = run(w, "Down\nDown\nEnter\nPaste\nDown by\n");

	assert_int_equal(seen.cursor, 2);
	assert_int_equal(seen.acted, 1); /* Enter opens */
	assert_int_equal(times(said, "Not understood"), 2);
}

static void
nonsense_is_said_to_be_nonsense(void **state)
{
	struct world *w = *state;
	const char *said = run(w, "99999999999999999999\nno such thing\n-3\n");

	assert_int_equal(seen.acted, 0);
	assert_int_equal(times(said, "Not understood"), 3);
}

static void
a_moved_cursor_is_two_lines(void **state)
{
	struct world *w = *state;
	const char *said = run(w, "r 4\n");

	says(said, "> row 4");
	/* Said once at first, and not read aloud again. */
	assert_int_equal(times(said, "row 8"), 1);
	assert_int_equal(times(said, "> row 1"), 1);
}

static void
a_form_is_prompts_and_saves(void **state)
{
	struct world *w = *state;
	const char *said = run(w, "note\n2\nshe wants to work\n\n");

	assert_int_equal(seen.saved, 1);
	assert_string_equal(seen.text, "said/she wants to work");
	says(said, "A note");
	says(said, "What was said");
	says(said, "* Saved.");
}

static void
what_does_not_fit_is_asked_again(void **state)
{
	struct world *w = *state;

	(void)run(w, "note\n7\n1\nwords\n\n");
	assert_int_equal(seen.saved, 1);
	assert_string_equal(seen.text, "fact/words");
}

/* It says how to answer, to save and to leave, once in full; the last answer
 * saves nothing by itself, and one can go back to any question. */
static void
a_form_says_how_to_save_and_to_leave(void **state)
{
	struct world *w = *state;
	const char *said =
	    run(w, "note\n2\nwrods\n2\nwords\n\nnote\n.\nnote\n1\n:save\n");

	assert_int_equal(seen.saved, 2);
	assert_string_equal(seen.text, "fact/");
	assert_int_equal(times(said, ":save saves, a dot leaves"), 1);
	assert_int_equal(times(said, "? says how to answer"), 2);
	says(said, "All was asked. Enter saves");
}

/* What could not be saved is not all asked again. */
static void
a_refused_save_asks_the_end_again(void **state)
{
	struct world *w = *state;
	const char *said;

	seen.refuse = 1;
	said = run(w, "note\n2\nwords\n\n\n");
	assert_int_equal(seen.saved, 1);
	says(said, "* Somebody saves.");
	assert_int_equal(times(said, "Kind"), 1);
	assert_string_equal(seen.text, "said/words");
}

static void
what_cannot_be_shown_is_said(void **state)
{
	struct world *w = *state;
	const char *said = run(w, "note\n2\nshe\033[1m wants\xff work\n\n");

	assert_string_equal(seen.text, "said/she[1m wants work");
	says(said, "* 2 characters that cannot be shown were left out.");
}

/* More than one line can be comes in part: that is said. */
static void
a_cut_line_is_said(void **state)
{
	struct world *w = *state;
	static const char after[] = "\nno more\n\n";
	size_t n = 70000;
	char *lines = xcalloc(1, n + sizeof(after));
	const char *said;

	memset(lines, 'x', n);
	memcpy(lines, "note\n2\n", 7);
	memcpy(lines + n, after, sizeof(after));
	said = run(w, lines);
	says(said, "its end is lost");
	/* And too long for this field: it is asked again. */
	assert_string_equal(seen.text, "said/no more");
	free(lines);
}

static void
harm_14_a_dropped_line_keeps_the_form(void **state)
{
	struct world *w = *state;

	(void)run(w, "note\n2\n");
	assert_int_equal(seen.saved, 0);
	assert_int_equal(fake.saves, 1);
	assert_string_equal(fake.last.screen, "note");
	assert_string_equal(fake.last.code, "7KQ-M4X-T");
}

static void
a_dot_leaves_and_keeps_the_draft(void **state)
{
	struct world *w = *state;

	(void)run(w, "note\n2\n.\n1\n");
	assert_int_equal(fake.saves, 1);
	/* Back on the list. */
	assert_int_equal(seen.acted, 2);
}

/* The key that sentences name for it. */
static void
esc_leaves_and_keeps_the_draft(void **state)
{
	struct world *w = *state;

	(void)run(w, "note\n2\nEsc\n1\n");
	assert_int_equal(fake.saves, 1);
	assert_int_equal(seen.acted, 2);
}

static void
a_question_needs_a_clear_yes(void **state)
{
	struct world *w = *state;

	(void)run(w, "risk\ny\nrisk\nyes\n");
	assert_int_equal(seen.answered, 2);
	assert_string_equal(seen.value, "yes");
}

static void
harm_01_lock_works_at_every_prompt(void **state)
{
	struct world *w = *state;

	(void)run(w, "note\n2\n:lock\nnever read\n");
	assert_int_equal(w->now.ended, ENDED_LOCKED);
	assert_int_equal(fake.saves, 1);
}

static void
typed_lines_reach_a_view_that_types(void **state)
{
	struct world *w = *state;

	seen.typing = true;
	seen.hidden = true;
	run(w, "s\xc3\xa9same ouvre-toi\nTab\n");
	/* Where words are typed, the two keys that lead elsewhere do. */
	assert_string_equal(seen.typed, "s\xc3\xa9same ouvre-toi!->");
	/* Not in what was said, either. */
	assert_null(strstr(w->said.data, "same"));
	/* What is asked for is said where it is asked. */
	says(w->said.data, "Pass (not shown) ");
}

/* Control bytes of data cannot steer the terminal in line mode, either. */
static void
nothing_said_steers_the_terminal(void **state)
{
	struct world *w = *state;
	const char *said;

	router_say(w->app.router, "name\033]52;c;x\007\nsecond");
	said = run(w, "");
	assert_null(strchr(said, '\033'));
	assert_null(strchr(said, '\007'));
	says(said, "* name");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(long_lines_break_at_words),
		T(the_end_of_the_line_is_a_hang_up),
		T(commands_by_number_name_and_key),
		T(the_name_of_a_key_is_that_key),
		T(nonsense_is_said_to_be_nonsense),
		T(a_moved_cursor_is_two_lines),
		T(a_form_is_prompts_and_saves),
		T(what_does_not_fit_is_asked_again),
		T(a_form_says_how_to_save_and_to_leave),
		T(a_refused_save_asks_the_end_again),
		T(what_cannot_be_shown_is_said),
		T(a_cut_line_is_said),
		T(harm_14_a_dropped_line_keeps_the_form),
		T(a_dot_leaves_and_keeps_the_draft),
		T(esc_leaves_and_keeps_the_draft),
		T(a_question_needs_a_clear_yes),
		T(harm_01_lock_works_at_every_prompt),
		T(typed_lines_reach_a_view_that_types),
		T(nothing_said_steers_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
