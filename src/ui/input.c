/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "ui/input.h"

#define ESC 0x1b
/* No terminal sends a longer control sequence for a key. */
#define SEQUENCE_MAX 64

static const char paste_end[] = "\033[201~";

/* "ESC [ n ~": the number says which key (vt220, xterm, rxvt, Linux). */
static const uint32_t tilde_keys[] = {
	[1] = K_HOME,
	[2] = K_INSERT,
	[3] = K_DELETE,
	[4] = K_END,
	[5] = K_PGUP,
	[6] = K_PGDN,
	[7] = K_HOME,
	[8] = K_END,
	[11] = K_F1,
	[12] = K_F2,
	[13] = K_F3,
	[14] = K_F4,
	[15] = K_F5,
	[17] = K_F6,
	[18] = K_F7,
	[19] = K_F8,
	[20] = K_F9,
	[21] = K_F10,
	[23] = K_F11,
	[24] = K_F12,
};

/* "ESC [ x" and "ESC O x". */
static const struct {
	char final;
	uint32_t code;
} letter_keys[] = {
	{ 'A', K_UP },
	{ 'B', K_DOWN },
	{ 'C', K_RIGHT },
	{ 'D', K_LEFT },
	{ 'F', K_END },
	{ 'H', K_HOME },
	{ 'P', K_F1 },
	{ 'Q', K_F2 },
	{ 'R', K_F3 },
	{ 'S', K_F4 },
	{ 'M', K_ENTER }, /* of the number pad */
	{ 'Z', K_BACKTAB },
	{ 'd', K_WORD_LEFT }, /* rxvt: Ctrl-Left */
	{ 'c', K_WORD_RIGHT },
};

void
input_init(struct input *in)
{
	memset(in, 0, sizeof(*in));
	buf_init(&in->pending);
	buf_init(&in->paste);
}

void
input_done(struct input *in)
{
	buf_done(&in->pending);
	buf_done(&in->paste);
	wipe(in->text, sizeof(in->text));
}

void
input_feed(struct input *in, const void *p, size_t n)
{
	if (in->at > 0) {
		buf_splice(&in->pending, 0, in->at, NULL, 0);
		in->at = 0;
	}
	buf_add(&in->pending, p, n);
}

static uint32_t
letter_key(char final)
{
	for (size_t i = 0; i < sizeof(letter_keys) / sizeof(letter_keys[0]);
	     i++) {
		if (letter_keys[i].final == final)
			return letter_keys[i].code;
	}
	return K_NONE;
}

/* A number at s, 0 if there is none; no key's number is over 999. */
static unsigned
number(const unsigned char *s, const unsigned char *end)
{
	unsigned n = 0;

	while (s < end && *s >= '0' && *s <= '9' && n < 1000)
		n = n * 10 + (unsigned)(*s++ - '0');
	return n;
}

static uint32_t
with_ctrl(uint32_t code)
{
	return code == K_LEFT	 ? (uint32_t)K_WORD_LEFT
	       : code == K_RIGHT ? (uint32_t)K_WORD_RIGHT
				 : code;
}

/*
 * What a whole control sequence means: s points after "ESC [", n bytes with
 * the final one.  The second parameter is 1 + a bit set of modifiers, of which
 * 4 is Ctrl (xterm).
 */
static uint32_t
csi_key(const unsigned char *s, size_t n)
{
	const unsigned char *end = s + n - 1, *semi = memchr(s, ';', n - 1);
	unsigned first = number(s, end);
	unsigned second = semi == NULL ? 0 : number(semi + 1, end);
	uint32_t code;

	/* Private and intermediate forms are answers and reports, no keys. */
	for (const unsigned char *p = s; p < end; p++) {
		if (*p < '0' || *p > ';')
			return K_NONE;
	}
	if (*end == '~') {
		if (first >= sizeof(tilde_keys) / sizeof(tilde_keys[0]))
			return K_NONE;
		return tilde_keys[first];
	}
	code = letter_key((char)*end);
	if (second > 0 && ((second - 1) & 4))
		code = with_ctrl(code);
	return code;
}

/*
 * The length of the control sequence after "ESC [", up to and with its final
 * byte; 0: not all there yet; bad gets true where a byte cannot belong to it
 * (the length is then what to throw away).
 */
