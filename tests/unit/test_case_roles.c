/* SPDX-License-Identifier: ISC */
/*
 * Every role and everything that can be asked of the store: tests/lib/role_*.c
 * have the rows, this walks them and sees that no function is left out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <ctype.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "store/session_inside.h"
#include "../lib/role_kit.h"

static struct role_stage stage;
static struct err err;
#define o (stage.o)
#define arena (stage.arena)

static const struct role_rows *const tables[] = { &role_case, &role_care,
	&role_out, &role_house };
#define TABLES (sizeof(tables) / sizeof(tables[0]))

static int
setup(void **state)
{
	struct session *sumi;
	int fd;

	(void)state;
	office_open(&o);
	o.kit.society->device.document_paths = true;
	stage.second =
	    vault_kit_user(&o.kit, "sula", ROLE_SUPERVISOR, "branch-1");
	sumi = vault_kit_user(&o.kit, "sumi", ROLE_SUPERVISOR, "branch-2");
	memcpy(stage.who,
	    (struct session *[]){ [AMINA] = o.amina,
		[ZOYA] = o.zoya,
		[BILAL] = o.bilal,
		[SUNIL] = o.sunil,
		[SUMI] = sumi,
		[CORA] = o.cora,
		[AUDRA] = o.audra,
		[ADELE] = o.adele,
		[STAN] = o.stan },
	    sizeof(stage.who));
	arena_init(&arena);
	fd = open(arena_printf(&arena, "%s/letter", o.kit.root),
	    O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	OK(file_write_all(fd, "two lines", 9, &err));
	assert_int_equal(close(fd), 0);
	arena_done(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	office_close(&o);
	return 0;
}

static int
each(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
each_done(void **state)
{
	(void)state;
	for (int w = 0; w < ROLE_WHO; w++)
		assert_true(session_idle(stage.who[w]));
	arena_done(&arena);
	return 0;
}

/* --- who may ------------------------------------------------------------------------------ */

static const char count_denied[] =
    "SELECT count(*) FROM audit WHERE outcome = 'denied'";
static const char count_wrote[] =
    "SELECT count(*) FROM audit WHERE outcome = 'done' AND wrote = 1 "
    "AND actor = ?1";

static char
letter(int rc)
{
	if (rc == 0)
		return 'Y';
	switch (err.kind) {
	case ERR_REASON:
		return 'R';
	case ERR_DENIED:
		return '-';
	case ERR_SECOND:
		return '2';
	case ERR_NOT_FOUND:
		return 'n';
	default:
		return '?';
	}
}

static void
new_cases(void)
{
	stage.theirs = case_of(o.amina, "Ishara Fernando");
	stage.other = case_of(o.amina, "Dilini Jayasuriya");
	stage.offer = (struct uid){ { 0 } };
}

static char
try(const struct role_row *row, struct session *s)
{
	err_clear(&err);
	stage.rev = ask_of(
	    o.adele, "SELECT rev FROM case_file WHERE uid = ?1", stage.theirs);
	return letter(row->act(&stage, s, &err));
}

static int bad;

static void
wrong(const struct role_row *row, struct session *s, char got, char want,
    const char *what)
{
	print_error("%s by %s: %c, wanted %c (%s) %s\n", row->call,
	    session_user(s)->login, got, want, err.text, what);
	bad++;
}

/* Whoever was refused is on the record, and wrote nothing. */
static void
tried(const struct role_row *row, int w, char want, const char *what)
{
	struct session *s = stage.who[w];
	struct uid me = session_user(s)->uid;
	int64_t wrote = ask_of(o.adele, count_wrote, me);
	int64_t denied = ask_cases(o.adele, count_denied);
	char got = try(row, s);

	if (got != want)
		wrong(row, s, got, want, what);
	if (got != '-')
		return;
	if (!row->quiet && ask_cases(o.adele, count_denied) == denied)
		wrong(row, s, got, want, "without an event");
	/* These two prepare what is then tried. */
	if (w != AMINA && w != ADELE &&
	    ask_of(o.adele, count_wrote, me) != wrote)
		wrong(row, s, got, want, "and wrote");
}

static void
one(const struct role_row *row, int w)
{
	struct case_file f;

	tried(row, w, row->want[w], "");
	if (row->want[w] != 'R')
		return;
	OK(case_open(stage.who[w], stage.theirs, "on call", &arena, &f, &err));
	tried(row, w, row->then == NULL ? 'Y' : row->then[w], "with a reason");
}

static void
harm_12_curious_colleague(void **state)
{
	(void)state;
	bad = 0;
	new_cases();
	for (size_t t = 0; t < TABLES; t++) {
		for (size_t i = 0; i < tables[t]->n; i++) {
			const struct role_row *row = &tables[t]->rows[i];

			assert_int_equal(strlen(row->want), ROLE_WHO);
			for (int w = 0; w < ROLE_WHO; w++) {
				if (row->fresh ||
				    (w == 0 && strchr(row->want, 'R')))
					new_cases();
				one(row, w);
			}
		}
	}
	assert_int_equal(bad, 0);
}

/* --- nothing is left out -------------------------------------------------------------------- */

