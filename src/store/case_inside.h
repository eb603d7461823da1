/* SPDX-License-Identifier: ISC */
/* What the records of a case share: for the store alone. */
#ifndef AMPARO_STORE_CASE_INSIDE_H
#define AMPARO_STORE_CASE_INSIDE_H

#include "rules/consent.h"
#include "store/consent.h"
#include "store/record.h"
#include "store/session_inside.h"

/* --- text on its way in ----------------------------------------------------- */
/* Most bytes of UTF-8: of a code, a name, a free-text field, the note beside
 * an answer.  A note has NOTE_MAX. */
#define LIMIT_CODE 64
#define LIMIT_NAME 200
#define LIMIT_WORDS 4000
#define LIMIT_ANSWER 2000

struct text_in {
	const char **text; /* replaced by a clean copy; NULL counts as "" */
	const char *what; /* N_() name of the field, for the sentence */
	size_t max;
};
/*
 * Clean texts (utf8_clean(): NFC, nothing that steers a terminal) into the
 * arena.  Line ends stay where the limit is LIMIT_ANSWER or more.  ERR_INPUT
 * names the field and the limit.
 */
int texts_take(
    struct arena *, const struct text_in *, size_t n, struct err *) MUST_USE;
/* The same for a list of changes: a copy with clean values in *out. */
int changes_take(struct arena *, const struct change *, size_t n,
    const struct change **out, struct err *) MUST_USE;
/* Is there anything but blanks? */
bool said(const char *);
/* "yes", "no", "unsure"; also "". */
bool is_tri(const char *);
/* "", "none", "independent", "not_independent". */
bool is_interpreter(const char *);
bool is_one_of(const char *, const char *const *list, size_t n);

/* --- rows ------------------------------------------------------------------- */
/*
 * record_insert() that can be repeated: 0 added, 1 the same row was there
 * already, -1; ERR_CONFLICT when a row with this key says something else.
 * Only the first same columns are compared; those after them may differ (the
 * time of a second try).
 */
int record_insert_once(struct tx *, enum record_table, const struct uid *parent,
    const struct uid *uid, const struct col *, size_t n, size_t same) MUST_USE;

/* Who it was: "" for the null uid and for nobody known.  Logins are in
 * cases.db alone; works in a transaction of either database. */
int colleague_login(struct tx *, const struct uid *user, struct arena *,
    const char **login) MUST_USE;

/* The version of a case. */
int case_rev(struct tx *, const struct uid *case_uid, int64_t *rev) MUST_USE;
/* Would this colleague be able to open the case once it is theirs?  Null is
 * nobody and fits.  ERR_INPUT: of "owner". */
int case_owner_fits(struct tx *, const struct uid *owner) MUST_USE;
/* Why there was no row of a case: rc 0 is ERR_NOT_FOUND; -1 was said by the
 * step that failed and stays.  Returns -1. */
int case_missing(struct tx *, int rc);
/* The beginning of reading something of a case: PERM_CASE_READ; the same again
 * within a while is no new event (again_ok of tx.h). */
int case_read_begin(struct tx *, struct session *, const struct uid *case_uid,
    const char *action, struct err *) MUST_USE;
/* The end of every write to a case: its queue row, the event, the commit. */
int case_commit(struct tx *, const struct uid *case_uid) MUST_USE;
/* The same after record_insert_once() with what it answered: a row that was
 * there already changes nothing more. */
int case_commit_once(
    struct tx *, const struct uid *case_uid, int inserted) MUST_USE;

/* The transaction writes to another case, too: that one's own record says so,
 * with what was written (a name).  Before any row: the event of the transaction
 * comes after this one, and its rows bear its time. */
int case_wrote_other(
    struct tx *, const struct uid *other, const char *fields) MUST_USE;
/* It reads another case, too: as above, wherever it is recorded itself. */
int case_read_other(
    struct tx *, const struct uid *other, const char *fields) MUST_USE;

/* The case is with this society (an id) from now on. */
int case_custody(struct tx *, const struct uid *case_uid, const char *to,
    const char *reason, const char *words) MUST_USE;
