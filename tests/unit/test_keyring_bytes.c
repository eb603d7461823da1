/* SPDX-License-Identifier: ISC */
/* The file keyring: every byte changed, every length, every cap; as it is
 * written today and as older vaults have it. */

#include "keyring_kit.h"
#include "../lib/keyring_1.h"

#define SLOT(n) (HEADER_SIZE + (size_t)(n)*SLOT_SIZE)

static uint8_t *
copy_of(const struct buf *b, size_t *len)
{
	uint8_t *raw = malloc(b->len);

	*len = b->len;
	memcpy(raw, b->data, b->len);
	return raw;
}

/* The file as saved, with a worker in it who holds both roots. */
static uint8_t *
file_of(struct fixture *f, size_t *len)
{
	struct uid worker;

	add(f, "amina", &worker, true);
	save(f);
	return copy_of(&f->kr->raw, len);
}

/* The same of version 1, whose fields are in the clear. */
static uint8_t *
file_1_of(struct fixture *f, size_t *len)
{
	uint8_t *raw;
	struct buf b;

	free(file_of(f, len));
	buf_init(&b);
	keyring_1_file(f->kr, f->founder.case_root, &b);
	raw = copy_of(&b, len);
	buf_done(&b);
	return raw;
}

/* Make the unkeyed hash right again, as somebody who knows the format can. */
static void
untear(uint8_t *raw, size_t len)
{
	hash_bytes(raw, len - TRAILER_SIZE, raw + len - TRAILER_SIZE);
}

static enum err_kind
parse(const void *raw, size_t len, struct keyring **kr, struct err *e)
{
	int rc;

	err_clear(e);
	rc = keyring_parse(raw, len, kr, e);
	assert_int_equal(rc == 0, *kr != NULL);
	assert_int_equal(rc == 0, e->kind == ERR_NONE);
	return e->kind;
}

/* Every byte of the head and of the first places; in those of nobody some. */
static size_t
step(size_t i)
{
	return i < SLOT(4) ? 1 : 97;
}

static void
every_changed_byte_is_noticed(void **state)
{
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_of(f, &len);
	struct keyring *kr;
	struct err e;

	for (size_t i = 0; i < len - HASH_BYTES; i += step(i)) {
		for (int bit = 0; bit < 8; bit++) {
			enum err_kind kind;

			raw[i] ^= (uint8_t)(1 << bit);
			kind = parse(raw, len, &kr, &e);
			/* A version that is higher is said to be one. */
			if (kind != ERR_DAMAGED &&
			    !(kind == ERR_VERSION && i >= 8 && i < 12))
				fail_msg("byte %zu bit %d: kind %d", i, bit,
				    (int)kind);
			if (kind == ERR_DAMAGED)
				assert_non_null(strstr(e.text, "is damaged"));
			raw[i] ^= (uint8_t)(1 << bit);
		}
	}
	/* The MAC itself: a parser without the key cannot tell. */
	for (size_t i = len - HASH_BYTES; i < len; i++) {
		raw[i] ^= 1;
		assert_int_equal(parse(raw, len, &kr, &e), ERR_NONE);
		assert_int_equal(
		    keyring_verify(kr, f->founder.case_root, &e), -1);
		assert_int_equal(e.kind, ERR_TAMPERED);
		keyring_free(kr);
		raw[i] ^= 1;
	}
	free(raw);
}

/* Somebody who repairs the plain hash still lacks the MAC's key. */
static void
no_forged_byte(struct fixture *f, uint8_t *raw, size_t len)
{
	struct keyring *kr;
	struct unlocked u;
	struct err e;
	size_t parsed = 0;

	for (size_t i = 0; i < len - TRAILER_SIZE; i += step(i)) {
		raw[i] ^= 1;
		untear(raw, len);
		if (parse(raw, len, &kr, &e) == ERR_NONE) {
			parsed++;
			err_clear(&e);
			if (keyring_unlock_recovery(kr, f->recovery, &u, &e) ==
			    0)
				fail_msg("byte %zu of a forged file", i);
			assert_true(
			    e.kind == ERR_TAMPERED || e.kind == ERR_AUTH);
			assert_null(u.case_root);
			assert_int_equal(
			    keyring_verify(kr, f->founder.case_root, &e), -1);
			assert_int_equal(e.kind, ERR_TAMPERED);
			keyring_free(kr);
		}
		raw[i] ^= 1;
	}
	/* Else the loop above would have proved nothing. */
	assert_true(parsed > 1000);
	free(raw);
}

static void
every_forged_byte_is_refused(void **state)
{
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_of(f, &len);

	no_forged_byte(f, raw, len);
}

static void
every_forged_byte_of_an_old_file_is_refused(void **state)
{
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_1_of(f, &len);

	no_forged_byte(f, raw, len);
}

struct forged {
	const char *what;
	size_t at;
	enum err_kind kind;
};

/* What a slot says is under its owner's key as well: with the MAC out of the
 * way (a thief of the case root could make one), it still holds. */
