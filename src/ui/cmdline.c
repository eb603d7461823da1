/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/id.h"
#include "ui/cmdline.h"
#include "ui/wrap.h"

#define LINE_BYTES 200
#define SHOWN 8 /* names shown above the line */

void
cmdline_init(struct cmdline *c, const struct cmdline_name *names, size_t n)
{
	memset(c, 0, sizeof(*c));
	edit_init(&c->edit, 0, LINE_BYTES);
	c->names = names;
	c->n = n;
}

void
cmdline_done(struct cmdline *c)
{
	edit_done(&c->edit);
}

static const char *
word(const struct cmdline *c, size_t *len)
{
	const char *s = edit_text(&c->edit);

	s += strspn(s, " :");
	*len = strcspn(s, " ");
	return s;
}

/* Its name, or the other word for it, begins with len bytes of s. */
static bool
begins(const struct cmdline_name *one, const char *s, size_t len)
{
	return strncmp(one->name, s, len) == 0 ||
	       (one->also != NULL && strncmp(one->also, s, len) == 0);
}

/* The nth that begins with len bytes of s; NULL past the last. */
static const struct cmdline_name *
match(const struct cmdline *c, const char *s, size_t len, size_t nth)
{
	for (size_t i = 0; i < c->n; i++) {
		if (begins(&c->names[i], s, len) && nth-- == 0)
			return &c->names[i];
	}
	return NULL;
}

static size_t
matches(const struct cmdline *c, const char *s, size_t len)
{
	size_t n = 0;

	while (match(c, s, len, n) != NULL)
		n++;
	return n;
}

/* A whole name, or the only one that begins so. */
static const struct cmdline_name *
meant(const struct cmdline *c)
{
	size_t len;
	const char *s = word(c, &len);

	for (size_t i = 0; i < c->n && len > 0; i++) {
		if (strlen(c->names[i].name) == len &&
		    strncmp(c->names[i].name, s, len) == 0)
			return &c->names[i];
	}
	return len > 0 && matches(c, s, len) == 1 ? match(c, s, len, 0) : NULL;
}

/* The line as a case code; NULL when it names a command or is none.  The
 * check character is not looked at where it can only be a code. */
static const char *
code_typed(const struct cmdline *c)
{
	size_t len;
	const char *s = word(c, &len);

	if (!c->codes || !code_meant(s))
		return NULL;
	return matches(c, s, len) == 0 ? s : NULL;
}

static bool
code_right(const struct cmdline *c)
{
	const char *s = code_typed(c);
	char code[CODE_SIZE];

	return s != NULL && code_parse(s, code) == 0;
}

static void
complete(struct cmdline *c, bool back)
{
	const struct cmdline_name *m;
	size_t len, n;
	const char *s = word(c, &len);

	if (c->turn == 0) {
		if (s[len] == ' ' || len >= sizeof(c->stem))
			return;
		memcpy(c->stem, s, len);
		c->stem[len] = '\0';
	}
	n = matches(c, c->stem, strlen(c->stem));
	if (n == 0)
		return;
	/* turn counts from 1; 0 means that nothing was completed yet. */
	if (c->turn == 0)
		c->turn = back ? n : 1;
	else
		c->turn = back ? (c->turn + n - 2) % n + 1 : c->turn % n + 1;
	m = match(c, c->stem, strlen(c->stem), c->turn - 1);
	if (m != NULL && edit_set(&c->edit, m->name, NULL) != 0)
		return;
	/* One name only: ready for what follows it. */
	if (n == 1 && edit_insert(&c->edit, " ", 1, NULL) == 0)
		c->turn = 0;
}

static void
why_not(struct cmdline *c)
{
	size_t len;
	const char *s = word(c, &len);

	if (matches(c, s, len) > 1)
		(void)snprintf(c->message, sizeof(c->message), "%s",
		    _("Several commands begin so; Tab shows them."));
	else if (code_typed(c) != NULL)
		(void)snprintf(c->message, sizeof(c->message), "%s",
		    _("A character of this code is wrong or missing, or two "
		      "are swapped. Codes look like 7KQ-M4X-T."));
	else
		(void)snprintf(c->message, sizeof(c->message), "%s",
		    _("There is no such command here; Tab shows them all."));
}

