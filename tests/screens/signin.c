/* SPDX-License-Identifier: ISC */
/*
 * The door, in a real terminal: signing in, locking, changing places, and
 * every way in which a session can end.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "../lib/vault_kit.h"
#include "../lib/vt.h"
#include "base/buf.h"
#include "store/user.h"

static struct vault_kit kit;
static char config[1024], sri_lanka[1024];

static int
open_kit(void **state)
{
	const char *source = getenv("AMPARO_SOURCE");

	(void)state;
	vault_kit_open(&kit);
	(void)vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	(void)vault_kit_user(&kit, "ruwan", ROLE_CASEWORKER, "branch-1");
	vault_kit_begin_with_cases(&kit);
	if (source == NULL)
		source = ".";
	snprintf(
	    config, sizeof(config), "%s/config/societies/generic.cfg", source);
	snprintf(sri_lanka, sizeof(sri_lanka),
	    "%s/config/societies/sri-lanka.cfg", source);
	return 0;
}

static int
close_kit(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

struct how {
	const char *binary; /* the variable that names it */
	const char *extra; /* one more option */
	const char *config; /* NULL: the kit's */
	const char *const *env;
	int rows, cols;
	bool ignore_hup;
};

static struct vt *
start(const struct how *how)
{
	const char *binary =
	    getenv(how->binary == NULL ? "AMPARO_BIN" : how->binary);
	const char *argv[] = { binary == NULL ? "build/san/amparo" : binary,
		"--config", how->config == NULL ? config : how->config,
		"--vault", kit.dir, how->extra, NULL };
	struct vt_options o = { .argv = argv,
		.env = how->env,
		.rows = how->rows,
		.cols = how->cols,
		.ignore_hup = how->ignore_hup };
	struct vt *vt = vt_open(&o);

	assert_non_null(vt);
	return vt;
}

static struct vt *
start_plainly(void)
{
	const struct how how = { .rows = 24, .cols = 80 };

	return start(&how);
}

static void
sign_in_to(struct vt *vt, const char *login, const char *sees)
{
	vt_expect(vt, "Passphrase");
	vt_send(vt, login);
	vt_send(vt, "\r" VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, sees);
}

static void
sign_in(struct vt *vt, const char *login)
{
	sign_in_to(vt, login, "Your last session");
}

/* Who looks after the vault has no queue, and is told so at once. */
static void
an_administrator_is_told_where_their_work_is(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	vt_expect(vt, "Passphrase");
	vt_send(vt, session_user(kit.admin)->login);
	vt_send(vt, "\r" VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "its work is done with commands");
	vt_expect(vt, "Emergency numbers");
	vt_close(vt);
}

/* The session behind the keeper. */
static pid_t
child_of(struct vt *vt)
{
	char path[64];
	long pid = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
	    (int)vt_pid(vt), (int)vt_pid(vt));
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%ld", &pid), 1);
	fclose(f);
	return (pid_t)pid;
}

/* --- in --------------------------------------------------------------------- */

static void
a_wrong_passphrase_says_no_more_than_that(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	vt_expect(vt, "Passphrase");
	vt_send(vt, "nobody\rwhatever it may be\r");
	vt_expect(vt, "do not go together");
	vt_keys(vt, "Esc");
	vt_send(vt, "amina\rwhatever it may be\r");
	vt_expect(vt, "do not go together");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "Your last session");
	vt_expect(vt, "amina");
	vt_close(vt);
}

static void
harm_01_a_passphrase_is_never_on_the_screen(void **state)
{
	struct vt *vt = start_plainly();
	const struct buf *all;

	(void)state;
	sign_in(vt, "amina");
	all = vt_stream(vt);
	assert_null(memmem(all->data, all->len, "herons", 6));
	/* Nor how long it is. */
	assert_null(memmem(all->data, all->len, "*****", 5));
	vt_close(vt);
}

static void
a_pasted_passphrase_signs_in_on_enter_alone(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	vt_expect(vt, "Passphrase");
	vt_send(vt, "amina\r");
	vt_paste(vt, VAULT_KIT_PASSPHRASE "\n");
	vt_expect(vt, "typed, hidden");
	assert_true(vt_absent(vt, "Unlocking"));
	vt_keys(vt, "Enter");
	vt_expect(vt, "Your last session");
	vt_close(vt);
}

