/* SPDX-License-Identifier: ISC */
#include "closing_words.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

#include "field_words.h"
#include "words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/referral.h"

/* What runs on whoever closes: an appeal that is missed is lost for good. */
static const char *
running(const struct view *v, struct arena *a, const struct open_ends *e)
{
	const char *all = "";
	char day[24];

	for (int i = 0; i < e->n_dates; i++) {
		(void)clock_short(e->dates[i].at, app_now(v), day, sizeof(day));
		all = arena_printf(a, "%s%s%s, %s", all, i == 0 ? "" : "; ",
		    words_deadline(task_name(e->dates[i].what)), day);
	}
	return e->n_dates == 0 ? ""
			       : arena_printf(a, _("Still running: %s."), all);
}

const char *
closing_words_ends(
    const struct view *v, struct arena *a, const struct open_ends *e)
{
	const char *open, *plan, *contact;
	char day[24];

	open = e->goals + e->referrals + e->follow_ups == 0
		   ? _("Nothing is open in the plan.")
		   : arena_printf(a,
			 _("Open: goals %d, referrals %d, planned follow-ups "
			   "%d."),
			 e->goals, e->referrals, e->follow_ups);
	(void)clock_short(e->safety_plan_at, app_now(v), day, sizeof(day));
	plan = e->safety_plan_at == 0
		   ? _("No safety plan was ever written.")
		   : arena_printf(a, _("Safety plan: %s."), day);
	(void)clock_short(e->last_contact, app_now(v), day, sizeof(day));
	contact = e->attempts_failed == 0
		      ? arena_printf(a, _("Last contact: %s."), day)
		      : arena_printf(a,
			    _("Last contact: %s; safe attempts that failed "
			      "since: %d of %d."),
			    day, e->attempts_failed,
			    closing_lost_attempts(app_society(v)));
	return arena_printf(a, "%s%s%s %s %s", running(v, a, e),
	    e->n_dates == 0 ? "" : " ", open, plan, contact);
}

int
closing_words_taken_on(struct view *v, const struct case_file *file,
    const char **by, struct err *err)
{
	const struct recipient *to =
	    society_recipient(app_society(v), file->custody);
	struct referrals all;

	*by = to == NULL ? file->custody : to->name;
	if ((*by)[0] != '\0')
		return 0;
	if (referral_list(
		app_session(v), v->route.case_uid, &v->arena, &all, err) != 0)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const struct referral *r = &all.list[i];
		int mode = referral_mode_from_name(r->mode);

		if (mode < 0 ||
		    !referral_taken_on((enum referral_mode)mode, r->state))
			continue;
		to = society_recipient(app_society(v), r->recipient);
		*by = to == NULL ? r->recipient : to->name;
	}
	return 0;
}

void
closing_words_line(
    const struct formview *fv, enum closing_line l, struct request_line *out)
{
	const char *id = closing_line_name(l);
	char words[CLOSING_WORDS_SIZE];

	*out = (struct request_line){
		.item = id, .answer = formview_get(fv, id), .words = ""
	};
	if (closing_line_is_words(l)) {
		out->words = out->answer;
		out->answer = "yes";
		return;
	}
	out->words = formview_get(fv, closing_line_words(l, words));
}

/* The newest change of each field since the form was filled from the case. */
static void
add_changes(struct view *v, int64_t rev, struct buf *out)
{
	struct err unread = { .kind = ERR_NONE };
	struct field_changes all = { .n = 0 };
	char when[24];

	/* The question is asked without them where they cannot be read. */
	if (case_history(app_session(v), v->route.case_uid, &v->arena, &all,
		&unread) != 0)
		return;
	for (size_t i = 0; i < all.n; i++) {
		const struct field_change *c = &all.list[i];
		size_t j = 0;

		while (j < i && strcmp(all.list[j].field, c->field) != 0)
			j++;
		if (j < i || c->rev <= rev)
			continue;
		buf_addf(out, "%s: %s (%s, %s)\n", words_field(c->field),
		    field_words(v, &v->arena, c->field, c->after), c->by,
		    clock_short(c->at, app_now(v), when, sizeof(when)));
	}
}

/* What changes no field: a note, a call, what was told. */
static void
add_written(
    struct view *v, const struct request *r, int64_t seen, struct buf *out)
{
	char when[24];

	for (size_t i = 0; i < r->n_since; i++) {
		const struct request_act *act = &r->since[i];

		if (act->seq > seen)
			buf_addf(out, "%s (%s, %s)\n",
			    words_action(&v->arena, act->action), act->by,
			    clock_short(
				act->at, app_now(v), when, sizeof(when)));
	}
}

static void
ask(struct view *v, int id, const struct case_file *now,
    const struct request *r, int64_t seen)
{
	const struct formview *fv = formview_state(v);
	struct buf text;

	buf_init(&text);
	buf_addf(&text, "%s\n", _("The case changed since you read it:"));
	add_changes(v, fv->rev, &text);
	add_written(v, r, seen, &text);
	buf_add_str(&text, _("Go on with the closing all the same?"));
	app_ask(v, &(struct ask){ .kind = ASK_CONFIRM,
		       .id = id,
		       .title = arena_str(&v->arena, now->code),
		       .text = arena_str(&v->arena, text.data) });
	buf_done(&text);
}

int
closing_words_changed(struct view *v, int id, struct case_file *file,
    struct request *r, struct err *err)
{
	const struct formview *fv = formview_state(v);
	struct err unread = { .kind = ERR_NONE };
	struct case_file now;
	int64_t seen = r->seen;

	/* What a colleague closed or asked is said by the sentence. */
	if (err->kind != ERR_CONFLICT ||
	    case_open(app_session(v), v->route.case_uid, "", &v->arena, &now,
		&unread) != 0 ||
	    now.closed || now.asked[0] != '\0' ||
	    request_since(app_session(v), r, &v->arena, &unread) != 0 ||
	    (now.rev == fv->rev && r->seen == seen))
		return -1;
	ask(v, id, &now, r, seen);
	*file = now;
	err_clear(err);
	return 1;
}
