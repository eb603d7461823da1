/* SPDX-License-Identifier: ISC */
/* Copies of the shipped configurations to change and read. */
#ifndef AMPARO_TESTS_SOCIETY_KIT_H
#define AMPARO_TESTS_SOCIETY_KIT_H
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "config/society.h"
#include "rules/access.h"
#include "rules/consent.h"
#include "rules/workflow.h"

static const char *const shipped[] = { "generic", "sri-lanka" };
#define N_SHIPPED (sizeof(shipped) / sizeof(shipped[0]))
static struct society *societies[N_SHIPPED];

/* A folder like config/: societies/ of its own, the shipped catalogues. */
static char dir[64], file[128], orgs[128];

static const char *
source(void)
{
	const char *top = getenv("AMPARO_SOURCE");

	return top == NULL ? "." : top;
}

static void
show(const struct problems *p)
{
	for (size_t i = 0; i < p->n; i++)
		print_error("%s:%d: %s\n", p->list[i].file, p->list[i].line,
		    p->list[i].text);
}

static char *
shipped_text(const char *name)
{
	struct buf b;
	struct err e;
	char path[512];

	buf_init(&b);
	snprintf(path, sizeof(path), "%s/config/%s", source(), name);
	assert_int_equal(file_read(path, 1 << 20, false, &b, &e), 0);
	return buf_detach(&b);
}

/* Write a text, with "to" in the place of "at"; frees the text. */
static void
put(const char *path, char *text, const char *at, const char *to)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	if (at != NULL) {
		const char *from = strstr(text, at);

		assert_non_null(from);
		fwrite(text, 1, (size_t)(from - text), f);
		fputs(to, f);
		fputs(from + strlen(at), f);
	} else {
		fputs(text, f);
	}
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, 0644), 0);
	free(text);
}

static int
set_up(void **state)
{
	char path[512], link[128];
	int rc = 0;

	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++) {
		struct problems p = { 0 };

		snprintf(path, sizeof(path), "%s/config/societies/%s.cfg",
		    source(), shipped[i]);
		rc |= society_read(path, &societies[i], &p);
		show(&p);
		problems_done(&p);
	}
	snprintf(dir, sizeof(dir), "/tmp/amparo-society-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/societies", dir);
	rc |= mkdir(path, 0755);
	snprintf(file, sizeof(file), "%s/societies/x.cfg", dir);
	snprintf(path, sizeof(path), "%s/directory", dir);
	rc |= mkdir(path, 0755);
	snprintf(orgs, sizeof(orgs), "%s/directory/generic.cfg", dir);
	put(orgs, shipped_text("directory/generic.cfg"), NULL, NULL);
	snprintf(link, sizeof(link), "%s/catalogues", dir);
	if (source()[0] == '/')
		snprintf(path, sizeof(path), "%s/config/catalogues", source());
	else
		rc |= realpath("config/catalogues", path) == NULL;
	rc |= symlink(path, link);
	return rc;
}

static int
tear_down(void **state)
{
	char path[128];

	(void)state;
	for (size_t i = 0; i < N_SHIPPED; i++)
		society_free(societies[i]);
	(void)unlink(file);
	snprintf(path, sizeof(path), "%s/catalogues", dir);
	(void)unlink(path);
	(void)unlink(orgs);
	snprintf(path, sizeof(path), "%s/directory", dir);
	(void)rmdir(path);
	snprintf(path, sizeof(path), "%s/societies", dir);
	(void)rmdir(path);
	return rmdir(dir);
}

/* --- the shipped ones ---------------------------------------------------------- */

#endif
