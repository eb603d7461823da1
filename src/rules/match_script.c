/* SPDX-License-Identifier: ISC */
/*
 * Names in Latin letters.  Not a transliteration standard: what families and
 * registrars of the region write, near enough that the sound keys meet.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "rules/match_impl.h"

enum part { CONSONANT, VOWEL, SIGN, KILL, NASAL, NUKTA };

struct letter {
	uint32_t cp;
	enum part part;
	const char *latin;
};

/* Scripts where a consonant carries an "a" unless a sign says otherwise.  Each
 * table is in the order of its block. */
static const struct letter sinhala[] = {
	{ 0x0d82, NASAL, "n" },
	{ 0x0d83, NASAL, "h" },
	{ 0x0d85, VOWEL, "a" },
	{ 0x0d86, VOWEL, "a" },
	{ 0x0d87, VOWEL, "a" },
	{ 0x0d88, VOWEL, "a" },
	{ 0x0d89, VOWEL, "i" },
	{ 0x0d8a, VOWEL, "i" },
	{ 0x0d8b, VOWEL, "u" },
	{ 0x0d8c, VOWEL, "u" },
	{ 0x0d8d, VOWEL, "ri" },
	{ 0x0d91, VOWEL, "e" },
	{ 0x0d92, VOWEL, "e" },
	{ 0x0d93, VOWEL, "ai" },
	{ 0x0d94, VOWEL, "o" },
	{ 0x0d95, VOWEL, "o" },
	{ 0x0d96, VOWEL, "au" },
	{ 0x0d9a, CONSONANT, "k" },
	{ 0x0d9b, CONSONANT, "k" },
	{ 0x0d9c, CONSONANT, "g" },
	{ 0x0d9d, CONSONANT, "g" },
	{ 0x0d9e, CONSONANT, "n" },
	{ 0x0d9f, CONSONANT, "ng" },
	{ 0x0da0, CONSONANT, "ch" },
	{ 0x0da1, CONSONANT, "ch" },
	{ 0x0da2, CONSONANT, "j" },
	{ 0x0da3, CONSONANT, "j" },
	{ 0x0da4, CONSONANT, "n" },
	{ 0x0da5, CONSONANT, "gn" },
	{ 0x0da6, CONSONANT, "nj" },
	{ 0x0da7, CONSONANT, "t" },
	{ 0x0da8, CONSONANT, "t" },
	{ 0x0da9, CONSONANT, "d" },
	{ 0x0daa, CONSONANT, "d" },
	{ 0x0dab, CONSONANT, "n" },
	{ 0x0dac, CONSONANT, "nd" },
	{ 0x0dad, CONSONANT, "t" },
	{ 0x0dae, CONSONANT, "t" },
	{ 0x0daf, CONSONANT, "d" },
	{ 0x0db0, CONSONANT, "d" },
	{ 0x0db1, CONSONANT, "n" },
	{ 0x0db3, CONSONANT, "nd" },
	{ 0x0db4, CONSONANT, "p" },
	{ 0x0db5, CONSONANT, "p" },
	{ 0x0db6, CONSONANT, "b" },
	{ 0x0db7, CONSONANT, "b" },
	{ 0x0db8, CONSONANT, "m" },
	{ 0x0db9, CONSONANT, "mb" },
	{ 0x0dba, CONSONANT, "y" },
	{ 0x0dbb, CONSONANT, "r" },
	{ 0x0dbd, CONSONANT, "l" },
	{ 0x0dc0, CONSONANT, "v" },
	{ 0x0dc1, CONSONANT, "sh" },
	{ 0x0dc2, CONSONANT, "sh" },
	{ 0x0dc3, CONSONANT, "s" },
	{ 0x0dc4, CONSONANT, "h" },
	{ 0x0dc5, CONSONANT, "l" },
	{ 0x0dc6, CONSONANT, "f" },
	{ 0x0dca, KILL, "" },
	{ 0x0dcf, SIGN, "a" },
	{ 0x0dd0, SIGN, "a" },
	{ 0x0dd1, SIGN, "a" },
	{ 0x0dd2, SIGN, "i" },
	{ 0x0dd3, SIGN, "i" },
	{ 0x0dd4, SIGN, "u" },
	{ 0x0dd6, SIGN, "u" },
	{ 0x0dd8, SIGN, "ru" },
	{ 0x0dd9, SIGN, "e" },
	{ 0x0dda, SIGN, "e" },
	{ 0x0ddb, SIGN, "ai" },
	{ 0x0ddc, SIGN, "o" },
	{ 0x0ddd, SIGN, "o" },
	{ 0x0dde, SIGN, "au" },
	{ 0x0ddf, SIGN, "u" },
	{ 0x0df2, SIGN, "ru" },
};

