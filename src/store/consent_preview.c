/* SPDX-License-Identifier: ISC */
/*
 * What a recipient would see, field by field.  A field is here or it cannot
 * leave: screenings, answers, risk, flags, ordinary notes and offences have no
 * row in the table below.
 */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "store/egress_inside.h"
#include "store/person_inside.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum field {
	FIELD_NAME,
	FIELD_OTHER_NAMES,
	FIELD_CHANNEL,
	FIELD_NUMBER,
	FIELD_SAFE_TIMES,
	FIELD_UNSAFE_TIMES,
	FIELD_COVER,
	FIELD_IF_OTHER,
	FIELD_AREA,
	FIELD_WANTS,
	FIELD_LANGUAGE,
	FIELD_SEX,
	FIELD_AGE,
	FIELD_HEALTH,
	FIELD_CHILD,
	FIELD_DOCUMENT,
	FIELDS
};

static const struct {
	const char *name, *label; /* name: for the record of reads */
	enum data_scope scope;
	bool identity;
} fields[FIELDS] = {
	[FIELD_NAME] = { "name", N_("Name"), DATA_NAME, true },
	[FIELD_OTHER_NAMES] = { "other_names", N_("Other names"), DATA_NAME,
	    true },
	[FIELD_CHANNEL] = { "channel", N_("Reached by"), DATA_CONTACT, true },
	[FIELD_NUMBER] = { "number", N_("Number"), DATA_CONTACT, true },
	[FIELD_SAFE_TIMES] = { "safe_times", N_("Safe times"), DATA_CONTACT,
	    true },
	[FIELD_UNSAFE_TIMES] = { "unsafe_times", N_("Never at"), DATA_CONTACT,
	    true },
	[FIELD_COVER] = { "cover_phrase", N_("What to say"), DATA_CONTACT,
	    true },
	[FIELD_IF_OTHER] = { "if_other_answers", N_("If somebody else answers"),
	    DATA_CONTACT, true },
	[FIELD_AREA] = { "address", N_("Area"), DATA_LOCATION, true },
	[FIELD_WANTS] = { "wants", N_("Wants first"), DATA_NEEDS, false },
	[FIELD_LANGUAGE] = { "language", N_("Language"), DATA_NEEDS, false },
	[FIELD_SEX] = { "sex", N_("Sex"), DATA_NEEDS, false },
	[FIELD_AGE] = { "age_band", N_("Age"), DATA_NEEDS, false },
	[FIELD_HEALTH] = { "health", N_("Urgent health"), DATA_HEALTH, false },
	[FIELD_CHILD] = { "may_be_child", N_("May be a child"), DATA_CHILDREN,
	    false },
	[FIELD_DOCUMENT] = { "document", N_("Papers"), DATA_DOCUMENTS, true },
};

struct composing {
	struct session *s;
	struct uid case_uid;
	struct arena *arena;
	unsigned allowed; /* set of scopes */
	const char *value[FIELDS]; /* NULL: does not leave */
	struct preview_field *accounts;
	size_t n_accounts;
	const char *why;
};

static bool
allowed(const struct composing *p, enum data_scope scope)
{
	return (p->allowed & data_scope_bit(scope)) != 0;
}

/* --- what may leave ------------------------------------------------------------------- */

/* Why nothing would go: the first condition that failed, and what to do. */
static const char *
why_not(struct composing *p, const struct release *r,
    const struct egress_verdict *v)
{
	enum egress_why why;

	if (strcmp(r->kind, "release") != 0)
		return _("This kind of consent lets nothing leave.");
	why = egress_first(v, r->scope == 0 ? DATA_ALL : r->scope);
	return arena_printf(p->arena, "%s %s %s", _("Nothing would be sent."),
	    egress_why_words(why), egress_instead_words(why));
}

static int
read_allowed(struct tx *tx, const struct uid *consent, struct composing *p)
{
	const struct release *r = NULL;
	struct egress_verdict v = { .allowed = 0 };
	struct consent_rows all;
	struct egress e;

	if (consent_rows_load(tx, &p->case_uid, false, p->arena, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		if (uid_eq(&all.rows[i].uid, consent))
			r = &all.rows[i];
	}
	if (r == NULL)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("This consent is not in the case."));
	p->why = "";
	if (strcmp(r->kind, "release") == 0) {
		if (egress_load(tx, &p->case_uid, r->recipient, r->purpose,
			p->arena, &e) == -1)
			return -1;
		egress_check(&e, &v);
		p->allowed = v.allowed;
	}
	if (p->allowed == 0)
		p->why = why_not(p, r, &v);
	return 0;
}

