/* SPDX-License-Identifier: ISC */
/*
 * Delays between sign-in attempts that hold across processes, reboots and
 * kill -9: the file `throttle` in the vault, fixed records under lock/throttle.
 *
 * An attempt is charged before the key is derived and cleared on success, so
 * that killing the program during the derivation is not a free guess.  Delays
 * are per person and source, so a prankster at the kiosk does not lock a
 * colleague's laptop out (OWASP ASVS 5.0 6.1.1): after failure 1, 2, 3, 4, ...
 * wait 0, 0, 1, 2, 4, ... up to 900 s.  After 100 failures in a row from
 * anywhere the person needs a new one-time code (NIST SP 800-63B-4 caps
 * consecutive failures at 100).  Deadlines are on the clock that no one can
 * set; after a reboot the whole delay starts anew.
 *
 * A record that does not open counts as empty: whoever can write the file can
 * also copy the keyring and guess without asking us, so locking everybody out
 * over a torn record would protect nobody.
 */
#ifndef AMPARO_VAULT_THROTTLE_H
#define AMPARO_VAULT_THROTTLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"

#define THROTTLE_FILE "throttle"
#define THROTTLE_CAP_MS (900 * INT64_C(1000))
#define THROTTLE_MOST 100 /* failures in a row on one person */
#define THROTTLE_RECORDS 4096 /* then the least failed record is reused */

struct throttle_key {
	struct uid vault;
	uint8_t who[16];
	uint8_t source[16];
};
/* Hashes of the login and of where the attempt comes from (an SSH key's
 * fingerprint or client address, or a terminal's name) under the vault's id. */
void throttle_key(struct throttle_key *, const struct uid *vault,
    const char *login, const char *source);

/* The clock of deadlines: CLOCK_BOOTTIME in ms and the kernel's boot id. */
struct throttle_time {
	int64_t ms;
	uint8_t boot[16];
};
int throttle_now(struct throttle_time *, struct err *) MUST_USE;

/* The delay after so many failures, ms. */
int64_t throttle_delay(uint32_t fails);

/*
 * One attempt.  0: go ahead, it counts as failed until throttle_clear().
 * ERR_WAIT: not yet; *wait_ms (may be NULL) is how long; nothing is counted.
 * ERR_DENIED: 100 in a row; *wait_ms is 0 and only throttle_reset() helps.
 * ERR_IO, ERR_FULL: the charge could not be written, so no attempt either.
 */
int throttle_charge(int dirfd, const struct throttle_key *,
    const struct throttle_time *, int64_t *wait_ms, struct err *) MUST_USE;

/* It was the person: forget this source's failures and the count in a row. */
int throttle_clear(
    int dirfd, const struct throttle_key *, struct err *) MUST_USE;

/* A new code was issued: forget everything about this person, wherever they
 * tried from. */
int throttle_reset(
    int dirfd, const struct throttle_key *, struct err *) MUST_USE;

#endif