static const struct letter tamil[] = {
	{ 0x0b83, NASAL, "" }, /* before pa it makes fa, which sounds alike */
	{ 0x0b85, VOWEL, "a" },
	{ 0x0b86, VOWEL, "a" },
	{ 0x0b87, VOWEL, "i" },
	{ 0x0b88, VOWEL, "i" },
	{ 0x0b89, VOWEL, "u" },
	{ 0x0b8a, VOWEL, "u" },
	{ 0x0b8e, VOWEL, "e" },
	{ 0x0b8f, VOWEL, "e" },
	{ 0x0b90, VOWEL, "ai" },
	{ 0x0b92, VOWEL, "o" },
	{ 0x0b93, VOWEL, "o" },
	{ 0x0b94, VOWEL, "au" },
	{ 0x0b95, CONSONANT, "k" },
	{ 0x0b99, CONSONANT, "n" },
	{ 0x0b9a, CONSONANT, "s" },
	{ 0x0b9c, CONSONANT, "j" },
	{ 0x0b9e, CONSONANT, "n" },
	{ 0x0b9f, CONSONANT, "t" },
	{ 0x0ba3, CONSONANT, "n" },
	{ 0x0ba4, CONSONANT, "t" },
	{ 0x0ba8, CONSONANT, "n" },
	{ 0x0ba9, CONSONANT, "n" },
	{ 0x0baa, CONSONANT, "p" },
	{ 0x0bae, CONSONANT, "m" },
	{ 0x0baf, CONSONANT, "y" },
	{ 0x0bb0, CONSONANT, "r" },
	{ 0x0bb1, CONSONANT, "r" },
	{ 0x0bb2, CONSONANT, "l" },
	{ 0x0bb3, CONSONANT, "l" },
	{ 0x0bb4, CONSONANT, "l" },
	{ 0x0bb5, CONSONANT, "v" },
	{ 0x0bb6, CONSONANT, "sh" },
	{ 0x0bb7, CONSONANT, "sh" },
	{ 0x0bb8, CONSONANT, "s" },
	{ 0x0bb9, CONSONANT, "h" },
	{ 0x0bbe, SIGN, "a" },
	{ 0x0bbf, SIGN, "i" },
	{ 0x0bc0, SIGN, "i" },
	{ 0x0bc1, SIGN, "u" },
	{ 0x0bc2, SIGN, "u" },
	{ 0x0bc6, SIGN, "e" },
	{ 0x0bc7, SIGN, "e" },
	{ 0x0bc8, SIGN, "ai" },
	{ 0x0bca, SIGN, "o" },
	{ 0x0bcb, SIGN, "o" },
	{ 0x0bcc, SIGN, "au" },
	{ 0x0bcd, KILL, "" },
};

