/* SPDX-License-Identifier: ISC */
#include "app/keeper.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/harden.h"

#define TRIES 3 /* starts that failed at once before it is said */

struct watch {
	struct termios saved;
	bool tty; /* saved holds something */
	sigset_t signals, before;
	struct handover *page;
};

/* Signals are taken one by one with sigwaitinfo(): no handler, so nothing can
 * come between looking at a flag and waiting. */
static void
block(struct watch *w)
{
	sigemptyset(&w->signals);
	sigaddset(&w->signals, SIGCHLD);
	sigaddset(&w->signals, SIGHUP);
	sigaddset(&w->signals, SIGTERM);
	sigaddset(&w->signals, SIGINT);
	sigaddset(&w->signals, SIGQUIT);
	sigaddset(&w->signals, SIGTSTP);
	sigaddset(&w->signals, SIGTTOU);
	sigprocmask(SIG_BLOCK, &w->signals, &w->before);
	signal(SIGCHLD, SIG_DFL);
}

/* What came after the end, a second hang-up for one, changes nothing more. */
static void
discard(struct watch *w)
{
	const struct timespec now = { 0 };

	while (sigtimedwait(&w->signals, NULL, &now) > 0)
		;
	sigprocmask(SIG_SETMASK, &w->before, NULL);
}

static void
write_all(const char *s)
{
	size_t left = strlen(s);

	while (left > 0) {
		ssize_t n = write(STDOUT_FILENO, s, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return; /* the terminal is gone; so is its picture */
		s += n;
		left -= (size_t)n;
	}
}

static void
restore(const struct watch *w, const char *wipe)
{
	if (!w->tty)
		return;
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &w->saved);
	write_all(wipe);
	/* Keys typed into a session that is gone are not the next one's. */
	(void)tcflush(STDIN_FILENO, TCIFLUSH);
}

static void __attribute__((noreturn))
child(const struct keeper *k, struct watch *w, pid_t parent, bool first)
{
	struct handover before = *w->page;
	struct handover now = { .ended = ENDED_CRASHED };
	struct err err = { 0 };

	*w->page = now;
	sigprocmask(SIG_SETMASK, &w->before, NULL);
	if (harden_child(parent, &err) == 0)
		k->session(k->arg, first ? NULL : &before, w->page);
	else
		w->page->ended = ENDED_HUNG_UP;
	/* _exit: what the parent registered to run at its end is not ours. */
	_exit(0);
}

/* Wait for the child; hang-ups and ends meant for us are meant for it. */
static void
wait_for(const struct watch *w, pid_t pid, bool *asked_to_end)
{
	for (;;) {
		siginfo_t info;
		int status, sig = sigwaitinfo(&w->signals, &info);

		if (sig == SIGHUP || sig == SIGTERM) {
			*asked_to_end = true;
			(void)kill(pid, sig);
		}
		if (waitpid(pid, &status, WNOHANG) == pid)
			return;
	}
}

/* One session from fork to wiped terminal. */
static int
one(const struct keeper *k, struct watch *w, bool first, bool *asked_to_end,
    struct err *err)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		return err_set(err, ERR_IO,
		    _("The system has no room for another session; try again "
		      "in a minute"));
	if (pid == 0)
		child(k, w, parent, first);
	wait_for(w, pid, asked_to_end);
	restore(w, k->wipe);
	return 0;
}

/* True when another session shall start. */
static bool
again(
    struct watch *w, bool asked_to_end, int *failures, int *rc, struct err *err)
{
	struct handover *page = w->page;

	page->text[sizeof(page->text) - 1] = '\0';
	if (page->ended == ENDED_FAILED) {
		*rc = err_set(err, ERR_IO, "%s", page->text);
		return false;
	}
	if (asked_to_end || page->ended == ENDED_LEFT ||
	    page->ended == ENDED_HUNG_UP) {
		/* Where a terminal is left to say it on. */
		if (page->unkept)
			*rc = err_set(err, ERR_FULL,
			    _("The words typed last are lost: the program was "
			      "ended while they could not be kept as a "
			      "draft."));
		return false;
	}
	*failures = page->ready ? 0 : *failures + 1;
	if (*failures < TRIES)
		return true;
	*rc = err_set(err, ERR_IO,
	    _("amparo could not start here; please tell whoever looks after "
	      "this computer"));
	return false;
}

int
keeper_run(const struct keeper *k, struct err *err)
{
	struct watch w = { .tty = false };
	bool asked_to_end = false, first = true;
	int failures = 0, rc = 0;

	w.page = mmap(NULL, sizeof(*w.page), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (w.page == MAP_FAILED)
		return err_set(err, ERR_NOMEM, _("There is not enough memory"));
	w.tty = tcgetattr(STDIN_FILENO, &w.saved) == 0;
	block(&w);
	do {
		if (one(k, &w, first, &asked_to_end, err) < 0) {
			rc = -1;
			break;
		}
		first = false;
	} while (again(&w, asked_to_end, &failures, &rc, err));
	discard(&w);
	munmap(w.page, sizeof(*w.page));
	return rc;
}
