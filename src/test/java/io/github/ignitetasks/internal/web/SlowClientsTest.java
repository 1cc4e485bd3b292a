package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of clients that send or read too slowly, or send nonsense. */
final class SlowClientsTest {
    private static ServedSession served;

    @BeforeAll
    static void start() {
        served = new ServedSession(ServedSession.limits(ServedSession.SHORT, 20));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void requestIsNotFinished_itsConnectionIsClosed() throws IOException {
        assertThat(RawHttp.send(served.port(), "GET / HT").status()).isZero();
        assertThat(RawHttp.send(served.port(), "GET / HTTP/1.1\r\nHost: 127.0").status())
                .isZero();
    }

    @Test
    void unfinishedRequestsTakeAllThreads_nextRequestIsAnswered() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = RawHttp.connect(served.port());
                sockets.add(socket);
                socket.getOutputStream().write("GET /".getBytes(UTF_8));
            }
            assertThat(served.get("/").status()).isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 60000", "Transfer-Encoding: chunked"})
    void bodyNeverComes_requestIsRefusedAndItsConnectionIsClosed(String header) throws IOException {
        assertThat(served.send("/", served.cookie(), header).status()).isEqualTo(400);
    }

    @Test
    void answersAreNotRead_connectionIsClosed() throws IOException {
        served.stacks.put("large", "x".repeat(100_000));
        byte[] requests = ("GET " + served.target("/stack?key=large") + " HTTP/1.1\r\nHost: 127.0.0.1:" + served.port()
                        + "\r\n" + served.cookie() + "\r\n\r\n")
                .repeat(100_000)
                .getBytes(UTF_8);
        try (Socket socket = RawHttp.connect(served.port())) {
            assertThatThrownBy(() -> socket.getOutputStream().write(requests)).isInstanceOf(SocketException.class);
            assertThat(served.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void hugeOrMalformedRequest_serverGoesOn() throws IOException {
        for (String nonsense : List.of(
                "GET /" + "a".repeat(1_000_000) + " HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: " + "a".repeat(1_000_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(100_000) + "\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:" + served.port() + "\r\nCookie: "
                        + "a=b; ".repeat(50_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\n no name\r\n\r\n",
                "GET / HTTP/1.1\r\n: b\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/9.9\r\nConnection: close\r\n\r\n",
                "GET /\r\n\r\n",
                "\r\n\r\n",
                "\0\0\0\0",
                "\u0016\u0003\u0001")) {
            assertThat(RawHttp.send(served.port(), nonsense).status()).isIn(0, 400, 403, 404);
            assertThat(served.get("/").status()).isEqualTo(200);
        }
    }
}
