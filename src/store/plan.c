/* SPDX-License-Identifier: ISC */
/* Goals, steps, progress and reviews: adding and changing. */
#include "store/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "store/plan_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
/* Nobody plans for later than this. */
#define PLAN_YEARS 20

static const struct tx_what *
writing(struct tx_what *what, const struct uid *case_uid,
    const struct uid *object, const char *action)
{
	*what = (struct tx_what){ .db = DB_CASES,
		.perm = PERM_PLAN,
		.case_uid = case_uid,
		.object = object,
		.action = action,
		.wrote = true };
	return what;
}

static int
choose(struct err *e)
{
	return err_set(e, ERR_INPUT,
	    _("One of the answers is not in its list. Choose again."));
}

static bool
domain_ok(const struct society *s, const char *domain)
{
	for (size_t i = 0; i < s->domains.n; i++) {
		if (strcmp(s->domains.list[i].id, domain) == 0)
			return true;
	}
	return domain[0] == '\0';
}

static int
due_ok(const struct fdate *on, const char *field, struct err *e)
{
	if (timer_by(on) > clock_now() + PLAN_YEARS * 366 * CLOCK_DAY)
		return err_set_field(e, field,
		    _("Give the day it is due, such as +7 or friday."));
	return 0;
}

/* A goal must be of this case. */
static int
must_exist(struct tx *tx, const struct uid *case_uid, const struct uid *goal)
{
	static const char sql[] = "SELECT 1 FROM goal WHERE case_uid = ?1"
				  " AND uid = ?2 AND deleted_hlc = 0";
	int64_t one;
	int rc = tx_int(tx, sql, VALS(v_uid(case_uid), v_uid(goal)), &one);

	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This goal is not in the plan of this case."));
	return rc == -1 ? -1 : 0;
}

/* What is added to a plan: a row, of a goal where there is one. */
struct adding {
	const struct uid *case_uid, *uid, *goal; /* goal NULL: of none */
	enum record_table table;
	const char *action;
	bool dated; /* says when, which a second try may say otherwise */
};
#define COLS_MAX 8

static int
add(struct session *s, const struct adding *what, const struct col *cols,
    size_t n, struct err *err)
{
	struct col all[COLS_MAX + 1];
	struct tx_what w;
	struct tx tx;
	int rc = -1;

	if (n > COLS_MAX)
		die("too many columns for the plan");
	if (tx_begin(&tx, s,
		writing(&w, what->case_uid, what->uid, what->action),
		err) == -1)
		return -1;
	memcpy(all, cols, n * sizeof(*cols));
	all[n] = (struct col){ "at", v_int(tx.now) };
	if (what->goal == NULL ||
	    must_exist(&tx, what->case_uid, what->goal) == 0)
		rc = case_commit_once(&tx, what->case_uid,
		    record_insert_once(&tx, what->table, what->case_uid,
			what->uid, all, n + what->dated, n));
	tx_abort(&tx);
	return rc;
}

/* --- goals ---------------------------------------------------------------- */

static int
goal_ok(const struct society *society, const char *words, const char *domain,
    const char *agreed, struct err *e)
{
	if (words != NULL && !said(words))
		return err_set_field(
		    e, "words", _("Write the goal in the person's own words."));
	if ((domain != NULL && !domain_ok(society, domain)) ||
	    (agreed != NULL && agreement_from_name(agreed) < 0))
		return choose(e);
	return 0;
}

int
goal_add(struct session *s, struct uid case_uid, const struct goal *in,
    struct err *err)
{
	struct goal g = *in;
	const struct text_in texts[] = {
		{ &g.words, N_("Goal"), LIMIT_WORDS },
		{ &g.domain, N_("Area of life"), LIMIT_CODE },
		{ &g.agreed, N_("Agreed"), LIMIT_CODE },
	};
	const struct adding what = { &case_uid, &g.uid, NULL, REC_GOAL,
		"goal.add", false };
	char iso[12];
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, COUNT(texts), err) == 0 &&
	    goal_ok(session_society(s), g.words, g.domain, g.agreed, err) == 0)
		rc = add(s, &what,
		    COLS({ "words", v_str(g.words) },
			{ "domain", v_str(g.domain) },
			{ "agreed", v_str(g.agreed) },
			{ "target_on",
			    v_str(date_iso(&g.target, iso, sizeof(iso))) }),
		    err);
	arena_done(&a);
	return rc;
}

/* --- steps ---------------------------------------------------------------- */