static size_t
csi_length(const unsigned char *s, size_t n, bool *bad)
{
	*bad = false;
	/* The Linux console's F1..F5 are "ESC [ [ A". */
	if (n >= 1 && s[0] == '[')
		return n >= 2 ? 2 : 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] >= 0x40 && s[i] <= 0x7e)
			return i + 1;
		if (s[i] < 0x20 || s[i] > 0x3f || i >= SEQUENCE_MAX) {
			*bad = true;
			return i;
		}
	}
	return 0;
}

static bool
named(struct key *k, uint32_t code)
{
	*k = (struct key){ .code = code };
	return true;
}

/*
 * A sequence at p = "ESC [" or "ESC O".  Returns its length, 0 when it is not
 * all there; *code is K_NONE for one that means nothing here.
 */
static size_t
sequence(const unsigned char *p, size_t len, uint32_t *code)
{
	bool bad;
	size_t n;

	*code = K_NONE;
	if (p[1] == 'O') {
		size_t i = 2;

		/* Some send a modifier before the letter. */
		while (i < len && p[i] >= '0' && p[i] <= '9')
			i++;
		if (i == len)
			return 0;
		if (p[i] < 0x40 || p[i] > 0x7e)
			return i;
		*code = letter_key((char)p[i]);
		return i + 1;
	}
	n = csi_length(p + 2, len - 2, &bad);
	if (bad)
		return n + 2;
	if (n == 0)
		return 0;
	if (p[2] == '[')
		*code = p[3] >= 'A' && p[3] <= 'E'
			    ? (uint32_t)(K_F1 + (p[3] - 'A'))
			    : (uint32_t)K_NONE;
	else
		*code = csi_key(p + 2, n);
	return n + 2;
}

static bool
paste_begins(const unsigned char *p, size_t n)
{
	return n == 6 && memcmp(p, "\033[200~", 6) == 0;
}

/* Take pasted bytes; true when the paste is whole. */
static bool
paste_more(struct input *in, struct key *k)
{
	const size_t end_len = sizeof(paste_end) - 1;

	while (in->at < in->pending.len) {
		const char *p = in->pending.data + in->at;
		size_t left = in->pending.len - in->at, n;
		const char *esc = memchr(p, ESC, left);

		n = esc == NULL ? left : (size_t)(esc - p);
		if (n == 0) {
			size_t seen = left < end_len ? left : end_len;

			if (memcmp(p, paste_end, seen) != 0) {
				n = 1;
			} else if (seen < end_len) {
				return false;
			} else {
				in->at += end_len;
				in->pasting = false;
				break;
			}
		}
		if (in->paste.len + n > KEY_PASTE_MAX)
			in->paste_big = true;
		else if (!in->paste_big)
			buf_add(&in->paste, p, n);
		in->at += n;
	}
	if (in->pasting)
		return false;
	if (in->paste_big) {
		buf_clear(&in->paste);
		return named(k, K_PASTE_BIG);
	}
	/* In place: what is handed out is valid and has "\n" lines only. */
	struct buf clean;
	size_t lost;

	buf_init(&clean);
	utf8_clean(&clean, in->paste.data, in->paste.len, true, &lost);
	buf_done(&in->paste);
	in->paste = clean;
	*k = (struct key){ .code = K_PASTE,
		.text = in->paste.data,
		.len = in->paste.len,
		.lost = lost };
	return true;
}

static uint32_t
control_key(unsigned char c)
{
	switch (c) {
	case '\r':
	case '\n':
		return K_ENTER;
	case '\t':
		return K_TAB;
	case '\b':
	case 0x7f:
		return K_BACKSPACE;
	case 0:
		return K_CTRL('@');
	default:
		return c <= 26 ? K_CTRL('a' + c - 1) : K_CTRL('\\' + c - 28);
	}
}

/* The bytes a UTF-8 character that begins with c should have; 0: none. */
static size_t
promised(unsigned char c)
{
	return c >= 0xc2 && c < 0xe0   ? 2
	       : c >= 0xe0 && c < 0xf0 ? 3
	       : c >= 0xf0 && c < 0xf5 ? 4
				       : 0;
}

