/* SPDX-License-Identifier: ISC */
/*
 * A disk that is full at every point of a save: the sentence is the right one,
 * nothing acknowledged is lost, nothing is half there, and the same save goes
 * through once there is room.  RLIMIT_FSIZE makes the kernel refuse a write
 * past a size (SIGXFSZ ignored); where this user may mount, a small tmpfs is
 * filled for real.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/draft.h"
#include "store/queue_write.h"
#include "store/record.h"
#include "store/session_inside.h"
#include "store/user.h"
#include "../lib/vault_kit.h"

static int
save(struct session *s, const struct uid *uid, const struct uid *note,
    struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_CASE_WRITE,
		    .case_uid = uid,
		    .object = note,
		    .action = "note.add",
		    .wrote = true },
		err) == 0 &&
	    record_insert(&tx, REC_NOTE, uid, note,
		COLS({ "kind", v_str("fact") }, { "text", v_str("words") })) !=
		-1 &&
	    queue_refresh(&tx, uid) == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	assert_true(session_idle(s));
	assert_false(s->writers.held);
	return rc;
}

static void
limit(rlim_t size)
{
	struct rlimit r;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &r), 0);
	r.rlim_cur = size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &r), 0);
}

static rlim_t
size_of(const char *dir, const char *name)
{
	char path[400];
	struct stat st;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	return stat(path, &st) == 0 ? (rlim_t)st.st_size : 0;
}

static rlim_t
largest(const char *dir)
{
	rlim_t a = size_of(dir, "cases.db"), b = size_of(dir, "cases.db-wal");

	return a > b ? a : b;
}

static int64_t
ask(struct session *s, const char *sql)
{
	struct err err;
	int64_t n = -1;

	assert_int_not_equal(db_int(&s->cases, sql, NO_VALS, &n, &err), -1);
	return n;
}

static void
sound(struct session *s)
{
	struct findings found;
	struct arena a;
	struct err err;

	arena_init(&a);
	assert_int_equal(vault_verify(s, &a, &found, &err), 0);
	for (size_t i = 0; i < found.n; i++)
		if (found.list[i].bad)
			fail_msg("%s", found.list[i].what);
	arena_done(&a);
}

/* In steps of a kilobyte past what is there: refused in BEGIN, in each page
 * of the commit, and at last not at all. */
static void
full_at_every_kilobyte(void **state)
{
	struct vault_kit kit;
	struct session *s;
	struct uid uid, note;
	struct err err;
	int64_t saved = 0;
	int refused = 0;

	(void)state;
	vault_kit_open(&kit);
	s = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	uid = vault_kit_case(s, &session_user(s)->uid, "branch-1");
	for (int k = 0; k <= 80; k += 1) {
		note = uid_new();
		limit(largest(kit.dir) + (rlim_t)k * 1024);
		if (save(s, &uid, &note, &err) == 0) {
			saved++;
			limit(RLIM_INFINITY);
			continue;
		}
		refused++;
		limit(RLIM_INFINITY);
		assert_int_equal(err.kind, ERR_FULL);
		/* It is a limit on files, not the disk, and that is said. */
		assert_non_null(strstr(err.text, "ulimit -f"));
		assert_null(strstr(err.text, "disk is full"));
		/* What became of typed words is not the store's to say. */
		assert_null(strstr(err.text, "draft"));
		assert_int_equal(ask(s, "SELECT count(*) FROM note"), saved);
		/* The same note again, now that there is room. */
		assert_int_equal(save(s, &uid, &note, &err), 0);
		saved++;
	}
	print_message(
	    "refused %d times, saved %lld\n", refused, (long long)saved);
	assert_true(refused > 10);
	assert_int_equal(ask(s, "SELECT count(*) FROM note"), saved);
	sound(kit.admin);
	vault_kit_close(&kit);
}

/* Every other way of writing says the same. */
static void
full_everywhere(void **state)
{
	char code[ENROL_CODE_SIZE], dir[300];
	struct draft d = { .uid = uid_new(), .screen = "note" };
	static char big[65536];
	struct vault_kit kit;
	struct session *s;
	struct err err;

	(void)state;
	vault_kit_open(&kit);
	s = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	limit(4096);
	assert_int_equal(draft_save(s, &d, big, sizeof(big), &err), -1);
	assert_int_equal(err.kind, ERR_FULL);
	assert_int_equal(user_add(kit.admin, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    -1);
	assert_int_equal(err.kind, ERR_FULL);
	(void)snprintf(dir, sizeof(dir), "%s/backup", kit.root);
	assert_int_equal(
	    vault_backup(kit.admin, dir, BACKUP_EVERYBODY, &err), -1);
	assert_int_equal(err.kind, ERR_FULL);
	assert_int_equal(access(dir, F_OK), -1);
	assert_null(vault_kit_sign_in(&kit, "amina", &err));
	assert_int_equal(err.kind, ERR_FULL);
	limit(RLIM_INFINITY);
	assert_int_equal(draft_save(s, &d, big, sizeof(big), &err), 0);
	assert_int_equal(user_add(kit.admin, "later", "Later", ROLE_CASEWORKER,
			     "branch-1", code, &err),
	    0);
	assert_int_equal(
	    vault_backup(kit.admin, dir, BACKUP_EVERYBODY, &err), 0);
	sound(kit.admin);
	vault_kit_close(&kit);
}

/* --- a file system that is full for real ------------------------------------------ */
static void
fill_up(const char *dir)
{
	static const char block[4096];
	char path[400];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/filler", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	assert_true(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	while (write(fd, block, 1) > 0)
		;
	assert_int_equal(errno, ENOSPC);
	(void)close(fd);
}

static void
on_a_full_file_system(void **state)
{
	char dir[] = "/tmp/amparo-full-XXXXXX", filler[64];
	struct vault_kit kit;
	struct session *s;
	struct uid uid, note = uid_new();
	struct err err;
	int refused = 0;

	(void)state;
	assert_non_null(mkdtemp(dir));
	if (mount("none", dir, "tmpfs", 0, "size=4m,mode=0700") == -1) {
		print_message("may not mount here: left out\n");
		(void)rmdir(dir);
		skip();
	}
	vault_kit_open_at(&kit, dir);
	s = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	uid = vault_kit_case(s, &session_user(s)->uid, "branch-1");
	fill_up(dir);
	(void)snprintf(filler, sizeof(filler), "%s/filler", dir);
	for (int i = 0; i < 40; i++) {
		note = uid_new();
		if (save(s, &uid, &note, &err) == -1) {
			assert_int_equal(err.kind, ERR_FULL);
			refused++;
		}
	}
	assert_true(refused > 0);
	assert_int_equal(unlink(filler), 0);
	assert_int_equal(save(s, &uid, &note, &err), 0);
	sound(kit.admin);
	vault_kit_close(&kit);
	assert_int_equal(umount(dir), 0);
	(void)rmdir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_at_every_kilobyte),
		cmocka_unit_test(full_everywhere),
		cmocka_unit_test(on_a_full_file_system),
	};

	(void)signal(SIGXFSZ, SIG_IGN);
	/* A mount of our own is seen by nobody else and gone with us. */
	if (unshare(CLONE_NEWNS) == 0 &&
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1)
		(void)fprintf(stderr, "mounts stay shared\n");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
