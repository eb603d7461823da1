/* SPDX-License-Identifier: ISC */
/*
 * amparo manual: the manual page, with commands and keys read from the tables
 * that the program itself uses, so that it cannot tell anything else.
 */
#include <stdio.h>

#include "app/action.h"
#include "base/i18n.h"
#include "cli/cli.h"

/* In roff a backslash and a leading dot or quote are commands, and "-" is a
 * hyphen unless it is said otherwise. */
static void
roff(const char *s)
{
	if (*s == '.' || *s == '\'')
		fputs("\\&", stdout);
	for (; *s != '\0'; s++) {
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '-')
			fputs("\\-", stdout);
		else
			putchar(*s);
	}
}

static void
item(const char *tag, const char *rest, const char *text)
{
	fputs(".TP\n.B ", stdout);
	roff(tag);
	if (rest[0] != '\0') {
		fputs(" \\fR", stdout);
		roff(rest);
		fputs("\\fP", stdout);
	}
	putchar('\n');
	roff(text);
	putchar('\n');
}

static void
actions(void)
{
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const struct action_info *i = action_info((enum action)a);
		char tag[64];

		(void)snprintf(tag, sizeof(tag), ":%s", i->name);
		item(tag, i->keys, _(i->help));
	}
}

static const char *const options[][3] = {
	{ "--config", "FILE", N_("Configuration of the National Society") },
	{ "--vault", "DIR",
	    N_("The vault; else AMPARO_VAULT, /var/lib/amparo, "
	       "~/.local/share/amparo") },
	{ "--plain", "",
	    N_("Line by line, for screen readers and simple "
	       "terminals") },
	{ "--theme", "NAME",
	    N_("default, high-contrast or mono; else the configuration's; "
	       "NO_COLOR in the environment takes colours away") },
	{ "--ascii", "",
	    N_("Borders and marks in ASCII, for fonts without others") },
	{ "--language", "LL",
	    N_("Of the interface, like es; else the person's, the "
	       "configuration's, the machine's") },
	{ "--user", "NAME", N_("Who signs in") },
	{ "--passphrase-fd", "N",
	    N_("Read the passphrase from descriptor N; never from arguments "
	       "or the environment") },
};

int
cli_manual(const struct cli *cli, int argc, char **argv)
{
	(void)cli;
	if (cli_help(argc, argv))
		return CLI_DONE;
	if (argc != 1)
		return cli_usage(argv[0]);
	printf(".TH AMPARO 1 \"\" \"amparo %s\"\n"
	       ".SH NAME\namparo \\- case manager for the protection of "
	       "people\n"
	       ".SH SYNOPSIS\n.B amparo\n[options] [command]\n"
	       ".SH DESCRIPTION\n"
	       "Without a command the interface opens: a sign\\-in, then "
	       "queues of cases by code alone. Everything lives in one "
	       "encrypted vault.\n.SH OPTIONS\n",
	    AMPARO_VERSION);
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		item(options[i][0], options[i][1], _(options[i][2]));
	puts(".SH COMMANDS");
	for (const struct command *c = commands; c->name != NULL; c++)
		item(c->name, c->usage, _(c->help));
	puts(".SH KEYS AND NAMES\nEvery action has a name for the \":\" line "
	     "and, mostly, a key. Which of them work depends on the screen "
	     "and on what a person may do; \"?\" tells.");
	actions();
	puts(".SH EXIT STATUS\n0 done, 1 failed (one line on standard error "
	     "says what and what to do), 2 wrong usage.");
	return CLI_DONE;
}
