/* SPDX-License-Identifier: ISC */
/*
 * Is somebody perhaps known here?  Candidates come from the index of keys, and
 * never from a scan: at a million people a first name alone has ten thousand
 * bearers, two words of a name together a few.  Pages read are the cost, so a
 * key is read once and only as far as it tells something, and three letters
 * are asked only where words and sounds find too few.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "store/person_inside.h"
#include "vault/crypto.h"

#define CANDIDATES 2048 /* places in the table; a power of two */
#define SCORED 48 /* best candidates whose rows are read */
#define CARDS_MAX 50
#define BEARERS_MAX 500 /* of any kind of key */

struct query_key {
	struct name_key key;
	struct uid *people; /* the first of its bearers */
	size_t n;
	bool common; /* there are more: it tells nothing by itself */
	int weight;
};

struct candidate {
	struct uid person; /* null: free */
	int weight;
};

struct match {
	struct uid person;
	int score;
	unsigned why;
};

struct search {
	struct tx *tx;
	struct arena *arena;
	struct match_person query;
	struct match_query *words; /* of it, taken apart */
	struct fdate birth;
	struct query_key *keys;
	size_t n_keys;
	struct candidate *table;
	size_t n_candidates;
	struct match *matches;
	size_t n_matches;
};

/* --- keys ---------------------------------------------------------------------------------- */

/* How much a shared key says, before its rarity, and how many may bear it
 * before it says nothing: a whole telephone number most, three letters least. */
static int
base_weight(int kind)
{
	switch (kind) {
	case MATCH_PHONE:
		return 12;
	case KEY_PAIR:
		return 8;
	case KEY_BORN:
		return 7;
	case MATCH_TOKEN:
		return 6;
	case MATCH_SOUND:
		return 4;
	default:
		return 1;
	}
}

static size_t
most_bearers(int kind)
{
	switch (kind) {
	case MATCH_PHONE:
	case KEY_PAIR:
	case KEY_BORN:
		return BEARERS_MAX;
	case MATCH_TOKEN:
	case MATCH_SOUND:
		return 250;
	default:
		return 60;
	}
}

static int
rarity(size_t bearers)
{
	int bits = 0;

	while (bearers > 1) {
		bearers >>= 1;
		bits++;
	}
	return 10 - (bits > 9 ? 9 : bits);
}

static int
read_bearers(struct search *q, struct query_key *k)
{
	static const char sql[] = "SELECT person FROM name_key"
				  " WHERE kind = ?1 AND text = ?2 LIMIT ?3";
	size_t most = most_bearers(k->key.kind);
	struct uid people[BEARERS_MAX];
	sqlite3_stmt *st = tx_query(q->tx, sql,
	    VALS(v_int(k->key.kind), v_str(k->key.text),
		v_int((int64_t)most + 1)));
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = tx_row(q->tx, st)) == 1) {
		if (k->n < most)
			people[k->n++] = col_uid(st, 0);
		else
			k->common = true;
	}
	if (k->n > 0) {
		k->people = arena_alloc(q->arena, k->n, sizeof(people[0]));
		memcpy(k->people, people, k->n * sizeof(people[0]));
	}
	k->weight = base_weight(k->key.kind) * (k->common ? 1 : rarity(k->n));
	return rc;
}

static void
take_keys(struct search *q)
{
	struct name_key *keys = arena_alloc(q->arena, KEYS_MAX, sizeof(*keys));
	size_t n = name_keys(q->query.name, keys, KEYS_MAX - 1);
	char phone[MATCH_KEY_SIZE];

	n += born_keys(keys, n, &q->birth, keys + n, KEYS_MAX - 1 - n);
	if (match_phone(q->query.phone, phone)) {
		keys[n].kind = MATCH_PHONE;
		(void)snprintf(keys[n].text, sizeof(keys[n].text), "%s", phone);
		n++;
	}
	q->keys = arena_alloc(q->arena, n + 1, sizeof(*q->keys));
	for (; q->n_keys < n; q->n_keys++)
		q->keys[q->n_keys].key = keys[q->n_keys];
}

/* --- candidates ---------------------------------------------------------------------------- */

static void
add_candidate(struct search *q, const struct uid *person, int weight)
{
	uint32_t h;
	size_t i;

	/* The end of a UUIDv7 is random. */
	memcpy(&h, person->b + 12, sizeof(h));
	for (i = h & (CANDIDATES - 1); !uid_null(&q->table[i].person);
	     i = (i + 1) & (CANDIDATES - 1)) {
		if (uid_eq(&q->table[i].person, person)) {
			q->table[i].weight += weight;
			return;
		}
	}
	if (q->n_candidates >= CANDIDATES / 2)
		return;
	q->table[i] = (struct candidate){ .person = *person, .weight = weight };
	q->n_candidates++;
}

