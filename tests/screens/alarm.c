/* SPDX-License-Identifier: ISC */
/*
 * An older database was put back: people read what is there, the alarm stays
 * in front of them on every screen, nothing is typed, and a supervisor
 * decides.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../lib/case_kit.h"
#include "../lib/vt.h"
#include "base/buf.h"
#include "base/file.h"
#include "store/case.h"

static struct vault_kit kit;
static char config[1024], code[CODE_SIZE];

static void
work(int cases)
{
	struct session *s;
	struct err err;

	s = vault_kit_sign_in(&kit, "amina", &err);
	assert_non_null(s);
	while (cases-- > 0)
		(void)case_of(s, "Ruth Lanternfield");
	session_end(s, SESSION_SIGNED_OUT);
}

/* What the vault had is one case more than what it has. */
static void
put_back_an_older_database(void)
{
	char old[300], path[600], to[600], command[1400];

	(void)snprintf(old, sizeof(old), "%.200s/old", kit.root);
	vault_kit_copy(kit.dir, old);
	work(1);
	(void)snprintf(path, sizeof(path), "%s/cases.db", old);
	(void)snprintf(to, sizeof(to), "%s/cases.db", kit.dir);
	(void)snprintf(command, sizeof(command), "cp '%s' '%s'", path, to);
	assert_int_equal(system(command), 0);
	vault_kit_remove(old);
}

static struct vt *
come_in(const char *login, int rows, int cols, const char *extra)
{
	const char *const argv[] = { getenv("AMPARO_BIN"), "--config", config,
		"--vault", kit.dir, "--user", login, extra, NULL };
	const struct vt_options o = {
		.argv = argv, .rows = rows, .cols = cols
	};
	struct vt *vt;

	assert_non_null(argv[0]);
	vt = vt_open(&o);
	assert_non_null(vt);
	vt_expect(vt, "assphrase");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	return vt;
}

static void
nothing_is_typed(struct vt *vt)
{
	vt_keys(vt, "Esc");
	vt_expect(vt, "READ ONLY: entries after");
	vt_send(vt, "n");
	vt_expect(vt, "nothing is typed into it");
	vt_send(vt, "g");
	vt_expect(vt, "Open a case");
	vt_send(vt, code);
	vt_keys(vt, "Enter");
	vt_expect(vt, "Wants first");
	vt_expect(vt, "READ ONLY: entries after");
	vt_send(vt, "a");
	vt_expect(vt, "nothing is typed into it");
	/* It hides with everything, and is back with it. */
	vt_keys(vt, "F12");
	vt_expect_gone(vt, "READ ONLY");
	vt_keys(vt, "Esc");
	vt_expect(vt, "READ ONLY: entries after");
	vt_keys(vt, "F7");
	vt_expect(vt, "Entries of this vault are missing");
}

static void
decide(struct vt *vt)
{
	vt_expect(vt, "d go on without");
	vt_send(vt, "d");
	vt_expect(vt, "Why may it go on as it is?");
	vt_send(vt, "no backup goes further; all were told\r");
	vt_expect(vt, "Only where no backup goes further");
	/* A no keeps the words. */
	vt_send(vt, "n");
	vt_expect(vt, "you can");
	vt_send(vt, "d");
	vt_expect(vt, "no backup goes further; all were told");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Only where no backup goes further");
	vt_send(vt, "y");
	vt_expect(vt, "your decision is event");
	vt_expect_gone(vt, "READ ONLY");
}

static void
harm_14_an_alarm_stays_until_a_supervisor_decides(void **state)
{
	struct vt *amina, *sunil;

	(void)state;
	put_back_an_older_database();
	amina = come_in("amina", 24, 80, NULL);
	vt_expect(amina, "Entries of this vault are missing. It had event");
	vt_expect(amina, "then everybody signs in again");
	vt_send(amina, "d");
	vt_expect(amina, "Your role does not allow this");
	nothing_is_typed(amina);
	sunil = come_in("sunil", 24, 80, NULL);
	vt_expect(sunil, "Entries of this vault are missing. It had event");
	decide(sunil);
	/* Whoever reads is told, comes in anew, and writes. */
	vt_expect(amina, "Decided: sign in again (F9) to save");
	vt_close(amina);
	vt_close(sunil);
	amina = come_in("amina", 24, 80, NULL);
	vt_expect(amina, "Your last session");
	assert_true(vt_absent(amina, "READ ONLY"));
	vt_send(amina, "n");
	vt_expect(amina, "Safe now");
	vt_close(amina);
}

static void
a_small_window_and_a_voice_have_the_alarm_too(void **state)
{
	struct vt *vt;

	(void)state;
	put_back_an_older_database();
	vt = come_in("amina", 10, 40, NULL);
	vt_expect(vt, "F7 READ ONLY, up to ");
	vt_expect(vt, "Entries of this vault are missing.");
	/* The whole of it is there to be read: nothing lies over it. */
	assert_true(vt_absent(vt, "Tell them now"));
	vt_keys(vt, "Esc");
	vt_expect(vt, "F7 READ ONLY, up to ");
	vt_close(vt);
	vt = come_in("amina", 24, 80, "--plain");
	vt_expect(vt, "READ ONLY: entries after");
	vt_close(vt);
	vt = come_in("sunil", 24, 80, NULL);
	decide(vt);
	vt_close(vt);
}

static int
open_kit(void **state)
{
	const char *source = getenv("AMPARO_SOURCE");
	struct session *amina;
	struct case_file file;
	struct arena a;
	struct err err;
	struct uid uid;

	(void)state;
	vault_kit_open(&kit);
	amina = vault_kit_user(&kit, "amina", ROLE_CASEWORKER, "branch-1");
	uid = case_of(amina, "Kamala Lanternfield");
	arena_init(&a);
	OK(case_open(amina, uid, NULL, &a, &file, &err));
	(void)snprintf(code, sizeof(code), "%s", file.code);
	arena_done(&a);
	vault_kit_begin_with_cases(&kit);
	vault_kit_end(&kit, &amina);
	vault_kit_end(&kit, &(struct session *){ kit.admin });
	vault_kit_end(&kit, &(struct session *){ kit.supervisor });
	(void)snprintf(config, sizeof(config),
	    "%s/config/societies/generic.cfg", source == NULL ? "." : source);
	return 0;
}

static int
close_kit(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    harm_14_an_alarm_stays_until_a_supervisor_decides),
		cmocka_unit_test(a_small_window_and_a_voice_have_the_alarm_too),
	};

	return cmocka_run_group_tests(tests, open_kit, close_kit);
}
