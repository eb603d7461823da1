/* SPDX-License-Identifier: ISC */
/*
 * How to reach somebody without harming them.  The instruction comes before
 * the number, and "stop" cannot be passed: in the record, and in its summary
 * on the case, which a follow-up can set by itself.
 */
#include <string.h>

#include "base/i18n.h"
#include "store/link_inside.h"
#include "store/person_inside.h"

/* --- reading ------------------------------------------------------------------------------ */

static void
fill(sqlite3_stmt *st, struct arena *a, struct safe_contact *c)
{
	*c = (struct safe_contact){ .uid = col_uid(st, 0),
		.person = col_uid(st, 1) };
	c->may_contact = col_str(st, 2, a);
	c->channel = col_str(st, 3, a);
	c->number = col_str(st, 4, a);
	c->whose = col_str(st, 5, a);
	c->who_else = col_str(st, 6, a);
	c->safe_times = col_str(st, 7, a);
	c->unsafe_times = col_str(st, 8, a);
	c->voicemail_ok = col_bool(st, 9);
	c->text_ok = col_bool(st, 10);
	c->say_red_cross = col_bool(st, 11);
	c->cover_phrase = col_str(st, 12, a);
	c->their_word = col_str(st, 13, a);
	c->our_word = col_str(st, 14, a);
	c->proof_word = col_str(st, 25, a);
	c->language = col_str(st, 15, a);
	c->caller = col_str(st, 16, a);
	c->if_other_answers = col_str(st, 17, a);
	c->max_attempts = (int)col_int(st, 18);
	c->verified_at = col_int(st, 19);
	c->stop = col_bool(st, 20);
	c->stop_reason = col_str(st, 21, a);
	c->at = col_int(st, 22);
	c->expires_at = col_int(st, 24);
	c->by = c->held = "";
}

int
safe_contact_read(struct tx *tx, const struct uid *subject, struct arena *a,
    struct safe_contact *c)
{
	/* The clock of a laptop may be wrong; the logical one is in order. */
	static const char sql[] =
	    "SELECT uid, person, may_contact, channel, number, whose,"
	    " who_else, safe_times, unsafe_times, voicemail_ok, text_ok,"
	    " say_red_cross, cover_phrase, their_word, our_word, language,"
	    " caller, if_other_answers, max_attempts, verified_at, stop,"
	    " stop_reason, made_at, made_by, expires_at, proof_word"
	    " FROM safe_contact"
	    " WHERE person = ?1 AND deleted_hlc = 0"
	    " ORDER BY hlc DESC, uid DESC LIMIT 1";
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(subject)));
	struct uid by;
	int rc;

	if (st == NULL)
		return -1;
	rc = tx_row(tx, st);
	if (rc != 1)
		return rc;
	fill(st, a, c);
	by = col_uid(st, 23);
	stmt_done(st);
	return colleague_login(tx, &by, a, &c->by) == -1 ? -1 : 1;
}

static struct contact_age
age_of(const struct case_subject *subject, const struct safe_contact *c)
{
	return (struct contact_age){ .verified_at = c->verified_at,
		.expires_at = c->expires_at,
		.urgent_or_high = subject->urgent_or_high };
}

void
safe_contact_now(const struct tx *tx, const struct case_subject *subject,
    struct safe_contact *c)
{
	const struct contact_age age = age_of(subject, c);

	/* Asked at a follow-up to stop: that stands in cases.db. */
	c->stop = c->stop || subject->stop;
	c->stale = contact_stale(&age, tx->now);
	c->held = contact_hold_name(subject->now.held);
	c->unanswered = subject->now.tries.unanswered;
	c->spent = subject->now.spent;
}

/* The record of a case, or why there is none. */
static int
read_for(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct case_subject *subject, struct safe_contact *c)
{
	if (case_subject(tx, case_uid, subject) == -1)
		return -1;
	switch (safe_contact_read(tx, &subject->subject, a, c)) {
	case 1:
		return 0;
	case 0:
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("Nobody asked yet whether and how this person can be "
		      "reached. Ask when they come, and do not call."));
	default:
		return -1;
	}
}

