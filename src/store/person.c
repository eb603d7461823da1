/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "store/child_inside.h"
#include "store/person_inside.h"

/* --- whom a case is about ----------------------------------------------------------- */

int
case_subject(struct tx *tx, const struct uid *case_uid, struct case_subject *c)
{
	static const char sql[] = "SELECT person, stop_contact, risk, rev"
				  " FROM case_file WHERE uid = ?1";
	const struct society *society = tx->s->society;
	struct db *db = &tx->s->cases;
	sqlite3_stmt *st = db_query(db, sql, VALS(v_uid(case_uid)), tx->err);
	int risk, rc;

	if (st == NULL || (rc = db_row(db, st, tx->err)) == -1)
		return -1;
	if (rc == 0)
		return err_set(
		    tx->err, ERR_NOT_FOUND, _("There is no such case."));
	risk = society_risk(society, col_text(st, 2));
	*c = (struct case_subject){ .person = col_uid(st, 0),
		.stop = col_bool(st, 1),
		.rev = col_int(st, 3),
		.urgent_or_high =
		    risk < 0 || society->risks[risk].urgent_or_high };
	stmt_done(st);
	c->subject = uid_null(&c->person) ? *case_uid : c->person;
	return contact_now_read(tx, case_uid, &c->now);
}

static int
anonymous(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND,
	    _("This case is anonymous: nobody is recorded in it."));
}

int
person_read(
    struct tx *tx, const struct uid *person, struct arena *a, struct person *p)
{
	static const char sql[] =
	    "SELECT rev, name, other_names, birth, birth_basis, sex,"
	    " languages, country, phone, address, document FROM person"
	    " WHERE uid = ?1 AND deleted_hlc = 0";
	sqlite3_stmt *st;
	int rc;

	if (uid_null(person))
		return anonymous(tx->err);
	st = tx_query(tx, sql, VALS(v_uid(person)));
	if (st == NULL || (rc = tx_row(tx, st)) == -1)
		return -1;
	if (rc == 0)
		return err_set(tx->err, ERR_NOT_FOUND,
		    _("The person of this case is not in the identity "
		      "records. Tell your supervisor; \"amparo verify\" says "
		      "more."));
	*p = (struct person){ .uid = *person, .rev = col_int(st, 0) };
	p->name = col_str(st, 1, a);
	p->other_names = col_str(st, 2, a);
	col_date(st, 3, &p->birth);
	p->birth_basis = col_str(st, 4, a);
	p->sex = col_str(st, 5, a);
	p->languages = col_str(st, 6, a);
	p->country = col_str(st, 7, a);
	p->phone = col_str(st, 8, a);
	p->address = col_str(st, 9, a);
	p->document = col_str(st, 10, a);
	stmt_done(st);
	return 0;
}

/* --- keys to find somebody by ---------------------------------------------------------- */

/* The first sound of a word; false where it has none. */
static bool
word_sound(const char *word, size_t len, char out[MATCH_KEY_SIZE])
{
	struct match_key keys[MATCH_KEYS_MAX];
	char text[LIMIT_NAME + 1];
	size_t n;

	if (len > LIMIT_NAME)
		return false;
	memcpy(text, word, len);
	text[len] = '\0';
	n = match_keys(text, keys, MATCH_KEYS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (keys[i].kind != MATCH_SOUND)
			continue;
		memcpy(out, keys[i].text, MATCH_KEY_SIZE);
		return true;
	}
	return false;
}

static size_t
pair_keys(const char *name, struct name_key *out, size_t max)
{
	char sounds[KEY_WORDS][MATCH_KEY_SIZE];
	const char *a, *b;
	size_t n = 0, k = 0;
	struct buf folded;
	const char *p;

	buf_init(&folded);
	utf8_fold(&folded, name, strlen(name));
	for (p = folded.data; *p != '\0' && n < KEY_WORDS;) {
		size_t len = strcspn(p, " ");

		if (len > 0 && word_sound(p, len, sounds[n]))
			n++;
		p += len + (p[len] == ' ');
	}
	buf_done(&folded);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = i + 1; j < n && k < max; j++) {
			a = sounds[i];
			b = sounds[j];
			out[k].kind = KEY_PAIR;
			(void)snprintf(out[k].text, sizeof(out[k].text),
			    "%.*s %.*s", MATCH_KEY_SIZE - 1,
			    strcmp(a, b) > 0 ? b : a, MATCH_KEY_SIZE - 1,
			    strcmp(a, b) > 0 ? a : b);
			k++;
		}
	}
	wipe(sounds, sizeof(sounds));
	return k;
}

