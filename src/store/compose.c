/* SPDX-License-Identifier: ISC */
#include "store/compose_inside.h"

#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "config/telling.h"
#include "rules/child.h"
#include "store/child_inside.h"
#include "store/person_inside.h"

static const struct {
	const char *name, *label; /* name: for the record of reads */
	enum data_scope scope;
	bool identity;
} fields[FIELDS] = {
	[FIELD_NAME] = { "name", N_("Name"), DATA_NAME, true },
	[FIELD_OTHER_NAMES] = { "other_names", N_("Other names"), DATA_NAME,
	    true },
	[FIELD_NUMBER] = { "number", N_("Number"), DATA_CONTACT, true },
	[FIELD_AREA] = { "address", N_("Area"), DATA_LOCATION, true },
	[FIELD_WANTS] = { "wants", N_("Wants first"), DATA_NEEDS, false },
	[FIELD_LANGUAGE] = { "language", N_("Language"), DATA_NEEDS, false },
	[FIELD_SEX] = { "sex", N_("Sex"), DATA_NEEDS, false },
	[FIELD_AGE] = { "age_band", N_("Age"), DATA_NEEDS, false },
	[FIELD_HEALTH] = { "health", N_("Urgent health"), DATA_HEALTH, false },
	[FIELD_CHILD] = { "may_be_child", N_("May be a child"), DATA_CHILDREN,
	    false },
	[FIELD_GUARDIAN] = { "guardian", N_("Guardian"), DATA_CHILDREN, false },
	[FIELD_DOCUMENT] = { "document", N_("Papers"), DATA_DOCUMENTS, true },
};

int
compose_field_from_name(const char *name)
{
	for (int i = 0; i < FIELDS; i++) {
		if (strcmp(fields[i].name, name) == 0)
			return i;
	}
	return strcmp(name, "account") == 0 ? FIELD_ACCOUNT : -1;
}

const char *
compose_field_name(int f)
{
	return f == FIELD_ACCOUNT ? "account" : fields[f].name;
}

const char *
compose_field_label(int f)
{
	if (f == FIELD_NUMBER)
		return _("Number, with how to reach them safely");
	return f == FIELD_ACCOUNT ? _("What they told") : _(fields[f].label);
}

enum data_scope
compose_field_scope(int f)
{
	return f == FIELD_ACCOUNT ? DATA_ACCOUNT : fields[f].scope;
}

unsigned
compose_scopes(unsigned set)
{
	unsigned scopes = 0;

	for (int i = 0; i <= FIELD_ACCOUNT; i++) {
		if ((set >> i & 1) != 0)
			scopes |= data_scope_bit(compose_field_scope(i));
	}
	return scopes;
}

