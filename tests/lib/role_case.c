/* SPDX-License-Identifier: ISC */
/* The case itself, who the person is, lists, drafts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "rules/consent.h"
#include "store/alone.h"
#include "store/agenda.h"
#include "store/bulk.h"
#include "store/document.h"
#include "store/draft.h"
#include "store/queue.h"
#include "store/safety.h"
#include "store/task.h"

#include "role_kit.h"

const char *
role_other_code(struct role_stage *st)
{
	struct case_file f;

	FIRST(case_open(st->o.amina, st->other, NULL, &st->arena, &f, &e_));
	return arena_str(&st->arena, f.code);
}

/* --- a case ------------------------------------------------------------------------- */
ACT(do_case_open)
{
	struct case_file f;

	return case_open(s, st->theirs, NULL, &st->arena, &f, e);
}

ACT(do_case_change)
{
	const struct change c = { "language", "fr" };

	return case_change(s, st->theirs, &st->rev, &c, 1, &st->arena, NULL, e);
}

ACT(do_case_assign)
{
	return case_assign(s, st->theirs, &st->rev,
	    session_user(st->o.amina)->uid, &st->arena, NULL, e);
}

ACT(do_case_set_risk)
{
	return case_set_risk(
	    s, st->theirs, &st->rev, 1, "as before", &st->arena, NULL, e);
}

ACT(do_case_timeline)
{
	struct events all;

	return case_timeline(s, st->theirs, 0, 20, &st->arena, &all, e);
}

ACT(do_case_history)
{
	struct field_changes c;

	return case_history(s, st->theirs, &st->arena, &c, e);
}

ACT(do_case_access_log)
{
	struct access_log l;

	session_set_purpose(s, &st->theirs, "who was here");
	return case_access_log(s, st->theirs, 10, &st->arena, &l, e);
}

ACT(do_note_add)
{
	const struct note n = { .uid = uid_new(),
		.case_uid = st->theirs,
		.kind = "fact",
		.text = "came by" };

	return note_add(s, &n, e);
}

ACT(do_flag_set)
{
	return flag_set(s, st->theirs, uid_new(), "watch the door", NULL, e);
}

ACT(do_flag_resolve)
{
	struct uid flag = uid_new();

	FIRST(flag_set(st->o.amina, st->theirs, flag, "a van", NULL, &e_));
	return flag_resolve(s, st->theirs, flag, "it is gone", e);
}

ACT(do_case_close)
{
	struct closing_sample c;
	bool closed;

	closing_make(&c, st->theirs, "goals_met", "all is done");
	return case_close(s, &st->rev, &c.r, &closed, e);
}

ACT(do_case_reopen)
{
	FIRST(close_case(st->o.amina, st->theirs, &st->rev, "goals_met",
	    "all is done", &e_));
	return case_reopen(s, st->theirs, &st->rev, "came back", e);
}

/* --- who somebody is ------------------------------------------------------------------ */
ACT(do_person_open)
{
	struct safe_contact c;
	struct person p;

	return person_open(s, st->theirs, "to call", &st->arena, &p, &c, e);
}

ACT(do_contact_instruction)
{
	struct safe_contact c;

	return contact_instruction(s, st->theirs, &st->arena, &c, e);
}

ACT(do_contact_instruction_for)
{
	struct safe_contact c;

	return contact_instruction_for(
	    s, st->theirs, "amina is ill today", &st->arena, &c, e);
}

ACT(do_contact_number)
{
	const char *number;
	struct safe_contact c;
	struct err first = { .kind = ERR_NONE };

	/* Nobody gets a number whose instruction was not shown first. */
	if (contact_instruction_for(
		s, st->theirs, "amina is ill", &st->arena, &c, &first) == -1)
		assert_int_equal(first.kind, ERR_DENIED);
	return contact_number(s, st->theirs, &st->arena, &number, e);
}

ACT(do_person_change)
{
	const struct change c = { "country", "LK" };
	int64_t rev = 1;

	return person_change(s, st->theirs, &rev, &c, 1, &st->arena, NULL, e);
}

