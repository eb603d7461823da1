/* SPDX-License-Identifier: ISC */
/* The queue as people see it: the program in a pty, read through libvterm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/case.h"
#include "store/queue.h"

#include "../lib/scene.h"

/* The code on the row with the marker; "" when there is none. */
static const char *
selected(struct vt *vt)
{
	static char code[CODE_SIZE];

	code[0] = '\0';
	for (int row = 2; row < 48; row++) {
		const char *text = vt_row(vt, row);

		if (strncmp(text, "▌", strlen("▌")) != 0 && text[0] != '>')
			continue;
		for (int i = 0; i < SCENE_CASES; i++)
			if (strstr(text, scene.codes[i]) != NULL)
				memcpy(code, scene.codes[i], CODE_SIZE);
	}
	return code;
}

struct wanted {
	enum scene_case i;
};

static bool
is_selected(struct vt *vt, void *arg)
{
	const struct wanted *w = arg;

	return strcmp(selected(vt), scene.codes[w->i]) == 0;
}

static void
expect_selected(struct vt *vt, enum scene_case i)
{
	struct wanted w = { i };

	if (!vt_wait_for(vt, is_selected, &w, VT_WAIT_MS))
		fail_msg("the cursor is not on %s:\n%s", scene.codes[i],
		    vt_screen_text(vt));
}

/* --- what it looks like --------------------------------------------------- */

/* Whoever watches over who looked holds no case, and still gets to that of each
 * one, and to what left. */
static void
harm_12_who_looked_is_reached_without_a_case(void **state)
{
	struct vt *vt;

	(void)state;
	(void)vault_kit_user(&scene.kit, "audra", ROLE_AUDITOR, "branch-1");
	vt = scene_terminal(&scene, "audra", 24, 80, NULL);
	vt_expect(vt, "Branch");
	vt_keys(vt, "Enter");
	vt_expect(vt, "› Who looked");
	vt_keys(vt, "Esc");
	vt_expect(vt, "/ filter");
	vt_send(vt, "K");
	vt_expect(vt, "› What left");
	vt_keys(vt, "Esc");
	vt_expect(vt, "/ filter");
	/* Nobody is told to press what is refused them. */
	vt_keys(vt, "S-Tab S-Tab S-Tab S-Tab");
	vt_expect(vt, "No open case is yours. Tab shows the next view.");
	vt_close(vt);
}

