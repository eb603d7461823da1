/* SPDX-License-Identifier: ISC */
/* The shipped societies are whole; a change for the worse is found where it
 * is. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "config/society.h"
#include "rules/access.h"
#include "rules/consent.h"
#include "rules/workflow.h"

static const char *const shipped[] = { "generic", "sri-lanka" };
#define N_SHIPPED (sizeof(shipped) / sizeof(shipped[0]))
static struct society *societies[N_SHIPPED];

/* A folder like config/: societies/ of its own, the shipped catalogues. */
static char dir[64], file[128], orgs[128];

static const char *
source(void)
{
	const char *top = getenv("AMPARO_SOURCE");

	return top == NULL ? "." : top;
}

static void
show(const struct problems *p)
{
	for (size_t i = 0; i < p->n; i++)
		print_error("%s:%d: %s\n", p->list[i].file, p->list[i].line,
		    p->list[i].text);
}

static char *
shipped_text(const char *name)
{
	struct buf b;
	struct err e;
	char path[512];

	buf_init(&b);
	snprintf(path, sizeof(path), "%s/config/%s", source(), name);
	assert_int_equal(file_read(path, 1 << 20, false, &b, &e), 0);
	return buf_detach(&b);
}

/* Write a text, with "to" in the place of "at"; frees the text. */
static void
put(const char *path, char *text, const char *at, const char *to)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	if (at != NULL) {
		const char *from = strstr(text, at);

		assert_non_null(from);
		fwrite(text, 1, (size_t)(from - text), f);
		fputs(to, f);
		fputs(from + strlen(at), f);
	} else {
		fputs(text, f);
	}
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, 0644), 0);
	free(text);
}

static int
set_up(void **state)
{
	char path[512], link[128];
	int rc = 0;

	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		struct problems p = { 0 };

		snprintf(path, sizeof(path), "%s/config/societies/%s.cfg",
		    source(), shipped[i]);
		rc |= society_read(path, &societies[i], &p);
		show(&p);
		problems_done(&p);
	}
	snprintf(dir, sizeof(dir), "/tmp/amparo-society-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/societies", dir);
	rc |= mkdir(path, 0755);
	snprintf(file, sizeof(file), "%s/societies/x.cfg", dir);
	snprintf(path, sizeof(path), "%s/directory", dir);
	rc |= mkdir(path, 0755);
	snprintf(orgs, sizeof(orgs), "%s/directory/generic.cfg", dir);
	put(orgs, shipped_text("directory/generic.cfg"), NULL, NULL);
	snprintf(link, sizeof(link), "%s/catalogues", dir);
	if (source()[0] == '/')
		snprintf(path, sizeof(path), "%s/config/catalogues", source());
	else
		rc |= realpath("config/catalogues", path) == NULL;
	rc |= symlink(path, link);
	return rc;
}

static int
tear_down(void **state)
{
	char path[128];

	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++)
		society_free(societies[i]);
	(void)unlink(file);
	snprintf(path, sizeof(path), "%s/catalogues", dir);
	(void)unlink(path);
	(void)unlink(orgs);
	snprintf(path, sizeof(path), "%s/directory", dir);
	(void)rmdir(path);
	snprintf(path, sizeof(path), "%s/societies", dir);
	(void)rmdir(path);
	return rmdir(dir);
}

/* --- the shipped ones ---------------------------------------------------------- */