static const struct letter devanagari[] = {
	{ 0x0901, NASAL, "n" },
	{ 0x0902, NASAL, "n" },
	{ 0x0903, NASAL, "h" },
	{ 0x0905, VOWEL, "a" },
	{ 0x0906, VOWEL, "a" },
	{ 0x0907, VOWEL, "i" },
	{ 0x0908, VOWEL, "i" },
	{ 0x0909, VOWEL, "u" },
	{ 0x090a, VOWEL, "u" },
	{ 0x090b, VOWEL, "ri" },
	{ 0x090f, VOWEL, "e" },
	{ 0x0910, VOWEL, "ai" },
	{ 0x0911, VOWEL, "o" },
	{ 0x0913, VOWEL, "o" },
	{ 0x0914, VOWEL, "au" },
	{ 0x0915, CONSONANT, "k" },
	{ 0x0916, CONSONANT, "K" },
	{ 0x0917, CONSONANT, "g" },
	{ 0x0918, CONSONANT, "g" },
	{ 0x0919, CONSONANT, "n" },
	{ 0x091a, CONSONANT, "ch" },
	{ 0x091b, CONSONANT, "ch" },
	{ 0x091c, CONSONANT, "j" },
	{ 0x091d, CONSONANT, "j" },
	{ 0x091e, CONSONANT, "n" },
	{ 0x091f, CONSONANT, "t" },
	{ 0x0920, CONSONANT, "t" },
	{ 0x0921, CONSONANT, "d" },
	{ 0x0922, CONSONANT, "d" },
	{ 0x0923, CONSONANT, "n" },
	{ 0x0924, CONSONANT, "t" },
	{ 0x0925, CONSONANT, "t" },
	{ 0x0926, CONSONANT, "d" },
	{ 0x0927, CONSONANT, "d" },
	{ 0x0928, CONSONANT, "n" },
	{ 0x092a, CONSONANT, "p" },
	{ 0x092b, CONSONANT, "f" },
	{ 0x092c, CONSONANT, "b" },
	{ 0x092d, CONSONANT, "b" },
	{ 0x092e, CONSONANT, "m" },
	{ 0x092f, CONSONANT, "y" },
	{ 0x0930, CONSONANT, "r" },
	{ 0x0932, CONSONANT, "l" },
	{ 0x0933, CONSONANT, "l" },
	{ 0x0935, CONSONANT, "v" },
	{ 0x0936, CONSONANT, "sh" },
	{ 0x0937, CONSONANT, "sh" },
	{ 0x0938, CONSONANT, "s" },
	{ 0x0939, CONSONANT, "h" },
	{ 0x093c, NUKTA, "" },
	{ 0x093e, SIGN, "a" },
	{ 0x093f, SIGN, "i" },
	{ 0x0940, SIGN, "i" },
	{ 0x0941, SIGN, "u" },
	{ 0x0942, SIGN, "u" },
	{ 0x0943, SIGN, "ri" },
	{ 0x0945, SIGN, "e" },
	{ 0x0947, SIGN, "e" },
	{ 0x0948, SIGN, "ai" },
	{ 0x0949, SIGN, "o" },
	{ 0x094b, SIGN, "o" },
	{ 0x094c, SIGN, "au" },
	{ 0x094d, KILL, "" },
};

/* Scripts written letter by letter. */
static const struct letter arabic[] = {
	{ 0x0621, SIGN, "~" },
	{ 0x0627, SIGN, "a" },
	{ 0x0628, CONSONANT, "b" },
	{ 0x062a, CONSONANT, "t" },
	{ 0x062b, CONSONANT, "T" },
	{ 0x062c, CONSONANT, "j" },
	{ 0x062d, CONSONANT, "h" },
	{ 0x062e, CONSONANT, "K" },
	{ 0x062f, CONSONANT, "d" },
	{ 0x0630, CONSONANT, "D" },
	{ 0x0631, CONSONANT, "r" },
	{ 0x0632, CONSONANT, "z" },
	{ 0x0633, CONSONANT, "s" },
	{ 0x0634, CONSONANT, "sh" },
	{ 0x0635, CONSONANT, "s" },
	{ 0x0636, CONSONANT, "D" },
	{ 0x0637, CONSONANT, "t" },
	{ 0x0638, CONSONANT, "D" },
	{ 0x0639, SIGN, "~" },
	{ 0x063a, CONSONANT, "g" },
	{ 0x0641, CONSONANT, "f" },
	{ 0x0642, CONSONANT, "k" },
	{ 0x0643, CONSONANT, "k" },
	{ 0x0644, CONSONANT, "l" },
	{ 0x0645, CONSONANT, "m" },
	{ 0x0646, CONSONANT, "n" },
	{ 0x0647, CONSONANT, "h" },
	{ 0x0648, VOWEL, "u" },
	{ 0x064a, SIGN, "i" },
	{ 0x0679, CONSONANT, "t" },
	{ 0x067a, CONSONANT, "t" },
	{ 0x067b, CONSONANT, "b" },
	{ 0x067c, CONSONANT, "t" },
	{ 0x067d, CONSONANT, "t" },
	{ 0x067e, CONSONANT, "p" },
	{ 0x067f, CONSONANT, "t" },
	{ 0x0680, CONSONANT, "b" },
	{ 0x0681, CONSONANT, "z" },
	{ 0x0683, CONSONANT, "n" },
	{ 0x0684, CONSONANT, "j" },
	{ 0x0685, CONSONANT, "s" },
	{ 0x0686, CONSONANT, "ch" },
	{ 0x0687, CONSONANT, "ch" },
	{ 0x0688, CONSONANT, "d" },
	{ 0x0689, CONSONANT, "d" },
	{ 0x068a, CONSONANT, "d" },
	{ 0x068c, CONSONANT, "d" },
	{ 0x068d, CONSONANT, "d" },
	{ 0x068f, CONSONANT, "d" },
	{ 0x0691, CONSONANT, "r" },
	{ 0x0693, CONSONANT, "r" },
	{ 0x0696, CONSONANT, "j" },
	{ 0x0698, CONSONANT, "j" },
	{ 0x0699, CONSONANT, "r" },
	{ 0x069a, CONSONANT, "sh" },
	{ 0x06a4, CONSONANT, "v" },
	{ 0x06ab, CONSONANT, "g" },
	{ 0x06af, CONSONANT, "g" },
	{ 0x06b1, CONSONANT, "n" },
	{ 0x06b3, CONSONANT, "g" },
	{ 0x06ba, CONSONANT, "n" },
	{ 0x06bb, CONSONANT, "n" },
	{ 0x06bc, CONSONANT, "n" },
};

