/* SPDX-License-Identifier: ISC */
/* Broken text in, every problem with its line out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "config/reader.h"
#include "config/society.h"

struct thing {
	const char *id, *text;
};
struct all {
	const char *word, *lines, *id, *pick;
	int n, size, choice;
	bool on;
	int64_t day;
	struct span span;
	unsigned days;
	const char *const *ids;
	size_t n_ids;
	const struct thing *things;
	size_t n_things;
	struct thing inner;
	struct grants grants;
};

static const struct choice colours[] = { { "red", 3 }, { "blue", 7 },
	{ NULL, 0 } };
static const struct key_spec thing_keys[] = {
	{ .name = "id",
	    .type = KEY_ID,
	    .required = true,
	    .offset = offsetof(struct thing, id),
	    .help = "its id" },
	{ .name = "text",
	    .type = KEY_TEXT,
	    .offset = offsetof(struct thing, text),
	    .help = "words" },
};
static const struct table_spec thing_table = {
	.keys = thing_keys, .n = 2, .size = sizeof(struct thing), .unique = true
};
#define ROW(field, kind) \
	.name = #field, .type = (kind), .offset = offsetof(struct all, field)
static const struct key_spec keys[] = {
	{ ROW(word, KEY_TEXT), .max = 12, .help = "a word" },
	{ ROW(lines, KEY_WORDS), .max = 40, .help = "some lines" },
	{ ROW(id, KEY_ID), .required = true, .help = "an id" },
	{ ROW(pick, KEY_WORD), .choices = colours, .help = "a colour" },
	{ ROW(choice, KEY_CHOICE), .choices = colours, .help = "a colour" },
	{ ROW(n, KEY_INT), .min = 1, .max = 9, .help = "a number" },
	{ ROW(size, KEY_INT), .min = 1, .max = 9, .help = "a number" },
	{ ROW(on, KEY_BOOL), .help = "on" },
	{ ROW(day, KEY_DATE), .help = "a day" },
	{ ROW(span, KEY_SPAN), .help = "a span" },
	{ ROW(days, KEY_DAYS), .help = "days" },
	{ ROW(ids, KEY_IDS), .count = offsetof(struct all, n_ids), .max = 3,
	    .help = "ids" },
	{ ROW(things, KEY_LIST), .count = offsetof(struct all, n_things),
	    .max = 3, .inner = &thing_table, .help = "things" },
	{ ROW(inner, KEY_GROUP), .inner = &thing_table, .help = "one thing" },
	{ ROW(grants, KEY_GRANTS), .help = "roles" },
};
static const struct table_spec table = { .keys = keys,
	.n = sizeof(keys) / sizeof(keys[0]),
	.size = sizeof(struct all) };

struct read {
	struct arena arena;
	struct problems problems;
	struct conf conf;
	struct all all;
	int rc;
};

static void
decode(struct read *r, const char *text, size_t len)
{
	*r = (struct read){ 0 };
	arena_init(&r->arena);
	conf_init(&r->conf, "x.cfg", &r->arena, &r->problems);
	r->rc = conf_decode(&r->conf, &table, &r->all, text, len);
}

static void
done(struct read *r)
{
	conf_done(&r->conf);
	problems_done(&r->problems);
	arena_done(&r->arena);
}

static void
whole(void **state)
{
	static const char text[] =
	    "id = \"a.b-c_1\";\nword = \"caf\\xc3\\xa9\";\n"
	    "lines = ( \"one\", \"two\" ); # 4294967298\npick = \"blue\";\n"
	    "choice = \"blue\";\nn = 9;\non = true;\nday = \"2026-02-28\";\n"
	    "span = \"2 working days\";\ndays = [ \"sunday\", \"friday\" ];\n"
	    "ids = [ \"x\", \"y\" ];\n"
	    "things = ( { id = \"t1\"; text = \"a\" \"b\"; },\n"
	    "           { id = \"t2\"; } );\ninner = { id = \"in\"; };\n"
	    "grants = { caseworker = { queue = \"branch\"; };\n"
	    " supervisor = { }; coordinator = { }; auditor = { };\n"
	    " administrator = { vault-care = \"all\"; }; statistics = { };\n"
	    "};\n";
	struct read r;

	(void)state;
	decode(&r, text, strlen(text));
	for (size_t i = 0; i < r.problems.n; i++)
		print_message("%s\n", r.problems.list[i].text);
	assert_int_equal(r.rc, 0);
	assert_string_equal(r.all.id, "a.b-c_1");
	assert_string_equal(r.all.word, "café");
	assert_string_equal(r.all.lines, "one\ntwo");
	assert_string_equal(r.all.pick, "blue");
	assert_int_equal(r.all.choice, 7);
	assert_int_equal(r.all.n, 9);
	assert_true(r.all.on);
	assert_int_equal(r.all.day, clock_days(2026, 2, 28));
	assert_int_equal(r.all.span.amount, 2);
	assert_int_equal(r.all.span.unit, SPAN_WORKING_DAYS);
	assert_int_equal(r.all.days, 1u | 1u << 5);
	assert_int_equal(r.all.n_ids, 2);
	assert_string_equal(r.all.ids[1], "y");
	assert_int_equal(r.all.n_things, 2);
	assert_string_equal(r.all.things[0].text, "ab");
	assert_string_equal(r.all.things[1].text, "");
	assert_string_equal(r.all.inner.id, "in");
	assert_int_equal(
	    r.all.grants.scope[ROLE_CASEWORKER][PERM_QUEUE], SCOPE_BRANCH);
	assert_int_equal(
	    r.all.grants.scope[ROLE_ADMINISTRATOR][PERM_VAULT_CARE], SCOPE_ALL);
	assert_int_equal(
	    r.all.grants.scope[ROLE_STATISTICS][PERM_QUEUE], SCOPE_NOBODY);
	assert_int_equal(conf_line(&r.conf, &r.all.things[1]), 13);
	assert_int_equal(conf_line(&r.conf, &r.all.n), 6);
	assert_int_equal(conf_line(&r.conf, &r), 0);
	done(&r);
}

/* What is left out is "", 0 and false; no pointer is NULL. */
static void
left_out(void **state)
{
	struct read r;

	(void)state;
	decode(&r, "id = \"a\";", 9);
	assert_int_equal(r.rc, 0);
	assert_string_equal(r.all.word, "");
	assert_string_equal(r.all.lines, "");
	assert_string_equal(r.all.pick, "");
	assert_string_equal(r.all.inner.id, "");
	assert_int_equal(r.all.n_things, 0);
	done(&r);
}

