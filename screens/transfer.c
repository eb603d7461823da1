/* SPDX-License-Identifier: ISC */
/*
 * Offer a case to other hands: a colleague of any branch, a branch, or another
 * National Society with the person's consent.  It stays where it is until it
 * is taken.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/request.h"
#include "store/user.h"

struct transfer_state {
	struct formview form;
	struct choice_option *people, *branches, *societies;
	size_t n_people, n_branches, n_societies;
};

#define OPTIONS(name)                                                   \
	static size_t name(void *ctx, const struct form_values *values, \
	    const struct choice_option **out)                           \
	{                                                               \
		const struct transfer_state *s =                        \
		    ((const struct view *)ctx)->state;                  \
                                                                        \
		(void)values;                                           \
		*out = s->name;                                         \
		return s->n_##name;                                     \
	}
OPTIONS(people)
OPTIONS(branches)
OPTIONS(societies)

static const struct choice_option whom[] = {
	{ "user", N_("A colleague"), N_("Of this branch or another one.") },
	{ "branch", N_("Another branch"),
	    N_("Whoever decides there takes it and gives it to a worker.") },
	{ "society", N_("Another National Society"),
	    N_("Only with the person's consent to it; what they let go goes "
	       "along.") },
};

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("whom", CHOICE, FORM_REQUIRED, N_("To whom"), NULL, .options = whom,
	    .n_options = sizeof(whom) / sizeof(*whom)),
	ASK("user", CHOICE, FORM_REQUIRED, N_("Which colleague"),
	    N_("Did the person say whom they would rather talk to? Nobody who "
	       "may know them or their family."),
	    .options_from = people, .show_field = "whom", .show_value = "user"),
	ASK("branch", CHOICE, FORM_REQUIRED, N_("Which branch"), NULL,
	    .options_from = branches, .show_field = "whom",
	    .show_value = "branch"),
	ASK("ns", CHOICE, FORM_REQUIRED, N_("Which National Society"),
	    N_("From the directory. The person agrees first (c): to it, for "
	       "taking the case over."),
	    .options_from = societies, .show_field = "whom",
	    .show_value = "society"),
	ASK("reason", LONG_TEXT, FORM_REQUIRED, N_("Why, and what is next"),
	    N_("Without names. What was promised, what must not happen; does "
	       "the person know and agree?"),
	    .max = 1500, .rows = 4),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct request r = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.reason = formview_get(fv, "reason") };

	if (formview_is(fv, "whom", "branch"))
		r.to_branch = formview_get(fv, "branch");
	else if (formview_is(fv, "whom", "society"))
		r.to_ns = formview_get(fv, "ns");
	else if (uid_from_hex(formview_get(fv, "user"), &r.to_user) != 0)
		return err_set_field(err, "user", _("Choose a colleague."));
	return transfer_ask(app_session(v), &r, err);
}

static const struct formview_step step = { N_("Offer the case"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = { .steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("Offered. It stays with its worker until it is taken.") };

static const char *
hex_of(struct view *v, const struct uid *uid)
{
	char hex[33];

	uid_hex(uid, hex);
	return arena_str(&v->arena, hex);
}

static void
make_people(struct view *v, const struct users *users, const struct uid *owner)
{
	struct transfer_state *s = v->state;

	s->people = arena_alloc(&v->arena, users->n + 1, sizeof(*s->people));
	for (size_t i = 0; i < users->n; i++) {
		const struct user *u = &users->list[i];

		if (u->disabled || uid_eq(&u->uid, owner) ||
		    (u->role != ROLE_CASEWORKER && u->role != ROLE_SUPERVISOR))
			continue;
		s->people[s->n_people++] = (struct choice_option){
			.value = hex_of(v, &u->uid),
			.label = arena_printf(&v->arena, "%s (%s, %s)",
			    u->login, _(role_name(u->role)),
			    label_of(&app_society(v)->branches, u->branch))
		};
	}
}

static void
make_branches(struct view *v, const char *own)
{
	const struct labels *all = &app_society(v)->branches;
	struct transfer_state *s = v->state;

	s->branches = arena_alloc(&v->arena, all->n + 1, sizeof(*s->branches));
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->list[i].id, own) != 0)
			s->branches[s->n_branches++] =
			    (struct choice_option){ .value = all->list[i].id,
				    .label = all->list[i].label };
}

/* Others of the Movement, as the directory has them. */
static void
make_societies(struct view *v)
{
	const struct society *society = app_society(v);
	struct transfer_state *s = v->state;

	s->societies = arena_alloc(
	    &v->arena, society->n_recipients + 1, sizeof(*s->societies));
	for (size_t i = 0; i < society->n_recipients; i++) {
		const struct recipient *to = &society->recipients[i];

		if (to->kind == RECIPIENT_MOVEMENT)
			s->societies[s->n_societies++] =
			    (struct choice_option){ .value = to->id,
				    .label = to->name,
				    .help = to->conditions[0] == '\0'
						? NULL
						: to->conditions };
	}
}

static int
open_transfer(struct view *v, const struct route *r, struct err *err)
{
	struct session *session = app_session(v);
	struct case_file file;
	struct users users;

	if (case_open(session, r->case_uid, "", &v->arena, &file, err) != 0 ||
	    user_list(session, &v->arena, &users, err) != 0)
		return -1;
	if (file.asked[0] != '\0')
		return err_set(err, ERR_CONFLICT,
		    _("%s has asked something about this case that waits for "
		      "an answer: u shows it."),
		    file.asked_by);
	app_case(v, &r->case_uid, file.code);
	make_people(v, &users, &file.owner);
	make_branches(v, file.branch);
	make_societies(v);
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_transfer = {
	.name = "transfer",
	.title = N_("Hand over"),
	.needs = PERM_ASSIGN,
	.state_size = sizeof(struct transfer_state),
	.actions = actions,
	.open = open_transfer,
	.key = part_uid_key,
	.form = formview_state,
};
