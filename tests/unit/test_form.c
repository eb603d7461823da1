/* SPDX-License-Identifier: ISC */
/* Forms: what shows, what is needed, what is wrong, and nothing lost. */
#include "base/id.h"
#include "base/utf8.h"
#include "ui_kit.h"
#include "ui/form.h"

#define TODAY INT64_C(20780) /* Monday, 23 November 2026 */
#define AYSHA "\xd8\xb9\xd8\xa7\xd8\xa6\xd8\xb4\xd8\xa9"

static const struct choice_option places[] = {
	{ "home", "At home", NULL },
	{ "work", "At work", NULL },
	{ "other", "Elsewhere", NULL },
};

static const struct choice_option *const from_program = places;

static size_t
options(void *ctx, const struct form_values *v, const struct choice_option **o)
{
	(void)ctx;
	*o = from_program;
	return form_value_is(v, "safe", "yes") ? 3 : 1;
}

static bool
show_extra(void *ctx, const struct form_values *v)
{
	return *(const bool *)ctx && form_value(v, "name")[0] != '\0';
}

static int
no_digits(void *ctx, const struct form_values *v, const char *s, struct err *e)
{
	(void)ctx;
	(void)v;
	if (strpbrk(s, "0123456789") != NULL)
		return err_set(e, ERR_INPUT, "No digits here.");
	return 0;
}

static const struct form_field fields[] = {
	{ .id = "intro", .type = FORM_INFO, .text = "Read this first." },
	{ .id = "safe",
	    .type = FORM_YES_NO,
	    .label = "Safe now?",
	    .flags = FORM_REQUIRED },
	{ .id = "name",
	    .type = FORM_TEXT,
	    .label = "Name",
	    .max = 40,
	    .flags = FORM_PII,
	    .check = no_digits,
	    .help = "Any name." },
	{ .id = "where",
	    .type = FORM_CHOICE,
	    .label = "Where",
	    .options = places,
	    .n_options = 3,
	    .flags = FORM_REQUIRED },
	{ .id = "wants",
	    .type = FORM_MULTI,
	    .label = "Wants",
	    .options = places,
	    .n_options = 3 },
	{ .id = "why",
	    .type = FORM_TEXT,
	    .label = "Why not safe",
	    .show_field = "safe",
	    .show_value = "no",
	    .flags = FORM_REQUIRED },
	{ .id = "why2",
	    .type = FORM_TEXT,
	    .label = "More on why",
	    .show_field = "why" },
	{ .id = "away",
	    .type = FORM_TEXT,
	    .label = "Not at home",
	    .show_field = "where",
	    .show_value = "!home" },
	{ .id = "extra",
	    .type = FORM_TEXT,
	    .label = "Extra",
	    .show_if = show_extra },
	{ .id = "born", .type = FORM_DATE, .label = "Born" },
	{ .id = "phone", .type = FORM_PHONE, .label = "Phone" },
	{ .id = "code", .type = FORM_CODE, .label = "Code" },
	{ .id = "age",
	    .type = FORM_NUMBER,
	    .label = "Age",
	    .least = 0,
	    .most = 120 },
	{ .id = "words", .type = FORM_LONG_TEXT, .label = "Words" },
	{ .id = "fixed",
	    .type = FORM_TEXT,
	    .label = "Fixed",
	    .flags = FORM_READ_ONLY },
	{ .id = "pass", .type = FORM_SECRET, .label = "Passphrase" },
	{ .id = "dyn",
	    .type = FORM_CHOICE,
	    .label = "Dynamic",
	    .options_from = options },
};

static bool extra_on = true;

static void
start(struct form *f)
{
	form_init(f, fields, COUNT(fields), &extra_on, TODAY);
}

static void
press_form(void *arg, const struct key *k)
{
	(void)form_key(arg, k, NULL);
}

static enum form_result
press_one(struct form *f, const char *name)
{
	struct key k = kit_key(name);

	return form_key(f, &k, NULL);
}

/* --- harm 5: "not asked" is never turned into an answer ------------------- */

static void
harm_05_going_past_answers_nothing(void **state)
{
	static const char *const ways[] = { "Tab", "Enter", "PgDn" };
	struct form f;

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		start(&f);
		for (int n = 0; n < 40; n++)
			(void)press_one(&f, ways[i]);
		for (size_t j = 0; j < f.n; j++) {
			const char *v = form_get(&f, fields[j].id);

			/* Enter writes lines where lines are written. */
			assert_int_equal(v[strspn(v, "\n")], '\0');
			if (strcmp(fields[j].id, "words") != 0)
				assert_string_equal(v, "");
		}
		form_done(&f);
	}
}

