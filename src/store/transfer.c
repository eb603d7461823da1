/* SPDX-License-Identifier: ISC */
/* A case that goes to other hands: offered, then taken. */
#include <string.h>

#include "base/i18n.h"
#include "rules/referral.h"
#include "store/egress_inside.h"
#include "store/request_inside.h"

/* A whole case is nothing that information could stand in for. */
static const char *
instead(const struct society *society, enum egress_why why, struct arena *a)
{
	switch (why) {
	case EGRESS_NOT_ASKED:
	case EGRESS_ENDED:
	case EGRESS_USED:
		return arena_printf(a,
		    _("It takes the person's consent to the purpose \"%s\" "
		      "(c)."),
		    label_of(&society->purposes, TRANSFER_PURPOSE));
	case EGRESS_REFUSED:
		return _("Respect it: help goes on here.");
	case EGRESS_NOT_NOW:
		return _("Help goes on here; ask again when they said we may.");
	default:
		return egress_instead_words(why);
	}
}

/*
 * Another society gets it as everything else that leaves: from the directory,
 * for its own purpose, through the gate, and with the person's consent alone:
 * no act of anybody moves a case.  What the person let go is what goes.
 */
static int
gate(struct tx *tx, const struct request *r, struct arena *a,
    struct egress_verdict *v)
{
	enum egress_why why;
	struct egress e;

	if (egress_load(tx, &r->case_uid, r->to_ns, TRANSFER_PURPOSE, a, &e) ==
	    -1)
		return -1;
	if (e.recipient == NULL || e.recipient->kind != RECIPIENT_MOVEMENT)
		return err_set_field(tx->err, "ns",
		    _("Choose the National Society from the directory."));
	egress_check(&e, v);
	if (v->allowed != 0 && !uid_null(&v->consent))
		return 0;
	why = v->allowed != 0 ? EGRESS_NOT_ASKED : egress_first(v, e.wanted);
	return err_set_field(tx->err, "ns", _("The case stays here. %s %s"),
	    egress_cause(&e, why, a), instead(tx->s->society, why, a));
}

static bool
known_branch(const struct society *society, const char *branch)
{
	for (size_t i = 0; i < society->branches.n; i++)
		if (strcmp(society->branches.list[i].id, branch) == 0)
			return true;
	return false;
}

static int
target_fits(struct tx *tx, struct request *r, struct arena *a)
{
	struct egress_verdict v = { .allowed = 0 };
	int named =
	    !uid_null(&r->to_user) + (r->to_branch[0] != '\0') + said(r->to_ns);

	if (named != 1)
		return err_set_field(tx->err, "whom",
		    _("Say to whom: a colleague, a branch or another National "
		      "Society."));
	if (!said(r->reason))
		return err_set_field(tx->err, "reason",
		    _("Say in a few words why: whoever takes the case goes on "
		      "from there."));
	if (r->to_branch[0] != '\0') {
		if (!known_branch(tx->s->society, r->to_branch))
			return err_set_field(tx->err, "branch",
			    _("Choose one of the branches of the list."));
		if (strcmp(r->to_branch, tx->facts.branch) == 0)
			return err_set_field(tx->err, "branch",
			    _("The case is in this branch already; A gives it "
			      "to a colleague."));
		return 0;
	}
	if (said(r->to_ns)) {
		if (gate(tx, r, a, &v) == -1)
			return -1;
		r->about = v.consent;
		return 0;
	}
	if (uid_eq(&r->to_user, &tx->facts.owner))
		return err_set_field(tx->err, "user",
		    _("This colleague has the case already. Choose another."));
	return 0;
}

/* The branch of a colleague; the case goes along. */
static int
branch_of(struct tx *tx, const struct uid *user, char out[BRANCH_SIZE])
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT branch FROM colleague WHERE uid = ?1 AND disabled = 0 "
	    "AND deleted_hlc = 0",
	    VALS(v_uid0(user)));
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set_field(tx->err, "user",
		    _("There is no such colleague. Choose another."));
	strncpy(out, col_text(st, 0), BRANCH_SIZE - 1);
	out[BRANCH_SIZE - 1] = '\0';
	stmt_done(st);
	return 0;
}

/* Could they work on it, were it in their branch? */
static int
colleague_fits(struct tx *tx, const struct uid *user)
{
	char was[BRANCH_SIZE], theirs[BRANCH_SIZE];
	int rc;

	if (uid_null(user))
		return 0;
	if (branch_of(tx, user, theirs) == -1)
		return -1;
	memcpy(was, tx->facts.branch, sizeof(was));
	memcpy(tx->facts.branch, theirs, sizeof(theirs));
	rc = case_owner_fits(tx, user);
	memcpy(tx->facts.branch, was, sizeof(was));
	if (rc == -1)
		err_field_as(tx->err, "owner", "user");
	return rc;
}

