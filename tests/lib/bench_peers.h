/* SPDX-License-Identifier: ISC */
/*
 * Programs that others find fast, with something to show of the size of a
 * long list: those that are installed.
 */
#ifndef AMPARO_TESTS_BENCH_PEERS_H
#define AMPARO_TESTS_BENCH_PEERS_H

#include <stddef.h>

#define PEERS_MAX 3
struct peer {
	const char *name;
	char path[256]; /* of the program */
	const char *argv[8];
};
struct peers {
	char dir[64]; /* what they show; removed by peers_done() */
	char rows[96], files[96], mail[96];
	struct peer list[PEERS_MAX];
	size_t n;
};
/* less over 1000 lines, nnn over 1000 files, mutt over 1000 mails. */
void peers_find(struct peers *);
void peers_done(struct peers *);

#endif
