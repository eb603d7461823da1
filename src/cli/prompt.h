/* SPDX-License-Identifier: ISC */
/*
 * Asking on the terminal, for the commands: one line at a time, passphrases
 * without echo and straight into locked memory.
 */
#ifndef AMPARO_CLI_PROMPT_H
#define AMPARO_CLI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "vault/secret.h"

/*
 * A line from standard input, without its end; question goes to standard
 * error so that results can be piped.  ERR_CANCELLED at end of input or
 * Ctrl-C, at once, ERR_INPUT when longer than size - 1 bytes or not UTF-8.
 */
int prompt_line(
    const char *question, char *out, size_t size, struct err *) MUST_USE;

/*
 * A passphrase, not echoed, its echo restored on every path and on signals.
 * fd -1 asks on the terminal; otherwise one line is read from fd, which is how
 * programs hand one over (never arguments, never the environment).  *out is
 * the caller's to free.
 */
int prompt_secret(
    const char *question, int fd, struct secret **out, struct err *) MUST_USE;

/* Twice, until both are the same (ERR_INPUT after three rounds); with an fd
 * one line is enough. */
int prompt_new_secret(
    const char *question, int fd, struct secret **out, struct err *) MUST_USE;

/* Yes or no; anything but a clear yes is no. */
bool prompt_yes(const char *question);

#endif