static void
too_many_tries_wait(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	vt_expect(vt, "Passphrase");
	vt_send(vt, "ruwan\r");
	for (int i = 0; i < 8 && !vt_has(vt, "second"); i++) {
		vt_send(vt, "wrong once more\r");
		vt_expect_gone(vt, "typed, hidden");
		vt_expect_gone(vt, "Unlocking");
	}
	vt_expect(vt, "second");
	vt_close(vt);
}

static void
a_one_time_code_leads_to_a_passphrase_of_ones_own(void **state)
{
	char code[ENROL_CODE_SIZE];
	struct err err = { 0 };
	struct vt *vt;

	(void)state;
	assert_int_equal(user_add(kit.admin, "dilini", "Dilini",
			     ROLE_CASEWORKER, "branch-1", code, &err),
	    0);
	vt = start_plainly();
	vt_expect(vt, "Passphrase");
	vt_send(vt, "dilini\r");
	vt_send(vt, code);
	vt_send(vt, "\r");
	vt_expect(vt, "New passphrase");
	vt_send(vt, "short\r");
	vt_expect(vt, "15");
	vt_keys(vt, "F2");
	vt_send(vt, "six tea estates in the morning\r");
	vt_expect(vt, "The same again");
	vt_send(vt, "six tea estates in the evening\r");
	vt_expect(vt, "not the same");
	vt_send(vt, "six tea estates in the morning\r");
	vt_expect(vt, "The same again");
	vt_send(vt, "six tea estates in the morning\r");
	vt_expect(vt, "your first session");
	/* Whoever added her does not hold it, and she hears so at once. */
	vt_expect(vt, "key to names yet: a supervisor runs");
	vt_expect(vt, "amparo user grant dilini");
	vt_keys(vt, "C-l");
	vt_expect(vt, "Locked by dilini");
	vt_send(vt, "six tea estates in the morning\r");
	vt_expect(vt, "Your last session");
	vt_keys(vt, "F9"); /* so does who can hand it on */
	vt_expect(vt, "Somebody else can sign in");
	vt_send(vt, "sunil\r" VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "key to names yet: \"amparo user grant dilini");
	vt_close(vt);
}

/* What somebody wants on their screens is theirs, here and at the next
 * terminal; whoever sits down next has their own. */
static void
own_screens_go_with_the_person(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	sign_in(vt, "amina");
	vt_keys(vt, "F8");
	vt_expect(vt, "Your own screens");
	vt_expect(vt, "1 As the society has it");
	vt_send(vt, "3\t4\t2"); /* Spanish, without colours, Today */
	vt_keys(vt, "C-s");
	vt_expect(vt, "Casos");
	vt_keys(vt, "C-l");
	vt_expect(vt, "Locked by amina");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "Hoy");
	vt_keys(vt, "F9");
	vt_expect(vt, "Somebody else can sign in");
	vt_send(vt, "sunil\r" VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "Cases");
	vt_close(vt);
	/* As it was, in the words it has now. */
	vt = start_plainly();
	sign_in_to(vt, "amina", "Hoy");
	vt_keys(vt, "F8");
	vt_expect(vt, "3 Español");
	vt_send(vt, "1\t1\t1");
	vt_keys(vt, "C-s");
	vt_expect(vt, "Today");
	vt_close(vt);
	vault_kit_begin_with_cases(&kit);
}

/* --- out and in again -------------------------------------------------------- */

static void
harm_01_a_lock_ends_the_process_that_knew(void **state)
{
	struct vt *vt = start_plainly();
	pid_t before;

	(void)state;
	sign_in(vt, "amina");
	before = child_of(vt);
	vt_keys(vt, "C-l");
	vt_expect(vt, "Locked by amina");
	assert_int_not_equal(child_of(vt), before);
	assert_int_equal(kill(before, 0), -1);
	vt_expect_gone(vt, "Cases");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "Your last session");
	vt_close(vt);
}

static void
another_person_takes_the_locked_terminal(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	sign_in(vt, "amina");
	vt_keys(vt, "C-l");
	vt_expect(vt, "Locked by amina");
	vt_keys(vt, "Tab");
	vt_expect(vt, "Login");
	vt_send(vt, "sunil\r" VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "supervisor");
	vt_keys(vt, "F9");
	vt_expect(vt, "Somebody else can sign in");
	vt_close(vt);
}

static void
harm_01_blank_hides_at_once_and_comes_back(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	sign_in(vt, "amina");
	vt_keys(vt, "F12");
	vt_expect(vt, "Display idle");
	assert_true(vt_absent(vt, "amina"));
	assert_true(vt_absent(vt, "Cases"));
	vt_keys(vt, "Space");
	vt_expect(vt, "Cases");
	vt_close(vt);
}

