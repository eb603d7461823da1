/* SPDX-License-Identifier: ISC */
/*
 * Words nobody else knows, typed as a name, a number, a note, a search and a
 * passphrase, in the real program at a real terminal: afterwards they are in
 * no file of this machine, in nothing the kernel tells about the program, in
 * no title, and on no screen that somebody left.  Each way of looking is tried
 * on a word that is there first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "../lib/day_kit.h"
#include "../lib/leak_kit.h"

static struct day day;
static struct vt *vt;
static char code[CODE_SIZE];
static time_t begun;
static char name[32], other[32], phone[32], wants[32], note[32], filter[32],
    guess[48];
/* What must be nowhere; the right passphrase, which every test program knows,
 * comes last. */
static const char *const secrets[] = { name, other, phone, wants, note, filter,
	guess, "seven grey herons", NULL };

static void
make_words(void)
{
	leak_word(name, sizeof(name), "Nilani ");
	leak_word(other, sizeof(other), "Mala ");
	leak_word(wants, sizeof(wants), "a bed, ");
	leak_word(note, sizeof(note), "came with ");
	leak_word(filter, sizeof(filter), "q");
	leak_word(guess, sizeof(guess), "harbour lights ");
	(void)snprintf(phone, sizeof(phone), "+00 %06u%06u",
	    (unsigned)random() % 1000000, (unsigned)random() % 1000000);
}

/* --- looking ------------------------------------------------------------------ */
static void
nothing_on_disk(void)
{
	const char *typed[sizeof(secrets) / sizeof(secrets[0])];
	struct leak_found f = { .what = NULL };

	leak_scan_files(day.kit.root, 0, secrets, &f);
	if (f.what != NULL)
		fail_msg("\"%s\" is in %s", f.what, f.where);
	assert_true(f.files > 5);
	memcpy(typed, secrets, sizeof(secrets));
	typed[sizeof(secrets) / sizeof(secrets[0]) - 2] = NULL;
	leak_scan_machine(begun, typed, &f);
	if (f.what != NULL)
		fail_msg("\"%s\" is in %s", f.what, f.where);
	print_message("%zu changed files looked through\n", f.files);
}

static void
nothing_in_proc(pid_t pid)
{
	struct leak_found f;

	leak_scan_proc(pid, secrets, &f);
	if (f.what != NULL)
		fail_msg("\"%s\" is in %s", f.what, f.where);
	assert_true(f.files > 5);
}

static void
nothing_in_memory(pid_t pid)
{
	struct leak_found f;

	leak_scan_memory(pid, secrets, &f);
	if (f.what != NULL)
		fail_msg("\"%s\" is in memory of %s", f.what, f.where);
	assert_true(f.files > 5);
}

/* Not on the screen; and where it was, everything that a terminal keeps was
 * told to go since, the lines above the window too. */
static void
nothing_at_the_terminal(void)
{
	const struct buf *all = vt_stream(vt);
	const char *after = all->data, *at;

	for (size_t i = 0; secrets[i] != NULL; i++) {
		day_absent(vt, secrets[i]);
		while (
		    (at = memmem(after, all->len - (size_t)(after - all->data),
			 secrets[i], strlen(secrets[i]))) != NULL)
			after = at + 1;
	}
	if (memmem(after, all->len - (size_t)(after - all->data), "\033[3J",
		4) == NULL)
		fail_msg("the lines above the window were not wiped");
}

/* --- the tests: one story ------------------------------------------------------- */
/* Each way of looking finds what is there. */
static void
what_is_there_is_found(void **state)
{
	static const char title[] = "x\033]0;Nilani\007y\033P1;2\033\\";
	const char *vault[] = { day.kit.dir, NULL };
	const char *word[] = { name, NULL };
	char path[300];
	struct leak_found f = { .what = NULL };
	FILE *file;

	(void)state;
	(void)snprintf(path, sizeof(path), "%.200s/left-behind", day.kit.root);
	file = fopen(path, "w");
	assert_non_null(file);
	(void)fprintf(file, "%4000s %s", "", name);
	assert_int_equal(fclose(file), 0);
	leak_scan_files(day.kit.root, begun, word, &f);
	assert_non_null(f.what);
	assert_string_equal(f.where, path);
	assert_int_equal(unlink(path), 0);
	vt = day_terminal(&day, day_fast(), "amina");
	leak_scan_proc(vt_pid(vt), vault, &f);
	assert_non_null(f.what);
	assert_int_equal(leak_strings(title, sizeof(title) - 1), 2);
}

