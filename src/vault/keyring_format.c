/* SPDX-License-Identifier: ISC */
/* Bytes to keyring and back; no files, no keys. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "vault/keyring_impl.h"

/* What a bundle is bound to has not changed since version 1 of the file, so
 * a bundle outlives it. */
#define BUNDLE_VERSION 1

int
keyring_damaged(struct err *e, const char *how)
{
	return err_set(e, ERR_DAMAGED, _("The keyring is damaged (%s)."), how);
}

struct keyring *
keyring_new(void)
{
	struct keyring *kr = xcalloc(1, sizeof(*kr));

	kr->dirfd = -1;
	kr->cost = (struct kdf_cost){ .passes = KDF_PASSES, .mib = KDF_MIB };
	buf_init(&kr->raw);
	return kr;
}

void
keyring_free(struct keyring *kr)
{
	if (kr == NULL)
		return;
	if (kr->dirfd >= 0)
		(void)close(kr->dirfd);
	buf_done(&kr->raw);
	free(kr->slots);
	free(kr->dir);
	free(kr);
}

static void
add_noise(struct buf *b, size_t n)
{
	uint8_t noise[SLOT_SIZE];

	random_bytes(noise, n);
	buf_add(b, noise, n);
}

/* Room for everybody, and as much again as makes it a round number. */
static size_t
places(size_t n)
{
	size_t round = (n + PLACES - 1) / PLACES * PLACES;

	return round < KEYRING_SLOTS ? round : KEYRING_SLOTS;
}

void
keyring_encode(
    const struct keyring *kr, const struct secret *case_root, struct buf *b)
{
	struct secret *inner = keyring_inner_key(case_root);
	size_t n = places(kr->n);

	buf_clear(b);
	buf_add(b, KEYRING_MAGIC, 8);
	buf_add_u32(b, KEYRING_VERSION);
	buf_add_u32(b, (uint32_t)n);
	buf_add(b, kr->vault.b, 16);
	buf_add_u64(b, kr->generation);
	buf_add_u64(b, kr->root_generation);
	buf_add(b, kr->db_id[DB_CASES].b, 16);
	buf_add(b, kr->db_id[DB_IDENTITY].b, 16);
	buf_add(b, kr->db_salt[DB_CASES], 16);
	buf_add(b, kr->db_salt[DB_IDENTITY], 16);
	buf_add(b, kr->root_check[DB_CASES], HASH_BYTES);
	buf_add(b, kr->root_check[DB_IDENTITY], HASH_BYTES);
	buf_add_u32(b, kr->cost.passes);
	buf_add_u32(b, kr->cost.mib);
	add_noise(b, HEADER_SIZE - b->len);
	for (size_t i = 0; i < kr->n; i++)
		slot_encode(kr, &kr->slots[i], inner, b);
	for (size_t i = kr->n; i < n; i++)
		add_noise(b, SLOT_SIZE);
	secret_free(inner);
}

void
slot_aad(const struct keyring *kr, const struct slot *s, struct buf *b)
{
	buf_clear(b);
	buf_add(b, KEYRING_MAGIC, 8);
	buf_add_u32(b, BUNDLE_VERSION);
	buf_add(b, kr->vault.b, 16);
	buf_add(b, s->id.b, 16);
	buf_add(b, s->user.b, 16);
	buf_add(b, s->login, HASH_BYTES);
	buf_add_u32(b, s->type);
	buf_add_u32(b, s->cost.passes);
	buf_add_u32(b, s->cost.mib);
	buf_add(b, s->salt, 16);
	buf_add_u64(b, (uint64_t)s->expires);
	buf_add(b, s->commitment, HASH_BYTES);
	buf_add(b, s->sign_pk, SIGN_PK_BYTES);
	buf_add(b, s->box_pk, BOX_PK_BYTES);
}

/* Fixed bytes; the length was checked before, so it cannot run out. */
static void
get(struct reader *r, void *out, size_t n)
{
	uint8_t *p = out;

	for (size_t i = 0; i < n; i++)
		(void)reader_u8(r, &p[i]);
}

static bool
get_zero(struct reader *r, size_t n)
{
	uint8_t v, all = 0;

	while (n-- > 0) {
		(void)reader_u8(r, &v);
		all |= v;
	}
	return all == 0;
}

static bool
all_zero(const uint8_t *p, size_t n)
{
	uint8_t all = 0;

	for (size_t i = 0; i < n; i++)
		all |= p[i];
	return all == 0;
}

/* The caps: nothing a file says may cost more than this to try. */
static bool
cost_ok(struct kdf_cost c)
{
	return c.passes >= KDF_PASSES_MIN && c.passes <= KDF_PASSES_MAX &&
	       c.mib >= KDF_MIB_MIN && c.mib <= KDF_MIB_MAX;
}

int
keyring_set_cost(struct keyring *kr, struct kdf_cost c, struct err *e)
{
	if (!cost_ok(c))
		return err_set(e, ERR_INPUT,
		    _("A passphrase may cost %d to %d passes over %d to %d "
		      "MiB."),
		    KDF_PASSES_MIN, KDF_PASSES_MAX, KDF_MIB_MIN, KDF_MIB_MAX);
	kr->cost = c;
	return 0;
}

bool
slot_sane(const struct slot *s, bool first)
{
	bool identity = (s->flags & FLAG_IDENTITY) != 0;

	if ((s->flags & ~(FLAG_DISABLED | FLAG_IDENTITY)) != 0 ||
	    identity == all_zero(s->root[DB_IDENTITY], SEALED_ROOT))
		return false;
	if ((s->type == SLOT_PENDING) != (s->expires != 0))
		return false;
	if (s->type == SLOT_RECOVERY)
		return first && s->cost.passes == 0 && s->cost.mib == 0 &&
		       uid_null(&s->user) && (s->flags & FLAG_DISABLED) == 0;
	return !first && cost_ok(s->cost) && !uid_null(&s->user) &&
	       (s->type == SLOT_PASSPHRASE || s->type == SLOT_PENDING);
}

