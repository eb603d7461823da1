/* SPDX-License-Identifier: ISC */
/* Link a case, an occasion, or an interest; or take one away again. */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/link.h"

struct state {
	struct formview form;
	struct links links;
	struct choice_option *linked, *marks, *occasions;
	const struct choice_option *providers;
	size_t n_providers;
	struct choice_option whats[9];
	size_t n_whats;
};

static const struct choice_option whats[] = {
	{ "link", N_("Link another case"),
	    N_("Only who may open both sees it.") },
	{ "group", N_("People were met together: a new occasion"), NULL },
	{ "join", N_("This person was there too"),
	    N_("By the code of somebody who was.") },
	{ "staff", N_("A colleague has an interest: do not assign"), NULL },
	{ "interpreter", N_("An interpreter has an interest: do not ask"),
	    NULL },
	{ "provider", N_("An organisation has an interest: do not refer"),
	    NULL },
	{ "unlink", N_("Take a link away"), NULL },
	{ "leave", N_("This person was not there: take out"), NULL },
	{ "lift", N_("Take a mark of interest away"), NULL },
};

/* Nothing is offered to be taken away that is not there. */
static size_t
what_there_is(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->whats;
	return s->n_whats;
}

static bool
wants_code(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value_is(values, "what", "link") ||
	       form_value_is(values, "what", "join");
}

static bool
wants_reason(void *ctx, const struct form_values *values)
{
	(void)ctx;
	return form_value(values, "what")[0] != '\0' &&
	       !form_value_is(values, "what", "group");
}

static size_t
linked(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->linked;
	return s->links.n;
}

static size_t
occasions(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->occasions;
	return s->links.n_groups;
}

static size_t
marks(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->marks;
	return s->links.n_marks;
}

static size_t
providers(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	struct view *v = ctx;
	struct state *s = v->state;

	(void)values;
	/* Asked at every key. */
	if (s->providers == NULL)
		s->providers = asks_recipients(v, &s->n_providers);
	*out = s->providers;
	return s->n_providers;
}

#define ONLY(w) .show_field = "what", .show_value = (w)
static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("what", CHOICE, FORM_REQUIRED, N_("What is there to record?"), NULL,
	    .options_from = what_there_is),
	ASK("code", CODE, FORM_REQUIRED, N_("Code of the other case"), NULL,
	    .show_if = wants_code),
	ASK("on", DATE, FORM_REQUIRED, N_("On which day"), NULL, ONLY("group")),
	ASK("area", TEXT, FORM_REQUIRED, N_("Where, roughly"),
	    N_("An area; never an address."), .max = 200, ONLY("group")),
	ASK("words", LONG_TEXT, 0, N_("Words"), N_("Facts, no names."),
	    .max = 4000, .rows = 2, ONLY("group")),
	ASK("login", TEXT, FORM_REQUIRED, N_("Colleague's sign-in name"), NULL,
	    .max = 32, ONLY("staff")),
	ASK("interpreter", TEXT, FORM_REQUIRED, N_("Interpreter's code"), NULL,
	    .max = 60, ONLY("interpreter")),
	ASK("provider", CHOICE, FORM_REQUIRED, N_("Organisation"), NULL,
	    .options_from = providers, ONLY("provider")),
	ASK("link", CHOICE, FORM_REQUIRED, N_("Which link"), NULL,
	    .options_from = linked, ONLY("unlink")),
	ASK("occasion", CHOICE, FORM_REQUIRED, N_("Which occasion"), NULL,
	    .options_from = occasions, ONLY("leave")),
	ASK("mark", CHOICE, FORM_REQUIRED, N_("Which mark"), NULL,
	    .options_from = marks, ONLY("lift")),
	ASK("reason", LONG_TEXT, FORM_REQUIRED, N_("Why"),
	    N_("Facts, no names, no accusation."), .max = 4000, .rows = 2,
	    .show_if = wants_reason),
};

static int
save_mark(struct view *v, const char *who, const char *field, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct conflict_mark m = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.who = who,
		.code = formview_get(fv, field),
		.reason = formview_get(fv, "reason") };
	int rc = conflict_mark_add(app_session(v), &m, err);

	if (rc == -1)
		err_field_as(err, "code", field);
	return rc;
}