ACT(do_safe_contact_set)
{
	struct sample one;

	sample_make(&one, "", "");
	one.safe.uid = uid_new();
	one.safe.number = NULL;
	return contact_put(s, st->theirs, &one.safe, e);
}

ACT(do_person_search)
{
	const struct person_query q = { .name = "Ishara", .phone = "" };
	struct person_cards c;

	return person_search(s, &q, 5, &st->arena, &c, e);
}

/* --- papers --------------------------------------------------------------------------- */
static struct document
a_paper(const struct role_stage *st)
{
	return (struct document){ .uid = uid_new(),
		.case_uid = st->theirs,
		.kind = "letter",
		.title = "a letter" };
}

static struct uid
paper_of(struct role_stage *st)
{
	const struct document d = a_paper(st);

	FIRST(document_add_text(st->o.amina, &d, "two lines", &e_));
	return d.uid;
}

ACT(do_document_add_text)
{
	const struct document d = a_paper(st);

	return document_add_text(s, &d, "two lines", e);
}

ACT(do_document_add_path)
{
	const struct document d = a_paper(st);

	return document_add_path(s, &d,
	    arena_printf(&st->arena, "%s/%s", st->o.kit.root, "letter"), e);
}

ACT(do_document_list)
{
	struct documents d;

	return document_list(s, st->theirs, "to look", &st->arena, &d, e);
}

ACT(do_document_text)
{
	struct uid paper = paper_of(st);
	const char *text;
	bool more;

	return document_text(
	    s, st->theirs, paper, "to read", &st->arena, &text, &more, e);
}

ACT(do_document_remove)
{
	return document_remove(s, st->theirs, paper_of(st), "not ours", e);
}

ACT(do_document_extract)
{
	struct consent c = release_of(st->theirs);
	struct uid paper = paper_of(st);

	c.scope = data_scope_bit(DATA_DOCUMENTS);
	FIRST(consent_add(st->o.amina, &c, &e_));
	return document_extract(s, st->theirs, paper, c.uid,
	    arena_printf(&st->arena, "%s/out-%d", st->o.kit.root, st->n++), e);
}

/* --- the safety plan ------------------------------------------------------------------- */
ACT(do_safety_plan_add)
{
	struct safety_part part = { "concern", "the car outside" };
	const struct safety_plan p = { .uid = uid_new(),
		.parts = &part,
		.n_parts = 1,
		.complete = "no",
		.copy_safe = "no",
		.language = "en" };
	struct conflicts none;

	return safety_plan_add(s, st->theirs, &p, &st->arena, &none, e);
}

ACT(do_safety_plan_open)
{
	struct safety_plan p;

	FIRST(do_safety_plan_add(st, st->o.amina, &e_));
	return safety_plan_open(
	    s, st->theirs, "did not come", 0, &st->arena, &p, e);
}

/* --- meeting somebody ------------------------------------------------------------------- */
ACT(do_intake_save)
{
	char code[CODE_SIZE];
	struct sample one;

	(void)st;
	sample_make(&one, "Nobody Real", "");
	return intake_save(s, &one.in, code, e);
}

/* Somebody amina met without making a case. */
static struct uid
met_alone(struct role_stage *st)
{
	char code[CODE_SIZE];
	struct sample one;

	sample_make(&one, "", "");
	one.in.open_case = false;
	one.in.anonymous = true;
	one.in.person = NULL;
	one.in.safe_contact = NULL;
	one.in.work_together = NULL;
	one.in.next = NULL;
	FIRST(intake_save(st->o.amina, &one.in, code, &e_));
	return one.in.contact_uid;
}

ACT(do_alone_list)
{
	struct alone_page page;

	return alone_list(s, false, NULL, 10, &st->arena, &page, e);
}

ACT(do_alone_waiting)
{
	struct alone_count n;

	(void)st;
	return alone_waiting(s, &n, e);
}

