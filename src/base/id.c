/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/id.h"

#define CODE_BASE 31
#define CODE_CHARS 7

static const char alphabet[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

void
random_bytes(void *p, size_t n)
{
	uint8_t *b = p;

	while (n > 0) {
		ssize_t got = getrandom(b, n, 0);

		if (got < 0) {
			if (errno == EINTR)
				continue;
			die("the machine gives no random numbers");
		}
		b += got;
		n -= (size_t)got;
	}
}

#ifdef AMPARO_TEST
/* splitmix64: any seed gives a well mixed, repeatable sequence. */
static bool
seeded(uint64_t *out)
{
	static bool known, on;
	static uint64_t state;
	const char *s;
	uint64_t z;

	if (!known) {
		s = getenv("AMPARO_SEED");
		on = s != NULL && *s != '\0';
		if (on)
			state = strtoull(s, NULL, 10);
		known = true;
	}
	if (!on)
		return false;
	z = state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	*out = z ^ z >> 31;
	return true;
}
#endif

static uint64_t
random_u64(void)
{
	uint64_t v;

#ifdef AMPARO_TEST
	if (seeded(&v))
		return v;
#endif
	random_bytes(&v, sizeof(v));
	return v;
}

/*
 * RFC 9562 section 6.2, method 1: the 12 bits of rand_a count within one
 * millisecond (from a random start in their lower half); the 62 bits of rand_b
 * are new every time, so that a forked process cannot repeat its parent.
 */
struct uid
uid_new(void)
{
	static uint64_t last_ms;
	static uint16_t count;
	uint64_t ms = (uint64_t)clock_now();
	struct uid u;

	random_bytes(u.b, sizeof(u.b));
	if (ms > last_ms) {
		last_ms = ms;
		count = (uint16_t)((u.b[6] << 8 | u.b[7]) & 0x7ff);
	} else if (++count > 0xfff) {
		/* The clock stands or went back: borrow from the future. */
		last_ms++;
		count = 0;
	}
	for (int i = 0; i < 6; i++)
		u.b[i] = (uint8_t)(last_ms >> (40 - 8 * i));
	u.b[6] = (uint8_t)(0x70 | count >> 8);
	u.b[7] = (uint8_t)count;
	u.b[8] = (uint8_t)(0x80 | (u.b[8] & 0x3f));
	return u;
}

int64_t
uid_time(const struct uid *u)
{
	int64_t ms = 0;

	for (int i = 0; i < 6; i++)
		ms = ms << 8 | u->b[i];
	return ms;
}

bool
uid_null(const struct uid *u)
{
	static const struct uid null;

	return uid_eq(u, &null);
}

bool
uid_eq(const struct uid *a, const struct uid *b)
{
	return memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

int
uid_cmp(const struct uid *a, const struct uid *b)
{
	return memcmp(a->b, b->b, sizeof(a->b));
}

void
uid_hex(const struct uid *u, char out[33])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < sizeof(u->b); i++) {
		out[2 * i] = digits[u->b[i] >> 4];
		out[2 * i + 1] = digits[u->b[i] & 15];
	}
	out[32] = '\0';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

int
uid_from_hex(const char *s, struct uid *u)
{
	if (strlen(s) != 2 * sizeof(u->b))
		return -1;
	for (size_t i = 0; i < sizeof(u->b); i++) {
		int hi = hex_value(s[2 * i]), lo = hex_value(s[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return -1;
		u->b[i] = (uint8_t)(hi << 4 | lo);
	}
	return 0;
}

/*
 * Weights 7, 6, ... 1: all different and none 0 modulo the prime 31, so the
 * sum over the whole code, which is 0 for a right one, changes with any one
 * character (w * (a - b) != 0) and with any swap ((w - v) * (a - b) != 0).
 */
static int
code_sum(const int *value, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += (CODE_CHARS - i) * value[i];
	return sum % CODE_BASE;
}

static void
code_write(const int *value, char out[CODE_SIZE])
{
	int at = 0;

	for (int i = 0; i < CODE_CHARS; i++) {
		if (i == 3 || i == 6)
			out[at++] = '-';
		out[at++] = alphabet[value[i]];
	}
	out[at] = '\0';
}

void
code_new(char out[CODE_SIZE])
{
	/* Six digits to base 31; above the last multiple, draw again, so that
	 * every code is equally likely. */
	const uint64_t span = UINT64_C(887503681);
	const uint64_t top = UINT64_MAX - UINT64_MAX % span;
	int value[CODE_CHARS];
	uint64_t r;

	do
		r = random_u64();
	while (r >= top);
	for (int i = 0; i < CODE_CHARS - 1; i++) {
		value[i] = (int)(r % CODE_BASE);
		r /= CODE_BASE;
	}
	value[CODE_CHARS - 1] =
	    (CODE_BASE - code_sum(value, CODE_CHARS - 1)) % CODE_BASE;
	code_write(value, out);
}

int
code_parse(const char *s, char out[CODE_SIZE])
{
	int value[CODE_CHARS], n = 0;

	for (; *s != '\0'; s++) {
		const char *p;

		if (*s == '-' || *s == ' ')
			continue;
		p = strchr(alphabet, toupper((unsigned char)*s));
		if (p == NULL || n == CODE_CHARS)
			return -1;
		value[n++] = (int)(p - alphabet);
	}
	if (n != CODE_CHARS || code_sum(value, CODE_CHARS) != 0)
		return -1;
	code_write(value, out);
	return 0;
}

uint64_t
hlc_next(uint64_t last_seen, int64_t now_ms)
{
	uint64_t now = (uint64_t)(now_ms < 0 ? 0 : now_ms) << 16;

	return now > last_seen ? now : last_seen + 1;
}

bool
code_meant(const char *s)
{
	static const char shape[] = "xxx-xxx-x";
	char code[CODE_SIZE];
	size_t n = 0, digits = 0, dashes = 0, len = strlen(s);
	bool shaped = len == sizeof(shape) - 1;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '-' || c == ' ') {
			dashes++;
			shaped = shaped && shape[i] == '-';
			continue;
		}
		if (c >= 0x80 || !isalnum(c))
			return false;
		n++;
		digits += isdigit(c) != 0;
	}
	return (shaped && dashes == 2) || (n >= 5 && n <= 9 && digits > 0) ||
	       code_parse(s, code) == 0;
}
