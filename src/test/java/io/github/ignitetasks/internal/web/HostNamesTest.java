package io.github.ignitetasks.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNamesTest {
    private static HostNames names(String address, int port, ServerSettings settings) throws UnknownHostException {
        return HostNames.of(settings, new InetSocketAddress(InetAddress.getByName(address), port));
    }

    @Test
    void addressOfIpv6_isAllowedInEachSpelling() throws UnknownHostException {
        HostNames names = names("::1", 8_000, ServerSettings.standard().withAddress("::1"));

        assertThat(names.allowsHost("[::1]:8000")).isTrue();
        assertThat(names.allowsHost("[0:0:0:0:0:0:0:1]:8000")).isTrue();
        assertThat(names.allowsOrigin("http://[::1]:8000")).isTrue();
        assertThat(names.allowsHost("[::2]:8000")).isFalse();
        assertThat(names.allowsHost("[::1]")).isFalse();
        assertThat(names.allowsHost("[localhost]:8000")).isFalse();
    }

    @Test
    void otherInterface_itsAddressIsAllowedAndLocalhostIsNot() throws UnknownHostException {
        HostNames names = names("192.0.2.7", 8_000, ServerSettings.standard().withAddress("192.0.2.7"));

        assertThat(names.allowsHost("192.0.2.7:8000")).isTrue();
        assertThat(names.allowsHost("localhost:8000")).isFalse();
        assertThat(names.allowsHost("127.0.0.1:8000")).isFalse();
    }

    @Test
    void allInterfaces_theirAddressesAreAllowedAndNamesAreNot() throws UnknownHostException {
        HostNames names = names("0.0.0.0", 8_000, ServerSettings.standard().withAddress("0.0.0.0"));

        assertThat(names.allowsHost("127.0.0.1:8000")).isTrue();
        assertThat(names.allowsHost("localhost:8000")).isTrue();
        assertThat(names.allowsHost("evil.example:8000")).isFalse();
        assertThat(names.allowsHost("192.0.2.7:8000")).isFalse();
    }

    @Test
    void addressGivenByName_nameIsAllowed() throws UnknownHostException {
        HostNames names = names("192.0.2.7", 8_000, ServerSettings.standard().withAddress("Tasks.example.com"));

        assertThat(names.allowsHost("tasks.example.com:8000")).isTrue();
        assertThat(names.allowsHost("192.0.2.7:8000")).isTrue();
    }

    @Test
    void defaultPort_maybeLeftOut() throws UnknownHostException {
        HostNames names = names("127.0.0.1", 80, ServerSettings.standard());

        assertThat(names.allowsHost("127.0.0.1")).isTrue();
        assertThat(names.allowsHost("127.0.0.1:80")).isTrue();
    }

    @Test
    void hostOfAProxy_isAllowedWithBothSchemes() throws UnknownHostException {
        ServerSettings settings =
                ServerSettings.standard().withAllowedHost("Tasks.example.com").withAllowedHost("localhost:9000");
        HostNames names = names("127.0.0.1", 8_000, settings);

        assertThat(names.allowsHost("tasks.EXAMPLE.com")).isTrue();
        assertThat(names.allowsHost("localhost:9000")).isTrue();
        assertThat(names.allowsHost("127.0.0.1:8000")).isTrue();
        assertThat(names.allowsHost("tasks.example.com:8000")).isFalse();
        assertThat(names.allowsOrigin("https://tasks.example.com")).isTrue();
        assertThat(names.allowsOrigin("http://tasks.example.com")).isTrue();
        assertThat(names.allowsOrigin("ftp://tasks.example.com")).isFalse();
    }

    @Test
    void linkOfAllInterfaces_namesOne() throws UnknownHostException {
        byte[] ipv6Loopback = new byte[16];
        ipv6Loopback[15] = 1;
        assertThat(HostNames.linkName(InetAddress.getByName("0.0.0.0"))).isNotEqualTo("0.0.0.0");
        assertThat(HostNames.linkName(InetAddress.getByAddress(ipv6Loopback))).isEqualTo("[0:0:0:0:0:0:0:1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://tasks.example.com", "a/b", "a:b", "a b", "*", "a:1:2", "::1"})
    void allowedHostThatIsNone_isRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSettings.standard().withAllowedHost(host))
                .withMessageContaining("allowedHost must be a host")
                .withMessageContaining("'" + host + "'");
    }
}