static void
test_looks(void **state)
{
	static const struct {
		const char *golden, *term;
		int rows, cols;
	} looks[] = {
		{ "queue-80x24", "TERM=xterm-256color", 24, 80 },
		{ "queue-40x10", "TERM=xterm-256color", 10, 40 },
		{ "queue-132x50", "TERM=xterm-256color", 50, 132 },
		{ "queue-linux", "TERM=linux", 24, 80 },
		{ "queue-vt100", "TERM=vt100", 24, 80 },
		{ "queue-no-color", "NO_COLOR=1", 24, 80 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		const char *const env[] = { looks[i].term, NULL };
		struct vt *vt = scene_terminal(
		    &scene, "amina", looks[i].rows, looks[i].cols, env);

		vt_expect_gone(vt, "Your last session");
		expect_selected(vt, SCENE_URGENT);
		scene_golden(vt, looks[i].golden);
		vt_close(vt);
	}
}

/* Every colour says what marks and words say, too. */
static void
test_nothing_by_colour_alone(void **state)
{
	const char *const env[] = { "NO_COLOR=1", NULL };
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, env);
	VTermScreenCell cell;

	(void)state;
	vt_expect(vt, "!!! Urgent");
	for (int row = 0; row < 24; row++)
		for (int col = 0; col < 80; col++)
			if (vt_cell(vt, row, col, &cell))
				assert_true(
				    VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
	vt_close(vt);
}

/* --- harm register 1 ------------------------------------------------------ */

static void
harm_01_no_name_and_no_story_in_the_queue(void **state)
{
	static const char *const never[] = { "Lanternfield", "Nilani",
		"5550101", "passport", "raffick", "Threats" };
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	const struct buf *all;

	(void)state;
	for (int i = 0; i < 6; i++) {
		vt_keys(vt, "Down Tab");
		assert_true(vt_wait_quiet(vt, 100, VT_WAIT_MS));
	}
	/* Everything that was ever sent, titles and escapes included. */
	all = vt_stream(vt);
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_null(
		    memmem(all->data, all->len, never[i], strlen(never[i])));
	vt_close(vt);
}

/* --- views, orders -------------------------------------------------------- */

static void
test_views(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_expect(vt, "▌Mine 4");
	vt_keys(vt, "Tab");
	vt_expect(vt, "▌Overdue");
	vt_expect(vt, scene.codes[SCENE_URGENT]);
	vt_keys(vt, "Tab Tab");
	vt_expect(vt, "▌Unassigned 1");
	vt_expect(vt, scene.codes[SCENE_FREE]);
	vt_expect_gone(vt, scene.codes[SCENE_URGENT]);
	vt_keys(vt, "Tab");
	vt_expect(vt, "▌Branch 6");
	vt_expect(vt, scene.codes[SCENE_OTHER]);
	vt_expect(vt, "ruwan");
	vt_keys(vt, "Tab");
	vt_expect(vt, "▌Closed 0");
	vt_expect(vt, "No case is closed.");
	vt_keys(vt, "S-Tab");
	vt_expect(vt, "▌Branch 6");
	vt_close(vt);
}

static void
test_orders(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	expect_selected(vt, SCENE_URGENT);
	vt_keys(vt, "Down");
	expect_selected(vt, SCENE_HIGH);
	vt_send(vt, "s");
	vt_expect(vt, "Sorted by due date.");
	expect_selected(vt, SCENE_URGENT);
	vt_keys(vt, "End");
	expect_selected(vt, SCENE_LOW);
	vt_send(vt, "s");
	vt_expect(vt, "Sorted by latest change.");
	vt_send(vt, "s");
	vt_expect(vt, "Sorted by risk.");
	vt_close(vt);
}

/* --- filter --------------------------------------------------------------- */

static void
test_filter_narrows_and_comes_back(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	char words[4];

	(void)state;
	vt_keys(vt, "Down Down");
	expect_selected(vt, SCENE_MEDIUM);
	vt_send(vt, "/");
	snprintf(words, sizeof(words), "%.3s", scene.codes[SCENE_LOW]);
	vt_send(vt, words);
	vt_expect(vt, "1/4");
	expect_selected(vt, SCENE_LOW);
	vt_expect_gone(vt, scene.codes[SCENE_URGENT]);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Mine 4");
	vt_expect(vt, scene.codes[SCENE_URGENT]);
	expect_selected(vt, SCENE_MEDIUM);
	/* What matches nothing says how to get back. */
	vt_send(vt, "/zzzzzz");
	vt_expect(vt, "0/4");
	vt_expect(vt, "Esc shows all");
	vt_keys(vt, "Esc");
	expect_selected(vt, SCENE_MEDIUM);
	vt_close(vt);
}

/* Kept with Enter, the narrowed list takes keys again; Esc gives all back. */
static void
test_filter_kept(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	char words[16];

	(void)state;
	snprintf(words, sizeof(words), "/%.7s", scene.codes[SCENE_HIGH]);
	vt_send(vt, words);
	vt_expect(vt, "1/4");
	vt_keys(vt, "Enter Enter");
	vt_expect(vt, "Contact");
	vt_expect(vt, "!!  High");
	vt_keys(vt, "Esc");
	vt_expect(vt, "1/4");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Mine 4");
	vt_expect(vt, scene.codes[SCENE_LOW]);
	vt_close(vt);
}

/* What is seen in a row finds it: level, lateness, more than one word, and a
 * code without its dashes. */
static void
test_filter_finds_what_is_seen(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	const char *code = scene.codes[SCENE_HIGH];
	char words[16];

	(void)state;
	vt_send(vt, "/high");
	vt_expect(vt, "1/4");
	expect_selected(vt, SCENE_HIGH);
	vt_keys(vt, "Esc");
	/* "Low" is in Follow-up, too: a piece of the code tells them apart. */
	snprintf(words, sizeof(words), "/low - %.3s", scene.codes[SCENE_LOW]);
	vt_send(vt, words);
	vt_expect(vt, "1/4");
	expect_selected(vt, SCENE_LOW);
	vt_keys(vt, "Esc");
	snprintf(words, sizeof(words), "/%.3s%.3s hi", code, code + 4);
	vt_send(vt, words);
	vt_expect(vt, "1/4");
	expect_selected(vt, SCENE_HIGH);
	vt_keys(vt, "Esc");
	vt_send(vt, "/overdue high medium");
	vt_expect(vt, "0/4");
	vt_close(vt);
}

/* --- harm register 8 ------------------------------------------------------ */

static void
harm_08_a_mistyped_code_opens_nothing(void **state)
{
	static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	for (size_t i = 0; i < CODE_SIZE - 1; i++) {
		char code[CODE_SIZE];
		const char *at;

		memcpy(code, scene.codes[SCENE_URGENT], CODE_SIZE);
		if (code[i] == '-')
			continue;
		at = strchr(letters, code[i]);
		code[i] = at[1] != '\0' ? at[1] : letters[0];
		vt_send(vt, "g");
		vt_expect(vt, "Open a case");
		vt_send(vt, code);
		vt_keys(vt, "Enter");
		vt_expect(vt, "code");
		vt_expect_gone(vt, "Open a case");
		assert_true(vt_has(vt, "Mine 4"));
	}
	vt_send(vt, "g");
	vt_send(vt, scene.codes[SCENE_URGENT]);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Wants first");
	vt_close(vt);
}

/* --- two people ----------------------------------------------------------- */

/* A colleague's save shows by itself and leaves the cursor on its case. */
static void
test_refresh_keeps_the_case(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	struct err err = { .kind = ERR_NONE };
	struct case_file file;
	struct arena arena;

	(void)state;
	vt_keys(vt, "Down");
	expect_selected(vt, SCENE_HIGH);
	arena_init(&arena);
	assert_int_equal(case_open(scene.amina, scene.uids[SCENE_LOW], "",
			     &arena, &file, &err),
	    0);
	/* From the last row to the first, over the cursor. */
	assert_int_equal(
	    case_set_risk(scene.amina, scene.uids[SCENE_LOW], &file.rev, 0,
		"Said they are followed.", &arena, NULL, &err),
	    0);
	arena_done(&arena);
	vt_expect_gone(vt, "    Low");
	expect_selected(vt, SCENE_HIGH);
	/* And rows that come above it. */
	assert_int_equal(
	    flag_set(scene.amina, scene.uids[SCENE_HIGH], uid_new(),
		"Came with somebody", &(const struct fdate){ 0 }, &err),
	    0);
	expect_selected(vt, SCENE_HIGH);
	vt_close(vt);
}

/* --- the cost of a key ---------------------------------------------------- */

static void
test_a_cursor_move_is_seventy_five_bytes(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);
	size_t before;

	(void)state;
	expect_selected(vt, SCENE_URGENT);
	assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
	for (int i = 0; i < 3; i++) {
		before = vt_bytes(vt);
		vt_keys(vt, "Down");
		expect_selected(vt, i == 0   ? SCENE_HIGH
				    : i == 1 ? SCENE_MEDIUM
					     : SCENE_LOW);
		assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
		assert_in_range(vt_bytes(vt) - before, 1, 75);
	}
	vt_close(vt);
}