/* May this kind of data go, and is anything of it to go? */
static bool
allowed(const struct composing *p, enum data_scope scope)
{
	return (p->allowed & compose_scopes(p->fields) &
		   data_scope_bit(scope)) != 0;
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

static const char *
tri_words(const char *code)
{
	return strcmp(code, "yes") == 0	 ? _("yes")
	       : strcmp(code, "no") == 0 ? _("no")
					 : _("not known");
}

static int
read_needs(struct tx *tx, struct composing *p)
{
	static const char sql[] =
	    "SELECT wants, language, sex, age_band, may_be_child,"
	    " of_age_from FROM case_file WHERE uid = ?1";
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
	p->born_child = child_by_birth(col_int(st, 5), tx->now);
	if (allowed(p, DATA_CHILDREN))
		p->value[FIELD_CHILD] =
		    p->born_child ? _("yes") : tri_words(col_text(st, 4));
	stmt_done(st);
	return 0;
}

/* Whoever helps a child has to know whom not to call. */
static const char *
guardian_words(const char *code, const struct child_record *r, struct arena *a)
{
	switch (guardian_from_name(code)) {
	case GUARDIAN_SAFE:
		if (strcmp(r->informed, "yes") == 0)
			return _("safe, and was told");
		return said(r->informed_why)
			   ? arena_printf(a, "%s: %s", _("safe, NOT told"),
				 r->informed_why)
			   : _("safe, NOT told");
	case GUARDIAN_UNAVAILABLE:
		return _("not there, or not known");
	case GUARDIAN_CONCERN:
	case GUARDIAN_UNSAFE_TO_TELL:
		return _("NOT SAFE: do not call or tell them");
	default:
		return _("not known to be safe: do not call or tell them");
	}
}

/* Nothing is said of a guardian where nobody is recorded as a child. */
static int
read_guardian(struct tx *tx, struct composing *p)
{
	struct child_record r = { .informed = "", .informed_why = "" };
	const char *code;
	int rc;

	if (!allowed(p, DATA_CHILDREN))
		return 0;
	p->value[FIELD_GUARDIAN] = "";
	rc = child_read(tx, &p->case_uid, p->arena, &r);
	if (rc == -1 || child_guardian(tx, &p->case_uid, p->arena, &code) == -1)
		return -1;
	if (p->born_child ||
	    (rc == 1 ? strcmp(r.may_be_child, "no") != 0 : code[0] != '\0'))
		p->value[FIELD_GUARDIAN] = guardian_words(code, &r, p->arena);
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

/* What was told, then how it was put right, in the order it was written. */
static int
with_corrections(struct tx *tx, struct composing *p, const struct uid *note,
    const char **text)
{
	static const char sql[] =
	    "WITH RECURSIVE later (uid) AS (SELECT uid FROM note"
	    " WHERE case_uid = ?1 AND corrects = ?2 UNION SELECT n.uid"
	    " FROM note n JOIN later l ON n.corrects = l.uid"
	    " WHERE n.case_uid = ?1) SELECT text, made_at FROM note"
	    " WHERE case_uid = ?1 AND uid IN later AND deleted_hlc = 0"
	    " ORDER BY made_at, uid";
	sqlite3_stmt *st =
	    tx_query(tx, sql, VALS(v_uid(&p->case_uid), v_uid(note)));
	char when[24];
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1)
		*text = arena_printf(p->arena, _("%s\n\nPut right %s:\n%s"),
		    *text, clock_full(col_int(st, 1), when, sizeof(when)),
		    col_text(st, 0));
	stmt_done(st);
	return rc;
}

/*
 * Notes that were marked as an account when they were written.  What is wrong
 * in one was put right by another, marked or not: the two go together, and no
 * account goes as if nobody had mended it.
 */
static int
read_accounts(struct tx *tx, struct composing *p)
{
	static const char count[] = "SELECT count(*) FROM note"
				    " WHERE case_uid = ?1 AND account = 1";
	static const char sql[] =
	    "WITH RECURSIVE later (uid) AS (SELECT n.uid FROM note n"
	    " JOIN note o ON o.case_uid = n.case_uid AND o.uid = n.corrects"
	    " WHERE n.case_uid = ?1 AND o.account = 1 UNION SELECT n.uid"
	    " FROM note n JOIN later l ON n.corrects = l.uid"
	    " WHERE n.case_uid = ?1) SELECT uid, text FROM note"
	    " WHERE case_uid = ?1 AND account = 1 AND deleted_hlc = 0"
	    " AND uid NOT IN later ORDER BY made_at, uid";
	struct uid *notes;
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc;

	if (!allowed(p, DATA_ACCOUNT))
		return 0;
	if (tx_int(tx, count, VALS(v_uid(&p->case_uid)), &n) == -1)
		return -1;
	p->accounts =
	    arena_alloc(p->arena, (size_t)n + 1, sizeof(*p->accounts));
	notes = arena_alloc(p->arena, (size_t)n + 1, sizeof(*notes));
	st = tx_query(tx, sql, VALS(v_uid(&p->case_uid)));
	if (st == NULL)
		return -1;
	while ((rc = tx_row(tx, st)) == 1 && p->n_accounts < (size_t)n) {
		notes[p->n_accounts] = col_uid(st, 0);
		p->accounts[p->n_accounts++] =
		    (struct preview_field){ .label = _("What they told"),
			    .value = col_str(st, 1, p->arena),
			    .scope = DATA_ACCOUNT,
			    .released = true };
	}
	stmt_done(st);
	for (size_t i = 0; rc != -1 && i < p->n_accounts; i++)
		rc = with_corrections(tx, p, &notes[i], &p->accounts[i].value);
	return rc == -1 ? -1 : 0;
}

static void
name_fields(struct tx *tx, const struct composing *p, bool identity)
{
	for (int i = 0; i < FIELDS; i++) {
		if (fields[i].identity == identity &&
		    (p->fields >> i & 1) != 0 && allowed(p, fields[i].scope))
			tx_field(tx, fields[i].name);
	}
	if (!identity && allowed(p, DATA_ACCOUNT))
		tx_field(tx, "account");
	if (identity && allowed(p, DATA_CONTACT))
		tx_field(tx, "safe_contact");
}

int
compose_from_cases(struct tx *tx, struct composing *p)
{
	if (read_needs(tx, p) == -1 || read_guardian(tx, p) == -1 ||
	    read_health(tx, p) == -1 || read_accounts(tx, p) == -1)
		return -1;
	name_fields(tx, p, false);
	return 0;
}

/* --- identity.db --------------------------------------------------------------------------- */

#define REACH_MAX 14

static void
reach(struct composing *p, const char *label, const char *value)
{
	if (value[0] == '\0' || p->n_reach == REACH_MAX)
		return;
	p->reach[p->n_reach++] = (struct preview_field){ .label = label,
		.value = value,
		.scope = DATA_CONTACT,
		.released = true };
}

/*
 * Whoever gets the number calls it: with all that the person said about how.
 * What was not said is a no: no message, no text, not our name.
 */
static void
read_reach(const struct society *society, const struct safe_contact *c,
    struct composing *p)
{
	struct arena *a = p->arena;

	p->reach = arena_alloc(a, REACH_MAX, sizeof(*p->reach));
	p->n_reach = 0;
	if (strcmp(c->may_contact, "only_if") == 0)
		reach(p, _("Contact"), _("only as it says here"));
	reach(
	    p, _("Reached by"), arena_str(a, society_way(society, c->channel)));
	reach(p, _("Whose phone is it"), c->whose);
	reach(p, _("Who else may see or answer"), c->who_else);
	reach(p, _("Safe times"), c->safe_times);
	reach(p, _("Never at"), c->unsafe_times);
	reach(p, _("Who should call"), c->caller);
	reach(p, _("Language"),
	    arena_str(a, language_label(society, c->language)));
	reach(p, _("Say who we are?"),
	    c->say_red_cross ? _("yes") : _("NO, never our name"));
	reach(p, _("What to say"), c->cover_phrase);
	reach(p, _("If somebody else answers"), c->if_other_answers);
	reach(p, _("Voicemail?"), c->voicemail_ok ? _("yes") : _("NO"));
	reach(p, _("Text messages?"), c->text_ok ? _("yes") : _("NO"));
	if (c->max_attempts > 0)
		reach(p, _("Try at most so many times"),
		    arena_printf(a, "%d", c->max_attempts));
}

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
		p->value[FIELD_NUMBER] = "";
		return 0;
	default:
		return -1;
	}
	/* Who is not to be contacted is not to be contacted by anybody. */
	if (c.stop || subject->stop || strcmp(c.may_contact, "no") == 0 ||
	    subject->now.held != CONTACT_HOLD_NOT || subject->now.spent)
		return 0;
	read_reach(tx->s->society, &c, p);
	p->value[FIELD_NUMBER] = c.number;
	if (c.number[0] != '\0' &&
	    contact_may_show(tx, &p->case_uid, subject, &c) != CONTACT_SHOW) {
		p->number_held = true;
		p->value[FIELD_NUMBER] =
		    _("(the number; read how to reach the person to see it)");
	}
	return 0;
}