static void
harm_13_typed_words_stay_in_the_vault(void **state)
{
	const struct day_person person = { .wants = wants,
		.number = phone,
		.cover = "the tailor",
		.name = name,
		.other_names = other,
		.phone = phone,
		.agreed = "a call",
		.note = note };
	struct leak_found f;

	(void)state;
	day_intake(vt, &person, code);
	assert_true(vt_alt_screen(vt));
	/* The card of who it is. */
	vt_send(vt, "p");
	vt_expect(vt, "why do you open it?");
	vt_send(vt, "to call back");
	vt_keys(vt, "Enter");
	vt_expect(vt, name);
	nothing_in_proc(vt_pid(vt));
	nothing_in_proc(day_session(vt));
	/* With both databases open and their logs full. */
	assert_true(leak_noise(day.kit.dir, true) >= 8);
	leak_only_writes_in(vt_pid(vt), day.kit.dir);
	leak_only_writes_in(day_session(vt), day.kit.dir);
	/* Whoever works with a name has it in memory: the way of looking that
	 * finds nothing after a lock finds it here. */
	leak_scan_memory(day_session(vt), secrets, &f);
	assert_non_null(f.what);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Wants first");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Mine");
	vt_send(vt, "/");
	vt_send(vt, filter);
	vt_expect(vt, filter);
	nothing_in_proc(day_session(vt));
	vt_keys(vt, "Esc");
	vt_expect_gone(vt, filter);
}

static void
harm_01_a_lock_leaves_nothing(void **state)
{
	(void)state;
	vt_keys(vt, "C-l");
	vt_expect(vt, "Locked by amina");
	nothing_at_the_terminal();
	nothing_in_memory(vt_pid(vt));
	nothing_in_memory(day_session(vt));
	/* A wrong passphrase is as secret as the right one. */
	vt_send(vt, guess);
	vt_keys(vt, "Enter");
	vt_expect(vt, "not the passphrase of amina");
	nothing_at_the_terminal();
	nothing_in_proc(day_session(vt));
	nothing_in_memory(vt_pid(vt));
	day_come_back(vt);
}

static void
harm_01_a_kill_leaves_nothing(void **state)
{
	(void)state;
	day_jump(vt, code);
	vt_expect(vt, wants);
	day_kill_session(vt);
	nothing_at_the_terminal();
	nothing_in_memory(vt_pid(vt));
	nothing_in_proc(vt_pid(vt));
	day_come_back(vt);
}

static void
harm_01_leaving_leaves_nothing(void **state)
{
	(void)state;
	day_jump(vt, code);
	vt_expect(vt, wants);
	vt_keys(vt, "Esc");
	vt_expect(vt, "Mine");
	vt_keys(vt, "Q");
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, NULL));
	nothing_at_the_terminal();
	/* No title was ever set, no clipboard filled. */
	assert_int_equal(
	    leak_strings(vt_stream(vt)->data, vt_stream(vt)->len), 0);
	for (size_t i = 6; secrets[i] != NULL; i++)
		assert_null(memmem(vt_stream(vt)->data, vt_stream(vt)->len,
		    secrets[i], strlen(secrets[i])));
	vt_close(vt);
	vt = NULL;
}

/* Commands speak of codes and counts. */
static void
harm_19_commands_and_copies_name_nobody(void **state)
{
	char dir[300];
	const char *const commands[][4] = {
		{ "verify", NULL },
		{ "backup", dir, NULL },
		{ "user", "list", NULL },
	};
	static const char *const who[] = { "sunila", "adele", "adele" };
	struct buf said;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%.200s/backup", day.kit.root);
	buf_init(&said);
	for (size_t i = 0; i < 3; i++)
		if (day_command(&day, who[i], commands[i], &said) != 0)
			fail_msg("%s: %s", commands[i][0], said.data);
	for (size_t i = 0; secrets[i] != NULL; i++)
		assert_null(memmem(
		    said.data, said.len, secrets[i], strlen(secrets[i])));
	buf_done(&said);
	nothing_on_disk();
}

static void
harm_13_files_look_like_noise(void **state)
{
	char dir[300];

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%.200s/backup", day.kit.root);
	/* Both databases, the keyring and the one before it, the anchor and
	 * the sign-in delays; the logs went with the last who was in. */
	assert_true(leak_noise(day.kit.dir, false) >= 6);
	assert_true(leak_noise(dir, false) >= 4);
}

/* --- */
static int
setup(void **state)
{
	struct timespec now;

	(void)state;
	day_open(&day);
	/* Files tell their time by the machine's clock, not by the test's. */
	(void)clock_gettime(CLOCK_REALTIME, &now);
	begun = now.tv_sec - 1;
	srandom((unsigned)now.tv_nsec);
	make_words();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vt_close(vt);
	day_close(&day);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there_is_found),
		cmocka_unit_test(harm_13_typed_words_stay_in_the_vault),
		cmocka_unit_test(harm_01_a_lock_leaves_nothing),
		cmocka_unit_test(harm_01_a_kill_leaves_nothing),
		cmocka_unit_test(harm_01_leaving_leaves_nothing),
		cmocka_unit_test(harm_19_commands_and_copies_name_nobody),
		cmocka_unit_test(harm_13_files_look_like_noise),
	};

	day_clock();
	return cmocka_run_group_tests(tests, setup, teardown);
}
