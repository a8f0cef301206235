/* The least that any libpcap program pays for a capture: libpcap reads it, nobody looks. scripts/benchmark compiles it. */
#include <pcap/pcap.h>
#include <stdio.h>

static void ignore(u_char *user, const struct pcap_pkthdr *header, const u_char *bytes)
{
    (void)header;
    (void)bytes;
    ++*(unsigned long *)user;
}

int main(int argc, char **argv)
{
    char error[PCAP_ERRBUF_SIZE];
    unsigned long packets = 0;

    if (argc != 2) {
        fprintf(stderr, "usage: floor FILE\n");
        return 2;
    }
    pcap_t *capture = pcap_open_offline_with_tstamp_precision(argv[1], PCAP_TSTAMP_PRECISION_NANO, error);
    if (capture == NULL) {
        fprintf(stderr, "floor: %s\n", error);
        return 1;
    }
    if (pcap_loop(capture, -1, ignore, (u_char *)&packets) < 0) {
        fprintf(stderr, "floor: %s: %s\n", argv[1], pcap_geterr(capture));
        return 1;
    }
    pcap_close(capture);
    printf("%lu packets\n", packets);
    return 0;
}
