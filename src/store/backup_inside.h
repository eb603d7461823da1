/* SPDX-License-Identifier: ISC */
/* Shared by backup.c and restore.c. */
#ifndef AMPARO_STORE_BACKUP_INSIDE_H
#define AMPARO_STORE_BACKUP_INSIDE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"
#include "vault/secret.h"

#define BACKUP_MANIFEST "manifest"

/* Names of a backup's files, NULL at the end; the manifest is beside them. */
extern const char *const backup_files[];

/* One file from one directory to another, on disk when this returns. */
int backup_copy_file(
    int from, int to, const char *name, bool optional, struct err *) MUST_USE;
/* The same under another name. */
int backup_copy_as(int from, const char *name, int to, const char *as,
    bool optional, struct err *) MUST_USE;
/* Is every file of the directory what its manifest says, and is the manifest
 * from somebody with this case root?  ERR_DAMAGED, ERR_NOT_FOUND. */
int backup_check(int dirfd, const char *dir, const struct uid *vault,
    const struct secret *case_root, struct err *) MUST_USE;

#endif
