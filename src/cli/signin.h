/* SPDX-License-Identifier: ISC */
/* Signing in for a command that works on a vault. */
#ifndef AMPARO_CLI_SIGNIN_H
#define AMPARO_CLI_SIGNIN_H

#include "cli/cli.h"
#include "store/session.h"

struct cli_session {
	struct society *society;
	struct session *session;
};

/*
 * Reads the configuration, asks for login (unless --user) and passphrase (or
 * reads it from --passphrase-fd) and opens the vault.  A one-time code asks
 * for the new passphrase.  -1 after saying why on standard error.
 */
int cli_signin(const struct cli *, struct cli_session *) MUST_USE;
/* The same, to look after a vault that is not as it should be. */
int cli_signin_to_verify(const struct cli *, struct cli_session *) MUST_USE;
/* Signs out and frees; fine on a zeroed struct. */
void cli_signout(struct cli_session *);

/* The login: --user, or asked for. */
int cli_login(
    const struct cli *, char login[LOGIN_SIZE], struct err *) MUST_USE;
/* Where this runs, for the record: a terminal's name or "batch". */
const char *cli_terminal(const struct cli *);

#endif
