/* SPDX-License-Identifier: ISC */
/*
 * The program as a person at a terminal has it: bytes and time a key, in a
 * real pty of 24 x 80 (xterm-256color), beside a floor ("cat" on a raw line)
 * and beside less, nnn and mutt where they are installed.  One key goes to
 * each in turn, so that all meet the same machine.  Needs AMPARO_OPT_BIN.
 *
 * Time is from the key written to the last byte read, taken here; the floor's
 * is what the pty, the scheduler and this program cost by themselves.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/bench_kit.h"
#include "../lib/bench_peers.h"
#include "../lib/vt.h"

#define WHO "amina"
#define ROUNDS 3
#define QUIET_MS 20 /* no program here pauses that long within a picture */
#define DAY_KEYS 1200
#define PAGE_ROWS 18

enum step { MOVE, SCROLL, PAGE, ESC, STEPS };
static const struct {
	const char *name, *key;
	int times;
	double bytes; /* budget */
} steps[STEPS] = {
	[MOVE] = { "move", "Down", 15, 75 },
	[SCROLL] = { "scroll", "Down", 40, 140 },
	[PAGE] = { "page", "PgDn", 12, 1500 },
	[ESC] = { "Esc closes the filter", "Esc", 6, 0 },
};

/* The program under test, the floor and the peers. */
struct one {
	const char *name;
	struct vt *vt;
	struct samples paint, paint_bytes, ms[STEPS], bytes[STEPS];
};
enum { OURS, FLOOR, PEERS };

struct run {
	struct bench b;
	const char *program;
	struct peers peers;
	struct one all[PEERS + PEERS_MAX];
	size_t n;
	struct samples sign_in, queue_bytes, open_ms, open_bytes, view_ms;
};

/* --- looking at one line ---------------------------------------------------------- */
static bool
grew(struct vt *vt, void *arg)
{
	return vt_bytes(vt) > *(size_t *)arg;
}

/* Read until nothing came for quiet ms: when the last byte came; 0 when none
 * came within first ms. */
static double
settle(struct vt *vt, size_t seen, int first, int quiet)
{
	double last = 0;

	while (vt_wait_for(vt, grew, &seen, last == 0 ? first : quiet)) {
		last = bench_now();
		seen = vt_bytes(vt);
	}
	return last;
}

/* A key and what it costs; nothing is noted when nothing was answered. */
static void
press(struct vt *vt, const char *key, struct samples *ms, struct samples *bytes)
{
	size_t seen = vt_bytes(vt);
	double t = bench_now(), last;

	vt_keys(vt, key);
	last = settle(vt, seen, 2000, QUIET_MS);
	if (last == 0)
		return;
	if (ms != NULL)
		samples_add(ms, last - t);
	if (bytes != NULL)
		samples_add(bytes, (double)(vt_bytes(vt) - seen));
}

/* --- starting ---------------------------------------------------------------------- */
static void
start(struct run *r, struct one *o, const char *const *argv)
{
	char home[96];
	const char *const env[] = { home, NULL };
	double t = bench_now(), last;

	(void)snprintf(home, sizeof(home), "HOME=%s", r->peers.dir);
	o->vt = vt_open(&(const struct vt_options){ .argv = argv, .env = env });
	if (o->vt == NULL)
		bench_fail("%s cannot be started", argv[0]);
	last = settle(o->vt, 0, 5000, 60);
	if (last == 0)
		bench_fail("%s paints nothing", argv[0]);
	samples_add(&o->paint, last - t);
	samples_add(&o->paint_bytes, (double)vt_bytes(o->vt));
}

static void
start_all(struct run *r)
{
	const char *const ours[] = { r->program, "--config", r->b.config,
		"--vault", r->b.vault, NULL };
	static const char *const floor[] = { "/bin/sh", "-c",
		"stty raw -echo; printf x; exec cat", NULL };

	start(r, &r->all[OURS], ours);
	start(r, &r->all[FLOOR], floor);
	for (size_t i = 0; i < r->peers.n; i++)
		start(r, &r->all[PEERS + i], r->peers.list[i].argv);
}

static void
stop_all(struct run *r)
{
	for (size_t i = 0; i < r->n; i++) {
		vt_close(r->all[i].vt);
		r->all[i].vt = NULL;
	}
}

/* Enter after the passphrase to the last byte of Today; then the cases. */
static void
sign_in(struct run *r, struct vt *vt)
{
	struct secret *p = bench_passphrase(&r->b, WHO);
	size_t seen;
	double t, last;

	vt_send(vt, WHO "\r");
	(void)settle(vt, vt_bytes(vt), 2000, QUIET_MS);
	vt_send_bytes(vt, secret_open(p), secret_len(p));
	secret_close(p);
	secret_free(p);
	(void)settle(vt, vt_bytes(vt), 2000, QUIET_MS);
	seen = vt_bytes(vt);
	t = bench_now();
	vt_send(vt, "\r");
	if (!vt_wait_text(vt, "Promised ", VT_WAIT_MS))
		bench_fail("no list after signing in:\n%s", vt_screen_text(vt));
	last = settle(vt, vt_bytes(vt), 1, 2 * QUIET_MS);
	samples_add(&r->sign_in, (last == 0 ? bench_now() : last) - t);
	samples_add(&r->queue_bytes, (double)(vt_bytes(vt) - seen));
	/* From Today to the list that the keys are measured in. */
	vt_send(vt, "C");
	if (!vt_wait_text(vt, "Mine ", VT_WAIT_MS))
		bench_fail("no list of cases:\n%s", vt_screen_text(vt));
	(void)settle(vt, vt_bytes(vt), 1, 2 * QUIET_MS);
}

