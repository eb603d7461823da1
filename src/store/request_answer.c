/* SPDX-License-Identifier: ISC */
/* Who may answer, and what an answer does. */
#include <string.h>

#include "base/i18n.h"
#include "store/join_inside.h"
#include "store/link_inside.h"

static enum scope
scope_of(const struct tx *tx, enum permission perm)
{
	const struct session *s = tx->s;

	if (access_fenced(s->user.role, perm))
		return SCOPE_NOBODY;
	return (enum scope)session_grants(s)->scope[s->user.role][perm];
}

static bool
may(struct tx *tx, enum permission perm, const struct case_facts *f)
{
	return tx_verdict(tx, perm, f) == ALLOW;
}

/* Is it offered to this person, or to the branch they decide for?  Not any more
 * to whoever was marked since as having an interest in it. */
static bool
offered_to_me(struct tx *tx, const struct request *r)
{
	const struct user *me = &tx->s->user;
	enum scope scope = scope_of(tx, PERM_RECEIVE);

	if (r->kind != REQUEST_TRANSFER || scope == SCOPE_NOBODY ||
	    conflict_marked_user(tx, &r->case_uid, &me->uid) != 0)
		return false;
	if (!uid_null(&r->to_user))
		return uid_eq(&r->to_user, &me->uid);
	if (r->to_branch[0] == '\0')
		return false;
	return scope == SCOPE_ALL ||
	       (scope == SCOPE_BRANCH && strcmp(r->to_branch, me->branch) == 0);
}

static bool
may_accept(struct tx *tx, const struct request *r, const struct case_facts *f)
{
	struct case_facts other;

	/* Nobody with an interest in a case decides about it. */
	if (conflict_marked_user(tx, &r->case_uid, &tx->s->user.uid) != 0)
		return false;
	switch (r->kind) {
	case REQUEST_TRANSFER:
		/* What another society answered is recorded here, by
		 * somebody else than who offered it: nobody alone gives a
		 * case away. */
		if (r->to_ns[0] != '\0')
			return !r->mine && may(tx, PERM_ASSIGN, f);
		return offered_to_me(tx, r);
	case REQUEST_CLOSURE:
		return !r->mine && may(tx, PERM_APPROVE, f);
	case REQUEST_JOIN:
		return !r->mine && may(tx, PERM_JOIN, f) &&
		       tx_facts(tx, &r->other, &other) == 1 &&
		       may(tx, PERM_JOIN, &other);
	default:
		return false;
	}
}

/* Whoever is to agree that two codes are one person sees what both say. */
static int
read_both(struct tx *tx, struct arena *a, struct request *r)
{
	struct request both = { .n_lines = 0 };

	if (r->kind != REQUEST_JOIN || !r->may_answer)
		return 0;
	if (case_read_other(tx, &r->other, "join") == -1 ||
	    join_lines(tx, &r->case_uid, &r->other, a, &both) == -1)
		return -1;
	r->both = both.lines;
	r->n_both = both.n_lines;
	return 0;
}

/* --- looking ------------------------------------------------------------------- */
/* Whoever asked, and whoever decides about the case where it is. */
static bool
may_take_back(
    struct tx *tx, const struct request *r, const struct case_facts *f)
{
	return r->mine || may(tx, PERM_ASSIGN, f) || may(tx, PERM_APPROVE, f);
}

/* An answer can move the case out of the reach of whoever asked, and a second
 * answer comes too late: what became of it is still theirs to know. */
static bool
had_part(struct tx *tx, const struct request *r, const struct case_facts *f)
{
	if (r->answered_at == 0 ||
	    conflict_marked_user(tx, &r->case_uid, &tx->s->user.uid) != 0)
		return false;
	return may_take_back(tx, r, f) || may_accept(tx, r, f);
}

/*
 * Whoever agrees to an end sees what came after it was asked for, and what others
 * wrote while it was being asked: the request bears the time it was begun.
 */