static void
add_bearers(struct search *q, const struct query_key *k)
{
	for (size_t i = 0; i < k->n; i++)
		add_candidate(q, &k->people[i], k->weight);
}

/* Bearers of all keys that are, or are not, of three letters; those that are
 * common are kept for when nothing else is found. */
static int
ask_keys(struct search *q, bool trigrams)
{
	for (size_t i = 0; i < q->n_keys; i++) {
		struct query_key *k = &q->keys[i];

		if ((k->key.kind == MATCH_TRIGRAM) != trigrams)
			continue;
		if (read_bearers(q, k) == -1)
			return -1;
		if (!k->common)
			add_bearers(q, k);
	}
	return 0;
}

static int
find_candidates(struct search *q)
{
	q->table = arena_alloc(q->arena, CANDIDATES, sizeof(*q->table));
	if (ask_keys(q, false) == -1 ||
	    (q->n_candidates < CARDS_MAX && ask_keys(q, true) == -1))
		return -1;
	if (q->n_candidates > 0)
		return 0;
	for (size_t i = 0; i < q->n_keys; i++)
		add_bearers(q, &q->keys[i]);
	return 0;
}

static int
by_weight(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->weight != b->weight)
		return b->weight - a->weight;
	return uid_cmp(&a->person, &b->person);
}

/* --- scores -------------------------------------------------------------------------------- */

static int
score_one(struct search *q, const struct uid *person, struct match *m)
{
	struct match_person c = { .name = "" };
	struct safe_contact contact = { .number = "" };
	struct person p;

	if (person_read(q->tx, person, q->arena, &p) == -1)
		return q->tx->err->kind == ERR_NOT_FOUND ? 0 : -1;
	c.name = p.name;
	c.other_names = p.other_names;
	c.phone = p.phone;
	c.birth_known =
	    date_range(&p.birth, &c.birth_first, &c.birth_last) == 0;
	*m = (struct match){ .person = *person };
	m->score = match_query_score(q->words, &c, &m->why);
	if (q->query.phone[0] == '\0' || (m->why & MATCH_WHY_PHONE))
		return m->score > 0;
	/* The number may be the one they agreed to be reached by. */
	if (safe_contact_read(q->tx, person, q->arena, &contact) == -1)
		return -1;
	c.phone = contact.number;
	m->score = match_query_score(q->words, &c, &m->why);
	return m->score > 0;
}

static int
by_score(const void *x, const void *y)
{
	const struct match *a = x, *b = y;

	if (a->score != b->score)
		return b->score - a->score;
	return uid_cmp(&a->person, &b->person);
}

static int
score(struct search *q)
{
	struct candidate *best;
	size_t n = 0;

	best = arena_alloc(q->arena, q->n_candidates + 1, sizeof(*best));
	for (size_t i = 0; i < CANDIDATES; i++) {
		if (!uid_null(&q->table[i].person))
			best[n++] = q->table[i];
	}
	qsort(best, n, sizeof(*best), by_weight);
	if (n > SCORED)
		n = SCORED;
	q->matches = arena_alloc(q->arena, n + 1, sizeof(*q->matches));
	for (size_t i = 0; i < n; i++) {
		int rc =
		    score_one(q, &best[i].person, &q->matches[q->n_matches]);

		if (rc == -1)
			return -1;
		q->n_matches += (size_t)rc;
	}
	qsort(q->matches, q->n_matches, sizeof(*q->matches), by_score);
	return 0;
}

/* --- cards --------------------------------------------------------------------------------- */

static void
fill_card(struct search *q, sqlite3_stmt *st, const struct match *m,
    struct arena *a, struct person_card *c)
{
	*c = (struct person_card){ .case_uid = col_uid(st, 0),
		.branch = col_str(st, 2, a),
		.worker = col_str(st, 3, a),
		.age_band = arena_str(a,
		    label_of(&q->tx->s->society->age_groups, col_text(st, 4))),
		.sex = arena_str(
		    a, label_of(&q->tx->s->society->sexes, col_text(st, 5))),
		.score = m->score,
		.why = m->why,
		.closed = col_int(st, 6) != 0 };
	(void)code_parse(col_text(st, 1), c->code);
}

/* May it be opened from here; of a sealed case no more than whom to ask. */
static int
judge_card(struct search *q, struct person_card *c)
{
	struct case_facts facts;
	enum verdict v;

	switch (tx_facts(q->tx, &c->case_uid, &facts)) {
	case 1:
		break;
	case 0:
		return 0;
	default:
		return -1;
	}
	v = tx_verdict(q->tx, PERM_CASE_READ, &facts);
	c->may_open = v == ALLOW || v == NEED_REASON;
	if (facts.sealed && !c->may_open)
		c->age_band = c->sex = "";
	return 0;
}

