/* SPDX-License-Identifier: ISC */
/*
 * Sixty-four guessers at once get no more guesses than one would: the
 * schedule is the vault's, not a process's.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "vault/secret.h"
#include "vault/throttle.h"

#define GUESSERS 64
/* Each guesser plays through this much time, a second a step, on its own. */
#define SECONDS 32
/* 0, 0, 0, then after 1, 2, 4, 8 and 16 s more: 0..31 s. */
#define GUESSES 8

static const struct uid vault = { { 9 } };

struct shared {
	atomic_int guesses;
	atomic_int broken;
};

struct fixture {
	char dir[40];
	int fd;
	struct shared *s;
	struct throttle_key key;
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	(void)snprintf(f->dir, sizeof(f->dir), "/tmp/amparo-race-XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		return -1;
	f->fd = open(f->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	f->s = mmap(NULL, sizeof(*f->s), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	throttle_key(&f->key, &vault, "amina", "tty1");
	*state = f;
	return f->fd < 0 || (void *)f->s == MAP_FAILED;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	(void)unlinkat(f->fd, "throttle", 0);
	(void)unlinkat(f->fd, "lock/throttle", 0);
	(void)unlinkat(f->fd, "lock", AT_REMOVEDIR);
	(void)close(f->fd);
	(void)rmdir(f->dir);
	(void)munmap(f->s, sizeof(*f->s));
	free(f);
	return 0;
}

static void
guess(struct fixture *f, int seconds)
{
	struct throttle_time now = { .boot = { 1 } };
	struct err e;

	for (int t = 0; t < seconds; t++) {
		now.ms = t * 1000;
		for (;;) {
			err_clear(&e);
			if (throttle_charge(f->fd, &f->key, &now, NULL, &e) ==
			    0) {
				(void)atomic_fetch_add(&f->s->guesses, 1);
				continue;
			}
			/* Sixty-four at one lock may wait their turn. */
			if (e.kind == ERR_BUSY)
				continue;
			if (e.kind != ERR_WAIT)
				(void)atomic_fetch_add(&f->s->broken, 1);
			break;
		}
	}
}

/* All begin when the last one is there. */
static void
start(struct fixture *f, pid_t *pid, int seconds)
{
	int gate[2];
	char c;

	assert_int_equal(pipe(gate), 0);
	for (int i = 0; i < GUESSERS; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		if (pid[i] == 0) {
			(void)close(gate[1]);
			if (read(gate[0], &c, 1) != 0)
				_exit(1);
			guess(f, seconds);
			_exit(0);
		}
	}
	(void)close(gate[0]);
	(void)close(gate[1]);
}

/* How many failures in a row the file holds for this person: what is left of
 * a hundred, each from somewhere else. */
static int
counted(struct fixture *f)
{
	struct throttle_time now = { .ms = 0, .boot = { 1 } };
	struct throttle_key key;
	char source[32];
	struct err e;
	int n = 0;

	for (;; n++) {
		(void)snprintf(source, sizeof(source), "elsewhere %d", n);
		throttle_key(&key, &vault, "amina", source);
		err_clear(&e);
		if (throttle_charge(f->fd, &key, &now, NULL, &e) != 0)
			break;
	}
	assert_int_equal(e.kind, ERR_DENIED);
	return THROTTLE_MOST - n;
}

static void
many_guess_no_more_than_one(void **state)
{
	struct fixture *f = *state;
	pid_t pid[GUESSERS];
	int status;

	start(f, pid, SECONDS);
	for (int i = 0; i < GUESSERS; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_true(WIFEXITED(status));
	}
	assert_int_equal(atomic_load(&f->s->broken), 0);
	/* Their clocks run apart, so a fast one may spend a later guess before
	 * a slow one has had an earlier one: never more than one's share. */
	assert_in_range(atomic_load(&f->s->guesses), 3, GUESSES);
	assert_int_equal(counted(f), atomic_load(&f->s->guesses));
}

/* kill -9 at any moment: no charge is lost, and nobody is left waiting. */
static void
killed_guessers_are_charged(void **state)
{
	struct fixture *f = *state;
	struct throttle_time now = { .ms = 0, .boot = { 1 } };
	pid_t pid[GUESSERS];
	int status, told;
	struct err e = { .kind = ERR_NONE };

	start(f, pid, 1000000);
	for (int i = 0; i < GUESSERS; i++) {
		/* By then somebody has guessed, and all are at the lock. */
		while (atomic_load(&f->s->guesses) < 3)
			assert_int_equal(atomic_load(&f->s->broken), 0);
		(void)kill(pid[i], SIGKILL);
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_true(WIFSIGNALED(status));
	}
	assert_int_equal(atomic_load(&f->s->broken), 0);
	/* Counted is what was allowed, and at most one more for each guesser
	 * who died before it could tell. */
	told = atomic_load(&f->s->guesses);
	/* Nobody dead holds the lock. */
	assert_int_equal(throttle_charge(f->fd, &f->key, &now, NULL, &e), -1);
	assert_int_equal(e.kind, ERR_WAIT);
	assert_in_range(counted(f), told, told + GUESSERS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    many_guess_no_more_than_one, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    killed_guessers_are_charged, setup, teardown),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
