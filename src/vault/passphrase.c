/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/id.h"
#include "base/utf8.h"
#include "vault/passphrase.h"

/* At least so many characters must be left without the known words. */
#define LEFT_MIN 8
#define DISTINCT_MIN 6
/* A block that is repeated must be at least this long to be worth its length;
 * a person's own sentence said twice is. */
#define PERIOD_MIN 10
#define WORD_MIN 3

/*
 * What guessers try first, and long phrases that are known from everywhere;
 * spelled without spaces.  Longer ones first, as each is taken out in turn.
 */
static const char *const common[] = { "correcthorsebatterystaple",
	"thequickbrownfoxjumpsoverthelazydog", "maytheforcebewithyou",
	"tobeornottobethatisthequestion", "internationalcommittee",
	"internationalfederation", "administrator", "administrador",
	"nationalsociety", "redcrescent", "passphrase", "humanitarian",
	"contrasena", "motdepasse", "caseworker", "supervisor", "croixrouge",
	"trustno1", "password", "passwort", "passw0rd", "p4ssword", "cruzroja",
	"redcross", "crescent", "iloveyou", "changeme", "whatever", "superman",
	"sunshine", "princess", "football", "baseball", "starwars", "computer",
	"internet", "welcome", "letmein", "default", "monkey", "dragon",
	"master", "shadow", "secret", "access", "amparo", "qwerty", "azerty",
	"abc123", "admin", "login", "cross", "hello", "guest", "user", "test",
	"pass", "ifrc", "icrc", "root" };

static const char *const keyboard[] = { "`1234567890-=", "qwertyuiop[]",
	"asdfghjkl;'", "zxcvbnm,./", "azertyuiop", "qsdfghjklm", "wxcvbn,;:!" };

static int
too_long(struct err *e)
{
	return err_set(e, ERR_INPUT,
	    _("A passphrase may be up to %d bytes long. Choose a shorter one."),
	    PASSPHRASE_MAX);
}

int
passphrase_normal(const struct secret *in, struct secret **out, struct err *e)
{
	size_t len = secret_len(in);
	const char *p = (const char *)secret_open(in);
	struct buf nfc;
	bool ascii = true;
	int rc = -1;

	buf_init(&nfc);
	*out = NULL;
	for (size_t i = 0; i < len && ascii; i++)
		ascii = (p[i] & 0x80) == 0;
	if (len > PASSPHRASE_MAX) {
		(void)too_long(e);
		goto out;
	}
	if (ascii) {
		*out = secret_new(PASSPHRASE_MAX);
		rc = secret_append(*out, p, len) ? 0 : -1;
		goto out;
	}
	if (!utf8_valid(p, len)) {
		(void)err_set(e, ERR_INPUT,
		    _("This passphrase is not valid text. Check the keyboard "
		      "and the terminal's character set."));
		goto out;
	}
	utf8_clean(&nfc, p, len, false, NULL);
	*out = secret_new(PASSPHRASE_MAX);
	if (secret_append(*out, nfc.data, nfc.len)) {
		rc = 0;
	} else {
		secret_free(*out);
		*out = NULL;
		(void)too_long(e);
	}
out:
	buf_done(&nfc);
	secret_close(in);
	return rc;
}

/* The code points of s, capitals of ASCII made small. */
static size_t
points_of(const struct secret *s, uint32_t *out)
{
	size_t len = secret_len(s), n = 0, at = 0;
	const char *p = (const char *)secret_open(s);

	while (at < len) {
		at += utf8_decode(p + at, len - at, &out[n]);
		if (out[n] >= 'A' && out[n] <= 'Z')
			out[n] += 'a' - 'A';
		n++;
	}
	secret_close(s);
	return n;
}

static size_t
count_distinct(const uint32_t *p, size_t n)
{
	size_t distinct = 0;

	for (size_t i = 0; i < n; i++) {
		size_t j = 0;

		while (j < i && p[j] != p[i])
			j++;
		if (j == i)
			distinct++;
	}
	return distinct;
}

/* Is it all one short block, again and again? */
static bool
is_periodic(const uint32_t *p, size_t n)
{
	for (size_t period = 1; period < PERIOD_MIN && period * 2 <= n;
	     period++) {
		size_t i = period;

		while (i < n && p[i] == p[i - period])
			i++;
		if (i == n)
			return true;
	}
	return false;
}

static bool
beside_on_keyboard(uint32_t a, uint32_t b)
{
	if (a == 0 || a > 0x7f || b == 0 || b > 0x7f)
		return false;
	for (size_t k = 0; k < sizeof(keyboard) / sizeof(keyboard[0]); k++) {
		const char *x = strchr(keyboard[k], (int)a);
		const char *y = strchr(keyboard[k], (int)b);

		if (x != NULL && y != NULL && (x - y == 1 || y - x == 1))
			return true;
	}
	return false;
}

/* Are more than half of its steps to a neighbour: 123, cba, qwerty, aaa? */
static bool
is_run(const uint32_t *p, size_t n)
{
	size_t steps = 0;

	for (size_t i = 1; i < n; i++) {
		if (p[i] == p[i - 1] || p[i] == p[i - 1] + 1 ||
		    p[i] + 1 == p[i - 1] || beside_on_keyboard(p[i], p[i - 1]))
			steps++;
	}
	return steps * 2 > n - 1;
}

