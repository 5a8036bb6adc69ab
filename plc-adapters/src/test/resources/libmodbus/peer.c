/*
 * An independent Modbus peer: a libmodbus server with known values, put there by libmodbus's own macros and by plain
 * C, never by our codec. (modbus_set_float_abcd and its sisters of libmodbus 3.1.6 swap the bytes of each register on
 * little-endian hosts, so they are not used.) Usage: peer tcp PORT | peer rtu TTY UNIT. Prints "ready" when it serves.
 * Over TCP units 1, 2 and 247 have tables of their own.
 */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#define SIZE 2000

static void put_double(uint16_t *at, double value, int words_reversed, int bytes_swapped)
{
    uint64_t bits;
    int i;
    memcpy(&bits, &value, sizeof bits);
    for (i = 0; i < 4; i++) {
        uint16_t word = (uint16_t) (bits >> (48 - 16 * i));
        if (bytes_swapped)
            word = (uint16_t) (word << 8 | word >> 8);
        at[words_reversed ? 3 - i : i] = word;
    }
}

static void put_float(uint16_t *at, float value, int words_reversed, int bytes_swapped)
{
    uint32_t bits;
    int i;
    memcpy(&bits, &value, sizeof bits);
    for (i = 0; i < 2; i++) {
        uint16_t word = (uint16_t) (bits >> (16 - 16 * i));
        if (bytes_swapped)
            word = (uint16_t) (word << 8 | word >> 8);
        at[words_reversed ? 1 - i : i] = word;
    }
}

static void put_string(uint16_t *at, const char *text)
{
    size_t i, n = strlen(text);
    for (i = 0; i < n; i += 2)
        at[i / 2] = (uint16_t) ((unsigned char) text[i] << 8 | (i + 1 < n ? (unsigned char) text[i + 1] : 0));
}

static void fill_registers(uint16_t *r, int unit)
{
    int i;
    r[0] = (uint16_t) (1000 + unit);
    r[1] = (uint16_t) -2;
    MODBUS_SET_INT32_TO_INT16(r, 2, -123456789);
    MODBUS_SET_INT32_TO_INT16(r, 4, 4000000000u);
    MODBUS_SET_INT64_TO_INT16(r, 6, -1234567890123456789LL);
    MODBUS_SET_INT64_TO_INT16(r, 10, 18000000000000000000ull);
    put_float(r + 14, 3.14159f, 0, 0);
    modbus_set_float(3.14159f, r + 16); /* words reversed on a little-endian host */
    put_float(r + 18, 3.14159f, 0, 1);
    put_float(r + 20, 3.14159f, 1, 1);
    put_double(r + 22, 2.718281828459045, 0, 0);
    put_double(r + 26, 2.718281828459045, 1, 0);
    put_double(r + 30, 2.718281828459045, 0, 1);
    put_double(r + 34, 2.718281828459045, 1, 1);
    r[38] = 0x1234;
    r[39] = 0x1234;
    r[40] = 0x5678;
    r[41] = 0x1234;
    r[42] = 0x5678;
    r[43] = 0x9012;
    r[44] = 0x3456;
    r[45] = 0x3412;
    r[46] = 0xA5C3;
    put_string(r + 50, "Modbus string 12345");
    for (i = 0; i < 100; i++)
        r[60 + i] = (uint16_t) (3 * i);
    for (i = 0; i < 60; i++)
        put_float(r + 200 + 2 * i, 0.5f * (float) i, 0, 0);
    for (i = 0; i < 300; i++)
        r[400 + i] = (uint16_t) (7 * i);
    put_string(r + SIZE - 3, "endXYZ");
}

static modbus_mapping_t *mapping_of(int unit)
{
    int i;
    modbus_mapping_t *m = modbus_mapping_new(SIZE, SIZE, SIZE, SIZE);
    if (m == NULL)
        exit(2);
    fill_registers(m->tab_registers, unit);
    fill_registers(m->tab_input_registers, unit);
    for (i = 0; i < SIZE; i++) {
        m->tab_bits[i] = i % 3 == 0;
        m->tab_input_bits[i] = i % 5 == 0;
    }
    m->tab_bits[SIZE - 1] = m->tab_input_bits[SIZE - 1] = 1;
    return m;
}

static int serve_tcp(int port)
{
    modbus_mapping_t *one = mapping_of(1), *two = mapping_of(2), *last = mapping_of(247);
    modbus_t *ctx = modbus_new_tcp("127.0.0.1", port);
    uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
    fd_set open;
    int listener, top;
    if (ctx == NULL || (listener = modbus_tcp_listen(ctx, 5)) < 0)
        return 2;
    FD_ZERO(&open);
    FD_SET(listener, &open);
    top = listener;
    puts("ready");
    fflush(stdout);
    for (;;) {
        fd_set ready = open;
        int s;
        if (select(top + 1, &ready, NULL, NULL, NULL) < 0)
            return 2;
        for (s = 0; s <= top; s++) {
            if (!FD_ISSET(s, &ready))
                continue;
            if (s == listener) {
                int fresh = modbus_tcp_accept(ctx, &listener);
                if (fresh >= 0) {
                    FD_SET(fresh, &open);
                    top = fresh > top ? fresh : top;
                }
            } else {
                int n;
                modbus_set_socket(ctx, s);
                n = modbus_receive(ctx, query);
                if (n > 0) {
                    modbus_reply(ctx, query, n, query[6] == 2 ? two : query[6] == 247 ? last : one);
                } else if (n < 0) {
                    close(s);
                    FD_CLR(s, &open);
                }
            }
        }
    }
}

static int serve_rtu(const char *tty, int unit)
{
    modbus_mapping_t *m = mapping_of(unit);
    modbus_t *ctx = modbus_new_rtu(tty, 19200, 'E', 8, 1);
    uint8_t query[MODBUS_RTU_MAX_ADU_LENGTH];
    if (ctx == NULL || modbus_set_slave(ctx, unit) < 0 || modbus_connect(ctx) < 0)
        return 2;
    puts("ready");
    fflush(stdout);
    for (;;) {
        int n = modbus_receive(ctx, query);
        if (n > 0)
            modbus_reply(ctx, query, n, m);
        else if (n < 0 && errno != EMBBADCRC && errno != ETIMEDOUT)
            return 3;
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "tcp") == 0)
        return serve_tcp(atoi(argv[2]));
    if (argc == 4 && strcmp(argv[1], "rtu") == 0)
        return serve_rtu(argv[2], atoi(argv[3]));
    fprintf(stderr, "usage: peer tcp PORT | peer rtu TTY UNIT\n");
    return 1;
}
