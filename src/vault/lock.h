/* SPDX-License-Identifier: ISC */
/*
 * Locks between the sessions of one vault: open-file-description locks on
 * files in the vault's lock/ directory, which the kernel frees when their
 * holder dies, however it dies.  The store takes "writers" around every
 * commit and every checkpoint; whoever changes the keyring takes "keyring".
 *
 * Fair without a daemon: byte 1 of the file is a door, byte 0 the lock.  One
 * waits for the door, then, holding it, for the lock, then leaves the door.
 * A session that commits in a loop finds the door taken by the next in line
 * and so cannot push in, and the kernel queues those outside first come,
 * first served.  Waiting is F_OFD_SETLKW: no polling, no sleeping.  The one
 * timer, ITIMER_REAL with SIGALRM, is armed only when there is somebody to
 * wait for and is there for the deadline alone; the caller's handler and
 * timer are put back.  No memory is allocated.
 *
 * A lock is open in one process only: fork() would share it, so open it after.
 */
#ifndef AMPARO_VAULT_LOCK_H
#define AMPARO_VAULT_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define LOCK_WRITERS "writers"
#define LOCK_KEYRING "keyring"

/* How long a person is made to wait before hearing that others are saving. */
#define LOCK_WAIT_MS 5000

struct vault_lock {
	int fd; /* -1 when closed */
	bool held;
};

/*
 * Open lock/NAME under the vault's directory, making the directory (0700) and
 * the file (0600) when missing.  ERR_IO, ERR_FULL, ERR_UNSAFE (others may open
 * either and hold it for ever; a link, or not a plain file).  lock_close() releases.
 */
int lock_open(
    int dirfd, const char *name, struct vault_lock *, struct err *) MUST_USE;
void lock_close(struct vault_lock *);

/*
 * Exclusive; waits at most timeout_ms (0: does not wait), then ERR_BUSY.  A
 * caught signal does not end the wait early.  Taking a lock twice through the
 * same struct is die().
 */
int lock_acquire(
    struct vault_lock *, int64_t timeout_ms, struct err *) MUST_USE;
void lock_release(struct vault_lock *);

#endif
