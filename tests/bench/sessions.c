/* SPDX-License-Identifier: ISC */
/*
 * Many people at once on one vault: each reads a list, opens a case and saves
 * a note, then thinks for three seconds on average.  In every other stretch of
 * time the same processes do the same by bare statements, under the same
 * writers' lock, so that both meet the same machine.  Afterwards every note
 * whose saving was confirmed must be there.
 *
 * SESSIONS=200 and SECONDS_LONG=60 make it larger and longer.
 */
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/case.h"
#include "store/queue.h"
#include "store/session_inside.h"

#include "../lib/bench_bare.h"

#define MOST_SESSIONS 600
#define MOST_SAVES 200 /* of one session, of each kind */
#define THINK_MS 3000
#define STRETCH_MS 5000 /* ours, then bare, and so on */
#define SIGN_IN_MS 60000

struct saved {
	struct uid case_uid, note;
};

/* What one session leaves to be counted, in memory all share. */
struct worker {
	pid_t pid;
	double ours[MOST_SAVES], bare[MOST_SAVES];
	size_t n_ours, n_bare;
	struct saved saved[MOST_SAVES];
	size_t n_saved, failed;
	char why[256]; /* the first failure */
};
struct shared {
	_Atomic int ready;
	_Atomic int stage; /* 0 signing in, 1 working, 2 leave */
	double from, until;
	struct worker all[MOST_SESSIONS];
};

struct desk {
	struct session *s;
	struct db bare;
	struct arena arena;
	uint64_t dice;
	struct shared *shared;
	struct worker *me;
};

static long
setting(const char *name, long usual, long most)
{
	const char *text = getenv(name);
	long n = text == NULL ? usual : strtol(text, NULL, 10);

	return n < 1 ? 1 : n > most ? most : n;
}

static void
pause_ms(int ms)
{
	(void)poll(NULL, 0, ms);
}

/* --- one session -------------------------------------------------------------------- */
static void
failed(struct desk *d, const struct err *err)
{
	if (d->me->failed++ == 0)
		(void)snprintf(d->me->why, sizeof(d->me->why), "%s", err->text);
}

static void
act(struct desk *d, const struct uid *uid)
{
	struct note n = { .uid = uid_new(),
		.case_uid = *uid,
		.kind = "fact",
		.text = "Came by at ten; will bring the papers on Thursday." };
	struct queue_page page;
	struct case_file f;
	struct err err;
	bool cut;
	double t;

	arena_reset(&d->arena);
	if (queue_page(d->s, QUEUE_MINE, QUEUE_BY_RISK, NULL, false, 50, NULL,
		&d->arena, &page, &cut, &err) == -1 ||
	    case_open(d->s, *uid, NULL, &d->arena, &f, &err) == -1) {
		failed(d, &err);
		return;
	}
	t = bench_now();
	if (note_add(d->s, &n, &err) == -1) {
		failed(d, &err);
		return;
	}
	d->me->ours[d->me->n_ours++] = bench_now() - t;
	d->me->saved[d->me->n_saved++] =
	    (struct saved){ .case_uid = *uid, .note = n.uid };
}

static void
act_bare(struct desk *d, const struct uid *uid)
{
	static const struct queue_mark start;
	double t;

	(void)bare_queue(&d->bare, QUEUE_MINE, QUEUE_BY_RISK,
	    session_user(d->s), clock_now(), &start,
	    (int64_t)d->s->society->n_risks);
	(void)bare_case(&d->bare, uid);
	/* Opening a case is recorded: the same commits for both. */
	bare_commit(d->s, &d->bare, BARE_EVENT, uid);
	t = bench_now();
	bare_commit(d->s, &d->bare, BARE_NOTE, uid);
	d->me->bare[d->me->n_bare++] = bench_now() - t;
}

static void
work(struct desk *d)
{
	const struct uid *who = &session_user(d->s)->uid;

	for (;;) {
		struct uid uid;
		double now;

		pause_ms((int)bench_roll(&d->dice, 2 * THINK_MS));
		now = bench_now();
		if (now >= d->shared->until || d->me->n_ours == MOST_SAVES ||
		    d->me->n_bare == MOST_SAVES)
			return;
		uid = bare_any_case(&d->bare, who, &d->dice);
		if ((long)((now - d->shared->from) / STRETCH_MS) % 2 == 0)
			act(d, &uid);
		else
			act_bare(d, &uid);
	}
}

static void
session(struct bench *b, struct shared *shared, int i)
{
	static const char *const people[] = { "amina", "nimal", "malini" };
	struct desk d = { .shared = shared,
		.me = &shared->all[i],
		.dice = (uint64_t)i * 7919 + 1 };

	d.s = bench_sign_in(b, people[i % 3]);
	bench_bare(b, d.s, DB_CASES, &d.bare);
	arena_init(&d.arena);
	(void)atomic_fetch_add(&shared->ready, 1);
	while (atomic_load(&shared->stage) == 0)
		pause_ms(20);
	work(&d);
	/* Until all are measured. */
	(void)atomic_fetch_add(&shared->ready, 1);
	while (atomic_load(&shared->stage) == 1)
		pause_ms(20);
	db_close(&d.bare);
	arena_done(&d.arena);
	session_end(d.s, SESSION_SIGNED_OUT);
	_exit(0);
}

