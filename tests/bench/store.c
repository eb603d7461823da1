/* SPDX-License-Identifier: ISC */
/*
 * The store, beside the bare engine on a second connection with the same key,
 * turn by turn.  "fresh" forgets the cached pages before each go, as a session
 * that just started or somebody who was away finds them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/agenda.h"
#include "store/case.h"
#include "store/session_inside.h"
#include "store/task.h"
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
	struct db cases;
	uint64_t dice;
	struct arena arena;
};

/* Medians of both, and a budget in times the bare one (0: none). */
static void
pair_print(struct run *r, const char *what, struct pair *p, double times,
    const char *words)
{
	bench_print(&r->b, &(const struct bench_line){ .what = what,
			       .unit = "ms",
			       .ours = samples_p50(&p->ours),
			       .bare = samples_p50(&p->bare),
			       .times = times,
			       .digits = 3,
			       .words = words });
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
	struct pair p = { .ours = { NULL } };
	struct secret *pass = bench_passphrase(&r->b, WHO), *out;
	const struct kdf_cost cost = { .passes = KDF_PASSES, .mib = KDF_MIB };
	static const uint8_t salt[16];
	struct err err;

	for (int i = 0; i < 7; i++) {
		double t = bench_now();
		struct session *s = bench_sign_in(&r->b, WHO);

		samples_add(&p.ours, bench_now() - t);
		session_end(s, SESSION_SIGNED_OUT);
		t = bench_now();
		bench_must(kdf_argon2id(-1, cost, salt, pass, &out, &err), &err,
		    "kdf");
		samples_add(&p.bare, bench_now() - t);
		secret_free(out);
	}
	pair_print(r, "sign in, over Argon2id alone", &p, 1.5, NULL);
	secret_free(pass);
	pair_done(&p);
}

/* --- lists --------------------------------------------------------------------------- */
struct list_run {
	enum queue_view view;
	enum queue_sort sort;
	struct queue_mark mark; /* where the page begins */
	struct pair fresh, warm;
	int pages, bare_pages;
};

static void
queue_turn(struct run *r, const struct list_run *l)
{
	struct queue_page page;
	struct err err;
	bool cut;

	arena_reset(&r->arena);
	bench_must(queue_page(r->s, l->view, l->sort, &l->mark, false, 50, NULL,
		       &r->arena, &page, &cut, &err),
	    &err, "queue");
}

static void
list_turns(struct run *r, struct list_run *l)
{
	const struct user *u = session_user(r->s);
	int64_t now = clock_now();
	double t;

	queue_turn(r, l); /* the one that is recorded */
	for (int i = 0; i < 2 * TURNS; i++) {
		struct pair *p = i % 2 == 0 ? &l->fresh : &l->warm;

		if (i % 2 == 0) {
			bench_forget(&r->s->cases);
			bench_forget(&r->cases);
		}
		t = bench_now();
		queue_turn(r, l);
		samples_add(&p->ours, bench_now() - t);
		t = bench_now();
		(void)bare_queue(&r->cases, l->view, l->sort, u, now, &l->mark,
		    (int64_t)r->s->society->n_risks);
		samples_add(&p->bare, bench_now() - t);
		if (i % 2 == 0) {
			l->pages = bench_pages(&r->s->cases);
			l->bare_pages = bench_pages(&r->cases);
		}
	}
}

static void
run_list(struct run *r, struct list_run *l, const char *name)
{
	char row[96], pages[48];

	list_turns(r, l);
	(void)snprintf(row, sizeof(row), "queue %s, fresh", name);
	(void)snprintf(
	    pages, sizeof(pages), "%d/%d pages read", l->pages, l->bare_pages);
	pair_print(r, row, &l->fresh, 1.5, pages);
	(void)snprintf(row, sizeof(row), "queue %s, warm", name);
	pair_print(r, row, &l->warm, 1.5, NULL);
	pair_done(&l->fresh);
	pair_done(&l->warm);
}

