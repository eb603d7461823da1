/* SPDX-License-Identifier: ISC */
/* amparo backup DIR, amparo restore DIR. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cli/prompt.h"
#include "cli/signin.h"
#include "store/vaultcare.h"

int
cli_backup(const struct cli *cli, int argc, char **argv)
{
	struct cli_session s;
	struct err e = { 0 };
	char *dir;
	int rc = CLI_DONE;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (argc != 2)
		return cli_usage(argv[0]);
	if (cli_signin(cli, &s) == -1)
		return CLI_FAILED;
	dir = cli_path(cli, argv[1]);
	if (vault_backup(s.session, dir, &e) == -1)
		rc = cli_fail(&e);
	else
		printf(_("backed up to %s and checked\n"), dir);
	free(dir);
	cli_signout(&s);
	return rc;
}

/* Nothing stands beside a vault that was put where none was. */
static void
say_what_was_there(const char *vault)
{
	struct buf path;

	buf_init(&path);
	buf_addf(&path, "%s.before-restore", vault);
	if (access(path.data, F_OK) == 0)
		printf(_("what was there before stands beside it as %s\n"),
		    path.data);
	buf_done(&path);
}

int
cli_restore(const struct cli *cli, int argc, char **argv)
{
	struct society *society = NULL;
	struct secret *pass = NULL;
	char login[LOGIN_SIZE];
	struct err e = { 0 };
	struct sign_in in = { .vault = cli->vault,
		.login = login,
		.terminal = cli_terminal(cli),
		.source = cli_terminal(cli) };
	char *dir;
	int rc = CLI_FAILED;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (argc != 2)
		return cli_usage(argv[0]);
	if (cli_society(cli, &society) == -1)
		return CLI_FAILED;
	in.society = society;
	dir = cli_path(cli, argv[1]);
	if (cli_login(cli, login, &e) == -1 ||
	    prompt_secret(_("Passphrase of the copy:"), cli->passphrase_fd,
		&pass, &e) == -1)
		goto out;
	in.passphrase = pass;
	if (vault_restore(dir, &in, &e) == -1)
		goto out;
	printf(_("restored from %s\n"), dir);
	say_what_was_there(cli->vault);
	rc = CLI_DONE;
out:
	if (rc != CLI_DONE)
		(void)cli_fail(&e);
	secret_free(pass);
	free(dir);
	society_free(society);
	return rc;
}
