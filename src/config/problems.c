/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "config/problems.h"

void
problems_done(struct problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->list[i].file);
		free(p->list[i].text);
	}
	free(p->list);
	*p = (struct problems){ 0 };
}

static void
put(struct problems *p, bool warning, const char *file, int line,
    const char *text, size_t len)
{
	struct buf safe;

	/* What is quoted comes from a file nobody has checked yet, and is on
	 * its way to a terminal. */
	buf_init(&safe);
	utf8_safe(&safe, text, len, false);
	p->list = xreallocarray(p->list, p->n + 1, sizeof(p->list[0]));
	p->list[p->n++] = (struct problem){ .file = xstrdup(file),
		.line = line,
		.text = buf_detach(&safe),
		.warning = warning };
	buf_done(&safe);
}

static void
add(struct problems *p, bool warning, const char *file, int line,
    const char *fmt, va_list ap)
{
	static const char more[] = N_("There are more problems than these.");
	struct buf b;

	if (!warning)
		p->errors++;
	if (p->n > PROBLEMS_MAX)
		return;
	buf_init(&b);
	if (p->n == PROBLEMS_MAX)
		buf_add_str(&b, _(more));
	else
		buf_vaddf(&b, fmt, ap);
	put(p, warning, file, p->n == PROBLEMS_MAX ? 0 : line, b.data, b.len);
	buf_done(&b);
}

void
problem_add(
    struct problems *p, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(p, false, file, line, fmt, ap);
	va_end(ap);
}

void
problem_warn(
    struct problems *p, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(p, true, file, line, fmt, ap);
	va_end(ap);
}
