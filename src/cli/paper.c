/* SPDX-License-Identifier: ISC */
#include "cli/paper.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cli/prompt.h"
#include "ui/term.h"
#include "vault/recovery.h"

#define WRONG_MOST 5 /* answers, then it was not written down */
#define MISTYPED_MOST 20 /* groups, on the day it is needed */

int
paper_form(const char *word, bool *whole)
{
	*whole = strcmp(word, "whole") == 0;
	return *whole || strcmp(word, "parts") == 0 ? 0 : -1;
}

/* Four groups a line, each with its number. */
static void
print_groups(const struct secret *text)
{
	const char *p = (const char *)secret_open(text);
	int n = recovery_groups(text);

	for (int g = 0; g < n; g++)
		printf("%s%2d  %.*s%s", g % 4 == 0 ? "  " : "   ", g + 1,
		    RECOVERY_GROUP, p + (ptrdiff_t)g * (RECOVERY_GROUP + 1),
		    g % 4 == 3 || g == n - 1 ? "\n" : "");
	putchar('\n');
	fflush(stdout);
	secret_close(text);
}

/* part 0: a whole key. */
static int
ask_back(const struct secret *text, int part, int n, int *wrong, struct err *e)
{
	int groups[RECOVERY_ASKED], i = 0;
	char line[32], question[80];

	recovery_ask(text, groups, n);
	while (i < n) {
		if (part == 0)
			(void)snprintf(question, sizeof(question),
			    _("Group %d of the recovery key:"), groups[i] + 1);
		else
			(void)snprintf(question, sizeof(question),
			    _("Part %d, group %d:"), part, groups[i] + 1);
		if (prompt_line(question, line, sizeof(line), e) == -1)
			return -1;
		if (recovery_answer(text, groups[i], line, strlen(line))) {
			i++;
			continue;
		}
		if (++*wrong == WRONG_MOST)
			return err_set(e, ERR_INPUT,
			    _("That is not what was shown. Start again, and "
			      "write every group down."));
		fprintf(
		    stderr, "%s\n", _("Not that group; please look again."));
	}
	return 0;
}

static int
show_whole(const struct secret *key, struct err *e)
{
	struct secret *text = recovery_text(key);
	int wrong = 0, rc;

	printf("%s\n\n", _("Recovery key. Write it down now; it is shown once "
			   "and stored nowhere:"));
	print_groups(text);
	printf("%s\n", _("Keep it away from this machine. Without it, "
			 "nobody gets in when every passphrase is lost."));
	rc = ask_back(text, 0, RECOVERY_ASKED, &wrong, e);
	secret_free(text);
	return rc;
}

/* Whoever scrolls back on this terminal must not find it. */
static void
wipe(void)
{
	if (!isatty(STDOUT_FILENO))
		return;
	fputs(TERM_WIPE, stdout);
	fflush(stdout);
}

/* One sheet at a time: three are more than the rows of a small terminal, and
 * on some of them nothing scrolls back to the first. */
static int
show_part(const struct secret *part, int i, int *wrong, struct err *e)
{
	struct secret *text = recovery_text(part);
	int rc;

	printf(_("\nPart %d of %d\n\n"), i + 1, SHARES);
	print_groups(text);
	if (i == SHARES - 1)
		printf("%s\n",
		    _("Keep them in three places, away from this machine "
		      "and from each other, like\ntwo buildings and your "
		      "headquarters. Any two open the vault when every\n"
		      "passphrase is lost; one alone says nothing."));
	fflush(stdout);
	rc = ask_back(text, i + 1, 1, wrong, e);
	secret_free(text);
	return rc;
}

static int
show_parts(const struct secret *key, struct err *e)
{
	struct secret *part[SHARES];
	int wrong = 0, rc = 0;

	share_split(key, part);
	printf("%s\n", _("Recovery key, in three parts. Write each on a sheet "
			 "of its own now;\nthey are shown once and stored "
			 "nowhere."));
	for (int i = 0; i < SHARES && rc == 0; i++) {
		if (i > 0)
			wipe();
		rc = show_part(part[i], i, &wrong, e);
	}
	for (int i = 0; i < SHARES; i++)
		secret_free(part[i]);
	return rc;
}

int
paper_show(const struct secret *key, bool whole, struct err *e)
{
	int rc = whole ? show_whole(key, e) : show_parts(key, e);

	if (isatty(STDOUT_FILENO)) {
		wipe();
		puts(_("The recovery key was wiped from this screen."));
		fflush(stdout);
	}
	return rc;
}

/* --- typing it in ---------------------------------------------------------- */
static int
append(struct secret *typed, const struct secret *line)
{
	bool fits = secret_append(typed, secret_open(line), secret_len(line)) &&
		    secret_append(typed, " ", 1);

	secret_close(line);
	return fits ? 0 : -1;
}

/* Groups as they come, several on a line if somebody likes, each checked at
 * once. */
static int
read_groups(const char *what, int want, struct secret *typed, struct err *e)
{
	int got = 0, wrong = 0;

	while (got < want) {
		size_t before = secret_len(typed);
		struct secret *line;
		char question[96];
		int now;

		(void)snprintf(question, sizeof(question),
		    _("%s, group %d of %d:"), what, got + 1, want);
		if (prompt_secret(question, -1, &line, e) == -1)
			return -1;
		now = append(typed, line) == -1
			  ? err_set(e, ERR_INPUT, _("That is too long."))
			  : recovery_progress(typed, want, e);
		secret_free(line);
		if (now >= 0) {
			got = now;
			continue;
		}
		secret_pop(typed, secret_len(typed) - before);
		if (++wrong == MISTYPED_MOST)
			return -1;
		fprintf(stderr, "%s\n", e->text);
		err_clear(e);
	}
	return 0;
}

static int
read_one(const char *what, int groups, struct secret **out, struct err *e)
{
	struct secret *typed = secret_new(4 * PASSPHRASE_MAX);
	int rc = read_groups(what, groups, typed, e);

	if (rc == 0)
		rc = recovery_parse(typed, out, e);
	secret_free(typed);
	return rc;
}

int
paper_read(bool whole, struct secret **key, struct err *e)
{
	struct secret *one = NULL, *two = NULL;
	int rc = -1;

	*key = NULL;
	if (whole)
		return read_one(_("Recovery key"), RECOVERY_GROUPS, key, e);
	fprintf(stderr, "%s\n",
	    _("Any two of the three parts, one after the other. What you type "
	      "does not show.\nA key that is one piece: Ctrl-C, then again "
	      "with --recovery whole."));
	if (read_one(_("First part"), RECOVERY_PART_GROUPS, &one, e) == 0 &&
	    read_one(_("Second part"), RECOVERY_PART_GROUPS, &two, e) == 0)
		rc = share_join(one, two, key, e);
	secret_free(one);
	secret_free(two);
	return rc;
}
