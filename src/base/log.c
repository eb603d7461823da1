/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdarg.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"

/* The log is reached from every room; only its descriptor is remembered. */
static int *
log_fd(void)
{
	static int fd = -1;

	return &fd;
}

void
log_to(int fd)
{
	*log_fd() = fd;
}

void
log_line(const char *fmt, ...)
{
	struct buf text, line;
	struct tm tm;
	time_t now;
	va_list ap;
	ssize_t n;

	if (*log_fd() < 0)
		return;
	buf_init(&text);
	buf_init(&line);
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	now = (time_t)(clock_now() / CLOCK_SECOND);
	if (gmtime_r(&now, &tm) != NULL)
		buf_addf(&line, "%04d-%02d-%02dT%02d:%02d:%02dZ [%d] ",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		    tm.tm_min, tm.tm_sec, (int)getpid());
	utf8_safe(&line, text.data, text.len, false);
	buf_add_char(&line, '\n');
	/* One write, so that lines of several processes do not mix. */
	do
		n = write(*log_fd(), line.data, line.len);
	while (n < 0 && errno == EINTR);
	buf_done(&line);
	buf_done(&text);
}
