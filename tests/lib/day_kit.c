/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "store/draft.h"

#include "day_kit.h"

#define ROWS 24
#define COLS 80

static void
clock_says(int64_t ms)
{
	char now[32];

	(void)snprintf(now, sizeof(now), "%lld", (long long)ms);
	assert_int_equal(setenv("AMPARO_NOW", now, 1), 0);
}

void
day_clock(void)
{
	clock_says(DAY_MS);
}

void
day_later(struct day *d, int hours)
{
	d->now += hours * CLOCK_HOUR;
	clock_says(d->now);
}

void
day_open(struct day *d)
{
	day_open_at(d, "/tmp");
}

void
day_open_at(struct day *d, const char *parent)
{
	const char *source = getenv("AMPARO_SOURCE");

	*d = (struct day){ .now = DAY_MS };
	vault_kit_open_at(&d->kit, parent);
	(void)snprintf(d->config, sizeof(d->config),
	    "%s/config/societies/generic.cfg", source == NULL ? "." : source);
	(void)vault_kit_user(&d->kit, "amina", ROLE_CASEWORKER, "branch-1");
	(void)vault_kit_user(&d->kit, "ruwan", ROLE_CASEWORKER, "branch-1");
	(void)vault_kit_user(&d->kit, "sunila", ROLE_SUPERVISOR, "branch-1");
	vault_kit_begin_with_cases(&d->kit);
	/* From here on people come in through the program. */
	while (d->kit.n > 0)
		session_end(d->kit.users[--d->kit.n], SESSION_SIGNED_OUT);
}

void
day_close(struct day *d)
{
	vault_kit_close(&d->kit);
}

/* --- programs ---------------------------------------------------------------- */

static const char *
program(const char *variable)
{
	const char *path = getenv(variable);

	return path != NULL && access(path, X_OK) == 0 ? path : NULL;
}

const char *
day_sanitized(void)
{
	const char *path = program("AMPARO_BIN");

	if (path == NULL)
		fail_msg("AMPARO_BIN names no program; run tests/run.sh");
	return path;
}

const char *
day_fast(void)
{
	const char *path = program("AMPARO_OPT_BIN");

	return path == NULL ? day_sanitized() : path;
}

struct vt *
day_start(struct day *d, const char *path, int rows, int cols,
    const char *const *extra)
{
	const char *const argv[] = { path, "--config", d->config, "--vault",
		d->kit.dir, NULL };
	const char *env[16] = { NULL };
	struct vt_options options = {
		.rows = rows, .cols = cols, .argv = argv, .env = env
	};
	char now[48];
	struct vt *vt;

	(void)snprintf(now, sizeof(now), "AMPARO_NOW=%lld", (long long)d->now);
	env[0] = now;
	for (size_t i = 0; extra != NULL && extra[i] != NULL && i < 14; i++)
		env[i + 1] = extra[i];
	vt = vt_open(&options);
	if (vt == NULL)
		fail_msg("%s cannot be started", path);
	return vt;
}

void
day_sign_in(struct vt *vt, const char *login)
{
	vt_expect(vt, "Login");
	vt_send(vt, login);
	vt_keys(vt, "Enter");
	vt_send(vt, VAULT_KIT_PASSPHRASE);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Cases");
}

void
day_come_back(struct vt *vt)
{
	vt_expect(vt, "Passphrase");
	vt_send(vt, VAULT_KIT_PASSPHRASE);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Your last session");
}

struct vt *
day_terminal(struct day *d, const char *path, const char *login)
{
	struct vt *vt = day_start(d, path, ROWS, COLS, NULL);

	day_sign_in(vt, login);
	return vt;
}

void
day_leave(struct vt *vt)
{
	int status = -1;

	vt_keys(vt, "Q");
	/* With a case open it asks first. */
	if (vt_wait_text(vt, "Sign out and leave?", VT_WAIT_MS))
		vt_send(vt, "y");
	if (!vt_wait_exit(vt, VT_WAIT_MS, &status))
		fail_msg("the program stays; the screen is:\n%s",
		    vt_screen_text(vt));
	assert_int_equal(status, 0);
	assert_false(vt_alt_screen(vt));
	assert_int_equal(
	    strspn(vt_screen_text(vt), " \n"), strlen(vt_screen_text(vt)));
	vt_close(vt);
}

/* --- forms ------------------------------------------------------------------- */

static bool
on_row(struct vt *vt, void *arg)
{
	int row, col;

	vt_cursor(vt, &row, &col);
	return strstr(vt_row(vt, row), arg) != NULL;
}

void
day_expect_focus_at(struct vt *vt, const char *text, const char *file, int line)
{
	int row, col;

	if (vt_wait_for(vt, on_row, (void *)(uintptr_t)text, VT_WAIT_MS))
		return;
	vt_cursor(vt, &row, &col);
	print_error("%s:%d: the cursor is in row %d, not at \"%s\"; the "
		    "screen is:\n",
	    file, line, row, text);
	vt_report(vt);
	_fail(file, line);
}

void
day_fill_at(
    struct vt *vt, const struct day_answer *a, const char *file, int line)
{
	for (; a->how != DAY_END; a++) {
		day_expect_focus_at(vt, a->label, file, line);
		if (a->how == DAY_TYPE)
			vt_send(vt, a->words);
		else if (a->how == DAY_PASTE)
			vt_paste(vt, a->words);
		else
			vt_keys(vt, a->words);
		if (a->how != DAY_KEYS)
			vt_keys(vt, "Tab");
	}
}

void
day_absent_at(struct vt *vt, const char *text, const char *file, int line)
{
	if (vt_absent(vt, text))
		return;
	print_error("%s:%d: \"%s\" must not be here; the screen is:\n", file,
	    line, text);
	vt_report(vt);
	_fail(file, line);
}

