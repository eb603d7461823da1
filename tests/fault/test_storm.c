/* SPDX-License-Identifier: ISC */
/*
 * Several processes commit and checkpoint one database at once.  SQLite before
 * 3.51.3 has a race between a commit that starts the log anew and a checkpoint
 * that read its header before ("WAL-reset", sqlite.org/wal.html): commits that
 * were acknowledged vanish, without any error.  The writers' lock keeps it out.
 *
 * Oracle: a writer notes in shared memory each number whose COMMIT returned;
 * all of them must be there at the end.  Control: the same storm with the lock
 * taken out must lose some on an engine that has the race.
 *
 * The race is a few instructions wide; on some machines a storm of minutes
 * never hits it.  So in both runs a checkpoint rests right there: between
 * reading the header of the log and using it the engine asks its file to give
 * mapped pages back (sqlite3WalCheckpoint(), xUnfetch with no page), and the
 * file of these tests takes its time over that.
 */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "store/db.h"
#include "vault/crypto.h"
#include "vault/lock.h"
#include "../lib/vault_kit.h"

#define ENGINE_FIXED 3051003
#define WRITERS 2
#define CHECKPOINTERS 1
#define STORM_MS 8000
#define CONTROL_MS 25000
#define REST_MS 3 /* less than this a checkpoint rests in the race's window */

struct shared {
	_Atomic int64_t acked[WRITERS];
	_Atomic int64_t checkpoints;
	_Atomic int64_t rests; /* of a checkpoint, in the race's window */
	_Atomic int lost; /* a commit that was acknowledged is not there */
	_Atomic int broken; /* the engine reported damage */
};

struct storm {
	char dir[64];
	struct secret *root;
	bool locked;
	int64_t until; /* clock_boot() */
	struct shared *shared;
};

/* --- a file that is slow where the race is ---------------------------------- */
static sqlite3_vfs slow_vfs;
static sqlite3_io_methods slow_file;
static const sqlite3_vfs *engine_vfs;
static int (*engine_unfetch)(sqlite3_file *, sqlite3_int64, void *);
static bool slow; /* in this process */
static int64_t rests;

static int
slow_unfetch(sqlite3_file *f, sqlite3_int64 at, void *page)
{
	if (slow && page == NULL) {
		rests++;
		(void)poll(NULL, 0, (int)(random() % REST_MS));
	}
	return engine_unfetch(f, at, page);
}

static int
slow_open(
    sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
	int rc = engine_vfs->xOpen(v, name, f, flags, out);

	if (rc != SQLITE_OK || (flags & SQLITE_OPEN_MAIN_DB) == 0 ||
	    f->pMethods == NULL || f->pMethods->iVersion < 3)
		return rc;
	if (engine_unfetch == NULL) {
		slow_file = *f->pMethods;
		engine_unfetch = slow_file.xUnfetch;
		slow_file.xUnfetch = slow_unfetch;
	}
	f->pMethods = &slow_file;
	return rc;
}

static int
slow_down(void **state)
{
	(void)state;
	engine_vfs = sqlite3_vfs_find(NULL);
	slow_vfs = *engine_vfs;
	slow_vfs.zName = "slow";
	slow_vfs.xOpen = slow_open;
	return sqlite3_vfs_register(&slow_vfs, 1);
}

/* --- the storm --------------------------------------------------------------- */
static void
lock(const struct storm *s, struct vault_lock *l)
{
	struct err err;

	if (s->locked && lock_acquire(l, 60000, &err) == -1)
		_exit(3);
}

static void
unlock(const struct storm *s, struct vault_lock *l)
{
	if (s->locked)
		lock_release(l);
}

static bool
over(const struct storm *s)
{
	return clock_boot() >= s->until || s->shared->lost != 0 ||
	       s->shared->broken != 0;
}

static void
open_all(const struct storm *s, struct db *db, struct vault_lock *l)
{
	struct err err;
	int fd;

	fd = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || lock_open(fd, LOCK_WRITERS, l, &err) == -1 ||
	    db_open(db, s->dir, DB_CASES, s->root, false, &err) == -1)
		_exit(2);
}

/* One commit: 0 acknowledged, 1 try again, -1 damage. */
static int
commit(struct db *db, int who, int64_t n)
{
	static const char pad[600] = "x";
	struct err err = { .kind = ERR_NONE };

	if (db_exec(db, "BEGIN IMMEDIATE", NO_VALS, NULL, &err) == 0 &&
	    db_exec(db, "INSERT INTO w (who, n, pad) VALUES (?1, ?2, ?3)",
		VALS(v_int(who), v_int(n), v_blob(pad, sizeof(pad))), NULL,
		&err) == 0 &&
	    db_exec(db, "COMMIT", NO_VALS, NULL, &err) == 0)
		return 0;
	if (sqlite3_get_autocommit(db->h) == 0 &&
	    db_exec(db, "ROLLBACK", NO_VALS, NULL, NULL) == -1)
		return -1;
	return err.kind == ERR_BUSY ? 1 : -1;
}

static void
write_storm(const struct storm *s, int who)
{
	struct vault_lock l;
	struct db db;
	int64_t n = 1;
	int rc;

	open_all(s, &db, &l);
	srandom((unsigned)getpid());
	while (!over(s)) {
		lock(s, &l);
		rc = commit(&db, who, n);
		unlock(s, &l);
		if (rc == -1)
			s->shared->broken = 1;
		if (rc != 0)
			continue;
		s->shared->acked[who] = n;
		n++;
		/* Pauses of a person in a hurry; without any, the log is
		 * never at rest and never starts anew. */
		(void)poll(NULL, 0, (int)(random() % 4));
	}
	db_close(&db);
	_exit(0);
}

