/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "ui/key.h"
#include "vt.h"
#include "vt_impl.h"

#define MOST_OPEN 8
#define CLOSE_MS 3000

/* Those open now, so that a wait for one keeps the others from standing still
 * on a full pty.  A test program has one thread. */
static struct vt **
open_list(void)
{
	static struct vt *list[MOST_OPEN];

	return list;
}

/* --- starting and ending -------------------------------------------------- */

static bool
same_name(const char *a, const char *b)
{
	size_t n = strcspn(a, "=");

	return strncmp(a, b, n) == 0 && b[n] == '=';
}

/* The environment; entries of extra take the place of the same name's. */
static char **
make_env(const char *const *extra)
{
	static const char *const kept[] = { "PATH", "ASAN_OPTIONS",
		"UBSAN_OPTIONS", "LSAN_OPTIONS", "TMPDIR" };
	size_t n = 0, more = 0;
	char **env;
	struct buf b;

	while (extra != NULL && extra[more] != NULL)
		more++;
	env = xcalloc(more + 11, sizeof(*env));
	env[n++] = xstrdup("TERM=xterm-256color");
	env[n++] = xstrdup("LANG=C.UTF-8");
	/* Every statement of every walk is looked at (store/db_plan.h). */
	env[n++] = xstrdup("AMPARO_PLANS=check");
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		if (getenv(kept[i]) == NULL)
			continue;
		buf_init(&b);
		buf_addf(&b, "%s=%s", kept[i], getenv(kept[i]));
		env[n++] = buf_detach(&b);
	}
	for (size_t i = 0; i < more; i++) {
		for (size_t j = 0; j < n; j++) {
			if (!same_name(extra[i], env[j]))
				continue;
			free(env[j]);
			env[j--] = env[--n];
			env[n] = NULL;
		}
		if (extra[i][strcspn(extra[i], "=") + 1] != '\0')
			env[n++] = xstrdup(extra[i]);
	}
	return env;
}

static void
free_env(char **env)
{
	for (size_t i = 0; env[i] != NULL; i++)
		free(env[i]);
	free(env);
}

static void
child(const struct vt_options *o, char **env)
{
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	for (int s = 1; s < NSIG; s++)
		(void)signal(s, SIG_DFL);
	if (o->ignore_hup)
		(void)signal(SIGHUP, SIG_IGN);
	/* exec wants what nobody here changes. */
	(void)execve(o->argv[0], (char *const *)(uintptr_t)o->argv, env);
	_exit(127);
}

static void
on_output(const char *s, size_t n, void *arg)
{
	struct vt *vt = arg;

	buf_add(&vt->reply, s, n);
}

static int
on_prop(VTermProp prop, VTermValue *v, void *arg)
{
	struct vt *vt = arg;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		vt->cursor_visible = v->boolean;
	else if (prop == VTERM_PROP_ALTSCREEN)
		vt->alt_screen = v->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_prop };

static void
start_screen(struct vt *vt)
{
	vt->vterm = vterm_new(vt->rows, vt->cols);
	vterm_set_utf8(vt->vterm, 1);
	vterm_output_set_callback(vt->vterm, on_output, vt);
	vt->screen = vterm_obtain_screen(vt->vterm);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_reset(vt->screen, 1);
	vt->cursor_visible = true;
}

struct vt *
vt_open(const struct vt_options *o)
{
	struct vt *vt = xcalloc(1, sizeof(*vt)), **list = open_list();
	struct winsize ws = { .ws_row = 24, .ws_col = 80 };
	char **env = make_env(o->env);
	size_t i = 0;

	if (o->rows > 0)
		ws.ws_row = (unsigned short)o->rows;
	if (o->cols > 0)
		ws.ws_col = (unsigned short)o->cols;
	vt->rows = ws.ws_row;
	vt->cols = ws.ws_col;
	while (i < MOST_OPEN && list[i] != NULL)
		i++;
	vt->pid = i == MOST_OPEN ? -1 : forkpty(&vt->master, NULL, NULL, &ws);
	if (vt->pid == 0)
		child(o, env);
	free_env(env);
	if (vt->pid == -1) {
		free(vt);
		return NULL;
	}
	list[i] = vt;
	/* Another program must not keep this one's line open. */
	(void)fcntl(vt->master, F_SETFD, FD_CLOEXEC);
	(void)fcntl(vt->master, F_SETFL, O_NONBLOCK);
	vt->pidfd = pidfd_open(vt->pid, 0);
	buf_init(&vt->stream);
	buf_init(&vt->text);
	buf_init(&vt->reply);
	start_screen(vt);
	return vt;
}