static const struct letter cyrillic[] = {
	{ 0x0430, SIGN, "a" },
	{ 0x0431, CONSONANT, "b" },
	{ 0x0432, CONSONANT, "v" },
	{ 0x0433, CONSONANT, "G" },
	{ 0x0434, CONSONANT, "d" },
	{ 0x0435, SIGN, "e" },
	{ 0x0436, CONSONANT, "zh" },
	{ 0x0437, CONSONANT, "z" },
	{ 0x0438, SIGN, "i" },
	{ 0x043a, CONSONANT, "k" },
	{ 0x043b, CONSONANT, "l" },
	{ 0x043c, CONSONANT, "m" },
	{ 0x043d, CONSONANT, "n" },
	{ 0x043e, SIGN, "o" },
	{ 0x043f, CONSONANT, "p" },
	{ 0x0440, CONSONANT, "r" },
	{ 0x0441, CONSONANT, "s" },
	{ 0x0442, CONSONANT, "t" },
	{ 0x0443, SIGN, "u" },
	{ 0x0444, CONSONANT, "f" },
	{ 0x0445, CONSONANT, "K" },
	{ 0x0446, CONSONANT, "ts" },
	{ 0x0447, CONSONANT, "ch" },
	{ 0x0448, CONSONANT, "sh" },
	{ 0x0449, CONSONANT, "sh" },
	{ 0x044a, SIGN, "" },
	{ 0x044b, SIGN, "i" },
	{ 0x044c, SIGN, "" },
	{ 0x044d, SIGN, "e" },
	{ 0x044e, SIGN, "yu" },
	{ 0x044f, SIGN, "ya" },
	{ 0x0452, CONSONANT, "d" },
	{ 0x0454, SIGN, "e" },
	{ 0x0456, SIGN, "i" },
	{ 0x0458, SIGN, "y" },
	{ 0x0459, CONSONANT, "l" },
	{ 0x045a, CONSONANT, "n" },
	{ 0x045b, CONSONANT, "ch" },
	{ 0x045f, CONSONANT, "j" },
	{ 0x0491, CONSONANT, "g" },
	{ 0x0493, CONSONANT, "g" },
	{ 0x0497, CONSONANT, "j" },
	{ 0x049b, CONSONANT, "k" },
	{ 0x04a3, CONSONANT, "n" },
	{ 0x04af, SIGN, "u" },
	{ 0x04b1, SIGN, "u" },
	{ 0x04b3, CONSONANT, "h" },
	{ 0x04b7, CONSONANT, "j" },
	{ 0x04bb, CONSONANT, "h" },
	{ 0x04d9, SIGN, "a" },
	{ 0x04e9, SIGN, "o" },
};

static const struct {
	enum utf8_script script;
	const struct letter *letters;
	size_t n;
	bool carries_a;
} tables[] = {
	{ SCRIPT_SINHALA, sinhala, sizeof(sinhala) / sizeof(sinhala[0]), true },
	{ SCRIPT_TAMIL, tamil, sizeof(tamil) / sizeof(tamil[0]), true },
	{ SCRIPT_DEVANAGARI, devanagari,
	    sizeof(devanagari) / sizeof(devanagari[0]), true },
	{ SCRIPT_ARABIC, arabic, sizeof(arabic) / sizeof(arabic[0]), false },
	{ SCRIPT_CYRILLIC, cyrillic, sizeof(cyrillic) / sizeof(cyrillic[0]),
	    false },
};

static const struct letter *
find(const struct letter *letters, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++) {
		if (letters[i].cp == cp)
			return &letters[i];
	}
	return NULL;
}