/* --- cases.db ---------------------------------------------------------------------------- */

static const char *
language_label(const struct society *society, const char *id)
{
	for (size_t i = 0; i < society->n_languages; i++) {
		if (strcmp(society->languages[i].id, id) == 0)
			return society->languages[i].label;
	}
	return id;
}

static int
read_needs(struct tx *tx, struct composing *p)
{
	static const char sql[] =
	    "SELECT wants, language, sex, age_band, may_be_child"
	    " FROM case_file WHERE uid = ?1";
	const struct society *society = tx->s->society;
	sqlite3_stmt *st = tx_query(tx, sql, VALS(v_uid(&p->case_uid)));
	struct arena *a = p->arena;

	if (st == NULL || tx_row(tx, st) == -1)
		return -1;
	if (allowed(p, DATA_NEEDS)) {
		p->value[FIELD_WANTS] = col_str(st, 0, a);
		p->value[FIELD_LANGUAGE] =
		    arena_str(a, language_label(society, col_text(st, 1)));
		p->value[FIELD_SEX] =
		    arena_str(a, label_of(&society->sexes, col_text(st, 2)));
		p->value[FIELD_AGE] = arena_str(
		    a, label_of(&society->age_groups, col_text(st, 3)));
	}
	if (allowed(p, DATA_CHILDREN))
		p->value[FIELD_CHILD] = col_str(st, 4, a);
	stmt_done(st);
	return 0;
}

/* The urgent health need of the newest contact (third prompt): what was done
 * about it, never more. */