static void
holds_together(const struct forged *cases, size_t n, uint8_t *raw, size_t len)
{
	struct secret *phrase = secret_str(PHRASE);

	for (size_t i = 0; i < n; i++) {
		uint8_t *at = raw + cases[i].at;
		struct keyring *kr;
		struct unlocked u;
		struct err e;

		*at ^= 2; /* one pass becomes three */
		untear(raw, len);
		assert_int_equal(parse(raw, len, &kr, &e), ERR_NONE);
		buf_clear(&kr->raw); /* no MAC to check */
		assert_int_equal(
		    keyring_unlock(kr, "amina", phrase, NOW, &u, &e), -1);
		if (e.kind != cases[i].kind)
			fail_msg("%s: kind %d, %s", cases[i].what, (int)e.kind,
			    e.text);
		keyring_free(kr);
		*at ^= 2;
	}
	secret_free(phrase);
	free(raw);
}

static void
a_slot_holds_together(void **state)
{
	static const struct forged cases[] = {
		{ "vault", 16, ERR_AUTH }, /* logins are hashed under it */
		{ "tag", SLOT(2) + 0, ERR_AUTH },
		{ "outer lid's nonce", SLOT(2) + 32, ERR_TAMPERED },
		{ "outer lid", SLOT(2) + 32 + 60, ERR_TAMPERED },
		{ "outer lid's end", SLOT(2) + 159, ERR_TAMPERED },
		{ "salt", SLOT(2) + 288, ERR_AUTH },
		{ "commitment", SLOT(2) + 304, ERR_AUTH },
		{ "signing key", SLOT(2) + 336, ERR_TAMPERED },
		{ "box key", SLOT(2) + 368, ERR_TAMPERED },
		{ "nonce", SLOT(2) + 400, ERR_TAMPERED },
		{ "bundle", SLOT(2) + 424, ERR_TAMPERED },
		{ "case root", SLOT(2) + 696, ERR_TAMPERED },
		{ "identity root", SLOT(2) + 808, ERR_TAMPERED },
		{ "case check", 112, ERR_TAMPERED },
		{ "identity check", 144, ERR_TAMPERED },
		{ "root generation", 40, ERR_TAMPERED },
	};
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_of(f, &len);

	holds_together(cases, sizeof(cases) / sizeof(cases[0]), raw, len);
}

static void
an_old_slot_holds_together(void **state)
{
	static const struct forged cases[] = {
		{ "vault", 16, ERR_AUTH }, /* logins are hashed under it */
		{ "slot id", SLOT(2) + 0, ERR_TAMPERED },
		{ "user", SLOT(2) + 16, ERR_TAMPERED },
		{ "login", SLOT(2) + 32, ERR_AUTH },
		{ "passes", SLOT(2) + 72, ERR_AUTH },
		{ "salt", SLOT(2) + 80, ERR_AUTH },
		{ "commitment", SLOT(2) + 104, ERR_AUTH },
		{ "signing key", SLOT(2) + 136, ERR_TAMPERED },
		{ "box key", SLOT(2) + 168, ERR_TAMPERED },
		{ "nonce", SLOT(2) + 200, ERR_TAMPERED },
		{ "bundle", SLOT(2) + 224, ERR_TAMPERED },
		{ "case root", SLOT(2) + 496, ERR_TAMPERED },
		{ "identity root", SLOT(2) + 608, ERR_TAMPERED },
		{ "case check", 112, ERR_TAMPERED },
		{ "identity check", 144, ERR_TAMPERED },
		{ "root generation", 40, ERR_TAMPERED },
	};
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_1_of(f, &len);

	holds_together(cases, sizeof(cases) / sizeof(cases[0]), raw, len);
}

/* One's own slot is whole, a colleague's was forged: nobody signs in to a
 * file that is not what the holders of the case root wrote. */
static void
a_forged_colleague_stops_everybody(void **state)
{
	struct fixture *f = *state;
	struct secret *phrase = secret_str(PHRASE);
	size_t len;
	uint8_t *raw = file_of(f, &len);
	struct keyring *kr;
	struct unlocked u;
	struct err e;

	for (int forged = 0; forged < 2; forged++) {
		raw[SLOT(1) + 170] ^= (uint8_t)forged;
		untear(raw, len);
		assert_int_equal(parse(raw, len, &kr, &e), ERR_NONE);
		assert_int_equal(
		    keyring_unlock(kr, "amina", phrase, NOW, &u, &e),
		    forged ? -1 : 0);
		if (forged)
			assert_int_equal(e.kind, ERR_TAMPERED);
		unlocked_done(&u);
		keyring_free(kr);
	}
	secret_free(phrase);
	free(raw);
}

static void
every_truncation_is_noticed(void **state)
{
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_of(f, &len);
	uint8_t *longer = calloc(1, len + SLOT_SIZE);
	struct keyring *kr;
	struct err e;

	for (size_t n = 0; n < len; n += step(n)) {
		/* Its own memory, so that reading past it is seen. */
		uint8_t *cut = malloc(n == 0 ? 1 : n);

		memcpy(cut, raw, n);
		assert_int_equal(parse(cut, n, &kr, &e), ERR_DAMAGED);
		if (n >= HEADER_SIZE + TRAILER_SIZE) {
			untear(cut, n);
			assert_int_equal(parse(cut, n, &kr, &e), ERR_DAMAGED);
		}
		free(cut);
	}
	memcpy(longer, raw, len);
	for (size_t n = 1; n <= SLOT_SIZE; n += 31) {
		assert_int_equal(parse(longer, len + n, &kr, &e), ERR_DAMAGED);
		assert_non_null(strstr(e.text, "too long"));
	}
	free(longer);
	free(raw);
}

