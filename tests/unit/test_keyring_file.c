/* SPDX-License-Identifier: ISC */
/*
 * The file keyring on disk: owners and modes, a full disk, two people at once,
 * older copies put back; and the gate in front of the derivation.
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "keyring_kit.h"
#include "base/file.h"
#include "vault/lock.h"

static enum err_kind
load_kind(struct fixture *f, struct err *e)
{
	struct keyring *kr;
	int rc;

	err_clear(e);
	rc = keyring_load(f->dir, &kr, e);
	assert_int_equal(rc == 0, kr != NULL);
	keyring_free(kr);
	return e->kind;
}

static void
owners_and_modes_are_checked(void **state)
{
	static const struct {
		mode_t dir, file;
		enum err_kind kind;
	} cases[] = {
		{ 0700, 0600, ERR_NONE },
		{ 0700, 0400, ERR_NONE },
		{ 0750, 0600, ERR_UNSAFE },
		{ 0770, 0600, ERR_UNSAFE },
		{ 0701, 0600, ERR_UNSAFE },
		{ 0700, 0640, ERR_UNSAFE },
		{ 0700, 0602, ERR_UNSAFE },
		{ 0700, 0660, ERR_UNSAFE },
	};
	struct fixture *f = *state;
	struct err e;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		enum err_kind kind;

		assert_int_equal(chmod(f->path, cases[i].file), 0);
		assert_int_equal(chmod(f->dir, cases[i].dir), 0);
		kind = load_kind(f, &e);
		if (kind != cases[i].kind)
			fail_msg("dir %o file %o: %s", cases[i].dir,
			    cases[i].file, e.text);
	}
	assert_int_equal(chmod(f->path, 0600), 0);
	assert_int_equal(chmod(f->dir, 0700), 0);
	assert_int_equal(renameat(f->fd, "keyring", f->fd, "real"), 0);
	assert_int_equal(load_kind(f, &e), ERR_NOT_FOUND);
	/* Nothing is beside it here, so that is not named. */
	assert_null(strstr(e.text, KEYRING_PREV));
	assert_non_null(strstr(e.text, "newest backup"));
	assert_non_null(strstr(e.text, "amparo recover"));
	assert_int_equal(symlinkat("real", f->fd, "keyring"), 0);
	assert_int_equal(load_kind(f, &e), ERR_UNSAFE);
	assert_int_equal(unlinkat(f->fd, "keyring", 0), 0);
	assert_int_equal(mkfifoat(f->fd, "keyring", 0600), 0);
	assert_int_equal(load_kind(f, &e), ERR_UNSAFE);
}

static void
a_huge_file_is_not_read(void **state)
{
	struct fixture *f = *state;
	struct err e;

	assert_int_equal(truncate(f->path, (off_t)KEYRING_MAX + 1), 0);
	assert_int_equal(load_kind(f, &e), ERR_DAMAGED);
	assert_non_null(strstr(e.text, "newest backup"));
	assert_non_null(strstr(e.text, "of the recovery key."));
	assert_int_equal(truncate(f->path, 0), 0);
	assert_int_equal(load_kind(f, &e), ERR_DAMAGED);
}

static void
generations_count_and_the_last_is_kept(void **state)
{
	struct fixture *f = *state;
	uint8_t mac[2][HASH_BYTES], salt[16] = { 9 }, got[16];
	struct keyring *old;
	struct uid id[2];
	struct buf prev;
	char path[80];
	struct err e;

	assert_int_equal(keyring_generation(f->kr), 1);
	keyring_mac(f->kr, mac[0]);
	keyring_set_salt(f->kr, DB_IDENTITY, salt);
	buf_init(&prev);
	buf_add(&prev, f->kr->raw.data, f->kr->raw.len);
	save(f);
	assert_int_equal(keyring_generation(f->kr), 2);
	keyring_mac(f->kr, mac[1]);
	assert_memory_not_equal(mac[0], mac[1], HASH_BYTES);
	/* The one before is whole, and loads in place of this one. */
	(void)snprintf(path, sizeof(path), "%s.prev", f->path);
	{
		struct buf b;

		buf_init(&b);
		assert_int_equal(file_read(path, KEYRING_MAX, true, &b, &e), 0);
		assert_int_equal(b.len, prev.len);
		assert_memory_equal(b.data, prev.data, b.len);
		buf_done(&b);
	}
	assert_int_equal(renameat(f->fd, "keyring.prev", f->fd, "keyring"), 0);
	assert_int_equal(keyring_load(f->dir, &old, &e), 0);
	/* An older one put back is a whole keyring, with the old number and
	 * MAC: that is what the database compares. */
	assert_int_equal(keyring_verify(old, f->founder.case_root, &e), 0);
	assert_int_equal(keyring_generation(old), 1);
	keyring_mac(old, mac[1]);
	assert_memory_equal(mac[0], mac[1], HASH_BYTES);
	keyring_db(f->kr, DB_IDENTITY, &id[0], got);
	assert_memory_equal(got, salt, sizeof(salt));
	keyring_db(old, DB_IDENTITY, &id[1], got);
	assert_memory_not_equal(got, salt, sizeof(salt));
	assert_true(uid_eq(&id[0], &id[1]));
	keyring_db(old, DB_CASES, &id[1], got);
	assert_false(uid_eq(&id[0], &id[1]));
	keyring_free(old);
	buf_done(&prev);
}