/* A mark on this colleague stands: somebody else has to call. */
static int
no_interest(struct tx *tx, const struct uid *case_uid)
{
	int rc = conflict_marked_user(tx, case_uid, &tx->s->user.uid);

	return rc == 1 ? tx_refuse(tx, DENY) : rc;
}

/* what->reason goes without saying where the card itself may be opened. */
static int
begin_reach(struct tx *tx, struct session *s, const struct tx_what *what,
    const char *reason, struct err *err)
{
	struct tx_what w = *what;
	struct case_facts f;
	struct subject sub;
	int rc = session_case_facts(s, w.case_uid, &f, err);

	if (rc == -1)
		return -1;
	session_subject(s, &sub);
	sub.reason_given = true;
	w.perm = rc == 0 ? PERM_IDENTITY_READ
			 : access_reach(session_grants(s), &sub, &f);
	if (reason != NULL && said(reason))
		w.reason = reason;
	else if (w.perm == PERM_FOLLOW_UP &&
		 !session_gave_reason(s, DB_IDENTITY, w.case_uid))
		return access_err(NEED_REASON, err);
	if (tx_begin(tx, s, &w, err) == -1)
		return -1;
	if (w.perm == PERM_FOLLOW_UP && no_interest(tx, w.case_uid) == -1) {
		tx_abort(tx);
		return -1;
	}
	return 0;
}

int
contact_instruction(struct session *s, struct uid case_uid, struct arena *arena,
    struct safe_contact *out, struct err *err)
{
	return contact_instruction_for(s, case_uid, NULL, arena, out, err);
}

int
contact_instruction_for(struct session *s, struct uid case_uid,
    const char *reason, struct arena *arena, struct safe_contact *out,
    struct err *err)
{
	struct case_subject subject;
	struct safe_contact c = { .may_contact = "", .number = "" };
	struct tx tx;
	int rc = -1;

	if (begin_reach(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .case_uid = &case_uid,
		    .action = "contact.instruction",
		    .reason = "how to reach the person" },
		reason, err) == -1)
		return -1;
	if (read_for(&tx, &case_uid, arena, &subject, &c) == -1)
		goto out;
	c.number = "";
	safe_contact_now(&tx, &subject, &c);
	tx_field(&tx, "instruction");
	tx.what.object = &c.uid;
	rc = tx_commit(&tx);
	if (rc == 0) {
		session_mark_instructed(s, &case_uid, &c.uid);
		*out = c;
	}
out:
	tx_abort(&tx);
	return rc;
}

int
contact_open(struct session *s, struct uid case_uid, struct arena *arena,
    struct safe_contact *out, struct err *err)
{
	const char *reason = NULL;

	if (session_purpose(s, &case_uid, &reason, err) == -1)
		return -1;
	return contact_instruction_for(s, case_uid, reason, arena, out, err);
}

enum contact_verdict
contact_may_show(struct tx *tx, const struct uid *case_uid,
    const struct case_subject *subject, const struct safe_contact *c)
{
	int may = may_contact_from_name(c->may_contact);
	struct safe_contact_facts f = {
		.may_contact = may < 0 ? MAY_CONTACT_NO : (enum may_contact)may,
		.stop_contact = c->stop || subject->stop,
		.held = subject->now.held != CONTACT_HOLD_NOT,
		.spent = subject->now.spent,
		.instruction_shown =
		    session_was_instructed(tx->s, case_uid, &c->uid),
		.age = age_of(subject, c),
	};

	/* By which right it is asked for: begin_reach(). */
	enum permission perm = tx->what.perm == PERM_FOLLOW_UP
				   ? PERM_FOLLOW_UP
				   : PERM_IDENTITY_READ;

	/* The instruction has the date it was verified on, and says so when
	 * that is old or its time is over: who read one read the other. */
	f.warning_shown = f.instruction_shown;
	return contact_verdict(&f, tx_verdict(tx, perm, &tx->facts), tx->now);
}

