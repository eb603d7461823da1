/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer on bytes from a terminal: the same bytes are the same keys
 * however they are split over reads (what was lost is said in each read, and is
 * as much in all), every typed character is UTF-8 in one
 * piece, a paste keeps its limit, nothing is left over at the end.  And the
 * names of keys, both ways.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "ui/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
take(struct input *in, bool timed_out, struct buf *keys, size_t *lost)
{
	struct key k;
	char name[32];

	while (input_next(in, timed_out, &k)) {
		if (k.len > 0 && !utf8_valid(k.text, k.len))
			die("a key that is no UTF-8");
		if (k.code == K_PASTE && k.len > KEY_PASTE_MAX)
			die("a paste over the limit");
		if (key_is_text(&k) && k.len == 0)
			die("a character without text");
		if (k.code == K_LOST) {
			*lost += k.lost;
			continue;
		}
		/* A mark that comes in a later read is a key of its own, so
		 * typed text is compared as text. */
		if (!key_is_text(&k))
			buf_add_u32(keys, k.code);
		if (k.len > 0)
			buf_add(keys, k.text, k.len);
		(void)key_to_name(k.code, name, sizeof(name));
	}
}

/* Feed in pieces; the first byte of the input says of which size. */
static size_t
run(const uint8_t *data, size_t len, size_t piece, struct buf *keys)
{
	struct input in;
	size_t lost = 0;

	input_init(&in);
	for (size_t i = 0; i < len; i += piece) {
		input_feed(&in, data + i, len - i < piece ? len - i : piece);
		take(&in, false, keys, &lost);
	}
	take(&in, true, keys, &lost);
	if (input_waiting(&in))
		die("bytes are waiting for what cannot come");
	input_done(&in);
	return lost;
}

static void
check_name(const uint8_t *data, size_t len)
{
	char text[32], name[32];
	uint32_t code;

	if (len >= sizeof(text))
		return;
	memcpy(text, data, len);
	text[len] = '\0';
	code = key_from_name(text);
	if (code != K_NONE &&
	    key_from_name(key_to_name(code, name, sizeof(name))) != code)
		die("the name of a key is another key's");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf whole, pieces;

	if (len == 0)
		return 0;
	check_name(data, len);
	buf_init(&whole);
	buf_init(&pieces);
	if (run(data + 1, len - 1, len, &whole) !=
	    run(data + 1, len - 1, 1 + data[0] % 7, &pieces))
		die("split bytes are lost otherwise");
	if (whole.len != pieces.len ||
	    memcmp(whole.data, pieces.data, whole.len) != 0)
		die("split bytes are other keys");
	buf_done(&whole);
	buf_done(&pieces);
	return 0;
}