/* One problem in each; the line and a part of what is said about it. */
static const struct broken {
	const char *text; /* after 'id = "a";' on line 1 */
	int line;
	const char *says;
} brokens[] = {
	{ "\nnn = 1;", 2, "unknown key \"nn\"; did you mean \"n\"?" },
	{ "\n\nwrod = \"x\";", 3, "did you mean \"word\"?" },
	{ "\nelephant = 1;", 2, "unknown key \"elephant\"; the keys are in" },
	{ "\nn = 1;\nn = 2;", 3, "\"n\" is given twice here" },
	{ "\nn = 1; n = 2;", 2, "\"n\" is given twice here" },
	{ "\ninner = { id = \"a\";\ntext = \"\";\nid = \"b\"; };", 4,
	    "\"id\" is given twice here" },
	{ "\nn = \"1\";", 2, "\"n\" is of another type; expected is a whole" },
	{ "\nn = 0;", 2, "\"n\" is 0; 1 to 9 is expected" },
	{ "\nn = 10;", 2, "\"n\" is 10; 1 to 9 is expected" },
	{ "\nn = 4294967298L;", 2, "\"n\" is 4294967298; 1 to 9" },
	{ "\nn = 4294967298;", 2, "\"4294967298\" is too large" },
	{ "\nn = 9999999999;", 2, "\"9999999999\" is too large" },
	{ "\n/* 1\n */ n = 0x100000002; # \"", 3, "is too large a number" },
	{ "\nn = -4294967298;", 2, "\"4294967298\" is too large" },
	{ "\nn = 1.5;", 2, "a whole number" },
	{ "\non = 1;", 2, "true or false" },
	{ "\nword = 5;", 2, "text in quotes" },
	{ "\nword = \"1234567890123\";", 2, "13 bytes; 0 to 12" },
	{ "\nword = \"a\\nb\";", 2, "more than one line" },
	{ "\nword = \"a\\x1b[2Jb\";", 2, "cannot be shown" },
	{ "\nword = \"a\\xffb\";", 2, "cannot be shown" },
	{ "\nword = \"\xe2\x80\xae x\";", 2, "cannot be shown" },
	{ "\nlines = ( \"x\", 4 );", 2, "text in quotes" },
	{ "\nday = \"2026-02-29\";", 2, "is no date" },
	{ "\nday = \"2026-02\";", 2, "is no date" },
	{ "\nday = 20260228;", 2, "is no date" },
	{ "\nspan = \"3 weeks\";", 2, "is no time span" },
	{ "\nspan = \"-3 days\";", 2, "is no time span" },
	{ "\nspan = \"999 days\";", 2, "is no time span" },
	{ "\nspan = \"\";", 2, "is no time span" },
	{ "\nspan = 3;", 2, "is no time span" },
	{ "\nchoice = \"green\";", 2, "is \"green\"; expected is one of" },
	{ "\npick = 1;", 2, "not text; expected is one of \"red\", \"blue\"" },
	{ "\ndays = [ \"funday\" ];", 2, "\"funday\" is no day" },
	{ "\ndays = [ \"monday\", \"monday\" ];", 2, "stands there twice" },
	{ "\ndays = \"monday\";", 2, "a list of days" },
	{ "\nids = [ \"A\" ];", 2, "expected is an id" },
	{ "\nids = [ \"../x\" ];", 2, "expected is an id" },
	{ "\nids = [ \"a/b\" ];", 2, "expected is an id" },
	{ "\nids = [ \"a\", \"b\", \"c\", \"d\" ];", 2, "4 entries; 0 to 3" },
	{ "\nids = \"a\";", 2, "a list of ids" },
	{ "\nthings = [ 1 ];", 2, "a list of groups" },
	{ "\nthings = ( 1 );", 2, "a group" },
	{ "\nthings = ( { id = \"a\"; },\n { id = \"a\"; } );", 3,
	    "id \"a\" is already taken in line 2" },
	{ "\nthings = (\n { text = \"x\"; } );", 3, "\"id\" is missing here" },
	{ "\ninner = { };", 2, "\"id\" is missing here" },
	{ "\ninner = ( );", 2, "a group" },
	{ "\n  @include \"/etc/passwd\"", 2, "@include is not read" },
	{ "\n# caf\xe9", 2, "not UTF-8" },
	{ "\n# bell \x07", 2, "a control character" },
	{ "\r", 1, "a control character" },
	{ "\nn = ;", 2, "syntax error" },
	{ "\nword = \"open", 3, "syntax error" }, /* at the end of it */
	{ "\ninner = { id = \"a\"; ", 3, "syntax error" },
	{ "\nids = [ \"a\", 1 ];", 2, "mismatched element type" },
};