pid_t
vt_pid(const struct vt *vt)
{
	return vt->pid;
}

static void
reap(struct vt *vt)
{
	if (!vt->reaped && waitpid(vt->pid, &vt->status, WNOHANG) == vt->pid)
		vt->reaped = true;
}

void
vt_hangup(struct vt *vt)
{
	if (vt->master != -1)
		(void)close(vt->master);
	vt->master = -1;
}

void
vt_close(struct vt *vt)
{
	struct vt **list = open_list();

	if (vt == NULL)
		return;
	vt_hangup(vt);
	if (!vt->reaped) {
		struct pollfd p = { .fd = vt->pidfd, .events = POLLIN };

		(void)kill(vt->pid, SIGHUP);
		(void)poll(&p, 1, CLOSE_MS);
		reap(vt);
	}
	if (!vt->reaped) {
		(void)kill(vt->pid, SIGKILL);
		(void)waitpid(vt->pid, &vt->status, 0);
	}
	(void)close(vt->pidfd);
	vterm_free(vt->vterm);
	buf_done(&vt->stream);
	buf_done(&vt->text);
	buf_done(&vt->reply);
	for (size_t i = 0; i < MOST_OPEN; i++) {
		if (list[i] == vt)
			list[i] = NULL;
	}
	free(vt);
}

/* --- reading and waiting -------------------------------------------------- */

static void
flush_reply(struct vt *vt)
{
	struct buf b = vt->reply;

	buf_init(&vt->reply);
	vt_send_bytes(vt, b.data, b.len);
	buf_done(&b);
}

/* Everything that is there; true when there was something. */
static bool
take(struct vt *vt)
{
	char bytes[16384];
	bool any = false;
	ssize_t n;

	while (vt->master != -1) {
		n = read(vt->master, bytes, sizeof(bytes));
		if (n > 0) {
			buf_add(&vt->stream, bytes, (size_t)n);
			(void)vterm_input_write(vt->vterm, bytes, (size_t)n);
			any = true;
		} else if (n == -1 && errno == EINTR) {
			continue;
		} else if (n == -1 && errno == EAGAIN) {
			break;
		} else {
			/* EIO: no program has the line any more. */
			vt_hangup(vt);
		}
	}
	vterm_screen_flush_damage(vt->screen);
	return any;
}

void
vt_pump(struct vt *vt)
{
	if (take(vt))
		flush_reply(vt);
	reap(vt);
}

/* Wait for anything of any program, at most ms; then read all. */
static void
turn(int ms)
{
	struct vt **list = open_list();
	struct pollfd p[MOST_OPEN * 2];
	nfds_t n = 0;

	for (size_t i = 0; i < MOST_OPEN; i++) {
		if (list[i] == NULL)
			continue;
		if (list[i]->master != -1)
			p[n++] = (struct pollfd){ .fd = list[i]->master,
				.events = POLLIN };
		if (!list[i]->reaped)
			p[n++] = (struct pollfd){ .fd = list[i]->pidfd,
				.events = POLLIN };
	}
	(void)poll(p, n, ms);
	for (size_t i = 0; i < MOST_OPEN; i++) {
		if (list[i] != NULL)
			vt_pump(list[i]);
	}
}

#define WHOLE_MS 60 /* a picture comes in one go */