static void
whole(void **state)
{
	const struct society *s = societies[1];

	(void)state;
	assert_non_null(societies[0]);
	assert_non_null(s);
	assert_string_equal(s->time_zone, "Asia/Colombo");
	assert_int_equal(s->weekend, 1u | 1u << 6);
	assert_int_equal(s->n_catalogues, 4);
	assert_int_equal(s->n_risks, 4);
	assert_int_equal(society_risk(s, "urgent"), 0);
	assert_int_equal(society_risk(s, "low"), 3);
	assert_int_equal(society_risk(s, "none"), -1);
	assert_string_equal(s->risks[0].mark, "!!!");
	assert_int_equal(s->risks[2].follow_up.amount, 10);
	assert_int_equal(s->risks[2].follow_up.unit, SPAN_WORKING_DAYS);
	assert_string_equal(label_of(&s->branches, "jaffna"), "Jaffna");
	assert_string_equal(label_of(&s->branches, "gone"), "gone");
	assert_int_equal(society_consent(s, "release")->default_days, 90);
	assert_true(society_consent(s, "release")->needs_recipient);
	assert_null(society_consent(s, "magic"));
	assert_null(society_catalogue(s, "magic"));
	assert_int_equal(society_catalogue(s, "ilo12")->n_items, 11);
	assert_null(society_recipient(s, "magic"));
	assert_string_equal(
	    society_recipient(s, "legal-aid-commission")->purposes[1],
	    "wage_claim");
	assert_int_equal(s->device.lock_seconds, 90);
	assert_int_equal(
	    s->grants.scope[ROLE_CASEWORKER][PERM_QUEUE], SCOPE_BRANCH);
	assert_true(s->source_len > 20000);
}

static bool
is_holiday(const struct society *s, int year, int month, int day)
{
	for (size_t i = 0; i < s->n_holidays; i++) {
		if (s->holidays[i].day == clock_days(year, month, day))
			return true;
	}
	return false;
}

static void
sri_lanka_calendar(void **state)
{
	const struct society *s = societies[1];

	(void)state;
	assert_true(is_holiday(s, 2026, 11, 24)); /* Il Poya */
	assert_true(is_holiday(s, 2026, 12, 25));
	assert_true(is_holiday(s, 2027, 4, 14));
	assert_false(is_holiday(s, 2026, 11, 23));
}

/* The codes the rules act upon all have words, in every shipped file. */
static void
codes_have_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct society *s = societies[i];

		assert_int_equal(s->outcomes.n, OUTCOME_COUNT);
		assert_int_equal(s->data_scopes.n, DATA_COUNT);
		for (size_t j = 0; j < s->outcomes.n; j++)
			assert_true(screening_outcome_from_name(
					s->outcomes.list[j].id) >= 0);
		for (size_t j = 0; j < s->data_scopes.n; j++)
			assert_true(data_scope_from_name(
					s->data_scopes.list[j].id) >= 0);
	}
}

/* No role is granted what rules/access.h would take away again. */
static void
grants_within_the_fence(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		for (int r = 0; r < ROLE_COUNT; r++) {
			for (int p = 0; p < PERM_COUNT; p++)
				assert_int_equal(
				    access_check_grants(&societies[i]->grants,
					(enum role)r, (enum permission)p),
				    0);
		}
	}
}

static void
without(const char *text)
{
	static const char *const words[] = { "victim", "illegal", "rescue",
		"prostitut", "interrogat", "interview", "suspect", "confess",
		"alleg", "complian", "uncooperative", "refused", "score",
		"verdict", "in total", "is trafficked", NULL };

	for (const char *const *w = words; *w != NULL; w++) {
		if (strcasestr(text, *w) != NULL)
			fail_msg("\"%s\" has \"%s\"", text, *w);
	}
}

static void
labels_without(const struct labels *labels)
{
	for (size_t i = 0; i < labels->n; i++) {
		without(labels->list[i].label);
		without(labels->list[i].help);
	}
}

static void
harm_06_no_verdict_in_a_society(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct society *s = societies[i];
		const struct labels *all[] = { &s->branches, &s->services,
			&s->domains, &s->purposes, &s->channels,
			&s->information, &s->checklist, &s->sexes,
			&s->age_groups, &s->interpreters, &s->reasons_closed,
			&s->outcomes, &s->contact_outcomes, &s->data_scopes };

		for (size_t j = 0; j < sizeof(all) / sizeof(all[0]); j++)
			labels_without(all[j]);
		for (size_t j = 0; j < s->n_scripts; j++)
			without(s->scripts[j].text);
		for (size_t j = 0; j < s->n_risks; j++)
			without(s->risks[j].meaning);
		for (size_t j = 0; j < s->n_recipients; j++)
			without(s->recipients[j].conditions);
		assert_non_null(strstr(s->absence,
		    "absence of indicators does not mean the absence of "
		    "exploitation"));
		without(s->come_back);
		without(s->cover_name);
		/* Nor what it is about, on paper somebody may find. */
		assert_null(strcasestr(s->cover_name, "traffick"));
		assert_null(strcasestr(s->cover_name, "red c"));
	}
}