/* --- keys -------------------------------------------------------------------------- */
static void
run_step(struct run *r, enum step s)
{
	for (int k = 0; k < steps[s].times; k++)
		for (size_t i = 0; i < r->n; i++) {
			struct one *o = &r->all[i];

			if (s == ESC && i != OURS && i != FLOOR)
				continue; /* does not close theirs */
			if (s == ESC && i == OURS)
				press(o->vt, "/", NULL, NULL);
			press(o->vt, steps[s].key, &o->ms[s], &o->bytes[s]);
		}
}

/* To the last row of the first screen, so that the next Down scrolls. */
static void
to_the_bottom(struct run *r)
{
	for (int k = steps[MOVE].times; k < PAGE_ROWS; k++)
		for (size_t i = 0; i < r->n; i++)
			press(r->all[i].vt, "Down", NULL, NULL);
}

static void
run_round(struct run *r)
{
	struct vt *vt;

	start_all(r);
	vt = r->all[OURS].vt;
	sign_in(r, vt);
	run_step(r, MOVE);
	to_the_bottom(r);
	run_step(r, SCROLL);
	run_step(r, PAGE);
	run_step(r, ESC);
	for (int k = 0; k < 6; k++) {
		press(vt, "Enter", &r->open_ms, &r->open_bytes);
		press(vt, "Esc", NULL, NULL);
		press(vt, "Down", NULL, NULL);
	}
	for (int k = 0; k < 6; k++)
		press(vt, "Tab", &r->view_ms, NULL);
	stop_all(r);
}

/* --- the table ---------------------------------------------------------------------- */
static double
above_floor(struct run *r, size_t i, enum step s)
{
	double floor = samples_p50(&r->all[FLOOR].ms[s == ESC ? MOVE : s]);
	double ours = samples_p50(&r->all[i].ms[s]) - floor;

	return ours < 0 ? 0 : ours;
}

/* The same of every peer, as words. */
static const char *
peers_say(struct run *r, char *out, size_t size,
    double (*what)(struct run *, size_t, enum step), enum step s, int digits)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = PEERS; i < r->n && n < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s %.*f",
		    n == 0 ? "" : ", ", r->all[i].name, digits, what(r, i, s));
	return out;
}

static double
bytes_of(struct run *r, size_t i, enum step s)
{
	return samples_p50(&r->all[i].bytes[s]);
}

static double
paint_of(struct run *r, size_t i, enum step s)
{
	(void)s;
	return samples_p50(&r->all[i].paint);
}

static double
paint_bytes_of(struct run *r, size_t i, enum step s)
{
	(void)s;
	return samples_p50(&r->all[i].paint_bytes);
}

static void
print(struct run *r, const char *what, const char *unit, double ours,
    double most, int digits, const char *words)
{
	bench_print(&r->b, &(const struct bench_line){ .what = what,
			       .unit = unit,
			       .ours = ours,
			       .most = most,
			       .digits = digits,
			       .words = words });
}

static void
print_starts(struct run *r)
{
	char words[160], more[200];

	(void)peers_say(r, words, sizeof(words), paint_of, MOVE, 1);
	(void)snprintf(more, sizeof(more), "floor %.1f, best of ours %.1f%s%s",
	    samples_p50(&r->all[FLOOR].paint),
	    samples_at(&r->all[OURS].paint, 0), words[0] != '\0' ? "; " : "",
	    words);
	print(r, "start to first paint", "ms", samples_p50(&r->all[OURS].paint),
	    10, 1, more);
	print(r, "first paint", "bytes", samples_p50(&r->all[OURS].paint_bytes),
	    2000, 0,
	    peers_say(r, words, sizeof(words), paint_bytes_of, MOVE, 0));
	print(r, "Today after signing in", "bytes",
	    samples_p50(&r->queue_bytes), 0, 0, NULL);
	print(r, "Enter to Today, Argon2id in it", "ms",
	    samples_p50(&r->sign_in), 0, 0, NULL);
}

