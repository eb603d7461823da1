/* SPDX-License-Identifier: ISC */
/*
 * The store, beside the bare engine on a second connection with the same key,
 * turn by turn.  "fresh" forgets the cached pages before each go, as a session
 * that just started or somebody who was away finds them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/case.h"
#include "store/person_inside.h"
#include "store/session_inside.h"
#include "vault/keyring_impl.h"

#include "../lib/bench_bare.h"

#define TURNS 120
#define WHO "amina"

struct pair {
	struct samples ours, bare;
};

struct run {
	struct bench b;
	struct session *s;
	struct db cases, identity;
	uint64_t dice;
	struct arena arena;
};

static double
ratio(struct pair *p)
{
	double bare = samples_p50(&p->bare);

	return bare == 0 ? 0 : samples_p50(&p->ours) / bare;
}

static void
pair_done(struct pair *p)
{
	samples_done(&p->ours);
	samples_done(&p->bare);
}

/* --- signing in ------------------------------------------------------------------- */
static void
run_sign_in(struct run *r)
{
	struct samples all = { .v = NULL }, kdf = { .v = NULL };
	struct secret *p = bench_passphrase(&r->b, WHO), *out;
	const struct kdf_cost cost = { .passes = KDF_PASSES, .mib = KDF_MIB };
	static const uint8_t salt[16];
	struct err err;

	for (int i = 0; i < 5; i++) {
		double t = bench_now();
		struct session *s = bench_sign_in(&r->b, WHO);

		samples_add(&all, bench_now() - t);
		session_end(s, SESSION_SIGNED_OUT);
		t = bench_now();
		bench_must(
		    kdf_argon2id(-1, cost, salt, p, &out, &err), &err, "kdf");
		samples_add(&kdf, bench_now() - t);
		secret_free(out);
	}
	bench_row("sign in: whole / Argon2id alone, ms", BENCH_PLAIN, "",
	    "%.0f / %.0f", samples_p50(&all), samples_p50(&kdf));
	secret_free(p);
	samples_done(&all);
	samples_done(&kdf);
}

/* --- lists --------------------------------------------------------------------------- */
static void
queue_turn(struct run *r, enum queue_view view, enum queue_sort sort)
{
	struct queue_page page;
	struct err err;
	bool cut;

	arena_reset(&r->arena);
	bench_must(queue_page(r->s, view, sort, NULL, false, 50, NULL,
		       &r->arena, &page, &cut, &err),
	    &err, "queue");
}

static void
run_queue(
    struct run *r, enum queue_view view, enum queue_sort sort, const char *name)
{
	const struct user *u = session_user(r->s);
	struct pair fresh = { .ours = { NULL } }, warm = { .ours = { NULL } };
	int pages = 0, bare_pages = 0;
	int64_t now = clock_now();
	char row[96];
	double t;

	queue_turn(r, view, sort); /* the one that is recorded */
	for (int i = 0; i < 2 * TURNS; i++) {
		struct pair *p = i % 2 == 0 ? &fresh : &warm;

		if (i % 2 == 0) {
			bench_forget(&r->s->cases);
			bench_forget(&r->cases);
		}
		t = bench_now();
		queue_turn(r, view, sort);
		samples_add(&p->ours, bench_now() - t);
		t = bench_now();
		(void)bare_queue(&r->cases, view, sort, u, now);
		samples_add(&p->bare, bench_now() - t);
		if (i % 2 == 0) {
			pages = bench_pages(&r->s->cases);
			bare_pages = bench_pages(&r->cases);
		}
	}
	(void)snprintf(row, sizeof(row), "queue %s, fresh", name);
	bench_row(row, bench_judge(ratio(&fresh), 1.5), "1.5x",
	    "%.3f ms %.1fx %d/%dp", samples_p50(&fresh.ours), ratio(&fresh),
	    pages, bare_pages);
	(void)snprintf(row, sizeof(row), "queue %s, warm", name);
	bench_row(row, bench_judge(ratio(&warm), 1.5), "1.5x", "%.3f ms %.1fx",
	    samples_p50(&warm.ours), ratio(&warm));
	pair_done(&fresh);
	pair_done(&warm);
}

