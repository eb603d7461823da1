/* SPDX-License-Identifier: ISC */
#include "cli/demo_place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/vault_files.h"
#include "store/vaultcare.h"

#define VAULT "vault"
/* Only a run of ours makes this file, and it comes first: where it is, what is
 * beside it is a demo vault and no other. */
#define MARK "amparo-demo"

static char *
with(const char *dir, size_t len, const char *end)
{
	struct buf b;

	buf_init(&b);
	buf_add(&b, dir, len);
	buf_add_str(&b, end);
	return buf_detach(&b);
}

static int
cannot(const char *dir, struct err *e)
{
	return err_set(e, ERR_IO,
	    _("The directory %s cannot be used for a demo vault: %s."), dir,
	    file_why(errno));
}

/* Not there, or empty: what comes takes its place. */
static int
check_free(const char *dir, struct err *e)
{
	struct dirent *entry;
	bool any = false;
	DIR *d;

	if (vault_none_yet(dir, e) == -1)
		return -1;
	if ((d = opendir(dir)) == NULL)
		return errno == ENOENT ? 0 : cannot(dir, e);
	while ((entry = readdir(d)) != NULL)
		any |= strcmp(entry->d_name, ".") != 0 &&
		       strcmp(entry->d_name, "..") != 0;
	(void)closedir(d);
	return any ? err_set(e, ERR_CONFLICT,
			 _("The directory %s is not empty. Choose another "
			   "one."),
			 dir)
		   : 0;
}

/* The half of a vault; false: there is none. */
static bool
remove_half(const struct demo_place *p)
{
	int fd = openat(
	    p->fd, VAULT, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd == -1)
		return false;
	vault_files_remove(fd);
	(void)unlinkat(fd, VAULT_DEMO_FILE, 0);
	(void)unlinkat(fd, VAULT_DEMO_FILE ".new", 0);
	(void)close(fd);
	(void)unlinkat(p->fd, VAULT, AT_REMOVEDIR);
	return true;
}

static int
open_beside(struct demo_place *p, struct err *e)
{
	bool marked;

	/* A vault without the mark is nobody's to take away. */
	if (mkdir(p->beside, 0700) == -1 && errno != EEXIST)
		return cannot(p->beside, e);
	p->fd =
	    open(p->beside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (p->fd == -1)
		return cannot(p->beside, e);
	marked = faccessat(p->fd, MARK, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	if (!marked && faccessat(p->fd, VAULT, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(e, ERR_CONFLICT,
		    _("The directory %s is not empty. Choose another one."),
		    p->beside);
	p->lock = openat(
	    p->fd, MARK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (p->lock == -1)
		return cannot(p->beside, e);
	if (flock(p->lock, LOCK_EX | LOCK_NB) == -1) {
		(void)close(p->lock);
		p->lock = -1;
		return err_set(e, ERR_BUSY,
		    _("Another run is making this demo vault. Wait until it "
		      "has ended."));
	}
	p->left = marked && remove_half(p);
	return 0;
}

int
demo_place_open(struct demo_place *p, const char *dir, struct err *e)
{
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	*p = (struct demo_place){ .fd = -1, .lock = -1 };
	p->dir = with(dir, len, "");
	p->beside = with(dir, len, ".making");
	p->vault = with(dir, len, ".making/" VAULT);
	return check_free(p->dir, e) == -1 ? -1 : open_beside(p, e);
}

int
demo_place_take(struct demo_place *p, struct err *e)
{
	const char *slash = strrchr(p->dir, '/');
	size_t len = slash == p->dir ? 1 : (size_t)(slash - p->dir);
	char *above = with(p->dir, len, "");
	int fd, rc = 0;

	if (rename(p->vault, p->dir) == -1)
		rc = cannot(p->dir, e);
	/* Whole either way; synced it also stays where it is. */
	fd = rc == 0 ? open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (fd != -1) {
		(void)fsync(fd);
		(void)close(fd);
	}
	free(above);
	return rc;
}

void
demo_place_done(struct demo_place *p)
{
	if (p->lock != -1) {
		(void)remove_half(p);
		(void)unlinkat(p->fd, MARK, 0);
		(void)close(p->lock);
	}
	if (p->fd != -1) {
		(void)close(p->fd);
		if (p->lock != -1)
			(void)rmdir(p->beside);
	}
	free(p->dir);
	free(p->beside);
	free(p->vault);
}
