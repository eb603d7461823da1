/* SPDX-License-Identifier: ISC */
/* What a program reads: --json. */
#ifndef AMPARO_CLI_JSON_H
#define AMPARO_CLI_JSON_H

#include <stdbool.h>
#include <stdio.h>

/* A string with its quotes (RFC 8259, section 7). */
void json_string(FILE *, const char *);
/* "name": "value", with a comma before it unless it is the first. */
void json_member(FILE *, bool first, const char *name, const char *value);

#endif
