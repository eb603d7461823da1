/* SPDX-License-Identifier: ISC */
/* Which files a vault is made of, for making, copying and putting back. */
#ifndef AMPARO_STORE_VAULT_FILES_H
#define AMPARO_STORE_VAULT_FILES_H

#include <stdbool.h>

#include "base/err.h"

/* Names, NULL at the end; the directory lock/ is beside them. */
extern const char *const vault_files[];

/* Make dir (0700), or take it where it is empty or holds what a crash in the
 * middle of making left; *fd is its descriptor, the caller's to close.
 * ERR_CONFLICT: a vault, or other files, are there. */
int vault_dir_make(const char *dir, int *fd, bool *made, struct err *) MUST_USE;
/* Remove all of a vault's files; what is not there is fine. */
void vault_files_remove(int dirfd);

#endif
