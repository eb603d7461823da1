/* SPDX-License-Identifier: ISC */
/* The ritual changes the whole process, so each case runs in a child. */
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "vault/harden.h"

extern char **environ;

/* The line at which a child found something wrong, 0 if nothing. */
#define CHECK(x)                         \
	do {                             \
		if (!(x))                \
			return __LINE__; \
	} while (0)

static int
in_child(int (*fn)(void))
{
	int status, line = -1, pipe_fd[2];
	pid_t pid;

	assert_int_equal(pipe(pipe_fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		/* Out of the way of what fn closes. */
		int out = fcntl(pipe_fd[1], F_DUPFD, 900);

		line = fn();
		if (write(out, &line, sizeof(line)) != sizeof(line) &&
		    line != 0)
			_exit(1);
		_exit(line != 0);
	}
	(void)close(pipe_fd[1]);
	if (read(pipe_fd[0], &line, sizeof(line)) != sizeof(line))
		line = -1;
	(void)close(pipe_fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == 0 ? 0 : line;
}

static void
terminals_are_looked_up(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "xterm-256color", "xterm-256color" },
		{ "linux", "linux" },
		{ "vt100", "vt100" },
		{ "tmux-256color", "tmux-256color" },
		{ "screen", "screen" },
		{ NULL, "vt100" },
		{ "", "vt100" },
		{ "XTERM", "vt100" },
		{ "xterm-256colorx", "vt100" },
		{ "../../../tmp/evil", "vt100" },
		{ "xterm\n", "vt100" },
		{ "x", "vt100" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(harden_term(cases[i].in), cases[i].out);
}

static int
environment_child(void)
{
	static const char *const hostile[] = { "LD_PRELOAD", "TERMINFO",
		"TERMINFO_DIRS", "OPENSSL_MODULES", "TMPDIR", "LANGUAGE",
		"NLSPATH", "MALLOC_TRACE", "COLUMNS", "TZ" };
	static const char *const kept[] = { "TERM=", "PATH=/nonexistent",
		"HOME=/nonexistent", "OPENSSL_CONF=/dev/null",
		"LANG=", "LC_ALL=", "AMPARO_NOW=", "AMPARO_SEED=" };
	struct environment env;
	struct err e;

	(void)clearenv();
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		(void)setenv(hostile[i], "/tmp/evil", 1);
	(void)setenv("TERM", "xterm-256color", 1);
	(void)setenv("NO_COLOR", "1", 1);
	(void)setenv("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22", 1);
	(void)setenv("SSH_USER_AUTH", "/run/sshd/auth.7", 1);
	(void)setenv("SSH_TTY", "/dev/pts/4", 1);
	(void)setenv("AMPARO_VAULT", "/srv/vault", 1);
	(void)setenv("HOME", "/home/amparo", 1);
	(void)setenv("USER", "am\x1b]0;paro", 1);
	(void)unsetenv("LANGUAGE");
	(void)unsetenv("LC_ALL");
	(void)unsetenv("LC_MESSAGES");
	(void)setenv("LANG", "de_DE.ISO-8859-1", 1);
	(void)setenv("AMPARO_NOW", "1790000000000", 1);
	CHECK(harden_environment(&env, &e) == 0);
	CHECK(strcmp(env.term, "xterm-256color") == 0 && env.no_color);
	CHECK(strcmp(env.ssh_client, "192.0.2.7") == 0);
	CHECK(env.ssh_key[0] == '\0'); /* no such file */
	CHECK(strcmp(env.language, "de_DE") == 0);
	CHECK(strcmp(env.ssh_tty, "/dev/pts/4") == 0);
	CHECK(strcmp(env.vault, "/srv/vault") == 0);
	CHECK(strcmp(env.home, "/home/amparo") == 0);
	CHECK(env.user[0] == '\0'); /* it could have steered a terminal */
	CHECK(strcmp(getenv("AMPARO_NOW"), "1790000000000") == 0);
	CHECK(strcmp(nl_langinfo(CODESET), "UTF-8") == 0);
	for (size_t i = 0; environ[i] != NULL; i++) {
		bool known = false;

		for (size_t k = 0; k < sizeof(kept) / sizeof(kept[0]); k++)
			known = known || strncmp(environ[i], kept[k],
					     strlen(kept[k])) == 0;
		CHECK(known);
	}
	return 0;
}

static int
empty_environment_child(void)
{
	struct environment env;
	char long_one[2000];
	struct err e;

	(void)clearenv();
	memset(long_one, 'a', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = '\0';
	(void)setenv("AMPARO_VAULT", long_one, 1);
	(void)setenv("SSH_TTY", long_one, 1);
	(void)setenv("NO_COLOR", "", 1);
	(void)close(STDIN_FILENO);
	CHECK(harden_environment(&env, &e) == 0);
	CHECK(strcmp(env.term, "vt100") == 0 && !env.no_color);
	/* Too long to be kept whole is not kept in part. */
	CHECK(env.vault[0] == '\0' && env.ssh_tty[0] == '\0');
	CHECK(env.tty[0] == '\0' && env.home[0] == '\0');
	CHECK(getenv("AMPARO_NOW") == NULL);
	return 0;
}

static void
the_environment_is_read_then_cleared(void **state)
{
	(void)state;
	assert_int_equal(in_child(environment_child), 0);
	assert_int_equal(in_child(empty_environment_child), 0);
}

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static int
process_child(void)
{
	struct rlimit r;
	struct sigaction sa;
	char cwd[64];
	int keep[3] = { 40, 7, 23 };
	struct err e;

	for (int fd = 3; fd < 60; fd++)
		CHECK(dup2(STDERR_FILENO, fd) == fd);
	(void)close(STDIN_FILENO);
	CHECK(harden_process(keep, 3, &e) == 0);
	for (int fd = 0; fd < 1000; fd++)
		CHECK(
		    is_open(fd) == (fd < 3 || fd == 7 || fd == 23 || fd == 40));
	/* A closed standard input became /dev/null, not our next file. */
	CHECK(read(STDIN_FILENO, cwd, 1) == 0);
	CHECK(getcwd(cwd, sizeof(cwd)) != NULL && strcmp(cwd, "/") == 0);
	CHECK(umask(0) == 077);
	CHECK(getrlimit(RLIMIT_CORE, &r) == 0 && r.rlim_max == 0);
	CHECK(getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur <= 256);
	CHECK(getrlimit(RLIMIT_FSIZE, &r) == 0 && r.rlim_cur == 256UL << 30);
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
	CHECK(sigaction(SIGPIPE, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN);
	CHECK(sigaction(SIGXFSZ, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN);
#if !defined(__SANITIZE_ADDRESS__)
	CHECK(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0);
	CHECK(getrlimit(RLIMIT_AS, &r) == 0 && r.rlim_cur == 2UL << 30);
#endif
	/* Twice is as good as once: the child of the keeper does it too. */
	CHECK(harden_process(keep, 3, &e) == 0);
	CHECK(harden_process(NULL, 0, &e) == 0);
	CHECK(!is_open(7) && is_open(2));
	return 0;
}

static int
narrow_limits_child(void)
{
	struct rlimit r = { .rlim_cur = 64, .rlim_max = 64 };
	int many[17] = { 0 };
	struct err e;

	CHECK(setrlimit(RLIMIT_NOFILE, &r) == 0);
	CHECK(harden_process(many, 17, &e) == -1 && e.kind == ERR_INPUT);
	CHECK(harden_process(NULL, 0, &e) == 0);
	CHECK(getrlimit(RLIMIT_NOFILE, &r) == 0);
	CHECK(r.rlim_cur == 64 && r.rlim_max == 64);
	return 0;
}

static void
the_process_is_closed_up(void **state)
{
	(void)state;
	assert_int_equal(in_child(process_child), 0);
	assert_int_equal(in_child(narrow_limits_child), 0);
}

/* The keeper dies; its child gets SIGHUP. */
static void
a_child_hears_of_its_parents_death(void **state)
{
	int pipe_fd[2];
	pid_t keeper;
	char c[2];

	(void)state;
	assert_int_equal(pipe(pipe_fd), 0);
	keeper = fork();
	assert_true(keeper >= 0);
	if (keeper == 0) {
		pid_t me = getpid();
		sigset_t set;
		int sig;

		if (fork() != 0) {
			for (;;)
				(void)pause();
		}
		(void)sigemptyset(&set);
		(void)sigaddset(&set, SIGHUP);
		(void)sigprocmask(SIG_BLOCK, &set, NULL);
		if (harden_child(me, NULL) != 0 ||
		    write(pipe_fd[1], "r", 1) != 1)
			_exit(1);
		(void)sigwait(&set, &sig);
		_exit(write(pipe_fd[1], "h", 1) != 1);
	}
	assert_int_equal(read(pipe_fd[0], c, 1), 1);
	assert_int_equal(c[0], 'r');
	(void)kill(keeper, SIGKILL);
	assert_int_equal(waitpid(keeper, NULL, 0), keeper);
	assert_int_equal(read(pipe_fd[0], c, 1), 1);
	assert_int_equal(c[0], 'h');
	(void)close(pipe_fd[0]);
	(void)close(pipe_fd[1]);
}

static int
orphan_child(void)
{
	struct err e;

	CHECK(harden_child(getppid() + 1, &e) == -1 && e.kind == ERR_IO);
	/* In words of ours or by the error's name, never in the system's. */
	CHECK(strstr(e.text, "(getppid: ESRCH)") != NULL);
	CHECK(harden_child(getppid(), &e) == 0);
	return 0;
}

static void
a_parent_that_is_gone_is_noticed(void **state)
{
	(void)state;
	assert_int_equal(in_child(orphan_child), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminals_are_looked_up),
		cmocka_unit_test(the_environment_is_read_then_cleared),
		cmocka_unit_test(the_process_is_closed_up),
		cmocka_unit_test(a_child_hears_of_its_parents_death),
		cmocka_unit_test(a_parent_that_is_gone_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
