/* SPDX-License-Identifier: ISC */
/* What is on the test terminal's screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "vt_impl.h"

static void
add_row(struct vt *vt, int row)
{
	size_t end = vt->text.len;

	for (int col = 0; col < vt->cols; col++) {
		VTermPos pos = { .row = row, .col = col };
		VTermScreenCell cell;
		bool blank;

		if (!vterm_screen_get_cell(vt->screen, pos, &cell) ||
		    cell.chars[0] == (uint32_t)-1)
			continue;
		blank = cell.chars[0] == 0 || cell.chars[0] == ' ';
		if (blank)
			buf_add_char(&vt->text, ' ');
		for (size_t i = 0; !blank && i < VTERM_MAX_CHARS_PER_CELL &&
				   cell.chars[i] != 0;
		     i++) {
			char out[4];

			buf_add(
			    &vt->text, out, utf8_encode(cell.chars[i], out));
		}
		if (!blank)
			end = vt->text.len;
	}
	buf_splice(&vt->text, end, vt->text.len - end, NULL, 0);
}

const char *
vt_screen_text(struct vt *vt)
{
	buf_clear(&vt->text);
	for (int row = 0; row < vt->rows; row++) {
		add_row(vt, row);
		buf_add_char(&vt->text, '\n');
	}
	return vt->text.data;
}

const char *
vt_row(struct vt *vt, int row)
{
	buf_clear(&vt->text);
	add_row(vt, row);
	return vt->text.data;
}

void
vt_report(struct vt *vt)
{
	for (int row = 0; row < vt->rows; row++)
		print_error("|%s\n", vt_row(vt, row));
}

bool
vt_has(struct vt *vt, const char *text)
{
	return strstr(vt_screen_text(vt), text) != NULL;
}

void
vt_cursor(const struct vt *vt, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->vterm), &pos);
	*row = pos.row;
	*col = pos.col;
}

bool
vt_cursor_visible(const struct vt *vt)
{
	return vt->cursor_visible;
}

bool
vt_alt_screen(const struct vt *vt)
{
	return vt->alt_screen;
}

bool
vt_cell(const struct vt *vt, int row, int col, VTermScreenCell *cell)
{
	VTermPos pos = { .row = row, .col = col };

	return vterm_screen_get_cell(vt->screen, pos, cell) != 0;
}

size_t
vt_bytes(const struct vt *vt)
{
	return vt->stream.len;
}

const struct buf *
vt_stream(const struct vt *vt)
{
	return &vt->stream;
}

static char *
read_golden(const char *path)
{
	FILE *f = fopen(path, "r");
	char bytes[4096];
	struct buf b;
	size_t n;

	if (f == NULL)
		return NULL;
	buf_init(&b);
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		buf_add(&b, bytes, n);
	(void)fclose(f);
	return buf_detach(&b);
}

static bool
write_golden(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	bool written;

	if (f == NULL)
		return false;
	written = fputs(text, f) != EOF;
	return fclose(f) == 0 && written;
}

/* True when it is the same or was written; else why not. */
static bool
as_golden(const char *path, const char *now, struct buf *why)
{
	char *want;
	bool same;

	if (getenv("GENERATE") != NULL) {
		same = write_golden(path, now);
		if (!same)
			buf_addf(why, "cannot write %s", path);
		return same;
	}
	want = read_golden(path);
	if (want == NULL) {
		buf_addf(why, "%s is missing; GENERATE=1 writes it", path);
		return false;
	}
	same = strcmp(want, now) == 0;
	if (!same)
		buf_addf(why, "%s: wanted\n%s\ngot\n%s", path, want, now);
	free(want);
	return same;
}

void
vt_golden(struct vt *vt, const char *name)
{
	const char *source = getenv("AMPARO_SOURCE");
	struct buf path, why;
	bool same;

	buf_init(&path);
	buf_init(&why);
	buf_addf(&path, "%s/tests/fixtures/golden/%s.screen",
	    source == NULL ? "." : source, name);
	same = as_golden(path.data, vt_screen_text(vt), &why);
	if (!same)
		print_error("%s\n", why.data);
	buf_done(&path);
	buf_done(&why);
	assert_true(same);
}

bool
vt_ever(struct vt *vt, const char *text)
{
	const struct buf *all = vt_stream(vt);

	return memmem(all->data, all->len, text, strlen(text)) != NULL;
}