static void
checkpoint_storm(const struct storm *s)
{
	struct vault_lock l;
	struct db db;

	open_all(s, &db, &l);
	slow = true;
	while (!over(s)) {
		lock(s, &l);
		if (db_checkpoint(&db, false, NULL) == -1)
			s->shared->broken = 1;
		unlock(s, &l);
		s->shared->checkpoints++;
	}
	s->shared->rests = rests;
	db_close(&db);
	_exit(0);
}

static void
make_database(struct storm *s)
{
	struct err err;
	struct db db;

	(void)snprintf(s->dir, sizeof(s->dir), "/dev/shm/amparo-storm-XXXXXX");
	if (mkdtemp(s->dir) == NULL) {
		(void)snprintf(
		    s->dir, sizeof(s->dir), "/tmp/amparo-storm-XXXXXX");
		assert_non_null(mkdtemp(s->dir));
	}
	s->root = secret_random(KEY_BYTES);
	assert_int_equal(
	    db_open(&db, s->dir, DB_CASES, s->root, true, &err), 0);
	assert_int_equal(
	    db_script(&db,
		"CREATE TABLE w (who INTEGER NOT NULL, n INTEGER NOT NULL, "
		"pad BLOB, PRIMARY KEY (who, n)) WITHOUT ROWID",
		&err),
	    0);
	db_close(&db);
}

/*
 * How many acknowledged commits are not there (INT64_MAX: it cannot be read).
 * Also right while the storm goes on: what was acknowledged before the count
 * began must be in it.
 */
static int64_t
count_lost(const struct storm *s)
{
	int64_t acked[WRITERS], lost = 0, n;
	struct err err;
	struct db db;

	for (int i = 0; i < WRITERS; i++)
		acked[i] = s->shared->acked[i];
	if (db_open(&db, s->dir, DB_CASES, s->root, false, &err) == -1)
		return INT64_MAX;
	for (int i = 0; i < WRITERS; i++) {
		n = 0;
		if (db_int(&db,
			"SELECT count(*) FROM w WHERE who = ?1 AND n <= ?2",
			VALS(v_int(i), v_int(acked[i])), &n, &err) == -1) {
			lost = INT64_MAX;
			break;
		}
		lost += acked[i] - n;
	}
	db_close(&db);
	return lost;
}

/* Looks again and again, so that a storm that has lost something ends. */
static void
watch(const struct storm *s)
{
	while (!over(s)) {
		(void)poll(NULL, 0, 250);
		if (count_lost(s) != 0)
			s->shared->lost = 1;
	}
}

/* Runs it; returns what was lost (INT64_MAX: the file is damaged). */
static int64_t
run(bool locked, int64_t ms)
{
	struct storm s = { .locked = locked };
	pid_t pid[WRITERS + CHECKPOINTERS];
	int64_t lost, all = 0;
	int status;

	s.shared = mmap(NULL, sizeof(*s.shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(s.shared, MAP_FAILED);
	make_database(&s);
	s.until = clock_boot() + ms;
	for (int i = 0; i < WRITERS + CHECKPOINTERS; i++) {
		pid[i] = fork();
		assert_int_not_equal(pid[i], -1);
		if (pid[i] == 0 && i < WRITERS)
			write_storm(&s, i);
		if (pid[i] == 0)
			checkpoint_storm(&s);
	}
	watch(&s);
	for (int i = 0; i < WRITERS + CHECKPOINTERS; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	lost = count_lost(&s);
	if (s.shared->broken != 0)
		lost = INT64_MAX;
	else if (lost == 0 && s.shared->lost != 0)
		lost = 1; /* gone for a reader, if not for good */
	for (int i = 0; i < WRITERS; i++)
		all += s.shared->acked[i];
	print_message("%s lock: %lld commits, %lld checkpoints, %lld rests, "
		      "lost %lld%s\n",
	    locked ? "with the" : "without a", (long long)all,
	    (long long)s.shared->checkpoints, (long long)s.shared->rests,
	    lost == INT64_MAX ? -1LL : (long long)lost,
	    lost == INT64_MAX ? " (damaged)" : "");
	/* The control ends as soon as something is lost. */
	if (locked) {
		assert_true(all > 100);
		assert_true(s.shared->checkpoints > 100);
		assert_true(s.shared->rests > 100);
	}
	secret_free(s.root);
	vault_kit_remove(s.dir);
	(void)munmap(s.shared, sizeof(*s.shared));
	return lost;
}

static void
nothing_is_lost_under_the_lock(void **state)
{
	(void)state;
	assert_int_equal(run(true, STORM_MS), 0);
}

static void
control_without_the_lock(void **state)
{
	(void)state;
	if (sqlite3_libversion_number() >= ENGINE_FIXED) {
		print_message("SQLite %s has no such race: nothing to show\n",
		    sqlite3_libversion());
		skip();
	}
	assert_int_not_equal(run(false, CONTROL_MS), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_lost_under_the_lock),
		cmocka_unit_test(control_without_the_lock),
	};
	struct err err;

	if (vault_init(&err) == -1)
		return 1;
	return cmocka_run_group_tests(tests, slow_down, NULL);
}