static void
run_queues(struct run *r)
{
	static const char *const views[QUEUE_VIEWS] = { "mine", "unassigned",
		"overdue", "due this week", "branch", "closed" };
	static const char *const sorts[QUEUE_SORTS] = { "risk", "due",
		"changed" };
	const struct user *u = session_user(r->s);
	char name[64];

	for (int v = 0; v < QUEUE_VIEWS; v++)
		for (int o = 0; o < QUEUE_SORTS; o++) {
			struct list_run l = { .view = (enum queue_view)v,
				.sort = (enum queue_sort)o };

			if ((queue_sorts(l.view) & (1u << o)) == 0)
				continue;
			(void)snprintf(
			    name, sizeof(name), "%s by %s", views[v], sorts[o]);
			run_list(r, &l, name);
			if (!bare_deep(&r->cases, l.view, l.sort, u,
				clock_now(), &r->dice, &l.mark))
				continue;
			(void)snprintf(name, sizeof(name), "%s by %s, deep",
			    views[v], sorts[o]);
			run_list(r, &l, name);
		}
}

static void
run_counts(struct run *r)
{
	const struct user *u = session_user(r->s);
	struct pair fresh = { .ours = { NULL } }, warm = { .ours = { NULL } };
	int64_t counts[QUEUE_VIEWS];
	int pages = 0, bare_pages = 0;
	char words[48];
	struct err err;
	double t;

	for (int i = 0; i < 2 * TURNS; i++) {
		struct pair *p = i % 2 == 0 ? &fresh : &warm;

		if (i % 2 == 0) {
			bench_forget(&r->s->cases);
			bench_forget(&r->cases);
		}
		t = bench_now();
		bench_must(queue_counts(r->s, counts, &err), &err, "counts");
		samples_add(&p->ours, bench_now() - t);
		t = bench_now();
		bare_counts(&r->cases, u, clock_now());
		samples_add(&p->bare, bench_now() - t);
		if (i % 2 == 0) {
			pages = bench_pages(&r->s->cases);
			bare_pages = bench_pages(&r->cases);
		}
	}
	(void)snprintf(
	    words, sizeof(words), "%d/%d pages read", pages, bare_pages);
	pair_print(r, "counts of all views, fresh", &fresh, 3, words);
	pair_print(r, "counts of all views, warm", &warm, 3, NULL);
	pair_done(&fresh);
	pair_done(&warm);
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
	struct samples with_commit = { .v = NULL };
	int pages = 0, bare_pages = 0;
	char words[48];
	double t;

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
		bare_commit(r->s, &r->cases, BARE_EVENT, &uid);
		samples_add(&with_commit, bench_now() - t);
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
	pair_print(r, "open a case, recorded, over bare reads", &first, 0,
	    "one commit: the record that it was read");
	samples_done(&first.bare);
	first.bare = with_commit;
	pair_print(
	    r, "open a case, over bare reads + bare commit", &first, 2, NULL);
	(void)snprintf(
	    words, sizeof(words), "%d/%d pages read", pages, bare_pages);
	pair_print(
	    r, "open it again within 5 min, over bare reads", &again, 2, words);
	pair_done(&first);
	pair_done(&again);
}

/* The first case of this person with so many records; filled up once. */
#define HEAVY 2000

static struct uid
heavy_case(struct run *r)
{
	static const char count[] =
	    "SELECT count(*) FROM note WHERE case_uid = ?1";
	struct uid uid = bare_first_case(&r->cases, &session_user(r->s)->uid);
	int64_t n = 0;
	struct err err;

	bench_must(db_int(&r->cases, count, VALS(v_uid0(&uid)), &n, &err), &err,
	    "counting notes");
	for (; n < HEAVY; n++)
		bench_must(note_add(r->s,
			       &(const struct note){ .uid = uid_new(),
				   .case_uid = uid,
				   .kind = "fact",
				   .text = "Came by; nothing new." },
			       &err),
		    &err, "note");
	return uid;
}

