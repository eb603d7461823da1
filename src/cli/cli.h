/* SPDX-License-Identifier: ISC */
/*
 * The command line: one file a command, one row of commands.def each.  Results
 * go to standard output, problems to standard error; the exit code is 0 done,
 * 1 failed (one line says what and what to do), 2 wrong usage.
 */
#ifndef AMPARO_CLI_CLI_H
#define AMPARO_CLI_CLI_H

#include <stdbool.h>

#include "base/err.h"
#include "config/society.h"
#include "vault/harden.h"

#define CLI_DONE 0
#define CLI_FAILED 1
#define CLI_USAGE 2

/* The options before the command. */
struct cli {
	const char *config; /* absolute; NULL: the one the vault names */
	const char *vault; /* absolute; never NULL */
	const char *user; /* --user; NULL: ask */
	int passphrase_fd; /* -1: ask on the terminal */
	bool plain;
	bool ascii; /* borders and marks in ASCII */
	const char *theme; /* NULL: the configuration's */
	const char *language; /* of the interface; NULL: the person's */
	const char *cwd; /* where the program was started */
	const struct environment *env;
};

struct command {
	const char *name;
	/* argv[0] is the command's name; the return value is the exit code. */
	int (*run)(const struct cli *, int argc, char **argv);
	const char *usage; /* what follows the name */
	const char *help; /* N_() */
};
/* Every command, ended by a NULL name. */
extern const struct command commands[];

#define COMMAND(name, usage, help) \
	int cli_##name(const struct cli *, int argc, char **argv);
#include "cli/commands.def"
#undef COMMAND

/* No command: open the interface. */
int cli_interface(const struct cli *, int argc, char **argv);

/* The process stands in "/": a path as it was meant where the program was
 * started.  The caller frees it. */
char *cli_path(const struct cli *, const char *path)
    __attribute__((returns_nonnull));

/* The configuration (--config, the vault's own, the generic one), its time
 * zone set; every problem is said on standard error.  -1 after saying so. */
int cli_society(const struct cli *, struct society **) MUST_USE;
/* The same of another vault, or a copy of one. */
int cli_society_of(
    const struct cli *, const char *vault, struct society **) MUST_USE;

/* "amparo: sentence" on standard error; returns CLI_FAILED. */
int cli_fail(const struct err *);
/* "usage: amparo NAME ..." on standard error; returns CLI_USAGE. */
int cli_usage(const char *name);
/* True when argv asks for --help and it was said. */
bool cli_help(int argc, char **argv);

#endif
