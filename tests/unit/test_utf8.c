/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/utf8.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))
#define FFFD "\xef\xbf\xbd"

static bool
steers(uint32_t cp)
{
	return (cp < 0x20 && cp != '\n') || (cp >= 0x7f && cp <= 0x9f) ||
	       cp == 0x061c || cp == 0x200b || cp == 0x200e || cp == 0x200f ||
	       (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	       (cp >= 0xfff9 && cp <= 0xfffb) ||
	       (cp >= 0xe0000 && cp <= 0xe007f) || (cp & 0xfffe) == 0xfffe ||
	       (cp >= 0xfdd0 && cp <= 0xfdef);
}

/* Valid UTF-8, nothing in it steers, "\n" only where allowed. */
static void
assert_harmless(const struct buf *b, bool lines)
{
	size_t at = 0;
	uint32_t cp;

	assert_true(utf8_valid(b->data, b->len));
	while (at < b->len) {
		at += utf8_decode(b->data + at, b->len - at, &cp);
		if (steers(cp) || (cp == '\n' && !lines))
			fail_msg("U+%04X came through", cp);
	}
}

static void
harm_01_no_scalar_value_steers_the_terminal(void **state)
{
	struct buf b;
	char s[8];

	(void)state;
	buf_init(&b);
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		size_t n;

		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		/* By itself, and with a letter on each side. */
		n = utf8_encode(cp, s + 1);
		buf_clear(&b);
		utf8_safe(&b, s + 1, n, cp % 2 == 0);
		assert_harmless(&b, cp % 2 == 0);
		s[0] = 'a';
		s[n + 1] = 'b';
		buf_clear(&b);
		utf8_safe(&b, s, n + 2, cp % 2 != 0);
		assert_harmless(&b, cp % 2 != 0);
		assert_int_equal(b.data[0], 'a');
		assert_int_equal(b.data[b.len - 1], 'b');
	}
	buf_done(&b);
}

static void
harm_01_no_bytes_steer_the_terminal(void **state)
{
	struct buf b;
	char s[2];

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 0x10000; i++) {
		s[0] = (char)(i >> 8);
		s[1] = (char)i;
		buf_clear(&b);
		utf8_safe(&b, s, 2, false);
		assert_harmless(&b, false);
		if (i < 0x100) {
			buf_clear(&b);
			utf8_safe(&b, s + 1, 1, true);
			assert_harmless(&b, true);
		}
	}
	buf_done(&b);
}

/* Whatever comes in clean is shown as it is: nothing more to replace. */
static void
what_was_cleaned_is_safe(void **state)
{
	struct buf in, out;
	char s[4];

	(void)state;
	buf_init(&in);
	buf_init(&out);
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		size_t n = utf8_encode(cp, s), removed = 7;

		buf_clear(&in);
		buf_clear(&out);
		buf_add_char(&in, 'a');
		utf8_clean(&in, s, n, true, &removed);
		assert_true(utf8_valid(in.data, in.len));
		/* Joiners may wait for a neighbour; see the header. */
		if (cp == 0x200c || cp == 0x200d)
			continue;
		utf8_safe(&out, in.data, in.len, true);
		if (in.len != out.len || memcmp(in.data, out.data, in.len) != 0)
			fail_msg("U+%04X: cleaned, but not safe", cp);
		assert_true(removed <= 1);
		assert_true(removed == 1 || in.len > 1);
	}
	buf_done(&in);
	buf_done(&out);
}