static bool
decode_place(struct reader *r, struct slot *s)
{
	uint8_t noise[SLOT_SIZE - 920];

	s->closed = true;
	get(r, s->login, HASH_BYTES);
	get(r, s->lid[LID_OUTER], SEALED_LID);
	get(r, s->lid[LID_INNER], SEALED_LID);
	get(r, s->salt, 16);
	get(r, s->commitment, HASH_BYTES);
	get(r, s->sign_pk, SIGN_PK_BYTES);
	get(r, s->box_pk, BOX_PK_BYTES);
	get(r, s->bundle, SEALED_BUNDLE);
	get(r, s->root[DB_CASES], SEALED_ROOT);
	get(r, s->root[DB_IDENTITY], SEALED_ROOT);
	get(r, noise, sizeof(noise));
	return true;
}

/* As version 1 had it. */
static bool
decode_slot(
    const struct keyring *kr, struct reader *r, struct slot *s, bool first)
{
	uint64_t expires;

	get(r, s->id.b, 16);
	get(r, s->user.b, 16);
	get(r, s->login, HASH_BYTES);
	(void)reader_u32(r, &s->type);
	(void)reader_u32(r, &s->flags);
	(void)reader_u32(r, &s->cost.passes);
	(void)reader_u32(r, &s->cost.mib);
	get(r, s->salt, 16);
	(void)reader_u64(r, &expires);
	s->expires = (int64_t)expires;
	get(r, s->commitment, HASH_BYTES);
	get(r, s->sign_pk, SIGN_PK_BYTES);
	get(r, s->box_pk, BOX_PK_BYTES);
	get(r, s->bundle, SEALED_BUNDLE);
	get(r, s->root[DB_CASES], SEALED_ROOT);
	get(r, s->root[DB_IDENTITY], SEALED_ROOT);
	slot_set_tag_key(kr, s);
	return get_zero(r, SLOT_SIZE - 720) && slot_sane(s, first);
}

/* Magic, version, number of slots, exact size, torn or not. */
static int
check_frame(const uint8_t *p, size_t len, uint32_t *version, uint32_t *nslots,
    struct err *e)
{
	uint8_t hash[HASH_BYTES];
	struct reader r;
	size_t body;

	if (len < HEADER_SIZE)
		return keyring_damaged(e, _("it is cut short"));
	if (memcmp(p, KEYRING_MAGIC, 8) != 0)
		return keyring_damaged(e, _("it does not begin as one"));
	reader_init(&r, p + 8, 8);
	(void)reader_u32(&r, version);
	(void)reader_u32(&r, nslots);
	if (*version > KEYRING_VERSION)
		return err_set(e, ERR_VERSION,
		    _("This vault was made by a newer amparo. Ask whoever "
		      "looks after this machine to install the newer "
		      "version; this one changes nothing."));
	if (*version < 1 || *nslots < 1 || *nslots > KEYRING_SLOTS)
		return keyring_damaged(e, _("its head makes no sense"));
	body = HEADER_SIZE + (size_t)*nslots * SLOT_SIZE;
	if (len != body + TRAILER_SIZE)
		return keyring_damaged(e, len < body + TRAILER_SIZE
					      ? _("it is cut short")
					      : _("it is too long"));
	hash_bytes(p, body, hash);
	if (!bytes_eq(hash, p + body, HASH_BYTES))
		return keyring_damaged(e, _("it is not what was written"));
	return 0;
}

int
keyring_parse(const void *data, size_t len, struct keyring **out, struct err *e)
{
	struct keyring *kr;
	struct reader r;
	uint8_t noise[HEADER_SIZE - 184];
	uint32_t version = 0, nslots = 0;
	bool ok;

	*out = NULL;
	if (check_frame(data, len, &version, &nslots, e) != 0)
		return -1;
	kr = keyring_new();
	kr->slots = xcalloc(nslots, sizeof(*kr->slots));
	kr->n = nslots;
	reader_init(&r, (const uint8_t *)data + 16, len - 16);
	get(&r, kr->vault.b, 16);
	(void)reader_u64(&r, &kr->generation);
	(void)reader_u64(&r, &kr->root_generation);
	get(&r, kr->db_id[DB_CASES].b, 16);
	get(&r, kr->db_id[DB_IDENTITY].b, 16);
	get(&r, kr->db_salt[DB_CASES], 16);
	get(&r, kr->db_salt[DB_IDENTITY], 16);
	get(&r, kr->root_check[DB_CASES], HASH_BYTES);
	get(&r, kr->root_check[DB_IDENTITY], HASH_BYTES);
	ok = kr->generation > 0 && kr->root_generation > 0;
	if (version == 1) {
		ok = get_zero(&r, HEADER_SIZE - 176) && ok;
	} else {
		(void)reader_u32(&r, &kr->cost.passes);
		(void)reader_u32(&r, &kr->cost.mib);
		get(&r, noise, sizeof(noise));
		ok = cost_ok(kr->cost) && ok;
	}
	for (size_t i = 0; i < nslots && ok; i++)
		ok = version == 1 ? decode_slot(kr, &r, &kr->slots[i], i == 0)
				  : decode_place(&r, &kr->slots[i]);
	if (!ok || r.failed) {
		keyring_free(kr);
		return keyring_damaged(e, _("what it holds makes no sense"));
	}
	buf_add(&kr->raw, data, len);
	*out = kr;
	return 0;
}
