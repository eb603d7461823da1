/* SPDX-License-Identifier: ISC */
/*
 * What the case that goes on takes from another code of the same person, and
 * gives back when they are taken apart.  Six fields are chosen; two go along
 * by themselves, because the more careful of both is what keeps somebody safe.
 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/join_inside.h"

enum {
	AT_RISK,
	AT_LANGUAGE,
	AT_SEX,
	AT_AGE_BAND,
	AT_CHILD,
	AT_WANTS,
	CHOSEN,
	AT_OF_AGE = CHOSEN,
	AT_STOP,
	N_FIELDS
};
static const char *const fields[N_FIELDS] = { "risk", "language", "sex",
	"age_band", "may_be_child", "wants", "of_age_from", "stop_contact" };

bool
join_is_field(const char *name)
{
	return is_one_of(name, fields, CHOSEN);
}

/* The values of a case, in the arena; *silent: nobody may be in touch. */
static int
values(struct tx *tx, const struct uid *uid, struct arena *a,
    const char *out[N_FIELDS], bool *silent)
{
	sqlite3_stmt *st = tx_query(tx,
	    "SELECT risk, language, sex, age_band, may_be_child, wants, "
	    "of_age_from, stop_contact, stop_contact <> 0 OR may_contact = "
	    "'no' "
	    "FROM case_file WHERE uid = ?1",
	    VALS(v_uid0(uid)));
	int rc;

	if (st == NULL || (rc = tx_row(tx, st)) != 1)
		return case_missing(tx, st == NULL ? -1 : rc);
	for (int i = 0; i < N_FIELDS; i++)
		out[i] = col_str(st, i, a);
	*silent = col_bool(st, N_FIELDS);
	stmt_done(st);
	return 0;
}

struct both {
	const char *mine[N_FIELDS], *theirs[N_FIELDS];
	bool mine_silent, theirs_silent;
};

static int
read_both(struct tx *tx, const struct uid *uid, const struct uid *other,
    struct arena *a, struct both *b)
{
	return values(tx, uid, a, b->mine, &b->mine_silent) == -1
		   ? -1
		   : values(tx, other, a, b->theirs, &b->theirs_silent);
}

int
join_lines(struct tx *tx, const struct uid *uid, const struct uid *other,
    struct arena *a, struct request *out)
{
	struct request_line *lines = arena_alloc(a, CHOSEN, sizeof(*lines));
	struct both b;

	if (read_both(tx, uid, other, a, &b) == -1)
		return -1;
	for (int i = 0; i < CHOSEN; i++)
		if (strcmp(b.mine[i], b.theirs[i]) != 0)
			lines[out->n_lines++] =
			    (struct request_line){ fields[i], b.mine[i],
				    b.theirs[i] };
	out->lines = lines;
	return 0;
}

/* --- nobody becomes an adult by it ----------------------------------------------- */
static bool
takes(const struct request *r, int field)
{
	for (size_t i = 0; i < r->n_lines; i++)
		if (strcmp(r->lines[i].item, fields[field]) == 0)
			return strcmp(r->lines[i].answer, "take") == 0;
	return false;
}

static bool
may_be_child(const char *tri)
{
	return strcmp(tri, "yes") == 0 || strcmp(tri, "unsure") == 0;
}

static bool
band_of_child(const struct tx *tx, const char *band)
{
	const struct society *s = tx->s->society;
	struct consent_person p = { .age_band = band, .may_be_child = "" };
	struct consent_age age;

	/* Where nobody knows, "may be a child" says how to work. */
	if (band[0] == '\0' || strcmp(band, "unknown") == 0)
		return false;
	consent_age_of(s, &p, tx->now, &age);
	return consent_who(s->age_bands, s->n_age_bands, &age).as_child;
}

static int
check_age(struct tx *tx, const struct request *r, const struct both *b)
{
	const char *tri = (takes(r, AT_CHILD) ? b->theirs : b->mine)[AT_CHILD];
	const char *band =
	    (takes(r, AT_AGE_BAND) ? b->theirs : b->mine)[AT_AGE_BAND];

	if (!may_be_child(tri) && (may_be_child(b->mine[AT_CHILD]) ||
				      may_be_child(b->theirs[AT_CHILD])))
		return err_set_field(tx->err, "may_be_child",
		    _("By one of the two this is, or may be, a child: that "
		      "holds for both. Choose it; the child's record (b) says "
		      "otherwise later, with where it is known from."));
	if (!band_of_child(tx, band) &&
	    (band_of_child(tx, b->mine[AT_AGE_BAND]) ||
		band_of_child(tx, b->theirs[AT_AGE_BAND])))
		return err_set_field(tx->err, "age_band",
		    _("One of the two age bands is a child's: choose that one, "
		      "until it is known that this is an adult."));
	return 0;
}

int
join_check_age(struct tx *tx, const struct request *r, struct arena *a)
{
	struct both b;

	return read_both(tx, &r->case_uid, &r->other, a, &b) == -1
		   ? -1
		   : check_age(tx, r, &b);
}

