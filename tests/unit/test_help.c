/* SPDX-License-Identifier: ISC */
/* The lines of help: words that are read whole, then what can be done. */
#include "ui_kit.h"

#include "../../screens/help_rows.h"

#define WORDS                                                                 \
	"One. Write as little as helps; what others say they saw is theirs, " \
	"and what you saw is yours. Two. At most a few lines, in the words "  \
	"they used. Three. It may be the one who controls them who reads "    \
	"it with them on the way home. Four, and the end of it."

static void
make(struct help_rows *s)
{
	*s = (struct help_rows){ .n = 5 };
	s->list[0].heading = "What happened, in a few words of theirs or yours";
	s->list[1].words = WORDS;
	s->list[2].heading = "Here";
	s->list[3].action = ACT_SAVE;
	s->list[4].action = ACT_UNDO;
	help_rows_first(s);
}

static char *
drawn(struct help_rows *s, int rows, int cols)
{
	struct canvas c;
	char *text;

	canvas_init(&c, rows, cols, true);
	help_rows_draw(s, &c);
	text = kit_screen(&c);
	canvas_done(&c);
	return text;
}

/* Which of the numbered parts were on any picture, one a bit. */
static unsigned
look(struct help_rows *s, unsigned seen)
{
	static const char *const parts[] = { "What happened", "or yours",
		"One.", "Two.", "Three.", "end of it" };
	char *text = drawn(s, 7, 40);

	for (size_t i = 0; i < COUNT(parts); i++)
		if (strstr(text, parts[i]) != NULL)
			seen |= 1U << i;
	free(text);
	return seen;
}

static void
long_words_are_read_to_their_end(void **state)
{
	static const uint32_t keys[] = { K_DOWN, K_PGDN };
	struct help_rows s;

	(void)state;
	for (size_t k = 0; k < COUNT(keys); k++) {
		unsigned seen;
		int times = 0;

		make(&s);
		seen = look(&s, 0);
		assert_int_equal(seen & 7, 7); /* from the beginning */
		while (help_rows_action(&s) == ACT_NONE && times++ < 40) {
			seen = look(&s, seen);
			assert_true(help_rows_key(&s, keys[k]));
		}
		assert_int_equal(seen, 63);
		assert_int_equal(help_rows_action(&s), ACT_SAVE);
		/* And back to where they begin. */
		(void)look(&s, 0);
		for (int i = 0; i < 40; i++)
			assert_true(help_rows_key(
			    &s, keys[k] == K_DOWN ? K_UP : K_PGUP));
		assert_int_equal(look(&s, 0) & 7, 7);
	}
}

/* Keys that come faster than pictures do what they do one by one. */
static void
typed_ahead_is_the_same(void **state)
{
	struct help_rows slow, fast;

	(void)state;
	for (int n = 0; n < 12; n++) {
		make(&slow);
		make(&fast);
		fast.height = 7;
		fast.cols = 40;
		for (int i = 0; i < n; i++) {
			free(drawn(&slow, 7, 40));
			(void)help_rows_key(&slow, K_DOWN);
			(void)help_rows_key(&fast, K_DOWN);
		}
		free(drawn(&slow, 7, 40));
		free(drawn(&fast, 7, 40));
		assert_int_equal(slow.cursor, fast.cursor);
		assert_int_equal(slow.top, fast.top);
	}
}

static void
where_words_fit_one_key_goes_on(void **state)
{
	struct help_rows s;
	char *text;

	(void)state;
	make(&s);
	text = drawn(&s, 21, 80);
	assert_non_null(strstr(text, "end of it"));
	assert_non_null(strstr(text, "C-s"));
	free(text);
	(void)help_rows_key(&s, K_DOWN);
	assert_int_equal(help_rows_action(&s), ACT_SAVE);
	(void)help_rows_key(&s, K_UP);
	assert_int_equal(help_rows_action(&s), ACT_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_words_are_read_to_their_end),
		cmocka_unit_test(typed_ahead_is_the_same),
		cmocka_unit_test(where_words_fit_one_key_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