static void
shows_what_applies(void **state)
{
	static const struct {
		const char *safe, *where, *name, *why;
		bool extra_on;
		bool why_shown, why2_shown, away, extra;
	} t[] = {
		{ "", "", "", "", true, false, false, false, false },
		{ "no", "", "", "", true, true, false, false, false },
		{ "no", "", "", "x", true, true, true, false, false },
		/* what hangs on a hidden question is hidden with it */
		{ "yes", "", "", "x", true, false, false, false, false },
		{ "", "home", "", "", true, false, false, false, false },
		{ "", "work", "", "", true, false, false, true, false },
		{ "", "", "A", "", true, false, false, false, true },
		{ "", "", "A", "", false, false, false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(t); i++) {
		struct form f;

		start(&f);
		extra_on = t[i].extra_on;
		form_set(&f, "safe", t[i].safe);
		form_set(&f, "where", t[i].where);
		form_set(&f, "name", t[i].name);
		form_set(&f, "why", t[i].why);
		assert_int_equal(form_shown(&f, "why"), t[i].why_shown);
		assert_int_equal(form_shown(&f, "why2"), t[i].why2_shown);
		assert_int_equal(form_shown(&f, "away"), t[i].away);
		assert_int_equal(form_shown(&f, "extra"), t[i].extra);
		assert_false(form_shown(&f, "nothing of that name"));
		extra_on = true;
		form_done(&f);
	}
}

/* A hidden answer is kept, not checked, and marked as hidden. */
static void
hidden_is_kept(void **state)
{
	struct form_change c;
	struct form f;
	size_t at = 0, hidden = 0;

	(void)state;
	start(&f);
	form_set(&f, "safe", "no");
	form_set(&f, "why", "He is here.");
	form_set(&f, "safe", "yes");
	form_set(&f, "where", "home");
	assert_int_equal(form_check(&f, NULL), 0);
	assert_string_equal(form_get(&f, "why"), "He is here.");
	while (form_next_change(&f, &at, &c))
		hidden += !c.shown;
	assert_int_equal(hidden, 1);
	form_set(&f, "safe", "no");
	assert_true(form_shown(&f, "why"));
	assert_string_equal(form_get(&f, "why"), "He is here.");
	form_done(&f);
}

static const struct {
	const char *id, *value;
	bool fine;
} checks[] = {
	{ "name", "Nimali", true },
	{ "name", AYSHA, true },
	{ "name", "R2", false },
	{ "born", "2026-11-23", true },
	{ "born", "2026-11", true },
	{ "born", "?", true },
	{ "born", "31 Feb 2026", false },
	{ "born", "soon", false },
	{ "phone", "+94 71 234-56 78", true },
	{ "phone", "119", true },
	{ "phone", "12", false },
	{ "phone", "ask Nimali", false },
	{ "age", "0", true },
	{ "age", "120", true },
	{ "age", "121", false },
	{ "age", "-1", false },
	{ "age", "12x", false },
	{ "age", "99999999999999999999", false },
	{ "code", "XXX-XXX-X", false },
};

static void
checks_each_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(checks); i++) {
		struct err e = { 0 };
		struct form f;
		int rc;

		start(&f);
		form_set(&f, "safe", "yes");
		form_set(&f, "where", "home");
		form_set(&f, checks[i].id, checks[i].value);
		rc = form_check(&f, &e);
		if ((rc == 0) != checks[i].fine)
			fail_msg("%s = %s", checks[i].id, checks[i].value);
		if (rc != 0) {
			assert_true(strlen(e.text) > 5);
			assert_string_equal(fields[f.focus].id, checks[i].id);
		}
		/* Right or wrong, what was typed is still there. */
		assert_string_equal(
		    form_get(&f, checks[i].id), checks[i].value);
		form_done(&f);
	}
}

