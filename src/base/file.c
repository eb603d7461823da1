/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/magic.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

enum err_kind
file_err_kind(int err_no)
{
	switch (err_no) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return ERR_FULL;
	case ENOENT:
	case ENOTDIR:
		return ERR_NOT_FOUND;
	case ENOMEM:
		return ERR_NOMEM;
	case ELOOP: /* O_NOFOLLOW met a symbolic link */
		return ERR_UNSAFE;
	default:
		return ERR_IO;
	}
}

const char *
file_why(int err_no)
{
	const char *name;

	switch (err_no) {
	case ENOSPC:
		return _("the disk is full");
	case EDQUOT:
		return _("the disk quota of this account is used up");
	case EFBIG:
		return _("it may not grow any more");
	case EISDIR:
		return _("it is a folder, not a file");
	case ENOTDIR:
		return _("it is not a folder, or below what is none");
	case EBUSY:
		return _("a disk is mounted there, or it is in use");
	case EXDEV:
		return _("it is on another disk");
	case EEXIST:
	case ENOTEMPTY:
		return _("something is there already");
	case ENAMETOOLONG:
		return _("its name is too long");
	case ELOOP:
		return _("it is a link to another place");
	case ENOENT:
		return _("it is not there");
	case EACCES:
	case EPERM:
		return _("the account that runs amparo may not");
	case EROFS:
		return _("this disk can only be read");
	case EIO:
		return _("the disk does not answer as it should");
	case EMFILE:
	case ENFILE:
		return _("too many files are open");
	default:
		break;
	}
	/* Its name, the same in every language: who looks after the machine
	 * can look it up, and strerror() would answer in the system's. */
	name = strerrorname_np(err_no);
	return name != NULL ? name : _("the system gives no reason");
}

const char *
file_full(int err_no)
{
	switch (err_no) {
	case EDQUOT:
		return _("The disk quota of the account that runs amparo is "
			 "used up: ask who looks after this machine for more, "
			 "then try again.");
	case EFBIG:
		return _("A file may not grow any more (ulimit -f of the "
			 "account that runs amparo): ask who looks after this "
			 "machine to lift that, then try again.");
	default:
		return _("The disk is full: free some space and try again.");
	}
}

static int
file_err(struct err *e, const char *what)
{
	enum err_kind kind = file_err_kind(errno);

	switch (kind) {
	case ERR_FULL:
		return err_set(e, kind,
		    _("Nothing was changed: %s could not be saved. %s"), what,
		    file_full(errno));
	case ERR_NOT_FOUND:
		return err_set(e, kind, _("There is no %s."), what);
	case ERR_UNSAFE:
		return err_set(e, kind,
		    _("%s is a link to another place. Put the file itself "
		      "there."),
		    what);
	default:
		return err_set(e, kind,
		    _("The machine cannot read or write %s: %s. Ask who looks "
		      "after it."),
		    what, file_why(errno));
	}
}

bool
file_group_private(uid_t uid, gid_t gid)
{
	char name[256];
	const struct passwd *pw = getpwuid(uid);
	const struct group *gr;
	bool alone = true;

	if (uid == 0 || pw == NULL || pw->pw_gid != gid)
		return false;
	(void)snprintf(name, sizeof(name), "%s", pw->pw_name);
	gr = getgrgid(gid);
	if (gr == NULL || strcmp(gr->gr_name, name) != 0)
		return false;
	for (char **m = gr->gr_mem; *m != NULL; m++)
		alone = alone && strcmp(*m, name) == 0;
	setpwent();
	while (alone && (pw = getpwent()) != NULL)
		alone = pw->pw_gid != gid || pw->pw_uid == uid;
	endpwent();
	return alone;
}

/* May somebody beside its owner and root write to it? */
static bool
others_write(const struct stat *st)
{
	if ((st->st_mode & S_IWOTH) != 0)
		return true;
	return (st->st_mode & S_IWGRP) != 0 &&
	       !file_group_private(st->st_uid, st->st_gid);
}

