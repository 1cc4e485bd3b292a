package io.github.ignitetasks.internal.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a server to which a client may connect.
 *
 * @param text the address as the user wrote it
 * @param host a host name or an IP address, without brackets
 * @param first the first port to try; 0 for Ignite's default ports
 * @param last the last port to try
 */
public record GridAddress(String text, String host, int first, int last) {
    private static final int MAX_PORT = 65_535;

    /** A host or a bracketed IPv6 address, with an optional port or range of ports. */
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([^\\[\\]\\s]+)]|([^\\[\\]\\s:]+))(?::(\\d+)(?:\\.\\.(\\d+))?)?");

    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]([\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}_.])?");

    /**
     * Parses an address.
     *
     * @throws IllegalArgumentException if it is not {@code host}, {@code host:port} or {@code host:port..port}
     */
    public static GridAddress parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw refusal(
                    text, IPV6.matcher(text).matches() ? "put an IPv6 address in brackets, as in [::1]:47500" : "");
        }
        String ipv6 = parts.group(1);
        String host = ipv6 == null ? parts.group(2) : ipv6;
        checkHost(text, host, ipv6 != null);
        if (parts.group(3) == null) {
            return new GridAddress(text, host, 0, 0);
        }
        int first = port(text, parts.group(3));
        int last = parts.group(4) == null ? first : port(text, parts.group(4));
        if (last < first) {
            throw refusal(text, "its range of ports must not end before it begins");
        }
        return new GridAddress(text, host, first, last);
    }

    private static void checkHost(String text, String host, boolean bracketed) {
        if (bracketed && !isIpv6(host)) {
            throw refusal(text, "only an IPv6 address stands in brackets");
        }
        if (!bracketed
                && IPV4_LIKE.matcher(host).matches()
                && !IPV4.matcher(host).matches()) {
            throw refusal(text, "an IPv4 address is four numbers from 0 to 255");
        }
        if (!bracketed && !NAME.matcher(host).matches()) {
            throw refusal(text, "'" + host + "' is no name of a host");
        }
    }

    private static boolean isIpv6(String host) {
        if (!IPV6.matcher(host).matches()) {
            return false;
        }
        try {
            // A bracketed address causes no DNS lookup. The zone is checked where the address is used.
            return InetAddress.getByName("[" + host.replaceFirst("%.*", "") + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static int port(String text, String digits) {
        int port = digits.length() > 5 ? MAX_PORT + 1 : Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw refusal(text, "a port is a number from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static IllegalArgumentException refusal(String text, String remedy) {
        return new IllegalArgumentException("address must be host, host:port or host:port..port, but is '" + text + "'"
                + (remedy.isEmpty() ? "" : "; " + remedy));
    }

    @Override
    public String toString() {
        return text;
    }
}