static void
harm_10_every_number_is_dated(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		const struct society *s = societies[i];

		assert_true(s->n_numbers > 0);
		for (size_t j = 0; j < s->n_numbers; j++) {
			assert_true(s->numbers[j].verified_on > 0);
			assert_in_range(s->numbers[j].recheck_by -
					    s->numbers[j].verified_on,
			    1, 90);
		}
		for (size_t j = 0; j < s->n_recipients; j++)
			assert_in_range(s->recipients[j].recheck_by -
					    s->recipients[j].verified_on,
			    1, 90);
	}
}

/* Who answers is known before a number is given. */
static void
police_lines_say_so(void **state)
{
	const struct society *s = societies[1];
	size_t police = 0;

	(void)state;
	for (size_t j = 0; j < s->n_numbers; j++) {
		bool is = strcmp(s->numbers[j].number, "119") == 0 ||
			  strcmp(s->numbers[j].number, "109") == 0;

		assert_int_equal(s->numbers[j].police_run, is);
		police += is;
	}
	assert_int_equal(police, 2);
}

static void
harm_18_unapproved_script_cannot_be_picked(void **state)
{
	static const char *const kinds[] = { "work_together", "release",
		"statistics", "limits" };
	const struct society *s = societies[1];
	size_t registered = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct script *en = society_script(s, kinds[i], "en");

		assert_non_null(en);
		assert_true(en->approved);
		assert_true(strlen(en->text) > 100);
		assert_null(society_script(s, kinds[i], "si"));
		assert_null(society_script(s, kinds[i], "ta"));
		assert_null(society_script(s, kinds[i], "xx"));
	}
	for (size_t i = 0; i < s->n_scripts; i++)
		registered += !s->scripts[i].approved;
	assert_int_equal(registered, 8);
}

static void
harm_18_newest_approved_script(void **state)
{
	const struct script scripts[] = {
		{ .id = "a",
		    .kind = "release",
		    .language = "en",
		    .version = "2",
		    .approved = true,
		    .approved_on = 20 },
		{ .id = "b",
		    .kind = "release",
		    .language = "en",
		    .version = "1",
		    .approved = true,
		    .approved_on = 10 },
		{ .id = "c",
		    .kind = "release",
		    .language = "en",
		    .version = "3",
		    .approved = false,
		    .approved_on = 30 },
		{ .id = "d",
		    .kind = "release",
		    .language = "ta",
		    .version = "4",
		    .approved = true,
		    .approved_on = 40 },
	};
	const struct society s = { .scripts = scripts, .n_scripts = 4 };

	(void)state;
	assert_string_equal(society_script(&s, "release", "en")->id, "a");
	assert_null(society_script(&s, "limits", "en"));
}

/* --- the guide ------------------------------------------------------------------ */

/* config/README.md has the tables as the program prints them, and names every
 * role and permission. */
