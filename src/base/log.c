/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <syslog.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/utf8.h"

void
log_line(const char *fmt, ...)
{
	struct buf text, line;
	va_list ap;

	buf_init(&text);
	buf_init(&line);
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	utf8_safe(&line, text.data, text.len, false);
	/* Never LOG_CONS or LOG_PERROR: nothing is written over a screen. */
	openlog("amparo", LOG_PID, LOG_AUTHPRIV);
	syslog(LOG_NOTICE, "%s", line.data);
	buf_done(&line);
	buf_done(&text);
}