static void
codes_become_canonical(void **state)
{
	char code[CODE_SIZE], typed[CODE_SIZE];
	struct form f;

	(void)state;
	code_new(code);
	for (size_t i = 0; i < sizeof(code); i++)
		typed[i] = code[i] >= 'A' && code[i] <= 'Z'
			       ? (char)(code[i] + 32)
			       : code[i];
	start(&f);
	form_set(&f, "safe", "yes");
	form_set(&f, "where", "home");
	form_set(&f, "code", typed);
	assert_int_equal(form_check(&f, NULL), 0);
	assert_string_equal(form_get(&f, "code"), code);
	form_done(&f);
}

static void
required(void **state)
{
	struct err e = { 0 };
	char where[96];
	struct form f;

	(void)state;
	start(&f);
	assert_int_equal(form_required_left(&f), 2);
	assert_string_equal(
	    form_where(&f, where, sizeof(where)), "1 of 11, 2 required left");
	assert_int_equal(form_check(&f, &e), -1);
	assert_string_equal(fields[f.focus].id, "safe");
	form_set(&f, "safe", "no"); /* one more is needed now */
	assert_int_equal(form_required_left(&f), 2);
	form_set(&f, "why", "   "); /* spaces are no answer */
	assert_int_equal(form_required_left(&f), 2);
	form_set(&f, "why", "x");
	form_set(&f, "where", "home");
	assert_int_equal(form_required_left(&f), 0);
	assert_int_equal(form_check(&f, &e), 0);
	form_done(&f);
}

static void
typing_through(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	/* y answers and stays; Enter goes on. */
	kit_press("y Enter", press_form, &f);
	assert_string_equal(form_get(&f, "safe"), "yes");
	assert_string_equal(fields[f.focus].id, "name");
	kit_press("N i m a l i Enter", press_form, &f);
	assert_string_equal(form_get(&f, "name"), "Nimali");
	kit_press("2 Enter", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "work");
	kit_press("Down Space Down Space Enter", press_form, &f);
	assert_string_equal(form_get(&f, "wants"), "home,work");
	assert_string_equal(fields[f.focus].id, "away");
	kit_press("S-Tab Del Tab Enter Tab", press_form, &f);
	assert_string_equal(form_get(&f, "wants"), "");
	assert_string_equal(fields[f.focus].id, "born");
	kit_press("y e s t e r d a y", press_form, &f);
	assert_string_equal(form_get(&f, "born"), "2026-11-22");
	kit_press("C-u ? Enter", press_form, &f);
	assert_string_equal(form_get(&f, "born"), "?");
	kit_press("Tab Tab Tab a Enter b", press_form, &f);
	assert_string_equal(form_get(&f, "words"), "a\nb");
	kit_press("C-z", press_form, &f);
	assert_string_equal(form_get(&f, "words"), "a\n");
	/* over the read-only field to the secret */
	kit_press("Tab p w", press_form, &f);
	assert_string_equal(form_get(&f, "pass"), "pw");
	assert_int_equal(press_one(&f, "Enter"), FORM_MOVED);
	assert_int_equal(press_one(&f, "Enter"), FORM_END);
	form_done(&f);
}

/* Of several answers Space ticks at once, of one it only shows where it is. */
static void
space_ticks_one_of_several(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	kit_press("Tab Tab Space", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "");
	kit_press("Space Tab Space Down Space", press_form, &f);
	assert_string_equal(form_get(&f, "where"), "home");
	assert_string_equal(form_get(&f, "wants"), "home,work");
	kit_press("Up Space", press_form, &f);
	assert_string_equal(form_get(&f, "wants"), "work");
	form_done(&f);
}

static void
leaving(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	kit_press("Tab N", press_form, &f);
	assert_int_equal(press_one(&f, "C-c"), FORM_CANCEL);
	assert_string_equal(form_get(&f, "name"), "N");
	assert_int_equal(press_one(&f, "C-s"), FORM_SAVE);
	assert_int_equal(press_one(&f, "Esc"), FORM_CANCEL);
	/* While a label is being typed, Esc leaves only that. */
	kit_press("Tab e l", press_form, &f);
	assert_int_equal(press_one(&f, "Esc"), FORM_STAY);
	assert_int_equal(press_one(&f, "Esc"), FORM_CANCEL);
	assert_true(form_dirty(&f));
	assert_int_equal(press_one(&f, "F5"), FORM_PASS);
	form_done(&f);
}

