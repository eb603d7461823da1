/* SPDX-License-Identifier: ISC */
/*
 * curses draws, this file reads: input.h says why.  The picture is compared
 * twice, first by rows against what was painted last (so that an unchanged row
 * costs nothing), then by curses, which finds scrolls and the cheapest moves.
 */
#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/input.h"
#include "ui/term.h"
#include "ui/term_spare.h"

/* curses's own macros would read as ours. */
#undef timeout

#define READ_SIZE 4096
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

struct term {
	int in_fd, out_fd;
	FILE *in, *out;
	SCREEN *screen;
	const struct theme *theme;
	struct input input;
	struct canvas shown; /* what was painted last */
	bool fresh; /* nothing painted yet in this size */
	bool ascii, utf8, gone;
	int rows, cols, esc_ms;
	const char *notice;
	attr_t attrs[EL_COUNT];
	short pairs[EL_COUNT];
	sigset_t old_mask, read_mask;
	struct sigaction old_winch;
	bool own_winch;
};

/* There may have been two, to another size and back: the size is as before
 * and what the terminal shows is not. */
static volatile sig_atomic_t winch_came;

static void
on_winch(int sig)
{
	(void)sig;
	winch_came = 1;
}

static void
read_size(const struct term *t, int *rows, int *cols)
{
	struct winsize ws;

	*rows = 24;
	*cols = 80;
	if (ioctl(t->out_fd, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 &&
	    ws.ws_col > 0) {
		*rows = ws.ws_row;
		*cols = ws.ws_col;
	}
}

/* UTF-8 in any case but where the machine has no such locale at all. */
static void
choose_locale(struct term *t)
{
	(void)setlocale(LC_CTYPE, "");
	t->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (t->utf8)
		return;
	if (setlocale(LC_CTYPE, "C.UTF-8") != NULL ||
	    setlocale(LC_CTYPE, "C.utf8") != NULL) {
		t->utf8 = true;
		t->notice = _("This terminal's locale is not UTF-8; UTF-8 is "
			      "used all the same.");
		return;
	}
	t->ascii = true;
	t->notice = _("This machine has no UTF-8 locale: letters outside of "
		      "ASCII show as \"?\".");
}

static void
fill_attrs(struct term *t)
{
	for (int i = 0; i < EL_COUNT; i++) {
		const struct theme_attr *a =
		    theme_attr(t->theme, (enum element)i);

		t->attrs[i] = A_NORMAL;
		if (a->flags & TF_BOLD)
			t->attrs[i] |= A_BOLD;
		if (a->flags & TF_DIM)
			t->attrs[i] |= A_DIM;
		if (a->flags & TF_UNDERLINE)
			t->attrs[i] |= A_UNDERLINE;
		if (a->flags & TF_REVERSE)
			t->attrs[i] |= A_REVERSE;
		t->pairs[i] = 0;
		if (a->colour != THEME_DEFAULT && has_colors())
			t->pairs[i] = (short)(a->colour + 1);
	}
}

/* curses installs handlers that end the program in their own way. */
static const int curses_signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };
#define N_SIGNALS (sizeof(curses_signals) / sizeof(curses_signals[0]))

static SCREEN *
try_types(struct term *t, const char *type)
{
	const char *const types[] = { type, "xterm-256color", "vt100" };
	struct sigaction old[N_SIGNALS];
	SCREEN *s = NULL;

	for (size_t i = 0; i < N_SIGNALS; i++)
		(void)sigaction(curses_signals[i], NULL, &old[i]);
	for (size_t i = 0; i < 3 && s == NULL; i++) {
		s = newterm(types[i], t->out, t->in);
		if (s != NULL && i > 0)
			t->notice = _("This terminal's type (TERM) is not "
				      "known here; a common one is assumed.");
	}
	for (size_t i = 0; i < N_SIGNALS; i++)
		(void)sigaction(curses_signals[i], &old[i], NULL);
	if (s != NULL)
		term_spare_strings();
	return s;
}

