/* SPDX-License-Identifier: ISC */
/*
 * amparo demo: a vault of fictional people, made through the same calls that
 * screens use, so that everything in it is audited, signed and searchable.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/demo_fill.h"
#include "cli/demo_place.h"
#include "cli/json.h"
#include "cli/signin.h"
#include "store/user.h"
#include "store/vaultcare.h"
#include "vault/passphrase.h"

struct colleague {
	const char *login, *name;
	enum role role;
	int branch; /* index into the society's branches, wrapped */
	struct secret *pass;
};

#define BOSS 1
static const struct colleague cast[] = {
	{ "admin", "Ada Ironwood", ROLE_ADMINISTRATOR, 0, NULL },
	{ "sunila", "Sunila Riverstone", ROLE_SUPERVISOR, 0, NULL },
	{ "amina", "Amina Starfield", ROLE_CASEWORKER, 0, NULL },
	{ "nimal", "Nimal Cloudhill", ROLE_CASEWORKER, 0, NULL },
	{ "malini", "Malini Raingate", ROLE_CASEWORKER, 1, NULL },
	{ "kumar", "Kumar Moonbridge", ROLE_SUPERVISOR, 1, NULL },
	{ "dora", "Dora Winterleaf", ROLE_AUDITOR, 0, NULL },
};
#define CAST (sizeof(cast) / sizeof(cast[0]))

static const char *
branch_of(const struct society *so, const struct colleague *c)
{
	return so->branches.list[(size_t)c->branch % so->branches.n].id;
}

static int
sign_in(const struct society *so, const char *dir, const char *login,
    const struct secret *pass, const struct secret *fresh, struct session **out,
    struct err *e)
{
	return session_start(&(struct sign_in){ .vault = dir,
				 .society = so,
				 .login = login,
				 .passphrase = pass,
				 .new_passphrase = fresh,
				 .terminal = "demo",
				 .source = "demo" },
	    out, e);
}

/* Use a one-time code up and leave again. */
static int
activate(const struct society *so, const char *dir, const struct colleague *c,
    char code[ENROL_CODE_SIZE], struct err *e)
{
	struct secret *once = secret_of(code, strlen(code));
	struct session *s = NULL;
	int rc = sign_in(so, dir, c->login, once, c->pass, &s, e);

	session_end(s, SESSION_SIGNED_OUT);
	secret_free(once);
	wipe(code, ENROL_CODE_SIZE);
	return rc;
}

static int
add_colleagues(const struct society *so, const char *dir, struct colleague *all,
    struct err *e)
{
	struct session *s = NULL, *admin = NULL;
	char code[ENROL_CODE_SIZE];
	int rc;

	rc = sign_in(so, dir, all[0].login, all[0].pass, NULL, &admin, e);
	if (rc == 0)
		rc = sign_in(
		    so, dir, all[BOSS].login, all[BOSS].pass, NULL, &s, e);
	for (size_t i = BOSS + 1; rc == 0 && i < CAST; i++) {
		bool needs = all[i].role == ROLE_CASEWORKER ||
			     all[i].role == ROLE_SUPERVISOR;

		rc = user_add(admin, all[i].login, all[i].name, all[i].role,
		    branch_of(so, &all[i]), code, e);
		if (rc == 0)
			rc = activate(so, dir, &all[i], code, e);
		/* The administrator cannot: who holds the root hands it on. */
		if (rc == 0 && needs)
			rc = user_grant_identity(s, all[i].login, e);
	}
	session_end(s, SESSION_SIGNED_OUT);
	session_end(admin, SESSION_SIGNED_OUT);
	return rc;
}

static int
fill_vault(const struct society *so, const char *dir, struct colleague *all,
    uint64_t n, uint64_t seed, struct err *e)
{
	struct session *in[CAST] = { NULL };
	struct demo_worker workers[CAST];
	size_t n_workers = 0;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < CAST; i++)
		if (all[i].role == ROLE_CASEWORKER ||
		    all[i].role == ROLE_SUPERVISOR)
			rc = sign_in(so, dir, all[i].login, all[i].pass, NULL,
			    &in[i], e);
	for (size_t i = 0; rc == 0 && i < CAST; i++)
		for (size_t k = 0; k < CAST; k++)
			if (all[i].role == ROLE_CASEWORKER &&
			    all[k].role == ROLE_SUPERVISOR &&
			    all[i].branch == all[k].branch)
				workers[n_workers++] =
				    (struct demo_worker){ in[i], in[k] };
	if (rc == 0)
		rc = demo_fill(so, workers, n_workers, n, seed, e);
	for (size_t i = 0; i < CAST; i++)
		session_end(in[i], SESSION_SIGNED_OUT);
	return rc;
}

/* Into the vault, workers first, so that the sign-in screen can show them. */
static int
leave_sign_ins(const char *dir, const struct colleague *all, struct err *e)
{
	struct buf text;
	int fd = open(dir, O_DIRECTORY | O_RDONLY | O_CLOEXEC), rc;

	if (fd == -1)
		return err_set(e, ERR_IO, "%s: %s", dir, file_why(errno));
	buf_init(&text);
	for (size_t k = 0; k < 2 * CAST; k++) {
		const struct colleague *c = &all[k % CAST];

		if ((c->role == ROLE_CASEWORKER) != (k < CAST))
			continue;
		buf_addf(&text, "%s\t", c->login);
		buf_add(&text, (const char *)secret_open(c->pass),
		    secret_len(c->pass));
		secret_close(c->pass);
		buf_addf(&text, "\t%s\n", role_name(c->role));
	}
	rc = file_replace(fd, VAULT_DEMO_FILE, text.data, text.len, false, e);
	buf_done(&text);
	(void)close(fd);
	return rc;
}