static int
save_group(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const struct group_event g = { .uid = part_uid(v),
		.on = asks_date(fv, "on"),
		.area = formview_get(fv, "area"),
		.words = formview_get(fv, "words") };

	return group_add(app_session(v), v->route.case_uid, &g, err);
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	const char *reason = formview_get(fv, "reason");
	struct session *s = app_session(v);
	struct uid c = v->route.case_uid, uid;

	if (formview_is(fv, "what", "link"))
		return link_add(
		    s, c, part_uid(v), formview_get(fv, "code"), reason, err);
	if (formview_is(fv, "what", "join"))
		return group_join(
		    s, c, part_uid(v), formview_get(fv, "code"), reason, err);
	if (formview_is(fv, "what", "group"))
		return save_group(v, err);
	if (formview_is(fv, "what", "staff"))
		return save_mark(v, "staff", "login", err);
	if (formview_is(fv, "what", "interpreter"))
		return save_mark(v, "interpreter", "interpreter", err);
	if (formview_is(fv, "what", "provider"))
		return save_mark(v, "provider", "provider", err);
	if (formview_is(fv, "what", "unlink")) {
		if (uid_from_hex(formview_get(fv, "link"), &uid) == 0)
			return link_end(s, c, uid, reason, err);
	} else if (formview_is(fv, "what", "leave")) {
		if (uid_from_hex(formview_get(fv, "occasion"), &uid) == 0)
			return group_leave(s, c, uid, part_uid(v), reason, err);
	} else if (uid_from_hex(formview_get(fv, "mark"), &uid) == 0) {
		return conflict_mark_lift(s, c, uid, part_uid(v), reason, err);
	}
	return err_set(err, ERR_INPUT, _("Choose which one it is."));
}

static const struct formview_step step = { N_("Links"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = {
	.steps = &step,
	.n_steps = 1,
	.save = save,
};

/* Is there something of it? */
static bool
there_is(const struct links *l, const char *what)
{
	if (strcmp(what, "unlink") == 0)
		return l->n > 0;
	if (strcmp(what, "leave") == 0)
		return l->n_groups > 0;
	return l->n_marks > 0 || strcmp(what, "lift") != 0;
}

static void
make_occasions(struct view *v)
{
	struct state *s = v->state;
	char hex[33], on[16];

	s->occasions = arena_alloc(
	    &v->arena, s->links.n_groups + 1, sizeof(*s->occasions));
	for (size_t i = 0; i < s->links.n_groups; i++) {
		const struct group_event *g = &s->links.groups[i];

		uid_hex(&g->uid, hex);
		s->occasions[i] = (struct choice_option){
			.value = arena_str(&v->arena, hex),
			.label = arena_printf(&v->arena, "%s, %s",
			    date_show(&g->on, on, sizeof(on)), g->area),
		};
	}
}

static void
make_options(struct view *v)
{
	struct state *s = v->state;
	char hex[33];

	for (size_t i = 0; i < sizeof(whats) / sizeof(whats[0]); i++)
		if (there_is(&s->links, whats[i].value))
			s->whats[s->n_whats++] = whats[i];
	make_occasions(v);
	s->linked = arena_alloc(&v->arena, s->links.n + 1, sizeof(*s->linked));
	for (size_t i = 0; i < s->links.n; i++) {
		uid_hex(&s->links.list[i].link, hex);
		s->linked[i] = (struct choice_option){
			.value = arena_str(&v->arena, hex),
			.label = s->links.list[i].code,
		};
	}
	s->marks =
	    arena_alloc(&v->arena, s->links.n_marks + 1, sizeof(*s->marks));
	for (size_t i = 0; i < s->links.n_marks; i++) {
		uid_hex(&s->links.marks[i].uid, hex);
		s->marks[i] = (struct choice_option){
			.value = arena_str(&v->arena, hex),
			.label = arena_printf(&v->arena, "%s: %s",
			    s->links.marks[i].code, s->links.marks[i].reason),
		};
	}
}

static int
open_form(struct view *v, const struct route *r, struct err *err)
{
	struct state *s = v->state;

	if (links_open(app_session(v), r->case_uid, "", &v->arena, &s->links,
		err) != 0)
		return -1;
	make_options(v);
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_link_add = {
	.name = "link-add",
	.title = N_("Record"),
	.needs = PERM_LINK,
	.state_size = sizeof(struct state),
	.actions = actions,
	.open = open_form,
	.key = part_uid_key,
	.form = formview_state,
};
