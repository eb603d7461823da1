/* SPDX-License-Identifier: ISC */
/* Changing one's own passphrase on the screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../lib/scene.h"
#include "../lib/vt.h"

#define NEW_ONE "nine herons over the paddy field"

static struct scene sc;

static int
setup(void **state)
{
	(void)state;
	scene_open(&sc);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	scene_close(&sc);
	return 0;
}

static void
a_slip_in_the_old_one_is_told_at_once(void **state)
{
	struct vt *vt = scene_terminal(&sc, "amina", 24, 80, NULL);

	(void)state;
	vt_send(vt, ":passphrase\r");
	vt_expect(vt, "The one you have now");
	vt_send(vt, "not what it is at all\r");
	vt_expect(vt, "That is not your passphrase");
	assert_true(vt_absent(vt, "New passphrase"));
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	vt_expect(vt, "New passphrase");
	vt_send(vt, NEW_ONE "\r");
	vt_expect(vt, "The same again");
	vt_send(vt, NEW_ONE "\r");
	vt_expect(vt, "Your passphrase is changed");
	vt_keys(vt, "C-l");
	vt_expect(vt, "Locked by amina");
	vt_send(vt, VAULT_KIT_PASSPHRASE "\r");
	/* No login is typed here: only the passphrase can be wrong. */
	vt_expect(vt, "That is not the passphrase of amina.");
	assert_true(vt_absent(vt, "login"));
	vt_send(vt, NEW_ONE "\r");
	vt_expect(vt, "Your last session");
	assert_true(vt_absent(vt, NEW_ONE));
	vt_close(vt);
}

/* A terminal left open is no place to guess: each try is charged. */
static void
guesses_at_the_old_one_have_to_wait(void **state)
{
	struct vt *vt = scene_terminal(&sc, "ruwan", 10, 40, NULL);

	(void)state;
	vt_send(vt, ":passphrase\r");
	vt_expect(vt, "have now");
	for (int i = 0; i < 6 && !vt_has(vt, "Wait"); i++) {
		vt_send(vt, "not what it is at all\r");
		vt_expect(vt, i < 1 ? "not your" : "");
		assert_true(vt_wait_quiet(vt, 600, VT_WAIT_MS));
	}
	vt_expect(vt, "Wait");
	vt_keys(vt, "Esc");
	vt_expect(vt, "Cases");
	vt_close(vt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_in_the_old_one_is_told_at_once),
		cmocka_unit_test(guesses_at_the_old_one_have_to_wait),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
