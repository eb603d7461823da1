/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "child_words.h"
#include "closing_words.h"
#include "parts.h"
#include "referral_words.h"
#include "request_page.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"

#define LABEL 22 /* cells */

static void
add(struct request_state *s, enum element style, const char *label,
    const char *text)
{
	if (s->n < REQUEST_PARTS_MAX && text[0] != '\0')
		s->parts[s->n++] = (struct text_part){ .style = style,
			.label = label,
			.label_width = LABEL,
			.indent = 1,
			.text = text };
}

static const char *
when(struct request_state *s, int64_t at)
{
	char full[24];

	return arena_str(&s->arena, clock_full(at, full, sizeof(full)));
}

const char *
request_to_words(
    const struct view *v, const char *ns, const char *branch, const char *login)
{
	return ns[0] != '\0'	   ? referral_to_words(v, ns)
	       : branch[0] != '\0' ? label_of(&app_society(v)->branches, branch)
				   : login;
}

static const char *
what(struct view *v)
{
	struct request_state *s = v->state;
	const struct request *r = &s->r;

	switch (r->kind) {
	case REQUEST_TRANSFER:
		return arena_printf(&s->arena, _("Take over %s: offered to %s"),
		    r->code,
		    request_to_words(v, r->to_ns, r->to_branch, r->to_login));
	case REQUEST_CLOSURE:
		return arena_printf(&s->arena, _("Close %s: %s"), r->code,
		    label_of(&app_society(v)->reasons_closed, r->reason));
	case REQUEST_JOIN:
		return arena_printf(&s->arena,
		    _("%s and %s are one person: %s goes on, %s is closed and "
		      "still found"),
		    r->code, r->other_code, r->code, r->other_code);
	default:
		return arena_printf(&s->arena, _("%s and %s taken apart"),
		    r->code, r->other_code);
	}
}

static const char *
line_label(const struct request *r, const char *item)
{
	static const struct choice_option lines[] = {
		{ "needs", N_("Needs met"), NULL },
		{ "safety-plan", N_("Safety plan reviewed"), NULL },
		{ "plan", N_("Plan complete"), NULL },
		{ "agreed", N_("Both agree"), NULL },
		{ "told", N_("Told to come back"), NULL },
		{ CLOSING_CHECK_LINE, N_("Ask after them once"), NULL },
		{ "feedback", N_("Feedback offered"), NULL },
		{ "lost-harm", N_("What may have been"), NULL },
		{ "lost-missing", N_("If missing: wish"), NULL },
		{ "lost-told", N_("Who was told"), NULL },
	};

	return r->kind == REQUEST_CLOSURE
		   ? words_label(lines, sizeof(lines) / sizeof(lines[0]), item)
		   : words_field(item);
}

const char *
join_value_words(const struct view *v, const char *field, const char *value)
{
	const struct society *society = app_society(v);
	int risk;

	if (value[0] == '\0')
		return _("not said");
	if (strcmp(field, "risk") == 0) {
		risk = society_risk(society, value);
		return risk < 0 ? value : society->risks[risk].label;
	}
	if (strcmp(field, "language") == 0)
		return part_language(society, value);
	if (strcmp(field, "sex") == 0)
		return label_of(&society->sexes, value);
	if (strcmp(field, "age_band") == 0)
		return label_of(&society->age_groups, value);
	if (strcmp(field, "may_be_child") == 0)
		return child_words_tri(value);
	return value;
}

/* Both values, and which of them would hold. */
static const char *
both_words(
    const struct view *v, const struct request_line *line, const char *answer)
{
	struct request_state *s = v->state;
	const struct request *r = &s->r;

	for (size_t i = 0; i < r->n_both; i++)
		if (strcmp(r->both[i].item, line->item) == 0)
			return arena_printf(&s->arena,
			    _("%s says %s, %s says %s: %s"), r->code,
			    join_value_words(v, line->item, r->both[i].answer),
			    r->other_code,
			    join_value_words(v, line->item, r->both[i].words),
			    answer);
	return answer;
}