static void
guide_is_complete(void **state)
{
	char path[512], word[64], *keys = NULL;
	size_t len = 0;
	struct buf guide;
	struct err e;
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/config/README.md", source());
	buf_init(&guide);
	assert_int_equal(file_read(path, 1 << 20, false, &guide, &e), 0);
	f = open_memstream(&keys, &len);
	assert_non_null(f);
	society_keys_write(f);
	assert_int_equal(fclose(f), 0);
	assert_true(len > 5000);
	if (strstr(guide.data, keys) == NULL)
		fail_msg("config/README.md is not what amparo check --keys "
			 "prints");
	for (int r = 0; r < ROLE_COUNT; r++) {
		snprintf(word, sizeof(word), "`%s`", role_name((enum role)r));
		assert_non_null(strstr(guide.data, word));
	}
	for (int p = PERM_NONE + 1; p < PERM_COUNT; p++) {
		snprintf(word, sizeof(word), "| `%s` |",
		    permission_name((enum permission)p));
		assert_non_null(strstr(guide.data, word));
	}
	free(keys);
	buf_done(&guide);
}

/* --- made worse ------------------------------------------------------------------ */

/* Reported for the file, not for a line of it. */
#define WHOLE (-10000)

/* generic.cfg with one thing changed: the first "from" after "after". */
static const struct worse {
	const char *after, *from, *to;
	int down; /* line of the problem, from that of "from" */
	size_t errors;
	const char *says; /* of the first; NULL: nothing is wrong */
} worses[] = {
	{ "", "short_name = \"NS\";", "short_name = \"NX\";", 0, 0, NULL },
	{ "", "name = \"National Society\";\n", "\n", WHOLE, 1,
	    "\"name\" is missing" },
	{ "", "time_zone = \"UTC\"", "time_zone = \"Mars; Olympus\"", 0, 1,
	    "is no time zone" },
	{ "", "child_age = 18", "child_age = 12", 0, 1, "12; 15 to 25" },
	{ "", "id = \"fr\"", "id = \"en\"", 0, 1, "already taken" },
	{ "risks =", "mark = \"!!\";", "mark = \"!!!\";", 0, 1, "same mark" },
	{ "risks =", "mark = \"!\";", "mark = \"!\"; urgent_or_high = false;",
	    0, 0, NULL },
	{ "risks =", "urgent_or_high = true;", "", 3, 1, "most urgent first" },
	{ "id = \"high\"", "review = \"14 days\"",
	    "review = \"10 working days\"", 0, 1, "working days for \"high\"" },
	{ "", "\"saturday\", \"sunday\" ]",
	    "\"sunday\", \"monday\", \"tuesday\", \"wednesday\", "
	    "\"thursday\", \"friday\", \"saturday\" ]",
	    0, 1, "every day is weekend" },
	{ "", "holidays = ( );",
	    "holidays = ( { day = \"2027-01-01\"; name = \"A\"; },\n"
	    "{ day = \"2027-01-01\"; name = \"B\"; } );",
	    1, 1, "on the same day as \"A\"" },
	{ "age_bands", "from = 0;", "from = 1;", 0, 1, "must begin at 0" },
	{ "age_bands", "from = 12;", "from = 6;", 0, 1, "must ascend" },
	{ "age_bands", "from = 18;", "from = 17;", 0, 1,
	    "must be rule \"own\"" },
	{ "", "id = \"keep_talking\"",
	    "id = \"keep_talking\"; label = \"k\"; }, { id = \"go_on\"", 0, 1,
	    "the program knows no \"go_on\"" },
	{ "sexes", ",\n\t{ id = \"u\"; label = \"Not said\"; }", "", -3, 1,
	    "no words for \"u\"" },
	{ "consents", "id = \"statistics\"", "id = \"counting\"", -4, 2,
	    "has no kind \"statistics\"" },
	{ "consents", "needs_recipient = true;", "", 0, 1,
	    "\"release\" must have needs_recipient" },
	{ "scripts =", "kind = \"limits\"", "kind = \"limit\"", 0, 1,
	    "no consent kind and not \"limits\"" },
	{ "scripts =", "language = \"en\"", "language = \"de\"", 0, 1,
	    "no language \"de\"" },
	{ "scripts =", "approved_by = \"drafting\"; ", "", 0, 1,
	    "not by whom and when" },
	{ "scripts =", "id = \"release-en\"", "id = \"work-together-en\"", 0, 1,
	    "is there twice" },
	{ "duties =", "applies = \"unclear\"", "applies = \"yes\"", 0, 1,
	    "nobody is named who looked at it" },
	{ "duties =", "applies = \"unclear\"",
	    "reviewed_by = \"C1\"; reviewed_on = \"2026-11-01\";\n"
	    "applies = \"yes\"",
	    0, 0, NULL },
	{ "duties =", "to = \"protection\"", "to = \"neighbours\"", 0, 1,
	    "\"neighbours\"; expected is one of" },
	{ "release_rules =", "limit = \"never\"", "limit = \"perhaps\"", 0, 1,
	    "\"perhaps\"; expected is one of" },
	{ "numbers =", "number = \"112\"", "number = \"call us\"", 0, 1,
	    "is no number to dial" },
	{ "numbers =", "recheck_by = \"2027-02-20\"",
	    "recheck_by = \"2027-12-20\"", 0, 1, "1 to 90 days" },
	{ "numbers =", "recheck_by = \"2027-02-20\"",
	    "recheck_by = \"2026-11-01\"", 0, 1, "1 to 90 days" },
	{ "roles =", "queue = \"branch\"", "quueue = \"branch\"", 0, 1,
	    "\"quueue\" is no permission" },
	{ "roles =", "queue = \"branch\"", "queue = \"everywhere\"", 0, 1,
	    "reaches \"everywhere\"" },
	{ "device", "lock_seconds = 90", "lock_seconds = 600", 0, 1,
	    "600; 15 to 120" },
	{ "", "\"unodc\", ", "\"unodc\", \"unodc\", ", 0, 1, "named twice" },
	{ "", "\"unodc\", ", "\"atlantis\", ", WHOLE, 1, "There is no" },
	{ "", "\"unodc\", ", "\"../ilo12\", ", 0, 1, "expected is an id" },
	{ "", "indicators_on = [ ]", "indicators_on = [ \"ilo12.99\" ]", 0, 1,
	    "no indicator \"ilo12.99\"" },
};

