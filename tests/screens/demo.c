/* SPDX-License-Identifier: ISC */
/* A newcomer's first look: amparo demo, and the sign-in screen after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../lib/vault_kit.h"
#include "../lib/vt.h"

#define CONFIG 1024
static const char *
sri_lanka(char out[CONFIG])
{
	const char *source = getenv("AMPARO_SOURCE");

	snprintf(out, CONFIG, "%s/config/societies/sri-lanka.cfg",
	    source == NULL ? "." : source);
	return out;
}

/* A demo vault beside the kit's own, and a terminal at it where somebody signed
 * in with what the sign-in screen says beside their name. */
static struct vt *
demo_signed_in(
    const struct vault_kit *kit, const char *cases, const char *login)
{
	char config[CONFIG], dir[300], pass[48];
	const char *make[] = { getenv("AMPARO_OPT_BIN"), "--config",
		sri_lanka(config), "demo", "--cases", cases, dir, NULL };
	const char *use[] = { make[0], "--vault", dir, NULL };
	struct vt_options o = { .argv = make, .cols = 100 };
	struct vt *vt;
	int status = -1;

	snprintf(dir, sizeof(dir), "%s/demo", kit->root);
	vt = vt_open(&o);
	assert_true(vt_wait_exit(vt, VT_WAIT_MS, &status));
	assert_int_equal(status, 0);
	vt_close(vt);
	o.argv = use;
	vt = vt_open(&o);
	vt_expect(vt, "Demo: fictional people");
	vt_expect(vt, "auditor");
	assert_int_equal(
	    sscanf(strstr(vt_whole_text(vt), login), "%*s %47s", pass), 1);
	vt_send(vt, login);
	vt_keys(vt, "Enter");
	vt_send(vt, pass);
	vt_keys(vt, "Enter");
	return vt;
}

static void
only_a_demo_vault_names_its_people(void **state)
{
	struct vault_kit kit;
	char config[CONFIG];
	const char *real[] = { getenv("AMPARO_OPT_BIN"), "--config",
		sri_lanka(config), "--vault", kit.dir, NULL };
	struct vt_options o = { .argv = real, .cols = 100 };
	struct vt *vt;

	(void)state;
	vault_kit_open(&kit);
	vt = demo_signed_in(&kit, "1", "amina");
	vt_expect(vt, "amina · caseworker");
	vt_close(vt);
	vt = vt_open(&o);
	vt_expect(vt, "Passphrase");
	assert_true(vt_wait_quiet(vt, 300, VT_WAIT_MS));
	assert_true(vt_absent(vt, "Demo"));
	vt_close(vt);
	vault_kit_close(&kit);
}

/* What came after the first hour is there to be looked at, too: what waits for
 * a supervisor, what is closed, a case with its plan. */
static void
a_demo_vault_is_an_office_at_work(void **state)
{
	struct vault_kit kit;
	struct vt *vt;

	(void)state;
	vault_kit_open(&kit);
	vt = demo_signed_in(&kit, "40", "sunila");
	vt_expect(vt, "Waiting for you");
	vt_expect(vt, "Closing: your agreement");
	vt_expect(vt, "Note from");
	vt_keys(vt, "Enter");
	vt_expect(vt, "Talked through");
	vt_keys(vt, "Esc");
	vt_send(vt, "C");
	vt_expect(vt, "Unassigned");
	assert_true(vt_absent(vt, "Closed 0"));
	vt_keys(vt, "Tab");
	vt_expect(vt, "closed");
	vt_close(vt);
	vault_kit_close(&kit);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_demo_vault_names_its_people),
		cmocka_unit_test(a_demo_vault_is_an_office_at_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
