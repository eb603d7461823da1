/* SPDX-License-Identifier: ISC */
#include "store/service.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "rules/timers.h"
#include "store/case_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define PLAN_YEARS 20

/* --- checking ------------------------------------------------------------- */

static int
take(struct arena *a, struct service *s, struct err *e)
{
	const struct text_in texts[] = {
		{ &s->service, N_("Help"), LIMIT_CODE },
		{ &s->state, N_("State"), LIMIT_CODE },
		{ &s->amount, N_("How much"), LIMIT_NAME },
		{ &s->controls, N_("Who controls it"), LIMIT_CODE },
		{ &s->sheet, N_("Sheet"), LIMIT_CODE },
		{ &s->words, N_("Words"), LIMIT_WORDS },
	};

	return texts_take(a, texts, COUNT(texts), e);
}

static bool
is_service(const struct society *society, const char *id)
{
	for (size_t i = 0; i < society->services.n; i++) {
		if (strcmp(society->services.list[i].id, id) == 0)
			return true;
	}
	return false;
}

static int
check_times(struct service *s, int state, struct err *e)
{
	int64_t now = clock_now();

	s->due = timer_by(&s->due_on);
	if (s->at == 0)
		s->at = now;
	if (s->at > now + CLOCK_HOUR)
		return err_set_field(e, "on",
		    _("This happened at a time still to come. Help that is to "
		      "come is \"planned\"."));
	if (s->due != 0 && state != SERVICE_PLANNED)
		return err_set_field(e, "due_on",
		    _("Only planned help has a day to come. Choose planned, or "
		      "empty the day."));
	if (s->due > now + PLAN_YEARS * 366 * CLOCK_DAY)
		return err_set_field(e, "due_on",
		    _("Give the day it is due, such as +7 or friday."));
	return 0;
}

/* What was handed over can be looked up later: which sheet, in which language
 * and version it was on that day. */
static int
check_sheet(const struct society *society, struct service *s, struct err *e)
{
	const struct sheet *sheet;

	s->sheet_language = s->sheet_version = "";
	if (s->sheet[0] == '\0')
		return 0;
	sheet = society_sheet(society, s->sheet);
	if (sheet == NULL)
		return err_set_field(e, "sheet",
		    _("There is no such sheet here. Choose one of the list."));
	s->sheet_language = sheet->language;
	s->sheet_version = sheet->version;
	return 0;
}

static int
check(const struct society *society, struct service *s, struct err *e)
{
	static const char *const holders[] = { "", "person", "other",
		"unknown" };
	int state = service_state_from_name(s->state);

	if (!is_service(society, s->service))
		return err_set_field(
		    e, "service", _("Say which help: choose from the list."));
	if (state < 0)
		return err_set_field(e, "state",
		    _("Say how it stands: given, planned, declined for now, "
		      "or not to be had."));
	if (!is_one_of(s->controls, holders, COUNT(holders)))
		return err_set_field(e, "controls",
		    _("One of the answers is not in its list. Choose again."));
	if (state == SERVICE_GIVEN && s->controls[0] == '\0' &&
	    society_pays(society, s->service))
		return err_set_field(e, "controls",
		    _("Ask who controls the phone, card or account before "
		      "money is given; \"not known\" is an answer, too."));
	if (state == SERVICE_UNAVAILABLE && !said(s->words))
		return err_set_field(e, "words",
		    _("Write why it could not be had: such gaps are what we "
		      "speak up about."));
	if (check_times(s, state, e) == -1)
		return -1;
	return check_sheet(society, s, e);
}

/* What a row names must be of this case. */
static int
check_earlier(
    struct tx *tx, const struct uid *case_uid, const struct service *s)
{
	static const char sql_service[] = "SELECT 1 FROM service WHERE"
					  " case_uid = ?1 AND uid = ?2";
	static const char sql_goal[] = "SELECT 1 FROM goal WHERE"
				       " case_uid = ?1 AND uid = ?2";
	const struct {
		const struct uid *uid;
		const char *sql;
	} named[] = { { &s->corrects, sql_service },
		{ &s->follows, sql_service }, { &s->goal, sql_goal } };
	int64_t one;

	for (size_t i = 0; i < COUNT(named); i++) {
		if (uid_null(named[i].uid))
			continue;
		switch (tx_int(tx, named[i].sql,
		    VALS(v_uid(case_uid), v_uid(named[i].uid)), &one)) {
		case 1:
			break;
		case 0:
			return err_set(tx->err, ERR_NOT_FOUND,
			    _("What this belongs to is not in the case."));
		default:
			return -1;
		}
	}
	return 0;
}

/* --- adding --------------------------------------------------------------- */

