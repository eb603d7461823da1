/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "vault/lock.h"

static char dir[] = "/tmp/amparo-lock-XXXXXX";

static int
open_dir(void)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

static struct vault_lock
open_lock(void)
{
	struct vault_lock l;
	struct err e;
	int fd = open_dir();

	assert_int_equal(lock_open(fd, LOCK_WRITERS, &l, &e), 0);
	(void)close(fd);
	return l;
}

static int
make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) == NULL ? -1 : 0;
}

static int
remove_dir(void **state)
{
	static const char *const names[] = { "/lock/writers", "/lock/link",
		"/lock/fifo", "/lock" };
	char path[64];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(path, sizeof(path), "%s%s", dir, names[i]);
		(void)remove(path);
	}
	return rmdir(dir);
}

/* What F_OFD_GETLK says of a byte, asked through l. */
static bool
taken(const struct vault_lock *l, off_t byte)
{
	struct flock fl = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = byte,
		.l_len = 1,
	};

	assert_int_equal(fcntl(l->fd, F_OFD_GETLK, &fl), 0);
	return fl.l_type != F_UNLCK;
}

/* Until somebody waits behind the door. */
static void
wait_for_waiter(const struct vault_lock *l)
{
	int64_t end = clock_boot() + 10000;

	while (!taken(l, 1)) {
		assert_true(clock_boot() < end);
		(void)sched_yield();
	}
}

/* A child that waits for the lock and ends with 0 when it got it. */
static pid_t
waiter(int64_t timeout_ms)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		struct vault_lock l = open_lock();
		struct err e;
		int rc = lock_acquire(&l, timeout_ms, &e);

		_exit(rc == 0 ? 0 : e.kind == ERR_BUSY ? 1 : 2);
	}
	return pid;
}

static int
exit_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void
one_holder_at_a_time(void **state)
{
	struct vault_lock a = open_lock(), b = open_lock();
	struct err e;

	(void)state;
	assert_int_equal(lock_acquire(&a, 0, &e), 0);
	assert_int_equal(lock_acquire(&b, 0, &e), -1);
	assert_int_equal(e.kind, ERR_BUSY);
	assert_non_null(strstr(e.text, "try again"));
	lock_release(&a);
	assert_int_equal(lock_acquire(&b, 0, &e), 0);
	/* Closing releases too. */
	lock_close(&b);
	assert_int_equal(lock_acquire(&a, 0, &e), 0);
	lock_release(&a);
	assert_false(taken(&a, 0));
	assert_false(taken(&a, 1));
	lock_close(&a);
}

static void
waits_until_its_deadline(void **state)
{
	struct vault_lock a = open_lock(), b = open_lock();
	int64_t before, took;
	struct err e;

	(void)state;
	assert_int_equal(lock_acquire(&a, 0, &e), 0);
	before = clock_boot();
	assert_int_equal(lock_acquire(&b, 60, &e), -1);
	took = clock_boot() - before;
	assert_int_equal(e.kind, ERR_BUSY);
	assert_in_range(took, 60, 2000);
	/* Giving up leaves the door open for the next. */
	assert_false(taken(&a, 1));
	lock_close(&a);
	lock_close(&b);
}

static void
gets_it_when_the_holder_lets_go(void **state)
{
	struct vault_lock a = open_lock();
	struct err e;
	pid_t pid;

	(void)state;
	assert_int_equal(lock_acquire(&a, 0, &e), 0);
	pid = waiter(20000);
	wait_for_waiter(&a);
	lock_release(&a);
	assert_int_equal(exit_of(pid), 0);
	lock_close(&a);
}

/* Who has just saved cannot save again before the one who waits. */
static void
nobody_pushes_in(void **state)
{
	struct vault_lock a = open_lock();
	struct err e;
	pid_t pid;

	(void)state;
	for (int i = 0; i < 50; i++) {
		assert_int_equal(lock_acquire(&a, 0, &e), 0);
		pid = waiter(20000);
		wait_for_waiter(&a);
		(void)kill(pid, SIGSTOP);
		lock_release(&a);
		/* Not even if the waiter cannot run just now: the lock is its,
		 * or it holds the door. */
		assert_int_equal(lock_acquire(&a, 0, &e), -1);
		assert_int_equal(e.kind, ERR_BUSY);
		(void)kill(pid, SIGCONT);
		assert_int_equal(exit_of(pid), 0);
	}
	lock_close(&a);
}