static void
set_up(struct term *t)
{
	(void)set_term(t->screen);
	term_spare_writes(t->out);
	(void)raw();
	(void)noecho();
	(void)nonl();
	/* Never look at the input to put off output: reading is ours. */
	(void)typeahead(-1);
	(void)idlok(stdscr, TRUE);
	(void)leaveok(stdscr, FALSE);
	(void)scrollok(stdscr, FALSE);
	(void)curs_set(1);
	if (has_colors()) {
		(void)start_color();
		(void)use_default_colors();
		for (short i = 0; i < 8; i++)
			(void)init_pair((short)(i + 1), i, -1);
	}
	fill_attrs(t);
}

static void
watch_winch(struct term *t)
{
	struct sigaction sa = { .sa_handler = on_winch };
	sigset_t winch;

	(void)sigemptyset(&winch);
	(void)sigaddset(&winch, SIGWINCH);
	(void)sigprocmask(SIG_BLOCK, &winch, &t->old_mask);
	t->read_mask = t->old_mask;
	(void)sigdelset(&t->read_mask, SIGWINCH);
	(void)sigaction(SIGWINCH, NULL, &t->old_winch);
	if (t->old_winch.sa_handler == SIG_DFL ||
	    t->old_winch.sa_handler == SIG_IGN) {
		(void)sigaction(SIGWINCH, &sa, NULL);
		t->own_winch = true;
	}
}

/* A stream of our own on the same terminal: curses closes neither. */
static FILE *
stream(int fd, const char *mode)
{
	int copy = dup(fd);
	FILE *f;

	if (copy == -1)
		return NULL;
	f = fdopen(copy, mode);
	if (f == NULL)
		(void)close(copy);
	return f;
}

static void
close_streams(struct term *t)
{
	if (t->out != NULL)
		(void)fclose(t->out);
	if (t->in != NULL)
		(void)fclose(t->in);
}

static void
put_raw(struct term *t, const char *s)
{
	(void)fputs(s, t->out);
	(void)fflush(t->out);
}

struct term *
term_open(const struct term_options *o, struct err *e)
{
	struct term *t;

	if (!isatty(o->in) || !isatty(o->out)) {
		(void)err_set(e, ERR_IO,
		    _("This needs a terminal. Use --plain for prompts, line "
		      "by line."));
		return NULL;
	}
	t = xcalloc(1, sizeof(*t));
	t->in_fd = o->in;
	t->out_fd = o->out;
	t->theme = o->theme != NULL ? o->theme : theme_find(NULL);
	t->esc_ms = o->esc_ms > 0 ? o->esc_ms : TERM_ESC_MS;
	t->ascii = o->ascii;
	choose_locale(t);
	t->in = stream(o->in, "r");
	t->out = stream(o->out, "w");
	if (t->in != NULL && t->out != NULL)
		t->screen = try_types(t, o->type != NULL ? o->type : "vt100");
	if (t->screen == NULL) {
		close_streams(t);
		free(t);
		(void)err_set(e, ERR_IO,
		    _("This terminal cannot show full screens. Use --plain "
		      "for prompts, line by line."));
		return NULL;
	}
	set_up(t);
	input_init(&t->input);
	watch_winch(t);
	read_size(t, &t->rows, &t->cols);
	(void)resize_term(t->rows, t->cols);
	canvas_init(&t->shown, t->rows, t->cols, t->ascii);
	t->fresh = true;
	put_raw(t, PASTE_ON);
	return t;
}

void
term_close(struct term *t)
{
	if (t == NULL)
		return;
	(void)set_term(t->screen);
	/* Nothing of what was shown stays in curses's memory or, where there
	 * is no alternate screen, on the screen. */
	(void)werase(stdscr);
	(void)wrefresh(stdscr);
	(void)endwin();
	put_raw(t, PASTE_OFF);
	delscreen(t->screen);
	close_streams(t);
	input_done(&t->input);
	canvas_done(&t->shown);
	if (t->own_winch)
		(void)sigaction(SIGWINCH, &t->old_winch, NULL);
	(void)sigprocmask(SIG_SETMASK, &t->old_mask, NULL);
	free(t);
}