static void
one_by_one(void **state)
{
	char text[512];
	struct read r;

	(void)state;
	for (size_t i = 0; i < sizeof(brokens) / sizeof(brokens[0]); i++) {
		const struct broken *b = &brokens[i];
		int n =
		    snprintf(text, sizeof(text), "id = \"a\";%s\n", b->text);

		decode(&r, text, (size_t)n);
		if (r.problems.n != 1 || r.problems.list[0].line != b->line ||
		    strstr(r.problems.list[0].text, b->says) == NULL) {
			print_error("%s\n", text);
			for (size_t j = 0; j < r.problems.n; j++)
				print_error("%d: %s\n", r.problems.list[j].line,
				    r.problems.list[j].text);
			fail_msg("expected line %d: %s", b->line, b->says);
		}
		assert_int_equal(r.rc, -1);
		assert_int_equal(r.problems.errors, 1);
		assert_false(r.problems.list[0].warning);
		assert_string_equal(r.problems.list[0].file, "x.cfg");
		done(&r);
	}
}

static void
all_at_once(void **state)
{
	static const char text[] = "word = 1;\n" /* 1 */
				   "n = 77;\n" /* 2 */
				   "n = 3;\n" /* 3: twice */
				   "word = \"z\";\n" /* 4: twice */
				   "word = \"x\"; word = \"y\";\n" /* 5: both */
				   "@include \"y\"\n" /* 6 */
				   "what = 1;\n" /* 7 */
				   "on = \"yes\";\n" /* 8 */
				   "grants = { queen = { };\n" /* 9, and four
						roles are missing */
				   "  auditor = { fly = \"all\";\n" /* 10 */
				   "    queue = \"most\"; };\n" /* 11 */
				   "  caseworker = { }; };\n"; /* id missing */
	static const int lines[] = { 0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 9, 9, 9,
		9, 10, 11 };
	bool seen[sizeof(lines) / sizeof(lines[0])] = { false };
	struct read r;

	(void)state;
	decode(&r, text, strlen(text));
	assert_int_equal(r.problems.n, sizeof(lines) / sizeof(lines[0]));
	for (size_t i = 0; i < r.problems.n; i++) {
		size_t j = 0;

		while (j < r.problems.n &&
		       (seen[j] || lines[j] != r.problems.list[i].line))
			j++;
		if (j == r.problems.n)
			fail_msg("not expected: %d: %s",
			    r.problems.list[i].line, r.problems.list[i].text);
		seen[j] = true;
	}
	done(&r);
}

/* After a syntax error nothing is said to be missing: it may stand below. */
/* A number with too many digits hides nothing else of its line. */
static void
two_on_a_line(void **state)
{
	static const char text[] =
	    "id = \"a\";\nsize = 9999999999; n = 77; day = 12345678901;\n";
	static const char *const says[] = { "\"9999999999\" is too large",
		"\"12345678901\" is too large", "\"n\" is 77",
		"\"day\" is no date" };
	struct read r;

	(void)state;
	decode(&r, text, strlen(text));
	assert_int_equal(r.problems.n, 4);
	for (size_t i = 0; i < r.problems.n; i++) {
		assert_int_equal(r.problems.list[i].line, 2);
		assert_non_null(strstr(r.problems.list[i].text, says[i]));
	}
	done(&r);
}

