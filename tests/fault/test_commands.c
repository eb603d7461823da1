/* SPDX-License-Identifier: ISC */
/*
 * The real program on vaults and copies that are not as they should be: what
 * it says, with which status, and that nothing changed on the disk.
 */
#include "doubt_kit.h"
#include "../lib/vt.h"

#include <sys/mount.h>
#include <sys/wait.h>

static char config[1024], said[8192];

/* Runs the program as login on the vault `now`, without --config where with
 * is false; what it says on both streams is in said. */
static int
run(const char *login, bool with, const char *command)
{
	const char *bin = getenv("AMPARO_BIN");
	char line[4096];
	size_t n;
	FILE *f;
	int rc;

	(void)snprintf(line, sizeof(line),
	    "printf '%%s\\n' '" VAULT_KIT_PASSPHRASE
	    "' | '%s' --vault '%s' %s%s%s --user %s --passphrase-fd 0 %s 2>&1",
	    bin == NULL ? "build/san/amparo" : bin, now.dir,
	    with ? "--config '" : "", with ? config : "", with ? "'" : "",
	    login, command);
	f = popen(line, "r");
	assert_non_null(f);
	n = fread(said, 1, sizeof(said) - 1, f);
	said[n] = '\0';
	rc = pclose(f);
	assert_true(WIFEXITED(rc));
	return WEXITSTATUS(rc);
}

static void
fails(const char *login, const char *command, const char *const *says)
{
	if (run(login, true, command) != 1)
		fail_msg("%s: not 1: %s", command, said);
	for (; *says != NULL; says++)
		if (strstr(said, *says) == NULL)
			fail_msg(
			    "%s: \"%s\" is not in: %s", command, *says, said);
	/* One sentence, no code of the system's. */
	assert_null(strstr(said, "EISDIR"));
	assert_null(strstr(said, "EBUSY"));
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
}

static void
put(const char *dir, const char *name, const char *text)
{
	char path[600];
	FILE *f;

	path_of(path, dir, name);
	(void)unlink(path);
	(void)umask(077);
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* --- a copy ----------------------------------------------------------------------------- */
static void
back_up(char copy[300])
{
	char command[400];

	(void)snprintf(copy, 300, "%.200s/copy", kit.root);
	(void)snprintf(
	    command, sizeof(command), "backup --with-people '%s'", copy);
	if (run("adele", true, command) != 0)
		fail_msg("%s", said);
}

/* The copy names its configuration; a new machine need not. */
static void
a_copy_names_its_configuration(void **state)
{
	char copy[300], command[400], path[600];
	struct vault_kit was = now;

	(void)state;
	put(now.dir, "society", config);
	back_up(copy);
	(void)snprintf(command, sizeof(command), "restore '%s'", copy);
	(void)snprintf(now.dir, sizeof(now.dir), "%.200s/new", kit.root);
	if (run("adele", false, command) != 0)
		fail_msg("%s", said);
	assert_non_null(strstr(said, "restored from"));
	/* At rest it is its sealed files alone. */
	path_of(path, now.dir, "cases.db-shm");
	assert_int_equal(access(path, F_OK), -1);
	path_of(path, now.dir, "cases.db-wal");
	assert_int_equal(access(path, F_OK), -1);
	if (run("adele", false, "user list") != 0)
		fail_msg("%s", said);
	vault_kit_remove(now.dir);
	/* One that is not on this machine: what names it, and the way on. */
	put(copy, "society", "/nowhere/house.cfg\n");
	assert_int_equal(run("adele", false, command), 1);
	assert_non_null(strstr(said, "/nowhere/house.cfg"));
	assert_non_null(strstr(said, copy));
	assert_non_null(strstr(said, "--config"));
	vault_kit_remove(copy);
	now = was;
}

static void
what_is_no_copy_is_said(void **state)
{
	static const char *const files[] = { "cases.db", "identity.db",
		"keyring", "anchor", "manifest" };
	char copy[300], command[500], path[600], none[500];

	(void)state;
	back_up(copy);
	(void)snprintf(command, sizeof(command), "restore '%s'", copy);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		path_of(path, copy, files[i]);
		(void)snprintf(none, sizeof(none), "%.290s/away", copy);
		assert_int_equal(rename(path, none), 0);
		fails("adele", command,
		    (const char *const[]){ "is not whole", files[i],
			"is not there", "as it was", NULL });
		assert_int_equal(mkdir(path, 0700), 0);
		fails("adele", command,
		    (const char *const[]){ files[i], "is no file",
			"Use another one", "as it was", NULL });
		assert_int_equal(rmdir(path) + rename(none, path), 0);
	}
	(void)snprintf(none, sizeof(none), "restore '%s/keyring'", copy);
	fails("adele", none,
	    (const char *const[]){ "no backup", "not a folder", NULL });
	(void)snprintf(none, sizeof(none), "restore '%s/nothing'", copy);
	fails("adele", none,
	    (const char *const[]){ "no backup", "is not there", NULL });
	(void)snprintf(none, sizeof(none), "restore '%s'", kit.root);
	fails("adele", none,
	    (const char *const[]){ "no backup", "amparo backup made", NULL });
	vault_kit_remove(copy);
}

