/* SPDX-License-Identifier: ISC */
/* amparo recover: the way in when every passphrase is lost. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/first_people.h"
#include "cli/paper.h"
#include "store/vaultcare.h"
#include "vault/passphrase.h"
#include "vault/recovery.h"

struct options {
	bool check, whole;
};

static int
parse(int argc, char **argv, struct options *o)
{
	*o = (struct options){ .check = false };
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--check") == 0) {
			o->check = true;
			continue;
		}
		if (strcmp(argv[i], "--recovery") != 0)
			return -1;
		i++;
		if (i == argc || paper_form(argv[i], &o->whole) == -1)
			return -1;
	}
	return 0;
}

/* Whoever recovers is the one to hear it. */
static void
say_what_was_found(const struct recovered *done)
{
	if (done->old_keyring)
		printf(_("\nThe keyring was an old one: somebody put it back, "
			 "or the newest was lost. %zu places in it are shut "
			 "until\namparo user reset gives a new one-time code. "
			 "This is on the record; look at who is there with "
			 "amparo user list.\n"),
		    done->shut_out);
	if (done->behind)
		printf("\n%s\n",
		    _("The vault's last entries are missing, or its anchor "
		      "was. It goes on from what is there, and this is on "
		      "the record."));
	if (done->alone)
		printf("\n%s\n",
		    _("Nobody else has a place in this keyring: it came from a "
		      "backup without people. amparo user reset LOGIN gives "
		      "each a one-time code."));
	if (done->old_keyring || done->behind)
		printf("%s\n", _("A supervisor runs amparo verify next."));
}

/* The old key was brought together, so another takes its place; it is on
 * paper before anything changes. */
static int
let_in(const struct cli *cli, const struct society *so, bool whole,
    const struct secret *key, struct err *e)
{
	struct secret *pass = NULL, *fresh = secret_random(RECOVERY_BYTES);
	struct first_people n = { .branch = "" };
	char code[ENROL_CODE_SIZE] = "";
	struct recovered done = { .renewed = false };
	struct vault_recover in = { .dir = cli->vault,
		.society = so,
		.key = key,
		.new_key = fresh,
		.admin_login = n.admin,
		.admin_name = n.admin_name,
		.supervisor_login = n.supervisor,
		.supervisor_name = n.supervisor_name,
		.branch = n.branch };
	int rc = -1;

	fprintf(stderr, "%s\n",
	    _("Two people get in again: an administrator and a supervisor. "
	      "Name those who\nwere there before, or new ones. Everybody "
	      "else keeps what they have."));
	if (first_people_ask(so, &n, e) == -1 ||
	    first_people_passphrase(cli, so, &n, &pass, e) == -1)
		goto out;
	in.admin_passphrase = pass;
	if (paper_show(fresh, whole, e) == -1 ||
	    vault_recover(&in, code, &done, e) == -1) {
		fprintf(stderr, "%s\n",
		    done.renewed
			? _("It stopped half-way: the new recovery key "
			    "holds already. Destroy the old sheets, and run "
			    "recover again with the new.")
			: _("The recovery key from before still holds. "
			    "Destroy the new sheets."));
		goto out;
	}
	printf(_("\n%s can sign in. One-time code for %s, for 72 hours, to be "
		 "handed over in person:\n  %s\n"
		 "The recovery key from before opens nothing any more; "
		 "destroy its sheets.\n"),
	    n.admin, n.supervisor, code);
	say_what_was_found(&done);
	rc = 0;
out:
	wipe(code, sizeof(code));
	secret_free(pass);
	secret_free(fresh);
	return rc;
}

int
cli_recover(const struct cli *cli, int argc, char **argv)
{
	struct society *so = NULL;
	struct secret *key = NULL;
	struct err e = { 0 };
	struct options o;
	int rc;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (parse(argc, argv, &o) == -1)
		return cli_usage(argv[0]);
	if (cli_society(cli, &so) == -1)
		return CLI_FAILED;
	rc = paper_read(o.whole, &key, &e);
	if (rc == 0)
		rc = vault_recovery_check(cli->vault, key, &e);
	if (rc == 0 && o.check)
		printf("%s\n", _("This recovery key opens the vault. Put its "
				 "sheets back where they are kept."));
	else if (rc == 0)
		rc = let_in(cli, so, o.whole, key, &e);
	if (rc == -1)
		(void)cli_fail(&e);
	secret_free(key);
	society_free(so);
	return rc == 0 ? CLI_DONE : CLI_FAILED;
}
