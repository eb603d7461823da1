/* SPDX-License-Identifier: ISC */
/* amparo init: a vault, its first administrator, its recovery key. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/first_people.h"
#include "cli/paper.h"
#include "store/vaultcare.h"
#include "vault/passphrase.h"

/* A vault whose recovery key nobody has is none. */
static int
write_down(void *arg, const struct secret *key, struct err *e)
{
	const bool *whole = arg;

	if (paper_show(key, *whole, e) == 0)
		return 0;
	fprintf(stderr, "%s\n",
	    _("The recovery key was not confirmed, so the new vault was "
	      "removed. Destroy what you wrote down, and run init again."));
	return -1;
}

static int
make(const struct cli *cli, const struct society *so, bool whole, struct err *e)
{
	struct first_people n = { .branch = "" };
	struct secret *pass = NULL, *recovery = NULL;
	char code[ENROL_CODE_SIZE] = "";
	struct vault_init init = { .dir = cli->vault,
		.society = so,
		.config = so->path,
		.admin_login = n.admin,
		.admin_name = n.admin_name,
		.supervisor_login = n.supervisor,
		.supervisor_name = n.supervisor_name,
		.branch = n.branch,
		.confirm = write_down,
		.arg = &whole,
		.calibrate = true };
	int rc = -1;

	if (vault_none_yet(cli->vault, e) == -1 ||
	    first_people_ask(so, &n, e) == -1 ||
	    first_people_passphrase(cli, so, &n, &pass, e) == -1)
		goto out;
	init.admin_passphrase = pass;
	if (vault_init_make(&init, &recovery, code, e) == -1)
		goto out;
	printf(_("\nThe vault is made: %s\nOne-time code for %s, for 72 "
		 "hours, to be handed over in person:\n  %s\n"),
	    cli->vault, n.supervisor, code);
	rc = 0;
out:
	wipe(code, sizeof(code));
	secret_free(pass);
	secret_free(recovery);
	return rc;
}

int
cli_init(const struct cli *cli, int argc, char **argv)
{
	struct society *so = NULL;
	struct err e = { 0 };
	bool whole = false;
	int rc = CLI_DONE;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (argc != 1 && (argc != 3 || strcmp(argv[1], "--recovery") != 0 ||
			     paper_form(argv[2], &whole) == -1))
		return cli_usage(argv[0]);
	if (cli_society(cli, &so) == -1)
		return CLI_FAILED;
	if (make(cli, so, whole, &e) == -1)
		rc = cli_fail(&e);
	society_free(so);
	return rc;
}