/* One demo vault, while it is made. */
struct making {
	const struct society *so;
	const char *dir;
	struct colleague *all;
	uint64_t cases, seed;
	char code[ENROL_CODE_SIZE]; /* of the first supervisor */
};

static int
finish(void *arg, const struct secret *recovery, struct err *e)
{
	struct making *m = arg;

	(void)recovery;
	if (activate(m->so, m->dir, &m->all[BOSS], m->code, e) == -1 ||
	    add_colleagues(m->so, m->dir, m->all, e) == -1 ||
	    fill_vault(m->so, m->dir, m->all, m->cases, m->seed, e) == -1)
		return -1;
	return leave_sign_ins(m->dir, m->all, e);
}

/* All of it or nothing: half an office shows nobody anything. */
static int
make_vault(struct making *m, struct err *e)
{
	struct secret *recovery = NULL;
	struct colleague *all = m->all;
	struct vault_init init = { .dir = m->dir,
		.society = m->so,
		.config = m->so->path,
		.admin_login = all[0].login,
		.admin_name = all[0].name,
		.admin_passphrase = all[0].pass,
		.supervisor_login = all[BOSS].login,
		.supervisor_name = all[BOSS].name,
		.branch = branch_of(m->so, &all[BOSS]),
		.finish = finish,
		.arg = m };
	int rc = vault_init_make(&init, &recovery, m->code, e);

	secret_free(recovery);
	return rc;
}

static void
print_sign_ins(const struct colleague *all, bool json)
{
	for (size_t i = 0; i < CAST; i++) {
		const char *p = (const char *)secret_open(all[i].pass);
		char pass[64];

		(void)snprintf(pass, sizeof(pass), "%.*s",
		    (int)secret_len(all[i].pass), p);
		secret_close(all[i].pass);
		if (!json) {
			printf("%s\t%s\t%s\n", all[i].login, pass,
			    role_name(all[i].role));
			continue;
		}
		fputs(i == 0 ? "[{" : ", {", stdout);
		json_member(stdout, true, "login", all[i].login);
		json_member(stdout, false, "passphrase", pass);
		json_member(stdout, false, "role", role_name(all[i].role));
		fputs(i + 1 == CAST ? "}]\n" : "}", stdout);
	}
}

struct options {
	const char *dir;
	uint64_t cases, seed;
	bool json;
};

static int
parse(int argc, char **argv, struct options *o)
{
	*o = (struct options){ .cases = 60, .seed = 1 };
	for (int i = 1; i < argc; i++) {
		uint64_t *n = strcmp(argv[i], "--cases") == 0  ? &o->cases
			      : strcmp(argv[i], "--seed") == 0 ? &o->seed
							       : NULL;
		char *end = NULL;

		if (strcmp(argv[i], "--json") == 0) {
			o->json = true;
			continue;
		}
		if (n == NULL) {
			if (argv[i][0] == '-' || o->dir != NULL)
				return -1;
			o->dir = argv[i];
			continue;
		}
		if (++i == argc)
			return -1;
		*n = strtoull(argv[i], &end, 10);
		if (*end != '\0' || argv[i][0] == '-' || argv[i][0] == '\0' ||
		    *n > 10000000)
			return -1;
	}
	return o->dir == NULL ? -1 : 0;
}

int
cli_demo(const struct cli *cli, int argc, char **argv)
{
	struct colleague all[CAST];
	struct society *so = NULL;
	struct options o;
	struct err e = { 0 };
	struct demo_place place;
	char *dir;
	int rc;

	if (cli_help(argc, argv))
		return CLI_DONE;
	if (parse(argc, argv, &o) == -1)
		return cli_usage(argv[0]);
	if (cli_society(cli, &so) == -1)
		return CLI_FAILED;
	memcpy(all, cast, sizeof(all));
	for (size_t i = 0; i < CAST; i++)
		all[i].pass = passphrase_generate();
	dir = cli_path(cli, o.dir);
	rc = demo_place_open(&place, dir, &e);
	if (place.left)
		fprintf(stderr,
		    _("An earlier run was cut short; what it left in %s was "
		      "removed.\n"),
		    place.beside);
	if (rc == 0)
		rc = make_vault(&(struct making){ .so = so,
				    .dir = place.vault,
				    .all = all,
				    .cases = o.cases,
				    .seed = o.seed },
		    &e);
	if (rc == 0)
		rc = demo_place_take(&place, &e);
	if (rc == 0)
		print_sign_ins(all, o.json);
	else
		(void)cli_fail(&e);
	demo_place_done(&place);
	for (size_t i = 0; i < CAST; i++)
		secret_free(all[i].pass);
	free(dir);
	society_free(so);
	return rc == 0 ? CLI_DONE : CLI_FAILED;
}
