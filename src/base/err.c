/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"

int
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;
	char text[sizeof(e->text)];

	if (e == NULL)
		return -1;
	/* Through a copy: an argument may be the text that is replaced. */
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	e->kind = kind;
	(void)snprintf(e->text, sizeof(e->text), "%s", text);
	return -1;
}

void
err_clear(struct err *e)
{
	if (e == NULL)
		return;
	e->kind = ERR_NONE;
	e->text[0] = '\0';
}
