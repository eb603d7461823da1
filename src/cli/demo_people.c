/* SPDX-License-Identifier: ISC */
#include "cli/demo_people.h"

#include <stdio.h>

void
dice_init(struct dice *d, uint64_t seed)
{
	/* A few steps spread a small seed over all bits. */
	d->state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	for (int i = 0; i < 8; i++)
		dice_roll(d, 2);
}

uint32_t
dice_roll(struct dice *d, uint32_t n)
{
	uint64_t x = d->state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	d->state = x;
	return (uint32_t)(((x * UINT64_C(2685821657736338717)) >> 32) % n);
}

#define N(a) ((uint32_t)(sizeof(a) / sizeof((a)[0])))

static const char *const latin_given[] = { "Aster", "Briar", "Clover", "Dahlia",
	"Elder", "Fern", "Gale", "Hazel", "Iris", "Juniper", "Kestrel",
	"Linnet", "Myrtle", "Nettle", "Olive", "Poppy", "Quill", "Rowan",
	"Sorrel", "Teasel", "Umber", "Vesper", "Willow", "Yarrow" };
static const char *const latin_head[] = { "Amber", "Birch", "Cloud", "Dew",
	"Ember", "Frost", "Glen", "Heather", "Island", "Lake", "Meadow", "Moon",
	"North", "Oak", "Pearl", "Rain", "River", "Shore", "Silver", "Star",
	"Stone", "Summer", "Thistle", "Winter" };
static const char *const latin_tail[] = { "bank", "beam", "bloom", "bridge",
	"brook", "crest", "dale", "fall", "feather", "field", "ford", "gate",
	"grove", "haven", "hill", "leaf", "light", "mere", "path", "song",
	"spring", "vale", "water", "wood" };

static const char *const sinhala_given[] = { "නෙළුම්", "සඳමල්", "පිනිබිඳු", "තරුකැට",
	"මල්සර", "වලාකුළු", "සුළඟ", "හිරුරැස්", "මීදුම්", "රන්මල්", "කොවුලා", "සමනළ" };
static const char *const sinhala_family[] = { "සඳකඩගම", "ගඟබඩවත්ත", "මල්වත්තගොඩ",
	"තරුඅහස", "වැහිපොදගෙ", "කඳුවැටිය", "නිල්දියගම", "රන්කෙතගෙ", "මුහුදුගොඩ", "පිනිකෙතගම",
	"හිමිදිරිය", "වනමලගෙ" };

static const char *const tamil_given[] = { "தாமரை", "நிலவொளி", "மழைத்துளி",
	"விண்மீன்", "தென்றல்", "மலர்விழி", "குயிலி", "பனித்துளி", "அருவி", "வெண்மேகம்",
	"கதிரொளி", "முல்லை" };
static const char *const tamil_family[] = { "மலையருவி", "கடலோரம்", "வானவில்",
	"பூந்தோட்டம்", "ஆற்றங்கரை", "நெல்வயல்", "மூங்கில்வனம்", "பொன்மணல்", "இளவேனில்",
	"காட்டுப்பூ", "நீலவானம்", "தேன்கூடு" };

static const char *const arabic_given[] = { "ياسمين", "ندى", "غيمة", "نرجس",
	"ريحان", "قطرة", "شعاع", "نسيم", "بلبل", "سوسن", "زهرة", "هدهد" };
static const char *const arabic_family[] = { "القمري", "النهري", "المطري",
	"البستاني", "الشاطئي", "الغيمي", "النجمي", "الربيعي", "الندوي",
	"الجبلي", "الواحة", "الزنبقي" };

void
demo_name(struct dice *d, enum demo_script script, char *out, size_t size)
{
	switch (script) {
	case DEMO_SINHALA:
		snprintf(out, size, "%s %s",
		    sinhala_given[dice_roll(d, N(sinhala_given))],
		    sinhala_family[dice_roll(d, N(sinhala_family))]);
		break;
	case DEMO_TAMIL:
		snprintf(out, size, "%s %s",
		    tamil_given[dice_roll(d, N(tamil_given))],
		    tamil_family[dice_roll(d, N(tamil_family))]);
		break;
	case DEMO_ARABIC:
		snprintf(out, size, "%s %s",
		    arabic_given[dice_roll(d, N(arabic_given))],
		    arabic_family[dice_roll(d, N(arabic_family))]);
		break;
	case DEMO_LATIN:
	case DEMO_SCRIPTS:
		snprintf(out, size, "%s %s%s",
		    latin_given[dice_roll(d, N(latin_given))],
		    latin_head[dice_roll(d, N(latin_head))],
		    latin_tail[dice_roll(d, N(latin_tail))]);
		break;
	}
}

void
demo_phone(struct dice *d, char *out, size_t size)
{
	snprintf(out, size, "+999 %02u %07u", dice_roll(d, 100),
	    dice_roll(d, 10000000));
}

static const char *const wants[] = {
	"A safe place to sleep tonight",
	"To call home without anybody listening",
	"My papers back",
	"The pay I was promised",
	"To see a doctor",
	"To know what my choices are",
	"Somebody to go with me to the clinic",
	"Not to go back there tomorrow",
	"Help to read the letter I was given",
	"To find my sister",
	"Food and clothes for the children",
	"Time to think",
};

static const char *const notes[] = {
	"Said that somebody waits outside until five.",
	"Asked for a phone charger; lent one of the branch's.",
	"Said the contract was in a language they do not read.",
	"Appeared tired; accepted tea; asked to sit near the door.",
	"Said the employer keeps the passport.",
	"Asked whether talking to us costs anything; explained that it is "
	"free.",
	"Prefers to be called in the morning, by a woman.",
	"Read the information sheet alone and gave it back.",
	"Said they will think about it and come on Thursday.",
	"Went with the person to the clinic; waited outside.",
};

const char *
demo_want(struct dice *d)
{
	return wants[dice_roll(d, N(wants))];
}

const char *
demo_note(struct dice *d)
{
	return notes[dice_roll(d, N(notes))];
}