static int
line_of(const char *text, const char *at)
{
	int line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

static void
write_worse(const char *generic, const struct worse *w, int *line)
{
	const char *after = strstr(generic, w->after), *at;
	FILE *f;

	assert_non_null(after);
	at = strstr(after, w->from);
	if (at == NULL)
		fail_msg("generic.cfg has no %s after %s", w->from, w->after);
	*line = w->down == WHOLE ? 0 : line_of(generic, at) + w->down;
	f = fopen(file, "w");
	assert_non_null(f);
	fwrite(generic, 1, (size_t)(at - generic), f);
	fputs(w->to, f);
	fputs(at + strlen(w->from), f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(file, 0644), 0);
}

static void
each_is_found(void **state)
{
	char *generic = shipped_text("societies/generic.cfg");

	(void)state;
	for (size_t i = 0; i < sizeof(worses) / sizeof(worses[0]); i++) {
		const struct worse *w = &worses[i];
		struct problems p = { 0 };
		struct society *s;
		int line, rc;

		write_worse(generic, w, &line);
		rc = society_read(file, &s, &p);
		if (w->says == NULL) {
			assert_int_equal(rc, 0);
			assert_int_equal(p.n, 0);
			society_free(s);
		} else {
			assert_null(s);
			if (p.errors != w->errors || p.list[0].line != line ||
			    strstr(p.list[0].text, w->says) == NULL) {
				show(&p);
				fail_msg("%s: expected line %d: %s", w->to,
				    line, w->says);
			}
		}
		problems_done(&p);
	}
	free(generic);
}

/* What is wrong in a directory is found in its own file. */
static void
each_organisation_is_found(void **state)
{
	static const struct {
		const char *from, *to, *says;
	} rows[] = {
		{ "\"wage_claim\"", "\"wages\"", "no purpose \"wages\"" },
		{ "services = [ \"shelter\" ]", "services = [ \"bed\" ]",
		    "no service \"bed\"" },
		{ "languages = [ \"en\" ]", "languages = [ \"tlh\" ]",
		    "no language \"tlh\"" },
		{ "kind = \"police\"", "kind = \"army\"",
		    "\"army\"; expected is one of \"movement\"" },
		{ "verified_on = \"", "verified_on = \"3", "is no date" },
		{ "recheck_days = 90", "recheck_days = 180", "180; 1 to 90" },
		{ "shares_with_authorities = \"no\"",
		    "shares_with_authorities = \"maybe\"",
		    "expected is one of" },
		{ "kind = \"police\";", "kind = \"police\"; phone = \"ask\";",
		    "is no number to dial" },
		{ "kind = \"police\";", "kind = \"police\"; number = \"no\";",
		    "no number \"no\" under" },
		{ "kind = \"police\";",
		    "kind = \"police\"; number = \"no\"; phone = \"11\";",
		    "a phone and a number" },
		{ "kind = \"legal\";", "kind = \"legal\"; vetted_by = \"W1\";",
		    "needs both vetted_by and vetted_on" },
		{ "safe_to_name = false", "safe_to_name = true",
		    "safe_to_name = false is expected" },
		{ "id = \"police\"", "id = \"mechanism\"", "already taken" },
		{ "id = \"generic\"", "id = \"other\"", "file's name says" },
		{ "organisations = (", "organisations = ( {", "" },
	};
	char *text;
	struct society *s;

	(void)state;
	put(file, shipped_text("societies/generic.cfg"), NULL, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct problems p = { 0 };
		int line;

		text = shipped_text("directory/generic.cfg");
		line = line_of(text, strstr(text, rows[i].from));
		put(orgs, text, rows[i].from, rows[i].to);
		assert_int_equal(society_read(file, &s, &p), -1);
		assert_null(s);
		assert_non_null(strstr(p.list[0].file, "/directory/generic"));
		if (rows[i].says[0] != '\0' &&
		    (p.errors != 1 || p.list[0].line != line ||
			strstr(p.list[0].text, rows[i].says) == NULL)) {
			show(&p);
			fail_msg(
			    "%s: line %d: %s", rows[i].to, line, rows[i].says);
		}
		problems_done(&p);
	}
	put(orgs, shipped_text("directory/generic.cfg"), NULL, NULL);
}

/* A number that both files know is as old as the older day. */
static void
harm_10_a_shared_number_is_as_old_as_its_check(void **state)
{
	struct problems p = { 0 };
	struct society *s;
	char *text = shipped_text("directory/generic.cfg");

	(void)state;
	put(file, shipped_text("societies/generic.cfg"),
	    "verified_on = \"2026-11-23\"; recheck_by = \"2027-02-20\"",
	    "verified_on = \"2026-11-01\"; recheck_by = \"2027-01-20\"");
	put(orgs, text, "kind = \"police\";",
	    "kind = \"police\"; number = \"mobile-emergency\";");
	if (society_read(file, &s, &p) == -1)
		show(&p);
	assert_non_null(s);
	assert_string_equal(society_recipient(s, "police")->phone, "112");
	assert_int_equal(society_recipient(s, "police")->verified_on,
	    clock_days(2026, 11, 1));
	society_free(s);
	problems_done(&p);
	put(orgs, shipped_text("directory/generic.cfg"), NULL, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(sri_lanka_calendar),
		cmocka_unit_test(codes_have_words),
		cmocka_unit_test(grants_within_the_fence),
		cmocka_unit_test(harm_06_no_verdict_in_a_society),
		cmocka_unit_test(harm_10_every_number_is_dated),
		cmocka_unit_test(police_lines_say_so),
		cmocka_unit_test(harm_18_unapproved_script_cannot_be_picked),
		cmocka_unit_test(harm_18_newest_approved_script),
		cmocka_unit_test(guide_is_complete),
		cmocka_unit_test(each_is_found),
		cmocka_unit_test(each_organisation_is_found),
		cmocka_unit_test(
		    harm_10_a_shared_number_is_as_old_as_its_check),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
