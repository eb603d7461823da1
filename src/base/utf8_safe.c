/* SPDX-License-Identifier: ISC */
/*
 * What may pass: one decision for the way to the terminal (utf8_safe) and for
 * the way in (utf8_clean).
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "base/utf8_impl.h"

#define MAX_MARKS 4
#define TAB 8

enum verdict_cp {
	CP_PASS,
	CP_REPLACE, /* shown as U+FFFD; removed on the way in */
	CP_OMIT, /* left out both ways */
	CP_UNSEEN /* the same, and nobody can see that it is gone */
};

struct filter {
	struct buf *dst;
	bool keep_lines;
	bool clean;
	size_t removed;
	uint32_t prev; /* what the next mark would join; 0: nothing */
	int marks; /* on prev */
	int column;
	bool start; /* nothing of the source was passed yet */
};

/* Letters of scripts whose spelling needs the joiners: Arabic and Syriac with
 * their extensions, N'Ko, and the Indic blocks from Devanagari to Sinhala. */
static bool
joining_block(uint32_t cp)
{
	return (cp >= 0x0620 && cp <= 0x077f) ||
	       (cp >= 0x07c0 && cp <= 0x07ff) ||
	       (cp >= 0x0870 && cp <= 0x08ff) || (cp >= 0x0900 && cp <= 0x0dff);
}

static bool
mark_category(utf8proc_category_t c)
{
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC ||
	       c == UTF8PROC_CATEGORY_ME;
}

static bool
joins(uint32_t cp)
{
	utf8proc_category_t c;

	if (!joining_block(cp))
		return false;
	c = utf8proc_category((utf8proc_int32_t)cp);
	return mark_category(c) || c == UTF8PROC_CATEGORY_LO ||
	       c == UTF8PROC_CATEGORY_LM;
}

static bool
pictographic(uint32_t cp)
{
	return utf8proc_get_property((utf8proc_int32_t)cp)->boundclass ==
		   UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ||
	       (cp >= 0x1f3fb && cp <= 0x1f3ff);
}

/* Marks that show nothing by themselves: variation selectors and the like. */
static bool
invisible_mark(uint32_t cp)
{
	return cp == 0x034f || cp == 0x17b4 || cp == 0x17b5 ||
	       (cp >= 0x180b && cp <= 0x180f) ||
	       (cp >= 0xfe00 && cp <= 0xfe0f) ||
	       (cp >= 0xe0100 && cp <= 0xe01ef);
}

/* Letters that fill a place and show nothing. */
static bool
filler(uint32_t cp)
{
	return cp == 0x115f || cp == 0x1160 || cp == 0x3164 || cp == 0xffa0;
}

static enum verdict_cp
judge_joiner(const struct filter *f, const char *rest, size_t len)
{
	uint32_t next = 0;
	bool left = joins(f->prev);

	if (len == 0) {
		/* Typed one key at a time, its right neighbour is to come. */
		if (f->clean && (left || f->start))
			return CP_PASS;
		return left || pictographic(f->prev) ? CP_UNSEEN : CP_REPLACE;
	}
	(void)utf8_decode(rest, len, &next);
	if (joins(next) && (left || (f->clean && f->start)))
		return CP_PASS;
	return pictographic(f->prev) ? CP_UNSEEN : CP_REPLACE;
}

static enum verdict_cp
judge_mark(const struct filter *f)
{
	if (f->prev == 0) {
		/* On its way in it may join what it is put behind. */
		return f->clean && f->start ? CP_PASS : CP_REPLACE;
	}
	return f->marks < MAX_MARKS ? CP_PASS : CP_OMIT;
}

static enum verdict_cp
judge(const struct filter *f, uint32_t cp, const char *rest, size_t len)
{
	utf8proc_category_t c;

	if (cp >= 0x20 && cp < 0x7f)
		return CP_PASS;
	if (cp == UTF8_ZWJ || cp == UTF8_ZWNJ)
		return judge_joiner(f, rest, len);
	if (invisible_mark(cp))
		return f->prev != 0 ? CP_UNSEEN : CP_REPLACE;
	if (filler(cp))
		return CP_REPLACE;
	c = utf8proc_category((utf8proc_int32_t)cp);
	switch (c) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return CP_REPLACE;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return judge_mark(f);
	default:
		break;
	}
	if (utf8_cp_width(cp) > 0)
		return CP_PASS;
	/* Vowels and finals of Hangul live on the initial before them. */
	return c == UTF8PROC_CATEGORY_LO ? judge_mark(f) : CP_REPLACE;
}