/* --- all of them ---------------------------------------------------------------------- */
static void
wait_ready(struct shared *shared, long n, double ms)
{
	double until = bench_now() + ms;

	while (atomic_load(&shared->ready) < n) {
		if (bench_now() > until || waitpid(-1, NULL, WNOHANG) > 0)
			bench_fail("a session could not work");
		pause_ms(20);
	}
	atomic_store(&shared->ready, 0);
}

static void
start_all(struct bench *b, struct shared *shared, long n, long seconds)
{
	/* One after the other: the same login at many places in one moment is
	 * what the brake on guessing is for. */
	for (long i = 0; i < n; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			/* None is left behind when this program ends. */
			(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
			session(b, shared, (int)i);
		}
		if (pid == -1)
			bench_fail("no more processes");
		shared->all[i].pid = pid;
		wait_ready(shared, 1, SIGN_IN_MS);
	}
	shared->from = bench_now();
	shared->until = shared->from + (double)seconds * 1e3;
	atomic_store(&shared->stage, 1);
}

static double
memory(struct shared *shared, long n)
{
	double sum = 0;

	for (long i = 0; i < n; i++) {
		double one = bench_pss(shared->all[i].pid);

		if (one < 0)
			return 0;
		sum += one;
	}
	return sum / (double)n;
}

/* Confirmed notes that are not there. */
static long
count_lost(struct bench *b, const struct shared *shared, long n, long *there)
{
	struct session *s = bench_sign_in(b, "amina");
	struct db db;
	struct err err;
	long lost = 0;

	*there = 0;
	bench_bare(b, s, DB_CASES, &db);
	for (long i = 0; i < n; i++)
		for (size_t k = 0; k < shared->all[i].n_saved; k++) {
			const struct saved *x = &shared->all[i].saved[k];
			int64_t found = 0;

			bench_must(
			    db_int(&db,
				"SELECT 1 FROM note WHERE case_uid = ?1 "
				"AND uid = ?2",
				VALS(v_uid0(&x->case_uid), v_uid0(&x->note)),
				&found, &err),
			    &err, "looking for a note");
			lost += found != 1;
			*there += found == 1;
		}
	bare_tidy(s, &db);
	db_close(&db);
	session_end(s, SESSION_SIGNED_OUT);
	return lost;
}

static void
print(struct bench *b, const struct shared *shared, long n, double mib)
{
	struct samples ours = { .v = NULL }, bare = { .v = NULL };
	size_t fewest = SIZE_MAX, failures = 0;
	char what[96], words[400];
	const char *why = "";
	long there, lost = count_lost(b, shared, n, &there);
	static const struct {
		const char *name;
		double at, times;
	} rows[] = { { "p50", 0.5, 0 }, { "p99", 0.99, 2 },
		{ "slowest", 1, 0 } };

	for (long i = 0; i < n; i++) {
		const struct worker *w = &shared->all[i];

		for (size_t k = 0; k < w->n_ours; k++)
			samples_add(&ours, w->ours[k]);
		for (size_t k = 0; k < w->n_bare; k++)
			samples_add(&bare, w->bare[k]);
		fewest = w->n_ours < fewest ? w->n_ours : fewest;
		failures += w->failed;
		why = w->failed > 0 && *why == '\0' ? w->why : why;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		(void)snprintf(what, sizeof(what), "save, %ld sessions, %s", n,
		    rows[i].name);
		bench_print(b, &(const struct bench_line){ .what = what,
				   .unit = "ms",
				   .ours = samples_at(&ours, rows[i].at),
				   .bare = samples_at(&bare, rows[i].at),
				   .times = rows[i].times,
				   .digits = 2 });
	}
	(void)snprintf(words, sizeof(words),
	    "%ld notes confirmed and there, %zu failures %s; fewest of one %zu",
	    there, failures, why, fewest);
	bench_print(
	    b, &(const struct bench_line){ .what = "saves lost or failed",
		   .unit = "",
		   .ours = (double)(lost + (long)failures),
		   .most = 0.9,
		   .words = words });
	(void)snprintf(what, sizeof(what), "memory of one of %ld sessions", n);
	bench_print(b, &(const struct bench_line){ .what = what,
			   .unit = "MiB",
			   .ours = mib,
			   .most = 8,
			   .digits = 2,
			   .words = mib > 0 ? "two connections each"
					    : "not readable; run as root" });
	samples_done(&ours);
	samples_done(&bare);
}

int
main(int argc, char **argv)
{
	long n = setting("SESSIONS", 60, MOST_SESSIONS);
	long seconds = setting("SECONDS_LONG", 20, 600);
	struct shared *shared = mmap(NULL, sizeof(*shared),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct bench b;
	double mib;

	bench_init(&b, argc, argv);
	if (shared == MAP_FAILED)
		bench_fail("no memory");
	start_all(&b, shared, n, seconds);
	wait_ready(shared, n, (double)seconds * 1e3 + 60000);
	mib = memory(shared, n);
	atomic_store(&shared->stage, 2);
	for (long i = 0; i < n; i++)
		(void)waitpid(shared->all[i].pid, NULL, 0);
	print(&b, shared, n, mib);
	bench_done(&b);
	return 0;
}