/* 1: a key, 0: not all there, -1: bytes were dropped, go on. */
static int
text_key(struct input *in, struct key *k)
{
	const char *p = in->pending.data + in->at;
	size_t left = in->pending.len - in->at, n, want;
	uint32_t cp;

	n = utf8_decode(p, left, &cp);
	if (n == 1 && (unsigned char)p[0] >= 0x80) {
		want = promised((unsigned char)p[0]);
		for (n = 1; n < left && n < want; n++) {
			if (((unsigned char)p[n] & 0xc0) != 0x80)
				break;
		}
		if (n == left && n < want)
			return 0;
		in->at++;
		in->lost++;
		return -1;
	}
	if (cp >= 0x80 && cp < 0xa0) {
		in->at += n;
		in->lost++;
		return -1;
	}
	if (cp >= 0x80) {
		size_t cluster = utf8_grapheme(p, left);

		/* A mark cut in two by the read comes as a key of its own. */
		if (cluster < sizeof(in->text) && utf8_valid(p, cluster))
			n = cluster;
	}
	memcpy(in->text, p, n);
	in->text[n] = '\0';
	in->at += n;
	*k = (struct key){ .code = cp, .text = in->text, .len = n };
	return 1;
}

/* What was dropped is said before the next key and when nothing follows. */
static bool
say_lost(struct input *in, struct key *k)
{
	if (in->lost == 0)
		return false;
	*k = (struct key){ .code = K_LOST, .lost = in->lost };
	in->lost = 0;
	return true;
}

/* The rest of a sequence whose Esc was given out too early must not act. */
static size_t
late_rest(const unsigned char *p, size_t left)
{
	unsigned char whole[SEQUENCE_MAX] = { ESC };
	uint32_t code;
	size_t n = left < sizeof(whole) - 1 ? left : sizeof(whole) - 1;

	if (left < 2 || (p[0] != '[' && p[0] != 'O'))
		return 0;
	memcpy(whole + 1, p, n);
	n = sequence(whole, n + 1, &code);
	return n > 1 && code != K_NONE ? n - 1 : 0;
}

/* 1: a key, 0: not all there, -1: something was swallowed, go on. */
static int
escape_key(struct input *in, bool timed_out, struct key *k)
{
	const unsigned char *p =
	    (const unsigned char *)in->pending.data + in->at;
	size_t left = in->pending.len - in->at, n;
	uint32_t code;

	if (left == 1 && !timed_out)
		return 0;
	if (left == 1 || (p[1] != '[' && p[1] != 'O')) {
		in->late = left == 1;
		in->at++;
		return named(k, K_ESC);
	}
	n = sequence(p, left, &code);
	if (n == 0)
		return 0;
	in->at += n;
	if (paste_begins(p, n)) {
		in->pasting = true;
		in->paste_big = false;
		buf_clear(&in->paste);
		return -1;
	}
	return code == K_NONE ? -1 : named(k, code);
}

bool
input_next(struct input *in, bool timed_out, struct key *k)
{
	while (in->at < in->pending.len) {
		const unsigned char *p =
		    (const unsigned char *)in->pending.data + in->at;
		int got;

		if (*p < 0x80 && say_lost(in, k))
			return true;
		if (in->pasting) {
			if (paste_more(in, k))
				return true;
			if (in->pasting)
				return false;
			continue;
		}
		if (in->late) {
			size_t n = late_rest(p, in->pending.len - in->at);

			in->late = false;
			in->at += n;
			if (n > 0)
				continue;
		}
		if (*p == ESC)
			got = escape_key(in, timed_out, k);
		else if (*p < 0x20 || *p == 0x7f) {
			in->at++;
			got = named(k, control_key(*p));
		} else
			got = text_key(in, k);
		if (got > 0)
			return true;
		/* What it waits for may never come. */
		if (got == 0)
			return say_lost(in, k);
	}
	if (say_lost(in, k))
		return true;
	if (in->at > 0) {
		/* What was typed is not left lying about. */
		buf_clear(&in->pending);
		in->at = 0;
	}
	return false;
}

bool
input_waiting(const struct input *in)
{
	return !in->pasting && in->pending.len - in->at == 1 &&
	       in->pending.data[in->at] == ESC;
}