bool
vt_wait_for(struct vt *vt, bool (*fn)(struct vt *, void *), void *arg, int ms)
{
	int64_t end = clock_boot() + ms;

	vt_pump(vt);
	for (;;) {
		int64_t left = end - clock_boot();

		if (fn(vt, arg))
			return true;
		/* A program that is gone will say nothing more. */
		if (left <= 0 || (vt->reaped && vt->master == -1))
			return false;
		turn((int)left);
	}
}

static bool
has_text(struct vt *vt, void *arg)
{
	return vt_has(vt, arg);
}

static bool
has_not(struct vt *vt, void *arg)
{
	return !vt_has(vt, arg);
}

bool
vt_wait_text(struct vt *vt, const char *text, int ms)
{
	return vt_wait_for(vt, has_text, (void *)(uintptr_t)text, ms);
}

bool
vt_wait_gone(struct vt *vt, const char *text, int ms)
{
	return vt_wait_for(vt, has_not, (void *)(uintptr_t)text, ms);
}

struct in_row {
	int row;
	const char *text;
};

static bool
row_has(struct vt *vt, void *arg)
{
	const struct in_row *w = arg;

	return strstr(vt_row(vt, w->row), w->text) != NULL;
}

bool
vt_wait_row(struct vt *vt, int row, const char *text, int ms)
{
	struct in_row w = { row, text };

	return vt_wait_for(vt, row_has, &w, ms);
}

static bool
has_ended(struct vt *vt, void *arg)
{
	(void)arg;
	return vt->reaped;
}

bool
vt_wait_exit(struct vt *vt, int ms, int *status)
{
	if (!vt_wait_for(vt, has_ended, NULL, ms) && !vt->reaped)
		return false;
	/* Its last words may still be on the line. */
	vt_pump(vt);
	if (status != NULL)
		*status = vt->status;
	return true;
}

bool
vt_wait_quiet(struct vt *vt, int quiet_ms, int ms)
{
	int64_t end = clock_boot() + ms, since = clock_boot();
	size_t seen;

	vt_pump(vt);
	seen = vt->stream.len;
	while (clock_boot() < end && !vt->reaped) {
		int64_t left = since + quiet_ms - clock_boot();

		if (left <= 0)
			return true;
		turn((int)left);
		if (vt->stream.len != seen) {
			seen = vt->stream.len;
			since = clock_boot();
		}
	}
	return vt->reaped;
}

const char *
vt_whole_text(struct vt *vt)
{
	(void)vt_wait_quiet(vt, WHOLE_MS, VT_WAIT_MS);
	return vt_screen_text(vt);
}

bool
vt_absent(struct vt *vt, const char *text)
{
	return strstr(vt_whole_text(vt), text) == NULL;
}

void
vt_expect_at(struct vt *vt, const char *text, const char *file, int line)
{
	if (vt_wait_text(vt, text, VT_WAIT_MS))
		return;
	print_error(
	    "%s:%d: never saw \"%s\"; the screen is:\n", file, line, text);
	vt_report(vt);
	_fail(file, line);
}

void
vt_expect_gone_at(struct vt *vt, const char *text, const char *file, int line)
{
	if (vt_wait_gone(vt, text, VT_WAIT_MS))
		return;
	print_error("%s:%d: \"%s\" stays; the screen is:\n", file, line, text);
	vt_report(vt);
	_fail(file, line);
}

/* --- doing ---------------------------------------------------------------- */

void
vt_send_bytes(struct vt *vt, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0 && vt->master != -1) {
		struct pollfd w = { .fd = vt->master,
			.events = POLLIN | POLLOUT };
		ssize_t did = write(vt->master, p, n);

		if (did > 0) {
			p += did;
			n -= (size_t)did;
		} else if (did == -1 && errno == EAGAIN) {
			/* It may be waiting for us to read. */
			(void)poll(&w, 1, VT_WAIT_MS);
			(void)take(vt);
		} else if (did == -1 && errno != EINTR)
			return;
	}
}