static int
refuse(enum contact_verdict v, struct err *e)
{
	switch (v) {
	case CONTACT_SHOW_INSTRUCTION_FIRST:
		return err_set(e, ERR_DENIED,
		    _("Read first how this person can be reached safely; the "
		      "number comes after it."));
	case CONTACT_HELD:
		return err_set(e, ERR_DENIED,
		    _("Do not call: somebody else may answer. Your supervisor "
		      "looks first; until then no number is shown."));
	case CONTACT_SPENT:
		return err_set(e, ERR_DENIED,
		    _("This was tried as often as was agreed. Wait for them; "
		      "no number is shown until they were in touch."));
	default:
		return err_set(e, ERR_DENIED,
		    _("This person is not to be contacted. No number is "
		      "shown."));
	}
}

int
contact_number(struct session *s, struct uid case_uid, struct arena *arena,
    const char **number, struct err *err)
{
	struct case_subject subject;
	enum contact_verdict v;
	struct safe_contact c = { .may_contact = "", .number = "" };
	struct tx tx;
	int rc = -1;

	if (begin_reach(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .case_uid = &case_uid,
		    .action = "contact.number",
		    .reason = "to reach the person" },
		NULL, err) == -1)
		return -1;
	if (read_for(&tx, &case_uid, arena, &subject, &c) == -1)
		goto out;
	v = contact_may_show(&tx, &case_uid, &subject, &c);
	if (v != CONTACT_SHOW) {
		rc = refuse(v, err);
		goto out;
	}
	tx_field(&tx, "number");
	tx.what.object = &c.uid;
	rc = tx_commit(&tx);
	if (rc == 0)
		*number = c.number;
out:
	tx_abort(&tx);
	return rc;
}

/* --- writing ------------------------------------------------------------------------------- */

int
safe_contact_take(struct arena *a, struct safe_contact *c, struct err *e)
{
	const struct text_in texts[] = {
		{ &c->may_contact, N_("May be contacted"), LIMIT_CODE },
		{ &c->channel, N_("How"), LIMIT_CODE },
		{ &c->whose, N_("Whose telephone"), LIMIT_NAME },
		{ &c->who_else, N_("Who else may answer"), LIMIT_WORDS },
		{ &c->safe_times, N_("Safe times"), LIMIT_WORDS },
		{ &c->unsafe_times, N_("Unsafe times"), LIMIT_WORDS },
		{ &c->cover_phrase, N_("What to say"), LIMIT_WORDS },
		{ &c->proof_word, N_("Their safe word"), LIMIT_NAME },
		{ &c->their_word, N_("Their word for danger"), LIMIT_NAME },
		{ &c->our_word, N_("Our word"), LIMIT_NAME },
		{ &c->language, N_("Language"), LIMIT_CODE },
		{ &c->caller, N_("Who calls"), LIMIT_NAME },
		{ &c->if_other_answers, N_("If somebody else answers"),
		    LIMIT_WORDS },
		{ &c->stop_reason, N_("Reason"), LIMIT_WORDS },
		{ &c->number, N_("Number"), LIMIT_NAME },
	};
	size_t n = sizeof(texts) / sizeof(texts[0]);

	/* NULL keeps the number of the record before. */
	if (c->number == NULL)
		n--;
	if (texts_take(a, texts, n, e) == -1)
		return -1;
	if (c->may_contact[0] == '\0' ||
	    may_contact_from_name(c->may_contact) < 0)
		return err_set_field(e, "may_contact",
		    _("Say whether this person may be contacted: yes, only "
		      "as agreed, or no."));
	if (c->max_attempts < 0 || c->max_attempts > 100)
		return err_set_field(e, "max_attempts",
		    _("Attempts: a number from 1 to 100, or nothing."));
	if (c->expires_at < 0 || timer_day_over(c->expires_at, c->verified_at))
		return err_set_field(e, "expires",
		    _("Until when this holds: a day still to come, or "
		      "nothing for until it is verified anew."));
	return 0;
}

#define COLS_MAX 24

