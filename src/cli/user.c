/* SPDX-License-Identifier: ISC */
/* amparo user add, list, disable and so on: colleagues. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "cli/json.h"
#include "cli/signin.h"
#include "rules/access.h"
#include "store/user.h"

struct verb {
	const char *name;
	int argc; /* with the command and the verb */
	int (*run)(struct session *, char **argv, struct err *);
	const char *usage, *help; /* help is N_() */
};

static void
print_code(const char *login, char code[ENROL_CODE_SIZE])
{
	printf(_("one-time code for %s, for 72 hours, to be handed over in "
		 "person:\n  %s\n"),
	    login, code);
	wipe(code, ENROL_CODE_SIZE);
}

/* Who does not hold the identity root cannot hand it on with the code. */
static void
say_grant(struct session *s, const char *login)
{
	struct arena arena;
	struct users users = { 0 };
	struct err e = { 0 };

	arena_init(&arena);
	if (user_list(s, &arena, &users, &e) == -1)
		users.n = 0;
	for (size_t i = 0; i < users.n; i++) {
		const struct user *u = &users.list[i];

		if (strcmp(u->login, login) == 0 && user_waits_for_key(u))
			fprintf(stderr,
			    _("Caseworkers and supervisors also need the key "
			      "to who people are: a supervisor\nhands it on "
			      "with \"user grant %s\".\n"),
			    login);
	}
	arena_done(&arena);
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
	say_grant(s, argv[2]);
	return 0;
}

static const char *
state_of(const struct user *u)
{
	if (u->disabled)
		return _("disabled");
	return u->pending ? _("waiting for the code") : _("active");
}

static void
print_user(const struct user *u)
{
	struct buf name;

	/* A vault may hold one that was taken before names were looked at. */
	buf_init(&name);
	utf8_safe(&name, u->name, strlen(u->name), false);
	printf("%s\t%s\t%s\t%s\t%s\t%s\n", u->login, name.data,
	    role_name(u->role), u->branch, state_of(u),
	    u->has_identity ? _("identity") : "-");
	buf_done(&name);
}

/* Words of the program's own, in no language. */
static void
print_user_json(const struct user *u, bool first)
{
	fputs(first ? "{" : ", {", stdout);
	json_member(stdout, true, "login", u->login);
	json_member(stdout, false, "name", u->name);
	json_member(stdout, false, "role", role_name(u->role));
	json_member(stdout, false, "branch", u->branch);
	json_member(stdout, false, "state",
	    u->disabled	 ? "disabled"
	    : u->pending ? "pending"
			 : "active");
	json_member(stdout, false, "ssh_key", u->ssh_key);
	json_member(stdout, false, "language", u->language);
	printf(", \"identity\": %s}", u->has_identity ? "true" : "false");
}

static int
list(struct session *s, bool json, struct err *e)
{
	struct arena arena;
	struct users users = { 0 };
	int rc;

	arena_init(&arena);
	rc = user_list(s, &arena, &users, e);
	if (rc == 0 && json)
		putchar('[');
	for (size_t i = 0; rc == 0 && i < users.n; i++) {
		if (json)
			print_user_json(&users.list[i], i == 0);
		else
			print_user(&users.list[i]);
	}
	if (rc == 0 && json)
		puts("]");
	arena_done(&arena);
	return rc;
}

static int
user_verb_list(struct session *s, char **argv, struct err *e)
{
	(void)argv;
	return list(s, false, e);
}

static int
disable(struct session *s, const char *login, bool last_too, struct err *e)
{
	if (user_disable(s, login, last_too, e) == -1)
		return -1;
	printf(_("%s is disabled; open sessions end at once\n"), login);
	return 0;
}

static int
user_verb_disable(struct session *s, char **argv, struct err *e)
{
	return disable(s, argv[2], false, e);
}

static int
user_verb_disable_last(struct session *s, char **argv, struct err *e)
{
	return disable(s, argv[2], true, e);
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
	say_grant(s, argv[2]);
	return 0;
}