static void
run_queues(struct run *r)
{
	static const char *const views[QUEUE_VIEWS] = { "mine", "unassigned",
		"overdue", "due this week", "branch", "closed" };
	static const char *const sorts[QUEUE_SORTS] = { "risk", "due",
		"changed" };
	char name[64];

	for (int v = 0; v < QUEUE_VIEWS; v++)
		for (int o = 0; o < QUEUE_SORTS; o++) {
			if ((queue_sorts((enum queue_view)v) & (1u << o)) == 0)
				continue;
			(void)snprintf(
			    name, sizeof(name), "%s by %s", views[v], sorts[o]);
			run_queue(
			    r, (enum queue_view)v, (enum queue_sort)o, name);
		}
}

static void
run_counts(struct run *r)
{
	int64_t counts[QUEUE_VIEWS];
	struct samples fresh = { .v = NULL }, warm = { .v = NULL };
	struct err err;
	int pages = 0;
	double t;

	for (int i = 0; i < 2 * TURNS; i++) {
		if (i % 2 == 0)
			bench_forget(&r->s->cases);
		t = bench_now();
		bench_must(queue_counts(r->s, counts, &err), &err, "counts");
		samples_add(i % 2 == 0 ? &fresh : &warm, bench_now() - t);
		if (i % 2 == 0)
			pages = bench_pages(&r->s->cases);
	}
	bench_row("counts of all views, fresh / warm, ms", BENCH_PLAIN, "flat",
	    "%.3f / %.3f %dp", samples_p50(&fresh), samples_p50(&warm), pages);
	samples_done(&fresh);
	samples_done(&warm);
}

/* --- a case ------------------------------------------------------------------------------ */
static void
open_turn(struct run *r, const struct uid *uid)
{
	struct case_file f;
	struct err err;

	arena_reset(&r->arena);
	bench_must(case_open(r->s, *uid, NULL, &r->arena, &f, &err), &err,
	    "open a case");
}

static void
run_open(struct run *r)
{
	const struct user *u = session_user(r->s);
	struct pair first = { .ours = { NULL } }, again = { .ours = { NULL } };
	struct samples commit = { .v = NULL };
	int pages = 0, bare_pages = 0;
	double t, alone, both;

	for (int i = 0; i < TURNS; i++) {
		struct uid uid = bare_any_case(&r->cases, &u->uid, &r->dice);

		bench_forget(&r->s->cases);
		bench_forget(&r->cases);
		t = bench_now();
		open_turn(r, &uid);
		samples_add(&first.ours, bench_now() - t);
		t = bench_now();
		(void)bare_case(&r->cases, &uid);
		samples_add(&first.bare, bench_now() - t);
		bare_pages = bench_pages(&r->cases);
		t = bench_now();
		bare_commit(r->s, &r->cases, BARE_EVENT, &uid);
		samples_add(&commit, bench_now() - t);
		bench_forget(&r->s->cases);
		bench_forget(&r->cases);
		t = bench_now();
		open_turn(r, &uid);
		samples_add(&again.ours, bench_now() - t);
		pages = bench_pages(&r->s->cases);
		t = bench_now();
		(void)bare_case(&r->cases, &uid);
		samples_add(&again.bare, bench_now() - t);
	}
	alone = ratio(&first);
	both = samples_p50(&first.ours) /
	       (samples_p50(&first.bare) + samples_p50(&commit));
	bench_row("open a case, recorded, over bare reads", BENCH_PLAIN, "",
	    "%.2f ms %.1fx", samples_p50(&first.ours), alone);
	bench_row("  over bare reads + one bare commit", bench_judge(both, 2),
	    "2x", "%.2f+%.2f ms %.1fx", samples_p50(&first.bare),
	    samples_p50(&commit), both);
	bench_row("open it again within 5 minutes, over bare reads",
	    bench_judge(ratio(&again), 2), "2x", "%.2f ms %.1fx %d/%dp",
	    samples_p50(&again.ours), ratio(&again), pages, bare_pages);
	pair_done(&first);
	pair_done(&again);
	samples_done(&commit);
}

