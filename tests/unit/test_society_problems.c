/* SPDX-License-Identifier: ISC */
/* Every problem of a configuration is found, with its line. */
#include "society_kit.h"

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
	{ "", "\"auditor\" ];", "\"boss\" ];", 0, 1, "\"boss\" is no role" },
	{ "", "child_age = 18", "child_age = 12", 0, 1, "12; 15 to 25" },
	{ "", "id = \"branch-2\"", "id = \"branch-1\"", 0, 1, "already taken" },
	{ "", "risks = (",
	    "places = ( { id = \"a\"; label = \"A\"; within = \"b\"; } );\n"
	    "risks = (",
	    0, 1, "no place \"b\"" },
	{ "", "risks = (",
	    "places = ( { id = \"a\"; label = \"A\"; within = \"a\"; } );\n"
	    "risks = (",
	    0, 1, "\"a\" lies in itself" },
	{ "", "risks = (",
	    "places = ( { id = \"country\"; label = \"A\"; } );\nrisks = (", 0,
	    1, "another id is expected" },
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
		{ "serves = [ \"country\" ]", "serves = [ \"moon\" ]",
		    "no place \"moon\"" },
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
		cmocka_unit_test(guide_is_complete),
		cmocka_unit_test(each_is_found),
		cmocka_unit_test(each_organisation_is_found),
		cmocka_unit_test(
		    harm_10_a_shared_number_is_as_old_as_its_check),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