static const struct {
	const char *in, *safe, *clean;
	bool lines;
} texts[] = {
	{ "plain", "plain", "plain", false },
	{ "", "", "", false },
	{ "a\x1b[2Jb", "a" FFFD "[2Jb", "a[2Jb", false },
	{ "a\xc2\x9b"
	  "2Jb",
	    "a" FFFD "2Jb", "a2Jb", false },
	{ "a\rb", "a" FFFD "b", "a b", false },
	{ "a\r\nb", "a" FFFD "\nb", "a\nb", true },
	{ "a\rb", "a" FFFD "b", "a\nb", true },
	{ "a\nb", "a" FFFD "b", "a b", false },
	{ "a\nb", "a\nb", "a\nb", true },
	{ "ab\tc", "ab      c", "ab      c", true },
	{ "ab\n\tc", "ab\n        c", "ab\n        c", true },
	{ "ab\tc", "ab" FFFD "c", "ab c", false },
	/* In NFC the acute stands before the joiner, which joins nothing. */
	{ "\u0d9a\u0301\u0dca\u200d\u0dbb", "\u0d9a\u0301\u0dca\u200d\u0dbb",
	    "\u0d9a\u0dca\u0301\u0dbb", false },
	/* Overlong, surrogate, past the end, cut. */
	{ "a\xc0\xaf", "a" FFFD FFFD, "a", false },
	{ "a\xed\xa0\x80", "a" FFFD FFFD FFFD, "a", false },
	{ "a\xf4\x90\x80\x80", "a" FFFD FFFD FFFD FFFD, "a", false },
	{ "a\xe0\xb6", "a" FFFD FFFD, "a", false },
	/* Right-to-left override in a file's name. */
	{ "cod\u202egpj.exe", "cod" FFFD "gpj.exe", "codgpj.exe", false },
	/* Zero width, tags, private use. */
	{ "ad\u200bmin", "ad" FFFD "min", "admin", false },
	{ "x\U000e0041y", "x" FFFD "y", "xy", false },
	{ "x\ue000y", "x" FFFD "y", "xy", false },
	{ "soft\u00adhyphen", "soft" FFFD "hyphen", "softhyphen", false },
	/* Joiners where the script needs them. */
	{ "ශ්‍රී", "ශ්‍රී", "ශ්‍රී", false },
	{ "می\u200cخواهم", "می\u200cخواهم", "می\u200cخواهم", false },
	{ "क्\u200dष", "क्\u200dष", "क्\u200dष", false },
	{ "a\u200db", "a" FFFD "b", "ab", false },
	{ "ක\u200d\u200dක", "ක" FFFD FFFD "ක", "ක\u200dක", false },
	/* Pictures show one by one. */
	{ "👨\u200d👩\u200d👧", "👨👩👧", "👨👩👧", false },
	{ "❤\ufe0f", "❤", "❤", false },
	/* At most four marks. */
	{ "e\u0316\u0317\u0318\u0319\u031a\u031b", "e\u0316\u0317\u0318\u0319",
	    "e\u0316\u0317\u0318\u0319", false },
	/* A mark with nothing before it must not join what is on the screen. */
	{ "\u0301", FFFD, "\u0301", false },
	{ "a\n\u0301", "a\n" FFFD, "a\n", true },
	/* Composed on the way in. */
	{ "e\u0301", "e\u0301", "\u00e9", false },
	{ "\u0dd9\u0dcf", FFFD "\u0dcf", "\u0ddc", false },
	{ "அம்மா", "அம்மா", "அம்மா", false },
	{ "مريم", "مريم", "مريم", false },
};

static void
texts_are_made_safe_and_cleaned(void **state)
{
	struct buf b;
	char *again;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < N(texts); i++) {
		size_t len = strlen(texts[i].in);

		buf_clear(&b);
		utf8_safe(&b, texts[i].in, len, texts[i].lines);
		if (strcmp(b.data, texts[i].safe) != 0)
			fail_msg("row %zu: safe \"%s\"", i, b.data);
		buf_clear(&b);
		utf8_clean(&b, texts[i].in, len, texts[i].lines, NULL);
		if (strcmp(b.data, texts[i].clean) != 0)
			fail_msg("row %zu: clean \"%s\"", i, b.data);
		again = xstrdup(b.data);
		buf_clear(&b);
		utf8_clean(&b, again, strlen(again), texts[i].lines, NULL);
		if (strcmp(b.data, again) != 0)
			fail_msg("row %zu: cleaned again \"%s\"", i, b.data);
		free(again);
	}
	buf_done(&b);
}

static void
what_is_removed_is_counted(void **state)
{
	size_t removed;
	struct buf b;

	(void)state;
	buf_init(&b);
	utf8_clean(&b, "a\x1b\x1b\u202e\xff", 7, false, &removed);
	assert_string_equal(b.data, "a");
	assert_int_equal(removed, 4);
	utf8_clean(&b, "b\r\nc", 4, false, &removed);
	assert_string_equal(b.data, "ab c");
	assert_int_equal(removed, 0);
	/* Sinhala typed key by key: the joiner waits for its neighbour. */
	buf_clear(&b);
	utf8_clean(&b, "\u200d", 3, false, &removed);
	assert_string_equal(b.data, "\u200d");
	assert_int_equal(removed, 0);
	buf_done(&b);
}

static void
codes_go_there_and_back(void **state)
{
	uint32_t back;
	char s[4];

	(void)state;
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		size_t n = utf8_encode(cp, s);

		assert_true(utf8_valid(s, n));
		assert_int_equal(utf8_decode(s, n, &back), n);
		if (cp >= 0xd800 && cp <= 0xdfff)
			assert_int_equal(back, 0xfffd);
		else
			assert_int_equal(back, cp);
		for (size_t cut = 1; cut < n; cut++)
			assert_false(utf8_valid(s, cut));
	}
	assert_int_equal(utf8_encode(0x110000, s), 3);
	assert_int_equal(utf8_decode("\xff", 1, &back), 1);
	assert_int_equal(back, 0xfffd);
}