static void
two_at_once_do_not_overwrite_each_other(void **state)
{
	struct fixture *f = *state;
	struct keyring *a, *b;
	struct err e;

	assert_int_equal(keyring_load(f->dir, &a, &e), 0);
	assert_int_equal(keyring_load(f->dir, &b, &e), 0);
	assert_int_equal(keyring_verify(a, f->founder.case_root, &e), 0);
	assert_int_equal(keyring_verify(b, f->founder.case_root, &e), 0);
	assert_int_equal(keyring_revoke_identity(a, &f->admin, &e), 0);
	assert_int_equal(keyring_save(a, f->founder.case_root, &e), 0);
	assert_int_equal(keyring_disable(b, &f->admin, &e), 0);
	assert_int_equal(keyring_save(b, f->founder.case_root, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(keyring_generation(b), 1);
	keyring_free(b);
	/* Whoever saved may go on. */
	assert_int_equal(keyring_save(a, f->founder.case_root, &e), 0);
	assert_int_equal(keyring_generation(a), 3);
	keyring_free(a);
}

static void
a_vault_is_not_made_over_another(void **state)
{
	struct fixture *f = *state;
	struct keyring *kr;
	struct secret *text;
	struct unlocked u;
	struct err e;

	assert_int_equal(keyring_create(f->dir, &kr, &text, &u, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_null(kr);
	assert_null(text);
	assert_null(u.case_root);
	assert_int_equal(chmod(f->dir, 0755), 0);
	assert_int_equal(keyring_create(f->dir, &kr, &text, &u, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
}

static void
a_full_disk_leaves_the_old_one(void **state)
{
	struct fixture *f = *state;
	struct err e;
	struct buf b;
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		struct rlimit few = { .rlim_cur = 1000, .rlim_max = 1000 };

		(void)signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &few) != 0)
			_exit(2);
		if (keyring_disable(f->kr, &f->admin, &e) != 0)
			_exit(3);
		if (keyring_save(f->kr, f->founder.case_root, &e) == 0)
			_exit(4);
		_exit(e.kind == ERR_FULL && keyring_generation(f->kr) == 1 ? 0
									   : 5);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 0);
	buf_init(&b);
	assert_int_equal(file_read(f->path, KEYRING_MAX, true, &b, &e), 0);
	assert_int_equal(b.len, f->kr->raw.len);
	assert_memory_equal(b.data, f->kr->raw.data, b.len);
	buf_done(&b);
}

static void
a_thousand_slots_and_no_more(void **state)
{
	struct fixture *f = *state;
	struct secret *phrase = secret_str(PHRASE);
	struct keyring *kr;
	struct uid user = uid_new();
	struct err e;

	/* Copies with other ids: a thousand derivations would take a minute. */
	f->kr->slots = realloc(
	    f->kr->slots, (size_t)KEYRING_SLOTS * sizeof(*f->kr->slots));
	while (f->kr->n < KEYRING_SLOTS) {
		struct slot *s = &f->kr->slots[f->kr->n++];

		*s = f->kr->slots[1];
		s->user = uid_new();
		s->login[0] ^= (uint8_t)f->kr->n;
		s->login[1] ^= (uint8_t)(f->kr->n >> 8);
	}
	assert_int_equal(keyring_add(f->kr, &f->founder, "bandara", &user,
			     false, phrase, &e),
	    -1);
	assert_int_equal(e.kind, ERR_FULL);
	save(f);
	assert_int_equal(keyring_load(f->dir, &kr, &e), 0);
	assert_int_equal(keyring_verify(kr, f->founder.case_root, &e), 0);
	assert_int_equal(keyring_count(kr), KEYRING_SLOTS);
	keyring_free(kr);
	secret_free(phrase);
}

/* With every gate taken, the next sign-in waits; with one free, it goes. */
static void
derivations_are_bounded(void **state)
{
	struct fixture *f = *state;
	struct secret *phrase = secret_str(PHRASE);
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int n = cores < 2 ? 2 : cores > 64 ? 64 : (int)cores;
	struct vault_lock gate[64];
	char name[16];
	struct err e;
	int pipe_fd[2], status;
	pid_t pid;
	char c = 0;

	assert_int_equal(pipe(pipe_fd), 0);
	for (int i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "kdf-%d", i);
		assert_int_equal(lock_open(f->fd, name, &gate[i], &e), 0);
		assert_int_equal(lock_acquire(&gate[i], 0, &e), 0);
	}
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct unlocked u;

		if (keyring_unlock(f->kr, "admin", phrase, NOW, &u, &e) != 0)
			_exit(1);
		_exit(write(pipe_fd[1], "x", 1) == 1 ? 0 : 2);
	}
	(void)close(pipe_fd[1]);
	/* It reaches a queue: the door of one gate is taken. */
	for (bool waits = false; !waits;) {
		for (int i = 0; i < n; i++) {
			struct flock fl = { .l_type = F_WRLCK,
				.l_whence = SEEK_SET,
				.l_start = 1,
				.l_len = 1 };

			assert_int_equal(
			    fcntl(gate[i].fd, F_OFD_GETLK, &fl), 0);
			waits = waits || fl.l_type != F_UNLCK;
		}
		assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
	}
	/* The child shares these descriptions, so let go rather than close. */
	for (int i = 0; i < n; i++) {
		lock_release(&gate[i]);
		lock_close(&gate[i]);
	}
	assert_int_equal(read(pipe_fd[0], &c, 1), 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 0);
	(void)close(pipe_fd[0]);
	secret_free(phrase);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(owners_and_modes_are_checked),
		CASE(a_huge_file_is_not_read),
		CASE(generations_count_and_the_last_is_kept),
		CASE(two_at_once_do_not_overwrite_each_other),
		CASE(a_vault_is_not_made_over_another),
		CASE(a_full_disk_leaves_the_old_one),
		CASE(a_thousand_slots_and_no_more),
		CASE(derivations_are_bounded),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
