/* SPDX-License-Identifier: ISC */
/* Mark a case for colleagues, or resolve a mark; each with a reason. */
#include <string.h>

#include "parts.h"
#include "screens.h"

#include "base/i18n.h"

#define NEW "new"

struct flag_state {
	struct formview form;
	struct case_file file;
	struct choice_option *which; /* a new one, then those to resolve */
	size_t n_which;
};

static size_t
which(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct flag_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->which;
	return s->n_which;
}

static bool
resolves(void *ctx, const struct form_values *values)
{
	const char *value = form_value(values, "which");

	(void)ctx;
	return value[0] != '\0' && strcmp(value, NEW) != 0;
}

static const struct form_field fields[] = {
	PART_UID_FIELD,
	{ .id = "which",
	    .type = FORM_CHOICE,
	    .flags = FORM_REQUIRED,
	    .label = N_("What to do"),
	    .options_from = which },
	{ .id = "text",
	    .type = FORM_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = N_("Why colleagues should look"),
	    .help = N_("One line, no names. It shows on the case."),
	    .max = 300,
	    .show_field = "which",
	    .show_value = NEW },
	{ .id = "until",
	    .type = FORM_DATE,
	    .label = N_("Until (if it ends by itself)"),
	    .show_field = "which",
	    .show_value = NEW },
	{ .id = "reason",
	    .type = FORM_TEXT,
	    .flags = FORM_REQUIRED,
	    .label = N_("Why it is resolved"),
	    .max = 300,
	    .show_if = resolves },
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct session *session = app_session(v);
	struct fdate until = { 0 };
	struct uid uid;

	if (formview_is(fv, "which", NEW)) {
		/* "?" and "" read as: no end. */
		(void)date_from_iso(formview_get(fv, "until"), &until);
		return flag_set(session, v->route.case_uid, part_uid(v),
		    formview_get(fv, "text"), &until, err);
	}
	if (uid_from_hex(formview_get(fv, "which"), &uid) != 0)
		return err_set(err, ERR_INPUT, _("Choose which flag."));
	return flag_resolve(
	    session, v->route.case_uid, uid, formview_get(fv, "reason"), err);
}

static const struct formview_step step = { N_("Flag"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step, .n_steps = 1, .save = save
};

static int
open_flag(struct view *v, const struct route *r, struct err *err)
{
	struct flag_state *s = v->state;
	struct arena *arena = &v->arena;
	struct formview *fv;
	char hex[33];

	if (case_open(app_session(v), r->case_uid, "", arena, &s->file, err) !=
	    0)
		return -1;
	app_case(v, &r->case_uid, s->file.code);
	s->which = arena_alloc(arena, s->file.n_flags + 1, sizeof(*s->which));
	s->which[0] = (struct choice_option){ NEW, N_("Set a new flag"), NULL };
	s->n_which = 1;
	for (size_t i = 0; i < s->file.n_flags; i++) {
		/* Those come down another way: contact_look.c. */
		if (s->file.flags[i].kind[0] != '\0')
			continue;
		uid_hex(&s->file.flags[i].uid, hex);
		s->which[s->n_which++] =
		    (struct choice_option){ .value = arena_str(arena, hex),
			    .label = arena_printf(arena, _("Resolve: %s"),
				s->file.flags[i].text) };
	}
	fv = formview_init(v, &use, v);
	if (r->arg == 0)
		formview_load(fv, "which", NEW);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_flag = {
	.name = "flag",
	.title = N_("Flag"),
	.needs = PERM_CASE_WRITE,
	.state_size = sizeof(struct flag_state),
	.actions = actions,
	.open = open_flag,
	.key = part_uid_key,
	.form = formview_state,
};
