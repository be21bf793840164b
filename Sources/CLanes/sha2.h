/* What SHA-256 and SHA-512 have in common (FIPS 180-4, 6.2 and 6.4). The file that includes this has the constants K,
   the functions BIG0, BIG1, SMALL0 and SMALL1 of its words, and TURN_n for its vectors of n lanes. */
#ifndef LUUTRU_SHA2_H
#define LUUTRU_SHA2_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define VECTORS_OF_32 __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#define VECTORS_OF_64 __attribute__((target_clones("arch=x86-64-v4", "default")))
#else
#define VECTORS_OF_32
#define VECTORS_OF_64
#endif

#define CHOOSE(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
#define MAJORITY(x, y, z) (((x) & (y)) | ((z) & ((x) | (y))))

#define ROUND(a, b, c, d, e, f, g, h, t, word)                \
    do {                                                      \
        vector t1 = (h) + BIG1(e) + CHOOSE(e, f, g) + K[t] + (word); \
        (d) += t1;                                            \
        (h) = t1 + BIG0(a) + MAJORITY(a, b, c);               \
    } while (0)

/* The word of round t + 16, in the place of that of round t. */
#define NEXT(t)                                               \
    (w[(t) & 15] += SMALL1(w[((t) + 14) & 15]) + w[((t) + 9) & 15] + SMALL0(w[((t) + 1) & 15]))

#define WORD(t) ((t) < 16 ? w[(t) & 15] : NEXT(t))

#define EIGHT_ROUNDS(t)                                       \
    do {                                                      \
        ROUND(a, b, c, d, e, f, g, h, (t), WORD(t));          \
        ROUND(h, a, b, c, d, e, f, g, (t) + 1, WORD((t) + 1)); \
        ROUND(g, h, a, b, c, d, e, f, (t) + 2, WORD((t) + 2)); \
        ROUND(f, g, h, a, b, c, d, e, (t) + 3, WORD((t) + 3)); \
        ROUND(e, f, g, h, a, b, c, d, (t) + 4, WORD((t) + 4)); \
        ROUND(d, e, f, g, h, a, b, c, (t) + 5, WORD((t) + 5)); \
        ROUND(c, d, e, f, g, h, a, b, (t) + 6, WORD((t) + 6)); \
        ROUND(b, c, d, e, f, g, h, a, (t) + 7, WORD((t) + 7)); \
    } while (0)

/* Macros, for a function that takes or gives a vector is not the same in every clone. */
#define SHUFFLE __builtin_shufflevector

/* The function for one kind of vector, of `wide` words; the lanes from `first` on. */
#define SHA2(name, word, most, kind, wide, rounds, attribute)                                 \
    attribute static void name(                                                               \
        word state[8][most], const uint8_t *const blocks[most], size_t count, int first)      \
    {                                                                                         \
        typedef kind vector;                                                                  \
        vector s[8], w[16];                                                                   \
        for (int i = 0; i < 8; i++) memcpy(&s[i], &state[i][first], sizeof s[i]);             \
        for (size_t block = 0; block < count; block++) {                                      \
            TURN_##wide(w, blocks + first, 16 * sizeof(word) * block);                        \
            vector a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7]; \
            for (int t = 0; t < 16; t += 8) EIGHT_ROUNDS(t);                                  \
            for (int t = 16; t < (rounds); t += 8) EIGHT_ROUNDS(t);                           \
            s[0] += a; s[1] += b; s[2] += c; s[3] += d;                                       \
            s[4] += e; s[5] += f; s[6] += g; s[7] += h;                                       \
        }                                                                                     \
        for (int i = 0; i < 8; i++) memcpy(&state[i][first], &s[i], sizeof s[i]);             \
    }

#endif
