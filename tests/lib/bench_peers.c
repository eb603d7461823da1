/* SPDX-License-Identifier: ISC */
#include "bench_peers.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench_kit.h"

#define MANY 1000

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		bench_fail("%s cannot be written", path);
	return f;
}

/* As wide as a row of the lists, and different from its neighbours. */
static void
write_row(FILE *f, int i)
{
	(void)fprintf(f,
	    "  %-3s %-6s %03X-%03X-%c Follow-up        %-10s engaged   %d "
	    "worker-%d\n",
	    i % 3 == 0 ? "!!!" : "!!", i % 3 == 0 ? "Urgent" : "High",
	    (unsigned)(i * 2654435761u) >> 20, (unsigned)(i * 40503u) & 0xfff,
	    'A' + i % 23, i % 2 == 0 ? "overdue 10" : "Thu 14:00", i % 4,
	    i % 9);
}

static void
write_all(struct peers *p)
{
	char path[160];
	FILE *f = create(p->rows);
	int i;

	for (i = 0; i < MANY; i++)
		write_row(f, i);
	(void)fclose(f);
	if (mkdir(p->files, 0700) == -1)
		bench_fail("%s cannot be made", p->files);
	for (i = 0; i < MANY; i++) {
		(void)snprintf(path, sizeof(path), "%s/%04x-follow-up-%d",
		    p->files, (unsigned)(i * 40503u) & 0xffff, i);
		(void)fclose(create(path));
	}
	/* It asks whether to make its own folder where there is none. */
	(void)snprintf(path, sizeof(path), "%s/Mail", p->dir);
	if (mkdir(path, 0700) == -1)
		bench_fail("%s cannot be made", path);
	f = create(p->mail);
	for (i = 0; i < MANY; i++)
		(void)fprintf(f,
		    "From worker@example.org Mon Nov 16 10:%02d:%02d 2026\n"
		    "From: Worker %d <worker@example.org>\n"
		    "Date: Mon, 16 Nov 2026 10:%02d:%02d +0000\n"
		    "Subject: Follow-up %04x, overdue %d\n"
		    "Message-ID: <%d@example.org>\n\nCalled.\n\n",
		    i / 60 % 60, i % 60, i % 9, i / 60 % 60, i % 60,
		    (unsigned)(i * 40503u) & 0xffff, i % 30, i);
	(void)fclose(f);
}

/* Where the shell would find a program. */
static bool
find(const char *name, char *out, size_t size)
{
	const char *path = getenv("PATH"), *p = path == NULL ? "" : path;

	while (*p != '\0') {
		size_t n = strcspn(p, ":");

		(void)snprintf(out, size, "%.*s/%s", (int)n, p, name);
		if (n > 0 && access(out, X_OK) == 0)
			return true;
		p += n + (p[n] == ':');
	}
	return false;
}

static void
add(struct peers *p, const char *name, const char *const *more, size_t n)
{
	struct peer *peer = &p->list[p->n];

	if (!find(name, peer->path, sizeof(peer->path)))
		return;
	peer->name = name;
	peer->argv[0] = peer->path;
	for (size_t i = 0; i < n; i++)
		peer->argv[i + 1] = more[i];
	p->n++;
}

void
peers_find(struct peers *p)
{
	*p = (struct peers){ .dir = "/tmp/amparo-peers-XXXXXX" };
	if (mkdtemp(p->dir) == NULL)
		bench_fail("/tmp cannot be written");
	(void)snprintf(p->rows, sizeof(p->rows), "%s/rows", p->dir);
	(void)snprintf(p->files, sizeof(p->files), "%s/files", p->dir);
	(void)snprintf(p->mail, sizeof(p->mail), "%s/mail", p->dir);
	write_all(p);
	add(p, "less", (const char *const[]){ p->rows }, 1);
	add(p, "nnn", (const char *const[]){ p->files }, 1);
	add(p, "mutt",
	    (const char *const[]){
		"-n", "-F", "/dev/null", "-R", "-f", p->mail },
	    6);
}

static int
drop(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void
peers_done(struct peers *p)
{
	(void)nftw(p->dir, drop, 16, FTW_DEPTH | FTW_PHYS);
}
