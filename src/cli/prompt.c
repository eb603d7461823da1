/* SPDX-License-Identifier: ISC */
#include "cli/prompt.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"

/*
 * Ctrl-C, hang-up and the like wait while the echo is off, so that the
 * terminal is never left silent: they are delivered once it is on again.
 */
static void
hold_signals(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGTSTP);
	sigprocmask(SIG_BLOCK, &set, before);
}

static bool
read_byte(int fd, unsigned char *c)
{
	ssize_t n;

	do
		n = read(fd, c, 1);
	while (n < 0 && errno == EINTR);
	return n == 1;
}

int
prompt_line(const char *question, char *out, size_t size, struct err *e)
{
	unsigned char c;
	size_t n = 0;
	bool any = false, over = false;

	fprintf(stderr, "%s ", question);
	fflush(stderr);
	while (read_byte(STDIN_FILENO, &c)) {
		any = true;
		if (c == '\n')
			break;
		if (n + 1 < size)
			out[n++] = (char)c;
		else
			over = true;
	}
	out[n] = '\0';
	if (!any)
		return err_set(e, ERR_CANCELLED, _("Nothing was typed."));
	if (over || !utf8_valid(out, n))
		return err_set(
		    e, ERR_INPUT, _("That line is too long or not UTF-8."));
	return 0;
}

/* Bytes of one line into the secret; Ctrl-C (in raw signal mode) is -1. */
static int
read_secret(int fd, struct secret *s, struct err *e)
{
	unsigned char c = 0;
	bool any = false, over = false;

	while (read_byte(fd, &c)) {
		any = true;
		if (c == '\n' || c == '\r')
			break;
		if (c == 3)
			return err_set(e, ERR_CANCELLED, _("Cancelled."));
		if (!secret_append(s, &c, 1))
			over = true;
	}
	wipe(&c, sizeof(c));
	if (!any)
		return err_set(e, ERR_CANCELLED, _("Nothing was typed."));
	if (over)
		return err_set(e, ERR_INPUT,
		    _("A passphrase has at most %d bytes."), PASSPHRASE_MAX);
	return 0;
}

int
prompt_secret(const char *question, int fd, struct secret **out, struct err *e)
{
	struct termios old, quiet;
	struct secret *s = secret_new(PASSPHRASE_MAX);
	sigset_t before;
	bool tty = false, asked = fd < 0;
	int rc;

	if (asked) {
		fd = STDIN_FILENO;
		hold_signals(&before);
		tty = tcgetattr(fd, &old) == 0;
	}
	if (tty) {
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ISIG);
		tcsetattr(fd, TCSAFLUSH, &quiet);
	}
	/* Asked when nothing that is typed in answer can show or get lost. */
	if (asked) {
		fprintf(stderr, "%s ", question);
		fflush(stderr);
	}
	rc = read_secret(fd, s, e);
	if (tty) {
		tcsetattr(fd, TCSAFLUSH, &old);
		fputc('\n', stderr);
	}
	if (asked)
		sigprocmask(SIG_SETMASK, &before, NULL);
	if (rc == -1) {
		secret_free(s);
		return -1;
	}
	*out = s;
	return 0;
}

int
prompt_new_secret(
    const char *question, int fd, struct secret **out, struct err *e)
{
	struct secret *one, *two;
	int round;

	if (fd >= 0)
		return prompt_secret(NULL, fd, out, e);
	for (round = 0; round < 3; round++) {
		if (prompt_secret(question, -1, &one, e) == -1)
			return -1;
		if (prompt_secret(_("The same again:"), -1, &two, e) == -1) {
			secret_free(one);
			return -1;
		}
		if (secret_eq(one, two)) {
			secret_free(two);
			*out = one;
			return 0;
		}
		secret_free(one);
		secret_free(two);
		fprintf(stderr, "%s\n", _("They differ; please try again."));
	}
	return err_set(e, ERR_INPUT, _("The two passphrases differ."));
}

bool
prompt_yes(const char *question)
{
	char line[16];
	struct err e = { 0 };

	if (prompt_line(question, line, sizeof(line), &e) == -1)
		return false;
	return strcmp(line, "yes") == 0 || strcmp(line, "y") == 0;
}