/* Killed between its two renames: what stands aside is the vault. */
static void
a_restore_cut_short_keeps_the_vault(void **state)
{
	char copy[300], command[400], aside[400];

	(void)state;
	back_up(copy);
	(void)snprintf(aside, sizeof(aside), "%s.before-restore", now.dir);
	(void)snprintf(command, sizeof(command), "restore '%s'", copy);
	assert_int_equal(rename(now.dir, aside), 0);
	fails("adele", command,
	    (const char *const[]){ "the vault is in", aside, "Keep it", NULL });
	assert_int_equal(rename(aside, now.dir), 0);
	if (run("adele", true, command) != 0)
		fail_msg("%s", said);
	/* What was put back is well, before whoever did it comes in again. */
	if (run("sunil", true, "verify") != 0)
		fail_msg("%s", said);
	fails("adele", command,
	    (const char *const[]){ aside, "Move it away first", NULL });
	vault_kit_remove(aside);
	vault_kit_remove(copy);
}

/* A vault that is a disk of its own cannot be moved away. */
static void
a_mounted_vault_says_how_to_go_on(void **state)
{
	char copy[300], command[400];

	(void)state;
	back_up(copy);
	if (mount(now.dir, now.dir, NULL, MS_BIND, NULL) == -1) {
		vault_kit_remove(copy);
		print_message("this user may not mount\n");
		skip();
	}
	(void)snprintf(command, sizeof(command), "restore '%s'", copy);
	(void)run("adele", true, command);
	assert_int_equal(umount(now.dir), 0);
	vault_kit_remove(copy);
	assert_non_null(strstr(said, "a disk is mounted there"));
	assert_non_null(strstr(said, "another --vault"));
	assert_int_equal(run("adele", true, "user list"), 0);
}

/* --- what cannot be finished ------------------------------------------------------------- */
/* The program's answer to a shell's line, with its name in $A. */
static int
sh(const char *line)
{
	const char *bin = getenv("AMPARO_BIN");
	char script[4096];
	size_t n;
	FILE *f;
	int rc;

	(void)snprintf(script, sizeof(script),
	    "exec 2>&1; A='%s' V='%s' C='%s' P='" VAULT_KIT_PASSPHRASE "'; %s",
	    bin == NULL ? "build/san/amparo" : bin, now.dir, config, line);
	f = popen(script, "r");
	assert_non_null(f);
	n = fread(said, 1, sizeof(said) - 1, f);
	said[n] = '\0';
	rc = pclose(f);
	assert_true(WIFEXITED(rc));
	return WEXITSTATUS(rc);
}

/* Full at any point of it: no half office is left behind. */
static void
a_demo_that_cannot_be_filled_leaves_nothing(void **state)
{
	char path[600];

	(void)state;
	path_of(path, kit.root, "demo");
	(void)setenv("D", path, 1);
	for (int blocks = 100; blocks <= 900; blocks += 400) {
		char line[200];

		(void)snprintf(line, sizeof(line),
		    "(ulimit -f %d; \"$A\" --config \"$C\" demo \"$D\")",
		    blocks);
		assert_int_equal(sh(line), 1);
		assert_non_null(strstr(said, "ulimit -f"));
		assert_int_equal(access(path, F_OK), -1);
		assert_int_equal(sh("ls -d \"$D\"*"), 2);
	}
}