/* A change of state: "opened", "assign", "closed", "reopened". */
int case_event_add(struct tx *, const struct uid *case_uid, const char *kind,
    const char *before, const char *after, const char *reason,
    const char *words) MUST_USE;

/* Judgement of risk inside a transaction: history, the first level kept, who
 * and when.  before is the level until now; the case row's own level is not
 * touched. */
int risk_note(struct tx *, const struct uid *case_uid, const char *risk,
    const char *before, const char *reason) MUST_USE;
/* The level a case has: id, "" not set. */
int risk_now(struct tx *, const struct uid *case_uid, struct arena *,
    const char **risk, const char **reason) MUST_USE;

/* --- consent ---------------------------------------------------------------- */
/* All rows of a case, newest first, as records and as rules/consent.h wants
 * them; limits that were read are not among them unless asked for. */
/* Of a consent c: when its purpose was met, NULL not.  What the yes was for is
 * complete, however it was renewed meanwhile. */
#define SQL_MET                                                             \
	"(SELECT min(m.state_at) FROM referral m WHERE c.kind = 'release' " \
	"AND m.case_uid = c.case_uid AND m.state = 'completed' "            \
	"AND m.recipient = c.recipient AND m.purpose = c.purpose "          \
	"AND m.state_at > c.given_at AND m.deleted_hlc = 0 "                \
	"AND EXISTS (SELECT 1 FROM disclosure d "                           \
	"WHERE d.case_uid = m.case_uid AND d.referral = m.uid "             \
	"AND d.consent <> zeroblob(16)))"
struct consent_rows {
	struct consent *list;
	struct release *rows;
	size_t n;
};
/* All that was ever said, the newest first; but for the limits of
 * confidentiality, which are no yes to anything, and with them. */
int consent_rows_load(struct tx *, const struct uid *case_uid, struct arena *,
    struct consent_rows *) MUST_USE;
int consent_rows_load_all(struct tx *, const struct uid *case_uid,
    struct arena *, struct consent_rows *) MUST_USE;
/* The rows of another code of the same person, as rules/consent.h asks of them;
 * nothing where there is none, or where this case does not go on. */
struct consent_other {
	struct consent_rows rows;
	int64_t at; /* when they became one */
	char code[CODE_SIZE];
};
int consent_other_load(struct tx *, const struct uid *case_uid, struct arena *,
    struct consent_other *) MUST_USE;
/* How row i stands now, among all of the case and by what was said under the
 * other code: what counts of it, as consent_counts(). */
enum consent_state consent_state_now(const struct consent_rows *,
    const struct consent_other *, size_t i, int64_t now,
    const struct release **counts, unsigned *scope);
/* Row i of the other code: it stands, and nothing was said of it here. */
bool consent_of_other(
    const struct consent_rows *, const struct consent_other *, size_t i);
/* In a transaction of cases.db, strings in the arena. */
int case_end_read(struct tx *, const struct uid *case_uid, struct arena *,
    struct case_end *) MUST_USE;
/* What changed since a yes to working together was recorded: when each was
 * first, 0 where it was not. */
int consent_changes(struct tx *, const struct uid *case_uid,
    const struct uid *consent, int64_t changed[CONSENT_CHANGES]) MUST_USE;
/* The effective row of working together; NULL: nobody asked. */
const struct release *consent_working(
    const struct consent_rows *, struct arena *);

/* The person takes back what they let go to this recipient for this purpose:
 * the yes that stands is withdrawn, what is prepared is over, who was told
 * will hear it.  In the caller's transaction. */
int consent_take_back(struct tx *, const struct uid *case_uid,
    const char *recipient, const char *purpose, const char *how,
    struct arena *) MUST_USE;

/* Who the person is, as far as consent is concerned. */
struct consent_person {
	const struct fdate *birth; /* NULL where it is not known here */
	const char *age_band, *may_be_child;
	int64_t of_age_from; /* child_of_age_from() */
};
/* As far as cases.db knows it.  ERR_NOT_FOUND. */
int consent_person_read(struct tx *, const struct uid *case_uid, struct arena *,
    struct consent_person *) MUST_USE;
