/* SPDX-License-Identifier: ISC */
/*
 * amparo init and recover, typed as a person types them: three parts on the
 * screen, some of their groups back, and on the day every passphrase is lost
 * two of the parts.
 */
#include <ctype.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "../lib/vault_kit.h"
#include "../lib/vt.h"
#include "vault/recovery.h"

#define PASSPHRASE "a green kettle under nine bridges"
#define AGAIN "slow lanterns past the harbour wall"
#define LONG_MS 60000 /* several derivations, sanitized, on a busy machine */

struct sheets {
	char group[SHARES][RECOVERY_PART_GROUPS][RECOVERY_GROUP + 1];
};

static char dir[300], config[600];

static int
setup(void **state)
{
	const char *source = getenv("AMPARO_SOURCE");

	(void)state;
	(void)snprintf(dir, sizeof(dir), "/tmp/amparo-recovery-XXXXXX");
	assert_non_null(mkdtemp(dir));
	(void)snprintf(config, sizeof(config),
	    "%s/config/societies/generic.cfg", source == NULL ? "." : source);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_remove(dir);
	return 0;
}

static struct vt *
start_with(const char *command, const char *option, const char *value,
    const char *more)
{
	char vault[320];
	const char *bin = getenv("AMPARO_BIN");
	const char *argv[] = { bin == NULL ? "build/san/amparo" : bin,
		"--config", config, "--vault", vault, command, option, value,
		more, NULL };
	struct vt *vt;

	(void)snprintf(vault, sizeof(vault), "%s/vault", dir);
	vt = vt_open(
	    &(const struct vt_options){ .rows = 24, .cols = 80, .argv = argv });
	assert_non_null(vt);
	return vt;
}

static struct vt *
start(const char *command, const char *option, const char *value)
{
	return start_with(command, option, value, NULL);
}

/* The question the cursor stands behind; others are further up. */
static bool
is_asked(struct vt *vt, void *question)
{
	int row, col;

	vt_cursor(vt, &row, &col);
	return strstr(vt_row(vt, row), question) != NULL;
}

static void
say(struct vt *vt, const char *question, const char *answer)
{
	char text[96];

	(void)snprintf(text, sizeof(text), "%s", question);
	if (!vt_wait_for(vt, is_asked, text, LONG_MS))
		fail_msg(
		    "never asked \"%s\":\n%s", question, vt_screen_text(vt));
	vt_send(vt, answer);
	vt_send(vt, "\r");
}

static void
finish(struct vt *vt, int want)
{
	int status;

	assert_true(vt_wait_exit(vt, LONG_MS, &status));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != want)
		fail_msg("exit %d\n%s", status, vt_screen_text(vt));
	vt_close(vt);
}

/* Each group stands behind its number, and all of a part on one small
 * terminal: what scrolled away is not on anybody's paper. */
static void
read_sheet(struct vt *vt, struct sheets *out, int part)
{
	const char *at;
	char head[32];

	(void)snprintf(head, sizeof(head), "Part %d of 3", part + 1);
	vt_expect(vt, head);
	at = strstr(vt_screen_text(vt), head);
	assert_non_null(at);
	at += strlen(head);
	for (int g = 0; g < RECOVERY_PART_GROUPS; g++) {
		char *end;

		assert_int_equal(strtol(at, &end, 10), g + 1);
		at = end + strspn(end, " ");
		memcpy(out->group[part][g], at, RECOVERY_GROUP);
		out->group[part][g][RECOVERY_GROUP] = '\0';
		at += RECOVERY_GROUP;
	}
}

