/* SPDX-License-Identifier: ISC */
/*
 * A note to the next shift of the branch: appended, read, never changed.  Opened
 * on a case, or with a code, it is about that case.
 */
#include <string.h>

#include "asks.h"
#include "parts.h"
#include "screens.h"

#include "base/i18n.h"
#include "store/queue.h"
#include "store/task.h"

static const struct form_field fields[] = {
	PART_UID_FIELD,
	ASK("code", CODE, 0, N_("About which case"),
	    N_("Its code. Leave it empty for what is about no case.")),
	ASK("text", LONG_TEXT, FORM_REQUIRED, N_("What they have to know"),
	    N_("Codes, never names; what was promised, what to look out for. "
	       "Colleagues of your branch read it; nobody changes it."),
	    .max = HANDOVER_MAX, .rows = 6),
};

static int
save(struct view *v, struct err *err)
{
	struct formview *fv = formview_state(v);
	struct session *session = app_session(v);
	struct uid case_uid = { { 0 } };

	if (formview_get(fv, "code")[0] != '\0' &&
	    queue_jump(session, formview_get(fv, "code"), &case_uid, err) != 0)
		return -1;
	return handover_add(
	    session, part_uid(v), case_uid, formview_get(fv, "text"), err);
}

static const struct formview_step step = { N_("Note to the next shift"), fields,
	sizeof(fields) / sizeof(fields[0]), NULL };
static const struct formview_use use = { .steps = &step,
	.n_steps = 1,
	.save = save,
	.saved = N_("Saved: the next shift sees it under Today.") };

static int
open_handover(struct view *v, const struct route *r, struct err *err)
{
	struct formview *fv = formview_init(v, &use, v);

	if (r->code[0] != '\0')
		formview_load(fv, "code", r->code);
	return formview_resume(v, err);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_handover = {
	.name = "handover",
	.title = N_("Note to the next shift"),
	.needs = PERM_CASE_READ,
	.state_size = sizeof(struct formview),
	.actions = actions,
	.open = open_handover,
	.key = part_uid_key,
	.form = formview_state,
};
