#include "lanes.h"
#include "sha2.h"

/* SHA-512's constants: the first 64 bits of the fractions of the cube roots of the first 80 primes. */
static const uint64_t K[80] = {
    0x428a2f98d728ae22ULL, 0x7137449123ef65cdULL, 0xb5c0fbcfec4d3b2fULL, 0xe9b5dba58189dbbcULL,
    0x3956c25bf348b538ULL, 0x59f111f1b605d019ULL, 0x923f82a4af194f9bULL, 0xab1c5ed5da6d8118ULL,
    0xd807aa98a3030242ULL, 0x12835b0145706fbeULL, 0x243185be4ee4b28cULL, 0x550c7dc3d5ffb4e2ULL,
    0x72be5d74f27b896fULL, 0x80deb1fe3b1696b1ULL, 0x9bdc06a725c71235ULL, 0xc19bf174cf692694ULL,
    0xe49b69c19ef14ad2ULL, 0xefbe4786384f25e3ULL, 0x0fc19dc68b8cd5b5ULL, 0x240ca1cc77ac9c65ULL,
    0x2de92c6f592b0275ULL, 0x4a7484aa6ea6e483ULL, 0x5cb0a9dcbd41fbd4ULL, 0x76f988da831153b5ULL,
    0x983e5152ee66dfabULL, 0xa831c66d2db43210ULL, 0xb00327c898fb213fULL, 0xbf597fc7beef0ee4ULL,
    0xc6e00bf33da88fc2ULL, 0xd5a79147930aa725ULL, 0x06ca6351e003826fULL, 0x142929670a0e6e70ULL,
    0x27b70a8546d22ffcULL, 0x2e1b21385c26c926ULL, 0x4d2c6dfc5ac42aedULL, 0x53380d139d95b3dfULL,
    0x650a73548baf63deULL, 0x766a0abb3c77b2a8ULL, 0x81c2c92e47edaee6ULL, 0x92722c851482353bULL,
    0xa2bfe8a14cf10364ULL, 0xa81a664bbc423001ULL, 0xc24b8b70d0f89791ULL, 0xc76c51a30654be30ULL,
    0xd192e819d6ef5218ULL, 0xd69906245565a910ULL, 0xf40e35855771202aULL, 0x106aa07032bbd1b8ULL,
    0x19a4c116b8d2d0c8ULL, 0x1e376c085141ab53ULL, 0x2748774cdf8eeb99ULL, 0x34b0bcb5e19b48a8ULL,
    0x391c0cb3c5c95a63ULL, 0x4ed8aa4ae3418acbULL, 0x5b9cca4f7763e373ULL, 0x682e6ff3d6b2b8a3ULL,
    0x748f82ee5defb2fcULL, 0x78a5636f43172f60ULL, 0x84c87814a1f0ab72ULL, 0x8cc702081a6439ecULL,
    0x90befffa23631e28ULL, 0xa4506cebde82bde9ULL, 0xbef9a3f7b2c67915ULL, 0xc67178f2e372532bULL,
    0xca273eceea26619cULL, 0xd186b8c721c0c207ULL, 0xeada7dd6cde0eb1eULL, 0xf57d4f7fee6ed178ULL,
    0x06f067aa72176fbaULL, 0x0a637dc5a2c898a6ULL, 0x113f9804bef90daeULL, 0x1b710b35131c471bULL,
    0x28db77f523047d84ULL, 0x32caab7b40c72493ULL, 0x3c9ebe0a15c9bebcULL, 0x431d67c49c100d4cULL,
    0x4cc5d4becb3e42b6ULL, 0x597f299cfc657e2aULL, 0x5fcb6fab3ad6faecULL, 0x6c44198c4a475817ULL,
};

typedef uint64_t four __attribute__((vector_size(32)));
typedef uint64_t eight __attribute__((vector_size(64)));

#define ROTATE(x, n) (((x) >> (n)) | ((x) << (64 - (n))))
#define BIG0(x) (ROTATE(x, 28) ^ ROTATE(x, 34) ^ ROTATE(x, 39))
#define BIG1(x) (ROTATE(x, 14) ^ ROTATE(x, 18) ^ ROTATE(x, 41))
#define SMALL0(x) (ROTATE(x, 1) ^ ROTATE(x, 8) ^ ((x) >> 7))
#define SMALL1(x) (ROTATE(x, 19) ^ ROTATE(x, 61) ^ ((x) >> 6))
#define SWAPPED(n) (n) + 7, (n) + 6, (n) + 5, (n) + 4, (n) + 3, (n) + 2, (n) + 1, (n)