/* Nobody but root and this process's user may be able to change it. */
static int
check_stat(const struct stat *st, const char *what, bool parent,
    bool private_only, struct err *e)
{
	bool sticky =
	    S_ISDIR(st->st_mode) && (st->st_mode & S_ISVTX) && st->st_uid == 0;

	if (st->st_uid != 0 && st->st_uid != geteuid())
		return err_set(e, ERR_UNSAFE,
		    _("%s belongs to another user of this machine, who could "
		      "change it. Run amparo as the account it belongs to, "
		      "or make it belong to the account that runs amparo."),
		    what);
	if (others_write(st) && !(parent && sticky))
		return err_set(e, ERR_UNSAFE,
		    _("Others on this machine could change %s. Take their "
		      "right to write away (chmod go-w)."),
		    what);
	if (private_only && (st->st_mode & (S_IRWXG | S_IRWXO)))
		return err_set(e, ERR_UNSAFE,
		    _("Others on this machine could read %s. Close it to them "
		      "(chmod go-rwx)."),
		    what);
	return 0;
}

/* Every directory from path (without links) up to the root. */
static int
check_parents(char *path, struct err *e)
{
	struct stat st;
	char *slash;

	for (;;) {
		if (lstat(path, &st) != 0)
			return file_err(e, path);
		if (!S_ISDIR(st.st_mode))
			return err_set(
			    e, ERR_UNSAFE, _("%s is not a directory."), path);
		if (check_stat(&st, path, true, false, e) != 0)
			return -1;
		slash = strrchr(path, '/');
		if (slash == NULL || path[1] == '\0')
			return 0;
		slash[slash == path] = '\0';
	}
}

/*
 * Open the directory path is in, after looking at it and all above it, and
 * give the name in it.  The directory is opened by its real name, so that
 * what was looked at is what is used.
 */
static int
open_parent(const char *path, const char **name, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char dir[PATH_MAX], real[PATH_MAX];
	int fd, n;

	*name = slash == NULL ? path : slash + 1;
	if (slash == NULL)
		n = snprintf(dir, sizeof(dir), ".");
	else
		n = snprintf(dir, sizeof(dir), "%.*s",
		    (int)(slash - path) + (slash == path), path);
	if (n < 0 || (size_t)n >= sizeof(dir) || **name == '\0')
		return err_set(e, ERR_INPUT, _("This is not a file's name."));
	if (realpath(dir, real) == NULL)
		return file_err(e, dir);
	fd = open(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return file_err(e, real);
	if (check_parents(real, e) != 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

/* Is it what a program alone writes to? */
static int
check_plain(
    const struct stat *st, const char *path, bool private_only, struct err *e)
{
	if (S_ISLNK(st->st_mode))
		return err_set(e, ERR_UNSAFE,
		    _("%s is a link to another place. Put the file itself "
		      "there."),
		    path);
	if (!S_ISREG(st->st_mode))
		return err_set(
		    e, ERR_UNSAFE, _("%s is not an ordinary file."), path);
	return check_stat(st, path, false, private_only, e);
}

int
file_check(const char *path, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return file_err(e, path);
	return check_plain(&st, path, true, e);
}

static int
read_all(int fd, size_t max, const char *path, struct buf *out, struct err *e)
{
	char chunk[16384];
	ssize_t n;
	int rc = 0;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			rc = file_err(e, path);
			break;
		}
		if ((size_t)n > max - out->len) {
			rc = err_set(e, ERR_INPUT,
			    _("%s is larger than %zu bytes, which no such file "
			      "is."),
			    path, max);
			break;
		}
		buf_add(out, chunk, (size_t)n);
	}
	/* A keyring or a configuration: not left on the stack. */
	explicit_bzero(chunk, sizeof(chunk));
	return rc;
}

int
file_read(const char *path, size_t max, bool private_only, struct buf *out,
    struct err *e)
{
	const char *name;
	struct stat st;
	int dir, fd = -1, rc = -1;

	buf_clear(out);
	dir = open_parent(path, &name, e);
	if (dir < 0)
		return -1;
	/* Not blocking: opening a fifo would wait for its writer. */
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		(void)file_err(e, path);
		goto out;
	}
	if (check_plain(&st, path, private_only, e) != 0)
		goto out;
	rc = read_all(fd, max, path, out, e);
	if (rc != 0)
		buf_clear(out);
out:
	if (fd >= 0)
		(void)close(fd);
	(void)close(dir);
	return rc;
}