static void
put(uint8_t *p, uint64_t v, int n)
{
	for (int i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

/* What a file may cost is bounded before anything is computed from it. */
static void
caps_and_rules_hold(void **state)
{
	static const struct {
		const char *what;
		size_t at;
		int width;
		uint64_t value;
		enum err_kind kind;
	} cases[] = {
		{ "no pass", SLOT(2) + 72, 4, 0, ERR_DAMAGED },
		{ "1 pass", SLOT(2) + 72, 4, 1, ERR_NONE },
		{ "20 passes", SLOT(2) + 72, 4, 20, ERR_NONE },
		{ "21 passes", SLOT(2) + 72, 4, 21, ERR_DAMAGED },
		{ "2^32-1 passes", SLOT(2) + 72, 4, 0xffffffff, ERR_DAMAGED },
		{ "45 MiB", SLOT(2) + 76, 4, 45, ERR_DAMAGED },
		{ "1 GiB", SLOT(2) + 76, 4, 1024, ERR_NONE },
		{ "1 GiB and one", SLOT(2) + 76, 4, 1025, ERR_DAMAGED },
		{ "recovery with a cost", SLOT(0) + 72, 4, 1, ERR_DAMAGED },
		{ "no slot", 12, 4, 0, ERR_DAMAGED },
		{ "1,001 slots", 12, 4, 1001, ERR_DAMAGED },
		{ "2^32-1 slots", 12, 4, 0xffffffff, ERR_DAMAGED },
		{ "version 0", 8, 4, 0, ERR_DAMAGED },
		{ "version 3", 8, 4, 3, ERR_VERSION },
		{ "version 2^32-1", 8, 4, 0xffffffff, ERR_VERSION },
		{ "generation 0", 32, 8, 0, ERR_DAMAGED },
		{ "root generation 0", 40, 8, 0, ERR_DAMAGED },
		{ "head's reserve", 255, 1, 1, ERR_DAMAGED },
		{ "slot's reserve", SLOT(2) + 720, 1, 1, ERR_DAMAGED },
		{ "slot's reserve's end", SLOT(3) - 1, 1, 1, ERR_DAMAGED },
		{ "type 0", SLOT(2) + 64, 4, 0, ERR_DAMAGED },
		{ "type 4", SLOT(2) + 64, 4, 4, ERR_DAMAGED },
		{ "two recovery slots", SLOT(2) + 64, 4, 3, ERR_DAMAGED },
		{ "no recovery slot", SLOT(0) + 64, 4, 1, ERR_DAMAGED },
		{ "pending without end", SLOT(2) + 64, 4, 2, ERR_DAMAGED },
		{ "passphrase with end", SLOT(2) + 96, 8, 5, ERR_DAMAGED },
		{ "flag 4", SLOT(2) + 68, 4, 6, ERR_DAMAGED },
		{ "identity unsaid", SLOT(2) + 68, 4, 0, ERR_DAMAGED },
		{ "recovery disabled", SLOT(0) + 68, 4, 3, ERR_DAMAGED },
	};
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_1_of(f, &len);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t was[8], *at = raw + cases[i].at;
		struct keyring *kr;
		enum err_kind kind;
		struct err e;

		memcpy(was, at, (size_t)cases[i].width);
		put(at, cases[i].value, cases[i].width);
		untear(raw, len);
		kind = parse(raw, len, &kr, &e);
		if (kind != cases[i].kind)
			fail_msg("%s: kind %d", cases[i].what, (int)kind);
		keyring_free(kr);
		memcpy(at, was, (size_t)cases[i].width);
	}
	free(raw);
}

static void
harm_13_a_stolen_file_tells_no_name(void **state)
{
	struct fixture *f = *state;
	size_t len;
	uint8_t *raw = file_of(f, &len);

	assert_null(memmem(raw, len, "amina", 5));
	assert_null(memmem(raw, len, "boots", 5));
	assert_null(
	    memmem(raw, len, secret_open(f->founder.case_root), KEY_BYTES));
	assert_null(
	    memmem(raw, len, secret_open(f->founder.identity_root), KEY_BYTES));
	secret_close(f->founder.case_root);
	secret_close(f->founder.identity_root);
	free(raw);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(every_changed_byte_is_noticed),
		CASE(every_forged_byte_is_refused),
		CASE(every_forged_byte_of_an_old_file_is_refused),
		CASE(a_slot_holds_together),
		CASE(an_old_slot_holds_together),
		CASE(a_forged_colleague_stops_everybody),
		CASE(every_truncation_is_noticed),
		CASE(caps_and_rules_hold),
		CASE(harm_13_a_stolen_file_tells_no_name),
	};
	struct err e;

	if (vault_init(&e) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