/* A word's code points, composed again (o is one sign, not e and a). */
static size_t
code_points(const char *folded, uint32_t *out, size_t max)
{
	struct buf nfc;
	size_t n = 0, at = 0;

	buf_init(&nfc);
	utf8_clean(&nfc, folded, strlen(folded), false, NULL);
	while (at < nfc.len && n < max)
		at += utf8_decode(nfc.data + at, nfc.len - at, &out[n++]);
	buf_done(&nfc);
	return n;
}

static void
add(char *out, const char *s)
{
	size_t len = strlen(out), n = strlen(s);

	if (len + n < MATCH_KEY_SIZE)
		memcpy(out + len, s, n + 1);
}

/* With a dot below: ja is za, pha is fa, kha is the kha of Arabic. */
static void
dotted(char *out)
{
	size_t len = strlen(out);

	if (len > 0 && out[len - 1] == 'j')
		out[len - 1] = 'z';
}

static void
abugida(const struct letter *letters, size_t n_letters, enum utf8_script script,
    const uint32_t *cp, size_t n, char *out)
{
	bool pending = false, vowel = false;

	for (size_t i = 0; i < n; i++) {
		const struct letter *l = find(letters, n_letters, cp[i]);
		const char *latin;

		if (l == NULL)
			continue;
		latin = l->latin;
		if (pending && l->part != SIGN && l->part != KILL &&
		    l->part != NUKTA) {
			add(out, "a");
			vowel = true;
		}
		/* Between vowels Tamil ka is also said and written ha. */
		if (cp[i] == 0x0b95 && vowel &&
		    !(i + 1 < n && cp[i + 1] == 0x0bcd))
			latin = "K";
		if (l->part == NUKTA) {
			dotted(out);
			continue;
		}
		add(out, latin);
		pending = l->part == CONSONANT;
		vowel = l->part == SIGN || l->part == VOWEL;
	}
	/* Hindi and Nepali do not say the last one. */
	if (pending && script != SCRIPT_DEVANAGARI)
		add(out, "a");
}

#define WAW 0x0648
#define ALEF 0x0627
#define LAM 0x0644
#define YA 0x064a

/* Waw is a consonant in front and before alef, either beside another long
 * vowel, and else the vowel u. */
static const char *
waw(const uint32_t *cp, size_t n, size_t i)
{
	uint32_t next = i + 1 < n ? cp[i + 1] : 0;

	if (i == 0 || next == ALEF)
		return "v";
	if (next == YA || next == WAW || (cp[i - 1] == ALEF && next != 0))
		return "W";
	return "u";
}

static void
alphabet(const struct letter *letters, size_t n_letters,
    enum utf8_script script, const uint32_t *cp, size_t n, char *out)
{
	bool ar = script == SCRIPT_ARABIC;
	size_t i = 0;

	/* The article is not part of the name; a word of it alone is. */
	if (ar && n >= 5 && cp[0] == ALEF && cp[1] == LAM)
		i = 2;
	for (; i < n; i++) {
		const struct letter *l = find(letters, n_letters, cp[i]);

		if (l == NULL)
			continue;
		if (ar && cp[i] == WAW) {
			add(out, waw(cp, n, i));
			continue;
		}
		/* Two lams are the name of God and the article, said as one;
		 * any other letter written twice has a vowel in between. */
		if (ar && cp[i] == LAM && i + 1 < n && cp[i + 1] == LAM)
			continue;
		add(out, l->latin);
		if (ar && l->part == CONSONANT && i + 1 < n)
			add(out, "~");
	}
}

void
match_romanise(struct word *w)
{
	enum utf8_script script = utf8_script(w->folded, strlen(w->folded));
	uint32_t cp[MATCH_KEY_SIZE];
	size_t n;

	w->latin[0] = '\0';
	/* Digits have no script and stay what they are. */
	if (script == SCRIPT_LATIN ||
	    w->folded[strspn(w->folded, "0123456789")] == '\0') {
		memcpy(w->latin, w->folded, sizeof(w->latin));
		return;
	}
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		if (tables[i].script != script)
			continue;
		n = code_points(w->folded, cp, sizeof(cp) / sizeof(cp[0]));
		if (tables[i].carries_a)
			abugida(tables[i].letters, tables[i].n, script, cp, n,
			    w->latin);
		else
			alphabet(tables[i].letters, tables[i].n, script, cp, n,
			    w->latin);
	}
}