int
file_check_dir(const char *path, bool private_only, struct err *e)
{
	char real[PATH_MAX];
	struct stat st;

	if (realpath(path, real) == NULL)
		return file_err(e, path);
	if (lstat(real, &st) != 0)
		return file_err(e, path);
	if (!S_ISDIR(st.st_mode))
		return err_set(
		    e, ERR_UNSAFE, _("%s is not a directory."), path);
	if (check_stat(&st, path, false, private_only, e) != 0)
		return -1;
	return check_parents(real, e);
}

static int
write_all(int fd, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return fsync(fd);
}

/* The old file under a second name; it keeps its own until the rename. */
static int
link_prev(int dirfd, const char *name, const char *prev)
{
	if (unlinkat(dirfd, prev, 0) != 0 && errno != ENOENT)
		return -1;
	if (linkat(dirfd, name, dirfd, prev, 0) != 0 && errno != ENOENT)
		return -1;
	return 0;
}

int
file_replace(int dirfd, const char *name, const void *data, size_t len,
    bool keep_prev, struct err *e)
{
	char fresh[NAME_MAX + 1], prev[NAME_MAX + 1];
	int fd = -1, a, b;

	a = snprintf(fresh, sizeof(fresh), "%s.new", name);
	b = snprintf(prev, sizeof(prev), "%s.prev", name);
	if (a < 0 || (size_t)a >= sizeof(fresh) || b < 0 ||
	    (size_t)b >= sizeof(prev) || strchr(name, '/') != NULL)
		return err_set(e, ERR_INPUT, _("This is not a file's name."));
	if (unlinkat(dirfd, fresh, 0) != 0 && errno != ENOENT)
		return file_err(e, name);
	fd = openat(dirfd, fresh,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_err(e, name);
	if (write_all(fd, data, len) != 0)
		goto fail;
	if (close(fd) != 0) {
		fd = -1;
		goto fail;
	}
	fd = -1;
	if (keep_prev && link_prev(dirfd, name, prev) != 0)
		goto fail;
	if (renameat(dirfd, fresh, dirfd, name) != 0)
		goto fail;
	/* Renamed, but not for certain after a power cut: say so. */
	if (fsync(dirfd) != 0)
		return file_err(e, name);
	return 0;
fail:
	(void)file_err(e, name);
	if (fd >= 0)
		(void)close(fd);
	(void)unlinkat(dirfd, fresh, 0);
	return -1;
}

int
file_check_local(const char *dir, struct err *e)
{
	/* statfs(2); the last four are not in linux/magic.h. */
	static const unsigned long shared[] = { NFS_SUPER_MAGIC,
		SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC,
		FUSE_SUPER_MAGIC, V9FS_MAGIC, CEPH_SUPER_MAGIC, AFS_SUPER_MAGIC,
		AFS_FS_MAGIC, CODA_SUPER_MAGIC, NCP_SUPER_MAGIC,
		OCFS2_SUPER_MAGIC, 0x01161970 /* GFS2 */,
		0x0bd00bd0 /* Lustre */, 0x47504653 /* GPFS */,
		0x786f4256 /* VirtualBox folder */ };
	struct statfs fs;

	if (statfs(dir, &fs) != 0)
		return file_err(e, dir);
	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++) {
		if (((unsigned long)fs.f_type & 0xffffffff) == shared[i])
			return err_set(e, ERR_UNSAFE,
			    _("%s is on a network or shared file system, where "
			      "two people saving at once can destroy records. "
			      "Put the vault on a disk of this machine."),
			    dir);
	}
	return 0;
}