/* The ages that are possible; its guardian is left unknown. */
void consent_age_of(const struct society *, const struct consent_person *,
    int64_t now, struct consent_age *);
/* The same of a case as it is now, with what is known of the guardian: as the
 * gate and the list of consents have it. */
int consent_age_now(struct tx *, const struct uid *case_uid, struct arena *,
    struct consent_age *) MUST_USE;
/*
 * Check a record (texts are clean) and fill in what follows from the
 * configuration: end, single use.  ERR_INPUT says what is missing.
 */
int consent_check(const struct society *, const struct consent_person *,
    int64_t now, struct consent *, struct err *) MUST_USE;
/* May this text ("id:version", or a sheet of paper) be read to people? */
int script_check(
    const struct society *, const char *script, struct err *) MUST_USE;
/* Clean every text of a record into the arena. */
int consent_take(struct arena *, struct consent *, struct err *) MUST_USE;
/* Check a record against its case and add it: as consent_add(), in the
 * caller's transaction.  As record_insert_once(). */
int consent_write(struct tx *, const struct uid *case_uid, struct arena *,
    struct consent *) MUST_USE;
/* As record_insert_once(). */
int consent_insert(
    struct tx *, const struct uid *case_uid, const struct consent *) MUST_USE;

/* --- plans ------------------------------------------------------------------- */
struct followup_plan;
int plan_take(struct arena *, struct followup_plan *, struct err *) MUST_USE;
/* As record_insert_once(). */
int plan_insert(struct tx *, const struct uid *case_uid,
    const struct followup_plan *) MUST_USE;

/* --- flags ------------------------------------------------------------------- */
/* A flag in words, until a day (ISO; "" none): 0, 1 it was there, -1. */
int flag_insert(struct tx *, const struct uid *case_uid, const struct uid *uid,
    const char *text, const char *until) MUST_USE;
/* The flag that nobody calls before whoever approves has looked; kind is a
 * code of contact_hold (rules/contact_rule.h). */
int flag_hold(
    struct tx *, const struct uid *case_uid, const char *kind) MUST_USE;

/* --- notes ------------------------------------------------------------------- */
int note_take(struct arena *, struct note *, struct err *) MUST_USE;
/* As record_insert_once(). */
int note_insert(struct tx *, const struct note *) MUST_USE;
/*
 * What a note says, with whose each fact is, what it corrects and what
 * corrects it, as one text in the arena; *account: one of them holds an
 * account; *corrected: a later note puts it right.
 */
struct note_together {
	const char *text;
	bool account, corrected;
};
int note_read(struct tx *, const struct uid *case_uid, const struct uid *note,
    struct arena *, struct note_together *) MUST_USE;

/* --- words for codes ---------------------------------------------------------- */
/* Translated; an unknown code is its own word. */
/*
 * The signs of danger of the newest contact of a case and what was done about
 * each, one a line; "" where there were none.  In a transaction of cases.db.
 */
int case_signs(struct tx *, const struct uid *case_uid, struct arena *,
    const char **out) MUST_USE;

const char *word_decision(const char *);
const char *word_next(const char *);
const char *word_note(const char *kind);
/* What a flag says: of a kind the program sets, or text. */
const char *word_flag(const char *kind, const char *text);
const char *word_safe(const char *answer); /* safe at the moment? */
const char *word_word(const char *check); /* of the safe word; "" none */
const char *word_note_source(const char *source);
const char *word_present(const char *code);
const char *word_goal_state(const char *);
const char *word_service_state(const char *);
const char *word_referral(const char *kind);
const char *word_act(const char *kind);
const char *word_recall(const char *kind);
const char *word_consent(const struct society *, const char *kind);
const char *word_recipient(const struct society *, const char *id);
const char *word_risk(const struct society *, const char *id);
/* "name, needs" of a set of rules/consent.h scopes. */
const char *word_scopes(const struct society *, unsigned scope, struct arena *);

#endif
