/* SPDX-License-Identifier: ISC */
/* No command: the keeper and, in it, the sessions. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "screens.h"

static int
can_open(const struct cli *cli, struct err *err)
{
	struct stat st;
	struct buf keyring;
	int rc;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_INPUT,
		    _("the interface needs a terminal (over SSH: ssh -t); "
		      "amparo --help lists the commands that do not"));
	buf_init(&keyring);
	buf_addf(&keyring, "%s/keyring", cli->vault);
	rc = stat(keyring.data, &st);
	buf_done(&keyring);
	if (rc < 0)
		return err_set(err, ERR_NOT_FOUND,
		    _("there is no vault in %.150s; amparo init makes one"),
		    cli->vault);
	return 0;
}

int
cli_interface(const struct cli *cli, int argc, char **argv)
{
	struct app_start start = { .vault = cli->vault,
		.config = cli->config,
		.login = cli->user,
		.passphrase_fd = cli->user == NULL ? -1 : cli->passphrase_fd,
		.env = cli->env,
		/* A terminal that cannot move its cursor gets lines. */
		.plain = cli->plain || strcmp(cli->env->term, "dumb") == 0,
		.ascii = cli->ascii,
		.theme = cli->theme,
		.language = cli->language,
		.screens = screens };
	struct keeper keeper = { .session = app_session_run, .arg = &start };
	bool console = strcmp(cli->env->term, "linux") == 0;
	struct err err = { 0 };

	(void)argv;
	if (argc > 1)
		return cli_usage("");
	if (cli->passphrase_fd >= 0 && cli->user == NULL) {
		fprintf(stderr, "%s\n",
		    _("amparo: --passphrase-fd needs --user NAME beside it"));
		return CLI_USAGE;
	}
	keeper.wipe = console ? TERM_WIPE TERM_WIPE_LINUX : TERM_WIPE;
	if (can_open(cli, &err) < 0 || keeper_run(&keeper, &err) < 0)
		return cli_fail(&err);
	return CLI_DONE;
}
