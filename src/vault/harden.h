/* SPDX-License-Identifier: ISC */
/*
 * The start-up ritual: what the program does to itself before it looks at
 * anything a stranger could have chosen.  In this order, in every process:
 *
 *   harden_environment()  reads the few variables that matter, clears the rest
 *   harden_process()      descriptors, umask, directory, limits, no dumps
 *   vault_init()          (secret.h)
 *
 * and harden_child() in the session child, right after fork().
 */
#ifndef AMPARO_VAULT_HARDEN_H
#define AMPARO_VAULT_HARDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

/* What was read.  A value that does not fit or holds control bytes is "". */
struct environment {
	char term[32]; /* from the list of known terminals, else "vt100" */
	bool no_color; /* NO_COLOR set and not empty (no-color.org) */
	char ssh_client[64]; /* address part of SSH_CONNECTION */
	/* The key that signed in over SSH, as ssh-keygen -l prints it
	 * ("SHA256:..."), from the file SSH_USER_AUTH names; "" unknown. */
	char ssh_key[64];
	char language[16]; /* LANGUAGE, LC_ALL, LC_MESSAGES or LANG: "es" */
	char ssh_tty[64];
	char tty[64]; /* ttyname() of standard input */
	char vault[1024]; /* AMPARO_VAULT */
	char home[1024]; /* for the default place of the vault */
	char user[64]; /* USER */
};

/*
 * Read, then clear the environment and set LANG and LC_ALL to C.UTF-8, TERM,
 * PATH and HOME to /nonexistent, OPENSSL_CONF to /dev/null, and the locale
 * from them (setlocale).  Test builds keep AMPARO_NOW and AMPARO_SEED.
 * ERR_IO when there is no UTF-8 locale of any name.
 */
int harden_environment(struct environment *, struct err *) MUST_USE;

/* The key of struct sign_in: NULL when this is no SSH session. */
const char *harden_ssh_key(const struct environment *);

/* The terminal name to use for what TERM says; never NULL. */
const char *harden_term(const char *term);

/*
 * Close every descriptor above 2 except keep[nkeep] (ascending order not
 * needed), give 0, 1 and 2 to /dev/null where they are closed; umask 077;
 * chdir("/"), so make relative paths absolute first; no core dumps, at most
 * 256 descriptors, 256 GiB of a file and 2 GiB of address space; not dumpable,
 * no new privileges; SIGPIPE and SIGXFSZ ignored.  ERR_IO when the kernel
 * refuses a step.
 */
int harden_process(const int *keep, size_t nkeep, struct err *) MUST_USE;

/*
 * In a child: get SIGHUP when the parent dies.  parent is getpid() as taken
 * before the fork; ERR_IO when that parent is already gone.
 */
int harden_child(pid_t parent, struct err *) MUST_USE;

#endif
