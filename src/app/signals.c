/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/app.h"
#include "base/file.h"
#include "base/i18n.h"

int
signals_open(struct err *err)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGQUIT);
	/* A stopped session would keep its keys and may keep a lock. */
	sigaddset(&set, SIGTSTP);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0 || sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return err_set(err, ERR_IO,
		    _("The system gives no signals: %s"), file_why(errno));
	return fd;
}

int
signals_next(int fd)
{
	struct signalfd_siginfo info;

	while (read(fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		if (info.ssi_signo != SIGTSTP)
			return (int)info.ssi_signo;
	return 0;
}