/* The columns of a record; it has to stay as long as they do. */
static size_t
cols_of(const struct safe_contact *c, const struct uid *case_uid,
    struct col out[COLS_MAX])
{
	const struct col cols[] = {
		{ "case_uid", v_uid0(case_uid) },
		{ "may_contact", v_str(c->may_contact) },
		{ "stop", v_int(c->stop) },
		{ "stop_reason", v_str(c->stop_reason) },
		{ "channel", v_str(c->channel) },
		{ "number", v_str(c->number) },
		{ "whose", v_str(c->whose) },
		{ "who_else", v_str(c->who_else) },
		{ "safe_times", v_str(c->safe_times) },
		{ "unsafe_times", v_str(c->unsafe_times) },
		{ "voicemail_ok", v_int(c->voicemail_ok) },
		{ "text_ok", v_int(c->text_ok) },
		{ "say_red_cross", v_int(c->say_red_cross) },
		{ "cover_phrase", v_str(c->cover_phrase) },
		{ "proof_word", v_str(c->proof_word) },
		{ "their_word", v_str(c->their_word) },
		{ "our_word", v_str(c->our_word) },
		{ "language", v_str(c->language) },
		{ "caller", v_str(c->caller) },
		{ "if_other_answers", v_str(c->if_other_answers) },
		{ "max_attempts", v_int(c->max_attempts) },
		{ "verified_at", v_int(c->verified_at) },
		{ "expires_at", v_int(c->expires_at) },
	};

	memcpy(out, cols, sizeof(cols));
	return sizeof(cols) / sizeof(cols[0]);
}

/* When it was checked with the person is no answer of theirs. */
static const struct merge_rule rules[] = {
	{ "case_uid", MERGE_OWN, NULL },
	{ "verified_at", MERGE_QUIET, NULL },
	{ "stop", MERGE_ASK, "1" },
	{ "may_contact", MERGE_ASK, "no" },
	{ NULL, MERGE_ASK, NULL },
};

int
safe_contact_insert(struct tx *tx, const struct uid *subject,
    const struct uid *case_uid, const struct safe_contact *c, bool unfinished)
{
	const struct uid newer = uid_new();
	struct col cols[COLS_MAX];
	size_t n = cols_of(c, case_uid, cols);
	int rc = record_insert_once(
	    tx, REC_SAFE_CONTACT, subject, &c->uid, cols, n, n);

	if (rc == 0 || rc == 1 || !unfinished || tx->err->kind != ERR_CONFLICT)
		return rc;
	err_clear(tx->err);
	return record_insert(tx, REC_SAFE_CONTACT, subject, &newer, cols, n);
}

int64_t
safe_contact_words(const struct safe_contact *c)
{
	return (said(c->proof_word) ? CONTACT_WORD_PROOF : 0) |
	       (said(c->their_word) ? CONTACT_WORD_DANGER : 0);
}

int
safe_contact_summary(
    struct tx *tx, const struct uid *case_uid, const struct safe_contact *c)
{
	return record_set(tx, REC_CASE, NULL, case_uid,
	    COLS({ "may_contact", v_str(c->may_contact) },
		{ "stop_contact", v_int(c->stop) },
		{ "contact_verified_at", v_int(c->verified_at) },
		{ "contact_expires_at", v_int(c->expires_at) },
		{ "contact_word", v_int(safe_contact_words(c)) },
		{ "contact_max_attempts", v_int(c->max_attempts) }));
}

/* A stop that was said since, not in a record but in the case, as a follow-up
 * says it: 1, 0 none, -1. */
static int
stop_since(struct tx *tx, const struct uid *case_uid, int64_t rev,
    struct arena *a, struct conflict *out)
{
	int rc = record_case_since(tx, case_uid, "stop_contact", rev, a, out);

	if (rc != 1 || strcmp(out->theirs, "1") != 0)
		return rc == -1 ? -1 : 0;
	out->field = "stop";
	return 1;
}

/* The number of the record it was filled from, for one that keeps it: nobody
 * has to see it to change the rest. */
static int
keep_number(struct tx *tx, const struct uid *subject, const struct uid *base,
    struct arena *a, struct safe_contact *c)
{
	static const char sql[] = "SELECT number FROM safe_contact"
				  " WHERE person = ?1 AND uid = ?2";
	sqlite3_stmt *st;
	int rc;