static int
cards_of(struct search *q, const struct match *m, size_t max, struct arena *a,
    struct person_cards *out)
{
	static const char sql[] =
	    "SELECT c.uid, c.code, c.branch, u.login, c.age_band, c.sex,"
	    " c.closed_at FROM case_file c"
	    " LEFT JOIN colleague u ON u.uid = c.owner"
	    " WHERE c.person = ?1 AND c.deleted_hlc = 0"
	    " ORDER BY c.closed_at <> 0, c.opened_at DESC LIMIT ?2";
	struct db *db = &q->tx->s->cases;
	size_t first = out->n;
	sqlite3_stmt *st = db_query(db, sql,
	    VALS(v_uid(&m->person), v_int((int64_t)(max - out->n))),
	    q->tx->err);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = db_row(db, st, q->tx->err)) == 1 && out->n < max)
		fill_card(q, st, m, a, &out->list[out->n++]);
	stmt_done(st);
	if (rc == -1)
		return -1;
	for (size_t i = first; i < out->n; i++) {
		if (judge_card(q, &out->list[i]) == -1)
			return -1;
	}
	return 0;
}

static int
make_cards(
    struct search *q, size_t n, struct arena *a, struct person_cards *out)
{
	out->list = arena_alloc(a, n + 1, sizeof(*out->list));
	for (size_t i = 0; i < q->n_matches && out->n < n; i++) {
		if (cards_of(q, &q->matches[i], n, a, out) == -1)
			return -1;
	}
	return 0;
}

/* --- the record ---------------------------------------------------------------------------- */

/* Whoever reads the record later can tell that the same words were looked for
 * again, and nothing else (OWASP ASVS 5.0 16.2.5). */
static void
hash_words(struct session *s, const struct person_query *q, uint8_t *out)
{
	struct secret *key = kdf_derive(s->keys.identity_root, SUBKEY_SEARCH);
	char phone[MATCH_KEY_SIZE] = "", birth[12];
	struct buf b;

	buf_init(&b);
	utf8_fold(&b, q->name, strlen(q->name));
	(void)match_phone(q->phone, phone);
	buf_addf(
	    &b, "\n%s\n%s", phone, date_iso(&q->birth, birth, sizeof(birth)));
	hash_keyed(key, b.data, b.len, out);
	wipe(phone, sizeof(phone));
	buf_done(&b);
	secret_free(key);
}

static int
take_query(struct arena *a, struct person_query *q, struct match_person *m,
    struct err *e)
{
	const struct text_in texts[] = {
		{ &q->name, N_("Name"), LIMIT_NAME },
		{ &q->phone, N_("Telephone"), LIMIT_NAME },
	};

	if (texts_take(a, texts, 2, e) == -1)
		return -1;
	if (!said(q->name) && !said(q->phone))
		return err_set(e, ERR_INPUT,
		    _("Give a name or a telephone number; a date of birth "
		      "alone finds nobody."));
	*m = (struct match_person){ .name = q->name, .phone = q->phone };
	m->birth_known =
	    date_range(&q->birth, &m->birth_first, &m->birth_last) == 0;
	return 0;
}

static int
search(
    struct search *q, size_t n, struct arena *arena, struct person_cards *out)
{
	take_keys(q);
	q->words = match_query_new(&q->query);
	if (find_candidates(q) == -1 || score(q) == -1)
		return -1;
	return make_cards(q, n, arena, out);
}

int
person_search(struct session *s, const struct person_query *in, size_t n,
    struct arena *arena, struct person_cards *out, struct err *err)
{
	struct person_cards found = { .n = 0 };
	struct person_query words = *in;
	uint8_t hash[HASH_BYTES];
	struct search q = { .n_keys = 0 };
	struct arena work;
	struct tx tx = { .open = false };
	int rc = -1;

	if (n == 0 || n > CARDS_MAX)
		n = CARDS_MAX;
	arena_init(&work);
	q.arena = &work;
	q.tx = &tx;
	q.birth = in->birth;
	if (take_query(&work, &words, &q.query, err) == -1 ||
	    tx_begin(&tx, s,
		&(const struct tx_what){ .db = DB_IDENTITY,
		    .perm = PERM_SEARCH,
		    .action = "person.search" },
		err) == -1)
		goto done;
	hash_words(s, &words, hash);
	tx_detail(&tx, hash, sizeof(hash));
	if (said(words.name))
		tx_field(&tx, "name");
	if (said(words.phone))
		tx_field(&tx, "phone");
	if (q.query.birth_known)
		tx_field(&tx, "birth");
	if (search(&q, n, arena, &found) == 0)
		rc = tx_commit(&tx);
	if (rc == 0)
		*out = found;
	tx_abort(&tx);
done:
	match_query_free(q.words);
	arena_done(&work);
	return rc;
}
