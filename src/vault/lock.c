/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "vault/lock.h"

#define LOCK_DIR "lock"
#define BYTE_LOCK 0
#define BYTE_DOOR 1
/* The timer may fire just before fcntl() sleeps; so it fires again. */
#define AGAIN_US 10000

/* The deadline of one wait, and what to put back when it is over. */
struct deadline {
	int64_t at; /* CLOCK_BOOTTIME ms */
	bool armed;
	struct sigaction action;
	sigset_t mask;
	struct itimerval timer;
};

static int
io_err(struct err *e, const char *name)
{
	return err_set(e, file_err_kind(errno),
	    _("The vault's lock %s cannot be used: %s. Ask whoever looks "
	      "after this machine."),
	    name, file_why(errno));
}

/* Whoever may open it may hold it, for ever. */
static bool
own(const struct stat *st)
{
	return st->st_uid == geteuid() &&
	       (st->st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

int
lock_open(int dirfd, const char *name, struct vault_lock *l, struct err *e)
{
	struct stat st;
	char path[64];
	int n;

	*l = (struct vault_lock){ .fd = -1 };
	n = snprintf(path, sizeof(path), LOCK_DIR "/%s", name);
	if (n < 0 || (size_t)n >= sizeof(path) || strchr(name, '/') != NULL)
		die("a lock cannot be called %s", name);
	if (mkdirat(dirfd, LOCK_DIR, 0700) != 0 && errno != EEXIST)
		return io_err(e, name);
	if (fstatat(dirfd, LOCK_DIR, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return io_err(e, name);
	if (!S_ISDIR(st.st_mode) || !own(&st))
		return err_set(e, ERR_UNSAFE,
		    _("Others on this machine could hold up the vault: its "
		      "folder \"lock\" is not its own. Close it to them (chmod "
		      "700) or ask whoever looks after it."));
	l->fd = openat(dirfd, path,
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (l->fd < 0)
		return io_err(e, name);
	if (fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		lock_close(l);
		return err_set(e, ERR_UNSAFE,
		    _("The vault's lock %s is not an ordinary file. Ask "
		      "whoever looks after this machine."),
		    name);
	}
	if (!own(&st)) {
		lock_close(l);
		return err_set(e, ERR_UNSAFE,
		    _("Others on this machine could hold up the vault's lock "
		      "%s. Close it to them (chmod 600) or ask whoever looks "
		      "after it."),
		    name);
	}
	return 0;
}

void
lock_close(struct vault_lock *l)
{
	if (l->fd >= 0)
		(void)close(l->fd);
	l->fd = -1;
	l->held = false;
}

/* Interrupting the wait is all it is for. */
static void
on_alarm(int sig)
{
	(void)sig;
}

static void
arm(struct deadline *d, int64_t left_ms)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	struct itimerval it = {
		.it_value = { .tv_sec = left_ms / 1000,
		    .tv_usec = left_ms % 1000 * 1000 },
		.it_interval = { .tv_usec = AGAIN_US },
	};
	sigset_t set;

	(void)sigemptyset(&sa.sa_mask);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGALRM);
	if (sigaction(SIGALRM, &sa, &d->action) != 0 ||
	    pthread_sigmask(SIG_UNBLOCK, &set, &d->mask) != 0 ||
	    setitimer(ITIMER_REAL, &it, &d->timer) != 0)
		die("the timer of a lock could not be set");
	d->armed = true;
}

static void
disarm(struct deadline *d)
{
	struct itimerval none = { 0 };

	if (!d->armed)
		return;
	/* First the timer: its last signal must still find our handler. */
	if (setitimer(ITIMER_REAL, &none, NULL) != 0 ||
	    pthread_sigmask(SIG_SETMASK, &d->mask, NULL) != 0 ||
	    sigaction(SIGALRM, &d->action, NULL) != 0 ||
	    setitimer(ITIMER_REAL, &d->timer, NULL) != 0)
		die("the timer of a lock could not be put back");
	d->armed = false;
}

static int
set_byte(int fd, int cmd, short type, off_t byte)
{
	/* l_pid must be 0 for locks of an open file description. */
	struct flock fl = {
		.l_type = type,
		.l_whence = SEEK_SET,
		.l_start = byte,
		.l_len = 1,
	};

	return fcntl(fd, cmd, &fl);
}

/* 0, or -1 with errno; ETIMEDOUT at the deadline. */
static int
take(int fd, off_t byte, struct deadline *d)
{
	int64_t left;

	if (set_byte(fd, F_OFD_SETLK, F_WRLCK, byte) == 0)
		return 0;
	if (errno != EAGAIN && errno != EACCES)
		return -1;
	for (;;) {
		left = d->at - clock_boot();
		if (left <= 0) {
			errno = ETIMEDOUT;
			return -1;
		}
		if (!d->armed)
			arm(d, left);
		if (set_byte(fd, F_OFD_SETLKW, F_WRLCK, byte) == 0)
			return 0;
		if (errno != EINTR)
			return -1;
	}
}

static void
leave(int fd, off_t byte)
{
	if (set_byte(fd, F_OFD_SETLK, F_UNLCK, byte) != 0)
		die("a lock could not be released");
}

int
lock_acquire(struct vault_lock *l, int64_t timeout_ms, struct err *e)
{
	struct deadline d = { .at = clock_boot() + timeout_ms };
	int err_no = 0;

	if (l->held)
		die("a lock was taken twice");
	if (take(l->fd, BYTE_DOOR, &d) != 0) {
		err_no = errno;
	} else {
		if (take(l->fd, BYTE_LOCK, &d) != 0)
			err_no = errno;
		leave(l->fd, BYTE_DOOR);
	}
	disarm(&d);
	if (err_no == ETIMEDOUT)
		return err_set(e, ERR_BUSY,
		    _("Other people are saving just now. Nothing is lost; "
		      "try again."));
	errno = err_no;
	if (err_no != 0)
		return io_err(e, LOCK_DIR);
	l->held = true;
	return 0;
}

void
lock_release(struct vault_lock *l)
{
	if (!l->held)
		die("a lock was released that was not taken");
	l->held = false;
	leave(l->fd, BYTE_LOCK);
}
