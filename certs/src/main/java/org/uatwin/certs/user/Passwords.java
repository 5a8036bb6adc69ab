package org.uatwin.certs.user;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Password hashes (bcrypt, modular crypt format) and the rule for new passwords. */
final class Passwords {
    static final int COST = 11;
    static final int MIN_COST = 10;

    /** A hash of cost 16 already takes seconds; a larger one in the file would be a way to stop all logons. */
    static final int MAX_COST = 15;

    static final int MIN_LENGTH = 8;

    /** bcrypt ignores everything beyond; a longer password would promise more than it holds. */
    static final int MAX_BYTES = 72;

    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** A bcrypt string that can be checked; says nothing about its cost. */
    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** The cost (2^cost rounds) of a hash. */
    static int cost(String hash) {
        Matcher matcher = HASH.matcher(hash);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a bcrypt hash");
        }
        return Integer.parseInt(matcher.group(1));
    }

    static String hash(byte[] password, int cost) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return OpenBSDBCrypt.generate("2b", password, salt, cost);
    }

    /**
     * A well-formed hash that costs as much to check as a real one; made up, so that no start has to compute it. Only for
     * users that do not exist: they are refused whatever the check says.
     */
    static String unowned(int cost) {
        return "$2b$%02d$".formatted(cost) + ".".repeat(53);
    }

    /** Takes as long for a wrong password as for the right one. A password too long for bcrypt is wrong. */
    static boolean matches(String hash, byte[] password) {
        boolean tooLong = password.length > MAX_BYTES;
        boolean equal =
                OpenBSDBCrypt.checkPassword(hash, tooLong ? Arrays.copyOf(password, MAX_BYTES) : password.clone());
        return equal && !tooLong;
    }

    /** Why a password must not be used for a new user; empty when it may. */
    static Optional<String> weakness(String userName, char[] password, byte[] utf8) {
        if (password.length < MIN_LENGTH) {
            return Optional.of(
                    "the password has %d characters, at least %d are needed".formatted(password.length, MIN_LENGTH));
        }
        if (utf8.length > MAX_BYTES) {
            return Optional.of(
                    "the password takes %d bytes in UTF-8, bcrypt uses at most %d".formatted(utf8.length, MAX_BYTES));
        }
        if (CharBuffer.wrap(password).chars().distinct().count() == 1) {
            return Optional.of("the password repeats a single character");
        }
        return new String(password).equalsIgnoreCase(userName)
                ? Optional.of("the password is the user name")
                : Optional.empty();
    }

    /** UTF-8 bytes of a password; the caller clears them. */
    static byte[] utf8(char[] password) {
        ByteBuffer encoded = ByteBuffer.allocate(password.length * 4);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }
}
