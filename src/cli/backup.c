/* SPDX-License-Identifier: ISC */
/* amparo backup DIR, amparo restore DIR. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cli/paper.h"
#include "cli/prompt.h"
#include "cli/signin.h"
#include "store/vaultcare.h"

static void
say_what_opens_it(const char *dir, enum backup_keyring who)
{
	printf(_("backed up to %s and checked\n"), dir);
	puts(who == BACKUP_EVERYBODY
		 ? _("it opens with the passphrases people have, which whoever "
		     "takes it can guess at: keep it as you keep the vault")
		 : _("two parts of the recovery key open it, and no "
		     "passphrase"));
}

int
cli_backup(const struct cli *cli, int argc, char **argv)
{
	enum backup_keyring who = BACKUP_RECOVERY_ONLY;
	struct cli_session s;
	struct err e = { 0 };
	char *dir;
	int rc = CLI_DONE;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (argc == 3 && strcmp(argv[1], "--with-people") == 0)
		who = BACKUP_EVERYBODY;
	else if (argc != 2 &&
		 (argc != 3 || strcmp(argv[1], "--recovery-only") != 0))
		return cli_usage(argv[0]);
	if (cli_signin(cli, &s) == -1)
		return CLI_FAILED;
	dir = cli_path(cli, argv[argc - 1]);
	if (vault_backup(s.session, dir, who, &e) == -1)
		rc = cli_fail(&e);
	else
		say_what_opens_it(dir, who);
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

/* Who opens the copy: a person by passphrase, or the recovery key. */
static int
ask_keys(const struct cli *cli, bool recovery, bool whole, char *login,
    struct secret **key, struct err *e)
{
	if (recovery)
		return paper_read(whole, key, e);
	if (cli_login(cli, login, e) == -1)
		return -1;
	return prompt_secret(
	    _("Passphrase of the copy:"), cli->passphrase_fd, key, e);
}

static void
say_what_is_next(bool recovery, enum err_kind failed)
{
	if (recovery && failed == ERR_NONE)
		puts(_("nobody can sign in yet: run amparo recover next"));
	if (!recovery && failed == ERR_AUTH)
		fprintf(stderr, "%s\n",
		    _("A passphrase opens a copy that was made with "
		      "--with-people. Any copy opens with amparo restore "
		      "--recovery parts DIR."));
}

/* The copy names its configuration as the vault does, unless it is older than
 * that. */
static int
society_of_copy(const struct cli *cli, const char *dir, struct society **out)
{
	struct buf named;
	bool has;

	buf_init(&named);
	buf_addf(&named, "%s/" VAULT_SOCIETY_FILE, dir);
	has = access(named.data, F_OK) == 0;
	buf_done(&named);
	return has ? cli_society_of(cli, dir, out) : cli_society(cli, out);
}

int
cli_restore(const struct cli *cli, int argc, char **argv)
{
	bool recovery = false, whole = false;
	struct society *society = NULL;
	struct secret *key = NULL;
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
	if (argc == 4 && strcmp(argv[1], "--recovery") == 0 &&
	    paper_form(argv[2], &whole) == 0)
		recovery = true;
	else if (argc != 2)
		return cli_usage(argv[0]);
	dir = cli_path(cli, argv[argc - 1]);
	if (society_of_copy(cli, dir, &society) == -1) {
		free(dir);
		return CLI_FAILED;
	}
	in.society = society;
	if (ask_keys(cli, recovery, whole, login, &key, &e) == -1)
		goto out;
	in.passphrase = recovery ? NULL : key;
	if (vault_restore(dir, &in, recovery ? key : NULL, &e) == -1)
		goto out;
	printf(_("restored from %s\n"), dir);
	say_what_was_there(cli->vault);
	rc = CLI_DONE;
out:
	if (rc != CLI_DONE)
		(void)cli_fail(&e);
	say_what_is_next(recovery, e.kind);
	secret_free(key);
	free(dir);
	society_free(society);
	return rc;
}
