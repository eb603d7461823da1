/* SPDX-License-Identifier: ISC */
/*
 * A new version of the safety plan, talked through step by step.  It begins
 * with the words of the last one; the earlier versions stay.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asks.h"
#include "cover.h"
#include "parts.h"
#include "plan_words.h"
#include "safety_words.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/safety.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* How it went, after the last step. */
static const struct form_field last[] = {
	PART_UID_FIELD,
	ASK("copy_safe", CHOICE, 0, N_("Would a copy be safe to keep on them?"),
	    N_("None is given unless they say so themselves."),
	    .options = plan_tris, .n_options = PLAN_TRIS),
	ASK("complete", YES_NO, 0, N_("Is it finished for now?"), NULL),
	ASK("minutes", NUMBER, 0, N_("How many minutes did it take?"), NULL,
	    .least = 1, .most = 1440),
};

static void
make_step(struct view *v, int step, struct formview_step *out)
{
	struct form_field *f =
	    arena_alloc(&v->arena, SAFETY_PART_COUNT + N(last), sizeof(*f));

	out->title = safety_steps[step];
	out->fields = f;
	for (int i = 0; i < SAFETY_PART_COUNT; i++) {
		if (safety_part_step((enum safety_part_id)i) != step)
			continue;
		f[out->n++] = (struct form_field){ .id = safety_words[i].value,
			.type = FORM_LONG_TEXT,
			.flags = FORM_PII,
			.label = safety_words[i].label,
			.help = safety_words[i].help,
			.max = 4000,
			.rows = 2 };
	}
	if (step != SAFETY_STEPS - 1)
		return;
	memcpy(f + out->n, last, sizeof(last));
	out->n += N(last);
}

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct safety_part parts[SAFETY_PART_COUNT];
	struct err seen = { .kind = ERR_NONE };
	struct safety_plan now;
	struct safety_plan p = { .uid = part_uid(v),
		.base = formview_basis(fv).base,
		.parts = parts,
		.complete = formview_get(fv, "complete"),
		.copy_safe = formview_get(fv, "copy_safe"),
		.language = "",
		.minutes = (int)strtol(formview_get(fv, "minutes"), NULL, 10) };

	for (int i = 0; i < SAFETY_PART_COUNT; i++) {
		const char *words = formview_get(fv, safety_words[i].value);

		if (words[0] != '\0')
			parts[p.n_parts++] =
			    (struct safety_part){ safety_words[i].value,
				    words };
	}
	if (safety_plan_add(app_session(v), v->route.case_uid, &p, &v->arena,
		&fv->conflicts, err) == 0)
		return 0;
	/* A colleague's words are on the record as seen before they are shown. */
	if (err->kind == ERR_CONFLICT && fv->conflicts.n > 0 &&
	    safety_plan_open(app_session(v), v->route.case_uid,
		"to go on writing it", 0, &v->arena, &now, &seen) != 0) {
		fv->conflicts.n = 0;
		*err = seen;
	}
	return -1;
}

/* The words of the last version, where there is one: with the reason that
 * stands, else it is asked for first. */
static int
load(struct view *v, struct formview *fv, struct err *err)
{
	struct safety_plan old;
	struct case_file file;

	if (case_open(app_session(v), v->route.case_uid, "", &v->arena, &file,
		err) != 0)
		return -1;
	if (file.safety_plan_at == 0)
		return 0;
	if (safety_plan_open(app_session(v), v->route.case_uid, NULL, 0,
		&v->arena, &old, err) != 0) {
		if (err->kind != ERR_NOT_FOUND)
			return -1;
		err_clear(err);
		return 0;
	}
	fv->base = old.uid;
	for (size_t i = 0; i < old.n_parts; i++)
		formview_load(fv, old.parts[i].part, old.parts[i].words);
	formview_load(fv, "copy_safe", old.copy_safe);
	return 0;
}

static int
open_add(struct view *v, const struct route *r, struct err *err)
{
	struct formview_step *steps =
	    arena_alloc(&v->arena, SAFETY_STEPS, sizeof(*steps));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));
	struct formview *fv;

	(void)r;
	for (int i = 0; i < SAFETY_STEPS; i++)
		make_step(v, i, &steps[i]);
	*use = (struct formview_use){ .steps = steps,
		.n_steps = SAFETY_STEPS,
		.save = save,
		.saved = N_("Saved as a new version; earlier ones stay.") };
	fv = formview_init(v, use, v);
	fv->whole = true;
	if (load(v, fv, err) != 0)
		return -1;
	cover_start(v, part_uid_key);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_NEXT_STEP,
	ACT_PREVIOUS_STEP, ACT_UNDO, ACT_NONE };

const struct screen screen_safety_add = {
	.name = "safety-add",
	.title = N_("Safety plan"),
	.needs = PERM_SAFETY_WRITE,
	.state_size = sizeof(struct covered_form),
	.actions = actions,
	.open = open_add,
	COVERED_FORM,
};