static int
action_ok(const char *what, const char *who, const char *agreed,
    const char *state, struct err *e)
{
	if (what != NULL && !said(what))
		return err_set_field(
		    e, "what", _("Write what is done, in a few words."));
	if ((who != NULL && action_who_from_name(who) < 0) ||
	    (agreed != NULL && agreement_from_name(agreed) < 0) ||
	    (state != NULL && action_state_from_name(state) < 0))
		return choose(e);
	return 0;
}

int
plan_action_add(struct session *s, struct uid case_uid,
    const struct plan_action *in, struct err *err)
{
	struct plan_action p = *in;
	const struct text_in texts[] = {
		{ &p.what, N_("What is done"), LIMIT_WORDS },
		{ &p.who, N_("Who"), LIMIT_CODE },
		{ &p.who_words, N_("Who exactly"), LIMIT_NAME },
		{ &p.agreed, N_("Agreed"), LIMIT_CODE },
	};
	const struct adding what = { &case_uid, &p.uid, &p.goal,
		REC_PLAN_ACTION, "plan-action.add", false };
	char iso[12];
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, COUNT(texts), err) == 0 &&
	    action_ok(p.what, p.who, p.agreed, NULL, err) == 0 &&
	    due_ok(&p.due_on, "due_on", err) == 0)
		rc = add(s, &what,
		    COLS({ "goal", v_uid(&p.goal) }, { "what", v_str(p.what) },
			{ "who", v_str(p.who) },
			{ "who_words", v_str(p.who_words) },
			{ "due", v_int(timer_by(&p.due_on)) },
			{ "due_on",
			    v_str(date_iso(&p.due_on, iso, sizeof(iso))) },
			{ "agreed", v_str(p.agreed) }),
		    err);
	arena_done(&a);
	return rc;
}

/* --- changing ------------------------------------------------------------- */

static const char *
value_of(const struct change *list, size_t n, const char *field)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].field, field) == 0)
			return list[i].value;
	}
	return NULL;
}

static int
changes_ok(const struct society *society, enum record_table table,
    const struct change *list, size_t n, struct err *e)
{
	const char *day = table == REC_GOAL ? "target_on" : "due_on";
	const char *on = value_of(list, n, day);
	struct fdate date = { 0 };

	/* "?" is what a form says for "nobody knows". */
	if (on != NULL && on[0] != '\0' && strcmp(on, "?") != 0 &&
	    date_from_iso(on, &date) == -1)
		return choose(e);
	if (due_ok(&date, day, e) == -1)
		return -1;
	if (table == REC_GOAL)
		return goal_ok(society, value_of(list, n, "words"),
		    value_of(list, n, "domain"), value_of(list, n, "agreed"),
		    e);
	return action_ok(value_of(list, n, "what"), value_of(list, n, "who"),
	    value_of(list, n, "agreed"), value_of(list, n, "state"), e);
}

/* What follows from the fields that were changed: when it is due, and when a
 * step ended (one taken up again has no end). */
static int
action_follow(struct tx *tx, const struct uid *case_uid, const struct uid *uid,
    const struct change *list, size_t n, int64_t *rev)
{
	static const char sql_rev[] = "SELECT rev FROM plan_action WHERE "
				      "case_uid = ?1 AND uid = ?2";
	const char *state = value_of(list, n, "state");
	const char *on = value_of(list, n, "due_on");
	struct fdate date = { 0 };

	if (state != NULL &&
	    record_set(tx, REC_PLAN_ACTION, case_uid, uid,
		COLS({ "done_at",
		    v_int(strcmp(state, "open") == 0 ? 0 : tx->now) })) == -1)
		return -1;
	if (on != NULL) {
		(void)date_from_iso(on, &date);
		if (record_set(tx, REC_PLAN_ACTION, case_uid, uid,
			COLS({ "due", v_int(timer_by(&date)) })) == -1)
			return -1;
	}
	return tx_int(tx, sql_rev, VALS(v_uid(case_uid), v_uid(uid)), rev) == -1
		   ? -1
		   : 0;
}

static int
change(struct session *s, const struct uid *case_uid, const struct uid *uid,
    enum record_table table, const char *action, int64_t *rev,
    const struct change *in, size_t n, struct arena *arena,
    struct conflicts *conflicts, struct err *err)
{
	const struct change *list;
	int64_t now = *rev;
	struct tx tx = { .open = false };
	struct tx_what what;
	int rc = -1;

