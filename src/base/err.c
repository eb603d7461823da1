/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

static int set(struct err *e, enum err_kind kind, const char *field,
    const char *fmt, va_list ap) __attribute__((format(printf, 4, 0)));

static int
set(struct err *e, enum err_kind kind, const char *field, const char *fmt,
    va_list ap)
{
	char text[sizeof(e->text)];

	/* Through a copy: an argument may be the text that is replaced. */
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	e->kind = kind;
	(void)snprintf(e->text, sizeof(e->text), "%s", text);
	(void)snprintf(e->field, sizeof(e->field), "%s", field);
	return -1;
}

int
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return -1;
	va_start(ap, fmt);
	(void)set(e, kind, "", fmt, ap);
	va_end(ap);
	return -1;
}

int
err_set_field(struct err *e, const char *field, const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return -1;
	va_start(ap, fmt);
	(void)set(e, ERR_INPUT, field, fmt, ap);
	va_end(ap);
	return -1;
}

void
err_field_as(struct err *e, const char *from, const char *to)
{
	if (e != NULL && strcmp(e->field, from) == 0)
		(void)snprintf(e->field, sizeof(e->field), "%s", to);
}

void
err_clear(struct err *e)
{
	if (e == NULL)
		return;
	e->kind = ERR_NONE;
	e->text[0] = e->field[0] = '\0';
}