/* Killed at any point of it there is a whole vault or none, and the next run
 * says what it found, and makes one. */
static void
a_demo_that_was_cut_short_is_made_anew(void **state)
{
	static const struct {
		const char *file, *then;
	} points[] = { { "cases.db", "0" }, { "society", "0" },
		{ "keyring", "0" }, { "keyring", ".5" } };
	char path[600];

	(void)state;
	path_of(path, kit.root, "cut");
	(void)setenv("D", path, 1);
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		char line[400];

		/* As soon as that file is there, or a little later. */
		(void)snprintf(line, sizeof(line),
		    "\"$A\" --config \"$C\" demo --cases 9 \"$D\" >/dev/null"
		    " & p=$!; while ! test -e \"$D.making/vault/%s\" &&"
		    " kill -0 $p; do sleep .01; done; sleep %s;"
		    " kill -9 $p && ! test -e \"$D\"",
		    points[i].file, points[i].then);
		if (sh(line) != 0)
			fail_msg("%s: %s", points[i].file, said);
	}
	assert_int_equal(sh("\"$A\" --config \"$C\" demo --cases 1 \"$D\""), 0);
	assert_non_null(strstr(said, "An earlier run was cut short"));
	assert_int_equal(sh("ls -d \"$D\"*"), 0);
	assert_null(strstr(said, ".making"));
	assert_int_equal(
	    sh("sed -n 's/^admin\t\\([^\t]*\\).*/\\1/p' \"$D/demo-people\" |"
	       " \"$A\" --vault \"$D\" --config \"$C\" --user admin"
	       " --passphrase-fd 0 user list"),
	    0);
	assert_non_null(strstr(said, "dora"));
	/* What is there is not written over, nor what is not ours. */
	assert_int_equal(sh("\"$A\" --config \"$C\" demo --cases 1 \"$D\""), 1);
	assert_non_null(strstr(said, "There is a vault in"));
	assert_int_equal(sh("mkdir -p \"$D.2.making/vault\" && cp"
			    " \"$D/keyring\" \"$D.2.making/vault\" && \"$A\""
			    " --config \"$C\" demo --cases 1 \"$D.2\""),
	    1);
	assert_non_null(strstr(said, "is not empty"));
	assert_int_equal(sh("test -e \"$D.2.making/vault/keyring\""), 0);
}

/* A code that nobody saw is no answer. */
static void
an_answer_that_is_lost_is_no_success(void **state)
{
	(void)state;
	assert_int_equal(
	    sh("echo \"$P\" | \"$A\" --vault \"$V\" --config \"$C\" --user "
	       "adele --passphrase-fd 0 user add later Later caseworker "
	       "branch-1 >/dev/full"),
	    1);
	assert_non_null(strstr(said, "the answer could not be written"));
	assert_non_null(strstr(said, "user reset"));
	assert_int_equal(sh("\"$A\" check \"$C\" >/dev/full"), 1);
	assert_int_equal(sh("\"$A\" check \"$C\" >/dev/null"), 0);
	/* Which vault, before which configuration. */
	assert_int_equal(sh("\"$A\" --vault /nonexistent verify"), 1);
	assert_non_null(strstr(said, "/nonexistent"));
}