	if (changes_take(arena, in, n, &list, err) == -1 ||
	    changes_ok(session_society(s), table, list, n, err) == -1 ||
	    tx_begin(&tx, s, writing(&what, case_uid, uid, action), err) == -1)
		return -1;
	if (record_update(&tx, table, case_uid, uid, &now, list, n, arena,
		conflicts) == -1)
		goto out;
	if (table == REC_PLAN_ACTION &&
	    action_follow(&tx, case_uid, uid, list, n, &now) == -1)
		goto out;
	rc = case_commit(&tx, case_uid);
	if (rc == 0)
		*rev = now;
out:
	tx_abort(&tx);
	return rc;
}

int
goal_change(struct session *s, struct uid case_uid, struct uid goal,
    int64_t *rev, const struct change *list, size_t n, struct arena *arena,
    struct conflicts *conflicts, struct err *err)
{
	return change(s, &case_uid, &goal, REC_GOAL, "goal.change", rev, list,
	    n, arena, conflicts, err);
}

int
plan_action_change(struct session *s, struct uid case_uid, struct uid action,
    int64_t *rev, const struct change *list, size_t n, struct arena *arena,
    struct conflicts *conflicts, struct err *err)
{
	return change(s, &case_uid, &action, REC_PLAN_ACTION,
	    "plan-action.change", rev, list, n, arena, conflicts, err);
}

/* --- progress and reviews -------------------------------------------------- */

static int
progress_ok(const struct goal_progress *p, struct err *e)
{
	int state = goal_state_from_name(p->state);

	if (state <= GOAL_NEW)
		return err_set_field(e, "state",
		    _("Say how far it is: in progress, met, or set aside."));
	if (state == GOAL_SET_ASIDE && !said(p->words))
		return err_set_field(e, "words",
		    _("Setting a goal aside is the person's decision. Write "
		      "what they said."));
	return 0;
}

int
goal_progress_add(struct session *s, struct uid case_uid,
    const struct goal_progress *in, struct err *err)
{
	struct goal_progress p = *in;
	const struct text_in texts[] = {
		{ &p.state, N_("How far"), LIMIT_CODE },
		{ &p.words, N_("Words"), LIMIT_WORDS },
	};
	const struct adding what = { &case_uid, &p.uid, &p.goal,
		REC_GOAL_PROGRESS, "goal.progress", true };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, COUNT(texts), err) == 0 &&
	    progress_ok(&p, err) == 0)
		rc = add(s, &what,
		    COLS({ "goal", v_uid(&p.goal) },
			{ "state", v_str(p.state) },
			{ "words", v_str(p.words) }),
		    err);
	arena_done(&a);
	return rc;
}

static int
review_ok(const struct plan_review *r, struct err *e)
{
	if (agreement_from_name(r->agreed) <= AGREED_NOT_ASKED)
		return err_set_field(e, "agreed",
		    _("Say whether the person agrees to the plan: yes, in "
		      "part, not now or no."));
	if (!is_tri(r->copy_safe))
		return choose(e);
	if (r->copy_given && strcmp(r->copy_safe, "yes") != 0)
		return err_set_field(e, "copy_given",
		    _("A copy is given only when the person says it is safe to "
		      "keep one. Ask them, or say that none was given."));
	return due_ok(&r->review_on, "review_on", e);
}

int
plan_review_add(struct session *s, struct uid case_uid,
    const struct plan_review *in, struct err *err)
{
	struct plan_review r = *in;
	const struct text_in texts[] = {
		{ &r.agreed, N_("Agreed"), LIMIT_CODE },
		{ &r.copy_safe, N_("Copy safe"), LIMIT_CODE },
		{ &r.words, N_("Words"), LIMIT_WORDS },
	};
	const struct adding what = { &case_uid, &r.uid, NULL, REC_PLAN_REVIEW,
		"plan.review", true };
	char iso[12];
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (texts_take(&a, texts, COUNT(texts), err) == 0 &&
	    review_ok(&r, err) == 0)
		rc = add(s, &what,
		    COLS({ "agreed", v_str(r.agreed) },
			{ "copy_safe", v_str(r.copy_safe) },
			{ "copy_given", v_int(r.copy_given) },
			{ "words", v_str(r.words) },
			{ "review_at", v_int(timer_by(&r.review_on)) },
			{ "review_on",
			    v_str(date_iso(&r.review_on, iso, sizeof(iso))) }),
		    err);
	arena_done(&a);
	return rc;
}
