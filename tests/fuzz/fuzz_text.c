/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on text as it comes in and goes out: what passes the gates can
 * never steer a terminal, passing twice changes nothing, clusters cover a
 * string without gaps in both directions, folding settles at once.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "rules/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What would move a cursor, start a sequence or turn a line around. */
static void
check_harmless(const struct buf *b, bool lines)
{
	uint32_t cp;
	size_t n;

	if (!utf8_valid(b->data, b->len))
		die("not UTF-8 behind the gate");
	for (size_t i = 0; i < b->len; i += n) {
		n = utf8_decode(b->data + i, b->len - i, &cp);
		if (cp == '\n' && lines)
			continue;
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
			die("a control character behind the gate");
		if ((cp >= 0x202a && cp <= 0x202e) ||
		    (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e ||
		    cp == 0x200f || cp == 0x061c || cp == 0x2028 ||
		    cp == 0x2029 || cp == 0x200b || cp == 0xfeff)
			die("U+%04X behind the gate", cp);
	}
}

static void
check_clusters(const struct buf *b)
{
	size_t ends[4096], n = 0, at = 0, fit;
	int width = 0, one, used;

	while (at < b->len) {
		size_t len = utf8_grapheme(b->data + at, b->len - at);

		if (len == 0 || len > b->len - at || n == 4096)
			die("a cluster without end");
		one = utf8_grapheme_width(b->data + at, len);
		if (one < 0 || one > 2)
			die("a cluster of %d cells", one);
		width += one;
		at += len;
		ends[n++] = at;
	}
	for (; n > 0; n--) {
		size_t start = n == 1 ? 0 : ends[n - 2];

		if (utf8_grapheme_before(b->data, b->len, ends[n - 1]) != start)
			die("backwards is not forwards");
	}
	if (strchr(b->data, '\n') == NULL &&
	    utf8_width(b->data, b->len) != width)
		die("a width that is not the sum of its clusters");
	fit = utf8_fit(b->data, b->len, 10, &used);
	if (fit > b->len || used > 10)
		die("what fits does not fit");
}

static void
check_gate(const char *s, size_t len, bool lines)
{
	struct buf shown, twice, in, again, folded;
	size_t removed;

	buf_init(&shown);
	buf_init(&twice);
	buf_init(&in);
	buf_init(&again);
	buf_init(&folded);
	utf8_safe(&shown, s, len, lines);
	check_harmless(&shown, lines);
	check_clusters(&shown);
	utf8_safe(&twice, shown.data, shown.len, lines);
	if (twice.len != shown.len ||
	    memcmp(twice.data, shown.data, shown.len) != 0)
		die("shown twice is shown otherwise");
	utf8_clean(&in, s, len, lines, &removed);
	check_harmless(&in, lines);
	utf8_clean(&again, in.data, in.len, lines, &removed);
	if (removed != 0 || again.len != in.len ||
	    memcmp(again.data, in.data, in.len) != 0)
		die("clean text is cleaned again");
	utf8_fold(&folded, s, len);
	if (!utf8_valid(folded.data, folded.len))
		die("folded to something else than UTF-8");
	buf_done(&shown);
	buf_done(&twice);
	buf_done(&in);
	buf_done(&again);
	buf_done(&folded);
}

/* Names are matched whatever is typed into their field. */
static void
check_name(const char *s)
{
	struct match_key keys[MATCH_KEYS_MAX];
	struct match_person p = { .name = s, .other_names = "", .phone = s };
	size_t n = match_keys(s, keys, MATCH_KEYS_MAX);
	unsigned why;
	int score;

	for (size_t i = 0; i < n; i++)
		if (memchr(keys[i].text, '\0', MATCH_KEY_SIZE) == NULL ||
		    !utf8_valid(keys[i].text, strlen(keys[i].text)))
			die("a key that is no text");
	score = match_score(&p, &p, &why);
	if (score < 0 || score > 100)
		die("a score of %d", score);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf name;

	if (len > 1000)
		len = 1000;
	check_gate((const char *)data, len, false);
	check_gate((const char *)data, len, true);
	buf_init(&name);
	utf8_clean(&name, (const char *)data, len, false, NULL);
	check_name(name.data);
	buf_done(&name);
	return 0;
}