static int
read_health(struct tx *tx, struct composing *p)
{
	static const char sql[] =
	    "SELECT t.state, t.action FROM triage t JOIN contact c"
	    " ON c.case_uid = t.case_uid AND c.uid = t.contact"
	    " WHERE t.case_uid = ?1 AND t.item = 'tri.03'"
	    " ORDER BY c.at DESC LIMIT 1";
	sqlite3_stmt *st;
	bool sign;
	int rc;

	if (!allowed(p, DATA_HEALTH))
		return 0;
	p->value[FIELD_HEALTH] = "";
	st = tx_query(tx, sql, VALS(v_uid(&p->case_uid)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return 0;
	sign = strcmp(col_text(st, 0), "clear_sign") == 0 ||
	       strcmp(col_text(st, 0), "some_sign") == 0;
	if (sign)
		p->value[FIELD_HEALTH] = said(col_text(st, 1))
					     ? col_str(st, 1, p->arena)
					     : _("needs care soon");
	stmt_done(st);
	return 0;
}

/* Notes that were marked as an account when they were written. */
static int
read_accounts(struct tx *tx, struct composing *p)
{
	static const char count[] = "SELECT count(*) FROM note"
				    " WHERE case_uid = ?1 AND account = 1";
	static const char sql[] =
	    "SELECT text FROM note WHERE case_uid = ?1 AND account = 1"
	    " AND deleted_hlc = 0 ORDER BY made_at, uid";
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (!allowed(p, DATA_ACCOUNT))
		return 0;
	if (tx_int(tx, count, VALS(v_uid(&p->case_uid)), &n) == -1)
		return -1;
	p->accounts =
	    arena_alloc(p->arena, (size_t)n + 1, sizeof(*p->accounts));
	st = tx_query(tx, sql, VALS(v_uid(&p->case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && p->n_accounts < (size_t)n)
		p->accounts[p->n_accounts++] =
		    (struct preview_field){ .label = _("What they told"),
			    .value = col_str(st, 0, p->arena),
			    .scope = DATA_ACCOUNT,
			    .released = true };
	stmt_done(st);
	return rc == -1 ? -1 : 0;
}

static void
name_fields(struct tx *tx, const struct composing *p, bool identity)
{
	for (int i = 0; i < FIELDS; i++) {
		if (fields[i].identity == identity &&
		    allowed(p, fields[i].scope))
			tx_field(tx, fields[i].name);
	}
	if (!identity && allowed(p, DATA_ACCOUNT))
		tx_field(tx, "account");
}

static int
from_cases(struct composing *p, const struct uid *consent, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (tx_begin(&tx, p->s,
		&(const struct tx_what){ .db = DB_CASES,
		    .perm = PERM_CASE_READ,
		    .case_uid = &p->case_uid,
		    .object = consent,
		    .action = "consent.preview" },
		err) == -1)
		return -1;
	if (read_allowed(&tx, consent, p) == 0 && read_needs(&tx, p) == 0 &&
	    read_health(&tx, p) == 0 && read_accounts(&tx, p) == 0) {
		name_fields(&tx, p, false);
		rc = tx_commit(&tx);
	}
	tx_abort(&tx);
	return rc;
}

/* --- identity.db --------------------------------------------------------------------------- */

static int
read_contact(
    struct tx *tx, const struct case_subject *subject, struct composing *p)
{
	struct safe_contact c;

	if (!allowed(p, DATA_CONTACT))
		return 0;
	switch (safe_contact_read(tx, &subject->subject, p->arena, &c)) {
	case 1:
		break;
	case 0:
		return 0;
	default:
		return -1;
	}
	/* Who is not to be contacted is not to be contacted by anybody. */
	if (c.stop || subject->stop || strcmp(c.may_contact, "no") == 0)
		return 0;
	p->value[FIELD_CHANNEL] =
	    arena_str(p->arena, label_of(&tx->s->society->channels, c.channel));
	p->value[FIELD_SAFE_TIMES] = c.safe_times;
	p->value[FIELD_UNSAFE_TIMES] = c.unsafe_times;
	p->value[FIELD_COVER] = c.cover_phrase;
	p->value[FIELD_IF_OTHER] = c.if_other_answers;
	p->value[FIELD_NUMBER] = c.number;
	if (c.number[0] != '\0' &&
	    contact_may_show(tx, &p->case_uid, subject, &c) != CONTACT_SHOW)
		p->value[FIELD_NUMBER] =
		    _("(the number; read how to reach the person to see it)");
	return 0;
}

static int
read_person(struct tx *tx, struct composing *p)
{
	struct case_subject subject;
	struct person who;

	if (case_subject(tx, &p->case_uid, &subject) == -1 ||
	    read_contact(tx, &subject, p) == -1)
		return -1;
	if (uid_null(&subject.person))
		return 0;
	if (person_read(tx, &subject.person, p->arena, &who) == -1)
		return -1;
	if (allowed(p, DATA_NAME)) {
		p->value[FIELD_NAME] = who.name;
		p->value[FIELD_OTHER_NAMES] = who.other_names;
	}
	if (allowed(p, DATA_LOCATION))
		p->value[FIELD_AREA] = who.address;
	if (allowed(p, DATA_DOCUMENTS))
		p->value[FIELD_DOCUMENT] = who.document;
	return 0;
}

static int
from_identity(struct composing *p, const struct uid *consent, struct err *err)
{
	struct tx tx;
	int rc = -1;

	if (!allowed(p, DATA_NAME) && !allowed(p, DATA_CONTACT) &&
	    !allowed(p, DATA_LOCATION) && !allowed(p, DATA_DOCUMENTS))
		return 0;
	if (tx_begin(&tx, p->s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = &p->case_uid,
		    .object = consent,
		    .action = "consent.preview",
		    .reason = "to see what a recipient would see" },
		err) == -1)
		return -1;
	if (read_person(&tx, p) == 0) {
		name_fields(&tx, p, true);
		rc = tx_commit(&tx);
	}
	tx_abort(&tx);
	return rc;
}

/* --- the list --------------------------------------------------------------------------------- */

static void
compose(const struct composing *p, struct preview *out)
{
	out->why = p->why;
	out->list = arena_alloc(
	    p->arena, FIELDS + p->n_accounts + 1, sizeof(*out->list));
	for (int i = 0; i < FIELDS; i++) {
		const char *value = p->value[i];

		/* Nothing is said of what there is nothing of. */
		if (value != NULL && value[0] == '\0')
			continue;
		out->list[out->n++] =
		    (struct preview_field){ .label = _(fields[i].label),
			    .value = value == NULL ? "" : value,
			    .scope = (int)fields[i].scope,
			    .released = value != NULL };
	}
	for (size_t i = 0; i < p->n_accounts; i++)
		out->list[out->n++] = p->accounts[i];
	if (!allowed(p, DATA_ACCOUNT))
		out->list[out->n++] =
		    (struct preview_field){ .label = _("What they told"),
			    .value = "",
			    .scope = DATA_ACCOUNT };
}

int
consent_preview(struct session *s, struct uid case_uid, struct uid consent,
    struct arena *arena, struct preview *out, struct err *err)
{
	struct preview found = { .n = 0 };
	struct composing p = { .s = s, .case_uid = case_uid, .arena = arena };

	if (from_cases(&p, &consent, err) == -1 ||
	    from_identity(&p, &consent, err) == -1)
		return -1;
	compose(&p, &found);
	*out = found;
	return 0;
}