/* Leave out what separates words, as people vary that first. */
static size_t
squeeze(uint32_t *p, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bool word = p[i] > 0x7f || (p[i] >= '0' && p[i] <= '9') ||
			    (p[i] >= 'a' && p[i] <= 'z');

		if (word)
			p[kept++] = p[i];
	}
	return kept;
}

static size_t
take_out(uint32_t *p, size_t n, const uint32_t *word, size_t len)
{
	for (size_t i = 0; len >= WORD_MIN && i + len <= n;) {
		if (memcmp(p + i, word, len * sizeof(*p)) != 0) {
			i++;
			continue;
		}
		memmove(p + i, p + i + len, (n - i - len) * sizeof(*p));
		n -= len;
	}
	return n;
}

static size_t
take_out_str(uint32_t *p, size_t n, const char *word)
{
	uint32_t w[PASSPHRASE_MAX];
	size_t len = 0, at = 0, size = strlen(word);

	while (at < size && len < PASSPHRASE_MAX) {
		at += utf8_decode(word + at, size - at, &w[len]);
		if (w[len] >= 'A' && w[len] <= 'Z')
			w[len] += 'a' - 'A';
		len++;
	}
	return take_out(p, n, w, squeeze(w, len));
}

static int
check_points(uint32_t *p, size_t n, const char *const *words, size_t nwords,
    struct err *e)
{
	if (n < PASSPHRASE_MIN)
		return err_set(e, ERR_INPUT,
		    _("A passphrase needs at least %d characters; this one "
		      "has %zu. A few words that do not belong together are "
		      "easy to remember."),
		    PASSPHRASE_MIN, n);
	if (count_distinct(p, n) < DISTINCT_MIN)
		return err_set(e, ERR_INPUT,
		    _("This passphrase uses too few different characters. Add "
		      "other words."));
	if (is_periodic(p, n))
		return err_set(e, ERR_INPUT,
		    _("This passphrase is one short piece again and again. "
		      "Use different words."));
	if (is_run(p, n))
		return err_set(e, ERR_INPUT,
		    _("This passphrase runs along the alphabet, the numbers "
		      "or the keyboard. Use words instead."));
	n = squeeze(p, n);
	for (size_t i = 0; i < nwords; i++) {
		if (words[i] != NULL)
			n = take_out_str(p, n, words[i]);
	}
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		n = take_out_str(p, n, common[i]);
	if (n < LEFT_MIN)
		return err_set(e, ERR_INPUT,
		    _("This passphrase is mostly words that are tried first: "
		      "your login, your organisation or well-known phrases. "
		      "Use other words."));
	return 0;
}

int
passphrase_check(const struct secret *s, const char *const *words,
    size_t nwords, struct err *e)
{
	struct secret *normal, *points;
	uint32_t *p;
	int rc;

	if (passphrase_normal(s, &normal, e) != 0)
		return -1;
	/* A multiple of four bytes from libsodium is aligned for them. */
	points = secret_new(PASSPHRASE_MAX * sizeof(uint32_t));
	p = (void *)secret_fill(points, PASSPHRASE_MAX * sizeof(uint32_t));
	rc = check_points(p, points_of(normal, p), words, nwords, e);
	secret_close(points);
	secret_free(points);
	secret_free(normal);
	return rc;
}

void
words_of(const uint8_t *bytes, size_t n, char *out)
{
	static const char consonant[] = "bdfghjklmnprstvz";
	static const char vowel[] = "aiou";

	for (size_t i = 0; i < n; i++) {
		unsigned w = (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1];

		*out++ = consonant[w >> 12 & 15];
		*out++ = vowel[w >> 10 & 3];
		*out++ = consonant[w >> 6 & 15];
		*out++ = vowel[w >> 4 & 3];
		*out++ = consonant[w & 15];
		*out++ = i + 1 < n ? '-' : '\0';
	}
}

struct secret *
passphrase_generate(void)
{
	struct secret *s = secret_new(PASSPHRASE_MAX);
	uint8_t bytes[2 * PHRASE_WORDS];

	random_bytes(bytes, sizeof(bytes));
	words_of(bytes, PHRASE_WORDS, (char *)secret_fill(s, PHRASE_WORDS * 6));
	secret_close(s);
	secret_pop(s, 1); /* the NUL */
	wipe(bytes, sizeof(bytes));
	return s;
}

void
enrol_code_new(char out[ENROL_CODE_SIZE])
{
	uint8_t bytes[2 * ENROL_WORDS];

	random_bytes(bytes, sizeof(bytes));
	words_of(bytes, ENROL_WORDS, out);
	wipe(bytes, sizeof(bytes));
}

struct secret *
enrol_code_normal(const struct secret *typed)
{
	size_t len = secret_len(typed), n = 0;
	struct secret *s = secret_new(len + 1);
	const uint8_t *p = secret_open(typed);
	uint8_t *out = secret_fill(s, len);
	bool gap = false;

	for (size_t i = 0; i < len; i++) {
		uint8_t c = p[i];

		if (c >= 'A' && c <= 'Z')
			c = (uint8_t)(c - 'A' + 'a');
		if (c < 'a' || c > 'z') {
			gap = n > 0;
			continue;
		}
		if (gap)
			out[n++] = '-';
		out[n++] = c;
		gap = false;
	}
	secret_close(s);
	secret_close(typed);
	secret_pop(s, len - n);
	return s;
}

void
fingerprint_words(const uint8_t hash[32], char out[FINGERPRINT_SIZE])
{
	words_of(hash, 3, out);
}