	if (c->number != NULL)
		return 0;
	c->number = "";
	st = tx_query(tx, sql, VALS(v_uid(subject), v_uid0(base)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 1) {
		c->number = col_str(st, 0, a);
		stmt_done(st);
	}
	return 0;
}

/* No number is shown to choose by: whether it stays is. */
static void
hide_number(struct conflicts *c, const char *number)
{
	for (size_t i = 0; i < c->n; i++) {
		struct conflict *one = &c->list[i];

		if (strcmp(one->field, "number") != 0)
			continue;
		one->field = "same_number";
		one->mine = number == NULL ? "yes" : "no";
		one->theirs = "yes";
	}
}

static int
write(struct tx *tx, const struct uid *case_uid, const struct basis *basis,
    struct case_subject *subject, struct arena *a, const struct safe_contact *c,
    struct conflicts *out)
{
	struct safe_contact mine = *c;
	struct conflict stop = { .field = "" };
	struct col cols[COLS_MAX];
	int rc, since;
	size_t n;

	if (case_subject(tx, case_uid, subject) == -1 ||
	    keep_number(tx, &subject->subject, &basis->base, a, &mine) == -1)
		return -1;
	since = stop_since(tx, case_uid, basis->rev, a, &stop);
	if (since == -1)
		return -1;
	n = cols_of(&mine, case_uid, cols);
	rc = record_based(tx, REC_SAFE_CONTACT, &subject->subject, &c->uid,
	    &basis->base, since == 1 ? &stop : NULL, rules, cols, n, a, out);
	hide_number(out, c->number);
	out->rev = subject->rev;
	return rc;
}

static int
set_identity(struct session *s, const struct uid *case_uid,
    const struct basis *basis, struct arena *a, struct safe_contact *c,
    struct conflicts *out, struct err *err)
{
	struct case_subject subject;
	struct tx tx;
	int rc = -1, wrote;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .case_uid = case_uid,
		    .object = &c->uid,
		    .action = "contact.set",
		    .reason = "to change it",
		    .wrote = true },
		err) == -1)
		return -1;
	wrote = write(&tx, case_uid, basis, &subject, a, c, out);
	/* What stands now, merged; of a retry what may be missing is the
	 * summary, which is that of the newest record, whoever wrote it. */
	if (wrote == -1 || safe_contact_read(&tx, &subject.subject, a, c) == -1)
		goto out;
	if (wrote == 1)
		rc = 0;
	else if (uid_null(&subject.person) ||
		 person_index(&tx, &subject.person) == 0)
		rc = tx_commit(&tx);
out:
	tx_abort(&tx);
	return rc;
}

static int
set_summary(struct session *s, const struct uid *case_uid,
    const struct basis *basis, struct arena *a, struct safe_contact *c,
    struct err *err)
{
	struct conflict stop;
	struct tx tx;
	int rc = -1, since;

	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_IDENTITY_WRITE,
		    .case_uid = case_uid,
		    .object = &c->uid,
		    .action = "contact.summary",
		    .reason = "to change it",
		    .wrote = true },
		err) == -1)
		return -1;
	/* Said between the two transactions: it stands. */
	since = stop_since(&tx, case_uid, basis->rev, a, &stop);
	c->stop = c->stop || since == 1;
	if (since != -1 && safe_contact_summary(&tx, case_uid, c) == 0)
		rc = case_commit(&tx, case_uid);
	tx_abort(&tx);
	return rc;
}

int
safe_contact_set(struct session *s, struct uid case_uid,
    const struct basis *basis, const struct safe_contact *in, struct arena *a,
    struct conflicts *conflicts, struct err *err)
{
	struct safe_contact c = *in;

	*conflicts = (struct conflicts){ .n = 0 };
	if (safe_contact_take(a, &c, err) == -1 ||
	    set_identity(s, &case_uid, basis, a, &c, conflicts, err) == -1)
		return -1;
	return set_summary(s, &case_uid, basis, a, &c, err);
}
