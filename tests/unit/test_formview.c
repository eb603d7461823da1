/* SPDX-License-Identifier: ISC */
/* Forms of one and of several steps: saving, conflicts, drafts. */
#include "ui_kit.h"

#include "app/app.h"
#include "app/formview.h"
#include "app/router_inside.h"
#include "base/alloc.h"
#include "fake_store.h"

/* --- a form of three steps, the middle one only for children ------------------------ */

static struct seen {
	int saved, left;
	int save_gives, leave_gives;
	struct conflict conflict;
	bool conflicting;
	const char *says, *refused;
	char wants[64]; /* as save() found it */
	size_t changes;
	int64_t rev;
} seen;

static const struct form_field first[] = {
	{ .id = "wants",
	    .type = FORM_TEXT,
	    .label = "Wants",
	    .flags = FORM_REQUIRED },
	{ .id = "child", .type = FORM_YES_NO, .label = "Child" },
};
static const struct form_field second[] = {
	{ .id = "guardian", .type = FORM_TEXT, .label = "Guardian" },
};
static const struct form_field third[] = {
	{ .id = "next", .type = FORM_TEXT, .label = "Next" },
};

static const struct formview *
state_of(const struct view *v)
{
	return v->state;
}

static bool
is_child(const struct view *v)
{
	return formview_is(state_of(v), "child", "yes");
}

static int
leave(struct view *v, size_t step, struct err *err)
{
	(void)v;
	(void)step;
	seen.left++;
	return seen.leave_gives < 0 ? err_set_field(err, "wants", "Not yet.")
				    : seen.leave_gives;
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct change *list;

	seen.saved++;
	seen.changes = formview_changes(v, &list);
	seen.rev = fv->rev;
	fv->said = seen.says;
	snprintf(
	    seen.wants, sizeof(seen.wants), "%s", formview_get(fv, "wants"));
	if (seen.conflicting) {
		seen.conflicting = false;
		fv->conflicts = (struct conflicts){
			.list = &seen.conflict, .n = 1, .rev = 8
		};
		return err_set(err, ERR_CONFLICT, "Changed meanwhile.");
	}
	if (seen.refused != NULL)
		return err_set_field(err, seen.refused, "Not %s.", "this");
	return seen.save_gives < 0 ? err_set(err, ERR_FULL, "Full.")
				   : seen.save_gives;
}

static const struct formview_step steps[] = {
	{ .title = "First", .fields = first, .n = COUNT(first) },
	{ .title = "Guardian", .fields = second, .n = 1, .shown = is_child },
	{ .title = "Last", .fields = third, .n = 1 },
};
static const struct formview_use use = {
	.steps = steps, .n_steps = 3, .leave = leave, .save = save
};

static int
open_form(struct view *v, const struct route *r, struct err *err)
{
	struct formview *fv = formview_init(v, &use, v->state);

	(void)r;
	fv->rev = 5;
	formview_load(fv, "next", "call");
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NEXT_STEP,
	ACT_PREVIOUS_STEP, ACT_NONE };
static const struct screen form = { .name = "form",
	.title = "Form",
	.actions = actions,
	.state_size = sizeof(struct formview),
	.form = formview_state,
	.open = open_form };

static void
draw_home(const struct view *v, struct canvas *c)
{
	(void)v;
	(void)c;
}

static const struct screen home = {
	.name = "queue", .title = "Cases", .draw = draw_home
};
static const struct screen *const all_screens[] = { &form, &home, NULL };

struct world {
	struct app app;
	struct app_start start;
	struct handover now;
	struct society society;
	struct session session;
	struct router *r;
};

static void
open_on(struct world *w, struct uid draft)
{
	struct route go = { .screen = &form, .draft = draft };
	struct err err = { 0 };

	assert_int_equal(router_open(w->r, &go, &err), 0);
}

