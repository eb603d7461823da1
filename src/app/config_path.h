/* SPDX-License-Identifier: ISC */
/* Which configuration belongs to a vault. */
#ifndef AMPARO_APP_CONFIG_PATH_H
#define AMPARO_APP_CONFIG_PATH_H

#include "base/buf.h"
#include "base/err.h"
#include "config/society.h"

/* The vault's file that names it: one line, an absolute path; written by
 * `amparo init`. */
#define CONFIG_NAME_FILE "society"

/*
 * Append the path: given if it is not NULL, else what the vault names, else
 * the generic configuration that came with the program.  -1 when the vault's
 * file cannot be trusted (file_read()) or holds no absolute path.
 */
int config_path(const char *vault, const char *given, struct buf *out,
    struct err *) MUST_USE;

/* Append a line for each problem that stops the program: "FILE:LINE: what is
 * wrong, what is expected"; the line number where there is one. */
void config_problems(const struct problems *, struct buf *out);

#endif
