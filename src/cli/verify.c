/* SPDX-License-Identifier: ISC */
/* amparo verify: pages, schema, both chains, orphans. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/json.h"
#include "cli/signin.h"
#include "store/vaultcare.h"

static void
print_findings(const struct findings *f, bool json)
{
	if (json)
		printf("{\"bad\":%zu,\"findings\":[", f->bad);
	for (size_t i = 0; i < f->n; i++) {
		if (!json) {
			printf("%s  %s\n",
			    f->list[i].bad	   ? "BAD"
			    : f->list[i].unchecked ? "-- "
						   : "ok ",
			    f->list[i].what);
			continue;
		}
		printf("%s{\"bad\":%s,\"checked\":%s,\"what\":",
		    i > 0 ? "," : "", f->list[i].bad ? "true" : "false",
		    f->list[i].unchecked ? "false" : "true");
		json_string(stdout, f->list[i].what);
		putchar('}');
	}
	if (json)
		printf("]}\n");
}

static int
remove_orphans(struct session *s, bool json)
{
	struct err e = { 0 };
	size_t n = 0;

	if (vault_remove_orphans(s, &n, &e) == -1)
		return cli_fail(&e);
	if (json)
		printf("{\"removed\":%zu}\n", n);
	else
		printf(_("%zu left-over identity records removed\n"), n);
	return CLI_DONE;
}

int
cli_verify(const struct cli *cli, int argc, char **argv)
{
	struct cli_session s;
	struct findings found = { 0 };
	struct arena arena;
	struct err e = { 0 };
	bool json = false, orphans = false;
	int rc;

	if (cli_help(argc, argv))
		return CLI_DONE;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (strcmp(argv[i], "--remove-orphans") == 0)
			orphans = true;
		else
			return cli_usage(argv[0]);
	}
	if ((orphans ? cli_signin(cli, &s) : cli_signin_to_verify(cli, &s)) ==
	    -1)
		return CLI_FAILED;
	arena_init(&arena);
	if (orphans) {
		rc = remove_orphans(s.session, json);
	} else if (vault_verify(s.session, &arena, &found, &e) == -1) {
		rc = cli_fail(&e);
	} else {
		print_findings(&found, json);
		rc = found.bad == 0 ? CLI_DONE : CLI_FAILED;
		if (found.bad != 0)
			fprintf(stderr,
			    _("amparo: %zu findings are bad; keep the vault "
			      "as it is and call whoever cares for it\n"),
			    found.bad);
	}
	arena_done(&arena);
	cli_signout(&s);
	return rc;
}