enum cmdline_result
cmdline_key(struct cmdline *c, const struct key *k)
{
	struct err e = { 0 };
	size_t len;

	c->message[0] = '\0';
	switch (k->code) {
	case K_ESC:
	case K_CTRL('c'):
		return CMDLINE_CANCEL;
	case K_TAB:
	case K_BACKTAB:
		complete(c, k->code == K_BACKTAB);
		return CMDLINE_STAY;
	case K_ENTER:
		(void)word(c, &len);
		if (len == 0)
			return CMDLINE_CANCEL;
		if (meant(c) != NULL || code_right(c))
			return CMDLINE_RUN;
		why_not(c);
		return CMDLINE_STAY;
	case K_BACKSPACE:
		if (c->edit.text.len == 0)
			return CMDLINE_CANCEL;
		break;
	default:
		break;
	}
	c->turn = 0;
	if (edit_key(&c->edit, k, &e) == EDIT_REFUSED)
		(void)snprintf(c->message, sizeof(c->message), "%.95s", e.text);
	return CMDLINE_STAY;
}

const char *
cmdline_command(const struct cmdline *c, const char **rest)
{
	const struct cmdline_name *m = meant(c);
	size_t len;
	const char *s = word(c, &len);

	*rest = m == NULL ? s : s + len + strspn(s + len, " ");
	return m == NULL ? NULL : m->name;
}

/* Above the line; returns the row above it. */
static int
draw_message(const struct cmdline *c, struct canvas *v, int up)
{
	const char *text = c->message;
	char code[CODE_SIZE];
	int rows;

	if (*text == '\0' && code_right(c)) {
		(void)code_parse(code_typed(c), code);
		canvas_fill(v, up, 0, 1, v->cols, EL_TEXT);
		(void)canvas_text(v, up, 2, 18, EL_KEY, code);
		(void)canvas_text(
		    v, up, 21, -1, EL_DIM, _("Enter opens this case"));
		return up - 1;
	}
	if (*text == '\0')
		return up;
	rows = (int)wrap_count(text, strlen(text), v->cols - 1);
	canvas_fill(v, up - rows + 1, 0, rows, v->cols, EL_TEXT);
	(void)canvas_wrap(v, up - rows + 1, 1, -1, rows, EL_ERROR, text);
	return up - rows;
}

void
cmdline_draw(struct cmdline *c, struct canvas *v)
{
	int row = v->rows - 1, up = row - 1;
	struct canvas line = canvas_view(v, row, 1, 1, v->cols - 1);
	const char *stem = c->turn > 0 ? c->stem : NULL;
	size_t len, n;

	if (stem == NULL)
		stem = word(c, &len);
	else
		len = strlen(stem);
	n = matches(c, stem, len);
	if (n > SHOWN)
		n = SHOWN;
	up = draw_message(c, v, up);
	for (size_t i = n; i-- > 0 && up >= 0; up--) {
		const struct cmdline_name *m = match(c, stem, len, i);
		bool here = c->turn == i + 1;

		canvas_fill(v, up, 0, 1, v->cols, EL_TEXT);
		if (m == NULL)
			continue;
		if (here)
			(void)canvas_text(v, up, 0, 1, EL_MARKER,
			    canvas_mark(v, MARK_SELECTED));
		(void)canvas_text(
		    v, up, 2, 18, here ? EL_FOCUS : EL_KEY, m->name);
		if (m->help != NULL && *m->help != '\0')
			(void)canvas_text(v, up, 21, -1, EL_DIM, _(m->help));
	}
	canvas_fill(v, row, 0, 1, v->cols, EL_TEXT);
	(void)canvas_text(v, row, 0, 1, EL_TEXT, ":");
	edit_draw(&c->edit, &line, EL_TEXT, true);
}
