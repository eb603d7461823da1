/* SPDX-License-Identifier: ISC */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"

#include "day_ssh.h"

#define SSHD "/usr/sbin/sshd"
#define SSH "/usr/bin/ssh"
#define KEYGEN "/usr/bin/ssh-keygen"
/* Where a distribution's sshd puts what is not root's; its service makes it. */
#define RUN "/run/sshd"

struct path {
	char text[400];
};

static struct path
in(const struct day_ssh *s, const char *name)
{
	struct path p;

	(void)snprintf(p.text, sizeof(p.text), "%s/%s", s->dir, name);
	return p;
}

static void
write_file(struct path p, mode_t mode, const char *text)
{
	int fd = open(p.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(close(fd), 0);
}

static const char *
me(void)
{
	const struct passwd *pw = getpwuid(getuid());

	assert_non_null(pw);
	return pw->pw_name;
}

/* --- keys ------------------------------------------------------------------ */

static void
make_key(struct path p)
{
	const char *const argv[] = { KEYGEN, "-q", "-t", "ed25519", "-N", "",
		"-f", p.text, NULL };
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		/* exec wants what nobody here changes. */
		(void)execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("%s makes no key; run make deps-test", KEYGEN);
}

/* The host is known to the client before it connects. */
static void
make_known(const struct day_ssh *s)
{
	struct err err = { .kind = ERR_NONE };
	struct buf key, line;

	buf_init(&key);
	buf_init(&line);
	if (file_read(in(s, "host.pub").text, 4096, false, &key, &err) == -1)
		fail_msg("%s", err.text);
	buf_addf(&line, "[127.0.0.1]:%d %s", s->port, key.data);
	write_file(in(s, "known_hosts"), 0600, line.data);
	buf_done(&key);
	buf_done(&line);
}

/* --- configuration ----------------------------------------------------------- */

static bool
begins(const char *line, const char *word)
{
	line += strspn(line, " \t");
	return strncmp(line, word, strlen(word)) == 0;
}

/* The shipped lines; account, keys and command are the test's. */
static void
add_shipped(const struct day_ssh *s, struct buf *out)
{
	const char *source = getenv("AMPARO_SOURCE");
	struct err err = { .kind = ERR_NONE };
	struct buf path, text;
	int replaced = 0;
	char *line, *rest;

	buf_init(&path);
	buf_init(&text);
	buf_addf(&path, "%s/config/deploy/sshd-amparo.conf",
	    source == NULL ? "." : source);
	if (file_read(path.data, 65536, false, &text, &err) == -1)
		fail_msg("%s", err.text);
	for (line = strtok_r(text.data, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (begins(line, "Match User "))
			buf_addf(out, "Match User %s\n", me());
		else if (begins(line, "AuthorizedKeysFile "))
			buf_addf(out, "AuthorizedKeysFile %s\n",
			    in(s, "user.pub").text);
		else if (begins(line, "ForceCommand "))
			buf_addf(
			    out, "ForceCommand %s\n", in(s, "command").text);
		else {
			buf_addf(out, "%s\n", line);
			continue;
		}
		replaced++;
	}
	assert_int_equal(replaced, 3);
	buf_done(&path);
	buf_done(&text);
}

static void
make_config(const struct day_ssh *s)
{
	struct buf out;

	buf_init(&out);
	buf_addf(&out,
	    "ListenAddress 127.0.0.1:%d\n"
	    "HostKey %s\n"
	    "PidFile none\n"
	    "UsePAM no\n"
	    /* The keys lie under /tmp, where everybody may write. */
	    "StrictModes no\n"
	    "LogLevel INFO\n",
	    s->port, in(s, "host").text);
	add_shipped(s, &out);
	write_file(in(s, "config"), 0600, out.data);
	buf_done(&out);
}

/* The sanitizers' options do not come over the line. */
static void
make_command(struct day *d, const struct day_ssh *s, const char *program)
{
	static const char *const kept[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS",
		"LSAN_OPTIONS" };
	struct buf out;

	buf_init(&out);
	buf_addf(
	    &out, "#!/bin/sh\nexport AMPARO_NOW=%lld\n", (long long)d->now);
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (getenv(kept[i]) != NULL)
			buf_addf(
			    &out, "export %s='%s'\n", kept[i], getenv(kept[i]));
	buf_addf(&out, "exec '%s' --config '%s' --vault '%s'\n", program,
	    d->config, d->kit.dir);
	write_file(in(s, "command"), 0700, out.data);
	buf_done(&out);
}

/* --- the daemon ------------------------------------------------------------- */

static int
free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr = { .s_addr = htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &size), 0);
	(void)close(fd);
	return ntohs(a.sin_port);
}