static void
a_killed_holder_holds_nothing(void **state)
{
	struct vault_lock a = open_lock();
	struct err e;
	int pipe_fd[2];
	pid_t pid;
	char c;

	(void)state;
	assert_int_equal(pipe(pipe_fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct vault_lock l = open_lock();

		if (lock_acquire(&l, 0, &e) != 0 ||
		    write(pipe_fd[1], "", 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	assert_int_equal(read(pipe_fd[0], &c, 1), 1);
	assert_int_equal(lock_acquire(&a, 0, &e), -1);
	(void)kill(pid, SIGKILL);
	/* No waitpid first: the kernel frees it with the process. */
	assert_int_equal(lock_acquire(&a, 20000, &e), 0);
	assert_int_equal(exit_of(pid), 128);
	lock_close(&a);
	(void)close(pipe_fd[0]);
	(void)close(pipe_fd[1]);
}

static void
on_signal(int sig)
{
	(void)sig;
}

static void
other_signals_do_not_end_the_wait(void **state)
{
	struct sigaction sa = { .sa_handler = on_signal };
	struct vault_lock a = open_lock(), b = open_lock();
	struct itimerval it;
	struct err e;
	pid_t parent = getpid(), pid;
	int64_t before;

	(void)state;
	assert_int_equal(sigaction(SIGUSR1, &sa, NULL), 0);
	assert_int_equal(lock_acquire(&a, 0, &e), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		for (;;) {
			(void)kill(parent, SIGUSR1);
			(void)sched_yield();
		}
	}
	before = clock_boot();
	assert_int_equal(lock_acquire(&b, 100, &e), -1);
	assert_true(clock_boot() - before >= 100);
	(void)kill(pid, SIGKILL);
	assert_int_equal(exit_of(pid), 128);
	assert_int_equal(getitimer(ITIMER_REAL, &it), 0);
	assert_int_equal(it.it_value.tv_sec, 0);
	assert_int_equal(it.it_value.tv_usec, 0);
	lock_close(&a);
	lock_close(&b);
}

/* The alarm's handler, timer and mask are the caller's again afterwards, and
 * a blocked SIGALRM does not make the wait endless. */
static void
the_alarm_is_put_back(void **state)
{
	struct sigaction mine = { .sa_handler = on_signal }, now;
	struct itimerval hour = { .it_value = { .tv_sec = 3600 } }, it;
	struct vault_lock a = open_lock(), b = open_lock();
	sigset_t set, mask;
	struct err e;

	(void)state;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGALRM);
	assert_int_equal(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	assert_int_equal(sigaction(SIGALRM, &mine, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &hour, NULL), 0);
	assert_int_equal(lock_acquire(&a, 0, &e), 0);
	assert_int_equal(lock_acquire(&b, 20, &e), -1);
	assert_int_equal(sigaction(SIGALRM, NULL, &now), 0);
	assert_ptr_equal(now.sa_handler, on_signal);
	assert_int_equal(getitimer(ITIMER_REAL, &it), 0);
	assert_in_range(it.it_value.tv_sec, 3500, 3600);
	assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &mask), 0);
	assert_true(sigismember(&mask, SIGALRM));
	hour.it_value.tv_sec = 0;
	assert_int_equal(setitimer(ITIMER_REAL, &hour, NULL), 0);
	assert_int_equal(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	lock_close(&a);
	lock_close(&b);
}

/* Six processes add one to a number, reading and writing it apart. */
static void
nothing_is_lost_between_many(void **state)
{
	const int procs = 6, rounds = 300;
	volatile long *n = mmap(NULL, sizeof(*n), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pid[6];

	(void)state;
	assert_true((void *)n != MAP_FAILED);
	for (int i = 0; i < procs; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		if (pid[i] == 0) {
			struct vault_lock l = open_lock();
			struct err e;

			for (int k = 0; k < rounds; k++) {
				long was;

				if (lock_acquire(&l, 60000, &e) != 0)
					_exit(1);
				was = *n;
				(void)sched_yield();
				*n = was + 1;
				lock_release(&l);
			}
			_exit(0);
		}
	}
	for (int i = 0; i < procs; i++)
		assert_int_equal(exit_of(pid[i]), 0);
	assert_int_equal(*n, procs * rounds);
	(void)munmap((void *)n, sizeof(*n));
}

static void
links_and_pipes_are_refused(void **state)
{
	struct vault_lock l;
	struct err e;
	int fd = open_dir();

	(void)state;
	lock_close(&(struct vault_lock){ .fd = -1 });
	assert_int_equal(symlinkat("/etc/passwd", fd, "lock/link"), 0);
	assert_int_equal(mkfifoat(fd, "lock/fifo", 0600), 0);
	assert_int_equal(lock_open(fd, "link", &l, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(l.fd, -1);
	assert_int_equal(lock_open(fd, "fifo", &l, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(l.fd, -1);
	(void)close(fd);
}

static void
files_are_for_their_owner_alone(void **state)
{
	struct vault_lock l = open_lock();
	struct stat st;
	struct err e;
	int fd = open_dir();

	(void)state;
	assert_int_equal(fstat(l.fd, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(fstatat(fd, "lock", &st, 0), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_true(fcntl(l.fd, F_GETFD) & FD_CLOEXEC);
	/* Whoever may open it may hold it for ever. */
	assert_int_equal(fchmod(l.fd, 0640), 0);
	lock_close(&l);
	assert_int_equal(lock_open(fd, LOCK_WRITERS, &l, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(l.fd, -1);
	assert_int_equal(fchmodat(fd, "lock/" LOCK_WRITERS, 0600, 0), 0);
	assert_int_equal(fchmodat(fd, "lock", 0710, 0), 0);
	assert_int_equal(lock_open(fd, LOCK_WRITERS, &l, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(fchmodat(fd, "lock", 0700, 0), 0);
	l = open_lock();
	lock_close(&l);
	assert_int_equal(lock_open(-1, LOCK_WRITERS, &l, NULL), -1);
	(void)close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_holder_at_a_time),
		cmocka_unit_test(waits_until_its_deadline),
		cmocka_unit_test(gets_it_when_the_holder_lets_go),
		cmocka_unit_test(nobody_pushes_in),
		cmocka_unit_test(a_killed_holder_holds_nothing),
		cmocka_unit_test(other_signals_do_not_end_the_wait),
		cmocka_unit_test(the_alarm_is_put_back),
		cmocka_unit_test(nothing_is_lost_between_many),
		cmocka_unit_test(links_and_pipes_are_refused),
		cmocka_unit_test(files_are_for_their_owner_alone),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
