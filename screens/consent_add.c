/* SPDX-License-Identifier: ISC */
/*
 * Asking for a consent and recording the decision, whatever it is: one
 * recipient, one purpose, one set of data at a time.
 */
#include <string.h>

#include "asks.h"
#include "base/clock.h"
#include "consent_fields.h"
#include "consent_since.h"
#include "consent_words.h"
#include "parts.h"
#include "rules/consent.h"
#include "screens.h"
#include "store/consent.h"

/* Asked of somebody else, or for something else, it takes the place of nothing:
 * what was said before goes on standing; so does a word under another code. */
static bool
same_key(struct view *v)
{
	const struct formview *fv = formview_state(v);
	const struct consent *c =
	    ((const struct consent_asking *)v->state)->was;

	return c == NULL ||
	       (uid_eq(&c->case_uid, &v->route.case_uid) &&
		   formview_is(fv, "kind", c->kind) &&
		   strcmp(formview_get(fv, "recipient"), c->recipient) == 0 &&
		   strcmp(formview_get(fv, "purpose"), c->purpose) == 0);
}

/* Two spoke with the person: only who saves knows which word is the last. */
static int
ask_which(struct view *v, struct err *e)
{
	const struct ask ask = { .kind = ASK_CONFIRM,
		.title = N_("Which was said last?"),
		.text = arena_printf(&v->arena, "%s\n%s", e->text,
		    _("Did they say what you wrote down after that? Then it "
		      "takes its place. If not, or if you are not sure: No, "
		      "and ask them.")) };

	app_ask(v, &ask);
	err_clear(e);
	return 1;
}

static int
save(struct view *v, struct err *e)
{
	const struct consent_asking *s = v->state;
	const struct formview *fv = formview_state(v);
	struct consent c = { .uid = part_uid(v),
		.case_uid = v->route.case_uid,
		.supersedes =
		    same_key(v) ? v->route.record : (struct uid){ { 0 } },
		.kind = formview_get(fv, "kind"),
		.recipient = formview_get(fv, "recipient"),
		.purpose = formview_get(fv, "purpose"),
		.scope = asks_scope(fv, "scope"),
		.withheld = formview_get(fv, "withheld"),
		.withheld_why = formview_get(fv, "withheld_why"),
		.decision = formview_get(fv, "decision"),
		.ask_again = formview_get(fv, "ask_again"),
		.given_by = formview_get(fv, "given_by"),
		.given_by_why = formview_get(fv, "given_by_why"),
		.form = formview_get(fv, "form"),
		.evidence = formview_get(fv, "evidence"),
		.language = formview_get(fv, "language"),
		.script = asks_script_record(
		    v, formview_get(fv, "kind"), formview_get(fv, "language")),
		.interpreter = formview_get(fv, "interpreter"),
		.interpreter_code = formview_get(fv, "interpreter_code"),
		.witness_code = formview_get(fv, "witness"),
		.seen_alone = formview_get(fv, "seen_alone"),
		.understood = formview_is(fv, "understood", "yes"),
		.given_at = s->after ? app_now(v) : part_began(v),
		.until = asks_due(formview_get(fv, "until"), ""),
		.withdrawn_how = "" };

	int rc = consent_add(app_session(v), &c, e);

	return rc == 1 ? ask_which(v, e) : rc;
}

static enum next
answer(struct view *v, int id, const char *value, struct err *e)
{
	struct consent_asking *s = v->state;
	enum next next;

	(void)id;
	if (value[0] == '\0')
		return NEXT_STAY;
	s->after = true;
	next = formview_save(v, e);
	s->after = false;
	return next;
}

/* A renewal starts from what was agreed; the decision is asked anew. */
static void
load(struct view *v, struct formview *fv, const struct consent *c)
{
	const char *scope = "";

	for (int d = 0; d < DATA_COUNT; d++)
		if ((c->scope & data_scope_bit((enum data_scope)d)) != 0)
			scope = arena_printf(&v->arena, "%s%s%s", scope,
			    scope[0] == '\0' ? "" : ",",
			    data_scope_name((enum data_scope)d));
	formview_load(fv, "kind", c->kind);
	formview_load(fv, "recipient", c->recipient);
	formview_load(fv, "purpose", c->purpose);
	formview_load(fv, "scope", scope);
	formview_load(fv, "withheld", c->withheld);
	formview_load(fv, "withheld_why", c->withheld_why);
	formview_load(fv, "language", c->language);
}

/* What is asked anew, and what has to be said of it first. */
static int
begin(struct view *v, struct form_field *changed, struct err *e)
{
	struct consent_asking *s = v->state;
	struct consents all = { .n = 0 };

	if (uid_null(&v->route.record))
		return 0;
	if (consent_list(app_session(v), v->route.case_uid, true, &v->arena,
		&all, e) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &v->route.record))
			s->was = &all.list[i];
	if (s->was != NULL)
		changed->text = consent_since_words(v, &all, s->was);
	if (s->was != NULL && changed->text[0] != '\0')
		changed->flags = 0;
	return 0;
}

static int
open(struct view *v, const struct route *r, struct err *e)
{
	size_t n;
	struct form_field *f = consent_asking_fields(v, &n);
	struct formview_step *step = arena_alloc(&v->arena, 1, sizeof(*step));
	struct formview_use *use = arena_alloc(&v->arena, 1, sizeof(*use));
	struct consent_asking *s = v->state;
	struct formview *fv;

	(void)r;
	if (begin(v, &f[CONSENT_FIELD_CHANGED], e) == -1)
		return -1;
	*step = (struct formview_step){
		.title = N_("Ask, and record"), .fields = f, .n = n
	};
	*use =
	    (struct formview_use){ .steps = step, .n_steps = 1, .save = save };
	fv = formview_init(v, use, v);
	if (s->was != NULL)
		load(v, fv, s->was);
	return formview_resume(v, e);
}

static const enum action actions[] = { ACT_SAVE, ACT_UNDO, ACT_NONE };

const struct screen screen_consent_add = {
	.name = "consent_add",
	.title = N_("Ask for consent"),
	.needs = PERM_CONSENT,
	.state_size = sizeof(struct consent_asking),
	.actions = actions,
	.open = open,
	.key = part_uid_key,
	.answer = answer,
	.form = formview_state,
};