typedef uint8_t bytes_of_four __attribute__((vector_size(32)));
typedef uint8_t bytes_of_eight __attribute__((vector_size(64)));

/* The words of a message are big-endian. */
#define WORDS_4(v)                                                                            \
    ((four)SHUFFLE((bytes_of_four)(v), (bytes_of_four)(v), SWAPPED(0), SWAPPED(8),            \
        SWAPPED(16), SWAPPED(24)))
#define WORDS_8(v)                                                                            \
    ((eight)SHUFFLE((bytes_of_eight)(v), (bytes_of_eight)(v), SWAPPED(0), SWAPPED(8),         \
        SWAPPED(16), SWAPPED(24), SWAPPED(32), SWAPPED(40), SWAPPED(48), SWAPPED(56)))

/* Every lane's block, a row each, turned into the sixteen words, a column of all lanes each. */
#define TURN_4(w, blocks, offset)                                                             \
    do {                                                                                      \
        for (int part = 0; part < 16; part += 4) {                                            \
            four r[4];                                                                        \
            for (int i = 0; i < 4; i++) {                                                     \
                memcpy(&r[i], (blocks)[i] + (offset) + 8 * part, sizeof r[i]);                \
                r[i] = WORDS_4(r[i]);                                                         \
            }                                                                                 \
            four even0 = SHUFFLE(r[0], r[1], 0, 4, 2, 6);                                     \
            four odd0 = SHUFFLE(r[0], r[1], 1, 5, 3, 7);                                      \
            four even2 = SHUFFLE(r[2], r[3], 0, 4, 2, 6);                                     \
            four odd2 = SHUFFLE(r[2], r[3], 1, 5, 3, 7);                                      \
            (w)[part] = SHUFFLE(even0, even2, 0, 1, 4, 5);                                    \
            (w)[part + 1] = SHUFFLE(odd0, odd2, 0, 1, 4, 5);                                  \
            (w)[part + 2] = SHUFFLE(even0, even2, 2, 3, 6, 7);                                \
            (w)[part + 3] = SHUFFLE(odd0, odd2, 2, 3, 6, 7);                                  \
        }                                                                                     \
    } while (0)

#define TURN_8(w, blocks, offset)                                                             \
    do {                                                                                      \
        for (int part = 0; part < 16; part += 8) {                                            \
            eight r[8], pairs[8], fours[8];                                                   \
            for (int i = 0; i < 8; i++) {                                                     \
                memcpy(&r[i], (blocks)[i] + (offset) + 8 * part, sizeof r[i]);                \
                r[i] = WORDS_8(r[i]);                                                         \
            }                                                                                 \
            for (int i = 0; i < 8; i += 2) {                                                  \
                pairs[i] = SHUFFLE(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);                \
                pairs[i + 1] = SHUFFLE(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);            \
            }                                                                                 \
            for (int k = 0; k < 6; k += k == 1 ? 3 : 1) {                                     \
                fours[k] = SHUFFLE(pairs[k], pairs[k + 2], 0, 1, 8, 9, 4, 5, 12, 13);         \
                fours[k + 2] = SHUFFLE(pairs[k], pairs[k + 2], 2, 3, 10, 11, 6, 7, 14, 15);   \
            }                                                                                 \
            for (int i = 0; i < 4; i++) {                                                     \
                (w)[part + i] = SHUFFLE(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);    \
                (w)[part + i + 4] = SHUFFLE(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15); \
            }                                                                                 \
        }                                                                                     \
    } while (0)

SHA2(four_lanes, uint64_t, LUUTRU_LANES, four, 4, 80, VECTORS_OF_32)
SHA2(eight_lanes, uint64_t, LUUTRU_LANES, eight, 8, 80, VECTORS_OF_64)

int luutru_lanes_width(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512cd"))
        return 8;
    if (__builtin_cpu_supports("avx2")) return 4;
#endif
    return 1;
}

void luutru_lanes_sha512(
    uint64_t state[8][LUUTRU_LANES], const uint8_t *const blocks[LUUTRU_LANES], size_t count,
    int lanes)
{
    if (luutru_lanes_width() == 8 && lanes > 4) {
        eight_lanes(state, blocks, count, 0);
        return;
    }
    for (int first = 0; first < lanes; first += 4) four_lanes(state, blocks, count, first);
}
