/* SPDX-License-Identifier: ISC */
/* Files that a person names: read once, or made new. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

static int
named_err(int err_no, struct err *e)
{
	enum err_kind kind = file_err_kind(err_no);

	switch (err_no) {
	case ENOENT:
	case ENOTDIR:
		return err_set(e, ERR_NOT_FOUND,
		    _("There is no file with this path. Look at its name and "
		      "give the whole path, from the first /."));
	case ELOOP:
		return err_set(e, ERR_UNSAFE,
		    _("This is a link to another place. Give the path of the "
		      "file itself."));
	case EACCES:
	case EPERM:
		return err_set(e, ERR_IO,
		    _("The program may not open this. Put the file where it "
		      "may, or ask who looks after this machine."));
	case EEXIST:
		return err_set(e, ERR_INPUT,
		    _("There is a file with this path already, and nothing is "
		      "written over. Give another name."));
	default:
		break;
	}
	if (kind == ERR_FULL)
		return err_set(
		    e, kind, _("Nothing was written. %s"), file_full(err_no));
	return err_set(e, kind,
	    _("The machine cannot read or write this file: %s."),
	    file_why(err_no));
}

/* A directory of its own, like the vault, holds nothing to be handed in. */
static int
check_place(int fd, const char *never, struct err *e)
{
	char link[64], at[PATH_MAX], home[PATH_MAX];
	ssize_t n;
	size_t len;

	if (never == NULL || realpath(never, home) == NULL)
		return 0;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, at, sizeof(at) - 1);
	if (n < 0)
		return named_err(errno, e);
	at[n] = '\0';
	len = strlen(home);
	if (strncmp(at, home, len) != 0 || (at[len] != '/' && at[len] != '\0'))
		return 0;
	return err_set(e, ERR_UNSAFE,
	    _("This is a file of the vault itself. Give the path of a "
	      "document."));
}

static int
check_what(const struct stat *st, int64_t max, struct err *e)
{
	if (S_ISDIR(st->st_mode))
		return err_set(e, ERR_INPUT,
		    _("This is a directory. Give the path of one file in "
		      "it."));
	if (!S_ISREG(st->st_mode))
		return err_set(e, ERR_INPUT,
		    _("This is a device or a pipe, not a file. Give the path "
		      "of a file."));
	if (st->st_size == 0)
		return err_set(
		    e, ERR_INPUT, _("The file is empty; nothing was kept."));
	if (st->st_size > max)
		return err_set(e, ERR_INPUT,
		    _("The file is too large: it has %" PRId64
		      " kB and at most %" PRId64
		      " kB fit. Make it smaller, or add it in parts."),
		    ((int64_t)st->st_size + 1023) / 1024, max / 1024);
	return 0;
}

static int
check_path(const char *path, struct err *e)
{
	if (path[0] != '/')
		return err_set(e, ERR_INPUT,
		    _("Give the whole path of the file, from the first /."));
	return 0;
}

int
file_open_named(const char *path, int64_t max, const char *never, int *out,
    int64_t *size, struct err *e)
{
	struct stat st;
	int fd;

	if (check_path(path, e) == -1)
		return -1;
	/* A FIFO would wait for a writer for ever. */
	fd = open(
	    path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return named_err(errno, e);
	if (fstat(fd, &st) != 0)
		(void)named_err(errno, e);
	else if (check_what(&st, max, e) == 0 &&
		 check_place(fd, never, e) == 0) {
		*out = fd;
		*size = st.st_size;
		return 0;
	}
	(void)close(fd);
	return -1;
}

int
file_make_named(const char *path, const char *never, int *out, struct err *e)
{
	int fd;

	if (check_path(path, e) == -1)
		return -1;
	fd = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return named_err(errno, e);
	if (check_place(fd, never, e) == 0) {
		*out = fd;
		return 0;
	}
	(void)close(fd);
	(void)unlink(path);
	return -1;
}

int
file_read_some(int fd, void *p, size_t n, size_t *got, struct err *e)
{
	ssize_t k;

	*got = 0;
	while (*got < n) {
		k = read(fd, (char *)p + *got, n - *got);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return named_err(errno, e);
		if (k == 0)
			break;
		*got += (size_t)k;
	}
	return 0;
}

int
file_write_all(int fd, const void *p, size_t n, struct err *e)
{
	const char *at = p;
	ssize_t k;

	while (n > 0) {
		k = write(fd, at, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return named_err(errno, e);
		at += k;
		n -= (size_t)k;
	}
	return 0;
}