/* --- a newer vault ------------------------------------------------------------------------- */
static void
harm_14_a_newer_vault_is_left_alone_by_all_of_it(void **state)
{
	static const char *const commands[] = { "verify", "verify --accept WHY",
		"verify --remove-orphans", "backup /tmp/amparo-no-such/x",
		"user list", "user disable amina" };
	const char *const argv[] = { getenv("AMPARO_BIN"), "--config", config,
		"--vault", now.dir, "--user", "sunil", NULL };
	const struct vt_options o = { .argv = argv, .rows = 24, .cols = 80 };
	uint8_t before[HASH_BYTES], after[HASH_BYTES];
	struct session *s;
	struct err err;
	struct vt *vt;

	(void)state;
	s = come_in("sunil");
	OK(db_meta_set(&s->cases, "migration:cases-999-later", "x", 1, &err));
	session_end(s, SESSION_SIGNED_OUT);
	hash_vault(before);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fails("sunil", commands[i],
		    (const char *const[]){ "newer amparo", NULL });
	vt = vt_open(&o);
	assert_non_null(vt);
	vt_expect(vt, "assphrase");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "newer amparo");
	assert_true(vt_has(vt, "Sign in"));
	vt_close(vt);
	hash_vault(after);
	assert_memory_equal(before, after, sizeof(before));
}

/* --- a keyring that is no good ---------------------------------------------------------------- */
static void
a_keyring_names_what_is_there_to_take_its_place(void **state)
{
	static const char damaged[] = "The keyring is damaged";
	char keyring[600], prev[600];

	(void)state;
	/* A change, so that there is one before it. */
	(void)run("adele", true, "user add later Later caseworker branch-1");
	path_of(keyring, now.dir, "keyring");
	path_of(prev, now.dir, "keyring.prev");
	assert_int_equal(access(prev, F_OK), 0);
	assert_int_equal(truncate(keyring, 1000), 0);
	fails("adele", "user list",
	    (const char *const[]){
		damaged, "put keyring.prev, which lies beside it", NULL });
	refused("adele", ERR_DAMAGED, "put keyring.prev, which lies");
	assert_int_equal(truncate(prev, 900), 0);
	fails("adele", "user list",
	    (const char *const[]){ damaged, "keyring.prev is no good either",
		"newest backup", NULL });
	assert_int_equal(unlink(prev), 0);
	fails("adele", "user list",
	    (const char *const[]){
		damaged, "that of the newest backup", NULL });
	assert_null(strstr(said, "keyring.prev"));
	/* Nothing is to be put into a folder that is not there. */
	assert_int_equal(sh("\"$A\" --vault /nonexistent --config \"$C\" "
			    "--user adele verify </dev/null"),
	    1);
	assert_null(strstr(said, "backup"));
	assert_int_equal(unlink(keyring), 0);
	fails("adele", "user list",
	    (const char *const[]){ "There is no keyring here",
		"that of the newest backup", NULL });
	assert_null(strstr(said, "keyring.prev"));
}

/* --- what others may open ----------------------------------------------------------------------- */
static void
what_others_may_hold_is_refused(void **state)
{
	static const struct {
		const char *name;
		mode_t mode, own;
	} rows[] = {
		{ "lock", 0755, 0700 },
		{ "lock/writers", 0640, 0600 },
		{ "lock/keyring", 0604, 0600 },
		{ "throttle", 0644, 0600 },
	};
	char path[600];

	(void)state;
	assert_int_equal(run("adele", true, "user list"), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		path_of(path, now.dir, rows[i].name);
		assert_int_equal(chmod(path, rows[i].mode), 0);
		fails("adele", "user list",
		    (const char *const[]){
			"Others on this machine could", "chmod", NULL });
		assert_int_equal(chmod(path, rows[i].own), 0);
		if (geteuid() != 0)
			continue;
		assert_int_equal(chown(path, 1, 1), 0);
		fails("adele", "user list",
		    (const char *const[]){
			"Others on this machine could", NULL });
		assert_int_equal(chown(path, 0, 0), 0);
	}
	assert_int_equal(run("adele", true, "user list"), 0);
}

/* --- what the machine does not offer ------------------------------------------------------ */
/* What deps.sh does on a machine with these files under /etc and a mirror that
 * has no "none" and everything else in version `offers`; by programs of our own
 * in the place of the machine's. */