static void
run_heavy(struct run *r)
{
	struct uid uid = heavy_case(r);
	struct pair p = { .ours = { NULL } };
	double t;

	open_turn(r, &uid); /* the one that is recorded */
	for (int i = 0; i < TURNS / 2; i++) {
		bench_forget(&r->s->cases);
		bench_forget(&r->cases);
		t = bench_now();
		open_turn(r, &uid);
		samples_add(&p.ours, bench_now() - t);
		t = bench_now();
		(void)bare_case(&r->cases, &uid);
		samples_add(&p.bare, bench_now() - t);
	}
	pair_print(
	    r, "open a case with 2000 records, over bare reads", &p, 2, NULL);
	pair_done(&p);
}

/* All that the screen of a shift reads. */
static void
today_turn(struct run *r)
{
	static const enum agenda_part parts[] = { AGENDA_DECIDE,
		AGENDA_PROMISED, AGENDA_TASKS };
	int64_t until = clock_now() + 7 * CLOCK_DAY;
	struct agenda_changes changes;
	struct agenda_page page;
	struct agenda_sums sums;
	struct handovers notes;
	struct err err;

	arena_reset(&r->arena);
	bench_must(agenda_sums(r->s, &sums, &err), &err, "sums");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		bench_must(agenda_page(r->s, parts[i], 0, until, NULL, 50,
			       &r->arena, &page, &err),
		    &err, "agenda");
	bench_must(handover_list(r->s, true, 5, &r->arena, &notes, &err), &err,
	    "notes of shifts");
	bench_must(
	    agenda_changes(r->s, &r->arena, &changes, &err), &err, "changes");
}

static void
run_today(struct run *r)
{
	const struct user *u = session_user(r->s);
	struct pair p = { .ours = { NULL } };
	int pages = 0, bare_pages = 0;
	char words[48];
	double t;

	today_turn(r); /* what is recorded */
	for (int i = 0; i < TURNS; i++) {
		bench_forget(&r->s->cases);
		bench_forget(&r->cases);
		t = bench_now();
		today_turn(r);
		samples_add(&p.ours, bench_now() - t);
		pages = bench_pages(&r->s->cases);
		t = bench_now();
		bare_today(&r->cases, u);
		samples_add(&p.bare, bench_now() - t);
		bare_pages = bench_pages(&r->cases);
	}
	(void)snprintf(
	    words, sizeof(words), "%d/%d pages read", pages, bare_pages);
	pair_print(
	    r, "Today, all of it, over bare pages and counts", &p, 0, words);
	pair_done(&p);
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
	pair_print(r, "timeline, over bare reads + bare commit", &p, 2, NULL);
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
	char words[48];
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
	(void)snprintf(words, sizeof(words), "%.0f/%.0f pages logged",
	    samples_p50(&ours), samples_p50(&theirs));
	pair_print(
	    r, "save a note, over a bare durable commit", &p, 1.5, words);
	bench_print(
	    &r->b, &(const struct bench_line){ .what = "save a note, p99",
		       .unit = "ms",
		       .ours = samples_at(&p.ours, 0.99),
		       .bare = samples_at(&p.bare, 0.99),
		       .digits = 3 });
	pair_done(&p);
	samples_done(&ours);
	samples_done(&theirs);
}

static const struct {
	const char *name;
	void (*run)(struct run *);
} parts[] = {
	{ "queue", run_queues },
	{ "counts", run_counts },
	{ "today", run_today },
	{ "open", run_open },
	{ "heavy", run_heavy },
	{ "timeline", run_timeline },
	{ "save", run_save },
};

/* BENCH_ONLY=queue runs one part alone, for whoever looks into it. */
static bool
wanted(const char *name)
{
	const char *only = getenv("BENCH_ONLY");

	return only == NULL || *only == '\0' || strcmp(only, name) == 0;
}

int
main(int argc, char **argv)
{
	struct run r = { .dice = 42 };

	bench_init(&r.b, argc, argv);
	arena_init(&r.arena);
	if (wanted("sign-in"))
		run_sign_in(&r);
	r.s = bench_sign_in(&r.b, WHO);
	bench_bare(&r.b, r.s, DB_CASES, &r.cases);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (wanted(parts[i].name))
			parts[i].run(&r);
	bare_tidy(r.s, &r.cases);
	db_close(&r.cases);
	session_end(r.s, SESSION_SIGNED_OUT);
	arena_done(&r.arena);
	bench_done(&r.b);
	return 0;
}
