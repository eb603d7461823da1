/* SPDX-License-Identifier: ISC */
/*
 * What the files of the timeline share.  A part is one kind of record: a
 * statement whose first column is the login, ?1 the case and ?2 the record,
 * and a function that makes an event of its row.
 */
#ifndef AMPARO_STORE_CASE_TIMELINE_INSIDE_H
#define AMPARO_STORE_CASE_TIMELINE_INSIDE_H

#include "store/case_inside.h"

struct reading {
	struct tx *tx;
	const struct society *society;
	const struct uid *case_uid;
	struct arena *arena;
};
struct timeline_part {
	const char *sql;
	void (*fill)(const struct reading *, sqlite3_stmt *, struct event *);
};

/* The day it happened, where that is not the day it was written down. */
void timeline_happened(struct event *, int64_t at);
/* Words on one line after a title: behind a colon, in brackets, behind a comma;
 * where there are none, the title alone, with no mark that waits for them. */
const char *timeline_with(struct arena *, const char *title, const char *words);
const char *timeline_in(struct arena *, const char *title, const char *words);
const char *timeline_and(struct arena *, const char *title, const char *words);

/*
 * Of a contact t: what was wanted, noticed, done and told, as columns from col
 * on, and as lines for reading; in the arena.
 */
#define TIMELINE_ANSWERS                                                   \
	"(SELECT group_concat(item || x'1f' || state || x'1f' || action, " \
	"x'1e') FROM (SELECT item, state, action FROM triage WHERE "       \
	"case_uid = t.case_uid AND contact = t.uid ORDER BY item))"
#define TIMELINE_CONTACT_WORDS \
	"t.wants, " TIMELINE_ANSWERS ", t.information_given, t.number_given"
const char *timeline_contact_words(
    const struct society *, struct arena *, sqlite3_stmt *, int col);
/* A contact: what was noticed, done and told. */
extern const struct timeline_part timeline_contact;
/* Children: what was recorded, what was decided. */
extern const struct timeline_part timeline_child, timeline_best_interests;
/* The referral mechanism; duties to tell. */
extern const struct timeline_part timeline_mechanism, timeline_duty;
/* Needs, plan and help. */
extern const struct timeline_part timeline_assessment, timeline_goal,
    timeline_progress, timeline_plan_review, timeline_service;
/* Referrals and what came of them; what a second person was asked. */
extern const struct timeline_part timeline_referral, timeline_act,
    timeline_act_event;
/* What a colleague was asked, and an answer that changed nothing. */
extern const struct timeline_part timeline_request, timeline_answer;
/* What was asked back of who was told. */
extern const struct timeline_part timeline_recall;
/* Into an occasion, or out of one again; nobody else in it is named. */
extern const struct timeline_part timeline_occasion;

#endif