static int
setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct route go = { .screen = &home };
	struct err err = { 0 };

	fake_reset();
	memset(&seen, 0, sizeof(seen));
	w->start.screens = all_screens;
	w->app = (struct app){ .start = &w->start,
		.now = &w->now,
		.society = &w->society,
		.session = &w->session };
	app_turn(&w->app);
	w->r = w->app.router = router_new(&w->app);
	*state = w;
	if (router_start(w->r, &go, &err) < 0)
		return -1;
	open_on(w, (struct uid){ 0 });
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	router_free(w->r);
	buf_done(&fake.text);
	free(w);
	return 0;
}

static void
give(void *arg, const struct key *k)
{
	router_key(arg, k);
}

static void
press(struct world *w, const char *names)
{
	kit_press(names, give, w->r);
}

static struct formview *
fv_of(struct world *w)
{
	return formview_state(router_top(w->r));
}

/* --- tests ---------------------------------------------------------------------------- */

static void
a_form_screen_is_its_tables(void **state)
{
	struct world *w = *state;
	struct canvas c;

	canvas_init(&c, 24, 80, true);
	router_draw(w->r, &c);
	kit_shows(&c, "Step 1 of 2: First");
	kit_shows(&c, "Wants");
	kit_shows(&c, "C-n next step");
	canvas_done(&c);
	assert_false(router_top(w->r)->dirty);
	press(w, "a");
	assert_true(router_top(w->r)->dirty);
	assert_string_equal(formview_get(fv_of(w), "wants"), "a");
	press(w, "C-z");
	assert_false(router_top(w->r)->dirty);
}

/* The bottom line shows the key that chooses, once something is pointed at. */
static void
the_hints_show_what_chooses(void **state)
{
	static const struct {
		const char *keys, *shown;
	} t[] = {
		{ "Tab", "Right to the answers" },
		{ "Right Right", "Space choose  Right next" },
		{ "Space", "Space choose  Right next" },
	};
	struct world *w = *state;
	struct canvas c;

	canvas_init(&c, 24, 80, true);
	for (size_t i = 0; i < COUNT(t); i++) {
		press(w, t[i].keys);
		router_draw(w->r, &c);
		kit_shows(&c, t[i].shown);
	}
	canvas_done(&c);
	assert_string_equal(formview_get(fv_of(w), "child"), "no");
}

static void
nothing_is_saved_while_something_is_missing(void **state)
{
	struct world *w = *state;

	press(w, "C-s");
	assert_int_equal(seen.saved, 0);
	assert_true(router_message(w->r)[0] != '\0');
	assert_int_equal(router_depth(w->r), 2);
}

static void
a_save_says_what_it_did(void **state)
{
	struct world *w = *state;

	seen.says = "Asked, and not done yet.";
	press(w, "a C-s");
	assert_string_equal(router_message(w->r), "Asked, and not done yet.");
}

static void
saving_closes_and_drops_the_draft(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };

	press(w, "a b");
	assert_int_equal(router_save_drafts(w->r, &err), 0);
	press(w, "C-s");
	assert_int_equal(seen.saved, 1);
	assert_string_equal(seen.wants, "ab");
	/* What was stored already is no change. */
	assert_int_equal(seen.changes, 1);
	assert_int_equal(fake.drops, 1);
	assert_int_equal(router_depth(w->r), 1);
	assert_string_equal(router_message(w->r), "Saved.");
}

static void
a_failed_save_keeps_everything(void **state)
{
	struct world *w = *state;

	seen.save_gives = -1;
	press(w, "a b C-s");
	assert_string_equal(
	    router_message(w->r), "Full. What you typed is kept as a draft.");
	assert_true(router_top(w->r)->dirty);
	assert_string_equal(formview_get(fv_of(w), "wants"), "ab");
	seen.save_gives = 0;
	press(w, "C-s");
	assert_int_equal(router_depth(w->r), 1);
}

