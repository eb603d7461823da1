/* SPDX-License-Identifier: ISC */
/* A vault knows its configuration, and keeps another's out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/config_path.h"
#include "../lib/vault_kit.h"

static struct vault_kit kit;

static int
setup(void **state)
{
	(void)state;
	vault_kit_open(&kit);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	vault_kit_close(&kit);
	return 0;
}

static void
write_name(const char *words, mode_t mode)
{
	char path[400];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/" VAULT_SOCIETY_FILE, kit.dir);
	(void)unlink(path);
	if (words == NULL)
		return;
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(words, f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static int
find(const char *given, struct buf *out, struct err *err)
{
	buf_clear(out);
	return config_path(kit.dir, given, out, err);
}

static void
the_vault_names_it(void **state)
{
	struct buf path;
	struct err err;

	(void)state;
	buf_init(&path);
	write_name("/etc/amparo/ours.cfg\n", 0600);
	assert_int_equal(find(NULL, &path, &err), 0);
	assert_string_equal(path.data, "/etc/amparo/ours.cfg");
	/* --config comes first. */
	assert_int_equal(find("/elsewhere.cfg", &path, &err), 0);
	assert_string_equal(path.data, "/elsewhere.cfg");
	/* A vault from before there was such a file: the program's own, or a
	 * sentence where it is not installed. */
	write_name(NULL, 0);
	if (find(NULL, &path, &err) == 0) {
		assert_non_null(strstr(path.data, "/societies/generic.cfg"));
		assert_int_equal(access(path.data, F_OK), 0);
	} else {
		assert_int_equal(err.kind, ERR_NOT_FOUND);
		assert_non_null(strstr(err.text, "/societies/generic.cfg"));
		assert_non_null(strstr(err.text, "--config FILE"));
	}
	buf_done(&path);
}

static void
a_name_that_cannot_be_trusted(void **state)
{
	static const char *const bad[] = { "", "\n", "ours.cfg\n",
		"../ours.cfg\n", " /etc/amparo/ours.cfg\n" };
	struct buf path;
	struct err err;

	(void)state;
	buf_init(&path);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		write_name(bad[i], 0600);
		assert_int_equal(find(NULL, &path, &err), -1);
		assert_int_equal(err.kind, ERR_DAMAGED);
		assert_non_null(strstr(err.text, "--config"));
	}
	write_name("/etc/amparo/ours.cfg\n", 0622);
	assert_int_equal(find(NULL, &path, &err), -1);
	assert_int_equal(err.kind, ERR_UNSAFE);
	write_name(NULL, 0);
	buf_done(&path);
}

static int
sign_in(const struct society *society, struct err *err)
{
	struct secret *p = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct session *s = NULL;
	int rc = session_start(&(const struct sign_in){ .vault = kit.dir,
				   .society = society,
				   .login = "adele",
				   .passphrase = p,
				   .terminal = "test",
				   .source = "kit" },
	    &s, err);

	session_end(s, SESSION_SIGNED_OUT);
	secret_free(p);
	return rc;
}

static void
another_society_is_refused(void **state)
{
	struct society other = *kit.society;
	struct err err;

	(void)state;
	other.id = "somebody-else";
	assert_int_equal(sign_in(&other, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_non_null(strstr(err.text, "somebody-else"));
	assert_non_null(strstr(err.text, "--config"));
	assert_int_equal(sign_in(kit.society, &err), 0);
}

static void
init_writes_it_and_a_backup_carries_it(void **state)
{
	char dir[300], code[ENROL_CODE_SIZE];
	struct secret *p = vault_kit_secret(VAULT_KIT_PASSPHRASE);
	struct secret *recovery = NULL;
	struct vault_init init = { .society = kit.society,
		.config = "relative.cfg",
		.admin_login = "adele",
		.admin_name = "A",
		.admin_passphrase = p,
		.supervisor_login = "sunil",
		.supervisor_name = "S",
		.branch = "branch-1" };
	struct buf path;
	struct err err;

	(void)state;
	buf_init(&path);
	(void)snprintf(dir, sizeof(dir), "%s/named", kit.root);
	init.dir = dir;
	assert_int_equal(vault_init_make(&init, &recovery, code, &err), -1);
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(access(dir, F_OK), -1);
	init.config = "/srv/ours.cfg";
	assert_int_equal(vault_init_make(&init, &recovery, code, &err), 0);
	assert_int_equal(config_path(dir, NULL, &path, &err), 0);
	assert_string_equal(path.data, "/srv/ours.cfg");
	vault_kit_remove(dir);

	write_name("/srv/ours.cfg\n", 0600);
	(void)snprintf(dir, sizeof(dir), "%s/copy", kit.root);
	assert_int_equal(
	    vault_backup(kit.admin, dir, BACKUP_EVERYBODY, &err), 0);
	buf_clear(&path);
	assert_int_equal(config_path(dir, NULL, &path, &err), 0);
	assert_string_equal(path.data, "/srv/ours.cfg");
	secret_free(p);
	secret_free(recovery);
	buf_done(&path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vault_names_it),
		cmocka_unit_test(a_name_that_cannot_be_trusted),
		cmocka_unit_test(another_society_is_refused),
		cmocka_unit_test(init_writes_it_and_a_backup_carries_it),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