/* One group of each part is asked for; wrong once, small letters then. */
static void
type_back(struct vt *vt, const struct sheets *sheets, int part)
{
	char question[32], answer[RECOVERY_GROUP + 1], *end;
	const char *at;
	long g;

	(void)snprintf(question, sizeof(question), "Part %d, group ", part + 1);
	vt_expect(vt, question);
	at = strstr(vt_screen_text(vt), question);
	g = strtol(at + strlen(question), &end, 10);
	assert_true(g >= 1 && g <= RECOVERY_PART_GROUPS);
	if (part == 1) {
		vt_send(vt, "UUUUU\r");
		vt_expect(vt, "please look again");
	}
	memcpy(answer, sheets->group[part][g - 1], sizeof(answer));
	for (char *c = answer; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	vt_send(vt, answer);
	vt_send(vt, "\r");
}

/* Sheet after sheet; whoever writes the next sees nothing of the last. */
static void
write_down(struct vt *vt, struct sheets *out)
{
	for (int part = 0; part < SHARES; part++) {
		read_sheet(vt, out, part);
		for (int g = 0; part > 0 && g < RECOVERY_PART_GROUPS; g++)
			assert_true(vt_absent(vt, out->group[part - 1][g]));
		type_back(vt, out, part);
	}
}

/* Harm register 13: it is on paper, and no more on the terminal. */
static void
gone(struct vt *vt, const struct sheets *sheets)
{
	for (int part = 0; part < SHARES; part++)
		for (int g = 0; g < RECOVERY_PART_GROUPS; g++)
			assert_true(vt_absent(vt, sheets->group[part][g]));
}

static void
people(struct vt *vt, const char *passphrase, const char *then)
{
	say(vt, "First administrator, login:", "ada");
	say(vt, "Administrator's name", "Ada Ironwood");
	say(vt, "First supervisor, login:", "sunila");
	say(vt, "Supervisor's name", "Sunila Riverstone");
	say(vt, "Supervisor's branch:", "branch-1");
	say(vt, "at least 15 characters:", passphrase);
	say(vt, "The same again:", passphrase);
	if (!vt_wait_text(vt, then, LONG_MS))
		vt_expect(vt, then);
}

/* A part group by group: one is mistyped, then two come on one line. */
static void
type_part(struct vt *vt, const char *which, char group[][RECOVERY_GROUP + 1])
{
	char question[64], two[2 * RECOVERY_GROUP + 2];
	char bad[RECOVERY_GROUP + 1];

	(void)snprintf(question, sizeof(question), "%s, group 1 of 14:", which);
	if (strcmp(which, "First part") == 0) {
		memcpy(bad, group[0], sizeof(bad));
		bad[2] = bad[2] == '7' ? '8' : '7';
		say(vt, question, bad);
		vt_expect(vt, "Group 1 is not as it was printed");
	}
	(void)snprintf(two, sizeof(two), "%s-%s", group[0], group[1]);
	say(vt, question, two);
	for (int g = 2; g < RECOVERY_PART_GROUPS; g++) {
		(void)snprintf(question, sizeof(question), "%s, group %d of",
		    which, g + 1);
		say(vt, question, group[g]);
	}
}

static void
all_is_well(const char *passphrase)
{
	struct vt *vt = start("verify", NULL, NULL);

	say(vt, "Login:", "ada");
	say(vt, "Passphrase or one-time code:", passphrase);
	finish(vt, 0);
}

/* A copy that is kept elsewhere: nobody's passphrase opens it, two parts do,
 * and then people are let in again. */
static void
a_copy_without_people(struct sheets *sheets)
{
	char copy[320];
	struct vt *vt;

	(void)snprintf(copy, sizeof(copy), "%s/copy", dir);
	vt = start("backup", copy, NULL);
	say(vt, "Login:", "ada");
	say(vt, "Passphrase or one-time code:", AGAIN);
	vt_expect(vt, "and checked");
	vt_expect(vt, "and no passphrase");
	finish(vt, 0);
	vt = start("restore", copy, NULL);
	say(vt, "Login:", "ada");
	say(vt, "Passphrase of the copy:", AGAIN);
	vt_expect(vt, "made with --with-people");
	vt_expect(vt, "restore --recovery parts");
	finish(vt, 1);
	vt = start_with("restore", "--recovery", "parts", copy);
	type_part(vt, "First part", sheets->group[1]);
	type_part(vt, "Second part", sheets->group[2]);
	vt_expect(vt, "run amparo recover next");
	finish(vt, 0);
	vt = start("recover", NULL, NULL);
	type_part(vt, "First part", sheets->group[2]);
	type_part(vt, "Second part", sheets->group[0]);
	people(vt, PASSPHRASE, "Part 1, group");
	write_down(vt, sheets);
	if (!vt_wait_text(vt, "ada can sign in", LONG_MS))
		vt_expect(vt, "ada can sign in");
	vt_expect(vt, "Nobody else has a place in this keyring");
	finish(vt, 0);
	all_is_well(PASSPHRASE);
}

/* Its key typed back. */
static void
make_a_vault(void)
{
	struct vt *vt = start("init", NULL, NULL);
	struct sheets sheets;

	people(vt, PASSPHRASE, "Part 1, group");
	write_down(vt, &sheets);
	vt_expect(vt, "The vault is made");
	finish(vt, 0);
}

static void
lost_and_found(void **state)
{
	struct sheets sheets, again;
	struct vt *vt;

	(void)state;
	vt = start("init", NULL, NULL);
	people(vt, PASSPHRASE, "Part 1, group");
	write_down(vt, &sheets);
	vt_expect(vt, "The vault is made");
	vt_expect(vt, "One-time code for sunila");
	gone(vt, &sheets);
	finish(vt, 0);

	/* Said before anybody is asked for anything. */
	vt = start("init", NULL, NULL);
	vt_expect(vt, "There is a vault in");
	assert_true(vt_absent(vt, "First administrator"));
	finish(vt, 1);

	/* The yearly look into the envelopes. */
	vt = start("recover", "--check", NULL);
	type_part(vt, "First part", sheets.group[1]);
	type_part(vt, "Second part", sheets.group[0]);
	vt_expect(vt, "This recovery key opens the vault");
	/* What was typed did not show. */
	assert_true(vt_absent(vt, sheets.group[1][5]));
	finish(vt, 0);

	vt = start("recover", NULL, NULL);
	type_part(vt, "First part", sheets.group[2]);
	type_part(vt, "Second part", sheets.group[0]);
	people(vt, AGAIN, "Part 1, group");
	write_down(vt, &again);
	assert_string_not_equal(again.group[0][3], sheets.group[0][3]);
	if (!vt_wait_text(vt, "ada can sign in", LONG_MS))
		vt_expect(vt, "ada can sign in");
	vt_expect(vt, "One-time code for sunila");
	gone(vt, &again);
	finish(vt, 0);

	/* The parts of before open nothing. */
	vt = start("recover", "--check", NULL);
	type_part(vt, "First part", sheets.group[0]);
	type_part(vt, "Second part", sheets.group[1]);
	vt_expect(vt, "but not of this vault");
	finish(vt, 1);
	/* One old and one new part do not belong together. */
	vt = start("recover", "--check", NULL);
	type_part(vt, "First part", again.group[0]);
	type_part(vt, "Second part", sheets.group[1]);
	vt_expect(vt, "belong to different recovery keys");
	finish(vt, 1);
	all_is_well(AGAIN);
	a_copy_without_people(&again);
}

/* A program hands the passphrase over: the interface opens signed in, and a
 * wrong one is said where it can be typed. */
static void
signed_in_by_a_program(void **state)
{
	const char *bin = getenv("AMPARO_BIN");
	const char *argv[] = { "/bin/sh", "-c", NULL, NULL };
	char command[2048], file[320];
	struct vt *vt;
	FILE *f;

	(void)state;
	make_a_vault();
	(void)snprintf(file, sizeof(file), "%s/word", dir);
	(void)snprintf(command, sizeof(command),
	    "exec 5<%s; exec %s --vault %s/vault --config %s --user ada "
	    "--passphrase-fd 5",
	    file, bin == NULL ? "build/san/amparo" : bin, dir, config);
	argv[2] = command;
	for (int right = 0; right < 2; right++) {
		f = fopen(file, "w");
		assert_non_null(f);
		fprintf(f, "%s\n", right ? PASSPHRASE : "no such words at all");
		assert_int_equal(fclose(f), 0);
		vt = vt_open(&(const struct vt_options){ .argv = argv });
		assert_non_null(vt);
		if (!vt_wait_text(vt,
			right ? "ada \xc2\xb7 administrator"
			      : "do not go together",
			LONG_MS))
			fail_msg("%d:\n%s", right, vt_screen_text(vt));
		vt_close(vt);
	}
}

/* What cannot be is said where it was typed, and asked again. */
static void
wrong_answers_are_asked_again(void **state)
{
	char question[] = "at least 15 characters:";
	struct vt *vt = start("init", NULL, NULL);

	(void)state;
	say(vt, "First administrator, login:", "9ada");
	vt_expect(vt, "A login is 2 to 32");
	say(vt, "First administrator, login:", "ada");
	say(vt, "Administrator's name", "Ada Ironwood");
	say(vt, "First supervisor, login:", "ADA");
	vt_expect(vt, "The first supervisor is somebody else");
	say(vt, "First supervisor, login:", "sunila");
	say(vt, "Supervisor's name", "");
	vt_expect(vt, "Give the name");
	say(vt, "Supervisor's name", "Sunila Riverstone");
	say(vt, "Supervisor's branch:", "nowhere");
	vt_expect(vt, "There is no branch");
	say(vt, "Supervisor's branch:", "branch-1");
	say(vt, "at least 15 characters:", "short");
	say(vt, "The same again:", "short");
	vt_expect(vt, "this one has 5");
	/* A no to a question that shows nothing is heard at once, too. */
	if (!vt_wait_for(vt, is_asked, question, LONG_MS))
		fail_msg("%s", vt_screen_text(vt));
	vt_send(vt, "\003");
	vt_expect(vt, "Cancelled.");
	finish(vt, 1);
}

/* Harm register 13: whoever stops here leaves no key on the screen, and no
 * vault whose key nobody has. */
static void
harm_13_a_key_that_is_not_written_down_leaves_nothing(void **state)
{
	struct sheets sheets;
	char path[320];
	struct vt *vt;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/vault", dir);
	for (int how = 0; how < 3; how++) {
		vt = start("init", NULL, NULL);
		people(vt, PASSPHRASE, "Part 1, group");
		read_sheet(vt, &sheets, 0);
		type_back(vt, &sheets, 0);
		read_sheet(vt, &sheets, 1);
		/* The third was not shown. */
		memcpy(
		    sheets.group[2], sheets.group[1], sizeof(sheets.group[2]));
		if (how < 2)
			vt_send(vt, how == 0 ? "\003" : "\004");
		else
			assert_true(vt_kill(vt, SIGTERM));
		if (!vt_wait_text(vt, "the new vault was removed", LONG_MS))
			fail_msg("%s", vt_screen_text(vt));
		gone(vt, &sheets);
		finish(vt, 1);
		assert_int_equal(access(path, F_OK), -1);
	}
	/* Killed while it shows: no vault, and the next takes its place. */
	vt = start("init", "--recovery", "whole");
	people(vt, PASSPHRASE, "Group ");
	assert_true(vt_kill(vt, SIGKILL));
	vt_close(vt);
	(void)snprintf(path, sizeof(path), "%s/vault/keyring", dir);
	assert_int_equal(access(path, F_OK), -1);
	make_a_vault();
	assert_int_equal(access(path, F_OK), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    lost_and_found, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    signed_in_by_a_program, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    wrong_answers_are_asked_again, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    harm_13_a_key_that_is_not_written_down_leaves_nothing,
		    setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
