/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <langinfo.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "vault/crypto.h"
#include "vault/harden.h"

#define MOST_FILES 256
/* The dearest keyring slot costs 1 GiB (KDF_MIB_MAX); as much again for all
 * else. */
#define MOST_MEMORY (UINT64_C(2) << 30)
/* Many times the vault of a million cases (5 GB): a file that grows past it
 * grows by mistake, and the disk is shared. */
#define MOST_FILE (UINT64_C(256) << 30)
#define MOST_KEPT 16
#define SSH_AUTH_MOST 16384 /* bytes of sshd's file */

/*
 * Terminals the program is tested on or that answer to the same entries.
 * Whoever connects by SSH chooses TERM, so it is looked up here and never
 * used as part of a file's name.
 */
static const char *const terminals[] = { "xterm-256color", "xterm",
	"xterm-kitty", "xterm-direct", "screen-256color", "screen",
	"tmux-256color", "tmux", "linux", "vt100", "vt102", "vt220", "ansi",
	"rxvt", "rxvt-unicode", "rxvt-unicode-256color", "rxvt-256color",
	"putty", "putty-256color", "konsole", "konsole-256color", "gnome",
	"gnome-256color", "vte", "vte-256color", "alacritty", "foot", "st",
	"st-256color", "kitty", "wezterm", "mintty", "cygwin", "dumb",
	"xterm-mono" };

static int
kernel_err(struct err *e, const char *what)
{
	return err_set(e, ERR_IO,
	    _("amparo could not protect itself on this machine (%s: %s) and "
	      "stopped. Ask whoever looks after it."),
	    what, file_why(errno));
}

const char *
harden_term(const char *term)
{
	for (size_t i = 0; i < sizeof(terminals) / sizeof(terminals[0]); i++) {
		if (term != NULL && strcmp(term, terminals[i]) == 0)
			return terminals[i];
	}
	return "vt100";
}

const char *
harden_ssh_key(const struct environment *env)
{
	return env->ssh_client[0] == '\0' ? NULL : env->ssh_key;
}

/* A value that does not fit whole, or could steer a terminal, is none. */
static void
read_var(const char *name, char *out, size_t size)
{
	const char *v = getenv(name);
	size_t len = v == NULL ? 0 : strlen(v);

	out[0] = '\0';
	if (len == 0 || len >= size)
		return;
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)v[i] < 0x20 || v[i] == 0x7f)
			return;
	}
	memcpy(out, v, len + 1);
}

/* The first of the usual variables that says anything: "es_ES.UTF-8:fr" is
 * "es_ES", and C and POSIX are no language. */
static void
read_language(char *out, size_t size)
{
	static const char *const names[] = { "LANGUAGE", "LC_ALL",
		"LC_MESSAGES", "LANG" };
	char v[64];

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		read_var(names[i], v, sizeof(v));
		if (v[0] == '\0')
			continue;
		v[strcspn(v, ".:@")] = '\0';
		if (i18n_code_valid(v))
			(void)snprintf(out, size, "%.10s", v);
		return;
	}
}

/* "publickey ssh-ed25519 AAAA...": sshd writes a line for each method that
 * was used.  The fingerprint is the hash of what the letters stand for. */
static void
read_ssh_key(char *out, size_t size)
{
	static const char method[] = "publickey ";
	char path[256];
	struct err e = { .kind = ERR_NONE };
	struct buf file;
	const char *line;

	out[0] = '\0';
	read_var("SSH_USER_AUTH", path, sizeof(path));
	if (path[0] != '/')
		return;
	buf_init(&file);
	if (file_read(path, SSH_AUTH_MOST, true, &file, &e) == 0) {
		line = file.data;
		while (line != NULL &&
		       strncmp(line, method, strlen(method)) != 0) {
			line = strchr(line, '\n');
			line = line == NULL ? NULL : line + 1;
		}
		if (line == NULL ||
		    !ssh_fingerprint(line + strlen(method), out, size))
			out[0] = '\0';
	}
	buf_done(&file);
}

static void
read_tty(char *out, size_t size)
{
	out[0] = '\0';
	if (ttyname_r(STDIN_FILENO, out, size) != 0)
		out[0] = '\0';
}

