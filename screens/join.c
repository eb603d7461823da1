/* SPDX-License-Identifier: ISC */
/*
 * Two codes of one person: asked for here field by field, agreed to by a
 * second person; where they are joined, taken apart again.
 */
#include <stdio.h>
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "request_page.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/queue.h"
#include "store/request.h"

struct join_state {
	struct formview form;
	struct case_file file;
	struct request both; /* lines: what differs */
	bool compared;
	struct choice_option options[REQUEST_LINES_MAX][2];
};

static const char *const names[] = { "risk", "language", "sex", "age_band",
	"may_be_child", "wants" };
#define N_NAMES (sizeof(names) / sizeof(names[0]))

/* The line about a field; NULL: both say the same. */
static const struct request_line *
line_of(const struct join_state *s, const char *field, size_t *at)
{
	for (size_t i = 0; i < s->both.n_lines; i++)
		if (strcmp(s->both.lines[i].item, field) == 0) {
			*at = i;
			return &s->both.lines[i];
		}
	return NULL;
}

/* One pair of functions a field: the form asks them without saying which. */
#define FIELD(name)                                                      \
	static bool name##_differs(                                      \
	    void *ctx, const struct form_values *values)                 \
	{                                                                \
		size_t at;                                               \
                                                                         \
		(void)values;                                            \
		return line_of(((const struct view *)ctx)->state, #name, \
			   &at) != NULL;                                 \
	}                                                                \
	static size_t name##_options(void *ctx,                          \
	    const struct form_values *values,                            \
	    const struct choice_option **out)                            \
	{                                                                \
		const struct join_state *s =                             \
		    ((const struct view *)ctx)->state;                   \
		size_t at;                                               \
                                                                         \
		(void)values;                                            \
		if (line_of(s, #name, &at) == NULL)                      \
			return 0;                                        \
		*out = s->options[at];                                   \
		return 2;                                                \
	}
FIELD(risk)
FIELD(language)
FIELD(sex)
FIELD(age_band)
FIELD(may_be_child)
FIELD(wants)

static bool
is_joined(void *ctx, const struct form_values *values)
{
	const struct join_state *s = ((const struct view *)ctx)->state;

	(void)values;
	return !uid_null(&s->file.joined);
}

static bool
not_joined(void *ctx, const struct form_values *values)
{
	return !is_joined(ctx, values);
}

static const struct form_field which[] = {
	PART_UID_FIELD,
	ASK("code", CODE, FORM_REQUIRED, N_("The other case of this person"),
	    N_("Its code. This case goes on; the other is closed and is still "
	       "found under its code, with everything in it."),
	    .show_if = not_joined),
	ASK("reason", LONG_TEXT, FORM_REQUIRED, N_("Why it is one person"),
	    N_("What both have in common. Names alike are not enough; a "
	       "second person looks at it before anything is joined."),
	    .max = 1000, .rows = 3, .show_if = not_joined),
	ASK("counts", INFO, 0, "", NULL, .text = JOIN_COUNTS,
	    .show_if = is_joined),
	ASK("apart", LONG_TEXT, FORM_REQUIRED, N_("Why these are two people"),
	    N_("Both codes stand alone again: what was taken over goes back, "
	       "what was changed since stays."),
	    .max = 1000, .rows = 3, .show_if = is_joined),
};

#define CHOOSE(name, label)                            \
	ASK(#name, CHOICE, FORM_REQUIRED, label, NULL, \
	    .options_from = name##_options, .show_if = name##_differs)
static const struct form_field choose[] = {
	ASK("info", INFO, 0, "", NULL,
	    .text = N_("Where the two differ, choose what holds. The other "
		       "value is kept, so that they can be taken apart "
		       "again.")),
	ASK("counts", INFO, 0, "", NULL, .text = JOIN_COUNTS),
	CHOOSE(risk, N_("Risk")),
	CHOOSE(language, N_("Language")),
	CHOOSE(sex, N_("Sex")),
	CHOOSE(age_band, N_("Age band")),
	CHOOSE(may_be_child, N_("May be a child")),
	CHOOSE(wants, N_("Wants first")),
};

static void
make_options(struct view *v)
{
	struct join_state *s = v->state;

	for (size_t i = 0; i < s->both.n_lines; i++) {
		const struct request_line *l = &s->both.lines[i];

		s->options[i][0] = (struct choice_option){ "keep",
			arena_printf(&v->arena, "%s: %s", s->file.code,
			    join_value_words(v, l->item, l->answer)),
			NULL };
		s->options[i][1] = (struct choice_option){ "take",
			arena_printf(&v->arena, "%s: %s", s->both.other_code,
			    join_value_words(v, l->item, l->words)),
			NULL };
	}
}

static bool
second_step(const struct view *v)
{
	const struct join_state *s = v->state;

	return uid_null(&s->file.joined);
}

/* Both are read and held against each other. */
static int
leave(struct view *v, size_t step, struct err *err)
{
	struct join_state *s = v->state;
	struct session *session = app_session(v);
	struct uid other;

	if (step != 0 || !second_step(v))
		return 0;
	if (queue_jump(session, formview_get(&s->form, "code"), &other, err) !=
		0 ||
	    join_compare(session, v->route.case_uid, other, &v->arena, &s->both,
		err) != 0)
		return -1;
	s->compared = true;
	make_options(v);
	/* The form asks for options anew where a value is put into it. */
	formview_set(&s->form, names[0],
	    arena_str(&v->arena, formview_get(&s->form, names[0])));
	return 0;
}

static int
save(struct view *v, struct err *err)
{
	struct join_state *s = v->state;
	struct formview *fv = &s->form;
	struct request_line lines[N_NAMES];
	struct request r = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.reason = formview_get(fv, "reason"),
		.lines = lines };
	size_t at;
	int rc;

	if (!second_step(v)) {
		rc = join_part(app_session(v), v->route.case_uid,
		    formview_get(fv, "apart"), err);
		if (rc == -1)
			err_field_as(err, "reason", "apart");
		return rc;
	}
	/* A draft was gone on with at the second step. */
	if (!s->compared && leave(v, 0, err) != 0)
		return -1;
	for (size_t i = 0; i < N_NAMES; i++)
		if (line_of(s, names[i], &at) != NULL)
			lines[r.n_lines++] = (struct request_line){ names[i],
				formview_get(fv, names[i]), "" };
	r.other = s->both.other;
	return join_ask(app_session(v), &r, err);
}

static const struct formview_step steps[] = {
	{ N_("Two codes, one person"), which, sizeof(which) / sizeof(*which),
	    NULL },
	{ N_("What holds"), choose, sizeof(choose) / sizeof(*choose),
	    second_step },
};
static const struct formview_use use = { .steps = steps,
	.n_steps = 2,
	.leave = leave,
	.save = save,
	.saved = N_("Saved.") };

static int
open_join(struct view *v, const struct route *r, struct err *err)
{
	struct join_state *s = v->state;

	if (case_open(
		app_session(v), r->case_uid, "", &v->arena, &s->file, err) != 0)
		return -1;
	if (s->file.asked[0] != '\0' && second_step(v))
		return err_set(err, ERR_CONFLICT,
		    _("%s has asked something about this case that waits for "
		      "an answer: u shows it."),
		    s->file.asked_by);
	app_case(v, &r->case_uid, s->file.code);
	(void)formview_init(v, &use, v);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_NEXT_STEP,
	ACT_PREVIOUS_STEP, ACT_UNDO, ACT_NONE };

const struct screen screen_join = {
	.name = "join",
	.title = N_("Two codes, one person"),
	.needs = PERM_JOIN,
	.state_size = sizeof(struct join_state),
	.actions = actions,
	.open = open_join,
	.key = part_uid_key,
	.form = formview_state,
};
