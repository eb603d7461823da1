/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <cmocka.h>

#include "base/alloc.h"

#include "leak_kit.h"

#define BLOCK (1 << 20)
/* Larger than any file a test makes, and than any memory but the sanitizer's
 * own, which is terabytes of nothing. */
#define LARGEST (64 << 20)
#define LONGEST 64 /* of a word: kept from one block to the next */
/* Noise has so many readable characters in a row once in ten thousand runs. */
#define READABLE 18

void
leak_word(char *out, size_t size, const char *head)
{
	size_t n = strlen(head);

	(void)snprintf(out, size, "%s", head);
	while (n < strlen(head) + 12 && n + 1 < size)
		out[n++] = (char)('a' + random() % 26);
	out[n] = '\0';
}

static const char *
find_word(const char *p, size_t n, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (memmem(p, n, words[i], strlen(words[i])) != NULL)
			return words[i];
	return NULL;
}

/* at < 0: from where the descriptor stands; else n bytes from there. */
static const char *
scan_fd(int fd, off_t at, size_t n, const char *const *words)
{
	static char block[LONGEST + BLOCK];
	const char *found = NULL;
	size_t kept = 0, want;
	ssize_t got;

	while (found == NULL && n > 0) {
		want = n < BLOCK ? n : BLOCK;
		got = at < 0 ? read(fd, block + kept, want)
			     : pread(fd, block + kept, want, at);
		if (got <= 0)
			break;
		found = find_word(block, kept + (size_t)got, words);
		n -= (size_t)got;
		at += at < 0 ? 0 : got;
		want = kept + (size_t)got;
		kept = want < LONGEST ? want : LONGEST;
		memmove(block, block + want - kept, kept);
	}
	/* The words themselves are in this program's memory. */
	memset(block, 0, sizeof(block));
	return found;
}

static void
scan_path(const char *path, const char *const *words, struct leak_found *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd == -1)
		return;
	f->files++;
	if (f->what == NULL &&
	    (f->what = scan_fd(fd, -1, SIZE_MAX, words)) != NULL)
		(void)snprintf(f->where, sizeof(f->where), "%s", path);
	(void)close(fd);
}

/* --- files ---------------------------------------------------------------------- */
/* nftw() hands nothing through. */
static struct {
	time_t since;
	const char *const *words;
	struct leak_found *found;
} walk;

static int
each_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	static const char *const made_up[] = { "/proc", "/sys", "/dev/pts" };

	(void)ftw;
	if (type == FTW_D)
		for (size_t i = 0; i < 3; i++)
			if (strcmp(path, made_up[i]) == 0)
				return FTW_SKIP_SUBTREE;
	if (type == FTW_F && S_ISREG(st->st_mode) && st->st_size > 0 &&
	    st->st_size < LARGEST &&
	    (st->st_mtime >= walk.since || st->st_ctime >= walk.since))
		scan_path(path, walk.words, walk.found);
	return walk.found->what == NULL ? FTW_CONTINUE : FTW_STOP;
}

void
leak_scan_files(const char *top, time_t since, const char *const *words,
    struct leak_found *f)
{
	walk.since = since;
	walk.words = words;
	walk.found = f;
	if (f->what == NULL)
		(void)nftw(top, each_file, 64, FTW_PHYS | FTW_ACTIONRETVAL);
}

/*
 * Where a program leaves things, on purpose or not: its own directories,
 * temporary ones, logs, spools, cores, memory that looks like files.
 */
void
leak_scan_machine(time_t since, const char *const *words, struct leak_found *f)
{
	static const char *const places[] = { "/tmp", "/var/tmp", "/dev/shm",
		"/run", "/var/log", "/var/spool", "/var/crash", "/var/cache",
		"/var/lib", "." };
	const char *home = getenv("HOME");

	*f = (struct leak_found){ .what = NULL };
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		leak_scan_files(places[i], since, words, f);
	if (home != NULL)
		leak_scan_files(home, since, words, f);
}

/* --- processes ------------------------------------------------------------------ */
static void
scan_proc_dir(const char *dir, const char *const *words, struct leak_found *f)
{
	/* Memory has its own; these are numbers without an end. */
	static const char *const not_these[] = { "mem", "pagemap", "clear_refs",
		"kpagecount" };
	char path[512], target[512];
	struct dirent *e;
	struct stat st;
	DIR *d = opendir(dir);
	ssize_t n;

	while (d != NULL && (e = readdir(d)) != NULL) {
		bool skip = false;

		for (size_t i = 0; i < 4; i++)
			skip = skip || strcmp(e->d_name, not_these[i]) == 0;
		(void)snprintf(path, sizeof(path), "%.200s/%s", dir, e->d_name);
		if (skip || lstat(path, &st) == -1)
			continue;
		if (S_ISREG(st.st_mode))
			scan_path(path, words, f);
		n = S_ISLNK(st.st_mode) ? readlink(path, target, sizeof(target))
					: -1;
		if (n > 0 && f->what == NULL &&
		    (f->what = find_word(target, (size_t)n, words)) != NULL)
			(void)snprintf(f->where, sizeof(f->where), "%s", path);
	}
	if (d != NULL)
		(void)closedir(d);
}

