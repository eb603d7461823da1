/* SPDX-License-Identifier: ISC */
/* Give a case to a worker of its branch, or take it. */
#include <string.h>

#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/user.h"

#define NOBODY "nobody"

struct assign_state {
	struct formview form;
	struct choice_option *people;
	size_t n_people;
	struct users users;
};

static size_t
people(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct assign_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->people;
	return s->n_people;
}

static const struct form_field fields[] = {
	{ .id = "owner",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("Who works on this case"),
	    .help = N_("Did the person say whom they would rather talk to? "
		       "Nobody who may know them or their family."),
	    .options_from = people },
};

static void
add(struct view *v, const struct user *user, const char *label)
{
	struct assign_state *s = v->state;
	char hex[33];

	uid_hex(&user->uid, hex);
	s->people[s->n_people++] =
	    (struct choice_option){ .value = arena_str(&v->arena, hex),
		    .label = label };
}

/* As the form has it: nobody is an answer, and who has the case now is one of
 * the people, wherever they work. */
static const char *
as_choice(struct view *v, const char *hex)
{
	struct assign_state *s = v->state;
	struct uid uid;

	if (hex[0] == '\0' || uid_from_hex(hex, &uid) != 0)
		return NOBODY;
	for (size_t i = 0; i < s->n_people; i++)
		if (strcmp(s->people[i].value, hex) == 0)
			return hex;
	for (size_t i = 0; i < s->users.n; i++)
		if (uid_eq(&s->users.list[i].uid, &uid))
			add(v, &s->users.list[i], s->users.list[i].login);
	return hex;
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct uid owner = { { 0 } };

	if (!formview_is(fv, "owner", NOBODY) &&
	    uid_from_hex(formview_get(fv, "owner"), &owner) != 0)
		return err_set_field(err, "owner", _("Choose a colleague."));
	if (case_assign(app_session(v), v->route.case_uid, &fv->rev, owner,
		&v->arena, &fv->conflicts, err) == 0)
		return 0;
	for (size_t i = 0; i < fv->conflicts.n; i++) {
		struct conflict *c = &fv->conflicts.list[i];

		c->mine = as_choice(v, c->mine);
		c->theirs = as_choice(v, c->theirs);
	}
	return -1;
}

static const struct formview_step step = { N_("Worker"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

/* Cases go to people who do casework, in the case's own branch. */
static bool
may_hold(const struct user *user, const char *branch)
{
	return !user->disabled && strcmp(user->branch, branch) == 0 &&
	       (user->role == ROLE_CASEWORKER || user->role == ROLE_SUPERVISOR);
}

static void
make_people(struct view *v, const char *branch)
{
	struct assign_state *s = v->state;
	const struct users *users = &s->users;
	const struct user *me = session_user(app_session(v));

	s->people = arena_alloc(&v->arena, users->n + 3, sizeof(*s->people));
	if (may_hold(me, branch))
		add(v, me, _("I take it myself"));
	for (size_t i = 0; i < users->n; i++) {
		const struct user *user = &users->list[i];

		if (may_hold(user, branch) && !uid_eq(&user->uid, &me->uid))
			add(v, user,
			    arena_printf(&v->arena, "%s (%s)", user->login,
				_(role_name(user->role))));
	}
	s->people[s->n_people++] = (struct choice_option){ .value = NOBODY,
		.label = N_("Nobody for now") };
}

static int
open_assign(struct view *v, const struct route *r, struct err *err)
{
	struct session *session = app_session(v);
	struct case_file file;
	struct assign_state *s = v->state;
	struct formview *fv;

	if (case_open(session, r->case_uid, "", &v->arena, &file, err) != 0 ||
	    user_list(session, &v->arena, &s->users, err) != 0)
		return -1;
	app_case(v, &r->case_uid, file.code);
	make_people(v, file.branch);
	fv = formview_init(v, &use, v);
	fv->rev = file.rev;
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_NONE };

const struct screen screen_assign = {
	.name = "assign",
	.title = N_("Worker"),
	.needs = PERM_ASSIGN,
	.state_size = sizeof(struct assign_state),
	.actions = actions,
	.open = open_assign,
	.form = formview_state,
};
