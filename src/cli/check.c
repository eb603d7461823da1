/* SPDX-License-Identifier: ISC */
#include "cli/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/json.h"
#include "rules/access.h"
#include "rules/timers.h"

static void
old(const struct file_line *at, const char *what, const char *id,
    int64_t verified, int64_t recheck, int64_t today, struct problems *p)
{
	switch (timer_freshness(verified, recheck, today)) {
	case FRESH:
		break;
	case RECHECK:
		problem_warn(p, at->file, at->line,
		    _("%s \"%s\" is due for another look: check it, then set "
		      "verified_on"),
		    what, id);
		break;
	case STALE:
		problem_warn(p, at->file, at->line,
		    _("%s \"%s\" was not verified for half a year, or is "
		      "dated after today: do not rely on it before somebody "
		      "called"),
		    what, id);
		break;
	}
}

static void
check_grants(const struct society *s, struct problems *p)
{
	const struct file_line *at = &s->place_roles;

	for (int r = 0; r < ROLE_COUNT; r++) {
		for (int perm = 0; perm < PERM_COUNT; perm++) {
			if (access_check_grants(&s->grants, (enum role)r,
				(enum permission)perm) == 0)
				continue;
			problem_add(p, at->file, at->line,
			    _("roles: \"%s\" may never have \"%s\"; take it "
			      "out"),
			    role_name((enum role)r),
			    permission_name((enum permission)perm));
		}
	}
}

/* Somebody hands these over: nobody should have to guess whether they hold. */
static void
check_sheets(const struct society *s, int64_t today, struct problems *p)
{
	for (size_t i = 0; i < s->n_sheets; i++) {
		const struct sheet *sheet = &s->sheets[i];

		if (timer_freshness(sheet->checked_on, 0, today) == STALE)
			problem_warn(p, sheet->place.file, sheet->place.line,
			    _("sheet \"%s\" was not checked for half a year, "
			      "or is dated after today: read it again, then "
			      "set checked_on"),
			    sheet->id);
	}
	for (size_t l = 0; l < s->n_languages; l++) {
		size_t i = 0;

		while (i < s->n_sheets &&
		       strcmp(s->sheets[i].language, s->languages[l].id) != 0)
			i++;
		if (i == s->n_sheets)
			problem_warn(p, s->languages[l].place.file,
			    s->languages[l].place.line,
			    _("there is no sheet of information in language "
			      "\"%s\": name one, so that what was handed over "
			      "can be recorded"),
			    s->languages[l].id);
	}
}

static void
check_holidays(const struct society *s, int64_t today, struct problems *p)
{
	const struct holiday *last = NULL;

	for (size_t i = 0; i < s->n_holidays; i++)
		if (last == NULL || s->holidays[i].day > last->day)
			last = &s->holidays[i];
	if (last != NULL && last->day < today)
		problem_warn(p, last->place.file, last->place.line,
		    _("no holiday lies ahead: add this year's, or tasks fall "
		      "due on closed days"));
}

void
check_more(const struct society *s, int64_t today, struct problems *p)
{
	size_t from = p->n;

	check_grants(s, p);
	for (size_t i = 0; i < s->n_numbers; i++)
		old(&s->numbers[i].place, _("number"), s->numbers[i].id,
		    s->numbers[i].verified_on, s->numbers[i].recheck_by, today,
		    p);
	for (size_t i = 0; i < s->n_recipients; i++)
		old(&s->recipients[i].place, _("recipient"),
		    s->recipients[i].id, s->recipients[i].verified_on,
		    s->recipients[i].recheck_by, today, p);
	check_sheets(s, today, p);
	for (size_t i = 0; i < s->n_scripts; i++) {
		const struct script *script = &s->scripts[i];

		if (!script->approved)
			problem_warn(p, script->place.file, script->place.line,
			    _("script \"%s\" is not approved: nobody can pick "
			      "it; use the printed sheet"),
			    script->id);
	}
	check_holidays(s, today, p);
	problems_sort(p, from);
}

void
check_write(FILE *to, const struct problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct problem *at = &p->list[i];

		fputs(at->file, to);
		if (at->line > 0)
			fprintf(to, ":%d", at->line);
		fprintf(to, ": %s%s\n", at->warning ? _("warning: ") : "",
		    at->text);
	}
}

void
check_write_json(FILE *to, const char *file, const struct problems *p)
{
	fputs("{\"file\": ", to);
	json_string(to, file);
	fprintf(to, ", \"ok\": %s, \"problems\": [",
	    p->errors == 0 ? "true" : "false");
	for (size_t i = 0; i < p->n; i++) {
		fprintf(to, "%s{\"file\": ", i == 0 ? "" : ", ");
		json_string(to, p->list[i].file);
		fprintf(to, ", \"line\": %d, \"warning\": %s, \"text\": ",
		    p->list[i].line, p->list[i].warning ? "true" : "false");
		json_string(to, p->list[i].text);
		fputc('}', to);
	}
	fputs("]}\n", to);
}

static int
check(const char *file, bool json)
{
	struct problems p = { 0 };
	struct society *s;
	int rc;

	if (society_read(file, &s, &p) == 0) {
		if (clock_zone(s->time_zone) != 0)
			problem_warn(&p, s->place_zone.file, s->place_zone.line,
			    _("time zone \"%s\" is not known on this machine "
			      "(package tzdata?)"),
			    s->time_zone);
		check_more(s, clock_day_of(clock_now()), &p);
		society_free(s);
	}
	if (json)
		check_write_json(stdout, file, &p);
	else
		check_write(stdout, &p);
	rc = p.errors == 0 ? CLI_DONE : CLI_FAILED;
	if (rc == CLI_FAILED)
		fprintf(stderr,
		    ngettext("amparo: %zu problem in %s; mend it, amparo does "
			     "not start on this file\n",
			"amparo: %zu problems in %s; mend them, amparo does "
			"not start on this file\n",
			p.errors),
		    p.errors, file);
	else if (!json)
		printf(ngettext("%s: nothing is wrong, %zu warning\n",
			   "%s: nothing is wrong, %zu warnings\n", p.n),
		    file, p.n);
	problems_done(&p);
	return rc;
}

int
cli_check(const struct cli *cli, int argc, char **argv)
{
	const char *name = NULL;
	bool json = false, plain = false;
	char *path;
	int rc;

	if (cli_help(argc, argv))
		return CLI_DONE;
	for (int i = 1; i < argc; i++) {
		if (!plain && strcmp(argv[i], "--") == 0) {
			plain = true;
		} else if (!plain && strcmp(argv[i], "--json") == 0) {
			json = true;
		} else if (!plain && strcmp(argv[i], "--keys") == 0) {
			society_keys_write(stdout);
			return CLI_DONE;
		} else if (name != NULL || (!plain && argv[i][0] == '-')) {
			return cli_usage(argv[0]);
		} else {
			name = argv[i];
		}
	}
	if (name == NULL)
		return cli_usage(argv[0]);
	path = cli_path(cli, name);
	rc = check(path, json);
	free(path);
	return rc;
}