/* --- cases ------------------------------------------------------------------- */

void
day_read_code(struct vt *vt, char code[CODE_SIZE])
{
	const char *s = vt_whole_text(vt);
	char word[CODE_SIZE];

	for (; *s != '\0'; s++) {
		if (strlen(s) < CODE_SIZE - 1)
			break;
		(void)snprintf(word, sizeof(word), "%.*s", CODE_SIZE - 1, s);
		if (word[3] == '-' && word[7] == '-' &&
		    code_parse(word, code) == 0)
			return;
	}
	fail_msg("no case code on the screen:\n%s", vt_screen_text(vt));
}

void
day_jump(struct vt *vt, const char *code)
{
	day_answer_line(vt, "Open a case", NULL);
	vt_send(vt, code);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Contact");
}

void
day_answer_line(struct vt *vt, const char *title, const char *words)
{
	if (words == NULL)
		vt_send(vt, "g");
	vt_expect(vt, title);
	if (words == NULL)
		return;
	vt_send(vt, words);
	vt_keys(vt, "Enter");
	vt_expect_gone(vt, title);
}

/* --- faults, and other witnesses ----------------------------------------------- */

pid_t
day_session(struct vt *vt)
{
	char path[64];
	long pid = -1;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
	    (int)vt_pid(vt), (int)vt_pid(vt));
	f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%ld", &pid) != 1 || pid <= 1)
		fail_msg("%s names no session", path);
	(void)fclose(f);
	return (pid_t)pid;
}

void
day_kill_session(struct vt *vt)
{
	assert_int_equal(kill(day_session(vt), SIGKILL), 0);
	vt_expect(vt, "The session ended unexpectedly");
}

static void
run_command(const char *const *argv, int pass, int out)
{
	if (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
		_exit(126);
	/* Descriptor 3 is the passphrase's. */
	if (pass == 3 ? fcntl(3, F_SETFD, 0) < 0 : dup2(pass, 3) < 0)
		_exit(126);
	/* exec wants what nobody here changes. */
	(void)execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static void
send_passphrase(int fd)
{
	static const char words[] = VAULT_KIT_PASSPHRASE "\n";

	assert_int_equal(
	    write(fd, words, sizeof(words) - 1), sizeof(words) - 1);
	(void)close(fd);
}

int
day_command(struct day *d, const char *login, const char *const *command,
    struct buf *said)
{
	const char *argv[24] = { day_fast(), "--config", d->config, "--vault",
		d->kit.dir, "--user", login, "--passphrase-fd", "3" };
	char now[32], block[4096];
	int pass[2], out[2], status;
	size_t n = 9;
	ssize_t got;
	pid_t pid;

	for (; *command != NULL && n < 23; command++)
		argv[n++] = *command;
	argv[n] = NULL;
	(void)snprintf(now, sizeof(now), "%lld", (long long)d->now);
	assert_int_equal(pipe2(pass, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)setenv("AMPARO_NOW", now, 1);
		run_command(argv, pass[0], out[1]);
	}
	(void)close(pass[0]);
	(void)close(out[1]);
	send_passphrase(pass[1]);
	while ((got = read(out[0], block, sizeof(block))) > 0)
		if (said != NULL)
			buf_add(said, block, (size_t)got);
	(void)close(out[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void
day_verify(struct day *d)
{
	const char *const command[] = { "verify", NULL };
	struct buf said;
	bool bad;
	int rc;

	buf_init(&said);
	rc = day_command(d, "sunila", command, &said);
	if (rc != 0)
		fprintf(stderr, "verify ended with %d:\n%s\n", rc, said.data);
	bad = rc != 0 || strstr(said.data, "BAD") != NULL ||
	      strstr(said.data, "not checked") != NULL;
	buf_done(&said);
	assert_false(bad);
}

/* How many drafts somebody has, and whether words (may be NULL) are in one. */
static size_t
each_draft(struct day *d, const char *login, const char *words, bool *found)
{
	struct err err = { .kind = ERR_NONE };
	struct session *s = vault_kit_sign_in(&d->kit, login, &err);
	struct drafts drafts = { .n = 0 };
	struct arena arena;
	struct buf text;

	if (s == NULL)
		fail_msg("%s cannot sign in: %s", login, err.text);
	arena_init(&arena);
	buf_init(&text);
	if (draft_list(s, &arena, &drafts, &err) == -1)
		fail_msg("drafts of %s: %s", login, err.text);
	for (size_t i = 0; words != NULL && i < drafts.n; i++) {
		buf_clear(&text);
		/* Saved or dropped since: not what is looked for. */
		if (draft_load(s, drafts.list[i].uid, &text, &err) == 0 &&
		    memmem(text.data, text.len, words, strlen(words)) != NULL)
			*found = true;
	}
	buf_done(&text);
	arena_done(&arena);
	session_end(s, SESSION_SIGNED_OUT);
	return drafts.n;
}

size_t
day_drafts(struct day *d, const char *login)
{
	return each_draft(d, login, NULL, NULL);
}

void
day_wait_draft_of(
    struct day *d, struct vt *vt, const char *login, const char *words)
{
	int64_t end = clock_boot() + VT_WAIT_MS;
	bool found = false;

	for (;;) {
		(void)each_draft(d, login, words, &found);
		if (found)
			return;
		if (clock_boot() > end)
			fail_msg("no draft of %s holds \"%s\"; the screen is:"
				 "\n%s",
			    login, words, vt_screen_text(vt));
		/* Nothing shows when a draft is kept: look again soon. */
		(void)vt_wait_text(vt, "NOT kept", 200);
	}
}
