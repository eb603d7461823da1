/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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

static bool
before(const struct problem *a, const struct problem *b)
{
	int d = strcmp(a->file, b->file);

	return d < 0 || (d == 0 && a->line < b->line);
}

void
problems_sort(struct problems *p, size_t from)
{
	/* That there are more stays last. */
	size_t n = p->n > PROBLEMS_MAX ? PROBLEMS_MAX : p->n;

	/* By insertion: few, and those of one line keep their order. */
	for (size_t i = from + 1; i < n; i++) {
		struct problem one = p->list[i];
		size_t j = i;

		for (; j > from && before(&one, &p->list[j - 1]); j--)
			p->list[j] = p->list[j - 1];
		p->list[j] = one;
	}
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