static void
add_lines(const struct view *v)
{
	struct request_state *s = v->state;

	static const struct choice_option answers[] = {
		{ "yes", N_("yes"), NULL },
		{ "no", N_("no"), NULL },
		{ "not_possible", N_("not possible in a safe way"), NULL },
		{ "no_contact", N_("no contact for a long time"), NULL },
		{ CLOSING_NONE_NEEDED, N_("none was needed"), NULL },
		{ "keep", N_("stays as in the first"), NULL },
		{ "take", N_("from the other"), NULL },
	};
	const struct request *r = &s->r;

	for (size_t i = 0; i < r->n_lines; i++) {
		const struct request_line *l = &r->lines[i];
		const char *answer = words_label(
		    answers, sizeof(answers) / sizeof(answers[0]), l->answer);

		if (strchr(l->item, ':') != NULL)
			continue; /* what was kept for taking apart */
		add(s, strcmp(l->answer, "yes") == 0 ? EL_TEXT : EL_WARNING,
		    line_label(r, l->item),
		    l->words[0] == '\0'
			? both_words(v, l, answer)
			: arena_printf(&s->arena, "%s: %s", answer, l->words));
	}
}

/* What whoever asked could not think of. */
static void
add_since(const struct view *v)
{
	struct request_state *s = v->state;
	const struct request *r = &s->r;
	int risk = society_risk(app_society(v), r->risk);
	char at[24], level[48];

	if (r->kind == REQUEST_CLOSURE && r->answered_at == 0)
		add(s, part_risk_style(app_society(v), risk), _("Risk"),
		    arena_str(&s->arena, part_risk(app_society(v), risk, 40,
					     level, sizeof(level))));
	for (size_t i = 0; i < r->n_since; i++)
		add(s, EL_WARNING, i == 0 ? _("Since then") : "",
		    arena_printf(&s->arena, "%s %s: %s",
			clock_short(r->since[i].at, app_now(v), at, sizeof(at)),
			r->since[i].by,
			words_action(&s->arena, r->since[i].action)));
}

/* Whose answer it waits for, and who can put it down. */
static const char *
waits_words(const struct request *r)
{
	if (r->to_ns[0] != '\0')
		return r->may_answer
			   ? _("waits for theirs: a puts down that they take "
			       "the case on, r that they do not, and why")
		       : r->mine
			   ? _("waits for theirs; a colleague puts it down, "
			       "for nobody gives a case away alone. w takes "
			       "the offer back")
			   : _("waits for theirs; who may decide about the "
			       "case puts it down");
	return r->may_answer ? _("waits for yours: a agrees, r says not now "
				 "with a reason")
	       : r->mine ? _("waits for a colleague; you cannot answer what "
			     "you asked, w takes it back")
			 : _("waits for somebody who may decide it");
}

void
request_page_make(struct view *v)
{
	static const char *const answers[] = { "accepted", N_("agreed"),
		"refused", N_("not now"), "withdrawn", N_("taken back") };
	struct request_state *s = v->state;
	const struct request *r = &s->r;
	const char *answer = "";

	s->n = 0;
	if (r->answered_at == -1) {
		add(s, EL_TEXT, NULL,
		    _("Nothing was asked about this case. H offers it to "
		      "somebody, X asks to close it, = to join it with "
		      "another code of the same person."));
		text_replace(&s->text, s->parts, s->n);
		return;
	}
	add(s, EL_TITLE, _("Asked"), what(v));
	add(s, EL_TEXT, _("By"),
	    arena_printf(&s->arena, "%s, %s", r->by, when(s, r->at)));
	if (r->kind != REQUEST_CLOSURE)
		add(s, EL_TEXT, _("Why"), r->reason);
	add(s, EL_TEXT, _("In a few words"), r->words);
	add_since(v);
	add_lines(v);
	if (r->kind == REQUEST_CLOSURE && r->answered_at == 0)
		add(s, EL_TITLE, _("The record says"),
		    closing_words_ends(v, &s->arena, &r->ends));
	/* A closing that was agreed to says so itself. */
	if (r->kind != REQUEST_CLOSURE || r->answered_at == 0)
		add(s, EL_WARNING, _("Since then"),
		    part_ended(v, &s->arena, &r->end));
	if (r->ends.taken_back)
		add(s, EL_WARNING, _("Since then"),
		    _("The person took a yes back. Talk with them again "
		      "before it closes."));
	if (r->kind == REQUEST_JOIN)
		add(s, EL_DIM, NULL, _(JOIN_COUNTS));
	for (size_t i = 0; i < 6; i += 2)
		if (strcmp(answers[i], r->answer) == 0)
			answer = _(answers[i + 1]);
	if (r->answered_at == 0)
		add(s, EL_WARNING, _("Answer"), waits_words(r));
	else
		add(s, EL_TEXT, _("Answer"),
		    arena_printf(&s->arena, "%s (%s, %s) %s", answer,
			r->answered_by, when(s, r->answered_at),
			r->answer_words));
	text_replace(&s->text, s->parts, s->n);
}
