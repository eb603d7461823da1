/* SPDX-License-Identifier: ISC */
/*
 * A machine that fails when it is told to: a layer between the database engine
 * and the files, and one under its memory.  Counts the calls of one sort and
 * lets the n-th fail, once or from then on; errno is what a real failure
 * leaves.
 *
 *	fault_vfs_install();		first thing in main()
 *	fault_vfs_arm(FAULT_WRITE, 3, false);
 *	...				the third write fails
 *	hit = fault_vfs_disarm();	how often something failed
 */
#ifndef AMPARO_TESTS_FAULT_VFS_H
#define AMPARO_TESTS_FAULT_VFS_H

#include <stdbool.h>

enum fault {
	FAULT_NONE,
	FAULT_FULL, /* a write puts down half and says the disk is full */
	FAULT_WRITE, /* a write fails, EIO */
	FAULT_SYNC, /* a sync fails, EIO */
	FAULT_READ, /* a read fails, EIO */
	FAULT_OPEN, /* a file does not open, EMFILE */
	FAULT_BUSY, /* a lock of the log is taken */
	FAULT_NOMEM, /* no memory */
	FAULTS
};
const char *fault_name(enum fault);

/* Before anything else touches the engine. */
void fault_vfs_install(void);
/* The n-th call from now, from 1. */
void fault_vfs_arm(enum fault, int n, bool for_ever);
/* How many calls failed since it was armed. */
int fault_vfs_disarm(void);
/* How many calls of the armed sort there were, failed or not. */
int fault_vfs_calls(void);

#endif