const char *
term_notice(const struct term *t)
{
	return t->notice;
}

bool
term_ascii(const struct term *t)
{
	return t->ascii;
}

void
term_size(const struct term *t, int *rows, int *cols)
{
	*rows = t->rows;
	*cols = t->cols;
}

bool
term_too_small(const struct term *t)
{
	return t->rows < TERM_MIN_ROWS || t->cols < TERM_MIN_COLS;
}

void
term_set_theme(struct term *t, const struct theme *theme)
{
	t->theme = theme;
	fill_attrs(t);
	t->fresh = true;
}

/* --- reading -------------------------------------------------------------- */

static bool
resized(struct term *t)
{
	bool told = winch_came != 0;
	int rows, cols;

	winch_came = 0;
	read_size(t, &rows, &cols);
	if (rows == t->rows && cols == t->cols && !told)
		return false;
	t->rows = rows;
	t->cols = cols;
	(void)set_term(t->screen);
	(void)resize_term(rows, cols);
	canvas_resize(&t->shown, rows, cols);
	/* What a terminal keeps of the old picture, and where, is its own
	 * affair (some move lines up, some wrap them): all is sent again. */
	(void)clearok(curscr, TRUE);
	t->fresh = true;
	return true;
}

/* What is there; at the end of the line, t->gone. */
static void
take(struct term *t)
{
	char bytes[READ_SIZE];
	ssize_t n = read(t->in_fd, bytes, sizeof(bytes));

	if (n > 0)
		input_feed(&t->input, bytes, (size_t)n);
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		t->gone = true;
	wipe(bytes, sizeof(bytes));
}

static int
wait_for(struct term *t, int ms, struct pollfd *extra, size_t n, short *revents)
{
	struct pollfd *fds = xcalloc(n + 1, sizeof(*fds));
	struct timespec ts = { .tv_sec = ms / 1000,
		.tv_nsec = (long)(ms % 1000) * 1000000 };
	int got;

	fds[0] = (struct pollfd){ .fd = t->in_fd, .events = POLLIN };
	if (n > 0)
		memcpy(fds + 1, extra, n * sizeof(*fds));
	got = ppoll(fds, n + 1, ms < 0 ? NULL : &ts, &t->read_mask);
	*revents = got > 0 ? fds[0].revents : 0;
	for (size_t i = 0; i < n; i++)
		extra[i].revents = got > 0 ? fds[i + 1].revents : 0;
	free(fds);
	return got;
}

static bool
any_ready(const struct pollfd *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i].revents != 0)
			return true;
	}
	return false;
}

void
term_read(struct term *t, int timeout_ms, struct pollfd *extra, size_t n,
    struct key *k)
{
	int64_t end = timeout_ms < 0 ? 0 : clock_boot() + timeout_ms;

	for (;;) {
		bool waiting;
		short revents;
		int ms = -1, got;

		*k = (struct key){ .code = K_HANGUP };
		if (t->gone)
			return;
		if (input_next(&t->input, false, k))
			return;
		*k = (struct key){ .code = K_RESIZE };
		if (resized(t))
			return;
		if (timeout_ms >= 0) {
			int64_t left = end - clock_boot();

			ms = left < 0 ? 0 : (int)left;
		}
		waiting = input_waiting(&t->input);
		if (waiting && (ms < 0 || ms > t->esc_ms))
			ms = t->esc_ms;
		got = wait_for(t, ms, extra, n, &revents);
		if (got == -1 && errno != EINTR) {
			t->gone = true;
			continue;
		}
		if (revents & POLLIN)
			take(t);
		else if (revents != 0)
			t->gone = true;
		*k = (struct key){ .code = K_SIGNAL };
		if (got > 0 && any_ready(extra, n))
			return;
		if (got == 0 && waiting && input_next(&t->input, true, k))
			return;
		*k = (struct key){ .code = K_TIMER };
		if (got == 0 && timeout_ms >= 0 && clock_boot() >= end)
			return;
	}
}

