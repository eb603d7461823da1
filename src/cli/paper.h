/* SPDX-License-Identifier: ISC */
/*
 * The recovery key on paper: shown once on standard output, proven to be
 * written down, and typed in again on the day it is needed.
 */
#ifndef AMPARO_CLI_PAPER_H
#define AMPARO_CLI_PAPER_H

#include <stdbool.h>

#include "base/err.h"
#include "vault/secret.h"

/* What "--recovery WORD" says, "parts" (the default) or "whole"; -1. */
int paper_form(const char *word, bool *whole) MUST_USE;

/*
 * Show a 32-byte recovery key, as three parts one after the other or whole,
 * and ask for some of its groups back: one of each part before the next shows,
 * three of a whole key.  A terminal is wiped after each, with what can be scrolled back.  ERR_INPUT after five wrong
 * answers, ERR_CANCELLED at end of input.
 */
int paper_show(const struct secret *key, bool whole, struct err *) MUST_USE;

/*
 * Ask for two parts, or a whole key, group by group and without echo; what
 * was mistyped is asked for again.  *key is the 32-byte key, the caller's to
 * free.  ERR_INPUT when it does not come right, ERR_CANCELLED.
 */
int paper_read(bool whole, struct secret **key, struct err *) MUST_USE;

#endif