/* Text cut at its clusters, and the cells of each. */
static const struct {
	const char *cluster[8];
	int cells[8];
} clusters[] = {
	{ { "a", "b", " ", "c" }, { 1, 1, 1, 1 } },
	{ { "e\u0301", "x" }, { 1, 1 } },
	{ { "e\u0316\u0317\u0301", "x" }, { 1, 1 } },
	{ { "\r\n", "a" }, { 0, 1 } },
	/* Sinhala: a sign that takes room, one that does not, a conjunct. */
	{ { "කා", "කි", "ක්\u200d", "ෂ", "ශ්\u200d", "රී" }, { 2, 1, 1, 1, 1, 1 } },
	{ { "අ", "ම්", "මා" }, { 1, 1, 2 } },
	/* Tamil. */
	{ { "செ", "ல்", "வி" }, { 2, 1, 2 } },
	{ { "அ", "ம்", "மா" }, { 1, 1, 2 } },
	/* Arabic with vowels. */
	{ { "مُ", "حَ", "مَّ", "د" }, { 1, 1, 1, 1 } },
	{ { "한", "국" }, { 2, 2 } },
	{ { "\u1112\u1161\u11ab", "x" }, { 2, 1 } },
	{ { "王", "a" }, { 2, 1 } },
	{ { "🇱🇰", "🇵🇰" }, { 2, 2 } },
	{ { "👍", "a" }, { 2, 1 } },
	{ { "❤\ufe0f", "a" }, { 1, 1 } },
	/* Wider than two cells is split, as terminals show it. */
	{ { "👨\u200d", "👩" }, { 2, 2 } },
	{ { "\xff", "a", "\xe0\xb6", "b" }, { 1, 1, 1, 1 } },
};

static void
text_is_edited_by_clusters(void **state)
{
	(void)state;
	for (size_t i = 0; i < N(clusters); i++) {
		size_t start[9] = { 0 }, n = 0, at = 0;
		struct buf b;
		int cells = 0;

		buf_init(&b);
		for (; n < 8 && clusters[i].cluster[n] != NULL; n++) {
			start[n] = b.len;
			buf_add_str(&b, clusters[i].cluster[n]);
			cells += clusters[i].cells[n];
		}
		start[n] = b.len;
		if (i == N(clusters) - 1) {
			/* Bad bytes stand alone. */
			assert_int_equal(utf8_grapheme(b.data, b.len), 1);
			assert_int_equal(
			    utf8_grapheme_before(b.data, b.len, 4), 3);
			buf_done(&b);
			continue;
		}
		for (size_t j = 0; j < n; j++) {
			size_t len = utf8_grapheme(b.data + at, b.len - at);

			if (at + len != start[j + 1])
				fail_msg("row %zu: cluster %zu has %zu bytes",
				    i, j, len);
			assert_int_equal(utf8_grapheme_width(b.data + at, len),
			    clusters[i].cells[j]);
			at += len;
			assert_int_equal(
			    utf8_grapheme_before(b.data, b.len, at), start[j]);
		}
		assert_int_equal(utf8_width(b.data, b.len), cells);
		buf_done(&b);
	}
	assert_int_equal(utf8_grapheme("", 0), 0);
	assert_int_equal(utf8_grapheme_before("abc", 3, 0), 0);
}

static void
text_is_fitted_without_splitting(void **state)
{
	static const struct {
		const char *s;
		int cells;
		size_t bytes;
		int used;
	} rows[] = {
		{ "abc", 2, 2, 2 },
		{ "abc", 5, 3, 3 },
		{ "abc", 0, 0, 0 },
		{ "王王", 3, 3, 2 },
		{ "王王", 1, 0, 0 },
		{ "e\u0301e\u0301", 1, 3, 1 },
		{ "කා", 1, 0, 0 },
		{ "කාක", 2, 6, 2 },
	};
	int used;

	(void)state;
	for (size_t i = 0; i < N(rows); i++) {
		assert_int_equal(utf8_fit(rows[i].s, strlen(rows[i].s),
				     rows[i].cells, &used),
		    rows[i].bytes);
		assert_int_equal(used, rows[i].used);
		(void)utf8_fit(rows[i].s, strlen(rows[i].s), 1, NULL);
	}
}