static int
insert(struct tx *tx, const struct uid *case_uid, const struct service *s)
{
	char iso[12];
	const struct col cols[] = {
		{ "service", v_str(s->service) },
		{ "state", v_str(s->state) },
		{ "corrects", v_uid(&s->corrects) },
		{ "follows", v_uid(&s->follows) },
		{ "goal", v_uid(&s->goal) },
		{ "due", v_int(s->due) },
		{ "due_on", v_str(date_iso(&s->due_on, iso, sizeof(iso))) },
		{ "amount", v_str(s->amount) },
		{ "controls", v_str(s->controls) },
		{ "sheet", v_str(s->sheet) },
		{ "words", v_str(s->words) },
		{ "sheet_language", v_str(s->sheet_language) },
		{ "sheet_version", v_str(s->sheet_version) },
		{ "at", v_int(s->at) },
	};

	/* The last three follow from when it is saved. */
	return record_insert_once(tx, REC_SERVICE, case_uid, &s->uid, cols,
	    COUNT(cols), COUNT(cols) - 3);
}

int
service_add(struct session *s, struct uid case_uid, const struct service *in,
    struct err *err)
{
	struct service one = *in;
	struct tx tx = { .open = false };
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (take(&a, &one, err) == 0 &&
	    check(session_society(s), &one, err) == 0 &&
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_SERVICE,
		    .case_uid = &case_uid,
		    .object = &one.uid,
		    .action = "service.add",
		    .wrote = true },
		err) == 0 &&
	    check_earlier(&tx, &case_uid, &one) == 0)
		rc = case_commit_once(
		    &tx, &case_uid, insert(&tx, &case_uid, &one));
	tx_abort(&tx);
	arena_done(&a);
	return rc;
}

/* --- reading -------------------------------------------------------------- */

static void
fill(sqlite3_stmt *st, struct arena *a, struct service *s)
{
	s->uid = col_uid(st, 0);
	s->corrects = col_uid(st, 1);
	s->follows = col_uid(st, 2);
	s->goal = col_uid(st, 3);
	s->service = col_str(st, 4, a);
	s->state = col_str(st, 5, a);
	s->at = col_int(st, 6);
	s->due = col_int(st, 7);
	col_date(st, 8, &s->due_on);
	s->amount = col_str(st, 9, a);
	s->controls = col_str(st, 10, a);
	s->sheet = col_str(st, 11, a);
	s->sheet_language = col_str(st, 12, a);
	s->sheet_version = col_str(st, 13, a);
	s->words = col_str(st, 14, a);
	s->made_at = col_int(st, 15);
	s->by = col_str(st, 16, a);
	s->corrected = col_bool(st, 17);
	s->followed = col_bool(st, 18);
}

static int
read_list(struct tx *tx, const struct uid *case_uid, struct arena *a,
    struct services *out)
{
	static const char count[] =
	    "SELECT count(*) FROM service WHERE case_uid = ?1";
	static const char sql[] =
	    "SELECT s.uid, s.corrects, s.follows, s.goal, s.service, s.state,"
	    " s.at, s.due, s.due_on, s.amount, s.controls, s.sheet,"
	    " s.sheet_language, s.sheet_version, s.words, s.made_at, u.login,"
	    " s.uid IN (SELECT n.corrects FROM service n"
	    " WHERE n.case_uid = ?1 AND n.corrects IS NOT NULL) AS gone,"
	    " s.uid IN (SELECT n.follows FROM service n"
	    " WHERE n.case_uid = ?1 AND n.follows IS NOT NULL) AS done"
	    " FROM service s"
	    " LEFT JOIN colleague u ON u.uid = s.made_by"
	    " WHERE s.case_uid = ?1 AND s.deleted_hlc = 0"
	    " ORDER BY gone OR (done AND s.state = 'planned'),"
	    " s.state <> 'planned',"
	    " CASE s.state WHEN 'planned' THEN s.due ELSE -s.at END, s.uid";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (tx_int(tx, count, VALS(v_uid(case_uid)), &n) == -1)
		return -1;
	out->list = arena_alloc(a, (size_t)n + 1, sizeof(*out->list));
	st = tx_query(tx, sql, VALS(v_uid(case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && out->n < (size_t)n)
		fill(st, a, &out->list[out->n++]);
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

int
service_list(struct session *s, struct uid case_uid, struct arena *arena,
    struct services *out, struct err *err)
{
	struct services found = { .n = 0 };
	struct tx tx;
	int rc = -1;

	if (case_read_begin(&tx, s, &case_uid, "service.list", err) == -1)
		return -1;
	if (read_list(&tx, &case_uid, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
	return rc;
}