static int
user_verb_reset(struct session *s, char **argv, struct err *e)
{
	char code[ENROL_CODE_SIZE];

	if (user_reset(s, argv[2], code, e) == -1)
		return -1;
	print_code(argv[2], code);
	say_grant(s, argv[2]);
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

static int
user_verb_key(struct session *s, char **argv, struct err *e)
{
	if (user_set_ssh_key(s, argv[2], argv[3], e) == -1)
		return -1;
	if (strcmp(argv[3], "-") == 0)
		printf(_("%s can sign in over SSH with any key that is "
			 "nobody else's\n"),
		    argv[2]);
	else
		printf(_("%s can sign in over SSH with this key alone\n"),
		    argv[2]);
	return 0;
}

static int
user_verb_language(struct session *s, char **argv, struct err *e)
{
	if (user_set_language(s, argv[2], argv[3], e) == -1)
		return -1;
	printf(_("%s reads %s from the next sign-in\n"), argv[2],
	    strcmp(argv[3], "-") == 0 ? _("the society's language") : argv[3]);
	return 0;
}

static const struct verb verbs[] = {
	{ "add", 6, user_verb_add, "LOGIN NAME ROLE BRANCH",
	    N_("Add a colleague; prints a one-time code to hand over") },
	{ "list", 2, user_verb_list, "[--json]",
	    N_("Login, name, role, branch, state and identity key, by tabs") },
	{ "disable", 3, user_verb_disable, "LOGIN",
	    N_("Keep somebody out from now on; their open sessions end") },
	{ "disable-last", 3, user_verb_disable_last, "LOGIN",
	    N_("The same for the last who can hand on the key to who people "
	       "are, where they must be kept out now") },
	{ "enable", 3, user_verb_enable, "LOGIN",
	    N_("Take that back; user reset then gives a new code") },
	{ "role", 5, user_verb_role, "LOGIN ROLE BRANCH",
	    N_("Give somebody another role or branch") },
	{ "reset", 3, user_verb_reset, "LOGIN",
	    N_("A forgotten passphrase: a new one-time code") },
	{ "grant", 3, user_verb_grant, "LOGIN",
	    N_("Hand on the key to who people are; by somebody who holds it") },
	{ "key", 4, user_verb_key, "LOGIN KEY",
	    N_("The SSH key that is theirs alone: fingerprint, .pub line, or "
	       "-") },
	{ "language", 4, user_verb_language, "LOGIN LL",
	    N_("The language of their screens, like es; - the society's") },
};

static const struct verb *
find_verb(const char *name)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static bool
wants_help(int argc, char **argv)
{
	const struct verb *v = argc > 2 ? find_verb(argv[1]) : NULL;

	if (v == NULL ||
	    (strcmp(argv[2], "--help") != 0 && strcmp(argv[2], "-h") != 0))
		return false;
	printf(_("usage: amparo [options] user %s %s\n%s\n"), v->name, v->usage,
	    _(v->help));
	return true;
}

/* The words of a list, as a program reads it. */
static bool
wants_json(int *argc, char **argv)
{
	if (*argc != 3 || strcmp(argv[1], "list") != 0 ||
	    strcmp(argv[2], "--json") != 0)
		return false;
	*argc = 2;
	return true;
}

int
cli_user(const struct cli *cli, int argc, char **argv)
{
	const struct verb *verb;
	struct cli_session s;
	struct err e = { 0 };
	bool json;
	int rc = CLI_DONE;

	if (wants_help(argc, argv) || cli_help(argc, argv))
		return CLI_DONE;
	json = wants_json(&argc, argv);
	verb = argc > 1 ? find_verb(argv[1]) : NULL;
	if (verb == NULL || verb->argc != argc)
		return cli_usage(argv[0]);
	if (cli_signin(cli, &s) == -1)
		return CLI_FAILED;
	if ((json ? list(s.session, true, &e)
		  : verb->run(s.session, argv, &e)) == -1)
		rc = cli_fail(&e);
	cli_signout(&s);
	return rc;
}