ACT(do_alone_open)
{
	struct alone one;

	return alone_open(s, met_alone(st), &st->arena, &one, e);
}

ACT(do_alone_done)
{
	return alone_done(s, uid_new(), met_alone(st), "she was brought", e);
}

ACT(do_bulk_intake)
{
	const struct intake *list[1];
	struct sample one;

	(void)st;
	sample_make(&one, "Nobody Either", "");
	list[0] = &one.in;
	return bulk_intake(s, list, 1, e);
}

/* --- lists ------------------------------------------------------------------------------ */
ACT(do_queue_page)
{
	struct queue_page p;
	bool cut;

	return queue_page(s, QUEUE_BRANCH, QUEUE_BY_RISK, NULL, false, 5, NULL,
	    &st->arena, &p, &cut, e);
}

ACT(do_queue_counts)
{
	int64_t counts[QUEUE_VIEWS];

	(void)st;
	return queue_counts(s, counts, e);
}

ACT(do_queue_jump)
{
	struct uid found;

	return queue_jump(s, role_other_code(st), &found, e);
}

ACT(do_agenda_page)
{
	struct agenda_page p;

	return agenda_page(
	    s, AGENDA_TASKS, 0, clock_now(), NULL, 5, &st->arena, &p, e);
}

ACT(do_agenda_sums)
{
	struct agenda_sums sums;

	(void)st;
	return agenda_sums(s, &sums, e);
}

ACT(do_agenda_days)
{
	int64_t counts[7];

	(void)st;
	return agenda_days(s, clock_day_of(clock_now()), 7, counts, e);
}

ACT(do_agenda_changes)
{
	struct agenda_changes c;

	return agenda_changes(s, &st->arena, &c, e);
}

ACT(do_agenda_seen)
{
	(void)st;
	return agenda_seen(s, e);
}

/* --- tasks, the next shift ---------------------------------------------------------------- */
static int
task_of(
    struct role_stage *st, struct session *s, struct uid *uid, struct err *e)
{
	const struct task_note t = { .uid = uid_new(),
		.case_uid = st->theirs,
		.text = "bring the form",
		.due = clock_now() + CLOCK_DAY };

	*uid = t.uid;
	return task_add(s, &t, e);
}

ACT(do_task_add)
{
	struct uid uid;

	return task_of(st, s, &uid, e);
}

ACT(do_task_list)
{
	struct task_lines l;

	return task_list(s, st->theirs, &st->arena, &l, e);
}

ACT(do_task_done)
{
	struct uid uid;

	FIRST(task_of(st, st->o.amina, &uid, &e_));
	return task_done(s, st->theirs, uid, "", e);
}

ACT(do_handover_add)
{
	return handover_add(s, uid_new(), st->theirs, "call at nine", e);
}

ACT(about_no_case)
{
	(void)st;
	return handover_add(
	    s, uid_new(), (struct uid){ { 0 } }, "the lamp is out", e);
}

ACT(do_handover_list)
{
	struct handovers h;

	return handover_list(s, false, 10, &st->arena, &h, e);
}

ACT(do_handover_mark)
{
	struct uid uid = uid_new();

	FIRST(handover_add(st->o.amina, uid, (struct uid){ { 0 } },
	    "the door code is new", &e_));
	return handover_mark(s, &uid, 1, e);
}

/* --- what somebody was typing --------------------------------------------------------------- */
static struct draft
a_draft(const struct role_stage *st)
{
	return (struct draft){
		.uid = uid_new(), .screen = "note", .case_uid = st->theirs
	};
}

ACT(do_draft_save)
{
	const struct draft d = a_draft(st);

	return draft_save(s, &d, "half a word", 11, e);
}

ACT(do_draft_list)
{
	struct drafts d;

	return draft_list(s, &st->arena, &d, e);
}

/* Amina's: nobody else gets it, whatever their role. */
ACT(do_draft_load)
{
	const struct draft d = a_draft(st);
	struct buf words;
	int rc;

	buf_init(&words);
	FIRST(draft_save(st->o.amina, &d, "half a word", 11, &e_));
	rc = draft_load(s, d.uid, &words, e);
	buf_done(&words);
	return rc;
}