/* A value that only the store can check: the cursor is on its field, also where
 * that is on another step, and the sentence beside it until it is changed. */
static void
a_refused_value_is_where_it_is_asked(void **state)
{
	struct world *w = *state;
	struct canvas c;

	canvas_init(&c, 24, 80, true);
	press(w, "a C-n");
	assert_int_equal(fv_of(w)->step, 2);
	seen.refused = "child";
	press(w, "C-s");
	assert_int_equal(fv_of(w)->step, 0);
	assert_string_equal(router_message(w->r), "Not this.");
	router_draw(w->r, &c);
	kit_shows(&c, "Step 1 of 2: First");
	kit_shows(&c, "! Not this.");
	press(w, "y");
	router_draw(w->r, &c);
	kit_shows_not(&c, "! Not this.");
	assert_string_equal(formview_get(fv_of(w), "child"), "yes");
	/* One that is not asked now, or of no form: said, and nothing moves. */
	press(w, "n C-n");
	seen.refused = "guardian";
	press(w, "C-s");
	assert_int_equal(fv_of(w)->step, 2);
	seen.refused = "elsewhere";
	press(w, "C-s");
	assert_int_equal(fv_of(w)->step, 2);
	assert_string_equal(router_message(w->r), "Not this.");
	canvas_done(&c);
}

static void
a_save_that_asks_first_waits(void **state)
{
	struct world *w = *state;

	seen.save_gives = 1;
	press(w, "a C-s");
	assert_int_equal(router_depth(w->r), 2);
	assert_true(router_top(w->r)->dirty);
}

static void
steps_are_left_in_order_and_hidden_ones_skipped(void **state)
{
	struct world *w = *state;

	press(w, "C-n");
	assert_int_equal(fv_of(w)->step, 0); /* "wants" is missing */
	press(w, "a C-n");
	assert_int_equal(fv_of(w)->step, 2);
	assert_int_equal(seen.left, 1);
	press(w, "C-p");
	assert_int_equal(fv_of(w)->step, 0);
	formview_set(fv_of(w), "child", "yes");
	press(w, "C-n");
	assert_int_equal(fv_of(w)->step, 1);
	press(w, "C-n C-n");
	assert_int_equal(fv_of(w)->step, 2);
	assert_non_null(strstr(router_message(w->r), "last step"));
}

static void
a_step_can_hold_one_back(void **state)
{
	struct world *w = *state;
	struct canvas c;

	canvas_init(&c, 24, 80, true);
	seen.leave_gives = -1;
	press(w, "a Tab y C-n");
	assert_int_equal(fv_of(w)->step, 0);
	assert_string_equal(router_message(w->r), "Not yet.");
	/* Beside the value it is about, with the cursor there. */
	router_draw(w->r, &c);
	kit_shows(&c, "! Not yet.");
	press(w, "b");
	assert_string_equal(formview_get(fv_of(w), "wants"), "ab");
	press(w, "Tab n");
	seen.leave_gives = 1;
	press(w, "C-n");
	assert_int_equal(fv_of(w)->step, 0);
	formview_go_on(router_top(w->r));
	assert_int_equal(fv_of(w)->step, 2);
	canvas_done(&c);
}

/* The fields of a step that does not show are kept, and not stored. */
static void
hidden_steps_are_no_change(void **state)
{
	struct world *w = *state;

	press(w, "a");
	formview_set(fv_of(w), "child", "yes");
	formview_set(fv_of(w), "guardian", "aunt");
	formview_set(fv_of(w), "child", "no");
	press(w, "C-s");
	assert_int_equal(seen.changes, 2);
}

static void
a_conflict_asks_and_saves_again(void **state)
{
	struct world *w = *state;

	seen.conflict = (struct conflict){ .field = "wants",
		.mine = "ab",
		.theirs = "school",
		.by = "nimal" };
	seen.conflicting = true;
	press(w, "a b C-s");
	assert_int_equal(seen.saved, 1);
	press(w, "m C-s");
	assert_int_equal(seen.saved, 2);
	assert_string_equal(seen.wants, "ab");
	assert_int_equal(seen.changes, 1);
	assert_int_equal(seen.rev, 8);
}

