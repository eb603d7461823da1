/* SPDX-License-Identifier: ISC */
/* amparo user add|list|disable|enable|role|reset|grant: colleagues. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/signin.h"
#include "store/user.h"

struct verb {
	const char *name;
	int argc; /* with the command and the verb */
	int (*run)(struct session *, char **argv, struct err *);
};

static void
print_code(const char *login, char code[ENROL_CODE_SIZE])
{
	printf(_("one-time code for %s, for 72 hours, to be handed over in "
		 "person:\n  %s\n"),
	    login, code);
	wipe(code, ENROL_CODE_SIZE);
}

static int
role_of(const char *name, enum role *out, struct err *e)
{
	int role = role_from_name(name);

	if (role == -1)
		return err_set(e, ERR_INPUT,
		    _("There is no role %s. Roles: caseworker, supervisor, "
		      "coordinator, auditor, administrator, statistics."),
		    name);
	*out = (enum role)role;
	return 0;
}

static int
user_verb_add(struct session *s, char **argv, struct err *e)
{
	char code[ENROL_CODE_SIZE];
	enum role role = ROLE_COUNT;

	if (role_of(argv[4], &role, e) == -1 ||
	    user_add(s, argv[2], argv[3], role, argv[5], code, e) == -1)
		return -1;
	print_code(argv[2], code);
	return 0;
}

static const char *
state_of(const struct user *u)
{
	if (u->disabled)
		return _("disabled");
	return u->pending ? _("waiting for the code") : _("active");
}

static int
user_verb_list(struct session *s, char **argv, struct err *e)
{
	struct arena arena;
	struct users users = { 0 };
	int rc;

	(void)argv;
	arena_init(&arena);
	rc = user_list(s, &arena, &users, e);
	for (size_t i = 0; rc == 0 && i < users.n; i++) {
		const struct user *u = &users.list[i];

		printf("%s\t%s\t%s\t%s\t%s\t%s\n", u->login, u->name,
		    role_name(u->role), u->branch, state_of(u),
		    u->has_identity ? _("identity") : "-");
	}
	arena_done(&arena);
	return rc;
}

static int
user_verb_disable(struct session *s, char **argv, struct err *e)
{
	if (user_disable(s, argv[2], e) == -1)
		return -1;
	printf(_("%s is disabled; open sessions end at once\n"), argv[2]);
	return 0;
}

static int
user_verb_enable(struct session *s, char **argv, struct err *e)
{
	if (user_enable(s, argv[2], e) == -1)
		return -1;
	printf(_("%s is enabled; 'user reset' gives a new one-time code\n"),
	    argv[2]);
	return 0;
}

static int
user_verb_role(struct session *s, char **argv, struct err *e)
{
	enum role role = ROLE_COUNT;

	if (role_of(argv[3], &role, e) == -1 ||
	    user_set_role(s, argv[2], role, argv[4], e) == -1)
		return -1;
	printf(_("%s is now %s in %s\n"), argv[2], argv[3], argv[4]);
	return 0;
}

static int
user_verb_reset(struct session *s, char **argv, struct err *e)
{
	char code[ENROL_CODE_SIZE];

	if (user_reset(s, argv[2], code, e) == -1)
		return -1;
	print_code(argv[2], code);
	return 0;
}

static int
user_verb_grant(struct session *s, char **argv, struct err *e)
{
	if (user_grant_identity(s, argv[2], e) == -1)
		return -1;
	printf(
	    _("%s can now open identities, from the next sign-in\n"), argv[2]);
	return 0;
}

static const struct verb verbs[] = {
	{ "add", 6, user_verb_add },
	{ "list", 2, user_verb_list },
	{ "disable", 3, user_verb_disable },
	{ "enable", 3, user_verb_enable },
	{ "role", 5, user_verb_role },
	{ "reset", 3, user_verb_reset },
	{ "grant", 3, user_verb_grant },
};

int
cli_user(const struct cli *cli, int argc, char **argv)
{
	const struct verb *verb = NULL;
	struct cli_session s;
	struct err e = { 0 };
	int rc = CLI_DONE;

	if (cli_help(argc, argv))
		return CLI_DONE;
	for (size_t i = 0; argc > 1 && i < sizeof(verbs) / sizeof(verbs[0]);
	     i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			verb = &verbs[i];
	if (verb == NULL || verb->argc != argc)
		return cli_usage(argv[0]);
	if (cli_signin(cli, &s) == -1)
		return CLI_FAILED;
	if (verb->run(s.session, argv, &e) == -1)
		rc = cli_fail(&e);
	cli_signout(&s);
	return rc;
}
