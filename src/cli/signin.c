/* SPDX-License-Identifier: ISC */
#include "cli/signin.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/prompt.h"

int
cli_login(const struct cli *cli, char login[LOGIN_SIZE], struct err *e)
{
	if (cli->user == NULL)
		return prompt_line(_("Login:"), login, LOGIN_SIZE, e);
	if (strlen(cli->user) >= LOGIN_SIZE)
		return err_set(e, ERR_INPUT,
		    _("A login has at most %d "
		      "characters."),
		    LOGIN_SIZE - 1);
	(void)snprintf(login, LOGIN_SIZE, "%s", cli->user);
	return 0;
}

const char *
cli_terminal(const struct cli *cli)
{
	if (cli->env->ssh_client[0] != '\0')
		return "ssh";
	return cli->env->tty[0] != '\0' ? cli->env->tty : "batch";
}

static void
say_alarm(const struct alarm *a)
{
	fprintf(stderr,
	    _("amparo: this vault had event %llu and ends at event %llu; it "
	      "can be read, and nothing is written until that is decided: "
	      "amparo verify\n"),
	    (unsigned long long)a->had, (unsigned long long)a->ends);
}

static int
come_in(const struct cli *cli, bool to_verify, struct cli_session *out)
{
	char login[LOGIN_SIZE];
	struct secret *pass = NULL, *fresh = NULL;
	struct err e = { 0 };
	struct sign_in in = { .vault = cli->vault,
		.login = login,
		.terminal = cli_terminal(cli),
		.ssh_key = harden_ssh_key(cli->env),
		.source = cli_terminal(cli),
		.to_verify = to_verify };
	struct alarm alarm;
	int rc = -1;

	*out = (struct cli_session){ 0 };
	if (cli_society(cli, &out->society) == -1)
		return -1;
	in.society = out->society;
	if (cli_login(cli, login, &e) == -1 ||
	    prompt_secret(_("Passphrase or one-time code:"), cli->passphrase_fd,
		&pass, &e) == -1)
		goto out;
	in.passphrase = pass;
	rc = session_start(&in, &out->session, &e);
	if (rc == -1 && e.kind == ERR_REASON) {
		rc = prompt_new_secret(_("Your new passphrase, at least 15 "
					 "characters:"),
		    cli->passphrase_fd, &fresh, &e);
		in.new_passphrase = fresh;
		if (rc == 0)
			rc = session_start(&in, &out->session, &e);
	}
	if (rc == 0 && session_alarm(out->session, &alarm))
		say_alarm(&alarm);
	if (rc == 0 && session_behind(out->session))
		fprintf(stderr, "%s\n",
		    _("The configuration changed: every case's place in the "
		      "lists is counted anew. This can take some minutes."));
	while (rc == 0 && session_behind(out->session))
		rc = session_catch_up(out->session, 10000, &e);
out:
	secret_free(pass);
	secret_free(fresh);
	if (rc == -1) {
		(void)cli_fail(&e);
		cli_signout(out);
	}
	return rc;
}

int
cli_signin(const struct cli *cli, struct cli_session *out)
{
	return come_in(cli, false, out);
}

int
cli_signin_to_verify(const struct cli *cli, struct cli_session *out)
{
	return come_in(cli, true, out);
}

void
cli_signout(struct cli_session *s)
{
	session_end(s->session, SESSION_SIGNED_OUT);
	if (s->society != NULL)
		society_free(s->society);
	*s = (struct cli_session){ 0 };
}
