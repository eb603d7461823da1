/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "vault/crypto.h"
#include "vault/secret.h"
#include "vault/throttle.h"

#define RECORD 104
#define STEP 64

static const struct uid vault = { { 7 } };

struct fixture {
	char dir[32];
	int fd;
	struct throttle_time now;
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	(void)snprintf(f->dir, sizeof(f->dir), "/tmp/amparo-thr-XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		return -1;
	f->fd = open(f->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	f->now.ms = 1000000;
	memset(f->now.boot, 1, sizeof(f->now.boot));
	*state = f;
	return f->fd < 0;
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
	free(f);
	return 0;
}

static struct throttle_key
key_of(const char *login, const char *source)
{
	struct throttle_key k;

	throttle_key(&k, &vault, login, source);
	return k;
}

/* What a try is answered; *wait too. */
static enum err_kind
try_it(struct fixture *f, const char *login, const char *source, int64_t *wait)
{
	struct throttle_key k = key_of(login, source);
	struct err e = { .kind = ERR_NONE };
	int rc = throttle_charge(f->fd, &k, &f->now, wait, &e);

	assert_int_equal(rc == 0, e.kind == ERR_NONE);
	return e.kind;
}

static void
clear(struct fixture *f, const char *login, const char *source)
{
	struct throttle_key k = key_of(login, source);
	struct err e;

	assert_int_equal(throttle_clear(f->fd, &k, &e), 0);
}

static void
delays_follow_the_schedule(void **state)
{
	static const int seconds[] = { 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128,
		256, 512, 900, 900, 900 };
	struct fixture *f = *state;
	int64_t wait;

	for (uint32_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++)
		assert_int_equal(throttle_delay(i), seconds[i] * 1000);
	assert_int_equal(throttle_delay(UINT32_MAX), 900 * 1000);
	/* And so does the file: one ms early is refused and not counted. */
	for (uint32_t fails = 0; fails < 16; fails++) {
		if (fails >= 3) {
			f->now.ms += throttle_delay(fails) - 1;
			assert_int_equal(
			    try_it(f, "amina", "tty1", &wait), ERR_WAIT);
			assert_int_equal(wait, 1);
			f->now.ms += 1;
		}
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
		assert_int_equal(wait, 0);
	}
}

static void
the_sentence_says_how_long(void **state)
{
	struct fixture *f = *state;
	struct throttle_key k = key_of("amina", "tty1");
	int64_t wait;
	struct err e;

	for (int i = 0; i < 5; i++) {
		f->now.ms += 900000;
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	}
	assert_int_equal(throttle_charge(f->fd, &k, &f->now, NULL, &e), -1);
	assert_non_null(strstr(e.text, "Wait 4 seconds"));
	for (int i = 0; i < 8; i++) {
		f->now.ms += 900000;
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	}
	assert_int_equal(throttle_charge(f->fd, &k, &f->now, NULL, &e), -1);
	assert_non_null(strstr(e.text, "Wait 15 minutes"));
}

static void
success_forgets(void **state)
{
	struct fixture *f = *state;
	int64_t wait;

	for (int round = 0; round < 60; round++) {
		for (int i = 0; i < 3; i++)
			assert_int_equal(
			    try_it(f, "amina", "tty1", &wait), ERR_NONE);
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
		clear(f, "amina", "tty1");
	}
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
}

/* harm register 14: a colleague who is locked out misses a follow-up. */
static void
harm_14_a_prankster_locks_nobody_else_out(void **state)
{
	struct fixture *f = *state;
	int64_t wait;

	for (int i = 0; i < 20; i++) {
		(void)try_it(f, "amina", "tty1", &wait);
		f->now.ms += 900000;
	}
	(void)try_it(f, "amina", "tty1", &wait);
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
	assert_int_equal(try_it(f, "amina", "SHA256:laptop", &wait), ERR_NONE);
	clear(f, "amina", "SHA256:laptop");
	assert_int_equal(try_it(f, "ruwan", "tty1", &wait), ERR_NONE);
	/* Amina's success elsewhere does not help the one at the kiosk. */
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
}

static void
capitals_are_no_new_chance(void **state)
{
	struct fixture *f = *state;
	int64_t wait;

	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	assert_int_equal(try_it(f, "Amina", "tty1", &wait), ERR_NONE);
	assert_int_equal(try_it(f, "AMINA", "tty1", &wait), ERR_NONE);
	assert_int_equal(try_it(f, "aMina", "tty1", &wait), ERR_WAIT);
}

static void
a_reboot_starts_the_delay_anew(void **state)
{
	struct fixture *f = *state;
	int64_t wait;

	for (int i = 0; i < 10; i++) {
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
		f->now.ms += 900000;
	}
	/* The clock of deadlines begins at 0 again. */
	f->now.ms = 5000;
	f->now.boot[3] ^= 1;
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
	assert_int_equal(wait, throttle_delay(10));
	f->now.ms += throttle_delay(10) - 1;
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
	f->now.ms += 1;
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
}

static void
a_hundred_in_a_row_need_a_reset(void **state)
{
	struct fixture *f = *state;
	struct throttle_key k = key_of("amina", "tty1");
	int64_t wait;
	struct err e;

	/* From many places, so that no single one has to wait long. */
	for (int i = 0; i < THROTTLE_MOST; i++) {
		char source[32];

		(void)snprintf(source, sizeof(source), "10.0.0.%d", i / 2);
		assert_int_equal(try_it(f, "amina", source, &wait), ERR_NONE);
	}
	f->now.ms += INT64_C(1000) * 3600 * 1000;
	assert_int_equal(try_it(f, "amina", "elsewhere", &wait), ERR_DENIED);
	assert_int_equal(wait, 0);
	assert_int_equal(throttle_charge(f->fd, &k, &f->now, NULL, &e), -1);
	assert_non_null(strstr(e.text, "one-time code"));
	assert_int_equal(try_it(f, "ruwan", "elsewhere", &wait), ERR_NONE);
	assert_int_equal(throttle_reset(f->fd, &k, &e), 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    try_it(f, "amina", "10.0.0.1", &wait), ERR_NONE);
	assert_int_equal(try_it(f, "amina", "10.0.0.1", &wait), ERR_WAIT);
}

/* A guess that kills the program before it hears the answer is a guess. */
static void
kill_in_the_middle_is_not_free(void **state)
{
	struct fixture *f = *state;
	int64_t wait;

	for (int i = 0; i < 3; i++) {
		pid_t pid = fork();
		int status;

		assert_true(pid >= 0);
		if (pid == 0) {
			struct throttle_key k = key_of("amina", "tty1");
			struct err e;

			if (throttle_charge(f->fd, &k, &f->now, NULL, &e) != 0)
				_exit(1);
			(void)kill(getpid(), SIGKILL);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
	}
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
}

/* Trying thousands of logins does not make the file forget or grow. */
static void
a_flood_of_logins_forgets_nothing(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	int64_t wait;
	char login[24];

	for (int i = 0; i < 6; i++) {
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
		f->now.ms += throttle_delay(6);
	}
	f->now.ms -= throttle_delay(6);
	/* Records for everybody else, made directly: 4,096 sign-ins would
	 * take minutes under the sanitizers. */
	for (int i = 0; i < 40; i++) {
		(void)snprintf(login, sizeof(login), "u%d", i);
		assert_int_equal(try_it(f, login, "tty1", &wait), ERR_NONE);
	}
	assert_int_equal(fstatat(f->fd, "throttle", &st, 0), 0);
	assert_int_equal(st.st_size, 2 * STEP * RECORD);
	{
		int fd = openat(f->fd, "throttle", O_RDWR | O_CLOEXEC);
		uint8_t r[RECORD];

		/* The last login's own record, again and again. */
		assert_int_equal(pread(fd, r, RECORD, 81 * RECORD), RECORD);
		for (int i = 82; i < THROTTLE_RECORDS; i++)
			assert_int_equal(
			    pwrite(fd, r, RECORD, (off_t)i * RECORD), RECORD);
		(void)close(fd);
	}
	for (int i = 100; i < 150; i++) {
		(void)snprintf(login, sizeof(login), "u%d", i);
		assert_int_equal(try_it(f, login, "tty1", &wait), ERR_NONE);
	}
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
	assert_int_equal(fstatat(f->fd, "throttle", &st, 0), 0);
	assert_int_equal(st.st_size, THROTTLE_RECORDS * RECORD);
}

static void
a_torn_record_locks_nobody_out(void **state)
{
	struct fixture *f = *state;
	int64_t wait;
	int fd;

	for (int i = 0; i < 3; i++)
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	fd = openat(f->fd, "throttle", O_RDWR | O_CLOEXEC);
	assert_int_equal(pwrite(fd, "\xff\xff\xff\xff", 4, 32), 4);
	assert_int_equal(pwrite(fd, "\xff\xff\xff\xff", 4, RECORD + 32), 4);
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	/* A file that ends in the middle of a record is as good. */
	assert_int_equal(ftruncate(fd, RECORD + 33), 0);
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	(void)close(fd);
}

/* A record as older vaults have it, in the clear with a hash behind it. */
static void
write_1(int fd, int i, const uint8_t who[16], const uint8_t source[16],
    int fails, const struct throttle_time *now)
{
	uint8_t raw[80] = { 0 }, h[HASH_BYTES];

	if (fails > 0) {
		memcpy(raw, who, 16);
		memcpy(raw + 16, source, 16);
		raw[32] = (uint8_t)fails;
		for (int b = 0; b < 8; b++)
			raw[40 + b] = (uint8_t)((now->ms + 4000) >> (8 * b));
		memcpy(raw + 48, now->boot, 16);
	}
	hash_bytes(raw, 64, h);
	memcpy(raw + 64, h, 16);
	assert_int_equal(pwrite(fd, raw, 80, (off_t)i * 80), 80);
}

/* Whoever had to wait before the program was renewed has to wait after. */
static void
an_old_file_is_read_and_written_anew(void **state)
{
	static const uint8_t everywhere[16];
	struct fixture *f = *state;
	struct throttle_key k = key_of("amina", "tty1");
	struct throttle_key r = key_of("ruwan", "tty1");
	struct stat st;
	int64_t wait;
	int fd;

	fd = openat(f->fd, "throttle", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	write_1(fd, 0, k.who, everywhere, 5, &f->now);
	write_1(fd, 1, k.who, k.source, 5, &f->now);
	write_1(fd, 2, k.who, k.source, 0, &f->now);
	write_1(fd, 3, r.who, everywhere, 100, &f->now);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_WAIT);
		assert_int_equal(wait, 4000);
		assert_int_equal(try_it(f, "ruwan", "tty2", &wait), ERR_DENIED);
		assert_int_equal(try_it(f, "sunil", "tty1", &wait), ERR_NONE);
		assert_int_equal(fstat(fd, &st), 0);
		assert_int_equal(st.st_size, STEP * RECORD);
	}
	(void)close(fd);
}

/* How many tried, how often, and who: none of it can be seen. */
static void
harm_13_a_stolen_file_is_noise(void **state)
{
	struct fixture *f = *state;
	uint8_t raw[STEP * RECORD], packed[2 * STEP * RECORD];
	char login[24];
	int64_t wait;
	int fd;

	for (int i = 0; i < 20; i++) {
		uLongf n = sizeof(packed);

		(void)snprintf(login, sizeof(login), "u%d", i % 7);
		(void)try_it(f, login, "tty1", &wait);
		if (i == 10)
			clear(f, "u3", "tty1");
		fd = openat(f->fd, "throttle", O_RDONLY | O_CLOEXEC);
		assert_int_equal(read(fd, raw, sizeof(raw)), sizeof(raw));
		assert_int_equal(read(fd, packed, 1), 0);
		(void)close(fd);
		assert_int_equal(
		    compress2(packed, &n, raw, sizeof(raw), 9), Z_OK);
		assert_true(n * 100 >= sizeof(raw) * 99);
	}
}

static void
no_charge_no_try(void **state)
{
	struct fixture *f = *state;
	struct throttle_key k = key_of("amina", "tty1");
	struct err e;
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		/* As a full disk is: nothing can be written. */
		struct rlimit none = { 0 };

		(void)signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &none) != 0)
			_exit(2);
		_exit(throttle_charge(f->fd, &k, &f->now, NULL, &e) == 0 ||
		      e.kind != ERR_FULL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
a_file_others_can_write_is_refused(void **state)
{
	struct fixture *f = *state;
	int64_t wait;

	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
	assert_int_equal(fchmodat(f->fd, "throttle", 0620, 0), 0);
	assert_int_equal(try_it(f, "amina", "tty1", &wait), ERR_UNSAFE);
	assert_int_equal(unlinkat(f->fd, "throttle", 0), 0);
	assert_int_equal(symlinkat("/dev/null", f->fd, "throttle"), 0);
	assert_int_not_equal(try_it(f, "amina", "tty1", &wait), ERR_NONE);
}

static void
harm_19_no_login_is_in_the_file(void **state)
{
	struct fixture *f = *state;
	char raw[4096];
	int64_t wait;
	ssize_t n;
	int fd;

	for (int i = 0; i < 3; i++)
		(void)try_it(f, "amina.perera", "192.0.2.77", &wait);
	fd = openat(f->fd, "throttle", O_RDONLY | O_CLOEXEC);
	n = read(fd, raw, sizeof(raw));
	assert_true(n > 0);
	assert_null(memmem(raw, (size_t)n, "amina", 5));
	assert_null(memmem(raw, (size_t)n, "192.0.2", 7));
	(void)close(fd);
}

static void
the_machine_tells_its_boot(void **state)
{
	struct throttle_time a, b;
	static const uint8_t zero[16];
	struct err e;

	(void)state;
	assert_int_equal(throttle_now(&a, &e), 0);
	assert_int_equal(throttle_now(&b, &e), 0);
	assert_memory_equal(a.boot, b.boot, 16);
	assert_memory_not_equal(a.boot, zero, 16);
	assert_true(b.ms >= a.ms && a.ms > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(delays_follow_the_schedule),
		CASE(the_sentence_says_how_long),
		CASE(success_forgets),
		CASE(harm_14_a_prankster_locks_nobody_else_out),
		CASE(capitals_are_no_new_chance),
		CASE(a_reboot_starts_the_delay_anew),
		CASE(a_hundred_in_a_row_need_a_reset),
		CASE(kill_in_the_middle_is_not_free),
		CASE(a_flood_of_logins_forgets_nothing),
		CASE(a_torn_record_locks_nobody_out),
		CASE(an_old_file_is_read_and_written_anew),
		CASE(harm_13_a_stolen_file_is_noise),
		CASE(no_charge_no_try),
		CASE(a_file_others_can_write_is_refused),
		CASE(harm_19_no_login_is_in_the_file),
		CASE(the_machine_tells_its_boot),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