static void
leaving_wipes_the_terminal(void **state)
{
	struct vt *vt = start_plainly();
	int status;

	(void)state;
	sign_in(vt, "amina");
	vt_keys(vt, "Q");
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("status %x\n%s", (unsigned)status, vt_screen_text(vt));
	assert_false(vt_alt_screen(vt));
	assert_string_equal(vt_row(vt, 0), "");
	assert_true(vt_absent(vt, "Cases"));
	vt_close(vt);
}

/* --- what nobody asked for ----------------------------------------------------- */

static void
harm_14_a_killed_session_is_wiped_and_said(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	sign_in(vt, "amina");
	assert_int_equal(kill(child_of(vt), SIGKILL), 0);
	vt_expect(vt, "ended unexpectedly");
	assert_true(vt_absent(vt, "Cases"));
	/* Whoever sat here is offered as login. */
	vt_expect(vt, "amina");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "Your last session");
	vt_close(vt);
}

static void
a_hang_up_ends_keeper_and_session(void **state)
{
	static const int signals[] = { SIGHUP, SIGTERM };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct vt *vt = start_plainly();
		pid_t child;
		int status;

		sign_in(vt, "amina");
		child = child_of(vt);
		assert_true(vt_kill(vt, signals[i]));
		assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
		assert_int_equal(kill(child, 0), -1);
		assert_true(vt_absent(vt, "Cases"));
		vt_close(vt);
	}
}

/* A program that ignores the end of its terminal spins for ever with the vault
 * open; mutt and less leave in 30 ms, 500 are allowed here. */
static void
a_lost_line_with_hup_ignored_ends_within_half_a_second(void **state)
{
	const struct how how = { .binary = "AMPARO_OPT_BIN",
		.ignore_hup = true };
	struct vt *vt = start(&how);
	struct timespec a, b;
	int status;

	(void)state;
	sign_in(vt, "amina");
	clock_gettime(CLOCK_MONOTONIC, &a);
	vt_hangup(vt);
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
	clock_gettime(CLOCK_MONOTONIC, &b);
	assert_in_range(
	    (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000, 0,
	    500);
	vt_close(vt);
}

static void
a_stopped_session_would_hold_locks_so_none_stops(void **state)
{
	struct vt *vt = start_plainly();

	(void)state;
	sign_in(vt, "amina");
	assert_int_equal(kill(child_of(vt), SIGTSTP), 0);
	vt_keys(vt, "?");
	vt_expect(vt, "Help");
	vt_close(vt);
}

/* --- terminals ------------------------------------------------------------------- */

static void
every_terminal_gets_a_door(void **state)
{
	static const char *const no_utf8[] = { "LANG=C", "LC_ALL=C", NULL };
	static const char *const unknown[] = { "TERM=no-such-terminal", NULL };
	static const char *const console[] = { "TERM=linux", NULL };
	static const char *const old[] = { "TERM=vt100", NULL };
	static const char *const plain[] = { "NO_COLOR=1", NULL };
	static const char *const evil[] = { "TERM=../../tmp/evil", NULL };
	static const char *const *const envs[] = { no_utf8, unknown, console,
		old, plain, evil };

	(void)state;
	for (size_t i = 0; i < sizeof(envs) / sizeof(envs[0]); i++) {
		const struct how how = { .env = envs[i] };
		struct vt *vt = start(&how);

		sign_in(vt, "amina");
		vt_keys(vt, "Q");
		assert_true(vt_wait_exit(vt, VT_WAIT_MS, NULL));
		assert_true(vt_absent(vt, "Cases"));
		vt_close(vt);
	}
}

static void
every_size_from_forty_by_ten(void **state)
{
	static const struct how sizes[] = { { .rows = 10, .cols = 40 },
		{ .rows = 24, .cols = 80 }, { .rows = 50, .cols = 132 } };
	const struct how tiny = { .rows = 5, .cols = 20 };
	struct vt *vt;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		vt = start(&sizes[i]);
		sign_in(vt, "amina");
		vt_close(vt);
	}
	vt = start(&tiny);
	vt_expect(vt, "too small");
	vt_expect(vt, "is lost.");
	/* Nothing is typed, let alone entered, where nobody sees it. */
	vt_send(vt, "amina\r");
	assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS));
	vt_resize(vt, 24, 80);
	vt_expect(vt, "Login");
	assert_true(vt_absent(vt, "amina"));
	vt_send(vt, "amina\r");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "Your last session");
	vt_close(vt);
}