/* A long paragraph without a blank: going back stays near. */
static void
going_back_agrees_with_going_forward(void **state)
{
	static const char *const parts[] = { "ක්\u200dෂ", "කා", "🇱🇰", "🇵",
		"e\u0301", "مّ", "👨\u200d👩", "\xff", "\u0600", "1", "한",
		"\u1161", "\r\n" };
	size_t starts[4000], n = 0;
	struct buf b;
	unsigned r = 1;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 1500; i++) {
		r = r * 1103515245u + 12345u;
		buf_add_str(&b, parts[(r >> 16) % N(parts)]);
	}
	for (size_t at = 0; at < b.len;) {
		assert_true(n < N(starts));
		starts[n++] = at;
		at += utf8_grapheme(b.data + at, b.len - at);
	}
	for (size_t at = b.len; n > 0; n--) {
		at = utf8_grapheme_before(b.data, b.len, at);
		assert_int_equal(at, starts[n - 1]);
	}
	buf_done(&b);
}

static void
search_text_is_folded(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ "  -- ", "" },
		{ "Fathima RIZANA", "fathima rizana" },
		{ " O'Brien-Smith, ", "o brien smith" },
		{ "José Ñandú", "jose nandu" },
		{ "Straße", "strasse" },
		{ "Łukasz Ørsted", "lukasz orsted" },
		{ "İstanbul ısı", "istanbul isi" },
		{ "ﬁne", "fine" },
		{ "Ёлка й", "елка и" },
		{ "ΆΝΝΑ", "αννα" },
		/* Arabic: vowels, tatweel, and letters in their variants. */
		{ "مُحَمَّد", "محمد" },
		{ "محـــمد", "محمد" },
		{ "أحمد إبراهيم آمنة", "احمد ابراهيم امنه" },
		{ "علی", "علي" },
		{ "على", "علي" },
		{ "فاطمة", "فاطمه" },
		{ "کریم", "كريم" },
		{ "خدیجہ", "خديجه" },
		{ "می\u200cخواهم", "ميخواهم" },
		/* Indic vowel signs stay; joiners go. */
		{ "ශ්\u200dරී", "ශ්රී" },
		{ "செல்வி", "செல்வி" },
		{ "क्षमा", "क्षमा" },
		/* Digits of every script. */
		{ "٠١٢ ۳۴ ६ ௭ ෮", "012 34 6 7 8" },
		{ "a\xff"
		  "b",
		    "a b" },
		{ "\u0dcf", "" },
		{ "王小明", "王小明" },
	};
	struct buf b, again;

	(void)state;
	buf_init(&b);
	buf_init(&again);
	for (size_t i = 0; i < N(rows); i++) {
		buf_clear(&b);
		buf_clear(&again);
		utf8_fold(&b, rows[i].in, strlen(rows[i].in));
		if (strcmp(b.data, rows[i].out) != 0)
			fail_msg("%s: \"%s\"", rows[i].in, b.data);
		utf8_fold(&again, b.data, b.len);
		assert_string_equal(again.data, b.data);
	}
	buf_done(&b);
	buf_done(&again);
}

static void
the_first_letter_says_the_script(void **state)
{
	static const struct {
		const char *s;
		enum utf8_script script;
	} rows[] = {
		{ "", SCRIPT_OTHER },
		{ "123", SCRIPT_OTHER },
		{ "  Rani", SCRIPT_LATIN },
		{ "1. é", SCRIPT_LATIN },
		{ "محمد", SCRIPT_ARABIC },
		{ "කමල", SCRIPT_SINHALA },
		{ "குமார்", SCRIPT_TAMIL },
		{ "Олена", SCRIPT_CYRILLIC },
		{ "राम", SCRIPT_DEVANAGARI },
		{ "王", SCRIPT_OTHER },
		{ "王 Rani", SCRIPT_OTHER },
		{ "\xff Rani", SCRIPT_LATIN },
	};

	(void)state;
	for (size_t i = 0; i < N(rows); i++)
		assert_int_equal(
		    utf8_script(rows[i].s, strlen(rows[i].s)), rows[i].script);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_01_no_scalar_value_steers_the_terminal),
		cmocka_unit_test(harm_01_no_bytes_steer_the_terminal),
		cmocka_unit_test(what_was_cleaned_is_safe),
		cmocka_unit_test(texts_are_made_safe_and_cleaned),
		cmocka_unit_test(what_is_removed_is_counted),
		cmocka_unit_test(codes_go_there_and_back),
		cmocka_unit_test(text_is_edited_by_clusters),
		cmocka_unit_test(text_is_fitted_without_splitting),
		cmocka_unit_test(going_back_agrees_with_going_forward),
		cmocka_unit_test(search_text_is_folded),
		cmocka_unit_test(the_first_letter_says_the_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
