/* SPDX-License-Identifier: ISC */
/*
 * Looking for somebody by name, as a search before a case is made does it:
 * any script, one word, by ear, with a year of birth, by telephone.  Pages are
 * forgotten before each; the record of the search is in its time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/person_inside.h"
#include "store/session_inside.h"

#include "../lib/bench_bare.h"

#define TURNS 120
#define WHO "amina"

struct pair {
	struct samples ours, bare, cpu;
};

struct run {
	struct bench b;
	struct session *s;
	struct db cases, identity;
	uint64_t dice;
	struct arena arena;
};

enum how { FULL_NAME, ONE_WORD, SOUNDS_LIKE, WITH_BIRTH, NUMBER };

struct asked {
	char name[128], phone[128];
	int16_t born; /* a year; 0 not asked */
};

/* The name and number of somebody at a random place. */
static bool
anybody(struct run *r, enum utf8_script want, struct asked *out)
{
	struct uid at;
	sqlite3_stmt *st;
	struct err err;
	bool found = false;

	at = bare_any_case(&r->cases, &session_user(r->s)->uid, &r->dice);
	st = db_query(&r->identity,
	    "SELECT name, phone, birth FROM person WHERE uid >= ?1 LIMIT 40",
	    VALS(v_uid0(&at)), &err);
	if (st == NULL)
		bench_fail("%s", err.text);
	while (!found && db_row(&r->identity, st, &err) == 1) {
		const char *s = col_text(st, 0);

		found = utf8_script(s, strlen(s)) == want;
		(void)snprintf(out->name, sizeof(out->name), "%s", s);
		(void)snprintf(
		    out->phone, sizeof(out->phone), "%s", col_text(st, 1));
		out->born = (int16_t)atoi(col_text(st, 2));
	}
	stmt_done(st);
	return found;
}

/* Spelled as somebody hears it who never saw it written. */
static void
misspell(char *name)
{
	static const char from[] = "kisywfz", to[] = "cezivpz";

	for (; *name != '\0'; name++) {
		const char *at = strchr(from, *name);

		if (at != NULL)
			*name = to[at - from];
	}
}

static void
ask_as(struct asked *a, enum how how)
{
	if (how == ONE_WORD)
		a->name[strcspn(a->name, " ")] = '\0';
	if (how == SOUNDS_LIKE)
		misspell(a->name);
	if (how == NUMBER)
		a->name[0] = '\0';
	else
		a->phone[0] = '\0';
	if (how != WITH_BIRTH)
		a->born = 0;
}

static void
search_turn(struct run *r, const struct asked *a, struct pair *p)
{
	struct person_query q = { .name = a->name, .phone = a->phone };
	struct name_key keys[KEYS_MAX];
	struct person_cards cards;
	struct err err;
	size_t n = name_keys(a->name, keys, KEYS_MAX), k = 0;
	double t, cpu;

	if (a->born != 0)
		q.birth =
		    (struct fdate){ .year = a->born, .precision = DATE_YEAR };
	while (k < n && keys[k].kind != MATCH_TOKEN)
		k++;
	bench_forget(&r->s->identity);
	bench_forget(&r->identity);
	bench_forget(&r->s->cases);
	arena_reset(&r->arena);
	cpu = bench_cpu();
	t = bench_now();
	bench_must(person_search(r->s, &q, 20, &r->arena, &cards, &err), &err,
	    "search");
	samples_add(&p->ours, bench_now() - t);
	samples_add(&p->cpu, bench_cpu() - cpu);
	t = bench_now();
	(void)bare_key(&r->identity, k < n ? MATCH_TOKEN : MATCH_PHONE,
	    k < n ? keys[k].text : a->phone);
	samples_add(&p->bare, bench_now() - t);
}

static void
run_search(
    struct run *r, const char *row, enum utf8_script script, enum how how)
{
	struct pair p = { .ours = { NULL } };
	char words[96];
	struct asked a;

	for (int i = 0; i < TURNS; i++) {
		if (!anybody(r, script, &a))
			continue;
		ask_as(&a, how);
		search_turn(r, &a, &p);
	}
	(void)snprintf(words, sizeof(words),
	    "p50 %.1f ms; of a processor p50 %.1f, p95 %.1f",
	    samples_p50(&p.ours), samples_p50(&p.cpu),
	    samples_at(&p.cpu, 0.95));
	bench_print(&r->b, &(const struct bench_line){ .what = row,
			       .unit = "ms",
			       .ours = samples_at(&p.ours, 0.95),
			       .bare = samples_at(&p.bare, 0.95),
			       .most = 10,
			       .digits = 2,
			       .words = words });
	samples_done(&p.ours);
	samples_done(&p.bare);
	samples_done(&p.cpu);
}

static void
run_searches(struct run *r)
{
	struct db *identity;
	struct err err;

	bench_must(session_identity(r->s, &identity, &err), &err, "identity");
	run_search(r, "search full name, Latin, p95", SCRIPT_LATIN, FULL_NAME);
	run_search(
	    r, "search full name, Sinhala, p95", SCRIPT_SINHALA, FULL_NAME);
	run_search(r, "search full name, Tamil, p95", SCRIPT_TAMIL, FULL_NAME);
	run_search(
	    r, "search full name, Arabic, p95", SCRIPT_ARABIC, FULL_NAME);
	run_search(r, "search one word, Latin, p95", SCRIPT_LATIN, ONE_WORD);
	run_search(
	    r, "search one word, Sinhala, p95", SCRIPT_SINHALA, ONE_WORD);
	run_search(r, "search by ear, Latin, p95", SCRIPT_LATIN, SOUNDS_LIKE);
	run_search(
	    r, "search name and birth, Latin, p95", SCRIPT_LATIN, WITH_BIRTH);
	run_search(
	    r, "search name and birth, Tamil, p95", SCRIPT_TAMIL, WITH_BIRTH);
	run_search(r, "search telephone, p95", SCRIPT_LATIN, NUMBER);
}

int
main(int argc, char **argv)
{
	struct run r = { .dice = 42 };

	bench_init(&r.b, argc, argv);
	arena_init(&r.arena);
	r.s = bench_sign_in(&r.b, WHO);
	bench_bare(&r.b, r.s, DB_CASES, &r.cases);
	bench_bare(&r.b, r.s, DB_IDENTITY, &r.identity);
	run_searches(&r);
	db_close(&r.cases);
	db_close(&r.identity);
	session_end(r.s, SESSION_SIGNED_OUT);
	arena_done(&r.arena);
	bench_done(&r.b);
	return 0;
}
