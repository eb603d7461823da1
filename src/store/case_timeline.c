/* SPDX-License-Identifier: ISC */
/*
 * Everything that happened in a case, newest first.  First the keys of one
 * page, without any text; then each record by its key.
 */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "rules/workflow.h"
#include "store/case_timeline_inside.h"
#include "store/referral.h"

/* Records of one instant are never split over two pages; an intake writes a
 * handful at once. */
#define SAME_INSTANT 500

enum part {
	PART_CONTACT,
	PART_CONSENT,
	PART_DISCLOSURE,
	PART_SCREENING,
	PART_PLAN,
	PART_ATTEMPT,
	PART_NOTE,
	PART_RISK,
	PART_FLAG,
	PART_FLAG_DONE,
	PART_STATE,
	PART_ASSESSMENT,
	PART_GOAL,
	PART_PROGRESS,
	PART_PLAN_REVIEW,
	PART_SERVICE,
	PART_REFERRAL,
	PART_ACT,
	PART_ACT_EVENT,
	/* Numbers of their own, in the statement below as well. */
	PART_CHILD = 20,
	PART_BEST_INTERESTS,
	PART_MECHANISM,
	PART_DUTY,
	PART_REQUEST,
	PART_ANSWER,
	PART_RECALL,
	PART_OCCASION,
	PARTS
};

static const char sql_page[] =
    "SELECT 0, made_at, uid FROM contact"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 1, made_at, uid FROM consent"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 2, made_at, uid FROM disclosure"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 3, made_at, uid FROM screening"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 4, made_at, uid FROM followup_plan"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 5, made_at, uid FROM attempt"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 6, made_at, uid FROM note"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 7, made_at, uid FROM risk_history"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 8, made_at, uid FROM flag"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 9, resolved_at, uid FROM flag"
    " WHERE case_uid = ?1 AND resolved_at < ?2 AND resolved_at > 0"
    " AND deleted_hlc = 0"
    " UNION ALL SELECT 10, made_at, uid FROM case_event"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 20, made_at, uid FROM child_record"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 21, made_at, uid FROM best_interests"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 22, made_at, uid FROM mechanism_event"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 23, made_at, uid FROM duty_event"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 11, made_at, uid FROM assessment"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 12, made_at, uid FROM goal"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 13, made_at, uid FROM goal_progress"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 14, made_at, uid FROM plan_review"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 15, made_at, uid FROM service"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 16, made_at, uid FROM referral_event"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 17, made_at, uid FROM release_act"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 18, made_at, uid FROM release_act_event"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    /* What was done as soon as it was asked is told by what was done, */
    " UNION ALL SELECT 24, made_at, uid FROM request r"
    " WHERE case_uid = ?1 AND made_at < ?2 AND NOT EXISTS (SELECT 1"
    " FROM request_answer a WHERE a.case_uid = r.case_uid"
    " AND a.request = r.uid AND a.hlc = r.hlc)"
    /* and so is a yes. */
    " UNION ALL SELECT 25, made_at, uid FROM request_answer"
    " WHERE case_uid = ?1 AND made_at < ?2 AND answer <> 'accepted'"
    " UNION ALL SELECT 26, made_at, uid FROM recall_event"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " UNION ALL SELECT 27, made_at, uid FROM group_member"
    " WHERE case_uid = ?1 AND made_at < ?2 AND deleted_hlc = 0"
    " ORDER BY 2 DESC, 1 DESC, 3 DESC LIMIT ?3";

struct key {
	enum part part;
	int64_t at;
	struct uid uid;
};

void
timeline_happened(struct event *e, int64_t at)
{
	if (at == 0 || clock_day_of(at) == clock_day_of(e->at))
		return;
	e->on = date_of_day(clock_day_of(at));
}

/* With the time of day, where one was agreed. */
static const char *
when(struct arena *a, int64_t at)
{
	int64_t day = clock_day_of(at);
	struct fdate date = date_of_day(day);
	char text[32];

	return arena_str(a, at == timer_day_end(day)
				? date_show(&date, text, sizeof(text))
				: clock_full(at, text, sizeof(text)));
}

/* Copied, for codes without a word point into the row. */
static const char *
one_of(struct arena *a, const char *title, const char *words)
{
	return arena_str(a, said(title) ? title : said(words) ? words : "");
}

const char *
timeline_with(struct arena *a, const char *title, const char *words)
{
	return said(title) && said(words)
		   ? arena_printf(a, "%s: %s", title, words)
		   : one_of(a, title, words);
}

const char *
timeline_in(struct arena *a, const char *title, const char *words)
{
	return said(title) && said(words)
		   ? arena_printf(a, "%s (%s)", title, words)
		   : one_of(a, title, words);
}