static void
pass(struct filter *f, uint32_t cp)
{
	char out[4];
	int cells = utf8_cp_width(cp);
	bool joined = cp == UTF8_ZWJ || cp == UTF8_ZWNJ || cells == 0 ||
		      mark_category(utf8proc_category((utf8proc_int32_t)cp));

	buf_add(f->dst, out, utf8_encode(cp, out));
	f->column += cells;
	f->marks = joined ? f->marks + 1 : 0;
	f->prev = cp;
	f->start = false;
}

/* Line ends and tabs; false when cp is neither. */
static bool
layout(struct filter *f, uint32_t cp, bool before_lf)
{
	int spaces;

	if (cp == '\r' && f->clean && before_lf)
		return true;
	if (cp == '\r' && f->clean)
		cp = '\n';
	if (cp != '\n' && cp != '\t')
		return false;
	if (!f->keep_lines && !f->clean)
		return false;
	if (cp == '\n' && f->keep_lines) {
		buf_add_char(f->dst, '\n');
		f->prev = 0;
		f->column = f->marks = 0;
		f->start = false;
		return true;
	}
	/* In a line of its own a pasted line end parts two words. */
	spaces = cp == '\t' && f->keep_lines ? TAB - f->column % TAB : 1;
	while (spaces-- > 0)
		pass(f, ' ');
	return true;
}

static void
run(struct filter *f, const char *s, size_t len)
{
	while (len > 0) {
		unsigned char first = (unsigned char)*s;
		enum verdict_cp v;
		uint32_t cp;
		size_t n = utf8_decode(s, len, &cp);

		s += n;
		len -= n;
		if (layout(f, cp, len > 0 && *s == '\n'))
			continue;
		if (n == 1 && first >= 0x80)
			v = CP_REPLACE;
		else
			v = judge(f, cp, s, len);
		if (v == CP_PASS)
			pass(f, cp);
		else if (f->clean)
			f->removed += v != CP_UNSEEN;
		else if (v == CP_REPLACE)
			pass(f, UTF8_REPLACEMENT);
	}
}

void
utf8_safe(struct buf *dst, const char *src, size_t len, bool keep_lines)
{
	struct filter f = {
		.dst = dst, .keep_lines = keep_lines, .start = true
	};

	run(&f, src, len);
}

/* Nothing but printable ASCII, as most fields are: there is nothing to do. */
static bool
plain(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] < ' ' || s[i] > '~')
			return false;
	return true;
}

/* One pass of the gate and into NFC; true when that changed nothing. */
static bool
clean_once(
    struct buf *out, const char *src, size_t len, bool keep_lines, size_t *gone)
{
	struct filter f = {
		.keep_lines = keep_lines, .clean = true, .start = true
	};
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t n;
	struct buf kept;
	bool same;

	buf_init(&kept);
	f.dst = &kept;
	run(&f, src, len);
	n = utf8proc_map((const utf8proc_uint8_t *)kept.data,
	    (utf8proc_ssize_t)kept.len, &nfc,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n < 0)
		die("text of %zu bytes: %s", kept.len, utf8proc_errmsg(n));
	buf_clear(out);
	buf_add(out, nfc, (size_t)n);
	same = out->len == len && memcmp(out->data, src, len) == 0;
	wipe(nfc, (size_t)n);
	free(nfc);
	buf_done(&kept);
	*gone += f.removed;
	return same;
}

void
utf8_clean(struct buf *dst, const char *src, size_t len, bool keep_lines,
    size_t *removed)
{
	struct buf from, to, swap;
	size_t gone = 0;

	if (plain(src, len)) {
		buf_add(dst, src, len);
		if (removed != NULL)
			*removed = 0;
		return;
	}
	buf_init(&from);
	buf_init(&to);
	buf_add(&from, src, len);
	/* NFC puts marks in another order, and what stands beside a joiner
	 * decides over it: so until nothing changes, which is soon, for every
	 * pass but the first takes something out. */
	while (!clean_once(&to, from.data, from.len, keep_lines, &gone)) {
		swap = from;
		from = to;
		to = swap;
	}
	buf_add(dst, to.data, to.len);
	buf_done(&from);
	buf_done(&to);
	if (removed != NULL)
		*removed = gone;
}