/* --- taking ----------------------------------------------------------------------- */
/* Give a field another value, with all that belongs to it. */
static int
put(struct tx *tx, const struct uid *uid, int field, const char *was,
    const char *value, const char *why)
{
	if (field >= CHOSEN)
		return record_set(tx, REC_CASE, NULL, uid,
		    COLS({ fields[field], v_int(strtoll(value, NULL, 10)) }));
	if (field == AT_RISK) {
		if (risk_note(tx, uid, value, was, why) == -1)
			return -1;
		return record_set(tx, REC_CASE, NULL, uid,
		    COLS({ "risk", v_str(value) },
			{ "risk_reason", v_str(why) }));
	}
	return record_set(
	    tx, REC_CASE, NULL, uid, COLS({ fields[field], v_str(value) }));
}

/* What a field is to be. */
static const char *
wanted(const struct request *r, const struct both *b, int field)
{
	const char *mine = b->mine[field], *theirs = b->theirs[field];

	switch (field) {
	case AT_OF_AGE: /* a child for as long as one of the two says so */
		return strtoll(theirs, NULL, 10) > strtoll(mine, NULL, 10)
			   ? theirs
			   : mine;
	case AT_STOP:
		return b->theirs_silent ? "1" : mine;
	default:
		return takes(r, field) ? theirs : mine;
	}
}

static int
keep_line(struct tx *tx, const struct request *r, const char *prefix, int field,
    const char *value, struct arena *a)
{
	return request_line_write(tx, &r->case_uid, &r->uid,
	    &(const struct request_line){
		arena_printf(a, "%s:%s", prefix, fields[field]), "", value });
}

int
join_take_fields(struct tx *tx, const struct request *r, struct arena *a)
{
	const char *why =
	    arena_printf(a, _("From %s, the same person"), r->other_code);
	struct both b;

	if (read_both(tx, &r->case_uid, &r->other, a, &b) == -1 ||
	    check_age(tx, r, &b) == -1)
		return -1;
	for (int i = 0; i < N_FIELDS; i++) {
		const char *value = wanted(r, &b, i);

		if (strcmp(b.mine[i], value) == 0)
			continue;
		if (keep_line(tx, r, "was", i, b.mine[i], a) == -1 ||
		    keep_line(tx, r, "now", i, value, a) == -1 ||
		    put(tx, &r->case_uid, i, b.mine[i], value, why) == -1)
			return -1;
	}
	return 0;
}

/* --- giving back ------------------------------------------------------------------ */
static const char *
kept_line(const struct request *r, const char *prefix, int field)
{
	for (size_t i = 0; i < r->n_lines; i++)
		if (strncmp(r->lines[i].item, prefix, 4) == 0 &&
		    strcmp(r->lines[i].item + 4, fields[field]) == 0)
			return r->lines[i].words;
	return NULL;
}

/* Did the person say anything about being reached under this code since? */
static int
said_since(struct tx *tx, const struct request *r)
{
	int64_t one;

	return tx_int(tx,
	    "SELECT 1 WHERE EXISTS (SELECT 1 FROM attempt WHERE case_uid = ?1 "
	    "AND made_at >= ?2 AND outcome = 'do_not_try_again') "
	    "OR EXISTS (SELECT 1 FROM audit WHERE case_uid = ?1 AND at >= ?2 "
	    "AND action = 'contact.summary' AND outcome = 'done')",
	    VALS(v_uid0(&r->case_uid), v_int(r->answered_at)), &one);
}

/* The same value, said anew of this code since, is its own now: no value shows
 * it, the record of who did what does. */
static int
said_anew(struct tx *tx, const struct request *r, int field)
{
	const char *act = field == AT_CHILD  ? "child.set"
			  : field == AT_RISK ? "case.risk"
					     : NULL;
	int64_t one;

	if (field == AT_STOP)
		return said_since(tx, r);
	if (act == NULL)
		return 0;
	return tx_int(tx,
	    "SELECT 1 FROM audit WHERE case_uid = ?1 AND at >= ?2 "
	    "AND action = ?3 AND outcome = 'done' LIMIT 1",
	    VALS(v_uid0(&r->case_uid), v_int(r->answered_at), v_str(act)),
	    &one);
}

int
join_give_back(
    struct tx *tx, const struct request *r, const char *why, struct arena *a)
{
	const char *is[N_FIELDS] = { NULL }, *was, *then;
	bool silent;
	int rc;

	if (values(tx, &r->case_uid, a, is, &silent) == -1)
		return -1;
	for (int i = 0; i < N_FIELDS; i++) {
		was = kept_line(r, "was:", i);
		then = kept_line(r, "now:", i);
		/* What was changed since is somebody's newer word. */
		if (was == NULL || then == NULL || is[i] == NULL ||
		    strcmp(is[i], then) != 0)
			continue;
		rc = said_anew(tx, r, i);
		if (rc == -1)
			return -1;
		if (rc == 1)
			continue;
		if (put(tx, &r->case_uid, i, is[i], was, why) == -1)
			return -1;
	}
	return 0;
}

/* --- stop, whichever code it was said under --------------------------------------- */
int
join_stop(struct tx *tx, const struct uid *case_uid)
{
	struct joined j;
	int rc = join_find(tx, case_uid, &j, NULL);

	if (rc != 1)
		return rc;
	return record_set(
	    tx, REC_CASE, NULL, &j.other, COLS({ "stop_contact", v_int(1) }));
}
