/* SPDX-License-Identifier: ISC */
/* The administrator and the supervisor a vault begins with, or begins again
 * with after every passphrase was lost. */
#ifndef AMPARO_CLI_FIRST_PEOPLE_H
#define AMPARO_CLI_FIRST_PEOPLE_H

#include "cli/cli.h"
#include "store/session.h"

struct first_people {
	char admin[LOGIN_SIZE], admin_name[65];
	char supervisor[LOGIN_SIZE], supervisor_name[65];
	char branch[BRANCH_SIZE];
};

/* Asks for all of it on the terminal. */
int first_people_ask(
    const struct society *, struct first_people *, struct err *) MUST_USE;
/* The administrator's passphrase, twice, or from --passphrase-fd; *out is the
 * caller's to free on every path (NULL or not). */
int first_people_passphrase(const struct cli *, const struct society *,
    const struct first_people *, struct secret **out, struct err *) MUST_USE;

#endif