static void
options_follow_answers(void **state)
{
	struct form f;

	(void)state;
	start(&f);
	form_set(&f, "safe", "no");
	assert_true(form_focus(&f, "dyn"));
	kit_press("3", press_form, &f);
	assert_string_equal(form_get(&f, "dyn"), "");
	form_set(&f, "safe", "yes");
	kit_press("3", press_form, &f);
	assert_string_equal(form_get(&f, "dyn"), "other");
	/* An answer that is not offered any more is still the answer. */
	form_set(&f, "safe", "no");
	assert_string_equal(form_get(&f, "dyn"), "other");
	form_done(&f);
}

static void
changes_only(void **state)
{
	struct form_change c;
	struct form f;
	size_t at = 0;

	(void)state;
	start(&f);
	form_load(&f, "name", "Old");
	form_load(&f, "phone", "119");
	form_load(&f, "nobody", "x");
	assert_false(form_dirty(&f));
	form_set(&f, "name", "New");
	form_set(&f, "pass", "secret");
	assert_true(form_dirty(&f));
	assert_true(form_next_change(&f, &at, &c));
	assert_string_equal(c.field->id, "name");
	assert_string_equal(c.old_value, "Old");
	assert_string_equal(c.new_value, "New");
	assert_false(form_next_change(&f, &at, &c));
	form_set(&f, "name", "Old");
	assert_false(form_dirty(&f));
	form_set(&f, "name", "New");
	form_saved(&f);
	assert_false(form_dirty(&f));
	form_done(&f);
}

/* --- drafts --------------------------------------------------------------- */

static void
fill(struct form *f)
{
	form_load(f, "phone", "119");
	form_set(f, "safe", "no");
	form_set(f, "name", AYSHA);
	form_set(f, "why", "line one");
	form_set(f, "born", "not a date yet");
	form_set(f, "words", "a\nb\n" AYSHA);
	form_set(f, "pass", "do not keep this");
	assert_true(form_focus(f, "words"));
}

static void
draft_comes_back(void **state)
{
	struct form a, b;
	struct buf draft;

	(void)state;
	start(&a);
	fill(&a);
	buf_init(&draft);
	form_draft_write(&a, &draft);
	assert_null(memmem(draft.data, draft.len, "do not keep", 11));
	start(&b);
	form_load(&b, "phone", "118"); /* changed meanwhile: stays */
	assert_int_equal(form_draft_read(&b, draft.data, draft.len, NULL), 0);
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (strcmp(fields[i].id, "pass") == 0)
			assert_string_equal(form_get(&b, "pass"), "");
		else if (strcmp(fields[i].id, "phone") == 0)
			assert_string_equal(form_get(&b, "phone"), "118");
		else
			assert_string_equal(form_get(&b, fields[i].id),
			    form_get(&a, fields[i].id));
	}
	assert_string_equal(fields[b.focus].id, "words");
	assert_true(form_dirty(&b));
	form_done(&a);
	form_done(&b);
	buf_done(&draft);
}

/* Every truncation, and every byte changed: an error or a good form, never
 * half of one. */
static void
damaged_drafts(void **state)
{
	struct buf draft;
	struct form a, b;
	struct err e;

	(void)state;
	start(&a);
	fill(&a);
	buf_init(&draft);
	form_draft_write(&a, &draft);
	for (size_t n = 0; n < draft.len; n++) {
		start(&b);
		err_clear(&e);
		assert_int_equal(form_draft_read(&b, draft.data, n, &e), -1);
		assert_int_equal(e.kind, ERR_DAMAGED);
		assert_false(form_dirty(&b));
		form_done(&b);
	}
	for (size_t n = 0; n < draft.len; n++) {
		char was = draft.data[n];

		draft.data[n] = (char)(was ^ 0x81);
		start(&b);
		if (form_draft_read(&b, draft.data, draft.len, &e) != 0)
			assert_false(form_dirty(&b));
		for (size_t i = 0; i < COUNT(fields); i++) {
			const char *v = form_get(&b, fields[i].id);

			assert_true(utf8_valid(v, strlen(v)));
		}
		form_done(&b);
		draft.data[n] = was;
	}
	draft.data[1] = 9;
	start(&b);
	assert_int_equal(form_draft_read(&b, draft.data, draft.len, &e), -1);
	assert_int_equal(e.kind, ERR_VERSION);
	form_done(&b);
	form_done(&a);
	buf_done(&draft);
}