int
request_read_since(struct tx *tx, struct arena *a, struct request *r)
{
	static const char sql[] =
	    "SELECT u.at, u.seq, u.action, k.login FROM audit u "
	    "LEFT JOIN colleague k ON k.uid = u.actor "
	    "WHERE u.case_uid IN (?1, ?2) AND u.at >= ?3 AND u.wrote <> 0 "
	    "AND (u.at >= ?7 OR u.actor <> (SELECT made_by FROM request "
	    "WHERE case_uid = ?1 AND uid = ?5)) "
	    "AND u.outcome = 'done' AND u.actor <> ?4 "
	    "AND (u.object IS NULL OR u.object <> ?5) "
	    /* Whoever is marked is not told so; links has it for the rest. */
	    "AND u.action NOT LIKE 'conflict.%' "
	    "ORDER BY u.seq DESC LIMIT ?6";
	struct request_act *list =
	    arena_alloc(a, REQUEST_SINCE_MAX, sizeof(*list));
	sqlite3_stmt *st;
	int rc;

	st = tx_query(tx, sql,
	    VALS(v_uid0(&r->case_uid), v_uid(&r->other),
		v_int(uid_time(&r->uid)), v_uid0(&tx->s->user.uid),
		v_uid0(&r->uid), v_int(REQUEST_SINCE_MAX), v_int(r->at)));
	if (st == NULL)
		return -1;
	r->n_since = 0;
	while ((rc = tx_row(tx, st)) == 1 && r->n_since < REQUEST_SINCE_MAX)
		list[r->n_since++] = (struct request_act){ .at = col_int(st, 0),
			.seq = col_int(st, 1),
			.action = col_str(st, 2, a),
			.by = col_str(st, 3, a) };
	r->since = list;
	r->seen = r->n_since == 0 ? 0 : list[0].seq;
	return rc == -1 ? -1 : 0;
}

static int
look(struct tx *tx, const struct uid *case_uid, const struct uid *request,
    struct arena *a, struct request *r)
{
	struct case_facts f;
	enum verdict v;
	int rc = tx_facts(tx, case_uid, &f);

	if (rc == 1)
		rc = request_read(tx, case_uid, request, a, r);
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("There is no such request any more."));
	if (rc == -1)
		return -1;
	/* Whoever is to agree to a closing sees what is not finished. */
	if (r->kind == REQUEST_CLOSURE && r->answered_at == 0 &&
	    closure_ends(tx, r, &r->ends) == -1)
		return -1;
	if ((r->kind == REQUEST_CLOSURE || r->kind == REQUEST_JOIN) &&
	    r->answered_at == 0 && request_read_since(tx, a, r) == -1)
		return -1;
	if (case_end_read(tx, case_uid, a, &r->end) == -1)
		return -1;
	r->may_answer = r->answered_at == 0 && may_accept(tx, r, &f);
	r->may_take_back = r->answered_at == 0 && may_take_back(tx, r, &f);
	if (r->may_answer || offered_to_me(tx, r) || had_part(tx, r, &f))
		return read_both(tx, a, r);
	v = tx_verdict(tx, PERM_CASE_READ, &f);
	if (v == NEED_REASON && session_gave_reason(tx->s, DB_CASES, case_uid))
		return 0;
	return v == ALLOW ? 0 : tx_refuse(tx, v);
}

int
request_open(struct session *s, struct uid case_uid, struct uid request,
    struct arena *a, struct request *out, struct err *err)
{
	struct request r = { .to_ns = "", .to_branch = "" };
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_QUEUE,
		.about = &case_uid,
		.object = &request,
		.action = "request.open",
		.again_ok = true },
	    err);

	if (rc == 0)
		rc = look(&tx, &case_uid, &request, a, &r);
	if (rc == 0)
		rc = tx_commit(&tx);
	tx_abort(&tx);
	if (rc == 0)
		*out = r;
	return rc;
}

static int
since(struct tx *tx, struct arena *a, struct request *r)
{
	int rc = request_read_since(tx, a, r);

	return rc == 0 ? tx_commit(tx) : rc;
}

int
request_since(
    struct session *s, struct request *r, struct arena *a, struct err *err)
{
	struct request got = { .case_uid = r->case_uid, .uid = r->uid };
	struct tx tx;
	int rc = tx_begin(&tx, s,
	    &(const struct tx_what){ .perm = PERM_CASE_READ,
		.case_uid = &r->case_uid,
		.action = "request.list",
		.again_ok = true },
	    err);

	if (rc == 0)
		rc = since(&tx, a, &got);
	tx_abort(&tx);
	if (rc == 0) {
		r->since = got.since;
		r->n_since = got.n_since;
		r->seen = got.seen;
	}
	return rc;
}

/* --- answering ----------------------------------------------------------------- */
static int
accept(struct tx *tx, const struct request *r, int64_t rev, struct arena *a)
{
	switch (r->kind) {
	case REQUEST_TRANSFER:
		return transfer_do(tx, r);
	case REQUEST_CLOSURE:
		return closure_do(tx, r, rev);
	case REQUEST_JOIN:
		return join_do(tx, r, a);
	default:
		return tx_refuse(tx, DENY);
	}
}