static void
broken_off(void **state)
{
	static const char text[] = "n = 99;\nword = @;\nid = \"a\";\n";
	struct read r;

	(void)state;
	decode(&r, text, strlen(text));
	assert_int_equal(r.problems.n, 2);
	assert_int_equal(r.problems.list[0].line, 2);
	assert_int_equal(r.problems.list[1].line, 1);
	done(&r);
}

static void
many(void **state)
{
	struct buf b;
	struct read r;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 300; i++)
		buf_addf(&b, "unknown%d = 1;\n", i);
	decode(&r, b.data, b.len);
	assert_int_equal(r.problems.errors, 301); /* and id is missing */
	assert_int_equal(r.problems.n, PROBLEMS_MAX + 1);
	assert_non_null(
	    strstr(r.problems.list[PROBLEMS_MAX].text, "more problems"));
	done(&r);
	buf_done(&b);
}

/* What is quoted from a file cannot steer the terminal. */
static void
quoted_safely(void **state)
{
	static const char text[] = "id = \"\\x1b]0;x\\x07\";";
	struct read r;

	(void)state;
	decode(&r, text, strlen(text));
	assert_int_equal(r.problems.n, 1);
	assert_null(strchr(r.problems.list[0].text, 0x1b));
	assert_null(strchr(r.problems.list[0].text, 0x07));
	done(&r);
}

/* --- files ------------------------------------------------------------------- */

static char dir[64];

static int
make_dir(void **state)
{
	(void)state;
	strncpy(dir, "/tmp/amparo-reader-XXXXXX", sizeof(dir) - 1);
	return mkdtemp(dir) == NULL;
}

static int
remove_dir(void **state)
{
	(void)state;
	return rmdir(dir);
}

static void
write_file(const char *path, mode_t mode, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs("id = \"a\";\n", f);
	for (size_t i = 10; i < len; i++)
		fputc('\n', f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void
expect_file(const char *path, const char *says)
{
	struct arena arena;
	struct problems p = { 0 };
	struct conf c;
	struct all all = { 0 };
	struct buf source;
	int rc;

	arena_init(&arena);
	buf_init(&source);
	conf_init(&c, path, &arena, &p);
	rc = conf_read(&c, &table, &all, &source);
	if (says == NULL) {
		assert_int_equal(rc, 0);
		assert_true(source.len > 10);
	} else {
		assert_int_equal(rc, -1);
		assert_int_equal(p.n, 1);
		assert_int_equal(p.list[0].line, 0);
		if (strstr(p.list[0].text, says) == NULL)
			fail_msg("%s", p.list[0].text);
		assert_int_equal(source.len, 0);
	}
	conf_done(&c);
	buf_done(&source);
	problems_done(&p);
	arena_done(&arena);
}

static void
files(void **state)
{
	char path[128], link[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/a.cfg", dir);
	snprintf(link, sizeof(link), "%s/b.cfg", dir);
	expect_file(path, "There is no");
	write_file(path, 0644, 10);
	expect_file(path, NULL);
	assert_int_equal(chmod(path, 0664), 0);
	expect_file(path, "could change");
	assert_int_equal(chmod(path, 0646), 0);
	expect_file(path, "could change");
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(symlink(path, link), 0);
	expect_file(link, "link");
	write_file(path, 0644, CONF_MAX_BYTES);
	expect_file(path, NULL);
	write_file(path, 0644, CONF_MAX_BYTES + 1);
	expect_file(path, "larger");
	assert_int_equal(unlink(link), 0);
	assert_int_equal(unlink(path), 0);
	expect_file(dir, "");
}

static void
names(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++)
		assert_int_equal(role_from_name(role_name((enum role)i)), i);
	for (int i = 0; i < PERM_COUNT; i++)
		assert_int_equal(
		    permission_from_name(permission_name((enum permission)i)),
		    i);
	assert_int_equal(role_from_name("caseworkers"), -1);
	assert_int_equal(role_from_name(""), -1);
	assert_int_equal(permission_from_name("Queue"), -1);
	assert_string_equal(role_name((enum role)ROLE_COUNT), "");
	assert_string_equal(permission_name((enum permission)99), "");
	assert_string_equal(role_name(ROLE_SUPERVISOR), "supervisor");
	assert_string_equal(permission_name(PERM_FOLLOW_UP), "follow-up");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(left_out),
		cmocka_unit_test(one_by_one),
		cmocka_unit_test(all_at_once),
		cmocka_unit_test(two_on_a_line),
		cmocka_unit_test(broken_off),
		cmocka_unit_test(many),
		cmocka_unit_test(quoted_safely),
		cmocka_unit_test(files),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
