package dev.roster.server.registry.check;

import dev.roster.server.registry.CheckMethod;
import dev.roster.server.registry.CheckStatus;
import dev.roster.server.registry.CheckTls;
import dev.roster.server.registry.check.Prober.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks by HTTP/1.1, with TLS or without. Reads the first line of the answer and no more, so there is nothing to follow. */
final class HttpCall {

    /** Longest status line that is read. */
    private static final int MAX_LINE_BYTES = 512;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

    private HttpCall() {}

    static Result make(Target target, CheckMethod.Http check, Deadline deadline)
            throws IOException, GeneralSecurityException {
        CheckTls tls = check.tls();
        try (Socket plain = BoundedSocket.connect(target, deadline)) {
            if (tls == null) {
                return ask(plain, target, check);
            }
            try (Socket secured = TlsTrust.over(plain, tls, target.host())) {
                return ask(secured, target, check);
            }
        }
    }

    private static Result ask(Socket socket, Target target, CheckMethod.Http check) throws IOException {
        String request = "GET " + check.path() + " HTTP/1.1\r\nHost: " + target.authority()
                + "\r\nUser-Agent: Roster-Check\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return judge(check.path(), line(socket.getInputStream()));
    }

    private static Result judge(String path, String line) {
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            return Result.critical("GET " + path + ": the answer is not HTTP");
        }
        String output = "GET " + path + ": " + matcher.group(1);
        int status = Integer.parseInt(matcher.group(1));
        if (status == 429) {
            return new Result(CheckStatus.WARNING, output);
        }
        return status >= 200 && status < 300 ? new Result(CheckStatus.PASSING, output) : Result.critical(output);
    }

    private static String line(InputStream input) throws IOException {
        byte[] bytes = new byte[MAX_LINE_BYTES];
        int size = 0;
        while (size < bytes.length) {
            int octet = input.read();
            if (octet < 0 || octet == '\n') {
                break;
            }
            bytes[size++] = (byte) octet;
        }
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1).strip();
    }
}
