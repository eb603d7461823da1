/* SPDX-License-Identifier: ISC */
/* Children, and who may be one: what stands, and best interests. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "store/child_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- the record ---------------------------------------------------------------------- */

static int
take(struct arena *a, struct child_record *r, struct err *e)
{
	const struct text_in texts[] = {
		{ &r->may_be_child, N_("May be a child"), LIMIT_CODE },
		{ &r->age_basis, N_("Age: known from"), LIMIT_CODE },
		{ &r->age_decided_by, N_("Decided by"), LIMIT_NAME },
		{ &r->guardian, N_("Guardian"), LIMIT_CODE },
		{ &r->informed, N_("Guardian informed"), LIMIT_CODE },
		{ &r->informed_why, N_("Why, or why not"), LIMIT_WORDS },
		{ &r->route, N_("Who agrees"), LIMIT_CODE },
		{ &r->route_why, N_("Why this way"), LIMIT_WORDS },
		{ &r->trusted, N_("Trusted adult or service"), LIMIT_NAME },
		{ &r->assent, N_("What the child says"), LIMIT_CODE },
		{ &r->child_words, N_("The child's words"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

/* -1: none of the list. */
static int
code_of(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return (int)i;
	}
	return -1;
}

static int
facts_of(const struct child_record *r, struct child_facts *f, struct err *e)
{
	static const char *const informed[] = { "", "yes", "no" };
	static const char *const routes[] = { "", "caregiver",
		"best_interests" };
	static const char *const assents[] = { "", "yes", "no", "not_able",
		"not_asked", "could_not" };
	int basis = age_basis_from_name(r->age_basis);
	int i = code_of(informed, COUNT(informed), r->informed);
	int way = code_of(routes, COUNT(routes), r->route);
	int assent = code_of(assents, COUNT(assents), r->assent);

	if (!is_tri(r->may_be_child) || basis == -1 || i == -1 || way == -1 ||
	    assent == -1)
		return err_set(e, ERR_INPUT,
		    _("Choose one of the answers that are offered."));
	*f = (struct child_facts){
		.answered = r->may_be_child[0] != '\0',
		.adult = strcmp(r->may_be_child, "no") == 0,
		.basis = (enum age_basis)basis,
		.age_decided = said(r->age_decided_by),
		.safety_asked = r->safety_asked,
		.guardian = guardian_from_name(r->guardian),
		.informed = (enum child_informed)i,
		.informed_words = said(r->informed_why),
		.route = (enum child_route)way,
		.route_words = said(r->route_why),
		.trusted_named = said(r->trusted),
		.assent = (enum child_assent)assent,
		.again_set = r->review_on.precision != DATE_UNKNOWN,
	};
	return 0;
}

/* What is asked for, and which value of the record answers it. */
static const struct {
	const char *field, *words;
} gaps[CHILD_GAP_COUNT] = {
	[CHILD_NO_ANSWER] = { "may_be_child",
	    N_("Say whether this may be a child: yes, no or "
	       "unsure.") },
	[CHILD_BASIS] = { "age_basis",
	    N_("Say where it is known from that this is no "
	       "child.") },
	[CHILD_NOT_DECIDED] = { "age_decided_by",
	    N_("An estimate or a dispute makes nobody an adult: until the "
	       "competent authority decides, work as with a child. Where it "
	       "decided, write who and when.") },
	[CHILD_SAFETY_FIRST] = { "safety_asked",
	    N_("Ask the child alone first whether this guardian is safe; "
	       "only then can a guardian be called safe or be told.") },
	[CHILD_INFORMED] = { "informed",
	    N_("Say whether the guardian was told.") },
	[CHILD_INFORMED_WHY] = { "informed_why",
	    N_("The guardian was not told: say in a few words why not.") },
	[CHILD_INFORMED_UNSAFE] = { "informed_why",
	    N_("A guardian who may not be safe was told: say what happened "
	       "and what keeps the child safe now.") },
	[CHILD_ROUTE] = { "route",
	    N_("Say who agrees in the child's place: a safe "
	       "guardian, or a decision by best interests.") },
	[CHILD_ROUTE_CAREGIVER] = { "route",
	    N_("This guardian is not known to be safe and cannot agree for "
	       "the child. Decide by best interests and say why.") },
	[CHILD_ROUTE_WHY] = { "route_why",
	    N_("Say in a few words why best interests decide "
	       "and not the guardian.") },
	[CHILD_TRUSTED] = { "trusted",
	    N_("Say which trusted adult or service stands by "
	       "the child: what they are, never a name.") },
	[CHILD_ASSENT] = { "assent",
	    N_("Ask the child too, and record what the child "
	       "says; or that it could not be asked.") },
	[CHILD_ASSENT_AGAIN] = { "review_on",
	    N_("The child could not be asked: say on which "
	       "day you look again, and try then.") },
};

static int
check(const struct child_record *r, struct err *e)
{
	struct child_facts f = { .answered = false };
	enum child_gap gap;

	if (facts_of(r, &f, e) == -1)
		return -1;
	gap = child_check(&f);
	if (gap != CHILD_OK)
		return err_set_field(
		    e, gaps[gap].field, "%s", _(gaps[gap].words));
	if (r->of_age_reviewed && !f.adult)
		return err_set_field(e, "may_be_child",
		    _("Who came of age is no child any more: answer \"no\" "
		      "above, with where it is known from."));
	return 0;
}

/* The end of the day, UTC ms; 0 for no day. */
static int64_t
due_on(const struct fdate *d)
{
	int64_t first, last;

	return date_range(d, &first, &last) == -1 ? 0 : timer_day_end(last);
}

static const struct merge_rule rules[] = {
	{ "may_be_child", MERGE_ASK, "yes unsure" },
	{ "guardian", MERGE_ASK, "concern unsafe_to_tell" },
	{ "review_at", MERGE_QUIET, NULL }, /* goes with its day */
	{ NULL, MERGE_ASK, NULL },
};

static int
insert(struct tx *tx, const struct basis *basis, const struct child_record *r,
    struct arena *a, struct conflicts *out)
{
	struct conflict of_case;
	char on[12];
	struct col cols[] = {
		{ "may_be_child", v_str(r->may_be_child) },
		{ "age_basis", v_str(r->age_basis) },
		{ "age_decided_by", v_str(r->age_decided_by) },
		{ "safety_asked", v_int(r->safety_asked) },
		{ "guardian", v_str(r->guardian) },
		{ "informed", v_str(r->informed) },
		{ "informed_why", v_str(r->informed_why) },
		{ "route", v_str(r->route) },
		{ "route_why", v_str(r->route_why) },
		{ "trusted", v_str(r->trusted) },
		{ "assent", v_str(r->assent) },
		{ "child_words", v_str(r->child_words) },
		{ "of_age_reviewed", v_int(r->of_age_reviewed) },
		{ "review_on", v_str(date_iso(&r->review_on, on, sizeof(on))) },
		{ "review_at", v_int(due_on(&r->review_on)) },
	};
	int since = record_case_since(
	    tx, &r->case_uid, "may_be_child", basis->rev, a, &of_case);
	int rc;

	if (since == -1)
		return -1;
	rc = record_based(tx, REC_CHILD, &r->case_uid, &r->uid, &basis->base,
	    since == 1 ? &of_case : NULL, rules, cols, COUNT(cols), a, out);
	return case_rev(tx, &r->case_uid, &out->rev) == -1 ? -1 : rc;
}

/*
 * What every list and every consent asks of the case itself.  "No" against the
 * date of birth takes the word of who may decide an age, or the birthday and
 * their consents gone through with them: then no day waits any more.
 */
static int
set_case(struct tx *tx, const struct child_record *r)
{
	const struct col cols[] = {
		{ "may_be_child", v_str(r->may_be_child) },
		{ "of_age_from", v_int(CHILD_OF_AGE) },
	};
	bool settled = r->of_age_reviewed;
	int64_t from = 0;

	if (strcmp(r->may_be_child, "no") == 0 &&
	    child_no_by_birth(tx, &r->case_uid, &from) == -1) {
		settled = said(r->age_decided_by) ||
			  (settled && child_birthday_near(from, tx->now));
		if (from == 0 || !settled)
			return -1;
		err_clear(tx->err);
	}
	return record_set(
	    tx, REC_CASE, NULL, &r->case_uid, cols, settled ? 2 : 1);
}

/* What stands now, merged of two: it may say half of something. */
static int
check_merged(struct tx *tx, struct child_record *r, struct arena *a,
    const struct conflicts *merged)
{
	if (child_read(tx, &r->case_uid, a, r) == -1)
		return -1;
	if (merged->n == 0 || check(r, tx->err) == 0)
		return 0;
	return record_in_conflict(tx->err);
}

int
child_set(struct session *s, const struct basis *basis,
    const struct child_record *in, struct arena *a, struct conflicts *conflicts,
    struct err *err)
{
	struct child_record r = *in;
	struct tx tx = { .open = false };
	int rc = -1;

	*conflicts = (struct conflicts){ .n = 0 };
	if (take(a, &r, err) == -1 || check(&r, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &r.case_uid,
		    .object = &r.uid,
		    .action = "child.set",
		    .wrote = true },
		err) == -1)
		return -1;
	rc = insert(&tx, basis, &r, a, conflicts);
	if (rc == 0 && (rc = check_merged(&tx, &r, a, conflicts)) == 0 &&
	    (rc = set_case(&tx, &r)) == 0)
		rc = case_commit(&tx, &r.case_uid);
	else if (rc == 1)
		rc = 0;
	tx_abort(&tx);
	return rc;
}

/* --- best interests -------------------------------------------------------------------- */

static int
check_days(const struct best_interests *b, struct err *e)
{
	int64_t first, last, review, review_last;

	if (date_range(&b->decided_on, &first, &last) == -1)
		return err_set_field(
		    e, "decided_on", _("Say on which day it was decided."));
	if (first > clock_day_of(clock_now()))
		return err_set_field(e, "decided_on",
		    _("This was decided on a day still to come: write it down "
		      "when it is decided."));
	if (date_range(&b->review_on, &review, &review_last) == 0 &&
	    review_last < first)
		return err_set_field(e, "review_on",
		    _("It is looked at again after it was decided: choose a "
		      "later day."));
	return 0;
}

static int
check_decision(struct arena *a, struct best_interests *b, struct err *e)
{
	static const char *const kinds[] = { "bia", "bid" };
	static const char *const answers[] = { "yes", "part", "no", "not_able",
		"could_not" };
	const struct text_in texts[] = {
		{ &b->kind, N_("Kind"), LIMIT_CODE },
		{ &b->reason, N_("Why now"), LIMIT_WORDS },
		{ &b->options, N_("Options"), LIMIT_WORDS },
		{ &b->child_view, N_("The child's own view"), LIMIT_WORDS },
		{ &b->decision, N_("Decision"), LIMIT_WORDS },
		{ &b->accepted, N_("Does the child accept"), LIMIT_CODE },
		{ &b->refused_why, N_("Why not"), LIMIT_WORDS },
		{ &b->decided_by, N_("Decided by"), LIMIT_NAME },
		{ &b->outcome, N_("What it comes to"), LIMIT_CODE },
		{ &b->agency, N_("Who carries it out"), LIMIT_NAME },
	};
	const struct {
		const char *field, *words;
	} needed[] = { { "reason", b->reason }, { "options", b->options },
		{ "child_view", b->child_view }, { "decision", b->decision },
		{ "decided_by", b->decided_by } };
	bool no, determined;

	if (texts_take(a, texts, COUNT(texts), e) == -1)
		return -1;
	determined = strcmp(b->kind, "bid") == 0;
	if (!is_one_of(b->kind, kinds, COUNT(kinds)) ||
	    !is_one_of(b->accepted, answers, COUNT(answers)))
		return err_set(e, ERR_INPUT,
		    _("Choose one of the answers that are offered."));
	if (!determined && b->outcome[0] != '\0')
		return err_set_field(e, "outcome",
		    _("An assessment comes to nothing that others act on: "
		      "that is for a determination."));
	if (determined && child_outcome_from_name(b->outcome) == -1)
		return err_set_field(e, "outcome",
		    _("Say what the determination comes to, with one of those "
		      "offered: others act on it."));
	for (size_t i = 0; i < COUNT(needed); i++)
		if (!said(needed[i].words))
			return err_set_field(e, needed[i].field,
			    _("Why now, which options there were, the child's "
			      "own view, the decision and who decided are all "
			      "needed: somebody will ask for them one day."));
	no = strcmp(b->accepted, "no") == 0 || strcmp(b->accepted, "part") == 0;
	if (no && !said(b->refused_why))
		return err_set_field(e, "refused_why",
		    _("The child does not accept all of it: write why, in "
		      "the child's words."));
	if (strcmp(b->accepted, "could_not") == 0 &&
	    (!said(b->refused_why) || b->review_on.precision == DATE_UNKNOWN))
		return err_set_field(e,
		    said(b->refused_why) ? "review_on" : "could_not_why",
		    _("The child could not be asked: say why, and on which day "
		      "you look again, and try then."));
	if (no && b->review_on.precision == DATE_UNKNOWN)
		return err_set_field(e, "review_on",
		    _("What the child does not accept is looked at again: "
		      "say when."));
	return check_days(b, e);
}

static int
check_corrects(struct tx *tx, const struct best_interests *b)
{
	static const char sql[] =
	    "SELECT 1 FROM best_interests WHERE case_uid = ?1 AND uid = ?2";
	int64_t one;
	int rc;

	if (uid_null(&b->corrects))
		return 0;
	rc = tx_int(
	    tx, sql, VALS(v_uid(&b->case_uid), v_uid(&b->corrects)), &one);
	if (rc == 0)
		return err_set(tx->err, ERR_INPUT,
		    _("The decision this corrects is not in this case."));
	return rc == -1 ? -1 : 0;
}

static int
insert_decision(struct tx *tx, const struct best_interests *b)
{
	char on[12], again[12], done[12];
	const struct col cols[] = {
		{ "corrects", v_uid(&b->corrects) },
		{ "outcome", v_str(b->outcome) },
		{ "agency", v_str(b->agency) },
		{ "carried_out_on",
		    v_str(date_iso(&b->carried_out_on, done, sizeof(done))) },
		{ "kind", v_str(b->kind) },
		{ "reason", v_str(b->reason) },
		{ "options", v_str(b->options) },
		{ "child_view", v_str(b->child_view) },
		{ "decision", v_str(b->decision) },
		{ "accepted", v_str(b->accepted) },
		{ "refused_why", v_str(b->refused_why) },
		{ "decided_by", v_str(b->decided_by) },
		{ "decided_on",
		    v_str(date_iso(&b->decided_on, on, sizeof(on))) },
		{ "review_on",
		    v_str(date_iso(&b->review_on, again, sizeof(again))) },
		{ "review_at", v_int(due_on(&b->review_on)) },
	};

	return record_insert_once(tx, REC_BEST_INTERESTS, &b->case_uid, &b->uid,
	    cols, COUNT(cols), COUNT(cols));
}

int
best_interests_add(
    struct session *s, const struct best_interests *in, struct err *err)
{
	struct best_interests b = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (check_decision(&a, &b, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_WRITE,
		    .case_uid = &b.case_uid,
		    .object = &b.uid,
		    .action = "child.best-interests",
		    .wrote = true },
		err) == -1)
		goto done;
	if (check_corrects(&tx, &b) == 0)
		rc = insert_decision(&tx, &b);
	rc = case_commit_once(&tx, &b.case_uid, rc);
	tx_abort(&tx);
done:
	arena_done(&a);
	return rc;
}