const char *
timeline_and(struct arena *a, const char *title, const char *words)
{
	return said(title) && said(words)
		   ? arena_printf(a, "%s, %s", title, words)
		   : one_of(a, title, words);
}

/* --- one function a part: columns as in its statement ------------------------------ */

static const char sql_consent[] =
    "SELECT u.login, t.given_at, t.kind, t.recipient, t.purpose, t.decision,"
    " t.scope, t.script, t.withdrawn_how FROM consent t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_consent(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	struct arena *a = r->arena;
	const char *kind = col_str(st, 2, a);
	const char *label = word_consent(r->society, kind);
	unsigned scope = (unsigned)col_int(st, 6);

	timeline_happened(e, col_int(st, 1));
	e->text = col_str(st, 8, a);
	e->kind = "consent";
	if (strcmp(kind, "limits") == 0) {
		e->title = timeline_with(
		    a, _("Limits of confidentiality read"), col_text(st, 7));
		return;
	}
	if (col_text(st, 3)[0] == '\0') {
		e->title =
		    timeline_with(a, label, word_decision(col_text(st, 5)));
		return;
	}
	if (strcmp(kind, "release") == 0)
		e->kind = "release";
	label = timeline_with(
	    a, label, word_recipient(r->society, col_text(st, 3)));
	label = timeline_in(
	    a, label, label_of(&r->society->purposes, col_text(st, 4)));
	e->title = timeline_with(a, label,
	    timeline_and(a, word_decision(col_text(st, 5)),
		word_scopes(r->society, scope, a)));
}

static const char sql_disclosure[] =
    "SELECT u.login, t.at, t.recipient, t.purpose, t.scope, t.how"
    " FROM disclosure t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_disclosure(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	struct arena *a = r->arena;
	const char *to = word_recipient(r->society, col_text(st, 2));
	const char *purpose = label_of(&r->society->purposes, col_text(st, 3));

	e->kind = "release";
	if (strcmp(col_text(st, 5), DISCLOSED_ALREADY) == 0)
		to = arena_printf(a,
		    _("Told already, with nobody asked: %s for %s"), to,
		    purpose);
	else if (said(purpose))
		to = arena_printf(a, _("Sent to %s for %s"), to, purpose);
	else
		to = arena_printf(a, _("Sent to %s"), to);
	e->title = timeline_with(
	    a, to, word_scopes(r->society, (unsigned)col_int(st, 4), a));
	timeline_happened(e, col_int(st, 1));
}

static const char sql_screening[] =
    "SELECT u.login, t.at, t.outcome, t.wants FROM screening t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_screening(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "screening";
	e->title = timeline_with(r->arena, _("Indicators"),
	    label_of(&r->society->outcomes, col_text(st, 2)));
	e->text = col_str(st, 3, r->arena);
	timeline_happened(e, col_int(st, 1));
}

static const char sql_plan[] =
    "SELECT u.login, t.due, t.what, t.words, t.promised FROM followup_plan t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_plan(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "follow-up";
	e->title = timeline_with(r->arena,
	    arena_printf(r->arena,
		col_bool(st, 4) ? _("Promised for %s") : _("Planned for %s"),
		when(r->arena, col_int(st, 1))),
	    word_next(col_text(st, 2)));
	e->text = col_str(st, 3, r->arena);
}

static const char sql_attempt[] =
    "SELECT u.login, t.at, t.outcome, t.channel, t.words, t.agreed,"
    " t.new_risks, t.lost_contact, t.lost_considered, t.next_none, t.word_ok,"
    " t.safe"
    " FROM attempt t LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_attempt(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	static const struct {
		int col;
		const char *label; /* N_() */
	} words[] = {
		{ 4, N_("Words") },
		{ 5, N_("Agreed") },
		{ 6, N_("New risks") },
		{ 8, N_("Considered") },
		{ 9, N_("Nothing planned") },
	};
	const char *outcome =
	    label_of(&r->society->contact_outcomes, col_text(st, 2));
	struct buf b;

	e->kind = "follow-up";
	e->title = timeline_with(r->arena,
	    col_bool(st, 7) ? _("Lost contact") : _("Follow-up"), outcome);
	if (!col_bool(st, 7))
		e->title = timeline_in(r->arena, e->title,
		    society_way(r->society, col_text(st, 3)));
	buf_init(&b);
	buf_add_str(&b, word_word(col_text(st, 10)));
	if (said(col_text(st, 11)))
		buf_addf(&b, "%s%s", b.len > 0 ? "\n" : "",
		    word_safe(col_text(st, 11)));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *t = col_text(st, words[i].col);

		if (said(t))
			buf_addf(&b, "%s%s: %s", b.len > 0 ? "\n" : "",
			    _(words[i].label), t);
	}
	e->text = arena_strn(r->arena, b.data, b.len);
	buf_done(&b);
	timeline_happened(e, col_int(st, 1));
}

