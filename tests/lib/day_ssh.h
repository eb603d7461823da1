/* SPDX-License-Identifier: ISC */
/*
 * A real sshd on 127.0.0.1, with a throw-away host key and user key, and with
 * config/deploy/sshd-amparo.conf as it is shipped but for the account, the keys
 * and the paths, which are the test's own.
 */
#ifndef AMPARO_TESTS_DAY_SSH_H
#define AMPARO_TESTS_DAY_SSH_H

#include "day_kit.h"

struct day_ssh {
	pid_t pid; /* of the sshd; 0: none was started */
	int log; /* what it says */
	int port;
	char dir[300]; /* keys and configuration, in the kit's root */
	bool made_run; /* we made its directory under /run */
};

/* Whoever comes gets this program, on the day's vault and clock.  Fails the
 * test when there is no sshd to start. */
void day_ssh_start(struct day *, struct day_ssh *, const char *program);
/* By its process id; also when the start failed half-way. */
void day_ssh_stop(struct day_ssh *);
/* A terminal of 24 x 80 on the other side of the line, at the sign-in. */
struct vt *day_ssh_open(struct day_ssh *);

#endif