static void
their_value_is_taken_and_no_change(void **state)
{
	struct world *w = *state;

	seen.conflict = (struct conflict){ .field = "wants",
		.mine = "ab",
		.theirs = "school",
		.by = "nimal" };
	seen.conflicting = true;
	press(w, "a b C-s t C-s");
	assert_string_equal(seen.wants, "school");
	assert_int_equal(seen.changes, 0);
}

/* What they alone changed is shown, and not asked. */
static void
what_is_settled_is_taken(void **state)
{
	struct world *w = *state;

	seen.conflict = (struct conflict){ .field = "wants",
		.mine = "ab",
		.theirs = "school",
		.by = "nimal",
		.settled = true };
	seen.conflicting = true;
	press(w, "a b C-s");
	assert_int_equal(seen.saved, 1);
	press(w, "C-s");
	assert_int_equal(seen.saved, 2);
	assert_string_equal(seen.wants, "school");
}

static void
harm_14_a_draft_goes_on_where_it_was(void **state)
{
	struct world *w = *state;
	struct uid draft, about = uid_new();

	router_top(w->r)->route.record = about;
	router_top(w->r)->route.arg = 3;
	press(w, "a b C-n x");
	fv_of(w)->base = about;
	press(w, "C-c");
	assert_int_equal(fake.saves, 1);
	assert_int_equal(router_depth(w->r), 1);
	draft = fake.last.uid;
	open_on(w, draft);
	assert_int_equal(fv_of(w)->step, 2);
	assert_string_equal(formview_get(fv_of(w), "wants"), "ab");
	assert_string_equal(formview_get(fv_of(w), "next"), "callx");
	assert_int_equal(fv_of(w)->rev, 5);
	assert_true(uid_eq(&fv_of(w)->base, &about));
	assert_true(router_top(w->r)->dirty);
	/* What it puts right, or belongs to, is not forgotten. */
	assert_true(uid_eq(&router_top(w->r)->route.record, &about));
	assert_int_equal(router_top(w->r)->route.arg, 3);
	/* Saved from there, that draft is gone. */
	press(w, "C-s");
	assert_int_equal(fake.drops, 1);
}

static void
a_draft_that_cannot_be_read_does_not_open(void **state)
{
	struct world *w = *state;
	struct route go = { .screen = &form };
	struct err err = { 0 };
	size_t len;

	press(w, "a b C-c");
	go.draft = fake.last.uid;
	len = fake.text.len;
	for (size_t cut = 0; cut < len; cut++) {
		fake.text.len = cut;
		err_clear(&err);
		assert_int_equal(router_open(w->r, &go, &err), -1);
		assert_int_equal(err.kind, ERR_DAMAGED);
		assert_int_equal(router_depth(w->r), 1);
	}
	fake.text.len = len;
	assert_int_equal(router_open(w->r, &go, &err), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_form_screen_is_its_tables),
		T(the_hints_show_what_chooses),
		T(nothing_is_saved_while_something_is_missing),
		T(saving_closes_and_drops_the_draft),
		T(a_save_says_what_it_did),
		T(a_failed_save_keeps_everything),
		T(a_refused_value_is_where_it_is_asked),
		T(a_save_that_asks_first_waits),
		T(steps_are_left_in_order_and_hidden_ones_skipped),
		T(a_step_can_hold_one_back),
		T(hidden_steps_are_no_change),
		T(a_conflict_asks_and_saves_again),
		T(their_value_is_taken_and_no_change),
		T(what_is_settled_is_taken),
		T(harm_14_a_draft_goes_on_where_it_was),
		T(a_draft_that_cannot_be_read_does_not_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