size_t
name_keys(const char *name, struct name_key *out, size_t max)
{
	struct match_key keys[MATCH_KEYS_MAX];
	size_t n = match_keys(name, keys, MATCH_KEYS_MAX);
	size_t k = pair_keys(name, out, max);

	for (size_t i = 0; i < n && k < max; i++, k++) {
		out[k].kind = (int)keys[i].kind;
		memcpy(out[k].text, keys[i].text, sizeof(keys[i].text));
	}
	wipe(keys, sizeof(keys));
	return k;
}

size_t
born_keys(const struct name_key *keys, size_t n, const struct fdate *birth,
    struct name_key *out, size_t max)
{
	size_t k = 0;

	if (birth->precision == DATE_UNKNOWN)
		return 0;
	for (size_t i = 0; i < n && k < max; i++) {
		if (keys[i].kind != MATCH_SOUND)
			continue;
		out[k].kind = KEY_BORN;
		(void)snprintf(out[k].text, sizeof(out[k].text), "%.*s %d",
		    MATCH_KEY_SIZE - 1, keys[i].text, birth->year);
		k++;
	}
	return k;
}

static size_t
phone_key(const char *phone, struct name_key *out, size_t max)
{
	char text[MATCH_KEY_SIZE];

	if (max == 0 || !match_phone(phone, text))
		return 0;
	out->kind = MATCH_PHONE;
	(void)snprintf(out->text, sizeof(out->text), "%s", text);
	return 1;
}

size_t
person_keys(const struct person *p, const char *number, struct name_key *out)
{
	size_t n = 0;

	n += phone_key(p->phone, out + n, KEYS_MAX - n);
	n += phone_key(number, out + n, KEYS_MAX - n);
	n += name_keys(p->name, out + n, KEYS_MAX - n);
	n += name_keys(p->other_names, out + n, KEYS_MAX - n);
	n += born_keys(out, n, &p->birth, out + n, KEYS_MAX - n);
	return n;
}

int
person_key_add(
    struct tx *tx, int kind, const char *text, const struct uid *person)
{
	static const char sql[] =
	    "INSERT INTO name_key (kind, text, person) VALUES (?1, ?2, ?3)"
	    " ON CONFLICT DO NOTHING";

	return tx_exec(tx, sql, VALS(v_int(kind), v_str(text), v_uid(person)));
}

int
person_index(struct tx *tx, const struct uid *person)
{
	static const char drop[] = "DELETE FROM name_key WHERE person = ?1";
	struct name_key *keys;
	struct safe_contact c = { .number = "" };
	struct person p = { .name = "" };
	struct arena a;
	size_t n;
	int rc = -1;

	arena_init(&a);
	keys = arena_alloc(&a, KEYS_MAX, sizeof(*keys));
	if (person_read(tx, person, &a, &p) == -1 ||
	    safe_contact_read(tx, person, &a, &c) == -1 ||
	    tx_exec(tx, drop, VALS(v_uid(person))) == -1)
		goto out;
	n = person_keys(&p, c.number, keys);
	for (size_t i = 0; i < n; i++) {
		if (person_key_add(tx, keys[i].kind, keys[i].text, person) ==
		    -1)
			goto out;
	}
	rc = 0;
out:
	arena_done(&a);
	return rc;
}

/* --- adding -------------------------------------------------------------------------------- */

int
person_take(struct arena *a, struct person *p, struct err *e)
{
	static const char *const bases[] = { "", "document", "stated",
		"estimated", "disputed" };
	const struct text_in texts[] = {
		{ &p->name, N_("Name"), LIMIT_NAME },
		{ &p->other_names, N_("Other names"), LIMIT_NAME },
		{ &p->birth_basis, N_("Birth: known from"), LIMIT_CODE },
		{ &p->sex, N_("Sex"), LIMIT_CODE },
		{ &p->languages, N_("Languages"), LIMIT_NAME },
		{ &p->country, N_("Country"), LIMIT_CODE },
		{ &p->phone, N_("Telephone"), LIMIT_NAME },
		{ &p->address, N_("Area"), LIMIT_WORDS },
		{ &p->document, N_("Document"), LIMIT_NAME },
	};

	if (texts_take(a, texts, sizeof(texts) / sizeof(texts[0]), e) == -1)
		return -1;
	if (!is_one_of(p->birth_basis, bases, sizeof(bases) / sizeof(bases[0])))
		return err_set_field(e, "birth_basis",
		    _("Say how the date of birth is known: from a document, "
		      "as stated, estimated or disputed."));
	return 0;
}

