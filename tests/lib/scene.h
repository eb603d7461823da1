/* SPDX-License-Identifier: ISC */
/*
 * A scene for screen tests: a throw-away vault with a few known cases, on a
 * fixed day, and people who sign in at terminals of their own.  Everybody in
 * it is made up.
 *
 * scene_clock() comes first in main(): the vault is made on Wednesday 4
 * November 2026, people sit down on Monday the 16th at 10:00 UTC, so that
 * every date on a screen is the same in every run.  Codes are not: they are
 * random, and scene_golden() masks them.
 */
#ifndef AMPARO_TESTS_SCENE_H
#define AMPARO_TESTS_SCENE_H

#include "vault_kit.h"
#include "vt.h"

enum scene_case {
	SCENE_URGENT, /* amina's; threats; overdue; flag; Nilani */
	SCENE_HIGH, /* amina's; a promised call at 14:00 today */
	SCENE_MEDIUM, /* amina's; a review on Thursday */
	SCENE_LOW, /* amina's; due 12 December */
	SCENE_FREE, /* nobody's */
	SCENE_OTHER, /* ruwan's, the same branch */
	SCENE_CASES
};
/* A name that stands in the identity vault alone, of SCENE_URGENT. */
#define SCENE_NAME "Nilani Lanternfield"
#define SCENE_PHONE "+00 000 5550101"

/* When people sit down before it: 2026-11-16 10:00 UTC. */
#define SCENE_NOW_MS INT64_C(1794823200000)

struct scene {
	struct vault_kit kit;
	struct session *amina, *ruwan;
	struct uid uids[SCENE_CASES];
	char codes[SCENE_CASES][CODE_SIZE];
	char config[1024]; /* generic.cfg with a short time to reveal */
};

void scene_clock(void);
void scene_open(struct scene *);
void scene_close(struct scene *);

/* The scene of a file of tests: opened and closed around each of them with
 * TEST(), or around all by cmocka_run_group_tests(). */
extern struct scene scene;
int scene_set_up(void **state);
int scene_tear_down(void **state);
#define TEST(test) \
	cmocka_unit_test_setup_teardown(test, scene_set_up, scene_tear_down)

/* Someone signed in at a terminal, with the queue on it; env as in vt.h. */
struct vt *scene_terminal(struct scene *, const char *login, int rows, int cols,
    const char *const *env);
/* Jump to a case by its code. */
void scene_jump(struct scene *, struct vt *, enum scene_case);
/* amina at that case, 24x80. */
struct vt *scene_at(struct scene *, enum scene_case);

/* As vt_golden(), with every code as "CCC-CCC-C". */
void scene_golden(struct vt *, const char *name);

#endif
