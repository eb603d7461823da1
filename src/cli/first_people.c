/* SPDX-License-Identifier: ISC */
#include "cli/first_people.h"

#include <stdio.h>
#include <strings.h>

#include "base/i18n.h"
#include "cli/prompt.h"
#include "store/user.h"
#include "vault/passphrase.h"

#define TRIES 5
enum what { LOGIN, NAME, BRANCH };

/* Until it is right: what is wrong is said at once, not after all the others. */
static int
ask(const struct society *so, enum what what, const char *question, char *out,
    size_t size, struct err *e)
{
	int rc = -1;

	for (int i = 0; rc == -1 && i < TRIES; i++) {
		rc = prompt_line(question, out, size, e);
		if (rc == 0)
			rc = user_check_words(so, what == LOGIN ? out : NULL,
			    what == NAME ? out : NULL,
			    what == BRANCH ? out : NULL, e);
		if (rc == 0 || e->kind != ERR_INPUT)
			return rc;
		fprintf(stderr, "%s\n", e->text);
	}
	return rc;
}

/* Two people: nobody hands a key on to themselves. */
static int
ask_supervisor(const struct society *so, struct first_people *n, struct err *e)
{
	for (int i = 0; i < TRIES; i++) {
		if (ask(so, LOGIN, _("First supervisor, login:"), n->supervisor,
			sizeof(n->supervisor), e) == -1)
			return -1;
		if (strcasecmp(n->supervisor, n->admin) != 0)
			return 0;
		(void)err_set(e, ERR_INPUT,
		    _("That is the administrator's login. The first "
		      "supervisor is somebody else, with another one."));
		fprintf(stderr, "%s\n", e->text);
	}
	return -1;
}

int
first_people_ask(
    const struct society *so, struct first_people *n, struct err *e)
{
	if (ask(so, LOGIN, _("First administrator, login:"), n->admin,
		sizeof(n->admin), e) == -1 ||
	    ask(so, NAME, _("Administrator's name, for colleagues:"),
		n->admin_name, sizeof(n->admin_name), e) == -1 ||
	    ask_supervisor(so, n, e) == -1 ||
	    ask(so, NAME, _("Supervisor's name, for colleagues:"),
		n->supervisor_name, sizeof(n->supervisor_name), e) == -1)
		return -1;
	fprintf(stderr, "%s", _("Branches:"));
	for (size_t i = 0; i < so->branches.n; i++)
		fprintf(stderr, " %s", so->branches.list[i].id);
	fputc('\n', stderr);
	return ask(so, BRANCH, _("Supervisor's branch:"), n->branch,
	    sizeof(n->branch), e);
}

/* Once handed over by a program; on a terminal until it will do. */
static int
ask_passphrase(const struct cli *cli, const char *const *words, size_t n,
    struct secret **out, struct err *e)
{
	int tries = cli->passphrase_fd < 0 ? TRIES : 1;

	while (tries-- > 0) {
		if (prompt_new_secret(_("Administrator's passphrase, at least "
					"15 characters:"),
			cli->passphrase_fd, out, e) == -1)
			return -1;
		if (passphrase_check(*out, words, n, e) == 0)
			return 0;
		if (e->kind != ERR_INPUT || tries == 0)
			return -1;
		secret_free(*out);
		*out = NULL;
		fprintf(stderr, "%s\n", e->text);
	}
	return -1;
}

int
first_people_passphrase(const struct cli *cli, const struct society *so,
    const struct first_people *n, struct secret **out, struct err *e)
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
	return ask_passphrase(cli, words, 3, out, e);
}