static void
print_keys(struct run *r)
{
	char what[64], words[160], more[240];

	for (int i = 0; i < STEPS; i++) {
		enum step s = (enum step)i;

		(void)peers_say(r, words, sizeof(words), bytes_of, s, 0);
		(void)snprintf(more, sizeof(more), "most %.0f%s%s",
		    samples_at(&r->all[OURS].bytes[s], 1),
		    s == ESC || words[0] == '\0' ? "" : "; ",
		    s == ESC ? "" : words);
		(void)snprintf(what, sizeof(what), "key: %s", steps[s].name);
		print(r, what, "bytes", bytes_of(r, OURS, s), steps[s].bytes, 0,
		    more);
		(void)peers_say(r, words, sizeof(words), above_floor, s, 2);
		(void)snprintf(more, sizeof(more), "p99 %.1f, floor %.2f%s%s",
		    samples_at(&r->all[OURS].ms[s], 0.99),
		    samples_p50(&r->all[FLOOR].ms[s]),
		    s == ESC || words[0] == '\0' ? "" : "; ",
		    s == ESC ? "" : words);
		print(r, what, "ms", above_floor(r, OURS, s),
		    s == ESC ? 30 : 0.5, 2, more);
	}
	print(r, "key: Enter opens a case, recorded", "ms",
	    samples_p50(&r->open_ms), 0, 2, NULL);
	print(r, "key: Enter opens a case", "bytes",
	    samples_p50(&r->open_bytes), 0, 0, NULL);
	print(r, "key: Tab to the next view", "ms", samples_p50(&r->view_ms), 0,
	    2, NULL);
}

/* --- a day -------------------------------------------------------------------------- */
/* The keeper and the session behind it. */
static double
both(struct vt *vt)
{
	char path[64];
	long child = -1;
	double a, b;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
	    (int)vt_pid(vt), (int)vt_pid(vt));
	f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%ld", &child) != 1)
		child = -1;
	if (f != NULL)
		(void)fclose(f);
	if (child <= 1)
		bench_fail("%s names no session", path);
	a = bench_pss(vt_pid(vt));
	b = bench_pss((pid_t)child);
	return a < 0 || b < 0 ? -1 : a + b;
}

static void
run_day(struct run *r)
{
	static const char *const keys[] = { "PgDn", "Down", "Down", "Enter",
		"t", "PgDn", "Esc", "Esc", "/", "a", "m", "Esc", "Up", "PgDn",
		"Enter", "Esc", "?", "Esc", "Home", "Tab" };
	const char *const ours[] = { r->program, "--config", r->b.config,
		"--vault", r->b.vault, NULL };
	struct one o = { .name = "day" };
	double early = 0, late;
	char words[96];
	size_t idle;

	start(r, &o, ours);
	sign_in(r, o.vt);
	for (int k = 0; k < DAY_KEYS; k++) {
		size_t seen = vt_bytes(o.vt);

		if (k == DAY_KEYS / 3)
			early = both(o.vt);
		vt_keys(
		    o.vt, keys[(size_t)k % (sizeof(keys) / sizeof(keys[0]))]);
		(void)settle(o.vt, seen, 60, 4);
	}
	late = both(o.vt);
	(void)snprintf(words, sizeof(words),
	    "after %d keys; after a third of them %.2f", DAY_KEYS, early);
	if (late < 0)
		print(r, "memory of a session (not readable; run as root)",
		    "MiB", 0, 0, 0, "");
	else
		print(r, "memory of a session, keeper included", "MiB", late, 8,
		    2, words);
	if (late > 0)
		print(r, "  what it grew by in two thirds of a day", "MiB",
		    late > early ? late - early : 0, 0.25, 2,
		    "pages of the database that are kept count: at most 2 MiB");
	(void)settle(o.vt, vt_bytes(o.vt), 300, 300);
	idle = vt_bytes(o.vt);
	(void)vt_wait_quiet(o.vt, 4000, 4000);
	/* A budget of nothing is written as less than one. */
	print(r, "idle for 4 s", "bytes", (double)(vt_bytes(o.vt) - idle), 0.9,
	    0, NULL);
	vt_close(o.vt);
	samples_done(&o.paint);
	samples_done(&o.paint_bytes);
}

/* ------------------------------------------------------------------------------------- */
static void
run_done(struct run *r)
{
	for (size_t i = 0; i < r->n; i++) {
		samples_done(&r->all[i].paint);
		samples_done(&r->all[i].paint_bytes);
		for (int s = 0; s < STEPS; s++) {
			samples_done(&r->all[i].ms[s]);
			samples_done(&r->all[i].bytes[s]);
		}
	}
	samples_done(&r->sign_in);
	samples_done(&r->queue_bytes);
	samples_done(&r->open_ms);
	samples_done(&r->open_bytes);
	samples_done(&r->view_ms);
	peers_done(&r->peers);
	bench_done(&r->b);
}

int
main(int argc, char **argv)
{
	struct run r = { .n = PEERS };

	bench_init(&r.b, argc, argv);
	r.program = getenv("AMPARO_OPT_BIN");
	if (r.program == NULL || access(r.program, X_OK) == -1)
		bench_fail("AMPARO_OPT_BIN names no program; run make bench");
	peers_find(&r.peers);
	r.all[OURS].name = "amparo";
	r.all[FLOOR].name = "floor";
	for (size_t i = 0; i < r.peers.n; i++)
		r.all[r.n++].name = r.peers.list[i].name;
	for (int i = 0; i < ROUNDS; i++)
		run_round(&r);
	print_starts(&r);
	print_keys(&r);
	run_day(&r);
	run_done(&r);
	return 0;
}
