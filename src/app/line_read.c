/* SPDX-License-Identifier: ISC */
/* Reading lines while the timers of a session run on. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "app/line_inside.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include "ui/wrap.h"

#define COLUMNS 80 /* where the terminal does not say */
#define LINE_MAX_BYTES 65536 /* as a paste */
/* A terminal that hands over whole lines keeps no more of one (Linux, n_tty:
 * 4096 with the line's end) and throws the rest away. */
#define TTY_LINE_BYTES 4095

static void
put(const char *s, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, s, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return; /* the next read finds the line gone */
		s += n;
		len -= (size_t)n;
	}
}

/* The terminal's width, as it is now. */
static int
columns(void)
{
	struct winsize ws;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0
		   ? ws.ws_col
		   : COLUMNS;
}

/* Broken at words: a terminal would break where its edge is. */
void
line_say(void *arg, const char *text)
{
	size_t len = strlen(text);
	int cols = columns();

	(void)arg;
	do {
		struct wrap_line l = wrap_next(text, len, cols);
		size_t shown = l.len;

		/* A space that hangs over the edge is an empty line there. */
		while (l.next < len && shown > 0 && text[shown - 1] == ' ')
			shown--;
		put(text, shown);
		put("\n", 1);
		text += l.next;
		len -= l.next;
	} while (len > 0);
}

void
line_message(struct line *l)
{
	struct buf b;

	if (router_message(l->app->router)[0] == '\0')
		return;
	buf_init(&b);
	buf_add_str(&b, "* ");
	utf8_safe(&b, router_message(l->app->router),
	    strlen(router_message(l->app->router)), false);
	line_say(l, b.data);
	buf_done(&b);
	router_hush(l->app->router);
}

static void
echo(bool on)
{
	struct termios t;

	if (tcgetattr(STDIN_FILENO, &t) < 0)
		return;
	if (on)
		t.c_lflag |= (tcflag_t)ECHO;
	else
		t.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &t);
}

static void
gone(struct line *l)
{
	router_last_drafts(l->app->router);
	app_end(l->app, ENDED_HUNG_UP);
}

static void
signals(struct line *l)
{
	int sig;

	while ((sig = signals_next(l->signal_fd)) != 0) {
		if (sig == SIGHUP || sig == SIGTERM)
			gone(l);
		else
			router_act(l->app->router,
			    sig == SIGINT ? ACT_CANCEL : ACT_BLANK);
		l->away = true;
	}
}

/* What a form holds was typed by prompts: let drafts know. */
static void
note_typing(struct line *l)
{
	struct view *v = router_top(l->app->router);

	if (v == NULL || v->screen->form == NULL)
		return;
	formview_note(v);
	if (v->dirty)
		slot_of(v)->touched = true;
}

/* Of a line that never ends the rest is thrown away, but not its end. */
static void
take_in(struct line *l, const char *bytes, size_t n)
{
	const char *end = memchr(bytes, '\n', n);

	if (l->in.len < LINE_MAX_BYTES) {
		buf_add(&l->in, bytes, n);
		return;
	}
	l->cut = true;
	if (end != NULL)
		buf_add(&l->in, end, n - (size_t)(end - bytes));
}

/* Wait for bytes or for a timer; returns the bytes of a read. */
static void
wait_and_read(struct line *l)
{
	struct pollfd p[2] = { { .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = l->signal_fd, .events = POLLIN } };
	char bytes[512];
	ssize_t n;
	int wait;

	wait = timers_wait(l->app, &l->timers);
	if (l->app->session != NULL && !session_idle(l->app->session))
		die("a statement is open while waiting for a line");
	l->app->now->ready = true;
	n = poll(p, 2, wait);
	app_turn(l->app);
	if (n == 0 && timers_run(l->app, &l->timers))
		line_message(l);
	if (p[1].revents != 0)
		signals(l);
	if (p[0].revents == 0 || l->app->ending)
		return;
	n = read(STDIN_FILENO, bytes, sizeof(bytes));
	if (n > 0) {
		l->timers.last_key = l->app->boot;
		take_in(l, bytes, (size_t)n);
		wipe(bytes, sizeof(bytes));
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		gone(l);
	}
}

/* A line that is waiting already. */
static bool
take_line(struct line *l, struct buf *out)
{
	char *end = memchr(l->in.data, '\n', l->in.len);
	size_t len;

	if (end == NULL)
		return false;
	len = (size_t)(end - l->in.data);
	l->cut |= len >= TTY_LINE_BYTES && isatty(STDIN_FILENO);
	buf_add(out, l->in.data, len);
	/* Wiped before the rest moves down over it: it may be a passphrase. */
	wipe(l->in.data, len);
	buf_splice(&l->in, 0, len + 1, "", 0);
	return true;
}

/* What hides the screen works at every question. */
static bool
hides(struct line *l, const char *text)
{
	enum action a = text[0] == ':' ? action_from_name(text + 1) : ACT_NONE;

	if (a != ACT_LOCK && a != ACT_BLANK && a != ACT_SWITCH)
		return false;
	router_act(l->app->router, a);
	return true;
}

/* What of a line is not there is said, and nothing that cannot be shown goes
 * into a record. */
static void
clean(struct line *l, struct buf *text, size_t from)
{
	struct buf b, said;
	size_t lost = 0;

	buf_init(&b);
	buf_init(&said);
	utf8_clean(&b, text->data + from, text->len - from, false, &lost);
	buf_splice(text, from, text->len - from, b.data, b.len);
	if (l->cut)
		line_say(l,
		    _("* This line was too long for the terminal: its end is "
		      "lost. Give the rest in lines of its own, or begin "
		      "again."));
	l->cut = false;
	if (lost > 0) {
		buf_addf(&said,
		    ngettext("* %zu character that cannot be shown was left "
			     "out.",
			"* %zu characters that cannot be shown were left out.",
			lost),
		    lost);
		line_say(l, said.data);
	}
	buf_done(&said);
	buf_done(&b);
}

int
line_ask(void *arg, const char *prompt, bool secret, struct buf *out)
{
	struct line *l = arg;
	const struct view *top = router_top(l->app->router);
	size_t from = out->len;
	bool got = false;

	l->away = false;
	note_typing(l); /* the answers before this question */
	/* Before the prompt: what is typed as soon as it shows is not shown. */
	if (secret)
		echo(false);
	put(prompt, strlen(prompt));
	while (!l->app->ending && !l->away && !(got = take_line(l, out))) {
		wait_and_read(l);
		/* A lock or a blank came up by itself. */
		l->away |= router_top(l->app->router) != top;
	}
	if (secret) {
		echo(true);
		put("\n", 1);
	}
	/* A passphrase is taken as it came; the vault has its own rule. */
	if (got && !secret)
		clean(l, out, from);
	if (got && hides(l, out->data))
		l->away = true;
	return got && !l->away && !l->app->ending ? 0 : -1;
}
