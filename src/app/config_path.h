/* SPDX-License-Identifier: ISC */
/* Which configuration belongs to a vault. */
#ifndef AMPARO_APP_CONFIG_PATH_H
#define AMPARO_APP_CONFIG_PATH_H

#include "base/buf.h"
#include "base/err.h"
#include "config/society.h"

/*
 * Append the path: given if it is not NULL, else what the vault names in its
 * file VAULT_SOCIETY_FILE (store/vaultcare.h; init and demo write it), else
 * the generic configuration that came with the program (ERR_NOT_FOUND where
 * that is not installed).  -1 also when the vault's file cannot be trusted
 * (file_read()) or holds no absolute path.
 */
int config_path(const char *vault, const char *given, struct buf *out,
    struct err *) MUST_USE;

/* Append a line for each problem that stops the program: "FILE:LINE: what is
 * wrong, what is expected"; the line number where there is one. */
void config_problems(const struct problems *, struct buf *out);

#endif