static void
run_daemon(const struct day_ssh *s, int log)
{
	const struct path config = in(s, "config");
	const char *const argv[] = { SSHD, "-D", "-e", "-f", config.text,
		NULL };

	if (dup2(log, STDERR_FILENO) < 0)
		_exit(126);
	/* exec wants what nobody here changes. */
	(void)execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* Until it says that it listens. */
static void
wait_until_listening(const struct day_ssh *s)
{
	struct pollfd p = { .fd = s->log, .events = POLLIN };
	char said[4096];
	size_t n = 0;
	ssize_t got;

	while (poll(&p, 1, VT_WAIT_MS) > 0 && n < sizeof(said) - 1) {
		got = read(s->log, said + n, sizeof(said) - 1 - n);
		if (got <= 0)
			break;
		n += (size_t)got;
		said[n] = '\0';
		if (strstr(said, "Server listening on 127.0.0.1") != NULL)
			return;
	}
	said[n] = '\0';
	fail_msg(
	    "%s does not listen (make deps-test installs it): %s", SSHD, said);
}

void
day_ssh_start(struct day *d, struct day_ssh *s, const char *program)
{
	int log[2];

	*s = (struct day_ssh){ .log = -1 };
	(void)snprintf(s->dir, sizeof(s->dir), "%s/ssh", d->kit.root);
	assert_int_equal(mkdir(s->dir, 0700), 0);
	s->made_run = getuid() == 0 && mkdir(RUN, 0755) == 0;
	s->port = free_port();
	make_key(in(s, "host"));
	make_key(in(s, "user"));
	make_known(s);
	make_config(s);
	make_command(d, s, program);
	assert_int_equal(pipe2(log, O_CLOEXEC), 0);
	s->log = log[0];
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		run_daemon(s, log[1]);
	(void)close(log[1]);
	wait_until_listening(s);
}

void
day_ssh_stop(struct day_ssh *s)
{
	if (s->pid > 0) {
		(void)kill(s->pid, SIGTERM);
		(void)waitpid(s->pid, NULL, 0);
		(void)close(s->log);
	}
	if (s->made_run)
		(void)rmdir(RUN);
	*s = (struct day_ssh){ .log = -1 };
}

struct vt *
day_ssh_open(struct day_ssh *s)
{
	struct path key = in(s, "user"), known = in(s, "known_hosts");
	char port[16], known_option[500];
	const char *const argv[] = { SSH, "-F", "none", "-tt", "-p", port, "-i",
		key.text, "-o", "IdentitiesOnly=yes", "-o", known_option, "-o",
		"StrictHostKeyChecking=yes", "-o", "LogLevel=ERROR", "-l", me(),
		"127.0.0.1", NULL };
	const struct vt_options options = { .argv = argv };
	struct vt *vt;

	(void)snprintf(port, sizeof(port), "%d", s->port);
	(void)snprintf(known_option, sizeof(known_option),
	    "UserKnownHostsFile=%s", known.text);
	vt = vt_open(&options);
	if (vt == NULL)
		fail_msg("%s cannot be started", SSH);
	return vt;
}
