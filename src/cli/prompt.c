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

#define CTRL_C 3

/*
 * Ctrl-C is an answer, "no", and ends the line at once; so do a hang-up and
 * being told to end.  Whoever asked puts right what is half done, wipes what
 * was shown, and says so, and the terminal is never left silent or deaf.
 */
static const int no_signals[] = { SIGHUP, SIGTERM, SIGQUIT, SIGTSTP };
#define NO_SIGNALS (sizeof(no_signals) / sizeof(no_signals[0]))

struct asking {
	int fd;
	bool tty;
	struct termios before;
	struct sigaction actions[NO_SIGNALS];
};

/* Interrupting the wait is all it is for. */
static void
on_signal(int sig)
{
	(void)sig;
}

static void
begin(struct asking *a, int fd, bool echo)
{
	struct sigaction interrupt = { .sa_handler = on_signal };
	struct termios now;

	*a = (struct asking){ .fd = fd };
	a->tty = tcgetattr(fd, &a->before) == 0;
	if (!a->tty)
		return;
	for (size_t i = 0; i < NO_SIGNALS; i++)
		(void)sigaction(no_signals[i], &interrupt, &a->actions[i]);
	now = a->before;
	now.c_lflag &= ~(tcflag_t)ISIG;
	now.c_cc[VEOL] = CTRL_C;
	if (!echo)
		now.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	/* What was typed ahead is no passphrase; it may be an answer. */
	tcsetattr(fd, echo ? TCSADRAIN : TCSAFLUSH, &now);
}

static void
end(const struct asking *a, bool echo)
{
	if (!a->tty)
		return;
	tcsetattr(a->fd, echo ? TCSADRAIN : TCSAFLUSH, &a->before);
	for (size_t i = 0; i < NO_SIGNALS; i++)
		(void)sigaction(no_signals[i], &a->actions[i], NULL);
}

/* A signal while a person is asked is their no. */
static bool
read_byte(int fd, bool asked, unsigned char *c)
{
	ssize_t n;

	do
		n = read(fd, c, 1);
	while (n < 0 && errno == EINTR && !asked);
	if (n < 0 && errno == EINTR) {
		*c = CTRL_C;
		return true;
	}
	return n == 1;
}

int
prompt_line(const char *question, char *out, size_t size, struct err *e)
{
	bool any = false, over = false, no = false;
	struct asking asking;
	unsigned char c;
	size_t n = 0;

	begin(&asking, STDIN_FILENO, true);
	fprintf(stderr, "%s ", question);
	fflush(stderr);
	while (read_byte(STDIN_FILENO, asking.tty, &c)) {
		any = true;
		no = asking.tty && c == CTRL_C;
		if (c == '\n' || no)
			break;
		if (n + 1 < size)
			out[n++] = (char)c;
		else
			over = true;
	}
	out[n] = '\0';
	end(&asking, true);
	if (!any || no) {
		fputc('\n', stderr);
		return err_set(e, ERR_CANCELLED,
		    no ? _("Cancelled.") : _("Nothing was typed."));
	}
	if (over || !utf8_valid(out, n))
		return err_set(
		    e, ERR_INPUT, _("That line is too long or not UTF-8."));
	return 0;
}

/* Bytes of one line into the secret; Ctrl-C is -1. */
static int
read_secret(int fd, bool asked, struct secret *s, struct err *e)
{
	unsigned char c = 0;
	bool any = false, over = false;

	while (read_byte(fd, asked, &c)) {
		any = true;
		if (c == '\n' || c == '\r')
			break;
		if (c == CTRL_C)
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
	struct secret *s = secret_new(PASSPHRASE_MAX);
	struct asking asking = { .tty = false };
	bool asked = fd < 0;
	int rc;

	/* Asked when nothing that is typed in answer can show or get lost. */
	if (asked) {
		fd = STDIN_FILENO;
		begin(&asking, fd, false);
		fprintf(stderr, "%s ", question);
		fflush(stderr);
	}
	rc = read_secret(fd, asking.tty, s, e);
	if (asking.tty)
		fputc('\n', stderr);
	if (asked)
		end(&asking, false);
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