/* A later table without a field reads the rest. */
static void
draft_of_another_table(void **state)
{
	static const struct form_field fewer[] = {
		{ .id = "name", .type = FORM_TEXT, .label = "Name" },
		{ .id = "new", .type = FORM_TEXT, .label = "New" },
	};
	struct form a, b;
	struct buf draft;

	(void)state;
	start(&a);
	fill(&a);
	buf_init(&draft);
	form_draft_write(&a, &draft);
	form_init(&b, fewer, COUNT(fewer), NULL, TODAY);
	assert_int_equal(form_draft_read(&b, draft.data, draft.len, NULL), 0);
	assert_string_equal(form_get(&b, "name"), AYSHA);
	assert_string_equal(form_get(&b, "new"), "");
	form_done(&a);
	form_done(&b);
	buf_done(&draft);
}

/* --- drawing -------------------------------------------------------------- */

static void
focus_is_always_seen(void **state)
{
	static const int sizes[][2] = { { 5, 20 }, { 10, 40 }, { 24, 80 },
		{ 50, 132 } };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct canvas c;
		struct form f;
		size_t last;

		start(&f);
		fill(&f);
		assert_true(form_focus(&f, "safe"));
		canvas_init(&c, sizes[i][0], sizes[i][1], true);
		do {
			last = f.focus;
			canvas_clear(&c);
			form_draw(&f, &c, "Contact");
			/* The mark of the focus is on the screen, and the
			 * cursor not above it. */
			kit_shows(&c, ">");
			assert_true(c.grid->cursor_row > 0);
			(void)press_one(&f, "Tab");
		} while (f.focus != last);
		form_done(&f);
		canvas_done(&c);
	}
}

static void
looks_like_this(void **state)
{
	struct canvas c;
	struct form f;
	char *s;

	(void)state;
	start(&f);
	canvas_init(&c, 12, 64, true);
	kit_press("y Tab R 2 Tab Down", press_form, &f);
	form_draw(&f, &c, "Contact");
	s = kit_screen(&c);
	assert_string_equal(s,
	    " Contact                                3 of 12, 1 required left\n"
	    "   Read this first.\n"
	    " * Safe now?             * Yes  o No\n"
	    "   Name                  R2\n"
	    "                         ! No digits here.\n"
	    ">* Where                 > o 1 At home\n"
	    "                           o 2 At work\n"
	    "                           o 3 Elsewhere\n"
	    "   Wants                 .\n"
	    "   Extra\n"
	    "   Born                  .                                     v\n"
	    "\n");
	free(s);
	assert_int_equal(c.grid->cursor_row, 5);
	form_done(&f);
	canvas_done(&c);
}

/* A page of words to read, on a small window: all of it can be reached. */
static void
long_words_scroll(void **state)
{
	static const char text[] = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
				   "eight\nnine\nten\neleven\ntwelve\nlast";
	const struct form_field page[] = {
		{ .id = "name", .type = FORM_TEXT, .label = "Name" },
		{ .id = "read", .type = FORM_INFO, .text = text },
		{ .id = "more", .type = FORM_TEXT, .label = "More" },
	};
	struct canvas c;
	struct form f;

	(void)state;
	form_init(&f, page, COUNT(page), NULL, TODAY);
	canvas_init(&c, 8, 40, true);
	form_draw(&f, &c, "T");
	for (int i = 0; i < 12 && f.focus < 2; i++) {
		(void)press_one(&f, "Down");
		canvas_clear(&c);
		form_draw(&f, &c, "T");
		if (i == 0)
			kit_shows(&c, "one");
		if (i == 7)
			kit_shows(&c, "last");
	}
	assert_int_equal(f.focus, 2);
	kit_shows(&c, "More");
	form_done(&f);
	canvas_done(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_05_going_past_answers_nothing),
		cmocka_unit_test(shows_what_applies),
		cmocka_unit_test(hidden_is_kept),
		cmocka_unit_test(checks_each_field),
		cmocka_unit_test(codes_become_canonical),
		cmocka_unit_test(required),
		cmocka_unit_test(typing_through),
		cmocka_unit_test(space_ticks_one_of_several),
		cmocka_unit_test(leaving),
		cmocka_unit_test(options_follow_answers),
		cmocka_unit_test(changes_only),
		cmocka_unit_test(draft_comes_back),
		cmocka_unit_test(damaged_drafts),
		cmocka_unit_test(draft_of_another_table),
		cmocka_unit_test(focus_is_always_seen),
		cmocka_unit_test(looks_like_this),
		cmocka_unit_test(long_words_scroll),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