static void
run_timeline(struct run *r)
{
	const struct user *u = session_user(r->s);
	struct pair p = { .ours = { NULL } };
	struct events events;
	struct err err;
	double t;

	for (int i = 0; i < TURNS; i++) {
		struct uid uid = bare_any_case(&r->cases, &u->uid, &r->dice);

		bench_forget(&r->s->cases);
		bench_forget(&r->cases);
		arena_reset(&r->arena);
		t = bench_now();
		bench_must(
		    case_timeline(r->s, uid, 0, 50, &r->arena, &events, &err),
		    &err, "timeline");
		samples_add(&p.ours, bench_now() - t);
		t = bench_now();
		(void)bare_case(&r->cases, &uid);
		bare_commit(r->s, &r->cases, BARE_EVENT, &uid);
		samples_add(&p.bare, bench_now() - t);
	}
	bench_row("timeline, recorded, over bare reads + commit",
	    bench_judge(ratio(&p), 2), "2x", "%.2f ms %.1fx",
	    samples_p50(&p.ours), ratio(&p));
	pair_done(&p);
}

/* --- saving -------------------------------------------------------------------------------- */
/* Pages that one go adds to the log; nothing when the log began anew. */
static void
log_grew(struct db *db, int before, struct samples *s)
{
	int now = db_wal_pages(db);

	if (now > before && before > 0)
		samples_add(s, now - before);
}

static void
run_save(struct run *r)
{
	static const char text[] =
	    "Came by at ten. Said the landlord asked about visitors again. "
	    "Agreed to meet at the clinic on Thursday instead; will bring the "
	    "papers. Wants to be called from the usual number only.";
	const struct user *u = session_user(r->s);
	struct samples ours = { .v = NULL }, theirs = { .v = NULL };
	struct pair p = { .ours = { NULL } };
	struct err err;
	double t;

	for (int i = 0; i < 2 * TURNS; i++) {
		struct note n = { .uid = uid_new(),
			.case_uid = bare_any_case(&r->cases, &u->uid, &r->dice),
			.kind = "fact",
			.text = text };
		int pages = db_wal_pages(&r->cases);

		t = bench_now();
		bench_must(note_add(r->s, &n, &err), &err, "note");
		samples_add(&p.ours, bench_now() - t);
		log_grew(&r->s->cases, pages, &ours);
		pages = db_wal_pages(&r->s->cases);
		n.case_uid = bare_any_case(&r->cases, &u->uid, &r->dice);
		t = bench_now();
		bare_commit(r->s, &r->cases, BARE_NOTE, &n.case_uid);
		samples_add(&p.bare, bench_now() - t);
		log_grew(&r->cases, pages, &theirs);
	}
	bench_row("save a note, over a bare durable commit",
	    bench_judge(ratio(&p), 1.5), "1.5x", "%.2f ms %.1fx %.0f/%.0fp",
	    samples_p50(&p.ours), ratio(&p), samples_p50(&ours),
	    samples_p50(&theirs));
	bench_row("  p99, ms: ours / bare", BENCH_PLAIN, "", "%.2f / %.2f",
	    samples_at(&p.ours, 0.99), samples_at(&p.bare, 0.99));
	pair_done(&p);
	samples_done(&ours);
	samples_done(&theirs);
}

/* --- names ---------------------------------------------------------------------------------- */
/* The name and number of somebody at a random place. */
static bool
anybody(
    struct run *r, enum utf8_script want, char *name, char *phone, size_t size)
{
	sqlite3_stmt *st;
	struct uid at;
	struct err err;
	bool found = false;