void
vt_send(struct vt *vt, const char *bytes)
{
	vt_send_bytes(vt, bytes, strlen(bytes));
}

void
vt_key(struct vt *vt, VTermKey key, VTermModifier mod)
{
	vterm_keyboard_key(vt->vterm, key, mod);
	flush_reply(vt);
}

static const struct {
	uint32_t code;
	VTermKey key;
	VTermModifier mod;
} keys[] = {
	{ K_UP, VTERM_KEY_UP, VTERM_MOD_NONE },
	{ K_DOWN, VTERM_KEY_DOWN, VTERM_MOD_NONE },
	{ K_LEFT, VTERM_KEY_LEFT, VTERM_MOD_NONE },
	{ K_RIGHT, VTERM_KEY_RIGHT, VTERM_MOD_NONE },
	{ K_HOME, VTERM_KEY_HOME, VTERM_MOD_NONE },
	{ K_END, VTERM_KEY_END, VTERM_MOD_NONE },
	{ K_PGUP, VTERM_KEY_PAGEUP, VTERM_MOD_NONE },
	{ K_PGDN, VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE },
	{ K_INSERT, VTERM_KEY_INS, VTERM_MOD_NONE },
	{ K_DELETE, VTERM_KEY_DEL, VTERM_MOD_NONE },
	{ K_BACKSPACE, VTERM_KEY_BACKSPACE, VTERM_MOD_NONE },
	{ K_ENTER, VTERM_KEY_ENTER, VTERM_MOD_NONE },
	{ K_TAB, VTERM_KEY_TAB, VTERM_MOD_NONE },
	{ K_BACKTAB, VTERM_KEY_TAB, VTERM_MOD_SHIFT },
	{ K_ESC, VTERM_KEY_ESCAPE, VTERM_MOD_NONE },
	{ K_WORD_LEFT, VTERM_KEY_LEFT, VTERM_MOD_CTRL },
	{ K_WORD_RIGHT, VTERM_KEY_RIGHT, VTERM_MOD_CTRL },
};

static void
press(struct vt *vt, uint32_t code)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (keys[i].code == code) {
			vt_key(vt, keys[i].key, keys[i].mod);
			return;
		}
	}
	if (code >= K_F1 && code <= K_F12) {
		vt_key(vt, (VTermKey)VTERM_KEY_FUNCTION((int)(code - K_F1) + 1),
		    VTERM_MOD_NONE);
	} else if (code > K_CTRL_BASE) {
		char c = (char)((code - K_CTRL_BASE) & 0x1f);

		vt_send_bytes(vt, &c, 1);
	} else {
		vterm_keyboard_unichar(vt->vterm, code, VTERM_MOD_NONE);
		flush_reply(vt);
	}
}

void
vt_keys(struct vt *vt, const char *names)
{
	char name[32];

	while (*names != '\0') {
		size_t n = strcspn(names, " ");
		uint32_t code;

		assert_true(n > 0 && n < sizeof(name));
		memcpy(name, names, n);
		name[n] = '\0';
		code = key_from_name(name);
		if (code == K_NONE)
			fail_msg("no key is called \"%s\"", name);
		press(vt, code);
		names += n + (names[n] == ' ');
	}
}

void
vt_paste(struct vt *vt, const char *text)
{
	vterm_keyboard_start_paste(vt->vterm);
	flush_reply(vt);
	vt_send(vt, text);
	vterm_keyboard_end_paste(vt->vterm);
	flush_reply(vt);
}

void
vt_resize(struct vt *vt, int rows, int cols)
{
	struct winsize ws = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols };

	/* What was sent for the old size belongs on the old screen. */
	vt_pump(vt);
	vt->rows = rows;
	vt->cols = cols;
	vterm_set_size(vt->vterm, rows, cols);
	(void)ioctl(vt->master, TIOCSWINSZ, &ws);
}

bool
vt_kill(struct vt *vt, int sig)
{
	return !vt->reaped && kill(vt->pid, sig) == 0;
}