static void
line_mode_signs_in_and_locks(void **state)
{
	const struct how how = { .extra = "--plain", .rows = 40 };
	struct vt *vt = start(&how);

	(void)state;
	vt_expect(vt, "Login");
	vt_send(vt, "amina\n");
	vt_expect(vt, "(not shown)");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\n");
	vt_expect(vt, "Your last session");
	assert_null(
	    memmem(vt_stream(vt)->data, vt_stream(vt)->len, "herons", 6));
	vt_send(vt, ":lock\n");
	vt_expect(vt, "Locked by amina");
	assert_true(vt_absent(vt, "Your last session"));
	vt_send(vt, VAULT_KIT_PASSPHRASE "\n");
	vt_expect(vt, "Your last session");
	vt_send(vt, "quit\n");
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, NULL));
	vt_close(vt);
}

static void
a_dumb_terminal_gets_line_mode(void **state)
{
	static const char *const dumb[] = { "TERM=dumb", NULL };
	const struct how how = { .env = dumb };
	struct vt *vt = start(&how);

	(void)state;
	vt_expect(vt, "-- amparo, Sign in");
	assert_false(vt_alt_screen(vt));
	vt_close(vt);
}

/* --- what it costs ----------------------------------------------------------------- */

static void
the_first_picture_is_small_and_quiet_is_silent(void **state)
{
	struct vt *vt = start_plainly();
	size_t bytes;

	(void)state;
	vt_expect(vt, "Passphrase");
	assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
	assert_in_range(vt_bytes(vt), 1, 2000);
	sign_in(vt, "amina");
	assert_true(vt_wait_quiet(vt, 200, VT_WAIT_MS));
	bytes = vt_bytes(vt);
	/* Longer than two looks at the database. */
	assert_true(vt_wait_quiet(vt, 4500, VT_WAIT_MS));
	assert_int_equal(vt_bytes(vt), bytes);
	vt_close(vt);
}

/* --- numbers -------------------------------------------------------------------------- */

static void
harm_10_a_stale_number_says_so(void **state)
{
	/* 2035, long after every number was to be checked again. */
	static const char *const later[] = { "AMPARO_NOW=2051222400000", NULL };
	const struct how how = { .env = later, .config = sri_lanka };
	struct vt *vt = start(&how);

	(void)state;
	vt_expect(vt, "Login");
	vt_keys(vt, "F1");
	vt_expect(vt, "Everywhere");
	vt_keys(vt, "/");
	vt_send(vt, "emergency");
	vt_keys(vt, "Enter Enter");
	vt_expect(vt, "1990");
	vt_expect(vt, "MAY BE OUT OF DATE: checked");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_passphrase_says_no_more_than_that),
		cmocka_unit_test(harm_01_a_passphrase_is_never_on_the_screen),
		cmocka_unit_test(a_pasted_passphrase_signs_in_on_enter_alone),
		cmocka_unit_test(too_many_tries_wait),
		cmocka_unit_test(
		    a_one_time_code_leads_to_a_passphrase_of_ones_own),
		cmocka_unit_test(own_screens_go_with_the_person),
		cmocka_unit_test(harm_01_a_lock_ends_the_process_that_knew),
		cmocka_unit_test(another_person_takes_the_locked_terminal),
		cmocka_unit_test(harm_01_blank_hides_at_once_and_comes_back),
		cmocka_unit_test(leaving_wipes_the_terminal),
		cmocka_unit_test(harm_14_a_killed_session_is_wiped_and_said),
		cmocka_unit_test(a_hang_up_ends_keeper_and_session),
		cmocka_unit_test(
		    a_lost_line_with_hup_ignored_ends_within_half_a_second),
		cmocka_unit_test(
		    a_stopped_session_would_hold_locks_so_none_stops),
		cmocka_unit_test(every_terminal_gets_a_door),
		cmocka_unit_test(every_size_from_forty_by_ten),
		cmocka_unit_test(line_mode_signs_in_and_locks),
		cmocka_unit_test(a_dumb_terminal_gets_line_mode),
		cmocka_unit_test(
		    the_first_picture_is_small_and_quiet_is_silent),
		cmocka_unit_test(harm_10_a_stale_number_says_so),
		cmocka_unit_test(an_administrator_is_told_where_their_work_is),
	};

	return cmocka_run_group_tests(tests, open_kit, close_kit);
}
