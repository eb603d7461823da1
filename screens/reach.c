/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "reach.h"

#include "base/clock.h"
#include "parts.h"
#include "words.h"

#include "rules/timers.h"

void
reach_init(struct reach *r)
{
	arena_init(&r->arena);
}

void
reach_done(struct reach *r)
{
	arena_done(&r->arena);
}

void
reach_hide(struct reach *r)
{
	arena_reset(&r->arena);
	r->text = (struct text_view){ 0 };
	r->number = NULL;
	r->shown_at = 0;
}

int64_t
reach_until(const struct view *v, const struct reach *r)
{
	if (r->shown_at == 0)
		return 0;
	return r->shown_at +
	       app_society(v)->device.reveal_seconds * CLOCK_SECOND;
}

bool
reach_shown(const struct view *v, const struct reach *r)
{
	return r->shown_at != 0 && app_boot(v) < reach_until(v, r);
}

static void
add(struct text_part *p, size_t *n, const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	p[(*n)++] = (struct text_part){ .style = EL_VALUE,
		.label = label,
		.label_width = 24,
		.text = text };
}

const char *
reach_verified(const struct view *v, struct arena *a, int64_t verified,
    int64_t expires, bool stale)
{
	char on[24], until[24];

	if (verified == 0)
		return _("never: verify before use");
	clock_short(verified, app_now(v), on, sizeof(on));
	if (expires == 0)
		return stale ? arena_printf(a, _("%s: verify before use"), on)
			     : arena_str(a, on);
	clock_short(expires, app_now(v), until, sizeof(until));
	if (timer_day_over(expires, app_now(v)))
		return arena_printf(
		    a, _("%s, held until %s: verify before use"), on, until);
	return arena_printf(a,
	    stale ? _("%s, until %s: verify before use")
		  : _("%s, holds until %s"),
	    on, until);
}

const char *
reach_tries(struct arena *a, int unanswered, int most)
{
	const char *times;

	if (most <= 0)
		return "";
	times = arena_printf(
	    a, ngettext("%d time", "%d times", (unsigned long)most), most);
	if (unanswered == 0)
		return times;
	return arena_printf(a,
	    unanswered < most ? _("%s; %d without an answer so far")
			      : _("%s; %d without an answer: no more"),
	    times, unanswered);
}

static void
show_rule(const struct view *v, struct reach *r, const struct safe_contact *c)
{
	const struct society *society = app_society(v);
	struct text_part *p = arena_alloc(&r->arena, 24, sizeof(*p));
	size_t n = 0;

	if (c->stop)
		add(p, &n, _("STOP: do not contact"),
		    c->stop_reason[0] != '\0' ? c->stop_reason
					      : _("by no way, for nothing"));
	if (c->held[0] != '\0')
		add(p, &n, _("HOLD: do not call"), words_held(c->held));
	add(p, &n, _("May we contact"), words_may_contact(c->may_contact));
	add(p, &n, _("How"), society_way(society, c->channel));
	add(p, &n, _("Safe times"), c->safe_times);
	add(p, &n, _("Never"), c->unsafe_times);
	add(p, &n, _("Whose phone"), c->whose);
	add(p, &n, _("Who else may see it"), c->who_else);
	add(p, &n, _("If somebody else answers"), c->if_other_answers);
	add(p, &n, _("Say this instead"), c->cover_phrase);
	add(p, &n, _("Say who is calling?"),
	    c->say_red_cross ? _("yes") : _("NO"));
	add(p, &n, _("Voicemail"), c->voicemail_ok ? _("yes") : _("NO"));
	add(p, &n, _("Text message"), c->text_ok ? _("yes") : _("NO"));
	add(p, &n, _("They say: it is me"), c->proof_word);
	add(p, &n, _("They say: danger"), c->their_word);
	add(p, &n, _("We say: it is us"), c->our_word);
	add(p, &n, _("Language"), part_language(society, c->language));
	add(p, &n, _("Caller"), c->caller);
	add(p, &n, _("Try at most"),
	    reach_tries(&r->arena, c->unanswered, c->max_attempts));
	add(p, &n, _("Last verified"),
	    reach_verified(
		v, &r->arena, c->verified_at, c->expires_at, c->stale));
	text_init(&r->text, p, n);
}

/* For a colleague's person it says why, first. */
static void
ask_reason(struct view *v)
{
	app_ask(v,
	    &(const struct ask){ .kind = ASK_LINE,
		.id = REACH_ASK_REASON,
		.title = N_("A colleague's person"),
		.text = N_("Why do you reach them, and not their worker? It "
			   "is kept with your name. Who they are stays shut; "
			   "look who can see this screen first."),
		.required = true });
}

static void
show_instruction(
    struct view *v, struct reach *r, const char *reason, struct err *e)
{
	struct safe_contact rule = { 0 };

	reach_hide(r);
	if (contact_instruction_for(app_session(v), v->route.case_uid, reason,
		&r->arena, &rule, e) == -1) {
		if (e->kind != ERR_REASON)
			return;
		err_clear(e);
		ask_reason(v);
		return;
	}
	show_rule(v, r, &rule);
	r->shown_at = app_boot(v);
	if (rule.stop || strcmp(rule.may_contact, "no") == 0 ||
	    rule.held[0] != '\0' || rule.spent)
		app_say(v, _("No number is shown."));
	else
		app_say(v,
		    app_by_line(v)
			? _("Read this first; v again prints the number, and "
			    "it stays on the screen.")
			: _("Read this first; v again shows the number."));
}

void
reach_answer(
    struct view *v, struct reach *r, int id, const char *value, struct err *e)
{
	if (id == REACH_ASK_REASON && value[0] != '\0')
		show_instruction(v, r, value, e);
}

/* First the instruction; asked again, the number. */
void
reach_ask(struct view *v, struct reach *r, struct err *e)
{
	if (!reach_shown(v, r)) {
		show_instruction(v, r, NULL, e);
		return;
	}
	/* What stands below the edge was not read yet. */
	if (!text_at_end(&r->text)) {
		app_say(v, _("Read to its end first (PgDn)."));
		return;
	}
	if (contact_number(app_session(v), v->route.case_uid, &r->arena,
		&r->number, e) == 0)
		r->shown_at = app_boot(v);
}

void
reach_draw(const struct view *v, struct reach *r, struct canvas *c)
{
	struct canvas rule = canvas_view(c, 1, 1, c->rows - 2, c->cols - 2);

	canvas_rule(c, 0, _("Reaching the person safely"));
	if (!reach_shown(v, r)) {
		canvas_wrap(c, 1, 1, c->cols - 2, c->rows - 1, EL_TEXT,
		    app_by_line(v)
			? _("v prints how the person may be reached; v again, "
			    "the number. Both stay on the screen.")
			: _("v shows how the person may be reached; v again, "
			    "the number. Both hide again by themselves."));
		return;
	}
	text_draw(&r->text, &rule);
	if (r->number != NULL)
		canvas_printf(c, c->rows - 1, 1, -1, EL_SELECTED, "%s  %s",
		    _("Number"), r->number);
}

void
reach_refresh(const struct view *v, struct reach *r)
{
	int left;

	if (!session_identity_open(app_session(v), &left) || !reach_shown(v, r))
		reach_hide(r);
}
