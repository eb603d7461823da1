/* SPDX-License-Identifier: ISC */
/* amparo init: a vault, its first administrator, its recovery key. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/prompt.h"
#include "cli/signin.h"
#include "store/vaultcare.h"
#include "vault/passphrase.h"
#include "vault/recovery.h"

/* The key, four groups a line, on standard output: the one place where it is
 * ever shown. */
static void
print_recovery(const struct secret *text)
{
	const uint8_t *p = secret_open(text);

	printf("%s\n\n", _("Recovery key. Write it down now; it is shown once "
			   "and stored nowhere:"));
	for (int g = 0; g < RECOVERY_GROUPS; g++)
		printf("%s%2d  %.*s%s", g % 4 == 0 ? "  " : "   ", g + 1,
		    RECOVERY_GROUP,
		    (const char *)p + (size_t)g * (RECOVERY_GROUP + 1),
		    g % 4 == 3 || g == RECOVERY_GROUPS - 1 ? "\n" : "");
	printf("\n%s\n", _("Keep it away from this machine. Without it, "
			   "nobody gets in when every passphrase is lost."));
	fflush(stdout);
	secret_close(text);
}

/* Three groups are typed back before the vault counts as made. */
static int
ask_back(const struct secret *text, struct err *e)
{
	int groups[RECOVERY_ASKED];
	char line[32], question[64];
	int i = 0, wrong = 0;

	recovery_ask(groups);
	while (i < RECOVERY_ASKED) {
		(void)snprintf(question, sizeof(question),
		    _("Group %d of the recovery key:"), groups[i] + 1);
		if (prompt_line(question, line, sizeof(line), e) == -1)
			return -1;
		if (recovery_answer(text, groups[i], line, strlen(line))) {
			i++;
			continue;
		}
		if (++wrong == 5)
			return err_set(e, ERR_INPUT,
			    _("That is not what was shown. Remove the new "
			      "vault, run init again and write the key down."));
		fprintf(stderr, "%s\n",
		    _("Not that group; please look "
		      "again."));
	}
	return 0;
}

struct names {
	char admin[LOGIN_SIZE], admin_name[65];
	char supervisor[LOGIN_SIZE], supervisor_name[65];
	char branch[BRANCH_SIZE];
};

static int
ask_names(const struct society *so, struct names *n, struct err *e)
{
	if (prompt_line(_("First administrator, login:"), n->admin,
		sizeof(n->admin), e) == -1 ||
	    prompt_line(_("Administrator's name, for colleagues:"),
		n->admin_name, sizeof(n->admin_name), e) == -1 ||
	    prompt_line(_("First supervisor, login:"), n->supervisor,
		sizeof(n->supervisor), e) == -1 ||
	    prompt_line(_("Supervisor's name, for colleagues:"),
		n->supervisor_name, sizeof(n->supervisor_name), e) == -1)
		return -1;
	fprintf(stderr, "%s", _("Branches:"));
	for (size_t i = 0; i < so->branches.n; i++)
		fprintf(stderr, " %s", so->branches.list[i].id);
	fputc('\n', stderr);
	return prompt_line(
	    _("Supervisor's branch:"), n->branch, sizeof(n->branch), e);
}

static int
ask_passphrase(const struct cli *cli, const struct society *so,
    const struct names *n, struct secret **out, struct err *e)
{
	const char *words[] = { n->admin, n->admin_name, so->short_name };
	struct secret *offer;

	if (cli->passphrase_fd < 0) {
		offer = passphrase_generate();
		fprintf(stderr, "%s %.*s\n",
		    _("A good passphrase, if you like it:"),
		    (int)secret_len(offer), (const char *)secret_open(offer));
		secret_close(offer);
		secret_free(offer);
	}
	if (prompt_new_secret(_("Administrator's passphrase, at least 15 "
				"characters:"),
		cli->passphrase_fd, out, e) == -1)
		return -1;
	return passphrase_check(*out, words, 3, e);
}

static int
make(const struct cli *cli, const struct society *so, struct err *e)
{
	struct names n = { { 0 }, { 0 }, { 0 }, { 0 }, { 0 } };
	struct secret *pass = NULL, *recovery = NULL;
	char code[ENROL_CODE_SIZE] = "";
	struct vault_init init = { .dir = cli->vault,
		.society = so,
		.config = so->path,
		.admin_login = n.admin,
		.admin_name = n.admin_name,
		.supervisor_login = n.supervisor,
		.supervisor_name = n.supervisor_name,
		.branch = n.branch };
	int rc = -1;

	if (ask_names(so, &n, e) == -1 ||
	    ask_passphrase(cli, so, &n, &pass, e) == -1)
		goto out;
	init.admin_passphrase = pass;
	if (vault_init_make(&init, &recovery, code, e) == -1)
		goto out;
	print_recovery(recovery);
	if (ask_back(recovery, e) == -1)
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
	int rc = CLI_DONE;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (argc != 1)
		return cli_usage(argv[0]);
	if (cli_society(cli, &so) == -1)
		return CLI_FAILED;
	if (make(cli, so, &e) == -1)
		rc = cli_fail(&e);
	society_free(so);
	return rc;
}
