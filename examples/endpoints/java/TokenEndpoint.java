// A token endpoint for Zendesk's messenger, with the HTTP server and the HMAC of Java 17 or newer. To run it, set PORT,
// ZENDESK_KEY_ID and ZENDESK_SECRET, and start: java TokenEndpoint.java
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class TokenEndpoint {
    static final int LIFETIME_S = 900;
    static final int MAX_ID_LENGTH = 255;
    static final String TEXT = "text/plain; charset=utf-8";
    static final Map<String, String> ENV = System.getenv();

    /** The id is a number or a text, as in your database. */
    record User(Object id, String name, String email, boolean emailVerified) {}

    // Replace this by your own session: a user for each session cookie.
    // The name has escapes because Java 17 reads source files in the system's encoding.
    static final Map<String, User> USERS = Map.of(
        "ada", new User(42, "Zo\u00eb O\u2019Hara 'the 2nd' \ud83d\udc4b", "zoe@shop.example", true),
        "grace", new User(7, "Grace", null, false));

    /** Says what is wrong with the key id and the secret, without their values. */
    static String findConfigurationFault(String keyId, String secret) {
        String keyIdPattern = "app_[0-9a-fA-F]{24}";
        for (String name : new String[] {"ZENDESK_KEY_ID", "ZENDESK_SECRET"}) {
            String value = name.equals("ZENDESK_KEY_ID") ? keyId : secret;
            if (value.isEmpty()) return name + " is not set: copy it from Zendesk's Admin Center.";
            if (value.matches("(?s)[\\s'\"].*|.*[\\s'\"]")) {
                return name + " has quotes or white space around it: remove them.";
            }
        }
        if (secret.matches(keyIdPattern)) {
            return "ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_.";
        }
        if (keyId.startsWith("act_")) {
            return "ZENDESK_KEY_ID is an API key (act_...): use a key for messaging (app_...).";
        }
        if (!keyId.matches(keyIdPattern)) {
            return "ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center.";
        }
        return null;
    }

    static String signToken(User user, String keyId, String secret) throws GeneralSecurityException {
        // Zendesk refuses a number: "42", not 42. String.valueOf(null) would be "null", the same user for everybody.
        String externalId = user.id() == null ? "" : String.valueOf(user.id());
        if (externalId.isEmpty() || externalId.length() > MAX_ID_LENGTH) {
            throw new IllegalStateException("The user's id must have 1 to " + MAX_ID_LENGTH + " characters, but has "
                + externalId.length() + ".");
        }
        // Seconds, not System.currentTimeMillis(). LocalDateTime would be wrong by the server's time zone.
        long nowS = Instant.now().getEpochSecond();
        String name = user.name() == null ? "" : ",\"name\":" + quote(user.name());
        String email = user.email() == null ? ""
            : ",\"email\":" + quote(user.email()) + ",\"email_verified\":" + user.emailVerified();
        String claims = "{\"scope\":\"user\",\"external_id\":" + quote(externalId) + name + email
            + ",\"iat\":" + nowS + ",\"exp\":" + (nowS + LIFETIME_S)
            // Makes two tokens of the same second differ.
            + ",\"jti\":" + quote(UUID.randomUUID().toString()) + "}";
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":" + quote(keyId) + "}";
        String signed = encode(header.getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
        // The secret is text. It looks like base64, but do not decode it.
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return signed + "." + encode(mac.doFinal(signed.getBytes(UTF_8)));
    }

    // A JWT has base64url without padding. Base64.getEncoder() writes "+", "/" and "=".
    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    // A string in JSON. Letters and emoji beyond ASCII need no escape, because the bytes are UTF-8.
    static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ') json.append(String.format("\\u%04x", (int) c));
            else if (c == '"' || c == '\\') json.append('\\').append(c);
            else json.append(c);
        }
        return json.append('"').toString();
    }

    static User findUser(Headers headers) {
        for (String cookie : String.valueOf(headers.getFirst("Cookie")).split("; *")) {
            if (cookie.startsWith("session=")) return USERS.get(cookie.substring("session=".length()));
        }
        return null;
    }

    /** Whether a page of another site sent the request. Browsers that do not send Sec-Fetch-Site send Origin. */
    static boolean isFromAnotherSite(Headers headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null) return !site.equals("same-origin");
        String origin = headers.getFirst("Origin");
        // A proxy that changes Host makes them differ. Then compare with the host name of your site.
        return origin != null && !origin.replaceFirst("^\\w+://", "").equals(headers.getFirst("Host"));
    }

    static boolean isPrefetch(Headers headers) {
        return (headers.getFirst("Sec-Purpose") + headers.getFirst("Purpose")).contains("prefetch");
    }

    static void handle(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        if (!exchange.getRequestURI().getPath().equals("/zendesk-token")) {
            answer(exchange, 404, TEXT, "There is only /zendesk-token.");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            answer(exchange, 405, TEXT, "Send a POST.");
        } else if (isFromAnotherSite(headers)) {
            answer(exchange, 403, TEXT, "Only pages of this site can request a token.");
        } else if (isPrefetch(headers)) {
            answer(exchange, 503, TEXT, "No token for a page that nobody has opened yet.");
        } else {
            answerToken(exchange);
        }
    }

    static void answerToken(HttpExchange exchange) throws IOException {
        try {
            User user = findUser(exchange.getRequestHeaders());
            String token = user == null ? "null"
                : quote(signToken(user, ENV.get("ZENDESK_KEY_ID"), ENV.get("ZENDESK_SECRET")));
            answer(exchange, 200, "application/json", "{\"token\":" + token + "}");
        } catch (GeneralSecurityException | RuntimeException error) {
            error.printStackTrace();
            answer(exchange, 500, TEXT, "The token could not be signed.");
        }
    }

    // Without CORS headers, no other site can read the answer.
    static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public static void main(String[] args) throws IOException {
        String fault = findConfigurationFault(
            ENV.getOrDefault("ZENDESK_KEY_ID", ""), ENV.getOrDefault("ZENDESK_SECRET", ""));
        if (fault != null) {
            System.err.println(fault);
            System.exit(1);
        }
        int port = Integer.parseInt(ENV.getOrDefault("PORT", "3000"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", TokenEndpoint::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println("Listening on http://127.0.0.1:" + port + "/zendesk-token");
    }
}
