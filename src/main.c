/* SPDX-License-Identifier: ISC */
/* Options, the start-up ritual, then a command or the interface. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "ui/theme.h"
#include "vault/secret.h"

enum option_code {
	OPT_CONFIG = 256,
	OPT_VAULT,
	OPT_PLAIN,
	OPT_FD,
	OPT_USER,
	OPT_THEME,
	OPT_ASCII,
	OPT_LANGUAGE
};

static const struct option options[] = {
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "vault", required_argument, NULL, OPT_VAULT },
	{ "plain", no_argument, NULL, OPT_PLAIN },
	{ "passphrase-fd", required_argument, NULL, OPT_FD },
	{ "user", required_argument, NULL, OPT_USER },
	{ "theme", required_argument, NULL, OPT_THEME },
	{ "ascii", no_argument, NULL, OPT_ASCII },
	{ "language", required_argument, NULL, OPT_LANGUAGE },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void
say_help(void)
{
	puts(_("amparo: casework in an encrypted vault\n"
	       "\n"
	       "usage: amparo [options]            open the interface\n"
	       "       amparo [options] COMMAND    (COMMAND --help says more)\n"
	       "\n"
	       "  --config FILE        configuration of the National Society\n"
	       "  --vault DIR          where the vault is\n"
	       "  --plain              line by line, for screen readers\n"
	       "  --user NAME          who signs in\n"
	       "  --passphrase-fd N    read the passphrase from descriptor N\n"
	       "  --theme NAME         default, high-contrast or mono\n"
	       "  --ascii              borders and marks in ASCII\n"
	       "  --language LL        of the interface, like es\n"
	       "  --version  --help\n"));
	for (const struct command *c = commands; c->name != NULL; c++)
		printf("  %-8s %-28s %s\n", c->name, c->usage, _(c->help));
}

static int
usage(void)
{
	fprintf(stderr, "%s\n",
	    _("usage: amparo [--config FILE] [--vault DIR] [--plain] "
	      "[COMMAND]; amparo --help says more"));
	return CLI_USAGE;
}

/* A descriptor number; -1 when it is none. */
static int
descriptor(const char *s)
{
	char *end;
	long n = strtol(s, &end, 10);

	return *s == '\0' || *end != '\0' || n < 0 || n > 255 ? -1 : (int)n;
}

static int
no_language(const char *code)
{
	fprintf(stderr,
	    _("amparo: there is no translation \"%s\"; config/locale says how "
	      "one is made\n"),
	    code);
	return CLI_USAGE;
}

/* Paths made absolute, freed at the end, and the vault of somebody's own. */
struct paths {
	char *config, *vault;
	char home[PATH_MAX];
};

static void
set_path(const struct cli *cli, char **path, const char *given)
{
	free(*path);
	*path = cli_path(cli, given);
}

/* CLI_DONE: go on; -1: said and done; CLI_USAGE. */
static int
read_options(struct cli *cli, struct paths *paths, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "+hV", options, NULL)) != -1) {
		switch (c) {
		case OPT_CONFIG:
			set_path(cli, &paths->config, optarg);
			break;
		case OPT_VAULT:
			set_path(cli, &paths->vault, optarg);
			break;
		case OPT_PLAIN:
			cli->plain = true;
			break;
		case OPT_USER:
			cli->user = optarg;
			break;
		case OPT_THEME:
			if (theme_find(optarg) == NULL)
				return usage();
			cli->theme = optarg;
			break;
		case OPT_ASCII:
			cli->ascii = true;
			break;
		case OPT_LANGUAGE:
			if (!i18n_has(optarg))
				return no_language(optarg);
			cli->language = i18n_speak(optarg, NULL);
			break;
		case OPT_FD:
			cli->passphrase_fd = descriptor(optarg);
			if (cli->passphrase_fd < 0)
				return usage();
			break;
		case 'V':
			puts("amparo " AMPARO_VERSION);
			return -1;
		case 'h':
			say_help();
			return -1;
		default:
			return usage();
		}
	}
	return CLI_DONE;
}

#define SYSTEM_VAULT "/var/lib/amparo"

static const char *
default_vault(const struct cli *cli, char *home, size_t size)
{
	const struct environment *env = cli->env;
	struct stat st;

	if (env->vault[0] == '/')
		return env->vault;
	if (stat(SYSTEM_VAULT, &st) == 0 || env->home[0] == '\0')
		return SYSTEM_VAULT;
	snprintf(home, size, "%s/.local/share/amparo", env->home);
	return home;
}

static int
ritual(const struct cli *cli, struct err *err)
{
	const int keep[] = { cli->passphrase_fd };
	size_t n = cli->passphrase_fd > STDERR_FILENO ? 1 : 0;

	if (harden_process(keep, n, err) < 0)
		return -1;
	return vault_init(err);
}

static int
dispatch(const struct cli *cli, int argc, char **argv)
{
	if (argc == 0) {
		char name[] = "interface", *none[] = { name, NULL };

		return cli_interface(cli, 1, none);
	}
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(c->name, argv[0]) == 0)
			return c->run(cli, argc, argv);
	fprintf(stderr, _("amparo: there is no command \"%s\"\n"), argv[0]);
	return usage();
}

static int
run(struct cli *cli, struct paths *paths, int argc, char **argv)
{
	struct err err = { 0 };
	int rc = read_options(cli, paths, argc, argv);

	if (rc != CLI_DONE)
		return rc == -1 ? CLI_DONE : rc;
	cli->config = paths->config;
	cli->vault = paths->vault != NULL
			 ? paths->vault
			 : default_vault(cli, paths->home, sizeof(paths->home));
	if (ritual(cli, &err) < 0)
		return cli_fail(&err);
	return dispatch(cli, argc - optind, argv + optind);
}

/* Whoever reads the answer, a person or a program, must not take half of it
 * for the whole. */
static int
not_said(void)
{
	fprintf(stderr, _("amparo: the answer could not be written: %s.\n"),
	    file_why(errno));
	fputs(_("What it tells of may be done all the same; for a one-time "
		"code that was not seen amparo user reset gives a new one.\n"),
	    stderr);
	return CLI_FAILED;
}

int
main(int argc, char **argv)
{
	struct environment env;
	struct cli cli = { .passphrase_fd = -1, .env = &env };
	struct paths paths = { 0 };
	char cwd[PATH_MAX];
	struct err err = { 0 };
	int rc;

	if (harden_environment(&env, &err) < 0)
		return cli_fail(&err);
	i18n_open();
	(void)i18n_speak(env.language, NULL);
	cli.cwd = getcwd(cwd, sizeof(cwd)) == NULL ? "" : cwd;
	rc = run(&cli, &paths, argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout) != 0)
		rc = not_said();
	free(paths.config);
	free(paths.vault);
	return rc;
}