/* --- forty columns, ten rows ------------------------------------------------- */

static void
test_small_windows_show_whole_sentences(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 10, 40, NULL);

	(void)state;
	vt_send(vt, "?");
	vt_expect(vt, "Meet a person: safety first, then");
	vt_expect(vt, "  what they want");
	vt_keys(vt, "PgDn PgDn PgDn");
	vt_expect(vt, "    dated snapshot");
	vt_keys(vt, "Esc");
	/* A list of options has the room there is, and says that it goes on. */
	vt_send(vt, "n");
	vt_expect(vt, "Came by");
	vt_expect(vt, "4 Help line                   ↓");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Enter open");
	vt_close(vt);
}

static void
test_the_bottom_line_is_of_what_is_open(void **state)
{
	struct vt *vt = scene_terminal(&scene, "amina", 24, 80, NULL);

	(void)state;
	vt_send(vt, "/");
	vt_expect(vt, "Enter keep  Esc show all");
	assert_true(vt_absent(vt, "Enter open"));
	vt_keys(vt, "Esc");
	vt_expect(vt, "Enter open");
	vt_send(vt, ":");
	vt_send(vt, scene.codes[SCENE_OTHER]);
	vt_expect(vt, "Enter opens this case");
	vt_expect(vt, "Enter run  Tab complete  Esc leave it");
	vt_keys(vt, "Enter");
	/* A colleague's: the reason comes first. */
	vt_expect(vt, "why do you open it?");
	vt_expect(vt, "Enter go on  Esc leave it");
	vt_keys(vt, "Esc Esc");
	vt_expect(vt, "n new contact");
	vt_send(vt, "Y");
	vt_expect(vt, "Y (safety plan) works inside a case");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(harm_12_who_looked_is_reached_without_a_case),
		TEST(test_looks),
		TEST(test_nothing_by_colour_alone),
		TEST(harm_01_no_name_and_no_story_in_the_queue),
		TEST(test_views),
		TEST(test_orders),
		TEST(test_filter_narrows_and_comes_back),
		TEST(test_filter_kept),
		TEST(test_filter_finds_what_is_seen),
		TEST(harm_08_a_mistyped_code_opens_nothing),
		TEST(test_refresh_keeps_the_case),
		TEST(test_small_windows_show_whole_sentences),
		TEST(test_the_bottom_line_is_of_what_is_open),
		TEST(test_a_cursor_move_is_seventy_five_bytes),
	};

	scene_clock();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
