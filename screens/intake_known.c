/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "intake_fields.h"
#include "intake_known.h"
#include "known.h"
#include "screens.h"

#include "base/date.h"
#include "base/i18n.h"
#include "store/draft.h"
#include "store/queue.h"

#define CARDS 8
#define N(a) (sizeof(a) / sizeof((a)[0]))

const char *
known_words(struct arena *a, const struct person_card *c)
{
	return arena_printf(a, "%s%s%s%s%s", c->branch,
	    c->worker[0] != '\0' ? " · " : "", c->worker,
	    c->age_band[0] != '\0' ? " · " : "", c->age_band);
}

/* --- which case --------------------------------------------------------------- */

/* What a search goes by, as it is typed now. */
static bool
searched_by(const struct formview *fv, const char *words)
{
	const char *const now[] = { formview_get(fv, "name"),
		formview_get(fv, "phone"), formview_get(fv, "birth") };

	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(now[i]);

		if (strncmp(words, now[i], n) != 0 ||
		    words[n] != (i < 2 ? '|' : '\0'))
			return false;
		words += n + 1;
	}
	return true;
}

bool
intake_known(const struct formview *fv, struct uid *case_uid)
{
	return formview_is(fv, "keep", "case") &&
	       uid_from_hex(formview_get(fv, "joins"), case_uid) == 0 &&
	       searched_by(fv, formview_get(fv, "joins_for"));
}

static void
forget(struct formview *fv)
{
	formview_set(fv, "joins", "");
	formview_set(fv, "joins_code", "");
}

/* --- search before create ----------------------------------------------------- */

static void
ask_known(struct view *v, const struct person_cards *cards)
{
	struct ask_choice *c = arena_alloc(&v->arena, cards->n + 1, sizeof(*c));

	/* Last: Enter at once must not make a second code of one person. */
	c[cards->n] =
	    (struct ask_choice){ "new", _("none of these: go on"), NULL };
	for (size_t i = 0; i < cards->n; i++) {
		const struct person_card *p = &cards->list[i];

		c[i] = (struct ask_choice){ arena_str(&v->arena, p->code),
			arena_printf(&v->arena, "%s  %s%s", p->code,
			    known_words(&v->arena, p),
			    p->closed ? _(" · closed") : ""),
			p->may_open ? _("Add this contact to it, or open it")
				    : _("Not yours: ask the worker named") };
	}
	app_ask(v,
	    &(struct ask){ .kind = ASK_CHOICE,
		.id = INTAKE_ASK_KNOWN,
		.title = _("Perhaps known here already"),
		.text = _("Only codes are shown. Somebody who comes back has "
			  "a case: a second one is never needed."),
		.choices = c,
		.n_choices = cards->n + 1 });
}

int
intake_search(
    struct view *v, struct formview *fv, const char **searched, struct err *e)
{
	struct person_query q = { .name = formview_get(fv, "name"),
		.phone = formview_get(fv, "phone") };
	struct person_cards cards = { 0 };
	const char *words;

	(void)date_from_iso(formview_get(fv, "birth"), &q.birth);
	words = arena_printf(
	    &v->arena, "%s|%s|%s", q.name, q.phone, formview_get(fv, "birth"));
	if (*searched != NULL && strcmp(*searched, words) == 0)
		return 0;
	if (person_search(app_session(v), &q, CARDS, &v->arena, &cards, e) ==
	    -1)
		return -1;
	*searched = words;
	forget(fv);
	if (cards.n == 0) {
		app_say(v, _("Nobody like that is known here."));
		return 0;
	}
	ask_known(v, &cards);
	return 1;
}

/* --- what with it -------------------------------------------------------------- */

static enum next
ask_what(struct view *v, const char *code)
{
	static const struct ask_choice choices[] = {
		{ "add", N_("Add this contact to that case"),
		    N_("What was noticed, done, told and wanted; saved at "
		       "once") },
		{ "ask", N_("Add it, and ask anew about working together"),
		    N_("The next step reads the limits and asks; then save") },
		{ "open", N_("Open that case"),
		    N_("What was typed here stays a draft (D)") },
		{ "new", N_("It is somebody else: go on"), NULL },
	};

	app_ask(v,
	    &(struct ask){ .kind = ASK_CHOICE,
		.id = INTAKE_ASK_WHAT,
		.title = arena_str(&v->arena, code),
		.text = N_("Only where you are sure that it is the same "
			   "person. Nothing that is known of them is written "
			   "over: what you typed waits as changes to look "
			   "at."),
		.choices = choices,
		.n_choices = sizeof(choices) / sizeof(choices[0]) });
	return NEXT_STAY;
}

