/* SPDX-License-Identifier: ISC */
/*
 * Files that matter: refused when somebody else could have changed them,
 * replaced in one step or not at all.
 */
#ifndef AMPARO_BASE_FILE_H
#define AMPARO_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Read a whole file into out.  Refuses (ERR_UNSAFE) what is a symbolic link,
 * not a regular file, owned by neither root nor this process's user, or
 * writable by group or others; the same for every directory above it, where a
 * sticky directory owned by root (/tmp) is allowed, and so is a group in which
 * nobody but the owner is (file_group_private()).  private_only also
 * refuses files that group or others may read.  ERR_NOT_FOUND, ERR_INPUT when
 * larger than max bytes, ERR_IO.  The rule is doas's for its configuration.
 */
int file_read(const char *path, size_t max, bool private_only, struct buf *out,
    struct err *) MUST_USE;

/*
 * Is this group a person's own: of the same name, their first one, with nobody
 * else in it?  Where each person has such a group, a checkout is writable by
 * it (umask 002), which lets nobody in.  Never of root.  As OpenSSH of Debian
 * decides for authorized_keys.
 */
bool file_group_private(uid_t, gid_t);

/* The checks on a file that something else will open, without those on what is
 * above it: a plain file of this process's user or root, that nobody else may
 * read or change.  ERR_NOT_FOUND, ERR_UNSAFE, ERR_IO. */
int file_check(const char *path, struct err *) MUST_USE;
/* The same checks on a directory; private_only wants mode 0700. */
int file_check_dir(const char *path, bool private_only, struct err *) MUST_USE;

/*
 * Replace name in the directory dirfd by len bytes, mode 0600: written to
 * "name.new" (O_EXCL after removing a stale one), synced, renamed, and the
 * directory synced.  keep_prev leaves the old file as "name.prev".  On failure
 * (ERR_FULL, ERR_IO) the old file is untouched; only when the last step, the
 * sync of the directory, fails is the new one there but not certain to stay.
 */
int file_replace(int dirfd, const char *name, const void *, size_t len,
    bool keep_prev, struct err *) MUST_USE;

/*
 * A file that a person names, to be read once: by its whole path, not a link,
 * a regular file, not empty, at most max bytes, and not below the directory
 * never (may be NULL): the vault's own files are no documents.  Waits for
 * nothing.  *fd is the caller's to close.  ERR_NOT_FOUND, ERR_INPUT (what it
 * is instead, or both sizes), ERR_UNSAFE, ERR_IO, each with a sentence.
 */
int file_open_named(const char *path, int64_t max, const char *never, int *fd,
    int64_t *size, struct err *) MUST_USE;
/* A new file, mode 0600, for somebody who wants it outside; what is there is
 * never written over (ERR_INPUT). */
int file_make_named(
    const char *path, const char *never, int *fd, struct err *) MUST_USE;
/* n bytes or as many as there are; *got less than n is the end. */
int file_read_some(
    int fd, void *, size_t n, size_t *got, struct err *) MUST_USE;
int file_write_all(int fd, const void *, size_t n, struct err *) MUST_USE;

/* Refuse file systems where locks and shared memory do not hold across
 * machines (NFS, CIFS, FUSE and the like): ERR_UNSAFE.  SQLite, "How To
 * Corrupt", section 2.1 and "Write-Ahead Logging", section 1. */
int file_check_local(const char *dir, struct err *) MUST_USE;

/* Why a file did not do, in words for people: "the disk is full", "it is a
 * link to another place". */
const char *file_why(int err_no);

/* What is full and what to do, of an errno that is ERR_FULL, as a sentence. */
const char *file_full(int err_no);

/* errno as an err_kind: ENOSPC, EDQUOT and EFBIG are ERR_FULL. */
enum err_kind file_err_kind(int err_no);

#endif