static int
check(struct tx *tx, const struct request *r, enum request_answer answer,
    const char *words, const struct case_facts *f)
{
	if (answer == ANSWER_TAKE_BACK)
		return may_take_back(tx, r, f) ? 0 : tx_refuse(tx, DENY);
	if (answer == ANSWER_REFUSE && !said(words))
		return err_set(tx->err, ERR_INPUT,
		    _("Say in a few words why not: your colleague goes on from "
		      "there."));
	if (may_accept(tx, r, f))
		return 0;
	if (r->mine && (r->kind != REQUEST_TRANSFER || r->to_ns[0] != '\0'))
		return err_set(tx->err, ERR_SECOND,
		    _("You asked for this yourself: it takes a second person "
		      "to agree."));
	return tx_refuse(tx, DENY);
}

/* Whoever ends something knows what was written in it: agreed is to what was
 * read, and not to what came while it was. */
static int
check_read(struct tx *tx, struct request *r, int64_t seen, struct arena *a)
{
	if (r->kind != REQUEST_CLOSURE && r->kind != REQUEST_JOIN)
		return 0;
	if (request_read_since(tx, a, r) == -1)
		return -1;
	if (r->seen == seen)
		return 0;
	return err_set(tx->err, ERR_CONFLICT,
	    _("Something was written in this case while you read. Look at what "
	      "came since then, and answer again."));
}

/* What the record calls it once it is known what was asked: whoever reads who
 * did what need not look up what it was. */
static const char *
action_name(enum request_kind kind, enum request_answer answer)
{
	static const char *const names[REQUEST_KINDS][3] = {
		[REQUEST_TRANSFER] = { "transfer.take", "transfer.refuse",
		    "transfer.take-back" },
		[REQUEST_CLOSURE] = { "closure.agree", "closure.refuse",
		    "closure.take-back" },
		[REQUEST_JOIN] = { "join.agree", "join.refuse",
		    "join.take-back" },
	};

	return names[kind][answer];
}

static int
answer_it(struct tx *tx, const struct uid *case_uid, const struct uid *request,
    enum request_answer answer, const char *words, int64_t rev, int64_t seen,
    struct arena *a)
{
	static const char *const names[] = { [ANSWER_ACCEPT] = "accepted",
		[ANSWER_REFUSE] = "refused",
		[ANSWER_TAKE_BACK] = "withdrawn" };
	struct case_facts f;
	struct request r = { .to_ns = "", .to_branch = "" };
	int rc = tx_facts(tx, case_uid, &f);

	if (rc == 1)
		rc = request_read(tx, case_uid, request, a, &r);
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("There is no such request any more."));
	/* Before what one may do: that can be another since. */
	if (rc == 1 && had_part(tx, &r, &f))
		return request_answered(tx, &r);
	if (rc == -1 || check(tx, &r, answer, words, &f) == -1)
		return -1;
	if (answer == ANSWER_ACCEPT && check_read(tx, &r, seen, a) == -1)
		return -1;
	if (action_name(r.kind, answer) != NULL)
		tx->what.action = action_name(r.kind, answer);
	/* A join ends another case: whoever works on that one is told. */
	if (r.kind == REQUEST_JOIN && answer == ANSWER_ACCEPT &&
	    case_wrote_other(tx, &r.other, "join") == -1)
		return -1;
	if (request_settle(tx, &r, names[answer], words) == -1)
		return -1;
	if (answer == ANSWER_ACCEPT && accept(tx, &r, rev, a) == -1)
		return -1;
	return case_commit(tx, case_uid);
}

int
request_answer(struct session *s, struct uid case_uid, struct uid request,
    enum request_answer answer, const char *words, int64_t rev, int64_t seen,
    struct err *err)
{
	static const char *const actions[] = { [ANSWER_ACCEPT] =
						   "request.accept",
		[ANSWER_REFUSE] = "request.refuse",
		[ANSWER_TAKE_BACK] = "request.take-back" };
	const struct text_in texts[] = { { &words, N_("Words"), LIMIT_WORDS } };
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	/* Whoever is offered a case has no right to it before: who may is
	 * decided inside, by what was asked. */
	if (texts_take(&a, texts, 1, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_QUEUE,
		    .about = &case_uid,
		    .object = &request,
		    .action = actions[answer],
		    .wrote = true },
		err) == 0)
		rc = answer_it(
		    &tx, &case_uid, &request, answer, words, rev, seen, &a);
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}
