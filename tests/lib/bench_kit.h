/* SPDX-License-Identifier: ISC */
/*
 * What the speed programs share: a demo vault with its sign-ins, times, and
 * lines for the table that tests/bench/run.sh prints.
 *
 * Every figure stands beside one of the bare engine or a floor program, taken
 * in turns with it in the same run: machines differ and are shared, ratios
 * stay.  A speed program that cannot run says why and ends with status 1; one
 * that is slow says so in the table and ends with 0.
 */
#ifndef AMPARO_TESTS_BENCH_KIT_H
#define AMPARO_TESTS_BENCH_KIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "store/db.h"
#include "store/session.h"

struct bench {
	const char *vault, *sign_ins, *config, *cases; /* the arguments */
	struct society *society;
};
/* Arguments "VAULT SIGN-INS CONFIG CASES"; dies with a sentence. */
void bench_init(struct bench *, int argc, char **argv);
void bench_done(struct bench *);
/* The passphrase of a login in the file of sign-ins; the caller frees it. */
struct secret *bench_passphrase(const struct bench *, const char *login);
struct session *bench_sign_in(const struct bench *, const char *login);
/* A second connection with the same key and pragmas: the bare engine. */
void bench_bare(
    const struct bench *, struct session *, enum vault_db, struct db *);

/* Say what failed and end. */
void bench_fail(const char *fmt, ...)
    __attribute__((noreturn, format(printf, 1, 2)));
/* End when rc is -1. */
void bench_must(int rc, const struct err *, const char *what);

/* Milliseconds of a clock that never jumps. */
double bench_now(void);
/* Milliseconds this process had of a processor: what a busy machine leaves
 * unchanged. */
double bench_cpu(void);

struct samples {
	double *v;
	size_t n, cap;
	bool sorted;
};
void samples_add(struct samples *, double);
/* q from 0 to 1; 0 when there are none. */
double samples_at(struct samples *, double q);
double samples_p50(struct samples *);
void samples_done(struct samples *);

/* Forget the pages a connection keeps, so that the next statement reads them
 * as a process that just started does. */
void bench_forget(struct db *);
/* Pages read since bench_forget(). */
int bench_pages(struct db *);

/* Proportional set size of a process in MiB; -1 where it may not be read. */
double bench_pss(pid_t);

/* A repeatable number below n. */
uint64_t bench_roll(uint64_t *state, uint64_t n);

/*
 * One line of the table, as fields for tests/bench/run.sh: what, how many
 * cases, ours, the bare engine or peer beside it, their ratio, the budget, the
 * unit, how it did, a remark.
 */
struct bench_line {
	const char *what, *unit;
	double ours;
	double bare; /* 0: nothing stands beside it */
	double times; /* budget: at most so many times the bare; 0 none */
	double most; /* budget: ours at most so much; 0 none */
	int digits; /* after the point */
	const char *words; /* a remark; NULL none */
};
void bench_print(const struct bench *, const struct bench_line *);

#endif
