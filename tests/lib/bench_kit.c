/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "config/society.h"
#include "store/session_inside.h"
#include "vault/crypto.h"

#include "bench_kit.h"

void
bench_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)fprintf(stderr, "bench: ");
	(void)vfprintf(stderr, fmt, ap);
	(void)fprintf(stderr, "\n");
	va_end(ap);
	exit(1);
}

void
bench_must(int rc, const struct err *err, const char *what)
{
	if (rc == -1)
		bench_fail("%s: %s", what, err->text);
}

void
bench_init(struct bench *b, int argc, char **argv)
{
	struct problems problems = { .n = 0 };
	struct err err;

	bench_must(vault_init(&err), &err, "vault");
	if (argc != 5)
		bench_fail("usage: %s VAULT SIGN-INS CONFIG CASES", argv[0]);
	*b = (struct bench){ .vault = argv[1],
		.sign_ins = argv[2],
		.config = argv[3],
		.cases = argv[4] };
	if (society_read(b->config, &b->society, &problems) == -1)
		bench_fail("%s cannot be read", b->config);
	/* As the program does: days begin there, and what is due by them. */
	if (clock_zone(b->society->time_zone) == -1)
		bench_fail("no time zone %s", b->society->time_zone);
	problems_done(&problems);
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
}

void
bench_done(struct bench *b)
{
	society_free(b->society);
}

struct secret *
bench_passphrase(const struct bench *b, const char *login)
{
	struct secret *found = NULL;
	FILE *f = fopen(b->sign_ins, "r");
	char line[256], *tab, *end;

	while (f != NULL && found == NULL &&
	       fgets(line, sizeof(line), f) != NULL) {
		tab = strchr(line, '\t');
		if (tab == NULL || (end = strchr(tab + 1, '\t')) == NULL)
			continue;
		*tab = '\0';
		if (strcmp(line, login) == 0)
			found = secret_of(tab + 1, (size_t)(end - tab - 1));
	}
	if (f != NULL)
		(void)fclose(f);
	if (found == NULL)
		bench_fail("%s does not know %s", b->sign_ins, login);
	return found;
}

struct session *
bench_sign_in(const struct bench *b, const char *login)
{
	struct secret *p = bench_passphrase(b, login);
	struct session *s = NULL;
	struct err err;
	int rc = session_start(&(struct sign_in){ .vault = b->vault,
				   .society = b->society,
				   .login = login,
				   .passphrase = p,
				   .terminal = "bench",
				   .source = "bench" },
	    &s, &err);

	secret_free(p);
	bench_must(rc, &err, login);
	return s;
}

void
bench_bare(const struct bench *b, struct session *s, enum vault_db which,
    struct db *db)
{
	const struct secret *root =
	    which == DB_CASES ? s->keys.case_root : s->keys.identity_root;
	struct err err;

	bench_must(db_open(db, b->vault, which, root, false, &err), &err,
	    db_file(which));
}

double
bench_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

double
bench_cpu(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* --- samples --------------------------------------------------------------------- */
void
samples_add(struct samples *s, double v)
{
	if (s->n == s->cap) {
		s->cap = s->cap == 0 ? 256 : s->cap * 2;
		s->v = xreallocarray(s->v, s->cap, sizeof(*s->v));
	}
	s->v[s->n++] = v;
	s->sorted = false;
}

static int
by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

double
samples_at(struct samples *s, double q)
{
	size_t i;

	if (s->n == 0)
		return 0;
	if (!s->sorted)
		qsort(s->v, s->n, sizeof(*s->v), by_value);
	s->sorted = true;
	i = (size_t)(q * (double)s->n);
	return s->v[i < s->n ? i : s->n - 1];
}

double
samples_p50(struct samples *s)
{
	return samples_at(s, 0.5);
}

void
samples_done(struct samples *s)
{
	free(s->v);
	*s = (struct samples){ .v = NULL };
}

/* --- the engine -------------------------------------------------------------------- */
static int
status(struct db *db, bool reset)
{
	int now = 0, most = 0;

	(void)sqlite3_db_status(
	    db->h, SQLITE_DBSTATUS_CACHE_MISS, &now, &most, reset);
	return now;
}

void
bench_forget(struct db *db)
{
	(void)sqlite3_db_release_memory(db->h);
	(void)status(db, true);
}

int
bench_pages(struct db *db)
{
	return status(db, false);
}

double
bench_pss(pid_t pid)
{
	char path[64], line[160];
	double kib = -1;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	f = fopen(path, "r");
	while (f != NULL && kib < 0 && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "Pss:", 4) == 0)
			kib = strtod(line + 4, NULL);
	if (f != NULL)
		(void)fclose(f);
	return kib < 0 ? -1 : kib / 1024;
}

uint64_t
bench_roll(uint64_t *state, uint64_t n)
{
	uint64_t x = *state == 0 ? UINT64_C(0x9e3779b97f4a7c15) : *state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*state = x;
	return (x * UINT64_C(2685821657736338717) >> 16) % n;
}

/* --- the table ----------------------------------------------------------------------- */
void
bench_print(const struct bench *b, const struct bench_line *l)
{
	double ratio = l->bare > 0 ? l->ours / l->bare : 0;
	bool over = (l->most > 0 && l->ours > l->most) ||
		    (l->times > 0 && ratio > l->times);

	printf("%s\t%s\t%.*f\t", l->what, b->cases, l->digits, l->ours);
	if (l->bare > 0)
		printf("%.*f\t%.1fx\t", l->digits, l->bare, ratio);
	else
		printf("\t\t");
	if (l->times > 0)
		printf("%gx\t", l->times);
	else if (l->most > 0)
		printf("%g %s\t", l->most, l->unit);
	else
		printf("\t");
	printf("%s\t%s\t%s\n", l->unit,
	    l->times > 0 || l->most > 0 ? (over ? "OVER" : "ok") : "",
	    l->words == NULL ? "" : l->words);
}