	for (size_t i = 0; i < sizeof(at.b); i++)
		at.b[i] = (uint8_t)bench_roll(&r->dice, 256);
	at = bare_any_case(&r->cases, &session_user(r->s)->uid, &r->dice);
	st = db_query(&r->identity,
	    "SELECT name, phone FROM person WHERE uid >= ?1 LIMIT 40",
	    VALS(v_uid0(&at)), &err);
	if (st == NULL)
		bench_fail("%s", err.text);
	while (!found && db_row(&r->identity, st, &err) == 1) {
		const char *s = col_text(st, 0);

		found = utf8_script(s, strlen(s)) == want;
		(void)snprintf(name, size, "%s", s);
		(void)snprintf(phone, size, "%s", col_text(st, 1));
	}
	stmt_done(st);
	return found;
}

enum how { FULL_NAME, ONE_WORD, NUMBER };

static void
search_turn(struct run *r, const char *name, const char *phone, struct pair *p)
{
	struct person_query q = { .name = name, .phone = phone };
	struct name_key keys[KEYS_MAX];
	struct person_cards cards;
	struct err err;
	size_t n = name_keys(name, keys, KEYS_MAX), k = 0;
	double t;

	while (k < n && keys[k].kind != MATCH_TOKEN)
		k++;
	bench_forget(&r->s->identity);
	bench_forget(&r->identity);
	bench_forget(&r->s->cases);
	arena_reset(&r->arena);
	t = bench_now();
	bench_must(person_search(r->s, &q, 20, &r->arena, &cards, &err), &err,
	    "search");
	samples_add(&p->ours, bench_now() - t);
	t = bench_now();
	(void)bare_key(&r->identity, k < n ? MATCH_TOKEN : MATCH_PHONE,
	    k < n ? keys[k].text : phone);
	samples_add(&p->bare, bench_now() - t);
}

static void
run_search(
    struct run *r, const char *row, enum utf8_script script, enum how how)
{
	struct pair p = { .ours = { NULL } };
	char name[128], phone[128];

	for (int i = 0; i < TURNS; i++) {
		if (!anybody(r, script, name, phone, sizeof(name)))
			continue;
		if (how == ONE_WORD)
			name[strcspn(name, " ")] = '\0';
		search_turn(r, how == NUMBER ? "" : name,
		    how == NUMBER ? phone : "", &p);
	}
	bench_row(row, bench_judge(samples_at(&p.ours, 0.95), 10), "p95 10 ms",
	    "%.1f/%.1f ms %.0fx", samples_p50(&p.ours),
	    samples_at(&p.ours, 0.95), ratio(&p));
	pair_done(&p);
}

static void
run_searches(struct run *r)
{
	struct db *identity;
	struct err err;

	bench_must(session_identity(r->s, &identity, &err), &err, "identity");
	run_search(
	    r, "search full name, Latin, p50/p95", SCRIPT_LATIN, FULL_NAME);
	run_search(r, "search full name, Sinhala", SCRIPT_SINHALA, FULL_NAME);
	run_search(r, "search full name, Tamil", SCRIPT_TAMIL, FULL_NAME);
	run_search(r, "search full name, Arabic", SCRIPT_ARABIC, FULL_NAME);
	run_search(r, "search one word, Latin", SCRIPT_LATIN, ONE_WORD);
	run_search(r, "search one word, Sinhala", SCRIPT_SINHALA, ONE_WORD);
	run_search(r, "search telephone", SCRIPT_LATIN, NUMBER);
}

int
main(int argc, char **argv)
{
	struct run r = { .dice = 42 };

	bench_init(&r.b, argc, argv);
	arena_init(&r.arena);
	run_sign_in(&r);
	r.s = bench_sign_in(&r.b, WHO);
	bench_bare(&r.b, r.s, DB_CASES, &r.cases);
	bench_bare(&r.b, r.s, DB_IDENTITY, &r.identity);
	run_queues(&r);
	run_counts(&r);
	run_open(&r);
	run_timeline(&r);
	run_searches(&r);
	run_save(&r);
	bare_tidy(r.s, &r.cases);
	db_close(&r.cases);
	db_close(&r.identity);
	session_end(r.s, SESSION_SIGNED_OUT);
	arena_done(&r.arena);
	bench_done(&r.b);
	return 0;
}
