/* SPDX-License-Identifier: ISC */
#include "cli/first_people.h"

#include <stdio.h>

#include "base/i18n.h"
#include "cli/prompt.h"
#include "vault/passphrase.h"

int
first_people_ask(
    const struct society *so, struct first_people *n, struct err *e)
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
	if (prompt_new_secret(_("Administrator's passphrase, at least 15 "
				"characters:"),
		cli->passphrase_fd, out, e) == -1)
		return -1;
	return passphrase_check(*out, words, 3, e);
}