static int
set_locale(struct err *e)
{
	static const char *const names[] = { "C.UTF-8", "C.utf8", "en_US.UTF-8",
		"en_GB.UTF-8" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (setlocale(LC_ALL, names[i]) == NULL ||
		    strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
			continue;
		if (setenv("LANG", names[i], 1) != 0 ||
		    setenv("LC_ALL", names[i], 1) != 0)
			return kernel_err(e, "setenv");
		return 0;
	}
	return err_set(e, ERR_IO,
	    _("This machine has no UTF-8 locale, so names could not be shown. "
	      "Install one (C.UTF-8)."));
}

int
harden_environment(struct environment *env, struct err *e)
{
	const char *no_color;
	/* Test builds let the clock and the seed through; see base/clock.h. */
#ifdef AMPARO_TEST
	char now[32], seed[32];

	read_var("AMPARO_NOW", now, sizeof(now));
	read_var("AMPARO_SEED", seed, sizeof(seed));
#endif
	*env = (struct environment){ .no_color = false };
	(void)snprintf(
	    env->term, sizeof(env->term), "%s", harden_term(getenv("TERM")));
	no_color = getenv("NO_COLOR");
	env->no_color = no_color != NULL && *no_color != '\0';
	read_var("SSH_CONNECTION", env->ssh_client, sizeof(env->ssh_client));
	env->ssh_client[strcspn(env->ssh_client, " ")] = '\0';
	read_ssh_key(env->ssh_key, sizeof(env->ssh_key));
	read_language(env->language, sizeof(env->language));
	read_var("SSH_TTY", env->ssh_tty, sizeof(env->ssh_tty));
	read_var("AMPARO_VAULT", env->vault, sizeof(env->vault));
	read_var("HOME", env->home, sizeof(env->home));
	read_var("USER", env->user, sizeof(env->user));
	read_tty(env->tty, sizeof(env->tty));
	if (clearenv() != 0 || setenv("TERM", env->term, 1) != 0 ||
	    setenv("PATH", "/nonexistent", 1) != 0 ||
	    setenv("HOME", "/nonexistent", 1) != 0 ||
	    setenv("OPENSSL_CONF", "/dev/null", 1) != 0)
		return kernel_err(e, "setenv");
#ifdef AMPARO_TEST
	if ((now[0] != '\0' && setenv("AMPARO_NOW", now, 1) != 0) ||
	    (seed[0] != '\0' && setenv("AMPARO_SEED", seed, 1) != 0))
		return kernel_err(e, "setenv");
#endif
	return set_locale(e);
}

/* Descriptors 0, 1 and 2 exist, so that no file of ours ever becomes one. */
static int
fill_standard(struct err *e)
{
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		/* The lowest free number is this one, and it stays open; of
		 * open() gcc 13's analyzer would have it closed. */
		if (openat(AT_FDCWD, "/dev/null", O_RDWR) != fd)
			return kernel_err(e, "/dev/null");
	}
	return 0;
}

static int
close_others(const int *keep, size_t nkeep, struct err *e)
{
	unsigned from = 3;

	if (nkeep > MOST_KEPT)
		return err_set(e, ERR_INPUT, _("Too many open files to keep."));
	/* Close the gaps between what is kept, in rising order. */
	for (;;) {
		unsigned next = ~0U;

		for (size_t i = 0; i < nkeep; i++) {
			if (keep[i] >= (int)from && (unsigned)keep[i] < next)
				next = (unsigned)keep[i];
		}
		if (next > from &&
		    close_range(from, next == ~0U ? ~0U : next - 1, 0) != 0)
			return kernel_err(e, "close_range");
		if (next == ~0U)
			return 0;
		from = next + 1;
	}
}

static int
limit(int what, rlim_t most, struct err *e)
{
	struct rlimit now;

	if (getrlimit(what, &now) != 0)
		return kernel_err(e, "getrlimit");
	/* Never wider than what was set from outside. */
	if (now.rlim_max < most)
		most = now.rlim_max;
	now.rlim_cur = now.rlim_max = most;
	return setrlimit(what, &now) == 0 ? 0 : kernel_err(e, "setrlimit");
}

int
harden_process(const int *keep, size_t nkeep, struct err *e)
{
	if (fill_standard(e) != 0 || close_others(keep, nkeep, e) != 0)
		return -1;
	(void)umask(077);
	if (chdir("/") != 0)
		return kernel_err(e, "chdir");
	if (limit(RLIMIT_CORE, 0, e) != 0 ||
	    limit(RLIMIT_NOFILE, MOST_FILES, e) != 0 ||
	    limit(RLIMIT_FSIZE, MOST_FILE, e) != 0)
		return -1;
#if !defined(__SANITIZE_ADDRESS__)
	/*
	 * Not under AddressSanitizer: its shadow reserves terabytes of address
	 * space, and LeakSanitizer attaches to the process with ptrace(),
	 * which is exactly what "not dumpable" forbids.
	 */
	if (limit(RLIMIT_AS, MOST_MEMORY, e) != 0)
		return -1;
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return kernel_err(e, "PR_SET_DUMPABLE");
#endif
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return kernel_err(e, "PR_SET_NO_NEW_PRIVS");
	/* A file at its limit is a full disk (EFBIG), not the end of us. */
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR ||
	    signal(SIGXFSZ, SIG_IGN) == SIG_ERR)
		return kernel_err(e, "signal");
	return 0;
}

int
harden_child(pid_t parent, struct err *e)
{
	if (prctl(PR_SET_PDEATHSIG, SIGHUP, 0, 0, 0) != 0)
		return kernel_err(e, "PR_SET_PDEATHSIG");
	/* It may have died before the line above. */
	if (getppid() != parent) {
		errno = ESRCH;
		return kernel_err(e, "getppid");
	}
	return 0;
}