int
transfer_ask(struct session *s, const struct request *in, struct err *err)
{
	struct request r = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	r.kind = REQUEST_TRANSFER;
	r.n_lines = 0;
	arena_init(&a);
	if (request_take(&a, &r, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .perm = PERM_ASSIGN,
		    .case_uid = &r.case_uid,
		    .object = &r.uid,
		    .action = "transfer.ask",
		    .wrote = true },
		err) == 0 &&
	    target_fits(&tx, &r, &a) == 0 &&
	    colleague_fits(&tx, &r.to_user) == 0) {
		/* Whose it was: taking it later is taking it from them. */
		if (!said(r.to_ns))
			r.about = tx.facts.owner;
		rc = request_write(&tx, &r);
		if (rc == 0)
			rc = case_commit(&tx, &r.case_uid);
		else if (rc == 1)
			rc = 0;
	}
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}

/* --- taken --------------------------------------------------------------------- */
static int
disclose(struct tx *tx, const struct request *r, const struct egress_verdict *v)
{
	struct uid uid = uid_new();

	return record_insert(tx, REC_DISCLOSURE, &r->case_uid, &uid,
		   COLS({ "consent", v_uid0(&v->consent) },
		       { "act", v_uid(&v->act) }, { "at", v_int(tx->now) },
		       { "recipient", v_str(r->to_ns) },
		       { "purpose", v_str(TRANSFER_PURPOSE) },
		       { "scope", v_int(v->allowed) },
		       { "how", v_str(referral_mode_name(
				    REFERRAL_TRANSFER)) })) == -1
		   ? -1
		   : 0;
}

/* Asked of the gate again: withdrawn since it was offered, it stays here. */
static int
to_society(struct tx *tx, const struct request *r, struct arena *a)
{
	struct egress_verdict v = { .allowed = 0 };

	if (gate(tx, r, a, &v) == -1 || disclose(tx, r, &v) == -1)
		return -1;
	return case_custody(tx, &r->case_uid, r->to_ns, r->reason, r->words);
}

/* Whoever takes a case works with the person: not under a code that ended. */
static int
still_open(
    struct tx *tx, const struct uid *case_uid, const struct case_facts *f)
{
	struct joined j;
	int rc = join_find(tx, case_uid, &j, NULL);

	if (rc == -1)
		return -1;
	if (rc == 1 && !j.stays)
		return err_set(tx->err, ERR_CONFLICT,
		    _("This case is closed and goes on as %s, the same person. "
		      "Say \"not now\"; that one is offered in its place."),
		    j.code);
	if (f->open)
		return 0;
	return err_set(tx->err, ERR_CONFLICT,
	    _("This case was closed since it was offered. Say \"not now\", or "
	      "have it opened again first."));
}

int
transfer_do(struct tx *tx, const struct request *r)
{
	char branch[BRANCH_SIZE] = "", hex[33] = "", was[33] = "";
	struct case_facts f;
	struct arena a;
	int rc;

	if (tx_facts(tx, &r->case_uid, &f) != 1 ||
	    still_open(tx, &r->case_uid, &f) == -1)
		return -1;
	if (said(r->to_ns)) {
		arena_init(&a);
		rc = to_society(tx, r, &a);
		arena_done(&a);
		return rc;
	}
	if (!uid_eq(&f.owner, &r->about))
		return err_set(tx->err, ERR_CONFLICT,
		    _("The case was given to somebody else since it was "
		      "offered. Ask whoever has it now."));
	if (uid_null(&r->to_user))
		(void)strncpy(branch, r->to_branch, sizeof(branch) - 1);
	else if (branch_of(tx, &r->to_user, branch) == -1)
		return -1;
	if (!uid_null(&r->to_user))
		uid_hex(&r->to_user, hex);
	if (!uid_null(&f.owner))
		uid_hex(&f.owner, was);
	/* A branch that takes it gives it to somebody later. */
	if (case_event_add(tx, &r->case_uid, "assign", was, hex,
		uid_null(&r->to_user) ? branch : "", r->reason) == -1)
		return -1;
	if (record_set(tx, REC_CASE, NULL, &r->case_uid,
		COLS({ "owner", v_uid(&r->to_user) },
		    { "branch", v_str(branch) })) == -1)
		return -1;
	return join_follow(tx, &r->case_uid);
}
