/* SPDX-License-Identifier: ISC */
/* Help: given, planned, not wanted now, or not to be had. */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "plan_goals.h"
#include "plan_words.h"
#include "screens.h"
#include "service_form.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/service.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

struct add_state {
	struct formview form;
	const struct choice_option *sheets;
	size_t n_sheets;
	const struct choice_option *goals; /* open ones first */
	size_t n_goals;
};

static enum offer_kind
kind_of(const struct view *v, const struct form_values *values)
{
	const struct offer *o =
	    society_offer(app_society(v), form_value(values, "service"));

	/* What we do not give ourselves has no questions of its own. */
	return o == NULL ? OFFER_SPECIALISED : o->kind;
}

/* Cash, a phone, a card: who else can reach into it?  No money is given before
 * that was asked. */
static bool
must_say_control(void *ctx, const struct form_values *values)
{
	return kind_of(ctx, values) == OFFER_CASH &&
	       form_value_is(values, "state", "given");
}

static bool
asks_control(void *ctx, const struct form_values *values)
{
	enum offer_kind kind = kind_of(ctx, values);

	return (kind == OFFER_CASH || kind == OFFER_MATERIAL) &&
	       !must_say_control(ctx, values);
}

static bool
asks_sheet(void *ctx, const struct form_values *values)
{
	const struct add_state *s = ((const struct view *)ctx)->state;

	return s->n_sheets > 0 && kind_of(ctx, values) == OFFER_INFORMATION;
}

static size_t
sheets(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct add_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->sheets;
	return s->n_sheets;
}

static bool
asks_goal(void *ctx, const struct form_values *values)
{
	(void)values;
	return ((const struct add_state *)((const struct view *)ctx)->state)
		   ->n_goals > 0;
}

static size_t
goals(void *ctx, const struct form_values *values,
    const struct choice_option **out)
{
	const struct add_state *s = ((const struct view *)ctx)->state;

	(void)values;
	*out = s->goals;
	return s->n_goals;
}

enum { AT_SERVICE };
static const struct form_field table[] = {
	[AT_SERVICE] = ASK("service", CHOICE, FORM_REQUIRED, N_("Which help"),
	    N_("It depends on what they need and want, on nothing else.")),
	ASK("state", CHOICE, FORM_REQUIRED, N_("How it stands"), NULL,
	    .options = plan_service_states, .n_options = PLAN_SERVICE_STATES),
	ASK("on", DATE, 0, N_("Which day was it?"), N_("Empty: today."),
	    .show_field = "state", .show_value = "!planned"),
	ASK("due_on", DATE, 0, N_("By when"),
	    N_("today, friday, +7; empty: no day was agreed."),
	    .show_field = "state", .show_value = "planned"),
	ASK("amount", TEXT, 0, N_("How much, how many"),
	    N_("2 kits, one night, the sum."), .max = 200),
#define CONTROLS(id, flag, when)                                              \
	ASK(id, CHOICE, flag, N_("Who controls the phone, card or account?"), \
	    N_("Money can be taken from them and bring danger: ask."),        \
	    .options = plan_holders, .n_options = PLAN_HOLDERS,               \
	    .show_if = when)
	CONTROLS("controls", 0, asks_control),
	CONTROLS("controls_cash", FORM_REQUIRED, must_say_control),
#undef CONTROLS
	ASK("goal", CHOICE, 0, N_("Which goal of the plan it serves"),
	    N_("Empty: none, or none yet. It is help all the same."),
	    .options_from = goals, .show_if = asks_goal),
	ASK("sheet", CHOICE, 0, N_("Which sheet of information"),
	    N_("Its language and version are kept with it."),
	    .options_from = sheets, .show_if = asks_sheet),
	ASK("words", LONG_TEXT, 0, N_("In a few words"),
	    N_("Facts that help; of what could not be had: why."), .max = 4000,
	    .rows = 3),
	PART_UID_FIELD,
	PART_ABOUT_FIELD,
};