void
leak_scan_proc(pid_t pid, const char *const *words, struct leak_found *f)
{
	char dir[64];

	*f = (struct leak_found){ .what = NULL };
	(void)snprintf(dir, sizeof(dir), "/proc/%d", (int)pid);
	scan_proc_dir(dir, words, f);
	(void)snprintf(dir, sizeof(dir), "/proc/%d/fd", (int)pid);
	scan_proc_dir(dir, words, f);
	(void)snprintf(
	    dir, sizeof(dir), "/proc/%d/task/%d", (int)pid, (int)pid);
	scan_proc_dir(dir, words, f);
}

/* Files that are open for writing, other than in dir. */
void
leak_only_writes_in(pid_t pid, const char *dir)
{
	char path[64], link[300], target[512];
	struct dirent *e;
	struct stat st;
	ssize_t n;
	DIR *d;

	(void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	d = opendir(path);
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		(void)snprintf(
		    link, sizeof(link), "%s/%.200s", path, e->d_name);
		n = readlink(link, target, sizeof(target) - 1);
		if (n <= 0 || stat(link, &st) == -1 || !S_ISREG(st.st_mode))
			continue;
		target[n] = '\0';
		/* The mode of the link is how it was opened. */
		if (lstat(link, &st) == 0 && (st.st_mode & S_IWUSR) != 0 &&
		    strncmp(target, dir, strlen(dir)) != 0)
			fail_msg("%s is open for writing", target);
	}
	(void)closedir(d);
}

void
leak_scan_memory(pid_t pid, const char *const *words, struct leak_found *f)
{
	char path[64], line[1024], mode[8];
	unsigned long from, to;
	FILE *maps;
	int fd;

	*f = (struct leak_found){ .what = NULL };
	(void)snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_int_not_equal(fd, -1);
	(void)snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	maps = fopen(path, "r");
	assert_non_null(maps);
	while (f->what == NULL && fgets(line, sizeof(line), maps) != NULL) {
		if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) != 3 ||
		    mode[0] != 'r' || mode[1] != 'w' || to - from > LARGEST)
			continue;
		f->files++;
		f->what = scan_fd(fd, (off_t)from, to - from, words);
		if (f->what != NULL)
			(void)snprintf(f->where, sizeof(f->where), "%s", line);
	}
	(void)fclose(maps);
	(void)close(fd);
}

/* --- terminals -------------------------------------------------------------------- */
size_t
leak_strings(const char *p, size_t n)
{
	size_t found = 0;

	for (size_t i = 0; i + 1 < n; i++)
		if (p[i] == '\033' && strchr("]P_^X", p[i + 1]) != NULL &&
		    p[i + 1] != '\0')
			found++;
	return found;
}

/* --- files that look like noise ------------------------------------------------------ */
static unsigned char *
read_file(int at, const char *name, size_t *n)
{
	int fd = openat(at, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	unsigned char *p;
	FILE *f;

	assert_true(fd >= 0);
	f = fdopen(fd, "r");
	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	p = xcalloc((size_t)st.st_size + 1, 1);
	*n = fread(p, 1, (size_t)st.st_size, f);
	(void)fclose(f);
	return p;
}

static bool
ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && strcmp(name + n - m, end) == 0;
}

static void
check_noise(const char *name, const unsigned char *p, size_t n)
{
	uLongf packed = compressBound((uLong)n);
	unsigned char *out = xcalloc(packed, 1);

	assert_int_equal(compress2(out, &packed, p, (uLong)n, 9), Z_OK);
	if (packed * 100 < n * 99)
		fail_msg("%s: %zu bytes compress to %lu", name, n, packed);
	free(out);
}

static void
check_unreadable(const char *name, const unsigned char *p, size_t n)
{
	size_t run = 0;

	for (size_t i = 0; i < n; i++) {
		run = isprint(p[i]) ? run + 1 : 0;
		if (run == READABLE)
			fail_msg("%s: \"%.*s\" can be read", name, READABLE,
			    (const char *)p + i + 1 - READABLE);
	}
}

/* Every file below dir, or only what can be read in it. */
static size_t
look_into(int at, const char *dir, bool in_use)
{
	int fd = openat(at, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t n, sealed = 0;
	struct dirent *e;
	struct stat st;
	unsigned char *p;
	DIR *d;

	assert_true(fd >= 0);
	d = fdopendir(fd);
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0 ||
		    fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
			continue;
		if (S_ISDIR(st.st_mode)) {
			sealed += look_into(fd, e->d_name, in_use);
			continue;
		}
		assert_true(S_ISREG(st.st_mode));
		if (st.st_size == 0)
			continue;
		p = read_file(fd, e->d_name, &n);
		/*
		 * The engine's index of the log: which page is where in it,
		 * in the clear, and nothing of what is on a page.  It is
		 * there while somebody is in, and goes with the last.
		 */
		if (ends_in(e->d_name, "-shm") && in_use) {
			check_unreadable(e->d_name, p, n);
		} else {
			check_noise(e->d_name, p, n);
			sealed++;
		}
		free(p);
	}
	(void)closedir(d);
	return sealed;
}

size_t
leak_noise(const char *dir, bool in_use)
{
	return look_into(AT_FDCWD, dir, in_use);
}
