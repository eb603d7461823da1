/* SPDX-License-Identifier: ISC */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config_path.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

const struct command commands[] = {
#define COMMAND(cmd, args, words) \
	{ .name = #cmd, .run = cli_##cmd, .usage = args, .help = words },
#include "cli/commands.def"
#undef COMMAND
	{ .name = NULL },
};

char *
cli_path(const struct cli *cli, const char *path)
{
	struct buf out;

	buf_init(&out);
	if (path[0] != '/')
		buf_addf(&out, "%s/", cli->cwd);
	buf_add_str(&out, path);
	return buf_detach(&out);
}

static void
say_problems(const struct problems *p)
{
	struct buf all;

	buf_init(&all);
	config_problems(p, &all);
	fputs(all.data, stderr);
	buf_done(&all);
}

int
cli_society(const struct cli *cli, struct society **out)
{
	return cli_society_of(cli, cli->vault, out);
}

int
cli_society_of(const struct cli *cli, const char *vault, struct society **out)
{
	struct problems problems = { 0 };
	struct err err = { 0 };
	struct buf path;
	int rc;

	buf_init(&path);
	rc = config_path(vault, cli->config, &path, &err);
	if (rc < 0) {
		(void)cli_fail(&err);
	} else if ((rc = society_read(path.data, out, &problems)) < 0) {
		say_problems(&problems);
		if (cli->config == NULL)
			fprintf(stderr,
			    _("amparo: %s is the configuration that %s names; "
			      "--config FILE names another one.\n"),
			    path.data, vault);
	} else if (clock_zone((*out)->time_zone) < 0) {
		fprintf(stderr, "%s\n",
		    _("amparo: the time zone is unknown here; times are in "
		      "UTC"));
	}
	problems_done(&problems);
	buf_done(&path);
	return rc;
}

int
cli_fail(const struct err *err)
{
	fprintf(stderr, "amparo: %s\n", err->text);
	return CLI_FAILED;
}

static const struct command *
find(const char *name)
{
	const struct command *c = commands;

	while (c->name != NULL && strcmp(c->name, name) != 0)
		c++;
	return c->name == NULL ? NULL : c;
}

int
cli_usage(const char *name)
{
	const struct command *c = find(name);

	fprintf(stderr, _("usage: amparo [options] %s %s\n"), name,
	    c == NULL ? "" : c->usage);
	return CLI_USAGE;
}

bool
cli_help(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const struct command *c;

		if (strcmp(argv[i], "--") == 0)
			return false;
		if (strcmp(argv[i], "--help") != 0 &&
		    strcmp(argv[i], "-h") != 0)
			continue;
		c = find(argv[0]);
		printf(_("usage: amparo [options] %s %s\n%s\n"), argv[0],
		    c == NULL ? "" : c->usage, c == NULL ? "" : _(c->help));
		return true;
	}
	return false;
}