int
person_insert(struct tx *tx, const struct person *p, bool unfinished)
{
	char birth[12];
	const struct col cols[] = {
		{ "name", v_str(p->name) },
		{ "other_names", v_str(p->other_names) },
		{ "birth", v_str(date_iso(&p->birth, birth, sizeof(birth))) },
		{ "birth_basis", v_str(p->birth_basis) },
		{ "sex", v_str(p->sex) },
		{ "languages", v_str(p->languages) },
		{ "country", v_str(p->country) },
		{ "phone", v_str(p->phone) },
		{ "address", v_str(p->address) },
		{ "document", v_str(p->document) },
		{ "custody_ns", v_str(tx->s->ns) },
	};
	size_t n = sizeof(cols) / sizeof(cols[0]);
	int rc = record_insert_once(tx, REC_PERSON, NULL, &p->uid, cols, n, n);

	if (rc == 0 || rc == 1 || !unfinished || tx->err->kind != ERR_CONFLICT)
		return rc;
	err_clear(tx->err);
	return record_set(tx, REC_PERSON, NULL, &p->uid, cols, n);
}

/* --- the identity card ------------------------------------------------------------------- */

int
person_open(struct session *s, struct uid case_uid, const char *reason,
    struct arena *arena, struct person *person, struct safe_contact *contact,
    struct err *err)
{
	struct safe_contact c = { .may_contact = "" };
	struct case_subject subject;
	struct person p;
	struct tx tx;
	int rc = -1;

	if (session_purpose(s, &case_uid, &reason, err) == -1)
		return -1;
	if (tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_READ,
		    .case_uid = &case_uid,
		    .action = "person.open",
		    .reason = reason },
		err) == -1)
		return -1;
	if (case_subject(&tx, &case_uid, &subject) == -1 ||
	    person_read(&tx, &subject.person, arena, &p) == -1 ||
	    safe_contact_read(&tx, &subject.subject, arena, &c) == -1)
		goto out;
	tx_field(&tx, "identity");
	/* No number comes before the instruction, whichever field it is in. */
	if (contact_may_show(&tx, &case_uid, &subject, &c) != CONTACT_SHOW)
		p.phone = "";
	c.number = "";
	safe_contact_now(&tx, &subject, &c);
	tx.what.object = &subject.person;
	rc = tx_commit(&tx);
	if (rc == 0) {
		session_set_purpose(s, &case_uid, reason);
		*person = p;
		*contact = c;
	}
out:
	tx_abort(&tx);
	return rc;
}

/* What follows from the fields that are changed. */
struct touched {
	bool names; /* the keys to find somebody by */
	bool birth; /* when they come of age */
	struct fdate born;
};

static int
check_fields(
    const struct change *list, size_t n, struct touched *t, struct err *e)
{
	static const char *const keyed[] = { "name", "other_names", "phone",
		"birth" };

	*t = (struct touched){ .names = false };
	for (size_t i = 0; i < n; i++) {
		if (is_one_of(
			list[i].field, keyed, sizeof(keyed) / sizeof(keyed[0])))
			t->names = true;
		if (strcmp(list[i].field, "birth") != 0)
			continue;
		t->birth = true;
		if (list[i].value[0] != '\0' &&
		    date_from_iso(list[i].value, &t->born) == -1)
			return err_set_field(e, "birth",
			    _("Born: give a year, a month or a day, such as "
			      "2009, 2009-05 or 2009-05-17."));
	}
	return 0;
}

int
person_change(struct session *s, struct uid case_uid, int64_t *rev,
    const struct change *in, size_t n, struct arena *arena,
    struct conflicts *conflicts, struct err *err)
{
	struct case_subject subject;
	const struct change *list;
	int64_t now = *rev;
	struct tx tx;
	struct touched touched;
	int rc = -1;

	if (changes_take(arena, in, n, &list, err) == -1 ||
	    check_fields(list, n, &touched, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_IDENTITY_WRITE,
		    .case_uid = &case_uid,
		    .action = "person.change",
		    .reason = "to change it",
		    .wrote = true },
		err) == -1)
		return -1;
	if (case_subject(&tx, &case_uid, &subject) == -1)
		goto out;
	if (uid_null(&subject.person)) {
		rc = anonymous(err);
		goto out;
	}
	tx.what.object = &subject.person;
	if (record_update(&tx, REC_PERSON, NULL, &subject.person, &now, list, n,
		arena, conflicts) == -1 ||
	    (touched.names && person_index(&tx, &subject.person) == -1))
		goto out;
	if (tx_commit(&tx) == -1)
		goto out;
	*rev = now;
	rc = 0;
out:
	tx_abort(&tx);
	if (rc == 0 && touched.birth)
		rc = child_birth_changed(s, &case_uid, &touched.born, err);
	return rc;
}