/* About the one who asks: signing in and out, one's own passphrase. */
static const char *const ones_own[] = { "session_start", "session_end",
	"session_user", "session_society", "session_last", "session_may",
	"session_look", "session_only_looks", "vault_waits_for_decision",
	"session_behind", "session_alarm", "session_catch_up",
	"session_identity_open", "session_identity_close",
	"session_set_purpose", "session_idle", "session_reauth",
	"session_change_passphrase", "user_choose", "user_check_words",
	"draft_settle" };

static bool
has_row(const char *call)
{
	for (size_t t = 0; t < TABLES; t++)
		for (size_t i = 0; i < tables[t]->n; i++)
			if (strcmp(tables[t]->rows[i].call, call) == 0)
				return true;
	for (size_t i = 0; i < sizeof(ones_own) / sizeof(ones_own[0]); i++)
		if (strcmp(ones_own[i], call) == 0)
			return true;
	return false;
}

/* Comments away. */
static void
bare(char *text)
{
	char *from = text, *to = text, *end;

	while (*from != '\0') {
		if (strncmp(from, "/*", 2) == 0) {
			end = strstr(from + 2, "*/");
			assert_non_null(end);
			from = end + 2;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
}

/* Each function of a header that takes a session; how many. */
static int
calls_of(const char *path, char *text)
{
	char *at = text, *arg, *open, *name;
	int n = 0;

	bare(text);
	while ((arg = strstr(at, "struct session *")) != NULL) {
		at = arg + strlen("struct session *");
		for (open = arg; open > text && *open != '(' && *open != ';' &&
				 *open != '{';)
			open--;
		if (*open != '(' || *at == '*')
			continue;
		*open = '\0';
		for (name = open;
		     name > text &&
		     (isalnum((unsigned char)name[-1]) || name[-1] == '_');)
			name--;
		if (*name != '\0' && !has_row(name)) {
			print_error("%s: %s() has no row\n", path, name);
			bad++;
		}
		*open = '(';
		n++;
	}
	return n;
}

/* A header of the room itself: .ci/lint lets nobody else include it. */
static bool
inside(const char *path)
{
	static const char *const ends[] = { "_inside.h", "_write.h", "/db.h",
		"/tx.h", "/record.h" };
	size_t n = strlen(path);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t m = strlen(ends[i]);

		if (n > m && strcmp(path + n - m, ends[i]) == 0)
			return true;
	}
	return false;
}

static char *
read_header(const char *path)
{
	char *text = arena_alloc(&arena, 1 << 16, 1);
	FILE *f = fopen(path, "r");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, (1 << 16) - 1, f);
	assert_true(feof(f) != 0 && fclose(f) == 0);
	text[n] = '\0';
	return text;
}

static void
every_function_has_its_row(void **state)
{
	glob_t all;
	int n = 0;

	(void)state;
	bad = 0;
	assert_int_equal(glob("src/store/*.h", 0, NULL, &all), 0);
	for (size_t i = 0; i < all.gl_pathc; i++) {
		if (inside(all.gl_pathv[i]))
			continue;
		n += calls_of(all.gl_pathv[i], read_header(all.gl_pathv[i]));
	}
	globfree(&all);
	assert_int_equal(bad, 0);
	assert_true(n > 100);
}

static void
a_reason_opens_the_parts_but_not_identity(void **state)
{
	struct uid uid = case_of(o.amina, "Dilini Jayasuriya");
	struct safe_contact c;
	struct events events;
	struct case_file f;
	struct person p;

	(void)state;
	REFUSED(ERR_REASON,
	    case_timeline(o.sunil, uid, 0, 10, &arena, &events, &err));
	REFUSED(ERR_REASON, case_open(o.sunil, uid, " \t", &arena, &f, &err));
	OK(case_open(o.sunil, uid, "weekly review", &arena, &f, &err));
	OK(case_timeline(o.sunil, uid, 0, 10, &arena, &events, &err));
	REFUSED(
	    ERR_REASON, person_open(o.sunil, uid, "", &arena, &p, &c, &err));
	assert_int_equal(
	    ask_of(o.adele,
		"SELECT count(*) FROM audit WHERE case_uid = ?1 "
		"AND action = 'case.open' AND reason = 'weekly review'",
		uid),
	    1);
}

static void
nobodys_case_needs_no_reason_to_be_taken(void **state)
{
	struct case_file f;
	char code[CODE_SIZE];
	struct sample one;
	int64_t rev;

	(void)state;
	sample_make(&one, "Kumari Bandara", "");
	one.in.assign_to_me = false;
	OK(intake_save(o.amina, &one.in, code, &err));
	OK(case_open(o.zoya, one.in.case_uid, NULL, &arena, &f, &err));
	assert_true(uid_null(&f.owner));
	assert_string_equal(f.owner_login, "");
	rev = f.rev;
	OK(case_assign(o.sunil, one.in.case_uid, &rev,
	    session_user(o.zoya)->uid, &arena, NULL, &err));
	OK(case_open(o.zoya, one.in.case_uid, NULL, &arena, &f, &err));
	assert_string_equal(f.owner_login, "zoya");
}

#define T(f) cmocka_unit_test_setup_teardown(f, each, each_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_function_has_its_row),
		T(harm_12_curious_colleague),
		T(a_reason_opens_the_parts_but_not_identity),
		T(nobodys_case_needs_no_reason_to_be_taken),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