/* --- painting ------------------------------------------------------------- */

/* One curses cell: a character and the marks on it. */
static void
put_cell(
    struct term *t, int row, int col, wchar_t *wide, size_t n, unsigned style)
{
	cchar_t cc;

	/* curses keeps one letter and four marks in a cell. */
	if (n > CCHARW_MAX)
		n = CCHARW_MAX;
	wide[n] = L'\0';
	if (setcchar(&cc, wide, t->attrs[style], t->pairs[style], NULL) == OK)
		(void)mvadd_wch(row, col, &cc);
}

/*
 * A cluster: curses wants one character with a width in each of its cells, a
 * cluster of an Indic script may have two in the two cells it takes.
 */
static void
put_cluster(struct term *t, int row, int col, const struct canvas_cell *cell)
{
	wchar_t wide[CANVAS_TEXT + 2];
	size_t n = 0;
	int at = 0, next = 0;

	for (size_t i = 0; i < cell->len;) {
		uint32_t cp;
		int w;

		i += utf8_decode(cell->text + i, cell->len - i, &cp);
		if (!t->utf8 && cp >= 0x80)
			cp = '?';
		w = wcwidth((wchar_t)cp);
		if (w < 0) {
			cp = t->utf8 ? 0xfffd : '?';
			w = 1;
		}
		if (w > 0 && n > 0) {
			put_cell(t, row, col + at, wide, n, cell->style);
			n = 0;
			at = next;
		}
		if (next + w > cell->width)
			return;
		next += w;
		wide[n++] = (wchar_t)cp;
	}
	if (n > 0)
		put_cell(t, row, col + at, wide, n, cell->style);
	/* Where the C library knows less width than we do. */
	for (; next < cell->width; next++) {
		wide[0] = L' ';
		put_cell(t, row, col + next, wide, 1, cell->style);
	}
}

static void
paint_row(struct term *t, const struct canvas *c, int row)
{
	struct canvas_cell *shown =
	    &t->shown.grid->cells[(size_t)row * (size_t)t->cols];
	int cols = c->cols < t->cols ? c->cols : t->cols;
	const struct canvas_cell *cells = canvas_at(c, row, 0);
	size_t size = (size_t)cols * sizeof(*cells);

	if (cells == NULL || (!t->fresh && memcmp(cells, shown, size) == 0))
		return;
	memcpy(shown, cells, size);
	for (int x = 0; x < cols; x++) {
		if (cells[x].width > 0)
			put_cluster(t, row, x, &cells[x]);
	}
}

static void
paint(struct term *t, const struct canvas *c)
{
	int row = c->grid->cursor_row, col = c->grid->cursor_col;

	if (t->fresh)
		(void)werase(stdscr);
	for (int r = 0; r < c->rows && r < t->rows; r++)
		paint_row(t, c, r);
	t->fresh = false;
	(void)move(row < t->rows ? row : t->rows - 1,
	    col < t->cols ? col : t->cols - 1);
	(void)wnoutrefresh(stdscr);
	(void)doupdate();
}

/* Instead of a picture that would be cut to nonsense. */
static void
paint_small(struct term *t)
{
	struct canvas c;

	canvas_init(&c, t->rows, t->cols, t->ascii);
	(void)canvas_wrap(&c, 0, 0, -1, t->rows, EL_TEXT,
	    _("Window too small (need 40x10). Make it larger: no key types "
	      "here. Nothing is lost."));
	paint(t, &c);
	canvas_done(&c);
}

void
term_paint(struct term *t, const struct canvas *c)
{
	if (t->gone)
		return;
	(void)set_term(t->screen);
	if (term_too_small(t))
		paint_small(t);
	else
		paint(t, c);
}

void
term_repaint(struct term *t, const struct canvas *c)
{
	if (t->gone)
		return;
	(void)set_term(t->screen);
	/* Asked for by a person. */
	(void)clearok(curscr, TRUE);
	term_paint(t, c);
}