static int
save(struct view *v, struct err *err)
{
	const struct formview *fv = formview_state(v);
	struct service s = { .uid = part_uid(v),
		.service = formview_get(fv, "service"),
		.state = formview_get(fv, "state"),
		.amount = formview_get(fv, "amount"),
		.controls = formview_shown(fv, "controls_cash")
				? formview_get(fv, "controls_cash")
				: formview_get(fv, "controls"),
		.sheet = formview_get(fv, "sheet"),
		.words = formview_get(fv, "words") };
	struct fdate on = { 0 };
	int64_t first, last;

	(void)uid_from_hex(formview_get(fv, "goal"), &s.goal);
	(void)date_from_iso(formview_get(fv, "on"), &on);
	(void)date_from_iso(formview_get(fv, "due_on"), &s.due_on);
	/* The day itself, or the middle of what is remembered of it. */
	if (date_range(&on, &first, &last) == 0 &&
	    last != clock_day_of(app_now(v)))
		s.at = clock_day_start(first + (last - first) / 2) +
		       12 * CLOCK_HOUR;
	if (v->route.arg == SERVICE_FOLLOWS)
		s.follows = v->route.record;
	else if (v->route.arg == SERVICE_CORRECTS)
		s.corrects = v->route.record;
	return service_add(app_session(v), v->route.case_uid, &s, err);
}

/* Begin with what the earlier entry says. */
static int
load(struct view *v, struct formview *fv, struct err *err)
{
	bool corrects = v->route.arg == SERVICE_CORRECTS;
	struct services all;
	char iso[12], hex[33];

	if (service_list(
		app_session(v), v->route.case_uid, &v->arena, &all, err) != 0)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const struct service *s = &all.list[i];

		if (!uid_eq(&s->uid, &v->route.record))
			continue;
		formview_load(fv, "service", s->service);
		formview_load(fv, "amount", s->amount);
		formview_load(fv, "controls", s->controls);
		formview_load(fv, "controls_cash", s->controls);
		formview_load(fv, "sheet", s->sheet);
		uid_hex(&s->goal, hex);
		formview_load(fv, "goal", uid_null(&s->goal) ? "" : hex);
		if (corrects) {
			formview_load(fv, "state", s->state);
			formview_load(fv, "words", s->words);
			formview_load(fv, "due_on",
			    date_iso(&s->due_on, iso, sizeof(iso)));
		}
		return 0;
	}
	return err_set(
	    err, ERR_NOT_FOUND, _("This entry is not in the case any more."));
}

static void
make_sheets(struct view *v)
{
	const struct society *society = app_society(v);
	struct add_state *s = v->state;
	struct choice_option *list =
	    arena_alloc(&v->arena, society->n_sheets + 1, sizeof(*list));

	for (size_t i = 0; i < society->n_sheets; i++) {
		const struct sheet *sheet = &society->sheets[i];

		list[i].value = sheet->id;
		list[i].label = arena_printf(&v->arena, "%s: %s (%s)",
		    part_language(society, sheet->language), sheet->label,
		    sheet->version);
	}
	s->sheets = list;
	s->n_sheets = society->n_sheets;
}

static int
open_add(struct view *v, const struct route *r, struct err *err)
{
	struct form_field *f = arena_alloc(&v->arena, 1, sizeof(table));
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));
	struct add_state *s = v->state;

	(void)r;
	make_sheets(v);
	s->n_goals = plan_goal_options(v, &s->goals);
	memcpy(f, table, sizeof(table));
	f[AT_SERVICE].options =
	    asks_labels(v, &app_society(v)->services, &f[AT_SERVICE].n_options);
	*step = (struct formview_step){
		.title = N_("Help"), .fields = f, .n = N(table)
	};
	*use =
	    (struct formview_use){ .steps = step, .n_steps = 1, .save = save };
	(void)formview_init(v, use, v);
	return part_about_resume(v, load, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_service_add = {
	.name = "service-add",
	.title = N_("Help"),
	.needs = PERM_SERVICE,
	.state_size = sizeof(struct add_state),
	.actions = actions,
	.open = open_add,
	.key = part_uid_key,
	.form = formview_state,
};
