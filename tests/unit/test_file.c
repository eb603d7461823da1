/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"

struct place {
	char dir[64];
	int fd;
};

static int
set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return -1;
	(void)snprintf(p->dir, sizeof(p->dir), "/tmp/amparo-file-XXXXXX");
	if (mkdtemp(p->dir) == NULL)
		return -1;
	p->fd = open(p->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = p;
	return p->fd < 0 ? -1 : 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "a", "a.new", "a.prev", "link",
		"fifo", "d/a" };
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)unlinkat(p->fd, names[i], 0);
	(void)fchmodat(p->fd, "d", 0700, 0);
	(void)unlinkat(p->fd, "d/a", 0);
	(void)unlinkat(p->fd, "d", AT_REMOVEDIR);
	(void)unlinkat(p->fd, "a.new", AT_REMOVEDIR);
	(void)close(p->fd);
	(void)rmdir(p->dir);
	free(p);
	return 0;
}

static char *
path_of(const struct place *p, const char *name)
{
	static char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/%s", p->dir, name);
	return path;
}

static void
put(const struct place *p, const char *name, const char *text, mode_t mode)
{
	int fd = openat(p->fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	(void)close(fd);
}

static void
a_file_is_read_whole(void **state)
{
	struct place *p = *state;
	struct buf b;
	struct err e;

	buf_init(&b);
	buf_add_str(&b, "left over");
	put(p, "a", "content", 0644);
	assert_int_equal(file_read(path_of(p, "a"), 100, false, &b, &e), 0);
	assert_string_equal(b.data, "content");
	assert_int_equal(file_read(path_of(p, "a"), 7, false, &b, &e), 0);
	put(p, "a", "", 0600);
	assert_int_equal(file_read(path_of(p, "a"), 0, true, &b, &e), 0);
	assert_int_equal(b.len, 0);
	buf_done(&b);
}

static void
what_others_could_change_is_refused(void **state)
{
	static const struct {
		mode_t mode;
		bool private_only, ok;
	} rows[] = {
		{ 0600, false, true },
		{ 0644, false, true },
		{ 0664, false, false },
		{ 0606, false, false },
		{ 0602, false, false },
		{ 0600, true, true },
		{ 0400, true, true },
		{ 0640, true, false },
		{ 0604, true, false },
		{ 0610, true, false },
	};
	struct place *p = *state;
	struct buf b;
	struct err e;

	buf_init(&b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int rc;

		put(p, "a", "x", rows[i].mode);
		rc = file_read(
		    path_of(p, "a"), 100, rows[i].private_only, &b, &e);
		assert_int_equal(rc, rows[i].ok ? 0 : -1);
		if (!rows[i].ok) {
			assert_int_equal(e.kind, ERR_UNSAFE);
			assert_int_equal(b.len, 0);
		}
	}
	/* Another user's, where the test may make one. */
	put(p, "a", "x", 0600);
	if (geteuid() == 0) {
		assert_int_equal(fchownat(p->fd, "a", 12345, 0, 0), 0);
		assert_int_equal(
		    file_read(path_of(p, "a"), 100, false, &b, &e), -1);
		assert_int_equal(e.kind, ERR_UNSAFE);
	}
	buf_done(&b);
}

static void
what_is_no_ordinary_file_is_refused(void **state)
{
	struct place *p = *state;
	struct buf b;
	struct err e;

	buf_init(&b);
	put(p, "a", "x", 0600);
	assert_int_equal(symlinkat("a", p->fd, "link"), 0);
	assert_int_equal(file_read(path_of(p, "link"), 9, false, &b, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	/* Must not wait for a writer. */
	assert_int_equal(mkfifoat(p->fd, "fifo", 0600), 0);
	assert_int_equal(file_read(path_of(p, "fifo"), 9, false, &b, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(file_read(p->dir, 9, false, &b, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(
	    file_read(path_of(p, "missing"), 9, false, &b, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_int_equal(file_read(path_of(p, ""), 9, false, &b, &e), -1);
	assert_int_equal(file_read(path_of(p, "no/a"), 9, false, &b, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	put(p, "a", "0123456789", 0600);
	assert_int_equal(file_read(path_of(p, "a"), 9, false, &b, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	assert_int_equal(b.len, 0);
	buf_done(&b);
}

static void
an_open_directory_above_is_refused(void **state)
{
	struct place *p = *state;
	struct buf b;
	struct err e;

	buf_init(&b);
	assert_int_equal(mkdirat(p->fd, "d", 0700), 0);
	put(p, "d/a", "x", 0600);
	assert_int_equal(file_read(path_of(p, "d/a"), 9, false, &b, &e), 0);
	assert_int_equal(fchmodat(p->fd, "d", 0770, 0), 0);
	assert_int_equal(file_read(path_of(p, "d/a"), 9, false, &b, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	assert_int_equal(file_check_dir(path_of(p, "d"), false, &e), -1);
	assert_int_equal(e.kind, ERR_UNSAFE);
	/* One above is as bad. */
	assert_int_equal(fchmodat(p->fd, "d", 0700, 0), 0);
	assert_int_equal(fchmod(p->fd, 0777), 0);
	assert_int_equal(file_read(path_of(p, "d/a"), 9, false, &b, &e), -1);
	assert_int_equal(file_check_dir(path_of(p, "d"), true, &e), -1);
	assert_int_equal(fchmod(p->fd, 0700), 0);
	/* Private means for nobody else to read. */
	assert_int_equal(fchmodat(p->fd, "d", 0755, 0), 0);
	assert_int_equal(file_check_dir(path_of(p, "d"), false, &e), 0);
	assert_int_equal(file_check_dir(path_of(p, "d"), true, &e), -1);
	assert_int_equal(fchmodat(p->fd, "d", 0700, 0), 0);
	assert_int_equal(file_check_dir(path_of(p, "d"), true, &e), 0);
	assert_int_equal(file_check_dir(path_of(p, "d/a"), false, &e), -1);
	assert_int_equal(file_check_dir(path_of(p, "no"), false, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	buf_done(&b);
}

static void
assert_content(const struct place *p, const char *name, const char *text)
{
	struct buf b;
	struct err e;

	buf_init(&b);
	assert_int_equal(file_read(path_of(p, name), 1 << 20, true, &b, &e), 0);
	assert_string_equal(b.data, text);
	buf_done(&b);
}

static void
a_file_is_replaced_in_one_step(void **state)
{
	struct place *p = *state;
	struct err e;

	assert_int_equal(file_replace(p->fd, "a", "one", 3, true, &e), 0);
	assert_content(p, "a", "one");
	assert_int_equal(faccessat(p->fd, "a.prev", F_OK, 0), -1);
	assert_int_equal(file_replace(p->fd, "a", "two", 3, true, &e), 0);
	assert_content(p, "a", "two");
	assert_content(p, "a.prev", "one");
	/* Left over from a crash: in nobody's way. */
	put(p, "a.new", "torn", 0600);
	assert_int_equal(file_replace(p->fd, "a", "three", 5, true, &e), 0);
	assert_content(p, "a", "three");
	assert_content(p, "a.prev", "two");
	assert_int_equal(file_replace(p->fd, "a", "", 0, false, &e), 0);
	assert_content(p, "a", "");
	assert_content(p, "a.prev", "two");
	assert_int_equal(faccessat(p->fd, "a.new", F_OK, 0), -1);
}

static void
a_failed_replacement_leaves_the_old_file(void **state)
{
	struct rlimit old, small;
	struct place *p = *state;
	char big[8192];
	struct err e;

	memset(big, 'x', sizeof(big));
	assert_int_equal(file_replace(p->fd, "a", "old", 3, false, &e), 0);
	/* No room: a limit on the size of files stands for the full disk. */
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 4096;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(
	    file_replace(p->fd, "a", big, sizeof(big), true, &e), -1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(e.kind, ERR_FULL);
	assert_content(p, "a", "old");
	assert_int_equal(faccessat(p->fd, "a.new", F_OK, 0), -1);
	assert_int_equal(faccessat(p->fd, "a.prev", F_OK, 0), -1);
	/* A directory in the way, a name that is none. */
	assert_int_equal(mkdirat(p->fd, "a.new", 0700), 0);
	assert_int_equal(file_replace(p->fd, "a", "new", 3, true, &e), -1);
	assert_content(p, "a", "old");
	assert_int_equal(file_replace(p->fd, "d/a", "x", 1, false, &e), -1);
	assert_int_equal(e.kind, ERR_INPUT);
	memset(big, 'n', 300);
	big[300] = '\0';
	assert_int_equal(file_replace(p->fd, big, "x", 1, false, &e), -1);
	assert_int_equal(file_replace(-1, "a", "x", 1, false, &e), -1);
}

static void
errors_of_the_system_have_a_kind(void **state)
{
	static const struct {
		int no;
		enum err_kind kind;
	} rows[] = {
		{ ENOSPC, ERR_FULL },
		{ EDQUOT, ERR_FULL },
		{ EFBIG, ERR_FULL },
		{ ENOENT, ERR_NOT_FOUND },
		{ ENOTDIR, ERR_NOT_FOUND },
		{ ENOMEM, ERR_NOMEM },
		{ ELOOP, ERR_UNSAFE },
		{ EIO, ERR_IO },
		{ EACCES, ERR_IO },
		{ EROFS, ERR_IO },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(file_err_kind(rows[i].no), rows[i].kind);
	/* Never in the language of the system. */
	assert_string_equal(file_why(EROFS), "this disk can only be read");
	assert_string_equal(file_why(EINVAL), "EINVAL");
	assert_string_equal(file_why(EISDIR), "it is a folder, not a file");
	assert_string_equal(
	    file_why(EBUSY), "a disk is mounted there, or it is in use");
	assert_non_null(strstr(file_full(ENOSPC), "disk is full"));
	assert_non_null(strstr(file_full(EDQUOT), "quota"));
	assert_non_null(strstr(file_full(EFBIG), "ulimit -f"));
	assert_string_equal(file_why(99999), "the system gives no reason");
}

static void
a_disk_of_this_machine_is_fine(void **state)
{
	struct place *p = *state;
	struct err e;

	assert_int_equal(file_check_local(p->dir, &e), 0);
	assert_int_equal(file_check_local(path_of(p, "no"), &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

/* A group of one's own is not "others"; Debian's system users are examples. */
static void
whose_group(void **state)
{
	const struct passwd *pw = getpwnam("games");
	uid_t uid;
	gid_t gid;

	(void)state;
	assert_non_null(pw);
	uid = pw->pw_uid;
	gid = pw->pw_gid;
	assert_true(file_group_private(uid, gid));
	assert_false(file_group_private(uid, gid + 1));
	assert_false(file_group_private(0, 0));
	assert_false(file_group_private(0, gid));
	assert_false(file_group_private(12345678, gid));
	/* nogroup is many people's. */
	pw = getpwnam("nobody");
	assert_non_null(pw);
	assert_false(file_group_private(pw->pw_uid, pw->pw_gid));
}

#define WITH_PLACE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		WITH_PLACE(a_file_is_read_whole),
		WITH_PLACE(what_others_could_change_is_refused),
		WITH_PLACE(what_is_no_ordinary_file_is_refused),
		WITH_PLACE(an_open_directory_above_is_refused),
		WITH_PLACE(a_file_is_replaced_in_one_step),
		WITH_PLACE(a_failed_replacement_leaves_the_old_file),
		WITH_PLACE(errors_of_the_system_have_a_kind),
		WITH_PLACE(a_disk_of_this_machine_is_fine),
		cmocka_unit_test(whose_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