static int
deps(const char *release, const char *sources, const char *none,
    const char *offers)
{
	const char *source = getenv("AMPARO_SOURCE");
	char line[2048];

	(void)snprintf(line, sizeof(line),
	    "d=$(mktemp -d) && cd \"$d\" && "
	    "printf '#!/bin/sh\necho 0\n' > id && "
	    "printf '#!/bin/sh\nexit 1\n' > dpkg-query && "
	    "printf '#!/bin/sh\necho apt-get $* >&2\n' > apt-get && "
	    "printf '#!/bin/sh\ncase $2 in %s) c=\"(none)\" ;; "
	    "*) c=%s ;; esac\necho \"  Candidate: $c\"\n' > apt-cache && "
	    "chmod 700 * && mkdir -p apt/sources.list.d && "
	    "printf '%s' > os-release && printf '%s' > apt/sources.list && "
	    "AMPARO_ETC=$d PATH=$d:$PATH sh '%s/config/deploy/deps.sh' test; "
	    "rc=$?; cat apt/sources.list.d/*; rm -rf \"$d\"; exit $rc",
	    none, offers, release, sources, source == NULL ? "." : source);
	return sh(line);
}

/* Said before anything is installed, with what to do. */
static void
a_package_nobody_offers_is_named(void **state)
{
	(void)state;
	assert_int_equal(deps("ID=ubuntu\n", "", "libvterm-dev", "4.5.6"), 1);
	assert_non_null(strstr(said, "do not offer: libvterm-dev\n"));
	assert_non_null(strstr(said, "component universe"));
	assert_non_null(strstr(said, "run this again"));
	assert_null(strstr(said, "apt-get install"));
}

/* Debian 12 alone gets its backports suite, from its own mirror; where the
 * suite would be a stranger, apt would stumble over it from then on. */
static void
backports_are_for_debian_12_alone(void **state)
{
	static const char bookworm[] = "ID=debian\nVERSION_CODENAME=bookworm\n",
			  jammy[] = "ID=ubuntu\nVERSION_CODENAME=jammy\n"
				    "PRETTY_NAME=\"Ubuntu 22.04 LTS\"\n";

	(void)state;
	(void)deps(bookworm,
	    "deb cdrom:[Debian 12]/ bookworm main\n"
	    "# deb http://b.invalid bookworm-backports main\n"
	    "deb [signed-by=/k] http://a.invalid/debian bookworm main\n",
	    "nothing", "4.4.3");
	assert_non_null(strstr(said, "URIs: http://a.invalid/debian\n"
				     "Suites: bookworm-backports\n"));
	assert_non_null(
	    strstr(said, "-t bookworm-backports libsqlcipher-dev\n"));

	assert_int_equal(deps(jammy, "deb http://a.invalid/ubuntu jammy main\n",
			     "nothing", "4.4.3"),
	    1);
	assert_non_null(strstr(said, "Ubuntu 22.04 LTS offers no"));
	assert_null(strstr(said, "URIs:"));
	assert_null(strstr(said, "apt-get install"));

	(void)deps("ID=debian\nVERSION_CODENAME=trixie\n",
	    "deb http://a.invalid/debian trixie main\n", "nothing", "4.6.1");
	assert_non_null(strstr(said, "recommends libsqlcipher-dev\n"));
	assert_null(strstr(said, "URIs:"));
}

static int
setup_all(void **state)
{
	const char *source = getenv("AMPARO_SOURCE");

	(void)snprintf(config, sizeof(config),
	    "%s/config/societies/generic.cfg", source == NULL ? "." : source);
	return setup(state);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, each, after_each)
	const struct CMUnitTest tests[] = {
		CASE(a_copy_names_its_configuration),
		CASE(what_is_no_copy_is_said),
		CASE(a_restore_cut_short_keeps_the_vault),
		CASE(a_mounted_vault_says_how_to_go_on),
		CASE(a_demo_that_cannot_be_filled_leaves_nothing),
		CASE(a_demo_that_was_cut_short_is_made_anew),
		CASE(an_answer_that_is_lost_is_no_success),
		CASE(harm_14_a_newer_vault_is_left_alone_by_all_of_it),
		CASE(a_keyring_names_what_is_there_to_take_its_place),
		CASE(what_others_may_hold_is_refused),
		CASE(a_package_nobody_offers_is_named),
		CASE(backports_are_for_debian_12_alone),
	};

	return cmocka_run_group_tests(tests, setup_all, teardown);
}