ACT(do_draft_drop)
{
	const struct draft d = a_draft(st);
	struct drafts all;

	FIRST(draft_save(st->o.amina, &d, "half a word", 11, &e_));
	if (draft_drop(s, d.uid, e) == -1)
		return -1;
	FIRST(draft_list(st->o.amina, &st->arena, &all, &e_));
	for (size_t i = 0; i < all.n; i++)
		if (uid_eq(&all.list[i].uid, &d.uid)) {
			assert_true(s != st->o.amina);
			return err_set(e, ERR_NOT_FOUND, "not theirs");
		}
	return 0;
}

#define ROW_QUIET(call_, want_)                                     \
	{                                                           \
		.call = #call_, .act = do_##call_, .want = (want_), \
		.quiet = true                                       \
	}

/* And whoever covers, once they said why. */
#define OWN_COVER "YY-Y-----"

static const struct role_row rows[] = {
	/*                   amina zoya bilal sunil sumi cora audra adele stan */
	ROW(case_open, READS),
	ROW(case_change, OWN),
	ROW(case_assign, "Y--Y-Y---"),
	ROW(case_set_risk, OWN),
	ROW(case_timeline, READS),
	ROW(case_history, "Y--R-R---"),
	ROW(case_access_log, "---Y-YY--"),
	ROW(note_add, OWN),
	ROW(flag_set, OWN),
	ROW(flag_resolve, OWN),
	ROW_FRESH(case_close, OWN),
	ROW_FRESH(case_reopen, OWN),
	ROW(person_open, OWN),
	/* Who covers for a colleague says why, to this database. */
	{ .call = "contact_instruction",
	    .act = do_contact_instruction,
	    .want = "YR-Y-----",
	    .then = " R       " },
	ROW(contact_instruction_for, OWN_COVER),
	ROW(contact_number, OWN_COVER),
	ROW_FRESH(person_change, OWN),
	ROW(safe_contact_set, OWN),
	ROW(person_search, "YYYYY----"),
	ROW(document_add_text, OWN),
	ROW(document_add_path, OWN),
	ROW(document_list, OWN),
	ROW(document_text, OWN),
	ROW(document_remove, OWN),
	ROW(document_extract, OWN),
	ROW(safety_plan_add, OWN),
	ROW(safety_plan_open, OWN),
	ROW(intake_save, "YYYYY----"),
	ROW(bulk_intake, "YYYYY----"),
	ROW(alone_list, "YYYYYY---"),
	ROW_QUIET(alone_waiting, "YYYYYY---"),
	ROW(alone_open, "YY-Y-Y---"),
	ROW(alone_done, "YY-Y-----"),
	ROW(queue_page, LISTS),
	ROW_QUIET(queue_counts, LISTS),
	ROW(queue_jump, "YY-Y-Y---"),
	ROW(agenda_page, LISTS),
	ROW_QUIET(agenda_sums, LISTS),
	ROW_QUIET(agenda_days, LISTS),
	ROW(agenda_changes, LISTS),
	ROW(agenda_seen, LISTS),
	ROW(task_add, OWN),
	ROW(task_list, READS),
	{ .call = "task_done",
	    .act = do_task_done,
	    .want = READS,
	    .then = "Y- Y -   " },
	ROW(handover_add, OWN),
	{ .call = "handover_add", .act = about_no_case, .want = "YYYYYY---" },
	ROW(handover_list, "YYYYYY---"),
	ROW(handover_mark, "YYYYYY---"),
	ROW(draft_save, "YYYYYYYYY"),
	ROW(draft_list, "YYYYYYYYY"),
	ROW(draft_load, "Ynnnnnnnn"),
	ROW(draft_drop, "Ynnnnnnnn"),
};

const struct role_rows role_case = { rows, sizeof(rows) / sizeof(rows[0]) };
