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

static void
say_accepted(const char *file, uint64_t event)
{
	if (event != 0)
		printf(_("%s: goes on from what is there; your decision is "
			 "event %llu\n"),
		    file, (unsigned long long)event);
}

static int
accept_as_it_is(struct session *s, const char *why, bool json)
{
	struct accepted done;
	struct err e = { 0 };

	if (vault_accept(s, why, &done, &e) == -1)
		return cli_fail(&e);
	if (json) {
		printf("{\"cases\":%llu,\"identity\":%llu}\n",
		    (unsigned long long)done.cases,
		    (unsigned long long)done.identity);
		return CLI_DONE;
	}
	say_accepted("cases.db", done.cases);
	say_accepted("identity.db", done.identity);
	printf("%s\n", _("Run amparo verify once more, tell everybody what is "
			 "missing, and keep the newest backup."));
	return CLI_DONE;
}

struct options {
	bool json, orphans;
	const char *why; /* --accept */
};

static int
parse(int argc, char **argv, struct options *o)
{
	*o = (struct options){ .json = false };
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			o->json = true;
		else if (strcmp(argv[i], "--remove-orphans") == 0)
			o->orphans = true;
		else if (strcmp(argv[i], "--accept") == 0 && i + 1 < argc)
			o->why = argv[++i];
		else
			return -1;
	}
	return o->orphans && o->why != NULL ? -1 : 0;
}

static int
verify(struct session *s, bool json)
{
	struct findings found = { 0 };
	struct arena arena;
	struct err e = { 0 };
	int rc;

	arena_init(&arena);
	if (vault_verify(s, &arena, &found, &e) == -1) {
		rc = cli_fail(&e);
	} else {
		print_findings(&found, json);
		rc = found.bad == 0 ? CLI_DONE : CLI_FAILED;
		if (found.bad != 0)
			fprintf(stderr,
			    ngettext("amparo: %zu finding is bad; keep the "
				     "vault as it is and call whoever cares "
				     "for it\n",
				"amparo: %zu findings are bad; keep the vault "
				"as it is and call whoever cares for it\n",
				found.bad),
			    found.bad);
		if (vault_waits_for_decision(s))
			fprintf(stderr, "%s\n",
			    _("amparo: a backup may have what is missing: "
			      "restore it; or decide to go on without: amparo "
			      "verify --accept WHY"));
	}
	arena_done(&arena);
	return rc;
}

int
cli_verify(const struct cli *cli, int argc, char **argv)
{
	struct cli_session s;
	struct options o;
	int rc;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (parse(argc, argv, &o) == -1)
		return cli_usage(argv[0]);
	if (cli_signin_to_verify(cli, &s) == -1)
		return CLI_FAILED;
	if (o.orphans)
		rc = remove_orphans(s.session, o.json);
	else if (o.why != NULL)
		rc = accept_as_it_is(s.session, o.why, o.json);
	else
		rc = verify(s.session, o.json);
	cli_signout(&s);
	return rc;
}