static const char sql_note[] =
    "SELECT u.login, t.kind, t.account, t.corrects IS NOT NULL FROM note t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_note(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "note";
	e->title = timeline_with(r->arena,
	    col_bool(st, 3) ? _("Note that corrects an earlier one")
			    : _("Note"),
	    word_note(col_text(st, 1)));
	if (col_bool(st, 2))
		e->title =
		    timeline_in(r->arena, e->title, _("holds an account"));
	e->account = col_bool(st, 2);
}

/* Its words, with those it corrects and those that correct it. */
static int
fill_together(const struct reading *r, struct event *e)
{
	struct note_together note;

	if (note_read(r->tx, r->case_uid, &e->uid, r->arena, &note) == -1)
		return -1;
	e->text = note.text;
	e->account = note.account;
	if (note.corrected)
		e->title =
		    arena_printf(r->arena, _("%s; corrected later"), e->title);
	return 0;
}

static const char sql_risk[] =
    "SELECT u.login, t.risk, t.before, t.reason FROM risk_history t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_risk(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	const char *before = col_text(st, 2);

	e->kind = "risk";
	if (before[0] == '\0' || strcmp(before, col_text(st, 1)) == 0)
		e->title = timeline_with(r->arena, _("Risk"),
		    word_risk(r->society, col_text(st, 1)));
	else
		e->title = timeline_and(r->arena,
		    timeline_with(r->arena, _("Risk"),
			word_risk(r->society, col_text(st, 1))),
		    arena_printf(r->arena, _("before %s"),
			word_risk(r->society, before)));
	e->text = col_str(st, 3, r->arena);
}

static const char sql_flag[] = "SELECT u.login, t.text, t.kind FROM flag t"
			       " LEFT JOIN colleague u ON u.uid = t.made_by"
			       " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_flag(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "flag";
	e->title = _("Flag set");
	e->text = word_flag(col_text(st, 2), col_str(st, 1, r->arena));
}

static const char sql_flag_done[] =
    "SELECT u.login, t.text, t.resolved_reason, t.kind FROM flag t"
    " LEFT JOIN colleague u ON u.uid = t.resolved_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_flag_done(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	e->kind = "flag";
	e->title = _("Flag resolved");
	e->text = word_flag(col_text(st, 3), col_str(st, 1, r->arena));
	if (said(col_text(st, 2)))
		e->text =
		    arena_printf(r->arena, "%s\n%s", e->text, col_text(st, 2));
}

/* after of an assignment is a uid in hex: the login is what people know. */
static const char sql_state[] =
    "SELECT u.login, t.kind, t.reason, t.words,"
    " (SELECT login FROM colleague o WHERE lower(hex(o.uid)) = t.after"
    " AND t.kind = 'assign'), t.after FROM case_event t"
    " LEFT JOIN colleague u ON u.uid = t.made_by"
    " WHERE t.case_uid = ?1 AND t.uid = ?2";
static void
fill_state(const struct reading *r, sqlite3_stmt *st, struct event *e)
{
	const char *kind = col_text(st, 1);
	const struct recipient *to;

	e->text = col_str(st, 3, r->arena);
	if (strcmp(kind, "assign") == 0) {
		e->kind = "assign";
		e->title =
		    col_text(st, 4)[0] != '\0'
			? arena_printf(
			      r->arena, _("Given to %s"), col_text(st, 4))
		    : col_text(st, 2)[0] != '\0'
			? arena_printf(r->arena,
			      _("Taken over by %s: nobody's there yet"),
			      label_of(&r->society->branches, col_text(st, 2)))
			: _("Given back: nobody's now");
	} else if (strcmp(kind, "closed") == 0) {
		e->kind = "closed";
		e->title = timeline_with(r->arena, _("Closed"),
		    label_of(&r->society->reasons_closed, col_text(st, 2)));
	} else if (strcmp(kind, "joined") == 0 || strcmp(kind, "parted") == 0) {
		e->kind = "assign";
		e->title = arena_printf(r->arena,
		    strcmp(kind, "joined") == 0
			? _("Joined with %s: one person")
			: _("Taken apart from %s: two people"),
		    col_text(st, 5));
		e->text = col_str(st, 2, r->arena);
	} else if (strcmp(kind, "custody") == 0) {
		e->kind = "assign";
		to = society_recipient(r->society, col_text(st, 5));
		e->title = strcmp(col_text(st, 5), r->society->id) == 0
			       ? _("Taken back: ours again")
			       : arena_printf(r->arena, _("Taken over by %s"),
				     to == NULL ? col_text(st, 5) : to->name);
		e->text = col_str(st, 2, r->arena);
	} else {
		e->kind = "opened";
		e->title = strcmp(kind, "reopened") == 0 ? _("Opened again")
							 : _("Case opened");
	}
}

