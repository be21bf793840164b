#include "lanes.h"
#include "sha2.h"

/* SHA-256's constants: the first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const uint32_t K[64] = {
    0x428a2f98U, 0x71374491U, 0xb5c0fbcfU, 0xe9b5dba5U,
    0x3956c25bU, 0x59f111f1U, 0x923f82a4U, 0xab1c5ed5U,
    0xd807aa98U, 0x12835b01U, 0x243185beU, 0x550c7dc3U,
    0x72be5d74U, 0x80deb1feU, 0x9bdc06a7U, 0xc19bf174U,
    0xe49b69c1U, 0xefbe4786U, 0x0fc19dc6U, 0x240ca1ccU,
    0x2de92c6fU, 0x4a7484aaU, 0x5cb0a9dcU, 0x76f988daU,
    0x983e5152U, 0xa831c66dU, 0xb00327c8U, 0xbf597fc7U,
    0xc6e00bf3U, 0xd5a79147U, 0x06ca6351U, 0x14292967U,
    0x27b70a85U, 0x2e1b2138U, 0x4d2c6dfcU, 0x53380d13U,
    0x650a7354U, 0x766a0abbU, 0x81c2c92eU, 0x92722c85U,
    0xa2bfe8a1U, 0xa81a664bU, 0xc24b8b70U, 0xc76c51a3U,
    0xd192e819U, 0xd6990624U, 0xf40e3585U, 0x106aa070U,
    0x19a4c116U, 0x1e376c08U, 0x2748774cU, 0x34b0bcb5U,
    0x391c0cb3U, 0x4ed8aa4aU, 0x5b9cca4fU, 0x682e6ff3U,
    0x748f82eeU, 0x78a5636fU, 0x84c87814U, 0x8cc70208U,
    0x90befffaU, 0xa4506cebU, 0xbef9a3f7U, 0xc67178f2U,
};

typedef uint32_t eight __attribute__((vector_size(32)));
typedef uint32_t sixteen __attribute__((vector_size(64)));

#define ROTATE(x, n) (((x) >> (n)) | ((x) << (32 - (n))))
#define BIG0(x) (ROTATE(x, 2) ^ ROTATE(x, 13) ^ ROTATE(x, 22))
#define BIG1(x) (ROTATE(x, 6) ^ ROTATE(x, 11) ^ ROTATE(x, 25))
#define SMALL0(x) (ROTATE(x, 7) ^ ROTATE(x, 18) ^ ((x) >> 3))
#define SMALL1(x) (ROTATE(x, 17) ^ ROTATE(x, 19) ^ ((x) >> 10))

#define SWAPPED(n) (n) + 3, (n) + 2, (n) + 1, (n), (n) + 7, (n) + 6, (n) + 5, (n) + 4

typedef uint8_t bytes_of_eight __attribute__((vector_size(32)));
typedef uint8_t bytes_of_sixteen __attribute__((vector_size(64)));

/* The words of a message are big-endian. */
#define WORDS_8(v)                                                                            \
    ((eight)SHUFFLE((bytes_of_eight)(v), (bytes_of_eight)(v), SWAPPED(0), SWAPPED(8),         \
        SWAPPED(16), SWAPPED(24)))
#define WORDS_16(v)                                                                           \
    ((sixteen)SHUFFLE((bytes_of_sixteen)(v), (bytes_of_sixteen)(v), SWAPPED(0), SWAPPED(8),   \
        SWAPPED(16), SWAPPED(24), SWAPPED(32), SWAPPED(40), SWAPPED(48), SWAPPED(56)))

/* Every lane's block, a row each, turned into the sixteen words, a column of all lanes each: words change places
   with those of the next row, then twos with those two rows on, and so forth. */
#define TURN_8(w, blocks, offset)                                                             \
    do {                                                                                      \
        for (int part = 0; part < 16; part += 8) {                                            \
            eight r[8], twos[8], fours[8];                                                    \
            for (int i = 0; i < 8; i++) {                                                     \
                memcpy(&r[i], (blocks)[i] + (offset) + 4 * part, sizeof r[i]);                \
                r[i] = WORDS_8(r[i]);                                                         \
            }                                                                                 \
            for (int i = 0; i < 8; i += 2) {                                                  \
                twos[i] = SHUFFLE(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);                 \
                twos[i + 1] = SHUFFLE(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);             \
            }                                                                                 \
            for (int i = 0; i < 8; i += (i & 1) ? 3 : 1) {                                    \
                fours[i] = SHUFFLE(twos[i], twos[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);           \
                fours[i + 2] = SHUFFLE(twos[i], twos[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);     \
            }                                                                                 \
            for (int i = 0; i < 4; i++) {                                                     \
                (w)[part + i] = SHUFFLE(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);    \
                (w)[part + i + 4] = SHUFFLE(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15); \
            }                                                                                 \
        }                                                                                     \
    } while (0)

#define TURN_16(w, blocks, offset)                                                            \
    do {                                                                                      \
        sixteen r[16], twos[16], fours[16], eights[16];                                       \
        for (int i = 0; i < 16; i++) {                                                        \
            memcpy(&r[i], (blocks)[i] + (offset), sizeof r[i]);                               \
            r[i] = WORDS_16(r[i]);                                                            \
        }                                                                                     \
        for (int i = 0; i < 16; i += 2) {                                                     \
            twos[i] = SHUFFLE(r[i], r[i + 1],                                                 \
                0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);                   \
            twos[i + 1] = SHUFFLE(r[i], r[i + 1],                                             \
                1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);                   \
        }                                                                                     \
        for (int i = 0; i < 16; i += (i & 1) ? 3 : 1) {                                       \
            fours[i] = SHUFFLE(twos[i], twos[i + 2],                                          \
                0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);                    \
            fours[i + 2] = SHUFFLE(twos[i], twos[i + 2],                                      \
                2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);                  \
        }                                                                                     \
        for (int i = 0; i < 16; i += (i & 3) == 3 ? 5 : 1) {                                  \
            eights[i] = SHUFFLE(fours[i], fours[i + 4],                                       \
                0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);                    \
            eights[i + 4] = SHUFFLE(fours[i], fours[i + 4],                                   \
                4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);                  \
        }                                                                                     \
        for (int i = 0; i < 8; i++) {                                                         \
            (w)[i] = SHUFFLE(eights[i], eights[i + 8],                                        \
                0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);                      \
            (w)[i + 8] = SHUFFLE(eights[i], eights[i + 8],                                    \
                8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);                \
        }                                                                                     \
    } while (0)

SHA2(eight_lanes, uint32_t, LUUTRU_LANES_256, eight, 8, 64, VECTORS_OF_32)
SHA2(sixteen_lanes, uint32_t, LUUTRU_LANES_256, sixteen, 16, 64, VECTORS_OF_64)

int luutru_lanes_width_256(void)
{
    int width = luutru_lanes_width();
    return width == 1 ? 1 : 2 * width;
}

void luutru_lanes_sha256(
    uint32_t state[8][LUUTRU_LANES_256], const uint8_t *const blocks[LUUTRU_LANES_256],
    size_t count, int lanes)
{
    if (luutru_lanes_width_256() == 16 && lanes > 8) {
        sixteen_lanes(state, blocks, count, 0);
        return;
    }
    for (int first = 0; first < lanes; first += 8) eight_lanes(state, blocks, count, first);
}
