#ifndef LUUTRU_LANES_H
#define LUUTRU_LANES_H

#include <stddef.h>
#include <stdint.h>

/* The most messages that are hashed side by side: their SHA-512, and their SHA-256. */
#define LUUTRU_LANES 8
#define LUUTRU_LANES_256 16

/* How many messages this machine hashes side by side in less time than one after the other; 1 where it cannot. */
int luutru_lanes_width(void);

/* How many 32-bit words the machine's vectors have, which is how many messages SHA-256 takes at once; 1 where it cannot. */
int luutru_lanes_width_256(void);

/* SHA-512 (FIPS 180-4) of `lanes` messages, 4 or 8, each `count` blocks of 128 bytes further.
   state[word][lane]; blocks[lane] points to the lane's next block. */
void luutru_lanes_sha512(
    uint64_t state[8][LUUTRU_LANES], const uint8_t *const blocks[LUUTRU_LANES], size_t count,
    int lanes);

/* SHA-256 (FIPS 180-4) of `lanes` messages, 8 or 16, each `count` blocks of 64 bytes further; else as SHA-512 above. */
void luutru_lanes_sha256(
    uint32_t state[8][LUUTRU_LANES_256], const uint8_t *const blocks[LUUTRU_LANES_256],
    size_t count, int lanes);

#endif
