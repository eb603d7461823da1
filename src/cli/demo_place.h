/* SPDX-License-Identifier: ISC */
/*
 * Where a demo vault is made: in a directory of its own beside the one it was
 * asked for, which it takes the place of when it is whole.  Whatever cuts the
 * making short, what was asked for is a whole vault or none, and the next run
 * takes away what was left.
 */
#ifndef AMPARO_CLI_DEMO_PLACE_H
#define AMPARO_CLI_DEMO_PLACE_H

#include <stdbool.h>

#include "base/err.h"

struct demo_place {
	char *dir; /* what was asked for, without "/" at its end */
	char *beside; /* "DIR.making" */
	char *vault; /* in it: make the vault here */
	int fd; /* of beside; -1 */
	int lock; /* held while it is made; -1 */
	bool left; /* an earlier run left something, which is gone now */
};

/*
 * Make the place for a vault in dir (from the root), and take away what an
 * earlier run left there.  ERR_CONFLICT: dir is a vault or not empty;
 * ERR_BUSY: another run is at it; ERR_IO.  demo_place_done() afterwards, also
 * of one that failed.
 */
int demo_place_open(
    struct demo_place *, const char *dir, struct err *) MUST_USE;
/* What is in vault is whole: it is dir from now on. */
int demo_place_take(struct demo_place *, struct err *) MUST_USE;
/* Take away what is left of the place, and free. */
void demo_place_done(struct demo_place *);

#endif