static const struct timeline_part *const more_parts[PARTS] = {
	[PART_CONTACT] = &timeline_contact,
	[PART_CHILD] = &timeline_child,
	[PART_BEST_INTERESTS] = &timeline_best_interests,
	[PART_MECHANISM] = &timeline_mechanism,
	[PART_DUTY] = &timeline_duty,
	[PART_ASSESSMENT] = &timeline_assessment,
	[PART_GOAL] = &timeline_goal,
	[PART_PROGRESS] = &timeline_progress,
	[PART_PLAN_REVIEW] = &timeline_plan_review,
	[PART_SERVICE] = &timeline_service,
	[PART_REFERRAL] = &timeline_referral,
	[PART_ACT] = &timeline_act,
	[PART_ACT_EVENT] = &timeline_act_event,
	[PART_REQUEST] = &timeline_request,
	[PART_ANSWER] = &timeline_answer,
	[PART_RECALL] = &timeline_recall,
	[PART_OCCASION] = &timeline_occasion,
};
static const struct timeline_part parts[PARTS] = {
	[PART_CONSENT] = { sql_consent, fill_consent },
	[PART_DISCLOSURE] = { sql_disclosure, fill_disclosure },
	[PART_SCREENING] = { sql_screening, fill_screening },
	[PART_PLAN] = { sql_plan, fill_plan },
	[PART_ATTEMPT] = { sql_attempt, fill_attempt },
	[PART_NOTE] = { sql_note, fill_note },
	[PART_RISK] = { sql_risk, fill_risk },
	[PART_FLAG] = { sql_flag, fill_flag },
	[PART_FLAG_DONE] = { sql_flag_done, fill_flag_done },
	[PART_STATE] = { sql_state, fill_state },
};

/* --- a page ------------------------------------------------------------------------- */

static int
read_keys(const struct reading *r, int64_t before, size_t n, struct key *keys,
    struct events *out)
{
	sqlite3_stmt *st = tx_query(r->tx, sql_page,
	    VALS(v_uid(r->case_uid), v_int(before),
		v_int((int64_t)(n + SAME_INSTANT))));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(r->tx, st)) == 1) {
		struct key k = { .part = (enum part)col_int(st, 0),
			.at = col_int(st, 1),
			.uid = col_uid(st, 2) };

		if (out->n >= n && k.at != keys[out->n - 1].at) {
			out->more = true;
			break;
		}
		keys[out->n++] = k;
	}
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static int
read_event(const struct reading *r, const struct key *k, struct event *e)
{
	const struct timeline_part *part =
	    more_parts[k->part] != NULL ? more_parts[k->part] : &parts[k->part];
	sqlite3_stmt *st = tx_query(
	    r->tx, part->sql, VALS(v_uid(r->case_uid), v_uid(&k->uid)));
	int rc;

	if (st == NULL || (rc = tx_row(r->tx, st)) == -1)
		return -1;
	*e = (struct event){ .at = k->at,
		.kind = "",
		.title = "",
		.text = "",
		.by = "",
		.uid = k->uid };
	if (rc == 0)
		return 0;
	e->by = col_str(st, 0, r->arena);
	part->fill(r, st, e);
	stmt_done(st);
	if (k->part == PART_NOTE)
		return fill_together(r, e);
	return 0;
}

int
case_timeline(struct session *s, struct uid uid, int64_t before, size_t n,
    struct arena *arena, struct events *out, struct err *err)
{
	struct events found = { .n = 0 };
	struct reading r = {
		.society = session_society(s), .case_uid = &uid, .arena = arena
	};
	struct key *keys;
	struct tx tx;
	int rc = -1;

	if (n == 0 || n > 1000)
		n = 1000;
	if (case_read_begin(&tx, s, &uid, "case.timeline", err) == -1)
		return -1;
	r.tx = &tx;
	keys = arena_alloc(arena, n + SAME_INSTANT, sizeof(*keys));
	if (read_keys(&r, before == 0 ? INT64_MAX : before, n, keys, &found) ==
	    -1)
		goto out;
	found.list = arena_alloc(arena, found.n + 1, sizeof(*found.list));
	for (size_t i = 0; i < found.n; i++) {
		if (read_event(&r, &keys[i], &found.list[i]) == -1)
			goto out;
	}
	rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
out:
	tx_abort(&tx);
	return rc;
}