static int
read_person(struct tx *tx, struct composing *p)
{
	struct case_subject subject;
	/* Nobody is named: of what may go there is nothing. */
	struct person who = {
		.name = "", .other_names = "", .address = "", .document = ""
	};

	if (case_subject(tx, &p->case_uid, &subject) == -1 ||
	    read_contact(tx, &subject, p) == -1)
		return -1;
	if (!uid_null(&subject.person) &&
	    person_read(tx, &subject.person, p->arena, &who) == -1)
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

bool
compose_needs_identity(const struct composing *p)
{
	return allowed(p, DATA_NAME) || allowed(p, DATA_CONTACT) ||
	       allowed(p, DATA_LOCATION) || allowed(p, DATA_DOCUMENTS);
}

int
compose_from_identity(struct tx *tx, struct composing *p)
{
	if (read_person(tx, p) == -1)
		return -1;
	name_fields(tx, p, true);
	return 0;
}

/* --- the list --------------------------------------------------------------------------------- */

const char *
compose_telling(
    const struct society *society, const struct preview *p, struct arena *a)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct preview_field *f = &p->list[i];
		const char *word =
		    f->released ? telling_word(society, f->value) : NULL;

		if (word != NULL)
			return arena_printf(a,
			    _("\"%s\": \"%.*s\" tells whoever reads it why "
			      "they are helped. Say it without, unless they "
			      "have to know."),
			    f->label, (int)strcspn(word, "\n"), word);
	}
	return "";
}

void
compose_list(const struct composing *p, struct preview *out)
{
	out->list = arena_alloc(p->arena,
	    FIELDS + p->n_reach + p->n_accounts + 1, sizeof(*out->list));
	for (int i = 0; i < FIELDS; i++) {
		const char *value =
		    (p->fields >> i & 1) != 0 ? p->value[i] : NULL;

		/* Nothing is said of what there is nothing of. */
		if (value == NULL || value[0] != '\0')
			out->list[out->n++] =
			    (struct preview_field){ .label = _(fields[i].label),
				    .value = value == NULL ? "" : value,
				    .scope = (int)fields[i].scope,
				    .released = value != NULL };
		for (size_t k = 0;
		     i == FIELD_NUMBER && value != NULL && k < p->n_reach; k++)
			out->list[out->n++] = p->reach[k];
	}
	for (size_t i = 0; i < p->n_accounts; i++)
		out->list[out->n++] = p->accounts[i];
	if (!allowed(p, DATA_ACCOUNT))
		out->list[out->n++] =
		    (struct preview_field){ .label = _("What they told"),
			    .value = "",
			    .scope = DATA_ACCOUNT };
}