static enum next
known_code(struct view *v, struct formview *fv, const char *code, struct err *e)
{
	struct uid found;
	char hex[33];

	if (strcmp(code, "new") == 0) {
		formview_go_on(v);
		return NEXT_STAY;
	}
	if (queue_jump(app_session(v), code, &found, e) == -1)
		return NEXT_STAY;
	uid_hex(&found, hex);
	formview_set(fv, "joins_code", code);
	formview_set(fv, "joins_for", "");
	formview_set(fv, "joins", hex);
	return ask_what(v, code);
}

static enum next
known_what(struct view *v, struct formview *fv, const char *what)
{
	struct uid found;

	(void)uid_from_hex(formview_get(fv, "joins"), &found);
	if (strcmp(what, "open") == 0) {
		v->go =
		    (struct route){ .screen = &screen_case, .case_uid = found };
		(void)code_parse(formview_get(fv, "joins_code"), v->go.code);
		forget(fv);
		return NEXT_GO;
	}
	if (strcmp(what, "new") == 0) {
		forget(fv);
		formview_go_on(v);
		return NEXT_STAY;
	}
	formview_set(fv, "joins_asks", strcmp(what, "ask") == 0 ? "yes" : "no");
	app_ask(
	    v, &(struct ask){ .kind = ASK_LINE,
		   .id = INTAKE_ASK_WHY,
		   .title = N_("The same person?"),
		   .text = N_("How do you know that it is the same person? It "
			      "stands in the record with your name."),
		   .required = true,
		   .keeps = true });
	return NEXT_STAY;
}

enum next
intake_known_answer(struct view *v, struct formview *fv, int id,
    const char *value, struct err *e)
{
	if (value[0] == '\0')
		return NEXT_STAY;
	switch (id) {
	case INTAKE_ASK_KNOWN:
		return known_code(v, fv, value, e);
	case INTAKE_ASK_WHAT:
		return known_what(v, fv, value);
	case INTAKE_ASK_WHY:
		formview_set(fv, "joins_why", value);
		formview_set(fv, "joins_for",
		    arena_printf(&v->arena, "%s|%s|%s",
			formview_get(fv, "name"), formview_get(fv, "phone"),
			formview_get(fv, "birth")));
		if (!formview_is(fv, "joins_asks", "yes"))
			return formview_save(v, e);
		formview_go_on(v);
		return NEXT_STAY;
	default:
		return NEXT_STAY;
	}
}

/* --- who they are -------------------------------------------------------------- */

static bool
leave_draft(struct view *v, const struct formview *fv, const char *screen,
    const struct form_value *values, size_t n)
{
	struct draft d = {
		.uid = uid_new(), .screen = screen, .changed_at = app_now(v)
	};
	struct err e = { .kind = ERR_NONE };
	struct buf words;
	bool any = false, kept = false;

	for (size_t i = 0; i < n; i++)
		any = any || values[i].value[0] != '\0';
	if (!any || uid_from_hex(formview_get(fv, "joins"), &d.case_uid) == -1)
		return false;
	(void)code_parse(formview_get(fv, "joins_code"), d.code);
	buf_init(&words);
	formview_hand_on(values, n, &words);
	kept = draft_save(app_session(v), &d, words.data, words.len, &e) == 0;
	buf_done(&words);
	return kept;
}

bool
intake_offer_changes(struct view *v, const struct formview *fv)
{
	const struct form_value who[] = {
		{ "name", formview_get(fv, "name") },
		{ "other_names", formview_get(fv, "other_names") },
		{ "birth", formview_get(fv, "birth") },
		{ "phone", formview_get(fv, "phone") },
	};
	const char *number = formview_get(fv, "contact_number");
	const struct form_value reach[] = {
		{ "may_contact", formview_get(fv, "may_contact") },
		{ "channel", formview_get(fv, "contact_channel") },
		{ "same_number", number[0] != '\0' ? "no" : "" },
		{ "number", number },
		{ "whose", formview_get(fv, "whose") },
		{ "safe_times", formview_get(fv, "safe_times") },
		{ "say_red_cross", formview_get(fv, "say_us") },
		{ "cover_phrase", formview_get(fv, "cover") },
	};
	bool kept;

	if (!session_may(app_session(v), PERM_IDENTITY_WRITE))
		return false;
	kept = leave_draft(v, fv, screen_person_edit.name, who, N(who));
	/* Nobody was asked how to reach them: then nothing changes. */
	if (reach[0].value[0] != '\0')
		kept = leave_draft(
			   v, fv, screen_safe_contact.name, reach, N(reach)) ||
		       kept;
	return kept;
}
